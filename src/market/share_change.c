/*-------------------------------------------------------------------------
 *
 * share_change.c
 *		How a market changed between two values of it: who grew with the
 *		market and who took share, and shift-share by segments.
 *
 * Missing is not zero.  A member that one of the values does not list may
 * have been in the part of that market which is attributed to nobody, and a
 * withheld amount may be anything.  What depends on such an amount is NULL,
 * and the note says why.
 *
 * Effects are amounts.  They are exact quotients rounded once, half away from
 * zero, to the last place that the unit keeps (10^-12 GWh, 10^-18 of the
 * others), and the last one is what remains: they add up to the change
 * exactly.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "compat.h"
#include "decimal.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "result_row.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"
#include "wide.h"

#include "market_shares.h"

PG_FUNCTION_INFO_V1(market_shares_change);
PG_FUNCTION_INFO_V1(market_shares_change_editions);
PG_FUNCTION_INFO_V1(market_shares_shift_share);
PG_FUNCTION_INFO_V1(shift_share_numeric);

/* One of the two values that are compared. */
typedef struct Side
{
	Market		m;
	int64		others_unknown; /* rows without a member or an amount */
	bool		others;			/* there may be members that are not listed */
	const char *when;			/* "before", "after" */
} Side;

/* A member of either or both. */
typedef struct Pair
{
	const MarketMember *before; /* NULL: not there */
	const MarketMember *after;
	int			rank_before;	/* 0: none */
	int			rank_after;
} Pair;

/* What is known of one side of a pair. */
typedef enum Knowledge
{
	KNOWN,						/* every row has an amount */
	PARTLY,						/* some rows have one, some are withheld */
	WITHHELD,					/* no row has one */
	NOTHING,					/* not there, and the rest is accounted for */
	UNLISTED					/* not there, but may be among the others */
} Knowledge;

typedef struct MemberRank
{
	const MarketMember *member;
	int			rank;
} MemberRank;

/* The name of the party that an amount is nobody's. */
#define UNATTRIBUTED	"unattributed"

static int
compare_member_ranks(const void *a, const void *b, void *arg pg_attribute_unused())
{
	const MarketMember *x = ((const MemberRank *) a)->member;
	const MarketMember *y = ((const MemberRank *) b)->member;

	return market_compare_names(x->name, x->len, y->name, y->len);
}

/* The members of a decoded market by name, each with its rank. */
static MemberRank *
rank_members(Market *m)
{
	MemberRank *r = palloc_extended(Max(m->count, 1) * sizeof(MemberRank),
									MCXT_ALLOC_HUGE);

	market_rank(m);
	for (int i = 0; i < m->count; i++)
	{
		const MarketMember *x = &m->member[i];

		r[i].member = x;
		if (x->rows == 0)
			r[i].rank = 0;
		else
			r[i].rank = i > 0 && x->amount == x[-1].amount ? r[i - 1].rank : i + 1;
	}
	qsort_interruptible(r, m->count, sizeof(MemberRank), compare_member_ranks, NULL);
	return r;
}

static int128
known_amount(const MarketMember *x)
{
	return x && x->rows > 0 ? x->amount : -1;
}

/*
 * The largest after the change first, then by what they had before, then by
 * name; those without an amount last.
 */
static int
compare_pairs(const void *a, const void *b, void *arg pg_attribute_unused())
{
	const Pair *x = a;
	const Pair *y = b;
	const MarketMember *xm = x->after ? x->after : x->before;
	const MarketMember *ym = y->after ? y->after : y->before;
	int128		xa = known_amount(x->after);
	int128		ya = known_amount(y->after);

	if (xa != ya)
		return xa > ya ? -1 : 1;
	xa = known_amount(x->before);
	ya = known_amount(y->before);
	if (xa != ya)
		return xa > ya ? -1 : 1;
	return market_compare_names(xm->name, xm->len, ym->name, ym->len);
}

static void
get_side(Datum d, const char *when, Side *side)
{
	const MarketShares *ms = market_shares_get(d);

	market_decode(ms, &side->m);
	side->others_unknown = ms->others_unknown;
	/* a stated total that is exceeded leaves no remainder that means anything */
	side->others = side->m.remainder > 0 || i128_get(&ms->others) > 0 ||
		ms->others_unknown > 0 || side->m.exceeded;
	side->when = when;
}

/* The members of both sides, put together by name, in the order of output. */
static Pair *
make_pairs(Side *before, Side *after, int *count)
{
	MemberRank *b = rank_members(&before->m);
	MemberRank *a = rank_members(&after->m);
	Pair	   *pairs = palloc_extended(((Size) before->m.count + after->m.count + 1) * sizeof(Pair),
										MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	int			i = 0;
	int			j = 0;
	int			n = 0;

	while (i < before->m.count || j < after->m.count)
	{
		Pair	   *p = &pairs[n++];
		int			cmp;

		CHECK_FOR_INTERRUPTS();
		if (i == before->m.count)
			cmp = 1;
		else if (j == after->m.count)
			cmp = -1;
		else
			cmp = compare_member_ranks(&b[i], &a[j], NULL);
		if (cmp <= 0)
		{
			p->before = b[i].member;
			p->rank_before = b[i++].rank;
		}
		if (cmp >= 0)
		{
			p->after = a[j].member;
			p->rank_after = a[j++].rank;
		}
	}
	qsort_interruptible(pairs, n, sizeof(Pair), compare_pairs, NULL);
	*count = n;
	return pairs;
}

static Knowledge
what_is_known(const Side *side, const MarketMember *x)
{
	if (x == NULL)
		return side->others ? UNLISTED : NOTHING;
	if (x->unknown == 0)
		return KNOWN;
	return x->rows > 0 ? PARTLY : WITHHELD;
}

/*
 * Growth of a total from x0 to x1 is known unless an amount is in one of the
 * totals and not in the other.  A stated total covers them all.
 */
static bool
same_coverage(const Side *before, const Side *after, const Pair *pairs, int count)
{
	bool		b = before->m.withheld && !MARKET_TOTAL_IS_KNOWN(&before->m);
	bool		a = after->m.withheld && !MARKET_TOTAL_IS_KNOWN(&after->m);

	if (!b && !a)
		return true;
	if (b != a || before->others_unknown != after->others_unknown)
		return false;
	for (int i = 0; i < count; i++)
	{
		Knowledge	kb = what_is_known(before, pairs[i].before);
		Knowledge	ka = what_is_known(after, pairs[i].after);

		if ((kb == WITHHELD || kb == PARTLY) != (ka == WITHHELD || ka == PARTLY))
			return false;
	}
	return true;
}

/* amount * after / before, rounded half away from zero */
static Wide
grown(int128 amount, const Wide *before, const Wide *after)
{
	Wide		x = wide_from_int128(amount);

	x = wide_mul(&x, after);
	return wide_divide_rounded(&x, before);
}

static Datum
amount_datum(int128 v, int scale)
{
	return NumericGetDatum(int128_to_numeric(v, scale));
}

static Datum
wide_datum(const Wide *w, int scale)
{
	return NumericGetDatum(wide_to_numeric(w, scale));
}

/* Another remark of a note. */
/* What a side's knowledge of a member has to say in its note. */
static void
remark_knowledge(StringInfo note, const Side *side, Knowledge k)
{
	switch (k)
	{
		case KNOWN:
		case NOTHING:
			break;
		case PARTLY:
			market_remark(note, "part of the amount %s is withheld", side->when);
			break;
		case WITHHELD:
			market_remark(note, "the amount %s is withheld", side->when);
			break;
		case UNLISTED:
			market_remark(note, "not listed %s: it may be among the others", side->when);
			break;
	}
}

/* What a stated total that contradicts the rows has to say. */
static void
remark_stated(StringInfo note, const Side *side)
{
	if (side->m.stated && wide_sign(&side->m.total) == 0)
		market_remark(note, "the stated total %s is zero", side->when);
	if (side->m.exceeded)
		market_remark(note, "the rows %s add up to more than the %s", side->when,
					  side->m.stated ? "stated total" : "total of 100");
}

static void
remark_total(StringInfo note, const Side *side)
{
	if (wide_sign(&side->m.total) == 0)
		market_remark(note, "the total %s is zero", side->when);
	if (side->m.exceeded)
		market_remark(note, "the rows %s add up to more than the %s", side->when,
					  side->m.stated ? "stated total" : "total of 100");
	if (!MARKET_TOTAL_IS_KNOWN(&side->m))
		market_remark(note, "an amount %s is withheld: shares are of the known ones", side->when);
}

/*
 * Which market a label names, or NULL.  An empty label is none.
 */
static char *
get_label(FunctionCallInfo fcinfo, int argno)
{
	char	   *s;

	if (PG_ARGISNULL(argno))
		return NULL;
	s = text_to_cstring(PG_GETARG_TEXT_PP(argno));
	return s[0] != '\0' ? s : NULL;
}

/*
 * Compare labels of one kind; what they say to the note and to *comparable
 * (which starts as "nothing known").
 */
static void
compare_labels(const char *what, const char *plural, const char *before,
			   const char *after, StringInfo note, bool *stated, bool *same)
{
	if (before == NULL && after == NULL)
		return;
	if (before == NULL || after == NULL)
	{
		market_remark(note, "the %s %s is not stated", what, before ? "after" : "before");
		return;
	}
	*stated = true;
	if (strcmp(before, after) != 0)
	{
		*same = false;
		market_remark(note, "different %s: %s, %s", plural, before, after);
	}
}

/* Columns of share_change, in the order of its OUT parameters. */
enum
{
	CHANGE_MEMBER,
	CHANGE_KIND,
	CHANGE_AMOUNT_BEFORE,
	CHANGE_AMOUNT_AFTER,
	CHANGE_AMOUNT,
	CHANGE_SHARE_BEFORE,
	CHANGE_SHARE_AFTER,
	CHANGE_SHARE_POINTS,
	CHANGE_RANK_BEFORE,
	CHANGE_RANK_AFTER,
	CHANGE_RANK_MOVE,
	CHANGE_MARKET_EFFECT,
	CHANGE_SHARE_EFFECT,
	CHANGE_COMPARABLE,
	CHANGE_NOTE,
	CHANGE_COLUMNS
};

/* One row of share_change; amounts are those of a member or the remainder. */
static void
put_change(ReturnSetInfo *rsinfo, const Side *before, const Side *after,
		   const char *name, uint32 len, const char *kind,
		   const int128 *x0, const int128 *x1, int rank_before, int rank_after,
		   bool shares, bool effects, const bool *comparable, const char *note)
{
	Datum		values[CHANGE_COLUMNS];
	bool		nulls[CHANGE_COLUMNS];
	int			scale = market_scale(before->m.unit != MARKET_NO_UNIT ?
									 before->m.unit : after->m.unit);
	const Wide *t0 = &before->m.total;
	const Wide *t1 = &after->m.total;

	memset(values, 0, sizeof(values));
	memset(nulls, true, sizeof(nulls));
#define PUT(column, datum) (nulls[column] = false, values[column] = (datum))
	if (name)
		PUT(CHANGE_MEMBER, PointerGetDatum(cstring_to_text_with_len(name, len)));
	PUT(CHANGE_KIND, CStringGetTextDatum(kind));
	if (x0)
		PUT(CHANGE_AMOUNT_BEFORE, amount_datum(*x0, scale));
	if (x1)
		PUT(CHANGE_AMOUNT_AFTER, amount_datum(*x1, scale));
	if (x0 && wide_sign(t0) != 0 && (shares || rank_before > 0))
	{
		Wide		w = wide_from_int128(*x0);

		PUT(CHANGE_SHARE_BEFORE, Float8GetDatum(wide_ratio(&w, t0)));
	}
	if (x1 && wide_sign(t1) != 0 && (shares || rank_after > 0))
	{
		Wide		w = wide_from_int128(*x1);

		PUT(CHANGE_SHARE_AFTER, Float8GetDatum(wide_ratio(&w, t1)));
	}
	if (rank_before > 0)
		PUT(CHANGE_RANK_BEFORE, Int32GetDatum(rank_before));
	if (rank_after > 0)
		PUT(CHANGE_RANK_AFTER, Int32GetDatum(rank_after));
	if (rank_before > 0 && rank_after > 0)
		PUT(CHANGE_RANK_MOVE, Int32GetDatum(rank_before - rank_after));
	if (shares && x0 && x1)
	{
		Wide		w0 = wide_from_int128(*x0);
		Wide		w1 = wide_from_int128(*x1);
		Wide		change = wide_sub(&w1, &w0);

		PUT(CHANGE_AMOUNT, wide_datum(&change, scale));
		if (effects && wide_sign(t0) != 0)
		{
			Wide		with_market = grown(*x0, t0, t1);
			Wide		w = wide_sub(&with_market, &w0);

			PUT(CHANGE_MARKET_EFFECT, wide_datum(&w, scale));
			w = wide_sub(&w1, &with_market);
			PUT(CHANGE_SHARE_EFFECT, wide_datum(&w, scale));
		}
		if (effects && wide_sign(t0) != 0 && wide_sign(t1) != 0)
		{
			Wide		hundred = wide_from_int128(100);
			Wide		num = wide_cross(&w1, t0, &w0, t1);
			Wide		den = wide_mul(t0, t1);

			num = wide_mul(&num, &hundred);
			PUT(CHANGE_SHARE_POINTS, Float8GetDatum(wide_ratio(&num, &den)));
		}
	}
	if (comparable)
		PUT(CHANGE_COMPARABLE, BoolGetDatum(*comparable));
	if (note[0] != '\0')
		PUT(CHANGE_NOTE, CStringGetTextDatum(note));
#undef PUT
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

static Datum
share_change(FunctionCallInfo fcinfo, bool with_labels)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Side		before;
	Side		after;
	Pair	   *pairs;
	int			count;
	bool		covered;
	bool		same = true;
	bool		stated = false;
	bool		moved = false;	/* members between listed and unattributed */
	StringInfoData general;
	StringInfoData note;

	InitMaterializedSRF(fcinfo, 0);
	check_row_type(rsinfo->setDesc, "t2 n3 d3 i3 n2 b t");
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;

	(void) market_common_unit(market_shares_get(PG_GETARG_DATUM(0)),
							  market_shares_get(PG_GETARG_DATUM(1)));
	get_side(PG_GETARG_DATUM(0), "before", &before);
	get_side(PG_GETARG_DATUM(1), "after", &after);
	pairs = make_pairs(&before, &after, &count);

	/* what is to be said of every row */
	initStringInfo(&general);
	if (with_labels)
	{
		compare_labels("edition", "editions", get_label(fcinfo, 2), get_label(fcinfo, 3),
					   &general, &stated, &same);
		compare_labels("basis", "bases", get_label(fcinfo, 4), get_label(fcinfo, 5),
					   &general, &stated, &same);
	}
	if (before.m.stated != after.m.stated && before.m.unit != MARKET_PERCENT)
	{
		same = false;
		stated = true;
		market_remark(&general, "different denominators: a stated total %s, the sum of the rows %s",
					  before.m.stated ? "before" : "after",
					  before.m.stated ? "after" : "before");
	}
	else if (before.m.unit == MARKET_PERCENT && after.m.unit == MARKET_PERCENT &&
			 wide_compare(&before.m.total, &after.m.total) != 0)
	{
		/* the growth of a whole in percent is nobody's */
		same = false;
		stated = true;
		market_remark(&general, "different denominators: %s %% before, %s %% after",
					  DatumGetCString(DirectFunctionCall1(numeric_out, wide_datum(&before.m.total, before.m.scale))),
					  DatumGetCString(DirectFunctionCall1(numeric_out, wide_datum(&after.m.total, after.m.scale))));
	}
	remark_total(&general, &before);
	remark_total(&general, &after);
	covered = same_coverage(&before, &after, pairs, count);
	if (!covered)
		market_remark(&general, "what is withheld differs: the growth of the market is not known");

	initStringInfo(&note);
	for (int i = 0; i < count; i++)
	{
		const Pair *p = &pairs[i];
		const MarketMember *any = p->after ? p->after : p->before;
		Knowledge	kb = what_is_known(&before, p->before);
		Knowledge	ka = what_is_known(&after, p->after);
		int128		x0 = p->before ? p->before->amount : 0;
		int128		x1 = p->after ? p->after->amount : 0;
		bool		b_known = kb == KNOWN || kb == NOTHING;
		bool		a_known = ka == KNOWN || ka == NOTHING;
		const char *kind;

		CHECK_FOR_INTERRUPTS();
		resetStringInfo(&note);
		remark_knowledge(&note, &before, kb);
		remark_knowledge(&note, &after, ka);
		if (general.len > 0)
			market_remark(&note, "%s", general.data);
		if (!b_known || !a_known)
			moved = true;
		if (kb == PARTLY || kb == WITHHELD || ka == PARTLY || ka == WITHHELD)
			kind = "withheld";
		else if (!b_known || !a_known)
			kind = "unlisted";
		else if (x0 == 0 && x1 > 0)
			kind = "entrant";
		else if (x0 > 0 && x1 == 0)
			kind = "leaver";
		else
			kind = "stayed";
		put_change(rsinfo, &before, &after, any->name, any->len, kind,
				   b_known || kb == PARTLY ? &x0 : NULL,
				   a_known || ka == PARTLY ? &x1 : NULL,
				   kb == KNOWN ? p->rank_before : 0, ka == KNOWN ? p->rank_after : 0,
				   b_known && a_known, covered, stated ? &same : NULL, note.data);
	}

	if (before.m.remainder > 0 || after.m.remainder > 0)
	{
		resetStringInfo(&note);
		if (moved)
			market_remark(&note, "holds members that are listed on the other side, or withheld ones");
		if (general.len > 0)
			market_remark(&note, "%s", general.data);
		put_change(rsinfo, &before, &after, NULL, 0, UNATTRIBUTED,
				   &before.m.remainder, &after.m.remainder, 0, 0,
				   true, covered && !moved, stated ? &same : NULL, note.data);
	}
	return (Datum) 0;
}

/*
 * share_change(before market_shares, after market_shares): a row for each
 * member of either and one (member NULL) for the unattributed parts.  Amounts
 * in GWh, US$, percent or plain numbers; shares are fractions; share_points percentage
 * points.  With x0, x1 the amounts and X0, X1 the totals,
 *
 *	market_effect	x0 (X1/X0 - 1): had the share stayed
 *	share_effect	x1 - x0 X1/X0 = (s1 - s0) X1: the share gained or lost
 *
 * (the usual split of a change, with the share weighed at the new market).
 * Errors: values of different units (42804).
 */
Datum
market_shares_change(PG_FUNCTION_ARGS)
{
	return share_change(fcinfo, false);
}

/*
 * The same with the editions and bases that the two values are from: where
 * they differ, comparable is false and the note names them.
 */
Datum
market_shares_change_editions(PG_FUNCTION_ARGS)
{
	return share_change(fcinfo, true);
}

/* ----------------------------------------------------------------------
 * Shift-share
 *
 * With x0, x1 the amounts of a member (region) in a segment, K0, K1 the
 * segment's and X0, X1 the whole market's,
 *
 *	growth_effect		x0 (X1/X0 - 1)		the whole market's growth
 *	mix_effect			x0 (K1/K0 - X1/X0)	the segment's beyond it
 *	competitive_effect	x1 - x0 K1/K0		the member's own beyond that
 *
 * which is x0 times the terms g, g_k - g and g_ik - g_k.
 * ----------------------------------------------------------------------
 */
static void
shift_share_effects(int128 x0, int128 x1, const Wide *segment0, const Wide *segment1,
					const Wide *total0, const Wide *total1,
					Wide *growth, Wide *mix, Wide *competitive)
{
	Wide		w0 = wide_from_int128(x0);
	Wide		w1 = wide_from_int128(x1);
	Wide		with_total = grown(x0, total0, total1);
	Wide		with_segment = grown(x0, segment0, segment1);

	*growth = wide_sub(&with_total, &w0);
	*mix = wide_sub(&with_segment, &with_total);
	*competitive = wide_sub(&w1, &with_segment);
}

static void
check_part(const char *when, const char *part, const Wide *a, const char *whole,
		   const Wide *b, int scale)
{
	if (wide_compare(a, b) > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s, %s, is more than %s, %s", part, when,
						DatumGetCString(DirectFunctionCall1(numeric_out, wide_datum(a, scale))),
						whole,
						DatumGetCString(DirectFunctionCall1(numeric_out, wide_datum(b, scale)))),
				 errhint("A segment is part of the whole market: give the totals of the same rows, such as rollup(segment) OVER ().")));
}

#define NOTHING_BEFORE \
	"nothing before: its growth rate is not defined"

/*
 * shift_share(segment_before, segment_after, market_before, market_after
 * market_shares): a row for each member of the segment in either period.
 * Errors: different units (42804), a segment larger than the market (22023).
 */
Datum
market_shares_shift_share(PG_FUNCTION_ARGS)
{
	enum
	{
		MEMBER, BEFORE, AFTER, CHANGE, GROWTH, MIX, COMPETITIVE, NOTE, COLUMNS
	};
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Side		before;
	Side		after;
	Side		all_before;
	Side		all_after;
	Pair	   *pairs;
	StringInfoData general;
	StringInfoData note;
	MarketUnit	unit = MARKET_NO_UNIT;
	bool		known;
	bool		moved = false;
	int			scale;
	int			count;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < 4; i++)
		for (int j = 0; j < i; j++)
		{
			MarketUnit	u = market_common_unit(market_shares_get(PG_GETARG_DATUM(i)),
											   market_shares_get(PG_GETARG_DATUM(j)));

			if (u != MARKET_NO_UNIT)
				unit = u;
		}
	scale = market_scale(unit);
	get_side(PG_GETARG_DATUM(0), "before", &before);
	get_side(PG_GETARG_DATUM(1), "after", &after);
	get_side(PG_GETARG_DATUM(2), "of the whole market before", &all_before);
	get_side(PG_GETARG_DATUM(3), "of the whole market after", &all_after);
	check_part("before", "the segment", &before.m.total, "the whole market",
			   &all_before.m.total, scale);
	check_part("after", "the segment", &after.m.total, "the whole market",
			   &all_after.m.total, scale);
	pairs = make_pairs(&before, &after, &count);

	initStringInfo(&general);
	known = MARKET_TOTAL_IS_KNOWN(&before.m) && MARKET_TOTAL_IS_KNOWN(&after.m) &&
		MARKET_TOTAL_IS_KNOWN(&all_before.m) && MARKET_TOTAL_IS_KNOWN(&all_after.m);
	if (!known)
		market_remark(&general, "an amount is withheld: the growth of segment or market is not known");

	/*
	 * A stated total may be zero, or less than the rows, whatever they are:
	 * there is no growth from zero, and the other is to be looked at.
	 */
	if (wide_sign(&before.m.total) == 0 || wide_sign(&all_before.m.total) == 0)
		known = false;
	remark_stated(&general, &before);
	remark_stated(&general, &after);
	remark_stated(&general, &all_before);
	remark_stated(&general, &all_after);
	initStringInfo(&note);

	/* one more than there are pairs: what nobody holds */
	for (int i = 0; i <= count; i++)
	{
		const Pair *p = i < count ? &pairs[i] : NULL;
		Datum		values[COLUMNS];
		bool		nulls[COLUMNS];
		int128		x0;
		int128		x1;
		bool		has0 = true;
		bool		has1 = true;

		CHECK_FOR_INTERRUPTS();
		resetStringInfo(&note);
		memset(values, 0, sizeof(values));
		memset(nulls, true, sizeof(nulls));
		if (p)
		{
			const MarketMember *any = p->after ? p->after : p->before;
			Knowledge	kb = what_is_known(&before, p->before);
			Knowledge	ka = what_is_known(&after, p->after);

			remark_knowledge(&note, &before, kb);
			remark_knowledge(&note, &after, ka);
			has0 = kb == KNOWN || kb == NOTHING;
			has1 = ka == KNOWN || ka == NOTHING;
			moved = moved || !has0 || !has1;
			x0 = p->before ? p->before->amount : 0;
			x1 = p->after ? p->after->amount : 0;
			values[MEMBER] = PointerGetDatum(cstring_to_text_with_len(any->name, any->len));
			nulls[MEMBER] = false;
		}
		else
		{
			x0 = before.m.remainder;
			x1 = after.m.remainder;
			if (x0 == 0 && x1 == 0)
				break;
			if (moved)
				market_remark(&note, "holds members that are listed on the other side, or withheld ones");
		}
		if (has0)
		{
			values[BEFORE] = amount_datum(x0, scale);
			nulls[BEFORE] = false;
		}
		if (has1)
		{
			values[AFTER] = amount_datum(x1, scale);
			nulls[AFTER] = false;
		}
		if (has0 && has1)
		{
			Wide		w0 = wide_from_int128(x0);
			Wide		w1 = wide_from_int128(x1);
			Wide		change = wide_sub(&w1, &w0);

			values[CHANGE] = wide_datum(&change, scale);
			nulls[CHANGE] = false;
			if (x0 == 0)
				market_remark(&note, NOTHING_BEFORE);
			else if (known && (p || !moved))
			{
				Wide		growth;
				Wide		mix;
				Wide		competitive;

				shift_share_effects(x0, x1, &before.m.total, &after.m.total,
									&all_before.m.total, &all_after.m.total,
									&growth, &mix, &competitive);
				values[GROWTH] = wide_datum(&growth, scale);
				values[MIX] = wide_datum(&mix, scale);
				values[COMPETITIVE] = wide_datum(&competitive, scale);
				nulls[GROWTH] = nulls[MIX] = nulls[COMPETITIVE] = false;
			}
		}
		if (general.len > 0)
			market_remark(&note, "%s", general.data);
		if (note.len > 0)
		{
			values[NOTE] = CStringGetTextDatum(note.data);
			nulls[NOTE] = false;
		}
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * shift_share(before, after, segment_before, segment_after, total_before,
 * total_after numeric): the three effects of one row, for a table that has
 * the sums beside it.  Units of 10^-18.  Errors: negative or not finite, a
 * part larger than its whole (22023), out of range (22003).
 */
Datum
shift_share_numeric(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {
		"the amount before", "the amount after", "the segment before",
		"the segment after", "the total before", "the total after"
	};
	Datum		values[4] = {0, 0, 0, 0};
	bool		nulls[4] = {true, true, true, true};
	int			scale = market_scale(MARKET_PLAIN);
	int128		x[6];
	Wide		w[6];
	TupleDesc	desc;
	StringInfoData note;

	desc = result_row_desc(fcinfo);

	initStringInfo(&note);
	for (int i = 0; i < 6; i++)
	{
		if (PG_ARGISNULL(i))
			market_remark(&note, "%s is withheld", names[i]);
		else
		{
			x[i] = market_amount(PG_GETARG_DATUM(i), AMOUNT_NUMERIC, NULL);
			w[i] = wide_from_int128(x[i]);
		}
	}
	for (int i = 0; i < 4; i++)
		if (!PG_ARGISNULL(i) && !PG_ARGISNULL(i + 2))
			check_part(i % 2 == 0 ? "before" : "after", i < 2 ? "the amount" : "the segment",
					   &w[i], i < 2 ? "its segment" : "the total", &w[i + 2], scale);
	if (note.len == 0)
	{
		if (x[0] == 0)
			market_remark(&note, NOTHING_BEFORE);
		else
		{
			Wide		effect[3];

			shift_share_effects(x[0], x[1], &w[2], &w[3], &w[4], &w[5],
								&effect[0], &effect[1], &effect[2]);
			for (int i = 0; i < 3; i++)
			{
				values[i] = wide_datum(&effect[i], scale);
				nulls[i] = false;
			}
		}
	}
	if (note.len > 0)
	{
		values[3] = CStringGetTextDatum(note.data);
		nulls[3] = false;
	}
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, values, nulls)));
}
