-- Brings the schema industry up to date, in one transaction.  The caller has
-- found the installed version and chosen the steps; here they are held to it.
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL client_min_messages = warning;
SET LOCAL client_encoding = 'UTF8';
SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('industry', 0)) AS locked \gset

-- New objects belong to whom the old ones belong to; and what that role has put into
-- its schema runs with its rights alone.
SELECT pg_catalog.format('SET LOCAL ROLE %I', pg_catalog.pg_get_userbyid(nspowner))
FROM pg_catalog.pg_namespace WHERE nspname OPERATOR(pg_catalog.=) 'industry' \gexec

SELECT pg_catalog.set_config('industry.installed_version', :'installed_version', true) AS expected \gset
DO $$
BEGIN
	IF industry.version() OPERATOR(pg_catalog.<>) pg_catalog.current_setting('industry.installed_version') THEN
		RAISE EXCEPTION 'industry was upgraded to % in the meantime', industry.version()
			USING ERRCODE = 'object_not_in_prerequisite_state',
				  HINT = 'Run bin/battery-industry status and, if need be, upgrade again.';
	END IF;
END
$$;
