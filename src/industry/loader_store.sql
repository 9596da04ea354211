/*
 * Storing: from typed rows in pg_temp.industry_new to the tables.  load_facts is
 * for kinds with statement sets:
 *
 *	find_sets	which series and sets are there already
 *	check_rows, find_repeats, judge_totals, judge_outliers, settle_disputes
 *			which rows are bad
 *	number_new_sets	which sets are new, or say something else
 *	refuse_old_file, refuse_loss, plan_withdrawal
 *			what must not go, and what is to go
 *	gather_refused	the rows that go into quarantine
 *	store_sets, store_facts, write_quarantine
 *			writes
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
				  DETAIL = (SELECT string_agg(format('line %s%s: %s%s', o.line_number, CASE WHEN o.n_lines > 1 THEN format(' and %s more', o.n_lines - 1) END,
													 coalesce(o.column_name || ': ', ''), o.message), E'\n' ORDER BY o.line_number, o.priority)
							FROM (SELECT min(n.line_number) AS line_number, count(DISTINCT n.line_number) AS n_lines, p.column_name, p.message, min(p.priority) AS priority
								  FROM pg_temp.industry_problem p JOIN pg_temp.industry_new n ON n.row_id = p.row_id
								  GROUP BY p.column_name, p.message ORDER BY 1, 5 LIMIT 5) AS o),
				  HINT = 'Correct the file or the options of the source, or allow more with --max-quarantine. Nothing was changed.';
	END IF;
END
$$;
COMMENT ON FUNCTION industry.refuse_too_many(bigint, bigint, numeric) IS 'refuses a file of which more than so many percent of the rows are bad (SQLSTATE 22000); NULL allows any number';

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

CREATE OR REPLACE FUNCTION industry.match_series(load_kind text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	-- joined by one text, which can be hashed; rows of texts and NULLs cannot
	UPDATE pg_temp.industry_set s SET series_id = e.series_id
	FROM series e, pg_temp.industry_load w, source o
	WHERE o.source_id = w.source_id AND e.publisher = o.publisher AND e.kind = load_kind AND s.series_id IS NULL
	  AND ROW(e.metric, e.basis, e.scope, e.price_or_cost, e.money_basis, e.base_year, e.country_basis, e.application, e.stage, e.material,
			  e.geography, e.scenario)::text
		  = ROW(s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.application, s.stage, s.material,
				s.geography, s.scenario)::text;
END
$$;
COMMENT ON FUNCTION industry.match_series(text) IS 'gives the sets of a load the series of their publisher that they belong to, where there is one';

CREATE OR REPLACE FUNCTION industry.find_sets(load_kind text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	l record;
BEGIN
	SELECT w.source_id, s.title INTO l FROM pg_temp.industry_load w JOIN source s ON s.source_id = w.source_id;
	PERFORM match_series(load_kind);
	-- A series may have a set a day: what stands, under keys that can be hashed
	PERFORM work_table('industry_standing');
	INSERT INTO pg_temp.industry_standing (set_id, series_id, source_id, period_first, period_last, key, title, known_from, published, source)
	SELECT t.set_id, t.series_id, t.source_id, t.period_first, t.period_last, ROW(t.series_id, t.period_first, t.period_last)::text AS key,
		   o.title, o.known_from, o.published, o.source
	FROM statement_set t JOIN source o ON o.source_id = t.source_id
	WHERE t.superseded_by IS NULL AND t.series_id IN (SELECT s.series_id FROM pg_temp.industry_set s);
	IF NOT keeps_tables() THEN
		CREATE INDEX ON pg_temp.industry_standing (series_id, period_first);
	END IF;
	PERFORM settle_table('industry_standing');
	UPDATE pg_temp.industry_set s SET old_set_id = t.set_id
	FROM pg_temp.industry_standing t
	WHERE t.key = ROW(s.series_id, s.period_first, s.period_last)::text AND t.source_id = l.source_id;
	UPDATE pg_temp.industry_set s SET current_set_id = c.set_id
	FROM (SELECT DISTINCT ON (x.set_number) x.set_number, t.set_id
		  FROM pg_temp.industry_set x JOIN pg_temp.industry_standing t ON t.key = ROW(x.series_id, x.period_first, x.period_last)::text
		  -- sets without a period succeed one another within one report only
		  WHERE x.period_first IS NOT NULL OR t.title IS NOT DISTINCT FROM l.title
		  ORDER BY x.set_number, t.known_from DESC, t.published DESC, t.source COLLATE "C" DESC, t.set_id DESC) AS c
	WHERE c.set_number = s.set_number;
	-- The nearest other one: of this period, else of the nearest before or after,
	-- else one without a period.
	UPDATE pg_temp.industry_set s SET previous_set_id = coalesce(
		(SELECT t.set_id
		 FROM (SELECT (SELECT b.period_first FROM pg_temp.industry_standing b WHERE b.series_id = s.series_id AND b.period_first <= s.period_first
						AND b.set_id IS DISTINCT FROM s.old_set_id ORDER BY b.period_first DESC LIMIT 1) AS before,
					  (SELECT a.period_first FROM pg_temp.industry_standing a WHERE a.series_id = s.series_id AND a.period_first >= s.period_first
						AND a.set_id IS DISTINCT FROM s.old_set_id ORDER BY a.period_first LIMIT 1) AS after) AS n
		 JOIN pg_temp.industry_standing t ON t.series_id = s.series_id AND t.period_first = ANY (ARRAY[n.before, n.after]) AND t.set_id IS DISTINCT FROM s.old_set_id
		 ORDER BY t.period_first = s.period_first AND t.period_last = s.period_last DESC,
				  abs(t.period_first - s.period_first), abs(t.period_last - s.period_last), t.known_from DESC, t.set_id DESC LIMIT 1),
		(SELECT t.set_id FROM pg_temp.industry_standing t
		 WHERE t.series_id = s.series_id AND t.period_first IS NULL AND t.set_id IS DISTINCT FROM s.old_set_id
		 ORDER BY t.known_from DESC, t.set_id DESC LIMIT 1),
		-- one without a period has no nearest one
		(SELECT t.set_id FROM pg_temp.industry_standing t
		 WHERE s.period_first IS NULL AND t.series_id = s.series_id AND t.set_id IS DISTINCT FROM s.old_set_id
		 ORDER BY t.known_from DESC, t.set_id DESC LIMIT 1))
	WHERE s.series_id IS NOT NULL;
	PERFORM settle_table('industry_set');
END
$$;
COMMENT ON FUNCTION industry.find_sets(text) IS 'finds for each set of a load its series, the set that it would supersede, the nearest other one and the current one';

CREATE OR REPLACE FUNCTION industry.store_lists(load_kind text, columns text[], has text[],
	OUT column_list text, OUT new_list text, OUT fact_list text, OUT checked text[])
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	the_table text := (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind);
BEGIN
	-- which load brought a row does not make it another one
	SELECT string_agg(quote_ident(x.name), ', ' ORDER BY x.place) FILTER (WHERE x.name <> 'load_id'),
		   string_agg(coalesce(x.expression, 'NULL'), ', ' ORDER BY x.place) FILTER (WHERE x.name <> 'load_id'),
		   string_agg('f.' || quote_ident(x.name), ', ' ORDER BY x.place) FILTER (WHERE x.name <> 'load_id'),
		   array_agg(coalesce(x.expression, format('(NULL::industry.%I).%I', the_table, x.name)) ORDER BY x.place)
	INTO column_list, new_list, fact_list, checked
	FROM (SELECT u.name, u.place,
				 CASE WHEN u.name = ANY (has) THEN 'n.' || quote_ident(u.name)
					  WHEN u.name = 'qualifier' AND measure_target(load_kind) IS NULL THEN '''='''
					  END AS expression
		  FROM unnest(columns) WITH ORDINALITY AS u (name, place)) AS x;
END
$$;
COMMENT ON FUNCTION industry.store_lists(text, text[], text[]) IS
'lists of the columns of a table of facts: their names, expressions over the rows n of the load, over stored rows f, and typed ones for its CHECK constraints';

CREATE OR REPLACE FUNCTION industry.number_new_sets(load_kind text, good text, is_joined boolean, new_list text, fact_list text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	EXECUTE format('UPDATE pg_temp.industry_set s SET good_rows = g.n
					FROM (SELECT n.set_number, count(*) AS n FROM pg_temp.industry_new n WHERE %s GROUP BY n.set_number) AS g WHERE g.set_number = s.set_number', good);
	IF is_joined THEN
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
			new_list, fact_list, (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind), good);
	END IF;
	-- else what follows is planned for no new set
	PERFORM settle_table('industry_set');
END
$$;
COMMENT ON FUNCTION industry.number_new_sets(text, text, boolean, text, text) IS 'numbers the sets of a load that are new, or differ from those that stand; good is the condition for its good rows n';

CREATE OR REPLACE FUNCTION industry.count_sets(OUT made bigint, OUT superseded bigint, OUT same bigint, OUT loaded bigint, OUT unchanged bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	SELECT count(*) FILTER (WHERE s.new_set_id IS NOT NULL), count(*) FILTER (WHERE s.old_set_id IS NOT NULL AND (s.new_set_id IS NOT NULL OR s.is_emptied)),
		   count(*) FILTER (WHERE s.good_rows > 0 AND s.new_set_id IS NULL),
		   coalesce(sum(s.good_rows) FILTER (WHERE s.new_set_id IS NOT NULL), 0), coalesce(sum(s.good_rows) FILTER (WHERE s.new_set_id IS NULL), 0)
	INTO made, superseded, same, loaded, unchanged
	FROM pg_temp.industry_set s;
END
$$;
COMMENT ON FUNCTION industry.count_sets() IS 'of a load, the sets that are new, that go and that stay the same; the good rows of the new sets and of those that stay';

CREATE OR REPLACE FUNCTION industry.refuse_old_file(load_kind text, file_checksum text, the_part text, is_superseding boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	the_source integer := (SELECT w.source_id FROM pg_temp.industry_load w);
	other record;
BEGIN
	SELECT r.load_id, w.load_id AS withdrawn_by, w.reason INTO other
	FROM load_report r LEFT JOIN load_report w ON w.withdraws = r.load_id
	WHERE r.source_id = the_source AND r.kind = load_kind AND r.checksum = file_checksum
	ORDER BY r.load_id DESC, w.load_id DESC NULLS LAST LIMIT 1;
	IF other.withdrawn_by IS NOT NULL THEN
		RAISE EXCEPTION 'this file was loaded before, as load %, and load % has withdrawn it', other.load_id, other.withdrawn_by
			USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = format('The reason was: %s', other.reason),
				  HINT = 'Load a corrected file; to load this one after all, give the option --again.';
	END IF;
	IF NOT is_superseding THEN
		RETURN;
	END IF;
	-- a part is superseded by a later file of that part, or of the whole
	SELECT r.load_id, y.load_id AS superseded_by INTO other
	FROM load_report r JOIN statement_set t ON t.load_id = r.load_id AND t.superseded_by IS NOT NULL
	JOIN pg_temp.industry_set s ON s.new_set_id IS NOT NULL AND s.old_set_id IS NOT NULL
		AND ROW(s.series_id, s.period_first, s.period_last)::text = ROW(t.series_id, t.period_first, t.period_last)::text
	JOIN statement_set u ON u.source_id = the_source AND u.superseded_by > r.load_id
		AND ROW(u.series_id, u.period_first, u.period_last)::text = ROW(t.series_id, t.period_first, t.period_last)::text
	JOIN load_report y ON y.load_id = u.superseded_by AND (y.edition_part <> the_part) IS NOT TRUE AND y.withdraws IS NULL
	WHERE r.source_id = the_source AND r.kind = load_kind AND r.checksum = file_checksum
	ORDER BY r.load_id DESC, y.load_id DESC LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'this file was loaded before, as load %, and load % has superseded it', other.load_id, other.superseded_by
			USING ERRCODE = 'object_not_in_prerequisite_state',
				  HINT = 'Load the newer file instead; to go back to this one after all, give the option --again.';
	END IF;
END
$$;
COMMENT ON FUNCTION industry.refuse_old_file(text, text, text, boolean) IS 'refuses a file that a later load has withdrawn or superseded (SQLSTATE 55000)';

CREATE OR REPLACE FUNCTION industry.left_standing(load_kind text, of_file text, the_part text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN (SELECT format('%s statement set(s) of load %s, of a file of the same name, are not in this file and still stand; --replaces %s withdraws them',
						  count(DISTINCT t.set_id), max(r.load_id), max(r.load_id))
			FROM pg_temp.industry_load w
			JOIN load_report r ON r.source_id = w.source_id AND r.kind = load_kind AND r.file_name = of_file AND r.edition_part IS NOT DISTINCT FROM the_part
			JOIN statement_set t ON t.load_id = r.load_id AND t.superseded_by IS NULL
			-- hashed, however few loads the planner expects
			WHERE t.set_id NOT IN (SELECT s.old_set_id FROM pg_temp.industry_set s WHERE s.old_set_id IS NOT NULL)
			HAVING count(*) > 0);
END
$$;
COMMENT ON FUNCTION industry.left_standing(text, text, text) IS 'the note about what an earlier version of a file said and this one does not; NULL where there is nothing';

CREATE OR REPLACE FUNCTION industry.older_edition(OUT sets bigint, OUT note text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	SELECT count(*), CASE WHEN count(*) > 0 THEN format('edition %s is older than edition %s, which is loaded: %s of %s statement sets are kept as history and are not current',
			min(a.edition), max(o.edition), count(*), (SELECT count(*) FROM pg_temp.industry_set x WHERE x.new_set_id IS NOT NULL)) END
	INTO sets, note
	FROM pg_temp.industry_load w JOIN source a ON a.source_id = w.source_id
	CROSS JOIN pg_temp.industry_set s
	JOIN statement_set t ON t.set_id = s.current_set_id
	JOIN source o ON o.source_id = t.source_id
	WHERE s.new_set_id IS NOT NULL AND o.known_from > a.known_from;
END
$$;
COMMENT ON FUNCTION industry.older_edition() IS 'how many new sets of a load are of an older edition than the current ones, and the note that says so';

CREATE OR REPLACE FUNCTION industry.store_sets(load_kind text, the_load bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	superseded bigint;
BEGIN
	SELECT w.source_id, s.publisher INTO l FROM pg_temp.industry_load w JOIN source s ON s.source_id = w.source_id;
	INSERT INTO series (publisher, kind, metric, basis, scope, price_or_cost, money_basis, base_year, country_basis, application, stage, material, geography, scenario)
	SELECT DISTINCT l.publisher, load_kind, s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.application,
		   s.stage, s.material, s.geography, s.scenario
	FROM pg_temp.industry_set s
	WHERE s.new_set_id IS NOT NULL AND s.series_id IS NULL
	ORDER BY 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
	ON CONFLICT ON CONSTRAINT series_once DO NOTHING;
	PERFORM match_series(load_kind);

	EXECUTE format('SELECT count(*) FROM industry.%I f WHERE f.set_id IN (
						SELECT s.old_set_id FROM pg_temp.industry_set s WHERE s.new_set_id IS NOT NULL OR s.is_emptied)',
				   (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind))
	INTO superseded;
	UPDATE statement_set t SET superseded_by = the_load, superseded_at = now()
	WHERE t.set_id IN (SELECT s.old_set_id FROM pg_temp.industry_set s WHERE s.new_set_id IS NOT NULL OR s.is_emptied);
	RETURN superseded;
END
$$;
COMMENT ON FUNCTION industry.store_sets(text, bigint) IS 'writes the new series of a load and supersedes the sets that it replaces; returns how many facts those have';

CREATE OR REPLACE FUNCTION industry.store_facts(load_kind text, the_load bigint, column_list text, new_list text, good text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp
-- foreign keys look up one row each, whatever the planner made of an empty table
SET enable_seqscan = off AS $$
DECLARE
	l record;
	first_row bigint := 0;
	last_row bigint := pg_relation_size('pg_temp.industry_new') / current_setting('block_size')::bigint;
	-- Their checks wait in memory for the end of a statement, so no statement is
	-- longer than a quarter of a million lines.
	n bigint := (SELECT count(*) FROM pg_temp.industry_new);
	batch bigint := greatest(1, last_row * 250000 / greatest(1, n));
BEGIN
	SELECT w.source_id, s.publisher INTO l FROM pg_temp.industry_load w JOIN source s ON s.source_id = w.source_id;
	INSERT INTO statement_set (set_id, series_id, source_id, publisher, period_first, period_last, period_as_printed, load_id)
	SELECT s.new_set_id, s.series_id, l.source_id, l.publisher, s.period_first, s.period_last, s.period_as_printed, the_load
	FROM pg_temp.industry_set s WHERE s.new_set_id IS NOT NULL
	ORDER BY s.new_set_id;
	WHILE first_row <= last_row LOOP
		EXECUTE format('INSERT INTO industry.%I (set_id, source_id, line_number, %s)
						SELECT s.new_set_id, %s, n.line_number, %s
						FROM pg_temp.industry_new n JOIN pg_temp.industry_set s ON s.set_number = n.set_number AND s.new_set_id IS NOT NULL
						WHERE n.ctid >= format(''(%%s,0)'', $1)::tid AND n.ctid < format(''(%%s,0)'', $2)::tid AND %s%s',
					   (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind), column_list, l.source_id, new_list, good,
					   -- facts of a file that a person reads are numbered in its order, whatever the plan
					   CASE WHEN n <= 10000 THEN ' ORDER BY n.row_id' ELSE '' END)
		USING first_row, first_row + batch;
		first_row := first_row + batch;
	END LOOP;
END
$$;
COMMENT ON FUNCTION industry.store_facts(text, bigint, text, text, text) IS 'writes the new sets of a load and their facts';

CREATE OR REPLACE FUNCTION industry.changes_of_load() RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object('series', d.series, 'period', d.period, 'subject', d.subject, 'measure', d.measure, 'unit', d.unit,
									  'before', d.before, 'after', d.after, 'what', d.what)), '[]')
			FROM (SELECT concat_ws(' ', s.metric, s.basis, s.scope, s.application, s.stage, s.material, nullif(s.geography, 'World'), s.scenario) AS series,
						 s.period_as_printed AS period, x.subject, x.measure, x.unit, x.older_as_printed AS before, x.newer_as_printed AS after,
						 x.what_changed AS what
				  FROM pg_temp.industry_set s
				  JOIN as_known_on('infinity') k ON k.set_id = s.new_set_id
				  CROSS JOIN LATERAL compare_sets(s.current_set_id, s.new_set_id) AS x
				  WHERE x.what_changed <> 'unchanged'
				  ORDER BY s.set_number, x.subject, x.measure LIMIT 1000) AS d);
END
$$;
COMMENT ON FUNCTION industry.changes_of_load() IS 'the first thousand figures that a load changes in what is current, for a dry run';

CREATE OR REPLACE FUNCTION industry.plan_replacement(load_kind text, replaces bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
BEGIN
	SELECT w.source_id, s.source INTO l FROM pg_temp.industry_load w JOIN source s ON s.source_id = w.source_id;
	IF NOT EXISTS (SELECT FROM load_report r WHERE r.load_id = replaces AND r.source_id = l.source_id AND r.kind = load_kind) THEN
		RAISE EXCEPTION 'load % is none of kind % from source %', replaces, load_kind, l.source
			USING ERRCODE = 'invalid_parameter_value', HINT = 'A load is replaced by one of the same kind and source; industry.load_report lists them.';
	END IF;
	RETURN plan_withdrawal(load_kind, l.source_id, load_chain(replaces), true,
						   (SELECT coalesce(array_agg(s.old_set_id) FILTER (WHERE s.old_set_id IS NOT NULL), '{}') FROM pg_temp.industry_set s));
END
$$;
COMMENT ON FUNCTION industry.plan_replacement(text, bigint) IS 'plans the withdrawal of what an earlier load said and this one does not; returns how many sets that is';

CREATE OR REPLACE FUNCTION industry.load_facts(load_kind text, file_name text, checksum text, bytes bigint, dry_run boolean, confirm_outliers boolean, confirm_total boolean,
	max_quarantine numeric, replaces bigint, again boolean, redrives bigint, rows_read bigint, the_part text DEFAULT NULL, whole boolean DEFAULT false) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	the_table text := (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind);
	has text[] := new_columns();
	columns text[] := target_columns(load_kind);
	lists record;
	good text := 'NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)';
	is_joined boolean;		-- with rows that are stored already
	n record;				-- sets and rows of the file
	older record;
	bad_rows bigint;
	n_superseded bigint;
	n_settled bigint := 0;
	n_withdrawn bigint := 0;
	n_joined bigint := 0;
	new_quarantine bigint;
	the_load bigint;
	warnings text[];
	result jsonb;
BEGIN
	SELECT w.source_id, w.options, w.is_redrive, s.source INTO l FROM pg_temp.industry_load w JOIN source s ON s.source_id = w.source_id;
	PERFORM find_sets(load_kind);
	-- Rows of a part join those of the others, and rows of a re-drive those that
	-- were good at once.
	is_joined := note_parts(load_kind, l.source_id) OR the_part IS NOT NULL OR l.is_redrive;
	IF is_joined THEN
		PERFORM join_parts(load_kind, the_part, file_name, checksum, redrives);
		columns := columns || '{edition_part,load_id}';
		has := has || columns;
	END IF;
	SELECT o.column_list, o.new_list, o.fact_list, o.checked INTO lists FROM store_lists(load_kind, columns, has) AS o;

	-- good rows and bad
	PERFORM check_rows(the_table, columns, lists.checked, key_text(load_kind, 'n', has));
	PERFORM find_repeats(load_kind, columns, the_part, file_name, is_joined);
	warnings := judge_totals(load_kind, confirm_total);
	IF NOT confirm_outliers THEN
		PERFORM judge_outliers(load_kind);
	END IF;
	IF is_joined THEN
		n_settled := settle_disputes(load_kind, the_part, redrives);
	END IF;
	PERFORM settle_table('industry_problem');
	PERFORM find_nearest();
	-- of the stored rows those that leave the sets by this load
	bad_rows := (SELECT count(DISTINCT p.row_id) FROM pg_temp.industry_problem p
				 WHERE p.row_id > 0 OR NOT EXISTS (SELECT FROM pg_temp.industry_dispute d WHERE d.fact_id = -p.row_id));
	IF NOT EXISTS (SELECT FROM pg_temp.industry_problem) THEN
		good := 'n.row_id IS NOT NULL';
	END IF;
	PERFORM refuse_too_many((SELECT count(DISTINCT p.row_id) FROM pg_temp.industry_problem p WHERE p.row_id > 0), rows_read, max_quarantine);

	-- what is new
	PERFORM number_new_sets(load_kind, good, is_joined AND redrives IS NULL, lists.new_list, lists.fact_list);
	n := count_sets();

	-- what must not go
	IF NOT again AND NOT l.is_redrive AND checksum IS NOT NULL AND n.made + n.superseded > 0 THEN
		PERFORM refuse_old_file(load_kind, checksum, the_part, n.superseded > 0);
	END IF;
	IF n.superseded > 0 AND NOT l.is_redrive AND NOT whole AND the_part IS NULL
		AND (replaces IS NULL OR EXISTS (SELECT FROM pg_temp.industry_set s WHERE s.is_in_parts AND s.new_set_id IS NOT NULL)) THEN
		PERFORM refuse_loss(load_kind, l.source, file_name);
	END IF;
	IF replaces IS NOT NULL THEN
		n_withdrawn := plan_replacement(load_kind, replaces);
		n_settled := n_settled + (SELECT count(*) FROM quarantine q WHERE q.load_id = ANY (load_chain(replaces)) AND q.resolved_by IS NULL AND q.dismissed_at IS NULL AND q.dispute IS NULL);
	ELSIF NOT l.is_redrive AND n.made > 0 THEN
		warnings := array_remove(warnings || left_standing(load_kind, file_name, the_part), NULL);
	END IF;
	SELECT o.sets, o.note INTO older FROM older_edition() AS o;
	warnings := array_remove(warnings || older.note, NULL);

	new_quarantine := gather_refused(l.source_id, load_kind, the_part);
	IF is_joined THEN
		EXECUTE format('SELECT count(*) FILTER (WHERE s.new_set_id IS NOT NULL), $1 - count(*) FILTER (WHERE s.new_set_id IS NULL AND s.good_rows > 0)
						FROM pg_temp.industry_new n JOIN pg_temp.industry_set s ON s.set_number = n.set_number
						WHERE n.row_id < 0 AND %s', good)
		INTO n_joined, n.unchanged USING n.unchanged;
		new_quarantine := gather_disputed();
		warnings := warnings || left_in_dispute();
	END IF;
	result := jsonb_build_object('load_id', NULL, 'changed', false, 'rows_read', rows_read, 'rows_loaded', 0, 'rows_unchanged', n.unchanged,
		'rows_quarantined', bad_rows, 'rows_superseded', 0, 'sets_loaded', 0, 'sets_superseded', 0, 'sets_unchanged', n.same,
		'warnings', to_jsonb(warnings)) || problem_list();
	IF n.made + n.superseded + n_withdrawn + new_quarantine + n_settled = 0 THEN
		RETURN result;
	END IF;

	-- write
	INSERT INTO load_report (kind, source_id, file_name, checksum, bytes, rows_read, rows_loaded, rows_unchanged, rows_quarantined, redrives, edition_part, options)
	VALUES (load_kind, l.source_id, load_facts.file_name, load_facts.checksum, load_facts.bytes, load_facts.rows_read, n.loaded, n.unchanged, bad_rows,
			load_facts.redrives, the_part, l.options)
	RETURNING load_id INTO the_load;
	n_superseded := store_sets(load_kind, the_load);
	IF n_withdrawn > 0 THEN
		n_superseded := n_superseded + (SELECT sum(w.gone) FROM pg_temp.industry_withdrawn w);
		PERFORM apply_withdrawal(load_kind, l.source_id, load_chain(replaces), the_load);
	END IF;
	PERFORM store_facts(load_kind, the_load, lists.column_list || CASE WHEN is_joined THEN ', load_id' ELSE '' END,
						lists.new_list || CASE WHEN is_joined THEN ', n.load_id' ELSE '' END, good);
	PERFORM write_quarantine(the_load, l.source_id, load_kind, file_name, redrives, the_part);
	IF replaces IS NOT NULL THEN
		UPDATE quarantine q SET resolved_by = the_load, resolved_at = now()
		WHERE q.load_id = ANY (load_chain(replaces)) AND q.resolved_by IS NULL AND q.dismissed_at IS NULL AND q.dispute IS NULL;
	END IF;
	UPDATE quarantine q SET resolved_by = the_load, resolved_at = now()
	WHERE q.resolved_by IS NULL AND q.quarantine_id IN (SELECT d.quarantine_id FROM pg_temp.industry_dispute d WHERE d.is_settled);

	result := result || jsonb_build_object('load_id', the_load, 'changed', true, 'part', the_part, 'rows_loaded', n.loaded, 'rows_joined', n_joined,
		'rows_superseded', n_superseded, 'sets_loaded', n.made, 'sets_superseded', n.superseded + n_withdrawn, 'sets_history', older.sets);
	UPDATE load_report r SET rows_superseded = n_superseded, sets_loaded = n.made, sets_superseded = n.superseded + n_withdrawn, summary = result
	WHERE r.load_id = the_load;
	IF dry_run THEN
		result := result || jsonb_build_object('changes', changes_of_load(), 'views', to_jsonb(dependent_views(the_table)));
	END IF;
	RETURN result;
END
$$;
COMMENT ON FUNCTION industry.load_facts(text, text, text, bigint, boolean, boolean, boolean, numeric, bigint, boolean, bigint, bigint, text, boolean) IS 'the part of load for kinds with statement sets';
