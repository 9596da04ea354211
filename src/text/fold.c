/*-------------------------------------------------------------------------
 *
 * fold.c
 *		The one folding of printed figures.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "compat.h"
#include "mb/pg_wchar.h"
#include "text/fold.h"

/* Characters that typesetting puts there and that are not seen. */
#define INVISIBLE	'\034'
/* Blanks that may stand between groups of three digits. */
#define NO_BREAK	'\035'

/*
 * One character beyond ASCII as one byte.  previous is the character before
 * it: a yuan sign behind some country's is that country's money.  One switch,
 * for it is a table.
 */
static char
fold_char(pg_wchar c, pg_wchar previous)
{
	switch (c)
	{
		case 0x00a0:			/* no-break space */
		case 0x2009:			/* thin space */
		case 0x202f:			/* narrow no-break space */
			return NO_BREAK;
		case 0x0085:			/* next line */
		case 0x1680:
		case 0x180e:
		case 0x2028:
		case 0x2029:
		case 0x205f:
		case 0x2060:			/* word joiner */
		case 0x3000:			/* ideographic space */
		case 0xfeff:			/* byte order mark */
			return ' ';
		case 0x00ad:			/* soft hyphen */
		case 0x200c:			/* zero width non-joiner */
		case 0x200d:			/* zero width joiner */
			return INVISIBLE;
		case 0x2010:			/* hyphen */
		case 0x2011:			/* non-breaking hyphen */
		case 0x2012:			/* figure dash */
		case 0x2013:			/* en dash */
		case 0x2212:			/* minus sign */
		case 0x2796:			/* heavy minus sign */
		case 0xfe63:			/* small hyphen-minus */
			return '-';
		case 0x2014:			/* em dash */
		case 0x2015:			/* horizontal bar */
		case 0xfe58:
			return MARK_DASH;
		case 0x2044:			/* fraction slash */
		case 0x2215:			/* division slash */
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
			return MARK_PLUSMINUS;
		case 0x223c:			/* tilde operator */
		case 0x2243:
		case 0x2245:
		case 0x2248:			/* almost equal to */
			return '~';
		case 0x2264:			/* less-than or equal to */
		case 0x2266:
		case 0x2a7d:
			return MARK_LE;
		case 0x2265:			/* greater-than or equal to */
		case 0x2267:
		case 0x2a7e:
			return MARK_GE;
		case 0x2190:
		case 0x2192:
		case 0x21d2:
		case 0x27f6:
		case 0x2794:
		case 0x279c:
		case 0x279d:
		case 0x279e:
			return MARK_ARROW;
		case 0x221e:
			return MARK_INFINITY;
		case 0x00a2:
		case 0xffe0:
			return MARK_CENT;
		case 0xfe69:
			return '$';
		case 0xfe6a:
			return '%';
		case 0x2030:
			return MARK_PERMILLE;
		case 0x2018:			/* single quotes */
		case 0x2019:
		case 0x2032:			/* prime */
			return '\'';
		case 0x201c:			/* double quotes */
		case 0x201d:
			return '"';
		case 0x2020:			/* dagger */
		case 0x2021:
		case 0x00a7:
		case 0x00b6:
			return MARK_DAGGER;
		case 0x2217:			/* asterisk operator */
		case 0x204e:
			return '*';
		case 0x00bd:
			return MARK_HALF;
		case 0x00bc:
		case 0x00be:
		case 0x2189:
			return MARK_FRACTION;
		case 0x00aa:			/* feminine ordinal */
		case 0x00b2:
		case 0x00b3:
		case 0x00b9:
		case 0x00ba:			/* masculine ordinal */
			return MARK_RAISED;
		case 0x4e07:			/* ten thousand */
		case 0x842c:
			return MARK_WAN;
		case 0x4ebf:			/* a hundred million */
		case 0x5104:
			return MARK_YI;
		case 0x5143:			/* yuan */
		case 0x5706:
		case 0x5713:
			switch (previous)
			{
				case 0x7f8e:
					return MARK_USD;
				case 0x6b27:
					return MARK_EURO;
				case 0x65e5:
					return MARK_JPY;
				case 0x97e9:
				case 0x97d3:
					return MARK_WON;
			}
			return MARK_YUAN;
		case 0x5186:			/* yen */
			return MARK_JPY;
		case 0xc6d0:			/* won */
		case 0x20a9:
		case 0xffe6:
			return MARK_WON;
		case 0x20ac:
			return MARK_EURO;
		case 0x00a3:			/* pound */
		case 0xffe1:
			return MARK_POUND;
		case 0x00a5:			/* yen, yuan */
		case 0xffe5:
			return MARK_YEN;
		case 0x20b9:			/* Indian rupee */
			return MARK_RUPEE;
		case 0x00a4:			/* generic currency */
			return MARK_CURRENCY;
	}
	if (c >= 0x2000 && c <= 0x200b)
		return ' ';				/* en quad to zero width space */
	if (c >= 0x20a0 && c <= 0x20cf)
		return MARK_CURRENCY;
	if (c >= 0xff01 && c <= 0xff5e)
		return (char) (c - 0xff01 + '!');	/* full-width forms of ASCII */
	if (c >= 0x2150 && c <= 0x215e)
		return MARK_FRACTION;
	if ((c >= 0x2070 && c <= 0x209f) || /* superscripts and subscripts */
		(c >= 0x02b0 && c <= 0x02b8) || (c >= 0x02e0 && c <= 0x02e4) ||
		(c >= 0x1d2c && c <= 0x1d6a) || (c >= 0x1d9b && c <= 0x1dbf) ||
		(c >= 0x2460 && c <= 0x24ff) || /* enclosed */
		(c >= 0x2776 && c <= 0x2793) ||
		(c >= 0x3220 && c <= 0x3247) || (c >= 0x3250 && c <= 0x32bf) ||
		(c >= 0x1f100 && c <= 0x1f169))
		return MARK_RAISED;
	return MARK_UNKNOWN;
}

/* The letters of a squared unit, or NULL. */
static const char *
squared_unit(pg_wchar c)
{
	switch (c)
	{
		case 0x338e:
			return "mg";
		case 0x338f:
			return "kg";
		case 0x339c:
			return "mm";
		case 0x339d:
			return "cm";
		case 0x339e:
			return "km";
		case 0x33bd:
			return "mW";
		case 0x33be:
			return "kW";
		case 0x33bf:
			return "MW";
	}
	return NULL;
}

/*
 * len bytes of one encoding in another, with instead for each character that
 * the other does not have or that nothing converts.  pg_server_to_any() would
 * throw, and a text that is no value must be refused where the caller expects
 * it: as a soft error, NULL or a message.
 */
static char *
convert_text(const char *s, int len, int from, int to, char instead)
{
	Oid			proc = FindDefaultConversionProc(from, to);
	int			room = (len + 2) * MAX_CONVERSION_GROWTH;
	char	   *result = palloc(room);
	char	   *out = result;

	while (len > 0)
	{
		int			n;

		if (OidIsValid(proc))
		{
			n = pg_do_encoding_conversion_buf(proc, from, to,
											  (unsigned char *) s, len,
											  (unsigned char *) out,
											  room - (out - result), true);
			out += strlen(out);
			s += n;
			len -= n;
			if (len == 0)
				break;
		}
		*out++ = IS_HIGHBIT_SET(*s) ? instead : *s;
		n = Min(pg_encoding_mblen(from, s), len);
		s += n;
		len -= n;
	}
	*out = '\0';
	return result;
}

/*
 * len bytes of the database's encoding as UTF-8, with a byte that is not UTF-8
 * for a character that Unicode does not have.
 */
char *
text_to_utf8(const char *s, int len)
{
	return convert_text(s, len, GetDatabaseEncoding(), PG_UTF8, '\377');
}

/*
 * len bytes of UTF-8 in the database's encoding; a question mark for what that
 * does not have.
 */
char *
text_from_utf8(const char *s, int len)
{
	int			encoding = GetDatabaseEncoding();

	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII)
		return pnstrdup(s, len);
	return convert_text(s, len, PG_UTF8, encoding, '?');
}

/*
 * What only its neighbours can tell: a no-break blank between digits and
 * exactly three more separates thousands, any other one is a blank; what is
 * not seen is dropped, except between digits, which it must not join.
 */
static void
settle_blanks(Printed *printed)
{
	char	   *s = printed->s;
	int			n = 0;

	for (int i = 0; i < printed->len; i++)
	{
		char		c = s[i];
		bool		behind_digit = n > 0 && is_digit(s[n - 1]);

		if (c == NO_BREAK)
			c = (behind_digit && is_digit(s[i + 1]) && is_digit(s[i + 2]) &&
				 is_digit(s[i + 3]) && !is_digit(s[i + 4])) ? MARK_GROUP : ' ';
		else if (c == INVISIBLE)
		{
			if (!behind_digit || !is_digit(s[i + 1]))
				continue;
			c = ' ';
		}
		if (c == ' ' && n == 0)
			continue;
		s[n] = c;
		printed->at[n++] = printed->at[i];
	}
	printed->at[n] = printed->at[printed->len];
	while (n > 0 && s[n - 1] == ' ')
		n--;
	s[n] = '\0';
	printed->len = n;
}

/*
 * Fold len bytes of s, without the blanks around them; false when they are too
 * many.
 */
bool
fold_printed(const char *s, size_t len, Printed *printed)
{
	const unsigned char *p;
	const unsigned char *end;

	/* cppcheck-suppress ctuuninitvar ; the address of what is filled below */
	char	   *out = printed->s;
	int			encoding = GetDatabaseEncoding();
	pg_wchar	previous = 0;
	bool		unsettled = false;
	bool		plain = true;

	if (len > PRINTED_MAX * 4)
		return false;
	printed->is_utf8 = (encoding == PG_UTF8 || encoding == PG_SQL_ASCII);
	if (!printed->is_utf8)
	{
		s = text_to_utf8(s, (int) len);
		len = strlen(s);
	}
	printed->source = s;

	p = (const unsigned char *) s;
	end = p + len;
	while (p < end)
	{
		const unsigned char *start = p;
		char		c;

		if (*p < 0x80)
		{
			c = (char) *p++;
			/* most characters: digits and letters */
			if (is_digit(c) || is_letter(c))
				 /* itself */ ;
			else if (c < 0x20)
			{
				c = (c >= 0x09 && c <= 0x0d) ? ' ' : MARK_UNKNOWN;
				plain &= (c == ' ');
			}
			else if (c == 0x7f)
			{
				c = MARK_UNKNOWN;
				plain = false;
			}
			else if (c != ' ' && c != ',' && c != '.' && c != '%' && c != '/')
				plain = false;
			previous = 0;
		}
		else
		{
			int			n = pg_utf_mblen(p);

			plain = false;
			/* without an encoding, any byte may be there */
			if (n > end - p || !pg_utf8_islegal(p, n))
			{
				c = MARK_UNKNOWN;
				previous = 0;
				n = 1;
			}
			else
			{
				pg_wchar	w = utf8_to_unicode(p);
				const char *unit = squared_unit(w);

				if (unit)
				{
					if (out == printed->s + PRINTED_MAX)
						return false;
					printed->at[out - printed->s] = (uint16) (start - (const unsigned char *) s);
					*out++ = unit[0];
					c = unit[1];
				}
				else
					c = fold_char(w, previous);
				if ((w == 0x5143 || w == 0x5706 || w == 0x5713) && c != MARK_YUAN)
				{
					out--;		/* the country's character, of three bytes */
					start -= 3;
				}
				unsettled |= (c == NO_BREAK || c == INVISIBLE);
				previous = w;
			}
			p += n;
		}
		if ((c == ' ' || c == NO_BREAK) && out == printed->s)
			continue;
		if (out == printed->s + PRINTED_MAX)
			return false;
		printed->at[out - printed->s] = (uint16) (start - (const unsigned char *) s);
		*out++ = c;
	}
	printed->at[out - printed->s] = (uint16) len;
	while (out > printed->s && (out[-1] == ' ' || out[-1] == NO_BREAK))
		out--;
	printed->len = out - printed->s;
	printed->is_plain = plain;
	*out = '\0';
	if (unsettled)
		settle_blanks(printed);
	return true;
}

/*
 * The piece of the text that was folded to [start, end), compatibility forms
 * plain and every run of blanks one blank.
 */
char *
printed_piece(const Printed *printed, const char *start, const char *end)
{
	char	   *result;
	char	   *out;

	while (end > start && end[-1] == ' ')
		end--;
	out = result = palloc(printed->at[end - printed->s] - printed->at[start - printed->s] +
						  (end - start) + 1);
	for (const char *p = start; p < end; p++)
	{
		const char *source;
		int			n;

		if (*p >= ' ' && *p < 0x7f)
		{
			if (*p != ' ' || p == start || p[-1] != ' ')
				*out++ = *p;
			continue;
		}
		source = printed->source + printed->at[p - printed->s];
		n = printed->at[p + 1 - printed->s] - printed->at[p - printed->s];
		if ((unsigned char) *source < ' ')
			*out++ = ' ';
		else
		{
			memcpy(out, source, n);
			out += n;
		}
	}
	*out = '\0';
	return printed->is_utf8 ? result : text_from_utf8(result, out - result);
}
