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

-- Names are resolved here, once: views and BEGIN ATOMIC bodies keep what they
-- found, wherever the extension is moved later.
SELECT pg_catalog.set_config('search_path',
		(SELECT pg_catalog.string_agg(pg_catalog.quote_ident(name), ', ' ORDER BY first)
		 FROM (SELECT name, pg_catalog.min(n) AS first
			   FROM (SELECT 1, 'pg_catalog'::name
					 UNION ALL SELECT 2, 'industry'
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
