-- Sets up a schema, this one or battery_rollup: which one is in kit_schema, and the command
-- that upgrades it in kit_command.
--
-- Apply it with psql -f as the owner of the database (or any role that may create in it):
-- no superuser is needed.
--
-- Everything is made in one transaction, as ordinary objects of the role that
-- applies it, in that schema.  Where the schema is already set up, nothing is changed.
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL client_min_messages = warning;
SET LOCAL client_encoding = 'UTF8';
-- what a backslash in a literal means
SET LOCAL standard_conforming_strings = on;
-- A database may have a path on which somebody's names come before the server's.
SELECT pg_catalog.current_setting('search_path') AS callers_path \gset
SET LOCAL search_path = pg_catalog, pg_temp;

-- One at a time: the second of two set-ups finds the work done.
SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(:'kit_schema', 0)) AS locked \gset
SELECT pg_catalog.to_regclass(pg_catalog.format('%I.schema_version', :'kit_schema')) IS NOT NULL AS is_there,
	   pg_catalog.format('%s is set up already; nothing was changed (%s upgrade brings it up to date)', :'kit_schema', :'kit_command') AS said \gset
\if :is_there
ROLLBACK;
\echo :said
\q
\endif

-- for all parts of the kit
SELECT pg_catalog.set_config('battery_kit.schema', :'kit_schema', true) AS kit_schema \gset

DO $$
DECLARE
	kit CONSTANT name := current_setting('battery_kit.schema');
BEGIN
	IF current_setting('server_version_num')::int < 150000 THEN
		RAISE EXCEPTION '% needs PostgreSQL 15 or later, this is %', kit, current_setting('server_version')
			USING ERRCODE = 'feature_not_supported',
				  HINT = 'Use a server of version 15 to 19.';
	END IF;
	IF to_regnamespace(quote_ident(kit)) IS NOT NULL THEN
		RAISE EXCEPTION 'schema "%" exists, and it is not this one', kit
			USING ERRCODE = 'duplicate_schema',
				  HINT = format('Rename it (ALTER SCHEMA %I RENAME TO ...) or set up %1$s in another database.', kit);
	END IF;
END
$$;

-- A superuser sets up for the owner of the database: what is made here is code that
-- its owner can replace, and a superuser would call.  path.sql sees to it that no code of
-- that role can run meanwhile.
SELECT pg_catalog.format('SET LOCAL ROLE %I', o.rolname)
FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles o ON o.oid OPERATOR(pg_catalog.=) d.datdba
WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database() AND NOT o.rolsuper
  AND (SELECT r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname OPERATOR(pg_catalog.=) current_user) \gexec

-- A trusted extension: whoever may create in the database may install it, once the server
-- has its files.
SELECT pg_catalog.set_config('search_path', :'callers_path', true) AS path \gset
CREATE EXTENSION IF NOT EXISTS battery;
SET LOCAL search_path = pg_catalog, pg_temp;
