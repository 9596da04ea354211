# For tests of what runs with somebody's rights: what an unprivileged role plants, and
# whether any of it has run or is bound.  Read after lib.bash.
create_role battery_safety_mallory LOGIN
create_role battery_safety_owner LOGIN

# plant DATABASE <SCRIPT: as mallory, in public; what is called leaves a trace and fails
plant()
{
	local database=$1 n=0 name pair operator type types planted

	grep -oE "[a-z_][a-z0-9_]*\(" | tr -d '(' | sort -u >"$tmp/names"
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
			'integer numeric' 'text integer' 'date timestamptz' 'name name[]' 'text regclass' 'regtype oid' 'oid regtype' 'regprocedure oid' 'integer double' 'varchar text' \
			'text text' 'name name' 'oid oid' 'integer integer' 'bigint bigint' 'numeric numeric' 'boolean boolean' 'date date' 'jsonb text' 'text[] text[]' 'anyarray anyarray' 'anyelement anyelement'; do
			# shellcheck disable=SC2086
			set -- $pair
			for operator in = '<>' '<' '>' '<=' '>=' '||' '~' '!~' '+' '-' '*' '/' '->' '->>' '?' '@>' '<@' '&&'; do
				printf 'CREATE FUNCTION public.op_%s(%s, %s) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN INSERT INTO public.caught VALUES (%s, current_user); RETURN true; END$$;\n' \
					"$((++n))" "${1/double/double precision}" "${2/double/double precision}" "'operator $operator'"
				printf 'CREATE OPERATOR public.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = public.op_%s);\n' "$operator" "${1/double/double precision}" "${2/double/double precision}" "$n"
			done
		done
		echo 'CREATE FUNCTION public.judge(pg_catalog.text) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN INSERT INTO public.caught VALUES ('"'a type'"', current_user); RETURN true; END$$;'
		for type in text name oid regclass jsonb numeric date xid bytea record daterange; do
			printf 'CREATE DOMAIN public.%s AS pg_catalog.text CHECK (public.judge(VALUE));\n' $type
		done
	} >"$tmp/plant.sql"
	# names that cannot be functions of these types are left out
	psql -X -q -d "$database" -f "$tmp/plant.sql" >"$tmp/plant.out" 2>&1 || true
	planted=$(query "$database" -c "SELECT count(*) FROM pg_catalog.pg_proc WHERE proowner OPERATOR(pg_catalog.=) 'battery_safety_mallory'::regrole")
	if [ "$planted" -gt 2000 ]; then
		ok "$planted functions are planted"
	else
		not_ok "$planted functions are planted"
		remark <"$tmp/plant.out"
	fi
}

# innocent NAME DATABASE: nothing planted has run, nothing planted is bound
innocent()
{
	none "$1" "$2" "SET search_path = pg_catalog;
		WITH planted (class, oid) AS (
			SELECT 'pg_proc'::regclass, oid FROM pg_proc WHERE proowner = 'battery_safety_mallory'::regrole
			UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator WHERE oprowner = 'battery_safety_mallory'::regrole
			UNION ALL SELECT 'pg_class'::regclass, oid FROM pg_class WHERE relowner = 'battery_safety_mallory'::regrole
			UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type WHERE typowner = 'battery_safety_mallory'::regrole
			UNION ALL SELECT 'pg_constraint'::regclass, c.oid FROM pg_constraint c JOIN pg_type t ON t.oid = c.contypid WHERE t.typowner = 'battery_safety_mallory'::regrole)
		SELECT format('ran: %s as %s', what, whom) FROM public.caught
		UNION ALL
		SELECT format('bound: %s by %s', pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid), pg_describe_object(d.classid, d.objid, d.objsubid))
		FROM pg_depend d
		WHERE EXISTS (SELECT FROM planted p WHERE p.class = d.refclassid AND p.oid = d.refobjid)
		  AND NOT EXISTS (SELECT FROM planted p WHERE p.class = d.classid AND p.oid = d.objid) LIMIT 20"
}

# says_no NAME "PART OF WHAT IT SAYS" COMMAND...
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
