/*-------------------------------------------------------------------------
 *
 * market_binary.c
 *		The binary form of market_shares.
 *
 * Version (1 byte), unit (1), number of members (4), for each its length (4)
 * and name, total (16, two's complement, big endian), rows (8), withheld rows
 * (8); the others' total, rows and withheld rows; the stated total and its
 * rows.  In percent (version 2) the sum of the units of
 * the last digits (16) follows the withheld rows of each member and the
 * others.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "wide.h"

#include "market_shares.h"

PG_FUNCTION_INFO_V1(market_shares_recv);
PG_FUNCTION_INFO_V1(market_shares_send);

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
	const MarketShares *ms = market_finished(market_shares_get(PG_GETARG_DATUM(0)));
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
			send_int128(&buf, market_printed_of(ms, r));
	}
	send_int128(&buf, i128_get(&ms->others));
	pq_sendint64(&buf, ms->others_rows);
	pq_sendint64(&buf, ms->others_unknown);
	if (ms->unit == MARKET_PERCENT)
		send_int128(&buf, market_printed_of(ms, NULL));
	send_int128(&buf, i128_get(&ms->stated));
	pq_sendint64(&buf, ms->stated_rows);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
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
		flat_state_bad_binary(&market_type, "An amount is negative.");
	if (*rows < 0 || *unknown < 0)
		flat_state_bad_binary(&market_type, "A number of rows is negative.");
	if (*total != 0 && *rows == 0)
		flat_state_bad_binary(&market_type, "An amount has no rows.");
	*printed = 0;
	if (unit == MARKET_PERCENT)
	{
		*printed = receive_int128(buf);
		if (!market_percentages_are_possible(*total, *printed, *rows))
			flat_state_bad_binary(&market_type, "The percentages of a member or of the others are impossible.");
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
	version = flat_state_binary_version(buf, &market_type);
	head.unit = pq_getmsgbyte(buf);
	if (head.unit > MARKET_PERCENT || version != market_version(head.unit))
		flat_state_bad_binary(&market_type, "The unit is not known, or of another version.");
	count = pq_getmsgint(buf, 4);

	/* a member takes at least 36 bytes: believe no larger count */
	if (count > (uint32) (buf->len - buf->cursor) / 36)
		flat_state_bad_binary(&market_type, "There are more members than bytes.");
	member = palloc_extended(Max(count, 1) * sizeof(MarketMember), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < count; i++)
	{
		uint32		len = pq_getmsgint(buf, 4);
		int			server_len;

		CHECK_FOR_INTERRUPTS();
		if (len > (uint32) (buf->len - buf->cursor))
			flat_state_bad_binary(&market_type, "A member is longer than the message.");
		member[i].name = pq_getmsgtext(buf, len, &server_len);
		member[i].len = server_len;
		receive_totals(buf, head.unit, &amount, &printed, &member[i].rows, &member[i].unknown);
		member[i].amount = amount;
		member[i].printed = printed;
		if (member[i].rows == 0 && member[i].unknown == 0)
			flat_state_bad_binary(&market_type, "A member has no rows.");
	}
	if (!market_sort_members(member, count))
		flat_state_bad_binary(&market_type, "A member is there twice.");

	receive_totals(buf, head.unit, &amount, &others_printed, &head.others_rows, &head.others_unknown);
	i128_set(&head.others, amount);
	amount = receive_int128(buf);
	head.stated_rows = pq_getmsgint64(buf);
	if (amount < 0 || head.stated_rows < 0 || (amount != 0 && head.stated_rows == 0))
		flat_state_bad_binary(&market_type, "The stated total is impossible.");
	i128_set(&head.stated, amount);
	head.live = count;
	if (market_is_empty(&head) != (head.unit == MARKET_NO_UNIT) ||
		(market_is_empty(&head) && head.stated_rows > 0))
		flat_state_bad_binary(&market_type, "There is a unit and no rows, or rows and no unit.");
	PG_RETURN_POINTER(market_build(&head, others_printed, member, count));
}
