/*
 * Lineage: where a figure is from
 */

CREATE OR REPLACE VIEW industry.figure_lineage AS
SELECT o.fact_id, o.fact_table, o.measure, o.subject, o.row_kind, o.statement_number, o.value, o.low, o.high, o.unit, o.qualifier, o.missing_reason,
	   o.as_printed, o.locator, o.line_number, s.publisher, s.edition, s.source, s.title, s.published, s.published_precision, s.known_from, s.licence, s.url,
	   t.period_first, t.period_last, t.period_as_printed, m.scenario,
	   t.superseded_at IS NULL AND s.known_from <= industry.as_of() AND NOT EXISTS (
		   SELECT FROM industry.statement_set n JOIN industry.source e ON e.source_id = n.source_id
		   WHERE n.series_id = t.series_id AND n.superseded_by IS NULL AND e.known_from <= industry.as_of()
			 AND (n.period_first, n.period_last) IS NOT DISTINCT FROM (t.period_first, t.period_last)
			 AND (t.period_first IS NOT NULL OR e.title IS NOT DISTINCT FROM s.title)
			 AND (e.known_from, e.published, e.source COLLATE "C", n.set_id) > (s.known_from, s.published, s.source COLLATE "C", t.set_id)) AS is_latest,
	   t.superseded_at, l.load_id, l.file_name,
	   l.checksum AS file_checksum, l.loaded_at, l.loaded_by,
	   r.usd AS converted_usd, r.units_per_usd, r.rate_kind, r.rate_publisher, r.rate_edition, r.rate_locator, r.rate_fact_id,
	   CASE WHEN c.currency IS NULL OR c.currency = 'USD' OR o.value IS NULL THEN NULL
			WHEN r.usd IS NOT NULL
				THEN format('%s %s / %s %s per US$ (%s rate of %s to %s, %s %s%s) = %s US$%s', o.value, c.currency, r.units_per_usd, c.currency, r.rate_kind,
							r.rate_first, r.rate_last, r.rate_publisher, r.rate_edition, ', ' || r.rate_locator, r.usd,
							CASE WHEN o.unit LIKE '%/kWh' THEN ' per kWh' END)
			ELSE 'not converted: ' || coalesce(r.note, 'real money of another currency') END AS conversion,
	   o.statement_kind, o.maker_id, o.country,
	   industry.figure_standing(o.statement_kind, t.period_first, t.period_last, s.published, s.published_precision) AS standing
FROM (SELECT f.fact_id, f.set_id, f.source_id, f.fact_table, f.row_kind, f.statement_number, f.subject, f.measure, f.value, f.low, f.high, f.unit,
			 f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind, f.maker_id, f.country
	  FROM industry.observation f
	  -- facts that are no figures
	  UNION ALL
	  SELECT f.fact_id, f.set_id, f.source_id, 'technology_event', f.row_kind, f.statement_number, f.technology, f.event, NULL, NULL, NULL, NULL,
			 f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind, NULL, NULL
	  FROM industry.technology_event f
	  UNION ALL
	  SELECT f.fact_id, f.set_id, f.source_id, 'capacity_event', f.row_kind, f.statement_number, p.plant, f.event, NULL, NULL, NULL, NULL,
			 f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind, f.maker_id, p.country
	  FROM industry.capacity_event f JOIN industry.plant p ON p.plant_id = f.plant_id
	  UNION ALL
	  SELECT f.fact_id, f.set_id, f.source_id, 'control_item', f.row_kind, f.statement_number, f.control || ': ' || f.item, 'item', NULL, NULL, NULL, NULL,
			 f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind, NULL, NULL
	  FROM industry.control_item f
	  UNION ALL
	  SELECT f.fact_id, f.set_id, f.source_id, 'control_event', f.row_kind, f.statement_number, concat_ws(': ', f.control, f.item), f.event, NULL, NULL,
			 NULL, NULL, f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind, NULL, NULL
	  FROM industry.control_event f
	  UNION ALL
	  SELECT f.fact_id, f.set_id, f.source_id, 'sector_chemistry', f.row_kind, f.statement_number, f.sector || ': ' || f.chemistry::text, f.role, NULL, NULL,
			 NULL, NULL, f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind, NULL, NULL
	  FROM industry.sector_chemistry f) AS o
JOIN industry.statement_set t ON t.set_id = o.set_id
JOIN industry.series m ON m.series_id = t.series_id
JOIN industry.source s ON s.source_id = o.source_id
LEFT JOIN industry.load_report l ON l.load_id = coalesce(o.load_id, t.load_id)
LEFT JOIN industry.expansion e ON o.fact_table = 'expansion' AND o.measure = 'investment' AND e.fact_id = o.fact_id
CROSS JOIN LATERAL (SELECT substring(o.unit FROM '^([A-Z]{3})(/kWh)?$') AS currency) AS c
-- OFFSET 0: the function is called for the rows that need it alone
LEFT JOIN LATERAL (
	SELECT u.usd, u.units_per_usd, u.rate_kind, u.rate_first, u.rate_last, u.rate_publisher, u.rate_edition, u.rate_locator, u.rate_fact_id, u.note
	FROM industry.bi_usd(o.value, c.currency, coalesce(e.announced, t.period_first),
		coalesce(industry.last_day_of(e.announced, e.announced_precision), t.period_last)) AS u
	WHERE c.currency <> 'USD' AND o.value IS NOT NULL AND m.money_basis IS DISTINCT FROM 'real' OFFSET 0) AS r ON true;
COMMENT ON VIEW industry.figure_lineage IS 'every figure of every edition with its citation: one row a figure (a fact with two figures has two rows), the source and the place in it, the text as printed, the load that brought it, and its conversion into US$';
COMMENT ON COLUMN industry.figure_lineage.load_id IS 'load that brought it; NULL where it was entered by hand';
COMMENT ON COLUMN industry.figure_lineage.is_latest IS 'whether its statement set is of the latest edition that was known on the day of industry.as_of';
COMMENT ON COLUMN industry.figure_lineage.standing IS 'history, estimate, forecast or claim (figure_standing)';
COMMENT ON COLUMN industry.figure_lineage.file_checksum IS 'SHA-256 of the loaded file''s bytes, in hex';
COMMENT ON COLUMN industry.figure_lineage.converted_usd IS 'the value in US$, by a cited rate; NULL where it is in US$ already, is no money, is real money, or has no rate';
COMMENT ON COLUMN industry.figure_lineage.rate_publisher IS 'publisher of that rate';
COMMENT ON COLUMN industry.figure_lineage.rate_edition IS 'edition that the rate is cited from';
COMMENT ON COLUMN industry.figure_lineage.rate_locator IS 'where it stands in that edition';
COMMENT ON COLUMN industry.figure_lineage.rate_fact_id IS 'fact of the rate, in exchange_rate';
COMMENT ON COLUMN industry.figure_lineage.conversion IS 'the conversion in words, with the rate and where it is cited; or why there is none';

CREATE OR REPLACE FUNCTION industry.lineage(fact_id bigint)
RETURNS TABLE (fact_table text, measure text, subject text, value numeric, low numeric, high numeric, unit text, qualifier text, missing_reason text,
	as_printed text, publisher text, edition text, title text, published date, published_precision text, locator text, licence text, url text,
	source text, period_first date, period_last date, scenario text, is_latest boolean, superseded_at timestamptz, file_name text, line_number integer,
	file_checksum text, load_id bigint, loaded_at timestamptz, loaded_by name, converted_usd double precision, conversion text, rate_fact_id text)
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 2
BEGIN ATOMIC
	SELECT f.fact_table, f.measure, f.subject, f.value, f.low, f.high, f.unit, f.qualifier, f.missing_reason, f.as_printed, f.publisher, f.edition, f.title,
		   f.published, f.published_precision, f.locator, f.licence, f.url, f.source, f.period_first, f.period_last, f.scenario, f.is_latest, f.superseded_at,
		   f.file_name, f.line_number, f.file_checksum, f.load_id, f.loaded_at, f.loaded_by, f.converted_usd, f.conversion, f.rate_fact_id
	FROM industry.figure_lineage f
	WHERE f.fact_id = lineage.fact_id
	ORDER BY f.measure;
END;
COMMENT ON FUNCTION industry.lineage(bigint) IS
'where a figure is from: one row for each figure of a fact, with its source, page, printed text, file and line, and the conversion into US$ with the rate and where that is cited. No row where there is no such fact. Readers have the view bi_lineage';

CREATE OR REPLACE VIEW industry.bi_lineage AS
SELECT f.fact_id::text AS fact_id, f.fact_table, f.measure, f.subject, m.name AS maker_name, c.name AS country_name, f.row_kind, industry.plain_number(f.value) AS value_in_unit, industry.plain_number(f.low) AS low_in_unit,
	   industry.plain_number(f.high) AS high_in_unit, f.unit, f.qualifier, f.missing_reason, f.statement_kind, f.standing, f.as_printed, f.publisher, f.edition, f.title, f.published,
	   f.published_precision, f.locator, f.licence, f.url, f.source, f.period_first, f.period_last,
	   industry.period_label(f.period_first, f.period_last) AS period_label, f.scenario, f.is_latest, f.file_name, f.line_number AS line,
	   f.file_checksum, f.loaded_at::date AS loaded_on, f.converted_usd, f.conversion, f.rate_fact_id
FROM industry.figure_lineage f
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.country c ON c.country = f.country;
COMMENT ON VIEW industry.bi_lineage IS 'where figures are from, one row a figure of a fact, of every edition: join on fact_id, or drill through to it. A fact with two figures (an amount and a share) has two rows';
COMMENT ON COLUMN industry.bi_lineage.value_in_unit IS 'value as stated, in unit';
COMMENT ON COLUMN industry.bi_lineage.low_in_unit IS 'lower end of a stated range, in unit';
COMMENT ON COLUMN industry.bi_lineage.high_in_unit IS 'upper end of a stated range, in unit';
COMMENT ON COLUMN industry.bi_lineage.loaded_on IS 'day of the load, in the time zone of the session';
COMMENT ON COLUMN industry.bi_lineage.converted_usd IS 'the value in US$, by a cited rate; NULL where it is in US$ already, is no money, is real money, or has no rate';
COMMENT ON COLUMN industry.bi_lineage.rate_fact_id IS 'fact of the exchange rate';
COMMENT ON COLUMN industry.bi_lineage.fact_table IS 'table of the fact';
COMMENT ON COLUMN industry.bi_lineage.measure IS 'which figure of the fact: amount, share, capacity, investment, cost and so on';
COMMENT ON COLUMN industry.bi_lineage.subject IS 'who or what the figure is about';
COMMENT ON COLUMN industry.bi_lineage.unit IS 'unit of the value';
COMMENT ON COLUMN industry.bi_lineage.qualifier IS 'how the value is meant: =, <, ≤, >, ≥, ~, nearly, range';
COMMENT ON COLUMN industry.bi_lineage.missing_reason IS 'why there is no value';

/*
 * What is set apart: forecasts and targets, claims, totals and subtotals, one row a figure
 */

CREATE OR REPLACE VIEW industry.latest_figure AS
SELECT k.publisher, k.edition, k.known_from, k.kind, k.metric, k.basis, k.scope, k.price_or_cost, k.money_basis, k.base_year, k.country_basis, k.application,
	   k.stage, g.name AS stage_name, k.material, k.geography, k.scenario, k.period_first, k.period_last, k.year, k.period_label, k.period_as_printed,
	   o.row_kind, o.subject, m.maker, m.name AS maker_name, o.country, c.name AS country_name, o.chemistry, o.measure,
	   industry.plain_number(o.value) AS value_in_unit, industry.plain_number(industry.lower_bound(o.qualifier, o.value, o.low)) AS value_low_in_unit,
	   industry.plain_number(industry.upper_bound(o.qualifier, o.value, o.high)) AS value_high_in_unit, o.unit,
	   coalesce(o.qualifier = '=' AND z.standing = 'history', false) AS is_exact, o.qualifier, o.missing_reason, o.statement_number::integer AS statement_number,
	   o.statement_kind, z.standing, o.missing_reason AS note, o.as_printed, o.locator, o.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.observation o ON o.set_id = k.set_id
CROSS JOIN LATERAL (SELECT industry.figure_standing(o.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing) AS z
LEFT JOIN industry.stage g ON g.stage = k.stage
LEFT JOIN industry.maker m ON m.maker_id = o.maker_id
LEFT JOIN industry.country c ON c.country = o.country
-- the second measure of a row that states one
WHERE o.qualifier IS NOT NULL OR o.missing_reason IS NOT NULL;
COMMENT ON VIEW industry.latest_figure IS 'latest edition: every figure in one shape with its standing, for the views of what is set apart';

CREATE OR REPLACE VIEW industry.bi_forecast AS
SELECT f.publisher, f.edition, f.known_from, f.kind, f.metric, f.basis, f.scope, f.price_or_cost, f.money_basis, f.base_year, f.country_basis,
	   f.application, f.stage, f.stage_name, f.material, f.geography, f.scenario, f.period_first, f.period_last, f.year, f.period_label,
	   f.period_as_printed, f.row_kind, f.subject, f.maker, f.maker_name, f.country, f.country_name, f.chemistry, f.measure, f.value_in_unit,
	   f.value_low_in_unit, f.value_high_in_unit, f.unit, f.is_exact, f.qualifier, f.missing_reason, f.statement_number AS statement, f.statement_kind,
	   f.standing, f.note, f.as_printed, f.locator, f.fact_id
FROM industry.latest_figure f
WHERE f.standing = 'forecast';
COMMENT ON VIEW industry.bi_forecast IS 'latest edition: forecasts and targets, one row a figure and statement: what a source calls so, and every figure whose period begins after its publication. None of them is in another view of figures but those of plans (bi_expansion, bi_storage_project) and bi_lineage';
COMMENT ON COLUMN industry.bi_forecast.kind IS 'kind of report';
COMMENT ON COLUMN industry.bi_forecast.subject IS 'who or what the figure is about';
COMMENT ON COLUMN industry.bi_forecast.country IS 'country that it is about, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.bi_forecast.chemistry IS 'chemistry that it is about';
COMMENT ON COLUMN industry.bi_forecast.measure IS 'which figure: amount, share, capacity, cost and so on';
COMMENT ON COLUMN industry.bi_forecast.value_in_unit IS 'value, in unit';
COMMENT ON COLUMN industry.bi_forecast.value_low_in_unit IS 'least value that the statement allows, in unit';
COMMENT ON COLUMN industry.bi_forecast.value_high_in_unit IS 'greatest value that the statement allows, in unit';
COMMENT ON COLUMN industry.bi_forecast.unit IS 'unit of the value';
COMMENT ON COLUMN industry.bi_forecast.qualifier IS 'how the value is meant: =, <, ≤, >, ≥, ~, nearly, range';
COMMENT ON COLUMN industry.bi_forecast.missing_reason IS 'why there is no value';
COMMENT ON COLUMN industry.bi_forecast.row_kind IS 'member, subtotal, remainder, stated_total or derived';
COMMENT ON COLUMN industry.bi_forecast.as_printed IS 'text as printed';
COMMENT ON COLUMN industry.bi_forecast.locator IS 'page, footnote or table in the source';

CREATE OR REPLACE VIEW industry.bi_claim AS
SELECT f.publisher, f.edition, f.known_from, f.kind, f.metric, f.basis, f.scope, f.price_or_cost, f.money_basis, f.base_year, f.country_basis,
	   f.application, f.stage, f.stage_name, f.material, f.geography, f.scenario, f.period_first, f.period_last, f.year, f.period_label,
	   f.period_as_printed, f.row_kind, f.subject, f.maker, f.maker_name, f.country, f.country_name, f.chemistry, f.measure, f.value_in_unit,
	   f.value_low_in_unit, f.value_high_in_unit, f.unit, f.is_exact, f.qualifier, f.missing_reason, f.statement_number AS statement, f.statement_kind,
	   f.standing, f.note, f.as_printed, f.locator, f.fact_id
FROM industry.latest_figure f
WHERE f.standing = 'claim';
COMMENT ON VIEW industry.bi_claim IS 'latest edition: figures that their source marks as claimed or derived, one row a figure and statement. Shares, concentration, output and learning curves take none of them';

CREATE OR REPLACE VIEW industry.bi_stated_total AS
SELECT f.publisher, f.edition, f.known_from, f.kind, f.metric, f.basis, f.scope, f.price_or_cost, f.money_basis, f.base_year, f.country_basis,
	   f.application, f.stage, f.stage_name, f.material, f.geography, f.scenario, f.period_first, f.period_last, f.year, f.period_label,
	   f.period_as_printed, f.row_kind, f.subject, f.maker, f.maker_name, f.country, f.country_name, f.chemistry, f.measure, f.value_in_unit,
	   f.value_low_in_unit, f.value_high_in_unit, f.unit, f.is_exact, f.qualifier, f.missing_reason, f.statement_number AS statement, f.statement_kind,
	   f.standing, f.note, f.as_printed, f.locator, f.fact_id
FROM industry.latest_figure f
WHERE f.row_kind <> 'member' AND f.standing <> 'forecast';
COMMENT ON VIEW industry.bi_stated_total IS 'latest edition: totals, subtotals, remainders and derived figures as sources state them, one row a figure and statement: other grains than the members, which never add up with them';
