#!/bin/bash
# Scenarios are never one another's market, units and phases are rows of their own,
# and what is sold somewhere is no supply.  Every number is computed by hand from the
# figures below; each says how.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_scenarios
create_database $db
"$root/bin/battery-industry" setup -q -d $db
query $db -f "$root/test/industry/fixture.sql"

query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('Agency');
INSERT INTO industry.source (source, publisher, title, edition, published) VALUES
	('agency-1', 'Agency', 'Outlook', '1', '2025-02-01'), ('agency-2', 'Agency', 'Outlook', '2', '2025-06-01');
CREATE FUNCTION pg_temp.add_set(source_name text, kind text, metric text, scenario text, year integer, basis text DEFAULT NULL, country_basis text DEFAULT NULL,
	stage text DEFAULT NULL, scope text DEFAULT NULL) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	series integer;
	result bigint;
BEGIN
	INSERT INTO industry.series (publisher, kind, metric, basis, scope, price_or_cost, money_basis, country_basis, stage, scenario)
	VALUES ('Agency', kind, metric, basis, scope, CASE WHEN scope IS NOT NULL THEN 'price' END, CASE WHEN scope IS NOT NULL THEN 'nominal' END, country_basis, stage, scenario)
	ON CONFLICT ON CONSTRAINT series_once DO NOTHING;
	SELECT s.series_id INTO STRICT series FROM industry.series s
	WHERE (s.publisher, s.kind, s.metric, s.basis, s.scope, s.country_basis, s.stage, s.scenario) IS NOT DISTINCT FROM
		('Agency', add_set.kind, add_set.metric, add_set.basis, add_set.scope, add_set.country_basis, add_set.stage, add_set.scenario);
	INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
	VALUES (series, industry.find_source(source_name), 'Agency', make_date(year, 1, 1), make_date(year, 12, 31)) RETURNING set_id INTO result;
	RETURN result;
END
$$;
SELECT pg_temp.add_set('agency-1', 'country_share', 'cathodes', NULL, 2025, 'output', 'plant_site', 'cathode') AS none,
	   pg_temp.add_set('agency-1', 'country_share', 'cathodes', 'STEPS', 2025, 'output', 'plant_site', 'cathode') AS steps,
	   pg_temp.add_set('agency-2', 'country_share', 'cathodes', 'STEPS', 2025, 'output', 'plant_site', 'cathode') AS steps_2,
	   pg_temp.add_set('agency-1', 'country_share', 'cathodes', 'NZE', 2025, 'output', 'plant_site', 'cathode') AS nze,
	   -- refining has shares of a scenario only
	   pg_temp.add_set('agency-1', 'country_share', 'refined', 'NZE', 2025, 'output', 'plant_site', 'refining') AS refined,
	   pg_temp.add_set('agency-1', 'country_share', 'vehicles_sold', NULL, 2025, NULL, 'market', 'system') AS sold \gset
INSERT INTO industry.country_share_observation (set_id, source_id, as_printed, row_kind, country, subject_as_printed, amount, unit)
SELECT t.set_id, t.source_id, v.amount::text, CASE WHEN v.country IS NULL THEN 'stated_total' ELSE 'member' END, v.country, v.country, v.amount, v.unit
FROM (VALUES (:none, 'CN', 60, 'GWh'), (:none, NULL, 100, 'GWh'), (:steps, 'CN', 65, 'GWh'), (:steps, NULL, 100, 'GWh'), (:steps_2, 'CN', 140, 'GWh'), (:steps_2, NULL, 200, 'GWh'),
	(:nze, 'CN', 160, 'GWh'), (:nze, NULL, 400, 'GWh'), (:refined, 'CN', 90, 'GWh'), (:refined, NULL, 100, 'GWh'),
	(:sold, 'CN', 8000000, 'vehicles'), (:sold, 'US', 1000000, 'vehicles'), (:sold, NULL, 16000000, 'vehicles')) AS v (set_id, country, amount, unit)
JOIN industry.statement_set t ON t.set_id = v.set_id;
SQL

# 60/100, 140/200 (edition 2 replaces STEPS and nothing else), 160/400
is "China of one scenario is a share of that scenario's world" "NZE|0.4|1
STEPS|0.7|2
|0.6|1" "SELECT scenario, share, edition FROM industry.stage_share('2025-12-01') WHERE publisher = 'Agency' AND stage = 'cathode' ORDER BY scenario COLLATE \"C\" NULLS LAST"
is "so it is in the concentration of countries" "NZE|400|0.4
STEPS|200|0.7
|100|0.6" "SELECT scenario, stated_total, leader_share FROM industry.country_concentration() WHERE metric = 'cathodes' ORDER BY scenario COLLATE \"C\" NULLS LAST"
is "and in the views for readers" "NZE|400|0.4
STEPS|200|0.7
|100|0.6" "SELECT scenario, stated_total_gwh, share_computed_fraction FROM industry.bi_country_share WHERE metric = 'cathodes' AND country = 'CN' ORDER BY scenario COLLATE \"C\" NULLS LAST"
is "an edition restates the scenario that it has, and no other" "STEPS|CN|65|140
STEPS|stated_total|100|200" \
	"SELECT scenario, CASE row_kind WHEN 'member' THEN subject ELSE row_kind END, older_value, newer_value FROM industry.restatement WHERE publisher = 'Agency' AND measure = 'amount' AND what_changed = 'restated' ORDER BY 2"
is "before edition 2 its scenario was as edition 1 has it, and the others the same" "NZE|0.4
STEPS|0.65
|0.6" "SELECT scenario, share FROM industry.stage_share('2025-12-01', '2025-03-01') WHERE publisher = 'Agency' AND stage = 'cathode' ORDER BY scenario COLLATE \"C\" NULLS LAST"
is "exposure is that of each scenario, and a stage that only scenarios have is unknown beside them" "cathode|NZE|0.4|
cathode|STEPS|0.7|
cathode||0.6|
refining|NZE|0.9|
refining|||the whole note" \
	"SELECT stage, share_scenario, exposure, CASE WHEN note LIKE 'no source states shares of this stage, scenarios apart%' THEN 'the whole note' END FROM industry.control_exposure('2025-12-01')
	 WHERE stage IN ('cathode', 'refining') AND object = 'technology' AND coalesce(share_publisher, 'Agency') = 'Agency' ORDER BY stage, share_scenario COLLATE \"C\" NULLS LAST"
is "each scenario has a weakest stage of its own" "NZE|refining" \
	"SELECT share_scenario, stage FROM industry.control_exposure('2025-12-01') WHERE object = 'technology' AND share_scenario = 'NZE' AND is_weakest_stage"
none "readers have the same rows" $db \
	"SELECT e.stage, e.share_scenario FROM industry.control_exposure('2025-12-01') e
	 WHERE (SELECT count(*) FROM industry.bi_control_exposure b WHERE b.stage = e.stage AND b.object IS NOT DISTINCT FROM e.object AND b.from_country IS NOT DISTINCT FROM e.from_country
		AND b.to_country IS NOT DISTINCT FROM e.to_country AND b.share_publisher IS NOT DISTINCT FROM e.share_publisher AND b.share_metric IS NOT DISTINCT FROM e.share_metric
		AND b.share_scenario IS NOT DISTINCT FROM e.share_scenario AND b.material IS NOT DISTINCT FROM e.material AND b.share_period_first IS NOT DISTINCT FROM e.share_period_first
		AND b.exposure_fraction IS NOT DISTINCT FROM e.exposure AND '2025-12-01' BETWEEN b.valid_from AND coalesce(b.valid_to, 'infinity')) <> 1"

# where things are sold

none "what is sold somewhere is no supply" $db "SELECT country FROM industry.stage_share('2025-12-01') WHERE stage = 'system'
	UNION ALL SELECT share_metric FROM industry.control_exposure('2025-12-01') WHERE share_metric = 'vehicles_sold'"
# 8 of 16 million
is "it is a market of its own, in its own unit" "market|vehicles|CN|0.5" "SELECT country_basis, unit, leader, leader_share FROM industry.country_concentration() WHERE metric = 'vehicles_sold'"
is "and its units are counted" "CN|8000000|16000000|vehicles|0.5
US|1000000|16000000|vehicles|0.0625" \
	"SELECT country, amount_in_unit, stated_total_in_unit, unit, share_computed_fraction FROM industry.bi_country_share WHERE metric = 'vehicles_sold' ORDER BY 1"

# makers, plants

query $db <<'SQL'
WITH series AS (
	INSERT INTO industry.series (publisher, kind, metric, basis, scenario) VALUES ('Agency', 'maker_share', 'packs', 'shipped', NULL), ('Agency', 'maker_share', 'packs', 'shipped', 'high'),
		('Agency', 'expansion', 'plants', NULL, NULL), ('Agency', 'expansion', 'plants', NULL, 'high') RETURNING series_id, kind, scenario),
sets AS (
	INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
	SELECT s.series_id, industry.find_source('agency-1'), 'Agency', '2024-01-01', '2024-12-31' FROM series s RETURNING set_id, source_id, series_id),
shares AS (
	INSERT INTO industry.maker_share_observation (set_id, source_id, as_printed, maker_id, amount)
	SELECT t.set_id, t.source_id, '1', industry.find_maker(v.maker), v.amount
	FROM sets t JOIN series s USING (series_id), (VALUES ('CATL', NULL, 30), ('BYD', NULL, 10), ('CATL', 'high', 50), ('BYD', 'high', 150)) AS v (maker, scenario, amount)
	WHERE s.kind = 'maker_share' AND v.scenario IS NOT DISTINCT FROM s.scenario)
INSERT INTO industry.expansion (set_id, source_id, as_printed, maker_id, site, phase, status, capacity, investment_qualifier, investment, currency)
SELECT t.set_id, t.source_id, '1', industry.find_maker('CATL'), 'Erfurt', v.phase, 'announced', v.gwh, '=', v.usd, 'USD'
FROM sets t JOIN series s USING (series_id), (VALUES (NULL, '1', 10, 1000000000), (NULL, '2', 30, 1400000000), ('high', '1', 20, 4000000000)) AS v (scenario, phase, gwh, usd)
WHERE s.kind = 'expansion' AND v.scenario IS NOT DISTINCT FROM s.scenario;
SQL
is "makers are compared within a scenario" "high|BYD|0.75
|CATL|0.75" "SELECT scenario, leader, leader_share_fraction FROM industry.bi_concentration WHERE metric = 'packs' AND NOT by_parent ORDER BY 1"
# 2.4 billion over 40 GWh, and 4 billion over 20
is "a mean cost of plants is of one scenario, its phases added up" "high|1|200
|2|60" "SELECT scenario, plants, cost_usd_per_kwh FROM industry.bi_plant_cost WHERE metric = 'plants' AND grain = 'all' ORDER BY 1"
is "phases are rows, none of them said twice" "1|10|1
2|30|1" "SELECT phase, capacity_gwh_per_year, statements FROM industry.bi_expansion WHERE metric = 'plants' AND scenario IS NULL ORDER BY 1"

# output and learning

query $db <<'SQL'
WITH series AS (
	INSERT INTO industry.series (publisher, kind, metric, basis, scope, price_or_cost, money_basis, scenario)
	SELECT 'Agency', k.kind, 'cells', CASE k.kind WHEN 'capacity' THEN 'shipped' END, k.scope, k.pc, k.money, s.scenario
	FROM (VALUES ('capacity', NULL, NULL, NULL), ('price', 'cell', 'price', 'nominal')) AS k (kind, scope, pc, money), (VALUES (NULL), ('fast')) AS s (scenario)
	RETURNING series_id, kind, scenario),
sets AS (
	INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
	SELECT s.series_id, industry.find_source('agency-1'), 'Agency', make_date(y.y, 1, 1), make_date(y.y, 12, 31) FROM series s, generate_series(2021, 2023) AS y (y)
	RETURNING set_id, source_id, series_id, extract(year FROM period_first)::integer AS year),
output AS (
	INSERT INTO industry.capacity_observation (set_id, source_id, as_printed, row_kind, subject_as_printed, chemistry, capacity)
	SELECT t.set_id, t.source_id, '1', 'stated_total', 'World', 'LFP', CASE WHEN s.scenario IS NULL THEN (ARRAY[1, 1, 2])[t.year - 2020] ELSE (ARRAY[10, 10, 20])[t.year - 2020] END
	FROM sets t JOIN series s USING (series_id) WHERE s.kind = 'capacity')
INSERT INTO industry.price_observation (set_id, source_id, as_printed, chemistry, cost)
SELECT t.set_id, t.source_id, '1', 'LFP', CASE WHEN s.scenario IS NULL THEN (ARRAY[100, 80, 64])[t.year - 2020] ELSE (ARRAY[100, 50, 25])[t.year - 2020] END
FROM sets t JOIN series s USING (series_id) WHERE s.kind = 'price';
SQL
is "cumulative output is of what is no scenario" "1|2|4" \
	"SELECT trim_scale((array_agg(cumulative::numeric ORDER BY period_first))[1]), trim_scale((array_agg(cumulative::numeric ORDER BY period_first))[2]), trim_scale((array_agg(cumulative::numeric ORDER BY period_first))[3])
	 FROM industry.cumulative_output('Agency', 'cells', 'shipped', 'LFP')"
is "or of the one that is named, on top of the history that is given" "14|24|44" \
	"SELECT trim_scale((array_agg(cumulative::numeric ORDER BY period_first))[1]), trim_scale((array_agg(cumulative::numeric ORDER BY period_first))[2]), trim_scale((array_agg(cumulative::numeric ORDER BY period_first))[3])
	 FROM industry.cumulative_output('Agency', 'cells', 'shipped', 'LFP', initial_stock => '4 GWh', scenario => 'fast')"
# prices fall by a fifth with each doubling; in the scenario to a half
is "a learning curve is of what is no scenario" "|3|0.2" "SELECT scenario_used, points, trim_scale(round(learning_rate::numeric, 9)) FROM industry.learning_fit('Agency', 'cells', scope => 'cell', price_publisher => 'Agency')"
is "or of a scenario's prices over that scenario's output" "fast|3|0.5" \
	"SELECT scenario_used, points, trim_scale(round(learning_rate::numeric, 9)) FROM industry.learning_fit('Agency', 'cells', scope => 'cell', price_publisher => 'Agency', scenario => 'fast')"
is "readers have both, under their names" "fast|3|0.5
|3|0.2" "SELECT scenario, observations, trim_scale(round(learning_rate_fraction::numeric, 9)) FROM industry.bi_learning_curve WHERE publisher = 'Agency' AND fit_window = 'default' ORDER BY 1"
is "and the output of each" "fast|40
|4" "SELECT scenario, max(cumulative_gwh) FROM industry.bi_output WHERE publisher = 'Agency' GROUP BY 1 ORDER BY 1"
refused "a scenario that is not there" 22023 "price_series()" "SELECT * FROM industry.learning_fit('Agency', 'cells', scope => 'cell', price_publisher => 'Agency', scenario => 'slow')"
query $db -c "DELETE FROM industry.price_observation f USING industry.statement_set t JOIN industry.series s USING (series_id) WHERE f.set_id = t.set_id AND s.publisher = 'Agency' AND s.kind = 'price' AND s.scenario IS NULL" \
	-c "DELETE FROM industry.statement_set t USING industry.series s WHERE s.series_id = t.series_id AND s.publisher = 'Agency' AND s.kind = 'price' AND s.scenario IS NULL"
refused "prices of scenarios alone are no history: the hint names one" 22023 "scenario => 'fast'" "SELECT * FROM industry.learning_fit('Agency', 'cells', scope => 'cell', price_publisher => 'Agency')"

# rates of a scenario

query $db <<'SQL'
WITH s AS (INSERT INTO industry.series (publisher, kind, metric, scenario) VALUES ('Agency', 'exchange_rate', 'exchange_rates', 'weak yuan') RETURNING series_id),
t AS (INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
	SELECT s.series_id, industry.find_source('agency-1'), 'Agency', '2033-01-01', '2033-12-31' FROM s RETURNING set_id, source_id)
INSERT INTO industry.exchange_rate (set_id, source_id, as_printed, currency, units_per_usd, rate_kind) SELECT set_id, source_id, '10', 'CNY', 10, 'average' FROM t;
SQL
is "a scenario's exchange rate converts nothing" "|no cited rate of CNY covers 2033-01-01 to 2033-12-31" "SELECT usd, note FROM industry.usd_at(70, 'CNY', '2033-01-01', '2033-12-31')"

# projects

query $db <<'SQL'
WITH s AS (INSERT INTO industry.series (publisher, kind, metric) VALUES ('Agency', 'storage_project', 'storage_projects') RETURNING series_id),
t AS (INSERT INTO industry.statement_set (series_id, source_id, publisher) SELECT s.series_id, industry.find_source('agency-1'), 'Agency' FROM s RETURNING set_id, source_id)
INSERT INTO industry.storage_project (set_id, source_id, as_printed, project, unit_id, phase, status, status_as_printed, power_as_printed, power_qualifier, power_mw, power_mw_low, power_mw_high,
	qualifier, energy, statement_number)
SELECT t.set_id, t.source_id, 'x', v.project, v.unit_id, v.phase, v.status, upper(v.status), v.printed, v.pq, v.mw, v.low, v.high, CASE WHEN v.gwh IS NOT NULL THEN '=' END, v.gwh, v.n
FROM t, (VALUES
	('Oak', NULL, NULL, 'operating', '150', '=', 150, NULL, NULL, 0.4, 1),
	('Oak', '1', NULL, 'operating', '100', '=', 100, NULL, NULL, 0.4, 1), ('Oak', '2', NULL, 'planned', '50', '=', 50, NULL, NULL, 0.2, 1),
	('Elm', NULL, 'I', 'operating', '> 100', '>', 100, NULL, NULL, 0.4, 1), ('Elm', NULL, 'II', 'planned', '80–100', 'range', NULL, 80, 100, 0.2, 1),
	('Yew', NULL, NULL, NULL, '10', '=', 10, NULL, NULL, 0.02, 1), ('Yew', NULL, NULL, NULL, '20', '=', 20, NULL, NULL, 0.02, 2))
	AS v (project, unit_id, phase, status, printed, pq, mw, low, high, gwh, n);
SQL
is "a row is a unit or a phase, with what it is at the least and the most" "Elm||I|operating|OPERATING||100||f
Elm||II|planned|PLANNED||80|100|f
Oak|1||operating|OPERATING|100|100|100|t
Oak|2||planned|PLANNED||50|50|t
Oak|||operating|OPERATING||150|150|t
Yew|||||||20|f" "SELECT project, unit_id, phase, status, status_as_printed, power_mw, CASE WHEN project <> 'Yew' THEN power_low_mw END, power_high_mw, is_exact
	FROM industry.bi_storage_project WHERE publisher = 'Agency' ORDER BY project, unit_id, phase"
is "what a source says twice is bounds, of the power, too" "|10|20|2|the source states: x, 10; x, 20" \
	"SELECT power_mw, power_low_mw, power_high_mw, statements, note FROM industry.bi_storage_project WHERE project = 'Yew'"
# 400 MWh over more than 100 MW is at most 4 h; 200 MWh over 80 to 100 MW is 2 to 2.5 h
is "a duration is a number where both are, and a bound of it otherwise" "Elm|I|||4
Elm|II||2|2.5
Oak||4|4|4
Oak||4|4|4" "SELECT project, phase, duration_hours, duration_low_hours, duration_high_hours FROM industry.bi_storage_project
	WHERE publisher = 'Agency' AND NOT has_parts AND project <> 'Yew' ORDER BY project, unit_id, phase"
none "the view of costs has the same durations" $db "SELECT b.project FROM industry.bi_storage_project b JOIN industry.storage_project_cost c ON c.fact_id::text = b.fact_id
	WHERE b.statements = 1 AND (b.duration_hours, b.duration_low_hours, b.duration_high_hours, b.has_parts)
		IS DISTINCT FROM (c.duration_hours::double precision, c.duration_low_hours::double precision, c.duration_high_hours::double precision, c.has_parts)"
# Oak's own row of 150 counts in no sum: its units do, and what is planned beside what operates
is "sums are of what operates, and of what is planned for itself" "100|50" "SELECT sum(power_mw), sum(power_planned_mw) FROM industry.bi_storage_project WHERE project = 'Oak'"
is "as the dictionary says" "sum, within one metric and scenario: of what operates" "SELECT total_as FROM industry.bi_measure WHERE view_name = 'bi_storage_project' AND column_name = 'power_mw'"
none "and a scenario wherever a view has what a series is about" $db \
	"SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = 'industry'::regnamespace AND c.relkind = 'v' AND a.attname IN ('metric', 'geography')
		-- of a property, demand or role, not of a series; the same of what has no scenario
		AND c.relname NOT IN ('layout_column', 'current_sector_chemistry')
		AND NOT EXISTS (SELECT FROM pg_attribute s WHERE s.attrelid = c.oid AND s.attname = 'scenario')"

finish
