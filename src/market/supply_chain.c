/*-------------------------------------------------------------------------
 *
 * supply_chain.c
 *		How a supply chain depends on few countries: import dependence, the
 *		index of concentration weighed by country risk, and exposure to
 *		export controls.
 *
 * All of them are over any table.  What is not known (withheld production, a
 * control whose state on the day is not known, a stage without data) makes the
 * result NULL or a pair of bounds, never a zero.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "compat.h"
#include "catalog/pg_type.h"
#include "decimal.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "result_row.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/numeric.h"
#include "wide.h"

#include "market_shares.h"
#include "rekey.h"

PG_FUNCTION_INFO_V1(import_dependence);
PG_FUNCTION_INFO_V1(import_dependence_bounds);
PG_FUNCTION_INFO_V1(risk_weighted_hhi_jsonb);
PG_FUNCTION_INFO_V1(risk_weighted_hhi_arrays);
PG_FUNCTION_INFO_V1(control_exposure);
PG_FUNCTION_INFO_V1(control_exposure_low);
PG_FUNCTION_INFO_V1(control_exposure_high);
PG_FUNCTION_INFO_V1(chain_exposure);

/* ----------------------------------------------------------------------
 * Import dependence
 *
 * Net import reliance as the US Geological Survey defines it for its Mineral
 * Commodity Summaries: imports less exports, adjusted for what Government and
 * industry took out of stocks or put into them, as a part of apparent
 * consumption.
 * ----------------------------------------------------------------------
 */

/* Columns of both functions. */
enum
{
	RELIANCE_NET_IMPORTS,
	RELIANCE,
	RELIANCE_LOW,
	RELIANCE_HIGH,
	RELIANCE_NET_EXPORTER,
	RELIANCE_PRINTED,
	RELIANCE_NOTE,
	RELIANCE_COLUMNS
};

#define AMOUNT_SCALE	18

/*
 * An amount of a commodity in units of 10^-18 of whatever unit the caller
 * counts in.  Errors: not finite, or negative where it may not be (22023),
 * too large (22003).
 */
static int128
get_amount(FunctionCallInfo fcinfo, int argno, const char *what, bool may_be_negative)
{
	Numeric		n = PG_GETARG_NUMERIC(argno);
	int128		v;
	DecimalStatus status = numeric_to_int128(n, AMOUNT_SCALE, &v);

	if (status == DECIMAL_OK && (v >= 0 || may_be_negative))
		return v;
	ereport(ERROR,
			(errcode(status == DECIMAL_RANGE ? ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE :
					 ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("value %s of %s is %s",
					DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(n))), what,
					status == DECIMAL_RANGE ? "out of range" :
					status == DECIMAL_OK ? "negative" : "not a finite number"),
			 status == DECIMAL_RANGE ? errhint("Count in a larger unit, such as tonnes in place of grams.") :
			 status == DECIMAL_OK ? errhint("Give amounts from 0 on; only what is taken out of stocks may be negative.") :
			 errhint("Write NULL for an amount that is withheld or not known.")));
}

/* 100 a / b, rounded to a whole number half away from zero. */
static Wide
percent(const Wide *a, const Wide *b)
{
	Wide		hundred = wide_from_int128(100);
	Wide		num = wide_mul(&hundred, a);

	return wide_divide_rounded(&num, b);
}

/* The same for a from 0 to b, rounded down (-1) or up (+1). */
static int64
percent_outwards(const Wide *a, const Wide *b, int direction)
{
	Wide		hundred = wide_from_int128(100);
	Wide		num = wide_mul(&hundred, a);
	Wide		q = percent(a, b);
	Wide		back = wide_mul(&q, b);
	int			cmp = wide_compare(&back, &num);
	int128		v = 0;

	(void) wide_to_int128(&q, &v);	/* at most 100 */
	if (direction < 0 && cmp > 0)
		v--;
	if (direction > 0 && cmp < 0)
		v++;
	return (int64) v;
}

/*
 * import_dependence(imports, exports, stock_withdrawal, consumption numeric):
 * amounts in one unit.  stock_withdrawal is what stocks gave up (opening less
 * closing stock), below zero when they grew.  reliance is a fraction of
 * consumption; NULL for a net exporter and when an amount is withheld (NULL),
 * with a note.  as_printed is as the Survey prints it: whole percent, or E.
 */
Datum
import_dependence(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {
		"imports", "exports", "stock withdrawal", "consumption"
	};
	TupleDesc	desc = result_row_desc(fcinfo);
	Datum		values[RELIANCE_COLUMNS];
	bool		nulls[RELIANCE_COLUMNS];
	int128		x[4] = {0, 0, 0, 0};
	StringInfoData note;

	memset(values, 0, sizeof(values));
	memset(nulls, true, sizeof(nulls));
#define PUT(column, datum) (nulls[column] = false, values[column] = (datum))
	initStringInfo(&note);
	for (int i = 0; i < 4; i++)
	{
		if (!PG_ARGISNULL(i))
			x[i] = get_amount(fcinfo, i, names[i], i == 2);
		else
			market_remark(&note, "%s withheld", names[i]);
	}
	if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		Wide		net = wide_from_int128(x[0]);
		Wide		w = wide_from_int128(x[1]);

		net = wide_sub(&net, &w);
		w = wide_from_int128(x[2]);
		net = wide_add(&net, &w);
		PUT(RELIANCE_NET_IMPORTS, NumericGetDatum(wide_to_numeric(&net, AMOUNT_SCALE)));
		PUT(RELIANCE_NET_EXPORTER, BoolGetDatum(wide_sign(&net) < 0));
		if (wide_sign(&net) < 0)
		{
			PUT(RELIANCE_PRINTED, CStringGetTextDatum("E"));
			market_remark(&note, "net exporter");
		}
		else if (!PG_ARGISNULL(3) && x[3] == 0)
			market_remark(&note, "consumption is zero");
		else if (!PG_ARGISNULL(3))
		{
			Wide		consumption = wide_from_int128(x[3]);
			Wide		whole = percent(&net, &consumption);
			Datum		ratio = Float8GetDatum(wide_ratio(&net, &consumption));

			PUT(RELIANCE, ratio);
			PUT(RELIANCE_LOW, ratio);
			PUT(RELIANCE_HIGH, ratio);
			PUT(RELIANCE_PRINTED, CStringGetTextDatum(DatumGetCString(DirectFunctionCall1(numeric_out,
																						  NumericGetDatum(wide_to_numeric(&whole, 0))))));
			if (wide_compare(&net, &consumption) > 0)
				market_remark(&note, "net imports are more than consumption");
		}
	}
	if (note.len > 0)
		PUT(RELIANCE_NOTE, CStringGetTextDatum(note.data));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, values, nulls)));
}

/*
 * import_dependence_bounds(net_imports_low, net_imports_high,
 * consumption_low, consumption_high numeric): the same between what is known
 * of each, as where production is withheld; NULL: no bound known.  Reliance
 * is at most 1, because consumption contains the net imports.  as_printed has
 * the bounds in whole percent, rounded outwards: ">=25", "<=60", "25-60".
 * Errors: a lower bound above its upper one (22023).
 */
Datum
import_dependence_bounds(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {
		"net imports", "net imports", "consumption", "consumption"
	};
	TupleDesc	desc = result_row_desc(fcinfo);
	Datum		values[RELIANCE_COLUMNS];
	bool		nulls[RELIANCE_COLUMNS];
	Wide		w[4];
	bool		known[4];
	bool		has_low = false;
	bool		has_high = false;
	int64		low = 0;
	int64		high = 100;
	StringInfoData note;

	memset(values, 0, sizeof(values));
	memset(nulls, true, sizeof(nulls));
	initStringInfo(&note);
	for (int i = 0; i < 4; i++)
	{
		known[i] = !PG_ARGISNULL(i);
		w[i] = wide_from_int128(known[i] ? get_amount(fcinfo, i, names[i], i < 2) : 0);
	}
	for (int i = 0; i < 4; i += 2)
		if (known[i] && known[i + 1] && wide_compare(&w[i], &w[i + 1]) > 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("lower bound %s of %s is above the upper bound %s",
							DatumGetCString(DirectFunctionCall1(numeric_out, PG_GETARG_DATUM(i))),
							names[i],
							DatumGetCString(DirectFunctionCall1(numeric_out, PG_GETARG_DATUM(i + 1)))),
					 errhint("Give the lower bound first.")));

	if (known[1] && wide_sign(&w[1]) < 0)
	{
		PUT(RELIANCE_NET_EXPORTER, BoolGetDatum(true));
		PUT(RELIANCE_PRINTED, CStringGetTextDatum("E"));
		market_remark(&note, "net exporter");
	}
	else if (!known[0] || wide_sign(&w[0]) < 0)
		market_remark(&note, "may be a net exporter");
	else if (known[3] && wide_compare(&w[0], &w[3]) > 0)
	{
		PUT(RELIANCE_NET_EXPORTER, BoolGetDatum(false));
		market_remark(&note, "net imports are more than consumption");
	}
	else if (known[3] && wide_sign(&w[3]) == 0)
		market_remark(&note, "consumption is zero");
	else
	{
		PUT(RELIANCE_NET_EXPORTER, BoolGetDatum(false));
		if (wide_sign(&w[0]) > 0 && known[3])
		{
			PUT(RELIANCE_LOW, Float8GetDatum(wide_ratio(&w[0], &w[3])));
			low = percent_outwards(&w[0], &w[3], -1);
			has_low = low > 0;
		}
		else
		{
			PUT(RELIANCE_LOW, Float8GetDatum(0.0));
			if (wide_sign(&w[0]) > 0)
				market_remark(&note, "consumption has no upper bound");
		}
		if (known[1] && wide_sign(&w[1]) == 0)
		{
			/* of whatever consumption */
			PUT(RELIANCE_HIGH, Float8GetDatum(0.0));
			high = 0;
		}
		else if (known[1] && known[2] && wide_compare(&w[1], &w[2]) < 0)
		{
			PUT(RELIANCE_HIGH, Float8GetDatum(wide_ratio(&w[1], &w[2])));
			high = percent_outwards(&w[1], &w[2], 1);
			has_high = high < 100;
		}
		else
			PUT(RELIANCE_HIGH, Float8GetDatum(1.0));
		if (known[1] && wide_compare(&w[0], &w[1]) == 0)
			PUT(RELIANCE_NET_IMPORTS, NumericGetDatum(wide_to_numeric(&w[0], AMOUNT_SCALE)));
		if (DatumGetFloat8(values[RELIANCE_LOW]) == DatumGetFloat8(values[RELIANCE_HIGH]))
			PUT(RELIANCE, values[RELIANCE_LOW]);
		if (low == high)
			PUT(RELIANCE_PRINTED, CStringGetTextDatum(psprintf(INT64_FORMAT, low)));
		else if (has_low && has_high)
			PUT(RELIANCE_PRINTED, CStringGetTextDatum(psprintf(INT64_FORMAT "-" INT64_FORMAT, low, high)));
		else if (has_low)
			PUT(RELIANCE_PRINTED, CStringGetTextDatum(psprintf(">=" INT64_FORMAT, low)));
		else if (has_high)
			PUT(RELIANCE_PRINTED, CStringGetTextDatum(psprintf("<=" INT64_FORMAT, high)));
	}
	if (note.len > 0)
		PUT(RELIANCE_NOTE, CStringGetTextDatum(note.data));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, values, nulls)));
}

/* ----------------------------------------------------------------------
 * Concentration weighed by risk
 * ----------------------------------------------------------------------
 */
static Datum
risk_weighted_hhi(FunctionCallInfo fcinfo, const MarketMap *weights)
{
	enum
	{
		WEIGHTED, HHI, MEAN_WEIGHT, UNATTRIBUTED, NOTE, COLUMNS
	};
	TupleDesc	desc = result_row_desc(fcinfo);
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS];
	Market		m;
	Wide		squares = wide_from_int128(0);
	Wide		weighted = wide_from_int128(0);
	Wide		mean = wide_from_int128(0);
	Wide		one;
	Wide		listed = wide_from_int128(0);
	int128		unit = 1;
	StringInfoData note;

	memset(values, 0, sizeof(values));
	memset(nulls, true, sizeof(nulls));
	initStringInfo(&note);
	for (int i = 0; i < MARKET_MAP_SCALE; i++)
		unit *= 10;
	one = wide_from_int128(unit);

	market_decode(market_shares_get(PG_GETARG_DATUM(0)), &m);
	for (int i = 0; i < m.count; i++)
	{
		const MarketMember *x = &m.member[i];
		const MarketMapEntry *e;
		Wide		amount;
		Wide		square;
		Wide		weight;
		Wide		w;

		CHECK_FOR_INTERRUPTS();
		if (x->amount == 0)
			continue;
		e = market_map_find(weights, x->name, x->len);
		if (e == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("member \"%.*s\" has no weight", MARKET_QUOTED(x->name, (int) x->len)),
					 errhint("Give every member with an amount above zero a weight; a missing one is not zero.")));
		amount = wide_from_int128(x->amount);
		weight = wide_from_int128(e->number);
		square = wide_mul(&amount, &amount);
		squares = wide_add(&squares, &square);
		w = wide_mul(&square, &weight);
		weighted = wide_add(&weighted, &w);
		w = wide_mul(&amount, &weight);
		mean = wide_add(&mean, &w);
		listed = wide_add(&listed, &amount);
	}

	if (wide_sign(&m.total) == 0)
		market_remark(&note, "the total is zero");
	else if (!MARKET_TOTAL_IS_KNOWN(&m))
		market_remark(&note, "an amount is withheld and no total is stated: the size of the market is not known");
	else
	{
		Wide		points = wide_from_int128(10000);
		Wide		total_squared = wide_mul(&m.total, &m.total);
		Wide		rest = wide_from_int128(m.remainder);
		Wide		num;
		Wide		den;

		num = wide_mul(&squares, &points);
		PUT(HHI, Float8GetDatum(wide_ratio(&num, &total_squared)));
		num = wide_mul(&weighted, &points);
		den = wide_mul(&total_squared, &one);
		PUT(WEIGHTED, Float8GetDatum(wide_ratio(&num, &den)));
		PUT(UNATTRIBUTED, Float8GetDatum(wide_ratio(&rest, &m.total)));
		if (m.remainder > 0)
			market_remark(&note, "lower bounds: part of the market is unattributed");
	}
	if (wide_sign(&listed) != 0)
	{
		Wide		den = wide_mul(&listed, &one);

		PUT(MEAN_WEIGHT, Float8GetDatum(wide_ratio(&mean, &den)));
	}
	if (m.exceeded)
		market_remark(&note, "the rows add up to more than the stated total");
	if (note.len > 0)
		PUT(NOTE, CStringGetTextDatum(note.data));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, values, nulls)));
}

/*
 * risk_weighted_hhi(market_shares, weights jsonb) and risk_weighted_hhi(
 * market_shares, members text[], weights numeric[]): 10,000 times the sum of
 * squared share times weight, on the scale of the weights (all 1: the plain
 * index); weights count 10^-12.  Also the plain index, the mean weight of the
 * listed amounts (by amount) and the unattributed share.  Errors: a listed
 * member without a weight, a weight that is negative or not finite (22023).
 */
Datum
risk_weighted_hhi_jsonb(PG_FUNCTION_ARGS)
{
	MarketMap	weights;

	market_map_from_jsonb(PG_GETARG_DATUM(1), MAP_TO_NUMBER, &weights);
	return risk_weighted_hhi(fcinfo, &weights);
}

Datum
risk_weighted_hhi_arrays(PG_FUNCTION_ARGS)
{
	MarketMap	weights;

	market_map_from_arrays(PG_GETARG_DATUM(1), PG_GETARG_DATUM(2), MAP_TO_NUMBER, &weights);
	return risk_weighted_hhi(fcinfo, &weights);
}

/* ----------------------------------------------------------------------
 * Exposure to controls
 *
 * They are read from a market of two members, what is controlled and what is
 * not; what is not known to be either is attributed to nobody.
 * ----------------------------------------------------------------------
 */
#define CONTROLLED		"controlled"
#define NOT_CONTROLLED	"not controlled"

/*
 * What is controlled, what is not, and all there is: the stated total, unless
 * the rows exceed it.  False when that is zero or not known.
 */
static bool
get_exposure(FunctionCallInfo fcinfo, Wide *controlled, Wide *free, Wide *total)
{
	const MarketShares *ms = market_shares_get(PG_GETARG_DATUM(0));
	Market		m;
	Wide		sum;
	Wide		others = wide_from_int128(i128_get(&ms->others));

	*controlled = *free = wide_from_int128(0);
	market_decode(ms, &m);
	for (int i = 0; i < m.count; i++)
	{
		const MarketMember *x = &m.member[i];

		if (market_compare_names(x->name, x->len, CONTROLLED, strlen(CONTROLLED)) == 0)
			*controlled = wide_from_int128(x->amount);
		else if (market_compare_names(x->name, x->len, NOT_CONTROLLED, strlen(NOT_CONTROLLED)) == 0)
			*free = wide_from_int128(x->amount);
		else
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("member \"%.*s\" is neither \"%s\" nor \"%s\"",
							MARKET_QUOTED(x->name, (int) x->len), CONTROLLED, NOT_CONTROLLED),
					 errhint("Rekey the market to these two members first, what is not known to NULL.")));
	}
	*total = m.total;
	sum = wide_add(controlled, free);
	sum = wide_add(&sum, &others);
	if (wide_compare(&sum, total) > 0)
		*total = sum;
	return MARKET_TOTAL_IS_KNOWN(&m) && !(m.withheld && m.exceeded) &&
		wide_sign(total) != 0;
}

/*
 * control_exposure(market_shares): the controlled part of the total, a
 * fraction.  NULL when any part is not known to be controlled or not, an amount
 * is withheld and no total is stated, or the total is zero.  Error: another
 * member (22023).
 */
Datum
control_exposure(PG_FUNCTION_ARGS)
{
	Wide		controlled;
	Wide		free;
	Wide		total;
	Wide		sum;

	if (!get_exposure(fcinfo, &controlled, &free, &total))
		PG_RETURN_NULL();
	sum = wide_add(&controlled, &free);
	if (wide_compare(&sum, &total) != 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(wide_ratio(&controlled, &total));
}

/*
 * control_exposure_low(market_shares), control_exposure_high(market_shares):
 * the same with what is not known counted as not controlled, as controlled.
 */
Datum
control_exposure_low(PG_FUNCTION_ARGS)
{
	Wide		controlled;
	Wide		free;
	Wide		total;

	if (!get_exposure(fcinfo, &controlled, &free, &total))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(wide_ratio(&controlled, &total));
}

Datum
control_exposure_high(PG_FUNCTION_ARGS)
{
	Wide		controlled;
	Wide		free;
	Wide		total;
	Wide		rest;

	if (!get_exposure(fcinfo, &controlled, &free, &total))
		PG_RETURN_NULL();
	rest = wide_sub(&total, &free);
	PG_RETURN_FLOAT8(wide_ratio(&rest, &total));
}

/* A stage of a chain. */
typedef struct Stage
{
	text	   *name;
	double		exposure;
	bool		unknown;
} Stage;

static int
compare_stage_names(const void *a, const void *b, void *arg pg_attribute_unused())
{
	const Stage *x = a;
	const Stage *y = b;

	return market_compare_names(VARDATA_ANY(x->name), VARSIZE_ANY_EXHDR(x->name),
								VARDATA_ANY(y->name), VARSIZE_ANY_EXHDR(y->name));
}

/* By exposure: the worst first, unknown ones last. */
static int
compare_stages(const void *a, const void *b, void *arg pg_attribute_unused())
{
	const Stage *x = a;
	const Stage *y = b;

	if (x->unknown != y->unknown)
		return x->unknown ? 1 : -1;
	if (!x->unknown && x->exposure != y->exposure)
		return x->exposure > y->exposure ? -1 : 1;
	return compare_stage_names(a, b, NULL);
}

/*
 * chain_exposure(stages text[], exposures double precision[]): the exposure
 * of a chain from that of its stages, fractions.  weakest_exposure is the
 * largest of them; combined_exposure 1 - prod(1 - E), the chance that some
 * stage is hit if each is with chance E and independently.  NULL where a
 * stage's exposure is not known (unless another is 1, which decides); the _low
 * columns are over the stages that are known.  Errors: an exposure outside 0
 * to 1, a stage twice or NULL, arrays of different lengths (22023).
 */
Datum
chain_exposure(PG_FUNCTION_ARGS)
{
	enum
	{
		WEAKEST_STAGE, WEAKEST, WEAKEST_LOW, COMBINED, COMBINED_LOW, STAGES,
		UNKNOWN_STAGES, NOTE, COLUMNS
	};
	ArrayType  *stages = PG_GETARG_ARRAYTYPE_P(0);
	ArrayType  *exposures = PG_GETARG_ARRAYTYPE_P(1);
	TupleDesc	desc = result_row_desc(fcinfo);
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS];
	Datum	   *name;
	Datum	   *exposure;
	Datum	   *unknown_names;
	bool	   *name_null;
	bool	   *exposure_null;
	Stage	   *stage;
	int			count;
	int			n;
	int			unknown = 0;
	double		combined = 0.0; /* 1 - prod(1 - E) so far */
	bool		decided;

	if (ARR_NDIM(stages) > 1 || ARR_NDIM(exposures) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("stages and exposures must be arrays of one dimension"),
				 errhint("Give two arrays of the same rows, such as array_agg(stage), array_agg(exposure).")));
	deconstruct_array(stages, TEXTOID, -1, false, TYPALIGN_INT, &name, &name_null, &count);
	deconstruct_array(exposures, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &exposure, &exposure_null, &n);
	if (count != n)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%d stages and %d exposures", count, n),
				 errhint("Give two arrays of the same rows, such as array_agg(stage), array_agg(exposure).")));

	memset(values, 0, sizeof(values));
	memset(nulls, true, sizeof(nulls));
	stage = palloc0(Max(count, 1) * sizeof(Stage));
	unknown_names = palloc(Max(count, 1) * sizeof(Datum));
	for (int i = 0; i < count; i++)
	{
		Stage	   *s = &stage[i];

		if (name_null[i])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("stage %d is NULL", i + 1),
					 errhint("Name every stage.")));
		CHECK_FOR_INTERRUPTS();
		s->name = DatumGetTextPP(name[i]);
		s->unknown = exposure_null[i];
		s->exposure = s->unknown ? 0 : DatumGetFloat8(exposure[i]) + 0.0;	/* not -0 */
		if (!(s->exposure >= 0 && s->exposure <= 1))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("exposure %s of stage \"%.*s\" is not between 0 and 1",
							float8out_internal(s->exposure),
							MARKET_QUOTED(VARDATA_ANY(s->name), (int) VARSIZE_ANY_EXHDR(s->name))),
					 errhint("An exposure is a fraction; write NULL where it is not known.")));
	}
	qsort_interruptible(stage, count, sizeof(Stage), compare_stage_names, NULL);
	for (int i = 1; i < count; i++)
		if (compare_stage_names(&stage[i - 1], &stage[i], NULL) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("stage \"%.*s\" is there twice",
							MARKET_QUOTED(VARDATA_ANY(stage[i].name), (int) VARSIZE_ANY_EXHDR(stage[i].name))),
					 errhint("Give one exposure for each stage: aggregate with GROUP BY stage first.")));

	/* in a fixed order, so that the product does not depend on the rows' */
	qsort_interruptible(stage, count, sizeof(Stage), compare_stages, NULL);
	for (int i = 0; i < count; i++)
	{
		const Stage *s = &stage[i];

		CHECK_FOR_INTERRUPTS();
		if (s->unknown)
			unknown_names[unknown++] = PointerGetDatum(s->name);
		else
			combined += s->exposure * (1.0 - combined);
	}

	PUT(STAGES, Int32GetDatum(count));
	PUT(UNKNOWN_STAGES, PointerGetDatum(construct_array(unknown_names, unknown, TEXTOID, -1, false, TYPALIGN_INT)));
	decided = count > 0 && (unknown == 0 || stage[0].exposure == 1.0);
	if (count > unknown)
	{
		PUT(WEAKEST_LOW, Float8GetDatum(stage[0].exposure));
		PUT(COMBINED_LOW, Float8GetDatum(combined));
		if (decided)
		{
			PUT(WEAKEST_STAGE, PointerGetDatum(stage[0].name));
			PUT(WEAKEST, Float8GetDatum(stage[0].exposure));
			PUT(COMBINED, Float8GetDatum(combined));
		}
	}
	if (count == 0)
		PUT(NOTE, CStringGetTextDatum("no stage"));
	else if (unknown > 0)
		PUT(NOTE, CStringGetTextDatum(psprintf("the exposure of %d stage%s is not known", unknown,
											   unknown == 1 ? "" : "s")));
#undef PUT
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, values, nulls)));
}
