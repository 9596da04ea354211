/*-------------------------------------------------------------------------
 *
 * forecast_parameters.c
 *		The forecasts of forecast.c from parameters that somebody published,
 *		where the history behind them is not at hand.
 *
 * A random walk with drift is known by three numbers: the drift mu, the spread
 * K of a step's shock, and the number m of differences that both came from.
 * They make up the same DifferenceFit as the differences themselves, because x
 * is 1 in all of them.
 *
 * First differences of Wright's law have volumes behind them.  The exponent
 * omega, its standard error and the spread sigma of a shock say S(xx) =
 * (sigma / se)^2, which is all that matters while shocks are uncorrelated.
 * With a moving average it also matters which step had grown by how much:
 * growth is then taken as steady, x = sqrt(S(xx) / m) in each of the m steps.
 *
 * Without m the parameters are taken as they are: the spread is known, so the
 * band is normal, and the drift is certain (the exponent as certain as its
 * standard error says).  That is the limit of large m.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "compat.h"
#include "fmgr.h"
#include "learning/confidence.h"
#include "learning/forecast.h"
#include "learning/ln_fixed.h"
#include "quantity/quantity.h"
#include "stats/distributions.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"

PG_FUNCTION_INFO_V1(random_walk_forecast_parameters);
PG_FUNCTION_INFO_V1(random_walk_forecast_parameters_float8);
PG_FUNCTION_INFO_V1(first_difference_forecast_parameters);
PG_FUNCTION_INFO_V1(first_difference_forecast_parameters_float8);
PG_FUNCTION_INFO_V1(probability_cheaper_parameters);
PG_FUNCTION_INFO_V1(probability_cheaper_parameters_float8);

/*
 * No technology's ln cost moves by more in a step, or for a change of 1 in ln
 * volume; a percentage that was meant as a fraction does.
 */
#define MAX_PARAMETER	10.0

/* A parameter between lowest and MAX_PARAMETER: 22023 when it is not. */
static double
check_parameter(const char *name, double value, double lowest, const char *hint)
{
	if (!(value >= lowest && value <= MAX_PARAMETER))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must lie between %g and %g: %s",
						name, lowest, MAX_PARAMETER, float8out_internal(value)),
				 errhint("%s", hint)));
	return value;
}

static double
check_drift(const char *name, double value)
{
	return check_parameter(name, value, -MAX_PARAMETER,
						   "It is the mean change of ln cost in one step, a fraction: -0.12 where cost falls by 11 percent.");
}

static double
check_spread(const char *name, double value)
{
	return check_parameter(name, value, 0,
						   "It is the standard deviation of a step's shock to ln cost, a fraction: 0.15, not 15.");
}

/* Argument n: how many differences parameters came from; 0 for NULL. */
static int
get_differences(FunctionCallInfo fcinfo, int n, const char *name)
{
	int			m;

	if (PG_ARGISNULL(n))
		return 0;
	m = PG_GETARG_INT32(n);
	if (m < 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be at least 2: %d", name, m),
				 errhint("It is the number of changes from period to period behind the parameters, one less than the periods; NULL takes them as certain.")));
	return m;
}

/* ln of argument n, a cost; 2201E when it has none, 22003 for NaN or infinity. */
static double
get_ln_cost(FunctionCallInfo fcinfo, int n, bool typed, const char *name)
{
	double		cost = typed ? quantity_to_float8(&cost_type, PG_GETARG_COST(n)) :
		PG_GETARG_FLOAT8(n);

	if (isnan(cost) || isinf(cost))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s cannot be %s", name, float8out_internal(cost)),
				 errhint("Write the last known cost, such as 137.")));
	if (cost <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_ARGUMENT_FOR_LOG),
				 errmsg("cannot take the logarithm of %s: %s", name, float8out_internal(cost)),
				 errhint("Write the last known cost, above zero.")));
	return typed ? ldexp((double) ln_fixed_usd_per_kwh(PG_GETARG_COST(n)), -LN_FRACTION_BITS) : ln_of(cost);
}

/*
 * The fit that m differences of a steady x would have, given S(xx); m is 0 and
 * S(xx) counts on its own when parameters are taken as they are.
 */
static void
steady_fit(DifferenceFit *f, double slope, double sigma, double sxx, int m)
{
	memset(f, 0, sizeof(*f));
	f->m = m;
	f->slope = slope;
	f->sigma = sigma;
	f->sxx = sxx;
	f->has_errors = true;
	f->neighbours = 1;
	if (m > 0)
	{
		f->neighbours = (m - 1.0) / m;
		f->surroundings = (4.0 * m - 6) / m;
		if (!isinf(sxx))
			f->last_x = sqrt(sxx / m);
	}
}

/* A random walk: x is 1. */
static void
random_walk_of(DifferenceFit *f, double drift, double sigma, int m)
{
	steady_fit(f, drift, sigma, m > 0 ? m : get_float8_infinity(), m);
}

/* How far a band reaches: normal when the spread is taken as known. */
static void
band_of(const DifferenceFit *f, double moving_average, double confidence, ForecastBand *band)
{
	if (f->m > 0)
		difference_band(f, moving_average, confidence, band);
	else
	{
		band->df = 0;
		band->inflation = 1;
		band->width = -normal_quantile((1 - confidence) / 2);
	}
}

static void
add_cost(RowBuilder *row, bool typed, double ln_cost)
{
	int64		nano_usd = 0;

	if (!typed)
		row_add_cost(row, true, ln_cost);
	else
	{
		bool		known = exp_to_int64(ln_cost, NANO_USD_PER_USD, &nano_usd);

		row_add(row, known, Int64GetDatum(nano_usd));
	}
}

/* The columns that both forecasts end with. */
static void
add_forecast(RowBuilder *row, const DifferenceFit *f, const ForecastBand *band,
			 bool typed, double ln_last, double s, int tau, double moving_average,
			 double confidence)
{
	double		median = ln_last + f->slope * s;
	double		se = sqrt(difference_variance(f, s, tau, moving_average));

	add_cost(row, typed, median);
	add_cost(row, typed, median - band->width * se);
	add_cost(row, typed, median + band->width * se);
	row_add_float8(row, true, se);
	row_add_float8(row, f->m > 0, band->df);
	row_add_float8(row, true, confidence);
}

/*
 * random_walk_forecast(cost, drift, residual_stderr, steps, differences,
 * moving_average, confidence): a row for each of the steps to come.  drift and
 * residual_stderr are of ln cost in one step.  22023 and 2201E for what cannot
 * be; no rows when an argument but differences is NULL.
 */
static Datum
random_walk_rows(FunctionCallInfo fcinfo, bool typed)
{
	RowBuilder	row;
	DifferenceFit f;
	ForecastBand band;
	double		ln_last;
	double		drift;
	double		sigma;
	double		moving_average;
	double		confidence;
	int			steps;

	result_set_begin(&row, fcinfo);
	if (any_null_but(fcinfo, 4, 4))
		return (Datum) 0;
	ln_last = get_ln_cost(fcinfo, 0, typed, "cost");
	drift = check_drift("drift", PG_GETARG_FLOAT8(1));
	sigma = check_spread("residual_stderr", PG_GETARG_FLOAT8(2));
	steps = PG_GETARG_INT32(3);
	moving_average = PG_GETARG_FLOAT8(5);
	confidence = PG_GETARG_FLOAT8(6);
	check_forecast_parameters(moving_average, confidence);
	if (steps < 1 || steps > MAX_STEPS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot forecast %d steps", steps),
				 errhint("Write a number from 1 to %d; a step is that of the drift, a year in most publications.", MAX_STEPS)));
	random_walk_of(&f, drift, sigma, get_differences(fcinfo, 4, "differences"));
	band_of(&f, moving_average, confidence, &band);
	for (int tau = 1; tau <= steps; tau++)
	{
		row_add(&row, true, Int32GetDatum(tau));
		add_forecast(&row, &f, &band, typed, ln_last, tau, tau, moving_average, confidence);
		result_set_add(&row, fcinfo);
	}
	return (Datum) 0;
}

/* cost in US$/kWh */
Datum
random_walk_forecast_parameters(PG_FUNCTION_ARGS)
{
	return random_walk_rows(fcinfo, true);
}

/* cost as a plain number */
Datum
random_walk_forecast_parameters_float8(PG_FUNCTION_ARGS)
{
	return random_walk_rows(fcinfo, false);
}

/* An array of capacity_gwh as one of double precision, in GWh. */
static ArrayType *
volumes_in_gwh(ArrayType *array)
{
	Datum	   *elements;
	bool	   *nulls;
	int			n;

	deconstruct_array(array, ARR_ELEMTYPE(array), sizeof(int64), true, TYPALIGN_DOUBLE,
					  &elements, &nulls, &n);
	for (int i = 0; i < n; i++)
		if (!nulls[i])
			elements[i] = Float8GetDatum(quantity_to_float8(&capacity_type, DatumGetInt64(elements[i])));
	return construct_md_array(elements, nulls, ARR_NDIM(array), ARR_DIMS(array), ARR_LBOUND(array),
							  FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE);
}

/*
 * first_difference_forecast(cost, cumulative, exponent, exponent_stderr,
 * residual_stderr, future_cumulative, differences, moving_average,
 * confidence): a row for each future volume, one step after the other.
 * 22023 and 2201E for what cannot be; no rows when an argument but
 * differences is NULL.
 */
static Datum
first_difference_rows(FunctionCallInfo fcinfo, bool typed)
{
	RowBuilder	row;
	DifferenceFit f;
	ForecastBand band;
	ArrayType  *array;
	double	   *volumes;
	double		ln_last;
	double		cumulative;
	double		ln_cumulative;
	double		exponent;
	double		exponent_stderr;
	double		sigma;
	double		moving_average;
	double		confidence;
	int			count;

	result_set_begin(&row, fcinfo);
	if (any_null_but(fcinfo, 6, 6))
		return (Datum) 0;
	ln_last = get_ln_cost(fcinfo, 0, typed, "cost");
	cumulative = typed ? quantity_to_float8(&capacity_type, PG_GETARG_CAPACITY(1)) : PG_GETARG_FLOAT8(1);
	exponent = check_parameter("exponent", PG_GETARG_FLOAT8(2), -MAX_PARAMETER,
							   "It is the change of ln cost for a change of 1 in ln cumulative volume: -0.3 where cost falls by 19 percent per doubling.");
	exponent_stderr = check_parameter("exponent_stderr", PG_GETARG_FLOAT8(3), 0,
									  "It is the standard error of the exponent; 0 takes that as certain.");
	sigma = check_spread("residual_stderr", PG_GETARG_FLOAT8(4));
	moving_average = PG_GETARG_FLOAT8(7);
	confidence = PG_GETARG_FLOAT8(8);
	check_forecast_parameters(moving_average, confidence);
	if (!(cumulative > 0 && cumulative <= DBL_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cumulative must be a finite volume above zero: %s",
						float8out_internal(cumulative)),
				 errhint("Write the cumulative volume at which the cost is the given one.")));
	if (sigma == 0 && exponent_stderr > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("an exponent with a standard error of %s comes from shocks: residual_stderr cannot be 0",
						float8out_internal(exponent_stderr)),
				 errhint("Write the standard deviation of a step's shock to ln cost, such as 0.15, or 0 for both.")));
	array = PG_GETARG_ARRAYTYPE_P(5);
	volumes = get_future_volumes(typed ? volumes_in_gwh(array) : array, cumulative,
								 psprintf("The forecast starts at %s%s.",
										  float8out_internal(cumulative), typed ? " GWh" : ""),
								 &count);
	steady_fit(&f, exponent, sigma,
			   exponent_stderr == 0 ? get_float8_infinity() :
			   (sigma / exponent_stderr) * (sigma / exponent_stderr),
			   get_differences(fcinfo, 6, "differences"));
	band_of(&f, moving_average, confidence, &band);
	ln_cumulative = ln_of(cumulative);
	for (int i = 0; i < count; i++)
	{
		double		s = ln_of(volumes[i]) - ln_cumulative;

		row_add(&row, true, Int32GetDatum(i + 1));
		if (typed)
			row_add(&row, true, Int64GetDatum(((int64 *) ARR_DATA_PTR(array))[i]));
		else
			row_add_float8(&row, true, volumes[i]);
		add_forecast(&row, &f, &band, typed, ln_last, s, i + 1, moving_average, confidence);
		result_set_add(&row, fcinfo);
	}
	return (Datum) 0;
}

/* volumes in GWh, cost in US$/kWh */
Datum
first_difference_forecast_parameters(PG_FUNCTION_ARGS)
{
	return first_difference_rows(fcinfo, true);
}

/* volumes and cost as plain numbers */
Datum
first_difference_forecast_parameters_float8(PG_FUNCTION_ARGS)
{
	return first_difference_rows(fcinfo, false);
}

/*
 * probability_cheaper(cost_a, drift_a, residual_stderr_a, cost_b, drift_b,
 * residual_stderr_b, steps, differences_a, differences_b, moving_average): the
 * probability that a costs less than b so many steps after both costs, two
 * independent random walks (Farmer and Lafond 2016, eq. 20).  steps need not
 * be whole.  22023 and 2201E for what cannot be; NULL when an argument but the
 * differences is NULL.
 */
static Datum
probability_row(FunctionCallInfo fcinfo, bool typed)
{
	RowBuilder	row;
	DifferenceFit a;
	DifferenceFit b;
	double		ln_ratio;
	double		steps;
	double		moving_average;
	double		se;

	if (any_null_but(fcinfo, 7, 8))
		PG_RETURN_NULL();
	random_walk_of(&a, check_drift("drift_a", PG_GETARG_FLOAT8(1)),
				   check_spread("residual_stderr_a", PG_GETARG_FLOAT8(2)),
				   get_differences(fcinfo, 7, "differences_a"));
	random_walk_of(&b, check_drift("drift_b", PG_GETARG_FLOAT8(4)),
				   check_spread("residual_stderr_b", PG_GETARG_FLOAT8(5)),
				   get_differences(fcinfo, 8, "differences_b"));
	steps = PG_GETARG_FLOAT8(6);
	moving_average = PG_GETARG_FLOAT8(9);
	check_forecast_parameters(moving_average, 0.5);
	if (!(steps >= 1 && steps <= MAX_YEARS_AHEAD))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("steps must lie between 1 and %d: %s",
						MAX_YEARS_AHEAD, float8out_internal(steps)),
				 errhint("Write how many steps after the two costs, such as 5; a step is that of the drifts, a year in most publications.")));

	ln_ratio = get_ln_cost(fcinfo, 3, typed, "cost_b") - get_ln_cost(fcinfo, 0, typed, "cost_a") +
		steps * (b.slope - a.slope);
	se = sqrt(difference_variance(&a, steps, steps, moving_average) +
			  difference_variance(&b, steps, steps, moving_average));

	row_begin(&row, fcinfo);
	row_add_float8(&row, true, probability_above_zero(ln_ratio, se));
	row_add_float8(&row, true, ln_ratio);
	row_add_float8(&row, true, se);
	return row_finish(&row);
}

/* costs in US$/kWh */
Datum
probability_cheaper_parameters(PG_FUNCTION_ARGS)
{
	return probability_row(fcinfo, true);
}

/* costs as plain numbers */
Datum
probability_cheaper_parameters_float8(PG_FUNCTION_ARGS)
{
	return probability_row(fcinfo, false);
}
