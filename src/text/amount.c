/*-------------------------------------------------------------------------
 *
 * amount.c
 *		Scanners of the parts of a printed figure: numbers, scale words,
 *		currencies, units.
 *
 *		amount	[sign] number, with a currency and a scale word in any order
 *				that people write them
 *		energy	Wh, kWh, MWh, GWh, TWh, PWh and their spellings
 *		power	W, kW, MW, GW, TW, PW and their spellings
 *
 * They work on folded text.  Every scanner that returns a boolean moves *pp
 * behind what it recognised and returns true, or leaves *pp alone and returns
 * false.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "decimal.h"
#include "fmgr.h"
#include "text/figure.h"
#include "utils/builtins.h"

const FigureStyle plain_style = {.dollar = "USD"};
const FigureStyle money_style = {
	.money = true,
	.dollar = "USD"
};

/* Powers of ten: from a unit in GWh to the same unit in kWh. */
#define GWH_TO_KWH		6

/* Exponents beyond this cannot matter; see decimal.c. */
#define EXPONENT_LIMIT	100000000

/* Is the word of n letters at p one of these, which are lower case? */
bool
word_in(const char *p, int n, const char *const *words)
{
	for (; *words; words++)
		if (word_is(p, n, *words))
			return true;
	return false;
}

/* the exact letters, whatever their case, with anything behind them */
static bool
scan_letters(const char **pp, const char *letters)
{
	const char *p = *pp;

	for (; *letters; letters++, p++)
		if (to_lower(*p) != *letters)
			return false;
	*pp = p;
	return true;
}

/* ----------------------------------------------------------------------
 * Numbers
 * ----------------------------------------------------------------------
 */

/*
 * Does this character separate groups of digits, three to a group?  A digit
 * stands before it.
 */
static inline bool
separates_groups(const char *p, const FigureStyle *style)
{
	if (*p == (style->decimal_comma ? '.' : ',') || *p == MARK_GROUP ||
		(*p == '\'' && style->apostrophes))
		return is_digit(p[1]);
	return *p == ' ' && style->blanks && is_digit(p[1]) && is_digit(p[2]) &&
		is_digit(p[3]) && !is_digit(p[4]);
}

/*
 * An unsigned decimal with well-formed groups of thousands, all separated in
 * one way.  A group before the first separator that starts with a zero is no
 * thousand: 0,500 is somebody's half.
 */
bool
scan_number(const char **pp, const FigureStyle *style, Number *number)
{
	const char *p = *pp;
	const char *start = p;
	char		point = style->decimal_comma ? ',' : '.';
	char		comma = style->decimal_comma ? '.' : ',';
	char		separator = '\0';
	int			group = 0;		/* digits since the start or the last comma */
	int			first = 0;		/* digits of the first group */
	bool		three = true;	/* all groups between have three digits */
	bool		two = true;		/* or two, as in India */
	int			digits = 0;		/* from the first that is not 0 */
	bool		any = false;
	int			zeros = 0;		/* trailing ones */
	bool		has_point = false;
	int64		v = 0;
	int			decimals = 0;
	int64		exponent = 0;

	for (;; p++)
	{
		if (is_digit(*p))
		{
			if (digits > 0 || *p != '0')
				digits++;
			if (digits <= 18)
				v = v * 10 + (*p - '0');
			zeros = (*p == '0') ? zeros + 1 : 0;
			group++;
			any = true;
		}
		else if (any && separates_groups(p, style))
		{
			if (separator == '\0')
			{
				first = group;
				separator = *p;
				if (group > 3 || *start == '0')
					return false;
			}
			else if (*p != separator)
				return false;
			else
			{
				three = three && group == 3;
				two = two && group == 2;
			}
			group = 0;
		}
		else
			break;
	}
	if (separator != '\0' &&
		(group != 3 || !(three || (two && style->indian && separator == comma && first <= 2))))
		return false;
	if (*p == comma && (!style->decimal_comma || any))
		return false;
	if (*p == point)
	{
		has_point = true;
		for (p++; is_digit(*p); p++)
		{
			if (digits > 0 || *p != '0')
				digits++;
			if (digits <= 18)
				v = v * 10 + (*p - '0');
			decimals++;
			any = true;
		}
		if (*p == comma && (comma == ',' || is_digit(p[1])))
			return false;
	}
	if (!any)
		return false;
	number->wide = NULL;
	if (digits > 18)
	{
		char	   *wide = palloc(p - start + 1);
		char	   *out = wide;

		for (const char *q = start; q < p; q++)
			if (is_digit(*q))
				*out++ = *q;
			else if (*q == point)
				*out++ = '.';
		*out = '\0';
		number->wide = wide;
	}
	if ((*p == 'e' || *p == 'E') &&
		(is_digit(p[1]) || ((p[1] == '+' || p[1] == '-') && is_digit(p[2]))))
	{
		bool		below = (p[1] == '-');

		for (p += is_digit(p[1]) ? 1 : 2; is_digit(*p); p++)
			if (exponent < EXPONENT_LIMIT)
				exponent = exponent * 10 + (*p - '0');
		if (below)
			exponent = -exponent;
	}
	if (*p == point && is_digit(p[1]))
		return false;			/* 1.500.000 */
	number->negative = false;
	number->mantissa = v;
	number->exponent = (int) exponent - decimals;
	number->last = (has_point || v == 0) ? number->exponent : (int) exponent + zeros;
	*pp = p;
	return true;
}

/*
 * The number in units of 10^-scale, rounded half away from zero; false beyond
 * 64 bits.
 */
bool
number_to_int64(const Number *number, int scale, int64 *result)
{
	int128		v = number->mantissa;
	int64		shift = (int64) number->exponent + scale;

	if (number->wide)
	{
		int			decimals = 0;
		const char *point = strchr(number->wide, '.');

		if (point)
			decimals = strlen(point + 1);
		if (decimal_to_int128(number->wide, strlen(number->wide),
							  number->exponent + decimals + scale, &v) != DECIMAL_OK)
			return false;
	}
	else if (v != 0 && shift > 20)
		return false;			/* at least 10^21: beyond any use of it */
	else if (shift < -20)
		v = 0;
	else
	{
		for (; shift > 0; shift--)
			v *= 10;
		if (shift < 0)
		{
			int128		divisor = 1;

			for (; shift < 0; shift++)
				divisor *= 10;
			v = (v + divisor / 2) / divisor;
		}
	}
	if (number->negative)
		v = -v;
	if (v > PG_INT64_MAX || v < PG_INT64_MIN)
		return false;
	*result = (int64) v;
	return true;
}

/* number * 10^shift without trailing zeros; NULL beyond MAX_EXPONENT */
Numeric
number_to_numeric(const Number *number, int shift)
{
	static const int64 powers[] = {
		INT64CONST(1), INT64CONST(10), INT64CONST(100), INT64CONST(1000),
		INT64CONST(10000), INT64CONST(100000), INT64CONST(1000000),
		INT64CONST(10000000), INT64CONST(100000000), INT64CONST(1000000000)
	};
	int64		exponent = (int64) number->exponent + shift;
	int64		v = number->mantissa;
	char	   *s;

	if (number->wide == NULL)
	{
		if (v == 0)
			return int64_to_numeric(0);
		while (exponent < 0 && v % 10 == 0)
		{
			v /= 10;
			exponent++;
		}
		if (exponent < -MAX_EXPONENT || exponent > MAX_EXPONENT)
			return NULL;
		if (number->negative)
			v = -v;
		if (exponent >= 0 && exponent <= 9 && v <= INT64CONST(1000000000) && v >= -INT64CONST(1000000000))
			return int64_to_numeric(v * powers[exponent]);
		if (exponent >= 0 && exponent <= 18)
		{
			int128		w = v;

			for (int i = 0; i < exponent; i++)
				w *= 10;
			if (w <= PG_INT64_MAX && w >= PG_INT64_MIN)
				return int64_to_numeric((int64) w);
		}
		/* see int128_to_numeric() for what the server's division gets right */
		if (exponent < 0 && exponent > -18 && exponent % 4 != 0 &&
			v <= PG_INT64_MAX / 10000 && v >= PG_INT64_MIN / 10000)
			return int64_div_fast_to_numeric(v, (int) -exponent);
		s = psprintf(INT64_FORMAT "e%d", v, (int) exponent);
	}
	else
	{
		const char *point = strchr(number->wide, '.');

		if (point)
			exponent += strlen(point + 1);
		if (exponent < -MAX_EXPONENT || exponent > MAX_EXPONENT)
			return NULL;
		s = psprintf("%s%se%d", number->negative ? "-" : "", number->wide, (int) exponent);
	}
	return DatumGetNumeric(DirectFunctionCall1(numeric_trim_scale,
											   DirectFunctionCall3(numeric_in, CStringGetDatum(s),
																   ObjectIdGetDatum(InvalidOid),
																   Int32GetDatum(-1))));
}

/* ----------------------------------------------------------------------
 * Units
 * ----------------------------------------------------------------------
 */

/*
 * Watts behind any prefix: *exponent is its power of ten; *spelled, whether a
 * word was written.  Any case is read, except mW: the letters say milli and
 * the industry says mega.
 */
static bool
scan_watts(const char **pp, int *exponent, bool *spelled)
{
	static const struct
	{
		const char *word;
		char		letter;
		int			exponent;
	}			prefixes[] = {
		{"kilo", 'k', 3}, {"mega", 'm', 6}, {"giga", 'g', 9},
		{"tera", 't', 12}, {"peta", 'p', 15}
	};
	const char *p = *pp;
	const char *q;

	if (to_lower(*p) == 'w')
	{
		*exponent = 0;
		*spelled = scan_letters(pp, "watt");
		if (!*spelled)
			(*pp)++;
		return true;
	}
	for (int i = 0; i < (int) lengthof(prefixes); i++)
	{
		if (to_lower(*p) != prefixes[i].letter)
			continue;
		*exponent = prefixes[i].exponent;
		if (to_lower(p[1]) == 'w')
		{
			if (p[0] == 'm' && p[1] == 'W')
				return false;
			*spelled = false;
			*pp = p + 2;
			return true;
		}
		q = p;
		if (scan_letters(&q, prefixes[i].word))
		{
			if (*q == '-' || *q == ' ')
				q++;
			*spelled = true;
			if (scan_letters(&q, "watt"))
			{
				*pp = q;
				return true;
			}
		}
		return false;
	}
	return false;
}

/* A unit of energy; *exponent is its power of ten in GWh. */
bool
scan_energy(const char **pp, int *exponent)
{
	const char *p = *pp;
	int			exp10;
	bool		spelled;

	if (!scan_watts(&p, &exp10, &spelled))
		return false;
	if (spelled && to_lower(*p) == 's' && !is_letter(p[1]))
		p++;
	p = skip_joint(p);
	if (to_lower(*p) != 'h')
		return false;
	p++;
	if (!scan_letters(&p, "ours") && !scan_letters(&p, "our") &&
		!scan_letters(&p, "rs"))
		(void) scan_letters(&p, "r");
	if (is_letter(*p) || is_digit(*p))
		return false;
	*exponent = exp10 - 9;
	*pp = p;
	return true;
}

/*
 * A unit of power; *exponent is its power of ten in MW.  What it is measured
 * at (e, el, elec; ac, dc) may stand behind it.
 */
bool
scan_power(const char **pp, int *exponent)
{
	static const char *const kinds[] = {"e", "el", "elec", "ac", "dc", NULL};
	const char *p = *pp;
	int			exp10;
	int			n;
	bool		spelled;

	if (!scan_watts(&p, &exp10, &spelled))
		return false;
	if (spelled && to_lower(*p) == 's')
		p++;
	n = word_length(p);
	if (n > 0 && !spelled && word_in(p, n, kinds))
		p += n;
	if (is_letter(*p) || is_digit(*p))
		return false;
	*exponent = exp10 - 6;
	*pp = p;
	return true;
}

/* year, yr, y, a, annum: what stands behind a slash or "per" */
static bool
scan_year(const char **pp)
{
	static const char *const years[] = {"yr", "year", "y", "a", "annum", NULL};
	const char *p = *pp;
	int			n = word_length(p);

	if (n == 0 || !word_in(p, n, years))
		return false;
	p += n;
	if (*p == '.' && n == 2)
		p++;					/* yr. */
	if (is_digit(*p))
		return false;
	*pp = p;
	return true;
}

/* "/yr", "per year", "p.a.", "a year" */
bool
scan_per_year(const char **pp)
{
	const char *p = skip_blanks(*pp);
	int			n = word_length(p);

	if (*p == '/')
	{
		p = skip_blanks(p + 1);
		if (!scan_year(&p))
			return false;
	}
	else if (word_is(p, n, "per") || word_is(p, n, "a"))
	{
		if (p[n] != ' ')
			return false;
		p = skip_blanks(p + n);
		if (!scan_year(&p))
			return false;
	}
	else if (word_is(p, n, "pa"))
		p += n;
	else if (scan_letters(&p, "p.a"))
	{
		if (is_letter(*p))
			return false;
		if (*p == '.')
			p++;
	}
	else
		return false;
	*pp = p;
	return true;
}

/*
 * "/kWh", "per GWh", "per GWh/yr", "/(GWh/yr)"; *exponent is the power of
 * ten of the unit in kWh.
 *
 * "US$12/kWh/yr" and "per kWh per year" are refused: they are how yearly
 * costs are written, while "per GWh/yr" is a cost per yearly capacity.
 */
bool
scan_denominator(const char **pp, int *exponent)
{
	const char *p = *pp;
	bool		slash = (*p == '/');
	int			exp10;

	if (slash)
		p++;
	else if (scan_letters(&p, "per"))
	{
		if (*p != ' ' && *p != '(')
			return false;
	}
	else
		return false;
	p = skip_blanks(p);

	if (*p == '(')
	{
		p = skip_blanks(p + 1);
		if (!scan_energy(&p, &exp10))
			return false;
		(void) scan_per_year(&p);
		p = skip_blanks(p);
		if (*p++ != ')')
			return false;
	}
	else
	{
		const char *q;

		if (!scan_energy(&p, &exp10))
			return false;
		q = skip_blanks(p);
		if (!slash && *q == '/' && scan_per_year(&q))
			p = q;
	}
	*exponent = exp10 + GWH_TO_KWH;
	*pp = p;
	return true;
}

/* ----------------------------------------------------------------------
 * Amounts
 * ----------------------------------------------------------------------
 */

/* thousand, million, billion, trillion, and what reports print for them */
bool
scale_word(const char *p, int n, int *exponent)
{
	static const struct
	{
		const char *word;
		int			exponent;
	}			words[] = {
		{"k", 3}, {"thousand", 3}, {"thousands", 3}, {"lakh", 5},
		{"m", 6}, {"mn", 6}, {"mm", 6}, {"mln", 6}, {"mio", 6},
		{"million", 6}, {"millions", 6}, {"crore", 7},
		{"b", 9}, {"bn", 9}, {"bln", 9}, {"billion", 9}, {"billions", 9},
		{"tn", 12}, {"trn", 12}, {"trillion", 12}, {"trillions", 12}
	};

	if (n == 0 || n > 9)
		return false;
	for (int i = 0; i < (int) lengthof(words); i++)
		if (to_lower(*p) == words[i].word[0] && word_is(p, n, words[i].word))
		{
			*exponent = words[i].exponent;
			return true;
		}
	return false;
}

/* The scale word of n letters, or the Chinese signs, *length bytes long. */
static bool
scan_scale(const char *p, int n, int *exponent, int *length)
{
	*length = n;
	if (*p == MARK_WAN)
	{
		*length = (p[1] == MARK_YI) ? 2 : 1;
		*exponent = (*length == 2) ? 12 : 4;
		return true;
	}
	if (*p == MARK_YI)
	{
		*length = 1;
		*exponent = 8;
		return true;
	}
	return scale_word(p, n, exponent);
}

/*
 * US dollars: $, US$, US $, U.S. $, $US, USD, US dollars, dollars.  *bare,
 * where nothing says whose dollars they are.
 */
static bool
scan_dollars(const char **pp, bool *bare)
{
	const char *p = *pp;
	int			n;
	bool		us = false;

	*bare = false;
	if (*p != '$' && to_lower(*p) != 'u' && to_lower(*p) != 'd')
		return false;
	n = word_length(p);
	if (word_is(p, n, "usd"))
	{
		p += n;
		if (*p == '$')
			p++;
		*pp = p;
		return true;
	}
	if (word_is(p, n, "us"))
	{
		us = true;
		p += n;
	}
	else if (scan_letters(&p, "u.s"))
	{
		us = true;
		if (*p == '.')
			p++;
	}
	if (us)
	{
		p = skip_blanks(p);
		if (*p == '-')
			p++;				/* US-$ */
	}
	n = word_length(p);
	if (*p == '$')
	{
		p++;
		*bare = !us;
		/* $US, but not the $ of "$ US million" */
		if (!us && word_is(p, word_length(p), "us"))
		{
			p += 2;
			*bare = false;
		}
		else if (!us && word_is(p, word_length(p), "usd"))
		{
			p += 3;
			*bare = false;
		}
	}
	else if (word_is(p, n, "dollar") || word_is(p, n, "dollars"))
	{
		p += n;
		*bare = !us;
	}
	else
		return false;
	*pp = p;
	return true;
}

/* ISO 4217 code of a word in capitals, or NULL */
static const char *
iso_currency(const char *p, int n)
{
	static const char *const codes[] = {
		"AED", "ARS", "AUD", "BDT", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY",
		"COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS",
		"INR", "ISK", "JPY", "KRW", "KZT", "MAD", "MXN", "MYR", "NGN", "NOK",
		"NZD", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR",
		"SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR"
	};

	if (n != 3 || p[1] > 'Z' || p[2] > 'Z')
		return NULL;
	for (int i = 0; i < (int) lengthof(codes); i++)
		if (memcmp(p, codes[i], 3) == 0)
			return codes[i];
	return NULL;
}

/*
 * A currency that is not written with a dollar sign of its own, or with one
 * behind a country's letters: A$, EUR, yuan, and the signs.
 */
static bool
scan_other_currency(const char **pp, const FigureStyle *style, const char **code)
{
	static const struct
	{
		const char *word;
		const char *code;
	}			words[] = {
		{"eur", "EUR"}, {"euro", "EUR"}, {"euros", "EUR"}, {"gbp", "GBP"},
		{"rmb", "CNY"}, {"yuan", "CNY"}, {"renminbi", "CNY"}, {"cny", "CNY"},
		{"yen", "JPY"}, {"jpy", "JPY"}, {"won", "KRW"}, {"krw", "KRW"},
		{"rupee", "INR"}, {"rupees", "INR"}
	};
	static const struct
	{
		const char *letters;
		const char *code;
	}			dollars[] = {
		{"A", "AUD"}, {"AU", "AUD"}, {"C", "CAD"}, {"CA", "CAD"}, {"HK", "HKD"},
		{"NT", "TWD"}, {"NZ", "NZD"}, {"S", "SGD"}, {"R", "BRL"}
	};
	const char *p = *pp;
	int			n;

	switch (*p)
	{
		case MARK_EURO:
			*code = "EUR";
			break;
		case MARK_POUND:
			*code = "GBP";
			break;
		case MARK_YEN:
			*code = style->yen;
			break;
		case MARK_YUAN:
			*code = "CNY";
			break;
		case MARK_JPY:
			*code = "JPY";
			break;
		case MARK_WON:
			*code = "KRW";
			break;
		case MARK_RUPEE:
			*code = "INR";
			break;
		case MARK_USD:
			*code = "USD";
			break;
		case MARK_CURRENCY:
			*code = NULL;
			break;
		default:
			goto letters;
	}
	*pp = p + 1;
	return true;

letters:
	n = word_length(p);
	if (n == 0 || n > 8)
		return false;
	if (n <= 2 && p[n] == '$')
	{
		for (int i = 0; i < (int) lengthof(dollars); i++)
			if ((int) strlen(dollars[i].letters) == n && memcmp(p, dollars[i].letters, n) == 0)
			{
				*code = dollars[i].code;
				*pp = p + n + 1;
				return true;
			}
		return false;
	}
	if (n == 2 && p[n] == MARK_YEN && (word_is(p, n, "cn") || word_is(p, n, "jp")))
	{
		*code = to_lower(*p) == 'c' ? "CNY" : "JPY";
		*pp = p + n + 1;
		return true;
	}
	if ((*code = iso_currency(p, n)) == NULL)
	{
		for (int i = 0; i < (int) lengthof(words); i++)
			if (to_lower(*p) == words[i].word[0] && word_is(p, n, words[i].word))
				*code = words[i].code;
		if (*code == NULL && style->money && (word_is(p, n, "pounds") || word_is(p, n, "pound")))
			*code = "GBP";
		if (*code == NULL)
			return false;
	}
	p += n;
	if (*p == '$' || *p == MARK_YEN || *p == MARK_EURO)
		p++;					/* RMB¥ */
	*pp = p;
	return true;
}

static bool
scan_currency(const char **pp, const FigureStyle *style, const char **code)
{
	bool		bare;

	if (scan_dollars(pp, &bare))
	{
		*code = bare ? style->dollar : "USD";
		return true;
	}
	return scan_other_currency(pp, style, code);
}

/*
 * A scale word glued to a currency's code: MUSD, USDm, kEUR.  The word has n
 * letters; mUSD is refused, as m$ is.
 */
static const char *
glued_currency(const char *p, int n, int *exponent)
{
	const char *code;

	if (n < 4 || n > 7)
		return NULL;
	code = word_is(p, 3, "usd") ? "USD" : iso_currency(p, 3);
	if (code && scale_word(p + 3, n - 3, exponent))
		return code;
	code = word_is(p + n - 3, 3, "usd") ? "USD" : iso_currency(p + n - 3, 3);
	if (code && scale_word(p, n - 3, exponent) && !(n == 4 && *p == 'm'))
		return code;
	return NULL;
}

/* Is this the last word, and a flag that the source names? */
static bool
is_named_flag(const char *p, int n, const FigureStyle *style)
{
	if (n > 3 || *skip_blanks(p + n) != '\0')
		return false;
	for (const FigureFlag *f = style->flags; f->sign; f++)
		if (strncmp(f->sign, p, n) == 0 && f->sign[n] == '\0')
			return true;
	return false;
}

/*
 * Everything up to what divides or to a unit.  Each part at most once, in any
 * order: 67.3 US $M, US$67.3 million, USD 67.3m, 67.3 MUSD.  Stops at what it
 * does not know: whether that may stand there, the caller sees.
 */
void
scan_amount(const char **pp, const FigureStyle *style, Amount *amount)
{
	const char *p = *pp;

	memset(amount, 0, sizeof(Amount));
	amount->start = skip_blanks(p);
	for (;;)
	{
		const char *start;
		int			n;
		int			length;
		int			exp10 = 0;
		bool		blank = (*p == ' ');
		const char *code;

		p = skip_blanks(p);
		if (*p == '\0' || *p == '/')
			break;
		*pp = start = p;

		if (is_digit(*p) || *p == '.' || (*p == ',' && style->decimal_comma))
		{
			if (amount->has_number || !scan_number(&p, style, &amount->number))
				return;
			amount->has_number = true;
			amount->number.negative = amount->negative;
			amount->number_start = start;
			amount->number_end = p;
			continue;
		}
		if (*p == '-' || *p == '+')
		{
			if (amount->has_sign || amount->has_number)
				return;
			amount->has_sign = true;
			amount->negative = (*p == '-');
			p++;
			if (amount->start == start)
				amount->start = p;
			/* a sign stands right before what it signs */
			if (*p == ' ')
				return;
			continue;
		}
		/* kW, MW, ...: no currency and no scale word begins like a unit */
		if ((p[1] == 'W' || p[1] == 'w') && is_letter(*p))
			return;
		n = word_length(p);
		if (n == 3 && word_is(p, n, "per"))
			break;
		if (amount->has_number && n > 0 && style->flags && !amount->has_currency &&
			is_named_flag(p, n, style))
			return;
		if (scan_currency(&p, style, &code))
		{
			if (amount->has_currency)
				return;
			amount->has_currency = true;
			amount->currency = code;
			amount->currency_start = start;
			amount->currency_end = p;
			continue;
		}
		if (scan_scale(p, n, &exp10, &length))
		{
			bool		letter = (n == 1 || (n == 2 && word_is(p, n, "mm")));
			const char *q = skip_blanks(p + length);

			if (amount->has_scale)
				return;
			/* m$ is a thousandth of a dollar to some, a million to others */
			if (n == 1 && *p == 'm' && (p[1] == '$' || is_currency_mark(p[1])))
				return;
			/* B$ 5 is an amount of Brunei or the Bahamas, 5 B$ are billions */
			if (n == 1 && to_lower(*p) == 'b' && p[1] == '$' && !amount->has_number)
				return;
			/* m is a metre, b a flag and K a kelvin, where no money is meant */
			if (letter && !style->money && !amount->has_currency &&
				!scan_currency(&q, style, &code) &&
				(n == 2 || *p == 'm' || to_lower(*p) == 'b' || (*p == 'K' && blank)))
				return;
			amount->has_scale = true;
			amount->letter_scale = letter;
			amount->scale_first = !amount->has_number;
			amount->indian_scale = (exp10 == 5 || exp10 == 7);
			amount->scale = exp10;
			p += length;
			continue;
		}
		code = glued_currency(p, n, &exp10);
		if (code == NULL || amount->has_currency || amount->has_scale)
			return;
		amount->has_currency = amount->has_scale = true;
		amount->currency = code;
		amount->currency_start = start;
		amount->currency_end = start + n;
		amount->scale = exp10;
		amount->scale_first = !amount->has_number;
		p += n;
	}
	*pp = p;
}
