/*-------------------------------------------------------------------------
 *
 * bigfloat.h
 *		Floating point numbers of 512 bits.
 *
 * The normal equations square the condition number of a design.  With 512
 * bits there is room for that and for the rounding of every step, so that
 * only the last rounding, to a double, is left to see.
 *
 * Every operation is within 2^-505 of the exact result, relatively, and is
 * computed in integers: the same bits on every platform.  A sum that cancels
 * to below 2^-BF_CANCEL_BITS of its terms is what rounding left of an exact
 * zero, and is zero.  Nothing here can fail: the exponent is an int, far
 * beyond what products of a few doubles reach.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_BIGFLOAT_H
#define BATTERY_BIGFLOAT_H

#define BF_WORDS	8
#define BF_BITS		(BF_WORDS * 64)

/* Exact sums of 2^63 doubles or products of doubles differ by 2^-170 or more. */
#define BF_CANCEL_BITS	300

/*
 * sign * M * 2^(exp - BF_BITS), M being the words, little end first, with the
 * top bit set; so the magnitude lies in [2^(exp-1), 2^exp).  Zero has sign 0
 * and nothing else in it counts.
 */
typedef struct BigFloat
{
	int			sign;
	int			exp;
	uint64		m[BF_WORDS];
} BigFloat;

static inline bool
bf_is_zero(const BigFloat *a)
{
	return a->sign == 0;
}

extern BigFloat bf_zero(void);
extern BigFloat bf_from_words(const uint64 *w, int n, int exp);
extern BigFloat bf_from_int64(int64 v);
extern BigFloat bf_from_double(double d);
extern BigFloat bf_neg(BigFloat a);
extern BigFloat bf_scale(BigFloat a, int bits);
extern BigFloat bf_add(const BigFloat *a, const BigFloat *b);
extern BigFloat bf_sub(const BigFloat *a, const BigFloat *b);
extern BigFloat bf_mul(const BigFloat *a, const BigFloat *b);
extern BigFloat bf_reciprocal(const BigFloat *a);
extern BigFloat bf_div(const BigFloat *a, const BigFloat *b);
extern int	bf_compare(const BigFloat *a, const BigFloat *b);
extern double bf_to_double(const BigFloat *a);
extern double bf_sqrt(const BigFloat *a);
extern double bf_ln(const BigFloat *a);

#endif							/* BATTERY_BIGFLOAT_H */
