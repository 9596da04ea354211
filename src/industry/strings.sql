-- Also for the schema battery_rollup.
--
-- A view and a BEGIN ATOMIC body are what they were read as; PL/pgSQL, and what it builds,
-- is read anew in every session.  Where that has standard_conforming_strings off (a server
-- before 19 may), a backslash would mean something else.
DO $$
DECLARE
	f record;
BEGIN
	FOR f IN
		SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
		WHERE p.pronamespace = current_setting('battery_kit.schema')::regnamespace AND l.lanname = 'plpgsql' AND p.prosrc ~ '\\|EXECUTE'
	LOOP
		EXECUTE format('ALTER FUNCTION %s SET standard_conforming_strings = on', f.name);
	END LOOP;
END
$$;
