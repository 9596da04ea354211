#!/bin/bash
# pg_upgrade of a cluster with the schema industry, from a version to itself:
# it restores the extension's members one by one, in an order of its own, which
# a dump with CREATE EXTENSION does not.  test/pg_upgrade goes from 15 to 17.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
bin=$("${PG_CONFIG:-pg_config}" --bindir)
# the user whose clusters these are to be: the running server's
user=$(stat -c %U "$(query postgres -c 'SHOW data_directory')")

as_server()
{
	if [ "$(id -un)" = "$user" ]; then
		(cd "$tmp/two" && "$@")
	else
		(cd "$tmp/two" && HOME=$tmp/two setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@")
	fi
}

# server old|new start|stop
server()
{
	as_server "$bin/pg_ctl" -D "$tmp/two/$1" -l "$tmp/two/log" -w -m fast \
		-o "-c listen_addresses= -c unix_socket_directories=$tmp/two -c fsync=off" "$2" >/dev/null
}

stop_both()
{
	server old stop 2>/dev/null || true
	server new stop 2>/dev/null || true
	_clean_up
}

chmod 755 "$tmp"
mkdir "$tmp/two"
[ "$(id -un)" = "$user" ] || chown "$user" "$tmp/two"
trap stop_both EXIT
export PGHOST=$tmp/two PGPORT=5432 PGUSER=postgres
for name in old new; do
	as_server "$bin/initdb" -D "$tmp/two/$name" -U postgres -A trust -N -E UTF8 --locale=C >/dev/null 2>"$tmp/errors" ||
		remark <"$tmp/errors"
done
server old start
query postgres -c 'CREATE ROLE battery_test_owner' -c 'CREATE DATABASE upgraded OWNER battery_test_owner'
"$root/bin/battery-industry" setup -q -d upgraded
query upgraded -f "$root/test/industry/fixture.sql"
query upgraded -f "$root/test/industry/answers.sql" >"$tmp/before"
server old stop

if as_server "$bin/pg_upgrade" -U postgres -b "$bin" -B "$bin" -d "$tmp/two/old" -D "$tmp/two/new" -s "$tmp/two" >"$tmp/out" 2>&1; then
	ok "pg_upgrade moves a cluster with the schema industry"
	server new start
	query upgraded -f "$root/test/industry/answers.sql" >"$tmp/after"
	same "which then answers the same ($(wc -l <"$tmp/before") rows)" "$(cksum <"$tmp/before")" "$(cksum <"$tmp/after")"
	if "$root/bin/battery-industry" upgrade -q --again -d upgraded >"$tmp/out" 2>&1; then
		ok "and takes its views and functions again"
	else
		not_ok "and takes its views and functions again"
		remark <"$tmp/out"
	fi
	server new stop
else
	not_ok "pg_upgrade moves a cluster with the schema industry"
	grep -h -A 3 'error:' "$tmp"/two/new/pg_upgrade_output.d/*/log/pg_upgrade_dump_*.log | cut -c 1-300 | remark
	remark <"$tmp/out"
fi
finish
