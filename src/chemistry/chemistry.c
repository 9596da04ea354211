/*-------------------------------------------------------------------------
 *
 * chemistry.c
 *		Values of type chemistry: taken apart and put together, containment,
 *		what a value is made of.
 *
 * The on-disk format is described in chemistry.h, the nodes stand in
 * taxonomy.c, reading text is notation.c's, input and output are
 * chemistry_io.c's.  Everything that compares is core's int8 function under
 * the type's own signature (see chemistry.sql); the hash is here.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "chemistry/chemistry.h"
#include "excerpt.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(chemistry_hash);
PG_FUNCTION_INFO_V1(chemistry_hash_extended);
PG_FUNCTION_INFO_V1(chemistry_contained);
PG_FUNCTION_INFO_V1(chemistry_contains);
PG_FUNCTION_INFO_V1(chemistry_high);
PG_FUNCTION_INFO_V1(chemistry_family);
PG_FUNCTION_INFO_V1(chemistry_parent);
PG_FUNCTION_INFO_V1(chemistry_positive_electrode);
PG_FUNCTION_INFO_V1(chemistry_negative_electrode);
PG_FUNCTION_INFO_V1(chemistry_electrolyte);
PG_FUNCTION_INFO_V1(chemistry_elements);
PG_FUNCTION_INFO_V1(chemistry_contains_element);
PG_FUNCTION_INFO_V1(chemistry_nickel_fraction);

/* Bits of each level, from the top; parts have the first of the second row. */
static const uint8 level_bits[CHEM_LEVELS] = {5, 4, 6, 6, 3};
static const uint8 part_level_bits[CHEM_PART_LEVELS] = {5, 4};

/* What the longest list of elements may hold. */
#define MAX_ELEMENTS	32

/* ----------------------------------------------------------------------
 * Nodes by code
 * ----------------------------------------------------------------------
 */

/*
 * Made of the table once a process: the nodes of the tree of systems in the
 * order of their codes, and those of the other trees at their codes.
 */
#define MAX_SYSTEMS		512

static bool index_ready = false;
static int	system_count;
static const ChemNode *systems[MAX_SYSTEMS];
static uint32 system_codes[MAX_SYSTEMS];
static const ChemNode *negatives[CHEM_PART_MASK + 1];
static const ChemNode *electrolytes[CHEM_PART_MASK + 1];

/*
 * The path of a node, as the on-disk format has it: 24 bits of a system, 9
 * of a part.
 */
uint32
chem_path_code(const ChemNode *node)
{
	const uint8 *bits = node->role == CHEM_POSITIVE ? level_bits : part_level_bits;
	int			levels = node->role == CHEM_POSITIVE ? CHEM_LEVELS : CHEM_PART_LEVELS;
	uint32		code = 0;
	bool		ended = false;

	for (int i = 0; i < CHEM_LEVELS; i++)
	{
		uint8		child = node->path[i];

		if (child == 0)
			ended = true;
		else if (ended || i >= levels || child >= (1 << bits[i]))
			elog(ERROR, "bad path of node %s in the taxonomy", node->code);
		if (i < levels)
			code = (code << bits[i]) | child;
	}
	return code;
}

static void
add_part(const ChemNode **parts, const ChemNode *node)
{
	uint32		code = chem_path_code(node);

	if (code == 0 || parts[code] != NULL)
		elog(ERROR, "path of node %s in the taxonomy is taken", node->code);
	parts[code] = node;
}

static void
build_index(void)
{
	/* an error must not leave half of it behind */
	system_count = 0;
	memset(negatives, 0, sizeof(negatives));
	memset(electrolytes, 0, sizeof(electrolytes));

	for (int i = 0; i < chem_node_count; i++)
	{
		const ChemNode *node = &chem_nodes[i];
		uint32		code;
		int			at;

		if (node->kind == CHEM_COMPOSITION)
			continue;
		if (node->role == CHEM_NEGATIVE)
		{
			add_part(negatives, node);
			continue;
		}
		if (node->role == CHEM_ELECTROLYTE)
		{
			add_part(electrolytes, node);
			continue;
		}
		if (system_count >= MAX_SYSTEMS)
			elog(ERROR, "too many nodes in the taxonomy");
		code = chem_path_code(node);
		for (at = system_count; at > 0 && system_codes[at - 1] > code; at--)
		{
			system_codes[at] = system_codes[at - 1];
			systems[at] = systems[at - 1];
		}
		if (at > 0 && system_codes[at - 1] == code)
			elog(ERROR, "path of node %s in the taxonomy is taken", node->code);
		system_codes[at] = code;
		systems[at] = node;
		system_count++;
	}
	index_ready = true;
}

/* The node of a path code in the tree of systems, or NULL. */
static const ChemNode *
system_by_path(uint32 code)
{
	int			low = 0;
	int			high;

	if (!index_ready)
		build_index();
	high = system_count - 1;
	while (low <= high)
	{
		int			mid = (low + high) / 2;

		if (system_codes[mid] == code)
			return systems[mid];
		if (system_codes[mid] < code)
			low = mid + 1;
		else
			high = mid - 1;
	}
	return NULL;
}

/*
 * The node whose code (LI-ION, NMC811, AN-GR) this is, or NULL.
 */
const ChemNode *
chem_node_by_code(const char *code)
{
	for (int i = 0; i < chem_node_count; i++)
		if (strcmp(chem_nodes[i].code, code) == 0)
			return &chem_nodes[i];
	return NULL;
}

/* The bits that a path and everything below it have in common. */
static inline uint32
system_prefix_mask(uint32 code)
{
	if (code == 0)
		return 0;
	if (code & 0x7)
		return 0xffffff;
	if (code & (0x3f << 3))
		return 0xffffff & ~0x7u;
	if (code & (0x3f << 9))
		return 0xffffff & ~0x1ffu;
	if (code & (0xf << 15))
		return 0xffffff & ~0x7fffu;
	return 0xffffff & ~0x7ffffu;
}

static inline uint32
part_prefix_mask(uint32 code)
{
	if (code == 0)
		return 0;
	if (code & 0xf)
		return 0x1ff;
	return 0x1ff & ~0xfu;
}

/* ----------------------------------------------------------------------
 * What a node may be written with
 * ----------------------------------------------------------------------
 */

/* Is node the one with this code, or below it? */
static bool
is_below(const ChemNode *node, const char *code)
{
	const ChemNode *top = chem_node_by_code(code);
	uint32		top_code;

	if (top == NULL)
		return false;
	top_code = chem_path_code(top);
	return (chem_path_code(node) & system_prefix_mask(top_code)) == top_code;
}

/*
 * Families all of whose members are whole systems: their names leave nothing
 * open about electrodes or electrolyte.
 */
static bool
is_whole_family(const ChemNode *node)
{
	return is_below(node, "METAL-AIR") || is_below(node, "NICKEL") ||
		is_below(node, "LEAD") || is_below(node, "FLOW");
}

/*
 * May a value of this node (of the tree of systems) name its negative
 * electrode?  Not where the name of the system does: whole systems, and all
 * of the lithium metal family.
 */
bool
chem_takes_negative(const ChemNode *node)
{
	switch (node->kind)
	{
		case CHEM_CATHODE:
			return true;
		case CHEM_ROOT:
		case CHEM_FORMAT:
		case CHEM_ELECTROLYTE_CLASS:
			return true;
		case CHEM_FAMILY:
			return !is_whole_family(node) && !is_below(node, "LI-METAL");
		default:
			return false;
	}
}

/*
 * May a value of this node name its electrolyte?  Systems of the lithium
 * metal family may: sulfur or air opposite of lithium says nothing about what
 * is between them.  A system named after its electrolyte may not.
 */
bool
chem_takes_electrolyte(const ChemNode *node)
{
	switch (node->kind)
	{
		case CHEM_CATHODE:
			return true;
		case CHEM_ROOT:
		case CHEM_FORMAT:
			return true;
		case CHEM_FAMILY:
			return !is_whole_family(node);
		case CHEM_SYSTEM:
			return is_below(node, "LI-METAL");
		default:
			return false;
	}
}

/* The number of metals in the composition order of a node; 0 without one. */
int
chem_metal_count(const ChemNode *node)
{
	int			n = 0;

	if (node->metals == NULL)
		return 0;
	for (const char *p = node->metals; *p; p++)
		if (p == node->metals || p[-1] == ' ')
			n++;
	return n;
}

/* May a value of this node state a composition? */
bool
chem_composition_free(const ChemNode *node)
{
	return node->role == CHEM_POSITIVE && node->metals != NULL &&
		node->kind != CHEM_COMPOSITION && node->composition[0] == 0;
}

/* Three metals, a third of each: stored as (33, 33, 33). */
bool
chem_is_thirds(const ChemNode *node, const uint8 *composition)
{
	return chem_metal_count(node) == 3 &&
		composition[0] == 33 && composition[1] == 33 && composition[2] == 33;
}

/*
 * Is this a composition that a value of the node may state, in whole percent
 * of each metal but the last?
 */
static bool
composition_valid(const ChemNode *node, const uint8 *composition)
{
	int			metals = chem_metal_count(node);
	int			sum = 0;

	if (!chem_composition_free(node))
		return false;
	if (chem_is_thirds(node, composition))
		return true;
	for (int i = 0; i < CHEM_METALS; i++)
	{
		if (i >= metals - 1)
		{
			if (composition[i] != 0)
				return false;
		}
		else if (composition[i] == 0)
			return false;
		sum += composition[i];
	}
	return sum < 100;
}

/*
 * The name that a composition has of its own (NMC811), or NULL.  That of a
 * blend is the composition of its first member.
 */
const ChemNode *
chem_named_composition(const ChemNode *node, const uint8 *composition)
{
	const char *plus = strchr(node->name, '+');

	for (int i = 0; i < chem_node_count; i++)
	{
		const ChemNode *named = &chem_nodes[i];

		if (named->kind != CHEM_COMPOSITION ||
			memcmp(named->composition, composition, CHEM_METALS) != 0)
			continue;
		if (plus == NULL)
		{
			if (strcmp(named->parent, node->code) == 0)
				return named;
		}
		else
		{
			const ChemNode *member = chem_node_by_code(named->parent);

			if (member != NULL &&
				strlen(member->name) == (size_t) (plus - node->name) &&
				strncmp(member->name, node->name, plus - node->name) == 0)
				return named;
		}
	}
	return NULL;
}

/* ----------------------------------------------------------------------
 * Values
 * ----------------------------------------------------------------------
 */

/*
 * The value that stands for a node of the tree of systems, named compositions
 * included, with nothing said about its parts.
 */
int64
chem_node_value(const ChemNode *node)
{
	uint64		value;

	Assert(node->role == CHEM_POSITIVE);
	value = (uint64) chem_path_code(node) << CHEM_NODE_SHIFT;
	if (node->kind == CHEM_COMPOSITION)
		value |= (((uint64) node->composition[0] << 14) |
				  ((uint64) node->composition[1] << 7) |
				  (uint64) node->composition[2]) << CHEM_COMPOSITION_SHIFT;
	return (int64) value;
}

/* The value of parts that are valid: see chem_decode(). */
int64
chem_encode(const ChemParts *parts)
{
	uint64		value = (uint64) chem_path_code(parts->node) << CHEM_NODE_SHIFT;

	value |= (((uint64) parts->composition[0] << 14) |
			  ((uint64) parts->composition[1] << 7) |
			  (uint64) parts->composition[2]) << CHEM_COMPOSITION_SHIFT;
	if (parts->negative != NULL)
		value |= (uint64) chem_path_code(parts->negative) << CHEM_NEGATIVE_SHIFT;
	if (parts->electrolyte != NULL)
		value |= (uint64) chem_path_code(parts->electrolyte) << CHEM_ELECTROLYTE_SHIFT;
	return (int64) value;
}

/*
 * Take a value apart.  False when it is none: an unknown node, a composition
 * or a part that its node cannot have.
 */
bool
chem_decode(int64 value, ChemParts *parts)
{
	uint64		v = (uint64) value;
	uint32		composition = (v >> CHEM_COMPOSITION_SHIFT) & CHEM_COMPOSITION_MASK;
	uint32		negative = (v >> CHEM_NEGATIVE_SHIFT) & CHEM_PART_MASK;
	uint32		electrolyte = (v >> CHEM_ELECTROLYTE_SHIFT) & CHEM_PART_MASK;

	if (value < 0)
		return false;
	parts->node = system_by_path(v >> CHEM_NODE_SHIFT);
	if (parts->node == NULL)
		return false;

	parts->composition[0] = (composition >> 14) & 0x7f;
	parts->composition[1] = (composition >> 7) & 0x7f;
	parts->composition[2] = composition & 0x7f;
	if (composition != 0 &&
		!composition_valid(parts->node, parts->composition))
		return false;

	parts->negative = negatives[negative];
	if (negative != 0 &&
		(parts->negative == NULL || !chem_takes_negative(parts->node)))
		return false;
	parts->electrolyte = electrolytes[electrolyte];
	if (electrolyte != 0 &&
		(parts->electrolyte == NULL || !chem_takes_electrolyte(parts->node)))
		return false;
	return true;
}

/*
 * The same for a value that a table or an expression holds.  A value that
 * this build does not know was written by a newer one (or is damaged): error
 * XX001.
 */
void
chem_decode_or_error(int64 value, ChemParts *parts)
{
	if (!chem_decode(value, parts))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("unknown chemistry code " UINT64_FORMAT, (uint64) value),
				 errdetail("The taxonomy of this version of the battery extension has no such value."),
				 errhint("Install the version of the extension that wrote it.")));
}

/*
 * Does whole contain part?  Part by part: the path of each is a prefix of the
 * other's, and what whole does not state contains all.  A composition is
 * contained in itself and in none.  Bits only, so that what one build has
 * answered every other answers too.
 */
bool
chem_contains(int64 whole, int64 part)
{
	uint64		w = (uint64) whole;
	uint64		p = (uint64) part;
	uint32		wn = (w >> CHEM_NODE_SHIFT) & CHEM_NODE_MASK;
	uint32		pn = (p >> CHEM_NODE_SHIFT) & CHEM_NODE_MASK;
	uint32		wc = (w >> CHEM_COMPOSITION_SHIFT) & CHEM_COMPOSITION_MASK;
	uint32		pc = (p >> CHEM_COMPOSITION_SHIFT) & CHEM_COMPOSITION_MASK;
	uint32		wpart;
	uint32		ppart;

	if ((pn & system_prefix_mask(wn)) != wn)
		return false;
	if (wc != 0 && (wc != pc || wn != pn))
		return false;
	wpart = (w >> CHEM_NEGATIVE_SHIFT) & CHEM_PART_MASK;
	ppart = (p >> CHEM_NEGATIVE_SHIFT) & CHEM_PART_MASK;
	if ((ppart & part_prefix_mask(wpart)) != wpart)
		return false;
	wpart = (w >> CHEM_ELECTROLYTE_SHIFT) & CHEM_PART_MASK;
	ppart = (p >> CHEM_ELECTROLYTE_SHIFT) & CHEM_PART_MASK;
	return (ppart & part_prefix_mask(wpart)) == wpart;
}

/*
 * The greatest part below a path that is a node, or NULL for 0 in an empty
 * tree.
 */
static const ChemNode *
greatest_part(const ChemNode *const *parts, uint32 code)
{
	uint32		mask = part_prefix_mask(code);

	for (uint32 i = code | (CHEM_PART_MASK & ~mask); i > 0; i--)
		if (parts[i] != NULL)
			return (i & mask) == code ? parts[i] : NULL;
	return NULL;
}

/*
 * The greatest value that value contains.  The least is value itself, so
 * that "x >= value and x <= chem_high(value)" holds for everything contained;
 * without parts in value it holds for nothing else.
 */
int64
chem_high(int64 value)
{
	ChemParts	given;
	ChemParts	high;
	uint32		code;
	uint32		mask;

	chem_decode_or_error(value, &given);
	high = given;
	code = chem_path_code(given.node);
	mask = system_prefix_mask(code);

	/* the greatest node below that can have the parts that are asked for */
	if (given.composition[0] == 0)
		for (int i = system_count - 1; i >= 0; i--)
			if ((system_codes[i] & mask) == code &&
				(given.negative == NULL || chem_takes_negative(systems[i])) &&
				(given.electrolyte == NULL || chem_takes_electrolyte(systems[i])))
			{
				high.node = systems[i];
				break;
			}

	if (given.composition[0] == 0 && chem_composition_free(high.node))
	{
		/* as much of the first metal as leaves one percent of each other */
		int			metals = chem_metal_count(high.node);

		high.composition[0] = 100 - (metals - 1);
		for (int i = 1; i < metals - 1; i++)
			high.composition[i] = 1;
	}
	if (chem_takes_negative(high.node))
		high.negative = greatest_part(negatives, given.negative ?
									  chem_path_code(given.negative) : 0);
	if (chem_takes_electrolyte(high.node))
		high.electrolyte = greatest_part(electrolytes, given.electrolyte ?
										 chem_path_code(given.electrolyte) : 0);
	return chem_encode(&high);
}

/* ----------------------------------------------------------------------
 * Hash
 * ----------------------------------------------------------------------
 */

/*
 * Mix all 64 bits into all others: shifts and multiplications of MurmurHash3's
 * 64-bit finalizer (A. Appleby, public domain), a one-to-one function.  Core's
 * hash of int8 folds the halves of the value together first, where a share of
 * nickel and an electrolyte take each other's bits.  Part of the on-disk
 * format: hash indexes, hash partitions and Bloom filters keep the result.
 */
static inline uint64
mix(uint64 v)
{
	v ^= v >> 33;
	v *= UINT64CONST(0xff51afd7ed558ccd);
	v ^= v >> 33;
	v *= UINT64CONST(0xc4ceb9fe1a85ec53);
	return v ^ (v >> 33);
}

/* 32 bits for hash indexes, hash joins and grouping */
Datum
chemistry_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT32((uint32) mix((uint64) PG_GETARG_CHEMISTRY(0)));
}

/* 64 bits for hash partitioning; with seed 0 the low half is the hash above */
Datum
chemistry_hash_extended(PG_FUNCTION_ARGS)
{
	uint64		hash = mix((uint64) PG_GETARG_CHEMISTRY(0));
	uint64		seed = (uint64) PG_GETARG_INT64(1);

	PG_RETURN_INT64((int64) (seed == 0 ? hash : mix(hash ^ mix(seed))));
}

/* ----------------------------------------------------------------------
 * Containment
 * ----------------------------------------------------------------------
 */

/* part <@ whole */
Datum
chemistry_contained(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(chem_contains(PG_GETARG_CHEMISTRY(1), PG_GETARG_CHEMISTRY(0)));
}

/* whole @> part */
Datum
chemistry_contains(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(chem_contains(PG_GETARG_CHEMISTRY(0), PG_GETARG_CHEMISTRY(1)));
}

/* The greatest value that the argument contains: see chem_high(). */
Datum
chemistry_high(PG_FUNCTION_ARGS)
{
	PG_RETURN_CHEMISTRY(chem_high(PG_GETARG_CHEMISTRY(0)));
}

/* ----------------------------------------------------------------------
 * Places in the tree
 * ----------------------------------------------------------------------
 */

/* The value with the last level of its path taken away; false at the root. */
static bool
path_up(uint32 *code)
{
	uint32		up = *code;

	if (up == 0)
		return false;
	if (up & 0x7)
		up &= ~0x7u;
	else if (up & (0x3f << 3))
		up &= ~0x1ffu;
	else if (up & (0x3f << 9))
		up &= ~0x7fffu;
	else if (up & (0xf << 15))
		up &= ~0x7ffffu;
	else
		up = 0;
	*code = up;
	return true;
}

/* A part and what contains it, up to "unknown"; the number of them. */
static int
part_wholes(uint32 code, uint32 *wholes)
{
	int			count = 0;

	wholes[count++] = code;
	if (code & 0xf)
		wholes[count++] = code & ~0xfu;
	if (code != 0)
		wholes[count++] = 0;
	return count;
}

/*
 * All that can contain a value, itself among them; the number of them.  Some may
 * be no values: combinations that input refuses.
 */
int
chem_wholes(int64 value, int64 *wholes)
{
	uint64		v = (uint64) value;
	uint32		code = (v >> CHEM_NODE_SHIFT) & CHEM_NODE_MASK;
	uint64		tops[CHEM_LEVELS + 2];
	uint32		negative[CHEM_PART_LEVELS + 1];
	uint32		electrolyte[CHEM_PART_LEVELS + 1];
	int			top_count = 0;
	int			negative_count = part_wholes((v >> CHEM_NEGATIVE_SHIFT) & CHEM_PART_MASK, negative);
	int			electrolyte_count = part_wholes((v >> CHEM_ELECTROLYTE_SHIFT) & CHEM_PART_MASK, electrolyte);
	int			count = 0;

	if ((v >> CHEM_COMPOSITION_SHIFT) & CHEM_COMPOSITION_MASK)
		tops[top_count++] = v >> CHEM_COMPOSITION_SHIFT << CHEM_COMPOSITION_SHIFT;
	do
		tops[top_count++] = (uint64) code << CHEM_NODE_SHIFT;
	while (path_up(&code));
	for (int i = 0; i < top_count; i++)
		for (int j = 0; j < negative_count; j++)
			for (int k = 0; k < electrolyte_count; k++)
				wholes[count++] = (int64) (tops[i] |
										   (uint64) negative[j] << CHEM_NEGATIVE_SHIFT |
										   (uint64) electrolyte[k] << CHEM_ELECTROLYTE_SHIFT);
	return count;
}

/*
 * The family that a value belongs to, without parts: the nearest node of kind
 * family at or above its own; where there is none, the topmost node below the
 * root (STRUCTURAL, ZN-MN).  The family of the root is the root.
 */
Datum
chemistry_family(PG_FUNCTION_ARGS)
{
	ChemParts	parts;
	uint32		code;
	uint32		top;

	chem_decode_or_error(PG_GETARG_CHEMISTRY(0), &parts);
	code = top = chem_path_code(parts.node);
	for (;;)
	{
		const ChemNode *node = system_by_path(code);

		if (node != NULL && node->kind == CHEM_FAMILY)
			break;
		if (code == 0)
		{
			code = top;
			break;
		}
		top = code;
		(void) path_up(&code);
	}
	PG_RETURN_CHEMISTRY((int64) ((uint64) code << CHEM_NODE_SHIFT));
}

/*
 * The next value up, by the order of what is written: the electrolyte one
 * step up, then the negative electrode, then the composition, then the node.
 * NULL at the root.
 */
Datum
chemistry_parent(PG_FUNCTION_ARGS)
{
	uint64		value = (uint64) PG_GETARG_CHEMISTRY(0);
	ChemParts	parts;
	uint32		code;

	chem_decode_or_error((int64) value, &parts);
	for (int shift = CHEM_ELECTROLYTE_SHIFT; shift <= CHEM_NEGATIVE_SHIFT;
		 shift += CHEM_NEGATIVE_SHIFT - CHEM_ELECTROLYTE_SHIFT)
	{
		code = (value >> shift) & CHEM_PART_MASK;
		if (code != 0)
		{
			value &= ~(CHEM_PART_MASK << shift);
			if (code & 0xf)
				value |= (uint64) (code & ~0xfu) << shift;
			PG_RETURN_CHEMISTRY((int64) value);
		}
	}
	if (parts.composition[0] != 0)
		PG_RETURN_CHEMISTRY((int64) (value & ~(CHEM_COMPOSITION_MASK << CHEM_COMPOSITION_SHIFT)));
	code = value >> CHEM_NODE_SHIFT;
	if (!path_up(&code))
		PG_RETURN_NULL();
	PG_RETURN_CHEMISTRY((int64) ((uint64) code << CHEM_NODE_SHIFT));
}

/*
 * The positive electrode with its composition, without the other parts; NULL
 * where it is not known (a family) or not named by itself (a whole system).
 */
Datum
chemistry_positive_electrode(PG_FUNCTION_ARGS)
{
	ChemParts	parts;

	chem_decode_or_error(PG_GETARG_CHEMISTRY(0), &parts);
	if (parts.node->kind != CHEM_CATHODE)
		PG_RETURN_NULL();
	parts.negative = NULL;
	parts.electrolyte = NULL;
	PG_RETURN_CHEMISTRY(chem_encode(&parts));
}

/* The name of the negative electrode, NULL where none is stated. */
Datum
chemistry_negative_electrode(PG_FUNCTION_ARGS)
{
	ChemParts	parts;

	chem_decode_or_error(PG_GETARG_CHEMISTRY(0), &parts);
	if (parts.negative == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(parts.negative->name));
}

/* The name of the electrolyte, NULL where none is stated. */
Datum
chemistry_electrolyte(PG_FUNCTION_ARGS)
{
	ChemParts	parts;

	chem_decode_or_error(PG_GETARG_CHEMISTRY(0), &parts);
	if (parts.electrolyte == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(parts.electrolyte->name));
}

/* ----------------------------------------------------------------------
 * Elements
 * ----------------------------------------------------------------------
 */

static const char *const element_symbols[] = {
	"H", "He", "Li", "Be", "B", "C", "N", "O", "F", "Ne", "Na", "Mg", "Al",
	"Si", "P", "S", "Cl", "Ar", "K", "Ca", "Sc", "Ti", "V", "Cr", "Mn", "Fe",
	"Co", "Ni", "Cu", "Zn", "Ga", "Ge", "As", "Se", "Br", "Kr", "Rb", "Sr",
	"Y", "Zr", "Nb", "Mo", "Tc", "Ru", "Rh", "Pd", "Ag", "Cd", "In", "Sn",
	"Sb", "Te", "I", "Xe", "Cs", "Ba", "La", "Ce", "Pr", "Nd", "Pm", "Sm",
	"Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Hf", "Ta", "W",
	"Re", "Os", "Ir", "Pt", "Au", "Hg", "Tl", "Pb", "Bi", "Po", "At", "Rn",
	"Fr", "Ra", "Ac", "Th", "Pa", "U", "Np", "Pu", "Am", "Cm", "Bk", "Cf",
	"Es", "Fm", "Md", "No", "Lr", "Rf", "Db", "Sg", "Bh", "Hs", "Mt", "Ds",
	"Rg", "Cn", "Nh", "Fl", "Mc", "Lv", "Ts", "Og"
};

/*
 * Is this, in any case, the symbol of an element?  Its usual spelling goes to
 * symbol, which has room for 3 bytes.
 */
bool
chem_element_symbol(const char *s, int len, char *symbol)
{
	if (len < 1 || len > 2)
		return false;
	for (int i = 0; i < (int) lengthof(element_symbols); i++)
	{
		const char *e = element_symbols[i];

		if ((int) strlen(e) == len && pg_strncasecmp(e, s, len) == 0)
		{
			strcpy(symbol, e);
			return true;
		}
	}
	return false;
}

/*
 * The next element of a list as ChemNode.elements has it, or false at its
 * end.  *certain says whether it stands outside of parentheses.
 */
static bool
next_element(const char **pp, bool *in_parentheses, const char **element,
			 int *len, bool *certain)
{
	const char *p = *pp;
	const char *start;

	while (*p == ' ' || *p == '(' || *p == ')')
	{
		if (*p == '(')
			*in_parentheses = true;
		else if (*p == ')')
			*in_parentheses = false;
		p++;
	}
	if (*p == '\0')
		return false;
	start = p;
	while (*p != '\0' && *p != ' ' && *p != '(' && *p != ')')
		p++;
	*element = start;
	*len = p - start;
	*certain = !*in_parentheses;
	*pp = p;
	return true;
}

/* Add those of a list that are certain to an array without duplicates. */
static int
add_elements(const char *list, Datum *elements, int n)
{
	const char *element;
	bool		in_parentheses = false;
	bool		certain;
	int			len;

	while (list != NULL &&
		   next_element(&list, &in_parentheses, &element, &len, &certain))
	{
		bool		known = false;

		if (!certain)
			continue;
		for (int i = 0; i < n && !known; i++)
		{
			text	   *e = DatumGetTextPP(elements[i]);

			known = (int) VARSIZE_ANY_EXHDR(e) == len &&
				memcmp(VARDATA_ANY(e), element, len) == 0;
		}
		if (!known && n < MAX_ELEMENTS)
			elements[n++] = PointerGetDatum(cstring_to_text_with_len(element, len));
	}
	return n;
}

/* Is an element in a list?  0: no, 1: in some variants, 2: yes. */
static int
has_element(const char *list, const char *symbol)
{
	const char *element;
	bool		in_parentheses = false;
	bool		certain;
	int			len;
	int			result = 0;

	while (list != NULL &&
		   next_element(&list, &in_parentheses, &element, &len, &certain))
		if ((int) strlen(symbol) == len && memcmp(element, symbol, len) == 0)
			result = Max(result, certain ? 2 : 1);
	return result;
}

static ArrayType *
text_array(Datum *elements, int n)
{
	return construct_array(elements, n, TEXTOID, -1, false, TYPALIGN_INT);
}

/*
 * The elements of a list as ChemNode.elements has it that are certain, as a
 * text[].
 */
ArrayType *
chem_element_array(const char *list)
{
	Datum		elements[MAX_ELEMENTS];

	return text_array(elements, add_elements(list, elements, 0));
}

/*
 * The active elements that every cell of this chemistry has, of all stated
 * parts, each once, in the order of the parts.  Oxygen of oxides, the
 * collectors and the casing do not count.
 */
Datum
chemistry_elements(PG_FUNCTION_ARGS)
{
	ChemParts	parts;
	Datum		elements[MAX_ELEMENTS];
	int			n = 0;

	chem_decode_or_error(PG_GETARG_CHEMISTRY(0), &parts);
	n = add_elements(parts.node->elements, elements, n);
	if (parts.negative != NULL)
		n = add_elements(parts.negative->elements, elements, n);
	if (parts.electrolyte != NULL)
		n = add_elements(parts.electrolyte->elements, elements, n);
	PG_RETURN_ARRAYTYPE_P(text_array(elements, n));
}

/* has_element() of a part, or, where it is open, of everything it could be */
static int
part_has_element(const ChemNode *const *nodes, const ChemNode *part,
				 const char *symbol)
{
	uint32		code = part ? chem_path_code(part) : 0;
	uint32		mask = part_prefix_mask(code);
	int			result = part ? has_element(part->elements, symbol) : 0;

	for (uint32 i = 1; result == 0 && i <= CHEM_PART_MASK; i++)
		if (nodes[i] != NULL && (i & mask) == code &&
			has_element(nodes[i]->elements, symbol) > 0)
			result = 1;
	return result;
}

/*
 * Does a cell of this chemistry contain the element, by the taxonomy's lists
 * of active elements?  True when all do, false when none can, NULL when it
 * depends on what is not stated.  Error 22023 for what is no symbol of an
 * element.
 */
Datum
chemistry_contains_element(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(1);
	ChemParts	parts;
	char		symbol[3];
	uint32		code;
	uint32		mask;
	int			result;

	if (!chem_element_symbol(VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg), symbol))
	{
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is not the symbol of a chemical element",
						text_excerpt(text_to_cstring(arg), CHEM_EXCERPT_BYTES)),
				 errhint("Write a symbol such as 'Co', 'Ni' or 'Li'.")));
	}
	chem_decode_or_error(PG_GETARG_CHEMISTRY(0), &parts);

	result = has_element(parts.node->elements, symbol);
	code = chem_path_code(parts.node);
	mask = system_prefix_mask(code);
	for (int i = 0; result == 0 && i < system_count; i++)
		if ((system_codes[i] & mask) == code &&
			has_element(systems[i]->elements, symbol) > 0)
			result = 1;
	if (result < 2 && chem_takes_negative(parts.node))
		result = Max(result, part_has_element(negatives, parts.negative, symbol));
	if (result < 2 && chem_takes_electrolyte(parts.node))
		result = Max(result, part_has_element(electrolytes, parts.electrolyte, symbol));
	if (result == 1)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(result == 2);
}

/*
 * The share of nickel among the metals of the positive electrode that the
 * composition is written of (Ni, Mn, Co, Al, Fe; lithium and sodium do not
 * count), 0 to 1: 0.8 for NMC811, exactly a third for NMC111.  0 for a
 * positive electrode without nickel.  NULL where it is not stated, for
 * families, blends and whole systems.
 */
Datum
chemistry_nickel_fraction(PG_FUNCTION_ARGS)
{
	ChemParts	parts;
	const uint8 *composition;
	int			metals;
	int			rest = 100;
	const char *p;

	chem_decode_or_error(PG_GETARG_CHEMISTRY(0), &parts);
	if (parts.node->kind != CHEM_CATHODE || strchr(parts.node->name, '+') != NULL)
		PG_RETURN_NULL();

	composition = parts.composition[0] != 0 ? parts.composition : parts.node->composition;
	metals = chem_metal_count(parts.node);
	if (metals == 0 || composition[0] == 0)
	{
		uint32		code = chem_path_code(parts.node);
		uint32		mask = system_prefix_mask(code);

		/* none, if nothing below has any either */
		for (int i = 0; i < system_count; i++)
			if ((system_codes[i] & mask) == code &&
				(systems[i]->elements == NULL ||
				 strchr(systems[i]->name, '+') != NULL ||
				 has_element(systems[i]->elements, "Ni") > 0))
				PG_RETURN_NULL();
		PG_RETURN_FLOAT8(0.0);
	}

	p = parts.node->metals;
	for (int i = 0; i < metals; i++)
	{
		int			percent = i < metals - 1 || metals == 1 ? composition[i] : rest;

		if (strncmp(p, "Ni", 2) == 0 && (p[2] == ' ' || p[2] == '\0'))
		{
			if (chem_is_thirds(parts.node, composition))
				PG_RETURN_FLOAT8(1.0 / 3.0);
			PG_RETURN_FLOAT8(percent / 100.0);
		}
		rest -= percent;
		while (*p != '\0' && *p != ' ')
			p++;
		while (*p == ' ')
			p++;
	}
	PG_RETURN_FLOAT8(0.0);
}
