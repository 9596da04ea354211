-- Also for the schema battery_rollup: which one it is is in battery_kit.schema.
DO $$
DECLARE
	home pg_catalog.name = (SELECT nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace s ON s.oid OPERATOR(pg_catalog.=) e.extnamespace
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
-- So nobody else may have put anything where names are looked up, nor be able to: only
-- superusers, the owner of the kit's schema, and who may become one of these.  To a superuser
-- who sets up for another the owner is one of the others: SET ROLE is no wall, since
-- what runs after it may RESET it.
DO $$
DECLARE
	for_another CONSTANT boolean := (SELECT r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname OPERATOR(pg_catalog.=) session_user)
									AND NOT (SELECT r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname OPERATOR(pg_catalog.=) current_user);
	kit CONSTANT pg_catalog.name := pg_catalog.current_setting('battery_kit.schema');
	trouble record;
BEGIN
	SELECT n.nspname, r.rolname, pg_catalog.pg_has_role(r.oid, current_user, 'MEMBER') AS is_owner,
		   CASE WHEN o.what IS NOT NULL THEN pg_catalog.concat('owns ', o.what)
				WHEN pg_catalog.has_schema_privilege(r.oid, n.oid, 'CREATE') THEN 'may create objects' ELSE 'may let itself create objects' END AS what INTO trouble
	FROM pg_catalog.pg_namespace n
	CROSS JOIN pg_catalog.pg_roles r
	LEFT JOIN LATERAL (
		SELECT pg_catalog.min(o.what) AS what
		FROM (SELECT pg_catalog.concat('function ', p.oid::pg_catalog.regprocedure::pg_catalog.text) AS what
			  FROM pg_catalog.pg_proc p WHERE p.pronamespace OPERATOR(pg_catalog.=) n.oid AND p.proowner OPERATOR(pg_catalog.=) r.oid
			  UNION ALL
			  SELECT pg_catalog.concat('operator ', o.oid::pg_catalog.regoperator::pg_catalog.text)
			  FROM pg_catalog.pg_operator o WHERE o.oprnamespace OPERATOR(pg_catalog.=) n.oid AND o.oprowner OPERATOR(pg_catalog.=) r.oid
			  UNION ALL
			  SELECT pg_catalog.concat('type ', t.oid::pg_catalog.regtype::pg_catalog.text)
			  FROM pg_catalog.pg_type t WHERE t.typnamespace OPERATOR(pg_catalog.=) n.oid AND t.typowner OPERATOR(pg_catalog.=) r.oid) AS o) AS o ON true
	-- who owns the database is pg_database_owner, and its only member
	CROSS JOIN LATERAL (SELECT CASE r.rolname WHEN 'pg_database_owner' THEN d.datdba ELSE r.oid END AS oid
						FROM pg_catalog.pg_database d WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()) AS who
	WHERE ((n.nspname OPERATOR(pg_catalog.=) kit AND NOT for_another)
		   OR n.oid OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT e.extnamespace FROM pg_catalog.pg_extension e
													  WHERE e.extname OPERATOR(pg_catalog.=) ANY (ARRAY['battery', 'btree_gist']::pg_catalog.name[]))))
	  AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles s
					  WHERE (s.rolsuper OR (s.rolname OPERATOR(pg_catalog.=) current_user AND NOT for_another)) AND pg_catalog.pg_has_role(who.oid, s.oid, 'MEMBER'))
	  AND (o.what IS NOT NULL OR pg_catalog.has_schema_privilege(r.oid, n.oid, 'CREATE') OR pg_catalog.pg_has_role(r.oid, n.nspowner, 'MEMBER'))
	ORDER BY n.nspname, o.what IS NULL, pg_catalog.starts_with(r.rolname::pg_catalog.text, 'pg_'), r.rolname
	LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'role "%" % in schema "%", where names of % are looked up', trouble.rolname, trouble.what, trouble.nspname, kit
			USING ERRCODE = 'insufficient_privilege',
				  DETAIL = pg_catalog.format('Its functions and operators could come to run with the rights of role "%s", and of whoever reads the views.',
											 CASE WHEN for_another THEN session_user ELSE current_user END),
				  HINT = pg_catalog.concat(CASE WHEN for_another AND trouble.is_owner THEN pg_catalog.format('Set up as role "%s" (-U), whose database this is. Or move', current_user)
												WHEN trouble.nspname OPERATOR(pg_catalog.<>) kit THEN 'Move' END,
						 CASE WHEN trouble.nspname OPERATOR(pg_catalog.=) kit THEN pg_catalog.format('REVOKE CREATE ON SCHEMA %I FROM %I, or from the role that it has it from, and drop what it owns there.', kit, trouble.rolname)
						 ELSE pg_catalog.format(' the extensions to a schema of their own, which leaves other applications alone: CREATE SCHEMA battery; GRANT USAGE ON SCHEMA battery TO %I; %s. Or see to it that none but the owner of %s may create there.',
												current_user, (SELECT pg_catalog.string_agg(
													-- what this transaction installed is gone again
													CASE WHEN e.xmin::pg_catalog.text OPERATOR(pg_catalog.=) pg_catalog.pg_current_xact_id()::pg_catalog.xid::pg_catalog.text
														 THEN pg_catalog.format('CREATE EXTENSION %I SCHEMA battery', e.extname)
														 ELSE pg_catalog.format('ALTER EXTENSION %I SET SCHEMA battery', e.extname) END, '; ' ORDER BY e.extname)
													FROM pg_catalog.pg_extension e WHERE e.extname OPERATOR(pg_catalog.=) ANY (ARRAY['battery', 'btree_gist']::pg_catalog.name[])), kit) END);
	END IF;
END
$$;

-- Names are resolved here, once: views and BEGIN ATOMIC bodies keep what they
-- found, wherever the extension is moved later.
SELECT pg_catalog.set_config('search_path',
		(SELECT pg_catalog.string_agg(pg_catalog.quote_ident(name), ', ' ORDER BY first)
		 FROM (SELECT name, pg_catalog.min(n) AS first
			   FROM (SELECT 1, 'pg_catalog'::pg_catalog.name
					 UNION ALL SELECT 2, pg_catalog.current_setting('battery_kit.schema')::pg_catalog.name
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
