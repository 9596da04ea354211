/*-------------------------------------------------------------------------
 *
 * flat_state.h
 *		What the values that are aggregate states have alike.
 *
 * Such a value is one flat varlena: it is the state of an aggregate, and it is
 * stored, sent and merged again.  A state may arrive short or compressed (it
 * travels between servers and through tuples), so every function detoasts what
 * it is given, and only a transition function that an aggregate calls writes
 * into its first argument.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_FLAT_STATE_H
#define BATTERY_FLAT_STATE_H

#include "common/hashfn.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "nodes/nodes.h"

/* How every state begins, on disk too. */
typedef struct FlatState
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;
} FlatState;

/*
 * What tells one type of states from another.  A version's text begins with
 * before_version, its number in decimal, and after_version.
 */
typedef struct FlatStateType
{
	const char *name;			/* of the SQL type */
	uint8		oldest;			/* versions that this library reads */
	uint8		newest;
	const char *before_version;
	const char *after_version;
	Size		header;			/* the fewest bytes of a value */

	/*
	 * Do the sizes and codes of a value fit one another?  It has its header,
	 * and its version is known.
	 */
	bool		(*is_sound) (const void *state);
	const char *made_by;		/* a hint: what makes a value */
} FlatStateType;

/* ---- values ---- */

extern void *flat_state_get(Datum d, const FlatStateType *type);
extern void *flat_state_copy(const void *state);

/* AggCheckCallContext() without the call: it is asked once for every row. */
static inline bool
called_by_aggregate(FunctionCallInfo fcinfo)
{
	return fcinfo->context != NULL &&
		(IsA(fcinfo->context, AggState) || IsA(fcinfo->context, WindowAggState));
}

/*
 * The first argument, where it is an aggregate's own and may be written into;
 * else NULL, and whoever wants to change it makes a copy.
 */
static inline void *
flat_state_own(FunctionCallInfo fcinfo, const FlatStateType *type)
{
	FlatState  *state = (FlatState *) PG_GETARG_POINTER(0);

	if (likely(!VARATT_IS_EXTENDED(state) && called_by_aggregate(fcinfo) &&
			   state->version >= type->oldest && state->version <= type->newest))
		return state;
	return NULL;
}

/* ---- errors ---- */

extern Datum flat_state_unknown_version(Node *escontext, const FlatStateType *type,
										const char *version);
extern Datum flat_state_bad_text(Node *escontext, const FlatStateType *type,
								 const char *s, const char *problem);
extern void flat_state_bad_binary(const FlatStateType *type, const char *problem) pg_attribute_noreturn();
extern void flat_state_unlike(const FlatStateType *type, const char *what,
							  const char *a, const char *b, const char *hint) pg_attribute_noreturn();
extern void flat_state_not_held(const FlatStateType *type, const char *detail) pg_attribute_noreturn();

/* ---- text and binary ---- */

extern const char *flat_state_text_version(Node *escontext, const FlatStateType *type,
										   const char *s);
extern int	flat_state_binary_version(StringInfo message, const FlatStateType *type);

/*
 * The scanner of the texts.  Each function returns what follows the thing it
 * has read, or NULL when that is not next or s is NULL already, so that calls
 * can be chained and looked at once in the end.  A number is read in the one
 * spelling in which it is written, so that nothing is rounded on the way in.
 */
extern const char *state_skip(const char *s, const char *literal);
extern const char *state_skip_one_of(const char *s, const char *const *names, int n,
									 uint8 *which);
extern const char *state_skip_words(const char *s, uint64 *words, int n);
extern const char *state_skip_int64(const char *s, int64 *v);
extern const char *state_skip_float8(const char *s, double *v);

/* ---- arithmetic ---- */

extern Datum flat_state_arithmetic(FunctionCallInfo fcinfo, PGFunction combine, PGFunction final);

/*
 * type_merge and type_subtract, a + b and a - b for users: what the aggregates'
 * type_combine and type_combine_inv make of two values, as type_final returns it.
 */
#define ARITHMETIC_FUNCTIONS(type) \
	PG_FUNCTION_INFO_V1(type##_merge); \
	Datum \
	type##_merge(PG_FUNCTION_ARGS) \
	{ \
		return flat_state_arithmetic(fcinfo, type##_combine, type##_final); \
	} \
	PG_FUNCTION_INFO_V1(type##_subtract); \
	Datum \
	type##_subtract(PG_FUNCTION_ARGS) \
	{ \
		return flat_state_arithmetic(fcinfo, type##_combine_inv, type##_final); \
	}

/* ---- hash ---- */

/*
 * One word into a hash.  It is of the number and not of its bytes: it must be
 * the same on every platform, because a hash-distributed table may span
 * several.
 */
static inline uint64
hash_word(uint64 word, uint64 h)
{
	h = hash_bytes_uint32_extended((uint32) word, h);
	return hash_bytes_uint32_extended((uint32) (word >> 32), h);
}

/*
 * type_hash and type_hash_extended, from a function hash(fcinfo, seed) that
 * hashes the first argument of an SQL call.  Core requires the two to agree in
 * the low bits with seed 0.
 */
#define HASH_FUNCTIONS(type, hash) \
	PG_FUNCTION_INFO_V1(type##_hash); \
	Datum \
	type##_hash(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_UINT32((uint32) hash(fcinfo, 0)); \
	} \
	PG_FUNCTION_INFO_V1(type##_hash_extended); \
	Datum \
	type##_hash_extended(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_UINT64(hash(fcinfo, (uint64) PG_GETARG_INT64(1))); \
	}

#endif							/* BATTERY_FLAT_STATE_H */
