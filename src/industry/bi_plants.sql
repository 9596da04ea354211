/*
 * Views for BI tools: plants, projects, events and what plants cost (see bi.sql for what all of them keep to).
 */

/*
 * Plants
 */

/*
 * Which row counts, where several are of one plant: one publisher's, the latest, of a
 * plant its phases where it lists them, and of a maker its plants
 */

CREATE OR REPLACE VIEW industry.expansion_account AS
SELECT e.fact_id, e.maker, e.metric, e.scenario, e.counted_publisher, coalesce(e.not_at_all, e.not_its_capacity) AS why_not,
	   coalesce(e.not_at_all, e.not_its_investment) AS why_not_invested,
	   CASE WHEN e.not_at_all IS NOT NULL OR e.not_its_capacity IS NOT DISTINCT FROM e.not_its_investment THEN coalesce(e.not_at_all, e.not_its_capacity)
			ELSE concat_ws('; ', 'capacity: ' || e.not_its_capacity, 'investment: ' || e.not_its_investment) END AS note, e.has_priced_parts, e.standing
FROM (SELECT a.fact_id, a.maker, a.metric, a.scenario, a.counted_publisher, a.standing,
			 a.place = '' AND a.places_priced > 0 OR a.phase IS NULL AND a.phases_priced > 0 AS has_priced_parts,
			 CASE WHEN a.row_kind <> 'member' THEN 'no plant of its own: ' || replace(a.row_kind, '_', ' ')
				  WHEN a.set_id <> a.counted_set THEN 'in sums counts ' || a.counted_publisher
				  WHEN a.status = 'cancelled' THEN 'cancelled' END AS not_at_all,
			 -- only what has a figure that counts stands in the place of another
			 CASE WHEN a.place = '' AND a.places > 0 THEN 'in sums count the maker''s plants'
				  WHEN a.phase IS NULL AND a.phases > 0 THEN 'in sums count its phases'
				  WHEN a.chemistry IS NOT NULL AND a.has_all_chemistries THEN 'part of the capacity without a chemistry' END AS not_its_capacity,
			 CASE WHEN a.place = '' AND a.places_invested > 0 THEN 'in sums count the maker''s plants'
				  WHEN a.phase IS NULL AND a.phases_invested > 0 THEN 'in sums count its phases'
				  WHEN a.chemistry IS NOT NULL AND a.has_all_invested THEN 'part of the investment without a chemistry' END AS not_its_investment
	  FROM (SELECT r.fact_id, r.set_id, r.row_kind, r.phase, r.status, r.chemistry, r.maker, r.metric, r.scenario, r.place, r.standing,
				   first_value(r.set_id) OVER w AS counted_set, first_value(r.publisher) OVER w AS counted_publisher,
				   count(r.phase) FILTER (WHERE r.has_capacity) OVER p AS phases, count(r.phase) FILTER (WHERE r.has_investment) OVER p AS phases_invested,
				   bool_or(r.chemistry IS NULL AND r.has_capacity) OVER f AS has_all_chemistries,
				   bool_or(r.chemistry IS NULL AND r.has_investment) OVER f AS has_all_invested,
				   -- of the same publisher and report: its whole is no plant beside its parts
				   count(r.phase) FILTER (WHERE r.has_capacity AND r.has_investment) OVER p AS phases_priced,
				   count(*) FILTER (WHERE r.place <> '' AND r.has_capacity AND r.has_investment) OVER s AS places_priced,
				   count(*) FILTER (WHERE r.place <> '' AND r.has_capacity) OVER m AS places,
				   count(*) FILTER (WHERE r.place <> '' AND r.has_investment) OVER m AS places_invested
			FROM (SELECT f.fact_id, f.set_id, f.row_kind, f.phase, f.status, f.chemistry, m.maker, k.metric, k.scenario, k.publisher, k.known_from, k.source,
						 coalesce(k.period_last, k.known_from) AS day, o.place AS preferred, x.place, z.has_capacity, z.has_investment,
						 industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing,
						 -- who says of a plant neither how large it is nor that it is given up takes no other's figure out
						 min(CASE WHEN z.has_capacity OR f.status = 'cancelled' AND f.phase IS NULL THEN 1 WHEN z.has_investment THEN 2 ELSE 3 END)
							OVER (PARTITION BY f.set_id, k.metric, k.scenario, m.maker, f.row_kind, x.place) AS says
				  FROM industry.latest_set k
				  JOIN industry.expansion f ON f.set_id = k.set_id
				  LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
				  -- a site that is the place of one plant of the maker is that plant
				  LEFT JOIN (
					  SELECT p.maker_id, industry.name_key(p.place) AS place_key, min(p.plant_id) AS plant_id
					  FROM industry.plant p WHERE p.place IS NOT NULL GROUP BY 1, 2 HAVING count(*) = 1) AS n
					ON f.plant_id IS NULL AND n.maker_id = f.maker_id AND n.place_key = industry.name_key(f.site)
				  LEFT JOIN industry.source_preference o ON o.kind = k.kind AND o.publisher = k.publisher
				  CROSS JOIN LATERAL (
					  SELECT coalesce('plant ' || coalesce(f.plant_id, n.plant_id), 'site ' || industry.name_key(f.site),
									  CASE WHEN m.maker IS NULL THEN 'fact ' || f.fact_id ELSE '' END) AS place) AS x
				  -- what is stated twice and differently is no figure
				  LEFT JOIN (
					  SELECT DISTINCT s.set_id, s.maker_id, s.plant_id, s.site, s.phase, s.chemistry::text AS chemistry, s.row_kind
					  FROM industry.expansion s WHERE s.statement_number > 1) AS d
					ON d.set_id = f.set_id AND (d.maker_id, d.plant_id, d.site, d.phase, d.chemistry, d.row_kind)
						IS NOT DISTINCT FROM (f.maker_id, f.plant_id, f.site, f.phase, f.chemistry::text, f.row_kind)
				  CROSS JOIN LATERAL (SELECT f.status IS DISTINCT FROM 'cancelled' AND d.set_id IS NULL AS counts) AS c
				  CROSS JOIN LATERAL (
					  SELECT c.counts AND f.capacity IS NOT NULL AND industry.is_point(f.qualifier) AS has_capacity,
							 c.counts AND num_nonnulls(f.investment, f.investment_usd_stated) > 0 AND industry.is_point(f.investment_qualifier) AS has_investment) AS z
				  WHERE k.kind = 'expansion') AS r
			WINDOW m AS (PARTITION BY r.metric, r.scenario, r.maker, r.row_kind), s AS (PARTITION BY r.metric, r.scenario, r.maker, r.row_kind, r.set_id),
				   p AS (PARTITION BY r.metric, r.scenario, r.maker, r.row_kind, r.place, r.set_id),
				   f AS (PARTITION BY r.metric, r.scenario, r.maker, r.row_kind, r.place, r.set_id, r.phase),
				   w AS (PARTITION BY r.metric, r.scenario, r.maker, r.row_kind, r.place
						 ORDER BY r.says, r.preferred, r.day DESC, r.known_from DESC, r.source COLLATE "C", r.set_id)) AS a) AS e;
COMMENT ON VIEW industry.expansion_account IS 'latest edition: of each announced plant whether it counts in sums. Of several publishers that give its capacity one counts: the first in source_preference, then the latest period (of what has none, its publication), the latest published, the first handle';
COMMENT ON COLUMN industry.expansion_account.counted_publisher IS 'publisher whose figures of the plant count';
COMMENT ON COLUMN industry.expansion_account.why_not IS 'why the capacity does not count; NULL where it does';
COMMENT ON COLUMN industry.expansion_account.why_not_invested IS 'why the investment does not count; NULL where it does';
COMMENT ON COLUMN industry.expansion_account.note IS 'both reasons in words';
COMMENT ON COLUMN industry.expansion_account.has_priced_parts IS 'whether its report gives capacity and investment of a phase of it, or of a plant of what is a maker''s sum';
COMMENT ON COLUMN industry.expansion_account.standing IS 'what figure_standing says of the row';

CREATE OR REPLACE VIEW industry.bi_expansion AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.scenario, k.period_first, k.period_last, k.year, k.period_label, k.period_as_printed, f.row_kind, m.maker,
	   m.name AS maker_name, m.country AS maker_country, y.name AS maker_country_name, coalesce(p.plant, f.site) AS site, f.phase, f.country,
	   c.name AS country_name, f.chemistry::text AS chemistry,
	   chemistry_family(f.chemistry)::text AS chemistry_family, f.status, f.announced, f.announced_precision,
	   CASE WHEN a.why_not IS NULL AND d.set_id IS NULL AND industry.is_point(f.qualifier) THEN f.capacity::double precision END AS capacity_gwh_per_year,
	   CASE WHEN d.set_id IS NULL THEN f.capacity::double precision END AS capacity_stated_gwh_per_year,
	   industry.plain_number(industry.least_stated(f.qualifier, f.capacity::numeric, f.capacity_low::numeric, d.set_id IS NOT NULL, d.low, d.low_open)) AS capacity_low_gwh_per_year,
	   industry.plain_number(industry.greatest_stated(f.qualifier, f.capacity::numeric, f.capacity_high::numeric, d.set_id IS NOT NULL, d.high, d.high_open)) AS capacity_high_gwh_per_year,
	   CASE WHEN a.why_not_invested IS NULL AND d.set_id IS NULL AND industry.is_point(f.investment_qualifier) THEN u.usd END AS investment_usd,
	   CASE WHEN d.set_id IS NULL THEN u.usd END AS investment_stated_usd,
	   CASE WHEN f.currency = 'USD' AND d.in_currency IS NOT TRUE THEN industry.plain_number(industry.least_stated(f.investment_qualifier, f.investment, f.investment_low, d.set_id IS NOT NULL, d.investment_low, d.investment_low_open)) END AS investment_low_usd,
	   CASE WHEN f.currency = 'USD' AND d.in_currency IS NOT TRUE THEN industry.plain_number(industry.greatest_stated(f.investment_qualifier, f.investment, f.investment_high, d.set_id IS NOT NULL, d.investment_high, d.investment_high_open)) END AS investment_high_usd,
	   CASE WHEN f.currency = 'USD' AND f.investment IS NOT NULL THEN 'stated in US$'
			WHEN f.investment_usd_stated IS NOT NULL THEN 'stated in US$ beside another currency'
			WHEN r.usd IS NOT NULL THEN 'converted' END AS investment_usd_origin,
	   industry.plain_number(f.investment) AS investment_in_currency, f.currency, r.units_per_usd AS rate_units_per_usd, r.rate_kind, r.rate_publisher, r.rate_edition,
	   -- less than 0.001 US$ per kWh is a slip of a thousand or a million
	   CASE WHEN d.set_id IS NULL AND f.capacity::double precision > 0 AND u.usd >= 1000 * f.capacity::double precision
			THEN u.usd / 1e6 / f.capacity::double precision END AS cost_usd_per_kwh,
	   industry.plain_number(f.owned_pct / 100) AS owned_fraction,
	   coalesce(f.qualifier = '=' AND f.investment_qualifier = '=' AND d.set_id IS NULL AND g.standing = 'history', false) AS is_exact, f.qualifier, f.investment_qualifier,
	   f.missing_reason, f.investment_missing_reason, coalesce(d.statements, 1)::integer AS statements, f.statement_kind, g.standing, a.counted_publisher,
	   nullif(concat_ws('; ', CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || concat_ws('; ', concat_ws(', ', f.as_printed, f.investment_as_printed), d.printed)
			WHEN f.capacity IS NULL THEN 'capacity: ' || coalesce(f.missing_reason, 'no single value')
			WHEN u.usd IS NULL THEN coalesce(r.note, 'investment: ' || coalesce(f.investment_missing_reason, 'no single value'))
			WHEN u.usd < 1000 * f.capacity::double precision THEN 'less than 0.001 US$ per kWh: the investment is surely in thousands or millions' END, a.note,
			CASE WHEN f.row_kind = 'member' THEN coalesce(industry.bound_note(f.qualifier), industry.bound_note(f.investment_qualifier)) END,
			industry.standing_note(g.standing, f.statement_kind)), '') AS note,
	   f.as_printed, f.investment_as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.expansion f ON f.set_id = k.set_id
JOIN industry.expansion_account a ON a.fact_id = f.fact_id
CROSS JOIN LATERAL (SELECT industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing) AS g
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.country y ON y.country = m.country
LEFT JOIN industry.country c ON c.country = f.country
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id
LEFT JOIN (
	SELECT o.set_id, o.maker_id, o.plant_id, o.site, o.phase, o.chemistry::text AS chemistry, o.row_kind, count(*) + 1 AS statements,
		   min(industry.lower_bound(o.qualifier, o.capacity::numeric, o.capacity_low::numeric)) AS low,
		   min(industry.open_below(o.qualifier, o.capacity::numeric, o.capacity_low::numeric)) AS low_open,
		   max(industry.upper_bound(o.qualifier, o.capacity::numeric, o.capacity_high::numeric)) AS high,
		   max(industry.open_above(o.qualifier, o.capacity::numeric, o.capacity_high::numeric)) AS high_open,
		   min(industry.lower_bound(o.investment_qualifier, o.investment, o.investment_low)) AS investment_low,
		   min(industry.open_below(o.investment_qualifier, o.investment, o.investment_low)) AS investment_low_open,
		   max(industry.upper_bound(o.investment_qualifier, o.investment, o.investment_high)) AS investment_high,
		   max(industry.open_above(o.investment_qualifier, o.investment, o.investment_high)) AS investment_high_open,
		   bool_or(o.currency <> 'USD') AS in_currency,
		   string_agg(concat_ws(', ', o.as_printed, o.investment_as_printed), '; ' ORDER BY o.statement_number) AS printed
	FROM industry.expansion o
	WHERE o.statement_number > 1
	GROUP BY o.set_id, o.maker_id, o.plant_id, o.site, o.phase, o.chemistry::text, o.row_kind) AS d
  ON d.set_id = f.set_id
 AND (d.maker_id, d.plant_id, d.site, d.phase, d.chemistry, d.row_kind) IS NOT DISTINCT FROM (f.maker_id, f.plant_id, f.site, f.phase, f.chemistry::text, f.row_kind)
-- OFFSET 0: the function is called for the rows that need it alone
LEFT JOIN LATERAL (
	SELECT u.usd, u.units_per_usd, u.rate_kind, u.rate_publisher, u.rate_edition, u.note
	FROM industry.bi_usd(f.investment, f.currency, f.announced, industry.last_day_of(f.announced, f.announced_precision)) AS u
	WHERE f.currency <> 'USD' AND f.investment IS NOT NULL AND f.investment_usd_stated IS NULL OFFSET 0) AS r ON true
CROSS JOIN LATERAL (
	SELECT industry.plain_number(coalesce(CASE WHEN f.currency = 'USD' THEN f.investment END, f.investment_usd_stated)) AS stated) AS s
CROSS JOIN LATERAL (SELECT coalesce(s.stated, r.usd) AS usd) AS u
WHERE f.statement_number = 1 AND k.kind = 'expansion';
COMMENT ON VIEW industry.bi_expansion IS 'latest edition: announced additions of plant capacity, one row a plant or project, and the totals that sources state, which do not count in sums. A mean cost is the sum of investment_usd over the sum of capacity_gwh_per_year of the rows that have both: bi_plant_cost has it';
COMMENT ON COLUMN industry.bi_expansion.site IS 'plant or site';
COMMENT ON COLUMN industry.bi_expansion.capacity_gwh_per_year IS 'added capacity, GWh a year; NULL where it is no single figure (a bound, a range, stated twice and differently), and for rows that do not count in sums (note)';
COMMENT ON COLUMN industry.bi_expansion.capacity_stated_gwh_per_year IS 'added capacity as stated, GWh a year, of every row: never add it up';
COMMENT ON COLUMN industry.bi_expansion.investment_stated_usd IS 'investment as stated or converted, US$, of every row: never add it up';
COMMENT ON COLUMN industry.bi_expansion.capacity_low_gwh_per_year IS 'least capacity that the statement allows, GWh a year';
COMMENT ON COLUMN industry.bi_expansion.capacity_high_gwh_per_year IS 'greatest capacity that the statement allows, GWh a year';
COMMENT ON COLUMN industry.bi_expansion.investment_usd IS 'investment, US$; NULL where it is not stated in US$ and no cited rate converts it, where it is a bound, and for rows that do not count in sums (note)';
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

CREATE OR REPLACE VIEW industry.plant_cost AS
SELECT e.publisher, e.edition, e.metric, e.scenario, 'computed from expansions' AS origin,
	   CASE WHEN grouping(e.maker, e.country) = 0 THEN 'maker and country'
			WHEN grouping(e.country) = 1 AND grouping(e.maker) = 0 THEN 'maker'
			WHEN grouping(e.maker) = 1 AND grouping(e.country) = 0 THEN 'country'
			ELSE 'all' END AS grain,
	   e.maker, e.country, count(*) AS plants, count(*) FILTER (WHERE n.note IS NOT NULL) AS left_out,
	   sum(e.capacity) FILTER (WHERE n.note IS NULL) AS capacity,
	   sum(e.investment_usd) FILTER (WHERE n.note IS NULL) AS investment_usd,
	   marginal_cost(e.investment_usd, e.capacity) FILTER (WHERE n.note IS NULL AND e.capacity > '0') AS marginal_cost,
	   avg(e.investment_usd::double precision / e.capacity) FILTER (WHERE n.note IS NULL AND e.capacity > '0') AS mean_of_plants,
	   bool_and(e.qualifier = '=' AND e.investment_qualifier = '=' AND a.standing = 'history') FILTER (WHERE n.note IS NULL) AS is_exact,
	   string_agg(DISTINCT e.statement_kind, ', ') FILTER (WHERE n.note IS NULL) AS statement_kind,
	   sum(e.capacity) FILTER (WHERE a.why_not IS NULL AND a.why_not_invested IS NULL AND n.note IS NULL AND industry.is_point(e.qualifier) AND industry.is_point(e.investment_qualifier)) AS counted_capacity,
	   sum(e.investment_usd) FILTER (WHERE a.why_not IS NULL AND a.why_not_invested IS NULL AND n.note IS NULL AND industry.is_point(e.qualifier) AND industry.is_point(e.investment_qualifier)) AS counted_usd,
	   nullif(concat_ws('; ', CASE WHEN count(*) FILTER (WHERE n.note IS NOT NULL) > 0
			THEN count(*) FILTER (WHERE n.note IS NOT NULL) || ' left out: ' || string_agg(DISTINCT n.note, ', ') END), '') AS note
FROM industry.current_expansion_usd e
JOIN industry.expansion_account a ON a.fact_id = e.fact_id
CROSS JOIN LATERAL (SELECT coalesce(e.note, CASE WHEN a.has_priced_parts THEN 'its phases or plants have costs of their own' END) AS note) AS n
WHERE e.row_kind = 'member' AND e.statement_number = 1 AND e.status IS DISTINCT FROM 'cancelled'
GROUP BY e.publisher, e.edition, e.metric, e.scenario, GROUPING SETS ((e.maker, e.country), (e.maker), (e.country), ())
UNION ALL
SELECT p.publisher, p.edition, p.metric, p.scenario, 'as stated',
	   CASE p.row_kind WHEN 'member' THEN 'maker and country' ELSE 'derived in the report' END,
	   p.maker, p.country, 1, 0, NULL, NULL, p.cost_usd, p.cost_usd, p.qualifier = '=' AND g.standing = 'history', p.statement_kind, NULL, NULL, p.note
FROM industry.current_price_usd p
JOIN industry.source o ON o.source = p.source
CROSS JOIN LATERAL (SELECT industry.figure_standing(p.statement_kind, p.period_first, p.period_last, o.published, o.published_precision) AS standing) AS g
WHERE p.scope = 'plant_capex' AND p.row_kind IN ('member', 'derived') AND g.standing <> 'forecast';
COMMENT ON VIEW industry.plant_cost IS 'latest edition: what a GWh a year of new plant costs, by maker and country. Computed from expansions: the sum of US$ over the sum of GWh a year, the only mean of unit costs that adds up, for each maker and country, each maker, each country and all. As stated: one row a statement';
COMMENT ON COLUMN industry.plant_cost.origin IS 'computed from expansions, or as stated';
COMMENT ON COLUMN industry.plant_cost.grain IS 'what the row is about: maker and country, maker, country, all; derived in the report: an average that the report gives, which other rows may be part of';
COMMENT ON COLUMN industry.plant_cost.maker IS 'short name of the maker; NULL in rows over all makers';
COMMENT ON COLUMN industry.plant_cost.country IS 'country of the site; NULL in rows over all countries';
COMMENT ON COLUMN industry.plant_cost.plants IS 'plants or statements';
COMMENT ON COLUMN industry.plant_cost.left_out IS 'plants that do not count: without a capacity or an investment in US$, contradicted, or surely in another unit; note says why';
COMMENT ON COLUMN industry.plant_cost.capacity IS 'sum over the plants that count, GWh a year';
COMMENT ON COLUMN industry.plant_cost.investment_usd IS 'sum over the plants that count, US$';
COMMENT ON COLUMN industry.plant_cost.marginal_cost IS 'million US$ per GWh a year: sum of US$ over sum of GWh a year, or as stated';
COMMENT ON COLUMN industry.plant_cost.mean_of_plants IS 'unweighted mean of the plants'' costs, million US$ per GWh a year: for comparison with statements that average so';
COMMENT ON COLUMN industry.plant_cost.is_exact IS 'whether every figure is exact as printed (no "up to", no "about"), and none an estimate, a claim or a forecast';
COMMENT ON COLUMN industry.plant_cost.statement_kind IS 'statement_kind of the figures, where the sources say it';
COMMENT ON COLUMN industry.plant_cost.counted_capacity IS 'sum over those that count where several publishers tell of one plant, GWh a year (expansion_account)';
COMMENT ON COLUMN industry.plant_cost.counted_usd IS 'sum over those that count where several publishers tell of one plant, US$';
COMMENT ON COLUMN industry.plant_cost.note IS 'what was left out, and why';

-- without jit, as bi_rows_control_status
CREATE OR REPLACE FUNCTION industry.bi_rows_plant_cost()
RETURNS TABLE (publisher text, edition text, metric text, scenario text, origin text, grain text, maker text, country text, plants integer, left_out integer,
	capacity_gwh_per_year double precision, investment_usd double precision, capacity_stated_gwh_per_year double precision, investment_stated_usd double precision,
	cost_usd_per_kwh double precision, mean_of_plants_usd_per_kwh double precision, is_exact boolean, statement_kind text, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp SET jit = off AS $$
	SELECT p.publisher, p.edition, p.metric, p.scenario, p.origin, p.grain, p.maker, p.country, p.plants::integer, p.left_out::integer,
		   -- one grain counts, of it the plants that count in bi_expansion
		   CASE WHEN p.grain = 'maker and country' THEN p.counted_capacity::double precision END,
		   CASE WHEN p.grain = 'maker and country' THEN industry.plain_number(p.counted_usd) END,
		   p.capacity::double precision, industry.plain_number(p.investment_usd), p.marginal_cost::double precision, p.mean_of_plants::double precision,
		   p.is_exact, p.statement_kind, p.note
	FROM industry.plant_cost p;
$$;
COMMENT ON FUNCTION industry.bi_rows_plant_cost() IS 'rows of bi_plant_cost: the view plant_cost in plain types. Runs with the rights of its owner';
REVOKE EXECUTE ON FUNCTION industry.bi_rows_plant_cost() FROM PUBLIC;

CREATE OR REPLACE VIEW industry.bi_plant_cost AS
SELECT p.publisher, p.edition, p.metric, p.scenario, p.origin, p.grain, p.maker, m.name AS maker_name, p.country, c.name AS country_name, p.plants, p.left_out,
	   p.capacity_gwh_per_year, p.capacity_stated_gwh_per_year, p.investment_usd, p.investment_stated_usd, p.cost_usd_per_kwh, p.mean_of_plants_usd_per_kwh,
	   p.is_exact, p.statement_kind, p.note
FROM industry.bi_rows_plant_cost() AS p
LEFT JOIN industry.maker m ON m.maker = p.maker
LEFT JOIN industry.country c ON c.country = p.country;
COMMENT ON VIEW industry.bi_plant_cost IS 'latest edition: what a GWh a year of new plant costs, by maker, by country and over all (grain), a row each, because costs neither add up nor average. capacity_gwh_per_year and investment_usd add up: they are of one grain, and of plants that count in bi_expansion';
COMMENT ON COLUMN industry.bi_plant_cost.origin IS 'computed from expansions, or as stated';
COMMENT ON COLUMN industry.bi_plant_cost.grain IS 'what the row is about: maker and country, maker, country, all; derived in the report: an average that the report gives';
COMMENT ON COLUMN industry.bi_plant_cost.maker IS 'short name of the maker; NULL in rows over all makers';
COMMENT ON COLUMN industry.bi_plant_cost.country IS 'country of the site, ISO 3166-1 alpha-2; NULL in rows over all countries';
COMMENT ON COLUMN industry.bi_plant_cost.plants IS 'plants or statements';
COMMENT ON COLUMN industry.bi_plant_cost.left_out IS 'plants that lack a capacity or an investment in US$';
COMMENT ON COLUMN industry.bi_plant_cost.capacity_gwh_per_year IS 'sum over the plants that count in bi_expansion, GWh a year, in the rows of a maker and country; NULL in all others, which hold the same plants';
COMMENT ON COLUMN industry.bi_plant_cost.capacity_stated_gwh_per_year IS 'sum over the plants of this row that have a cost, GWh a year: never add it up';
COMMENT ON COLUMN industry.bi_plant_cost.investment_stated_usd IS 'sum over the plants of this row that have a cost, US$: never add it up';
COMMENT ON COLUMN industry.bi_plant_cost.investment_usd IS 'sum over the plants that count in bi_expansion, US$, in the rows of a maker and country; NULL in all others';
COMMENT ON COLUMN industry.bi_plant_cost.cost_usd_per_kwh IS 'sum of US$ over sum of capacity, or as stated: US$ per kWh a year, the same number as million US$ per GWh a year';
COMMENT ON COLUMN industry.bi_plant_cost.mean_of_plants_usd_per_kwh IS 'unweighted mean of the plants'' costs, for comparison with statements that average so';
COMMENT ON COLUMN industry.bi_plant_cost.is_exact IS 'whether every figure is exact as printed';
COMMENT ON COLUMN industry.bi_plant_cost.note IS 'what was left out, and why';

/*
 * Which storage project counts: as plants do, and what is planned is no part of what operates
 */

CREATE OR REPLACE VIEW industry.storage_account AS
SELECT e.fact_id, e.has_parts, e.has_power, e.has_energy, e.has_cost, e.counted_publisher,
	   CASE WHEN e.set_id <> e.counted_set THEN 'in sums counts ' || e.counted_publisher
			WHEN e.standing = 'forecast' OR e.status IN ('announced', 'planned', 'permitted', 'under_construction') THEN 'planned'
			WHEN e.status <> 'operating' THEN 'not in operation' END AS why_not,
	   CASE WHEN e.set_id = e.counted_set AND (e.has_power OR e.has_energy OR e.has_cost)
			THEN CASE WHEN e.has_power >= e.states_power AND e.has_energy >= e.states_energy AND e.has_cost >= e.states_cost THEN 'in sums count its units or phases'
					  ELSE format('in sums of %s count its units or phases',
								  concat_ws(', ', CASE WHEN e.has_power THEN 'power' END, CASE WHEN e.has_energy THEN 'energy' END, CASE WHEN e.has_cost THEN 'cost' END)) END
			END AS parts_note
FROM (SELECT r.fact_id, r.set_id, r.status, r.standing, r.states_power, r.states_energy, r.states_cost,
			 first_value(r.set_id) OVER w AS counted_set, first_value(r.publisher) OVER w AS counted_publisher,
			 -- of the whole, or of a phase, counts what none of its parts that are not cancelled has a figure of
			 r.unit_id IS NULL AND CASE WHEN r.phase IS NULL THEN count(*) FILTER (WHERE r.is_part) OVER p ELSE count(r.unit_id) OVER f END > 0 AS has_parts,
			 r.unit_id IS NULL AND CASE WHEN r.phase IS NULL THEN count(*) FILTER (WHERE r.is_part AND r.has_power) OVER p ELSE count(r.unit_id) FILTER (WHERE r.has_power) OVER f END > 0 AS has_power,
			 r.unit_id IS NULL AND CASE WHEN r.phase IS NULL THEN count(*) FILTER (WHERE r.is_part AND r.has_energy) OVER p ELSE count(r.unit_id) FILTER (WHERE r.has_energy) OVER f END > 0 AS has_energy,
			 r.unit_id IS NULL AND CASE WHEN r.phase IS NULL THEN count(*) FILTER (WHERE r.is_part AND r.has_cost) OVER p ELSE count(r.unit_id) FILTER (WHERE r.has_cost) OVER f END > 0 AS has_cost
	  FROM (SELECT f.fact_id, f.set_id, f.unit_id, f.phase, f.status, f.project AS printed, k.metric, k.scenario, k.publisher, k.known_from, k.source,
				   coalesce(k.period_last, k.known_from) AS day, o.place AS preferred, x.project, x.standing, x.is_part,
				   f.power_mw IS NOT NULL AS states_power, f.energy IS NOT NULL AS states_energy, x.states_cost,
				   z.has_power, z.has_energy, c.counts AND x.states_cost AS has_cost,
				   -- who says of a project neither how large it is nor that it is given up takes no other's figure out
				   min(CASE WHEN z.has_power OR z.has_energy OR f.status IN ('cancelled', 'retired') AND NOT x.is_part THEN 1 ELSE 2 END)
					  OVER (PARTITION BY f.set_id, k.metric, k.scenario, x.project) AS says
			FROM industry.latest_set k
			JOIN industry.storage_project f ON f.set_id = k.set_id
			LEFT JOIN industry.source_preference o ON o.kind = k.kind AND o.publisher = k.publisher
			CROSS JOIN LATERAL (
				SELECT industry.name_key(f.project) AS project, num_nonnulls(f.unit_id, f.phase) > 0 AS is_part, num_nonnulls(f.amount, f.amount_usd_stated) > 0 AS states_cost,
					   industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing) AS x
			-- what is stated twice and differently is no figure
			LEFT JOIN (SELECT DISTINCT s.set_id, s.project, s.unit_id, s.phase FROM industry.storage_project s WHERE s.statement_number > 1) AS d
			  ON d.set_id = f.set_id AND d.project = f.project AND (d.unit_id, d.phase) IS NOT DISTINCT FROM (f.unit_id, f.phase)
			CROSS JOIN LATERAL (SELECT f.status IS DISTINCT FROM 'cancelled' AND d.set_id IS NULL AS counts) AS c
			CROSS JOIN LATERAL (
				SELECT c.counts AND f.power_mw IS NOT NULL AND industry.is_point(f.power_qualifier) AS has_power,
					   c.counts AND f.energy IS NOT NULL AND industry.is_point(f.qualifier) AS has_energy) AS z
			WHERE k.kind = 'storage_project' AND f.row_kind = 'member') AS r
	  WINDOW w AS (PARTITION BY r.metric, r.scenario, r.project ORDER BY r.says, r.preferred, r.day DESC, r.known_from DESC, r.source COLLATE "C", r.set_id),
			 p AS (PARTITION BY r.metric, r.scenario, r.project, r.set_id, r.printed), f AS (PARTITION BY r.metric, r.scenario, r.project, r.set_id, r.printed, r.phase)) AS e;
COMMENT ON VIEW industry.storage_account IS 'latest edition: of each storage project whether it counts in sums: of several publishers or periods one that gives its size counts, of a project the figures of its units and phases where it has them, and what operates';
COMMENT ON COLUMN industry.storage_account.has_parts IS 'whether units or phases of this are rows of their own';
COMMENT ON COLUMN industry.storage_account.has_power IS 'whether one of these that is not cancelled has a power, which counts in sums';
COMMENT ON COLUMN industry.storage_account.has_energy IS 'whether one of these that is not cancelled has an energy, which counts in sums';
COMMENT ON COLUMN industry.storage_account.has_cost IS 'whether one of these that is not cancelled has a cost, which counts in sums';
COMMENT ON COLUMN industry.storage_account.counted_publisher IS 'publisher whose figures of the project count';
COMMENT ON COLUMN industry.storage_account.why_not IS 'why no figure of the row counts as in operation; NULL where one may';
COMMENT ON COLUMN industry.storage_account.parts_note IS 'of what its units or phases count in its place';

CREATE OR REPLACE VIEW industry.bi_storage_project AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.scenario, k.period_first, k.period_last, k.year, k.period_label, k.period_as_printed, f.project, f.unit_id, f.phase,
	   a.has_parts, m.maker, m.name AS maker_name, f.country, c.name AS country_name, f.place,
	   f.chemistry::text AS chemistry, chemistry_family(f.chemistry)::text AS chemistry_family, f.status, f.status_as_printed,
	   CASE WHEN a.why_not IS NULL AND NOT a.has_power AND d.set_id IS NULL AND industry.is_point(f.power_qualifier) THEN industry.plain_number(f.power_mw) END AS power_mw,
	   CASE WHEN a.why_not = 'planned' AND NOT a.has_power AND d.set_id IS NULL AND industry.is_point(f.power_qualifier) THEN industry.plain_number(f.power_mw) END AS power_planned_mw,
	   CASE WHEN d.set_id IS NULL THEN industry.plain_number(f.power_mw) END AS power_stated_mw,
	   industry.plain_number(industry.least_stated(f.power_qualifier, f.power_mw, f.power_mw_low, d.set_id IS NOT NULL, d.power_low, d.power_low_open)) AS power_low_mw,
	   industry.plain_number(industry.greatest_stated(f.power_qualifier, f.power_mw, f.power_mw_high, d.set_id IS NOT NULL, d.power_high, d.power_high_open)) AS power_high_mw,
	   CASE WHEN a.why_not IS NULL AND NOT a.has_energy AND d.set_id IS NULL AND industry.is_point(f.qualifier) THEN f.energy::double precision END AS energy_gwh,
	   CASE WHEN a.why_not = 'planned' AND NOT a.has_energy AND d.set_id IS NULL AND industry.is_point(f.qualifier) THEN f.energy::double precision END AS energy_planned_gwh,
	   CASE WHEN d.set_id IS NULL THEN f.energy::double precision END AS energy_stated_gwh,
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
	   CASE WHEN a.why_not IS NULL AND NOT a.has_cost THEN u.usd END AS amount_usd, u.usd AS amount_stated_usd,
	   CASE WHEN f.currency = 'USD' AND f.amount IS NOT NULL THEN 'stated in US$'
			WHEN f.amount_usd_stated IS NOT NULL THEN 'stated in US$ beside another currency'
			WHEN r.usd IS NOT NULL THEN 'converted' END AS amount_usd_origin,
	   CASE WHEN d.set_id IS NULL AND f.energy::double precision > 0 AND u.usd >= 1000 * f.energy::double precision
			THEN u.usd / 1e6 / f.energy::double precision END AS system_price_usd_per_kwh,
	   coalesce(coalesce(f.qualifier, '=') = '=' AND coalesce(f.power_qualifier, '=') = '=' AND d.set_id IS NULL AND g.standing = 'history'
				AND num_nonnulls(f.energy, f.power_mw) > 0, false) AS is_exact,
	   f.qualifier, f.missing_reason, f.power_qualifier, f.power_missing_reason, coalesce(d.statements, 1)::integer AS statements, f.statement_kind, g.standing, a.counted_publisher,
	   nullif(concat_ws('; ', CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || concat_ws('; ', concat_ws(', ', nullif(f.as_printed, ''), f.power_as_printed), d.printed)
			WHEN f.energy IS NULL THEN 'energy: ' || coalesce(f.missing_reason, 'no single value')
			WHEN f.amount IS NULL AND f.amount_usd_stated IS NULL THEN 'no cost is stated'
			WHEN u.usd IS NULL THEN r.note
			WHEN u.usd < 1000 * f.energy::double precision THEN 'less than 0.001 US$ per kWh: the cost is surely in thousands or millions' END, a.parts_note, a.why_not,
			coalesce(industry.bound_note(f.qualifier), industry.bound_note(f.power_qualifier)),
			industry.standing_note(g.standing, f.statement_kind)), '') AS note,
	   f.as_printed, f.power_as_printed, f.amount_as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.storage_project f ON f.set_id = k.set_id
JOIN industry.storage_account a ON a.fact_id = f.fact_id
CROSS JOIN LATERAL (SELECT industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing) AS g
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.country c ON c.country = f.country
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
LEFT JOIN LATERAL (
	SELECT u.usd, u.note
	FROM industry.bi_usd(f.amount, f.currency, k.period_first, k.period_last) AS u
	WHERE f.currency <> 'USD' AND f.amount IS NOT NULL AND f.amount_usd_stated IS NULL OFFSET 0) AS r ON true
CROSS JOIN LATERAL (
	SELECT industry.plain_number(coalesce(CASE WHEN f.currency = 'USD' THEN f.amount END, f.amount_usd_stated)) AS stated) AS s
CROSS JOIN LATERAL (SELECT coalesce(s.stated, r.usd) AS usd) AS u
WHERE f.statement_number = 1 AND f.row_kind = 'member' AND k.kind = 'storage_project';
COMMENT ON VIEW industry.bi_storage_project IS 'latest edition: storage projects, one row a project, or a unit or phase of one where the source lists these. power_mw, energy_gwh and amount_usd add up: they are of what operates, or has no status; what is planned has columns of its own. Their price per energy is of a whole system: not of cells, and not a plant''s capex';
COMMENT ON COLUMN industry.bi_storage_project.power_mw IS 'power, MW; NULL where it is no single figure, and for rows that do not count in sums (note)';
COMMENT ON COLUMN industry.bi_storage_project.power_low_mw IS 'least power that the statement allows, MW';
COMMENT ON COLUMN industry.bi_storage_project.power_high_mw IS 'greatest power that the statement allows, MW';
COMMENT ON COLUMN industry.bi_storage_project.has_parts IS 'whether units or phases of this are rows of their own, which count in its place';
COMMENT ON COLUMN industry.bi_storage_project.energy_gwh IS 'energy, GWh; NULL where it is no single figure, and for rows that do not count in sums (note)';
COMMENT ON COLUMN industry.bi_storage_project.energy_planned_gwh IS 'energy, GWh, of what is announced, planned, permitted or under construction';
COMMENT ON COLUMN industry.bi_storage_project.power_planned_mw IS 'power, MW, of what is announced, planned, permitted or under construction';
COMMENT ON COLUMN industry.bi_storage_project.energy_stated_gwh IS 'energy as stated, GWh, of every row: never add it up';
COMMENT ON COLUMN industry.bi_storage_project.power_stated_mw IS 'power as stated, MW, of every row: never add it up';
COMMENT ON COLUMN industry.bi_storage_project.amount_stated_usd IS 'cost as stated or converted, US$, of every row: never add it up';
COMMENT ON COLUMN industry.bi_storage_project.energy_low_gwh IS 'least energy that the statement allows, GWh';
COMMENT ON COLUMN industry.bi_storage_project.energy_high_gwh IS 'greatest energy that the statement allows, GWh';
COMMENT ON COLUMN industry.bi_storage_project.duration_hours IS 'energy over power, hours; NULL where one of them is a bound, a range, or stated twice and differently';
COMMENT ON COLUMN industry.bi_storage_project.duration_low_hours IS 'least duration that the statements allow, hours: least energy over greatest power';
COMMENT ON COLUMN industry.bi_storage_project.duration_high_hours IS 'greatest duration that the statements allow, hours: greatest energy over least power';
COMMENT ON COLUMN industry.bi_storage_project.amount_usd IS 'cost of the project, US$; NULL for rows that do not count in sums (note)';
COMMENT ON COLUMN industry.bi_storage_project.amount_usd_origin IS 'stated in US$; stated in US$ beside another currency; converted by a cited rate of the period';
COMMENT ON COLUMN industry.bi_storage_project.system_price_usd_per_kwh IS 'cost over energy of this project, US$ per kWh; never average it, never add it up';

CREATE OR REPLACE VIEW industry.bi_plant_event AS
SELECT k.publisher, k.edition, k.known_from, p.plant, p.stage, g.name AS stage_name, p.country, c.name AS country_name, f.phase, f.event, f.happened, f.happened_precision, f.is_scheduled,
	   f.capacity::double precision AS capacity_stated_gwh_per_year, m.maker, m.name AS maker_name, industry.plain_number(f.share_pct / 100) AS share_acquired_fraction,
	   industry.plain_number(f.amount) AS amount_in_currency, f.currency, f.missing_reason, f.statement_kind, f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.capacity_event f ON f.set_id = k.set_id
JOIN industry.plant p ON p.plant_id = f.plant_id
JOIN industry.stage g ON g.stage = p.stage
LEFT JOIN industry.country c ON c.country = p.country
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
WHERE k.kind = 'capacity_event';
COMMENT ON VIEW industry.bi_plant_event IS 'latest edition: what happened, or was promised, to a plant, one row an event';
COMMENT ON COLUMN industry.bi_plant_event.stage IS 'stage of the supply chain that the plant belongs to';
COMMENT ON COLUMN industry.bi_plant_event.country IS 'country of the plant, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.bi_plant_event.maker IS 'new owner, for ownership; giver or builder otherwise, where stated';
COMMENT ON COLUMN industry.bi_plant_event.capacity_stated_gwh_per_year IS 'capacity of the phase that the event is about, GWh a year: several events are of one phase, never add it up';
COMMENT ON COLUMN industry.bi_plant_event.share_acquired_fraction IS 'share acquired, 0 to 1, for ownership';
COMMENT ON COLUMN industry.bi_plant_event.amount_in_currency IS 'amount in units of currency';
