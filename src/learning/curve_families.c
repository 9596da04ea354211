/*-------------------------------------------------------------------------
 *
 * curve_families.c
 *		The families of experience curves, fitted to a cost_series by least
 *		squares on levels, all reporting the same columns.
 *
 * With c the cost, q the annual and Z the cumulative volume, t the calendar
 * year and f a second factor:
 *
 *		Wright					ln c = a + b ln Z
 *		Moore					ln c = a + m t
 *		Goddard					ln c = a + s ln q
 *		Sinclair-Klepper-Cohen	ln c = a + s ln q + b ln(Z - q)
 *		Nordhaus				ln c = a + m t + b ln Z
 *		lagged Wright			ln c = a + b ln(Z - q)
 *		two-factor				ln c = a + b ln Z + g ln f
 *
 * as Nagy, Farmer, Bui and Trancik (PLoS ONE 8, 2013, e52669) compare the
 * first six, and e.g. Kittner, Lill and Kammen (Nature Energy 2, 2017, 17125)
 * use the last with patents.  The mathematics of a fit is regression.c's; what
 * is here is which columns go in, and what is to be said about the result.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "fmgr.h"
#include "funcapi.h"
#include "learning/confidence.h"
#include "learning/cost_series.h"
#include "learning/regression.h"
#include "miscadmin.h"
#include "result_row.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

PG_FUNCTION_INFO_V1(cost_series_wright);
PG_FUNCTION_INFO_V1(cost_series_moore);
PG_FUNCTION_INFO_V1(cost_series_goddard);
PG_FUNCTION_INFO_V1(cost_series_sinclair_klepper_cohen);
PG_FUNCTION_INFO_V1(cost_series_nordhaus);
PG_FUNCTION_INFO_V1(cost_series_lagged_wright);
PG_FUNCTION_INFO_V1(cost_series_two_factor);
PG_FUNCTION_INFO_V1(cost_series_curve_fits);
PG_FUNCTION_INFO_V1(cost_series_newey_west_lag);

/* A variance inflation factor above this earns a warning. */
#define VIF_LIMIT		10.0

/* The most regressors a family has */
#define MAX_TERMS		2

typedef enum Term
{
	TERM_NONE,
	TERM_YEAR,
	TERM_ANNUAL,
	TERM_CUMULATIVE,
	TERM_PRIOR,
	TERM_FACTOR
} Term;

static const char *const term_names[] = {
	NULL, "year", "ln annual", "ln cumulative", "ln prior cumulative", "ln factor"
};

typedef struct CurveModel
{
	const char *name;
	const char *equation;
	uint8		needs;			/* SERIES_HAS_... */
	Term		term[MAX_TERMS];
} CurveModel;

typedef enum CurveModelId
{
	MODEL_WRIGHT,
	MODEL_MOORE,
	MODEL_GODDARD,
	MODEL_SINCLAIR_KLEPPER_COHEN,
	MODEL_NORDHAUS,
	MODEL_LAGGED_WRIGHT,
	MODEL_TWO_FACTOR
} CurveModelId;

static const CurveModel models[] = {
	[MODEL_WRIGHT] = {
		"Wright", "ln cost = a + b ln cumulative",
		SERIES_HAS_CUMULATIVE, {TERM_CUMULATIVE}
	},
	[MODEL_MOORE] = {
		"Moore", "ln cost = a + m year",
		0, {TERM_YEAR}
	},
	[MODEL_GODDARD] = {
		"Goddard", "ln cost = a + s ln annual",
		SERIES_HAS_ANNUAL, {TERM_ANNUAL}
	},
	[MODEL_SINCLAIR_KLEPPER_COHEN] = {
		"Sinclair-Klepper-Cohen", "ln cost = a + s ln annual + b ln(cumulative - annual)",
		SERIES_HAS_ANNUAL, {TERM_ANNUAL, TERM_PRIOR}
	},
	[MODEL_NORDHAUS] = {
		"Nordhaus", "ln cost = a + m year + b ln cumulative",
		SERIES_HAS_CUMULATIVE, {TERM_YEAR, TERM_CUMULATIVE}
	},
	[MODEL_LAGGED_WRIGHT] = {
		"lagged Wright", "ln cost = a + b ln(cumulative - annual)",
		SERIES_HAS_ANNUAL, {TERM_PRIOR}
	},
	[MODEL_TWO_FACTOR] = {
		"two-factor", "ln cost = a + b ln cumulative + g ln factor",
		SERIES_HAS_FACTOR, {TERM_CUMULATIVE, TERM_FACTOR}
	}
};

/* The columns of a result, in the order of the SQL declarations. */
typedef enum FitColumn
{
	FIT_MODEL,
	FIT_EQUATION,
	FIT_OBSERVATIONS,
	FIT_PERIOD_FROM,
	FIT_PERIOD_TO,
	FIT_TERMS,
	FIT_COEFFICIENTS,
	FIT_STDERRS,
	FIT_COEFFICIENTS_LOW,
	FIT_COEFFICIENTS_HIGH,
	FIT_INTERCEPT,
	FIT_INTERCEPT_STDERR,
	FIT_INTERCEPT_LOW,
	FIT_INTERCEPT_HIGH,
	FIT_EXPONENT,
	FIT_EXPONENT_STDERR,
	FIT_EXPONENT_LOW,
	FIT_EXPONENT_HIGH,
	FIT_LEARNING_RATE,
	FIT_LEARNING_RATE_LOW,
	FIT_LEARNING_RATE_HIGH,
	FIT_YEARLY_DECLINE,
	FIT_YEARLY_DECLINE_LOW,
	FIT_YEARLY_DECLINE_HIGH,
	FIT_HALVING_TIME,
	FIT_R_SQUARED,
	FIT_ADJUSTED_R_SQUARED,
	FIT_RSS,
	FIT_RESIDUAL_STDERR,
	FIT_DEGREES_OF_FREEDOM,
	FIT_AIC,
	FIT_BIC,
	FIT_DURBIN_WATSON,
	FIT_VIF_MAX,
	FIT_CONDITION_NUMBER,
	FIT_NEWEY_WEST_LAG,
	FIT_CONFIDENCE_LEVEL,
	FIT_NOTE,
	FIT_COLUMNS
} FitColumn;

/* Their types, for check_row_type(). */
#define CURVE_FIT_TYPES "t2 l d2 T D4 d25 i d t"

typedef struct FitRow
{
	Datum		values[FIT_COLUMNS];
	bool		nulls[FIT_COLUMNS];
	StringInfoData note;
} FitRow;

/* What the caller asked for. */
typedef struct FitRequest
{
	double		confidence;
	bool		newey_west;
	int			lag;			/* when newey_west */
} FitRequest;

/* The rows that a fit uses: first .. first + n - 1 of the view. */
typedef struct FitSample
{
	int			first;
	int			n;
} FitSample;

static void
set_column(FitRow *row, FitColumn column, Datum value)
{
	row->values[column] = value;
	row->nulls[column] = false;
}

/* NaN stands for unknown */
static void
set_float8(FitRow *row, FitColumn column, double value)
{
	if (!isnan(value))
		set_column(row, column, Float8GetDatum(value));
}

static void
append_note(FitRow *row, const char *text)
{
	if (row->note.len > 0)
		appendStringInfoString(&row->note, "; ");
	appendStringInfoString(&row->note, text);
}

#define add_note(row, ...) append_note(row, psprintf(__VA_ARGS__))

static const double *
term_values(const SeriesView *v, Term term)
{
	switch (term)
	{
		case TERM_NONE:
			break;
		case TERM_YEAR:
			return v->time;
		case TERM_ANNUAL:
			return v->ln_annual;
		case TERM_CUMULATIVE:
			return v->ln_cumulative;
		case TERM_PRIOR:
			return v->ln_prior;
		case TERM_FACTOR:
			return v->ln_factor;
	}
	return NULL;
}

/* What a series without these columns should have been built with. */
static const char *
needed_arguments(uint8 needs)
{
	return needs == SERIES_HAS_FACTOR ? "two_factor_series(period, cumulative, cost, factor)" :
		needs == SERIES_HAS_ANNUAL ? "cost_series(period, annual, cumulative, cost)" :
		"cost_series(period, cumulative, cost)";
}

static const char *
needed_columns(uint8 needs)
{
	return needs == SERIES_HAS_FACTOR ? "second factor" :
		needs == SERIES_HAS_ANNUAL ? "annual volumes" : "cumulative volumes";
}

/*
 * The rows with something made before their period.  Cumulative volume never
 * falls and no annual one is above it, but nothing says that only the first
 * row can be without: a series may be restated.  Those without are left out
 * from the start on, because a gap inside would make neighbours of rows that
 * are none; a later one is an error of the data.
 */
static FitSample
rows_with_prior(const SeriesView *v)
{
	FitSample	sample = {0, v->n};

	while (sample.n > 0 && isinf(v->ln_prior[sample.first]))
	{
		sample.first++;
		sample.n--;
	}
	for (int i = sample.first; i < v->n; i++)
		if (isinf(v->ln_prior[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("annual volume equals cumulative volume in the period %s, which is not the first",
							cost_series_period(v, i)),
					 errdetail("Nothing would have been made before it."),
					 errhint("Check the volumes: cumulative is sum(annual) OVER (ORDER BY period).")));
	return sample;
}

static bool
model_uses(const CurveModel *model, Term term)
{
	return model->term[0] == term || model->term[1] == term;
}

/*
 * The first row of the sample in which nothing was made, of a model that takes
 * the logarithm of that; -1 when there is none.
 */
static int
row_without_annual(const SeriesView *v, const CurveModel *model, const FitSample *sample)
{
	if (model_uses(model, TERM_ANNUAL))
		for (int i = sample->first; i < sample->first + sample->n; i++)
			if (isinf(v->ln_annual[i]))
				return i;
	return -1;
}

/*
 * The residuals of a fit, formed about the means, so that large regressors
 * (years) do not spoil small residuals.
 */
static double *
residuals_of(const RegressionFit *f, int n, int terms, const double *y,
			 const double *const *x, const double *mean_x, double mean_y)
{
	double	   *e = palloc(n * sizeof(double));

	for (int i = 0; i < n; i++)
	{
		double		fitted = 0;

		for (int j = 0; j < terms; j++)
			fitted += f->coef[j + 1] * (x[j][i] - mean_x[j]);
		e[i] = (y[i] - mean_y) - fitted;
	}
	return e;
}

/*
 * Durbin and Watson's statistic: sum (e_i - e_(i-1))^2 / sum e_i^2, about 2
 * for independent residuals, 0 to 4.
 */
static double
durbin_watson(const double *e, int n)
{
	double		differences = 0;
	double		squares = 0;

	for (int i = 0; i < n; i++)
	{
		squares += e[i] * e[i];
		if (i > 0)
			differences += (e[i] - e[i - 1]) * (e[i] - e[i - 1]);
	}
	return differences / squares;
}

/*
 * What observation i counts for in coefficient j, a slope: row j of M times
 * (x_i - mean), M being the slopes' block of (X'X)^-1.
 */
static double
slope_weight(const RegressionFit *f, int terms, const double *const *x,
			 const double *mean_x, int j, int i)
{
	double		h = 0;

	for (int b = 0; b < terms; b++)
		h += f->xtx_inverse[j * f->k + b + 1] * (x[b][i] - mean_x[b]);
	return h;
}

/*
 * Newey and West's standard errors (Econometrica 55, 1987, 703): Bartlett
 * weights 1 - l/(lag + 1), no factor for small samples.
 *
 * A coefficient is a sum h_i y_i, so its error is a sum of g_i = h_i e_i, and
 * its variance is estimated by sum g_i^2 + 2 sum_l w_l sum_i g_i g_(i+l).  The
 * h of a slope is slope_weight(), that of the intercept 1/n - sum mean_j h_j.
 * Equal to the usual sandwich, but without its cancellation when a regressor
 * counts years.
 */
static void
newey_west(const RegressionFit *f, int n, int terms, const double *const *x,
		   const double *mean_x, const double *e, int lag, double *se)
{
	double	   *g = palloc(n * sizeof(double));

	for (int j = 0; j < f->k; j++)
	{
		double		variance = 0;

		for (int i = 0; i < n; i++)
		{
			double		h;

			if (j > 0)
				h = slope_weight(f, terms, x, mean_x, j, i);
			else
			{
				h = 1.0 / n;
				for (int a = 0; a < terms; a++)
					h -= mean_x[a] * slope_weight(f, terms, x, mean_x, a + 1, i);
			}
			g[i] = h * e[i];
			variance += g[i] * g[i];
		}
		for (int l = 1; l <= lag; l++)
		{
			double		weight = 1.0 - (double) l / ((double) lag + 1);
			double		products = 0;

			CHECK_FOR_INTERRUPTS();
			for (int i = l; i < n; i++)
				products += g[i] * g[i - l];
			variance += 2 * weight * products;
		}
		/* never below zero but for rounding */
		se[j] = sqrt(Max(variance, 0));
	}
	pfree(g);
}

/*
 * The lag that the rule of thumb floor(4 (n/100)^(2/9)) gives (Newey and
 * West, Review of Economic Studies 61, 1994, 631, as it is used in textbooks):
 * the largest L with (L/4)^9 <= (n/100)^2, in integers.  n is at most
 * COST_SERIES_MAX_ROWS, for which L is 30.
 */
static int
rule_of_thumb_lag(int n)
{
	uint64		bound = (uint64) n * (uint64) n * 262144;	/* n^2 4^9 */
	int			lag = 0;

	for (;;)
	{
		uint64		next = lag + 1;
		uint64		cube = next * next * next;

		if (cube * cube * cube * 10000 > bound)
			return lag;
		lag++;
	}
}

/* 1 - e^m, the fall of cost in a year */
static double
yearly_decline_of(double slope)
{
	return 0.0 - expm1(slope);
}

static ArrayType *
float8_array(const double *v, int n)
{
	Datum	   *elements = palloc(n * sizeof(Datum));

	for (int i = 0; i < n; i++)
		elements[i] = Float8GetDatum(v[i]);
	return construct_array(elements, n, FLOAT8OID, sizeof(float8),
						   FLOAT8PASSBYVAL, TYPALIGN_DOUBLE);
}

/* What should be said about the times of the rows used. */
static void
note_steps(FitRow *row, const SeriesView *v, const FitSample *sample)
{
	int			uneven = 0;
	int			first = 0;

	for (int i = sample->first + 1; i < sample->first + sample->n; i++)
	{
		double		step = v->time[i] - v->time[i - 1];

		if (step >= 0.5 * v->step && step <= 1.5 * v->step)
			continue;
		if (uneven++ == 0)
			first = i;
	}
	if (uneven > 0)
		add_note(row, "%d of %d steps between periods are uneven, the first from %s to %s: "
				 "Durbin-Watson and Newey-West take neighbouring rows as equally far apart",
				 uneven, sample->n - 1, cost_series_period(v, first - 1),
				 cost_series_period(v, first));
}

/* Does cumulative volume grow by what is said to have been made? */
static void
note_volumes(FitRow *row, const SeriesView *v, const FitSample *sample)
{
	int			wrong = 0;
	int			first = 0;

	if (v->annual == NULL)
		return;
	for (int i = sample->first + 1; i < sample->first + sample->n; i++)
	{
		double		growth = v->cumulative[i] - v->cumulative[i - 1];

		/* a running sum of doubles is off by some units in its last place */
		if (growth >= v->annual[i] - 1e-9 * v->cumulative[i])
			continue;
		if (wrong++ == 0)
			first = i;
	}
	if (wrong > 0)
		add_note(row, "cumulative volume grows by less than the annual volume in %d of %d periods, first in %s: "
				 "do the two count the same?",
				 wrong, sample->n - 1, cost_series_period(v, first));
}

/*
 * Fit one model to the rows of the sample, and fill in all columns.  It is
 * long because a row has many columns, and each is filled once, in their
 * order.
 */
static void
fit_model(const SeriesView *v, const CurveModel *model, const FitSample *sample,
		  const FitRequest *request, FitRow *row)
{
	const double *x[MAX_TERMS];
	double		mean_x[MAX_TERMS];
	double		mean_y = 0;
	const double *y = v->ln_cost + sample->first;
	int			n = sample->n;
	int			terms = model->term[1] == TERM_NONE ? 1 : 2;
	Datum		names[MAX_TERMS + 1];
	RegressionFit *f;
	double	   *se;
	double	   *e;
	double		low[MAX_TERMS + 1];
	double		high[MAX_TERMS + 1];
	bool		has_errors;

	set_column(row, FIT_OBSERVATIONS, Int64GetDatum(n));
	if (n > 0)
	{
		set_float8(row, FIT_PERIOD_FROM, v->time[sample->first]);
		set_float8(row, FIT_PERIOD_TO, v->time[sample->first + n - 1]);
	}
	names[0] = CStringGetTextDatum("intercept");
	for (int j = 0; j < terms; j++)
	{
		names[j + 1] = CStringGetTextDatum(term_names[model->term[j]]);
		x[j] = term_values(v, model->term[j]) + sample->first;
	}
	set_column(row, FIT_TERMS,
			   PointerGetDatum(construct_array(names, terms + 1, TEXTOID, -1, false, TYPALIGN_INT)));
	if (sample->first > 0)
		add_note(row, "%d row%s left out, before which nothing had been made (cumulative equals annual volume)",
				 sample->first, sample->first == 1 ? "" : "s");
	if (n < terms + 1)
	{
		add_note(row, "%d observation%s cannot determine %d coefficients",
				 n, n == 1 ? "" : "s", terms + 1);
		return;
	}

	f = regression_fit_arrays(n, terms, y, x, NULL, true);
	if (!f->has_line)
	{
		if (f->deficient == 1)
			add_note(row, "%s is the same in all observations", term_names[model->term[0]]);
		else if (f->deficient > 1)
			add_note(row, "%s is the same in all observations or a linear function of %s, so no coefficient is determined",
					 term_names[model->term[f->deficient - 1]], term_names[model->term[0]]);
		else
			add_note(row, "%s", f->note != NULL ? f->note : "the coefficients are not determined");
		return;
	}

	set_column(row, FIT_COEFFICIENTS, PointerGetDatum(float8_array(f->coef, f->k)));
	set_float8(row, FIT_INTERCEPT, f->coef[0]);
	set_float8(row, FIT_R_SQUARED, f->r_squared);
	set_float8(row, FIT_RSS, f->rss);
	set_float8(row, FIT_CONDITION_NUMBER, f->condition_number);

	/* residuals, and the errors that were asked for */
	for (int i = 0; i < n; i++)
		mean_y += (y[i] - mean_y) / (i + 1);
	for (int j = 0; j < terms; j++)
	{
		mean_x[j] = 0;
		for (int i = 0; i < n; i++)
			mean_x[j] += (x[j][i] - mean_x[j]) / (i + 1);
	}
	e = residuals_of(f, n, terms, y, x, mean_x, mean_y);
	has_errors = f->has_errors;
	se = f->se;
	if (f->has_errors)
	{
		set_float8(row, FIT_ADJUSTED_R_SQUARED, f->adjusted_r_squared);
		set_float8(row, FIT_RESIDUAL_STDERR, f->sigma);
		set_float8(row, FIT_DEGREES_OF_FREEDOM, f->df);
		set_float8(row, FIT_AIC, f->aic);
		set_float8(row, FIT_BIC, f->bic);
		if (f->rss > 0)
			set_float8(row, FIT_DURBIN_WATSON, durbin_watson(e, n));
		if (request->newey_west && request->lag >= n)
		{
			has_errors = false;
			add_note(row, "no errors: a Newey-West lag of %d needs more than %d observations",
					 request->lag, request->lag);
		}
		else if (request->newey_west && f->rss > 0)
		{
			se = palloc(f->k * sizeof(double));
			newey_west(f, n, terms, x, mean_x, e, request->lag, se);
		}
	}
	else
		add_note(row, "no errors: %d observations leave no degree of freedom", n);
	if (has_errors)
	{
		double		t = t_for_confidence(request->confidence, f->df);

		Assert(f->k > 0);
		/* an error of 0 is the end of the interval, however far t reaches */
		for (int j = 0; j < f->k; j++)
		{
			double		reach = se[j] == 0 ? 0 : t * se[j];

			low[j] = f->coef[j] - reach;
			high[j] = f->coef[j] + reach;
		}
		set_column(row, FIT_STDERRS, PointerGetDatum(float8_array(se, f->k)));
		set_column(row, FIT_COEFFICIENTS_LOW, PointerGetDatum(float8_array(low, f->k)));
		set_column(row, FIT_COEFFICIENTS_HIGH, PointerGetDatum(float8_array(high, f->k)));
		set_float8(row, FIT_INTERCEPT_STDERR, se[0]);
		set_float8(row, FIT_INTERCEPT_LOW, low[0]);
		set_float8(row, FIT_INTERCEPT_HIGH, high[0]);
		if (request->newey_west)
			set_column(row, FIT_NEWEY_WEST_LAG, Int32GetDatum(request->lag));
	}

	/* what the terms mean */
	for (int j = 0; j < terms; j++)
	{
		double		b = f->coef[j + 1];

		switch (model->term[j])
		{
			case TERM_CUMULATIVE:
			case TERM_PRIOR:
				set_float8(row, FIT_EXPONENT, b);
				set_float8(row, FIT_LEARNING_RATE, learning_rate_of(b));
				if (has_errors)
				{
					set_float8(row, FIT_EXPONENT_STDERR, se[j + 1]);
					set_float8(row, FIT_EXPONENT_LOW, low[j + 1]);
					set_float8(row, FIT_EXPONENT_HIGH, high[j + 1]);
					set_float8(row, FIT_LEARNING_RATE_LOW, learning_rate_of(high[j + 1]));
					set_float8(row, FIT_LEARNING_RATE_HIGH, learning_rate_of(low[j + 1]));
				}
				if (b > 0)
					add_note(row, "cost rises with cumulative volume in this fit");
				break;
			case TERM_YEAR:
				set_float8(row, FIT_YEARLY_DECLINE, yearly_decline_of(b));
				if (has_errors)
				{
					set_float8(row, FIT_YEARLY_DECLINE_LOW, yearly_decline_of(high[j + 1]));
					set_float8(row, FIT_YEARLY_DECLINE_HIGH, yearly_decline_of(low[j + 1]));
				}
				/* cost halves by time alone only where time is all there is */
				if (terms == 1 && b < 0)
					set_float8(row, FIT_HALVING_TIME, M_LN2 / -b);
				if (b >= 0)
					add_note(row, "cost does not fall with time in this fit");
				break;
			case TERM_NONE:
			case TERM_ANNUAL:
			case TERM_FACTOR:
				break;
		}
	}

	/* what to beware of */
	{
		double		vif_max = 1;

		for (int j = 1; j < f->k; j++)
			vif_max = Max(vif_max, f->vif[j]);
		set_float8(row, FIT_VIF_MAX, vif_max);
		if (vif_max > VIF_LIMIT)
			add_note(row, "%s and %s are collinear (variance inflation %.1f, above %.0f): their effects cannot be told apart, and the learning rate is not to be trusted",
					 term_names[model->term[0]], term_names[model->term[1]], vif_max, VIF_LIMIT);
	}
	if (f->has_errors && f->rss == 0)
		add_note(row, "the fit is exact to rounding: errors are 0");
	else if (f->has_errors)
	{
		double		dw = DatumGetFloat8(row->values[FIT_DURBIN_WATSON]);

		/*
		 * independent residuals have 1 - dw/2 within 1.96/sqrt(n), 19 times
		 * in 20
		 */
		if (!request->newey_west && fabs(1 - dw / 2) > 1.96 / sqrt(n))
			add_note(row, "residuals are autocorrelated (Durbin-Watson %.2f, 2 is none), which the errors shown ignore: those of newey_west_lag => %d do not",
					 dw, rule_of_thumb_lag(n));
	}
	note_steps(row, v, sample);
	note_volumes(row, v, sample);
}

/*
 * Arguments 2 and 3 of every function here.  false when the result is NULL.
 */
static bool
get_request(FunctionCallInfo fcinfo, FitRequest *request)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return false;
	request->confidence = PG_GETARG_FLOAT8(1);
	request->newey_west = !PG_ARGISNULL(2);
	request->lag = request->newey_west ? PG_GETARG_INT32(2) : 0;
	check_confidence(request->confidence);
	if (request->lag < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a Newey-West lag cannot be negative: %d", request->lag),
				 errhint("Write newey_west_lag => newey_west_lag(series) for a rule of thumb, or NULL for ordinary errors.")));
	return true;
}

static void
begin_row(FitRow *row, const CurveModel *model, const FitRequest *request)
{
	memset(row->nulls, true, sizeof(row->nulls));
	memset(row->values, 0, sizeof(row->values));
	initStringInfo(&row->note);
	set_column(row, FIT_MODEL, CStringGetTextDatum(model->name));
	set_column(row, FIT_EQUATION, CStringGetTextDatum(model->equation));
	set_column(row, FIT_CONFIDENCE_LEVEL, Float8GetDatum(request->confidence));
}

static void
finish_row(FitRow *row)
{
	if (row->note.len > 0)
		set_column(row, FIT_NOTE,
				   PointerGetDatum(cstring_to_text_with_len(row->note.data, row->note.len)));
}

static bool
series_has(const SeriesView *v, uint8 needs)
{
	return (v->series->columns & needs) == needs;
}

/*
 * One model for all rows of a series that it can use.
 */
static Datum
fit_one(FunctionCallInfo fcinfo, CurveModelId id)
{
	const CurveModel *model = &models[id];
	FitRequest	request;
	FitSample	sample;
	SeriesView	v;
	FitRow		row;
	TupleDesc	desc;
	int			without;

	if (!get_request(fcinfo, &request))
		PG_RETURN_NULL();
	cost_series_view(PG_GETARG_DATUM(0), &v);
	if (!series_has(&v, model->needs))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("this cost series has no %s", needed_columns(model->needs)),
				 errdetail("The model is %s: %s.", model->name, model->equation),
				 errhint("Build the series with %s.", needed_arguments(model->needs))));
	desc = result_row_desc(fcinfo);
	check_row_type(desc, CURVE_FIT_TYPES);

	sample.first = 0;
	sample.n = v.n;
	if (model_uses(model, TERM_PRIOR))
		sample = rows_with_prior(&v);
	without = row_without_annual(&v, model, &sample);
	if (without >= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_ARGUMENT_FOR_LOG),
				 errmsg("cannot take the logarithm of the annual volume 0 in the period %s",
						cost_series_period(&v, without)),
				 errdetail("The model is %s: %s.", model->name, model->equation),
				 errhint("Leave such rows out on purpose when you build the series, FILTER (WHERE annual > 0), or choose an estimator without annual volumes.")));
	begin_row(&row, model, &request);
	fit_model(&v, model, &sample, &request, &row);
	finish_row(&row);
	return HeapTupleGetDatum(heap_form_tuple(desc, row.values, row.nulls));
}

/* Wright: ln cost on ln cumulative volume */
Datum
cost_series_wright(PG_FUNCTION_ARGS)
{
	return fit_one(fcinfo, MODEL_WRIGHT);
}

/* Moore: ln cost on calendar years */
Datum
cost_series_moore(PG_FUNCTION_ARGS)
{
	return fit_one(fcinfo, MODEL_MOORE);
}

/* Goddard: ln cost on ln annual volume */
Datum
cost_series_goddard(PG_FUNCTION_ARGS)
{
	return fit_one(fcinfo, MODEL_GODDARD);
}

/* Sinclair, Klepper and Cohen: ln cost on ln annual and ln prior volume */
Datum
cost_series_sinclair_klepper_cohen(PG_FUNCTION_ARGS)
{
	return fit_one(fcinfo, MODEL_SINCLAIR_KLEPPER_COHEN);
}

/* Nordhaus: ln cost on calendar years and ln cumulative volume */
Datum
cost_series_nordhaus(PG_FUNCTION_ARGS)
{
	return fit_one(fcinfo, MODEL_NORDHAUS);
}

/* lagged Wright: ln cost on ln of the volume before the period */
Datum
cost_series_lagged_wright(PG_FUNCTION_ARGS)
{
	return fit_one(fcinfo, MODEL_LAGGED_WRIGHT);
}

/* two-factor: ln cost on ln cumulative volume and ln of any second factor */
Datum
cost_series_two_factor(PG_FUNCTION_ARGS)
{
	return fit_one(fcinfo, MODEL_TWO_FACTOR);
}

/*
 * curve_fits: every model on the same rows, one result row each, so that
 * their information criteria can be compared.  A model that the series has
 * not the columns for, or a logarithm, has NULLs and a note.
 */
Datum
cost_series_curve_fits(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	FitRequest	request;
	FitSample	sample;
	SeriesView	v;

	InitMaterializedSRF(fcinfo, 0);
	check_row_type(rsinfo->setDesc, CURVE_FIT_TYPES);
	if (!get_request(fcinfo, &request))
		return (Datum) 0;
	cost_series_view(PG_GETARG_DATUM(0), &v);
	sample.first = 0;
	sample.n = v.n;
	if (v.ln_prior != NULL)
		sample = rows_with_prior(&v);

	for (size_t i = 0; i < lengthof(models); i++)
	{
		FitRow		row;
		int			without;

		begin_row(&row, &models[i], &request);
		if (series_has(&v, models[i].needs))
		{
			without = row_without_annual(&v, &models[i], &sample);
			if (without < 0)
				fit_model(&v, &models[i], &sample, &request, &row);
			else
				add_note(&row, "the annual volume is 0 in the period %s, which has no logarithm",
						 cost_series_period(&v, without));
		}
		else
			add_note(&row, "this cost series has no %s: build it with %s",
					 needed_columns(models[i].needs), needed_arguments(models[i].needs));
		finish_row(&row);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, row.values, row.nulls);
	}
	return (Datum) 0;
}

/* newey_west_lag(cost_series): floor(4 (n/100)^(2/9)) */
Datum
cost_series_newey_west_lag(PG_FUNCTION_ARGS)
{
	SeriesView	v;

	cost_series_view(PG_GETARG_DATUM(0), &v);
	PG_RETURN_INT32(rule_of_thumb_lag(v.n));
}
