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
\set ON_ERROR_STOP on
\set QUIET on

SELECT pg_catalog.to_regclass('industry.schema_version') IS NOT NULL AS industry_is_there \gset
\if :industry_is_there
\echo 'industry is set up already; nothing was changed (bin/battery-industry upgrade brings it up to date)'
\q
\endif

BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL client_encoding = 'UTF8';

DO $$
BEGIN
	IF pg_catalog.current_setting('server_version_num')::int < 150000 THEN
		RAISE EXCEPTION 'industry needs PostgreSQL 15 or later, this is %', pg_catalog.current_setting('server_version')
			USING ERRCODE = 'feature_not_supported',
				  HINT = 'Use a server of version 15 to 18.';
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

-- Both are trusted extensions: whoever may create in the database may install
-- them, once the server has their files.
CREATE EXTENSION IF NOT EXISTS battery;
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE SCHEMA industry;
COMMENT ON SCHEMA industry IS 'battery-industry data: tables of cited figures by edition, the loader, and views to read them';

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
