/*-------------------------------------------------------------------------
 *
 * segmented.c
 *		A straight line with one break: the best of all, not a local best.
 *
 * The model is continuous:
 *
 *		y = a + b1 x				where x <= psi
 *		y = a + b1 psi + b2 (x - psi)	where x > psi
 *
 * Hudson (1966, J. Amer. Statist. Assoc. 61:1097) shows where the least sum
 * of squares can be.  Take a gap between neighbouring x, and the least-squares
 * lines of the points on either side of it.  Requiring that the two meet at
 * psi adds to their sum of squares R
 *
 *		delta(psi)^2 / v(psi)
 *
 * with delta the distance of the two lines at psi and v the variance of that
 * distance in units of sigma^2.  That is zero where they meet; in a gap in
 * which they do not, it is least at one of the gap's two ends, because the
 * quotient has no other minimum.  So each gap is decided by a formula, and all
 * gaps by sums that are carried along: n steps after sorting.
 *
 * Every sum is an exact integer (see Points), so neither order nor offset of
 * the data costs a digit; doubles come from quotients of exact integers.
 *
 * psi lies between the second and the last but one distinct x: each side then
 * has two, the one at the break counted.
 *
 * Errors.  Where the lines meet inside a gap they are two separate regressions
 * with one sigma^2 = RSS / (n - 4), and the error of psi follows from theirs
 * (delta method); Muggeo's linearised model (2003, Statist. Med. 22:3055)
 * has the same errors there.  Where they join at an observation, errors are
 * those of the line with that break given.  The interval for psi is where the
 * profile keeps RSS(psi) <= RSS (1 + t^2 / (n - 4)), t Student's quantile with
 * n - 4 degrees of freedom: exact for a break in a straight line with known
 * shape, approximate here.  An interval may reach the first or last possible
 * break; the note then says so.
 *
 * BIC = n ln(RSS / n) + p ln n with p = 4, the break counted, against p = 2 of
 * the straight line.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "compat.h"
#include "fmgr.h"
#include "learning/confidence.h"
#include "learning/ln_fixed.h"
#include "learning/cost_series.h"
#include "learning/robust.h"
#include "miscadmin.h"
#include "quantity/quantity.h"
#include "result_row.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(segmented_regression);
PG_FUNCTION_INFO_V1(segmented_learning_curve);
PG_FUNCTION_INFO_V1(segmented_series);

/*
 * Logarithms of volumes that are equal but for their last printed digits are
 * one x: as in a learning curve, where 8 units to either side are.
 */
#define LN_SAME_X		16

/* Sums over points, x and y counted from the least of each. */
typedef struct Sums
{
	int64		n;
	I128		x;
	I128		y;
	I192		xx;
	I192		xy;
	I192		yy;
} Sums;

/* The least-squares line of one side. */
typedef struct Side
{
	int64		n;
	int128		sum_x;
	int128		sum_y;
	double		xx;				/* sum of (x - mean x)^2 */
	double		yy;
	double		slope;
	double		rss;
} Side;

/* A way to break the line at one gap. */
typedef struct Break
{
	Side		before;
	Side		after;
	double		at;				/* psi */
	double		from_before;	/* psi less the mean x of that side */
	double		from_after;
	double		delta;			/* 0 when the two lines meet */
	double		v;
	double		rss;
	bool		at_observation;
} Break;

/* Everything about a gap that depends on psi. */
typedef struct Gap
{
	Side		before;
	Side		after;
	double		means_apart;	/* mean x before less mean x after, below 0 */
	double		heights_apart;	/* the same of y */
} Gap;

/* (a n2 - b n1) / (n1 n2): the difference of two means, below 2^112 */
static double
difference_of_means(int128 a, int64 n1, int128 b, int64 n2)
{
	return (double) (a * n2 - b * n1) / ((double) n1 * (double) n2);
}

static void
add_point(Sums *s, int64 x, int64 y)
{
	/* at most 10^7 points below 2^63: 2^87, and 2^150 for their squares */
	s->n++;
	i128_add(&s->x, x);
	i128_add(&s->y, y);
	i192_add(&s->xx, (int128) x * x);
	i192_add(&s->xy, (int128) x * y);
	i192_add(&s->yy, (int128) y * y);
}

static Sums
sums_less(const Sums *all, const Sums *part)
{
	Sums		s = *all;

	s.n -= part->n;
	words_sub(s.x.w, part->x.w, 2);
	words_sub(s.y.w, part->y.w, 2);
	words_sub(s.xx.w, part->xx.w, 3);
	words_sub(s.xy.w, part->xy.w, 3);
	words_sub(s.yy.w, part->yy.w, 3);
	return s;
}

/*
 * The line through the points of s, which have at least two distinct x.  A
 * residual sum that rounding alone can make counts as zero; see "noise".
 */
static void
fit_side(const Sums *s, double noise, Side *side)
{
	Wide		n = wide_from_int128(s->n);
	Wide		x = wide_from_words(s->x.w, 2);
	Wide		y = wide_from_words(s->y.w, 2);
	Wide		xx = wide_from_words(s->xx.w, 3);
	Wide		xy = wide_from_words(s->xy.w, 3);
	Wide		yy = wide_from_words(s->yy.w, 3);
	Wide		rest;
	double		cxx;

	xx = wide_cross(&n, &xx, &x, &x);
	xy = wide_cross(&n, &xy, &x, &y);
	yy = wide_cross(&n, &yy, &y, &y);
	rest = wide_cross(&xx, &yy, &xy, &xy);
	cxx = wide_to_double(&xx);

	side->n = s->n;
	side->sum_x = i128_get(&s->x);
	side->sum_y = i128_get(&s->y);
	side->xx = cxx / s->n;
	side->yy = wide_to_double(&yy) / s->n;
	side->slope = wide_to_double(&xy) / cxx;
	side->rss = wide_to_double(&rest) / cxx / s->n;
	if (side->rss < s->n * (1 + side->slope * side->slope) * noise)
		side->rss = 0;
}

/* the variance of the lines' distance over sigma^2 */
static double
distance_variance(const Gap *g, double from_before)
{
	double		from_after = from_before + g->means_apart;

	return 1.0 / g->before.n + from_before * from_before / g->before.xx +
		1.0 / g->after.n + from_after * from_after / g->after.xx;
}

static double
distance(const Gap *g, double from_before)
{
	return g->heights_apart + g->before.slope * from_before -
		g->after.slope * (from_before + g->means_apart);
}

static void
make_gap(const Sums *all, const Sums *before, double noise, Gap *g)
{
	Sums		after = sums_less(all, before);

	fit_side(before, noise, &g->before);
	fit_side(&after, noise, &g->after);
	g->means_apart = difference_of_means(g->before.sum_x, g->before.n,
										 g->after.sum_x, g->after.n);
	g->heights_apart = difference_of_means(g->before.sum_y, g->before.n,
										   g->after.sum_y, g->after.n);
}

/* an x, less the mean x of a side */
static double
from_mean(const Side *side, int64 x)
{
	return (double) ((int128) x * side->n - side->sum_x) / side->n;
}

/*
 * The best break in the gap from x = low to x = high.
 */
static Break
break_in_gap(const Gap *g, int64 low, int64 high)
{
	Break		b;
	double		to_low = from_mean(&g->before, low);
	double		to_high = from_mean(&g->before, high);
	double		bend = g->before.slope - g->after.slope;
	double		meet = (g->after.slope * g->means_apart - g->heights_apart) / bend;

	b.before = g->before;
	b.after = g->after;
	b.rss = g->before.rss + g->after.rss;
	if (bend != 0 && meet > to_low && meet < to_high)
	{
		b.at_observation = false;
		b.from_before = meet;
		b.at = low + (meet - to_low);
		b.delta = 0;
		b.v = distance_variance(g, meet);
	}
	else
	{
		double		low_delta = distance(g, to_low);
		double		low_v = distance_variance(g, to_low);
		double		high_delta = distance(g, to_high);
		double		high_v = distance_variance(g, to_high);
		bool		at_low = low_delta * low_delta / low_v <= high_delta * high_delta / high_v;

		b.at_observation = true;
		b.from_before = at_low ? to_low : to_high;
		b.at = at_low ? low : high;
		b.delta = at_low ? low_delta : high_delta;
		b.v = at_low ? low_v : high_v;
		b.rss += b.delta * b.delta / b.v;
	}
	b.from_after = b.from_before + g->means_apart;
	return b;
}

/*
 * Where in the gap from x = low to x = high the profile stays within a sum of
 * squares: widens *from and *to.  distance^2 <= h v is a quadratic inequality.
 */
static void
widen_interval(const Gap *g, int64 low, int64 high, double within,
			   double *from, double *to)
{
	double		h = within - (g->before.rss + g->after.rss);
	double		to_low = from_mean(&g->before, low);
	double		to_high = from_mean(&g->before, high);
	double		slope = g->before.slope - g->after.slope;
	double		constant = g->heights_apart - g->after.slope * g->means_apart;
	double		a,
				b,
				c,
				root,
				r1,
				r2;
	double		d_low = distance(g, to_low);
	double		d_high = distance(g, to_high);
	bool		low_in = d_low * d_low <= h * distance_variance(g, to_low);
	bool		high_in = d_high * d_high <= h * distance_variance(g, to_high);

	if (h < 0)
		return;
	if (low_in)
	{
		*from = Min(*from, (double) low);
		*to = Max(*to, (double) low);
	}
	if (high_in)
	{
		*from = Min(*from, (double) high);
		*to = Max(*to, (double) high);
	}
	if (low_in && high_in)
		return;

	/* a u^2 + 2 b u + c <= 0, u counted from the mean x of the points before */
	a = slope * slope - h * (1 / g->before.xx + 1 / g->after.xx);
	b = slope * constant - h * g->means_apart / g->after.xx;
	c = constant * constant - h * (1.0 / g->before.n + 1.0 / g->after.n +
								   g->means_apart * g->means_apart / g->after.xx);
	root = b * b - a * c;
	if (root < 0 || (a == 0 && b == 0))
		return;
	root = sqrt(root);
	r1 = -(b + (b >= 0 ? root : -root));
	r2 = r1 != 0 ? c / r1 : 0;
	r1 = a != 0 ? r1 / a : r2;
	for (int i = 0; i < 2; i++)
	{
		double		u = i == 0 ? r1 : r2;

		if (u > to_low && u < to_high)
		{
			*from = Min(*from, low + (u - to_low));
			*to = Max(*to, low + (u - to_low));
		}
	}
}

/* Does a new group of equal x begin at point i? */
static inline bool
begins_group(const Points *p, int64 i, int64 *first)
{
	int64		same = p->kind == PAIRS_PLAIN ? 0 : LN_SAME_X;

	if (p->v[i].x - p->v[*first].x <= same)
		return false;
	*first = i;
	return true;
}

/*
 * Variance, over sigma^2, of what one side's line says at x = 0, its mean x
 * being mean, and of its slope.  v is the variance of the two lines' distance
 * at the break, from_mean the break less the mean; joined says that they were
 * made to meet there, which takes away what either has in common with the
 * distance.
 */
static void
side_variances(const Side *side, double mean, double from_mean, double v, bool joined,
			   double *slope, double *intercept)
{
	double		slope_shares = from_mean / side->xx;
	double		intercept_shares = 1.0 / side->n - mean * slope_shares;

	*slope = 1 / side->xx;
	*intercept = 1.0 / side->n + mean * mean / side->xx;
	if (joined)
	{
		*slope = Max(*slope - slope_shares * slope_shares / v, 0);
		*intercept = Max(*intercept - intercept_shares * intercept_shares / v, 0);
	}
}

static const char *
join_notes(const char *a, const char *b)
{
	return a == NULL ? b : psprintf("%s; %s", a, b);
}

/*
 * segmented_fit: the line with one break through points; confidence is that
 * of the break's interval.  Units are those of the points.  No line below four
 * distinct x; no errors below five points.  It is one function, although a
 * long one, because the steps hand one another a dozen sums of both segments.
 */
void
segmented_fit(const Points *p, double confidence, SegmentedFit *f)
{
	int64		n = p->n;
	Sums		all = {0};
	Sums		before = {0};
	Side		straight;
	Break		best = {0};
	int64		groups = 1;
	int64		group;
	int64		first;
	int64		x_min,
				y_min;
	double		noise;
	double		height;
	double		slope_before,
				slope_after;
	double		lowest,
				highest;
	int64		first_break = 0;
	int64		last_break = 0;

	memset(f, 0, sizeof(*f));
	f->n = n;
	if (n == 0 || p->note != NULL)
	{
		f->note = p->note ? p->note : "no observations";
		return;
	}
	x_min = p->v[0].x;
	y_min = p->v[0].y;
	for (int64 i = 1; i < n; i++)
		y_min = Min(y_min, p->v[i].y);
	first = 0;
	for (int64 i = 0; i < n; i++)
	{
		if (begins_group(p, i, &first))
			groups++;
		add_point(&all, p->v[i].x - x_min, p->v[i].y - y_min);
	}
	if (groups < 4)
	{
		f->note = "fewer than four distinct x: a break needs two on either side";
		return;
	}

	/*
	 * What the rounding of inputs does to a squared distance: a unit or two
	 * for logarithms, the last bit of the largest double for plain values. x
	 * and y have units of their own.
	 */
	noise = p->kind == PAIRS_PLAIN ? ldexp(1.0, 18) : 4;
	fit_side(&all, noise, &straight);
	if (straight.rss == 0)
	{
		f->note = "the points lie on one straight line: there is no break";
		return;
	}

	/* the best break */
	best.rss = -1;
	group = 1;
	first = 0;
	for (int64 i = 0; i + 1 < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		add_point(&before, p->v[i].x - x_min, p->v[i].y - y_min);
		if (!begins_group(p, i + 1, &first))
			continue;
		/* the gap between groups "group" and group + 1 */
		if (group >= 2 && group + 2 <= groups)
		{
			Gap			g;
			Break		b;
			int64		low = p->v[i].x - x_min;
			int64		high = p->v[i + 1].x - x_min;

			if (group == 2)
				first_break = low;
			last_break = high;
			make_gap(&all, &before, noise, &g);
			b = break_in_gap(&g, low, high);
			if (best.rss < 0 || b.rss < best.rss)
				best = b;
		}
		group++;
	}

	/*
	 * Lines that were made to meet give way by delta, each in proportion to
	 * how uncertain it is there.
	 */
	{
		double		pull = best.delta / best.v;
		double		v_before = 1.0 / best.before.n + best.from_before * best.from_before / best.before.xx;

		slope_before = best.before.slope - pull * best.from_before / best.before.xx;
		slope_after = best.after.slope + pull * best.from_after / best.after.xx;
		height = (double) best.before.sum_y / best.before.n +
			best.before.slope * best.from_before - pull * v_before;
	}

	f->has_line = true;
	f->at_observation = best.at_observation;
	f->break_x = ldexp(best.at, p->x_exponent) + ldexp((double) x_min, p->x_exponent);
	f->slope_before = ldexp(slope_before, p->y_exponent - p->x_exponent);
	f->slope_after = ldexp(slope_after, p->y_exponent - p->x_exponent);
	height = ldexp(height, p->y_exponent) + ldexp((double) y_min, p->y_exponent);
	f->intercept_before = height - f->slope_before * f->break_x;
	f->intercept_after = height - f->slope_after * f->break_x;
	f->rss = ldexp(best.rss, 2 * p->y_exponent);
	f->rss_straight = ldexp(straight.rss, 2 * p->y_exponent);
	f->r_squared = 1 - best.rss / straight.yy;
	if (isinf(f->rss_straight) || (best.rss > 0 && f->rss == 0) ||
		isinf(f->slope_before) || isinf(f->slope_after))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a slope or a sum of squares is out of range of type double precision"),
				 errhint("Scale y or x, for example by writing them in another unit.")));
	for (int64 i = 0; i < n && p->v[i].x - x_min <= best.at; i++)
		f->n_before++;
	f->n_after = n - f->n_before;
	if (best.rss > 0)
	{
		/* ln of a quotient of like units: no exponent can over- or underflow */
		double		per_point = log((double) n);
		double		scale = 2 * p->y_exponent * M_LN2;

		f->has_bic = true;
		f->bic = n * (log(best.rss) + scale - per_point) + 4 * per_point;
		f->bic_straight = n * (log(straight.rss) + scale - per_point) + 2 * per_point;
	}
	else
		f->note = "the points lie on two straight lines: BIC is without bound";

	if (n > 4)
	{
		double		df = n - 4;
		double		sigma = sqrt(best.rss / df);
		double		slope_variance[2];
		double		intercept_variance[2];

		f->has_errors = true;
		f->degrees_of_freedom = df;
		f->t = t_for_confidence(confidence, df);
		f->residual_stderr = ldexp(sigma, p->y_exponent);
		side_variances(&best.before, best.at - best.from_before + (double) x_min,
					   best.from_before, best.v, best.at_observation,
					   &slope_variance[0], &intercept_variance[0]);
		side_variances(&best.after, best.at - best.from_after + (double) x_min,
					   best.from_after, best.v, best.at_observation,
					   &slope_variance[1], &intercept_variance[1]);
		f->slope_before_stderr = ldexp(sigma * sqrt(slope_variance[0]), p->y_exponent - p->x_exponent);
		f->slope_after_stderr = ldexp(sigma * sqrt(slope_variance[1]), p->y_exponent - p->x_exponent);
		f->intercept_before_stderr = ldexp(sigma * sqrt(intercept_variance[0]), p->y_exponent);
		f->intercept_after_stderr = ldexp(sigma * sqrt(intercept_variance[1]), p->y_exponent);
		if (best.at_observation)
		{
			f->break_stderr = NAN;
			f->note = join_notes(f->note, "the break is at an observation: errors are those with the break given");
		}
		else
			f->break_stderr = ldexp(sigma * sqrt(best.v) / fabs(slope_before - slope_after),
									p->x_exponent);

		/* the interval */
		lowest = highest = best.at;
		memset(&before, 0, sizeof(before));
		group = 1;
		first = 0;
		for (int64 i = 0; i + 1 < n; i++)
		{
			CHECK_FOR_INTERRUPTS();
			add_point(&before, p->v[i].x - x_min, p->v[i].y - y_min);
			if (!begins_group(p, i + 1, &first))
				continue;
			if (group >= 2 && group + 2 <= groups)
			{
				Gap			g;

				make_gap(&all, &before, noise, &g);
				widen_interval(&g, p->v[i].x - x_min, p->v[i + 1].x - x_min,
							   best.rss * (1 + f->t * f->t / df), &lowest, &highest);
			}
			group++;
		}
		f->break_low = ldexp(lowest, p->x_exponent) + ldexp((double) x_min, p->x_exponent);
		f->break_high = ldexp(highest, p->x_exponent) + ldexp((double) x_min, p->x_exponent);
		if (lowest <= first_break || highest >= last_break)
			f->note = join_notes(f->note, "the interval of the break reaches an end of the data: it may lie beyond");
	}
	else
		f->note = join_notes(f->note, "four observations: the fit has no errors");
	if (f->has_bic && f->bic >= f->bic_straight)
		f->note = join_notes(f->note, "BIC prefers the straight line: read no break into it");
	if (p->rounded)
		f->note = join_notes(f->note, "magnitudes spread widely: small values count to 2^-62 of the largest only");
}

/* A coefficient, its error and its bounds. */
static void
row_add_estimate(RowBuilder *row, const SegmentedFit *f, double value, double stderr_)
{
	row_add_float8(row, f->has_line, value);
	row_add_float8(row, f->has_errors, stderr_);
	row_add_float8(row, f->has_errors, value - f->t * stderr_);
	row_add_float8(row, f->has_errors, value + f->t * stderr_);
}

/* The columns that all these rows end with. */
static void
row_add_quality(RowBuilder *row, const SegmentedFit *f, double confidence)
{
	row_add_float8(row, f->has_line, f->r_squared);
	row_add_float8(row, f->has_line, f->rss);
	row_add_float8(row, f->has_line, f->rss_straight);
	row_add_float8(row, f->has_errors, f->residual_stderr);
	row_add_float8(row, f->has_errors, f->degrees_of_freedom);
	row_add_float8(row, f->has_bic, f->bic);
	row_add_float8(row, f->has_bic, f->bic_straight);
	row_add_float8(row, f->has_bic, f->bic_straight - f->bic);
	row_add_float8(row, true, confidence);
	row_add_text(row, f->note);
}

/*
 * segmented_regression(paired_values, confidence): of y on x as they are.
 */
Datum
segmented_regression(PG_FUNCTION_ARGS)
{
	double		confidence = check_confidence(PG_GETARG_FLOAT8(1));
	Points		p;
	SegmentedFit f;
	RowBuilder	row;

	points_of_values(PG_GETARG_PAIRED_VALUES(0), &p);
	require_plain(&p, "segmented_learning_curve");
	segmented_fit(&p, confidence, &f);

	row_begin(&row, fcinfo);
	row_add_text(&row, "segmented, one break, exact least squares");
	row_add(&row, true, Int64GetDatum(f.n));
	row_add_float8(&row, f.has_line, f.break_x);
	row_add_float8(&row, f.has_errors, f.break_low);
	row_add_float8(&row, f.has_errors, f.break_high);
	row_add_float8(&row, f.has_errors && !isnan(f.break_stderr), f.break_stderr);
	row_add(&row, f.has_line, Int64GetDatum(f.n_before));
	row_add(&row, f.has_line, Int64GetDatum(f.n_after));
	row_add_estimate(&row, &f, f.slope_before, f.slope_before_stderr);
	row_add_estimate(&row, &f, f.intercept_before, f.intercept_before_stderr);
	row_add_estimate(&row, &f, f.slope_after, f.slope_after_stderr);
	row_add_estimate(&row, &f, f.intercept_after, f.intercept_after_stderr);
	row_add_quality(&row, &f, confidence);
	return row_finish(&row);
}

/* A volume given by its logarithm; NULL beyond the range of a double. */
static void
row_add_volume(RowBuilder *row, bool known, double ln_volume)
{
	double		v = exp(ln_volume);

	row_add_float8(row, known && !isinf(v), v);
}

static Datum
learning_curve_row(FunctionCallInfo fcinfo, const Points *p, double confidence)
{
	SegmentedFit f;
	RowBuilder	row;
	double		before,
				after;

	segmented_fit(p, confidence, &f);
	before = f.t * f.slope_before_stderr;
	after = f.t * f.slope_after_stderr;

	row_begin(&row, fcinfo);
	check_row_type(row.desc, "t l d5 l2 d31 t");
	row_add_text(&row, "segmented, one break, exact least squares on levels");
	row_add(&row, true, Int64GetDatum(f.n));
	row_add_volume(&row, f.has_line, f.break_x);
	row_add_volume(&row, f.has_errors, f.break_low);
	row_add_volume(&row, f.has_errors, f.break_high);
	row_add_float8(&row, f.has_line, f.break_x);
	row_add_float8(&row, f.has_errors && !isnan(f.break_stderr), f.break_stderr);
	row_add(&row, f.has_line, Int64GetDatum(f.n_before));
	row_add(&row, f.has_line, Int64GetDatum(f.n_after));
	row_add_float8(&row, f.has_line, learning_rate_of(f.slope_before));
	row_add_float8(&row, f.has_errors, learning_rate_of(f.slope_before + before));
	row_add_float8(&row, f.has_errors, learning_rate_of(f.slope_before - before));
	row_add_estimate(&row, &f, f.slope_before, f.slope_before_stderr);
	row_add_estimate(&row, &f, f.intercept_before, f.intercept_before_stderr);
	row_add_float8(&row, f.has_line, learning_rate_of(f.slope_after));
	row_add_float8(&row, f.has_errors, learning_rate_of(f.slope_after + after));
	row_add_float8(&row, f.has_errors, learning_rate_of(f.slope_after - after));
	row_add_estimate(&row, &f, f.slope_after, f.slope_after_stderr);
	row_add_estimate(&row, &f, f.intercept_after, f.intercept_after_stderr);
	row_add_quality(&row, &f, confidence);
	return row_finish(&row);
}

/*
 * segmented_learning_curve(paired_values, confidence): of ln cost on ln
 * cumulative volume.
 */
Datum
segmented_learning_curve(PG_FUNCTION_ARGS)
{
	double		confidence = check_confidence(PG_GETARG_FLOAT8(1));
	Points		p;

	points_of_values(PG_GETARG_PAIRED_VALUES(0), &p);
	require_logarithms(&p, "segmented_regression");
	return learning_curve_row(fcinfo, &p, confidence);
}

/*
 * segmented_learning_curve(cost_series, confidence): the same of a series'
 * cumulative volumes and costs; NULL with a note when it has no volumes.
 */
Datum
segmented_series(PG_FUNCTION_ARGS)
{
	double		confidence = check_confidence(PG_GETARG_FLOAT8(1));
	SeriesView	s;
	Points		p;

	cost_series_view(PG_GETARG_DATUM(0), &s);
	points_of_series(&s, &p);
	return learning_curve_row(fcinfo, &p, confidence);
}
