/*-------------------------------------------------------------------------
 *
 * paired_values.c
 *		The type paired_values and the aggregates that build it.
 *
 * A median of slopes and a break in a line need all pairs, sixteen bytes
 * each, in one flat varlena: it can be merged, stored and shipped.  Hash
 * aggregation never spills states, so a query's memory grows with the rows it
 * groups; a state stops at PAIRED_VALUES_MAX.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "common/shortest_dec.h"
#include "comparisons.h"
#include "compat.h"
#include "fmgr.h"
#include "learning/ln_fixed.h"
#include "learning/robust.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "quantity/quantity.h"
#include "state/flat_state.h"
#include "utils/builtins.h"
#include "utils/float.h"

static const char *const kind_names[] = {NULL, "plain", "ln", "ln_gwh_usd_per_kwh"};

#define LAST_KIND		PAIRS_LN_GWH

#define VALUES_SIZE(room)	(offsetof(PairedValues, v) + (room) * sizeof(Pair))
#define VALUES_ROOM(state)	((int64) ((VARSIZE(state) - offsetof(PairedValues, v)) / sizeof(Pair)))

/*
 * The units that the middle half of rounded values must span, so that the
 * rounding of a typical difference is below 10^-9 of it.
 */
#define MIDDLE_HALF_UNITS	1073741824.0

/* enough for two numbers, a blank and a comma */
#define PAIR_CHARS		(2 * DOUBLE_SHORTEST_DECIMAL_LEN + 2)

PG_FUNCTION_INFO_V1(paired_values_in);
PG_FUNCTION_INFO_V1(paired_values_out);
PG_FUNCTION_INFO_V1(paired_values_recv);
PG_FUNCTION_INFO_V1(paired_values_send);
PG_FUNCTION_INFO_V1(paired_values_collect);
PG_FUNCTION_INFO_V1(paired_values_collect_ln);
PG_FUNCTION_INFO_V1(paired_values_collect_ln_float8);
PG_FUNCTION_INFO_V1(paired_values_combine);
PG_FUNCTION_INFO_V1(paired_values_final);
PG_FUNCTION_INFO_V1(paired_values_observations);

static inline int
compare_pairs(const Pair *a, const Pair *b)
{
	if (a->x != b->x)
		return a->x < b->x ? -1 : 1;
	return a->y < b->y ? -1 : (a->y > b->y ? 1 : 0);
}

#define ST_SORT sort_pairs
#define ST_ELEMENT_TYPE Pair
#define ST_COMPARE(a, b) compare_pairs(a, b)
#define ST_SCOPE static
#define ST_DECLARE
#define ST_DEFINE
#define ST_CHECK_FOR_INTERRUPTS
#include "lib/sort_template.h"

/*
 * A finite double as the int64 that sorts like it, and back.  Its own inverse
 * on the bits of either; minus zero has been turned into zero before.
 */
static inline int64
bits_in_order(int64 bits)
{
	return bits < 0 ? bits ^ PG_INT64_MAX : bits;
}

static inline int64
ordered_bits_of_double(double d)
{
	int64		bits;

	d += 0.0;					/* -0 to 0 */
	memcpy(&bits, &d, sizeof(bits));
	return bits_in_order(bits);
}

static inline double
double_of_ordered_bits(int64 v)
{
	double		d;

	v = bits_in_order(v);
	memcpy(&d, &v, sizeof(d));
	return d;
}

/* ----------------------------------------------------------------------
 * States
 * ----------------------------------------------------------------------
 */

/* A value is stored as it is, with its unused room: nothing of others' in that. */
static PairedValues *
new_state(PairKind kind, int64 room)
{
	PairedValues *state = palloc0(VALUES_SIZE(room));

	Assert(room <= PAIRED_VALUES_MAX);
	SET_VARSIZE(state, VALUES_SIZE(room));
	state->version = PAIRED_VALUES_VERSION;
	state->kind = kind;
	return state;
}

static bool
state_is_sound(const void *p)
{
	const PairedValues *state = p;

	return state->kind >= 1 && state->kind <= LAST_KIND &&
		state->n >= 0 && state->n <= VALUES_ROOM(state);
}

static const FlatStateType values_type = {
	.name = "paired_values",
	.oldest = PAIRED_VALUES_VERSION,
	.newest = PAIRED_VALUES_VERSION,
	.before_version = "",
	.after_version = ":",
	.header = offsetof(PairedValues, v),
	.is_sound = state_is_sound,
	.made_by = "Values are made by the aggregates paired_values and paired_logarithms; their text is version:kind:count:x y,x y,..."
};

PairedValues *
paired_values_detoast(Datum d)
{
	return flat_state_get(d, &values_type);
}

/* The first argument, to be changed. */
static inline PairedValues *
own_state_arg(FunctionCallInfo fcinfo)
{
	PairedValues *state = flat_state_own(fcinfo, &values_type);

	return likely(state != NULL) ? state : flat_state_copy(PG_GETARG_PAIRED_VALUES(0));
}

#define SIZE_REFUSAL \
	(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), \
	 errmsg("a paired_values value cannot hold more than " INT64_FORMAT " pairs", \
			PAIRED_VALUES_MAX), \
	 errhint("Group the rows, or take a sample of them: FROM ... TABLESAMPLE BERNOULLI (10)."))

static void
refuse_size(void)
{
	ereport(ERROR, SIZE_REFUSAL);
}

/*
 * The state with room for "more" pairs: itself, or a copy of twice the size
 * in the current context.  The executor takes the copy over and frees the
 * old state; freeing or resizing that here would pull it from under it.
 */
static PairedValues *
make_room(PairedValues *state, int64 more)
{
	int64		room = VALUES_ROOM(state);
	int64		needed = state->n + more;
	PairedValues *bigger;

	if (needed <= room)
		return state;
	if (needed > PAIRED_VALUES_MAX)
		refuse_size();
	bigger = new_state(state->kind, Min(Max(needed, room * 2), PAIRED_VALUES_MAX));
	bigger->n = state->n;
	memcpy(bigger->v, state->v, state->n * sizeof(Pair));
	return bigger;
}

static void
refuse_kinds(PairKind a, PairKind b)
{
	flat_state_unlike(&values_type, "kinds", kind_names[a], kind_names[b],
					  "Build both with paired_logarithms from capacity_gwh and cost_per_gwh, both with paired_logarithms from double precision, or both with paired_values.");
}

/* ----------------------------------------------------------------------
 * Aggregation
 * ----------------------------------------------------------------------
 */

/*
 * Add a pair.  NULL in any argument skips the row.
 */
static inline Datum
collect(FunctionCallInfo fcinfo, PairKind kind, bool known, int64 x, int64 y)
{
	PairedValues *state;

	if (!known)
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(own_state_arg(fcinfo));
	}
	if (PG_ARGISNULL(0))
		state = new_state(kind, 4);
	else
	{
		state = own_state_arg(fcinfo);
		if (unlikely(state->kind != kind))
			refuse_kinds(state->kind, kind);
		state = make_room(state, 1);
	}
	state->v[state->n].x = x;
	state->v[state->n].y = y;
	state->n++;
	PG_RETURN_POINTER(state);
}

static void
refuse_not_finite(const char *what, double v)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("a regression cannot use %s as its %s", float8out_internal(v), what),
			 errhint("Leave such rows out on purpose: paired_values(y, x) FILTER (WHERE abs(x) < 'Infinity' AND abs(y) < 'Infinity').")));
}

/* paired_values(y, x): as they are.  22003 for NaN and infinity. */
Datum
paired_values_collect(PG_FUNCTION_ARGS)
{
	bool		known = !PG_ARGISNULL(1) && !PG_ARGISNULL(2);
	double		y = known ? PG_GETARG_FLOAT8(1) : 0;
	double		x = known ? PG_GETARG_FLOAT8(2) : 0;

	if (isnan(y) || isinf(y))
		refuse_not_finite("y", y);
	if (isnan(x) || isinf(x))
		refuse_not_finite("x", x);
	return collect(fcinfo, PAIRS_PLAIN, known,
				   ordered_bits_of_double(x), ordered_bits_of_double(y));
}

static void
refuse_logarithm(const char *what, char *value, const char *unit, const char *filter)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_ARGUMENT_FOR_LOG),
			 errmsg("cannot take the logarithm of a %s of %s%s", what, value, unit),
			 errdetail("A learning curve relates logarithms, so volume and cost must be above zero."),
			 errhint("Leave such rows out on purpose: paired_logarithms(...) FILTER (WHERE %s).", filter)));
}

/*
 * paired_logarithms(cumulative, cost): their logarithms.  2201E for what is not
 * above zero.
 */
Datum
paired_values_collect_ln(PG_FUNCTION_ARGS)
{
	int64		mwh;
	int64		nano_usd;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return collect(fcinfo, PAIRS_LN_GWH, false, 0, 0);
	mwh = PG_GETARG_CAPACITY(1);
	nano_usd = PG_GETARG_COST(2);
	if (mwh <= 0)
		refuse_logarithm("cumulative capacity", capacity_gwh_to_cstring(mwh), " GWh",
						 "cumulative > 0 AND cost > 0");
	if (nano_usd <= 0)
		refuse_logarithm("cost", cost_per_gwh_to_cstring(nano_usd), " million US$/GWh",
						 "cumulative > 0 AND cost > 0");
	return collect(fcinfo, PAIRS_LN_GWH, true,
				   ln_fixed_gwh(mwh), ln_fixed_usd_per_kwh(nano_usd));
}

static int64
ln_of_float8(double v, const char *what)
{
	if (isnan(v) || isinf(v))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a learning curve cannot use %s as its %s",
						float8out_internal(v), what),
				 errhint("Leave such rows out on purpose: paired_logarithms(...) FILTER (WHERE cumulative > 0 AND cumulative < 'Infinity' AND cost > 0 AND cost < 'Infinity').")));
	if (v <= 0)
		refuse_logarithm(what, float8out_internal(v), "", "cumulative > 0 AND cost > 0");
	return ln_fixed_float8(v);
}

/* paired_logarithms(cumulative, cost) of numbers without units. */
Datum
paired_values_collect_ln_float8(PG_FUNCTION_ARGS)
{
	int64		x;
	int64		y;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return collect(fcinfo, PAIRS_LN, false, 0, 0);
	x = ln_of_float8(PG_GETARG_FLOAT8(1), "volume");
	y = ln_of_float8(PG_GETARG_FLOAT8(2), "cost");
	return collect(fcinfo, PAIRS_LN, true, x, y);
}

/*
 * Merge two states; either may be NULL.  Also the transition of rollup().
 * Errors: 42804 for states of different kinds, 54000 for too many pairs.
 */
Datum
paired_values_combine(PG_FUNCTION_ARGS)
{
	PairedValues *a;
	PairedValues *b;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(own_state_arg(fcinfo));
	}
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(flat_state_copy(PG_GETARG_PAIRED_VALUES(1)));

	a = own_state_arg(fcinfo);
	b = PG_GETARG_PAIRED_VALUES(1);
	if (a->kind != b->kind)
		refuse_kinds(a->kind, b->kind);
	a = make_room(a, b->n);
	memcpy(a->v + a->n, b->v, b->n * sizeof(Pair));
	a->n += b->n;
	PG_RETURN_POINTER(a);
}

/*
 * The state as a result: trimmed and sorted, so that equal values make equal
 * bytes; NULL when it holds nothing.
 */
Datum
paired_values_final(PG_FUNCTION_ARGS)
{
	PairedValues *state;
	PairedValues *result;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = PG_GETARG_PAIRED_VALUES(0);
	if (state->n == 0)
		PG_RETURN_NULL();
	result = new_state(state->kind, state->n);
	result->n = state->n;
	memcpy(result->v, state->v, state->n * sizeof(Pair));
	sort_pairs(result->v, result->n);
	PG_RETURN_POINTER(result);
}

Datum
paired_values_observations(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_PAIRED_VALUES(0)->n);
}

/*
 * The pairs in ascending order: the state's own, or a sorted copy.
 */
static const Pair *
sorted_pairs(const PairedValues *state)
{
	Pair	   *copy;
	int64		i = 1;

	while (i < state->n && compare_pairs(&state->v[i - 1], &state->v[i]) <= 0)
		i++;
	if (i >= state->n)
		return state->v;
	copy = palloc(state->n * sizeof(Pair));
	memcpy(copy, state->v, state->n * sizeof(Pair));
	sort_pairs(copy, state->n);
	return copy;
}

static void
free_pairs(const PairedValues *state, const Pair *pairs)
{
	if (pairs != state->v)
		pfree(unconstify(Pair *, pairs));
}

/* ----------------------------------------------------------------------
 * Text and binary form
 *
 *		version ':' kind ':' number of pairs ':' x ' ' y ',' x ' ' y ...
 *
 * Logarithms are whole, in units of 2^-53; plain values are shortest decimals.
 * Pairs come in any order, because a state has them so; whoever reads a value
 * sorts it first.
 * ----------------------------------------------------------------------
 */

static int
write_value(PairKind kind, int64 v, char *buf)
{
	if (kind == PAIRS_PLAIN)
		return double_to_shortest_decimal_bufn(double_of_ordered_bits(v), buf);
	return pg_lltoa(v, buf);
}

Datum
paired_values_out(PG_FUNCTION_ARGS)
{
	PairedValues *state = PG_GETARG_PAIRED_VALUES(0);
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfo(&buf, "%d:%s:" INT64_FORMAT ":", PAIRED_VALUES_VERSION,
					 kind_names[state->kind], state->n);
	for (int64 i = 0; i < state->n; i++)
	{
		char		pair[PAIR_CHARS + 1];
		char	   *p = pair;

		CHECK_FOR_INTERRUPTS();
		if (i > 0)
			*p++ = ',';
		p += write_value(state->kind, state->v[i].x, p);
		*p++ = ' ';
		p += write_value(state->kind, state->v[i].y, p);
		appendBinaryStringInfo(&buf, pair, p - pair);
	}
	PG_RETURN_CSTRING(buf.data);
}

/*
 * A value that can be one of this kind?
 */
static bool
value_is_valid(PairKind kind, int64 v)
{
	if (kind == PAIRS_PLAIN)
	{
		double		d = double_of_ordered_bits(v);

		return !isnan(d) && !isinf(d) && !(d == 0 && signbit(d));
	}
	return v >= -LN_FIXED_BOUND && v <= LN_FIXED_BOUND;
}

/* A value of a pair, NULL as well when none of this kind can be it. */
static const char *
skip_value(const char *s, PairKind kind, int64 *value)
{
	double		d;

	if (kind != PAIRS_PLAIN)
		s = state_skip_int64(s, value);
	else if ((s = state_skip_float8(s, &d)) != NULL)
	{
		/* minus zero is not a value, and would become one */
		if (d == 0 && signbit(d))
			return NULL;
		*value = ordered_bits_of_double(d);
	}
	return s != NULL && value_is_valid(kind, *value) ? s : NULL;
}

/*
 * paired_values_in: text to value.  22P02 for anything that paired_values_out
 * does not write, 0A000 for another version, 54000 for too many pairs.
 */
Datum
paired_values_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	const char *s = flat_state_text_version(fcinfo->context, &values_type, str);
	PairedValues *state = NULL;
	uint8		kind = 0;
	int64		n = 0;

	s = state_skip_one_of(s, kind_names, lengthof(kind_names), &kind);
	s = state_skip(state_skip_int64(state_skip(s, ":"), &n), ":");

	/* a pair takes four characters at least, the last one three */
	if (s != NULL && n >= 0 && n <= ((int64) strlen(s) + 1) / 4)
	{
		if (n > PAIRED_VALUES_MAX)
			ereturn(fcinfo->context, (Datum) 0, SIZE_REFUSAL);
		state = new_state(kind, n);
		for (; state->n < n && s != NULL; state->n++)
		{
			Pair	   *pair = &state->v[state->n];

			CHECK_FOR_INTERRUPTS();
			s = skip_value(state_skip(s, state->n > 0 ? "," : ""), kind, &pair->x);
			s = skip_value(state_skip(s, " "), kind, &pair->y);
		}
	}
	if (state == NULL || s == NULL || *s != '\0')
		return flat_state_bad_text(fcinfo->context, &values_type, str, NULL);
	PG_RETURN_POINTER(state);
}

Datum
paired_values_send(PG_FUNCTION_ARGS)
{
	PairedValues *state = PG_GETARG_PAIRED_VALUES(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, state->version);
	pq_sendbyte(&buf, state->kind);
	pq_sendint64(&buf, state->n);
	for (int64 i = 0; i < state->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendint64(&buf, state->v[i].x);
		pq_sendint64(&buf, state->v[i].y);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* As strict as paired_values_in. */
Datum
paired_values_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	PairedValues *state;
	int			kind;
	int64		n;

	flat_state_binary_version(buf, &values_type);
	kind = pq_getmsgbyte(buf);
	n = pq_getmsgint64(buf);

	/* size first: n is not to be believed */
	if (kind < 1 || kind > LAST_KIND || n < 0 || n > PAIRED_VALUES_MAX ||
		(int64) (buf->len - buf->cursor) != n * (int64) sizeof(Pair))
		flat_state_bad_binary(&values_type,
							  psprintf("Kind %d with " INT64_FORMAT " pairs does not fit %d remaining bytes.",
									   kind, n, buf->len - buf->cursor));
	state = new_state(kind, n);
	for (; state->n < n; state->n++)
	{
		Pair	   *pair = &state->v[state->n];

		CHECK_FOR_INTERRUPTS();
		pair->x = pq_getmsgint64(buf);
		pair->y = pq_getmsgint64(buf);
		if (!value_is_valid(kind, pair->x) || !value_is_valid(kind, pair->y))
			flat_state_bad_binary(&values_type,
								  psprintf("Pair " INT64_FORMAT " is no pair of kind \"%s\".",
										   state->n + 1, kind_names[kind]));
	}
	PG_RETURN_POINTER(state);
}

/* ----------------------------------------------------------------------
 * Comparison, so that DISTINCT, UNION and GROUP BY work: by kind, number of
 * pairs, and the pairs in ascending order.
 * ----------------------------------------------------------------------
 */

static int
compare_args(FunctionCallInfo fcinfo)
{
	PairedValues *a = PG_GETARG_PAIRED_VALUES(0);
	PairedValues *b = PG_GETARG_PAIRED_VALUES(1);
	int			cmp = 0;

	if (a->kind != b->kind)
		cmp = a->kind < b->kind ? -1 : 1;
	else if (a->n != b->n)
		cmp = a->n < b->n ? -1 : 1;
	else
	{
		const Pair *x = sorted_pairs(a);
		const Pair *y = sorted_pairs(b);

		for (int64 i = 0; i < a->n && cmp == 0; i++)
		{
			CHECK_FOR_INTERRUPTS();
			cmp = compare_pairs(&x[i], &y[i]);
		}
		free_pairs(a, x);
		free_pairs(b, y);
	}
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return cmp;
}

static uint64
hash_arg(FunctionCallInfo fcinfo, uint64 seed)
{
	PairedValues *state = PG_GETARG_PAIRED_VALUES(0);
	const Pair *v = sorted_pairs(state);
	uint64		h = hash_word(state->kind, seed);

	for (int64 i = 0; i < state->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		h = hash_word(v[i].x, h);
		h = hash_word(v[i].y, h);
	}
	free_pairs(state, v);
	PG_FREE_IF_COPY(state, 0);
	return h;
}

HASH_FUNCTIONS(paired_values, hash_arg)
COMPARISON_FUNCTIONS(paired_values, compare_args)

/* ----------------------------------------------------------------------
 * Points, for the estimators
 * ----------------------------------------------------------------------
 */

/*
 * The exponent of the unit in which numbers below this magnitude fit 62 bits.
 */
static int
unit_exponent(double largest)
{
	int			e = 0;

	if (largest > 0)
		frexp(largest, &e);		/* largest < 2^e */
	return e - 62;
}

static int64
to_unit(double d, int exponent, bool *rounded)
{
	double		scaled = ldexp(d, -exponent);
	double		whole = rint(scaled);

	/* the second: scaled may have underflowed */
	if (whole != scaled || (whole == 0 && d != 0))
		*rounded = true;
	return (int64) whole;
}

/*
 * Is a unit, 2^exponent, too coarse for the x of these pairs?  What counts is
 * the middle half: one value far away makes the unit, and a median must not
 * come out as the rounding of all others.
 */
static bool
too_coarse(const Pair *sorted, int64 n, int exponent)
{
	double		low = double_of_ordered_bits(sorted[n / 4].x);
	double		high = double_of_ordered_bits(sorted[n - 1 - n / 4].x);

	return high > low && ldexp(high / 2 - low / 2, 1 - exponent) < MIDDLE_HALF_UNITS;
}

/* Why values that were rounded to their units say nothing, or NULL. */
static const char *
rounding_problem(const PairedValues *state, int x_exponent, int y_exponent)
{
	int64		n = state->n;
	Pair	   *v = palloc(n * sizeof(Pair));
	const char *which = NULL;

	memcpy(v, state->v, n * sizeof(Pair));
	sort_pairs(v, n);
	if (too_coarse(v, n, x_exponent))
		which = "x";
	for (int64 i = 0; i < n; i++)
	{
		v[i].x = state->v[i].y;
		v[i].y = 0;
	}
	sort_pairs(v, n);
	if (which == NULL && too_coarse(v, n, y_exponent))
		which = "y";
	pfree(v);
	if (which == NULL)
		return NULL;
	return psprintf("the %s of the largest magnitude is so far from the others that they cannot be told apart beside it: leave out what is not a value", which);
}

/*
 * Differences of logarithms must fit 63 bits: volumes, or costs, that differ
 * by more than a factor of e^1024 are nobody's.
 */
static void
check_range(int64 n, const Pair *v)
{
	int64		y_min = v[0].y;
	int64		y_max = y_min;
	int64		range;

	for (int64 i = 1; i < n; i++)
	{
		y_min = Min(y_min, v[i].y);
		y_max = Max(y_max, v[i].y);
	}
	if (__builtin_sub_overflow(v[n - 1].x, v[0].x, &range) ||
		__builtin_sub_overflow(y_max, y_min, &range))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("values of a learning curve lie further apart than a factor of 10^444"),
				 errhint("Leave the impossible ones out on purpose: paired_logarithms(...) FILTER (WHERE ...).")));
}

void
points_of_values(const PairedValues *state, Points *p)
{
	p->kind = state->kind;
	p->n = state->n;
	p->v = palloc(Max(state->n, 1) * sizeof(Pair));
	p->x_exponent = p->y_exponent = -LN_FRACTION_BITS;
	p->rounded = false;
	p->note = NULL;
	if (state->kind == PAIRS_PLAIN)
	{
		double		x_largest = 0;
		double		y_largest = 0;

		for (int64 i = 0; i < state->n; i++)
		{
			x_largest = Max(x_largest, fabs(double_of_ordered_bits(state->v[i].x)));
			y_largest = Max(y_largest, fabs(double_of_ordered_bits(state->v[i].y)));
		}
		p->x_exponent = unit_exponent(x_largest);
		p->y_exponent = unit_exponent(y_largest);
		for (int64 i = 0; i < state->n; i++)
		{
			CHECK_FOR_INTERRUPTS();
			p->v[i].x = to_unit(double_of_ordered_bits(state->v[i].x), p->x_exponent, &p->rounded);
			p->v[i].y = to_unit(double_of_ordered_bits(state->v[i].y), p->y_exponent, &p->rounded);
		}
		if (p->rounded)
			p->note = rounding_problem(state, p->x_exponent, p->y_exponent);
	}
	else
		memcpy(p->v, state->v, state->n * sizeof(Pair));
	sort_pairs(p->v, p->n);
	if (p->n > 0)
		check_range(p->n, p->v);
}

/*
 * ln cumulative volume and ln cost of a series.
 */
void
points_of_series(const SeriesView *s, Points *p)
{
	p->kind = s->units == CURVE_GWH_USD_PER_KWH ? PAIRS_LN_GWH : PAIRS_LN;
	p->n = s->n;
	p->v = palloc0(Max(s->n, 1) * sizeof(Pair));
	p->x_exponent = p->y_exponent = -LN_FRACTION_BITS;
	p->rounded = false;
	p->note = NULL;
	if (s->ln_cumulative == NULL)
	{
		p->note = "the series has no cumulative volumes";
		return;
	}
	for (int i = 0; i < s->n; i++)
	{
		p->v[i].x = (int64) rint(ldexp(s->ln_cumulative[i], LN_FRACTION_BITS));
		p->v[i].y = (int64) rint(ldexp(s->ln_cost[i], LN_FRACTION_BITS));
	}
	sort_pairs(p->v, p->n);
	if (p->n > 0)
		check_range(p->n, p->v);
}

/* ---- checks that the estimators share ---- */

/* 42804 when the values are not logarithms of volumes and costs */
void
require_logarithms(const Points *p, const char *instead)
{
	if (p->kind == PAIRS_PLAIN)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("these paired values are not those of a learning curve"),
				 errdetail("They were built by paired_values(y, x), which takes no logarithms."),
				 errhint("Build them with paired_logarithms(cumulative, cost), or use %s.", instead)));
}

/* and when they are */
void
require_plain(const Points *p, const char *instead)
{
	if (p->kind != PAIRS_PLAIN)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("these paired values are those of a learning curve"),
				 errdetail("They were built by paired_logarithms, which takes logarithms."),
				 errhint("Build them with paired_values(y, x), or use %s.", instead)));
}
