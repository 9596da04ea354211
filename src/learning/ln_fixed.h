/*-------------------------------------------------------------------------
 *
 * ln_fixed.h
 *		Natural logarithms as 64-bit fixed-point integers.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_LN_FIXED_H
#define BATTERY_LN_FIXED_H

/* A logarithm is an integer count of 2^-53. */
#define LN_FRACTION_BITS	53

/*
 * The logarithms of the largest and the smallest positive double are
 * 709.8 and -744.5, so none is beyond this, in units of 2^-53.
 */
#define LN_FIXED_BOUND		(INT64CONST(745) << LN_FRACTION_BITS)

extern int64 ln_fixed_float8(double x);
extern int64 ln_fixed_gwh(int64 mwh);
extern int64 ln_fixed_usd_per_kwh(int64 nano_usd);

#endif							/* BATTERY_LN_FIXED_H */
