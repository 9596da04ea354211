/*-------------------------------------------------------------------------
 *
 * chemistry_io.c
 *		Input and output of type chemistry.
 *
 * The grammar and its errors are notation.c's.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "chemistry.h"

PG_FUNCTION_INFO_V1(chemistry_in);
PG_FUNCTION_INFO_V1(chemistry_out);
PG_FUNCTION_INFO_V1(chemistry_recv);
PG_FUNCTION_INFO_V1(chemistry_try);
PG_FUNCTION_INFO_V1(chemistry_problem);

/*
 * The canonical text of a value, which reads back as the same value.  Error
 * XX001 for a code that this build does not know.
 */
char *
chem_to_cstring(int64 value)
{
	ChemParts	parts;
	StringInfoData buf;

	chem_decode_or_error(value, &parts);
	initStringInfo(&buf);
	if (parts.composition[0] == 0)
		appendStringInfoString(&buf, parts.node->name);
	else
	{
		/* of a blend, the shares stand behind its first member */
		const ChemNode *named = chem_named_composition(parts.node, parts.composition);
		int			first = strcspn(parts.node->name, "+");

		if (named != NULL)
			appendStringInfoString(&buf, named->name);
		else
		{
			appendBinaryStringInfo(&buf, parts.node->name, first);
			if (chem_is_thirds(parts.node, parts.composition))
				appendStringInfoString(&buf, " 1:1:1");
			else
			{
				int			metals = chem_metal_count(parts.node);
				int			rest = 100;

				for (int i = 0; i < metals - 1; i++)
				{
					appendStringInfo(&buf, "%c%d", i == 0 ? ' ' : ':', parts.composition[i]);
					rest -= parts.composition[i];
				}
				appendStringInfo(&buf, ":%d", rest);
			}
		}
		appendStringInfoString(&buf, parts.node->name + first);
	}
	if (parts.negative != NULL || parts.electrolyte != NULL)
	{
		appendStringInfoChar(&buf, '|');
		if (parts.negative != NULL)
			appendStringInfoString(&buf, parts.negative->name);
	}
	if (parts.electrolyte != NULL)
	{
		appendStringInfoChar(&buf, '|');
		appendStringInfoString(&buf, parts.electrolyte->name);
	}
	return buf.data;
}

/* Text; the grammar and its errors are notation.c's: 22P02. */
Datum
chemistry_in(PG_FUNCTION_ARGS)
{
	char	   *s = PG_GETARG_CSTRING(0);
	InputProblem problem;
	int64		value;

	if (!chem_parse(s, &value, &problem))
		INPUT_REFUSE(fcinfo, &problem);
	PG_RETURN_CHEMISTRY(value);
}

/* The canonical text: see chem_to_cstring(). */
Datum
chemistry_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(chem_to_cstring(PG_GETARG_CHEMISTRY(0)));
}

/*
 * Binary input: eight bytes, the on-disk format, which must be a value of
 * this build's taxonomy (22P03).  Binary output is core's int8send.
 */
Datum
chemistry_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int64		value = pq_getmsgint64(buf);
	ChemParts	parts;

	if (!chem_decode(value, &parts))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid chemistry code %lld", (long long) value),
				 errdetail("The taxonomy of this version of the battery extension has no such value."),
				 errhint("Send the text of the value, or install the version of the extension that wrote it.")));
	PG_RETURN_CHEMISTRY(value);
}

/* The chemistry that a text is read as, or NULL where input would fail. */
Datum
chemistry_try(PG_FUNCTION_ARGS)
{
	char	   *s = text_to_cstring(PG_GETARG_TEXT_PP(0));
	InputProblem problem;
	int64		value;

	if (!chem_parse(s, &value, &problem))
		PG_RETURN_NULL();
	PG_RETURN_CHEMISTRY(value);
}

/*
 * Why a text is no chemistry: message, detail and hint, one a line; NULL
 * where it is one.
 */
Datum
chemistry_problem(PG_FUNCTION_ARGS)
{
	char	   *s = text_to_cstring(PG_GETARG_TEXT_PP(0));
	InputProblem problem;
	int64		value;

	if (chem_parse(s, &value, &problem))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(input_problem_text(&problem));
}
