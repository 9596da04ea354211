/*-------------------------------------------------------------------------
 *
 * taxonomy_tables.c
 *		The taxonomy as tables: chemistry_taxonomy() and chemistry_aliases().
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "chemistry.h"

PG_FUNCTION_INFO_V1(chemistry_taxonomy);
PG_FUNCTION_INFO_V1(chemistry_aliases);

static const char *
role_name(ChemRole role)
{
	switch (role)
	{
		case CHEM_POSITIVE:
			return "positive electrode or system";
		case CHEM_NEGATIVE:
			return "negative electrode";
		case CHEM_ELECTROLYTE:
			return "electrolyte";
	}
	return NULL;
}

static const char *
kind_name(ChemKind kind)
{
	switch (kind)
	{
		case CHEM_ROOT:
			return "root";
		case CHEM_FAMILY:
			return "family";
		case CHEM_FORMAT:
			return "format";
		case CHEM_CATHODE:
			return "cathode";
		case CHEM_SYSTEM:
			return "system";
		case CHEM_DEVICE:
			return "device";
		case CHEM_ELECTROLYTE_CLASS:
			return "electrolyte-class";
		case CHEM_ANODE:
			return "anode";
		case CHEM_ELECTROLYTE_KIND:
			return "electrolyte";
		case CHEM_COMPOSITION:
			return "composition";
	}
	return NULL;
}

static const char *
alias_kind_name(ChemAliasKind kind)
{
	switch (kind)
	{
		case ALIAS_NAME:
			return "name";
		case ALIAS_AMBIGUOUS:
			return "ambiguous";
		case ALIAS_FORMAT:
			return "format";
		case ALIAS_BRAND:
			return "brand";
		case ALIAS_FAMILY_WORD:
			return "family word";
	}
	return NULL;
}

/*
 * A string of the table, which is UTF-8, in the database's encoding; NULL
 * where that encoding has no such characters.
 */
static Datum
table_text(const char *s, bool *isnull)
{
	bool		ascii = true;

	*isnull = s == NULL;
	if (s == NULL)
		return (Datum) 0;
	for (const char *p = s; *p; p++)
		if ((unsigned char) *p >= 0x80)
			ascii = false;
	if (ascii)
		return CStringGetTextDatum(s);
	if (GetDatabaseEncoding() != PG_UTF8)
	{
		*isnull = true;
		return (Datum) 0;
	}
	return CStringGetTextDatum(s);
}

/*
 * chemistry_taxonomy(): one row a node, in the order of the trees.
 */
Datum
chemistry_taxonomy(PG_FUNCTION_ARGS)
{
#define TAXONOMY_COLUMNS	12
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < chem_node_count; i++)
	{
		const ChemNode *node = &chem_nodes[i];
		Datum		values[TAXONOMY_COLUMNS];
		bool		nulls[TAXONOMY_COLUMNS] = {0};

		values[0] = CStringGetTextDatum(node->code);
		values[1] = table_text(node->name, &nulls[1]);
		values[2] = table_text(node->title, &nulls[2]);
		if (node->role == CHEM_POSITIVE)
			values[3] = ChemistryGetDatum(chem_node_value(node));
		else
			nulls[3] = true;
		values[4] = table_text(node->parent, &nulls[4]);
		values[5] = CStringGetTextDatum(role_name(node->role));
		values[6] = CStringGetTextDatum(kind_name(node->kind));
		values[7] = PointerGetDatum(chem_element_array(node->elements));
		values[8] = table_text(node->elements, &nulls[8]);
		values[9] = table_text(node->metals, &nulls[9]);
		values[10] = table_text(node->emmo, &nulls[10]);
		values[11] = Int32GetDatum((int32) chem_path_code(node));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * chemistry_aliases(): one row a spelling of the table.  The value is what
 * the spelling is read as when it stands alone.
 */
Datum
chemistry_aliases(PG_FUNCTION_ARGS)
{
#define ALIAS_COLUMNS	5
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < chem_alias_count; i++)
	{
		const ChemAlias *alias = &chem_aliases[i];
		Datum		values[ALIAS_COLUMNS];
		bool		nulls[ALIAS_COLUMNS] = {0};
		InputProblem problem;
		int64		value;

		values[0] = table_text(alias->spelling, &nulls[0]);
		if (nulls[0])
			continue;
		values[1] = CStringGetTextDatum(alias_kind_name(alias->kind));
		values[2] = table_text(alias->target, &nulls[2]);
		if (alias->kind == ALIAS_NAME &&
			chem_parse(alias->spelling, &value, &problem))
			values[3] = ChemistryGetDatum(value);
		else
			nulls[3] = true;
		values[4] = table_text(alias->note, &nulls[4]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
