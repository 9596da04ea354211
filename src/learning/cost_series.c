/*-------------------------------------------------------------------------
 *
 * cost_series.c
 *		The type cost_series and the aggregates that build it.
 *
 * A cost_series is the cost history of one technology, a row for each period.
 * The estimators that need time or several columns read it; see
 * curve_families.c.
 *
 * The aggregate's state is the value itself, a flat varlena: see
 * cost_series.h and state/flat_state.h.  While rows are added they stand in
 * the order in which they came; the final function puts them in order of
 * time, so equal content is equal bytes whatever the plan was.
 *
 * It is one file, although a long one: input, order, aggregates and readers
 * stand on the same two dozen small functions over rows of words, which
 * nobody else shall use.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "access/htup_details.h"
#include "common/shortest_dec.h"
#include "comparisons.h"
#include "compat.h"
#include "datatype/timestamp.h"
#include "decimal.h"
#include "fmgr.h"
#include "funcapi.h"
#include "learning/cost_series.h"
#include "learning/ln_fixed.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "quantity/quantity.h"
#include "result_row.h"
#include "state/flat_state.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/float.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(cost_series_in);
PG_FUNCTION_INFO_V1(cost_series_out);
PG_FUNCTION_INFO_V1(cost_series_recv);
PG_FUNCTION_INFO_V1(cost_series_send);
PG_FUNCTION_INFO_V1(cost_series_accum_years);
PG_FUNCTION_INFO_V1(cost_series_accum_years_inv);
PG_FUNCTION_INFO_V1(cost_series_accum_years_float8);
PG_FUNCTION_INFO_V1(cost_series_accum_years_float8_inv);
PG_FUNCTION_INFO_V1(cost_series_accum_calendar);
PG_FUNCTION_INFO_V1(cost_series_accum_calendar_inv);
PG_FUNCTION_INFO_V1(cost_series_accum_calendar_float8);
PG_FUNCTION_INFO_V1(cost_series_accum_calendar_float8_inv);
PG_FUNCTION_INFO_V1(two_factor_series_accum_years);
PG_FUNCTION_INFO_V1(two_factor_series_accum_years_inv);
PG_FUNCTION_INFO_V1(two_factor_series_accum_years_float8);
PG_FUNCTION_INFO_V1(two_factor_series_accum_years_float8_inv);
PG_FUNCTION_INFO_V1(two_factor_series_accum_calendar);
PG_FUNCTION_INFO_V1(two_factor_series_accum_calendar_inv);
PG_FUNCTION_INFO_V1(two_factor_series_accum_calendar_float8);
PG_FUNCTION_INFO_V1(two_factor_series_accum_calendar_float8_inv);
PG_FUNCTION_INFO_V1(cost_series_combine);
PG_FUNCTION_INFO_V1(cost_series_combine_inv);
PG_FUNCTION_INFO_V1(cost_series_final);
PG_FUNCTION_INFO_V1(cost_series_observations);
PG_FUNCTION_INFO_V1(cost_series_units);
PG_FUNCTION_INFO_V1(cost_series_points);

static const char *const units_names[] = {"unitless", "gwh_usd_per_kwh"};
static const char *const clock_names[] = {"years", "calendar"};

/* The columns a series may have, by the bits of SERIES_HAS_... */
static const char *const columns_names[] = {
	"cost", "cumulative,cost", NULL, "annual,cumulative,cost",
	NULL, "cumulative,cost,factor", NULL, "annual,cumulative,cost,factor"
};

/* The aggregates that build a series. */
typedef enum SeriesMaker
{
	MAKER_COST_SERIES,
	MAKER_TWO_FACTOR_SERIES
} SeriesMaker;

static const char *const maker_names[] = {"cost_series", "two_factor_series"};

/* The fewest columns that each takes, the period among them, and which they are */
static const int fewest_columns[] = {2, 4};
static const uint8 columns_by_arguments[][3] = {
	{
		0,
		SERIES_HAS_CUMULATIVE,
		SERIES_HAS_CUMULATIVE | SERIES_HAS_ANNUAL
	},
	{
		SERIES_HAS_CUMULATIVE | SERIES_HAS_FACTOR,
		SERIES_HAS_CUMULATIVE | SERIES_HAS_ANNUAL | SERIES_HAS_FACTOR
	}
};

#define SERIES_HEADER		offsetof(CostSeries, words)
#define SERIES_SIZE(columns, rows) \
	(SERIES_HEADER + (Size) (rows) * series_stride(columns) * sizeof(int64))

/* No quantity is longer as a decimal. */
#define QUANTITY_CHARS		64

/* The most words a row has */
#define MAX_STRIDE			5

/* Room that the first row of a group makes */
#define FIRST_ROOM			8

/* Periods lie within 9,999 years of the year 0. */
#define MAX_YEAR			9999

/* A period that is not a date of this range was not meant as one. */
#define MIN_CALENDAR_YEAR	1

typedef struct SeriesColumn
{
	const char *name;
	int			position;		/* among the words of a row; -1: absent */
	const QuantityType *type;	/* NULL for a double */
	bool		may_be_zero;
} SeriesColumn;

typedef enum SeriesColumnId
{
	COLUMN_ANNUAL,
	COLUMN_CUMULATIVE,
	COLUMN_COST,
	COLUMN_FACTOR,
	COLUMN_COUNT
} SeriesColumnId;

/* words of a row: period and cost, and those of the mask */
static inline int
series_stride(uint8 columns)
{
	return 2 + ((columns & SERIES_HAS_CUMULATIVE) != 0) +
		((columns & SERIES_HAS_ANNUAL) != 0) +
		((columns & SERIES_HAS_FACTOR) != 0);
}

static inline const int64 *
series_row(const CostSeries *s, int i)
{
	return s->words + (Size) i * series_stride(s->columns);
}

static inline double
word_to_float8(int64 word)
{
	double		v;

	memcpy(&v, &word, sizeof(v));
	return v;
}

static inline int64
float8_to_word(double v)
{
	int64		word;

	memcpy(&word, &v, sizeof(word));
	return word;
}

/* Where the columns of a row stand. */
static void
series_columns(CurveUnits units, uint8 columns, SeriesColumn *c)
{
	bool		typed = units == CURVE_GWH_USD_PER_KWH;
	int			next = 1;

	for (int j = 0; j < COLUMN_COUNT; j++)
		c[j].may_be_zero = j == COLUMN_ANNUAL;
	c[COLUMN_ANNUAL].name = "annual volume";
	c[COLUMN_ANNUAL].type = typed ? &capacity_type : NULL;
	c[COLUMN_ANNUAL].position = (columns & SERIES_HAS_ANNUAL) ? next++ : -1;
	c[COLUMN_CUMULATIVE].name = "cumulative volume";
	c[COLUMN_CUMULATIVE].type = typed ? &capacity_type : NULL;
	c[COLUMN_CUMULATIVE].position = (columns & SERIES_HAS_CUMULATIVE) ? next++ : -1;
	c[COLUMN_COST].name = "cost";
	c[COLUMN_COST].type = typed ? &cost_type : NULL;
	c[COLUMN_COST].position = next++;
	c[COLUMN_FACTOR].name = "factor";
	c[COLUMN_FACTOR].type = NULL;
	c[COLUMN_FACTOR].position = (columns & SERIES_HAS_FACTOR) ? next : -1;
}

/*
 * ----------------------------------------------------------------
 *	The value in memory
 * ----------------------------------------------------------------
 */

/*
 * room 0 makes a finished value of no rows yet: the caller fills n of them.  A
 * value is stored as it is, with its unused room: nothing of others' in that.
 */
static CostSeries *
new_series(CurveUnits units, SeriesClock clock, uint8 columns, int rows, int room)
{
	Size		size = SERIES_SIZE(columns, room > 0 ? room : rows);
	CostSeries *s = palloc0(size);

	SET_VARSIZE(s, size);
	s->version = COST_SERIES_VERSION;
	s->units = units;
	s->clock = clock;
	s->columns = columns;
	s->n = rows;
	s->room = room;
	return s;
}

static CostSeries *
empty_series(void)
{
	return new_series(CURVE_UNITLESS, SERIES_YEARS, 0, 0, 0);
}

static bool
series_is_sound(const void *state)
{
	const CostSeries *s = state;

	return s->units <= CURVE_GWH_USD_PER_KWH && s->clock <= SERIES_CALENDAR &&
		s->columns < lengthof(columns_names) && columns_names[s->columns] != NULL &&
		s->n >= 0 && s->n <= COST_SERIES_MAX_ROWS && s->room <= COST_SERIES_MAX_ROWS &&
		(s->room == 0 || s->room >= s->n) &&
		VARSIZE(s) == SERIES_SIZE(s->columns, s->room != 0 ? s->room : s->n);
}

static const FlatStateType series_type = {
	.name = "cost_series",
	.oldest = COST_SERIES_VERSION,
	.newest = COST_SERIES_VERSION,
	.before_version = "v",
	.after_version = " ",
	.header = SERIES_HEADER,
	.is_sound = series_is_sound,
	.made_by = "A cost_series is made by the aggregate cost_series(period, cumulative, cost); its text is only for storing it and reading it back."
};

/* A series, finished or not.  Its rows are trusted; its sizes are not. */
static CostSeries *
series_detoast(Datum d)
{
	return flat_state_get(d, &series_type);
}

/* A copy that has space for room rows; room 0 for a trimmed one. */
static CostSeries *
copy_series(const CostSeries *s, int room)
{
	CostSeries *copy = new_series(s->units, s->clock, s->columns, s->n, room);

	memcpy(copy->words, s->words,
		   (Size) s->n * series_stride(s->columns) * sizeof(int64));
	return copy;
}

#define TOO_MANY_ROWS \
	(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), \
	 errmsg("a cost series cannot have more than %d rows", COST_SERIES_MAX_ROWS), \
	 errhint("A series has one row for each period of one technology: aggregate to years or months first, and GROUP BY technology."))

/*
 * The state with space for "more" further rows, which may be written to: the
 * aggregate's own where that has it, else a copy.
 */
static CostSeries *
series_for_update(FunctionCallInfo fcinfo, int more)
{
	CostSeries *s = flat_state_own(fcinfo, &series_type);
	int			room;

	if (s == NULL)
		s = series_detoast(PG_GETARG_DATUM(0));
	else if (s->n + more <= s->room)
		return s;
	if (s->n > COST_SERIES_MAX_ROWS - more)
		ereport(ERROR, TOO_MANY_ROWS);
	room = Max(FIRST_ROOM, Max(s->n + more, s->n * 2));
	return copy_series(s, Min(room, COST_SERIES_MAX_ROWS));
}

/*
 * ----------------------------------------------------------------
 *	Periods
 * ----------------------------------------------------------------
 */

/*
 * A moment in calendar years: the year, and the part of it that has passed.
 */
static double
calendar_years(int64 moment)
{
	int64		whole_days = moment / USECS_PER_DAY;
	int64		start;
	int64		length;
	int			year,
				month,
				day;

	if (moment < 0 && whole_days * USECS_PER_DAY != moment)
		whole_days--;
	j2date((int) whole_days + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	start = date2j(year, 1, 1);
	length = date2j(year + 1, 1, 1) - start;
	start -= POSTGRES_EPOCH_JDATE;
	return year + (double) (moment - start * USECS_PER_DAY) / (double) (length * USECS_PER_DAY);
}

/* The first moment of a year of the calendar. */
static int64
start_of_year(int year)
{
	return (int64) (date2j(year, 1, 1) - POSTGRES_EPOCH_JDATE) * USECS_PER_DAY;
}

static inline bool
calendar_in_range(int64 moment)
{
	return moment >= start_of_year(MIN_CALENDAR_YEAR) &&
		moment < start_of_year(MAX_YEAR + 1);
}

static double
period_years(SeriesClock clock, int64 word)
{
	return clock == SERIES_YEARS ? word_to_float8(word) : calendar_years(word);
}

/* the shortest text that reads back as the same double, whatever the settings */
static char *
shortest_float8(double v)
{
	char	   *buf = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);

	double_to_shortest_decimal_buf(v, buf);
	return buf;
}

/* A period as people write it: 2016, 2016.5, 2016-07-01, 2016-07-01 12:00:00 */
static char *
period_text(SeriesClock clock, int64 word)
{
	int64		whole_days = word / USECS_PER_DAY;
	int64		rest;
	int			year,
				month,
				day;

	if (clock == SERIES_YEARS)
		return shortest_float8(word_to_float8(word));
	if (word < 0 && whole_days * USECS_PER_DAY != word)
		whole_days--;
	rest = word - whole_days * USECS_PER_DAY;
	j2date((int) whole_days + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	if (rest == 0)
		return psprintf("%04d-%02d-%02d", year, month, day);
	return psprintf(rest % USECS_PER_SEC == 0 ? "%04d-%02d-%02d %02d:%02d:%02d" :
					"%04d-%02d-%02d %02d:%02d:%02d.%06d",
					year, month, day,
					(int) (rest / USECS_PER_HOUR),
					(int) (rest % USECS_PER_HOUR / USECS_PER_MINUTE),
					(int) (rest % USECS_PER_MINUTE / USECS_PER_SEC),
					(int) (rest % USECS_PER_SEC));
}

/* The period of row i, for messages. */
char *
cost_series_period(const SeriesView *v, int i)
{
	return period_text(v->series->clock, series_row(v->series, i)[0]);
}

static inline int
compare_periods(SeriesClock clock, int64 a, int64 b)
{
	if (clock == SERIES_YEARS)
	{
		double		da = word_to_float8(a);
		double		db = word_to_float8(b);

		return da < db ? -1 : da > db;
	}
	return a < b ? -1 : a > b;
}

static int
compare_rows_years(const void *a, const void *b)
{
	return compare_periods(SERIES_YEARS, *(const int64 *) a, *(const int64 *) b);
}

static int
compare_rows_calendar(const void *a, const void *b)
{
	return compare_periods(SERIES_CALENDAR, *(const int64 *) a, *(const int64 *) b);
}

/*
 * ----------------------------------------------------------------
 *	Finishing: order, one row a period, volumes that do not fall
 * ----------------------------------------------------------------
 */

static char *
value_text(const SeriesColumn *c, int64 word)
{
	if (c->type == NULL)
		return shortest_float8(word_to_float8(word));
	return quantity_to_decimal(c->type, word);
}

static inline int
compare_values(const SeriesColumn *c, int64 a, int64 b)
{
	if (c->type == NULL)
	{
		double		da = word_to_float8(a);
		double		db = word_to_float8(b);

		return da < db ? -1 : da > db;
	}
	return a < b ? -1 : a > b;
}

/*
 * What two neighbouring rows of a finished series must be to one another.
 */
typedef enum RowOrder
{
	ROWS_FINE,
	ROWS_UNORDERED,
	ROWS_OF_ONE_PERIOD,
	ROWS_FALLING
} RowOrder;

static RowOrder
check_neighbours(const CostSeries *s, const SeriesColumn *c, int i)
{
	const int64 *before = series_row(s, i - 1);
	const int64 *after = series_row(s, i);
	int			order = compare_periods(s->clock, before[0], after[0]);

	if (order > 0)
		return ROWS_UNORDERED;
	if (order == 0)
		return ROWS_OF_ONE_PERIOD;
	if (c[COLUMN_CUMULATIVE].position > 0 &&
		compare_values(&c[COLUMN_CUMULATIVE],
					   before[c[COLUMN_CUMULATIVE].position],
					   after[c[COLUMN_CUMULATIVE].position]) > 0)
		return ROWS_FALLING;
	return ROWS_FINE;
}

/*
 * A series in its finished form, s itself when it is.  22023 when two rows
 * are of one period or a cumulative volume falls.
 */
static const CostSeries *
finish_series(const CostSeries *s)
{
	CostSeries *result;
	SeriesColumn c[COLUMN_COUNT];

	if (s->n == 0)
		return s->room == 0 ? s : empty_series();
	if (s->room == 0)
		return s;
	result = copy_series(s, 0);
	series_columns(s->units, s->columns, c);
	for (int i = 1; i < s->n; i++)
	{
		if (check_neighbours(result, c, i) == ROWS_UNORDERED)
		{
			qsort(result->words, result->n,
				  series_stride(result->columns) * sizeof(int64),
				  result->clock == SERIES_YEARS ? compare_rows_years :
				  compare_rows_calendar);
			break;
		}
	}
	for (int i = 1; i < result->n; i++)
	{
		int			at = c[COLUMN_CUMULATIVE].position;

		if ((i & 0xFFFF) == 0)
			CHECK_FOR_INTERRUPTS();
		switch (check_neighbours(result, c, i))
		{
			case ROWS_FINE:
			case ROWS_UNORDERED:
				break;
			case ROWS_OF_ONE_PERIOD:
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("a cost series has more than one row for the period %s",
								period_text(result->clock, series_row(result, i)[0])),
						 errhint("GROUP BY technology when there are several, and aggregate to one row for each period first.")));
				break;
			case ROWS_FALLING:
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("cumulative volume falls from %s in %s to %s in %s",
								value_text(&c[COLUMN_CUMULATIVE], series_row(result, i - 1)[at]),
								period_text(result->clock, series_row(result, i - 1)[0]),
								value_text(&c[COLUMN_CUMULATIVE], series_row(result, i)[at]),
								period_text(result->clock, series_row(result, i)[0])),
						 errhint("Cumulative volume is the running sum of the annual one: sum(annual) OVER (ORDER BY period).")));
				break;
		}
	}
	return result;
}

static const CostSeries *
series_get(Datum d)
{
	return finish_series(series_detoast(d));
}

/*
 * ----------------------------------------------------------------
 *	Validation of values from outside
 * ----------------------------------------------------------------
 */

/*
 * Is this value what an aggregate would have accepted?  Rows are finite and
 * positive wherever they are read, because of this check and those of
 * get_row().  An annual volume may be 0, a year in which nothing was made;
 * what takes its logarithm says so.
 */
static bool
value_is_usable(const SeriesColumn *c, int64 word)
{
	/* the word of a double 0 is 0 too; -0 is refused */
	if (word == 0)
		return c->may_be_zero;
	if (c->type == NULL)
	{
		double		v = word_to_float8(word);

		return v > 0 && v <= DBL_MAX;
	}
	return word > 0;
}

static bool
period_is_usable(SeriesClock clock, int64 word)
{
	if (clock == SERIES_YEARS)
	{
		double		v = word_to_float8(word);

		/* one spelling of 0 */
		return fabs(v) <= MAX_YEAR && !(v == 0 && word != 0);
	}
	return calendar_in_range(word);
}

/* NULL when a value from outside is a finished series, else what is wrong */
static const char *
series_problem(const CostSeries *s)
{
	SeriesColumn c[COLUMN_COUNT];

	if (s->n == 0)
		return s->units != CURVE_UNITLESS || s->clock != SERIES_YEARS || s->columns != 0 ?
			"A series without rows must have no units, no calendar and no columns but cost." : NULL;
	series_columns(s->units, s->columns, c);
	for (int i = 0; i < s->n; i++)
	{
		const int64 *row = series_row(s, i);

		if ((i & 0xFFFF) == 0xFFFF)
			CHECK_FOR_INTERRUPTS();
		if (!period_is_usable(s->clock, row[0]))
			return "A period is out of range.";
		for (int j = 0; j < COLUMN_COUNT; j++)
			if (c[j].position > 0 && !value_is_usable(&c[j], row[c[j].position]))
				return "A cumulative volume, cost or factor is not a finite number above zero, or an annual volume is below zero.";
		if (c[COLUMN_ANNUAL].position > 0 &&
			compare_values(&c[COLUMN_ANNUAL], row[c[COLUMN_ANNUAL].position],
						   row[c[COLUMN_CUMULATIVE].position]) > 0)
			return "An annual volume is larger than the cumulative volume.";
		if (i > 0 && check_neighbours(s, c, i) != ROWS_FINE)
			return "Periods must ascend, and cumulative volume must not fall.";
	}
	return NULL;
}

/*
 * ----------------------------------------------------------------
 *	Text and binary
 *
 * Text: v1 units=... clock=... columns=... n=... and then a "(...)" for every
 * row, values in the order of columns after the period; a period of the
 * calendar is in microseconds since 2000-01-01.  Numbers are shortest exact
 * decimals.
 * ----------------------------------------------------------------
 */

/* A quantity in the spelling that cost_series_out gives it. */
static const char *
skip_quantity(const char *s, const QuantityType *type, int64 *word)
{
	int128		v;
	Size		len;
	char	   *again;

	if (s == NULL)
		return NULL;
	len = strspn(s, "-.0123456789");
	if (len > QUANTITY_CHARS || decimal_to_int128(s, (int) len, type->scale, &v) != DECIMAL_OK ||
		v > PG_INT64_MAX || v < PG_INT64_MIN)
		return NULL;
	*word = (int64) v;
	again = quantity_to_decimal(type, *word);
	s = strlen(again) == len && strncmp(s, again, len) == 0 ? s + len : NULL;
	pfree(again);
	return s;
}

/*
 * cost_series_in: text to value.
 *
 * 22P02 for anything that cannot be the text of a series, 0A000 for a later
 * version, 54000 for too many rows.
 */
Datum
cost_series_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	const char *s;
	uint8		units = 0;
	uint8		clock = 0;
	uint8		columns = 0;
	int64		n = 0;
	CostSeries *result = NULL;
	const char *problem = NULL;

	s = flat_state_text_version(fcinfo->context, &series_type, str);
	s = state_skip_one_of(state_skip(s, "units="), units_names, lengthof(units_names), &units);
	s = state_skip_one_of(state_skip(s, " clock="), clock_names, lengthof(clock_names), &clock);
	s = state_skip_one_of(state_skip(s, " columns="), columns_names, lengthof(columns_names), &columns);
	s = state_skip_int64(state_skip(s, " n="), &n);
	if (s != NULL && n > COST_SERIES_MAX_ROWS)
		ereturn(fcinfo->context, (Datum) 0, TOO_MANY_ROWS);
	/* a row takes at least as many characters as it has words */
	if (s != NULL && (n < 0 || (Size) n > strlen(s)))
		s = NULL;
	if (s != NULL)
	{
		SeriesColumn c[COLUMN_COUNT];
		int			stride = series_stride(columns);
		const QuantityType *types[MAX_STRIDE] = {NULL};

		series_columns(units, columns, c);
		for (int j = 0; j < COLUMN_COUNT; j++)
			if (c[j].position > 0)
				types[c[j].position] = c[j].type;

		result = new_series(units, clock, columns, (int) n, 0);
		for (int i = 0; i < result->n && s != NULL; i++)
		{
			int64	   *row = result->words + (Size) i * stride;

			if ((i & 0xFFFF) == 0xFFFF)
				CHECK_FOR_INTERRUPTS();
			for (int j = 0; j < stride; j++)
			{
				double		v = 0;

				s = state_skip(s, j == 0 ? " (" : " ");
				if (j == 0 && clock == SERIES_CALENDAR)
					s = state_skip_int64(s, &row[j]);
				else if (types[j] != NULL)
					s = skip_quantity(s, types[j], &row[j]);
				else
				{
					s = state_skip_float8(s, &v);
					row[j] = float8_to_word(v);
				}
			}
			s = state_skip(s, ")");
		}
	}
	if (s == NULL || *s != '\0')
		return flat_state_bad_text(fcinfo->context, &series_type, str, NULL);
	problem = series_problem(result);
	if (problem != NULL)
		return flat_state_bad_text(fcinfo->context, &series_type, str, problem);
	PG_RETURN_POINTER(result);
}

Datum
cost_series_out(PG_FUNCTION_ARGS)
{
	const CostSeries *s = series_get(PG_GETARG_DATUM(0));
	SeriesColumn c[COLUMN_COUNT];
	StringInfoData buf;

	series_columns(s->units, s->columns, c);
	initStringInfo(&buf);
	appendStringInfo(&buf, "v%d units=%s clock=%s columns=%s n=%d",
					 COST_SERIES_VERSION, units_names[s->units],
					 clock_names[s->clock], columns_names[s->columns], s->n);
	for (int i = 0; i < s->n; i++)
	{
		const int64 *row = series_row(s, i);
		char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

		if ((i & 0xFFFF) == 0xFFFF)
			CHECK_FOR_INTERRUPTS();
		if (s->clock == SERIES_CALENDAR)
			appendStringInfo(&buf, " (" INT64_FORMAT, row[0]);
		else
		{
			double_to_shortest_decimal_buf(word_to_float8(row[0]), digits);
			appendStringInfo(&buf, " (%s", digits);
		}
		for (int j = 0; j < COLUMN_COUNT; j++)
		{
			int			at = c[j].position;

			if (at < 0)
				continue;
			appendStringInfoChar(&buf, ' ');
			if (c[j].type == NULL)
			{
				double_to_shortest_decimal_buf(word_to_float8(row[at]), digits);
				appendStringInfoString(&buf, digits);
			}
			else
			{
				char	   *decimal = quantity_to_decimal(c[j].type, row[at]);

				appendStringInfoString(&buf, decimal);
				pfree(decimal);
			}
		}
		appendStringInfoChar(&buf, ')');
	}
	PG_RETURN_CSTRING(buf.data);
}

/*
 * cost_series_recv: binary to value: version, units, clock, columns (a byte
 * each), the number of rows (four bytes), then the words of the rows, all in
 * network order.  As strict as cost_series_in.
 */
Datum
cost_series_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			units;
	int			clock;
	int			columns;
	int			n;
	int			words;
	CostSeries *s;
	const char *problem;

	flat_state_binary_version(buf, &series_type);
	units = pq_getmsgbyte(buf);
	clock = pq_getmsgbyte(buf);
	columns = pq_getmsgbyte(buf);
	n = (int) pq_getmsgint(buf, 4);
	if (units >= (int) lengthof(units_names) || clock >= (int) lengthof(clock_names) ||
		columns >= (int) lengthof(columns_names) || columns_names[columns] == NULL ||
		n < 0 || n > COST_SERIES_MAX_ROWS ||
		n * series_stride(columns) != (buf->len - buf->cursor) / (int) sizeof(int64))
		flat_state_bad_binary(&series_type,
							  psprintf("Units %d, clock %d and columns %d with %d rows are not known or do not fit the message.",
									   units, clock, columns, n));
	s = new_series(units, clock, columns, n, 0);
	words = n * series_stride(columns);
	for (int i = 0; i < words; i++)
		s->words[i] = pq_getmsgint64(buf);
	problem = series_problem(s);
	if (problem != NULL)
		flat_state_bad_binary(&series_type, problem);
	PG_RETURN_POINTER(s);
}

Datum
cost_series_send(PG_FUNCTION_ARGS)
{
	const CostSeries *s = series_get(PG_GETARG_DATUM(0));
	int			words = s->n * series_stride(s->columns);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, s->version);
	pq_sendbyte(&buf, s->units);
	pq_sendbyte(&buf, s->clock);
	pq_sendbyte(&buf, s->columns);
	pq_sendint32(&buf, s->n);
	for (int i = 0; i < words; i++)
		pq_sendint64(&buf, s->words[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/*
 * ----------------------------------------------------------------
 *	Comparison
 *
 * Equal content is equal bytes.  The order (units, clock, columns, n, then
 * the words) means nothing to an analyst; DISTINCT, UNION and merge joins
 * need one.
 * ----------------------------------------------------------------
 */
static int
series_compare(FunctionCallInfo fcinfo)
{
	const CostSeries *a = series_get(PG_GETARG_DATUM(0));
	const CostSeries *b = series_get(PG_GETARG_DATUM(1));
	int			words = a->n * series_stride(a->columns);
	int			result = 0;

	if (a->units != b->units)
		result = a->units < b->units ? -1 : 1;
	else if (a->clock != b->clock)
		result = a->clock < b->clock ? -1 : 1;
	else if (a->columns != b->columns)
		result = a->columns < b->columns ? -1 : 1;
	else if (a->n != b->n)
		result = a->n < b->n ? -1 : 1;
	for (int i = 0; i < words && result == 0; i++)
		if (a->words[i] != b->words[i])
			result = a->words[i] < b->words[i] ? -1 : 1;

	/* a sort calls this often */
	if ((Pointer) a != PG_GETARG_POINTER(0))
		pfree((void *) a);
	if ((Pointer) b != PG_GETARG_POINTER(1))
		pfree((void *) b);
	return result;
}

COMPARISON_FUNCTIONS(cost_series, series_compare)

static uint64
series_hash(FunctionCallInfo fcinfo, uint64 seed)
{
	const CostSeries *s = series_get(PG_GETARG_DATUM(0));
	int			words = s->n * series_stride(s->columns);
	uint64		h = hash_bytes_uint32_extended((s->units * 256 + s->clock) * 256 + s->columns, seed);

	h = hash_bytes_uint32_extended((uint32) s->n, h);
	for (int i = 0; i < words; i++)
		h = hash_word((uint64) s->words[i], h);
	if ((Pointer) s != PG_GETARG_POINTER(0))
		pfree((void *) s);
	return h;
}

HASH_FUNCTIONS(cost_series, series_hash)

/*
 * ----------------------------------------------------------------
 *	Accumulation
 * ----------------------------------------------------------------
 */

/* The call that leaves unusable rows of this shape out. */
static char *
filtered_call(uint8 columns, bool above_zero)
{
	const char *maker = maker_names[(columns & SERIES_HAS_FACTOR) ? MAKER_TWO_FACTOR_SERIES :
									MAKER_COST_SERIES];

	if (!above_zero)
		return psprintf("%s(...) FILTER (WHERE cost < 'Infinity'), and likewise for the other columns",
						maker);
	return psprintf("%s(...) FILTER (WHERE %s%scost > 0%s)", maker,
					(columns & SERIES_HAS_ANNUAL) ? "annual >= 0 AND " : "",
					(columns & SERIES_HAS_CUMULATIVE) ? "cumulative > 0 AND " : "",
					(columns & SERIES_HAS_FACTOR) ? " AND factor > 0" : "");
}

static void
refuse_value(const SeriesColumn *c, uint8 columns, SeriesClock clock, const int64 *row)
{
	int64		word = row[c->position];
	const char *unit = c->type == &capacity_type ? " GWh" :
		c->type == &cost_type ? " million US$/GWh" : "";

	if (c->type == NULL && (isnan(word_to_float8(word)) || isinf(word_to_float8(word))))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a cost series cannot use %s as its %s in the period %s",
						shortest_float8(word_to_float8(word)), c->name,
						period_text(clock, row[0])),
				 errhint("Leave such rows out on purpose: %s.",
						 filtered_call(columns, false))));
	if (c->may_be_zero)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the %s cannot be negative: %s%s in the period %s",
						c->name, value_text(c, word), unit, period_text(clock, row[0])),
				 errhint("Leave such rows out on purpose: %s.",
						 filtered_call(columns, true))));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_ARGUMENT_FOR_LOG),
			 errmsg("cannot take the logarithm of the %s %s%s in the period %s",
					c->name, value_text(c, word), unit, period_text(clock, row[0])),
			 errdetail("Estimators relate logarithms, so cumulative volume, cost and factor must be above zero."),
			 errhint("Leave such rows out on purpose: %s.",
					 filtered_call(columns, true))));
}

static int64
year_argument(double year)
{
	if (fabs(year) <= MAX_YEAR)
		return float8_to_word(year + 0.0);
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("period out of range: %s", shortest_float8(year)),
			 errdetail("A period that is a number counts calendar years, from -%d to %d.",
					   MAX_YEAR, MAX_YEAR),
			 errhint("Write 2023.5 for the middle of 2023, or give the period as a date.")));
	return 0;					/* not reached */
}

static int64
calendar_argument(Timestamp moment)
{
	if (!TIMESTAMP_NOT_FINITE(moment) && calendar_in_range(moment))
		return moment;
	ereport(ERROR,
			(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
			 errmsg("period out of range: %s",
					TIMESTAMP_IS_NOBEGIN(moment) ? "-infinity" :
					TIMESTAMP_IS_NOEND(moment) ? "infinity" :
					DatumGetCString(DirectFunctionCall1(timestamp_out, TimestampGetDatum(moment)))),
			 errdetail("The periods of a cost series lie in the years %d to %d.",
					   MIN_CALENDAR_YEAR, MAX_YEAR),
			 errhint("Leave the row out, or correct its date.")));
	return 0;					/* not reached */
}

/*
 * The row that a call brings; false when one of its values is NULL, which
 * skips the row: all estimators then see the same rows.
 */
static bool
get_row(FunctionCallInfo fcinfo, SeriesMaker maker, CurveUnits units, SeriesClock clock,
		uint8 *columns, int64 *row)
{
	SeriesColumn c[COLUMN_COUNT];
	int			arguments = PG_NARGS() - 1;

	*columns = columns_by_arguments[maker][arguments - fewest_columns[maker]];
	for (int i = 1; i <= arguments; i++)
		if (PG_ARGISNULL(i))
			return false;

	row[0] = clock == SERIES_YEARS ? year_argument(PG_GETARG_FLOAT8(1)) :
		calendar_argument(PG_GETARG_TIMESTAMP(1));
	series_columns(units, *columns, c);
	for (int j = 0; j < COLUMN_COUNT; j++)
	{
		int			at = c[j].position;

		if (at < 0)
			continue;
		/* adding 0 turns -0 into 0 */
		row[at] = c[j].type != NULL ? PG_GETARG_INT64(at + 1) :
			float8_to_word(PG_GETARG_FLOAT8(at + 1) + 0.0);
		if (unlikely(!value_is_usable(&c[j], row[at])))
			refuse_value(&c[j], *columns, clock, row);
	}
	if (c[COLUMN_ANNUAL].position > 0)
	{
		int64		annual = row[c[COLUMN_ANNUAL].position];
		int64		cumulative = row[c[COLUMN_CUMULATIVE].position];

		if (compare_values(&c[COLUMN_ANNUAL], annual, cumulative) > 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("annual volume %s is larger than cumulative volume %s in the period %s",
							value_text(&c[COLUMN_ANNUAL], annual),
							value_text(&c[COLUMN_CUMULATIVE], cumulative),
							period_text(clock, row[0])),
					 errdetail("Cumulative volume includes that of its own period."),
					 maker == MAKER_COST_SERIES ?
					 errhint("Write cost_series(period, annual, cumulative, cost): are the two volumes swapped? With a second factor write two_factor_series(period, cumulative, cost, factor).") :
					 errhint("Write two_factor_series(period, annual, cumulative, cost, factor): are the two volumes swapped?")));
	}
	return true;
}

static void
check_same_kind(const CostSeries *s, CurveUnits units, SeriesClock clock, uint8 columns)
{
	if (s->units != units)
		flat_state_unlike(&series_type, "units", units_names[s->units], units_names[units],
						  "Build both from capacity_gwh and cost_per_gwh, or both from double precision.");
	if (s->clock != clock)
		flat_state_unlike(&series_type, "periods", "numbers", "dates",
						  "Give the period of both as a date, for example make_date(year, 1, 1), or of both as a number.");
	if (s->columns != columns)
		flat_state_unlike(&series_type, "columns", columns_names[s->columns], columns_names[columns],
						  "Build both with the same arguments.");
}

static Datum
accum(FunctionCallInfo fcinfo, SeriesMaker maker, CurveUnits units, SeriesClock clock)
{
	int64		row[MAX_STRIDE];
	uint8		columns;
	CostSeries *s;
	int			stride;

	if (!get_row(fcinfo, maker, units, clock, &columns, row))
	{
		/* the state is built all the same: a moving one may not be NULL */
		if (PG_ARGISNULL(0))
			PG_RETURN_POINTER(empty_series());
		PG_RETURN_POINTER(series_for_update(fcinfo, 0));
	}
	if (PG_ARGISNULL(0))
		s = new_series(units, clock, columns, 0, FIRST_ROOM);
	else
	{
		s = series_for_update(fcinfo, 1);
		if (s->n == 0)
			s = new_series(units, clock, columns, 0, FIRST_ROOM);
		else
			check_same_kind(s, units, clock, columns);
	}
	stride = series_stride(columns);
	memcpy(s->words + (Size) s->n * stride, row, stride * sizeof(int64));
	s->n++;
	PG_RETURN_POINTER(s);
}

/*
 * Take a row out.  A window's rows leave in the order in which they came, so
 * it is the first of the state more often than not.
 */
static void
take_row(CostSeries *s, const int64 *row)
{
	int			stride = series_stride(s->columns);

	for (int i = 0; i < s->n; i++)
	{
		int64	   *at = s->words + (Size) i * stride;

		if (memcmp(at, row, stride * sizeof(int64)) == 0)
		{
			s->n--;
			memmove(at, at + stride, (Size) (s->n - i) * stride * sizeof(int64));
			return;
		}
	}
	flat_state_not_held(&series_type, NULL);
}

/*
 * Take the rows of another series out.  Where they lie in the order of the
 * state's, as those of finished values do, one pass finds them all.
 */
static void
take_rows(CostSeries *s, const CostSeries *gone)
{
	int			stride = series_stride(s->columns);
	Size		bytes = stride * sizeof(int64);
	int			found = 0;
	int			kept = 0;

	for (int i = 0; i < s->n && found < gone->n; i++)
		if (memcmp(series_row(s, i), series_row(gone, found), bytes) == 0)
			found++;
	if (found < gone->n)
	{
		for (int i = 0; i < gone->n; i++)
		{
			CHECK_FOR_INTERRUPTS();
			take_row(s, series_row(gone, i));
		}
		return;
	}
	found = 0;
	for (int i = 0; i < s->n; i++)
	{
		const int64 *row = series_row(s, i);

		if (found < gone->n && memcmp(row, series_row(gone, found), bytes) == 0)
			found++;
		else
			memmove(s->words + (Size) kept++ * stride, row, bytes);
	}
	s->n = kept;
}

static Datum
accum_inv(FunctionCallInfo fcinfo, SeriesMaker maker, CurveUnits units, SeriesClock clock)
{
	int64		row[MAX_STRIDE];
	uint8		columns;
	CostSeries *s;

	if (PG_ARGISNULL(0))
		flat_state_not_held(&series_type, NULL);
	s = series_for_update(fcinfo, 0);
	if (get_row(fcinfo, maker, units, clock, &columns, row))
	{
		if (s->n == 0)
			flat_state_not_held(&series_type, NULL);
		check_same_kind(s, units, clock, columns);
		take_row(s, row);
	}
	PG_RETURN_POINTER(s->n == 0 ? empty_series() : s);
}

/*
 * The transition functions: period in calendar years (double precision), or a
 * timestamp, which a date becomes by itself; volumes and cost typed, or plain
 * numbers (float8); two to four columns, or four to five with a second factor.
 */
#define SERIES_TRANSITION(aggregate, suffix, maker, units, clock) \
Datum \
aggregate##_accum_##suffix(PG_FUNCTION_ARGS) \
{ \
	return accum(fcinfo, maker, units, clock); \
} \
\
Datum \
aggregate##_accum_##suffix##_inv(PG_FUNCTION_ARGS) \
{ \
	return accum_inv(fcinfo, maker, units, clock); \
}

#define SERIES_TRANSITIONS(aggregate, maker) \
SERIES_TRANSITION(aggregate, years, maker, CURVE_GWH_USD_PER_KWH, SERIES_YEARS) \
SERIES_TRANSITION(aggregate, years_float8, maker, CURVE_UNITLESS, SERIES_YEARS) \
SERIES_TRANSITION(aggregate, calendar, maker, CURVE_GWH_USD_PER_KWH, SERIES_CALENDAR) \
SERIES_TRANSITION(aggregate, calendar_float8, maker, CURVE_UNITLESS, SERIES_CALENDAR)

SERIES_TRANSITIONS(cost_series, MAKER_COST_SERIES)
SERIES_TRANSITIONS(two_factor_series, MAKER_TWO_FACTOR_SERIES)

/*
 * cost_series_combine: merge two series, for parallel plans and rollup.
 *
 * Not strict, and argument 2 is not written to or returned.  Argument 1 is
 * appended to where it is the aggregate's own and has space.
 */
Datum
cost_series_combine(PG_FUNCTION_ARGS)
{
	const CostSeries *b = PG_ARGISNULL(1) ? NULL : series_detoast(PG_GETARG_DATUM(1));
	CostSeries *a;
	int			stride;

	if (b == NULL || b->n == 0)
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_POINTER(empty_series());
		PG_RETURN_POINTER(series_for_update(fcinfo, 0));
	}
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(copy_series(b, b->n));
	a = series_for_update(fcinfo, b->n);
	if (a->n == 0)
		PG_RETURN_POINTER(copy_series(b, b->n));
	check_same_kind(a, b->units, b->clock, b->columns);
	stride = series_stride(a->columns);
	memcpy(a->words + (Size) a->n * stride, b->words, (Size) b->n * stride * sizeof(int64));
	a->n += b->n;
	PG_RETURN_POINTER(a);
}

/*
 * cost_series_combine_inv: take a merged series back, for rollup() over a
 * moving window, and for a - b.
 */
Datum
cost_series_combine_inv(PG_FUNCTION_ARGS)
{
	const CostSeries *gone = PG_ARGISNULL(1) ? NULL : series_detoast(PG_GETARG_DATUM(1));
	bool		nothing = gone == NULL || gone->n == 0;
	CostSeries *s;

	if (PG_ARGISNULL(0))
	{
		if (!nothing)
			flat_state_not_held(&series_type, NULL);
		PG_RETURN_POINTER(empty_series());
	}
	s = series_for_update(fcinfo, 0);
	if (!nothing)
	{
		if (s->n < gone->n)
			flat_state_not_held(&series_type, NULL);
		check_same_kind(s, gone->units, gone->clock, gone->columns);
		take_rows(s, gone);
	}
	PG_RETURN_POINTER(s->n == 0 ? empty_series() : s);
}

/*
 * cost_series_final: the state as a result, NULL when it holds nothing.  A
 * copy: the state may go on being accumulated into.
 */
Datum
cost_series_final(PG_FUNCTION_ARGS)
{
	CostSeries *s = series_detoast(PG_GETARG_DATUM(0));
	const CostSeries *finished;

	if (s->n == 0)
		PG_RETURN_NULL();
	finished = finish_series(s);
	PG_RETURN_POINTER(finished == s ? copy_series(s, 0) : finished);
}

ARITHMETIC_FUNCTIONS(cost_series)

/*
 * ----------------------------------------------------------------
 *	Reading
 * ----------------------------------------------------------------
 */

/* A column as doubles and, on request, as logarithms. */
static const double *
read_column(const CostSeries *s, const SeriesColumn *c, const double **logarithms)
{
	double	   *values;
	double	   *ln;

	*logarithms = NULL;
	if (c->position < 0)
		return NULL;
	values = palloc(s->n * sizeof(double));
	ln = palloc(s->n * sizeof(double));
	for (int i = 0; i < s->n; i++)
	{
		int64		word = series_row(s, i)[c->position];
		int64		fixed;

		if (word == 0)
		{
			values[i] = 0;
			ln[i] = -get_float8_infinity();
			continue;
		}
		if (c->type == NULL)
		{
			values[i] = word_to_float8(word);
			fixed = ln_fixed_float8(values[i]);
		}
		else
		{
			values[i] = quantity_to_float8(c->type, word);
			fixed = c->type == &capacity_type ? ln_fixed_gwh(word) :
				ln_fixed_usd_per_kwh(word);
		}
		ln[i] = ldexp((double) fixed, -LN_FRACTION_BITS);
	}
	*logarithms = ln;
	return values;
}

/* ln(cumulative - annual), formed from the exact integers where there are any */
static const double *
read_ln_prior(const CostSeries *s, const SeriesColumn *c)
{
	double	   *ln;

	if (c[COLUMN_ANNUAL].position < 0)
		return NULL;
	ln = palloc(s->n * sizeof(double));
	for (int i = 0; i < s->n; i++)
	{
		int64		annual = series_row(s, i)[c[COLUMN_ANNUAL].position];
		int64		cumulative = series_row(s, i)[c[COLUMN_CUMULATIVE].position];

		if (annual == cumulative)
			ln[i] = -get_float8_infinity();
		else if (c[COLUMN_ANNUAL].type == NULL)
			ln[i] = ldexp((double) ln_fixed_float8(word_to_float8(cumulative) - word_to_float8(annual)),
						  -LN_FRACTION_BITS);
		else
			ln[i] = ldexp((double) ln_fixed_gwh(cumulative - annual), -LN_FRACTION_BITS);
	}
	return ln;
}

static int
compare_doubles(const void *a, const void *b)
{
	double		da = *(const double *) a;
	double		db = *(const double *) b;

	return da < db ? -1 : da > db;
}

/* The usual step between periods, and how many are not like it. */
static void
judge_steps(SeriesView *v)
{
	double	   *steps;

	v->step = 0;
	v->uneven_steps = 0;
	v->first_uneven = 0;
	if (v->n < 2)
		return;
	steps = palloc((v->n - 1) * sizeof(double));
	for (int i = 1; i < v->n; i++)
		steps[i - 1] = v->time[i] - v->time[i - 1];
	qsort(steps, v->n - 1, sizeof(double), compare_doubles);
	v->step = steps[(v->n - 2) / 2];
	pfree(steps);
	for (int i = 1; i < v->n; i++)
	{
		double		step = v->time[i] - v->time[i - 1];

		if (step >= 0.5 * v->step && step <= 1.5 * v->step)
			continue;
		if (v->uneven_steps++ == 0)
			v->first_uneven = i;
	}
}

/*
 * A cost_series as arrays; see cost_series.h.
 */
void
cost_series_view(Datum d, SeriesView *v)
{
	const CostSeries *s = series_get(d);
	SeriesColumn c[COLUMN_COUNT];
	double	   *time = palloc(s->n * sizeof(double));

	series_columns(s->units, s->columns, c);
	for (int i = 0; i < s->n; i++)
		time[i] = period_years(s->clock, series_row(s, i)[0]);
	v->n = s->n;
	v->units = s->units;
	v->by_calendar = s->clock == SERIES_CALENDAR;
	v->time = time;
	v->annual = read_column(s, &c[COLUMN_ANNUAL], &v->ln_annual);
	v->cumulative = read_column(s, &c[COLUMN_CUMULATIVE], &v->ln_cumulative);
	v->cost = read_column(s, &c[COLUMN_COST], &v->ln_cost);
	v->factor = read_column(s, &c[COLUMN_FACTOR], &v->ln_factor);
	v->ln_prior = read_ln_prior(s, c);
	v->series = s;
	judge_steps(v);
}

/* observations(cost_series): the number of its rows */
Datum
cost_series_observations(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(series_get(PG_GETARG_DATUM(0))->n);
}

/* units(cost_series): what volumes and costs were counted in */
Datum
cost_series_units(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(series_get(PG_GETARG_DATUM(0))->units == CURVE_GWH_USD_PER_KWH ?
									 "GWh, US$/kWh" : "none"));
}

/*
 * points(cost_series): its rows, in ascending order of time.
 */
Datum
cost_series_points(PG_FUNCTION_ARGS)
{
	FuncCallContext *funcctx;
	SeriesView *v;
	Datum		values[6];
	bool		nulls[6];
	int			i;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;

		funcctx = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(funcctx->multi_call_memory_ctx);
		funcctx->tuple_desc = result_row_desc(fcinfo);
		v = palloc(sizeof(SeriesView));
		/* a copy: the argument may not live as long as the set */
		cost_series_view(PointerGetDatum(copy_series(series_get(PG_GETARG_DATUM(0)), 0)), v);
		funcctx->user_fctx = v;
		MemoryContextSwitchTo(old);
	}

	funcctx = SRF_PERCALL_SETUP();
	v = funcctx->user_fctx;
	i = (int) funcctx->call_cntr;
	if (i >= v->n)
		SRF_RETURN_DONE(funcctx);

	nulls[0] = false;
	values[0] = Float8GetDatum(v->time[i]);
	nulls[1] = !v->by_calendar;
	values[1] = v->by_calendar ? TimestampGetDatum(series_row(v->series, i)[0]) : (Datum) 0;
	nulls[2] = v->annual == NULL;
	values[2] = v->annual != NULL ? Float8GetDatum(v->annual[i]) : (Datum) 0;
	nulls[3] = v->cumulative == NULL;
	values[3] = v->cumulative != NULL ? Float8GetDatum(v->cumulative[i]) : (Datum) 0;
	nulls[4] = false;
	values[4] = Float8GetDatum(v->cost[i]);
	nulls[5] = v->factor == NULL;
	values[5] = v->factor != NULL ? Float8GetDatum(v->factor[i]) : (Datum) 0;
	SRF_RETURN_NEXT(funcctx,
					HeapTupleGetDatum(heap_form_tuple(funcctx->tuple_desc, values, nulls)));
}
