/*-------------------------------------------------------------------------
 *
 * result_row.c
 *		Is a row type still the one that its functions fill?
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "result_row.h"
#include "utils/lsyscache.h"

/* The type that a letter of check_row_type() stands for. */
static Oid
column_type(char letter)
{
	switch (letter)
	{
		case 'b':
			return BOOLOID;
		case 'i':
			return INT4OID;
		case 'l':
			return INT8OID;
		case 'd':
			return FLOAT8OID;
		case 'n':
			return NUMERICOID;
		case 't':
			return TEXTOID;
		case 'D':
			return FLOAT8ARRAYOID;
		case 'T':
			return TEXTARRAYOID;
	}
	elog(ERROR, "unknown letter \"%c\" of a row type", letter);
	return InvalidOid;			/* keep compiler quiet */
}

static void refuse(TupleDesc desc, const char *detail) pg_attribute_noreturn();

static void
refuse(TupleDesc desc, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("type %s is not the one that this function fills",
					format_type_be(desc->tdtypeid)),
			 errdetail_internal("%s", detail),
			 errhint("If another version of battery was installed, ALTER EXTENSION battery UPDATE makes it so. If ALTER TYPE changed it, change it back.")));
}

/*
 * An error unless the columns are of these types: a letter each, with a count where
 * several follow each other, "t2 l d18".  A row type with a name can be altered while
 * the function that fills it stays, and a plan made before is run after; values would
 * then be taken for what they are not.
 */
void
check_row_type(TupleDesc desc, const char *columns)
{
	int			n = 0;

	for (const char *at = columns; *at != '\0';)
	{
		Oid			type = column_type(*at++);
		int			count = 0;

		while (*at >= '0' && *at <= '9')
			count = count * 10 + (*at++ - '0');
		while (*at == ' ')
			at++;
		for (count = Max(count, 1); count > 0; count--, n++)
		{
			Form_pg_attribute column;

			if (n >= desc->natts)
				refuse(desc, psprintf("It has only %d columns.", desc->natts));
			column = TupleDescAttr(desc, n);
			if (column->attisdropped)
				refuse(desc, psprintf("Its column %d was dropped.", n + 1));
			if (column->atttypid != type)
				refuse(desc, psprintf("Column \"%s\" is of type %s, not %s.", NameStr(column->attname),
									  format_type_be(column->atttypid), format_type_be(type)));
		}
	}
	if (n < desc->natts)
		refuse(desc, psprintf("It has %d columns, not %d.", desc->natts, n));
}
