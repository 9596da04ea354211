/*-------------------------------------------------------------------------
 *
 * market_aggregate.c
 *		How a value market_shares comes to be: rows put in and taken out, values
 *		rolled up and regrouped.
 *
 * Nothing here depends on the order of the rows: see market_shares.c.  A value
 * that is being aggregated is a hash table of its members, in one flat piece:
 * see market_shares.h.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "common/int.h"
#include "decimal.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "wide.h"

#include "market_hash.h"
#include "market_shares.h"

/* The first state of a group: room for a handful of members. */
#define FIRST_SLOT_BITS		2
#define FIRST_RECORD_BYTES	144

PG_FUNCTION_INFO_V1(market_shares_add_capacity);
PG_FUNCTION_INFO_V1(market_shares_add_numeric);
PG_FUNCTION_INFO_V1(market_shares_add_float8);
PG_FUNCTION_INFO_V1(market_shares_add_bigint);
PG_FUNCTION_INFO_V1(market_shares_add_usd);
PG_FUNCTION_INFO_V1(market_shares_add_percent_numeric);
PG_FUNCTION_INFO_V1(market_shares_add_percent_float8);
PG_FUNCTION_INFO_V1(market_shares_subtract_capacity);
PG_FUNCTION_INFO_V1(market_shares_subtract_numeric);
PG_FUNCTION_INFO_V1(market_shares_subtract_float8);
PG_FUNCTION_INFO_V1(market_shares_subtract_bigint);
PG_FUNCTION_INFO_V1(market_shares_subtract_usd);
PG_FUNCTION_INFO_V1(market_shares_subtract_percent_numeric);
PG_FUNCTION_INFO_V1(market_shares_subtract_percent_float8);
PG_FUNCTION_INFO_V1(market_shares_combine);
PG_FUNCTION_INFO_V1(market_shares_combine_inv);
PG_FUNCTION_INFO_V1(market_shares_final);

static inline uint32
name_hash(const char *name, uint32 len)
{
	return (uint32) hash_bytes_le(name, len, 0);
}

/* ----------------------------------------------------------------------
 * The unfinished value
 * ----------------------------------------------------------------------
 */

static Size
unfinished_size(MarketUnit unit, int slot_bits, Size record_bytes)
{
	return MARKET_HEADER_BYTES + market_extra_words(unit) * sizeof(uint64) +
		(sizeof(MarketSlot) << slot_bits) + record_bytes;
}

static MarketShares *
new_unfinished(MarketUnit unit, int slot_bits, Size record_bytes)
{
	Size		bytes = unfinished_size(unit, slot_bits, record_bytes);
	MarketShares *ms;

	market_check_size(bytes);
	ms = palloc0(bytes);
	SET_VARSIZE(ms, bytes);
	ms->version = market_version(unit);
	ms->unit = unit;
	ms->extra_words = market_extra_words(unit);
	ms->slot_bits = slot_bits;
	return ms;
}

/*
 * Give an unfinished value without members another unit, in place.  If that
 * changes the layout, dead records are forgotten; there always is room for
 * the extra words, since the first state leaves some for records.
 */
static void
set_unit(MarketShares *ms, MarketUnit unit)
{
	uint8		extra_words = market_extra_words(unit);

	if (unlikely(ms->extra_words != extra_words))
	{
		memset(ms->data, 0, Max(ms->extra_words, extra_words) * sizeof(uint64) +
			   (sizeof(MarketSlot) << ms->slot_bits));
		ms->extra_words = extra_words;
		ms->records = 0;
		ms->used = 0;
	}
	ms->unit = unit;
	ms->version = market_version(unit);
}

/*
 * The record of a name and its slot, or NULL and the empty slot where it
 * belongs.  There always is an empty slot: get_record keeps a quarter of them
 * free.
 */
static inline MarketRecord *
find_record(MarketShares *ms, const char *name, uint32 len, uint32 hash,
			MarketSlot **slot)
{
	MarketSlot *slots = market_slots(ms);
	uint32		mask = ((uint32) 1 << ms->slot_bits) - 1;
	char	   *records = (char *) (slots + mask + 1);

	for (uint32 i = hash & mask;; i = (i + 1) & mask)
	{
		MarketSlot	s = slots[i];

		*slot = &slots[i];
		if (s == 0)
			return NULL;
		if (((s ^ hash) >> MARKET_SLOT_BITS_OF_OFFSET) == 0)
		{
			uint32		offset = (s & (((MarketSlot) 1 << MARKET_SLOT_BITS_OF_OFFSET) - 1)) - 1;
			MarketRecord *r = (MarketRecord *) (records + (Size) offset * 8);

			if (r->len == len && same_name(r->name, name, len))
				return r;
		}
	}
}

/* Put a new record behind the others; the caller made sure there is room. */
static MarketRecord *
append_record(MarketShares *ms, MarketSlot *slot, const char *name, uint32 len,
			  uint32 hash)
{
	MarketRecord *r = (MarketRecord *) (market_records(ms) + ms->used);

	memset(r, 0, offsetof(MarketRecord, name));
	r->len = len;
	memcpy(r->name, name, len);
	if (ms->unit == MARKET_PERCENT)
		i128_set(market_printed(ms, r), 0);
	*slot = (hash >> MARKET_SLOT_BITS_OF_OFFSET << MARKET_SLOT_BITS_OF_OFFSET) |
		(ms->used / 8 + 1);
	ms->used += market_record_bytes(ms, len);
	ms->records++;
	return r;
}

/*
 * A copy of a value of either layout, unfinished, in the current context,
 * without its dead records, with room for at least one more name of need
 * bytes and for half as many members as it has.  Slots and records grow
 * together, so that neither lies idle.
 */
static MarketShares *
unfinished_copy(const MarketShares *ms, Size need)
{
	MarketShares *copy;
	Size		live_bytes = 0;
	Size		record_bytes;
	Size		room;
	int			bits = FIRST_SLOT_BITS;

	FOREACH_MARKET_RECORD(r, ms)
	{
		if (r->rows > 0 || r->unknown > 0)
			live_bytes += market_record_bytes(ms, r->len);
	}
	while (((uint64) 1 << bits) < ((uint64) ms->live + 1) * 2)
		bits++;

	/* as many average records as the slots have room for: three quarters */
	record_bytes = live_bytes + need;
	record_bytes = TYPEALIGN(8, (Size) ((double) record_bytes / (ms->live + 1.0) *
										(double) (3 << (bits - 2))));
	record_bytes = Max(record_bytes, live_bytes + need);
	record_bytes = Max(record_bytes, FIRST_RECORD_BYTES);

	/* near the limit: no more than it allows, if that still is enough */
	room = MARKET_SHARES_MAX_BYTES - unfinished_size(ms->unit, bits, 0);
	if (record_bytes > room && live_bytes + need <= room)
		record_bytes = room;

	copy = new_unfinished(ms->unit, bits, record_bytes);
	copy->others = ms->others;
	copy->others_rows = ms->others_rows;
	copy->others_unknown = ms->others_unknown;
	copy->stated = ms->stated;
	copy->stated_rows = ms->stated_rows;
	if (ms->unit == MARKET_PERCENT)
		*market_printed(copy, NULL) = *market_printed(ms, NULL);
	FOREACH_MARKET_RECORD(r, ms)
	{
		MarketSlot *slot = NULL;
		uint32		hash;
		MarketRecord *n;

		if (r->rows == 0 && r->unknown == 0)
			continue;
		CHECK_FOR_INTERRUPTS();
		hash = name_hash(r->name, r->len);
		(void) find_record(copy, r->name, r->len, hash, &slot);
		n = append_record(copy, slot, r->name, r->len, hash);
		n->total = r->total;
		n->rows = r->rows;
		n->unknown = r->unknown;
		if (ms->unit == MARKET_PERCENT)
			*market_printed(copy, n) = *market_printed(ms, r);
	}
	copy->live = ms->live;
	return copy;
}

/*
 * The record of a name in an unfinished value, made if there is none.  A
 * value that has no room left is replaced by a larger copy (in the current
 * context: the executor copies it on and frees the old one).
 */
static inline MarketRecord *
get_record(MarketShares **ms, const char *name, uint32 len)
{
	uint32		hash = name_hash(name, len);
	MarketSlot *slot;
	MarketRecord *r = find_record(*ms, name, len, hash, &slot);

	if (unlikely(r == NULL))
	{
		Size		need = market_record_bytes(*ms, len);

		if (((*ms)->records + 1) * (uint64) 4 > (uint64) 3 << (*ms)->slot_bits ||
			unfinished_size((*ms)->unit, (*ms)->slot_bits, (*ms)->used + need) > VARSIZE(*ms))
		{
			*ms = unfinished_copy(*ms, need);
			(void) find_record(*ms, name, len, hash, &slot);
		}
		r = append_record(*ms, slot, name, len, hash);
	}
	return r;
}

static void
total_overflow(const char *name, uint32 len, MarketUnit unit)
{
	int128		most = (int128) (~(uint128) 0 >> 1);

	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 name ? errmsg("total of member \"%.*s\" is out of range",
						   MARKET_QUOTED(name, len)) :
			 errmsg("total of the rows without a member is out of range"),
			 errdetail("The largest total is %s.",
					   int128_to_decimal(most, market_scale(unit))),
			 errhint("Count in a larger unit, such as millions.")));
}

static void
rows_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("row count of a market_shares value is out of range"),
			 errhint("The values that are rolled up hold impossible row counts.")));
}

static void not_in_value(const char *name, uint32 len) pg_attribute_noreturn();

/* name NULL: the rows without a member, or what they state */
static void
not_in_value(const char *name, uint32 len)
{
	flat_state_not_held(&market_type, name ?
						psprintf("It has no such rows of member \"%.*s\".", MARKET_QUOTED(name, len)) :
						NULL);
}

static inline void
add_rows(int64 *rows, int64 n)
{
	if (unlikely(pg_add_s64_overflow(*rows, n, rows)))
		rows_overflow();
}

static inline void
add_to(I128 *total, int64 *rows, int64 *unknown,
	   int128 amount, int64 n, int64 n_unknown,
	   const char *name, uint32 len, MarketUnit unit)
{
	if (unlikely(!i128_add_checked(total, amount)))
		total_overflow(name, len, unit);
	add_rows(rows, n);
	add_rows(unknown, n_unknown);
}

static inline void
subtract_from(I128 *total, int64 *rows, int64 *unknown,
			  int128 amount, int64 n, int64 n_unknown,
			  const char *name, uint32 len)
{
	if (unlikely(*rows < n || *unknown < n_unknown || i128_get(total) < amount ||
				 (*rows == n && i128_get(total) != amount)))
		not_in_value(name, len);
	i128_sub(total, amount);
	*rows -= n;
	*unknown -= n_unknown;
}

/*
 * Add n rows with a known amount that sums to amount and n_unknown rows
 * without one, for a member or (name NULL) for nobody.  printed is zero
 * unless the amounts are in percent.
 */
static inline void
add_rows_of(MarketShares **ms, const char *name, uint32 len,
			int128 amount, int128 printed, int64 n, int64 n_unknown)
{
	if (name)
	{
		MarketRecord *r = get_record(ms, name, len);

		if (r->rows == 0 && r->unknown == 0)
			(*ms)->live++;
		add_to(&r->total, &r->rows, &r->unknown, amount, n, n_unknown,
			   name, len, (*ms)->unit);
		if (printed != 0 && !i128_add_checked(market_printed(*ms, r), printed))
			total_overflow(name, len, (*ms)->unit);
	}
	else
	{
		add_to(&(*ms)->others, &(*ms)->others_rows, &(*ms)->others_unknown,
			   amount, n, n_unknown, NULL, 0, (*ms)->unit);
		if (printed != 0 && !i128_add_checked(market_printed(*ms, NULL), printed))
			total_overflow(NULL, 0, (*ms)->unit);
	}
}

/* Take what was printed of some rows back; whether rows are left is known. */
static void
subtract_printed(I128 *sum, int128 printed, int64 rows_left,
				 const char *name, uint32 len)
{
	if (i128_get(sum) < printed || (rows_left == 0 && i128_get(sum) != printed))
		not_in_value(name, len);
	i128_sub(sum, printed);
}

static inline void
subtract_rows_of(MarketShares *ms, const char *name, uint32 len,
				 int128 amount, int128 printed, int64 n, int64 n_unknown)
{
	if (name)
	{
		MarketSlot *slot;
		MarketRecord *r = find_record(ms, name, len, name_hash(name, len), &slot);

		if (r == NULL || (r->rows == 0 && r->unknown == 0))
			not_in_value(name, len);
		subtract_from(&r->total, &r->rows, &r->unknown, amount, n, n_unknown,
					  name, len);
		if (ms->unit == MARKET_PERCENT)
			subtract_printed(market_printed(ms, r), printed, r->rows, name, len);
		if (r->rows == 0 && r->unknown == 0)
			ms->live--;
	}
	else
	{
		subtract_from(&ms->others, &ms->others_rows, &ms->others_unknown,
					  amount, n, n_unknown, NULL, 0);
		if (ms->unit == MARKET_PERCENT)
			subtract_printed(market_printed(ms, NULL), printed, ms->others_rows, NULL, 0);
	}
}

/*
 * There is one stated total or none.  Two that differ would leave it open
 * what the shares are shares of, so they are refused, whichever comes first.
 */
static void
add_stated(MarketShares *ms, int128 stated, int64 rows)
{
	if (ms->stated_rows == 0)
		i128_set(&ms->stated, stated);
	else if (i128_get(&ms->stated) != stated)
	{
		int			scale = market_scale(ms->unit);
		int128		a = i128_get(&ms->stated);
		int128		b = stated;

		/* the smaller one first: the message does not depend on the order */
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("two different stated totals of one market: %s and %s",
						int128_to_decimal(Min(a, b), scale),
						int128_to_decimal(Max(a, b), scale)),
				 errhint("Group by what the total is about (such as period and edition), or leave the stated total out.")));
	}
	add_rows(&ms->stated_rows, rows);
}

static void
subtract_stated(MarketShares *ms, int128 stated, int64 rows)
{
	if (ms->stated_rows < rows || i128_get(&ms->stated) != stated)
		not_in_value(NULL, 0);
	ms->stated_rows -= rows;
	if (ms->stated_rows == 0)
		i128_set(&ms->stated, 0);
}

/*
 * After rows were taken back: a value without rows has no unit.  Rows take
 * what they stated along, so a stated total that is left behind was never
 * theirs.
 */
static inline void
forget_unit_if_empty(MarketShares *ms)
{
	if (market_is_empty(ms))
	{
		if (ms->stated_rows != 0)
			not_in_value(NULL, 0);
		set_unit(ms, MARKET_NO_UNIT);
	}
}

/*
 * Amounts of different units never add up.  A value without rows has no unit
 * yet and takes the other's.
 */
static inline void
check_unit(MarketShares *ms, MarketUnit unit)
{
	if (unlikely(ms->unit != unit))
	{
		if (ms->unit != MARKET_NO_UNIT)
			flat_state_unlike(&market_type, "units", market_unit_labels[ms->unit],
							  market_unit_labels[unit],
							  "Roll up values of one unit at a time: filter or group by what they count.");
		set_unit(ms, unit);
	}
}

/*
 * Argument 0 of a transition or combine function as an unfinished value that
 * may be modified: in place where the executor allows it, else a copy.
 */
static inline MarketShares *
state_to_modify(FunctionCallInfo fcinfo)
{
	MarketShares *ms;

	if (unlikely(PG_ARGISNULL(0)))
		return new_unfinished(MARKET_NO_UNIT, FIRST_SLOT_BITS, FIRST_RECORD_BYTES);

	ms = flat_state_own(fcinfo, &market_type);
	if (likely(ms != NULL && ms->slot_bits > 0))
		return ms;
	return unfinished_copy(market_shares_get(PG_GETARG_DATUM(0)), 0);
}

/* ----------------------------------------------------------------------
 * The aggregate market_shares(member, amount [, stated_total])
 * ----------------------------------------------------------------------
 */

/* DatumGetTextPP() without the call, for a text that lies in its tuple. */
static inline text *
get_text(Datum d)
{
	text	   *t = (text *) DatumGetPointer(d);

	return likely(!VARATT_IS_COMPRESSED(t) && !VARATT_IS_EXTERNAL(t)) ? t : DatumGetTextPP(d);
}

/*
 * One row in or out.  No palloc, no copy of the member (unless it was
 * toasted), no lookup in any catalog.
 */
static pg_attribute_always_inline Datum
take_row(FunctionCallInfo fcinfo, MarketUnit unit, AmountKind kind, bool add)
{
	MarketShares *ms = state_to_modify(fcinfo);
	text	   *member = PG_ARGISNULL(1) ? NULL : get_text(PG_GETARG_DATUM(1));
	const char *name = member ? VARDATA_ANY(member) : NULL;
	uint32		len = member ? VARSIZE_ANY_EXHDR(member) : 0;
	bool		known = !PG_ARGISNULL(2);
	int128		amount = 0;
	int128		printed = 0;

	if (unit == MARKET_PERCENT)
		amount = known ? market_percent(PG_GETARG_DATUM(2), kind, member, &printed) : 0;
	else
		amount = known ? market_amount(PG_GETARG_DATUM(2), kind, member) : 0;

	check_unit(ms, unit);
	if (add)
		add_rows_of(&ms, name, len, amount, printed, known ? 1 : 0, known ? 0 : 1);
	else
		subtract_rows_of(ms, name, len, amount, printed, known ? 1 : 0, known ? 0 : 1);

	if (PG_NARGS() > 3 && !PG_ARGISNULL(3))
	{
		int128		stated = market_amount(PG_GETARG_DATUM(3), kind, NULL);

		if (add)
			add_stated(ms, stated, 1);
		else
			subtract_stated(ms, stated, 1);
	}
	if (!add)
		forget_unit_if_empty(ms);
	PG_RETURN_POINTER(ms);
}

/*
 * market_shares_add(market_shares, member text, amount [, stated_total]), the
 * transition functions, and market_shares_subtract(...), their inverses.
 *
 * Amounts are in GWh, US$ or plain numbers, from 0 to 2^127 units of 10^-12
 * GWh or 10^-18 of the others; finer ones round half away from zero.  A NULL
 * member is nobody's ("others"), a NULL amount a withheld one.  Errors:
 * negative or not finite (22023), too large (22003), a second stated total
 * (22023), a value too large to keep (54000).
 */
Datum
market_shares_add_capacity(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_GWH, AMOUNT_CAPACITY, true);
}

Datum
market_shares_add_numeric(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_PLAIN, AMOUNT_NUMERIC, true);
}

Datum
market_shares_add_float8(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_PLAIN, AMOUNT_FLOAT8, true);
}

Datum
market_shares_add_bigint(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_PLAIN, AMOUNT_BIGINT, true);
}

Datum
market_shares_add_usd(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_USD, AMOUNT_NUMERIC, true);
}

Datum
market_shares_subtract_capacity(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_GWH, AMOUNT_CAPACITY, false);
}

Datum
market_shares_subtract_numeric(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_PLAIN, AMOUNT_NUMERIC, false);
}

Datum
market_shares_subtract_float8(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_PLAIN, AMOUNT_FLOAT8, false);
}

Datum
market_shares_subtract_bigint(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_PLAIN, AMOUNT_BIGINT, false);
}

Datum
market_shares_subtract_usd(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_USD, AMOUNT_NUMERIC, false);
}

/*
 * market_shares_add_percent(market_shares, member text, percent
 * [, stated_total]) and its inverse, of market_shares_from_percent().
 *
 * A percentage is from 0 to 100, in units of 10^-18 percent; beside it the
 * state keeps how finely it was printed.  Errors: as above, and above 100
 * (22023).  Whether the percentages add up is looked at in the end: see
 * market_check_percent.
 */
Datum
market_shares_add_percent_numeric(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_PERCENT, AMOUNT_NUMERIC, true);
}

Datum
market_shares_add_percent_float8(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_PERCENT, AMOUNT_FLOAT8, true);
}

Datum
market_shares_subtract_percent_numeric(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_PERCENT, AMOUNT_NUMERIC, false);
}

Datum
market_shares_subtract_percent_float8(PG_FUNCTION_ARGS)
{
	return take_row(fcinfo, MARKET_PERCENT, AMOUNT_FLOAT8, false);
}

/*
 * market_shares_combine(market_shares, market_shares): the rows of both.
 * Combines partial results, and is the transition function of rollup().  NULL
 * counts as a value without rows, and the result is never NULL: a moving
 * window may not see one.  Argument 2 is not modified.
 */
Datum
market_shares_combine(PG_FUNCTION_ARGS)
{
	MarketShares *ms;
	const MarketShares *other;

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(state_to_modify(fcinfo));

	other = market_shares_get(PG_GETARG_DATUM(1));
	if (PG_ARGISNULL(0))
	{
		PG_RETURN_POINTER(flat_state_copy(other));
	}

	ms = state_to_modify(fcinfo);
	if (other->unit != MARKET_NO_UNIT)
		check_unit(ms, other->unit);
	FOREACH_MARKET_RECORD(r, other)
	{
		CHECK_FOR_INTERRUPTS();
		if (r->rows > 0 || r->unknown > 0)
			add_rows_of(&ms, r->name, r->len, i128_get(&r->total),
						market_printed_of(other, r), r->rows, r->unknown);
	}
	add_rows_of(&ms, NULL, 0, i128_get(&other->others), market_printed_of(other, NULL),
				other->others_rows, other->others_unknown);
	if (other->stated_rows > 0)
		add_stated(ms, i128_get(&other->stated), other->stated_rows);
	PG_RETURN_POINTER(ms);
}

/*
 * Refuse what a call by hand has left of percentages, if no rows have them: one is
 * at most 100, and its last digit no finer than 10^-18.
 */
static void
check_percentages_left(const MarketShares *ms)
{
	if (!market_percentages_are_possible(i128_get(&ms->others), market_printed_of(ms, NULL),
										 ms->others_rows))
		not_in_value(NULL, 0);
	FOREACH_MARKET_RECORD(r, ms)
	{
		if (!market_percentages_are_possible(i128_get(&r->total), market_printed_of(ms, r),
											 r->rows))
			not_in_value(r->name, r->len);
	}
}

/*
 * market_shares_combine_inv(market_shares, market_shares): the inverse of
 * market_shares_combine, for rollup() over a moving window, and for a - b.
 */
Datum
market_shares_combine_inv(PG_FUNCTION_ARGS)
{
	MarketShares *ms = state_to_modify(fcinfo);
	const MarketShares *other;

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(ms);

	other = market_shares_get(PG_GETARG_DATUM(1));
	if (other->unit != MARKET_NO_UNIT)
		check_unit(ms, other->unit);
	FOREACH_MARKET_RECORD(r, other)
	{
		CHECK_FOR_INTERRUPTS();
		if (r->rows > 0 || r->unknown > 0)
			subtract_rows_of(ms, r->name, r->len, i128_get(&r->total),
							 market_printed_of(other, r), r->rows, r->unknown);
	}
	subtract_rows_of(ms, NULL, 0, i128_get(&other->others), market_printed_of(other, NULL),
					 other->others_rows, other->others_unknown);
	if (other->stated_rows > 0)
		subtract_stated(ms, i128_get(&other->stated), other->stated_rows);
	forget_unit_if_empty(ms);
	if (ms->unit == MARKET_PERCENT && !called_by_aggregate(fcinfo))
		check_percentages_left(ms);
	PG_RETURN_POINTER(ms);
}

/*
 * market_shares_final(market_shares): a trimmed, sorted copy; NULL for a
 * value without rows.  Error: percentages of no stated total add up to more
 * than 100 beyond their rounding (22023).
 */
Datum
market_shares_final(PG_FUNCTION_ARGS)
{
	const MarketShares *ms = market_shares_get(PG_GETARG_DATUM(0));

	if (market_is_empty(ms))
		PG_RETURN_NULL();
	if (ms->unit == MARKET_PERCENT)
		market_check_percent(ms);
	if (ms->slot_bits > 0)
		PG_RETURN_POINTER(market_finished(ms));
	PG_RETURN_POINTER(flat_state_copy(ms));
}

ARITHMETIC_FUNCTIONS(market_shares)

/* ----------------------------------------------------------------------
 * Other groups
 * ----------------------------------------------------------------------
 */

/*
 * The same market with its members put together in groups: the rows of every
 * member count for its group, withheld ones as withheld; what was stated
 * stays.  A finished value.  Errors: a total out of range (22003).
 */
const MarketShares *
market_regroup(const MarketShares *ms, MarketGroupOf group_of, void *arg)
{
	MarketShares *result = new_unfinished(ms->unit, FIRST_SLOT_BITS, FIRST_RECORD_BYTES);

	add_rows_of(&result, NULL, 0, i128_get(&ms->others), market_printed_of(ms, NULL),
				ms->others_rows, ms->others_unknown);
	result->stated = ms->stated;
	result->stated_rows = ms->stated_rows;
	FOREACH_MARKET_RECORD(r, ms)
	{
		const char *name = r->name;
		const char *group;
		uint32		len = r->len;
		uint32		group_len = 0;

		CHECK_FOR_INTERRUPTS();
		if (r->rows == 0 && r->unknown == 0)
			continue;
		if (group_of(arg, r->name, r->len, &group, &group_len))
		{
			name = group;
			len = group_len;
		}
		add_rows_of(&result, name, len, i128_get(&r->total), market_printed_of(ms, r),
					r->rows, r->unknown);
	}
	return market_finished(result);
}
