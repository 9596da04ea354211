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
 * Every value has only as many bits as its place in the sum deserves.  ln(1 + r)
 * is below 2^-9.9 and so has 72 fraction bits in an int64; e ln 2 - ln c has its
 * first 53 in one and the next 26 in another; r^4 and what it is multiplied by
 * are needed to 30 bits.  One rounding, to 53 bits, ends it.  Error before that
 * rounding: 2^-69 for e ln 2 with the smallest of doubles (2^-74 for a
 * mantissa's usual exponents), 2^-70 for the parts with 72 fraction bits, 2^-70
 * for r^4, 2^-71 for the series cut after r^6.  So a result is within 0.50004
 * units of the true logarithm.
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

/* 1/k with the given number of fraction bits */
#define ONE_OVER(k, bits) ((int64) ((UINT64CONST(1) << (bits)) / (k)))

/* the upper half of a product: fraction bits add up, less 64 */
#define MUL_HIGH(a, b) ((int64) (((int128) (a) * (b)) >> 64))

/*
 * e ln 2 + entry->ln - (offset_hi, offset_lo) + ln(1 + s / 2^72), in units of
 * 2^-53.
 */
static inline int64
ln_fixed_sum(const LnTableEntry *entry, int64 s, int64 e, int64 offset_hi, int64 offset_lo)
{
	int64		r2 = MUL_HIGH(s, s);	/* r^2, 80 fraction bits */
	int64		q = r2 >> 30;	/* r^2, 50 fraction bits */
	int64		r4 = (q * q) >> 30; /* r^4, 70 fraction bits */
	int64		low;			/* 1/2 - r/3, 63 fraction bits */
	int64		high;			/* 1/4 - r/5 + r^2/6, 31 fraction bits */
	int64		upper;			/* counts 2^-53 */
	int64		rest;			/* 79 fraction bits */

	low = ONE_OVER(2, 63) - MUL_HIGH(s, ONE_OVER(3, 55));
	high = ONE_OVER(4, 31) - (((s >> 31) * ONE_OVER(5, 31)) >> 41) +
		((q * ONE_OVER(6, 31)) >> 50);

	upper = e * LN_2_HI + entry->ln_hi - offset_hi;
	rest = e * LN_2_LO + entry->ln_lo - offset_lo -
		(MUL_HIGH(r2, low) + ((r4 * high) >> 22));

	/* s and the rest to 72 fraction bits, then to 53, to nearest */
	return upper + ((s + (rest >> 7) + (1 << 18)) >> 19);
}

/*
 * ln(m / 2^52 * 2^e) less the offset; m has its leading bit at 2^52, and bits
 * of no meaning may stand above it.
 *
 * m c has 68 fraction bits, and r = m c - 1 is below 2^-9: so 16 m c, of which
 * the machine keeps the low 64 bits, is r with 72 fraction bits, exactly.
 */
static inline int64
ln_fixed_53(uint64 m, int64 e, int64 offset_hi, int64 offset_lo)
{
	const LnTableEntry *entry;

	entry = &ln_table[(m >> (52 - LN_TABLE_BITS)) & ((1 << LN_TABLE_BITS) - 1)];
	m = (m & ((UINT64CONST(1) << 52) - 1)) | (UINT64CONST(1) << 52);
	return ln_fixed_sum(entry, (int64) (m * ((uint64) entry->reciprocal << 4)), e,
						offset_hi, offset_lo);
}

/* The same for a 64-bit m, ln(m / 2^63 * 2^e); its top bit is set. */
static inline int64
ln_fixed_64(uint64 m, int64 e, int64 offset_hi, int64 offset_lo)
{
	const LnTableEntry *entry;
	int128		r;				/* 79 fraction bits */

	entry = &ln_table[(m >> (63 - LN_TABLE_BITS)) & ((1 << LN_TABLE_BITS) - 1)];
	r = (int128) ((uint128) m * entry->reciprocal) - ((int128) 1 << 79);
	return ln_fixed_sum(entry, (int64) (r >> 7), e, offset_hi, offset_lo);
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
	return ln_fixed_53(bits, (int64) (bits >> 52) - 1023, 0, 0);
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
	return ln_fixed_64(bits << shift, 63 - shift - 1074, 0, 0);
}

/*
 * Of an integer v > 0.  One below 2^53 is a double as it is, and converting it
 * finds its leading bit faster than counting zeros does.
 */
static inline int64
ln_fixed_int64(int64 v, int64 offset_hi, int64 offset_lo)
{
	int			shift;

	if (likely(v < INT64CONST(1) << 53))
	{
		double		d = (double) v;
		uint64		bits;

		memcpy(&bits, &d, sizeof(bits));
		return ln_fixed_53(bits, (int64) (bits >> 52) - 1023, offset_hi, offset_lo);
	}
	shift = __builtin_clzll((uint64) v);
	return ln_fixed_64((uint64) v << shift, 63 - shift, offset_hi, offset_lo);
}

/*
 * ln of a capacity in GWh, from its exact count of milliwatt-hours (> 0).
 */
static inline int64
ln_fixed_gwh(int64 mwh)
{
	return ln_fixed_int64(mwh, LN_1E12_HI, LN_1E12_LO);
}

/*
 * ln of a unit cost in US$/kWh, from its exact count of 10^-9 US$/kWh (> 0).
 */
static inline int64
ln_fixed_usd_per_kwh(int64 nano_usd)
{
	return ln_fixed_int64(nano_usd, LN_1E9_HI, LN_1E9_LO);
}

#endif							/* BATTERY_LN_FIXED_H */
