/*-------------------------------------------------------------------------
 *
 * minerals.c
 *		How much of a mineral a kilowatt-hour of a chemistry holds.
 *
 * The figures are those of Argonne National Laboratory's BatPaC 5.1 and its
 * solid-state sibling, as published by P. Busch et al. (MIT licence) with six
 * decimal places, in kg per kWh of a vehicle's battery pack.  They are kept as
 * printed: an intensity is the figure of exactly one row, or NULL.  Nothing is
 * averaged, interpolated or carried over to a neighbour.
 *
 * What the rows say, and what they leave out:
 *
 * - A row with "SS" is a solid-state battery with a lithium metal negative
 *	 electrode (it has no graphite).  It does not say which solid electrolyte,
 *	 so it answers for "solid" and not for "sulfide" or "oxide".
 * - A row without "SS" has a liquid electrolyte and, but for LMO-LTO, a
 *	 graphite negative electrode.  A value that leaves its parts open is read
 *	 so, because that is what is sold under the bare name; the basis column of
 *	 mineral_intensities() says it each time.
 * - "NCA" is Ni 80 Co 15 Al 5 by its masses.  It answers for "NCA" and for
 *	 that composition only.
 * - Two rows are left out because no value of the type says what they are.
 *	 "NMC 95" is Ni 0.95 Mn 0.025 Co 0.025 by its masses, finer than a whole
 *	 percent (NMC955 is Ni 0.90).  "SIB" is a sodium-ion battery whose
 *	 positive electrode it does not name: it has manganese and phosphorus and
 *	 no nickel, and Na-ion as such may have either.
 *
 * IDENTIFICATION
 *		src/chemistry/minerals.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "access/htup_details.h"
#include "chemistry/chemistry.h"
#include "decimal.h"
#include "fmgr.h"
#include "funcapi.h"
#include "quantity/quantity.h"
#include "result_row.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(chemistry_mineral_intensity);
PG_FUNCTION_INFO_V1(chemistry_mineral_demand);
PG_FUNCTION_INFO_V1(chemistry_mineral_intensities);

#define MINERAL_COUNT		10

/* Decimal places of an intensity in kg/kWh, as published. */
#define INTENSITY_SCALE		6

#define MINERAL_SOURCE \
	"BatPaC 5.1 and SolidPac (Argonne National Laboratory), as used by P. Busch et al."

typedef struct Mineral
{
	const char *symbol;			/* or NULL: no chemical element */
	const char *name;
	const char *other_name;		/* or NULL */
} Mineral;

static const Mineral minerals[MINERAL_COUNT] =
{
	{"Li", "lithium", NULL},
	{"Ni", "nickel", NULL},
	{"Co", "cobalt", NULL},
	{"Mn", "manganese", NULL},
	{NULL, "graphite", NULL},
	{"Al", "aluminium", "aluminum"},
	{"Cu", "copper", NULL},
	{NULL, "steel", NULL},
	{NULL, "stainless steel", NULL},
	{"P", "phosphorus", NULL}
};

typedef struct IntensityRow
{
	const char *label;			/* as the source has it */
	const char *node;			/* code of the positive electrode */
	uint8		composition[CHEM_METALS];	/* all zero: it has none */
	bool		bare_name;		/* also for a value that states none */
	const char *negative;		/* codes */
	const char *electrolyte;
	int32		milligrams[MINERAL_COUNT];	/* mg/kWh, that is 10^-6 kg/kWh */
} IntensityRow;

#define NOT_STATED	{0, 0, 0}

static const IntensityRow intensity_rows[] =
{
	{"NMC 111", "NMC", {33, 33, 33}, false, "AN-GR", "EL-LIQ",
	{123509, 340094, 341368, 318255, 909587, 594976, 413138, 972567, 358444, 0}},
	{"SS NMC 111", "NMC", {33, 33, 33}, false, "AN-LI", "EL-SSE",
	{212854, 340094, 341368, 318255, 0, 594976, 413138, 972567, 358444, 78302}},
	{"NMC 532", "NMC", {50, 30, 0}, false, "AN-GR", "EL-LIQ",
	{112544, 464853, 186638, 261002, 906694, 574983, 391855, 956531, 350351, 0}},
	{"SS NMC 532", "NMC", {50, 30, 0}, false, "AN-LI", "EL-SSE",
	{212854, 464853, 186638, 261002, 0, 574983, 391855, 956531, 350351, 78302}},
	{"NMC 622", "NMC", {60, 20, 0}, false, "AN-GR", "EL-LIQ",
	{110247, 546261, 182769, 170394, 909601, 571890, 388382, 954337, 349225, 0}},
	{"SS NMC 622", "NMC", {60, 20, 0}, false, "AN-LI", "EL-SSE",
	{189444, 546261, 182769, 170394, 0, 571890, 388382, 954337, 349225, 77075}},
	{"NMC 721", "NMC", {70, 20, 0}, false, "AN-GR", "EL-LIQ",
	{100180, 578319, 82927, 154624, 924109, 555013, 369511, 942241, 342998, 0}},
	{"SS NMC 721", "NMC", {70, 20, 0}, false, "AN-LI", "EL-SSE",
	{189444, 578319, 82927, 154624, 0, 555013, 369511, 942241, 342998, 77075}},
	{"NMC 811", "NMC", {80, 10, 0}, false, "AN-GR", "EL-LIQ",
	{99802, 658375, 82605, 77012, 924109, 555013, 369511, 942241, 342998, 0}},
	{"SS NMC 811", "NMC", {80, 10, 0}, false, "AN-LI", "EL-SSE",
	{189444, 658375, 82605, 77012, 0, 555013, 369511, 942241, 342998, 77075}},
	{"NMCA 89:4:4:3", "NMCA", {89, 4, 4}, false, "AN-GR", "EL-LIQ",
	{100546, 738047, 33295, 31041, 924109, 578679, 369511, 942241, 342998, 0}},
	{"SS NMCA 89:4:4:3", "NMCA", {89, 4, 4}, false, "AN-LI", "EL-SSE",
	{189444, 738047, 33295, 31041, 0, 578679, 369511, 942241, 342998, 77075}},
	{"NCA", "NCA", {80, 15, 0}, true, "AN-GR", "EL-LIQ",
	{107486, 709995, 133623, 0, 930431, 562931, 377606, 949106, 346456, 0}},
	{"SS NCA", "NCA", {80, 15, 0}, true, "AN-LI", "EL-SSE",
	{165066, 663824, 124997, 0, 0, 562931, 377606, 949106, 346456, 78752}},
	{"LFP", "LFP", NOT_STATED, false, "AN-GR", "EL-LIQ",
	{91485, 0, 0, 0, 984627, 724603, 551068, 1077387, 410718, 391581}},
	{"LMO", "LMO", NOT_STATED, false, "AN-GR", "EL-LIQ",
	{101495, 0, 0, 1341290, 846242, 689768, 519081, 1040681, 392770, 0}},
	{"LMO-LTO", "LMO", NOT_STATED, false, "AN-LTO", "EL-LIQ",
	{321881, 0, 0, 2107818, 0, 1235594, 180408, 1304531, 522024, 0}},
	{"LMNO", "LNMO", NOT_STATED, false, "AN-GR", "EL-LIQ",
	{100507, 354724, 0, 995836, 846242, 689768, 519081, 1040681, 392770, 0}},
};

/* The index of a mineral in the table.  Errors: 22023 for any other. */
static int
mineral_index(text *mineral)
{
	char	   *s = text_to_cstring(mineral);
	int			i;

	for (i = 0; i < MINERAL_COUNT; i++)
	{
		const Mineral *m = &minerals[i];

		if ((m->symbol != NULL && pg_strcasecmp(s, m->symbol) == 0) ||
			pg_strcasecmp(s, m->name) == 0 ||
			(m->other_name != NULL && pg_strcasecmp(s, m->other_name) == 0))
		{
			pfree(s);
			return i;
		}
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%s\" is not a mineral whose intensities are known", quantity_excerpt(s)),
			 errhint("Write one of Li, Ni, Co, Mn, graphite, Al, Cu, steel, stainless steel, P, or the name of the element.")));
	return -1;					/* keep compiler quiet */
}

/*
 * The one row that describes a value, or NULL.  Parts that the value leaves
 * open are taken as liquid and, beside a liquid, graphite; beside a solid
 * electrolyte they are taken as the row has them.
 */
static const IntensityRow *
intensity_row(const ChemParts *parts)
{
	const char *electrolyte = parts->electrolyte ? parts->electrolyte->code : "EL-LIQ";
	const char *negative = parts->negative ? parts->negative->code :
		strcmp(electrolyte, "EL-LIQ") == 0 ? "AN-GR" : NULL;
	bool		stated = parts->composition[0] != 0;
	int			i;

	for (i = 0; i < (int) lengthof(intensity_rows); i++)
	{
		const IntensityRow *row = &intensity_rows[i];

		if (strcmp(row->node, parts->node->code) == 0 &&
			strcmp(row->electrolyte, electrolyte) == 0 &&
			(negative == NULL || strcmp(row->negative, negative) == 0) &&
			(memcmp(row->composition, parts->composition, sizeof(row->composition)) == 0 ||
			 (row->bare_name && !stated)))
			return row;
	}
	return NULL;
}

/*
 * mineral_intensity(chemistry, text): kg/kWh as published (without zeros at
 * the end), or NULL where no row describes the value.  Errors: 22023 for a
 * mineral that the source does not have.
 */
Datum
chemistry_mineral_intensity(PG_FUNCTION_ARGS)
{
	int			mineral = mineral_index(PG_GETARG_TEXT_PP(1));
	const IntensityRow *row;
	ChemParts	parts;

	chem_decode_or_error(PG_GETARG_CHEMISTRY(0), &parts);
	row = intensity_row(&parts);
	if (row == NULL)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(int128_to_numeric(row->milligrams[mineral], INTENSITY_SCALE));
}

/*
 * mineral_demand(chemistry, capacity_gwh, text): tonnes, exactly; of a
 * capacity per year, tonnes per year.  NULL where the intensity is.  Errors:
 * 22023 as above.
 *
 * 1 mWh holds 10^-6 kWh, so stored units times mg/kWh count 10^-6 mg, which
 * are 10^-15 tonnes.
 */
Datum
chemistry_mineral_demand(PG_FUNCTION_ARGS)
{
	int64		capacity = PG_GETARG_CAPACITY(1);
	int			mineral = mineral_index(PG_GETARG_TEXT_PP(2));
	const IntensityRow *row;
	ChemParts	parts;
	Numeric		tonnes;

	chem_decode_or_error(PG_GETARG_CHEMISTRY(0), &parts);
	row = intensity_row(&parts);
	if (row == NULL)
		PG_RETURN_NULL();
	tonnes = int128_to_numeric((int128) capacity * row->milligrams[mineral], 15);

	/* 19751.25, not 19751.250000000000000 */
	PG_RETURN_DATUM(DirectFunctionCall1(numeric_trim_scale, NumericGetDatum(tonnes)));
}

/* What the intensities of a value rest on, as one sentence. */
static char *
intensity_basis(const IntensityRow *row, const ChemParts *parts,
				const ChemParts *full)
{
	StringInfoData s;
	const char *start = "; assumed:";

	initStringInfo(&s);
	appendStringInfo(&s, "row \"%s\"", row->label);
	if (parts->composition[0] != full->composition[0])
	{
		ChemParts	bare = {.node = full->node};

		memcpy(bare.composition, full->composition, sizeof(bare.composition));
		appendStringInfo(&s, "%s %s", start, chem_to_cstring(chem_encode(&bare)));
		start = ",";
	}
	if (parts->negative == NULL)
	{
		appendStringInfo(&s, "%s negative electrode %s", start, full->negative->name);
		start = ",";
	}
	if (parts->electrolyte == NULL)
		appendStringInfo(&s, "%s electrolyte %s", start, full->electrolyte->name);
	return s.data;
}

/*
 * mineral_intensities(chemistry): every mineral's intensity, with the value
 * that the row of the source describes and what was assumed to reach it.  No
 * rows where no row of the source describes the value.
 */
Datum
chemistry_mineral_intensities(PG_FUNCTION_ARGS)
{
	FuncCallContext *funcctx;
	ChemParts	parts;
	ChemParts	full;
	const IntensityRow *row;
	const Mineral *m;
	Datum		values[6];
	bool		nulls[6] = {false};

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;

		funcctx = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(funcctx->multi_call_memory_ctx);
		funcctx->tuple_desc = result_row_desc(fcinfo);
		MemoryContextSwitchTo(old);
	}

	funcctx = SRF_PERCALL_SETUP();
	chem_decode_or_error(PG_GETARG_CHEMISTRY(0), &parts);
	row = intensity_row(&parts);
	if (row == NULL || funcctx->call_cntr >= MINERAL_COUNT)
		SRF_RETURN_DONE(funcctx);

	memset(&full, 0, sizeof(full));
	full.node = parts.node;
	memcpy(full.composition, row->composition, sizeof(full.composition));
	full.negative = chem_node_by_code(row->negative);
	full.electrolyte = chem_node_by_code(row->electrolyte);

	m = &minerals[funcctx->call_cntr];
	values[0] = CStringGetTextDatum(m->name);
	if (m->symbol != NULL)
		values[1] = CStringGetTextDatum(m->symbol);
	else
		nulls[1] = true;
	values[2] = NumericGetDatum(int128_to_numeric(row->milligrams[funcctx->call_cntr], INTENSITY_SCALE));
	values[3] = ChemistryGetDatum(chem_encode(&full));
	values[4] = CStringGetTextDatum(intensity_basis(row, &parts, &full));
	values[5] = CStringGetTextDatum(MINERAL_SOURCE);
	SRF_RETURN_NEXT(funcctx,
					HeapTupleGetDatum(heap_form_tuple(funcctx->tuple_desc, values, nulls)));
}
