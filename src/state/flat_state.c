/*-------------------------------------------------------------------------
 *
 * flat_state.c
 *		What the values that are aggregate states have alike: see
 *		flat_state.h.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/int.h"
#include "common/shortest_dec.h"
#include "compat.h"
#include "excerpt.h"
#include "libpq/pqformat.h"
#include "state/flat_state.h"
#include "wide.h"

/* Bytes of a text that a message quotes. */
#define QUOTED_BYTES	80

/* More digits of a version are not worth quoting. */
#define VERSION_DIGITS	20

/*
 * ----------------------------------------------------------------
 *	Errors
 * ----------------------------------------------------------------
 */

/*
 * 0A000 for a version that is not known.  Returns where the error is a soft
 * one.
 */
Datum
flat_state_unknown_version(Node *escontext, const FlatStateType *type,
						   const char *version)
{
	ereturn(escontext, (Datum) 0,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("value of type %s has version %s, which this library does not know",
					type->name, text_excerpt(version, VERSION_DIGITS)),
			 type->oldest == type->newest ?
			 errdetail("It reads version %d.", type->newest) :
			 errdetail("It reads versions %d to %d.", type->oldest, type->newest),
			 errhint("Install the version of battery that wrote the value, or a newer one.")));
}

/*
 * 22P02 for a text that is not a value's; problem says what is wrong, or is
 * NULL where that is plain to see.  Returns where the error is a soft one,
 * or where another was one before.
 */
Datum
flat_state_bad_text(Node *escontext, const FlatStateType *type, const char *s,
					const char *problem)
{
	if (SOFT_ERROR_OCCURRED(escontext))
		return (Datum) 0;
	ereturn(escontext, (Datum) 0,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%s\"", type->name,
					text_excerpt(s, QUOTED_BYTES)),
			 problem != NULL ? errdetail("%s", problem) : 0,
			 errhint("%s", type->made_by)));
}

/* 22P03 for a message that is not a value's. */
void
flat_state_bad_binary(const FlatStateType *type, const char *problem)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value of type %s", type->name),
			 errdetail("%s", problem),
			 errhint("Send what %s_send has written.", type->name)));
}

/*
 * 42804 for values that cannot be merged, because they differ in what they
 * were made from.  The two are named in one order, whichever side they came
 * from: which that is depends on the plan.
 */
void
flat_state_unlike(const FlatStateType *type, const char *what, const char *a,
				  const char *b, const char *hint)
{
	bool		in_order = strcmp(a, b) <= 0;

	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("cannot merge values of type %s of different %s: %s and %s", type->name,
					what, in_order ? a : b, in_order ? b : a),
			 errhint("%s", hint)));
}

/*
 * 22023 for rows that were to be taken out of a value and cannot be among its
 * rows; detail says which, or is NULL where nothing is known of them.
 */
void
flat_state_not_held(const FlatStateType *type, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot take rows out of a value of type %s that does not hold them",
					type->name),
			 detail != NULL ? errdetail("%s", detail) : 0,
			 errhint("Take out only what was put in: in a - b, the rows of b must be among those of a.")));
}

/*
 * ----------------------------------------------------------------
 *	Values
 * ----------------------------------------------------------------
 */

/*
 * A value with a full header, and not a copy when it already has one.
 *
 * Values of our own making come from our own functions, or were checked when
 * they were read.  What is left to check is that a stored value is of a version
 * this library knows (else 0A000), and of the size it says (else XX001).
 */
void *
flat_state_get(Datum d, const FlatStateType *type)
{
	FlatState  *state = (FlatState *) PG_DETOAST_DATUM(d);
	bool		has_version = VARSIZE(state) > offsetof(FlatState, version);

	if (unlikely(has_version && (state->version < type->oldest || state->version > type->newest)))
		flat_state_unknown_version(NULL, type, psprintf("%d", state->version));
	if (unlikely(!has_version || VARSIZE(state) < type->header || !type->is_sound(state)))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("corrupt value of type %s", type->name),
				 errhint("Build the value again from its rows, or restore it from a backup.")));
	return state;
}

/* A copy of a value with a full header, in the current context. */
void *
flat_state_copy(const void *state)
{
	void	   *copy = palloc(VARSIZE(state));

	memcpy(copy, state, VARSIZE(state));
	return copy;
}

/*
 * Two values into one, for users.  NULL is the value of no rows, on both sides and
 * as the result.
 *
 * The functions of an aggregate are called as if by hand, also where a user's own
 * aggregate calls us: they then write into no argument, and look at what is left
 * of a value from which anything may have been taken.
 */
Datum
flat_state_arithmetic(FunctionCallInfo fcinfo, PGFunction combine, PGFunction final)
{
	LOCAL_FCINFO(both, 2);
	LOCAL_FCINFO(result, 1);
	Datum		value;

	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	InitFunctionCallInfoData(*both, fcinfo->flinfo, 2, InvalidOid, NULL, NULL);
	both->args[0] = fcinfo->args[0];
	both->args[1] = fcinfo->args[1];
	InitFunctionCallInfoData(*result, fcinfo->flinfo, 1, InvalidOid, NULL, NULL);
	result->args[0].value = combine(both);
	result->args[0].isnull = false;
	value = final(result);
	fcinfo->isnull = result->isnull;
	return value;
}

/*
 * ----------------------------------------------------------------
 *	Text and binary
 * ----------------------------------------------------------------
 */

/*
 * What follows the version that a text begins with; NULL when it does not begin
 * so.  0A000 for a version that is not known; where that is a soft error, NULL.
 */
const char *
flat_state_text_version(Node *escontext, const FlatStateType *type, const char *s)
{
	const char *digits = state_skip(s, type->before_version);
	const char *end;
	Size		count;
	int			version;

	if (digits == NULL)
		return NULL;
	count = strspn(digits, "0123456789");
	end = state_skip(digits + count, type->after_version);
	if (end == NULL || count == 0 || (digits[0] == '0' && count > 1))
		return NULL;
	version = count <= 3 ? atoi(digits) : -1;
	if (version < type->oldest || version > type->newest)
	{
		flat_state_unknown_version(escontext, type,
								   pnstrdup(digits, Min(count, VERSION_DIGITS + 1)));
		return NULL;
	}
	return end;
}

/* The version that a message begins with; 0A000 when it is not known. */
int
flat_state_binary_version(StringInfo message, const FlatStateType *type)
{
	int			version = pq_getmsgbyte(message);

	if (version < type->oldest || version > type->newest)
		flat_state_unknown_version(NULL, type, psprintf("%d", version));
	return version;
}

/* A literal. */
const char *
state_skip(const char *s, const char *literal)
{
	Size		len = strlen(literal);

	return s != NULL && strncmp(s, literal, len) == 0 ? s + len : NULL;
}

/*
 * The longest of n names (NULL: none of this number) that s starts with.
 */
const char *
state_skip_one_of(const char *s, const char *const *names, int n, uint8 *which)
{
	const char *longest = NULL;

	for (int i = 0; i < n; i++)
	{
		const char *end = names[i] != NULL ? state_skip(s, names[i]) : NULL;

		if (end != NULL && (longest == NULL || end > longest))
		{
			longest = end;
			*which = i;
		}
	}
	return longest;
}

/* A whole number, as n words of 64 bits. */
const char *
state_skip_words(const char *s, uint64 *words, int n)
{
	const char *end;
	Wide		v;

	if (s == NULL || !wide_from_decimal(s, &end, &v) || !wide_to_words(&v, words, n))
		return NULL;
	return end;
}

/* The same as state_skip_words() of one word, fast: a state has many of them. */
const char *
state_skip_int64(const char *s, int64 *v)
{
	bool		negative;
	const char *first;
	int64		below = 0;

	if (s == NULL)
		return NULL;
	negative = *s == '-';
	if (negative)
		s++;
	first = s;
	for (; *s >= '0' && *s <= '9'; s++)
	{
		/* negative numbers reach one further: collect those */
		if (pg_mul_s64_overflow(below, 10, &below) ||
			pg_sub_s64_overflow(below, *s - '0', &below))
			return NULL;
	}
	if (s == first || (*first == '0' && (s > first + 1 || negative)) ||
		(!negative && below == PG_INT64_MIN))
		return NULL;
	*v = negative ? below : -below;
	return s;
}

/* A finite double, as the shortest decimal that reads back as it. */
const char *
state_skip_float8(const char *s, double *v)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];
	char		again[DOUBLE_SHORTEST_DECIMAL_LEN];
	Size		len;

	if (s == NULL)
		return NULL;
	len = strspn(s, "+-.0123456789e");
	if (len == 0 || len >= sizeof(digits))
		return NULL;
	memcpy(digits, s, len);
	digits[len] = '\0';
	*v = strtod(digits, NULL);
	double_to_shortest_decimal_buf(*v, again);
	return strcmp(digits, again) == 0 ? s + len : NULL;
}
