-- ---------------------------------------------------------------------
-- Printed figures and units
-- ---------------------------------------------------------------------

CREATE FUNCTION read_figure(printed text, dimension text DEFAULT NULL, decimal_comma boolean DEFAULT false,
	dollar text DEFAULT 'USD', flags text DEFAULT NULL, yen text DEFAULT NULL, digit_grouping text DEFAULT NULL,
	OUT value numeric, OUT low numeric, OUT high numeric, OUT qualifier text, OUT unit text, OUT dimension text,
	OUT currency text, OUT is_estimate boolean, OUT missing_reason text, OUT mark text, OUT unit_as_printed text,
	OUT significant numeric, OUT usd_stated numeric, OUT power numeric,
	OUT sqlstate text, OUT problem text, OUT detail text, OUT hint text, OUT scale numeric)
	AS 'MODULE_PATHNAME', 'read_figure' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION read_figure(text, text, boolean, text, text, text, text) IS
	'a figure as a report prints it, taken apart: value or range, qualifier, unit, currency, missing reason, marks; a text that is none has a problem and no value. It never fails on a text';

CREATE FUNCTION read_unit(printed text, dollar text DEFAULT 'USD', yen text DEFAULT NULL,
	OUT dimension text, OUT factor numeric, OUT currency text, OUT unit text,
	OUT sqlstate text, OUT problem text, OUT detail text, OUT hint text, OUT scale numeric)
	AS 'MODULE_PATHNAME', 'read_unit' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION read_unit(text, text, text) IS
	'a unit that stands alone, as in a header or a column of units: its dimension, and the factor that brings a bare number into unit. It never fails on a text';

CREATE FUNCTION plain_number(printed text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'plain_number' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION plain_number(text) IS
	'the number, where the text is 1 to 15 digits with or without decimals and nothing else; NULL for any other text';

CREATE FUNCTION trim_cell(cell text) RETURNS text
	AS 'MODULE_PATHNAME', 'trim_cell' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION trim_cell(text) IS
	'the text of a cell without blanks, tabs, line breaks and no-break spaces at its ends; NULL where nothing is left';

CREATE FUNCTION plain_integer(printed text) RETURNS integer
	AS 'MODULE_PATHNAME', 'plain_integer' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION plain_integer(text) IS
	'the number, where the text is 1 to 9 digits with nothing but zeros behind a point; NULL for any other text';
