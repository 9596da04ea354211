/*-------------------------------------------------------------------------
 *
 * learning_curve.h
 *		The exact moments of (ln x, ln y): the value behind a learning curve.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_LEARNING_CURVE_H
#define BATTERY_LEARNING_CURVE_H

#include <math.h>

#include "wide.h"

#define LEARNING_CURVE_VERSION	1

/* What x and y were counted in.  Curves of unequal units cannot be merged. */
typedef enum CurveUnits
{
	CURVE_UNITLESS = 0,			/* double precision arguments */
	CURVE_GWH_USD_PER_KWH = 1	/* capacity_gwh and cost_per_gwh */
} CurveUnits;

/* What an observation's weight was counted in. */
typedef enum CurveWeights
{
	CURVE_UNWEIGHTED = 0,
	CURVE_WEIGHT_NUMBER = 1,	/* double precision, in units of 2^-40 */
	CURVE_WEIGHT_GWH = 2		/* capacity_gwh, in its own units of 1 mWh */
} CurveWeights;

/*
 * The flat value.  Sums are of the fixed-point logarithms of ln_fixed.h, so
 * they are exact, and their order does not matter.  No maximum and no
 * minimum is kept: neither can be taken back when a row leaves a window.
 *
 * A curve of no observations is all zeros, units and weights included, so
 * that it can be merged with any other.
 */
typedef struct LearningCurve
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;
	uint8		units;			/* CurveUnits */
	uint8		weights;		/* CurveWeights */
	uint8		reserved;		/* 0 */
	int64		n;				/* observations */
	I128		x;
	I128		y;
	I192		xx;
	I192		xy;
	I192		yy;
} LearningCurve;

/* The same with a weight w on every observation. */
typedef struct WeightedLearningCurve
{
	int32		vl_len_;
	uint8		version;
	uint8		units;
	uint8		weights;
	uint8		reserved;
	int64		n;				/* observations of positive weight */
	I128		w;				/* sum of weights */
	I192		x;				/* sum of w x, and so on */
	I192		y;
	I256		xx;
	I256		xy;
	I256		yy;
} WeightedLearningCurve;

/* Either of them, by its common head. */
#define CURVE_IS_WEIGHTED(lc)	((lc)->weights != CURVE_UNWEIGHTED)
#define CURVE_SIZE(weights) \
	((weights) != CURVE_UNWEIGHTED ? sizeof(WeightedLearningCurve) : sizeof(LearningCurve))

/* One unit of a number weight; see quantize_weight(). */
#define WEIGHT_FRACTION_BITS	40

/*
 * The moments as Wide integers.  w is the sum of weights, n for an unweighted
 * curve, so that one set of formulas serves both.
 */
typedef struct CurveMoments
{
	CurveUnits	units;
	CurveWeights weights;
	int64		n;
	Wide		w;
	Wide		x;
	Wide		y;
	Wide		xx;
	Wide		xy;
	Wide		yy;
} CurveMoments;

extern LearningCurve *learning_curve_detoast(Datum d);
extern void learning_curve_moments(const LearningCurve *lc, CurveMoments *m);
extern bool learning_curve_line_at(const LearningCurve *lc, int64 x,
								   double *exponent, double *ln_cost);

/*
 * The learning rate of an exponent: 1 - 2^b, without cancellation for small b;
 * adding 0 turns -0 into 0.
 */
static inline double
learning_rate_of(double exponent)
{
	return 0.0 - expm1(exponent * M_LN2);
}

/*
 * exp(ln_value) in units of 1/per_unit as an int64; false beyond the type.
 */
static inline bool
exp_to_int64(double ln_value, double per_unit, int64 *result)
{
	double		v = rint(exp(ln_value) * per_unit);

	/* 2^63 is the first double that does not fit; NaN fails too */
	if (!(v < 9223372036854775808.0))
		return false;
	*result = (int64) v;
	return true;
}

#define PG_GETARG_LEARNING_CURVE(n) learning_curve_detoast(PG_GETARG_DATUM(n))

#endif							/* BATTERY_LEARNING_CURVE_H */
