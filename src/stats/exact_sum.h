/*-------------------------------------------------------------------------
 *
 * exact_sum.h
 *		Exact sums of doubles and of products of doubles.
 *
 * A double is an integer of 53 bits times a power of two, so a product of two
 * is one of 106 bits, of three one of 159.  Such a sum is therefore kept as a
 * fixed-point integer: two's complement words of 64 bits, word i counting
 * units of 2^(64 i - EXACT_SUM_BIAS).  Only a window of the words, lo to
 * lo + len - 1, is stored; words below it are zero, words above it repeat the
 * sign.  The sum is the same whatever the order of its terms, and a term can
 * be taken back (Kulisch's long accumulator, of which only the part in use is
 * kept).
 *
 * A window that is being added to must reach one word beyond those that the
 * terms touch: that word has room for the carries of 2^63 terms, see
 * exact_sum_add().
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_EXACT_SUM_H
#define BATTERY_EXACT_SUM_H

/*
 * The lowest bit of all is that of a denormal cubed, 2^-3222; the bias is the
 * next multiple of 64.  The highest is below 2^3072, so 2^63 of them stay
 * below 2^(64 * EXACT_SUM_WORDS - EXACT_SUM_BIAS - 1).
 */
#define EXACT_SUM_BIAS		3264
#define EXACT_SUM_WORDS		104

/* Where the stored words of a sum lie. */
typedef struct SumWindow
{
	int16		lo;
	int16		len;
} SumWindow;

/* The words a term of two, or three, factors touches, and the one beyond. */
#define PRODUCT_WINDOW			4
#define WEIGHTED_PRODUCT_WINDOW	5

/* A finite double: m * 2^e with |m| < 2^53. */
typedef struct SplitDouble
{
	int64		m;
	int			e;
} SplitDouble;

/*
 * Take a double apart.  False for NaN and infinity.
 */
static inline bool
split_double(double d, SplitDouble *s)
{
	uint64		bits;
	int64		m;
	int			biased;

	memcpy(&bits, &d, sizeof(bits));
	biased = (int) (bits >> 52) & 0x7ff;
	m = (int64) (bits & ((UINT64CONST(1) << 52) - 1));
	if (likely(biased != 0))
		m |= INT64CONST(1) << 52;
	else
		biased = 1;				/* a denormal, or zero */
	s->m = (bits >> 63) ? -m : m;
	s->e = biased - 1075;
	return biased != 0x7ff;
}

/* The bit of the accumulator that a term m * 2^e starts at. */
static inline unsigned int
exact_sum_bit(int e)
{
	return (unsigned int) (e + EXACT_SUM_BIAS);
}

/* Does the window hold a term that touches so many words from this one on? */
static inline bool
window_holds(SumWindow win, int word, int words)
{
	return word >= win.lo && word - win.lo <= win.len - words;
}

/* carry, which is -1, 0 or 1, into words from on */
static inline void
exact_sum_carry(uint64 *w, int from, int len, int carry)
{
	for (int i = from; carry != 0 && i < len; i++)
	{
		w[i] += (uint64) (int64) carry;
		if (w[i] != (carry > 0 ? 0 : PG_UINT64_MAX))
			break;
	}
}

/*
 * w += p * 2^shift, w being len words and shift below 64.
 *
 * |p| is below 2^106, so the term touches three words and is below 2^(128+42)
 * in units of the first; with a fourth word, 2^63 terms fit.
 */
static inline void
exact_sum_add(uint64 *w, int len, int128 p, int shift)
{
	uint64		low = (uint64) p;
	int64		high = (int64) (p >> 64);
	int			rest = 63 - shift;
	uint64		first = low << shift;
	uint64		second = ((uint64) high << shift) | (low >> 1 >> rest);
	int64		third = high >> 1 >> rest;
	uint128		upper = ((uint128) (uint64) third << 64) | second;
	uint128		old = ((uint128) w[2] << 64) | w[1];
	uint128		new;
	int			carry;

	w[0] += first;
	upper += w[0] < first;		/* far from overflowing as a signed number */
	new = old + upper;
	w[1] = (uint64) new;
	w[2] = (uint64) (new >> 64);
	carry = (new < old) - ((int128) upper < 0);
	if (unlikely(carry != 0))
		exact_sum_carry(w, 3, len, carry);
}

/*
 * w += p * u * 2^shift.  |p| is below 2^106 and u below 2^53: four words.
 */
static inline void
exact_sum_add_weighted(uint64 *w, int len, int128 p, uint64 u, int shift)
{
	uint128		bottom = (uint128) (uint64) p * u;
	int128		top = (int128) (int64) (p >> 64) * u + (int128) (bottom >> 64);
	uint64		low = (uint64) bottom;
	uint64		mid = (uint64) top;
	int64		high = (int64) (top >> 64);
	int			rest = 63 - shift;
	uint64		second = (mid << shift) | (low >> 1 >> rest);
	uint64		third = ((uint64) high << shift) | (mid >> 1 >> rest);
	int64		fourth = high >> 1 >> rest;
	uint128		upper = ((uint128) (uint64) fourth << 64) | third;
	uint128		old = ((uint128) w[3] << 64) | w[2];
	uint128		new;
	uint64		first = low << shift;
	uint64		c;
	int			carry;

	w[0] += first;
	c = w[0] < first;
	w[1] += c;
	c = w[1] < c;
	w[1] += second;
	upper += c + (w[1] < second);	/* far from overflowing */
	new = old + upper;
	w[2] = (uint64) new;
	w[3] = (uint64) (new >> 64);
	carry = (new < old) - ((int128) upper < 0);
	if (unlikely(carry != 0))
		exact_sum_carry(w, 4, len, carry);
}

/*
 * The window without words that say nothing: zeros below, repetitions of the
 * sign above.  Zero has no words.  *w is moved on to the first word.
 */
static inline SumWindow
exact_sum_trim(const uint64 **w, SumWindow win)
{
	const uint64 *p = *w;

	while (win.len > 0 && p[0] == 0)
	{
		p++;
		win.lo++;
		win.len--;
	}
	while (win.len > 1 &&
		   p[win.len - 1] == (uint64) ((int64) p[win.len - 2] >> 63))
		win.len--;
	if (win.len == 0)
		win.lo = 0;
	*w = p;
	return win;
}

#endif							/* BATTERY_EXACT_SUM_H */
