/*-------------------------------------------------------------------------
 *
 * wide.c
 *		Sign-and-magnitude integers up to 1,024 bits.
 *
 * The bound is not checked for by the callers one by one: the widest value
 * formed anywhere is the product of two centred sums of a weighted learning
 * curve, below 2^900, and every function that could pass 1,024 bits reports
 * an internal error instead of dropping words.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "compat.h"
#include "wide.h"

static inline void
wide_trim(Wide *a)
{
	while (a->len > 0 && a->w[a->len - 1] == 0)
		a->len--;
	if (a->len == 0)
		a->neg = false;
}

static void
wide_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INTERNAL_ERROR),
			 errmsg_internal("an intermediate result passed %d bits", WIDE_WORDS * 64)));
}

/* |a| against |b| */
static int
compare_magnitude(const Wide *a, const Wide *b)
{
	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	for (int i = a->len - 1; i >= 0; i--)
		if (a->w[i] != b->w[i])
			return a->w[i] < b->w[i] ? -1 : 1;
	return 0;
}

static Wide
add_magnitude(const Wide *a, const Wide *b)
{
	const Wide *big = a->len >= b->len ? a : b;
	const Wide *small = a->len >= b->len ? b : a;
	Wide		r;
	uint128		carry = 0;

	r.neg = false;
	r.len = big->len;
	for (int i = 0; i < big->len; i++)
	{
		carry += (uint128) big->w[i] + (i < small->len ? small->w[i] : 0);
		r.w[i] = (uint64) carry;
		carry >>= 64;
	}
	if (carry)
	{
		if (r.len == WIDE_WORDS)
			wide_overflow();
		r.w[r.len++] = (uint64) carry;
	}
	return r;
}

/* |a| - |b|, which must not be negative */
static Wide
sub_magnitude(const Wide *a, const Wide *b)
{
	Wide		r = *a;

	r.neg = false;
	if (b->len > 0)
	{
		uint64		borrow = 0;

		for (int i = 0; i < a->len; i++)
		{
			uint128		d = (uint128) a->w[i] - (i < b->len ? b->w[i] : 0) - borrow;

			r.w[i] = (uint64) d;
			borrow = (uint64) (d >> 64) & 1;
		}
	}
	wide_trim(&r);
	return r;
}

Wide
wide_from_int128(int128 v)
{
	Wide		r;
	uint128		m = v < 0 ? -(uint128) v : (uint128) v;

	r.neg = v < 0;
	r.w[0] = (uint64) m;
	r.w[1] = (uint64) (m >> 64);
	r.len = 2;
	wide_trim(&r);
	return r;
}

/*
 * From n words of two's complement, as I192 and I256 are stored.
 */
Wide
wide_from_words(const uint64 *w, int n)
{
	Wide		r;

	Assert(n > 0 && n <= WIDE_WORDS);
	r.neg = (w[n - 1] >> 63) != 0;
	r.len = n;
	if (r.neg)
	{
		uint64		carry = 1;

		for (int i = 0; i < n; i++)
		{
			r.w[i] = ~w[i] + carry;
			carry = carry && r.w[i] == 0;
		}
	}
	else
		memcpy(r.w, w, n * sizeof(uint64));
	wide_trim(&r);
	return r;
}

/*
 * To n words of two's complement; false when the value does not fit.
 */
bool
wide_to_words(const Wide *a, uint64 *w, int n)
{
	if (a->len > n)
		return false;
	for (int i = 0; i < n; i++)
		w[i] = i < a->len ? a->w[i] : 0;
	if (a->neg)
	{
		uint64		carry = 1;

		for (int i = 0; i < n; i++)
		{
			w[i] = ~w[i] + carry;
			carry = carry && w[i] == 0;
		}
	}
	/* a zero has no sign; otherwise the top bit must say the sign */
	return a->len == 0 || ((w[n - 1] >> 63) != 0) == a->neg;
}

bool
wide_to_int128(const Wide *a, int128 *v)
{
	I128		s = {{0}};

	if (!wide_to_words(a, s.w, 2))
		return false;
	*v = i128_get(&s);
	return true;
}

int
wide_bit_length(const Wide *a)
{
	if (a->len == 0)
		return 0;
	return a->len * 64 - __builtin_clzll(a->w[a->len - 1]);
}

/*
 * The nearest double, ties to even.  Every Wide is within a double's range
 * (2^1024 itself is not reached: it would need a 1,025th bit), except that
 * rounding up the very largest ones gives infinity, as it should.
 */
double
wide_to_double(const Wide *a)
{
	int			bits = wide_bit_length(a);
	int			drop = bits - 64;
	uint64		top = 0;
	bool		sticky = false;
	double		d;

	if (bits <= 64)
	{
		/* the conversion of an integer rounds to nearest even by itself */
		d = a->len ? (double) a->w[0] : 0.0;
		return a->neg ? -d : d;
	}

	/* the leading 64 bits, with everything below folded into the last one */
	{
		int			word = drop / 64;
		int			shift = drop % 64;

		top = a->w[word] >> shift;
		if (shift > 0)
		{
			top |= a->w[word + 1] << (64 - shift);
			sticky = (a->w[word] & ((UINT64CONST(1) << shift) - 1)) != 0;
		}
		for (int i = 0; i < word && !sticky; i++)
			sticky = a->w[i] != 0;
	}
	d = ldexp((double) (top | (sticky ? 1 : 0)), drop);
	return a->neg ? -d : d;
}

/* The low 128 bits of what is there. */
static inline uint128
wide_low(const Wide *a)
{
	return (uint128) (a->len > 1 ? a->w[1] : 0) << 64 | (a->len > 0 ? a->w[0] : 0);
}

/*
 * 64 bits of num / den, whose lengths are brought to be the same first, and
 * whatever is left over folded into the last of them; neither is zero.  The
 * second is the first for numbers that leave one of 128 bits free, most of those
 * there are, in registers.  Needs one bit of head room, so neither may pass 1,023
 * bits.
 */
static uint64
quotient_bits(const Wide *num, const Wide *den, int num_bits, int den_bits)
{
	Wide		rem;
	Wide		div;
	uint64		q = 0;
	int			len;

	if (Max(num_bits, den_bits) >= WIDE_WORDS * 64)
		wide_overflow();
	rem = num_bits < den_bits ? wide_shift_left(num, den_bits - num_bits) : *num;
	div = den_bits < num_bits ? wide_shift_left(den, num_bits - den_bits) : *den;
	len = Min(Max(rem.len, div.len) + 1, WIDE_WORDS);
	for (int i = rem.len; i < len; i++)
		rem.w[i] = 0;
	for (int i = div.len; i < len; i++)
		div.w[i] = 0;

	for (int bit = 63;; bit--)
	{
		int			top = len - 1;

		while (top > 0 && rem.w[top] == div.w[top])
			top--;
		if (rem.w[top] >= div.w[top])
		{
			words_sub(rem.w, div.w, len);
			q |= UINT64CONST(1) << bit;
		}
		if (bit == 0)
			break;
		words_add(rem.w, rem.w, len);	/* rem < div, so twice rem fits */
	}
	for (int i = 0; i < len; i++)
		if (rem.w[i] != 0)
			q |= 1;
	return q;
}

static uint64
quotient_bits_of_128(uint128 rem, uint128 div, int num_bits, int den_bits)
{
	uint64		q = 0;

	if (num_bits < den_bits)
		rem <<= den_bits - num_bits;
	else
		div <<= num_bits - den_bits;
	for (int i = 0; i < 64; i++)
	{
		bool		one = rem >= div;

		rem -= one ? div : 0;
		rem <<= 1;
		q = q << 1 | one;
	}
	return q | (rem != 0);
}

/*
 * num / den as the nearest double, ties to even; den must not be zero.
 *
 * The first of the quotient's 64 bits may be zero, so at least 63 are
 * significant: enough for the one rounding that the conversion to double then
 * does.
 */
double
wide_ratio(const Wide *num, const Wide *den)
{
	int			num_bits = wide_bit_length(num);
	int			den_bits = wide_bit_length(den);
	double		d;

	Assert(den_bits > 0);
	if (num_bits == 0)
		return 0.0;
	if (num_bits <= DBL_MANT_DIG && den_bits <= DBL_MANT_DIG)
		d = (double) num->w[0] / (double) den->w[0];
	else
	{
		uint64		q = Max(num_bits, den_bits) < 128 ?
			quotient_bits_of_128(wide_low(num), wide_low(den), num_bits, den_bits) :
			quotient_bits(num, den, num_bits, den_bits);

		d = ldexp((double) q, num_bits - den_bits - 63);
	}
	return num->neg != den->neg ? -d : d;
}

Wide
wide_neg(Wide a)
{
	if (a.len > 0)
		a.neg = !a.neg;
	return a;
}

Wide
wide_add(const Wide *a, const Wide *b)
{
	Wide		r;

	if (a->neg == b->neg)
	{
		r = add_magnitude(a, b);
		r.neg = a->neg && r.len > 0;
	}
	else if (compare_magnitude(a, b) >= 0)
	{
		r = sub_magnitude(a, b);
		r.neg = a->neg && r.len > 0;
	}
	else
	{
		r = sub_magnitude(b, a);
		r.neg = b->neg && r.len > 0;
	}
	return r;
}

Wide
wide_sub(const Wide *a, const Wide *b)
{
	Wide		nb = wide_neg(*b);

	return wide_add(a, &nb);
}

Wide
wide_mul(const Wide *a, const Wide *b)
{
	Wide		r;

	if (a->len == 0 || b->len == 0)
		return wide_from_int128(0);
	if (wide_bit_length(a) + wide_bit_length(b) > WIDE_WORDS * 64)
		wide_overflow();

	memset(&r, 0, sizeof(r));
	for (int i = 0; i < a->len; i++)
	{
		uint64		carry = 0;

		for (int j = 0; j < b->len; j++)
		{
			uint128		t;

			if (i + j >= WIDE_WORDS)
				break;			/* these words of the product are zero */
			t = (uint128) a->w[i] * b->w[j] + r.w[i + j] + carry;
			r.w[i + j] = (uint64) t;
			carry = (uint64) (t >> 64);
		}
		if (i + b->len < WIDE_WORDS)
			r.w[i + b->len] = carry;
	}
	r.len = Min(a->len + b->len, WIDE_WORDS);
	r.neg = a->neg != b->neg;
	wide_trim(&r);
	return r;
}

/*
 * a * b - c * d: what every centred sum of a least-squares fit is.
 */
Wide
wide_cross(const Wide *a, const Wide *b, const Wide *c, const Wide *d)
{
	Wide		ab = wide_mul(a, b);
	Wide		cd = wide_mul(c, d);

	return wide_sub(&ab, &cd);
}

Wide
wide_shift_left(const Wide *a, int bits)
{
	Wide		r;
	int			words = bits / 64;
	int			shift = bits % 64;

	if (a->len == 0)
		return *a;
	if (wide_bit_length(a) + bits > WIDE_WORDS * 64)
		wide_overflow();
	memset(&r, 0, sizeof(r));
	for (int i = 0; i < a->len; i++)
	{
		r.w[i + words] |= a->w[i] << shift;
		if (shift > 0 && i + words + 1 < WIDE_WORDS)
			r.w[i + words + 1] |= a->w[i] >> (64 - shift);
	}
	r.len = Min(a->len + words + 1, WIDE_WORDS);
	r.neg = a->neg;
	wide_trim(&r);
	return r;
}

/*
 * a / b to the nearest integer, halves away from zero, as numeric rounds.
 * b must not be zero.  Bit by bit: at most 1,024 steps, once per result.
 */
Wide
wide_divide_rounded(const Wide *a, const Wide *b)
{
	Wide		q;
	Wide		rem;
	Wide		twice;
	bool		neg = a->neg != b->neg;

	Assert(b->len > 0);
	memset(&q, 0, sizeof(q));
	memset(&rem, 0, sizeof(rem));
	for (int bit = wide_bit_length(a) - 1; bit >= 0; bit--)
	{
		rem = wide_shift_left(&rem, 1);
		if ((a->w[bit / 64] >> (bit % 64)) & 1)
		{
			rem.w[0] |= 1;
			rem.len = Max(rem.len, 1);
		}
		if (compare_magnitude(&rem, b) >= 0)
		{
			rem = sub_magnitude(&rem, b);
			q.w[bit / 64] |= UINT64CONST(1) << (bit % 64);
		}
	}
	q.len = a->len;
	wide_trim(&q);

	twice = wide_shift_left(&rem, 1);
	if (compare_magnitude(&twice, b) >= 0)
	{
		Wide		one = wide_from_int128(1);

		q = add_magnitude(&q, &one);
	}
	q.neg = neg && q.len > 0;
	return q;
}

int
wide_compare(const Wide *a, const Wide *b)
{
	if (a->neg != b->neg)
		return a->neg ? -1 : 1;
	return a->neg ? compare_magnitude(b, a) : compare_magnitude(a, b);
}

/*
 * Decimal digits into buf, which holds WIDE_DECIMAL_CHARS; returns the
 * length without the terminator.
 */
int
wide_to_decimal(const Wide *a, char *buf)
{
	const uint64 chunk = UINT64CONST(10000000000000000000); /* 10^19 */
	uint64		parts[WIDE_WORDS + 2];
	int			nparts = 0;
	Wide		t = *a;
	int			n = 0;

	if (a->len == 0)
	{
		strcpy(buf, "0");
		return 1;
	}
	Assert(t.len > 0);
	while (t.len > 0)
	{
		uint128		rem = 0;

		for (int i = t.len - 1; i >= 0; i--)
		{
			rem = (rem << 64) | t.w[i];
			t.w[i] = (uint64) (rem / chunk);
			rem %= chunk;
		}
		parts[nparts++] = (uint64) rem;
		while (t.len > 0 && t.w[t.len - 1] == 0)
			t.len--;
	}
	if (a->neg)
		buf[n++] = '-';
	n += sprintf(buf + n, "%llu", (unsigned long long) parts[nparts - 1]);
	for (int i = nparts - 2; i >= 0; i--)
		n += sprintf(buf + n, "%019llu", (unsigned long long) parts[i]);
	return n;
}

/*
 * An optionally signed run of decimal digits, in the one spelling that
 * wide_to_decimal writes: no plus sign, no leading zeros, no minus zero.
 * Sets *end behind it.  False when there is no such number at s or when it
 * does not fit.
 */
bool
wide_from_decimal(const char *s, const char **end, Wide *result)
{
	bool		neg = (*s == '-');
	const char *p = neg ? s + 1 : s;
	const char *first = p;
	Wide		r;

	memset(&r, 0, sizeof(r));
	for (; *p >= '0' && *p <= '9'; p++)
	{
		uint64		carry = *p - '0';

		for (int i = 0; i < r.len; i++)
		{
			uint128		t = (uint128) r.w[i] * 10 + carry;

			r.w[i] = (uint64) t;
			carry = (uint64) (t >> 64);
		}
		if (carry)
		{
			if (r.len == WIDE_WORDS)
				return false;
			r.w[r.len++] = carry;
		}
	}
	if (p == first || (*first == '0' && (p > first + 1 || neg)))
		return false;
	r.neg = neg;
	*end = p;
	*result = r;
	return true;
}
