-- The functions and triggers of a rollup.  Their text is made once, so that a write runs
-- static SQL with cached plans.  They name nothing of the user's table: its reader, whose
-- body is bound to columns by number, does.

-- make_fit: says of one row whether every measure takes it
CREATE OR REPLACE FUNCTION battery_rollup.make_fit(of_rollup name, reader name, row_type text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format(
		'CREATE OR REPLACE FUNCTION battery_rollup.%I(%s) RETURNS integer LANGUAGE plpgsql IMMUTABLE COST 1000 SET search_path = pg_catalog, pg_temp AS %L',
		reader || '_fit', row_type,
		format(E'BEGIN\n'
			'	PERFORM %s FROM battery_rollup.%I($1) AS s;\n'
			'	RETURN 2;\n'
			'EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded OR raise_exception THEN\n'
			'	BEGIN\n'
			'		PERFORM %s FROM battery_rollup.%2$I($1) AS s;\n'
			'		RETURN 1;\n'
			'	EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded OR raise_exception THEN\n'
			'		RETURN 0;\n'
			'	END;\n'
			'END',
			(SELECT string_agg(e.item, ', ' ORDER BY e.n)
			 FROM (SELECT m.number AS n, format('%I.%I(%s)%s', r.battery_schema, m.aggregate,
						  (SELECT string_agg(CASE WHEN m.is_variadic AND a = m.arguments THEN 'VARIADIC ' ELSE '' END || format('s.m%s_%s', m.number, a), ', ' ORDER BY a)
						   FROM generate_series(1, m.arguments) AS a),
						  CASE WHEN m.is_filtered THEN format(' FILTER (WHERE s.m%s_filter)', m.number) ELSE '' END) AS item
				   FROM battery_rollup.measure m JOIN battery_rollup.rollup r ON r.rollup = m.rollup WHERE m.rollup = of_rollup
				   -- min takes a key of any type that has an order, which keys have
				   UNION ALL
				   SELECT 1000 + k.n, format('pg_catalog.count(s.k%s)', k.n)
				   FROM battery_rollup.level l CROSS JOIN generate_series(1, cardinality(l.keys)) AS k (n) WHERE l.rollup = of_rollup AND l.number = 0) AS e),
			reader,
			(SELECT string_agg(format('pg_catalog.count(s.k%s)', k.n), ', ' ORDER BY k.n)
			 FROM battery_rollup.level l CROSS JOIN generate_series(1, cardinality(l.keys)) AS k (n) WHERE l.rollup = of_rollup AND l.number = 0)));
END
$$;
COMMENT ON FUNCTION battery_rollup.make_fit(name, name, text) IS 'makes the function that says of a row whether every measure takes it';

-- make_fold: appended states into the groups of every level.  One statement, so what is
-- folded and what is deleted is what one snapshot sees.
CREATE OR REPLACE FUNCTION battery_rollup.make_fold(of_rollup name)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	l record;
	folds text = '';
	empties text = '';
	negatives text = '';
	deletes text = '';
BEGIN
	FOR l IN
		SELECT v.number, v.level, v.keys, r.battery_schema
		FROM battery_rollup.level v JOIN battery_rollup.rollup r ON r.rollup = v.rollup WHERE v.rollup = of_rollup ORDER BY v.number
	LOOP
		folds := folds || format(E',\n		level_%s AS (INSERT INTO battery_rollup.%I AS t (%s) %s\n			ON CONFLICT (%s) DO UPDATE SET rows = t.rows + excluded.rows, left_out = t.left_out + excluded.left_out%s\n			RETURNING t.ctid AS place, t.rows)',
			l.number, l.level || '_state', battery_rollup.column_list(of_rollup, l.number), battery_rollup.sum_query(of_rollup, l.number, 'gone'),
			CASE WHEN cardinality(l.keys) = 0 THEN '(true)' ELSE (SELECT string_agg(quote_ident(k.key), ', ' ORDER BY k.n) FROM unnest(l.keys) WITH ORDINALITY AS k (key, n)) END,
			(SELECT string_agg(format(', %2$I = %1$I.subtract(%1$I.merge(t.%2$I, excluded.%2$I), %1$I.merge(t.%3$I, excluded.%3$I)), %3$I = NULL', l.battery_schema, m.measure, 'taken_' || m.measure), '' ORDER BY m.number)
			 FROM battery_rollup.measure m WHERE m.rollup = of_rollup));
		empties := empties || format(', (SELECT pg_catalog.array_agg(e.place) FROM level_%s AS e WHERE e.rows = 0)', l.number);
		negatives := concat_ws(' UNION ALL ', nullif(negatives, ''), format('SELECT FROM level_%s AS e WHERE e.rows < 0', l.number));
		deletes := deletes || format(E'		DELETE FROM battery_rollup.%I AS t WHERE t.ctid = ANY (empty_%s);\n', l.level || '_state', l.number);
	END LOOP;
	EXECUTE format(
		'CREATE OR REPLACE FUNCTION battery_rollup.%I(waits boolean) RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS %L', of_rollup || '_fold',
		format(E'DECLARE\n'
			'	folded bigint;\n'
			'	is_impossible boolean;\n'
			'%s'
			'BEGIN\n'
			'	IF waits THEN\n'
			'		PERFORM FROM battery_rollup.fold AS f WHERE f.rollup = %L FOR UPDATE;\n'
			'	ELSE\n'
			'		PERFORM FROM battery_rollup.fold AS f WHERE f.rollup = %2$L FOR UPDATE SKIP LOCKED;\n'
			'		IF NOT FOUND THEN\n'
			'			RETURN 0;\n'
			'		END IF;\n'
			'	END IF;\n'
			'	IF EXISTS (SELECT FROM battery_rollup.trouble AS t WHERE t.rollup = %2$L) THEN\n'
			'		RETURN 0;\n'
			'	END IF;\n'
			'	BEGIN\n'
			'		WITH gone AS (DELETE FROM battery_rollup.%I RETURNING *)%s\n'
			'		SELECT (SELECT pg_catalog.count(*) FROM gone)%s, EXISTS (%10$s) INTO folded%6$s, is_impossible;\n'
			'		IF is_impossible THEN\n'
			'			RAISE data_exception USING MESSAGE = ''more rows were taken out of a group than it had'';\n'
			'		END IF;\n'
			'%7$s'
			'		UPDATE battery_rollup.fold AS f SET appended = (SELECT a.last_value FROM battery_rollup.%8$I AS a) WHERE f.rollup = %2$L;\n'
			'	EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN\n'
			'		INSERT INTO battery_rollup.trouble (rollup, reason) VALUES (%2$L, pg_catalog.concat(%9$L, SQLERRM));\n'
			'		RETURN 0;\n'
			'	END;\n'
			'	RETURN folded;\n'
			'END',
			(SELECT string_agg(format(E'	empty_%s tid[];\n', v.number), '' ORDER BY v.number) FROM battery_rollup.level v WHERE v.rollup = of_rollup),
			of_rollup, of_rollup || '_change', folds, empties,
			(SELECT string_agg(format(', empty_%s', v.number), '' ORDER BY v.number) FROM battery_rollup.level v WHERE v.rollup = of_rollup),
			deletes, of_rollup || '_appended', 'appended states do not fold: ', negatives));
END
$$;
COMMENT ON FUNCTION battery_rollup.make_fold(name) IS 'makes the function that folds appended states into the groups';

-- make_writers: the four trigger functions for rows that one reader reads
CREATE OR REPLACE FUNCTION battery_rollup.make_writers(of_rollup name, reader name)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r battery_rollup.rollup;
	columns CONSTANT text = battery_rollup.column_list(of_rollup, 0);
	is_root CONSTANT boolean = reader = of_rollup || '_reads';
	event text;
	query text;
	read text;
	fold text;
BEGIN
	SELECT * INTO r FROM battery_rollup.rollup AS o WHERE o.rollup = of_rollup;
	fold := format(E'	IF pg_catalog.current_setting(''transaction_isolation'') = ''read committed''\n'
		'		AND (SELECT a.last_value - f.appended > %s FROM battery_rollup.%I AS a, battery_rollup.fold AS f WHERE f.rollup = %L) THEN\n'
		'		PERFORM battery_rollup.%I(false);\n'
		'	END IF;\n', r.fold_after, of_rollup || '_appended', of_rollup, of_rollup || '_fold');
	FOREACH event IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
		-- an array, because writing inside of a block with an exception would take a
		-- transaction id of its own for every statement
		read := '';
		FOR guard IN 0..1 LOOP
			EXIT WHEN r.is_strict AND guard = 1;
			query := concat_ws(' UNION ALL ',
				CASE WHEN event IN ('insert', 'update') THEN battery_rollup.part_query(of_rollup, battery_rollup.source_text('new_rows', reader, guard = 1), false, guard = 1) END,
				CASE WHEN event IN ('delete', 'update') THEN battery_rollup.part_query(of_rollup, battery_rollup.source_text('old_rows', reader, guard = 1), true, guard = 1) END,
				-- the rows of this very table, not of what hangs below, which has a trigger of its own
				CASE WHEN event = 'truncate' THEN battery_rollup.part_query(of_rollup, battery_rollup.source_text('ONLY %s', reader, guard = 1), true, guard = 1) END);
			query := format('SELECT pg_catalog.array_agg(ROW(p.*)::battery_rollup.%I) FROM (%s) AS p', of_rollup || '_part', query);
			query := CASE WHEN event = 'truncate' THEN format('EXECUTE pg_catalog.format(%L, TG_RELID::pg_catalog.regclass) INTO parts', replace(replace(query, '%', '%%'), 'ONLY %%s', 'ONLY %s'))
						  ELSE regexp_replace(query, '^SELECT (.*?) FROM ', 'SELECT \1 INTO parts FROM ') END;
			read := CASE WHEN r.is_strict THEN format(E'	%s;\n', query)
						 WHEN guard = 0 THEN format(E'	BEGIN\n		%s;\n	EXCEPTION WHEN OTHERS THEN\n', query)
						 ELSE read || format(E'		-- which rows, then\n		BEGIN\n			%s;\n		EXCEPTION WHEN OTHERS THEN\n'
							'			INSERT INTO battery_rollup.trouble (rollup, reason) VALUES (%L, pg_catalog.concat(''a write to '', TG_RELID::pg_catalog.regclass, '' could not be followed: '', SQLERRM));\n'
							'			RETURN NULL;\n		END;\n	END;\n', query, of_rollup) END;
		END LOOP;
		EXECUTE format('CREATE OR REPLACE FUNCTION battery_rollup.%I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS %L',
			regexp_replace(reader, '_reads(_\d+)?$', '_' || event || '\1'),
			format(E'DECLARE\n	parts battery_rollup.%I[];\nBEGIN\n'
				'	-- a partition that was detached has its triggers still\n'
				'	IF NOT battery_rollup.is_part(%L, TG_RELID) THEN\n		RETURN NULL;\n	END IF;\n'
				'%s'
				'	INSERT INTO battery_rollup.%I (%s) SELECT %s FROM pg_catalog.unnest(parts) AS p;\n'
				'%s	RETURN NULL;\nEND', of_rollup || '_part', of_rollup, read, of_rollup || '_change', columns, columns, fold));
	END LOOP;
END
$$;
COMMENT ON FUNCTION battery_rollup.make_writers(name, name) IS 'makes the trigger functions of a rollup';

-- make_triggers: on one table.  ALWAYS: also where session_replication_role is replica.
CREATE OR REPLACE FUNCTION battery_rollup.make_triggers(of_rollup name, relation regclass, reader name)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	event text;
	trigger name;
BEGIN
	FOREACH event IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
		trigger := format('battery_rollup_%s_%s', of_rollup, event);
		EXECUTE format('CREATE OR REPLACE TRIGGER %I %s %s ON %s %s FOR EACH STATEMENT EXECUTE FUNCTION battery_rollup.%I()', trigger,
			CASE event WHEN 'truncate' THEN 'BEFORE' ELSE 'AFTER' END, event, relation,
			CASE event WHEN 'insert' THEN 'REFERENCING NEW TABLE AS new_rows' WHEN 'update' THEN 'REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows'
					   WHEN 'delete' THEN 'REFERENCING OLD TABLE AS old_rows' ELSE '' END,
			regexp_replace(reader, '_reads(_\d+)?$', '_' || event || '\1'));
		EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', relation, trigger);
	END LOOP;
END
$$;
COMMENT ON FUNCTION battery_rollup.make_triggers(name, regclass, name) IS 'makes the triggers of a rollup on one table';
