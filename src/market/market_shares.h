/*-------------------------------------------------------------------------
 *
 * market_shares.h
 *		Who holds how much of a market: the stored value and the view that
 *		the measures read.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_MARKET_SHARES_H
#define BATTERY_MARKET_SHARES_H

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "state/flat_state.h"
#include "utils/numeric.h"
#include "wide.h"

/*
 * Versions of the stored value and of its text and binary forms.  Amounts are
 * version 1.  Printed percentages, which also keep how finely they were
 * printed, are version 2, so that a build which knows amounts only refuses
 * them and does not misread them.
 */
#define MARKET_AMOUNTS_VERSION	1
#define MARKET_PERCENT_VERSION	2

/*
 * A value this large (millions of members) is refused (54000), long before
 * the 1 GB at which the server would refuse it in the middle of something;
 * and a slot has 24 bits to say which 8 bytes a record starts at.
 */
#define MARKET_SHARES_MAX_BYTES	(128 * 1024 * 1024)

/*
 * What the amounts count.  The codes are stored: never renumber them.  A
 * value without any row has no unit, so that it merges with every other.
 */
typedef enum MarketUnit
{
	MARKET_NO_UNIT = 0,
	MARKET_GWH = 1,				/* 10^-12 GWh, the unit of capacity_gwh */
	MARKET_USD = 2,				/* 10^-18 US$ */
	MARKET_PLAIN = 3,			/* 10^-18 of whatever was counted */
	MARKET_PERCENT = 4			/* 10^-18 percent of a whole of 100 */
} MarketUnit;

/* The whole that printed percentages are parts of, unless one was stated. */
#define MARKET_HUNDRED_PERCENT	((int128) 100 * INT64CONST(1000000000000000000))

/*
 * The stored value.  A flat varlena with a full header; nothing in it needs
 * more than 8-byte alignment.
 *
 * There are two layouts.  A finished value has its records one behind the
 * other, sorted bytewise by name, no dead ones and no slots, and every byte
 * of padding is zero: equal content is equal bytes.  A value that is being
 * aggregated (slot_bits > 0) has 2^slot_bits slots of an open-addressing hash
 * table in front of its records, records in any order, some of them dead
 * (all their rows were taken back by a moving window) and room to grow behind
 * them.  Every function that takes a value takes both.
 *
 * A value in percent has two words more behind its header (for the rows
 * without a member) and behind each record: an I128, the sum over the rows of
 * the unit of the last digit that was printed.  37.1 adds 0.1; half of it is
 * how far the true value may lie from the printed one.
 */
typedef struct MarketShares
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;
	uint8		unit;			/* MarketUnit */
	uint8		slot_bits;		/* 0: finished */
	uint8		extra_words;	/* 2 in a value in percent, else 0 */
	uint32		records;		/* records in use, dead ones included */
	uint32		live;			/* records that have rows: the members */
	uint32		used;			/* bytes of the records in use */
	uint32		reserved2;		/* zero */
	I128		others;			/* total of the rows without a member */
	int64		others_rows;	/* how many of them have an amount */
	int64		others_unknown; /* how many of them have none */
	I128		stated;			/* the stated total of the market */
	int64		stated_rows;	/* rows that state it; 0: nothing stated */
	uint64		data[FLEXIBLE_ARRAY_MEMBER];	/* extra words, slots, records */
} MarketShares;

/*
 * A slot has the top 8 bits of the hash of a name, and in the other 24 where
 * the record is: its offset in units of 8 bytes, plus one.  0 is an empty
 * slot.  The table is small on purpose: what a row costs is mostly cache
 * misses, one for the slot and one for the record.
 */
typedef uint32 MarketSlot;

#define MARKET_SLOT_BITS_OF_OFFSET	24

/* One member.  Its size is rounded up to a multiple of 8. */
typedef struct MarketRecord
{
	I128		total;
	int64		rows;			/* rows with an amount */
	int64		unknown;		/* rows whose amount is NULL: withheld */
	uint32		len;
	char		name[FLEXIBLE_ARRAY_MEMBER];	/* not null-terminated */
} MarketRecord;

#define MARKET_HEADER_BYTES	offsetof(MarketShares, data)

#define MARKET_RECORD_SIZE(len) \
	TYPEALIGN(8, offsetof(MarketRecord, name) + (Size) (len))

static inline uint8
market_version(MarketUnit unit)
{
	return unit == MARKET_PERCENT ? MARKET_PERCENT_VERSION : MARKET_AMOUNTS_VERSION;
}

static inline uint8
market_extra_words(MarketUnit unit)
{
	return unit == MARKET_PERCENT ? sizeof(I128) / sizeof(uint64) : 0;
}

static inline MarketSlot *
market_slots(const MarketShares *ms)
{
	return (MarketSlot *) (ms->data + ms->extra_words);
}

static inline char *
market_records(const MarketShares *ms)
{
	return (char *) (ms->data + ms->extra_words) +
		(ms->slot_bits > 0 ? sizeof(MarketSlot) << ms->slot_bits : 0);
}

/* The bytes of a record of this value. */
static inline Size
market_record_bytes(const MarketShares *ms, uint32 len)
{
	return MARKET_RECORD_SIZE(len) + ms->extra_words * sizeof(uint64);
}

/* What was printed of a record, and (r NULL) of the rows without a member. */
static inline I128 *
market_printed(const MarketShares *ms, const MarketRecord *r)
{
	Assert(ms->unit == MARKET_PERCENT);
	return r ? (I128 *) ((char *) r + MARKET_RECORD_SIZE(r->len)) : (I128 *) ms->data;
}

/* What was printed of a record (r NULL: of the others); 0 for amounts. */
static inline int128
market_printed_of(const MarketShares *ms, const MarketRecord *r)
{
	return ms->unit == MARKET_PERCENT ? i128_get(market_printed(ms, r)) : 0;
}

/* Walk over the records, dead ones included. */
#define FOREACH_MARKET_RECORD(r, ms) \
	for (MarketRecord *(r) = (MarketRecord *) market_records(ms), \
		 *market_end_ = (MarketRecord *) (market_records(ms) + (ms)->used); \
		 (r) < market_end_; \
		 (r) = (MarketRecord *) ((char *) (r) + market_record_bytes(ms, (r)->len)))

static inline bool
market_is_empty(const MarketShares *ms)
{
	return ms->live == 0 && ms->others_rows == 0 && ms->others_unknown == 0;
}

/* How much of an offending text an error message repeats; len and text of "%.*s". */
#define MARKET_QUOTED_BYTES	80
#define MARKET_QUOTED(s, len)	pg_mbcliplen(s, len, MARKET_QUOTED_BYTES), s

/* ---- the view that the measures read ---- */

typedef struct MarketMember
{
	int128		amount;			/* never negative */
	int128		printed;		/* percent: sum of the last digits' units */
	int64		rows;
	int64		unknown;
	const char *name;			/* points into the value */
	uint32		len;
} MarketMember;

/*
 * A market, decoded.  "Listed" members have at least one known amount.  The
 * total is the stated one if there is one, else 100 if the amounts are printed
 * percentages, else the sum of all rows; it is what shares are shares of.  The
 * remainder is the part of the total that no listed member holds.
 */
typedef struct Market
{
	MarketUnit	unit;
	int			scale;			/* an amount counts units of 10^-scale */
	int			count;			/* members of any kind */
	int			listed;			/* members with a known amount */
	MarketMember *member;		/* see market_decode, market_rank */
	Wide		total;
	Wide		listed_total;	/* what the listed members hold */
	Wide		sum;			/* what all rows add up to */
	Wide		printed;		/* percent: sum of the last digits' units */
	int128		remainder;
	bool		stated;			/* the total was stated */
	bool		exceeded;		/* the rows add up to more than the total, by
								 * more than their rounding */
	bool		withheld;		/* some row's amount is NULL */
} Market;

/*
 * Whether the total is known to be the market's.  A withheld amount is in no
 * sum, so only a stated total, or the whole of percentages, covers it.
 */
#define MARKET_TOTAL_IS_KNOWN(m) \
	((m)->stated || (m)->unit == MARKET_PERCENT || !(m)->withheld)

/*
 * Is part of the market nobody's, or withheld?  Percentages of listed members
 * may reach the whole by their rounding, and leave no remainder, though there
 * are others.
 */
static inline bool
market_is_hidden(const Market *m)
{
	return m->remainder > 0 || m->withheld ||
		wide_compare(&m->sum, &m->listed_total) > 0;
}

/* ---- the value and its view: market_shares.c ---- */

extern const FlatStateType market_type;
extern const char *const market_unit_labels[];

extern const MarketShares *market_shares_get(Datum d);
extern int	market_scale(MarketUnit unit);
extern int	market_compare_names(const char *a, uint32 alen,
								 const char *b, uint32 blen);
extern void market_check_size(Size bytes);
extern void market_remark(StringInfo note, const char *fmt,...) pg_attribute_printf(2, 3);
extern bool market_sort_members(MarketMember *member, int count);
extern MarketShares *market_build(const MarketShares *head, int128 others_printed,
								  const MarketMember *member, int count);
extern const MarketShares *market_finished(const MarketShares *ms);
extern MarketUnit market_common_unit(const MarketShares *a,
									 const MarketShares *b);
extern void market_decode(const MarketShares *ms, Market *m);
extern void market_rank(Market *m);
extern void market_get_ranked(FunctionCallInfo fcinfo, Market *m);

/* ---- other groups: market_aggregate.c ---- */

/*
 * Which group a member goes to: true when there is one, with its name in
 * *group and *len (or NULL in *group: to nobody); false to leave the member as
 * it is.  The name must live as long as the call.
 */
typedef bool (*MarketGroupOf) (void *arg, const char *member, uint32 member_len,
							   const char **group, uint32 *len);

extern const MarketShares *market_regroup(const MarketShares *ms,
										  MarketGroupOf group_of, void *arg);

/* ---- what several of the measures are made of: market_measures.c ---- */

/* An index of concentration runs to this many points. */
#define HHI_POINTS	10000

static inline bool
market_total_is_zero(const Market *m)
{
	return wide_sign(&m->total) == 0;
}

static inline Wide
wide_times(const Wide *w, int64 factor)
{
	Wide		f = wide_from_int128(factor);

	return wide_mul(w, &f);
}

static inline Wide
wide_from_uint128(uint128 v)
{
	uint64		w[3] = {(uint64) v, (uint64) (v >> 64), 0};

	return wide_from_words(w, 3);
}

extern int	market_get_n(FunctionCallInfo fcinfo);
extern bool market_remainder_is_anyones(FunctionCallInfo fcinfo, int argno);
extern Wide market_sum_of_squares(const Market *m);
extern double market_points(const Market *m, const Wide *squares);
extern int128 market_smallest(const Market *m);
extern int128 market_largest_withheld(const Market *m);
extern const MarketMember *market_leader(const Market *m);
extern int	market_count_above_zero(const Market *m);
extern bool market_cr(const Market *m, int n, double *result);
extern bool market_cr_low(const Market *m, int n, double *result);
extern bool market_cr_high(const Market *m, int n, bool anyone, double *result);
extern bool market_squares_high(const Market *m, bool anyone, Wide *squares);

/* ---- what rounding leaves open: rounding.c ---- */

extern bool market_hhi_rounding(const Market *m, bool anyone, double *low, double *high);

/* ---- amounts as they come in: amounts.c, percent.c ---- */

typedef enum AmountKind
{
	AMOUNT_CAPACITY,			/* capacity_gwh: int64, counts 10^-12 GWh */
	AMOUNT_NUMERIC,
	AMOUNT_FLOAT8,				/* read as its shortest decimal */
	AMOUNT_BIGINT
} AmountKind;

extern int128 market_amount_convert(Datum d, AmountKind kind,
									const text *member);
extern void market_amount_error(Datum d, AmountKind kind, int status,
								const text *member) pg_attribute_noreturn();
extern int128 market_percent(Datum d, AmountKind kind, const text *member,
							 int128 *printed);
extern bool market_percentages_are_possible(int128 amount, int128 printed,
											int64 rows);
extern void market_check_percent(const MarketShares *ms);

/*
 * One amount in units of 10^-scale.  Negative, NaN, infinite and too large
 * ones are errors that quote it and, where there is one, the member.
 */
static pg_attribute_always_inline int128
market_amount(Datum d, AmountKind kind, const text *member)
{
	if (kind == AMOUNT_CAPACITY)
	{
		int64		v = DatumGetInt64(d);

		if (unlikely(v < 0))
			market_amount_error(d, kind, 0, member);
		return v;
	}
	return market_amount_convert(d, kind, member);
}

#endif							/* BATTERY_MARKET_SHARES_H */
