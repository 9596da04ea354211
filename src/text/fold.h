/*-------------------------------------------------------------------------
 *
 * fold.h
 *		A printed text as one byte for each character that figures are made of.
 *
 * What Unicode offers as blanks, dashes, digits, multiplication dots, units
 * and currency signs becomes one ASCII byte, or one of the marks below where
 * ASCII has none.  Compatibility forms (full-width, squared units) become
 * plain.  A raised, lowered, enclosed or fractional digit never does: 120 with
 * a raised 1 is a footnote, 10 with a raised 6 a million, and neither is 1201
 * or 106.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_FOLD_H
#define BATTERY_FOLD_H

/*
 * Longer texts are no figures.  The bound lets everything that reads them work
 * in fixed space and without looking for interrupts.
 */
#define PRINTED_MAX	1000

/* What folding writes for characters that ASCII does not have. */
#define MARK_UNKNOWN	'\001'
#define MARK_DOT		'\002'	/* a multiplication dot */
#define MARK_DASH		'\003'	/* an em dash: never a minus sign */
#define MARK_ELLIPSIS	'\004'
#define MARK_CENT		'\005'
#define MARK_INFINITY	'\006'
#define MARK_PLUSMINUS	'\007'
#define MARK_LE			'\010'	/* less than or equal */
#define MARK_GE			'\011'
#define MARK_ARROW		'\012'
#define MARK_RAISED		'\013'	/* a raised, lowered or enclosed character */
#define MARK_FRACTION	'\014'	/* a fraction other than a half */
#define MARK_HALF		'\015'
#define MARK_GROUP		'\016'	/* a no-break blank before three digits */
#define MARK_PERMILLE	'\017'
#define MARK_DAGGER		'\020'	/* dagger, double dagger, section, pilcrow */
#define MARK_WAN		'\021'	/* ten thousand */
#define MARK_YI			'\022'	/* a hundred million */
/* currency signs, without the dollar's; MARK_CURRENCY is any other one */
#define MARK_EURO		'\023'
#define MARK_POUND		'\024'
#define MARK_YEN		'\025'	/* yen or yuan: the source must say */
#define MARK_YUAN		'\026'
#define MARK_JPY		'\027'
#define MARK_WON		'\030'
#define MARK_RUPEE		'\031'
#define MARK_USD		'\032'	/* US dollar in Chinese characters */
#define MARK_CURRENCY	'\033'

#define is_currency_mark(c)	((c) >= MARK_EURO && (c) <= MARK_CURRENCY)
#define is_digit(c)		((c) >= '0' && (c) <= '9')
#define is_letter(c)	(((c) >= 'a' && (c) <= 'z') || ((c) >= 'A' && (c) <= 'Z'))
#define to_lower(c)		((c) >= 'A' && (c) <= 'Z' ? (c) + ('a' - 'A') : (c))

typedef struct Printed
{
	const char *source;			/* as printed, UTF-8 */
	int			len;			/* of s */
	bool		is_utf8;		/* whether source is the caller's own text */
	bool		is_plain;		/* letters, digits and blanks , . % / alone */
	char		s[PRINTED_MAX + 1]; /* folded, terminated */
	uint16		at[PRINTED_MAX + 1];	/* where each byte of s begins in
										 * source */
} Printed;

extern bool fold_printed(const char *s, size_t len, Printed *printed);
extern char *printed_piece(const Printed *printed, const char *start, const char *end);
extern char *text_to_utf8(const char *s, int len);
extern char *text_from_utf8(const char *s, int len);

#endif							/* BATTERY_FOLD_H */
