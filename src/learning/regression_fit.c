/*-------------------------------------------------------------------------
 *
 * regression_fit.c
 *		Least squares with several regressors, read out of the exact sums.
 *
 * With X the design (a column of ones first when there is an intercept), W
 * the weights and Z = [X y], the sums are the matrix A = Z'WZ.  A = L D L',
 * with L unit lower triangular and D diagonal, in the order in which the
 * columns stand.  Row j of L's inverse says
 *
 *		column j - (its least-squares fit by the columns before it)
 *
 * and D_j is the sum of squares of that.  So the last row holds the negated
 * coefficients, the last D the residual sum of squares, and
 * (X'WX)^-1 = L'^-1 D^-1 L^-1 without that row.  No pivoting: A is positive
 * semidefinite, and the order says which regressor is redundant given those
 * before it.
 *
 * All of this is done in 512 bits (bigfloat.h) on sums that are exact, so a
 * result is the exact result for the doubles that came in, rounded once.
 *
 * Rounding is what the doubles themselves may be off by.  A relative error of
 * 2^-53 in each value changes column j's residual by at most the root of
 * 2^-106 sum_l g_l^2 A_ll, g being row j of L's inverse, up to a factor for
 * the number of roundings that made the values.  With 4 for that factor, D_j
 * counts as zero when it is at most
 *
 *		2^-104 sum_l g_l^2 A_ll.
 *
 * For a regressor that means that it is a linear combination of those before
 * it (of the intercept alone: constant), for y that the points lie on the
 * fitted plane.  The same rule holds for learning curves, see wright.c.  It
 * also bounds the condition number of the scaled design by k 2^52, so that
 * 512 bits are always enough.
 *
 * The formulas are textbook least squares (e.g. Draper & Smith, Applied
 * Regression Analysis); weights are precision weights as in R's lm(weights=).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "catalog/pg_type.h"
#include "compat.h"
#include "fmgr.h"
#include "learning/confidence.h"
#include "learning/ln_fixed.h"
#include "learning/regression_moments.h"
#include "miscadmin.h"
#include "result_row.h"
#include "stats/ball.h"
#include "stats/distributions.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"

PG_FUNCTION_INFO_V1(regression_observations);
PG_FUNCTION_INFO_V1(regression_regressors);
PG_FUNCTION_INFO_V1(regression_degrees_of_freedom);
PG_FUNCTION_INFO_V1(regression_r_squared);
PG_FUNCTION_INFO_V1(regression_adjusted_r_squared);
PG_FUNCTION_INFO_V1(regression_residual_stderr);
PG_FUNCTION_INFO_V1(regression_rss);
PG_FUNCTION_INFO_V1(regression_f_statistic);
PG_FUNCTION_INFO_V1(regression_log_likelihood);
PG_FUNCTION_INFO_V1(regression_aic);
PG_FUNCTION_INFO_V1(regression_bic);
PG_FUNCTION_INFO_V1(regression_condition_number);
PG_FUNCTION_INFO_V1(regression_intercept);
PG_FUNCTION_INFO_V1(regression_intercept_stderr);
PG_FUNCTION_INFO_V1(regression_coefficient);
PG_FUNCTION_INFO_V1(regression_coefficient_stderr);
PG_FUNCTION_INFO_V1(regression_t_statistic);
PG_FUNCTION_INFO_V1(regression_p_value);
PG_FUNCTION_INFO_V1(regression_vif);
PG_FUNCTION_INFO_V1(regression_fit);
PG_FUNCTION_INFO_V1(regression_coefficients);
PG_FUNCTION_INFO_V1(regression_predict);

/*
 * The decomposition: k columns of X, then y.
 */
typedef struct Decomposition
{
	int			k;				/* columns of X */
	int			size;			/* k + 1 */
	BigFloat   *a;				/* size * size */
	BigFloat   *g;				/* inverse of L, size * size */
	BigFloat   *inverse_d;		/* k */
	BigFloat   *inverse;		/* (X'WX)^-1, size * size, the last row and
								 * column unused */
	BigFloat	rss;			/* D of y, 0 below rounding */
	BigFloat	tss;			/* about the mean with an intercept, else
								 * about 0; 0 when y is constant */
	int			deficient;		/* 0, or 1 + the column that is redundant */
} Decomposition;

#define AT(m, i, j) ((m)[(i) * dc->size + (j)])

/*
 * Decompose.  Stops at the first redundant column; rss and tss are then unset.
 */
static void
decompose(const Regression *r, Decomposition *dc)
{
	int			size = regression_matrix_size(r);
	BigFloat   *rest;
	BigFloat   *l;

	memset(dc, 0, sizeof(*dc));
	dc->size = size;
	dc->k = size - 1;
	dc->a = palloc(size * size * sizeof(BigFloat));
	dc->g = palloc0(size * size * sizeof(BigFloat));
	dc->inverse_d = palloc(size * sizeof(BigFloat));
	regression_matrix(r, dc->a);

	rest = palloc(size * size * sizeof(BigFloat));
	memcpy(rest, dc->a, size * size * sizeof(BigFloat));
	l = palloc0(size * size * sizeof(BigFloat));

	for (int c = 0; c < size; c++)
	{
		BigFloat	noise = bf_zero();

		CHECK_FOR_INTERRUPTS();

		/* row c of the inverse of L */
		AT(dc->g, c, c) = bf_from_int64(1);
		for (int j = 0; j < c; j++)
		{
			for (int i = 0; i <= j; i++)
			{
				BigFloat	t = bf_mul(&AT(l, c, j), &AT(dc->g, j, i));

				AT(dc->g, c, i) = bf_sub(&AT(dc->g, c, i), &t);
			}
		}
		for (int i = 0; i <= c; i++)
		{
			BigFloat	t = bf_mul(&AT(dc->g, c, i), &AT(dc->g, c, i));

			t = bf_mul(&t, &AT(dc->a, i, i));
			noise = bf_add(&noise, &t);
		}
		noise = bf_scale(noise, -104);

		if (c == dc->k)
		{
			if (bf_compare(&AT(rest, c, c), &noise) > 0)
				dc->rss = AT(rest, c, c);
			break;
		}
		if (bf_compare(&AT(rest, c, c), &noise) <= 0)
		{
			dc->deficient = c + 1;
			break;
		}
		dc->inverse_d[c] = bf_reciprocal(&AT(rest, c, c));
		for (int i = c + 1; i < size; i++)
		{
			AT(l, i, c) = bf_mul(&AT(rest, i, c), &dc->inverse_d[c]);
			for (int j = c + 1; j <= i; j++)
			{
				BigFloat	t = bf_mul(&AT(l, i, c), &AT(rest, j, c));

				AT(rest, i, j) = bf_sub(&AT(rest, i, j), &t);
			}
		}
	}

	dc->tss = AT(dc->a, dc->k, dc->k);
	if (r->flags & REGRESSION_INTERCEPT)
	{
		BigFloat	t = bf_mul(&AT(dc->a, 0, dc->k), &AT(dc->a, 0, dc->k));

		t = bf_mul(&t, &dc->inverse_d[0]);
		dc->tss = bf_sub(&dc->tss, &t);
	}
	pfree(rest);
	pfree(l);
}

static void
release(Decomposition *dc)
{
	pfree(dc->a);
	pfree(dc->g);
	pfree(dc->inverse_d);
	if (dc->inverse != NULL)
		pfree(dc->inverse);
}

/*
 * (X'WX)^-1 = sum over rows of g_row' g_row / D_row.
 */
static void
invert(Decomposition *dc)
{
	dc->inverse = palloc(dc->size * dc->size * sizeof(BigFloat));
	for (int i = 0; i < dc->k; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j <= i; j++)
		{
			BigFloat	sum = bf_zero();

			for (int row = i; row < dc->k; row++)
			{
				BigFloat	t = bf_mul(&AT(dc->g, row, i), &AT(dc->g, row, j));

				t = bf_mul(&t, &dc->inverse_d[row]);
				sum = bf_add(&sum, &t);
			}
			AT(dc->inverse, i, j) = sum;
			AT(dc->inverse, j, i) = sum;
		}
	}
}

/*
 * The double that a result is.  One that a double cannot hold is an error and
 * not an Infinity or a zero that reads like a result.
 */
static double
in_range(double d, bool zero, const char *what)
{
	if (isinf(d) || (d == 0) != zero)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s of this regression is out of the range of double precision", what),
				 errhint("Scale y or the regressors: count them in larger or smaller units.")));
	return d;
}

static double
result(const BigFloat *a, const char *what)
{
	return in_range(bf_to_double(a), bf_is_zero(a), what);
}

static double
root_result(const BigFloat *a, const char *what)
{
	return in_range(bf_sqrt(a), a->sign <= 0, what);
}

/*
 * The largest eigenvalue of a symmetric matrix, which is destroyed: Jacobi's
 * rotations (Golub & Van Loan, Matrix Computations, 8.5).
 */
static double
largest_eigenvalue(double *m, int n)
{
	double		largest;

	for (int sweep = 0; sweep < 40; sweep++)
	{
		double		off = 0;
		double		all = 0;

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
			{
				all += m[i * n + j] * m[i * n + j];
				if (i != j)
					off += m[i * n + j] * m[i * n + j];
			}
		/* what is left changes an eigenvalue by at most the root of off */
		if (off <= all * (DBL_EPSILON * DBL_EPSILON / 64))
			break;
		for (int p = 0; p < n; p++)
		{
			for (int q = p + 1; q < n; q++)
			{
				double		theta;
				double		t;
				double		c;
				double		s;

				if (m[p * n + q] == 0)
					continue;
				theta = (m[q * n + q] - m[p * n + p]) / (2 * m[p * n + q]);
				t = 1 / (fabs(theta) + sqrt(theta * theta + 1));
				if (theta < 0)
					t = -t;
				c = 1 / sqrt(t * t + 1);
				s = t * c;
				for (int i = 0; i < n; i++)
				{
					double		ip = m[i * n + p];
					double		iq = m[i * n + q];

					m[i * n + p] = c * ip - s * iq;
					m[i * n + q] = s * ip + c * iq;
				}
				for (int i = 0; i < n; i++)
				{
					double		pi = m[p * n + i];
					double		qi = m[q * n + i];

					m[p * n + i] = c * pi - s * qi;
					m[q * n + i] = s * pi + c * qi;
				}
			}
		}
	}
	largest = m[0];
	for (int i = 1; i < n; i++)
		largest = Max(largest, m[i * n + i]);
	return largest;
}

/*
 * The scaled condition number of Belsley, Kuh and Welsch (Regression
 * Diagnostics, 1980): every column of X, the intercept's among them, scaled
 * to unit length, then the largest singular value over the smallest.
 *
 * The smallest eigenvalue of the scaled X'X is the inverse of the largest of
 * its inverse, and the inverse was computed in 512 bits: so both ends are
 * accurate to a few units in the last place of a double, whatever the
 * condition.
 */
static double
condition_number(const Decomposition *dc)
{
	int			k = dc->k;
	double	   *scaled = palloc(k * k * sizeof(double));
	double	   *inverse = palloc(k * k * sizeof(double));
	int		   *half = palloc(k * sizeof(int));
	double	   *length = palloc(k * sizeof(double));
	double		largest;
	double		of_inverse;

	/* column i has length[i] * 2^half[i] */
	for (int i = 0; i < k; i++)
	{
		BigFloat	square = AT(dc->a, i, i);

		half[i] = square.exp / 2;
		square = bf_scale(square, -2 * half[i]);
		length[i] = bf_sqrt(&square);
	}
	for (int i = 0; i < k; i++)
	{
		for (int j = 0; j <= i; j++)
		{
			BigFloat	b = bf_scale(AT(dc->a, i, j), -half[i] - half[j]);
			double		v = bf_to_double(&b) / (length[i] * length[j]);

			scaled[i * k + j] = scaled[j * k + i] = v;
			b = bf_scale(AT(dc->inverse, i, j), half[i] + half[j]);
			v = bf_to_double(&b) * (length[i] * length[j]);
			inverse[i * k + j] = inverse[j * k + i] = v;
		}
	}
	largest = largest_eigenvalue(scaled, k);
	of_inverse = largest_eigenvalue(inverse, k);
	pfree(scaled);
	pfree(inverse);
	pfree(half);
	pfree(length);
	return Max(sqrt(largest) * sqrt(of_inverse), 1);
}

/* Why there are no coefficients. */
static const char *
deficient_note(const Regression *r, int regressor, const BigFloat *a)
{
	bool		intercept = (r->flags & REGRESSION_INTERCEPT) != 0;
	int			size = regression_matrix_size(r);
	int			column = intercept ? regressor : regressor - 1;
	const BigFloat *square = &a[column * size + column];

	if (bf_is_zero(square))
		return psprintf("regressor %d is zero in every observation", regressor);
	if (intercept)
	{
		BigFloat	t = bf_mul(&a[column], &a[column]);
		BigFloat	noise = bf_scale(*square, -103);

		t = bf_div(&t, &a[0]);
		t = bf_sub(square, &t);
		if (bf_compare(&t, &noise) <= 0)
			return psprintf("regressor %d is constant, which the intercept already says",
							regressor);
	}
	return psprintf("regressor %d is a linear combination of the %sregressors before it",
					regressor, intercept ? "intercept and the " : "");
}

/* (TSS - RSS) / TSS; a constant y is fitted perfectly, as regr_r2 has it. */
static double
r_squared(const Decomposition *dc)
{
	BigFloat	explained;

	if (bf_is_zero(&dc->rss) || bf_is_zero(&dc->tss))
		return 1;
	explained = bf_sub(&dc->tss, &dc->rss);
	return bf_ratio(&explained, &dc->tss);
}

/* A fit of k coefficients in one chunk, so that pfree() is all it takes. */
static RegressionFit *
new_fit(int k)
{
	RegressionFit *f = palloc0(MAXALIGN(sizeof(RegressionFit)) +
							   (5 * k + k * k) * sizeof(double));

	f->k = k;
	f->coef = (double *) ((char *) f + MAXALIGN(sizeof(RegressionFit)));
	f->se = f->coef + k;
	f->t = f->se + k;
	f->p = f->t + k;
	f->vif = f->p + k;
	f->xtx_inverse = f->vif + k;
	return f;
}

/*
 * Fill in a fit whose counts are set, from a decomposition that is complete.
 * The condition number takes a third of the time, so it is left out where
 * nobody asks.
 */
static void
fill_fit(RegressionFit *f, const Regression *r, Decomposition *dc, bool with_condition)
{
	int			k = f->k;
	bool		intercept = f->intercept;
	int			nx = k - (intercept ? 1 : 0);
	BigFloat	df;
	BigFloat	s2;
	BigFloat	t;
	bool		constant;

	f->has_line = true;
	invert(dc);
	for (int i = 0; i < k; i++)
	{
		t = bf_neg(AT(dc->g, k, i));
		f->coef[i] = result(&t, "a coefficient");
		for (int j = 0; j < k; j++)
			f->xtx_inverse[i * k + j] = bf_to_double(&AT(dc->inverse, i, j));
		if (intercept && i == 0)
			f->vif[i] = get_float8_nan();
		else
		{
			BigFloat	ss = AT(dc->a, i, i);

			if (intercept)
			{
				BigFloat	mean = bf_mul(&AT(dc->a, 0, i), &AT(dc->a, 0, i));

				mean = bf_mul(&mean, &dc->inverse_d[0]);
				ss = bf_sub(&ss, &mean);
			}
			t = bf_mul(&AT(dc->inverse, i, i), &ss);
			f->vif[i] = bf_to_double(&t);
		}
	}
	f->rss = bf_to_double(&dc->rss);
	f->tss = bf_to_double(&dc->tss);
	constant = bf_is_zero(&dc->tss);
	f->r_squared = r_squared(dc);
	if (with_condition)
		f->condition_number = condition_number(dc);

	if (r->n == k)
	{
		f->note = "as many coefficients as observations: the fit passes through every one and has no errors";
		return;
	}

	f->has_errors = true;
	df = bf_from_int64(r->n - k);
	s2 = bf_div(&dc->rss, &df);
	f->sigma = root_result(&s2, "the residual error");
	f->adjusted_r_squared = f->r_squared;
	if (!bf_is_zero(&dc->rss) && !constant)
	{
		/* 1 - (RSS / df) / (TSS / df_total), over one denominator */
		BigFloat	df_total = bf_from_int64(r->n - (intercept ? 1 : 0));
		BigFloat	below = bf_mul(&df, &dc->tss);

		t = bf_mul(&df_total, &dc->rss);
		t = bf_sub(&below, &t);
		f->adjusted_r_squared = bf_ratio(&t, &below);
	}
	for (int i = 0; i < k; i++)
	{
		t = bf_mul(&AT(dc->inverse, i, i), &s2);
		f->se[i] = root_result(&t, "a standard error");
	}

	/*
	 * The likelihood of normal errors, as R's logLik() has it: constants
	 * included, sigma estimated by its maximum RSS/n and counted as a
	 * parameter.  A perfect fit has an infinite one.
	 */
	if (bf_is_zero(&dc->rss))
		f->log_likelihood = get_float8_infinity();
	else
	{
		double		n = (double) r->n;
		double		ln_w = ldexp((double) i128_get(&r->ln_weights), -LN_FRACTION_BITS);

		f->log_likelihood = 0.5 * (ln_w - n * (log(2 * M_PI) + 1 + (bf_ln(&dc->rss) - log(n))));
	}
	f->aic = -2 * f->log_likelihood + 2 * (k + 1);
	f->bic = -2 * f->log_likelihood + log((double) r->n) * (k + 1);

	if (constant)
	{
		f->note = intercept ? "y is constant: there is nothing to test" :
			"y is zero in every observation: there is nothing to test";
		return;
	}
	f->has_test = true;
	for (int i = 0; i < k; i++)
	{
		if (f->se[i] != 0)
			f->t[i] = f->coef[i] / f->se[i];
		else if (f->coef[i] != 0)
			f->t[i] = f->coef[i] > 0 ? get_float8_infinity() : -get_float8_infinity();
		f->p[i] = student_t_two_sided_p(f->t[i], f->df);
	}
	if (nx > 0)
	{
		f->f_statistic = get_float8_infinity();
		if (!bf_is_zero(&dc->rss))
		{
			BigFloat	m = bf_from_int64(nx);

			m = bf_mul(&m, &dc->rss);
			t = bf_sub(&dc->tss, &dc->rss);
			t = bf_mul(&df, &t);
			f->f_statistic = bf_ratio(&t, &m);
		}
		f->f_p_value = f_upper_tail(f->f_statistic, nx, f->df);
	}
	if (bf_is_zero(&dc->rss))
		f->note = "no residuals but the rounding of the inputs: errors are 0";
}

/*
 * Everything there is to say about a regression of nx regressors.  nx and
 * intercept are those of r unless r holds no observations.
 */
static RegressionFit *
fit_of(const Regression *r, int nx, bool intercept, bool with_condition)
{
	int			k = nx + (intercept ? 1 : 0);
	RegressionFit *f = new_fit(k);
	Decomposition dc;

	f->intercept = intercept;
	f->weighted = (r->flags & REGRESSION_WEIGHTED) != 0;
	f->n = r->n;
	f->df = (double) (r->n - k);

	if (r->n == 0)
	{
		f->note = "there are no observations";
		return f;
	}
	if (r->n < k)
	{
		f->note = psprintf(INT64_FORMAT " observation%s cannot determine %d coefficients",
						   r->n, r->n == 1 ? "" : "s", k);
		return f;
	}
	decompose(r, &dc);
	if (dc.deficient > 0)
	{
		f->deficient = dc.deficient - (intercept ? 1 : 0);
		f->note = deficient_note(r, f->deficient, dc.a);
	}
	else
		fill_fit(f, r, &dc, with_condition);
	release(&dc);
	return f;
}

static RegressionFit *
fit_of_value(const Regression *r, bool with_condition)
{
	return fit_of(r, r->regressors, (r->flags & REGRESSION_INTERCEPT) != 0,
				  with_condition);
}

/*
 * Fit arrays; see regression.h.
 */
RegressionFit *
regression_fit_arrays(int n, int nx, const double *y, const double *const *x,
					  const double *w, bool intercept)
{
	Regression *r = regression_from_arrays(n, nx, y, x, w, intercept);
	RegressionFit *f = fit_of(r, nx, intercept, true);

	f->weighted = w != NULL;
	pfree(r);
	return f;
}

/*
 * ----------------------------------------------------------------
 *	R squared
 *
 * Asked of many small groups, it is most of what the query does: so it is first
 * tried in 128 bits.
 * ----------------------------------------------------------------
 */

/* The largest matrix that is tried: six regressors with an intercept. */
#define QUICK_SIZE	8

/*
 * R squared where 128 bits are enough to say which double is nearest, and the
 * decomposition would find no column redundant; else false.
 *
 * With an intercept the matrix is centred, times the sum of weights.  Then one
 * column after the other is eliminated without a division: each step multiplies
 * what is left by its pivot, so that D_j is the pivot over scale.
 *
 * As to redundancy: with l columns before column j, and P the product of D_i / A_ii
 * over them, no square of g_i times A_ii is larger than A_jj / P (the determinant
 * of a scaled matrix is at most that of one without a column).  So the rule above
 * calls D_j zero only if D_j / A_jj is at most 2^-104 (1 + l / P), for which the
 * product of P and D_j / A_jj must be below 2^-98.
 */
static bool
quick_r_squared(const Regression *r, double *result)
{
	bool		intercept = (r->flags & REGRESSION_INTERCEPT) != 0;
	int			size = regression_matrix_size(r);
	int			y = size - 1;
	int			first = intercept ? 1 : 0;
	Ball		m[QUICK_SIZE][QUICK_SIZE];	/* i <= j */
	int			square_exp[QUICK_SIZE];
	Ball		one = ball_from_int64(1);
	Ball		weight = ball_from_int64(r->n);
	Ball		scale;
	Ball		tss;
	Ball		whole;
	Ball		part;
	int			product = 0;	/* log2 of P, at most */
	const SumWindow *win = r->windows;
	const uint64 *words = regression_words(r);

#define NEXT_SUM(result) \
	do { \
		(result) = ball_from_words(words, win->len, 64 * win->lo - EXACT_SUM_BIAS); \
		words += win->len; \
		win++; \
	} while (0)

	if (size > QUICK_SIZE)
		return false;
	if (r->flags & REGRESSION_WEIGHTED)
		NEXT_SUM(weight);
	if (intercept)
	{
		NEXT_SUM(m[0][y]);
		for (int i = 1; i < y; i++)
			NEXT_SUM(m[0][i]);
	}
	NEXT_SUM(m[y][y]);
	for (int i = first; i < y; i++)
		NEXT_SUM(m[i][y]);
	for (int i = first; i < y; i++)
		for (int j = i; j < y; j++)
			NEXT_SUM(m[i][j]);
#undef NEXT_SUM

	for (int i = first; i < size; i++)
		square_exp[i] = m[i][i].exp;
	if (intercept)
		for (int i = 1; i < size; i++)
			for (int j = i; j < size; j++)
			{
				Ball		sum = ball_mul(&weight, &m[i][j]);
				Ball		product_of_sums = ball_mul(&m[0][i], &m[0][j]);

				m[i][j] = ball_sub(&sum, &product_of_sums);
			}
	else
		weight = one;
	scale = weight;
	tss = m[y][y];

	for (int c = first;; c++)
	{
		if (!ball_is_positive(&m[c][c]))
			return false;
		/* each at most twice what its exponent says, or a quarter */
		product += (m[c][c].exp - 2) - (scale.exp + 1) - (square_exp[c] + 1);
		if (product < -98)
			return false;
		if (c == y)
			break;
		for (int i = c + 1; i < size; i++)
			for (int j = i; j < size; j++)
			{
				Ball		kept = ball_mul(&m[c][c], &m[i][j]);
				Ball		gone = ball_mul(&m[c][i], &m[c][j]);

				m[i][j] = ball_sub(&kept, &gone);
			}
		scale = ball_mul(&scale, &m[c][c]);
	}

	/* 1 - (m[y][y] / scale) / (tss / weight) */
	whole = ball_mul(&scale, &tss);
	part = ball_mul(&weight, &m[y][y]);
	part = ball_sub(&whole, &part);
	return ball_is_positive(&whole) && ball_is_positive(&part) &&
		ball_ratio(&part, &whole, result);
}

/* The share of y's variation that the fit explains, 0 to 1; NULL without a fit. */
Datum
regression_r_squared(PG_FUNCTION_ARGS)
{
	const Regression *r = PG_GETARG_REGRESSION(0);
	Decomposition dc;
	double		result;

	if (r->n == 0 || r->n < regression_matrix_size(r) - 1)
		PG_RETURN_NULL();
	if (quick_r_squared(r, &result))
		PG_RETURN_FLOAT8(result);
	decompose(r, &dc);
	if (dc.deficient > 0)
		PG_RETURN_NULL();
	result = r_squared(&dc);
	release(&dc);
	PG_RETURN_FLOAT8(result);
}

/*
 * ----------------------------------------------------------------
 *	One number at a time
 * ----------------------------------------------------------------
 */
Datum
regression_observations(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_REGRESSION(0)->n);
}

Datum
regression_regressors(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_REGRESSION(0)->regressors);
}

#define FIT_ACCESSOR(name, condition, expression) \
Datum \
regression_##name(PG_FUNCTION_ARGS) \
{ \
	RegressionFit *f = fit_of_value(PG_GETARG_REGRESSION(0), false); \
\
	if (!(condition)) \
		PG_RETURN_NULL(); \
	PG_RETURN_FLOAT8(expression); \
}

FIT_ACCESSOR(degrees_of_freedom, f->has_errors, f->df)
FIT_ACCESSOR(adjusted_r_squared, f->has_errors, f->adjusted_r_squared)
FIT_ACCESSOR(rss, f->has_line, f->rss)
FIT_ACCESSOR(residual_stderr, f->has_errors, f->sigma)
FIT_ACCESSOR(f_statistic, f->has_test, f->f_statistic)
FIT_ACCESSOR(log_likelihood, f->has_errors, f->log_likelihood)
FIT_ACCESSOR(aic, f->has_errors, f->aic)
FIT_ACCESSOR(bic, f->has_errors, f->bic)
FIT_ACCESSOR(intercept, f->has_line && f->intercept, f->coef[0])
FIT_ACCESSOR(intercept_stderr, f->has_errors && f->intercept, f->se[0])

Datum
regression_condition_number(PG_FUNCTION_ARGS)
{
	RegressionFit *f = fit_of_value(PG_GETARG_REGRESSION(0), true);

	if (!f->has_line)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(f->condition_number);
}

/*
 * Term i, 0 being the intercept, as an index into a fit's arrays.
 */
static int
term_index(const RegressionFit *f, int term)
{
	int			first = f->intercept ? 0 : 1;
	int			last = f->k - (f->intercept ? 1 : 0);

	if (term < first || term > last)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("this regression has no term %d", term),
				 f->intercept ?
				 errhint("0 is the intercept, 1 to %d are the regressors.", last) :
				 errhint("It goes through the origin; 1 to %d are the regressors.", last)));
	return term - first;
}

#define TERM_ACCESSOR(name, condition, expression) \
Datum \
regression_##name(PG_FUNCTION_ARGS) \
{ \
	RegressionFit *f = fit_of_value(PG_GETARG_REGRESSION(0), false); \
	int			i = term_index(f, PG_GETARG_INT32(1)); \
\
	if (!(condition)) \
		PG_RETURN_NULL(); \
	PG_RETURN_FLOAT8(expression); \
}

TERM_ACCESSOR(coefficient, f->has_line, f->coef[i])
TERM_ACCESSOR(coefficient_stderr, f->has_errors, f->se[i])
TERM_ACCESSOR(t_statistic, f->has_test, f->t[i])
TERM_ACCESSOR(p_value, f->has_test, f->p[i])
TERM_ACCESSOR(vif, f->has_line && !(f->intercept && i == 0), f->vif[i])

/*
 * ----------------------------------------------------------------
 *	Rows
 * ----------------------------------------------------------------
 */

static const char *
estimator_name(const RegressionFit *f)
{
	if (f->weighted)
		return f->intercept ? "weighted least squares" :
			"weighted least squares through the origin";
	return f->intercept ? "least squares" : "least squares through the origin";
}

/*
 * fit(regression): everything but the coefficients, in one row.
 */
Datum
regression_fit(PG_FUNCTION_ARGS)
{
	Regression *r = PG_GETARG_REGRESSION(0);
	RegressionFit *f = fit_of_value(r, true);
	RowBuilder	row;
	bool		has_f = f->has_test && r->regressors > 0;

	row_begin(&row, fcinfo);
	row_add_text(&row, estimator_name(f));
	row_add(&row, true, Int64GetDatum(f->n));
	row_add(&row, true, Int32GetDatum(r->regressors));
	row_add(&row, true, BoolGetDatum(f->intercept));
	row_add(&row, true, BoolGetDatum(f->weighted));
	row_add_float8(&row, f->has_line, f->r_squared);
	row_add_float8(&row, f->has_errors, f->adjusted_r_squared);
	row_add_float8(&row, f->has_line, f->rss);
	row_add_float8(&row, f->has_errors, f->sigma);
	row_add_float8(&row, f->has_errors, f->df);
	row_add_float8(&row, has_f, f->f_statistic);
	row_add_float8(&row, has_f, f->f_p_value);
	row_add_float8(&row, f->has_errors, f->log_likelihood);
	row_add_float8(&row, f->has_errors, f->aic);
	row_add_float8(&row, f->has_errors, f->bic);
	row_add_float8(&row, f->has_line, f->condition_number);
	row_add(&row, f->deficient > 0, Int32GetDatum(f->deficient));
	row_add_text(&row, f->note);
	return row_finish(&row);
}

/*
 * coefficients(regression, confidence): one row for each term.
 */
Datum
regression_coefficients(PG_FUNCTION_ARGS)
{
	RegressionFit *f = fit_of_value(PG_GETARG_REGRESSION(0), false);
	double		confidence = PG_GETARG_FLOAT8(1);
	RowBuilder	row;
	double		reach = 0;

	check_confidence(confidence);
	if (f->has_errors)
		reach = t_for_confidence(confidence, f->df);
	result_set_begin(&row, fcinfo);
	for (int i = 0; i < f->k; i++)
	{
		int			term = f->intercept ? i : i + 1;
		const char *note = f->note;

		if (term > 0 && term == f->deficient)
			note = "this regressor is redundant: leave it out, or one of those before it";

		/* an error of 0 is the end of the interval, however far t reaches */
		row_add(&row, true, Int32GetDatum(term));
		row_add_float8(&row, f->has_line, f->coef[i]);
		row_add_float8(&row, f->has_errors, f->se[i]);
		row_add_float8(&row, f->has_test, f->t[i]);
		row_add_float8(&row, f->has_test, f->p[i]);
		row_add_float8(&row, f->has_errors, f->se[i] == 0 ? f->coef[i] : f->coef[i] - reach * f->se[i]);
		row_add_float8(&row, f->has_errors, f->se[i] == 0 ? f->coef[i] : f->coef[i] + reach * f->se[i]);
		row_add_float8(&row, f->has_line && term > 0, f->vif[i]);
		row_add_float8(&row, true, confidence);
		row_add_text(&row, note);
		result_set_add(&row, fcinfo);
	}
	return (Datum) 0;
}

/*
 * predict(regression, x, confidence): the fitted y at x, with the band of the
 * fitted plane and the band of one further observation, of weight 1.
 *
 * The variance of the fitted y is s^2 h with the leverage
 *
 *		h = x'(X'WX)^-1 x = sum over rows of (g_row x)^2 / D_row,
 *
 * which adds up what the matrix itself, rounded to doubles, would cancel.
 */
Datum
regression_predict(PG_FUNCTION_ARGS)
{
	Regression *r = PG_GETARG_REGRESSION(0);
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(1);
	double		confidence = PG_GETARG_FLOAT8(2);
	bool		intercept = (r->flags & REGRESSION_INTERCEPT) != 0;
	RegressionFit *f = fit_of_value(r, false);
	Decomposition decomposition;
	Decomposition *dc = &decomposition;
	const double *values;
	BigFloat   *x;
	BigFloat	t;
	BigFloat	predicted = bf_zero();
	BigFloat	leverage = bf_zero();
	double		y = 0;
	double		h = 0;
	double		mean_stderr = 0;
	double		prediction_stderr = 0;
	double		reach = 0;
	RowBuilder	row;

	check_confidence(confidence);
	if (ARR_NDIM(array) != 1 || ARR_DIMS(array)[0] != r->regressors)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("this regression has %d regressors, not %d", r->regressors,
						ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array))),
				 errhint("Give one value for each, in the order of the regression: predict(m, ARRAY[x1, x2]).")));
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("a prediction needs a value for every regressor, not NULL"),
				 errhint("Leave such rows out: WHERE x1 IS NOT NULL AND ...")));
	values = (const double *) ARR_DATA_PTR(array);
	for (int j = 0; j < r->regressors; j++)
		if (isnan(values[j]) || isinf(values[j]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("cannot predict at %s", float8out_internal(values[j])),
					 errhint("Give a finite value for every regressor.")));

	if (f->has_line)
	{
		decompose(r, dc);
		x = palloc(dc->k * sizeof(BigFloat));
		for (int i = 0; i < dc->k; i++)
			x[i] = intercept && i == 0 ? bf_from_int64(1) :
				bf_from_double(values[intercept ? i - 1 : i]);
		for (int i = 0; i < dc->k; i++)
		{
			BigFloat	gx = bf_zero();

			t = bf_mul(&x[i], &AT(dc->g, dc->k, i));
			predicted = bf_sub(&predicted, &t);
			for (int j = 0; j <= i; j++)
			{
				t = bf_mul(&AT(dc->g, i, j), &x[j]);
				gx = bf_add(&gx, &t);
			}
			gx = bf_mul(&gx, &gx);
			gx = bf_mul(&gx, &dc->inverse_d[i]);
			leverage = bf_add(&leverage, &gx);
		}
		y = result(&predicted, "a prediction");
		h = result(&leverage, "the leverage of a prediction");
		if (f->has_errors)
		{
			BigFloat	one = bf_from_int64(1);
			BigFloat	df = bf_from_int64(r->n - dc->k);
			BigFloat	s2 = bf_div(&dc->rss, &df);

			t = bf_mul(&s2, &leverage);
			mean_stderr = root_result(&t, "the error of a prediction");
			t = bf_add(&one, &leverage);
			t = bf_mul(&s2, &t);
			prediction_stderr = root_result(&t, "the error of a prediction");
			reach = t_for_confidence(confidence, f->df);
		}
	}

	row_begin(&row, fcinfo);
	row_add_float8(&row, f->has_line, y);
	row_add_float8(&row, f->has_errors, mean_stderr);
	row_add_float8(&row, f->has_errors, mean_stderr == 0 ? y : y - reach * mean_stderr);
	row_add_float8(&row, f->has_errors, mean_stderr == 0 ? y : y + reach * mean_stderr);
	row_add_float8(&row, f->has_errors, prediction_stderr == 0 ? y : y - reach * prediction_stderr);
	row_add_float8(&row, f->has_errors, prediction_stderr == 0 ? y : y + reach * prediction_stderr);
	row_add_float8(&row, f->has_line, h);
	row_add_float8(&row, true, confidence);
	row_add_text(&row, f->note);
	return row_finish(&row);
}
