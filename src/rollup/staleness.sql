-- What no trigger sees is found when a rollup is read.

-- tables_of: the table of a rollup and what hangs below it
CREATE OR REPLACE FUNCTION battery_rollup.tables_of(of_rollup name)
RETURNS SETOF oid
LANGUAGE sql STABLE
BEGIN ATOMIC
	WITH RECURSIVE t (oid) AS (
		SELECT r.source::oid FROM battery_rollup.rollup r WHERE r.rollup = of_rollup
		UNION
		SELECT i.inhrelid FROM t JOIN pg_inherits i ON i.inhparent = t.oid WHERE NOT i.inhdetachpending
	)
	SELECT t.oid FROM t;
END;
COMMENT ON FUNCTION battery_rollup.tables_of(name) IS 'the table of a rollup and its partitions, as they are now';

CREATE OR REPLACE FUNCTION battery_rollup.is_part(of_rollup name, relation oid)
RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (WITH RECURSIVE t (oid) AS (
				SELECT relation
				UNION
				SELECT i.inhparent FROM t JOIN pg_inherits i ON i.inhrelid = t.oid
			)
			SELECT EXISTS (SELECT FROM t JOIN battery_rollup.rollup r ON r.source::oid = t.oid WHERE r.rollup = of_rollup));
END
$$;
COMMENT ON FUNCTION battery_rollup.is_part(name, oid) IS 'whether a table is that of a rollup or below it';

CREATE OR REPLACE FUNCTION battery_rollup.trigger_names(of_rollup name)
RETURNS name[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT array_agg(format('battery_rollup_%s_%s', of_rollup, e.event)::name) FROM unnest('{insert,update,delete,truncate}'::text[]) AS e (event);
END;
COMMENT ON FUNCTION battery_rollup.trigger_names(name) IS 'what the triggers of a rollup are called, on each of its tables';

CREATE OR REPLACE FUNCTION battery_rollup.lacks_trigger(of_rollup name, relation oid)
RETURNS boolean
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT count(*) < cardinality(battery_rollup.trigger_names(of_rollup)) FROM pg_trigger g
	WHERE g.tgrelid = relation AND g.tgenabled = 'A' AND g.tgname = ANY (battery_rollup.trigger_names(of_rollup));
END;
COMMENT ON FUNCTION battery_rollup.lacks_trigger(name, oid) IS 'whether a trigger of a rollup is missing on a table, or is not enabled always';

-- From 17 on a generated column is given another expression, and its values are others.
CREATE OR REPLACE FUNCTION battery_rollup.generated_by(of_rollup name, relation oid)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	SELECT string_agg(pg_get_expr(d.adbin, d.adrelid), '; ' ORDER BY a.attnum)
	FROM pg_attribute a JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
	WHERE a.attrelid = relation AND a.attgenerated <> '' AND a.attname = ANY (battery_rollup.columns_of(of_rollup));
END;
COMMENT ON FUNCTION battery_rollup.generated_by(name, oid) IS 'how a table computes the generated columns that a rollup reads; NULL: it has none';

-- one that has become an ordinary column has its values still
CREATE OR REPLACE FUNCTION battery_rollup.regenerated(of_rollup name)
RETURNS SETOF regclass
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT m.relation FROM battery_rollup.member m
	WHERE m.rollup = of_rollup AND m.generated IS NOT NULL AND battery_rollup.generated_by(of_rollup, m.relation::oid) <> m.generated;
END;
COMMENT ON FUNCTION battery_rollup.regenerated(name) IS 'the tables of a rollup that compute generated columns otherwise than when it was built';

CREATE OR REPLACE FUNCTION battery_rollup.stale_reasons(of_rollup name)
RETURNS SETOF text
LANGUAGE sql STABLE
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	SELECT 'it was not built yet' FROM battery_rollup.rollup r WHERE r.rollup = of_rollup AND r.built_at IS NULL
	UNION ALL
	SELECT 'the table or a column that it reads was dropped: drop the rollup, and make it anew' WHERE battery_rollup.columns_of(of_rollup) IS NULL
	UNION ALL
	SELECT format('%s (noticed %s time%s, first at %s)', t.reason, count(*), CASE WHEN count(*) = 1 THEN '' ELSE 's' END, min(t.noticed_at)::timestamp(0))
	FROM battery_rollup.trouble t WHERE t.rollup = of_rollup GROUP BY t.reason
	UNION ALL
	SELECT format('partition %s is not in it', t.oid::regclass)
	FROM battery_rollup.tables_of(of_rollup) AS t (oid) WHERE NOT EXISTS (SELECT FROM battery_rollup.member m WHERE m.rollup = of_rollup AND m.relation::oid = t.oid)
	UNION ALL
	SELECT format('partition %s is in it and was detached or dropped', m.relation)
	FROM battery_rollup.member m WHERE m.rollup = of_rollup AND NOT EXISTS (SELECT FROM battery_rollup.tables_of(of_rollup) AS t (oid) WHERE t.oid = m.relation::oid)
	UNION ALL
	SELECT format('table %s lacks a trigger of it, or has it disabled', m.relation)
	FROM battery_rollup.member m
	WHERE m.rollup = of_rollup AND EXISTS (SELECT FROM pg_class c WHERE c.oid = m.relation::oid)
	  AND battery_rollup.lacks_trigger(of_rollup, m.relation::oid)
	UNION ALL
	SELECT format('table %s is fed by a subscription, whose rows fire no trigger', m.relation)
	FROM battery_rollup.member m JOIN pg_subscription_rel s ON s.srrelid = m.relation::oid WHERE m.rollup = of_rollup
	UNION ALL
	SELECT format('table %s is part of table %s now, by whose name rows are written unseen', t.oid::regclass, i.inhparent::regclass)
	FROM battery_rollup.tables_of(of_rollup) AS t (oid) JOIN pg_inherits i ON i.inhrelid = t.oid
	WHERE NOT EXISTS (SELECT FROM battery_rollup.tables_of(of_rollup) AS p (oid) WHERE p.oid = i.inhparent)
	UNION ALL
	SELECT format('table %s computes generated columns otherwise than it did', g.relation) FROM battery_rollup.regenerated(of_rollup) AS g (relation)
	UNION ALL
	SELECT format('row security is on for table %s: the rollup shows the sums of all its rows', m.relation)
	FROM battery_rollup.member m JOIN pg_class c ON c.oid = m.relation::oid WHERE m.rollup = of_rollup AND c.relrowsecurity
	UNION ALL
	SELECT format('table %s is unlogged: a crash empties it', m.relation)
	FROM battery_rollup.member m JOIN pg_class c ON c.oid = m.relation::oid WHERE m.rollup = of_rollup AND c.relpersistence = 'u'
	UNION ALL
	SELECT format('the extension battery was moved to schema %s', n.nspname)
	FROM battery_rollup.rollup r CROSS JOIN pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
	WHERE r.rollup = of_rollup AND e.extname = 'battery' AND n.nspname <> r.battery_schema;
END;
COMMENT ON FUNCTION battery_rollup.stale_reasons(name) IS 'why a rollup may not equal its table; no row: nothing is known that speaks against it';

CREATE OR REPLACE FUNCTION battery_rollup.is_stale(of_rollup name)
RETURNS boolean
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT EXISTS (SELECT FROM battery_rollup.stale_reasons(of_rollup));
END;
COMMENT ON FUNCTION battery_rollup.is_stale(name) IS 'whether a rollup may not equal its table: see stale_reasons';

-- Where the schema was there before its rows, as by pg_dump --schema-only and --data-only,
-- the triggers have appended what the loaded states have, too.
CREATE OR REPLACE FUNCTION battery_rollup.note_load()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	INSERT INTO battery_rollup.trouble (rollup, reason)
	SELECT n.rollup, 'its states were loaded, and the rows of its table may be, too' FROM new_rows AS n WHERE n.built_at IS NOT NULL;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION battery_rollup.note_load() IS 'a rollup that was built elsewhere is stale, where triggers were before rows';
CREATE OR REPLACE TRIGGER note_load AFTER INSERT ON battery_rollup.rollup
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION battery_rollup.note_load();
