-- Also for the schema battery_rollup: which one it is is in battery_kit.schema.
SELECT pg_catalog.set_config('battery_kit.schema', :'kit_schema', true) AS kit_schema \gset

DO $$
DECLARE
	home name = (SELECT nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace s ON s.oid OPERATOR(pg_catalog.=) e.extnamespace
				 WHERE extname OPERATOR(pg_catalog.=) 'battery');
BEGIN
	IF NOT pg_catalog.has_schema_privilege(home, 'USAGE') THEN
		RAISE EXCEPTION 'role "%" may not use schema "%", where the extension battery is', current_user, home
			USING ERRCODE = 'insufficient_privilege',
				  HINT = pg_catalog.format('GRANT USAGE ON SCHEMA %I TO %I', home, current_user);
	END IF;
END
$$;

-- What is bound here runs with the rights of whoever reads a view or loads a file.
-- So nobody else may have put anything where names are looked up, nor be able to.
DO $$
DECLARE
	trouble record;
BEGIN
	SELECT n.nspname, r.rolname, CASE WHEN x.what IS NULL THEN 'may create objects' ELSE pg_catalog.concat('owns ', x.what) END AS what INTO trouble
	FROM pg_catalog.pg_namespace n
	CROSS JOIN pg_catalog.pg_roles r
	LEFT JOIN LATERAL (
		SELECT pg_catalog.min(o.what) AS what
		FROM (SELECT pg_catalog.concat('function ', p.oid::pg_catalog.regprocedure::pg_catalog.text) AS what, 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid AS class, p.oid
			  FROM pg_catalog.pg_proc p WHERE p.pronamespace OPERATOR(pg_catalog.=) n.oid AND p.proowner OPERATOR(pg_catalog.=) r.oid
			  UNION ALL
			  SELECT pg_catalog.concat('operator ', o.oid::pg_catalog.regoperator::pg_catalog.text), 'pg_catalog.pg_operator'::pg_catalog.regclass::pg_catalog.oid, o.oid
			  FROM pg_catalog.pg_operator o WHERE o.oprnamespace OPERATOR(pg_catalog.=) n.oid AND o.oprowner OPERATOR(pg_catalog.=) r.oid
			  UNION ALL
			  SELECT pg_catalog.concat('type ', t.oid::pg_catalog.regtype::pg_catalog.text), 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid, t.oid
			  FROM pg_catalog.pg_type t WHERE t.typnamespace OPERATOR(pg_catalog.=) n.oid AND t.typowner OPERATOR(pg_catalog.=) r.oid) AS o
		-- those of extensions are the extensions'
		WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
						  WHERE d.classid OPERATOR(pg_catalog.=) o.class AND d.objid OPERATOR(pg_catalog.=) o.oid AND d.deptype OPERATOR(pg_catalog.=) 'e')) AS x ON true
	WHERE (n.nspname OPERATOR(pg_catalog.=) pg_catalog.current_setting('battery_kit.schema')
		   OR n.oid OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT e.extnamespace FROM pg_catalog.pg_extension e
													  WHERE e.extname OPERATOR(pg_catalog.=) ANY (ARRAY['battery', 'btree_gist']::name[]))))
	  -- whoever is, or may become, the owner
	  AND NOT r.rolsuper AND NOT pg_catalog.pg_has_role(r.oid, current_user, 'MEMBER') AND NOT pg_catalog.starts_with(r.rolname::pg_catalog.text, 'pg_')
	  AND (x.what IS NOT NULL OR pg_catalog.has_schema_privilege(r.oid, n.oid, 'CREATE'))
	ORDER BY n.nspname, r.rolname
	LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'role "%" % in schema "%", where names of schema "%" are looked up', trouble.rolname, trouble.what, trouble.nspname, pg_catalog.current_setting('battery_kit.schema')
			USING ERRCODE = 'insufficient_privilege',
				  DETAIL = pg_catalog.format('Its functions and operators could come to run with the rights of role "%s", and of whoever reads the views.', current_user),
				  HINT = CASE WHEN trouble.nspname OPERATOR(pg_catalog.=) pg_catalog.current_setting('battery_kit.schema')::name THEN pg_catalog.format('REVOKE CREATE ON SCHEMA %I FROM %I, or from the role that it has it from, and drop what it owns there.', trouble.nspname, trouble.rolname)
						 ELSE pg_catalog.format('Move the extensions to a schema of their own, which leaves other applications alone: CREATE SCHEMA battery; GRANT USAGE ON SCHEMA battery TO %I; ALTER EXTENSION battery SET SCHEMA battery; ALTER EXTENSION btree_gist SET SCHEMA battery. Or see to it that none but the owner of %s may create there.', current_user, pg_catalog.current_setting('battery_kit.schema')) END;
	END IF;
END
$$;

-- Names are resolved here, once: views and BEGIN ATOMIC bodies keep what they
-- found, wherever the extension is moved later.
SELECT pg_catalog.set_config('search_path',
		(SELECT pg_catalog.string_agg(pg_catalog.quote_ident(name), ', ' ORDER BY first)
		 FROM (SELECT name, pg_catalog.min(n) AS first
			   FROM (SELECT 1, 'pg_catalog'::name
					 UNION ALL SELECT 2, pg_catalog.current_setting('battery_kit.schema')::name
					 UNION ALL SELECT 3, nspname FROM pg_catalog.pg_extension e
						 JOIN pg_catalog.pg_namespace s ON s.oid OPERATOR(pg_catalog.=) e.extnamespace
						 WHERE extname OPERATOR(pg_catalog.=) 'battery'
					 UNION ALL SELECT 4, nspname FROM pg_catalog.pg_extension e
						 JOIN pg_catalog.pg_namespace s ON s.oid OPERATOR(pg_catalog.=) e.extnamespace
						 WHERE extname OPERATOR(pg_catalog.=) 'btree_gist'
					 UNION ALL SELECT 5, 'pg_temp') AS all_of_them (n, name)
			   GROUP BY name) AS each_once), true) AS search_path \gset

-- For wrappers that are called like what they call, which a second run would
-- otherwise make call themselves.
SELECT nspname AS home FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace s ON s.oid OPERATOR(pg_catalog.=) e.extnamespace
WHERE extname OPERATOR(pg_catalog.=) 'battery' \gset
