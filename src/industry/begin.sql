-- industry: tables, loader and views for battery-industry data.
--
-- Apply it with psql as the owner of the database (or any role that may create
-- in it): no superuser is needed.
--
--	psql -X -d DATABASE -f industry.sql
--
-- Everything is made in one transaction, as ordinary objects of the role that
-- applies it, in the schema "industry".  Where the schema is already set up,
-- nothing is changed; bin/battery-industry upgrade brings it up to date.
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL client_min_messages = warning;
SET LOCAL client_encoding = 'UTF8';
-- A database may have a path on which somebody's names come before the server's.
SELECT pg_catalog.current_setting('search_path') AS callers_path \gset
SET LOCAL search_path = pg_catalog, pg_temp;

-- One at a time: the second of two set-ups finds the work done.
SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('industry', 0)) AS locked \gset
SELECT pg_catalog.to_regclass('industry.schema_version') IS NOT NULL AS industry_is_there \gset
\if :industry_is_there
ROLLBACK;
\echo 'industry is set up already; nothing was changed (bin/battery-industry upgrade brings it up to date)'
\q
\endif

DO $$
BEGIN
	IF pg_catalog.current_setting('server_version_num')::int < 150000 THEN
		RAISE EXCEPTION 'industry needs PostgreSQL 15 or later, this is %', pg_catalog.current_setting('server_version')
			USING ERRCODE = 'feature_not_supported',
				  HINT = 'Use a server of version 15 to 19.';
	END IF;
	IF pg_catalog.getdatabaseencoding() <> 'UTF8' THEN
		RAISE EXCEPTION 'industry needs a database with encoding UTF8, this one has %', pg_catalog.getdatabaseencoding()
			USING ERRCODE = 'feature_not_supported',
				  HINT = 'Names of makers and the text that reports print are in many scripts. Create a database with ENCODING ''UTF8'' TEMPLATE template0.';
	END IF;
	IF pg_catalog.to_regnamespace('industry') IS NOT NULL THEN
		RAISE EXCEPTION 'schema "industry" exists, and it is not this one'
			USING ERRCODE = 'duplicate_schema',
				  HINT = 'Rename it (ALTER SCHEMA industry RENAME TO ...) or set up industry in another database.';
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

-- Both are trusted extensions: whoever may create in the database may install
-- them, once the server has their files.
SELECT pg_catalog.set_config('search_path', :'callers_path', true) AS path \gset
CREATE EXTENSION IF NOT EXISTS battery;
CREATE EXTENSION IF NOT EXISTS btree_gist;
SET LOCAL search_path = pg_catalog, pg_temp;
