-- The functions and triggers of a rollup.  Their text is made once, so that a write runs
-- static SQL with cached plans.  They name columns of the user's table, and look first
-- whether these are called so still; if not, the statement is made anew for this write,
-- and refresh makes the functions.

-- is_refusal: a row's values, or the sum of many, are none that a measure or a key takes;
-- what else fails is no property of the rows.
CREATE OR REPLACE FUNCTION battery_rollup.is_refusal(state text)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- data_exception, integrity_constraint_violation, program_limit_exceeded, raise_exception
RETURN substr(state, 1, 2) = ANY ('{22,23,54}') OR state = 'P0001';
COMMENT ON FUNCTION battery_rollup.is_refusal(text) IS 'whether an error, by its SQLSTATE, is a measure''s refusal of values';

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
			'EXCEPTION WHEN OTHERS THEN\n'
			'	IF NOT battery_rollup.is_refusal(SQLSTATE) THEN\n		RAISE;\n	END IF;\n'
			'	BEGIN\n'
			'		PERFORM %4$s FROM battery_rollup.%2$I(%3$s) AS s;\n'
			'		RETURN 1;\n'
			'	EXCEPTION WHEN OTHERS THEN\n'
			'		IF NOT battery_rollup.is_refusal(SQLSTATE) THEN\n			RAISE;\n		END IF;\n'
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

-- make_fold: for each level, the function that folds its appended states into its groups.
-- One statement, so what is folded and what is deleted is what one snapshot sees.
CREATE OR REPLACE FUNCTION battery_rollup.make_fold(of_rollup name)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	l record;
BEGIN
	FOR l IN
		SELECT v.number, v.level FROM battery_rollup.level v WHERE v.rollup = of_rollup ORDER BY v.number
	LOOP
		EXECUTE format(
			-- the states of what writes append at most, so that they are not sorted on disk
			'CREATE OR REPLACE FUNCTION battery_rollup.%I(waits boolean) RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET work_mem = ''64MB'' AS %L', l.level || '_fold',
			format(E'#variable_conflict use_column\n<<fold>>\nDECLARE\n'
				'	folded bigint;\n'
				'	empty tid[];\n'
				'	is_impossible boolean;\n'
				'BEGIN\n'
				'	-- whoever builds holds the first, whoever folds the second\n'
				'	IF waits THEN\n'
				'		LOCK TABLE battery_rollup.%3$I IN ROW EXCLUSIVE MODE;\n'
				'		PERFORM FROM battery_rollup.fold AS f WHERE f.rollup = %1$L AND f.number = %2$s FOR UPDATE;\n'
				'	ELSE\n'
				'		BEGIN\n'
				'			LOCK TABLE battery_rollup.%3$I IN ROW EXCLUSIVE MODE NOWAIT;\n'
				'			PERFORM FROM battery_rollup.fold AS f WHERE f.rollup = %1$L AND f.number = %2$s FOR UPDATE SKIP LOCKED;\n'
				'			IF NOT FOUND THEN\n'
				'				RAISE lock_not_available;\n'
				'			END IF;\n'
				'		EXCEPTION WHEN lock_not_available THEN\n'
				'			RETURN 0;\n'
				'		END;\n'
				'	END IF;\n'
				'	IF EXISTS (SELECT FROM battery_rollup.trouble AS t WHERE t.rollup = %1$L) THEN\n'
				'		RETURN 0;\n'
				'	END IF;\n'
				'	BEGIN\n'
				'		WITH gone AS (DELETE FROM battery_rollup.%4$I RETURNING true)%5$s,\n'
				'		sums AS (%7$s)\n'
				'		SELECT (SELECT pg_catalog.count(*) FROM gone)%8$s, (SELECT pg_catalog.array_agg(e.place) FROM sums AS e WHERE e.is_empty), EXISTS (SELECT FROM sums AS e WHERE e.is_impossible)\n'
				'		INTO folded, empty, is_impossible;\n'
				'		IF is_impossible THEN\n'
				'			RAISE data_exception USING MESSAGE = ''more rows were taken out of a group than it had'';\n'
				'		END IF;\n'
				'		DELETE FROM battery_rollup.%6$I AS t WHERE t.ctid = ANY (fold.empty);\n'
				'		UPDATE battery_rollup.fold AS f SET appended = (SELECT a.last_value FROM battery_rollup.%9$I AS a), failed_in = NULL WHERE f.rollup = %1$L AND f.number = %2$s;\n'
				'	EXCEPTION WHEN OTHERS THEN\n'
				'		IF NOT battery_rollup.is_refusal(SQLSTATE) THEN\n'
				'			RAISE;\n'
				'		END IF;\n'
				'		-- Where a trigger of the table writes to it, rows may be taken out before the write\n'
				'		-- that brought them has appended them: then it is for that write to fold, or the\n'
				'		-- next, or another transaction finds that they do not fold at all.\n'
				'		IF NOT waits AND pg_catalog.pg_trigger_depth() > 1 THEN\n'
				'			UPDATE battery_rollup.fold AS f SET appended = (SELECT a.last_value FROM battery_rollup.%9$I AS a) WHERE f.rollup = %1$L AND f.number = %2$s;\n'
				'		ELSE\n'
				'			UPDATE battery_rollup.fold AS f SET failed_in = pg_catalog.pg_current_xact_id()\n'
				'			WHERE f.rollup = %1$L AND f.number = %2$s AND NOT waits AND coalesce(f.failed_in = pg_catalog.pg_current_xact_id(), true);\n'
				'		END IF;\n'
				'		IF NOT FOUND THEN\n'
				'			INSERT INTO battery_rollup.trouble (rollup, reason) VALUES (%1$L, pg_catalog.concat(''appended states do not fold: '', SQLERRM));\n'
				'		END IF;\n'
				'		RETURN 0;\n'
				'	END;\n'
				'	RETURN folded;\n'
				'END',
				of_rollup, l.number, of_rollup || '_state', l.level || '_change',
				CASE WHEN l.number = 0 THEN format(E',\n		gone_rows AS (DELETE FROM battery_rollup.%I RETURNING true)', of_rollup || '_rows') ELSE '' END,
				l.level || '_state', battery_rollup.fold_query(of_rollup, l.number, format('(%s)', battery_rollup.appended_query(of_rollup, l.number))),
				CASE WHEN l.number = 0 THEN ' + (SELECT pg_catalog.count(*) FROM gone_rows)' ELSE '' END,
				l.level || '_appended'));
	END LOOP;
END
$$;
COMMENT ON FUNCTION battery_rollup.make_fold(name) IS 'makes the functions that fold appended states into the groups';

-- wide_block: the alternative for a write of many rows of which nearly each is a group of
-- its own (of a sample).  A state would be no smaller than the row, so the row is appended
-- as it was read.  The sums of a coarser level, or of all rows, show that the measures
-- take each of them.
CREATE OR REPLACE FUNCTION battery_rollup.wide_block(of_rollup name, event text, relation regclass)
RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT concat(
		(SELECT format(E'ELSIF EXISTS (SELECT FROM %s OFFSET 999)\n			AND (SELECT pg_catalog.count(*) >= 900 FROM (SELECT DISTINCT %s FROM (SELECT s.* FROM %s LIMIT 1000) AS s) AS d) THEN\n', e.rows_of,
					   (SELECT string_agg('s.k' || k, ', ' ORDER BY k) FROM generate_series(1, cardinality(l.keys)) AS k), battery_rollup.source_text(of_rollup, e.rows_of, false))
		 FROM battery_rollup.event_rows(event, relation) AS e ORDER BY e.is_taken LIMIT 1),
		format(E'				INSERT INTO battery_rollup.%I SELECT %s;\n				GET DIAGNOSTICS appended_0 = ROW_COUNT;\n', of_rollup || '_rows',
			   (SELECT string_agg(format('s.*, %L::boolean FROM %s', e.is_taken, battery_rollup.source_text(of_rollup, e.rows_of, false)), ' UNION ALL SELECT ' ORDER BY e.is_taken) FROM battery_rollup.event_rows(event, relation) AS e)),
		coalesce((SELECT string_agg(format(E'				INSERT INTO battery_rollup.%I (%s) %s;\n				GET DIAGNOSTICS appended_%s = ROW_COUNT;\n', c.level || '_change', battery_rollup.column_list(of_rollup, c.number),
										   battery_rollup.level_parts(of_rollup, c.number, event, relation, false), c.number), '' ORDER BY c.number)
				  FROM battery_rollup.level c WHERE c.rollup = of_rollup AND c.number > 0),
				 format(E'				PERFORM p FROM (%s) AS p;\n', battery_rollup.level_parts(of_rollup, NULL, event, relation, false))))
	FROM battery_rollup.level l WHERE l.rollup = of_rollup AND l.number = 0;
END;
COMMENT ON FUNCTION battery_rollup.wide_block(name, text, regclass) IS 'PL/pgSQL: a write of many rows in nearly as many groups';

-- statement_texts: where the statement that fires a trigger may be written: as the client
-- sent it, prepared it, or in what runs it.  PL/pgSQL and other languages have its text in
-- the context of the trigger function, functions in SQL their name alone.
CREATE OR REPLACE FUNCTION battery_rollup.statement_texts(context text)
RETURNS SETOF text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT current_query() UNION ALL SELECT context
	UNION ALL SELECT p.statement FROM pg_prepared_statements p WHERE concat(current_query(), context) ~* '[[:<:]]execute[[:>:]]'
	UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p
	-- below the trigger function's own line stands the statement, or else who runs it
	WHERE strpos(context, E'\n') > 0 AND context !~* E'^[^\n]*\n[^\n]*[^[:alnum:]_[:space:]](with|update|delete|merge)[[:space:]]'
	  AND strpos(context, p.proname) > 0 AND p.prokind IN ('f', 'p')
	  AND p.prolang = (SELECT l.oid FROM pg_language l WHERE l.lanname = 'sql');
END;
COMMENT ON FUNCTION battery_rollup.statement_texts(text) IS 'where the statement that fires a trigger may be written';

-- may_move_untold: The server (seen in 15.20) tells the triggers of DELETE and INSERT of a row
-- that a MERGE moves to another partition, and calls these where it has such an action.
-- Told by the text, where in doubt it is so.
CREATE OR REPLACE FUNCTION battery_rollup.may_move_untold(event text, relation oid, context text)
RETURNS boolean
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT EXISTS (SELECT FROM pg_partitioned_table p WHERE p.partrelid = relation) AND EXISTS (
		SELECT FROM battery_rollup.statement_texts(context) AS t (statement), regexp_split_to_table(t.statement, '[[:<:]]merge[[:>:]]', 'i') WITH ORDINALITY AS m (merge, n)
		WHERE m.n > 1 AND m.merge ~* '[[:<:]]update[[:>:]]'
		  AND CASE event
			  WHEN 'delete' THEN m.merge ~* '[[:<:]]delete[[:>:]]' AND m.merge !~* '[[:<:]]then[[:space:]]+insert[[:>:]]'
			  ELSE m.merge !~* '[[:<:]]then[[:space:]]+delete[[:>:]]'
			   AND EXISTS (SELECT FROM pg_partition_tree(relation) AS b JOIN pg_partitioned_table p ON p.partrelid = b.relid
						   WHERE 0 = ANY (p.partattrs) OR m.merge ~* '[[:<:]]update[[:>:]].*[[:<:]]set[[:space:]]*[(]'
							  OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = p.partrelid AND a.attnum = ANY (p.partattrs)
										 AND m.merge ~* concat('[[:<:]]update[[:>:]].*', regexp_replace(a.attname, '(\W)', '\\\1', 'g'), '"?[[:space:]]*=')))
			  END);
END;
COMMENT ON FUNCTION battery_rollup.may_move_untold(text, oid, text) IS 'whether a trigger fires for a MERGE that may move rows between partitions of which it is not told';

-- make_writers: the four trigger functions
CREATE OR REPLACE FUNCTION battery_rollup.make_writers(of_rollup name)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r battery_rollup.rollup;
	declared text;
	targets text;
	appends text;
	folds text;
	event text;
	reading text[];
	is_partitioned boolean;
BEGIN
	SELECT * INTO r FROM battery_rollup.rollup AS o WHERE o.rollup = of_rollup;
	SELECT string_agg(format(E'	parts_%s battery_rollup.%I[];\n	appended_%1$s bigint = 0;\n', l.number, l.level || '_change'), '' ORDER BY l.number),
		   string_agg(format('parts_%s', l.number), ', ' ORDER BY l.number),
		   string_agg(format(E'		INSERT INTO battery_rollup.%I (%s) SELECT %2$s FROM pg_catalog.unnest(parts_%3$s) AS p;\n		GET DIAGNOSTICS appended_%3$s = ROW_COUNT;\n',
							 l.level || '_change', battery_rollup.column_list(of_rollup, l.number), l.number), '' ORDER BY l.number),
		   -- A write of many states leaves the fold, which costs more by the group than by the
		   -- state, to some sixteenth one; but nobody reads more appended states than groups.
		   string_agg(format(E'	is_due := (SELECT (SELECT pg_catalog.max(pg_catalog.nextval(%L)) FROM pg_catalog.generate_series(1, appended_%s)) - f.appended > greatest(%s, least(c.reltuples, 16 * appended_%2$s))\n'
							 '		FROM battery_rollup.fold AS f, pg_catalog.pg_class AS c WHERE f.rollup = %4$L AND f.number = %2$s AND c.oid = %5$L::pg_catalog.regclass);\n'
							 '	IF is_due AND pg_catalog.current_setting(''transaction_isolation'') = ''read committed'' THEN\n'
							 '		PERFORM battery_rollup.%6$I(false);\n'
							 '	END IF;\n', format('battery_rollup.%I', l.level || '_appended'), l.number, r.fold_after, of_rollup, format('battery_rollup.%I', l.level || '_state'), l.level || '_fold'), '' ORDER BY l.number)
	INTO declared, targets, appends, folds
	FROM battery_rollup.level l WHERE l.rollup = of_rollup;
	is_partitioned := EXISTS (SELECT FROM pg_partitioned_table AS p WHERE p.partrelid = r.source);
	FOREACH event IN ARRAY ARRAY['insert', 'update', 'delete', 'truncate'] LOOP
		-- into arrays, because writing inside of a block with an exception takes a transaction
		-- id of its own, which is much for a statement of few rows
		FOR guard IN 0..1 LOOP
			reading[guard] := format('EXECUTE battery_rollup.event_query(%L, %L, TG_RELID, %L) INTO %s;', of_rollup, event, guard = 1, targets);
			IF event <> 'truncate' THEN
				reading[guard] := format(E'IF is_renamed THEN\n				%s\n			%sELSE\n				%s INTO %s;\n			END IF;', reading[guard],
					CASE WHEN guard = 0 THEN battery_rollup.wide_block(of_rollup, event, r.source) || '			' ELSE '' END,
					battery_rollup.event_query(of_rollup, event, r.source, guard = 1), targets);
			END IF;
		END LOOP;
		-- else the server would plan anew for the length of the arrays, at every write
		EXECUTE format('CREATE OR REPLACE FUNCTION battery_rollup.%I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS %L',
			of_rollup || '_' || event,
			-- a key may be called like a variable
			format(E'#variable_conflict use_column\nDECLARE\n%s	is_due boolean;\n	context text;\n	is_renamed CONSTANT boolean = battery_rollup.columns_of(%L) <> %L::name[];\nBEGIN\n'
				-- A partition that was detached appends still: it may come back.
				'	-- its drop is waited for; or the rollup is younger than the snapshot\n'
				'	IF is_renamed IS NULL AND pg_catalog.current_setting(''transaction_isolation'') = ''read committed'' THEN\n		RETURN NULL;\n	END IF;\n'
				'%4$s%5$s'
				'	IF parts_0 IS NOT NULL THEN\n%6$s	END IF;\n'
				'%7$s'
				'	RETURN NULL;\nEND', declared, of_rollup, battery_rollup.columns_of(of_rollup),
				CASE event
				WHEN 'truncate' THEN format(E'	IF pg_catalog.current_setting(''transaction_isolation'') <> ''read committed'' THEN\n'
					'		INSERT INTO battery_rollup.trouble (rollup, reason, relation) VALUES (%L, ''a TRUNCATE in a transaction with one snapshot may have removed rows that it does not see'', TG_RELID);\n'
					'	END IF;\n', of_rollup)
				WHEN 'insert' THEN ''
				ELSE CASE WHEN is_partitioned THEN format(E'	GET DIAGNOSTICS context = PG_CONTEXT;\n	IF battery_rollup.may_move_untold(%L, TG_RELID, context) THEN\n'
					'		INSERT INTO battery_rollup.trouble (rollup, reason) VALUES (%L, ''a MERGE may have moved rows between partitions, which the server does not tell'');\n'
					'	END IF;\n', event, of_rollup) ELSE '' END END,
				format(E'	BEGIN\n			%s\n	EXCEPTION WHEN OTHERS THEN\n		-- which rows, then\n		BEGIN\n			%s\n		EXCEPTION WHEN OTHERS THEN\n%s'
						'			INSERT INTO battery_rollup.trouble (rollup, reason, relation) VALUES (%L, pg_catalog.concat(''a write to '', TG_RELID::pg_catalog.regclass, '' could not be followed: '', SQLERRM), TG_RELID);\n'
						'			RETURN NULL;\n		END;\n	END;\n', reading[0],
					   CASE WHEN r.is_strict THEN 'RAISE;' ELSE reading[1] END, CASE WHEN r.is_strict THEN E'			IF battery_rollup.is_refusal(SQLSTATE) AND battery_rollup.is_part(' || quote_literal(of_rollup) || E', TG_RELID) THEN\n				RAISE;\n			END IF;\n' ELSE '' END, of_rollup),
				appends, folds));
		-- Nobody else is to fire it by a table of theirs.  A trigger that fires asks for no right.
		EXECUTE format('REVOKE EXECUTE ON FUNCTION battery_rollup.%I() FROM PUBLIC', of_rollup || '_' || event);
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
