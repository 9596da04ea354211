/*-------------------------------------------------------------------------
 *
 * notation.h
 *		What the files that read the text of a chemistry share.
 *
 * Each rests on those before it: spellings.c, problem.c, composition.c,
 * formula.c, notation.c.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_NOTATION_H
#define BATTERY_NOTATION_H

#include "chemistry/chemistry.h"

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

/* ---- spellings.c ---- */

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

extern bool chem_normalise(const char *s, char *buf);
extern int	chem_fold(const char *s, int len, char *buf);
extern const Spellings *chem_spellings(void);
extern const Spelling *chem_find_spelling(const char *s, int len);

/* ---- problem.c ---- */

/* What one call of chem_parse() works on. */
typedef struct Parse
{
	const char *input;
	int			depth;			/* of texts that stand for spellings */
	InputProblem *problem;
} Parse;

extern void chem_fill_problem(Parse *parse, char *detail, char *hint);
extern Outcome chem_refuse_for(Parse *parse, const char *hint, char *detail);
extern char *chem_quote(const char *s, int len);
extern char *chem_how_to_write(const ChemNode *node);
extern const char *chem_role_text(ChemRole role);
extern char *chem_near_hint(const char *s, int len, int role);

/* Fill the problem with a detail that is formatted, and return REFUSED. */
#define refuse(parse, hint, ...) \
	chem_refuse_for(parse, hint, psprintf(__VA_ARGS__))

/* ---- composition.c ---- */

/* Shares are counted in 1/SHARE_UNIT of what they are written in. */
#define SHARE_DECIMALS	4
#define SHARE_UNIT		10000

extern const char *chem_metal_at(const ChemNode *node, int i, int *len);
extern char *chem_metals_as_ratio(const ChemNode *node);
extern bool chem_cut_thirds(int64 sum, int64 whole, int64 unit);
extern Outcome chem_shares_to_composition(Parse *parse, const ChemNode *node,
										  const int64 *shares, int64 total,
										  uint8 *composition);
extern Outcome chem_read_shares(Parse *parse, const char *s, int len,
								const ChemNode **result, uint8 *composition);

/* ---- formula.c ---- */

extern Outcome chem_read_formula(Parse *parse, const char *s, int len, ChemRole role,
								 const ChemNode **result, uint8 *composition);

#endif							/* BATTERY_NOTATION_H */
