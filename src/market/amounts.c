/*-------------------------------------------------------------------------
 *
 * amounts.c
 *		Amounts as they come in (capacity_gwh, numeric, double precision,
 *		bigint), as exact integers.  Printed percentages are percent.c's.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "decimal.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "market_shares.h"

/*
 * The error that an amount makes, which quotes it and, where there is one
 * (not NULL), the member: not finite (22023) or out of range (22003) as the
 * DecimalStatus says, else negative (22023).
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
						MARKET_QUOTED(VARDATA_ANY(member), VARSIZE_ANY_EXHDR(member)), what),
				 errhint("%s", hint)));
	else
		ereport(ERROR,
				(errcode(sqlstate),
				 errmsg("amount %s is %s", amount, what),
				 errhint("%s", hint)));
}

/*
 * market_amount (market_shares.h) of what needs a conversion: in units of
 * 10^-18, finer ones rounded half away from zero.
 */
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
