/*
 * What the columns of the layout are in this file, and the query that gives its
 * rows under their names.  All of it is text as it came.
 *
 *	plan_columns	what each column of the layout is: one row of
 *			pg_temp.industry_column, with the expression for its text
 *	rows_query	the rows of the file under the names of the layout
 *	merged_rows	those of a long table, the figures of one thing in one row
 *	choose_rows	leaves out what the options leave out
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
	PERFORM work_table('industry_column');
	INSERT INTO pg_temp.industry_column (position, column_name, reads, source, dimension, is_exact, expression, problem, hint, required, part, target, is_key,
		allowed, default_value, prefix, default_unit, option_unit, header_unit, cell, unit_cell, varies)
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
	-- what a qualifier or flag is of: the first figure, and in a long table the one that its row has
	flagged text[] := CASE WHEN variables IS NULL
		THEN ARRAY(SELECT c.column_name FROM pg_temp.industry_column c WHERE c.source = 'figure' AND c.cell IS NOT NULL ORDER BY c.prefix IS DISTINCT FROM '', c.position LIMIT 1)
		ELSE ARRAY(SELECT c.column_name FROM pg_temp.industry_column c WHERE c.source = 'figure' AND c.column_name IN (SELECT m.target FROM variable_map(variables) AS m)) END;
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
		condition := format('(s.problem IS NOT NULL OR (m.target IS NOT NULL AND coalesce(%s) IS NOT NULL))', concat_ws(', ', value_cell, beside));
	END IF;
	condition := condition || coalesce(' AND (s.problem IS NOT NULL OR (' || chosen_condition(options) || '))', '');
	RETURN format('SELECT s.id * 1024 + %s AS row_id, coalesce(s.line, (s.id + %s)::integer) AS line_number, s.problem AS ragged, %s AS extra%s%s FROM %s WHERE %s',
		row_number, header_line,
		coalesce((SELECT format('nullif(jsonb_strip_nulls(jsonb_object(%L::text[], ARRAY[%s])), ''{}'')',
								array_agg(h.label ORDER BY h.place), string_agg(format('industry.cell(s.c%s)', h.place), ', ' ORDER BY h.place))
				  FROM pg_temp.industry_header h WHERE h.used_as = 'note' HAVING count(*) > 0), 'NULL::jsonb'),
		(SELECT string_agg(', ' || CASE
					WHEN c.cell IS NULL THEN 'NULL::text'
					WHEN c.column_name = ANY (flagged) AND (before IS NOT NULL OR beside IS NOT NULL)
						THEN format('CASE WHEN %4$s(%1$s IS NOT NULL%3$s) THEN nullif(concat_ws('' '', %2$s), '''') END', c.cell,
									concat_ws(', ', CASE WHEN before IS NOT NULL THEN format('CASE WHEN %s IS NOT NULL THEN nullif(%s, ''='') END', c.cell, before) END,
										-- a flag alone says why there is no figure
										CASE WHEN beside IS NOT NULL THEN format('coalesce(%s, '':'')', c.cell) ELSE c.cell END,
										-- behind a unit or a mark a flag is one in parentheses alone
										CASE WHEN beside IS NOT NULL THEN format('CASE WHEN %3$L::jsonb ? %1$s THEN NULL WHEN %1$s !~ ''[0-9:]$'' THEN ''('' || btrim(%2$s, ''()'') || '')'' ELSE %2$s END',
											c.cell, beside, coalesce(options -> 'missing', '{}')) END),
									CASE WHEN beside IS NOT NULL THEN format(' OR coalesce(%s) IS NOT NULL', beside) ELSE '' END,
									CASE WHEN variables IS NOT NULL THEN format('m.target = %L AND ', c.column_name) ELSE '' END)
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

-- A row below the header with the units of the columns in place of figures.  Not
-- read, the rows below it would be of the default unit.
CREATE OR REPLACE FUNCTION industry.leave_out_units() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	every text := (SELECT string_agg(format('industry.cell(s.c%s)', h.place), ', ' ORDER BY h.place) FROM pg_temp.industry_header h);
	places text[] := (SELECT array_agg(h.place::text ORDER BY h.place) FROM pg_temp.industry_header h);
	first record;
	n record;
BEGIN
	SELECT w.options, w.source_id, w.header_line INTO l FROM pg_temp.industry_load w;
	EXECUTE format('SELECT s.id, coalesce(s.line, (s.id + %s)::integer) AS line, jsonb_object(%L::text[], ARRAY[%s]) AS cells
					FROM pg_temp.industry_stage s WHERE s.problem IS NULL AND coalesce(%3$s) IS NOT NULL ORDER BY s.id LIMIT 1', l.header_line, places, every) INTO first;
	SELECT coalesce(bool_and(j.is_unit) AND bool_or(j.is_figure), false) AS are_units,
		   bool_and(j.is_known) FILTER (WHERE j.is_figure) AS are_known,
		   jsonb_object_agg(j.column_name, j.printed) FILTER (WHERE j.is_figure) AS units,
		   count(DISTINCT ROW(j.column_name, j.printed)) FILTER (WHERE j.is_figure) > count(DISTINCT j.column_name) FILTER (WHERE j.is_figure) AS are_several,
		   string_agg(DISTINCT format('"%s" of column "%s"', excerpt(j.printed), j.column_name), ', ') FILTER (WHERE j.is_figure) AS said
	INTO n
	FROM (SELECT o.column_name, o.source = 'figure' AND (o.dimension <> 'number' OR o.printed = o.known) AS is_figure, o.printed,
				 CASE WHEN o.source <> 'figure' THEN o.printed ~* '^(units?|einheit(en)?|unités?|unidad(es)?|单位)$'
					  -- any word is a unit of a number
					  WHEN o.dimension = 'number' THEN o.printed !~ '[0-9]'
					  ELSE u.problem IS NULL AND u.dimension = CASE o.dimension WHEN 'size' THEN 'capacity' ELSE o.dimension END END AS is_unit,
				 o.printed = o.known OR coalesce(k.problem IS NULL AND (k.factor, k.scale) = (u.factor, u.scale) AND k.currency IS NOT DISTINCT FROM u.currency, false) AS is_known
		  FROM (SELECT c.column_name, c.source, c.dimension, coalesce(c.option_unit, c.header_unit, c.default_unit, '') AS known,
					   regexp_replace(first.cells ->> h.place::text, '^[(\[](.*)[)\]]$', '\1') AS printed
				FROM pg_temp.industry_header h
				JOIN pg_temp.industry_column c ON c.column_name = CASE WHEN h.is_unpivoted THEN h.unpivot_value ELSE h.column_name END
				WHERE first.cells ->> h.place::text IS NOT NULL) AS o
		  CROSS JOIN LATERAL unit_of(o.printed, l.options) AS u
		  CROSS JOIN LATERAL unit_of(o.known, l.options) AS k) AS j;
	IF NOT n.are_units THEN
		RETURN;
	END IF;
	IF n.are_several THEN
		PERFORM refuse_file(format('line %s states several units for one column: %s', first.line, n.said), NULL, 'Load the columns of one unit at a time.');
	ELSIF n.are_known IS NOT TRUE THEN
		PERFORM refuse_file(format('line %s is no row: it states units, %s', first.line, n.said), NULL,
			'Say once that they are those of the columns; then the line is left out. ' || option_json(l.source_id, jsonb_build_object('units', n.units)));
	END IF;
	DELETE FROM pg_temp.industry_stage s WHERE s.id = first.id;
	PERFORM note_load(format('line %s states the units and is left out', first.line));
END
$$;
COMMENT ON FUNCTION industry.leave_out_units() IS 'leaves out a row of units below the header, where header, option or default state the same units, and refuses the file where they do not';

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
	IF NOT the_options ? 'variables' THEN
		PERFORM leave_out_units();
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
