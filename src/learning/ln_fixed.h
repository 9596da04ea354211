/*-------------------------------------------------------------------------
 *
 * ln_fixed.h
 *		Natural logarithms as 64-bit fixed-point integers.
 *
 * Why not libm's log?  Because its last bit depends on the library and on
 * the instructions it picks at run time, and an exact sum of inexact
 * logarithms would then differ between two servers.  Everything here is
 * integer arithmetic, so the same argument gives the same integer on every
 * platform, and sums of such integers are exact whatever their order.
 *
 * Method.  x = 2^e m with 1 <= m < 2.  The leading bits of m choose a
 * reciprocal c, a multiple of 2^-16 for which m c = 1 + r with |r| < 2^-9.9,
 * and r is exact.  Then
 *
 *		ln x = e ln 2 - ln c + ln(1 + r)
 *		ln(1 + r) = r - r^2 (1/2 - r/3 + r^2/4 - r^3/5 + r^4/6 - ...)
 *
 * The sum is formed with 79 fraction bits and rounded once, to 53.  Error
 * before that rounding: 2^-69 for e ln 2 with the smallest of doubles (2^-74
 * for a mantissa's usual exponents), 2^-70 for the rounding of r^4, 2^-71 for the
 * series cut after r^6, less than 2^-77 for everything else.  So a result is within 0.50002 units of the
 * true logarithm.
 *
 * Every value has only as many bits as its place in the sum deserves: r^4 and
 * what it is multiplied by are needed to 30 bits, so their products fit in 64.
 * The products that need more are wanted from their 65th bit on, because
 * shifting 128 bits by anything else is what this would spend its time on.
 *
 * Inline, because an aggregate takes two logarithms for every row, and the
 * processor can then work on both at once.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_LN_FIXED_H
#define BATTERY_LN_FIXED_H

#include "learning/ln_table.h"

/* A logarithm is an integer count of 2^-53. */
#define LN_FRACTION_BITS	53

/*
 * The logarithms of the largest and the smallest positive double are
 * 709.8 and -744.5, so none is beyond this, in units of 2^-53.
 */
#define LN_FIXED_BOUND		(INT64CONST(745) << LN_FRACTION_BITS)

/* k times a constant of ln_table.h; k HI must fit in 64 bits */
#define FIXED_79(k, name) \
	((int128) ((uint128) ((k) * name##_HI) << 64) + (int128) (k) * name##_LO)

/* 1/k with the given number of fraction bits */
#define ONE_OVER(k, bits) ((int64) ((UINT64CONST(1) << (bits)) / (k)))

/* the upper half of a product: fraction bits add up, less 64 */
#define MUL_HIGH(a, b) ((int64) (((int128) (a) * (b)) >> 64))

/*
 * ln(m / 2^63 * 2^e) - offset in units of 2^-53; the top bit of m is set,
 * and offset has 79 fraction bits.
 */
static inline int64
ln_fixed(uint64 m, int64 e, int128 offset)
{
	int			i = (int) ((m >> (63 - LN_TABLE_BITS)) & ((1 << LN_TABLE_BITS) - 1));
	int128		r;				/* 79 fraction bits, exact */
	int64		s;				/* r, 72 fraction bits */
	int64		r2;				/* r^2, 80 fraction bits */
	int64		q;				/* r^2, 50 fraction bits */
	int64		r4;				/* r^4, 70 fraction bits */
	int64		low;			/* 1/2 - r/3, 63 fraction bits */
	int64		high;			/* 1/4 - r/5 + r^2/6, 31 fraction bits */
	int128		sum;			/* 79 fraction bits */

	r = (int128) ((uint128) m * ln_table[i].reciprocal) - ((int128) 1 << 79);
	s = (int64) (r >> 7);
	r2 = MUL_HIGH(s, s);
	q = r2 >> 30;
	r4 = (q * q) >> 30;

	low = ONE_OVER(2, 63) - MUL_HIGH(s, ONE_OVER(3, 55));
	high = ONE_OVER(4, 31) - (((s >> 31) * ONE_OVER(5, 31)) >> 41) +
		((q * ONE_OVER(6, 31)) >> 50);

	sum = FIXED_79(e, LN_2) - offset;
	sum += (int128) (((uint128) ln_table[i].ln_hi << 64) | ln_table[i].ln_lo);
	sum += r;
	sum -= MUL_HIGH(r2, low) + ((r4 * high) >> 22);

	/* to 53 fraction bits, to nearest */
	return (int64) ((sum + ((int128) 1 << 25)) >> 26);
}

/*
 * Is x a positive normal double?  The rest, which is zero, negative,
 * subnormal, infinite or NaN, is rare and takes the slow path; one comparison
 * of its bits tells them apart.
 */
static inline bool
ln_fixed_is_easy(double x)
{
	uint64		bits;

	memcpy(&bits, &x, sizeof(bits));
	return bits - (UINT64CONST(1) << 52) < UINT64CONST(0x7FE) << 52;
}

/* ln(x) of a positive normal double */
static inline int64
ln_fixed_normal(double x)
{
	uint64		bits;

	memcpy(&bits, &x, sizeof(bits));
	return ln_fixed((bits << 11) | (UINT64CONST(1) << 63), (int64) (bits >> 52) - 1023, 0);
}

/* ln(x) of any finite x > 0 */
static inline int64
ln_fixed_float8(double x)
{
	uint64		bits;
	int			shift;

	if (ln_fixed_is_easy(x))
		return ln_fixed_normal(x);
	memcpy(&bits, &x, sizeof(bits));
	shift = __builtin_clzll(bits);
	return ln_fixed(bits << shift, 63 - shift - 1074, 0);
}

/*
 * Of an integer v > 0.  One below 2^53 is a double as it is, and converting it
 * finds its leading bit faster than counting zeros does.
 */
static inline int64
ln_fixed_int64(int64 v, int128 offset)
{
	int			shift;

	if (likely(v < INT64CONST(1) << 53))
	{
		double		d = (double) v;
		uint64		bits;

		memcpy(&bits, &d, sizeof(bits));
		return ln_fixed((bits << 11) | (UINT64CONST(1) << 63), (int64) (bits >> 52) - 1023, offset);
	}
	shift = __builtin_clzll((uint64) v);
	return ln_fixed((uint64) v << shift, 63 - shift, offset);
}

/*
 * ln of a capacity in GWh, from its exact count of milliwatt-hours (> 0).
 */
static inline int64
ln_fixed_gwh(int64 mwh)
{
	return ln_fixed_int64(mwh, FIXED_79(1, LN_1E12));
}

/*
 * ln of a unit cost in US$/kWh, from its exact count of 10^-9 US$/kWh (> 0).
 */
static inline int64
ln_fixed_usd_per_kwh(int64 nano_usd)
{
	return ln_fixed_int64(nano_usd, FIXED_79(1, LN_1E9));
}

#endif							/* BATTERY_LN_FIXED_H */
