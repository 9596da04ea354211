/*-------------------------------------------------------------------------
 *
 * learning_curve.c
 *		The type learning_curve and the aggregates that build it.
 *
 * A learning_curve is the exact moments of (ln x, ln y).  Reading a fit out
 * of it is the business of wright.c.
 *
 * The aggregate's state is the value itself, a flat varlena of fixed size:
 * see learning_curve.h and state/flat_state.h.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/int.h"
#include "comparisons.h"
#include "compat.h"
#include "fmgr.h"
#include "learning/learning_curve.h"
#include "learning/ln_fixed.h"
#include "libpq/pqformat.h"
#include "quantity/quantity.h"
#include "state/flat_state.h"
#include "utils/builtins.h"
#include "utils/float.h"

PG_FUNCTION_INFO_V1(learning_curve_in);
PG_FUNCTION_INFO_V1(learning_curve_out);
PG_FUNCTION_INFO_V1(learning_curve_recv);
PG_FUNCTION_INFO_V1(learning_curve_send);
PG_FUNCTION_INFO_V1(learning_curve_accum);
PG_FUNCTION_INFO_V1(learning_curve_accum_inv);
PG_FUNCTION_INFO_V1(learning_curve_accum_float8);
PG_FUNCTION_INFO_V1(learning_curve_accum_float8_inv);
PG_FUNCTION_INFO_V1(learning_curve_accum_weight_gwh);
PG_FUNCTION_INFO_V1(learning_curve_accum_weight_gwh_inv);
PG_FUNCTION_INFO_V1(learning_curve_accum_weight);
PG_FUNCTION_INFO_V1(learning_curve_accum_weight_inv);
PG_FUNCTION_INFO_V1(learning_curve_accum_float8_weight);
PG_FUNCTION_INFO_V1(learning_curve_accum_float8_weight_inv);
PG_FUNCTION_INFO_V1(learning_curve_combine);
PG_FUNCTION_INFO_V1(learning_curve_combine_inv);
PG_FUNCTION_INFO_V1(learning_curve_final);

static const char *const units_names[] = {"unitless", "gwh_usd_per_kwh"};
static const char *const weights_names[] = {"none", "number", "gwh"};

/*
 * What the words of a value are, in the order in which text, binary and
 * comparison go through them: the sums by name, with their widths.
 */
typedef struct SumField
{
	const char *name;
	int			words;
	size_t		offset;
} SumField;

static const SumField plain_fields[] = {
	{"x", 2, offsetof(LearningCurve, x)},
	{"y", 2, offsetof(LearningCurve, y)},
	{"xx", 3, offsetof(LearningCurve, xx)},
	{"xy", 3, offsetof(LearningCurve, xy)},
	{"yy", 3, offsetof(LearningCurve, yy)},
	{NULL}
};

static const SumField weighted_fields[] = {
	{"w", 2, offsetof(WeightedLearningCurve, w)},
	{"x", 3, offsetof(WeightedLearningCurve, x)},
	{"y", 3, offsetof(WeightedLearningCurve, y)},
	{"xx", 4, offsetof(WeightedLearningCurve, xx)},
	{"xy", 4, offsetof(WeightedLearningCurve, xy)},
	{"yy", 4, offsetof(WeightedLearningCurve, yy)},
	{NULL}
};

#define CURVE_FIELDS(lc) (CURVE_IS_WEIGHTED(lc) ? weighted_fields : plain_fields)
#define FIELD_WORDS(lc, f) ((uint64 *) ((char *) (lc) + (f)->offset))

static LearningCurve *
new_curve(CurveUnits units, CurveWeights weights)
{
	size_t		size = CURVE_SIZE(weights);
	LearningCurve *lc = palloc0(size);

	SET_VARSIZE(lc, size);
	lc->version = LEARNING_CURVE_VERSION;
	lc->units = units;
	lc->weights = weights;
	return lc;
}

static bool
curve_is_sound(const void *state)
{
	const LearningCurve *lc = state;

	return lc->weights <= CURVE_WEIGHT_GWH && lc->units <= CURVE_GWH_USD_PER_KWH &&
		VARSIZE(lc) == CURVE_SIZE(lc->weights);
}

static const FlatStateType curve_type = {
	.name = "learning_curve",
	.oldest = LEARNING_CURVE_VERSION,
	.newest = LEARNING_CURVE_VERSION,
	.before_version = "v",
	.after_version = " ",
	.header = sizeof(LearningCurve),
	.is_sound = curve_is_sound,
	.made_by = "A learning_curve is made by the aggregate learning_curve(cumulative, cost); its text is only for storing it and reading it back."
};

LearningCurve *
learning_curve_detoast(Datum d)
{
	return flat_state_get(d, &curve_type);
}

/* The state that a transition function may write into. */
static inline LearningCurve *
curve_for_update(FunctionCallInfo fcinfo)
{
	LearningCurve *lc = flat_state_own(fcinfo, &curve_type);

	return likely(lc != NULL) ? lc : flat_state_copy(PG_GETARG_LEARNING_CURVE(0));
}

static bool
sums_are_zero(const LearningCurve *lc)
{
	for (const SumField *f = CURVE_FIELDS(lc); f->name != NULL; f++)
		for (int i = 0; i < f->words; i++)
			if (FIELD_WORDS(lc, f)[i] != 0)
				return false;
	return true;
}

/*
 * A curve without observations forgets its units, so that it merges with any.
 */
static LearningCurve *
normalize_empty(LearningCurve *lc)
{
	return lc->n == 0 ? new_curve(CURVE_UNITLESS, CURVE_UNWEIGHTED) : lc;
}

/*
 * ----------------------------------------------------------------
 *	Validation of values from outside
 * ----------------------------------------------------------------
 */

/*
 * The moments as Wide integers, with n for the sum of weights of an
 * unweighted curve.
 */
void
learning_curve_moments(const LearningCurve *lc, CurveMoments *m)
{
	m->units = lc->units;
	m->weights = lc->weights;
	m->n = lc->n;
	if (CURVE_IS_WEIGHTED(lc))
	{
		const WeightedLearningCurve *wc = (const WeightedLearningCurve *) lc;

		m->w = wide_from_words(wc->w.w, 2);
		m->x = wide_from_words(wc->x.w, 3);
		m->y = wide_from_words(wc->y.w, 3);
		m->xx = wide_from_words(wc->xx.w, 4);
		m->xy = wide_from_words(wc->xy.w, 4);
		m->yy = wide_from_words(wc->yy.w, 4);
	}
	else
	{
		m->w = wide_from_int128(lc->n);
		m->x = wide_from_words(lc->x.w, 2);
		m->y = wide_from_words(lc->y.w, 2);
		m->xx = wide_from_words(lc->xx.w, 3);
		m->xy = wide_from_words(lc->xy.w, 3);
		m->yy = wide_from_words(lc->yy.w, 3);
	}
}

/* |sum| <= bound * w? */
static bool
within(const Wide *sum, const Wide *bound, const Wide *w)
{
	Wide		limit = wide_mul(bound, w);
	Wide		magnitude = *sum;

	magnitude.neg = false;
	return wide_compare(&magnitude, &limit) <= 0;
}

/*
 * Could these be the moments of real observations?  Returns NULL when so,
 * else what is wrong.  Everything that later arithmetic relies on is here:
 * no sum can have left its words, every centred sum of squares is at least
 * zero, and |correlation| <= 1.
 */
static const char *
curve_problem(const LearningCurve *lc)
{
	CurveMoments m;
	Wide		bound = wide_from_int128(LN_FIXED_BOUND);
	Wide		square = wide_mul(&bound, &bound);
	Wide		n = wide_from_int128(lc->n);
	Wide		sxx,
				sxy,
				syy,
				rest;

	if (lc->n < 0)
		return "The number of observations is negative.";
	if (lc->n == 0)
	{
		if (CURVE_IS_WEIGHTED(lc) || lc->units != CURVE_UNITLESS || !sums_are_zero(lc))
			return "A curve without observations must have no units, no weights and sums of zero.";
		return NULL;
	}
	learning_curve_moments(lc, &m);
	if (CURVE_IS_WEIGHTED(lc))
	{
		Wide		largest = wide_from_int128(PG_INT64_MAX);

		if (wide_compare(&m.w, &n) < 0 || !within(&m.w, &largest, &n))
			return "The sum of weights does not fit the number of observations.";
	}
	if (!within(&m.x, &bound, &m.w) || !within(&m.y, &bound, &m.w) ||
		!within(&m.xx, &square, &m.w) || !within(&m.yy, &square, &m.w))
		return "A sum is larger than that many logarithms can make it.";
	sxx = wide_cross(&m.w, &m.xx, &m.x, &m.x);
	syy = wide_cross(&m.w, &m.yy, &m.y, &m.y);
	sxy = wide_cross(&m.w, &m.xy, &m.x, &m.y);
	if (wide_sign(&sxx) < 0 || wide_sign(&syy) < 0)
		return "A sum of squares is smaller than the square of its sum allows.";
	rest = wide_cross(&sxx, &syy, &sxy, &sxy);
	if (wide_sign(&rest) < 0)
		return "The sum of products is larger than the sums of squares allow.";
	return NULL;
}

/*
 * ----------------------------------------------------------------
 *	Text and binary
 *
 * Text: v1 units=... weights=... n=... [w=...] x=... y=... xx=... xy=... yy=...
 * with the sums as exact decimal integers; one spelling for one value.
 * ----------------------------------------------------------------
 */

/*
 * learning_curve_in: text to value.
 *
 * 22P02 for anything that learning_curve_out does not write or that cannot
 * be the moments of observations, 0A000 for a later version.
 */
Datum
learning_curve_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	const char *s;
	uint8		units = 0;
	uint8		weights = 0;
	LearningCurve *lc;
	const char *problem;

	s = flat_state_text_version(fcinfo->context, &curve_type, str);
	s = state_skip_one_of(state_skip(s, "units="), units_names, lengthof(units_names), &units);
	s = state_skip_one_of(state_skip(s, " weights="), weights_names, lengthof(weights_names), &weights);
	lc = new_curve(units, weights);
	s = state_skip_words(state_skip(s, " n="), (uint64 *) &lc->n, 1);
	for (const SumField *f = CURVE_FIELDS(lc); f->name != NULL && s != NULL; f++)
	{
		s = state_skip(s, " ");
		s = state_skip(s, f->name);
		s = state_skip_words(state_skip(s, "="), FIELD_WORDS(lc, f), f->words);
	}
	if (s == NULL || *s != '\0')
		return flat_state_bad_text(fcinfo->context, &curve_type, str, NULL);
	problem = curve_problem(lc);
	if (problem != NULL)
		return flat_state_bad_text(fcinfo->context, &curve_type, str, problem);
	PG_RETURN_POINTER(lc);
}

Datum
learning_curve_out(PG_FUNCTION_ARGS)
{
	LearningCurve *lc = PG_GETARG_LEARNING_CURVE(0);
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfo(&buf, "v%d units=%s weights=%s n=" INT64_FORMAT,
					 LEARNING_CURVE_VERSION, units_names[lc->units],
					 weights_names[lc->weights], lc->n);
	for (const SumField *f = CURVE_FIELDS(lc); f->name != NULL; f++)
	{
		Wide		v = wide_from_words(FIELD_WORDS(lc, f), f->words);
		char		digits[WIDE_DECIMAL_CHARS];

		wide_to_decimal(&v, digits);
		appendStringInfo(&buf, " %s=%s", f->name, digits);
	}
	PG_RETURN_CSTRING(buf.data);
}

/*
 * learning_curve_recv: binary to value: version, units, weights (a byte
 * each), n, then the words of the sums from the lowest to the highest, all in
 * network order.  As strict as learning_curve_in.
 */
Datum
learning_curve_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			units;
	int			weights;
	LearningCurve *lc;
	const char *problem;

	flat_state_binary_version(buf, &curve_type);
	units = pq_getmsgbyte(buf);
	weights = pq_getmsgbyte(buf);
	if (units >= (int) lengthof(units_names) || weights >= (int) lengthof(weights_names))
		flat_state_bad_binary(&curve_type, psprintf("Units %d and weights %d are not known.", units, weights));
	lc = new_curve(units, weights);
	lc->n = pq_getmsgint64(buf);
	for (const SumField *f = CURVE_FIELDS(lc); f->name != NULL; f++)
		for (int i = 0; i < f->words; i++)
			FIELD_WORDS(lc, f)[i] = (uint64) pq_getmsgint64(buf);
	problem = curve_problem(lc);
	if (problem != NULL)
		flat_state_bad_binary(&curve_type, problem);
	PG_RETURN_POINTER(lc);
}

Datum
learning_curve_send(PG_FUNCTION_ARGS)
{
	LearningCurve *lc = PG_GETARG_LEARNING_CURVE(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, lc->version);
	pq_sendbyte(&buf, lc->units);
	pq_sendbyte(&buf, lc->weights);
	pq_sendint64(&buf, lc->n);
	for (const SumField *f = CURVE_FIELDS(lc); f->name != NULL; f++)
		for (int i = 0; i < f->words; i++)
			pq_sendint64(&buf, FIELD_WORDS(lc, f)[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/*
 * ----------------------------------------------------------------
 *	Comparison
 *
 * Equal content is equal bytes.  The order (units, weights, n, then the sums)
 * means nothing to an analyst; DISTINCT, UNION and merge joins need one.
 * ----------------------------------------------------------------
 */
static int
curve_compare(FunctionCallInfo fcinfo)
{
	LearningCurve *a = PG_GETARG_LEARNING_CURVE(0);
	LearningCurve *b = PG_GETARG_LEARNING_CURVE(1);
	int			result = 0;

	if (a->units != b->units)
		result = a->units < b->units ? -1 : 1;
	else if (a->weights != b->weights)
		result = a->weights < b->weights ? -1 : 1;
	else if (a->n != b->n)
		result = a->n < b->n ? -1 : 1;
	else
	{
		for (const SumField *f = CURVE_FIELDS(a); f->name != NULL && result == 0; f++)
		{
			Wide		va = wide_from_words(FIELD_WORDS(a, f), f->words);
			Wide		vb = wide_from_words(FIELD_WORDS(b, f), f->words);

			result = wide_compare(&va, &vb);
		}
	}
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return result;
}

COMPARISON_FUNCTIONS(learning_curve, curve_compare)

static uint64
curve_hash(FunctionCallInfo fcinfo, uint64 seed)
{
	LearningCurve *lc = PG_GETARG_LEARNING_CURVE(0);
	uint64		h = hash_bytes_uint32_extended(lc->units * 256 + lc->weights, seed);

	h = hash_bytes_uint32_extended((uint32) lc->n, h);
	for (const SumField *f = CURVE_FIELDS(lc); f->name != NULL; f++)
		for (int i = 0; i < f->words; i++)
			h = hash_word(FIELD_WORDS(lc, f)[i], h);
	PG_FREE_IF_COPY(lc, 0);
	return h;
}

HASH_FUNCTIONS(learning_curve, curve_hash)

/*
 * ----------------------------------------------------------------
 *	Accumulation
 * ----------------------------------------------------------------
 */

static void
refuse_logarithm(const char *what, char *value, const char *unit, const char *filter)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_ARGUMENT_FOR_LOG),
			 errmsg("cannot take the logarithm of a %s of %s%s", what, value, unit),
			 errdetail("A learning curve relates logarithms, so volume and cost must be above zero."),
			 errhint("Leave such rows out on purpose: learning_curve(...) FILTER (WHERE %s).", filter)));
}

static inline int64
ln_of_capacity(int64 mwh)
{
	if (unlikely(mwh <= 0))
		refuse_logarithm("cumulative capacity", capacity_gwh_to_cstring(mwh), " GWh",
						 "cumulative > 0 AND cost > 0");
	return ln_fixed_gwh(mwh);
}

static inline int64
ln_of_cost(int64 nano_usd)
{
	if (unlikely(nano_usd <= 0))
		refuse_logarithm("cost", cost_per_gwh_to_cstring(nano_usd), " million US$/GWh",
						 "cumulative > 0 AND cost > 0");
	return ln_fixed_usd_per_kwh(nano_usd);
}

static pg_noinline int64
ln_of_odd_float8(double v, const char *what)
{
	if (isnan(v) || isinf(v))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a learning curve cannot use %s as its %s",
						float8out_internal(v), what),
				 errhint("Leave such rows out on purpose: learning_curve(...) FILTER (WHERE cumulative > 0 AND cumulative < 'Infinity' AND cost > 0 AND cost < 'Infinity').")));
	if (v <= 0)
		refuse_logarithm(what, float8out_internal(v), "", "cumulative > 0 AND cost > 0");
	return ln_fixed_float8(v);
}

static inline int64
ln_of_float8(double v, const char *what)
{
	return likely(ln_fixed_is_easy(v)) ? ln_fixed_normal(v) : ln_of_odd_float8(v, what);
}

static void
too_many_observations(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("a learning curve cannot hold more than " INT64_FORMAT " observations",
					PG_INT64_MAX)));
}

/* Units and weights of a state against those of what is merged into it. */
static void
check_same_kind(const LearningCurve *a, CurveUnits units, CurveWeights weights)
{
	if (a->units != units)
		flat_state_unlike(&curve_type, "units", units_names[a->units], units_names[units],
						  "Build both from capacity_gwh and cost_per_gwh, or both from double precision.");
	if (a->weights != weights)
		flat_state_unlike(&curve_type, "weights", weights_names[a->weights], weights_names[weights],
						  "Build both with the same kind of weight, or both without.");
}

/*
 * The state to add an observation to, building or re-shaping an empty one.
 */
static inline LearningCurve *
state_for_accum(FunctionCallInfo fcinfo, CurveUnits units, CurveWeights weights)
{
	LearningCurve *lc;

	if (PG_ARGISNULL(0))
		return new_curve(units, weights);
	lc = curve_for_update(fcinfo);
	if (unlikely(lc->n == 0))
		return new_curve(units, weights);
	if (unlikely(lc->units != units || lc->weights != weights))
		check_same_kind(lc, units, weights);
	return lc;
}

static inline void
add_observation(LearningCurve *lc, int64 x, int64 y)
{
	if (unlikely(lc->n == PG_INT64_MAX))
		too_many_observations();
	lc->n++;
	/* 2^63 logarithms below 2^63 stay below 2^126, and their squares 2^189 */
	i128_add(&lc->x, x);
	i128_add(&lc->y, y);
	i192_add(&lc->xx, (int128) x * x);
	i192_add(&lc->xy, (int128) x * y);
	i192_add(&lc->yy, (int128) y * y);
}

static inline void
add_weighted(WeightedLearningCurve *wc, int64 x, int64 y, int64 w)
{
	if (unlikely(wc->n == PG_INT64_MAX))
		too_many_observations();
	wc->n++;
	/* weights are below 2^63: 2^126 in all, 2^189 times x, 2^252 times x^2 */
	i128_add(&wc->w, w);
	i192_add(&wc->x, (int128) x * w);
	i192_add(&wc->y, (int128) y * w);
	i256_add_product(&wc->xx, (int128) x * x, w);
	i256_add_product(&wc->xy, (int128) x * y, w);
	i256_add_product(&wc->yy, (int128) y * y, w);
}

/*
 * a += b, or a -= b.  Both have a full header and the same kind; a is
 * written to.
 */
static void
merge_into(LearningCurve *a, const LearningCurve *b, bool subtract)
{
	for (const SumField *f = CURVE_FIELDS(a); f->name != NULL; f++)
	{
		if (subtract)
			words_sub(FIELD_WORDS(a, f), FIELD_WORDS(b, f), f->words);
		else
			words_add(FIELD_WORDS(a, f), FIELD_WORDS(b, f), f->words);
	}
	if (subtract)
		a->n -= b->n;
	else
		a->n += b->n;
}

/*
 * Take observations back, given the curve of them alone.  Exact: the state
 * is then what it would be had the rows never been there.
 *
 * An aggregate takes back only what it has added.  A call by hand may try
 * anything, so its result must be shown to be the moments of something.
 */
static Datum
take_back(FunctionCallInfo fcinfo, const LearningCurve *gone)
{
	LearningCurve *lc = curve_for_update(fcinfo);

	if (lc->n < gone->n || lc->n == 0)
		flat_state_not_held(&curve_type, NULL);
	check_same_kind(lc, gone->units, gone->weights);
	merge_into(lc, gone, true);
	if (!called_by_aggregate(fcinfo) &&
		(lc->n == 0 ? !sums_are_zero(lc) : curve_problem(lc) != NULL))
		flat_state_not_held(&curve_type, NULL);
	PG_RETURN_POINTER(normalize_empty(lc));
}

/*
 * A weight as an integer; 0 means that the row is not an observation.
 *
 * Number weights are counted in units of 2^-40.  From 2^-20 to 2^22 that
 * keeps every weight to one part in two million, which is far more than any
 * precision weight is known to, and leaves the state a fixed size.  Scaling
 * all weights by one factor changes nothing in a fit, so the range is no
 * restriction to speak of.
 */
static int64
quantize_weight(double w)
{
	if (w == 0)
		return 0;
	if (w >= 1.0 / (1 << 20) && w <= (1 << 22))
		return (int64) rint(ldexp(w, WEIGHT_FRACTION_BITS));
	if (w < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a weight cannot be negative: %s", float8out_internal(w)),
				 errhint("Weights are precision weights, proportional to 1/variance of the observation.")));
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("weight out of range: %s", float8out_internal(w)),
			 errdetail("Weights lie between 2^-20 and 2^22, or are 0 to leave the row out."),
			 errhint("Multiply all weights by one factor: only their ratios matter to a fit.")));
	return 0;					/* not reached */
}

static int64
capacity_weight(int64 mwh)
{
	if (mwh < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a weight cannot be negative: %s GWh", capacity_gwh_to_cstring(mwh)),
				 errhint("Weights are precision weights, proportional to 1/variance of the observation.")));
	return mwh;
}

/*
 * One observation of each kind.  NULL in any argument skips the row, and so
 * does a weight of 0; the state is still built, because a moving aggregate
 * may not return NULL.
 */
typedef struct Observation
{
	int64		x;
	int64		y;
	int64		w;
} Observation;

/* false when the row is to be skipped */
static pg_attribute_always_inline bool
get_observation(FunctionCallInfo fcinfo, CurveUnits units, CurveWeights weights,
				Observation *o)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return false;
	o->w = 1;
	if (weights != CURVE_UNWEIGHTED)
	{
		if (PG_ARGISNULL(3))
			return false;
		o->w = weights == CURVE_WEIGHT_GWH ?
			capacity_weight(PG_GETARG_INT64(3)) :
			quantize_weight(PG_GETARG_FLOAT8(3));
		if (o->w == 0)
			return false;
	}
	if (units == CURVE_GWH_USD_PER_KWH)
	{
		o->x = ln_of_capacity(PG_GETARG_INT64(1));
		o->y = ln_of_cost(PG_GETARG_INT64(2));
	}
	else
	{
		o->x = ln_of_float8(PG_GETARG_FLOAT8(1), "volume");
		o->y = ln_of_float8(PG_GETARG_FLOAT8(2), "cost");
	}
	return true;
}

static inline void
observe(LearningCurve *lc, CurveWeights weights, const Observation *o)
{
	if (weights == CURVE_UNWEIGHTED)
		add_observation(lc, o->x, o->y);
	else
		add_weighted((WeightedLearningCurve *) lc, o->x, o->y, o->w);
}

static pg_attribute_always_inline Datum
accum(FunctionCallInfo fcinfo, CurveUnits units, CurveWeights weights)
{
	Observation o;
	bool		use = get_observation(fcinfo, units, weights, &o);
	LearningCurve *lc;

	if (!use)
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_POINTER(new_curve(CURVE_UNITLESS, CURVE_UNWEIGHTED));
		PG_RETURN_POINTER(curve_for_update(fcinfo));
	}
	lc = state_for_accum(fcinfo, units, weights);
	observe(lc, weights, &o);
	PG_RETURN_POINTER(lc);
}

static Datum
accum_inv(FunctionCallInfo fcinfo, CurveUnits units, CurveWeights weights)
{
	Observation o;
	LearningCurve *gone;

	if (PG_ARGISNULL(0))
		flat_state_not_held(&curve_type, NULL);
	if (!get_observation(fcinfo, units, weights, &o))
		PG_RETURN_POINTER(curve_for_update(fcinfo));
	gone = new_curve(units, weights);
	observe(gone, weights, &o);
	return take_back(fcinfo, gone);
}

/* capacity, cost */
Datum
learning_curve_accum(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, CURVE_GWH_USD_PER_KWH, CURVE_UNWEIGHTED);
}

Datum
learning_curve_accum_inv(PG_FUNCTION_ARGS)
{
	return accum_inv(fcinfo, CURVE_GWH_USD_PER_KWH, CURVE_UNWEIGHTED);
}

/* double precision, double precision */
Datum
learning_curve_accum_float8(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, CURVE_UNITLESS, CURVE_UNWEIGHTED);
}

Datum
learning_curve_accum_float8_inv(PG_FUNCTION_ARGS)
{
	return accum_inv(fcinfo, CURVE_UNITLESS, CURVE_UNWEIGHTED);
}

/* capacity, cost, weight as capacity */
Datum
learning_curve_accum_weight_gwh(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, CURVE_GWH_USD_PER_KWH, CURVE_WEIGHT_GWH);
}

Datum
learning_curve_accum_weight_gwh_inv(PG_FUNCTION_ARGS)
{
	return accum_inv(fcinfo, CURVE_GWH_USD_PER_KWH, CURVE_WEIGHT_GWH);
}

/* capacity, cost, weight as a number */
Datum
learning_curve_accum_weight(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, CURVE_GWH_USD_PER_KWH, CURVE_WEIGHT_NUMBER);
}

Datum
learning_curve_accum_weight_inv(PG_FUNCTION_ARGS)
{
	return accum_inv(fcinfo, CURVE_GWH_USD_PER_KWH, CURVE_WEIGHT_NUMBER);
}

/* double precision, double precision, weight as a number */
Datum
learning_curve_accum_float8_weight(PG_FUNCTION_ARGS)
{
	return accum(fcinfo, CURVE_UNITLESS, CURVE_WEIGHT_NUMBER);
}

Datum
learning_curve_accum_float8_weight_inv(PG_FUNCTION_ARGS)
{
	return accum_inv(fcinfo, CURVE_UNITLESS, CURVE_WEIGHT_NUMBER);
}

/*
 * learning_curve_combine: merge two curves, for parallel plans and rollup.
 *
 * Not strict, and it never writes into an argument or returns one: a state
 * from another process may be packed, and argument 2 is not ours.
 */
Datum
learning_curve_combine(PG_FUNCTION_ARGS)
{
	LearningCurve *a = PG_ARGISNULL(0) ? NULL : PG_GETARG_LEARNING_CURVE(0);
	LearningCurve *b = PG_ARGISNULL(1) ? NULL : PG_GETARG_LEARNING_CURVE(1);
	LearningCurve *result;
	int64		n;

	if (a == NULL && b == NULL)
		PG_RETURN_POINTER(new_curve(CURVE_UNITLESS, CURVE_UNWEIGHTED));
	if (b == NULL || b->n == 0)
		PG_RETURN_POINTER(normalize_empty(flat_state_copy(a ? a : b)));
	if (a == NULL || a->n == 0)
		PG_RETURN_POINTER(flat_state_copy(b));

	check_same_kind(a, b->units, b->weights);
	if (pg_add_s64_overflow(a->n, b->n, &n))
		too_many_observations();
	result = flat_state_copy(a);
	merge_into(result, b, false);
	PG_RETURN_POINTER(result);
}

/*
 * learning_curve_combine_inv: take a merged curve back, for rollup() over a
 * moving window, and for a - b.
 */
Datum
learning_curve_combine_inv(PG_FUNCTION_ARGS)
{
	LearningCurve *gone = PG_ARGISNULL(1) ? NULL : PG_GETARG_LEARNING_CURVE(1);
	bool		nothing = gone == NULL || gone->n == 0;

	if (PG_ARGISNULL(0))
	{
		if (!nothing)
			flat_state_not_held(&curve_type, NULL);
		PG_RETURN_POINTER(new_curve(CURVE_UNITLESS, CURVE_UNWEIGHTED));
	}
	if (nothing)
		PG_RETURN_POINTER(curve_for_update(fcinfo));
	return take_back(fcinfo, gone);
}

/*
 * learning_curve_final: the state as a result, NULL when it holds nothing.
 * A copy: the state may go on being accumulated into.
 */
Datum
learning_curve_final(PG_FUNCTION_ARGS)
{
	LearningCurve *lc = PG_GETARG_LEARNING_CURVE(0);

	if (lc->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(flat_state_copy(lc));
}

ARITHMETIC_FUNCTIONS(learning_curve)
