/*-------------------------------------------------------------------------
 *
 * cells.c
 *		What is asked of every cell of a file before anything else: is it
 *		empty, and is it a plain number?
 *
 * Both are called for each cell of files of millions of rows, most of which are
 * what they look like, so they make nothing new where nothing changes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

PG_FUNCTION_INFO_V1(trim_cell);
PG_FUNCTION_INFO_V1(plain_number);
PG_FUNCTION_INFO_V1(plain_integer);

static inline bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Is this the first or last byte of a no-break space, in UTF-8? */
static inline bool
no_break_at(const char *s, int len)
{
	return len >= 2 && s[0] == '\302' && s[1] == '\240';
}

/*
 * trim_cell(cell): the text without blanks, tabs, line breaks and no-break
 * spaces at its ends; NULL where nothing is left.
 */
Datum
trim_cell(PG_FUNCTION_ARGS)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	const char *s = VARDATA_ANY(cell);
	int			len = VARSIZE_ANY_EXHDR(cell);
	bool		utf8 = GetDatabaseEncoding() == PG_UTF8;
	int			first = 0;

	for (;;)
	{
		if (first < len && is_blank(s[first]))
			first++;
		else if (utf8 && no_break_at(s + first, len - first))
			first += 2;
		else
			break;
	}
	for (;;)
	{
		if (len > first && is_blank(s[len - 1]))
			len--;
		else if (utf8 && len - first >= 2 && no_break_at(s + len - 2, 2))
			len -= 2;
		else
			break;
	}
	if (len == first)
		PG_RETURN_NULL();
	if (first == 0 && len == (int) VARSIZE_ANY_EXHDR(cell))
		PG_RETURN_TEXT_P(cell);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(s + first, len - first));
}

/*
 * plain_number(printed): the number, where the text is 1 to 15 digits with at
 * most one point between them, or NULL.  Such a text means the same to every
 * reader, and most cells of most files are such texts.
 */
Datum
plain_number(PG_FUNCTION_ARGS)
{
	text	   *printed = PG_GETARG_TEXT_PP(0);
	const char *s = VARDATA_ANY(printed);
	int			len = VARSIZE_ANY_EXHDR(printed);
	int			point = -1;
	int64		value = 0;

	if (len < 1 || len > 16)
		PG_RETURN_NULL();
	for (int i = 0; i < len; i++)
	{
		if (s[i] >= '0' && s[i] <= '9')
			value = value * 10 + (s[i] - '0');
		else if (s[i] == '.' && point < 0 && i > 0 && i < len - 1)
			point = i;
		else
			PG_RETURN_NULL();
	}
	if (point < 0)
	{
		if (len > 15)
			PG_RETURN_NULL();
		PG_RETURN_NUMERIC(int64_to_numeric(value));
	}
	PG_RETURN_NUMERIC(int64_div_fast_to_numeric(value, len - 1 - point));
}

/*
 * plain_integer(printed): the number, where the text is 1 to 9 digits, with
 * nothing but zeros behind a point if there is one (data frames write 2022.0);
 * NULL for any other text.
 */
Datum
plain_integer(PG_FUNCTION_ARGS)
{
	text	   *printed = PG_GETARG_TEXT_PP(0);
	const char *s = VARDATA_ANY(printed);
	int			len = VARSIZE_ANY_EXHDR(printed);
	int			i;
	int32		value = 0;

	for (i = 0; i < len && i < 9 && s[i] >= '0' && s[i] <= '9'; i++)
		value = value * 10 + (s[i] - '0');
	if (i == 0)
		PG_RETURN_NULL();
	if (i < len && s[i] == '.' && i + 1 < len)
		for (i++; i < len && s[i] == '0';)
			i++;
	if (i < len)
		PG_RETURN_NULL();
	PG_RETURN_INT32(value);
}
