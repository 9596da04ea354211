/*-------------------------------------------------------------------------
 *
 * extremes.c
 *		The transition functions of min and max, of every type that is an
 *		int64 and compares as one.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"

PG_FUNCTION_INFO_V1(word_larger);
PG_FUNCTION_INFO_V1(word_smaller);

Datum
word_larger(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(Max(PG_GETARG_INT64(0), PG_GETARG_INT64(1)));
}

Datum
word_smaller(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(Min(PG_GETARG_INT64(0), PG_GETARG_INT64(1)));
}
