/*-------------------------------------------------------------------------
 *
 * regression.h
 *		Least squares with several regressors, from exact moments.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_REGRESSION_H
#define BATTERY_REGRESSION_H

/* The most regressors one regression may have, the intercept not counted. */
#define REGRESSION_MAX_REGRESSORS	32

/*
 * What a fit can say.  Each has_ flag covers the members named with it;
 * without it they are unset and read as NULL, and note says why.
 *
 * Coefficients stand in the order intercept (when there is one), regressor 1,
 * 2, ...  Every double is the exact result for the doubles that came in,
 * rounded once, unless its comment says otherwise.  A sum of squares beyond
 * the range of a double is Infinity here; what follows from it is not spoiled.
 * A coefficient or an error beyond that range is an ERROR (22003).
 */
typedef struct RegressionFit
{
	int			k;				/* coefficients, the intercept among them */
	bool		intercept;
	bool		weighted;
	int64		n;				/* observations; of positive weight */
	double		df;				/* n - k */
	bool		has_line;		/* coef, vif, xtx_inverse, rss, tss,
								 * r_squared, condition_number */
	bool		has_errors;		/* and df > 0: se, sigma, adjusted_r_squared,
								 * log_likelihood, aic, bic */
	bool		has_test;		/* and y is not constant: t, p, f_statistic,
								 * f_p_value */
	int			deficient;		/* 0, else the regressor (1-based) that is a
								 * linear combination of those before it */
	const char *note;			/* why something is missing, or NULL */
	double	   *coef;			/* k each */
	double	   *se;
	double	   *t;
	double	   *p;
	double	   *vif;			/* NaN for the intercept: it has none */
	double	   *xtx_inverse;	/* k * k, (X'WX)^-1 */
	double		rss;			/* sum of w e^2; 0 below rounding */
	double		tss;			/* about the mean, or about 0 without
								 * intercept */
	double		sigma;			/* residual standard error */
	double		r_squared;
	double		adjusted_r_squared;
	double		f_statistic;	/* of all regressors together */
	double		f_p_value;
	double		log_likelihood; /* as R's logLik(), AIC(), BIC() */
	double		aic;
	double		bic;
	double		condition_number;
} RegressionFit;

/*
 * Fit y[0..n-1] by nx regressors, x[j][i] being the value of regressor j + 1
 * at observation i, with precision weights w or, for w NULL, without.  The
 * result is palloc'd in the current memory context, in one chunk for pfree().
 *
 * The caller has seen to it that nx lies between 1 (0 when there is an
 * intercept) and REGRESSION_MAX_REGRESSORS.  A NaN, an infinity and a
 * negative weight are errors as in the aggregate; a weight of 0 leaves the
 * observation out.
 */
extern RegressionFit *regression_fit_arrays(int n, int nx, const double *y,
											const double *const *x,
											const double *w, bool intercept);

#endif							/* BATTERY_REGRESSION_H */
