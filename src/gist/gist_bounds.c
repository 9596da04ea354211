/*-------------------------------------------------------------------------
 *
 * gist_bounds.c
 *		GiST support for types that compare as the int8 they are.
 *
 * All but "consistent" is the same for all of them.  The strategy numbers are
 * core's (access/stratnum.h), so that gist_translate_cmptype_common of 18 tells
 * which is equality.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "access/gist.h"
#include "gist/gist_bounds.h"
#include "utils/sortsupport.h"

PG_FUNCTION_INFO_V1(gist_bounds_in);
PG_FUNCTION_INFO_V1(gist_bounds_out);
PG_FUNCTION_INFO_V1(gist_bounds_compress);
PG_FUNCTION_INFO_V1(gist_bounds_fetch);
PG_FUNCTION_INFO_V1(gist_bounds_consistent);
PG_FUNCTION_INFO_V1(gist_bounds_union);
PG_FUNCTION_INFO_V1(gist_bounds_same);
PG_FUNCTION_INFO_V1(gist_bounds_penalty);
PG_FUNCTION_INFO_V1(gist_bounds_picksplit);
PG_FUNCTION_INFO_V1(gist_bounds_sortsupport);

/* Nobody makes a key but an index.  Error: 0A000. */
Datum
gist_bounds_in(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("cannot accept a value of type %s", "gist_bounds"),
			 errdetail("It is a key of a GiST index, and stands nowhere else.")));
	PG_RETURN_VOID();			/* keep compiler quiet */
}

/* For pageinspect: least and greatest as they are stored. */
Datum
gist_bounds_out(PG_FUNCTION_ARGS)
{
	GistBounds *key = DatumGetGistBounds(PG_GETARG_DATUM(0));

	PG_RETURN_CSTRING(psprintf("[" INT64_FORMAT "," INT64_FORMAT "]", key->low, key->high));
}

static Datum
make_bounds(int64 low, int64 high)
{
	GistBounds *key = palloc(sizeof(GistBounds));

	key->low = low;
	key->high = high;
	return PointerGetDatum(key);
}

/* The same entry with another key. */
static GISTENTRY *
entry_of(const GISTENTRY *entry, Datum key)
{
	GISTENTRY  *made = palloc(sizeof(GISTENTRY));

	gistentryinit(*made, key, entry->rel, entry->page, entry->offset, false);
	return made;
}

Datum
gist_bounds_compress(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	int64		value;

	if (!entry->leafkey)
		PG_RETURN_POINTER(entry);
	value = DatumGetInt64(entry->key);
	PG_RETURN_POINTER(entry_of(entry, make_bounds(value, value)));
}

Datum
gist_bounds_fetch(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);

	PG_RETURN_POINTER(entry_of(entry, Int64GetDatum(DatumGetGistBounds(entry->key)->low)));
}

/*
 * Can a value between the bounds stand in the relation of strategy to the query?
 * Of a leaf, where the bounds are the value: does it?
 */
bool
gist_bounds_match(const GistBounds *key, int64 query, StrategyNumber strategy)
{
	switch (strategy)
	{
		case RTEqualStrategyNumber:
			return key->low <= query && query <= key->high;
		case RTNotEqualStrategyNumber:
			return key->low != query || key->high != query;
		case RTLessStrategyNumber:
			return key->low < query;
		case RTLessEqualStrategyNumber:
			return key->low <= query;
		case RTGreaterStrategyNumber:
			return key->high > query;
		case RTGreaterEqualStrategyNumber:
			return key->high >= query;
		default:
			elog(ERROR, "unrecognized GiST strategy number: %d", strategy);
			return false;		/* keep compiler quiet */
	}
}

Datum
gist_bounds_consistent(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	int64		query = PG_GETARG_INT64(1);
	StrategyNumber strategy = (StrategyNumber) PG_GETARG_UINT16(2);
	bool	   *recheck = (bool *) PG_GETARG_POINTER(4);

	*recheck = false;
	PG_RETURN_BOOL(gist_bounds_match(DatumGetGistBounds(entry->key), query, strategy));
}

static void
extend(GistBounds *bounds, const GistBounds *by)
{
	bounds->low = Min(bounds->low, by->low);
	bounds->high = Max(bounds->high, by->high);
}

Datum
gist_bounds_union(PG_FUNCTION_ARGS)
{
	GistEntryVector *entries = (GistEntryVector *) PG_GETARG_POINTER(0);
	int		   *size = (int *) PG_GETARG_POINTER(1);
	GistBounds *all = palloc(sizeof(GistBounds));

	*all = *DatumGetGistBounds(entries->vector[0].key);
	for (int i = 1; i < entries->n; i++)
		extend(all, DatumGetGistBounds(entries->vector[i].key));
	*size = sizeof(GistBounds);
	PG_RETURN_POINTER(all);
}

Datum
gist_bounds_same(PG_FUNCTION_ARGS)
{
	GistBounds *a = DatumGetGistBounds(PG_GETARG_DATUM(0));
	GistBounds *b = DatumGetGistBounds(PG_GETARG_DATUM(1));
	bool	   *result = (bool *) PG_GETARG_POINTER(2);

	*result = a->low == b->low && a->high == b->high;
	PG_RETURN_POINTER(result);
}

/*
 * By how much the bounds must give way.  Differences are exact before they are
 * rounded, so that it is 0 only where they need not.
 */
Datum
gist_bounds_penalty(PG_FUNCTION_ARGS)
{
	GistBounds *old = DatumGetGistBounds(((GISTENTRY *) PG_GETARG_POINTER(0))->key);
	GistBounds *new = DatumGetGistBounds(((GISTENTRY *) PG_GETARG_POINTER(1))->key);
	float	   *penalty = (float *) PG_GETARG_POINTER(2);

	*penalty = 0.0f;
	if (new->low < old->low)
		*penalty += (float) ((uint64) old->low - (uint64) new->low);
	if (new->high > old->high)
		*penalty += (float) ((uint64) new->high - (uint64) old->high);
	PG_RETURN_POINTER(penalty);
}

typedef struct SplitItem
{
	GistBounds	key;
	OffsetNumber offset;
} SplitItem;

static int
compare_bounds(const GistBounds *a, const GistBounds *b)
{
	if (a->low != b->low)
		return a->low < b->low ? -1 : 1;
	if (a->high != b->high)
		return a->high < b->high ? -1 : 1;
	return 0;
}

static int
compare_items(const void *a, const void *b)
{
	return compare_bounds(&((const SplitItem *) a)->key, &((const SplitItem *) b)->key);
}

/*
 * Where to cut sorted items in two: in the middle third, as near to the middle
 * as can be, where no value would be on both sides; else in the middle.  Few
 * values stand in many rows (chemistries), and each should be on few pages.
 */
static int
where_to_cut(const SplitItem *items, int count)
{
	int			middle = count / 2;
	int			best = 0;
	int64		high = items[0].key.high;

	for (int i = 1; i <= count - count / 3; i++)
	{
		if (i >= Max(count / 3, 1) && high < items[i].key.low &&
			(best == 0 || abs(i - middle) < abs(best - middle)))
			best = i;
		high = Max(high, items[i].key.high);
	}
	return best > 0 ? best : middle;
}

Datum
gist_bounds_picksplit(PG_FUNCTION_ARGS)
{
	GistEntryVector *entries = (GistEntryVector *) PG_GETARG_POINTER(0);
	GIST_SPLITVEC *split = (GIST_SPLITVEC *) PG_GETARG_POINTER(1);
	int			count = entries->n - FirstOffsetNumber;
	SplitItem  *items = palloc(count * sizeof(SplitItem));
	GistBounds *left = palloc(sizeof(GistBounds));
	GistBounds *right = palloc(sizeof(GistBounds));
	int			cut;

	for (int i = 0; i < count; i++)
	{
		items[i].offset = FirstOffsetNumber + i;
		items[i].key = *DatumGetGistBounds(entries->vector[items[i].offset].key);
	}
	qsort(items, count, sizeof(SplitItem), compare_items);
	cut = where_to_cut(items, count);

	split->spl_left = palloc(cut * sizeof(OffsetNumber));
	split->spl_right = palloc((count - cut) * sizeof(OffsetNumber));
	split->spl_nleft = cut;
	split->spl_nright = count - cut;
	*left = items[0].key;
	*right = items[cut].key;
	for (int i = 0; i < count; i++)
	{
		if (i < cut)
			split->spl_left[i] = items[i].offset;
		else
			split->spl_right[i - cut] = items[i].offset;
		extend(i < cut ? left : right, &items[i].key);
	}
	split->spl_ldatum = PointerGetDatum(left);
	split->spl_rdatum = PointerGetDatum(right);
	PG_RETURN_POINTER(split);
}

static int
sort_compare(Datum a, Datum b, SortSupport ssup pg_attribute_unused())
{
	return compare_bounds(DatumGetGistBounds(a), DatumGetGistBounds(b));
}

/* Leaves are sorted, of which a bound says all. */
static Datum
sort_abbreviate(Datum key, SortSupport ssup pg_attribute_unused())
{
	return Int64GetDatum(DatumGetGistBounds(key)->low);
}

static bool
never_abort(int count pg_attribute_unused(), SortSupport ssup pg_attribute_unused())
{
	return false;
}

Datum
gist_bounds_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = sort_compare;
	if (ssup->abbreviate)
	{
		ssup->comparator = ssup_datum_signed_cmp;
		ssup->abbrev_converter = sort_abbreviate;
		ssup->abbrev_abort = never_abort;
		ssup->abbrev_full_comparator = sort_compare;
	}
	PG_RETURN_VOID();
}
