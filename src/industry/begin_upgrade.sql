-- Brings a schema up to date, this one or battery_rollup, in one transaction.  The caller
-- has found the installed version and chosen the steps; here they are held to it.
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL client_min_messages = warning;
SET LOCAL client_encoding = 'UTF8';
SET LOCAL standard_conforming_strings = on;
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

-- Loads come to their end, and those that begin now wait for this (enter_loads): each
-- holds tables that the other would want.
DO $$
DECLARE
	loads CONSTANT text := format('%I.load_turn', current_setting('battery_kit.schema'));
	patience CONSTANT text := current_setting('lock_timeout');
BEGIN
	IF to_regclass(loads) IS NULL THEN
		RETURN;
	END IF;
	BEGIN
		PERFORM set_config('lock_timeout', '3s', true);
		EXECUTE concat('LOCK TABLE ', loads, ' IN EXCLUSIVE MODE');
		PERFORM set_config('lock_timeout', patience, true);
		RETURN;
	EXCEPTION WHEN lock_not_available THEN
		RAISE WARNING 'a load has not ended; the upgrade waits for it' USING ERRCODE = '01B01';
	END;
	EXECUTE concat('LOCK TABLE ', loads, ' IN EXCLUSIVE MODE');
END
$$;

-- Readers hold one view while they want the next, and so would the upgrade, for as long as
-- it takes.  So it has everything at once or nothing: first what was made last, as readers
-- come from a view to what it reads.  It gives up before a server looks for deadlocks, which
-- is after a second, and tries again.
DO $$
DECLARE
	patience CONSTANT text := current_setting('lock_timeout');
	relation record;
	began timestamptz;
	attempt integer := 0;
BEGIN
	LOOP
		attempt := attempt + 1;
		began := clock_timestamp();
		BEGIN
			PERFORM set_config('lock_timeout', '400ms', true);
			FOR relation IN
				SELECT c.oid::regclass AS name, c.relkind FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
				WHERE c.relnamespace = current_setting('battery_kit.schema')::regnamespace AND c.relkind IN ('r', 'v') AND r.rolname = current_user
				ORDER BY c.relkind = 'v' DESC, c.oid DESC
			LOOP
				-- LOCK of a view would go on to what it reads, catalogs of the server too
				EXECUTE format(CASE relation.relkind WHEN 'v' THEN 'ALTER VIEW %s OWNER TO CURRENT_USER' ELSE 'LOCK TABLE %s IN ACCESS EXCLUSIVE MODE' END, relation.name);
				-- a slow server gets the time that it needs, in the end
				IF clock_timestamp() > began + interval '0.5 s' * (1 + attempt / 20) THEN
					RAISE lock_not_available;
				END IF;
			END LOOP;
			PERFORM set_config('lock_timeout', patience, true);
			EXIT;
		EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
			IF attempt = 10 THEN
				RAISE WARNING 'others are at work in the schema %; the upgrade waits for a moment when they are not', current_setting('battery_kit.schema')
					USING ERRCODE = '01B01', HINT = 'Interrupting it changes nothing; pg_stat_activity shows who it is.';
			END IF;
			PERFORM pg_sleep(0.3 * random());
		END;
	END LOOP;
END
$$;

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
