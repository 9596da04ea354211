#!/bin/bash
# Editions that come in several files, loads that were a mistake, and folders of
# files, through bin/battery-load, as a role that is no superuser.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_parts
loader=battery_test_parts_loader
create_role battery_test_parts_owner LOGIN
create_role $loader LOGIN
create_database $db
query postgres -c "ALTER DATABASE $db OWNER TO battery_test_parts_owner"
PGUSER=battery_test_parts_owner "$root/bin/battery-industry" setup -q -d $db
query $db <<'SQL'
SET ROLE battery_test_parts_owner;
SELECT industry.grant_access(loader => 'battery_test_parts_loader') \g /dev/null
INSERT INTO industry.publisher (publisher) VALUES ('P'), ('Q'), ('R');
INSERT INTO industry.source (source, publisher, edition, published)
SELECT 'p-' || n, 'P', n::text, date '2024-01-01' + n FROM generate_series(1, 19) AS n;
INSERT INTO industry.source (source, publisher, edition, published, options) VALUES
	('r-1', 'R', '1', '2024-01-01', '{}'), ('r-2', 'R', '2', '2024-01-02', '{}'), ('q-parts', 'Q', 'parts', '2024-01-01', '{"files": "parts"}'), ('q-whole', 'Q', 'whole', '2024-01-02', '{"files": "whole"}');
INSERT INTO industry.maker (maker, name, country) VALUES ('CATL', 'Contemporary Amperex Technology Co. Limited', 'CN'),
	('BYD', 'BYD Company', 'CN'), ('LGES', 'LG Energy Solution', 'KR'), ('SK On', 'SK On Co.', 'KR');
SQL
cd "$tmp"

# projects SOURCE, shares SOURCE: what stands, with the part
projects()
{
	query $db -c "SELECT f.project, f.power_mw, f.edition_part, coalesce(r.file_name, ''), f.line_number
		FROM industry.storage_project f JOIN industry.statement_set t USING (set_id) JOIN industry.source s ON s.source_id = f.source_id
		LEFT JOIN industry.load_report r ON r.load_id = coalesce(f.load_id, t.load_id)
		WHERE s.source = '$1' AND t.superseded_by IS NULL ORDER BY 1, 3"
}

shares()
{
	query $db -c "SELECT t.period_as_printed, f.subject_as_printed, f.row_kind, f.amount, f.edition_part
		FROM industry.maker_share_observation f JOIN industry.statement_set t USING (set_id) JOIN industry.source s ON s.source_id = f.source_id
		WHERE s.source = '$1' AND t.superseded_by IS NULL ORDER BY 1, 5, 2"
}

# open_rows SOURCE: what is in quarantine, by file and line
open_rows()
{
	query $db -c "SELECT r.file_name, q.line_number, q.sqlstate FROM industry.quarantine q JOIN industry.load_report r USING (load_id) JOIN industry.source s USING (source_id)
		WHERE s.source = '$1' AND q.resolved_by IS NULL ORDER BY 1, 2, 3"
}

traces()
{
	query $db -c "SELECT (SELECT count(*) FROM industry.load_report), (SELECT count(*) FROM industry.quarantine), (SELECT count(*) FROM industry.statement_set),
		(SELECT count(*) FROM industry.maker_share_observation), (SELECT count(*) FROM industry.storage_project), (SELECT count(*) FROM industry.maker),
		(SELECT count(*) FROM industry.quarantine WHERE resolved_by IS NULL)"
}

# unchanged NAME STATUS ARGUMENT...: a load that must leave no trace
unchanged()
{
	local name=$1 before

	before=$(traces)
	load "$@"
	same "$name: nothing is left behind" "$before" "$(traces)"
}

last_load()
{
	query $db -c "SELECT max(load_id) FROM industry.load_report"
}

# yards FILE ROW...: a file of projects, PROJECT POWER STATUS [PERIOD] each
yards()
{
	local file=$1 row

	shift
	echo 'project,power,energy,status,period,metric,country' >"$tmp/$file"
	for row in "$@"; do
		set -- $row
		echo "$1 Yard,$2 MW,$(($2 * 4)) MWh,$3,${4:-2023},grid_storage,US" >>"$tmp/$file"
	done
}

# makers FILE ROW...: a file of shares, MAKER,AMOUNT[,PERIOD] each
makers()
{
	local file=$1 row

	shift
	echo 'maker,amount,period,metric,basis' >"$tmp/$file"
	for row in "$@"; do
		case $row in
			*,*,*) echo "$row,ev_batteries,installed" ;;
			*) echo "$row,2023,ev_batteries,installed" ;;
		esac >>"$tmp/$file"
	done
}

#
# A second file of one edition
#
yards a.csv 'North 10 operating' 'South 5 operating'
yards b.csv 'East 100 planned'
load "the first file of an edition" 0 storage_project a.csv --source p-1
unchanged "a second file that lacks its members" 4 storage_project b.csv --source p-1
says "is refused with those that would disappear, and with what to say" "2 member(s) that this edition states would disappear" \
	"North Yard (grid_storage 2023), South Yard (grid_storage 2023)" 'file "a.csv"' "--part=b" "--whole" "--replaces=LOAD" '{"files": "parts"}'
unchanged "a dry run of it" 4 storage_project b.csv --source p-1 --dry-run
load "is a part when told so" 0 storage_project b.csv --source p-1 --part planned
says "and says that the other rows stay" "1 rows read, 3 loaded (2 of other parts)"
same "three projects stand, and each names its file and line" "East Yard|100|planned|b.csv|2
North Yard|10|a|a.csv|2
South Yard|5|a|a.csv|3" "$(projects p-1)"
same "in the view too" "3|115|460" "$(query $db -c "SELECT count(*), sum(power_mw), trim_scale(sum(to_unit(energy, 'MWh'))) FROM industry.current_storage_project WHERE source = 'p-1'")"
same "and in the lineage" "a.csv|3" "$(query $db -c "SELECT DISTINCT file_name, line_number FROM industry.figure_lineage WHERE source = 'p-1' AND is_latest AND subject = 'South Yard'")"
unchanged "the first file again, as it was loaded" 0 storage_project a.csv --source p-1
unchanged "the second file again, without its part" 0 storage_project b.csv --source p-1
unchanged "the second file again, with its part" 0 storage_project b.csv --source p-1 --part planned
yards b.csv 'East 100 planned' 'West 50 planned'
unchanged "a corrected file that names no part" 4 storage_project b.csv --source p-1
says "is refused with the parts that there are" 'The parts are "a", "planned"' "--part=NAME" "--whole"
load "a corrected file of a part" 0 storage_project b.csv --source p-1 --part planned
same "supersedes that part alone" "East Yard|100|planned|b.csv|2
North Yard|10|a|a.csv|2
South Yard|5|a|a.csv|3
West Yard|50|planned|b.csv|3" "$(projects p-1)"
yards a2.csv 'North 12 operating'
load "a part may lose members" 0 storage_project a2.csv --source p-1 --part a
same "its own" "East Yard|100|planned|b.csv|2
North Yard|12|a|a2.csv|2
West Yard|50|planned|b.csv|3" "$(projects p-1)"
unchanged "the file of a part that was superseded" 4 storage_project a.csv --source p-1 --part a
says "is refused as any other" "has superseded it" "--again"
same "history is kept" "1" "$(query $db -c "SELECT count(*) FROM industry.storage_project f JOIN industry.source s USING (source_id) WHERE s.source = 'p-1' AND project = 'South Yard' AND edition_part IS NULL")"
yards all.csv 'North 12 operating' 'Centre 1 planned'
unchanged "the whole edition, not said to be" 4 storage_project all.csv --source p-1
load "and said to be" 0 storage_project all.csv --source p-1 --whole
same "takes the place of all parts" "Centre Yard|1||all.csv|3
North Yard|12||all.csv|2" "$(projects p-1)"
unchanged "it again" 0 storage_project all.csv --source p-1

unchanged "the file of a part again, by its bytes" 4 storage_project b.csv --source p-1
says "was superseded by the whole" "has superseded it"
unchanged "and is no part of it" 4 storage_project b.csv --source p-1 --again
says "by itself" "would disappear" "Centre Yard"

# Corrections and appended periods need no word.
yards c.csv 'North 10 operating' 'South 5 operating'
load "a file" 0 storage_project c.csv --source p-2
yards c.csv 'North 11 operating' 'South 5 operating' 'East 1 planned'
load "its correction, with other values and a new member" 0 storage_project c.csv --source p-2
yards c.csv 'North 11 operating' 'South 5 operating'
unchanged "a correction that drops a member" 4 storage_project c.csv --source p-2
says "is stopped likewise" "East Yard" "--whole"
load "and passes when it is said" 0 storage_project c.csv --source p-2 --whole
yards d.csv 'West 3 operating 2024'
load "a file of new periods only" 0 storage_project d.csv --source p-2
same "is added" "North Yard|11
South Yard|5
West Yard|3" "$(projects p-2 | cut -d'|' -f1,2)"
yards e.csv 'West 3 operating 2024' 'East 9 operating 2023'
unchanged "a file with an old set and a new one that loses members" 4 storage_project e.csv --source p-2
same "names the old set alone" "0" "$(grep -c 'West Yard' "$tmp/err")"
first=$(query $db -c "SELECT max(load_id) FROM industry.load_report WHERE file_name = 'c.csv'")
load "and passes with --replaces" 0 storage_project e.csv --source p-2 --replaces "$first"
same "as ever" "East Yard|9
West Yard|3" "$(projects p-2 | cut -d'|' -f1,2)"

# Rows that are refused are stated.
makers m.csv CATL,100 BYD,50
load "a file of makers" 0 maker_share m.csv --source p-3
makers m.csv CATL,101 'BYD,30 GWh37'
load "a member whose row is refused is no member that disappears" 3 maker_share m.csv --source p-3
makers m.csv CATL,100 BYD,50
load "a file of makers" 0 maker_share m.csv --source r-1
makers m.csv CATL,101 'Nobody Batteries,30'
unchanged "one that the file does not name at all is" 4 maker_share m.csv --source r-1
says "and is named, it alone" '1 member(s)' 'BYD (ev_batteries 2023)'
makers n.csv CATL,100
load "a re-drive is no second file: a file" 0 maker_share n.csv --source p-4
makers n.csv CATL,100 'Newcomer,7'
load "with an unknown maker" 3 maker_share n.csv --source p-4
query $db -c "INSERT INTO industry.maker (maker, name) VALUES ('Newcomer', 'Newcomer Inc.')"
load "is driven again" 0 --redrive "$(last_load)"
same "and joins" "2023|CATL|member|100|
2023|Newcomer|member|7|" "$(shares p-4)"

#
# Parts that state one thing
#
makers cn.csv CATL,100 BYD,50 'World,150' 'Others,5'
makers kr.csv LGES,30 'SK On,10' 'World,40' 'Others,2' CATL,99 BYD,50
load "a part with its total" 0 maker_share cn.csv --source p-5 --part China
load "and another, which states one thing otherwise and one again" 3 maker_share kr.csv --source p-5 --part Korea
says "says which files, parts and values" 'line 6: parts of the edition state different values for one thing: "100" in part "China" (cn.csv, line 2), "99" in part "Korea" (kr.csv, line 6) (columns that differ: amount)' \
	'line 7: the row repeats line 3 of part "China"' 'cn.csv, line 2: parts of the edition'
same "what contradicts itself is in no current set; totals and remainders are of their parts" "2023|BYD|member|50|China
2023|Others|remainder|5|China
2023|World|subtotal|150|China
2023|LGES|member|30|Korea
2023|Others|remainder|2|Korea
2023|SK On|member|10|Korea
2023|World|subtotal|40|Korea" "$(shares p-5)"
same "both rows are in quarantine, each under its file" "cn.csv|2|23505
kr.csv|6|23505
kr.csv|7|23505" "$(open_rows p-5)"
same "a total says whose it is" 'stated as the total of part "Korea"' "$(query $db -c "SELECT notes ->> 'note' FROM industry.current_maker_share WHERE source = 'p-5' AND subject_as_printed = 'World' AND amount = '40'")"
unchanged "the one part again" 3 maker_share cn.csv --source p-5 --part China
unchanged "the other again" 3 maker_share kr.csv --source p-5
makers jp.csv 'LG Energy Solution,30'
load "a third part, which repeats a row" 3 maker_share jp.csv --source p-5 --part Japan
same "does not end the dispute" "0" "$(query $db -c "SELECT count(*) FROM industry.current_maker_share WHERE source = 'p-5' AND maker = 'CATL'")"
unchanged "a re-drive of a row in dispute" 3 --redrive "$(query $db -c "SELECT load_id FROM industry.load_report WHERE file_name = 'kr.csv'")"
load "a re-drive of the other" 0 --redrive "$(query $db -c "SELECT load_id FROM industry.load_report WHERE file_name = 'cn.csv'")"
says "says what brings it back" "contradicted by another part" "corrected file of either part"
makers kr2.csv LGES,30 'SK On,10' 'World,40' 'Others,2'
load "the corrected part" 0 maker_share kr2.csv --source p-5 --part Korea
same "brings the other part's row back" "CATL|100|China|cn.csv" "$(query $db -c "SELECT l.subject, f.amount, f.edition_part, l.file_name FROM industry.figure_lineage l
	JOIN industry.maker_share_observation f USING (fact_id) WHERE l.source = 'p-5' AND l.is_latest AND l.subject = 'CATL' AND l.measure = 'amount'")"
same "and ends the dispute" "jp.csv|2|23505
kr.csv|7|23505" "$(open_rows p-5)"

# The later part is right: the earlier one is corrected.
makers x.csv CATL,100 BYD,1
makers y.csv CATL,99 LGES,2
load "two parts: one" 0 maker_share x.csv --source p-6 --part x
load "and the other, in dispute" 3 maker_share y.csv --source p-6 --part y
makers x2.csv BYD,1
load "the first without the row" 0 maker_share x2.csv --source p-6 --part x
says "says which row may be good now" "--redrive="
load "which it is" 0 --redrive "$(query $db -c "SELECT load_id FROM industry.load_report WHERE file_name = 'y.csv'")"
same "within its part" "2023|BYD|member|1|x
2023|CATL|member|99|y
2023|LGES|member|2|y" "$(shares p-6)"
none "with nothing left in dispute" $db "SELECT 1 FROM industry.quarantine q JOIN industry.load_report USING (load_id) JOIN industry.source s USING (source_id) WHERE s.source = 'p-6' AND q.resolved_by IS NULL"
makers x3.csv CATL,99 BYD,1
load "parts that agree in the end" 3 maker_share x3.csv --source p-6 --part x
same "have the row once" "2023|BYD|member|1|x
2023|CATL|member|99|y
2023|LGES|member|2|y" "$(shares p-6)"

# A part of nothing but a contradiction
makers u.csv CATL,1
makers v.csv CATL,2
load "a part of one row" 0 maker_share u.csv --source p-7 --part u
load "contradicted by a part of one row" 3 maker_share v.csv --source p-7 --part v
same "leaves nothing standing" "0" "$(query $db -c "SELECT count(*) FROM industry.current_maker_share WHERE source = 'p-7'")"
unchanged "and so it stays" 3 maker_share u.csv --source p-7 --part u
unchanged "from either side" 3 maker_share v.csv --source p-7
load "until one is withdrawn" 0 --withdraw "$(query $db -c "SELECT load_id FROM industry.load_report WHERE file_name = 'v.csv'")" --reason 'copied from another year'
same "and the other comes back" "2023|CATL|member|1|u" "$(shares p-7)"
none "with nothing left in quarantine" $db "SELECT 1 FROM industry.quarantine q JOIN industry.load_report USING (load_id) JOIN industry.source s USING (source_id) WHERE s.source = 'p-7' AND q.resolved_by IS NULL"

# Columns that only one of the parts has
echo 'maker,amount,share,period,metric,basis,locator,Remark
CATL,100,37 %,2023,ev_batteries,installed,p. 4,rounded' >"$tmp/wide.csv"
makers narrow.csv BYD,50
load "a part with more columns" 0 maker_share wide.csv --source p-8 --part wide
load "and one with fewer" 0 maker_share narrow.csv --source p-8 --part narrow
same "lose none of them" "CATL|37|p. 4|rounded" "$(query $db -c "SELECT maker, share_pct, locator, notes ->> 'Remark' FROM industry.current_maker_share WHERE source = 'p-8' AND share_pct IS NOT NULL")"
makers narrow2.csv BYD,50 'Nobody,1'
load "nor does a row that is driven again" 3 maker_share narrow2.csv --source p-8 --part narrow
query $db -c "INSERT INTO industry.maker (maker, name) VALUES ('Nobody', 'Nobody Inc.')"
load "and joins them" 0 --redrive "$(last_load)"
same "lose any" "CATL|37|p. 4|rounded" "$(query $db -c "SELECT maker, share_pct, locator, notes ->> 'Remark' FROM industry.current_maker_share WHERE source = 'p-8' AND share_pct IS NOT NULL")"
same "it is in its part" "Nobody|narrow" "$(query $db -c "SELECT f.subject_as_printed, f.edition_part FROM industry.maker_share_observation f JOIN industry.current_set USING (set_id) WHERE f.subject_as_printed = 'Nobody'")"

# Files of one name in two folders
mkdir "$tmp/north" "$tmp/south"
makers north/data.csv CATL,1 'World,1'
makers south/data.csv BYD,2
load "a file in one folder" 0 maker_share north/data.csv --source p-9
load "and one of the same name in another" 0 maker_share south/data.csv --source p-9 --part data
same "are two parts, whose totals are none" "2023|BYD|member|2|data
2023|CATL|member|1|data (load $(($(last_load) - 1)))
2023|World|subtotal|1|data (load $(($(last_load) - 1)))" "$(shares p-9)"

# The part is named only when the other comes, and the first has rows that wait.
makers first.csv CATL,1 'Waits,2'
makers second.csv BYD,3
load "a file without a part, with a row in quarantine" 3 maker_share first.csv --source r-2
load "and a part" 0 maker_share second.csv --source r-2 --part second
query $db -c "INSERT INTO industry.maker (maker, name) VALUES ('Waits', 'Waits Inc.')"
load "the row is driven again" 0 --redrive "$(($(last_load) - 1))"
same "and joins the part that its file has become" "2023|CATL|member|1|first
2023|Waits|member|2|first
2023|BYD|member|3|second" "$(shares r-2)"
makers first.csv CATL,4
load "of which a later file takes the place" 0 maker_share first.csv --source r-2 --part first
same "alone" "2023|CATL|member|4|first
2023|BYD|member|3|second" "$(shares r-2)"

# Rows entered by hand are nobody's file, and stay.
query $db <<'SQL'
INSERT INTO industry.series (publisher, kind, metric, basis) VALUES ('R', 'maker_share', 'by_hand', 'installed');
INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last, period_as_printed)
SELECT e.series_id, s.source_id, 'R', '2023-01-01', '2023-12-31', '2023' FROM industry.series e, industry.source s WHERE e.metric = 'by_hand' AND s.source = 'r-1';
INSERT INTO industry.maker_share_observation (set_id, source_id, as_printed, maker_id, amount, subject_as_printed)
SELECT t.set_id, t.source_id, '7', m.maker_id, '7', 'CATL' FROM industry.statement_set t JOIN industry.series e USING (series_id), industry.maker m WHERE e.metric = 'by_hand' AND m.maker = 'CATL';
SQL
printf 'maker,amount,period,metric,basis\nBYD,8,2023,by_hand,installed\n' >"$tmp/hand.csv"
load "a part beside rows that were entered by hand" 0 maker_share hand.csv --source r-1 --part file
load "and its withdrawal" 0 --withdraw "$(last_load)" --reason x
same "leave them" "CATL|7|entered by hand|0" "$(query $db -c "SELECT f.subject_as_printed, f.amount, f.edition_part, f.load_id FROM industry.maker_share_observation f JOIN industry.current_set k USING (set_id) WHERE k.metric = 'by_hand'")"

# Whatever the order in which parts come, what stands is what no two of them
# contradict: worked out here from the files, by no code of the loader.
makers o1.csv CATL,1 BYD,2 LGES,3
makers o2.csv CATL,1 BYD,9 'SK On,4'
makers o3.csv CATL,1 BYD,2 'SK On,5' Nobody,6
expected=$(tail -q -n +2 "$tmp"/o[123].csv | cut -d, -f1,2 | sort -u | cut -d, -f1 | uniq -u | sort)
n=0
for order in '1 2 3' '1 3 2' '2 1 3' '2 3 1' '3 1 2' '3 2 1' '3 1 2 3 1 2'; do
	n=$((n + 1))
	query $db -c "INSERT INTO industry.source (source, publisher, edition, published) VALUES ('order-$n', 'R', 'order $n', '2024-01-01')"
	for i in $order; do
		PGUSER=$loader "$root/bin/battery-load" -q -d $db maker_share "o$i.csv" --source "order-$n" --part "o$i" >"$tmp/out" 2>&1 </dev/null || true
	done
	same "parts in the order $order" "$expected" "$(shares "order-$n" | cut -d'|' -f2 | sort)"
done

# Names of parts
unchanged "a part without a name" 2 maker_share narrow.csv --source p-8 --part ''
unchanged "a part and the whole" 2 maker_share narrow.csv --source p-8 --part x --whole
printf 'maker,name\nFolder One,Folder One Inc.\n' >"$tmp/maker.csv"
unchanged "a part of a reference table" 4 maker maker.csv --part x
says "is refused" "a file of kind maker is no part of an edition"
load "a name in quotes" 0 maker_share narrow2.csv --source q-parts --part "it's \"1\" \\ \$(touch $tmp/hacked)"
same "is text" "it's \"1\" \\ \$(touch $tmp/hacked)" "$(query $db -c "SELECT DISTINCT edition_part FROM industry.current_set k JOIN industry.maker_share_observation f USING (set_id) WHERE k.source = 'q-parts'")"
if [ -e "$tmp/hacked" ]; then not_ok "and no command was run"; else ok "and no command was run"; fi

query $db -c "SELECT industry.withdraw(max(load_id), 'a test of names') FROM industry.load_report" >"$tmp/out"

# The source says it once.
makers operating.csv CATL,1
makers Planned.CSV BYD,2
load "files of a source whose files are parts" 0 maker_share operating.csv --source q-parts
load "are parts by their names" 0 maker_share Planned.CSV --source q-parts
makers operating.csv LGES,1
load "of which each supersedes its own" 0 maker_share operating.csv --source q-parts
same "alone" "2023|BYD|member|2|Planned
2023|LGES|member|1|operating" "$(shares q-parts)"
printf 'maker,amount,period,metric,basis\nCATL,1,2023,ev_batteries,installed\n' >"$tmp/in"
rc=0
PGUSER=$loader "$root/bin/battery-load" -d $db maker_share - --source q-parts <"$tmp/in" >"$tmp/out" 2>"$tmp/err" || rc=$?
same "standard input has no name" 4 "$rc"
says "and is told so" "this one has no name" "--part=NAME"
load "files of a source whose files are all of it" 0 maker_share operating.csv --source q-whole
load "replace one another" 0 maker_share Planned.CSV --source q-whole
same "whole" "2023|BYD|member|2|" "$(shares q-whole)"
load "which an option of one load says too" 0 maker_share operating.csv --source q-whole --option files=parts --whole --again
unchanged "an option that says neither" 4 maker_share operating.csv --source q-whole --option files=some
says "is refused" 'files must be "parts"'
same "the name of a sheet is the part, in SQL" "Sheet 2" "$(query $db <<SQL | tail -n 1
BEGIN;
SELECT industry.begin_load('maker_share', 'q-parts', 'maker,amount,period,metric,basis') \g /dev/null
INSERT INTO pg_temp.industry_stage (c1, c2, c3, c4, c5) VALUES ('CATL', '5', '2023', 'ev_batteries', 'installed');
SELECT industry.load('book.xlsx', sheet => 'Sheet 2') ->> 'part';
ROLLBACK;
SQL
)"

# Two at once
makers r1.csv CATL,1
makers r2.csv BYD,2
makers r3.csv LGES,3
for n in 1 2 3; do
	PGUSER=$loader "$root/bin/battery-load" -q -d $db maker_share r$n.csv --source p-10 --part r$n >"$tmp/race.$n" 2>&1 </dev/null &
done
wait
same "parts that are loaded side by side all stand" "2023|CATL|member|1|r1
2023|BYD|member|2|r2
2023|LGES|member|3|r3" "$(shares p-10)"
for n in 1 2; do
	(PGUSER=$loader "$root/bin/battery-load" -q -d $db maker_share r$n.csv --source p-11 && echo loaded) >"$tmp/race.$n" 2>&1 </dev/null &
done
wait
same "of two files side by side that are not said to be parts, one is refused" "1|1" "$(grep -l loaded "$tmp"/race.[12] | wc -l)|$(grep -l 'would disappear' "$tmp"/race.[12] | wc -l)"

#
# A mistake
#
makers g.csv CATL,10 BYD,5 'Strange,1'
load "a good edition" 3 maker_share g.csv --source p-12
makers w.csv CATL,11 BYD,6 LGES,1
load "and a mistaken later one" 0 maker_share w.csv --source p-13
w=$(last_load)
unchanged "to withdraw it without a reason" 2 --withdraw "$w"
unchanged "to withdraw no load" 4 --withdraw 999999 --reason x
unchanged "to withdraw a load of a reference table" 4 --withdraw "$(query $db -c "INSERT INTO industry.load_report (kind) VALUES ('maker') RETURNING load_id")" --reason x
unchanged "a dry run" 0 --withdraw "$w" --reason 'wrong table' --dry-run
says "shows what readers would see" "dry run, nothing was changed: withdrawal of load $w: 3 rows of 1 sets go" "CATL amount: 11 -> 10 (restated)" "LGES amount: 1 -> nothing (dropped)" "current_maker_share"
load "the withdrawal" 0 --withdraw "$w" --reason "wrong table, it's of 2022" --json
same "is reported" "$w|wrong table, it's of 2022|t" "$(query $db -v json="$(cat "$tmp/out")" <<<"SELECT :'json'::jsonb ->> 'withdraws', :'json'::jsonb ->> 'reason', (:'json'::jsonb ->> 'changed')::boolean")"
same "and recorded" "$w|wrong table, it's of 2022|battery_test_parts_loader" "$(query $db -c "SELECT withdraws, reason, loaded_by FROM industry.load_report ORDER BY load_id DESC LIMIT 1")"
same "the older edition is current" "12|BYD|5
12|CATL|10" "$(query $db -c "SELECT edition, maker, amount FROM industry.current_maker_share WHERE metric = 'ev_batteries' AND publisher = 'P' AND period_first = '2023-01-01' ORDER BY 2")"
same "history is kept" "3" "$(query $db -c "SELECT count(*) FROM industry.maker_share_observation f JOIN industry.source s USING (source_id) WHERE s.source = 'p-13'")"
unchanged "a second time" 0 --withdraw "$w" --reason again
says "says that it is done, and why" "nothing to change" "load $w was withdrawn already" "wrong table, it's of 2022"
unchanged "to withdraw a withdrawal" 4 --withdraw "$(last_load)" --reason x
unchanged "the file that was withdrawn" 4 maker_share w.csv --source p-13
says "does not come back by itself" "has withdrawn it" "wrong table, it's of 2022" "--again"
load "but on purpose" 0 maker_share w.csv --source p-13 --again
load "a load with rows in quarantine" 0 --withdraw "$(query $db -c "SELECT load_id FROM industry.load_report WHERE file_name = 'g.csv'")" --reason 'no such table'
none "takes them with it" $db "SELECT 1 FROM industry.quarantine q JOIN industry.load_report USING (load_id) WHERE file_name = 'g.csv' AND q.resolved_by IS NULL"

makers s1.csv CATL,10 BYD,5
makers s2.csv CATL,11 BYD,5
load "a file" 0 maker_share s1.csv --source p-14
load "that a mistaken one superseded" 0 maker_share s2.csv --source p-14
unchanged "the superseded one has nothing to withdraw" 0 --withdraw "$(query $db -c "SELECT load_id FROM industry.load_report WHERE file_name = 's1.csv'")" --reason x
says "and says so" "superseded it"
load "the mistaken one is withdrawn" 0 --withdraw "$(query $db -c "SELECT load_id FROM industry.load_report WHERE file_name = 's2.csv'")" --reason x
says "which does not bring back what it had superseded, and says how" "is not brought back" "s1.csv" "--again"
same "nothing of the source stands" "0" "$(query $db -c "SELECT count(*) FROM industry.current_set WHERE source = 'p-14'")"
load "until it is loaded again" 0 maker_share s1.csv --source p-14
same "which it is" "2023|CATL|member|10|
2023|BYD|member|5|" "$(shares p-14 | sort -t'|' -k2,2r)"

load "three parts: one" 0 maker_share r1.csv --source p-15 --part r1
load "two" 0 maker_share r2.csv --source p-15 --part r2
load "three" 0 maker_share r3.csv --source p-15 --part r3
load "of which one is withdrawn" 0 --withdraw "$(query $db -c "SELECT load_id FROM industry.load_report JOIN industry.source s USING (source_id) WHERE file_name = 'r2.csv' AND s.source = 'p-15'")" --reason x
says "with a word about the others" "1 rows of 1 sets go, 2 rows of other loads stay"
same "which stand, with their files" "CATL|r1|r1.csv
LGES|r3|r3.csv" "$(query $db -c "SELECT l.subject, f.edition_part, l.file_name FROM industry.figure_lineage l JOIN industry.maker_share_observation f USING (fact_id)
	WHERE l.source = 'p-15' AND l.is_latest AND l.measure = 'amount' ORDER BY 1")"
makers r2.csv BYD,3
load "and take a corrected file of that part" 0 maker_share r2.csv --source p-15 --part r2
makers r4.csv 'SK On,4'
load "a load that is replaced" 0 maker_share r4.csv --source p-15 --replaces "$(last_load)"
same "is so in its part" "2023|CATL|member|1|r1
2023|SK On|member|4|r2
2023|LGES|member|3|r3" "$(shares p-15)"

makers t.csv CATL,1 'Later,2'
load "a load with a row that waits" 3 maker_share t.csv --source p-16
query $db -c "INSERT INTO industry.maker (maker, name) VALUES ('Later', 'Later Inc.')"
t=$(last_load)
load "which is driven again" 0 --redrive "$t"
load "by mistake, which is withdrawn" 0 --withdraw "$(last_load)" --reason 'another maker of that name'
same "leaves the rest as it was" "2023|CATL|member|1|" "$(shares p-16)"
same "and the row in quarantine again" "t.csv|3|23503" "$(open_rows p-16)"
load "it can be driven again" 0 --redrive "$t"
load "and the load be withdrawn with it" 0 --withdraw "$t" --reason x
same "whole" "0" "$(query $db -c "SELECT count(*) FROM industry.current_set WHERE source = 'p-16'")"

# In SQL
same "in SQL it is one call" "true" "$(PGUSER=$loader query $db -c "SELECT industry.withdraw($(query $db -c "SELECT max(load_id) FROM industry.load_report WHERE file_name = 's1.csv'"), 'why not') ->> 'changed'")"

#
# A folder
#
mkdir "$tmp/folder" "$tmp/folder/sub"
printf 'maker,name\nFolder One,Folder One Inc.\nFolder Two,Folder Two Inc.\n' >"$tmp/folder/maker.csv"
makers folder/sub/one.csv 'Folder One,1'
printf 'maker,amount,period,metric,basis\nFolder Two,2000,2023,ev_batteries,installed\n' >"$tmp/folder/it's, two.csv"
cat >"$tmp/folder/load.csv" <<'CSV'
kind,file,source,part,options
maker,maker.csv,,,
# a remark

maker_share,sub/one.csv,p-17,one,
maker_share,"it's, two.csv",p-17,two,"{""units"": {""amount"": ""MWh""}}"
CSV
before=$(traces)
load "a dry run of a folder" 0 --manifest folder/load.csv --dry-run
says "each file sees those above it" "maker.csv (maker)" "dry run, nothing was changed: one.csv: 1 rows read, 1 loaded" "2 loaded (1 of other parts)" "3 files: 3 loaded or unchanged, 0 with rows in quarantine, 0 refused"
same "and nothing is left behind" "$before" "$(traces)"
load "a folder" 0 --manifest folder/load.csv
says "is loaded file by file" "1 rows read, 2 loaded (1 of other parts)" "3 files: 3 loaded or unchanged"
same "with the options of each" "2023|Folder One|member|1|one
2023|Folder Two|member|2|two" "$(shares p-17)"
unchanged "it again" 0 --manifest folder/load.csv --quiet
same "quiet is quiet" "0" "$(cat "$tmp/out" "$tmp/err" | wc -c)"

makers folder/bad.csv 'CATL,30 GWh37' BYD,2
printf 'maker;amount\nCATL;2\n' >"$tmp/folder/refused.csv"
makers folder/good.csv LGES,3
cat >"$tmp/folder/mixed.csv" <<'CSV'
file,kind,source
bad.csv,maker_share,p-18
refused.csv,maker_share,p-18
missing.csv,maker_share,p-18
good.csv,maker_share,p-19
good.csv,no_such_kind,p-19
CSV
before=$(traces)
load "a dry run of a folder with files that are refused" 4 --manifest folder/mixed.csv --dry-run --json
same "reports each" "t|4|3:3 4:4 2:1:2 22P04|4|null|1:0" "$(query $db -v json="$(cat "$tmp/out")" <<<"SELECT (j ->> 'dry_run')::boolean, j ->> 'status',
	concat_ws(' ', j #>> '{files,0,status}' || ':3', j #>> '{files,1,status}' || ':4', '2:1:2', j #>> '{files,1,error,sqlstate}'), j #>> '{files,2,status}', j #> '{files,3,error}', (j #>> '{files,3,result,rows_loaded}') || ':' || (j #>> '{files,3,status}')
	FROM (SELECT :'json'::jsonb AS j) AS o")"
same "and changes nothing" "$before" "$(traces)"
load "such a folder" 4 --manifest folder/mixed.csv --json
same "is loaded around them, with one report" "4|5|3,4,4,0,4" "$(query $db -v json="$(cat "$tmp/out")" <<<"SELECT j ->> 'status', jsonb_array_length(j -> 'files'),
	(SELECT string_agg(f ->> 'status', ',' ORDER BY n) FROM jsonb_array_elements(j -> 'files') WITH ORDINALITY AS x (f, n)) FROM (SELECT :'json'::jsonb AS j) AS o")"
same "which has SQLSTATE, message and hint" "22P04|line 1: the header has no \",\"|Set the option delimiter of the source, such as {\"delimiter\": \";\"}.|2|missing.csv: no such file|BYD" \
	"$(query $db -v json="$(cat "$tmp/out")" <<<"SELECT j #>> '{files,1,error,sqlstate}', j #>> '{files,1,error,message}', j #>> '{files,1,error,hint}', j #>> '{files,0,line}',
		regexp_replace(j #>> '{files,2,error,message}', '.*/', ''), (SELECT f.subject_as_printed FROM industry.maker_share_observation f JOIN industry.source s USING (source_id) WHERE s.source = 'p-18')
		FROM (SELECT :'json'::jsonb AS j) AS o")"
load "a folder that stops" 4 --manifest folder/mixed.csv --stop-on-error
says "at the first file that is refused" "2 files: 0 loaded or unchanged, 1 with rows in quarantine, 1 refused"
cut -d, -f1,3 "$tmp/folder/mixed.csv" >"$tmp/folder/no kind.csv"
unchanged "a manifest without a column" 2 --manifest 'folder/no kind.csv'
says "is refused" "a manifest has the columns kind and file"
printf 'kind,file,sauce\n' >"$tmp/folder/sauce.csv"
unchanged "one with another" 2 --manifest folder/sauce.csv
printf 'kind,file\nmaker,"maker.csv\n' >"$tmp/folder/quote.csv"
unchanged "one with an open quote" 2 --manifest folder/quote.csv
printf 'kind,file\nmaker,\n' >"$tmp/folder/empty.csv"
unchanged "one without a file" 2 --manifest folder/empty.csv
says "names the line" "line 2"
unchanged "no manifest" 4 --manifest folder/nowhere.csv
unchanged "a manifest and a source" 2 --manifest folder/load.csv --source p-1
unchanged "a manifest and a file" 2 maker_share folder/good.csv --manifest folder/load.csv
load "a server that is not there" 1 --manifest folder/load.csv -d battery_test_nowhere
load "a database that is not set up" 6 --manifest folder/load.csv -d postgres

finish
