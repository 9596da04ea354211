/*-------------------------------------------------------------------------
 *
 * chemistry_gist.c
 *		GiST indexes of chemistries: comparisons, <@ and @>.
 *
 * What a value contains lies between it and its chem_high(), and few values
 * contain it: so bounds tell which pages can hold either.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "access/gist.h"
#include "chemistry/chemistry.h"
#include "gist/gist_bounds.h"

PG_FUNCTION_INFO_V1(chemistry_gist_consistent);

/* What a scan asks of page after page */
typedef struct ChemQuery
{
	int64		value;
	int64		high;			/* the last value that it contains */
	int			whole_count;
	int64		wholes[CHEM_MAX_WHOLES];	/* what can contain it */
} ChemQuery;

static const ChemQuery *
prepared_query(FunctionCallInfo fcinfo, int64 value)
{
	ChemQuery  *query = fcinfo->flinfo->fn_extra;

	if (query != NULL && query->value == value)
		return query;
	fcinfo->flinfo->fn_extra = NULL;
	if (query == NULL)
		query = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(ChemQuery));
	query->high = chem_high(value);
	query->whole_count = chem_wholes(value, query->wholes);
	query->value = value;
	fcinfo->flinfo->fn_extra = query;
	return query;
}

Datum
chemistry_gist_consistent(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	int64		value = PG_GETARG_CHEMISTRY(1);
	StrategyNumber strategy = (StrategyNumber) PG_GETARG_UINT16(2);
	bool	   *recheck = (bool *) PG_GETARG_POINTER(4);
	GistBounds *key = DatumGetGistBounds(entry->key);
	const ChemQuery *query;

	*recheck = false;
	switch (strategy)
	{
		case RTContainedByStrategyNumber:
			if (GIST_LEAF(entry))
				PG_RETURN_BOOL(chem_contains(value, key->low));
			query = prepared_query(fcinfo, value);
			PG_RETURN_BOOL(key->low <= query->high && key->high >= value);
		case RTContainsStrategyNumber:
			if (GIST_LEAF(entry))
				PG_RETURN_BOOL(chem_contains(key->low, value));
			query = prepared_query(fcinfo, value);
			for (int i = 0; i < query->whole_count; i++)
				if (key->low <= query->wholes[i] && query->wholes[i] <= key->high)
					PG_RETURN_BOOL(true);
			PG_RETURN_BOOL(false);
		default:
			PG_RETURN_BOOL(gist_bounds_match(key, value, strategy));
	}
}
