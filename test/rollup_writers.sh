#!/bin/bash
# Writers at once on a table with a rollup: none waits for another, none fails, and after
# kills at random moments the rollup equals the table.
#
#	BATTERY_KILLS	how often to kill (8): server processes, of writers and at random
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
kills=${BATTERY_KILLS:-8}
db=battery_test_rollup_writers
own_cluster restart_after_crash=on full_page_writes=on || {
	not_ok "a cluster of its own"
	finish
	exit
}
query postgres -c "CREATE DATABASE $db"
"$root/bin/battery-rollup" setup -q -d $db
query $db <<'SQL'
CREATE TABLE output (id bigserial, chemistry text, maker text, day date, cumulative capacity_gwh, price cost_per_gwh, PRIMARY KEY (id, chemistry)) PARTITION BY LIST (chemistry);
CREATE TABLE output_some PARTITION OF output FOR VALUES IN ('C0', 'C1');
CREATE TABLE output_rest PARTITION OF output DEFAULT;
INSERT INTO output (chemistry, maker, day, cumulative, price)
SELECT 'C' || i % 5, 'M' || i % 10, date '2020-01-01' + i % 300, (1 + i % 97)::float8::capacity_gwh, (50 + i % 41)::float8::cost_per_gwh FROM generate_series(1, 2000) AS i;
SQL
"$root/bin/battery-rollup" create output -q -d $db --by="chemistry, maker" --over=chemistry --measure='learning_curve(cumulative, price)' --measure='market_shares(maker, cumulative)' --fold-after=30

# writes N FORWARD: the statements of a transaction, which touch the groups in one order
# or in the other; of the rows, each writer has its own
writes()
{
	local order=$2 writer=$1 i maker

	echo "BEGIN;"
	for i in 0 1 2 3 4 5; do
		maker=$i
		[ "$order" = 0 ] || maker=$((5 - i))
		echo "INSERT INTO output (chemistry, maker, day, cumulative, price) SELECT 'C' || g, 'M$maker', '2020-05-05', (1 + g)::float8::capacity_gwh, (CASE WHEN g = 3 THEN 0 ELSE 10 + g END)::float8::cost_per_gwh FROM generate_series(0, 4) AS g;"
		echo "UPDATE output SET price = price * 2, chemistry = 'C' || (id % 5) WHERE maker = 'M$maker' AND id % 4 = $writer AND id % 7 = $((RANDOM % 7));"
		echo "DELETE FROM output WHERE maker = 'M$maker' AND id % 4 = $writer AND id % 23 = $((RANDOM % 23));"
	done
	# as many groups as rows, which are appended as they were read
	if [ $((RANDOM % 3)) = 0 ]; then
		echo "DELETE FROM output WHERE maker = 'W$writer';"
		echo "INSERT INTO output (chemistry, maker, day, cumulative, price) SELECT 'W' || g, 'W$writer', '2020-05-05', (1 + g)::float8::capacity_gwh, (10 + g)::float8::cost_per_gwh FROM generate_series(1, 1100) AS g;"
	fi
	echo "COMMIT;"
}

# writer N SECONDS-END-FILE: until the file is there
writer()
{
	local n=$1 turn=0

	# the directory goes where the script ends early
	while [ -e "$tmp" ] && [ ! -e "$tmp/stop" ]; do
		turn=$((turn + 1))
		if writes "$n" $((turn % 2)) | psql -X -q -v ON_ERROR_STOP=1 -d $db >>"$tmp/writer_$n.out" 2>&1; then
			echo done >>"$tmp/writer_$n.done"
		else
			sleep 0.05
		fi
	done
}

# start: four writers, whose process ids are in $writers; they do not hold the pipe of the
# open transaction
start()
{
	local n

	rm -f "$tmp/stop" "$tmp"/writer_*
	writers=()
	for n in 0 1 2 3; do
		writer $n 9>&- &
		writers+=($!)
	done
}

stop()
{
	touch "$tmp/stop"
	wait "${writers[@]}"
}

#
# Four writers, and a transaction that folded and stays open
#
mkfifo "$tmp/open"
psql -X -q -d $db <"$tmp/open" >"$tmp/open.out" 2>&1 &
opened=$!
exec 9>"$tmp/open"
echo "BEGIN; INSERT INTO output (chemistry, maker, day, cumulative, price) SELECT 'open' || i, 'M1', '2020-05-05', '1 GWh', 3::float8::cost_per_gwh FROM generate_series(1, 60) AS i;" >&9
holder=
for ((i = 0; i < 1200; i++)); do
	# between BEGIN and INSERT it is idle, too
	holder=$(query $db -c "SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction' AND query LIKE 'INSERT%'")
	[ -z "$holder" ] || break
	sleep 0.05
done
start
# they get on: whom it holds up would be held up still at the end
done_meanwhile=0
for ((i = 0; i < 600 && (i < 40 || done_meanwhile < 8); i++)); do
	sleep 0.1
	done_meanwhile=$({ cat "$tmp"/writer_*.done 2>/dev/null || :; } | wc -l)
done
[ "$done_meanwhile" -ge 8 ] && ok "beside an open transaction writers get on" || not_ok "beside an open transaction: $done_meanwhile transactions"
# for one another, and for a table to grow, they may wait
same "and none waits for it" "1|0" "$(query $db -F '|' -c "SELECT count(*) FILTER (WHERE pid = ${holder:-0}), count(*) FILTER (WHERE ${holder:-0} = ANY (pg_blocking_pids(pid))) FROM pg_stat_activity")"
echo "COMMIT;" >&9
exec 9>&-
wait $opened
sleep 2
stop
[ ! -s "$tmp/writer_0.out" ] && [ ! -s "$tmp/writer_1.out" ] && [ ! -s "$tmp/writer_2.out" ] && [ ! -s "$tmp/writer_3.out" ] && ok "no deadlock, no unique violation" || {
	not_ok "no deadlock, no unique violation"
	cat "$tmp"/writer_*.out | remark
}
run "after them the rollup equals the table" 0 "$root/bin/battery-rollup" check -d $db
run "and is not stale" 0 "$root/bin/battery-rollup" status -d $db
run "refresh while nobody writes" 0 "$root/bin/battery-rollup" refresh -d $db

#
# DDL of the rollup and writers who lock in the same order
#
# beside NAME SQL COMMAND...: a command while a transaction is open that wrote and writes again
beside()
{
	local name=$1 statements=$2 writer

	shift 2
	psql -X -q -v ON_ERROR_STOP=1 -d $db -c "$statements" >"$tmp/beside.out" 2>&1 &
	writer=$!
	until_true $db "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = '$db'" || true
	run "$name" 0 "$@"
	wait $writer && ok "$name: the writer gets through" || {
		not_ok "$name: the writer gets through"
		remark <"$tmp/beside.out"
	}
}
query $db -c "CREATE TABLE second (maker text, x double precision, y double precision) PARTITION BY LIST (maker)" \
	-c "CREATE TABLE a_first PARTITION OF second FOR VALUES IN ('a')" -c "CREATE TABLE a_second PARTITION OF second DEFAULT"
"$root/bin/battery-rollup" create second -q -d $db --by="maker, x" --measure='learning_curve(x, y)' --fold-after=1
again="INSERT INTO second VALUES ('b', 1, 2); SELECT pg_sleep(2); INSERT INTO second VALUES ('a', 1, 2); COMMIT"
query $db -c "ALTER TABLE second DISABLE TRIGGER USER" -c "ALTER TABLE a_first DISABLE TRIGGER USER"
beside "triggers on several tables" "BEGIN; $again" "$root/bin/battery-rollup" refresh second -d $db
query $db -c "ALTER TABLE a_first DISABLE TRIGGER USER" -c "ALTER TABLE a_second DISABLE TRIGGER USER"
beside "triggers on several partitions" "BEGIN; $again" "$root/bin/battery-rollup" refresh second -d $db
beside "a build in SQL and a TRUNCATE by who folded" "BEGIN; INSERT INTO second SELECT 'c', i, 1 FROM generate_series(1, 50) AS i; SELECT pg_sleep(2); TRUNCATE second; COMMIT" \
	psql -X -q -v ON_ERROR_STOP=1 -d $db -c "SELECT battery_rollup.refresh('second', true)"
query $db -c "INSERT INTO second SELECT 'c', i, 1 FROM generate_series(1, 50) AS i"
beside "a build and a TRUNCATE" "BEGIN; TRUNCATE second; SELECT pg_sleep(2); COMMIT" "$root/bin/battery-rollup" refresh second --rebuild -d $db
run "they leave it equal" 0 "$root/bin/battery-rollup" check second -d $db
run "and not stale" 0 "$root/bin/battery-rollup" status second -d $db
beside "drop" "BEGIN; $again" "$root/bin/battery-rollup" drop second -d $db

# A write that cannot be followed, beside a build in SQL: its trouble stays
query $db <<'SQL'
CREATE FUNCTION slow(double precision) RETURNS double precision LANGUAGE plpgsql IMMUTABLE AS 'BEGIN IF $1 = 77 THEN PERFORM pg_sleep(2); END IF; RETURN $1; END';
CREATE FUNCTION broken(double precision) RETURNS double precision LANGUAGE plpgsql IMMUTABLE AS 'BEGIN IF $1 = 66 AND current_setting(''battery.broken'', true) = ''on'' THEN RETURN (SELECT nothing); END IF; RETURN $1; END';
CREATE TABLE third (maker text, x double precision, y double precision);
INSERT INTO third VALUES ('a', 77, 1), ('b', 1, 2);
SQL
"$root/bin/battery-rollup" create third -q -d $db --by=maker --measure='learning_curve(slow(x), broken(y))'
beside "a write that cannot be followed" "SELECT battery_rollup.refresh('third', true)" psql -X -q -v ON_ERROR_STOP=1 -d $db -c "SET battery.broken = on" -c "INSERT INTO third VALUES ('c', 3, 66)"
run "is trouble still after the build" 4 "$root/bin/battery-rollup" status third -d $db
got=$(psql -X -q -d $db 2>&1 <<SQL
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT 1;
\\! psql -X -q -d $db -c "TRUNCATE third"
SELECT battery_rollup.refresh('third', true);
SQL
)
grep -q "older than a TRUNCATE" <<<"$got" && ok "a snapshot that is older than a TRUNCATE builds nothing" || not_ok "a snapshot that is older than a TRUNCATE: $got"
query $db -c "SELECT battery_rollup.drop_rollup('third')" >/dev/null

# Built anew while they write
start
for ((i = 0; i < 1200; i++)); do
	! ls "$tmp"/writer_*.done >/dev/null 2>&1 || break
	sleep 0.05
done
for turn in 1 2 3; do
	run "rebuilt while writers write ($turn)" 0 "$root/bin/battery-rollup" refresh -d $db --rebuild
	run "and equal in the middle of it ($turn)" 0 "$root/bin/battery-rollup" check -d $db
	run "a partition refreshed while writers write ($turn)" 0 "$root/bin/battery-rollup" refresh -d $db --partition=output_some
	run "the same in SQL ($turn)" 0 psql -X -q -d $db -c "SELECT battery_rollup.refresh('output', partition => 'output_rest')"
	run "equal, too ($turn)" 0 "$root/bin/battery-rollup" check -d $db
done
stop
run "and equal after it" 0 "$root/bin/battery-rollup" check -d $db

#
# Kills
#
start
killed=0
for ((i = 0; i < kills * 20 && killed < kills; i++)); do
	sleep "0.$((RANDOM % 5))$((RANDOM % 10))"
	victim=$(query $db -c "SELECT pid FROM pg_stat_activity WHERE datname = '$db' AND pid <> pg_backend_pid() AND state = 'active' ORDER BY random() LIMIT 1" 2>/dev/null || true)
	[ -n "$victim" ] || continue
	crash "$victim" || continue
	killed=$((killed + 1))
	for ((j = 0; j < 1200; j++)); do
		query $db -c "SELECT 1" >/dev/null 2>&1 && break
		sleep 0.05
	done
	if [ $((killed % 50)) = 0 ]; then
		"$root/bin/battery-rollup" check -q -d $db || not_ok "check after $killed kills"
	fi
done
stop
same "processes were killed" "$kills" "$killed"
run "after $kills kills the rollup equals the table" 0 "$root/bin/battery-rollup" check -d $db
run "and is not stale" 0 "$root/bin/battery-rollup" status -d $db
is "it was written meanwhile" t "SELECT count(*) > 2000 FROM output"
finish
