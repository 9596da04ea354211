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

#include "wide.h"

#define MARKET_SHARES_VERSION	1

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
	MARKET_PLAIN = 3			/* 10^-18 of whatever was counted */
} MarketUnit;

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
 */
typedef struct MarketShares
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;
	uint8		unit;			/* MarketUnit */
	uint8		slot_bits;		/* 0: finished */
	uint8		reserved;		/* zero */
	uint32		records;		/* records in use, dead ones included */
	uint32		live;			/* records that have rows: the members */
	uint32		used;			/* bytes of the records in use */
	uint32		reserved2;		/* zero */
	I128		others;			/* total of the rows without a member */
	int64		others_rows;	/* how many of them have an amount */
	int64		others_unknown; /* how many of them have none */
	I128		stated;			/* the stated total of the market */
	int64		stated_rows;	/* rows that state it; 0: nothing stated */
	uint64		data[FLEXIBLE_ARRAY_MEMBER];	/* slots, then records */
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

#define MARKET_RECORD_SIZE(len) \
	TYPEALIGN(8, offsetof(MarketRecord, name) + (Size) (len))

static inline char *
market_records(const MarketShares *ms)
{
	return (char *) ms->data +
		(ms->slot_bits > 0 ? sizeof(MarketSlot) << ms->slot_bits : 0);
}

/* Walk over the records, dead ones included. */
#define FOREACH_MARKET_RECORD(r, ms) \
	for (MarketRecord *(r) = (MarketRecord *) market_records(ms), \
		 *market_end_ = (MarketRecord *) (market_records(ms) + (ms)->used); \
		 (r) < market_end_; \
		 (r) = (MarketRecord *) ((char *) (r) + MARKET_RECORD_SIZE((r)->len)))

static inline bool
market_is_empty(const MarketShares *ms)
{
	return ms->live == 0 && ms->others_rows == 0 && ms->others_unknown == 0;
}

/* ---- the view that the measures read ---- */

typedef struct MarketMember
{
	int128		amount;			/* never negative */
	int64		rows;
	int64		unknown;
	const char *name;			/* points into the value */
	uint32		len;
} MarketMember;

/*
 * A market, decoded.  "Listed" members have at least one known amount.  The
 * total is the stated one if there is one, else the sum of all rows; it is
 * what shares are shares of.  The remainder is the part of the total that no
 * listed member holds.
 */
typedef struct Market
{
	MarketUnit	unit;
	int			scale;			/* an amount counts units of 10^-scale */
	int			count;			/* members of any kind */
	int			listed;			/* members with a known amount */
	MarketMember *member;		/* see market_decode, market_rank */
	Wide		total;
	int128		remainder;
	bool		stated;			/* the total was stated */
	bool		exceeded;		/* the rows add up to more than was stated */
	bool		withheld;		/* some row's amount is NULL */
} Market;

/*
 * Whether the total is known to be the market's.  A withheld amount is in no
 * sum, so only a stated total covers it.
 */
#define MARKET_TOTAL_IS_KNOWN(m)	((m)->stated || !(m)->withheld)

extern const MarketShares *market_shares_get(Datum d);
extern int	market_scale(MarketUnit unit);
extern int	market_compare_names(const char *a, uint32 alen,
								 const char *b, uint32 blen);
extern void market_decode(const MarketShares *ms, Market *m);
extern void market_rank(Market *m);

/* ---- amounts as they come in ---- */

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
