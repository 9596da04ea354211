/*
 * Refused rows: what is wrong with them, the nearest known names, quarantine.
 */

CREATE OR REPLACE FUNCTION industry.trigrams(key text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 20
BEGIN ATOMIC
	SELECT DISTINCT substr('  ' || key || ' ', g, 3) FROM generate_series(1, length(key) + 1) AS g;
END;
COMMENT ON FUNCTION industry.trigrams(text) IS 'the different runs of three characters in a name';

CREATE OR REPLACE FUNCTION industry.nearest_names(names text[], name_kind text) RETURNS TABLE (name text, nearest text[], best double precision)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
	WITH known AS (
		SELECT DISTINCT ON (o.key) o.key, o.shown
		FROM (SELECT m.maker_key AS key, m.maker AS shown, 1 AS place FROM maker m WHERE name_kind = 'maker'
			  UNION ALL SELECT m.name_key, m.maker, 2 FROM maker m WHERE name_kind = 'maker'
			  UNION ALL SELECT a.alias_key, m.maker, 3 FROM maker_alias a JOIN maker m ON m.maker_id = a.maker_id WHERE name_kind = 'maker'
			  UNION ALL SELECT c.name_key, c.name, 1 FROM country c WHERE name_kind = 'country'
			  UNION ALL SELECT a.alias_key, c.name, 2 FROM country_alias a JOIN country c ON c.country = a.country WHERE name_kind = 'country'
			  UNION ALL SELECT name_key(p.spelling), c.name, 3 FROM country_spelling p JOIN country c ON c.country = p.country WHERE name_kind = 'country'
			  UNION ALL SELECT p.plant_key, p.plant, 1 FROM plant p WHERE name_kind = 'plant'
			  UNION ALL SELECT name_key(s.sector), s.sector, 1 FROM sector s WHERE name_kind = 'sector'
			  UNION ALL SELECT name_key(s.name), s.sector, 2 FROM sector s WHERE name_kind = 'sector'
			  UNION ALL SELECT name_key(x.control), x.control, 1 FROM export_control x WHERE name_kind = 'control'
			  UNION ALL SELECT name_key(p.publisher), p.publisher, 1 FROM publisher p WHERE name_kind = 'publisher'
			  UNION ALL SELECT name_key(p.name), p.publisher, 2 FROM publisher p WHERE name_kind = 'publisher') AS o (key, shown, place)
		ORDER BY o.key, o.place),
	known_part AS (SELECT k.key, k.shown, t.part, count(*) OVER (PARTITION BY k.key) AS parts FROM known k CROSS JOIN LATERAL trigrams(k.key) AS t (part)),
	asked AS (SELECT DISTINCT u.name FROM unnest(names) AS u (name)),
	asked_part AS (SELECT a.name, t.part, count(*) OVER (PARTITION BY a.name) AS parts FROM asked a CROSS JOIN LATERAL trigrams(name_key(a.name)) AS t (part)),
	scored AS (
		SELECT a.name, k.shown, max(s.score) AS score
		FROM (SELECT a.name, k.key, count(*)::double precision / (min(a.parts) + min(k.parts) - count(*)) AS score
			  FROM asked_part a JOIN known_part k ON k.part = a.part GROUP BY a.name, k.key) AS s
		JOIN known k ON k.key = s.key JOIN asked a ON a.name = s.name
		WHERE s.score >= 0.3
		GROUP BY a.name, k.shown),
	placed AS (SELECT s.name, s.shown, s.score, row_number() OVER (PARTITION BY s.name ORDER BY s.score DESC, s.shown) AS place FROM scored s)
	SELECT p.name, array_agg(p.shown ORDER BY p.place), max(p.score) FROM placed p WHERE p.place <= 3 GROUP BY p.name;
END
$$;
COMMENT ON FUNCTION industry.nearest_names(text[], text) IS 'up to three known makers, countries, plants, sectors, controls or publishers whose names share most with each name, and how much the best shares (1 is all)';

CREATE OR REPLACE FUNCTION industry.find_nearest() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	l record;
	r record;
BEGIN
	SELECT w.kind INTO l FROM pg_temp.industry_load w;
	PERFORM work_table('industry_unknown');
	INSERT INTO pg_temp.industry_unknown (kind, name, occurrences, nearest, best)
	SELECT c.reads AS kind, p.as_printed AS name, count(*) AS occurrences, '{}'::text[] AS nearest, NULL::double precision AS best
	FROM pg_temp.industry_problem p JOIN layout_column c ON c.kind = l.kind AND c.column_name = p.column_name
	WHERE p.sqlstate = '23503' AND c.reads IN ('maker', 'country', 'plant', 'sector', 'control') AND p.as_printed IS NOT NULL AND name_key(p.as_printed) <> ''
	GROUP BY 1, 2;
	FOR r IN SELECT u.kind, array_agg(u.name ORDER BY u.occurrences DESC, u.name) AS names FROM pg_temp.industry_unknown u GROUP BY u.kind LOOP
		UPDATE pg_temp.industry_unknown u SET nearest = n.nearest, best = n.best
		-- a file of nothing but strange names is told so, not compared for hours
		FROM nearest_names(r.names[ : 2000], r.kind) AS n
		WHERE u.kind = r.kind AND u.name = n.name;
	END LOOP;
	UPDATE pg_temp.industry_problem p SET nearest = u.nearest
	FROM pg_temp.industry_unknown u, layout_column c
	WHERE p.sqlstate = '23503' AND c.kind = l.kind AND c.column_name = p.column_name AND u.kind = c.reads AND u.name = p.as_printed AND u.nearest <> '{}';
END
$$;
COMMENT ON FUNCTION industry.find_nearest() IS 'collects the unknown names of a load in industry_unknown and puts the nearest known ones beside its problems';

CREATE OR REPLACE FUNCTION industry.problem_list() RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	-- Five hundred rows with one unknown name are one problem.
	RETURN (
		WITH found AS (
			SELECT r.row_id, r.line_number, r.load_id, r.column_name, r.as_printed, r.sqlstate, coalesce(r.first_message, r.message) AS message, r.hint, r.nearest, 1 AS nth FROM pg_temp.industry_refused r
			UNION ALL
			SELECT r.row_id, r.line_number, r.load_id, f.column_name, f.as_printed, f.sqlstate, f.message, f.hint, f.nearest, 2
			FROM pg_temp.industry_refused r CROSS JOIN LATERAL jsonb_to_recordset(r.further) AS f (column_name text, as_printed text, sqlstate text, message text, hint text, nearest text[])),
		different AS (
			SELECT f.load_id, f.column_name, f.sqlstate, f.message, f.hint, f.nearest, min(f.as_printed) AS as_printed, count(DISTINCT f.row_id) AS n_rows,
				   (array_agg(DISTINCT f.line_number ORDER BY f.line_number))[ : 5] AS lines, count(DISTINCT f.line_number) AS n_lines,
				   row_number() OVER (ORDER BY bool_or(f.row_id < 0), min(f.line_number), min(f.row_id), min(f.nth), f.column_name, f.message) AS place
			FROM found f GROUP BY f.load_id, f.column_name, f.sqlstate, f.message, f.hint, f.nearest)
		SELECT jsonb_build_object('problems_left', count(*) FILTER (WHERE d.place > 50),
			'problems', coalesce(jsonb_agg(jsonb_build_object('line', d.lines[1], 'lines', to_jsonb(d.lines), 'line_count', d.n_lines, 'rows', d.n_rows,
					'column', d.column_name, 'text', excerpt(d.as_printed), 'sqlstate', d.sqlstate, 'message', d.message, 'hint', d.hint, 'nearest', to_jsonb(d.nearest))
				|| coalesce((SELECT jsonb_build_object('file', lr.file_name) FROM load_report lr WHERE lr.load_id = d.load_id), '{}')
				ORDER BY d.place) FILTER (WHERE d.place <= 50), '[]'))
		FROM different d);
END
$$;
COMMENT ON FUNCTION industry.problem_list() IS 'the different problems of a load for its summary, the first fifty, each with its lines and how many rows have it';

CREATE OR REPLACE FUNCTION industry.about_row(kind text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	is_capacity boolean := (SELECT r.dimension = 'capacity' FROM layout_column c JOIN layout_reader r ON r.reads = c.reads
							WHERE c.kind = about_row.kind AND c.prefix = '' AND r.source = 'figure' ORDER BY c.position LIMIT 1);
	-- name of a column, and the expression for it
	ref jsonb := (SELECT jsonb_object_agg(x.name, CASE WHEN NOT x.is_there THEN 'NULL::' || x.type
														 WHEN x.type = 'numeric' AND is_capacity AND x.name NOT LIKE 'share%' THEN format('industry.capacity_number(n.%I)', x.stored)
														 WHEN x.type = 'numeric' THEN format('n.%I', x.stored) ELSE format('n.%I::text', x.stored) END)
				  FROM (SELECT o.name, o.type, c.stored, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass('pg_temp.industry_new') AND a.attname = c.stored
														 AND a.attnum > 0 AND NOT a.attisdropped) AS is_there
						FROM (VALUES ('amount', 'numeric'), ('amount_low', 'numeric'), ('amount_high', 'numeric'), ('qualifier', 'text'), ('unit', 'text'),
									 ('share_pct', 'numeric'), ('share_pct_low', 'numeric'), ('share_pct_high', 'numeric'), ('share_qualifier', 'text'),
									 ('chemistry', 'text')) AS o (name, type)
						CROSS JOIN LATERAL (SELECT CASE WHEN about_row.kind = 'capacity' THEN replace(o.name, 'amount', 'capacity') ELSE o.name END AS stored) AS c) AS x);
BEGIN
	-- only of kinds that shares or outputs are computed of
	IF kind <> 'capacity' AND NOT EXISTS (SELECT FROM layout_column c JOIN layout_reader r ON r.reads = c.reads
				   WHERE c.kind = about_row.kind AND r.dimension = 'percent' AND c.prefix <> '') THEN
		RETURN 'NULL::jsonb';
	END IF;
	RETURN format('jsonb_strip_nulls(jsonb_build_object(''is_unread'', o.set_number IS NULL OR p.sqlstate = ''22P04'' OR coalesce(p.column_name IN (''chemistry'', ''row_kind''), false),
		''metric'', o.metric, ''basis'', o.basis, ''stage'', o.stage, ''material'', o.material, ''country_basis'', o.country_basis, ''application'', o.application,
		''geography'', o.geography, ''scenario'', o.scenario, ''period_first'', o.period_first, ''period_last'', o.period_last,
		''row_kind'', CASE WHEN p.sqlstate = ''22P04'' OR p.column_name = ''row_kind'' THEN ''member'' ELSE n.row_kind END,
		''subject'', n.subject_as_printed, ''unit'', %s, ''chemistry'', %s, %s, ''amount_most'', industry.upper_bound(%s, %s, %s), ''share_pct_most'', industry.upper_bound(%s, %s, %s)))',
		CASE WHEN is_capacity THEN quote_literal('GWh') ELSE ref ->> 'unit' END, ref ->> 'chemistry',
		(SELECT string_agg(format('%L, %s', o.name, ref ->> o.name), ', ')
		 FROM unnest(ARRAY['amount', 'amount_low', 'amount_high', 'share_pct', 'share_pct_low', 'share_pct_high']) AS o (name)),
		ref ->> 'qualifier', ref ->> 'amount', ref ->> 'amount_high', ref ->> 'share_qualifier', ref ->> 'share_pct', ref ->> 'share_pct_high');
END
$$;
COMMENT ON FUNCTION industry.about_row(text) IS 'expression for what can be read of a refused row n of set o: series, period, row kind, member, figures (_most: the greatest that they allow); is_unread: its set cannot be told';

CREATE OR REPLACE FUNCTION industry.row_text_of(alias text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	-- a row of a wide table has one of the cells that make rows, a ragged one all
	RETURN (SELECT format('jsonb_strip_nulls(jsonb_object(%L::text[], ARRAY[%s]))', array_agg(h.label ORDER BY h.place),
						  string_agg(CASE WHEN h.is_unpivoted THEN format('CASE WHEN %2$s.row_id %% 1024 = %1$s OR s.problem IS NOT NULL THEN industry.cell(s.c%1$s) END', h.place, alias)
										  ELSE format('industry.cell(s.c%s)', h.place) END, ', ' ORDER BY h.place))
			FROM pg_temp.industry_header h WHERE NOT h.is_split);
END
$$;
COMMENT ON FUNCTION industry.row_text_of(text) IS 'expression for a row as quarantine keeps it (row_text), of its cells in row s of industry_stage and its row_id';

CREATE OR REPLACE FUNCTION industry.gather_refused(source_id integer, load_kind text, the_part text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
BEGIN
	PERFORM work_table('industry_refused');
	IF EXISTS (SELECT FROM pg_temp.industry_problem) AND NOT keeps_tables() THEN
		CREATE INDEX IF NOT EXISTS industry_problem_row ON pg_temp.industry_problem (row_id);
		PERFORM settle_table('industry_problem');
	END IF;
	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_refused (row_id, line_number, column_name, as_printed, sqlstate, message, hint, nearest, row_text, about,
			first_message, further, stands_already, load_id, fact_id, dispute)
		SELECT w.row_id, w.line_number, w.column_name, w.as_printed, w.sqlstate, w.message || coalesce(w.also, '') AS message, w.hint, w.nearest, w.row_text, w.about,
			   w.message AS first_message, w.further,
			   EXISTS (SELECT FROM industry.quarantine q JOIN industry.load_report lr ON lr.load_id = q.load_id
					   WHERE lr.source_id IS NOT DISTINCT FROM %1$L AND lr.kind = %2$L AND q.resolved_by IS NULL AND q.row_text = w.row_text
						 AND q.message = w.message || coalesce(w.also, '') AND (lr.edition_part <> %6$L) IS NOT TRUE) AS stands_already,
			   NULL::bigint AS load_id, NULL::bigint AS fact_id, NULL::jsonb AS dispute
		FROM (SELECT DISTINCT ON (p.row_id) p.row_id, n.line_number, p.column_name, p.as_printed, p.sqlstate, p.message, p.hint, p.nearest,
					 a.also, a.further, %3$s AS row_text, %4$s AS about
			  FROM pg_temp.industry_problem p
			  CROSS JOIN LATERAL (SELECT string_agg(format('; also %%s%%s', coalesce(f.column_name || ': ', ''), f.message), '' ORDER BY f.priority) AS also,
										 jsonb_agg(jsonb_build_object('column_name', f.column_name, 'as_printed', f.as_printed, 'sqlstate', f.sqlstate, 'message', f.message,
																	  'hint', f.hint, 'nearest', f.nearest)) AS further
								  FROM pg_temp.industry_problem f WHERE f.row_id = p.row_id AND f.priority > p.priority AND p.priority < 100) AS a
			  JOIN pg_temp.industry_new n ON n.row_id = p.row_id
			  JOIN pg_temp.industry_stage s ON s.id = p.row_id / 1024
			  %5$s
			  ORDER BY p.row_id, p.priority, p.column_name) AS w$sql$,
		source_id, load_kind, row_text_of('p'), about_row(load_kind),
		CASE WHEN (SELECT y.fact_table IS NOT NULL FROM layout y WHERE y.kind = load_kind) THEN 'LEFT JOIN pg_temp.industry_set o ON o.set_number = n.set_number' ELSE '' END, the_part);
	RETURN (SELECT count(*) FROM pg_temp.industry_refused w WHERE NOT w.stands_already);
END
$$;
COMMENT ON FUNCTION industry.gather_refused(integer, text, text) IS 'puts the refused rows of a load, each with its first problem, into industry_refused, and returns how many of them are not in quarantine yet';

CREATE OR REPLACE FUNCTION industry.write_quarantine(the_load bigint, source_id integer, load_kind text, file_name text, redrives bigint, the_part text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	-- Rows that an earlier load refused as this one does are this one's, wherever
	-- they stand in the file: the earlier load may be withdrawn.
	IF redrives IS NULL THEN
		UPDATE quarantine q SET resolved_by = the_load, resolved_at = now()
		FROM load_report lr, pg_temp.industry_refused n
		WHERE lr.load_id = q.load_id AND lr.source_id IS NOT DISTINCT FROM write_quarantine.source_id AND lr.kind = load_kind AND q.resolved_by IS NULL
		  AND (lr.edition_part <> the_part) IS NOT TRUE AND q.dispute IS NULL AND q.dismissed_at IS NULL
		  AND n.row_id > 0 AND n.stands_already AND n.row_text = q.row_text AND n.message = q.message;
	END IF;
	-- those that this one took in
	EXECUTE format($sql$
		UPDATE industry.quarantine q SET resolved_by = $1, resolved_at = now()
		FROM industry.load_report lr, pg_temp.industry_new n, pg_temp.industry_stage s
		WHERE lr.load_id = q.load_id AND lr.source_id IS NOT DISTINCT FROM $2 AND lr.kind = $3 AND q.resolved_by IS NULL AND q.load_id <> $1
		  AND (lr.edition_part <> $6) IS NOT TRUE AND q.stored_fact IS NULL
		  AND n.row_id > 0 AND n.line_number = q.line_number AND s.id = n.row_id / 1024
		  AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)
		  AND (q.row_text = %s
			   -- a later version of the same file, in which the whole line is good
			   OR ($5 IS NULL AND lr.file_name = $4 AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p JOIN pg_temp.industry_new b ON b.row_id = p.row_id
																	WHERE b.line_number = q.line_number)))$sql$, row_text_of('n'))
	USING the_load, source_id, load_kind, file_name, redrives, the_part;
	-- and those that it refuses again, for another reason or with another text
	UPDATE quarantine q SET resolved_by = the_load, resolved_at = now()
	FROM load_report lr, pg_temp.industry_refused n
	WHERE lr.load_id = q.load_id AND lr.source_id IS NOT DISTINCT FROM write_quarantine.source_id AND lr.kind = load_kind AND q.resolved_by IS NULL AND q.load_id <> the_load
	  AND (lr.edition_part <> the_part) IS NOT TRUE AND q.dispute IS NULL AND q.dismissed_at IS NULL
	  AND n.row_id > 0 AND n.line_number = q.line_number AND NOT n.stands_already
	  AND (q.row_text = n.row_text
		   OR (write_quarantine.redrives IS NULL AND lr.file_name = write_quarantine.file_name
			   AND ARRAY(SELECT k.name FROM jsonb_object_keys(q.row_text) AS k (name) ORDER BY 1) = ARRAY(SELECT k.name FROM jsonb_object_keys(n.row_text) AS k (name) ORDER BY 1)));
	INSERT INTO quarantine (load_id, line_number, column_name, as_printed, sqlstate, message, hint, nearest, row_text, about, stored_fact, dispute)
	SELECT coalesce(r.load_id, the_load), r.line_number, r.column_name, r.as_printed, r.sqlstate, r.message, r.hint, r.nearest, r.row_text, r.about, r.fact_id, r.dispute
	FROM pg_temp.industry_refused r
	WHERE NOT r.stands_already
	   OR (r.row_id > 0 AND (r.row_text, r.message) IN (SELECT q.row_text, q.message FROM quarantine q WHERE q.resolved_by = the_load))
	ORDER BY r.row_id < 0, r.line_number;
	INSERT INTO unknown_name AS u (kind, name_key, name, first_load, last_load, occurrences, nearest, proposed)
	SELECT k.kind, name_key(k.name), min(k.name), the_load, the_load, sum(k.occurrences), min(k.nearest),
		   max(CASE WHEN k.best >= 0.55 THEN k.nearest[1] END)
	FROM pg_temp.industry_unknown k
	GROUP BY 1, 2 ORDER BY 1, 2
	ON CONFLICT (kind, name_key) DO UPDATE SET last_load = excluded.last_load, occurrences = u.occurrences + excluded.occurrences,
		nearest = excluded.nearest, proposed = excluded.proposed;
END
$$;
COMMENT ON FUNCTION industry.write_quarantine(bigint, integer, text, text, bigint, text) IS 'writes the refused rows of a load into quarantine, takes over or closes what earlier loads refused of them, and keeps the unknown names';
