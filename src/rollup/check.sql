-- check: one statement, so one snapshot, compares every group with the rows.
CREATE OR REPLACE FUNCTION battery_rollup."check"(name name)
RETURNS TABLE (level name, groups bigint, differing bigint, left_out bigint, example text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r battery_rollup.rollup = battery_rollup.of_name(name);
	l record;
	states text;
	parts text;
	query text;
BEGIN
	PERFORM battery_rollup.require_columns(name);
	states := (SELECT string_agg(format(', %I', m.measure), '' ORDER BY m.number) FROM battery_rollup.measure m WHERE m.rollup = name);
	FOR guard IN 0..1 LOOP
		query := format('WITH raw AS MATERIALIZED (%s)', battery_rollup.part_query(name, 0, battery_rollup.source_text(name, r.source::text, guard = 1), false, guard = 1));
		parts := '';
		FOR l IN SELECT v.number, v.level, v.keys FROM battery_rollup.level v WHERE v.rollup = name ORDER BY v.number LOOP
			query := query || format(', kept_%s AS MATERIALIZED (%s), differs_%1$s AS (SELECT %3$sg.rows, g.left_out%4$s FROM (SELECT %3$srows, left_out%4$s FROM kept_%1$s UNION ALL SELECT %3$srows, left_out%4$s FROM (%5$s) AS raw_%1$s) AS g GROUP BY %3$srows, left_out%4$s HAVING count(*) <> 2)',
				l.number, battery_rollup.current_query(name, l.number, 'exact_difference'),
				(SELECT string_agg(format('%I, ', k.key), '' ORDER BY k.n) FROM unnest(l.keys) WITH ORDINALITY AS k (key, n)), states,
				battery_rollup.sum_query(name, l.number, 'raw', true));
			parts := concat_ws(' UNION ALL ', nullif(parts, ''), format(
				'SELECT %L::name, (SELECT count(*) FROM kept_%s), count(DISTINCT ROW(%3$s)::text), (SELECT coalesce(sum(k.left_out), 0)::bigint FROM kept_%2$s AS k), min(ROW(%3$s)::text) FROM differs_%2$s AS d',
				l.level, l.number, coalesce((SELECT string_agg(format('d.%I', k.key), ', ' ORDER BY k.n) FROM unnest(l.keys) WITH ORDINALITY AS k (key, n)), '1')));
		END LOOP;
		BEGIN
			RETURN QUERY EXECUTE query || ' ' || parts;
			RETURN;
		EXCEPTION
			WHEN OTHERS THEN
				IF NOT battery_rollup.is_refusal(SQLSTATE) THEN
					RAISE;
				ELSIF guard = 1 THEN
					RAISE EXCEPTION 'rollup % cannot be compared with its table: %', name, SQLERRM
						USING ERRCODE = 'data_corrupted', HINT = format('Make it anew: battery-rollup refresh %s --rebuild', name);
				END IF;
		END;
	END LOOP;
END
$$;
COMMENT ON FUNCTION battery_rollup."check"(name) IS 'compares every group of every level with the rows of the table, in one snapshot; differing is to be 0';

-- Refusals that several commands share.
CREATE OR REPLACE FUNCTION battery_rollup.of_name(of_rollup name)
RETURNS battery_rollup.rollup
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r battery_rollup.rollup;
BEGIN
	SELECT * INTO r FROM battery_rollup.rollup AS o WHERE o.rollup = of_rollup;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'there is no rollup "%"', of_rollup
			USING ERRCODE = 'undefined_object',
				  HINT = coalesce('There are ' || (SELECT string_agg(o.rollup, ', ' ORDER BY o.rollup) FROM battery_rollup.rollup o) || '.', 'Make one with battery-rollup create.');
	END IF;
	RETURN r;
END
$$;
COMMENT ON FUNCTION battery_rollup.of_name(name) IS 'a rollup by its name';

CREATE OR REPLACE FUNCTION battery_rollup.require_owner()
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	owner name = (SELECT pg_get_userbyid(n.nspowner) FROM pg_namespace n WHERE n.nspname = 'battery_rollup');
	other record;
BEGIN
	IF current_user <> owner THEN
		RAISE EXCEPTION 'rollups are made and kept by role "%", the owner of schema battery_rollup', owner
			USING ERRCODE = 'insufficient_privilege',
				  HINT = CASE WHEN pg_has_role(current_user, owner, 'MEMBER') THEN format('SET ROLE %I first.', owner)
							  ELSE format('Connect as role %I, or GRANT %1$I TO %I and then SET ROLE %1$I.', owner, current_user) END;
	END IF;
	-- aggregates are named there, and run with the owner's rights
	SELECT n.nspname, r.rolname INTO other
	FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace CROSS JOIN pg_roles r
	WHERE e.extname = 'battery' AND NOT r.rolsuper AND NOT pg_has_role(r.oid, current_user, 'MEMBER') AND NOT starts_with(r.rolname, 'pg_')
	  AND has_schema_privilege(r.oid, n.oid, 'CREATE')
	ORDER BY r.rolname LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'role "%" may create objects in schema "%", where the aggregates of rollups are looked up', other.rolname, other.nspname
			USING ERRCODE = 'insufficient_privilege',
				  HINT = format('Move the extension to a schema of its own: CREATE SCHEMA battery; GRANT USAGE ON SCHEMA battery TO %I; ALTER EXTENSION battery SET SCHEMA battery.', owner);
	END IF;
END
$$;
COMMENT ON FUNCTION battery_rollup.require_owner() IS 'refuses every role but the owner of the schema';

-- Who drops a column with CASCADE drops the view that holds on to it.
CREATE OR REPLACE FUNCTION battery_rollup.require_columns(of_rollup name)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF battery_rollup.columns_of(of_rollup) IS NULL THEN
		RAISE EXCEPTION 'the table or a column that rollup % reads was dropped', of_rollup
			USING ERRCODE = 'undefined_column', HINT = format('battery-rollup drop %s, and make it anew.', of_rollup);
	END IF;
END
$$;
COMMENT ON FUNCTION battery_rollup.require_columns(name) IS 'refuses a rollup that has lost a column';

CREATE OR REPLACE FUNCTION battery_rollup.require_source(relation regclass)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	c pg_class;
	why text;
BEGIN
	SELECT * INTO c FROM pg_class AS o WHERE o.oid = relation;
	IF c.relnamespace = 'battery_rollup'::regnamespace THEN
		RAISE EXCEPTION '% belongs to a rollup', relation
			USING ERRCODE = 'wrong_object_type', HINT = 'Give the rollup of the table itself a coarser level: --over=...';
	ELSIF c.relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) THEN
		RAISE EXCEPTION '% is a table of the system', relation
			USING ERRCODE = 'wrong_object_type', HINT = 'Give a table of yours.';
	ELSIF c.relkind NOT IN ('r', 'p') THEN
		RAISE EXCEPTION '% is not a table', relation
			USING ERRCODE = 'wrong_object_type',
				  HINT = CASE c.relkind WHEN 'f' THEN 'Rows of another server change without a trigger here. Make the rollup there, and read its states by rollup().'
						 ELSE 'Give the table whose rows it shows.' END;
	ELSIF c.relpersistence <> 'p' THEN
		RAISE EXCEPTION 'table % is %', relation, CASE c.relpersistence WHEN 't' THEN 'temporary' ELSE 'unlogged' END
			USING ERRCODE = 'wrong_object_type',
				  HINT = CASE c.relpersistence WHEN 't' THEN 'Use a permanent table.' ELSE format('A crash empties it and leaves the rollup. ALTER TABLE %s SET LOGGED first.', relation) END;
	ELSIF c.relrowsecurity THEN
		RAISE EXCEPTION 'row security is on for table %', relation
			USING ERRCODE = 'feature_not_supported',
				  HINT = 'Sums over all rows would show what a policy hides. Make the rollup of a table without row security that has what readers may see.';
	ELSIF NOT pg_has_role(c.relowner, 'USAGE') THEN
		RAISE EXCEPTION 'role "%" does not own table %', current_user, relation
			USING ERRCODE = 'insufficient_privilege',
				  HINT = format('Its triggers are the owner''s. GRANT %I TO %I, or ALTER TABLE %s OWNER TO %2$I.', pg_get_userbyid(c.relowner), current_user, relation);
	ELSIF EXISTS (SELECT FROM pg_partition_tree(relation) AS t JOIN pg_class p ON p.oid = t.relid WHERE p.relkind = 'f') THEN
		RAISE EXCEPTION 'table % has a partition on another server', relation
			USING ERRCODE = 'feature_not_supported', HINT = 'Its rows change without a trigger here. Make rollups on either server, and merge their states by rollup().';
	END IF;
END
$$;
COMMENT ON FUNCTION battery_rollup.require_source(regclass) IS 'refuses what cannot be the table of a rollup, or part of it';

-- A statement that names the parent fires no trigger of a statement on its parts.
CREATE OR REPLACE FUNCTION battery_rollup.require_whole(relation regclass)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	part record;
BEGIN
	WITH RECURSIVE t (oid) AS (
		SELECT relation::oid
		UNION
		SELECT i.inhrelid FROM t JOIN pg_inherits i ON i.inhparent = t.oid
	)
	SELECT t.oid::regclass AS name, i.inhparent::regclass AS parent INTO part
	FROM t JOIN pg_inherits i ON i.inhrelid = t.oid
	WHERE NOT EXISTS (SELECT FROM t AS p WHERE p.oid = i.inhparent) ORDER BY t.oid <> relation, i.inhparent LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'table % is part of table %', part.name, part.parent
			USING ERRCODE = 'wrong_object_type',
				  HINT = format('Rows that are written by the name of the parent would be missed. %s',
								CASE WHEN part.name = relation THEN format('Make the rollup of %s; a key tells the parts apart.', part.parent)
									 ELSE format('ALTER TABLE %s NO INHERIT %s first.', part.name, part.parent) END);
	END IF;
END
$$;
COMMENT ON FUNCTION battery_rollup.require_whole(regclass) IS 'refuses a partition, or a table that inherits, or one of whose parts has another parent';
