-- The functions and triggers of a rollup.  Their text is made once, so that a write runs
-- static SQL with cached plans.  They name columns of the user's table, and look first
-- whether these are called so still; if not, the statement is made anew for this write,
-- and refresh makes the functions.

-- make_fit: says of one row whether every measure takes it
CREATE OR REPLACE FUNCTION battery_rollup.make_fit(of_rollup name, argument_types text[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format(
		'CREATE OR REPLACE FUNCTION battery_rollup.%I(%s) RETURNS integer LANGUAGE plpgsql IMMUTABLE COST 1000 SET search_path = pg_catalog, pg_temp AS %L',
		of_rollup || '_fit', array_to_string(argument_types, ', '),
		format(E'BEGIN\n'
			'	PERFORM %s FROM battery_rollup.%I(%s) AS s;\n'
			'	RETURN 2;\n'
			'EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded OR raise_exception THEN\n'
			'	BEGIN\n'
			'		PERFORM %4$s FROM battery_rollup.%2$I(%3$s) AS s;\n'
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
				   -- count computes its argument and takes any type
				   UNION ALL
				   SELECT 1000 + k.n, format('pg_catalog.count(s.k%s)', k.n)
				   FROM battery_rollup.level l CROSS JOIN generate_series(1, cardinality(l.keys)) AS k (n) WHERE l.rollup = of_rollup AND l.number = 0) AS e),
			of_rollup || '_reads', (SELECT string_agg('$' || n, ', ' ORDER BY n) FROM generate_series(1, cardinality(argument_types)) AS n),
			(SELECT string_agg(format('pg_catalog.count(s.k%s)', k.n), ', ' ORDER BY k.n)
			 FROM battery_rollup.level l CROSS JOIN generate_series(1, cardinality(l.keys)) AS k (n) WHERE l.rollup = of_rollup AND l.number = 0)));
END
$$;
COMMENT ON FUNCTION battery_rollup.make_fit(name, text[]) IS 'makes the function that says of a row whether every measure takes it';

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
			'	-- whoever builds holds the first, whoever folds the second\n'
			'	IF waits THEN\n'
			'		LOCK TABLE battery_rollup.%11$I IN ROW EXCLUSIVE MODE;\n'
			'		PERFORM FROM battery_rollup.fold AS f WHERE f.rollup = %2$L FOR UPDATE;\n'
			'	ELSE\n'
			'		BEGIN\n'
			'			LOCK TABLE battery_rollup.%11$I IN ROW EXCLUSIVE MODE NOWAIT;\n'
			'			PERFORM FROM battery_rollup.fold AS f WHERE f.rollup = %2$L FOR UPDATE SKIP LOCKED;\n'
			'			IF NOT FOUND THEN\n'
			'				RAISE lock_not_available;\n'
			'			END IF;\n'
			'		EXCEPTION WHEN lock_not_available THEN\n'
			'			RETURN 0;\n'
			'		END;\n'
			'	END IF;\n'
			'	IF EXISTS (SELECT FROM battery_rollup.trouble AS t WHERE t.rollup = %2$L) THEN\n'
			'		RETURN 0;\n'
			'	END IF;\n'
			'	BEGIN\n'
			'		WITH gone AS (DELETE FROM battery_rollup.%3$I RETURNING *)%4$s\n'
			'		SELECT (SELECT pg_catalog.count(*) FROM gone)%5$s, EXISTS (%10$s) INTO folded%6$s, is_impossible;\n'
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
			deletes, of_rollup || '_appended', 'appended states do not fold: ', negatives, of_rollup || '_state'));
END
$$;
COMMENT ON FUNCTION battery_rollup.make_fold(name) IS 'makes the function that folds appended states into the groups';

-- make_writers: the four trigger functions
CREATE OR REPLACE FUNCTION battery_rollup.make_writers(of_rollup name)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r battery_rollup.rollup;
	columns CONSTANT text = battery_rollup.column_list(of_rollup, 0);
	event text;
	reading text[];
BEGIN
	SELECT * INTO r FROM battery_rollup.rollup AS o WHERE o.rollup = of_rollup;
	FOREACH event IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
		-- into an array, because writing inside of a block with an exception would take a
		-- transaction id of its own for every statement
		FOR guard IN 0..1 LOOP
			reading[guard] := CASE WHEN event = 'truncate' THEN format('EXECUTE battery_rollup.event_query(%L, %L, TG_RELID, %L) INTO parts;', of_rollup, event, guard = 1)
				ELSE format(E'IF is_renamed THEN\n				EXECUTE battery_rollup.event_query(%L, %L, TG_RELID, %L) INTO parts;\n			ELSE\n				%s;\n			END IF;',
							of_rollup, event, guard = 1,
							replace(battery_rollup.event_query(of_rollup, event, r.source, guard = 1), '::battery_rollup.' || quote_ident(of_rollup || '_part') || ') FROM',
									'::battery_rollup.' || quote_ident(of_rollup || '_part') || ') INTO parts FROM')) END;
		END LOOP;
		EXECUTE format('CREATE OR REPLACE FUNCTION battery_rollup.%I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS %L',
			of_rollup || '_' || event,
			format(E'DECLARE\n	parts battery_rollup.%I[];\n	is_renamed CONSTANT boolean = battery_rollup.columns_of(%L) <> %L::name[];\nBEGIN\n'
				'	-- a partition that was detached has its triggers still\n'
				'	IF NOT battery_rollup.is_part(%2$L, TG_RELID) THEN\n		RETURN NULL;\n	END IF;\n'
				'%10$s%4$s'
				'	INSERT INTO battery_rollup.%I (%s) SELECT %6$s FROM pg_catalog.unnest(parts) AS p;\n'
				'	IF pg_catalog.current_setting(''transaction_isolation'') = ''read committed''\n'
				-- not at every write of many groups: what one fold costs is shared by several
				'		AND (SELECT a.last_value - f.appended > greatest(%s, 4 * pg_catalog.cardinality(parts)) FROM battery_rollup.%I AS a, battery_rollup.fold AS f WHERE f.rollup = %2$L) THEN\n'
				'		PERFORM battery_rollup.%9$I(false);\n'
				'	END IF;\n'
				'	RETURN NULL;\nEND', of_rollup || '_part', of_rollup, battery_rollup.columns_of(of_rollup),
				CASE WHEN r.is_strict THEN format(E'	BEGIN\n			%s\n	END;\n', reading[0])
					 ELSE format(E'	BEGIN\n			%s\n	EXCEPTION WHEN OTHERS THEN\n		-- which rows, then\n		BEGIN\n			%s\n		EXCEPTION WHEN OTHERS THEN\n'
						'			INSERT INTO battery_rollup.trouble (rollup, reason) VALUES (%L, pg_catalog.concat(''a write to '', TG_RELID::pg_catalog.regclass, '' could not be followed: '', SQLERRM));\n'
						'			RETURN NULL;\n		END;\n	END;\n', reading[0], reading[1], of_rollup) END,
				of_rollup || '_change', columns, r.fold_after, of_rollup || '_appended', of_rollup || '_fold',
				-- the server (seen in 15.20) tells of such a row that it was deleted, and not where it is
				CASE WHEN event = 'delete' THEN format(E'	IF pg_catalog.current_query() ~* ''\\mmerge\\M.*\\mthen\\s+(update|delete)\\M.*\\mthen\\s+(update|delete)\\M''\n'
					'		AND pg_catalog.current_query() !~* ''\\mthen\\s+insert\\M'' AND EXISTS (SELECT FROM pg_catalog.pg_class AS c WHERE c.oid = TG_RELID AND c.relkind = ''p'') THEN\n'
					'		INSERT INTO battery_rollup.trouble (rollup, reason) VALUES (%L, ''a MERGE that updates and deletes may have moved rows between partitions, which the server does not tell'');\n'
					'	END IF;\n', of_rollup) ELSE '' END));
	END LOOP;
END
$$;
COMMENT ON FUNCTION battery_rollup.make_writers(name) IS 'makes the trigger functions of a rollup';

-- make_triggers: on one table.  ALWAYS: also where session_replication_role is replica.
CREATE OR REPLACE FUNCTION battery_rollup.make_triggers(of_rollup name, relation regclass)
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
			of_rollup || '_' || event);
		EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', relation, trigger);
	END LOOP;
END
$$;
COMMENT ON FUNCTION battery_rollup.make_triggers(name, regclass) IS 'makes the triggers of a rollup on one table';
