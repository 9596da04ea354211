/*
 * A column that a view takes from a table has the table's comment, unless it
 * has one of its own.  The server knows which column that is: a view depends on
 * the columns that it reads.
 */
DO $$
DECLARE
	c record;
BEGIN
	FOR c IN
		WITH RECURSIVE
		view_column AS (
			SELECT v.oid AS view, a.attname, col_description(v.oid, a.attnum) AS comment
			FROM pg_class v JOIN pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped
			WHERE v.relnamespace = 'industry'::regnamespace AND v.relkind = 'v' AND pg_has_role(v.relowner, 'USAGE')),
		-- the relations that a view reads, directly or through another view or
		-- a function
		reads AS (
			SELECT DISTINCT r.ev_class AS view, d.refclassid, d.refobjid
			FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
			WHERE d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass) AND d.refobjid <> r.ev_class),
		function_reads AS (
			SELECT DISTINCT d.objid AS function, d.refclassid, d.refobjid
			FROM pg_depend d
			WHERE d.classid = 'pg_proc'::regclass AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)
			-- one whose body is a text depends on nothing, and names what it reads
			UNION
			SELECT p.oid, o.class, o.object
			FROM pg_proc p
			JOIN pg_language g ON g.oid = p.prolang AND g.lanname = 'sql'
			CROSS JOIN LATERAL regexp_matches(p.prosrc, 'industry\.(\w+)', 'g') AS named
			JOIN (SELECT 'pg_class'::regclass AS class, r.oid AS object, r.relname AS name FROM pg_class r WHERE r.relnamespace = 'industry'::regnamespace
				  UNION ALL
				  SELECT 'pg_proc'::regclass, f.oid, f.proname FROM pg_proc f WHERE f.pronamespace = 'industry'::regnamespace) AS o ON o.name = named[1]
			WHERE p.pronamespace = 'industry'::regnamespace AND p.prosqlbody IS NULL),
		source (view, refclassid, refobjid, distance) AS (
			SELECT view, refclassid, refobjid, 1 FROM reads
			UNION
			SELECT s.view, n.refclassid, n.refobjid, s.distance + 1
			FROM source s
			JOIN LATERAL (
				SELECT r.refclassid, r.refobjid FROM reads r WHERE s.refclassid = 'pg_class'::regclass AND r.view = s.refobjid
				UNION ALL
				SELECT f.refclassid, f.refobjid FROM function_reads f WHERE s.refclassid = 'pg_proc'::regclass AND f.function = s.refobjid) AS n ON true
			WHERE s.distance < 6)
		SELECT DISTINCT ON (v.view, v.attname) v.view::regclass::text AS view, v.attname, col_description(t.oid, a.attnum) AS comment
		FROM view_column v
		JOIN source s ON s.view = v.view AND s.refclassid = 'pg_class'::regclass
		JOIN pg_class t ON t.oid = s.refobjid AND t.relkind IN ('r', 'p', 'v') AND t.relnamespace = 'industry'::regnamespace
		JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = v.attname AND NOT a.attisdropped
		WHERE v.comment IS NULL AND col_description(t.oid, a.attnum) IS NOT NULL
		ORDER BY v.view, v.attname, s.distance,
				 -- a table of facts before those it refers to
				 EXISTS (SELECT FROM pg_attribute f WHERE f.attrelid = t.oid AND f.attname = 'fact_id') DESC, t.relname
	LOOP
		EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', c.view, c.attname, c.comment);
	END LOOP;
END
$$;
