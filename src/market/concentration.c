/*-------------------------------------------------------------------------
 *
 * concentration.c
 *		Measures of concentration and inequality beyond CR and HHI, their
 *		bounds, and all of them in one row.
 *
 * Notation: n listed members with amounts x, ranked from the largest, S their
 * sum, s = x / S, mu = S / n.  A member with the amount zero counts in n and
 * has no share.
 *
 * Which members there are.  Gini, Theil, entropy, the normalised HHI and the
 * Rosenbluth index need every member.  They are NULL while part of the market
 * is hidden (unattributed or withheld) or when the rows contradict the total,
 * because any number would be that of another market.  Of those, the least
 * entropy and the largest Rosenbluth index exist as bounds; the others have
 * none, since the remainder may be split among ever so many.  Printed
 * percentages that pass 100 by their rounding are taken as proportions.
 *
 * Arithmetic.  The normalised HHI, Gini and Rosenbluth are quotients of exact
 * integers, rounded once.  Entropy and Theil use the platform's log and log1p
 * (natural logarithms, in nats): their last digits are the platform's.  They
 * are summed in rank order with compensation, so they do not depend on the
 * order of the rows; equal amounts give Theil indices of exactly zero.
 *
 * Sources: Hall and Tideman (1967), "Measures of Concentration", for the
 * Rosenbluth index = Hall-Tideman index; Theil (1967), "Economics and
 * Information Theory", for T and L; Pielou (1966) for equitability.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "compat.h"
#include "decimal.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "result_row.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "wide.h"

#include "market_shares.h"

PG_FUNCTION_INFO_V1(market_shares_leader_gap);
PG_FUNCTION_INFO_V1(market_shares_leader_ratio);
PG_FUNCTION_INFO_V1(market_shares_hhi_normalized);
PG_FUNCTION_INFO_V1(market_shares_entropy);
PG_FUNCTION_INFO_V1(market_shares_entropy_low);
PG_FUNCTION_INFO_V1(market_shares_equitability);
PG_FUNCTION_INFO_V1(market_shares_gini);
PG_FUNCTION_INFO_V1(market_shares_theil_t);
PG_FUNCTION_INFO_V1(market_shares_theil_l);
PG_FUNCTION_INFO_V1(market_shares_rosenbluth);
PG_FUNCTION_INFO_V1(market_shares_rosenbluth_high);
PG_FUNCTION_INFO_V1(market_shares_concentration);

/* Is every member listed, and is there something to divide by? */
static bool
every_member_is_listed(const Market *m)
{
	return !market_is_hidden(m) && !m->exceeded && wide_sign(&m->listed_total) > 0;
}

/* Can a bound over the hidden part be given? */
static bool
has_bounds(const Market *m)
{
	return !market_total_is_zero(m) && MARKET_TOTAL_IS_KNOWN(m) && !m->exceeded;
}

/* What proportions are proportions of: see the head of this file. */
static const Wide *
whole(const Market *m)
{
	return m->remainder > 0 ? &m->total : &m->listed_total;
}

/* A compensated sum (Neumaier's): the error does not grow with the terms. */
typedef struct Sum
{
	double		sum;
	double		lost;
} Sum;

static void
sum_add(Sum *s, double x)
{
	double		t = s->sum + x;

	if (fabs(s->sum) >= fabs(x))
		s->lost += (s->sum - t) + x;
	else
		s->lost += (x - t) + s->sum;
	s->sum = t;
}

static inline double
sum_get(const Sum *s)
{
	return s->sum + s->lost;
}

/* ----------------------------------------------------------------------
 * Where the hidden part makes a market most concentrated
 * ----------------------------------------------------------------------
 */

/*
 * The arrangement of the remainder that every other one can be reached from
 * by moving amounts from larger to smaller members; so every index of
 * concentration has its largest value there.  Either one holder takes it all,
 * or it falls into as many pieces of the size of the smallest listed member
 * as there can be, and a rest.
 */
typedef struct Arrangement
{
	bool		one_holder;
	int			holder;			/* index in the ranked market; -1: a new one */
	Wide		holding;		/* what the holder then has */
	int128		piece;
	int128		pieces;
	int128		rest;			/* smaller than a piece */
} Arrangement;

static void
most_concentrated(const Market *m, bool anyone, Arrangement *a)
{
	int128		last = market_smallest(m);
	int			holder = -1;

	memset(a, 0, sizeof(*a));
	if (m->remainder == 0)
		return;
	if (anyone)
	{
		if (m->count > 0 && m->member[0].amount > 0)
			holder = 0;
		a->one_holder = true;
	}
	else
	{
		for (int i = 0; i < m->count; i++)
			if (m->member[i].unknown > 0 &&
				(holder < 0 || m->member[i].amount > m->member[holder].amount))
				holder = i;
		a->one_holder = holder >= 0 || last == 0;
	}

	if (a->one_holder)
	{
		Wide		had = wide_from_int128(holder >= 0 ? m->member[holder].amount : 0);
		Wide		gets = wide_from_int128(m->remainder);

		a->holder = holder;
		a->holding = wide_add(&had, &gets);
	}
	else
	{
		a->holder = -1;
		a->piece = last;
		a->pieces = m->remainder / last;
		a->rest = m->remainder % last;
	}
}

/* ----------------------------------------------------------------------
 * The measures.  Each gives false where the answer is NULL, and wants a
 * ranked market.
 * ----------------------------------------------------------------------
 */

/* Are the two largest listed members known? */
static bool
two_are_known(const Market *m)
{
	return !market_total_is_zero(m) && m->listed >= 2 &&
		!(market_is_hidden(m) && market_count_above_zero(m) < 2);
}

static bool
leader_gap(const Market *m, double *result)
{
	Wide		gap;

	if (!two_are_known(m))
		return false;
	gap = wide_from_int128(m->member[0].amount - m->member[1].amount);
	*result = wide_ratio(&gap, &m->total);
	return true;
}

static bool
leader_ratio(const Market *m, double *result)
{
	Wide		first;
	Wide		second;

	if (!two_are_known(m) || m->member[1].amount == 0)
		return false;
	first = wide_from_int128(m->member[0].amount);
	second = wide_from_int128(m->member[1].amount);
	*result = wide_ratio(&first, &second);
	return true;
}

/* (H - 1/n) / (1 - 1/n) = (n sum x^2 - S^2) / ((n - 1) S^2) */
static bool
hhi_normalized(const Market *m, double *result)
{
	Wide		squares;
	Wide		total_squared;
	Wide		num;
	Wide		den;

	if (!every_member_is_listed(m) || m->listed < 2)
		return false;
	squares = market_sum_of_squares(m);
	total_squared = wide_mul(&m->listed_total, &m->listed_total);
	num = wide_times(&squares, m->listed);
	num = wide_sub(&num, &total_squared);
	den = wide_times(&total_squared, m->listed - 1);
	*result = wide_ratio(&num, &den);
	return true;
}

/*
 * -s ln s for s = amount / of.  Of shares above a half the logarithm comes
 * from what is missing to the whole, which is exact.
 */
static double
entropy_term(const Wide *amount, const Wide *of)
{
	double		den = wide_to_double(of);
	double		s = wide_to_double(amount) / den;
	double		ln_s;

	if (s <= 0)
		return 0;
	if (s > 0.5)
	{
		Wide		missing = wide_sub(of, amount);

		ln_s = log1p(-wide_to_double(&missing) / den);
	}
	else
		ln_s = log(s);
	return s * ln_s == 0 ? 0 : -s * ln_s;
}

/*
 * The entropy of a ranked market with the hidden part arranged as in a, or
 * with none (a NULL).
 */
static double
entropy_of(const Market *m, const Arrangement *a)
{
	const Wide *of = whole(m);
	Sum			sum = {0, 0};

	for (int i = 0; i < m->count; i++)
	{
		Wide		x = wide_from_int128(m->member[i].amount);

		CHECK_FOR_INTERRUPTS();
		if (a && a->one_holder && i == a->holder)
			continue;
		sum_add(&sum, entropy_term(&x, of));
	}
	if (a && a->one_holder)
		sum_add(&sum, entropy_term(&a->holding, of));
	else if (a && a->piece > 0)
	{
		Wide		piece = wide_from_int128(a->piece);
		Wide		rest = wide_from_int128(a->rest);

		sum_add(&sum, (double) a->pieces * entropy_term(&piece, of));
		sum_add(&sum, entropy_term(&rest, of));
	}
	return sum_get(&sum);
}

static bool
entropy(const Market *m, double *result)
{
	if (!every_member_is_listed(m))
		return false;
	/* rounding must not lift it above that of equal members */
	*result = Min(entropy_of(m, NULL), log((double) m->listed));
	return true;
}

static bool
entropy_low(const Market *m, bool anyone, double *result)
{
	Arrangement a;

	if (!has_bounds(m))
		return false;
	most_concentrated(m, anyone, &a);
	*result = entropy_of(m, &a);
	return true;
}

/* entropy / ln n */
static bool
equitability(const Market *m, double *result)
{
	if (m->listed < 2 || !entropy(m, result))
		return false;
	*result /= log((double) m->listed);
	return true;
}

/*
 * The sum of rank times amount, rank 1 the largest, with the hidden part
 * arranged as in a, or with none (a NULL).
 */
static Wide
sum_of_ranks(const Market *m, const Arrangement *a)
{
	I256		sum = {{0, 0, 0, 0}};
	Wide		result;
	Wide		holder = wide_from_int128(0);
	bool		placed = !(a && a->one_holder);
	uint64		rank = 0;

	for (int i = 0; i < m->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (a && a->one_holder && i == a->holder)
			continue;
		if (!placed)
		{
			Wide		x = wide_from_int128(m->member[i].amount);

			if (wide_compare(&a->holding, &x) >= 0)
			{
				holder = wide_times(&a->holding, ++rank);
				placed = true;
			}
		}
		if (m->member[i].amount == 0)
			break;				/* and so are those behind it */
		i256_add_product(&sum, m->member[i].amount, ++rank);
	}
	if (!placed)
		holder = wide_times(&a->holding, ++rank);

	result = wide_from_words(sum.w, 4);
	result = wide_add(&result, &holder);
	if (a && a->piece > 0)
	{
		/*
		 * pieces of equal size at rank + 1 .. rank + k: k rank + k (k + 1) /
		 * 2
		 */
		Wide		piece = wide_from_int128(a->piece);
		Wide		rest = wide_from_int128(a->rest);
		Wide		k = wide_from_int128(a->pieces);
		Wide		one = wide_from_int128(1);
		Wide		two = wide_from_int128(2);
		Wide		next = wide_add(&k, &one);
		Wide		ranks = wide_mul(&k, &next);
		Wide		before = wide_times(&k, rank);

		ranks = wide_divide_rounded(&ranks, &two);
		ranks = wide_add(&ranks, &before);
		ranks = wide_mul(&ranks, &piece);
		result = wide_add(&result, &ranks);

		before = wide_from_int128(rank);
		next = wide_add(&next, &before);
		rest = wide_mul(&rest, &next);
		result = wide_add(&result, &rest);
	}
	return result;
}

/*
 * sum((2 i - n - 1) x) / (n S), i the rank from the smallest.  By the rank r
 * from the largest it is ((n + 1) S - 2 sum(r x)) / (n S); corrected, n - 1
 * stands for the last n.
 */
static bool
gini(const Market *m, bool corrected, double *result)
{
	Wide		ranks;
	Wide		num;
	Wide		den;

	if (!every_member_is_listed(m) || (corrected && m->listed < 2))
		return false;
	ranks = sum_of_ranks(m, NULL);
	ranks = wide_shift_left(&ranks, 1);
	num = wide_times(&m->listed_total, (int64) m->listed + 1);
	num = wide_sub(&num, &ranks);
	den = wide_times(&m->listed_total, corrected ? m->listed - 1 : m->listed);
	*result = wide_ratio(&num, &den);
	return true;
}

/* 1 / (2 sum(r s) - 1), r the rank from the largest */
static double
rosenbluth_of(const Market *m, const Arrangement *a)
{
	const Wide *of = whole(m);
	Wide		den = sum_of_ranks(m, a);

	den = wide_shift_left(&den, 1);
	den = wide_sub(&den, of);
	return wide_ratio(of, &den);
}

static bool
rosenbluth(const Market *m, double *result)
{
	if (!every_member_is_listed(m))
		return false;
	*result = rosenbluth_of(m, NULL);
	return true;
}

static bool
rosenbluth_high(const Market *m, bool anyone, double *result)
{
	Arrangement a;

	if (!has_bounds(m))
		return false;
	most_concentrated(m, anyone, &a);
	*result = rosenbluth_of(m, &a);
	return true;
}

/*
 * Theil's indices, with d = x / mu - 1:
 *
 *	T = 1/n sum((1 + d) ln(1 + d))	= 1/n sum((1 + d) ln(1 + d) - d)
 *	L = 1/n sum(-ln(1 + d))			= 1/n sum(d - ln(1 + d))
 *
 * because the d add up to zero.  In the second form no term is negative, so
 * nothing cancels between terms, and for d near zero a series keeps a term
 * from cancelling within itself.  r = 1 + d comes beside d, because a small r
 * is lost in the sum.
 */
static double
theil_term(double d, double r, bool is_t)
{
	double		sum = 0;

	if (fabs(d) > 0.25)
	{
		if (is_t)
			return r > 0 ? r * log(r) - d : 1;
		return d - log(r);
	}
	/* the terms are below 2^-60 of the first one after 30 of them */
	for (int k = 32; k >= 2; k--)
		sum = (is_t ? 1.0 / ((double) k * (k - 1)) : 1.0 / k) - d * sum;
	return d * d * sum;
}

static bool
theil(const Market *m, bool is_t, double *result)
{
	double		total;
	Sum			sum = {0, 0};

	if (!every_member_is_listed(m))
		return false;

	/* the smallest stands last; ln(mu / 0) is not a number */
	if (!is_t && m->member[m->count - 1].amount == 0)
		return false;
	total = wide_to_double(&m->listed_total);
	for (int i = 0; i < m->count; i++)
	{
		Wide		x = wide_from_int128(m->member[i].amount);
		Wide		r = wide_times(&x, m->listed);
		Wide		d = wide_sub(&r, &m->listed_total);

		CHECK_FOR_INTERRUPTS();
		sum_add(&sum, theil_term(wide_to_double(&d) / total,
								 wide_to_double(&r) / total, is_t));
	}
	*result = sum_get(&sum) / m->listed;
	return true;
}

/* ----------------------------------------------------------------------
 * SQL
 * ----------------------------------------------------------------------
 */
#define RETURN_MEASURE(call) \
	do { \
		double		result; \
		if (!(call)) \
			PG_RETURN_NULL(); \
		PG_RETURN_FLOAT8(result); \
	} while (0)

/*
 * leader_gap(market_shares): the largest share less the second, a fraction
 * from 0 to 1.  NULL for fewer than two listed members (above zero, if part
 * of the market is hidden) and for a total of zero.
 */
Datum
market_shares_leader_gap(PG_FUNCTION_ARGS)
{
	Market		m;

	market_get_ranked(fcinfo, &m);
	RETURN_MEASURE(leader_gap(&m, &result));
}

/*
 * leader_ratio(market_shares): the largest amount over the second, from 1 up.
 * NULL as leader_gap, and when the second is zero.
 */
Datum
market_shares_leader_ratio(PG_FUNCTION_ARGS)
{
	Market		m;

	market_get_ranked(fcinfo, &m);
	RETURN_MEASURE(leader_ratio(&m, &result));
}

/*
 * hhi_normalized(market_shares): (H - 1/n) / (1 - 1/n) with H from 0 to 1; 0
 * for equal members, 1 if one has all.  NULL unless every member is listed,
 * and for one.
 */
Datum
market_shares_hhi_normalized(PG_FUNCTION_ARGS)
{
	Market		m;

	market_get_ranked(fcinfo, &m);
	RETURN_MEASURE(hhi_normalized(&m, &result));
}

/*
 * entropy(market_shares): Shannon's, -sum(s ln s), in nats, from 0 to ln n.
 * NULL unless every member is listed.
 */
Datum
market_shares_entropy(PG_FUNCTION_ARGS)
{
	Market		m;

	market_get_ranked(fcinfo, &m);
	RETURN_MEASURE(entropy(&m, &result));
}

/*
 * entropy_low(market_shares, remainder): the least the entropy can be, under
 * one of the assumptions of market_measures.c.  There is no upper bound.
 */
Datum
market_shares_entropy_low(PG_FUNCTION_ARGS)
{
	bool		anyone = market_remainder_is_anyones(fcinfo, 1);
	Market		m;

	market_get_ranked(fcinfo, &m);
	RETURN_MEASURE(entropy_low(&m, anyone, &result));
}

/*
 * equitability(market_shares): entropy / ln n, from 0 to 1 (equal members).
 * NULL unless every member is listed, and for one.
 */
Datum
market_shares_equitability(PG_FUNCTION_ARGS)
{
	Market		m;

	market_get_ranked(fcinfo, &m);
	RETURN_MEASURE(equitability(&m, &result));
}

/*
 * gini(market_shares, corrected): from 0 to (n - 1)/n, corrected by n/(n - 1)
 * from 0 to 1.  NULL unless every member is listed; corrected also for one.
 */
Datum
market_shares_gini(PG_FUNCTION_ARGS)
{
	bool		corrected = PG_GETARG_BOOL(1);
	Market		m;

	market_get_ranked(fcinfo, &m);
	RETURN_MEASURE(gini(&m, corrected, &result));
}

/*
 * theil_t(market_shares): sum(s ln(n s)), in nats, from 0 to ln n.  NULL
 * unless every member is listed.
 */
Datum
market_shares_theil_t(PG_FUNCTION_ARGS)
{
	Market		m;

	market_get_ranked(fcinfo, &m);
	RETURN_MEASURE(theil(&m, true, &result));
}

/*
 * theil_l(market_shares): 1/n sum(ln(mu / x)), the mean logarithmic
 * deviation, in nats, from 0 up.  NULL as theil_t, and when an amount is zero.
 */
Datum
market_shares_theil_l(PG_FUNCTION_ARGS)
{
	Market		m;

	market_get_ranked(fcinfo, &m);
	RETURN_MEASURE(theil(&m, false, &result));
}

/*
 * rosenbluth(market_shares): 1 / (2 sum(r s) - 1), r the rank, which is the
 * Hall-Tideman index and 1 / (n (1 - Gini)); from 1/n (equal members) to 1.
 * NULL unless every member is listed.
 */
Datum
market_shares_rosenbluth(PG_FUNCTION_ARGS)
{
	Market		m;

	market_get_ranked(fcinfo, &m);
	RETURN_MEASURE(rosenbluth(&m, &result));
}

/*
 * rosenbluth_high(market_shares, remainder): the most it can be, under one of
 * the assumptions of market_measures.c.  The lower bound is zero.
 */
Datum
market_shares_rosenbluth_high(PG_FUNCTION_ARGS)
{
	bool		anyone = market_remainder_is_anyones(fcinfo, 1);
	Market		m;

	market_get_ranked(fcinfo, &m);
	RETURN_MEASURE(rosenbluth_high(&m, anyone, &result));
}

/* Names of the units for people, by code. */
static const char *const unit_labels[] = {NULL, "GWh", "US$", "plain", "percent"};

static char *
amount_text(const Wide *w, int scale)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out,
											   NumericGetDatum(wide_to_numeric(w, scale))));
}

/* Why columns are NULL or bounds, in words; empty when there is nothing to say. */
static void
write_note(const Market *m, StringInfo note)
{
	initStringInfo(note);
	if (m->withheld)
	{
		int			members = 0;

		for (int i = 0; i < m->count; i++)
			if (m->member[i].unknown > 0)
				members++;
		if (members > 0)
			market_remark(note, "withheld, in whole or in part: %d of %d members", members, m->count);
		else
			market_remark(note, "amounts without a member are withheld");
		if (!MARKET_TOTAL_IS_KNOWN(m))
			market_remark(note, "without a stated total the size of the market is not known: shares are of the known amounts, and there are no bounds");
	}
	if (market_total_is_zero(m))
	{
		market_remark(note, "the total is zero: there are no shares");
		return;
	}
	if (m->remainder > 0)
	{
		Wide		rest = wide_from_int128(m->remainder);

		market_remark(note, MARKET_TOTAL_IS_KNOWN(m) ?
					  "%s of %s are unattributed: hhi_points is a lower and effective_members an upper bound" :
					  "%s of %s known are unattributed",
					  amount_text(&rest, m->scale), amount_text(&m->total, m->scale));
	}
	else if (!m->exceeded && wide_compare(&m->sum, &m->listed_total) > 0)
	{
		Wide		others = wide_sub(&m->sum, &m->listed_total);

		market_remark(note, "%s are unattributed, though the members reach the total without them",
					  amount_text(&others, m->scale));
	}
	if (m->exceeded)
		market_remark(note, "the rows add up to %s, more than the total of %s: check them",
					  amount_text(&m->sum, m->scale), amount_text(&m->total, m->scale));
	else if (m->unit == MARKET_PERCENT && wide_compare(&m->sum, &m->total) > 0)
		market_remark(note, "the percentages add up to %s, within their rounding",
					  amount_text(&m->sum, m->scale));
	if (!every_member_is_listed(m))
		market_remark(note, "measures that need every member are NULL");
	else if (m->listed == 1)
		market_remark(note, "one member: leader_gap_fraction, leader_ratio, hhi_normalized, equitability and gini_corrected are not defined");
	else if (m->member[m->count - 1].amount == 0)
		market_remark(note, "theil_l_nats is not defined where a member has nothing");
}

enum
{
	C_UNIT, C_MEMBERS, C_UNKNOWN_MEMBERS, C_TOTAL, C_STATED_TOTAL,
	C_TOTAL_EXCEEDED, C_UNATTRIBUTED, C_LEADER, C_LEADER_SHARE, C_LEADER_GAP,
	C_LEADER_RATIO, C_CR3, C_CR4, C_CR4_LOW, C_CR4_HIGH, C_CR8, C_CR8_LOW,
	C_CR8_HIGH, C_HHI, C_HHI_LOW, C_HHI_HIGH, C_HHI_ROUNDING_LOW,
	C_HHI_ROUNDING_HIGH, C_HHI_NORMALIZED, C_EFFECTIVE, C_EFFECTIVE_LOW,
	C_EFFECTIVE_HIGH, C_ENTROPY, C_ENTROPY_LOW, C_EQUITABILITY, C_GINI,
	C_GINI_CORRECTED, C_THEIL_T, C_THEIL_L, C_ROSENBLUTH, C_ROSENBLUTH_HIGH,
	C_NOTE,
	C_COLUMNS
};

/*
 * concentration(market_shares, remainder): one row with every measure, its
 * bounds, and a note that says why a column is NULL or a bound.
 */
Datum
market_shares_concentration(PG_FUNCTION_ARGS)
{
	bool		anyone = market_remainder_is_anyones(fcinfo, 1);
	Datum		values[C_COLUMNS] = {0};
	bool		nulls[C_COLUMNS];
	const MarketMember *leader;
	double		x;
	double		low = 0;
	double		high = 0;
	int			unknown = 0;
	Market		m;
	StringInfoData note;

	market_get_ranked(fcinfo, &m);
	memset(nulls, true, sizeof(nulls));

#define SET(column, datum) (values[column] = (datum), nulls[column] = false)
#define SET_MEASURE(column, call) \
	do { \
		if (call) \
			SET(column, Float8GetDatum(x)); \
	} while (0)

	for (int i = 0; i < m.count; i++)
		if (m.member[i].unknown > 0)
			unknown++;
	if (m.unit != MARKET_NO_UNIT)
		SET(C_UNIT, CStringGetTextDatum(unit_labels[m.unit]));
	SET(C_MEMBERS, Int32GetDatum(m.listed));
	SET(C_UNKNOWN_MEMBERS, Int32GetDatum(unknown));
	SET(C_TOTAL, NumericGetDatum(wide_to_numeric(&m.total, m.scale)));
	if (m.stated)
		SET(C_STATED_TOTAL, values[C_TOTAL]);
	SET(C_TOTAL_EXCEEDED, BoolGetDatum(m.exceeded));

	leader = market_leader(&m);
	if (leader)
		SET(C_LEADER, PointerGetDatum(cstring_to_text_with_len(leader->name, leader->len)));
	if (!market_total_is_zero(&m))
	{
		Wide		num = wide_from_int128(m.remainder);
		Wide		squares = market_sum_of_squares(&m);
		Wide		total_squared = wide_mul(&m.total, &m.total);
		Wide		most;

		SET(C_UNATTRIBUTED, Float8GetDatum(wide_ratio(&num, &m.total)));
		if (leader)
		{
			num = wide_from_int128(leader->amount);
			SET(C_LEADER_SHARE, Float8GetDatum(wide_ratio(&num, &m.total)));
		}
		SET(C_HHI, Float8GetDatum(market_points(&m, &squares)));
		if (wide_sign(&squares) > 0)
			SET(C_EFFECTIVE, Float8GetDatum(wide_ratio(&total_squared, &squares)));
		if (market_squares_high(&m, anyone, &most))
		{
			SET(C_HHI_LOW, values[C_HHI]);
			SET(C_HHI_HIGH, Float8GetDatum(market_points(&m, &most)));
			if (!nulls[C_EFFECTIVE])
				SET(C_EFFECTIVE_HIGH, values[C_EFFECTIVE]);
			if (wide_sign(&most) > 0)
				SET(C_EFFECTIVE_LOW, Float8GetDatum(wide_ratio(&total_squared, &most)));
		}
	}
	if (market_hhi_rounding(&m, anyone, &low, &high))
	{
		SET(C_HHI_ROUNDING_LOW, Float8GetDatum(low));
		SET(C_HHI_ROUNDING_HIGH, Float8GetDatum(high));
	}
	SET_MEASURE(C_LEADER_GAP, leader_gap(&m, &x));
	SET_MEASURE(C_LEADER_RATIO, leader_ratio(&m, &x));
	SET_MEASURE(C_CR3, market_cr(&m, 3, &x));
	SET_MEASURE(C_CR4, market_cr(&m, 4, &x));
	SET_MEASURE(C_CR4_LOW, market_cr_low(&m, 4, &x));
	SET_MEASURE(C_CR4_HIGH, market_cr_high(&m, 4, anyone, &x));
	SET_MEASURE(C_CR8, market_cr(&m, 8, &x));
	SET_MEASURE(C_CR8_LOW, market_cr_low(&m, 8, &x));
	SET_MEASURE(C_CR8_HIGH, market_cr_high(&m, 8, anyone, &x));
	SET_MEASURE(C_HHI_NORMALIZED, hhi_normalized(&m, &x));
	SET_MEASURE(C_ENTROPY, entropy(&m, &x));
	SET_MEASURE(C_ENTROPY_LOW, entropy_low(&m, anyone, &x));
	SET_MEASURE(C_EQUITABILITY, equitability(&m, &x));
	SET_MEASURE(C_GINI, gini(&m, false, &x));
	SET_MEASURE(C_GINI_CORRECTED, gini(&m, true, &x));
	SET_MEASURE(C_THEIL_T, theil(&m, true, &x));
	SET_MEASURE(C_THEIL_L, theil(&m, false, &x));
	SET_MEASURE(C_ROSENBLUTH, rosenbluth(&m, &x));
	SET_MEASURE(C_ROSENBLUTH_HIGH, rosenbluth_high(&m, anyone, &x));

	write_note(&m, &note);
	if (note.len > 0)
		SET(C_NOTE, CStringGetTextDatum(note.data));
	return HeapTupleGetDatum(heap_form_tuple(result_row_desc(fcinfo), values, nulls));
}
