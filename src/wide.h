/*-------------------------------------------------------------------------
 *
 * wide.h
 *		Integers wider than 64 bits: the sums that aggregates keep, and the
 *		arithmetic that turns such sums into results.
 *
 * Two families, for two needs.
 *
 * I128, I192 and I256 are what a state stores: two's complement, little
 * endian words of 64 bits, so that a state needs no more than 8-byte
 * alignment (a state that travelled through a tuple is only that well
 * aligned, and an __int128 field would be read with aligned SSE moves).
 * They can be added to and subtracted from, nothing else, and do so without
 * a branch.
 *
 * Wide is what a result is computed with: sign and magnitude, up to 1,024
 * bits, all of the schoolbook operations.  It runs once per result, so it is
 * written to be read rather than to be fast.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_WIDE_H
#define BATTERY_WIDE_H

typedef struct I128
{
	uint64		w[2];
} I128;

typedef struct I192
{
	uint64		w[3];
} I192;

typedef struct I256
{
	uint64		w[4];
} I256;

/* ---- stored sums ---- */

static inline int128
i128_get(const I128 *a)
{
	return (int128) (((uint128) a->w[1] << 64) | a->w[0]);
}

static inline void
i128_set(I128 *a, int128 v)
{
	a->w[0] = (uint64) (uint128) v;
	a->w[1] = (uint64) ((uint128) v >> 64);
}

/*
 * a += v, wrapping.  The callers whose sums could pass 128 bits check with
 * i128_add_checked; the others say why theirs cannot.
 */
static inline void
i128_add(I128 *a, int128 v)
{
	i128_set(a, (int128) ((uint128) i128_get(a) + (uint128) v));
}

static inline void
i128_sub(I128 *a, int128 v)
{
	i128_set(a, (int128) ((uint128) i128_get(a) - (uint128) v));
}

/* a += v; false, with a unchanged, when the sum does not fit. */
static inline bool
i128_add_checked(I128 *a, int128 v)
{
	int128		r;

	if (__builtin_add_overflow(i128_get(a), v, &r))
		return false;
	i128_set(a, r);
	return true;
}

static inline void
i192_add(I192 *a, int128 v)
{
	uint64		high = (uint64) ((uint128) v >> 64);
	uint128		low = (uint128) a->w[0] + (uint64) v;
	uint128		mid = (uint128) a->w[1] + high + (uint64) (low >> 64);

	a->w[0] = (uint64) low;
	a->w[1] = (uint64) mid;
	a->w[2] += (uint64) ((int64) high >> 63) + (uint64) (mid >> 64);
}

static inline void
i192_sub(I192 *a, int128 v)
{
	uint128		lo = ((uint128) a->w[1] << 64) | a->w[0];
	uint128		diff = lo - (uint128) v;

	a->w[2] -= (uint64) (int64) (v >> 127) + (diff > lo);
	a->w[0] = (uint64) diff;
	a->w[1] = (uint64) (diff >> 64);
}

/* a += v * u, wrapping */
static inline void
i256_add_product(I256 *a, int128 v, uint64 u)
{
	uint128		low = (uint128) (uint64) v * u;
	int128		high = (int128) (int64) (v >> 64) * u + (int128) (low >> 64);
	uint128		lo = ((uint128) a->w[1] << 64) | a->w[0];
	uint128		hi = ((uint128) a->w[3] << 64) | a->w[2];
	uint128		add = ((uint128) high << 64) | (uint64) low;
	uint128		sum = lo + add;

	hi += (uint128) (high >> 64) + (sum < lo);
	a->w[0] = (uint64) sum;
	a->w[1] = (uint64) (sum >> 64);
	a->w[2] = (uint64) hi;
	a->w[3] = (uint64) (hi >> 64);
}

/* r += a, both n words, two's complement, wrapping */
static inline void
words_add(uint64 *r, const uint64 *a, int n)
{
	uint128		carry = 0;

	for (int i = 0; i < n; i++)
	{
		carry += (uint128) r[i] + a[i];
		r[i] = (uint64) carry;
		carry >>= 64;
	}
}

/* r -= a, both n words, two's complement, wrapping */
static inline void
words_sub(uint64 *r, const uint64 *a, int n)
{
	uint64		borrow = 0;

	for (int i = 0; i < n; i++)
	{
		uint128		d = (uint128) r[i] - a[i] - borrow;

		r[i] = (uint64) d;
		borrow = (uint64) (d >> 64) & 1;
	}
}

/* ---- results ---- */

#define WIDE_WORDS	16

/* Value = (neg ? -1 : 1) * sum of w[i] * 2^(64 i), i < len; zero is len 0. */
typedef struct Wide
{
	bool		neg;
	int			len;			/* words in use; the top one is not zero */
	uint64		w[WIDE_WORDS];
} Wide;

/* Enough for the decimal digits of any Wide, sign and terminator included. */
#define WIDE_DECIMAL_CHARS	320

extern Wide wide_from_int128(int128 v);
extern Wide wide_from_words(const uint64 *w, int n);
extern bool wide_to_words(const Wide *a, uint64 *w, int n);
extern bool wide_to_int128(const Wide *a, int128 *v);
extern double wide_to_double(const Wide *a);
extern double wide_ratio(const Wide *num, const Wide *den);
extern Wide wide_neg(Wide a);
extern Wide wide_add(const Wide *a, const Wide *b);
extern Wide wide_sub(const Wide *a, const Wide *b);
extern Wide wide_mul(const Wide *a, const Wide *b);
extern Wide wide_cross(const Wide *a, const Wide *b, const Wide *c, const Wide *d);
extern Wide wide_shift_left(const Wide *a, int bits);
extern Wide wide_divide_rounded(const Wide *a, const Wide *b);
extern int	wide_compare(const Wide *a, const Wide *b);
extern int	wide_bit_length(const Wide *a);
extern int	wide_to_decimal(const Wide *a, char *buf);
extern bool wide_from_decimal(const char *s, const char **end, Wide *result);

static inline int
wide_sign(const Wide *a)
{
	return a->len == 0 ? 0 : (a->neg ? -1 : 1);
}

#endif							/* BATTERY_WIDE_H */
