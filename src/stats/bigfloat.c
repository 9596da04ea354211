/*-------------------------------------------------------------------------
 *
 * bigfloat.c
 *		Floating point numbers of 512 bits.
 *
 * Results are truncated, not rounded: with hundreds of bits to spare the
 * difference is never seen.  Schoolbook algorithms; the division is Newton's
 * iteration for the reciprocal.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "compat.h"
#include "stats/bigfloat.h"

BigFloat
bf_zero(void)
{
	BigFloat	r;

	memset(&r, 0, sizeof(r));
	return r;
}

/*
 * From the magnitude w[0..n-1], with sign given: shifts the leading one to the
 * top and drops what is below the last word.
 */
static BigFloat
normalize(int sign, const uint64 *w, int n, int exp)
{
	BigFloat	r;
	uint64		few[BF_WORDS + 1];
	const uint64 *from;
	int			shift;

	while (n > 0 && w[n - 1] == 0)
	{
		n--;
		exp -= 64;
	}
	if (n == 0)
		return bf_zero();
	shift = __builtin_clzll(w[n - 1]);

	/* the leading words and one more */
	if (n > BF_WORDS)
		from = w + n - BF_WORDS - 1;
	else
	{
		memset(few, 0, sizeof(few));
		memcpy(&few[BF_WORDS + 1 - n], w, n * sizeof(uint64));
		from = few;
	}
	for (int i = 0; i < BF_WORDS; i++)
		r.m[i] = (from[i + 1] << shift) | (from[i] >> 1 >> (63 - shift));
	r.sign = sign;
	r.exp = exp - shift;
	return r;
}

/*
 * The value of n two's complement words times 2^exp.
 */
BigFloat
bf_from_words(const uint64 *w, int n, int exp)
{
	BigFloat	r;
	uint64	   *magnitude;
	uint64		carry = 1;

	if (n == 0)
		return bf_zero();
	if ((w[n - 1] >> 63) == 0)
		return normalize(1, w, n, exp + 64 * n);
	magnitude = palloc(n * sizeof(uint64));
	for (int i = 0; i < n; i++)
	{
		magnitude[i] = ~w[i] + carry;
		carry = carry && magnitude[i] == 0;
	}
	r = normalize(-1, magnitude, n, exp + 64 * n);
	pfree(magnitude);
	return r;
}

BigFloat
bf_from_int64(int64 v)
{
	return bf_from_words((const uint64 *) &v, 1, 0);
}

/* d must be finite */
BigFloat
bf_from_double(double d)
{
	int			exp;
	double		m = frexp(d, &exp);
	BigFloat	r = bf_from_int64((int64) ldexp(m, DBL_MANT_DIG));

	r.exp += exp - DBL_MANT_DIG;
	return r;
}

BigFloat
bf_neg(BigFloat a)
{
	a.sign = -a.sign;
	return a;
}

/* a * 2^bits */
BigFloat
bf_scale(BigFloat a, int bits)
{
	a.exp += bits;
	return a;
}

static int
compare_magnitude(const BigFloat *a, const BigFloat *b)
{
	if (a->exp != b->exp)
		return a->exp < b->exp ? -1 : 1;
	for (int i = BF_WORDS - 1; i >= 0; i--)
		if (a->m[i] != b->m[i])
			return a->m[i] < b->m[i] ? -1 : 1;
	return 0;
}

int
bf_compare(const BigFloat *a, const BigFloat *b)
{
	if (a->sign != b->sign)
		return a->sign < b->sign ? -1 : 1;
	if (a->sign == 0)
		return 0;
	return a->sign * compare_magnitude(a, b);
}

BigFloat
bf_add(const BigFloat *a, const BigFloat *b)
{
	/* one word below, for what a shift of the smaller moves out */
	uint64		big[BF_WORDS + 2];
	uint64		small[BF_WORDS + 2];
	BigFloat	r;
	int			shift;
	int			words;
	uint64		carry = 0;

	if (b->sign == 0)
		return *a;
	if (a->sign == 0)
		return *b;
	if (compare_magnitude(a, b) < 0)
	{
		const BigFloat *t = a;

		a = b;
		b = t;
	}
	if (a->exp - b->exp > BF_BITS)
		return *a;

	shift = (a->exp - b->exp) % 64;
	words = (a->exp - b->exp) / 64;
	big[0] = 0;
	memcpy(&big[1], a->m, sizeof(a->m));
	big[BF_WORDS + 1] = 0;
	for (int i = 0; i < BF_WORDS + 2; i++)
	{
		int			j = i - 1 + words;	/* the word of b that lands here */
		uint64		low = j >= 0 && j < BF_WORDS ? b->m[j] : 0;
		uint64		high = j >= -1 && j + 1 < BF_WORDS ? b->m[j + 1] : 0;

		small[i] = shift == 0 ? low : (low >> shift) | (high << (64 - shift));
	}
	for (int i = 0; i < BF_WORDS + 2; i++)
	{
		uint128		t;

		if (a->sign == b->sign)
			t = (uint128) big[i] + small[i] + carry;
		else
			t = (uint128) big[i] - small[i] - carry;
		big[i] = (uint64) t;
		carry = (uint64) (t >> 64) & 1;
	}
	r = normalize(a->sign, big, BF_WORDS + 2, a->exp + 64);
	if (r.sign != 0 && a->exp - r.exp > BF_CANCEL_BITS)
		return bf_zero();
	return r;
}

BigFloat
bf_sub(const BigFloat *a, const BigFloat *b)
{
	BigFloat	nb = bf_neg(*b);

	return bf_add(a, &nb);
}

/*
 * The lowest words of the product are not formed: what they would carry into
 * the words kept is below 2^-560 of the result.
 */
BigFloat
bf_mul(const BigFloat *a, const BigFloat *b)
{
	uint64		p[2 * BF_WORDS];

	if (a->sign == 0 || b->sign == 0)
		return bf_zero();
	memset(p, 0, sizeof(p));
	for (int i = 0; i < BF_WORDS; i++)
	{
		uint64		carry = 0;

		if (a->m[i] == 0)
			continue;			/* short numbers are common */
		for (int j = Max(BF_WORDS - 2 - i, 0); j < BF_WORDS; j++)
		{
			uint128		t = (uint128) a->m[i] * b->m[j] + p[i + j] + carry;

			p[i + j] = (uint64) t;
			carry = (uint64) (t >> 64);
		}
		p[i + BF_WORDS] = carry;
	}
	return normalize(a->sign * b->sign, p, 2 * BF_WORDS, a->exp + b->exp);
}

/* a without the words that hold nothing of the first bits */
static BigFloat
leading(BigFloat a, int bits)
{
	for (int i = 0; i < BF_WORDS - 1 - bits / 64; i++)
		a.m[i] = 0;
	return a;
}

/*
 * 1 / a; a must not be zero.  Newton's iteration doubles the digits at every
 * step: 50, 100, 200, 400, all.  A step is given no more digits than it makes
 * right, because bf_mul() is the faster the more words of its first argument
 * are zero.
 */
BigFloat
bf_reciprocal(const BigFloat *a)
{
	BigFloat	m = *a;
	BigFloat	two = bf_from_int64(2);
	BigFloat	r;

	Assert(a->sign != 0);
	m.exp = 1;					/* |m| in [1, 2) */
	r = bf_from_double(1 / bf_to_double(&m));
	for (int bits = 100; bits < 2 * BF_BITS; bits *= 2)
	{
		BigFloat	t = leading(m, bits);

		t = bf_mul(&r, &t);
		t = bf_sub(&two, &t);
		r = bf_mul(&r, &t);
		r = leading(r, bits);
	}
	return bf_scale(r, 1 - a->exp);
}

BigFloat
bf_div(const BigFloat *a, const BigFloat *b)
{
	BigFloat	r = bf_reciprocal(b);

	return bf_mul(a, &r);
}

/*
 * The nearest double, ties to even; Infinity and 0 beyond its range.
 */
double
bf_to_double(const BigFloat *a)
{
	int			bits = DBL_MANT_DIG;
	uint64		top;
	uint64		mantissa;
	bool		sticky = false;
	int			drop;
	double		d;

	if (a->sign == 0)
		return 0;
	if (a->exp > DBL_MAX_EXP)
		return a->sign * HUGE_VAL;
	/* a denormal has fewer bits */
	if (a->exp < DBL_MIN_EXP)
		bits -= DBL_MIN_EXP - a->exp;
	if (bits < 0)
		return a->sign * 0.0;

	top = a->m[BF_WORDS - 1];
	for (int i = 0; i < BF_WORDS - 1 && !sticky; i++)
		sticky = a->m[i] != 0;
	drop = 64 - bits;
	if (drop == 64)
	{
		/* below the least denormal: up to it when beyond half of it */
		mantissa = (top << 1) != 0 || sticky ? 1 : 0;
	}
	else
	{
		uint64		rest = top << bits;
		uint64		half = UINT64CONST(1) << 63;

		mantissa = top >> drop;
		if (rest > half || (rest == half && (sticky || (mantissa & 1) != 0)))
			mantissa++;
	}
	d = ldexp((double) mantissa, a->exp - bits);
	return a->sign < 0 ? -d : d;
}

/* floor(sqrt(v)), v at least 2^126 */
static uint64
isqrt(uint128 v)
{
	double		guess = sqrt(ldexp((double) (uint64) (v >> 64), 64));
	uint64		r = guess >= ldexp(1.0, 64) ? PG_UINT64_MAX : (uint64) guess;

	/* Newton's steps end within one unit; then settle it */
	for (int i = 0; i < 3; i++)
	{
		uint128		q = v / r;
		uint128		next = (q + r) >> 1;

		r = next > PG_UINT64_MAX ? PG_UINT64_MAX : (uint64) next;
	}
	while ((uint128) r * r > v)
		r--;
	while (r < PG_UINT64_MAX && (uint128) (r + 1) * (r + 1) <= v)
		r++;
	return r;
}

/*
 * The square root as the nearest double; a must not be negative.
 */
double
bf_sqrt(const BigFloat *a)
{
	BigFloat	r;
	uint128		top;
	uint64		root;
	int			exp = a->exp;
	bool		exact;

	if (a->sign <= 0)
		return 0;
	top = ((uint128) a->m[BF_WORDS - 1] << 64) | a->m[BF_WORDS - 2];
	exact = true;
	for (int i = 0; i < BF_WORDS - 2 && exact; i++)
		exact = a->m[i] == 0;
	if (exp % 2 != 0)
	{
		exact = exact && (top & 1) == 0;
		top >>= 1;
		exp++;
	}
	/* a = top * 2^(exp - 128), so its root is sqrt(top) * 2^(exp/2 - 64) */
	root = isqrt(top);
	exact = exact && (uint128) root * root == top;

	r = normalize(1, &root, 1, exp / 2);
	if (!exact)
		r.m[0] |= 1;			/* so that no tie is seen where there is none */
	return bf_to_double(&r);
}

/*
 * The natural logarithm as a double; a must be above zero.
 */
double
bf_ln(const BigFloat *a)
{
	BigFloat	m = *a;
	int			exp = a->exp;
	double		d;

	m.exp = 0;
	d = bf_to_double(&m);		/* [0.5, 1] */
	if (d < M_SQRT1_2)
	{
		/* near 1 the two parts below must not cancel */
		d *= 2;
		exp--;
	}
	return log(d) + exp * M_LN2;
}
