#!/bin/bash
# pg_dump and back: plain, custom and directory, into a database of another owner, who
# is no superuser, and with the extensions in schemas of their own.  Every table has the
# same rows, to the byte of their text, and every question the same answer; then it is
# loaded into and dumped once more.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_dump
owner=battery_test_dump_owner
bin=${PG_CONFIG:+$("$PG_CONFIG" --bindir)/}

# checksums DATABASE [SCHEMA]: with the extension there
checksums()
{
	query "$1" -c "SET search_path = public${2:+, $2}" -f "$root/test/value_checksums.sql" -f "$root/test/pg_upgrade_check.sql" -f "$root/test/industry/answers.sql"
}

# equal NAME DATABASE [SCHEMA]
equal()
{
	if checksums "$2" "${3:-}" >"$tmp/after" 2>"$tmp/err" && diff "$tmp/before" "$tmp/after" >"$tmp/difference"; then
		ok "$1"
	else
		not_ok "$1"
		remark <"$tmp/err"
		remark <"$tmp/difference"
	fi
}

# restored NAME COMMAND...: without a word of error
restored()
{
	local name=$1

	shift
	if "$@" >"$tmp/out" 2>&1 && ! grep -i error "$tmp/out" >/dev/null; then
		ok "$name"
	else
		not_ok "$name"
		remark <"$tmp/out"
	fi
}

create_database $db
query $db -f "$root/test/pg_upgrade_data.sql"
"$root/bin/battery-industry" setup -q -d $db
query $db -f "$root/test/industry/fixture.sql"
checksums $db >"$tmp/before"
if [ "$(wc -l <"$tmp/before")" -ge 60 ]; then
	ok "$(wc -l <"$tmp/before") checksums and answers"
else
	not_ok "$(wc -l <"$tmp/before") checksums and answers"
fi

"${bin}pg_dump" -f "$tmp/plain.sql" $db
"${bin}pg_dump" -Fc -f "$tmp/custom" $db
"${bin}pg_dump" -Fd -j 2 -f "$tmp/directory" $db
for form in plain custom directory; do
	create_database ${db}_$form
	case $form in
		plain) restored "plain text goes back" psql -X -q -v ON_ERROR_STOP=1 -d ${db}_plain -f "$tmp/plain.sql" ;;
		custom) restored "the custom format goes back" "${bin}pg_restore" --exit-on-error -d ${db}_custom "$tmp/custom" ;;
		directory) restored "a directory goes back, by two jobs" "${bin}pg_restore" --exit-on-error -j 2 -d ${db}_directory "$tmp/directory" ;;
	esac
	equal "and every value with it" ${db}_$form
done

# Another owner
create_role $owner LOGIN
create_database ${db}_owned
query postgres -c "ALTER DATABASE ${db}_owned OWNER TO $owner"
restored "a role that is no superuser restores it as its own" "${bin}pg_restore" --exit-on-error --no-owner --no-privileges -U $owner -d ${db}_owned "$tmp/custom"
equal "with every value" ${db}_owned
none "and owns all of it" ${db}_owned "SELECT relname FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'industry'::regnamespace) AND relkind <> 'c' AND relowner <> '$owner'::regrole"
printf 'maker,name\nN1,New one\n' >"$tmp/new.csv"
run "and loads" 0 env PGUSER=$owner "$root/bin/battery-load" -q -d ${db}_owned maker "$tmp/new.csv"

# Another schema.  Types are named with theirs in a dump, so that they go back into the
# one they were in, and move from there.
query $db -c "CREATE SCHEMA units" -c "ALTER EXTENSION battery SET SCHEMA units" -c "CREATE SCHEMA gist" -c "ALTER EXTENSION btree_gist SET SCHEMA gist"
equal "in another schema the extension says the same" $db units
"${bin}pg_dump" -Fc -f "$tmp/moved" $db
create_database ${db}_moved
restored "a dump of that goes back" "${bin}pg_restore" --exit-on-error -d ${db}_moved "$tmp/moved"
equal "with every value" ${db}_moved units
query ${db}_moved -c "CREATE SCHEMA elsewhere" -c "ALTER EXTENSION battery SET SCHEMA elsewhere"
equal "and moves to a third" ${db}_moved elsewhere
run "where loads go on" 0 "$root/bin/battery-load" -q -d ${db}_moved maker "$tmp/new.csv"
finish
