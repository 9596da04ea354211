/*-------------------------------------------------------------------------
 *
 * everyday.c
 *		Functions of core that quantities have under the same names: to whole
 *		GWh or US$/kWh, down, up and towards zero; and by a picture of digits.
 *
 * The others of everyday.sql are read from the states in quantity_sums.c and
 * quantity_values.c, or are core's own on the exact number.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "quantity/quantity.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"

PG_FUNCTION_INFO_V1(capacity_gwh_floor);
PG_FUNCTION_INFO_V1(capacity_gwh_ceil);
PG_FUNCTION_INFO_V1(capacity_gwh_trunc);
PG_FUNCTION_INFO_V1(cost_per_gwh_floor);
PG_FUNCTION_INFO_V1(cost_per_gwh_ceil);
PG_FUNCTION_INFO_V1(cost_per_gwh_trunc);
PG_FUNCTION_INFO_V1(capacity_gwh_to_char);
PG_FUNCTION_INFO_V1(cost_per_gwh_to_char);

/*
 * Bytes of a picture of digits.  Core reads one without asking for interrupts: 64 MB
 * would take it ten seconds that nobody can cancel.
 */
#define PICTURE_LIMIT 10000

/*
 * The value without what is beyond its whole units, and one unit further in
 * the direction of step when something was.  Errors: 22003 for the last unit
 * of the range, which has nowhere to go.
 */
static int64
whole_units(const QuantityType *type, int64 value, int step, const char *name)
{
	int64		unit = type->scale == CAPACITY_SCALE ? MWH_PER_GWH : NANO_USD_PER_USD;
	int64		rest = value % unit;
	int64		result = value - rest;

	if ((step < 0 && rest < 0) || (step > 0 && rest > 0))
	{
		if (__builtin_add_overflow(result, step * unit, &result))
			quantity_out_of_range(type, psprintf("%s(%s)", name, quantity_to_decimal(type, value)));
	}
	return result;
}

Datum
capacity_gwh_floor(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(whole_units(&capacity_type, PG_GETARG_CAPACITY(0), -1, "floor"));
}

Datum
capacity_gwh_ceil(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(whole_units(&capacity_type, PG_GETARG_CAPACITY(0), 1, "ceil"));
}

Datum
capacity_gwh_trunc(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(whole_units(&capacity_type, PG_GETARG_CAPACITY(0), 0, "trunc"));
}

Datum
cost_per_gwh_floor(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(whole_units(&cost_type, PG_GETARG_COST(0), -1, "floor"));
}

Datum
cost_per_gwh_ceil(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(whole_units(&cost_type, PG_GETARG_COST(0), 1, "ceil"));
}

Datum
cost_per_gwh_trunc(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(whole_units(&cost_type, PG_GETARG_COST(0), 0, "trunc"));
}

/*
 * The number of GWh, or of US$ million/GWh, by a picture of digits as to_char of core
 * reads it.  Errors: 22023 for a picture of more than PICTURE_LIMIT bytes, and core's.
 */
static Datum
picture(FunctionCallInfo fcinfo, const QuantityType *type, int64 value)
{
	if (VARSIZE_ANY_EXHDR(PG_GETARG_TEXT_PP(1)) > PICTURE_LIMIT)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("the picture of digits is longer than %d bytes", PICTURE_LIMIT),
				errhint("Write one such as '999.0'."));
	return DirectFunctionCall2Coll(numeric_to_char, PG_GET_COLLATION(),
								   NumericGetDatum(quantity_to_numeric(type, value)), PG_GETARG_DATUM(1));
}

Datum
capacity_gwh_to_char(PG_FUNCTION_ARGS)
{
	return picture(fcinfo, &capacity_type, PG_GETARG_CAPACITY(0));
}

Datum
cost_per_gwh_to_char(PG_FUNCTION_ARGS)
{
	return picture(fcinfo, &cost_type, PG_GETARG_COST(0));
}
