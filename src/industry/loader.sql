/*
 * The loader.
 *
 *	begin_load	reads the header and makes the table to COPY into
 *	load		reads all rows, moves the good ones, quarantines the bad ones
 *
 * bin/battery-load calls both in one transaction.  Everything between them is
 * text in temporary tables (pg_temp.industry_*); all steps work on whole tables,
 * so that memory does not grow with the file.
 *
 * PL/pgSQL here builds statements from the layouts.  Only names that
 * layout_column lists reach a statement as names; what comes from a file, a
 * header or an option does so as a quoted literal.
 */

CREATE OR REPLACE FUNCTION industry.load_options(kind text, source_options jsonb, given jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	known CONSTANT text[] := ARRAY['delimiter', 'encoding', 'skip_lines', 'footer', 'decimal_comma', 'digit_grouping', 'split', 'columns', 'constants', 'unpivot',
		'variables', 'where', 'ignore', 'keep_as_note', 'units', 'flags', 'missing', 'unreadable', 'row_kinds', 'codes', 'dollar', 'yen', 'date_order',
		'fiscal_year', 'period_grain', 'outlier_factor', 'files', 'kinds'];
	options jsonb := (coalesce(source_options, '{}') - 'kinds') || coalesce(source_options -> 'kinds' -> kind, '{}') || coalesce(given, '{}');
	key text;
	bad text;
BEGIN
	FOR key IN SELECT k FROM jsonb_object_keys(options) AS k ORDER BY k LOOP
		IF key <> ALL (known) THEN
			RAISE EXCEPTION 'option "%" is not known', excerpt(key)
				USING ERRCODE = 'invalid_parameter_value', HINT = format('The options are %s.', array_to_string(known, ', '));
		END IF;
	END LOOP;
	bad := CASE
		WHEN options ? 'delimiter' AND NOT (options ->> 'delimiter' ~ '^[\t ,;|:!]$') THEN 'delimiter must be one of , ; | : ! blank or tab'
		WHEN options ? 'encoding' AND pg_char_to_encoding(options ->> 'encoding') < 0 THEN
			format('encoding "%s" is not known to the server', excerpt(options ->> 'encoding'))
		WHEN options ? 'skip_lines' AND NOT (options ->> 'skip_lines' ~ '^[0-9]{1,4}$') THEN 'skip_lines must be a number of lines'
		WHEN options ? 'decimal_comma' AND options ->> 'decimal_comma' NOT IN ('true', 'false') THEN 'decimal_comma must be true or false'
		WHEN options ? 'date_order' AND options ->> 'date_order' NOT IN ('dmy', 'mdy') THEN 'date_order must be dmy or mdy'
		WHEN options ? 'dollar' AND NOT (options ->> 'dollar' ~ '^[A-Z]{3}$') THEN 'dollar must be an ISO 4217 code'
		WHEN options ? 'yen' AND NOT (options ->> 'yen' IN ('CNY', 'JPY')) THEN 'yen must be CNY or JPY'
		WHEN options ? 'files' AND coalesce(options ->> 'files', '') NOT IN ('parts', 'whole') THEN
			'files must be "parts" (each file, or sheet, is the part of its edition that its name says) or "whole" (each is all of it)'
		WHEN options ? 'outlier_factor' AND NOT (options ->> 'outlier_factor' ~ '^[0-9]{1,6}$') THEN 'outlier_factor must be a whole number; 0 switches the check off'
		WHEN options ? 'digit_grouping' AND NOT (options ->> 'digit_grouping' IN ('indian', 'apostrophe', 'blank')) THEN 'digit_grouping must be indian, apostrophe or blank'
		WHEN options ? 'footer' AND NOT (jsonb_typeof(options -> 'footer') = 'string' OR options ->> 'footer' ~ '^[0-9]{1,4}$') THEN
			'footer must be a number of lines, or a regular expression for the first of them'
		WHEN options ? 'flags' AND NOT (options ->> 'flags' IN ('eurostat', 'usgs') OR jsonb_typeof(options -> 'flags') = 'object') THEN
			'flags must be eurostat, usgs, or an object from flag to meaning'
		WHEN options ? 'split' AND NOT coalesce(jsonb_typeof(options -> 'split' -> 'column') = 'string' AND length(options -> 'split' ->> 'delimiter') >= 1
			AND jsonb_typeof(coalesce(options -> 'split' -> 'into', '[]')) = 'array', false) THEN
			'split must have column (a header name) and delimiter, and may have into (a list of names for the parts; those in the header name where it is not set)'
		WHEN options ? 'variables' AND NOT (options -> 'variables' ?& ARRAY['name', 'value', 'map'] AND jsonb_typeof(options -> 'variables' -> 'map') = 'object') THEN
			'variables must have name and value (header names) and map (an object from variable to column)'
		WHEN options ? 'variables' AND options ? 'unpivot' THEN 'variables and unpivot exclude each other: a table is long or wide'
		WHEN EXISTS (SELECT FROM unpivots(options) AS u WHERE u.name IS NULL OR u.value IS NULL OR (u.pattern IS NULL AND u.listed IS NULL)) THEN
			'unpivot must have columns (a list of header names, or a regular expression), name and value; a list of such objects takes several measures out of one table'
		WHEN EXISTS (SELECT FROM unpivots(options) AS u HAVING count(DISTINCT u.name) > 1) THEN 'unpivot: the measures of one table have one column for the name'
		WHEN (SELECT count(*) FROM jsonb_each_text(CASE jsonb_typeof(options -> 'unreadable') WHEN 'object' THEN options -> 'unreadable' ELSE '{"": ""}' END) AS u
			  WHERE u.value IS DISTINCT FROM 'note' AND options ? 'unreadable') > 0 THEN
			'unreadable says "note" of a column, such as {"chemistry": "note"}'
		WHEN period_option_problem(options) IS NOT NULL THEN period_option_problem(options)
		ELSE coalesce((SELECT format('%s must be a list of header names', o.name) FROM unnest(ARRAY['ignore', 'keep_as_note']) AS o (name)
					   WHERE options ? o.name AND jsonb_typeof(options -> o.name) <> 'array' LIMIT 1),
					  (SELECT format('%s must be an object', o.name) FROM unnest(ARRAY['columns', 'constants', 'units', 'missing', 'unreadable', 'row_kinds', 'where']) AS o (name)
					   WHERE options ? o.name AND jsonb_typeof(options -> o.name) <> 'object' LIMIT 1)) END;
	IF bad IS NULL AND options ? 'unreadable' THEN
		-- a figure, its unit and its period are never a remark
		SELECT format('unreadable: column "%s" cannot be kept as a note', excerpt(u.name)) INTO bad
		FROM jsonb_object_keys(options -> 'unreadable') AS u (name)
		WHERE NOT EXISTS (SELECT FROM layout_column c JOIN layout_reader r ON r.reads = c.reads
						  WHERE c.kind = load_options.kind AND c.column_name = u.name AND c.required IS NULL AND c.part = 'own'
							AND (r.source = 'name' OR (r.source IN ('word', 'day') AND c.reads <> 'currency' AND NOT c.is_key))) LIMIT 1;
	END IF;
	IF bad IS NULL THEN
		-- units are held to the dimension of their column at once
		SELECT format('units: "%s" is no unit of column "%s"%s', excerpt(u.unit), excerpt(u.name),
					  CASE r.dimension WHEN 'percent' THEN '; it takes "%" or "fraction"' WHEN 'capacity' THEN '; it takes an energy, such as MWh' WHEN 'size' THEN '; it takes an energy, such as MWh'
						  WHEN 'power' THEN '; it takes a power, such as MW' WHEN 'money' THEN '; it takes money or a multiple, such as EUR, million or million USD'
						  WHEN 'cost' THEN '; it takes money for an energy, such as €/kWh or CNY/Wh' ELSE '' END) INTO bad
		FROM jsonb_each_text(coalesce(options -> 'units', '{}')) AS u (name, unit)
		JOIN layout_column c ON c.kind = load_options.kind AND c.column_name = u.name JOIN layout_reader r ON r.reads = c.reads
		CROSS JOIN LATERAL figure_unit(u.name, r.dimension, NULL, NULL, u.unit, NULL, '{}', options) AS f
		WHERE r.source = 'figure' AND f.problem IS NOT NULL LIMIT 1;
	END IF;
	IF bad IS NULL AND coalesce(given, '{}') ? 'kinds' THEN
		bad := 'kinds is for the options of a source: give the options themselves for one load';
	END IF;
	IF bad IS NULL THEN
		-- what is to be a regular expression must be one
		BEGIN
			PERFORM '' ~ o.pattern
			FROM (SELECT CASE jsonb_typeof(options -> 'footer') WHEN 'string' THEN options ->> 'footer' END AS pattern
				  UNION ALL SELECT unnest(ARRAY[u.pattern, u.estimated]) FROM unpivots(options) AS u) AS o;
		EXCEPTION WHEN invalid_regular_expression THEN
			bad := 'footer or unpivot: ' || SQLERRM;
		END;
	END IF;
	IF bad IS NULL THEN
		PERFORM check_codes(options -> 'codes');
	END IF;
	IF bad IS NULL THEN
		SELECT format('missing: "%s" is no reason', excerpt(m.value)) INTO bad
		FROM jsonb_each_text(coalesce(options -> 'missing', '{}')) AS m
		WHERE m.value NOT IN ('0', 'withheld', 'not available', 'not applicable', 'not stated', 'not a number', 'lost') LIMIT 1;
	END IF;
	IF bad IS NULL THEN
		SELECT format('row_kinds: "%s" is no row kind', excerpt(m.value)) INTO bad
		FROM jsonb_each_text(coalesce(options -> 'row_kinds', '{}')) AS m
		WHERE m.value NOT IN ('member', 'subtotal', 'remainder', 'stated_total', 'derived') LIMIT 1;
	END IF;
	IF bad IS NOT NULL THEN
		RAISE EXCEPTION 'option %', bad
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Options are those of the source (industry.source.options), with those given for this load.';
	END IF;
	RETURN options;
END
$$;
COMMENT ON FUNCTION industry.load_options(text, jsonb, jsonb) IS
'the options in effect for a load: those of the source, those under its "kinds" for this kind, and those given, later ones first; an unknown or ill-formed option is an error (SQLSTATE 22023)';

CREATE OR REPLACE FUNCTION industry.csv_fields(record text, delimiter text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	fields text[] := '{}';
	rest text := record;
	field text;
	quoted text;
	at integer;
BEGIN
	IF strpos(record, '"') = 0 THEN
		RETURN string_to_array(record, delimiter, NULL);
	END IF;
	IF length(record) - length(replace(record, delimiter, '')) > 5000 THEN
		RETURN ARRAY[record];
	END IF;
	LOOP
		field := '';
		IF left(rest, 1) = '"' THEN
			quoted := substring(rest FROM '^"(?:[^"]|"")*"');
			IF quoted IS NULL THEN
				RETURN NULL;
			END IF;
			field := replace(substr(quoted, 2, length(quoted) - 2), '""', '"');
			rest := substr(rest, length(quoted) + 1);
			-- What follows a closing quote is forgiven on one line.  Over several
			-- the quote was another one, and the lines between are rows.
			IF strpos(record, E'\n') > 0 AND rest <> '' AND left(rest, length(delimiter)) <> delimiter THEN
				RETURN NULL;
			END IF;
		END IF;
		at := strpos(rest, delimiter);
		IF at = 0 THEN
			RETURN fields || (field || rest);
		END IF;
		fields := fields || (field || left(rest, at - 1));
		rest := substr(rest, at + length(delimiter));
	END LOOP;
END
$$;
COMMENT ON FUNCTION industry.csv_fields(text, text) IS 'fields of a CSV record: quotes around a field are taken off, a quote inside an unquoted field is a character like any other; NULL where a quoted field is not closed';

-- Statistical offices pack their dimensions into one column, header and cells
-- alike: freq,unit,geo\TIME_PERIOD.  Its parts are columns like others, behind
-- those of the file; what stands behind the backslash names the other columns.
CREATE OR REPLACE FUNCTION industry.split_names(header text[], options jsonb, OUT place integer, OUT names text[])
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT h.place::integer,
		   CASE WHEN options -> 'split' ? 'into' THEN ARRAY(SELECT e.value FROM jsonb_array_elements_text(options -> 'split' -> 'into') WITH ORDINALITY AS e (value, n) ORDER BY e.n)
				ELSE string_to_array(split_part(h.name, '\', 1), options -> 'split' ->> 'delimiter') END
	FROM unnest(header) WITH ORDINALITY AS h (name, place)
	WHERE industry.header_key(h.name) = industry.header_key(options -> 'split' ->> 'column')
	ORDER BY h.place LIMIT 1;
END;
COMMENT ON FUNCTION industry.split_names(text[], jsonb) IS 'the column that the option split takes apart, and the names of its parts; NULL where there is none';

/*
 * Which column of the file is which column of the layout
 */

CREATE OR REPLACE FUNCTION industry.map_header(kind text, header text[], options jsonb, first_line integer DEFAULT 1) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
#variable_conflict use_column
DECLARE
	bad record;
	missing text;
	names text;
	variables jsonb := options -> 'variables';
	split record;
	own_columns integer := cardinality(header);
	-- what a header that is none looks like
	advice CONSTANT text := CASE
		WHEN strpos(array_to_string(header, ' '), E'\t') > 0 THEN 'The header has tabs; if they are between its names, set the option delimiter of the source: {"delimiter": "\t"}. '
		WHEN cardinality(header) > 1 AND 2 * (SELECT count(*) FROM unnest(header) AS h (name) WHERE cell(h.name) IS NOT NULL) <= cardinality(header)
			THEN format('If the header stands below line %s, set the option skip_lines of the source, such as {"skip_lines": %s}. ', first_line, first_line)
		ELSE '' END;
BEGIN
	SELECT string_agg(c.column_name, ', ' ORDER BY c.position) INTO names FROM layout_column c WHERE c.kind = map_header.kind;
	SELECT s.place, s.names INTO split FROM split_names(header, options) AS s;
	header := header || coalesce(split.names, '{}');

	-- What the options name must exist.
	SELECT o.what, o.name INTO bad
	FROM (SELECT 'columns' AS what, m.value AS name FROM jsonb_each_text(coalesce(options -> 'columns', '{}')) AS m
		  UNION ALL SELECT 'constants', k FROM jsonb_object_keys(coalesce(options -> 'constants', '{}')) AS k
		  UNION ALL SELECT 'units', k FROM jsonb_object_keys(coalesce(options -> 'units', '{}')) AS k
		  UNION ALL SELECT 'variables', m.target FROM variable_map(variables) AS m
		  UNION ALL SELECT 'variables', k.name FROM variable_map(variables) AS m CROSS JOIN LATERAL jsonb_object_keys(m.constants) AS k (name)
		  UNION ALL SELECT 'unpivot', u.name FROM unpivots(options) AS u
		  UNION ALL SELECT 'unpivot', u.value FROM unpivots(options) AS u) AS o
	WHERE NOT EXISTS (SELECT FROM layout_column c WHERE c.kind = map_header.kind AND c.column_name = o.name)
	ORDER BY 1, 2 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'option % names "%", which is no column of kind %', bad.what, excerpt(bad.name), kind
			USING ERRCODE = 'invalid_parameter_value', HINT = format('The columns are %s.', names);
	END IF;
	SELECT o.what, o.name INTO bad
	FROM (SELECT 'split' AS what, options -> 'split' ->> 'column' AS name WHERE options ? 'split'
		  UNION ALL SELECT 'where', k.name FROM jsonb_object_keys(coalesce(options -> 'where', '{}')) AS k (name)
		  UNION ALL SELECT 'variables', variables ->> x.name FROM unnest(ARRAY['name', 'value', 'unit']) AS x (name) WHERE variables ? x.name) AS o
	WHERE NOT EXISTS (SELECT FROM unnest(header) AS h (name) WHERE header_key(h.name) = header_key(o.name))
	  AND NOT (SELECT w.is_redrive FROM pg_temp.industry_load w)
	ORDER BY 1, 2 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'line %: the header has no column "%", which option % names', first_line, excerpt(bad.name), bad.what
			USING ERRCODE = 'undefined_column', DETAIL = format('The header is: %s.', excerpt(array_to_string(header, ', '))),
				  HINT = advice || 'Correct the option of the source.';
	END IF;

	CREATE TEMPORARY TABLE IF NOT EXISTS industry_header (place integer, header_name text, label text, column_name text, unit text, unit_for text,
		is_unpivoted boolean, unpivot_number integer, unpivot_name text, unpivot_value text, is_known boolean, is_measure boolean, is_split boolean, used_as text) ON COMMIT DROP;
	DELETE FROM pg_temp.industry_header;
	INSERT INTO pg_temp.industry_header (place, header_name, label, column_name, unit, unit_for, is_unpivoted, unpivot_number, unpivot_name, unpivot_value, is_known, is_measure, is_split, used_as)
	WITH named AS (
		SELECT h.place::integer AS place, h.name, header_key(h.name) AS key, header_key(t.base) AS base, t.unit,
			   (SELECT m.value FROM jsonb_each_text(coalesce(options -> 'columns', '{}')) AS m WHERE is_named(h.name, ARRAY[m.key], header) ORDER BY m.key LIMIT 1) AS mapped,
			   is_named(h.name, ARRAY(SELECT jsonb_array_elements_text(coalesce(options -> 'ignore', '[]'))), header) OR h.place IS NOT DISTINCT FROM split.place AS is_ignored,
			   is_named(h.name, ARRAY(SELECT jsonb_array_elements_text(coalesce(options -> 'keep_as_note', '[]'))), header) AS is_kept,
			   (SELECT x.name FROM unnest(ARRAY['name', 'value', 'unit']) AS x (name) WHERE is_named(h.name, ARRAY[variables ->> x.name], header) LIMIT 1) AS variable_part,
			   u.number, u.name AS unpivot_column, u.value AS unpivot_value,
			   u.captured || CASE WHEN h.name ~ u.estimated THEN 'e' ELSE '' END AS unpivot_name
		FROM unnest(header) WITH ORDINALITY AS h (name, place)
		CROSS JOIN LATERAL header_unit(h.name) AS t
		LEFT JOIN LATERAL (SELECT p.number, p.name, p.value, p.estimated,
								  -- the part of the header that a group of the pattern takes, or all of it
								  CASE WHEN p.listed IS NULL AND cardinality(regexp_match('', p.pattern || '|()')) > 1 THEN btrim((regexp_match(btrim(h.name), p.pattern))[1])
									   ELSE btrim(h.name) END AS captured
						   FROM unpivots(options) AS p
						   WHERE coalesce(btrim(h.name) ~ p.pattern, header_key(h.name) = ANY (p.listed)) ORDER BY p.number LIMIT 1) AS u ON true),
	-- by its own name, then by another, then by its name without a unit
	found AS (
		SELECT n.place, n.name, n.key, n.unit, n.mapped, n.is_ignored, n.is_kept, n.variable_part, n.number, n.unpivot_value, n.unpivot_name,
			   c.column_name, c.is_by_unit, c.unit AS by_unit, row_number() OVER (PARTITION BY n.place ORDER BY c.precedence, c.column_name) AS choice
		FROM named n
		LEFT JOIN LATERAL (
			SELECT o.column_name, false AS is_by_unit, NULL::text AS unit, CASE WHEN o.column_name = n.key THEN 1 ELSE 2 END AS precedence
			FROM layout_column o
			WHERE o.kind = map_header.kind AND (o.column_name = n.key OR (n.key = ANY (o.also_called)
				AND NOT EXISTS (SELECT FROM named x WHERE x.key = o.column_name OR x.mapped = o.column_name)))
			UNION ALL
			SELECT o.column_name, true, i.unit, i.precedence
			FROM layout_column o JOIN layout_reader r ON r.reads = o.reads
			CROSS JOIN LATERAL (
				SELECT n.unit, 3 AS precedence FROM unit_of(n.unit, options) AS u WHERE n.base IN (o.column_name, header_key(o.column_name)) AND u.problem IS NULL
				UNION ALL
				-- any word is a unit of a number: amount_t, but not amount_note beside an amount
				SELECT x.unit, 4 FROM header_suffix(n.name, o.column_name, options) AS x
				WHERE n.key LIKE o.column_name || '\_%' AND x.problem IS NULL
				  AND (x.dimension <> 'number' OR (r.dimension = 'number' AND NOT EXISTS (SELECT FROM named y WHERE o.column_name IN (y.key, y.base, y.mapped))))
				  AND x.unit !~* '^units?$') AS i
			WHERE o.kind = map_header.kind AND r.source = 'figure') AS c
			ON n.mapped IS NULL AND n.number IS NULL AND NOT n.is_ignored AND NOT n.is_kept AND n.variable_part IS NULL)
	SELECT f.place, f.name,
		   -- names that are empty or there twice still keep their cells apart
		   CASE WHEN cell(f.name) IS NULL THEN 'column ' || f.place
				WHEN count(*) OVER (PARTITION BY cell(f.name) ORDER BY f.place) > 1 THEN cell(f.name) || ' (column ' || f.place || ')'
				ELSE cell(f.name) END,
		   CASE WHEN f.number IS NULL AND NOT f.is_ignored AND u.unit_for IS NULL THEN coalesce(f.mapped, f.column_name) END,
		   CASE WHEN f.is_by_unit THEN f.by_unit
				-- a mapped or unpivoted header may state a unit, too
				WHEN f.mapped IS NOT NULL OR f.number IS NOT NULL THEN stated_unit(f.name, f.unit, options) END,
		   u.unit_for, f.number IS NOT NULL, f.number, f.unpivot_name, f.unpivot_value,
		   (m.is_measure OR f.key IN ('unit', 'units', 'uom', 'unit_of_measure', 'unit_meas', 'currency', 'qualifier', 'scenario', 'case', 'flag', 'flags', 'obs_flag', 'obs_status',
					 'conf_status', 'status')) AND NOT f.is_kept, m.is_measure,
		   f.place > own_columns,
		   CASE WHEN f.number IS NOT NULL THEN 'value' WHEN f.is_ignored THEN 'ignored' WHEN f.variable_part IS NOT NULL THEN 'variables ' || f.variable_part
				WHEN u.unit_for IS NOT NULL THEN 'unit' WHEN coalesce(f.mapped, f.column_name) IS NOT NULL THEN 'column' ELSE 'note' END
	FROM found f
	CROSS JOIN LATERAL (SELECT (SELECT o.column_name FROM layout_column o JOIN layout_reader r ON r.reads = o.reads
								WHERE o.kind = map_header.kind AND r.source = 'figure' AND f.mapped IS NULL AND f.column_name IS NULL AND NOT f.is_ignored AND NOT f.is_kept
								  AND f.key IN (o.column_name || '_unit', o.column_name || '_units', 'unit_of_' || o.column_name) LIMIT 1) AS unit_for) AS u
	-- What the figure of a row is of: columns of long tables that say so, packed
	-- dimensions, and those of SDMX-CSV, which stand before the value.
	CROSS JOIN LATERAL (SELECT f.key IN ('variable', 'parameter', 'indicator', 'measure', 'statistic', 'statistics', 'core_metric_parameter', 'core_metric_case',
										 'flow', 'flowcode', 'trade_flow')
							OR f.place > own_columns OR f.place < (SELECT v.place FROM named v WHERE v.key = 'obs_value' ORDER BY v.place LIMIT 1) IS TRUE AS is_measure) AS m
	WHERE f.choice = 1;

	SELECT array_agg(h.header_name ORDER BY h.place) AS printed, h.column_name INTO bad
	FROM pg_temp.industry_header h
	JOIN layout_column c ON c.kind = map_header.kind AND c.column_name = h.column_name
	GROUP BY h.column_name, c.reads
	-- several columns of words may be mapped to one on purpose
	HAVING count(*) > 1 AND NOT (c.reads IN ('text', 'flag') AND bool_and(EXISTS (SELECT FROM jsonb_object_keys(coalesce(options -> 'columns', '{}')) AS m WHERE header_key(m) = header_key(h.header_name))))
	ORDER BY 2 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'line %: the header names column "%" more than once', first_line, bad.column_name
			USING ERRCODE = 'duplicate_column', DETAIL = format('Header names: %s.', excerpt(array_to_string(bad.printed, ', '))),
				  HINT = 'Correct the header, or say with the option ignore which of them to leave out.';
	END IF;
	IF options ? 'unpivot' AND NOT EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.is_unpivoted) THEN
		RAISE EXCEPTION 'line %: the header has none of the columns to unpivot', first_line
			USING ERRCODE = 'undefined_column', DETAIL = format('The header is: %s.', excerpt(array_to_string(header, ', '))),
				  HINT = advice || format('The option unpivot names %s.', (SELECT string_agg(coalesce(u.pattern, array_to_string(u.listed, ', ')), ' and ' ORDER BY u.number) FROM unpivots(options) AS u));
	END IF;
	SELECT h.unpivot_name, array_agg(h.header_name ORDER BY h.place) AS printed INTO bad
	FROM pg_temp.industry_header h WHERE h.is_unpivoted GROUP BY h.unpivot_name, h.unpivot_number HAVING count(*) > 1 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'line %: several columns to unpivot give the name "%"', first_line, excerpt(bad.unpivot_name)
			USING ERRCODE = 'duplicate_column', DETAIL = format('Header names: %s.', excerpt(array_to_string(bad.printed, ', '))),
				  HINT = 'What the pattern of the option unpivot has in brackets is the name; write (?:...) around what is none. Or narrow the pattern, or leave a column out with the option ignore.';
	END IF;
	-- one column of figures, one unit in its headers
	SELECT h.unpivot_value, array_agg(DISTINCT h.unit) AS units INTO bad
	FROM pg_temp.industry_header h WHERE h.is_unpivoted AND h.unit IS NOT NULL GROUP BY h.unpivot_value HAVING count(DISTINCT h.unit) > 1 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'line %: the headers to unpivot state different units', first_line
			USING ERRCODE = 'invalid_parameter_value', DETAIL = format('They are %s.', array_to_string(bad.units, ', ')), HINT = 'Load them one by one.';
	END IF;

	SELECT string_agg(DISTINCT format('"%s"', n.name), ', ') INTO missing
	FROM (SELECT CASE WHEN c.required = 'yes' THEN c.column_name ELSE c.required END AS name,
				 bool_or(EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.column_name = c.column_name)
						 OR coalesce(options -> 'constants' ? c.column_name, false)
						 OR EXISTS (SELECT FROM unpivots(options) AS u WHERE c.column_name IN (u.name, u.value))
						 OR EXISTS (SELECT FROM variable_map(variables) AS m WHERE m.target = c.column_name OR m.constants ? c.column_name)
						 OR (c.column_name = 'period' AND (SELECT count(*) = 2 FROM unnest(ARRAY['period_first', 'period_last']) AS p (name)
														   WHERE coalesce(options -> 'constants' ? p.name, false) OR EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.column_name = p.name)))
						 OR (c.column_name = 'period' AND EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.column_name = 'year'))) AS is_there
		  FROM layout_column c
		  WHERE c.kind = map_header.kind AND c.required IS NOT NULL
		  GROUP BY 1) AS n
	WHERE NOT n.is_there;
	IF missing IS NOT NULL THEN
		RAISE EXCEPTION 'line %: a file of kind % needs %, which the header does not have', first_line, kind, missing
			USING ERRCODE = 'undefined_column',
				  DETAIL = format('The header is: %s.', excerpt(array_to_string(header, ', '))),
				  HINT = format('%sColumns may be %s. Where the file calls one by another name, set the option columns of the source, such as {"columns": {"GWh": "amount"}}; where it holds for the whole file, the option constants.',
								advice, names);
	END IF;
END
$$;
COMMENT ON FUNCTION industry.map_header(text, text[], jsonb, integer) IS
'makes pg_temp.industry_header: which column of the layout each column of the file is (NULL: a note), and the unit that its name states; an error where a required one is missing (SQLSTATE 42703) or named twice (42701)';

CREATE OR REPLACE FUNCTION industry.stated_unit(name text, apart text, options jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	-- Any word may be a unit of a number, so only those are taken that are one for
	-- sure; of several words at the end, the most that are a unit together.
	SELECT t.unit
	FROM (SELECT apart AS unit, 0 AS place
		  UNION ALL
		  SELECT (regexp_match(industry.printed_text(name), format('(?:^|[ _,:-])((?:[^ _]+[ _]){%s}[^ _]+)$', w.words - 1)))[1], 4 - w.words
		  FROM (VALUES (1), (2), (3)) AS w (words)) AS t
	CROSS JOIN LATERAL industry.unit_of(replace(t.unit, '_', ' '), options) AS u
	WHERE t.unit IS NOT NULL AND u.problem IS NULL
	  AND (u.dimension <> 'number' OR (u.unit IS NULL AND u.scale <> 1)
		   OR t.unit ~* '^((thousand|million|k|M)[ _]?)?(t|tonnes?|tons?|kg|kt|Mt|g|vehicles?|units?|cells?|packs?|pieces|pcs)$')
	  -- "price per kWh" states no energy
	  AND (u.dimension = 'cost' OR industry.printed_text(name) !~* '(\mper[ _]|/ ?)[^ _/()]+$')
	ORDER BY t.place LIMIT 1;
END;
COMMENT ON FUNCTION industry.stated_unit(text, text, jsonb) IS 'the unit in a header that an option maps or unpivots: what stands apart, as in "2022 (MWh)", or its last words, as in "2022 MWh"; NULL where it has none';

CREATE OR REPLACE FUNCTION industry.header_suffix(name text, column_name text, options jsonb, OUT unit text, OUT dimension text, OUT problem text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT s.unit, u.dimension, CASE WHEN s.unit = '' THEN 'none' ELSE u.problem END
	FROM (SELECT btrim(replace(substr(btrim(industry.printed_text(name)), length(column_name) + 2), '_', ' ')) AS unit) AS s
	CROSS JOIN LATERAL industry.unit_of(s.unit, options) AS u;
END;
COMMENT ON FUNCTION industry.header_suffix(text, text, jsonb) IS 'the unit behind the name of a column, as in capacity_mwh; with a problem where what stands there is no unit';

/*
 * Before the rows: header and staging table
 */

CREATE OR REPLACE FUNCTION industry.begin_load(kind text, source text, head bytea, options jsonb DEFAULT '{}', lines boolean DEFAULT false,
	OUT columns integer, OUT copy_columns text, OUT delimiter text, OUT encoding text, OUT skip_lines integer, OUT newline text)
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning SET jit = off AS $$
DECLARE
	the_source integer;
	source_options jsonb;
	known_on date;
	effective jsonb;
	first_bytes bytea := substring(head FROM 1 FOR 8);
	what text;
	at integer;
	n integer;
	line bytea;
	rest bytea := head;
	header_text text;
	header text[];
BEGIN
	IF NOT EXISTS (SELECT FROM layout l WHERE l.kind = begin_load.kind) THEN
		RAISE EXCEPTION 'there is no kind of file "%"', excerpt(coalesce(kind, ''))
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('The kinds are %s.', (SELECT string_agg(l.kind, ', ' ORDER BY l.kind) FROM layout l));
	END IF;
	IF source IS NOT NULL THEN
		SELECT s.source_id, s.options, s.published INTO the_source, source_options, known_on FROM source s WHERE s.source = btrim(begin_load.source);
		IF NOT FOUND THEN
			RAISE EXCEPTION 'there is no source "%"', excerpt(source)
				USING ERRCODE = 'invalid_parameter_value',
					  HINT = format('Sources are named by their handle%s. Add a new one with a file of kind source, or INSERT INTO industry.source (source, publisher, edition, published).',
									coalesce(': ' || (SELECT string_agg(o.source, ', ') FROM (SELECT s.source FROM source s ORDER BY s.known_from DESC, s.source LIMIT 8) AS o), ''));
		END IF;
	ELSIF (SELECT l.fact_table IS NOT NULL FROM layout l WHERE l.kind = begin_load.kind) THEN
		RAISE EXCEPTION 'a file of kind % needs a source', kind
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Every figure is cited: name the source that the file is from.';
	END IF;
	effective := load_options(kind, source_options, options);
	delimiter := coalesce(effective ->> 'delimiter', ',');
	encoding := coalesce(effective ->> 'encoding', 'UTF8');
	skip_lines := coalesce((effective ->> 'skip_lines')::integer, 0);

	-- Is it text at all?
	what := CASE
		WHEN head = '' THEN 'it is empty'
		WHEN substring(first_bytes FROM 1 FOR 4) = '\x504b0304' THEN 'it is a zip archive or an Excel workbook'
		WHEN substring(first_bytes FROM 1 FOR 4) = '\xd0cf11e0' THEN 'it is an old Excel workbook'
		WHEN substring(first_bytes FROM 1 FOR 4) = '\x25504446' THEN 'it is a PDF'
		WHEN substring(first_bytes FROM 1 FOR 2) = '\x1f8b' THEN 'it is compressed by gzip'
		WHEN substring(first_bytes FROM 1 FOR 2) IN ('\xfffe', '\xfeff') THEN 'it is in UTF-16'
		WHEN position('\x00'::bytea IN head) > 0 THEN 'it has NUL bytes'
		WHEN lower(encode(head, 'escape')) ~ '^\s*(<!doctype|<html|<\?xml)' THEN 'it is a web page or XML' END;
	IF what IS NOT NULL THEN
		RAISE EXCEPTION 'line 1: the file is no CSV: %', what
			USING ERRCODE = 'bad_copy_file_format',
				  HINT = CASE WHEN what LIKE '%UTF-16' THEN 'Convert it first, such as with iconv -f UTF-16 -t UTF-8.'
					ELSE 'Save it as CSV, one header line and one row a line, and load that.' END;
	END IF;
	IF substring(head FROM 1 FOR 3) = '\xefbbbf' THEN
		rest := substring(head FROM 4);
	END IF;
	newline := CASE WHEN position('\x0a'::bytea IN rest) = 0 AND position('\x0d'::bytea IN rest) > 0 THEN 'cr' ELSE 'lf' END;
	FOR n IN 0 .. skip_lines LOOP
		at := position(CASE newline WHEN 'cr' THEN '\x0d'::bytea ELSE '\x0a'::bytea END IN rest);
		line := CASE WHEN at > 0 THEN substring(rest FROM 1 FOR at - 1) ELSE rest END;
		rest := CASE WHEN at > 0 THEN substring(rest FROM at + 1) ELSE '' END;
	END LOOP;
	BEGIN
		header_text := rtrim(convert_from(line, encoding), E'\r');
	EXCEPTION WHEN character_not_in_repertoire OR untranslatable_character THEN
		RAISE EXCEPTION 'line %: the header is not in encoding %', skip_lines + 1, encoding
			USING ERRCODE = 'character_not_in_repertoire', DETAIL = SQLERRM,
				  HINT = 'Set the option encoding of the source, such as LATIN1, WIN1252 or GB18030.';
	END;
	header := CASE WHEN btrim(header_text) = '' THEN '{}' ELSE csv_fields(header_text, delimiter) END;
	IF header IS NOT NULL AND cardinality(header) < 2 AND header_text ~ '[,;|\t]' THEN
		RAISE EXCEPTION 'line %: the header has no "%"', skip_lines + 1, CASE delimiter WHEN E'\t' THEN 'tab' ELSE delimiter END
			USING ERRCODE = 'bad_copy_file_format', DETAIL = format('The header is: %s', excerpt(header_text)),
				  HINT = 'Set the option delimiter of the source, such as {"delimiter": ";"}.';
	END IF;
	IF cardinality(header) = 0 THEN
		RAISE EXCEPTION 'line %: there is no header', skip_lines + 1
			USING ERRCODE = 'bad_copy_file_format', HINT = 'The first line names the columns; the option skip_lines says how many lines stand before it.';
	END IF;
	IF cardinality(header) > 1000 THEN
		RAISE EXCEPTION 'line %: the header has % columns', skip_lines + 1, cardinality(header)
			USING ERRCODE = 'program_limit_exceeded', HINT = 'A file may have at most 1000. Is it a CSV file?';
	END IF;
	columns := cardinality(header);

	DROP TABLE IF EXISTS pg_temp.industry_load, pg_temp.industry_stage, pg_temp.industry_line;
	CREATE TEMPORARY TABLE industry_load (kind text, source_id integer, published date, options jsonb, header text[], delimiter text,
		header_line integer, is_redrive boolean) ON COMMIT DROP;
	INSERT INTO pg_temp.industry_load (kind, source_id, published, options, header, delimiter, header_line, is_redrive)
	VALUES (begin_load.kind, the_source, known_on, effective, header, begin_load.delimiter, begin_load.skip_lines + 1, false);
	IF lines OR header IS NULL THEN
		-- as lines, header included: it may itself go over several
		copy_columns := 'line';
		columns := 1;
		CREATE TEMPORARY TABLE industry_line (id bigint GENERATED ALWAYS AS IDENTITY, line text) ON COMMIT DROP;
	ELSE
		PERFORM map_header(kind, header, effective, skip_lines + 1);
		PERFORM make_stage(columns);
		copy_columns := (SELECT string_agg('c' || c, ', ' ORDER BY c) FROM generate_series(1, columns) AS c);
		skip_lines := skip_lines + 1;
	END IF;
END
$$;
COMMENT ON FUNCTION industry.begin_load(text, text, bytea, jsonb, boolean) IS
'begins a load in this transaction: reads the header from the first bytes of the file (head) and makes the temporary table industry_stage to COPY the rows below it into, or with lines the table industry_line for the lines as they are, header included. Returns how to COPY. What is no text, has no such header, names no such kind or source is an error that says what to do (SQLSTATE 22P04, 22021, 22023, 42703, 42701)';

CREATE OR REPLACE FUNCTION industry.make_stage(columns integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
BEGIN
	DROP TABLE IF EXISTS pg_temp.industry_stage;
	EXECUTE (SELECT format('CREATE TEMPORARY TABLE industry_stage (id bigint GENERATED ALWAYS AS IDENTITY, line integer, problem text, %s) ON COMMIT DROP',
						   string_agg(format('c%s text', c), ', ' ORDER BY c))
			 FROM generate_series(1, columns) AS c);
	EXECUTE (SELECT coalesce('ALTER TABLE pg_temp.industry_stage ' || string_agg(format('ADD COLUMN c%s text GENERATED ALWAYS AS (split_part(c%s, %L, %s)) STORED',
				columns + n.place, s.place, w.options -> 'split' ->> 'delimiter', n.place), ', ' ORDER BY n.place), 'SELECT')
			 FROM pg_temp.industry_load w CROSS JOIN LATERAL split_names(w.header, w.options) AS s CROSS JOIN LATERAL unnest(s.names) WITH ORDINALITY AS n (name, place));
END
$$;
COMMENT ON FUNCTION industry.make_stage(integer) IS 'makes the temporary table industry_stage with so many columns of text, c1, c2, ..., and behind them the parts of the one that the option split names';

/*
 * Lines to records, for files that COPY refuses
 */

CREATE OR REPLACE FUNCTION industry.split_lines() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	-- a quoted field that is open for longer was never meant to be one
	longest CONSTANT integer := 200;
	the_delimiter text := (SELECT l.delimiter FROM pg_temp.industry_load l);
	first_line integer := (SELECT l.header_line FROM pg_temp.industry_load l);
	last_id bigint := (SELECT max(l.id) FROM pg_temp.industry_line l);
	quoted_line record;
	record_text text;
	next_id bigint := 0;
	at bigint;
	names text[];
	columns integer;
	header_last bigint;
BEGIN
	IF (SELECT l.line FROM pg_temp.industry_line l WHERE l.id = 1) LIKE U&'\FEFF%' THEN
		UPDATE pg_temp.industry_line SET line = substr(line, 2) WHERE id = 1;
	END IF;
	-- records of more than one line; all others are their line
	CREATE TEMPORARY TABLE industry_record (first_id bigint, last_id bigint, record text) ON COMMIT DROP;
	CREATE INDEX ON pg_temp.industry_line (id);
	FOR quoted_line IN
		SELECT l.id, l.line FROM pg_temp.industry_line l WHERE strpos(l.line, '"') > 0 ORDER BY l.id
	LOOP
		CONTINUE WHEN quoted_line.id < next_id;
		CONTINUE WHEN csv_fields(rtrim(quoted_line.line, E'\r'), the_delimiter) IS NOT NULL;
		record_text := quoted_line.line;
		FOR at IN quoted_line.id + 1 .. least(quoted_line.id + longest, last_id) LOOP
			record_text := record_text || E'\n' || (SELECT l.line FROM pg_temp.industry_line l WHERE l.id = at);
			IF (SELECT strpos(l.line, '"') > 0 FROM pg_temp.industry_line l WHERE l.id = at)
				AND csv_fields(rtrim(record_text, E'\r'), the_delimiter) IS NOT NULL THEN
				INSERT INTO pg_temp.industry_record (first_id, last_id, record) VALUES (quoted_line.id, at, rtrim(record_text, E'\r'));
				next_id := at + 1;
				EXIT;
			END IF;
		END LOOP;
	END LOOP;

	SELECT csv_fields(coalesce(r.record, rtrim(l.line, E'\r')), the_delimiter), coalesce(r.last_id, 1) INTO names, header_last
	FROM pg_temp.industry_line l LEFT JOIN pg_temp.industry_record r ON r.first_id = 1 WHERE l.id = 1;
	IF names IS NULL THEN
		RAISE EXCEPTION 'line %: a quote in the header is never closed', first_line
			USING ERRCODE = 'bad_copy_file_format', HINT = 'Close it, or double a quote that is part of a name.';
	END IF;
	columns := cardinality(names);
	UPDATE pg_temp.industry_load SET header = names;
	PERFORM make_stage(columns);

	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_stage (line, problem, %1$s)
		SELECT l.id + %2$s - 1,
			   CASE WHEN f.fields IS NULL THEN 'a quote is opened and not closed'
					WHEN cardinality(f.fields) <> %3$s AND (cardinality(f.fields) < %3$s OR array_to_string(f.fields[%3$s + 1 : ], '') <> '')
					THEN 'the row has ' || cardinality(f.fields) || CASE WHEN cardinality(f.fields) = 1 THEN ' field' ELSE ' fields' END || ', the header %3$s' END,
			   %4$s
		FROM pg_temp.industry_line l
		LEFT JOIN pg_temp.industry_record r ON r.first_id = l.id
		CROSS JOIN LATERAL (SELECT csv_fields(coalesce(r.record, rtrim(l.line, E'\r')), %5$L) AS fields OFFSET 0) AS f
		WHERE l.id > %6$s AND btrim(l.line, E' \t\r') <> ''
		  AND NOT EXISTS (SELECT FROM pg_temp.industry_record inside WHERE l.id > inside.first_id AND l.id <= inside.last_id)
		ORDER BY l.id$sql$,
		(SELECT string_agg('c' || c, ', ' ORDER BY c) FROM generate_series(1, columns) AS c), first_line, columns,
		-- a row that cannot be told apart is kept whole, in the first column
		(SELECT string_agg(CASE WHEN c = 1 THEN 'CASE WHEN f.fields IS NULL THEN l.line ELSE f.fields[1] END'
								WHEN c = columns THEN format('CASE WHEN array_to_string(f.fields[%s : ], '''') = '''' THEN f.fields[%s] ELSE array_to_string(f.fields[%s : ], %L) END', c + 1, c, c, the_delimiter)
								ELSE format('f.fields[%s]', c) END, ', ' ORDER BY c)
		 FROM generate_series(1, columns) AS c),
		the_delimiter, header_last);
	DROP TABLE pg_temp.industry_record, pg_temp.industry_line;
END
$$;
COMMENT ON FUNCTION industry.split_lines() IS
'turns the lines in the temporary table industry_line into rows of industry_stage. A row that does not have as many fields as the header, and a quote that is not closed within 200 lines, is a row with a problem, and the rows around it are not touched';

/*
 * Loads of one source, and of one kind of reference table, take turns.  A row
 * lock says whose turn it is: only who may load can take it, so nobody else can
 * hold a load up.
 */

CREATE OR REPLACE FUNCTION industry.take_turn(kind text, source_id integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	-- rows of a reference table may come from any source
	the_turn text := coalesce((SELECT 'source ' || s.source FROM source s JOIN layout y ON y.kind = take_turn.kind
							   WHERE s.source_id = take_turn.source_id AND y.fact_table IS NOT NULL), 'kind ' || kind);
	patience CONSTANT text := current_setting('lock_timeout');
BEGIN
	BEGIN
		PERFORM set_config('lock_timeout', '3s', true);
		INSERT INTO load_turn (turn) VALUES (the_turn) ON CONFLICT DO NOTHING;
		PERFORM FROM load_turn t WHERE t.turn = the_turn FOR UPDATE;
		PERFORM set_config('lock_timeout', patience, true);
		RETURN;
	EXCEPTION WHEN lock_not_available THEN
		RAISE WARNING 'another load of % has not ended; this one waits for it', the_turn
			USING ERRCODE = '01B01',
				  DETAIL = (SELECT string_agg(format('Process %s of role %s loads since %s.', a.pid, a.usename, a.xact_start::timestamptz(0)), ' ' ORDER BY a.xact_start)
							FROM pg_stat_activity a
							WHERE a.pid <> pg_backend_pid()
							  AND a.pid IN (SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
											WHERE d.datname = current_database() AND l.relation = 'industry.load_turn'::regclass AND l.granted)),
				  HINT = 'Let it end, interrupt this load, or have an administrator end the other: SELECT pg_terminate_backend(...).';
	END;
	INSERT INTO load_turn (turn) VALUES (the_turn) ON CONFLICT DO NOTHING;
	PERFORM FROM load_turn t WHERE t.turn = the_turn FOR UPDATE;
END
$$;
COMMENT ON FUNCTION industry.take_turn(text, integer) IS
'waits until no other load of the same source, or of the same kind of reference table, runs, and keeps others waiting until the transaction ends; a wait of more than 3 seconds is a warning (SQLSTATE 01B01)';

/*
 * All of it, in one transaction
 */

CREATE OR REPLACE FUNCTION industry.load(file_name text DEFAULT NULL, checksum text DEFAULT NULL, bytes bigint DEFAULT NULL, lines bigint DEFAULT NULL,
	dry_run boolean DEFAULT false, confirm_outliers boolean DEFAULT false, confirm_total boolean DEFAULT false,
	max_quarantine numeric DEFAULT 100, replaces bigint DEFAULT NULL, again boolean DEFAULT false, redrives bigint DEFAULT NULL,
	part text DEFAULT NULL, whole boolean DEFAULT false, sheet text DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning SET jit = off SET work_mem = '64MB' SET hash_mem_multiplier = 1 AS $$
DECLARE
	l record;
	n bigint;
	staged bigint;
	the_part text;
	is_whole boolean;
	result jsonb;
BEGIN
	IF to_regclass('pg_temp.industry_load') IS NULL THEN
		RAISE EXCEPTION 'no load was begun in this transaction'
			USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Call industry.begin_load and COPY the rows first, in the same transaction.';
	END IF;
	SELECT w.kind, w.source_id, w.options, w.header_line, w.delimiter, y.fact_table, s.source INTO l
	FROM pg_temp.industry_load w JOIN layout y ON y.kind = w.kind LEFT JOIN source s ON s.source_id = w.source_id;

	PERFORM take_turn(l.kind, l.source_id);
	the_part := CASE WHEN redrives IS NOT NULL THEN part
					 ELSE choose_part(l.kind, l.source_id, l.options, file_name, checksum, sheet, part, whole, replaces) END;
	is_whole := whole OR (the_part IS NULL AND coalesce(l.options ->> 'files', '') = 'whole');

	IF to_regclass('pg_temp.industry_line') IS NOT NULL THEN
		PERFORM split_lines();
	ELSE
		-- COPY numbers the rows without gaps
		staged := CASE WHEN EXISTS (SELECT FROM pg_temp.industry_stage) THEN currval(pg_get_serial_sequence('pg_temp.industry_stage', 'id')) ELSE 0 END;
		IF lines > staged THEN
			-- Some records go over several lines: count the breaks in their cells.
			EXECUTE (SELECT format('UPDATE pg_temp.industry_stage s SET line = o.line
									FROM (SELECT i.id, (%s + i.id + coalesce(sum(i.breaks) OVER (ORDER BY i.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::integer AS line
										  FROM (SELECT t.id, line_breaks(concat(%s)) AS breaks FROM pg_temp.industry_stage t) AS i) AS o
									WHERE o.id = s.id', l.header_line, string_agg(format('t.%I', a.attname), ', '))
					 FROM pg_attribute a WHERE a.attrelid = to_regclass('pg_temp.industry_stage') AND a.attname ~ '^c[0-9]+$' AND a.attgenerated = '');
		END IF;
	END IF;
	IF lines > staged OR staged IS NULL THEN
		-- A quote that is not closed swallows rows until the next one.
		EXECUTE (SELECT coalesce(min(o.command), 'SELECT') FROM (SELECT format('UPDATE pg_temp.industry_stage s
								SET problem = ''a quoted field goes over several lines, which look like rows of the file''
								WHERE s.problem IS NULL AND (%s)',
							   string_agg(format('(strpos(s.%1$I, E''\n'') > 0 AND length(s.%1$I) - length(replace(s.%1$I, %2$L, '''')) >= %3$s)', a.attname, l.delimiter, a.count - 1), ' OR '))
				 FROM (SELECT t.attname, count(*) OVER () AS count FROM pg_attribute t
					   WHERE t.attrelid = to_regclass('pg_temp.industry_stage') AND t.attname ~ '^c[0-9]+$' AND t.attgenerated = '') AS a HAVING min(a.count) >= 4) AS o (command));
	END IF;
	n := read_rows();
	IF dry_run THEN
		BEGIN
			IF l.fact_table IS NOT NULL THEN
				result := load_facts(l.kind, file_name, checksum, bytes, true, confirm_outliers, confirm_total, max_quarantine, replaces, again, redrives, n, the_part, is_whole);
			ELSE
				result := load_reference(l.kind, file_name, checksum, bytes, max_quarantine, n);
			END IF;
			RAISE EXCEPTION USING ERRCODE = 'BL000';
		EXCEPTION
			WHEN SQLSTATE 'BL000' THEN
				NULL;		-- what was written is taken back
		END;
	ELSIF l.fact_table IS NOT NULL THEN
		result := load_facts(l.kind, file_name, checksum, bytes, false, confirm_outliers, confirm_total, max_quarantine, replaces, again, redrives, n, the_part, is_whole);
	ELSE
		result := load_reference(l.kind, file_name, checksum, bytes, max_quarantine, n);
	END IF;
	result := jsonb_build_object('kind', l.kind, 'source', l.source, 'file', file_name, 'dry_run', dry_run) || result;
	result := jsonb_set(result, '{warnings}', (SELECT coalesce(jsonb_agg(o.line ORDER BY o.place), '[]') FROM pg_temp.industry_note o) || (result -> 'warnings'));
	IF (result ->> 'changed')::boolean AND NOT dry_run THEN
		PERFORM pg_notify('industry_load', (result - 'problems' - 'warnings' - 'changes' - 'views')::text);
	END IF;
	DROP TABLE pg_temp.industry_load, pg_temp.industry_stage;
	RETURN result;
END
$$;
COMMENT ON FUNCTION industry.load(text, text, bigint, bigint, boolean, boolean, boolean, numeric, bigint, boolean, bigint, text, boolean, text) IS
'loads what was copied since begin_load, in this transaction: moves every good row, quarantines every bad one, and returns a summary. Unchanged statement sets are left as they are, changed ones are superseded whole; a file that changes nothing leaves no trace. dry_run takes everything back and says what would change. max_quarantine is in percent of the rows read: beyond it the file is refused (SQLSTATE 22000). confirm_outliers accepts figures that are hundreds of times off the last edition, confirm_total figures beyond a stated total. replaces withdraws what an earlier load of the same kind and source said and this file does not. again allows to go back to a file that has been superseded or withdrawn. part names the part of its edition that the file is: it supersedes that part alone; whole says that it is all of the edition. Without either, a file that lacks members which the edition states is refused (SQLSTATE 55000). sheet is the name of the sheet, for the option files. After COMMIT, listeners of the channel industry_load get the summary';

CREATE OR REPLACE FUNCTION industry.line_breaks(cells text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN strpos(cells, E'\n') + strpos(cells, E'\r') = 0 THEN 0
	ELSE length(regexp_replace(replace(cells, E'\r\n', E'\n'), E'[^\r\n]', '', 'g')) END;
COMMENT ON FUNCTION industry.line_breaks(text) IS 'line breaks in a text';

/*
 * For the client
 */

CREATE OR REPLACE FUNCTION industry.option_pair(name text, value text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN jsonb_build_object(name, value::jsonb);
EXCEPTION
	WHEN invalid_text_representation OR untranslatable_character THEN
		RETURN jsonb_build_object(name, value);
END
$$;
COMMENT ON FUNCTION industry.option_pair(text, text) IS 'an option with its value, which is JSON or else text';

CREATE OR REPLACE FUNCTION industry.summary_text(result text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	WITH r AS (SELECT result::jsonb AS r),
	lines (place, line) AS (
		SELECT 1::numeric, CASE WHEN r ? 'withdraws' THEN
			format('%s%swithdrawal of load %s: %s rows of %s sets go, %s rows of other loads stay, %s rows in quarantine are closed',
				   CASE WHEN (r ->> 'dry_run')::boolean THEN 'dry run, nothing was changed: ' ELSE '' END,
				   CASE WHEN r ->> 'load_id' IS NULL OR (r ->> 'dry_run')::boolean THEN '' ELSE format('load %s: ', r ->> 'load_id') END,
				   r ->> 'withdraws', r ->> 'rows_superseded', r ->> 'sets_superseded', r ->> 'rows_loaded', r ->> 'rows_closed')
			ELSE format('%s%s: %s rows read, %s loaded%s, %s unchanged, %s quarantined, %s superseded',
			CASE WHEN (r ->> 'dry_run')::boolean THEN 'dry run, nothing was changed: ' ELSE '' END,
			CASE WHEN r ->> 'load_id' IS NULL OR (r ->> 'dry_run')::boolean THEN coalesce(r ->> 'file', r ->> 'kind') ELSE format('load %s', r ->> 'load_id') END,
			r ->> 'rows_read', r ->> 'rows_loaded', CASE WHEN r ->> 'part' IS NOT NULL AND r ->> 'rows_joined' <> '0' THEN format(' (%s of other parts)', r ->> 'rows_joined') ELSE '' END,
			r ->> 'rows_unchanged', r ->> 'rows_quarantined', r ->> 'rows_superseded') END FROM r
		UNION ALL
		SELECT 2, format('nothing to change') FROM r WHERE NOT (r ->> 'changed')::boolean
		UNION ALL
		SELECT 3 + w.n, 'note: ' || w.line FROM r CROSS JOIN LATERAL jsonb_array_elements_text(r -> 'warnings') WITH ORDINALITY AS w (line, n)
		UNION ALL
		SELECT 100 + p.n, format('%sline %s%s: %s%s%s', coalesce((p.problem ->> 'file') || ', ', ''), p.problem ->> 'line', coalesce(', ' || (p.problem ->> 'column'), ''), p.problem ->> 'message',
			coalesce('. ' || (p.problem ->> 'hint'), ''),
			CASE WHEN jsonb_array_length(p.problem -> 'nearest') > 0
				 THEN format(' Nearest known: %s.', (SELECT string_agg(k.name, ', ' ORDER BY k.n) FROM jsonb_array_elements_text(p.problem -> 'nearest') WITH ORDINALITY AS k (name, n))) ELSE '' END)
		FROM r CROSS JOIN LATERAL jsonb_array_elements(r -> 'problems') WITH ORDINALITY AS p (problem, n)
		UNION ALL
		SELECT 200, format('... and %s more; industry.quarantine has all of them', (r ->> 'rows_quarantined')::bigint - jsonb_array_length(r -> 'problems'))
		FROM r WHERE (r ->> 'rows_quarantined')::bigint > jsonb_array_length(r -> 'problems')
		UNION ALL
		SELECT 300 + c.n, format('would change: %s, %s, %s %s: %s -> %s (%s)', c.change ->> 'series', c.change ->> 'period', c.change ->> 'subject', c.change ->> 'measure',
			coalesce(c.change ->> 'before', 'nothing'), coalesce(c.change ->> 'after', 'nothing'), c.change ->> 'what')
		FROM r CROSS JOIN LATERAL jsonb_array_elements(coalesce(r -> 'changes', '[]')) WITH ORDINALITY AS c (change, n)
		UNION ALL
		SELECT 5000, format('views that read them: %s', (SELECT string_agg(v, ', ') FROM jsonb_array_elements_text(r -> 'views') AS v))
		FROM r WHERE jsonb_array_length(coalesce(r -> 'views', '[]')) > 0)
	SELECT l.line FROM lines l ORDER BY l.place;
END;
COMMENT ON FUNCTION industry.summary_text(text) IS 'the summary of a load, as lines for people';

/*
 * After a correction: the quarantined rows once more
 */

CREATE OR REPLACE FUNCTION industry.redrive(load_id bigint, dry_run boolean DEFAULT false, confirm_outliers boolean DEFAULT false,
	confirm_total boolean DEFAULT false) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning SET jit = off SET work_mem = '64MB' SET hash_mem_multiplier = 1 AS $$
DECLARE
	r record;
	header text[];
BEGIN
	SELECT o.kind, o.source_id, o.options, o.file_name, o.edition_part, o.withdraws, s.published INTO r
	FROM load_report o LEFT JOIN source s ON s.source_id = o.source_id WHERE o.load_id = redrive.load_id;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'there is no load %', load_id
			USING ERRCODE = 'invalid_parameter_value', HINT = 'industry.load_report lists the loads.';
	END IF;
	PERFORM take_turn(r.kind, r.source_id);
	SELECT array_agg(k.name ORDER BY k.name) INTO header
	FROM (SELECT DISTINCT x.name FROM quarantine q CROSS JOIN LATERAL jsonb_object_keys(q.row_text) AS x (name)
		  WHERE q.load_id = redrive.load_id AND q.resolved_by IS NULL AND q.stored_fact IS NULL) AS k;
	IF header IS NULL THEN
		RETURN jsonb_build_object('kind', r.kind, 'source', (SELECT s.source FROM source s WHERE s.source_id = r.source_id), 'file', r.file_name, 'dry_run', dry_run,
			'load_id', NULL, 'changed', false, 'rows_read', 0, 'rows_loaded', 0, 'rows_unchanged', 0, 'rows_quarantined', 0, 'rows_superseded', 0,
			'sets_loaded', 0, 'sets_superseded', 0, 'sets_unchanged', 0, 'warnings',
			jsonb_build_array(coalesce((SELECT format('%s row(s) of this load are contradicted by another part of the edition; they come back when a corrected file of either part is loaded', count(*))
										FROM quarantine q WHERE q.load_id = redrive.load_id AND q.resolved_by IS NULL HAVING count(*) > 0),
									   'no row of this load is in quarantine')), 'problems', '[]'::jsonb);
	END IF;
	DROP TABLE IF EXISTS pg_temp.industry_load, pg_temp.industry_stage, pg_temp.industry_line;
	CREATE TEMPORARY TABLE industry_load (kind text, source_id integer, published date, options jsonb, header text[], delimiter text,
		header_line integer, is_redrive boolean) ON COMMIT DROP;
	INSERT INTO pg_temp.industry_load (kind, source_id, published, options, header, delimiter, header_line, is_redrive)
	VALUES (r.kind, r.source_id, r.published, r.options, header, ',', 1, true);
	PERFORM make_stage(cardinality(header));
	EXECUTE (SELECT format('INSERT INTO pg_temp.industry_stage (line, problem, %s)
							SELECT q.line_number, CASE WHEN q.sqlstate = ''22P04'' THEN q.message END, %s
							FROM industry.quarantine q WHERE q.load_id = $1 AND q.resolved_by IS NULL AND q.stored_fact IS NULL ORDER BY q.quarantine_id',
							string_agg('c' || h.place, ', ' ORDER BY h.place), string_agg(format('q.row_text ->> %L', h.name), ', ' ORDER BY h.place))
			 FROM unnest(header) WITH ORDINALITY AS h (name, place))
	USING redrive.load_id;
	RETURN load(file_name => r.file_name, dry_run => dry_run, confirm_outliers => confirm_outliers, confirm_total => confirm_total, redrives => redrive.load_id, part => r.edition_part);
END
$$;
COMMENT ON FUNCTION industry.redrive(bigint, boolean, boolean, boolean) IS
'loads the quarantined rows of a load again, with its options, after an alias or another reference row was added: rows that are good now join the rows of their statement set, whose earlier form is superseded, and are marked as resolved; the others stay in quarantine';
