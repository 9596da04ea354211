/*-------------------------------------------------------------------------
 *
 * regression_moments.h
 *		The flat value behind a regression: exact sums of products.
 *
 * regression.c makes such values, regression_fit.c reads a fit out of them;
 * what others may use is in regression.h.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_REGRESSION_MOMENTS_H
#define BATTERY_REGRESSION_MOMENTS_H

#include "learning/regression.h"
#include "stats/bigfloat.h"
#include "stats/exact_sum.h"
#include "wide.h"

#define REGRESSION_VERSION	1

#define REGRESSION_INTERCEPT	0x01
#define REGRESSION_WEIGHTED		0x02

/* y and every regressor */
#define REGRESSION_MAX_VARIABLES	(REGRESSION_MAX_REGRESSORS + 1)

/*
 * Variables are numbered from 0: y, regressor 1, regressor 2, ...  The sums
 * come in the order
 *
 *		weights: sum of w						(with weights)
 *		0, 1, ...: sum of w z_i					(with an intercept)
 *		00, 01, ..., 11, 12, ...: sum of w z_i z_j
 *
 * each in its own window of words, see exact_sum.h; w is 1 without weights.
 * The array of windows is followed, at the next multiple of eight, by the
 * words of all of them in turn.
 *
 * A value of no observations is all zeros, regressors and flags included, so
 * that it can be merged with any other.
 */
typedef struct Regression
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;
	uint8		flags;
	uint8		regressors;
	uint8		reserved;		/* 0 */
	int64		n;				/* observations; of positive weight */
	I128		ln_weights;		/* sum of ln w in units of 2^-53 */
	SumWindow	windows[FLEXIBLE_ARRAY_MEMBER];
} Regression;

static inline int
regression_sum_count(uint8 flags, int regressors)
{
	int			variables = regressors + 1;

	if (regressors == 0 && flags == 0)
		return 0;
	return ((flags & REGRESSION_WEIGHTED) ? 1 : 0) +
		((flags & REGRESSION_INTERCEPT) ? variables : 0) +
		variables * (variables + 1) / 2;
}

static inline int
regression_sums(const Regression *r)
{
	return regression_sum_count(r->flags, r->regressors);
}

static inline Size
regression_header_size(int sums)
{
	return TYPEALIGN(8, offsetof(Regression, windows) + sums * sizeof(SumWindow));
}

static inline uint64 *
regression_words(const Regression *r)
{
	return (uint64 *) ((char *) r + regression_header_size(regression_sums(r)));
}

/* The order of the matrix of sums: the constant, the regressors, and y. */
static inline int
regression_matrix_size(const Regression *r)
{
	return ((r->flags & REGRESSION_INTERCEPT) ? 1 : 0) + r->regressors + 1;
}

extern Regression *regression_detoast(Datum d);
extern void regression_matrix(const Regression *r, BigFloat *a);
extern Regression *regression_from_arrays(int n, int nx, const double *y,
										  const double *const *x,
										  const double *w, bool intercept);

/* transitions of regression(y, x), for those of other types */
extern PGDLLEXPORT Datum regression_accum_1(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum regression_accum_1_inv(PG_FUNCTION_ARGS);

#define PG_GETARG_REGRESSION(n) regression_detoast(PG_GETARG_DATUM(n))

#endif							/* BATTERY_REGRESSION_MOMENTS_H */
