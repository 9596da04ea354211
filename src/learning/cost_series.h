/*-------------------------------------------------------------------------
 *
 * cost_series.h
 *		The cost history of one technology as one value: a row for each
 *		period, with the cost and, where known, the volumes and a second
 *		factor.
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_COST_SERIES_H
#define BATTERY_COST_SERIES_H

#include "learning/learning_curve.h"

#define COST_SERIES_VERSION		1

/*
 * A longer series is refused (54000): states never spill, and 40 bytes a row
 * make this 40 MB.
 */
#define COST_SERIES_MAX_ROWS	1000000

/* What tells one period from another. */
typedef enum SeriesClock
{
	SERIES_YEARS = 0,			/* double precision: calendar years */
	SERIES_CALENDAR = 1			/* date or timestamp, kept as microseconds
								 * since 2000-01-01 */
} SeriesClock;

/* Which columns a series has beside period and cost.  Codes are stored. */
#define SERIES_HAS_CUMULATIVE	0x01
#define SERIES_HAS_ANNUAL		0x02	/* implies cumulative */
#define SERIES_HAS_FACTOR		0x04	/* implies cumulative */

/*
 * The flat value.  A row is as many words of 64 bits as there are columns, in
 * the order period, annual, cumulative, cost, factor.  Volumes and costs are
 * the integers of capacity_gwh and cost_per_gwh, or doubles in a series
 * without units; a period is a double or an int64, as the clock says; a factor
 * is a double.
 *
 * A finished value (room = 0) has its rows in ascending order of period, no
 * two of one period, and cumulative volumes that do not fall.  A value under
 * construction has rows in any order and space for "room" of them.  Functions
 * that read a value take both.
 *
 * A series without rows is all zeros, units, clock and columns included, so
 * that it can be merged with any other.
 */
typedef struct CostSeries
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;
	uint8		units;			/* CurveUnits */
	uint8		clock;			/* SeriesClock */
	uint8		columns;		/* SERIES_HAS_... */
	int32		n;				/* rows */
	int32		room;			/* rows there is space for; 0: finished */
	int64		words[FLEXIBLE_ARRAY_MEMBER];
} CostSeries;

/*
 * A series as arrays in ascending order of time, palloc'd in the current
 * context.  Arrays of columns that the series has not are NULL.
 *
 * Units: time in calendar years (a date counts as its year and the part of
 * that year before it: 2024-07-01 is 2024 + 182/366); annual and cumulative in
 * GWh and cost in US$/kWh, or plain numbers when units is CURVE_UNITLESS.
 * Every value is finite, every cumulative volume, cost and factor above zero,
 * 0 <= annual <= cumulative, and cumulative never falls (it may stay).
 *
 * Logarithms are those of ln_fixed.h rounded once to a double, so they are
 * the same on every platform and the same as a learning_curve takes.
 * ln_annual is -Infinity where nothing was made in the period.  ln_prior is
 * ln(cumulative - annual), what had been made before the period; -Infinity
 * where that is nothing.
 */
typedef struct SeriesView
{
	int			n;				/* rows, at least 1 in a result of an
								 * aggregate */
	CurveUnits	units;
	bool		by_calendar;	/* periods were dates or timestamps */
	const double *time;
	const double *annual;
	const double *cumulative;
	const double *cost;
	const double *factor;
	const double *ln_annual;
	const double *ln_cumulative;
	const double *ln_prior;
	const double *ln_cost;
	const double *ln_factor;

	/*
	 * The usual distance between periods, in years: the (lower) median of the
	 * n - 1 steps; 0 when n < 2.  A step is uneven when it is not between 0.5
	 * and 1.5 times that: a gap, or an extra period.  Months and quarters are
	 * even in this sense.
	 */
	double		step;
	int			uneven_steps;	/* how many steps are uneven */
	int			first_uneven;	/* i of the first time[i] - time[i - 1] that
								 * is, or 0 */
	const CostSeries *series;	/* the value behind it, finished */
} SeriesView;

extern void cost_series_view(Datum d, SeriesView *v);
extern char *cost_series_period(const SeriesView *v, int i);

#endif							/* BATTERY_COST_SERIES_H */
