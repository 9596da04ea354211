#!/bin/bash
# Loads that are killed at random moments, and loads at the same time: nothing
# may be lost or doubled.
#
#	BATTERY_KILLS	how often to kill (40); one in eight takes the server down
#
# Killing a backend takes the whole server through recovery, so the cluster is
# one of this script's own, with the binaries of the server under test.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
kills=${BATTERY_KILLS:-40}
db=battery_test_kill
own_cluster || {
	not_ok "a cluster of its own"
	finish
	exit
}

psql -X -q -d postgres -c "CREATE DATABASE $db"
"$root/bin/battery-industry" setup -q -d $db
# amcheck comes with the server, in some packages apart
amcheck=$(query $db -c "SELECT count(*) FROM pg_available_extensions WHERE name = 'amcheck'")
[ "$amcheck" = 0 ] || query $db -c "CREATE EXTENSION amcheck SCHEMA public"
corrupt=0
query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('P');
INSERT INTO industry.source (source, publisher, edition, published)
SELECT 's' || i, 'P', i::text, date '2020-01-01' + i FROM generate_series(1, 9) AS i;
INSERT INTO industry.maker (maker, name) SELECT 'M' || i, 'Maker ' || i FROM generate_series(1, 100) AS i;
SQL

# file VERSION: 300 good rows in 3 sets, whose amounts are all VERSION, and 2 bad
# ones
file()
{
	awk -v version="$1" 'BEGIN {
		print "maker,amount,period,metric,basis"
		for (period = 2020; period <= 2022; period++)
			for (i = 1; i <= 100; i++)
				printf "M%d,%d,%d,killed,installed\n", i, version, period
		printf "Nobody,%d,2020,killed,installed\nM1,%d GWh37,2023,killed,installed\n", version, version }' >"$tmp/file.csv"
}

load()
{
	PGAPPNAME=battery_load "$root/bin/battery-load" -q -d $db maker_share "$tmp/file.csv" --source s1 </dev/null >"$tmp/load.out" 2>&1
}

# state: what the source says, which amounts, how many facts and how many of
# them the reports of loads account for, how many rows are in quarantine
state()
{
	query $db -c "SELECT (SELECT count(*) || ' of ' || coalesce(string_agg(DISTINCT f.amount::text, ' and '), '-') FROM industry.maker_share_observation f
				JOIN industry.statement_set t USING (set_id) WHERE t.superseded_by IS NULL),
			(SELECT count(*) FROM industry.maker_share_observation) - (SELECT coalesce(sum(rows_loaded), 0) FROM industry.load_report),
			(SELECT count(*) FROM industry.quarantine) - 2 * (SELECT count(*) FROM industry.load_report)"
}

alive()
{
	local i

	for ((i = 0; i < 600; i++)); do
		! psql -X -q -d $db -c 'SELECT 1' >/dev/null 2>&1 || return 0
		sleep 0.1
	done
	return 1
}

file 1
load || true
version=2
file $version
begin=$EPOCHREALTIME
rc=0
load || rc=$?
span=$((${EPOCHREALTIME/./} - ${begin/./}))
same "a load that nobody kills" "3 300 of 2|0|0" "$rc $(state)"

torn=0
unfinished=0
before_all=0
after_all=0
for ((n = 1; n <= kills; n++)); do
	version=$((version + 1))
	file $version
	wait_for=$((RANDOM * 32768 + RANDOM))
	wait_for=$((wait_for % span))
	load &
	victim=$!
	sleep "$(printf '%d.%06d' $((wait_for / 1000000)) $((wait_for % 1000000)))"
	if [ $((n % 8)) -eq 0 ]; then
		# the backend, without a chance to clean up: the server recovers
		pid=$(query $db -c "SELECT pid FROM pg_stat_activity WHERE application_name = 'battery_load' LIMIT 1")
		[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true
	elif [ $((n % 2)) -eq 0 ]; then
		query $db -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'battery_load'" >/dev/null
	else
		# the client: psql and the script that runs it
		pids=$(pgrep -P "$victim" || true)
		# shellcheck disable=SC2086
		kill -9 $pids "$victim" 2>/dev/null || true
	fi
	wait "$victim" 2>/dev/null || true
	alive || {
		not_ok "the server is back"
		break
	}
	# A killed client's backend may take a moment to notice.
	for ((i = 0; i < 100; i++)); do
		[ "$(query $db -c "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'battery_load'")" != 0 ] || break
		sleep 0.05
	done
	# after a crash every index still has what its table has
	if [ $((n % 8)) -eq 0 ] && [ "$amcheck" != 0 ]; then
		query $db -c "SELECT count(public.bt_index_check(c.oid, true)) FROM pg_class c JOIN pg_am a ON a.oid = c.relam AND a.amname = 'btree'
			WHERE c.relkind = 'i' AND c.relpersistence <> 't'" >"$tmp/amcheck" 2>&1 || {
			corrupt=$((corrupt + 1))
			remark 5 <"$tmp/amcheck"
		}
	fi
	found=$(state)
	case $found in
		"300 of $((version - 1))|0|0") before_all=$((before_all + 1)) ;;
		"300 of $version|0|0") after_all=$((after_all + 1)) ;;
		*)
			torn=$((torn + 1))
			printf 'kill %d after %d of %d us: %s\n' "$n" "$wait_for" "$span" "$found" | remark
			;;
	esac
	rc=0
	load || rc=$?
	found=$(state)
	if [ "$found" != "300 of $version|0|0" ] || [ "$rc" -ne 3 ]; then
		unfinished=$((unfinished + 1))
		printf 'after kill %d: exit status %d, %s\n' "$n" "$rc" "$found" | remark
		remark 5 <"$tmp/load.out"
	fi
done
same "after each of $kills kills all of the file is there, or nothing of it" "0" "$torn"
same "and loading it again completes it" "0" "$unfinished"
if [ "$amcheck" = 0 ]; then
	ok "indexes after a crash # SKIP amcheck is not installed"
else
	same "and no index lacks a row after a crash" "0" "$corrupt"
fi
printf '%d kills left nothing, %d came after the commit\n' "$before_all" "$after_all" | remark
if [ "$kills" -ge 20 ] && [ "$before_all" -eq 0 ]; then
	not_ok "some kills came in time"
else
	ok "some kills came in time"
fi

#
# At the same time
#
before=$(query $db -c "SELECT count(*) FROM industry.load_report")
version=$((version + 1))
file $version
status=
pids=()
for i in 1 2 3 4; do
	"$root/bin/battery-load" -q -d $db maker_share "$tmp/file.csv" --source s1 </dev/null >"$tmp/same.$i" 2>&1 &
	pids+=($!)
done
for pid in "${pids[@]}"; do
	rc=0
	wait "$pid" || rc=$?
	status+=" $rc"
done
same "the same file four times at once is loaded once" " 3 3 3 3|300 of $version|0|1" \
	"$status|$(query $db -c "SELECT count(*) || ' of ' || string_agg(DISTINCT f.amount::text, ' and ') FROM industry.maker_share_observation f JOIN industry.statement_set t USING (set_id)
		WHERE t.superseded_by IS NULL")|0|$(($(query $db -c "SELECT count(*) FROM industry.load_report") - before))"

# Different sources of one publisher make the same new series.
status=
for round in 1 2 3; do
	pids=()
	for i in 2 3 4 5 6; do
		awk -v round="$round" -v from="$i" 'BEGIN {
			print "maker,amount,period,metric,basis"
			for (k = 0; k < 20; k++)
				for (i = 1; i <= 10; i++)
					printf "M%d,%d,2020,series_%d_%d,installed\n", i, from, round, (k * 7 + from * 3) % 20 }' >"$tmp/source.$i.csv"
		"$root/bin/battery-load" -q -d $db maker_share "$tmp/source.$i.csv" --source "s$i" </dev/null >"$tmp/other.$i" 2>&1 &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		rc=0
		wait "$pid" || rc=$?
		status+=" $rc"
	done
done
same "different reports at once do not get into one another's way" " 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0|60|3000" \
	"$status|$(query $db -c "SELECT count(*) FROM industry.series WHERE metric LIKE 'series%'")|$(query $db -c "SELECT count(*) FROM industry.maker_share_observation f
		JOIN industry.statement_set t USING (set_id) JOIN industry.series s USING (series_id) WHERE s.metric LIKE 'series%'")"
finish
