/*
 * A data model of the views industry.bi_*, made from the dictionary and the
 * catalog: what battery-industry model prints.  psql runs it with the variable
 * model, which is cube or dbt.
 *
 * It is no part of the schema.  It reads what a reader of the views may read, so that
 * a reader can run it, and describes the views that this role may read.
 *
 * A line ">>> FILE" stands before each file.  What is one measure or column is one
 * line of JSON, which YAML reads.  Both tools take braces for templates: those in a
 * comment become parentheses, and "}}" of JSON gets a blank for Cube.
 *
 * What adds up only within one metric, unit or scenario (bi_measure.within) is NULL in
 * Cube wherever several of these meet.  MetricFlow has nothing to say that with, so
 * that a dbt metric has one of each in its filter: those that the database has now.
 */
SELECT coalesce(string_agg(format('SELECT DISTINCT %L AS view_name, %L AS name, %s AS kept_apart FROM industry.%I WHERE %I IS NOT NULL',
								  m.view_name, m.column_name, coalesce('ARRAY[' || m.within || ']::text[]', 'NULL::text[]'), m.view_name, m.column_name),
						   ' UNION ALL '),
				'SELECT NULL, NULL, NULL::text[] WHERE false') AS slices
FROM industry.bi_measure m
WHERE m.aggregation IN ('sum', 'average', 'quotient') AND :'model' = 'dbt' AND has_table_privilege(format('industry.%I', m.view_name), 'SELECT') \gset

WITH col AS (
	SELECT v.relname::text AS view_name, substr(v.relname, 4) AS subject, a.attnum, a.attname::text AS name,
		   format_type(a.atttypid, a.atttypmod) AS data_type,
		   translate(obj_description(v.oid, 'pg_class'), '{}', '()') AS view_description,
		   translate(col_description(v.oid, a.attnum), '{}', '()') AS description,
		   nullif(m.aggregation, 'none') AS aggregation, string_to_array(m.within, ', ') AS within, m.numerator, m.denominator,
		   CASE WHEN m.unit IS NOT NULL THEN json_build_object('unit', m.unit, 'additivity', m.additivity, 'total_as', m.total_as) END AS meta,
		   -- a row is a statement, with a key, publisher and edition; bi_market has the rest of a market, too
		   bool_and(v.relname <> 'bi_market' AND (m.grain IS NULL OR m.grain LIKE 'publisher,%')) OVER w AND bool_or(a.attname = 'fact_id') OVER w AS is_of_facts,
		   bool_or(m.grain ~ 'measure') OVER w AS is_of_figures,
		   first_value(CASE a.atttypid WHEN 'date'::regtype THEN a.attname::text END)
				OVER (w ORDER BY a.atttypid <> 'date'::regtype, array_position('{announced,happened,valid_from,loaded_on,period_first}', a.attname::text), a.attnum) AS day_column
	FROM pg_class v
	JOIN pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped
	LEFT JOIN industry.bi_measure m ON m.view_name = v.relname AND m.column_name = a.attname
	WHERE v.relnamespace = 'industry'::regnamespace AND v.relkind = 'v' AND v.relname LIKE 'bi\_%' AND v.relname <> 'bi_measure'
	  AND has_table_privilege(v.oid, 'SELECT')
	WINDOW w AS (PARTITION BY v.oid)),

-- What a tool may offer, with the expressions of a row; @ stands before a column.
measure AS (
	SELECT c.view_name, c.subject, c.attnum, c.name, c.description, c.aggregation, c.within, c.meta, c.day_column,
		   CASE c.aggregation WHEN 'quotient' THEN 'overall' ELSE c.aggregation END || '_' || c.name AS measure_name,
		   '@' || c.name AS value,
		   format('CASE WHEN @%s IS NOT NULL AND @%s IS NOT NULL THEN @%s END', c.name, c.denominator, c.numerator) AS above,
		   format('CASE WHEN @%s IS NOT NULL AND @%s IS NOT NULL THEN @%s END', c.name, split_part(c.numerator, ' ', 1), c.denominator) AS below
	FROM col c
	WHERE c.aggregation IS NOT NULL),

-- Cube

cube_line AS (
	SELECT m.view_name, 1 AS part, m.attnum, json_build_object('name', m.measure_name, 'type', t.type,
		'sql', replace(CASE WHEN t.type <> 'number' THEN m.value
			ELSE concat('CASE WHEN count(DISTINCT ROW(@' || array_to_string(m.within, ', @') || ')) FILTER (WHERE @' || m.name || ' IS NOT NULL) <= 1 THEN ',
						t.total, CASE WHEN m.within IS NOT NULL THEN ' END' END) END, '@', '{CUBE}.'),
		'description', m.description, 'meta', m.meta) AS line
	FROM measure m
	CROSS JOIN LATERAL (SELECT
		CASE WHEN m.within IS NOT NULL OR m.aggregation = 'quotient' THEN 'number' WHEN m.aggregation = 'average' THEN 'avg' ELSE m.aggregation END,
		CASE WHEN m.aggregation = 'quotient' THEN format('sum(%s) / nullif(sum(%s), 0)', m.above, m.below)
			 ELSE format('%s(%s)', CASE m.aggregation WHEN 'average' THEN 'avg' ELSE m.aggregation END, m.value) END) AS t (type, total)
	UNION ALL
	SELECT c.view_name, 1, 0, json_build_object('name', 'row_count', 'type', 'count', 'description', 'rows of the view') FROM col c WHERE c.attnum = 1
	UNION ALL
	-- what adds up is a measure; everything else is read row by row
	SELECT c.view_name, 2, c.attnum, json_build_object('name', c.name,
		'type', CASE c.data_type WHEN 'date' THEN 'time' WHEN 'boolean' THEN 'boolean' WHEN 'text' THEN 'string' ELSE 'number' END,
		'sql', '{CUBE}.' || c.name, 'description', c.description, 'meta', c.meta)
	FROM col c
	WHERE c.aggregation IS DISTINCT FROM 'sum'),
cube AS (
	SELECT c.view_name, format(E'  - name: %s\n    sql_table: industry.%1$s\n    description: %s\n    measures:\n%s    dimensions:\n%s', c.view_name, to_json(c.view_description),
		string_agg(l.yaml, '' ORDER BY l.attnum) FILTER (WHERE l.part = 1), string_agg(l.yaml, '' ORDER BY l.attnum) FILTER (WHERE l.part = 2)) AS yaml
	FROM (SELECT DISTINCT view_name, view_description FROM col) AS c
	JOIN (SELECT view_name, part, attnum, format(E'      - %s\n', replace(json_strip_nulls(line)::text, '}}', '} }')) AS yaml FROM cube_line) AS l
	  ON l.view_name = c.view_name
	GROUP BY c.view_name, c.view_description),

-- dbt

-- the words that the tables of facts allow in a column that several have, where all allow the same
words AS (
	SELECT r.word[1] AS name, min(r.word[2]) AS list
	FROM pg_constraint k
	CROSS JOIN LATERAL regexp_match(pg_get_constraintdef(k.oid), '^CHECK \(\((\w+) = ANY \(ARRAY\[(.*)\]\)\)\)$') AS r (word)
	WHERE k.connamespace = 'industry'::regnamespace AND r.word IS NOT NULL
	  AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attname = 'fact_id')
	GROUP BY r.word[1]
	HAVING count(*) > 1 AND count(DISTINCT r.word[2]) = 1),
column_test AS (
	SELECT c.view_name, c.name, json_agg(t.test) AS tests
	FROM col c
	LEFT JOIN words w ON w.name = c.name
	CROSS JOIN LATERAL (
		SELECT to_json('not_null'::text) WHERE c.is_of_facts AND c.name IN ('fact_id', 'publisher', 'edition')
		UNION ALL SELECT to_json('unique'::text) WHERE c.is_of_facts AND c.is_of_figures IS NOT TRUE AND c.name = 'fact_id'
		UNION ALL SELECT json_build_object('relationships', json_build_object('to', 'source(''industry'', ''bi_lineage'')', 'field', 'fact_id'))
		WHERE c.name ~ 'fact_id$' AND c.view_name <> 'bi_lineage'
		UNION ALL SELECT json_build_object('relationships', json_build_object('to', 'source(''industry'', ''bi_maker'')', 'field', 'maker'))
		WHERE c.name = 'maker' AND c.view_name NOT IN ('bi_maker', 'bi_market')
		UNION ALL SELECT json_build_object('accepted_values', json_build_object('values',
			(SELECT json_agg(v.word[1]) FROM regexp_matches(w.list, '''([^'']*)''', 'g') AS v (word)))) WHERE w.list IS NOT NULL AND c.view_name <> 'bi_market') AS t (test)
	GROUP BY c.view_name, c.name),
source_table AS (
	SELECT c.view_name, concat('      - name: ', c.view_name, E'\n        description: ', to_json(min(c.view_description)), E'\n        columns:\n',
		string_agg(format(E'          - %s\n', json_strip_nulls(json_build_object('name', c.name, 'data_type', c.data_type, 'description', c.description,
			'meta', c.meta, 'data_tests', t.tests))), '' ORDER BY c.attnum)) AS yaml
	FROM col c LEFT JOIN column_test t ON t.view_name = c.view_name AND t.name = c.name
	GROUP BY c.view_name),
-- A metric has a day in MetricFlow: a view without one has none.  A quotient is made of two.
dbt_measure AS (
	SELECT m.view_name, m.attnum, m.name, m.description, m.within, m.meta, p.part, p.aggregate, replace(p.value, '@', '') AS expr, m.subject || '_' || m.measure_name AS base
	FROM measure m
	CROSS JOIN LATERAL (
		SELECT '', m.aggregation, m.value WHERE m.aggregation <> 'quotient'
		UNION ALL SELECT '_numerator', 'sum', m.above WHERE m.aggregation = 'quotient'
		UNION ALL SELECT '_denominator', 'sum', m.below WHERE m.aggregation = 'quotient') AS p (part, aggregate, value)
	-- a number that rows repeat is one of a row's, which only its dimension can say
	WHERE m.day_column IS NOT NULL AND m.aggregation <> 'max'),
slice (view_name, name, kept_apart) AS (
	:slices),
metric AS (
	SELECT m.view_name, m.attnum, m.description, m.base, m.part, k.filter, concat(replace(m.base, '_', ' '), ' (' || k.said || ')') AS label,
		   CASE WHEN length(n.name) <= n.room THEN n.name ELSE rtrim(left(n.name, n.room - 9), '_') || '_' || left(md5(n.name), 8) END AS metric_name
	FROM dbt_measure m
	JOIN slice s ON s.view_name = m.view_name AND s.name = m.name
	CROSS JOIN LATERAL (
		SELECT string_agg(format('{{ Dimension(''%s__%s'') }} %s', m.view_name, k.name, coalesce('= ' || q.literal, 'is null')), ' and ' ORDER BY k.position),
			   nullif(translate(concat_ws(', ', VARIADIC s.kept_apart), '{}', '()'), '')
		FROM unnest(m.within, s.kept_apart) WITH ORDINALITY AS k (name, value, position)
		-- a text from a report is no template
		CROSS JOIN LATERAL (SELECT replace(replace(quote_literal(k.value), '{', ''' || chr(123) || '''), '}', ''' || chr(125) || ''')) AS q (literal)) AS k (filter, said)
	-- it becomes a column's name, of 63 bytes with _denominator
	CROSS JOIN LATERAL (SELECT concat(m.base, '_' || nullif(btrim(regexp_replace(lower(k.said), '[^a-z0-9]+', '_', 'g'), '_'), '')),
		CASE m.part WHEN '' THEN 63 ELSE 51 END) AS n (name, room)),
metric_line AS (
	SELECT m.view_name, m.attnum, m.metric_name || m.part AS name, json_build_object('name', m.metric_name || m.part, 'label', m.label || replace(m.part, '_', ', '),
		'description', m.description, 'type', 'simple', 'type_params', json_build_object('measure', m.base || m.part), 'filter', m.filter) AS line
	FROM metric m
	UNION ALL
	SELECT m.view_name, m.attnum, m.metric_name, json_build_object('name', m.metric_name, 'label', m.label, 'description', m.description, 'type', 'ratio',
		'type_params', json_build_object('numerator', json_build_object('name', m.metric_name || '_numerator'),
			'denominator', json_build_object('name', m.metric_name || '_denominator')))
	FROM metric m
	WHERE m.part = '_numerator'),
semantic_model AS (
	SELECT c.view_name, concat('  - name: ', c.view_name, E'\n    model: ref(''battery_', c.subject, E''')\n    description: ', to_json(c.view_description),
		E'\n    primary_entity: ', c.view_name, E'\n    defaults: {agg_time_dimension: ' || c.day_column || '}', E'\n    dimensions:\n',
		string_agg(format(E'      - %s\n', json_strip_nulls(json_build_object('name', CASE c.name WHEN 'year' THEN 'calendar_year' ELSE c.name END,
			'expr', CASE c.name WHEN 'year' THEN c.name END, 'type', CASE c.data_type WHEN 'date' THEN 'time' ELSE 'categorical' END,
			'type_params', CASE c.data_type WHEN 'date' THEN '{"time_granularity": "day"}'::json END, 'description', c.description,
			'config', CASE WHEN c.meta IS NOT NULL THEN json_build_object('meta', c.meta) END))), '' ORDER BY c.attnum),
		E'    measures:\n' || (SELECT string_agg(format(E'      - %s\n', json_build_object('name', m.base || m.part, 'agg', m.aggregate, 'expr', m.expr,
			'description', m.description, 'config', json_build_object('meta', m.meta))), '' ORDER BY m.attnum, m.part)
			FROM dbt_measure m WHERE m.view_name = c.view_name)) AS yaml
	FROM col c
	WHERE c.aggregation IS DISTINCT FROM 'sum'
	GROUP BY c.view_name, c.subject, c.view_description, c.day_column),

heading (line) AS (VALUES ('made by battery-industry model; it overwrites changes')),
file (model, place, name, comment, body) AS (
	SELECT 'cube', 1, 'battery.yml', '#', E'cubes:\n' || (SELECT string_agg(c.yaml, '' ORDER BY c.view_name) FROM cube c)
	UNION ALL
	SELECT 'dbt', 1, 'battery.yml', '#', concat(E'version: 2\n\nsources:\n  - name: industry\n    description: "battery industry figures, as published"\n    tables:\n',
		(SELECT string_agg(t.yaml, '' ORDER BY t.view_name) FROM source_table t),
		E'\nmodels:\n  - name: battery_day\n    description: "days, which MetricFlow needs"\n    time_spine: {standard_granularity_column: date_day}\n    columns:\n      - {name: date_day, granularity: day}\n',
		E'\nsemantic_models:\n', (SELECT string_agg(s.yaml, '' ORDER BY s.view_name) FROM semantic_model s),
		E'\nmetrics:\n' || (SELECT string_agg(format(E'  - %s\n', json_strip_nulls(l.line)), '' ORDER BY l.view_name, l.attnum, l.name) FROM metric_line l))
	UNION ALL
	SELECT 'dbt', 2, 'battery_day.sql', '--', E'{{ config(materialized=''table'') }}\nSELECT day::date AS date_day FROM generate_series(''1900-01-01''::timestamp, ''2100-12-31'', ''1 day'') AS day\n'
	UNION ALL
	SELECT DISTINCT 'dbt', 3, 'battery_' || c.subject || '.sql', '--', format(E'{{ config(materialized=''view'') }}\nSELECT * FROM {{ source(''industry'', ''%s'') }}\n', c.view_name) FROM col c)
SELECT format(E'>>> %s\n%s %s\n%s', f.name, f.comment, h.line, rtrim(f.body, E'\n'))
FROM file f CROSS JOIN heading h
WHERE f.model = :'model'
ORDER BY f.place, f.name;
