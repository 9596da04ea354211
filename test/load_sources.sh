#!/bin/bash
# A source without files (battery-load --new-source), names that are left as they are
# (keep_known), and a summary with a line for each different problem.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_sources
create_database $db
"$root/bin/battery-industry" setup -q -d $db
cd "$tmp"
sources="SELECT source, publisher, edition, published, published_precision, title, licence, url FROM industry.source ORDER BY source_id"

# what is missing, all at once
load 'a new source without anything' 4 --new-source=sne-1
says 'says all that is missing' 'both are missing' '--publisher=NAME' '--published=DATE'
load 'a new source without its date' 4 --new-source=sne-1 --publisher='SNE Research'
says 'says that' 'the date is missing'
load 'a new source without its publisher' 4 --new-source=sne-1 --published=2024
says 'says that' 'the publisher is missing'
load 'a handle with a blank' 4 --new-source='sne 1' --publisher='SNE Research' --published=2024
says 'says what a handle is' 'letters, digits'
load 'a date that may be two' 4 --new-source=sne-1 --publisher='SNE Research' --published=07/08/2025
says 'says which to write' 'two different days'
load 'no date' 4 --new-source=sne-1 --publisher='SNE Research' --published=soon
load 'its options alone' 2 maker_share x.csv --publisher='SNE Research'
says 'say what they go with' 'go with --new-source'
load 'with another --source' 2 maker_share x.csv --new-source=a --source=b
load 'with a manifest' 2 --new-source=a --manifest=x.csv
load 'an empty handle' 2 --new-source=
load 'a kind without a file' 2 maker_share --new-source=a
load 'a dry run' 0 --new-source=sne-1 --publisher='SNE Research' --published=2024-02-07 --dry-run
is 'none of these made anything' '0|0' "SELECT (SELECT count(*) FROM industry.source), (SELECT count(*) FROM industry.publisher)"

load 'a source and its publisher' 0 --new-source=sne-1 --publisher='SNE Research' --published=2024-02-07 --licence='figures cited' --url=https://example.org/ --title='Ranking '"O'Hara"
says 'are both said' 'source sne-1: SNE Research, edition 2024-02-07, published 2024-02-07' 'the publisher "SNE Research" is new'
load 'a month, and an edition' 0 --new-source=sne-2 --publisher='sne research' --published=2024-03 --edition='Spring 2024'
load 'another publisher that looks like it' 0 --new-source=x-1 --publisher='SNE Reserch' --published=2024
says 'is named with what it resembles' 'is new; nearest known: SNE Research'
is 'what was made' "sne-1|SNE Research|2024-02-07|2024-02-07|day|Ranking O'Hara|figures cited|https://example.org/
sne-2|SNE Research|Spring 2024|2024-03-01|month|||
x-1|SNE Reserch|2024|2024-01-01|year|||" "$sources"
load 'the same again' 0 --new-source=sne-1 --publisher='SNE Research' --published=2024-02-07
says 'is known' 'sne-1 is known already'
load 'the handle alone, of a known one' 0 --new-source=sne-1
load 'the handle for something else' 4 --new-source=sne-1 --publisher=USGS --published=2024-02-08
says 'says what it is' 'publisher SNE Research, published 2024-02-07'
load 'a second handle of an edition' 4 --new-source=sne-9 --publisher='SNE Research' --published=2024-03 --edition='Spring 2024'
says 'says the first' '--source=sne-2'

# with a file, in its transaction
cat >shares.csv <<'CSV'
maker,share,amount,period,metric,basis
CATL,36.8,,2023,ev_batteries,installed
CATL,37.0,,2022,ev_batteries,installed
CATL,35,,2021,ev_batteries,installed
CATL,34,,2020,ev_batteries,installed
CATL,33,,2019,ev_batteries,installed
CATL,32,,2018,ev_batteries,installed
Katl,x5,,2022,ev_batteries,installed
BYD,,30 GWh37,2022,ev_batteries,installed
World,100,,2023,ev_batteries,installed
CSV
load 'a file that is refused' 5 maker_share shares.csv --new-source=f-1 --publisher=F --published=2025 --max-quarantine=1
says 'has each of the first problems once' 'line 2 and 5 more: maker: maker "CATL"'
load 'a dry run of a file' 3 maker_share shares.csv --new-source=f-1 --publisher=F --published=2025 --dry-run
is 'neither made a source' 0 "SELECT count(*) FROM industry.source WHERE source = 'f-1'"
load 'a file with its source' 3 maker_share shares.csv --new-source=f-1 --publisher=F --published=2025
is 'its rows cite it' '100|f-1' "SELECT f.share_pct, s.source FROM industry.maker_share_observation f JOIN industry.source s USING (source_id)"

# six rows of one name, a name and a figure in one row: a line each, and what to do once
same 'a line for each different problem' 'source f-1: F, edition 2025, published 2025
note: the publisher "F" is new
load 2: 9 rows read, 1 loaded, 0 unchanged, 8 quarantined, 0 superseded
lines 2, 3, 4, 5, 6 and 1 more, maker: maker "CATL" is not known on 2025-01-01
line 8, maker: maker "Katl" is not known on 2025-01-01
line 8, share: "x5" is not a percentage. Write a number of percent, such as 36.8 or 36.8 %; fractions need the option units of the source, such as {"units": {"share": "fraction"}}.
line 9, maker: maker "BYD" is not known on 2025-01-01
  If it is another name of a known maker, add an alias; if it is a new one, add the maker; industry.propose_names() lists all of them at once. Then load the row with battery-load --redrive.
line 9, amount: "30 GWh37" is not a capacity. Digits are glued to what stands behind the number. Is 37 the number of a footnote? Write the figure without it.' "$(cat "$tmp/out")"
is 'the quarantine has each row' '8|8' "SELECT count(*), count(DISTINCT line_number) FROM industry.quarantine"
load 'as JSON' 3 maker_share shares.csv --source=f-1 --json
same 'lines, and how many rows' '[2, 2, [2, 3, 4, 5, 6], 6, 6, 0]' "$(/usr/bin/python3 -c '
import json, sys
r = json.load(open(sys.argv[1])); p = r["problems"][0]
print([len([q for q in r["problems"] if q["line"] == 8]), p["line"], p["lines"], p["line_count"], p["rows"], r["problems_left"]])' "$tmp/out")"
{
	echo 'maker,share,period,metric,basis'
	for ((i = 1; i <= 60; i++)); do printf 'Maker %s,1 %%,2017,ev_batteries,installed\nMaker %s,1 %%,2016,ev_batteries,installed\n' $i $i; done
} >strangers.csv
load 'sixty strange names in 120 rows' 3 maker_share strangers.csv --source=f-1
same 'fifty lines, and how many more' '50 1' "$(grep -c '^lines .* is not known' "$tmp/out") $(grep -c 'and 10 more problems; industry.quarantine has all' "$tmp/out")"

# names from elsewhere
query $db -c "INSERT INTO industry.maker (maker, name, country) VALUES ('CATL', 'our name', 'US')"
printf 'maker,name,country\nCATL,Contemporary Amperex,CN\nBYD,BYD Company Limited,CN\n' >maker.csv
load 'keep_known' 0 maker maker.csv --option=keep_known=true
is 'what is known stays, what is not comes' 'BYD|BYD Company Limited|CN
CATL|our name|US' 'SELECT maker, name, country FROM industry.maker ORDER BY 1'
query $db -c "INSERT INTO industry.maker_alias (alias, maker_id) SELECT 'Ningde', maker_id FROM industry.maker WHERE maker = 'BYD'"
printf 'alias,maker\nNingde,CATL\nNingde Times,CATL\n' >alias.csv
load 'another meaning of a name' 3 maker_alias alias.csv
load 'with keep_known' 0 maker_alias alias.csv --option=keep_known=true
is 'stays what it is' 'Ningde|BYD
Ningde Times|CATL' 'SELECT alias, maker FROM industry.maker_alias JOIN industry.maker USING (maker_id) ORDER BY 1'
load 'without it' 0 maker maker.csv
is 'a file corrects' 'CATL|Contemporary Amperex|CN' "SELECT maker, name, country FROM industry.maker WHERE maker = 'CATL'"
load 'keep_known=perhaps' 4 maker maker.csv --option=keep_known=perhaps
says 'is refused' 'keep_known must be true or false'

# nobody who may not load makes a source
create_role battery_test_reader
create_role battery_test_loader
query $db -c "SELECT industry.grant_access(reader => 'battery_test_reader', loader => 'battery_test_loader')" >granted
run 'a reader may not' 1 env PGUSER=postgres PGOPTIONS='-c role=battery_test_reader' "$root/bin/battery-load" -d $db --new-source=r-1 --publisher=R --published=2025
run 'a loader may' 0 env PGUSER=postgres PGOPTIONS='-c role=battery_test_loader' "$root/bin/battery-load" -d $db --new-source=r-1 --publisher=R --published=2025
finish
