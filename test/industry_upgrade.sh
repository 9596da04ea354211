#!/bin/bash
# pg_upgrade of a cluster with the schema industry, from a version to itself:
# it restores the extension's members one by one, in an order of its own, which
# a dump with CREATE EXTENSION does not.  test/pg_upgrade goes from 15 to 17.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
bin=$("${PG_CONFIG:-pg_config}" --bindir)
# The clusters stand beside the running server's and belong to its user, who
# may not be able to enter our temporary directory.
data=$(query postgres -c 'SHOW data_directory')
user=$(stat -c %U "$data")
two=$(mktemp -d "$(dirname "$data")/two.XXXXXX")

as_server()
{
	if [ "$(id -un)" = "$user" ]; then
		(cd "$two" && "$@")
	else
		(cd "$two" && HOME=$two setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@")
	fi
}

# server old|new start|stop
server()
{
	as_server "$bin/pg_ctl" -D "$two/$1" -l "$two/log" -w -m fast \
		-o "-c listen_addresses= -c unix_socket_directories=$two -c fsync=off" "$2" >/dev/null
}

stop_both()
{
	local rc=$?

	trap - EXIT
	server old stop 2>/dev/null || true
	server new stop 2>/dev/null || true
	rm -rf "$two" "$tmp"
	exit "$rc"
}

chmod 755 "$two"
[ "$(id -un)" = "$user" ] || chown "$user" "$two"
trap stop_both EXIT
export PGHOST=$two PGPORT=5432 PGUSER=postgres
for name in old new; do
	as_server "$bin/initdb" -D "$two/$name" -U postgres -A trust -N -E UTF8 --locale=C >/dev/null 2>"$tmp/errors" ||
		remark <"$tmp/errors"
done
server old start
query postgres -c 'CREATE ROLE battery_test_owner LOGIN' -c 'CREATE DATABASE upgraded OWNER battery_test_owner'
"$root/bin/battery-industry" setup -q -U battery_test_owner -d upgraded
query upgraded -f "$root/test/industry/fixture.sql"
query upgraded -f "$root/test/industry/answers.sql" >"$tmp/before"
server old stop

if as_server "$bin/pg_upgrade" -U postgres -b "$bin" -B "$bin" -d "$two/old" -D "$two/new" -s "$two" >"$tmp/out" 2>&1; then
	ok "pg_upgrade moves a cluster with the schema industry"
	server new start
	query upgraded -f "$root/test/industry/answers.sql" >"$tmp/after"
	same "which then answers the same ($(wc -l <"$tmp/before") rows)" "$(cksum <"$tmp/before")" "$(cksum <"$tmp/after")"
	if "$root/bin/battery-industry" upgrade -q --again -U battery_test_owner -d upgraded >"$tmp/out" 2>&1; then
		ok "and takes its views and functions again"
	else
		not_ok "and takes its views and functions again"
		remark <"$tmp/out"
	fi
	server new stop
else
	not_ok "pg_upgrade moves a cluster with the schema industry"
	grep -h -A 3 'error:' "$two"/new/pg_upgrade_output.d/*/log/pg_upgrade_dump_*.log | cut -c 1-300 | remark
	remark <"$tmp/out"
fi
finish
