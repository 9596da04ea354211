/*-------------------------------------------------------------------------
 *
 * quantity.c
 *		What capacity_gwh and cost_per_gwh share: numbers to fixed point and
 *		back, and the wording of errors.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "compat.h"
#include "common/shortest_dec.h"
#include "decimal.h"
#include "excerpt.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "quantity/quantity.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"

PG_FUNCTION_INFO_V1(quantity_send);

/*
 * The binary form: a byte for its version, then the stored int64.  Nine bytes,
 * so that a double precision or a bigint that a driver sends is never taken
 * for one: its bits would be some other amount.
 */
#define BINARY_VERSION	1
#define BINARY_BYTES	9

/* Bytes of an input that a message quotes; the rest becomes "...". */
#define EXCERPT_BYTES	200

const QuantityType capacity_type = {
	.name = "capacity_gwh",
	.unit = "GWh",
	.scale = CAPACITY_SCALE,
	.bare_limit = 0
};

const QuantityType cost_type = {
	.name = "cost_per_gwh",
	.unit = "million US$/GWh",
	.scale = COST_SCALE,
	.bare_limit = COST_BARE_LIMIT * NANO_USD_PER_USD
};

char *
quantity_excerpt(const char *s)
{
	return text_excerpt(s, EXCERPT_BYTES);
}

/*
 * The result of an operation, given as text, does not fit the type.
 */
void
quantity_out_of_range(const QuantityType *type, const char *operation)
{
	quantity_result_out_of_range(type, operation, "Compute with numeric instead, for example with to_unit().");
}

/* The same with a hint of the caller's. */
void
quantity_result_out_of_range(const QuantityType *type, const char *operation, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("the result of \"%s\" is out of range for type %s",
					operation, type->name),
			 errdetail("The range is %s to %s %s.",
					   quantity_to_decimal(type, PG_INT64_MIN),
					   quantity_to_decimal(type, PG_INT64_MAX),
					   type->unit),
			 errhint("%s", hint)));
}

/*
 * A cost that came of dividing US dollars by a capacity.  One that is not
 * zero and below 0.001 US$/kWh comes of dollars that were counted in
 * millions: it is an error (22003) rather than a wrong plant price.
 */
void
quantity_check_cost_of_usd(int64 cost, bool zero_usd, const char *operation)
{
	const int64 least = NANO_USD_PER_USD / 1000;

	if (!zero_usd && cost < least && cost > -least)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the result of \"%s\" is below 0.001 US$/kWh", operation),
				 errdetail("The amount must be in US dollars; this one was probably in millions or billions."),
				 errhint("Convert the amount first, for example usd(26.44, 'billion') / capacity.")));
}

/*
 * May a bare number that was read as v stored units become a value?
 */
static inline bool
acceptable(const QuantityType *type, DecimalStatus status, int128 v)
{
	int128		max = type->bare_limit != 0 ? type->bare_limit : PG_INT64_MAX;
	int128		min = type->bare_limit != 0 ? -type->bare_limit : PG_INT64_MIN;

	return status == DECIMAL_OK && v >= min && v <= max;
}

static void refuse_number(const QuantityType *type, DecimalStatus status,
						  int128 v, const char *number) pg_attribute_noreturn();

/*
 * Say why not.  number is its text for the message.
 */
static void
refuse_number(const QuantityType *type, DecimalStatus status, int128 v,
			  const char *number)
{
	if (status == DECIMAL_NOT_FINITE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cannot convert \"%s\" to %s",
						quantity_excerpt(number), type->name),
				 errdetail("A %s is always finite.", type->name),
				 errhint("Write NULL for a missing value.")));
	if (status != DECIMAL_OK || v > PG_INT64_MAX || v < PG_INT64_MIN)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value \"%s\" is out of range for type %s",
						quantity_excerpt(number), type->name),
				 errdetail("The range is %s to %s %s.",
						   quantity_to_decimal(type, PG_INT64_MIN),
						   quantity_to_decimal(type, PG_INT64_MAX),
						   type->unit),
				 type->bare_limit != 0 ?
				 errhint("A bare number is US$ million per GWh; for another unit use to_cost_per_gwh(number, unit), for example to_cost_per_gwh(67300000, 'USD/GWh').") :
				 errhint("A bare number is GWh; for another unit use to_capacity_gwh(number, unit), for example to_capacity_gwh(500, 'MWh').")));
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("value \"%s\" is too large for a %s without a unit",
					quantity_excerpt(number), type->name),
			 errdetail("A bare number is US$ million per GWh, the same as US$/kWh, and may not pass %d.",
					   COST_BARE_LIMIT),
			 errhint("Name the unit: to_cost_per_gwh(number, 'USD/GWh') for plain US$ per GWh, to_cost_per_gwh(number, 'USD/MWh') for US$ per MWh.")));
}

/*
 * Stored units in one of the type's unit.
 */
static inline int64
unit_of(const QuantityType *type)
{
	return type->scale == CAPACITY_SCALE ? MWH_PER_GWH : NANO_USD_PER_USD;
}

/*
 * A whole number of the type's unit to stored units.
 * Errors: 22003 when out of range.
 */
int64
quantity_from_int64(const QuantityType *type, int64 n)
{
	int128		v = (int128) n * unit_of(type);
	char		number[MAXINT8LEN + 1];

	if (acceptable(type, DECIMAL_OK, v))
		return (int64) v;
	pg_lltoa(n, number);
	refuse_number(type, DECIMAL_OK, v, number);
}

/*
 * numeric, in the type's unit, to stored units, rounded half away from zero.
 * Errors: 22003 when not finite or out of range.
 */
int64
quantity_from_numeric(const QuantityType *type, Numeric n)
{
	int128		v = 0;
	DecimalStatus status = numeric_to_int128(n, type->scale, &v);

	if (acceptable(type, status, v))
		return (int64) v;
	refuse_number(type, status, v,
				  DatumGetCString(DirectFunctionCall1(numeric_out,
													  NumericGetDatum(n))));
}

/*
 * A double, in the type's unit, read as its shortest decimal, to stored
 * units, rounded half away from zero.  Errors as quantity_from_numeric.
 */
int64
quantity_from_float8(const QuantityType *type, double d)
{
	int128		v = 0;
	DecimalStatus status = float8_to_int128(d, type->scale, &v);
	char		number[DOUBLE_SHORTEST_DECIMAL_LEN];

	if (acceptable(type, status, v))
		return (int64) v;
	double_to_shortest_decimal_buf(d, number);
	refuse_number(type, status, v, number);
}

/*
 * The same for a single-precision number: 0.1 is a tenth here too, not the
 * 0.10000000149011612 that its widening to a double would be.
 */
int64
quantity_from_float4(const QuantityType *type, float4 f)
{
	char		number[FLOAT_SHORTEST_DECIMAL_LEN];
	DecimalStatus status = DECIMAL_NOT_FINITE;
	int128		v = 0;

	float_to_shortest_decimal_buf(f, number);
	if (!isnan(f) && !isinf(f))
		status = decimal_to_int128(number, strlen(number), type->scale, &v);
	if (acceptable(type, status, v))
		return (int64) v;
	refuse_number(type, status, v, number);
}

/*
 * The value as the shortest exact decimal in the type's unit: no exponent,
 * no trailing zeros, whatever the settings.
 */
static inline char *
fixed_to_cstring(int64 v, int scale, uint64 power)
{
	uint64		magnitude = v < 0 ? -(uint64) v : (uint64) v;
	uint64		fraction = magnitude % power;
	char		buf[32];
	char	   *p = buf;
	char	   *result;

	if (v < 0)
		*p++ = '-';
	p += pg_ulltoa_n(magnitude / power, p);
	if (fraction != 0)
	{
		while (fraction % 10 == 0)
		{
			fraction /= 10;
			scale--;
		}
		*p++ = '.';
		for (int i = scale - 1; i >= 0; i--)
		{
			p[i] = '0' + fraction % 10;
			fraction /= 10;
		}
		p += scale;
	}
	*p++ = '\0';
	result = palloc(p - buf);
	memcpy(result, buf, p - buf);
	return result;
}

char *
quantity_to_decimal(const QuantityType *type, int64 value)
{
	/* constant divisors, so that the compiler multiplies instead */
	if (type->scale == CAPACITY_SCALE)
		return fixed_to_cstring(value, CAPACITY_SCALE, MWH_PER_GWH);
	return fixed_to_cstring(value, COST_SCALE, NANO_USD_PER_USD);
}

Numeric
quantity_to_numeric(const QuantityType *type, int64 value)
{
	return int128_to_numeric(value, type->scale);
}

/*
 * The double nearest to the value in the type's unit.
 */
double
quantity_to_float8(const QuantityType *type, int64 value)
{
	return int64_ratio(value, unit_of(type));
}

/*
 * The nearest float4, by way of the text: the detour through a double could
 * round twice.
 */
float4
quantity_to_float4(const QuantityType *type, int64 value)
{
	char	   *s = quantity_to_decimal(type, value);

	return DatumGetFloat4(DirectFunctionCall1(float4in, CStringGetDatum(s)));
}

/*
 * The value as a whole number of its unit, rounded half away from zero.
 * Errors: 22003 when it is not within min and max.
 */
int64
quantity_to_integer(const QuantityType *type, int64 value,
					int64 min, int64 max, const char *target)
{
	int64		power = unit_of(type);
	int64		whole = value / power;
	int64		rest = value % power;

	/* |whole| is far below the limits of int64 */
	if (rest >= power / 2)
		whole++;
	else if (rest <= -power / 2)
		whole--;
	if (whole < min || whole > max)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value \"%s\" is out of range for type %s",
						quantity_to_decimal(type, value), target),
				 errhint("Cast to bigint or numeric.")));
	return whole;
}

/*
 * The value as a jsonb number.
 */
Datum
quantity_to_jsonb(const QuantityType *type, int64 value)
{
	return DirectFunctionCall1(jsonb_in,
							   CStringGetDatum(quantity_to_decimal(type, value)));
}

/*
 * The value of a jsonb argument: a number in the type's unit, or a string that the
 * type's input reads.  null is what it is to core's casts to numbers: NULL from 18
 * on, before an error.  Errors: 22023 for what is neither number nor string; those
 * of quantity_from_numeric and of the type's input.
 */
Datum
quantity_from_jsonb(const QuantityType *type, QuantityParser parse, FunctionCallInfo fcinfo)
{
	Jsonb	   *json = PG_GETARG_JSONB_P(0);
	JsonbValue	scalar;
	InputProblem problem;
	const char *kind;
	int64		value;

	if (!JB_ROOT_IS_SCALAR(json) || !JsonbExtractScalar(&json->root, &scalar))
		kind = JB_ROOT_IS_OBJECT(json) ? "object" : "array";
	else if (scalar.type == jbvNumeric)
		return Int64GetDatum(quantity_from_numeric(type, scalar.val.numeric));
	else if (scalar.type == jbvString)
	{
		if (!parse(pnstrdup(scalar.val.string.val, scalar.val.string.len), &value, &problem))
			INPUT_REFUSE(fcinfo, &problem);
		return Int64GetDatum(value);
	}
	else if (scalar.type == jbvNull)
	{
#if PG_VERSION_NUM >= 180000
		PG_RETURN_NULL();
#endif
		kind = "null";
	}
	else
		kind = "boolean";
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot cast jsonb %s to type %s", kind, type->name),
			 errhint("Write a number of %s, or a string with the unit.", type->unit)));
}

/*
 * a / b as the nearest double, ties to even; b must not be zero.
 *
 * Up to 2^53 both are doubles and the hardware's division rounds once.
 * Beyond, the quotient is formed with at least 64 bits, what remains is
 * folded into the last of them, and the conversion rounds once.
 */
double
int64_ratio(int64 a, int64 b)
{
	const int64 exact = INT64CONST(1) << 53;
	uint64		ma = a < 0 ? -(uint64) a : (uint64) a;
	uint64		mb = b < 0 ? -(uint64) b : (uint64) b;
	uint128		n;
	uint128		q;
	int			shift;
	double		r;

	Assert(b != 0);
	if (a == 0)
		return 0.0;
	if (a >= -exact && a <= exact && b >= -exact && b <= exact)
		return (double) a / (double) b;

	shift = __builtin_clzll(ma) + 64;
	n = (uint128) ma << shift;
	q = n / mb;
	if (n % mb != 0)
		q |= 1;
	r = ldexp((double) q, -shift);
	return (a < 0) != (b < 0) ? -r : r;
}

/*
 * A value from its binary form, in stored units.  Error 22P03 when the message
 * has another length or version.
 */
int64
quantity_receive(const QuantityType *type, StringInfo message)
{
	int			bytes = message->len - message->cursor;
	int			version;

	if (bytes != BINARY_BYTES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("the binary form of %s has %d bytes, not %d", type->name,
						BINARY_BYTES, bytes),
				 errdetail("The bytes of a number of another type would be read as some other amount."),
				 errhint("Send it as text, or as a number that is cast: $1::double precision::%s.", type->name)));
	version = pq_getmsgbyte(message);
	if (version != BINARY_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("the binary form of %s has version %d, which this library does not know",
						type->name, version),
				 errhint("Send what %s_send wrote.", type->name)));
	return pq_getmsgint64(message);
}

/*
 * quantity_send(capacity_gwh | cost_per_gwh): the binary form of either.
 */
Datum
quantity_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, BINARY_VERSION);
	pq_sendint64(&buf, PG_GETARG_INT64(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}
