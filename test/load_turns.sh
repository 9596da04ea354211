#!/bin/bash
# Loads at the same time: of one source, and of one kind of reference table, they
# take turns; nothing deadlocks, nothing is doubled, and nobody without the rights
# to load holds one up.
#
#	BATTERY_TURNS	how many rounds of eight loads at once (6)
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
rounds=${BATTERY_TURNS:-6}
db=battery_test_turns
create_role battery_turns_reader LOGIN
create_role battery_turns_loader LOGIN

# prepare DATABASE: sources, and files of four kinds in files of their own
prepare()
{
	create_database "$1"
	"$root/bin/battery-industry" setup -q -d "$1"
	query "$1" <<-'SQL'
		INSERT INTO industry.publisher (publisher) VALUES ('P');
		INSERT INTO industry.source (source, publisher, edition, published)
		SELECT 's' || i, 'P', i::text, date '2020-01-01' + i FROM generate_series(1, 8) AS i;
		INSERT INTO industry.maker (maker, name) SELECT 'M' || i, 'Maker ' || i FROM generate_series(1, 40) AS i;
		SELECT industry.grant_access(reader => 'battery_turns_reader', loader => 'battery_turns_loader');
	SQL
}
prepare $db
prepare ${db}_alone

# files ROUND: what eight jobs of a round load: makers and aliases in opposite
# orders under different sources, with names that nobody knows, and figures of the
# same series
files()
{
	awk -v dir="$tmp" -v round="$1" 'BEGIN {
		for (job = 1; job <= 8; job++) {
			file = dir "/job" job ".csv"
			kind = job % 4
			if (kind == 0) print "maker,name,country" >file
			if (kind == 1) print "alias,maker" >file
			if (kind == 2) print "maker,amount,period,metric,basis" >file
			if (kind == 3) print "country,stage,share,period,metric,basis,country_basis" >file
			for (k = 1; k <= 60; k++) {
				i = job % 8 < 4 ? k : 61 - k
				if (kind == 0) printf "N%d_%d,New %d %d,%s\n", round, i, round, i, i % 9 ? "DE" : "Land " i >file
				if (kind == 1) printf "Alias %d %d,%s\n", round, i, i % 9 ? "M" (1 + i % 40) : "Unheard " i >file
				if (kind == 2) printf "%s,%d,2020,series_%d_%d,installed\n", i % 9 ? "M" (1 + i % 40) : "Unseen " i, job, round, i % 6 >file
				if (kind == 3) printf "%s,cell,%d,2020,share_%d_%d,output,plant_site\n", i % 9 ? "DE" : "Land " i, 1 + i % 9, round, i >file
			}
			close(file)
		} }'
}

kinds=(maker maker_alias maker_share country_share)
# job DATABASE NUMBER
job()
{
	local rc=0

	"$root/bin/battery-load" -q -d "$1" "${kinds[$2 % 4]}" "$tmp/job$2.csv" --source "s$2" </dev/null >"$tmp/out$2" 2>&1 || rc=$?
	# rows of unknown names are quarantined
	[ "$rc" -eq 0 ] || [ "$rc" -eq 3 ] || {
		printf 'job %s of %s: exit status %s\n' "$2" "$1" "$rc"
		cat "$tmp/out$2"
	} >>"$tmp/bad"
}

: >"$tmp/bad"
for ((round = 1; round <= rounds; round++)); do
	files $round
	order=$(printf '%s\n' 1 2 3 4 5 6 7 8 | awk -v seed="$round" 'BEGIN { srand(seed) } { print rand() "\t" $0 }' | sort | cut -f2)
	for n in $order; do job $db "$n" & done
	# decisions on names meanwhile
	query $db -c "SELECT industry.accept_names(NULL, ARRAY['Unseen 9', 'Unseen 18'])" >"$tmp/accepted" 2>&1 || cat "$tmp/accepted" >>"$tmp/bad"
	wait
	for n in $order; do job ${db}_alone "$n"; done
done
if [ -s "$tmp/bad" ]; then
	not_ok "no job of $((8 * rounds)) fails"
	remark 40 <"$tmp/bad"
else
	ok "no job of $((8 * rounds)) fails"
fi
# What eight at once stored is what they store one after another; the names that
# were accepted meanwhile apart.
sums="SELECT (SELECT count(*) FROM industry.maker WHERE maker LIKE 'N%'), (SELECT count(*) FROM industry.maker_alias WHERE alias LIKE 'Alias%'),
	(SELECT count(*) || ' facts, ' || sum(amount) FROM industry.maker_share_observation WHERE subject_as_printed LIKE 'M%'),
	(SELECT count(*) || ' facts, ' || sum(share_pct) FROM industry.country_share_observation),
	(SELECT count(*) FROM industry.series), (SELECT count(*) FROM (SELECT FROM industry.series GROUP BY metric, basis HAVING count(*) > 1) AS twice)"
same "eight jobs at once store what they store one after another" "$(query ${db}_alone -c "$sums")" "$(query $db -c "$sums")"
remark < <(query $db -c "$sums")

#
# Waiting
#
# held: the transaction $holder, the latest, has done its statement, or failed at it
holds=0
held()
{
	local i

	for ((i = 0; i < 1200; i++)); do
		[ "$(query $db -c "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'battery_held_$holds' AND query ~ 'pg_sleep'")" = 0 ] || return 0
		kill -0 "$holder" 2>/dev/null || return 0
		sleep 0.05
	done
	not_ok "a transaction does what others are to wait for"
	remark <"$tmp/held"
}

# hold ROLE STATEMENT: a transaction that goes on until it is told to end
hold()
{
	holds=$((holds + 1))
	PGAPPNAME=battery_held_$holds psql -X -q -d $db -U "$1" >"$tmp/held" 2>&1 <<-SQL &
		BEGIN;
		$2;
		SELECT pg_sleep(300);
	SQL
	holder=$!
	held
}

# end_held: how many transactions are told to end
end_held()
{
	query $db -c "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'battery_held_$holds'"
	wait "$holder" || true
}

files 1
hold battery_turns_loader "SELECT industry.take_turn('maker_share', (SELECT source_id FROM industry.source WHERE source = 's2'))"
"$root/bin/battery-load" -d $db maker_share "$tmp/job2.csv" --source s2 </dev/null >"$tmp/out" 2>&1 &
waiter=$!
for ((i = 0; i < 600; i++)); do
	! grep -q 'Process [0-9]* of role battery_turns_loader' "$tmp/out" || break
	sleep 0.1
done
waits=no
! kill -0 "$waiter" 2>/dev/null || waits=yes
end_held >"$tmp/ended"
rc=0
wait "$waiter" || rc=$?
if [ "$rc" -eq 3 ] && [ $waits = yes ] && [ "$(cat "$tmp/ended")" = 1 ] && grep -q '^battery-load: another load of source s2 has not ended' "$tmp/out" &&
	grep -q 'Process [0-9]* of role battery_turns_loader' "$tmp/out"; then
	ok "a load that waits says for what"
else
	not_ok "a load that waits says for what (exit status $rc)"
	remark <"$tmp/out"
fi

# unhindered NAME HELD ROLE STATEMENT KIND FILE SOURCE: the load does not wait, and has ended
# before the transactions that are HELD: 1, or 0 where the statement is refused
unhindered()
{
	local rc=0

	hold "$3" "$4"
	"$root/bin/battery-load" -q -d $db "$5" "$6" --source "$7" </dev/null >"$tmp/out" 2>&1 || rc=$?
	end_held >"$tmp/ended"
	if [ "$rc" -eq 3 ] && [ "$(cat "$tmp/ended")" = "$2" ]; then
		ok "$1"
	else
		not_ok "$1 (exit status $rc, $(cat "$tmp/ended") held)"
		remark <"$tmp/out"
	fi
}

unhindered "a reader cannot take a turn" 0 battery_turns_reader "SELECT FROM industry.load_turn FOR UPDATE" maker_share "$tmp/job2.csv" s2
same "and is told so" "ERROR:  permission denied for table load_turn" "$(head -n 1 "$tmp/held")"
unhindered "an advisory lock that anybody can take holds up no load" 1 battery_turns_reader \
	"SELECT pg_advisory_xact_lock(hashtextextended('industry.load ' || x, 0)) FROM unnest(ARRAY['2', 'maker', 'maker_share', 's2', 'source s2', 'kind maker']) AS x" \
	maker_share "$tmp/job2.csv" s2
unhindered "a load of another source does not wait" 1 battery_turns_loader \
	"SELECT industry.take_turn('maker_share', (SELECT source_id FROM industry.source WHERE source = 's2'))" maker_share "$tmp/job6.csv" s6

#
# What is decided after a wait is decided by what is there then
#
# hold_open STATEMENT: in a transaction that goes on until somebody waits for it; nobody's
# wait within two minutes is an error, which takes the statement back
hold_open()
{
	holds=$((holds + 1))
	PGAPPNAME=battery_held_$holds psql -X -q -A -t -d $db >"$tmp/held" 2>&1 <<-SQL &
		BEGIN;
		$1;
		DO \$\$
		BEGIN
			FOR i IN 1 .. 2400 LOOP
				IF EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) THEN
					RETURN;
				END IF;
				PERFORM pg_sleep(0.05);
			END LOOP;
			RAISE 'nobody waits';
		END \$\$;
		COMMIT;
	SQL
	holder=$!
	held
}

# unknown_rows METRIC NAME...: a load with a row for each unknown name, and one that is good
unknown_rows()
{
	local metric=$1

	shift
	{
		echo 'maker,amount,period,metric,basis'
		printf "%s,1 GWh,2021,$metric,installed\n" "$@" M1
	} >"$tmp/$metric.csv"
	load "$metric: rows of unknown names" 3 maker_share "$tmp/$metric.csv" --source s1
	the_load=$(query $db -c "SELECT max(load_id) FROM industry.load_report")
	query $db -c "SELECT industry.accept_name('maker', name, 'new') FROM unnest('{$(IFS=, && echo "$*")}'::text[]) AS name" >/dev/null
}

unknown_rows dismissed 'Newcomer A' 'Newcomer B'
hold_open "SELECT industry.dismiss($the_load, 2, 'a heading')"
load "a re-drive waits for a row that is being dismissed" 0 --redrive "$the_load"
wait
same "and leaves it" "2 dismissed|3 resolved" \
	"$(query $db -R '|' -c "SELECT line_number || CASE WHEN dismissed_at IS NOT NULL THEN ' dismissed' ELSE '' END || CASE WHEN resolved_by IS NOT NULL THEN ' resolved' ELSE '' END
		FROM industry.quarantine WHERE load_id = $the_load ORDER BY line_number")"
is "and none of its figures" "1" "SELECT count(*) FROM industry.maker_share_observation WHERE subject_as_printed LIKE 'Newcomer %'"

unknown_rows withdrawn 'Newcomer C'
hold_open "SELECT industry.redrive($the_load)"
load "a withdrawal waits for a re-drive" 0 --withdraw "$the_load" --reason 'a test'
wait
is "and takes what that brought along" "0" "SELECT count(*) FROM industry.series e JOIN industry.statement_set t USING (series_id) WHERE e.metric = 'withdrawn' AND t.superseded_by IS NULL
	AND EXISTS (SELECT FROM industry.maker_share_observation o WHERE o.set_id = t.set_id)"

hold_open "SELECT industry.new_source('new_1', 'New publisher', '1', '2024-01-01')"
load "a new source waits for another of the same new publisher" 0 --new-source new_2 --publisher 'New publisher' --edition 2 --published 2024-02-01
wait
is "which is one" "1|2" "SELECT count(DISTINCT publisher), count(*) FROM industry.source WHERE source LIKE 'new\_%'"

# A database may have another isolation by default.  One load goes after the other all the
# same, and the second finds what the first has stored.
sed 's/,2020,/,2022,/' "$tmp/job2.csv" >"$tmp/isolated.csv"
for n in 1 2 3; do
	PGOPTIONS='-c default_transaction_isolation=serializable' "$root/bin/battery-load" -d $db maker_share "$tmp/isolated.csv" --source s7 </dev/null >"$tmp/isolated$n" 2>&1 || true &
done
wait
same "of three loads of one file at once two find nothing to change, whatever the isolation" "1 loaded, 2 unchanged" \
	"$(cat "$tmp"/isolated[123] | awk '/^load [0-9]+: .* rows read, / { a++ } /nothing to change/ { b++ } END { print a + 0 " loaded, " b + 0 " unchanged" }')"

# Dry runs of manifests write in the order of their files.
awk 'BEGIN { print "maker,name"; for (i = 1; i <= 2000; i++) print "Z" i ",Maker Z " i }' >"$tmp/makers.csv"
awk 'BEGIN { print "plant,maker"; for (i = 1; i <= 2000; i++) print "Plant " i ",M1" }' >"$tmp/plants.csv"
printf 'kind,file\nmaker,makers.csv\nplant,plants.csv\n' >"$tmp/there.csv"
printf 'kind,file\nplant,plants.csv\nmaker,makers.csv\n' >"$tmp/back.csv"
for round in 1 2; do
	for list in there back; do
		rc=0
		"$root/bin/battery-load" -n -d $db --manifest="$tmp/$list.csv" </dev/null >"$tmp/dry_$list" 2>&1 || echo "exit status $?" >>"$tmp/dry_$list" &
	done
	wait
	if grep -q -e 'exit status' -e ERROR "$tmp/dry_there" "$tmp/dry_back"; then
		not_ok "dry runs of two lists in opposite orders, $round"
		cat "$tmp/dry_there" "$tmp/dry_back" | remark
	else
		ok "dry runs of two lists in opposite orders, $round"
	fi
done

# An upgrade among loads and readers: nobody's statement is the victim of a deadlock.
: >"$tmp/bad"
until_told()
{
	local rc

	# the directory goes where the script ends early
	while [ -e "$tmp" ] && [ ! -e "$tmp/told" ]; do
		rc=0
		"$@" >"$tmp/said$BASHPID" 2>&1 </dev/null || rc=$?
		[ "$rc" -eq 0 ] || [ "$rc" -eq 3 ] || {
			printf 'exit status %s: %s\n' "$rc" "$*"
			cat "$tmp/said$BASHPID"
		} >>"$tmp/bad"
	done
}
until_told "$root/bin/battery-load" -q -d $db maker_share "$tmp/job2.csv" --source s2 &
until_told "$root/bin/battery-load" -q -d $db maker_share "$tmp/job6.csv" --source s6 --again &
for n in 1 2; do
	until_told query $db -c "SELECT (SELECT count(*) FROM industry.bi_market), (SELECT count(*) FROM industry.bi_lineage), (SELECT count(*) FROM industry.bi_source), (SELECT count(*) FROM industry.bi_expansion)" &
done
for n in 1 2 3; do
	"$root/bin/battery-industry" upgrade --again -q -d $db >"$tmp/out" 2>&1 || cat "$tmp/out" >>"$tmp/bad"
done
touch "$tmp/told"
wait
if [ -s "$tmp/bad" ]; then
	not_ok "upgrades among loads and readers"
	remark 40 <"$tmp/bad"
else
	ok "upgrades among loads and readers"
fi
finish
