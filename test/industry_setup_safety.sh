#!/bin/bash
# Setting up, upgrading and loading run nobody else's code: an unprivileged role
# plants functions and operators of every name that the scripts use, in schemas that
# are on the path or have been.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
. "$(dirname "${BASH_SOURCE[0]}")/planted.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
industry=$root/bin/battery-industry

# The extensions stand where everybody may create
db=battery_test_safety
create_database $db
query $db -c "ALTER DATABASE $db OWNER TO battery_safety_owner" -c "CREATE EXTENSION battery" -c "CREATE EXTENSION btree_gist"
plant $db < <("$industry" sql)
says_no "setup refuses a schema in which another role may create" 'role "battery_safety_mallory" owns' "$industry" setup -q -d $db
grep -q 'ALTER EXTENSION battery SET SCHEMA battery' "$tmp/out" && ok "and says what to do" || not_ok "and says what to do"
query $db -c "REVOKE CREATE ON SCHEMA public FROM battery_safety_mallory"
says_no "or could once" 'role "battery_safety_mallory" owns' "$industry" setup -q -d $db
same "nothing was set up" "t" "$(query $db -c "SELECT to_regnamespace('industry') IS NULL")"

# what the hint says
query $db -c "CREATE SCHEMA battery" -c "GRANT USAGE ON SCHEMA battery TO battery_safety_owner" -c "ALTER EXTENSION battery SET SCHEMA battery" \
	-c "ALTER EXTENSION btree_gist SET SCHEMA battery" -c "GRANT CREATE ON SCHEMA public TO battery_safety_mallory"
# where somebody's names come before the server's
query $db -c "ALTER DATABASE $db SET search_path = public, pg_catalog"
run "a superuser sets up for the owner of the database" 0 "$industry" setup -q -d $db
same "whose it is" "battery_safety_owner" "$(PGOPTIONS='-c search_path=pg_catalog' query $db -c "SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'industry'")"
innocent "setup runs and binds nothing that was planted" $db
PGUSER=battery_safety_owner run "an upgrade again" 0 "$industry" upgrade --again -q -d $db
innocent "runs and binds nothing that was planted" $db
run "so does the status" 0 "$industry" status -q -d $db
innocent "and nothing that was planted has run" $db

PGOPTIONS='-c search_path=pg_catalog' query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('P');
INSERT INTO industry.source (source, publisher, edition, published) VALUES ('s', 'P', '1', '2024-01-01');
INSERT INTO industry.maker (maker, name) VALUES ('CATL', 'Contemporary Amperex');
SELECT industry.grant_access(loader => 'battery_safety_owner');
SQL
printf 'maker,amount,share,period,metric,basis,chemistry\nCATL,12 GWh,3 %%,2023,m,installed,LFP\nNobody,1,1,2023,m,installed,\n' >"$tmp/file.csv"
run "a load by a superuser" 3 "$root/bin/battery-load" -q -d $db maker_share "$tmp/file.csv" --source s
innocent "runs nothing that was planted" $db
query $db -c "ALTER DATABASE $db RESET search_path"

# An owner of industry is no superuser, and what it puts into its schema must not run
# with a superuser's rights, whatever it does.
query $db <<'SQL'
SET ROLE battery_safety_owner;
CREATE FUNCTION industry.climb() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'RESET ROLE';
	INSERT INTO public.caught VALUES ('climb', current_user);
EXCEPTION WHEN insufficient_privilege OR invalid_parameter_value OR object_not_in_prerequisite_state THEN
	NULL;
END$$;
CREATE FUNCTION industry.climb_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM industry.climb(); RETURN NULL; END$$;
CREATE TABLE industry.later (i integer);
CREATE CONSTRAINT TRIGGER climb AFTER INSERT ON industry.later DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION industry.climb_later();
CREATE TRIGGER climb AFTER INSERT ON industry.schema_version EXECUTE FUNCTION industry.climb_later();
CREATE OR REPLACE FUNCTION industry.version() RETURNS text LANGUAGE plpgsql AS $$
BEGIN PERFORM industry.climb(); INSERT INTO industry.later VALUES (1); RETURN '1.1.0'; END$$;
SQL
run "the status of another's schema, to a superuser" 0 "$industry" status -q -d $db
run "a setup where there is one" 0 "$industry" setup -q -d $db
says_no "an upgrade is its owner's" 'Connect as "battery_safety_owner"' "$industry" upgrade --again -q -d $db
none "nothing of it runs with the superuser's rights" $db "SELECT DISTINCT what, whom FROM public.caught WHERE what = 'climb'"
if PGUSER=battery_safety_owner "$industry" upgrade --again -q -d $db >"$tmp/out" 2>&1; then
	none "nor with other rights than the owner's in the owner's upgrade" $db "SELECT DISTINCT what, whom FROM public.caught WHERE whom <> 'battery_safety_owner'"
else
	not_ok "nor with other rights than the owner's in the owner's upgrade"
	remark <"$tmp/out"
fi

# Somebody was let into the schema itself.
query $db -c "GRANT CREATE, USAGE ON SCHEMA industry TO battery_safety_mallory"
PGUSER=battery_safety_owner says_no "a role that may create in industry is refused" 'REVOKE CREATE ON SCHEMA industry' "$industry" upgrade --again -q -d $db

# Who owns a database, or a schema, or did
other=${db}_other
create_database $other
query $other -c "ALTER DATABASE $other OWNER TO battery_safety_owner"
query $other -U battery_safety_owner -c 'CREATE FUNCTION public.climb() RETURNS boolean LANGUAGE plpgsql AS $$BEGIN RESET ROLE; RETURN true; END$$'
says_no "a superuser does not set up where the owner of the database may create" 'Set up as role "battery_safety_owner"' "$industry" setup -q -d $other
grep -q 'CREATE EXTENSION battery SCHEMA battery; CREATE EXTENSION btree_gist SCHEMA battery\.' "$tmp/out" && ok "and names what is not there yet" || not_ok "and names what is not there yet"
PGUSER=battery_safety_owner run "the owner does" 0 "$industry" setup -q -d $other
query $other -c "DROP SCHEMA industry CASCADE" -c "ALTER DATABASE $other OWNER TO CURRENT_USER"
query $other -c "DROP FUNCTION public.climb()" -c "DROP EXTENSION battery" -c "DROP EXTENSION btree_gist" -c "CREATE EXTENSION btree_gist" -c "CREATE EXTENSION battery"
query $other -c "GRANT CREATE ON DATABASE $other TO battery_safety_mallory, battery_safety_owner"

# refused_for NAME "WHAT IT SAYS" SETUP: what mallory has done is seen, and taken back
refused_for()
{
	query $other -c "$3"
	PGUSER=battery_safety_owner says_no "$1" "$2" "$industry" setup -q -d $other
}
refused_for "a function of another's that was made a member of an extension" 'owns function' "
	GRANT CREATE ON SCHEMA public TO battery_safety_mallory;
	SET ROLE battery_safety_mallory;
	CREATE EXTENSION citext;
	CREATE FUNCTION public.lower(integer) RETURNS text LANGUAGE sql RETURN 'x';
	ALTER EXTENSION citext ADD FUNCTION public.lower(integer);
	RESET ROLE;
	REVOKE CREATE ON SCHEMA public FROM battery_safety_mallory"
query $other -c "DROP EXTENSION citext"
refused_for "a table, whose type is one" 'owns type' "
	GRANT CREATE ON SCHEMA public TO battery_safety_mallory;
	SET ROLE battery_safety_mallory;
	CREATE TABLE public.kept_view (i integer);
	RESET ROLE;
	REVOKE CREATE ON SCHEMA public FROM battery_safety_mallory"
query $other -c "DROP TABLE public.kept_view"
refused_for "a schema whose owner has taken the right from itself" 'may let itself create objects in schema "mine"' "
	CREATE SCHEMA mine AUTHORIZATION battery_safety_mallory;
	GRANT USAGE ON SCHEMA mine TO battery_safety_owner;
	REVOKE CREATE ON SCHEMA mine FROM battery_safety_mallory;
	ALTER EXTENSION battery SET SCHEMA mine"
query $other -c "ALTER EXTENSION battery SET SCHEMA public"
refused_for "a function that the owner of the database has given to pg_database_owner" 'role "pg_database_owner" owns function' "
	ALTER DATABASE $other OWNER TO battery_safety_mallory;
	SET ROLE battery_safety_mallory;
	CREATE FUNCTION public.lower(integer) RETURNS text LANGUAGE sql RETURN 'x';
	ALTER FUNCTION public.lower(integer) OWNER TO pg_database_owner;
	REVOKE CREATE ON SCHEMA public FROM pg_database_owner;
	RESET ROLE;
	GRANT CREATE ON DATABASE $other TO battery_safety_owner"
query $other -c "ALTER SCHEMA public OWNER TO CURRENT_USER" -c "DROP FUNCTION public.lower(integer)" -c "ALTER DATABASE $other OWNER TO CURRENT_USER" \
	-c "GRANT CREATE ON DATABASE $other TO battery_safety_owner"
PGUSER=battery_safety_owner run "and where nothing is left of them, a role that may create in the database sets up" 0 "$industry" setup -q -d $other
finish
