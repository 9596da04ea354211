/*-------------------------------------------------------------------------
 *
 * units.c
 *		Quantities in a unit that the query names, text for people, and text
 *		input that answers instead of failing.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "decimal.h"
#include "fmgr.h"
#include "quantity/quantity.h"
#include "text/figure.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(capacity_gwh_to_unit);
PG_FUNCTION_INFO_V1(capacity_gwh_to_unit_digits);
PG_FUNCTION_INFO_V1(capacity_gwh_from_unit);
PG_FUNCTION_INFO_V1(capacity_gwh_display);
PG_FUNCTION_INFO_V1(capacity_gwh_try);
PG_FUNCTION_INFO_V1(capacity_gwh_problem);
PG_FUNCTION_INFO_V1(cost_per_gwh_to_unit);
PG_FUNCTION_INFO_V1(cost_per_gwh_to_unit_digits);
PG_FUNCTION_INFO_V1(cost_per_gwh_from_unit);
PG_FUNCTION_INFO_V1(cost_per_gwh_display);
PG_FUNCTION_INFO_V1(cost_per_gwh_try);
PG_FUNCTION_INFO_V1(cost_per_gwh_problem);
PG_FUNCTION_INFO_V1(numeric_usd);

/*
 * The power of ten of a unit that a query names, relative to the type's own
 * unit.  Errors: 22023 for anything that is no such unit.
 */
static int
unit_exponent(const QuantityType *type, text *unit)
{
	char	   *s = text_to_cstring(unit);
	int			exponent = 0;

	if (type == &capacity_type ?
		!capacity_unit_parse(s, &exponent) : !cost_unit_parse(s, &exponent))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is not a unit of %s", quantity_excerpt(s), type->name),
				 type == &capacity_type ?
				 errhint("Write one of Wh, kWh, MWh, GWh, TWh, PWh.") :
				 errhint("Write US dollars per unit of energy, such as USD/kWh, USD/MWh or million USD/GWh.")));
	pfree(s);
	return exponent;
}

/* The value in a unit of that power of ten: exact. */
static Numeric
in_unit(const QuantityType *type, int64 value, text *unit)
{
	int			scale = type->scale + unit_exponent(type, unit);
	int128		v = value;

	for (; scale < 0; scale++)
		v *= 10;				/* USD/PWh: 10^3 at most */
	return int128_to_numeric(v, scale);
}

static Datum
in_unit_rounded(const QuantityType *type, int64 value, text *unit, int32 digits)
{
	return DirectFunctionCall2(numeric_round,
							   NumericGetDatum(in_unit(type, value, unit)),
							   Int32GetDatum(digits));
}

/*
 * A number of units, rounded half away from zero to stored units.
 * Errors: 22023 for the unit, 22003 when not finite or out of range.
 */
static int64
from_unit(const QuantityType *type, Numeric n, text *unit)
{
	int			scale = type->scale + unit_exponent(type, unit);
	int128		v = 0;
	DecimalStatus status = numeric_to_int128(n, scale, &v);

	if (status != DECIMAL_OK || v > PG_INT64_MAX || v < PG_INT64_MIN)
	{
		char	   *number = DatumGetCString(DirectFunctionCall1(numeric_out,
																 NumericGetDatum(n)));

		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value \"%s %s\" is out of range for type %s",
						quantity_excerpt(number),
						quantity_excerpt(text_to_cstring(unit)), type->name),
				 errdetail("The range is %s to %s %s.",
						   quantity_to_decimal(type, PG_INT64_MIN),
						   quantity_to_decimal(type, PG_INT64_MAX),
						   type->unit),
				 status == DECIMAL_NOT_FINITE ?
				 errhint("Write NULL for a missing value.") :
				 errhint("Check the unit of the number.")));
	}
	return (int64) v;
}

/*
 * to_unit(capacity, unit): numeric, exact, shortest;
 * to_unit(capacity, unit, digits): rounded as core's round(numeric, integer)
 */
Datum
capacity_gwh_to_unit(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(in_unit(&capacity_type, PG_GETARG_CAPACITY(0),
							  PG_GETARG_TEXT_PP(1)));
}

Datum
capacity_gwh_to_unit_digits(PG_FUNCTION_ARGS)
{
	return in_unit_rounded(&capacity_type, PG_GETARG_CAPACITY(0),
						   PG_GETARG_TEXT_PP(1), PG_GETARG_INT32(2));
}

Datum
cost_per_gwh_to_unit(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(in_unit(&cost_type, PG_GETARG_COST(0),
							  PG_GETARG_TEXT_PP(1)));
}

Datum
cost_per_gwh_to_unit_digits(PG_FUNCTION_ARGS)
{
	return in_unit_rounded(&cost_type, PG_GETARG_COST(0),
						   PG_GETARG_TEXT_PP(1), PG_GETARG_INT32(2));
}

Datum
capacity_gwh_from_unit(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(from_unit(&capacity_type, PG_GETARG_NUMERIC(0),
								 PG_GETARG_TEXT_PP(1)));
}

Datum
cost_per_gwh_from_unit(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(from_unit(&cost_type, PG_GETARG_NUMERIC(0),
							 PG_GETARG_TEXT_PP(1)));
}

/*
 * For people: exact, in the largest unit of which there is at least one.
 * The text reads back to the same value.
 */
Datum
capacity_gwh_display(PG_FUNCTION_ARGS)
{
	static const struct
	{
		const char *name;
		int			scale;
		int64		mwh;
	}			units[] = {
		{"PWh", 18, MWH_PER_GWH * 1000000}, {"TWh", 15, MWH_PER_GWH * 1000},
		{"GWh", 12, MWH_PER_GWH}, {"MWh", 9, MWH_PER_GWH / 1000},
		{"kWh", 6, MWH_PER_GWH / 1000000}, {"Wh", 3, 0}
	};
	int64		value = PG_GETARG_CAPACITY(0);
	int			i = 0;

	if (value == 0)
		PG_RETURN_TEXT_P(cstring_to_text("0 GWh"));
	while (value < units[i].mwh && value > -units[i].mwh)
		i++;
	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%s %s",
											  int128_to_decimal(value, units[i].scale),
											  units[i].name)));
}

/* For people: US$67.3 million/GWh; exact, and reads back. */
Datum
cost_per_gwh_display(PG_FUNCTION_ARGS)
{
	char	   *s = quantity_to_decimal(&cost_type, PG_GETARG_COST(0));
	bool		negative = (*s == '-');

	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%sUS$%s million/GWh",
											  negative ? "-" : "",
											  s + (negative ? 1 : 0))));
}

/* try_capacity_gwh(text): the value, or NULL where input would fail */
Datum
capacity_gwh_try(PG_FUNCTION_ARGS)
{
	InputProblem problem;
	int64		value;

	if (!capacity_gwh_parse(text_to_cstring(PG_GETARG_TEXT_PP(0)), &value, &problem))
		PG_RETURN_NULL();
	PG_RETURN_CAPACITY(value);
}

/* capacity_gwh_problem(text): why input would fail, or NULL where it would not */
Datum
capacity_gwh_problem(PG_FUNCTION_ARGS)
{
	InputProblem problem;
	int64		value;

	if (capacity_gwh_parse(text_to_cstring(PG_GETARG_TEXT_PP(0)), &value, &problem))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(input_problem_text(&problem));
}

/* try_cost_per_gwh(text): the value, or NULL where input would fail */
Datum
cost_per_gwh_try(PG_FUNCTION_ARGS)
{
	InputProblem problem;
	int64		value;

	if (!cost_per_gwh_parse(text_to_cstring(PG_GETARG_TEXT_PP(0)), &value, &problem))
		PG_RETURN_NULL();
	PG_RETURN_COST(value);
}

/* cost_per_gwh_problem(text): why input would fail, or NULL where it would not */
Datum
cost_per_gwh_problem(PG_FUNCTION_ARGS)
{
	InputProblem problem;
	int64		value;

	if (cost_per_gwh_parse(text_to_cstring(PG_GETARG_TEXT_PP(0)), &value, &problem))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(input_problem_text(&problem));
}

/*
 * usd(26.44, 'billion') = 26440000000: an amount in plain US dollars, exact.
 * Errors: 22023 for the unit, 22003 when the amount is not finite.
 */
Datum
numeric_usd(PG_FUNCTION_ARGS)
{
	Numeric		amount = PG_GETARG_NUMERIC(0);
	char	   *unit = text_to_cstring(PG_GETARG_TEXT_PP(1));
	int			exponent = 0;
	int64		factor = 1;
	Datum		product;

	if (!money_unit_parse(unit, &exponent))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is not a unit of US dollars", quantity_excerpt(unit)),
				 errhint("Write USD, thousand, million, billion or trillion.")));
	if (numeric_is_nan(amount) || numeric_is_inf(amount))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("\"%s\" is not an amount of US dollars",
						DatumGetCString(DirectFunctionCall1(numeric_out,
															NumericGetDatum(amount)))),
				 errhint("Write NULL for a missing value.")));
	for (; exponent > 0; exponent--)
		factor *= 10;
	product = DirectFunctionCall2(numeric_mul, NumericGetDatum(amount),
								  DirectFunctionCall1(int8_numeric,
													  Int64GetDatum(factor)));

	/* 26.44 billion are 26440000000, not 26440000000.00 */
	PG_RETURN_DATUM(DirectFunctionCall1(numeric_trim_scale, product));
}
