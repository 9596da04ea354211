/*
 * Views for BI tools: plants, projects, events and what plants cost (see bi.sql for what all of them keep to).
 */

/*
 * Plants
 */

CREATE OR REPLACE VIEW industry.bi_expansion AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.scenario, k.period_first, k.period_last, k.year, k.period_as_printed, f.row_kind, m.maker,
	   m.country AS maker_country, coalesce(p.plant, f.site) AS site, f.phase, f.country, f.chemistry::text AS chemistry,
	   chemistry_family(f.chemistry)::text AS chemistry_family, f.status, f.announced, f.announced_precision,
	   CASE WHEN d.set_id IS NULL THEN f.capacity::double precision END AS capacity_gwh_per_year,
	   industry.plain_number(industry.least_stated(f.qualifier, f.capacity::numeric, f.capacity_low::numeric, d.set_id IS NOT NULL, d.low, d.low_open)) AS capacity_low_gwh_per_year,
	   industry.plain_number(industry.greatest_stated(f.qualifier, f.capacity::numeric, f.capacity_high::numeric, d.set_id IS NOT NULL, d.high, d.high_open)) AS capacity_high_gwh_per_year,
	   CASE WHEN d.set_id IS NULL THEN u.usd END AS investment_usd,
	   CASE WHEN f.currency = 'USD' THEN industry.plain_number(industry.least_stated(f.investment_qualifier, f.investment, f.investment_low, d.set_id IS NOT NULL, d.investment_low, d.investment_low_open)) END AS investment_low_usd,
	   CASE WHEN f.currency = 'USD' THEN industry.plain_number(industry.greatest_stated(f.investment_qualifier, f.investment, f.investment_high, d.set_id IS NOT NULL, d.investment_high, d.investment_high_open)) END AS investment_high_usd,
	   CASE WHEN f.currency = 'USD' AND f.investment IS NOT NULL THEN 'stated in US$'
			WHEN f.investment_usd_stated IS NOT NULL THEN 'stated in US$ beside another currency'
			WHEN r.usd IS NOT NULL THEN 'converted' END AS investment_usd_origin,
	   industry.plain_number(f.investment) AS investment_in_currency, f.currency, r.units_per_usd AS rate_units_per_usd, r.rate_kind, r.rate_publisher, r.rate_edition,
	   -- less than 0.001 US$ per kWh is a slip of a thousand or a million
	   CASE WHEN d.set_id IS NULL AND f.capacity::double precision > 0 AND u.usd >= 1000 * f.capacity::double precision
			THEN u.usd / 1e6 / f.capacity::double precision END AS cost_usd_per_kwh,
	   industry.plain_number(f.owned_pct / 100) AS owned_fraction,
	   coalesce(f.qualifier = '=' AND f.investment_qualifier = '=' AND d.set_id IS NULL, false) AS is_exact, f.qualifier, f.investment_qualifier,
	   f.missing_reason, f.investment_missing_reason, coalesce(d.statements, 1)::integer AS statements, f.statement_kind,
	   CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || concat_ws('; ', concat_ws(', ', f.as_printed, f.investment_as_printed), d.printed)
			WHEN f.capacity IS NULL THEN 'capacity: ' || coalesce(f.missing_reason, 'no single value')
			WHEN u.usd IS NULL THEN coalesce(r.note, 'investment: ' || coalesce(f.investment_missing_reason, 'no single value'))
			WHEN u.usd < 1000 * f.capacity::double precision THEN 'less than 0.001 US$ per kWh: the investment is surely in thousands or millions' END AS note,
	   f.as_printed, f.investment_as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.expansion f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id
LEFT JOIN (
	SELECT o.set_id, o.maker_id, o.plant_id, o.site, o.phase, o.chemistry::text AS chemistry, o.row_kind, count(*) + 1 AS statements,
		   min(industry.lower_bound(o.qualifier, o.capacity::numeric, o.capacity_low::numeric)) AS low,
		   min(industry.open_below(o.qualifier, o.capacity::numeric, o.capacity_low::numeric)) AS low_open,
		   max(industry.upper_bound(o.qualifier, o.capacity::numeric, o.capacity_high::numeric)) AS high,
		   max(industry.open_above(o.qualifier, o.capacity::numeric, o.capacity_high::numeric)) AS high_open,
		   min(industry.lower_bound(o.investment_qualifier, o.investment, o.investment_low)) FILTER (WHERE o.currency = 'USD') AS investment_low,
		   min(industry.open_below(o.investment_qualifier, o.investment, o.investment_low)) FILTER (WHERE o.currency = 'USD') AS investment_low_open,
		   max(industry.upper_bound(o.investment_qualifier, o.investment, o.investment_high)) FILTER (WHERE o.currency = 'USD') AS investment_high,
		   max(industry.open_above(o.investment_qualifier, o.investment, o.investment_high)) FILTER (WHERE o.currency = 'USD') AS investment_high_open,
		   string_agg(concat_ws(', ', o.as_printed, o.investment_as_printed), '; ' ORDER BY o.statement_number) AS printed
	FROM industry.expansion o
	WHERE o.statement_number > 1
	GROUP BY o.set_id, o.maker_id, o.plant_id, o.site, o.phase, o.chemistry::text, o.row_kind) AS d
  ON d.set_id = f.set_id
 AND (d.maker_id, d.plant_id, d.site, d.phase, d.chemistry, d.row_kind) IS NOT DISTINCT FROM (f.maker_id, f.plant_id, f.site, f.phase, f.chemistry::text, f.row_kind)
LEFT JOIN LATERAL industry.bi_usd(f.investment, f.currency, f.announced, industry.last_day_of(f.announced, f.announced_precision)) AS r
  ON f.currency <> 'USD' AND f.investment IS NOT NULL AND f.investment_usd_stated IS NULL
CROSS JOIN LATERAL (
	SELECT industry.plain_number(coalesce(CASE WHEN f.currency = 'USD' THEN f.investment END, f.investment_usd_stated)) AS stated) AS s
CROSS JOIN LATERAL (SELECT coalesce(s.stated, r.usd) AS usd) AS u
WHERE f.statement_number = 1 AND k.kind = 'expansion';
COMMENT ON VIEW industry.bi_expansion IS 'latest edition: announced additions of plant capacity, one row a plant or project; choose row_kind member before adding up. A mean cost is the sum of investment_usd over the sum of capacity_gwh_per_year of the rows that have both: bi_plant_cost has it';
COMMENT ON COLUMN industry.bi_expansion.site IS 'plant or site';
COMMENT ON COLUMN industry.bi_expansion.capacity_gwh_per_year IS 'added capacity, GWh a year; NULL for a range, and where the source states it twice and differently';
COMMENT ON COLUMN industry.bi_expansion.capacity_low_gwh_per_year IS 'least capacity that the statement allows, GWh a year';
COMMENT ON COLUMN industry.bi_expansion.capacity_high_gwh_per_year IS 'greatest capacity that the statement allows, GWh a year';
COMMENT ON COLUMN industry.bi_expansion.investment_usd IS 'investment, US$; NULL where it is not stated in US$ and no cited rate converts it';
COMMENT ON COLUMN industry.bi_expansion.investment_low_usd IS 'least investment that a statement in US$ allows, US$';
COMMENT ON COLUMN industry.bi_expansion.investment_high_usd IS 'greatest investment that a statement in US$ allows, US$';
COMMENT ON COLUMN industry.bi_expansion.investment_usd_origin IS 'stated in US$; stated in US$ beside another currency; converted (by the rate in this row)';
COMMENT ON COLUMN industry.bi_expansion.investment_in_currency IS 'investment as stated, in units of currency';
COMMENT ON COLUMN industry.bi_expansion.rate_units_per_usd IS 'exchange rate used: units of currency that one US$ bought';
COMMENT ON COLUMN industry.bi_expansion.rate_kind IS 'kind of that rate: spot, average or implied';
COMMENT ON COLUMN industry.bi_expansion.rate_publisher IS 'publisher of that rate';
COMMENT ON COLUMN industry.bi_expansion.rate_edition IS 'edition that states that rate';
COMMENT ON COLUMN industry.bi_expansion.cost_usd_per_kwh IS 'investment over capacity of this row, US$ per kWh a year, the same number as million US$ per GWh a year; never average it, never add it up';
COMMENT ON COLUMN industry.bi_expansion.owned_fraction IS 'share of the plant that the maker owns, 0 to 1, where stated';

CREATE OR REPLACE FUNCTION industry.bi_rows_plant_cost()
RETURNS TABLE (publisher text, edition text, metric text, scenario text, origin text, grain text, maker text, country text, plants integer, left_out integer,
	capacity_gwh_per_year double precision, investment_usd double precision, cost_usd_per_kwh double precision,
	mean_of_plants_usd_per_kwh double precision, is_exact boolean, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT p.publisher, p.edition, p.metric, p.scenario, p.origin, p.grain, p.maker, p.country, p.plants::integer, p.left_out::integer, p.capacity::double precision,
		   industry.plain_number(p.investment_usd), p.marginal_cost::double precision, p.mean_of_plants::double precision, p.is_exact, p.note
	FROM industry.plant_cost p;
END;
COMMENT ON FUNCTION industry.bi_rows_plant_cost() IS 'rows of bi_plant_cost: the view plant_cost in plain types. Runs with the rights of its owner';

CREATE OR REPLACE VIEW industry.bi_plant_cost AS
SELECT p.publisher, p.edition, p.metric, p.scenario, p.origin, p.grain, p.maker, p.country, p.plants, p.left_out, p.capacity_gwh_per_year, p.investment_usd,
	   p.cost_usd_per_kwh, p.mean_of_plants_usd_per_kwh, p.is_exact, p.note
FROM industry.bi_rows_plant_cost() AS p;
COMMENT ON VIEW industry.bi_plant_cost IS 'latest edition: what a GWh a year of new plant costs, by maker, by country and over all (grain): filter on one grain and one origin. The totals are rows of their own, because costs neither add up nor average';
COMMENT ON COLUMN industry.bi_plant_cost.origin IS 'computed from expansions, or as stated';
COMMENT ON COLUMN industry.bi_plant_cost.grain IS 'what the row is about: maker and country, maker, country, all; derived in the report: an average that the report gives';
COMMENT ON COLUMN industry.bi_plant_cost.maker IS 'short name of the maker; NULL in rows over all makers';
COMMENT ON COLUMN industry.bi_plant_cost.country IS 'country of the site, ISO 3166-1 alpha-2; NULL in rows over all countries';
COMMENT ON COLUMN industry.bi_plant_cost.plants IS 'plants or statements';
COMMENT ON COLUMN industry.bi_plant_cost.left_out IS 'plants that lack a capacity or an investment in US$';
COMMENT ON COLUMN industry.bi_plant_cost.capacity_gwh_per_year IS 'sum over the plants that count, GWh a year';
COMMENT ON COLUMN industry.bi_plant_cost.investment_usd IS 'sum over the plants that count, US$';
COMMENT ON COLUMN industry.bi_plant_cost.cost_usd_per_kwh IS 'sum of US$ over sum of capacity, or as stated: US$ per kWh a year, the same number as million US$ per GWh a year';
COMMENT ON COLUMN industry.bi_plant_cost.mean_of_plants_usd_per_kwh IS 'unweighted mean of the plants'' costs, for comparison with statements that average so';
COMMENT ON COLUMN industry.bi_plant_cost.is_exact IS 'whether every figure is exact as printed';
COMMENT ON COLUMN industry.bi_plant_cost.note IS 'what was left out, and why';

CREATE OR REPLACE VIEW industry.bi_storage_project AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.scenario, k.period_first, k.period_last, k.year, k.period_as_printed, f.project, f.unit_id, f.phase,
	   f.unit_id IS NULL AND EXISTS (
			SELECT FROM industry.storage_project o
			WHERE o.set_id = f.set_id AND o.project = f.project AND o.row_kind = 'member'
			  AND (f.phase IS NULL AND num_nonnulls(o.unit_id, o.phase) > 0 OR o.phase = f.phase AND o.unit_id IS NOT NULL)) AS has_parts, m.maker, f.country, f.place,
	   f.chemistry::text AS chemistry, chemistry_family(f.chemistry)::text AS chemistry_family, f.status, f.status_as_printed,
	   CASE WHEN d.set_id IS NULL THEN industry.plain_number(f.power_mw) END AS power_mw,
	   industry.plain_number(industry.least_stated(f.power_qualifier, f.power_mw, f.power_mw_low, d.set_id IS NOT NULL, d.power_low, d.power_low_open)) AS power_low_mw,
	   industry.plain_number(industry.greatest_stated(f.power_qualifier, f.power_mw, f.power_mw_high, d.set_id IS NOT NULL, d.power_high, d.power_high_open)) AS power_high_mw,
	   CASE WHEN d.set_id IS NULL THEN f.energy::double precision END AS energy_gwh,
	   industry.plain_number(industry.least_stated(f.qualifier, f.energy::numeric, f.energy_low::numeric, d.set_id IS NOT NULL, d.low, d.low_open)) AS energy_low_gwh,
	   industry.plain_number(industry.greatest_stated(f.qualifier, f.energy::numeric, f.energy_high::numeric, d.set_id IS NOT NULL, d.high, d.high_open)) AS energy_high_gwh,
	   -- a bound has no quotient
	   CASE WHEN d.set_id IS NULL AND f.power_mw > 0 AND f.qualifier IN ('=', '~') AND f.power_qualifier IN ('=', '~')
			THEN industry.plain_number(1000 * f.energy::numeric / f.power_mw) END AS duration_hours,
	   CASE WHEN d.set_id IS NULL
			THEN industry.plain_number(1000 * industry.lower_bound(f.qualifier, f.energy::numeric, f.energy_low::numeric)
									   / nullif(industry.upper_bound(f.power_qualifier, f.power_mw, f.power_mw_high), 0)) END AS duration_low_hours,
	   CASE WHEN d.set_id IS NULL
			THEN industry.plain_number(1000 * industry.upper_bound(f.qualifier, f.energy::numeric, f.energy_high::numeric)
									   / nullif(industry.lower_bound(f.power_qualifier, f.power_mw, f.power_mw_low), 0)) END AS duration_high_hours,
	   u.usd AS amount_usd,
	   CASE WHEN f.currency = 'USD' AND f.amount IS NOT NULL THEN 'stated in US$'
			WHEN f.amount_usd_stated IS NOT NULL THEN 'stated in US$ beside another currency'
			WHEN r.usd IS NOT NULL THEN 'converted' END AS amount_usd_origin,
	   CASE WHEN d.set_id IS NULL AND f.energy::double precision > 0 AND u.usd >= 1000 * f.energy::double precision
			THEN u.usd / 1e6 / f.energy::double precision END AS system_price_usd_per_kwh,
	   coalesce(coalesce(f.qualifier, '=') = '=' AND coalesce(f.power_qualifier, '=') = '=' AND d.set_id IS NULL AND num_nonnulls(f.energy, f.power_mw) > 0, false) AS is_exact,
	   f.qualifier, f.missing_reason, f.power_qualifier, f.power_missing_reason, coalesce(d.statements, 1)::integer AS statements,
	   CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || concat_ws('; ', concat_ws(', ', nullif(f.as_printed, ''), f.power_as_printed), d.printed)
			WHEN f.energy IS NULL THEN 'energy: ' || coalesce(f.missing_reason, 'no single value')
			WHEN f.amount IS NULL AND f.amount_usd_stated IS NULL THEN 'no cost is stated'
			WHEN u.usd IS NULL THEN r.note
			WHEN u.usd < 1000 * f.energy::double precision THEN 'less than 0.001 US$ per kWh: the cost is surely in thousands or millions' END AS note,
	   f.as_printed, f.power_as_printed, f.amount_as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.storage_project f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN (
	SELECT o.set_id, o.project, o.unit_id, o.phase, count(*) + 1 AS statements,
		   min(industry.lower_bound(o.qualifier, o.energy::numeric, o.energy_low::numeric)) AS low,
		   min(industry.open_below(o.qualifier, o.energy::numeric, o.energy_low::numeric)) AS low_open,
		   max(industry.upper_bound(o.qualifier, o.energy::numeric, o.energy_high::numeric)) AS high,
		   max(industry.open_above(o.qualifier, o.energy::numeric, o.energy_high::numeric)) AS high_open,
		   min(industry.lower_bound(o.power_qualifier, o.power_mw, o.power_mw_low)) AS power_low,
		   min(industry.open_below(o.power_qualifier, o.power_mw, o.power_mw_low)) AS power_low_open,
		   max(industry.upper_bound(o.power_qualifier, o.power_mw, o.power_mw_high)) AS power_high,
		   max(industry.open_above(o.power_qualifier, o.power_mw, o.power_mw_high)) AS power_high_open,
		   string_agg(concat_ws(', ', nullif(o.as_printed, ''), o.power_as_printed), '; ' ORDER BY o.statement_number) AS printed
	FROM industry.storage_project o WHERE o.statement_number > 1 GROUP BY o.set_id, o.project, o.unit_id, o.phase) AS d
  ON d.set_id = f.set_id AND d.project = f.project AND (d.unit_id, d.phase) IS NOT DISTINCT FROM (f.unit_id, f.phase)
LEFT JOIN LATERAL industry.bi_usd(f.amount, f.currency, k.period_first, k.period_last) AS r
  ON f.currency <> 'USD' AND f.amount IS NOT NULL AND f.amount_usd_stated IS NULL
CROSS JOIN LATERAL (
	SELECT industry.plain_number(coalesce(CASE WHEN f.currency = 'USD' THEN f.amount END, f.amount_usd_stated)) AS stated) AS s
CROSS JOIN LATERAL (SELECT coalesce(s.stated, r.usd) AS usd) AS u
WHERE f.statement_number = 1 AND f.row_kind = 'member' AND k.kind = 'storage_project';
COMMENT ON VIEW industry.bi_storage_project IS 'latest edition: storage projects, one row a project, or a unit or phase of one where the source lists these. They add up within one status where has_parts is false: operating and planned ones are never one sum. Their price per energy is of a whole system: not of cells, and not a plant''s capex';
COMMENT ON COLUMN industry.bi_storage_project.power_mw IS 'power, MW; NULL for a range, and where the source states it twice and differently';
COMMENT ON COLUMN industry.bi_storage_project.power_low_mw IS 'least power that the statement allows, MW';
COMMENT ON COLUMN industry.bi_storage_project.power_high_mw IS 'greatest power that the statement allows, MW';
COMMENT ON COLUMN industry.bi_storage_project.has_parts IS 'whether units or phases of this are rows of their own: filter on false before adding up';
COMMENT ON COLUMN industry.bi_storage_project.energy_gwh IS 'energy, GWh';
COMMENT ON COLUMN industry.bi_storage_project.energy_low_gwh IS 'least energy that the statement allows, GWh';
COMMENT ON COLUMN industry.bi_storage_project.energy_high_gwh IS 'greatest energy that the statement allows, GWh';
COMMENT ON COLUMN industry.bi_storage_project.duration_hours IS 'energy over power, hours; NULL where one of them is a bound, a range, or stated twice and differently';
COMMENT ON COLUMN industry.bi_storage_project.duration_low_hours IS 'least duration that the statements allow, hours: least energy over greatest power';
COMMENT ON COLUMN industry.bi_storage_project.duration_high_hours IS 'greatest duration that the statements allow, hours: greatest energy over least power';
COMMENT ON COLUMN industry.bi_storage_project.amount_usd IS 'cost of the project, US$';
COMMENT ON COLUMN industry.bi_storage_project.amount_usd_origin IS 'stated in US$; stated in US$ beside another currency; converted by a cited rate of the period';
COMMENT ON COLUMN industry.bi_storage_project.system_price_usd_per_kwh IS 'cost over energy of this project, US$ per kWh; never average it, never add it up';

CREATE OR REPLACE VIEW industry.bi_plant_event AS
SELECT k.publisher, k.edition, k.known_from, p.plant, p.stage, p.country, f.phase, f.event, f.happened, f.happened_precision, f.is_scheduled,
	   f.capacity::double precision AS capacity_gwh_per_year, m.maker, industry.plain_number(f.share_pct / 100) AS share_acquired_fraction,
	   industry.plain_number(f.amount) AS amount_in_currency, f.currency, f.missing_reason, f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.capacity_event f ON f.set_id = k.set_id
JOIN industry.plant p ON p.plant_id = f.plant_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
WHERE k.kind = 'capacity_event';
COMMENT ON VIEW industry.bi_plant_event IS 'latest edition: what happened, or was promised, to a plant, one row an event';
COMMENT ON COLUMN industry.bi_plant_event.stage IS 'stage of the supply chain that the plant belongs to';
COMMENT ON COLUMN industry.bi_plant_event.country IS 'country of the plant, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.bi_plant_event.maker IS 'new owner, for ownership; giver or builder otherwise, where stated';
COMMENT ON COLUMN industry.bi_plant_event.capacity_gwh_per_year IS 'capacity of the phase that the event is about, GWh a year';
COMMENT ON COLUMN industry.bi_plant_event.share_acquired_fraction IS 'share acquired, 0 to 1, for ownership';
COMMENT ON COLUMN industry.bi_plant_event.amount_in_currency IS 'amount in units of currency';
