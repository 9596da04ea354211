/*-------------------------------------------------------------------------
 *
 * excerpt.c
 *		A text as a message may quote it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "excerpt.h"
#include "mb/pg_wchar.h"

/*
 * s as a message may quote it: cut to max bytes, so that it cannot flood a
 * log, and control characters shown as blanks, so that the quotation stays on
 * one line.
 */
char *
text_excerpt(const char *s, int max)
{
	size_t		len = strnlen(s, max + 1);
	char	   *result;

	if (len > (size_t) max)
	{
		len = pg_mbcliplen(s, max + 1, max);
		result = palloc(len + 4);
		memcpy(result, s, len);
		strcpy(result + len, "...");
	}
	else
		result = pnstrdup(s, len);
	for (char *p = result; *p; p++)
		if ((unsigned char) *p < ' ' || *p == 0x7f)
			*p = ' ';
	return result;
}
