/*-------------------------------------------------------------------------
 *
 * market_text.c
 *		The text form of market_shares.
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
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "common/int.h"
#include "decimal.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "wide.h"

#include "market_shares.h"

PG_FUNCTION_INFO_V1(market_shares_in);
PG_FUNCTION_INFO_V1(market_shares_out);

/* The names of the units in the text form, by code. */
static const char *const unit_names[] = {NULL, "gwh", "usd", "plain", "percent"};

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
		append_amount(buf, market_printed_of(ms, r), rows, scale);
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
	const MarketShares *ms = market_finished(market_shares_get(PG_GETARG_DATUM(0)));
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
	flat_state_bad_text(ps->escontext, &market_type, ps->start,
						psprintf("Expected %s at byte %d.", expected, (int) (ps->p - ps->start) + 1));
	return false;
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
		if (!market_percentages_are_possible(*amount, *printed, *rows))
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
	if (version < market_type.oldest || version > market_type.newest)
		return flat_state_unknown_version(fcinfo->context, &market_type,
										  psprintf(INT64_FORMAT, version));

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
	if (!market_sort_members(member, count))
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
	PG_RETURN_POINTER(market_build(&head, others_printed, member, count));
}
