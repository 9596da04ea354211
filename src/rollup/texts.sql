-- Pieces of SQL, from which the statements of a rollup are made once, when it is made.
-- What users write is resolved once, by their path, and kept as the server prints it:
-- with schemas, without comments.

-- Strings and quoted names are one token each, and so is each bracket and comma.
CREATE OR REPLACE FUNCTION battery_rollup.tokens(expression text)
RETURNS TABLE (number bigint, token text, depth numeric)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT m.number, m.token[1],
		   sum(CASE WHEN m.token[1] = '(' OR m.token[1] = '[' THEN 1 WHEN m.token[1] = ')' OR m.token[1] = ']' THEN -1 ELSE 0 END) OVER (ORDER BY m.number)
	FROM regexp_matches(expression, '''(?:[^'']|'''')*''|"(?:[^"]|"")*"|[^''"()\[\],]+|.', 'g') WITH ORDINALITY AS m (token, number);
END;
COMMENT ON FUNCTION battery_rollup.tokens(text) IS 'an expression in tokens, with the depth of brackets after each';

CREATE OR REPLACE FUNCTION battery_rollup.elements(list text)
RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT btrim(string_agg(t.token, '' ORDER BY t.number) FILTER (WHERE NOT t.is_comma), E' \t\n\r')
	FROM (SELECT k.number, k.token, k.is_comma, count(*) FILTER (WHERE k.is_comma) OVER (ORDER BY k.number) AS element
		  FROM (SELECT n.number, n.token, n.token = ',' AND n.depth = 0 AS is_comma FROM battery_rollup.tokens(list) AS n) AS k) AS t
	GROUP BY t.element
	ORDER BY t.element;
END;
COMMENT ON FUNCTION battery_rollup.elements(text) IS 'the parts of a list between its commas';

-- A function's arguments and results have the collation of their type alone.
CREATE OR REPLACE FUNCTION battery_rollup.collation_of(of_type oid, of_collation oid)
RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT coalesce((SELECT format(' COLLATE %I.%I', n.nspname, c.collname)
					 FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace CROSS JOIN pg_type t
					 WHERE c.oid = of_collation AND t.oid = of_type AND t.typcollation <> c.oid), '');
END;
COMMENT ON FUNCTION battery_rollup.collation_of(oid, oid) IS 'a clause, where the collation is not that of the type';

-- resolve: an expression as the server prints it, its type, and the columns that it reads
CREATE OR REPLACE FUNCTION battery_rollup.resolve(expression text, relation regclass, path text,
	OUT printed text, OUT type text, OUT collated text, OUT columns name[], OUT aggregates oid[])
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	probe oid;
	statement text;
BEGIN
	-- on a line of its own, so that no comment in it swallows what follows
	statement := format(E'CREATE TEMP VIEW battery_rollup_probe AS SELECT (%s\n) AS battery_rollup_probe FROM %s', expression, relation);
	-- what the user wrote is looked up by the user's path, and nothing else is
	PERFORM set_config('search_path', path, true);
	EXECUTE statement;
	PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
	probe := 'pg_temp.battery_rollup_probe'::regclass;
	printed := substring(pg_get_viewdef(probe) FROM '^\s*SELECT (.*) AS battery_rollup_probe\s+FROM ');
	SELECT format_type(a.atttypid, a.atttypmod), battery_rollup.collation_of(a.atttypid, a.attcollation) INTO type, collated
	FROM pg_attribute a WHERE a.attrelid = probe AND a.attnum = 1;
	columns := ARRAY(SELECT a.attname FROM pg_rewrite w JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
						 JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
					 WHERE w.ev_class = probe AND d.refclassid = 'pg_class'::regclass AND d.refobjid = relation AND d.refobjsubid > 0
					 GROUP BY a.attname, a.attnum ORDER BY a.attnum);
	aggregates := ARRAY(SELECT DISTINCT p.oid FROM pg_rewrite w JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
							JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
						WHERE w.ev_class = probe AND p.prokind = 'a');
	DROP VIEW pg_temp.battery_rollup_probe;
	IF printed IS NULL THEN
		RAISE EXCEPTION '"%" is not one expression', expression USING ERRCODE = 'syntax_error', HINT = 'Give one expression over columns of the table.';
	END IF;
EXCEPTION
	WHEN grouping_error THEN
		RAISE EXCEPTION '"%" cannot stand here: %', expression, SQLERRM
			USING ERRCODE = 'grouping_error', HINT = 'A key or an argument is an expression over columns of one row. Aggregates are measures: --measure=...';
	WHEN undefined_column OR undefined_function OR undefined_object OR undefined_table OR syntax_error OR ambiguous_function THEN
		RAISE EXCEPTION '"%" cannot be read: %', expression, SQLERRM
			USING ERRCODE = SQLSTATE,
				  HINT = format('The columns of %s are %s.', relation,
								(SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped));
END
$$;
COMMENT ON FUNCTION battery_rollup.resolve(text, regclass, text) IS 'an expression over a table, as the server prints it';

-- The server itself says whether it is immutable: as of a generated column.
CREATE OR REPLACE FUNCTION battery_rollup.require_immutable(printed text, type text, relation regclass)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	probe text = (SELECT format('pg_temp.%I', c.relname) FROM pg_class c WHERE c.oid = relation);
	truncated text[] = regexp_match(printed, 'date_trunc\(''(\w+)''(?:::text)?, \(*(?:\w+\.)?(\w+)\)*(?:::timestamp with time zone)?\)');
BEGIN
	EXECUTE format('CREATE TEMP TABLE %s (LIKE %s)', substr(probe, 9), (SELECT format('%I.%I', n.nspname, c.relname)
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = relation));
	EXECUTE format('ALTER TABLE %s ADD COLUMN battery_rollup_probe %s GENERATED ALWAYS AS (%s) STORED', probe, type, printed);
	EXECUTE format('DROP TABLE %s', probe);
EXCEPTION
	-- which the expression names
	WHEN duplicate_table THEN
		RAISE EXCEPTION 'this session has a temporary table that is called like %', relation
			USING ERRCODE = 'duplicate_table', HINT = 'Drop it, or make the rollup in another session.';
	WHEN invalid_object_definition THEN
		RAISE EXCEPTION 'the expression "%" is not immutable', printed
			USING ERRCODE = 'invalid_object_definition',
				  DETAIL = 'Its value depends on settings such as the time zone, so a row could be taken out of another group than it was put into.',
				  HINT = CASE WHEN truncated IS NOT NULL THEN format('Write date_trunc(''%s'', %I::timestamp)::date', truncated[1], truncated[2])
						 ELSE 'Use immutable functions; of a date or timestamp, write for example date_trunc(''month'', day::timestamp)::date' END;
	WHEN grouping_error THEN
		RAISE EXCEPTION 'the expression "%" is no expression over one row: %', printed, SQLERRM
			USING ERRCODE = 'grouping_error', HINT = 'Give an aggregate as --measure.';
	WHEN feature_not_supported THEN
		RAISE EXCEPTION 'the expression "%" cannot be kept: %', printed, SQLERRM
			USING ERRCODE = 'feature_not_supported', HINT = 'Give an expression over columns of one row, without subquery.';
END
$$;
COMMENT ON FUNCTION battery_rollup.require_immutable(text, text, regclass) IS 'refuses an expression that is not immutable';

-- columns_of: the columns that a rollup reads, by their names of now.  A view holds on to
-- them, so that none of them can be dropped or get another type; a function over the
-- table's row type would also refuse every new column.
CREATE OR REPLACE FUNCTION battery_rollup.columns_of(of_rollup name)
RETURNS name[]
LANGUAGE plpgsql STABLE -- every write asks, and this language keeps the plan
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (SELECT array_agg(CASE WHEN current_setting('transaction_isolation') = 'read committed' THEN a.attname
								  -- an older snapshot has older names than the rows
								  ELSE (pg_identify_object_as_address('pg_class'::regclass, a.attrelid, a.attnum)).object_names[3]::name END ORDER BY a.attnum)
			FROM pg_class v
			JOIN pg_rewrite w ON w.ev_class = v.oid
			JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
			JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
			WHERE v.relnamespace = 'battery_rollup'::regnamespace AND v.relname = (of_rollup || '_columns')::name AND d.refobjid <> v.oid);
END
$$;
COMMENT ON FUNCTION battery_rollup.columns_of(name) IS 'the columns that a rollup reads, by their names of now';

-- source_text: rows of a table or transition table, read
CREATE OR REPLACE FUNCTION battery_rollup.source_text(of_rollup name, rows_of text, is_guarded boolean)
RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT format('%s AS r, LATERAL battery_rollup.%I(%s) AS s', rows_of, of_rollup || '_reads', c.list)
		|| CASE WHEN is_guarded THEN format(', LATERAL battery_rollup.%I(%s) AS t (fit)', of_rollup || '_fit', c.list) ELSE '' END
	FROM (SELECT string_agg(format('r.%I', u.name), ', ' ORDER BY u.n) AS list FROM unnest(battery_rollup.columns_of(of_rollup)) WITH ORDINALITY AS u (name, n)) AS c;
END;
COMMENT ON FUNCTION battery_rollup.source_text(name, text, boolean) IS 'FROM: rows of a table or transition table, read';

-- column_list: the columns of a level's tables; all of them, or keys alone
CREATE OR REPLACE FUNCTION battery_rollup.column_list(of_rollup name, of_level integer)
RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT concat((SELECT string_agg(format('%I, ', k.key), '' ORDER BY k.n) FROM unnest(l.keys) WITH ORDINALITY AS k (key, n)), 'rows, left_out',
				  (SELECT string_agg(format(', %I, %I', m.measure, 'taken_' || m.measure), '' ORDER BY m.number) FROM battery_rollup.measure m WHERE m.rollup = l.rollup))
	FROM battery_rollup.level l
	WHERE l.rollup = of_rollup AND l.number = of_level;
END;
COMMENT ON FUNCTION battery_rollup.column_list(name, integer) IS 'the columns of a level''s tables';

-- part_query: what rows add to each group of a level, or take from it; without a level,
-- to all of them as one.  Guarded (level 0 alone), each row says before whether the
-- measures take it (2), and whether it has keys (1).
CREATE OR REPLACE FUNCTION battery_rollup.part_query(of_rollup name, of_level integer, from_text text, is_taken boolean, is_guarded boolean)
RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT format('SELECT %s%s AS rows, %s AS left_out%s FROM %s%s%s HAVING pg_catalog.count(*) > 0',
				  (SELECT string_agg(format('%s AS %I, ', CASE WHEN l.number > 0 THEN 'k.k' || k.n WHEN is_guarded THEN format('CASE WHEN t.fit > 0 THEN s.k%s END', k.n) ELSE 's.k' || k.n END || l.collations[k.n], k.key), '' ORDER BY k.n)
				   FROM unnest(l.keys) WITH ORDINALITY AS k (key, n)),
				  sign || 'pg_catalog.count(*)',
				  CASE WHEN is_guarded THEN sign || 'pg_catalog.count(*) FILTER (WHERE t.fit < 2)' ELSE '0::bigint' END,
				  (SELECT string_agg(format(CASE WHEN is_taken THEN ', NULL::%1$s AS %2$I, %3$s AS %4$I' ELSE ', %3$s AS %2$I, NULL::%1$s AS %4$I' END,
											format('%I.%I', r.battery_schema, m.state), m.measure,
											format('%I.%I(%s)%s', r.battery_schema, m.aggregate,
												   (SELECT string_agg(CASE WHEN m.is_variadic AND a = m.arguments THEN 'VARIADIC ' ELSE '' END || format('s.m%s_%s', m.number, a), ', ' ORDER BY a)
													FROM generate_series(1, m.arguments) AS a),
												   CASE WHEN m.is_filtered OR is_guarded THEN format(' FILTER (WHERE %s)',
														concat_ws(' AND ', CASE WHEN is_guarded THEN 't.fit = 2' END, CASE WHEN m.is_filtered THEN format('s.m%s_filter', m.number) END)) ELSE '' END),
											'taken_' || m.measure), '' ORDER BY m.number)
				   FROM battery_rollup.measure m WHERE m.rollup = r.rollup),
				  from_text,
				  -- expressions over keys, where nothing else has a name that they could mean
				  CASE WHEN l.number > 0 AND cardinality(l.keys) > 0 THEN (SELECT format(', LATERAL (SELECT %s FROM (SELECT %s) AS %I) AS k', (SELECT string_agg(format('%s AS k%s', e.expression, e.n), ', ' ORDER BY e.n) FROM unnest(l.expressions) WITH ORDINALITY AS e (expression, n)),
								 string_agg(format('s.k%s%s AS %I', k.n, f.collations[k.n], k.key), ', ' ORDER BY k.n), r.rollup || '_state')
				   FROM battery_rollup.level f CROSS JOIN unnest(f.keys) WITH ORDINALITY AS k (key, n)
				   WHERE f.rollup = r.rollup AND f.number = 0) END,
				  (SELECT ' GROUP BY ' || string_agg(n::text, ', ' ORDER BY n) FROM generate_series(1, cardinality(l.keys)) AS n))
	FROM battery_rollup.rollup r
	LEFT JOIN battery_rollup.level l ON l.rollup = r.rollup AND l.number = of_level
	CROSS JOIN (SELECT CASE WHEN is_taken THEN '-' ELSE '' END AS sign) AS one
	WHERE r.rollup = of_rollup;
END;
COMMENT ON FUNCTION battery_rollup.part_query(name, integer, text, boolean, boolean) IS 'SELECT: what rows add to each group of a level or take from it';

-- sum_query: parts summed to the groups of a level: its own parts, or those of level 0.
-- A coarser level's keys are expressions over the table of level 0, whose name the parts
-- have here.
CREATE OR REPLACE FUNCTION battery_rollup.sum_query(of_rollup name, of_level integer, parts text, are_finest boolean)
RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT format('SELECT %spg_catalog.sum(%I.rows)::bigint AS rows, pg_catalog.sum(%2$I.left_out)::bigint AS left_out%s FROM %4$s AS %2$I%5$s HAVING pg_catalog.count(*) > 0',
				  (SELECT string_agg(format('%s AS %I, ', CASE WHEN are_finest AND l.number > 0 THEN l.expressions[k.n] ELSE format('%I.%I', r.rollup || '_state', k.key) END, k.key), '' ORDER BY k.n)
				   FROM unnest(l.keys) WITH ORDINALITY AS k (key, n)),
				  r.rollup || '_state',
				  (SELECT string_agg(format(', %1$I.rollup(%2$I.%3$I) AS %3$I, %1$I.rollup(%2$I.%4$I) AS %4$I', r.battery_schema, r.rollup || '_state', m.measure, 'taken_' || m.measure), '' ORDER BY m.number)
				   FROM battery_rollup.measure m WHERE m.rollup = r.rollup),
				  parts,
				  (SELECT ' GROUP BY ' || string_agg(n::text, ', ' ORDER BY n) FROM generate_series(1, cardinality(l.keys)) AS n))
	FROM battery_rollup.rollup r
	JOIN battery_rollup.level l ON l.rollup = r.rollup AND l.number = of_level
	WHERE r.rollup = of_rollup;
END;
COMMENT ON FUNCTION battery_rollup.sum_query(name, integer, text, boolean) IS 'SELECT: parts summed to the groups of a level';

-- event_rows: the rows that a write adds (false) and takes (true), as they are named
-- where its trigger runs
CREATE OR REPLACE FUNCTION battery_rollup.event_rows(event text, relation regclass)
RETURNS TABLE (rows_of text, is_taken boolean)
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT e.rows_of, e.is_taken FROM (VALUES
		('new_rows', false, '{insert,update}'::text[]),
		('old_rows', true, '{delete,update}'),
		-- of this very table, not of what hangs below, which has a trigger of its own
		('ONLY ' || relation::text, true, '{truncate}')) AS e (rows_of, is_taken, events)
	WHERE event = ANY (e.events);
END;
COMMENT ON FUNCTION battery_rollup.event_rows(text, regclass) IS 'the rows that a write adds and takes';

-- level_parts: what a write adds to the groups of a level and takes from them
CREATE OR REPLACE FUNCTION battery_rollup.level_parts(of_rollup name, of_level integer, event text, relation regclass, is_guarded boolean)
RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT string_agg(battery_rollup.part_query(of_rollup, of_level, battery_rollup.source_text(of_rollup, e.rows_of, is_guarded), e.is_taken, is_guarded), ' UNION ALL ' ORDER BY e.is_taken)
	FROM battery_rollup.event_rows(event, relation) AS e;
END;
COMMENT ON FUNCTION battery_rollup.level_parts(name, integer, text, regclass, boolean) IS 'SELECT: what a write adds to the groups of a level and takes from them';

-- event_query: what a write adds and takes, an array for each level; the coarser ones
-- are sums of the finest
CREATE OR REPLACE FUNCTION battery_rollup.event_query(of_rollup name, event text, relation regclass, is_guarded boolean)
RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT format('WITH p AS (%s) SELECT %s', battery_rollup.level_parts(of_rollup, 0, event, relation, is_guarded),
				  string_agg(format('(SELECT pg_catalog.array_agg(ROW(c.*)::battery_rollup.%I) FROM %s AS c)', l.level || '_change',
									CASE WHEN l.number = 0 THEN 'p' ELSE format('(%s)', battery_rollup.sum_query(of_rollup, l.number, 'p', true)) END), ', ' ORDER BY l.number))
	FROM battery_rollup.level l WHERE l.rollup = of_rollup;
END;
COMMENT ON FUNCTION battery_rollup.event_query(name, text, regclass, boolean) IS 'SELECT: what a write adds and takes';

-- appended_query: what writes appended to a level since it was folded: states, and at
-- level 0 rows as they were read
CREATE OR REPLACE FUNCTION battery_rollup.appended_query(of_rollup name, of_level integer)
RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT format('SELECT %s FROM battery_rollup.%I', battery_rollup.column_list(of_rollup, of_level), l.level || '_change')
		|| CASE WHEN l.number > 0 THEN ''
				ELSE (SELECT string_agg(' UNION ALL ' || battery_rollup.part_query(of_rollup, 0, format('(SELECT * FROM battery_rollup.%I AS o WHERE %so.is_taken) AS s', of_rollup || '_rows', CASE WHEN is_taken THEN '' ELSE 'NOT ' END), is_taken, false), '' ORDER BY is_taken)
					  FROM unnest('{false,true}'::boolean[]) AS is_taken) END
	FROM battery_rollup.level l WHERE l.rollup = of_rollup AND l.number = of_level;
END;
COMMENT ON FUNCTION battery_rollup.appended_query(name, integer) IS 'SELECT: what writes appended to a level since it was folded';

-- delete_appended: all of that, as parts of a WITH
CREATE OR REPLACE FUNCTION battery_rollup.delete_appended(of_rollup name)
RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT string_agg(format('gone_%s AS (DELETE FROM battery_rollup.%I)', l.number, l.level || '_change'), ', ' ORDER BY l.number)
		|| format(', gone_rows AS (DELETE FROM battery_rollup.%I)', of_rollup || '_rows')
	FROM battery_rollup.level l WHERE l.rollup = of_rollup;
END;
COMMENT ON FUNCTION battery_rollup.delete_appended(name) IS 'WITH: what was appended to any level is deleted';

-- fold_query: parts of a level into its groups; says which of them are empty now, and which
-- cannot be: fewer rows than none, or something left of none
CREATE OR REPLACE FUNCTION battery_rollup.fold_query(of_rollup name, of_level integer, parts text)
RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT format('INSERT INTO battery_rollup.%I AS t (%s) %s ON CONFLICT (%s) DO UPDATE SET rows = t.rows + excluded.rows, left_out = t.left_out + excluded.left_out%s '
				  'RETURNING t.ctid AS place, t.rows = 0 AS is_empty, t.rows < 0 OR t.rows = 0 AND (t.left_out <> 0%s) AS is_impossible',
				  l.level || '_state', battery_rollup.column_list(of_rollup, of_level), battery_rollup.sum_query(of_rollup, of_level, parts, false),
				  CASE WHEN cardinality(l.keys) = 0 THEN '(true)' ELSE (SELECT string_agg(quote_ident(k.key), ', ' ORDER BY k.n) FROM unnest(l.keys) WITH ORDINALITY AS k (key, n)) END,
				  (SELECT string_agg(format(', %2$I = %1$I.subtract(%1$I.merge(t.%2$I, excluded.%2$I), %1$I.merge(t.%3$I, excluded.%3$I)), %3$I = NULL', r.battery_schema, m.measure, 'taken_' || m.measure), '' ORDER BY m.number)
				   FROM battery_rollup.measure m WHERE m.rollup = of_rollup),
				  (SELECT string_agg(format(' OR t.%I::pg_catalog.text IS DISTINCT FROM t.%I::pg_catalog.text', m.measure, 'taken_' || m.measure), '' ORDER BY m.number)
				   FROM battery_rollup.measure m WHERE m.rollup = of_rollup))
	FROM battery_rollup.level l JOIN battery_rollup.rollup r ON r.rollup = l.rollup WHERE l.rollup = of_rollup AND l.number = of_level;
END;
COMMENT ON FUNCTION battery_rollup.fold_query(name, integer, text) IS 'INSERT: parts of a level into its groups; returns place, is_empty, is_impossible';

-- current_query: the groups of a level as they are now, folded and appended.  The states
-- of what was taken out go through the function that is named.
CREATE OR REPLACE FUNCTION battery_rollup.current_query(of_rollup name, of_level integer, difference text)
RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT format('SELECT %spg_catalog.sum(p.rows)::bigint AS rows, pg_catalog.sum(p.left_out)::bigint AS left_out%s FROM (SELECT %s FROM battery_rollup.%I UNION ALL %s) AS p%s HAVING pg_catalog.sum(p.rows) <> 0',
				  (SELECT string_agg(format('p.%I, ', k.key), '' ORDER BY k.n) FROM unnest(l.keys) WITH ORDINALITY AS k (key, n)),
				  (SELECT string_agg(format(', CASE WHEN pg_catalog.count(p.%3$I) = 0 THEN %1$I.rollup(p.%2$I) ELSE battery_rollup.%4$I(%1$I.rollup(p.%2$I), %1$I.rollup(p.%3$I)) END AS %2$I',
											r.battery_schema, m.measure, 'taken_' || m.measure, difference), '' ORDER BY m.number)
				   FROM battery_rollup.measure m WHERE m.rollup = r.rollup),
				  battery_rollup.column_list(r.rollup, l.number), l.level || '_state', battery_rollup.appended_query(r.rollup, l.number),
				  (SELECT ' GROUP BY ' || string_agg(format('p.%I', k.key), ', ' ORDER BY k.n) FROM unnest(l.keys) WITH ORDINALITY AS k (key, n)))
	FROM battery_rollup.rollup r
	JOIN battery_rollup.level l ON l.rollup = r.rollup AND l.number = of_level
	WHERE r.rollup = of_rollup;
END;
COMMENT ON FUNCTION battery_rollup.current_query(name, integer, text) IS 'SELECT: the groups of a level as they are now';
