/*-------------------------------------------------------------------------
 *
 * notation.c
 *		The grammar of the text of type chemistry.
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
 * A text is looked up whole before it is taken apart, so
 * that a name may hold any of the signs above (Zn/Br2, LMO/NMC blend).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "lib/stringinfo.h"
#include "text/fold.h"

#include "notation.h"

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
			appendStringInfoString(&list, node ? chem_how_to_write(node) :
								   psprintf("\"%s\"", target));
		else if (node != NULL && node->role != CHEM_POSITIVE)
			appendStringInfo(&list, "%s (%s)", node->name, chem_role_text(node->role));
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
	const Spellings *table = chem_spellings();
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
		char	   *quoted = chem_quote(s, len);

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
									  chem_how_to_write(other)),
					  "\"%s\" is %s; alone it is no chemistry.", chem_quote(s, len),
					  chem_role_text(other->role));
	if (fits == NULL && (other != NULL || written != NULL))
	{
		ChemRole	its = other ? other->role : CHEM_POSITIVE;

		return refuse(parse, "The order is positive electrode | negative electrode | electrolyte.",
					  "\"%s\" is %s and stands where %s is expected.", chem_quote(s, len),
					  chem_role_text(its), chem_role_text(role));
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
							 node->name, chem_role_text(node->role));
			appendStringInfo(&hint, "%s%s", hint.len > 0 ? " or " : "Write ",
							 chem_how_to_write(node));
		}
		appendStringInfoChar(&hint, '.');
		return refuse(parse, hint.data, "\"%s\" could be %s.", chem_quote(s, len), list.data);
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
			return refuse(parse, chem_near_hint(member, mlen, CHEM_POSITIVE),
						  "\"%s\" is no known positive electrode.", chem_quote(member, mlen));
		if (outcome == REFUSED)
			return REFUSED;
		if (given[count].negative != NULL || given[count].electrolyte != NULL ||
			given[count].node->kind != CHEM_CATHODE)
			return refuse(parse, "A blend is of positive electrodes, for example \"NMC+LMO\".",
						  "\"%s\" is no positive electrode.", chem_quote(member, mlen));
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
									  chem_how_to_write(node)),
					  bare ? "\"%s\" is %s; alone it is no chemistry." :
					  "\"%s\" is %s and stands in another's place.", chem_quote(s, len),
					  chem_role_text(node->role));
	}
	return UNKNOWN;
}

/* What stands in the first place. */
static Outcome
read_positive(Parse *parse, const char *s, int len, bool bare, ChemParts *parts)
{
	const Spelling *spelling = chem_find_spelling(s, len);
	const ChemNode *node = NULL;
	Outcome		outcome;

	if (spelling != NULL)
		return read_spelling(parse, spelling, s, len, CHEM_POSITIVE, bare, parts);
	if (memchr(s, '+', len) != NULL)
		return read_blend(parse, s, len, parts);
	outcome = read_emmo(parse, s, len, CHEM_POSITIVE, bare, &node);
	if (outcome == UNKNOWN)
		outcome = chem_read_formula(parse, s, len, CHEM_POSITIVE, &node, parts->composition);
	if (outcome == UNKNOWN)
		outcome = chem_read_shares(parse, s, len, &node, parts->composition);
	if (outcome == READ)
	{
		Assert(node != NULL);
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
	const Spellings *table = chem_spellings();
	const Spelling *spelling = chem_find_spelling(s, len);
	char		buf[MAX_NORMAL_BYTES + 1];
	const ChemAlias *alias = NULL;
	int64		value = chem_encode(other);
	int64		narrow = value;
	int			fitting = 0;

	if (spelling == NULL && without_battery(s, len, buf, &s, &len))
		spelling = chem_find_spelling(s, len);
	for (int m = spelling ? spelling->first : -1; m >= 0; m = table->meanings[m].next)
		if (table->meanings[m].alias != NULL)
			alias = table->meanings[m].alias;
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
	spelling = chem_find_spelling(plain, len);
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
										 chem_quote(name, name_len), chem_quote(gloss, gloss_len));
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
	const Spelling *spelling = chem_find_spelling(s, len);
	const ChemNode *node = NULL;
	uint8		composition[CHEM_METALS];
	Outcome		outcome;

	if (spelling != NULL)
		return read_spelling(parse, spelling, s, len, role, false, parts);
	outcome = read_emmo(parse, s, len, role, false, &node);
	if (outcome == UNKNOWN)
		outcome = chem_read_formula(parse, s, len, role, &node, composition);
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
	const Spellings *table = chem_spellings();
	const Spelling *spelling = chem_find_spelling(s, len);
	Outcome		outcome;

	if (spelling != NULL)
	{
		bool		negative = false;
		bool		electrolyte = false;

		for (int m = spelling->first; m >= 0; m = table->meanings[m].next)
		{
			const ChemNode *node = table->meanings[m].node;

			if (node != NULL && node->role == CHEM_NEGATIVE)
				negative = true;
			if (node != NULL && node->role == CHEM_ELECTROLYTE)
				electrolyte = true;
		}
		if (negative && electrolyte)
			return refuse(parse, "Write positive|negative|electrolyte.",
						  "\"%s\" could be a negative electrode or an electrolyte.",
						  chem_quote(s, len));
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

	Assert(node != NULL);
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
			chem_fill_problem(parse, psprintf("\"%s\" is no known chemistry.", chem_quote(s, len)),
							  chem_near_hint(s, len, -1));
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
			(void) refuse(parse, chem_near_hint(piece[0], plen[0], CHEM_POSITIVE),
						  "\"%s\" is no known positive electrode.", chem_quote(piece[0], plen[0]));
		if (outcome != READ)
			return false;
		if (parts->negative != NULL || parts->electrolyte != NULL)
		{
			(void) refuse(parse, "Write positive|negative, for example \"LFP|LTO\".",
						  "\"%s\" says the negative electrode already, and another follows.",
						  chem_quote(piece[0], plen[0]));
			return false;
		}
		Assert(parts->node != NULL);
		/* two positive electrodes: a blend, or one or the other? */
		if (read_positive(parse, piece[1], plen[1], false, &first) == READ &&
			first.node != NULL && first.negative == NULL)
		{
			ChemParts	ignored = {0};

			if (read_part(parse, piece[1], plen[1], CHEM_NEGATIVE, &ignored) != READ)
			{
				(void) refuse(parse, psprintf("If it is a blend, write \"%s+%s\".",
											  parts->node->name, first.node->name),
							  "\"%s\" is no negative electrode.", chem_quote(piece[1], plen[1]));
				return false;
			}
		}
		outcome = read_part(parse, piece[1], plen[1], CHEM_NEGATIVE, parts);
		if (outcome == UNKNOWN)
			(void) refuse(parse, chem_near_hint(piece[1], plen[1], CHEM_NEGATIVE),
						  "\"%s\" is no known negative electrode.", chem_quote(piece[1], plen[1]));
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
		(void) refuse(parse, chem_near_hint(piece[0], plen[0], CHEM_POSITIVE),
					  "\"%s\" is no known system or positive electrode.",
					  chem_quote(piece[0], plen[0]));
	if (outcome != READ)
		return false;
	first = *parts;

	if (pieces == 3 && plen[1] == 0 && plen[2] > 0)
	{
		outcome = read_either_part(parse, piece[2], plen[2], parts);
		if (outcome == UNKNOWN)
			(void) refuse(parse, chem_near_hint(piece[2], plen[2], CHEM_ELECTROLYTE),
						  "\"%s\" is no known negative electrode or electrolyte.",
						  chem_quote(piece[2], plen[2]));
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
				(void) refuse(parse, chem_near_hint(piece[i], plen[i], role),
							  "\"%s\" is no known %s.", chem_quote(piece[i], plen[i]),
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
					  chem_quote(piece[0], plen[0]));
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
	if (chem_fold(s, len, folded) == 0)
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
chem_parse(const char *s, int64 *value, InputProblem *problem)
{
	Parse		parse = {
		.input = s,
		.problem = problem
	};
	char		normal[MAX_NORMAL_BYTES + 1];
	ChemParts	parts;

	if (!chem_normalise(s, normal))
	{
		chem_fill_problem(&parse, psprintf("The text is longer than %d bytes.", CHEM_MAX_TEXT_BYTES),
						  pstrdup("Write the name of one chemistry, for example \"NMC811|graphite\"."));
		return false;
	}
	if (normal[0] == '\0')
	{
		chem_fill_problem(&parse, pstrdup("The text is empty."),
						  pstrdup("Write NULL for a chemistry that is not known, or \"rechargeable\" for any."));
		return false;
	}
	if (!parse_text(&parse, normal, strlen(normal), &parts))
	{
		if (is_missing_word(normal, strlen(normal)))
			chem_fill_problem(&parse, psprintf("\"%s\" is no chemistry.", chem_quote(normal, strlen(normal))),
							  pstrdup("Write NULL for a chemistry that is not known, or \"rechargeable\" for any."));
		return false;
	}
	*value = chem_encode(&parts);
	return true;
}
