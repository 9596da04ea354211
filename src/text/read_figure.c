/*-------------------------------------------------------------------------
 *
 * read_figure.c
 *		read_figure() and read_unit(): printed figures and units as rows.
 *
 * A staging table has one call for each of its cells, so what does not change
 * from cell to cell (the row type, texts, powers of ten, the source's flags)
 * is made once for a query.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/detoast.h"
#include "access/htup_details.h"
#include "compat.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "text/figure.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(read_figure);
PG_FUNCTION_INFO_V1(read_unit);

#define FIGURE_COLUMNS	19
#define UNIT_COLUMNS	9
#define MAX_POWER		24		/* powers of ten that are kept */
#define MAX_TEXTS		64		/* texts that are kept */

/* what a query keeps from call to call */
typedef struct Kept
{
	TupleDesc	desc;
	MemoryContext context;
	text	   *flags_given;
	FigureFlag *flags;
	char		dollar[4];
	char		yen[4];
	Datum		powers[2 * MAX_POWER + 1];
	int			n_texts;
	struct
	{
		const char *chars;		/* a constant of the program */
		Datum		datum;
	}			texts[MAX_TEXTS];
} Kept;

static const FigureFlag eurostat_flags[] = {
	/* CONF_STATUS of its SDMX-CSV writes C */
	{"b", "break"}, {"c", "confidential"}, {"C", "confidential"},
	{"d", "definition differs"}, {"e", "estimated"}, {"f", "forecast"}, {"i", "imputed"},
	{"n", "not significant"}, {"p", "provisional"}, {"r", "revised"},
	{"s", "estimated by the office"}, {"u", "low reliability"},
	{"z", "not applicable"}, {NULL, NULL}
};

static const FigureFlag usgs_flags[] = {
	{"e", "estimated"}, {"p", "preliminary"}, {"r", "revised"}, {NULL, NULL}
};

static Kept *
kept_of(FunctionCallInfo fcinfo, int columns)
{
	Kept	   *kept = fcinfo->flinfo->fn_extra;
	MemoryContext old;
	TupleDesc	desc;

	if (kept)
		return kept;
	old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE ||
		desc->natts != columns)
		elog(ERROR, "the SQL declaration does not fit the function");
	kept = palloc0(sizeof(Kept));
	kept->context = fcinfo->flinfo->fn_mcxt;
	kept->desc = BlessTupleDesc(CreateTupleDescCopy(desc));
	MemoryContextSwitchTo(old);
	fcinfo->flinfo->fn_extra = kept;
	return kept;
}

/* ----------------------------------------------------------------------
 * Options
 * ----------------------------------------------------------------------
 */

static bool
text_equals(text *t, const char *s)
{
	size_t		n = strlen(s);

	return VARSIZE_ANY_EXHDR(t) == n && memcmp(VARDATA_ANY(t), s, n) == 0;
}

static void refuse_option(const char *name, text *value, const char *hint) pg_attribute_noreturn();

static void
refuse_option(const char *name, text *value, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid value for parameter \"%s\": \"%s\"", name,
					text_to_cstring(value)),
			 errhint("%s", hint)));
}

static const char *const dimension_names[] = {
	[FIGURE_ANY] = NULL,[FIGURE_CAPACITY] = "capacity",[FIGURE_POWER] = "power",
	[FIGURE_PERCENT] = "percent",[FIGURE_MONEY] = "money",[FIGURE_COST] = "cost",
	[FIGURE_NUMBER] = "number",[FIGURE_SIZE] = "size",[FIGURE_OTHER] = "other"
};

static FigureDimension
dimension_option(FunctionCallInfo fcinfo, int arg)
{
	text	   *value;

	if (PG_ARGISNULL(arg))
		return FIGURE_ANY;
	value = PG_GETARG_TEXT_PP(arg);
	for (int i = FIGURE_CAPACITY; i <= FIGURE_SIZE; i++)
		if (text_equals(value, dimension_names[i]))
			return i;
	refuse_option("dimension", value,
				  "Write capacity, power, percent, money, cost, number or size, or NULL for whatever the text says.");
}

/* An ISO 4217 code, into code; NULL for NULL. */
static const char *
currency_option(FunctionCallInfo fcinfo, int arg, const char *name, char *code)
{
	text	   *value;
	const char *s;

	if (PG_ARGISNULL(arg))
		return NULL;
	value = PG_GETARG_TEXT_PP(arg);
	s = VARDATA_ANY(value);
	if (VARSIZE_ANY_EXHDR(value) != 3 || s[0] < 'A' || s[0] > 'Z' ||
		s[1] < 'A' || s[1] > 'Z' || s[2] < 'A' || s[2] > 'Z')
		refuse_option(name, value, "Write an ISO 4217 code, such as USD or CNY.");
	memcpy(code, s, 3);
	return code;
}

/* A map of flags from a JSON object. */
static FigureFlag *
flags_from_json(text *value)
{
	static const char *const hint =
		"Write eurostat, usgs, or a JSON object of flags and their meanings, such as {\"r\": \"revised\"}.";
	Jsonb	   *object;
	JsonbIterator *it;
	JsonbValue	v;
	FigureFlag *flags;
	int			n = 0;

	if (VARSIZE_ANY_EXHDR(value) == 0 || *VARDATA_ANY(value) != '{')
		refuse_option("flags", value, hint);
	object = DatumGetJsonbP(DirectFunctionCall1(jsonb_in,
												CStringGetDatum(text_to_cstring(value))));
	flags = palloc0((JB_ROOT_COUNT(object) + 1) * sizeof(FigureFlag));
	it = JsonbIteratorInit(&object->root);
	(void) JsonbIteratorNext(&it, &v, true);
	while (JsonbIteratorNext(&it, &v, true) == WJB_KEY)
	{
		flags[n].sign = pnstrdup(v.val.string.val, v.val.string.len);
		if (JsonbIteratorNext(&it, &v, true) != WJB_VALUE || v.type != jbvString)
			refuse_option("flags", value, hint);
		flags[n++].meaning = pnstrdup(v.val.string.val, v.val.string.len);
	}
	return flags;
}

static const FigureFlag *
flags_option(FunctionCallInfo fcinfo, int arg, Kept *kept)
{
	text	   *value;
	MemoryContext old;

	if (PG_ARGISNULL(arg))
		return NULL;
	value = PG_GETARG_TEXT_PP(arg);
	if (text_equals(value, "eurostat"))
		return eurostat_flags;
	if (text_equals(value, "usgs"))
		return usgs_flags;
	if (kept->flags_given && VARSIZE_ANY_EXHDR(kept->flags_given) == VARSIZE_ANY_EXHDR(value) &&
		memcmp(VARDATA_ANY(kept->flags_given), VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value)) == 0)
		return kept->flags;
	old = MemoryContextSwitchTo(kept->context);
	kept->flags_given = NULL;
	kept->flags = flags_from_json(value);
	kept->flags_given = cstring_to_text_with_len(VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
	MemoryContextSwitchTo(old);
	return kept->flags;
}

/*
 * At most so many bytes of the text that is argument 0, without fetching the
 * rest: a longer one is no figure, and its beginning is all that a message
 * quotes.
 */
static text *
beginning_of(FunctionCallInfo fcinfo)
{
	Datum		d = PG_GETARG_DATUM(0);

	if (toast_raw_datum_size(d) > PRINTED_MAX * 4 + 2 * VARHDRSZ)
		return DatumGetTextPSlice(d, 0, PRINTED_MAX * 4 + 1);
	return DatumGetTextPP(d);
}

/* ----------------------------------------------------------------------
 * Rows
 * ----------------------------------------------------------------------
 */

/*
 * A constant of the program as text.  The signs that no single byte holds are
 * UTF-8 there; an encoding that has none of them gets >= and <=.
 */
static Datum
kept_text(Kept *kept, const char *chars)
{
	MemoryContext old;
	const char *s = chars;
	Datum		datum;

	for (int i = 0; i < kept->n_texts; i++)
		if (kept->texts[i].chars == chars)
			return kept->texts[i].datum;
	if (IS_HIGHBIT_SET(*chars))
	{
		s = text_from_utf8(chars, strlen(chars));
		if (*s == '?')
			s = (chars[2] == '\245') ? ">=" : "<=";
	}
	old = MemoryContextSwitchTo(kept->context);
	datum = CStringGetTextDatum(s);
	MemoryContextSwitchTo(old);
	if (kept->n_texts < MAX_TEXTS)
	{
		kept->texts[kept->n_texts].chars = chars;
		kept->texts[kept->n_texts++].datum = datum;
	}
	return datum;
}

static Datum
power_of_ten(Kept *kept, int exponent)
{
	MemoryContext old;
	Datum		datum;

	if (exponent >= -MAX_POWER && exponent <= MAX_POWER && kept->powers[exponent + MAX_POWER])
		return kept->powers[exponent + MAX_POWER];
	old = MemoryContextSwitchTo(kept->context);
	datum = DirectFunctionCall3(numeric_in, CStringGetDatum(psprintf("1e%d", exponent)),
								ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
	if (exponent >= -MAX_POWER && exponent <= MAX_POWER)
		kept->powers[exponent + MAX_POWER] = datum;
	MemoryContextSwitchTo(old);
	return datum;
}

#define PUT(i, known, value) \
	do { \
		nulls[i] = !(known); \
		values[i] = (known) ? (value) : (Datum) 0; \
	} while (0)
#define PUT_NUMERIC(i, n)	PUT(i, (n) != NULL, NumericGetDatum(n))
#define PUT_TEXT(i, s)		PUT(i, (s) != NULL, CStringGetTextDatum(s))
#define PUT_KEPT(i, s)		PUT(i, (s) != NULL, kept_text(kept, s))

static void
put_problem(const InputProblem *problem, Datum *values, bool *nulls)
{
	bool		any = problem->sqlstate != 0;

	PUT(0, any, CStringGetTextDatum(unpack_sql_state(problem->sqlstate)));
	PUT_TEXT(1, problem->message);
	PUT_TEXT(2, problem->detail);
	PUT_TEXT(3, problem->hint);
}

/*
 * read_figure(printed, dimension, decimal_comma, dollar, flags, yen,
 * digit_grouping): what the text states, as a row; NULL for a NULL text.
 * Errors: 22023 for options that are none, never for the text.
 */
Datum
read_figure(PG_FUNCTION_ARGS)
{
	Kept	   *kept = kept_of(fcinfo, FIGURE_COLUMNS);
	FigureStyle style = {0};
	FigureDimension expected;
	Figure		figure;
	text	   *printed;
	Datum		values[FIGURE_COLUMNS];
	bool		nulls[FIGURE_COLUMNS];
	const char *dollar;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	printed = beginning_of(fcinfo);
	expected = dimension_option(fcinfo, 1);
	style.decimal_comma = !PG_ARGISNULL(2) && PG_GETARG_BOOL(2);
	dollar = currency_option(fcinfo, 3, "dollar", kept->dollar);
	style.dollar = dollar ? dollar : "USD";
	style.flags = flags_option(fcinfo, 4, kept);
	style.yen = currency_option(fcinfo, 5, "yen", kept->yen);
	if (!PG_ARGISNULL(6))
	{
		text	   *grouping = PG_GETARG_TEXT_PP(6);

		if (text_equals(grouping, "indian"))
			style.indian = true;
		else if (text_equals(grouping, "apostrophe"))
			style.apostrophes = true;
		else if (text_equals(grouping, "blank"))
			style.blanks = true;
		else
			refuse_option("digit_grouping", grouping,
						  "Write indian (1,50,000), apostrophe (1'500) or blank (1 500).");
	}

	figure_read(VARDATA_ANY(printed), VARSIZE_ANY_EXHDR(printed), expected, &style, &figure);

	PUT_NUMERIC(0, figure.value);
	PUT_NUMERIC(1, figure.low);
	PUT_NUMERIC(2, figure.high);
	PUT_KEPT(3, figure.qualifier);
	PUT_KEPT(5, dimension_names[figure.dimension]);
	if (figure.currency == kept->dollar || figure.currency == kept->yen)
		PUT_TEXT(6, figure.currency);
	else
		PUT_KEPT(6, figure.currency);
	if (figure.unit && figure.unit == figure.currency)
		PUT(4, true, values[6]);
	else if (figure.unit_is_constant)
		PUT_KEPT(4, figure.unit);
	else
		PUT_TEXT(4, figure.unit);
	PUT(7, true, BoolGetDatum(figure.is_estimate));
	PUT_KEPT(8, figure.missing_reason);
	PUT_TEXT(9, figure.mark);
	PUT_TEXT(10, figure.unit_as_printed);
	PUT(11, figure.has_significant, power_of_ten(kept, figure.significant));
	PUT_NUMERIC(12, figure.usd_stated);
	PUT_NUMERIC(13, figure.power);
	put_problem(&figure.problem, values + 14, nulls + 14);
	PUT(18, true, power_of_ten(kept, figure.scale));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(kept->desc, values, nulls)));
}

/*
 * read_unit(printed, dollar, yen): a unit standing alone; NULL for a NULL text.
 * A bare number times factor is in unit.  Errors: 22023 for options.
 */
Datum
read_unit(PG_FUNCTION_ARGS)
{
	Kept	   *kept = kept_of(fcinfo, UNIT_COLUMNS);
	FigureStyle style = {0};
	FigureUnit	unit;
	text	   *printed;
	Datum		values[UNIT_COLUMNS];
	bool		nulls[UNIT_COLUMNS];
	const char *dollar;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	printed = beginning_of(fcinfo);
	dollar = currency_option(fcinfo, 1, "dollar", kept->dollar);
	style.dollar = dollar ? dollar : "USD";
	style.yen = currency_option(fcinfo, 2, "yen", kept->yen);

	unit_read(VARDATA_ANY(printed), VARSIZE_ANY_EXHDR(printed), &style, &unit);

	PUT_KEPT(0, dimension_names[unit.dimension]);
	PUT(1, unit.has_factor, power_of_ten(kept, unit.exponent));
	PUT_TEXT(2, unit.currency);
	PUT_TEXT(3, unit.unit);
	put_problem(&unit.problem, values + 4, nulls + 4);
	PUT(8, unit.has_factor, power_of_ten(kept, unit.scale));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(kept->desc, values, nulls)));
}
