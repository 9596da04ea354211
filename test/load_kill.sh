#!/bin/bash
# Loads that are killed at random moments, and loads at the same time: nothing
# may be lost or doubled.
#
#	BATTERY_KILLS	how often to kill (36); nine kinds of work are killed in four ways
#
# Killing a server process takes the whole server through recovery, so the cluster is
# one of this script's own, with the binaries of the server under test.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
kills=${BATTERY_KILLS:-36}
db=battery_test_kill
cited=${db}_cited
own_cluster || {
	not_ok "a cluster of its own"
	finish
	exit
}

query postgres -c "CREATE DATABASE ${db}_new"
"$root/bin/battery-industry" setup -q -d ${db}_new
# amcheck comes with the server, in some packages apart
amcheck=$(query ${db}_new -c "SELECT count(*) FROM pg_available_extensions WHERE name = 'amcheck'")
[ "$amcheck" = 0 ] || query ${db}_new -c "CREATE EXTENSION amcheck SCHEMA public"

fresh()
{
	query postgres -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1 TEMPLATE ${db}_new"
}

# A database for the work whose results are said by hand, with a source for each kind of it
fresh_work()
{
	fresh $db
	query $db <<-'SQL'
		INSERT INTO industry.publisher (publisher) VALUES ('P');
		INSERT INTO industry.source (source, publisher, edition, published)
		SELECT 's' || i, 'P', i::text, date '2020-01-01' + i FROM generate_series(1, 9) AS i;
		INSERT INTO industry.maker (maker, name) SELECT 'M' || i, 'Maker ' || i FROM generate_series(1, 100) AS i;
	SQL
}

# shares FILE METRIC PERIODS [ROWS]: 100 good rows a period, whose amounts are all the
# version, and more
shares()
{
	awk -v version=$version -v metric="$2" -v periods="$3" 'BEGIN {
		print "maker,amount,period,metric,basis"
		for (period = 2020; period < 2020 + periods; period++)
			for (i = 1; i <= 100; i++)
				printf "M%d,%d,%d,%s,installed\n", i, version, period, metric }' >"$tmp/$1.csv"
	printf '%b' "${4:-}" >>"$tmp/$1.csv"
}

# load DATABASE ARGUMENT...: nobody kills this one
load()
{
	local target=$1 rc=0

	shift
	"$root/bin/battery-load" -q -d "$target" "$@" </dev/null >"$tmp/load.out" 2>&1 || rc=$?
	[ "$rc" -eq 0 ] || [ "$rc" -eq 3 ] || {
		not_ok "$target: $* (exit status $rc)"
		remark <"$tmp/load.out"
	}
}

# said SOURCE METRIC: how many amounts of a source stand, and which
said()
{
	query $db -c "SELECT count(*) || ' of ' || coalesce(string_agg(DISTINCT f.amount::text, ' and '), '-')
		FROM industry.maker_share_observation f JOIN industry.statement_set t USING (set_id) JOIN industry.source o ON o.source_id = t.source_id
		JOIN industry.series s USING (series_id) WHERE t.superseded_by IS NULL AND o.source = '$1' AND s.metric = '$2'"
}

last_load()
{
	query $db -c "SELECT max(load_id) FROM industry.load_report"
}

#
# The work: prepare_X sets the command and what answer_X says once it is done
# ($expected), or in between (one of $between).
#
prepare_edition()
{
	shares file killed 3 "Nobody,$version,2020,killed,installed\nM1,$version GWh37,2023,killed,installed\n"
	command=("$root/bin/battery-load" -q -d $db maker_share "$tmp/file.csv" --source s1)
	expected="300 of $version|2"
}

answer_edition()
{
	echo "$(said s1 killed)|$(query $db -c "SELECT count(*) FROM industry.quarantine WHERE row_text ->> 'amount' IN ('$version', '$version GWh37') AND row_text ->> 'metric' = 'killed'")"
}

prepare_part()
{
	shares file parted_$((version % 3)) 1
	command=("$root/bin/battery-load" -q -d $db maker_share "$tmp/file.csv" --source s2 --part="part $((version % 3))")
	expected="100 of $version"
}

answer_part()
{
	said s2 parted_$((version % 3))
}

prepare_reference()
{
	awk -v version=$version 'BEGIN { print "maker,name"; for (i = 1; i <= 200; i++) printf "R%d,Reference %d of %d\n", i, i, version }' >"$tmp/file.csv"
	command=("$root/bin/battery-load" -q -d $db maker "$tmp/file.csv" --source s3)
	expected=200
}

answer_reference()
{
	query $db -c "SELECT count(*) FROM industry.maker WHERE maker LIKE 'R%' AND name LIKE 'Reference % of $version'"
}

prepare_alias()
{
	awk -v version=$version 'BEGIN { print "alias,maker"; for (i = 1; i <= 200; i++) printf "Alias %d of %d,M%d\n", i, version, 1 + i % 100 }' >"$tmp/file.csv"
	command=("$root/bin/battery-load" -q -d $db maker_alias "$tmp/file.csv" --source s3)
	expected=200
}

answer_alias()
{
	query $db -c "SELECT count(*) FROM industry.maker_alias WHERE alias LIKE 'Alias % of $version'"
}

prepare_redrive()
{
	shares file redriven_$version 1 "Stranger $version,$version,2020,redriven_$version,installed\n"
	load $db maker_share "$tmp/file.csv" --source s4
	query $db -c "INSERT INTO industry.maker (maker, name) VALUES ('Stranger $version', 'Stranger $version')"
	command=("$root/bin/battery-load" -q -d $db --redrive="$(last_load)")
	expected="101 of $version"
}

answer_redrive()
{
	said s4 redriven_$version
}

# Each of its files is a transaction
prepare_manifest()
{
	shares m1 killed_$version 1
	shares m2 killed_$version 1
	printf 'kind,file,source\nmaker_share,m1.csv,s5\nmaker_share,m2.csv,s6\n' >"$tmp/list.csv"
	command=("$root/bin/battery-load" -q -d $db --manifest="$tmp/list.csv")
	between="100 of $version, 0 of -;0 of -, 100 of $version"
	expected="100 of $version, 100 of $version"
}

answer_manifest()
{
	echo "$(said s5 killed_$version), $(said s6 killed_$version)"
}

prepare_withdrawal()
{
	shares file withdrawn_$version 1
	load $db maker_share "$tmp/file.csv" --source s7
	withdrawn=$(last_load)
	command=("$root/bin/battery-load" -q -d $db --withdraw="$withdrawn" --reason "a test")
	expected="0 of -|1"
}

answer_withdrawal()
{
	echo "$(said s7 withdrawn_$version)|$(query $db -c "SELECT count(*) FROM industry.load_report WHERE withdraws = $withdrawn")"
}

prepare_names()
{
	shares file named_$version 1 "$(printf "Unheard %d $version,$version,2020,named_$version,installed\\\\n" 1 2 3)"
	load $db maker_share "$tmp/file.csv" --source s8
	command=(psql -X -q -d $db -c "SELECT industry.accept_names(NULL, ARRAY['Unheard 1 $version', 'Unheard 2 $version', 'Unheard 3 $version'])")
	expected=3
}

answer_names()
{
	query $db -c "SELECT count(*) FROM industry.unknown_name WHERE name LIKE 'Unheard _ $version' AND decision IS NOT NULL"
}

# The cited figures, file after file: every kind that is shipped.  What they must be is
# what they are in another database, where nobody is killed.
mapfile -t cited_files < <(sed '/^#/d; 1d' "$root/data/industry/load.csv")
next_file=${#cited_files[@]}
loaded_files=0
prepare_cited()
{
	local kind file source

	if [ "$next_file" -eq ${#cited_files[@]} ]; then
		fresh $cited
		fresh ${cited}_alone
		next_file=0
	fi
	IFS=, read -r kind file source <<<"${cited_files[next_file]}"
	next_file=$((next_file + 1))
	loaded_files=$((loaded_files + 1))
	command=("$root/bin/battery-load" -q -d $cited "$kind" "$root/data/industry/$file" ${source:+--source "$source"})
	load ${cited}_alone "$kind" "$root/data/industry/$file" ${source:+--source "$source"}
	expected=$(contents ${cited}_alone)
}

answer_cited()
{
	contents $cited
}

# all_tables COLUMNS: a query for how many rows every table has, and what is in them;
# COLUMNS is a condition on pg_attribute
all_tables()
{
	query ${db}_new -c "SELECT string_agg(format('SELECT %L, count(*), md5(string_agg(t::text, ''|'' ORDER BY t::text)) FROM (SELECT %s FROM industry.%I) AS t', relname,
			(SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND ($1)), relname), ' UNION ALL ')
		FROM pg_class AS c WHERE relnamespace = 'industry'::regnamespace AND relkind = 'r'"
}
all_tables true >"$tmp/digest.sql"
# A load that was killed uses up numbers, and time.
all_tables "NOT (atttypid IN ('integer'::regtype, 'bigint'::regtype) AND attname ~ '(_id|_by|_load|^redrives|^withdraws)$') AND atttypid <> 'timestamptz'::regtype AND attname <> 'summary'" >"$tmp/contents.sql"

digest()
{
	query "$1" -f "$tmp/digest.sql"
}

contents()
{
	query "$1" -f "$tmp/contents.sql"
}

#
# The ways to kill.  Each fails where there was nothing left to kill.
#
backends()
{
	query postgres -c "SELECT pid FROM pg_stat_activity WHERE application_name = 'battery_killed'"
}

# the command and the psql that it runs
kill_client()
{
	# shellcheck disable=SC2046
	kill -9 $(pgrep -P "$victim" || true) "$victim" 2>/dev/null
}

kill_session()
{
	[ "$(query postgres -c "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'battery_killed'")" != 0 ]
}

# without a chance to clean up
kill_backend()
{
	# shellcheck disable=SC2046
	crash $(backends)
}

# every process of it at once
kill_server()
{
	local postmaster processes working

	working=$(backends)
	postmaster=$(head -n 1 "$cluster/data/postmaster.pid")
	# stopped, it makes no more of them: one that outlived it would keep its memory from the next
	kill -STOP "$postmaster"
	processes="$postmaster $(pgrep -P "$postmaster" | tr '\n' ' ')"
	# shellcheck disable=SC2086
	kill -9 $processes
	# shellcheck disable=SC2086
	while kill -0 $processes 2>/dev/null; do sleep 0.02; done
	as_server "$bin/pg_ctl" -D "$cluster/data" -l "$cluster/log" -w restart >/dev/null 2>&1
	[ -n "$working" ]
}

alive()
{
	local i

	for ((i = 0; i < 600; i++)); do
		! psql -X -q -d postgres -c 'SELECT 1' >/dev/null 2>&1 || return 0
		sleep 0.1
	done
	return 1
}

work=(edition part reference alias redrive manifest withdrawal names cited)
ways=(client session backend server)
declare -A span in_time too_late
for job in "${work[@]}"; do
	span[$job]=300000
done
version=1
fresh_work
prepare_edition
begin=$EPOCHREALTIME
load $db maker_share "$tmp/file.csv" --source s1
span[edition]=$((${EPOCHREALTIME/./} - ${begin/./}))
same "a load that nobody kills" "$expected" "$(answer_edition)"

torn=0
unfinished=0
corrupt=0
crashes=0
killed=0
for ((n = 0; killed < kills && n < 4 * kills; n++)); do
	job=${work[n % 9]}
	way=${ways[n % 4]}
	[ $((n % 72)) -ne 71 ] || fresh_work
	version=$((version + 1))
	between=
	prepare_$job
	target=$db
	[ "$job" != cited ] || target=$cited
	before=$(digest $target)
	wait_for=$(((RANDOM * 32768 + RANDOM) % span[$job]))
	PGAPPNAME=battery_killed "${command[@]}" </dev/null >"$tmp/load.out" 2>&1 &
	victim=$!
	sleep "$(printf '%d.%06d' $((wait_for / 1000000)) $((wait_for % 1000000)))"
	came=
	if kill_$way; then
		killed=$((killed + 1))
		came=yes
	elif ! kill -0 "$victim" 2>/dev/null; then
		# too late, and not before it was connected
		span[$job]=$((span[$job] * 3 / 4))
	fi
	wait "$victim" 2>/dev/null || true
	alive || {
		not_ok "the server is back"
		break
	}
	# A killed client's backend may take a moment to notice.
	for ((i = 0; i < 1200; i++)); do
		[ -n "$(backends)" ] || break
		sleep 0.05
	done
	if [ "$way" = server ] || [ "$way$came" = backendyes ]; then
		crashes=$((crashes + 1))
		if [ "$amcheck" != 0 ]; then
			"$bin/pg_amcheck" -d $target --heapallindexed >"$tmp/amcheck" 2>&1 || {
				corrupt=$((corrupt + 1))
				remark 5 <"$tmp/amcheck"
			}
		fi
	fi
	found=$(digest $target)
	answer=$(answer_$job)
	if [ "$found" = "$before" ]; then
		[ -z "$came" ] || in_time[$way]=$((${in_time[$way]:-0} + 1))
	elif [ "$answer" = "$expected" ]; then
		[ -z "$came" ] || too_late[$way]=$((${too_late[$way]:-0} + 1))
	elif [[ ";$between;" != *";$answer;"* ]]; then
		torn=$((torn + 1))
		printf '%s killed by %s after %d of %d us: %s\n' $job $way "$wait_for" "${span[$job]}" "$answer" | remark
	fi
	rc=0
	begin=$EPOCHREALTIME
	"${command[@]}" </dev/null >"$tmp/load.out" 2>&1 || rc=$?
	[ "$found" != "$before" ] || span[$job]=$((${EPOCHREALTIME/./} - ${begin/./}))
	again=$(answer_$job)
	if [ "$again" != "$expected" ] || { [ "$answer" = "$expected" ] && [ "$(digest $target)" != "$found" ]; }; then
		unfinished=$((unfinished + 1))
		printf '%s killed by %s: exit status %d, %s\n' $job $way "$rc" "$again" | remark
		remark 5 <"$tmp/load.out"
	fi
done 2>"$tmp/killed"			# where the shell says which of its jobs was
same "there were $kills kills" "$kills" "$killed"
same "after each of them all of the work is there, or nothing of it" 0 "$torn"
same "and doing it again completes it, and changes nothing that was complete" 0 "$unfinished"
if [ "$amcheck" = 0 ]; then
	ok "indexes after a crash # SKIP amcheck is not installed"
else
	same "and pg_amcheck finds tables and indexes whole after each of $crashes crashes" 0 "$corrupt"
fi
early=0
for way in "${ways[@]}"; do
	printf '%s: %d left nothing, %d came after the commit\n' $way "${in_time[$way]:-0}" "${too_late[$way]:-0}" | remark
	early=$((early + ${in_time[$way]:-0}))
done
printf '%d files of cited figures\n' $loaded_files | remark
if [ "$early" -gt $((kills / 10)) ]; then
	ok "some kills came in time"
else
	not_ok "some kills came in time"
	remark <"$tmp/killed"
fi

#
# At the same time
#
before=$(query $db -c "SELECT count(*) FROM industry.load_report")
version=$((version + 1))
prepare_edition
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
		WHERE t.superseded_by IS NULL AND t.source_id = (SELECT source_id FROM industry.source WHERE source = 's1')")|0|$(($(query $db -c "SELECT count(*) FROM industry.load_report") - before))"

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
