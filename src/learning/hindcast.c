/*-------------------------------------------------------------------------
 *
 * hindcast.c
 *		What the forecasts would have said in the past, against what came.
 *
 * From every period that has enough history, the method is fitted to the
 * periods up to it and nothing later, and forecasts every later period; where
 * the method needs future volumes it is given the true ones, so that what is
 * judged is the cost model and not somebody's market outlook.  The error, ln
 * actual - ln forecast, is divided by the standard error that the forecast
 * stated at the time.  If the method is honest these normalised errors have
 * the spread of a Student t, and the band contains the share of the actual
 * costs that it promised (Nagy et al. 2013, PLoS ONE 8:e52669; Farmer and
 * Lafond 2016, Research Policy 45:647).
 *
 * Besides the two methods of forecast.c, the fits to the levels are here, for
 * contrast: their prediction bands, s sqrt(1 + 1/n + d^2 / Sxx) and t(n - 2),
 * take the errors for independent, which yearly costs' errors are not.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "compat.h"
#include "excerpt.h"
#include "fmgr.h"
#include "learning/confidence.h"
#include "learning/forecast.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"

PG_FUNCTION_INFO_V1(hindcast);
PG_FUNCTION_INFO_V1(hindcast_summary);

/* Work grows with the square of the length. */
#define MAX_HINDCAST_PERIODS	10000

/*
 * Below this many forecasts that do not overlap, the share of hits says
 * nothing about a band.
 */
#define MIN_INDEPENDENT	5

/* A verdict needs to be this improbable if the band were honest. */
#define VERDICT_TAIL	0.025

typedef enum HindcastMethod
{
	HINDCAST_FIRST_DIFFERENCE,
	HINDCAST_RANDOM_WALK,
	HINDCAST_WRIGHT,
	HINDCAST_MOORE,
	HINDCAST_METHODS
} HindcastMethod;

static const char *const method_names[HINDCAST_METHODS] = {
	[HINDCAST_FIRST_DIFFERENCE] = "first_difference",
	[HINDCAST_RANDOM_WALK] = "random_walk",
	[HINDCAST_WRIGHT] = "wright",
	[HINDCAST_MOORE] = "moore"
};

/* A least-squares line through the levels of the first n periods. */
typedef struct LevelsFit
{
	int			n;
	double		mean_x;
	double		mean_y;
	double		sxx;			/* about the mean */
	double		slope;
	double		sigma;			/* n - 2 degrees of freedom */
} LevelsFit;

/* What a hindcast was asked for, and what it works on. */
typedef struct Hindcast
{
	SeriesView	v;
	HindcastMethod method;
	double		moving_average;
	double		confidence;
	int			minimum_history;	/* differences */
	int			maximum_horizon;	/* steps */
	const char *problem;		/* why there is none, or NULL */

	bool		differences;	/* the method works on differences */
	bool		with_volumes;
	Differences d;
	DifferenceFit difference;
	LevelsFit	levels;
	ForecastBand band;
	double		rounding;		/* an error below this is none */
} Hindcast;

/* One forecast of the past. */
typedef struct PastForecast
{
	double		ln_forecast;
	double		ln_stderr;
	double		reach;
	double		ln_error;		/* ln actual - ln forecast */
	bool		inside;
} PastForecast;

static HindcastMethod
get_method(const text *name)
{
	char	   *s = text_to_cstring(name);

	for (int i = 0; i < HINDCAST_METHODS; i++)
		if (strcmp(s, method_names[i]) == 0)
			return (HindcastMethod) i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown method of forecast: \"%s\"", text_excerpt(s, 80)),
			 errhint("Write first_difference, random_walk, wright or moore.")));
	return HINDCAST_METHODS;	/* not reached */
}

/*
 * Read the arguments (series, method, moving_average, confidence,
 * minimum_history, maximum_horizon) and prepare.  All but the last are known
 * not to be NULL; a NULL there is no limit.
 */
static void
hindcast_begin(Hindcast *h, FunctionCallInfo fcinfo)
{
	memset(h, 0, sizeof(*h));
	h->method = get_method(PG_GETARG_TEXT_PP(1));
	h->moving_average = PG_GETARG_FLOAT8(2);
	h->confidence = PG_GETARG_FLOAT8(3);
	h->minimum_history = PG_GETARG_INT32(4);
	h->maximum_horizon = PG_ARGISNULL(5) ? MAX_HINDCAST_PERIODS : PG_GETARG_INT32(5);
	h->differences = h->method == HINDCAST_FIRST_DIFFERENCE || h->method == HINDCAST_RANDOM_WALK;
	h->with_volumes = h->method == HINDCAST_FIRST_DIFFERENCE || h->method == HINDCAST_WRIGHT;

	check_forecast_parameters(h->moving_average, h->confidence);
	if (!h->differences && h->moving_average != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("method %s has no moving average: %s", method_names[h->method],
						float8out_internal(h->moving_average)),
				 errhint("Leave moving_average at 0, or choose first_difference or random_walk.")));
	if (h->minimum_history < 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("minimum_history must be at least 2 differences: %d", h->minimum_history),
				 errhint("Fewer say nothing about an error; 5 is a usual choice.")));
	if (h->maximum_horizon < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("maximum_horizon must be at least 1 step: %d", h->maximum_horizon),
				 errhint("Write a number of steps, or NULL for no limit.")));
	/* more is no limit, and would overflow when an origin is added to it */
	h->maximum_horizon = Min(h->maximum_horizon, MAX_HINDCAST_PERIODS);

	cost_series_view(PG_GETARG_DATUM(0), &h->v);
	if (h->v.n > MAX_HINDCAST_PERIODS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a hindcast takes at most %d periods: this series has %d",
						MAX_HINDCAST_PERIODS, h->v.n),
				 errhint("Every earlier period is a forecast's origin; aggregate to years or months first.")));
	h->problem = differences_problem(&h->v, h->with_volumes);
	if (h->problem == NULL && h->v.n - 1 <= h->minimum_history)
		h->problem = psprintf("the series has %d differences: no period has %d before it and one to forecast",
							  h->v.n - 1, h->minimum_history);
	if (h->problem == NULL)
	{
		differences_take(&h->v, h->with_volumes, &h->d);
		h->rounding = 2 * h->d.y_rounding;
	}
}

/* What the levels are fitted on: ln Z, or years. */
static double
level_x(const Hindcast *h, int i)
{
	return h->with_volumes ? h->v.ln_cumulative[i] : h->v.time[i];
}

static void
levels_fit(const Hindcast *h, int n, LevelsFit *f)
{
	double		sxy = 0;
	double		rss = 0;

	memset(f, 0, sizeof(*f));
	f->n = n;
	for (int i = 0; i < n; i++)
	{
		f->mean_x += level_x(h, i);
		f->mean_y += h->v.ln_cost[i];
	}
	f->mean_x /= n;
	f->mean_y /= n;
	for (int i = 0; i < n; i++)
	{
		double		dx = level_x(h, i) - f->mean_x;

		f->sxx += dx * dx;
		sxy += dx * (h->v.ln_cost[i] - f->mean_y);
	}
	f->slope = sxy / f->sxx;
	for (int i = 0; i < n; i++)
	{
		double		e = h->v.ln_cost[i] - f->mean_y - f->slope * (level_x(h, i) - f->mean_x);

		rss += e * e;
	}
	f->sigma = rss <= n * h->rounding * h->rounding ? 0 : sqrt(rss / (n - 2));
}

/* Fit to the periods up to and including origin. */
static void
hindcast_fit(Hindcast *h, int origin)
{
	CHECK_FOR_INTERRUPTS();
	if (h->differences)
	{
		difference_fit(&h->d, origin, &h->difference);
		difference_band(&h->difference, h->moving_average, h->confidence, &h->band);
	}
	else
	{
		levels_fit(h, origin + 1, &h->levels);
		h->band.df = h->levels.n - 2;
		h->band.inflation = 1;
		h->band.width = t_for_confidence(h->confidence, h->band.df);
	}
}

/* Forecast period target from the fit, and compare. */
static void
hindcast_forecast(const Hindcast *h, int origin, int target, PastForecast *p)
{
	if (h->differences)
	{
		double		tau = target - origin;
		double		s = h->with_volumes ?
			h->v.ln_cumulative[target] - h->v.ln_cumulative[origin] : tau;

		p->ln_forecast = h->v.ln_cost[origin] + h->difference.slope * s;
		p->ln_stderr = sqrt(difference_variance(&h->difference, s, tau, h->moving_average));
	}
	else
	{
		const LevelsFit *f = &h->levels;
		double		dx = level_x(h, target) - f->mean_x;

		p->ln_forecast = f->mean_y + f->slope * dx;
		p->ln_stderr = f->sigma * sqrt(1 + 1.0 / f->n + dx * dx / f->sxx);
	}
	p->reach = h->band.width * p->ln_stderr;
	p->ln_error = h->v.ln_cost[target] - p->ln_forecast;
	p->inside = fabs(p->ln_error) <= p->reach + h->rounding;
}

static int
first_origin(const Hindcast *h)
{
	return h->minimum_history;
}

static int
last_target(const Hindcast *h, int origin)
{
	return Min(h->v.n - 1, origin + h->maximum_horizon);
}

/*
 * hindcast(cost_series, method, moving_average, confidence, minimum_history,
 * maximum_horizon): a row for every origin and horizon.  Periods in years,
 * costs and volumes in the units of the series.  A series that cannot be
 * hindcast gives one row with the reason in note.
 */
Datum
hindcast(PG_FUNCTION_ARGS)
{
	Hindcast	h;
	RowBuilder	row;
	Datum		method;			/* made once: there may be millions of rows */

	result_set_begin(&row, fcinfo);
	if (any_null_but(fcinfo, 5, 5))
		return (Datum) 0;
	hindcast_begin(&h, fcinfo);

	if (h.problem != NULL)
	{
		row_add_text(&row, method_names[h.method]);
		while (row.n < row.desc->natts - 1)
			row_add(&row, false, (Datum) 0);
		row_add_text(&row, h.problem);
		result_set_add(&row, fcinfo);
		return (Datum) 0;
	}
	method = CStringGetTextDatum(method_names[h.method]);
	for (int origin = first_origin(&h); origin < h.v.n - 1; origin++)
	{
		hindcast_fit(&h, origin);
		for (int target = origin + 1; target <= last_target(&h, origin); target++)
		{
			PastForecast p;

			hindcast_forecast(&h, origin, target, &p);
			row_add(&row, true, method);
			row_add_float8(&row, true, h.v.time[origin]);
			row_add(&row, true, Int32GetDatum(origin));
			row_add(&row, true, Int32GetDatum(target - origin));
			row_add_float8(&row, true, h.v.time[target]);
			row_add_float8(&row, h.v.cumulative != NULL,
						   h.v.cumulative != NULL ? h.v.cumulative[target] : 0);
			row_add_cost(&row, true, p.ln_forecast);
			row_add_cost(&row, true, p.ln_forecast - p.reach);
			row_add_cost(&row, true, p.ln_forecast + p.reach);
			row_add_float8(&row, true, h.v.cost[target]);
			row_add_float8(&row, true, p.ln_error);
			row_add_float8(&row, true, p.ln_stderr);
			row_add_float8(&row, p.ln_stderr > 0, p.ln_error / p.ln_stderr);
			row_add(&row, true, BoolGetDatum(p.inside));
			row_add_float8(&row, true, h.band.df);
			row_add_float8(&row, true, h.confidence);
			row_add_text(&row, NULL);
			result_set_add(&row, fcinfo);
		}
	}
	return (Datum) 0;
}

/*
 * ----------------------------------------------------------------
 *	Was it honest?
 * ----------------------------------------------------------------
 */

/* The forecasts of one horizon, summed up. */
typedef struct HorizonSums
{
	int			n;
	int			inside;
	int			normalized;		/* those whose standard error is not 0 */
	double		error;
	double		error2;
	double		normalized_error;
	double		normalized_error2;
	double		expected2;		/* what normalized_error2 should be */
	bool		has_expected;
} HorizonSums;

/* P(X <= k), X binomial of n trials and probability p; k below 0 gives 0. */
static double
binomial_cdf(int k, int n, double p)
{
	double		sum = 0;

	for (int i = 0; i <= k; i++)
		sum += exp(lgamma(n + 1.0) - lgamma(i + 1.0) - lgamma(n - i + 1.0) +
				   i * log(p) + (n - i) * log1p(-p));
	return Min(sum, 1);
}

/*
 * Forecasts of one horizon overlap: they share horizon - 1 shocks with their
 * neighbours.  Only about n / horizon of them are independent, and the share
 * of hits is judged as that of so many.
 */
static int
independent_forecasts(int n, int horizon)
{
	return (n + horizon - 1) / horizon;
}

static const char *
calibration(const HorizonSums *s, int horizon, double confidence)
{
	int			n = independent_forecasts(s->n, horizon);
	int			inside = (int) rint((double) s->inside / s->n * n);

	if (n < MIN_INDEPENDENT)
		return "too few to judge";
	if (binomial_cdf(inside, n, confidence) < VERDICT_TAIL)
		return "band too narrow";
	if (1 - binomial_cdf(inside - 1, n, confidence) < VERDICT_TAIL)
		return "band too wide";
	return "not contradicted";
}

/*
 * hindcast_summary(...), with the arguments of hindcast(): a row for every
 * horizon.
 */
Datum
hindcast_summary(PG_FUNCTION_ARGS)
{
	Hindcast	h;
	RowBuilder	row;
	HorizonSums *sums;
	int			longest;

	result_set_begin(&row, fcinfo);
	if (any_null_but(fcinfo, 5, 5))
		return (Datum) 0;
	hindcast_begin(&h, fcinfo);

	if (h.problem != NULL)
	{
		row_add_text(&row, method_names[h.method]);
		while (row.n < row.desc->natts - 1)
			row_add(&row, false, (Datum) 0);
		row_add_text(&row, h.problem);
		result_set_add(&row, fcinfo);
		return (Datum) 0;
	}

	longest = last_target(&h, first_origin(&h)) - first_origin(&h);
	sums = palloc0((longest + 1) * sizeof(HorizonSums));
	for (int i = 1; i <= longest; i++)
		sums[i].has_expected = true;
	for (int origin = first_origin(&h); origin < h.v.n - 1; origin++)
	{
		hindcast_fit(&h, origin);
		for (int target = origin + 1; target <= last_target(&h, origin); target++)
		{
			HorizonSums *s = &sums[target - origin];
			PastForecast p;

			hindcast_forecast(&h, origin, target, &p);
			s->n++;
			s->inside += p.inside;
			s->error += p.ln_error;
			s->error2 += p.ln_error * p.ln_error;
			if (p.ln_stderr > 0)
			{
				double		z = p.ln_error / p.ln_stderr;

				s->normalized++;
				s->normalized_error += z;
				s->normalized_error2 += z * z;
			}
			/* the variance of a t, which has none up to 2 degrees of freedom */
			if (h.band.df > 2)
				s->expected2 += h.band.inflation * h.band.inflation * h.band.df / (h.band.df - 2);
			else
				s->has_expected = false;
		}
	}

	for (int horizon = 1; horizon <= longest; horizon++)
	{
		const HorizonSums *s = &sums[horizon];
		bool		normalized = s->normalized == s->n;

		row_add_text(&row, method_names[h.method]);
		row_add(&row, true, Int32GetDatum(horizon));
		row_add(&row, true, Int32GetDatum(s->n));
		row_add(&row, true, Int32GetDatum(independent_forecasts(s->n, horizon)));
		row_add_float8(&row, true, (double) s->inside / s->n);
		row_add_float8(&row, true, h.confidence);
		row_add_float8(&row, normalized, s->normalized_error / s->n);
		row_add_float8(&row, normalized, sqrt(s->normalized_error2 / s->n));
		row_add_float8(&row, s->has_expected, sqrt(s->expected2 / s->n));
		row_add_float8(&row, true, s->error / s->n);
		row_add_float8(&row, true, sqrt(s->error2 / s->n));
		row_add_text(&row, calibration(s, horizon, h.confidence));
		row_add_text(&row, normalized ? NULL :
					 "some forecasts stated no error: their history lies on the line exactly");
		result_set_add(&row, fcinfo);
	}
	return (Datum) 0;
}
