/*-------------------------------------------------------------------------
 *
 * economics.c
 *		What a learning curve means in volumes, money and years.
 *
 * Notation: C the cost of a unit at cumulative volume Z, b the exponent
 * (below 0 when cost falls), so C(Z) = C0 (Z / Z0)^b; r = 1 - 2^b the learning
 * rate.  Arguments come in one order everywhere: cumulative, cost, exponent,
 * then what is asked.
 *
 * Two rates of growth are easily taken for one another.  Here growth is always
 * the fraction by which a volume grows in a year, g = ratio of two years - 1;
 * the exponent of that growth is ln(1 + g), and no argument takes it.
 *
 * Typed arguments are capacity_gwh and cost_per_gwh, and money is numeric US$:
 * 1 GWh at 1 US$/kWh is a million US$.  Each function has a twin without units.
 * Money and volumes come through exp and log, so they have a double's 15
 * digits; quantities are rounded to their own unit.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "compat.h"
#include "fmgr.h"
#include "learning/learning_curve.h"
#include "learning/ln_fixed.h"
#include "quantity/quantity.h"
#include "result_row.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/numeric.h"

PG_FUNCTION_INFO_V1(economics_exponent_of_learning_rate);
PG_FUNCTION_INFO_V1(economics_learning_rate_of_exponent);
PG_FUNCTION_INFO_V1(economics_initial_stock);
PG_FUNCTION_INFO_V1(economics_initial_stock_float8);
PG_FUNCTION_INFO_V1(economics_initial_stock_between);
PG_FUNCTION_INFO_V1(economics_initial_stock_between_float8);
PG_FUNCTION_INFO_V1(economics_volume_to_reach);
PG_FUNCTION_INFO_V1(economics_volume_to_reach_float8);
PG_FUNCTION_INFO_V1(economics_spend_to_reach);
PG_FUNCTION_INFO_V1(economics_spend_to_reach_float8);
PG_FUNCTION_INFO_V1(economics_learning_investment);
PG_FUNCTION_INFO_V1(economics_learning_investment_float8);
PG_FUNCTION_INFO_V1(economics_learning_investment_curve);
PG_FUNCTION_INFO_V1(economics_crossover);
PG_FUNCTION_INFO_V1(economics_crossover_float8);
PG_FUNCTION_INFO_V1(economics_crossover_curves);
PG_FUNCTION_INFO_V1(economics_crossover_volume);
PG_FUNCTION_INFO_V1(economics_cost_with_floor);
PG_FUNCTION_INFO_V1(economics_cost_with_floor_float8);
PG_FUNCTION_INFO_V1(economics_doublings_to_with_floor);
PG_FUNCTION_INFO_V1(economics_doublings_to_with_floor_float8);
PG_FUNCTION_INFO_V1(economics_crawford_unit_cost);
PG_FUNCTION_INFO_V1(economics_crawford_average_cost);
PG_FUNCTION_INFO_V1(economics_crawford_total_cost);
PG_FUNCTION_INFO_V1(economics_wright_unit_cost);
PG_FUNCTION_INFO_V1(economics_wright_average_cost);
PG_FUNCTION_INFO_V1(economics_wright_total_cost);

/* US$ in 1 GWh at 1 US$/kWh */
#define USD_PER_GWH		1e6

/* An exponent beyond this is a slip: the cost falls a thousandfold a doubling. */
#define MAX_EXPONENT	10.0

/* Growth beyond this, 2000 % a year, is a number of percent. */
#define MAX_GROWTH		20.0

/* ---- arguments ---- */

static void
refuse_not_positive(const char *what, const char *value, const char *unit)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must be above zero and finite: %s%s", what, value, unit),
			 errhint("Leave such rows out, or pass NULL where the value is not known.")));
}

static double
positive(const char *what, double v)
{
	if (!(v > 0 && v <= DBL_MAX))
		refuse_not_positive(what, float8out_internal(v), "");
	return v;
}

static double
capacity_arg(const char *what, int64 mwh)
{
	if (mwh <= 0)
		refuse_not_positive(what, capacity_gwh_to_cstring(mwh), " GWh");
	return quantity_to_float8(&capacity_type, mwh);
}

static double
cost_arg(const char *what, int64 nano_usd)
{
	if (nano_usd <= 0)
		refuse_not_positive(what, cost_per_gwh_to_cstring(nano_usd), " million US$/GWh");
	return quantity_to_float8(&cost_type, nano_usd);
}

/* Is this a cost that a curve can have?  Its logarithm may have been anything. */
static bool
is_cost(double v)
{
	return v > 0 && v <= DBL_MAX;
}

static double
check_exponent(double b)
{
	if (!(fabs(b) <= MAX_EXPONENT))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("not an exponent of a learning curve: %s", float8out_internal(b)),
				 errdetail("Exponents are below zero when cost falls, and lie between -10 and 10."),
				 errhint("From a learning rate of 20 percent: exponent_of_learning_rate(0.20).")));
	return b;
}

static double
check_growth(double g)
{
	if (!(g >= 0 && g <= MAX_GROWTH))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("not an annual growth: %s", float8out_internal(g)),
				 errdetail("Growth is the fraction by which a volume grows in a year, from 0 to 20."),
				 errhint("Write 0.34 for 34 percent a year.")));
	return g;
}

static double
check_learning_rate(double r)
{
	if (!(r > 0 && r < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("not a learning rate: %s", float8out_internal(r)),
				 errdetail("A learning rate is the fraction by which cost falls with each doubling, between 0 and 1."),
				 errhint("Write 0.20 for 20 percent.")));
	return r;
}

/* ---- results ---- */

/* units of 1/per_unit as an int64; false beyond the type */
static bool
to_stored(double v, double per_unit, int64 *stored)
{
	v = rint(v * per_unit);
	/* 2^63 is the first double that does not fit; NaN fails too */
	if (!(v < 9223372036854775808.0))
		return false;
	*stored = (int64) v;
	return true;
}

static void
row_add_capacity(RowBuilder *row, bool known, double gwh)
{
	int64		mwh = 0;

	known = known && to_stored(gwh, (double) MWH_PER_GWH, &mwh);
	row_add(row, known, Int64GetDatum(mwh));
}

/* a cost, which is never 0 but for rounding */
static void
row_add_cost(RowBuilder *row, bool known, double usd_per_kwh)
{
	int64		nano_usd = 0;

	known = known && to_stored(usd_per_kwh, (double) NANO_USD_PER_USD, &nano_usd);
	row_add(row, known && nano_usd > 0, Int64GetDatum(nano_usd));
}

static void
row_add_finite(RowBuilder *row, bool known, double v)
{
	row_add_float8(row, known && !isinf(v) && !isnan(v), v);
}

static void
row_add_usd(RowBuilder *row, bool known, double usd)
{
	known = known && !isinf(usd) && !isnan(usd);
	row_add(row, known, known ? DirectFunctionCall1(float8_numeric, Float8GetDatum(usd)) : (Datum) 0);
}

static void
out_of_range(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s is out of range", what),
			 errhint("Write the amounts in a larger unit.")));
}

static Datum
finite_result(const char *what, double v)
{
	if (isinf(v) || isnan(v))
		out_of_range(what);
	PG_RETURN_FLOAT8(v);
}

/* ---- learning rate and exponent ---- */

/*
 * exponent_of_learning_rate(r): b = log2(1 - r).  0.20 gives -0.3219.
 */
Datum
economics_exponent_of_learning_rate(PG_FUNCTION_ARGS)
{
	double		r = PG_GETARG_FLOAT8(0);

	if (!(r < 1 && r >= -DBL_MAX))
		check_learning_rate(r);
	PG_RETURN_FLOAT8(log1p(-r) / M_LN2 + 0.0);
}

/* learning_rate_of_exponent(b): 1 - 2^b */
Datum
economics_learning_rate_of_exponent(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(learning_rate_of(check_exponent(PG_GETARG_FLOAT8(0))));
}

/* ---- initial stock ---- */

/*
 * q1 / g: what had been made before the first year of a series, had volumes
 * always grown by the fraction g a year.  The years before make q1/(1+g) +
 * q1/(1+g)^2 + ... = q1/g.
 */
static double
initial_stock(double first_annual, double growth)
{
	check_growth(growth);
	if (growth == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("volumes that do not grow say nothing about what was made before"),
				 errdetail("The estimate is the first annual volume divided by its annual growth."),
				 errhint("Use a published cumulative volume for the first year.")));
	return first_annual / growth;
}

/*
 * The annual growth between two volumes some years apart:
 * (last / first)^(1 / years) - 1.
 */
static double
growth_between(double first, double last, double years)
{
	double		g;

	if (!(years > 0 && years <= DBL_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the number of years must be above zero: %s", float8out_internal(years)),
				 errhint("From 2010 to 2020 there are 10 years.")));
	g = expm1(log(last / first) / years);
	if (!(g > 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("volumes that do not grow say nothing about what was made before"),
				 errdetail("The estimate is the first annual volume divided by its annual growth."),
				 errhint("Use a published cumulative volume for the first year.")));
	return g;
}

/* initial_stock(first_annual capacity_gwh, annual_growth) */
Datum
economics_initial_stock(PG_FUNCTION_ARGS)
{
	double		stock;
	int64		mwh;

	stock = initial_stock(capacity_arg("the first annual volume", PG_GETARG_CAPACITY(0)),
						  PG_GETARG_FLOAT8(1));
	if (!to_stored(stock, (double) MWH_PER_GWH, &mwh))
		out_of_range("the initial stock");
	PG_RETURN_CAPACITY(mwh);
}

Datum
economics_initial_stock_float8(PG_FUNCTION_ARGS)
{
	return finite_result("the initial stock",
						 initial_stock(positive("the first annual volume", PG_GETARG_FLOAT8(0)),
									   PG_GETARG_FLOAT8(1)));
}

/* initial_stock(first_annual, last_annual, years) */
Datum
economics_initial_stock_between(PG_FUNCTION_ARGS)
{
	double		first = capacity_arg("the first annual volume", PG_GETARG_CAPACITY(0));
	double		last = capacity_arg("the last annual volume", PG_GETARG_CAPACITY(1));
	int64		mwh;

	if (!to_stored(initial_stock(first, growth_between(first, last, PG_GETARG_FLOAT8(2))),
				   (double) MWH_PER_GWH, &mwh))
		out_of_range("the initial stock");
	PG_RETURN_CAPACITY(mwh);
}

Datum
economics_initial_stock_between_float8(PG_FUNCTION_ARGS)
{
	double		first = positive("the first annual volume", PG_GETARG_FLOAT8(0));
	double		last = positive("the last annual volume", PG_GETARG_FLOAT8(1));

	return finite_result("the initial stock",
						 initial_stock(first, growth_between(first, last, PG_GETARG_FLOAT8(2))));
}

/* ---- target and learning investment ---- */

/* ln(a / b) of numbers above zero, whose quotient may be none of a double's */
static double
ln_quotient(double a, double b)
{
	double		q = a / b;

	if (fabs(q - 1) < 0.5)
		return log1p((a - b) / b);
	return q > 0 && q <= DBL_MAX ? log(q) : log(a) - log(b);
}

/* (e^t - 1) / t */
static double
expm1_over(double t)
{
	return t == 0 ? 1 : expm1(t) / t;
}

/* What it takes to bring a cost down to a target. */
typedef struct Descent
{
	bool		known;			/* else only the note says something */
	double		ratio;			/* ln(Z / Z0) */
	double		volume;			/* Z at the target */
	double		added;			/* Z - Z0 */
	double		spend;			/* integral of C from Z0 to Z, cost units
								 * times volume units */
	double		investment;		/* spend - target (Z - Z0) */
	const char *note;
} Descent;

/*
 * spend - target added, as a multiple of C0 Z0: the integral from 0 to L of
 * (e^(b u) - e^(b L)) e^u du.  For small L as the series
 *
 *		e^((1+b) L) sum over k >= 1 of (-1)^k ((1+b)^k - 1) L^(k+1) / (k+1)!
 *
 * because the two areas then cancel.
 */
static double
investment_multiple(double b, double l)
{
	double		sum = 0;
	double		power = l;		/* (-1)^(k+1) l^(k+1) / (k+1)! up to sign */
	double		d = 0;			/* (1+b)^k - 1 */
	int			small = 0;		/* terms in a row that do not count */

	if (l >= 1)
		return l * expm1_over((1 + b) * l) - exp(b * l) * expm1(l);
	for (int k = 1; k < 60; k++)
	{
		double		term;

		d = (1 + b) * d + b;
		power *= -l / (k + 1);
		term = d * power;
		sum += term;
		/* at b = -2 every other term is 0 */
		small = fabs(term) <= fabs(sum) * DBL_EPSILON / 16 ? small + 1 : 0;
		if (small == 2)
			break;
	}
	return exp((1 + b) * l) * sum;
}

static Descent
descend(double volume, double cost, double b, double target)
{
	Descent		d = {0};

	if (target >= cost)
	{
		d.known = true;
		d.volume = volume;
		d.note = "the cost is at or below the target already";
		return d;
	}
	if (b >= 0)
	{
		d.note = "the cost does not fall with volume: the exponent is not below zero";
		return d;
	}
	d.known = true;
	d.ratio = ln_quotient(target, cost) / b;
	d.volume = volume * exp(d.ratio);
	d.added = volume * expm1(d.ratio);
	d.spend = volume * cost * d.ratio * expm1_over((1 + b) * d.ratio);
	d.investment = volume * cost * investment_multiple(b, d.ratio);
	return d;
}

static Descent
descend_args(FunctionCallInfo fcinfo)
{
	double		volume = capacity_arg("the cumulative volume", PG_GETARG_CAPACITY(0));
	double		cost = cost_arg("the cost", PG_GETARG_COST(1));
	double		target = cost_arg("the target", PG_GETARG_COST(3));

	return descend(volume, cost, check_exponent(PG_GETARG_FLOAT8(2)), target);
}

static Descent
descend_float8_args(FunctionCallInfo fcinfo)
{
	double		volume = positive("the cumulative volume", PG_GETARG_FLOAT8(0));
	double		cost = positive("the cost", PG_GETARG_FLOAT8(1));
	double		target = positive("the target", PG_GETARG_FLOAT8(3));

	return descend(volume, cost, check_exponent(PG_GETARG_FLOAT8(2)), target);
}

/*
 * volume_to_reach(cumulative, cost, exponent, target): Z0 (C/C0)^(1/b), the
 * cumulative volume at which the target is reached, the present one when it
 * is reached already; NULL when it never is, or beyond the type.
 */
Datum
economics_volume_to_reach(PG_FUNCTION_ARGS)
{
	Descent		d = descend_args(fcinfo);
	int64		mwh;

	if (!d.known)
		PG_RETURN_NULL();
	if (d.added == 0)
		PG_RETURN_CAPACITY(PG_GETARG_CAPACITY(0));
	if (!to_stored(d.volume, (double) MWH_PER_GWH, &mwh))
		PG_RETURN_NULL();
	PG_RETURN_CAPACITY(mwh);
}

Datum
economics_volume_to_reach_float8(PG_FUNCTION_ARGS)
{
	Descent		d = descend_float8_args(fcinfo);

	if (!d.known || isinf(d.volume))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(d.volume);
}

/*
 * spend_to_reach(cumulative, cost, exponent, target): the integral of the
 * cost from here to the target; C0 Z0 ln(Z/Z0) at b = -1.  US$.
 */
Datum
economics_spend_to_reach(PG_FUNCTION_ARGS)
{
	Descent		d = descend_args(fcinfo);

	if (!d.known || isinf(d.spend))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(DirectFunctionCall1(float8_numeric,
										Float8GetDatum(d.spend * USD_PER_GWH)));
}

Datum
economics_spend_to_reach_float8(PG_FUNCTION_ARGS)
{
	Descent		d = descend_float8_args(fcinfo);

	if (!d.known || isinf(d.spend))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(d.spend);
}

static Datum
investment_row(FunctionCallInfo fcinfo, const Descent *d, bool typed)
{
	RowBuilder	row;
	const char *note = d->note;

	row_begin(&row, fcinfo);
	if (typed)
	{
		int64		mwh;

		if (d->known && note == NULL && !to_stored(d->volume, (double) MWH_PER_GWH, &mwh))
			note = "the volume at the target is beyond the range of capacity_gwh";
		row_add_capacity(&row, d->known, d->volume);
		row_add_capacity(&row, d->known, d->added);
		row_add_float8(&row, d->known, d->ratio / M_LN2);
		row_add_usd(&row, d->known, d->spend * USD_PER_GWH);
		row_add_usd(&row, d->known, d->investment * USD_PER_GWH);
	}
	else
	{
		if (d->known && note == NULL && (isinf(d->volume) || isinf(d->spend)))
			note = "the volume at the target, or what it costs, is beyond the range of double precision";
		row_add_finite(&row, d->known, d->volume);
		row_add_finite(&row, d->known, d->added);
		row_add_float8(&row, d->known, d->ratio / M_LN2);
		row_add_finite(&row, d->known, d->spend);
		row_add_finite(&row, d->known, d->investment);
	}
	row_add_text(&row, note);
	return row_finish(&row);
}

/*
 * learning_investment(cumulative, cost, exponent, target): what is spent until
 * the target is reached, and how much of that is above the target: spend -
 * C (Z - Z0) (Wene, Experience Curves for Energy Technology Policy, IEA 2000).
 */
Datum
economics_learning_investment(PG_FUNCTION_ARGS)
{
	Descent		d = descend_args(fcinfo);

	return investment_row(fcinfo, &d, true);
}

Datum
economics_learning_investment_float8(PG_FUNCTION_ARGS)
{
	Descent		d = descend_float8_args(fcinfo);

	return investment_row(fcinfo, &d, false);
}

static void
require_units(const LearningCurve *lc)
{
	if (lc->units != CURVE_GWH_USD_PER_KWH)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("this learning curve has no units"),
				 errdetail("It was built from double precision values, so it is not known what they count."),
				 errhint("Build it from capacity_gwh and cost_per_gwh, or give plain numbers, with exponent(curve): learning_investment_number(), crossover_number().")));
}

/* learning_investment(curve, cumulative, target): from the curve's own cost there */
Datum
economics_learning_investment_curve(PG_FUNCTION_ARGS)
{
	LearningCurve *lc = PG_GETARG_LEARNING_CURVE(0);
	double		volume = capacity_arg("the cumulative volume", PG_GETARG_CAPACITY(1));
	double		target = cost_arg("the target", PG_GETARG_COST(2));
	double		exponent;
	double		ln_cost;
	Descent		d = {0};

	require_units(lc);
	if (!learning_curve_line_at(lc, ln_fixed_gwh(PG_GETARG_CAPACITY(1)), &exponent, &ln_cost))
		d.note = "the curve has no line: fewer than two distinct volumes";
	else if (!is_cost(exp(ln_cost)))
		d.note = "the cost of the curve at that volume is beyond the range of double precision";
	else
		d = descend(volume, exp(ln_cost), exponent, target);
	return investment_row(fcinfo, &d, true);
}

/* ---- crossover ---- */

/* One technology today. */
typedef struct Technology
{
	double		volume;
	double		cost;
	double		exponent;
	double		growth;
} Technology;

static Datum
crossover_row(FunctionCallInfo fcinfo, const Technology *challenger,
			  const Technology *incumbent, bool has_lines, bool typed)
{
	RowBuilder	row;
	bool		known = false;
	double		years = 0;
	double		cost = 0;
	double		challenger_then = 0;
	double		incumbent_then = 0;
	const char *note = NULL;

	if (!has_lines)
		note = "a curve has no line: fewer than two distinct volumes";
	else if (!is_cost(challenger->cost) || !is_cost(incumbent->cost))
		note = "the cost of a curve at its volume is beyond the range of double precision";
	else
	{
		double		dearer = ln_quotient(challenger->cost, incumbent->cost);
		double		challenger_rate = challenger->exponent * log1p(challenger->growth);
		double		incumbent_rate = incumbent->exponent * log1p(incumbent->growth);
		double		closing = incumbent_rate - challenger_rate;

		if (dearer <= 0)
		{
			known = true;
			note = "the challenger is not dearer today";
		}
		else if (closing <= 0)
			note = "they never meet: the challenger's cost does not fall faster";
		else
		{
			years = dearer / closing;
			known = years <= DBL_MAX;
			if (!known)
				note = "the years until they meet are beyond the range of double precision";
		}
		cost = challenger->cost * exp(challenger_rate * years);
		challenger_then = challenger->volume * exp(years * log1p(challenger->growth));
		incumbent_then = incumbent->volume * exp(years * log1p(incumbent->growth));
	}

	row_begin(&row, fcinfo);
	row_add_float8(&row, known, years);
	if (typed)
	{
		int64		stored;

		if (known && note == NULL &&
			!(to_stored(challenger_then, (double) MWH_PER_GWH, &stored) &&
			  to_stored(incumbent_then, (double) MWH_PER_GWH, &stored) &&
			  to_stored(cost, (double) NANO_USD_PER_USD, &stored) && stored > 0))
			note = "a volume or the cost then is beyond the range of its type";
		row_add_cost(&row, known, cost);
		row_add_capacity(&row, known, challenger_then);
		row_add_capacity(&row, known, incumbent_then);
	}
	else
	{
		if (known && note == NULL &&
			(isinf(challenger_then) || isinf(incumbent_then) || cost == 0))
			note = "a volume or the cost then is beyond the range of double precision";
		row_add_finite(&row, known && cost > 0, cost);
		row_add_finite(&row, known, challenger_then);
		row_add_finite(&row, known, incumbent_then);
	}
	row_add_text(&row, note);
	return row_finish(&row);
}

/*
 * crossover(challenger: cumulative, cost, exponent, growth; incumbent: the
 * same): when both go on growing, after how many years they cost the same,
 * ln(C_E/C_I) / (b_I ln(1+g_I) - b_E ln(1+g_E)).  growth is that of the
 * cumulative volume, a fraction per year.
 */
Datum
economics_crossover(PG_FUNCTION_ARGS)
{
	Technology	t[2];

	for (int i = 0; i < 2; i++)
	{
		const char *volume = i == 0 ? "the challenger's volume" : "the incumbent's volume";
		const char *cost = i == 0 ? "the challenger's cost" : "the incumbent's cost";

		t[i].volume = capacity_arg(volume, PG_GETARG_CAPACITY(4 * i));
		t[i].cost = cost_arg(cost, PG_GETARG_COST(4 * i + 1));
		t[i].exponent = check_exponent(PG_GETARG_FLOAT8(4 * i + 2));
		t[i].growth = check_growth(PG_GETARG_FLOAT8(4 * i + 3));
	}
	return crossover_row(fcinfo, &t[0], &t[1], true, true);
}

Datum
economics_crossover_float8(PG_FUNCTION_ARGS)
{
	Technology	t[2];

	for (int i = 0; i < 2; i++)
	{
		const char *volume = i == 0 ? "the challenger's volume" : "the incumbent's volume";
		const char *cost = i == 0 ? "the challenger's cost" : "the incumbent's cost";

		t[i].volume = positive(volume, PG_GETARG_FLOAT8(4 * i));
		t[i].cost = positive(cost, PG_GETARG_FLOAT8(4 * i + 1));
		t[i].exponent = check_exponent(PG_GETARG_FLOAT8(4 * i + 2));
		t[i].growth = check_growth(PG_GETARG_FLOAT8(4 * i + 3));
	}
	return crossover_row(fcinfo, &t[0], &t[1], true, false);
}

/* crossover(curve, cumulative, growth, curve, cumulative, growth) */
Datum
economics_crossover_curves(PG_FUNCTION_ARGS)
{
	Technology	t[2];
	bool		has_lines = true;

	for (int i = 0; i < 2; i++)
	{
		LearningCurve *lc = PG_GETARG_LEARNING_CURVE(3 * i);
		double		ln_cost = 0;

		require_units(lc);
		t[i].volume = capacity_arg(i == 0 ? "the challenger's volume" : "the incumbent's volume",
								   PG_GETARG_CAPACITY(3 * i + 1));
		t[i].growth = check_growth(PG_GETARG_FLOAT8(3 * i + 2));
		if (!learning_curve_line_at(lc, ln_fixed_gwh(PG_GETARG_CAPACITY(3 * i + 1)),
									&t[i].exponent, &ln_cost))
			has_lines = false;
		t[i].cost = exp(ln_cost);
	}
	return crossover_row(fcinfo, &t[0], &t[1], has_lines, true);
}

/*
 * crossover(a, b): the cumulative volume at which two curves cost the same,
 * and that cost, in the curves' own units.
 */
Datum
economics_crossover_volume(PG_FUNCTION_ARGS)
{
	LearningCurve *a = PG_GETARG_LEARNING_CURVE(0);
	LearningCurve *b = PG_GETARG_LEARNING_CURVE(1);
	RowBuilder	row;
	double		exponent_a,
				exponent_b,
				ln_a,
				ln_b;
	double		ln_volume = 0;
	double		ln_cost = 0;
	bool		known = false;
	const char *note = NULL;

	if (a->units != b->units)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("cannot compare learning curves of different units"),
				 errhint("Build both from capacity_gwh and cost_per_gwh, or both from double precision.")));
	/* ln 1 = 0: the intercepts */
	if (!learning_curve_line_at(a, 0, &exponent_a, &ln_a) ||
		!learning_curve_line_at(b, 0, &exponent_b, &ln_b))
		note = "a curve has no line: fewer than two distinct volumes";
	else if (exponent_a == exponent_b)
		note = ln_a == ln_b ? "the two curves are the same" : "they never meet: the curves are parallel";
	else
	{
		ln_volume = (ln_b - ln_a) / (exponent_a - exponent_b);
		ln_cost = ln_a + exponent_a * ln_volume;
		known = true;
		if (isinf(exp(ln_volume)) || exp(ln_volume) == 0)
			note = "they meet at a volume beyond the range of double precision";
	}
	row_begin(&row, fcinfo);
	row_add_finite(&row, known && exp(ln_volume) > 0, exp(ln_volume));
	row_add_finite(&row, known && note == NULL, exp(ln_cost));
	row_add_text(&row, note);
	return row_finish(&row);
}

/* ---- cost floor ---- */

/*
 * F + (C0 - F) (1 - r)^D: only what is above the floor F is learnt away.
 */
static double
cost_with_floor(double cost, double floor_cost, double r, double doublings)
{
	check_learning_rate(r);
	if (!(doublings >= 0 && doublings <= DBL_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the number of doublings must not be negative: %s",
						float8out_internal(doublings)),
				 errhint("A tenfold volume is log(10) / log(2) = 3.32 doublings.")));
	return floor_cost + (cost - floor_cost) * exp(doublings * log1p(-r));
}

/*
 * ln((C - F) / (C0 - F)) / ln(1 - r): negative when the target was passed
 * before; false when the floor keeps it from ever being reached.
 */
static bool
doublings_with_floor(double cost, double floor_cost, double r, double target,
					 double *doublings)
{
	check_learning_rate(r);
	if (target <= floor_cost)
		return false;
	*doublings = log((target - floor_cost) / (cost - floor_cost)) / log1p(-r) + 0.0;
	return true;
}

static void
refuse_floor(const char *floor_cost, const char *cost)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("a cost floor must not be negative and must lie below the cost: %s, cost %s",
					floor_cost, cost),
			 errhint("The floor is what no learning takes away, such as the materials.")));
}

static double
floor_arg(int64 nano_usd, int64 cost)
{
	if (nano_usd < 0 || nano_usd >= cost)
		refuse_floor(cost_per_gwh_to_cstring(nano_usd), cost_per_gwh_to_cstring(cost));
	return quantity_to_float8(&cost_type, nano_usd);
}

static double
floor_float8_arg(double floor_cost, double cost)
{
	if (!(floor_cost >= 0 && floor_cost < cost))
		refuse_floor(float8out_internal(floor_cost), float8out_internal(cost));
	return floor_cost;
}

/* cost_with_floor(cost, floor, learning_rate, doublings) */
Datum
economics_cost_with_floor(PG_FUNCTION_ARGS)
{
	double		cost = cost_arg("the cost", PG_GETARG_COST(0));
	double		floor_cost = floor_arg(PG_GETARG_COST(1), PG_GETARG_COST(0));
	int64		nano_usd;

	if (!to_stored(cost_with_floor(cost, floor_cost, PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3)),
				   (double) NANO_USD_PER_USD, &nano_usd))
		out_of_range("the cost");
	PG_RETURN_COST(nano_usd);
}

Datum
economics_cost_with_floor_float8(PG_FUNCTION_ARGS)
{
	double		cost = positive("the cost", PG_GETARG_FLOAT8(0));
	double		floor_cost = floor_float8_arg(PG_GETARG_FLOAT8(1), cost);

	PG_RETURN_FLOAT8(cost_with_floor(cost, floor_cost, PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3)));
}

/* doublings_to_with_floor(cost, floor, learning_rate, target) */
Datum
economics_doublings_to_with_floor(PG_FUNCTION_ARGS)
{
	double		cost = cost_arg("the cost", PG_GETARG_COST(0));
	double		floor_cost = floor_arg(PG_GETARG_COST(1), PG_GETARG_COST(0));
	double		target = cost_arg("the target", PG_GETARG_COST(3));
	double		doublings;

	if (!doublings_with_floor(cost, floor_cost, PG_GETARG_FLOAT8(2), target, &doublings))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(doublings);
}

Datum
economics_doublings_to_with_floor_float8(PG_FUNCTION_ARGS)
{
	double		cost = positive("the cost", PG_GETARG_FLOAT8(0));
	double		floor_cost = floor_float8_arg(PG_GETARG_FLOAT8(1), cost);
	double		target = positive("the target", PG_GETARG_FLOAT8(3));
	double		doublings;

	if (!doublings_with_floor(cost, floor_cost, PG_GETARG_FLOAT8(2), target, &doublings))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(doublings);
}

/* ---- unit and cumulative average curves ---- */

static double
unit_arg(const char *what, int64 unit)
{
	if (unit < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be at least 1: " INT64_FORMAT, what, unit),
				 errhint("The first unit is number 1.")));
	return (double) unit;
}

static void
check_block(int64 from, int64 to)
{
	unit_arg("the first unit of a block", from);
	if (to < from)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a block of units ends before it begins: " INT64_FORMAT " to " INT64_FORMAT,
						from, to),
				 errhint("Write the first unit, then the last.")));
}

/*
 * Below -1 an average that falls as n^b would make the total fall.
 */
static double
check_average_exponent(double b)
{
	check_exponent(b);
	if (b < -1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("not an exponent of a cumulative average: %s", float8out_internal(b)),
				 errdetail("Below -1 the total of all units would fall with every further unit."),
				 errhint("Use the unit curve: crawford_unit_cost, crawford_total_cost.")));
	return b;
}

/*
 * Sum of k^b for k from "from" to "to".
 *
 * The first terms one by one; from unit 40 on the Euler-Maclaurin formula,
 * whose eight corrections leave an error below a double's for |b| <= 10.
 */
static double
power_sum(int64 from, int64 to, double b)
{
	/* B(2j) / (2j)! */
	static const double bernoulli[] = {
		1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160,
		-691.0 / 1307674368000.0, 1.0 / 74724249600.0, -3617.0 / 10670622842880000.0
	};
	double		sum = 0;
	double		lost = 0;		/* what rounding took from the sum */
	double		low,
				high,
				ln_ratio,
				tail;
	double		falling = b;	/* b (b-1) ... (b-2j+2) */

	for (; from <= to && from < 40; from++)
	{
		double		term = pow((double) from, b);
		double		next = sum + term;

		lost += fabs(sum) >= fabs(term) ? (sum - next) + term : (term - next) + sum;
		sum = next;
	}
	if (from > to)
		return sum + lost;

	low = (double) from;
	high = (double) to;
	ln_ratio = log1p((double) (to - from) / low);
	/* integral, and half of either end */
	tail = pow(low, 1 + b) * ln_ratio * expm1_over((1 + b) * ln_ratio) +
		(pow(low, b) + pow(high, b)) / 2;
	for (int j = 0; j < (int) lengthof(bernoulli); j++)
	{
		int			order = 2 * j + 1;

		tail += bernoulli[j] * falling * (pow(high, b - order) - pow(low, b - order));
		falling *= (b - order) * (b - order - 1);
	}
	return sum + lost + tail;
}

/* crawford_unit_cost(first_cost, unit, exponent): t n^b */
Datum
economics_crawford_unit_cost(PG_FUNCTION_ARGS)
{
	double		t = positive("the cost of the first unit", PG_GETARG_FLOAT8(0));
	double		n = unit_arg("the unit", PG_GETARG_INT64(1));

	return finite_result("the cost", t * pow(n, check_exponent(PG_GETARG_FLOAT8(2))));
}

/* crawford_average_cost(first_cost, units, exponent): of units 1 to n */
Datum
economics_crawford_average_cost(PG_FUNCTION_ARGS)
{
	double		t = positive("the cost of the first unit", PG_GETARG_FLOAT8(0));
	double		n = unit_arg("the number of units", PG_GETARG_INT64(1));

	return finite_result("the cost",
						 t * power_sum(1, PG_GETARG_INT64(1), check_exponent(PG_GETARG_FLOAT8(2))) / n);
}

/* crawford_total_cost(first_cost, from_unit, to_unit, exponent) */
Datum
economics_crawford_total_cost(PG_FUNCTION_ARGS)
{
	double		t = positive("the cost of the first unit", PG_GETARG_FLOAT8(0));
	int64		from = PG_GETARG_INT64(1);
	int64		to = PG_GETARG_INT64(2);

	check_block(from, to);
	return finite_result("the cost",
						 t * power_sum(from, to, check_exponent(PG_GETARG_FLOAT8(3))));
}

/* wright_average_cost(first_cost, units, exponent): t n^b, of units 1 to n */
Datum
economics_wright_average_cost(PG_FUNCTION_ARGS)
{
	double		t = positive("the cost of the first unit", PG_GETARG_FLOAT8(0));
	double		n = unit_arg("the number of units", PG_GETARG_INT64(1));

	return finite_result("the cost",
						 t * pow(n, check_average_exponent(PG_GETARG_FLOAT8(2))));
}

/*
 * t (n^(1+b) - (m-1)^(1+b)): units m to n together, without cancellation for a
 * short block far out, or for b near -1, where both powers are near 1.
 */
static double
wright_total(double t, int64 from, int64 to, double b)
{
	double		all = t * pow((double) to, 1 + b);
	int64		before = from - 1;
	double		ln_ratio;		/* of before to to */

	if (before == 0)
		return all;
	ln_ratio = before < to / 2 ? log((double) before / (double) to) :
		log1p(-(double) (to - before) / (double) to);
	return 0.0 - all * expm1((1 + b) * ln_ratio);
}

/* wright_unit_cost(first_cost, unit, exponent): what the n-th adds to the total */
Datum
economics_wright_unit_cost(PG_FUNCTION_ARGS)
{
	double		t = positive("the cost of the first unit", PG_GETARG_FLOAT8(0));
	int64		n = PG_GETARG_INT64(1);

	unit_arg("the unit", n);
	return finite_result("the cost",
						 wright_total(t, n, n, check_average_exponent(PG_GETARG_FLOAT8(2))));
}

/* wright_total_cost(first_cost, from_unit, to_unit, exponent) */
Datum
economics_wright_total_cost(PG_FUNCTION_ARGS)
{
	double		t = positive("the cost of the first unit", PG_GETARG_FLOAT8(0));
	int64		from = PG_GETARG_INT64(1);
	int64		to = PG_GETARG_INT64(2);

	check_block(from, to);
	return finite_result("the cost",
						 wright_total(t, from, to, check_average_exponent(PG_GETARG_FLOAT8(3))));
}
