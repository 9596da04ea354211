/*-------------------------------------------------------------------------
 *
 * quantity_text.c
 *		The text grammar of capacity_gwh and cost_per_gwh.
 *
 *		capacity	number [scale word] energy [per-year]
 *					number [per-year]
 *		cost		number
 *					money ('/' | 'per') energy
 *					money 'per' energy '/' year
 *					money '/' '(' energy per-year ')'
 *		money		number, US dollars and at most one of thousand, million,
 *					billion, trillion, in any order people write them
 *
 * Numbers, scale words, currencies and units are those of printed figures
 * (src/text); the types take one exact value in US dollars or an energy, and
 * refuse what else a figure may carry.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "quantity/quantity.h"
#include "text/figure.h"

static bool
refuse_syntax(FigureDimension dimension, const char *s, const Printed *printed,
			  InputProblem *problem)
{
	figure_syntax(dimension, quantity_excerpt(s), printed, false, problem);
	return false;
}

static bool
refuse_range(FigureDimension dimension, const char *s, InputProblem *problem)
{
	figure_range(dimension, quantity_excerpt(s), problem);
	return false;
}

static bool
fold(const char *s, Printed *printed)
{
	return fold_printed(s, strnlen(s, PRINTED_MAX * 4 + 1), printed);
}

static bool
refuse_bare_cost(const char *s, InputProblem *problem)
{
	problem->sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
	problem->message = psprintf("value \"%s\" is too large for a %s without a unit",
								quantity_excerpt(s), cost_type.name);
	problem->detail = psprintf("A bare number is US$ million per GWh, the same as US$/kWh, and may not pass %d.",
							   COST_BARE_LIMIT);
	problem->hint = "Write the unit, such as 67300000 USD/GWh or 115000 USD/MWh.";
	return false;
}

/*
 * What nearly every field of a file is: digits, perhaps a sign and a point,
 * few enough to need no more than 64 bits.
 */
static inline bool
parse_plain(const char *s, int scale, int64 *value)
{
	static const int64 power[] = {
		INT64CONST(1), INT64CONST(10), INT64CONST(100), INT64CONST(1000),
		INT64CONST(10000), INT64CONST(100000), INT64CONST(1000000),
		INT64CONST(10000000), INT64CONST(100000000), INT64CONST(1000000000),
		INT64CONST(10000000000), INT64CONST(100000000000),
		INT64CONST(1000000000000)
	};
	const char *p = s;
	bool		negative = (*p == '-');
	int64		v = 0;
	int			digits = 0;
	int			decimals = 0;

	if (negative)
		p++;
	for (; is_digit(*p) && digits < 18; p++, digits++)
		v = v * 10 + (*p - '0');
	if (*p == '.' && digits > 0)
	{
		for (p++; is_digit(*p) && digits < 18; p++, digits++, decimals++)
			v = v * 10 + (*p - '0');
	}
	if (*p != '\0' || digits == 0 || decimals > scale ||
		digits + scale - decimals > 18)
		return false;
	v *= power[scale - decimals];
	*value = negative ? -v : v;
	return true;
}

/*
 * Text to capacity: a number of GWh, or with a unit of energy, optionally
 * per year.  Rounds half away from zero to whole mWh.  false, with *problem
 * filled, for anything else (22P02) and for values out of range (22003).
 */
bool
capacity_gwh_parse(const char *s, int64 *value, InputProblem *problem)
{
	Printed		printed;
	Amount		amount;
	const char *p = printed.s;
	int			exponent = 0;

	if (parse_plain(s, CAPACITY_SCALE, value))
		return true;
	if (!fold(s, &printed))
		return refuse_syntax(FIGURE_CAPACITY, s, NULL, problem);

	scan_amount(&p, &plain_style, &amount);
	if (!amount.has_number || amount.has_currency ||
		amount.scale_first || amount.letter_scale || amount.indian_scale)
		return refuse_syntax(FIGURE_CAPACITY, s, &printed, problem);
	/* a multiple needs its unit */
	if (!scan_energy(&p, &exponent) && amount.has_scale)
		return refuse_syntax(FIGURE_CAPACITY, s, &printed, problem);
	(void) scan_per_year(&p);
	if (*p != '\0')
		return refuse_syntax(FIGURE_CAPACITY, s, &printed, problem);

	if (!number_to_int64(&amount.number, CAPACITY_SCALE + exponent + amount.scale, value))
		return refuse_range(FIGURE_CAPACITY, s, problem);
	return true;
}

/*
 * Text to cost: a number of US$ million/GWh up to 20,000, or an amount of US
 * dollars per unit of energy.  Rounds half away from zero to 10^-9 US$/kWh.
 * Refusals as above.
 */
bool
cost_per_gwh_parse(const char *s, int64 *value, InputProblem *problem)
{
	Printed		printed;
	Amount		amount;
	const char *p = printed.s;
	int			exponent = 0;
	bool		bare;
	int64		v;

	if (parse_plain(s, COST_SCALE, value) &&
		*value <= cost_type.bare_limit && *value >= -cost_type.bare_limit)
		return true;
	if (!fold(s, &printed))
		return refuse_syntax(FIGURE_COST, s, NULL, problem);

	scan_amount(&p, &money_style, &amount);
	if (!amount.has_number || amount.indian_scale)
		return refuse_syntax(FIGURE_COST, s, &printed, problem);
	bare = (*p == '\0');
	if (bare ? (amount.has_currency || amount.has_scale) :
		(!scan_denominator(&p, &exponent) || *p != '\0' || !is_usd(&amount)))
		return refuse_syntax(FIGURE_COST, s, &printed, problem);

	if (!number_to_int64(&amount.number, COST_SCALE + amount.scale - exponent, &v))
		return refuse_range(FIGURE_COST, s, problem);
	if (bare && (v > cost_type.bare_limit || v < -cost_type.bare_limit))
		return refuse_bare_cost(s, problem);
	*value = v;
	return true;
}

/*
 * A unit of energy alone; *exponent is its power of ten in GWh.
 */
bool
capacity_unit_parse(const char *s, int *exponent)
{
	Printed		printed;
	const char *p = printed.s;

	if (!fold(s, &printed) || !scan_energy(&p, exponent))
		return false;
	(void) scan_per_year(&p);
	return *p == '\0';
}

/*
 * A unit of cost alone, such as USD/kWh or million US$/GWh; *exponent is its
 * power of ten in US$/kWh.
 */
bool
cost_unit_parse(const char *s, int *exponent)
{
	Printed		printed;
	Amount		amount;
	const char *p = printed.s;
	int			unit;

	if (!fold(s, &printed))
		return false;
	scan_amount(&p, &money_style, &amount);
	if (amount.has_sign || amount.has_number || amount.indian_scale || !is_usd(&amount) ||
		!scan_denominator(&p, &unit) || *p != '\0')
		return false;
	*exponent = amount.scale - unit;
	return true;
}

/*
 * What an amount of US dollars is counted in: million, bn, US$ million, USD;
 * *exponent is its power of ten in US$.
 */
bool
money_unit_parse(const char *s, int *exponent)
{
	Printed		printed;
	Amount		amount;
	const char *p = printed.s;

	if (!fold(s, &printed))
		return false;
	scan_amount(&p, &money_style, &amount);
	if (*p != '\0' || amount.has_sign || amount.has_number || amount.indian_scale ||
		(amount.has_currency && !is_usd(&amount)) ||
		!(amount.has_currency || amount.has_scale))
		return false;
	*exponent = amount.scale;
	return true;
}
