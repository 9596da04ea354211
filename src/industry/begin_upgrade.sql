-- Brings a schema up to date, this one or battery_rollup, in one transaction.  The caller
-- has found the installed version and chosen the steps; here they are held to it.
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL client_min_messages = warning;
SET LOCAL client_encoding = 'UTF8';
SET LOCAL search_path = pg_catalog, pg_temp;
SELECT pg_catalog.set_config('battery_kit.schema', :'kit_schema', true) AS kit_schema \gset
SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(:'kit_schema', 0)) AS locked \gset

-- What a role has put into its schema, triggers for example, runs in an upgrade.  SET ROLE
-- would not keep it from a superuser's rights: what runs can RESET it.
DO $$
DECLARE
	kit CONSTANT name := current_setting('battery_kit.schema');
	owner CONSTANT name := (SELECT r.rolname FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner
							WHERE n.nspname = kit AND NOT r.rolsuper AND (SELECT s.rolsuper FROM pg_roles s WHERE s.rolname = session_user));
BEGIN
	IF owner IS NOT NULL THEN
		RAISE EXCEPTION 'the schema % belongs to role "%", and you are a superuser', kit, owner
			USING ERRCODE = 'insufficient_privilege',
				  DETAIL = format('What "%s" has put into it could run with your rights.', owner),
				  HINT = format('Connect as "%1$s" (-U), or as another role that is a member of it, with PGOPTIONS=''-c role=%1$s''.', owner);
	END IF;
END
$$;

-- New objects belong to whom the old ones belong to.
SELECT pg_catalog.format('SET LOCAL ROLE %I', pg_catalog.pg_get_userbyid(nspowner))
FROM pg_catalog.pg_namespace WHERE nspname OPERATOR(pg_catalog.=) :'kit_schema' \gexec

SELECT pg_catalog.set_config('battery_kit.installed_version', :'installed_version', true) AS expected \gset
DO $$
DECLARE
	kit CONSTANT pg_catalog.name := pg_catalog.current_setting('battery_kit.schema');
	installed pg_catalog.text;
BEGIN
	EXECUTE pg_catalog.format('SELECT %I.version()', kit) INTO installed;
	IF installed OPERATOR(pg_catalog.<>) pg_catalog.current_setting('battery_kit.installed_version') THEN
		RAISE EXCEPTION '% was upgraded to % in the meantime', kit, installed
			USING ERRCODE = 'object_not_in_prerequisite_state',
				  HINT = 'Run its command with status and, if need be, upgrade again.';
	END IF;
END
$$;
