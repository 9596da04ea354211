#!/bin/bash
# What a tool sums, averages or plots from the views bi_* is right or impossible, and
# history, estimate and forecast are never one figure.
#
# The figures are those of data/industry that the demo loads, and small made-up
# markets; every expected number is worked out by hand from the files, beside it.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_bi_totals
create_database $db
"$root/bin/battery-industry" setup -q -d $db
mkdir "$tmp/data"
cp "$root"/data/industry/*.csv "$tmp/data"
grep -E '^(kind|publisher|source|maker|maker_alias|maker_parent|plant|exchange_rate|maker_share|country_share|expansion|price|storage_project|public_support|technology_event),' \
	"$root/data/industry/load.csv" | grep -v as-printed >"$tmp/data/load.csv"
load "the demo's figures load" 0 -q --manifest="$tmp/data/load.csv"

# naive totals: SUM with the filter of a chart and no other

# TCIP's six plants, 30 + 60 + 137 + 15 + 100 + 50; two publishers more on two of them, and the total among its members
is "expansions of CATL as TCIP has them" 392 "SELECT sum(capacity_gwh_per_year) FROM industry.bi_expansion WHERE publisher = 'TCIP' AND maker = 'CATL'"
is "expansions over all" 392 "SELECT sum(capacity_gwh_per_year) FROM industry.bi_expansion"
is "plants in all grains" 392 "SELECT sum(capacity_gwh_per_year) FROM industry.bi_plant_cost"
# 0.83 + 2.9 + 8.1 + 1.18 + 8.6 + 4.83 billion
is "and their cost" "26440000000|26440000000" \
	"SELECT (SELECT sum(investment_usd) FROM industry.bi_expansion), (SELECT sum(investment_usd) FROM industry.bi_plant_cost)"
# the whole years of 2022 and 2023, and January to November of 2024, the most that there is
is "CATL by the year of period_first" "2022|184.4
2023|259.7
2024|289.3" "SELECT extract(year FROM period_first), sum(amount_gwh) FROM industry.bi_maker_share WHERE maker = 'CATL' GROUP BY 1 ORDER BY 1"
is "and by year, the newest part of one with it" "2022|184.4
2023|259.7
2024|289.3" "SELECT year, sum(amount_gwh) FROM industry.bi_maker_share WHERE maker = 'CATL' AND year IS NOT NULL GROUP BY 1 ORDER BY 1"
is "markets come to their stated totals" "2022|509.2
2023|705.5
2024|785.6" "SELECT year, round(sum(amount_gwh)::numeric, 6)::double precision FROM industry.bi_market WHERE year IS NOT NULL GROUP BY 1 ORDER BY 1"
is "and printed shares to 100 percent, for themselves" "2022|100
2022-01/2022-11|100
2023|100
2024-01/2024-04|100" "SELECT period_label, round(100 * sum(share_stated_fraction)::numeric, 6)::double precision FROM industry.bi_market
	GROUP BY 1 HAVING count(share_stated_fraction) > 0 ORDER BY 1"
# 13,800 + 82,700 + 10,200 + 4,820 + 48,900 + 41,400 + 770 + 380 + 20,000, the United States withheld; two editions state 2024
is "mine production of lithium in 2024" 222970 "SELECT sum(amount_tonnes) FROM industry.bi_country_share WHERE material = 'lithium' AND year = 2024"
is "an exposure is no zero where nothing is on file" 0 \
	"SELECT count(*) FROM industry.bi_control_exposure WHERE exposure_fraction = 0 AND note IS DISTINCT FROM 'no instrument on file is in force'"
# Jimusar's cost is US\$ 520 million; 100 + 175 + 1.5 + 15 + 200 MW, 0.4 + 0.7 + 0.15 + 1.5 + 1 GWh
is "storage projects" "491.5|3.75|520000000" "SELECT sum(power_mw), sum(energy_gwh), sum(amount_usd) FROM industry.bi_storage_project"
# 230 billion, 29, 150 and 249 million; the total of 2.4 billion and "more than 15 million" are no parts of a sum
is "public support" "230428000000" "SELECT sum(amount_usd)::bigint FROM industry.bi_public_support"

# made-up figures

query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('Aye'), ('Bee'), ('Cee');
INSERT INTO industry.source (source, publisher, edition, published, published_precision) VALUES
	('aye-2024-02', 'Aye', '2024-02', '2024-02-10', 'day'), ('aye-2023-12', 'Aye', '2023-12', '2023-12-01', 'month'), ('aye-2025', 'Aye', '2025', '2025-01-01', 'year'),
	('bee', 'Bee', '1', '2024-03-01', 'day'), ('cee', 'Cee', '1', '2024-03-01', 'day');
SQL
# rows KIND SOURCE: a file from standard input
rows()
{
	cat >"$tmp/$1-$2.csv"
	load "$1 of $2 loads" "${3:-0}" -q "$1" "$tmp/$1-$2.csv" --source="$2"
}
rows maker_share aye-2024-02 <<'CSV'
maker,row_kind,amount,share,period,statement_kind,metric,basis
CATL,,60 GWh,60%,2023,,packs,installed
BYD,,30 GWh,25%,2023,,packs,installed
Others,remainder,4 GWh,5%,2023,,packs,installed
Total,stated_total,100 GWh,,2023,,packs,installed
CATL,,70 GWh,,2025e,,packs,installed
BYD,,5 GWh,,2025e,,packs,installed
CATL,,66 GWh,,2024,target,packs,installed
CATL,,20 GWh,,2022,claimed,packs,installed
BYD,,10 GWh,,2022,measured,packs,installed
CATL,,50 GWh,,2021,,packs,installed
BYD,,60 GWh,,2021,,packs,installed
Total,stated_total,100 GWh,,2021,,packs,installed
CATL,,> 5 GWh,,2020,,packs,installed
BYD,,3 GWh,,2020,,packs,installed
Total,stated_total,10 GWh,,2020,,packs,installed
CSV
rows maker_share aye-2023-12 <<'CSV'
maker,amount,period,metric,basis
CATL,40 GWh,2023,modules,installed
BYD,10 GWh,2023,modules,installed
CATL,9 GWh,2024,modules,installed
CATL,8 GWh,2022,modules,installed
CSV
rows maker_share bee <<'CSV'
maker,row_kind,amount,period,metric,basis
CATL,,61 GWh,2023,packs,installed
BYD,,31 GWh,2023,packs,installed
Total,stated_total,101 GWh,2023,packs,installed
CATL,,10 GWh,2019-Q1,packs,installed
CATL,,20 GWh,2019-Q2,packs,installed
CATL,,20 GWh,2019-01/2019-04,packs,installed
CSV

is "2025e in an edition of February 2024 is a forecast, and so is a target for the year that runs" "BYD|2025|estimated
CATL|2024|target
CATL|2025|estimated" "SELECT maker, period_label, statement_kind FROM industry.bi_forecast WHERE metric = 'packs' ORDER BY 1, 2"
none "which no share, concentration or total takes" $db "SELECT period_label FROM industry.bi_maker_share WHERE metric = 'packs' AND period_first >= '2024-01-01'
	UNION ALL SELECT period_label FROM industry.bi_market WHERE metric = 'packs' AND period_first >= '2024-01-01'
	UNION ALL SELECT period_label FROM industry.bi_concentration WHERE metric = 'packs' AND period_first >= '2024-01-01'"
is "a December survey of its own year is an estimate, hollow and not exact; last year's is history; next year's a forecast" "2022|history|t|8
2023|estimate|f|40" "SELECT period_label, standing, is_exact, amount_gwh FROM industry.bi_maker_share WHERE metric = 'modules' AND maker = 'CATL' ORDER BY 1"
is "so is what is computed of it" "2022|t|history
2023|f|estimate" "SELECT year, is_exact, standing FROM industry.bi_concentration WHERE metric = 'modules' AND NOT by_parent ORDER BY 1"
is "what is claimed stands apart" "BYD|10||CATL|claimed" "SELECT m.maker, m.amount_gwh, NULL, c.maker, c.statement_kind FROM industry.bi_maker_share m, industry.bi_claim c WHERE m.metric = 'packs' AND m.year = 2022 AND c.metric = 'packs'"
is "figure_standing, case by case" "forecast|forecast|history|estimate|estimate|estimate|forecast|claim|history|history" \
	"SELECT concat_ws('|', industry.figure_standing('target', '2020-01-01', '2020-12-31', '2024-02-01', 'day'), industry.figure_standing('measured', '2024-02-02', '2024-12-31', '2024-02-01', 'day'),
		industry.figure_standing(NULL, '2023-01-01', '2023-12-31', '2024-02-01', 'day'), industry.figure_standing(NULL, '2024-01-01', '2024-12-31', '2024-02-01', 'day'),
		industry.figure_standing('estimated', '2023-01-01', '2023-12-31', '2024-02-01', 'day'), industry.figure_standing(NULL, '2024-12-01', '2024-12-31', '2024-01-01', 'year'),
		industry.figure_standing(NULL, '2025-01-01', '2025-01-31', '2024-01-01', 'year'), industry.figure_standing('claimed', '2023-01-01', '2023-12-31', '2024-02-01', 'day'),
		industry.figure_standing(NULL, NULL, NULL, '2024-02-01', 'day'), industry.figure_standing(NULL, '2024-02-01', '2024-02-01', '2024-02-01', 'day'))"

# Bee is the later: 61 + 31 and 9 left of 101; 10 + 20 of two quarters that four months overlap, of which the longer counts
is "of two publishers the latest counts, and is named" "Aye|60||Bee
Bee|61|61|Bee" "SELECT publisher, amount_stated_gwh, amount_gwh, counted_publisher FROM industry.bi_maker_share WHERE metric = 'packs' AND year = 2023 AND maker = 'CATL' ORDER BY 1"
is "a sum is of one" 101 "SELECT sum(amount_gwh) FROM industry.bi_market WHERE metric = 'packs' AND year = 2023"
is "overlapping periods without the whole: the longer, and what does not meet it" "2019-01/2019-04|20
2019-Q1|
2019-Q2|" "SELECT period_label, amount_gwh FROM industry.bi_maker_share WHERE metric = 'packs' AND period_last < '2020-01-01' ORDER BY 1"
query $db -c "INSERT INTO industry.source_preference VALUES ('maker_share', 1, 'Aye')"
# 60 + 30 + 4, and 6 left of 100; 60 + 25 + 5, and 10 left of 100 percent
is "or the one that the user prefers, with its others and what is left" "member|BYD|30|0.25
member|CATL|60|0.6
remainder|others, as stated|4|0.05
unattributed|not attributed|6|0.1" "SELECT row_kind, maker, amount_gwh, round(share_stated_fraction::numeric, 9)::double precision FROM industry.bi_market WHERE publisher = 'Aye' AND metric = 'packs' AND year = 2023 ORDER BY 1, 2"
is "a sum is still of one" "100|Aye" "SELECT sum(amount_gwh), min(counted_publisher) FROM industry.bi_market WHERE metric = 'packs' AND year = 2023"
is "members beyond the total leave nothing, and say so" "BYD|60|the members exceed the stated total by 10 GWh (10.00 %)
CATL|50|the members exceed the stated total by 10 GWh (10.00 %)" "SELECT maker, amount_gwh, note FROM industry.bi_market WHERE metric = 'packs' AND year = 2021 ORDER BY 1"
# what is over 5 is no part of a sum: of 10 less 3 it has 5 at the least
is "a bound adds to nothing" "BYD|3|3|3|3
CATL||5||
not attributed|7|7|0|2" "SELECT maker, amount_gwh, amount_stated_gwh, CASE WHEN maker <> 'CATL' THEN amount_low_gwh END, amount_high_gwh FROM industry.bi_market WHERE metric = 'packs' AND year = 2020 ORDER BY 1"

# rows in quarantine
rows maker_share cee 3 <<'CSV'
maker,row_kind,amount,period,metric,basis
CATL,,60 GWh,2023,cells,installed
Nobody we know,,25 GWh,2023,cells,installed
Total,stated_total,100 GWh,2023,cells,installed
CSV
is "a row aside is not exact, and in the bounds of what is left" "CATL|60|60|60|f|1 row of this set is in quarantine
not attributed|40|15|40|f|1 row of this set is in quarantine" \
	"SELECT maker, amount_gwh, amount_low_gwh, amount_high_gwh, is_exact, note FROM industry.bi_market WHERE metric = 'cells' ORDER BY 1"
query $db -c "SELECT industry.dismiss(load_id, line_number, 'no maker') FROM industry.quarantine q JOIN industry.load_report l USING (load_id) WHERE l.source_id = industry.find_source('cee')" >/dev/null
is "until it is dismissed" "CATL|t||not attributed|t|" \
	"SELECT string_agg(concat(maker, '|', is_exact, '|', note), '|' ORDER BY maker) FROM industry.bi_market WHERE metric = 'cells'"

# Plants: phases beside their whole, a maker's sum beside its plants, a cancelled one, a later period, another currency.
rows expansion aye-2025 <<'CSV'
period,maker,row_kind,site,phase,country,status,capacity,investment
2024,BYD,,Pilsen,1,CZ,announced,10 GWh,US$1 billion
2024,BYD,,Pilsen,2,CZ,announced,20 GWh,US$2 billion
2024,BYD,,Pilsen,,CZ,announced,30 GWh,US$3 billion
2024,BYD,,Ghent,,BE,cancelled,40 GWh,US$4 billion
2024,BYD,,,,,announced,90 GWh,US$9 billion
2023,BYD,,Pilsen,,CZ,announced,25 GWh,US$2.5 billion
CSV
is "of a plant its phases count, not its whole, an older period, its maker's sum or what was cancelled" "30|3000000000|30" \
	"SELECT sum(capacity_gwh_per_year), sum(investment_usd), (SELECT sum(capacity_gwh_per_year) FROM industry.bi_plant_cost WHERE maker = 'BYD') FROM industry.bi_expansion WHERE maker = 'BYD'"

# countries: a chemistry beside all, two periods, a second publisher
rows country_share bee <<'CSV'
country,chemistry,amount,unit,period,metric,basis,stage,country_basis
China,,50,GWh,2023,cells,output,cell,plant_site
China,LFP,30,GWh,2023,cells,output,cell,plant_site
China,,20,GWh,2023-H1,cells,output,cell,plant_site
Poland,LFP,5,GWh,2023,cells,output,cell,plant_site
CSV
rows country_share cee <<'CSV'
country,chemistry,amount,unit,period,metric,basis,stage,country_basis
China,,51,GWh,2023,cells,output,cell,plant_site
CSV
# Bee and Cee are of one day: the handle decides
is "a country's amount counts once" "China|50
Poland|5" "SELECT country_name, sum(amount_gwh) FROM industry.bi_country_share WHERE metric = 'cells' GROUP BY 1 ORDER BY 1"

# what has no period counts beside nothing that has one, and one of several does
rows country_share aye-2025 <<'CSV'
country,amount,unit,period,metric,basis,stage,country_basis
China,40,GWh,n/s,cells,output,cell,plant_site
China,7,GWh,n/s,foils,output,cell,plant_site
CSV
rows country_share cee <<'CSV'
country,amount,unit,period,metric,basis,stage,country_basis
China,8,GWh,n/s,foils,output,cell,plant_site
China,51,GWh,2023,cells,output,cell,plant_site
CSV
is "a figure without a period" "cells|50
foils|7" "SELECT metric, sum(amount_gwh) FROM industry.bi_country_share WHERE metric IN ('cells', 'foils') AND country = 'CN' GROUP BY 1 ORDER BY 1"
# 2010 to 2014 is told again as 2010 to 2015; 2020 is another grant
rows public_support aye-2025 <<'CSV'
period,giver,giver_country,receiver,instrument,amount
2010-2014,Utopia,BE,Works,grant,US$100
2010-2015,Utopia,BE,Works,grant,US$120
2020,Utopia,BE,Works,grant,US$30
CSV
is "support of periods that overlap is told twice" 150 "SELECT sum(amount_usd) FROM industry.bi_public_support WHERE giver = 'Utopia'"

# every measure, by every dimension

# Between rows that agree in what must be kept apart, no two that count are of one member and of days that they share, unless of one set and statement.
none "no two amounts that count are of one maker and day" $db \
	"SELECT a.maker, a.metric, a.period_label, b.period_label FROM industry.bi_market a JOIN industry.bi_market b
		ON (a.metric, a.basis, a.application, a.geography, a.scenario) IS NOT DISTINCT FROM (b.metric, b.basis, b.application, b.geography, b.scenario)
		AND a.period_first <= b.period_last AND b.period_first <= a.period_last AND (a.publisher, a.period_first, a.period_last) < (b.publisher, b.period_first, b.period_last)
	 WHERE a.amount_gwh IS NOT NULL AND b.amount_gwh IS NOT NULL"
none "nor of one country, stage and day" $db \
	"SELECT a.country, a.metric, a.period_label, b.period_label FROM industry.bi_country_share a JOIN industry.bi_country_share b
		ON (a.stage, a.metric, a.material, a.basis, a.country_basis, a.application, a.geography, a.scenario, a.country) IS NOT DISTINCT FROM (b.stage, b.metric, b.material, b.basis, b.country_basis, b.application, b.geography, b.scenario, b.country)
		AND a.period_first <= b.period_last AND b.period_first <= a.period_last AND a.fact_id < b.fact_id
	 WHERE a.amount_in_unit IS NOT NULL AND b.amount_in_unit IS NOT NULL"
# By every dimension: what its groups come to is what was meant, which is named here by hand for one combination of the columns of \"within\".
query $db >"$tmp/sums" <<'SQL'
DO $$
DECLARE
	c record;
	got double precision;
	groups integer;
	checked integer := 0;
BEGIN
	FOR c IN
		SELECT w.view_name, w.column_name, w.meant, w.condition, a.attname
		FROM (VALUES
			('bi_maker_share', 'amount_gwh', 184.4 + 70.5 + 259.7 + 111.4 + 95.8 + 289.3 + 134.4, 'metric = ''ev_batteries'''),
			('bi_market', 'amount_gwh', 509.2 + 705.5 + 785.6, 'metric = ''ev_batteries'''),
			('bi_country_share', 'amount_gwh', 55, 'metric = ''cells'''),
			('bi_country_share', 'amount_in_unit', 55, 'metric = ''cells'''),
			-- 222,970 of 2024, and of 2023 and 2025 what USGS prints in its latest edition
			('bi_country_share', 'amount_tonnes', (SELECT sum(f.amount) FROM industry.current_country_share f WHERE f.material = 'lithium' AND f.metric = 'mine_production' AND f.row_kind = 'member'), 'material = ''lithium'' AND metric = ''mine_production'''),
			('bi_expansion', 'capacity_gwh_per_year', 392 + 30, 'true'),
			('bi_expansion', 'investment_usd', 26440000000 + 3000000000, 'true'),
			('bi_plant_cost', 'capacity_gwh_per_year', 392 + 30, 'true'),
			('bi_plant_cost', 'investment_usd', 26440000000 + 3000000000, 'true'),
			('bi_storage_project', 'power_mw', 491.5, 'true'),
			('bi_storage_project', 'energy_gwh', 3.75, 'true'),
			('bi_storage_project', 'power_planned_mw', NULL, 'true'),
			('bi_storage_project', 'energy_planned_gwh', NULL, 'true'),
			('bi_storage_project', 'amount_usd', 520000000, 'true'),
			('bi_public_support', 'amount_usd', 230428000150, 'true'),
			-- nothing of output is loaded here
			('bi_output', 'output_gwh', NULL, 'true'),
			('bi_load', 'rows_read', (SELECT sum(l.rows_read) FROM industry.load_report l), 'true'),
			('bi_load', 'rows_loaded', (SELECT sum(l.rows_loaded) FROM industry.load_report l), 'true'),
			('bi_load', 'rows_unchanged', (SELECT sum(l.rows_unchanged) FROM industry.load_report l), 'true'),
			('bi_load', 'rows_quarantined', (SELECT sum(l.rows_quarantined) FROM industry.load_report l), 'true'),
			('bi_load', 'rows_still_quarantined', 0, 'true'),
			('bi_load', 'rows_superseded', (SELECT sum(l.rows_superseded) FROM industry.load_report l), 'true'),
			('bi_load', 'sets_loaded', (SELECT sum(l.sets_loaded) FROM industry.load_report l), 'true'),
			('bi_load', 'sets_superseded', (SELECT sum(l.sets_superseded) FROM industry.load_report l), 'true'),
			('bi_source', 'latest_sets', (SELECT count(*) FROM industry.current_set), 'true')) AS w (view_name, column_name, meant, condition)
		JOIN pg_attribute a ON a.attrelid = ('industry.' || w.view_name)::regclass AND a.attnum > 0
		 AND a.atttypid IN ('text'::regtype, 'date'::regtype, 'integer'::regtype, 'boolean'::regtype) AND a.attname <> w.column_name
	LOOP
		EXECUTE format('SELECT sum(s.part), count(*) FROM (SELECT v.%I, sum(v.%I) AS part FROM industry.%I v WHERE %s GROUP BY 1) AS s', c.attname, c.column_name, c.view_name, c.condition)
		INTO got, groups;
		IF abs(got - c.meant) > 1e-9 * c.meant OR (got IS NULL) <> (c.meant IS NULL) THEN
			RAISE WARNING '%.% by %: % in % groups, % is meant', c.view_name, c.column_name, c.attname, got, groups, c.meant;
		END IF;
		checked := checked + 1;
	END LOOP;
	CREATE TEMP TABLE done AS SELECT checked AS sums;
END
$$;
SELECT sums > 300 FROM done;
SQL
same "every additive measure by every dimension comes to what is meant" "t" "$(cat "$tmp/sums")"
none "and there is no other" $db \
	"SELECT m.view_name, m.column_name FROM industry.bi_measure m WHERE m.additivity = 'additive'
	 EXCEPT SELECT v.view_name, v.column_name FROM (VALUES ('bi_maker_share', 'amount_gwh'), ('bi_market', 'amount_gwh'), ('bi_country_share', 'amount_gwh'), ('bi_country_share', 'amount_in_unit'),
		('bi_country_share', 'amount_tonnes'), ('bi_expansion', 'capacity_gwh_per_year'), ('bi_expansion', 'investment_usd'), ('bi_plant_cost', 'capacity_gwh_per_year'), ('bi_plant_cost', 'investment_usd'),
		('bi_storage_project', 'power_mw'), ('bi_storage_project', 'energy_gwh'), ('bi_storage_project', 'power_planned_mw'), ('bi_storage_project', 'energy_planned_gwh'), ('bi_storage_project', 'amount_usd'),
		('bi_public_support', 'amount_usd'), ('bi_output', 'output_gwh'), ('bi_load', 'rows_read'), ('bi_load', 'rows_loaded'), ('bi_load', 'rows_unchanged'), ('bi_load', 'rows_quarantined'),
		('bi_load', 'rows_still_quarantined'), ('bi_load', 'rows_superseded'), ('bi_load', 'sets_loaded'), ('bi_load', 'sets_superseded'), ('bi_source', 'latest_sets')) AS v (view_name, column_name)"
# LFP: invented 1996, launched 2001 or so: the view of the same answers in other types
none "an average of what may be averaged is that of its answers" $db \
	"SELECT b.years FROM (SELECT avg(years_to_scale) AS years, avg(years_to_launch) AS launch FROM industry.bi_technology_gap) AS b,
		(SELECT avg(extract(year FROM scaled) - extract(year FROM invented)) AS years, avg(extract(year FROM launched) - extract(year FROM invented)) AS launch FROM industry.technology_gap) AS t
	 WHERE (b.years, b.launch) IS DISTINCT FROM (t.years, t.launch) OR b.years IS NULL"
same "what may be averaged" "bi_technology_gap.years_to_launch,bi_technology_gap.years_to_scale" \
	"$(query $db -c "SELECT string_agg(view_name || '.' || column_name, ',' ORDER BY column_name) FROM industry.bi_measure WHERE aggregation = 'average'")"
none "a measure that does not add up has a name that says so" $db \
	"SELECT view_name, column_name FROM industry.bi_measure WHERE aggregation = 'none'
	 AND column_name !~ '(_fraction|_points|_per_kwh|_per_kwh_discharged|_in_unit|_in_currency|_in_currency_per_kwh|_hours|_per_usd|_rank|_change)\$|_stated|_low_|_high_|^(cumulative|converted|exponent|intercept|r_squared|residual|effective_|members|unknown_members|points|observations|plants|left_out|rows_in_quarantine|rank_stated|base|window)'"
none "the columns that must be kept apart are columns of their view" $db \
	"SELECT m.view_name, w FROM industry.bi_measure m CROSS JOIN LATERAL unnest(string_to_array(m.within, ', ')) AS w
	 WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = ('industry.' || m.view_name)::regclass AND a.attname = w)"

# labels

none "a code has its name beside it" $db \
	"SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
	 WHERE c.relnamespace = 'industry'::regnamespace AND c.relname LIKE 'bi\\_%' AND c.relkind = 'v'
	   AND a.attname ~ '^(maker|stage|leader|parent)\$|(^|_)country\$' AND (c.relname, a.attname) <> ('bi_maker', 'maker')
	   AND NOT EXISTS (SELECT FROM pg_attribute n WHERE n.attrelid = c.oid AND n.attname = a.attname || '_name')"
none "a period has a label, and a figure its kind of statement" $db \
	"SELECT c.relname FROM pg_class c
	 WHERE c.relnamespace = 'industry'::regnamespace AND c.relname LIKE 'bi\\_%' AND c.relkind = 'v'
	   AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'period_first')
	   AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'period_label')
	 UNION ALL
	 SELECT c.relname FROM pg_class c
	 WHERE c.relnamespace = 'industry'::regnamespace AND c.relname LIKE 'bi\\_%' AND c.relkind = 'v'
	   AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('is_exact', 'qualifier', 'as_printed'))
	   AND c.relname NOT IN ('bi_quarantine', 'bi_technology_event')
	   AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'statement_kind')"
none "a label is read back as the period" $db \
	"SELECT x.label, r.first_day, r.last_day, r.problem
	 FROM (SELECT DISTINCT k.period_first, k.period_last, k.period_label AS label FROM industry.latest_set k WHERE k.period_first IS NOT NULL
		   UNION SELECT v.a::date, v.b::date, industry.period_label(v.a::date, v.b::date)
		   FROM (VALUES ('2024-02-01', '2024-02-29'), ('2024-07-01', '2024-12-31'), ('2024-10-01', '2024-12-31'), ('2023-11-01', '2024-02-29'), ('2024-03-05', '2024-03-05'), ('2024-04-01', '2024-06-30')) AS v (a, b)) AS x
	 CROSS JOIN LATERAL industry.read_period(x.label) AS r
	 WHERE (r.first_day, r.last_day) IS DISTINCT FROM (x.period_first, x.period_last)"

# what another edition or day, a forecast or an estimate does to what counts

query $db -c "INSERT INTO industry.source (source, publisher, edition, published, published_precision) VALUES
	('bee-1', 'Bee', '1a', '2024-03-02', 'day'), ('cee-1', 'Cee', '1a', '2024-03-02', 'day'), ('bee-2', 'Bee', '2', '2024-06-20', 'day'), ('cee-2', 'Cee', '2', '2024-07-15', 'day'),
	('cee-3', 'Cee', '3', '2024-08-15', 'day')"
rows maker_share bee-1 <<'CSV'
maker,row_kind,amount,period,statement_kind,metric,basis
CATL,,50 GWh,2023,,early,installed
BYD,,30 GWh,2023,,early,installed
Total,stated_total,100 GWh,2023,estimated,early,installed
CATL,,70 GWh,2023,,gone,installed
CSV
rows maker_share cee-2 <<'CSV'
maker,row_kind,amount,period,statement_kind,metric,basis
CATL,,55 GWh,2023,,early,installed
CATL,,75 GWh,2022,,gone,installed
CATL,,20 GWh,2024-H1,,halves,installed
CATL,,45 GWh,2024,forecast,halves,installed
CATL,,20 GWh,2024-H1,,whole,installed
CATL,,45 GWh,2024,,whole,installed
CSV
rows maker_share cee-1 <<'CSV'
maker,amount,period,metric,basis
CATL,60 GWh,2023,gone,installed
CATL,48 GWh,2023,bounds,installed
CSV
rows maker_share bee-2 <<'CSV'
maker,amount,share,period,metric,basis
CATL,,61 %,2023,gone,installed
CATL,> 50 GWh,,2023,bounds,installed
CSV
rows country_share cee-2 <<'CSV'
country,amount,unit,period,metric,basis,stage,country_basis
China,44,GWh,2023,anodes,output,cell,plant_site
CSV
rows country_share bee-1 <<'CSV'
country,amount,unit,period,metric,basis,stage,country_basis
China,43,GWh,2023,anodes,output,cell,plant_site
CSV
is "of two publishers the later counts" "Bee|CATL||Cee
Cee|CATL|55|Cee" "SELECT publisher, maker, amount_gwh, counted_publisher FROM industry.bi_market WHERE metric = 'early' AND maker = 'CATL' ORDER BY 1"
is "on a day before it was known it does not" "BYD|30|Bee|
CATL|50|Bee|
not attributed|20|Bee|of estimates" "SET industry.as_of = '2024-05-31'; SELECT maker, amount_gwh, counted_publisher, note FROM industry.bi_market WHERE metric = 'early' ORDER BY 1"
is "nor of countries" "CN|43|Bee" "SET industry.as_of = '2024-05-31'; SELECT country, amount_gwh, counted_publisher FROM industry.bi_country_share WHERE metric = 'anodes'"
is "an edition that another replaced counts in no place of its own" "Bee|2023||Bee
Cee|2022|75|Cee
Cee|2023|60|Cee" "SELECT publisher, year, amount_gwh, counted_publisher FROM industry.bi_maker_share WHERE metric = 'gone' ORDER BY 1, 2"
is "a bound takes no sum from a figure" "Bee||50|Bee
Cee|48|48|Cee" "SELECT publisher, amount_gwh, amount_stated_gwh, counted_publisher FROM industry.bi_maker_share WHERE metric = 'bounds' ORDER BY 1"
is "what is left of an estimated total is an estimate, and so is the concentration" "BYD|t|history
CATL|t|history
not attributed|f|estimate" "SELECT maker, is_exact, standing FROM industry.bi_market WHERE metric = 'early' AND publisher = 'Bee' ORDER BY 1"
is "as of the concentration" "f|estimate" "SELECT DISTINCT is_exact, standing FROM industry.bi_concentration WHERE metric = 'early' AND publisher = 'Bee'"
is "a forecast of the year does not take it from its first half; an estimate does" "halves|2024-H1|2024
whole|2024|2024
whole|2024-H1|" "SELECT metric, period_label, year FROM industry.bi_maker_share WHERE metric IN ('halves', 'whole') ORDER BY 1, 2"

# two currencies, a chemistry beside all, and what a plant will cost
rows expansion cee-2 <<'CSV'
period,maker,site,country,status,chemistry,capacity,investment,statement_kind,statement_number
2024-Q1,CALB,Sines,PT,announced,,15 GWh,US$2 billion,,1
2024-Q1,CALB,Sines,PT,announced,,15 GWh,EUR 3 billion,,2
2023,Sunwoda,Heusweiler,DE,announced,,24 GWh,US$2 billion,,1
2023,Sunwoda,Heusweiler,DE,announced,LFP,10 GWh,,,1
2023,EVE,Debrecen,HU,announced,,28 GWh,US$1 billion,estimated,1
CSV
is "amounts in two currencies have no bounds in one" "15|||||f" \
	"SELECT capacity_low_gwh_per_year, investment_usd, investment_stated_usd, investment_low_usd, investment_high_usd, is_exact FROM industry.bi_expansion WHERE site = 'Sines'"
is "a plant's capacity of one chemistry is part of its capacity" "24|24" \
	"SELECT sum(capacity_gwh_per_year), (SELECT sum(capacity_gwh_per_year) FROM industry.bi_plant_cost WHERE maker = 'Sunwoda') FROM industry.bi_expansion WHERE maker = 'Sunwoda'"
rows price cee-2 <<'CSV'
period,metric,scope,price_or_cost,money_basis,subject_as_printed,maker,country,cost,statement_kind,statement_number
2023,cells,cell,price,nominal,cell,,,100 US$/kWh,,1
2023,cells,cell,price,nominal,cell,,,600 CNY/kWh,,2
2030,plants,plant_capex,cost,nominal,plant,Sunwoda,DE,40 US$/kWh,,1
2024,plants,plant_capex,cost,nominal,plant,CALB,PT,50 US$/kWh,,1
2023,plants,plant_capex,cost,nominal,plant,EVE,HU,60 US$/kWh,,1
CSV
is "so have prices" "||f" "SELECT price_low_usd_per_kwh, price_high_usd_per_kwh, is_exact FROM industry.bi_price WHERE metric = 'cells'"
is "what a plant will cost is no cost of plants, and an estimate is not exact" "as stated|CALB|50|f
as stated|EVE|60|t
computed from expansions|EVE|35.71|f" \
	"SELECT origin, maker, round(cost_usd_per_kwh::numeric, 2)::double precision, is_exact FROM industry.bi_plant_cost
	 WHERE publisher = 'Cee' AND grain = 'maker and country' AND (metric = 'plants' OR maker = 'EVE') ORDER BY 1, 2"
rows public_support cee-2 <<'CSV'
period,giver,giver_country,receiver,instrument,amount,statement_number
2023,Arcadia,BE,Works,grant,US$100,1
2023,Arcadia,BE,Works,grant,EUR 150,2
CSV
is "and grants" "|||f" "SELECT amount_usd, amount_low_usd, amount_high_usd, is_exact FROM industry.bi_public_support WHERE giver = 'Arcadia'"

# 0.71 kt of China's are more than 52 t of Chile's
rows country_share cee-1 <<'CSV'
country,amount,unit,period,metric,stage,material,country_basis
China,700,t,2022,ores,mining,lithium,plant_site
Chile,50,t,2022,ores,mining,lithium,plant_site
CSV
rows country_share cee-3 <<'CSV'
country,amount,unit,period,metric,stage,material,country_basis
China,0.71,kt,2022,ores,mining,lithium,plant_site
Chile,52,t,2022,ores,mining,lithium,plant_site
CSV
is "members in two units have no ranks" "Chile|2||
China|1||" "SELECT subject_name, older_rank, newer_rank, rank_change FROM industry.bi_restatement WHERE metric = 'ores' ORDER BY 1"

# what takes the place of another in a sum has a figure for it

query $db -c "INSERT INTO industry.source (source, publisher, title, edition, published, published_precision) VALUES
	('aye-press', 'Aye', 'press', 'May 2021', '2021-05-01', 'day'), ('bee-end', 'Bee', 'tracker', 'end of 2024', '2025-01-15', 'day'),
	('cee-note', 'Cee', 'note', 'June 2023', '2023-06-01', 'day'), ('cee-outlook', 'Cee', 'outlook', '2024', '2024-04-15', 'day'),
	('bee-later', 'Bee', 'history, continued', '2', '2025-02-15', 'day')"
rows expansion aye-press <<'CSV'
metric,maker,site,country,status,capacity,investment,currency
places,CALB,Hamm,DE,announced,100 GWh,8 billion,USD
CSV
rows expansion cee-note <<'CSV'
metric,period,maker,site,country,status,capacity,investment,currency,phase
places,2023,SK On,Ohio,US,announced,30 GWh,3 billion,USD,
places,2023,Samsung SDI,Goed,HU,announced,70 GWh,7 billion,USD,
CSV
rows expansion bee-end <<'CSV'
metric,period,maker,site,country,status,capacity,investment,currency,phase
places,2024,CALB,Hamm,DE,construction,40 GWh,3 billion,USD,
places,2024,Sunwoda,Ulm,DE,announced,100 GWh,10 billion,USD,
places,2024,Sunwoda,Ulm,DE,cancelled,50 GWh,5 billion,USD,2
places,2024,EVE,Reno,US,announced,80 GWh,8 billion,USD,
places,2024,EVE,Reno,US,announced,n.a.,n.a.,USD,1
places,2024,Gotion,,US,announced,60 GWh,6 billion,USD,
places,2024,Gotion,Heide,DE,cancelled,20 GWh,2 billion,USD,
places,2024,SK On,Ohio,US,construction,n.a.,n.a.,,
places,2024,Samsung SDI,Goed,HU,cancelled,n.a.,n.a.,,
places,2024,Svolt,Saar,DE,announced,24 GWh,2 billion,USD,
places,2024,Svolt,Saar,DE,announced,10 GWh,n.a.,,1
places,2024,Svolt,Saar,DE,announced,14 GWh,n.a.,,2
CSV
# Hamm as of 2024, not as of May 2021; the whole where its phase is cancelled or has no figure; the maker's sum where its only plant
# is cancelled; the older figure where the newer source has none, and none where that gives the plant up; two phases' capacity, the whole's cost
is "a plant's, a phase's or a maker's figure gives way to another figure alone" "CALB|40|3
EVE|80|8
Gotion|60|6
SK On|30|3
Samsung SDI||
Sunwoda|100|10
Svolt|24|2" "SELECT maker, sum(capacity_gwh_per_year), sum(investment_usd) / 1e9 FROM industry.bi_expansion WHERE metric = 'places' GROUP BY maker ORDER BY maker COLLATE \"C\""
is "and the note says of which" "24|||capacity: in sums count its phases" \
	"SELECT capacity_stated_gwh_per_year, capacity_gwh_per_year, phase, note FROM industry.bi_expansion WHERE metric = 'places' AND site = 'Saar' AND phase IS NULL"
rows expansion cee-outlook <<'CSV'
metric,maker,site,country,status,capacity,investment,currency,phase
costs,EVE,,US,announced,200 GWh,30 billion,USD,
costs,EVE,Reno,US,announced,100 GWh,10 billion,USD,
costs,EVE,Reno,US,announced,40 GWh,3 billion,USD,1
costs,EVE,Reno,US,announced,60 GWh,6 billion,USD,2
CSV
# 9 billion for 100 GWh a year, and not 49 for 400
is "the cost of a plant is that of its phases, once" "4|2|90|100|2 left out: its phases or plants have costs of their own" \
	"SELECT plants, left_out, cost_usd_per_kwh, capacity_stated_gwh_per_year, note FROM industry.bi_plant_cost WHERE metric = 'costs' AND grain = 'maker'"
rows storage_project bee-end <<'CSV'
metric,project,unit_id,country,status,energy,power,cost,currency
parts,Moss,,US,operating,4 GWh,1000 MW,2 billion,USD
parts,Moss,1,US,operating,,600 MW,,
parts,Moss,2,US,operating,,400 MW,,
parts,Kern,,US,operating,2 GWh,500 MW,1 billion,USD
parts,Kern,1,US,cancelled,1 GWh,250 MW,,
parts,Pike,,US,operating,n.a.,n.a.,,
CSV
rows storage_project cee-note <<'CSV'
metric,period,project,unit_id,country,status,energy,power,cost,currency
parts,2022,Pike,,US,operating,1 GWh,300 MW,,
parts,2022,Kern,,US,announced,9 GWh,900 MW,,
CSV
is "so of projects: power of units, energy and cost of the whole" "Kern|500|2|1|
Moss|1000|4|2|
Pike|300|1||" "SELECT project, sum(power_mw), sum(energy_gwh), sum(amount_usd) / 1e9, sum(power_planned_mw) FROM industry.bi_storage_project WHERE metric = 'parts' GROUP BY 1 ORDER BY 1"
is "with a note" "in sums of power count its units or phases" "SELECT note FROM industry.bi_storage_project WHERE metric = 'parts' AND project = 'Moss' AND unit_id IS NULL"
rows public_support aye-press <<'CSV'
giver,receiver,programme,instrument,amount,currency,period,metric
Agency,CALB,Act,grant,1 billion,USD,2020,places
Union,CALB,Plan,grant,500 million,USD,2020,places
Land,CALB,Fund,grant,100 million,USD,2020,places
CSV
rows public_support bee-end <<'CSV'
giver,receiver,programme,instrument,amount,currency,period,metric,statement_kind,statement_number
Agency,CALB,Act,grant,n.a.,,2020,places,,1
Union,CALB,Plan,grant,460 million,EUR,2020,places,,1
Land,CALB,Fund,grant,90 million,USD,2020,places,target,1
CSV
is "so of support: in US\$, and no target" "Agency|1000000000
Land|100000000
Union|500000000" "SELECT giver, sum(amount_usd) FROM industry.bi_public_support WHERE metric = 'places' GROUP BY 1 ORDER BY 1"

# 92 / 0.92, and not / 0.95, which is of one day; 100 * 103 / 100
rows exchange_rate cee-outlook <<'CSV'
currency,units_per_usd,rate_kind,period,statement_kind
SEK,0.92,average,2023,
SEK,0.95,spot,2023,
SEK,0.80,average,2026,
NOK,0.80,average,2023,target
CSV
rows price_index cee-outlook <<'CSV'
index_name,country,value,period,statement_kind
outlook,US,100,2023,
outlook,US,103,2024,estimated
outlook,US,110,2027,
CSV
is "a year's average before a spot rate of the year, and no forecast" "100.00|
|no cited rate of SEK covers 2026-01-01 to 2026-12-31
|no cited rate of NOK covers 2023-01-01 to 2023-12-31" \
	"SELECT round(u.usd, 2), u.note FROM (VALUES ('SEK', 2023), ('SEK', 2026), ('NOK', 2023)) AS v (currency, year)
	 CROSS JOIN LATERAL industry.usd_at(92, v.currency, make_date(v.year, 1, 1), make_date(v.year, 12, 31)) AS u"
is "nor one of prices" "103.00|
|no edition of the index \"outlook\" has both 2023 and 2027, forecasts apart" \
	"SELECT round(d.real_amount, 2), d.note FROM (VALUES (2024), (2027)) AS v (year) CROSS JOIN LATERAL industry.deflate(100, 2023, v.year, 'outlook') AS d"

rows technology_event bee-end <<'CSV'
technology,event_code,event,happened,from_actor,from_country,to_actor,to_country,as_printed,locator
zinc-air,z1,invention,1932,Heise,US,,,x,p. 1
CSV
rows technology_event bee-later <<'CSV'
technology,event_code,event,happened,from_actor,from_country,to_actor,to_country,as_printed,locator
zinc-air,z2,commercial_launch,1977,,,Gould,US,x,p. 1
CSV
is "a technology told in two reports has one gap" "2, end of 2024|45" "SELECT edition, years_to_launch FROM industry.bi_technology_gap WHERE technology = 'zinc-air'"
is "the latest edition in the lineage is that of the day" "1a|70|t
2|61|f" "SET industry.as_of = '2024-05-31'; SELECT edition, value_in_unit, is_latest FROM industry.bi_lineage WHERE publisher = 'Bee' AND subject = 'CATL' AND value_in_unit IN (70, 61) AND edition IN ('1a', '2') ORDER BY 1"
is "which without one is the last" "1a|70|f
2|61|t" "SELECT edition, value_in_unit, is_latest FROM industry.bi_lineage WHERE publisher = 'Bee' AND subject = 'CATL' AND value_in_unit IN (70, 61) AND edition IN ('1a', '2') ORDER BY 1"

# what was not known on the day: a rate of last year's that a report of next year cites, and a fuller edition
rows expansion cee-note <<'CSV'
metric,maker,site,country,status,capacity,investment,currency,announced
krone,EVE,Reno,US,announced,10 GWh,8 billion,DKK,2022-03-01
CSV
rows exchange_rate bee-later <<'CSV'
currency,units_per_usd,rate_kind,period
DKK,8,average,2022
CSV
rows maker_share cee-note <<'CSV'
maker,amount,period,metric,basis
CATL,5 GWh,2022,fuller,installed
CSV
rows maker_share cee-outlook <<'CSV'
maker,amount,period,metric,basis
CATL,5 GWh,2022,fuller,installed
BYD,5 GWh,2022,fuller,installed
CSV
is "a rate that was not known on the day converts nothing" "|
100|0" "SET industry.as_of = '2024-01-01'; SELECT cost_usd_per_kwh, (SELECT cost_usd_per_kwh FROM industry.bi_expansion WHERE metric = 'krone') FROM industry.bi_plant_cost WHERE metric = 'krone' AND grain = 'maker';
	RESET industry.as_of; SELECT cost_usd_per_kwh, left_out FROM industry.bi_plant_cost WHERE metric = 'krone' AND grain = 'maker'"
is "nor is a later edition an older one that lists more" "1|" "SET industry.as_of = '2024-01-01'; SELECT members, fuller_edition FROM industry.set_summary WHERE metric = 'fuller'"

# two reports of a publisher that both count their events from 1, and one that tells its invention twice
rows technology_event cee-note <<'CSV'
technology,event_code,event,happened,from_actor,from_country,parent_event,as_printed,locator,statement_number
iron-air,1,invention,1968,NASA,US,,x,p. 1,1
iron-air,1,invention,1969,NASA,US,,y,p. 2,2
iron-air,2,patent,1970,NASA,US,1,x,p. 1,1
CSV
rows technology_event cee-outlook <<'CSV'
technology,event_code,event,happened,from_actor,from_country,parent_event,as_printed,locator
Na-S,1,invention,1966,Ford,US,,x,p. 1
Na-S,2,patent,1967,Ford,US,1,x,p. 1
CSV
is "an event follows from one of its own report, once" "Na-S|1|1966|0
Na-S|2|1967|1
iron-air|1|1968|0
iron-air|1|1969|0
iron-air|2|1970|1" "SELECT technology, event_code, year, steps FROM industry.bi_technology_event WHERE publisher = 'Cee' ORDER BY technology COLLATE \"C\", 2, 3"

# a capacity that is told twice is no demand of minerals; one that is told once is: NMC, 2 GWh
rows capacity cee-note <<'CSV'
metric,basis,maker,chemistry,capacity,period,statement_number
minerals,nameplate_per_year,CATL,NMC811,10 GWh/yr,2023,1
minerals,nameplate_per_year,CATL,NMC811,12 GWh,2023,2
minerals,nameplate_per_year,BYD,NMC811,2 GWh,2023,1
CSV
is "a capacity stated twice and differently demands no minerals" "BYD|2" \
	"SELECT DISTINCT maker, capacity_stated_gwh FROM industry.bi_mineral_demand WHERE metric = 'minerals'"
# US$ 1 was 10 SEK in 2019: 1,000 SEK are US$ 100; money of another year and 20 million SEK per kWh are not converted
rows exchange_rate cee-note <<'CSV'
currency,units_per_usd,rate_kind,period
SEK,10,average,2019
CSV
rows price cee-note <<'CSV'
period,metric,scope,price_or_cost,money_basis,base_year,subject_as_printed,cost
2019,kronor,cell,price,nominal,,a,1000 SEK/kWh
2019,kronor,pack,price,nominal,,b,20000000 SEK/kWh
2019,kronor,pack,cost,real,2015,c,1000 SEK/kWh
CSV
is "what bi_price does not convert it says, as current_price_usd does" "a|100|converted||t|
b|||more than a million US\$ per kWh: the amount is surely in another unit|t|
c|||real money of another currency is not converted|t|not converted: real money of another currency" \
	"SELECT b.subject, b.price_usd_per_kwh, b.price_usd_origin, b.note, b.note IS NOT DISTINCT FROM c.note, CASE WHEN l.converted_usd IS NULL THEN l.conversion END
	 FROM industry.bi_price b JOIN industry.current_price_usd c ON c.fact_id::text = b.fact_id JOIN industry.bi_lineage l ON l.fact_id = b.fact_id
	 WHERE b.metric = 'kronor' ORDER BY 1"

finish
