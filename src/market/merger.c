/*-------------------------------------------------------------------------
 *
 * merger.c
 *		What a merger of two members does to a market's concentration, and
 *		what the merger guidelines of the US agencies say of that.
 *
 * The thresholds are those of the structural presumptions alone, as printed:
 *
 *	DOJ/FTC 2023	Merger Guidelines of 2023-12-18, guideline 1: an index above
 *					1,800 after the merger and an increase of more than 100; or
 *					a share above 30 % and an increase of more than 100.
 *	DOJ/FTC 2010	Horizontal Merger Guidelines of 2010-08-19, section 5.3: an
 *					index above 2,500 and an increase of more than 200 is
 *					presumed likely to enhance market power; an index of 1,500
 *					or more and an increase of more than 100 (in a market above
 *					2,500: of 100 or more) warrants scrutiny.
 *
 * They are compared in integers, so a market exactly on a threshold is on it.
 * A screen is not a judgement: market definition, entry and efficiencies are
 * no part of it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "compat.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "result_row.h"
#include "utils/builtins.h"
#include "wide.h"

#include "market_shares.h"

PG_FUNCTION_INFO_V1(market_shares_merger_delta);
PG_FUNCTION_INFO_V1(market_shares_merger_screen);

typedef enum Guideline
{
	GUIDELINE_2023,
	GUIDELINE_2010
} Guideline;

static const char *const guideline_names[] = {"DOJ/FTC 2023", "DOJ/FTC 2010"};

typedef enum Finding
{
	NO_CONCERN,
	SCRUTINY,
	PRESUMPTION
} Finding;

static const char *const finding_names[2][3] = {
	{"below the thresholds", NULL, "presumed to substantially lessen competition"},
	{"unlikely to have adverse competitive effects", "warrants scrutiny",
	"presumed likely to enhance market power"},
};

static const MarketMember *
find_member(const Market *m, const text *name)
{
	for (int i = 0; i < m->count; i++)
		if (market_compare_names(m->member[i].name, m->member[i].len,
								 VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name)) == 0)
			return &m->member[i];
	return NULL;
}

/* Two different members: arguments 1 and 2. */
static void
check_two(const text *a, const text *b)
{
	int			len = VARSIZE_ANY_EXHDR(a);

	if (market_compare_names(VARDATA_ANY(a), len, VARDATA_ANY(b), VARSIZE_ANY_EXHDR(b)) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot merge member \"%.*s\" with itself",
						MARKET_QUOTED(VARDATA_ANY(a), len)),
				 errhint("Name the two members that merge.")));
}

/* factor * a * b */
static Wide
product(int128 factor, const Wide *a, const Wide *b)
{
	Wide		f = wide_from_int128(factor);

	f = wide_mul(&f, a);
	return wide_mul(&f, b);
}

/*
 * merger_delta(market_shares, a, b): by how many points (up to 5,000) the
 * index rises when two listed members become one: 10,000 * 2 * s_a * s_b.
 * NULL when either is not listed, and when the total is zero.  Error: a
 * member with itself (22023).
 */
Datum
market_shares_merger_delta(PG_FUNCTION_ARGS)
{
	const MarketMember *a;
	const MarketMember *b;
	Market		m;
	Wide		x;
	Wide		y;
	Wide		num;
	Wide		den;

	check_two(PG_GETARG_TEXT_PP(1), PG_GETARG_TEXT_PP(2));
	market_decode(market_shares_get(PG_GETARG_DATUM(0)), &m);
	a = find_member(&m, PG_GETARG_TEXT_PP(1));
	b = find_member(&m, PG_GETARG_TEXT_PP(2));
	if (a == NULL || b == NULL || a->rows == 0 || b->rows == 0 ||
		wide_sign(&m.total) == 0)
		PG_RETURN_NULL();
	x = wide_from_int128(a->amount);
	y = wide_from_int128(b->amount);
	num = product(20000, &x, &y);
	den = wide_mul(&m.total, &m.total);
	PG_RETURN_FLOAT8(wide_ratio(&num, &den));
}

static Guideline
get_guideline(const text *t)
{
	char	   *s = text_to_cstring(t);

	for (int i = 0; i < (int) lengthof(guideline_names); i++)
		if (strcmp(s, guideline_names[i]) == 0)
			return (Guideline) i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown merger guideline: \"%.*s\"",
					MARKET_QUOTED(s, strlen(s))),
			 errhint("Write 'DOJ/FTC 2023' or 'DOJ/FTC 2010'.")));
}

/*
 * A state of the market after the merger.  Squares are in units of the amount
 * squared, twice over: delta with the remainder split in half has a half.
 */
typedef struct Scenario
{
	Wide		after;			/* 2 * sum of squares after the merger */
	Wide		delta;			/* 2 * the increase */
	Wide		combined;		/* of the merged member, an amount */
} Scenario;

/* Is twice_squares / total^2 more than so many points (or at least)? */
static bool
passes(const Wide *twice_squares, const Wide *total, int points, bool or_equal)
{
	Wide		a = wide_from_int128(10000);
	Wide		b = product(2 * points, total, total);
	int			cmp;

	a = wide_mul(&a, twice_squares);
	cmp = wide_compare(&a, &b);
	return or_equal ? cmp >= 0 : cmp > 0;
}

static Finding
find(const Scenario *s, const Wide *total, Guideline guideline)
{
	if (guideline == GUIDELINE_2023)
	{
		Wide		ten = wide_from_int128(10);
		Wide		three = wide_from_int128(3);

		if (!passes(&s->delta, total, 100, false))
			return NO_CONCERN;
		if (passes(&s->after, total, 1800, false))
			return PRESUMPTION;
		ten = wide_mul(&ten, &s->combined);
		three = wide_mul(&three, total);
		return wide_compare(&ten, &three) > 0 ? PRESUMPTION : NO_CONCERN;
	}
	if (passes(&s->after, total, 2500, false))
	{
		if (passes(&s->delta, total, 200, false))
			return PRESUMPTION;
		return passes(&s->delta, total, 100, true) ? SCRUTINY : NO_CONCERN;
	}
	if (passes(&s->after, total, 1500, true) && passes(&s->delta, total, 100, false))
		return SCRUTINY;
	return NO_CONCERN;
}

/*
 * The most that the remainder r can make of the squares, twice: in pieces no
 * larger than last, or all of it on top of holder.
 */
static Wide
twice_remainder(int128 r, int128 last, bool in_pieces, const Wide *holder)
{
	Wide		rest = wide_from_int128(r);
	Wide		w;
	Wide		v;

	if (in_pieces)
	{
		Wide		piece = wide_from_int128(last);
		Wide		whole = wide_from_int128(r / last * last);

		rest = wide_from_int128(r % last);
		w = product(2, &whole, &piece);
		v = product(2, &rest, &rest);
		return wide_add(&w, &v);
	}
	w = product(4, holder, &rest);
	v = product(2, &rest, &rest);
	return wide_add(&w, &v);
}

static double
points_of(const Wide *twice_squares, const Wide *total)
{
	Wide		num = wide_from_int128(5000);
	Wide		den = wide_mul(total, total);

	num = wide_mul(&num, twice_squares);
	return wide_ratio(&num, &den);
}

/* Is the whole of what a member holds known?  If not, the note says so. */
static bool
amount_is_known(const MarketMember *x, const text *name, StringInfo note)
{
	int			len = VARSIZE_ANY_EXHDR(name);
	char	   *quoted;

	if (x && x->unknown == 0)
		return true;
	quoted = psprintf("\"%.*s\"", MARKET_QUOTED(VARDATA_ANY(name), len));
	if (x == NULL)
		market_remark(note, "member %s is not listed", quoted);
	else if (x->rows == 0)
		market_remark(note, "the amount of member %s is withheld", quoted);
	else
		market_remark(note, "part of the amount of member %s is withheld", quoted);
	return false;
}

/*
 * merger_screen(market_shares, a, b, guideline, remainder): the numbers that
 * a guideline looks at, with their bounds where part of the market is not
 * attributed, its thresholds, and its finding: that of the lower bounds if
 * the upper ones give the same, else "depends on the unattributed part".
 *
 * The upper bounds are each on their own the highest possible; under 'anyone'
 * no one split of the remainder need reach them all, so "depends" is said
 * rather once too often.  Points are up to 10,000, shares fractions.  Errors:
 * unknown guideline or assumption, a member with itself (22023).
 */
Datum
market_shares_merger_screen(PG_FUNCTION_ARGS)
{
	enum
	{
		FINDING, GUIDELINE, BEFORE_LOW, BEFORE_HIGH, AFTER_LOW, AFTER_HIGH,
		DELTA_LOW, DELTA_HIGH, SHARE_LOW, SHARE_HIGH, HHI_THRESHOLD,
		DELTA_THRESHOLD, SHARE_THRESHOLD, NOTE, COLUMNS
	};
	text	   *name_a = PG_GETARG_TEXT_PP(1);
	text	   *name_b = PG_GETARG_TEXT_PP(2);
	Guideline	guideline = get_guideline(PG_GETARG_TEXT_PP(3));
	bool		anyone = market_remainder_is_anyones(fcinfo, 4);
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS];
	const MarketMember *a;
	const MarketMember *b;
	Market		m;
	TupleDesc	desc;
	StringInfoData note;
	bool		known;

	check_two(name_a, name_b);
	desc = result_row_desc(fcinfo);
	memset(values, 0, sizeof(values));
	memset(nulls, true, sizeof(nulls));
#define PUT(column, datum) (nulls[column] = false, values[column] = (datum))

	PUT(GUIDELINE, CStringGetTextDatum(guideline_names[guideline]));
	PUT(HHI_THRESHOLD, Float8GetDatum(guideline == GUIDELINE_2023 ? 1800 : 2500));
	PUT(DELTA_THRESHOLD, Float8GetDatum(guideline == GUIDELINE_2023 ? 100 : 200));
	if (guideline == GUIDELINE_2023)
		PUT(SHARE_THRESHOLD, Float8GetDatum(0.3));

	initStringInfo(&note);
	market_decode(market_shares_get(PG_GETARG_DATUM(0)), &m);
	a = find_member(&m, name_a);
	b = find_member(&m, name_b);
	known = amount_is_known(a, name_a, &note);
	known = amount_is_known(b, name_b, &note) && known;
	if (wide_sign(&m.total) == 0)
	{
		known = false;
		market_remark(&note, "the total is zero");
	}
	else if (!MARKET_TOTAL_IS_KNOWN(&m))
	{
		known = false;
		market_remark(&note, "an amount is withheld and no total is stated: the size of the market is not known");
	}

	if (known)
	{
		Wide		wa = wide_from_int128(a->amount);
		Wide		wb = wide_from_int128(b->amount);
		Wide		r = wide_from_int128(m.remainder);
		Wide		before = wide_from_int128(0);	/* 2 * sum of squares */
		Wide		before_high;
		Wide		combined = wide_add(&wa, &wb);
		Wide		leader = wide_from_int128(0);
		Wide		holder;
		Scenario	low;
		Scenario	high;
		Finding		worst;
		Finding		best;
		int128		last = market_smallest(&m);
		int128		withheld = market_largest_withheld(&m);
		bool		in_pieces;

		for (int i = 0; i < m.count; i++)
		{
			const MarketMember *x = &m.member[i];
			Wide		w = wide_from_int128(x->amount);
			Wide		square = product(2, &w, &w);

			CHECK_FOR_INTERRUPTS();
			before = wide_add(&before, &square);
			if (wide_compare(&w, &leader) > 0)
				leader = w;
		}

		low.delta = product(4, &wa, &wb);
		low.after = wide_add(&before, &low.delta);
		low.combined = combined;

		/*
		 * Who may hold the remainder: many members below the last one, a
		 * withheld member (nobody knows how large), or anyone.
		 */
		in_pieces = !anyone && last > 0 && withheld < 0;
		if (anyone)
			holder = leader;
		else
			holder = wide_from_int128(Max(withheld, 0));
		before_high = twice_remainder(m.remainder, Max(last, 1), in_pieces, &holder);
		high.after = before_high;
		before_high = wide_add(&before, &before_high);
		high.delta = low.delta;
		high.combined = combined;
		if (anyone)
		{
			Wide		gap = wide_sub(&wa, &wb);

			gap.neg = false;
			high.combined = wide_add(&combined, &r);
			if (wide_compare(&gap, &r) >= 0)
			{
				/* all of it to the smaller one */
				Wide		smaller = wide_compare(&wa, &wb) < 0 ? wa : wb;
				Wide		larger = wide_compare(&wa, &wb) < 0 ? wb : wa;

				smaller = wide_add(&smaller, &r);
				high.delta = product(4, &smaller, &larger);
			}
			else
				high.delta = wide_mul(&high.combined, &high.combined);

			/* after the merger the merged member may be the largest */
			if (wide_compare(&combined, &holder) > 0)
				holder = combined;
			high.after = twice_remainder(m.remainder, 1, false, &holder);
		}
		high.after = wide_add(&low.after, &high.after);

		best = find(&low, &m.total, guideline);
		worst = find(&high, &m.total, guideline);
		PUT(FINDING, CStringGetTextDatum(best == worst ? finding_names[guideline][best] :
										 "depends on the unattributed part"));
		PUT(BEFORE_LOW, Float8GetDatum(points_of(&before, &m.total)));
		PUT(BEFORE_HIGH, Float8GetDatum(points_of(&before_high, &m.total)));
		PUT(AFTER_LOW, Float8GetDatum(points_of(&low.after, &m.total)));
		PUT(AFTER_HIGH, Float8GetDatum(points_of(&high.after, &m.total)));
		PUT(DELTA_LOW, Float8GetDatum(points_of(&low.delta, &m.total)));
		PUT(DELTA_HIGH, Float8GetDatum(points_of(&high.delta, &m.total)));
		PUT(SHARE_LOW, Float8GetDatum(wide_ratio(&low.combined, &m.total)));
		PUT(SHARE_HIGH, Float8GetDatum(wide_ratio(&high.combined, &m.total)));
	}
	if (m.unit == MARKET_PERCENT)
		market_remark(&note, "shares as printed: their rounding is not in the bounds");
	if (m.exceeded)
		market_remark(&note, "the rows add up to more than the stated total");
	if (note.len > 0)
		PUT(NOTE, CStringGetTextDatum(note.data));
#undef PUT
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, values, nulls)));
}
