-- battery_rollup: tables of states that keep themselves up to date from a user's table.
--
--	psql -X -d DATABASE -f rollup.sql
--
-- Everything is made in one transaction, as ordinary objects of the role that applies
-- it.  Where the schema is set up already, nothing is changed.
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL client_min_messages = warning;
SET LOCAL client_encoding = 'UTF8';
-- A database may have a path on which somebody's names come before the server's.
SELECT pg_catalog.current_setting('search_path') AS callers_path \gset
SET LOCAL search_path = pg_catalog, pg_temp;
SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('battery_rollup', 0)) AS locked \gset
SELECT pg_catalog.to_regclass('battery_rollup.schema_version') IS NOT NULL AS rollup_is_there \gset
\if :rollup_is_there
ROLLBACK;
\echo 'battery_rollup is set up already; nothing was changed (battery-rollup upgrade brings it up to date)'
\q
\endif

DO $$
BEGIN
	IF pg_catalog.current_setting('server_version_num')::int OPERATOR(pg_catalog.<) 150000 THEN
		RAISE EXCEPTION 'battery_rollup needs PostgreSQL 15 or later, this is %', pg_catalog.current_setting('server_version')
			USING ERRCODE = 'feature_not_supported', HINT = 'Use a newer server.';
	END IF;
	IF pg_catalog.to_regnamespace('battery_rollup') IS NOT NULL THEN
		RAISE EXCEPTION 'schema "battery_rollup" exists, and it is not this one'
			USING ERRCODE = 'duplicate_schema', HINT = 'Rename it: ALTER SCHEMA battery_rollup RENAME TO ...';
	END IF;
END
$$;

-- A superuser sets up for the owner of the database: what is made here is code that its
-- owner can replace, and that runs with its owner's rights.  path.sql sees to it that no
-- code of that role can run meanwhile.
SELECT pg_catalog.format('SET LOCAL ROLE %I', o.rolname)
FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles o ON o.oid OPERATOR(pg_catalog.=) d.datdba
WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database() AND NOT o.rolsuper
  AND (SELECT r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname OPERATOR(pg_catalog.=) current_user) \gexec

SELECT pg_catalog.set_config('search_path', :'callers_path', true) AS path \gset
CREATE EXTENSION IF NOT EXISTS battery;
SET LOCAL search_path = pg_catalog, pg_temp;
CREATE SCHEMA battery_rollup;
COMMENT ON SCHEMA battery_rollup IS 'rollups of users'' tables that keep themselves up to date; battery-rollup makes them';
