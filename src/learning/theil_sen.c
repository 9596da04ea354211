/*-------------------------------------------------------------------------
 *
 * theil_sen.c
 *		Theil and Sen's line: the median of the slopes of all pairs of points.
 *
 * Definitions (Theil 1950, Proc. Kon. Ned. Akad. Wetensch. 53; Sen 1968,
 * J. Amer. Statist. Assoc. 63:1379).  Of n points, the N pairs of unequal x
 * have slopes (y_j - y_i) / (x_j - x_i).
 *
 *		slope		the median of the N slopes, the mean of the two middle
 *					ones when N is even
 *		intercept	the median of y_i - slope x_i
 *		S			slopes above zero less slopes below zero (Kendall)
 *		interval	with C = z sqrt(V), z the normal quantile of the confidence
 *					and V = [n(n-1)(2n+5) - sum t(t-1)(2t+5)] / 18, t the sizes
 *					of groups of equal x: the slopes of rank M and N - M + 1
 *					from below, M = (N - C) / 2 rounded down
 *		p-value		of z = (S - sign S) / sqrt(V'), V' being V corrected for
 *					ties in y as well (Kendall 1970, Rank Correlation Methods)
 *
 * N slopes are too many to form: 5,000 million for 100,000 points.  Order the
 * points by y - s x: pairs that stand in another order than by x are those of
 * slope below s, and merge sort counts them (Knight 1966).  So the rank of any
 * candidate slope is known exactly in n log n steps, and the slopes between
 * two candidates are the inversions between two such orders, of which a random
 * few are drawn in the same time to choose the next candidates (the randomized
 * selection of Dillencourt, Mount & Netanyahu 1992 and of Matousek 1991).
 * Once no more slopes are left than a few for each point, they are formed and
 * sorted.  The draw decides how long it takes, not what comes out: candidates
 * are slopes of the data, fractions of integers that are compared and counted
 * exactly.
 *
 * Memory: some 200 bytes a point while it runs, the value itself among them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/pg_prng.h"
#include "compat.h"
#include "fmgr.h"
#include "learning/confidence.h"
#include "learning/cost_series.h"
#include "learning/robust.h"
#include "miscadmin.h"
#include "result_row.h"
#include "stats/distributions.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(theil_sen_regression);
PG_FUNCTION_INFO_V1(theil_sen_learning_curve);
PG_FUNCTION_INFO_V1(theil_sen_series);

/* Candidates drawn in one round. */
#define SAMPLE_SIZE		20000

/* Slopes that are formed and sorted once so few are left. */
#define FEW_SLOPES(n)	Max(2 * (n), SAMPLE_SIZE)

/* A slope as it is: dy / dx, dx > 0; both below 2^63. */
typedef struct Slope
{
	int64		dy;
	int64		dx;
} Slope;

/* A slope with the number of slopes below it, and below or equal. */
typedef struct Probe
{
	Slope		slope;
	int64		below;
	int64		upto;
} Probe;

#define MAX_PROBES		64

typedef struct Selection
{
	int64		n;
	const Pair *v;				/* from (0, 0) up, by x, then y */
	int64		total;			/* slopes in all */
	int64		same_points;	/* pairs of equal x and y */
	pg_prng_state random;
	int			probes;
	Probe		probe[MAX_PROBES];
} Selection;

static inline int
compare_slopes(const Slope *a, const Slope *b)
{
	int128		l = (int128) a->dy * b->dx;
	int128		r = (int128) b->dy * a->dx;

	return l < r ? -1 : (l > r ? 1 : 0);
}

#define ST_SORT sort_slopes
#define ST_ELEMENT_TYPE Slope
#define ST_COMPARE(a, b) compare_slopes(a, b)
#define ST_SCOPE static
#define ST_DECLARE
#define ST_DEFINE
#define ST_CHECK_FOR_INTERRUPTS
#include "lib/sort_template.h"

#define ST_SORT sort_uint64
#define ST_ELEMENT_TYPE uint64
#define ST_COMPARE(a, b) (*(a) < *(b) ? -1 : (*(a) > *(b) ? 1 : 0))
#define ST_SCOPE static
#define ST_DECLARE
#define ST_DEFINE
#define ST_CHECK_FOR_INTERRUPTS
#include "lib/sort_template.h"

#define ST_SORT sort_doubles
#define ST_ELEMENT_TYPE double
#define ST_COMPARE(a, b) (*(a) < *(b) ? -1 : (*(a) > *(b) ? 1 : 0))
#define ST_SCOPE static
#define ST_DECLARE
#define ST_DEFINE
#define ST_CHECK_FOR_INTERRUPTS
#include "lib/sort_template.h"

/* Where a point stands in the order of y - s x. */
typedef struct Place
{
	int128		key;
	int64		i;
} Place;

#define ST_SORT sort_places
#define ST_ELEMENT_TYPE Place
#define ST_COMPARE(a, b) ((a)->key < (b)->key ? -1 : ((a)->key > (b)->key ? 1 : 0))
#define ST_SCOPE static
#define ST_DECLARE
#define ST_DEFINE
#define ST_CHECK_FOR_INTERRUPTS
#include "lib/sort_template.h"

/* palloc beyond 1 GB would be refused; none of these comes near it */
#define ALLOC(n, type)	((type *) palloc((Size) Max(n, 1) * sizeof(type)))

/* k (k - 1) / 2 */
static inline int64
pairs_of(int64 k)
{
	return k * (k - 1) / 2;
}

/* dx (y - s x): coordinates are below 2^63, so this is below 2^127 */
static inline int128
height(const Pair *p, const Slope *s)
{
	return (int128) p->y * s->dx - (int128) s->dy * p->x;
}

/*
 * How many slopes are below s, and how many below or equal: the inversions of
 * the heights in order of x, and their ties.  Points of equal x stand in the
 * order of y, which is that of their heights, so they are no inversions.
 */
static void
count_slopes(Selection *sel, Slope s, int64 *below, int64 *upto)
{
	int64		n = sel->n;
	int128	   *from = ALLOC(n, int128);
	int128	   *to = ALLOC(n, int128);
	int64		inversions = 0;
	int64		ties = 0;

	for (int64 i = 0; i < n; i++)
		from[i] = height(&sel->v[i], &s);
	for (int64 width = 1; width < n; width *= 2)
	{
		int128	   *swap;

		CHECK_FOR_INTERRUPTS();
		for (int64 start = 0; start < n; start += 2 * width)
		{
			int64		mid = Min(start + width, n);
			int64		end = Min(start + 2 * width, n);
			int64		l = start;
			int64		r = mid;
			int64		out = start;

			while (l < mid && r < end)
			{
				if (from[l] <= from[r])
					to[out++] = from[l++];
				else
				{
					inversions += mid - l;
					to[out++] = from[r++];
				}
			}
			while (l < mid)
				to[out++] = from[l++];
			while (r < end)
				to[out++] = from[r++];
		}
		swap = from;
		from = to;
		to = swap;
	}
	for (int64 i = 0, first = 0; i < n; i++)
	{
		if (from[i] != from[first])
			first = i;
		ties += i - first;
	}
	pfree(from);
	pfree(to);
	*below = inversions;
	*upto = inversions + ties - sel->same_points;
}

static Probe *
probe_slope(Selection *sel, Slope s)
{
	Probe	   *p;

	/* the oldest bounds are the widest: the first ones may go */
	if (sel->probes == MAX_PROBES)
	{
		memmove(sel->probe, sel->probe + MAX_PROBES / 2, MAX_PROBES / 2 * sizeof(Probe));
		sel->probes = MAX_PROBES / 2;
	}
	p = &sel->probe[sel->probes++];
	p->slope = s;
	count_slopes(sel, s, &p->below, &p->upto);
	return p;
}

/*
 * The place of each point in the order of its height at s, equal heights at
 * equal places.  NULL is a slope beyond all others: points are then in order
 * of x, descending for the end above and ascending for the one below.
 */
static uint32 *
ranks_at(Selection *sel, const Slope *s, bool above)
{
	int64		n = sel->n;
	uint32	   *rank = ALLOC(n, uint32);
	Place	   *place = ALLOC(n, Place);
	uint32		current = 0;

	for (int64 i = 0; i < n; i++)
	{
		if (s != NULL)
			place[i].key = height(&sel->v[i], s);
		else
			place[i].key = above ? -(int128) sel->v[i].x : (int128) sel->v[i].x;
		place[i].i = i;
	}
	sort_places(place, n);
	for (int64 i = 0; i < n; i++)
	{
		if (i > 0 && place[i].key != place[i - 1].key)
			current++;
		rank[place[i].i] = current;
	}
	pfree(place);
	return rank;
}

/*
 * Slopes strictly between two others (NULL: no bound), by their places in an
 * order of no meaning: those at the ascending "wanted", or all "count" of them
 * when that is NULL.
 *
 * They are the pairs whose order differs at the two bounds.  The points are
 * laid out in their order at the lower bound, ties as at the upper, and merge
 * sorted into that at the upper: each inversion is met once.
 */
static void
find_slopes(Selection *sel, const Slope *low, const Slope *high,
			const uint64 *wanted, int64 count, Slope *result)
{
	int64		n = sel->n;
	uint32	   *low_rank = ranks_at(sel, low, false);
	uint32	   *high_rank = ranks_at(sel, high, true);
	Place	   *layout = ALLOC(n, Place);
	uint64	   *from;
	uint64	   *to;
	uint64		met = 0;
	int64		found = 0;

	for (int64 i = 0; i < n; i++)
	{
		layout[i].key = (int128) low_rank[i] << 32 | high_rank[i];
		layout[i].i = i;
	}
	sort_places(layout, n);
	from = ALLOC(n, uint64);
	to = ALLOC(n, uint64);
	/* rank above, point below */
	for (int64 i = 0; i < n; i++)
		from[i] = (uint64) high_rank[layout[i].i] << 32 | (uint64) layout[i].i;
	pfree(layout);
	pfree(low_rank);
	pfree(high_rank);

	for (int64 width = 1; width < n; width *= 2)
	{
		uint64	   *swap;

		CHECK_FOR_INTERRUPTS();
		for (int64 start = 0; start < n; start += 2 * width)
		{
			int64		mid = Min(start + width, n);
			int64		end = Min(start + 2 * width, n);
			int64		l = start;
			int64		r = mid;
			int64		out = start;

			while (l < mid && r < end)
			{
				if (from[l] >> 32 <= from[r] >> 32)
					to[out++] = from[l++];
				else
				{
					/* inversions of point r with all of l to mid */
					uint64		next = met + (mid - l);

					while (found < count &&
						   (wanted ? wanted[found] : (uint64) found) < next)
					{
						uint64		k = (wanted ? wanted[found] : (uint64) found) - met;
						const Pair *a = &sel->v[(uint32) from[l + k]];
						const Pair *b = &sel->v[(uint32) from[r]];
						Slope	   *s = &result[found++];

						s->dx = a->x > b->x ? a->x - b->x : b->x - a->x;
						s->dy = a->x > b->x ? a->y - b->y : b->y - a->y;
					}
					met = next;
					to[out++] = from[r++];
				}
			}
			while (l < mid)
				to[out++] = from[l++];
			while (r < end)
				to[out++] = from[r++];
		}
		swap = from;
		from = to;
		to = swap;
	}
	if (found != count)
		elog(ERROR, "found " INT64_FORMAT " slopes of " INT64_FORMAT, found, count);
	pfree(from);
	pfree(to);
}

/*
 * The slope of rank k, from 1.
 */
static Slope
select_slope(Selection *sel, int64 k)
{
	for (;;)
	{
		const Probe *low = NULL;
		const Probe *high = NULL;
		Slope		low_slope = {0, 1};
		Slope		high_slope = {0, 1};
		int64		passed = 0;
		int64		left;
		Slope	   *slopes;

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < sel->probes; i++)
		{
			const Probe *p = &sel->probe[i];

			if (p->upto < k)
			{
				if (low == NULL || p->upto > low->upto)
					low = p;
			}
			else if (p->below >= k)
			{
				if (high == NULL || p->below < high->below)
					high = p;
			}
			else
				return p->slope;
		}
		left = high ? high->below : sel->total;
		if (low)
		{
			passed = low->upto;
			low_slope = low->slope;
			left -= passed;
		}
		if (high)
			high_slope = high->slope;

		if (left <= FEW_SLOPES(sel->n))
		{
			Slope		result;

			slopes = ALLOC(left, Slope);
			find_slopes(sel, low ? &low_slope : NULL, high ? &high_slope : NULL,
						NULL, left, slopes);
			sort_slopes(slopes, left);
			result = slopes[k - passed - 1];
			pfree(slopes);
			return result;
		}
		else
		{
			uint64	   *wanted = ALLOC(SAMPLE_SIZE, uint64);
			double		middle = (k - passed) / (double) left * SAMPLE_SIZE;
			double		reach = 1.5 * sqrt(SAMPLE_SIZE);

			for (int i = 0; i < SAMPLE_SIZE; i++)
				wanted[i] = pg_prng_uint64_range(&sel->random, 0, left - 1);
			sort_uint64(wanted, SAMPLE_SIZE);
			slopes = ALLOC(SAMPLE_SIZE, Slope);
			find_slopes(sel, low ? &low_slope : NULL, high ? &high_slope : NULL,
						wanted, SAMPLE_SIZE, slopes);
			sort_slopes(slopes, SAMPLE_SIZE);
			if (middle - reach >= 0)
				probe_slope(sel, slopes[(int) (middle - reach)]);
			if (middle + reach < SAMPLE_SIZE)
				probe_slope(sel, slopes[(int) (middle + reach)]);
			pfree(slopes);
			pfree(wanted);
		}
	}
}

/* a slope as a double, in the points' own units */
static double
slope_to_double(const Points *p, Slope s)
{
	Wide		dy = wide_from_int128(s.dy);
	Wide		dx = wide_from_int128(s.dx);
	double		d = ldexp(wide_ratio(&dy, &dx), p->y_exponent - p->x_exponent);

	if (isinf(d))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a slope is out of range of type double precision"),
				 errhint("Scale y or x, for example by writing them in another unit.")));
	return d;
}

/*
 * sum of t (t - 1) (2 t + 5), of t (t - 1) (t - 2) and of t (t - 1) / 2 over
 * groups of t equal values
 */
typedef struct Ties
{
	int128		variance;
	int128		triples;
	int64		pairs;
} Ties;

static void
add_group(Ties *ties, int64 t)
{
	ties->variance += (int128) t * (t - 1) * (2 * t + 5);
	ties->triples += (int128) t * (t - 1) * (t - 2);
	ties->pairs += pairs_of(t);
}

/*
 * The median of y - slope x, from the middle of the data, so that a far away
 * origin costs no digits.
 */
static double
median_residual(const Points *p, double slope)
{
	int64		n = p->n;
	Pair		origin = p->v[n / 2];
	double	   *r = ALLOC(n, double);
	double		median;

	for (int64 i = 0; i < n; i++)
		r[i] = ldexp((double) (p->v[i].y - origin.y), p->y_exponent) -
			slope * ldexp((double) (p->v[i].x - origin.x), p->x_exponent);
	sort_doubles(r, n);
	median = n % 2 ? r[n / 2] : r[n / 2 - 1] + (r[n / 2] - r[n / 2 - 1]) / 2;
	pfree(r);
	return median + ldexp((double) origin.y, p->y_exponent) -
		slope * ldexp((double) origin.x, p->x_exponent);
}

/*
 * theil_sen_fit: the line through points, with an interval of the given
 * confidence.  Units are those of the points: for logarithms the slope is an
 * exponent.  No line below two distinct x; an interval needs as many points as
 * make M at least 1 (six for 95 %), a test three.
 */
void
theil_sen_fit(const Points *p, double confidence, TheilSenFit *f)
{
	int64		n = p->n;
	Pair	   *v;
	uint64	   *ys;
	int64		y_min;
	Selection	sel;
	const Slope level = {0, 1};
	Ties		x_ties = {0};
	Ties		y_ties = {0};
	Probe	   *zero;
	int64		middle;
	double		all;
	double		m;

	memset(f, 0, sizeof(*f));
	f->n = n;
	if (p->note != NULL)
	{
		f->note = p->note;
		return;
	}
	if (n < 2 || p->v[0].x == p->v[n - 1].x)
	{
		f->note = n < 2 ? "fewer than two observations" : "x is the same in every observation";
		return;
	}

	memset(&sel, 0, sizeof(sel));
	v = ALLOC(n, Pair);
	ys = ALLOC(n, uint64);
	y_min = p->v[0].y;
	for (int64 i = 1; i < n; i++)
		y_min = Min(y_min, p->v[i].y);
	for (int64 i = 0; i < n; i++)
	{
		v[i].x = p->v[i].x - p->v[0].x;
		v[i].y = p->v[i].y - y_min;
		ys[i] = v[i].y;
	}
	sort_uint64(ys, n);
	for (int64 i = 0, x_first = 0, y_first = 0, first = 0; i < n; i++)
	{
		if (v[i].y != v[first].y || v[i].x != v[first].x)
			first = i;
		sel.same_points += i - first;
		if (i == n - 1 || v[i + 1].x != v[i].x)
		{
			add_group(&x_ties, i + 1 - x_first);
			x_first = i + 1;
		}
		if (i == n - 1 || ys[i + 1] != ys[i])
		{
			add_group(&y_ties, i + 1 - y_first);
			y_first = i + 1;
		}
	}
	pfree(ys);
	sel.n = n;
	sel.v = v;
	sel.total = pairs_of(n) - x_ties.pairs;
	pg_prng_seed(&sel.random, 1968);

	f->has_line = true;
	f->pairs = sel.total;

	/* S comes first: zero is a good first bound, too */
	zero = probe_slope(&sel, level);
	f->kendall_s = (double) (sel.total - zero->upto - zero->below);

	middle = (sel.total + 1) / 2;
	f->slope = slope_to_double(p, select_slope(&sel, middle));
	if (sel.total % 2 == 0)
	{
		double		next = slope_to_double(p, select_slope(&sel, middle + 1));

		f->slope += (next - f->slope) / 2;
	}
	f->intercept = median_residual(p, f->slope);

	all = (double) ((int128) n * (n - 1) * (2 * n + 5) - x_ties.variance) / 18;
	m = floor((sel.total + normal_quantile((1 - confidence) / 2) * sqrt(all)) / 2);
	if (m >= 1)
	{
		f->has_interval = true;
		f->slope_low = slope_to_double(p, select_slope(&sel, (int64) m));
		f->slope_high = slope_to_double(p, select_slope(&sel, sel.total - (int64) m + 1));
	}
	else
		f->note = "too few observations for an interval of this confidence";

	if (n >= 3 && y_ties.pairs < pairs_of(n))
	{
		double		variance;

		variance = (double) ((int128) n * (n - 1) * (2 * n + 5) -
							 x_ties.variance - y_ties.variance) / 18 +
			(double) x_ties.triples * (double) y_ties.triples /
			(9.0 * n * (n - 1.0) * (n - 2.0)) +
			2.0 * x_ties.pairs * y_ties.pairs / (n * (n - 1.0));
		f->has_test = true;
		f->kendall_tau_b = f->kendall_s /
			sqrt((double) (pairs_of(n) - x_ties.pairs) * (double) (pairs_of(n) - y_ties.pairs));
		f->z = f->kendall_s == 0 ? 0 :
			(f->kendall_s - (f->kendall_s > 0 ? 1 : -1)) / sqrt(variance);
		f->p_value = 2 * normal_cdf(-fabs(f->z));
	}
	if (p->rounded && f->note == NULL)
		f->note = "magnitudes spread widely: small values count to 2^-62 of the largest only";
	pfree(v);
}

/*
 * theil_sen_regression(paired_values, confidence): of y on x as they are.
 */
Datum
theil_sen_regression(PG_FUNCTION_ARGS)
{
	double		confidence = check_confidence(PG_GETARG_FLOAT8(1));
	Points		p;
	TheilSenFit f;
	RowBuilder	row;

	points_of_values(PG_GETARG_PAIRED_VALUES(0), &p);
	require_plain(&p, "theil_sen_learning_curve");
	theil_sen_fit(&p, confidence, &f);

	row_begin(&row, fcinfo);
	row_add_text(&row, "Theil-Sen, median of pairwise slopes");
	row_add(&row, true, Int64GetDatum(f.n));
	row_add(&row, f.has_line, Int64GetDatum(f.pairs));
	row_add_float8(&row, f.has_line, f.slope);
	row_add_float8(&row, f.has_interval, f.slope_low);
	row_add_float8(&row, f.has_interval, f.slope_high);
	row_add_float8(&row, f.has_line, f.intercept);
	row_add_float8(&row, f.has_line, f.kendall_s);
	row_add_float8(&row, f.has_test, f.kendall_tau_b);
	row_add_float8(&row, f.has_test, f.p_value);
	row_add_float8(&row, true, confidence);
	row_add_text(&row, f.note);
	return row_finish(&row);
}

static Datum
learning_curve_row(FunctionCallInfo fcinfo, const Points *p, double confidence)
{
	TheilSenFit f;
	RowBuilder	row;

	theil_sen_fit(p, confidence, &f);
	row_begin(&row, fcinfo);
	check_row_type(row.desc, "t l2 d11 t");
	row_add_text(&row, "Theil-Sen, median of pairwise slopes");
	row_add(&row, true, Int64GetDatum(f.n));
	row_add(&row, f.has_line, Int64GetDatum(f.pairs));
	row_add_float8(&row, f.has_line, learning_rate_of(f.slope));
	row_add_float8(&row, f.has_interval, learning_rate_of(f.slope_high));
	row_add_float8(&row, f.has_interval, learning_rate_of(f.slope_low));
	row_add_float8(&row, f.has_line, f.slope);
	row_add_float8(&row, f.has_interval, f.slope_low);
	row_add_float8(&row, f.has_interval, f.slope_high);
	row_add_float8(&row, f.has_line, f.intercept);
	row_add_float8(&row, f.has_line, f.kendall_s);
	row_add_float8(&row, f.has_test, f.kendall_tau_b);
	row_add_float8(&row, f.has_test, f.p_value);
	row_add_float8(&row, true, confidence);
	row_add_text(&row, f.note);
	return row_finish(&row);
}

/*
 * theil_sen_learning_curve(paired_values, confidence): of ln cost on ln
 * cumulative volume.
 */
Datum
theil_sen_learning_curve(PG_FUNCTION_ARGS)
{
	double		confidence = check_confidence(PG_GETARG_FLOAT8(1));
	Points		p;

	points_of_values(PG_GETARG_PAIRED_VALUES(0), &p);
	require_logarithms(&p, "theil_sen_regression");
	return learning_curve_row(fcinfo, &p, confidence);
}

/*
 * theil_sen_learning_curve(cost_series, confidence): the same of a series'
 * cumulative volumes and costs; NULL with a note when it has no volumes.
 */
Datum
theil_sen_series(PG_FUNCTION_ARGS)
{
	double		confidence = check_confidence(PG_GETARG_FLOAT8(1));
	SeriesView	s;
	Points		p;

	cost_series_view(PG_GETARG_DATUM(0), &s);
	points_of_series(&s, &p);
	return learning_curve_row(fcinfo, &p, confidence);
}
