#!/bin/bash
# What the schema industry answers, on cited figures entered by hand.
#
# Expected values (bounds of statements and of rough dates by hand, from what
# each word means): the published reports (SNE Research, TCIP, USGS, as cited in
# test/industry/fixture.sql), their shares and sums worked by hand; the
# concentration of lithium mining and the learning curve by R 4.2 (sum of
# squared shares; lm of the logarithms).
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_industry_reading
create_database $db
"$root/bin/battery-industry" setup -q -d $db
query $db -f "$root/test/industry/fixture.sql"

# editions

is "the latest edition shows 2022 as restated" "2024-02-07|36.2" \
	"SELECT edition, share_pct FROM industry.current_maker_share WHERE maker = 'CATL' AND period_first = '2022-01-01'"
is "a month-known edition is not known before the month's last day" 0 \
	"SELECT count(*) FROM industry.as_known_on('2023-02-27')  WHERE kind = 'maker_share'"
is "and is on it" "2023-02|37.0" \
	"SELECT k.edition, f.share_pct FROM industry.as_known_on('2023-02-28') k JOIN industry.maker_share_observation f ON f.set_id = k.set_id
	 WHERE f.maker_id = industry.find_maker('CATL')"
is "a later edition replaces a set whole: BYD's 16.1 % of early 2023 is gone, not mixed with the new total" "CATL|62.6" \
	"SELECT maker, amount FROM industry.current_maker_share WHERE row_kind = 'member' AND period_last = '2023-04-30'"
is "which is said: the older edition lists more" "1|2023-06-07|3" \
	"SELECT members, fuller_edition, fuller_edition_members FROM industry.set_summary WHERE kind = 'maker_share' AND period_last = '2023-04-30'"
is "before it, the older one stands, without a total" "BYD:16.1,CATL:35.9,LGES:14.1" \
	"SELECT string_agg(maker || ':' || share_pct, ',' ORDER BY maker) FROM industry.market('2024-06-29') m, LATERAL (SELECT m.member AS maker) x WHERE period_last = '2023-04-30'"
query $db <<'SQL'
-- a corrected file of an edition: the set is superseded, its facts stay
WITH load AS (INSERT INTO industry.load_report (kind, loaded_at) VALUES ('maker_share', '2024-03-01') RETURNING load_id)
UPDATE industry.statement_set t SET superseded_by = load.load_id, superseded_at = '2024-03-01', loaded_at = '2024-02-08'
FROM load, industry.source o
WHERE o.source_id = t.source_id AND o.source = 'sne-2024-02' AND t.period_first = '2022-01-01';
INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last, loaded_at)
SELECT t.series_id, t.source_id, t.publisher, t.period_first, t.period_last, '2024-03-01'
FROM industry.statement_set t WHERE t.superseded_by IS NOT NULL;
INSERT INTO industry.maker_share_observation (set_id, source_id, maker_id, as_printed, share_as_printed, share_qualifier, share_pct, qualifier)
SELECT t.set_id, t.source_id, industry.find_maker('CATL'), '', '36.3', '=', 36.3, NULL
FROM industry.statement_set t WHERE t.loaded_at = '2024-03-01';
SQL
is "a corrected file takes the place of its edition's set" 36.3 \
	"SELECT share_pct FROM industry.current_maker_share WHERE maker = 'CATL' AND period_first = '2022-01-01'"
is "and what this database held before is still to be had" 36.2 \
	"SELECT f.share_pct FROM industry.as_known_on('infinity', '2024-02-15') k JOIN industry.maker_share_observation f ON f.set_id = k.set_id
	 WHERE f.maker_id = industry.find_maker('CATL') AND k.period_first = '2022-01-01'"
query $db <<'SQL'
-- back again
DELETE FROM industry.maker_share_observation WHERE set_id IN (SELECT set_id FROM industry.statement_set WHERE loaded_at = '2024-03-01');
DELETE FROM industry.statement_set WHERE loaded_at = '2024-03-01';
UPDATE industry.statement_set SET superseded_by = NULL, superseded_at = NULL;
SQL

query $db <<'SQL'
-- two releases of one publisher, and a second edition of the first
INSERT INTO industry.source (source, publisher, title, edition, published) VALUES
	('rel-1', 'Reuters', 'Plant A', '1', '2024-01-01'), ('rel-2', 'Reuters', 'Plant B', '1', '2024-02-01'), ('rel-1b', 'Reuters', 'Plant A', '2', '2024-03-01');
INSERT INTO industry.series (publisher, kind, metric) VALUES ('Reuters', 'stated_figure', 'plants');
WITH added AS (
	INSERT INTO industry.statement_set (series_id, source_id, publisher)
	SELECT s.series_id, o.source_id, 'Reuters' FROM industry.series s, industry.source o
	WHERE s.publisher = 'Reuters' AND s.kind = 'stated_figure' AND o.source LIKE 'rel-%' RETURNING set_id, source_id)
INSERT INTO industry.stated_figure (set_id, source_id, as_printed, figure, subject, value, unit)
SELECT a.set_id, a.source_id, o.source, 'f', 'x', 1, 'GWh' FROM added a JOIN industry.source o USING (source_id);
SQL
is "without a period, editions of one title replace one another, and nothing else" "rel-1b,rel-2" \
	"SELECT string_agg(as_printed, ',' ORDER BY as_printed) FROM industry.current_stated_figure WHERE publisher = 'Reuters'"

# an edition known to the year is given its month once that is known

"$root/bin/battery-load" -q -d $db source - <<'CSV' >/dev/null 2>&1 || not_ok "a source with a year loads"
source,publisher,edition,published
year-only,Made up,yearly,2024
day-known,Made up,daily,2024-02-29
CSV
is "day, month or year of publication: known from its last day" "day-known|2024-02-29|day|2024-02-29
year-only|2024-01-01|year|2024-12-31" \
	"SELECT source, published, published_precision, known_from FROM industry.source WHERE source IN ('year-only', 'day-known') ORDER BY source"
"$root/bin/battery-load" -q -d $db source - <<'CSV' >/dev/null 2>&1 || not_ok "a source with a month loads"
source,publisher,edition,published
year-only,Made up,yearly,2024-02
CSV
is "and from the month's once that is written" "2024-02-01|month|2024-02-29" \
	"SELECT published, published_precision, known_from FROM industry.source WHERE source = 'year-only'"
query $db -c "DELETE FROM industry.source WHERE source IN ('year-only', 'day-known')"

# restatements: SNE's 2022, USGS's 2024

is "2022 restated: BYD falls from a tie for second to third" "BYD|13.6|13.9|0.3|2|3|-1
CATL|37.0|36.2|-0.8|1|1|0
LGES|13.6|14.1|0.5|2|2|0" \
	"SELECT subject, older_value, newer_value, change, older_rank, newer_rank, rank_change FROM industry.restatement
	 WHERE publisher = 'SNE Research' AND period_first = '2022-01-01' AND period_last = '2022-12-31' AND measure = 'share' ORDER BY subject COLLATE \"C\""
is "and the world by -1.68 percent" "517.9|509.2|-8.7|-1.68" \
	"SELECT older_value, newer_value, change, change_pct FROM industry.restatement WHERE publisher = 'SNE Research' AND subject = 'World' AND period_first = '2022-01-01'"
is "lithium of 2024: Argentina restated, Namibia dropped, Mali added, the withheld dropped" "AR|18000|13800|restated
ML||770|added
NA|2700||dropped
US|||dropped" \
	"SELECT subject, older_value, newer_value, what_changed FROM industry.restatement
	 WHERE publisher = 'USGS' AND subject IN ('AR', 'ML', 'NA', 'US') ORDER BY subject COLLATE \"C\""

query $db <<'SQL'
-- one figure in two currencies, of which one edition drops one; two plants of one name; a maker stated twice
INSERT INTO industry.source (source, publisher, title, edition, published) VALUES ('odd-1', 'Made up', 'Odd', '1', '2024-01-01'), ('odd-2', 'Made up', 'Odd', '2', '2024-02-01');
INSERT INTO industry.series (publisher, kind, metric) VALUES ('Made up', 'stated_figure', 'odd'), ('Made up', 'expansion', 'odd');
INSERT INTO industry.series (publisher, kind, metric, basis) VALUES ('Made up', 'maker_share', 'odd', 'installed');
INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
SELECT s.series_id, o.source_id, 'Made up', '2023-01-01', '2023-12-31'
FROM industry.series s, industry.source o WHERE s.metric = 'odd' AND o.source LIKE 'odd-%';
INSERT INTO industry.stated_figure (set_id, source_id, as_printed, figure, subject, value, unit)
SELECT t.set_id, t.source_id, 'x', 'f', 'sales', v.value, v.unit
FROM industry.statement_set t JOIN industry.series s USING (series_id) JOIN industry.source o USING (source_id),
	 (VALUES ('odd-1', 7.0, 'CNY'), ('odd-1', 1.0, 'USD'), ('odd-2', 1.1, 'USD')) AS v (source, value, unit)
WHERE s.metric = 'odd' AND s.kind = 'stated_figure' AND v.source = o.source;
INSERT INTO industry.expansion (set_id, source_id, as_printed, maker_id, site, chemistry, capacity)
SELECT t.set_id, t.source_id, 'x', industry.find_maker('BYD'), 'Odd', v.chemistry::chemistry, v.capacity
FROM industry.statement_set t JOIN industry.series s USING (series_id) JOIN industry.source o USING (source_id),
	 (VALUES ('odd-1', 'LFP', 10), ('odd-1', 'NMC', 20), ('odd-2', 'LFP', 10), ('odd-2', 'NMC', 30)) AS v (source, chemistry, capacity)
WHERE s.metric = 'odd' AND s.kind = 'expansion' AND v.source = o.source;
INSERT INTO industry.maker_share_observation (set_id, source_id, maker_id, as_printed, share_as_printed, share_qualifier, share_pct, qualifier, statement_number)
SELECT t.set_id, t.source_id, industry.find_maker(v.maker), '', '', '=', v.pct, NULL, v.n
FROM industry.statement_set t JOIN industry.series s USING (series_id) JOIN industry.source o USING (source_id),
	 (VALUES ('odd-1', 'CATL', 40, 1), ('odd-1', 'BYD', 20, 1), ('odd-2', 'CATL', 40, 1), ('odd-2', 'CATL', 38, 2), ('odd-2', 'BYD', 20, 1)) AS v (source, maker, pct, n)
WHERE s.metric = 'odd' AND s.kind = 'maker_share' AND v.source = o.source;
SQL
is "a figure in two currencies is compared within each" "CNY|7.0|||dropped
USD|1.0|1.1|0.1|restated" \
	"SELECT unit, older_value, newer_value, change, what_changed FROM industry.restatement WHERE metric = 'odd' AND kind = 'stated_figure' ORDER BY unit"
is "rows of one name are not multiplied, and not compared" "2||several rows of this name" \
	"SELECT count(*), min(change), min(what_changed) FROM industry.restatement WHERE metric = 'odd' AND kind = 'expansion'"
is "a maker stated twice takes one place" "BYD|2|2|0|unchanged
CATL|||  |added
CATL|1|||unchanged" \
	"SELECT subject, older_rank, newer_rank, CASE WHEN what_changed = 'added' THEN '  ' ELSE rank_change::text END, what_changed FROM industry.restatement WHERE metric = 'odd' AND kind = 'maker_share' ORDER BY subject, what_changed"
query $db <<'SQL'
DELETE FROM industry.maker_share_observation WHERE source_id IN (industry.find_source('odd-1'), industry.find_source('odd-2'));
DELETE FROM industry.expansion WHERE source_id IN (industry.find_source('odd-1'), industry.find_source('odd-2'));
DELETE FROM industry.stated_figure WHERE source_id IN (industry.find_source('odd-1'), industry.find_source('odd-2'));
DELETE FROM industry.statement_set WHERE source_id IN (industry.find_source('odd-1'), industry.find_source('odd-2'));
DELETE FROM industry.series WHERE metric = 'odd';
DELETE FROM industry.source WHERE source LIKE 'odd-%';
SQL

# names and parents

is "a name means another maker at another time" "LG Chem|LGES|" \
	"SELECT (SELECT maker FROM industry.maker WHERE maker_id = industry.find_maker('LG', '2019-12-31')),
			(SELECT maker FROM industry.maker WHERE maker_id = industry.find_maker('LG', '2021-01-01')), industry.find_maker('LGX')"
is "spelling by width, case, hyphens and blanks does not matter" "t" \
	"SELECT industry.find_maker(U&'sk\2011on') = industry.find_maker('SK On') AND industry.find_maker('  ＣＡＴＬ ') = industry.find_maker('catl')
		AND industry.find_maker('弗迪电池') = industry.find_maker('FDB')"
is "a misprint is known for what it is" "CALB" \
	"SELECT maker FROM industry.maker WHERE maker_id = industry.find_maker('Contemporary Amperex Technology Co. (CALB)')"
is "LGES rolls up to LG Chem since 2020-12, before that it stood alone" "LGES|LG Chem" \
	"SELECT (SELECT maker FROM industry.maker WHERE maker_id = industry.parent_on(industry.find_maker('LGES'), '2020-11-30')),
			(SELECT maker FROM industry.maker WHERE maker_id = industry.parent_on(industry.find_maker('LGES'), '2020-12-01'))"
is "roll-up is a choice" "LGES|LG Chem|LGES" \
	"SELECT (SELECT member FROM industry.market('infinity') WHERE period_last = '2023-12-31' AND share_pct = 13.6),
			(SELECT member FROM industry.market('infinity', true) WHERE period_last = '2023-12-31' AND share_pct = 13.6),
			(SELECT member FROM industry.market('infinity', true, '2019-01-01') WHERE period_last = '2023-12-31' AND share_pct = 13.6)"
query $db <<'SQL'
INSERT INTO industry.maker_share_observation (set_id, source_id, maker_id, as_printed, share_as_printed, share_qualifier, share_pct, qualifier)
SELECT k.set_id, k.source_id, industry.find_maker('FDB'), '', '0.2', '=', 0.2, NULL
FROM industry.current_set k WHERE k.kind = 'maker_share' AND k.period_last = '2023-12-31';
SQL
is "a group's share is the sum of its makers', its amount unknown if one is" "BYD|2|16.0|" \
	"SELECT member, makers, share_pct, amount FROM industry.market('infinity', true) WHERE period_last = '2023-12-31' AND makers > 1"
query $db -c "DELETE FROM industry.maker_share_observation WHERE maker_id = industry.find_maker('FDB')"

is "the roll-up of a set is what parent_on says of each maker, on each period's own last day" 0 \
	"SELECT count(*) FROM (
		(SELECT set_id, member, makers FROM industry.market('infinity', true)
		 EXCEPT SELECT k.set_id, m.maker, count(DISTINCT f.maker_id) FROM industry.current_set k JOIN industry.maker_share_observation f ON f.set_id = k.set_id
		 JOIN industry.maker m ON m.maker_id = industry.parent_on(f.maker_id, coalesce(k.period_last, k.known_from))
		 WHERE k.kind = 'maker_share' AND f.row_kind = 'member' GROUP BY k.set_id, m.maker)
		UNION ALL
		(SELECT k.set_id, m.maker, count(DISTINCT f.maker_id) FROM industry.current_set k JOIN industry.maker_share_observation f ON f.set_id = k.set_id
		 JOIN industry.maker m ON m.maker_id = industry.parent_on(f.maker_id, coalesce(k.period_last, k.known_from))
		 WHERE k.kind = 'maker_share' AND f.row_kind = 'member' GROUP BY k.set_id, m.maker
		 EXCEPT SELECT set_id, member, makers FROM industry.market('infinity', true))) AS d"
# 200 sets that end on one day and list one maker.
calls=$(query $db <<'SQL'
SET track_functions = 'all';
BEGIN;
SELECT 0 FROM (SELECT pg_stat_reset_single_function_counters('industry.parent_on(integer, date)'::regprocedure)) AS r;
CREATE TEMPORARY TABLE many AS
SELECT s.series_id, k.source_id, k.publisher, day::date AS period_first FROM industry.current_set k JOIN industry.series s USING (series_id),
	generate_series('1900-01-01'::date, '1900-07-18', '1 day') AS day
WHERE k.kind = 'maker_share' AND k.period_last = '2023-12-31';
WITH added AS (
	INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
	SELECT m.series_id, m.source_id, m.publisher, m.period_first, '1900-12-31' FROM many m RETURNING set_id, source_id)
INSERT INTO industry.maker_share_observation (set_id, source_id, maker_id, as_printed, share_as_printed, share_qualifier, share_pct, qualifier)
SELECT a.set_id, a.source_id, industry.find_maker('FDB'), '', '0.2', '=', 0.2, NULL FROM added a;
SELECT count(*) > 190 FROM industry.market('infinity', true) WHERE period_last = '1900-12-31';
SELECT pg_stat_get_xact_function_calls('industry.parent_on(integer, date)'::regprocedure) < 50;
ROLLBACK;
SQL
)
same "and each maker's parent on a day is looked for once, not once a fact" "0
t
t" "$calls"

# concentration

is "2023: CR4 72.6 %, HHI between 1,910.4 and 1,920.4, ten members, the world's total no member" "10|0.7260|1910.4|1920.4|CATL|0.0700|2023" \
	"SELECT members, round(cr4::numeric, 4), round(hhi_low_points::numeric, 1), round(hhi_high_points::numeric, 1), leader, round(unattributed_share::numeric, 4), year
	 FROM industry.concentration() WHERE period_last = '2023-12-31'"
is "part of a year is not a year" "t" "SELECT year IS NULL FROM industry.concentration() WHERE period_last = '2023-04-30'"
is "lithium mining by the 2025 edition: over the rounded world total, the withheld one counted as unknown" "2215.26|1|AU" \
	"SELECT round(hhi_points::numeric, 2), unknown_members, leader FROM industry.country_concentration('2025-06-30') WHERE material = 'lithium'"
is "a source that contradicts itself has no concentration, and a note" "|a country is stated more than once and differently; some figures are bounds or approximate" \
	"SELECT hhi_points, note FROM industry.country_concentration() WHERE stage = 'cathode'"
is "shares that are bounds bound nothing" "f||" \
	"SELECT is_exact, hhi_low_points, hhi_high_points FROM industry.country_concentration() WHERE stage = 'anode'"

query $db <<'SQL'
INSERT INTO industry.maker_share_observation (set_id, source_id, maker_id, as_printed, share_as_printed, share_qualifier, share_pct, qualifier, statement_number)
SELECT f.set_id, f.source_id, f.maker_id, '', '36.9', '=', 36.9, NULL, 2
FROM industry.current_maker_share f WHERE f.maker = 'CATL' AND f.period_last = '2023-12-31';
SQL
is "nor has a market where one maker is stated twice, which is not added up" "|2||a member is stated more than once and differently" \
	"SELECT m.share_pct, m.statements, c.hhi_points, c.note FROM industry.market() m JOIN industry.concentration() c USING (set_id)
	 WHERE m.member = 'CATL' AND m.period_last = '2023-12-31'"
query $db -c "DELETE FROM industry.maker_share_observation WHERE statement_number = 2"

query $db <<'SQL'
-- the same name for another country's index in one edition; a value stated twice; two series of one output; two totals; a rough total
INSERT INTO industry.source (source, publisher, edition, published) VALUES ('odd-1', 'Made up', 'odd', '2024-01-01');
INSERT INTO industry.series (publisher, kind, metric, geography) VALUES ('Made up', 'price_index', 'odd', 'US'), ('Made up', 'price_index', 'odd', 'DE');
INSERT INTO industry.series (publisher, kind, metric, basis, application)
VALUES ('Made up', 'capacity', 'odd_two', 'output', 'EV'), ('Made up', 'capacity', 'odd_two', 'output', 'ESS'), ('Made up', 'capacity', 'odd_totals', 'output', NULL), ('Made up', 'capacity', 'odd_rough', 'output', NULL);
INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
SELECT s.series_id, industry.find_source('odd-1'), 'Made up', make_date(y, 1, 1), make_date(y, 12, 31)
FROM industry.series s, generate_series(2018, 2020) y WHERE s.metric LIKE 'odd%';
INSERT INTO industry.price_index (set_id, source_id, as_printed, index_name, country, value, statement_number)
SELECT t.set_id, t.source_id, 'x', v.name, s.geography, v.value, v.n
FROM industry.statement_set t JOIN industry.series s USING (series_id),
	 (VALUES ('US', 2018, 'CPI', 100, 1), ('DE', 2019, 'CPI', 250, 1), ('US', 2018, 'PPI', 100, 1), ('US', 2019, 'PPI', 110, 1), ('US', 2019, 'PPI', 111, 2),
			 ('US', 2018, 'two', 100, 1), ('US', 2019, 'two', 110, 1), ('DE', 2018, 'two', 100, 1), ('DE', 2019, 'two', 120, 1)) AS v (geography, year, name, value, n)
WHERE s.metric = 'odd' AND v.geography = s.geography AND v.year = extract(year FROM t.period_first);
INSERT INTO industry.capacity_observation (set_id, source_id, as_printed, row_kind, subject_as_printed, qualifier, capacity)
SELECT t.set_id, t.source_id, 'x', 'stated_total', v.subject, v.qualifier, v.capacity
FROM industry.statement_set t JOIN industry.series s USING (series_id),
	 (VALUES ('odd_two', 'World', '=', 10), ('odd_totals', 'World', '=', 10), ('odd_totals', 'World without China', '=', 6), ('odd_rough', 'World', '>', 10)) AS v (metric, subject, qualifier, capacity)
WHERE s.metric = v.metric AND t.period_first = '2018-01-01';
SQL
is "one country's index is never divided by another's" "|no edition of the index \"CPI\" has both 2018 and 2019, forecasts apart" \
	"SELECT real_amount, note FROM industry.deflate(100, 2018, 2019, 'CPI')"
is "nor is one of two statements of an index taken" "||the source states the index \"PPI\" more than once and differently" \
	"SELECT real_amount, to_index, note FROM industry.deflate(100, 2018, 2019, 'PPI')"
is "nor one of two indices of one name" "|the publisher has 2 different indices \"two\"" \
	"SELECT real_amount, note FROM industry.deflate(100, 2018, 2019, 'two')"
is "output of two applications is neither added up nor chosen from" "1||2 series (of different applications, stages or materials) are not added up" \
	"SELECT count(*), min(amount), split_part(min(note), ';', 1) FROM industry.cumulative_output('Made up', 'odd_two', 'output')"
is "two totals that differ: no output" "||several totals are stated, and differ" \
	"SELECT amount, cumulative, split_part(note, ';', 1) FROM industry.cumulative_output('Made up', 'odd_totals', 'output')"
query $db <<'SQL'
INSERT INTO industry.series (publisher, kind, metric, basis) VALUES ('Made up', 'capacity', 'odd_slip', 'output');
INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
SELECT s.series_id, industry.find_source('odd-1'), 'Made up', make_date(y, 1, 1), make_date(y, 12, 31)
FROM industry.series s, generate_series(2018, 2020) y WHERE s.metric = 'odd_slip';
INSERT INTO industry.capacity_observation (set_id, source_id, as_printed, maker_id, capacity)
SELECT t.set_id, t.source_id, 'x', industry.find_maker(v.maker), v.capacity
FROM industry.statement_set t JOIN industry.series s USING (series_id),
	 (VALUES (2018, 'BYD', 5000000.000000001), (2019, 'BYD', 5000000), (2020, 'BYD', 5000000), (2020, 'CATL', 5000000)) AS v (year, maker, capacity)
WHERE s.metric = 'odd_slip' AND v.year = extract(year FROM t.period_first);
SQL
is "a sum beyond all measure fails nothing" "2018|5000000.000000001|5000000.000000001|
2019|5000000||the sum is beyond 9000000 GWh: an amount is surely in another unit
2020|||the sum is beyond 9000000 GWh: a member is surely in another unit" \
	"SELECT extract(year FROM period_first), trim_scale(amount::numeric), trim_scale(cumulative::numeric), substring(note FROM 'the sum is beyond [^;]*') FROM industry.cumulative_output('Made up', 'odd_slip', 'output')"
is "nor in the views for readers" 0 "SELECT count(*) FROM industry.bi_output WHERE cumulative_gwh > 9000000"
query $db <<'SQL'
INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
SELECT k.series_id, industry.find_source('sne-2024-02'), k.publisher, '1950-01-01', '2023-12-31' FROM industry.current_set k WHERE k.kind = 'maker_share' AND k.period_first = '2023-01-01' AND k.period_last = '2023-12-31' LIMIT 1;
INSERT INTO industry.maker_share_observation (set_id, source_id, maker_id, as_printed, amount)
SELECT t.set_id, t.source_id, industry.find_maker(v.maker), 'x', 9000000 FROM industry.statement_set t, (VALUES ('BYD'), ('FDB')) AS v (maker) WHERE t.period_first = '1950-01-01';
SQL
is "nor the roll-up of a market" "BYD|2|" \
	"SELECT member, makers, amount FROM industry.market('infinity', true) WHERE period_first = '1950-01-01'"
query $db <<'SQL'
DELETE FROM industry.maker_share_observation f USING industry.statement_set t WHERE t.set_id = f.set_id AND t.period_first = '1950-01-01';
DELETE FROM industry.statement_set WHERE period_first = '1950-01-01';
SQL
is "a total that is a bound is said to be one" "10|the total is a bound or approximate" \
	"SELECT amount, split_part(note, ';', 1) FROM industry.cumulative_output('Made up', 'odd_rough', 'output')"
query $db <<'SQL'
DELETE FROM industry.capacity_observation WHERE source_id = industry.find_source('odd-1');
DELETE FROM industry.price_index WHERE source_id = industry.find_source('odd-1');
DELETE FROM industry.statement_set WHERE source_id = industry.find_source('odd-1');
DELETE FROM industry.series WHERE metric LIKE 'odd%';
DELETE FROM industry.source WHERE source = 'odd-1';

-- lithium whose total is the sum of its countries, one of them stated twice
INSERT INTO industry.series (publisher, kind, metric, stage, material, country_basis) VALUES ('Made up', 'country_share', 'odd', 'mining', 'odd', 'plant_site');
INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
SELECT s.series_id, industry.find_source('made-up'), 'Made up', '2019-01-01', '2019-12-31' FROM industry.series s WHERE s.metric = 'odd';
INSERT INTO industry.country_share_observation (set_id, source_id, country, as_printed, amount, unit, statement_number)
SELECT t.set_id, t.source_id, v.country, v.amount::text, v.amount, 't', v.n
FROM industry.statement_set t JOIN industry.series s USING (series_id), (VALUES ('AU', 60, 1), ('CL', 40, 1), ('CL', 44, 2)) AS v (country, amount, n)
WHERE s.metric = 'odd';
SQL
is "a country stated twice is not added up twice into the total that others are divided by" "AU||no single value, or no total to divide by" \
	"SELECT country, share, note FROM industry.stage_share('2020-01-01') WHERE metric = 'odd' AND country = 'AU'"
query $db -c "UPDATE industry.country_share_observation f SET amount = 1e30 WHERE amount = 60 AND country = 'AU' AND unit = 't'" -c "DELETE FROM industry.country_share_observation WHERE amount = 44"
is "an amount beyond all measure does not fail the concentration" "|an amount is beyond 1e18: surely in another unit; no total is stated: shares are of the countries listed" \
	"SELECT hhi_points, note FROM industry.country_concentration() WHERE metric = 'odd'"
query $db <<'SQL'
DELETE FROM industry.country_share_observation f USING industry.statement_set t JOIN industry.series s USING (series_id) WHERE t.set_id = f.set_id AND s.metric = 'odd';
DELETE FROM industry.statement_set t USING industry.series s WHERE s.series_id = t.series_id AND s.metric = 'odd';
DELETE FROM industry.series WHERE metric = 'odd';
SQL

# plants

is "CATL's six expansions: 67.4, not the printed 67.3; unweighted 66.1; China 52.1" "all|392|67.4|66.1
country|227|52.1|45.0" \
	"SELECT grain, capacity, to_unit(marginal_cost, 'USD/kWh', 1), to_unit(mean_of_plants, 'USD/kWh', 1) FROM industry.plant_cost
	 WHERE publisher = 'TCIP' AND origin = 'computed from expansions' AND (grain = 'all' OR grain = 'country' AND country = 'CN') ORDER BY grain"
is "what the report derives stands as such beside it" "67.3" \
	"SELECT marginal_cost FROM industry.plant_cost WHERE grain = 'derived in the report' AND maker = 'CATL'"
is "the others' mean is 115.25, unweighted" "115.25" \
	"SELECT avg(marginal_cost) FROM industry.plant_cost WHERE publisher = 'TCIP' AND origin = 'as stated' AND grain = 'maker and country'"
is "two sources on Debrecen are never mixed" "Press|7600000000|stated in US\$ beside another currency|76
TCIP|8600000000|stated in US\$|86" \
	"SELECT publisher, investment_usd, investment_usd_origin, to_unit(cost_per_gwh, 'USD/kWh', 0)
	 FROM (SELECT publisher, investment_usd, investment_usd_origin, investment_usd / capacity AS cost_per_gwh FROM industry.current_expansion_usd WHERE site = 'Debrecen') s ORDER BY publisher"
query $db <<'SQL'
-- an investment typed in millions, one without a rate, and one without a figure
INSERT INTO industry.series (publisher, kind, metric) VALUES ('Made up', 'expansion', 'cell_plants');
WITH added AS (
	INSERT INTO industry.statement_set (series_id, source_id, publisher)
	SELECT s.series_id, industry.find_source('made-up'), 'Made up' FROM industry.series s WHERE s.publisher = 'Made up' AND s.kind = 'expansion'
	RETURNING set_id, source_id)
INSERT INTO industry.expansion (set_id, source_id, maker_id, site, country, as_printed, capacity, investment_qualifier, investment_missing_reason, investment, currency, announced, announced_precision, statement_number)
SELECT set_id, source_id, industry.find_maker('BYD'), v.site, 'CN', '10 GWh', 10, v.qualifier, v.reason, v.investment, v.currency, '2019-03-05', 'day', v.n
FROM added, (VALUES ('good', '=', NULL, 520000000, 'CNY', 1), ('millions', '=', NULL, 830, 'USD', 1), ('no rate', '=', NULL, 830000000, 'KRW', 1),
	('withheld', NULL, 'withheld', NULL, NULL, 1), ('twice', '=', NULL, 800000000, 'USD', 1), ('twice', '=', NULL, 900000000, 'USD', 2))
	AS v (site, qualifier, reason, investment, currency, n);
SQL
is "plants without a usable cost are left out, each with its reason" "5|4|10|8.00|4 left out: investment: withheld, less than 0.001 US\$ per kWh: the investment is surely in thousands or millions, no cited rate of KRW covers 2019-03-05 to 2019-03-05, stated more than once and differently" \
	"SELECT plants, left_out, capacity, to_unit(marginal_cost, 'USD/kWh', 2), note FROM industry.plant_cost WHERE publisher = 'Made up' AND grain = 'all'"

query $db <<'SQL'
-- what no type of ours holds, and a capacity of nothing: each alone in the view
INSERT INTO industry.expansion (set_id, source_id, maker_id, site, country, as_printed, capacity, investment_qualifier, investment, currency, announced, announced_precision)
SELECT t.set_id, t.source_id, industry.find_maker('CALB'), v.site, 'HU', v.site, v.capacity, '=', v.investment, v.currency, '2019-03-05', 'day'
FROM industry.statement_set t JOIN industry.series s USING (series_id),
	 (VALUES ('good', 10, 800000000, 'USD'), ('huge', 10, 1e30, 'USD'), ('huge, converted', 10, 1e40, 'CNY'), ('tiny plant', 0.000000001, 1000000, 'USD'), ('no plant', 0, 800000000, 'USD'),
			 ('world', 9000000, 9000000000000, 'USD'), ('world too', 9000000, 9000000000000, 'USD')) AS v (site, capacity, investment, currency)
WHERE s.publisher = 'Made up' AND s.kind = 'expansion';
SQL
is "one amount beyond what can be summed leaves out its row, not the view" "7|6|10|80.00|80.00|800000000" \
	"SELECT plants, left_out, capacity, to_unit(marginal_cost, 'USD/kWh', 2), to_unit(mean_of_plants, 'USD/kWh', 2), investment_usd
	 FROM industry.plant_cost WHERE publisher = 'Made up' AND grain = 'maker' AND maker = 'CALB'"
is "and each says why" "huge|more than a million US\$ per kWh: the investment or the capacity is surely in another unit
huge, converted|more than a million US\$ per kWh: the investment or the capacity is surely in another unit
no plant|the capacity is zero
tiny plant|more than a million US\$ per kWh: the investment or the capacity is surely in another unit
world|more than 100000 GWh a year: the capacity is surely in another unit" \
	"SELECT site, note FROM industry.current_expansion_usd WHERE publisher = 'Made up' AND maker = 'CALB'
	 AND site IN ('huge', 'huge, converted', 'no plant', 'tiny plant', 'world') ORDER BY site COLLATE \"C\""
query $db -c "DELETE FROM industry.expansion WHERE maker_id = industry.find_maker('CALB') AND country = 'HU' AND announced = '2019-03-05'"
query $db <<'SQL'
INSERT INTO industry.series (publisher, kind, metric, scope, price_or_cost, money_basis, geography)
VALUES ('Made up', 'price', 'odd_price', 'cell', 'price', 'nominal', 'Nowhere');
INSERT INTO industry.series (publisher, kind, metric) VALUES ('Made up', 'storage_project', 'odd_projects');
WITH added AS (
	INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
	SELECT s.series_id, industry.find_source('made-up'), 'Made up', '2019-03-01', '2019-03-31' FROM industry.series s
	WHERE s.metric IN ('odd_price', 'odd_projects') RETURNING set_id, source_id, series_id),
prices AS (
	INSERT INTO industry.price_observation (set_id, source_id, as_printed, chemistry, amount_per_kwh, currency)
	SELECT a.set_id, a.source_id, v.chemistry, v.chemistry::chemistry, v.amount, 'CNY'
	FROM added a JOIN industry.series s USING (series_id), (VALUES ('LFP', 650), ('NMC', 1e30)) AS v (chemistry, amount)
	WHERE s.kind = 'price')
INSERT INTO industry.storage_project (set_id, source_id, as_printed, project, power_mw, power_qualifier, energy, amount, currency)
SELECT a.set_id, a.source_id, v.project, v.project, v.power_mw, '=', v.energy, v.amount, 'USD'
FROM added a JOIN industry.series s USING (series_id), (VALUES ('good', 100, 0.4, 80000000), ('huge', 100, 0.4, 1e30), ('none', 100, 0, 80000000)) AS v (project, power_mw, energy, amount)
WHERE s.kind = 'storage_project';
SQL
is "nor does a price beyond all measure fail the view of prices" "LFP|100.00|
NMC||more than a million US\$ per kWh: the amount is surely in another unit" \
	"SELECT chemistry, to_unit(cost_usd, 'USD/kWh', 2), note FROM industry.current_price_usd WHERE metric = 'odd_price' ORDER BY chemistry::text"
is "nor a storage project" "good|200.00|4|
huge||4|more than a million US\$ per kWh: the cost or the energy is surely in another unit
none|||the energy is zero" \
	"SELECT project, to_unit(system_price, 'USD/kWh', 2), CASE WHEN project <> 'none' THEN trim_scale(duration_hours::numeric) END, note FROM industry.storage_project_cost WHERE publisher = 'Made up' ORDER BY project"
query $db <<'SQL'
DELETE FROM industry.price_observation f USING industry.statement_set t JOIN industry.series s USING (series_id) WHERE t.set_id = f.set_id AND s.metric = 'odd_price';
DELETE FROM industry.storage_project f USING industry.statement_set t JOIN industry.series s USING (series_id) WHERE t.set_id = f.set_id AND s.metric = 'odd_projects';
DELETE FROM industry.statement_set t USING industry.series s WHERE s.series_id = t.series_id AND s.metric LIKE 'odd%';
DELETE FROM industry.series WHERE metric LIKE 'odd%';
SQL

# money

is "a month's rate before a year's, with its citation" "2.00|average|2019-03-01|Made up" \
	"SELECT round(usd, 2), rate_kind, rate_first, rate_publisher_used FROM industry.usd_at(13, 'CNY', '2019-03-05', '2019-03-05')"
is "a year's rate where no closer one covers the days" "2.00|2019-01-01" \
	"SELECT round(usd, 2), rate_first FROM industry.usd_at(14, 'CNY', '2019-02-20', '2019-03-05')"
is "no rate: NULL and why, not the nearest" "|no cited rate of CNY covers 2018-12-31 to 2018-12-31" \
	"SELECT usd, note FROM industry.usd_at(14, 'CNY', '2018-12-31', '2018-12-31')"
same "a rate of infinity, which would make an amount nothing, is no rate, nor is one that is not a number" 2 \
	"$(psql -X -q -d $db -v VERBOSITY=verbose -c "UPDATE industry.exchange_rate SET units_per_usd = 'Infinity'" -c "UPDATE industry.exchange_rate SET units_per_usd = 'NaN'" 2>&1 | grep -c 'ERROR:  23514:')"
is "no date: NULL and why" "|the amount has no date" "SELECT usd, note FROM industry.usd_at(14, 'CNY', NULL, NULL)"
is "US dollars are US dollars" "14|1|" "SELECT usd, units_per_usd, note FROM industry.usd_at(14, 'USD', NULL, NULL)"
is "a rate that was not known then is not used" "|no cited rate of CNY covers 2023-05-01 to 2023-05-01" \
	"SELECT usd, note FROM industry.usd_at(14, 'CNY', '2023-05-01', '2023-05-01', '2024-12-31')"
query $db <<'SQL'
CREATE TEMPORARY TABLE two AS SELECT k.series_id, o.source_id, o.publisher FROM industry.series k, industry.source o WHERE false;
INSERT INTO industry.series (publisher, kind, metric) VALUES ('Reuters', 'exchange_rate', 'cny_per_usd');
WITH added AS (
	INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
	SELECT s.series_id, industry.find_source('reuters-2025'), 'Reuters', '2019-03-01', '2019-03-31'
	FROM industry.series s WHERE s.publisher = 'Reuters' AND s.kind = 'exchange_rate' RETURNING set_id, source_id)
INSERT INTO industry.exchange_rate (set_id, source_id, as_printed, currency, units_per_usd, rate_kind)
SELECT set_id, source_id, '6.71', 'CNY', 6.71, 'average' FROM added;
SQL
is "two rates that differ: NULL, unless a publisher is named" "|2 cited rates of CNY cover 2019-03-05 to 2019-03-05 and differ; name a publisher|10.00" \
	"SELECT a.usd, a.note, round(b.usd, 2) FROM industry.usd_at(67.1, 'CNY', '2019-03-05', '2019-03-05') a,
	 industry.usd_at(67.1, 'CNY', '2019-03-05', '2019-03-05', 'infinity', 'Reuters') b"
is "deflated by one edition of an index" "102.00|" "SELECT round(real_amount, 2), note FROM industry.deflate(100, 2018, 2019, 'made-up index')"
is "or not at all" "|no edition of the index \"made-up index\" has both 2018 and 2020, forecasts apart" \
	"SELECT real_amount, note FROM industry.deflate(100, 2018, 2020, 'made-up index')"

# cumulative output and learning curves

is "cumulative sales of lithium-ion cells, on an initial stock" "1991-01-01|0.50013|
1994-01-01|0.553548569262|" \
	"SELECT period_first, cumulative, note FROM industry.cumulative_output('Ziegler and Trancik', 'liion_cells', 'shipped', 'Li-ion', 'World', '0.5 GWh')
	 WHERE period_first IN ('1991-01-01', '1994-01-01') ORDER BY 1"
is "without one it starts at zero and says so" "0.00013|starts here at zero: no initial stock was given" \
	"SELECT cumulative, note FROM industry.cumulative_output('Ziegler and Trancik', 'liion_cells', 'shipped', 'Li-ion') WHERE period_first = '1991-01-01'"
is "the learning curve is R's: rate, interval, R squared" "4|0.04256406540|-0.0299111698|0.1099391912|0.7668493897" \
	"SELECT points, round(learning_rate::numeric, 11), round(learning_rate_low::numeric, 10), round(learning_rate_high::numeric, 10), round(r_squared::numeric, 10)
	 FROM industry.learning_fit('Ziegler and Trancik', 'liion_cells', scope => 'cell', all_years => true)"
query $db <<'SQL'
-- further prices: packs, nominal, another base year, levelised cost
CREATE FUNCTION pg_temp.new_price(source text, metric text, scope text, money text, base int, kind text, year int, cost numeric, lcos numeric) RETURNS void LANGUAGE sql AS $$
	INSERT INTO industry.series (publisher, kind, metric, scope, price_or_cost, money_basis, base_year)
	SELECT o.publisher, 'price', $2, $3, $6, $4, $5 FROM industry.source o WHERE o.source = $1
	ON CONFLICT ON CONSTRAINT series_once DO NOTHING;
	INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
	SELECT s.series_id, o.source_id, o.publisher, make_date($7, 1, 1), make_date($7, 12, 31)
	FROM industry.source o JOIN industry.series s ON s.publisher = o.publisher AND s.kind = 'price' AND s.metric = $2 AND s.scope = $3
		AND s.money_basis = $4 AND s.base_year IS NOT DISTINCT FROM $5 AND s.price_or_cost = $6
	WHERE o.source = $1;
	INSERT INTO industry.price_observation (set_id, source_id, subject_as_printed, as_printed, cost, lcos_usd_per_kwh_discharged)
	SELECT t.set_id, t.source_id, 'x', coalesce($8, $9)::text, $8, $9 FROM industry.statement_set t ORDER BY t.set_id DESC LIMIT 1
$$;
SELECT pg_temp.new_price('bnef-2024', 'liion_packs', 'pack', 'nominal', NULL, 'price', 2018, 176, NULL),
	   pg_temp.new_price('owid', 'liion_cells_owid', 'cell', 'real', 2024, 'price', 1991, 9210, NULL),
	   pg_temp.new_price('doe-2022', 'ev_packs', 'pack', 'nominal', NULL, 'cost', 2017, 219, NULL),
	   pg_temp.new_price('doe-2022', 'ev_packs', 'pack', 'real', 2022, 'cost', 2017, 260.6, NULL),
	   pg_temp.new_price('doe-2022', 'storage', 'lcos', 'nominal', NULL, 'cost', 2017, NULL, 0.05) \g /dev/null
SQL
refused "cells and packs are not mixed" 22023 "scope => 'cell'" \
	"SELECT * FROM industry.learning_fit('Ziegler and Trancik', 'liion_cells')"
refused "nominal and real are not mixed" 22023 "money_basis => 'nominal'" \
	"SELECT * FROM industry.learning_fit('Ziegler and Trancik', 'liion_cells', scope => 'pack')"
refused "base years are not mixed" 22023 "base_year => 2018" \
	"SELECT * FROM industry.learning_fit('Ziegler and Trancik', 'liion_cells', scope => 'cell')"
refused "prices and costs are not mixed" 22023 "price_or_cost" \
	"SELECT * FROM industry.learning_fit('Ziegler and Trancik', 'liion_cells', scope => 'pack', money_basis => 'nominal')"
refused "what is not there is said" 22023 "price_series()" \
	"SELECT * FROM industry.learning_fit('Ziegler and Trancik', 'liion_cells', scope => 'system')"
is "named, they are read; by default without the first year's sum, a tenth and more of which is not known" "Li-ion|2018|3" \
	"SELECT chemistry, base_year_used, points FROM industry.learning_fit('Ziegler and Trancik', 'liion_cells', scope => 'cell', base_year => 2018)"
is "a price without output of its period is left out, and said" "0|1" \
	"SELECT points, left_out FROM industry.learning_fit('Ziegler and Trancik', 'liion_cells', scope => 'lcos')"

is "capacities a year are no output and do not add up" "t|amounts on the basis nameplate_per_year do not add up over periods" \
	"WITH s AS (INSERT INTO industry.series (publisher, kind, metric, basis) VALUES ('Made up', 'capacity', 'x', 'nameplate_per_year') RETURNING series_id),
	 t AS (INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
		   SELECT series_id, industry.find_source('made-up'), 'Made up', '2019-01-01', '2019-12-31' FROM s RETURNING set_id, source_id)
	 INSERT INTO industry.capacity_observation (set_id, source_id, row_kind, as_printed, capacity) SELECT set_id, source_id, 'stated_total', '1', 1 FROM t;
	 SELECT cumulative IS NULL, note FROM industry.cumulative_output('Made up', 'x', 'nameplate_per_year', initial_stock => '0')"
query $db <<'SQL'
INSERT INTO industry.plant (plant, maker_id, country, also_printed) VALUES ('Skellefteå', industry.find_maker('Northvolt'), 'SE', '{Northvolt Ett}');
INSERT INTO industry.series (publisher, kind, metric) VALUES ('Press', 'capacity_event', 'plants');
INSERT INTO industry.source (source, publisher, edition, published) VALUES ('press-2024', 'Press', '2024-01-01', '2024-01-01'), ('press-2025', 'Press', '2025-09-01', '2025-09-01');
INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
SELECT s.series_id, o.source_id, 'Press', o.published, o.published FROM industry.series s, industry.source o
WHERE s.publisher = 'Press' AND s.kind = 'capacity_event' AND o.publisher = 'Press';
INSERT INTO industry.capacity_event (set_id, source_id, as_printed, plant_id, event, happened, happened_precision, is_scheduled, maker_id, share_pct)
SELECT t.set_id, t.source_id, 'x', industry.find_plant('northvolt ett'), v.event, v.happened::date, 'day', v.is_scheduled, industry.find_maker(v.maker), v.share_pct
FROM (VALUES ('press-2022', 'operating', '2023-06-01', true, NULL, NULL::numeric), ('press-2024', 'operating', '2024-06-01', true, NULL, NULL),
			 ('press-2025', 'operating', '2025-01-01', false, NULL, NULL), ('press-2025', 'ownership', '2025-08-07', false, 'CATL', NULL),
			 ('press-2024', 'ownership', '2024-02-01', false, 'BYD', 20)) AS v (source, event, happened, is_scheduled, maker, share_pct)
JOIN industry.statement_set t ON t.source_id = industry.find_source(v.source)
JOIN industry.series s ON s.series_id = t.series_id AND s.kind = 'capacity_event';
SQL
is "promises are kept, so that slips show" "2|2023-06-01|2024-06-01|2025-01-01|580" \
	"SELECT promises, first_promised, last_promised, reported, slip_days FROM industry.plant_schedule WHERE event = 'operating'"
is "a site that changes hands stays one plant, and a fifth of it is not the plant" "Northvolt|CATL" \
	"SELECT (SELECT maker FROM industry.maker WHERE maker_id = industry.plant_owner_on(industry.find_plant('Skellefteå'), '2025-08-06')),
			(SELECT maker FROM industry.maker WHERE maker_id = industry.plant_owner_on(industry.find_plant('Skellefteå'), '2025-08-07'))"

# controls: the known cases

is "eight technologies are licensed from 2025-07-15, none the day before" "0|8" \
	"SELECT (SELECT count(*) FROM industry.control_status('2025-07-14') WHERE status = 'in force' AND object = 'technology'),
			(SELECT count(*) FROM industry.control_status('2025-07-15') WHERE status = 'in force' AND object = 'technology')"
is "No. 58: announced, suspended the day before it was to start, through its last day, then unknown" \
	"2025-10-09 not yet,2025-11-06 not yet,2025-11-07 suspended,2025-11-08 suspended,2026-11-10 suspended,2026-11-11 unknown" \
	"SELECT string_agg(d || ' ' || status, ',' ORDER BY d) FROM unnest('{2025-10-09,2025-11-06,2025-11-07,2025-11-08,2026-11-10,2026-11-11}'::date[]) d,
	 industry.control_status(d) WHERE control = 'CN-2025-58' AND item = 'LFP'"
is "and why is said" "the suspension lapsed on 2026-11-10 and no later source is on file" \
	"SELECT note FROM industry.control_status('2026-11-11') WHERE control = 'CN-2025-58' AND item = 'LFP'"
is "graphite is licensed since 2023-12-01" "not yet|in force" \
	"SELECT (SELECT status FROM industry.control_status('2023-11-30') WHERE item = 'natural flake graphite'),
			(SELECT status FROM industry.control_status('2023-12-01') WHERE item = 'natural flake graphite')"
is "graphite under No. 46: in force, then conflicting while its suspension is disputed" "in force|conflicting" \
	"SELECT (SELECT status FROM industry.control_status('2025-11-08') WHERE control = 'CN-2024-46-2'),
			(SELECT status FROM industry.control_status('2025-11-09') WHERE control = 'CN-2024-46-2')"
is "a draft is never in force, a bill past its date unknown" "draft|not yet|unknown" \
	"SELECT (SELECT status FROM industry.control_status('2030-01-01') WHERE control = 'CN-2025-draft'),
			(SELECT status FROM industry.control_status('2027-09-30') WHERE control = 'US-HR1166'),
			(SELECT status FROM industry.control_status('2027-10-01') WHERE control = 'US-HR1166')"
is "what was not known then has no status then" 0 "SELECT count(*) FROM industry.control_status('2025-12-01', '2025-11-08')"
is "thresholds are rows" "≥|2.58|g/cm3|at 220 MPa" \
	"SELECT comparison, value, unit, condition FROM industry.control_threshold WHERE item = 'LFP preparation' AND parameter = 'compaction density'"
query $db <<'SQL'
-- another source says that No. 58 was resumed on 2026-11-11, and one that it ended
INSERT INTO industry.source (source, publisher, edition, published) VALUES ('reuters-2026', 'Reuters', '2026-11-12', '2026-11-12');
INSERT INTO industry.series (publisher, kind, metric) VALUES ('Reuters', 'control_event', 'controls');
WITH added AS (
	INSERT INTO industry.statement_set (series_id, source_id, publisher)
	SELECT s.series_id, industry.find_source('reuters-2026'), 'Reuters' FROM industry.series s
	WHERE s.publisher = 'Reuters' AND s.kind = 'control_event' RETURNING set_id, source_id)
INSERT INTO industry.control_event (set_id, source_id, as_printed, control, item, event, event_date, until, by_control)
SELECT set_id, source_id, v.event, 'CN-2025-58', v.item, v.event, v.event_date::date, v.until::date, v.by_control
FROM added, (VALUES ('LFP', 'resumed', '2026-11-11', NULL, NULL), ('cell-making machines', 'suspended', '2025-11-07', '2026-12-31', 'CN-2025-70')) AS v (item, event, event_date, until, by_control);
SQL
is "a later source ends the not knowing" "in force|unknown" \
	"SELECT (SELECT status FROM industry.control_status('2026-11-11') WHERE control = 'CN-2025-58' AND item = 'LFP'),
			(SELECT status FROM industry.control_status('2026-11-11') WHERE control = 'CN-2025-58' AND item = 'cells of at least 300 Wh/kg')"
is "two sources with different dates conflict between them" "suspended|conflicting|sources differ: MOFCOM: unknown, Reuters: suspended" \
	"SELECT (SELECT status FROM industry.control_status('2026-11-10') WHERE item = 'cell-making machines'), status, note
	 FROM industry.control_status('2026-11-11') WHERE item = 'cell-making machines'"
is "as known before that source, they do not" "unknown" \
	"SELECT status FROM industry.control_status('2026-11-11', '2026-11-11') WHERE item = 'cell-making machines'"

query $db <<'SQL'
-- made up: a month-known start, two overlapping suspensions, a resumption, an end, a disputed end
INSERT INTO industry.export_control (control, issuer_country, reference, instrument)
VALUES ('X-1', 'CN', 'x', 'licence'), ('X-2', 'CN', 'x', 'licence'), ('X-s1', 'CN', 'x', 'suspension'), ('X-s2', 'CN', 'x', 'suspension');
INSERT INTO industry.series (publisher, kind, metric) VALUES ('Made up', 'control_event', 'x');
WITH added AS (
	INSERT INTO industry.statement_set (series_id, source_id, publisher)
	SELECT s.series_id, industry.find_source('made-up'), 'Made up' FROM industry.series s WHERE s.publisher = 'Made up' AND s.kind = 'control_event'
	RETURNING set_id, source_id)
INSERT INTO industry.control_event (set_id, source_id, as_printed, control, event, event_date, event_precision, until, by_control, is_disputed)
SELECT set_id, source_id, 'x', v.control, v.event, v.event_date::date, v.event_precision, v.until::date, v.by_control, v.is_disputed
FROM added, (VALUES ('X-1', 'in_force', '2030-03-01', 'month', NULL, NULL, false),
					('X-1', 'suspended', '2031-01-01', 'day', '2031-12-31', 'X-s1', false), ('X-1', 'suspended', '2031-03-01', 'day', '2031-04-30', 'X-s2', false),
					('X-1', 'resumed', '2031-10-01', 'day', NULL, NULL, false), ('X-1', 'ends', '2032-06-30', 'day', NULL, NULL, false),
					('X-2', 'in_force', '2030-01-01', 'day', NULL, NULL, false), ('X-2', 'withdrawn', '2031-01-01', 'day', NULL, NULL, true))
	AS v (control, event, event_date, event_precision, until, by_control, is_disputed);
SQL
is "bounds: a rough start, overlapping suspensions, a resumption, the last day" \
	"2030-02-28 not yet,2030-03-15 unknown,2030-03-31 in force,2030-12-31 in force,2031-01-01 suspended,2031-05-01 suspended,2031-09-30 suspended,2031-10-01 in force,2032-06-30 in force,2032-07-01 ended" \
	"SELECT string_agg(d || ' ' || status, ',' ORDER BY d)
	 FROM unnest('{2030-02-28,2030-03-15,2030-03-31,2030-12-31,2031-01-01,2031-05-01,2031-09-30,2031-10-01,2032-06-30,2032-07-01}'::date[]) d,
	 industry.control_status(d) WHERE control = 'X-1'"
is "a disputed end is conflicting" "in force|conflicting" \
	"SELECT (SELECT status FROM industry.control_status('2030-12-31') WHERE control = 'X-2'), (SELECT status FROM industry.control_status('2031-01-01') WHERE control = 'X-2')"

query $db <<'SQL'
-- made up: what is not known of a control, in every way that dates leave it open
INSERT INTO industry.export_control (control, issuer_country, reference, instrument)
SELECT 'Y-' || i, 'CN', 'y', 'licence' FROM generate_series(1, 8) AS i;
INSERT INTO industry.source (source, publisher, edition, published) VALUES ('odd-2045', 'Made up', 'odd dates', '2045-01-01');
INSERT INTO industry.series (publisher, kind, metric) VALUES ('Made up', 'control_event', 'y'), ('Made up', 'control_item', 'y');
INSERT INTO industry.statement_set (series_id, source_id, publisher)
SELECT s.series_id, industry.find_source('odd-2045'), 'Made up' FROM industry.series s WHERE s.metric = 'y';
INSERT INTO industry.control_event (set_id, source_id, as_printed, control, event, event_date, event_precision, until)
SELECT t.set_id, t.source_id, 'y', v.control, v.event, v.event_date::date, v.event_precision, v.until::date
FROM industry.statement_set t JOIN industry.series s USING (series_id),
	 (VALUES ('Y-1', 'in_force', '2050-01-01', 'day', NULL), ('Y-1', 'ends', '2051-01-01', 'year', NULL),
			 ('Y-2', 'in_force', '2050-01-01', 'day', NULL), ('Y-2', 'suspended', '2051-01-01', 'year', NULL), ('Y-2', 'resumed', '2051-06-15', 'day', NULL),
			 ('Y-3', 'in_force', '2050-01-01', 'day', NULL), ('Y-3', 'withdrawn', '2051-01-01', 'year', NULL), ('Y-3', 'in_force', '2051-06-15', 'day', NULL),
			 ('Y-4', 'announced', '2050-01-01', 'day', NULL),
			 ('Y-5', 'in_force', '2050-01-01', 'year', NULL),
			 ('Y-6', 'in_force', '2050-01-01', 'day', NULL), ('Y-6', 'suspended', '2050-06-01', 'day', NULL),
			 ('Y-7', 'in_force', '2050-01-01', 'day', NULL), ('Y-7', 'suspended', '2050-06-01', 'month', NULL), ('Y-7', 'resumed', '2051-02-01', 'month', NULL),
			 ('Y-8', 'in_force', '2050-01-01', 'day', NULL)) AS v (control, event, event_date, event_precision, until)
WHERE s.metric = 'y' AND s.kind = 'control_event';
INSERT INTO industry.control_item (set_id, source_id, as_printed, control, item, object, stage, thresholds)
SELECT t.set_id, t.source_id, 'y', c.control, 'item of ' || c.control, 'equipment', 'anode', '[]'
FROM industry.statement_set t JOIN industry.series s USING (series_id), industry.export_control c
WHERE s.metric = 'y' AND s.kind = 'control_item' AND c.control LIKE 'Y-%';
SQL
is "inside a rough date, or where one leaves open which event came last, a control is unknown" \
	"Y-1: 2050-12-31 in force, 2051-01-01 in force, 2051-01-02 unknown, 2051-12-31 unknown, 2052-01-01 ended
Y-2: 2050-12-31 in force, 2051-06-15 unknown, 2051-12-31 unknown, 2060-01-01 unknown
Y-3: 2050-12-31 in force, 2051-06-15 unknown, 2051-12-31 unknown, 2060-01-01 unknown
Y-4: 2049-12-31 not yet, 2050-01-01 unknown, 2060-01-01 unknown
Y-5: 2049-12-31 not yet, 2050-01-01 unknown, 2050-12-30 unknown, 2050-12-31 in force
Y-6: 2050-05-31 in force, 2050-06-01 suspended, 2060-01-01 suspended
Y-7: 2050-05-31 in force, 2050-06-15 unknown, 2050-06-30 suspended, 2051-02-15 unknown, 2051-02-28 in force" \
	"SELECT v.control || ': ' || string_agg(d || ' ' || s.status, ', ' ORDER BY d)
	 FROM (VALUES ('Y-1', '{2050-12-31,2051-01-01,2051-01-02,2051-12-31,2052-01-01}'::date[]), ('Y-2', '{2050-12-31,2051-06-15,2051-12-31,2060-01-01}'),
		('Y-3', '{2050-12-31,2051-06-15,2051-12-31,2060-01-01}'), ('Y-4', '{2049-12-31,2050-01-01,2060-01-01}'),
		('Y-5', '{2049-12-31,2050-01-01,2050-12-30,2050-12-31}'), ('Y-6', '{2050-05-31,2050-06-01,2060-01-01}'),
		('Y-7', '{2050-05-31,2050-06-15,2050-06-30,2051-02-15,2051-02-28}')) AS v (control, days)
	 CROSS JOIN unnest(v.days) AS d JOIN LATERAL industry.control_status(d) s ON s.control = v.control GROUP BY v.control ORDER BY v.control"
is "and why is said" "a date is known to the month or year only, and which of two events came last is not known
no source says from when
no source says until when it is suspended" \
	"SELECT note FROM industry.control_status('2060-01-01') WHERE control IN ('Y-2', 'Y-4', 'Y-6') ORDER BY control"
is "where one control is in force, those that may not be stand beside it and not among them" \
	"in force|{Y-5,Y-7,Y-8}|not sure to be in force: Y-2: unknown, Y-3: unknown, Y-4: unknown" \
	"SELECT status, controls, regexp_replace(note, '^.*; ', '') FROM industry.control_exposure('2060-01-01') WHERE object = 'equipment' AND stage = 'anode' AND from_country = 'CN'"
none "on no day does a control stand in a row of another status than its own" $db \
	"SELECT d.day, e.stage, e.status, c FROM industry.control_change_day d CROSS JOIN LATERAL industry.control_exposure(d.day) e CROSS JOIN LATERAL unnest(e.controls) AS c
	 WHERE NOT EXISTS (SELECT FROM industry.control_status(d.day) s WHERE s.control = c AND s.stage = e.stage AND s.object = e.object AND s.status = e.status)"
query $db <<'SQL'
DELETE FROM industry.control_event WHERE source_id = industry.find_source('odd-2045');
DELETE FROM industry.control_item WHERE source_id = industry.find_source('odd-2045');
DELETE FROM industry.statement_set WHERE source_id = industry.find_source('odd-2045');
DELETE FROM industry.series WHERE metric = 'y';
DELETE FROM industry.source WHERE source = 'odd-2045';
DELETE FROM industry.export_control WHERE control LIKE 'Y-%';
SQL

# exposure

query $db <<'SQL'
-- made up: a control of one material, an item with a threshold that is no number, and one not in force yet
INSERT INTO industry.export_control (control, issuer_country, reference, instrument) VALUES ('X-3', 'AU', 'x', 'licence'), ('X-4', 'CN', 'x', 'licence'), ('X-5', 'CN', 'x', 'licence');
INSERT INTO industry.source (source, publisher, edition, published) VALUES ('odd-2040', 'Made up', 'odd', '2040-01-01');
INSERT INTO industry.series (publisher, kind, metric) VALUES ('Made up', 'control_item', 'odd'), ('Made up', 'control_event', 'odd');
INSERT INTO industry.statement_set (series_id, source_id, publisher)
SELECT s.series_id, industry.find_source('odd-2040'), 'Made up' FROM industry.series s WHERE s.metric = 'odd';
INSERT INTO industry.control_item (set_id, source_id, as_printed, control, item, object, stage, material, thresholds)
SELECT t.set_id, t.source_id, 'x', v.control, v.item, v.object, v.stage, v.material, v.thresholds::jsonb
FROM industry.statement_set t JOIN industry.series s USING (series_id),
	 (VALUES ('X-3', 'ore', 'goods', 'mining', 'lithium', '[]'), ('X-4', 'dense', 'equipment', 'anode', NULL, '[{"parameter": "density", "comparison": ">", "value": "high"}]'),
			 ('X-5', 'all', 'equipment', 'anode', NULL, '[]')) AS v (control, item, object, stage, material, thresholds)
WHERE s.metric = 'odd' AND s.kind = 'control_item';
INSERT INTO industry.control_event (set_id, source_id, as_printed, control, event, event_date)
SELECT t.set_id, t.source_id, 'x', v.control, v.event, v.event_date::date
FROM industry.statement_set t JOIN industry.series s USING (series_id),
	 (VALUES ('X-3', 'in_force', '2041-01-01'), ('X-4', 'in_force', '2041-01-01'), ('X-5', 'in_force', '2041-01-01'), ('X-5', 'suspended', '2041-03-01')) AS v (control, event, event_date)
WHERE s.metric = 'odd' AND s.kind = 'control_event';
UPDATE industry.control_event SET until = '2041-03-31' WHERE control = 'X-5' AND event = 'suspended';
SQL
is "a share of the controlled material itself is no part" "lithium|f|t" \
	"SELECT DISTINCT material, covers_part, note IS NULL OR note NOT LIKE '%part of the stage%' FROM industry.control_exposure('2041-06-01') WHERE stage = 'mining' AND object = 'goods' AND from_country = 'AU'"
is "an item of unknown status does not make the one in force cover all, nor does a threshold in words" "2041-02-01|in force|f
2041-06-01|in force|t" \
	"SELECT d, status, covers_part FROM unnest('{2041-02-01,2041-06-01}'::date[]) d, industry.control_exposure(d) WHERE object = 'equipment' AND stage = 'anode' ORDER BY d"
is "a threshold in words fails no comparison" 0 "SELECT count(*) FROM industry.control_threshold WHERE value > 0 AND control LIKE 'X-%'"
query $db <<'SQL'
DELETE FROM industry.control_event WHERE source_id = industry.find_source('odd-2040');
DELETE FROM industry.control_item WHERE source_id = industry.find_source('odd-2040');
DELETE FROM industry.statement_set WHERE source_id = industry.find_source('odd-2040');
DELETE FROM industry.series WHERE metric = 'odd';
DELETE FROM industry.source WHERE source = 'odd-2040';
DELETE FROM industry.export_control WHERE control IN ('X-3', 'X-4', 'X-5');
SQL

# what a qualifier leaves open: shares stated twice, a total that is a bound, a sum of bounds

query $db <<'SQL'
INSERT INTO industry.source (source, publisher, edition, published) VALUES ('kin', 'Made up', 'kin', '2040-01-01');
INSERT INTO industry.series (publisher, kind, metric, stage, country_basis)
SELECT 'Made up', 'country_share', m, 'separator', 'plant_site' FROM unnest('{kin_twice,kin_total,kin_sum}'::text[]) AS m;
INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
SELECT s.series_id, industry.find_source('kin'), 'Made up', '2039-01-01', '2039-12-31' FROM industry.series s WHERE s.metric LIKE 'kin\_%';
INSERT INTO industry.country_share_observation (set_id, source_id, country, row_kind, subject_as_printed, as_printed, statement_number, qualifier, amount, unit,
	share_qualifier, share_pct, share_pct_low, share_pct_high)
SELECT t.set_id, t.source_id, v.country, CASE WHEN v.country IS NULL THEN 'stated_total' ELSE 'member' END, coalesce(v.country, 'World'),
	   concat(v.q, v.amount, v.pct, v.low, v.high), v.n, CASE WHEN v.amount IS NOT NULL THEN v.q END, v.amount, CASE WHEN v.amount IS NOT NULL THEN 't' END,
	   CASE WHEN v.amount IS NULL THEN v.q END, v.pct, v.low, v.high
FROM (VALUES ('kin_twice', 'CN', 1, '=', 70, NULL, NULL, NULL::numeric), ('kin_twice', 'CN', 2, '>', 97, NULL, NULL, NULL),
			 ('kin_twice', 'AU', 1, '≥', 30, NULL, NULL, NULL), ('kin_twice', 'AU', 2, '=', 20, NULL, NULL, NULL),
			 ('kin_twice', 'US', 1, '<', 40, NULL, NULL, NULL), ('kin_twice', 'US', 2, '=', 50, NULL, NULL, NULL),
			 ('kin_twice', 'CA', 1, '≤', 40, NULL, NULL, NULL), ('kin_twice', 'CA', 2, '>', 50, NULL, NULL, NULL),
			 ('kin_twice', 'CL', 1, '~', 60, NULL, NULL, NULL), ('kin_twice', 'CL', 2, '=', 50, NULL, NULL, NULL),
			 ('kin_twice', 'AR', 1, '~', 40, NULL, NULL, NULL), ('kin_twice', 'AR', 2, '=', 50, NULL, NULL, NULL),
			 ('kin_twice', 'BR', 1, 'nearly', 90, NULL, NULL, NULL), ('kin_twice', 'BR', 2, '=', 70, NULL, NULL, NULL),
			 ('kin_twice', 'ID', 1, 'nearly', 60, NULL, NULL, NULL), ('kin_twice', 'ID', 2, '=', 70, NULL, NULL, NULL),
			 ('kin_twice', 'ZA', 1, 'range', NULL, 10, 20, NULL), ('kin_twice', 'ZA', 2, '=', 15, NULL, NULL, NULL),
			 ('kin_total', 'CN', 1, '=', NULL, NULL, NULL, 60), ('kin_total', 'AU', 1, '>', NULL, NULL, NULL, 20), ('kin_total', 'US', 1, '<', NULL, NULL, NULL, 10),
			 ('kin_total', NULL, 1, '>', NULL, NULL, NULL, 100),
			 ('kin_sum', 'CN', 1, '>', NULL, NULL, NULL, 60), ('kin_sum', 'AU', 1, '=', NULL, NULL, NULL, 40)) AS v (metric, country, n, q, pct, low, high, amount)
JOIN industry.series s ON s.metric = v.metric JOIN industry.statement_set t USING (series_id);
SQL
is "of two statements each bound is one that both have: more than, at least, below, up to, about, nearly, a range" "AR||0.5
AU|0.2|
BR|0.7|0.9
CA||
CL|0.5|
CN|0.7|
ID||0.7
US||0.5
ZA|0.1|0.2" "SELECT country, share_low, share_high FROM industry.stage_share('2040-06-01') WHERE metric = 'kin_twice' ORDER BY country"
none "and the view for readers has the same" $db \
	"SELECT s.country FROM industry.stage_share('2040-06-01') s JOIN industry.bi_country_share b USING (metric, country)
	 WHERE s.metric = 'kin_twice' AND (s.share_low, s.share_high) IS DISTINCT FROM (b.share_low_fraction, b.share_high_fraction)"
# 60 of more than 100: 0.6 at the most; more than 20 of it, and less than 10, say less
is "of a total that is a bound: at the most 60 / 100" "AU|0.2|||f|as printed: >20
CN|0.6||0.6|f|of a total that is a bound or approximate
US|0.1||0.1|f|as printed: <10" "SELECT country, share, share_low, share_high, is_exact, note FROM industry.stage_share('2040-06-01') WHERE metric = 'kin_total' ORDER BY country"
is "which the view for readers does not divide by" 0 "SELECT count(share_computed_fraction) FROM industry.bi_country_share WHERE metric = 'kin_total'"
is "of more than 60 and 40: at least 60 / 100, at the most 40 / 100" "AU|0.4||0.4|f
CN|0.6|0.6||f" "SELECT country, share, share_low, share_high, is_exact FROM industry.stage_share('2040-06-01') WHERE metric = 'kin_sum' ORDER BY country"
is "nor is a rest of bounds known, or an index of them exact" "kin_sum||||f
kin_total||||f" "SELECT metric, unattributed_share, hhi_low_points, hhi_high_points, is_exact FROM industry.country_concentration() WHERE metric IN ('kin_total', 'kin_sum') ORDER BY metric"
query $db <<'SQL'
-- the total alone is a bound
UPDATE industry.country_share_observation f SET qualifier = '=' FROM industry.statement_set t, industry.series s
WHERE t.set_id = f.set_id AND s.series_id = t.series_id AND s.metric = 'kin_total' AND f.row_kind = 'member';
SQL
is "also where the total alone is a bound" "|||f" \
	"SELECT unattributed_share, hhi_low_points, hhi_high_points, is_exact FROM industry.country_concentration() WHERE metric = 'kin_total'"
query $db <<'SQL'
DELETE FROM industry.country_share_observation WHERE source_id = industry.find_source('kin');
DELETE FROM industry.statement_set WHERE source_id = industry.find_source('kin');
DELETE FROM industry.series WHERE metric LIKE 'kin\_%';
DELETE FROM industry.source WHERE source = 'kin';
SQL

is "every stage is there" 12 "SELECT count(DISTINCT stage) FROM industry.control_exposure('2025-12-01')"
is "anode: China's stated >97 % to all, not exact, and the weakest stage for goods" "CN||0.97|0.97||f|t" \
	"SELECT from_country, to_country, exposure, exposure_low, exposure_high, is_exact, is_weakest_stage FROM industry.control_exposure('2025-12-01')
	 WHERE stage = 'anode' AND object = 'goods' AND to_country IS NULL"
is "cathode technology: one report says nearly 90 % and 70 %, so the share is unknown between them" "|0.7|0.9" \
	"SELECT exposure, exposure_low, exposure_high FROM industry.control_exposure('2025-12-01') WHERE stage = 'cathode' AND object = 'technology'"
is "refining: no source states shares, so NULL and why" "||t" \
	"SELECT exposure, exposure_high, note LIKE 'no source states shares of this stage%' FROM industry.control_exposure('2025-12-01') WHERE stage = 'refining'"
is "objects are apart: cells are goods under No. 58 on no day known" 0 \
	"SELECT count(*) FROM industry.control_exposure('2025-12-01') WHERE stage = 'cell' AND status = 'in force'"
is "the day after its suspension lapsed the exposure of cells is between none and 68.4 %" "unknown||0|0.684" \
	"SELECT status, exposure, exposure_low, exposure_high FROM industry.control_exposure('2026-11-11') WHERE stage = 'cell' AND object = 'goods'"
is "the weakest stage for technology is the cathode by its lower bound, 70 %, and no other" "cathode|||0.7|t" \
	"SELECT stage, to_country, exposure, exposure_low, is_weakest_stage FROM industry.control_exposure('2025-12-01')
	 WHERE object = 'technology' AND to_country IS NULL AND is_weakest_stage"
is "no stage is the weakest that another stage's lower bound exceeds" 0 \
	"SELECT count(*) FROM unnest('{2024-01-01,2025-07-15,2025-12-01,2026-11-11}'::date[]) AS d (day)
	 CROSS JOIN LATERAL industry.control_exposure(d.day) a CROSS JOIN LATERAL industry.control_exposure(d.day) b
	 WHERE a.is_weakest_stage AND b.object = a.object AND b.to_country IS NOT DISTINCT FROM a.to_country AND b.exposure_low > coalesce(a.exposure_high, a.exposure)"
is "a stage without an exposure is not the weakest where its upper bound is less than another's, and unknown where it has none" "cell|f
refining|" \
	"SELECT stage, is_weakest_stage FROM industry.control_exposure('2026-11-11') WHERE stage = 'cell' AND object = 'goods'
	 UNION SELECT stage, is_weakest_stage FROM industry.control_exposure('2025-12-01') WHERE stage = 'refining' AND object = 'technology' ORDER BY 1"
is "a tariff is on supply from its target to its issuer" "CN|US|0.97" \
	"SELECT from_country, to_country, exposure FROM industry.control_exposure('2026-01-01') WHERE object = 'tariff' AND stage = 'anode'"
is "a stage that no instrument touches has none" "0|no instrument on file is in force" \
	"SELECT exposure, note FROM industry.control_exposure('2023-06-01') WHERE stage = 'anode'"

# sectors and technologies

query $db <<'SQL'
INSERT INTO industry.sector (sector, name) VALUES ('grid', 'Grid storage');
INSERT INTO industry.series (publisher, kind, metric) VALUES ('TCIP', 'sector_requirement', 'demands'), ('TCIP', 'sector_chemistry', 'demands'), ('TCIP', 'technology_event', 'history');
INSERT INTO industry.statement_set (series_id, source_id, publisher)
SELECT s.series_id, industry.find_source('tcip-2025'), 'TCIP' FROM industry.series s WHERE s.publisher = 'TCIP' AND s.kind IN ('sector_requirement', 'sector_chemistry', 'technology_event');
INSERT INTO industry.sector_requirement (set_id, source_id, as_printed, sector, metric, wanted, qualifier)
SELECT k.set_id, k.source_id, v.metric, 'grid', v.metric, v.wanted, NULL
FROM industry.current_set k, (VALUES ('cost', 'low'), ('service_life', 'high')) AS v (metric, wanted) WHERE k.kind = 'sector_requirement';
INSERT INTO industry.sector_chemistry (set_id, source_id, as_printed, sector, chemistry, metric)
SELECT k.set_id, k.source_id, 'long life', 'grid', 'VRFB', 'service_life' FROM industry.current_set k WHERE k.kind = 'sector_chemistry';
INSERT INTO industry.technology_event (set_id, source_id, as_printed, technology, event_code, event, happened, happened_precision, from_actor, from_country, to_actor, to_country, parent_event)
SELECT k.set_id, k.source_id, 'x', 'Li-ion', v.code, v.event, v.happened::date, 'year', v.fa, v.fc, v.ta, v.tc, v.parent
FROM industry.current_set k,
	 (VALUES ('lco', 'invention', '1980-01-01', 'Goodenough', 'GB', NULL, NULL, NULL),
			 ('sony', 'commercial_launch', '1991-01-01', NULL, NULL, 'Sony', 'JP', 'lco'),
			 ('plant', 'transfer', '2002-01-01', 'Energizer', 'US', 'STARC', 'CN', 'sony'),
			 -- a circle does no harm
			 ('a', 'licence', NULL, 'A', 'US', 'B', 'CN', 'b'), ('b', 'licence', NULL, 'B', 'CN', 'A', 'US', 'a'))
		AS v (code, event, happened, fa, fc, ta, tc, parent) WHERE k.kind = 'technology_event'
  AND (v.happened IS NOT NULL OR false);
SQL
is "which chemistries answer a sector's demands" "cost|low|
service_life|high|VRFB" "SELECT metric, wanted, chemistry FROM industry.sector_answer WHERE sector = 'grid' ORDER BY metric"
is "invented where, launched where, how many years apart" "GB|JP|11||no scale-up is told" \
	"SELECT invented_in, launched_in, years_to_launch, years_to_scale, note FROM industry.technology_gap WHERE technology = 'Li-ion'"
is "a chain of events" "lco,sony,plant" "SELECT array_to_string(path, ',') FROM industry.technology_chain WHERE event_code = 'plant'"

finish
