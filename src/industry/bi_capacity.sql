/*
 * Views for BI tools: capacities, prices and costs, what moves money (see bi.sql for what all of them keep to).
 */

/*
 * Capacities
 */

CREATE OR REPLACE VIEW industry.bi_capacity AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.basis, k.country_basis, k.application, k.geography, k.scenario, k.period_first, k.period_last,
	   k.year, k.period_label, k.period_as_printed, f.row_kind, coalesce(m.maker, p.plant, f.country, f.subject_as_printed) AS subject, m.maker,
	   m.name AS maker_name, m.country AS maker_country, y.name AS maker_country_name, p.plant, f.country, c.name AS country_name, f.chemistry::text AS chemistry, chemistry_family(f.chemistry)::text AS chemistry_family,
	   CASE WHEN d.set_id IS NULL THEN f.capacity::double precision END AS capacity_stated_gwh,
	   industry.plain_number(industry.least_stated(f.qualifier, f.capacity::numeric, f.capacity_low::numeric, d.set_id IS NOT NULL, d.low, d.low_open)) AS capacity_low_gwh,
	   industry.plain_number(industry.greatest_stated(f.qualifier, f.capacity::numeric, f.capacity_high::numeric, d.set_id IS NOT NULL, d.high, d.high_open)) AS capacity_high_gwh,
	   coalesce(f.qualifier = '=' AND d.set_id IS NULL AND g.standing = 'history', false) AS is_exact, f.qualifier, f.missing_reason,
	   coalesce(d.statements, 1)::integer AS statements, f.statement_kind, g.standing,
	   nullif(concat_ws('; ', CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || f.as_printed || '; ' || d.printed ELSE f.missing_reason END,
			industry.standing_note(g.standing, f.statement_kind)), '') AS note,
	   f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.capacity_observation f ON f.set_id = k.set_id
CROSS JOIN LATERAL (SELECT industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing) AS g
LEFT JOIN industry.country c ON c.country = f.country
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.country y ON y.country = m.country
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id
LEFT JOIN (
	SELECT o.set_id, o.maker_id, o.plant_id, o.country, o.chemistry::text AS chemistry, o.row_kind, count(*) + 1 AS statements,
		   CASE WHEN o.row_kind <> 'member' OR num_nonnulls(o.maker_id, o.plant_id, o.country) = 0 THEN o.subject_as_printed END AS other_subject,
		   min(industry.lower_bound(o.qualifier, o.capacity::numeric, o.capacity_low::numeric)) AS low,
		   min(industry.open_below(o.qualifier, o.capacity::numeric, o.capacity_low::numeric)) AS low_open,
		   max(industry.upper_bound(o.qualifier, o.capacity::numeric, o.capacity_high::numeric)) AS high,
		   max(industry.open_above(o.qualifier, o.capacity::numeric, o.capacity_high::numeric)) AS high_open,
		   string_agg(o.as_printed, '; ' ORDER BY o.statement_number) AS printed
	FROM industry.capacity_observation o
	WHERE o.statement_number > 1
	GROUP BY 1, 2, 3, 4, 5, 6, 8) AS d
  ON d.set_id = f.set_id
 AND (d.maker_id, d.plant_id, d.country, d.chemistry, d.row_kind) IS NOT DISTINCT FROM (f.maker_id, f.plant_id, f.country, f.chemistry::text, f.row_kind)
 AND d.other_subject IS NOT DISTINCT FROM
	 CASE WHEN f.row_kind <> 'member' OR num_nonnulls(f.maker_id, f.plant_id, f.country) = 0 THEN f.subject_as_printed END
WHERE f.statement_number = 1 AND k.kind = 'capacity' AND g.standing <> 'forecast';
COMMENT ON VIEW industry.bi_capacity IS 'latest edition: energy capacities as stated, one row a figure, no forecasts. They are of many bases and grains, totals among them: to be read and compared, never to be added up (bi_output has what adds up)';
COMMENT ON COLUMN industry.bi_capacity.subject IS 'what the figure is about: the maker, the plant, the country, or as printed';
COMMENT ON COLUMN industry.bi_capacity.capacity_stated_gwh IS 'capacity, GWh (GWh a year where basis is nameplate_per_year); NULL for a range, and where the source states it twice and differently';
COMMENT ON COLUMN industry.bi_capacity.capacity_low_gwh IS 'least capacity that the statement allows, GWh; NULL where it says nothing about that';
COMMENT ON COLUMN industry.bi_capacity.capacity_high_gwh IS 'greatest capacity that the statement allows, GWh; NULL where it says nothing about that';

/*
 * Prices and costs
 */

CREATE OR REPLACE VIEW industry.bi_price AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.scope, k.price_or_cost, k.money_basis, k.base_year, k.application, k.geography, k.scenario,
	   k.period_first, k.period_last, k.year, k.period_label, k.period_as_printed, f.row_kind,
	   coalesce(m.maker, p.plant, f.site, f.country, f.subject_as_printed) AS subject, m.maker, m.name AS maker_name, m.country AS maker_country,
	   y.name AS maker_country_name, coalesce(p.plant, f.site) AS site, f.country, c.name AS country_name, f.chemistry::text AS chemistry, chemistry_family(f.chemistry)::text AS chemistry_family,
	   f.status,
	   CASE WHEN d.set_id IS NULL AND k.scope <> 'lcos'
			THEN coalesce(f.cost::double precision, f.cost_usd_stated::double precision, r.usd) END AS price_usd_per_kwh,
	   CASE WHEN k.scope <> 'lcos' AND f.currency IS NULL AND d.in_currency IS NOT TRUE THEN industry.plain_number(industry.least_stated(f.qualifier, f.cost::numeric, f.cost_low::numeric, d.set_id IS NOT NULL, d.low, d.low_open)) END AS price_low_usd_per_kwh,
	   CASE WHEN k.scope <> 'lcos' AND f.currency IS NULL AND d.in_currency IS NOT TRUE THEN industry.plain_number(industry.greatest_stated(f.qualifier, f.cost::numeric, f.cost_high::numeric, d.set_id IS NOT NULL, d.high, d.high_open)) END AS price_high_usd_per_kwh,
	   CASE WHEN f.cost IS NOT NULL THEN 'stated in US$'
			WHEN f.cost_usd_stated IS NOT NULL THEN 'stated in US$ beside another currency'
			WHEN r.usd IS NOT NULL THEN 'converted' END AS price_usd_origin,
	   CASE WHEN d.set_id IS NULL THEN industry.plain_number(f.lcos_usd_per_kwh_discharged) END AS lcos_usd_per_kwh_discharged,
	   CASE WHEN k.scope = 'lcos' THEN industry.plain_number(industry.least_stated(f.qualifier, f.lcos_usd_per_kwh_discharged, f.lcos_low, d.set_id IS NOT NULL, d.low, d.low_open))
			END AS lcos_low_usd_per_kwh_discharged,
	   CASE WHEN k.scope = 'lcos' THEN industry.plain_number(industry.greatest_stated(f.qualifier, f.lcos_usd_per_kwh_discharged, f.lcos_high, d.set_id IS NOT NULL, d.high, d.high_open))
			END AS lcos_high_usd_per_kwh_discharged,
	   industry.plain_number(f.amount_per_kwh) AS amount_in_currency_per_kwh, f.currency, r.units_per_usd AS rate_units_per_usd,
	   r.rate_kind, r.rate_publisher, r.rate_edition,
	   coalesce(f.qualifier = '=' AND d.set_id IS NULL AND g.standing = 'history', false) AS is_exact, f.qualifier, f.missing_reason,
	   coalesce(d.statements, 1)::integer AS statements, f.statement_kind, g.standing,
	   nullif(concat_ws('; ', CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || f.as_printed || '; ' || d.printed
			WHEN f.missing_reason IS NOT NULL THEN f.missing_reason
			WHEN f.currency IS NOT NULL AND f.cost_usd_stated IS NULL AND k.money_basis = 'real' THEN 'real money of another currency is not converted'
			WHEN f.currency IS NOT NULL AND f.amount_per_kwh IS NOT NULL AND k.scope = 'lcos' THEN 'a levelised cost in another currency is not converted'
			ELSE r.note END, industry.standing_note(g.standing, f.statement_kind)), '') AS note,
	   f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.price_observation f ON f.set_id = k.set_id
CROSS JOIN LATERAL (SELECT industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing) AS g
LEFT JOIN industry.country c ON c.country = f.country
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.country y ON y.country = m.country
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id
LEFT JOIN (
	SELECT o.set_id, o.maker_id, o.plant_id, o.site, o.country, o.chemistry::text AS chemistry, o.row_kind, count(*) + 1 AS statements,
		   CASE WHEN o.row_kind <> 'member' OR num_nonnulls(o.maker_id, o.plant_id, o.site, o.country) = 0 THEN o.subject_as_printed END AS other_subject,
		   min(industry.lower_bound(o.qualifier, coalesce(o.cost::numeric, o.lcos_usd_per_kwh_discharged), coalesce(o.cost_low::numeric, o.lcos_low))) AS low,
		   min(industry.open_below(o.qualifier, coalesce(o.cost::numeric, o.lcos_usd_per_kwh_discharged), coalesce(o.cost_low::numeric, o.lcos_low))) AS low_open,
		   max(industry.upper_bound(o.qualifier, coalesce(o.cost::numeric, o.lcos_usd_per_kwh_discharged), coalesce(o.cost_high::numeric, o.lcos_high))) AS high,
		   max(industry.open_above(o.qualifier, coalesce(o.cost::numeric, o.lcos_usd_per_kwh_discharged), coalesce(o.cost_high::numeric, o.lcos_high))) AS high_open,
		   bool_or(o.currency IS NOT NULL) AS in_currency, string_agg(o.as_printed, '; ' ORDER BY o.statement_number) AS printed
	FROM industry.price_observation o
	WHERE o.statement_number > 1
	GROUP BY 1, 2, 3, 4, 5, 6, 7, 9) AS d
  ON d.set_id = f.set_id
 AND (d.maker_id, d.plant_id, d.site, d.country, d.chemistry, d.row_kind) IS NOT DISTINCT FROM (f.maker_id, f.plant_id, f.site, f.country, f.chemistry::text, f.row_kind)
 AND d.other_subject IS NOT DISTINCT FROM
	 CASE WHEN f.row_kind <> 'member' OR num_nonnulls(f.maker_id, f.plant_id, f.site, f.country) = 0 THEN f.subject_as_printed END
-- OFFSET 0: the function is called for the rows that need it alone
LEFT JOIN LATERAL (
	SELECT CASE WHEN u.usd <= 1000000 THEN u.usd END AS usd, u.units_per_usd, u.rate_kind, u.rate_publisher, u.rate_edition,
		   CASE WHEN u.usd > 1000000 THEN 'more than a million US$ per kWh: the amount is surely in another unit' ELSE u.note END AS note
	FROM industry.bi_usd(f.amount_per_kwh, f.currency, k.period_first, k.period_last) AS u
	WHERE f.amount_per_kwh IS NOT NULL AND k.money_basis = 'nominal' AND k.scope <> 'lcos' AND f.cost_usd_stated IS NULL OFFSET 0) AS r ON true
WHERE f.statement_number = 1 AND k.kind = 'price' AND g.standing <> 'forecast';
COMMENT ON VIEW industry.bi_price IS 'latest edition: prices and costs per kWh as stated, one row a figure, no forecasts. Scope, price_or_cost, money_basis and base_year say what a number is of: choose one of each, never average over several. A levelised cost of storage has columns of its own';
COMMENT ON COLUMN industry.bi_price.subject IS 'what the figure is about: the maker, the site, the country, or as printed';
COMMENT ON COLUMN industry.bi_price.site IS 'plant or site';
COMMENT ON COLUMN industry.bi_price.price_usd_per_kwh IS 'price or cost, US$ per kWh, the same number as million US$ per GWh (for plant_capex, per GWh a year); in money of base_year where money_basis is real. NULL for a range, where no cited rate converts it, and where the source states it twice and differently';
COMMENT ON COLUMN industry.bi_price.price_low_usd_per_kwh IS 'least price that the statement allows, US$ per kWh; NULL where it says nothing about that, and for statements in another currency';
COMMENT ON COLUMN industry.bi_price.price_high_usd_per_kwh IS 'greatest price that the statement allows, US$ per kWh; NULL where it says nothing about that, and for statements in another currency';
COMMENT ON COLUMN industry.bi_price.price_usd_origin IS 'stated in US$; stated in US$ beside another currency; converted (by the rate in this row)';
COMMENT ON COLUMN industry.bi_price.lcos_usd_per_kwh_discharged IS 'levelised cost of storage, US$ per kWh discharged: not a price of capacity';
COMMENT ON COLUMN industry.bi_price.lcos_low_usd_per_kwh_discharged IS 'least levelised cost that the statement allows, US$ per kWh discharged';
COMMENT ON COLUMN industry.bi_price.lcos_high_usd_per_kwh_discharged IS 'greatest levelised cost that the statement allows, US$ per kWh discharged';
COMMENT ON COLUMN industry.bi_price.currency IS 'currency of amount_in_currency_per_kwh, ISO 4217; NULL where the statement is in US$';
COMMENT ON COLUMN industry.bi_price.amount_in_currency_per_kwh IS 'as stated in another currency, in units of currency per kWh';
COMMENT ON COLUMN industry.bi_price.rate_units_per_usd IS 'exchange rate used: units of currency that one US$ bought';
COMMENT ON COLUMN industry.bi_price.rate_kind IS 'kind of that rate: spot, average or implied';
COMMENT ON COLUMN industry.bi_price.rate_publisher IS 'publisher of that rate';
COMMENT ON COLUMN industry.bi_price.rate_edition IS 'edition that states that rate';

/*
 * Minerals that capacities need
 */

CREATE OR REPLACE VIEW industry.bi_mineral_demand AS
SELECT k.publisher, k.edition, k.metric, k.basis, k.geography, k.scenario, k.period_first, k.period_last, k.year, k.period_label, k.row_kind, k.maker, k.maker_name, k.plant, k.country, k.country_name,
	   k.chemistry, i.mineral, i.symbol, k.capacity_stated_gwh, industry.plain_number(i.kg_per_kwh) AS kg_per_kwh,
	   industry.plain_number(mineral_demand(f.chemistry, f.capacity, i.symbol)) AS demand_stated_tonnes, i.describes::text AS intensity_of,
	   i.basis AS intensity_basis, i.source AS intensity_source, k.is_exact, k.qualifier, k.statement_kind, k.standing, k.as_printed, k.locator, k.fact_id
FROM industry.bi_capacity k
JOIN industry.capacity_observation f ON f.fact_id = k.fact_id::bigint
CROSS JOIN LATERAL mineral_intensities(f.chemistry) AS i
WHERE f.chemistry IS NOT NULL AND k.capacity_stated_gwh IS NOT NULL;
COMMENT ON VIEW industry.bi_mineral_demand IS 'latest edition: minerals in stated capacities whose chemistry is stated, one row a capacity and mineral. Chemistries without a published intensity have no row, nor has a capacity that its source states twice and differently. Like the capacities, they are to be read, not to be added up';
COMMENT ON COLUMN industry.bi_mineral_demand.capacity_stated_gwh IS 'capacity, GWh (GWh a year where basis is nameplate_per_year); it repeats in the row of each mineral';
COMMENT ON COLUMN industry.bi_mineral_demand.mineral IS 'mineral';
COMMENT ON COLUMN industry.bi_mineral_demand.symbol IS 'symbol of the element';
COMMENT ON COLUMN industry.bi_mineral_demand.kg_per_kwh IS 'intensity, kg per kWh';
COMMENT ON COLUMN industry.bi_mineral_demand.demand_stated_tonnes IS 'demand, tonnes (tonnes a year where basis is nameplate_per_year)';
COMMENT ON COLUMN industry.bi_mineral_demand.intensity_of IS 'chemistry that the intensity was published for';
COMMENT ON COLUMN industry.bi_mineral_demand.intensity_basis IS 'what the intensity assumes';
COMMENT ON COLUMN industry.bi_mineral_demand.intensity_source IS 'where the intensity is from';
COMMENT ON COLUMN industry.bi_mineral_demand.is_exact IS 'whether the capacity is exact as printed';
