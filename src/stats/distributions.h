/*-------------------------------------------------------------------------
 *
 * distributions.h
 *		Student's t and the normal distribution, for errors of estimates and
 *		for forecast bands.
 *
 * Plain C functions on doubles: they raise no errors, allocate nothing and
 * call nothing but exp, log, sqrt and fabs.  Arguments outside the domain
 * (df not above zero, p outside 0..1, any NaN) give NaN; the callers that
 * face users check first.  df may be any positive number, Infinity included,
 * which is the normal distribution.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_DISTRIBUTIONS_H
#define BATTERY_DISTRIBUTIONS_H

extern double student_t_cdf(double t, double df);
extern double student_t_two_sided_p(double t, double df);
extern double student_t_quantile(double p, double df);
extern double f_upper_tail(double f, int m, double df);
extern double normal_cdf(double x);
extern double normal_quantile(double p);

#endif							/* BATTERY_DISTRIBUTIONS_H */
