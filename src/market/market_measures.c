/*-------------------------------------------------------------------------
 *
 * market_measures.c
 *		What a market_shares value says: shares, concentration, and their
 *		bounds when part of the market is not attributed to a member.
 *
 * Every measure is a short function over one decoded view (struct Market).
 * Sums, squares and products of amounts are exact integers; the one rounding
 * is that of the final quotient to double precision.
 *
 * What may be hidden.  The remainder of a market is the part of its total
 * that no listed member holds.  Measures that depend on who holds it are
 * given as bounds, under one of two assumptions:
 *
 *	below_last	no hidden member is larger than the smallest listed one, as in
 *				a published top ten.  Of the listed members those with an
 *				amount above zero count.  A member whose amount was withheld is
 *				not below the last: it may hold all of the remainder.
 *	anyone		the remainder may belong to anybody, listed members included.
 *
 * If an amount was withheld and no total was stated, the size of the market
 * is not known; then there are no bounds, and the other measures are those of
 * the known rows.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "compat.h"
#include "decimal.h"
#include "excerpt.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "result_row.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "wide.h"

#include "market_shares.h"

PG_FUNCTION_INFO_V1(market_shares_share);
PG_FUNCTION_INFO_V1(market_shares_amount);
PG_FUNCTION_INFO_V1(market_shares_total);
PG_FUNCTION_INFO_V1(market_shares_stated_total);
PG_FUNCTION_INFO_V1(market_shares_total_exceeded);
PG_FUNCTION_INFO_V1(market_shares_members);
PG_FUNCTION_INFO_V1(market_shares_unknown_members);
PG_FUNCTION_INFO_V1(market_shares_unattributed);
PG_FUNCTION_INFO_V1(market_shares_unattributed_share);
PG_FUNCTION_INFO_V1(market_shares_leader);
PG_FUNCTION_INFO_V1(market_shares_leader_share);
PG_FUNCTION_INFO_V1(market_shares_cr);
PG_FUNCTION_INFO_V1(market_shares_cr_low);
PG_FUNCTION_INFO_V1(market_shares_cr_high);
PG_FUNCTION_INFO_V1(market_shares_hhi);
PG_FUNCTION_INFO_V1(market_shares_hhi_low);
PG_FUNCTION_INFO_V1(market_shares_hhi_high);
PG_FUNCTION_INFO_V1(market_shares_effective_members);
PG_FUNCTION_INFO_V1(market_shares_shares);

static inline void
get_market(FunctionCallInfo fcinfo, Market *m)
{
	market_decode(market_shares_get(PG_GETARG_DATUM(0)), m);
}

/* Who may hold the remainder: argument argno. */
bool
market_remainder_is_anyones(FunctionCallInfo fcinfo, int argno)
{
	text	   *t = PG_GETARG_TEXT_PP(argno);
	char	   *s = text_to_cstring(t);

	if (strcmp(s, "anyone") == 0)
		return true;
	if (strcmp(s, "below_last") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown assumption about the remainder: \"%s\"", text_excerpt(s, 80)),
				 errhint("Write 'below_last' (no hidden member is larger than the smallest listed one) or 'anyone'.")));
	return false;
}

/*
 * A sum of amounts as a share of the total.  The caller has seen to it that
 * the total is not zero.
 */
static double
share_of_total(const Market *m, const I192 *sum)
{
	Wide		num = wide_from_words(sum->w, 3);

	return wide_ratio(&num, &m->total);
}

/* The sum of the squares of the listed amounts. */
Wide
market_sum_of_squares(const Market *m)
{
	uint64		sum[5] = {0, 0, 0, 0, 0};

	for (int i = 0; i < m->count; i++)
	{
		uint128		v = (uint128) m->member[i].amount;
		uint64		square[5] = {0, 0, 0, 0, 0};

		CHECK_FOR_INTERRUPTS();
		if ((v >> 64) == 0)
		{
			v *= v;
			square[0] = (uint64) v;
			square[1] = (uint64) (v >> 64);
		}
		else
		{
			Wide		w = wide_from_int128(m->member[i].amount);

			w = wide_mul(&w, &w);
			(void) wide_to_words(&w, square, 5);
		}
		words_add(sum, square, 5);
	}
	return wide_from_words(sum, 5);
}

/* w + factor * a * b */
static Wide
add_product(const Wide *w, int factor, int128 a, int128 b)
{
	Wide		x = wide_from_int128(a);
	Wide		y = wide_from_int128(b);
	Wide		f = wide_from_int128(factor);

	x = wide_mul(&x, &y);
	x = wide_mul(&x, &f);
	return wide_add(w, &x);
}

/* squares / total^2, in points */
double
market_points(const Market *m, const Wide *squares)
{
	Wide		scale = wide_from_int128(HHI_POINTS);
	Wide		num = wide_mul(squares, &scale);
	Wide		den = wide_mul(&m->total, &m->total);

	return wide_ratio(&num, &den);
}

/* The smallest listed amount above zero; zero if there is none. */
int128
market_smallest(const Market *m)
{
	int128		smallest = 0;

	for (int i = 0; i < m->count; i++)
		if (m->member[i].amount > 0 &&
			(smallest == 0 || m->member[i].amount < smallest))
			smallest = m->member[i].amount;
	return smallest;
}

/*
 * The largest known amount among the members of which a row was withheld; -1
 * when there is none.  Such a member may hold all of the remainder on top.
 */
int128
market_largest_withheld(const Market *m)
{
	int128		largest = -1;

	for (int i = 0; i < m->count; i++)
		if (m->member[i].unknown > 0 && m->member[i].amount > largest)
			largest = m->member[i].amount;
	return largest;
}

/*
 * share(market_shares, member): a fraction of the total, from 0 to 1 (above 1
 * only when the total is exceeded).  NULL for a member that is not
 * listed, and when the total is zero.
 */
Datum
market_shares_share(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(1);
	Market		m;

	get_market(fcinfo, &m);
	if (market_total_is_zero(&m))
		PG_RETURN_NULL();
	for (int i = 0; i < m.count; i++)
	{
		if (m.member[i].rows > 0 &&
			market_compare_names(m.member[i].name, m.member[i].len,
								 VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name)) == 0)
		{
			Wide		num = wide_from_int128(m.member[i].amount);

			PG_RETURN_FLOAT8(wide_ratio(&num, &m.total));
		}
	}
	PG_RETURN_NULL();
}

/*
 * amount(market_shares, member): exact, in GWh, US$ or plain numbers.  NULL
 * for a member that is not listed: missing is not zero.
 */
Datum
market_shares_amount(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(1);
	Market		m;

	get_market(fcinfo, &m);
	for (int i = 0; i < m.count; i++)
	{
		if (m.member[i].rows > 0 &&
			market_compare_names(m.member[i].name, m.member[i].len,
								 VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name)) == 0)
			PG_RETURN_NUMERIC(int128_to_numeric(m.member[i].amount, m.scale));
	}
	PG_RETURN_NULL();
}

/*
 * total(market_shares): what the shares are shares of: the stated total, or
 * else 100 for percentages and the sum of all known amounts for all others.
 * Exact, in GWh, US$, percent or plain numbers.
 */
Datum
market_shares_total(PG_FUNCTION_ARGS)
{
	Market		m;

	get_market(fcinfo, &m);
	PG_RETURN_NUMERIC(wide_to_numeric(&m.total, m.scale));
}

/*
 * stated_total(market_shares): NULL when none was stated.
 */
Datum
market_shares_stated_total(PG_FUNCTION_ARGS)
{
	Market		m;

	get_market(fcinfo, &m);
	if (!m.stated)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(wide_to_numeric(&m.total, m.scale));
}

/*
 * total_exceeded(market_shares): do the rows add up to more than the stated
 * total, or percentages to more than 100, by more than their rounding?  False
 * for amounts without a stated total.
 */
Datum
market_shares_total_exceeded(PG_FUNCTION_ARGS)
{
	Market		m;

	get_market(fcinfo, &m);
	PG_RETURN_BOOL(m.exceeded);
}

/*
 * members(market_shares): how many are listed, that is, have an amount.
 */
Datum
market_shares_members(PG_FUNCTION_ARGS)
{
	Market		m;

	get_market(fcinfo, &m);
	PG_RETURN_INT32(m.listed);
}

/*
 * unknown_members(market_shares): how many have a withheld (NULL) amount,
 * whether or not another row gives them one.
 */
Datum
market_shares_unknown_members(PG_FUNCTION_ARGS)
{
	Market		m;
	int			n = 0;

	get_market(fcinfo, &m);
	for (int i = 0; i < m.count; i++)
		if (m.member[i].unknown > 0)
			n++;
	PG_RETURN_INT32(n);
}

/*
 * unattributed(market_shares): the remainder, the part of the total that no
 * listed member holds.  Exact, in GWh, US$ or plain numbers.
 */
Datum
market_shares_unattributed(PG_FUNCTION_ARGS)
{
	Market		m;

	get_market(fcinfo, &m);
	PG_RETURN_NUMERIC(int128_to_numeric(m.remainder, m.scale));
}

/*
 * unattributed_share(market_shares): the same as a fraction of the total;
 * NULL when that is zero.
 */
Datum
market_shares_unattributed_share(PG_FUNCTION_ARGS)
{
	Market		m;
	Wide		num;

	get_market(fcinfo, &m);
	if (market_total_is_zero(&m))
		PG_RETURN_NULL();
	num = wide_from_int128(m.remainder);
	PG_RETURN_FLOAT8(wide_ratio(&num, &m.total));
}

/*
 * The largest member: NULL when no amount is above zero.
 */
const MarketMember *
market_leader(const Market *m)
{
	const MarketMember *leader = NULL;

	for (int i = 0; i < m->count; i++)
	{
		const MarketMember *x = &m->member[i];

		if (x->amount == 0 || (leader && x->amount < leader->amount))
			continue;
		if (leader == NULL || x->amount > leader->amount ||
			market_compare_names(x->name, x->len, leader->name, leader->len) < 0)
			leader = x;
	}
	return leader;
}

/*
 * leader(market_shares): of several largest members the bytewise first.
 */
Datum
market_shares_leader(PG_FUNCTION_ARGS)
{
	const MarketMember *leader;
	Market		m;

	get_market(fcinfo, &m);
	leader = market_leader(&m);
	if (leader == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(leader->name, leader->len));
}

/*
 * leader_share(market_shares): a fraction of the total.
 */
Datum
market_shares_leader_share(PG_FUNCTION_ARGS)
{
	const MarketMember *leader;
	Market		m;
	Wide		num;

	get_market(fcinfo, &m);
	leader = market_leader(&m);
	if (leader == NULL || market_total_is_zero(&m))
		PG_RETURN_NULL();
	num = wide_from_int128(leader->amount);
	PG_RETURN_FLOAT8(wide_ratio(&num, &m.total));
}

/* n of the concentration ratio CR n: argument 1. */
int
market_get_n(FunctionCallInfo fcinfo)
{
	int32		n = PG_GETARG_INT32(1);

	if (n < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("concentration ratio of %d members", n),
				 errhint("Ask for the share of at least 1 member.")));
	return n;
}

/*
 * How many listed members have an amount above zero.  Others may be larger
 * than the rest of them.
 */
int
market_count_above_zero(const Market *m)
{
	int			n = 0;

	for (int i = 0; i < m->count; i++)
		if (m->member[i].amount > 0)
			n++;
	return n;
}

/* The n largest amounts of a ranked market, or all if there are fewer. */
static I192
sum_of_largest(const Market *m, int n)
{
	I192		sum = {{0, 0, 0}};

	for (int i = 0; i < Min(n, m->listed); i++)
		i192_add(&sum, m->member[i].amount);
	return sum;
}

/*
 * The measures below give false where the answer is NULL.  Those of the n
 * largest want a ranked market.
 */
bool
market_cr(const Market *m, int n, double *result)
{
	I192		sum;

	if (market_total_is_zero(m) ||
		(market_is_hidden(m) && n > market_count_above_zero(m)))
		return false;
	sum = sum_of_largest(m, n);
	*result = share_of_total(m, &sum);
	return true;
}

/* The least that CR n can be: that of the n largest listed members. */
bool
market_cr_low(const Market *m, int n, double *result)
{
	I192		sum;

	if (market_total_is_zero(m) || !MARKET_TOTAL_IS_KNOWN(m))
		return false;
	sum = sum_of_largest(m, n);
	*result = share_of_total(m, &sum);
	return true;
}

/*
 * The most that CR n can be, wherever the remainder is: see the head of this
 * file for anyone.
 */
bool
market_cr_high(const Market *m, int n, bool anyone, double *result)
{
	I192		sum;
	int128		most;			/* what the remainder can add to the n largest */
	int128		last;

	if (market_total_is_zero(m) || !MARKET_TOTAL_IS_KNOWN(m))
		return false;
	sum = sum_of_largest(m, n);
	last = market_smallest(m);

	if (anyone || last == 0)
		most = m->remainder;
	else
	{
		int128		withheld = market_largest_withheld(m);
		int128		places = (int128) n - market_count_above_zero(m);

		/* hidden members fill the places that the listed ones leave */
		most = 0;
		if (places > 0)
			most = places > m->remainder / last ? m->remainder : places * last;

		/*
		 * A withheld member takes it all: it is among the n largest, has a
		 * place left, or pushes out the smallest of them.
		 */
		if (withheld >= 0)
		{
			int128		nth = n <= m->listed ? m->member[n - 1].amount : 0;
			int128		gain = m->remainder - Max(nth - withheld, 0);

			most = Max(most, gain);
		}
	}
	i192_add(&sum, most);
	*result = share_of_total(m, &sum);
	return true;
}

/*
 * cr(market_shares, n): the share of the n largest listed members, a
 * fraction.  NULL when n exceeds those above zero and part of the market is
 * hidden (unattributed or withheld): others may belong to the n largest.
 * Error: n < 1 (22023).
 */
Datum
market_shares_cr(PG_FUNCTION_ARGS)
{
	int			n = market_get_n(fcinfo);
	Market		m;
	double		result;

	get_market(fcinfo, &m);
	market_rank(&m);
	if (!market_cr(&m, n, &result))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/*
 * cr_low(market_shares, n): the least the n largest members can hold.  NULL
 * when the size of the market is not known.
 */
Datum
market_shares_cr_low(PG_FUNCTION_ARGS)
{
	int			n = market_get_n(fcinfo);
	Market		m;
	double		result;

	get_market(fcinfo, &m);
	market_rank(&m);
	if (!market_cr_low(&m, n, &result))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/*
 * cr_high(market_shares, n, remainder): the most the n largest members can
 * hold, under one of the assumptions at the head of this file.
 */
Datum
market_shares_cr_high(PG_FUNCTION_ARGS)
{
	int			n = market_get_n(fcinfo);
	bool		anyone = market_remainder_is_anyones(fcinfo, 2);
	Market		m;
	double		result;

	get_market(fcinfo, &m);
	market_rank(&m);
	if (!market_cr_high(&m, n, anyone, &result))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/*
 * hhi(market_shares): the Herfindahl-Hirschman index of the listed members,
 * in points up to 10,000: 10,000 times the sum of the squared shares.  The
 * remainder counts in the total but is nobody's share, so this is the lower
 * bound when there is one.
 */
Datum
market_shares_hhi(PG_FUNCTION_ARGS)
{
	Market		m;
	Wide		squares;

	get_market(fcinfo, &m);
	if (market_total_is_zero(&m))
		PG_RETURN_NULL();
	squares = market_sum_of_squares(&m);
	PG_RETURN_FLOAT8(market_points(&m, &squares));
}

/*
 * hhi_low(market_shares): the least the index can be: the remainder split
 * among ever so many.  NULL when the size of the market is not known.
 */
Datum
market_shares_hhi_low(PG_FUNCTION_ARGS)
{
	Market		m;
	Wide		squares;

	get_market(fcinfo, &m);
	if (market_total_is_zero(&m) || !MARKET_TOTAL_IS_KNOWN(&m))
		PG_RETURN_NULL();
	squares = market_sum_of_squares(&m);
	PG_RETURN_FLOAT8(market_points(&m, &squares));
}

/*
 * The sum of squares that is the most the index can be.  A sum of squares is
 * largest when its parts are as unequal as they may be.
 */
bool
market_squares_high(const Market *m, bool anyone, Wide *squares)
{
	int128		last;
	int128		withheld;

	if (market_total_is_zero(m) || !MARKET_TOTAL_IS_KNOWN(m))
		return false;
	*squares = market_sum_of_squares(m);
	last = market_smallest(m);
	withheld = market_largest_withheld(m);

	if (anyone || last == 0 || withheld >= 0)
	{
		/* all of it to one: (a + r)^2 = a^2 + 2 a r + r^2 */
		const MarketMember *leader = market_leader(m);
		int128		holder = anyone ? (leader ? leader->amount : 0) : Max(withheld, 0);

		*squares = add_product(squares, 2, holder, m->remainder);
		*squares = add_product(squares, 1, m->remainder, m->remainder);
	}
	else
	{
		/* as many of the last one's size as there can be, and what is left */
		int128		pieces = m->remainder / last;
		int128		rest = m->remainder % last;

		*squares = add_product(squares, 1, pieces * last, last);
		*squares = add_product(squares, 1, rest, rest);
	}
	return true;
}

/*
 * hhi_high(market_shares, remainder): the most the index can be, under one of
 * the assumptions at the head of this file.
 */
Datum
market_shares_hhi_high(PG_FUNCTION_ARGS)
{
	bool		anyone = market_remainder_is_anyones(fcinfo, 1);
	Market		m;
	Wide		squares;

	get_market(fcinfo, &m);
	if (!market_squares_high(&m, anyone, &squares))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(market_points(&m, &squares));
}

/*
 * effective_members(market_shares): 10,000 / HHI, the number of equal members
 * that would give the same index (Hill number of order 2).  An upper bound
 * where hhi is a lower one.
 */
Datum
market_shares_effective_members(PG_FUNCTION_ARGS)
{
	Market		m;
	Wide		squares;
	Wide		total_squared;

	get_market(fcinfo, &m);
	squares = market_sum_of_squares(&m);
	if (market_total_is_zero(&m) || wide_sign(&squares) == 0)
		PG_RETURN_NULL();
	total_squared = wide_mul(&m.total, &m.total);
	PG_RETURN_FLOAT8(wide_ratio(&total_squared, &squares));
}

/* What market_shares_shares keeps between its calls. */
typedef struct SharesCursor
{
	Market		market;
	I192		cumulated;
	int			rank;
} SharesCursor;

/*
 * shares(market_shares): a row for each member, the largest first: rank
 * (equal amounts share it), member, amount, share and cumulative share.
 * Members whose amount was withheld come last, with nothing but their name.
 */
Datum
market_shares_shares(PG_FUNCTION_ARGS)
{
	FuncCallContext *funcctx;
	SharesCursor *cursor;
	Datum		values[5];
	bool		nulls[5] = {false, false, false, false, false};
	const MarketMember *x;
	int			i;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;

		funcctx = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(funcctx->multi_call_memory_ctx);
		funcctx->tuple_desc = result_row_desc(fcinfo);
		cursor = palloc0(sizeof(SharesCursor));

		/* the names point into the value, which must outlive this call */
		market_decode((const MarketShares *) PG_DETOAST_DATUM_COPY(PointerGetDatum(market_shares_get(PG_GETARG_DATUM(0)))),
					  &cursor->market);
		market_rank(&cursor->market);
		funcctx->max_calls = cursor->market.count;
		funcctx->user_fctx = cursor;
		MemoryContextSwitchTo(old);
	}

	funcctx = SRF_PERCALL_SETUP();
	cursor = funcctx->user_fctx;
	if (funcctx->call_cntr >= funcctx->max_calls)
		SRF_RETURN_DONE(funcctx);

	i = (int) funcctx->call_cntr;
	x = &cursor->market.member[i];
	values[1] = PointerGetDatum(cstring_to_text_with_len(x->name, x->len));
	if (x->rows == 0)
		nulls[0] = nulls[2] = nulls[3] = nulls[4] = true;
	else
	{
		if (i == 0 || x->amount != x[-1].amount)
			cursor->rank = i + 1;
		i192_add(&cursor->cumulated, x->amount);
		values[0] = Int32GetDatum(cursor->rank);
		values[2] = NumericGetDatum(int128_to_numeric(x->amount, cursor->market.scale));
		if (market_total_is_zero(&cursor->market))
			nulls[3] = nulls[4] = true;
		else
		{
			Wide		num = wide_from_int128(x->amount);

			values[3] = Float8GetDatum(wide_ratio(&num, &cursor->market.total));
			values[4] = Float8GetDatum(share_of_total(&cursor->market, &cursor->cumulated));
		}
	}
	SRF_RETURN_NEXT(funcctx,
					HeapTupleGetDatum(heap_form_tuple(funcctx->tuple_desc, values, nulls)));
}
