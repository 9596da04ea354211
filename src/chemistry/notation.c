/*-------------------------------------------------------------------------
 *
 * notation.c
 *		The text of type chemistry.
 *
 *		chemistry	positive [ '|' [negative] [ '|' [electrolyte] ] ]
 *					positive '||' (negative or electrolyte)
 *					positive '/' negative
 *		positive	a spelling of the taxonomy
 *					electrode shares: NMC811, NMC 83:11:6
 *					formula: LiNi0.8Mn0.1Co0.1O2
 *					blend: positive '+' positive
 *					EMMO class, exactly
 *					any of these with the word battery, or with a gloss that does
 *					not contradict it: LFP (LiFePO4), Li-ion battery - NCA
 *
 * All names come from the tables of taxonomy.c, by way of one hash table of
 * folded spellings.  A text is looked up whole before it is taken apart, so
 * that a name may hold any of the signs above (Zn/Br2, LMO/NMC blend).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "chemistry/chemistry.h"
#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "quantity/quantity.h"
#include "text/fold.h"
#include "utils/memutils.h"

/* A normalised text in UTF-8: an input in the server's encoding may grow. */
#define MAX_NORMAL_BYTES	(CHEM_MAX_TEXT_BYTES * 4)

#define is_upper(c)		((c) >= 'A' && (c) <= 'Z')
#define is_lower(c)		((c) >= 'a' && (c) <= 'z')

/* what reading a piece of text came to */
typedef enum Outcome
{
	READ,
	UNKNOWN,					/* nothing we know; no problem was filled */
	REFUSED						/* known, and refused: the problem says why */
} Outcome;

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
static bool
normalise(const char *s, char *buf)
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
static int
fold(const char *s, int len, char *buf)
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

/* One thing that a spelling stands for. */
typedef struct Meaning
{
	const ChemNode *node;		/* or NULL */
	const char *written;		/* a whole canonical text, or NULL */
	const ChemAlias *alias;		/* of a spelling that is refused, or NULL */
	int			next;			/* another meaning of the spelling, or -1 */
} Meaning;

typedef struct Spelling
{
	const char *folded;
	const char *printed;
	int			len;
	uint32		hash;
	int			first;			/* meaning */
} Spelling;

typedef struct Spellings
{
	int			mask;			/* slots less one */
	int			count;
	int			meaning_count;
	int16	   *slots;			/* spelling, or -1 */
	Spelling   *spellings;
	Meaning    *meanings;
} Spellings;

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
	len = fold(normal, strlen(normal), folded);
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
static const Spellings *
get_spellings(void)
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

static const Spelling *
find_spelling(const char *s, int len)
{
	const Spellings *table = get_spellings();
	char		folded[MAX_NORMAL_BYTES + 1];
	int			slot;

	len = fold(s, len, folded);
	if (len == 0)
		return NULL;
	slot = find_slot(table, folded, len, hash_folded(folded, len));
	if (table->slots[slot] < 0)
		return NULL;
	return &table->spellings[table->slots[slot]];
}

/* ----------------------------------------------------------------------
 * Problems
 * ----------------------------------------------------------------------
 */

/* Bytes of an input that a message quotes; the rest becomes "...". */
#define EXCERPT_BYTES	100

/*
 * s as a message may quote it: cut to a length that cannot flood a log, and
 * on one line.
 */
char *
chem_excerpt(const char *s)
{
	return text_excerpt(s, EXCERPT_BYTES);
}

/* What one call of chem_parse() works on. */
typedef struct Parse
{
	const char *input;
	int			depth;			/* of texts that stand for spellings */
	ChemProblem *problem;
} Parse;

static void
fill_problem(Parse *parse, char *detail, char *hint)
{
	parse->problem->sqlstate = ERRCODE_INVALID_TEXT_REPRESENTATION;
	parse->problem->message = psprintf("invalid input syntax for type chemistry: \"%s\"",
									   chem_excerpt(parse->input));
	parse->problem->detail = detail;
	parse->problem->hint = hint;
}

static Outcome
refuse_for(Parse *parse, const char *hint, char *detail)
{
	fill_problem(parse, detail, hint ? pstrdup(hint) : NULL);
	return REFUSED;
}

/* Fill the problem with a detail that is formatted, and return REFUSED. */
#define refuse(parse, hint, ...) \
	refuse_for(parse, hint, psprintf(__VA_ARGS__))

/* len bytes of a normalised text for a message */
static char *
quote(const char *s, int len)
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
	return chem_excerpt(copy);
}

/* How to write a node so that it is a value: a part needs what it is part of. */
static char *
how_to_write(const ChemNode *node)
{
	if (node->role == CHEM_NEGATIVE)
		return psprintf("\"Li-ion|%s\"", node->name);
	if (node->role == CHEM_ELECTROLYTE)
		return psprintf("\"Li-ion||%s\"", node->name);
	return psprintf("\"%s\"", node->name);
}

static const char *
role_text(ChemRole role)
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

/*
 * The candidates of an alias, which are codes and texts with ';' between
 * them: "LFP, LMFP or NMC"; as they are to be written, quoted.
 */
static char *
list_targets(const char *targets, bool to_write)
{
	StringInfoData list;
	const char *p = targets;

	initStringInfo(&list);
	while (*p)
	{
		int			len = strcspn(p, ";");
		char	   *target = pnstrdup(p, len);
		const ChemNode *node = chem_node_by_code(target);

		p += len;
		if (*p == ';')
			p++;
		if (list.len > 0)
			appendStringInfoString(&list, *p ? ", " : " or ");
		if (to_write)
			appendStringInfoString(&list, node ? how_to_write(node) :
								   psprintf("\"%s\"", target));
		else if (node != NULL && node->role != CHEM_POSITIVE)
			appendStringInfo(&list, "%s (%s)", node->name, role_text(node->role));
		else
			appendStringInfoString(&list, node ? node->name : target);
	}
	return list.data;
}

/*
 * The candidate of an ambiguous alias that its place settles on, or NULL: the
 * only one of this role, where others have another role.  Candidates that all
 * are positive electrodes or systems, as whole texts are, stay ambiguous
 * wherever they stand.
 */
static const ChemNode *
settle(const char *targets, ChemRole role)
{
	const ChemNode *found = NULL;
	int			fitting = 0;
	bool		others = false;

	for (const char *p = targets; p != NULL && *p;)
	{
		int			len = strcspn(p, ";");
		const ChemNode *node = chem_node_by_code(pnstrdup(p, len));

		p += len;
		if (*p == ';')
			p++;
		if ((node ? node->role : CHEM_POSITIVE) == role)
		{
			fitting++;
			found = node;
		}
		else
			others = true;
	}
	return fitting == 1 && others ? found : NULL;
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
static char *
near_hint(const char *s, int len, int role)
{
	const Spellings *table = get_spellings();
	char		folded[MAX_NORMAL_BYTES + 1];
	int			flen = fold(s, len, folded);
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
				appendStringInfoString(&hint, how_to_write(nodes[i]));
			else
				appendStringInfo(&hint, "\"%s\"", texts[i]);
		}
		appendStringInfoChar(&hint, '.');
	}
	return hint.data;
}

/* ----------------------------------------------------------------------
 * Compositions
 * ----------------------------------------------------------------------
 */

/* Shares are counted in 1/SHARE_UNIT of what they are written in. */
#define SHARE_DECIMALS	4
#define SHARE_UNIT		10000

/* The i-th metal in the composition order of a node. */
static const char *
metal_at(const ChemNode *node, int i, int *len)
{
	const char *p = node->metals;

	while (i-- > 0)
	{
		p += strcspn(p, " ");
		p += strspn(p, " ");
	}
	*len = strcspn(p, " ");
	return p;
}

/* The metals of a node as a ratio is written: Ni:Mn:Co */
static char *
metals_as_ratio(const ChemNode *node)
{
	char	   *result = pstrdup(node->metals);

	for (char *p = result; *p; p++)
		if (*p == ' ')
			*p = ':';
	return result;
}

/*
 * Are these three thirds of whole that were cut after a decimal, 33 or 33.3
 * of 100, 0.33 or 0.333 of one?  Three times 33.1 are no thirds.  unit is the
 * last decimal that is kept.
 */
static bool
cut_thirds(int64 sum, int64 whole, int64 unit)
{
	int64		lacking = whole - sum;

	while (unit < lacking)
		unit *= 10;
	return lacking == unit && lacking <= whole / 100;
}

/*
 * Shares of metals in any unit, in the composition order of node, as whole
 * percents.  total is what they must add up to.
 */
static Outcome
shares_to_composition(Parse *parse, const ChemNode *node, const int64 *shares,
					  int64 total, uint8 *composition)
{
	int			metals = chem_metal_count(node);
	bool		equal = true;
	int			len;

	memset(composition, 0, CHEM_METALS);
	for (int i = 0; i < metals; i++)
	{
		if (shares[i] <= 0)
		{
			const char *metal = metal_at(node, i, &len);

			return refuse(parse, "Name the electrode that has only the other metals.",
						  "%s with no %.*s is not %s.", node->name, len, metal,
						  node->name);
		}
		if (shares[i] != shares[0])
			equal = false;
	}
	if (equal && metals == 3)
	{
		composition[0] = composition[1] = composition[2] = 33;
		return READ;
	}
	for (int i = 0; i < metals; i++)
	{
		if (shares[i] * 100 % total != 0)
			return refuse(parse, "Round the shares to whole percents that add up to 100.",
						  "A composition is kept in whole percents, and the share of %.*s is finer.",
						  (int) (strcspn(metal_at(node, i, &len), " ")),
						  metal_at(node, i, &len));
		if (i < metals - 1)
			composition[i] = (uint8) (shares[i] * 100 / total);
	}
	return READ;
}

/*
 * The order of the metals in a word: NCM says Ni, Co, Mn.  order[i] is the
 * place in the node's composition order of the i-th letter's metal.  False
 * when the letters are not the metals.
 */
static bool
letter_order(const ChemNode *node, const char *word, int wordlen, int *order)
{
	char		folded[MAX_NORMAL_BYTES + 1];
	const char *p = folded;
	int			metals = chem_metal_count(node);
	int			n = 0;
	bool		seen[CHEM_METALS + 1] = {false};
	int			len;

	/* a name or the code of the node is in the node's own order */
	len = fold(word, wordlen, folded);
	if (len > 2 && (strncmp(p, "LI", 2) == 0 || strncmp(p, "NA", 2) == 0))
		p += 2;
	for (; *p; p++)
	{
		int			i;

		/* lithium and phosphate of LMFP */
		if (*p == 'L' || *p == 'P')
			continue;
		for (i = 0; i < metals; i++)
		{
			int			mlen;
			const char *metal = metal_at(node, i, &mlen);
			char		letter = metal[0];

			if (letter == *p && !seen[i])
				break;
		}
		if (i == metals || n == metals)
			return false;
		seen[i] = true;
		order[n++] = i;
	}
	return n == metals;
}

/*
 * Shares behind the name of an electrode: NMC811, NCM523, NMC 83:11:6,
 * NMC(8:1:1), NMC 80-10-10, LMFP 60:40.  UNKNOWN when the text has no such shape.
 */
static Outcome
read_shares(Parse *parse, const char *s, int len, const ChemNode **result,
			uint8 *composition)
{
	const Spelling *spelling;
	const ChemNode *node = NULL;
	const char *body;
	const char *end = s + len;
	const char *p;
	int			stem = 0;
	int			metals;
	int			order[CHEM_METALS + 1];
	int64		written[CHEM_METALS + 2];
	int64		shares[CHEM_METALS + 2];
	int64		sum = 0;
	int			count = 0;
	char		separator = '\0';
	bool		parenthesis = false;
	bool		equal = true;
	int64		total;
	char	   *ratio;
	char	   *example;
	Outcome		outcome;

	/* the name ends where the first digit is */
	while (stem < len && !is_digit(s[stem]) && s[stem] != '.')
		stem++;
	if (stem == len || stem == 0)
		return UNKNOWN;
	body = s + stem;
	/* a sign before the first number is the number's */
	for (p = body; p > s && p[-1] == ' ';)
		p--;
	if (p > s && p[-1] == '-' && p - 1 > s && (p[-2] == ' ' || p[-2] == '('))
		body = p - 1;
	stem = body - s;
	while (stem > 0 && (s[stem - 1] == ' ' || s[stem - 1] == '-' ||
						s[stem - 1] == '_' || s[stem - 1] == '('))
	{
		if (s[stem - 1] == '(')
		{
			if (parenthesis)
				return UNKNOWN;
			parenthesis = true;
		}
		stem--;
	}
	for (p = body; p < end; p++)
		if (!is_digit(*p) && strchr(" .:/-)%", *p) == NULL)
			return UNKNOWN;

	spelling = find_spelling(s, stem);
	if (spelling == NULL)
		return UNKNOWN;
	for (int m = spelling->first; m >= 0; m = spellings->meanings[m].next)
		if (spellings->meanings[m].node != NULL &&
			spellings->meanings[m].node->role == CHEM_POSITIVE)
			node = spellings->meanings[m].node;
	if (node == NULL)
		return UNKNOWN;
	if (!chem_composition_free(node) || strchr(node->name, '+') != NULL)
		return UNKNOWN;
	metals = chem_metal_count(node);
	ratio = metals_as_ratio(node);
	example = psprintf("Write the shares as \"%s %s\", in percent or in tenths.",
					   node->name, ratio);
	if (!letter_order(node, s, stem, order))
	{
		/* its own name or code, without a letter for each metal */
		if (pg_strncasecmp(s, node->name, stem) != 0 &&
			pg_strncasecmp(s, node->code, stem) != 0)
			return refuse(parse, example,
						  "\"%s\" does not say in which order the shares of the metals follow.",
						  quote(s, stem));
		for (int i = 0; i < metals; i++)
			order[i] = i;
	}

	/* numbers and what separates them */
	for (p = body;;)
	{
		int64		v = 0;
		int			digits = 0;
		int			decimals = 0;

		while (p < end && *p == ' ')
			p++;
		if (p < end && *p == '-')
			return refuse(parse, example, "A share of a metal cannot be negative.");
		for (; p < end && is_digit(*p); p++)
		{
			if (++digits > 8)
				return refuse(parse, example, "\"%s\" is no list of shares.",
							  quote(body, end - body));
			v = v * 10 + (*p - '0');
		}
		v *= SHARE_UNIT;
		if (p < end && *p == '.')
		{
			int64		unit = SHARE_UNIT;

			p++;
			for (; p < end && is_digit(*p); p++)
			{
				if (++decimals > SHARE_DECIMALS)
					return refuse(parse, "Round the shares to whole percents that add up to 100.",
								  "A composition is kept in whole percents.");
				unit /= 10;
				v += (*p - '0') * unit;
			}
		}
		if (digits + decimals == 0 || count > CHEM_METALS)
			return refuse(parse, example, "\"%s\" is no list of shares.",
						  quote(body, end - body));
		written[count++] = v;
		while (p < end && (*p == ' ' || *p == '%'))
			p++;
		if (p < end && *p == ')' && parenthesis)
		{
			parenthesis = false;
			p++;
			while (p < end && *p == ' ')
				p++;
			if (p < end)
				return UNKNOWN;
		}
		if (p == end)
			break;
		/* NMC 80-10-10: a hyphen between two numbers is no sign */
		if ((*p != ':' && *p != '/' &&
			 !(*p == '-' && p + 1 < end && is_digit(p[1]))) ||
			((*p == '-') != (separator == '-') && separator != '\0'))
			return refuse(parse, example, "\"%s\" is no list of shares.",
						  quote(body, end - body));
		separator = *p++;
	}
	if (parenthesis)
		return refuse(parse, example, "A parenthesis is not closed.");

	if (separator == '\0')
	{
		/* NMC811: a digit each, or two */
		int64		v = written[0] / SHARE_UNIT;
		int			digits = 0;
		int64		unit = 10;

		for (p = body; p < end && is_digit(*p); p++)
			digits++;
		if (written[0] % SHARE_UNIT != 0 || (digits != metals && digits != 2 * metals))
			return refuse(parse, example,
						  "%s needs the shares of %d metals.", node->name, metals);
		if (digits == 2 * metals)
			unit = 100;
		for (int i = metals - 1; i >= 0; i--)
		{
			written[i] = v % unit * SHARE_UNIT;
			v /= unit;
		}
		count = metals;
	}
	if (count != metals)
		return refuse(parse, example, "%s needs the shares of %d metals, and %d are given.",
					  node->name, metals, count);
	for (int i = 0; i < metals; i++)
	{
		shares[order[i]] = written[i];
		sum += written[i];
		if (written[i] != written[0])
			equal = false;
	}

	/* 955 is how 90:5:5 is called */
	if (separator == '\0' && metals == 3 && end - body == 3 &&
		shares[0] == 9 * SHARE_UNIT &&
		shares[1] == 5 * SHARE_UNIT && shares[2] == 5 * SHARE_UNIT)
	{
		shares[0] = 90 * SHARE_UNIT;
		sum = 100 * SHARE_UNIT;
	}

	/* 111, 333, 1:1:1 and 33.3:33.3:33.3 are thirds, 888 is a mistake */
	if (metals == 3 && equal &&
		(sum == 3 * SHARE_UNIT || sum == 9 * SHARE_UNIT ||
		 cut_thirds(sum, 100 * SHARE_UNIT, 1) || cut_thirds(sum, SHARE_UNIT, 1)))
		total = sum;
	else if (sum == 100 * SHARE_UNIT || sum == 10 * SHARE_UNIT || sum == SHARE_UNIT)
		total = sum;
	else
		return refuse(parse, example,
					  "The shares add up to %g, not to 100, 10 or 1.",
					  (double) sum / SHARE_UNIT);
	outcome = shares_to_composition(parse, node, shares, total, composition);
	if (outcome != READ)
		return outcome;

	/*
	 * NMC523 says Ni, Mn, Co by its letters, and is printed for NCM523 =
	 * NMC532.  Where the digits make a name in the order of the other
	 * spelling only, either could be meant.
	 */
	if (separator == '\0' && metals == 3 &&
		chem_named_composition(node, composition) == NULL)
	{
		uint8		swapped[CHEM_METALS] = {composition[0],
		100 - composition[0] - composition[1], 0};
		const ChemNode *named = chem_named_composition(node, swapped);

		if (named != NULL && swapped[1] != composition[1])
			return refuse(parse,
						  psprintf("Write \"%s\" or \"%s %d:%d:%d\".", named->name,
								   node->name, composition[0], composition[1],
								   swapped[1]),
						  "\"%s\" could be %s, written in the other order of the letters, or %s %d:%d:%d in %s.",
						  quote(s, len), named->name, node->name,
						  composition[0], composition[1], swapped[1], ratio);
	}
	*result = node;
	return READ;
}

/* ----------------------------------------------------------------------
 * Formulas
 * ----------------------------------------------------------------------
 */

/*
 * Amounts in a formula are counted in 1/AMOUNT_UNIT: four decimals, and the
 * fractions that people write.
 */
#define AMOUNT_UNIT		INT64CONST(50400000)	/* 10^4 * 5040 */
#define MAX_AMOUNT		1000
#define MAX_FORMULA		16		/* different elements */

typedef struct Amount
{
	char		symbol[3];
	int64		amount;
} Amount;

typedef struct Formula
{
	int			count;
	bool		has_digits;
	bool		finer;			/* an amount had more decimals than we keep */
	Amount		amounts[MAX_FORMULA];
} Formula;

/*
 * An optional amount: 2, 0.8, 1/3; 1 where there is none.  False when it is
 * not one of those that are kept.
 */
static bool
scan_amount(const char **pp, const char *end, int64 *amount, Formula *formula)
{
	const char *p = *pp;
	int64		v = 0;
	int64		unit = AMOUNT_UNIT;
	int			decimals = 0;

	if (p == end || (!is_digit(*p) && *p != '.'))
	{
		*amount = AMOUNT_UNIT;
		return true;
	}
	formula->has_digits = true;
	for (; p < end && is_digit(*p); p++)
	{
		v = v * 10 + (*p - '0');
		if (v > MAX_AMOUNT)
			return false;
	}
	if (p < end && *p == '/')
	{
		int64		divisor = 0;

		if (p + 1 == end || !is_digit(p[1]))
			return false;
		for (p++; p < end && is_digit(*p); p++)
		{
			divisor = divisor * 10 + (*p - '0');
			if (divisor > MAX_AMOUNT)
				return false;
		}
		if (divisor == 0 || v * AMOUNT_UNIT % divisor != 0)
			return false;
		*amount = v * AMOUNT_UNIT / divisor;
		*pp = p;
		return true;
	}
	v *= AMOUNT_UNIT;
	if (p < end && *p == '.')
	{
		if (p + 1 == end || !is_digit(p[1]))
			return false;
		for (p++; p < end && is_digit(*p); p++)
		{
			if (++decimals > SHARE_DECIMALS)
			{
				if (*p != '0')
					formula->finer = true;
				continue;
			}
			unit /= 10;
			v += (*p - '0') * unit;
		}
	}
	*amount = v;
	*pp = p;
	return true;
}

static bool
add_amount(Formula *formula, const char *symbol, int64 amount)
{
	for (int i = 0; i < formula->count; i++)
		if (strcmp(formula->amounts[i].symbol, symbol) == 0)
		{
			formula->amounts[i].amount += amount;
			return true;
		}
	if (formula->count == MAX_FORMULA)
		return false;
	strcpy(formula->amounts[formula->count].symbol, symbol);
	formula->amounts[formula->count++].amount = amount;
	return true;
}

/*
 * A formula, or a group of one that ends before a parenthesis.  Letters are
 * case-sensitive: Co is cobalt.  False when it is none.
 */
static bool
scan_formula(const char **pp, const char *end, int depth, Formula *formula)
{
	const char *p = *pp;

	formula->count = 0;
	formula->has_digits = false;
	formula->finer = false;
	while (p < end && *p != ')' && *p != ']')
	{
		int64		amount;

		if (*p == '(' || *p == '[')
		{
			char		close = *p == '(' ? ')' : ']';
			Formula		group;

			p++;
			if (depth == 0 || !scan_formula(&p, end, depth - 1, &group) ||
				p == end || *p != close)
				return false;
			p++;
			if (!scan_amount(&p, end, &amount, formula))
				return false;
			formula->has_digits |= group.has_digits;
			formula->finer |= group.finer;
			for (int i = 0; i < group.count; i++)
			{
				int64		whole = amount / AMOUNT_UNIT;
				int64		rest = amount % AMOUNT_UNIT;
				int64		v = group.amounts[i].amount;

				/* only exact products, and none that could overflow */
				if (v > MAX_AMOUNT * AMOUNT_UNIT ||
					(int128) v * rest % AMOUNT_UNIT != 0)
					return false;
				v = v * whole + (int64) ((int128) v * rest / AMOUNT_UNIT);
				if (v > MAX_AMOUNT * AMOUNT_UNIT ||
					!add_amount(formula, group.amounts[i].symbol, v))
					return false;
			}
		}
		else
		{
			char		symbol[3];
			int			len;

			if (!is_upper(*p))
				return false;
			len = p + 1 < end && is_lower(p[1]) ? 2 : 1;
			if (!chem_element_symbol(p, len, symbol))
				return false;
			p += len;
			if (!scan_amount(&p, end, &amount, formula) ||
				!add_amount(formula, symbol, amount))
				return false;
		}
	}
	*pp = p;
	return formula->count > 0;
}

static bool
parse_formula(const char *s, int len, Formula *formula)
{
	const char *p = s;
	const char *end = s + len;

	return scan_formula(&p, end, 3, formula) && p == end;
}

static int64
amount_of(const Formula *formula, const char *symbol, int len)
{
	for (int i = 0; i < formula->count; i++)
		if ((int) strlen(formula->amounts[i].symbol) == len &&
			memcmp(formula->amounts[i].symbol, symbol, len) == 0)
			return formula->amounts[i].amount;
	return 0;
}

#define amount_of_symbol(formula, symbol) \
	amount_of(formula, symbol, (int) strlen(symbol))

/* The same elements in the same proportion? */
static bool
same_formula(const Formula *a, const Formula *b)
{
	int64		first;

	if (a->count != b->count)
		return false;
	first = amount_of_symbol(b, a->amounts[0].symbol);
	for (int i = 0; i < a->count; i++)
	{
		int64		other = amount_of_symbol(b, a->amounts[i].symbol);

		if (other == 0 ||
			(int128) a->amounts[i].amount * first !=
			(int128) a->amounts[0].amount * other)
			return false;
	}
	return true;
}

/* Does a formula hold an anion that makes it an electrode or an electrolyte? */
static bool
has_anion(const Formula *formula)
{
	static const char *const anions[] = {"O", "S", "F", "Cl", "P"};

	for (int i = 0; i < (int) lengthof(anions); i++)
		if (amount_of_symbol(formula, anions[i]) > 0)
			return true;
	return false;
}

/*
 * The chemical formula of an electrode.  First those of the table, however
 * they are written; then those with free shares, which the metals of a node
 * describe: one of the carrier (the first of the node's elements), the metals
 * adding up to one, and O2, or PO4 where phosphorus is among the elements.
 */
static Outcome
read_formula(Parse *parse, const char *s, int len, ChemRole role,
			 const ChemNode **result, uint8 *composition)
{
	const Spellings *table = get_spellings();
	Formula		formula;
	char		packed[CHEM_MAX_TEXT_BYTES * 4 + 1];
	int			n = 0;

	/* blanks in a formula come of typesetting */
	for (int i = 0; i < len; i++)
		if (s[i] != ' ')
			packed[n++] = s[i];
	packed[n] = '\0';
	if (!parse_formula(packed, n, &formula) || formula.count < 2 ||
		!has_anion(&formula))
		return UNKNOWN;
	if (formula.finer)
		return refuse(parse, "Round the shares to whole percents that add up to one.",
					  "A composition is kept in whole percents.");
	for (int i = 0; i < formula.count; i++)
		if (formula.amounts[i].amount == 0)
			return refuse(parse, "Leave it out.",
						  "The formula has none of %s.", formula.amounts[i].symbol);

	for (int i = 0; i < table->count; i++)
	{
		const Spelling *spelling = &table->spellings[i];
		Formula		known;

		for (int m = spelling->first; m >= 0; m = table->meanings[m].next)
		{
			const ChemNode *node = table->meanings[m].node;

			if (node == NULL || node->role != role)
				continue;
			if (!parse_formula(spelling->printed, strlen(spelling->printed), &known) ||
				!known.has_digits || known.count < 2 || !has_anion(&known) ||
				!same_formula(&formula, &known))
				continue;
			*result = node;
			return READ;
		}
	}
	if (role != CHEM_POSITIVE)
		return UNKNOWN;

	for (int i = 0; i < chem_node_count; i++)
	{
		const ChemNode *node = &chem_nodes[i];
		bool		phosphate;
		bool		equal = true;
		int			metals;
		int			carrier_len;
		int64		carrier;
		int64		shares[CHEM_METALS + 1];
		int64		sum = 0;
		char	   *written;

		if (!chem_composition_free(node) || strchr(node->name, '+') != NULL)
			continue;
		phosphate = strstr(node->elements, " P") != NULL;
		metals = chem_metal_count(node);
		if (formula.count != metals + (phosphate ? 3 : 2))
			continue;
		carrier_len = strcspn(node->elements, " ");
		carrier = amount_of(&formula, node->elements, carrier_len);
		if (carrier == 0 ||
			amount_of_symbol(&formula, "O") == 0 ||
			(phosphate && amount_of_symbol(&formula, "P") == 0))
			continue;
		for (int j = 0; j < metals; j++)
		{
			int			mlen;
			const char *metal = metal_at(node, j, &mlen);

			shares[j] = amount_of(&formula, metal, mlen);
			if (shares[j] == 0)
				break;
			sum += shares[j];
			if (shares[j] != shares[0])
				equal = false;
			if (j < metals - 1)
				continue;

			/* the elements are this node's */
			written = metals_as_ratio(node);
			if (metals == 3 && equal &&
				cut_thirds(sum, AMOUNT_UNIT, AMOUNT_UNIT / 10000))
				sum = AMOUNT_UNIT;	/* 0.33 or 0.333 of each */
			if (sum != AMOUNT_UNIT)
				return refuse(parse, psprintf("Write shares that add up to one, or \"%s %s\" in percent.",
											  node->name, written),
							  "The shares of %s add up to %g, not to 1.",
							  written, (double) sum / AMOUNT_UNIT);
			if (carrier != AMOUNT_UNIT ||
				amount_of_symbol(&formula, "O") != (phosphate ? 4 : 2) * AMOUNT_UNIT ||
				(phosphate && amount_of_symbol(&formula, "P") != AMOUNT_UNIT))
				return refuse(parse, psprintf("Write \"%s\", with or without the shares of %s.",
											  node->name, written),
							  "%s has one %.*s and %s for each of its metals.",
							  node->name, carrier_len, node->elements,
							  phosphate ? "PO4" : "O2");
			*result = node;
			return shares_to_composition(parse, node, shares, sum, composition);
		}
	}
	return UNKNOWN;
}

/* ----------------------------------------------------------------------
 * Parts
 * ----------------------------------------------------------------------
 */

static bool parse_text(Parse *parse, const char *s, int len, ChemParts *parts);

/*
 * What a known spelling says where a role is asked for.  bare: it stands
 * alone, so nothing but its own meaning fixes the role.
 */
static Outcome
read_spelling(Parse *parse, const Spelling *spelling, const char *s, int len,
			  ChemRole role, bool bare, ChemParts *parts)
{
	const Spellings *table = get_spellings();
	const ChemNode *fits = NULL;
	const ChemNode *other = NULL;
	const char *written = NULL;
	const ChemAlias *alias = NULL;
	bool		several = false;

	for (int m = spelling->first; m >= 0; m = table->meanings[m].next)
	{
		const Meaning *meaning = &table->meanings[m];

		if (meaning->alias != NULL)
			alias = meaning->alias;
		else if (meaning->written != NULL)
			written = meaning->written;
		else if (meaning->node->role == role)
		{
			if (fits != NULL)
				several = true;
			fits = meaning->node;
		}
		else
			other = meaning->node;
	}

	/*
	 * Its place in A|B|C may tell which one is meant; but NA in capitals is
	 * "not available" in any place.
	 */
	if (alias != NULL && alias->kind == ALIAS_AMBIGUOUS && !bare &&
		!(len == 2 && memcmp(s, "NA", 2) == 0) &&
		settle(alias->target, role) != NULL)
	{
		fits = settle(alias->target, role);
		several = false;
		written = NULL;
	}
	else if (alias != NULL)
	{
		const char *note = alias->note;
		char	   *targets = alias->target ? list_targets(alias->target, false) : NULL;
		char	   *hint = NULL;
		char	   *quoted = quote(s, len);

		if (alias->target != NULL)
			hint = psprintf("Write what is meant: %s.", list_targets(alias->target, true));
		switch (alias->kind)
		{
			case ALIAS_AMBIGUOUS:
				if (targets != NULL && note != NULL)
					return refuse(parse, hint, "\"%s\" could be %s: %s.", quoted, targets, note);
				if (targets != NULL)
					return refuse(parse, hint, "\"%s\" could be %s.", quoted, targets);
				return refuse(parse, hint, "\"%s\" is ambiguous: %s.", quoted, note ? note : "it has several meanings");
			case ALIAS_FORMAT:
				return refuse(parse, hint ? hint : "Write the chemistry, for example \"LFP\" or \"Li-ion\".",
							  note ? "\"%s\" is a cell format, not a chemistry: %s." :
							  "\"%s\" is a cell format, not a chemistry.", quoted, note);
			case ALIAS_BRAND:
				return refuse(parse, hint ? hint : "Write the chemistry, for example \"LFP\" or \"Na-ion\".",
							  note ? "\"%s\" is a trade name, not a chemistry: %s." :
							  "\"%s\" is a trade name, not a chemistry.", quoted, note);
			case ALIAS_FAMILY_WORD:
				return refuse(parse, hint,
							  note ? "\"%s\" is a word for several chemistries: %s." :
							  "\"%s\" is a word for several chemistries.", quoted, note);
			case ALIAS_NAME:
				break;
		}
	}

	if (role == CHEM_POSITIVE && written != NULL)
	{
		/* a spelling of a whole value: LTO is sold as a chemistry */
		if (parse->depth > 0)
			elog(ERROR, "spelling \"%s\" of the taxonomy stands for another such", spelling->printed);
		parse->depth++;
		if (!parse_text(parse, written, strlen(written), parts))
			return REFUSED;
		parse->depth--;
		return READ;
	}

	if (fits != NULL && !several)
	{
		if (role == CHEM_POSITIVE)
		{
			if (fits->kind == CHEM_COMPOSITION)
			{
				memcpy(parts->composition, fits->composition, CHEM_METALS);
				fits = chem_node_by_code(fits->parent);
			}
			parts->node = fits;
		}
		else if (role == CHEM_NEGATIVE)
			parts->negative = fits;
		else
			parts->electrolyte = fits;
		return READ;
	}

	if (bare && other != NULL && fits == NULL)
		return refuse(parse, psprintf("Write it with what it is part of, for example %s.",
									  how_to_write(other)),
					  "\"%s\" is %s; alone it is no chemistry.", quote(s, len),
					  role_text(other->role));
	if (fits == NULL && (other != NULL || written != NULL))
	{
		ChemRole	its = other ? other->role : CHEM_POSITIVE;

		return refuse(parse, "The order is positive electrode | negative electrode | electrolyte.",
					  "\"%s\" is %s and stands where %s is expected.", quote(s, len),
					  role_text(its), role_text(role));
	}
	else
	{
		/* several nodes, and the place does not tell which */
		StringInfoData list;
		StringInfoData hint;

		initStringInfo(&list);
		initStringInfo(&hint);
		for (int m = spelling->first; m >= 0; m = table->meanings[m].next)
		{
			const ChemNode *node = table->meanings[m].node;

			if (node == NULL || (!bare && node->role != role))
				continue;
			appendStringInfo(&list, "%s%s (%s)", list.len > 0 ? " or " : "",
							 node->name, role_text(node->role));
			appendStringInfo(&hint, "%s%s", hint.len > 0 ? " or " : "Write ",
							 how_to_write(node));
		}
		appendStringInfoChar(&hint, '.');
		return refuse(parse, hint.data, "\"%s\" could be %s.", quote(s, len), list.data);
	}
}

static Outcome read_called(Parse *parse, const char *s, int len, bool bare, ChemParts *parts);

static void
trim(const char **s, int *len)
{
	while (*len > 0 && **s == ' ')
	{
		(*s)++;
		(*len)--;
	}
	while (*len > 0 && (*s)[*len - 1] == ' ')
		(*len)--;
}

#define MAX_MEMBERS		4

/* The members of a node that is a blend, by its name; 0 when it is none. */
static int
blend_members(const ChemNode *node, const ChemNode **members)
{
	const char *p = node->name;
	int			n = 0;

	if (node->role != CHEM_POSITIVE || strchr(p, '+') == NULL)
		return 0;
	for (;;)
	{
		int			len = strcspn(p, "+");
		const ChemNode *member = NULL;

		for (int i = 0; i < chem_node_count && member == NULL; i++)
			if (chem_nodes[i].role == CHEM_POSITIVE &&
				(int) strlen(chem_nodes[i].name) == len &&
				memcmp(chem_nodes[i].name, p, len) == 0)
				member = &chem_nodes[i];
		if (member == NULL || n == MAX_MEMBERS)
			elog(ERROR, "blend %s of the taxonomy has unknown members", node->code);
		members[n++] = member;
		p += len;
		if (*p == '\0')
			return n;
		p++;
	}
}

/* NMC622+LMO: the blend of these members, in any order. */
static Outcome
read_blend(Parse *parse, const char *s, int len, ChemParts *parts)
{
	ChemParts	given[MAX_MEMBERS];
	int			count = 0;
	const char *end = s + len;
	StringInfoData known;

	for (const char *p = s;;)
	{
		const char *plus = memchr(p, '+', end - p);
		const char *member = p;
		int			mlen = (plus ? plus : end) - p;
		Outcome		outcome;

		trim(&member, &mlen);
		if (mlen == 0 || count == MAX_MEMBERS)
			return UNKNOWN;
		memset(&given[count], 0, sizeof(ChemParts));
		outcome = read_called(parse, member, mlen, false, &given[count]);
		if (outcome == UNKNOWN)
			return refuse(parse, near_hint(member, mlen, CHEM_POSITIVE),
						  "\"%s\" is no known positive electrode.", quote(member, mlen));
		if (outcome == REFUSED)
			return REFUSED;
		if (given[count].negative != NULL || given[count].electrolyte != NULL ||
			given[count].node->kind != CHEM_CATHODE)
			return refuse(parse, "A blend is of positive electrodes, for example \"NMC+LMO\".",
						  "\"%s\" is no positive electrode.", quote(member, mlen));
		count++;
		if (plus == NULL)
			break;
		p = plus + 1;
	}

	initStringInfo(&known);
	for (int i = 0; i < chem_node_count; i++)
	{
		const ChemNode *node = &chem_nodes[i];
		const ChemNode *members[MAX_MEMBERS];
		int			n = blend_members(node, members);
		bool		used[MAX_MEMBERS] = {false};
		int			matched = 0;

		if (n == 0)
			continue;
		appendStringInfo(&known, "%s\"%s\"", known.len > 0 ? ", " : "", node->name);
		if (n != count)
			continue;
		for (int j = 0; j < n; j++)
			for (int k = 0; k < n; k++)
				if (!used[k] && given[k].node == members[j])
				{
					used[k] = true;
					matched++;
					break;
				}
		if (matched < n)
			continue;

		parts->node = node;
		for (int k = 0; k < n; k++)
		{
			if (given[k].composition[0] == 0)
				continue;
			if (given[k].node != members[0] || !chem_composition_free(node))
				return refuse(parse, psprintf("Write %s without its shares.", given[k].node->name),
							  "Of the blend %s, only the composition of %s is kept.",
							  node->name, members[0]->name);
			memcpy(parts->composition, given[k].composition, CHEM_METALS);
		}
		return READ;
	}
	return refuse(parse, known.len > 0 ?
				  psprintf("Known blends are %s; \"BLEND\" is any.", known.data) :
				  "Write the electrode that is most of it.",
				  "This blend is not in the taxonomy.");
}

/*
 * A class of the EMMO domain battery, exactly as the taxonomy names it.  It is
 * an identifier: LithiumIonPolymerBattery is one thing where "lithium-ion
 * polymer battery", as people print it, could be several.
 */
static Outcome
read_emmo(Parse *parse, const char *s, int len, ChemRole role, bool bare,
		  const ChemNode **result)
{
	/* most other texts are known by their first sign not to be one */
	for (int i = 0; i < len; i++)
		if (!is_upper(s[i]) && !is_lower(s[i]) && !is_digit(s[i]))
			return UNKNOWN;
	for (int i = 0; i < chem_node_count; i++)
	{
		const ChemNode *node = &chem_nodes[i];

		if (node->emmo == NULL || (int) strlen(node->emmo) != len ||
			memcmp(node->emmo, s, len) != 0)
			continue;
		if (node->role == role)
		{
			*result = node;
			return READ;
		}
		return refuse(parse, psprintf("Write it with what it is part of, for example %s.",
									  how_to_write(node)),
					  bare ? "\"%s\" is %s; alone it is no chemistry." :
					  "\"%s\" is %s and stands in another's place.", quote(s, len),
					  role_text(node->role));
	}
	return UNKNOWN;
}

/* What stands in the first place. */
static Outcome
read_positive(Parse *parse, const char *s, int len, bool bare, ChemParts *parts)
{
	const Spelling *spelling = find_spelling(s, len);
	const ChemNode *node = NULL;
	Outcome		outcome;

	if (spelling != NULL)
		return read_spelling(parse, spelling, s, len, CHEM_POSITIVE, bare, parts);
	if (memchr(s, '+', len) != NULL)
		return read_blend(parse, s, len, parts);
	outcome = read_emmo(parse, s, len, CHEM_POSITIVE, bare, &node);
	if (outcome == UNKNOWN)
		outcome = read_formula(parse, s, len, CHEM_POSITIVE, &node, parts->composition);
	if (outcome == UNKNOWN)
		outcome = read_shares(parse, s, len, &node, parts->composition);
	if (outcome == READ)
	{
		if (node->kind == CHEM_COMPOSITION)
		{
			memcpy(parts->composition, node->composition, CHEM_METALS);
			node = chem_node_by_code(node->parent);
		}
		parts->node = node;
	}
	return outcome;
}

/* ----------------------------------------------------------------------
 * Glosses
 * ----------------------------------------------------------------------
 */

#define MAX_GLOSSES		2		/* deep: Li-ion (lithium iron phosphate, LFP) */
#define MAX_SPLITS		16		/* a longer text is a sentence */

/* The blanks and signs between a name and its gloss. */
static inline bool
is_separator(char c)
{
	return c == ' ' || c == '-' || c == ',' || c == ':' || c == '(' || c == ')' ||
		c == '[' || c == ']';
}

/* Parentheses and brackets that close before they open, or stay open? */
static bool
is_unbalanced(const char *s, int len)
{
	int			depth = 0;

	for (int i = 0; i < len && depth >= 0; i++)
		/* cppcheck-suppress uninitvar ; len bytes have been written */
		depth += (s[i] == '(' || s[i] == '[') - (s[i] == ')' || s[i] == ']');
	return depth != 0;
}

/* Leave out the separators around a piece, but not what closes a formula. */
static void
trim_separators(const char **s, int *len)
{
	while (*len > 0 && is_separator(**s))
	{
		(*s)++;
		(*len)--;
	}
	while (*len > 0 && is_separator((*s)[*len - 1]))
	{
		char		last = (*s)[*len - 1];

		if ((last == ')' || last == ']') && !is_unbalanced(*s, *len))
			break;
		(*len)--;
	}
}

/*
 * A text without the words that say only that it is a battery, into buf.
 * False when it has none of them or nothing else.
 */
static bool
without_battery(const char *s, int len, char *buf, const char **rest, int *rest_len)
{
	static const char *const words[] = {
		"battery", "batteries", "cell", "cells", "Batterie", "Batterien"
	};
	bool		found = false;
	char	   *out = buf;

	for (int i = 0; i < len;)
	{
		int			n = 0;

		while (i + n < len && is_letter(s[i + n]))
			n++;
		if (n > 0 && (i == 0 || !is_digit(s[i - 1])) &&
			(i + n == len || (!is_digit(s[i + n]) && (unsigned char) s[i + n] < 0x80)))
			for (int w = 0; w < (int) lengthof(words); w++)
				if ((int) strlen(words[w]) == n && pg_strncasecmp(words[w], s + i, n) == 0)
				{
					i += n;
					n = 0;
					found = true;
					/* its parentheses, if it had some of its own */
					if (out > buf && out[-1] == '(' && i < len && s[i] == ')')
					{
						out--;
						i++;
					}
					break;
				}
		if (n == 0 && i < len && !is_letter(s[i]))
			n = 1;
		memcpy(out, s + i, n);
		out += n;
		i += n;
	}
	*rest = buf;
	*rest_len = out - buf;
	if (is_unbalanced(buf, *rest_len))
		return false;
	trim_separators(rest, rest_len);
	return found && *rest_len > 0;
}

/* What is called by its name, with or without the word battery. */
static Outcome
read_called(Parse *parse, const char *s, int len, bool bare, ChemParts *parts)
{
	Outcome		outcome = read_positive(parse, s, len, bare, parts);
	char		buf[MAX_NORMAL_BYTES + 1];
	const char *rest;
	int			rest_len;

	if (outcome == UNKNOWN && without_battery(s, len, buf, &rest, &rest_len))
	{
		memset(parts, 0, sizeof(ChemParts));
		outcome = read_positive(parse, rest, rest_len, bare, parts);
	}
	return outcome;
}

/*
 * Does *other, the other piece of a text, settle this one, a word that alone is
 * refused?  A cell's format says nothing against it.  A brand or a word for
 * several has to be able to mean it, and adds nothing.  What is ambiguous
 * becomes the one candidate that it goes with: Na-ion (NIB), INR (NMC).
 */
static bool
settled_by(Parse *parse, const char *s, int len, ChemParts *other)
{
	const Spelling *spelling = find_spelling(s, len);
	char		buf[MAX_NORMAL_BYTES + 1];
	const ChemAlias *alias = NULL;
	int64		value = chem_encode(other);
	int64		narrow = value;
	int			fitting = 0;

	if (spelling == NULL && without_battery(s, len, buf, &s, &len))
		spelling = find_spelling(s, len);
	for (int m = spelling ? spelling->first : -1; m >= 0; m = spellings->meanings[m].next)
		if (spellings->meanings[m].alias != NULL)
			alias = spellings->meanings[m].alias;
	if (alias == NULL)
		return false;
	if (alias->kind == ALIAS_FORMAT)
		return true;
	for (const char *p = alias->target; p != NULL && *p;)
	{
		int			tlen = strcspn(p, ";");
		const ChemNode *node = chem_node_by_code(pnstrdup(p, tlen));
		ChemParts	parts = {0};
		int64		candidate;

		if (node == NULL ? parse_text(parse, p, tlen, &parts) :
			node->role == CHEM_POSITIVE &&
			read_positive(parse, node->name, strlen(node->name), false, &parts) == READ)
		{
			candidate = chem_encode(&parts);
			if (chem_contains(value, candidate))
			{
				fitting++;
				narrow = candidate;
			}
			else if (chem_contains(candidate, value))
				fitting++;
		}
		p += tlen;
		if (*p == ';')
			p++;
	}
	if (alias->kind != ALIAS_AMBIGUOUS)
		return fitting > 0;
	if (fitting == 1)
		chem_decode_or_error(narrow, other);
	return fitting == 1;
}

/*
 * A name and its gloss: LFP (LiFePO4), Lithium-Ion-LFP, Li-ion battery - NCA.
 * Both are read, wherever the text can be split so, and the narrower one is the
 * value; where neither contains the other, they contradict.
 */
static Outcome
read_glossed(Parse *parse, const char *s, int len, bool bare, int depth, ChemParts *parts)
{
	Outcome		outcome = read_called(parse, s, len, bare, parts);
	char		plain[MAX_NORMAL_BYTES + 1];
	const Spelling *spelling;
	ChemParts	found = {0};
	ChemParts	none = {0};
	int64		value = 0;
	bool		several = false;
	char	   *contradiction = NULL;
	const char *unsettled = NULL;
	int			unsettled_len = 0;
	int			splits = 0;

	if (outcome != UNKNOWN || depth == MAX_GLOSSES || is_unbalanced(s, len))
		return outcome;

	/* VRLA (AGM) is VRLA-AGM; no formula or share is read so */
	for (int i = 0; i < len; i++)
		plain[i] = is_separator(s[i]) && s[i] != '-' ? ' ' : s[i];
	spelling = find_spelling(plain, len);
	if (spelling != NULL)
		return read_spelling(parse, spelling, s, len, CHEM_POSITIVE, bare, parts);

	for (int i = 1; i < len - 1; i++)
		if (is_separator(s[i]) && !is_separator(s[i - 1]) && ++splits > MAX_SPLITS)
			return UNKNOWN;
	for (int i = 1; i < len - 1; i++)
	{
		const char *name = s;
		const char *gloss = s + i;
		int			name_len = i;
		int			gloss_len = len - i;
		ChemParts	a = {0};
		ChemParts	b = {0};
		Outcome		first;
		Outcome		second;
		int64		narrow;

		if (!is_separator(s[i]) || is_separator(s[i - 1]))
			continue;
		trim_separators(&name, &name_len);
		trim_separators(&gloss, &gloss_len);
		if (name_len == 0 || gloss_len == 0)
			continue;
		first = read_glossed(parse, name, name_len, bare, depth + 1, &a);
		if (first == UNKNOWN)
			continue;
		second = read_glossed(parse, gloss, gloss_len, bare, depth + 1, &b);
		if (first == READ && second == REFUSED &&
			settled_by(parse, gloss, gloss_len, &a))
			b = a;
		else if (first == REFUSED && second == READ &&
				 settled_by(parse, name, name_len, &b))
			a = b;
		else if (first != READ || second != READ)
		{
			if (unsettled == NULL && first != second && second != UNKNOWN)
			{
				unsettled = first == READ ? gloss : name;
				unsettled_len = first == READ ? gloss_len : name_len;
			}
			continue;
		}
		if (chem_contains(chem_encode(&a), chem_encode(&b)))
			a = b;
		else if (!chem_contains(chem_encode(&b), chem_encode(&a)))
		{
			if (contradiction == NULL)
				contradiction = psprintf("\"%s\" and \"%s\" are two things.",
										 quote(name, name_len), quote(gloss, gloss_len));
			continue;
		}
		narrow = chem_encode(&a);
		if (found.node != NULL && narrow != value)
			several = true;
		found = a;
		value = narrow;
	}
	*parts = none;
	if (found.node != NULL && !several)
	{
		*parts = found;
		return READ;
	}
	if (contradiction != NULL || several)
		return refuse(parse, "Write the one that is meant, a blend as \"NMC+LMO\", or the parts as positive|negative|electrolyte.",
					  "%s", contradiction ? contradiction : "The text can be read in several ways.");
	/* the problem of the piece that the other does not settle */
	if (unsettled != NULL)
		return read_glossed(parse, unsettled, unsettled_len, bare, depth + 1, &none);
	return UNKNOWN;
}

/* What stands in the second or third place. */
static Outcome
read_part(Parse *parse, const char *s, int len, ChemRole role, ChemParts *parts)
{
	const Spelling *spelling = find_spelling(s, len);
	const ChemNode *node = NULL;
	uint8		composition[CHEM_METALS];
	Outcome		outcome;

	if (spelling != NULL)
		return read_spelling(parse, spelling, s, len, role, false, parts);
	outcome = read_emmo(parse, s, len, role, false, &node);
	if (outcome == UNKNOWN)
		outcome = read_formula(parse, s, len, role, &node, composition);
	if (outcome == READ)
	{
		if (role == CHEM_NEGATIVE)
			parts->negative = node;
		else
			parts->electrolyte = node;
	}
	return outcome;
}

/*
 * The one part behind A||B: a negative electrode, as papers write a cell, or
 * the electrolyte, as output writes it where the negative electrode is not
 * known.
 */
static Outcome
read_either_part(Parse *parse, const char *s, int len, ChemParts *parts)
{
	const Spelling *spelling = find_spelling(s, len);
	Outcome		outcome;

	if (spelling != NULL)
	{
		bool		negative = false;
		bool		electrolyte = false;

		for (int m = spelling->first; m >= 0; m = spellings->meanings[m].next)
		{
			const ChemNode *node = spellings->meanings[m].node;

			if (node != NULL && node->role == CHEM_NEGATIVE)
				negative = true;
			if (node != NULL && node->role == CHEM_ELECTROLYTE)
				electrolyte = true;
		}
		if (negative && electrolyte)
			return refuse(parse, "Write positive|negative|electrolyte.",
						  "\"%s\" could be a negative electrode or an electrolyte.",
						  quote(s, len));
		return read_spelling(parse, spelling, s, len,
							 negative ? CHEM_NEGATIVE : CHEM_ELECTROLYTE, false, parts);
	}
	outcome = read_part(parse, s, len, CHEM_NEGATIVE, parts);
	if (outcome == UNKNOWN)
		outcome = read_part(parse, s, len, CHEM_ELECTROLYTE, parts);
	return outcome;
}

/* Refuse parts that the node does not take. */
static Outcome
check_parts(Parse *parse, const ChemParts *parts)
{
	const ChemNode *node = parts->node;

	if (parts->negative != NULL && !chem_takes_negative(node))
		return refuse(parse, psprintf("Write \"%s\".", node->name),
					  "The name %s fixes the negative electrode.", node->name);
	if (parts->electrolyte != NULL && !chem_takes_electrolyte(node))
		return refuse(parse,
					  node->kind == CHEM_ELECTROLYTE_CLASS ?
					  psprintf("Write \"%s\", or the positive electrode with the electrolyte, for example \"NMC||%s\".",
							   node->name, parts->electrolyte->name) :
					  psprintf("Write \"%s\".", node->name),
					  "The name %s fixes the electrolyte.", node->name);
	return READ;
}

/*
 * A whole text, normalised.  False with the problem filled when it is
 * refused.
 */
static bool
parse_text(Parse *parse, const char *s, int len, ChemParts *parts)
{
	const char *end = s + len;
	const char *bar = memchr(s, '|', len);
	const char *piece[3];
	int			plen[3];
	int			pieces = 0;
	Outcome		outcome;
	ChemParts	first = {0};

	memset(parts, 0, sizeof(ChemParts));

	if (bar == NULL)
	{
		const char *slash;

		outcome = read_glossed(parse, s, len, true, 0, parts);
		if (outcome != UNKNOWN)
			return outcome == READ;

		/* A/B: the roles are told by the names */
		slash = memchr(s, '/', len);
		if (slash == NULL || memchr(slash + 1, '/', end - slash - 1) != NULL)
		{
			fill_problem(parse, psprintf("\"%s\" is no known chemistry.", quote(s, len)),
						 near_hint(s, len, -1));
			return false;
		}
		piece[0] = s;
		plen[0] = slash - s;
		piece[1] = slash + 1;
		plen[1] = end - piece[1];
		trim(&piece[0], &plen[0]);
		trim(&piece[1], &plen[1]);
		if (plen[0] == 0 || plen[1] == 0)
		{
			(void) refuse(parse, "Write positive|negative, for example \"NMC|graphite\".",
						  "One side of the slash is empty.");
			return false;
		}
		outcome = read_positive(parse, piece[0], plen[0], false, parts);
		if (outcome == UNKNOWN)
			(void) refuse(parse, near_hint(piece[0], plen[0], CHEM_POSITIVE),
						  "\"%s\" is no known positive electrode.", quote(piece[0], plen[0]));
		if (outcome != READ)
			return false;
		if (parts->negative != NULL || parts->electrolyte != NULL)
		{
			(void) refuse(parse, "Write positive|negative, for example \"LFP|LTO\".",
						  "\"%s\" says the negative electrode already, and another follows.",
						  quote(piece[0], plen[0]));
			return false;
		}
		/* two positive electrodes: a blend, or one or the other? */
		if (read_positive(parse, piece[1], plen[1], false, &first) == READ &&
			first.node != NULL && first.negative == NULL)
		{
			ChemParts	ignored = {0};

			if (read_part(parse, piece[1], plen[1], CHEM_NEGATIVE, &ignored) != READ)
			{
				(void) refuse(parse, psprintf("If it is a blend, write \"%s+%s\".",
											  parts->node->name, first.node->name),
							  "\"%s\" is no negative electrode.", quote(piece[1], plen[1]));
				return false;
			}
		}
		outcome = read_part(parse, piece[1], plen[1], CHEM_NEGATIVE, parts);
		if (outcome == UNKNOWN)
			(void) refuse(parse, near_hint(piece[1], plen[1], CHEM_NEGATIVE),
						  "\"%s\" is no known negative electrode.", quote(piece[1], plen[1]));
		return outcome == READ && check_parts(parse, parts) == READ;
	}

	for (const char *p = s;;)
	{
		if (pieces == 3)
		{
			(void) refuse(parse, "Write positive|negative|electrolyte.",
						  "A chemistry has at most three parts.");
			return false;
		}
		bar = memchr(p, '|', end - p);
		piece[pieces] = p;
		plen[pieces] = (bar ? bar : end) - p;
		trim(&piece[pieces], &plen[pieces]);
		pieces++;
		if (bar == NULL)
			break;
		p = bar + 1;
	}
	if (plen[0] == 0)
	{
		(void) refuse(parse, "Name the family where the positive electrode is not known, for example \"Li-ion|graphite\".",
					  "The first part is empty.");
		return false;
	}
	outcome = read_glossed(parse, piece[0], plen[0], false, 0, parts);
	if (outcome == UNKNOWN)
		(void) refuse(parse, near_hint(piece[0], plen[0], CHEM_POSITIVE),
					  "\"%s\" is no known system or positive electrode.",
					  quote(piece[0], plen[0]));
	if (outcome != READ)
		return false;
	first = *parts;

	if (pieces == 3 && plen[1] == 0 && plen[2] > 0)
	{
		outcome = read_either_part(parse, piece[2], plen[2], parts);
		if (outcome == UNKNOWN)
			(void) refuse(parse, near_hint(piece[2], plen[2], CHEM_ELECTROLYTE),
						  "\"%s\" is no known negative electrode or electrolyte.",
						  quote(piece[2], plen[2]));
		if (outcome != READ)
			return false;
	}
	else
		for (int i = 1; i < pieces; i++)
		{
			ChemRole	role = i == 1 ? CHEM_NEGATIVE : CHEM_ELECTROLYTE;

			if (plen[i] == 0)
				continue;
			outcome = read_part(parse, piece[i], plen[i], role, parts);
			if (outcome == UNKNOWN)
				(void) refuse(parse, near_hint(piece[i], plen[i], role),
							  "\"%s\" is no known %s.", quote(piece[i], plen[i]),
							  role == CHEM_NEGATIVE ? "negative electrode" : "electrolyte");
			if (outcome != READ)
				return false;
		}

	/* LTO|graphite: the first part is more than a positive electrode */
	if ((first.negative != NULL && parts->negative != first.negative) ||
		(first.electrolyte != NULL && parts->electrolyte != first.electrolyte))
	{
		(void) refuse(parse, "The order is positive electrode | negative electrode | electrolyte.",
					  "\"%s\" says the negative electrode already, and another follows.",
					  quote(piece[0], plen[0]));
		return false;
	}
	return check_parts(parse, parts) == READ;
}

/* What tables print where a value is missing. */
static bool
is_missing_word(const char *s, int len)
{
	static const char *const words[] = {
		"n/a", "n.a.", "null", "none", "nil", "unknown", "other", "others",
		"notavailable", "notstated", "notapplicable", "undisclosed", "tbd",
		"tba", "?", "--", "..", "..."
	};
	char		folded[MAX_NORMAL_BYTES + 1];

	/* dashes fold to nothing */
	if (fold(s, len, folded) == 0)
		return true;
	for (int i = 0; i < (int) lengthof(words); i++)
		if (pg_strcasecmp(folded, words[i]) == 0)
			return true;
	return false;
}

/*
 * Read a text.  False with *problem filled (22P02) when it is no chemistry.
 */
bool
chem_parse(const char *s, int64 *value, ChemProblem *problem)
{
	Parse		parse = {
		.input = s,
		.problem = problem
	};
	char		normal[MAX_NORMAL_BYTES + 1];
	ChemParts	parts;

	if (!normalise(s, normal))
	{
		fill_problem(&parse, psprintf("The text is longer than %d bytes.", CHEM_MAX_TEXT_BYTES),
					 pstrdup("Write the name of one chemistry, for example \"NMC811|graphite\"."));
		return false;
	}
	if (normal[0] == '\0')
	{
		fill_problem(&parse, pstrdup("The text is empty."),
					 pstrdup("Write NULL for a chemistry that is not known, or \"rechargeable\" for any."));
		return false;
	}
	if (!parse_text(&parse, normal, strlen(normal), &parts))
	{
		if (is_missing_word(normal, strlen(normal)))
			fill_problem(&parse, psprintf("\"%s\" is no chemistry.", quote(normal, strlen(normal))),
						 pstrdup("Write NULL for a chemistry that is not known, or \"rechargeable\" for any."));
		return false;
	}
	*value = chem_encode(&parts);
	return true;
}

/* ----------------------------------------------------------------------
 * Output
 * ----------------------------------------------------------------------
 */

/*
 * The canonical text of a value, which reads back as the same value.  Error
 * XX001 for a code that this build does not know.
 */
char *
chem_to_cstring(int64 value)
{
	ChemParts	parts;
	StringInfoData buf;

	chem_decode_or_error(value, &parts);
	initStringInfo(&buf);
	if (parts.composition[0] == 0)
		appendStringInfoString(&buf, parts.node->name);
	else
	{
		/* of a blend, the shares stand behind its first member */
		const ChemNode *named = chem_named_composition(parts.node, parts.composition);
		int			first = strcspn(parts.node->name, "+");

		if (named != NULL)
			appendStringInfoString(&buf, named->name);
		else
		{
			appendBinaryStringInfo(&buf, parts.node->name, first);
			if (chem_is_thirds(parts.node, parts.composition))
				appendStringInfoString(&buf, " 1:1:1");
			else
			{
				int			metals = chem_metal_count(parts.node);
				int			rest = 100;

				for (int i = 0; i < metals - 1; i++)
				{
					appendStringInfo(&buf, "%c%d", i == 0 ? ' ' : ':', parts.composition[i]);
					rest -= parts.composition[i];
				}
				appendStringInfo(&buf, ":%d", rest);
			}
		}
		appendStringInfoString(&buf, parts.node->name + first);
	}
	if (parts.negative != NULL || parts.electrolyte != NULL)
	{
		appendStringInfoChar(&buf, '|');
		if (parts.negative != NULL)
			appendStringInfoString(&buf, parts.negative->name);
	}
	if (parts.electrolyte != NULL)
	{
		appendStringInfoChar(&buf, '|');
		appendStringInfoString(&buf, parts.electrolyte->name);
	}
	return buf.data;
}
