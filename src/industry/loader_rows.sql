/*
 * Rows: from the staging table, text as it came, to typed rows in
 * pg_temp.industry_new, and what is wrong with them in pg_temp.industry_problem.
 *
 *	map_header, plan_columns, choose_rows, rows_query, merged_rows
 *			the rows under the names of the layout
 *	read_names, read_units, judge_columns, read_figures, read_combinations
 *			what is printed, each text once
 *	plan_figures, plan_targets, row_problems
 *			expressions for the columns of the table, and for what is wrong
 *	read_rows	all of it, in one statement
 *	explain_problems	what to say of the rows that are wrong
 */

CREATE OR REPLACE FUNCTION industry.make_work_tables() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
BEGIN
	PERFORM work_table(t.name)
	FROM unnest('{industry_note,industry_name,industry_unit,industry_reading,industry_problem,industry_combination,industry_set}'::text[]) AS t (name);
END
$$;
COMMENT ON FUNCTION industry.make_work_tables() IS 'makes the loader''s temporary tables for one load';

-- The figures of the file by the columns that they go to.  Several columns of
-- one target, such as size and energy, must agree, and the finer one counts.
CREATE OR REPLACE FUNCTION industry.plan_figures() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	the_options jsonb := (SELECT w.options FROM pg_temp.industry_load w);
BEGIN
	PERFORM work_table('industry_figure');
	INSERT INTO pg_temp.industry_figure (target, position, reads, dimension, prefix, column_names, cell, value, low, high, qualifier, missing, currency, unit, usd, differs)
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
	PERFORM work_table('industry_target');
	INSERT INTO pg_temp.industry_target (position, place, target, expression)
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
	IF NOT EXISTS (SELECT FROM pg_temp.industry_header) THEN
		-- of lines, or of rows that are driven again
		PERFORM map_header(l.kind, l.header, l.options, l.header_line);
	END IF;
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

	DROP TABLE IF EXISTS pg_temp.industry_new;
	EXECUTE format('CREATE TEMPORARY TABLE industry_new ON COMMIT DROP AS
		SELECT r.row_id, r.line_number, CASE WHEN r.ragged IS NOT NULL THEN ''(row)'' WHEN num_nonnulls(%1$s) > 0 THEN concat_ws('','', %1$s) END AS problems%2$s
		FROM (%3$s OFFSET 0) AS r%4$s',
		concat_ws(', ', CASE WHEN has_sets THEN 'CASE WHEN k.problem IS NOT NULL THEN ''(set)'' END' ELSE 'NULL::text' END, array_to_string(row_problems(), ', ')),
		(SELECT string_agg(format(', %s AS %I', t.expression, t.target), '' ORDER BY t.position, t.place, t.target) FROM pg_temp.industry_target t),
		rows_text, joins);
	GET DIAGNOSTICS n = ROW_COUNT;
	PERFORM settle_table('industry_new');
	PERFORM explain_problems(rows_text);
	RETURN n;
END
$$;
COMMENT ON FUNCTION industry.read_rows() IS 'reads industry_stage by its layout into the temporary table industry_new, typed, and what is wrong with its rows into industry_problem; returns the number of rows';

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
