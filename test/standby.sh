#!/bin/bash
# A standby that reads while the primary loads: it shows whole editions and nothing
# else, the same values to the last byte, and loads on once it is promoted.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_standby
editions=6
own_cluster full_page_writes=on || {
	not_ok "a cluster of its own"
	finish
	exit
}
primary=$PGPORT
standby=$((PGPORT + 1))

query postgres -c "CREATE DATABASE $db"
"$root/bin/battery-industry" setup -q -d $db
query $db -f "$root/test/industry/fixture.sql"
query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('P');
INSERT INTO industry.source (source, publisher, edition, published) VALUES ('s', 'P', '1', '2024-01-01');
INSERT INTO industry.maker (maker, name) SELECT 'T' || i, 'Test maker ' || i FROM generate_series(1, 100) AS i;
CREATE TABLE public.value AS SELECT i, i::capacity_gwh AS capacity, (100.0 / i)::cost_per_gwh AS cost, 'NMC811|Si-graphite|liquid'::chemistry AS chemistry FROM generate_series(1, 1000) AS i;
CREATE INDEX ON public.value (capacity);
CREATE INDEX ON public.value USING hash (chemistry);
CREATE INDEX ON public.value USING brin (cost);
CREATE TABLE public.state AS
SELECT market_shares('m' || i % 4, i::numeric) AS market, learning_curve(capacity, cost) AS curve, cost_series(2000 + i, capacity, cost) AS series,
	paired_values(i, i % 3) AS pairs, regression(i, i % 3, i % 5) AS model, capacity_partial(capacity) AS sums, median_partial(capacity) AS quantities FROM public.value;
SQL
as_server "$bin/pg_basebackup" -h "$cluster" -p "$primary" -U battery -D "$cluster/standby" -R -X stream -c fast >"$tmp/backup" 2>&1 || remark <"$tmp/backup"
# The commands of the primary are kept; these are the standby's.
as_server "$bin/pg_ctl" -D "$cluster/standby" -l "$cluster/standby.log" -w \
	-o "-c listen_addresses= -c port=$standby -c unix_socket_directories=$cluster -c fsync=off -c hot_standby_feedback=on" start >/dev/null || remark <"$cluster/standby.log"
_stop_primary=$(declare -f _stop_cluster)
eval "${_stop_primary/_stop_cluster/_stop_primary}"
_stop_cluster()
{
	as_server "$bin/pg_ctl" -D "$cluster/standby" -m immediate -w -t 30 stop >/dev/null 2>&1 || true
	_stop_primary
}

# what both say of themselves
there()
{
	PGPORT=$standby query $db "$@"
}

same "the standby answers, and is one" "t" "$(there -c "SELECT pg_is_in_recovery()")"

caught_up()
{
	local lsn i

	lsn=$(query $db -c "SELECT pg_current_wal_flush_lsn()")
	for ((i = 0; i < 600; i++)); do
		[ "$(there -c "SELECT pg_last_wal_replay_lsn() >= '$lsn'")" != t ] || return 0
		sleep 0.1
	done
	return 1
}

edition()
{
	awk -v version="$1" 'BEGIN {
		print "maker,amount,period,metric,basis"
		for (period = 2020; period <= 2024; period++)
			for (i = 1; i <= 100; i++) printf "T%d,%d,%d,streamed,installed\n", i, version, period }' >"$tmp/file.csv"
}

load_edition()
{
	edition "$1"
	"$root/bin/battery-load" -q -d $db maker_share "$tmp/file.csv" --source s </dev/null
}

# A reader's eye on the standby all the while: each answer is one edition, whole, in
# the table and in the view
answer="SELECT count(*) || ' of ' || string_agg(DISTINCT f.amount::text, ' and ') || ' in ' || (SELECT count(*) FROM industry.current_maker_share c WHERE c.metric = 'streamed')
	FROM industry.maker_share_observation f JOIN industry.statement_set t USING (set_id) JOIN industry.series s USING (series_id)
	WHERE t.superseded_by IS NULL AND s.metric = 'streamed'"
load_edition 1
caught_up || not_ok "the standby follows"
: >"$tmp/seen"
touch "$tmp/reading"
while [ -e "$tmp/reading" ]; do
	there -c "BEGIN ISOLATION LEVEL REPEATABLE READ" -c "$answer" -c "COMMIT" >>"$tmp/seen" 2>&1 || true
done &
reader=$!
for ((n = 2; n <= editions; n++)); do
	load_edition $n
done
caught_up || not_ok "the standby follows"
there -c "$answer" >>"$tmp/seen"
rm "$tmp/reading"
wait "$reader"


if ! grep -v -x -E '500 of [0-9]+ in 500' "$tmp/seen" >"$tmp/other" && sort -c -n -k 3 "$tmp/seen" 2>>"$tmp/other" && [ "$(uniq "$tmp/seen" | wc -l)" -gt 2 ]; then
	ok "a reader sees whole editions and nothing else, in their order"
else
	not_ok "a reader sees whole editions and nothing else, in their order"
	remark <"$tmp/other"
fi
remark <<<"$(wc -l <"$tmp/seen") answers, of $(uniq "$tmp/seen" | wc -l) editions"

checksums()
{
	query $db -f "$root/test/value_checksums.sql"
	query $db -c "SELECT md5(string_agg(record_send(v)::text, '|' ORDER BY i)) FROM public.value AS v" -c "SELECT md5(record_send(s)::text) FROM public.state AS s"
	query $db -f "$root/test/industry/answers.sql"
	query $db -c "SET enable_seqscan = off" -c "SELECT count(*) FROM public.value WHERE capacity > '500 GWh'" -c "SELECT count(*) FROM public.value WHERE chemistry = 'NMC811|Si-graphite|liquid'"
}
checksums >"$tmp/primary"
PGPORT=$standby checksums >"$tmp/standby"
if [ "$(wc -l <"$tmp/primary")" -gt 40 ] && diff "$tmp/primary" "$tmp/standby" >"$tmp/difference"; then
	ok "every value, row and answer is the same on both"
else
	not_ok "every value, row and answer is the same on both"
	remark <"$tmp/difference"
fi
edition $((editions + 1))
rc=0
PGPORT=$standby "$root/bin/battery-load" -d $db maker_share "$tmp/file.csv" --source s </dev/null >"$tmp/out" 2>&1 || rc=$?
same "a load into the standby fails" 1 "$rc"
outputs=("$tmp/out")
says "and says why" 'this server is a standby, into which nothing can be loaded'

# The primary dies; the standby takes over.
as_server "$bin/pg_ctl" -D "$cluster/data" -m immediate -w stop >/dev/null
as_server "$bin/pg_ctl" -D "$cluster/standby" -w promote >/dev/null
PGPORT=$standby
same "the promoted standby takes the next edition" 0 "$(load_edition $((editions + 1)) >"$tmp/out" 2>&1; echo $?)"
same "which stands alone" "500 of $((editions + 1)) in 500" "$(query $db -c "$answer")"
same "every edition is in its history" "$((editions + 1))" "$(query $db -c "SELECT count(DISTINCT load_id) FROM industry.load_report WHERE kind = 'maker_share' AND source_id = (SELECT source_id FROM industry.source WHERE source = 's')")"
if [ "$(query $db -c "SELECT count(*) FROM pg_available_extensions WHERE name = 'amcheck'")" = 0 ]; then
	ok "pg_amcheck on the promoted standby # SKIP amcheck is not installed"
else
	run "pg_amcheck finds its tables and indexes whole" 0 "$bin/pg_amcheck" -d $db --install-missing --heapallindexed
fi
finish
