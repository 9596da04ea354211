/*-------------------------------------------------------------------------
 *
 * wright.c
 *		Wright's learning curve, read out of the exact moments.
 *
 * The model is ln c = a + b ln Z, with c the cost of a unit and Z the
 * cumulative volume, fitted by least squares on the levels.  b is the
 * exponent (negative when cost falls), 2^b the progress ratio, 1 - 2^b the
 * learning rate.
 *
 * With W the sum of weights (n without weights) and sums over observations,
 *
 *		Sxx = W S(w x x) - S(w x)^2, and likewise Sxy, Syy
 *		b   = Sxy / Sxx
 *		RSS = (Sxx Syy - Sxy^2) / (W Sxx)
 *		s^2 = RSS / (n - 2),  se(b)^2 = s^2 W / Sxx
 *
 * Numerators and denominators are exact integers; each becomes a double once,
 * at the end.  That is what keeps the residual error exact where two nearly
 * equal sums of squares cancel.  The formulas are textbook least squares
 * (e.g. Draper & Smith, Applied Regression Analysis, ch. 1); weights are
 * precision weights as in R's lm(weights=).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "compat.h"
#include "fmgr.h"
#include "learning/confidence.h"
#include "learning/learning_curve.h"
#include "learning/ln_fixed.h"
#include "quantity/quantity.h"
#include "result_row.h"
#include "stats/distributions.h"
#include "utils/builtins.h"
#include "utils/float.h"

PG_FUNCTION_INFO_V1(learning_curve_observations);
PG_FUNCTION_INFO_V1(learning_curve_units);
PG_FUNCTION_INFO_V1(learning_curve_exponent);
PG_FUNCTION_INFO_V1(learning_curve_learning_rate);
PG_FUNCTION_INFO_V1(learning_curve_progress_ratio);
PG_FUNCTION_INFO_V1(learning_curve_intercept);
PG_FUNCTION_INFO_V1(learning_curve_intercept_stderr);
PG_FUNCTION_INFO_V1(learning_curve_r_squared);
PG_FUNCTION_INFO_V1(learning_curve_adjusted_r_squared);
PG_FUNCTION_INFO_V1(learning_curve_residual_stderr);
PG_FUNCTION_INFO_V1(learning_curve_exponent_stderr);
PG_FUNCTION_INFO_V1(learning_curve_t_statistic);
PG_FUNCTION_INFO_V1(learning_curve_p_value);
PG_FUNCTION_INFO_V1(learning_curve_fit);
PG_FUNCTION_INFO_V1(learning_curve_predict);
PG_FUNCTION_INFO_V1(learning_curve_predict_float8);
PG_FUNCTION_INFO_V1(learning_curve_cost_at);
PG_FUNCTION_INFO_V1(learning_curve_capacity_at);
PG_FUNCTION_INFO_V1(learning_curve_doublings_to);
PG_FUNCTION_INFO_V1(learning_curve_doublings_to_float8);
PG_FUNCTION_INFO_V1(learning_curve_extrapolation);
PG_FUNCTION_INFO_V1(learning_curve_extrapolation_float8);

/*
 * What a fit can say.  Each has_ flag covers the members below it; without
 * it they are unset and read as NULL.
 */
typedef struct WrightFit
{
	CurveMoments m;
	Wide		sxx;			/* W S(w x x) - S(w x)^2, units of 2^-106 */
	double		w;				/* sum of weights, 1 or GWh or number */

	bool		has_line;		/* at least two distinct x */
	double		exponent;
	double		intercept;
	double		rss;			/* sum of w e^2; 0 below rounding */
	double		r_squared;

	bool		has_errors;		/* and at least three observations */
	double		degrees_of_freedom;
	double		adjusted_r_squared;
	double		residual_stderr;
	double		exponent_stderr;
	double		intercept_stderr;
	double		centred_xx;		/* Sxx / W: sum of w (x - mean x)^2 */

	bool		has_test;		/* and y is not constant */
	double		t_statistic;
	double		p_value;
} WrightFit;

/* a / b; exponents of both are well within a double's */
static double
ratio(const Wide *a, const Wide *b)
{
	return wide_to_double(a) / wide_to_double(b);
}

/* The weight of one stored unit. */
static double
weight_unit(CurveWeights weights)
{
	switch (weights)
	{
		case CURVE_UNWEIGHTED:
			break;
		case CURVE_WEIGHT_NUMBER:
			return ldexp(1.0, -WEIGHT_FRACTION_BITS);
		case CURVE_WEIGHT_GWH:
			return 1e-12;
	}
	return 1.0;
}

/*
 * Fit the line.  Logarithms are counted in units of 2^-53.
 *
 * x counts as constant when its variance is at most (8 units)^2: that is what
 * the rounding of the logarithms could make of equal volumes printed with
 * different last digits.  A residual sum below n (1 + b^2) 2^-104 is likewise
 * nothing but that rounding, and counts as zero: the points lie on the line.
 */
static void
wright_fit(const LearningCurve *lc, WrightFit *f)
{
	CurveMoments *m = &f->m;
	Wide		sxy,
				syy,
				limit,
				numerator,
				denominator;
	double		unit;
	double		rss;

	memset(f, 0, sizeof(*f));
	learning_curve_moments(lc, m);
	unit = weight_unit(m->weights);
	f->w = wide_to_double(&m->w) * unit;
	f->sxx = wide_cross(&m->w, &m->xx, &m->x, &m->x);

	limit = wide_mul(&m->w, &m->w);
	limit = wide_shift_left(&limit, 6);
	if (wide_compare(&f->sxx, &limit) <= 0)
		return;

	sxy = wide_cross(&m->w, &m->xy, &m->x, &m->y);
	syy = wide_cross(&m->w, &m->yy, &m->y, &m->y);

	f->has_line = true;
	f->exponent = ratio(&sxy, &f->sxx);

	/* a = (S(wy) Sxx - Sxy S(wx)) / (W Sxx) */
	numerator = wide_cross(&m->y, &f->sxx, &sxy, &m->x);
	denominator = wide_mul(&m->w, &f->sxx);
	f->intercept = ldexp(ratio(&numerator, &denominator), -LN_FRACTION_BITS);

	numerator = wide_cross(&f->sxx, &syy, &sxy, &sxy);
	rss = ldexp(ratio(&numerator, &denominator), -2 * LN_FRACTION_BITS) * unit;
	if (rss < f->w * (1 + f->exponent * f->exponent) * ldexp(1.0, -104))
		rss = 0;
	f->rss = rss;

	/* a constant y is fitted perfectly, as regr_r2 has it */
	if (wide_sign(&syy) == 0 || rss == 0)
		f->r_squared = 1;
	else
	{
		Wide		explained = wide_mul(&sxy, &sxy);
		Wide		total = wide_mul(&f->sxx, &syy);

		f->r_squared = ratio(&explained, &total);
	}

	if (m->n < 3)
		return;

	f->has_errors = true;
	f->degrees_of_freedom = (double) (m->n - 2);
	f->adjusted_r_squared = 1 - (1 - f->r_squared) * (m->n - 1) / f->degrees_of_freedom;
	f->residual_stderr = sqrt(rss / f->degrees_of_freedom);
	f->centred_xx = ldexp(ratio(&f->sxx, &m->w), -2 * LN_FRACTION_BITS) * unit;
	f->exponent_stderr = f->residual_stderr / sqrt(f->centred_xx);
	{
		double		mean_x = ldexp(ratio(&m->x, &m->w), -LN_FRACTION_BITS);

		f->intercept_stderr = f->residual_stderr *
			sqrt(1 / f->w + mean_x * mean_x / f->centred_xx);
	}

	if (wide_sign(&syy) == 0)
		return;
	f->has_test = true;
	if (f->exponent_stderr == 0)
		f->t_statistic = f->exponent < 0 ? -get_float8_infinity() :
			f->exponent > 0 ? get_float8_infinity() : 0;
	else
		f->t_statistic = f->exponent / f->exponent_stderr;
	f->p_value = student_t_two_sided_p(f->t_statistic, f->degrees_of_freedom);
}

/*
 * ----------------------------------------------------------------
 *	One number at a time
 * ----------------------------------------------------------------
 */
Datum
learning_curve_observations(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_LEARNING_CURVE(0)->n);
}

/* which units x and y were counted in: "GWh, US$/kWh" or "none" */
Datum
learning_curve_units(PG_FUNCTION_ARGS)
{
	LearningCurve *lc = PG_GETARG_LEARNING_CURVE(0);

	PG_RETURN_TEXT_P(cstring_to_text(lc->units == CURVE_GWH_USD_PER_KWH ?
									 "GWh, US$/kWh" : "none"));
}

#define FIT_ACCESSOR(name, flag, expression) \
Datum \
learning_curve_##name(PG_FUNCTION_ARGS) \
{ \
	WrightFit	f; \
\
	wright_fit(PG_GETARG_LEARNING_CURVE(0), &f); \
	if (!f.flag) \
		PG_RETURN_NULL(); \
	PG_RETURN_FLOAT8(expression); \
}

FIT_ACCESSOR(exponent, has_line, f.exponent)
FIT_ACCESSOR(learning_rate, has_line, learning_rate_of(f.exponent))
FIT_ACCESSOR(progress_ratio, has_line, exp2(f.exponent))
FIT_ACCESSOR(intercept, has_line, f.intercept)
FIT_ACCESSOR(intercept_stderr, has_errors, f.intercept_stderr)
FIT_ACCESSOR(r_squared, has_line, f.r_squared)
FIT_ACCESSOR(adjusted_r_squared, has_errors, f.adjusted_r_squared)
FIT_ACCESSOR(residual_stderr, has_errors, f.residual_stderr)
FIT_ACCESSOR(exponent_stderr, has_errors, f.exponent_stderr)
FIT_ACCESSOR(t_statistic, has_test, f.t_statistic)
FIT_ACCESSOR(p_value, has_test, f.p_value)

/*
 * ----------------------------------------------------------------
 *	Rows
 * ----------------------------------------------------------------
 */

/*
 * fit(learning_curve, confidence): everything the fit says, in one row.
 *
 * The bounds of the learning rate are those of the exponent transformed, so
 * they keep the stated confidence; they are not symmetric.
 */
Datum
learning_curve_fit(PG_FUNCTION_ARGS)
{
	LearningCurve *lc = PG_GETARG_LEARNING_CURVE(0);
	double		confidence = PG_GETARG_FLOAT8(1);
	WrightFit	f;
	RowBuilder	row;
	double		t = 0;
	double		low = 0;
	double		high = 0;

	check_confidence(confidence);
	wright_fit(lc, &f);
	if (f.has_errors)
	{
		t = t_for_confidence(confidence, f.degrees_of_freedom);
		low = f.exponent - t * f.exponent_stderr;
		high = f.exponent + t * f.exponent_stderr;
	}

	row_begin(&row, fcinfo);
	row_add(&row, true, CStringGetTextDatum("Wright, least squares on levels"));
	row_add(&row, true, Int64GetDatum(f.m.n));
	row_add_float8(&row, f.has_line, learning_rate_of(f.exponent));
	row_add_float8(&row, f.has_errors, learning_rate_of(high));
	row_add_float8(&row, f.has_errors, learning_rate_of(low));
	row_add_float8(&row, f.has_line, exp2(f.exponent));
	row_add_float8(&row, f.has_line, f.exponent);
	row_add_float8(&row, f.has_errors, low);
	row_add_float8(&row, f.has_errors, high);
	row_add_float8(&row, f.has_errors, f.exponent_stderr);
	row_add_float8(&row, f.has_line, f.intercept);
	row_add_float8(&row, f.has_errors, f.intercept_stderr);
	row_add_float8(&row, f.has_errors, f.intercept - t * f.intercept_stderr);
	row_add_float8(&row, f.has_errors, f.intercept + t * f.intercept_stderr);
	row_add_float8(&row, f.has_line, f.r_squared);
	row_add_float8(&row, f.has_errors, f.adjusted_r_squared);
	row_add_float8(&row, f.has_line, f.rss);
	row_add_float8(&row, f.has_errors, f.residual_stderr);
	row_add_float8(&row, f.has_test, f.t_statistic);
	row_add_float8(&row, f.has_test, f.p_value);
	row_add_float8(&row, f.has_errors, f.degrees_of_freedom);
	row_add_float8(&row, true, confidence);
	return row_finish(&row);
}

/*
 * ----------------------------------------------------------------
 *	Positions on the line
 *
 * A volume is handled as its fixed-point logarithm, so that its distance from
 * the mean of the data is formed exactly.
 * ----------------------------------------------------------------
 */

/* x - mean x, for x a fixed-point logarithm */
static double
distance_from_mean(const WrightFit *f, int64 x)
{
	Wide		wx = wide_from_int128(x);
	Wide		d;

	wx = wide_mul(&wx, &f->m.w);
	d = wide_sub(&wx, &f->m.x);
	return ldexp(ratio(&d, &f->m.w), -LN_FRACTION_BITS);
}

/*
 * ln of the fitted cost at x.  From the means, not from the intercept, which
 * may lie far from the data.
 */
static double
fitted_ln(const WrightFit *f, int64 x)
{
	return ldexp(ratio(&f->m.y, &f->m.w), -LN_FRACTION_BITS) +
		f->exponent * distance_from_mean(f, x);
}

/*
 * The exponent, and ln of the fitted cost at x; false without a line.
 */
bool
learning_curve_line_at(const LearningCurve *lc, int64 x, double *exponent,
					   double *ln_cost)
{
	WrightFit	f;

	wright_fit(lc, &f);
	if (!f.has_line)
		return false;
	*exponent = f.exponent;
	*ln_cost = fitted_ln(&f, x);
	return true;
}

/*
 * How far outside the fitted data x lies: 1 within one standard deviation s of
 * the mean of ln x, else the factor by which x is beyond exp(mean +- s).
 *
 * The state holds sums and no ends, because an end cannot be taken back when
 * its row leaves a window.  One standard deviation is a cautious place for the
 * end: evenly spaced logarithms reach 1.73 s, and a cumulative volume whose
 * growth slows, as they do, less, so that the factor over the largest volume
 * is seldom understated.  For two observations it is exact.
 */
static double
extrapolation_at(const WrightFit *f, int64 x)
{
	Wide		ww = wide_mul(&f->m.w, &f->m.w);
	double		variance = ldexp(ratio(&f->sxx, &ww), -2 * LN_FRACTION_BITS);
	double		beyond = fabs(distance_from_mean(f, x)) - sqrt(variance);

	return beyond > 0 ? exp(beyond) : 1;
}

static void
require_units(const LearningCurve *lc)
{
	if (lc->units != CURVE_GWH_USD_PER_KWH)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("this learning curve has no units"),
				 errdetail("It was built from double precision values, so it is not known what they count."),
				 errhint("Build it from capacity_gwh and cost_per_gwh, or ask with plain numbers: predict_number(curve, cumulative), doublings_to_number(curve, from_cumulative, cost), extrapolation_number(curve, cumulative).")));
}

static int64
ln_of_positive_capacity(int64 mwh)
{
	if (mwh <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_ARGUMENT_FOR_LOG),
				 errmsg("a learning curve has no value at %s GWh", capacity_gwh_to_cstring(mwh)),
				 errhint("Ask for a cumulative capacity above zero.")));
	return ln_fixed_gwh(mwh);
}

static int64
ln_of_positive_float8(double v)
{
	if (v > 0 && v <= DBL_MAX)
		return ln_fixed_float8(v);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_ARGUMENT_FOR_LOG),
			 errmsg("a learning curve has no value at %s", float8out_internal(v)),
			 errhint("Ask for a finite value above zero.")));
	return 0;					/* not reached */
}

static int64
ln_of_positive_cost(int64 nano_usd)
{
	if (nano_usd <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_ARGUMENT_FOR_LOG),
				 errmsg("a learning curve never reaches a cost of %s million US$/GWh",
						cost_per_gwh_to_cstring(nano_usd)),
				 errhint("Ask for a cost above zero.")));
	return ln_fixed_usd_per_kwh(nano_usd);
}

/* A column of type cost_per_gwh or double precision; NULL beyond the range. */
static void
row_add_cost(RowBuilder *row, bool known, double ln_cost, bool typed)
{
	if (!typed)
	{
		double		v = exp(ln_cost);

		row_add_float8(row, known && !isinf(v), v);
	}
	else
	{
		int64		nano_usd = 0;

		known = known && exp_to_int64(ln_cost, NANO_USD_PER_USD, &nano_usd);
		row_add(row, known, Int64GetDatum(nano_usd));
	}
}

/*
 * The fitted cost at x with its bands: of the mean, sqrt(s^2 (1/W + d^2/Sc)),
 * and of one further observation (of weight 1, when weighted),
 * sqrt(s^2 (1 + 1/W + d^2/Sc)), both in ln cost.  The cost itself is
 * exp(fit), the median: the mean of a log-normal cost is higher.
 */
static Datum
predict(FunctionCallInfo fcinfo, const LearningCurve *lc, int64 x, bool typed)
{
	double		confidence = PG_GETARG_FLOAT8(2);
	WrightFit	f;
	RowBuilder	row;
	double		fitted = 0;
	double		mean_reach = 0;
	double		prediction_reach = 0;

	check_confidence(confidence);
	wright_fit(lc, &f);
	if (f.has_line)
		fitted = fitted_ln(&f, x);
	if (f.has_errors)
	{
		double		t = t_for_confidence(confidence, f.degrees_of_freedom);
		double		d = distance_from_mean(&f, x);
		double		h = 1 / f.w + d * d / f.centred_xx;

		mean_reach = t * f.residual_stderr * sqrt(h);
		prediction_reach = t * f.residual_stderr * sqrt(1 + h);
	}

	row_begin(&row, fcinfo);
	row_add_cost(&row, f.has_line, fitted, typed);
	row_add_cost(&row, f.has_errors, fitted - mean_reach, typed);
	row_add_cost(&row, f.has_errors, fitted + mean_reach, typed);
	row_add_cost(&row, f.has_errors, fitted - prediction_reach, typed);
	row_add_cost(&row, f.has_errors, fitted + prediction_reach, typed);
	row_add_float8(&row, f.has_line, f.has_line ? extrapolation_at(&f, x) : 0);
	row_add_float8(&row, true, confidence);
	return row_finish(&row);
}

/* predict(learning_curve, capacity_gwh, confidence) */
Datum
learning_curve_predict(PG_FUNCTION_ARGS)
{
	LearningCurve *lc = PG_GETARG_LEARNING_CURVE(0);

	require_units(lc);
	return predict(fcinfo, lc, ln_of_positive_capacity(PG_GETARG_INT64(1)), true);
}

/*
 * predict_number(learning_curve, double precision, confidence): x and cost in the
 * curve's own units, which for a curve with units are GWh and US$/kWh.
 */
Datum
learning_curve_predict_float8(PG_FUNCTION_ARGS)
{
	return predict(fcinfo, PG_GETARG_LEARNING_CURVE(0),
				   ln_of_positive_float8(PG_GETARG_FLOAT8(1)), false);
}

/* cost_at(learning_curve, capacity_gwh): NULL without a line, or beyond the type. */
Datum
learning_curve_cost_at(PG_FUNCTION_ARGS)
{
	LearningCurve *lc = PG_GETARG_LEARNING_CURVE(0);
	int64		x;
	int64		nano_usd;
	WrightFit	f;

	require_units(lc);
	x = ln_of_positive_capacity(PG_GETARG_INT64(1));
	wright_fit(lc, &f);
	if (!f.has_line || !exp_to_int64(fitted_ln(&f, x), NANO_USD_PER_USD, &nano_usd))
		PG_RETURN_NULL();
	PG_RETURN_INT64(nano_usd);
}

/*
 * ln x at which the line reaches ln y; false when the line is level.
 */
static bool
ln_x_reaching(const WrightFit *f, int64 y, double *ln_x)
{
	Wide		wy;
	Wide		d;

	if (!f->has_line || f->exponent == 0)
		return false;
	wy = wide_from_int128(y);
	wy = wide_mul(&wy, &f->m.w);
	d = wide_sub(&wy, &f->m.y);
	*ln_x = ldexp(ratio(&f->m.x, &f->m.w), -LN_FRACTION_BITS) +
		ldexp(ratio(&d, &f->m.w), -LN_FRACTION_BITS) / f->exponent;
	return true;
}

/*
 * capacity_at(learning_curve, cost_per_gwh): NULL for a level line, and
 * beyond the type's range at either end, so that a dashboard lives.
 */
Datum
learning_curve_capacity_at(PG_FUNCTION_ARGS)
{
	LearningCurve *lc = PG_GETARG_LEARNING_CURVE(0);
	int64		y;
	int64		mwh;
	double		ln_x;
	WrightFit	f;

	require_units(lc);
	y = ln_of_positive_cost(PG_GETARG_INT64(1));
	wright_fit(lc, &f);
	if (!ln_x_reaching(&f, y, &ln_x) ||
		!exp_to_int64(ln_x, (double) MWH_PER_GWH, &mwh) || mwh == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT64(mwh);
}

/*
 * Doublings of cumulative volume from x until the line reaches y; negative
 * when it already has.  NULL for a level line.
 */
static Datum
doublings_to(FunctionCallInfo fcinfo, const LearningCurve *lc, int64 x, int64 y)
{
	WrightFit	f;
	double		ln_x;

	wright_fit(lc, &f);
	if (!ln_x_reaching(&f, y, &ln_x))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8((ln_x - ldexp((double) x, -LN_FRACTION_BITS)) / M_LN2);
}

/* doublings_to(learning_curve, capacity_gwh, cost_per_gwh) */
Datum
learning_curve_doublings_to(PG_FUNCTION_ARGS)
{
	LearningCurve *lc = PG_GETARG_LEARNING_CURVE(0);

	require_units(lc);
	return doublings_to(fcinfo, lc,
						ln_of_positive_capacity(PG_GETARG_INT64(1)),
						ln_of_positive_cost(PG_GETARG_INT64(2)));
}

/* doublings_to_number(learning_curve, double precision, double precision) */
Datum
learning_curve_doublings_to_float8(PG_FUNCTION_ARGS)
{
	return doublings_to(fcinfo, PG_GETARG_LEARNING_CURVE(0),
						ln_of_positive_float8(PG_GETARG_FLOAT8(1)),
						ln_of_positive_float8(PG_GETARG_FLOAT8(2)));
}

static Datum
extrapolation(FunctionCallInfo fcinfo, const LearningCurve *lc, int64 x)
{
	WrightFit	f;

	wright_fit(lc, &f);
	if (!f.has_line)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(extrapolation_at(&f, x));
}

/* extrapolation(learning_curve, capacity_gwh) */
Datum
learning_curve_extrapolation(PG_FUNCTION_ARGS)
{
	LearningCurve *lc = PG_GETARG_LEARNING_CURVE(0);

	require_units(lc);
	return extrapolation(fcinfo, lc, ln_of_positive_capacity(PG_GETARG_INT64(1)));
}

/* extrapolation_number(learning_curve, double precision) */
Datum
learning_curve_extrapolation_float8(PG_FUNCTION_ARGS)
{
	return extrapolation(fcinfo, PG_GETARG_LEARNING_CURVE(0),
						 ln_of_positive_float8(PG_GETARG_FLOAT8(1)));
}
