/*-------------------------------------------------------------------------
 *
 * robust.h
 *		Pairs of values kept one by one, for estimators that cannot be read
 *		out of sums: Theil and Sen's line, and one break in a line.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_ROBUST_H
#define BATTERY_ROBUST_H

#include "learning/cost_series.h"
#include "learning/learning_curve.h"

#define PAIRED_VALUES_VERSION	1

/*
 * A larger value is refused (54000): 16 bytes a pair make this 160 MB, and
 * states never spill.
 */
#define PAIRED_VALUES_MAX		INT64CONST(10000000)

/* What a pair holds.  The numbers are an on-disk format. */
typedef enum PairKind
{
	PAIRS_PLAIN = 1,			/* x and y, double precision, as they came */
	PAIRS_LN = 2,				/* ln x and ln y of numbers without units */
	PAIRS_LN_GWH = 3			/* ln of GWh and ln of US$/kWh */
} PairKind;

/*
 * Logarithms are the integers of ln_fixed.h.  A plain value is a finite double,
 * not minus zero, as the integer that sorts like it: its bits, and for negative
 * ones all of them but the sign inverted.
 */
typedef struct Pair
{
	int64		x;
	int64		y;
} Pair;

/*
 * The state and the value of type paired_values.  There is room for as many
 * pairs as the varlena's size says, of which n are in use, in any order; a
 * finished value is trimmed and in ascending order of x, then y.
 */
typedef struct PairedValues
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;
	uint8		kind;			/* PairKind */
	uint16		reserved;		/* 0 */
	int64		n;
	Pair		v[FLEXIBLE_ARRAY_MEMBER];
} PairedValues;

/*
 * Points as integers of a common unit for each axis, so that every comparison
 * and every sum of an estimator is exact.  In ascending order of x, then y,
 * palloc'd in the current context.
 *
 * Logarithms have the unit 2^-53.  Plain values have the power of two that
 * makes the largest magnitude fit 62 bits: exact unless the magnitudes of one
 * axis spread over more than a factor of 512, and then rounded to 2^-62 of
 * the largest (rounded is then set, and note where that leaves too little of
 * the others).  Differences of two x, or of two y, stay below 2^63.
 */
typedef struct Points
{
	PairKind	kind;
	int64		n;
	Pair	   *v;
	int			x_exponent;		/* one unit is 2^x_exponent */
	int			y_exponent;
	bool		rounded;
	const char *note;			/* why no line can be fitted, or NULL */
} Points;

extern PairedValues *paired_values_detoast(Datum d);
extern void points_of_values(const PairedValues *state, Points *p);
extern void points_of_series(const SeriesView *s, Points *p);
extern void require_logarithms(const Points *p, const char *instead);
extern void require_plain(const Points *p, const char *instead);

#define PG_GETARG_PAIRED_VALUES(n) paired_values_detoast(PG_GETARG_DATUM(n))

/* What Theil and Sen's line says.  Without has_line all but n is unset. */
typedef struct TheilSenFit
{
	int64		n;
	int64		pairs;			/* slopes: pairs of points of unequal x */
	bool		has_line;
	double		slope;			/* of the points' own units */
	double		intercept;		/* median of y - slope x */
	bool		has_interval;
	double		slope_low;
	double		slope_high;
	bool		has_test;
	double		kendall_s;		/* concordant less discordant pairs */
	double		kendall_tau_b;
	double		z;				/* of S, with continuity correction */
	double		p_value;
	const char *note;			/* or NULL */
} TheilSenFit;

extern void theil_sen_fit(const Points *p, double confidence, TheilSenFit *f);

/* What the line with one break says.  Without has_line all but n is unset. */
typedef struct SegmentedFit
{
	int64		n;
	bool		has_line;
	bool		at_observation; /* the break is at a data point */
	int64		n_before;		/* observations with x <= break */
	int64		n_after;
	double		break_x;
	double		slope_before;
	double		slope_after;
	double		intercept_before;	/* of either line at x = 0 */
	double		intercept_after;
	double		rss;
	double		rss_straight;
	double		r_squared;		/* 1 - rss / (sum of squares of y about its
								 * mean) */
	bool		has_bic;		/* both rss above zero */
	double		bic;			/* n ln(rss/n) + 4 ln n */
	double		bic_straight;	/* n ln(rss/n) + 2 ln n */
	bool		has_errors;		/* n > 4 */
	double		degrees_of_freedom;
	double		residual_stderr;
	double		slope_before_stderr;
	double		slope_after_stderr;
	double		intercept_before_stderr;
	double		intercept_after_stderr;
	double		break_stderr;	/* NaN when the break is at an observation */
	double		break_low;		/* where the profile's rss stays within F */
	double		break_high;
	double		t;				/* of the confidence asked for */
	const char *note;			/* or NULL */
} SegmentedFit;

extern void segmented_fit(const Points *p, double confidence, SegmentedFit *f);

#endif							/* BATTERY_ROBUST_H */
