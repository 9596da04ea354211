/*-------------------------------------------------------------------------
 *
 * quantity_values.c
 *		The values themselves: the state of median.
 *
 * A median needs all values, eight bytes each, in one flat varlena: it can
 * be merged, stored and shipped, and costs no memory context per group.
 * Hash aggregation never spills states, so a query's memory grows with the
 * rows it groups; a state stops at MAX_VALUES.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "comparisons.h"
#include "compat.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "quantity/quantity.h"
#include "state/flat_state.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#define QUANTITY_VALUES_VERSION	1

/* 800 MB: well below the 1 GB that a varlena may have */
#define MAX_VALUES		INT64CONST(100000000)

/* The numbers are an on-disk format. */
typedef enum ValuesKind
{
	VALUES_CAPACITY = 1,
	VALUES_COST = 2
} ValuesKind;

static const char *const kind_names[] = {NULL, "capacity", "cost"};

#define VALUES_LAST_KIND	VALUES_COST

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
PG_FUNCTION_INFO_V1(quantity_values_combine);
PG_FUNCTION_INFO_V1(quantity_values_final);
PG_FUNCTION_INFO_V1(quantity_values_observations);
PG_FUNCTION_INFO_V1(quantity_values_median_capacity);
PG_FUNCTION_INFO_V1(quantity_values_median_cost);

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
	state->v[state->n++] = PG_GETARG_INT64(1);
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
 * The middle value; of an even number the mean of the two middle ones,
 * rounded half away from zero.  Works on a copy: the state may be used again.
 */
static int64
median(const QuantityValues *state)
{
	int64		n = state->n;
	int64		k = n / 2;
	int64	   *v = palloc(n * sizeof(int64));
	int64		below;
	int64		result;
	int128		sum;

	memcpy(v, state->v, n * sizeof(int64));
	select_rank(v, n, k);
	result = v[k];
	if (n % 2 == 0)
	{
		below = v[0];
		for (int64 i = 1; i < k; i++)
			below = Max(below, v[i]);
		sum = (int128) below + result;
		if (sum % 2 != 0)
			sum += sum > 0 ? 1 : -1;
		result = (int64) (sum / 2);
	}
	pfree(v);
	return result;
}

static void
require_kind(const QuantityValues *state, ValuesKind kind)
{
	if (state->kind != kind)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a quantity_values of kind \"%s\" has no median %s",
						kind_names[state->kind], kind_names[kind]),
				 errhint("Use median_%s for it.", kind_names[state->kind])));
}

Datum
quantity_values_median_capacity(PG_FUNCTION_ARGS)
{
	QuantityValues *state = state_arg(fcinfo, 0);

	require_kind(state, VALUES_CAPACITY);
	if (state->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_CAPACITY(median(state));
}

Datum
quantity_values_median_cost(PG_FUNCTION_ARGS)
{
	QuantityValues *state = state_arg(fcinfo, 0);

	require_kind(state, VALUES_COST);
	if (state->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_COST(median(state));
}

/* ----------------------------------------------------------------------
 * Text and binary form
 *
 *		version ':' kind ':' number of values ':' value ',' value ...
 *
 * Values are whole, in stored units: mWh or 10^-9 US$/kWh.
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
