/*-------------------------------------------------------------------------
 *
 * market_shares.c
 *		The value market_shares: its aggregate, its text and binary form and
 *		its order.  The measures that read it are in market_measures.c.
 *
 * A value is exact: every amount is an integer count of 10^-12 GWh or of
 * 10^-18 US$ (or of whatever a plain number counts), kept in 128 bits.  So it
 * does not depend on the order of the rows, on the plan or on how partial
 * results were grouped, and rows can be taken back.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "comparisons.h"
#include "compat.h"
#include "common/int.h"
#include "decimal.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "port/pg_bswap.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "wide.h"

#include "market_shares.h"

#define HEADER_BYTES	offsetof(MarketShares, data)

/* The first state of a group: room for a handful of members. */
#define FIRST_SLOT_BITS		2
#define FIRST_RECORD_BYTES	144

/* How much of an offending text an error message repeats. */
#define QUOTED_BYTES	80

PG_FUNCTION_INFO_V1(market_shares_in);
PG_FUNCTION_INFO_V1(market_shares_out);
PG_FUNCTION_INFO_V1(market_shares_recv);
PG_FUNCTION_INFO_V1(market_shares_send);
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
PG_FUNCTION_INFO_V1(market_shares_separate);
PG_FUNCTION_INFO_V1(market_shares_final);
PG_FUNCTION_INFO_V1(market_shares_hash);
PG_FUNCTION_INFO_V1(market_shares_hash_extended);

/* The names of the units in the text form, by code. */
static const char *const unit_names[] = {NULL, "gwh", "usd", "plain", "percent"};

/* The same for people. */
static const char *const unit_labels[] = {"nothing", "GWh", "US$", "plain numbers", "percent"};

/* ----------------------------------------------------------------------
 * Hashing.
 *
 * A hash lives on in hash indexes and in how Citus spreads rows, so it must
 * be the same on every platform and in every version: words are read little
 * endian, and nothing of the server's own hashing is used.
 * ----------------------------------------------------------------------
 */
#define HASH_K0		UINT64CONST(0x9E3779B97F4A7C15)
#define HASH_K1		UINT64CONST(0xD1B54A32D192ED03)

/* Both halves of a 128-bit product, folded: every bit of a and b matters. */
static inline uint64
hash_mix(uint64 a, uint64 b)
{
	uint128		p = (uint128) a * b;

	return (uint64) p ^ (uint64) (p >> 64);
}

static inline uint64
load_le64(const char *p)
{
	uint64		v;

	memcpy(&v, p, sizeof(v));
#ifdef WORDS_BIGENDIAN
	v = pg_bswap64(v);
#endif
	return v;
}

static inline uint32
load_le32(const char *p)
{
	uint32		v;

	memcpy(&v, p, sizeof(v));
#ifdef WORDS_BIGENDIAN
	v = pg_bswap32(v);
#endif
	return v;
}

static inline uint64
hash_bytes_le(const char *s, uint32 len, uint64 seed)
{
	uint64		h = seed ^ ((uint64) len * HASH_K1 + HASH_K0);
	uint64		tail;

	while (len > 8)
	{
		h = hash_mix(h ^ load_le64(s), HASH_K0);
		s += 8;
		len -= 8;
	}
	if (len >= 4)
		tail = load_le32(s) | ((uint64) load_le32(s + len - 4) << 32);
	else if (len > 0)
		tail = (uint8) s[0] | (uint64) (uint8) s[len / 2] << 8 |
			(uint64) (uint8) s[len - 1] << 16;
	else
		tail = 0;
	return hash_mix(hash_mix(h ^ tail, HASH_K0) ^ HASH_K1, HASH_K1);
}

static inline uint32
name_hash(const char *name, uint32 len)
{
	return (uint32) hash_bytes_le(name, len, 0);
}

/* ----------------------------------------------------------------------
 * The value in memory
 * ----------------------------------------------------------------------
 */

/*
 * A value given as an argument, without a copy unless it is packed or
 * toasted.
 */
const MarketShares *
market_shares_get(Datum d)
{
	const MarketShares *ms = (const MarketShares *) PG_DETOAST_DATUM(d);

	if (unlikely(ms->version != MARKET_AMOUNTS_VERSION &&
				 ms->version != MARKET_PERCENT_VERSION))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("market_shares value has version %d, which this build does not know",
						ms->version),
				 errhint("Install the version of the extension \"battery\" that wrote it, or a later one.")));

	/* sizes that later code relies on, as far as one look can tell */
	if (unlikely(VARSIZE(ms) < HEADER_BYTES || ms->unit > MARKET_PERCENT ||
				 ms->version != market_version(ms->unit) ||
				 ms->extra_words != market_extra_words(ms->unit) ||
				 ms->slot_bits > MARKET_SLOT_BITS_OF_OFFSET ||
				 ms->live > ms->records ||
				 (Size) (market_records(ms) - (const char *) ms) + ms->used > VARSIZE(ms)))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("corrupt market_shares value")));
	return ms;
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

static void
check_size(Size bytes)
{
	if (bytes > MARKET_SHARES_MAX_BYTES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("market_shares value would pass %d MB", MARKET_SHARES_MAX_BYTES / (1024 * 1024)),
				 errdetail("It keeps one record for each distinct member."),
				 errhint("Check that the first argument names a member and not a row, or group more finely.")));
}

static Size
unfinished_size(MarketUnit unit, int slot_bits, Size record_bytes)
{
	return HEADER_BYTES + market_extra_words(unit) * sizeof(uint64) +
		(sizeof(MarketSlot) << slot_bits) + record_bytes;
}

static MarketShares *
new_unfinished(MarketUnit unit, int slot_bits, Size record_bytes)
{
	Size		bytes = unfinished_size(unit, slot_bits, record_bytes);
	MarketShares *ms;

	check_size(bytes);
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

			if (r->len == len && memcmp(r->name, name, len) == 0)
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
						   pg_mbcliplen(name, len, QUOTED_BYTES), name) :
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

static void
not_in_value(const char *name, uint32 len)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 name ? errmsg("cannot take back rows of member \"%.*s\" that were never added",
						   pg_mbcliplen(name, len, QUOTED_BYTES), name) :
			 errmsg("cannot take back rows that were never added"),
			 errhint("Only moving windows take rows back; do not call this function directly.")));
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
		{
			int			a = Min(ms->unit, (int) unit);
			int			b = Max(ms->unit, (int) unit);

			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("cannot merge market shares in %s with market shares in %s",
							unit_labels[a], unit_labels[b]),
					 errhint("Roll up values of one unit at a time: filter or group by what they count.")));
		}
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

	ms = (MarketShares *) PG_GETARG_POINTER(0);
	if (likely(!VARATT_IS_EXTENDED(ms) && ms->version == market_version(ms->unit) &&
			   ms->slot_bits > 0 && AggCheckCallContext(fcinfo, NULL)))
		return ms;
	return unfinished_copy(market_shares_get(PG_GETARG_DATUM(0)), 0);
}

/* ----------------------------------------------------------------------
 * Amounts
 * ----------------------------------------------------------------------
 */
void
market_amount_error(Datum d, AmountKind kind, int status, const text *member)
{
	char	   *amount = NULL;
	int			sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
	const char *what = "negative";
	const char *hint = "Correct the row, or leave it out with FILTER (WHERE amount >= 0).";

	switch (kind)
	{
		case AMOUNT_CAPACITY:
			amount = psprintf("%s GWh", int128_to_decimal(DatumGetInt64(d), 12));
			break;
		case AMOUNT_NUMERIC:
			amount = DatumGetCString(DirectFunctionCall1(numeric_out, d));
			break;
		case AMOUNT_FLOAT8:
			amount = float8out_internal(DatumGetFloat8(d));
			break;
		case AMOUNT_BIGINT:
			amount = psprintf(INT64_FORMAT, DatumGetInt64(d));
			break;
	}
	if (status == DECIMAL_NOT_FINITE)
	{
		what = "not a finite number";
		hint = "Write NULL for an amount that is not known.";
	}
	else if (status == DECIMAL_RANGE)
	{
		sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
		what = "out of range";
		hint = "Count in a larger unit, such as millions: an amount must be below 170141183460469231731.";
	}
	if (member)
		ereport(ERROR,
				(errcode(sqlstate),
				 errmsg("amount %s of member \"%.*s\" is %s", amount,
						pg_mbcliplen(VARDATA_ANY(member), VARSIZE_ANY_EXHDR(member), QUOTED_BYTES),
						VARDATA_ANY(member), what),
				 errhint("%s", hint)));
	else
		ereport(ERROR,
				(errcode(sqlstate),
				 errmsg("amount %s is %s", amount, what),
				 errhint("%s", hint)));
}

int128
market_amount_convert(Datum d, AmountKind kind, const text *member)
{
	DecimalStatus status = DECIMAL_OK;
	int128		v = 0;

	switch (kind)
	{
		case AMOUNT_CAPACITY:
			v = DatumGetInt64(d);
			break;
		case AMOUNT_NUMERIC:
			status = numeric_to_int128(DatumGetNumeric(d), market_scale(MARKET_PLAIN), &v);
			break;
		case AMOUNT_FLOAT8:
			status = float8_to_int128(DatumGetFloat8(d), market_scale(MARKET_PLAIN), &v);
			break;
		case AMOUNT_BIGINT:
			/* 2^63 times 10^18 is far from 2^127 */
			v = (int128) DatumGetInt64(d) * INT64CONST(1000000000000000000);
			break;
	}
	if (status != DECIMAL_OK || v < 0)
		market_amount_error(d, kind, status, member);
	return v;
}

/* ----------------------------------------------------------------------
 * The aggregate market_shares(member, amount [, stated_total])
 * ----------------------------------------------------------------------
 */

/*
 * One row in or out.  No palloc, no copy of the member (unless it was
 * toasted), no lookup in any catalog.
 */
static pg_attribute_always_inline Datum
take_row(FunctionCallInfo fcinfo, MarketUnit unit, AmountKind kind, bool add)
{
	MarketShares *ms = state_to_modify(fcinfo);
	text	   *member = PG_ARGISNULL(1) ? NULL : PG_GETARG_TEXT_PP(1);
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

/* What was printed of a record (r NULL: of the others); 0 for amounts. */
static inline int128
get_printed(const MarketShares *ms, const MarketRecord *r)
{
	return ms->unit == MARKET_PERCENT ? i128_get(market_printed(ms, r)) : 0;
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
		ms = palloc(VARSIZE(other));
		memcpy(ms, other, VARSIZE(other));
		PG_RETURN_POINTER(ms);
	}

	ms = state_to_modify(fcinfo);
	if (other->unit != MARKET_NO_UNIT)
		check_unit(ms, other->unit);
	FOREACH_MARKET_RECORD(r, other)
	{
		CHECK_FOR_INTERRUPTS();
		if (r->rows > 0 || r->unknown > 0)
			add_rows_of(&ms, r->name, r->len, i128_get(&r->total),
						get_printed(other, r), r->rows, r->unknown);
	}
	add_rows_of(&ms, NULL, 0, i128_get(&other->others), get_printed(other, NULL),
				other->others_rows, other->others_unknown);
	if (other->stated_rows > 0)
		add_stated(ms, i128_get(&other->stated), other->stated_rows);
	PG_RETURN_POINTER(ms);
}

/*
 * market_shares_separate(market_shares, market_shares): the inverse of
 * market_shares_combine, for rollup() over a moving window.
 */
Datum
market_shares_separate(PG_FUNCTION_ARGS)
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
							 get_printed(other, r), r->rows, r->unknown);
	}
	subtract_rows_of(ms, NULL, 0, i128_get(&other->others), get_printed(other, NULL),
					 other->others_rows, other->others_unknown);
	if (other->stated_rows > 0)
		subtract_stated(ms, i128_get(&other->stated), other->stated_rows);
	forget_unit_if_empty(ms);
	PG_RETURN_POINTER(ms);
}

/* ----------------------------------------------------------------------
 * Finished values
 * ----------------------------------------------------------------------
 */
static int
compare_member_names(const void *a, const void *b)
{
	const MarketMember *x = a;
	const MarketMember *y = b;

	return market_compare_names(x->name, x->len, y->name, y->len);
}

/*
 * A finished value with these members, which must be sorted and distinct, and
 * with everything else as in head, which itself may have no members; what was
 * printed of the others does not fit in a head and comes beside it.
 */
static MarketShares *
build_finished(const MarketShares *head, int128 others_printed,
			   const MarketMember *member, int count)
{
	MarketUnit	unit = count == 0 && head->others_rows == 0 &&
		head->others_unknown == 0 ? MARKET_NO_UNIT : head->unit;
	Size		extra_bytes = market_extra_words(unit) * sizeof(uint64);
	Size		head_bytes = HEADER_BYTES + extra_bytes;
	Size		bytes = head_bytes;
	MarketShares *ms;
	char	   *p;

	for (int i = 0; i < count; i++)
	{
		bytes += MARKET_RECORD_SIZE(member[i].len) + extra_bytes;
		check_size(bytes);
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
		member[n].printed = get_printed(ms, r);
		member[n].rows = r->rows;
		member[n].unknown = r->unknown;
		member[n].name = r->name;
		member[n].len = r->len;
		n++;
	}
	*count = n;
	return member;
}

/* The same value, finished: itself if it is already. */
static const MarketShares *
finished(const MarketShares *ms)
{
	MarketMember *member;
	MarketShares *result;
	int			count;

	if (ms->slot_bits == 0)
		return ms;
	member = get_members(ms, &count);
	qsort(member, count, sizeof(MarketMember), compare_member_names);
	result = build_finished(ms, get_printed(ms, NULL), member, count);
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
						unit_labels[a->unit], unit_labels[b->unit]),
				 errhint("Compare values of one unit: both in GWh, US$ or percent, or both of the same plain numbers.")));
	return a->unit != MARKET_NO_UNIT ? a->unit : b->unit;
}

/*
 * The same market with its members put together in groups: the rows of every
 * member count for its group, withheld ones as withheld; what was stated
 * stays.  A finished value.  Errors: a total out of range (22003).
 */
const MarketShares *
market_regroup(const MarketShares *ms, MarketGroupOf group_of, void *arg)
{
	MarketShares *result = new_unfinished(ms->unit, FIRST_SLOT_BITS, FIRST_RECORD_BYTES);

	add_rows_of(&result, NULL, 0, i128_get(&ms->others), get_printed(ms, NULL),
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
		add_rows_of(&result, name, len, i128_get(&r->total), get_printed(ms, r),
					r->rows, r->unknown);
	}
	return finished(result);
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
	MarketShares *copy;

	if (market_is_empty(ms))
		PG_RETURN_NULL();
	if (ms->unit == MARKET_PERCENT)
		market_check_percent(ms);
	if (ms->slot_bits > 0)
		PG_RETURN_POINTER(finished(ms));
	copy = palloc(VARSIZE(ms));
	memcpy(copy, ms, VARSIZE(ms));
	PG_RETURN_POINTER(copy);
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
	i192_add(&printed, get_printed(ms, NULL));
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

static int
compare_member_amounts(const void *a, const void *b)
{
	const MarketMember *x = a;
	const MarketMember *y = b;

	if ((x->rows > 0) != (y->rows > 0))
		return x->rows > 0 ? -1 : 1;
	if (x->amount != y->amount)
		return x->amount > y->amount ? -1 : 1;
	return market_compare_names(x->name, x->len, y->name, y->len);
}

/*
 * Sort the members of a view: the largest first, equal ones bytewise by name,
 * those without any known amount last.
 */
void
market_rank(Market *m)
{
	qsort(m->member, m->count, sizeof(MarketMember), compare_member_amounts);
}

/* ----------------------------------------------------------------------
 * Text form
 *
 * JSON, so that a person and any tool can read it:
 *
 *	{"market_shares": 1, "unit": "gwh",
 *	 "members": {"BYD": [111.4, 1, 0], "USA": [null, 0, 1]},
 *	 "others": [10, 1, 0], "stated": [705.5, 2]}
 *
 * on one line.  The number after "market_shares" is the version.  A member
 * has its total (exact, in GWh, US$ or plain numbers; null when no row has
 * one), the number of rows with an amount and the number of rows without one.
 * "others" are the rows without a member, in the same form; "stated" is the
 * stated total and how many rows state it; both are left out when there is
 * none.  A value without rows has the unit null.  The keys come in this
 * order, the members in any.
 *
 * A value in percent is version 2:
 *
 *	{"market_shares": 2, "unit": "percent",
 *	 "members": {"CATL": [36.8, 1, 0, 0.1], "USA": [null, 0, 1, null]}}
 *
 * where the fourth number of a member or of the others is the sum, over its
 * rows with a percentage, of the unit of the last digit that was printed.
 * ----------------------------------------------------------------------
 */
static void
append_json_name(StringInfo buf, const char *name, uint32 len)
{
	const char *end = name + len;
	const char *p = name;

	appendStringInfoChar(buf, '"');
	while (p < end)
	{
		const char *from = p;

		while (p < end && *p != '"' && *p != '\\' && (unsigned char) *p >= 0x20)
			p++;
		appendBinaryStringInfo(buf, from, p - from);
		if (p < end)
		{
			if (*p == '"' || *p == '\\')
			{
				appendStringInfoChar(buf, '\\');
				appendStringInfoChar(buf, *p);
			}
			else
				appendStringInfo(buf, "\\u%04x", (unsigned char) *p);
			p++;
		}
	}
	appendStringInfoChar(buf, '"');
}

static void
append_amount(StringInfo buf, int128 amount, int64 rows, int scale)
{
	if (rows > 0)
	{
		char	   *s = int128_to_decimal(amount, scale);

		appendStringInfoString(buf, s);
		pfree(s);
	}
	else
		appendStringInfoString(buf, "null");
}

/* [amount, rows, unknown] or, in percent, [amount, rows, unknown, printed] */
static void
append_totals(StringInfo buf, const MarketShares *ms, const MarketRecord *r)
{
	int			scale = market_scale(ms->unit);
	int128		amount = i128_get(r ? &r->total : &ms->others);
	int64		rows = r ? r->rows : ms->others_rows;
	int64		unknown = r ? r->unknown : ms->others_unknown;

	appendStringInfoChar(buf, '[');
	append_amount(buf, amount, rows, scale);
	appendStringInfo(buf, ", " INT64_FORMAT ", " INT64_FORMAT, rows, unknown);
	if (ms->unit == MARKET_PERCENT)
	{
		appendStringInfoString(buf, ", ");
		append_amount(buf, get_printed(ms, r), rows, scale);
	}
	appendStringInfoChar(buf, ']');
}

/*
 * market_shares_out(market_shares): exact; no setting changes it, and equal
 * content is equal text, also of a value that is still being aggregated.
 */
Datum
market_shares_out(PG_FUNCTION_ARGS)
{
	const MarketShares *ms = finished(market_shares_get(PG_GETARG_DATUM(0)));
	const char *separator = "";
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfo(&buf, "{\"market_shares\": %d, \"unit\": ", ms->version);
	if (ms->unit == MARKET_NO_UNIT)
		appendStringInfoString(&buf, "null");
	else
		appendStringInfo(&buf, "\"%s\"", unit_names[ms->unit]);
	appendStringInfoString(&buf, ", \"members\": {");
	FOREACH_MARKET_RECORD(r, ms)
	{
		CHECK_FOR_INTERRUPTS();
		appendStringInfoString(&buf, separator);
		separator = ", ";
		append_json_name(&buf, r->name, r->len);
		appendStringInfoString(&buf, ": ");
		append_totals(&buf, ms, r);
	}
	appendStringInfoChar(&buf, '}');
	if (ms->others_rows > 0 || ms->others_unknown > 0)
	{
		appendStringInfoString(&buf, ", \"others\": ");
		append_totals(&buf, ms, NULL);
	}
	if (ms->stated_rows > 0)
	{
		appendStringInfoString(&buf, ", \"stated\": [");
		append_amount(&buf, i128_get(&ms->stated), ms->stated_rows,
					  market_scale(ms->unit));
		appendStringInfo(&buf, ", " INT64_FORMAT "]", ms->stated_rows);
	}
	appendStringInfoChar(&buf, '}');
	PG_RETURN_CSTRING(buf.data);
}

typedef struct Parser
{
	const char *start;
	const char *p;
	MarketUnit	unit;
	int			scale;
	Node	   *escontext;
} Parser;

/* Always false, for the caller to return. */
static bool
parse_error(Parser *ps, const char *expected)
{
	int			len = strlen(ps->start);
	int			shown = pg_mbcliplen(ps->start, len, QUOTED_BYTES);

	ereturn(ps->escontext, false,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%.*s%s\"", "market_shares",
					shown, ps->start, shown < len ? "..." : ""),
			 errdetail("Expected %s at byte %d.", expected, (int) (ps->p - ps->start) + 1),
			 errhint("Write it as in {\"market_shares\": 1, \"unit\": \"gwh\", \"members\": {\"CATL\": [259.7, 1, 0]}}, or use the aggregate market_shares().")));
}

static void
skip_blanks(Parser *ps)
{
	while (*ps->p == ' ' || *ps->p == '\t' || *ps->p == '\n' || *ps->p == '\r')
		ps->p++;
}

/* Is token next?  If so, step over it. */
static bool
accept_token(Parser *ps, const char *token)
{
	size_t		n = strlen(token);

	skip_blanks(ps);
	if (strncmp(ps->p, token, n) != 0)
		return false;
	ps->p += n;
	return true;
}

static bool
expect_token(Parser *ps, const char *token)
{
	return accept_token(ps, token) || parse_error(ps, psprintf("'%s'", token));
}

static bool
parse_count(Parser *ps, int64 *count)
{
	int64		v = 0;
	const char *first;

	skip_blanks(ps);
	first = ps->p;
	for (; *ps->p >= '0' && *ps->p <= '9'; ps->p++)
		if (pg_mul_s64_overflow(v, 10, &v) || pg_add_s64_overflow(v, *ps->p - '0', &v))
			return parse_error(ps, "a row count that fits in 64 bits");
	if (ps->p == first || (*first == '0' && ps->p > first + 1))
		return parse_error(ps, "a row count");
	*count = v;
	return true;
}

/* A decimal that has no more places than an amount keeps, or null. */
static bool
parse_amount(Parser *ps, int128 *amount, bool *known)
{
	const char *first;
	int			places = 0;

	*amount = 0;
	*known = !accept_token(ps, "null");
	if (!*known)
		return true;
	first = ps->p;
	while (*ps->p >= '0' && *ps->p <= '9')
		ps->p++;
	if (ps->p == first || (*first == '0' && ps->p > first + 1))
		return parse_error(ps, "an amount or null");
	if (*ps->p == '.')
	{
		ps->p++;
		for (; *ps->p >= '0' && *ps->p <= '9'; ps->p++)
			places++;
		if (places == 0)
			return parse_error(ps, "a digit");
	}
	if (places > ps->scale)
		return parse_error(ps, ps->scale == 12 ? "an amount with at most 12 decimal places" :
						   "an amount with at most 18 decimal places");
	if (decimal_to_int128(first, ps->p - first, ps->scale, amount) != DECIMAL_OK)
		return parse_error(ps, "an amount within the range of market_shares");
	return true;
}

/*
 * Can so many rows of percentages add up to this, and be printed so finely?
 * One is at most 100, and its last digit's unit from 10^-18 to 1.
 */
static bool
percentages_are_possible(int128 amount, int128 printed, int64 rows)
{
	return amount / MARKET_HUNDRED_PERCENT <= rows &&
		(amount / MARKET_HUNDRED_PERCENT < rows || amount % MARKET_HUNDRED_PERCENT == 0) &&
		printed >= rows && printed <= rows * (MARKET_HUNDRED_PERCENT / 100);
}

/* What append_totals writes, of a member or of the others. */
static bool
parse_totals(Parser *ps, int128 *amount, int128 *printed, int64 *rows,
			 int64 *unknown)
{
	bool		known;

	*printed = 0;

	if (!expect_token(ps, "[") || !parse_amount(ps, amount, &known) ||
		!expect_token(ps, ",") || !parse_count(ps, rows) ||
		!expect_token(ps, ",") || !parse_count(ps, unknown))
		return false;
	if (known != (*rows > 0))
		return parse_error(ps, "an amount and a count of its rows, or null and no such rows,");
	if (*rows == 0 && *unknown == 0)
		return parse_error(ps, "at least one row");
	if (ps->unit == MARKET_PERCENT)
	{
		if (!expect_token(ps, ",") || !parse_amount(ps, printed, &known))
			return false;
		if (known != (*rows > 0))
			return parse_error(ps, "the sum of the last digits' units, or null if there is no amount,");
		if (!percentages_are_possible(*amount, *printed, *rows))
			return parse_error(ps, "from 0 to 100 percent for each row, printed to a unit from 10^-18 to 1,");
	}
	return expect_token(ps, "]");
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* A quoted name, into room that is at least as long as its quoted form. */
static bool
parse_name(Parser *ps, char *room, uint32 *len)
{
	char	   *out = room;

	if (!expect_token(ps, "\""))
		return false;
	for (; *ps->p != '"'; ps->p++)
	{
		unsigned char c = *ps->p;

		if (c < 0x20)
			return parse_error(ps, "the closing quote of a member");
		if (c == '\\')
		{
			int			v = 0;

			switch (*++ps->p)
			{
				case '"':
				case '\\':
				case '/':
					c = *ps->p;
					break;
				case 'b':
					c = '\b';
					break;
				case 'f':
					c = '\f';
					break;
				case 'n':
					c = '\n';
					break;
				case 'r':
					c = '\r';
					break;
				case 't':
					c = '\t';
					break;
				case 'u':
					for (int i = 1; i <= 4; i++)
					{
						int			d = hex_digit(ps->p[i]);

						if (d < 0)
							return parse_error(ps, "four hexadecimal digits");
						v = v * 16 + d;
					}
					/* beyond ASCII the character itself is written */
					if (v == 0 || v > 0x7F)
						return parse_error(ps, "an escape from \\u0001 to \\u007f");
					c = v;
					ps->p += 4;
					break;
				default:
					return parse_error(ps, "an escape that JSON knows");
			}
		}
		*out++ = c;
	}
	ps->p++;
	*len = out - room;
	return true;
}

/*
 * Sort what was read; false when a member is there twice.
 */
static bool
sort_members(MarketMember *member, int count)
{
	bool		sorted = true;

	for (int i = 1; i < count && sorted; i++)
		sorted = compare_member_names(&member[i - 1], &member[i]) < 0;
	if (sorted)
		return true;
	qsort(member, count, sizeof(MarketMember), compare_member_names);
	for (int i = 1; i < count; i++)
		if (compare_member_names(&member[i - 1], &member[i]) == 0)
			return false;
	return true;
}

/*
 * market_shares_in(cstring): reads what market_shares_out writes.  Errors:
 * not that form or impossible counts (22P02), unknown version (0A000).
 */
Datum
market_shares_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	Parser		parser = {input, input, MARKET_NO_UNIT, 0, fcinfo->context};
	Parser	   *ps = &parser;
	MarketShares head;
	MarketMember *member;
	int128		others_printed = 0;
	int64		version = 0;
	int			count = 0;
	int			room = 8;
	char	   *names;

	memset(&head, 0, sizeof(head));
	if (!expect_token(ps, "{") || !expect_token(ps, "\"market_shares\"") ||
		!expect_token(ps, ":") || !parse_count(ps, &version))
		PG_RETURN_NULL();
	if (version != MARKET_AMOUNTS_VERSION && version != MARKET_PERCENT_VERSION)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("market_shares value has version " INT64_FORMAT ", which this build does not know",
						version),
				 errhint("Install the version of the extension \"battery\" that wrote it, or a later one.")));

	if (!expect_token(ps, ",") || !expect_token(ps, "\"unit\"") || !expect_token(ps, ":"))
		PG_RETURN_NULL();
	if (version == MARKET_PERCENT_VERSION)
	{
		if (!expect_token(ps, "\"percent\""))
			PG_RETURN_NULL();
		head.unit = MARKET_PERCENT;
	}
	else if (accept_token(ps, "\"gwh\""))
		head.unit = MARKET_GWH;
	else if (accept_token(ps, "\"usd\""))
		head.unit = MARKET_USD;
	else if (accept_token(ps, "\"plain\""))
		head.unit = MARKET_PLAIN;
	else if (!accept_token(ps, "null"))
	{
		parse_error(ps, "\"gwh\", \"usd\", \"plain\" or null");
		PG_RETURN_NULL();
	}
	ps->unit = head.unit;
	ps->scale = market_scale(head.unit);

	if (!expect_token(ps, ",") || !expect_token(ps, "\"members\"") ||
		!expect_token(ps, ":") || !expect_token(ps, "{"))
		PG_RETURN_NULL();
	member = palloc(room * sizeof(MarketMember));
	names = palloc(strlen(ps->p) + 1);
	if (!accept_token(ps, "}"))
	{
		do
		{
			int128		amount;
			int128		printed;

			CHECK_FOR_INTERRUPTS();
			if (count == room)
			{
				room *= 2;
				member = repalloc_huge(member, room * sizeof(MarketMember));
			}
			member[count].name = names;
			if (!parse_name(ps, names, &member[count].len) ||
				!expect_token(ps, ":") ||
				!parse_totals(ps, &amount, &printed, &member[count].rows, &member[count].unknown))
				PG_RETURN_NULL();
			member[count].amount = amount;
			member[count].printed = printed;
			names += member[count].len;
			count++;
		} while (accept_token(ps, ","));
		if (!expect_token(ps, "}"))
			PG_RETURN_NULL();
	}
	if (!sort_members(member, count))
	{
		parse_error(ps, "every member once");
		PG_RETURN_NULL();
	}

	if (accept_token(ps, ","))
	{
		bool		more = true;
		int128		amount;

		if (accept_token(ps, "\"others\""))
		{
			if (!expect_token(ps, ":") ||
				!parse_totals(ps, &amount, &others_printed, &head.others_rows, &head.others_unknown))
				PG_RETURN_NULL();
			i128_set(&head.others, amount);
			more = accept_token(ps, ",");
		}
		if (more)
		{
			bool		known;

			if (!expect_token(ps, "\"stated\"") || !expect_token(ps, ":") ||
				!expect_token(ps, "[") || !parse_amount(ps, &amount, &known) ||
				!expect_token(ps, ",") || !parse_count(ps, &head.stated_rows))
				PG_RETURN_NULL();
			if (!known || head.stated_rows == 0)
			{
				parse_error(ps, "a stated total and a count of its rows");
				PG_RETURN_NULL();
			}
			i128_set(&head.stated, amount);
			if (!expect_token(ps, "]"))
				PG_RETURN_NULL();
		}
	}
	if (!expect_token(ps, "}"))
		PG_RETURN_NULL();
	skip_blanks(ps);
	if (*ps->p != '\0')
	{
		parse_error(ps, "the end of the text");
		PG_RETURN_NULL();
	}
	head.live = count;
	if (market_is_empty(&head) != (head.unit == MARKET_NO_UNIT) ||
		(market_is_empty(&head) && head.stated_rows > 0))
	{
		parse_error(ps, "a unit if there are rows, null if there are none,");
		PG_RETURN_NULL();
	}
	PG_RETURN_POINTER(build_finished(&head, others_printed, member, count));
}

/* ----------------------------------------------------------------------
 * Binary form: version (1 byte), unit (1), number of members (4), for each
 * its length (4) and name, total (16, two's complement, big endian), rows
 * (8), withheld rows (8); the others' total, rows and withheld rows; the
 * stated total and its rows.  In percent (version 2) the sum of the units of
 * the last digits (16) follows the withheld rows of each member and the
 * others.
 * ----------------------------------------------------------------------
 */
static void
send_int128(StringInfo buf, int128 v)
{
	pq_sendint64(buf, (uint64) ((uint128) v >> 64));
	pq_sendint64(buf, (uint64) (uint128) v);
}

/*
 * market_shares_send(market_shares): as exact as the text form; names in the
 * client's encoding.
 */
Datum
market_shares_send(PG_FUNCTION_ARGS)
{
	const MarketShares *ms = finished(market_shares_get(PG_GETARG_DATUM(0)));
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, ms->version);
	pq_sendbyte(&buf, ms->unit);
	pq_sendint32(&buf, ms->live);
	FOREACH_MARKET_RECORD(r, ms)
	{
		char	   *name = pg_server_to_client(r->name, r->len);
		uint32		len = name == r->name ? r->len : strlen(name);

		CHECK_FOR_INTERRUPTS();
		pq_sendint32(&buf, len);
		pq_sendbytes(&buf, name, len);
		if (name != r->name)
			pfree(name);
		send_int128(&buf, i128_get(&r->total));
		pq_sendint64(&buf, r->rows);
		pq_sendint64(&buf, r->unknown);
		if (ms->unit == MARKET_PERCENT)
			send_int128(&buf, get_printed(ms, r));
	}
	send_int128(&buf, i128_get(&ms->others));
	pq_sendint64(&buf, ms->others_rows);
	pq_sendint64(&buf, ms->others_unknown);
	if (ms->unit == MARKET_PERCENT)
		send_int128(&buf, get_printed(ms, NULL));
	send_int128(&buf, i128_get(&ms->stated));
	pq_sendint64(&buf, ms->stated_rows);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static void
binary_error(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary format of type %s: %s", "market_shares", what),
			 errhint("Send what the server sends for the type, or send it as text.")));
}

static int128
receive_int128(StringInfo buf)
{
	uint64		high = pq_getmsgint64(buf);
	uint64		low = pq_getmsgint64(buf);

	return (int128) (((uint128) high << 64) | low);
}

/*
 * Total, rows and withheld rows; an amount without rows to come from, or a
 * negative number, is corrupt.
 */
static void
receive_totals(StringInfo buf, MarketUnit unit, int128 *total, int128 *printed,
			   int64 *rows, int64 *unknown)
{
	*total = receive_int128(buf);
	*rows = pq_getmsgint64(buf);
	*unknown = pq_getmsgint64(buf);
	if (*total < 0)
		binary_error("negative amount");
	if (*rows < 0 || *unknown < 0)
		binary_error("negative row count");
	if (*total != 0 && *rows == 0)
		binary_error("an amount without rows");
	*printed = 0;
	if (unit == MARKET_PERCENT)
	{
		*printed = receive_int128(buf);
		if (!percentages_are_possible(*total, *printed, *rows))
			binary_error("impossible percentages");
	}
}

/*
 * market_shares_recv(internal): accepts what market_shares_in would.
 * Errors: corrupt (22P03), unknown version (0A000).
 */
Datum
market_shares_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	MarketShares head;
	MarketMember *member;
	int128		others_printed;
	int128		amount;
	int128		printed;
	int			version;
	uint32		count;

	memset(&head, 0, sizeof(head));
	version = pq_getmsgbyte(buf);
	if (version != MARKET_AMOUNTS_VERSION && version != MARKET_PERCENT_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("market_shares value has version %d, which this build does not know",
						version),
				 errhint("Install the version of the extension \"battery\" that wrote it, or a later one.")));
	head.unit = pq_getmsgbyte(buf);
	if (head.unit > MARKET_PERCENT || version != market_version(head.unit))
		binary_error("unknown unit");
	count = pq_getmsgint(buf, 4);

	/* a member takes at least 36 bytes: believe no larger count */
	if (count > (uint32) (buf->len - buf->cursor) / 36)
		binary_error("more members than bytes");
	member = palloc_extended(Max(count, 1) * sizeof(MarketMember), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < count; i++)
	{
		uint32		len = pq_getmsgint(buf, 4);
		int			server_len;

		CHECK_FOR_INTERRUPTS();
		if (len > (uint32) (buf->len - buf->cursor))
			binary_error("a member longer than the message");
		member[i].name = pq_getmsgtext(buf, len, &server_len);
		member[i].len = server_len;
		receive_totals(buf, head.unit, &amount, &printed, &member[i].rows, &member[i].unknown);
		member[i].amount = amount;
		member[i].printed = printed;
		if (member[i].rows == 0 && member[i].unknown == 0)
			binary_error("a member without rows");
	}
	if (!sort_members(member, count))
		binary_error("a member twice");

	receive_totals(buf, head.unit, &amount, &others_printed, &head.others_rows, &head.others_unknown);
	i128_set(&head.others, amount);
	amount = receive_int128(buf);
	head.stated_rows = pq_getmsgint64(buf);
	if (amount < 0 || head.stated_rows < 0 || (amount != 0 && head.stated_rows == 0))
		binary_error("impossible stated total");
	i128_set(&head.stated, amount);
	head.live = count;
	if (market_is_empty(&head) != (head.unit == MARKET_NO_UNIT) ||
		(market_is_empty(&head) && head.stated_rows > 0))
		binary_error("a unit without rows, or rows without a unit");
	PG_RETURN_POINTER(build_finished(&head, others_printed, member, count));
}

/* ----------------------------------------------------------------------
 * Order: by unit, then member by member (name bytewise, total, rows, withheld
 * rows, digits printed), fewer members first, then the others and the stated total.  It means
 * nothing to the market; it is there for DISTINCT, UNION, joins and indexes.
 * ----------------------------------------------------------------------
 */
#define COMPARE(a, b) \
	do { \
		if ((a) != (b)) \
			return (a) < (b) ? -1 : 1; \
	} while (0)

static int
compare_values(const MarketShares *a, const MarketShares *b)
{
	const char *p = market_records(a);
	const char *q = market_records(b);
	uint32		common = Min(a->records, b->records);

	COMPARE(a->unit, b->unit);
	for (uint32 i = 0; i < common; i++)
	{
		const MarketRecord *x = (const MarketRecord *) p;
		const MarketRecord *y = (const MarketRecord *) q;
		int			r = market_compare_names(x->name, x->len, y->name, y->len);

		if (r != 0)
			return r;
		COMPARE(i128_get(&x->total), i128_get(&y->total));
		COMPARE(x->rows, y->rows);
		COMPARE(x->unknown, y->unknown);
		COMPARE(get_printed(a, x), get_printed(b, y));
		p += market_record_bytes(a, x->len);
		q += market_record_bytes(b, y->len);
	}
	COMPARE(a->records, b->records);
	COMPARE(i128_get(&a->others), i128_get(&b->others));
	COMPARE(a->others_rows, b->others_rows);
	COMPARE(a->others_unknown, b->others_unknown);
	COMPARE(get_printed(a, NULL), get_printed(b, NULL));
	COMPARE(i128_get(&a->stated), i128_get(&b->stated));
	COMPARE(a->stated_rows, b->stated_rows);
	return 0;
}

static int
compare_args(FunctionCallInfo fcinfo)
{
	const MarketShares *arg0 = market_shares_get(PG_GETARG_DATUM(0));
	const MarketShares *arg1 = market_shares_get(PG_GETARG_DATUM(1));
	const MarketShares *a = finished(arg0);
	const MarketShares *b = finished(arg1);
	int			r = compare_values(a, b);

	/* an index support function may not leak memory */
	if (a != arg0)
		pfree((void *) a);
	if (b != arg1)
		pfree((void *) b);
	PG_FREE_IF_COPY((void *) arg0, 0);
	PG_FREE_IF_COPY((void *) arg1, 1);
	return r;
}

COMPARISON_FUNCTIONS(market_shares, compare_args)

static inline uint64
hash_totals(uint64 h, const I128 *total, int64 rows, int64 unknown)
{
	h = hash_mix(h ^ total->w[0], HASH_K0);
	h = hash_mix(h ^ total->w[1], HASH_K1);
	h = hash_mix(h ^ (uint64) rows, HASH_K0);
	return hash_mix(h ^ (uint64) unknown, HASH_K1);
}

static uint64
hash_arg(FunctionCallInfo fcinfo, uint64 seed)
{
	const MarketShares *arg = market_shares_get(PG_GETARG_DATUM(0));
	const MarketShares *ms = finished(arg);
	uint64		h = hash_mix(seed ^ HASH_K0, HASH_K1) + ms->unit;

	FOREACH_MARKET_RECORD(r, ms)
	{
		h = hash_bytes_le(r->name, r->len, h);
		h = hash_totals(h, &r->total, r->rows, r->unknown);
		if (ms->unit == MARKET_PERCENT)
			h = hash_totals(h, market_printed(ms, r), 0, 0);
	}
	h = hash_totals(h, &ms->others, ms->others_rows, ms->others_unknown);
	h = hash_totals(h, &ms->stated, ms->stated_rows, 0);
	if (ms->unit == MARKET_PERCENT)
		h = hash_totals(h, market_printed(ms, NULL), 0, 0);

	/* an index support function may not leak memory */
	if (ms != arg)
		pfree((void *) ms);
	PG_FREE_IF_COPY((void *) arg, 0);
	return h;
}

/*
 * market_shares_hash(market_shares) and market_shares_hash_extended(
 * market_shares, seed): hash support functions.
 */
Datum
market_shares_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT32((uint32) hash_arg(fcinfo, 0));
}

Datum
market_shares_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(hash_arg(fcinfo, PG_GETARG_INT64(1)));
}
