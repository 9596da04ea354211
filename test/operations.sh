#!/bin/bash
# docs/operations.md: every command on it is run, on clusters of its own, and what it
# promises holds: after an update, a restore, on a standby, behind pgBouncer, with
# logical replication.  Its queries are run by docs_examples.sh; here they must also
# find what they look for.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
page=$root/docs/operations.md
page_blocks "$page"
own_cluster wal_level=logical max_wal_senders=10 max_replication_slots=10
outputs=("$tmp/out")
files=$cluster/files
second=$cluster/second
PATH=$root/bin:$PATH
mkdir "$files" "$second"
cp "$tmp"/files/* "$tmp"/blocks/*.sh "$files"
chmod -R a+rX "$files"
[ "$(id -un)" = "$_cluster_user" ] || chown -R "$_cluster_user" "$files" "$second"
export PGDATA=$cluster/data PRIMARY=$cluster STANDBY=$second SUBSCRIBER=$second POOL=$second
export OLD=$bin NEW=$bin NEWDATA=$cluster/new

_stop_others()
{
	local data

	for data in "$second/data" "$cluster/new"; do
		as_server "$bin/pg_ctl" -D "$data" -m immediate -w -t 30 stop >/dev/null 2>&1 || true
	done
	[ ! -s "$second/pgbouncer.pid" ] || kill "$(cat "$second/pgbouncer.pid")" 2>/dev/null || true
}
trap '_status=$?; _stop_others; _stop_cluster; _clean_up "$_status"' EXIT

# in_files COMMAND...: as the server's user, in the directory of the page's files
in_files()
{
	as_server env TMPDIR="$cluster" bash -c 'cd "$1" && shift && "$@"' bash "$files" "$@"
}

# block HEADING N [DIRECTORY]: runs the page's Nth block of commands under a heading; what
# it prints is what the page says, if it does
done=0
block()
{
	local script files=${3:-$files}

	script=$(grep -l -x -F "$1" "$tmp"/blocks/*.title | sed -n "${2}s/title\$/sh/p")
	if [ -z "$script" ]; then
		not_ok "$1, block $2: it is there"
		return
	fi
	done=$((done + 1))
	run "$1, block $2" 0 in_files bash -euo pipefail "$cluster/files/${script##*/}"
	[ ! -e "${script%.sh}.text" ] || same "$1, block $2: what it prints" "$(cat "${script%.sh}.text")" "$(cat "$tmp/out")"
}

# answers DATABASE: what the schema says of the fixture
answers()
{
	query "$1" -f "$root/test/industry/answers.sql"
}

# sql_of WORD: the page's query that has this word
sql_of()
{
	awk -v word="$1" '/^```sql$/ { body = ""; inside = 1; next } /^```/ { if (inside && index(body, word)) printf "%s", body; inside = 0 } inside { body = body $0 "\n" }' "$page"
}

# A directory of its own, whose control file has another comment than the server's.
cp -R "$root" "$cluster/checkout"
[ "$(id -un)" = "$_cluster_user" ] || chown -R "$_cluster_user" "$cluster/checkout"
export SERVER=$bin STAGE=$cluster/stage PREFIX=$cluster/prefix
block 'Installing on a server' 1 "$cluster/checkout"
same 'extension, library and commands lie there' 3 \
	"$(find "$PREFIX" -path '*/share/extension/battery.control' -o -path '*/lib/battery.so' -o -path '*/bin/battery-load' | wc -l)"
rm -r "$cluster/checkout" "$STAGE"
if [ "$(query postgres -c 'SHOW server_version_num')" -ge 180000 ]; then
	db=energy
	as_server sed -i "s/^comment = .*/comment = 'beside'/" "$PREFIX/share/extension/battery.control"
	query postgres -c 'CREATE DATABASE energy'
	block 'Installing on a server' 2
	is 'the extension is that of the directory' beside "SELECT obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = 'battery'"
	is 'and the library' "$PREFIX/lib/battery.so" \
		"SELECT DISTINCT substring(line FROM '/.*battery[.]so') FROM (SELECT capacity_gwh '1' AS c) used, regexp_split_to_table(pg_read_file('/proc/self/maps'), '\\n') line WHERE c > 0 AND line LIKE '%battery.so'"
	is 'and what it computes' '67.3' "SELECT usd(1346, 'million') / capacity_gwh '20 GWh'"
	query postgres -c 'DROP DATABASE energy'
else
	done=$((done + 1))
	ok 'extension_control_path # SKIP it is there from PostgreSQL 18 on'
fi

query postgres -c 'CREATE ROLE planner LOGIN' -c 'CREATE ROLE auditor LOGIN' -c 'CREATE DATABASE energy OWNER planner' -c 'CREATE DATABASE planted'
db=energy
run 'the schema is set up' 0 "$root/bin/battery-industry" setup -q -U planner -d energy
query energy -f "$root/test/industry/fixture.sql" >/dev/null
answers energy >"$tmp/before"
same 'there are answers to compare' yes "$([ "$(wc -l <"$tmp/before")" -gt 50 ] && echo yes)"

# The queries find what is planted.
query planted <<'SQL'
CREATE EXTENSION battery;
CREATE EXTENSION btree_gist;
CREATE TABLE readings (cost double precision, code bpchar, plain char(3), doc jsonb, maker text, capacity capacity_gwh);
CREATE INDEX readings_cost ON readings USING gist (cost, maker);
CREATE INDEX readings_code ON readings (maker, code);
CREATE INDEX readings_plain ON readings (plain, capacity);
CREATE INDEX readings_maker ON readings USING gist (maker);
CREATE INDEX readings_doc ON readings USING gin (doc);
SQL
same 'indexes that want REINDEX are found, and no others' 'readings_code|bpchar_ops
readings_cost|gist_float8_ops
readings_doc|jsonb_ops' "$(query planted -c "$(sql_of gist_float4_ops)" | LC_ALL=C sort)"
none 'industry has no index of btree_gist over floats, nor any other that wants REINDEX' energy "$(sql_of gist_float4_ops)"
same 'it has indexes of btree_gist, over numbers and texts' 'gist_int4_ops gist_text_ops' "$(query energy -c "
	SELECT string_agg(DISTINCT opcname, ' ') FROM pg_index i, pg_class c, unnest(i.indclass::oid[]) k JOIN pg_opclass o ON o.oid = k
	WHERE c.oid = i.indrelid AND c.relnamespace = 'industry'::regnamespace AND opcname LIKE 'gist%'")"
none 'no page makes one' energy "SELECT line FROM string_to_table(convert_from(decode('$(
	cat "$root"/README.md "$root"/docs/*.md "$root"/docs/market/*.md | grep -i 'using gist' | base64 -w 0)', 'base64'), 'UTF8'), E'\n') line
	WHERE line ~* '(cost|share|price|float|double)'"
none 'every table of industry can be published' energy "$(sql_of without_replica_identity)"
query planted -c 'CREATE SCHEMA industry CREATE TABLE bare (x int) CREATE TABLE keyed (x int PRIMARY KEY)
	CREATE TABLE computed (x int, y int PRIMARY KEY GENERATED ALWAYS AS (x + 1) STORED)'
same 'tables that could not be are found' 'industry.bare
industry.computed' "$(query planted -c "$(sql_of without_replica_identity)")"
if [ "$(query postgres -c "SELECT count(*) FROM pg_settings WHERE name = 'output_plugin_libraries'")" = 1 ]; then
	refused 'a plug-in that output_plugin_libraries does not name is refused' 42501 output_plugin_libraries \
		"SELECT pg_create_logical_replication_slot('other', '\$libdir/battery')"
	query energy -c "SELECT pg_create_logical_replication_slot(p, p) FROM (VALUES ('pgoutput'), ('test_decoding')) v (p)" >/dev/null
	none 'slots with pgoutput and test_decoding go on' energy "$(sql_of output_plugin_libraries)"
	query energy -c "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots" >/dev/null
else
	ok 'output_plugin_libraries # SKIP this minor release has no such setting'
fi

block 'A minor release of PostgreSQL' 1
block 'A minor release of PostgreSQL' 2
block 'A new version of battery' 1
same 'the answers are the same' "$(cksum <"$tmp/before")" "$(answers energy | cksum)"

# Dumps
block 'Backup and restore' 1
same 'a restored database gives the same answers' "$(cksum <"$tmp/before")" "$(answers restored | cksum)"
block 'Backup and restore' 2
same 'so does one of another owner, with the extensions in a schema of their own' "$(cksum <"$tmp/before")" "$(answers audit | cksum)"
db=audit
is 'all of which is the new owner'"'s" auditor "SELECT string_agg(DISTINCT c.relowner::regrole::text, ' ') FROM pg_class c WHERE c.relnamespace = 'industry'::regnamespace"
db=energy

block 'What to monitor' 1

# A standby
export PGDATA=$second/data
block 'A standby' 1
as_server sh -c "printf '%s\n' \"listen_addresses = ''\" \"unix_socket_directories = '$second'\" \"port = $PGPORT\" 'fsync = off' \"cluster_name = 'standby'\" >>'$PGDATA/postgresql.auto.conf'"
export PGHOST=$second
block 'A standby' 2
same 'a standby gives the same answers' "$(cksum <"$tmp/before")" "$(answers energy | cksum)"
run 'a load is refused there' 1 in_files battery-load -d energy maker makers.csv
says 'which says why' 'this server is a standby' 'Name the primary' 'nothing was changed'
run 'a dry run too' 1 in_files battery-load --dry-run -d energy maker makers.csv
run 'battery-industry upgrade --again as well' 1 in_files battery-industry upgrade --again -U planner -d energy
export PGHOST=$cluster
run 'a load on the primary' 0 in_files battery-load -q -d energy maker makers.csv
PGHOST=$second until_true energy "SELECT count(*) = 1 FROM industry.maker WHERE maker = 'Saft'" && ok 'reaches the standby' || not_ok 'reaches the standby'
export PGHOST=$second
block 'A standby' 3
is 'the standby is the primary' f 'SELECT pg_is_in_recovery()'
is 'and loads' '1' "SELECT count(*) FROM industry.maker WHERE maker = 'Saft'"
export PGHOST=$cluster PGDATA=$cluster/data

# pgBouncer
pgbouncer=$(PATH=$PATH:/usr/sbin command -v pgbouncer || true)
if [ -z "$pgbouncer" ]; then
	ok 'pgBouncer # SKIP pgbouncer is not there'
	done=$((done + 1))
else
	awk '/^```ini$/ { inside = 1; next } /^```/ { inside = 0 } inside' "$page" |
		sed "s|^energy = .*|* = host=$cluster port=$PGPORT user=battery|" >"$second/pgbouncer.ini"
	printf '%s\n' "unix_socket_dir = $second" 'listen_addr =' 'listen_port = 6432' 'auth_type = any' 'default_pool_size = 1' \
		"pidfile = $second/pgbouncer.pid" "logfile = $second/pgbouncer.log" >>"$second/pgbouncer.ini"
	as_server "$pgbouncer" -q -d "$second/pgbouncer.ini"
	pooled=(psql -X -q -A -t -h "$second" -p 6432 -d energy)
	for ((i = 0; i < 300; i++)); do
		! "${pooled[@]}" -c 'SELECT 1' >/dev/null 2>&1 || break
		sleep 0.2
	done
	before=$("${pooled[@]}" -c "SELECT string_agg(name || setting, ' ' ORDER BY name) || pg_backend_pid() FROM pg_settings WHERE source NOT IN ('default', 'override') AND name <> 'application_name'")
	block pgBouncer 1
	run 'a dry run through the pool' 0 in_files battery-load -q -h "$POOL" -p 6432 -n -d energy maker makers.csv
	run 'options for libpq are no obstacle' 0 in_files env PGOPTIONS='-c work_mem=8MB' battery-load --layout=maker -h "$POOL" -p 6432 -d energy
	same 'the next client gets the same session, unchanged' "$before" \
		"$("${pooled[@]}" -c "SELECT string_agg(name || setting, ' ' ORDER BY name) || pg_backend_pid() FROM pg_settings WHERE source NOT IN ('default', 'override') AND name <> 'application_name'")"
	same 'with no temporary table left' 0 "$("${pooled[@]}" -c "SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND pg_table_is_visible(oid)")"

	# a client that is gone
	sed -i 's/Saft Groupe/Saft S.A./' "$files/makers.csv"
	mkfifo "$tmp/hold"
	query energy <"$tmp/hold" >/dev/null &
	exec 6>"$tmp/hold"
	printf "BEGIN; LOCK TABLE industry.load_turn IN ACCESS EXCLUSIVE MODE;\n" >&6
	until_true energy "SELECT count(*) = 1 FROM pg_locks WHERE relation = 'industry.load_turn'::regclass AND granted"
	in_files battery-load -q -h "$POOL" -p 6432 -d energy maker makers.csv >"$tmp/gone" 2>&1 &
	if until_true energy "SELECT count(*) = 1 FROM pg_stat_activity WHERE application_name = 'battery-load' AND wait_event_type = 'Lock'"; then
		ok 'a load waits, under its own name'
	else
		not_ok 'a load waits, under its own name'
		remark <"$tmp/gone"
	fi
	same 'the query of what waits names it' 1 "$(query energy -c "$(sql_of waits_for)" | grep -c '|active|{[0-9]*}|')"
	pid=$(pgrep -f "psql .*-h $second -p 6432 -d energy.* -f -\$" | head -n 1)
	begin=$EPOCHREALTIME
	kill -KILL "$pid"
	# BATTERY_PATIENCE ms more, 1000, for a busy machine
	until_true energy "SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = 'battery-load' AND state <> 'idle'" || true
	span=$(((${EPOCHREALTIME/./} - ${begin/./}) / 1000))
	if [ "$span" -lt $((2000 + ${BATTERY_PATIENCE:-1000})) ]; then
		ok 'killed outright, it is gone from the server within two seconds'
	else
		not_ok "killed outright, it is gone from the server within two seconds ($span ms)"
	fi
	exec 6>&-
	wait || true
fi

# COPY that fails before it reads: the rows are no commands, whatever psql does with
# what follows (it skips it since 15.19, 17.11 and 18.6).
query postgres -c 'CREATE DATABASE spoiled TEMPLATE energy'
db=spoiled
query spoiled <<'SQL'
ALTER FUNCTION industry.begin_load RENAME TO begin_load_kept;
DO $$
BEGIN
	EXECUTE (SELECT replace(pg_get_functiondef(oid), 'begin_load_kept', 'begin_load') FROM pg_proc WHERE proname = 'begin_load_kept');
	-- the table that COPY writes into is gone when it comes
	EXECUTE (SELECT format('CREATE TABLE industry.spoil AS SELECT 1; CREATE FUNCTION industry.drop_stage() RETURNS event_trigger LANGUAGE plpgsql AS %L',
		'BEGIN IF to_regclass(''pg_temp.industry_stage'') IS NOT NULL AND EXISTS (SELECT FROM industry.spoil) THEN ALTER TABLE pg_temp.industry_stage RENAME TO industry_gone; END IF; END'));
END $$;
CREATE EVENT TRIGGER spoil ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION industry.drop_stage();
SQL
printf '%s\n' 'maker,name,country,kind' 'Saft2,Saft Two,FR,company' 'CREATE TABLE public.written_by_a_row (x int);' '\! touch written_by_a_row' '\.' \
	'DROP TABLE industry.maker CASCADE;' "SELECT 1;" >"$tmp/rows.csv"
cp "$tmp/rows.csv" "$files/rows.csv"
printf '%s\n' 'kind,file' 'maker,rows.csv' >"$files/manifest.csv"
for how in 'maker rows.csv' 'maker -' '--manifest=manifest.csv' '--manifest=manifest.csv --dry-run'; do
	# unquoted: words
	run "battery-load $how: a COPY that fails at once" 1 in_files sh -c 'exec battery-load -d spoiled "$@" <rows.csv' sh $how
	says "battery-load $how: says so" industry_stage 'nothing was changed'
done
same 'no row was a command' '|Saft|' "$(query spoiled -c "SELECT to_regclass('public.written_by_a_row'), maker, to_regclass('public.x') FROM industry.maker WHERE maker LIKE 'Saft%'")$([ -e "$files/written_by_a_row" ] && echo written)"
query postgres -c 'DROP DATABASE spoiled'
db=energy

# Logical replication, to the cluster that was the standby
block 'Logical replication' 1
until_true energy "SELECT count(*) = 1 FROM pg_stat_replication WHERE application_name = 'battery'" || true
PGHOST=$second until_true reporting "SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel" && ok 'every table is copied' || not_ok 'every table is copied'
answers energy >"$tmp/published"
same 'the subscriber gives the same answers' "$(cksum <"$tmp/published")" "$(PGHOST=$second answers reporting | cksum)"
run 'updates and deletes can be published: upgrade --again writes tables anew' 0 in_files battery-industry upgrade -q --again -U planner -d energy
query energy -c "UPDATE industry.joint_venture_member SET notes = 'seen'"
printf '%s\n' 'maker,name,country,kind' 'Verkor,Verkor SA,FR,company' >"$files/more.csv"
run 'a load on the publisher' 0 in_files battery-load -q -d energy maker more.csv
lsn=$(query energy -c 'SELECT pg_current_wal_lsn()')
until_true energy "SELECT bool_and(replay_lsn >= '$lsn') FROM pg_stat_replication WHERE application_name = 'battery'" || true
PGHOST=$second until_true reporting "SELECT count(*) = 1 FROM industry.maker WHERE maker = 'Verkor'" && ok 'reaches the subscriber' || not_ok 'reaches the subscriber'
grep -A 2 -F 'ERROR: ' "$second/data/server.log" | remark
none 'and nothing of it was refused there' energy "SELECT line FROM string_to_table(pg_read_file('$second/data/server.log'), E'\n') line WHERE line ~ 'ERROR: .*(publisher|replica|duplicate)'"
answers energy >"$tmp/published"
same 'which still gives the same answers' "$(cksum <"$tmp/published")" "$(PGHOST=$second answers reporting | cksum)"
sed -i 's/^Saft,.*/ACC,Automotive Cells Company,FR,company/' "$files/makers.csv"
block 'Logical replication' 2
PGHOST=$second
db=reporting
is 'it loads with numbers of its own' 1 "SELECT count(*) FROM industry.maker WHERE maker = 'ACC'"
PGHOST=$cluster
db=energy
none 'no slot is left' energy 'SELECT slot_name FROM pg_replication_slots'

# A major release, from a version to itself; test/pg_upgrade goes from 15 to 19.
as_server "$bin/pg_ctl" -D "$second/data" -m fast -w stop >/dev/null
[ ! -s "$second/pgbouncer.pid" ] || kill "$(cat "$second/pgbouncer.pid")"
answers energy >"$tmp/before"
block 'A major release of PostgreSQL' 1
as_server sh -c "printf '%s\n' \"listen_addresses = ''\" \"unix_socket_directories = '$cluster'\" \"port = $PGPORT\" 'fsync = off' >>'$NEWDATA/postgresql.conf'"
block 'A major release of PostgreSQL' 2
same 'the new cluster gives the same answers' "$(cksum <"$tmp/before")" "$(answers energy | cksum)"

same 'every command of the page was run' "$(ls "$tmp"/blocks/*.sh | wc -l)" "$done"
finish
