/*-------------------------------------------------------------------------
 *
 * ball.h
 *		Numbers of 128 bits that know how far off they are.
 *
 * A quick first try at what bigfloat.h does in 512 bits: where the error that is
 * known here cannot change the rounding to a double, both give the same double,
 * the one nearest to the exact result; where it could, the caller computes again
 * with bigfloat.h.  Errors are bounded by powers of two, which every operation
 * rounds up, so that a bound holds whatever the numbers are.
 *
 * Integers only: the same answer, and the same need to compute again, on every
 * platform.  No overflow: exponents are those of products of a few doubles.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_BALL_H
#define BATTERY_BALL_H

#include <math.h>

#define BALL_BITS	128

/* The error of what has none: below that of anything computed. */
#define BALL_EXACT	(-1000000)

/*
 * Within 2^err of sign * m * 2^(exp - BALL_BITS).  The top bit of m is set, so that
 * the magnitude of the middle lies in [2^(exp-1), 2^exp); of a zero, m and sign are
 * 0, and exp is err.
 */
typedef struct Ball
{
	int			sign;
	int			exp;
	int			err;
	uint128		m;
} Ball;

static inline int
leading_zeros_of_128(uint128 m)
{
	uint64		high = (uint64) (m >> 64);

	return high != 0 ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64) m);
}

static inline Ball
ball_of(int sign, uint128 m, int exp, int err)
{
	Ball		r = {sign, exp, err, m};

	if (m == 0)
	{
		r.sign = 0;
		r.exp = err;
	}
	else
	{
		int			zeros = leading_zeros_of_128(m);

		r.m <<= zeros;
		r.exp -= zeros;
	}
	return r;
}

static inline Ball
ball_from_int64(int64 v)
{
	return ball_of(v < 0 ? -1 : 1, v < 0 ? -(uint64) v : (uint64) v, BALL_BITS, BALL_EXACT);
}

/* n words of two's complement, the lowest of which counts 2^exp */
static inline Ball
ball_from_words(const uint64 *w, int n, int exp)
{
	bool		negative = n > 0 && (w[n - 1] >> 63) != 0;
	uint64		flip = negative ? ~UINT64CONST(0) : 0;
	uint64		top[3] = {0, 0, 0};
	uint128		m;
	int			zeros;
	int			below;

	/* words that repeat the sign */
	while (n > 0 && w[n - 1] == flip)
		n--;
	if (n == 0)
		return ball_of(1, negative ? 1 : 0, exp + BALL_BITS, BALL_EXACT);

	/*
	 * The magnitude's top words.  A negative one's is one more than what
	 * flipping gives.  That one is left to the error where there are words
	 * below; where there are none, it may carry out of the last word.
	 */
	below = n > 3 ? n - 3 : 0;
	for (int i = 0; i < n - below; i++)
		top[2 - i] = w[n - 1 - i] ^ flip;
	if (negative && below == 0)
	{
		int			last = 3 - n;

		while (last < 3 && ++top[last] == 0)
			last++;
		if (last == 3)
			return ball_of(-1, 1, exp + 64 * n + BALL_BITS, BALL_EXACT);
	}
	zeros = __builtin_clzll(top[2]);
	m = (uint128) top[2] << 64 | top[1];
	if (zeros > 0)
		m = m << zeros | top[0] >> (64 - zeros);
	exp += 64 * n - zeros;
	return ball_of(negative ? -1 : 1, m, exp,
				   below == 0 && top[0] << zeros == 0 ? BALL_EXACT : exp - BALL_BITS + 1);
}

static inline Ball
ball_mul(const Ball *a, const Ball *b)
{
	uint64		a1 = (uint64) (a->m >> 64);
	uint64		a0 = (uint64) a->m;
	uint64		b1 = (uint64) (b->m >> 64);
	uint64		b0 = (uint64) b->m;
	uint128		low = (uint128) a0 * b0;
	uint128		mid = (uint128) a1 * b0;
	uint128		other = (uint128) a0 * b1;
	uint128		carry = (low >> 64) + (uint64) mid + (uint64) other;
	uint128		high = (uint128) a1 * b1 + (mid >> 64) + (other >> 64) + (carry >> 64);
	int			exp = a->exp + b->exp;
	int			err = Max(Max(a->exp + b->err, b->exp + a->err), exp - BALL_BITS);

	return ball_of(a->sign * b->sign, high, exp, err + 2);
}

static inline Ball
ball_sub(const Ball *a, const Ball *b)
{
	const Ball *x = a->exp >= b->exp ? a : b;
	const Ball *y = x == a ? b : a;
	int			x_sign = x == a ? a->sign : -b->sign;
	int			y_sign = x == a ? -b->sign : a->sign;
	int			shift = x->exp - y->exp + 1;
	uint128		m = x->m >> 1;
	uint128		n = shift < BALL_BITS ? y->m >> shift : 0;
	int			err = Max(Max(a->err, b->err), x->exp + 1 - BALL_BITS) + 2;

	if (x_sign * y_sign >= 0)
		return ball_of(x_sign != 0 ? x_sign : y_sign, m + n, x->exp + 1, err);
	if (m >= n)
		return ball_of(x_sign, m - n, x->exp + 1, err);
	return ball_of(y_sign, n - m, x->exp + 1, err);
}

/* Is all of it above 2^(exp - 2)? */
static inline bool
ball_is_positive(const Ball *a)
{
	return a->sign > 0 && a->err <= a->exp - 2;
}

/*
 * a / b as the nearest double; false when that is not certain.  Both are positive,
 * and the result far from the ends of a double's range.
 *
 * The quotient has 80 bits, of which the first may be zero: at least 79, and 53 of
 * them are the double's.  What it may be off by is one of its last place for the
 * bits that are cut off, two for the bit that each number is cut by, and the errors
 * of both; only where half a unit of the double lies so close is the rounding open.
 */
static inline bool
ball_ratio(const Ball *a, const Ball *b, double *result)
{
	uint128		rem = a->m >> 1;
	uint128		div = b->m >> 1;
	uint128		q = 0;
	uint128		off = 3;
	uint128		half;
	uint128		part;
	int			relative = Max(a->err - a->exp, b->err - b->exp) + 4;
	int			drop;

	if (relative > -60)
		return false;
	off += (uint128) 1 << Max(relative + 80, 0);
	for (int i = 0; i < 80; i++)
	{
		bool		one = rem >= div;

		rem -= one ? div : 0;
		rem <<= 1;
		q = q << 1 | one;
	}
	drop = BALL_BITS - leading_zeros_of_128(q) - 53;
	half = (uint128) 1 << (drop - 1);
	part = q & (2 * half - 1);
	if (part + off >= half && part <= half + off)
		return false;
	*result = ldexp((double) (uint64) ((q >> drop) + (part > half)), drop + a->exp - b->exp - 79);
	return true;
}

#endif							/* BATTERY_BALL_H */
