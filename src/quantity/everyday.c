/*-------------------------------------------------------------------------
 *
 * everyday.c
 *		Functions of core that quantities have under the same names: to whole
 *		GWh or US$/kWh, down, up and towards zero; correlations.
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

PG_FUNCTION_INFO_V1(capacity_gwh_floor);
PG_FUNCTION_INFO_V1(capacity_gwh_ceil);
PG_FUNCTION_INFO_V1(capacity_gwh_trunc);
PG_FUNCTION_INFO_V1(cost_per_gwh_floor);
PG_FUNCTION_INFO_V1(cost_per_gwh_ceil);
PG_FUNCTION_INFO_V1(cost_per_gwh_trunc);
PG_FUNCTION_INFO_V1(capacity_capacity_regr_accum);
PG_FUNCTION_INFO_V1(capacity_cost_regr_accum);
PG_FUNCTION_INFO_V1(capacity_number_regr_accum);
PG_FUNCTION_INFO_V1(cost_capacity_regr_accum);
PG_FUNCTION_INFO_V1(cost_cost_regr_accum);
PG_FUNCTION_INFO_V1(cost_number_regr_accum);
PG_FUNCTION_INFO_V1(number_capacity_regr_accum);
PG_FUNCTION_INFO_V1(number_cost_regr_accum);

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
 * core's float8_regr_accum(state, y, x) on the nearest doubles; a type is NULL where
 * the argument is a double.  With a frame of its own: grouping sets pass ours to
 * several calls.
 */
static Datum
regr_accum(FunctionCallInfo fcinfo, const QuantityType *y, const QuantityType *x)
{
	const QuantityType *types[] = {NULL, y, x};

	LOCAL_FCINFO(call, 3);

	InitFunctionCallInfoData(*call, fcinfo->flinfo, 3, fcinfo->fncollation, fcinfo->context, NULL);
	for (int i = 0; i < 3; i++)
	{
		call->args[i] = fcinfo->args[i];
		if (types[i] != NULL)
			call->args[i].value = Float8GetDatum(quantity_to_float8(types[i], DatumGetInt64(fcinfo->args[i].value)));
	}
	return float8_regr_accum(call);
}

Datum
capacity_capacity_regr_accum(PG_FUNCTION_ARGS)
{
	return regr_accum(fcinfo, &capacity_type, &capacity_type);
}

Datum
capacity_cost_regr_accum(PG_FUNCTION_ARGS)
{
	return regr_accum(fcinfo, &capacity_type, &cost_type);
}

Datum
capacity_number_regr_accum(PG_FUNCTION_ARGS)
{
	return regr_accum(fcinfo, &capacity_type, NULL);
}

Datum
cost_capacity_regr_accum(PG_FUNCTION_ARGS)
{
	return regr_accum(fcinfo, &cost_type, &capacity_type);
}

Datum
cost_cost_regr_accum(PG_FUNCTION_ARGS)
{
	return regr_accum(fcinfo, &cost_type, &cost_type);
}

Datum
cost_number_regr_accum(PG_FUNCTION_ARGS)
{
	return regr_accum(fcinfo, &cost_type, NULL);
}

Datum
number_capacity_regr_accum(PG_FUNCTION_ARGS)
{
	return regr_accum(fcinfo, NULL, &capacity_type);
}

Datum
number_cost_regr_accum(PG_FUNCTION_ARGS)
{
	return regr_accum(fcinfo, NULL, &cost_type);
}
