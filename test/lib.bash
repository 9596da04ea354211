# What the scripts test/*.sh share.  Sourced, never run.
#
# The server is the one that PGHOST, PGPORT and PGUSER name, its psql the first
# on PATH; the user must be a superuser.  Every script works in databases of
# its own, named battery_test_*, and drops them however it ends.

set -euo pipefail

export PGOPTIONS='-c client_min_messages=warning'
export PGCLIENTENCODING=UTF8
unset PGDATABASE

_databases=()
_roles=()
_failed=0
tmp=$(mktemp -d "${TMPDIR:-/tmp}/battery_test.XXXXXX")

_clean_up()
{
	local rc=${1:-$?} name

	trap - EXIT
	for name in ${_databases[@]+"${_databases[@]}"}; do
		psql -X -q -d postgres -c "DROP DATABASE IF EXISTS $name WITH (FORCE)" >/dev/null 2>&1 || true
	done
	for name in ${_roles[@]+"${_roles[@]}"}; do
		psql -X -q -d postgres -c "DROP ROLE IF EXISTS $name" >/dev/null 2>&1 || true
	done
	rm -rf "$tmp"
	exit "$rc"
}
trap _clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

ok()
{
	printf 'ok - %s\n' "$1"
}

not_ok()
{
	_failed=$((_failed + 1))
	printf 'not ok - %s\n' "$1"
}

# Lines that explain a failure.
remark()
{
	sed 's/^/# /' | head -n "${1:-20}"
}

# create_database NAME: an empty database, dropped at the end.
create_database()
{
	_databases+=("$1")
	psql -X -q -d postgres -c "DROP DATABASE IF EXISTS $1 WITH (FORCE)" -c "CREATE DATABASE $1 TEMPLATE template0 ENCODING 'UTF8'"
}

# create_role NAME OPTIONS: dropped at the end.
create_role()
{
	_roles+=("$1")
	psql -X -q -d postgres -c "DROP ROLE IF EXISTS $1" -c "CREATE ROLE $1 ${2:-}"
}

# query DATABASE [psql arguments]: unaligned rows; the script is standard input
# unless -c or -f is given.  The first error ends it.
query()
{
	local db=$1

	shift
	if [ $# -eq 0 ]; then
		set -- -f -
	fi
	psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$db" "$@"
}

# none NAME DATABASE SQL: passes when the query returns no row; the rows that
# it returns are what is wrong.
none()
{
	local rows

	if ! rows=$(query "$2" -c "$3" 2>&1); then
		not_ok "$1"
		printf '%s\n' "$rows" | remark
	elif [ -n "$rows" ]; then
		not_ok "$1"
		printf '%s\n' "$rows" | remark
	else
		ok "$1"
	fi
}

# same NAME EXPECTED ACTUAL
same()
{
	if [ "$2" = "$3" ] && [ -n "$2" ]; then
		ok "$1"
	else
		not_ok "$1"
		printf 'expected: %s\nactual:   %s\n' "$2" "$3" | remark 40
	fi
}

# is NAME EXPECTED SQL: what a query of $db gives, or its error
is()
{
	local got

	got=$(query "$db" -c "$3" 2>&1) || true
	same "$1" "$2" "$got"
}

# refused NAME SQLSTATE "PART OF THE HINT" SQL: the error of a statement in $db
refused()
{
	local got

	got=$(psql -X -q -A -t -v VERBOSITY=verbose -d "$db" -c "$4" 2>&1 || true)
	if grep -q "^[^:]*:  $2: " <<<"$got" && grep "^HINT:" <<<"$got" | grep -qF -- "$3"; then
		ok "$1"
	else
		not_ok "$1"
		remark <<<"$got"
	fi
}

# own_cluster SETTING...: a cluster of the script's own, with the binaries of the
# server under test, for what would disturb others; PGHOST, PGPORT and PGUSER name
# it.  It stands beside the running server's and belongs to its user, who may not be
# able to enter our temporary directory.  $cluster is its directory, $bin has its
# commands.  A script may have several, each called for in its turn.
_clusters=()
own_cluster()
{
	local data setting settings=''

	if [ -n "${PG_CONFIG:-}" ]; then
		bin=$("$PG_CONFIG" --bindir)
	else
		bin=$(dirname "$(command -v initdb || command -v psql)")
	fi
	PATH=$bin:$PATH
	if [ ${#_clusters[@]} -eq 0 ]; then
		data=$(query postgres -c 'SHOW data_directory')
		_cluster_user=$(stat -c %U "$data")
		_beside=$(dirname "$data")
	fi
	cluster=$(mktemp -d "$_beside/own.XXXXXX")
	_clusters+=("$cluster")
	chmod 755 "$cluster"
	[ "$(id -un)" = "$_cluster_user" ] || chown "$_cluster_user" "$cluster"
	trap '_status=$?; _stop_cluster; _clean_up "$_status"' EXIT
	export PGHOST=$cluster PGPORT=54321 PGUSER=battery
	as_server "$bin/initdb" -D "$cluster/data" -U battery -A trust -N -E UTF8 --locale=C >"$tmp/initdb.log" 2>&1 || {
		remark <"$tmp/initdb.log"
		return 1
	}
	# fsync is for machines that lose power; here processes die, and the kernel
	# keeps what was written.
	for setting in listen_addresses= port=$PGPORT unix_socket_directories="$cluster" fsync=off "$@"; do
		settings+=" -c $setting"
	done
	as_server "$bin/pg_ctl" -D "$cluster/data" -l "$cluster/log" -w -o "$settings" start >/dev/null || {
		remark <"$cluster/log"
		return 1
	}
}

# until_true DATABASE SQL: waits for it, a minute
until_true()
{
	local i

	for ((i = 0; i < 300; i++)); do
		[ "$(query "$1" -c "$2" 2>/dev/null)" != t ] || return 0
		sleep 0.2
	done
	return 1
}

# recoveries: how often our own cluster has lost all its processes at once
recoveries()
{
	grep -c 'all server processes terminated' "$cluster/log" || true
}

# crash PID ...: kills processes of our own cluster; true once it has noticed and recovers.
# A process that has just ended by itself can be sent a signal, too, until the server has
# looked: then, and without a PID, false.
crash()
{
	local crashes pids i

	crashes=$(recoveries)
	[ $# -gt 0 ] && kill -9 "$@" 2>/dev/null || return 1
	pids=$(IFS='|' && echo "$*")
	while kill -0 "$@" 2>/dev/null; do sleep 0.02; done
	# whose end it was the server says as it looks; that it recovers, once the others have
	# ended, which takes a slow machine its time
	for ((i = 0; i < 1200; i++)); do
		[ "$(recoveries)" -eq "$crashes" ] || return 0
		[ "$i" -lt 40 ] || grep -q -E "PID ($pids)\) was terminated by signal 9" "$cluster/log" || return 1
		sleep 0.05
	done
	return 1
}

# as_server COMMAND...: as the user of the cluster; PostgreSQL does not run as root
as_server()
{
	if [ "$(id -un)" = "$_cluster_user" ]; then
		(cd "$cluster" && exec "$@")
	else
		(cd "$cluster" && HOME=$cluster exec setpriv --reuid="$_cluster_user" --regid="$(id -g "$_cluster_user")" --clear-groups "$@")
	fi
}

_stop_cluster()
{
	for cluster in "${_clusters[@]}"; do
		as_server "$bin/pg_ctl" -D "$cluster/data" -m immediate -w -t 30 stop >/dev/null 2>&1 || true
		rm -rf "$cluster"
	done
}

# run NAME STATUS COMMAND...: what it prints is in $tmp/out
run()
{
	local name=$1 expected=$2 rc=0

	shift 2
	"$@" >"$tmp/out" 2>&1 || rc=$?
	if [ "$rc" -eq "$expected" ]; then
		ok "$name"
	else
		not_ok "$name (exit status $rc, expected $expected)"
		remark <"$tmp/out"
	fi
}

# load NAME STATUS ARGUMENT...: runs battery-load on $db, as $loader where a
# script names one; what it prints is in $tmp/out and $tmp/err.
load()
{
	local name=$1 expected=$2 rc=0

	shift 2
	env ${loader:+PGUSER="$loader"} "$root/bin/battery-load" -d "$db" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || rc=$?
	if [ "$rc" -eq "$expected" ]; then
		ok "$name"
	else
		not_ok "$name (exit status $rc, expected $expected)"
		cat "$tmp/out" "$tmp/err" | remark
	fi
}

# says NAME TEXT...: what the last command printed, the files $outputs, has each
# of these
outputs=("$tmp/out" "$tmp/err")
says()
{
	local name=$1 text

	shift
	for text in "$@"; do
		if ! grep -q -F -e "$text" "${outputs[@]}"; then
			not_ok "$name"
			{
				echo "not there: $text"
				cat "${outputs[@]}"
			} | remark
			return
		fi
	done
	ok "$name"
}

# page_blocks FILE: the files and commands of a page.  Each ```csv NAME becomes a file
# in $tmp/files; each ```sh is a script in $tmp/blocks, NNN.sh, with the heading above it
# in NNN.title and the ```text behind it, what it prints, in NNN.text.
page_blocks()
{
	mkdir -p "$tmp/blocks" "$tmp/files"
	awk -v blocks="$tmp/blocks" -v files="$tmp/files" '
		/^#+ / && out == "" { title = $0; sub(/^#+ /, "", title) }
		/^```csv [^ ]*$/ { out = files "/" $2; next }
		/^```sh$/ { out = sprintf("%s/%03d.title", blocks, ++n); print title >out; close(out)
			out = sprintf("%s/%03d.sh", blocks, n); awaited = 1; next }
		/^```text$/ && awaited { out = sprintf("%s/%03d.text", blocks, n); awaited = 0; next }
		/^```/ { if (out != "") close(out); else awaited = 0; out = out == "" ? "/dev/null" : ""; next }
		out != "" { print >out }' "$1"
}

# The exit status of a script.
finish()
{
	[ "$_failed" -eq 0 ]
}
