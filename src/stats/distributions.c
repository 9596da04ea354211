/*-------------------------------------------------------------------------
 *
 * distributions.c
 *		Student's t, the normal and the F distribution.
 *
 * One computation serves both.  With q = t^2/df, the density is
 *
 *		f(t) = f(0) (1 + q)^(-(df+1)/2),
 *		f(0) = Gamma((df+1)/2) / (Gamma(df/2) sqrt(pi df)),
 *
 * and the two areas that are wanted follow from the incomplete beta function
 * (Abramowitz & Stegun 26.5.27, 26.7.1; DLMF 8.17) in two forms whose terms
 * are all positive, so that nothing cancels, for any df:
 *
 * - Between 0 and t, from the series of 2F1((df+1)/2, 1; 3/2; q/(1+q))
 *	 (DLMF 8.17.8):
 *
 *		P(0 < T < t) = t f(t) (1 + r_1 + r_1 r_2 + ...),
 *		r_j = t^2 (1 + (2j-1)/df) / ((2j+1)(1+q)).
 *
 * - Beyond t, from Gauss's continued fraction (DLMF 15.7.5) for
 *	 2F1(1/2, 1; df/2+1; -1/q), which Pfaff's transformation (DLMF 15.8.1)
 *	 makes of the incomplete beta function's 2F1:
 *
 *		P(T > t) = f(t) (1+q)/t * 1/(1+ e_1/(1+ e_2/(1+ ...))),
 *		e_n = n/t^2 * (1 + (n-1)/df) / ((1 + (2n-2)/df) (1 + 2n/df)).
 *
 * The usual continued fraction of the incomplete beta function would not do:
 * at df = 10^9 it loses nine digits to the difference 1 - x.  Both forms
 * above turn smoothly into those of the normal distribution when 1/df
 * becomes 0: the series of A&S 26.2.11 and Laplace's continued fraction for
 * Mills' ratio, A&S 26.2.14.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"

#include <float.h>
#include <math.h>

#include "common/shortest_dec.h"
#include "utils/float.h"

#include "stats/distributions.h"

#define SQRT_PI			1.7724538509055160273	/* DLMF 5.4.6 */
#define INV_SQRT_2PI	0.39894228040143267794

/*
 * From here on the difference to the normal distribution is below half a
 * unit in the last place of every tail that a double can hold: its relative
 * size is about t^4/(4 df), and t stays below 39.
 */
#define DF_IS_INFINITE	1e30

/*
 * Below this 1/df would overflow.  Every tail has been 1/2 to the last place
 * for long.
 */
#define DF_SMALLEST		1e-300

/* Neither the series nor the fraction ever needs as many as 400 terms. */
#define MAX_TERMS		2000

/* Newton's method below needs a dozen steps at worst. */
#define MAX_STEPS		200

/*
 * A point t > 0 of one distribution, and what both areas are made of.
 */
typedef struct TPoint
{
	double		v;				/* 1/df, 0 for the normal distribution */
	double		inv_t2;			/* 1/t^2 */
	double		q1;				/* 1 + t^2/df, may be Infinity */
	double		decay;			/* (1 + t^2/df)^(-df/2); exp(-t^2/2) if normal */
	double		log_decay;
} TPoint;

/*
 * ln(1+x) for x > -1.  The quotient undoes the rounding of 1+x (Kahan);
 * libm's log1p differs more between platforms than its log does.
 */
static double
log_1_plus(double x)
{
	double		u = 1.0 + x;

	if (u == 1.0)
		return x;
	return log(u) * (x / (u - 1.0));
}

/*
 * The density at 0.
 *
 * ln Gamma(z+3/4) - ln Gamma(z+1/4) = ln(z)/2 - sum E_n / (2n (4z)^n) over
 * even n, E_n being Euler's numbers: DLMF 5.11.8 for both terms, with 24.4.31
 * for the Bernoulli polynomials at 1/4.  At z >= 15.75 the first term left
 * out is below 1e-17.  Smaller arguments are brought there by Gamma(a+1) =
 * a Gamma(a).  Subtracting two values of lgamma instead would lose ten digits
 * at df = 10^9.
 */
static double
student_density_at_0(double df)
{
	double		a = df / 2;
	double		product = 1.0;
	double		z;
	double		y;
	double		sum;

	if (df >= DF_IS_INFINITE)
		return INV_SQRT_2PI;

	while (a < 16.0)
	{
		product *= a / (a + 0.5);
		a += 1.0;
	}
	z = a - 0.25;
	y = 1.0 / (16.0 * z * z);
	sum = y * (1.0 / 4 +
			   y * (-5.0 / 8 +
					y * (61.0 / 12 +
						 y * (-1385.0 / 16 +
							  y * (50521.0 / 20 +
								   y * (-2702765.0 / 24))))));
	return product * exp(sum) * (sqrt(z) / sqrt(df)) / SQRT_PI;
}

/*
 * Fill a TPoint, for t > 0 and finite.
 */
static void
set_point(TPoint *pt, double t, double df)
{
	pt->inv_t2 = 1.0 / t / t;

	if (df >= DF_IS_INFINITE)
	{
		/*
		 * t^2 in two parts, because exp() would magnify its rounding.  Beyond
		 * 39 nothing is left to be precise about.
		 */
		double		head = (double) (float) Min(t, 1000.0);

		pt->v = 0.0;
		pt->q1 = 1.0;
		pt->log_decay = -0.5 * t * t;
		pt->decay = t > 1000.0 ? 0.0 :
			exp(-0.5 * head * head) * exp(-0.5 * (t - head) * (t + head));
	}
	else
	{
		double		q = t * (t / df);
		double		log_q1;

		if (q < 1e18)
			log_q1 = log_1_plus(q);
		else
			log_q1 = 2.0 * log(t) - log(df);

		pt->v = 1.0 / df;
		pt->q1 = 1.0 + q;
		pt->log_decay = -0.5 * df * log_q1;
		pt->decay = exp(pt->log_decay);
	}
}

/*
 * P(0 < T < t) / (t f(t)), by the series.  Used for t^2 <= min(1, df), where
 * each term is at most about half of the one before.
 */
static double
central_series(const TPoint *pt)
{
	double		step = 1.0 / (pt->inv_t2 * pt->q1);
	double		term = 1.0;
	double		sum = 1.0;

	for (int j = 1; j < MAX_TERMS; j++)
	{
		term *= step * ((1.0 + (2 * j - 1) * pt->v) / (2 * j + 1));
		sum += term;
		if (term < sum * (DBL_EPSILON / 8))
			break;
	}
	return sum;
}

/*
 * The continued fraction 1 + e_1/(1+ e_2/(1+ ...)), by Steed's method, which
 * adds up ever smaller differences of successive approximants.  All e_n being
 * positive, the approximants lie on both sides of the limit in turn: the last
 * difference bounds the error.
 */
static double
tail_fraction(const TPoint *pt)
{
	double		v = pt->v;
	double		d = 1.0;
	double		diff = pt->inv_t2 / (1.0 + 2.0 * v);
	double		sum = 1.0 + diff;

	for (int n = 2; n < MAX_TERMS; n++)
	{
		double		e = n * pt->inv_t2 *
			((1.0 + (n - 1) * v) / (1.0 + (2 * n - 2) * v)) /
			(1.0 + 2.0 * n * v);
		double		d_next = 1.0 / (1.0 + e * d);

		diff *= -e * d * d_next;
		sum += diff;
		d = d_next;
		if (fabs(diff) < sum * (DBL_EPSILON / 8))
			break;
	}
	return sum;
}

/*
 * Whether the series is the one to use.
 */
static bool
is_central(double t, double df)
{
	return t <= 1.0 && t * t <= df;
}

/*
 * P(T > t) for t >= 0, possibly Infinity.
 *
 * f(t) (1+q)/t is written as f(0) decay sqrt(1/t^2 + 1/df), no part of which
 * overflows, or underflows before the product does.
 */
static double
upper_tail(double t, double df)
{
	TPoint		pt;
	double		density_at_0;

	if (t == 0.0)
		return 0.5;
	if (isinf(t))
		return 0.0;

	set_point(&pt, t, df);
	density_at_0 = student_density_at_0(df);

	if (is_central(t, df))
		return 0.5 - t * density_at_0 * pt.decay / sqrt(pt.q1) *
			central_series(&pt);
	return density_at_0 * sqrt(pt.inv_t2 + pt.v) / tail_fraction(&pt) *
		pt.decay;
}

/*
 * The t > 0 beyond which the area "tail" lies, 0 < tail <= 1/4.
 *
 * Newton's method on ln(area) as a function of ln(t).  That function falls
 * and is concave (the logarithm of an F-distributed variable has a
 * log-concave density, hence a log-concave tail), so that every step but the
 * first ends to the right of the root and the steps close in on it from
 * there, whatever the start.  In logarithms nothing overflows either.
 */
static double
upper_quantile(double tail, double df)
{
	double		log_tail = log(tail);
	double		log_density_at_0 = log(student_density_at_0(df));
	double		z2;
	double		t;

	/*
	 * The start: the normal tail is at most exp(-z^2/2)/2, and z becomes a t
	 * by Wallace's approximation (Annals of Mathematical Statistics 30,
	 * 1959).
	 */
	z2 = -2.0 * (log_tail + M_LN2);
	t = sqrt(z2);
	if (df < DF_IS_INFINITE)
	{
		double		w = (8.0 * df + 3.0) / (8.0 * df + 1.0);
		double		log_q1 = Min(z2 * w * w / df, 700.0);

		if (log_q1 > 1e-6)
			t = sqrt(df) * sqrt(expm1(log_q1));
	}

	for (int i = 0; i < MAX_STEPS; i++)
	{
		TPoint		pt;
		double		fraction;
		double		log_area;
		double		step;

		set_point(&pt, t, df);
		fraction = tail_fraction(&pt);
		log_area = log_density_at_0 + pt.log_decay +
			0.5 * log(pt.inv_t2 + pt.v) - log(fraction);

		/* area / (t f(t)) is -d ln(t) / d ln(area) */
		step = (log_area - log_tail) * (pt.inv_t2 + pt.v) / fraction;
		t *= exp(step);
		if (fabs(step) < 1e-8 || t > DBL_MAX)
			break;
	}
	return t;
}

/*
 * The t > 0 with P(0 < T < t) = area, 0 < area < 1/4: the same method on the
 * other area, which rises and is concave too.  It starts on the left, because
 * the density is highest at 0.
 */
static double
central_quantile(double area, double df)
{
	double		density_at_0 = student_density_at_0(df);
	double		t = area / density_at_0;

	for (int i = 0; i < MAX_STEPS; i++)
	{
		TPoint		pt;
		double		t_density;	/* t f(t) */
		double		found;
		double		step;

		set_point(&pt, t, df);
		t_density = density_at_0 * pt.decay / sqrt(pt.inv_t2 + pt.v);
		if (is_central(t, df))
			found = t_density * central_series(&pt);
		else
			found = 0.5 - upper_tail(t, df);

		step = log_1_plus((area - found) / found) * found / t_density;
		t *= exp(step);
		if (fabs(step) < 1e-8 || t > DBL_MAX)
			break;
	}
	return t;
}

/*
 * P(T <= t) for Student's t distribution with df degrees of freedom.
 *
 * Relative error below 1e-12 wherever the result is a normal double, in the
 * lower tail too.  The upper tail is student_t_cdf(-t, df): it cannot be had
 * from a result that is rounded to 1.
 */
double
student_t_cdf(double t, double df)
{
	if (isnan(t) || isnan(df) || df <= 0.0)
		return get_float8_nan();
	df = Max(df, DF_SMALLEST);
	if (t > 0.0)
		return 1.0 - upper_tail(t, df);
	return upper_tail(-t, df);
}

/*
 * P(|T| >= |t|): the p-value of a two-sided t test.
 */
double
student_t_two_sided_p(double t, double df)
{
	if (isnan(t) || isnan(df) || df <= 0.0)
		return get_float8_nan();
	return 2.0 * upper_tail(fabs(t), Max(df, DF_SMALLEST));
}

/*
 * P(F' > f) for the F distribution with m and df degrees of freedom, m being
 * the count of hypotheses tested together: 1, 2, ...
 *
 * It is the incomplete beta function I_x(df/2, m/2) at x = df/(df + m f).  At
 * m = 1 that is a two-sided t test, at m = 2 it is x^(df/2); from there
 *
 *		I_x(a, b+1) = I_x(a, b) + x^a (1-x)^b / (b B(a, b))
 *
 * (DLMF 8.17.18 with 8.17.20) adds terms that are all positive.
 */
double
f_upper_tail(double f, int m, double df)
{
	double		t;
	double		b;
	double		sum;
	double		term;
	double		ratio;
	TPoint		pt;

	if (isnan(f) || m < 1 || isnan(df) || df <= 0.0 || df >= DF_IS_INFINITE)
		return get_float8_nan();
	if (f <= 0.0)
		return 1.0;
	t = sqrt(m * f);
	if (isinf(t))
		return 0.0;
	df = Max(df, DF_SMALLEST);
	set_point(&pt, t, df);
	ratio = t / pt.q1 * (t / df);	/* 1 - x */
	if (m % 2 != 0)
	{
		b = 0.5;
		sum = 2.0 * upper_tail(t, df);
		term = 2.0 * pt.decay * student_density_at_0(df) * t / sqrt(pt.q1);
	}
	else
	{
		b = 1.0;
		sum = pt.decay;
		term = pt.decay * ratio * (df / 2);
	}
	for (; b < m / 2.0; b += 1.0)
	{
		sum += term;
		term *= ratio * ((df / 2 + b) / (b + 1));
	}
	return Min(sum, 1.0);
}

/*
 * The t with P(T <= t) = p.  0 and 1 give the infinities; for df below about
 * 2.4 the result can be beyond the range of a double, which gives an infinity
 * too.
 */
double
student_t_quantile(double p, double df)
{
	double		tail;
	double		t;

	if (isnan(p) || p < 0.0 || p > 1.0 || isnan(df) || df <= 0.0)
		return get_float8_nan();
	if (p == 0.0)
		return -get_float8_infinity();
	if (p == 1.0)
		return get_float8_infinity();
	if (p == 0.5)
		return 0.0;

	df = Max(df, DF_SMALLEST);

	/* both subtractions are exact where their result is used (Sterbenz) */
	tail = p < 0.5 ? p : 1.0 - p;
	if (tail <= 0.25)
		t = upper_quantile(tail, df);
	else
		t = central_quantile(0.5 - tail, df);
	return p < 0.5 ? -t : t;
}

/*
 * P(X <= x) for the standard normal distribution; relative error below 1e-14
 * wherever the result is a normal double.
 */
double
normal_cdf(double x)
{
	return student_t_cdf(x, get_float8_infinity());
}

/*
 * The x with P(X <= x) = p.
 */
double
normal_quantile(double p)
{
	return student_t_quantile(p, get_float8_infinity());
}

/*
 * SQL.  NaN gives NaN, as it does in core's own functions; what has no
 * meaning is an error, not a NaN that turns up in somebody's table.
 */
PG_FUNCTION_INFO_V1(student_t_cdf_sql);
PG_FUNCTION_INFO_V1(student_t_two_sided_p_sql);
PG_FUNCTION_INFO_V1(student_t_quantile_sql);
PG_FUNCTION_INFO_V1(normal_cdf_sql);
PG_FUNCTION_INFO_V1(normal_quantile_sql);

/* A double for a message, whatever extra_float_digits says. */
static char *
shortest(double d)
{
	char	   *buf = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);

	double_to_shortest_decimal_buf(d, buf);
	return buf;
}

static void
check_df(double df)
{
	if (df <= 0.0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid degrees of freedom: %s", shortest(df)),
				 errhint("Write a number above 0, such as the number of observations less the number of coefficients.")));
}

static void
check_probability(double p)
{
	if (p < 0.0 || p > 1.0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid probability: %s", shortest(p)),
				 errhint("Write a fraction from 0 to 1, such as 0.975.")));
}

/*
 * student_t_cdf(t, df); 22023 for df not above 0.
 */
Datum
student_t_cdf_sql(PG_FUNCTION_ARGS)
{
	double		t = PG_GETARG_FLOAT8(0);
	double		df = PG_GETARG_FLOAT8(1);

	check_df(df);
	PG_RETURN_FLOAT8(student_t_cdf(t, df));
}

/*
 * student_t_two_sided_p(t, df); 22023 for df not above 0.
 */
Datum
student_t_two_sided_p_sql(PG_FUNCTION_ARGS)
{
	double		t = PG_GETARG_FLOAT8(0);
	double		df = PG_GETARG_FLOAT8(1);

	check_df(df);
	PG_RETURN_FLOAT8(student_t_two_sided_p(t, df));
}

/*
 * student_t_quantile(p, df); 22023 for p outside 0..1 or df not above 0,
 * 22003 for a result that is finite but no double can hold.
 */
Datum
student_t_quantile_sql(PG_FUNCTION_ARGS)
{
	double		p = PG_GETARG_FLOAT8(0);
	double		df = PG_GETARG_FLOAT8(1);
	double		t;

	check_probability(p);
	check_df(df);
	t = student_t_quantile(p, df);
	if (isinf(t) && p > 0.0 && p < 1.0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("quantile %s of Student's t distribution with %s degrees of freedom is out of range",
						shortest(p), shortest(df)),
				 errhint("Use a probability further from 0 and 1, or more degrees of freedom.")));
	PG_RETURN_FLOAT8(t);
}

/*
 * normal_cdf(x).
 */
Datum
normal_cdf_sql(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(normal_cdf(PG_GETARG_FLOAT8(0)));
}

/*
 * normal_quantile(p); 22023 for p outside 0..1.
 */
Datum
normal_quantile_sql(PG_FUNCTION_ARGS)
{
	double		p = PG_GETARG_FLOAT8(0);

	check_probability(p);
	PG_RETURN_FLOAT8(normal_quantile(p));
}
