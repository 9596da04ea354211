/*
 * Rows: from the staging table, text as it came, to typed rows in
 * pg_temp.industry_new, and what is wrong with them in pg_temp.industry_problem.
 *
 *	plan_columns	what each column of the layout is in this file: one row of
 *			pg_temp.industry_column, with the expression for its text
 *	rows_query	the rows of the file under the names of the layout
 *	judge_columns	what a column says as a whole: the unit of its shares, of its
 *			energies, and columns that have no home
 *	read_names, read_units, read_figures, read_days, read_combinations
 *			what is printed, each text once
 *	read_rows	one statement that puts all of it together
 *
 * Plain figures, digits alone, are most of what files hold and are read in that
 * statement itself; the others by read_figure, each text once.
 */

CREATE OR REPLACE FUNCTION industry.word(c text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN length(c) > 14 OR NOT lower(c) IN ('na', 'n/a', 'n.a.', 'n.a', '#n/a', 'nan', 'none', 'null', '<na>', '-', '--', '–', '—', '..', '...',
	'n/s', 'n.s.', 'not available', 'not stated', 'unknown', 'tbd') THEN c END;
COMMENT ON FUNCTION industry.word(text) IS 'the text of a cell of words; NULL where it is a mark for a missing value: n/a, nan, None, —, n/s';

CREATE OR REPLACE FUNCTION industry.refuse_file(message text, detail text, hint text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	IF detail IS NULL THEN
		RAISE EXCEPTION '%', message USING ERRCODE = 'invalid_parameter_value', HINT = hint;
	END IF;
	RAISE EXCEPTION '%', message USING ERRCODE = 'invalid_parameter_value', DETAIL = detail, HINT = hint;
END
$$;
COMMENT ON FUNCTION industry.refuse_file(text, text, text) IS 'refuses a file as a whole (SQLSTATE 22023), with what to write';

CREATE OR REPLACE FUNCTION industry.options_with(options jsonb, further jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT jsonb_object_agg(o.key, CASE jsonb_typeof(o.value) WHEN 'object' THEN coalesce(options -> o.key, '{}') || o.value
											WHEN 'array' THEN coalesce(options -> o.key, '[]') || o.value ELSE o.value END)
		FROM jsonb_each(further) AS o);
COMMENT ON FUNCTION industry.options_with(jsonb, jsonb) IS 'further options, each with what it would otherwise replace';

CREATE OR REPLACE FUNCTION industry.option_json(source_id integer, options jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	whole jsonb := (SELECT options_with(w.options, option_json.options) FROM pg_temp.industry_load w);
BEGIN
	RETURN format('Store once with the source what its files mean: UPDATE industry.source SET options = options || %L WHERE source = %L; or give it for this load: %s.',
		whole, coalesce((SELECT s.source FROM source s WHERE s.source_id = option_json.source_id), '...'),
		(SELECT string_agg(format('--option=%s=''%s''', o.key, replace(CASE WHEN jsonb_typeof(o.value) = 'string' THEN o.value #>> '{}' ELSE o.value::text END, '''', '''\''''')), ' ')
		 FROM jsonb_each(whole) AS o));
END
$$;
COMMENT ON FUNCTION industry.option_json(integer, jsonb) IS 'how to give options that settle a refusal: at the source, or for one load';

CREATE OR REPLACE FUNCTION industry.note_load(line text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	INSERT INTO pg_temp.industry_note (line) VALUES (line);
END
$$;
COMMENT ON FUNCTION industry.note_load(text) IS 'a line for the summary of the load';

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

/*
 * What the columns of the layout are in this file
 */

CREATE OR REPLACE FUNCTION industry.plan_columns(load_kind text, options jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	variables jsonb := options -> 'variables';
	value_cell text;
	beside_cell text;
BEGIN
	IF variables IS NOT NULL THEN
		value_cell := (SELECT format('industry.cell(s.c%s)', h.place) FROM pg_temp.industry_header h WHERE h.used_as = 'variables value');
		beside_cell := (SELECT format('industry.cell(s.c%s)', h.place) FROM pg_temp.industry_header h WHERE h.used_as = 'variables unit');
	END IF;
	DROP TABLE IF EXISTS pg_temp.industry_column;
	CREATE TEMPORARY TABLE industry_column ON COMMIT DROP AS
	SELECT c.position, c.column_name, c.reads, r.source, r.dimension, r.is_exact, r.expression, r.problem, r.hint, c.required, c.part, c.target, c.is_key,
		   c.allowed, c.default_value, c.prefix, c.unit AS default_unit, options -> 'units' ->> c.column_name AS option_unit, x.header_unit,
		   CASE WHEN x.from_header IS NULL AND options -> 'constants' ->> c.column_name IS NOT NULL THEN format('%L::text', options -> 'constants' ->> c.column_name)
				WHEN options -> 'constants' ? c.column_name THEN format('coalesce(%s, %L)', x.from_header, options -> 'constants' ->> c.column_name)
				ELSE x.from_header END AS cell,
		   -- cells of its own unit: a column for it, or the one beside a long table's value
		   coalesce(x.unit_cell, CASE WHEN x.is_variable THEN beside_cell END) AS unit_cell,
		   x.from_header IS NOT NULL AS varies
	FROM layout_column c
	JOIN layout_reader r ON r.reads = c.reads
	CROSS JOIN LATERAL (
		SELECT coalesce(
				   -- several columns of words for one are put together
				   (SELECT CASE WHEN count(*) > 1 THEN format('nullif(concat_ws(%L, %s), '''')', CASE c.reads WHEN 'flag' THEN '' ELSE ', ' END, string_agg(format('industry.cell(s.c%s)', h.place), ', ' ORDER BY h.place))
							ELSE min(format('industry.cell(s.c%s)', h.place)) END
					FROM pg_temp.industry_header h WHERE h.column_name = c.column_name HAVING count(*) > 0),
				   (SELECT format('u.v%s', min(p.number)) FROM unpivots(options) AS p WHERE p.value = c.column_name HAVING count(*) > 0),
				   (SELECT 'u.k' FROM unpivots(options) AS p WHERE p.name = c.column_name LIMIT 1),
				   (SELECT CASE WHEN bool_or(m.target = c.column_name) THEN format('CASE WHEN m.target = %L THEN %s END', c.column_name, value_cell)
							ELSE format('m.%I', 'k_' || c.column_name) END
					FROM variable_map(variables) AS m WHERE m.target = c.column_name OR m.constants ? c.column_name HAVING count(*) > 0)) AS from_header,
			   EXISTS (SELECT FROM variable_map(variables) AS m WHERE m.target = c.column_name) AS is_variable,
			   (SELECT min(h.unit) FROM pg_temp.industry_header h
				WHERE h.column_name = c.column_name OR (h.is_unpivoted AND h.unpivot_value = c.column_name)) AS header_unit,
			   (SELECT format('industry.cell(s.c%s)', min(h.place)) FROM pg_temp.industry_header h WHERE h.unit_for = c.column_name HAVING count(*) > 0) AS unit_cell) AS x
	WHERE c.kind = load_kind;
	-- A general column "unit" is asked by every figure that has none of its own.
	UPDATE pg_temp.industry_column c SET unit_cell = u.cell
	FROM pg_temp.industry_column u
	WHERE c.source = 'figure' AND c.unit_cell IS NULL AND u.reads = 'unit' AND u.cell IS NOT NULL;
	-- A cost of which nothing but the currency is said is per kWh.
	UPDATE pg_temp.industry_column c SET unit_cell = format('industry.word(%s) || ''/kWh''', u.cell)
	FROM pg_temp.industry_column u
	WHERE c.dimension = 'cost' AND num_nonnulls(c.unit_cell, c.header_unit, c.option_unit) = 0
	  AND u.reads = 'currency' AND u.target IS NULL AND u.cell IS NOT NULL;
END
$$;
COMMENT ON FUNCTION industry.plan_columns(text, jsonb) IS 'makes pg_temp.industry_column: the columns of the layout as this file has them, each with the expression for its text (cell, NULL where the file has none)';

CREATE OR REPLACE FUNCTION industry.variable_map(variables jsonb) RETURNS TABLE (variable text, target text, constants jsonb)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5
BEGIN ATOMIC
	SELECT m.key, CASE jsonb_typeof(m.value) WHEN 'string' THEN m.value #>> '{}' ELSE m.value ->> 'column' END,
		   CASE jsonb_typeof(m.value) WHEN 'object' THEN m.value - 'column' ELSE '{}' END
	FROM jsonb_each(variables -> 'map') AS m (key, value);
END;
COMMENT ON FUNCTION industry.variable_map(jsonb) IS 'the map of the option variables: what each variable of a long table is in the layout, and what else holds for it';

CREATE OR REPLACE FUNCTION industry.chosen_condition(options jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN (SELECT string_agg(format('industry.name_key(industry.cell(s.c%s)) = ANY (%L)', h.place,
						(SELECT array_agg(name_key(v.value)) FROM jsonb_array_elements_text(CASE jsonb_typeof(w.value) WHEN 'array' THEN w.value ELSE jsonb_build_array(w.value) END) AS v (value))), ' AND ')
			FROM jsonb_each(options -> 'where') AS w JOIN pg_temp.industry_header h ON is_named(h.header_name, ARRAY[w.key], (SELECT array_agg(x.header_name) FROM pg_temp.industry_header x)));
END
$$;
COMMENT ON FUNCTION industry.chosen_condition(jsonb) IS 'condition of the option where over rows s of industry_stage; NULL without it';

CREATE OR REPLACE FUNCTION industry.rows_query(options jsonb, header_line integer) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	variables jsonb := options -> 'variables';
	variable_cell text := (SELECT format('industry.cell(s.c%s)', h.place) FROM pg_temp.industry_header h WHERE h.used_as = 'variables name');
	value_cell text := (SELECT format('industry.cell(s.c%s)', h.place) FROM pg_temp.industry_header h WHERE h.used_as = 'variables value');
	from_text text := 'pg_temp.industry_stage s';
	row_number text := '0';
	condition text;
	main_figure text := (SELECT c.column_name FROM pg_temp.industry_column c WHERE c.source = 'figure' AND c.cell IS NOT NULL
						 ORDER BY c.prefix IS DISTINCT FROM '', c.position LIMIT 1);
	beside text := (SELECT string_agg(c.cell, ', ' ORDER BY c.reads DESC) FROM pg_temp.industry_column c WHERE c.reads = 'flag' AND c.cell IS NOT NULL);
	before text := (SELECT c.cell FROM pg_temp.industry_column c WHERE c.reads = 'qualifier' AND c.cell IS NOT NULL);
	list text;
	names text;
BEGIN
	IF EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.is_unpivoted) THEN
		-- one row for each name that the headers give, with a value for each measure
		SELECT string_agg(format('(%s, %L%s)', o.place, o.unpivot_name, o.cells), ', ' ORDER BY o.place) INTO list
		FROM (SELECT min(h.place) AS place, h.unpivot_name,
					 (SELECT string_agg(coalesce((SELECT format(', industry.cell(s.c%s)', min(v.place)) FROM pg_temp.industry_header v
												  WHERE v.is_unpivoted AND v.unpivot_name = h.unpivot_name AND v.unpivot_number = p.number HAVING count(*) > 0),
												 ', NULL::text'), '' ORDER BY p.number) FROM unpivots(options) AS p) AS cells
			  FROM pg_temp.industry_header h WHERE h.is_unpivoted GROUP BY h.unpivot_name) AS o;
		names := (SELECT string_agg(format(', v%s', p.number), '' ORDER BY p.number) FROM unpivots(options) AS p);
		from_text := from_text || format(' CROSS JOIN LATERAL (VALUES %s) AS u (n, k%s)', list, names);
		row_number := 'u.n';
		condition := format('CASE WHEN s.problem IS NULL THEN coalesce(%s) IS NOT NULL ELSE u.n = (SELECT min(h.place) FROM pg_temp.industry_header h WHERE h.is_unpivoted) END',
							(SELECT string_agg(format('u.v%s', p.number), ', ') FROM unpivots(options) AS p));
	ELSE
		-- a row without any text is no row
		condition := (SELECT format('(s.problem IS NOT NULL OR coalesce(%s) IS NOT NULL)', string_agg(format('industry.cell(s.c%s)', h.place), ', ' ORDER BY h.place))
					  FROM pg_temp.industry_header h);
	END IF;
	IF variables IS NOT NULL THEN
		SELECT string_agg(format('(%L, %L%s)', header_key(m.variable), m.target,
								 (SELECT string_agg(format(', %L', m.constants ->> k.name), '' ORDER BY k.name)
								  FROM (SELECT DISTINCT o.name FROM variable_map(variables) AS x CROSS JOIN LATERAL jsonb_object_keys(x.constants) AS o (name)) AS k)), ', '),
			   (SELECT string_agg(format(', %I', 'k_' || k.name), '' ORDER BY k.name)
				FROM (SELECT DISTINCT o.name FROM variable_map(variables) AS x CROSS JOIN LATERAL jsonb_object_keys(x.constants) AS o (name)) AS k)
		INTO list, names FROM variable_map(variables) AS m;
		from_text := from_text || format(' LEFT JOIN (VALUES %s) AS m (variable, target%s) ON m.variable = industry.header_key(%s)', list, names, variable_cell);
		condition := format('(s.problem IS NOT NULL OR (m.target IS NOT NULL AND %s IS NOT NULL))', value_cell);
	END IF;
	condition := condition || coalesce(' AND (s.problem IS NOT NULL OR (' || chosen_condition(options) || '))', '');
	RETURN format('SELECT s.id * 1024 + %s AS row_id, coalesce(s.line, (s.id + %s)::integer) AS line_number, s.problem AS ragged, %s AS extra%s%s FROM %s WHERE %s',
		row_number, header_line,
		coalesce((SELECT format('nullif(jsonb_strip_nulls(jsonb_object(%L::text[], ARRAY[%s])), ''{}'')',
								array_agg(h.label ORDER BY h.place), string_agg(format('industry.cell(s.c%s)', h.place), ', ' ORDER BY h.place))
				  FROM pg_temp.industry_header h WHERE h.used_as = 'note' HAVING count(*) > 0), 'NULL::jsonb'),
		(SELECT string_agg(', ' || CASE
					WHEN c.cell IS NULL THEN 'NULL::text'
					WHEN c.column_name = main_figure AND (before IS NOT NULL OR beside IS NOT NULL)
						THEN format('CASE WHEN %1$s IS NOT NULL%3$s THEN nullif(concat_ws('' '', %2$s), '''') END', c.cell,
									concat_ws(', ', CASE WHEN before IS NOT NULL THEN format('CASE WHEN %s IS NOT NULL THEN nullif(%s, ''='') END', c.cell, before) END,
										-- a flag alone says why there is no figure
										CASE WHEN beside IS NOT NULL THEN format('coalesce(%s, '':'')', c.cell) ELSE c.cell END, beside),
									CASE WHEN beside IS NOT NULL THEN format(' OR coalesce(%s) IS NOT NULL', beside) ELSE '' END)
					ELSE c.cell END || format(' AS %I', c.column_name), '' ORDER BY c.position)
		 FROM pg_temp.industry_column c),
		(SELECT coalesce(string_agg(format(', %s AS %I', c.unit_cell, 'unit of ' || c.column_name), '' ORDER BY c.position), '')
		 FROM pg_temp.industry_column c WHERE c.source = 'figure' AND c.cell IS NOT NULL AND c.unit_cell IS NOT NULL),
		from_text, condition);
END
$$;
COMMENT ON FUNCTION industry.rows_query(jsonb, integer) IS 'query that gives the rows of industry_stage under the names of the layout, as text, each figure with the text of its unit cell in "unit of NAME"';

CREATE OR REPLACE FUNCTION industry.row_columns(alias text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN (SELECT format('%1$s.row_id, %1$s.line_number, %1$s.ragged, %1$s.extra', alias)
				|| string_agg(format(', %s.%I', alias, c.column_name), '' ORDER BY c.position)
				|| coalesce(string_agg(format(', %s.%I', alias, 'unit of ' || c.column_name), '' ORDER BY c.position)
							FILTER (WHERE c.source = 'figure' AND c.cell IS NOT NULL AND c.unit_cell IS NOT NULL), '')
			FROM pg_temp.industry_column c);
END
$$;
COMMENT ON FUNCTION industry.row_columns(text) IS 'the columns of rows_query';

CREATE OR REPLACE FUNCTION industry.merged_rows(rows_text text, options jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	targets text[] := (SELECT array_agg(DISTINCT m.target) FROM variable_map(options -> 'variables') AS m);
	keys text;
BEGIN
	IF cardinality(targets) IS NULL OR cardinality(targets) < 2 THEN
		RETURN rows_text;
	END IF;
	-- Figures of one thing that stand in rows of their own become one row.
	keys := (SELECT string_agg(format('o.%I', c.column_name), ', ' ORDER BY c.position) FROM pg_temp.industry_column c
			 WHERE c.column_name <> ALL (targets) AND c.reads NOT IN ('unit', 'flag', 'qualifier'));
	RETURN format('SELECT min(o.row_id) AS row_id, min(o.line_number) AS line_number, min(o.ragged) AS ragged,
						  CASE WHEN count(DISTINCT o.extra) <= 1 THEN min(o.extra::text)::jsonb ELSE jsonb_build_object(''lines'', jsonb_agg(o.extra ORDER BY o.row_id)) END AS extra%s%s
				   FROM (SELECT %s, row_number() OVER (PARTITION BY %s, %s, i.ragged ORDER BY i.row_id) AS time FROM (%s) AS i) AS o
				   GROUP BY %s, o.time, CASE WHEN o.ragged IS NOT NULL THEN o.row_id END',
		(SELECT string_agg(CASE WHEN c.column_name = ANY (targets) OR c.reads IN ('unit', 'flag', 'qualifier') THEN format(', min(o.%1$I) AS %1$I', c.column_name)
								ELSE format(', o.%I', c.column_name) END, '' ORDER BY c.position) FROM pg_temp.industry_column c),
		(SELECT coalesce(string_agg(format(', min(o.%1$I) FILTER (WHERE o.%2$I IS NOT NULL) AS %1$I', 'unit of ' || c.column_name, c.column_name), '' ORDER BY c.position), '')
		 FROM pg_temp.industry_column c WHERE c.source = 'figure' AND c.cell IS NOT NULL AND c.unit_cell IS NOT NULL),
		row_columns('i'), replace(keys, 'o.', 'i.'),
		(SELECT string_agg(format('i.%I IS NULL', t), ', ') FROM unnest(targets) AS t), rows_text, keys);
END
$$;
COMMENT ON FUNCTION industry.merged_rows(text, jsonb) IS 'the rows of a long table with the figures of one thing in one row, where the option variables names several columns';

CREATE OR REPLACE FUNCTION industry.make_work_tables() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
BEGIN
	DROP TABLE IF EXISTS pg_temp.industry_new, pg_temp.industry_problem, pg_temp.industry_name, pg_temp.industry_reading,
		pg_temp.industry_combination, pg_temp.industry_set, pg_temp.industry_unit, pg_temp.industry_note;
	CREATE TEMPORARY TABLE industry_note (place integer GENERATED ALWAYS AS IDENTITY, line text) ON COMMIT DROP;
	CREATE TEMPORARY TABLE industry_name (reads text, printed text, id integer, code text, row_kind text, is_missing boolean NOT NULL DEFAULT false,
		sqlstate text, problem text, hint text) ON COMMIT DROP;
	CREATE TEMPORARY TABLE industry_unit (column_name text, printed text, factor numeric, scale numeric, currency text, unit text, origin text,
		sqlstate text, problem text, hint text) ON COMMIT DROP;
	CREATE TEMPORARY TABLE industry_reading (column_name text, printed text, unit_printed text, value numeric, low numeric, high numeric, qualifier text,
		missing_reason text, currency text, unit text, usd numeric, power numeric, is_estimate boolean, mark text, first_day date,
		day_precision text, sqlstate text, problem text, hint text) ON COMMIT DROP;
	CREATE TEMPORARY TABLE industry_problem (row_id bigint, priority integer, column_name text, as_printed text, sqlstate text,
		message text, hint text, nearest text[]) ON COMMIT DROP;
	CREATE TEMPORARY TABLE industry_combination (combination bigint GENERATED ALWAYS AS IDENTITY, key text, metric text, basis text, scope text,
		price_or_cost text, money_basis text, base_year text, country_basis text, application text, stage text, material text,
		geography text, scenario text, period text, year text, quarter text, month text, period_first text, period_last text, first_day date, last_day date,
		statement_kind text, set_number integer, column_name text, as_printed text, sqlstate text, problem text, hint text) ON COMMIT DROP;
	CREATE TEMPORARY TABLE industry_set (set_number integer GENERATED ALWAYS AS IDENTITY, metric text, basis text, scope text, price_or_cost text,
		money_basis text, base_year integer, country_basis text, application text, stage text, material text, geography text, scenario text,
		period_first date, period_last date, period_as_printed text, series_id integer, old_set_id bigint, previous_set_id bigint,
		current_set_id bigint, new_set_id bigint, good_rows bigint) ON COMMIT DROP;
END
$$;
COMMENT ON FUNCTION industry.make_work_tables() IS 'makes the loader''s temporary tables for one load';

/*
 * What is printed, each text once
 */

CREATE OR REPLACE FUNCTION industry.read_names(rows_text text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	c record;
	lists text[];
	own jsonb;
BEGIN
	SELECT w.kind, w.options, coalesce(w.published, current_date) AS on_day, s.source, s.publisher INTO l
	FROM pg_temp.industry_load w LEFT JOIN source s ON s.source_id = w.source_id;
	FOR c IN SELECT o.column_name, o.reads FROM pg_temp.industry_column o WHERE o.source = 'name' AND o.cell IS NOT NULL ORDER BY o.position LOOP
		EXECUTE format('INSERT INTO pg_temp.industry_name (reads, printed)
						SELECT %1$L, d.name FROM (SELECT DISTINCT r.%2$I AS name FROM (%3$s) AS r WHERE r.%2$I IS NOT NULL AND r.ragged IS NULL) AS d
						WHERE NOT EXISTS (SELECT FROM pg_temp.industry_name n WHERE n.reads = %1$L AND n.printed = d.name)',
					   c.reads, c.column_name, rows_text);
	END LOOP;
	UPDATE pg_temp.industry_name n SET is_missing = is_missing(n.printed, n.reads)
	WHERE n.reads NOT IN ('chemistry', 'country', 'status');
	UPDATE pg_temp.industry_name n SET id = find_maker(n.printed, l.on_day) WHERE n.reads = 'maker';
	UPDATE pg_temp.industry_name n SET id = find_plant(n.printed) WHERE n.reads = 'plant';
	UPDATE pg_temp.industry_name n SET is_missing = false WHERE n.id IS NOT NULL;
	UPDATE pg_temp.industry_name n SET code = CASE n.reads
		WHEN 'control' THEN coalesce((SELECT x.control FROM export_control x WHERE x.control = n.printed),
									 (SELECT CASE WHEN count(*) = 1 THEN min(x.control) END FROM export_control x WHERE name_key(x.reference) = name_key(n.printed)))
		WHEN 'sector' THEN (SELECT x.sector FROM sector x WHERE x.sector = lower(n.printed) OR name_key(x.name) = name_key(n.printed) ORDER BY x.sector LIMIT 1)
		WHEN 'stage' THEN (SELECT x.stage FROM stage x WHERE x.stage = lower(n.printed) OR name_key(x.name) = name_key(n.printed) ORDER BY x.stage LIMIT 1)
		WHEN 'publisher' THEN (SELECT x.publisher FROM publisher x WHERE name_key(x.publisher) = name_key(n.printed) ORDER BY x.publisher LIMIT 1) END
	WHERE n.reads IN ('control', 'sector', 'stage', 'publisher');
	lists := code_lists(l.options -> 'codes', 'country', l.source, l.publisher);
	own := own_codes(l.options -> 'codes', 'country');
	UPDATE pg_temp.industry_name n SET code = r.country, row_kind = r.row_kind, is_missing = coalesce(r.missing, false),
		sqlstate = r.sqlstate, problem = r.problem, hint = concat_ws(' ', r.detail, r.hint)
	FROM (SELECT is_alpha2_column(array_agg(o.printed)) AS alpha2 FROM pg_temp.industry_name o WHERE o.reads = 'country') AS a,
		 pg_temp.industry_name p
		 CROSS JOIN LATERAL read_country(p.printed, lists, a.alpha2, own) AS r
	WHERE n.reads = 'country' AND p.reads = n.reads AND p.printed = n.printed;
	PERFORM read_chemistry_names(code_lists(l.options -> 'codes', 'chemistry', l.source, l.publisher), own_codes(l.options -> 'codes', 'chemistry'));
	lists := code_lists(l.options -> 'codes', 'status', l.source, l.publisher);
	own := own_codes(l.options -> 'codes', 'status');
	UPDATE pg_temp.industry_name n SET code = r.status, is_missing = coalesce(r.missing, false),
		sqlstate = r.sqlstate, problem = r.problem, hint = concat_ws(' ', r.detail, r.hint)
	FROM pg_temp.industry_name p
		 CROSS JOIN LATERAL read_status(p.printed, lists, own) AS r
	WHERE n.reads = 'status' AND p.reads = n.reads AND p.printed = n.printed;
	-- totals, subtotals and remainders stand in the columns of makers and countries
	UPDATE pg_temp.industry_name n
	SET row_kind = coalesce((SELECT m.value FROM jsonb_each_text(coalesce(l.options -> 'row_kinds', '{}')) AS m
							 WHERE name_key(m.key) = name_key(n.printed) ORDER BY m.key LIMIT 1),
							n.row_kind, CASE WHEN n.id IS NULL AND n.code IS NULL THEN row_kind_of(n.printed) END)
	WHERE n.reads IN ('maker', 'country');
	UPDATE pg_temp.industry_name n SET
		sqlstate = '23503',
		problem = CASE WHEN n.reads = 'maker' THEN format('maker "%s" is not known on %s', excerpt(n.printed), l.on_day)
					   ELSE format('%s "%s" is not known', n.reads, excerpt(n.printed)) END,
		hint = CASE n.reads
			WHEN 'maker' THEN 'If it is another name of a known maker, add an alias; if it is a new one, add the maker; industry.propose_names() lists all of them at once. Then load the row with battery-load --redrive.'
			WHEN 'stage' THEN format('Stages are %s.', (SELECT string_agg(s.stage, ', ' ORDER BY s.position) FROM stage s))
			ELSE format('Correct the name, or add it (a file of kind %s). Then load the row with battery-load --redrive.',
						CASE n.reads WHEN 'control' THEN 'export_control' ELSE n.reads END) END
	WHERE n.id IS NULL AND n.code IS NULL AND NOT n.is_missing AND n.problem IS NULL AND n.row_kind IS NULL AND n.reads NOT IN ('chemistry', 'status', 'country');
	ANALYZE pg_temp.industry_name;
END
$$;
COMMENT ON FUNCTION industry.read_names(text) IS 'looks up the names of the rows, each once, in industry_name';

CREATE OR REPLACE FUNCTION industry.read_chemistry_names(lists text[], own jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	-- a chemistry crosses PL/pgSQL as text only
	UPDATE pg_temp.industry_name n SET code = r.code, is_missing = coalesce(r.missing, false) OR (r.code IS NULL AND r.problem IS NULL),
		sqlstate = r.sqlstate, problem = r.problem, hint = concat_ws(' ', r.detail, r.hint)
	FROM pg_temp.industry_name p
		 CROSS JOIN LATERAL (SELECT c.chemistry::text AS code, c.missing, c.sqlstate, c.problem, c.detail, c.hint
							 FROM read_chemistry(p.printed, lists, own) AS c) AS r
	WHERE n.reads = 'chemistry' AND p.reads = n.reads AND p.printed = n.printed;
END
$$;
COMMENT ON FUNCTION industry.read_chemistry_names(text[], jsonb) IS 'reads the chemistries in industry_name';

CREATE OR REPLACE FUNCTION industry.read_units(rows_text text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	c record;
	dimensions text[] := (SELECT array_agg(DISTINCT CASE o.dimension WHEN 'size' THEN 'capacity' ELSE o.dimension END)
						  FROM pg_temp.industry_column o WHERE o.source = 'figure' AND o.cell IS NOT NULL);
	bad record;
BEGIN
	SELECT w.options, w.source_id, w.header_line INTO l FROM pg_temp.industry_load w;
	FOR c IN SELECT o.column_name, o.dimension, o.unit_cell, o.header_unit, o.option_unit, o.default_unit
			 FROM pg_temp.industry_column o WHERE o.source = 'figure' AND o.cell IS NOT NULL ORDER BY o.position LOOP
		EXECUTE format('INSERT INTO pg_temp.industry_unit (column_name, printed, factor, scale, currency, unit, origin, sqlstate, problem, hint)
						SELECT %1$L, d.printed, u.factor, u.scale, u.currency, u.unit, u.origin, u.sqlstate, u.problem, u.hint
						FROM (SELECT ''''::text AS printed %2$s) AS d
						CROSS JOIN LATERAL industry.figure_unit(%3$L, %4$L, d.printed, %5$L, %6$L, %7$L, %8$L, %9$L) AS u',
			c.column_name,
			CASE WHEN c.unit_cell IS NOT NULL THEN format('UNION SELECT r.%1$I FROM (%2$s) AS r WHERE r.%1$I IS NOT NULL AND r.ragged IS NULL', 'unit of ' || c.column_name, rows_text) ELSE '' END,
			c.column_name, c.dimension, c.header_unit, c.option_unit, c.default_unit, dimensions, l.options);
	END LOOP;
	ANALYZE pg_temp.industry_unit;
	-- What the header or an option says holds for every row.
	SELECT u.problem, u.hint INTO bad FROM pg_temp.industry_unit u WHERE u.printed = '' AND u.problem IS NOT NULL LIMIT 1;
	IF FOUND THEN
		PERFORM refuse_file(format('line %s: %s', l.header_line, bad.problem), NULL, bad.hint);
	END IF;
	-- Where the file says other units, a figure without one is not of the default.
	UPDATE pg_temp.industry_unit u SET sqlstate = '22023',
		problem = format('the unit of column "%s" is not stated here, and is "%s" elsewhere in the file', u.column_name, excerpt(o.printed)),
		hint = format('Fill in the unit, or say what it is where it is not stated: --option=units=''%s''.',
					  options_with(l.options, jsonb_build_object('units', jsonb_build_object(u.column_name, o.printed))) ->> 'units')
	FROM (SELECT i.column_name, i.factor, i.currency, min(i.printed) AS printed FROM pg_temp.industry_unit i
		  WHERE i.origin = 'file' AND i.problem IS NULL GROUP BY i.column_name, i.factor, i.currency) AS o,
		 pg_temp.industry_column f
	WHERE u.origin IS NULL AND u.problem IS NULL AND o.column_name = u.column_name AND f.column_name = u.column_name AND f.dimension <> 'number'
	  AND (o.factor <> u.factor OR o.currency <> u.currency);
	-- A column called "unit" of which no value is a unit is something else.
	SELECT min(u.printed) AS printed, count(DISTINCT u.printed) AS n INTO bad
	FROM pg_temp.industry_unit u WHERE u.printed <> '' HAVING bool_and((SELECT r.problem IS NOT NULL FROM unit_of(u.printed, l.options) AS r));
	IF bad.n > 0 THEN
		PERFORM refuse_file(format('no value of column "unit" is a unit, such as "%s"', excerpt(bad.printed)),
			'A column of that name is the unit of measure of the figures.',
			CASE WHEN EXISTS (SELECT FROM pg_temp.industry_column o WHERE o.column_name = 'unit_id')
				 THEN 'Where it numbers the units of a project, say so. ' || option_json(l.source_id, '{"columns": {"unit": "unit_id"}}')
				 ELSE 'Say what it is, or keep it as a note. ' || option_json(l.source_id, '{"keep_as_note": ["unit"]}') END);
	END IF;
END
$$;
COMMENT ON FUNCTION industry.read_units(text) IS 'reads in industry_unit what a bare number of each column of figures means, for each text in its unit cells and for none';

CREATE OR REPLACE FUNCTION industry.plain_condition(of_column text, options jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	c record;
BEGIN
	SELECT o.column_name, o.dimension, o.unit_cell IS NOT NULL AS has_units INTO c FROM pg_temp.industry_column o WHERE o.column_name = of_column;
	-- what an option gives another meaning has to be looked at
	IF c.dimension = 'size' OR (options ->> 'decimal_comma')::boolean
		OR EXISTS (SELECT FROM jsonb_object_keys(coalesce(options -> 'missing', '{}')) AS m WHERE m ~ '^[0-9.]')
		OR EXISTS (SELECT FROM pg_temp.industry_unit u WHERE u.column_name = of_column AND (u.problem IS NOT NULL OR u.factor IS NULL)) THEN
		RETURN 'false';
	END IF;
	RETURN CASE
		-- one unit for the whole file
		WHEN NOT c.has_units AND (SELECT u.factor <= 1 FROM pg_temp.industry_unit u WHERE u.column_name = of_column) THEN format('r.%I IS NOT NULL', 'plain ' || of_column)
		WHEN NOT c.has_units THEN 'false'
		ELSE format('(r.%I IS NOT NULL AND w_%s.factor <= 1)', 'plain ' || of_column, of_column) END;
END
$$;
COMMENT ON FUNCTION industry.plain_condition(text, jsonb) IS 'condition under which the figure of a column is digits alone, in a unit that its column has, and needs no closer look';

CREATE OR REPLACE FUNCTION industry.unit_join(of_column text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN (SELECT CASE WHEN c.unit_cell IS NULL
				-- one unit for the whole file
				THEN (SELECT format(' CROSS JOIN (SELECT %L::numeric AS factor, %L::text AS currency, %L::text AS unit, ''''::text AS printed) AS w_%s',
									u.factor, u.currency, u.unit, c.column_name)
					  FROM pg_temp.industry_unit u WHERE u.column_name = c.column_name)
				ELSE format(' LEFT JOIN pg_temp.industry_unit w_%1$s ON w_%1$s.column_name = %1$L AND w_%1$s.printed = coalesce(r.%2$I, '''')',
							c.column_name, 'unit of ' || c.column_name) END
			FROM pg_temp.industry_column c WHERE c.column_name = of_column);
END
$$;
COMMENT ON FUNCTION industry.unit_join(text) IS 'join of rows r with the unit of a column of figures, as w_NAME';

CREATE OR REPLACE FUNCTION industry.read_figures(rows_text text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	the_options jsonb := (SELECT w.options FROM pg_temp.industry_load w);
	c record;
	is_there jsonb;
BEGIN
	-- in one pass, which columns have any that needs a closer look
	EXECUTE (SELECT format('SELECT jsonb_build_object(%s) FROM (%s) AS r%s WHERE r.ragged IS NULL',
						   coalesce(string_agg(format('%L, coalesce(bool_or(r.%I IS NOT NULL AND (%s) IS NOT TRUE), false)', o.column_name, o.column_name,
													  plain_condition(o.column_name, the_options)), ', '), ''),
						   rows_text, coalesce(string_agg(unit_join(o.column_name), '' ORDER BY o.position), ''))
			 FROM pg_temp.industry_column o WHERE o.source = 'figure' AND o.cell IS NOT NULL) INTO is_there;
	FOR c IN SELECT o.column_name, o.dimension, o.is_exact FROM pg_temp.industry_column o
			 WHERE o.source = 'figure' AND o.cell IS NOT NULL AND (is_there ->> o.column_name)::boolean ORDER BY o.position LOOP
		EXECUTE format('INSERT INTO pg_temp.industry_reading (column_name, printed, unit_printed, value, low, high, qualifier, missing_reason, currency, unit,
							usd, power, is_estimate, mark, sqlstate, problem, hint)
						SELECT %1$L, d.cell, d.unit_printed, m.value, m.low, m.high, m.qualifier, m.missing_reason, m.currency, m.unit, m.usd, m.power,
							   m.is_estimate, m.mark, m.sqlstate, m.problem, m.hint
						FROM (SELECT DISTINCT r.%1$I AS cell, w_%2$s.printed AS unit_printed
							  FROM (%3$s) AS r%4$s WHERE r.ragged IS NULL AND r.%1$I IS NOT NULL AND (%5$s) IS NOT TRUE) AS d
						JOIN pg_temp.industry_unit w ON w.column_name = %1$L AND w.printed = d.unit_printed
						CROSS JOIN LATERAL industry.read_cell(%6$L, %7$L, d.cell, %8$L, w.factor, w.scale, w.currency, w.unit, w.origin, w.sqlstate, w.problem, w.hint) AS m',
			c.column_name, c.column_name, rows_text, unit_join(c.column_name), plain_condition(c.column_name, the_options), c.dimension, c.is_exact, the_options);
	END LOOP;
	FOR c IN SELECT o.column_name, o.is_exact FROM pg_temp.industry_column o WHERE o.source = 'day' AND o.cell IS NOT NULL ORDER BY o.position LOOP
		EXECUTE format('INSERT INTO pg_temp.industry_reading (column_name, printed, unit_printed, first_day, day_precision, is_estimate, sqlstate, problem, hint)
						SELECT %1$L, d.cell, '''', CASE WHEN NOT (%3$L AND m.day_precision <> ''day'') THEN m.first_day END, m.day_precision, false,
							   CASE WHEN %3$L AND m.day_precision <> ''day'' THEN ''22007'' ELSE m.sqlstate END,
							   CASE WHEN %3$L AND m.day_precision <> ''day'' THEN format(''"%%s" is not a day'', industry.excerpt(d.cell)) ELSE m.problem END,
							   CASE WHEN %3$L AND m.day_precision <> ''day'' THEN ''Write the day, such as 2026-11-10.'' ELSE m.hint END
						FROM (SELECT DISTINCT industry.word(r.%1$I) AS cell FROM (%2$s) AS r WHERE r.ragged IS NULL AND industry.word(r.%1$I) IS NOT NULL) AS d
						CROSS JOIN LATERAL industry.read_day(d.cell, %4$L) AS m',
			c.column_name, rows_text, c.is_exact, the_options);
	END LOOP;
	ANALYZE pg_temp.industry_reading;
END
$$;
COMMENT ON FUNCTION industry.read_figures(text) IS 'reads the figures that are not plain, and the dates, each once, in industry_reading';

-- 1.300 is a number of either kind: what the other cells of its column are tells.
CREATE OR REPLACE FUNCTION industry.judge_decimals(rows_text text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	c record;
	grouped text;
BEGIN
	SELECT w.options, w.source_id, w.is_redrive INTO l FROM pg_temp.industry_load w;
	IF l.is_redrive OR (l.options ->> 'decimal_comma')::boolean THEN
		RETURN;
	END IF;
	FOR c IN SELECT d.column_name, min(d.printed) AS printed FROM pg_temp.industry_reading d
			 WHERE d.problem IS NOT NULL AND d.printed ~ '(^|[^0-9.,])[0-9]{1,3}(\.[0-9]{3})*,([0-9]{1,2}|[0-9]{4,})([^0-9,]|$)' GROUP BY d.column_name ORDER BY 1 LOOP
		EXECUTE format('SELECT min(r.%1$I) FROM (%2$s) AS r WHERE r.%1$I ~ ''(^|[^0-9.,])[0-9]{1,3}\.[0-9]{3}([^0-9.,]|$)''', c.column_name, rows_text) INTO grouped;
		IF grouped IS NOT NULL THEN
			PERFORM refuse_file(format('column "%s" has decimal commas, so that its points may group thousands', c.column_name),
				format('It says "%s", and "%s" may be %s or a thousand times as much.', excerpt(c.printed), excerpt(grouped), excerpt(grouped)),
				'Say so, or correct the cells with a comma. ' || option_json(l.source_id, '{"decimal_comma": true}'));
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION industry.judge_decimals(text) IS 'refuses a file that has decimal commas and no option that says so, where points of the same column could be of thousands';

/*
 * What a column says as a whole
 */

CREATE OR REPLACE FUNCTION industry.judge_columns(rows_text text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	c record;
	n record;
	bad text;
	kept jsonb;
	chosen jsonb;
	are_units boolean;
	wanted text;
	decided text;
	-- totals and remainders do not count among shares
	counted text := coalesce((SELECT string_agg(format('NOT EXISTS (SELECT FROM pg_temp.industry_name x WHERE x.reads = %L AND x.printed = r.%I AND x.row_kind <> ''member'')', o.reads, o.column_name), ' AND ')
							  FROM pg_temp.industry_column o WHERE o.is_key AND o.reads IN ('maker', 'country') AND o.cell IS NOT NULL), 'true');
	is_settled boolean;
	unmerged text;		-- notes are asked of rows as they stand
BEGIN
	SELECT w.kind, w.options, w.source_id, w.header_line, w.is_redrive INTO l FROM pg_temp.industry_load w;
	unmerged := rows_query(l.options, l.header_line);
	-- A column that is known by its name says something about the figures: where
	-- the kind has no place for it, it must not vary.
	FOR c IN SELECT h.header_name, h.label, h.is_measure FROM pg_temp.industry_header h WHERE h.used_as = 'note' AND h.is_known AND NOT l.is_redrive ORDER BY h.place LOOP
		EXECUTE format('SELECT count(DISTINCT industry.name_key(coalesce(r.extra ->> %1$L, ''''))) AS n, min(r.extra ->> %1$L) AS first, max(r.extra ->> %1$L) AS last
						FROM (%2$s) AS r WHERE r.ragged IS NULL', c.label, unmerged) INTO n;
		CONTINUE WHEN n.n <= 1;
		-- the first one is what the file is refused for, the option is for all
		IF kept IS NULL THEN
			bad := format('line %s: a file of kind %s has no place for column "%s", and its values differ', l.header_line, l.kind, excerpt(c.header_name));
			decided := CASE WHEN n.first = n.last THEN format('It says "%s" in some rows and nothing in others.', excerpt(n.first))
				ELSE format('It says "%s" and "%s", among others.', excerpt(n.first), excerpt(n.last)) END;
			chosen := CASE WHEN c.is_measure THEN jsonb_build_object('where', jsonb_build_object(c.header_name, n.first)) END;
		END IF;
		kept := coalesce(kept, '[]') || jsonb_build_array(c.header_name);
	END LOOP;
	IF kept IS NOT NULL THEN
		PERFORM refuse_file(bad, decided, CASE
			WHEN chosen IS NOT NULL THEN format('Choose rows by it. %s Or name the column that it is with columns; where it does not matter, keep it as a note: {"keep_as_note": %s}.', option_json(l.source_id, chosen),
				options_with(l.options, jsonb_build_object('keep_as_note', kept)) -> 'keep_as_note')
			ELSE 'Keep it as a note, leave it out with ignore, or name the column that it is with columns. ' || option_json(l.source_id, jsonb_build_object('keep_as_note', kept)) END);
	END IF;

	-- Other columns often do so, and often say nothing of the figures.
	FOR c IN SELECT h.header_name, h.label FROM pg_temp.industry_header h
			 WHERE h.used_as = 'note' AND NOT l.is_redrive AND header_key(h.header_name) IN ('technology', 'technology_type', 'type', 'commodity', 'product')
			   AND header_key(h.header_name) <> ALL (options_list(l.options, 'keep_as_note')) ORDER BY h.place LOOP
		EXECUTE format('SELECT count(DISTINCT r.extra ->> %1$L) AS n, min(r.extra ->> %1$L) AS first, max(r.extra ->> %1$L) AS last FROM (%2$s) AS r WHERE r.ragged IS NULL',
			c.label, unmerged) INTO n;
		IF n.n > 1 THEN
			PERFORM note_load(format('column "%s" is kept as a note, and says "%s", "%s" and so on; to load some of the rows, choose them by it (--where, option where)',
				excerpt(c.header_name), excerpt(n.first), excerpt(n.last)));
		END IF;
	END LOOP;

	-- A flag stands behind the figure when it is read, where a text that is none
	-- would be a unit.
	SELECT o.column_name INTO c FROM pg_temp.industry_column o WHERE o.reads = 'flag' AND o.cell IS NOT NULL;
	IF FOUND THEN
		EXECUTE format('SELECT min(d.flag) FROM (SELECT DISTINCT r.%1$I AS flag FROM (%2$s) AS r WHERE r.ragged IS NULL AND r.%1$I IS NOT NULL) AS d
						WHERE industry.flag_is_unknown(d.flag, %3$L)', c.column_name, rows_text, l.options) INTO bad;
		IF bad IS NOT NULL THEN
			PERFORM refuse_file(format('column "%s" says "%s", which the option flags does not explain', c.column_name, excerpt(bad)), NULL,
				'Name the office whose flags they are, eurostat or usgs, or say what each means, as in {"flags": {"A": "normal value"}}, or keep the column as a note. '
				|| option_json(l.source_id, CASE WHEN l.options ? 'flags' THEN jsonb_build_object('flags', jsonb_build_object(bad, 'normal value')) ELSE '{"flags": "eurostat"}' END));
		END IF;
	END IF;

	-- A rank is of one period, and a wide table has several.
	SELECT h.header_name, count(DISTINCT v.unpivot_name) AS n INTO c
	FROM pg_temp.industry_header h CROSS JOIN pg_temp.industry_header v
	WHERE h.column_name = 'rank' AND v.is_unpivoted AND EXISTS (SELECT FROM unpivots(l.options) AS u WHERE u.name = 'period') AND NOT l.is_redrive
	GROUP BY h.header_name;
	IF c.n > 1 THEN
		PERFORM refuse_file(format('line %s: column "%s" is a rank, and the table has %s periods', l.header_line, excerpt(c.header_name), c.n), NULL,
			'It holds for one of them alone; keep it as a note. ' || option_json(l.source_id, jsonb_build_object('keep_as_note', jsonb_build_array(c.header_name))));
	END IF;
	-- What says nothing but units of the figures is a unit under another name.
	FOR c IN SELECT h.place, h.header_name FROM pg_temp.industry_header h
			 WHERE h.used_as = 'note' AND NOT l.is_redrive AND header_key(h.header_name) <> ALL (options_list(l.options, 'keep_as_note'))
			 ORDER BY h.place LOOP
		EXECUTE format('SELECT o.cell AS first FROM (SELECT industry.cell(s.c%1$s) AS cell FROM pg_temp.industry_stage s WHERE s.problem IS NULL AND industry.cell(s.c%1$s) IS NOT NULL LIMIT 1) AS o
						WHERE industry.is_unit_of_file(o.cell, %2$L)', c.place, l.options) INTO n;
		CONTINUE WHEN n.first IS NULL;
		EXECUTE format('SELECT bool_and(industry.is_unit_of_file(o.cell, %2$L))
						FROM (SELECT DISTINCT industry.cell(s.c%1$s) AS cell FROM pg_temp.industry_stage s WHERE s.problem IS NULL AND industry.cell(s.c%1$s) IS NOT NULL) AS o', c.place, l.options) INTO are_units;
		IF are_units THEN
			wanted := CASE WHEN currency_code(n.first, l.options) IS NOT NULL AND EXISTS (SELECT FROM pg_temp.industry_column o WHERE o.reads = 'currency' AND o.target IS NULL AND o.cell IS NULL) THEN 'currency'
						   WHEN EXISTS (SELECT FROM pg_temp.industry_column o WHERE o.reads = 'unit' AND o.cell IS NULL) THEN 'unit' END;
			PERFORM refuse_file(format('line %s: column "%s" holds units, such as "%s", and would be a note', l.header_line, excerpt(c.header_name), excerpt(n.first)),
				NULL,
				CASE WHEN wanted IS NOT NULL THEN format('If it is the %s of the figures, say so. %s If it is something else, keep it with --option=keep_as_note=''%s''.', wanted,
						option_json(l.source_id, jsonb_build_object('columns', jsonb_build_object(c.header_name, wanted))),
						options_with(l.options, jsonb_build_object('keep_as_note', jsonb_build_array(c.header_name))) -> 'keep_as_note')
					 ELSE 'Keep it as a note, or leave it out with ignore. ' || option_json(l.source_id, jsonb_build_object('keep_as_note', jsonb_build_array(c.header_name))) END);
		END IF;
	END LOOP;

	FOR c IN SELECT o.column_name, o.dimension, o.is_exact, o.default_unit FROM pg_temp.industry_column o
			 WHERE o.source = 'figure' AND o.cell IS NOT NULL AND o.dimension IN ('percent', 'capacity') AND o.default_unit IS NULL
			   AND EXISTS (SELECT FROM pg_temp.industry_unit u WHERE u.column_name = o.column_name AND u.factor IS NULL AND u.problem IS NULL)
			 ORDER BY o.position LOOP
		-- One plain share that is no fraction settles it, and is soon found.
		IF c.dimension = 'percent' THEN
			EXECUTE format('SELECT EXISTS (SELECT FROM (%1$s) AS r WHERE r.ragged IS NULL AND industry.plain_number(r.%2$I) > 1.05 AND %3$s)', rows_text, c.column_name, counted)
			INTO is_settled;
		END IF;
		IF is_settled AND c.dimension = 'percent' THEN
			SELECT 100.0 AS greatest, NULL::text AS printed, 1::bigint AS rows INTO n;
		ELSE
			-- bare figures that no column, header or option gives a unit
			EXECUTE format('SELECT max(coalesce(f.value, f.high)) AS greatest, max(d.cell) FILTER (WHERE f.is_bare) AS printed,
							   coalesce(sum(d.times) FILTER (WHERE f.is_bare), 0) AS rows
						FROM (SELECT r.%1$I AS cell, count(*) AS times FROM (%2$s) AS r LEFT JOIN pg_temp.industry_unit w ON w.column_name = %1$L AND w.printed = %3$s
							  WHERE r.ragged IS NULL AND r.%1$I IS NOT NULL AND w.factor IS NULL AND w.problem IS NULL AND %4$s GROUP BY 1) AS d
						CROSS JOIN LATERAL industry.bare_figure(d.cell, %5$L) AS f WHERE f.is_bare OR d.cell ~ ''[%%％]''',
			c.column_name, rows_text,
			CASE WHEN (SELECT o.unit_cell IS NULL FROM pg_temp.industry_column o WHERE o.column_name = c.column_name) THEN '''''' ELSE format('coalesce(r.%I, '''')', 'unit of ' || c.column_name) END,
			CASE c.dimension WHEN 'percent' THEN counted ELSE 'true' END, l.options) INTO n;
		END IF;
		CONTINUE WHEN n.rows = 0;
		IF c.dimension = 'capacity' THEN
			PERFORM refuse_file(format('the unit of column "%s" is not stated', c.column_name),
				(SELECT format('"%s" may be MWh or GWh%s.', excerpt(n.printed), coalesce(e.readings, '')) FROM (SELECT example_duration(rows_text, c.column_name) AS readings) AS e),
				'Write the unit into the header, such as "Energy (MWh)", or say it once. '
				|| option_json(l.source_id, jsonb_build_object('units', jsonb_build_object(c.column_name, 'MWh'))));
		END IF;
		IF n.greatest > 1.05 OR n.greatest = 0 THEN
			decided := '%';
		ELSIF n.rows >= 2 THEN
			PERFORM refuse_file(format('column "%s" may be percent or fractions', c.column_name),
				format('None of its %s values is above 1.05 and none has a sign: "%s" may be %s %% or %s %%.', n.rows, excerpt(n.printed), n.greatest, n.greatest * 100),
				'Say which: "%" or "fraction". ' || option_json(l.source_id, jsonb_build_object('units', jsonb_build_object(c.column_name, '%'))));
		ELSE
			decided := single_share(rows_text, c.column_name, n.greatest);
			PERFORM note_load(format('column "%s" has one value without a sign, "%s"; it is read as percent', c.column_name, excerpt(n.printed)));
		END IF;
		UPDATE pg_temp.industry_unit u SET factor = 1, scale = 1, unit = '%' WHERE u.column_name = c.column_name AND u.factor IS NULL AND u.problem IS NULL;
		-- what was decided holds when rows are driven again
		UPDATE pg_temp.industry_load w SET options = jsonb_set(w.options || jsonb_build_object('units', coalesce(w.options -> 'units', '{}')), ARRAY['units', c.column_name], to_jsonb(decided));
	END LOOP;
END
$$;
COMMENT ON FUNCTION industry.judge_columns(text) IS
'judges columns as a whole: bare shares are percent where one is above 1.05, and refused where none is; energies without a unit are refused; so are columns known by name that have no place. What is decided joins the options of the load';

CREATE OR REPLACE FUNCTION industry.flag_is_unknown(flag text, options jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT f.unit IS NOT NULL OR f.problem IS NOT NULL
	FROM read_figure('1 ' || flag, 'number', false, 'USD', CASE jsonb_typeof(options -> 'flags') WHEN 'string' THEN options ->> 'flags' ELSE (options -> 'flags')::text END) AS f;
END;
COMMENT ON FUNCTION industry.flag_is_unknown(text, jsonb) IS 'whether a flag of a column of its own would be read as something else behind a figure';

CREATE OR REPLACE FUNCTION industry.is_unit_of_file(printed text, options jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN EXISTS (SELECT FROM unit_of(printed, options) AS u
				   JOIN pg_temp.industry_column o ON o.source = 'figure' AND o.cell IS NOT NULL
						AND u.dimension IN (CASE o.dimension WHEN 'size' THEN 'capacity' ELSE o.dimension END, CASE o.dimension WHEN 'cost' THEN 'money' END)
				   WHERE u.problem IS NULL AND u.dimension <> 'number');
END
$$;
COMMENT ON FUNCTION industry.is_unit_of_file(text, jsonb) IS 'whether a text is a unit, and nothing else, that one of the figures of the file may have';

CREATE OR REPLACE FUNCTION industry.bare_figure(printed text, options jsonb) RETURNS TABLE (value numeric, high numeric, is_bare boolean)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT (s.f).value, (s.f).high, (s.f).unit IS NULL AND coalesce((s.f).value, (s.f).high) IS NOT NULL
	FROM (SELECT read_figure(printed, NULL, coalesce((options ->> 'decimal_comma')::boolean, false), coalesce(options ->> 'dollar', 'USD'), NULL,
			options ->> 'yen', options ->> 'digit_grouping') AS f
		  WHERE NOT coalesce(options -> 'missing' ? printed, false) OFFSET 0) AS s;
END;
COMMENT ON FUNCTION industry.bare_figure(text, jsonb) IS 'a printed figure as a number, and whether it stands without a unit';

CREATE OR REPLACE FUNCTION industry.example_duration(rows_text text, of_column text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	power_column text := (SELECT o.column_name FROM pg_temp.industry_column o WHERE o.dimension = 'power' AND o.cell IS NOT NULL LIMIT 1);
	example record;
BEGIN
	IF power_column IS NULL THEN
		RETURN NULL;
	END IF;
	EXECUTE format('SELECT plain_number(r.%1$I) AS energy, plain_number(substring(r.%2$I FROM ''^[0-9.]+'')) AS power, r.%1$I AS printed
					FROM (%3$s) AS r WHERE plain_number(r.%1$I) > 0 AND plain_number(substring(r.%2$I FROM ''^[0-9.]+'')) > 0 ORDER BY r.row_id LIMIT 1',
		of_column, power_column, rows_text) INTO example;
	RETURN format(': at %s MW, %s MWh = %s h, %s GWh = %s h', example.power, example.printed, rtrim(to_char(round(example.energy / example.power, 2), 'FM999,999,999,990.99'), '.'),
		example.printed, rtrim(to_char(round(example.energy * 1000 / example.power, 2), 'FM999,999,999,990.99'), '.'));
END
$$;
COMMENT ON FUNCTION industry.example_duration(text, text) IS 'both readings of a bare energy beside its power, in hours; NULL where no row has both';

CREATE OR REPLACE FUNCTION industry.single_share(rows_text text, of_column text, printed_value numeric) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	key_column record;
	the_table text;
	other numeric;
BEGIN
	SELECT w.kind, w.options, w.source_id, s.publisher, y.fact_table INTO l
	FROM pg_temp.industry_load w JOIN source s ON s.source_id = w.source_id JOIN layout y ON y.kind = w.kind;
	SELECT o.column_name, o.target, o.reads INTO key_column FROM pg_temp.industry_column o
	WHERE o.is_key AND o.reads IN ('maker', 'country') AND o.cell IS NOT NULL ORDER BY o.position LIMIT 1;
	IF FOUND AND l.fact_table IS NOT NULL AND printed_value > 0 THEN
		EXECUTE format('SELECT f.%1$I FROM industry.%2$I f JOIN industry.source s ON s.source_id = f.source_id
						JOIN pg_temp.industry_name n ON n.reads = %3$L AND coalesce(n.id::text, n.code) = f.%4$I::text
						WHERE s.publisher = %5$L AND f.%1$I > 0
						  AND n.printed IN (SELECT r.%6$I FROM (%7$s) AS r WHERE r.%8$I IS NOT NULL)
						ORDER BY abs(ln(f.%1$I / %9$L::numeric)) LIMIT 1',
			(SELECT o.target FROM pg_temp.industry_column o WHERE o.column_name = of_column), l.fact_table, key_column.reads, key_column.target,
			l.publisher, key_column.column_name, rows_text, of_column, printed_value) INTO other;
		IF other / printed_value BETWEEN 30 AND 300 THEN
			PERFORM refuse_file(format('column "%s" may be percent or a fraction', of_column),
				format('Its only value is %s, and the publisher states %s %% elsewhere.', printed_value, other),
				'Say which: "%" or "fraction". ' || option_json(l.source_id, jsonb_build_object('units', jsonb_build_object(of_column, 'fraction'))));
		END IF;
	END IF;
	RETURN '%';
END
$$;
COMMENT ON FUNCTION industry.single_share(text, text, numeric) IS 'the unit of a file''s only share, which is up to 1: percent, unless the publisher''s other shares of the same subject are about a hundred times as large; then the file is refused';

/*
 * Sets
 */

CREATE OR REPLACE FUNCTION industry.set_key(alias text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN coalesce((SELECT string_agg(format('coalesce(%s.%I, '''')', alias, c.column_name), ' || E''\x1f'' || ' ORDER BY c.position)
					 FROM pg_temp.industry_column c WHERE c.part IN ('series', 'set') AND c.varies), '''''::text');
END
$$;
COMMENT ON FUNCTION industry.set_key(text) IS 'expression for what a row says of its set, of the columns in which rows differ';

CREATE OR REPLACE FUNCTION industry.read_combinations(rows_text text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	fallback text;
	needs_period boolean := EXISTS (SELECT FROM pg_temp.industry_column c WHERE c.column_name = 'period' AND c.required = 'yes');
	names text := (SELECT string_agg(quote_ident(c.column_name), ', ' ORDER BY c.position) FROM pg_temp.industry_column c WHERE c.part IN ('series', 'set'));
	c record;
	bad record;
BEGIN
	SELECT w.kind, w.options, w.source_id, w.is_redrive INTO l FROM pg_temp.industry_load w;
	SELECT y.default_metric INTO fallback FROM layout y WHERE y.kind = l.kind;
	-- the key tells all columns in which rows differ; the others are the same in all
	EXECUTE format('INSERT INTO pg_temp.industry_combination (key, %s) SELECT %s, %s FROM (%s) AS r WHERE r.ragged IS NULL GROUP BY 1',
		names, set_key('r'), (SELECT string_agg(CASE WHEN o.varies THEN format('min(r.%I)', o.column_name) ELSE coalesce(o.cell, 'NULL') END, ', ' ORDER BY o.position)
		FROM pg_temp.industry_column o WHERE o.part IN ('series', 'set')),
		rows_text);
	-- marks for missing values are no words
	UPDATE pg_temp.industry_combination k SET application = word(k.application), material = word(k.material), geography = word(k.geography),
		scenario = CASE WHEN header_key(k.scenario) <> ALL ('{historical,historic,history,actual,actuals,observed}') THEN word(k.scenario) END, stage = word(k.stage), basis = word(k.basis), base_year = split_part(word(k.base_year), '.0', 1),
		country_basis = word(k.country_basis),
		period = coalesce(k.period, CASE WHEN num_nonnulls(k.year, k.quarter, k.month) > 0 THEN period_of_parts(k.year, k.quarter, k.month) END);
	IF NOT l.is_redrive THEN
		SELECT j.problem, j.detail, j.hint INTO bad
		FROM judge_periods((SELECT array_agg(DISTINCT k.period) FROM pg_temp.industry_combination k WHERE k.period_first IS NULL AND k.period_last IS NULL),
						   l.options, (SELECT count(*) FROM pg_temp.industry_stage s WHERE s.problem IS NULL)) AS j;
		IF bad.problem IS NOT NULL THEN
			PERFORM refuse_file(format('column "period": %s', bad.problem), bad.detail, bad.hint);
		END IF;
	END IF;

	-- required cells first, then each column's own rules
	FOR c IN
		SELECT y.column_name, y.reads, y.required, y.allowed FROM pg_temp.industry_column y
		WHERE y.part IN ('series', 'set') AND y.source <> 'period' AND y.column_name NOT IN ('period_first', 'period_last')
		ORDER BY y.position
	LOOP
		EXECUTE format($sql$
			UPDATE pg_temp.industry_combination k
			SET column_name = %1$L, as_printed = k.%1$I,
				sqlstate = CASE WHEN k.%1$I IS NULL THEN '23502' ELSE '22023' END,
				problem = CASE WHEN k.%1$I IS NULL THEN 'column "%1$s" is empty' ELSE format('"%%s" is no %1$s', excerpt(k.%1$I)) END,
				hint = %2$L
			WHERE k.problem IS NULL AND (%3$s)$sql$,
			c.column_name,
			CASE WHEN c.allowed IS NOT NULL THEN format('Write one of %s.', array_to_string(c.allowed, ', '))
				 WHEN c.reads = 'stage' THEN format('Stages are %s.', (SELECT string_agg(s.stage, ', ' ORDER BY s.position) FROM stage s))
				 WHEN c.reads = 'word' THEN 'Write letters, digits and underscores, such as ev_batteries.'
				 WHEN c.reads = 'integer' THEN 'Write a year.'
				 ELSE 'Fill it in.' END,
			CASE WHEN c.required = 'yes' THEN format('k.%I IS NULL', c.column_name) ELSE 'false' END ||
			CASE WHEN c.allowed IS NOT NULL THEN format(' OR lower(k.%I) <> ALL (%L)', c.column_name, c.allowed)
				 WHEN c.reads = 'word' THEN format(' OR header_key(k.%I) !~ ''^[a-z][a-z0-9_]*$''', c.column_name)
				 WHEN c.reads = 'integer' THEN format(' OR k.%1$I !~ ''^(19|20|21)[0-9]{2}$''', c.column_name)
				 WHEN c.reads = 'stage' THEN format(' OR (k.%1$I IS NOT NULL AND NOT EXISTS (SELECT FROM industry.stage s WHERE s.stage = lower(k.%1$I) OR name_key(s.name) = name_key(k.%1$I)))', c.column_name)
				 ELSE '' END);
	END LOOP;
	UPDATE pg_temp.industry_combination k SET
		metric = coalesce(header_key(k.metric), fallback),
		basis = lower(k.basis), scope = lower(k.scope), price_or_cost = lower(k.price_or_cost), money_basis = lower(k.money_basis),
		country_basis = lower(k.country_basis), material = lower(k.material),
		stage = (SELECT s.stage FROM stage s WHERE s.stage = lower(k.stage) OR name_key(s.name) = name_key(k.stage) ORDER BY s.stage LIMIT 1),
		geography = CASE WHEN k.geography IS NULL OR row_kind_of(k.geography) = 'stated_total' THEN 'World' ELSE coalesce(find_country(k.geography), k.geography) END
	WHERE k.problem IS NULL;
	UPDATE pg_temp.industry_combination k SET
		column_name = 'base_year', as_printed = k.base_year, sqlstate = '22023',
		problem = CASE WHEN k.base_year IS NULL THEN 'real figures without a base year' ELSE 'a base year with nominal figures' END,
		hint = 'Real money needs base_year, the year whose money it is; nominal money has none.'
	WHERE k.problem IS NULL AND k.money_basis IS NOT NULL AND (k.money_basis = 'real') <> (k.base_year IS NOT NULL);

	UPDATE pg_temp.industry_combination k SET
		first_day = p.first_day, last_day = p.last_day, statement_kind = coalesce(p.statement_kind, CASE WHEN p.is_estimate THEN 'estimated' END),
		column_name = CASE WHEN p.problem IS NOT NULL THEN 'period' END, as_printed = k.period, sqlstate = p.sqlstate,
		problem = p.problem, hint = p.hint
	FROM (SELECT o.period, r.first_day, r.last_day, r.is_estimate, r.statement_kind,
				 CASE WHEN m.is_empty THEN '23502' ELSE r.sqlstate END AS sqlstate,
				 CASE WHEN m.is_empty THEN format('"%s" is no period, and column "period" is needed', excerpt(o.period)) ELSE r.problem END AS problem,
				 CASE WHEN m.is_empty THEN 'Write the period, or n/s where the source does not say.' ELSE r.hint END AS hint
		  FROM (SELECT DISTINCT i.period FROM pg_temp.industry_combination i WHERE i.period_first IS NULL AND i.period_last IS NULL AND i.period IS NOT NULL) AS o
		  CROSS JOIN LATERAL read_period(o.period, l.options) AS r
		  -- a mark for a missing value is a statement only where it says "not stated"
		  CROSS JOIN LATERAL (SELECT needs_period AND r.missing_reason <> 'not stated' AS is_empty) AS m) AS p
	WHERE k.period = p.period AND k.period_first IS NULL AND k.period_last IS NULL AND k.problem IS NULL;
	UPDATE pg_temp.industry_combination k SET
		first_day = p.first_day, last_day = p.last_day,
		column_name = CASE WHEN p.first_day IS NULL OR p.last_day IS NULL OR p.first_day > p.last_day THEN 'period_first' END,
		as_printed = concat_ws('/', k.period_first, k.period_last), sqlstate = '22007',
		problem = CASE WHEN p.first_day IS NULL OR p.last_day IS NULL OR p.first_day > p.last_day
			THEN format('"%s" is not a period', excerpt(concat_ws(' to ', k.period_first, k.period_last))) END,
		hint = 'Write both days, the first no later than the last, such as 2022-01-01 and 2022-12-31.'
	FROM (SELECT o.combination, CASE WHEN a.day_precision = 'day' THEN a.first_day END AS first_day, CASE WHEN b.day_precision = 'day' THEN b.first_day END AS last_day
		  FROM pg_temp.industry_combination o CROSS JOIN LATERAL read_day(o.period_first, l.options) AS a
		  CROSS JOIN LATERAL read_day(o.period_last, l.options) AS b
		  WHERE o.period_first IS NOT NULL OR o.period_last IS NOT NULL) AS p
	WHERE p.combination = k.combination AND k.problem IS NULL;
	-- Of several columns for the period none is taken in silence.
	UPDATE pg_temp.industry_combination k SET
		column_name = 'period', as_printed = k.period, sqlstate = '22023',
		problem = format('columns "period" (%s) and %s contradict each other', excerpt(k.period), p.other),
		hint = 'Correct the one that is wrong, or leave it out with the option ignore.'
	FROM (SELECT o.combination, x.other
		  FROM pg_temp.industry_combination o
		  CROSS JOIN LATERAL (SELECT format('"year" (%s)', excerpt(y.parts)) AS other FROM (SELECT period_of_parts(o.year, o.quarter, o.month) AS parts) AS y
							  CROSS JOIN LATERAL read_period(y.parts, l.options) AS r
							  WHERE num_nonnulls(o.year, o.quarter, o.month) > 0 AND y.parts IS DISTINCT FROM o.period AND (r.first_day > o.last_day OR r.last_day < o.first_day)
							  UNION ALL
							  SELECT format('"period_first" (%s)', concat_ws(' to ', o.period_first, o.period_last)) FROM read_period(o.period, l.options) AS r
							  WHERE o.period_first IS NOT NULL AND (r.first_day > o.last_day OR r.last_day < o.first_day)) AS x
		  WHERE o.problem IS NULL AND o.first_day IS NOT NULL AND o.period IS NOT NULL AND num_nonnulls(o.year, o.quarter, o.month, o.period_first) > 0) AS p
	WHERE p.combination = k.combination AND k.problem IS NULL;
	-- Words that name no period keep their place where the kind can do without one.
	UPDATE pg_temp.industry_combination k SET column_name = NULL, sqlstate = NULL, problem = NULL, hint = NULL
	WHERE k.column_name = 'period' AND NOT needs_period
	  AND k.period ~* '^((since|by|before|until|till|after|from|as of|early|mid|late|end of|beginning of|the end of) [^0-9]*(19|20|21)[0-9]{2}|today|now|current(ly)?|(the )?future|th(is|e) (coming |next )?decade|(the )?(past|last|next|coming) (few )?(years|decade))$';
	-- an empty period where the kind needs one
	UPDATE pg_temp.industry_combination k SET
		column_name = 'period', sqlstate = '23502', problem = 'column "period" is empty', hint = 'Write the period, or n/s where the source does not say.'
	WHERE k.problem IS NULL AND k.first_day IS NULL AND k.period IS NULL AND needs_period;

	INSERT INTO pg_temp.industry_set (metric, basis, scope, price_or_cost, money_basis, base_year, country_basis, application, stage, material,
		geography, scenario, period_first, period_last, period_as_printed)
	SELECT k.metric, k.basis, k.scope, k.price_or_cost, k.money_basis, k.base_year::integer, k.country_basis, k.application, k.stage, k.material,
		   k.geography, k.scenario, k.first_day, k.last_day, CASE WHEN k.first_day IS NOT NULL OR min(k.period) = max(k.period) THEN min(k.period) END
	FROM pg_temp.industry_combination k
	WHERE k.problem IS NULL
	GROUP BY k.metric, k.basis, k.scope, k.price_or_cost, k.money_basis, k.base_year, k.country_basis, k.application, k.stage, k.material,
		   k.geography, k.scenario, k.first_day, k.last_day
	ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14;
	-- joined by one text, which can be hashed; rows of texts and NULLs cannot
	UPDATE pg_temp.industry_combination k SET set_number = s.set_number
	FROM pg_temp.industry_set s
	WHERE k.problem IS NULL
	  AND ROW(k.metric, k.basis, k.scope, k.price_or_cost, k.money_basis, k.base_year::integer, k.country_basis, k.application, k.stage, k.material, k.geography,
			  k.scenario, k.first_day, k.last_day)::text
		  = ROW(s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.application, s.stage, s.material, s.geography,
				s.scenario, s.period_first, s.period_last)::text;
	ANALYZE pg_temp.industry_combination;
END
$$;
COMMENT ON FUNCTION industry.read_combinations(text) IS 'reads what the rows'' sets are about, each combination once, and numbers the sets';

/*
 * All of it: one statement
 */

-- The figures of the file by the columns that they go to.  Several columns of
-- one target, such as size and energy, must agree, and the finer one counts.
CREATE OR REPLACE FUNCTION industry.plan_figures() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	the_options jsonb := (SELECT w.options FROM pg_temp.industry_load w);
BEGIN
	DROP TABLE IF EXISTS pg_temp.industry_figure;
	CREATE TEMPORARY TABLE industry_figure ON COMMIT DROP AS
	WITH one AS (
		SELECT c.position, c.column_name, c.reads, c.dimension, c.prefix, c.target, format('r.%I', c.column_name) AS cell,
			   CASE WHEN p.plain <> 'false' THEN format('CASE WHEN %s THEN r.%I%s ELSE d_%s.value END', p.plain, 'plain ' || c.column_name,
														CASE WHEN c.unit_cell IS NULL AND u.factor = 1 THEN '' ELSE format(' * w_%s.factor', c.column_name) END, c.column_name)
					ELSE format('d_%s.value', c.column_name) END AS value,
			   format('d_%s.low', c.column_name) AS low, format('d_%s.high', c.column_name) AS high,
			   CASE WHEN p.plain <> 'false' THEN format('CASE WHEN %s THEN ''='' ELSE d_%s.qualifier END', p.plain, c.column_name)
					-- a power alone says nothing of the energy
					WHEN c.dimension = 'size' THEN format('CASE WHEN num_nonnulls(d_%1$s.value, d_%1$s.low, d_%1$s.high) > 0 THEN d_%1$s.qualifier END', c.column_name)
					ELSE format('d_%s.qualifier', c.column_name) END AS qualifier,
			   format('d_%s.missing_reason', c.column_name) AS missing,
			   CASE WHEN p.plain <> 'false' THEN format('CASE WHEN %s THEN w_%s.currency ELSE d_%s.currency END', p.plain, c.column_name, c.column_name)
					ELSE format('d_%s.currency', c.column_name) END AS currency,
			   CASE WHEN p.plain <> 'false' THEN format('CASE WHEN %s THEN w_%s.unit ELSE coalesce(d_%s.unit, w_%s.unit) END', p.plain, c.column_name, c.column_name, c.column_name)
					ELSE format('coalesce(d_%s.unit, w_%s.unit)', c.column_name, c.column_name) END AS unit,
			   format('d_%s.usd', c.column_name) AS usd
		FROM pg_temp.industry_column c
		CROSS JOIN LATERAL (SELECT plain_condition(c.column_name, the_options) AS plain) AS p
		LEFT JOIN pg_temp.industry_unit u ON u.column_name = c.column_name AND u.printed = ''
		WHERE c.source = 'figure' AND c.cell IS NOT NULL),
	every AS (
		SELECT o.position, o.column_name, o.reads, o.dimension, o.prefix, o.target, o.cell, o.value, o.low, o.high, o.qualifier, o.missing, o.currency, o.unit, o.usd
		FROM one o
		UNION ALL
		-- a size has a power, too
		SELECT o.position, o.column_name, w.reads, w.dimension, w.prefix, w.target, o.cell, format('d_%s.power', o.column_name), 'NULL::numeric', 'NULL::numeric',
			   format('CASE WHEN d_%s.power IS NOT NULL THEN ''='' END', o.column_name), 'NULL::text', 'NULL::text', 'NULL::text', 'NULL::numeric'
		FROM one o JOIN pg_temp.industry_column w ON w.dimension = 'power'
		WHERE o.dimension = 'size')
	SELECT e.target, min(e.position) AS position, (array_agg(e.reads ORDER BY e.dimension = 'size', e.position))[1] AS reads, min(e.dimension) AS dimension, min(e.prefix) AS prefix,
		   array_agg(e.column_name ORDER BY e.position) AS column_names,
		   CASE count(*) WHEN 1 THEN min(e.cell) ELSE format('coalesce(%s)', string_agg(format('CASE WHEN %s IS NOT NULL THEN %s END', e.value, e.cell), ', ' ORDER BY e.position DESC)
							|| ', ' || string_agg(e.cell, ', ' ORDER BY e.position DESC)) END AS cell,
		   CASE count(*) WHEN 1 THEN min(e.value)
				ELSE format('industry.finer(%s)', string_agg(format('%s, %s', e.value, e.cell), ', ' ORDER BY e.position)) END AS value,
		   CASE count(*) WHEN 1 THEN min(e.low) ELSE format('coalesce(%s)', string_agg(e.low, ', ' ORDER BY e.position)) END AS low,
		   CASE count(*) WHEN 1 THEN min(e.high) ELSE format('coalesce(%s)', string_agg(e.high, ', ' ORDER BY e.position)) END AS high,
		   CASE count(*) WHEN 1 THEN min(e.qualifier) ELSE format('coalesce(%s)', string_agg(e.qualifier, ', ' ORDER BY e.position)) END AS qualifier,
		   CASE count(*) WHEN 1 THEN min(e.missing)
				ELSE format('CASE WHEN coalesce(%s) IS NULL THEN coalesce(%s) END', string_agg(e.qualifier, ', '), string_agg(e.missing, ', ' ORDER BY e.position)) END AS missing,
		   CASE count(*) WHEN 1 THEN min(e.currency) ELSE format('coalesce(%s)', string_agg(e.currency, ', ' ORDER BY e.position)) END AS currency,
		   CASE count(*) WHEN 1 THEN min(e.unit) ELSE format('coalesce(%s)', string_agg(e.unit, ', ' ORDER BY e.position)) END AS unit,
		   CASE count(*) WHEN 1 THEN min(e.usd) ELSE format('coalesce(%s)', string_agg(e.usd, ', ' ORDER BY e.position)) END AS usd,
		   -- two that say something, and not the same
		   CASE WHEN count(*) > 1 THEN format('(num_nonnulls(%1$s) > 1 AND (num_nonnulls(%2$s) < num_nonnulls(%1$s) OR industry.finer(%3$s) IS NULL))',
				string_agg(e.qualifier, ', '), string_agg(e.value, ', '), string_agg(format('%s, %s', e.value, e.cell), ', ' ORDER BY e.position)) END AS differs
	FROM every e GROUP BY e.target;
END
$$;
COMMENT ON FUNCTION industry.plan_figures() IS 'makes pg_temp.industry_figure: the figures of the file by the column of the table that they go to, with an expression for each thing that is read of them';

CREATE OR REPLACE FUNCTION industry.fill_in(template text, c jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH RECURSIVE step (place, done) AS (
		SELECT 0, template
		UNION ALL
		SELECT s.place + 1, replace(s.done, '{' || k.key || '}', coalesce(k.value, 'NULL'))
		FROM step s JOIN LATERAL (SELECT e.key, e.value, row_number() OVER (ORDER BY e.key) AS place FROM jsonb_each_text(c) AS e) AS k ON k.place = s.place + 1)
	SELECT s.done FROM step s ORDER BY s.place DESC LIMIT 1;
END;
COMMENT ON FUNCTION industry.fill_in(text, jsonb) IS 'an expression of the layouts with the names in braces filled in';

CREATE OR REPLACE FUNCTION industry.word_problem(of_column text, problem text, expression text, allowed text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN industry.fill_in(problem, jsonb_build_object('cell', format('r.%I', of_column), 'allowed', quote_literal(allowed::text),
	'value', industry.fill_in(expression, jsonb_build_object('cell', format('r.%I', of_column)))));
COMMENT ON FUNCTION industry.word_problem(text, text, text, text[]) IS 'condition over rows r under which a cell of words cannot be read, by the reader of its column';

CREATE OR REPLACE FUNCTION industry.money_currency() RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN (SELECT format('industry.currency_code(industry.word(r.%I), %L)', c.column_name, w.options)
			FROM pg_temp.industry_column c, pg_temp.industry_load w WHERE c.reads = 'currency' AND c.target IS NULL AND c.cell IS NOT NULL);
END
$$;
COMMENT ON FUNCTION industry.money_currency() IS 'expression over rows r for the currency that the file''s own column states for amounts of money; NULL without such a column';

CREATE OR REPLACE FUNCTION industry.plan_targets() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	l record;
	has_sets boolean;
	money_currency text := money_currency();
BEGIN
	SELECT w.kind, w.options, y.fact_table INTO l FROM pg_temp.industry_load w JOIN layout y ON y.kind = w.kind;
	has_sets := l.fact_table IS NOT NULL;
	DROP TABLE IF EXISTS pg_temp.industry_target;
	CREATE TEMPORARY TABLE industry_target ON COMMIT DROP AS
	-- figures, with what layout_fill makes of them
	SELECT f.position, 0 AS place, fill_in(x.target, jsonb_build_object('t', f.target, 'p', f.prefix)) AS target,
		   fill_in(x.expression, jsonb_build_object('t', f.target, 'cell', f.cell, 'value', f.value, 'low', f.low, 'high', f.high, 'usd', f.usd, 'unit', f.unit,
				'scope', 'k.scope',
				'currency', CASE f.dimension WHEN 'cost' THEN f.currency
					-- an amount has a currency; a number only where it is money
					ELSE format('CASE WHEN num_nonnulls(%s, %s, %s) > 0 THEN %s END', f.value, f.low, f.high,
						CASE f.dimension WHEN 'number' THEN format('coalesce(%s%s, industry.unit_currency(%s, %L))', f.currency, coalesce(', ' || money_currency, ''), f.unit, l.options)
							ELSE format('coalesce(%s%s)', f.currency, coalesce(', ' || money_currency, '')) END) END)) AS expression
	FROM pg_temp.industry_figure f JOIN layout_fill x ON x.reads = f.reads
	UNION ALL
	-- how they are meant
	SELECT f.position, 1, fill_in(x.target, jsonb_build_object('p', f.prefix)), x.expression
	FROM pg_temp.industry_figure f
	CROSS JOIN LATERAL (VALUES ('{p}qualifier', f.qualifier), ('{p}missing_reason', f.missing),
							   ('{p}as_printed', CASE WHEN f.prefix <> '' THEN f.cell END)) AS x (target, expression)
	WHERE f.prefix IS NOT NULL AND x.expression IS NOT NULL
	UNION ALL
	-- words, names and dates
	SELECT c.position, 2, x.target, x.expression
	FROM pg_temp.industry_column c
	CROSS JOIN LATERAL (
		SELECT c.target AS target,
			   fill_in(CASE WHEN c.default_value IS NOT NULL THEN format('coalesce(%s, %s)', e.expression, c.default_value) ELSE e.expression END,
					jsonb_build_object('allowed', quote_literal(c.allowed::text), 'cell', format('r.%I', c.column_name), 't', c.target,
						'id', CASE WHEN has_sets AND c.is_key AND c.required = 'yes' AND c.target IN ('maker_id', 'country') THEN format('CASE WHEN is_member THEN n_%s.id END', c.column_name) ELSE format('n_%s.id', c.column_name) END,
						'code', CASE WHEN has_sets AND c.is_key AND c.required = 'yes' AND c.target IN ('maker_id', 'country') THEN format('CASE WHEN is_member THEN n_%s.code END', c.column_name) ELSE format('n_%s.code', c.column_name) END)) AS expression
		FROM (SELECT CASE WHEN c.problem IS NOT NULL AND l.options -> 'unreadable' ->> c.column_name = 'note'
						  THEN format('CASE WHEN NOT coalesce(%s, false) THEN %s END', replace(c.problem, '{value}', c.expression), c.expression) ELSE c.expression END AS expression) AS e
		WHERE c.source IN ('word', 'name')
		UNION ALL
		SELECT fill_in(f.target, jsonb_build_object('t', c.target, 'p', coalesce(c.prefix, c.target || '_precision'))),
			   fill_in(f.expression, jsonb_build_object('cell', format('r.%I', c.column_name), 'day', format('d_%s.first_day', c.column_name), 'precision', format('d_%s.day_precision', c.column_name)))
		FROM layout_fill f WHERE f.reads = c.reads AND c.source IN ('day', 'name')) AS x
	WHERE c.cell IS NOT NULL AND c.part IN ('own', 'reference') AND c.target IS NOT NULL
	UNION ALL
	SELECT c.position, 3, c.target, c.default_value FROM pg_temp.industry_column c
	WHERE c.cell IS NULL AND c.default_value IS NOT NULL AND c.part IN ('own', 'reference');
	-- the first that says something of a target, when two readers would fill it
	DELETE FROM pg_temp.industry_target t USING pg_temp.industry_target o
	WHERE o.target = t.target AND (o.position, o.place, o.ctid) < (t.position, t.place, t.ctid);
END
$$;
COMMENT ON FUNCTION industry.plan_targets() IS 'makes pg_temp.industry_target: an expression over rows r and what is joined to them for each column of the table that the file fills';

CREATE OR REPLACE FUNCTION industry.unit_currency(unit text, options jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN unit ~ '[A-Z]{3}|[$€£¥₩₹]' THEN (SELECT u.currency FROM industry.unit_of(unit, options) AS u) END;
COMMENT ON FUNCTION industry.unit_currency(text, jsonb) IS 'the currency in a unit such as USD or EUR/kWh; NULL where it has none';

CREATE OR REPLACE FUNCTION industry.rule_text(template text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	filled text := replace(template, '{scope}', 'k.scope');
	name record;
BEGIN
	FOR name IN SELECT DISTINCT p.part[1] AS what, p.part[2] AS column_name FROM regexp_matches(template, '\{([a-z]+):([a-z0-9_]+)\}', 'g') AS p (part) LOOP
		filled := replace(filled, format('{%s:%s}', name.what, name.column_name), coalesce(
			CASE WHEN name.what = 'cell' THEN format('r.%I', name.column_name)
				 ELSE (SELECT CASE name.what WHEN 'value' THEN f.value WHEN 'currency' THEN f.currency WHEN 'usd' THEN f.usd WHEN 'unit' THEN f.unit END
					   FROM pg_temp.industry_figure f WHERE name.column_name = ANY (f.column_names)) END, 'NULL'));
	END LOOP;
	RETURN filled;
END
$$;
COMMENT ON FUNCTION industry.rule_text(text) IS 'the condition of a layout_rule over rows r and what is joined to them';

CREATE OR REPLACE FUNCTION industry.row_problems() RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	the_options jsonb := (SELECT w.options FROM pg_temp.industry_load w);
	money_currency text := money_currency();
BEGIN
	SELECT w.kind, y.fact_table IS NOT NULL AS has_sets INTO l FROM pg_temp.industry_load w JOIN layout y ON y.kind = w.kind;
	RETURN (SELECT array_agg(p.problem ORDER BY p.position, p.place) FROM (
		-- required cells, a mark for a missing value being none
		SELECT c.position, 0 AS place, format('CASE WHEN %s THEN %L END', CASE WHEN c.source = 'name' THEN format('r.%1$I IS NULL OR n_%1$s.is_missing', c.column_name)
				WHEN c.source = 'word' THEN format('industry.word(r.%I) IS NULL', c.column_name) ELSE format('r.%I IS NULL', c.column_name) END, c.column_name) AS problem
		FROM pg_temp.industry_column c WHERE c.required = 'yes' AND c.cell IS NOT NULL AND c.part IN ('own', 'reference', 'fact')
		UNION ALL
		-- one of several
		SELECT min(c.position), 1, format('CASE WHEN coalesce(%s) IS NULL THEN %L END', string_agg(format('r.%I', c.column_name), ', ' ORDER BY c.position),
										  (array_agg(c.column_name ORDER BY c.position))[1])
		FROM pg_temp.industry_column c WHERE c.required <> 'yes' GROUP BY c.required
		UNION ALL
		-- names that are not known
		SELECT c.position, 2, format('CASE WHEN n_%1$s.problem IS NOT NULL%2$s%3$s THEN %1$L END', c.column_name,
									 CASE WHEN l.has_sets AND c.is_key AND c.reads IN ('maker', 'country') THEN ' AND is_member' ELSE '' END,
									 CASE WHEN the_options -> 'unreadable' ->> c.column_name = 'note' THEN ' AND false' ELSE '' END)
		FROM pg_temp.industry_column c WHERE c.source = 'name' AND c.cell IS NOT NULL AND c.part IN ('own', 'reference')
		UNION ALL
		-- what stands for a row of its own kind where a name is needed
		SELECT c.position, 3, format('CASE WHEN n_%1$s.row_kind IS NOT NULL AND n_%1$s.%2$s IS NULL AND n_%1$s.problem IS NULL AND NOT n_%1$s.is_missing THEN %1$L END', c.column_name,
									 CASE c.reads WHEN 'maker' THEN 'id' ELSE 'code' END)
		FROM pg_temp.industry_column c WHERE c.reads IN ('maker', 'country') AND c.cell IS NOT NULL AND NOT (l.has_sets AND c.is_key)
		UNION ALL
		-- figures
		SELECT c.position, 4, CASE WHEN p.plain = 'false' THEN format('CASE WHEN d_%1$s.problem IS NOT NULL THEN %1$L END', c.column_name)
								   ELSE format('CASE WHEN NOT coalesce(%2$s, false) AND d_%1$s.problem IS NOT NULL THEN %1$L END', c.column_name, p.plain) END
		FROM pg_temp.industry_column c CROSS JOIN LATERAL (SELECT plain_condition(c.column_name, the_options) AS plain) AS p
		WHERE c.source = 'figure' AND c.cell IS NOT NULL
		UNION ALL
		SELECT c.position, 4, format('CASE WHEN d_%1$s.problem IS NOT NULL THEN %1$L END', c.column_name)
		FROM pg_temp.industry_column c WHERE c.source = 'day' AND c.cell IS NOT NULL AND the_options -> 'unreadable' ->> c.column_name IS DISTINCT FROM 'note'
		UNION ALL
		-- an amount needs a currency, a number a unit
		SELECT f.position, 5, format('CASE WHEN num_nonnulls(%s, %s, %s) > 0 AND coalesce(%s%s) IS NULL THEN ''currency'' END', f.value, f.low, f.high, f.currency, coalesce(', ' || money_currency, ''))
		FROM pg_temp.industry_figure f WHERE f.dimension = 'money'
		UNION ALL
		SELECT f.position, 5, format('CASE WHEN %1$s <> %2$s THEN ''(currency)'' END', f.currency, money_currency)
		FROM pg_temp.industry_figure f WHERE f.dimension IN ('money', 'cost') AND money_currency IS NOT NULL
		UNION ALL
		SELECT f.position, 5, format('CASE WHEN num_nonnulls(%s, %s, %s) > 0 AND %s IS NULL THEN ''unit'' END', f.value, f.low, f.high, f.unit)
		FROM pg_temp.industry_figure f WHERE f.reads IN ('number', 'statement')
		UNION ALL
		-- 500, million and USD in three columns would be US$500 of a unit "million"
		SELECT f.position, 5, format('CASE WHEN %s IS NOT NULL AND lower(%s) IN (''thousand'', ''million'', ''billion'', ''trillion'', ''k'', ''m'', ''mn'', ''mm'', ''bn'', ''b'', ''tn'', ''万'', ''亿'') THEN ''unit'' END', money_currency, f.unit)
		FROM pg_temp.industry_figure f WHERE f.dimension = 'number' AND money_currency IS NOT NULL
		UNION ALL
		-- two columns of one target
		SELECT f.position, 6, format('CASE WHEN %s THEN %L END', f.differs, '=' || f.target)
		FROM pg_temp.industry_figure f WHERE f.differs IS NOT NULL
		UNION ALL
		-- words
		SELECT c.position, 7, format('CASE WHEN %s THEN %L END', word_problem(c.column_name, c.problem, c.expression, c.allowed), c.column_name)
		FROM pg_temp.industry_column c
		WHERE c.source = 'word' AND c.problem IS NOT NULL AND c.cell IS NOT NULL AND c.part NOT IN ('series', 'set')
		  AND the_options -> 'unreadable' ->> c.column_name IS DISTINCT FROM 'note'
		UNION ALL
		-- rules of the kind
		SELECT 1000 + y.position, 8, format('CASE WHEN %s THEN %L END', rule_text(y.condition), '!' || y.position)
		FROM layout_rule y WHERE y.kind = l.kind AND NOT y.is_note) AS p);
END
$$;
COMMENT ON FUNCTION industry.row_problems() IS 'expressions that each give the name of what is wrong with a row, or NULL';

CREATE OR REPLACE FUNCTION industry.read_rows() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	has_sets boolean;
	rows_text text;
	joins text;
	notes text;
	estimates text;
	printed text;
	inferred text;
	n bigint;
BEGIN
	SELECT w.kind, w.options, w.header, w.header_line, w.is_redrive, y.fact_table IS NOT NULL AS has_sets INTO l
	FROM pg_temp.industry_load w JOIN layout y ON y.kind = w.kind;
	has_sets := l.has_sets;
	PERFORM make_work_tables();
	PERFORM map_header(l.kind, l.header, l.options, l.header_line);
	PERFORM plan_columns(l.kind, l.options);
	IF NOT l.is_redrive THEN
		PERFORM choose_rows();
	END IF;
	rows_text := merged_rows(rows_query(l.options, l.header_line), l.options);
	PERFORM read_names(rows_text);
	PERFORM read_units(rows_text);
	PERFORM judge_columns(rows_text);
	SELECT w.options INTO l.options FROM pg_temp.industry_load w;

	-- each figure as a number where it is plain
	rows_text := format('SELECT %s%s FROM (%s OFFSET 0) AS r', row_columns('r'),
		-- well within the range of every type
		(SELECT coalesce(string_agg(format(CASE c.dimension WHEN 'capacity' THEN ', CASE WHEN industry.plain_number(r.%1$I) < 1000000 THEN industry.plain_number(r.%1$I) END AS %2$I'
				WHEN 'cost' THEN ', CASE WHEN industry.plain_number(r.%1$I) <= 20000 THEN industry.plain_number(r.%1$I) END AS %2$I'
				WHEN 'percent' THEN ', CASE WHEN industry.plain_number(r.%1$I) <= 100 THEN industry.plain_number(r.%1$I) END AS %2$I'
				ELSE ', industry.plain_number(r.%1$I) AS %2$I' END, c.column_name, 'plain ' || c.column_name), '' ORDER BY c.position), '')
		 FROM pg_temp.industry_column c WHERE c.source = 'figure' AND c.cell IS NOT NULL AND plain_condition(c.column_name, l.options) <> 'false'), rows_text);
	PERFORM read_figures(rows_text);
	PERFORM judge_decimals(rows_text);
	IF has_sets THEN
		PERFORM read_combinations(rows_text);
	END IF;
	PERFORM plan_figures();
	PERFORM plan_targets();

	joins := (SELECT coalesce(string_agg(unit_join(c.column_name), '' ORDER BY c.position), '') FROM pg_temp.industry_column c WHERE c.source = 'figure' AND c.cell IS NOT NULL)
		|| (SELECT coalesce(string_agg(CASE WHEN EXISTS (SELECT FROM pg_temp.industry_reading d WHERE d.column_name = c.column_name)
				THEN format(' LEFT JOIN pg_temp.industry_reading d_%1$s ON d_%1$s.column_name = %1$L AND d_%1$s.printed = %2$s AND d_%1$s.unit_printed = %3$s', c.column_name,
							CASE c.source WHEN 'day' THEN format('industry.word(r.%I)', c.column_name) ELSE format('r.%I', c.column_name) END,
							CASE WHEN c.unit_cell IS NOT NULL THEN format('w_%s.printed', c.column_name) ELSE '''''' END)
				ELSE format(' LEFT JOIN pg_temp.industry_reading d_%s ON false', c.column_name) END, '' ORDER BY c.position), '')
			FROM pg_temp.industry_column c WHERE c.source IN ('figure', 'day') AND c.cell IS NOT NULL)
		|| (SELECT coalesce(string_agg(format(' LEFT JOIN pg_temp.industry_name n_%1$s ON n_%1$s.reads = %2$L AND n_%1$s.printed = r.%3$I', c.column_name, c.reads, c.column_name), '' ORDER BY c.position), '')
			FROM pg_temp.industry_column c WHERE c.source = 'name' AND c.cell IS NOT NULL AND c.part IN ('own', 'reference'));
	IF has_sets THEN
		inferred := (SELECT coalesce(string_agg(format('n_%s.row_kind, ', c.column_name), '' ORDER BY c.position), '') FROM pg_temp.industry_column c
					 WHERE c.is_key AND c.reads IN ('maker', 'country') AND c.cell IS NOT NULL);
		joins := joins || format(' LEFT JOIN pg_temp.industry_combination k ON k.key = %s AND r.ragged IS NULL', set_key('r'))
			|| format(' CROSS JOIN LATERAL (SELECT coalesce(%s%s''member'') AS row_kind) AS rk CROSS JOIN LATERAL (SELECT rk.row_kind = ''member'' AS is_member) AS im',
				(SELECT CASE WHEN c.cell IS NOT NULL THEN 'lower(industry.word(r.row_kind)), ' ELSE '' END FROM pg_temp.industry_column c WHERE c.column_name = 'row_kind'), inferred);
		-- texts that an option keeps, footnote marks and rules that only note something
		notes := concat_ws(', ',
			(SELECT CASE WHEN c.cell IS NOT NULL THEN '''note'', r.note' END FROM pg_temp.industry_column c WHERE c.column_name = 'note'),
			(SELECT '''period'', CASE WHEN k.first_day IS NULL THEN r.period END' FROM pg_temp.industry_column c WHERE c.column_name = 'period' AND c.cell IS NOT NULL
			 AND EXISTS (SELECT FROM pg_temp.industry_combination k WHERE k.first_day IS NULL)),
			(SELECT string_agg(format('%L, CASE WHEN %s THEN r.%I END', c.column_name,
					CASE c.source WHEN 'name' THEN format('n_%s.problem IS NOT NULL', c.column_name) WHEN 'day' THEN format('d_%s.problem IS NOT NULL', c.column_name)
						ELSE word_problem(c.column_name, c.problem, c.expression, c.allowed) END, c.column_name), ', ' ORDER BY c.position)
			 FROM pg_temp.industry_column c WHERE c.cell IS NOT NULL AND (c.source IN ('name', 'day') OR c.problem IS NOT NULL) AND l.options -> 'unreadable' ->> c.column_name = 'note'),
			(SELECT string_agg(format('%L, d_%s.mark', 'mark of ' || c.column_name, c.column_name), ', ' ORDER BY c.position)
			 FROM pg_temp.industry_column c WHERE EXISTS (SELECT FROM pg_temp.industry_reading d WHERE d.column_name = c.column_name AND d.mark IS NOT NULL)),
			(SELECT string_agg(format('%L, CASE WHEN %s THEN %L END', 'check ' || y.position, rule_text(y.condition), y.message), ', ' ORDER BY y.position)
			 FROM layout_rule y WHERE y.kind = l.kind AND y.is_note));
		estimates := (SELECT string_agg(format('coalesce(d_%s.is_estimate, false)', c.column_name), ' OR ' ORDER BY c.position) FROM pg_temp.industry_column c
					  WHERE EXISTS (SELECT FROM pg_temp.industry_reading d WHERE d.column_name = c.column_name AND d.is_estimate));
		printed := (SELECT string_agg(f.cell, ', ' ORDER BY f.prefix IS DISTINCT FROM '', f.position) FROM pg_temp.industry_figure f);
		INSERT INTO pg_temp.industry_target (position, place, target, expression)
		SELECT 2000 + x.position, 9, x.target, x.expression
		FROM (VALUES (1, 'set_number', 'k.set_number'),
					 (2, 'locator', 'r.locator'),
					 (3, 'subject_as_printed', (SELECT format('coalesce(%s)', string_agg(format('r.%I', c.column_name), ', ' ORDER BY c.column_name <> 'subject_as_printed', c.column_name <> 'subject', c.position))
						FROM pg_temp.industry_column c WHERE c.column_name IN ('subject_as_printed', 'subject') OR (c.is_key AND c.reads <> 'unit' AND c.cell IS NOT NULL))),
					 (4, 'as_printed', format('coalesce(r.as_printed, %sindustry.stage_text(r.row_id / 1024))', coalesce(printed || ', ', ''))),
					 (5, 'row_kind', 'rk.row_kind'),
					 (6, 'statement_kind', format('coalesce(lower(industry.word(r.statement_kind)), k.statement_kind%s)', coalesce(', CASE WHEN ' || estimates || ' THEN ''estimated'' END', ''))),
					 (7, 'statement_number', CASE WHEN (SELECT c.cell IS NULL FROM pg_temp.industry_column c WHERE c.column_name = 'statement_number') THEN '1::smallint'
						ELSE 'CASE WHEN industry.plain_integer(r.statement_number) BETWEEN 1 AND 9999 THEN industry.plain_integer(r.statement_number)::smallint ELSE 1::smallint END' END),
					 (8, 'notes', CASE WHEN notes = '' THEN 'r.extra' ELSE format('nullif(coalesce(r.extra, ''{}'') || jsonb_strip_nulls(jsonb_build_object(%s)), ''{}'')', notes) END)) AS x (position, target, expression);
	END IF;

	EXECUTE format('CREATE TEMPORARY TABLE industry_new ON COMMIT DROP AS
		SELECT r.row_id, r.line_number, CASE WHEN r.ragged IS NOT NULL THEN ''(row)'' WHEN num_nonnulls(%1$s) > 0 THEN concat_ws('','', %1$s) END AS problems%2$s
		FROM (%3$s OFFSET 0) AS r%4$s',
		concat_ws(', ', CASE WHEN has_sets THEN 'CASE WHEN k.problem IS NOT NULL THEN ''(set)'' END' ELSE 'NULL::text' END, array_to_string(row_problems(), ', ')),
		(SELECT string_agg(format(', %s AS %I', t.expression, t.target), '' ORDER BY t.position, t.place, t.target) FROM pg_temp.industry_target t),
		rows_text, joins);
	GET DIAGNOSTICS n = ROW_COUNT;
	ANALYZE pg_temp.industry_new;
	PERFORM explain_problems(rows_text);
	RETURN n;
END
$$;
COMMENT ON FUNCTION industry.read_rows() IS 'reads industry_stage by its layout into the temporary table industry_new, typed, and what is wrong with its rows into industry_problem; returns the number of rows';

CREATE OR REPLACE FUNCTION industry.choose_rows() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	the_options jsonb := (SELECT w.options FROM pg_temp.industry_load w);
	chosen text;
	variable_place integer := (SELECT h.place FROM pg_temp.industry_header h WHERE h.used_as = 'variables name');
	n bigint;
	left_out record;
BEGIN
	IF the_options ? 'footer' THEN
		IF jsonb_typeof(the_options -> 'footer') = 'number' THEN
			DELETE FROM pg_temp.industry_stage s WHERE s.id > (SELECT max(o.id) FROM pg_temp.industry_stage o) - (the_options ->> 'footer')::bigint;
		ELSE
			EXECUTE format('DELETE FROM pg_temp.industry_stage s WHERE s.id >= (SELECT min(o.id) FROM pg_temp.industry_stage o WHERE coalesce(%s) ~ %L)',
				(SELECT string_agg(format('industry.cell(o.c%s)', h.place), ', ' ORDER BY h.place) FROM pg_temp.industry_header h), the_options ->> 'footer');
		END IF;
		GET DIAGNOSTICS n = ROW_COUNT;
		IF n > 0 AND NOT EXISTS (SELECT FROM pg_temp.industry_stage) THEN
			PERFORM refuse_file(format('the option footer leaves none of the %s rows', n), NULL, format('Correct the option of the source; it is {"footer": %s}.', the_options -> 'footer'));
		END IF;
		PERFORM note_load(format('%s below the table skipped (option footer)', CASE n WHEN 1 THEN '1 line' ELSE n || ' lines' END));
	END IF;
	IF the_options ? 'split' THEN
		-- a part more or less, and every name behind it is another's
		EXECUTE (SELECT format('UPDATE pg_temp.industry_stage s SET problem = format(''column "%%s" has %%s parts, its header %%s'', %1$L::text, o.n, %2$s)
					FROM (SELECT i.id, cardinality(string_to_array(i.c%3$s, %4$L)) AS n FROM pg_temp.industry_stage i) AS o
					WHERE o.id = s.id AND s.problem IS NULL AND o.n <> %2$s', w.header[p.place], cardinality(p.names), p.place, the_options -> 'split' ->> 'delimiter')
				 FROM pg_temp.industry_load w CROSS JOIN LATERAL split_names(w.header, the_options) AS p);
	END IF;
	IF the_options -> 'where' <> '{}' THEN
		chosen := chosen_condition(the_options);
		EXECUTE format('SELECT count(*) FROM pg_temp.industry_stage s WHERE s.problem IS NULL AND (%s) IS NOT TRUE', chosen) INTO n;
		IF n > 0 AND NOT EXISTS (SELECT FROM pg_temp.industry_stage s WHERE s.problem IS NOT NULL)
			AND n = (SELECT count(*) FROM pg_temp.industry_stage s) THEN
			-- a case that a new edition calls by another name
			EXECUTE (SELECT 'SELECT concat_ws(''; '', ' || string_agg(format('%L || (SELECT string_agg(o.printed, '', '') FROM (SELECT DISTINCT industry.excerpt(industry.cell(s.c%s)) AS printed FROM pg_temp.industry_stage s ORDER BY 1 LIMIT 12) AS o)',
						h.header_name || ' says ', h.place), ', ' ORDER BY h.place) || ')'
					 FROM jsonb_object_keys(the_options -> 'where') AS w (name) JOIN pg_temp.industry_header h ON is_named(h.header_name, ARRAY[w.name], (SELECT array_agg(x.header_name) FROM pg_temp.industry_header x))) INTO chosen;
			PERFORM refuse_file(format('the option where chooses none of the %s rows', n), chosen, format('Correct the option of the source; it is {"where": %s}.', the_options -> 'where'));
		ELSIF n > 0 THEN
			PERFORM note_load(format('%s not chosen (option where)', CASE n WHEN 1 THEN '1 row' ELSE n || ' rows' END));
		END IF;
	END IF;
	IF variable_place IS NOT NULL THEN
		FOR left_out IN EXECUTE format('SELECT industry.cell(s.c%1$s) AS name, count(*) AS n FROM pg_temp.industry_stage s
				WHERE s.problem IS NULL AND industry.header_key(coalesce(industry.cell(s.c%1$s), '''')) <> ALL (%2$L) AND (%3$s) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50',
				variable_place, (SELECT array_agg(header_key(m.variable)) FROM variable_map(the_options -> 'variables') AS m), coalesce(chosen, 'true')) LOOP
			PERFORM note_load(format('not loaded: %s rows of "%s"', left_out.n, excerpt(coalesce(left_out.name, ''))));
		END LOOP;
	END IF;
END
$$;
COMMENT ON FUNCTION industry.choose_rows() IS 'leaves out what the options footer, where and variables leave out, and says how much';

CREATE OR REPLACE FUNCTION industry.stage_text(stage_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	printed text;
BEGIN
	EXECUTE format('SELECT concat_ws('', '', %s) FROM pg_temp.industry_stage s WHERE s.id = $1',
				   (SELECT string_agg(format('industry.cell(s.c%s)', h.place), ', ' ORDER BY h.place) FROM pg_temp.industry_header h WHERE NOT h.is_split))
	INTO printed USING stage_id;
	RETURN coalesce(nullif(printed, ''), '-');
END
$$;
COMMENT ON FUNCTION industry.stage_text(bigint) IS 'a row of industry_stage as one text';

CREATE OR REPLACE FUNCTION industry.explain_problems(rows_text text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
BEGIN
	IF NOT EXISTS (SELECT FROM pg_temp.industry_new n WHERE n.problems IS NOT NULL) THEN
		RETURN;
	END IF;
	SELECT w.kind, w.options, y.fact_table IS NOT NULL AS has_sets INTO l FROM pg_temp.industry_load w JOIN layout y ON y.kind = w.kind;
	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT w.row_id, w.priority, coalesce(w.set_column, w.rule_column, w.name), coalesce(w.set_printed, w.printed),
			   CASE WHEN w.token = '(row)' THEN '22P04' WHEN w.token = '(set)' THEN w.set_sqlstate WHEN w.token ~ '^[!=(]' THEN '22023'
					WHEN w.reading_problem IS NOT NULL THEN w.reading_sqlstate
					WHEN w.name_problem IS NOT NULL THEN w.name_sqlstate
					WHEN w.printed IS NULL OR w.is_missing THEN '23502'
					WHEN w.reads = 'enum' THEN '22023'
					ELSE '22P02' END,
			   CASE WHEN w.token = '(row)' THEN w.ragged WHEN w.token = '(set)' THEN w.set_problem WHEN w.token LIKE '!%%' THEN w.rule_message
					WHEN w.token LIKE '=%%' THEN format('columns %%s contradict each other', w.both)
					WHEN w.token = '(currency)' THEN format('the amount and column "currency" (%%s) state different currencies', excerpt(w.cells ->> 'currency'))
					WHEN w.reading_problem IS NOT NULL THEN w.reading_problem
					WHEN w.name_problem IS NOT NULL THEN w.name_problem
					WHEN w.printed IS NULL OR w.is_missing THEN CASE WHEN w.required IS NOT NULL AND w.required <> 'yes' THEN format('none of %%s is filled in', w.required)
						ELSE format('column "%%s" is empty', w.token) END
					WHEN w.row_kind IS NOT NULL THEN format('"%%s" is no %%s', excerpt(w.printed), w.reads)
					ELSE format('"%%s" is no %%s', excerpt(w.printed), w.token) END,
			   CASE WHEN w.token = '(row)' THEN 'Quote a field that contains the delimiter, and double a quote inside a quoted field.'
					WHEN w.token = '(set)' THEN w.set_hint WHEN w.token LIKE '!%%' THEN w.rule_hint
					WHEN w.token LIKE '=%%' THEN 'Correct the one that is wrong, or leave it out with the option ignore.'
					WHEN w.token = '(currency)' THEN 'Make them agree, or leave one of them out.'
					WHEN w.token = 'currency' AND w.printed IS NULL THEN format('Write the amount with its currency, fill in column "currency", or say it for the whole file, such as --option=constants=''%%s''.',
						options_with(%5$L, '{"constants": {"currency": "EUR"}}') ->> 'constants')
					WHEN w.token = 'unit' AND w.printed IS NULL THEN 'Write the unit in the cell, in column "unit" or in the header, or set the option units.'
					WHEN w.reading_problem IS NOT NULL THEN w.reading_hint
					WHEN w.name_problem IS NOT NULL THEN w.name_hint
					WHEN w.printed IS NULL OR w.is_missing THEN 'Fill it in, or write why it is missing: W, NA, n/s.'
					WHEN w.allowed IS NOT NULL THEN format('Write one of %%s.', array_to_string(w.allowed, ', '))
					ELSE w.reader_hint END,
			   '{}'
		FROM (SELECT b.row_id, b.ragged, b.cells, p.token, p.priority, x.name, b.cells ->> x.name AS printed, y.reads, y.required, y.allowed, y.hint AS reader_hint,
					 d.sqlstate AS reading_sqlstate, d.problem AS reading_problem, d.hint AS reading_hint,
					 m.sqlstate AS name_sqlstate, m.problem AS name_problem, m.hint AS name_hint, coalesce(m.is_missing, false) AS is_missing, m.row_kind,
					 o.column_name AS rule_column, o.message AS rule_message, o.hint AS rule_hint,
					 (SELECT string_agg(format('"%%s" (%%s)', c.name, excerpt(b.cells ->> c.name)), ' and ' ORDER BY c.place)
					  FROM pg_temp.industry_figure f CROSS JOIN LATERAL unnest(f.column_names) WITH ORDINALITY AS c (name, place)
					  WHERE p.token = '=' || f.target AND b.cells ? c.name) AS both,
					 %3$s
			  FROM (SELECT n.row_id, n.problems, r.ragged, jsonb_strip_nulls(to_jsonb(r)) AS cells, %6$s AS set_key
					FROM pg_temp.industry_new n JOIN (%2$s) AS r ON r.row_id = n.row_id
					WHERE n.problems IS NOT NULL) AS b
			  CROSS JOIN LATERAL unnest(string_to_array(b.problems, ',')) WITH ORDINALITY AS p (token, priority)
			  CROSS JOIN LATERAL (SELECT CASE WHEN p.token = '(currency)' THEN 'currency' WHEN p.token LIKE '(%%' OR p.token LIKE '!%%' THEN NULL
				WHEN p.token LIKE '=%%' THEN (SELECT f.column_names[1] FROM pg_temp.industry_figure f WHERE '=' || f.target = p.token) ELSE p.token END AS name) AS x
			  LEFT JOIN pg_temp.industry_column y ON y.column_name = x.name
			  LEFT JOIN pg_temp.industry_reading d ON p.token !~ '^[!=(]' AND d.column_name = x.name
				AND d.printed = CASE y.source WHEN 'day' THEN industry.word(b.cells ->> x.name) ELSE b.cells ->> x.name END
				AND d.unit_printed = CASE WHEN y.unit_cell IS NOT NULL THEN coalesce(b.cells ->> ('unit of ' || x.name), '') ELSE '' END
			  LEFT JOIN pg_temp.industry_name m ON y.source = 'name' AND m.reads = y.reads AND m.printed = b.cells ->> x.name
			  LEFT JOIN industry.layout_rule o ON p.token = '!' || o.position AND o.kind = %1$L
			  %4$s) AS w$sql$,
		l.kind, rows_text,
		CASE WHEN l.has_sets THEN 'k.column_name AS set_column, k.as_printed AS set_printed, k.sqlstate AS set_sqlstate, k.problem AS set_problem, k.hint AS set_hint'
			 ELSE 'NULL::text AS set_column, NULL::text AS set_printed, NULL::text AS set_sqlstate, NULL::text AS set_problem, NULL::text AS set_hint' END,
		CASE WHEN l.has_sets THEN 'LEFT JOIN pg_temp.industry_combination k ON p.token = ''(set)'' AND k.key = b.set_key' ELSE '' END,
		l.options, set_key('r'));
END
$$;
COMMENT ON FUNCTION industry.explain_problems(text) IS 'writes into industry_problem what is wrong with the rows of industry_new that have problems, and what to do about it';
