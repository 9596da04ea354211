/*-------------------------------------------------------------------------
 *
 * capacity_gwh.c
 *		The type capacity_gwh: input, output, casts.
 *
 * Everything that compares is core's int8 function under the type's own
 * signature: see capacity_gwh.sql.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "quantity/quantity.h"
#include "text/figure.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(capacity_gwh_in);
PG_FUNCTION_INFO_V1(capacity_gwh_out);
PG_FUNCTION_INFO_V1(capacity_gwh_recv);
PG_FUNCTION_INFO_V1(capacity_gwh_from_int2);
PG_FUNCTION_INFO_V1(capacity_gwh_from_int4);
PG_FUNCTION_INFO_V1(capacity_gwh_from_int8);
PG_FUNCTION_INFO_V1(capacity_gwh_from_numeric);
PG_FUNCTION_INFO_V1(capacity_gwh_from_float4);
PG_FUNCTION_INFO_V1(capacity_gwh_from_float8);
PG_FUNCTION_INFO_V1(capacity_gwh_from_jsonb);
PG_FUNCTION_INFO_V1(capacity_gwh_to_int2);
PG_FUNCTION_INFO_V1(capacity_gwh_to_int4);
PG_FUNCTION_INFO_V1(capacity_gwh_to_int8);
PG_FUNCTION_INFO_V1(capacity_gwh_to_numeric);
PG_FUNCTION_INFO_V1(capacity_gwh_to_float4);
PG_FUNCTION_INFO_V1(capacity_gwh_to_float8);
PG_FUNCTION_INFO_V1(capacity_gwh_to_json);
PG_FUNCTION_INFO_V1(capacity_gwh_to_jsonb);

/* The value as the bare number of GWh, shortest exact decimal. */
char *
capacity_gwh_to_cstring(int64 value)
{
	return quantity_to_decimal(&capacity_type, value);
}

Datum
capacity_gwh_in(PG_FUNCTION_ARGS)
{
	char	   *s = PG_GETARG_CSTRING(0);
	InputProblem problem;
	int64		value;

	if (!capacity_gwh_parse(s, &value, &problem))
		INPUT_REFUSE(fcinfo, &problem);
	PG_RETURN_CAPACITY(value);
}

Datum
capacity_gwh_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(capacity_gwh_to_cstring(PG_GETARG_CAPACITY(0)));
}

Datum
capacity_gwh_recv(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(quantity_receive(&capacity_type, (StringInfo) PG_GETARG_POINTER(0)));
}

/*
 * Casts from numbers, which are GWh.  Errors: 22003 when not finite or out
 * of range.
 */
Datum
capacity_gwh_from_int2(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(quantity_from_int64(&capacity_type, PG_GETARG_INT16(0)));
}

Datum
capacity_gwh_from_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(quantity_from_int64(&capacity_type, PG_GETARG_INT32(0)));
}

Datum
capacity_gwh_from_int8(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(quantity_from_int64(&capacity_type, PG_GETARG_INT64(0)));
}

Datum
capacity_gwh_from_numeric(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(quantity_from_numeric(&capacity_type, PG_GETARG_NUMERIC(0)));
}

Datum
capacity_gwh_from_float4(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(quantity_from_float4(&capacity_type, PG_GETARG_FLOAT4(0)));
}

Datum
capacity_gwh_from_float8(PG_FUNCTION_ARGS)
{
	PG_RETURN_CAPACITY(quantity_from_float8(&capacity_type, PG_GETARG_FLOAT8(0)));
}

/* A JSON number or string: see quantity_from_jsonb(). */
Datum
capacity_gwh_from_jsonb(PG_FUNCTION_ARGS)
{
	return quantity_from_jsonb(&capacity_type, capacity_gwh_parse, fcinfo);
}

/*
 * Casts to numbers, in GWh.  Integers round half away from zero, as a cast
 * from numeric does; the doubles are the nearest ones; numeric is exact.
 */
Datum
capacity_gwh_to_int2(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT16(quantity_to_integer(&capacity_type, PG_GETARG_CAPACITY(0),
										PG_INT16_MIN, PG_INT16_MAX, "smallint"));
}

Datum
capacity_gwh_to_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(quantity_to_integer(&capacity_type, PG_GETARG_CAPACITY(0),
										PG_INT32_MIN, PG_INT32_MAX, "integer"));
}

Datum
capacity_gwh_to_int8(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(quantity_to_integer(&capacity_type, PG_GETARG_CAPACITY(0),
										PG_INT64_MIN, PG_INT64_MAX, "bigint"));
}

Datum
capacity_gwh_to_numeric(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(quantity_to_numeric(&capacity_type, PG_GETARG_CAPACITY(0)));
}

Datum
capacity_gwh_to_float4(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT4(quantity_to_float4(&capacity_type, PG_GETARG_CAPACITY(0)));
}

Datum
capacity_gwh_to_float8(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(quantity_to_float8(&capacity_type, PG_GETARG_CAPACITY(0)));
}

/* JSON numbers of GWh, which also to_json() and its family use. */
Datum
capacity_gwh_to_json(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(capacity_gwh_to_cstring(PG_GETARG_CAPACITY(0))));
}

Datum
capacity_gwh_to_jsonb(PG_FUNCTION_ARGS)
{
	return quantity_to_jsonb(&capacity_type, PG_GETARG_CAPACITY(0));
}
