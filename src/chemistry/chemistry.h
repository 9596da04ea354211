/*-------------------------------------------------------------------------
 *
 * chemistry.h
 *		The type chemistry: on-disk format, taxonomy, notation.
 *
 * THE ON-DISK FORMAT
 *
 * A chemistry is one non-negative int64, passed by value and stored exactly
 * as core stores int8, so that core's comparison, sort and BRIN support
 * functions serve it as they are.  Its hash is its own (chemistry.c), and as
 * much a part of the format.  From the top:
 *
 *		bit  63		always 0
 *		bits 62..39	system or positive electrode: a path of child numbers in
 *					the tree of the taxonomy, five levels of 5, 4, 6, 6 and 3
 *					bits; 0 is "no further level"; the root, RECHARGEABLE, is
 *					all zeros
 *		bits 38..18	composition: three fields of 7 bits, the whole percents of
 *					the first, second and third metal in the composition order
 *					of the node (ChemNode.metals); all zero is "not stated"
 *		bits 17..9	negative electrode: a path of 5 and 4 bits, 0 is unknown
 *		bits 8..0	electrolyte: a path of 5 and 4 bits, 0 is unknown
 *
 * So a node comes before everything below it, and everything below it is one
 * contiguous range of values; so are the values of one composition.
 *
 * Composition.  The share of the last metal is implied (100 less the sum), and
 * is not stored: of NMC (Ni Mn Co) the fields hold Ni, Mn and 0; of NMCA (Ni
 * Mn Co Al) they hold Ni, Mn and Co; of LMFP (Mn Fe) they hold Mn, 0 and 0.
 * Each metal has at least one percent.  Thirds are no whole percents and
 * everybody writes them: with three metals, the fields (33, 33, 33) are
 * thirds, exactly (NMC111, NFM111), whereas 33:33:34 is what it says and is
 * stored as (33, 33, 0).  That is the only use of the third field of a node
 * with three metals.
 *
 * Paths are assigned once, in the table of taxonomy.c, and are never reused:
 * a node that is added takes a number that its parent has not given yet.
 * Gaps are fine.  A test holds the code of every node.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_CHEMISTRY_H
#define BATTERY_CHEMISTRY_H

#include "fmgr.h"
#include "input_problem.h"
#include "utils/array.h"

#define CHEM_LEVELS				5	/* of the tree of systems */
#define CHEM_PART_LEVELS		2	/* of the trees of parts */
#define CHEM_METALS				3	/* stored; a fourth may be implied */

#define CHEM_NODE_SHIFT			39
#define CHEM_COMPOSITION_SHIFT	18
#define CHEM_NEGATIVE_SHIFT		9
#define CHEM_ELECTROLYTE_SHIFT	0

#define CHEM_NODE_MASK			UINT64CONST(0xffffff)
#define CHEM_COMPOSITION_MASK	UINT64CONST(0x1fffff)
#define CHEM_PART_MASK			UINT64CONST(0x1ff)

/* Longer texts are no chemistries. */
#define CHEM_MAX_TEXT_BYTES		255

#define ChemistryGetDatum(x)		Int64GetDatum(x)
#define DatumGetChemistry(x)		DatumGetInt64(x)
#define PG_GETARG_CHEMISTRY(n)		PG_GETARG_INT64(n)
#define PG_RETURN_CHEMISTRY(x)		PG_RETURN_INT64(x)

/* ----------------------------------------------------------------------
 * The taxonomy (taxonomy.c): the one source of nodes and spellings
 * ----------------------------------------------------------------------
 */

/* Which of the three trees a node stands in. */
typedef enum ChemRole
{
	CHEM_POSITIVE,				/* systems, families and positive electrodes */
	CHEM_NEGATIVE,
	CHEM_ELECTROLYTE
} ChemRole;

typedef enum ChemKind
{
	CHEM_ROOT,
	CHEM_FAMILY,
	CHEM_FORMAT,
	CHEM_CATHODE,
	CHEM_SYSTEM,
	CHEM_DEVICE,
	CHEM_ELECTROLYTE_CLASS,		/* a system named after its electrolyte */
	CHEM_ANODE,
	CHEM_ELECTROLYTE_KIND,
	CHEM_COMPOSITION			/* a named composition of its parent: NMC811 */
} ChemKind;

typedef struct ChemNode
{
	const char *name;			/* canonical spelling, what output prints */
	const char *code;			/* the taxonomy's code, also read on input */
	const char *parent;			/* code of the parent, NULL for roots */
	ChemRole	role;
	ChemKind	kind;
	uint8		path[CHEM_LEVELS];	/* child numbers from the top; a named
									 * composition has its parent's path */

	/*
	 * Active elements, blank-separated, "Li Ni Mn Co"; those in parentheses
	 * stand in some variants only: "Li P S (Ge Cl)".
	 */
	const char *elements;

	/*
	 * Composition order, "Ni Mn Co", two to four metals, of a node whose
	 * composition may be stated; NULL of others.  A node that is not a
	 * CHEM_COMPOSITION and has both metals and a composition is of that
	 * composition by definition (LNMO: "Ni Mn", {25, 0, 0}; LNO: "Ni", {100,
	 * 0, 0}): its values state none, and input cannot.
	 *
	 * A blend is a node whose name joins the names of its members, "NMC+LMO".
	 * Its composition, if it has one, is that of its first member: metals are
	 * the same, and NMC622+LMO is the node NMC+LMO with (60, 20, 0).
	 */
	const char *metals;
	uint8		composition[CHEM_METALS];	/* of a named or fixed
											 * composition, as in the on-disk
											 * format */
	const char *emmo;			/* EMMO class or NULL */
	const char *title;			/* one readable English name */
} ChemNode;

extern const ChemNode chem_nodes[];
extern const int chem_node_count;

typedef enum ChemAliasKind
{
	ALIAS_NAME,					/* another spelling of target */
	ALIAS_AMBIGUOUS,			/* target lists the codes it could be */
	ALIAS_FORMAT,				/* refused: a cell format */
	ALIAS_BRAND,				/* refused: a trade name */
	ALIAS_FAMILY_WORD			/* refused: a word for several nodes */
} ChemAliasKind;

/*
 * Spellings are compared after folding: letters without case; blanks,
 * underscores and hyphens of any Unicode kind left out (except a hyphen that
 * could be the sign of a number).
 *
 * A row that is not an ALIAS_NAME comes before names, codes and other rows.
 * If it is ambiguous because its candidates have different roles, its place in
 * A|B|C settles it when just one can stand there (NMC811||sulfide).
 *
 * The same spelling may be a name, code or ALIAS_NAME of several nodes of
 * different roles: then its place in A|B|C fixes the role, and alone it is the
 * system (Li-metal).
 */
typedef struct ChemAlias
{
	const char *spelling;		/* as printed */

	/*
	 * ALIAS_NAME: the code of a node, or a whole canonical text such as
	 * "Li-ion|LTO", which the spelling stands for when it is the first part.
	 * Others: what it could be or what to write instead, codes or canonical
	 * texts with ';' between them, or NULL.
	 */
	const char *target;
	ChemAliasKind kind;
	const char *note;			/* for messages and the documentation, or NULL */
} ChemAlias;

extern const ChemAlias chem_aliases[];
extern const int chem_alias_count;

/* ----------------------------------------------------------------------
 * Values (chemistry.c)
 * ----------------------------------------------------------------------
 */

/* What can contain a value, at most: nodes, one with a composition; parts. */
#define CHEM_MAX_WHOLES		((CHEM_LEVELS + 2) * (CHEM_PART_LEVELS + 1) * (CHEM_PART_LEVELS + 1))

/* A value taken apart. */
typedef struct ChemParts
{
	const ChemNode *node;		/* never a CHEM_COMPOSITION */
	uint8		composition[CHEM_METALS];	/* all zero: not stated */
	const ChemNode *negative;	/* or NULL: unknown */
	const ChemNode *electrolyte;	/* or NULL: unknown */
} ChemParts;

extern const ChemNode *chem_node_by_code(const char *code);
extern uint32 chem_path_code(const ChemNode *node);
extern int64 chem_node_value(const ChemNode *node);
extern bool chem_decode(int64 value, ChemParts *parts);
extern void chem_decode_or_error(int64 value, ChemParts *parts);
extern int64 chem_encode(const ChemParts *parts);
extern bool chem_takes_negative(const ChemNode *node);
extern bool chem_takes_electrolyte(const ChemNode *node);
extern int	chem_metal_count(const ChemNode *node);
extern bool chem_composition_free(const ChemNode *node);
extern bool chem_is_thirds(const ChemNode *node, const uint8 *composition);
extern const ChemNode *chem_named_composition(const ChemNode *node, const uint8 *composition);
extern bool chem_contains(int64 whole, int64 part);
extern int64 chem_high(int64 value);
extern int	chem_wholes(int64 value, int64 *wholes);
extern bool chem_element_symbol(const char *s, int len, char *symbol);
extern ArrayType *chem_element_array(const char *list);

/* ----------------------------------------------------------------------
 * Text (notation.c, chemistry_io.c)
 * ----------------------------------------------------------------------
 */

/* Bytes of an input that a message quotes; the rest becomes "...". */
#define CHEM_EXCERPT_BYTES		100

extern bool chem_parse(const char *s, int64 *value, InputProblem *problem);
extern char *chem_to_cstring(int64 value);

#endif							/* BATTERY_CHEMISTRY_H */
