/*
 * The header: which column of the file is which column of the layout, by its
 * name and by the options.
 *
 *	load_options	the options in effect, each of a form that it can have
 *	map_header	check_named, match_header, refuse_ambiguous_header,
 *			refuse_incomplete_header
 */

CREATE OR REPLACE FUNCTION industry.header_unit(name text, OUT base text, OUT unit text)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	part text[];
BEGIN
	part := coalesce(regexp_match(printed_text(name), '^(.*[^ ]) ?[(\[]([^()\[\]]+)[)\]]$'),
					 regexp_match(printed_text(name), '^(.*[^ ]), ([^,]*[^ ,])$'),
					 regexp_match(printed_text(name), '^(.*[^ ]) in ([^ ].*)$'));
	base := header_key(part[1]);
	unit := part[2];
END
$$;
COMMENT ON FUNCTION industry.header_unit(text) IS 'a header name with its unit, taken apart: "Capacity (MWh)" is capacity and MWh; NULL where it has none';

CREATE OR REPLACE FUNCTION industry.is_named(name text, wanted text[], header text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT EXISTS (SELECT FROM unnest(wanted) AS w (name)
				   WHERE w.name = is_named.name OR (industry.header_key(w.name) = industry.header_key(is_named.name) AND w.name <> ALL (header)));
END;
COMMENT ON FUNCTION industry.is_named(text, text[], text[]) IS 'whether an option that names headers means this one: by its very name, else, where no header has that, without regard to case, blanks and underscores';

CREATE OR REPLACE FUNCTION industry.options_list(options jsonb, name text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT coalesce(array_agg(industry.header_key(e.value)), '{}')
		FROM jsonb_array_elements_text(coalesce(options -> name, '[]')) AS e (value));
COMMENT ON FUNCTION industry.options_list(jsonb, text) IS 'header keys that an option lists, such as ignore';

CREATE OR REPLACE FUNCTION industry.unpivots(options jsonb) RETURNS TABLE (number integer, pattern text, listed text[], name text, value text, estimated text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 2
BEGIN ATOMIC
	SELECT u.number::integer, CASE WHEN jsonb_typeof(u.o -> 'columns') = 'string' THEN u.o ->> 'columns' END,
		   CASE WHEN jsonb_typeof(u.o -> 'columns') = 'array'
				THEN (SELECT array_agg(industry.header_key(e.value)) FROM jsonb_array_elements_text(u.o -> 'columns') AS e (value)) END,
		   u.o ->> 'name', u.o ->> 'value', u.o ->> 'estimated'
	FROM jsonb_array_elements(CASE jsonb_typeof(options -> 'unpivot') WHEN 'array' THEN options -> 'unpivot'
							  ELSE jsonb_build_array(options -> 'unpivot') END) WITH ORDINALITY AS u (o, number)
	WHERE options ? 'unpivot';
END;
COMMENT ON FUNCTION industry.unpivots(jsonb) IS 'the option unpivot, one row for each measure of a wide table';

CREATE OR REPLACE FUNCTION industry.variable_map(variables jsonb) RETURNS TABLE (variable text, target text, constants jsonb)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5
BEGIN ATOMIC
	SELECT m.key, CASE jsonb_typeof(m.value) WHEN 'string' THEN m.value #>> '{}' ELSE m.value ->> 'column' END,
		   CASE jsonb_typeof(m.value) WHEN 'object' THEN m.value - 'column' ELSE '{}' END
	FROM jsonb_each(variables -> 'map') AS m (key, value);
END;
COMMENT ON FUNCTION industry.variable_map(jsonb) IS 'the map of the option variables: what each variable of a long table is in the layout, and what else holds for it';

CREATE OR REPLACE FUNCTION industry.load_options(kind text, source_options jsonb, given jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	known CONSTANT text[] := ARRAY['delimiter', 'encoding', 'skip_lines', 'footer', 'decimal_comma', 'digit_grouping', 'split', 'columns', 'constants', 'unpivot',
		'variables', 'where', 'ignore', 'keep_as_note', 'units', 'flags', 'missing', 'unreadable', 'row_kinds', 'codes', 'dollar', 'yen', 'date_order',
		'fiscal_year', 'period_grain', 'outlier_factor', 'files', 'keep_known', 'kinds'];
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
		WHEN options ? 'keep_known' AND options ->> 'keep_known' NOT IN ('true', 'false') THEN 'keep_known must be true or false'
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

CREATE OR REPLACE FUNCTION industry.header_advice(header text[], first_line integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
	WHEN strpos(array_to_string(header, ' '), E'\t') > 0 THEN 'The header has tabs; if they are between its names, set the option delimiter of the source: {"delimiter": "\t"}. '
	WHEN cardinality(header) > 1 AND 2 * (SELECT count(*) FROM unnest(header) AS h (name) WHERE industry.cell(h.name) IS NOT NULL) <= cardinality(header)
		THEN format('If the header stands below line %s, set the option skip_lines of the source, such as {"skip_lines": %s}. ', first_line, first_line)
	ELSE '' END;
COMMENT ON FUNCTION industry.header_advice(text[], integer) IS 'what to do where a header looks like none, for a hint; empty where it looks like one';

CREATE OR REPLACE FUNCTION industry.check_named(kind text, header text[], options jsonb, first_line integer) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	bad record;
	names text := (SELECT string_agg(c.column_name, ', ' ORDER BY c.position) FROM layout_column c WHERE c.kind = check_named.kind);
BEGIN
	-- What the options name must exist.
	SELECT o.what, o.name INTO bad
	FROM (SELECT 'columns' AS what, m.value AS name FROM jsonb_each_text(coalesce(options -> 'columns', '{}')) AS m
		  UNION ALL SELECT 'constants', k FROM jsonb_object_keys(coalesce(options -> 'constants', '{}')) AS k
		  UNION ALL SELECT 'units', k FROM jsonb_object_keys(coalesce(options -> 'units', '{}')) AS k
		  UNION ALL SELECT 'variables', m.target FROM variable_map(options -> 'variables') AS m
		  UNION ALL SELECT 'variables', k.name FROM variable_map(options -> 'variables') AS m CROSS JOIN LATERAL jsonb_object_keys(m.constants) AS k (name)
		  UNION ALL SELECT 'unpivot', u.name FROM unpivots(options) AS u
		  UNION ALL SELECT 'unpivot', u.value FROM unpivots(options) AS u) AS o
	WHERE NOT EXISTS (SELECT FROM layout_column c WHERE c.kind = check_named.kind AND c.column_name = o.name)
	ORDER BY 1, 2 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'option % names "%", which is no column of kind %', bad.what, excerpt(bad.name), kind
			USING ERRCODE = 'invalid_parameter_value', HINT = format('The columns are %s.', names);
	END IF;
	SELECT o.what, o.name INTO bad
	FROM (SELECT 'split' AS what, options -> 'split' ->> 'column' AS name WHERE options ? 'split'
		  UNION ALL SELECT 'where', k.name FROM jsonb_object_keys(coalesce(options -> 'where', '{}')) AS k (name)
		  UNION ALL SELECT 'variables', options -> 'variables' ->> x.name FROM unnest(ARRAY['name', 'value', 'unit']) AS x (name) WHERE options -> 'variables' ? x.name) AS o
	WHERE NOT EXISTS (SELECT FROM unnest(header) AS h (name) WHERE header_key(h.name) = header_key(o.name))
	  AND NOT (SELECT w.is_redrive FROM pg_temp.industry_load w)
	ORDER BY 1, 2 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'line %: the header has no column "%", which option % names', first_line, excerpt(bad.name), bad.what
			USING ERRCODE = 'undefined_column', DETAIL = format('The header is: %s.', excerpt(array_to_string(header, ', '))),
				  HINT = header_advice(header, first_line) || 'Correct the option of the source.';
	END IF;
END
$$;
COMMENT ON FUNCTION industry.check_named(text, text[], jsonb, integer) IS 'refuses a header, or options, where an option names a column that does not exist (SQLSTATE 22023, 42703)';

CREATE OR REPLACE FUNCTION industry.match_header(kind text, header text[], own_columns integer, split_place integer, options jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
#variable_conflict use_column
BEGIN
	PERFORM work_table('industry_header');
	INSERT INTO pg_temp.industry_header (place, header_name, label, column_name, unit, unit_for, is_unpivoted, unpivot_number, unpivot_name, unpivot_value, is_known, is_measure, is_split, used_as)
	WITH named AS (
		SELECT h.place::integer AS place, h.name, header_key(h.name) AS key, header_key(t.base) AS base, t.unit,
			   (SELECT m.value FROM jsonb_each_text(coalesce(options -> 'columns', '{}')) AS m WHERE is_named(h.name, ARRAY[m.key], header) ORDER BY m.key LIMIT 1) AS mapped,
			   is_named(h.name, ARRAY(SELECT jsonb_array_elements_text(coalesce(options -> 'ignore', '[]'))), header) OR h.place IS NOT DISTINCT FROM split_place AS is_ignored,
			   is_named(h.name, ARRAY(SELECT jsonb_array_elements_text(coalesce(options -> 'keep_as_note', '[]'))), header) AS is_kept,
			   (SELECT x.name FROM unnest(ARRAY['name', 'value', 'unit']) AS x (name) WHERE is_named(h.name, ARRAY[options -> 'variables' ->> x.name], header) LIMIT 1) AS variable_part,
			   u.number, u.name AS unpivot_column, u.value AS unpivot_value,
			   -- 2025e says so itself
			   u.captured || CASE WHEN h.name ~ u.estimated AND u.captured !~* '[0-9] ?e$' THEN 'e' ELSE '' END AS unpivot_name
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
			WHERE o.kind = match_header.kind AND (o.column_name = n.key OR (n.key = ANY (o.also_called)
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
			WHERE o.kind = match_header.kind AND r.source = 'figure') AS c
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
								WHERE o.kind = match_header.kind AND r.source = 'figure' AND f.mapped IS NULL AND f.column_name IS NULL AND NOT f.is_ignored AND NOT f.is_kept
								  AND f.key IN (o.column_name || '_unit', o.column_name || '_units', 'unit_of_' || o.column_name) LIMIT 1) AS unit_for) AS u
	-- What the figure of a row is of: columns of long tables that say so, packed
	-- dimensions, and those of SDMX-CSV, which stand before the value.
	CROSS JOIN LATERAL (SELECT f.key IN ('variable', 'parameter', 'indicator', 'measure', 'statistic', 'statistics', 'core_metric_parameter', 'core_metric_case',
										 'flow', 'flowcode', 'trade_flow')
							OR f.place > own_columns OR f.place < (SELECT v.place FROM named v WHERE v.key = 'obs_value' ORDER BY v.place LIMIT 1) IS TRUE AS is_measure) AS m
	WHERE f.choice = 1;
END
$$;
COMMENT ON FUNCTION industry.match_header(text, text[], integer, integer, jsonb) IS 'makes pg_temp.industry_header, one row for each column of the file; own_columns stand in it, the others are parts of the one at split_place';

CREATE OR REPLACE FUNCTION industry.refuse_ambiguous_header(kind text, header text[], options jsonb, first_line integer) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	bad record;
BEGIN
	SELECT array_agg(h.header_name ORDER BY h.place) AS printed, h.column_name INTO bad
	FROM pg_temp.industry_header h
	JOIN layout_column c ON c.kind = refuse_ambiguous_header.kind AND c.column_name = h.column_name
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
				  HINT = header_advice(header, first_line) || format('The option unpivot names %s.', (SELECT string_agg(coalesce(u.pattern, array_to_string(u.listed, ', ')), ' and ' ORDER BY u.number) FROM unpivots(options) AS u));
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
END
$$;
COMMENT ON FUNCTION industry.refuse_ambiguous_header(text, text[], jsonb, integer) IS 'refuses a header that names a column more than once, or whose columns to unpivot are none, of one name or of several units (SQLSTATE 42701, 42703, 22023)';

CREATE OR REPLACE FUNCTION industry.refuse_incomplete_header(kind text, header text[], options jsonb, first_line integer) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	missing text;
	names text := (SELECT string_agg(c.column_name, ', ' ORDER BY c.position) FROM layout_column c WHERE c.kind = refuse_incomplete_header.kind);
BEGIN
	SELECT string_agg(DISTINCT format('"%s"', n.name), ', ') INTO missing
	FROM (SELECT CASE WHEN c.required = 'yes' THEN c.column_name ELSE c.required END AS name,
				 bool_or(EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.column_name = c.column_name)
						 OR coalesce(options -> 'constants' ? c.column_name, false)
						 OR EXISTS (SELECT FROM unpivots(options) AS u WHERE c.column_name IN (u.name, u.value))
						 OR EXISTS (SELECT FROM variable_map(options -> 'variables') AS m WHERE m.target = c.column_name OR m.constants ? c.column_name)
						 OR (c.column_name = 'period' AND (SELECT count(*) = 2 FROM unnest(ARRAY['period_first', 'period_last']) AS p (name)
														   WHERE coalesce(options -> 'constants' ? p.name, false) OR EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.column_name = p.name)))
						 OR (c.column_name = 'period' AND EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.column_name = 'year'))) AS is_there
		  FROM layout_column c
		  WHERE c.kind = refuse_incomplete_header.kind AND c.required IS NOT NULL
		  GROUP BY 1) AS n
	WHERE NOT n.is_there;
	IF missing IS NOT NULL THEN
		RAISE EXCEPTION 'line %: a file of kind % needs %, which the header does not have', first_line, kind, missing
			USING ERRCODE = 'undefined_column',
				  DETAIL = format('The header is: %s.', excerpt(array_to_string(header, ', '))),
				  HINT = format('%sColumns may be %s. Where the file calls one by another name, set the option columns of the source, such as {"columns": {"GWh": "amount"}}; where it holds for the whole file, the option constants.',
								header_advice(header, first_line), names);
	END IF;
END
$$;
COMMENT ON FUNCTION industry.refuse_incomplete_header(text, text[], jsonb, integer) IS 'refuses a header that lacks a column which the kind needs (SQLSTATE 42703)';

CREATE OR REPLACE FUNCTION industry.map_header(kind text, header text[], options jsonb, first_line integer DEFAULT 1) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	split record;
	whole text[];
BEGIN
	SELECT s.place, s.names INTO split FROM split_names(header, options) AS s;
	whole := header || coalesce(split.names, '{}');
	PERFORM check_named(kind, whole, options, first_line);
	PERFORM match_header(kind, whole, cardinality(header), split.place, options);
	PERFORM refuse_ambiguous_header(kind, whole, options, first_line);
	PERFORM refuse_incomplete_header(kind, whole, options, first_line);
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
