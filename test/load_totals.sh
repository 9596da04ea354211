#!/bin/bash
# What the loader makes of totals that a file states: single tables whose right
# outcome is reckoned by hand, each beside its case, and a thousand made ones, in
# which no rounding may be taken for a slip and no slip may pass unsaid.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_totals
loader=battery_test_totals_loader
create_role $loader LOGIN
create_database $db
"$root/bin/battery-industry" setup -q -d $db
query $db <<'SQL'
SELECT industry.grant_access(loader => 'battery_test_totals_loader') \g /dev/null
INSERT INTO industry.publisher (publisher) VALUES ('P'), ('Q');
INSERT INTO industry.source (source, publisher, edition, published, published_precision) VALUES
	('p-1', 'P', '1', '2024-02-01', 'day'), ('p-2', 'P', '2', '2025-02-01', 'day'), ('q-1', 'Q', '1', '2024-02-01', 'day');
INSERT INTO industry.maker (maker, name) SELECT 'M' || i, 'Maker number ' || i FROM generate_series(1, 20) AS i;
INSERT INTO industry.maker (maker, name, country) VALUES ('CATL', 'Contemporary Amperex Technology Co. Limited', 'CN'),
	('BYD', 'BYD Company', 'CN'), ('LGES', 'LG Energy Solution', 'KR'), ('SK On', 'SK On Co.', 'KR');
INSERT INTO industry.plant (plant, maker_id) SELECT v.plant, m.maker_id FROM (VALUES ('Yibin', 'CATL'), ('Ningde', 'CATL'), ('Erfurt', 'CATL')) AS v (plant, maker)
	JOIN industry.maker m ON m.maker = v.maker;
SQL

# judged NAME EXPECTED [OPTION...] <ROWS: a table of makers, from standard input,
# in a series of its own; EXPECTED are the printed figures that are refused
n=0
judged()
{
	local name=$1 expected=$2 rc=0

	shift 2
	n=$((n + 1))
	{
		echo 'maker,amount,share,period,metric,basis'
		sed "s/\$/,2023,table_$n,installed/"
	} >"$tmp/table_$n.csv"
	PGUSER=$loader "$root/bin/battery-load" -d $db maker_share "$tmp/table_$n.csv" --source p-1 "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || rc=$?
	same "$name" "refused: $expected" "refused: $(query $db -c "SELECT string_agg(q.as_printed, ' | ' ORDER BY q.line_number) FROM industry.quarantine q
		JOIN industry.load_report l USING (load_id) WHERE l.file_name = 'table_$n.csv' AND q.sqlstate = '22003' AND q.hint LIKE '%--confirm-total.'")"
	[ "$rc" -eq $((${#expected} > 0 ? 3 : 0)) ] || not_ok "$name: exit status $rc"
}

#
# One row above the total
#
judged "a row above its total" "259,700" <<'CSV'
World,705.5 GWh,
CATL,"259,700",
BYD,111.4,
LGES,95.8,
CSV
says "is refused with the total named" 'line 3, amount: "259,700" (CATL) is more than the stated total "705.5 GWh" (World, line 2).' "--confirm-total"
same "and the others are loaded" "3" "$(query $db -c "SELECT count(*) FROM industry.maker_share_observation")"
load "the same, confirmed" 0 maker_share "$tmp/table_1.csv" --source p-1 --confirm-total
says "is noted" 'note: members add up to more than the stated total: table_1 installed 2023: 259907.2 for "705.5 GWh"'
same "is loaded as it stands, and resolved" "259700|0" "$(query $db -c "SELECT max(amount), (SELECT count(*) FROM industry.quarantine WHERE resolved_by IS NULL)
	FROM industry.current_maker_share WHERE metric = 'table_1' AND row_kind = 'member'")"
same "and every view says that it cannot be" "f|the members exceed the stated total by 259201.7 GWh (36740.14 %)" \
	"$(query $db -c "SELECT is_exact, note FROM industry.concentration() WHERE metric = 'table_1'")"
judged "one row and a total alone" "259,700" <<'CSV'
World,705.5 GWh,
CATL,"259,700",
CSV
the_load=$(query $db -c "SELECT max(load_id) FROM industry.load_report")
load "driven again without a correction" 3 --redrive "$the_load"
load "driven again and confirmed" 0 --redrive "$the_load" --confirm-total
same "joins its set" "259700|705.5" "$(query $db -c "SELECT string_agg(amount::text, '|' ORDER BY row_kind) FROM industry.current_maker_share WHERE metric = 'table_2'")"
judged "a millionfold" "2,597,000" <<'CSV'
World,7.1,
CATL,"2,597,000",
BYD,1.1,
CSV
judged "two rows above the total, of many" "259,700 | 111,400" <<'CSV'
World,705.5,
CATL,"259,700",
BYD,"111,400",
LGES,95.8,
SK On,34.4,
M1,30,
CSV
judged "the total in another unit" "" <<'CSV'
World,0.7055 TWh,
CATL,"259,700 MWh",
BYD,111.4,
CSV
judged "a remainder and a subtotal are parts too" "345,200 | 466,900" <<'CSV'
World,705.5,
CATL,259.7,
Others,"345,200",
Top 10,"466,900",
CSV
judged "a bound from below" ">259,700" <<'CSV'
World,705.5,
CATL,">259,700",
BYD,111.4,
CSV
judged "about so much" "~259700" <<'CSV'
World,705.5,
CATL,~259700,
BYD,111.4,
CSV
judged "a range" "250000–260000" <<'CSV'
World,705.5,
CATL,250000–260000,
BYD,111.4,
CSV
judged "an upper bound contradicts nothing" "" <<'CSV'
World,705.5,
CATL,up to 800,
BYD,111.4,
CSV
judged "size among members is no reason" "" <<'CSV'
CATL,1270000,
BYD,170,
CSV

#
# What is no total for this
#
for total in '~705.5' '>705.5' '≥705.5' 'nearly 705.5' 'up to 705.5'; do
	judged "a total that is qualified: $total" "" <<CSV
World,$total,
CATL,709.7,
BYD,111.4,
CSV
done
printf 'maker,subject_as_printed,row_kind,amount,period,metric,basis,note\n,"World, excluding China",stated_total,100,2023,excluding,installed,\n' >"$tmp/excluding.csv"
printf 'CATL,,,259.7,2023,excluding,installed,\nWorld,,,100,2022,excluding,installed,CATL not included\nCATL,,,259.7,2022,excluding,installed,\n' >>"$tmp/excluding.csv"
sed -i '2s/^,/World,/' "$tmp/excluding.csv"
load "a total that leaves something out, by its name or a note" 0 maker_share "$tmp/excluding.csv" --source p-1
judged "World alone is the whole beside totals of regions" "" <<'CSV'
World,705.5,
CATL,259.7,
Total,95.8,
CSV
printf 'maker,subject_as_printed,row_kind,amount,period,metric,basis\n,World total,stated_total,705.5,2023,regions,installed\n,Europe,stated_total,"95,800",2023,regions,installed\n,Korea,stated_total,50,2023,regions,installed\nCATL,,,259.7,2023,regions,installed\n' |
	sed 's/^,/World,/' >"$tmp/regions.csv"
load "and a region is a part of it" 3 maker_share "$tmp/regions.csv" --source p-1
says "which cannot be above it" '"95,800" (Europe) is more than the stated total "705.5" (World total, line 2)'
judged "two different totals of one thing are none" "" <<'CSV'
World,705.5,
CATL,809.7,
Total,95.8,
CSV
judged "a total of zero" "" <<'CSV'
World,0,
CATL,0.4,
CSV
judged "a total that is missing" "" <<'CSV'
World,W,
CATL,809.7,
BYD,n/s,
CSV

#
# The total has slipped
#
judged "a total below most of its members" "0.7055" <<'CSV'
World,0.7055,
CATL,259.7,
BYD,111.4,
LGES,95.8,
M1,0.2,
CSV
says "is refused, not they" 'the total "0.7055" (World) is less than 3 of its 4 members, such as "259.7" (CATL)'
judged "unless its unit is printed and theirs is not" "259700 | 111400 | 95800" <<'CSV'
World,705.5 GWh,
CATL,259700,
BYD,111400,
LGES,95800,
CSV
judged "with all units printed, it is the total" "705.5 GWh" <<'CSV'
World,705.5 GWh,
CATL,259700 GWh,
BYD,111400 GWh,
CSV
{
	echo 'project,row_kind,energy,period'
	echo 'All,stated_total,1.5,2023'
	for i in $(seq 1 500); do echo "Site $i,,1.01 GWh,2023"; done
} >"$tmp/many.csv"
load "a total that none is above, and the sum hundreds of times" 3 storage_project "$tmp/many.csv" --source p-1 --option='units={"energy": "GWh"}'
says "is refused" 'line 2, energy: the members add up to hundreds of times the total "1.5"'

#
# A sum that one row makes too large
#
judged "the row whose thousandth makes the table agree" "90.1" <<'CSV'
World,100.0,
CATL,60.1,
BYD,30.0,
SK On,9.8,
LGES,90.1,
CSV
says "is named with the sum and the total" 'the members add up to 190, more than the stated total "100.0" (World, line 2), and do not with a thousandth of "90.1" (LGES)' "subtotal (row_kind)"
judged "of a list that is not complete, the only row that it can be" "600" <<'CSV'
World,705.5,
CATL,259.7,
BYD,111.4,
LGES,95.8,
SK On,600,
CSV
judged "rounded figures, and one of them slipped" "90" <<'CSV'
World,100,
CATL,60,
BYD,30,
SK On,9.9,
LGES,90,
CSV
judged "two rows that could each be it: a note, no guess" "" <<'CSV'
World,100.0,
CATL,60.0,
LGES,59.5,
M1,10.0,
CSV
says "which names both sums" 'installed 2023: 129.5 for "100.0" (29.5 or 29.50 % more)'
judged "a leader with nearly all, and an excess as real tables have it" "" <<'CSV'
World,100.0,
CATL,90.0,
BYD,8.0,
LGES,7.0,
CSV
judged "subtotals, remainders and derived rows are no members" "" <<'CSV'
World,705.5,
CATL,259.7,
Top 5,480.0,
BYD,220.0,
Others,225.8,
CSV

#
# Rounding
#
judged "33.3 three times and a tenth" "" <<'CSV'
World,100.0,
M1,33.3,
M2,33.3,
M3,33.4,
CSV
if grep -q '^note' "$tmp/out"; then not_ok "needs no note"; else ok "needs no note"; fi
judged "twelve members rounded to integers, 6 above their total" "" < <(
	echo 'World,139,'
	for i in $(seq 1 12); do [ "$i" = 12 ] && echo "M$i,13," || echo "M$i,12,"; done
)
says "are within rounding" '145 for "139" (6 or 4.32 % more, within rounding)'
judged "and 7 above are beyond it" "" < <(
	echo 'World,138,'
	for i in $(seq 1 12); do [ "$i" = 12 ] && echo "M$i,13," || echo "M$i,12,"; done
)
says "with a note" '145 for "138" (7 or 5.07 % more)'
judged "a total of 1,200 is one of hundreds" "" <<'CSV'
World,"1,200",
M1,1249.9,
CSV
judged "beyond which a row is above it" "1250.2" <<'CSV'
World,"1,200",
M1,1250.2,
CSV
judged "1,200.0 is one of tenths" "1200.2" <<'CSV'
World,"1,200.0",
M1,1200.2,
CSV
judged "decimal commas" "1.300,2" --option decimal_comma=true <<'CSV'
World,1.200,
M1,"1.249,9",
M2,"1.300,2",
CSV

#
# Shares
#
judged "shares beyond a hundred percent are a note" "" <<'CSV'
CATL,,60.0
BYD,,44.2
CSV
says "with their sum" "shares add up to more than 100 % and their rounding: table_$n installed 2023: 104.2 %"
same "and so say the views" "f|the members exceed the stated total by 4.2 percentage points" "$(query $db -c "SELECT is_exact, note FROM industry.concentration() WHERE metric = 'table_$n'")"
judged "rounded shares may add up to a little more" "" <<'CSV'
CATL,,34
BYD,,34
LGES,,33
CSV
if grep -q '^note' "$tmp/out"; then not_ok "without a note"; else ok "without a note"; fi
judged "totals and subtotals of shares are no members" "" <<'CSV'
World,,100
Top 2,,90
CATL,,60
BYD,,30
CSV
judged "amounts and shares are judged each for themselves" "600000" <<'CSV'
World,705.5,100
CATL,259.7,60
BYD,600000,30
CSV

#
# Other kinds
#
{
	echo 'country,amount,unit,period,metric,stage,material,country_basis,basis'
	# U.S. Geological Survey, Mineral Commodity Summaries: some rows of 2024, tonnes
	while IFS= read -r row; do
		echo "$row,t,2024,mines,mining,lithium,plant_site,output"
	done <<'CSV'
World,222000
Argentina,13800
Australia,82700
Brazil,10200
Canada,4820
Chile,48900
China,41400
Mali,770
Portugal,380
Zimbabwe,20000
CSV
	while IFS= read -r row; do
		echo "$row,t,2024,mines,mining,natural graphite,plant_site,output"
	done <<'CSV'
World,1600000
China,1270000
Germany,170
Madagascar,89000
Mozambique,75000
Brazil,68000
CSV
} >"$tmp/usgs.csv"
load "minerals: 1,270,000 t beside 170 t" 0 country_share "$tmp/usgs.csv" --source p-1
says "and an excess that real tables have" 'mines output mining lithium 2024: 222970 for "222000" (970 or 0.44 % more, within rounding)'
same "of which the views tell" "f|estimates; the countries exceed the stated total by 970 t (0.44 %)" \
	"$(query $db -c "SELECT is_exact, note FROM industry.country_concentration() WHERE material = 'lithium'")"
sed 's/Germany,170,/Germany,1710000,/' "$tmp/usgs.csv" >"$tmp/usgs2.csv"
load "a country above the world" 3 country_share "$tmp/usgs2.csv" --source p-2
says "is refused" '"1710000" (Germany) is more than the stated total "1600000"'
sed 's/Portugal,380,/Portugal,380000000,/;s/Germany,170,/Germany,170000,/' "$tmp/usgs.csv" >"$tmp/usgs3.csv"
load "a millionfold above the world, and a thousandfold that several rows would explain" 3 country_share "$tmp/usgs3.csv" --source q-1
says "one is refused and the other noted, with no row named for it" "1 quarantined" '"380000000" (Portugal) is more than the stated total "222000"' '1672000 for "1600000" (72000 or 4.50 % more)'
cat >"$tmp/units.csv" <<'CSV'
country,chemistry,amount,unit,period,metric,stage,country_basis,basis
World,,222,kt,2023,units,mining,plant_site,output
Australia,,92000,t,2023,units,mining,plant_site,output
World,LFP,100,GWh,2023,units,cell,plant_site,output
China,LFP,99,GWh,2023,units,cell,plant_site,output
China,NMC,900,GWh,2023,units,cell,plant_site,output
China,LFP,99000,GWh,2022,units,cell,plant_site,output
World,,1000,GWh,2022,units,cell,plant_site,output
CSV
load "what is in another unit or of another chemistry is not compared; a total of all chemistries is above each" 3 country_share "$tmp/units.csv" --source p-1
says "and only that" "1 quarantined" 'line 7, amount: "99000" (China) is more than the stated total "1000"'
cat >"$tmp/capacity.csv" <<'CSV'
maker,plant,country,row_kind,capacity,period,metric,basis,subject_as_printed
,,,stated_total,1000,2023,plants,nameplate_per_year,World
CATL,,,stated_total,400.5,2023,plants,nameplate_per_year,CATL in all
CATL,Yibin,,,200.0,2023,plants,nameplate_per_year,
CATL,Ningde,,,"150,000",2023,plants,nameplate_per_year,
CATL,Erfurt,,,14.0,2023,plants,nameplate_per_year,
BYD,,,,500,2023,plants,nameplate_per_year,
,,CN,,900,2023,plants,nameplate_per_year,
,,DE,,450,2023,plants,nameplate_per_year,
CSV
load "capacities: a total of a maker is about its plants" 3 capacity "$tmp/capacity.csv" --source p-1
says "and makers, plants and countries do not add up with one another" "1 quarantined" '"150,000"' "is more than the stated total" \
	'note: members add up to more than the stated total: plants nameplate_per_year 2023: 1350 for "1000"'
cat >"$tmp/expansion.csv" <<'CSV'
maker,site,row_kind,capacity,investment,period,subject_as_printed
CATL,,stated_total,392 GWh,US $26.4 billion,since 2023,"CATL, all"
CATL,A,,30 GWh,US $0.83 billion,since 2023,
CATL,B,,60 GWh,US $2.9 trillion,since 2023,
CATL,C,,302 GWh,EUR 900 billion,since 2023,
CSV
load "expansions: money of one currency" 3 expansion "$tmp/expansion.csv" --source p-1
says "is judged beside the capacity" "1 quarantined" 'investment: "US $2.9 trillion"'
printf 'figure,subject,row_kind,metric,value,unit\nF1,all,stated_total,people,5,people\nF2,some,,people,900000,people\n' >"$tmp/figures.csv"
load "figures that do not add up have no total" 0 stated_figure "$tmp/figures.csv" --source p-1

#
# Outliers: the subject's own figure in another edition or the neighbouring period
#
printf 'maker,amount,period,metric,basis\nCATL,259.7,2023,slips,installed\nBYD,111.4,2023,slips,installed\nLGES,95.8,2023,slips,installed\nSK On,34.4,2023,slips,installed\n' >"$tmp/first.csv"
load "an edition" 0 maker_share "$tmp/first.csv" --source p-1
printf 'maker,amount,period,metric,basis\nCATL,"259,700",2023,slips,installed\nBYD,0.000111,2023,slips,installed\nLGES,28000,2023,slips,installed\nSK On,9.9,2023,slips,installed\nCATL,0.31,2024,slips,installed\nBYD,310,2024,slips,installed\n' >"$tmp/second.csv"
load "the next, with slips" 3 maker_share "$tmp/second.csv" --source p-2
same "a thousandth, a millionth and 300 times either way are refused, a third is not" "2 3 6" "$(query $db -c "SELECT string_agg(q.line_number::text, ' ' ORDER BY q.line_number)
	FROM industry.quarantine q JOIN industry.load_report l USING (load_id) WHERE l.file_name = 'second.csv' AND q.message LIKE '%more than 300 times off%'")"

#
# A thousand tables: members and their total, each rounded on its own.  Which
# slips can be told is reckoned here from the printed text and from how the tables
# were made, and not by the loader's functions.
#
query $db <<'SQL'
CREATE SCHEMA made;
SELECT setseed(0.31) \g /dev/null
CREATE TABLE made.sheet AS
SELECT t, 1 + (random() * 3)::integer AS skew, (random() * 4)::integer - 1 AS member_digits, (random() * 4)::integer - 2 AS total_digits, 3 + (random() * 14)::integer AS members
FROM generate_series(1, 1000) AS t;
CREATE TABLE made.member AS
SELECT s.t, m, exp(random() * 3 * s.skew)::numeric AS true_value, s.member_digits, s.total_digits FROM made.sheet s CROSS JOIN LATERAL generate_series(1, s.members) AS m;
CREATE TABLE made.printed AS
SELECT t, m, round(true_value, member_digits) AS value, round(true_value, member_digits)::text AS printed FROM made.member
UNION ALL
SELECT t, 0, round(s.sum, s.digits), round(s.sum, s.digits)::text
-- one significant digit at least
FROM (SELECT t, sum(true_value) AS sum, greatest(min(total_digits), -floor(log(sum(true_value)))::integer) AS digits FROM made.member GROUP BY t) AS s;
-- a row of each table whose figure has slipped
CREATE TABLE made.slip AS SELECT DISTINCT ON (t) t, m FROM made.printed WHERE m > 0 AND value > 0 ORDER BY t, random();
CREATE FUNCTION made.half(printed text) RETURNS numeric LANGUAGE sql IMMUTABLE
RETURN 0.5 * 10::numeric ^ CASE WHEN printed LIKE '%.%' THEN -scale(printed::numeric) ELSE length(substring(printed FROM '0*$')) END;
SQL
# tables NAME EXPRESSION: the tables as a file of one series each, in which the
# slipped row's figure is EXPRESSION
tables()
{
	query $db -c "COPY (SELECT CASE WHEN p.m = 0 THEN 'World' ELSE 'M' || p.m END AS maker, $2 AS amount, 2023 AS period, '$1_' || p.t AS metric, 'installed' AS basis
		FROM made.printed p LEFT JOIN made.slip s ON s.t = p.t AND s.m = p.m ORDER BY p.t, p.m) TO STDOUT WITH (FORMAT csv, HEADER)" >"$tmp/$1.csv"
}
# refused NAME: table and member of the rows of a file that were refused
refused()
{
	query $db -c "CREATE TABLE made.$1 AS SELECT split_part(q.row_text ->> 'metric', '_', 2)::integer AS t, coalesce(nullif(q.row_text ->> 'maker', 'World'), 'M0') AS maker
		FROM industry.quarantine q JOIN industry.load_report l USING (load_id) WHERE l.file_name = '$1.csv'"
}
tables rounded p.printed
load "a thousand tables with random rounding" 0 maker_share "$tmp/rounded.csv" --source q-1
same "lose no row" "0" "$(query $db -c "SELECT count(*) FROM industry.quarantine q JOIN industry.load_report l USING (load_id) WHERE l.file_name = 'rounded.csv'")"
if grep '^note' "$tmp/out" | grep -v 'within rounding'; then not_ok "and no note says more than rounding"; else ok "and no note says more than rounding"; fi

tables up "CASE WHEN s.m IS NOT NULL THEN trim_scale(p.value * 1000)::text ELSE p.printed END"
load "the same, with a thousandfold slip in each" 3 maker_share "$tmp/up.csv" --source q-1
refused up
query $db <<'SQL'
CREATE TABLE made.told AS
SELECT s.t, s.m, slipped.value - slipped.half > total.value + total.half AS is_above, rest.sum + slipped.value - total.value > rest.half + slipped.half + total.half AS is_excess,
	   -- about as small as the rounding, or one of several that would explain the sum
	   slipped.value < 2 * (rest.half + slipped.half + total.half) OR rest.rivals > 0 AS is_unclear
FROM made.slip s
JOIN LATERAL (SELECT p.value * 1000 AS value, made.half(trim_scale(p.value * 1000)::text) AS half FROM made.printed p WHERE p.t = s.t AND p.m = s.m) AS slipped ON true
JOIN LATERAL (SELECT p.value, made.half(p.printed) AS half FROM made.printed p WHERE p.t = s.t AND p.m = 0) AS total ON true
JOIN LATERAL (SELECT sum(p.value) AS sum, sum(made.half(p.printed)) AS half,
					 count(*) FILTER (WHERE abs(p.value - slipped.value) <= 2 * (slipped.half + total.half + (SELECT sum(made.half(o.printed)) FROM made.printed o WHERE o.t = s.t AND o.m > 0))) AS rivals
			  FROM made.printed p WHERE p.t = s.t AND p.m > 0 AND p.m <> s.m) AS rest ON true;
SQL
none "every slip above its total is refused" $db "SELECT t FROM made.told o WHERE is_above AND NOT EXISTS (SELECT FROM made.up u WHERE u.t = o.t AND u.maker = 'M' || o.m)"
none "every slip that makes the sum too large is refused, where it is clear which it is" $db \
	"SELECT t FROM made.told o WHERE is_excess AND NOT is_unclear AND NOT EXISTS (SELECT FROM made.up u WHERE u.t = o.t AND u.maker = 'M' || o.m)"
none "what is not refused shows in the views" $db "SELECT t FROM made.told o WHERE NOT EXISTS (SELECT FROM made.up u WHERE u.t = o.t)
	AND NOT EXISTS (SELECT FROM industry.concentration() c WHERE c.metric = 'up_' || o.t AND NOT c.is_exact AND c.note LIKE '%the members exceed the stated total by%')"
none "no other row is refused" $db "SELECT u.t, u.maker FROM made.up u JOIN made.slip s ON s.t = u.t WHERE u.maker <> 'M' || s.m"
printf '# %s\n' "$(query $db -c "SELECT format('of %s slips %s are above the total, %s more make the sum too large and %s of these could be another row or are about as small as the rounding, %s are within rounding and cannot be told; %s were refused',
	count(*), count(*) FILTER (WHERE is_above), count(*) FILTER (WHERE NOT is_above AND is_excess), count(*) FILTER (WHERE NOT is_above AND is_excess AND is_unclear),
	count(*) FILTER (WHERE NOT is_above AND NOT is_excess), (SELECT count(*) FROM made.up)) FROM made.told")"
none "the test has slips of every sort" $db "SELECT 1 FROM made.told HAVING count(*) FILTER (WHERE is_above) < 100 OR count(*) FILTER (WHERE NOT is_above AND is_excess AND NOT is_unclear) < 20"

tables down "CASE WHEN s.m IS NOT NULL THEN (p.value / 1000)::text ELSE p.printed END"
load "a slip that makes a row too small cannot be told from a list that is not complete" 0 maker_share "$tmp/down.csv" --source q-1

tables total "CASE WHEN p.m = 0 THEN trim_scale(p.value / 1000)::text ELSE p.printed END"
load "a thousandth of each total" 3 maker_share "$tmp/total.csv" --source q-1
refused total
same "never passes" "1000" "$(query $db -c "SELECT count(DISTINCT t) FROM made.total")"
same "and nearly always it is the total that is refused" "t" "$(query $db -c "SELECT count(*) > 900 FROM made.total WHERE maker = 'M0'")"
finish
