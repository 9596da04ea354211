/*-------------------------------------------------------------------------
 *
 * market_order.c
 *		The order and the hash of market_shares.
 *
 * By unit, then member by member (name bytewise, total, rows, withheld rows,
 * digits printed), fewer members first, then the others and the stated total.
 * It means nothing to the market; it is there for DISTINCT, UNION, joins and
 * indexes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "comparisons.h"
#include "compat.h"
#include "fmgr.h"
#include "wide.h"

#include "market_hash.h"
#include "market_shares.h"

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
		COMPARE(market_printed_of(a, x), market_printed_of(b, y));
		p += market_record_bytes(a, x->len);
		q += market_record_bytes(b, y->len);
	}
	COMPARE(a->records, b->records);
	COMPARE(i128_get(&a->others), i128_get(&b->others));
	COMPARE(a->others_rows, b->others_rows);
	COMPARE(a->others_unknown, b->others_unknown);
	COMPARE(market_printed_of(a, NULL), market_printed_of(b, NULL));
	COMPARE(i128_get(&a->stated), i128_get(&b->stated));
	COMPARE(a->stated_rows, b->stated_rows);
	return 0;
}

static int
compare_args(FunctionCallInfo fcinfo)
{
	const MarketShares *arg0 = market_shares_get(PG_GETARG_DATUM(0));
	const MarketShares *arg1 = market_shares_get(PG_GETARG_DATUM(1));
	const MarketShares *a = market_finished(arg0);
	const MarketShares *b = market_finished(arg1);
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
	const MarketShares *ms = market_finished(arg);
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

HASH_FUNCTIONS(market_shares, hash_arg)
