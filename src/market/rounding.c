/*-------------------------------------------------------------------------
 *
 * rounding.c
 *		What the rounding of printed percentages leaves open of HHI and CR.
 *
 * A listed member holds anything from l to u, its printed percentage less or
 * plus half a unit of each last digit, within the total.  All of it is
 * counted in halves of 10^-18 percent here, so that l and u are integers.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "result_row.h"
#include "wide.h"

#include "market_shares.h"

PG_FUNCTION_INFO_V1(market_shares_hhi_rounding_interval);
PG_FUNCTION_INFO_V1(market_shares_cr_rounding_interval);

typedef struct Rounded
{
	uint128		low;			/* l */
	uint128		high;			/* u */
	bool		is_zero;		/* printed as zero */
	bool		withheld;		/* some row has no percentage */
} Rounded;

typedef struct Roundings
{
	int			count;
	Rounded    *member;			/* by l + u, the largest first */
	uint128		total;
	uint128		sum_low;		/* of l */
	uint128		last;			/* the most that a hidden member below the
								 * last listed one can hold; 0: nothing is
								 * listed */
	int			holder;			/* of the withheld members that with the
								 * largest l: it may hold the remainder; -1:
								 * none */
} Roundings;

static int
compare_rounded(const void *a, const void *b, void *arg pg_attribute_unused())
{
	const Rounded *x = a;
	const Rounded *y = b;
	uint128		xm = x->low / 2 + x->high / 2;
	uint128		ym = y->low / 2 + y->high / 2;

	if (xm != ym)
		return xm > ym ? -1 : 1;
	if (x->low != y->low)
		return x->low > y->low ? -1 : 1;
	return (int) y->withheld - (int) x->withheld;
}

/*
 * False for amounts, whose rounding is not known, for a total of zero, and
 * when no shares that round to the printed ones add up to the total or less.
 */
static bool
get_roundings(const Market *m, Roundings *r)
{
	Wide		total = wide_shift_left(&m->total, 1);
	Wide		sum = wide_from_int128(0);
	uint128		least = 0;		/* smallest u of those not printed as zero */
	uint128		zero = 0;		/* largest u of those that are */
	uint64		w[3];

	if (m->unit != MARKET_PERCENT || market_total_is_zero(m))
		return false;

	memset(r, 0, sizeof(*r));
	(void) wide_to_words(&total, w, 3);
	r->total = ((uint128) w[1] << 64) | w[0];
	r->member = palloc_extended(Max(m->count, 1) * sizeof(Rounded), MCXT_ALLOC_HUGE);
	for (int i = 0; i < m->count; i++)
	{
		Rounded    *x = &r->member[i];
		Wide		twice = wide_from_int128(m->member[i].amount);
		Wide		printed = wide_from_int128(m->member[i].printed);
		Wide		low;
		Wide		high;

		CHECK_FOR_INTERRUPTS();
		twice = wide_shift_left(&twice, 1);
		low = wide_sub(&twice, &printed);
		if (wide_sign(&low) < 0)
			low = wide_from_int128(0);
		sum = wide_add(&sum, &low);
		if (wide_compare(&sum, &total) > 0)
			return false;
		high = wide_add(&twice, &printed);
		if (wide_compare(&high, &total) > 0)
			high = total;

		(void) wide_to_words(&low, w, 3);
		x->low = ((uint128) w[1] << 64) | w[0];
		(void) wide_to_words(&high, w, 3);
		x->high = ((uint128) w[1] << 64) | w[0];
		x->is_zero = m->member[i].amount == 0;
		x->withheld = m->member[i].unknown > 0;
		r->sum_low += x->low;
		if (m->member[i].rows == 0)
			continue;
		if (x->is_zero)
			zero = Max(zero, x->high);
		else if (least == 0 || x->high < least)
			least = x->high;
	}
	r->count = m->count;
	r->last = least == 0 ? 0 : Max(least, zero);
	qsort_interruptible(r->member, r->count, sizeof(Rounded), compare_rounded, NULL);

	r->holder = -1;
	for (int i = 0; i < r->count; i++)
		if (r->member[i].withheld &&
			(r->holder < 0 || r->member[i].low > r->member[r->holder].low))
			r->holder = i;
	return true;
}

/* w + a * b */
static Wide
plus_product(const Wide *w, uint128 a, uint128 b)
{
	Wide		x = wide_from_uint128(a);
	Wide		y = wide_from_uint128(b);

	x = wide_mul(&x, &y);
	return wide_add(w, &x);
}

/*
 * What raising a member by so much adds to the sum of squares: the chord, if
 * it is raised from l to u or if an upper bound has to do.
 */
static Wide
rise_of_square(const Rounded *x, uint128 by, bool exact)
{
	Wide		w = wide_from_uint128(by);
	Wide		low = wide_from_uint128(x->low);
	Wide		to = exact ? wide_add(&low, &w) : wide_from_uint128(x->high);

	to = wide_add(&to, &low);
	return wide_mul(&to, &w);
}

/*
 * Raising the members one by one, the largest first, and the last of them in
 * part finds the largest sum of squares when all have the same room between l
 * and u, as in a list printed to one number of decimals.  When they have not,
 * it is found with a last step along the chord, which is an upper bound.
 */
static bool
rooms_are_equal(const Roundings *r, int holder, bool zeros)
{
	uint128		room = 0;
	bool		any = false;

	for (int i = 0; i < r->count; i++)
	{
		const Rounded *x = &r->member[i];

		if (i == holder || (x->is_zero && !zeros))
			continue;
		if (any && x->high - x->low != room)
			return false;
		room = x->high - x->low;
		any = true;
	}
	return true;
}

/*
 * The largest sum of squares when one holder, who has at least so much, takes
 * all that the others leave.  The largest is where those larger than the
 * holder have u and the others l, that is, after some of the ranked ones; or
 * where the holder has no more than before.
 */
static Wide
largest_with_holder(const Roundings *r, int holder)
{
	uint128		least = holder >= 0 ? r->member[holder].low : 0;
	uint128		left = r->total - r->sum_low + least;	/* of the total, to the
														 * holder */
	bool		exact = rooms_are_equal(r, holder, true);
	Wide		squares = wide_from_int128(0);
	Wide		best;

	for (int i = 0; i < r->count; i++)
		if (i != holder)
			squares = plus_product(&squares, r->member[i].low, r->member[i].low);
	best = plus_product(&squares, left, left);

	for (int i = 0; i < r->count; i++)
	{
		const Rounded *x = &r->member[i];
		bool		ends = x->high - x->low > left - least;
		Wide		rise;
		Wide		now;

		CHECK_FOR_INTERRUPTS();
		if (i == holder)
			continue;
		rise = rise_of_square(x, ends ? left - least : x->high - x->low, exact);
		squares = wide_add(&squares, &rise);
		left = ends ? least : left - (x->high - x->low);
		now = plus_product(&squares, left, left);
		if (wide_compare(&now, &best) > 0)
			best = now;
		if (ends)
			break;
	}
	return best;
}

/*
 * The largest sum of squares when no hidden member is larger than the last
 * one.  Raising a member that is larger than the hidden ones, at their cost,
 * raises the sum; so all are raised as far as the total allows, the largest
 * first, and the hidden ones are as few as can be.  Members printed as zero
 * count as hidden.
 */
static Wide
largest_below_last(const Roundings *r)
{
	uint128		left = r->total - r->sum_low;
	Wide		last = wide_from_uint128(r->last);
	bool		exact = rooms_are_equal(r, -1, false);
	Wide		squares = wide_from_int128(0);
	bool		all_raised = true;

	for (int i = 0; i < r->count; i++)
		squares = plus_product(&squares, r->member[i].low, r->member[i].low);
	for (int i = 0; i < r->count && left > 0; i++)
	{
		const Rounded *x = &r->member[i];
		uint128		by = Min(x->high - x->low, left);
		Wide		high = wide_from_uint128(x->high);
		Wide		sum = wide_from_uint128(x->low);
		Wide		rise;

		CHECK_FOR_INTERRUPTS();
		if (x->is_zero)
			continue;
		sum = wide_add(&sum, &high);
		if (wide_compare(&sum, &last) < 0)
		{
			/* a hidden member may gain more */
			all_raised = false;
			continue;
		}
		rise = rise_of_square(x, by, exact);
		squares = wide_add(&squares, &rise);
		left -= by;
	}
	if (!all_raised)
		return plus_product(&squares, left, r->last);	/* q^2 <= q last */
	squares = plus_product(&squares, left / r->last * r->last, r->last);
	return plus_product(&squares, left % r->last, left % r->last);
}

/* A sum of squares of halves of the unit, in points. */
static double
halves_to_points(const Market *m, const Wide *squares)
{
	Wide		total = wide_shift_left(&m->total, 1);
	Wide		num = wide_times(squares, HHI_POINTS);
	Wide		den = wide_mul(&total, &total);

	return wide_ratio(&num, &den);
}

/*
 * The interval of the HHI over everything that the rounding of the printed
 * percentages and the remainder leave open.
 */
bool
market_hhi_rounding(const Market *m, bool anyone, double *low, double *high)
{
	Roundings	r;
	Wide		squares = wide_from_int128(0);
	Wide		most;

	if (!get_roundings(m, &r))
		return false;
	for (int i = 0; i < r.count; i++)
		squares = plus_product(&squares, r.member[i].low, r.member[i].low);
	*low = halves_to_points(m, &squares);

	if (anyone)
	{
		/* all at their least, and the largest of them has what is left */
		uint128		largest = 0;

		for (int i = 0; i < r.count; i++)
			largest = Max(largest, r.member[i].low);
		most = wide_from_uint128(largest);
		most = wide_mul(&most, &most);
		most = wide_sub(&squares, &most);
		most = plus_product(&most, r.total - r.sum_low + largest,
							r.total - r.sum_low + largest);
	}
	else if (r.holder >= 0 || r.last == 0)
		most = largest_with_holder(&r, r.holder);
	else
		most = largest_below_last(&r);
	*high = halves_to_points(m, &most);
	pfree(r.member);
	return true;
}

static int
compare_rounded_low(const void *a, const void *b, void *arg pg_attribute_unused())
{
	const Rounded *x = a;
	const Rounded *y = b;

	return x->low == y->low ? 0 : (x->low > y->low ? -1 : 1);
}

static int
compare_rounded_high(const void *a, const void *b, void *arg pg_attribute_unused())
{
	const Rounded *x = a;
	const Rounded *y = b;

	return x->high == y->high ? 0 : (x->high > y->high ? -1 : 1);
}

/*
 * The same of CR n.  At the least the n largest are those with the largest l.
 * At the most, either one holder of the remainder is among them, and the
 * others have their least; or they are bounded by the n largest u (and, in the
 * places that the listed members leave, hidden ones below the last) and by
 * what the others have at the least.
 */
static bool
cr_rounding(const Market *m, int n, bool anyone, double *low, double *high)
{
	bool		one_holder;
	Roundings	r;
	uint128		holder_low;
	uint128		top_low = 0;
	Wide		most;
	Wide		bound;
	Wide		den = wide_shift_left(&m->total, 1);

	if (!get_roundings(m, &r))
		return false;
	one_holder = anyone || r.holder >= 0 || r.last == 0;
	holder_low = r.holder >= 0 ? r.member[r.holder].low : 0;
	qsort_interruptible(r.member, r.count, sizeof(Rounded), compare_rounded_low, NULL);
	for (int i = 0; i < Min(n, r.count); i++)
		top_low += r.member[i].low;
	most = wide_from_uint128(top_low);
	*low = wide_ratio(&most, &den);
	bound = wide_from_uint128(r.total - (r.sum_low - top_low));

	/* the n largest u, or hidden members where those are larger */
	qsort_interruptible(r.member, r.count, sizeof(Rounded), compare_rounded_high, NULL);
	most = wide_from_int128(0);
	for (int i = 0; i < Min(n, r.count); i++)
	{
		Wide		x = wide_from_uint128(one_holder ? r.member[i].high :
										  Max(r.member[i].high, r.last));

		most = wide_add(&most, &x);
	}
	if (!one_holder && n > r.count)
	{
		Wide		last = wide_from_uint128(r.last);

		last = wide_times(&last, (int64) n - r.count);
		most = wide_add(&most, &last);
	}
	if (wide_compare(&most, &bound) > 0)
		most = bound;

	if (one_holder)
	{
		uint128		others = r.sum_low - top_low;

		/* a withheld member that pushes out the last of the n largest */
		if (!anyone)
		{
			qsort_interruptible(r.member, r.count, sizeof(Rounded), compare_rounded_low, NULL);
			if (n <= r.count && r.member[n - 1].low > holder_low)
				others += r.member[n - 1].low - holder_low;
		}
		bound = wide_from_uint128(r.total - others);
		if (wide_compare(&bound, &most) > 0)
			most = bound;
	}
	*high = wide_ratio(&most, &den);
	pfree(r.member);
	return true;
}

static Datum
interval_row(FunctionCallInfo fcinfo, bool known, double low, double high)
{
	RowBuilder	row;

	row_begin(&row, fcinfo);
	row_add_float8(&row, known, low);
	row_add_float8(&row, known, high);
	return row_finish(&row);
}

/*
 * hhi_rounding_interval(market_shares, remainder): one row, low and high, in
 * points.  Both are NULL for amounts, for a total of zero, and when the
 * printed percentages contradict the total.
 */
Datum
market_shares_hhi_rounding_interval(PG_FUNCTION_ARGS)
{
	bool		anyone = market_remainder_is_anyones(fcinfo, 1);
	double		low = 0;
	double		high = 0;
	bool		known;
	Market		m;

	market_get_ranked(fcinfo, &m);
	known = market_hhi_rounding(&m, anyone, &low, &high);
	return interval_row(fcinfo, known, low, high);
}

/*
 * cr_rounding_interval(market_shares, n, remainder): the same of CR n, as
 * fractions.  Error: n < 1 (22023).
 */
Datum
market_shares_cr_rounding_interval(PG_FUNCTION_ARGS)
{
	int			n = market_get_n(fcinfo);
	bool		anyone = market_remainder_is_anyones(fcinfo, 2);
	double		low = 0;
	double		high = 0;
	bool		known;
	Market		m;

	market_get_ranked(fcinfo, &m);
	known = cr_rounding(&m, n, anyone, &low, &high);
	return interval_row(fcinfo, known, low, high);
}
