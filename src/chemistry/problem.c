/*-------------------------------------------------------------------------
 *
 * problem.c
 *		Why a text is no chemistry, and what to write instead.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "excerpt.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "notation.h"

/*
 * Fill the problem with what was not read: 22P02, and the input is quoted.
 * hint may be NULL.
 */
void
chem_fill_problem(Parse *parse, char *detail, char *hint)
{
	parse->problem->sqlstate = ERRCODE_INVALID_TEXT_REPRESENTATION;
	parse->problem->message = psprintf("invalid input syntax for type chemistry: \"%s\"",
									   text_excerpt(parse->input, CHEM_EXCERPT_BYTES));
	parse->problem->detail = detail;
	parse->problem->hint = hint;
}

/*
 * Fill the problem, and return REFUSED: see the macro refuse().
 */
Outcome
chem_refuse_for(Parse *parse, const char *hint, char *detail)
{
	chem_fill_problem(parse, detail, hint ? pstrdup(hint) : NULL);
	return REFUSED;
}

/* len bytes of a normalised text for a message */
char *
chem_quote(const char *s, int len)
{
	char	   *copy = pnstrdup(s, len);
	char	   *out = copy;

	/* elsewhere, one question mark stands for a character beyond ASCII */
	if (GetDatabaseEncoding() != PG_UTF8)
	{
		for (const char *p = copy; *p; p++)
			if ((unsigned char) *p < 0x80)
				*out++ = *p;
			else if ((unsigned char) *p >= 0xc0)
				*out++ = '?';
		*out = '\0';
	}
	return text_excerpt(copy, CHEM_EXCERPT_BYTES);
}

/* How to write a node so that it is a value: a part needs what it is part of. */
char *
chem_how_to_write(const ChemNode *node)
{
	if (node->role == CHEM_NEGATIVE)
		return psprintf("\"Li-ion|%s\"", node->name);
	if (node->role == CHEM_ELECTROLYTE)
		return psprintf("\"Li-ion||%s\"", node->name);
	return psprintf("\"%s\"", node->name);
}

/* A role as a message names it, with its article. */
const char *
chem_role_text(ChemRole role)
{
	switch (role)
	{
		case CHEM_POSITIVE:
			return "a system or positive electrode";
		case CHEM_NEGATIVE:
			return "a negative electrode";
		case CHEM_ELECTROLYTE:
			return "an electrolyte";
	}
	return NULL;
}

/* ----------------------------------------------------------------------
 * Near spellings
 * ----------------------------------------------------------------------
 */

#define MAX_NEAR_BYTES	48		/* longer texts have no near spelling */
#define MAX_NEAR		3

/*
 * The number of bytes to insert, delete, replace or swap with their neighbour
 * that make b of a; max + 1 when it is more than max.
 */
static int
distance(const char *a, int alen, const char *b, int blen, int max)
{
	int			rows[3][MAX_NEAR_BYTES + 1];
	int		   *before = rows[0];
	int		   *previous = rows[1];
	int		   *current = rows[2];

	if (abs(alen - blen) > max)
		return max + 1;
	for (int j = 0; j <= blen; j++)
		previous[j] = j;
	for (int i = 1; i <= alen; i++)
	{
		int			least = i;
		int		   *free_row;

		current[0] = i;
		for (int j = 1; j <= blen; j++)
		{
			int			d = previous[j - 1] + (a[i - 1] != b[j - 1]);

			d = Min(d, previous[j] + 1);
			d = Min(d, current[j - 1] + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				d = Min(d, before[j - 2] + 1);
			current[j] = d;
			least = Min(least, d);
		}
		if (least > max)
			return max + 1;
		free_row = before;
		before = previous;
		previous = current;
		current = free_row;
	}
	return previous[blen];
}

/*
 * A hint that names the nearest known spellings of a role (any, if role is
 * negative).
 */
char *
chem_near_hint(const char *s, int len, int role)
{
	const Spellings *table = chem_spellings();
	char		folded[MAX_NORMAL_BYTES + 1];
	int			flen = chem_fold(s, len, folded);
	int			max;
	int			found = 0;
	int			distances[MAX_NEAR];
	const ChemNode *nodes[MAX_NEAR];
	const char *texts[MAX_NEAR];
	StringInfoData hint;

	/* a short word is near too many others */
	max = flen <= 2 ? 0 : flen <= 4 ? 1 : flen <= 7 ? 2 : Min(flen / 3, 4);
	for (int i = 0; flen <= MAX_NEAR_BYTES && i < table->count; i++)
	{
		const Spelling *spelling = &table->spellings[i];

		if (spelling->len > MAX_NEAR_BYTES)
			continue;
		for (int m = spelling->first; m >= 0; m = table->meanings[m].next)
		{
			const ChemNode *node = table->meanings[m].node;
			const char *written = node ? node->name : table->meanings[m].written;
			int			d;
			int			at;

			if (written == NULL ||
				(role >= 0 && (int) (node ? node->role : CHEM_POSITIVE) != role))
				continue;
			d = distance(folded, flen, spelling->folded, spelling->len, max);
			if (d > max || d >= flen)
				continue;
			/* once only, at its least distance */
			for (at = 0; at < found; at++)
				if (strcmp(texts[at], written) == 0)
					break;
			if (at < found)
			{
				if (distances[at] <= d)
					continue;
				for (; at < found - 1; at++)
				{
					distances[at] = distances[at + 1];
					nodes[at] = nodes[at + 1];
					texts[at] = texts[at + 1];
				}
				found--;
			}
			if (found == MAX_NEAR && distances[found - 1] <= d)
				continue;
			if (found < MAX_NEAR)
				found++;
			for (at = found - 1; at > 0 && distances[at - 1] > d; at--)
			{
				distances[at] = distances[at - 1];
				nodes[at] = nodes[at - 1];
				texts[at] = texts[at - 1];
			}
			distances[at] = d;
			nodes[at] = node;
			texts[at] = written;
		}
	}

	initStringInfo(&hint);
	if (found == 0)
		appendStringInfoString(&hint, "chemistry_taxonomy() lists the names and chemistry_aliases() other spellings.");
	else
	{
		appendStringInfoString(&hint, "The nearest known spelling");
		appendStringInfoString(&hint, found > 1 ? "s are " : " is ");
		for (int i = 0; i < found; i++)
		{
			if (i > 0)
				appendStringInfoString(&hint, i == found - 1 ? " and " : ", ");
			if (role < 0 && nodes[i] != NULL)
				appendStringInfoString(&hint, chem_how_to_write(nodes[i]));
			else
				appendStringInfo(&hint, "\"%s\"", texts[i]);
		}
		appendStringInfoChar(&hint, '.');
	}
	return hint.data;
}
