/*-------------------------------------------------------------------------
 *
 * cost_per_gwh.c
 *		The type cost_per_gwh: input, output, casts.
 *
 * Everything that compares is core's int8 function under the type's own
 * signature: see cost_per_gwh.sql.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "quantity/quantity.h"
#include "text/figure.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(cost_per_gwh_in);
PG_FUNCTION_INFO_V1(cost_per_gwh_out);
PG_FUNCTION_INFO_V1(cost_per_gwh_recv);
PG_FUNCTION_INFO_V1(cost_per_gwh_from_int2);
PG_FUNCTION_INFO_V1(cost_per_gwh_from_int4);
PG_FUNCTION_INFO_V1(cost_per_gwh_from_int8);
PG_FUNCTION_INFO_V1(cost_per_gwh_from_numeric);
PG_FUNCTION_INFO_V1(cost_per_gwh_from_float4);
PG_FUNCTION_INFO_V1(cost_per_gwh_from_float8);
PG_FUNCTION_INFO_V1(cost_per_gwh_from_jsonb);
PG_FUNCTION_INFO_V1(cost_per_gwh_to_int2);
PG_FUNCTION_INFO_V1(cost_per_gwh_to_int4);
PG_FUNCTION_INFO_V1(cost_per_gwh_to_int8);
PG_FUNCTION_INFO_V1(cost_per_gwh_to_numeric);
PG_FUNCTION_INFO_V1(cost_per_gwh_to_float4);
PG_FUNCTION_INFO_V1(cost_per_gwh_to_float8);
PG_FUNCTION_INFO_V1(cost_per_gwh_to_json);
PG_FUNCTION_INFO_V1(cost_per_gwh_to_jsonb);

/*
 * The value as the bare number of US$ million/GWh, which is US$/kWh: shortest
 * exact decimal, and with its unit where the bare number would not be read
 * back.
 */
char *
cost_per_gwh_to_cstring(int64 value)
{
	char	   *s = quantity_to_decimal(&cost_type, value);

	if (value > cost_type.bare_limit || value < -cost_type.bare_limit)
		return psprintf("%s USD/kWh", s);
	return s;
}

Datum
cost_per_gwh_in(PG_FUNCTION_ARGS)
{
	char	   *s = PG_GETARG_CSTRING(0);
	InputProblem problem;
	int64		value;

	if (!cost_per_gwh_parse(s, &value, &problem))
		INPUT_REFUSE(fcinfo, &problem);
	PG_RETURN_COST(value);
}

Datum
cost_per_gwh_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(cost_per_gwh_to_cstring(PG_GETARG_COST(0)));
}

Datum
cost_per_gwh_recv(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(quantity_receive(&cost_type, (StringInfo) PG_GETARG_POINTER(0)));
}

/*
 * Casts from numbers, which are US$ million/GWh.  Errors: 22003 when not
 * finite, or beyond 20,000: there a unit must be named.
 */
Datum
cost_per_gwh_from_int2(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(quantity_from_int64(&cost_type, PG_GETARG_INT16(0)));
}

Datum
cost_per_gwh_from_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(quantity_from_int64(&cost_type, PG_GETARG_INT32(0)));
}

Datum
cost_per_gwh_from_int8(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(quantity_from_int64(&cost_type, PG_GETARG_INT64(0)));
}

Datum
cost_per_gwh_from_numeric(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(quantity_from_numeric(&cost_type, PG_GETARG_NUMERIC(0)));
}

Datum
cost_per_gwh_from_float4(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(quantity_from_float4(&cost_type, PG_GETARG_FLOAT4(0)));
}

Datum
cost_per_gwh_from_float8(PG_FUNCTION_ARGS)
{
	PG_RETURN_COST(quantity_from_float8(&cost_type, PG_GETARG_FLOAT8(0)));
}

/* A JSON number or string: see quantity_from_jsonb(). */
Datum
cost_per_gwh_from_jsonb(PG_FUNCTION_ARGS)
{
	return quantity_from_jsonb(&cost_type, cost_per_gwh_parse, fcinfo);
}

/*
 * Casts to numbers, in US$ million/GWh.  Integers round half away from zero,
 * as a cast from numeric does; the doubles are the nearest ones; numeric is
 * exact.
 */
Datum
cost_per_gwh_to_int2(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT16(quantity_to_integer(&cost_type, PG_GETARG_COST(0),
										PG_INT16_MIN, PG_INT16_MAX, "smallint"));
}

Datum
cost_per_gwh_to_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(quantity_to_integer(&cost_type, PG_GETARG_COST(0),
										PG_INT32_MIN, PG_INT32_MAX, "integer"));
}

Datum
cost_per_gwh_to_int8(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(quantity_to_integer(&cost_type, PG_GETARG_COST(0),
										PG_INT64_MIN, PG_INT64_MAX, "bigint"));
}

Datum
cost_per_gwh_to_numeric(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(quantity_to_numeric(&cost_type, PG_GETARG_COST(0)));
}

Datum
cost_per_gwh_to_float4(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT4(quantity_to_float4(&cost_type, PG_GETARG_COST(0)));
}

Datum
cost_per_gwh_to_float8(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(quantity_to_float8(&cost_type, PG_GETARG_COST(0)));
}

/* JSON numbers of US$ million/GWh, which also to_json() and its family use. */
Datum
cost_per_gwh_to_json(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(quantity_to_decimal(&cost_type, PG_GETARG_COST(0))));
}

Datum
cost_per_gwh_to_jsonb(PG_FUNCTION_ARGS)
{
	return quantity_to_jsonb(&cost_type, PG_GETARG_COST(0));
}
