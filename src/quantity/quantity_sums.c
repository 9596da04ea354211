/*-------------------------------------------------------------------------
 *
 * quantity_sums.c
 *		Exact sums of quantities: the state of sum, avg, weighted_cost,
 *		marginal_cost, stddev and variance, and what is read from it.
 *
 * Sums of integers do not depend on the order of rows, the plan or the
 * grouping of partial results, and can be taken back exactly, so one state
 * serves plain, parallel, distributed and moving aggregation.
 *
 * No sum can overflow its width: a state counts at most 2^63 - 1 rows, each
 * adds less than 2^63 (in magnitude) to the 128-bit sum and less than 2^127
 * to the 192-bit one.  Input functions hold what they read to the same
 * bounds.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "comparisons.h"
#include "compat.h"
#include "decimal.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "quantity/quantity.h"
#include "state/flat_state.h"
#include "utils/builtins.h"
#include "wide.h"

#define QUANTITY_SUMS_VERSION	1

/*
 * What was summed.  The numbers are an on-disk format.  A rollup that has seen
 * only NULL has a state (a moving one must) but does not know its kind yet.
 */
typedef enum SumsKind
{
	SUMS_NONE = 0,				/* no rows */
	SUMS_CAPACITY = 1,			/* amount: mWh */
	SUMS_COST = 2,				/* amount: 10^-9 US$/kWh */
	SUMS_WEIGHTED_COST = 3,		/* amount: mWh; usd: cost * capacity */
	SUMS_MARGINAL_COST = 4,		/* amount: mWh; usd: investment */
	SUMS_CAPACITY_SQUARES = 5,	/* amount: mWh; usd: their squares */
	SUMS_COST_SQUARES = 6		/* amount: 10^-9 US$/kWh; usd: their squares */
} SumsKind;

static const char *const kind_names[] = {
	"none", "capacity", "cost", "weighted_cost", "marginal_cost",
	"capacity_squares", "cost_squares"
};

#define SUMS_LAST_KIND	SUMS_COST_SQUARES

/*
 * The state and the value of type quantity_sums.  All fields lie on their
 * own alignment of at most eight bytes, without holes.
 */
typedef struct QuantitySums
{
	int32		vl_len_;		/* varlena header, do not touch directly */
	uint8		version;
	uint8		kind;			/* SumsKind */
	uint16		zero;			/* always 0 */
	int64		n;				/* rows: all of their arguments not NULL */
	I128		amount;
	I192		usd;			/* 10^-15 US$, or squares; else 0 */
} QuantitySums;

PG_FUNCTION_INFO_V1(quantity_sums_in);
PG_FUNCTION_INFO_V1(quantity_sums_out);
PG_FUNCTION_INFO_V1(quantity_sums_recv);
PG_FUNCTION_INFO_V1(quantity_sums_send);
PG_FUNCTION_INFO_V1(capacity_gwh_accum);
PG_FUNCTION_INFO_V1(capacity_gwh_accum_inv);
PG_FUNCTION_INFO_V1(cost_per_gwh_accum);
PG_FUNCTION_INFO_V1(cost_per_gwh_accum_inv);
PG_FUNCTION_INFO_V1(capacity_gwh_accum_square);
PG_FUNCTION_INFO_V1(capacity_gwh_accum_square_inv);
PG_FUNCTION_INFO_V1(cost_per_gwh_accum_square);
PG_FUNCTION_INFO_V1(cost_per_gwh_accum_square_inv);
PG_FUNCTION_INFO_V1(weighted_cost_accum);
PG_FUNCTION_INFO_V1(weighted_cost_accum_inv);
PG_FUNCTION_INFO_V1(marginal_cost_accum);
PG_FUNCTION_INFO_V1(marginal_cost_accum_inv);
PG_FUNCTION_INFO_V1(quantity_sums_combine);
PG_FUNCTION_INFO_V1(quantity_sums_combine_inv);
PG_FUNCTION_INFO_V1(quantity_sums_final);
PG_FUNCTION_INFO_V1(quantity_sums_observations);
PG_FUNCTION_INFO_V1(quantity_sums_total_capacity);
PG_FUNCTION_INFO_V1(quantity_sums_total_gwh);
PG_FUNCTION_INFO_V1(quantity_sums_total_usd);
PG_FUNCTION_INFO_V1(quantity_sums_average_capacity);
PG_FUNCTION_INFO_V1(quantity_sums_average_cost);
PG_FUNCTION_INFO_V1(quantity_sums_weighted_cost);
PG_FUNCTION_INFO_V1(quantity_sums_marginal_cost);
PG_FUNCTION_INFO_V1(quantity_sums_sample_deviation_capacity);
PG_FUNCTION_INFO_V1(quantity_sums_sample_variance_capacity);
PG_FUNCTION_INFO_V1(quantity_sums_population_deviation_capacity);
PG_FUNCTION_INFO_V1(quantity_sums_population_variance_capacity);
PG_FUNCTION_INFO_V1(quantity_sums_sample_deviation_cost);
PG_FUNCTION_INFO_V1(quantity_sums_sample_variance_cost);
PG_FUNCTION_INFO_V1(quantity_sums_population_deviation_cost);
PG_FUNCTION_INFO_V1(quantity_sums_population_variance_cost);

/* ----------------------------------------------------------------------
 * States
 * ----------------------------------------------------------------------
 */

static QuantitySums *
new_state(SumsKind kind)
{
	QuantitySums *state = palloc0(sizeof(QuantitySums));

	SET_VARSIZE(state, sizeof(QuantitySums));
	state->version = QUANTITY_SUMS_VERSION;
	state->kind = kind;
	return state;
}

static bool
state_is_sound(const void *p)
{
	const QuantitySums *state = p;

	return state->kind <= SUMS_LAST_KIND && VARSIZE(state) == sizeof(QuantitySums);
}

static const FlatStateType sums_type = {
	.name = "quantity_sums",
	.oldest = QUANTITY_SUMS_VERSION,
	.newest = QUANTITY_SUMS_VERSION,
	.before_version = "",
	.after_version = ":",
	.header = sizeof(QuantitySums),
	.is_sound = state_is_sound,
	.made_by = "Values are made by aggregates such as capacity_partial; their text is version:kind:rows:amount:usd."
};

/* To read only: not necessarily a copy. */
static QuantitySums *
state_arg(FunctionCallInfo fcinfo, int n)
{
	return flat_state_get(PG_GETARG_DATUM(n), &sums_type);
}

/* The first argument, to be changed. */
static inline QuantitySums *
own_state_arg(FunctionCallInfo fcinfo)
{
	QuantitySums *state = flat_state_own(fcinfo, &sums_type);

	return likely(state != NULL) ? state : flat_state_copy(state_arg(fcinfo, 0));
}

static void
refuse_kinds(SumsKind a, SumsKind b)
{
	flat_state_unlike(&sums_type, "kinds", kind_names[a], kind_names[b],
					  "Group by what was summed, or filter the rows of one kind.");
}

/*
 * The state of a transition, built on the first call; also when that call's
 * input is NULL, because a moving aggregate's state may not be NULL.
 */
static inline QuantitySums *
transition_state(FunctionCallInfo fcinfo, SumsKind kind)
{
	QuantitySums *state;

	if (PG_ARGISNULL(0))
		return new_state(kind);
	state = own_state_arg(fcinfo);
	if (unlikely(state->kind != kind))
		refuse_kinds(state->kind, kind);
	return state;
}

static inline void
count_row(QuantitySums *state)
{
	if (unlikely(state->n == PG_INT64_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in one quantity_sums"),
				 errhint("Sum in groups.")));
	state->n++;
}

/*
 * An inverse transition takes back a row that the forward one has added.
 */
static inline void
uncount_row(QuantitySums *state)
{
	if (unlikely(state->n <= 0))
		flat_state_not_held(&sums_type, NULL);
	state->n--;
}

static bool is_consistent(const QuantitySums *state);

/*
 * What is left after rows were taken back.  An aggregate takes back only what it
 * has added.  A call by hand may try anything, so its result must be shown to be
 * the sums of something.
 */
static inline Datum
taken_back(FunctionCallInfo fcinfo, QuantitySums *state)
{
	if (state->n == 0 ?
		((state->amount.w[0] | state->amount.w[1]) != 0 ||
		 (state->usd.w[0] | state->usd.w[1] | state->usd.w[2]) != 0) :
		(!called_by_aggregate(fcinfo) && !is_consistent(state)))
		flat_state_not_held(&sums_type, NULL);
	PG_RETURN_POINTER(state);
}

/* ----------------------------------------------------------------------
 * Transitions.  Rows with a NULL are skipped.
 * ----------------------------------------------------------------------
 */

static inline Datum
accum(FunctionCallInfo fcinfo, SumsKind kind)
{
	QuantitySums *state = transition_state(fcinfo, kind);

	if (!PG_ARGISNULL(1))
	{
		count_row(state);
		i128_add(&state->amount, PG_GETARG_INT64(1));
	}
	PG_RETURN_POINTER(state);
}

static inline Datum
accum_inv(FunctionCallInfo fcinfo, SumsKind kind)
{
	QuantitySums *state = transition_state(fcinfo, kind);

	if (!PG_ARGISNULL(1))
	{
		uncount_row(state);
		i128_sub(&state->amount, PG_GETARG_INT64(1));
	}
	return taken_back(fcinfo, state);
}

Datum
capacity_gwh_accum(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, SUMS_CAPACITY);
}

Datum
capacity_gwh_accum_inv(PG_FUNCTION_ARGS)
{
	return accum_inv(fcinfo, SUMS_CAPACITY);
}

Datum
cost_per_gwh_accum(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, SUMS_COST);
}

Datum
cost_per_gwh_accum_inv(PG_FUNCTION_ARGS)
{
	return accum_inv(fcinfo, SUMS_COST);
}

static inline Datum
accum_square(FunctionCallInfo fcinfo, SumsKind kind)
{
	QuantitySums *state = transition_state(fcinfo, kind);

	if (!PG_ARGISNULL(1))
	{
		int64		value = PG_GETARG_INT64(1);

		count_row(state);
		i128_add(&state->amount, value);
		i192_add(&state->usd, (int128) value * value);
	}
	PG_RETURN_POINTER(state);
}

static inline Datum
accum_square_inv(FunctionCallInfo fcinfo, SumsKind kind)
{
	QuantitySums *state = transition_state(fcinfo, kind);

	if (!PG_ARGISNULL(1))
	{
		int64		value = PG_GETARG_INT64(1);

		uncount_row(state);
		i128_sub(&state->amount, value);
		i192_sub(&state->usd, (int128) value * value);
	}
	return taken_back(fcinfo, state);
}

Datum
capacity_gwh_accum_square(PG_FUNCTION_ARGS)
{
	return accum_square(fcinfo, SUMS_CAPACITY_SQUARES);
}

Datum
capacity_gwh_accum_square_inv(PG_FUNCTION_ARGS)
{
	return accum_square_inv(fcinfo, SUMS_CAPACITY_SQUARES);
}

Datum
cost_per_gwh_accum_square(PG_FUNCTION_ARGS)
{
	return accum_square(fcinfo, SUMS_COST_SQUARES);
}

Datum
cost_per_gwh_accum_square_inv(PG_FUNCTION_ARGS)
{
	return accum_square_inv(fcinfo, SUMS_COST_SQUARES);
}

Datum
weighted_cost_accum(PG_FUNCTION_ARGS)
{
	QuantitySums *state = transition_state(fcinfo, SUMS_WEIGHTED_COST);

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		int64		cost = PG_GETARG_COST(1);
		int64		capacity = PG_GETARG_CAPACITY(2);

		count_row(state);
		i128_add(&state->amount, capacity);
		i192_add(&state->usd, (int128) cost * capacity);
	}
	PG_RETURN_POINTER(state);
}

Datum
weighted_cost_accum_inv(PG_FUNCTION_ARGS)
{
	QuantitySums *state = transition_state(fcinfo, SUMS_WEIGHTED_COST);

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		int64		cost = PG_GETARG_COST(1);
		int64		capacity = PG_GETARG_CAPACITY(2);

		uncount_row(state);
		i128_sub(&state->amount, capacity);
		i192_sub(&state->usd, (int128) cost * capacity);
	}
	return taken_back(fcinfo, state);
}

/*
 * US$ in units of 10^-15, rounded half away from zero.
 * Errors: 22003 when not finite or beyond about 1.7 * 10^23 US$.
 */
static int128
usd_arg(FunctionCallInfo fcinfo, int n)
{
	Numeric		usd = PG_GETARG_NUMERIC(n);
	int128		v = 0;
	DecimalStatus status = numeric_to_int128(usd, USD_SCALE, &v);

	if (status != DECIMAL_OK)
	{
		char	   *number = DatumGetCString(DirectFunctionCall1(numeric_out,
																 NumericGetDatum(usd)));

		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("\"%s\" is not an amount of US dollars that can be summed",
						quantity_excerpt(number)),
				 errdetail("An amount is finite and below 1.7e23 US$."),
				 status == DECIMAL_NOT_FINITE ?
				 errhint("Write NULL for a missing value.") :
				 errhint("Check the unit of the amount.")));
	}
	return v;
}

Datum
marginal_cost_accum(PG_FUNCTION_ARGS)
{
	QuantitySums *state = transition_state(fcinfo, SUMS_MARGINAL_COST);

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		int128		usd = usd_arg(fcinfo, 1);

		count_row(state);
		i128_add(&state->amount, PG_GETARG_CAPACITY(2));
		i192_add(&state->usd, usd);
	}
	PG_RETURN_POINTER(state);
}

Datum
marginal_cost_accum_inv(PG_FUNCTION_ARGS)
{
	QuantitySums *state = transition_state(fcinfo, SUMS_MARGINAL_COST);

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		int128		usd = usd_arg(fcinfo, 1);

		uncount_row(state);
		i128_sub(&state->amount, PG_GETARG_CAPACITY(2));
		i192_sub(&state->usd, usd);
	}
	return taken_back(fcinfo, state);
}

/*
 * The states of a merge: the first one is ours to change, and non-NULL even
 * when there is none, because rollup() has a moving mode.  NULL for *b when
 * there is nothing to merge.
 */
static QuantitySums *
merge_args(FunctionCallInfo fcinfo, QuantitySums **b)
{
	QuantitySums *a = PG_ARGISNULL(0) ? new_state(SUMS_NONE) : own_state_arg(fcinfo);

	*b = PG_ARGISNULL(1) ? NULL : state_arg(fcinfo, 1);
	if (*b != NULL && (*b)->kind != a->kind)
	{
		if (a->kind == SUMS_NONE)
			a->kind = (*b)->kind;
		else if ((*b)->kind == SUMS_NONE)
			*b = NULL;
		else
			refuse_kinds(a->kind, (*b)->kind);
	}
	return a;
}

/*
 * Merge two states; either may be NULL.  Also the transition of rollup().
 * Errors: 42804 for states of different kinds.
 */
Datum
quantity_sums_combine(PG_FUNCTION_ARGS)
{
	QuantitySums *b;
	QuantitySums *a = merge_args(fcinfo, &b);

	if (b != NULL)
	{
		if (__builtin_add_overflow(a->n, b->n, &a->n))
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("too many rows in one quantity_sums"),
					 errhint("Sum in groups.")));
		words_add(a->amount.w, b->amount.w, lengthof(a->amount.w));
		words_add(a->usd.w, b->usd.w, lengthof(a->usd.w));
	}
	PG_RETURN_POINTER(a);
}

/*
 * Take back a state that combine has merged: the inverse of rollup().  What
 * is left without rows forgets its kind, so that a window may go on, past a
 * NULL, to states of another.
 */
Datum
quantity_sums_combine_inv(PG_FUNCTION_ARGS)
{
	QuantitySums *b;
	QuantitySums *a = merge_args(fcinfo, &b);

	if (b != NULL)
	{
		if (b->n > a->n)
			flat_state_not_held(&sums_type,
								psprintf("There are " INT64_FORMAT " rows, and " INT64_FORMAT " to take out.",
										 a->n, b->n));
		a->n -= b->n;
		words_sub(a->amount.w, b->amount.w, lengthof(a->amount.w));
		words_sub(a->usd.w, b->usd.w, lengthof(a->usd.w));
		(void) taken_back(fcinfo, a);
		if (a->n == 0)
			a->kind = SUMS_NONE;
	}
	PG_RETURN_POINTER(a);
}

/* ----------------------------------------------------------------------
 * Results.  All are NULL for no rows.
 * ----------------------------------------------------------------------
 */

/*
 * The state itself as a result: a copy, because the state is not ours to
 * give away.
 */
Datum
quantity_sums_final(PG_FUNCTION_ARGS)
{
	QuantitySums *state = state_arg(fcinfo, 0);

	if (state->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(flat_state_copy(state));
}

ARITHMETIC_FUNCTIONS(quantity_sums)

Datum
quantity_sums_observations(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(state_arg(fcinfo, 0)->n);
}

/*
 * Results are of the kind that was summed; of nothing, everything is NULL.
 */
static void
require_kind(bool ok, const QuantitySums *state, const char *what)
{
	if (!ok && state->kind != SUMS_NONE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a quantity_sums of kind \"%s\" has no %s",
						kind_names[state->kind], what),
				 errhint("Build the value with capacity_partial, cost_partial, weighted_cost_partial, marginal_cost_partial or spread_partial, as the result needs.")));
}

static inline bool
is_of_costs(const QuantitySums *state)
{
	return state->kind == SUMS_COST || state->kind == SUMS_COST_SQUARES;
}

/*
 * a / b to the nearest integer that fits an int64, half away from zero.
 */
static int64
divide_sums(const Wide *a, const Wide *b, const QuantityType *type,
			const char *what)
{
	Wide		q = wide_divide_rounded(a, b);
	int128		v;

	if (!wide_to_int128(&q, &v) || v > PG_INT64_MAX || v < PG_INT64_MIN)
		quantity_out_of_range(type, what);
	return (int64) v;
}

/*
 * Of a capacity: the total in GWh.  Errors: 22003 beyond the type.
 */
Datum
quantity_sums_total_capacity(PG_FUNCTION_ARGS)
{
	QuantitySums *state = state_arg(fcinfo, 0);
	int128		sum = i128_get(&state->amount);

	require_kind(!is_of_costs(state), state, "total capacity");
	if (state->n == 0)
		PG_RETURN_NULL();
	if (sum > PG_INT64_MAX || sum < PG_INT64_MIN)
		quantity_result_out_of_range(&capacity_type,
									 psprintf("sum of %s", int128_to_decimal(sum, CAPACITY_SCALE)),
									 "Read it as a number of GWh: total_gwh(capacity_partial(capacity)).");
	PG_RETURN_CAPACITY((int64) sum);
}

/*
 * The same as a number of GWh, which has no range.
 */
Datum
quantity_sums_total_gwh(PG_FUNCTION_ARGS)
{
	QuantitySums *state = state_arg(fcinfo, 0);

	require_kind(!is_of_costs(state), state, "total capacity");
	if (state->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(int128_to_numeric(i128_get(&state->amount), CAPACITY_SCALE));
}

/*
 * Of cost * capacity, or of investments: the total in US$, as a number.
 */
Datum
quantity_sums_total_usd(PG_FUNCTION_ARGS)
{
	QuantitySums *state = state_arg(fcinfo, 0);
	Wide		usd = wide_from_words(state->usd.w, lengthof(state->usd.w));

	require_kind(state->kind == SUMS_WEIGHTED_COST || state->kind == SUMS_MARGINAL_COST,
				 state, "total in US$");
	if (state->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(wide_to_numeric(&usd, USD_SCALE));
}

static int64
average(const QuantitySums *state, const QuantityType *type)
{
	Wide		sum = wide_from_int128(i128_get(&state->amount));
	Wide		n = wide_from_int128(state->n);

	return divide_sums(&sum, &n, type, "avg");
}

/* The mean, rounded half away from zero to the type's last place. */
Datum
quantity_sums_average_capacity(PG_FUNCTION_ARGS)
{
	QuantitySums *state = state_arg(fcinfo, 0);

	require_kind(!is_of_costs(state), state, "average capacity");
	if (state->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_CAPACITY(average(state, &capacity_type));
}

Datum
quantity_sums_average_cost(PG_FUNCTION_ARGS)
{
	QuantitySums *state = state_arg(fcinfo, 0);

	require_kind(is_of_costs(state), state, "average cost");
	if (state->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_COST(average(state, &cost_type));
}

/*
 * Sum of US$ by sum of capacity, NULL when the latter is zero.  10^-15 US$
 * by mWh (10^-6 kWh) are the stored units of cost_per_gwh.
 */
static bool
usd_per_capacity(const QuantitySums *state, const char *what, int64 *cost)
{
	Wide		usd = wide_from_words(state->usd.w, lengthof(state->usd.w));
	Wide		capacity = wide_from_int128(i128_get(&state->amount));

	if (wide_sign(&capacity) == 0)
		return false;
	*cost = divide_sums(&usd, &capacity, &cost_type, what);
	return true;
}

/*
 * Sum of cost * capacity by sum of capacity.  Errors: 22003 beyond the type,
 * which needs capacities of both signs.
 */
Datum
quantity_sums_weighted_cost(PG_FUNCTION_ARGS)
{
	QuantitySums *state = state_arg(fcinfo, 0);
	int64		cost;

	require_kind(state->kind == SUMS_WEIGHTED_COST, state, "weighted cost");
	if (!usd_per_capacity(state, "weighted_cost", &cost))
		PG_RETURN_NULL();
	PG_RETURN_COST(cost);
}

/*
 * Sum of US$ by sum of capacity.  Errors: 22003 beyond the type, and for a
 * result that is not zero and below 0.001 US$/kWh, as with US$ / capacity.
 */
Datum
quantity_sums_marginal_cost(PG_FUNCTION_ARGS)
{
	QuantitySums *state = state_arg(fcinfo, 0);
	int64		cost;

	require_kind(state->kind == SUMS_MARGINAL_COST, state, "marginal cost");
	if (!usd_per_capacity(state, "marginal_cost", &cost))
		PG_RETURN_NULL();
	if (cost < NANO_USD_PER_USD / 1000 && cost > -NANO_USD_PER_USD / 1000)
	{
		Wide		usd = wide_from_words(state->usd.w, lengthof(state->usd.w));
		int128		v;

		/* beyond 128 bits, 10^23 US$, nobody's unit has slipped */
		if (wide_to_int128(&usd, &v))
			quantity_check_cost_of_usd(cost, v == 0,
									   psprintf("%s / %s",
												int128_to_decimal(v, USD_SCALE),
												int128_to_decimal(i128_get(&state->amount),
																  CAPACITY_SCALE)));
	}
	PG_RETURN_COST(cost);
}

/*
 * The variance, in squares of stored units, as a ratio of whole numbers; false
 * where there is none: of no rows, and of one as a sample.
 */
static bool
variance(const QuantitySums *state, SumsKind kind, bool sample, Wide *num, Wide *den)
{
	Wide		n = wide_from_int128(state->n);
	Wide		divisor = wide_from_int128(sample ? state->n - 1 : state->n);
	Wide		sum = wide_from_int128(i128_get(&state->amount));
	Wide		squares = wide_from_words(state->usd.w, lengthof(state->usd.w));

	require_kind(state->kind == kind, state, "variance");
	if (state->n == 0 || (sample && state->n == 1))
		return false;
	*num = wide_cross(&n, &squares, &sum, &sum);
	*den = wide_mul(&n, &divisor);
	return true;
}

static Datum
variance_as_double(FunctionCallInfo fcinfo, SumsKind kind, const QuantityType *type, bool sample)
{
	int64		unit = type->scale == CAPACITY_SCALE ? MWH_PER_GWH : NANO_USD_PER_USD;
	Wide		square = wide_from_int128((int128) unit * unit);
	Wide		num;
	Wide		den;

	if (!variance(state_arg(fcinfo, 0), kind, sample, &num, &den))
		PG_RETURN_NULL();
	den = wide_mul(&den, &square);
	PG_RETURN_FLOAT8(wide_ratio(&num, &den));
}

/*
 * The root of the variance, rounded half up: the largest r whose r - 1/2 is no
 * larger, bit by bit.
 */
static Datum
deviation(FunctionCallInfo fcinfo, SumsKind kind, const QuantityType *type, bool sample)
{
	uint64		r = 0;
	Wide		num;
	Wide		den;

	if (!variance(state_arg(fcinfo, 0), kind, sample, &num, &den))
		PG_RETURN_NULL();
	num = wide_shift_left(&num, 2);
	for (uint64 bit = UINT64CONST(1) << 63; bit != 0; bit >>= 1)
	{
		Wide		twice = wide_from_int128((int128) (r | bit) * 2 - 1);
		Wide		square = wide_mul(&twice, &twice);

		square = wide_mul(&square, &den);
		if (wide_compare(&square, &num) <= 0)
			r |= bit;
	}
	if (r > PG_INT64_MAX)
		quantity_out_of_range(type, "standard deviation");
	PG_RETURN_INT64((int64) r);
}

/*
 * Standard deviations in GWh and US$/kWh, exact and then rounded to the last place
 * of the type; variances in their squares, the nearest double.  Errors: 22003
 * where two values of either end are further apart than the type reaches.
 */
Datum
quantity_sums_sample_deviation_capacity(PG_FUNCTION_ARGS)
{
	return deviation(fcinfo, SUMS_CAPACITY_SQUARES, &capacity_type, true);
}

Datum
quantity_sums_sample_variance_capacity(PG_FUNCTION_ARGS)
{
	return variance_as_double(fcinfo, SUMS_CAPACITY_SQUARES, &capacity_type, true);
}

Datum
quantity_sums_population_deviation_capacity(PG_FUNCTION_ARGS)
{
	return deviation(fcinfo, SUMS_CAPACITY_SQUARES, &capacity_type, false);
}

Datum
quantity_sums_population_variance_capacity(PG_FUNCTION_ARGS)
{
	return variance_as_double(fcinfo, SUMS_CAPACITY_SQUARES, &capacity_type, false);
}

Datum
quantity_sums_sample_deviation_cost(PG_FUNCTION_ARGS)
{
	return deviation(fcinfo, SUMS_COST_SQUARES, &cost_type, true);
}

Datum
quantity_sums_sample_variance_cost(PG_FUNCTION_ARGS)
{
	return variance_as_double(fcinfo, SUMS_COST_SQUARES, &cost_type, true);
}

Datum
quantity_sums_population_deviation_cost(PG_FUNCTION_ARGS)
{
	return deviation(fcinfo, SUMS_COST_SQUARES, &cost_type, false);
}

Datum
quantity_sums_population_variance_cost(PG_FUNCTION_ARGS)
{
	return variance_as_double(fcinfo, SUMS_COST_SQUARES, &cost_type, false);
}

/* ----------------------------------------------------------------------
 * Text and binary form
 *
 *		version ':' kind ':' rows ':' amount ':' usd
 *
 * All numbers whole, in stored units: mWh or 10^-9 US$/kWh, and 10^-15 US$ or the
 * squares of stored units.
 * ----------------------------------------------------------------------
 */

/*
 * Could rows of this kind have these sums?
 */
static bool
is_consistent(const QuantitySums *state)
{
	Wide		n = wide_from_int128(state->n);
	Wide		amount = wide_from_words(state->amount.w, lengthof(state->amount.w));
	Wide		usd = wide_from_words(state->usd.w, lengthof(state->usd.w));
	Wide		bound;

	if (state->n < 0 || (state->kind == SUMS_NONE && state->n > 0))
		return false;
	bound = wide_shift_left(&n, 63);
	amount.neg = false;
	if (wide_compare(&amount, &bound) > 0)
		return false;
	if (state->kind == SUMS_CAPACITY_SQUARES || state->kind == SUMS_COST_SQUARES)
	{
		Wide		excess = wide_cross(&n, &usd, &amount, &amount);

		/* the mean of squares is no smaller than the square of the mean */
		bound = wide_shift_left(&n, 126);
		return wide_sign(&excess) >= 0 && wide_compare(&usd, &bound) <= 0 && (state->n > 0 || wide_sign(&usd) == 0);
	}
	if (state->kind != SUMS_WEIGHTED_COST && state->kind != SUMS_MARGINAL_COST)
		return wide_sign(&usd) == 0;
	bound = wide_shift_left(&n, 127);
	usd.neg = false;
	return wide_compare(&usd, &bound) <= 0;
}

Datum
quantity_sums_out(PG_FUNCTION_ARGS)
{
	QuantitySums *state = state_arg(fcinfo, 0);
	Wide		amount = wide_from_words(state->amount.w, lengthof(state->amount.w));
	Wide		usd = wide_from_words(state->usd.w, lengthof(state->usd.w));
	char		amount_text[WIDE_DECIMAL_CHARS];
	char		usd_text[WIDE_DECIMAL_CHARS];

	wide_to_decimal(&amount, amount_text);
	wide_to_decimal(&usd, usd_text);
	PG_RETURN_CSTRING(psprintf("%d:%s:" INT64_FORMAT ":%s:%s",
							   QUANTITY_SUMS_VERSION, kind_names[state->kind],
							   state->n, amount_text, usd_text));
}

Datum
quantity_sums_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	const char *s = flat_state_text_version(fcinfo->context, &sums_type, str);
	QuantitySums *state = new_state(SUMS_NONE);

	s = state_skip_one_of(s, kind_names, lengthof(kind_names), &state->kind);
	s = state_skip_int64(state_skip(s, ":"), &state->n);
	s = state_skip_words(state_skip(s, ":"), state->amount.w, lengthof(state->amount.w));
	s = state_skip_words(state_skip(s, ":"), state->usd.w, lengthof(state->usd.w));
	if (s == NULL || *s != '\0')
		return flat_state_bad_text(fcinfo->context, &sums_type, str, NULL);
	if (!is_consistent(state))
		return flat_state_bad_text(fcinfo->context, &sums_type, str,
								   "So many rows of this kind cannot have these sums.");
	PG_RETURN_POINTER(state);
}

Datum
quantity_sums_send(PG_FUNCTION_ARGS)
{
	QuantitySums *state = state_arg(fcinfo, 0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, state->version);
	pq_sendbyte(&buf, state->kind);
	pq_sendint64(&buf, state->n);
	for (int i = 0; i < (int) lengthof(state->amount.w); i++)
		pq_sendint64(&buf, state->amount.w[i]);
	for (int i = 0; i < (int) lengthof(state->usd.w); i++)
		pq_sendint64(&buf, state->usd.w[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
quantity_sums_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	QuantitySums *state = new_state(SUMS_NONE);
	int			kind;

	flat_state_binary_version(buf, &sums_type);
	kind = pq_getmsgbyte(buf);
	state->kind = kind;
	state->n = pq_getmsgint64(buf);
	for (int i = 0; i < (int) lengthof(state->amount.w); i++)
		state->amount.w[i] = pq_getmsgint64(buf);
	for (int i = 0; i < (int) lengthof(state->usd.w); i++)
		state->usd.w[i] = pq_getmsgint64(buf);
	if (kind > SUMS_LAST_KIND || !is_consistent(state))
		flat_state_bad_binary(&sums_type,
							  psprintf("Kind %d with " INT64_FORMAT " rows cannot have these sums.",
									   kind, state->n));
	PG_RETURN_POINTER(state);
}

/* ----------------------------------------------------------------------
 * Comparison, so that DISTINCT, UNION and GROUP BY work: by kind,
 * number of rows, and the sums.
 * ----------------------------------------------------------------------
 */

static int
compare_args(FunctionCallInfo fcinfo)
{
	QuantitySums *a = state_arg(fcinfo, 0);
	QuantitySums *b = state_arg(fcinfo, 1);
	int			cmp = 0;

	if (a->kind != b->kind)
		cmp = a->kind < b->kind ? -1 : 1;
	else if (a->n != b->n)
		cmp = a->n < b->n ? -1 : 1;
	else
	{
		Wide		x = wide_from_int128(i128_get(&a->amount));
		Wide		y = wide_from_int128(i128_get(&b->amount));

		cmp = wide_compare(&x, &y);
		if (cmp == 0)
		{
			x = wide_from_words(a->usd.w, lengthof(a->usd.w));
			y = wide_from_words(b->usd.w, lengthof(b->usd.w));
			cmp = wide_compare(&x, &y);
		}
	}
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return cmp;
}

static uint64
hash_arg(FunctionCallInfo fcinfo, uint64 seed)
{
	QuantitySums *state = state_arg(fcinfo, 0);
	uint64		h = hash_word(state->kind, seed);

	h = hash_word(state->n, h);
	for (int i = 0; i < (int) lengthof(state->amount.w); i++)
		h = hash_word(state->amount.w[i], h);
	for (int i = 0; i < (int) lengthof(state->usd.w); i++)
		h = hash_word(state->usd.w[i], h);
	PG_FREE_IF_COPY(state, 0);
	return h;
}

COMPARISON_FUNCTIONS(quantity_sums, compare_args)
HASH_FUNCTIONS(quantity_sums, hash_arg)
