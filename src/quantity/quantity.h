/*-------------------------------------------------------------------------
 *
 * quantity.h
 *		capacity_gwh and cost_per_gwh: fixed-point values in an int64.
 *
 * Both are passed by value and stored exactly as core stores int8, so that
 * core's comparison, hash, sort and BRIN support functions serve them as
 * they are.  Every int64 is a valid value of either type.
 *
 *		capacity_gwh	counts milliwatt-hours: 1 GWh is 10^12 of them, the
 *						range is -9223372.036854775808 to
 *						9223372.036854775807 GWh
 *		cost_per_gwh	counts 10^-9 US$/kWh; 1 US$/kWh is exactly 1 million
 *						US$/GWh; the range is about 9.22 thousand million
 *						US$/kWh to either side of zero
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_QUANTITY_H
#define BATTERY_QUANTITY_H

#include "fmgr.h"
#include "input_problem.h"
#include "lib/stringinfo.h"
#include "utils/numeric.h"

/* 10^CAPACITY_SCALE mWh are 1 GWh, 10^COST_SCALE stored units 1 US$/kWh */
#define CAPACITY_SCALE		12
#define COST_SCALE			9
#define MWH_PER_GWH			INT64CONST(1000000000000)
#define NANO_USD_PER_USD	INT64CONST(1000000000)

/*
 * capacity * cost counts 10^-15 US$: 1 mWh = 10^-6 kWh, times 10^-9 US$/kWh.
 */
#define USD_SCALE			15

/*
 * The largest number that is taken for a cost when no unit is written, in
 * US$/kWh.  The dearest cell on record is 9,210.
 */
#define COST_BARE_LIMIT		20000

#define CapacityGetDatum(x)		Int64GetDatum(x)
#define DatumGetCapacity(x)		DatumGetInt64(x)
#define PG_GETARG_CAPACITY(n)	PG_GETARG_INT64(n)
#define PG_RETURN_CAPACITY(x)	PG_RETURN_INT64(x)
#define CostGetDatum(x)			Int64GetDatum(x)
#define DatumGetCost(x)			DatumGetInt64(x)
#define PG_GETARG_COST(n)		PG_GETARG_INT64(n)
#define PG_RETURN_COST(x)		PG_RETURN_INT64(x)

/*
 * What tells one type from the other where their code is the same.
 */
typedef struct QuantityType
{
	const char *name;			/* of the SQL type */
	const char *unit;			/* of a bare number, for messages */
	int			scale;			/* decimal places stored */
	int64		bare_limit;		/* largest bare number, in stored units; 0 for
								 * no limit */
} QuantityType;

extern const QuantityType capacity_type;
extern const QuantityType cost_type;

/* text; false with *problem filled when it is refused */
typedef bool (*QuantityParser) (const char *s, int64 *value, InputProblem *problem);

extern bool capacity_gwh_parse(const char *s, int64 *value, InputProblem *problem);
extern bool cost_per_gwh_parse(const char *s, int64 *value, InputProblem *problem);
extern bool capacity_unit_parse(const char *s, int *exponent);
extern bool cost_unit_parse(const char *s, int *exponent);
extern bool money_unit_parse(const char *s, int *exponent);
extern char *capacity_gwh_to_cstring(int64 value);
extern char *cost_per_gwh_to_cstring(int64 value);

/* numbers */
extern int64 quantity_from_int64(const QuantityType *type, int64 n);
extern int64 quantity_from_numeric(const QuantityType *type, Numeric n);
extern int64 quantity_from_float4(const QuantityType *type, float4 f);
extern int64 quantity_from_float8(const QuantityType *type, double d);
extern Numeric quantity_to_numeric(const QuantityType *type, int64 value);
extern float4 quantity_to_float4(const QuantityType *type, int64 value);
extern double quantity_to_float8(const QuantityType *type, int64 value);
extern int64 quantity_to_integer(const QuantityType *type, int64 value,
								 int64 min, int64 max, const char *target);
extern Datum quantity_to_jsonb(const QuantityType *type, int64 value);
extern Datum quantity_from_jsonb(const QuantityType *type, QuantityParser parse,
								 FunctionCallInfo fcinfo);
extern char *quantity_to_decimal(const QuantityType *type, int64 value);
extern double int64_ratio(int64 a, int64 b);

/* binary form */
extern int64 quantity_receive(const QuantityType *type, StringInfo message);

/* errors */
extern char *quantity_excerpt(const char *s);
extern void quantity_out_of_range(const QuantityType *type, const char *operation) pg_attribute_noreturn();
extern void quantity_result_out_of_range(const QuantityType *type, const char *operation, const char *hint) pg_attribute_noreturn();
extern void quantity_check_cost_of_usd(int64 cost, bool zero_usd, const char *operation);

#endif							/* BATTERY_QUANTITY_H */
