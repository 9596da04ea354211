/*-------------------------------------------------------------------------
 *
 * quantity_text.c
 *		The text grammar of capacity_gwh and cost_per_gwh.
 *
 *		capacity	number [energy] [per-year]
 *		cost		number
 *					money ('/' | 'per') energy
 *					money 'per' energy '/' year
 *					money '/' '(' energy per-year ')'
 *		money		number, US dollars and at most one of thousand, million,
 *					billion, trillion, in any order people write them
 *		energy		Wh, kWh, MWh, GWh, TWh, PWh and their spellings
 *
 * A text is first normalised: what Unicode offers as blanks, minus signs,
 * multiplication dots and currency signs becomes one ASCII byte each.  The
 * parser then reads the few shapes that have one meaning and gives up on
 * everything else; only after that does explain() look for the reason, so
 * that the reading of good values does not depend on the list of known
 * mistakes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "compat.h"
#include "decimal.h"
#include "mb/pg_wchar.h"
#include "quantity/quantity.h"

/*
 * Longer texts are no quantities.  The bound lets everything below work in
 * fixed space and without looking for interrupts.
 */
#define MAX_TEXT_BYTES	1000

/* What normalisation writes for characters that ASCII does not have. */
#define MARK_DOT		'\001'	/* a multiplication dot */
#define MARK_DASH		'\002'	/* an em dash: never a minus sign */
#define MARK_ELLIPSIS	'\003'
#define MARK_CURRENCY	'\004'	/* a currency sign other than $ */
#define MARK_CENT		'\005'
#define MARK_INFINITY	'\006'
#define MARK_UNKNOWN	'\007'

#define is_digit(c)		((c) >= '0' && (c) <= '9')
#define is_letter(c)	(((c) >= 'a' && (c) <= 'z') || ((c) >= 'A' && (c) <= 'Z'))
#define to_lower(c)		((c) >= 'A' && (c) <= 'Z' ? (c) + ('a' - 'A') : (c))

/* Powers of ten: from a unit in GWh to the same unit in kWh. */
#define GWH_TO_KWH		6

typedef struct Text
{
	char		s[MAX_TEXT_BYTES + 1];	/* normalised, terminated */
} Text;

/* ----------------------------------------------------------------------
 * Normalisation
 * ----------------------------------------------------------------------
 */

static char
normalise_char(pg_wchar c)
{
	if (c < 0x20)
		return (c >= 0x09 && c <= 0x0d) ? ' ' : MARK_UNKNOWN;
	if (c < 0x7f)
		return (char) c;

	switch (c)
	{
		case 0x0085:			/* next line */
		case 0x00a0:			/* no-break space */
		case 0x1680:
		case 0x180e:
		case 0x2028:
		case 0x2029:
		case 0x202f:			/* narrow no-break space */
		case 0x205f:
		case 0x2060:			/* word joiner */
		case 0x3000:			/* ideographic space */
		case 0xfeff:			/* byte order mark */
			return ' ';
		case 0x2010:			/* hyphen */
		case 0x2011:			/* non-breaking hyphen */
		case 0x2012:			/* figure dash */
		case 0x2013:			/* en dash */
		case 0x2212:			/* minus sign */
		case 0x2796:			/* heavy minus sign */
		case 0xfe63:			/* small hyphen-minus */
		case 0xff0d:			/* full-width hyphen-minus */
			return '-';
		case 0x2014:			/* em dash */
		case 0x2015:			/* horizontal bar */
		case 0xfe58:
			return MARK_DASH;
		case 0xff0b:			/* full-width plus */
			return '+';
		case 0x2044:			/* fraction slash */
		case 0x2215:			/* division slash */
		case 0xff0f:			/* full-width solidus */
			return '/';
		case 0x00b7:			/* middle dot */
		case 0x0387:
		case 0x2022:			/* bullet */
		case 0x2027:			/* hyphenation point */
		case 0x2219:			/* bullet operator */
		case 0x22c5:			/* dot operator */
		case 0x30fb:			/* katakana middle dot */
			return MARK_DOT;
		case 0x2026:
			return MARK_ELLIPSIS;
		case 0x00b1:			/* plus-minus */
		case 0x2213:
		case 0x223c:			/* tilde operator */
		case 0x2243:
		case 0x2245:
		case 0x2248:			/* almost equal to */
		case 0xff5e:
			return '~';
		case 0x2264:			/* less-than or equal to */
		case 0x2266:
		case 0x2a7d:
		case 0xff1c:
			return '<';
		case 0x2265:			/* greater-than or equal to */
		case 0x2267:
		case 0x2a7e:
		case 0xff1e:
			return '>';
		case 0x221e:
			return MARK_INFINITY;
		case 0x00a2:
		case 0xffe0:
			return MARK_CENT;
		case 0xff04:			/* full-width dollar sign */
		case 0xfe69:
			return '$';
		case 0xff05:
		case 0x2030:
			return '%';
		case 0x00a3:			/* pound */
		case 0x00a4:			/* generic currency */
		case 0x00a5:			/* yen, yuan */
		case 0x5143:			/* yuan */
		case 0x5186:			/* yen */
		case 0x5706:			/* yuan */
		case 0x5713:			/* yuan */
		case 0xc6d0:			/* won */
		case 0xffe1:
		case 0xffe5:
		case 0xffe6:
			return MARK_CURRENCY;
	}
	if (c >= 0x2000 && c <= 0x200b)
		return ' ';				/* en quad to zero width space */
	if (c >= 0x20a0 && c <= 0x20cf)
		return MARK_CURRENCY;
	return MARK_UNKNOWN;
}

/*
 * len bytes of the database's encoding as UTF-8, except that a character that
 * Unicode does not have, or that nothing converts, becomes a byte that is not
 * UTF-8.  pg_server_to_any() would throw, and a text that is no value must be
 * refused where the caller expects it: as a soft error, NULL or a message.
 */
char *
quantity_to_utf8(const char *s, int len)
{
	int			encoding = GetDatabaseEncoding();
	Oid			proc = FindDefaultConversionProc(encoding, PG_UTF8);
	int			room = (len + 2) * MAX_CONVERSION_GROWTH;
	char	   *result = palloc(room);
	char	   *out = result;

	while (len > 0)
	{
		int			n;

		if (OidIsValid(proc))
		{
			n = pg_do_encoding_conversion_buf(proc, encoding, PG_UTF8,
											  (unsigned char *) s, len,
											  (unsigned char *) out,
											  room - (out - result), true);
			out += strlen(out);
			s += n;
			len -= n;
			if (len == 0)
				break;
		}
		*out++ = IS_HIGHBIT_SET(*s) ? '\377' : *s;
		n = Min(pg_mblen(s), len);
		s += n;
		len -= n;
	}
	*out = '\0';
	return result;
}

/*
 * s, without the blanks around it, into text; false when it is too long.
 */
static bool
normalise(const char *s, Text *text)
{
	size_t		len = strnlen(s, MAX_TEXT_BYTES * 4 + 1);
	const unsigned char *p;
	const unsigned char *end;
	char	   *out = text->s;
	int			encoding = GetDatabaseEncoding();

	if (len > MAX_TEXT_BYTES * 4)
		return false;
	if (encoding != PG_UTF8 && encoding != PG_SQL_ASCII)
	{
		s = quantity_to_utf8(s, (int) len);
		len = strlen(s);
	}

	p = (const unsigned char *) s;
	end = p + len;
	while (p < end)
	{
		char		c;

		if (*p < 0x80)
			c = normalise_char(*p++);
		else
		{
			int			n = pg_utf_mblen(p);

			/* without an encoding, any byte may be there */
			if (n > end - p || !pg_utf8_islegal(p, n))
			{
				c = MARK_UNKNOWN;
				n = 1;
			}
			else
				c = normalise_char(utf8_to_unicode(p));
			p += n;
		}
		if (c == ' ' && out == text->s)
			continue;
		if (out == text->s + MAX_TEXT_BYTES)
			return false;
		*out++ = c;
	}
	while (out > text->s && out[-1] == ' ')
		out--;
	*out = '\0';
	return true;
}

/* ----------------------------------------------------------------------
 * Scanning.  Every scanner moves *pp behind what it recognised and returns
 * true, or leaves *pp alone and returns false.
 * ----------------------------------------------------------------------
 */

static inline const char *
skip_blanks(const char *p)
{
	while (*p == ' ')
		p++;
	return p;
}

static int
word_length(const char *p)
{
	int			n = 0;

	while (is_letter(p[n]))
		n++;
	return n;
}

/* Is the word of n letters at p this lower-case one, whatever its case? */
static bool
word_is(const char *p, int n, const char *word)
{
	for (int i = 0; i < n; i++)
		if (to_lower(p[i]) != word[i])	/* stops at the terminator, too */
			return false;
	return word[n] == '\0';
}

static bool
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

/*
 * An unsigned decimal with well-formed thousands commas, copied to buf
 * without them.  A group before the first comma that starts with a zero is
 * no thousand: 0,500 is somebody's half.
 */
static bool
scan_number(const char **pp, char *buf)
{
	const char *p = *pp;
	char	   *out = buf;
	int			group = 0;		/* digits since the start or the last comma */
	bool		commas = false;
	int			digits = 0;

	for (;; p++)
	{
		if (is_digit(*p))
		{
			*out++ = *p;
			group++;
			digits++;
		}
		else if (*p == ',' && is_digit(p[1]))
		{
			if (commas ? group != 3 :
				(group < 1 || group > 3 || buf[0] == '0'))
				return false;
			commas = true;
			group = 0;
		}
		else
			break;
	}
	if (*p == ',' || (commas && group != 3))
		return false;
	if (*p == '.')
	{
		*out++ = *p++;
		for (; is_digit(*p); p++)
		{
			*out++ = *p;
			digits++;
		}
		if (*p == ',')
			return false;
	}
	if (digits == 0)
		return false;
	if ((*p == 'e' || *p == 'E') &&
		(is_digit(p[1]) || ((p[1] == '+' || p[1] == '-') && is_digit(p[2]))))
	{
		*out++ = *p++;
		*out++ = *p++;
		while (is_digit(*p))
			*out++ = *p++;
	}
	if (*p == '.' && is_digit(p[1]))
		return false;			/* 1.500.000 */
	*out = '\0';
	*pp = p;
	return true;
}

/* Between W and h: GW·h, GW-h, GW*h, GW h. */
static const char *
skip_joint(const char *p)
{
	if (*p == MARK_DOT || *p == '-' || *p == '*' || *p == '.')
		return p + 1;
	return skip_blanks(p);
}

/*
 * A unit of energy; *exponent is its power of ten in GWh.  Any case is read,
 * except mWh: the letters say milli and the industry says mega.
 */
static bool
scan_energy(const char **pp, int *exponent)
{
	static const struct
	{
		const char *word;
		char		letter;
		int			exponent;
	}			prefixes[] = {
		{"kilo", 'k', -6}, {"mega", 'm', -3}, {"giga", 'g', 0},
		{"tera", 't', 3}, {"peta", 'p', 6}
	};
	const char *p = *pp;
	const char *q;
	int			exp10 = -9;		/* watt-hour */

	for (int i = 0; i < (int) lengthof(prefixes); i++)
	{
		q = p;
		if (scan_letters(&q, prefixes[i].word))
		{
			if (*q == '-' || *q == ' ')
				q++;
			if (scan_letters(&q, "watt"))
			{
				exp10 = prefixes[i].exponent;
				goto watts;
			}
		}
		if (to_lower(*p) == prefixes[i].letter && to_lower(p[1]) == 'w')
		{
			if (p[0] == 'm' && p[1] == 'W')
				return false;
			exp10 = prefixes[i].exponent;
			q = p + 2;
			goto hours;
		}
	}
	q = p;
	if (scan_letters(&q, "watt"))
		goto watts;
	if (to_lower(*p) != 'w')
		return false;
	q = p + 1;
	goto hours;

watts:
	if (to_lower(*q) == 's' && !is_letter(q[1]))
		q++;
hours:
	q = skip_joint(q);
	if (to_lower(*q) != 'h')
		return false;
	q++;
	if (!scan_letters(&q, "ours") && !scan_letters(&q, "our") &&
		!scan_letters(&q, "rs"))
		(void) scan_letters(&q, "r");
	if (is_letter(*q) || is_digit(*q))
		return false;
	*exponent = exp10;
	*pp = q;
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
static bool
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

/* thousand, million, billion, trillion, and what reports print for them */
static bool
word_magnitude(const char *p, int n, int *exponent)
{
	static const char *const thousands[] = {"k", "thousand", "thousands", NULL};
	static const char *const millions[] = {"m", "mn", "mm", "mln", "mio",
	"million", "millions", NULL};
	static const char *const billions[] = {"b", "bn", "bln", "billion",
	"billions", NULL};
	static const char *const trillions[] = {"tn", "trn", "trillion",
	"trillions", NULL};

	if (n == 0)
		return false;
	if (word_in(p, n, thousands))
		*exponent = 3;
	else if (word_in(p, n, millions))
		*exponent = 6;
	else if (word_in(p, n, billions))
		*exponent = 9;
	else if (word_in(p, n, trillions))
		*exponent = 12;
	else
		return false;
	return true;
}

/*
 * US dollars: $, US$, US $, U.S. $, $US, USD, US dollars, dollars
 */
static bool
scan_dollars(const char **pp)
{
	const char *p = *pp;
	int			n = word_length(p);
	bool		us = false;

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
		/* $US, but not the $ of "$ US million" */
		if (!us && word_is(p, word_length(p), "us"))
			p += 2;
		else if (!us && word_is(p, word_length(p), "usd"))
			p += 3;
	}
	else if (word_is(p, n, "dollar") || word_is(p, n, "dollars"))
		p += n;
	else
		return false;
	*pp = p;
	return true;
}

/* What an amount of money may consist of. */
typedef struct Money
{
	bool		negative;
	bool		has_sign;
	bool		has_number;
	bool		has_dollars;
	bool		has_magnitude;
	int			exponent;		/* of the magnitude */
	char		number[MAX_TEXT_BYTES + 1];
} Money;

/*
 * Everything up to the word or sign that divides.  Each part at most once,
 * in any order: 67.3 US $M, US$67.3 million, USD 67.3m, 67.3 MUSD.
 */
static bool
scan_money(const char **pp, Money *money)
{
	const char *p = *pp;

	memset(money, 0, offsetof(Money, number));
	for (;;)
	{
		int			n;
		int			exp10 = 0;

		p = skip_blanks(p);
		if (*p == '\0' || *p == '/')
			break;
		n = word_length(p);
		if (word_is(p, n, "per"))
			break;

		if (*p == '-' || *p == '+')
		{
			if (money->has_sign || money->has_number)
				return false;
			money->has_sign = true;
			money->negative = (*p == '-');
			p++;
			/* a sign stands right before what it signs */
			if (*p == ' ')
				return false;
		}
		else if (is_digit(*p) || *p == '.')
		{
			if (money->has_number || !scan_number(&p, money->number))
				return false;
			money->has_number = true;
		}
		else if (scan_dollars(&p))
		{
			if (money->has_dollars)
				return false;
			money->has_dollars = true;
		}
		else if (word_magnitude(p, n, &exp10))
		{
			if (money->has_magnitude)
				return false;
			/* m$ is a thousandth of a dollar to some, a million to others */
			if (n == 1 && *p == 'm' && p[1] == '$')
				return false;
			/* B$ 5 is an amount of Brunei or the Bahamas, 5 B$ are billions */
			if (n == 1 && to_lower(*p) == 'b' && p[1] == '$' && !money->has_number)
				return false;
			money->has_magnitude = true;
			money->exponent = exp10;
			p += n;
		}
		else if (n > 3 && word_is(p, 3, "usd") &&
				 word_magnitude(p + 3, n - 3, &exp10))
		{
			if (money->has_dollars || money->has_magnitude)
				return false;
			money->has_dollars = money->has_magnitude = true;
			money->exponent = exp10;
			p += n;
		}
		else if (n > 3 && word_is(p + n - 3, 3, "usd") &&
				 word_magnitude(p, n - 3, &exp10))
		{
			if (money->has_dollars || money->has_magnitude)
				return false;
			if (n == 4 && *p == 'm')
				return false;
			money->has_dollars = money->has_magnitude = true;
			money->exponent = exp10;
			p += n;
		}
		else
			return false;
	}
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
static bool
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
 * Explaining refusals
 * ----------------------------------------------------------------------
 */

static const char *const missing_words[] = {
	"na", "n/a", "n.a", "n.a.", "null", "none", "nil", "w", "tbd", "tba",
	"unknown", "not available", "not applicable", "withheld", "-", "--", "?",
	"..", "...", "\002", "\003", NULL
};

static const char *const qualifier_words[] = {
	"about", "approx", "approximately", "around", "circa", "ca", "some",
	"nearly", "almost", "roughly", "over", "under", "above", "below", "up",
	"more", "less", "fewer", "at", "between", "from", "exceeding", "upto",
	"max", "min", "maximum", "minimum", "est", "estimated", "only", "tens",
	"hundreds", "thousands", NULL
};

static const char *const currency_words[] = {
	"eur", "euro", "euros", "gbp", "pound", "pounds", "sterling", "cny",
	"rmb", "cnh", "yuan", "renminbi", "jpy", "yen", "krw", "won", "inr",
	"rupee", "rupees", "aud", "cad", "chf", "sek", "nok", "dkk", "hkd", "sgd",
	"twd", "ntd", "nzd", "brl", "mxn", "zar", "rub", "pln", "czk", "huf",
	"try", "thb", "idr", "myr", "vnd", "krona", "kronor", "clp", "ars", "ils",
	"sar", "aed", NULL
};

/* in watts: a W behind any prefix, with or without what it is measured at */
static const char *const power_words[] = {
	"w", "kw", "mw", "gw", "tw", "pw", "wp", "kwp", "mwp", "gwp", "twp",
	"wdc", "kwdc", "mwdc", "gwdc", "kwac", "mwac", "gwac", "mva", "kva",
	"gva", "hp", "horsepower", "watt", "watts", "kilowatt", "kilowatts",
	"megawatt", "megawatts", "gigawatt", "gigawatts", "terawatt",
	"terawatts", NULL
};

static const char *const charge_words[] = {
	"ah", "mah", "kah", "gah", NULL
};

static const char *const period_words[] = {
	"month", "months", "mo", "mth", "quarter", "qtr", "q", "week", "weeks",
	"wk", "day", "days", "d", "hour", "hr", "h", "shift", "decade", "minute",
	"min", "second", "sec", "s", "monthly", "quarterly", "weekly", "daily",
	"hourly", NULL
};

static const char *const cent_words[] = {
	"cent", "cents", "ct", "cts", "usc", "mill", "mills", NULL
};

/* The first word of text that stands in the list, or NULL. */
static const char *
find_word(const char *p, const char *const *words, int *length)
{
	while (*p)
	{
		int			n = word_length(p);

		if (n > 0)
		{
			if (word_in(p, n, words))
			{
				*length = n;
				return p;
			}
			p += n;
		}
		else
			p++;
	}
	return NULL;
}

/* Two numbers with a dash, "to", "or" or a slash between them? */
static bool
looks_like_range(const char *s)
{
	const char *p = s;

	while (*p)
	{
		const char *q;

		/* the end of a number, or of the unit behind it */
		if (!is_digit(p[0]) || is_digit(p[1]))
		{
			p++;
			continue;
		}
		q = skip_blanks(p + 1);
		if (is_letter(*q))
		{
			int			n = word_length(q);

			if (!word_is(q, n, "to") && !word_is(q, n, "or") &&
				!word_is(q, n, "and"))
				q = skip_blanks(q + n);
		}
		if (*q == '-' || *q == MARK_DASH || *q == MARK_ELLIPSIS)
			q++;
		else if (q[0] == '.' && q[1] == '.')
			q += 2;
		else if (word_is(q, word_length(q), "to") ||
				 word_is(q, word_length(q), "or"))
			q += 2;
		else if (word_is(q, word_length(q), "and"))
			q += 3;
		else
		{
			p++;
			continue;
		}
		q = skip_blanks(q);
		while (*q == '$' || *q == MARK_CURRENCY || *q == '.' || *q == '+' ||
			   *q == '-')
			q++;
		if (is_digit(*q))
			return true;
		p++;
	}
	return false;
}

/* A run of digits and separators that is no number of ours? */
static bool
looks_like_bad_number(const char *s)
{
	const char *p = s;

	while (*p && !is_digit(*p))
		p++;
	while (is_digit(*p) || *p == ',' || *p == '.' || *p == '\'')
	{
		if ((*p == ',' || *p == '\'' || *p == '.') && p > s && is_digit(p[-1]))
		{
			char		buf[MAX_TEXT_BYTES + 1];
			const char *q = p;

			while (q > s && (is_digit(q[-1]) || q[-1] == '.'))
				q--;
			if (!scan_number(&q, buf) || *q == '\'' || *q == ',')
				return true;
			return false;
		}
		p++;
	}
	return false;
}

/* Digits on both sides of a blank? */
static bool
has_blank_in_number(const char *s)
{
	for (const char *p = s; *p; p++)
		if (is_digit(*p) && p[1] == ' ' && is_digit(*skip_blanks(p + 1)))
			return true;
	return false;
}

/* mWh in that very spelling */
static bool
has_milliwatt_hours(const char *s)
{
	for (const char *p = s; *p; p++)
		if (p[0] == 'm' && p[1] == 'W' && (p == s || !is_letter(p[-1])) &&
			to_lower(*skip_joint(p + 2)) == 'h')
			return true;
	return false;
}

/* a unit of energy anywhere */
static const char *
find_energy(const char *s)
{
	for (const char *p = s; *p; p++)
	{
		const char *q = p;
		int			exponent;

		if (is_letter(*p) && (p == s || !is_letter(p[-1])) &&
			scan_energy(&q, &exponent))
			return q;
	}
	return NULL;
}

/* an unsigned number and a unit of energy, whatever follows? */
static bool
looks_like_capacity(const char *s)
{
	char		number[MAX_TEXT_BYTES + 1];
	int			exponent;

	if (!scan_number(&s, number))
		return false;
	s = skip_blanks(s);
	return scan_energy(&s, &exponent);
}

/* $ with letters before it that are not US, nor a magnitude: A$, HK$, R$ */
static bool
has_other_dollar(const char *s)
{
	for (const char *p = s; *p; p++)
	{
		const char *w = p;
		int			exponent;

		if (*p != '$')
			continue;
		while (w > s && is_letter(w[-1]))
			w--;
		if (w < p && !word_is(w, p - w, "us") && !word_is(w, p - w, "usd") &&
			(!word_magnitude(w, p - w, &exponent) ||
			 (p - w == 1 && to_lower(*w) == 'b')) &&
			!(p - w == 1 && to_lower(*w) == 's' && w > s && w[-1] == '.'))
			return true;
	}
	return false;
}

/* the first unit-like word behind the number, for a DETAIL */
static const char *
unknown_word(const char *s, int *length)
{
	const char *p = s;

	while (*p && !is_digit(*p))
		p++;
	while (*p && !is_letter(*p))
		p++;
	*length = word_length(p);
	return *length > 0 ? p : NULL;
}

/*
 * Fill detail and hint for a text that is no value of the type.
 */
static void
explain(const QuantityType *type, const char *s, QuantityProblem *problem)
{
	bool		cost = (type == &cost_type);
	const char *example = cost ? "67.3 or US$67.3 million/GWh" : "1.5 or 1500 MWh";
	const char *body = s;
	const char *word;
	const char *after;
	int			n;

	if (*body == '-' || *body == '+')
		body++;

	/* no value at all */
	if (*s == '\0')
	{
		problem->detail = pstrdup("The text is empty.");
		problem->hint = pstrdup("Write NULL for a missing value.");
		return;
	}
	for (const char *const *w = missing_words; *w; w++)
	{
		if (word_is(s, strlen(s), *w))
		{
			problem->detail = pstrdup("The text marks a missing value.");
			problem->hint = pstrdup("Write NULL for a missing value.");
			return;
		}
	}
	n = word_length(body);
	if (*body == MARK_INFINITY || word_is(body, n, "nan") ||
		word_is(body, n, "inf") || word_is(body, n, "infinity"))
	{
		problem->detail = psprintf("A %s is always finite.", type->name);
		problem->hint = pstrdup("Write NULL for a missing value.");
		return;
	}

	/* a number with something said about it */
	n = word_length(s);
	if (strchr("~<>=", *s) || (n > 0 && word_in(s, n, qualifier_words)) ||
		(s[0] == '+' && (s[1] == '/' || s[1] == '-')))
	{
		problem->detail = pstrdup("The number carries a qualifier.");
		problem->hint = psprintf("Write the number alone, such as %s, and keep the qualifier in a column of its own.",
								 example);
		return;
	}
	n = strlen(s);
	if (s[n - 1] == '+' || s[n - 1] == '?' || s[n - 1] == '~')
	{
		problem->detail = pstrdup("The number carries a qualifier.");
		problem->hint = psprintf("Write the number alone, such as %s, and keep the qualifier in a column of its own.",
								 example);
		return;
	}

	/* money */
	word = find_word(s, currency_words, &n);
	if (cost)
	{
		if (word || strchr(s, MARK_CURRENCY) || has_other_dollar(s))
		{
			problem->detail = word ?
				psprintf("The currency is \"%.*s\"; a cost_per_gwh is in US dollars.", n, word) :
				pstrdup("The currency is not the US dollar; a cost_per_gwh is in US dollars.");
			problem->hint = pstrdup("Convert at a dated rate first, for example with the exchange rates of the \"industry\" schema, and write USD.");
			return;
		}
		if (strchr(s, MARK_CENT) || find_word(s, cent_words, &n))
		{
			problem->detail = pstrdup("The amount is not in whole dollars.");
			problem->hint = pstrdup("Write dollars: 5 cents per kWh are 0.05 USD/kWh.");
			return;
		}
	}
	else
	{
		static const char *const dollar_words[] = {"usd", "dollar", "dollars", NULL};

		if (word || strchr(s, MARK_CURRENCY) || strchr(s, '$') ||
			strchr(s, MARK_CENT) || find_word(s, dollar_words, &n))
		{
			problem->detail = pstrdup("The text is an amount of money, not a capacity.");
			problem->hint = pstrdup("Money per capacity is a cost_per_gwh; write a capacity as in 1.5 or 1500 MWh.");
			return;
		}
	}
	if (strchr(s, '%'))
	{
		problem->detail = psprintf("A percentage is not a %s.", type->name);
		problem->hint = psprintf("Write a number with its unit, such as %s.", example);
		return;
	}

	/* numbers */
	if (looks_like_range(s))
	{
		problem->detail = pstrdup("The text is a range.");
		problem->hint = pstrdup("Write one number; keep the low and the high end in columns of their own.");
		return;
	}
	if (looks_like_bad_number(s))
	{
		problem->detail = pstrdup("The separators of the number are neither a decimal point nor well-formed thousands commas.");
		problem->hint = pstrdup("Write 1.5 with a decimal point and 1,500 or 1500 for fifteen hundred; a source with decimal commas needs the loader's decimal-comma option.");
		return;
	}
	if (has_blank_in_number(s))
	{
		problem->detail = pstrdup("There is a blank between digits.");
		problem->hint = pstrdup("Write one number without blanks inside: 1500 or 1,500.");
		return;
	}
	if (*s == MARK_DASH || ((*s == '-' || *s == '+') && s[1] == ' '))
	{
		problem->detail = pstrdup("The text starts with a dash that is not clearly a minus sign.");
		problem->hint = pstrdup("Write a minus sign right before the number, or nothing.");
		return;
	}
	if (*s == '(')
	{
		problem->detail = pstrdup("The number stands in parentheses.");
		problem->hint = pstrdup("Write a negative number with a minus sign.");
		return;
	}

	/* units */
	if (has_milliwatt_hours(s))
	{
		problem->detail = pstrdup("\"mWh\" is a milliwatt-hour by its letters and a megawatt-hour to many who write it.");
		problem->hint = pstrdup("Write MWh for megawatt-hours; write milliwatt-hours in Wh.");
		return;
	}
	after = find_energy(s);
	if (cost)
	{
		static const char *const year_words[] = {"yr", "year", "years", "y",
		"annum", "annual", "annually", "yearly", "pa", "a", NULL};
		const char *slash = strchr(s, '/');
		static const char *const per_words[] = {"per", NULL};

		if (strstr(s, "m$") || strstr(s, "mUSD"))
		{
			problem->detail = pstrdup("\"m\" before the currency can mean a thousandth or a million.");
			problem->hint = pstrdup("Write M$ or million USD for millions, or the amount in dollars.");
			return;
		}
		if ((word = find_word(s, power_words, &n)) != NULL && after == NULL)
		{
			problem->detail = psprintf("\"%.*s\" is a unit of power; a cost_per_gwh is per unit of energy.",
									   n, word);
			problem->hint = pstrdup("Divide by the hours of storage: US$1500/kW over 4 hours is 375 USD/kWh.");
			return;
		}
		if (looks_like_capacity(body))
		{
			problem->detail = pstrdup("The text is a capacity, not a cost per capacity.");
			problem->hint = psprintf("Write a cost as in %s.", example);
			return;
		}
		if (after != NULL && (find_word(after, year_words, &n) ||
							  find_word(after, period_words, &n) ||
							  strncmp(skip_blanks(after), "p.a", 3) == 0))
		{
			problem->detail = pstrdup("The text reads as a cost for a period, such as a yearly one.");
			problem->hint = pstrdup("A cost of capacity is written USD/kWh or per GWh/yr; a yearly cost is not a cost_per_gwh.");
			return;
		}
		if (slash == NULL && find_word(s, per_words, &n) == NULL)
		{
			problem->detail = pstrdup("The text does not say per what the amount is.");
			problem->hint = pstrdup("Write the amount per capacity, such as 115 USD/kWh; a total is divided by its capacity, such as usd(26.44, 'billion') / capacity.");
			return;
		}
		if (after != NULL && !strchr(s, '$') && !strstr(s, "USD") &&
			!strstr(s, "usd") && !strstr(s, "dollar"))
		{
			problem->detail = pstrdup("The text does not name the currency.");
			problem->hint = pstrdup("Write USD or US$, such as 115 USD/kWh.");
			return;
		}
	}
	else
	{
		if (after != NULL && (word = find_word(after, period_words, &n)) != NULL)
		{
			problem->detail = psprintf("A capacity may be per year, not per \"%.*s\".", n, word);
			problem->hint = pstrdup("Write the capacity of a whole year, such as 30 GWh/yr.");
			return;
		}
		word = find_word(s, power_words, &n);
		if (word)
		{
			problem->detail = psprintf("\"%.*s\" is a unit of power, not of energy.", n, word);
			problem->hint = pstrdup("Write the energy alone, such as 400 MWh; 100 MW over 4 hours are 400 MWh.");
			return;
		}
		word = find_word(s, charge_words, &n);
		if (word)
		{
			problem->detail = psprintf("\"%.*s\" is a unit of charge, not of energy.", n, word);
			problem->hint = pstrdup("Multiply by the voltage and write Wh.");
			return;
		}
	}

	word = unknown_word(s, &n);
	if (word && after == NULL)
		problem->detail = psprintf("\"%.*s\" is not a unit that is known here.",
								   Min(n, 40), word);
	problem->hint = cost ?
		pstrdup("Write a number of US$ million per GWh, such as 67.3, or an amount with its unit, such as US$67.3 million/GWh, 115 USD/kWh or 115000 USD/MWh.") :
		pstrdup("Write a number of GWh, such as 1.5, or a number with one of the units Wh, kWh, MWh, GWh, TWh, PWh, such as 1500 MWh.");
}

static bool
refuse_syntax(const QuantityType *type, const char *s, const Text *text,
			  QuantityProblem *problem)
{
	problem->sqlstate = ERRCODE_INVALID_TEXT_REPRESENTATION;
	problem->message = psprintf("invalid input syntax for type %s: \"%s\"",
								type->name, quantity_excerpt(s));
	problem->detail = NULL;
	problem->hint = NULL;
	if (text)
		explain(type, text->s, problem);
	else
	{
		problem->detail = psprintf("The text is longer than %d characters.",
								   MAX_TEXT_BYTES);
		problem->hint = pstrdup("Write one number with at most one unit.");
	}
	return false;
}

static bool
refuse_range(const QuantityType *type, const char *s, QuantityProblem *problem)
{
	problem->sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
	problem->message = psprintf("value \"%s\" is out of range for type %s",
								quantity_excerpt(s), type->name);
	problem->detail = psprintf("The range is %s to %s %s.",
							   quantity_to_decimal(type, PG_INT64_MIN),
							   quantity_to_decimal(type, PG_INT64_MAX),
							   type->unit);
	problem->hint = pstrdup("Check the unit of the number.");
	return false;
}

static bool
refuse_bare_cost(const char *s, QuantityProblem *problem)
{
	problem->sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
	problem->message = psprintf("value \"%s\" is too large for a %s without a unit",
								quantity_excerpt(s), cost_type.name);
	problem->detail = psprintf("A bare number is US$ million per GWh, the same as US$/kWh, and may not pass %d.",
							   COST_BARE_LIMIT);
	problem->hint = pstrdup("Write the unit, such as 67300000 USD/GWh or 115000 USD/MWh.");
	return false;
}

/* ----------------------------------------------------------------------
 * The two types
 * ----------------------------------------------------------------------
 */

/*
 * What nearly every field of a file is: digits, perhaps a sign and a point,
 * few enough to need no more than 64 bits.
 */
static inline bool
parse_plain(const char *s, int scale, int64 *value)
{
	static const int64 power[] = {
		INT64CONST(1), INT64CONST(10), INT64CONST(100), INT64CONST(1000),
		INT64CONST(10000), INT64CONST(100000), INT64CONST(1000000),
		INT64CONST(10000000), INT64CONST(100000000), INT64CONST(1000000000),
		INT64CONST(10000000000), INT64CONST(100000000000),
		INT64CONST(1000000000000)
	};
	const char *p = s;
	bool		negative = (*p == '-');
	int64		v = 0;
	int			digits = 0;
	int			decimals = 0;

	if (negative)
		p++;
	for (; is_digit(*p) && digits < 18; p++, digits++)
		v = v * 10 + (*p - '0');
	if (*p == '.' && digits > 0)
	{
		for (p++; is_digit(*p) && digits < 18; p++, digits++, decimals++)
			v = v * 10 + (*p - '0');
	}
	if (*p != '\0' || digits == 0 || decimals > scale ||
		digits + scale - decimals > 18)
		return false;
	v *= power[scale - decimals];
	*value = negative ? -v : v;
	return true;
}

/*
 * Text to capacity: a number of GWh, or with a unit of energy, optionally
 * per year.  Rounds half away from zero to whole mWh.  false, with *problem
 * filled, for anything else (22P02) and for values out of range (22003).
 */
bool
capacity_gwh_parse(const char *s, int64 *value, QuantityProblem *problem)
{
	Text		text;
	char		number[MAX_TEXT_BYTES + 1];
	const char *p;
	bool		negative = false;
	int			exponent = 0;
	int128		v;

	if (parse_plain(s, CAPACITY_SCALE, value))
		return true;
	if (!normalise(s, &text))
		return refuse_syntax(&capacity_type, s, NULL, problem);

	p = text.s;
	if (*p == '-' || *p == '+')
		negative = (*p++ == '-');
	if (!scan_number(&p, number))
		return refuse_syntax(&capacity_type, s, &text, problem);
	p = skip_blanks(p);
	(void) scan_energy(&p, &exponent);
	(void) scan_per_year(&p);
	if (*p != '\0')
		return refuse_syntax(&capacity_type, s, &text, problem);

	if (decimal_to_int128(number, strlen(number), CAPACITY_SCALE + exponent,
						  &v) != DECIMAL_OK)
		return refuse_range(&capacity_type, s, problem);
	if (negative)
		v = -v;
	if (v > PG_INT64_MAX || v < PG_INT64_MIN)
		return refuse_range(&capacity_type, s, problem);
	*value = (int64) v;
	return true;
}

/*
 * Text to cost: a number of US$ million/GWh up to 20,000, or an amount of US
 * dollars per unit of energy.  Rounds half away from zero to 10^-9 US$/kWh.
 * Refusals as above.
 */
bool
cost_per_gwh_parse(const char *s, int64 *value, QuantityProblem *problem)
{
	Text		text;
	Money		money;
	const char *p;
	int			exponent = 0;
	bool		bare;
	int128		v;

	if (parse_plain(s, COST_SCALE, value) &&
		*value <= cost_type.bare_limit && *value >= -cost_type.bare_limit)
		return true;
	if (!normalise(s, &text))
		return refuse_syntax(&cost_type, s, NULL, problem);

	p = text.s;
	if (!scan_money(&p, &money) || !money.has_number)
		return refuse_syntax(&cost_type, s, &text, problem);
	bare = (*p == '\0');
	if (bare ? (money.has_dollars || money.has_magnitude) :
		(!scan_denominator(&p, &exponent) || *p != '\0' || !money.has_dollars))
		return refuse_syntax(&cost_type, s, &text, problem);

	if (decimal_to_int128(money.number, strlen(money.number),
						  COST_SCALE + money.exponent - exponent,
						  &v) != DECIMAL_OK)
		return refuse_range(&cost_type, s, problem);
	if (money.negative)
		v = -v;
	if (v > PG_INT64_MAX || v < PG_INT64_MIN)
		return refuse_range(&cost_type, s, problem);
	if (bare && (v > cost_type.bare_limit || v < -cost_type.bare_limit))
		return refuse_bare_cost(s, problem);
	*value = (int64) v;
	return true;
}

/*
 * A unit of energy alone; *exponent is its power of ten in GWh.
 */
bool
capacity_unit_parse(const char *s, int *exponent)
{
	Text		text;
	const char *p = text.s;

	if (!normalise(s, &text) || !scan_energy(&p, exponent))
		return false;
	(void) scan_per_year(&p);
	return *p == '\0';
}

/*
 * A unit of cost alone, such as USD/kWh or million US$/GWh; *exponent is its
 * power of ten in US$/kWh.
 */
bool
cost_unit_parse(const char *s, int *exponent)
{
	Text		text;
	Money		money;
	const char *p = text.s;
	int			unit;

	if (!normalise(s, &text) || !scan_money(&p, &money) ||
		money.has_sign || money.has_number || !money.has_dollars ||
		!scan_denominator(&p, &unit) || *p != '\0')
		return false;
	*exponent = money.exponent - unit;
	return true;
}

/*
 * What an amount of US dollars is counted in: million, bn, US$ million, USD;
 * *exponent is its power of ten in US$.
 */
bool
money_unit_parse(const char *s, int *exponent)
{
	Text		text;
	Money		money;
	const char *p = text.s;

	if (!normalise(s, &text) || !scan_money(&p, &money) || *p != '\0' ||
		money.has_sign || money.has_number ||
		!(money.has_dollars || money.has_magnitude))
		return false;
	*exponent = money.exponent;
	return true;
}
