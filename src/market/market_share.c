/*-------------------------------------------------------------------------
 *
 * market_share.c
 *		The window function market_share(amount) OVER (PARTITION BY ...):
 *		each row's share of its partition.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "wide.h"
#include "windowapi.h"

#include "market_shares.h"

PG_FUNCTION_INFO_V1(market_share_capacity);
PG_FUNCTION_INFO_V1(market_share_numeric);
PG_FUNCTION_INFO_V1(market_share_float8);
PG_FUNCTION_INFO_V1(market_share_bigint);

/* Zeroed by the executor at the start of each partition. */
typedef struct PartitionTotal
{
	bool		known;
	I192		total;
} PartitionTotal;

/*
 * The total of the partition is formed at its first row, in one pass; so the
 * whole is linear.  Like row_number() it looks at the partition, whatever
 * ORDER BY or frame the window has.
 */
static pg_attribute_always_inline Datum
row_share(FunctionCallInfo fcinfo, AmountKind kind)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	PartitionTotal *partition;
	Datum		d;
	Wide		num;
	Wide		total;
	bool		isnull;

	partition = WinGetPartitionLocalMemory(winobj, sizeof(PartitionTotal));
	if (!partition->known)
	{
		bool		isout = false;
		MemoryContext row_context;
		MemoryContext old;

		/*
		 * The whole partition is read during the call for one row.  What
		 * evaluating the argument allocates must not add up meanwhile.
		 */
		row_context = AllocSetContextCreate(CurrentMemoryContext,
											"market_share row",
											ALLOCSET_SMALL_SIZES);
		old = MemoryContextSwitchTo(row_context);
		for (int i = 0;; i++)
		{
			CHECK_FOR_INTERRUPTS();
			MemoryContextReset(row_context);
			d = WinGetFuncArgInPartition(winobj, 0, i, WINDOW_SEEK_HEAD, false,
										 &isnull, &isout);
			if (isout)
				break;
			if (!isnull)
				i192_add(&partition->total, market_amount(d, kind, NULL));
			if (i == PG_INT32_MAX)	/* as far as a position reaches */
				ereport(ERROR,
						(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						 errmsg("a partition of more than %d rows is too large for market_share",
								PG_INT32_MAX),
						 errhint("Partition more finely, or divide by sum(amount) OVER (...).")));
		}
		MemoryContextSwitchTo(old);
		MemoryContextDelete(row_context);
		partition->known = true;
	}

	d = WinGetFuncArgCurrent(winobj, 0, &isnull);
	total = wide_from_words(partition->total.w, 3);
	if (isnull || wide_sign(&total) == 0)
		PG_RETURN_NULL();
	num = wide_from_int128(market_amount(d, kind, NULL));
	PG_RETURN_FLOAT8(wide_ratio(&num, &total));
}

/*
 * market_share(amount) OVER (...): a fraction from 0 to 1 of the sum of all
 * amounts of the partition, exact up to the one rounding of the quotient.
 * NULL for a NULL amount (which is not in the total) and when the total is
 * zero.  Errors: a negative or non-finite amount (22023), one beyond 2^127
 * units of 10^-18 (22003).
 */
Datum
market_share_capacity(PG_FUNCTION_ARGS)
{
	return row_share(fcinfo, AMOUNT_CAPACITY);
}

Datum
market_share_numeric(PG_FUNCTION_ARGS)
{
	return row_share(fcinfo, AMOUNT_NUMERIC);
}

Datum
market_share_float8(PG_FUNCTION_ARGS)
{
	return row_share(fcinfo, AMOUNT_FLOAT8);
}

Datum
market_share_bigint(PG_FUNCTION_ARGS)
{
	return row_share(fcinfo, AMOUNT_BIGINT);
}
