/*-------------------------------------------------------------------------
 *
 * decimal.c
 *		Decimal text, numeric and double precision to and from integers that
 *		count units of 10^-scale.
 *
 * Every road into a fixed-point value goes through decimal_to_int128, so
 * that text, numeric and double precision cannot round differently.  A
 * double is read as its shortest decimal: 0.1 means a tenth, not
 * 0.1000000000000000055511151231257827.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "compat.h"
#include "decimal.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "wide.h"

/*
 * Exponents beyond this cannot matter: with any number of digits that fits
 * in 1 GB of text, the value is out of range or rounds to zero.
 */
#define EXPONENT_LIMIT	2000000000

static const int128 INT128_MAX_VALUE = (int128) (~(uint128) 0 >> 1);

/*
 * Read [+-] digits [. digits] [e [+-] digits], all of s[0 .. len), as a count
 * of 10^-scale units, rounding half away from zero.  At least one digit must
 * stand before the exponent; "5." and ".5" are numbers, as in SQL.
 *
 * The loop runs over every character of s but does a fixed amount of work
 * for each, so an input of any length costs no more than reading it.
 */
DecimalStatus
decimal_to_int128(const char *s, int len, int scale, int128 *result)
{
	const char *p = s;
	const char *end = s + len;
	const char *digits;
	const char *digits_end;
	const char *point = NULL;
	bool		neg = false;
	bool		any = false;
	int64		exponent = 0;
	int64		position;
	int			round_digit = 0;
	uint128		v = 0;

	if (p < end && (*p == '+' || *p == '-'))
		neg = (*p++ == '-');

	digits = p;
	for (; p < end; p++)
	{
		if (*p >= '0' && *p <= '9')
			any = true;
		else if (*p == '.' && point == NULL)
			point = p;
		else
			break;
	}
	digits_end = p;
	if (!any)
		return DECIMAL_SYNTAX;

	if (p < end && (*p == 'e' || *p == 'E'))
	{
		bool		exp_neg = false;
		const char *first;

		p++;
		if (p < end && (*p == '+' || *p == '-'))
			exp_neg = (*p++ == '-');
		first = p;
		for (; p < end && *p >= '0' && *p <= '9'; p++)
			if (exponent < EXPONENT_LIMIT)
				exponent = exponent * 10 + (*p - '0');
		if (p == first)
			return DECIMAL_SYNTAX;
		if (exp_neg)
			exponent = -exponent;
	}
	if (p != end)
		return DECIMAL_SYNTAX;

	/*
	 * position counts the digits that stand at or above the unit: it is the
	 * number of digits before the point, moved by exponent and scale.
	 */
	position = ((point ? point : digits_end) - digits) + exponent + scale;

	for (p = digits; p < digits_end; p++)
	{
		int			d;

		if (p == point)
			continue;
		d = *p - '0';
		if (position > 0)
		{
			if (v > ((uint128) INT128_MAX_VALUE - d) / 10)
				return DECIMAL_RANGE;
			v = v * 10 + d;
		}
		else if (position == 0)
			round_digit = d;
		position--;
	}
	if (v != 0)
	{
		for (; position > 0; position--)
		{
			if (v > (uint128) INT128_MAX_VALUE / 10)
				return DECIMAL_RANGE;
			v *= 10;
		}
	}
	if (round_digit >= 5)
	{
		if (v == (uint128) INT128_MAX_VALUE)
			return DECIMAL_RANGE;
		v++;
	}
	*result = neg ? -(int128) v : (int128) v;
	return DECIMAL_OK;
}

DecimalStatus
numeric_to_int128(Numeric n, int scale, int128 *result)
{
	char	   *s;
	DecimalStatus status;

	if (numeric_is_nan(n) || numeric_is_inf(n))
		return DECIMAL_NOT_FINITE;
	s = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(n)));
	status = decimal_to_int128(s, strlen(s), scale, result);
	pfree(s);
	return status;
}

/*
 * A double as its shortest decimal.  Whole numbers up to 2^53, the usual
 * case, are their own shortest decimal and need no text.
 */
DecimalStatus
float8_to_int128(double d, int scale, int128 *result)
{
	char		buf[DOUBLE_SHORTEST_DECIMAL_LEN];

	if (isnan(d) || isinf(d))
		return DECIMAL_NOT_FINITE;
	if (scale <= 18 && fabs(d) <= 9007199254740992.0 && d == rint(d))
	{
		int128		v = (int128) d;

		for (int i = 0; i < scale; i++)
			v *= 10;			/* < 2^53 * 10^18 < 2^113 */
		*result = v;
		return DECIMAL_OK;
	}
	double_to_shortest_decimal_buf(d, buf);
	return decimal_to_int128(buf, strlen(buf), scale, result);
}

/*
 * v * 10^-scale as the shortest exact decimal: no exponent, no trailing
 * zeros, no setting that changes it.
 */
char *
int128_to_decimal(int128 v, int scale)
{
	Wide		w = wide_from_int128(v);
	char		digits[WIDE_DECIMAL_CHARS];
	char	   *d = digits;
	char	   *result;
	char	   *p;
	int			n;

	n = wide_to_decimal(&w, digits);
	if (*d == '-')
	{
		d++;
		n--;
	}
	p = result = palloc(n + scale + 4);
	if (v < 0)
		*p++ = '-';

	if (n > scale)
	{
		memcpy(p, d, n - scale);
		p += n - scale;
		d += n - scale;
		n = scale;
	}
	else
		*p++ = '0';

	/* what is left are the n lowest digits of scale decimal places */
	while (n > 0 && d[n - 1] == '0')
	{
		n--;
		scale--;
	}
	if (n > 0)
	{
		*p++ = '.';
		memset(p, '0', scale - n);
		p += scale - n;
		memcpy(p, d, n);
		p += n;
	}
	*p = '\0';
	return result;
}

/*
 * v * 10^-scale without trailing zeros.  The server's fast division by a power
 * of ten is kept to what all of its minor versions get right: before 15.2 it
 * was wrong for powers that are a multiple of 4, and where its product with up
 * to 1000 passed 64 bits.
 */
Numeric
int128_to_numeric(int128 v, int scale)
{
	char	   *s;
	Datum		n;

	/* most amounts: no need to write them out and read them back */
	if (v >= PG_INT64_MIN / 10000 && v <= PG_INT64_MAX / 10000 && scale > 0)
	{
		int64		small = (int64) v;

		if (scale % 4 == 0)
		{
			small *= 10;
			scale++;
		}
		return DatumGetNumeric(DirectFunctionCall1(numeric_trim_scale,
												   NumericGetDatum(int64_div_fast_to_numeric(small, scale))));
	}

	s = int128_to_decimal(v, scale);
	n = DirectFunctionCall3(numeric_in, CStringGetDatum(s),
							ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
	pfree(s);
	return DatumGetNumeric(n);
}

/*
 * The same of an integer that may pass 128 bits.
 */
Numeric
wide_to_numeric(const Wide *w, int scale)
{
	char		digits[WIDE_DECIMAL_CHARS + 8];
	int128		v;
	int			n;
	Datum		d;

	if (wide_to_int128(w, &v))
		return int128_to_numeric(v, scale);
	n = wide_to_decimal(w, digits);
	snprintf(digits + n, sizeof(digits) - n, "e-%d", scale);
	d = DirectFunctionCall3(numeric_in, CStringGetDatum(digits),
							ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
	return DatumGetNumeric(DirectFunctionCall1(numeric_trim_scale, d));
}
