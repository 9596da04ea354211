/*
 * What the page shows: a query a section.  bin/battery-dashboard runs each as it
 * stands and gives its rows to page.js under the section's name.
 *
 * A query reads views bi_* and functions of the extension only (and as_of, which is a
 * setting), so that a reader's role suffices.  The columns that a figure has in every table and CSV of the page
 * are named as in page.js (FIGURE): subject, measure, value, low, high, unit,
 * is_exact, statement_kind, publisher, edition, locator, as_printed, note, fact_id.
 */

-- @section about
SELECT current_database() AS database, current_user AS reader, current_date AS made_on,
	   CASE WHEN isfinite(industry.as_of()) THEN industry.as_of() END AS as_of;

-- Editions, the latest first; latest_sets is 0 for one that is wholly restated.
-- @section source
SELECT s.publisher, s.edition, s.source, s.title, s.published, s.published_precision, s.known_from, s.licence, s.url, s.latest_sets
FROM industry.bi_source s
WHERE s.known_from <= industry.as_of()
ORDER BY s.known_from DESC NULLS LAST, s.published DESC NULLS LAST, s.source;

-- Rows that are refused to this day.
-- @section quarantine
SELECT q.publisher, q.edition, q.source, q.kind, q.file_name, q.line AS line_number, q.column_name, q.as_printed, q.message, q.hint, q.loaded_on
FROM industry.bi_quarantine q
WHERE NOT q.is_resolved AND NOT q.is_dismissed
  AND NOT EXISTS (SELECT FROM industry.bi_source s WHERE s.source = q.source AND s.known_from > industry.as_of())
ORDER BY q.loaded_on DESC, q.source, q.file_name, q.line, q.column_name;

-- @section learning_point
SELECT p.price_series, p.output_series, p.pair, p.publisher, p.output_publisher, p.edition, p.output_edition, p.metric, p.geography, p.scenario, p.scope,
	   p.price_or_cost, p.money_basis, p.base_year, p.output_basis, p.chemistry, p.period_first, p.period_last, p.year, p.cumulative_gwh,
	   coalesce(p.price_usd_per_kwh, p.lcos_usd_per_kwh_discharged) AS value,
	   coalesce(r.price_low_usd_per_kwh, r.lcos_low_usd_per_kwh_discharged) AS low,
	   coalesce(r.price_high_usd_per_kwh, r.lcos_high_usd_per_kwh_discharged) AS high,
	   CASE WHEN p.scope = 'lcos' THEN 'US$/kWh discharged' ELSE 'US$/kWh' END AS unit,
	   p.is_exact, p.statement_kind, p.locator, p.as_printed, p.is_used, p.note, p.fact_id
FROM industry.bi_learning_point p
LEFT JOIN industry.bi_price r ON r.fact_id = p.fact_id
ORDER BY p.price_series, p.output_series, p.pair, p.chemistry, p.period_first, p.fact_id;

-- The default window first; series without a curve have a reason.
-- @section learning_curve
SELECT c.price_series, c.output_series, c.pair, c.publisher, c.output_publisher, c.metric, c.geography, c.scenario, c.scope, c.price_or_cost, c.money_basis,
	   c.base_year, c.output_basis, c.chemistry, c.fit_window, c.first_period, c.last_period, c.observations, c.learning_rate_fraction AS value,
	   c.learning_rate_low_fraction AS low, c.learning_rate_high_fraction AS high, 'fraction' AS unit, c.exponent, c.intercept, c.residual_stderr, c.r_squared,
	   c.learning_rate_stated_fraction, c.stated_as_printed, c.stated_edition, c.stated_locator, c.stated_fact_id, c.reason, c.note
FROM industry.bi_learning_curve c
ORDER BY c.price_series, c.output_series, c.pair, c.chemistry, c.fit_window <> 'default', c.fit_window;

-- @section learning_line
SELECT l.price_series, l.output_series, l.pair, l.publisher, l.output_publisher, l.metric, l.geography, l.output_basis, l.chemistry, l.fit_window, l.is_in_sample,
	   l.cumulative_gwh, coalesce(l.price_usd_per_kwh, l.lcos_usd_per_kwh_discharged) AS fitted,
	   coalesce(l.price_low_usd_per_kwh, l.lcos_low_usd_per_kwh_discharged) AS low, coalesce(l.price_high_usd_per_kwh, l.lcos_high_usd_per_kwh_discharged) AS high
FROM industry.bi_learning_line l
ORDER BY l.price_series, l.output_series, l.pair, l.chemistry, l.fit_window, l.cumulative_gwh;

-- The same points as other estimators see them.  They need a history of years, each once,
-- with a cumulative output that does not fall: anything else cost_series refuses.
-- @section estimator
WITH point AS (
	SELECT c.price_series, c.output_series, c.pair, c.publisher, c.output_publisher, c.metric, c.geography, c.output_basis, c.chemistry, c.fit_window,
		   p.year, p.cumulative_gwh, p.price, o.output_stated_gwh,
		   coalesce(o.output_stated_gwh > 0 AND o.output_stated_gwh <= p.cumulative_gwh, false) AS is_known,
		   lag(p.cumulative_gwh) OVER (PARTITION BY c.price_series, c.output_series, c.pair, c.chemistry, c.fit_window ORDER BY p.year) AS cumulative_before,
		   count(*) OVER (PARTITION BY c.price_series, c.output_series, c.pair, c.chemistry, c.fit_window, p.year) AS points_of_year
	FROM industry.bi_learning_curve c
	JOIN (SELECT p.price_series, p.output_series, p.pair, p.chemistry, p.period_first, p.period_last, p.year, p.cumulative_gwh,
				 coalesce(p.price_usd_per_kwh, p.lcos_usd_per_kwh_discharged) AS price
		  FROM industry.bi_learning_point p WHERE p.is_used) AS p
	  ON (p.price_series, p.output_series, p.pair, p.chemistry) IS NOT DISTINCT FROM (c.price_series, c.output_series, c.pair, c.chemistry)
	 AND p.period_first >= c.first_period AND p.period_last <= c.last_period
	LEFT JOIN industry.bi_output o
	  ON (o.output_series, o.chemistry, o.period_first, o.period_last) IS NOT DISTINCT FROM (c.output_series, c.chemistry, p.period_first, p.period_last)
	WHERE c.learning_rate_fraction IS NOT NULL),
series AS (
	SELECT p.price_series, p.output_series, p.pair, p.publisher, p.output_publisher, p.metric, p.geography, p.output_basis, p.chemistry, p.fit_window,
		   cost_series(p.year, p.cumulative_gwh, p.price) AS history, paired_logarithms(p.cumulative_gwh, p.price) AS pairs,
		   learning_curve(p.cumulative_gwh, p.price) AS levels,
		   CASE WHEN bool_and(p.is_known) THEN cost_series(p.year, p.output_stated_gwh, p.cumulative_gwh, p.price) FILTER (WHERE p.is_known) END AS yearly,
		   CASE WHEN bool_and(p.is_known) THEN learning_curve(p.cumulative_gwh, p.price, p.output_stated_gwh) FILTER (WHERE p.is_known) END AS weighted
	FROM point p
	GROUP BY p.price_series, p.output_series, p.pair, p.publisher, p.output_publisher, p.metric, p.geography, p.output_basis, p.chemistry, p.fit_window
	HAVING count(*) > 4 AND count(*) = count(p.year) AND max(p.points_of_year) = 1 AND bool_and(coalesce(p.cumulative_before <= p.cumulative_gwh, true)))
SELECT s.price_series, s.output_series, s.pair, s.publisher, s.output_publisher, s.metric, s.geography, s.output_basis, s.chemistry, s.fit_window,
	   e.subject, e.method, e.value, e.low, e.high, 'fraction' AS unit
FROM series s
CROSS JOIN LATERAL (
	SELECT 1, 'least squares', 'a line through the logarithms of all prices and cumulative outputs', f.learning_rate, f.learning_rate_low, f.learning_rate_high
	FROM fit(s.levels) AS f
	UNION ALL
	SELECT 2, 'weighted by output', 'the same line, each year weighted by its output', f.learning_rate, f.learning_rate_low, f.learning_rate_high
	FROM fit(s.weighted) AS f
	UNION ALL
	SELECT 3, 'lagged Wright', 'the same line over the output to the year before', f.learning_rate, f.learning_rate_low, f.learning_rate_high
	FROM lagged_wright(s.yearly) AS f
	UNION ALL
	SELECT 4, 'beside time (Nordhaus)', 'the line beside a fall in time alone', f.learning_rate, f.learning_rate_low, f.learning_rate_high
	FROM nordhaus(s.history) AS f
	UNION ALL
	SELECT 5, 'first differences', 'the changes from year to year', f.learning_rate, f.learning_rate_low, f.learning_rate_high
	FROM first_difference(s.history) AS f
	UNION ALL
	SELECT 6, 'Theil-Sen', 'the median slope of all pairs of points', f.learning_rate, f.learning_rate_low, f.learning_rate_high
	FROM theil_sen_learning_curve(s.pairs) AS f
	UNION ALL
	SELECT 7, 'before a break', format('a line with one break, before it, at %s GWh', round(f.break_at::numeric, 2)), f.learning_rate_before, f.learning_rate_before_low,
		   f.learning_rate_before_high
	FROM segmented_learning_curve(s.pairs) AS f
	UNION ALL
	SELECT 8, 'after the break', 'a line with one break, after it', f.learning_rate_after, f.learning_rate_after_low, f.learning_rate_after_high
	FROM segmented_learning_curve(s.pairs) AS f
	) AS e (n, subject, method, value, low, high)
WHERE e.value IS NOT NULL
ORDER BY s.price_series, s.output_series, s.pair, s.chemistry, s.fit_window, e.n;

-- A share is the stated one, or the amount over the stated total where that is what the
-- concentration of the same set is computed from.
-- @section market
SELECT m.publisher, m.edition, m.metric, m.basis, m.application, m.geography, m.scenario, m.period_first, m.period_last, m.row_kind, m.maker AS subject,
	   m.maker_name AS subject_name, m.amount_stated_gwh, m.stated_total_gwh,
	   CASE WHEN o.is_of_amounts THEN m.share_computed_fraction ELSE m.share_stated_fraction END AS value,
	   CASE WHEN NOT o.is_of_amounts THEN m.share_low_fraction WHEN m.stated_total_gwh > 0 THEN m.amount_low_gwh / m.stated_total_gwh END AS low,
	   CASE WHEN NOT o.is_of_amounts THEN m.share_high_fraction WHEN m.stated_total_gwh > 0 THEN m.amount_high_gwh / m.stated_total_gwh END AS high,
	   'fraction' AS unit, CASE WHEN o.is_of_amounts THEN 'share, of the stated total' WHEN m.row_kind = 'unattributed' THEN 'share, of 100 %' ELSE 'share, as stated' END AS measure,
	   m.is_exact, m.statement_kind, m.locator, CASE WHEN o.is_of_amounts THEN m.as_printed ELSE coalesce(m.share_as_printed, m.as_printed) END AS as_printed, m.note, m.fact_id
FROM industry.bi_market m
LEFT JOIN industry.bi_concentration c
  ON NOT c.by_parent
 AND (c.publisher, c.metric, c.basis, c.application, c.geography, c.scenario, c.period_first, c.period_last)
	 IS NOT DISTINCT FROM (m.publisher, m.metric, m.basis, m.application, m.geography, m.scenario, m.period_first, m.period_last)
CROSS JOIN LATERAL (SELECT coalesce(c.computed_from = 'amount', m.share_stated_fraction IS NULL AND m.share_low_fraction IS NULL AND m.share_high_fraction IS NULL) AS is_of_amounts) AS o
ORDER BY m.publisher, m.metric, m.basis, m.application, m.geography, m.scenario, m.period_first, m.period_last,
	array_position('{member,remainder,unattributed}', m.row_kind), value DESC NULLS LAST, m.amount_stated_gwh DESC NULLS LAST, m.maker;

-- @section concentration
SELECT c.publisher, c.edition, c.metric, c.basis, c.application, c.geography, c.scenario, c.period_first, c.period_last, c.by_parent,
	   c.computed_from, c.members, c.unknown_members, c.leader, c.leader_share_fraction, c.cr4_fraction, c.hhi_points AS value,
	   c.hhi_low_points AS low, c.hhi_high_points AS high, 'points' AS unit, c.is_exact, c.statement_kind, c.rows_in_quarantine, c.note
FROM industry.bi_concentration c
ORDER BY c.publisher, c.metric, c.basis, c.application, c.geography, c.scenario, c.period_first, c.period_last, c.by_parent;

-- @section plant_cost
SELECT p.publisher, p.edition, p.metric, p.scenario, p.origin, p.grain, p.maker, p.maker_name, p.country, p.country_name, p.plants, p.left_out,
	   p.capacity_stated_gwh_per_year, p.investment_stated_usd, p.cost_usd_per_kwh AS value, p.mean_of_plants_usd_per_kwh, 'US$/kWh per year' AS unit,
	   p.is_exact, p.statement_kind, p.note
FROM industry.bi_plant_cost p
ORDER BY p.origin, p.grain, p.publisher, p.maker, p.country;

-- The plants behind those costs.
-- @section expansion
SELECT e.publisher, e.edition, e.metric, e.scenario, e.maker, e.maker_name, e.site, e.country, e.country_name, e.status, e.capacity_stated_gwh_per_year,
	   e.investment_stated_usd, e.cost_usd_per_kwh AS value, 'US$/kWh per year' AS unit, e.is_exact, e.statement_kind, e.locator, e.as_printed,
	   e.investment_as_printed, e.note, e.fact_id
FROM industry.bi_expansion e
WHERE e.row_kind = 'member'
ORDER BY e.publisher, e.maker, e.country, e.site, e.fact_id;

-- @section restatement
SELECT r.publisher, r.kind, r.metric, r.basis, r.application, r.stage, r.stage_name, r.material, r.geography, r.scenario, r.period_first, r.period_last,
	   r.older_edition, r.newer_edition AS edition, r.subject_name AS subject, r.row_kind, r.measure, r.unit, r.older_value_in_unit,
	   r.newer_value_in_unit AS value, r.change_fraction, r.older_rank, r.newer_rank, r.what_changed, r.newer_as_printed AS as_printed, r.statement_kind,
	   r.older_fact_id, r.newer_fact_id AS fact_id
FROM industry.bi_restatement r
WHERE r.what_changed <> 'unchanged'
ORDER BY r.publisher, r.metric, r.material, r.period_first, r.period_last, r.newer_known_from, r.measure, r.newer_rank, r.subject;

-- @section control_status
SELECT s.control, s.item, s.object, s.stage, s.stage_name, s.material, s.issuer_country, s.target_country, s.instrument, s.reference, s.valid_from, s.valid_to,
	   s.status, s.note
FROM industry.bi_control_status s
ORDER BY s.control, s.item, s.stage, s.object, s.valid_from;

-- @section control_exposure
SELECT e.valid_from, e.valid_to, e.stage, e.stage_name, e.stage_position, e.object, e.from_country, e.from_country_name, e.to_country, e.to_country_name, e.status, e.controls, e.items, e.covers_part,
	   e.material, e.share_publisher, e.share_metric, e.share_basis, e.share_scenario, e.share_edition, e.share_period_first, e.share_period_last,
	   e.exposure_fraction AS value, e.exposure_low_fraction AS low, e.exposure_high_fraction AS high, 'fraction' AS unit, e.is_exact, e.statement_kind,
	   e.is_weakest_stage, e.note
FROM industry.bi_control_exposure e
ORDER BY e.valid_from, e.stage_position, e.object, e.from_country, e.to_country, e.material, e.share_publisher;

-- @section price
SELECT p.publisher, p.edition, p.metric, p.scope, p.price_or_cost, p.money_basis, p.base_year, p.application, p.geography, p.scenario, p.chemistry,
	   p.period_first, p.period_last, p.year, p.subject, p.maker, p.country,
	   coalesce(p.price_usd_per_kwh, p.lcos_usd_per_kwh_discharged) AS value,
	   coalesce(p.price_low_usd_per_kwh, p.lcos_low_usd_per_kwh_discharged) AS low,
	   coalesce(p.price_high_usd_per_kwh, p.lcos_high_usd_per_kwh_discharged) AS high,
	   CASE WHEN p.scope = 'lcos' THEN 'US$/kWh discharged' WHEN p.scope = 'plant_capex' THEN 'US$/kWh per year' ELSE 'US$/kWh' END AS unit,
	   p.is_exact, p.statement_kind, p.locator, p.as_printed, p.note, p.fact_id
FROM industry.bi_price p
WHERE p.row_kind IN ('member', 'derived', 'stated_total')
ORDER BY p.publisher, p.metric, p.scope, p.price_or_cost, p.money_basis, p.base_year, p.chemistry, p.scenario, p.period_first, p.subject, p.fact_id;

-- @section country_share
SELECT c.publisher, c.edition, c.stage, c.stage_name, c.stage_position, c.metric, c.material, c.basis, c.country_basis, c.application, c.geography, c.scenario,
	   c.period_first, c.period_last, c.year, c.country, c.country_name, c.chemistry, c.amount_stated_in_unit, c.unit AS amount_unit,
	   coalesce(c.share_stated_fraction, c.share_computed_fraction) AS value,
	   CASE WHEN c.share_stated_fraction IS NULL AND c.share_computed_fraction IS NOT NULL THEN 'computed' ELSE 'stated' END AS origin,
	   c.share_low_fraction AS low, c.share_high_fraction AS high, 'fraction' AS unit, c.is_exact, c.statement_kind,
	   c.locator, c.as_printed, c.share_as_printed, c.missing_reason, c.note, c.fact_id
FROM industry.bi_country_share c
ORDER BY c.stage_position, c.publisher, c.metric, c.material, c.chemistry, c.geography, c.scenario, c.period_first, c.amount_stated_in_unit DESC NULLS LAST, c.country, c.fact_id;

-- Where the figures above are from.
-- @section lineage
SELECT l.fact_id, l.measure, l.subject, l.value_in_unit, l.low_in_unit, l.high_in_unit, l.unit AS unit_stated, l.qualifier, l.missing_reason, l.as_printed,
	   l.publisher AS source_publisher, l.edition, l.title, l.published, l.published_precision, l.locator, l.licence, l.url, l.source, l.is_latest,
	   l.file_name, l.line AS line_number, l.file_checksum, l.loaded_on, l.conversion
FROM industry.bi_lineage l
WHERE l.fact_id IN (
	SELECT fact_id FROM industry.bi_learning_point UNION SELECT stated_fact_id FROM industry.bi_learning_curve UNION SELECT fact_id FROM industry.bi_price UNION SELECT fact_id FROM industry.bi_market
	UNION SELECT fact_id FROM industry.bi_country_share UNION SELECT fact_id FROM industry.bi_expansion
	UNION SELECT older_fact_id FROM industry.bi_restatement WHERE what_changed <> 'unchanged'
	UNION SELECT newer_fact_id FROM industry.bi_restatement WHERE what_changed <> 'unchanged')
ORDER BY l.fact_id, l.measure;
