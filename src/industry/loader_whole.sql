/*
 * What a column says as a whole: columns that have no home, flags that nobody
 * explains, notes that are units, the unit of bare shares and energies.
 */

CREATE OR REPLACE FUNCTION industry.refuse_homeless_columns(rows_text text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	c record;
	n record;
	bad text;
	decided text;
	kept jsonb;
	chosen jsonb;
BEGIN
	SELECT w.kind, w.options, w.source_id, w.header_line, w.is_redrive INTO l FROM pg_temp.industry_load w;
	-- A column that is known by its name says something about the figures: where
	-- the kind has no place for it, it must not vary.
	FOR c IN SELECT h.header_name, h.label, h.is_measure FROM pg_temp.industry_header h WHERE h.used_as = 'note' AND h.is_known AND NOT l.is_redrive ORDER BY h.place LOOP
		EXECUTE format('SELECT count(DISTINCT industry.name_key(coalesce(r.extra ->> %1$L, ''''))) AS n, min(r.extra ->> %1$L) AS first, max(r.extra ->> %1$L) AS last
						FROM (%2$s) AS r WHERE r.ragged IS NULL', c.label, rows_text) INTO n;
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
END
$$;
COMMENT ON FUNCTION industry.refuse_homeless_columns(text) IS 'refuses a file that has a column, known by its name, for which the kind has no place and in which rows differ';

CREATE OR REPLACE FUNCTION industry.note_telling_columns(rows_text text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	c record;
	n record;
BEGIN
	SELECT w.kind, w.options, w.source_id, w.header_line, w.is_redrive INTO l FROM pg_temp.industry_load w;
	-- Other columns often do so, and often say nothing of the figures.
	FOR c IN SELECT h.header_name, h.label FROM pg_temp.industry_header h
			 WHERE h.used_as = 'note' AND NOT l.is_redrive AND header_key(h.header_name) IN ('technology', 'technology_type', 'type', 'commodity', 'product')
			   AND header_key(h.header_name) <> ALL (options_list(l.options, 'keep_as_note')) ORDER BY h.place LOOP
		EXECUTE format('SELECT count(DISTINCT r.extra ->> %1$L) AS n, min(r.extra ->> %1$L) AS first, max(r.extra ->> %1$L) AS last FROM (%2$s) AS r WHERE r.ragged IS NULL',
			c.label, rows_text) INTO n;
		IF n.n > 1 THEN
			PERFORM note_load(format('column "%s" is kept as a note, and says "%s", "%s" and so on; to load some of the rows, choose them by it (--where, option where)',
				excerpt(c.header_name), excerpt(n.first), excerpt(n.last)));
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION industry.note_telling_columns(text) IS 'notes columns that are kept as notes and often say what a figure is of';

CREATE OR REPLACE FUNCTION industry.refuse_unknown_flags(rows_text text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	c record;
	bad text;
BEGIN
	SELECT w.kind, w.options, w.source_id, w.header_line, w.is_redrive INTO l FROM pg_temp.industry_load w;
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
END
$$;
COMMENT ON FUNCTION industry.refuse_unknown_flags(text) IS 'refuses a file with a column of flags that the option flags does not explain';

CREATE OR REPLACE FUNCTION industry.refuse_note_columns() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	c record;
	n record;
	are_units boolean;
	wanted text;
BEGIN
	SELECT w.kind, w.options, w.source_id, w.header_line, w.is_redrive INTO l FROM pg_temp.industry_load w;
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
END
$$;
COMMENT ON FUNCTION industry.refuse_note_columns() IS 'refuses a rank beside several periods, and notes that are units of the figures';

CREATE OR REPLACE FUNCTION industry.decide_units(rows_text text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	c record;
	n record;
	is_settled boolean;
	decided text;
	-- totals and remainders do not count among shares
	counted text := coalesce((SELECT string_agg(format('NOT EXISTS (SELECT FROM pg_temp.industry_name x WHERE x.reads = %L AND x.printed = r.%I AND x.row_kind <> ''member'')', o.reads, o.column_name), ' AND ')
							  FROM pg_temp.industry_column o WHERE o.is_key AND o.reads IN ('maker', 'country') AND o.cell IS NOT NULL), 'true');
BEGIN
	SELECT w.kind, w.options, w.source_id, w.header_line, w.is_redrive INTO l FROM pg_temp.industry_load w;
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
							   coalesce(sum(d.times) FILTER (WHERE f.is_bare), 0)::bigint AS rows
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
COMMENT ON FUNCTION industry.decide_units(text) IS 'decides what bare shares are, of their column as a whole, and refuses those and energies that may be either; what is decided joins the options of the load';

CREATE OR REPLACE FUNCTION industry.judge_columns(rows_text text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	unmerged text := (SELECT rows_query(w.options, w.header_line) FROM pg_temp.industry_load w);		-- notes are asked of rows as they stand
BEGIN
	PERFORM refuse_homeless_columns(unmerged);
	PERFORM note_telling_columns(unmerged);
	PERFORM refuse_unknown_flags(rows_text);
	PERFORM refuse_note_columns();
	PERFORM decide_units(rows_text);
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
