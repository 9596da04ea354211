-- What brings a rollup up to date when triggers could not.

-- mend: triggers wherever they are missing.  Each table that gets some is locked against
-- writes (SHARE ROW EXCLUSIVE) until the transaction ends.
CREATE OR REPLACE FUNCTION battery_rollup.mend(of_rollup name)
RETURNS SETOF text
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home name = (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'battery');
	r battery_rollup.rollup;
	t record;
	trigger name;
BEGIN
	r := battery_rollup.of_name(of_rollup);
	PERFORM battery_rollup.require_columns(of_rollup);
	IF r.battery_schema <> home THEN
		UPDATE battery_rollup.rollup AS o SET battery_schema = home WHERE o.rollup = of_rollup;
		PERFORM battery_rollup.make_code(of_rollup);
		RETURN NEXT format('the triggers take the extension from schema %s', home);
	ELSIF (SELECT position(quote_literal(battery_rollup.columns_of(of_rollup)) IN p.prosrc) = 0 FROM pg_proc p
		   WHERE p.pronamespace = 'battery_rollup'::regnamespace AND p.proname = (of_rollup || '_insert')::name) THEN
		PERFORM battery_rollup.make_code(of_rollup);
	END IF;
	FOR t IN
		SELECT m.relation FROM battery_rollup.member m
		WHERE m.rollup = of_rollup AND NOT EXISTS (SELECT FROM battery_rollup.tables_of(of_rollup) AS x (oid) WHERE x.oid = m.relation::oid)
	LOOP
		EXECUTE format('LOCK TABLE battery_rollup.%I IN SHARE ROW EXCLUSIVE MODE', of_rollup || '_state');
		IF EXISTS (SELECT FROM pg_class c WHERE c.oid = t.relation::oid) THEN
			FOREACH trigger IN ARRAY battery_rollup.trigger_names(of_rollup) LOOP
				EXECUTE format('DROP TRIGGER IF EXISTS %I ON %s', trigger, t.relation);
			END LOOP;
		END IF;
		DELETE FROM battery_rollup.member m WHERE m.rollup = of_rollup AND m.relation = t.relation;
		INSERT INTO battery_rollup.trouble (rollup, reason) VALUES (of_rollup, format('partition %s has gone', t.relation));
		RETURN NEXT format('%s is no part of the table any more', t.relation);
	END LOOP;
	-- A write by the name of the table locks its partitions in the order of its rows.
	IF (SELECT count(*) FROM battery_rollup.tables_of(of_rollup) AS x (oid)
		WHERE NOT EXISTS (SELECT FROM battery_rollup.member m WHERE m.rollup = of_rollup AND m.relation::oid = x.oid) OR battery_rollup.lacks_trigger(of_rollup, x.oid)) > 1 THEN
		EXECUTE format('LOCK TABLE battery_rollup.%I IN SHARE ROW EXCLUSIVE MODE', of_rollup || '_state');
		EXECUTE format('LOCK TABLE ONLY %s IN SHARE ROW EXCLUSIVE MODE', r.source);
	END IF;
	FOR t IN
		SELECT x.oid::regclass AS relation, m.relation IS NULL AS is_new
		FROM battery_rollup.tables_of(of_rollup) WITH ORDINALITY AS x (oid, n)
		LEFT JOIN battery_rollup.member m ON m.rollup = of_rollup AND m.relation::oid = x.oid
		WHERE m.relation IS NULL OR battery_rollup.lacks_trigger(of_rollup, x.oid)
		-- the order in which writes by the name of the table lock
		ORDER BY x.n
	LOOP
		-- whoever folds is waited for while this holds no table
		EXECUTE format('LOCK TABLE battery_rollup.%I IN SHARE ROW EXCLUSIVE MODE', of_rollup || '_state');
		PERFORM battery_rollup.require_source(t.relation);
		IF t.is_new THEN
			INSERT INTO battery_rollup.member (rollup, relation) VALUES (of_rollup, t.relation);
		END IF;
		PERFORM battery_rollup.make_triggers(of_rollup, t.relation);
		-- what was written until now is in no state
		INSERT INTO battery_rollup.trouble (rollup, reason, relation) VALUES (of_rollup, format('%s had no triggers', t.relation), t.relation);
		RETURN NEXT format('%s has triggers now', t.relation);
	END LOOP;
END
$$;
COMMENT ON FUNCTION battery_rollup.mend(name) IS 'gives partitions the triggers that they lack; what they hold comes in by rebuild';

-- lock_for_build: first whoever folds, who may go on to truncate the table; who wants one
-- snapshot takes this lock before it.  Then the table, whose writers wait for no fold.
CREATE OR REPLACE FUNCTION battery_rollup.lock_for_build(of_rollup name)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('LOCK TABLE battery_rollup.%I IN SHARE ROW EXCLUSIVE MODE', of_rollup || '_state');
	PERFORM FROM battery_rollup.fold AS f WHERE f.rollup = of_rollup FOR UPDATE;
	EXECUTE format('LOCK TABLE %s IN ACCESS SHARE MODE', (battery_rollup.of_name(of_rollup)).source);
	-- the rows that an older snapshot is to see have gone, and not their taking
	IF current_setting('transaction_isolation') <> 'read committed'
		AND EXISTS (SELECT FROM battery_rollup.tables_of(of_rollup) AS t (oid) JOIN pg_class c ON c.oid = t.oid WHERE c.relkind = 'r' AND pg_relation_filenode(c.oid) <> c.relfilenode) THEN
		RAISE EXCEPTION 'rollup % cannot be built by a snapshot that is older than a TRUNCATE of its table', of_rollup
			USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Use READ COMMITTED, or battery-rollup refresh.';
	END IF;
END
$$;
COMMENT ON FUNCTION battery_rollup.lock_for_build(name) IS 'waits for whoever folds or truncates, and keeps them off';

-- build_coarser: the coarser levels from the finest, of which nothing is appended
CREATE OR REPLACE FUNCTION battery_rollup.build_coarser(of_rollup name)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	l record;
BEGIN
	FOR l IN SELECT v.number, v.level FROM battery_rollup.level v WHERE v.rollup = of_rollup AND v.number > 0 LOOP
		EXECUTE format('DELETE FROM battery_rollup.%I', l.level || '_state');
		EXECUTE format('INSERT INTO battery_rollup.%I (%s) %s', l.level || '_state', battery_rollup.column_list(of_rollup, l.number),
					   battery_rollup.sum_query(of_rollup, l.number, format('battery_rollup.%I', of_rollup || '_state'), true));
	END LOOP;
	FOR l IN SELECT v.level FROM battery_rollup.level v WHERE v.rollup = of_rollup LOOP
		EXECUTE format('ANALYZE battery_rollup.%I', l.level || '_state');
	END LOOP;
END
$$;
COMMENT ON FUNCTION battery_rollup.build_coarser(name) IS 'makes the groups of the coarser levels from those of the finest';

-- rebuild: every group from the rows.  No writer waits: what is visible to the statement
-- is in the groups, what is not comes as a change.
CREATE OR REPLACE FUNCTION battery_rollup.rebuild(of_rollup name)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r battery_rollup.rollup = battery_rollup.of_name(of_rollup);
	one_snapshot CONSTANT boolean = current_setting('transaction_isolation') <> 'read committed';
	columns CONSTANT text = battery_rollup.column_list(of_rollup, 0);
	query text;
BEGIN
	PERFORM battery_rollup.lock_for_build(of_rollup);
	EXECUTE format('DELETE FROM battery_rollup.%I', of_rollup || '_state');
	FOR guard IN 0..1 LOOP
		query := battery_rollup.part_query(of_rollup, 0, battery_rollup.source_text(of_rollup, r.source::text, guard = 1), false, guard = 1);
		BEGIN
			IF one_snapshot THEN
				-- only a new table is filled by several processes
				EXECUTE format('CREATE UNLOGGED TABLE battery_rollup.%I AS %s', of_rollup || '_build', query);
				query := format('SELECT %s FROM battery_rollup.%I', columns, of_rollup || '_build');
			END IF;
			-- trouble that the snapshot does not see stays
			EXECUTE format('WITH %s, gone_trouble AS (DELETE FROM battery_rollup.trouble AS t WHERE t.rollup = %L) INSERT INTO battery_rollup.%I (%s) %s', battery_rollup.delete_appended(of_rollup), of_rollup, of_rollup || '_state', columns, query);
			IF one_snapshot THEN
				EXECUTE format('DROP TABLE battery_rollup.%I', of_rollup || '_build');
			END IF;
			EXIT;
		EXCEPTION
			WHEN OTHERS THEN
				IF SQLSTATE = '54000' AND guard = 1 THEN
					RAISE EXCEPTION 'rollup % cannot be built: %', of_rollup, SQLERRM
						USING ERRCODE = SQLSTATE, HINT = 'Where a key is too long for an index, make the rollup by a shorter one, such as left(key, 200).';
				ELSIF r.is_strict OR guard = 1 OR NOT battery_rollup.is_refusal(SQLSTATE) THEN
					RAISE;
				END IF;
		END;
	END LOOP;
	PERFORM battery_rollup.build_coarser(of_rollup);
	UPDATE battery_rollup.member AS m SET generated = battery_rollup.generated_by(of_rollup, m.relation::oid) WHERE m.rollup = of_rollup;
	-- until it is built when this is over
	INSERT INTO battery_rollup.trouble (rollup, reason, relation)
	SELECT of_rollup, format('table %s was fed by a subscription', m.relation), m.relation
	FROM battery_rollup.member m WHERE m.rollup = of_rollup AND EXISTS (SELECT FROM pg_subscription_rel s WHERE s.srrelid = m.relation::oid);
	UPDATE battery_rollup.rollup AS o SET built_at = now() WHERE o.rollup = of_rollup;
END
$$;
COMMENT ON FUNCTION battery_rollup.rebuild(name) IS 'makes every group from the rows of the table, while writers go on';

CREATE OR REPLACE FUNCTION battery_rollup.refresh(name name, rebuild boolean DEFAULT false, partition regclass DEFAULT NULL)
RETURNS text
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r battery_rollup.rollup;
	mended text[];
	folded bigint;
	level name;
BEGIN
	PERFORM battery_rollup.require_owner();
	r := battery_rollup.of_name(name);
	IF rebuild AND partition IS NOT NULL THEN
		RAISE EXCEPTION 'a partition is refreshed, or all is rebuilt' USING ERRCODE = 'invalid_parameter_value', HINT = 'Give one of the two.';
	ELSIF partition IS NOT NULL THEN
		-- refused before anything is done
		PERFORM battery_rollup.partition_groups(name, partition);
	END IF;
	mended := ARRAY(SELECT m FROM battery_rollup.mend(name) AS m);
	IF cardinality(mended) > 0 AND current_setting('transaction_isolation') <> 'read committed' THEN
		RAISE EXCEPTION 'a transaction with one snapshot cannot mend rollup %', name
			USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Use READ COMMITTED, or battery-rollup refresh.';
	END IF;
	IF partition IS NOT NULL AND r.built_at IS NOT NULL THEN
		RETURN concat_ws('; ', nullif(array_to_string(mended, '; '), ''), format('%s groups built from the rows of %s', battery_rollup.refresh_partition(name, partition), partition));
	ELSIF NOT (rebuild OR r.built_at IS NULL OR EXISTS (SELECT FROM battery_rollup.trouble t WHERE t.rollup = name) OR EXISTS (SELECT FROM battery_rollup.regenerated(name))
			   OR EXISTS (SELECT FROM battery_rollup.member m JOIN pg_subscription_rel s ON s.srrelid = m.relation::oid WHERE m.rollup = name)) THEN
		-- the finest level last, whose number is told
		FOR level IN SELECT v.level FROM battery_rollup.level v WHERE v.rollup = refresh.name ORDER BY v.number DESC LOOP
			EXECUTE format('SELECT battery_rollup.%I(true)', level || '_fold') INTO folded;
		END LOOP;
		IF NOT EXISTS (SELECT FROM battery_rollup.trouble t WHERE t.rollup = name) THEN
			RETURN format('%s appended states folded', folded);
		END IF;
	END IF;
	PERFORM battery_rollup.rebuild(name);
	RETURN concat_ws('; ', nullif(array_to_string(mended, '; '), ''), 'built from all rows');
END
$$;
COMMENT ON FUNCTION battery_rollup.refresh(name, boolean, regclass) IS 'folds what was appended; where a rollup is stale, or with rebuild, makes it from all rows; with a partition, its groups from its rows';
