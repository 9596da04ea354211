/*-------------------------------------------------------------------------
 *
 * formula.c
 *		Chemical formulas of electrodes: LiNi0.8Mn0.1Co0.1O2.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "text/fold.h"

#include "notation.h"

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
Outcome
chem_read_formula(Parse *parse, const char *s, int len, ChemRole role,
				  const ChemNode **result, uint8 *composition)
{
	const Spellings *table = chem_spellings();
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
			const char *metal = chem_metal_at(node, j, &mlen);

			shares[j] = amount_of(&formula, metal, mlen);
			if (shares[j] == 0)
				break;
			sum += shares[j];
			if (shares[j] != shares[0])
				equal = false;
			if (j < metals - 1)
				continue;

			/* the elements are this node's */
			written = chem_metals_as_ratio(node);
			if (metals == 3 && equal &&
				chem_cut_thirds(sum, AMOUNT_UNIT, AMOUNT_UNIT / 10000))
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
			return chem_shares_to_composition(parse, node, shares, sum, composition);
		}
	}
	return UNKNOWN;
}
