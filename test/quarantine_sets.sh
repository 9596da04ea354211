#!/bin/bash
# A set of which rows are in quarantine is never called exact, and its bounds
# allow what is missing.
#
# Expected values: squares and quotients worked by hand, beside each; and, over
# 400 random markets, every subset of the missing rows as a market of its own,
# in plain arithmetic without the extension's measures.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_quarantine_sets
create_database $db
"$root/bin/battery-industry" setup -q -d $db
cd "$tmp"

# load KIND SOURCE [battery-load's options], the file on standard input
load()
{
	local kind=$1 source=$2 rc=0

	shift 2
	cat >"$kind-$source.csv"
	"$root/bin/battery-load" -d $db "$kind" "$kind-$source.csv" ${source:+--source="$source"} "$@" >load.out 2>&1 || rc=$?
	[ $rc -eq 0 ] || [ $rc -eq 3 ] || { not_ok "$kind of ${source:-nobody} loads"; remark <load.out; }
}

query $db <<'SQL'
INSERT INTO industry.publisher (publisher) SELECT 'P' || i FROM generate_series(1, 12) AS i;
INSERT INTO industry.source (source, publisher, edition, published) SELECT 'p' || i, 'P' || i, '1', '2024-03-15' FROM generate_series(1, 12) AS i;
INSERT INTO industry.maker (maker, name, country)
VALUES ('Aster', 'Aster Cells Ltd', 'CN'), ('Birch', 'Birch Energy Inc', 'KR'), ('Cedar', 'Cedar Power KK', 'JP');
SQL

# One row is aside: HHI 3,600 + 100 + 25 without it, and 625 more with it.
load maker_share p1 <<'CSV'
maker,amount,period,metric,basis
Aster,60 GWh,2020,ev_batteries,installed
Dogwood,25 GWh,2020,ev_batteries,installed
Birch,10 GWh,2020,ev_batteries,installed
Cedar,5 GWh,2020,ev_batteries,installed
Total,100 GWh,2020,ev_batteries,installed
CSV
is "a set partly in quarantine is not exact, says so, and allows the missing maker" \
	"f|1|1 row of this set is in quarantine|3725|4350|0.6|0.6|0.75|1" \
	"SELECT is_exact, rows_in_quarantine, note, hhi_low_points, hhi_high_points, leader_share_low, leader_share_high, cr4_low, cr4_high
	 FROM industry.concentration() WHERE publisher = 'P1'"
# the missing one may be Aster's: (85^2 + 10^2 + 5^2) / 100^2
is "of parents the missing may be the leader's" "3725|7350|0.85" \
	"SELECT hhi_low_points, hhi_high_points, leader_share_high FROM industry.concentration(by_parent => true) WHERE publisher = 'P1'"
is "nor do the views for readers plot one number" "||3725|4350|f|1|1 row of this set is in quarantine" \
	"SELECT hhi_points, effective_members, hhi_low_points, hhi_high_points, is_exact, rows_in_quarantine, note FROM industry.bi_concentration
	 WHERE publisher = 'P1' AND NOT by_parent"
is "and the shares say it too" "3|1 row of this set is in quarantine" \
	"SELECT count(*), min(note) FROM industry.bi_maker_share WHERE publisher = 'P1' AND note IS NOT NULL"

# Without a total: 75 GWh or 100. Highest HHI 3725 / 75^2, lowest 3725 / 100^2; Aster 60 / 75 or 60 / 100.
load maker_share p2 <<'CSV'
maker,amount,period,metric,basis
Aster,60 GWh,2020,ev_batteries,installed
Elder,25 GWh,2020,ev_batteries,installed
Birch,10 GWh,2020,ev_batteries,installed
Cedar,5 GWh,2020,ev_batteries,installed
CSV
is "without a stated total the leader's share is a bound, and nothing is known to be unattributed" "f||0.6|0.8|3725|6622|0.75|1" \
	"SELECT is_exact, unattributed_share, leader_share_low, leader_share_high, round(hhi_low_points), round(hhi_high_points), cr4_low, cr4_high
	 FROM industry.concentration() WHERE publisher = 'P2'"
is "and is not plotted as one" "|0.6|0.8" \
	"SELECT leader_share_fraction, leader_share_low_fraction, leader_share_high_fraction FROM industry.bi_concentration WHERE publisher = 'P2' AND NOT by_parent"

# What cannot be read
load maker_share p3 <<'CSV'
maker,amount,period,metric,basis
Aster,60 GWh,2020,ev_batteries,installed
Birch,twenty-five,2020,ev_batteries,installed
Cedar,15 GWh,2020,ev_batteries,installed
Total,100 GWh,2020,ev_batteries,installed
CSV
is "an amount that cannot be read leaves no upper bound" "f|3825||0.6|" \
	"SELECT is_exact, hhi_low_points, hhi_high_points, leader_share_low, leader_share_high FROM industry.concentration() WHERE publisher = 'P3'"
load maker_share p4 <<'CSV'
maker,amount,period,metric,basis
Aster,60 GWh,2020,ev_batteries,installed
Birch,40 GWh,2020,ev_batteries,installed
Cedar,> 5 GWh,2020,ev_batteries,installed
Fir,> 3 GWh,2021,ev_batteries,installed
Aster,70 GWh,2021,ev_batteries,installed
Total,100 GWh,2021,ev_batteries,installed
Birch,10 GWh,20x1,ev_batteries,installed
CSV
is "a row whose period cannot be read marks every set of its file; more than 3 GWh has no upper bound" \
	"2020|f|1 row of this set is in quarantine; no total is stated: shares are of the members listed; some figures are bounds or approximate|
2021|f|2 rows of this set are in quarantine|" \
	"SELECT year, is_exact, note, hhi_high_points FROM industry.concentration() WHERE publisher = 'P4' ORDER BY year"

# What would have changed nothing
load maker_share p5 <<'CSV'
maker,amount,period,metric,basis
Aster,60 GWh,2020,ev_batteries,installed
Birch,30 GWh,2020,ev_batteries,installed
Birch,30 GWh,2020,ev_batteries,installed
Others,ten,2020,ev_batteries,installed
Total,around the hundred,2020,ev_batteries,installed
Total,90 GWh,2020,ev_batteries,installed
CSV
is "repeats, totals and remainders do not count" "3|t|0|" \
	"SELECT (SELECT count(*) FROM industry.quarantine q JOIN industry.load_report l USING (load_id) WHERE l.source_id = industry.find_source('p5')),
			is_exact, rows_in_quarantine, note FROM industry.concentration() WHERE publisher = 'P5'"
load maker_share p6 <<'CSV'
maker,amount,period,metric,basis
Aster,60 GWh,2020,ev_batteries,installed
Birch,30 GWh,2020,ev_batteries,installed
Birch,35 GWh,2020,ev_batteries,installed
Total,100 GWh,2020,ev_batteries,installed
CSV
# 3,600 + 40^2 should neither count: the remainder may be one maker of 40; both as two of 30 and 35 would exceed the total
is "two statements that contradict one another are one member aside" "f|2|3600|5200" \
	"SELECT is_exact, rows_in_quarantine, hhi_low_points, hhi_high_points FROM industry.concentration() WHERE publisher = 'P6'"

# Shares, wide years, constants and other header names
query $db -c "UPDATE industry.source SET options = '{\"columns\": {\"Supplier\": \"maker\"}, \"constants\": {\"metric\": \"ev_batteries\", \"basis\": \"installed\"},
	\"unpivot\": {\"columns\": \"^20\", \"name\": \"period\", \"value\": \"share\"}}' WHERE source = 'p7'"
load maker_share p7 <<'CSV'
Supplier,2020,2021
Aster,60,50
Gorse,25,
Birch,10,40
CSV
# 60^2 + 10^2 + 25^2, and 5 % left; 50^2 + 40^2, and 10 % left
is "a file of wide years marks the year that the row is of" "2020|f|3700|4350
2021|f|4100|4200" \
	"SELECT year, is_exact AND rows_in_quarantine = 0, hhi_low_points, hhi_high_points FROM industry.concentration() WHERE publisher = 'P7' AND year = 2020
	 UNION ALL SELECT year, rows_in_quarantine > 0, hhi_low_points, hhi_high_points FROM industry.concentration() WHERE publisher = 'P7' AND year = 2021"

# Countries
load country_share p8 <<'CSV'
country,amount,unit,period,metric,stage,material,country_basis
China,60,t,2020,mine_production,mining,lithium,plant_site
Atlantis,25,t,2020,mine_production,mining,lithium,plant_site
Japan,15,t,2020,mine_production,mining,lithium,plant_site
CSV
# 60 / 75 or 60 / 100; (60^2 + 15^2) / 75^2 and over 100^2
is "countries: bounds, and no share of a sum that lacks one" "f|3825|6800|f||0.6|0.8|1 row of this set is in quarantine" \
	"SELECT c.is_exact, round(c.hhi_low_points), round(c.hhi_high_points), s.is_exact, s.share, s.share_low, s.share_high, s.note
	 FROM industry.country_concentration() c JOIN industry.stage_share('2024-06-01') s USING (set_id) WHERE c.publisher = 'P8' AND s.country = 'CN'"

# Refused again: for another reason, then with another text on the same line, is
# one row aside.  fir AMOUNT: loads the file with this amount on its line
fir()
{
	load maker_share p11 <<CSV
maker,amount,period,metric,basis
Aster,60 GWh,2020,ev_batteries,installed
Fir,$1,2020,ev_batteries,installed
Birch,15 GWh,2020,ev_batteries,installed
CSV
}
fir '25 GWhx'
first_load=$(query $db -c "SELECT max(load_id) FROM industry.load_report")
query $db -c "INSERT INTO industry.maker (maker, name, country) VALUES ('Fir', 'Fir Oy', 'FI')"
aside="SELECT c.rows_in_quarantine, c.is_exact, string_agg(q.message, '/') FROM industry.concentration() c, industry.quarantine q JOIN industry.load_report USING (load_id)
	WHERE c.publisher = 'P11' AND source_id = industry.find_source('p11') AND resolved_by IS NULL GROUP BY 1, 2"
is "before: unknown, and no capacity" '1|f|maker "Fir" is not known on 2024-03-15; also amount: "25 GWhx" is not a capacity' "$aside"
"$root/bin/battery-load" -d $db --redrive "$first_load" >load.out 2>&1 || true
is "driven again: known, and no capacity, once" '1|f|"25 GWhx" is not a capacity' "$aside"
"$root/bin/battery-load" -d $db --redrive "$first_load" >load.out 2>&1 || true
if grep -q '1 rows read, 0 loaded, 0 unchanged, 1 quarantined' load.out; then
	ok "and again under the number of the first load"
else
	not_ok "and again under the number of the first load"
	remark <load.out
fi
is "which changes nothing" '1|f|"25 GWhx" is not a capacity' "$aside"
fir '25 GWhy'
is "a corrected file in which the line is still wrong" '1|f|"25 GWhy" is not a capacity' "$aside"
fir '25 GWh'
is "and one in which it is right" "0|t|0" \
	"SELECT c.rows_in_quarantine, c.is_exact, (SELECT count(*) FROM industry.quarantine q JOIN industry.load_report USING (load_id) WHERE source_id = industry.find_source('p11') AND resolved_by IS NULL)
	 FROM industry.concentration() c WHERE c.publisher = 'P11'"

# A row that a later load refuses as before is of that load: withdrawing the
# earlier one leaves it aside. One line lower, it is the same row.
load maker_share p12 <<'CSV'
maker,amount,period,metric,basis
Aster,60 GWh,2020,ev_batteries,installed
Gorse,25 GWh,2020,ev_batteries,installed
CSV
first_load=$(query $db -c "SELECT max(load_id) FROM industry.load_report")
load maker_share p12 <<'CSV'
maker,amount,period,metric,basis
Aster,61 GWh,2020,ev_batteries,installed
Birch,15 GWh,2020,ev_batteries,installed
Gorse,25 GWh,2020,ev_batteries,installed
CSV
aside="SELECT c.rows_in_quarantine, c.is_exact, string_agg(q.line_number::text || ' of load +' || load_id - $first_load, ', ') FROM industry.concentration() c, industry.quarantine q JOIN industry.load_report USING (load_id)
	WHERE c.publisher = 'P12' AND source_id = industry.find_source('p12') AND resolved_by IS NULL GROUP BY 1, 2"
is "a row refused as before is of the later load" "1|f|4 of load +1" "$aside"
"$root/bin/battery-load" -d $db --withdraw "$first_load" --reason superseded >load.out 2>&1 || true
is "and is aside when the earlier is withdrawn" "1|f|4 of load +1" "$aside"
mv maker_share-p12.csv other.csv
sed -i '/Gorse/d' other.csv
"$root/bin/battery-load" -d $db maker_share other.csv --source p12 --replaces $((first_load + 1)) >load.out 2>&1 || true
is "a file that replaces the later, and lacks the row, closes it" "0|t|" "SELECT c.rows_in_quarantine, c.is_exact, (SELECT string_agg(q.message, '/') FROM industry.quarantine q JOIN industry.load_report USING (load_id)
	WHERE source_id = industry.find_source('p12') AND resolved_by IS NULL) FROM industry.concentration() c WHERE c.publisher = 'P12'"

# A maker whose row is aside has not left the edition, and places beside it are not known.
query $db -c "INSERT INTO industry.source (source, publisher, edition, published) VALUES ('p12-2', 'P12', '2', '2025-03-15')"
load maker_share p12-2 <<'CSV'
maker,amount,period,metric,basis
Aster,50 GWh,2020,ev_batteries,installed
Birhc,70 GWh,2020,ev_batteries,installed
Cedar,5 GWh,2020,ev_batteries,installed
CSV
changed="Aster|1|||restated
Birch|2|||dropped, or in quarantine
Cedar||||added"
is "it is not dropped" "$changed" "SELECT subject, older_rank, newer_rank, rank_change, what_changed FROM industry.restatement WHERE publisher = 'P12' ORDER BY 1"
is "nor for readers" "$changed" "SELECT subject, older_rank, newer_rank, rank_change, what_changed FROM industry.bi_restatement WHERE publisher = 'P12' ORDER BY 1"
query $db -c "SELECT industry.dismiss(q.load_id, q.line_number, 'a slip') FROM industry.quarantine q JOIN industry.load_report USING (load_id) WHERE source_id = industry.find_source('p12-2')" >/dev/null
is "until it is of no account" "Aster|1|1|0|restated
Birch|2|||dropped
Cedar||2||added" "SELECT subject, older_rank, newer_rank, rank_change, what_changed FROM industry.restatement WHERE publisher = 'P12' ORDER BY 1"

# Closing: by loading it, by a decision
PGOPTIONS="-c client_min_messages=error" is "a name that is accepted counts until its row is loaded" "f" \
	"SELECT industry.accept_names() > 0 AND is_exact FROM industry.concentration() WHERE publisher = 'P1'"
load_id=$(query $db -c "SELECT max(load_id) FROM industry.load_report WHERE source_id = industry.find_source('p1')")
"$root/bin/battery-load" -d $db --redrive "$load_id" >load.out 2>&1 || true
is "after that the set is exact: 3,600 + 625 + 100 + 25" "4350|4350|4350|t|0|" \
	"SELECT hhi_points, hhi_low_points, hhi_high_points, is_exact, rows_in_quarantine, note FROM industry.concentration() WHERE publisher = 'P1'"
is "a row is dismissed with a reason" "1" \
	"SELECT industry.dismiss(load_id, line_number, ' printed so ') FROM industry.quarantine WHERE as_printed = 'twenty-five'"
is "which stays on record" "t|f|printed so|1|0" \
	"SELECT q.is_dismissed, q.is_resolved, q.dismissed_reason, l.rows_quarantined, l.rows_still_quarantined
	 FROM industry.bi_quarantine q JOIN industry.bi_load l USING (load_id) WHERE q.as_printed = 'twenty-five'"
is "and makes nothing inexact" "t|0|" "SELECT is_exact, rows_in_quarantine, note FROM industry.concentration() WHERE publisher = 'P3'"
"$root/bin/battery-load" -d $db --redrive "$(query $db -c "SELECT load_id FROM industry.quarantine WHERE as_printed = 'twenty-five'")" >load.out 2>&1 || true
if grep -q 'no row of this load is in quarantine, but for 1 dismissed' load.out; then
	ok "a re-drive leaves it alone, and says so"
else
	not_ok "a re-drive leaves it alone, and says so"
	remark <load.out
fi
for call in "industry.dismiss(0, 3, 'x')" "industry.dismiss(1, 2, ' ')" "industry.dismiss(NULL, NULL, NULL)"; do
	got=$(psql -X -q -v VERBOSITY=verbose -d $db -c "SELECT $call" 2>&1 || true)
	if grep -q 'ERROR:  22023:' <<<"$got" && grep -q '^HINT:' <<<"$got"; then
		ok "refused: $call"
	else
		not_ok "refused: $call"
		remark <<<"$got"
	fi
done

# Whatever is in quarantine, no view fails.
load maker_share p9 <<'CSV'
maker,amount,period,metric,basis
Aster,60 GWh,2020,ev_batteries,installed
Hazel,8999999 GWh,2020,ev_batteries,installed
Ivy,0.000000000000001 GWh,2020,ev_batteries,installed
Juniper,0,2020,ev_batteries,installed
,5,2020,ev_batteries,installed
Larch,5,2020,ev_batteries,installed,and,more
CSV
load country_share p10 <<'CSV'
country,amount,unit,period,metric,stage,material,country_basis
China,60,t,2020,mine_production,mining,lithium,plant_site
Atlantis,1e30,t,2020,mine_production,mining,lithium,plant_site
Lemuria,1000000000000000000000000000000,t,2020,mine_production,mining,lithium,plant_site
Mu,5,GWh,2020,mine_production,mining,lithium,plant_site
CSV
none "no row in quarantine makes a view fail, or a bound cross its other" $db \
	"SELECT publisher FROM industry.concentration() WHERE hhi_low_points > hhi_high_points OR leader_share_low > leader_share_high OR (rows_in_quarantine > 0) = is_exact AND is_exact
	 UNION ALL SELECT publisher FROM industry.country_concentration() WHERE hhi_low_points > hhi_high_points
	 UNION ALL SELECT publisher FROM industry.stage_share('2024-06-01') WHERE share_low > share_high
	 UNION ALL SELECT publisher FROM industry.bi_concentration WHERE hhi_low_points > hhi_high_points"

query $db >"$tmp/worlds" <<'SQL'
SELECT setseed(0.5);
CREATE TEMP TABLE m AS
SELECT g AS id, (SELECT array_agg(1 + floor(random() * 50)::numeric) FROM generate_series(1, 1 + g % 5) WHERE g > 0) AS listed,
	   (SELECT array_agg(1 + floor(random() * 60)::numeric) FROM generate_series(1, 1 + g % 4) WHERE g > 0) AS missing
FROM generate_series(1, 400) AS g;
ALTER TABLE m ADD total numeric;
UPDATE m SET total = (SELECT sum(x) FROM unnest(listed || missing) AS x) + (id % 3) * 7 WHERE id % 2 = 0;
WITH world AS (
	SELECT m.id, m.total, (SELECT array_agg(s.x) FROM (
			SELECT unnest(m.listed) AS x
			UNION ALL SELECT u.v FROM unnest(m.missing) WITH ORDINALITY AS u (v, n) WHERE (b.bits >> (u.n::int - 1)) & 1 = 1) AS s) AS amounts
	FROM m CROSS JOIN LATERAL generate_series(0, (1 << cardinality(m.missing)) - 1) AS b (bits)),
measured AS (
	SELECT w.id, a.squares, a.listed, a.least, a.most, a.four, coalesce(w.total, a.listed) AS total
	FROM world w CROSS JOIN LATERAL (
		SELECT sum(x * x) AS squares, sum(x) AS listed, min(x) AS least, max(x) AS most,
			   (SELECT sum(z.y) FROM (SELECT y FROM unnest(w.amounts) AS y ORDER BY y DESC LIMIT 4) AS z) AS four
		FROM unnest(w.amounts) AS x) AS a),
extreme AS (
	-- of the remainder: pieces as large as the smallest member at the most, dust at the least
	SELECT d.id, min(10000 * d.squares / d.total ^ 2) AS hhi_low, min(d.most / d.total) AS leader_low, max(d.most / d.total) AS leader_high,
		   min(d.four / d.total) AS four_low, max(d.four / d.total) AS four_high,
		   max(10000 * (d.squares + floor((d.total - d.listed) / d.least) * d.least ^ 2 + ((d.total - d.listed) % d.least) ^ 2) / d.total ^ 2) AS hhi_high
	FROM measured d GROUP BY d.id)
SELECT count(*), count(*) FILTER (WHERE abs(a.hhi_high - e.hhi_high) > 1e-6), count(*) FILTER (WHERE abs(a.leader_share_high - e.leader_high) > 1e-9),
	   count(*) FILTER (WHERE m.total IS NOT NULL AND abs(a.hhi_low - e.hhi_low) > 1e-6),
	   count(*) FILTER (WHERE a.hhi_low > e.hhi_low + 1e-6 OR a.leader_share_low > e.leader_low + 1e-9 OR a.cr4_low > e.four_low + 1e-9 OR a.cr4_high < e.four_high - 1e-9)
FROM m JOIN extreme e USING (id)
CROSS JOIN LATERAL industry.allowing((SELECT CASE WHEN m.total IS NULL THEN market_shares('m' || n, v) ELSE market_shares('m' || n, v, m.total) END
									  FROM unnest(m.listed) WITH ORDINALITY AS u (v, n)), m.missing, false) AS a;
SQL
same "400 markets with rows aside: the bounds are those of all the markets that there may be" "400|0|0|0|0" "$(tail -n 1 "$tmp/worlds")"

finish
