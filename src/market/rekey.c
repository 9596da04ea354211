/*-------------------------------------------------------------------------
 *
 * rekey.c
 *		Markets of groups: the same amounts under the names of countries,
 *		parent companies or whatever members are mapped to.
 *
 * A mapping is a jsonb object or two arrays of the same length.  It is applied
 * once: that A is mapped to B and B to C leaves A in B.  A group may have the
 * name of a member; then both are in it, once each.  Which parent a member
 * had on a day is for the query to select that makes the mapping.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "decimal.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"
#include "wide.h"

#include "market_shares.h"
#include "rekey.h"

PG_FUNCTION_INFO_V1(market_shares_rekey_jsonb);
PG_FUNCTION_INFO_V1(market_shares_rekey_arrays);
PG_FUNCTION_INFO_V1(market_shares_by_group_jsonb);
PG_FUNCTION_INFO_V1(market_shares_by_group_arrays);

/* What becomes of a member that the mapping does not have. */
typedef enum Unmapped
{
	UNMAPPED_ERROR,
	UNMAPPED_KEEP,
	UNMAPPED_NOBODY
} Unmapped;

typedef struct Grouping
{
	MarketMap	map;
	Unmapped	unmapped;
} Grouping;

static int
compare_entries(const void *a, const void *b, void *arg pg_attribute_unused())
{
	const MarketMapEntry *x = a;
	const MarketMapEntry *y = b;

	return market_compare_names(x->member, x->member_len, y->member, y->member_len);
}

/*
 * A weight is a number from 0 on; a negative one would take from the sum what
 * another country adds.
 */
static void
check_number(DecimalStatus status, Datum d, MarketMapEntry *e)
{
	if (status == DECIMAL_OK && e->number >= 0)
		return;
	ereport(ERROR,
			(errcode(status == DECIMAL_RANGE ? ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE :
					 ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("weight %s of member \"%.*s\" is %s",
					DatumGetCString(DirectFunctionCall1(numeric_out, d)),
					MARKET_QUOTED(e->member, e->member_len),
					status == DECIMAL_RANGE ? "out of range" :
					status == DECIMAL_NOT_FINITE ? "not a finite number" : "negative"),
			 errhint("Rescale the weights to numbers from 0 on, such as 0 to 10.")));
}

static void
wrong_json(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid mapping: %s", what),
			 errhint("Write an object, such as {\"CATL\": \"CN\", \"LG Energy Solution\": \"KR\"}, or jsonb_object_agg(member, value).")));
}

/*
 * A mapping from a jsonb object: strings (null: to nobody) or numbers.
 * Error: anything else (22023).
 */
void
market_map_from_jsonb(Datum d, MarketMapKind kind, MarketMap *map)
{
	Jsonb	   *jb = DatumGetJsonbP(d);
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue	v;
	MarketMapEntry *e = NULL;

	if (!JB_ROOT_IS_OBJECT(jb))
		wrong_json("not a JSON object");
	map->count = 0;
	map->entry = palloc_extended(Max(JB_ROOT_COUNT(jb), 1) * sizeof(MarketMapEntry),
								 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	it = JsonbIteratorInit(&jb->root);
	while ((token = JsonbIteratorNext(&it, &v, true)) != WJB_DONE)
	{
		CHECK_FOR_INTERRUPTS();
		if (token == WJB_KEY)
		{
			e = &map->entry[map->count++];
			e->member = v.val.string.val;
			e->member_len = v.val.string.len;
		}
		else if (token == WJB_VALUE)
		{
			Assert(e != NULL);
			if (kind == MAP_TO_GROUP && v.type == jbvString)
			{
				e->group = v.val.string.val;
				e->group_len = v.val.string.len;
			}
			else if (kind == MAP_TO_NUMBER && v.type == jbvNumeric)
				check_number(numeric_to_int128(v.val.numeric, MARKET_MAP_SCALE, &e->number),
							 NumericGetDatum(v.val.numeric), e);
			else if (kind != MAP_TO_GROUP || v.type != jbvNull)
				wrong_json(psprintf("the value of \"%.*s\" is no %s",
									MARKET_QUOTED(e->member, (int) e->member_len),
									kind == MAP_TO_GROUP ? "string" : "number"));
		}
	}
	qsort_interruptible(map->entry, map->count, sizeof(MarketMapEntry), compare_entries, NULL);
}

/*
 * A mapping from two arrays: element i of the one goes to element i of the
 * other.  A member may be there twice with the same group or number, but not
 * with two: the query that made the arrays has joined it to both.  Errors:
 * that, a NULL member, arrays of different lengths (22023).
 */
void
market_map_from_arrays(Datum members, Datum values, MarketMapKind kind,
					   MarketMap *map)
{
	ArrayType  *m = DatumGetArrayTypeP(members);
	ArrayType  *v = DatumGetArrayTypeP(values);
	Datum	   *member;
	Datum	   *value;
	bool	   *member_null;
	bool	   *value_null;
	int			n_members;
	int			n_values;
	int			n = 0;

	if (ARR_NDIM(m) > 1 || ARR_NDIM(v) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid mapping: an array with more than one dimension"),
				 errhint("Give two arrays, such as array_agg(member), array_agg(value).")));
	deconstruct_array(m, TEXTOID, -1, false, TYPALIGN_INT, &member, &member_null, &n_members);
	if (kind == MAP_TO_GROUP)
		deconstruct_array(v, TEXTOID, -1, false, TYPALIGN_INT, &value, &value_null, &n_values);
	else
		deconstruct_array(v, NUMERICOID, -1, false, TYPALIGN_INT, &value, &value_null, &n_values);
	if (n_members != n_values)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid mapping: %d members and %d values", n_members, n_values),
				 errhint("Give two arrays of the same rows, such as array_agg(member), array_agg(value).")));

	map->entry = palloc_extended(Max(n_members, 1) * sizeof(MarketMapEntry),
								 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int i = 0; i < n_members; i++)
	{
		MarketMapEntry *e = &map->entry[i];

		CHECK_FOR_INTERRUPTS();
		if (member_null[i])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("invalid mapping: member %d is NULL", i + 1),
					 errhint("Leave rows without a member out; what is nobody's stays nobody's.")));
		e->member = VARDATA_ANY(DatumGetPointer(member[i]));
		e->member_len = VARSIZE_ANY_EXHDR(DatumGetPointer(member[i]));
		if (kind == MAP_TO_GROUP)
		{
			if (!value_null[i])
			{
				e->group = VARDATA_ANY(DatumGetPointer(value[i]));
				e->group_len = VARSIZE_ANY_EXHDR(DatumGetPointer(value[i]));
			}
		}
		else if (value_null[i])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weight of member \"%.*s\" is NULL",
							MARKET_QUOTED(e->member, (int) e->member_len)),
					 errhint("Give each member a weight.")));
		else
			check_number(numeric_to_int128(DatumGetNumeric(value[i]), MARKET_MAP_SCALE, &e->number),
						 value[i], e);
	}
	qsort_interruptible(map->entry, n_members, sizeof(MarketMapEntry), compare_entries, NULL);

	/* each member once */
	for (int i = 0; i < n_members; i++)
	{
		const MarketMapEntry *e = &map->entry[i];
		const MarketMapEntry *last = n > 0 ? &map->entry[n - 1] : NULL;

		if (last == NULL || compare_entries(last, e, NULL) != 0)
			map->entry[n++] = *e;
		else if (e->number != last->number || (e->group == NULL) != (last->group == NULL) ||
				 (e->group != NULL &&
				  market_compare_names(e->group, e->group_len, last->group, last->group_len) != 0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("invalid mapping: two different values for member \"%.*s\"",
							MARKET_QUOTED(e->member, (int) e->member_len)),
					 errhint("Select one value for each member, such as the parent that is valid on the day in question.")));
	}
	map->count = n;
}

/* The entry of a member, or NULL. */
const MarketMapEntry *
market_map_find(const MarketMap *map, const char *member, uint32 len)
{
	MarketMapEntry key = {
		.member = member,
		.member_len = len,
	};

	return bsearch_arg(&key, map->entry, map->count, sizeof(MarketMapEntry), compare_entries, NULL);
}

static Unmapped
get_unmapped(const text *t)
{
	char	   *s = text_to_cstring(t);

	if (strcmp(s, "error") == 0)
		return UNMAPPED_ERROR;
	if (strcmp(s, "keep") == 0)
		return UNMAPPED_KEEP;
	if (strcmp(s, "unattributed") == 0)
		return UNMAPPED_NOBODY;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown treatment of members without a group: \"%.*s\"",
					MARKET_QUOTED(s, (int) strlen(s))),
			 errhint("Write 'error', 'keep' (under their own names) or 'unattributed'.")));
}

/* A MarketGroupOf. */
static bool
group_of(void *arg, const char *member, uint32 member_len,
		 const char **group, uint32 *len)
{
	const Grouping *grouping = arg;
	const MarketMapEntry *e = market_map_find(&grouping->map, member, member_len);

	*group = NULL;
	*len = 0;
	if (e != NULL)
	{
		*group = e->group;
		*len = e->group_len;
		return true;
	}
	if (grouping->unmapped == UNMAPPED_ERROR)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("member \"%.*s\" has no group", MARKET_QUOTED(member, (int) member_len)),
				 errhint("Add it to the mapping, or say what becomes of such members: 'keep' or 'unattributed'.")));
	return grouping->unmapped == UNMAPPED_NOBODY;
}

/*
 * rekey(market_shares, mapping jsonb, unmapped text) and rekey(market_shares,
 * members text[], groups text[], unmapped text): a market_shares value of the
 * groups.  Amounts, row counts, withheld rows and the stated total are kept,
 * so its total is the same exactly.  Errors: a member without a group under
 * 'error' (22023), an impossible mapping (22023), a group's total out of
 * range (22003).
 */
Datum
market_shares_rekey_jsonb(PG_FUNCTION_ARGS)
{
	Grouping	grouping;

	grouping.unmapped = get_unmapped(PG_GETARG_TEXT_PP(2));
	market_map_from_jsonb(PG_GETARG_DATUM(1), MAP_TO_GROUP, &grouping.map);
	PG_RETURN_POINTER(market_regroup(market_shares_get(PG_GETARG_DATUM(0)),
									 group_of, &grouping));
}

Datum
market_shares_rekey_arrays(PG_FUNCTION_ARGS)
{
	Grouping	grouping;

	grouping.unmapped = get_unmapped(PG_GETARG_TEXT_PP(3));
	market_map_from_arrays(PG_GETARG_DATUM(1), PG_GETARG_DATUM(2), MAP_TO_GROUP,
						   &grouping.map);
	PG_RETURN_POINTER(market_regroup(market_shares_get(PG_GETARG_DATUM(0)),
									 group_of, &grouping));
}

/* ----------------------------------------------------------------------
 * Shares of shares
 * ----------------------------------------------------------------------
 */

/* A member beside its group; name NULL: what nobody holds. */
typedef struct Nested
{
	const char *group;			/* NULL: no group */
	uint32		group_len;
	const char *name;
	uint32		len;
	int128		amount;
	int64		rows;			/* with an amount */
	int64		unknown;		/* without one: withheld */
	int			group_no;
} Nested;

typedef struct NestedGroup
{
	I192		amount;			/* of the known amounts */
	int64		rows;
	int64		unknown;
} NestedGroup;

static int
compare_group_names(const Nested *x, const Nested *y)
{
	if (x->group == NULL || y->group == NULL)
		return (x->group == NULL) - (y->group == NULL);
	return market_compare_names(x->group, x->group_len, y->group, y->group_len);
}

static int
compare_nested_by_group(const void *a, const void *b, void *arg pg_attribute_unused())
{
	return compare_group_names(a, b);
}

static int
compare_nested(const void *a, const void *b, void *arg)
{
	const Nested *x = a;
	const Nested *y = b;
	const NestedGroup *group = arg;

	if ((x->group == NULL) != (y->group == NULL))
		return x->group == NULL ? 1 : -1;
	if (x->group_no != y->group_no)
	{
		const NestedGroup *g = &group[x->group_no];
		const NestedGroup *h = &group[y->group_no];

		if ((g->rows > 0) != (h->rows > 0))
			return g->rows > 0 ? -1 : 1;
		for (int i = 2; i >= 0; i--)
			if (g->amount.w[i] != h->amount.w[i])
				return g->amount.w[i] > h->amount.w[i] ? -1 : 1;
		return x->group_no - y->group_no;
	}
	if ((x->name == NULL) != (y->name == NULL))
		return x->name == NULL ? 1 : -1;
	if ((x->rows > 0) != (y->rows > 0))
		return x->rows > 0 ? -1 : 1;
	if (x->amount != y->amount)
		return x->amount > y->amount ? -1 : 1;
	if (x->name == NULL)
		return 0;
	return market_compare_names(x->name, x->len, y->name, y->len);
}

static Datum
shares_by_group(FunctionCallInfo fcinfo, Grouping *grouping)
{
	enum
	{
		GROUP, GROUP_AMOUNT, GROUP_SHARE, MEMBER, AMOUNT, SHARE_OF_GROUP, SHARE,
		NOTE, COLUMNS
	};
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	const MarketShares *ms = market_shares_get(PG_GETARG_DATUM(0));
	Market		m;
	Nested	   *nested;
	NestedGroup *group;
	int64		hidden;			/* nobody's rows without an amount */
	int			groups = 0;
	int			n;

	InitMaterializedSRF(fcinfo, 0);
	market_decode(ms, &m);

	/* a total that is known covers what is withheld of nobody's */
	hidden = MARKET_TOTAL_IS_KNOWN(&m) ? 0 : ms->others_unknown;
	nested = palloc_extended(((Size) m.count + 1) * sizeof(Nested),
							 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (n = 0; n < m.count; n++)
	{
		const MarketMember *x = &m.member[n];
		Nested	   *row = &nested[n];

		CHECK_FOR_INTERRUPTS();
		row->name = x->name;
		row->len = x->len;
		row->amount = x->amount;
		row->rows = x->rows;
		row->unknown = x->unknown;
		if (!group_of(grouping, x->name, x->len, &row->group, &row->group_len))
		{
			row->group = x->name;
			row->group_len = x->len;
		}
	}
	if (m.remainder > 0 || hidden > 0)
	{
		nested[n].amount = m.remainder;
		nested[n].unknown = hidden;
		nested[n++].rows = m.remainder > 0 ? 1 : 0;
	}

	/* the groups by number, and their totals */
	qsort_interruptible(nested, n, sizeof(Nested), compare_nested_by_group, NULL);
	group = palloc_extended(Max(n, 1) * sizeof(NestedGroup),
							MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int i = 0; i < n; i++)
	{
		if (i == 0 || compare_group_names(&nested[i - 1], &nested[i]) != 0)
			groups++;
		nested[i].group_no = groups - 1;
		group[groups - 1].unknown += nested[i].unknown > 0;
		if (nested[i].rows > 0)
		{
			i192_add(&group[groups - 1].amount, nested[i].amount);
			group[groups - 1].rows += 1;
		}
	}
	qsort_interruptible(nested, n, sizeof(Nested), compare_nested, group);

	for (int i = 0; i < n; i++)
	{
		const Nested *x = &nested[i];
		const NestedGroup *g = &group[x->group_no];
		Wide		amount = wide_from_int128(x->amount);
		Wide		of_group = wide_from_words(g->amount.w, 3);
		Datum		values[COLUMNS];
		bool		nulls[COLUMNS];

		CHECK_FOR_INTERRUPTS();
		memset(values, 0, sizeof(values));
		memset(nulls, true, sizeof(nulls));
#define PUT(column, datum) (nulls[column] = false, values[column] = (datum))
		if (x->group)
			PUT(GROUP, PointerGetDatum(cstring_to_text_with_len(x->group, x->group_len)));
		if (g->rows > 0)
		{
			PUT(GROUP_AMOUNT, NumericGetDatum(wide_to_numeric(&of_group, m.scale)));
			if (wide_sign(&m.total) != 0)
				PUT(GROUP_SHARE, Float8GetDatum(wide_ratio(&of_group, &m.total)));
		}
		if (x->name)
			PUT(MEMBER, PointerGetDatum(cstring_to_text_with_len(x->name, x->len)));
		if (x->rows > 0)
		{
			PUT(AMOUNT, NumericGetDatum(int128_to_numeric(x->amount, m.scale)));
			if (wide_sign(&of_group) != 0)
				PUT(SHARE_OF_GROUP, Float8GetDatum(wide_ratio(&amount, &of_group)));
			if (wide_sign(&m.total) != 0)
				PUT(SHARE, Float8GetDatum(wide_ratio(&amount, &m.total)));
		}
		if (x->unknown > 0)
			PUT(NOTE, CStringGetTextDatum(x->rows > 0 ? "part of the amount is withheld" :
										  "the amount is withheld"));
		else if (g->unknown > 0)
			PUT(NOTE, CStringGetTextDatum("the group has withheld amounts: its amount is at least this"));
#undef PUT
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * shares_by_group(market_shares, mapping jsonb, unmapped text) and
 * shares_by_group(market_shares, members text[], groups text[], unmapped):
 * a row for each member: its group with amount and share of the total, its
 * own amount, its share of the group and of the total (the product of the
 * two, rounded once from the exact amounts), fractions.  What has no group
 * comes last, the remainder as a row without a member; a withheld member has
 * nothing but its names and a note.  Errors: as rekey.
 */
Datum
market_shares_by_group_jsonb(PG_FUNCTION_ARGS)
{
	Grouping	grouping;

	grouping.unmapped = get_unmapped(PG_GETARG_TEXT_PP(2));
	market_map_from_jsonb(PG_GETARG_DATUM(1), MAP_TO_GROUP, &grouping.map);
	return shares_by_group(fcinfo, &grouping);
}

Datum
market_shares_by_group_arrays(PG_FUNCTION_ARGS)
{
	Grouping	grouping;

	grouping.unmapped = get_unmapped(PG_GETARG_TEXT_PP(3));
	market_map_from_arrays(PG_GETARG_DATUM(1), PG_GETARG_DATUM(2), MAP_TO_GROUP,
						   &grouping.map);
	return shares_by_group(fcinfo, &grouping);
}
