/*-------------------------------------------------------------------------
 *
 * market_shares.c
 *		The value market_shares: what is stored, and the view of it that the
 *		measures read.
 *
 * A value is exact: every amount is an integer count of 10^-12 GWh or of
 * 10^-18 US$ (or of whatever a plain number counts), kept in 128 bits.  So it
 * does not depend on the order of the rows, on the plan or on how partial
 * results were grouped, and rows can be taken back.
 *
 * How a value comes to be is market_aggregate.c's; its text and binary form
 * and its order stand in market_text.c, market_binary.c and market_order.c.
 * The measures that read it are in market_measures.c.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "wide.h"

#include "market_shares.h"

/* The names of the units for people, by code. */
const char *const market_unit_labels[] = {"nothing", "GWh", "US$", "plain numbers", "percent"};

/* Do the sizes that later code relies on fit, as far as one look can tell? */
static bool
market_is_sound(const void *state)
{
	const MarketShares *ms = state;

	return ms->unit <= MARKET_PERCENT && ms->version == market_version(ms->unit) &&
		ms->extra_words == market_extra_words(ms->unit) &&
		ms->slot_bits <= MARKET_SLOT_BITS_OF_OFFSET && ms->live <= ms->records &&
		(Size) (market_records(ms) - (const char *) ms) + ms->used <= VARSIZE(ms);
}

/* The text has its version further on: see market_text.c. */
const FlatStateType market_type = {
	.name = "market_shares",
	.oldest = MARKET_AMOUNTS_VERSION,
	.newest = MARKET_PERCENT_VERSION,
	.header = MARKET_HEADER_BYTES,
	.is_sound = market_is_sound,
	.made_by = "Write it as in {\"market_shares\": 1, \"unit\": \"gwh\", \"members\": {\"CATL\": [259.7, 1, 0]}}, or use the aggregate market_shares()."
};

/*
 * A value given as an argument, without a copy unless it is packed or
 * toasted.
 */
const MarketShares *
market_shares_get(Datum d)
{
	return flat_state_get(d, &market_type);
}

/*
 * An amount of this unit counts 10^-scale.
 */
int
market_scale(MarketUnit unit)
{
	return unit == MARKET_GWH ? 12 : 18;
}

/*
 * Bytewise, a prefix first: the order of the records of a finished value.  It
 * is nobody's collation, so that it is the same everywhere.
 */
int
market_compare_names(const char *a, uint32 alen, const char *b, uint32 blen)
{
	int			r = memcmp(a, b, Min(alen, blen));

	if (r != 0)
		return r;
	return alen == blen ? 0 : (alen < blen ? -1 : 1);
}

/*
 * Refuse to make a value of so many bytes (54000).
 */
void
market_check_size(Size bytes)
{
	if (bytes > MARKET_SHARES_MAX_BYTES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("market_shares value would pass %d MB", MARKET_SHARES_MAX_BYTES / (1024 * 1024)),
				 errdetail("It keeps one record for each distinct member."),
				 errhint("Check that the first argument names a member and not a row, or group more finely.")));
}

/* One remark of a note, behind the ones before. */
void
market_remark(StringInfo note, const char *fmt,...)
{
	if (note->len > 0)
		appendStringInfoString(note, "; ");
	for (;;)
	{
		va_list		args;
		int			needed;

		va_start(args, fmt);
		needed = appendStringInfoVA(note, fmt, args);
		va_end(args);
		if (needed == 0)
			break;
		enlargeStringInfo(note, needed);
	}
}

/* ----------------------------------------------------------------------
 * Finished values
 * ----------------------------------------------------------------------
 */
static inline int
compare_members(const MarketMember *x, const MarketMember *y)
{
	return market_compare_names(x->name, x->len, y->name, y->len);
}

#define ST_SORT sort_by_name
#define ST_ELEMENT_TYPE MarketMember
#define ST_COMPARE(a, b) compare_members(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/*
 * A finished value with these members, which must be sorted and distinct, and
 * with everything else as in head, which itself may have no members; what was
 * printed of the others does not fit in a head and comes beside it.
 */
MarketShares *
market_build(const MarketShares *head, int128 others_printed,
			 const MarketMember *member, int count)
{
	MarketUnit	unit = count == 0 && head->others_rows == 0 &&
		head->others_unknown == 0 ? MARKET_NO_UNIT : head->unit;
	Size		extra_bytes = market_extra_words(unit) * sizeof(uint64);
	Size		head_bytes = MARKET_HEADER_BYTES + extra_bytes;
	Size		bytes = head_bytes;
	MarketShares *ms;
	char	   *p;

	for (int i = 0; i < count; i++)
	{
		bytes += MARKET_RECORD_SIZE(member[i].len) + extra_bytes;
		market_check_size(bytes);
	}
	ms = palloc0(bytes);
	SET_VARSIZE(ms, bytes);
	ms->version = market_version(unit);
	ms->unit = unit;
	ms->extra_words = market_extra_words(unit);
	ms->records = ms->live = count;
	ms->used = bytes - head_bytes;
	ms->others = head->others;
	ms->others_rows = head->others_rows;
	ms->others_unknown = head->others_unknown;
	ms->stated = head->stated;
	ms->stated_rows = head->stated_rows;

	if (unit == MARKET_PERCENT)
		i128_set(market_printed(ms, NULL), others_printed);

	p = market_records(ms);
	for (int i = 0; i < count; i++)
	{
		MarketRecord *r = (MarketRecord *) p;

		i128_set(&r->total, member[i].amount);
		r->rows = member[i].rows;
		r->unknown = member[i].unknown;
		r->len = member[i].len;
		memcpy(r->name, member[i].name, member[i].len);
		if (unit == MARKET_PERCENT)
			i128_set(market_printed(ms, r), member[i].printed);
		p += market_record_bytes(ms, r->len);
	}
	return ms;
}

/*
 * The members of a value as an array, in the order of its records.
 */
static MarketMember *
get_members(const MarketShares *ms, int *count)
{
	MarketMember *member = palloc_extended(Max(ms->live, 1) * sizeof(MarketMember),
										   MCXT_ALLOC_HUGE);
	int			n = 0;

	FOREACH_MARKET_RECORD(r, ms)
	{
		if (r->rows == 0 && r->unknown == 0)
			continue;
		member[n].amount = i128_get(&r->total);
		member[n].printed = market_printed_of(ms, r);
		member[n].rows = r->rows;
		member[n].unknown = r->unknown;
		member[n].name = r->name;
		member[n].len = r->len;
		n++;
	}
	*count = n;
	return member;
}

/*
 * The same value, finished: itself if it is already.
 */
const MarketShares *
market_finished(const MarketShares *ms)
{
	MarketMember *member;
	MarketShares *result;
	int			count;

	if (ms->slot_bits == 0)
		return ms;
	member = get_members(ms, &count);
	sort_by_name(member, count);
	result = market_build(ms, market_printed_of(ms, NULL), member, count);
	pfree(member);
	return result;
}

/*
 * The unit of two values that are to be compared; either may have none yet.
 * Error: two different ones (42804).
 */
MarketUnit
market_common_unit(const MarketShares *a, const MarketShares *b)
{
	if (a->unit != MARKET_NO_UNIT && b->unit != MARKET_NO_UNIT && a->unit != b->unit)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("cannot compare market shares in %s with market shares in %s",
						market_unit_labels[a->unit], market_unit_labels[b->unit]),
				 errhint("Compare values of one unit: both in GWh, US$ or percent, or both of the same plain numbers.")));
	return a->unit != MARKET_NO_UNIT ? a->unit : b->unit;
}

/*
 * The view that the measures read, members in the order of the records.
 */
void
market_decode(const MarketShares *ms, Market *m)
{
	I192		sum = {{0, 0, 0}};
	I192		printed = {{0, 0, 0}};
	int128		whole = 0;

	memset(m, 0, sizeof(*m));
	m->unit = ms->unit;
	m->scale = market_scale(ms->unit);
	m->member = get_members(ms, &m->count);
	m->withheld = ms->others_unknown > 0;
	for (int i = 0; i < m->count; i++)
	{
		i192_add(&sum, m->member[i].amount);
		i192_add(&printed, m->member[i].printed);
		if (m->member[i].rows > 0)
			m->listed++;
		if (m->member[i].unknown > 0)
			m->withheld = true;
	}
	m->listed_total = wide_from_words(sum.w, 3);
	i192_add(&sum, i128_get(&ms->others));
	i192_add(&printed, market_printed_of(ms, NULL));
	m->sum = m->total = wide_from_words(sum.w, 3);
	m->printed = wide_from_words(printed.w, 3);
	m->remainder = i128_get(&ms->others);

	m->stated = ms->stated_rows > 0;
	if (m->stated)
		whole = i128_get(&ms->stated);
	else if (ms->unit == MARKET_PERCENT)
		whole = MARKET_HUNDRED_PERCENT;
	if (m->stated || ms->unit == MARKET_PERCENT)
	{
		Wide		over;
		Wide		rest;

		m->total = wide_from_int128(whole);

		/* printed percentages may pass it by half a unit of each last digit */
		over = wide_sub(&m->sum, &m->total);
		over = wide_shift_left(&over, 1);
		m->exceeded = wide_compare(&over, &m->printed) > 0;
		rest = wide_sub(&m->total, &m->listed_total);
		if (wide_sign(&rest) < 0 || !wide_to_int128(&rest, &m->remainder))
			m->remainder = 0;
	}
}

static inline int
compare_member_amounts(const MarketMember *x, const MarketMember *y)
{
	if ((x->rows > 0) != (y->rows > 0))
		return x->rows > 0 ? -1 : 1;
	if (x->amount != y->amount)
		return x->amount > y->amount ? -1 : 1;
	return market_compare_names(x->name, x->len, y->name, y->len);
}

#define ST_SORT sort_by_amount
#define ST_ELEMENT_TYPE MarketMember
#define ST_COMPARE(a, b) compare_member_amounts(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/*
 * Sort the members of a view: the largest first, equal ones bytewise by name,
 * those without any known amount last.
 */
void
market_rank(Market *m)
{
	sort_by_amount(m->member, m->count);
}

/*
 * Sort members that were read bytewise by name; false when a member is there twice.
 */
bool
market_sort_members(MarketMember *member, int count)
{
	bool		sorted = true;

	for (int i = 1; i < count && sorted; i++)
		sorted = compare_members(&member[i - 1], &member[i]) < 0;
	if (sorted)
		return true;
	sort_by_name(member, count);
	for (int i = 1; i < count; i++)
		if (compare_members(&member[i - 1], &member[i]) == 0)
			return false;
	return true;
}

/*
 * The view of argument 0, ranked.
 */
void
market_get_ranked(FunctionCallInfo fcinfo, Market *m)
{
	market_decode(market_shares_get(PG_GETARG_DATUM(0)), m);
	market_rank(m);
}
