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
# hold ROLE STATEMENT: a transaction that goes on for six seconds
hold()
{
	psql -X -q -d $db -U "$1" >"$tmp/held" 2>&1 <<-SQL &
		BEGIN;
		$2;
		SELECT pg_sleep(6);
		COMMIT;
	SQL
	sleep 0.5
}

files 1
hold battery_turns_loader "SELECT industry.take_turn('maker_share', (SELECT source_id FROM industry.source WHERE source = 's2'))"
begin=$EPOCHREALTIME
rc=0
"$root/bin/battery-load" -d $db maker_share "$tmp/job2.csv" --source s2 </dev/null >"$tmp/out" 2>&1 || rc=$?
span=$((${EPOCHREALTIME/./} - ${begin/./}))
if [ "$rc" -eq 3 ] && [ "$span" -gt 4000000 ] && grep -q '^battery-load: another load of source s2 has not ended' "$tmp/out" &&
	grep -q 'Process [0-9]* of role battery_turns_loader' "$tmp/out"; then
	ok "a load that waits says for what"
else
	not_ok "a load that waits says for what (exit status $rc, $span us)"
	remark <"$tmp/out"
fi
wait

# unhindered NAME ROLE STATEMENT KIND FILE SOURCE: the load does not wait
unhindered()
{
	local begin span rc=0

	hold "$2" "$3"
	begin=$EPOCHREALTIME
	"$root/bin/battery-load" -q -d $db "$4" "$5" --source "$6" </dev/null >"$tmp/out" 2>&1 || rc=$?
	span=$((${EPOCHREALTIME/./} - ${begin/./}))
	if [ "$rc" -eq 3 ] && [ "$span" -lt 4000000 ]; then
		ok "$1"
	else
		not_ok "$1 (exit status $rc, $span us)"
		remark <"$tmp/out"
	fi
	wait
}

unhindered "a reader cannot take a turn" battery_turns_reader "SELECT FROM industry.load_turn FOR UPDATE" maker_share "$tmp/job2.csv" s2
same "and is told so" "ERROR:  permission denied for table load_turn" "$(head -n 1 "$tmp/held")"
unhindered "an advisory lock that anybody can take holds up no load" battery_turns_reader \
	"SELECT pg_advisory_xact_lock(hashtextextended('industry.load ' || x, 0)) FROM unnest(ARRAY['2', 'maker', 'maker_share', 's2', 'source s2', 'kind maker']) AS x" \
	maker_share "$tmp/job2.csv" s2
unhindered "a load of another source does not wait" battery_turns_loader \
	"SELECT industry.take_turn('maker_share', (SELECT source_id FROM industry.source WHERE source = 's2'))" maker_share "$tmp/job6.csv" s6
finish
