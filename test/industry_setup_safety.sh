#!/bin/bash
# Setting up, upgrading and loading run nobody else's code: an unprivileged role
# plants functions and operators of every name that the scripts use, in schemas that
# are on the path or have been.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
industry=$root/bin/battery-industry
create_role battery_safety_mallory LOGIN
create_role battery_safety_owner LOGIN

# plant DATABASE: as mallory, in public; what is called leaves a trace and fails
"$industry" sql >"$tmp/industry.sql"
grep -oE "[a-z_][a-z0-9_]*\(" "$tmp/industry.sql" | tr -d '(' | sort -u >"$tmp/names"
plant()
{
	local database=$1

	query "$database" -c "GRANT CREATE ON SCHEMA public TO battery_safety_mallory"
	{
		echo "SET ROLE battery_safety_mallory;"
		echo "CREATE TABLE public.caught (what text, whom name); GRANT INSERT ON public.caught TO PUBLIC;"
		while read -r name; do
			for types in text name oid regclass jsonb integer bigint numeric 'text, text' 'text, integer' 'name, text' 'oid, text' 'regclass, text' 'jsonb, text' 'text[], text' 'text, text, text'; do
				printf 'CREATE FUNCTION public."%s"(%s) RETURNS text LANGUAGE plpgsql AS $$BEGIN INSERT INTO public.caught VALUES (%s, current_user); RETURN NULL; END$$;\n' \
					"$name" "$types" "'$name'"
			done
		done <"$tmp/names"
		for pair in 'oid regclass' 'regclass oid' 'name text' 'text name' 'integer bigint' 'bigint numeric' 'numeric bigint' 'smallint bigint' 'oid integer' 'regclass text' '"char" text' 'text "char"' \
			'integer numeric' 'text integer' 'date timestamptz' 'name name[]' 'text regclass' 'regtype oid' 'oid regtype' 'regprocedure oid' 'integer double' 'varchar text'; do
			# shellcheck disable=SC2086
			set -- $pair
			for operator in = '<>' '<' '>' '<=' '>=' '||' '~' '!~' '+' '-' '*' '/' '->' '->>' '?' '@>' '<@' '&&'; do
				printf 'CREATE FUNCTION public.op_%s(%s, %s) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN INSERT INTO public.caught VALUES (%s, current_user); RETURN true; END$$;\n' \
					"$((++n))" "${1/double/double precision}" "${2/double/double precision}" "'operator $operator'"
				printf 'CREATE OPERATOR public.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = public.op_%s);\n' "$operator" "${1/double/double precision}" "${2/double/double precision}" "$n"
			done
		done
	} >"$tmp/plant.sql"
	# names that cannot be functions of these types are left out
	psql -X -q -d "$database" -f "$tmp/plant.sql" >"$tmp/plant.out" 2>&1 || true
}
n=0

# innocent NAME DATABASE: nothing planted has run, nothing planted is bound
innocent()
{
	none "$1" "$2" "SET search_path = pg_catalog; SELECT format('ran: %s as %s', what, whom) FROM public.caught
		UNION ALL
		SELECT format('bound: %s by %s', pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid), pg_describe_object(d.classid, d.objid, d.objsubid))
		FROM pg_depend d
		LEFT JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
		LEFT JOIN pg_operator o ON d.refclassid = 'pg_operator'::regclass AND o.oid = d.refobjid
		WHERE coalesce(p.proowner, o.oprowner) = 'battery_safety_mallory'::regrole
		  -- operators stand on their functions
		  AND NOT (d.classid = 'pg_operator'::regclass AND d.objid IN (SELECT x.oid FROM pg_operator x WHERE x.oprowner = 'battery_safety_mallory'::regrole)) LIMIT 20"
}

# says_no NAME ROLE DATABASE "PART OF WHAT IT SAYS" COMMAND...
says_no()
{
	local name=$1 part=$2 rc=0

	shift 2
	"$@" >"$tmp/out" 2>&1 || rc=$?
	if [ "$rc" -eq 1 ] && grep -qF -- "$part" "$tmp/out"; then
		ok "$name"
	else
		not_ok "$name (exit status $rc)"
		remark <"$tmp/out"
	fi
}

# The extensions stand where everybody may create
db=battery_test_safety
create_database $db
query $db -c "ALTER DATABASE $db OWNER TO battery_safety_owner" -c "CREATE EXTENSION battery" -c "CREATE EXTENSION btree_gist"
plant $db
planted=$(query $db -c "SELECT count(*) FROM pg_proc WHERE proowner = 'battery_safety_mallory'::regrole")
if [ "$planted" -gt 5000 ]; then
	ok "$planted functions are planted"
else
	not_ok "$planted functions are planted"
	remark <"$tmp/plant.out"
fi
says_no "setup refuses a schema in which another role may create" 'role "battery_safety_mallory" owns' "$industry" setup -q -d $db
grep -q 'ALTER EXTENSION battery SET SCHEMA battery' "$tmp/out" && ok "and says what to do" || not_ok "and says what to do"
query $db -c "REVOKE CREATE ON SCHEMA public FROM battery_safety_mallory"
says_no "or could once" 'role "battery_safety_mallory" owns' "$industry" setup -q -d $db
same "nothing was set up" "t" "$(query $db -c "SELECT to_regnamespace('industry') IS NULL")"

# what the hint says
query $db -c "CREATE SCHEMA battery" -c "GRANT USAGE ON SCHEMA battery TO battery_safety_owner" -c "ALTER EXTENSION battery SET SCHEMA battery" \
	-c "ALTER EXTENSION btree_gist SET SCHEMA battery" -c "GRANT CREATE ON SCHEMA public TO battery_safety_mallory"
run "a superuser sets up for the owner of the database" 0 "$industry" setup -q -d $db
same "whose it is" "battery_safety_owner" "$(query $db -c "SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'industry'")"
innocent "setup runs and binds nothing that was planted" $db
run "an upgrade again" 0 "$industry" upgrade --again -q -d $db
innocent "runs and binds nothing that was planted" $db

query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('P');
INSERT INTO industry.source (source, publisher, edition, published) VALUES ('s', 'P', '1', '2024-01-01');
INSERT INTO industry.maker (maker, name) VALUES ('CATL', 'Contemporary Amperex');
SELECT industry.grant_access(loader => 'battery_safety_owner');
SQL
query $db -c "ALTER DATABASE $db SET search_path = public"
printf 'maker,amount,share,period,metric,basis,chemistry\nCATL,12 GWh,3 %%,2023,m,installed,LFP\nNobody,1,1,2023,m,installed,\n' >"$tmp/file.csv"
run "a load by a superuser" 3 "$root/bin/battery-load" -q -d $db maker_share "$tmp/file.csv" --source s
query $db -c "ALTER DATABASE $db RESET search_path"
innocent "runs nothing that was planted" $db

# An owner of industry is no superuser: what it puts into its schema runs with its
# own rights when a superuser upgrades.
query $db <<'SQL'
SET ROLE battery_safety_owner;
CREATE OR REPLACE FUNCTION industry.version() RETURNS text LANGUAGE plpgsql AS $$
BEGIN INSERT INTO public.caught VALUES ('version', current_user); RETURN '1.1.0'; END$$;
SQL
run "an upgrade of another's schema" 0 "$industry" upgrade --again -q -d $db
none "runs its code with its rights" $db "SELECT DISTINCT what, whom FROM public.caught WHERE whom <> 'battery_safety_owner'"

# Somebody was let into the schema itself.
query $db -c "GRANT CREATE, USAGE ON SCHEMA industry TO battery_safety_mallory"
says_no "a role that may create in industry is refused" 'REVOKE CREATE ON SCHEMA industry' "$industry" upgrade --again -q -d $db
finish
