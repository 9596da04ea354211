/*-------------------------------------------------------------------------
 *
 * result_row.h
 *		A row with named columns as the result of a function, or a set of rows.
 *
 * The columns are those of the function's SQL declaration, filled in their
 * order; a declaration of another length is an internal error.  A row type that has
 * a name of its own can be altered: its functions begin with check_row_type().
 *
 *-------------------------------------------------------------------------
 */
#ifndef BATTERY_RESULT_ROW_H
#define BATTERY_RESULT_ROW_H

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

extern void check_row_type(TupleDesc desc, const char *columns);

/* The row type of the function that is called. */
static inline TupleDesc
result_row_desc(FunctionCallInfo fcinfo)
{
	TupleDesc	desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("function returning record called in context that cannot accept type record")));
	return BlessTupleDesc(desc);
}

/* A row under construction: row_add() fills one column after the other. */
typedef struct RowBuilder
{
	TupleDesc	desc;
	Datum	   *values;
	bool	   *nulls;
	int			n;
} RowBuilder;

static inline void
row_begin(RowBuilder *row, FunctionCallInfo fcinfo)
{
	row->desc = result_row_desc(fcinfo);
	row->values = palloc0(row->desc->natts * sizeof(Datum));
	row->nulls = palloc0(row->desc->natts * sizeof(bool));
	row->n = 0;
}

static inline void
row_add(RowBuilder *row, bool known, Datum value)
{
	if (row->n >= row->desc->natts)
		elog(ERROR, "the SQL declaration has fewer columns than the function");
	row->values[row->n] = known ? value : (Datum) 0;
	row->nulls[row->n++] = !known;
}

static inline void
row_add_float8(RowBuilder *row, bool known, double value)
{
	row_add(row, known, known ? Float8GetDatum(value) : (Datum) 0);
}

/* NULL for no text */
static inline void
row_add_text(RowBuilder *row, const char *value)
{
	row_add(row, value != NULL, value != NULL ? CStringGetTextDatum(value) : (Datum) 0);
}

static inline Datum
row_finish(RowBuilder *row)
{
	if (row->n != row->desc->natts)
		elog(ERROR, "the SQL declaration has more columns than the function");
	return HeapTupleGetDatum(heap_form_tuple(row->desc, row->values, row->nulls));
}

/* A set's row under construction; the same space serves every row. */
static inline void
result_set_begin(RowBuilder *row, FunctionCallInfo fcinfo)
{
	InitMaterializedSRF(fcinfo, 0);
	row->desc = ((ReturnSetInfo *) fcinfo->resultinfo)->setDesc;
	row->values = palloc0(row->desc->natts * sizeof(Datum));
	row->nulls = palloc0(row->desc->natts * sizeof(bool));
	row->n = 0;
}

static inline void
result_set_add(RowBuilder *row, FunctionCallInfo fcinfo)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	if (row->n != row->desc->natts)
		elog(ERROR, "the SQL declaration has more columns than the function");
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, row->values, row->nulls);
	row->n = 0;
}

#endif							/* BATTERY_RESULT_ROW_H */
