#!/bin/bash
# The loader of reports: clean, dirty and hostile files, through
# bin/battery-load, as a role that is no superuser.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_load
loader=battery_test_load_loader
create_role battery_test_load_owner LOGIN
create_role $loader LOGIN
create_database $db
query postgres -c "ALTER DATABASE $db OWNER TO battery_test_load_owner"
PGUSER=battery_test_load_owner "$root/bin/battery-industry" setup -q -d $db
query $db <<'SQL'
SET ROLE battery_test_load_owner;
SELECT industry.grant_access(loader => 'battery_test_load_loader') \g /dev/null
INSERT INTO industry.publisher (publisher) VALUES ('P'), ('Q');
INSERT INTO industry.source (source, publisher, edition, published, published_precision) VALUES
	('p-2023', 'P', '2023', '2023-02-01', 'month'), ('p-2024', 'P', '2024', '2024-02-07', 'day'),
	('p-old', 'P', '2022', '2022-02-07', 'day'), ('q-1', 'Q', '1', '2024-01-01', 'day'), ('q-2', 'Q', '2', '2024-02-01', 'day');
INSERT INTO industry.maker (maker, name, country) VALUES ('CATL', 'Contemporary Amperex Technology Co. Limited', 'CN'),
	('BYD', 'BYD Company', 'CN'), ('LGES', 'LG Energy Solution', 'KR'), ('SK On', 'SK On Co.', 'KR');
INSERT INTO industry.maker_alias (alias, maker_id) SELECT '宁德时代', maker_id FROM industry.maker WHERE maker = 'CATL';
SQL

# standing SOURCE: facts of the sets of a source that stand
standing()
{
	query $db -c "SELECT t.period_as_printed, f.subject_as_printed, f.row_kind, f.amount, f.qualifier, f.missing_reason, f.share_pct, f.share_qualifier
		FROM industry.maker_share_observation f JOIN industry.statement_set t USING (set_id) JOIN industry.source s ON s.source_id = f.source_id
		WHERE s.source = '$1' AND t.superseded_by IS NULL ORDER BY 1, f.line_number, 2"
}

# counts everything that a load may leave behind
traces()
{
	query $db -c "SELECT (SELECT count(*) FROM industry.load_report), (SELECT count(*) FROM industry.quarantine), (SELECT count(*) FROM industry.statement_set),
		(SELECT count(*) FROM industry.maker_share_observation), (SELECT count(*) FROM industry.series), (SELECT sum(occurrences) FROM industry.unknown_name)"
}

# unchanged NAME STATUS ARGUMENT...: a load that must leave no trace
unchanged()
{
	local name=$1 before

	before=$(traces)
	load "$@"
	same "$name: nothing is left behind" "$before" "$(traces)"
}

#
# A clean file
#
cat >"$tmp/clean.csv" <<'CSV'
maker,amount,share,period,metric,basis,Remark
World,517.9,,2022,ev_batteries,installed,rounded
CATL,"1,910.6 MWh",37.0 %,2022,ev_batteries,installed,
byd,~70 GWh,nearly 13.6%,2022,ev_batteries,installed,"a ""quoted"" remark, with comma"
宁德时代,30–40,,2023,ev_batteries,installed,
Others,W,>25,2022,ev_batteries,installed,
LGES,up to 50,~86–90,2022,ev_batteries,installed,=cmd|' /C calc'!A0
CSV
load "a clean file is loaded" 0 maker_share "$tmp/clean.csv" --source p-2023
same "with its amounts, qualifiers, missing values and row kinds" "2022|World|stated_total|517.9|=|||
2022|CATL|member|1.9106|=||37|=
2022|byd|member|70|~||13.6|nearly
2022|Others|remainder|||withheld|25|>
2022|LGES|member|50|≤|||~
2023|宁德时代|member||range|||" "$(standing p-2023)"
none "both ends of a range are kept" $db "SELECT 1 WHERE (SELECT (amount_low, amount_high)::text FROM industry.maker_share_observation WHERE qualifier = 'range') <> '(30,40)'
	OR (SELECT (share_pct_low, share_pct_high)::text FROM industry.maker_share_observation WHERE share_qualifier = '~') <> '(86,90)'"
same "further columns are notes, formulas are text" "=cmd|' /C calc'!A0
a \"quoted\" remark, with comma
rounded" "$(query $db -c "SELECT notes ->> 'Remark' FROM industry.maker_share_observation WHERE notes IS NOT NULL ORDER BY 1")"
same "the report of the load says what it did" "maker_share|clean.csv|$(sha256sum <"$tmp/clean.csv" | cut -d' ' -f1)|$(wc -c <"$tmp/clean.csv")|6|6|0|0|0|2|0|battery_test_load_loader" \
	"$(query $db -c "SELECT kind, file_name, checksum, bytes, rows_read, rows_loaded, rows_unchanged, rows_quarantined, rows_superseded, sets_loaded, sets_superseded, loaded_by FROM industry.load_report")"
unchanged "the same file again" 0 maker_share "$tmp/clean.csv" --source p-2023
says "says that there was nothing to change" "nothing to change"
cp "$tmp/clean.csv" "$tmp/another name.csv"
unchanged "the same under another name" 0 maker_share "$tmp/another name.csv" --source p-2023
awk -F, 'NR == 1 || 1' "$tmp/clean.csv" | tac | awk 'NR == 1 { last = $0 } { l[NR] = $0 } END { print l[NR]; for (i = 1; i < NR; i++) print l[i] }' >"$tmp/shuffled.csv"
unchanged "the same rows in another order" 0 maker_share "$tmp/shuffled.csv" --source p-2023

#
# Corrections and editions
#
sed 's/37.0 %/37.1 %/' "$tmp/clean.csv" >"$tmp/corrected.csv"
before=$(traces)
load "a dry run" 0 maker_share "$tmp/corrected.csv" --source p-2023 --dry-run
says "shows which figures and views would change" "dry run, nothing was changed" "CATL share: 37.0 % -> 37.1 %" "current_maker_share"
same "and changes nothing" "$before" "$(traces)"
load "a dry run as JSON" 0 maker_share "$tmp/corrected.csv" --source p-2023 -n --json
same "is one JSON object" "t|1|37.1 %" "$(query $db -v json="$(cat "$tmp/out")" <<<"SELECT (:'json'::jsonb ->> 'dry_run')::boolean, jsonb_array_length(:'json'::jsonb -> 'changes'), :'json'::jsonb -> 'changes' -> 0 ->> 'after'")"
load "a corrected file of the same edition" 0 maker_share "$tmp/corrected.csv" --source p-2023
same "supersedes the one set that it changes" "1|5|1" "$(query $db -c "SELECT sets_loaded, rows_superseded, sets_superseded FROM industry.load_report ORDER BY load_id DESC LIMIT 1")"
same "and history is kept" "37
37.1" "$(query $db -c "SELECT f.share_pct FROM industry.maker_share_observation f JOIN industry.maker USING (maker_id) WHERE maker = 'CATL' AND share_pct IS NOT NULL ORDER BY fact_id")"
unchanged "the file that was superseded" 4 maker_share "$tmp/clean.csv" --source p-2023
says "is named, with what to do" "has superseded it" "--again"
load "unless one goes back to it on purpose" 0 maker_share "$tmp/clean.csv" --source p-2023 --again
load "and forth" 0 maker_share "$tmp/corrected.csv" --source p-2023 --again

printf 'maker,amount,period,metric,basis\nCATL,1900,2022,ev_batteries,installed\nBYD,71,2022,ev_batteries,installed\n' >"$tmp/newer.csv"
load "a newer edition" 4 maker_share "$tmp/newer.csv" --source p-2025
says "of a source that does not exist is refused" 'there is no source "p-2025"' "p-2024"
load "a newer edition that does" 3 maker_share "$tmp/newer.csv" --source p-2024
says "has a figure that jumped by a unit" 'line 2, amount: "1900" is more than 300 times off "1,910.6 MWh"' "--confirm-outliers"
load "which is taken when it is confirmed" 0 maker_share "$tmp/newer.csv" --source p-2024 --confirm-outliers
unchanged "and stays" 0 maker_share "$tmp/newer.csv" --source p-2024
same "the default view shows the newer edition, whole" "2024|BYD|71
2024|CATL|1900" "$(query $db -c "SELECT edition, maker, amount FROM industry.current_maker_share WHERE period_first = '2022-01-01' ORDER BY 2")"
none "the quarantined row that was taken in is resolved" $db "SELECT 1 FROM industry.quarantine WHERE resolved_by IS NULL"
load "an older edition" 0 maker_share "$tmp/newer.csv" --source p-old --confirm-outliers
says "is history, and says so" "edition 2022 is older than edition 2024" "are not current"
same "the default view does not change" "2024" "$(query $db -c "SELECT DISTINCT edition FROM industry.current_maker_share WHERE period_first = '2022-01-01'")"

printf 'maker,amount,period,metric,basis\nCATL,190,2021,ev_batteries,shipped\n' >"$tmp/wrong.csv"
load "a file with a wrong period" 0 maker_share "$tmp/wrong.csv" --source q-1
sed -i 's/2021/2022/' "$tmp/wrong.csv"
load "corrected" 0 maker_share "$tmp/wrong.csv" --source q-1
says "warns that its earlier sets stand" "still stand" "--replaces"
first=$(query $db -c "SELECT min(load_id) FROM industry.load_report JOIN industry.source USING (source_id) WHERE source = 'q-1'")
sed 's/190/191/' "$tmp/wrong.csv" >"$tmp/wrong2.csv"
load "and withdraws them when told to" 0 maker_share "$tmp/wrong2.csv" --source q-1 --replaces "$first"
none "they are superseded, not gone" $db "SELECT period_as_printed FROM industry.statement_set JOIN industry.source USING (source_id) WHERE source = 'q-1' AND period_as_printed = '2021' AND superseded_by IS NULL"

#
# Dirty files
#
cat >"$tmp/dirty.csv" <<'CSV'
maker,amount,share,period,metric,basis
CATL,30 GWh37,,2024,ev_batteries,shipped
BYD,,,2024,ev_batteries,shipped
LG Energie,5,,2024,ev_batteries,shipped
SK On,5,120,2024,ev_batteries,shipped
CATL,5,,20155,ev_batteries,shipped
CATL,5,,1066,ev_batteries,shipped
CATL,5,,2023,ev_batteries,sold
BYD,-5,,2023,ev_batteries,shipped
LGES,1,,2023,ev_batteries,shipped
LGES,2,,2023,ev_batteries,shipped
SK On,7,,2023,ev_batteries,shipped
SK On,7,,2023,ev_batteries,shipped
,7,,2023,ev_batteries,shipped
BYD,"30 GWh, which is over 40.2 million horsepower",5%,41,2023,ev_batteries,shipped
BYD,8 → 18 target,,2022,ev_batteries,shipped
CATL,9,,2022,ev_batteries,shipped
CSV
load "of a dirty file the good rows are loaded" 3 maker_share "$tmp/dirty.csv" --source q-2
same "and no others" "2022|CATL|member|9|=|||
2023|SK On|member|7|=|||" "$(standing q-2)"
same "the bad ones are in quarantine, with line, column, SQLSTATE and text" "2|amount|22P02|30 GWh37
3|amount|23502|
4|maker|23503|LG Energie
5|share|22003|120
6|period|22008|20155
7|period|22008|1066
8|basis|22023|sold
9|amount|22003|-5
10||23505|1
11||23505|2
13||23505|7
14|maker|23502|
15||22P04|
16|amount|22P02|8 → 18 target" "$(query $db -c "SELECT line_number, column_name, sqlstate, as_printed FROM industry.quarantine q JOIN industry.load_report USING (load_id) WHERE file_name = 'dirty.csv' ORDER BY 1")"
none "each with a message and a hint" $db "SELECT line_number FROM industry.quarantine WHERE message = '' OR hint IS NULL"
says "the messages say what to do" "Is 37 the number of a footnote" "Is the footnote number 5 glued to the year 2015" "lines 10, 11 state different values" \
	"the row repeats line 12" "the row has 7 fields, the header 6" "Nearest known: LGES" "statement_number"
unchanged "the same dirty file" 3 maker_share "$tmp/dirty.csv" --source q-2
{
	cat "$tmp/dirty.csv"
	echo
} >"$tmp/too many.csv"
unchanged "a file with too many bad rows" 5 maker_share "$tmp/too many.csv" --source p-old --max-quarantine 2%
says "is refused, with the first of them" "would be quarantined, more than 2 %" "line 2: amount"
unchanged "no bad row and a limit of none" 0 maker_share "$tmp/newer.csv" --source p-2024 --max-quarantine 0

# Names, all at once
same "unknown names are proposed" "maker|LG Energie|new|{LGES}" "$(query $db -c "SELECT kind, name, proposal, nearest FROM industry.propose_names()")"
the_load=$(query $db -c "SELECT max(load_id) FROM industry.load_report WHERE file_name = 'dirty.csv'")
query $db -c "SELECT industry.accept_name('maker', 'LG Energie', 'alias', 'LGES')" >"$tmp/out"
same "and decided on, here against the proposal" "alias|LGES" "$(query $db -c "SELECT decision, decided_as FROM industry.unknown_name WHERE name = 'LG Energie'")"
load "the quarantined rows are driven again" 3 --redrive "$the_load"
same "the row joins its set" "LG Energie|5" "$(query $db -c "SELECT subject_as_printed, amount FROM industry.current_maker_share WHERE publisher = 'Q' AND edition = '2' AND period_first = '2024-01-01'")"
same "and is resolved; one that is refused for another reason stands with that one" "4||maker \"LG Energie\" is not known on 2024-02-01
13|23505|the row repeats line 12" "$(query $db -c "SELECT q.line_number, n.sqlstate, q.message FROM industry.quarantine q LEFT JOIN industry.quarantine n ON n.load_id = q.resolved_by AND n.line_number = q.line_number
	WHERE q.resolved_by IS NOT NULL AND q.load_id = $the_load ORDER BY 1")"
unchanged "driven once more" 3 --redrive "$the_load"
unchanged "a re-drive of no load" 4 --redrive 999999
printf 'maker,amount,period,metric,basis\n' >"$tmp/names.csv"
for n in $(seq 1 60); do printf 'Newcomer %s,%s,2022,newcomers,installed\n' "$n" "$n"; done >>"$tmp/names.csv"
load "a publisher of nothing but new makers" 3 maker_share "$tmp/names.csv" --source p-old
the_load=$(query $db -c "SELECT max(load_id) FROM industry.load_report")
query $db -c "UPDATE industry.unknown_name SET proposed = NULL WHERE decision IS NULL"
same "is accepted at once" "60" "$(query $db -c "SELECT industry.accept_names($the_load)")"
load "and loaded" 0 --redrive "$the_load"
same "whole" "60|60" "$(query $db -c "SELECT count(*), count(DISTINCT maker) FROM industry.current_maker_share WHERE metric = 'newcomers'")"

#
# Files that are refused as a whole
#
head=$'maker,amount,period,metric,basis\n'
row=$'CATL,5,2024,refused,installed\n'
refused()
{
	local name=$1 kind=$2

	shift 2
	unchanged "$name" 4 "$kind" "$tmp/refused.csv" --source p-2024
	says "$name: line and remedy" "HINT:" "nothing was changed" "$@"
}
printf 'maker;amount;period;metric;basis\nCATL;5;2024;refused;installed\n' >"$tmp/refused.csv"
refused "another delimiter" maker_share "line 1: the header has no \",\"" '{"delimiter": ";"}'
printf 'maker,gwh,period,metric,basis\nCATL,5,2024,refused,installed\n' >"$tmp/refused.csv"
refused "a missing column" maker_share 'line 1: a file of kind maker_share needs "amount or share"' 'The header is: maker, gwh, period, metric, basis.' '{"columns": {"GWh": "amount"}}'
printf 'maker,amount,Amount,period,metric,basis\nCATL,5,6,2024,refused,installed\n' >"$tmp/refused.csv"
refused "a column that is there twice" maker_share 'line 1: the header names column "amount" more than once'
printf '%s%s' "$head" $'CATL,5,2024,refused,installed\nSch\xfcler,5,2024,refused,installed\n' >"$tmp/refused.csv"
refused "text that is not UTF-8" maker_share "line 3: " "LATIN1"
printf '%s%sCATL,5\nSch\xfcler,5,2024,refused,installed\n' "$head" "$row" >"$tmp/refused.csv"
refused "the same in a file that is read line by line" maker_share "line 4: "
{
	printf '%sCATL,' "$head"
	head -c 104857600 /dev/zero | tr '\0' 5
	printf ',2024,refused,installed\n'
} >"$tmp/refused.csv"
refused "a line of 100 MB" maker_share "line 2: it is longer than 1 MB"
printf 'PK\003\004 a workbook' >"$tmp/refused.csv"
refused "a workbook" maker_share "the workbook is damaged: its end is missing" "Fetch or save it again."
printf '%%PDF-1.7\n' >"$tmp/refused.csv"
refused "a PDF" maker_share "it is a PDF"
printf '<!DOCTYPE html>\n<p>' >"$tmp/refused.csv"
refused "a web page" maker_share "it is a web page"
printf '\xff\xfem\0a\0' >"$tmp/refused.csv"
refused "UTF-16" maker_share "UTF-16" "iconv"
: >"$tmp/refused.csv"
refused "an empty file" maker_share "it is empty"
printf '\n%s' "$row" >"$tmp/refused.csv"
refused "no header" maker_share "line 1: there is no header"
printf '%s%s' "$head" "$row" >"$tmp/refused.csv"
refused "a kind that does not exist" maker_shares 'there is no kind of file "maker_shares"' "maker_share"
unchanged "a file that does not exist" 4 maker_share "$tmp/nowhere.csv" --source p-2024
unchanged "figures without a source" 4 maker_share "$tmp/refused.csv"
unchanged "an option that does not exist" 4 maker_share "$tmp/refused.csv" --source p-2024 --option 'delimeter=;'
says "is named, with those that do" 'option "delimeter" is not known' "delimiter"
load "wrong usage" 2 maker_share
load "an unknown option of the command" 2 maker_share "$tmp/refused.csv" --sauce p-2024
load "no such database" 1 maker_share "$tmp/refused.csv" --source p-2024 -d battery_test_nowhere
load "a database that is not set up" 6 maker_share "$tmp/refused.csv" --source p-2024 -d postgres

#
# Options of the source
#
# read_as NAME OPTIONS EXPECTED: a file of two rows, read with these options
read_as()
{
	query $db -v options="$2" <<<"UPDATE industry.source SET options = :'options' WHERE source = 'p-2024'"
	load "$1" 0 maker_share "$tmp/options.csv" --source p-2024
	same "$1: what was read" "$3" "$(query $db -c "SELECT subject_as_printed, row_kind, amount, qualifier, missing_reason, period_as_printed
		FROM industry.current_maker_share WHERE metric = 'options' ORDER BY period_as_printed, line_number")"
	query $db -c "DELETE FROM industry.maker_share_observation f USING industry.statement_set t, industry.series s
		WHERE t.set_id = f.set_id AND s.series_id = t.series_id AND s.metric = 'options'" \
		-c "DELETE FROM industry.statement_set t USING industry.series s WHERE s.series_id = t.series_id AND s.metric = 'options'"
}
constants='"constants": {"metric": "options", "basis": "installed"}'
printf 'Hersteller;Menge;Zeitraum\r\nCATL;1.500,5;2024\r\nBYD;"2,25";2024\r\n' >"$tmp/options.csv"
read_as "semicolons, decimal commas, header names, CRLF" '{"delimiter": ";", "decimal_comma": true, "columns": {"Hersteller": "maker", "menge": "amount", "ZEITRAUM": "period"}, '"$constants}" \
	"CATL|member|1500.5|=||2024
BYD|member|2.25|=||2024"
printf '\xef\xbb\xbfmaker,amount,period\nCATL,—,2024\nBYD,?,2024\n' >"$tmp/options.csv"
read_as "a BOM, and what marks mean" '{"missing": {"—": "0", "?": "not available"}, '"$constants}" "CATL|member|0|=||2024
BYD|member|||not available|2024"
printf 'maker,amount,period\nCATL,67.5k,2024\nBYD,500,2024\n' >"$tmp/options.csv"
read_as "the unit of bare numbers" '{"units": {"amount": "MWh"}, '"$constants}" "CATL|member|67.5|=||2024
BYD|member|0.5|=||2024"
printf 'Table 3\n\nmaker,2023,2024e,note\nCATL,1,~2,x\nBYD,3,,y\nRest,4,NA,z\n' >"$tmp/options.csv"
read_as "lines above the header, columns of years, names of remainders" '{"skip_lines": 2, "unpivot": {"columns": "^20[0-9]{2}e?$", "name": "period", "value": "amount"}, "row_kinds": {"rest": "remainder"}, '"$constants}" \
	"CATL|member|1|=||2023
BYD|member|3|=||2023
Rest|remainder|4|=||2023
CATL|member|2|~||2024e
Rest|remainder|||not available|2024e"
printf 'maker,amount,period\nCATL,5,2024\n"Ma\xdfwerk",6,2024\n' >"$tmp/options.csv"
query $db -c "INSERT INTO industry.maker (maker, name) VALUES ('Maßwerk', 'Maßwerk AG')"
read_as "LATIN1" '{"encoding": "LATIN1", '"$constants}" "CATL|member|5|=||2024
Maßwerk|member|6|=||2024"
printf 'maker,amount,period\n\xc4\xfe\xb5\xc2\xca\xb1\xb4\xfa,5,2024\n' >"$tmp/options.csv"
read_as "GB18030" '{"encoding": "GB18030", '"$constants}" "宁德时代|member|5|=||2024"
printf 'maker,amount,period\r"CATL",5,2024\rBYD,6,2024\r' >"$tmp/options.csv"
read_as "lines that end in CR" "{$constants}" "CATL|member|5|=||2024
BYD|member|6|=||2024"
query $db -c "UPDATE industry.source SET options = '{}' WHERE source = 'p-2024'"

#
# Records and lines
#
cat >"$tmp/lines.csv" <<'CSV'
maker,amount,period,metric,basis,remark
CATL,1,2024,lines,installed,"over
two lines"
BYD,2,2024,lines,installed,one
Nobody Batteries,3,2024,lines,installed,x
CSV
load "records over several lines" 3 maker_share "$tmp/lines.csv" --source p-2024
says "are counted as lines" "line 5, maker"
{
	cat "$tmp/lines.csv"
	printf '\\.\nLGES,4,2024,lines,installed,"never closed\nSK On,5,2024,lines,installed,5" disc\n\n,,,,,\nCATL,6,2023,lines,installed,"two\nlines",\n'
} >"$tmp/ragged.csv"
load "a file that COPY refuses" 3 maker_share "$tmp/ragged.csv" --source p-2024
same "is read line by line, bad lines alone are refused" "5|maker|23503
6||22P04
7||22P04" "$(query $db -c "SELECT line_number, column_name, sqlstate FROM industry.quarantine q WHERE load_id = (SELECT max(load_id) FROM industry.load_report)
	UNION SELECT line_number, column_name, sqlstate FROM industry.quarantine q WHERE line_number = 5 AND as_printed = 'Nobody Batteries' ORDER BY 1")"
same "with nothing lost around them" "CATL|6|11
CATL|1|2
BYD|2|4
SK On|5|8" "$(query $db -c "SELECT maker, amount, line_number FROM industry.current_maker_share WHERE metric = 'lines' ORDER BY period_first, line_number")"
same "and a stray quote is a character" '5" disc' "$(query $db -c "SELECT notes ->> 'remark' FROM industry.current_maker_share WHERE metric = 'lines' AND maker = 'SK On'")"
printf 'maker,amount,period,metric,basis\nCATL,1,2024,stdin,installed\n' | PGUSER=$loader "$root/bin/battery-load" -q -d $db maker_share - --source p-2024 >"$tmp/out" 2>"$tmp/err"
same "standard input is a file like another, and --quiet is quiet" "1|0" "$(query $db -c "SELECT amount FROM industry.current_maker_share WHERE metric = 'stdin'")|$(cat "$tmp/out" "$tmp/err" | wc -c)"

printf 'maker,amount,period,metric,basis\nCATL,1,2024,"swallow,installed\nBYD,2,2024,swallow",installed\nLGES,3,2024,swallow,installed\n' >"$tmp/swallow.csv"
load "a quote that swallows a row" 3 maker_share "$tmp/swallow.csv" --source p-2024
says "is noticed" "line 2: a quoted field goes over several lines, which look like rows of the file"
same "and the rows after it are loaded" "LGES|3" "$(query $db -c "SELECT maker, amount FROM industry.current_maker_share WHERE metric = 'swallow'")"

printf 'maker,amount,rank,period,metric,basis\nCATL,1,0,2024,rules,installed\nBYD,2,2,2024,rules,installed\n' >"$tmp/rules.csv"
load "a row that a rule of the table refuses" 3 maker_share "$tmp/rules.csv" --source p-2024
says "is refused alone, with the rule" "line 2: the row breaks the rule maker_share_observation_rank_stated_check" "The rule is CHECK (rank_stated > 0)."
same "and the other is loaded" "BYD|2" "$(query $db -c "SELECT maker, amount FROM industry.current_maker_share WHERE metric = 'rules'")"
printf 'currency,units_per_usd,rate_kind,period\nCNY,7.1,spot,2024-02-01\nEUR,0,spot,2024-02-01\nUSD,1,spot,2024-02-01\n' >"$tmp/rates.csv"
load "rates of a day that may be a month" 4 exchange_rate "$tmp/rates.csv" --source p-2024
says "are refused with the option" '"period_grain"'
load "exchange rates of zero, and of the US dollar to itself" 3 exchange_rate "$tmp/rates.csv" --source p-2024 --option=period_grain=day
same "are refused" "CNY|7.1" "$(query $db -c "SELECT currency, units_per_usd FROM industry.current_exchange_rate")"
printf 'figure,subject,metric,value,unit\n%s,long,rules,5,GWh\nF-1,short,rules,5,GWh\n' "$(head -c 5000 /dev/zero | tr '\0' x | sha256sum | cut -c1-64)$(od -An -v -tx1 -N 3000 /dev/urandom | tr -d ' \n')" >"$tmp/long.csv"
load "a name that no index takes" 3 stated_figure "$tmp/long.csv" --source p-2024
says "is refused alone" "line 2: the names in the row are longer than 2000 bytes"

#
# Hostile ones
#
evil="x'); DROP TABLE industry.maker; --\$(touch $tmp/hacked)\`touch $tmp/hacked\`.csv"
cat >"$tmp/hostile" <<'CSV'
maker,amount,period,metric,basis,"x'); DROP TABLE industry.maker; --",""" || $$","\echo; :evil"
"CATL'); DROP TABLE industry.maker; --",5,2024,hostile,installed,'; SELECT 1; --,$$ || '$$,:'x'
"\! touch hacked",5,2024,hostile,installed,%s %I %1$L,\\,"\"
CATL,5,2024,hostile,installed,"'; DROP SCHEMA industry CASCADE; --",$sql$,%n
CSV
cp "$tmp/hostile" "$tmp/${evil//\//_}"
load "a hostile file" 3 maker_share "$tmp/${evil//\//_}" --source p-2024
same "is text" "${evil//\//_}|3|1|2" "$(query $db -c "SELECT file_name, rows_read, rows_loaded, rows_quarantined FROM industry.load_report ORDER BY load_id DESC LIMIT 1")"
same "in its headers and cells too" "'; DROP SCHEMA industry CASCADE; --" "$(query $db -c "SELECT notes ->> 'x''); DROP TABLE industry.maker; --' FROM industry.current_maker_share WHERE metric = 'hostile'")"
load "a hostile source" 4 maker_share "$tmp/clean.csv" --source "x'); DROP TABLE industry.maker; --"
load "a hostile kind" 4 "x\\'); DROP TABLE industry.maker; --" "$tmp/clean.csv" --source p-2024
load "a hostile option" 4 maker_share "$tmp/clean.csv" --source p-2024 --option "x'); DROP TABLE industry.maker; --=\\"
if [ -e "$tmp/hacked" ] || [ -e hacked ]; then not_ok "no command was run"; else ok "no command was run"; fi
none "nothing was dropped" $db "SELECT 1 WHERE to_regclass('industry.maker') IS NULL"

#
# What users do to the tables, and where the extension is
#
query $db <<'SQL'
SET ROLE battery_test_load_owner;
ALTER TABLE industry.maker_share_observation ADD COLUMN checked boolean NOT NULL DEFAULT false;
ALTER TABLE industry.statement_set ADD COLUMN team text;
ALTER TABLE industry.source ADD COLUMN team text;
ALTER TABLE industry.maker ENABLE ROW LEVEL SECURITY;
CREATE POLICY everyone ON industry.maker USING (true) WITH CHECK (true);
BEGIN;
ALTER TABLE industry.maker_share_observation RENAME TO maker_share_rows;
CREATE TABLE industry.maker_share_observation (LIKE industry.maker_share_rows INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS) PARTITION BY HASH (set_id);
CREATE TABLE industry.maker_share_0 PARTITION OF industry.maker_share_observation FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE industry.maker_share_1 PARTITION OF industry.maker_share_observation FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO industry.maker_share_observation SELECT * FROM industry.maker_share_rows;
GRANT SELECT, INSERT ON industry.maker_share_observation TO battery_test_load_loader;
COMMIT;
SQL
query $db -c "CREATE SCHEMA elsewhere" -c "ALTER EXTENSION battery SET SCHEMA elsewhere"
unchanged "columns, policies, partitions, a moved extension: the same file" 0 maker_share "$tmp/corrected.csv" --source p-2023
sed 's/37.1 %/37.2 %/' "$tmp/corrected.csv" >"$tmp/corrected2.csv"
load "and a corrected one" 0 maker_share "$tmp/corrected2.csv" --source p-2023
same "is loaded as ever" "1|5" "$(query $db -c "SELECT sets_superseded, rows_superseded FROM industry.load_report ORDER BY load_id DESC LIMIT 1")"

#
# Who hears of it
#
same "listeners are told after the load" "industry_load|maker_share|p-2023" "$(
	sed 's/37.1 %/37.3 %/' "$tmp/corrected.csv" >"$tmp/corrected3.csv"
	PGUSER=battery_test_load_owner query $db <<SQL | sed -n 's/.*notification "\([a-z_]*\)" with payload "\(.*\)" received.*/\1 \2/p' |
LISTEN industry_load;
\! PGUSER=battery_test_load_loader "$root/bin/battery-load" -q -d $db maker_share "$tmp/corrected3.csv" --source p-2023
SELECT 1 \g /dev/null
SQL
		sed 's/^\(industry_load\) .*"kind": "\([a-z_]*\)".*"source": "\([^"]*\)".*/\1|\2|\3/')"

finish
