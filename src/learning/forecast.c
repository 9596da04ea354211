/*-------------------------------------------------------------------------
 *
 * forecast.c
 *		First differences, the random walk with drift, and their forecasts.
 *
 * Costs are not scattered about a line: this year's cost is last year's and a
 * shock, so that errors of a fit to the levels are correlated over many years
 * and its bands promise too much.  Two models say so:
 *
 *		ln c(t) - ln c(t-1) = omega (ln Z(t) - ln Z(t-1)) + eta(t)
 *			Wright's law in first differences (Lafond et al. 2018,
 *			Technological Forecasting and Social Change 128:104);
 *		ln c(t) - ln c(t-1) = mu + eta(t)
 *			Moore's law as a geometric random walk with drift (Farmer and
 *			Lafond 2016, Research Policy 45:647, eqs 5 to 20).
 *
 * The second is the first with x = 1 for the change of ln Z, so both are
 * fitted and forecast by the same functions: with m differences,
 *
 *		slope = S(xy) / S(xx),  sigma^2 = S(y - slope x)^2 / (m - 1),
 *		se(slope) = sigma / sqrt(S(xx)).
 *
 * The forecast tau steps ahead starts from the last cost, not from a line:
 *
 *		ln c(T + tau) = ln c(T) + slope S
 *
 * with S the change of ln Z until then, or tau.  Its error is the shocks to
 * come and the error of the slope times S.  Shocks may be correlated as a
 * moving average, eta(t) = v(t) + rho v(t-1); see difference_variance().
 *
 * Steps must be of equal length, because a shock is of a step: a gap gives
 * NULL and a note that says where it is.
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
#include "learning/forecast.h"
#include "learning/ln_fixed.h"
#include "stats/distributions.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"

PG_FUNCTION_INFO_V1(first_difference);
PG_FUNCTION_INFO_V1(first_difference_forecast);
PG_FUNCTION_INFO_V1(random_walk);
PG_FUNCTION_INFO_V1(random_walk_forecast);
PG_FUNCTION_INFO_V1(probability_cheaper);

/*
 * Steps count as equal when they are within this part of the usual one.
 * Months (28 to 31 days) are; a year that was reported two months late is.
 */
#define STEP_TOLERANCE	0.2

#define DEFAULT_CONFIDENCE	0.95

/*
 * ----------------------------------------------------------------
 *	Differences and their fit
 * ----------------------------------------------------------------
 */

/* Twice the rounding of the largest of n logarithms. */
static double
rounding_of(const double *ln, int n)
{
	double		largest = 1;

	for (int i = 0; i < n; i++)
		largest = Max(largest, fabs(ln[i]));
	return 2 * DBL_EPSILON * largest;
}

/*
 * Why no differences can be taken of the series, as text for a note; NULL
 * when they can.
 */
char *
differences_problem(const SeriesView *v, bool with_volumes)
{
	double		rounding;

	if (v->n < 2)
		return pstrdup("differences need at least two periods");
	for (int i = 1; i < v->n; i++)
	{
		double		step = v->time[i] - v->time[i - 1];

		if (fabs(step - v->step) > STEP_TOLERANCE * v->step)
			return psprintf("differences need equal steps: from %s to %s is %.3g years where %.3g is usual; leave out what is before or after, or use a fit to the levels",
							cost_series_period(v, i - 1), cost_series_period(v, i),
							step, v->step);
	}
	if (!with_volumes)
		return NULL;
	if (v->ln_cumulative == NULL)
		return pstrdup("the series has no cumulative volumes: build it with cost_series(period, cumulative, cost)");
	rounding = rounding_of(v->ln_cumulative, v->n);
	for (int i = 1; i < v->n; i++)
		if (v->ln_cumulative[i] - v->ln_cumulative[i - 1] <= rounding)
			return psprintf("cumulative volume does not grow from %s to %s",
							cost_series_period(v, i - 1), cost_series_period(v, i));
	return NULL;
}

/* The length of a step in years: the mean, so that months are twelfths. */
double
years_per_step(const SeriesView *v)
{
	return (v->time[v->n - 1] - v->time[0]) / (v->n - 1);
}

/*
 * The differences of a series without a problem.  Without volumes x is 1.
 */
void
differences_take(const SeriesView *v, bool with_volumes, Differences *d)
{
	d->m = v->n - 1;
	d->x = palloc(d->m * sizeof(double));
	d->y = palloc(d->m * sizeof(double));
	d->x_rounding = with_volumes ? rounding_of(v->ln_cumulative, v->n) : 0;
	d->y_rounding = rounding_of(v->ln_cost, v->n);
	for (int j = 0; j < d->m; j++)
	{
		d->x[j] = with_volumes ? v->ln_cumulative[j + 1] - v->ln_cumulative[j] : 1;
		d->y[j] = v->ln_cost[j + 1] - v->ln_cost[j];
	}
}

/*
 * Fit the first m differences; m is at least 1, and every x above 0.
 *
 * Durbin-Watson and the autocorrelation are of the residuals as they are,
 * S(e(t) - e(t-1))^2 / S(e^2) and S(e(t) e(t-1)) / S(e^2): without intercept
 * their mean need not be 0, and it is not subtracted.
 */
void
difference_fit(const Differences *d, int m, DifferenceFit *f)
{
	const double *x = d->x;
	const double *y = d->y;
	double		sxy = 0;
	double		rss = 0;
	double		changes = 0;
	double		products = 0;
	double		previous = 0;
	double		rounding;

	memset(f, 0, sizeof(*f));
	f->m = m;
	f->last_x = x[m - 1];
	for (int j = 0; j < m; j++)
	{
		double		beside = (j > 0 ? x[j - 1] : 0) + (j < m - 1 ? x[j + 1] : 0);

		f->sxx += x[j] * x[j];
		sxy += x[j] * y[j];
		f->surroundings += beside * beside;
		if (j < m - 1)
			f->neighbours += x[j] * x[j + 1];
	}
	f->slope = sxy / f->sxx;
	f->neighbours /= f->sxx;
	f->surroundings /= f->sxx;
	if (m < 2)
		return;

	for (int j = 0; j < m; j++)
	{
		double		e = y[j] - f->slope * x[j];

		rss += e * e;
		if (j > 0)
		{
			changes += (e - previous) * (e - previous);
			products += e * previous;
		}
		previous = e;
	}

	/* points on the line but for the rounding of the logarithms */
	rounding = d->y_rounding + fabs(f->slope) * d->x_rounding;
	if (rss <= m * rounding * rounding)
		rss = 0;
	f->has_errors = true;
	f->rss = rss;
	f->sigma = sqrt(rss / (m - 1));
	f->slope_stderr = f->sigma / sqrt(f->sxx);
	if (rss == 0)
		return;
	f->has_residuals = true;
	f->durbin_watson = changes / rss;
	f->autocorrelation = products / rss;
}

/*
 * Variance of the error of the forecast of ln c, tau steps ahead, over which
 * the sum of x is s; in units of ln c squared.
 *
 * With eta(t) = v(t) + rho v(t-1) and H(j) = -s x(j) / S(xx) the error is
 *
 *		rho H(1) v(0) + sum over j < m of (H(j) + rho H(j+1)) v(j)
 *		+ (rho + H(m)) v(m) + (1 + rho) (tau - 1 shocks) + the last shock
 *
 * and Var v = sigma^2 / (1 + rho^2).  Its sum of squares is below.  With rho
 * = 0 it is sigma^2 (tau + s^2 / S(xx)); with x = 1 it is K^2 A* / (1 +
 * theta^2), A* = -2 theta + (1 + 2 (m-1) theta / m + theta^2) (tau + tau^2 /
 * m), of Farmer and Lafond.  tau is at least 1, and need not be whole.
 */
double
difference_variance(const DifferenceFit *f, double s, double tau,
					double moving_average)
{
	double		rho = moving_average;
	double		one_rho2 = 1 + rho * rho;
	double		h = s / f->sxx;
	double		past = h * s * (one_rho2 + 2 * rho * f->neighbours);
	double		present = rho * rho - 2 * rho * h * f->last_x;
	double		future = (tau - 1) * (1 + rho) * (1 + rho) + 1;

	return f->sigma * f->sigma * (past + present + future) / one_rho2;
}

/*
 * How far a two-sided band of this confidence reaches, in roots of
 * difference_variance().
 *
 * With uncorrelated shocks, error over standard error is a t of m - 1 degrees
 * of freedom, exactly.  With a moving average of autocorrelation r = rho / (1
 * + rho^2) the residuals tell less: with R the correlation matrix of the
 * shocks (r beside its diagonal) and M the projection on the residuals,
 * sigma^2 is on average tr(MR) / (m - 1) of the true variance, and spread
 * about as a chi square of tr(MR)^2 / tr(MRMR) degrees of freedom
 * (Satterthwaite).  The width takes both from that, because t with m - 1
 * would contain 92 to 94 percent where 95 are promised (rho 0.63, 5 to 20
 * differences).  Below, xRx and xRRx are x'Rx and x'RRx over S(xx).
 */
void
difference_band(const DifferenceFit *f, double moving_average,
				double confidence, ForecastBand *band)
{
	double		r = moving_average / (1 + moving_average * moving_average);
	double		xrx = 1 + 2 * r * f->neighbours;
	double		xrrx = 1 + 4 * r * f->neighbours + r * r * f->surroundings;
	double		trace = f->m - xrx;
	double		trace2 = f->m + 2 * (f->m - 1) * r * r - 2 * xrrx + xrx * xrx;

	band->df = f->m - 1;
	band->inflation = 1;
	if (r != 0)
	{
		band->df = trace * trace / trace2;
		band->inflation = sqrt((f->m - 1) / trace);
	}
	band->width = t_for_confidence(confidence, band->df) * band->inflation;
}

/* What is common to all forecasts: 22023 for what no model can be. */
void
check_forecast_parameters(double moving_average, double confidence)
{
	if (!(moving_average > -1 && moving_average < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("moving_average must lie between -1 and 1: %s",
						float8out_internal(moving_average)),
				 errhint("It is the coefficient of the previous shock: 0 for none, or a published value such as 0.19 for first differences or 0.63 for a random walk.")));
	check_confidence(confidence);
}

/*
 * ----------------------------------------------------------------
 *	The fits as rows
 * ----------------------------------------------------------------
 */

static double
t_of(double slope, double slope_stderr)
{
	if (slope_stderr != 0)
		return slope / slope_stderr;
	return slope < 0 ? -get_float8_infinity() : slope > 0 ? get_float8_infinity() : 0;
}

/*
 * The moving-average coefficient that gives the autocorrelation r = theta /
 * (1 + theta^2), from -1 to 1; there is none for r beyond 1/2 either way.
 */
static double
moving_average_of(double r)
{
	return r == 0 ? 0 : (1 - sqrt(1 - 4 * r * r)) / (2 * r);
}

/* The columns that both fits begin with. */
static void
add_identity(RowBuilder *row, const char *model, const char *equation,
			 const SeriesView *v, const DifferenceFit *f)
{
	row_add_text(row, model);
	row_add_text(row, equation);
	row_add(row, true, Int64GetDatum(v->n));
	row_add(row, true, Int32GetDatum(f->m));
	row_add_float8(row, v->n > 0, v->n > 0 ? v->time[0] : 0);
	row_add_float8(row, v->n > 0, v->n > 0 ? v->time[v->n - 1] : 0);
}

/* The columns that both fits end with. */
static void
add_diagnostics(RowBuilder *row, const DifferenceFit *f, double confidence,
				const char *note)
{
	bool		test = f->has_errors && (f->slope != 0 || f->sigma != 0);
	double		t = test ? t_of(f->slope, f->slope_stderr) : 0;

	row_add_float8(row, f->has_errors, f->rss);
	row_add_float8(row, f->has_errors, f->sigma);
	row_add_float8(row, f->has_errors, f->m - 1);
	row_add_float8(row, test, t);
	row_add_float8(row, test, test ? student_t_two_sided_p(t, f->m - 1) : 0);
	row_add_float8(row, f->has_residuals, f->durbin_watson);
	row_add_float8(row, f->has_residuals, f->autocorrelation);
	row_add_float8(row, f->has_residuals && fabs(f->autocorrelation) <= 0.5,
				   moving_average_of(f->autocorrelation));
	row_add_float8(row, true, confidence);
	row_add_text(row, note);
}

/*
 * Fit the series.  The result is a note: why that cannot be done, when f is
 * all zeros, or what the fit leaves to be said.
 *
 * The autocorrelation of m uncorrelated shocks has a standard deviation of
 * about 1 / sqrt(m), which makes 1.96 of them worth a remark.
 */
static const char *
fit_series(const SeriesView *v, bool with_volumes, double moving_average,
		   Differences *d, DifferenceFit *f)
{
	const char *problem = differences_problem(v, with_volumes);

	memset(f, 0, sizeof(*f));
	if (problem != NULL)
		return problem;
	differences_take(v, with_volumes, d);
	difference_fit(d, d->m, f);
	if (!f->has_errors)
		return "one difference says nothing about its error";
	if (!f->has_residuals)
		return "the differences lie on the line exactly: no error is left to measure";
	if (moving_average == 0 && f->autocorrelation * sqrt(f->m) > 1.96)
		return psprintf("shocks one step apart are correlated (%.2f): errors and bands without a moving average are too small",
						f->autocorrelation);
	return NULL;
}

/*
 * first_difference(cost_series, confidence): Wright's exponent from yearly
 * changes.  Dimensionless; the series' units do not matter.
 */
Datum
first_difference(PG_FUNCTION_ARGS)
{
	double		confidence = PG_GETARG_FLOAT8(1);
	SeriesView	v;
	Differences d;
	DifferenceFit f;
	RowBuilder	row;
	const char *note;
	double		low = 0;
	double		high = 0;

	check_forecast_parameters(0, confidence);
	cost_series_view(PG_GETARG_DATUM(0), &v);
	note = fit_series(&v, true, 0, &d, &f);
	if (f.has_errors)
	{
		double		t = t_for_confidence(confidence, f.m - 1);

		low = f.slope - t * f.slope_stderr;
		high = f.slope + t * f.slope_stderr;
	}

	row_begin(&row, fcinfo);
	check_row_type(row.desc, "t2 l i d18 t");
	add_identity(&row, "first differences", "d ln cost = b d ln cumulative", &v, &f);
	row_add_float8(&row, f.m > 0, f.slope);
	row_add_float8(&row, f.has_errors, f.slope_stderr);
	row_add_float8(&row, f.has_errors, low);
	row_add_float8(&row, f.has_errors, high);
	row_add_float8(&row, f.m > 0, learning_rate_of(f.slope));
	row_add_float8(&row, f.has_errors, learning_rate_of(high));
	row_add_float8(&row, f.has_errors, learning_rate_of(low));
	add_diagnostics(&row, &f, confidence, note);
	return row_finish(&row);
}

/* 1 - e^m: the fall of cost in a year at a drift of m a year */
static double
decline_of(double yearly_drift)
{
	return 0.0 - expm1(yearly_drift);
}

/*
 * random_walk(cost_series, confidence): drift of ln cost a step and the
 * spread K of its shocks; the decline and the halving time are per year.
 */
Datum
random_walk(PG_FUNCTION_ARGS)
{
	double		confidence = PG_GETARG_FLOAT8(1);
	SeriesView	v;
	Differences d;
	DifferenceFit f;
	RowBuilder	row;
	const char *note;
	double		low = 0;
	double		high = 0;
	double		years = 1;

	check_forecast_parameters(0, confidence);
	cost_series_view(PG_GETARG_DATUM(0), &v);
	note = fit_series(&v, false, 0, &d, &f);
	if (f.m > 0)
		years = years_per_step(&v);
	if (f.has_errors)
	{
		double		t = t_for_confidence(confidence, f.m - 1);

		low = f.slope - t * f.slope_stderr;
		high = f.slope + t * f.slope_stderr;
	}

	row_begin(&row, fcinfo);
	check_row_type(row.desc, "t2 l i d20 t");
	add_identity(&row, "random walk with drift", "d ln cost = m", &v, &f);
	row_add_float8(&row, f.m > 0, years);
	row_add_float8(&row, f.m > 0, f.slope);
	row_add_float8(&row, f.has_errors, f.slope_stderr);
	row_add_float8(&row, f.has_errors, low);
	row_add_float8(&row, f.has_errors, high);
	row_add_float8(&row, f.m > 0, decline_of(f.slope / years));
	row_add_float8(&row, f.has_errors, decline_of(high / years));
	row_add_float8(&row, f.has_errors, decline_of(low / years));
	row_add_float8(&row, f.slope < 0, f.slope < 0 ? M_LN2 / -f.slope * years : 0);
	add_diagnostics(&row, &f, confidence, note);
	return row_finish(&row);
}

/*
 * ----------------------------------------------------------------
 *	Forecasts
 * ----------------------------------------------------------------
 */

/* The columns that both forecasts end with. */
static void
add_forecast(RowBuilder *row, const DifferenceFit *f, const ForecastBand *band,
			 double ln_last, double s, int tau, double moving_average,
			 double confidence, const char *note)
{
	double		median = ln_last + f->slope * s;
	double		se = 0;

	if (f->has_errors)
		se = sqrt(difference_variance(f, s, tau, moving_average));
	row_add_cost(row, f->m > 0, median);
	row_add_cost(row, f->has_errors, median - band->width * se);
	row_add_cost(row, f->has_errors, median + band->width * se);
	row_add_float8(row, f->has_errors, se);
	row_add_float8(row, f->has_errors, band->df);
	row_add_float8(row, true, confidence);
	row_add_text(row, note);
}

/*
 * The future volumes, an array of double precision: ascending, the first above
 * the previous one.  origin, for a message, says what that is; NULL when there
 * is none.
 */
double *
get_future_volumes(ArrayType *array, double previous, const char *origin, int *count)
{
	double	   *volumes;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("future_cumulative must be a one-dimensional array"),
				 errhint("Write ARRAY[500, 1000, 2000], or array(SELECT cumulative FROM ... ORDER BY period).")));
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("future_cumulative must not contain NULL"),
				 errhint("Give one cumulative volume for each step.")));
	*count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	if (*count > MAX_STEPS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("too many steps to forecast: %d", *count),
				 errhint("Give at most %d future volumes.", MAX_STEPS)));
	volumes = (double *) ARR_DATA_PTR(array);
	for (int i = 0; i < *count; i++)
	{
		if (!(volumes[i] > previous && volumes[i] <= DBL_MAX))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("cumulative volume must grow from step to step: %s after %s",
							float8out_internal(volumes[i]), float8out_internal(previous)),
					 i == 0 && origin != NULL ? errdetail("%s", origin) : 0,
					 errhint("Give finite cumulative volumes, not annual ones, in ascending order, in the unit of those so far (of a series, see units()).")));
		previous = volumes[i];
	}
	return volumes;
}

/* The logarithm as the series has it: platform-free. */
double
ln_of(double volume)
{
	return ldexp((double) ln_fixed_float8(volume), -LN_FRACTION_BITS);
}

/* The probability that a normal variable is above zero; even where it is zero for certain. */
double
probability_above_zero(double mean, double se)
{
	if (se > 0)
		return normal_cdf(mean / se);
	return mean > 0 ? 1 : mean < 0 ? 0 : 0.5;
}

/*
 * first_difference_forecast(cost_series, future_cumulative, moving_average,
 * confidence): a row for each future volume, one step after the other.
 * Volumes and costs are in the units of the series.
 */
Datum
first_difference_forecast(PG_FUNCTION_ARGS)
{
	double		moving_average = PG_GETARG_FLOAT8(2);
	double		confidence = PG_GETARG_FLOAT8(3);
	SeriesView	v;
	Differences d;
	DifferenceFit f;
	ForecastBand band = {0};
	RowBuilder	row;
	const char *note;
	double	   *volumes;
	int			count;
	double		previous = 0;
	const char *origin = NULL;

	check_forecast_parameters(moving_average, confidence);
	cost_series_view(PG_GETARG_DATUM(0), &v);
	if (v.cumulative != NULL && v.n > 0)
	{
		previous = v.cumulative[v.n - 1];
		origin = psprintf("The series ends in %s at %s%s.",
						  cost_series_period(&v, v.n - 1), float8out_internal(previous),
						  v.units == CURVE_GWH_USD_PER_KWH ? " GWh" : "");
	}
	volumes = get_future_volumes(PG_GETARG_ARRAYTYPE_P(1), previous, origin, &count);
	note = fit_series(&v, true, moving_average, &d, &f);
	if (f.has_errors)
		difference_band(&f, moving_average, confidence, &band);

	result_set_begin(&row, fcinfo);
	for (int i = 0; i < count; i++)
	{
		int			tau = i + 1;
		bool		known = f.m > 0;

		row_add(&row, true, Int32GetDatum(tau));
		row_add_float8(&row, known, known ? v.time[v.n - 1] + tau * years_per_step(&v) : 0);
		row_add_float8(&row, true, volumes[i]);
		add_forecast(&row, &f, &band, known ? v.ln_cost[v.n - 1] : 0,
					 known ? ln_of(volumes[i]) - v.ln_cumulative[v.n - 1] : 0,
					 tau, moving_average, confidence, note);
		result_set_add(&row, fcinfo);
	}
	return (Datum) 0;
}

/*
 * random_walk_forecast(cost_series, steps, moving_average, confidence): a
 * row for each of the steps to come.
 */
Datum
random_walk_forecast(PG_FUNCTION_ARGS)
{
	int			steps = PG_GETARG_INT32(1);
	double		moving_average = PG_GETARG_FLOAT8(2);
	double		confidence = PG_GETARG_FLOAT8(3);
	SeriesView	v;
	Differences d;
	DifferenceFit f;
	ForecastBand band = {0};
	RowBuilder	row;
	const char *note;

	check_forecast_parameters(moving_average, confidence);
	if (steps < 1 || steps > MAX_STEPS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot forecast %d steps", steps),
				 errhint("Write a number from 1 to %d; a step is the usual distance between periods of the series.", MAX_STEPS)));
	cost_series_view(PG_GETARG_DATUM(0), &v);
	note = fit_series(&v, false, moving_average, &d, &f);
	if (f.has_errors)
		difference_band(&f, moving_average, confidence, &band);

	result_set_begin(&row, fcinfo);
	for (int tau = 1; tau <= steps; tau++)
	{
		bool		known = f.m > 0;

		row_add(&row, true, Int32GetDatum(tau));
		row_add_float8(&row, known, known ? v.time[v.n - 1] + tau * years_per_step(&v) : 0);
		add_forecast(&row, &f, &band, known ? v.ln_cost[v.n - 1] : 0, tau,
					 tau, moving_average, confidence, note);
		result_set_add(&row, fcinfo);
	}
	return (Datum) 0;
}

/*
 * ----------------------------------------------------------------
 *	Which of two will be cheaper
 * ----------------------------------------------------------------
 */

/* One of the two technologies, and what it is expected to cost. */
typedef struct Contender
{
	const char *name;			/* for notes */
	SeriesView	v;
	DifferenceFit f;
	double		tau;			/* steps until the period asked about */
	double		mean;			/* of ln cost then */
	double		variance;
} Contender;

/* Its random walk; the reason when there is none. */
static const char *
contender_fit(Contender *c)
{
	Differences d;
	const char *problem = differences_problem(&c->v, false);

	if (problem != NULL)
		return psprintf("%s: %s", c->name, problem);
	differences_take(&c->v, false, &d);
	difference_fit(&d, d.m, &c->f);
	if (!c->f.has_errors)
		return psprintf("%s: one difference says nothing about its error", c->name);
	return NULL;
}

/* Where that has come to at a period; the reason when it cannot be said. */
static const char *
contender_forecast(Contender *c, double period, double moving_average)
{
	int			last = c->v.n - 1;

	c->tau = (period - c->v.time[last]) / years_per_step(&c->v);
	if (c->tau < 1)
		return psprintf("%s: that is less than one step after its last period, %s",
						c->name, cost_series_period(&c->v, last));
	c->mean = c->v.ln_cost[last] + c->f.slope * c->tau;
	c->variance = difference_variance(&c->f, c->tau, c->tau, moving_average);
	return NULL;
}

/*
 * probability_cheaper(a, b, years, moving_average): the probability that a
 * costs less than b so many years after the later of their last periods, each
 * a random walk with drift of its own, independent of the other: Phi(mean /
 * stderr) of ln(cost of b / cost of a) (Farmer and Lafond 2016, eq. 20).
 * Where the paper has one horizon and one m, each series has its own here.
 */
Datum
probability_cheaper(PG_FUNCTION_ARGS)
{
	double		years = PG_GETARG_FLOAT8(2);
	double		moving_average = PG_GETARG_FLOAT8(3);
	Contender	a = {.name = "first series"};
	Contender	b = {.name = "second series"};
	RowBuilder	row;
	const char *note;
	bool		known;
	double		period = 0;
	double		mean = 0;
	double		se = 0;
	double		probability = 0;

	check_forecast_parameters(moving_average, DEFAULT_CONFIDENCE);
	if (!(years > 0 && years <= MAX_YEARS_AHEAD))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("years must be above zero and at most %d: %s",
						MAX_YEARS_AHEAD, float8out_internal(years)),
				 errhint("Write how many years after the last period of the two series, such as 5.")));
	cost_series_view(PG_GETARG_DATUM(0), &a.v);
	cost_series_view(PG_GETARG_DATUM(1), &b.v);
	known = a.v.n > 0 && b.v.n > 0;
	if (known)
	{
		if (a.v.units != b.v.units)
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("cannot compare the costs of series of different units"),
					 errdetail("One counts GWh and US$/kWh, the other has no units."),
					 errhint("Build both from cost_per_gwh, or both from double precision.")));
		period = Max(a.v.time[a.v.n - 1], b.v.time[b.v.n - 1]) + years;
	}

	note = contender_fit(&a);
	if (note == NULL)
		note = contender_fit(&b);
	if (note == NULL)
		note = contender_forecast(&a, period, moving_average);
	if (note == NULL)
		note = contender_forecast(&b, period, moving_average);
	if (note == NULL)
	{
		mean = b.mean - a.mean;
		se = sqrt(a.variance + b.variance);
		probability = probability_above_zero(mean, se);
	}

	row_begin(&row, fcinfo);
	row_add_float8(&row, note == NULL, probability);
	row_add_float8(&row, known, period);
	row_add_float8(&row, note == NULL, mean);
	row_add_float8(&row, note == NULL, se);
	row_add_float8(&row, note == NULL, a.tau);
	row_add_float8(&row, note == NULL, b.tau);
	row_add_text(&row, note);
	return row_finish(&row);
}
