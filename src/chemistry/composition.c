/*-------------------------------------------------------------------------
 *
 * composition.c
 *		Compositions in text: the shares of the metals behind the name of an
 *		electrode.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "text/fold.h"

#include "notation.h"

/* The i-th metal in the composition order of a node. */
const char *
chem_metal_at(const ChemNode *node, int i, int *len)
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
char *
chem_metals_as_ratio(const ChemNode *node)
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
bool
chem_cut_thirds(int64 sum, int64 whole, int64 unit)
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
Outcome
chem_shares_to_composition(Parse *parse, const ChemNode *node, const int64 *shares,
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
			const char *metal = chem_metal_at(node, i, &len);

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
						  (int) (strcspn(chem_metal_at(node, i, &len), " ")),
						  chem_metal_at(node, i, &len));
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
	len = chem_fold(word, wordlen, folded);
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
			const char *metal = chem_metal_at(node, i, &mlen);
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

/* Shares behind the name of an electrode, as they are being read. */
typedef struct Shares
{
	const ChemNode *node;
	const char *body;			/* where the shares begin */
	const char *end;
	bool		parenthesis;	/* one before them is open */
	char		separator;		/* between them, '\0' for NMC811 */
	int			count;
	int64		written[CHEM_METALS + 2];	/* in 1/SHARE_UNIT */
	const char *example;		/* a hint: how to write them */
} Shares;

/*
 * Where the name ends and the shares begin.  False when the text has no such
 * shape.
 */
static bool
find_shares(const char *s, int len, int *stem_len, Shares *shares)
{
	const char *body;
	const char *end = s + len;
	const char *p;
	int			stem = 0;

	/* the name ends where the first digit is */
	while (stem < len && !is_digit(s[stem]) && s[stem] != '.')
		stem++;
	if (stem == len || stem == 0)
		return false;
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
			if (shares->parenthesis)
				return false;
			shares->parenthesis = true;
		}
		stem--;
	}
	for (p = body; p < end; p++)
		if (!is_digit(*p) && strchr(" .:/-)%", *p) == NULL)
			return false;
	*stem_len = stem;
	shares->body = body;
	shares->end = end;
	return true;
}

/* The electrode whose shares may follow a name, or NULL. */
static const ChemNode *
node_with_shares(const char *s, int len)
{
	const Spellings *table = chem_spellings();
	const Spelling *spelling = chem_find_spelling(s, len);
	const ChemNode *node = NULL;

	if (spelling == NULL)
		return NULL;
	for (int m = spelling->first; m >= 0; m = table->meanings[m].next)
		if (table->meanings[m].node != NULL &&
			table->meanings[m].node->role == CHEM_POSITIVE)
			node = table->meanings[m].node;
	if (node == NULL || !chem_composition_free(node) || strchr(node->name, '+') != NULL)
		return NULL;
	return node;
}

/* The numbers and what separates them. */
static Outcome
scan_shares(Parse *parse, Shares *shares)
{
	const char *body = shares->body;
	const char *end = shares->end;

	for (const char *p = body;;)
	{
		int64		v = 0;
		int			digits = 0;
		int			decimals = 0;

		while (p < end && *p == ' ')
			p++;
		if (p < end && *p == '-')
			return refuse(parse, shares->example, "A share of a metal cannot be negative.");
		for (; p < end && is_digit(*p); p++)
		{
			if (++digits > 8)
				return refuse(parse, shares->example, "\"%s\" is no list of shares.",
							  chem_quote(body, end - body));
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
		if (digits + decimals == 0 || shares->count > CHEM_METALS)
			return refuse(parse, shares->example, "\"%s\" is no list of shares.",
						  chem_quote(body, end - body));
		shares->written[shares->count++] = v;
		while (p < end && (*p == ' ' || *p == '%'))
			p++;
		if (p < end && *p == ')' && shares->parenthesis)
		{
			shares->parenthesis = false;
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
			((*p == '-') != (shares->separator == '-') && shares->separator != '\0'))
			return refuse(parse, shares->example, "\"%s\" is no list of shares.",
						  chem_quote(body, end - body));
		shares->separator = *p++;
	}
	if (shares->parenthesis)
		return refuse(parse, shares->example, "A parenthesis is not closed.");
	return READ;
}

/* NMC811: a digit each, or two */
static Outcome
split_digits(Parse *parse, Shares *shares)
{
	int			metals = chem_metal_count(shares->node);
	int64		v = shares->written[0] / SHARE_UNIT;
	int			digits = 0;
	int64		unit = 10;

	for (const char *p = shares->body; p < shares->end && is_digit(*p); p++)
		digits++;
	if (shares->written[0] % SHARE_UNIT != 0 || (digits != metals && digits != 2 * metals))
		return refuse(parse, shares->example,
					  "%s needs the shares of %d metals.", shares->node->name, metals);
	if (digits == 2 * metals)
		unit = 100;
	for (int i = metals - 1; i >= 0; i--)
	{
		shares->written[i] = v % unit * SHARE_UNIT;
		v /= unit;
	}
	shares->count = metals;
	return READ;
}

/*
 * Shares behind the name of an electrode: NMC811, NCM523, NMC 83:11:6,
 * NMC(8:1:1), NMC 80-10-10, LMFP 60:40.  UNKNOWN when the text has no such shape.
 */
Outcome
chem_read_shares(Parse *parse, const char *s, int len, const ChemNode **result,
				 uint8 *composition)
{
	const ChemNode *node;
	Shares		given = {0};
	int			stem;
	int			metals;
	int			order[CHEM_METALS + 1] = {0};
	int64		shares[CHEM_METALS + 2] = {0};
	int64		sum = 0;
	bool		equal = true;
	int64		total;
	char	   *ratio;
	char	   *example;
	Outcome		outcome;

	if (!find_shares(s, len, &stem, &given))
		return UNKNOWN;
	node = node_with_shares(s, stem);
	if (node == NULL)
		return UNKNOWN;
	metals = chem_metal_count(node);
	ratio = chem_metals_as_ratio(node);
	example = psprintf("Write the shares as \"%s %s\", in percent or in tenths.",
					   node->name, ratio);
	if (!letter_order(node, s, stem, order))
	{
		/* its own name or code, without a letter for each metal */
		if (pg_strncasecmp(s, node->name, stem) != 0 &&
			pg_strncasecmp(s, node->code, stem) != 0)
			return refuse(parse, example,
						  "\"%s\" does not say in which order the shares of the metals follow.",
						  chem_quote(s, stem));
		for (int i = 0; i < metals; i++)
			order[i] = i;
	}

	given.node = node;
	given.example = example;
	outcome = scan_shares(parse, &given);
	if (outcome == READ && given.separator == '\0')
		outcome = split_digits(parse, &given);
	if (outcome != READ)
		return outcome;
	if (given.count != metals)
		return refuse(parse, example, "%s needs the shares of %d metals, and %d are given.",
					  node->name, metals, given.count);
	for (int i = 0; i < metals; i++)
	{
		shares[order[i]] = given.written[i];
		sum += given.written[i];
		if (given.written[i] != given.written[0])
			equal = false;
	}

	/* 955 is how 90:5:5 is called */
	if (given.separator == '\0' && metals == 3 && given.end - given.body == 3 &&
		shares[0] == 9 * SHARE_UNIT &&
		shares[1] == 5 * SHARE_UNIT && shares[2] == 5 * SHARE_UNIT)
	{
		shares[0] = 90 * SHARE_UNIT;
		sum = 100 * SHARE_UNIT;
	}

	/* 111, 333, 1:1:1 and 33.3:33.3:33.3 are thirds, 888 is a mistake */
	if (metals == 3 && equal &&
		(sum == 3 * SHARE_UNIT || sum == 9 * SHARE_UNIT ||
		 chem_cut_thirds(sum, 100 * SHARE_UNIT, 1) || chem_cut_thirds(sum, SHARE_UNIT, 1)))
		total = sum;
	else if (sum == 100 * SHARE_UNIT || sum == 10 * SHARE_UNIT || sum == SHARE_UNIT)
		total = sum;
	else
		return refuse(parse, example,
					  "The shares add up to %g, not to 100, 10 or 1.",
					  (double) sum / SHARE_UNIT);
	outcome = chem_shares_to_composition(parse, node, shares, total, composition);
	if (outcome != READ)
		return outcome;

	/*
	 * NMC523 says Ni, Mn, Co by its letters, and is printed for NCM523 =
	 * NMC532.  Where the digits make a name in the order of the other
	 * spelling only, either could be meant.
	 */
	if (given.separator == '\0' && metals == 3 &&
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
						  chem_quote(s, len), named->name, node->name,
						  composition[0], composition[1], swapped[1], ratio);
	}
	*result = node;
	return READ;
}
