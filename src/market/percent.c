/*-------------------------------------------------------------------------
 *
 * percent.c
 *		Shares as reports print them: percentages of a whole of 100, each
 *		rounded to its last digit.
 *
 * A printed percentage stands for an interval of half a unit of its last
 * digit to both sides: 37.1 is 37.05 to 37.15.  Sums of printed percentages
 * carry that of their parts, so ten makers printed to one decimal may add up
 * to 100.5 without anything being wrong.
 *
 * Where the digits come from: a numeric knows how many decimals it was
 * written with (37.0 has one, 37 none); a double precision is read as its
 * shortest decimal, so 37.0 has none there.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/shortest_dec.h"
#include "compat.h"
#include "decimal.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "wide.h"

#include "market_shares.h"

/*
 * The unit of the last digit of a decimal, in units of 10^-18; finer ones
 * count as that.
 */
static int128
last_digit_unit(const char *s)
{
	int			places = 0;
	int128		unit = 1;

	for (; *s && *s != '.' && *s != 'e'; s++)
		;
	if (*s == '.')
		for (s++; *s >= '0' && *s <= '9'; s++)
			places++;
	if (*s == 'e')
		places -= atoi(s + 1);
	for (int i = Max(places, 0); i < 18; i++)
		unit *= 10;
	return unit;
}

static void
percent_error(const char *percentage, const text *member, const char *what,
			  const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 member ? errmsg("percentage %s of member \"%.*s\" is %s", percentage,
							 MARKET_QUOTED(VARDATA_ANY(member), VARSIZE_ANY_EXHDR(member)), what) :
			 errmsg("percentage %s is %s", percentage, what),
			 errhint("%s", hint)));
}

/*
 * One printed percentage, from 0 to 100, in units of 10^-18 percent, and the
 * unit of its last digit in the same.  Negative, NaN, infinite ones and those
 * above 100 are errors (22023) that quote the percentage and the member: no
 * part is larger than the whole, whatever total is stated.
 */
int128
market_percent(Datum d, AmountKind kind, const text *member, int128 *printed)
{
	char		shortest[DOUBLE_SHORTEST_DECIMAL_LEN];
	char	   *s = shortest;
	DecimalStatus status;
	int128		v = 0;

	if (kind == AMOUNT_FLOAT8)
	{
		status = float8_to_int128(DatumGetFloat8(d), 18, &v);
		double_to_shortest_decimal_buf(DatumGetFloat8(d), shortest);
	}
	else
	{
		Numeric		n = DatumGetNumeric(d);

		s = DatumGetCString(DirectFunctionCall1(numeric_out, d));
		if (numeric_is_nan(n) || numeric_is_inf(n))
			status = DECIMAL_NOT_FINITE;
		else
			status = decimal_to_int128(s, strlen(s), 18, &v);
	}

	if (status == DECIMAL_NOT_FINITE)
		percent_error(s, member, "not a finite number",
					  "Write NULL for a percentage that is not known.");
	if (v < 0 || (status == DECIMAL_RANGE && *s == '-'))
		percent_error(s, member, "negative",
					  "Write a percentage from 0 to 100, or leave the row out with FILTER (WHERE percent >= 0).");
	if (status != DECIMAL_OK || v > MARKET_HUNDRED_PERCENT)
		percent_error(s, member, "above 100",
					  "Write a percentage from 0 to 100, such as 36.8; amounts go to the aggregate market_shares().");
	*printed = last_digit_unit(s);
	if (s != shortest)
		pfree(s);
	return v;
}

/*
 * Can so many rows of percentages add up to this, and be printed so finely?
 * One is at most 100, and its last digit's unit from 10^-18 to 1.
 */
bool
market_percentages_are_possible(int128 amount, int128 printed, int64 rows)
{
	return amount / MARKET_HUNDRED_PERCENT <= rows &&
		(amount / MARKET_HUNDRED_PERCENT < rows || amount % MARKET_HUNDRED_PERCENT == 0) &&
		printed >= rows && printed <= rows * (MARKET_HUNDRED_PERCENT / 100);
}

/* A Wide that counts 10^-18, for a message. */
static char *
wide_for_message(const Wide *w)
{
	int128		v;

	if (wide_to_int128(w, &v))
		return int128_to_decimal(v, 18);
	return psprintf("more than %s", int128_to_decimal((int128) (~(uint128) 0 >> 1), 18));
}

/*
 * Refuse percentages that add up to more than 100 by more than half a unit of
 * the last digit of each (22023), unless a total was stated: then the value
 * says total_exceeded().  Called for a finished aggregate and not for each
 * row, so that it does not matter in which order rows and partial results
 * come.
 */
void
market_check_percent(const MarketShares *ms)
{
	Market		m;

	if (ms->stated_rows > 0)
		return;
	market_decode(ms, &m);
	if (m.exceeded)
	{
		Wide		two = wide_from_int128(2);
		Wide		half = wide_divide_rounded(&m.printed, &two);

		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("percentages add up to %s, which is more than 100 beyond their rounding",
						wide_for_message(&m.sum)),
				 errdetail("Half a unit of the last printed digit of each is %s in all.",
						   wide_for_message(&half)),
				 errhint("Group by what is one whole (such as period and edition); or state the total as the third argument, to keep the rows and have total_exceeded() tell.")));
	}
	pfree(m.member);
}
