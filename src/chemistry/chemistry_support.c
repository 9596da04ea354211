/*-------------------------------------------------------------------------
 *
 * chemistry_support.c
 *		What the planner asks about <@ and @>.
 *
 * A subtree of the taxonomy is one contiguous range of values, so
 *
 *		x <@ y		implies		x >= y and x <= chemistry_high(y)
 *
 * which a btree or BRIN index on x can serve, whatever y is: a constant, a
 * parameter, or a column of another table.  The upper bound is a function
 * call in the index condition rather than a value computed at plan time, so
 * that one way serves all of them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "access/htup_details.h"
#include "access/stratnum.h"
#include "catalog/pg_am_d.h"
#include "catalog/pg_proc_d.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type_d.h"
#include "chemistry/chemistry.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"
#include "utils/syscache.h"

PG_FUNCTION_INFO_V1(chemistry_contained_support);
PG_FUNCTION_INFO_V1(chemistry_contains_support);
PG_FUNCTION_INFO_V1(chemistry_contained_sel);
PG_FUNCTION_INFO_V1(chemistry_contains_sel);
PG_FUNCTION_INFO_V1(chemistry_contained_joinsel);
PG_FUNCTION_INFO_V1(chemistry_contains_joinsel);

/*
 * Where nothing is known about the other side: as much as a family of the
 * tree's few dozen may hold.
 */
#define DEFAULT_CONTAINED_SEL	0.05

/* ----------------------------------------------------------------------
 * Index conditions
 * ----------------------------------------------------------------------
 */

/*
 * chemistry_high(chemistry), which stands in the schema of the function that
 * the request is about: the extension is relocatable, as a whole.  By its key
 * in the catalog: a lookup by name would ask whether the user may use the
 * schema, whom a view over <@ does not ask either.
 */
static Oid
high_function(Oid sibling, Oid chemistry_type)
{
	return GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
						   CStringGetDatum("chemistry_high"),
						   PointerGetDatum(buildoidvector(&chemistry_type, 1)),
						   ObjectIdGetDatum(get_func_namespace(sibling)));
}

/*
 * The operator of a strategy, if it is core's function for int8: in a
 * family of somebody else's the same number may mean another order.
 */
static Oid
order_operator(Oid opfamily, Oid type, int strategy, PGFunction function)
{
	Oid			operator = get_opfamily_member(opfamily, type, type, strategy);
	FmgrInfo	flinfo;

	if (!OidIsValid(operator))
		return InvalidOid;
	fmgr_info(get_opcode(operator), &flinfo);
	return flinfo.fn_addr == function ? operator : InvalidOid;
}

/*
 * The range of values that the index column may have.  part_arg is the number
 * of the argument that is the part.
 */
static List *
index_condition(SupportRequestIndexCondition *req, int part_arg)
{
	List	   *args;
	Node	   *part;
	Node	   *whole;
	Oid			type = req->index->opcintype[req->indexcol];
	Oid			ge;
	Oid			le;
	Oid			high;
	Expr	   *bound;
	List	   *result;

	if (is_opclause(req->node))
		args = ((OpExpr *) req->node)->args;
	else if (is_funcclause(req->node))
		args = ((FuncExpr *) req->node)->args;
	else
		return NIL;

	/* only the part has a range: the whole of a known part does not */
	if (req->indexarg != part_arg || list_length(args) != 2)
		return NIL;
	/* the strategies below mean an order there, and hardly elsewhere */
	if (req->index->relam != BTREE_AM_OID && req->index->relam != BRIN_AM_OID)
		return NIL;
	part = (Node *) list_nth(args, part_arg);
	whole = (Node *) list_nth(args, 1 - part_arg);
	if (!is_pseudo_constant_for_index(req->root, whole, req->index))
		return NIL;

	ge = order_operator(req->opfamily, type, BTGreaterEqualStrategyNumber, int8ge);
	le = order_operator(req->opfamily, type, BTLessEqualStrategyNumber, int8le);
	high = high_function(req->funcid, type);
	if (!OidIsValid(ge) || !OidIsValid(le) || !OidIsValid(high))
		return NIL;

	bound = (Expr *) makeFuncExpr(high, type, list_make1(copyObject(whole)),
								  InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL);
	/* cppcheck-suppress unknownEvaluationOrder ; neither knows of the other */
	result = list_make2(make_opclause(ge, BOOLOID, false, (Expr *) part,
									  (Expr *) copyObject(whole),
									  InvalidOid, InvalidOid),
						make_opclause(le, BOOLOID, false,
									  (Expr *) copyObject(part), bound,
									  InvalidOid, InvalidOid));

	/* the range is exact when nothing but the node and its shares is asked */
	if (IsA(whole, Const) && !((Const *) whole)->constisnull)
	{
		uint64		value = (uint64) DatumGetChemistry(((Const *) whole)->constvalue);

		if ((value & ((CHEM_PART_MASK << CHEM_NEGATIVE_SHIFT) |
					  (CHEM_PART_MASK << CHEM_ELECTROLYTE_SHIFT))) == 0)
			req->lossy = false;
	}
	return result;
}

/* Planner support of part <@ whole. */
Datum
chemistry_contained_support(PG_FUNCTION_ARGS)
{
	Node	   *rawreq = (Node *) PG_GETARG_POINTER(0);

	if (IsA(rawreq, SupportRequestIndexCondition))
		PG_RETURN_POINTER(index_condition((SupportRequestIndexCondition *) rawreq, 0));
	PG_RETURN_POINTER(NULL);
}

/* Planner support of whole @> part. */
Datum
chemistry_contains_support(PG_FUNCTION_ARGS)
{
	Node	   *rawreq = (Node *) PG_GETARG_POINTER(0);

	if (IsA(rawreq, SupportRequestIndexCondition))
		PG_RETURN_POINTER(index_condition((SupportRequestIndexCondition *) rawreq, 1));
	PG_RETURN_POINTER(NULL);
}

/* ----------------------------------------------------------------------
 * Selectivity
 * ----------------------------------------------------------------------
 */

/* Statistics of one column, as far as they are of use here. */
typedef struct ColumnStats
{
	double		nullfrac;
	AttStatsSlot mcv;
	AttStatsSlot histogram;
	double		mcv_total;		/* frequency of all common values */
} ColumnStats;

static bool
get_stats(VariableStatData *vardata, Oid proc, ColumnStats *stats)
{
	memset(stats, 0, sizeof(ColumnStats));
	if (!HeapTupleIsValid(vardata->statsTuple) ||
		!statistic_proc_security_check(vardata, proc))
		return false;
	stats->nullfrac = ((Form_pg_statistic) GETSTRUCT(vardata->statsTuple))->stanullfrac;
	(void) get_attstatsslot(&stats->mcv, vardata->statsTuple,
							STATISTIC_KIND_MCV, InvalidOid,
							ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS);
	(void) get_attstatsslot(&stats->histogram, vardata->statsTuple,
							STATISTIC_KIND_HISTOGRAM, InvalidOid,
							ATTSTATSSLOT_VALUES);
	for (int i = 0; i < stats->mcv.nnumbers; i++)
		stats->mcv_total += stats->mcv.numbers[i];
	return true;
}

static void
free_stats(ColumnStats *stats)
{
	free_attstatsslot(&stats->mcv);
	free_attstatsslot(&stats->histogram);
}

/*
 * The share of a histogram's rows below value, between bounds in proportion:
 * values near each other in the tree are near each other as numbers, too.
 */
static double
histogram_position(const AttStatsSlot *histogram, int64 value)
{
	int			low = 0;
	int			high = histogram->nvalues;
	int64		before;
	int64		after;

	/* the number of bounds that are below value */
	while (low < high)
	{
		int			mid = (low + high) / 2;

		if (DatumGetChemistry(histogram->values[mid]) < value)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == 0)
		return 0.0;
	if (low == histogram->nvalues)
		return 1.0;
	before = DatumGetChemistry(histogram->values[low - 1]);
	after = DatumGetChemistry(histogram->values[low]);
	return (low - 1 + (double) (value - before) / (double) (after - before)) /
		(histogram->nvalues - 1);
}

/*
 * The share of a column's rows that a value contains: exact among the common
 * values; among the others the range of the value in the histogram, times
 * what the bounds within that range say about the other parts.
 */
static double
contained_share(const ColumnStats *stats, int64 whole)
{
	double		common = 0.0;
	double		others = 1.0 - stats->nullfrac - stats->mcv_total;
	double		share;
	ChemParts	parts;

	for (int i = 0; i < stats->mcv.nvalues && i < stats->mcv.nnumbers; i++)
		if (chem_contains(whole, DatumGetChemistry(stats->mcv.values[i])))
			common += stats->mcv.numbers[i];
	if (others <= 0.0)
		return common;

	if (stats->histogram.nvalues >= 2 && chem_decode(whole, &parts))
	{
		int64		high = chem_high(whole);
		int			in_range = 0;
		int			contained = 0;

		share = histogram_position(&stats->histogram, high < PG_INT64_MAX ? high + 1 : high) -
			histogram_position(&stats->histogram, whole);
		for (int i = 0; i < stats->histogram.nvalues; i++)
		{
			int64		bound = DatumGetChemistry(stats->histogram.values[i]);

			if (bound < whole || bound > high)
				continue;
			in_range++;
			if (chem_contains(whole, bound))
				contained++;
		}
		/* one more of each sort: few bounds say little */
		if (contained < in_range)
			share *= (contained + 0.5) / (in_range + 1.0);
	}
	else
		share = stats->mcv.nvalues > 0 ? common / Max(stats->mcv_total, 1e-6) :
			DEFAULT_CONTAINED_SEL;
	return common + others * share;
}

/* The share of a column's rows that contain a value. */
static double
containing_share(const ColumnStats *stats, int64 part)
{
	double		common = 0.0;
	double		others = 1.0 - stats->nullfrac - stats->mcv_total;
	int			containing = 0;

	for (int i = 0; i < stats->mcv.nvalues && i < stats->mcv.nnumbers; i++)
		if (chem_contains(DatumGetChemistry(stats->mcv.values[i]), part))
			common += stats->mcv.numbers[i];
	if (others <= 0.0)
		return common;
	for (int i = 0; i < stats->histogram.nvalues; i++)
		if (chem_contains(DatumGetChemistry(stats->histogram.values[i]), part))
			containing++;
	if (stats->histogram.nvalues > 0)
		return common + others * (containing + 0.5) / (stats->histogram.nvalues + 1.0);
	return common + others * DEFAULT_CONTAINED_SEL;
}

/*
 * Selectivity of a restriction.  part_on_left: the operator is <@, not @>.
 */
static double
restriction(FunctionCallInfo fcinfo, bool part_on_left)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	List	   *args = (List *) PG_GETARG_POINTER(2);
	int			varRelid = PG_GETARG_INT32(3);
	VariableStatData vardata;
	Node	   *other;
	bool		varonleft;
	ColumnStats stats;
	double		selectivity = DEFAULT_CONTAINED_SEL;

	if (!get_restriction_variable(root, args, varRelid, &vardata, &other, &varonleft))
		return selectivity;

	if (IsA(other, Const))
	{
		if (((Const *) other)->constisnull)
			selectivity = 0.0;
		else if (get_stats(&vardata, get_opcode(operator), &stats))
		{
			int64		value = DatumGetChemistry(((Const *) other)->constvalue);

			if (varonleft == part_on_left)
				selectivity = contained_share(&stats, value);
			else
				selectivity = containing_share(&stats, value);
			free_stats(&stats);
		}
	}
	else if (get_stats(&vardata, get_opcode(operator), &stats))
	{
		selectivity *= 1.0 - stats.nullfrac;
		free_stats(&stats);
	}
	ReleaseVariableStats(vardata);
	CLAMP_PROBABILITY(selectivity);
	return selectivity;
}

Datum
chemistry_contained_sel(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(restriction(fcinfo, true));
}

Datum
chemistry_contains_sel(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(restriction(fcinfo, false));
}

/* More values of a list than these do not better an estimate of a join. */
#define MAX_JOIN_VALUES			1000

/*
 * The average over a column's values of a property of theirs, from 0 to 1, by
 * their frequency; -1 where the statistics hold no values.  Nulls have none.
 */
typedef double (*ValueProperty) (int64 value, const ColumnStats *other);

static double
average(const ColumnStats *stats, ValueProperty property, const ColumnStats *other)
{
	double		others = Max(1.0 - stats->nullfrac - stats->mcv_total, 0.0);
	double		weight = 0.0;
	double		sum = 0.0;
	int			common = Min(stats->mcv.nvalues, stats->mcv.nnumbers);
	int			step = 1 + stats->histogram.nvalues / MAX_JOIN_VALUES;
	int			looked_at = (stats->histogram.nvalues + step - 1) / step;

	for (int i = 0; i < Min(common, MAX_JOIN_VALUES); i++)
	{
		CHECK_FOR_INTERRUPTS();
		weight += stats->mcv.numbers[i];
		sum += stats->mcv.numbers[i] *
			property(DatumGetChemistry(stats->mcv.values[i]), other);
	}
	/* those left of the common values are taken as the ones looked at */
	if (weight > 0.0)
	{
		sum *= stats->mcv_total / weight;
		weight = stats->mcv_total;
	}
	for (int i = 0; i < stats->histogram.nvalues; i += step)
	{
		CHECK_FOR_INTERRUPTS();
		sum += others / looked_at *
			property(DatumGetChemistry(stats->histogram.values[i]), other);
	}
	if (looked_at > 0)
		weight += others;
	return weight > 0.0 ? sum / weight * (1.0 - stats->nullfrac) : -1.0;
}

/* The share of the part's rows that a value contains */
static double
share_contained(int64 whole, const ColumnStats *part)
{
	return contained_share(part, whole);
}

/* Does a value contain any of the part's, as far as its statistics know? */
static double
contains_any(int64 whole, const ColumnStats *part)
{
	return contained_share(part, whole) > 0.0 ? 1.0 : 0.0;
}

/* Is a value in any of the whole's, as far as its statistics know? */
static double
is_in_any(int64 part, const ColumnStats *whole)
{
	int			step = 1 + whole->histogram.nvalues / MAX_JOIN_VALUES;

	for (int i = 0; i < Min(whole->mcv.nvalues, MAX_JOIN_VALUES); i++)
		if (chem_contains(DatumGetChemistry(whole->mcv.values[i]), part))
			return 1.0;
	for (int i = 0; i < whole->histogram.nvalues; i += step)
		if (chem_contains(DatumGetChemistry(whole->histogram.values[i]), part))
			return 1.0;
	return 0.0;
}

/*
 * Selectivity of a join.  Of an inner or outer one: the average over the
 * values of the containing side, those that its statistics hold, of the share
 * of the other side that each contains.  Of a semijoin or antijoin: the share
 * of the outer side's rows that have a match.  A table of families is small
 * and often was never analysed: then the default.
 */
static double
join(FunctionCallInfo fcinfo, bool part_on_left)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	List	   *args = (List *) PG_GETARG_POINTER(2);
	SpecialJoinInfo *sjinfo = (SpecialJoinInfo *) PG_GETARG_POINTER(4);
	VariableStatData left;
	VariableStatData right;
	bool		reversed;
	ColumnStats part;
	ColumnStats whole;
	double		selectivity = -1.0;

	get_join_variables(root, args, sjinfo, &left, &right, &reversed);
	if (get_stats(part_on_left ? &left : &right, get_opcode(operator), &part))
	{
		if (get_stats(part_on_left ? &right : &left, get_opcode(operator), &whole))
		{
			if (sjinfo->jointype != JOIN_SEMI && sjinfo->jointype != JOIN_ANTI)
				selectivity = average(&whole, share_contained, &part);
			else if (part_on_left != reversed)	/* the part is outer */
				selectivity = average(&part, is_in_any, &whole);
			else
				selectivity = average(&whole, contains_any, &part);
			free_stats(&whole);
		}
		free_stats(&part);
	}
	if (selectivity < 0.0)
		selectivity = DEFAULT_CONTAINED_SEL;
	ReleaseVariableStats(left);
	ReleaseVariableStats(right);
	CLAMP_PROBABILITY(selectivity);
	return selectivity;
}

Datum
chemistry_contained_joinsel(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(join(fcinfo, true));
}

Datum
chemistry_contains_joinsel(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(join(fcinfo, false));
}
