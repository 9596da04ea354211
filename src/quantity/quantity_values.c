/*-------------------------------------------------------------------------
 *
 * quantity_values.c
 *		The values themselves: the state of median and percentile_cont.
 *
 * A median needs all values, eight bytes each, in one flat varlena: it can
 * be merged, stored and shipped, and costs no memory context per group.
 * Hash aggregation never spills states, so a query's memory grows with the
 * rows it groups; a state stops at MAX_VALUES.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_aggregate.h"
#include "catalog/pg_type.h"
#include "comparisons.h"
#include "compat.h"
#include "decimal.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "nodes/primnodes.h"
#include "quantity/quantity.h"
#include "state/flat_state.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#define QUANTITY_VALUES_VERSION	1

/* 800 MB: well below the 1 GB that a varlena may have */
#define MAX_VALUES		INT64CONST(100000000)

/* The numbers are an on-disk format. */
typedef enum ValuesKind
{
	VALUES_CAPACITY = 1,
	VALUES_COST = 2,
	VALUES_NUMBER = 3			/* doubles, as the integers that sort alike */
} ValuesKind;

static const char *const kind_names[] = {NULL, "capacity", "cost", "number"};

#define VALUES_LAST_KIND	VALUES_NUMBER

/* A fraction counts 10^-18. */
#define FRACTION_SCALE	18
#define FRACTION_ONE	INT64CONST(1000000000000000000)

/*
 * The state and the value of type quantity_values.  There is room for as
 * many values as the varlena's size says, of which n are in use.
 */
typedef struct QuantityValues
{
	int32		vl_len_;		/* varlena header, do not touch directly */
	uint8		version;
	uint8		kind;			/* ValuesKind */
	uint16		zero;			/* always 0 */
	int64		n;
	int64		v[FLEXIBLE_ARRAY_MEMBER];	/* in no particular order */
} QuantityValues;

#define VALUES_SIZE(room)	(offsetof(QuantityValues, v) + (room) * sizeof(int64))
#define VALUES_ROOM(state)	((int64) ((VARSIZE(state) - offsetof(QuantityValues, v)) / sizeof(int64)))

PG_FUNCTION_INFO_V1(quantity_values_in);
PG_FUNCTION_INFO_V1(quantity_values_out);
PG_FUNCTION_INFO_V1(quantity_values_recv);
PG_FUNCTION_INFO_V1(quantity_values_send);
PG_FUNCTION_INFO_V1(capacity_gwh_collect);
PG_FUNCTION_INFO_V1(cost_per_gwh_collect);
PG_FUNCTION_INFO_V1(float8_collect);
PG_FUNCTION_INFO_V1(quantity_values_combine);
PG_FUNCTION_INFO_V1(quantity_values_final);
PG_FUNCTION_INFO_V1(quantity_values_observations);
PG_FUNCTION_INFO_V1(quantity_values_median_capacity);
PG_FUNCTION_INFO_V1(quantity_values_median_cost);
PG_FUNCTION_INFO_V1(quantity_values_median_number);
PG_FUNCTION_INFO_V1(quantity_values_percentile_capacity);
PG_FUNCTION_INFO_V1(quantity_values_percentile_cost);
PG_FUNCTION_INFO_V1(quantity_values_percentiles_capacity);
PG_FUNCTION_INFO_V1(quantity_values_percentiles_cost);

/* int64s for the sort below */
#define ST_SORT sort_int64
#define ST_ELEMENT_TYPE int64
#define ST_COMPARE(a, b) (*(a) < *(b) ? -1 : (*(a) > *(b) ? 1 : 0))
#define ST_SCOPE static
#define ST_DECLARE
#define ST_DEFINE
#define ST_CHECK_FOR_INTERRUPTS
#include "lib/sort_template.h"

/* ----------------------------------------------------------------------
 * States
 * ----------------------------------------------------------------------
 */

/* A value is stored as it is, with its unused room: nothing of others' in that. */
static QuantityValues *
new_state(ValuesKind kind, int64 room)
{
	QuantityValues *state = palloc0(VALUES_SIZE(room));

	Assert(room <= MAX_VALUES);
	SET_VARSIZE(state, VALUES_SIZE(room));
	state->version = QUANTITY_VALUES_VERSION;
	state->kind = kind;
	return state;
}

static bool
state_is_sound(const void *p)
{
	const QuantityValues *state = p;

	return state->kind >= 1 && state->kind <= VALUES_LAST_KIND &&
		state->n >= 0 && state->n <= VALUES_ROOM(state);
}

static const FlatStateType values_type = {
	.name = "quantity_values",
	.oldest = QUANTITY_VALUES_VERSION,
	.newest = QUANTITY_VALUES_VERSION,
	.before_version = "",
	.after_version = ":",
	.header = offsetof(QuantityValues, v),
	.is_sound = state_is_sound,
	.made_by = "Values are made by the aggregate median_partial; their text is version:kind:count:value,value,..."
};

static QuantityValues *
state_arg(FunctionCallInfo fcinfo, int n)
{
	return flat_state_get(PG_GETARG_DATUM(n), &values_type);
}

/* The first argument, to be changed. */
static inline QuantityValues *
own_state_arg(FunctionCallInfo fcinfo)
{
	QuantityValues *state = flat_state_own(fcinfo, &values_type);

	return likely(state != NULL) ? state : flat_state_copy(state_arg(fcinfo, 0));
}

static void
refuse_size(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("a median of more than " INT64_FORMAT " values is not supported",
					MAX_VALUES),
			 errhint("Use percentile_cont(0.5) WITHIN GROUP (ORDER BY value::double precision), which can sort on disk.")));
}

/*
 * The state with room for "more" values: itself, or a copy of twice the size
 * in the current context.  The executor takes the copy over and frees the
 * old state; freeing or resizing that here would pull it from under it.
 */
static QuantityValues *
make_room(QuantityValues *state, int64 more)
{
	int64		room = VALUES_ROOM(state);
	int64		needed = state->n + more;
	QuantityValues *bigger;

	if (needed <= room)
		return state;
	if (needed > MAX_VALUES)
		refuse_size();
	bigger = new_state(state->kind, Min(Max(needed, room * 2), MAX_VALUES));
	bigger->n = state->n;
	memcpy(bigger->v, state->v, state->n * sizeof(int64));
	return bigger;
}

static void
refuse_kinds(ValuesKind a, ValuesKind b)
{
	flat_state_unlike(&values_type, "kinds", kind_names[a], kind_names[b],
					  "Group by what was collected, or filter the rows of one kind.");
}

/* ----------------------------------------------------------------------
 * Aggregation
 * ----------------------------------------------------------------------
 */

/*
 * A double as an integer that sorts as core's float8 does, both zeros alike, NaN
 * last; and back, which is the same exchange.
 */
static inline int64
exchange_bits(int64 bits)
{
	return bits < 0 ? bits ^ PG_INT64_MAX : bits;
}

static inline int64
sortable_from_double(double d)
{
	union
	{
		double		d;
		int64		bits;
	}			u = {.d = isnan(d) ? get_float8_nan() : d == 0 ? 0 : d};

	return exchange_bits(u.bits);
}

static inline double
double_from_sortable(int64 sortable)
{
	union
	{
		int64		bits;
		double		d;
	}			u = {.bits = exchange_bits(sortable)};

	return u.d;
}

static inline Datum
collect(FunctionCallInfo fcinfo, ValuesKind kind)
{
	QuantityValues *state;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(own_state_arg(fcinfo));
	}
	if (PG_ARGISNULL(0))
		state = new_state(kind, 6);
	else
	{
		state = own_state_arg(fcinfo);
		if (unlikely(state->kind != kind))
			refuse_kinds(state->kind, kind);
		state = make_room(state, 1);
	}
	state->v[state->n++] = kind == VALUES_NUMBER ? sortable_from_double(PG_GETARG_FLOAT8(1)) : PG_GETARG_INT64(1);
	PG_RETURN_POINTER(state);
}

Datum
capacity_gwh_collect(PG_FUNCTION_ARGS)
{
	return collect(fcinfo, VALUES_CAPACITY);
}

Datum
cost_per_gwh_collect(PG_FUNCTION_ARGS)
{
	return collect(fcinfo, VALUES_COST);
}

Datum
float8_collect(PG_FUNCTION_ARGS)
{
	return collect(fcinfo, VALUES_NUMBER);
}

/*
 * Merge two states; either may be NULL.  Also the transition of rollup().
 * Errors: 42804 for states of different kinds, 54000 for too many values.
 */
Datum
quantity_values_combine(PG_FUNCTION_ARGS)
{
	QuantityValues *a;
	QuantityValues *b;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(own_state_arg(fcinfo));
	}
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(flat_state_copy(state_arg(fcinfo, 1)));

	a = own_state_arg(fcinfo);
	b = state_arg(fcinfo, 1);
	if (a->kind != b->kind)
		refuse_kinds(a->kind, b->kind);
	a = make_room(a, b->n);
	memcpy(a->v + a->n, b->v, b->n * sizeof(int64));
	a->n += b->n;
	PG_RETURN_POINTER(a);
}

/*
 * The state as a result: trimmed and sorted, so that equal values make equal
 * bytes.
 */
Datum
quantity_values_final(PG_FUNCTION_ARGS)
{
	QuantityValues *state = state_arg(fcinfo, 0);
	QuantityValues *result;

	if (state->n == 0)
		PG_RETURN_NULL();
	result = new_state(state->kind, state->n);
	result->n = state->n;
	memcpy(result->v, state->v, state->n * sizeof(int64));
	sort_int64(result->v, result->n);
	PG_RETURN_POINTER(result);
}

Datum
quantity_values_observations(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(state_arg(fcinfo, 0)->n);
}

/*
 * The values in ascending order: the state's own, or a sorted copy.
 */
static const int64 *
sorted_values(const QuantityValues *state)
{
	int64	   *copy;
	int64		i = 1;

	while (i < state->n && state->v[i - 1] <= state->v[i])
		i++;
	if (i >= state->n)
		return state->v;
	copy = palloc(state->n * sizeof(int64));
	memcpy(copy, state->v, state->n * sizeof(int64));
	sort_int64(copy, state->n);
	return copy;
}

static void
free_values(const QuantityValues *state, const int64 *values)
{
	if (values != state->v)
		pfree(unconstify(int64 *, values));
}

/*
 * Move the value of rank k (from 0) to v[k], no larger one before and no
 * smaller one behind it: Hoare's selection with the median of three as the
 * pivot.  Should that do badly for as many rounds as a good sort would need,
 * sort what is left.
 */
static void
select_rank(int64 *v, int64 n, int64 k)
{
	int64		lo = 0;
	int64		hi = n - 1;
	int			rounds = 2 * (64 - __builtin_clzll((uint64) n));

	while (lo < hi)
	{
		int64		mid = lo + (hi - lo) / 2;
		int64		a = v[lo];
		int64		b = v[mid];
		int64		c = v[hi];
		int64		pivot = Max(Min(a, b), Min(Max(a, b), c));
		int64		i = lo;
		int64		j = hi;

		CHECK_FOR_INTERRUPTS();
		if (rounds-- == 0)
		{
			sort_int64(v + lo, hi - lo + 1);
			return;
		}
		while (i <= j)
		{
			while (v[i] < pivot)
				i++;
			while (v[j] > pivot)
				j--;
			if (i <= j)
			{
				int64		t = v[i];

				v[i++] = v[j];
				v[j--] = t;
			}
		}
		/* lo..j are no larger, i..hi no smaller, between them is the pivot */
		if (k <= j)
			hi = j;
		else if (k >= i)
			lo = i;
		else
			return;
	}
}

/*
 * The values of rank k, from 0, and k + 1, where there is one.  Works on a copy:
 * the state may be used again.
 */
static void
select_neighbours(const QuantityValues *state, int64 k, int64 *lower, int64 *upper)
{
	int64	   *v = palloc(state->n * sizeof(int64));

	memcpy(v, state->v, state->n * sizeof(int64));
	select_rank(v, state->n, k);
	*lower = v[k];
	*upper = k + 1 < state->n ? v[k + 1] : v[k];
	for (int64 i = k + 2; i < state->n; i++)
		*upper = Min(*upper, v[i]);
	pfree(v);
}

/*
 * What lies this fraction of the way from lower to upper, rounded half away from
 * zero.  Below 2^125 throughout.
 */
static int64
interpolate(int64 lower, int64 upper, int64 fraction)
{
	int128		sum = (int128) lower * FRACTION_ONE + ((int128) upper - lower) * fraction;

	return (int64) ((sum + (sum < 0 ? -FRACTION_ONE / 2 : FRACTION_ONE / 2)) / FRACTION_ONE);
}

/*
 * The middle value; of an even number the mean of the two middle ones.
 */
static int64
median(const QuantityValues *state)
{
	int64		lower;
	int64		upper;

	select_neighbours(state, (state->n - 1) / 2, &lower, &upper);
	return state->n % 2 == 1 ? lower : interpolate(lower, upper, FRACTION_ONE / 2);
}

static void
require_kind(const QuantityValues *state, ValuesKind kind, const char *what)
{
	if (state->kind != kind)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a quantity_values of kind \"%s\" has no %s %s",
						kind_names[state->kind], what, kind_names[kind]),
				 errhint("Use %s_%s for it.",
						 state->kind == VALUES_NUMBER ? "median" : what, kind_names[state->kind])));
}

Datum
quantity_values_median_capacity(PG_FUNCTION_ARGS)
{
	QuantityValues *state = state_arg(fcinfo, 0);

	require_kind(state, VALUES_CAPACITY, "median");
	if (state->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_CAPACITY(median(state));
}

Datum
quantity_values_median_cost(PG_FUNCTION_ARGS)
{
	QuantityValues *state = state_arg(fcinfo, 0);

	require_kind(state, VALUES_COST, "median");
	if (state->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_COST(median(state));
}

/*
 * Of plain numbers, as core's percentile_cont(0.5) has it, but for the sum of two
 * numbers beyond the range of a double, which is none here.
 */
Datum
quantity_values_median_number(PG_FUNCTION_ARGS)
{
	QuantityValues *state = state_arg(fcinfo, 0);
	int64		lower;
	int64		upper;
	double		a;
	double		b;

	require_kind(state, VALUES_NUMBER, "median");
	if (state->n == 0)
		PG_RETURN_NULL();
	select_neighbours(state, (state->n - 1) / 2, &lower, &upper);
	a = double_from_sortable(lower);
	b = double_from_sortable(upper);
	if (state->n % 2 == 1 || a == b)
		PG_RETURN_FLOAT8(a);
	PG_RETURN_FLOAT8(isinf(b - a) && !isinf(a) && !isinf(b) ? a / 2 + b / 2 : a + (b - a) / 2);
}

/* ----------------------------------------------------------------------
 * Percentiles, as core's percentile_cont() has them: at fraction * (n - 1) among
 * the values in order, in proportion between two.
 * ----------------------------------------------------------------------
 */

/*
 * A double that is such a fraction, by its shortest decimal: 0.1 is a tenth.
 * Errors: 22003 when it is not between 0 and 1, as in core.
 */
static int64
fraction_from_double(double d)
{
	int128		v = 0;

	if (isnan(d) || d < 0 || d > 1)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("percentile value %g is not between 0 and 1", d),
				 errhint("Write a percentage as a fraction: 0.9 for 90 %%.")));
	(void) float8_to_int128(d, FRACTION_SCALE, &v);
	return (int64) v;
}

/*
 * ORDER BY value DESC?  Only the aggregate knows: the values of an ordered-set
 * aggregate come in no order.
 */
static bool
counts_down(FunctionCallInfo fcinfo)
{
	Aggref	   *aggref = AggGetAggref(fcinfo);
	SortGroupClause *order;

	if (aggref == NULL || !AGGKIND_IS_ORDERED_SET(aggref->aggkind) || aggref->aggorder == NIL)
		return false;
	order = linitial_node(SortGroupClause, aggref->aggorder);
	return order->sortop == lookup_type_cache(llast_oid(aggref->aggargtypes), TYPECACHE_GT_OPR)->gt_opr;
}

/* The rank below a fraction of n values, and the part of the way to the next. */
static int64
rank_at(int64 n, int64 fraction, int64 *part)
{
	int128		position = (int128) fraction * (n - 1);

	*part = (int64) (position % FRACTION_ONE);
	return (int64) (position / FRACTION_ONE);
}

static Datum
percentile(FunctionCallInfo fcinfo, ValuesKind kind)
{
	QuantityValues *state = state_arg(fcinfo, 0);
	int64		fraction = fraction_from_double(PG_GETARG_FLOAT8(1));
	int64		part;
	int64		rank;
	int64		lower;
	int64		upper;

	require_kind(state, kind, "percentile");
	if (state->n == 0)
		PG_RETURN_NULL();
	rank = rank_at(state->n, counts_down(fcinfo) ? FRACTION_ONE - fraction : fraction, &part);
	select_neighbours(state, rank, &lower, &upper);
	PG_RETURN_INT64(interpolate(lower, upper, part));
}

/*
 * An array of them, of the shape of the fractions; NULL for those that are NULL.
 */
static Datum
percentiles(FunctionCallInfo fcinfo, ValuesKind kind)
{
	QuantityValues *state = state_arg(fcinfo, 0);
	ArrayType  *fractions = PG_GETARG_ARRAYTYPE_P(1);
	Oid			element = get_element_type(get_fn_expr_rettype(fcinfo->flinfo));
	bool		down = counts_down(fcinfo);
	const int64 *v;
	Datum	   *results;
	bool	   *nulls;
	int			count;

	require_kind(state, kind, "percentile");
	if (state->n == 0)
		PG_RETURN_NULL();
	if (ARR_NDIM(fractions) == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(element));
	deconstruct_array(fractions, FLOAT8OID, sizeof(float8), true, TYPALIGN_DOUBLE, &results, &nulls, &count);
	v = sorted_values(state);
	for (int i = 0; i < count; i++)
	{
		int64		fraction;
		int64		part;
		int64		rank;

		CHECK_FOR_INTERRUPTS();
		if (nulls[i])
			continue;
		fraction = fraction_from_double(DatumGetFloat8(results[i]));
		rank = rank_at(state->n, down ? FRACTION_ONE - fraction : fraction, &part);
		results[i] = Int64GetDatum(interpolate(v[rank], v[Min(rank + 1, state->n - 1)], part));
	}
	PG_RETURN_ARRAYTYPE_P(construct_md_array(results, nulls, ARR_NDIM(fractions), ARR_DIMS(fractions), ARR_LBOUND(fractions),
											 element, sizeof(int64), true, TYPALIGN_DOUBLE));
}

/*
 * Percentiles of a kind, in its stored units.  Errors: 22003 for a fraction that is
 * none, 22023 for values of another kind.
 */
Datum
quantity_values_percentile_capacity(PG_FUNCTION_ARGS)
{
	return percentile(fcinfo, VALUES_CAPACITY);
}

Datum
quantity_values_percentile_cost(PG_FUNCTION_ARGS)
{
	return percentile(fcinfo, VALUES_COST);
}

Datum
quantity_values_percentiles_capacity(PG_FUNCTION_ARGS)
{
	return percentiles(fcinfo, VALUES_CAPACITY);
}

Datum
quantity_values_percentiles_cost(PG_FUNCTION_ARGS)
{
	return percentiles(fcinfo, VALUES_COST);
}

/* ----------------------------------------------------------------------
 * Text and binary form
 *
 *		version ':' kind ':' number of values ':' value ',' value ...
 *
 * Values are whole, in stored units: mWh or 10^-9 US$/kWh; a plain number is the
 * integer that sorts as it does.
 * ----------------------------------------------------------------------
 */

Datum
quantity_values_out(PG_FUNCTION_ARGS)
{
	QuantityValues *state = state_arg(fcinfo, 0);
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfo(&buf, "%d:%s:" INT64_FORMAT ":", QUANTITY_VALUES_VERSION,
					 kind_names[state->kind], state->n);
	for (int64 i = 0; i < state->n; i++)
	{
		char		number[MAXINT8LEN + 2];
		char	   *p = number;

		CHECK_FOR_INTERRUPTS();
		if (i > 0)
			*p++ = ',';
		p += pg_lltoa(state->v[i], p);
		appendBinaryStringInfo(&buf, number, p - number);
	}
	PG_RETURN_CSTRING(buf.data);
}

Datum
quantity_values_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	const char *s = flat_state_text_version(fcinfo->context, &values_type, str);
	QuantityValues *state = NULL;
	uint8		kind = 0;
	int64		n = 0;

	s = state_skip_one_of(s, kind_names, lengthof(kind_names), &kind);
	s = state_skip(state_skip_int64(state_skip(s, ":"), &n), ":");

	/* a value takes two characters at least, the last one of them one */
	if (s != NULL && n >= 0 && n <= ((int64) strlen(s) + 1) / 2)
	{
		if (n > MAX_VALUES)
			refuse_size();
		state = new_state(kind, n);
		for (; state->n < n && s != NULL; state->n++)
		{
			CHECK_FOR_INTERRUPTS();
			s = state_skip_int64(state_skip(s, state->n > 0 ? "," : ""), &state->v[state->n]);
		}
	}
	if (state == NULL || s == NULL || *s != '\0')
		return flat_state_bad_text(fcinfo->context, &values_type, str, NULL);
	PG_RETURN_POINTER(state);
}

Datum
quantity_values_send(PG_FUNCTION_ARGS)
{
	QuantityValues *state = state_arg(fcinfo, 0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, state->version);
	pq_sendbyte(&buf, state->kind);
	pq_sendint64(&buf, state->n);
	for (int64 i = 0; i < state->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendint64(&buf, state->v[i]);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
quantity_values_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	QuantityValues *state;
	int			kind;
	int64		n;

	flat_state_binary_version(buf, &values_type);
	kind = pq_getmsgbyte(buf);
	n = pq_getmsgint64(buf);

	/* size first: n is not to be believed */
	if (kind < 1 || kind > VALUES_LAST_KIND || n < 0 || n > MAX_VALUES ||
		(int64) (buf->len - buf->cursor) != n * (int64) sizeof(int64))
		flat_state_bad_binary(&values_type,
							  psprintf("Kind %d with " INT64_FORMAT " values does not fit %d remaining bytes.",
									   kind, n, buf->len - buf->cursor));
	state = new_state(kind, n);
	for (; state->n < n; state->n++)
	{
		CHECK_FOR_INTERRUPTS();
		state->v[state->n] = pq_getmsgint64(buf);
	}
	PG_RETURN_POINTER(state);
}

/* ----------------------------------------------------------------------
 * Comparison, so that DISTINCT, UNION and GROUP BY work: by kind,
 * number of values, and the values in ascending order.
 * ----------------------------------------------------------------------
 */

static int
compare_args(FunctionCallInfo fcinfo)
{
	QuantityValues *a = state_arg(fcinfo, 0);
	QuantityValues *b = state_arg(fcinfo, 1);
	int			cmp = 0;

	if (a->kind != b->kind)
		cmp = a->kind < b->kind ? -1 : 1;
	else if (a->n != b->n)
		cmp = a->n < b->n ? -1 : 1;
	else
	{
		const int64 *x = sorted_values(a);
		const int64 *y = sorted_values(b);

		for (int64 i = 0; i < a->n && cmp == 0; i++)
		{
			CHECK_FOR_INTERRUPTS();
			if (x[i] != y[i])
				cmp = x[i] < y[i] ? -1 : 1;
		}
		free_values(a, x);
		free_values(b, y);
	}
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return cmp;
}

static uint64
hash_arg(FunctionCallInfo fcinfo, uint64 seed)
{
	QuantityValues *state = state_arg(fcinfo, 0);
	const int64 *v = sorted_values(state);
	uint64		h = hash_word(state->kind, seed);

	for (int64 i = 0; i < state->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		h = hash_word(v[i], h);
	}
	free_values(state, v);
	PG_FREE_IF_COPY(state, 0);
	return h;
}

COMPARISON_FUNCTIONS(quantity_values, compare_args)
HASH_FUNCTIONS(quantity_values, hash_arg)
