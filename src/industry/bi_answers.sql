/*
 * Sectors, technologies, support, products, further figures
 */

CREATE OR REPLACE FUNCTION industry.bi_rows_sector_answer()
RETURNS TABLE (publisher text, edition text, scenario text, sector text, metric text, wanted text, threshold_in_unit double precision, threshold_low_in_unit double precision,
	threshold_high_in_unit double precision, unit text, is_exact boolean, qualifier text, requirement_as_printed text, chemistry text, role text,
	chemistry_as_printed text, requirement_locator text, chemistry_locator text, requirement_fact_id text, chemistry_fact_id text, statement_kind text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp AS $$
	SELECT a.publisher, a.edition, a.scenario, a.sector, a.metric, a.wanted, industry.plain_number(a.value),
		   industry.plain_number(industry.lower_bound(a.qualifier, a.value, a.value_low)), industry.plain_number(industry.upper_bound(a.qualifier, a.value, a.value_high)),
		   a.unit, coalesce(a.qualifier = '=' AND a.value IS NOT NULL, false), a.qualifier, a.requirement_as_printed, a.chemistry::text, a.role, a.chemistry_as_printed,
		   a.requirement_locator, a.chemistry_locator, a.requirement_fact_id::text, a.chemistry_fact_id::text, a.statement_kind
	FROM industry.sector_answer a;
$$;
COMMENT ON FUNCTION industry.bi_rows_sector_answer() IS 'rows of bi_sector_answer: the view sector_answer in plain types. Runs with the rights of its owner';
REVOKE EXECUTE ON FUNCTION industry.bi_rows_sector_answer() FROM PUBLIC;

CREATE OR REPLACE VIEW industry.bi_sector_answer AS
SELECT a.publisher, a.edition, a.scenario, a.sector, s.name AS sector_name, a.metric, a.wanted, a.threshold_in_unit, a.threshold_low_in_unit, a.threshold_high_in_unit,
	   a.unit, a.is_exact, a.qualifier, a.statement_kind, a.requirement_as_printed, a.chemistry, a.role, a.chemistry_as_printed, a.requirement_locator,
	   a.chemistry_locator, a.requirement_fact_id, a.chemistry_fact_id
FROM industry.bi_rows_sector_answer() AS a
LEFT JOIN industry.sector s ON s.sector = a.sector;
COMMENT ON VIEW industry.bi_sector_answer IS 'latest edition: demands of sectors and the chemistries that the same source names for them, one row a demand and chemistry';
COMMENT ON COLUMN industry.bi_sector_answer.metric IS 'what is demanded, in lower case: specific_energy, service_life';
COMMENT ON COLUMN industry.bi_sector_answer.sector_name IS 'name of the sector';
COMMENT ON COLUMN industry.bi_sector_answer.threshold_in_unit IS 'threshold, in unit, where the source gives one';
COMMENT ON COLUMN industry.bi_sector_answer.threshold_low_in_unit IS 'least value that the statement allows, in unit';
COMMENT ON COLUMN industry.bi_sector_answer.threshold_high_in_unit IS 'greatest value that the statement allows, in unit';
COMMENT ON COLUMN industry.bi_sector_answer.is_exact IS 'whether the threshold is exact as printed; false where there is none';
COMMENT ON COLUMN industry.bi_sector_answer.chemistry IS 'chemistry named; NULL where none is';
COMMENT ON COLUMN industry.bi_sector_answer.role IS 'named; used today; developed for it; ruled out';
COMMENT ON COLUMN industry.bi_sector_answer.requirement_as_printed IS 'the demand as printed';
COMMENT ON COLUMN industry.bi_sector_answer.chemistry_as_printed IS 'the statement about the chemistry as printed';
COMMENT ON COLUMN industry.bi_sector_answer.requirement_locator IS 'where the demand is stated';
COMMENT ON COLUMN industry.bi_sector_answer.chemistry_locator IS 'where the chemistry is named';
COMMENT ON COLUMN industry.bi_sector_answer.requirement_fact_id IS 'fact of the demand';
COMMENT ON COLUMN industry.bi_sector_answer.chemistry_fact_id IS 'fact of the chemistry';

-- A recursion has a high cost and few rows: compiling its expressions (jit) takes longer than it.
CREATE OR REPLACE FUNCTION industry.bi_rows_technology_event()
RETURNS TABLE (publisher text, technology text, first_event text, steps integer, fact_id text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp SET jit = off AS $$
	SELECT c.publisher, c.technology, c.first_event, c.steps, c.fact_id::text FROM industry.technology_chain c;
$$;
COMMENT ON FUNCTION industry.bi_rows_technology_event() IS 'place of each event of bi_technology_event in its chain, from the view technology_chain. Runs with the rights of its owner';
REVOKE EXECUTE ON FUNCTION industry.bi_rows_technology_event() FROM PUBLIC;

CREATE OR REPLACE VIEW industry.bi_technology_event AS
SELECT k.publisher, k.edition, k.known_from, f.technology, f.event_code, f.event, f.chemistry::text AS chemistry, f.happened, f.happened_precision,
	   extract(year FROM f.happened)::integer AS year, f.from_actor, f.from_country,
	   a.name AS from_country_name, f.to_actor, f.to_country, b.name AS to_country_name, f.parent_event, c.first_event, c.steps,
	   f.is_exclusive, f.may_sublicense, array_to_string(f.patented_in, ', ') AS patented_in, array_to_string(f.not_patented_in, ', ') AS not_patented_in,
	   f.approver, f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.technology_event f ON f.set_id = k.set_id
LEFT JOIN industry.bi_rows_technology_event() AS c ON c.fact_id = f.fact_id::text
LEFT JOIN industry.country a ON a.country = f.from_country
LEFT JOIN industry.country b ON b.country = f.to_country
WHERE k.kind = 'technology_event';
COMMENT ON VIEW industry.bi_technology_event IS 'latest edition: how technologies came to be and changed hands, one row an event';
COMMENT ON COLUMN industry.bi_technology_event.year IS 'year in which it happened';
COMMENT ON COLUMN industry.bi_technology_event.first_event IS 'event that its chain starts with';
COMMENT ON COLUMN industry.bi_technology_event.steps IS 'steps from the first event of its chain';
COMMENT ON COLUMN industry.bi_technology_event.patented_in IS 'countries where it was patented, ISO 3166-1 alpha-2, parted by commas';
COMMENT ON COLUMN industry.bi_technology_event.not_patented_in IS 'countries where a source says it was not patented, parted by commas';

CREATE OR REPLACE FUNCTION industry.bi_rows_technology_gap()
RETURNS TABLE (publisher text, edition text, technology text, invented date, invented_in text, invented_by text, launched date, launched_in text,
	launched_by text, scaled date, scaled_in text, scaled_by text, years_to_launch integer, years_to_scale integer, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 20 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp AS $$
	SELECT g.publisher, g.edition, g.technology, g.invented, g.invented_in, g.invented_by, g.launched, g.launched_in, g.launched_by, g.scaled,
		   g.scaled_in, g.scaled_by, g.years_to_launch, g.years_to_scale, g.note
	FROM industry.technology_gap g;
$$;
COMMENT ON FUNCTION industry.bi_rows_technology_gap() IS 'rows of bi_technology_gap: the view technology_gap. Runs with the rights of its owner';
REVOKE EXECUTE ON FUNCTION industry.bi_rows_technology_gap() FROM PUBLIC;

CREATE OR REPLACE VIEW industry.bi_technology_gap AS
SELECT g.publisher, g.edition, g.technology, g.invented, g.invented_in, i.name AS invented_in_name, g.invented_by, g.launched, g.launched_in,
	   l.name AS launched_in_name, g.launched_by, g.scaled, g.scaled_in, s.name AS scaled_in_name, g.scaled_by, g.years_to_launch, g.years_to_scale, g.note
FROM industry.bi_rows_technology_gap() AS g
LEFT JOIN industry.country i ON i.country = g.invented_in
LEFT JOIN industry.country l ON l.country = g.launched_in
LEFT JOIN industry.country s ON s.country = g.scaled_in;
COMMENT ON VIEW industry.bi_technology_gap IS 'latest edition: where and when each technology was invented, launched and scaled up, one row a technology';
COMMENT ON COLUMN industry.bi_technology_gap.invented IS 'day of the earliest invention, or patent; the first day of the month or year where only that is known';
COMMENT ON COLUMN industry.bi_technology_gap.invented_in IS 'country, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.bi_technology_gap.invented_in_name IS 'usual English name of the country';
COMMENT ON COLUMN industry.bi_technology_gap.invented_by IS 'actor';
COMMENT ON COLUMN industry.bi_technology_gap.launched IS 'day of the first commercial launch; the first day of the month or year where only that is known';
COMMENT ON COLUMN industry.bi_technology_gap.launched_in IS 'country, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.bi_technology_gap.launched_in_name IS 'usual English name of the country';
COMMENT ON COLUMN industry.bi_technology_gap.launched_by IS 'actor';
COMMENT ON COLUMN industry.bi_technology_gap.scaled IS 'day of the first scale-up; the first day of the month or year where only that is known';
COMMENT ON COLUMN industry.bi_technology_gap.scaled_in IS 'country, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.bi_technology_gap.scaled_in_name IS 'usual English name of the country';
COMMENT ON COLUMN industry.bi_technology_gap.scaled_by IS 'actor';
COMMENT ON COLUMN industry.bi_technology_gap.years_to_launch IS 'years from invention to launch, difference of calendar years';
COMMENT ON COLUMN industry.bi_technology_gap.years_to_scale IS 'years from invention to scale-up, difference of calendar years';
COMMENT ON COLUMN industry.bi_technology_gap.note IS 'what the source does not tell';

CREATE OR REPLACE VIEW industry.support_account AS
WITH support AS MATERIALIZED (
	SELECT f.fact_id, f.set_id, f.row_kind, k.publisher, k.period_first, k.period_last,
		   ROW(k.metric, k.scenario, f.row_kind, industry.name_key(f.giver), industry.name_key(f.receiver), industry.name_key(f.programme))::text AS thing,
		   row_number() OVER (ORDER BY coalesce(o.place, 2147483647), coalesce(k.period_first - k.period_last, 0), k.known_from DESC, k.source COLLATE "C", k.set_id,
								f.fact_id) AS place,
		   -- what has no figure in US$, a bound, or two that differ takes no other's out
		   coalesce(CASE WHEN f.currency = 'USD' THEN f.amount END, f.amount_usd_stated) IS NOT NULL AND industry.is_point(f.qualifier)
		   AND industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) <> 'forecast' AND d.set_id IS NULL AS has_figure
	FROM industry.latest_set k
	JOIN industry.public_support f ON f.set_id = k.set_id
	LEFT JOIN (SELECT DISTINCT s.set_id, s.giver, s.receiver, s.programme FROM industry.public_support s WHERE s.statement_number > 1) AS d
	  ON d.set_id = f.set_id AND d.giver = f.giver AND (d.receiver, d.programme) IS NOT DISTINCT FROM (f.receiver, f.programme)
	LEFT JOIN industry.source_preference o ON o.kind = k.kind AND o.publisher = k.publisher
	WHERE k.kind = 'public_support' AND f.statement_number = 1)
SELECT s.fact_id, coalesce(x.publisher, s.publisher) AS counted_publisher,
	   CASE WHEN s.row_kind <> 'member' THEN 'no grant of its own: ' || replace(s.row_kind, '_', ' ') ELSE 'in sums counts ' || x.publisher END AS why_not
FROM support s
LEFT JOIN (
	SELECT DISTINCT ON (a.fact_id) a.fact_id, b.publisher
	FROM support a
	-- what has no period may be of any
	JOIN support b ON b.thing = a.thing AND b.has_figure AND (b.place < a.place OR NOT a.has_figure) AND b.set_id <> a.set_id
		AND (a.period_first IS NULL OR b.period_first IS NULL OR b.period_first <= a.period_last AND b.period_last >= a.period_first)
	ORDER BY a.fact_id, b.place) AS x ON x.fact_id = s.fact_id;
COMMENT ON VIEW industry.support_account IS 'latest edition: of each public support whether it counts in sums: of several publishers or periods that overlap, of one giver, receiver and programme, one that gives it in US$ does';
COMMENT ON COLUMN industry.support_account.counted_publisher IS 'publisher whose figures count';
COMMENT ON COLUMN industry.support_account.why_not IS 'why the row does not count; NULL where it does';

CREATE OR REPLACE VIEW industry.bi_public_support AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.scenario, k.period_first, k.period_last, k.year, k.period_label, k.period_as_printed, f.row_kind, f.giver, f.giver_country,
	   c.name AS giver_country_name, f.receiver, m.maker, m.name AS maker_name, f.programme, f.instrument, f.continuity, f.chemistry::text AS chemistry,
	   CASE WHEN d.set_id IS NULL AND a.why_not IS NULL AND industry.is_point(f.qualifier)
			THEN industry.plain_number(coalesce(CASE WHEN f.currency = 'USD' THEN f.amount END, f.amount_usd_stated)) END AS amount_usd,
	   CASE WHEN d.set_id IS NULL THEN industry.plain_number(coalesce(CASE WHEN f.currency = 'USD' THEN f.amount END, f.amount_usd_stated)) END AS amount_stated_usd,
	   CASE WHEN f.currency = 'USD' AND d.in_currency IS NOT TRUE THEN industry.plain_number(industry.least_stated(f.qualifier, f.amount, f.amount_low, d.set_id IS NOT NULL, d.low, d.low_open)) END AS amount_low_usd,
	   CASE WHEN f.currency = 'USD' AND d.in_currency IS NOT TRUE THEN industry.plain_number(industry.greatest_stated(f.qualifier, f.amount, f.amount_high, d.set_id IS NOT NULL, d.high, d.high_open)) END AS amount_high_usd,
	   industry.plain_number(f.amount) AS amount_in_currency, f.currency,
	   coalesce(f.qualifier = '=' AND d.set_id IS NULL AND f.amount IS NOT NULL AND g.standing = 'history', false) AS is_exact, f.qualifier, f.missing_reason,
	   coalesce(d.statements, 1)::integer AS statements, f.statement_kind, g.standing, a.counted_publisher,
	   nullif(concat_ws('; ', CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || f.as_printed || '; ' || d.printed
			WHEN f.missing_reason IS NOT NULL THEN f.missing_reason
			WHEN f.currency <> 'USD' AND f.amount_usd_stated IS NULL THEN 'not stated in US$' END, a.why_not, industry.bound_note(f.qualifier), industry.standing_note(g.standing, f.statement_kind)), '') AS note,
	   f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.public_support f ON f.set_id = k.set_id
CROSS JOIN LATERAL (SELECT industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing) AS g
JOIN industry.support_account a ON a.fact_id = f.fact_id
LEFT JOIN industry.country c ON c.country = f.giver_country
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN (
	SELECT o.set_id, o.giver, o.receiver, o.programme, count(*) + 1 AS statements,
		   min(industry.lower_bound(o.qualifier, o.amount, o.amount_low)) AS low,
		   min(industry.open_below(o.qualifier, o.amount, o.amount_low)) AS low_open,
		   max(industry.upper_bound(o.qualifier, o.amount, o.amount_high)) AS high,
		   max(industry.open_above(o.qualifier, o.amount, o.amount_high)) AS high_open,
		   bool_or(o.currency <> 'USD') AS in_currency, string_agg(o.as_printed, '; ' ORDER BY o.statement_number) AS printed
	FROM industry.public_support o WHERE o.statement_number > 1 GROUP BY o.set_id, o.giver, o.receiver, o.programme) AS d
  ON d.set_id = f.set_id AND (d.giver, d.receiver, d.programme) IS NOT DISTINCT FROM (f.giver, f.receiver, f.programme)
WHERE f.statement_number = 1 AND k.kind = 'public_support' AND g.standing <> 'forecast';
COMMENT ON VIEW industry.bi_public_support IS 'latest edition: public money for makers and technologies, one row a giver, receiver and programme, and totals that sources state, which do not count in sums. Programmes of one giver may contain one another, which no source says';
COMMENT ON COLUMN industry.bi_public_support.amount_usd IS 'amount, US$, over the period; NULL where it is not stated in US$ or is a bound, and for rows that do not count in sums (note)';
COMMENT ON COLUMN industry.bi_public_support.amount_stated_usd IS 'amount as stated in US$, of every row: never add it up';
COMMENT ON COLUMN industry.bi_public_support.amount_low_usd IS 'least amount that a statement in US$ allows, US$';
COMMENT ON COLUMN industry.bi_public_support.amount_high_usd IS 'greatest amount that a statement in US$ allows, US$';
COMMENT ON COLUMN industry.bi_public_support.amount_in_currency IS 'amount as stated, in units of currency';

CREATE OR REPLACE VIEW industry.bi_product_specification AS
SELECT k.publisher, k.edition, k.known_from, k.scenario, k.period_first, k.period_last, k.year, k.period_label, k.period_as_printed, f.product, m.maker, m.name AS maker_name, f.chemistry::text AS chemistry, f.metric,
	   industry.plain_number(f.value) AS value_in_unit, industry.plain_number(industry.lower_bound(f.qualifier, f.value, f.value_low)) AS value_low_in_unit,
	   industry.plain_number(industry.upper_bound(f.qualifier, f.value, f.value_high)) AS value_high_in_unit, f.unit,
	   coalesce(f.qualifier = '=' AND g.standing = 'history', false) AS is_exact, f.qualifier, f.missing_reason, f.statement_number::integer AS statement, f.statement_kind,
	   g.standing, nullif(concat_ws('; ', f.missing_reason, industry.standing_note(g.standing, f.statement_kind)), '') AS note, f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.product_specification f ON f.set_id = k.set_id
CROSS JOIN LATERAL (SELECT industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing) AS g
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
WHERE k.kind = 'product_specification' AND g.standing <> 'forecast';
COMMENT ON VIEW industry.bi_product_specification IS 'latest edition: properties of products, no targets, one row a product, property and statement. Properties of different units are in one column: filter on metric and unit';
COMMENT ON COLUMN industry.bi_product_specification.value_in_unit IS 'value, in unit';
COMMENT ON COLUMN industry.bi_product_specification.value_low_in_unit IS 'least value that the statement allows, in unit';
COMMENT ON COLUMN industry.bi_product_specification.value_high_in_unit IS 'greatest value that the statement allows, in unit';

CREATE OR REPLACE VIEW industry.bi_stated_figure AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.basis, k.geography, k.scenario, k.period_first, k.period_last, k.year, k.period_label, k.period_as_printed, f.row_kind, f.figure,
	   f.subject, m.maker, m.name AS maker_name, f.country, c.name AS country_name, f.chemistry::text AS chemistry,
	   industry.plain_number(f.value) AS value_in_unit, industry.plain_number(industry.lower_bound(f.qualifier, f.value, f.value_low)) AS value_low_in_unit,
	   industry.plain_number(industry.upper_bound(f.qualifier, f.value, f.value_high)) AS value_high_in_unit, f.unit, industry.plain_number(f.part) AS part_in_unit,
	   industry.plain_number(f.whole) AS whole_in_unit, industry.plain_number(f.part / f.whole) AS part_fraction, f.currency, f.price_year,
	   coalesce(f.qualifier = '=' AND g.standing = 'history', false) AS is_exact, f.qualifier, f.missing_reason, f.statement_number::integer AS statement, f.statement_kind,
	   g.standing, nullif(concat_ws('; ', f.missing_reason, industry.standing_note(g.standing, f.statement_kind)), '') AS note, f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.stated_figure f ON f.set_id = k.set_id
CROSS JOIN LATERAL (SELECT industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing) AS g
LEFT JOIN industry.country c ON c.country = f.country
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
WHERE k.kind = 'stated_figure' AND g.standing <> 'forecast';
COMMENT ON VIEW industry.bi_stated_figure IS 'latest edition: figures that have no view of their own, no forecasts, one row a figure and statement. Figures of different units are in one column: they are to be read, not to be added up';
COMMENT ON COLUMN industry.bi_stated_figure.value_in_unit IS 'value, in unit';
COMMENT ON COLUMN industry.bi_stated_figure.value_low_in_unit IS 'least value that the statement allows, in unit';
COMMENT ON COLUMN industry.bi_stated_figure.value_high_in_unit IS 'greatest value that the statement allows, in unit';
COMMENT ON COLUMN industry.bi_stated_figure.part_in_unit IS 'x in "x of y", in unit';
COMMENT ON COLUMN industry.bi_stated_figure.whole_in_unit IS 'y in "x of y", in unit';
COMMENT ON COLUMN industry.bi_stated_figure.part_fraction IS 'x over y, 0 to 1';

CREATE OR REPLACE VIEW industry.bi_exchange_rate AS
SELECT k.publisher, k.edition, k.known_from, k.scenario, k.period_first, k.period_last, k.year, k.period_label, f.currency, industry.plain_number(f.units_per_usd) AS units_per_usd,
	   f.rate_kind, f.qualifier = '=' AND g.standing = 'history' AS is_exact, f.statement_kind, g.standing, f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.exchange_rate f ON f.set_id = k.set_id
CROSS JOIN LATERAL (SELECT industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing) AS g
WHERE k.kind = 'exchange_rate' AND g.standing <> 'forecast';
COMMENT ON VIEW industry.bi_exchange_rate IS 'latest edition: exchange rates as cited, one row a currency, kind and period';
COMMENT ON COLUMN industry.bi_exchange_rate.units_per_usd IS 'units of the currency that one US$ buys';

CREATE OR REPLACE VIEW industry.bi_price_index AS
SELECT k.publisher, k.edition, k.known_from, k.scenario, k.period_first, k.period_last, k.year, k.period_label, f.index_name, f.country, c.name AS country_name, industry.plain_number(f.value) AS index_points,
	   f.base_as_printed, f.qualifier = '=' AND g.standing = 'history' AS is_exact, f.statement_kind, g.standing, f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.price_index f ON f.set_id = k.set_id
CROSS JOIN LATERAL (SELECT industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing) AS g
LEFT JOIN industry.country c ON c.country = f.country
WHERE k.kind = 'price_index' AND g.standing <> 'forecast';
COMMENT ON VIEW industry.bi_price_index IS 'latest edition: price indices as cited, one row an index and period; only ratios within one edition mean anything';
COMMENT ON COLUMN industry.bi_price_index.index_points IS 'value, on whatever base the edition has';
