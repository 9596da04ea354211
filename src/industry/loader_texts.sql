/*
 * What is printed, each text once: names, units, figures and dates.
 *
 * Plain figures, digits alone, are most of what files hold and are read by the
 * statement of read_rows itself; the others by read_figure, each text once.
 */

CREATE OR REPLACE FUNCTION industry.find_codes() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	-- each form of a name is joined by a text that can be hashed, and not before it is there
	UPDATE pg_temp.industry_name n SET code = f.code
	FROM (SELECT DISTINCT ON (p.reads, p.printed) p.reads, p.printed, k.code
		  FROM (SELECT i.reads, i.printed, s.form, s.spelling FROM pg_temp.industry_name i
				CROSS JOIN LATERAL (VALUES ('printed', i.printed), ('lower', lower(i.printed)), ('key', name_key(i.printed))) AS s (form, spelling)
				OFFSET 0) AS p
		  JOIN (SELECT 'control' AS reads, 'printed' AS form, x.control AS spelling, x.control AS code, 1 AS choice FROM export_control x
				UNION ALL
				SELECT 'control', 'key', name_key(x.reference), min(x.control), 2 FROM export_control x GROUP BY name_key(x.reference) HAVING count(*) = 1
				UNION ALL
				SELECT 'sector', 'lower', x.sector, x.sector, 1 FROM sector x
				UNION ALL
				SELECT 'sector', 'key', name_key(x.name), x.sector, 1 FROM sector x
				UNION ALL
				SELECT 'stage', 'lower', x.stage, x.stage, 1 FROM stage x
				UNION ALL
				SELECT 'stage', 'key', name_key(x.name), x.stage, 1 FROM stage x
				UNION ALL
				SELECT 'publisher', 'key', name_key(x.publisher), x.publisher, 1 FROM publisher x) AS k
			ON k.reads = p.reads AND k.form = p.form AND k.spelling = p.spelling
		  ORDER BY p.reads, p.printed, k.choice, k.code) AS f
	WHERE n.reads = f.reads AND n.printed = f.printed;
END
$$;
COMMENT ON FUNCTION industry.find_codes() IS 'looks up the controls, sectors, stages and publishers in industry_name';

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
	-- as find_plant does for one name
	UPDATE pg_temp.industry_name n SET id = p.plant_id FROM plant p WHERE n.reads = 'plant' AND p.plant_key = name_key(n.printed);
	UPDATE pg_temp.industry_name n SET id = o.plant_id
	FROM (SELECT name_key(u.other) AS key, min(p.plant_id) AS plant_id
		  FROM plant p CROSS JOIN LATERAL unnest(p.also_printed) AS u (other) GROUP BY 1 HAVING count(DISTINCT p.plant_id) = 1) AS o
	WHERE n.reads = 'plant' AND n.id IS NULL AND o.key = name_key(n.printed);
	UPDATE pg_temp.industry_name n SET is_missing = false WHERE n.id IS NOT NULL;
	IF EXISTS (SELECT FROM pg_temp.industry_name n WHERE n.reads IN ('control', 'sector', 'stage', 'publisher')) THEN
		PERFORM find_codes();
	END IF;
	lists := code_lists(l.options -> 'codes', 'country', l.source, l.publisher);
	own := own_codes(l.options -> 'codes', 'country');
	UPDATE pg_temp.industry_name n SET code = r.country, row_kind = r.row_kind, is_missing = coalesce(r.missing, false),
		sqlstate = r.sqlstate, problem = r.problem, hint = concat_ws(' ', r.detail, r.hint)
	FROM (SELECT is_alpha2_column(array_agg(o.printed)) AS alpha2 FROM pg_temp.industry_name o WHERE o.reads = 'country') AS a,
		 pg_temp.industry_name p
		 CROSS JOIN LATERAL read_country(p.printed, lists, a.alpha2, own) AS r
	WHERE n.reads = 'country' AND p.reads = n.reads AND p.printed = n.printed;
	lists := code_lists(l.options -> 'codes', 'chemistry', l.source, l.publisher);
	own := own_codes(l.options -> 'codes', 'chemistry');
	-- a chemistry crosses PL/pgSQL as text only
	UPDATE pg_temp.industry_name n SET code = r.code, is_missing = coalesce(r.missing, false) OR (r.code IS NULL AND r.problem IS NULL),
		sqlstate = r.sqlstate, problem = r.problem, hint = concat_ws(' ', r.detail, r.hint)
	FROM pg_temp.industry_name p
		 CROSS JOIN LATERAL (SELECT o.chemistry::text AS code, o.missing, o.sqlstate, o.problem, o.detail, o.hint
							 FROM read_chemistry(p.printed, lists, own) AS o) AS r
	WHERE n.reads = 'chemistry' AND p.reads = n.reads AND p.printed = n.printed;
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
	PERFORM settle_table('industry_name');
END
$$;
COMMENT ON FUNCTION industry.read_names(text) IS 'looks up the names of the rows, each once, in industry_name';

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
	PERFORM settle_table('industry_unit');
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
	PERFORM settle_table('industry_reading');
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
