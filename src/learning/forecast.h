/*-------------------------------------------------------------------------
 *
 * forecast.h
 *		Yearly changes of ln cost: their fit, and the spread of forecasts.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_FORECAST_H
#define BATTERY_FORECAST_H

#include <float.h>
#include <math.h>

#include "learning/cost_series.h"
#include "result_row.h"
#include "utils/array.h"

/* The most steps that one call forecasts. */
#define MAX_STEPS	10000

/* The furthest that two technologies are compared at; no square overflows by then. */
#define MAX_YEARS_AHEAD	10000

/*
 * The changes of a series from period to period: y of ln cost, x of ln
 * cumulative volume, or x = 1 in a random walk with drift, which is the same
 * model with time in place of volume.
 *
 * rounding says how large an x or y may be that is nothing but the rounding
 * of the logarithms it was subtracted from.
 */
typedef struct Differences
{
	int			m;				/* how many */
	double	   *x;
	double	   *y;
	double		x_rounding;
	double		y_rounding;
} Differences;

/*
 * y = slope x + eta, through the origin, eta of variance sigma^2.
 */
typedef struct DifferenceFit
{
	int			m;				/* differences fitted */
	double		slope;			/* omega, or the drift mu when x is 1 */
	double		sxx;			/* sum of squares of x */
	double		neighbours;		/* sum of x[j] x[j+1] over sxx */
	double		surroundings;	/* sum of (x[j-1] + x[j+1])^2 over sxx */
	double		last_x;			/* x[m-1] */

	bool		has_errors;		/* m is at least 2 */
	double		rss;			/* of y; 0 below rounding */
	double		sigma;			/* residual standard error, m - 1 degrees of
								 * freedom; 0 below rounding */
	double		slope_stderr;

	bool		has_residuals;	/* and sigma is above 0 */
	double		durbin_watson;
	double		autocorrelation;	/* of residuals one step apart, -1 to 1 */
} DifferenceFit;

/*
 * How far bands reach, in standard errors of the forecast: inflation times the
 * quantile of a Student t.  It does not depend on the horizon.
 */
typedef struct ForecastBand
{
	double		df;				/* of the Student t */
	double		inflation;		/* 1 with uncorrelated shocks */
	double		width;			/* inflation times the quantile */
} ForecastBand;

extern char *differences_problem(const SeriesView *v, bool with_volumes);
extern double years_per_step(const SeriesView *v);
extern void differences_take(const SeriesView *v, bool with_volumes, Differences *d);
extern void difference_fit(const Differences *d, int m, DifferenceFit *f);
extern double difference_variance(const DifferenceFit *f, double s, double tau,
								  double moving_average);
extern void difference_band(const DifferenceFit *f, double moving_average,
							double confidence, ForecastBand *band);
extern void check_forecast_parameters(double moving_average, double confidence);
extern double ln_of(double volume);
extern double probability_above_zero(double mean, double se);
extern double *get_future_volumes(ArrayType *array, double previous, const char *origin, int *count);

/* A cost from its logarithm; NULL where a double precision ends. */
static inline void
row_add_cost(RowBuilder *row, bool known, double ln_cost)
{
	double		cost = exp(ln_cost);

	row_add_float8(row, known && cost > 0 && cost <= DBL_MAX, cost);
}

/* Is one of the arguments NULL that may not be: all but the given ones? */
static inline bool
any_null_but(FunctionCallInfo fcinfo, int allowed1, int allowed2)
{
	for (int i = 0; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i) && i != allowed1 && i != allowed2)
			return true;
	return false;
}

#endif							/* BATTERY_FORECAST_H */
