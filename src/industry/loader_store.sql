/*
 * Storing: typed rows become facts of statement sets, or rows of reference
 * tables, and the refused ones go to quarantine.
 */

CREATE OR REPLACE FUNCTION industry.measure_target(kind text) RETURNS text
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, industry, pg_temp
RETURN (SELECT c.target FROM layout_column c JOIN layout_reader r ON r.reads = c.reads
		WHERE c.kind = measure_target.kind AND c.prefix = '' AND r.source = 'figure' ORDER BY c.position LIMIT 1);
COMMENT ON FUNCTION industry.measure_target(text) IS 'the figure of a kind that qualifier and missing_reason are about; NULL for kinds that have none';

CREATE OR REPLACE FUNCTION industry.target_columns(kind text) RETURNS text[]
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, industry, pg_temp
RETURN (
	SELECT array_agg(DISTINCT n.name ORDER BY n.name)
	FROM (SELECT fill_in(f.target, jsonb_build_object('t', c.target, 'p', coalesce(c.prefix, c.target || '_precision'))) AS name
		  FROM layout_column c JOIN layout_fill f ON f.reads = c.reads
		  WHERE c.kind = target_columns.kind AND c.target IS NOT NULL AND c.part IN ('own', 'reference')
		  UNION ALL
		  SELECT c.target FROM layout_column c JOIN layout_reader r ON r.reads = c.reads
		  WHERE c.kind = target_columns.kind AND c.target IS NOT NULL AND r.source IN ('word', 'name') AND c.part IN ('own', 'fact', 'reference')
		  UNION ALL
		  SELECT c.prefix || x.name FROM layout_column c JOIN layout_reader r ON r.reads = c.reads
		  CROSS JOIN unnest(CASE c.prefix WHEN '' THEN ARRAY['qualifier', 'missing_reason'] ELSE ARRAY['qualifier', 'missing_reason', 'as_printed'] END) AS x (name)
		  WHERE c.kind = target_columns.kind AND r.source = 'figure' AND c.prefix IS NOT NULL
		  UNION ALL
		  SELECT unnest(ARRAY['qualifier', 'missing_reason', 'row_kind', 'notes']) FROM layout l WHERE l.kind = target_columns.kind AND l.fact_table IS NOT NULL) AS n);
COMMENT ON FUNCTION industry.target_columns(text) IS 'columns of its table that a file of a kind fills, or leaves NULL';

CREATE OR REPLACE FUNCTION industry.key_parts(kind text, alias text, has text[]) RETURNS text[]
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, industry, pg_temp
RETURN (
	SELECT array_agg(format('%s.%I', key_parts.alias, k.target) ORDER BY k.position)
		-- what has no name of ours is told apart by the printed one
		-- totals and remainders of two parts of an edition are two things
		|| CASE WHEN key_parts.kind = 'storage_project' AND 'edition_part' = ANY (key_parts.has)
				THEN ARRAY[format('CASE WHEN %1$s.row_kind <> ''member'' THEN %1$s.edition_part END', key_parts.alias)]
				WHEN key_parts.kind IN ('capacity', 'expansion', 'price', 'maker_share', 'country_share')
				THEN ARRAY[key_parts.alias || '.row_kind',
					format('CASE WHEN %1$s.row_kind = ''member''%2$s THEN NULL ELSE %3$scoalesce(%1$s.subject_as_printed, '''') END', key_parts.alias,
						   CASE WHEN key_parts.kind IN ('capacity', 'price')
								THEN format(' AND num_nonnulls(NULL%s) > 0', string_agg(format(', %s.%I', key_parts.alias, k.target), '')
											FILTER (WHERE k.target <> 'chemistry')) ELSE '' END,
						   CASE WHEN 'edition_part' = ANY (key_parts.has) THEN format('coalesce(%s.edition_part || '': '', '''') || ', key_parts.alias) ELSE '' END)]
				ELSE '{}' END
		|| ARRAY[key_parts.alias || '.statement_number']
	FROM (SELECT c.target, min(c.position) AS position
		  FROM layout_column c
		  WHERE c.kind = key_parts.kind AND c.is_key AND c.target = ANY (key_parts.has)
		  GROUP BY c.target) AS k);
COMMENT ON FUNCTION industry.key_parts(text, text, text[]) IS 'expressions for what makes a row one statement of its set, of the columns that the file has';

CREATE OR REPLACE FUNCTION industry.key_text(kind text, alias text, has text[]) RETURNS text
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, industry, pg_temp
RETURN (SELECT format('concat_ws(E''\x1f'', %s)', string_agg(format('coalesce((%s)::text, '''')', p.part), ', ' ORDER BY p.place))
		FROM unnest(industry.key_parts(kind, alias, has)) WITH ORDINALITY AS p (part, place));
COMMENT ON FUNCTION industry.key_text(text, text, text[]) IS 'expression for what makes a row one statement of its set, as one text';

CREATE OR REPLACE FUNCTION industry.new_columns() RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, industry, pg_temp
RETURN (SELECT array_agg(a.attname::text) FROM pg_attribute a
		WHERE a.attrelid = to_regclass('pg_temp.industry_new') AND a.attnum > 0 AND NOT a.attisdropped);
COMMENT ON FUNCTION industry.new_columns() IS 'the columns that the rows of the load have in industry_new';

CREATE OR REPLACE FUNCTION industry.key_names(kind text) RETURNS text
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, industry, pg_temp
RETURN (SELECT string_agg(c.column_name, ', ' ORDER BY c.position) || ' and statement_number' FROM layout_column c
		WHERE c.kind = key_names.kind AND c.is_key AND c.target IS NOT NULL);
COMMENT ON FUNCTION industry.key_names(text) IS 'columns of a file that make two rows of a set one thing, for a message';

CREATE OR REPLACE FUNCTION industry.refuse_too_many(bad_rows bigint, rows_read bigint, max_quarantine numeric) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	IF bad_rows > 0 AND 100.0 * bad_rows / greatest(rows_read, 1) > max_quarantine THEN
		RAISE EXCEPTION '% of % rows would be quarantined, more than % %%', bad_rows, rows_read, max_quarantine
			USING ERRCODE = 'data_exception',
				  DETAIL = (SELECT string_agg(format('line %s: %s%s', o.line_number, coalesce(o.column_name || ': ', ''), o.message), E'\n')
							FROM (SELECT n.line_number, p.column_name, p.message FROM pg_temp.industry_problem p JOIN pg_temp.industry_new n ON n.row_id = p.row_id
								  ORDER BY n.line_number, p.priority LIMIT 5) AS o),
				  HINT = 'Correct the file or the options of the source, or allow more with --max-quarantine. Nothing was changed.';
	END IF;
END
$$;
COMMENT ON FUNCTION industry.refuse_too_many(bigint, bigint, numeric) IS 'refuses a file of which more than so many percent of the rows are bad (SQLSTATE 22000); NULL allows any number';

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
			  UNION ALL SELECT name_key(x.control), x.control, 1 FROM export_control x WHERE name_kind = 'control') AS o (key, shown, place)
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
COMMENT ON FUNCTION industry.nearest_names(text[], text) IS 'up to three known makers, countries, plants, sectors or controls whose names share most with each name, and how much the best shares (1 is all)';

CREATE OR REPLACE FUNCTION industry.find_nearest() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	l record;
	r record;
BEGIN
	SELECT w.kind INTO l FROM pg_temp.industry_load w;
	DROP TABLE IF EXISTS pg_temp.industry_unknown;
	CREATE TEMPORARY TABLE industry_unknown ON COMMIT DROP AS
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
	RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object('line', o.line_number, 'column', o.column_name, 'text', excerpt(o.as_printed), 'sqlstate', o.sqlstate,
										'message', o.message, 'hint', o.hint, 'nearest', to_jsonb(o.nearest)) || CASE WHEN o.file IS NULL THEN '{}' ELSE jsonb_build_object('file', o.file) END ORDER BY o.place), '[]')
			FROM (SELECT r.line_number, row_number() OVER (ORDER BY r.row_id < 0, r.line_number, r.row_id) AS place, r.column_name, r.as_printed, r.sqlstate, r.message,
						 r.hint, r.nearest, (SELECT lr.file_name FROM load_report lr WHERE lr.load_id = r.load_id) AS file
				  FROM pg_temp.industry_refused r ORDER BY r.row_id < 0, r.line_number, r.row_id LIMIT 20) AS o);
END
$$;
COMMENT ON FUNCTION industry.problem_list() IS 'the first twenty problems of a load, for its summary';

CREATE OR REPLACE FUNCTION industry.about_row(kind text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	is_capacity boolean := (SELECT r.dimension = 'capacity' FROM layout_column c JOIN layout_reader r ON r.reads = c.reads
							WHERE c.kind = about_row.kind AND c.prefix = '' AND r.source = 'figure' ORDER BY c.position LIMIT 1);
	-- name of a column, and the expression for it
	ref jsonb := (SELECT jsonb_object_agg(x.name, CASE WHEN NOT x.is_there THEN 'NULL::' || x.type
														 WHEN x.type = 'numeric' AND is_capacity AND x.name NOT LIKE 'share%' THEN format('industry.capacity_number(n.%I)', x.name)
														 WHEN x.type = 'numeric' THEN format('n.%I', x.name) ELSE format('n.%I::text', x.name) END)
				  FROM (SELECT o.name, o.type, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass('pg_temp.industry_new') AND a.attname = o.name
														 AND a.attnum > 0 AND NOT a.attisdropped) AS is_there
						FROM (VALUES ('amount', 'numeric'), ('amount_low', 'numeric'), ('amount_high', 'numeric'), ('qualifier', 'text'), ('unit', 'text'),
									 ('share_pct', 'numeric'), ('share_pct_low', 'numeric'), ('share_pct_high', 'numeric'), ('share_qualifier', 'text'),
									 ('chemistry', 'text')) AS o (name, type)) AS x);
BEGIN
	-- only of kinds that shares are computed of
	IF NOT EXISTS (SELECT FROM layout_column c JOIN layout_reader r ON r.reads = c.reads
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
	DROP TABLE IF EXISTS pg_temp.industry_refused;
	EXECUTE format($sql$
		CREATE TEMPORARY TABLE industry_refused ON COMMIT DROP AS
		SELECT w.row_id, w.line_number, w.column_name, w.as_printed, w.sqlstate, w.message || coalesce(w.further, '') AS message, w.hint, w.nearest, w.row_text, w.about,
			   EXISTS (SELECT FROM industry.quarantine q JOIN industry.load_report lr ON lr.load_id = q.load_id
					   WHERE lr.source_id IS NOT DISTINCT FROM %1$L AND lr.kind = %2$L AND q.resolved_by IS NULL AND q.row_text = w.row_text
						 AND q.message = w.message || coalesce(w.further, '') AND (lr.edition_part <> %6$L) IS NOT TRUE) AS stands_already,
			   NULL::bigint AS load_id, NULL::bigint AS fact_id, NULL::jsonb AS dispute
		FROM (SELECT DISTINCT ON (p.row_id) p.row_id, n.line_number, p.column_name, p.as_printed, p.sqlstate, p.message, p.hint, p.nearest,
					 (SELECT string_agg(format('; also %%s%%s', coalesce(f.column_name || ': ', ''), f.message), '' ORDER BY f.priority)
					  FROM pg_temp.industry_problem f WHERE f.row_id = p.row_id AND f.priority > p.priority AND p.priority < 100) AS further,
					 %3$s AS row_text, %4$s AS about
			  FROM pg_temp.industry_problem p
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
	-- Rows that an earlier load refused, and this one took in
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
	INSERT INTO quarantine (load_id, line_number, column_name, as_printed, sqlstate, message, hint, nearest, row_text, about, stored_fact, dispute)
	SELECT coalesce(r.load_id, the_load), r.line_number, r.column_name, r.as_printed, r.sqlstate, r.message, r.hint, r.nearest, r.row_text, r.about, r.fact_id, r.dispute
	FROM pg_temp.industry_refused r WHERE NOT r.stands_already
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
COMMENT ON FUNCTION industry.write_quarantine(bigint, integer, text, text, bigint, text) IS 'writes the refused rows of a load into quarantine, marks earlier ones that it took in, and keeps the unknown names';

CREATE OR REPLACE FUNCTION industry.dependent_views(table_name text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	WITH RECURSIVE reads (reader_class, reader, class, object) AS (
		SELECT 'pg_class'::regclass, r.ev_class, d.refclassid::regclass, d.refobjid
		FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refobjid <> r.ev_class
		WHERE d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)
		UNION
		SELECT 'pg_proc'::regclass, d.objid, d.refclassid::regclass, d.refobjid
		FROM pg_depend d
		WHERE d.classid = 'pg_proc'::regclass AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)),
	above (class, object) AS (
		SELECT 'pg_class'::regclass, c.oid FROM pg_class c
		WHERE c.relname = table_name AND c.relnamespace = 'industry'::regnamespace
		UNION
		SELECT r.reader_class, r.reader FROM above a JOIN reads r ON r.class = a.class AND r.object = a.object)
	SELECT coalesce(array_agg(v.oid::regclass::text ORDER BY v.oid::regclass::text), '{}')
	FROM above a JOIN pg_class v ON a.class = 'pg_class'::regclass AND v.oid = a.object AND v.relkind IN ('v', 'm');
END;
COMMENT ON FUNCTION industry.dependent_views(text) IS 'views that read a table of industry, directly or through other views and functions';

CREATE OR REPLACE FUNCTION industry.check_rows(table_name text, columns text[], expressions text[], key text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	rules record;
BEGIN
	-- Rules of the table, its users' own among them, over the columns that the
	-- file fills
	SELECT string_agg(format('WHEN NOT (%s) THEN %L', pg_get_expr(c.conbin, c.conrelid), c.conname), ' ' ORDER BY c.conname) AS cases INTO rules
	FROM pg_constraint c
	WHERE c.conrelid = format('industry.%I', table_name)::regclass AND c.contype = 'c'
	  AND NOT EXISTS (SELECT FROM unnest(c.conkey) AS k (attnum) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
					  WHERE a.attname <> ALL (columns))
	  -- Those about quantities were kept when the cells were read; to name an
	  -- operator of battery takes rights on its schema, which a loader may lack.
	  AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_depend e ON e.classid = d.refclassid AND e.objid = d.refobjid AND e.deptype = 'e'
					  WHERE d.classid = 'pg_constraint'::regclass AND d.objid = c.oid);
	IF rules.cases IS NULL THEN
		RETURN;
	END IF;
	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT b.row_id, 600, NULL, NULL, CASE WHEN b.rule = '' THEN '54000' ELSE '23514' END,
			   CASE WHEN b.rule = '' THEN 'the names in the row are longer than 2000 bytes' ELSE format('the row breaks the rule %%I of table %%I', b.rule, %1$L) END,
			   CASE WHEN b.rule = '' THEN 'Shorten them, and keep the rest in a column of notes.'
					ELSE 'The rule is ' || (SELECT pg_get_constraintdef(c.oid, true) FROM pg_constraint c WHERE c.conrelid = %2$L::regclass AND c.conname = b.rule) || '.' END, '{}'
		FROM (SELECT r.row_id, CASE %3$s %4$s END AS rule
			  FROM (SELECT n.row_id, %5$s AS long_key, %6$s FROM pg_temp.industry_new n WHERE n.problems IS NULL AND n.row_id > 0) AS r) AS b
		WHERE b.rule IS NOT NULL$sql$,
		table_name, format('industry.%I', table_name), CASE WHEN key IS NOT NULL THEN 'WHEN r.long_key THEN ''''' ELSE '' END, rules.cases,
		CASE WHEN key IS NOT NULL THEN format('octet_length(%s) > 2000', key) ELSE 'false' END,
		(SELECT string_agg(format('%s AS %I', e.expression, e.name), ', ' ORDER BY e.place) FROM unnest(expressions, columns) WITH ORDINALITY AS e (expression, name, place)));
	UPDATE pg_temp.industry_new n SET problems = '(rule)' FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id AND p.priority = 600;
END
$$;
COMMENT ON FUNCTION industry.check_rows(text, text[], text[], text) IS 'finds the rows that a CHECK constraint of their table would refuse, so that they are quarantined and the others are not refused with them';

CREATE OR REPLACE FUNCTION industry.load_facts(load_kind text, file_name text, checksum text, bytes bigint, dry_run boolean, confirm_outliers boolean, confirm_total boolean,
	max_quarantine numeric, replaces bigint, again boolean, redrives bigint, rows_read bigint, the_part text DEFAULT NULL, whole boolean DEFAULT false) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	source_row record;
	the_table text := (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind);
	has text[] := new_columns();
	columns text[] := target_columns(load_kind);
	column_list text;
	new_list text;
	fact_list text;
	key_new text;
	good text := 'NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)';
	bad_rows bigint;
	the_load bigint;
	batch bigint;
	seqscan CONSTANT text := current_setting('enable_seqscan');
	first_row bigint;
	last_row bigint;
	result jsonb;
	older jsonb;
	warnings text[] := '{}';
	n_loaded bigint := 0;
	n_unchanged bigint := 0;
	n_superseded bigint := 0;
	n_sets_made bigint := 0;
	n_sets_superseded bigint := 0;
	n_sets_unchanged bigint := 0;
	n_sets_withdrawn bigint := 0;
	n_sets_history bigint := 0;
	new_quarantine bigint := 0;
	changes jsonb;
	other record;
	is_joined boolean;
	n_joined bigint := 0;
	n_settled bigint := 0;
BEGIN
	SELECT w.source_id, w.options, w.is_redrive INTO l FROM pg_temp.industry_load w;
	SELECT s.source, s.publisher, s.edition, s.title, s.known_from INTO source_row FROM source s WHERE s.source_id = l.source_id;

	/*
	 * Which series and sets are there already
	 */
	UPDATE pg_temp.industry_set s SET series_id = e.series_id
	FROM series e
	WHERE e.publisher = source_row.publisher AND e.kind = load_kind
	  AND (e.metric, e.basis, e.scope, e.price_or_cost, e.money_basis, e.base_year, e.country_basis, e.application, e.stage, e.material, e.geography, e.scenario)
		  IS NOT DISTINCT FROM
		  (s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.application, s.stage, s.material, s.geography, s.scenario);
	UPDATE pg_temp.industry_set s SET
		old_set_id = (SELECT t.set_id FROM statement_set t
					  WHERE t.series_id = s.series_id AND t.source_id = l.source_id AND t.superseded_by IS NULL
						AND t.period_first IS NOT DISTINCT FROM s.period_first AND t.period_last IS NOT DISTINCT FROM s.period_last),
		previous_set_id = (SELECT t.set_id FROM statement_set t JOIN source o ON o.source_id = t.source_id
						   WHERE t.series_id = s.series_id AND t.superseded_by IS NULL
							 AND NOT (t.source_id = l.source_id AND t.period_first IS NOT DISTINCT FROM s.period_first AND t.period_last IS NOT DISTINCT FROM s.period_last)
						   ORDER BY t.period_first IS NOT DISTINCT FROM s.period_first AND t.period_last IS NOT DISTINCT FROM s.period_last DESC,
									abs(t.period_first - s.period_first), abs(t.period_last - s.period_last), o.known_from DESC, t.set_id DESC LIMIT 1),
		current_set_id = (SELECT t.set_id FROM statement_set t JOIN source o ON o.source_id = t.source_id
						  WHERE t.series_id = s.series_id AND t.superseded_by IS NULL
							AND t.period_first IS NOT DISTINCT FROM s.period_first AND t.period_last IS NOT DISTINCT FROM s.period_last
							-- sets without a period succeed one another within one report only
							AND (s.period_first IS NOT NULL OR o.title IS NOT DISTINCT FROM source_row.title)
						  ORDER BY o.known_from DESC, o.published DESC, o.source COLLATE "C" DESC, t.set_id DESC LIMIT 1)
	WHERE s.series_id IS NOT NULL;
	ANALYZE pg_temp.industry_set;

	-- Rows of a part join those of the others, and rows of a re-drive those that
	-- were good at once.
	is_joined := note_parts(load_kind, l.source_id) OR the_part IS NOT NULL OR l.is_redrive;
	IF is_joined THEN
		PERFORM join_parts(load_kind, the_part, file_name, checksum, redrives);
		columns := columns || '{edition_part,load_id}';
		has := has || columns;
	END IF;
	SELECT string_agg(quote_ident(x), ', ' ORDER BY o),
		   string_agg(CASE WHEN x = ANY (has) THEN 'n.' || quote_ident(x)
						   WHEN x = 'qualifier' AND measure_target(load_kind) IS NULL THEN '''='''
						   ELSE 'NULL' END, ', ' ORDER BY o),
		   string_agg('f.' || quote_ident(x), ', ' ORDER BY o)
	INTO column_list, new_list, fact_list
	FROM unnest(columns) WITH ORDINALITY AS u (x, o)
	-- which load brought a row does not make it another one
	WHERE x <> 'load_id';

	key_new := key_text(load_kind, 'n', has);
	PERFORM check_rows(the_table, columns,
					   (SELECT array_agg(CASE WHEN x = ANY (has) THEN 'n.' || quote_ident(x)
											  WHEN x = 'qualifier' AND measure_target(load_kind) IS NULL THEN '''='''
											  ELSE format('(NULL::industry.%I).%I', the_table, x) END ORDER BY o)
						FROM unnest(columns) WITH ORDINALITY AS u (x, o)), key_new);

	PERFORM find_repeats(load_kind, columns, the_part, file_name, is_joined);

	warnings := warnings || judge_totals(load_kind, confirm_total);
	IF NOT confirm_outliers THEN
		PERFORM judge_outliers(load_kind);
	END IF;
	IF is_joined THEN
		n_settled := settle_disputes(load_kind, the_part, redrives);
	END IF;
	ANALYZE pg_temp.industry_problem;

	/*
	 * Enough good rows?
	 */
	PERFORM find_nearest();
	-- of the stored rows those that leave the sets by this load
	bad_rows := (SELECT count(DISTINCT p.row_id) FROM pg_temp.industry_problem p
				 WHERE p.row_id > 0 OR NOT EXISTS (SELECT FROM pg_temp.industry_dispute d WHERE d.fact_id = -p.row_id));
	IF NOT EXISTS (SELECT FROM pg_temp.industry_problem) THEN
		good := 'n.row_id IS NOT NULL';
	END IF;
	PERFORM refuse_too_many((SELECT count(DISTINCT p.row_id) FROM pg_temp.industry_problem p WHERE p.row_id > 0), rows_read, max_quarantine);

	/*
	 * What is new
	 */
	EXECUTE format('UPDATE pg_temp.industry_set s SET good_rows = g.n
					FROM (SELECT n.set_number, count(*) AS n FROM pg_temp.industry_new n WHERE %s GROUP BY n.set_number) AS g WHERE g.set_number = s.set_number', good);
	IF is_joined AND redrives IS NULL THEN
		-- A set stands as it is where nothing in the file is good, unless another
		-- part's row goes, or comes back.
		EXECUTE format('UPDATE pg_temp.industry_set s SET good_rows = 0
						WHERE NOT EXISTS (SELECT FROM pg_temp.industry_new n WHERE n.set_number = s.set_number AND n.row_id > 0 AND %s)
						  AND NOT EXISTS (SELECT FROM pg_temp.industry_conflict c WHERE c.set_number = s.set_number)
						  AND NOT EXISTS (SELECT FROM pg_temp.industry_dispute d WHERE d.set_number = s.set_number AND d.is_settled)', good);
	END IF;
	UPDATE pg_temp.industry_set s SET is_emptied = true
	WHERE coalesce(s.good_rows, 0) = 0 AND s.old_set_id IS NOT NULL
	  AND EXISTS (SELECT FROM pg_temp.industry_conflict c WHERE c.set_number = s.set_number AND c.row_id < 0);
	UPDATE pg_temp.industry_set s SET new_set_id = nextval(pg_get_serial_sequence('industry.statement_set', 'set_id'))
	WHERE s.good_rows > 0 AND s.old_set_id IS NULL;
	IF EXISTS (SELECT FROM pg_temp.industry_set s WHERE s.good_rows > 0 AND s.old_set_id IS NOT NULL) THEN
		-- Sums do not depend on the order of rows: two of 64 bits and the count
		-- are equal only where the rows are.
		EXECUTE format($sql$
			WITH file AS MATERIALIZED (
				SELECT n.set_number, count(*) AS n, sum(hashtextextended(ROW(%1$s)::text, 0)) AS a, sum(hashtextextended(ROW(%1$s)::text, 1)) AS b
				FROM pg_temp.industry_new n JOIN pg_temp.industry_set o ON o.set_number = n.set_number AND o.old_set_id IS NOT NULL
				WHERE %4$s GROUP BY n.set_number),
			stored AS MATERIALIZED (
				SELECT o.set_number, count(*) AS n, sum(hashtextextended(ROW(%2$s)::text, 0)) AS a, sum(hashtextextended(ROW(%2$s)::text, 1)) AS b
				FROM pg_temp.industry_set o JOIN industry.%3$I f ON f.set_id = o.old_set_id
				GROUP BY o.set_number)
			UPDATE pg_temp.industry_set s SET new_set_id = nextval(pg_get_serial_sequence('industry.statement_set', 'set_id'))
			FROM file LEFT JOIN stored ON stored.set_number = file.set_number
			WHERE s.set_number = file.set_number AND s.good_rows > 0 AND (file.n, file.a, file.b) IS DISTINCT FROM (stored.n, stored.a, stored.b)$sql$,
			new_list, fact_list, the_table, good);
	END IF;
	SELECT count(*) FILTER (WHERE s.new_set_id IS NOT NULL), count(*) FILTER (WHERE s.old_set_id IS NOT NULL AND (s.new_set_id IS NOT NULL OR s.is_emptied)),
		   count(*) FILTER (WHERE s.good_rows > 0 AND s.new_set_id IS NULL),
		   coalesce(sum(s.good_rows) FILTER (WHERE s.new_set_id IS NOT NULL), 0), coalesce(sum(s.good_rows) FILTER (WHERE s.new_set_id IS NULL), 0)
	INTO n_sets_made, n_sets_superseded, n_sets_unchanged, n_loaded, n_unchanged
	FROM pg_temp.industry_set s;

	IF NOT again AND NOT l.is_redrive AND checksum IS NOT NULL AND n_sets_made > 0 THEN
		SELECT r.load_id, w.load_id AS withdrawn_by, w.reason INTO other
		FROM load_report r LEFT JOIN load_report w ON w.withdraws = r.load_id
		WHERE r.source_id = l.source_id AND r.kind = load_kind AND r.checksum = load_facts.checksum
		ORDER BY r.load_id DESC, w.load_id DESC NULLS LAST LIMIT 1;
		IF other.withdrawn_by IS NOT NULL THEN
			RAISE EXCEPTION 'this file was loaded before, as load %, and load % has withdrawn it', other.load_id, other.withdrawn_by
				USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = format('The reason was: %s', other.reason),
					  HINT = 'Load a corrected file; to load this one after all, give the option --again.';
		END IF;
	END IF;
	IF NOT again AND NOT l.is_redrive AND checksum IS NOT NULL AND n_sets_superseded > 0 THEN
		-- a part is superseded by a later file of that part, or of the whole
		SELECT r.load_id, y.load_id AS superseded_by INTO other
		FROM load_report r JOIN statement_set t ON t.load_id = r.load_id AND t.superseded_by IS NOT NULL
		JOIN pg_temp.industry_set s ON s.series_id = t.series_id AND s.new_set_id IS NOT NULL AND s.old_set_id IS NOT NULL
			AND s.period_first IS NOT DISTINCT FROM t.period_first AND s.period_last IS NOT DISTINCT FROM t.period_last
		JOIN statement_set u ON u.series_id = t.series_id AND u.source_id = l.source_id AND u.superseded_by > r.load_id
			AND u.period_first IS NOT DISTINCT FROM t.period_first AND u.period_last IS NOT DISTINCT FROM t.period_last
		JOIN load_report y ON y.load_id = u.superseded_by AND (y.edition_part <> the_part) IS NOT TRUE AND y.withdraws IS NULL
		WHERE r.source_id = l.source_id AND r.kind = load_kind AND r.checksum = load_facts.checksum
		ORDER BY r.load_id DESC, y.load_id DESC LIMIT 1;
		IF FOUND THEN
			RAISE EXCEPTION 'this file was loaded before, as load %, and load % has superseded it', other.load_id, other.superseded_by
				USING ERRCODE = 'object_not_in_prerequisite_state',
					  HINT = 'Load the newer file instead; to go back to this one after all, give the option --again.';
		END IF;
	END IF;
	IF n_sets_superseded > 0 AND NOT l.is_redrive AND NOT whole AND the_part IS NULL
		AND (replaces IS NULL OR EXISTS (SELECT FROM pg_temp.industry_set s WHERE s.is_in_parts AND s.new_set_id IS NOT NULL)) THEN
		PERFORM refuse_loss(load_kind, source_row.source, file_name);
	END IF;

	IF replaces IS NOT NULL AND NOT EXISTS (SELECT FROM load_report r WHERE r.load_id = load_facts.replaces AND r.source_id = l.source_id AND r.kind = load_kind) THEN
		RAISE EXCEPTION 'load % is none of kind % from source %', replaces, load_kind, source_row.source
			USING ERRCODE = 'invalid_parameter_value', HINT = 'A load is replaced by one of the same kind and source; industry.load_report lists them.';
	END IF;
	IF replaces IS NOT NULL THEN
		n_sets_withdrawn := plan_withdrawal(load_kind, l.source_id, load_chain(replaces),
											true, (SELECT coalesce(array_agg(s.old_set_id) FILTER (WHERE s.old_set_id IS NOT NULL), '{}') FROM pg_temp.industry_set s));
	ELSIF NOT l.is_redrive AND n_sets_made > 0 THEN
		-- What an earlier version of this very file said and this one does not
		SELECT count(DISTINCT t.set_id) AS n, max(r.load_id) AS load_id INTO other
		FROM load_report r JOIN statement_set t ON t.load_id = r.load_id AND t.superseded_by IS NULL
		WHERE r.source_id = l.source_id AND r.kind = load_kind AND r.file_name = load_facts.file_name AND r.edition_part IS NOT DISTINCT FROM the_part
		  AND NOT EXISTS (SELECT FROM pg_temp.industry_set s WHERE s.old_set_id = t.set_id);
		IF other.n > 0 THEN
			warnings := warnings || format('%s statement set(s) of load %s, of a file of the same name, are not in this file and still stand; --replaces %s withdraws them', other.n, other.load_id, other.load_id);
		END IF;
	END IF;

	older := (SELECT jsonb_build_object('sets', count(*), 'edition', max(o.edition))
			  FROM pg_temp.industry_set s JOIN statement_set t ON t.set_id = s.current_set_id JOIN source o ON o.source_id = t.source_id
			  WHERE s.new_set_id IS NOT NULL AND o.known_from > source_row.known_from);
	n_sets_history := (older ->> 'sets')::bigint;
	IF n_sets_history > 0 THEN
		warnings := warnings || format('edition %s is older than edition %s, which is loaded: %s of %s statement sets are kept as history and are not current',
									   source_row.edition, older ->> 'edition', n_sets_history, n_sets_made);
	END IF;

	new_quarantine := gather_refused(l.source_id, load_kind, the_part);
	IF is_joined THEN
		EXECUTE format('SELECT count(*) FILTER (WHERE s.new_set_id IS NOT NULL), $1 - count(*) FILTER (WHERE s.new_set_id IS NULL AND s.good_rows > 0)
						FROM pg_temp.industry_new n JOIN pg_temp.industry_set s ON s.set_number = n.set_number
						WHERE n.row_id < 0 AND %s', good)
		INTO n_joined, n_unchanged USING n_unchanged;
		new_quarantine := gather_disputed();
		warnings := warnings || left_in_dispute();
	END IF;
	IF n_sets_made + n_sets_superseded + n_sets_withdrawn + new_quarantine + n_settled = 0 THEN
		RETURN jsonb_build_object('load_id', NULL, 'changed', false, 'rows_read', rows_read, 'rows_loaded', 0, 'rows_unchanged', n_unchanged,
			'rows_quarantined', bad_rows, 'rows_superseded', 0, 'sets_loaded', 0, 'sets_superseded', 0, 'sets_unchanged', n_sets_unchanged,
			'warnings', to_jsonb(warnings), 'problems', problem_list());
	END IF;

	/*
	 * Write
	 */
	INSERT INTO load_report (kind, source_id, file_name, checksum, bytes, rows_read, rows_loaded, rows_unchanged, rows_quarantined, redrives, edition_part, options)
	VALUES (load_kind, l.source_id, load_facts.file_name, load_facts.checksum, load_facts.bytes, load_facts.rows_read, n_loaded, n_unchanged, bad_rows,
			load_facts.redrives, the_part, l.options)
	RETURNING load_id INTO the_load;

	INSERT INTO series (publisher, kind, metric, basis, scope, price_or_cost, money_basis, base_year, country_basis, application, stage, material, geography, scenario)
	SELECT DISTINCT source_row.publisher, load_kind, s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.application,
		   s.stage, s.material, s.geography, s.scenario
	FROM pg_temp.industry_set s
	WHERE s.new_set_id IS NOT NULL AND s.series_id IS NULL
	ORDER BY 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
	ON CONFLICT ON CONSTRAINT series_once DO NOTHING;
	UPDATE pg_temp.industry_set s SET series_id = e.series_id
	FROM series e
	WHERE s.new_set_id IS NOT NULL AND s.series_id IS NULL AND e.publisher = source_row.publisher AND e.kind = load_kind
	  AND (e.metric, e.basis, e.scope, e.price_or_cost, e.money_basis, e.base_year, e.country_basis, e.application, e.stage, e.material, e.geography, e.scenario)
		  IS NOT DISTINCT FROM
		  (s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.application, s.stage, s.material, s.geography, s.scenario);

	EXECUTE format('SELECT count(*) FROM industry.%I f WHERE f.set_id IN (
						SELECT s.old_set_id FROM pg_temp.industry_set s WHERE s.new_set_id IS NOT NULL OR s.is_emptied)', the_table)
	INTO n_superseded;
	UPDATE statement_set t SET superseded_by = the_load, superseded_at = now()
	WHERE t.set_id IN (SELECT s.old_set_id FROM pg_temp.industry_set s WHERE s.new_set_id IS NOT NULL OR s.is_emptied);
	IF n_sets_withdrawn > 0 THEN
		n_superseded := n_superseded + (SELECT sum(w.gone) FROM pg_temp.industry_withdrawn w);
		PERFORM apply_withdrawal(load_kind, l.source_id, load_chain(replaces), the_load);
	END IF;
	INSERT INTO statement_set (set_id, series_id, source_id, publisher, period_first, period_last, period_as_printed, load_id)
	SELECT s.new_set_id, s.series_id, l.source_id, source_row.publisher, s.period_first, s.period_last, s.period_as_printed, the_load
	FROM pg_temp.industry_set s WHERE s.new_set_id IS NOT NULL
	ORDER BY s.new_set_id;

	-- The checks of foreign keys wait in memory for the end of a statement, so no
	-- statement is longer than a quarter of a million lines.
	-- They look up one row each, whatever the planner made of an empty table.
	PERFORM set_config('enable_seqscan', 'off', true);
	first_row := 0;
	last_row := pg_relation_size('pg_temp.industry_new') / current_setting('block_size')::bigint;
	batch := greatest(1, last_row * 250000 / greatest(1, (SELECT count(*) FROM pg_temp.industry_new)));
	WHILE first_row <= last_row LOOP
		EXECUTE format('INSERT INTO industry.%I (set_id, source_id, line_number, %s)
						SELECT s.new_set_id, %s, n.line_number, %s
						FROM pg_temp.industry_new n JOIN pg_temp.industry_set s ON s.set_number = n.set_number AND s.new_set_id IS NOT NULL
						WHERE n.ctid >= format(''(%%s,0)'', $1)::tid AND n.ctid < format(''(%%s,0)'', $2)::tid AND %s', the_table, column_list || CASE WHEN is_joined THEN ', load_id' ELSE '' END, l.source_id, new_list || CASE WHEN is_joined THEN ', n.load_id' ELSE '' END, good)
		USING first_row, first_row + batch;
		first_row := first_row + batch;
	END LOOP;
	PERFORM set_config('enable_seqscan', seqscan, true);

	PERFORM write_quarantine(the_load, l.source_id, load_kind, file_name, redrives, the_part);
	UPDATE quarantine q SET resolved_by = the_load, resolved_at = now()
	WHERE q.resolved_by IS NULL AND q.quarantine_id IN (SELECT d.quarantine_id FROM pg_temp.industry_dispute d WHERE d.is_settled);

	IF dry_run THEN
		changes := (SELECT jsonb_agg(jsonb_build_object('series', d.series, 'period', d.period, 'subject', d.subject, 'measure', d.measure, 'unit', d.unit,
									'before', d.before, 'after', d.after, 'what', d.what))
					FROM (SELECT concat_ws(' ', s.metric, s.basis, s.scope, s.application, s.stage, s.material, nullif(s.geography, 'World'), s.scenario) AS series,
								 s.period_as_printed AS period, x.subject, x.measure, x.unit, x.older_as_printed AS before, x.newer_as_printed AS after,
								 x.what_changed AS what
						  FROM pg_temp.industry_set s
						  JOIN current_set k ON k.set_id = s.new_set_id
						  CROSS JOIN LATERAL compare_sets(s.current_set_id, s.new_set_id) AS x
						  WHERE x.what_changed <> 'unchanged'
						  ORDER BY s.set_number, x.subject, x.measure LIMIT 1000) AS d);
	END IF;
	result := jsonb_build_object('load_id', the_load, 'changed', true, 'part', the_part, 'rows_read', rows_read, 'rows_loaded', n_loaded, 'rows_joined', n_joined, 'rows_unchanged', n_unchanged,
		'rows_quarantined', bad_rows, 'rows_superseded', n_superseded, 'sets_loaded', n_sets_made, 'sets_superseded', n_sets_superseded + n_sets_withdrawn,
		'sets_unchanged', n_sets_unchanged, 'sets_history', n_sets_history, 'warnings', to_jsonb(warnings), 'problems', problem_list());
	UPDATE load_report r SET rows_superseded = n_superseded, sets_loaded = n_sets_made, sets_superseded = n_sets_superseded + n_sets_withdrawn, summary = result
	WHERE r.load_id = the_load;
	IF dry_run THEN
		result := result || jsonb_build_object('changes', coalesce(changes, '[]'), 'views', to_jsonb(dependent_views(the_table)));
	END IF;
	RETURN result;
END
$$;
COMMENT ON FUNCTION industry.load_facts(text, text, text, bigint, boolean, boolean, boolean, numeric, bigint, boolean, bigint, bigint, text, boolean) IS 'the part of load for kinds with statement sets';

/*
 * Reference tables
 */

CREATE OR REPLACE FUNCTION industry.load_reference(load_kind text, file_name text, checksum text, bytes bigint, max_quarantine numeric, rows_read bigint)
RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	l record;
	has text[] := new_columns();
	columns text[] := (SELECT array_agg(x ORDER BY x) FROM unnest(target_columns(load_kind)) AS x WHERE x = ANY (has));
	keys text[] := (SELECT array_agg(DISTINCT c.target) FROM layout_column c WHERE c.kind = load_kind AND c.is_key AND c.target = ANY (has));
	given text[];
	matches text;
	same_thing text;
	differs text;
	bad_rows bigint;
	n_new bigint;
	n_changed bigint := 0;
	n_unchanged bigint;
	new_quarantine bigint;
	the_load bigint;
	result jsonb;
	cites boolean := EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass('industry.' || load_kind) AND a.attname = 'source_id' AND NOT a.attisdropped)
					 AND load_kind <> 'source';
BEGIN
	SELECT w.source_id, w.options INTO l FROM pg_temp.industry_load w;

	PERFORM check_rows(load_kind, columns, (SELECT array_agg('n.' || quote_ident(x) ORDER BY o) FROM unnest(columns) WITH ORDINALITY AS u (x, o)));

	-- One thing is one thing by its key, or by the key of its name.
	-- NULL parts of a key match; one text can be hashed.
	same_thing := (SELECT string_agg(CASE WHEN (load_kind, k) IN (('maker', 'maker'), ('maker_alias', 'alias'), ('country_alias', 'alias'), ('plant', 'plant'))
										  THEN format('coalesce(industry.name_key(%%1$s.%I), '''')', k)
										  WHEN (load_kind, k) = ('code_list', 'code') THEN format('coalesce(industry.code_key(%%1$s.%I), '''')', k)
										  ELSE format('coalesce(%%1$s.%I::text, '''')', k) END, ' || E''\x1f'' || ' ORDER BY k)
				   FROM unnest(keys) AS k);
	matches := format('%s = %s', format(same_thing, 't'), format(same_thing, 'n'));

	-- twice in the file
	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT d.row_id, 800, %2$L, NULL, '23505', format('the row names what line %%s names', d.first_line), 'Keep one of the two.', '{}'
		FROM (SELECT n.row_id, first_value(n.row_id) OVER w AS first_row, first_value(n.line_number) OVER w AS first_line
			  FROM pg_temp.industry_new n WHERE n.problems IS NULL
			  WINDOW w AS (PARTITION BY %1$s ORDER BY n.row_id)) AS d
		WHERE d.row_id <> d.first_row$sql$, format(same_thing, 'n'), keys[1]);
	-- what only one row may say
	IF load_kind = 'maker_alias' THEN
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT DISTINCT ON (n.row_id) n.row_id, 700, 'alias', n.alias, '23P01',
			   format('"%s" means %s %s', excerpt(n.alias), m.maker, CASE WHEN lower_inf(a.valid) AND upper_inf(a.valid) THEN 'already' ELSE format('on days of %s', a.valid) END),
			   'On one day a name means one maker: give both the days on which they hold (column valid, FIRST/LAST), or end the other first.', ARRAY[m.maker]
		FROM pg_temp.industry_new n
		JOIN maker_alias a ON a.alias_key = name_key(n.alias) AND a.valid && n.valid AND (a.maker_id <> n.maker_id OR a.valid <> n.valid)
		JOIN maker m ON m.maker_id = a.maker_id
		WHERE n.problems IS NULL ORDER BY n.row_id, m.maker;
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT n.row_id, 710, 'alias', n.alias, '23P01', format('"%s" means another maker in line %s', excerpt(n.alias), min(o.line_number)),
			   'On one day a name means one maker: give both the days on which they hold (column valid, FIRST/LAST).', '{}'
		FROM pg_temp.industry_new n JOIN pg_temp.industry_new o ON name_key(o.alias) = name_key(n.alias) AND o.valid && n.valid AND o.row_id <> n.row_id AND o.maker_id <> n.maker_id
		WHERE n.problems IS NULL AND o.problems IS NULL
		  AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)
		GROUP BY n.row_id, n.alias;
	ELSIF load_kind = 'maker' THEN
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT n.row_id, 700, 'name', n.name, '23505', format('"%s" is the full name of %s', excerpt(n.name), m.maker), 'One maker has one short and one full name; further ones are aliases.', ARRAY[m.maker]
		FROM pg_temp.industry_new n JOIN maker m ON m.name_key = name_key(n.name) AND m.maker_key <> name_key(n.maker)
		WHERE n.problems IS NULL;
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT n.row_id, 710, 'name', n.name, '23505', format('line %s has the same full name', min(o.line_number)), 'One maker has one short and one full name; further ones are aliases.', '{}'
		FROM pg_temp.industry_new n JOIN pg_temp.industry_new o ON name_key(o.name) = name_key(n.name) AND o.row_id < n.row_id AND name_key(o.maker) <> name_key(n.maker)
		WHERE n.problems IS NULL AND o.problems IS NULL AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)
		GROUP BY n.row_id, n.name;
	ELSIF load_kind IN ('maker_parent', 'joint_venture_member') THEN
		EXECUTE format($sql$
			INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
			SELECT DISTINCT ON (n.row_id) n.row_id, 700, 'valid', t.valid::text, '23P01', format('days overlap with %%s', t.valid),
				   'Give the days on which each holds (column valid, FIRST/LAST), and end the earlier one first.', '{}'
			FROM pg_temp.industry_new n
			JOIN (SELECT o.%2$I, o.%3$I, o.valid, 0::bigint AS row_id FROM industry.%1$I o
				  UNION ALL SELECT o.%2$I, o.%3$I, o.valid, o.row_id FROM pg_temp.industry_new o WHERE o.problems IS NULL) AS t
			  ON t.%2$I = n.%2$I AND t.valid && n.valid AND t.row_id < n.row_id AND %4$s
			WHERE n.problems IS NULL ORDER BY n.row_id$sql$, load_kind,
			CASE load_kind WHEN 'maker_parent' THEN 'maker_id' ELSE 'venture_id' END,
			CASE load_kind WHEN 'maker_parent' THEN 'parent_id' ELSE 'member_id' END,
			CASE load_kind WHEN 'maker_parent' THEN '(t.parent_id <> n.parent_id OR t.valid <> n.valid)' ELSE '(t.member_id = n.member_id AND t.valid <> n.valid)' END);
	ELSIF load_kind = 'export_control' THEN
		EXECUTE (SELECT string_agg(format($sql$
			INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
			SELECT n.row_id, 700, %1$L, n.%1$I, '23503', format('control "%%s" is not known', excerpt(n.%1$I)), 'Write the handle of an instrument that is loaded or in this file.', '{}'
			FROM pg_temp.industry_new n
			WHERE n.problems IS NULL AND n.%1$I IS NOT NULL AND NOT EXISTS (SELECT FROM industry.export_control x WHERE x.control = n.%1$I)
			  AND NOT EXISTS (SELECT FROM pg_temp.industry_new o WHERE o.control = n.%1$I AND o.problems IS NULL);$sql$, k), '')
				 FROM unnest(ARRAY['amends', 'superseded_by']) AS k WHERE k = ANY (has));
	ELSIF load_kind = 'source' THEN
		-- one edition has one handle; a file without the column leaves the title open
		EXECUTE format($sql$
			INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
			SELECT n.row_id, 700, 'source', n.source, '23505', format('edition %%s of %%s is on file as "%%s"', industry.excerpt(n.edition), n.publisher, o.source),
				   format('Write "%%s" for it, here and as --source; or give one of the two another title, where they are two reports.', o.source), ARRAY[o.source]
			FROM pg_temp.industry_new n
			JOIN industry.source o ON o.publisher = n.publisher AND o.edition = n.edition AND o.title IS NOT DISTINCT FROM %1$s AND o.source <> n.source
			WHERE n.problems IS NULL;
			INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
			SELECT n.row_id, 710, 'source', n.source, '23505', format('line %%s has the same edition of %%s, as "%%s"', min(o.line_number), n.publisher, min(o.source)),
				   'Keep one of the two, or give one of them another title, where they are two reports.', '{}'
			FROM pg_temp.industry_new n
			JOIN pg_temp.industry_new o ON o.publisher = n.publisher AND o.edition = n.edition AND %2$s IS NOT DISTINCT FROM %1$s AND o.source <> n.source AND o.row_id < n.row_id
			WHERE n.problems IS NULL AND o.problems IS NULL AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)
			GROUP BY n.row_id, n.source, n.publisher$sql$,
			CASE WHEN 'title' = ANY (has) THEN 'n.title' ELSE 'NULL::text' END, CASE WHEN 'title' = ANY (has) THEN 'o.title' ELSE 'NULL::text' END);
	ELSIF load_kind = 'country_alias' THEN
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT n.row_id, 700, 'alias', n.alias, '23505', format('"%s" is the name of %s', excerpt(n.alias), c.country), 'A country''s own name needs no alias.', ARRAY[c.country]
		FROM pg_temp.industry_new n JOIN country c ON c.name_key = name_key(n.alias)
		WHERE n.problems IS NULL AND n.country <> c.country;
	END IF;

	PERFORM find_nearest();
	bad_rows := (SELECT count(DISTINCT p.row_id) FROM pg_temp.industry_problem p);
	PERFORM refuse_too_many(bad_rows, rows_read, max_quarantine);

	-- An empty cell says nothing: it does not take back what is there.
	given := stated_columns(load_kind, (SELECT array_agg(x) FROM unnest(columns) AS x WHERE x <> ALL (keys)));
	differs := coalesce((SELECT string_agg(format('(n.%1$I IS NOT NULL AND n.%1$I::text IS DISTINCT FROM t.%1$I::text)', x), ' OR ') FROM unnest(given) AS x), 'false');
	EXECUTE format('SELECT count(*) FILTER (WHERE t.ctid IS NULL), count(*) FILTER (WHERE t.ctid IS NOT NULL AND (%3$s)), count(*) FILTER (WHERE t.ctid IS NOT NULL AND (%3$s) IS NOT TRUE)
					FROM pg_temp.industry_new n LEFT JOIN industry.%1$I t ON %2$s
					WHERE NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)', load_kind, matches, differs)
	INTO n_new, n_changed, n_unchanged;
	new_quarantine := gather_refused(l.source_id, load_kind, NULL);
	IF n_new + n_changed + new_quarantine = 0 THEN
		RETURN jsonb_build_object('load_id', NULL, 'changed', false, 'rows_read', rows_read, 'rows_loaded', 0, 'rows_unchanged', n_unchanged,
			'rows_quarantined', bad_rows, 'rows_superseded', 0, 'sets_loaded', 0, 'sets_superseded', 0, 'sets_unchanged', 0, 'warnings', '[]'::jsonb, 'problems', problem_list());
	END IF;
	INSERT INTO load_report (kind, source_id, file_name, checksum, bytes, rows_read, rows_loaded, rows_unchanged, rows_quarantined, rows_superseded, options)
	VALUES (load_kind, l.source_id, load_reference.file_name, load_reference.checksum, load_reference.bytes, load_reference.rows_read, n_new + n_changed, n_unchanged,
			bad_rows, n_changed, l.options)
	RETURNING load_id INTO the_load;
	IF n_changed > 0 THEN
		EXECUTE format('UPDATE industry.%1$I t SET %2$s FROM pg_temp.industry_new n
						WHERE %3$s AND (%4$s) AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)', load_kind,
			(SELECT string_agg(format('%1$I = coalesce(n.%1$I, t.%1$I)', x), ', ') FROM unnest(given) AS x), matches, differs);
	END IF;
	EXECUTE format('INSERT INTO industry.%1$I (%2$s%3$s) SELECT %4$s%5$s FROM pg_temp.industry_new n
					WHERE NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)
					  AND NOT EXISTS (SELECT FROM industry.%1$I t WHERE %6$s) ORDER BY n.row_id', load_kind,
		(SELECT string_agg(quote_ident(x), ', ' ORDER BY o) FROM unnest(columns) WITH ORDINALITY AS u (x, o)), CASE WHEN cites AND l.source_id IS NOT NULL THEN ', source_id' ELSE '' END,
		(SELECT string_agg('n.' || quote_ident(x), ', ' ORDER BY o) FROM unnest(columns) WITH ORDINALITY AS u (x, o)), CASE WHEN cites AND l.source_id IS NOT NULL THEN ', ' || l.source_id ELSE '' END,
		matches);
	PERFORM write_quarantine(the_load, l.source_id, load_kind, file_name, NULL, NULL);
	result := jsonb_build_object('load_id', the_load, 'changed', true, 'rows_read', rows_read, 'rows_loaded', n_new + n_changed, 'rows_unchanged', n_unchanged,
		'rows_quarantined', bad_rows, 'rows_superseded', n_changed, 'sets_loaded', 0, 'sets_superseded', 0, 'sets_unchanged', 0, 'warnings', '[]'::jsonb, 'problems', problem_list());
	UPDATE load_report r SET summary = result WHERE r.load_id = the_load;
	RETURN result;
END
$$;
COMMENT ON FUNCTION industry.load_reference(text, text, text, bigint, numeric, bigint) IS 'the part of load for reference tables: new rows are added, rows that say something else are corrected in place, empty cells change nothing';

CREATE OR REPLACE FUNCTION industry.stated_columns(kind text, among text[]) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	-- of the columns that the loader fills with a default, those that the file has
	RETURN (SELECT coalesce(array_agg(x ORDER BY x), '{}') FROM unnest(among) AS x
			WHERE EXISTS (SELECT FROM layout_column c JOIN pg_temp.industry_header h ON h.column_name = c.column_name
						  WHERE c.kind = stated_columns.kind AND (c.target = x OR c.target || '_precision' = x)));
END
$$;
COMMENT ON FUNCTION industry.stated_columns(text, text[]) IS 'of some columns of a reference table those that the file has';

