/*-------------------------------------------------------------------------
 *
 * arithmetic.c
 *		The operations on quantities that mean something.
 *
 * Every result that is a quantity or an amount of money is exact and then
 * rounded once, half away from zero.  A double that takes part is read as
 * its shortest decimal, an integer of at most 17 digits times a power of
 * ten, so that capacity * 0.1 is a tenth.  All products and quotients fit
 * in 128 bits or their result is out of range anyway.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "compat.h"
#include "common/shortest_dec.h"
#include "decimal.h"
#include "fmgr.h"
#include "quantity/quantity.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(capacity_gwh_add);
PG_FUNCTION_INFO_V1(capacity_gwh_subtract);
PG_FUNCTION_INFO_V1(capacity_gwh_negate);
PG_FUNCTION_INFO_V1(capacity_gwh_abs);
PG_FUNCTION_INFO_V1(capacity_gwh_round);
PG_FUNCTION_INFO_V1(capacity_gwh_multiply_float8);
PG_FUNCTION_INFO_V1(float8_multiply_capacity_gwh);
PG_FUNCTION_INFO_V1(capacity_gwh_divide_float8);
PG_FUNCTION_INFO_V1(capacity_gwh_ratio);
PG_FUNCTION_INFO_V1(float8_divide_capacity_gwh);
PG_FUNCTION_INFO_V1(cost_per_gwh_add);
PG_FUNCTION_INFO_V1(cost_per_gwh_subtract);
PG_FUNCTION_INFO_V1(cost_per_gwh_negate);
PG_FUNCTION_INFO_V1(cost_per_gwh_abs);
PG_FUNCTION_INFO_V1(cost_per_gwh_round);
PG_FUNCTION_INFO_V1(cost_per_gwh_multiply_float8);
PG_FUNCTION_INFO_V1(float8_multiply_cost_per_gwh);
PG_FUNCTION_INFO_V1(cost_per_gwh_divide_float8);
PG_FUNCTION_INFO_V1(cost_per_gwh_ratio);
PG_FUNCTION_INFO_V1(float8_divide_cost_per_gwh);
PG_FUNCTION_INFO_V1(quantity_sign);
PG_FUNCTION_INFO_V1(quantity_value);
PG_FUNCTION_INFO_V1(capacity_gwh_duration_float8);
PG_FUNCTION_INFO_V1(capacity_gwh_duration_numeric);
PG_FUNCTION_INFO_V1(float8_cagr);
PG_FUNCTION_INFO_V1(capacity_gwh_cagr);
PG_FUNCTION_INFO_V1(cost_per_gwh_cagr);

/* ----------------------------------------------------------------------
 * Integers
 * ----------------------------------------------------------------------
 */

static inline uint128
magnitude(int128 v)
{
	return v < 0 ? -(uint128) v : (uint128) v;
}

/*
 * *v times 10^n, n not negative; false when that passes 127 bits.
 */
static bool
multiply_power(uint128 *v, int n)
{
	const uint128 max = (~(uint128) 0) >> 1;

	if (*v == 0)
		return true;
	for (; n > 0; n--)
	{
		if (*v > max / 10)
			return false;
		*v *= 10;
	}
	return true;
}

/*
 * n / d to the nearest integer, half away from zero, with a sign; false when
 * it does not fit in an int64.  Neither n nor d reaches 2^127.
 */
static bool
divide_rounded(uint128 n, uint128 d, bool negative, int64 *result)
{
	uint128		q = n / d;

	if (n % d >= d - n % d)
		q++;
	if (q > (uint128) PG_INT64_MAX + (negative ? 1 : 0))
		return false;
	*result = negative ? (int64) -q : (int64) q;
	return true;
}

/*
 * The double as a whole number times a power of ten: its shortest decimal.
 * |*digits| < 10^17.  Errors: 22003 when it is not finite.
 */
static void
shortest_decimal(double d, const QuantityType *type, int64 *digits, int *exponent)
{
	char		buf[DOUBLE_SHORTEST_DECIMAL_LEN];
	char	   *p = buf;
	bool		negative = false;
	bool		fraction = false;
	int64		v = 0;
	int			e = 0;

	if (isnan(d) || isinf(d))
	{
		double_to_shortest_decimal_buf(d, buf);
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cannot compute a %s with \"%s\"", type->name, buf),
				 errdetail("A %s is always finite.", type->name),
				 errhint("Use NULL for a missing number.")));
	}
	if (fabs(d) <= 9007199254740992.0 && d == rint(d))
	{
		*digits = (int64) d;
		*exponent = 0;
		return;
	}
	double_to_shortest_decimal_buf(d, buf);
	if (*p == '-')
	{
		negative = true;
		p++;
	}
	for (; *p && *p != 'e'; p++)
	{
		if (*p == '.')
		{
			fraction = true;
			continue;
		}
		/* what follows 17 digits can only be the zeros of a whole number */
		if (v >= INT64CONST(10000000000000000))
		{
			Assert(*p == '0');
			if (!fraction)
				e++;
			continue;
		}
		v = v * 10 + (*p - '0');
		if (fraction)
			e--;
	}
	if (*p == 'e')
		e += atoi(p + 1);
	*digits = negative ? -v : v;
	*exponent = e;
}

static void
divide_by_zero(const char *operation)
{
	ereport(ERROR,
			(errcode(ERRCODE_DIVISION_BY_ZERO),
			 errmsg("division by zero in \"%s\"", operation),
			 errhint("Write NULLIF(divisor, 0) to get NULL instead.")));
}

/* "1.5 / 0.1": two operands and what is done to them, for messages */
static char *
operation_text(const char *a, char op, const char *b)
{
	return psprintf("%s %c %s", a, op, b);
}

static char *
double_text(double d)
{
	char	   *buf = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);

	double_to_shortest_decimal_buf(d, buf);
	return buf;
}

/* ----------------------------------------------------------------------
 * What both types do the same way
 * ----------------------------------------------------------------------
 */

static int64
add(const QuantityType *type, int64 a, int64 b)
{
	int64		r;

	if (unlikely(__builtin_add_overflow(a, b, &r)))
		quantity_out_of_range(type, operation_text(quantity_to_decimal(type, a), '+',
												   quantity_to_decimal(type, b)));
	return r;
}

static int64
subtract(const QuantityType *type, int64 a, int64 b)
{
	int64		r;

	if (unlikely(__builtin_sub_overflow(a, b, &r)))
		quantity_out_of_range(type, operation_text(quantity_to_decimal(type, a), '-',
												   quantity_to_decimal(type, b)));
	return r;
}

static int64
negate(const QuantityType *type, int64 a)
{
	if (unlikely(a == PG_INT64_MIN))
		quantity_out_of_range(type, psprintf("- (%s)", quantity_to_decimal(type, a)));
	return -a;
}

static int64
absolute(const QuantityType *type, int64 a)
{
	if (unlikely(a == PG_INT64_MIN))
		quantity_out_of_range(type, psprintf("abs(%s)", quantity_to_decimal(type, a)));
	return a < 0 ? -a : a;
}

/*
 * To whole GWh or whole US$/kWh, half away from zero.  Only the last unit of
 * the range has nowhere to go.
 */
static int64
round_whole(const QuantityType *type, int64 a)
{
	int64		unit = type->scale == CAPACITY_SCALE ? MWH_PER_GWH : NANO_USD_PER_USD;
	int64		whole = quantity_to_integer(type, a, PG_INT64_MIN, PG_INT64_MAX, "bigint");
	int64		r;

	if (unlikely(__builtin_mul_overflow(whole, unit, &r)))
		quantity_out_of_range(type, psprintf("round(%s)", quantity_to_decimal(type, a)));
	return r;
}

static int64
multiply(const QuantityType *type, int64 a, double d)
{
	int64		digits;
	int			exponent;
	int64		r = 0;
	uint128		v;
	uint128		power = 1;
	bool		negative;

	shortest_decimal(d, type, &digits, &exponent);
	negative = (a < 0) != (digits < 0);
	v = magnitude((int128) a * digits); /* < 2^63 * 10^17 < 2^120 */

	/* 10^38 is more than twice anything v can be */
	if (v == 0 || exponent <= -38)
		return 0;
	if (exponent > 0 && !multiply_power(&v, exponent))
		goto out_of_range;
	if (exponent < 0)
		(void) multiply_power(&power, -exponent);
	if (divide_rounded(v, power, negative, &r))
		return r;

out_of_range:
	quantity_out_of_range(type, operation_text(quantity_to_decimal(type, a), '*',
											   double_text(d)));
}

static int64
divide(const QuantityType *type, int64 a, double d)
{
	int64		digits;
	int			exponent;
	int64		r = 0;
	uint128		n = magnitude(a);
	uint128		m;

	shortest_decimal(d, type, &digits, &exponent);
	m = magnitude(digits);
	if (m == 0)
		divide_by_zero(operation_text(quantity_to_decimal(type, a), '/', double_text(d)));

	/* a < 10^19, so 10^20 and more leave nothing of it */
	if (n == 0 || exponent >= 20)
		return 0;

	/* where n passes 127 bits, the quotient by 57 bits passes 63 */
	if ((exponent < 0 && !multiply_power(&n, -exponent)) ||
		(exponent > 0 && !multiply_power(&m, exponent)) ||
		!divide_rounded(n, m, (a < 0) != (digits < 0), &r))
		quantity_out_of_range(type, operation_text(quantity_to_decimal(type, a), '/',
												   double_text(d)));
	return r;
}

/* The nearest double to a / b. */
static double
ratio(const QuantityType *type, int64 a, int64 b)
{
	if (b == 0)
		divide_by_zero(operation_text(quantity_to_decimal(type, a), '/', "0"));
	return int64_ratio(a, b);
}

/*
 * US dollars divided by a quantity of type "by": a quantity of the other
 * type, because capacity * cost counts 10^-15 US$.
 */
static int64
divide_usd(double usd, const QuantityType *by, int64 quantity,
		   const QuantityType *result_type)
{
	int64		digits;
	int			exponent;
	int64		r = 0;
	uint128		n;
	uint128		m = magnitude(quantity);

	shortest_decimal(usd, result_type, &digits, &exponent);
	if (quantity == 0)
		divide_by_zero(operation_text(double_text(usd), '/', "0"));
	n = magnitude(digits);
	exponent += USD_SCALE;

	/* n < 10^17: 10^20 in the divisor leaves nothing of it */
	if (n == 0 || exponent <= -20)
		return 0;

	/* where n passes 127 bits, the quotient by 63 bits passes 63 */
	if ((exponent > 0 && !multiply_power(&n, exponent)) ||
		(exponent < 0 && !multiply_power(&m, -exponent)) ||
		!divide_rounded(n, m, (digits < 0) != (quantity < 0), &r))
		quantity_out_of_range(result_type,
							  operation_text(double_text(usd), '/',
											 quantity_to_decimal(by, quantity)));
	return r;
}

/* ----------------------------------------------------------------------
 * capacity_gwh.  Errors of all: 22003 when the result is out of range or a
 * number is not finite, 22012 for a zero divisor.
 * ----------------------------------------------------------------------
 */

Datum
capacity_gwh_add(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(add(&capacity_type, PG_GETARG_CAPACITY(0), PG_GETARG_CAPACITY(1)));
}

Datum
capacity_gwh_subtract(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(subtract(&capacity_type, PG_GETARG_CAPACITY(0), PG_GETARG_CAPACITY(1)));
}

Datum
capacity_gwh_negate(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(negate(&capacity_type, PG_GETARG_CAPACITY(0)));
}

Datum
capacity_gwh_abs(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(absolute(&capacity_type, PG_GETARG_CAPACITY(0)));
}

/* To whole GWh, half away from zero. */
Datum
capacity_gwh_round(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(round_whole(&capacity_type, PG_GETARG_CAPACITY(0)));
}

Datum
capacity_gwh_multiply_float8(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(multiply(&capacity_type, PG_GETARG_CAPACITY(0), PG_GETARG_FLOAT8(1)));
}

Datum
float8_multiply_capacity_gwh(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(multiply(&capacity_type, PG_GETARG_CAPACITY(1), PG_GETARG_FLOAT8(0)));
}

Datum
capacity_gwh_divide_float8(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(divide(&capacity_type, PG_GETARG_CAPACITY(0), PG_GETARG_FLOAT8(1)));
}

Datum
capacity_gwh_ratio(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(ratio(&capacity_type, PG_GETARG_CAPACITY(0), PG_GETARG_CAPACITY(1)));
}

/*
 * US dollars / capacity: a cost.  A result that is not zero and below
 * 0.001 US$/kWh is an error (22003).
 */
Datum
float8_divide_capacity_gwh(PG_FUNCTION_ARGS)
{
	double		usd = PG_GETARG_FLOAT8(0);
	int64		capacity = PG_GETARG_CAPACITY(1);
	int64		cost = divide_usd(usd, &capacity_type, capacity, &cost_type);

	if (unlikely(cost < NANO_USD_PER_USD / 1000 && cost > -NANO_USD_PER_USD / 1000))
		quantity_check_cost_of_usd(cost, usd == 0,
								   operation_text(double_text(usd), '/',
												  capacity_gwh_to_cstring(capacity)));
	PG_RETURN_COST(cost);
}

/* ----------------------------------------------------------------------
 * cost_per_gwh.  Errors as for capacity_gwh.
 * ----------------------------------------------------------------------
 */

Datum
cost_per_gwh_add(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(add(&cost_type, PG_GETARG_COST(0), PG_GETARG_COST(1)));
}

Datum
cost_per_gwh_subtract(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(subtract(&cost_type, PG_GETARG_COST(0), PG_GETARG_COST(1)));
}

Datum
cost_per_gwh_negate(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(negate(&cost_type, PG_GETARG_COST(0)));
}

Datum
cost_per_gwh_abs(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(absolute(&cost_type, PG_GETARG_COST(0)));
}

/* To whole US$/kWh, which is US$ million/GWh, half away from zero. */
Datum
cost_per_gwh_round(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(round_whole(&cost_type, PG_GETARG_COST(0)));
}

Datum
cost_per_gwh_multiply_float8(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(multiply(&cost_type, PG_GETARG_COST(0), PG_GETARG_FLOAT8(1)));
}

Datum
float8_multiply_cost_per_gwh(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(multiply(&cost_type, PG_GETARG_COST(1), PG_GETARG_FLOAT8(0)));
}

Datum
cost_per_gwh_divide_float8(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(divide(&cost_type, PG_GETARG_COST(0), PG_GETARG_FLOAT8(1)));
}

Datum
cost_per_gwh_ratio(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(ratio(&cost_type, PG_GETARG_COST(0), PG_GETARG_COST(1)));
}

/* US dollars / cost: the capacity that the money buys. */
Datum
float8_divide_cost_per_gwh(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(divide_usd(PG_GETARG_FLOAT8(0), &cost_type, PG_GETARG_COST(1),
								  &capacity_type));
}

/* ----------------------------------------------------------------------
 * Both: the code needs the integers only
 * ----------------------------------------------------------------------
 */

/* -1, 0 or 1 */
Datum
quantity_sign(PG_FUNCTION_ARGS)
{
	int64		a = PG_GETARG_INT64(0);

	PG_RETURN_INT32(a > 0 ? 1 : (a < 0 ? -1 : 0));
}

/* capacity * cost in either order: US$, exact to 10^-15. */
Datum
quantity_value(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(int128_to_numeric((int128) PG_GETARG_INT64(0) * PG_GETARG_INT64(1),
										USD_SCALE));
}

/* ----------------------------------------------------------------------
 * Duration and growth
 * ----------------------------------------------------------------------
 */

static void
refuse_power(const char *mw)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot compute a duration at a power of \"%s\" MW", mw),
			 errdetail("The power must be finite and greater than zero."),
			 errhint("Write the power in MW, such as duration_hours('400 MWh', 100); use NULLIF(mw, 0) to get NULL instead.")));
}

/*
 * Hours of discharge: MWh / MW.  The capacity in MWh is first the nearest
 * double, then divided.  Errors: 22023 for a power that is not positive or
 * not finite, 22003 for a result that is not.
 */
Datum
capacity_gwh_duration_float8(PG_FUNCTION_ARGS)
{
	int64		capacity = PG_GETARG_CAPACITY(0);
	double		mw = PG_GETARG_FLOAT8(1);
	double		hours;

	if (isnan(mw) || isinf(mw) || mw <= 0)
		refuse_power(double_text(mw));
	hours = int64_ratio(capacity, MWH_PER_GWH / 1000) / mw;
	if (isinf(hours))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the duration of \"%s\" GWh at \"%s\" MW is out of range",
						capacity_gwh_to_cstring(capacity), double_text(mw)),
				 errhint("Write the power in MW, such as duration_hours('400 MWh', 100).")));
	PG_RETURN_FLOAT8(hours);
}

/* The same in numeric, with the decimals of core's numeric division. */
Datum
capacity_gwh_duration_numeric(PG_FUNCTION_ARGS)
{
	int64		capacity = PG_GETARG_CAPACITY(0);
	Numeric		mw = PG_GETARG_NUMERIC(1);
	Datum		zero = DirectFunctionCall1(int4_numeric, Int32GetDatum(0));

	if (numeric_is_nan(mw) || numeric_is_inf(mw) ||
		DatumGetBool(DirectFunctionCall2(numeric_le, NumericGetDatum(mw), zero)))
		refuse_power(DatumGetCString(DirectFunctionCall1(numeric_out,
														 NumericGetDatum(mw))));
	PG_RETURN_DATUM(DirectFunctionCall2(numeric_div,
										NumericGetDatum(int128_to_numeric(capacity,
																		  CAPACITY_SCALE - 3)),
										NumericGetDatum(mw)));
}

/*
 * Compound annual growth rate (last / first)^(1 / years) - 1, as a fraction,
 * by way of log1p and expm1 so that slow growth keeps its digits.  The
 * arguments are the logarithm of last / first, and the years.
 */
static double
growth_rate(double log_ratio, double years)
{
	double		rate = expm1(log_ratio / years);

	if (isinf(rate))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the growth rate over \"%s\" years is out of range", double_text(years)),
				 errhint("Count the time in years: from 2024 to 2032 there are 8 years.")));
	return rate;
}

static void
check_growth(bool first_ok, bool last_ok, const char *first, const char *last,
			 double years)
{
	if (!first_ok || !last_ok)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot compute a growth rate from \"%s\" to \"%s\"", first, last),
				 errdetail("The first value must be positive and the last one not negative; both must be finite."),
				 errhint("Use NULLIF(first, 0) to get NULL where there is nothing to grow from.")));
	if (isnan(years) || isinf(years) || years <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot compute a growth rate over \"%s\" years", double_text(years)),
				 errdetail("The number of years must be finite and greater than zero."),
				 errhint("From 2024 to 2032 there are 8 years.")));
}

/* of plain numbers; errors: 22023 as above, 22003 on overflow */
Datum
float8_cagr(PG_FUNCTION_ARGS)
{
	double		first = PG_GETARG_FLOAT8(0);
	double		last = PG_GETARG_FLOAT8(1);
	double		years = PG_GETARG_FLOAT8(2);
	double		change;
	double		log_ratio;
	bool		first_ok = !isnan(first) && !isinf(first) && first > 0;
	bool		last_ok = !isnan(last) && !isinf(last) && last >= 0;

	if (!first_ok || !last_ok || !(years > 0) || isinf(years))
		check_growth(first_ok, last_ok, double_text(first), double_text(last), years);
	if (last == 0)
		PG_RETURN_FLOAT8(-1.0);
	change = (last - first) / first;
	if (change > -0.5 && change < 1)
		log_ratio = log1p(change);
	else
	{
		double		ratio = last / first;

		log_ratio = (isinf(ratio) || ratio < DBL_MIN) ?
			log(last) - log(first) : log(ratio);
	}
	PG_RETURN_FLOAT8(growth_rate(log_ratio, years));
}

static double
quantity_cagr(const QuantityType *type, int64 first, int64 last, double years)
{
	if (first <= 0 || last < 0 || !(years > 0) || isinf(years))
		check_growth(first > 0, last >= 0, quantity_to_decimal(type, first),
					 quantity_to_decimal(type, last), years);
	if (last == 0)
		return -1.0;
	if (last / 2 < first && last > first / 2)
		return growth_rate(log1p(int64_ratio(last - first, first)), years);
	return growth_rate(log(int64_ratio(last, first)), years);
}

Datum
capacity_gwh_cagr(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(quantity_cagr(&capacity_type, PG_GETARG_CAPACITY(0),
								   PG_GETARG_CAPACITY(1), PG_GETARG_FLOAT8(2)));
}

Datum
cost_per_gwh_cagr(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(quantity_cagr(&cost_type, PG_GETARG_COST(0),
								   PG_GETARG_COST(1), PG_GETARG_FLOAT8(2)));
}
