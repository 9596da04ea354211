/*-------------------------------------------------------------------------
 *
 * spellings.c
 *		The spellings of the taxonomy, and how a text is folded to be compared
 *		with them.
 *
 * All names come from the tables of taxonomy.c, by way of one hash table of
 * folded spellings.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "common/hashfn.h"
#include "mb/pg_wchar.h"
#include "text/fold.h"
#include "utils/memutils.h"

#include "notation.h"

/* ----------------------------------------------------------------------
 * Normalisation and folding
 * ----------------------------------------------------------------------
 */

/* The ASCII character that stands for c, 0 to drop c, or -1 to keep it. */
static int
normalise_char(pg_wchar c)
{
	if (c < 0x20)
		return (c >= 0x09 && c <= 0x0d) ? ' ' : '?';
	if (c < 0x7f)
		return (int) c;
	/* full-width forms of ASCII */
	if (c >= 0xff01 && c <= 0xff5e)
		return (int) (c - 0xff01) + '!';
	/* subscript digits, of formulas */
	if (c >= 0x2080 && c <= 0x2089)
		return (int) (c - 0x2080) + '0';
	if (c >= 0x2000 && c <= 0x200a)
		return ' ';				/* en quad to hair space */

	switch (c)
	{
		case 0x007f:
			return '?';
		case 0x0085:			/* next line */
		case 0x00a0:			/* no-break space */
		case 0x1680:
		case 0x180e:
		case 0x2028:
		case 0x2029:
		case 0x202f:			/* narrow no-break space */
		case 0x205f:
		case 0x3000:			/* ideographic space */
			return ' ';
		case 0x200b:			/* zero width space */
		case 0x200c:
		case 0x200d:
		case 0x2060:			/* word joiner */
		case 0xfeff:			/* byte order mark */
			return 0;
		case 0x00ad:			/* soft hyphen */
		case 0x2010:			/* hyphen */
		case 0x2011:			/* non-breaking hyphen */
		case 0x2012:			/* figure dash */
		case 0x2013:			/* en dash */
		case 0x2014:			/* em dash */
		case 0x2015:			/* horizontal bar */
		case 0x2043:			/* hyphen bullet */
		case 0x2212:			/* minus sign */
		case 0x2796:			/* heavy minus sign */
		case 0xfe58:			/* small em dash */
		case 0xfe63:			/* small hyphen-minus */
			return '-';
		case 0x2044:			/* fraction slash */
		case 0x2215:			/* division slash */
			return '/';
		case 0x2236:			/* ratio */
		case 0xa789:
			return ':';
		case 0x2223:			/* divides */
		case 0xffe8:			/* half-width vertical line */
		case 0x01c0:
			return '|';
		case 0x00c9:			/* Bollore is printed with its accent */
		case 0x00e9:
			return 'e';
	}
	return -1;
}

/*
 * s, without the blanks around it, into buf as UTF-8 in which every blank,
 * hyphen, slash, colon and bar is the ASCII one.  False when it is too long.
 */
bool
chem_normalise(const char *s, char *buf)
{
	size_t		len = strnlen(s, CHEM_MAX_TEXT_BYTES + 1);
	int			encoding = GetDatabaseEncoding();
	const unsigned char *p;
	const unsigned char *end;
	char	   *out = buf;

	if (len > CHEM_MAX_TEXT_BYTES)
		return false;
	if (encoding != PG_UTF8 && encoding != PG_SQL_ASCII)
	{
		s = text_to_utf8(s, (int) len);
		len = strlen(s);
		if (len > MAX_NORMAL_BYTES)
			return false;
	}

	p = (const unsigned char *) s;
	end = p + len;
	while (p < end)
	{
		int			c;
		int			n = 1;

		if (*p < 0x80)
			c = normalise_char(*p);
		else
		{
			n = pg_utf_mblen(p);
			/* without an encoding, any byte may be there */
			if (n > end - p || !pg_utf8_islegal(p, n))
			{
				c = '?';
				n = 1;
			}
			else
			{
				pg_wchar	wc = utf8_to_unicode(p);

				if (wc == 0x2016 || wc == 0x2225)	/* double bars */
				{
					*out++ = '|';
					c = '|';
				}
				else
					c = normalise_char(wc);
			}
		}
		if (c < 0)
		{
			memcpy(out, p, n);
			out += n;
		}
		else if (c > 0 && !(c == ' ' && out == buf))
			*out++ = (char) c;
		p += n;
	}
	while (out > buf && out[-1] == ' ')
		out--;
	*out = '\0';
	return true;
}

/*
 * Fold len bytes of a normalised text for comparison: ASCII letters in upper
 * case; blanks, underscores and hyphens left out.  A hyphen that could be the
 * sign of a number stays: one before a digit that has no letter before it.
 */
int
chem_fold(const char *s, int len, char *buf)
{
	char	   *out = buf;

	for (int i = 0; i < len; i++)
	{
		char		c = s[i];

		if (c == ' ' || c == '_')
			continue;
		if (c == '-')
		{
			int			next = i + 1;

			while (next < len && s[next] == ' ')
				next++;
			if (!(next < len && (is_digit(s[next]) || s[next] == '.')) ||
				(i > 0 && s[i - 1] != ' ' && !is_digit(s[i - 1]) &&
				 s[i - 1] != ':' && s[i - 1] != '/' && s[i - 1] != '('))
				continue;
		}
		if (is_lower(c))
			c -= 'a' - 'A';
		*out++ = c;
	}
	*out = '\0';
	return out - buf;
}

/* ----------------------------------------------------------------------
 * The spellings
 * ----------------------------------------------------------------------
 */

static Spellings *spellings = NULL;

static inline uint32
hash_folded(const char *folded, int len)
{
	return hash_bytes((const unsigned char *) folded, len);
}

/* The slot of a folded spelling, or the free one where it belongs. */
static int
find_slot(const Spellings *table, const char *folded, int len, uint32 hash)
{
	int			slot = hash & table->mask;

	while (table->slots[slot] >= 0)
	{
		const Spelling *s = &table->spellings[table->slots[slot]];

		if (s->hash == hash && s->len == len &&
			memcmp(s->folded, folded, len) == 0)
			break;
		slot = (slot + 1) & table->mask;
	}
	return slot;
}

static void
add_meaning(Spellings *table, const char *printed, Meaning meaning)
{
	char		normal[MAX_NORMAL_BYTES + 1];
	char		folded[MAX_NORMAL_BYTES + 1];
	int			len;
	uint32		hash;
	int			slot;
	Spelling   *spelling;

	/* the table is UTF-8 whatever the database is: only ASCII is normalised */
	strlcpy(normal, printed, sizeof(normal));
	len = chem_fold(normal, strlen(normal), folded);
	hash = hash_folded(folded, len);
	slot = find_slot(table, folded, len, hash);
	if (table->slots[slot] < 0)
	{
		spelling = &table->spellings[table->count];
		spelling->folded = pnstrdup(folded, len);
		spelling->printed = printed;
		spelling->len = len;
		spelling->hash = hash;
		spelling->first = -1;
		table->slots[slot] = table->count++;
	}
	spelling = &table->spellings[table->slots[slot]];
	for (int m = spelling->first; m >= 0; m = table->meanings[m].next)
		if (table->meanings[m].node == meaning.node && meaning.node != NULL)
			return;
	meaning.next = spelling->first;
	table->meanings[table->meaning_count] = meaning;
	spelling->first = table->meaning_count++;
}

/*
 * The table of spellings, made once a process of the names and codes of all
 * nodes and of all aliases.
 */
const Spellings *
chem_spellings(void)
{
	MemoryContext context;
	MemoryContext old;
	Spellings  *table;
	int			max = 2 * chem_node_count + chem_alias_count;
	int			slots = 64;

	if (spellings != NULL)
		return spellings;

	context = AllocSetContextCreate(CurrentMemoryContext, "chemistry spellings",
									ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(context);
	while (slots < 3 * max)
		slots *= 2;
	table = palloc0(sizeof(Spellings));
	table->mask = slots - 1;
	table->slots = palloc(slots * sizeof(int16));
	memset(table->slots, -1, slots * sizeof(int16));
	table->spellings = palloc0(max * sizeof(Spelling));
	table->meanings = palloc0(max * sizeof(Meaning));

	for (int i = 0; i < chem_node_count; i++)
	{
		Meaning		meaning = {.node = &chem_nodes[i]};

		add_meaning(table, chem_nodes[i].name, meaning);
		add_meaning(table, chem_nodes[i].code, meaning);
	}
	for (int i = 0; i < chem_alias_count; i++)
	{
		const ChemAlias *alias = &chem_aliases[i];
		Meaning		meaning = {0};

		if (alias->kind != ALIAS_NAME)
			meaning.alias = alias;
		else
		{
			meaning.node = chem_node_by_code(alias->target);
			if (meaning.node == NULL)
				meaning.written = alias->target;
		}
		add_meaning(table, alias->spelling, meaning);
	}
	MemoryContextSwitchTo(old);
	MemoryContextSetParent(context, TopMemoryContext);
	spellings = table;
	return table;
}

/*
 * The spelling that len bytes of a normalised text are, or NULL.
 */
const Spelling *
chem_find_spelling(const char *s, int len)
{
	const Spellings *table = chem_spellings();
	char		folded[MAX_NORMAL_BYTES + 1];
	int			slot;

	len = chem_fold(s, len, folded);
	if (len == 0)
		return NULL;
	slot = find_slot(table, folded, len, hash_folded(folded, len));
	if (table->slots[slot] < 0)
		return NULL;
	return &table->spellings[table->slots[slot]];
}
