/*
 * Views for BI tools: output and learning curves (see bi.sql for what all of them keep to).
 */

/*
 * Output and what prices do over it, of the latest editions.  These four are not
 * for readers; the views below show them in plain columns.  What is asked of a
 * series is asked by its number, in a subquery of its own (OFFSET 0), so that a
 * filter on one series reads that one.
 */

CREATE OR REPLACE VIEW industry.output_history AS
SELECT r.series_id, r.name, r.publisher, r.metric, r.basis, r.country_basis, r.application, r.stage, r.material, r.geography, r.scenario, r.chemistry,
	   r.period_first, r.period_last, r.year, r.period_label, r.edition, r.source, r.published, r.known_from, r.statement_kind, r.amount,
	   r.amount IS NOT NULL AND r.is_exact AS is_exact,
	   CASE WHEN r.breaks = 0 AND r.so_far <= 9000000 AND NOT r.is_part THEN r.so_far END AS cumulative,
	   r.breaks = 0 AND r.inexact = 0 AND NOT r.is_part AS is_cumulative_exact, r.is_part, r.is_bound, r.standing,
	   industry.is_settled(r.so_far, r.first_amount) AS is_settled,
	   industry.sum_trouble(r.trouble, r.gap, r.breaks > 0 AND r.amount IS NOT NULL, r.so_far, r.n = 1, r.is_part) AS note, r.quarantined
FROM (
	SELECT g.series_id, g.name, g.publisher, g.metric, g.basis, g.country_basis, g.application, g.stage, g.material, g.geography, g.scenario, g.chemistry,
		   g.period_first, g.period_last, g.year, g.period_label, g.edition, g.source, g.published, g.known_from, g.statement_kind, g.amount, g.trouble, g.is_exact, g.is_part, g.is_bound,
		   g.standing, g.gap, g.n, g.quarantined,
		   sum(g.amount) OVER w AS so_far, count(*) FILTER (WHERE g.gap IS NOT NULL OR g.amount IS NULL) OVER w AS breaks,
		   count(*) FILTER (WHERE NOT g.is_exact) OVER w AS inexact, first_value(g.amount) OVER w AS first_amount
	FROM (
		SELECT v.series_id, v.name, v.publisher, v.metric, v.basis, v.country_basis, v.application, v.stage, v.material, v.geography, v.scenario, v.chemistry,
			   v.period_first, v.period_last, v.year, v.period_label, v.edition, v.source, v.published, v.known_from, v.statement_kind,
			   industry.output_amount(1, v.contradicted, v.totals, v.least_total, v.total, v.grains, v.unknown, v.listed) AS amount,
			   industry.output_trouble(1, v.contradicted, v.totals, v.least_total, v.total, v.grains, v.unknown, v.listed, v.members, v.rough_totals,
					v.rough_members, v.estimates) AS trouble,
			   v.estimates = 0 AND CASE WHEN v.totals > 0 THEN v.rough_totals ELSE v.rough_members END = 0 AND a.set_id IS NULL AS is_exact, a.note AS quarantined,
			   v.is_part, CASE WHEN v.totals > 0 THEN v.bound_totals ELSE v.bound_members END > 0 AS is_bound,
			   CASE WHEN v.estimates > 0 THEN 'estimate' ELSE 'history' END AS standing,
			   CASE WHEN NOT v.is_part THEN industry.period_gap(lag(v.period_last) OVER w, v.period_first) END AS gap, row_number() OVER w AS n
		FROM (
			SELECT s.series_id, s.name, s.publisher, s.metric, s.basis, s.country_basis, s.application, s.stage, s.material, s.geography, s.scenario,
				   k.set_id, f.chemistry, k.period_first, k.period_last, k.year, k.period_label, k.edition, k.source, k.published, k.known_from, f.statement_kind, f.totals, f.members, f.grains,
				   f.unknown, f.contradicted, f.rough_totals, f.rough_members, f.bound_totals, f.bound_members, f.estimates, f.least_total, f.total, f.listed,
				   -- what lies within a longer period is in its amount
				   coalesce(k.period_last <= max(k.period_last) OVER (PARTITION BY s.series_id, s.publisher, s.metric, s.scope, s.price_or_cost, s.money_basis, s.base_year,
						s.basis, s.country_basis, s.application, s.stage, s.material, s.geography, s.scenario, s.name, f.chemistry
						ORDER BY k.period_first, k.period_last DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS is_part
			FROM industry.named_series s
			CROSS JOIN LATERAL (SELECT l.set_id, l.period_first, l.period_last, l.year, l.period_label, l.edition, l.source, l.published, l.published_precision, l.known_from
								FROM industry.latest_set l WHERE l.series_id = s.series_id AND l.period_first IS NOT NULL OFFSET 0) AS k
			CROSS JOIN LATERAL (
				SELECT f.chemistry::text AS chemistry, count(*) FILTER (WHERE f.row_kind = 'stated_total') AS totals,
					   count(*) FILTER (WHERE f.row_kind = 'member') AS members,
					   count(DISTINCT industry.grain_of(f.maker_id, f.plant_id, f.country)) FILTER (WHERE f.row_kind = 'member') AS grains,
					   count(*) FILTER (WHERE f.row_kind IN ('member', 'remainder') AND f.capacity IS NULL) AS unknown,
					   count(*) FILTER (WHERE f.statement_number > 1) AS contradicted,
					   count(*) FILTER (WHERE f.row_kind = 'stated_total' AND f.qualifier <> '=') AS rough_totals,
					   count(*) FILTER (WHERE f.row_kind IN ('member', 'remainder') AND f.qualifier <> '=') AS rough_members,
					   count(*) FILTER (WHERE f.row_kind = 'stated_total' AND f.qualifier NOT IN ('=', '~')) AS bound_totals,
					   count(*) FILTER (WHERE f.row_kind IN ('member', 'remainder') AND f.qualifier NOT IN ('=', '~')) AS bound_members,
					   count(*) FILTER (WHERE industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) = 'estimate') AS estimates,
					   to_unit(min(f.capacity) FILTER (WHERE f.row_kind = 'stated_total'), 'GWh') AS least_total,
					   to_unit(max(f.capacity) FILTER (WHERE f.row_kind = 'stated_total'), 'GWh') AS total,
					   sum(to_unit(f.capacity, 'GWh')) FILTER (WHERE f.row_kind IN ('member', 'remainder')) AS listed,
					   -- an estimate among them makes the output one
					   CASE WHEN bool_or(f.statement_kind = 'estimated') THEN 'estimated' WHEN count(*) = count(f.statement_kind) THEN 'measured' END AS statement_kind
				FROM industry.capacity_observation f
				WHERE f.set_id = k.set_id
				  AND industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) IN ('history', 'estimate')
				GROUP BY f.chemistry::text) AS f
			WHERE s.kind = 'capacity' AND s.basis IN ('output', 'shipped', 'installed')) AS v
		-- a row that is aside is none of a stated total's
		LEFT JOIN industry.bi_rows_in_quarantine() AS a ON a.set_id = v.set_id AND v.totals = 0
		WINDOW w AS (PARTITION BY v.series_id, v.name, v.publisher, v.metric, v.basis, v.country_basis, v.application, v.stage, v.material, v.geography, v.scenario,
						v.chemistry, v.is_part ORDER BY v.period_first, v.period_last)) AS g
	WINDOW w AS (PARTITION BY g.series_id, g.name, g.publisher, g.metric, g.basis, g.country_basis, g.application, g.stage, g.material, g.geography, g.scenario,
					g.chemistry, g.is_part ORDER BY g.n)) AS r;
COMMENT ON VIEW industry.output_history IS 'latest edition: output of each series, chemistry and period, and its running sum from zero; forecasts, targets and claims are not in it. cumulative_output() has another initial stock, or what was known on a day';
COMMENT ON COLUMN industry.output_history.name IS 'name of the series';
COMMENT ON COLUMN industry.output_history.chemistry IS 'chemistry, as text; NULL for output without one';
COMMENT ON COLUMN industry.output_history.statement_kind IS 'estimated where a figure of the period is; measured where all of them are said to be';
COMMENT ON COLUMN industry.output_history.amount IS 'output of the period, GWh: the stated total, or the sum of members and remainder';
COMMENT ON COLUMN industry.output_history.is_exact IS 'whether it is known exactly: no bound, nothing approximate, no estimate';
COMMENT ON COLUMN industry.output_history.cumulative IS 'running sum, GWh; NULL after a gap';
COMMENT ON COLUMN industry.output_history.is_cumulative_exact IS 'whether all that is in the running sum is exact';
COMMENT ON COLUMN industry.output_history.is_part IS 'whether the period lies within a longer one of the same series and chemistry';
COMMENT ON COLUMN industry.output_history.is_bound IS 'whether the amount is a bound, or has one in it';
COMMENT ON COLUMN industry.output_history.standing IS 'history, or estimate where a figure of the period is one';
COMMENT ON COLUMN industry.output_history.is_settled IS 'whether the running sum is at least ten times the output of the first period, so that what was made before it matters little';
COMMENT ON COLUMN industry.output_history.note IS 'what to know about the row';
COMMENT ON COLUMN industry.output_history.quarantined IS 'that rows of the set are in quarantine, where the output is a sum of members';

CREATE OR REPLACE VIEW industry.curve_series AS
SELECT p.series_id AS price_series_id, p.name AS price_series, p.publisher, p.metric, p.geography, p.scenario, p.scope, p.price_or_cost, p.money_basis,
	   p.base_year, o.series_id AS output_series_id, o.name AS output_series, o.publisher AS output_publisher, o.basis AS output_basis,
	   NULL::text AS pair, NULL::text AS output_chemistry
FROM industry.named_series p
LEFT JOIN industry.named_series o
	   ON o.kind = 'capacity' AND o.basis IN ('output', 'shipped', 'installed') AND o.publisher = p.publisher AND o.metric = p.metric
	  AND o.geography = p.geography AND coalesce(o.scenario, '') = coalesce(p.scenario, '')
WHERE p.kind = 'price'
UNION ALL
SELECT p.series_id, p.name, p.publisher, p.metric, p.geography, p.scenario, p.scope, p.price_or_cost, p.money_basis,
	   p.base_year, o.series_id, o.name, o.publisher, o.basis, c.pair, c.output_chemistry
FROM industry.curve_pair c
JOIN industry.named_series p ON p.series_id = c.price_series
JOIN industry.named_series o ON o.series_id = c.output_series;
COMMENT ON VIEW industry.curve_series IS 'series of prices with the output that they are set against: of the same publisher, metric, geography and scenario (all NULL where there is none), and the pairs of curve_pair';
COMMENT ON COLUMN industry.curve_series.price_series_id IS 'number of the series of prices';
COMMENT ON COLUMN industry.curve_series.price_series IS 'name of the series of prices';
COMMENT ON COLUMN industry.curve_series.output_series_id IS 'number of the series of output';
COMMENT ON COLUMN industry.curve_series.output_series IS 'name of the series of output';
COMMENT ON COLUMN industry.curve_series.output_publisher IS 'publisher of the output';
COMMENT ON COLUMN industry.curve_series.output_basis IS 'basis of the output: output, shipped or installed';
COMMENT ON COLUMN industry.curve_series.pair IS 'name of the pair in curve_pair; NULL for output of the same publisher and metric';
COMMENT ON COLUMN industry.curve_series.output_chemistry IS 'chemistry whose output it is, all for output without one; NULL for that of the price';

CREATE OR REPLACE VIEW industry.curve_point AS
SELECT c.price_series_id, c.price_series, c.publisher, c.metric, c.geography, c.scenario, c.scope, c.price_or_cost, c.money_basis, c.base_year,
	   c.output_series_id, c.output_series, c.output_publisher, c.output_basis, c.pair, c.output_chemistry, x.chemistry, x.edition, x.output_edition,
	   x.period_first, x.period_last, x.year, x.period_label, x.cumulative, x.cost, x.lcos, x.statement_kind, x.standing, x.is_settled, x.qualifier, x.as_printed, x.locator,
	   x.fact_id, x.price_note, x.output_note,
	   x.standing IN ('history', 'estimate') AND x.cumulative > 0 AND coalesce(x.cost > '0', x.lcos > 0, false) IS TRUE AS is_used,
	   coalesce(x.standing = 'history' AND x.qualifier = '=' AND x.statements = 1 AND x.is_cumulative_exact, false) AS is_exact
FROM industry.curve_series c
CROSS JOIN LATERAL (
	SELECT p.chemistry, p.edition, o.edition AS output_edition, p.period_first, p.period_last, p.year, p.period_label, o.cumulative, p.statements, p.statement_kind, p.standing,
		   o.is_settled, o.is_cumulative_exact, p.qualifier, p.as_printed, p.locator, p.fact_id,
		   CASE WHEN p.statements = 1 AND NOT p.is_of_one AND industry.is_price(p.qualifier) THEN coalesce(p.cost, p.cost_usd_stated) END AS cost,
		   CASE WHEN p.statements = 1 AND NOT p.is_of_one AND industry.is_price(p.qualifier) THEN p.lcos END AS lcos,
		   nullif(concat_ws('; ',
				CASE WHEN p.period_first IS NULL THEN 'no period is stated' END,
				CASE WHEN p.statements > 1 THEN 'stated more than once and differently'
					 WHEN p.is_of_one THEN 'of one maker, plant or country beside others'
					 WHEN p.missing_reason IS NOT NULL THEN p.missing_reason
					 WHEN num_nonnulls(p.cost, p.cost_usd_stated, p.lcos) = 0 THEN 'no single price in US$'
					 WHEN NOT industry.is_price(p.qualifier) THEN 'the price is a bound, and no point'
					 WHEN p.qualifier <> '=' THEN 'the price is approximate' END,
				CASE WHEN p.standing = 'estimate' THEN 'the price is an estimate' END), '') AS price_note,
		   CASE WHEN c.output_series_id IS NULL THEN 'no output series'
				WHEN o.period_first IS NULL THEN 'no output is stated for this period' ELSE o.note END AS output_note
	-- each of the two is read once, not once a row of the other, and of it what is asked for
	FROM (
		SELECT k.edition, k.period_first, k.period_last, k.year, k.period_label, f.chemistry::text AS chemistry, f.cost, f.cost_usd_stated,
			   f.lcos_usd_per_kwh_discharged AS lcos, f.missing_reason, f.qualifier, f.statement_kind, f.as_printed, f.locator, f.fact_id,
			   max(f.statement_number) OVER (PARTITION BY f.set_id, f.chemistry::text, f.maker_id, f.plant_id, f.site, f.country) AS statements,
			   u.subject <> '' AND min(u.subject) OVER of_chemistry <> max(u.subject) OVER of_chemistry AS is_of_one,
			   industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing
		FROM industry.latest_set k
		JOIN industry.price_observation f ON f.set_id = k.set_id
		CROSS JOIN LATERAL (SELECT industry.price_subject(f.maker_id, f.plant_id, f.site, f.country) AS subject) AS u
		WHERE k.series_id = c.price_series_id AND f.row_kind = 'member'
		WINDOW of_chemistry AS (PARTITION BY f.chemistry::text)
		OFFSET 0) AS p
	LEFT JOIN (
		SELECT h.chemistry, h.period_first, h.period_last, h.edition, h.cumulative, h.is_settled, h.is_cumulative_exact, h.note
		FROM industry.output_history h WHERE h.series_id = c.output_series_id
		OFFSET 0) AS o
		   ON coalesce(o.chemistry, 'all') = coalesce(c.output_chemistry, p.chemistry, 'all') AND o.period_first = p.period_first AND o.period_last = p.period_last) AS x;
COMMENT ON VIEW industry.curve_point IS 'latest edition: every price beside the cumulative output of its period, forecasts among them (standing says so); is_used says which are points of a curve';
COMMENT ON COLUMN industry.curve_point.chemistry IS 'chemistry of the price, as text';
COMMENT ON COLUMN industry.curve_point.edition IS 'edition of the price';
COMMENT ON COLUMN industry.curve_point.output_edition IS 'edition of the output';
COMMENT ON COLUMN industry.curve_point.cumulative IS 'cumulative output at the end of the period, GWh';
COMMENT ON COLUMN industry.curve_point.cost IS 'price or cost in US$';
COMMENT ON COLUMN industry.curve_point.lcos IS 'levelised cost of storage, US$ per kWh discharged';
COMMENT ON COLUMN industry.curve_point.standing IS 'what figure_standing says of the price: history, estimate, forecast, claim';
COMMENT ON COLUMN industry.curve_point.is_settled IS 'as in output_history';
COMMENT ON COLUMN industry.curve_point.price_note IS 'what to know about the price';
COMMENT ON COLUMN industry.curve_point.output_note IS 'what to know about the output';
COMMENT ON COLUMN industry.curve_point.is_used IS 'whether it is a point of the curve: a price of the present or past, and a cumulative output, both above zero';
COMMENT ON COLUMN industry.curve_point.is_exact IS 'whether price and cumulative output are exact, and neither is an estimate';

CREATE OR REPLACE VIEW industry.curve_window AS
SELECT s.series_id AS price_series_id, w.fit_window, NULL::text AS chemistry, NULL::text AS output_basis, NULL::date AS window_first, NULL::date AS window_last,
	   NULL::numeric AS learning_rate_pct, NULL::text AS as_printed, NULL::text AS edition, NULL::text AS locator, NULL::bigint AS fact_id
FROM industry.series s
CROSS JOIN (VALUES ('all years'), ('default')) AS w (fit_window)
WHERE s.kind = 'price'
UNION ALL
SELECT s.series_id, 'published', f.chemistry::text, t.basis, k.period_first, k.period_last, f.learning_rate_pct, f.as_printed, k.edition, f.locator, f.fact_id
FROM industry.series s
JOIN industry.series t ON t.kind = 'stated_curve' AND t.publisher = s.publisher AND t.metric = s.metric AND t.geography = s.geography
	AND coalesce(t.scenario, '') = coalesce(s.scenario, '') AND coalesce(t.scope, s.scope) = s.scope AND coalesce(t.price_or_cost, s.price_or_cost) = s.price_or_cost
	AND coalesce(t.money_basis, s.money_basis) = s.money_basis AND coalesce(t.base_year, s.base_year, 0) = coalesce(s.base_year, 0)
CROSS JOIN LATERAL (SELECT l.set_id, l.period_first, l.period_last, l.edition FROM industry.latest_set l
					WHERE l.series_id = t.series_id AND l.period_first IS NOT NULL OFFSET 0) AS k
JOIN industry.stated_curve f ON f.set_id = k.set_id AND f.doubling_of = 'energy' AND f.row_kind = 'member'
WHERE s.kind = 'price';
COMMENT ON VIEW industry.curve_window IS 'years that a learning curve of a series of prices may be fitted to: all; the default, without the first periods whose running sum still depends on what was made before; and those of a published fit (stated_curve)';
COMMENT ON COLUMN industry.curve_window.price_series_id IS 'number of the series of prices';
COMMENT ON COLUMN industry.curve_window.fit_window IS 'all years, default or published';
COMMENT ON COLUMN industry.curve_window.chemistry IS 'chemistry of the published fit; NULL for any';
COMMENT ON COLUMN industry.curve_window.output_basis IS 'basis of the output in the published fit; NULL for any';
COMMENT ON COLUMN industry.curve_window.window_first IS 'first day of the published fit';
COMMENT ON COLUMN industry.curve_window.window_last IS 'last day of the published fit';
COMMENT ON COLUMN industry.curve_window.learning_rate_pct IS 'its learning rate as stated, percent';
COMMENT ON COLUMN industry.curve_window.edition IS 'edition that states it';
COMMENT ON COLUMN industry.curve_window.locator IS 'where it is stated';
COMMENT ON COLUMN industry.curve_window.fact_id IS 'fact of stated_curve';

CREATE OR REPLACE VIEW industry.curve_fit AS
SELECT p.price_series_id, p.price_series, p.publisher, p.metric, p.geography, p.scenario, p.scope, p.price_or_cost, p.money_basis, p.base_year, p.output_series_id,
	   p.output_series, p.output_publisher, p.output_basis, p.pair, p.output_chemistry, p.chemistry, w.fit_window, w.window_first, w.window_last,
	   w.learning_rate_pct AS stated_rate_pct, w.as_printed AS stated_as_printed, w.edition AS stated_edition, w.locator AS stated_locator, w.fact_id AS stated_fact_id,
	   count(*) FILTER (WHERE a.is_in) AS observations, count(*) FILTER (WHERE a.is_in AND p.standing = 'estimate') AS estimates,
	   count(*) FILTER (WHERE a.is_asked AND NOT p.is_used AND p.standing IN ('history', 'estimate')) AS left_out,
	   count(*) FILTER (WHERE a.is_asked AND p.standing NOT IN ('history', 'estimate')) AS forecasts,
	   count(*) FILTER (WHERE p.standing IN ('history', 'estimate') AND p.period_first IS NOT NULL) AS prices, count(*) FILTER (WHERE p.output_edition IS NOT NULL) AS matched,
	   count(*) FILTER (WHERE p.period_first IS NOT NULL) AS dated,
	   min(p.period_first) FILTER (WHERE a.is_in) AS first_period, max(p.period_last) FILTER (WHERE a.is_in) AS last_period,
	   (min(p.cumulative) FILTER (WHERE a.is_in))::double precision AS least_cumulative, (max(p.cumulative) FILTER (WHERE a.is_in))::double precision AS greatest_cumulative,
	   (max(p.cumulative) FILTER (WHERE a.is_in) / min(p.cumulative) FILTER (WHERE a.is_in))::double precision AS cumulative_ratio,
	   string_agg(DISTINCT p.price_note, '; ') FILTER (WHERE a.is_asked AND p.standing IN ('history', 'estimate')) AS price_notes,
	   string_agg(DISTINCT p.output_note, '; ') FILTER (WHERE a.is_asked AND p.standing IN ('history', 'estimate')) AS output_notes,
	   bool_or(w.fit_window = 'default' AND p.may_settle AND p.is_used AND NOT p.is_settled) AS is_shortened,
	   bool_or(w.fit_window = 'default' AND NOT p.may_settle AND p.is_used AND NOT p.is_settled) AS is_unsettled,
	   CASE WHEN p.scope = 'lcos' THEN learning_curve(p.cumulative::double precision, p.lcos::double precision) FILTER (WHERE a.is_in)
			ELSE learning_curve(to_capacity_gwh(p.cumulative, 'GWh'), p.cost) FILTER (WHERE a.is_in) END AS curve
FROM (SELECT q.price_series_id, q.price_series, q.publisher, q.metric, q.geography, q.scenario, q.scope, q.price_or_cost, q.money_basis, q.base_year,
			 q.output_series_id, q.output_series, q.output_publisher, q.output_basis, q.pair, q.output_chemistry, q.chemistry, q.output_edition, q.period_first,
			 q.period_last, q.cumulative, q.cost, q.lcos, q.standing, coalesce(q.is_settled, false) AS is_settled, q.price_note, q.output_note, coalesce(q.is_used, false) AS is_used,
			 industry.may_settle(count(*) FILTER (WHERE q.is_used AND q.is_settled) OVER w, count(*) FILTER (WHERE q.is_used) OVER w) AS may_settle
	  FROM industry.curve_point q
	  WINDOW w AS (PARTITION BY q.price_series_id, q.price_series, q.publisher, q.metric, q.geography, q.scenario, q.scope, q.price_or_cost, q.money_basis,
					q.base_year, q.output_series_id, q.output_series, q.output_publisher, q.output_basis, q.pair, q.output_chemistry, q.chemistry)) AS p
JOIN industry.curve_window w
  ON w.price_series_id = p.price_series_id
 AND (w.fit_window <> 'published'
	  OR p.pair IS NULL AND coalesce(w.chemistry, p.chemistry, '') = coalesce(p.chemistry, '') AND coalesce(w.output_basis, p.output_basis) = p.output_basis)
CROSS JOIN LATERAL (
	SELECT CASE w.fit_window WHEN 'all years' THEN true WHEN 'default' THEN p.is_settled OR NOT p.may_settle OR NOT p.is_used
							 ELSE p.period_first >= w.window_first AND p.period_last <= w.window_last END AS is_asked) AS b
CROSS JOIN LATERAL (SELECT coalesce(b.is_asked, false) AS is_asked, coalesce(b.is_asked AND p.is_used, false) AS is_in) AS a
-- first what tells them apart, so that most comparisons end there
GROUP BY p.price_series_id, w.fit_window, p.chemistry, p.output_series_id, p.pair, w.fact_id, p.base_year, p.publisher, p.metric, p.geography, p.scenario, p.scope,
	p.price_or_cost, p.money_basis, p.price_series, p.output_series, p.output_publisher, p.output_basis, p.output_chemistry, w.window_first, w.window_last,
	w.learning_rate_pct, w.as_printed, w.edition, w.locator;
COMMENT ON VIEW industry.curve_fit IS 'latest edition: the learning curve of each series of prices, output, chemistry and window, as a value; what bi_learning_curve and bi_learning_line show';
COMMENT ON COLUMN industry.curve_fit.chemistry IS 'chemistry of the price, as text';
COMMENT ON COLUMN industry.curve_fit.fit_window IS 'all years, default or published';
COMMENT ON COLUMN industry.curve_fit.stated_rate_pct IS 'learning rate that the source states for the published window, percent';
COMMENT ON COLUMN industry.curve_fit.stated_as_printed IS 'the same as printed';
COMMENT ON COLUMN industry.curve_fit.stated_edition IS 'edition that states it';
COMMENT ON COLUMN industry.curve_fit.stated_locator IS 'where it is stated';
COMMENT ON COLUMN industry.curve_fit.stated_fact_id IS 'fact of stated_curve';
COMMENT ON COLUMN industry.curve_fit.observations IS 'points in the curve';
COMMENT ON COLUMN industry.curve_fit.estimates IS 'estimates among them';
COMMENT ON COLUMN industry.curve_fit.left_out IS 'prices in the window without a cumulative output, or without a price';
COMMENT ON COLUMN industry.curve_fit.forecasts IS 'forecasts, targets and claims in the window; they are no points';
COMMENT ON COLUMN industry.curve_fit.prices IS 'prices of the present or past with a period, in any window';
COMMENT ON COLUMN industry.curve_fit.matched IS 'prices for whose period the output is stated';
COMMENT ON COLUMN industry.curve_fit.dated IS 'prices with a period';
COMMENT ON COLUMN industry.curve_fit.first_period IS 'first day of the first point';
COMMENT ON COLUMN industry.curve_fit.last_period IS 'last day of the last point';
COMMENT ON COLUMN industry.curve_fit.least_cumulative IS 'least cumulative output of a point, GWh';
COMMENT ON COLUMN industry.curve_fit.greatest_cumulative IS 'greatest cumulative output of a point, GWh';
COMMENT ON COLUMN industry.curve_fit.cumulative_ratio IS 'the greatest over the least';
COMMENT ON COLUMN industry.curve_fit.price_notes IS 'what to know about the prices';
COMMENT ON COLUMN industry.curve_fit.output_notes IS 'what to know about the output';
COMMENT ON COLUMN industry.curve_fit.is_shortened IS 'whether the default left out first points';
COMMENT ON COLUMN industry.curve_fit.is_unsettled IS 'whether the default would have left out first points, but too few would remain';
COMMENT ON COLUMN industry.curve_fit.curve IS 'the curve, of GWh and US$ per kWh';

/*
 * Output
 */

CREATE OR REPLACE VIEW industry.bi_output AS
SELECT o.publisher, o.edition, o.metric, o.basis, o.country_basis, o.application, o.stage, t.name AS stage_name, o.material, o.geography, o.scenario, o.chemistry,
	   o.period_first, o.period_last, o.year, o.period_label, CASE WHEN x.publisher IS NULL AND NOT o.is_bound THEN industry.plain_number(o.amount) END AS output_gwh,
	   industry.plain_number(o.amount) AS output_stated_gwh, industry.plain_number(o.cumulative) AS cumulative_gwh, o.statement_kind, o.standing, o.is_exact,
	   nullif(concat_ws('; ', o.note, o.quarantined, CASE WHEN x.publisher IS NULL AND o.is_bound THEN 'a bound, not in sums' END,
			'in sums counts ' || x.publisher || ', ' || x.period_label), '') AS note,
	   coalesce(x.publisher, o.publisher) AS counted_publisher,
	   o.name AS output_series
FROM (
	SELECT i.publisher, i.edition, i.metric, i.basis, i.country_basis, i.application, i.stage, i.material, i.geography, i.scenario, i.chemistry, i.period_first,
		   i.period_last, i.year, i.period_label, i.amount, i.cumulative, i.statement_kind, i.standing, i.is_bound, i.is_exact, i.note, i.quarantined, i.name,
		   -- those that count before it, the first of them first
		   array_agg(i.period_first) OVER w AS firsts, array_agg(i.period_last) OVER w AS lasts, array_agg(i.publisher) OVER w AS publishers,
		   array_agg(i.period_label) OVER w AS labels, array_agg(i.amount IS NOT NULL AND NOT i.is_bound) OVER w AS sums
	FROM (
		SELECT h.publisher, h.edition, h.metric, h.basis, h.country_basis, h.application, h.stage, h.material, h.geography, h.scenario, h.chemistry,
			   h.period_first, h.period_last, h.year, h.period_label, h.amount, h.cumulative, h.statement_kind, h.standing, h.is_bound, h.is_exact, h.note, h.quarantined, h.name, h.source, h.published, h.known_from,
			   count(*) FILTER (WHERE h.begins) OVER w AS island
		FROM (SELECT q.publisher, q.edition, q.metric, q.basis, q.country_basis, q.application, q.stage, q.material, q.geography, q.scenario, q.chemistry,
					 q.period_first, q.period_last, q.year, q.period_label, q.amount, q.cumulative, q.statement_kind, q.standing, q.is_bound, q.is_exact, q.note, q.quarantined, q.name, q.source, q.published, q.known_from,
					 (q.period_first > max(q.period_last) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) IS NOT FALSE AS begins
			  FROM industry.output_history q
			  WINDOW w AS (PARTITION BY q.metric, q.basis, q.country_basis, q.application, q.stage, q.material, q.geography, q.scenario, q.chemistry
						   ORDER BY q.period_first, q.period_last)) AS h
		WINDOW w AS (PARTITION BY h.metric, h.basis, h.country_basis, h.application, h.stage, h.material, h.geography, h.scenario, h.chemistry
					 ORDER BY h.period_first, h.period_last, h.name ROWS UNBOUNDED PRECEDING)) AS i
	-- of two periods that overlap one counts: one that has an amount, then as of shares (maker_share_set)
	LEFT JOIN industry.source_preference f ON f.kind = 'capacity' AND f.publisher = i.publisher
	WINDOW w AS (PARTITION BY i.metric, i.basis, i.country_basis, i.application, i.stage, i.material, i.geography, i.scenario, i.chemistry, i.island
				 ORDER BY i.amount IS NULL OR i.is_bound, coalesce(f.place, 2147483647), extract(year FROM i.period_last) - extract(year FROM i.period_first),
					i.period_last - i.period_first DESC, i.known_from DESC, i.source COLLATE "C", i.period_first, i.name
				 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS o
LEFT JOIN LATERAL (
	SELECT b.publisher, b.period_label
	FROM unnest(o.firsts, o.lasts, o.publishers, o.labels, o.sums) WITH ORDINALITY AS b (period_first, period_last, publisher, period_label, is_sum, place)
	WHERE b.is_sum AND b.period_first <= o.period_last AND b.period_last >= o.period_first
	ORDER BY b.place LIMIT 1) AS x ON true
LEFT JOIN industry.stage t ON t.stage = o.stage;
COMMENT ON VIEW industry.bi_output IS 'latest edition: output of each period and its running sum, one row a series, chemistry and period, without forecasts. output_gwh adds up over periods and publishers: of those that overlap one has it. The running sum does not add up';
COMMENT ON COLUMN industry.bi_output.chemistry IS 'chemistry; NULL for all';
COMMENT ON COLUMN industry.bi_output.period_first IS 'first day of the period';
COMMENT ON COLUMN industry.bi_output.period_last IS 'last day of the period, inclusive';
COMMENT ON COLUMN industry.bi_output.edition IS 'edition that states the output';
COMMENT ON COLUMN industry.bi_output.output_gwh IS 'output of the period, GWh, to be added up: the stated total, or the sum of members and remainder; NULL where that is not known or a bound, or where a longer period or another publisher counts (note says which)';
COMMENT ON COLUMN industry.bi_output.output_stated_gwh IS 'the same in every row, whether it counts or not; not to be added up';
COMMENT ON COLUMN industry.bi_output.cumulative_gwh IS 'output of all periods of the series to the end of this one, GWh, from zero before the first; NULL after a gap, and for part of a longer period';
COMMENT ON COLUMN industry.bi_output.statement_kind IS 'estimated where a figure of the period is said to be; measured where all of them are; NULL where the source does not say';
COMMENT ON COLUMN industry.bi_output.standing IS 'history, or estimate: the period was still running when it was published, or the source says so of a figure in it';
COMMENT ON COLUMN industry.bi_output.is_exact IS 'whether the output is known exactly: no bound, nothing approximate, no estimate, and the period was over when it was published';
COMMENT ON COLUMN industry.bi_output.note IS 'what to know about the row: why something is NULL, or what it is made of';
COMMENT ON COLUMN industry.bi_output.output_series IS 'name of the series';

/*
 * Learning curves
 */

CREATE OR REPLACE VIEW industry.bi_learning_point AS
SELECT p.price_series, p.output_series, p.pair, p.publisher, p.output_publisher, p.edition, p.output_edition, p.metric, p.geography, p.scenario, p.scope,
	   p.price_or_cost, p.money_basis, p.base_year, p.output_basis, p.chemistry, p.period_first, p.period_last, p.year, p.period_label,
	   industry.plain_number(p.cumulative) AS cumulative_gwh, p.cost::double precision AS price_usd_per_kwh,
	   industry.plain_number(p.lcos) AS lcos_usd_per_kwh_discharged, p.is_used, p.statement_kind, p.standing, p.is_exact, p.qualifier, p.as_printed, p.locator,
	   nullif(concat_ws('; ', p.price_note, p.output_note), '') AS note, p.fact_id::text AS fact_id
FROM industry.curve_point p
WHERE p.standing IN ('history', 'estimate');
COMMENT ON VIEW industry.bi_learning_point IS 'latest edition: points of learning curves, one row a series of prices, output and period: the price, and the cumulative output, of the same publisher and metric or of a pair of series that was given a name (pair). No forecasts. Plot both axes logarithmic';
COMMENT ON COLUMN industry.bi_learning_point.edition IS 'edition of the price';
COMMENT ON COLUMN industry.bi_learning_point.output_edition IS 'edition of the output';
COMMENT ON COLUMN industry.bi_learning_point.chemistry IS 'chemistry of the price; NULL where none is stated';
COMMENT ON COLUMN industry.bi_learning_point.period_first IS 'first day of the period';
COMMENT ON COLUMN industry.bi_learning_point.period_last IS 'last day of the period, inclusive';
COMMENT ON COLUMN industry.bi_learning_point.cumulative_gwh IS 'cumulative output at the end of the period, GWh, from zero before the first period of the series of output';
COMMENT ON COLUMN industry.bi_learning_point.price_usd_per_kwh IS 'price or cost, US$ per kWh, in the money of the series';
COMMENT ON COLUMN industry.bi_learning_point.lcos_usd_per_kwh_discharged IS 'levelised cost of storage, US$ per kWh discharged, for scope lcos';
COMMENT ON COLUMN industry.bi_learning_point.is_used IS 'whether the row is a point of the curve over all years: it has a price and a cumulative output above zero';
COMMENT ON COLUMN industry.bi_learning_point.standing IS 'history, or estimate: the period of the price was still running when it was published, or the source says so';
COMMENT ON COLUMN industry.bi_learning_point.is_exact IS 'whether price and cumulative output are exact and none of them is an estimate; draw the others hollow';
COMMENT ON COLUMN industry.bi_learning_point.note IS 'what to know about the row: why it is no point';
COMMENT ON COLUMN industry.bi_learning_point.fact_id IS 'fact of the price';

CREATE OR REPLACE VIEW industry.bi_learning_curve AS
SELECT c.price_series, c.output_series, c.pair, c.publisher, c.output_publisher, c.metric, c.geography, c.scenario, c.scope, c.price_or_cost, c.money_basis,
	   c.base_year, c.output_basis, c.chemistry, c.fit_window, c.window_first, c.window_last, c.first_period, c.last_period,
	   c.observations::integer AS observations, c.estimates::integer AS points_estimated, c.left_out::integer AS points_left_out, c.forecasts::integer AS points_forecast,
	   f.learning_rate AS learning_rate_fraction, f.learning_rate_low AS learning_rate_low_fraction, f.learning_rate_high AS learning_rate_high_fraction,
	   f.confidence_level AS confidence_fraction, f.exponent, f.exponent_low, f.exponent_high, f.intercept, f.residual_stderr, f.r_squared,
	   industry.plain_number(c.stated_rate_pct / 100) AS learning_rate_stated_fraction, c.stated_as_printed, c.stated_edition, c.stated_locator,
	   c.stated_fact_id::text AS stated_fact_id,
	   CASE WHEN f.exponent IS NOT NULL THEN NULL
			WHEN c.dated = 0 THEN 'no period is stated'
			WHEN c.prices = 0 THEN 'all prices are forecasts, targets or claims'
			WHEN c.output_series IS NULL THEN format('%s states no output of %s for %s; pair_series() sets the prices against that of another', c.publisher, c.metric, c.geography)
			WHEN c.matched = 0 THEN 'the output is of other periods or of another chemistry'
			WHEN c.observations < 3 THEN format('%s points are too few for a curve', c.observations)
			ELSE 'the cumulative output is the same at every point' END AS reason,
	   nullif(concat_ws('; ', CASE WHEN c.left_out > 0 AND f.exponent IS NOT NULL THEN c.left_out || CASE c.left_out WHEN 1 THEN ' price is' ELSE ' prices are' END || ' left out' END,
			CASE WHEN c.forecasts > 0 THEN c.forecasts || ' forecasts, targets or claims are no points' END,
			CASE WHEN c.is_shortened THEN industry.shortened() END,
			CASE WHEN c.is_unsettled THEN 'all points, since too few would remain without those whose running sum is less than ten times the output of the first period' END,
			c.price_notes, CASE WHEN c.output_series IS NOT NULL THEN c.output_notes END), '') AS note
FROM industry.curve_fit c
LEFT JOIN LATERAL fit(c.curve) AS f ON c.observations >= 3;
COMMENT ON VIEW industry.bi_learning_curve IS 'latest edition: least-squares learning curve of each series of prices, one row a series, output, chemistry and window of years (fit_window: default for one row each); also series without a curve, with the reason. For other years, an initial stock or another estimator, ask learning_curve_of in SQL';
COMMENT ON COLUMN industry.bi_learning_curve.chemistry IS 'chemistry of the prices; NULL where none is stated';
COMMENT ON COLUMN industry.bi_learning_curve.window_first IS 'first day of the years that the source fitted; NULL for the other windows';
COMMENT ON COLUMN industry.bi_learning_curve.window_last IS 'last day of the years that the source fitted';
COMMENT ON COLUMN industry.bi_learning_curve.first_period IS 'first day of the first point';
COMMENT ON COLUMN industry.bi_learning_curve.last_period IS 'last day of the last point';
COMMENT ON COLUMN industry.bi_learning_curve.observations IS 'points in the curve';
COMMENT ON COLUMN industry.bi_learning_curve.points_estimated IS 'prices among them that are estimates';
COMMENT ON COLUMN industry.bi_learning_curve.points_left_out IS 'prices in the window that are no points: without a cumulative output, or without a price in US$';
COMMENT ON COLUMN industry.bi_learning_curve.points_forecast IS 'forecasts, targets and claims in the window; they are no points';
COMMENT ON COLUMN industry.bi_learning_curve.learning_rate_fraction IS 'learning rate: part by which the price falls with each doubling of cumulative output, 0.2 for 20 percent';
COMMENT ON COLUMN industry.bi_learning_curve.learning_rate_low_fraction IS 'lower bound of its confidence interval, for independent errors';
COMMENT ON COLUMN industry.bi_learning_curve.learning_rate_high_fraction IS 'upper bound of its confidence interval, for independent errors';
COMMENT ON COLUMN industry.bi_learning_curve.confidence_fraction IS 'confidence of all bounds of the row, 0.95 for 95 percent';
COMMENT ON COLUMN industry.bi_learning_curve.exponent IS 'slope of ln(price) against ln(cumulative output); the learning rate is 1 - 2 ^ exponent';
COMMENT ON COLUMN industry.bi_learning_curve.exponent_low IS 'lower bound of its confidence interval';
COMMENT ON COLUMN industry.bi_learning_curve.exponent_high IS 'upper bound of its confidence interval';
COMMENT ON COLUMN industry.bi_learning_curve.intercept IS 'ln(price in US$ per kWh) at a cumulative output of 1 GWh: price = exp(intercept) * GWh ^ exponent';
COMMENT ON COLUMN industry.bi_learning_curve.residual_stderr IS 'standard error of the residuals of ln(price): 0.3 is a typical distance from the line of some 30 percent';
COMMENT ON COLUMN industry.bi_learning_curve.r_squared IS 'R² of the fit, 0 to 1';
COMMENT ON COLUMN industry.bi_learning_curve.learning_rate_stated_fraction IS 'learning rate that the source states for these years; only where fit_window is published';
COMMENT ON COLUMN industry.bi_learning_curve.stated_as_printed IS 'the same as printed';
COMMENT ON COLUMN industry.bi_learning_curve.reason IS 'why there is no curve; NULL where there is one';
COMMENT ON COLUMN industry.bi_learning_curve.note IS 'what to know about the row and its points';

CREATE OR REPLACE VIEW industry.bi_learning_line AS
SELECT l.price_series, l.output_series, l.pair, l.publisher, l.output_publisher, l.metric, l.geography, l.scenario, l.scope, l.price_or_cost, l.money_basis,
	   l.base_year, l.output_basis, l.chemistry, l.fit_window, l.first_period, l.last_period, l.step, l.step <= 40 AS is_in_sample, l.cumulative AS cumulative_gwh,
	   CASE WHEN l.scope <> 'lcos' THEN (x.y).cost END AS price_usd_per_kwh,
	   CASE WHEN l.scope <> 'lcos' THEN (x.y).prediction_low END AS price_low_usd_per_kwh,
	   CASE WHEN l.scope <> 'lcos' THEN (x.y).prediction_high END AS price_high_usd_per_kwh,
	   CASE WHEN l.scope <> 'lcos' THEN (x.y).mean_low END AS line_low_usd_per_kwh,
	   CASE WHEN l.scope <> 'lcos' THEN (x.y).mean_high END AS line_high_usd_per_kwh,
	   CASE WHEN l.scope = 'lcos' THEN (x.y).cost END AS lcos_usd_per_kwh_discharged,
	   CASE WHEN l.scope = 'lcos' THEN (x.y).prediction_low END AS lcos_low_usd_per_kwh_discharged,
	   CASE WHEN l.scope = 'lcos' THEN (x.y).prediction_high END AS lcos_high_usd_per_kwh_discharged,
	   (x.y).confidence_level AS confidence_fraction
FROM (SELECT c.price_series, c.output_series, c.pair, c.publisher, c.output_publisher, c.metric, c.geography, c.scenario, c.scope, c.price_or_cost, c.money_basis,
			 c.base_year, c.output_basis, c.chemistry, c.fit_window, c.first_period, c.last_period, c.curve, g.step,
			 -- forty steps through the data, then a quarter of a doubling each
			 CASE WHEN g.step = 0 THEN c.least_cumulative
				  WHEN g.step < 40 THEN c.least_cumulative * c.cumulative_ratio ^ (g.step / 40.0::double precision)
				  ELSE c.greatest_cumulative * 2 ^ ((g.step - 40) / 4.0::double precision) END AS cumulative
	  FROM industry.curve_fit c
	  CROSS JOIN generate_series(0, 52) AS g (step)
	  WHERE c.observations >= 3 AND exponent(c.curve) IS NOT NULL) AS l
-- once a row, and without a table for each, as a function in FROM would make
CROSS JOIN LATERAL (SELECT predict_number(l.curve, l.cumulative) AS y OFFSET 0) AS x;
COMMENT ON VIEW industry.bi_learning_line IS 'latest edition: the fitted line of each curve of bi_learning_curve with its band, ready to plot: one row a curve and step, at output in equal logarithmic steps from the first point to the last and, beyond the data (is_in_sample false), over three doublings more';
COMMENT ON COLUMN industry.bi_learning_line.chemistry IS 'chemistry of the prices; NULL where none is stated';
COMMENT ON COLUMN industry.bi_learning_line.first_period IS 'first day of the first point of the curve';
COMMENT ON COLUMN industry.bi_learning_line.last_period IS 'last day of the last point of the curve';
COMMENT ON COLUMN industry.bi_learning_line.step IS 'place on the line: 0 is the first point''s output, 40 the last one''s, and every 4 more a doubling';
COMMENT ON COLUMN industry.bi_learning_line.is_in_sample IS 'whether the output lies within the data; draw the rest dashed';
COMMENT ON COLUMN industry.bi_learning_line.cumulative_gwh IS 'cumulative output, GWh';
COMMENT ON COLUMN industry.bi_learning_line.price_usd_per_kwh IS 'fitted price (its median), US$ per kWh, in the money of the series';
COMMENT ON COLUMN industry.bi_learning_line.price_low_usd_per_kwh IS 'lower bound of the band in which one further price is expected, US$ per kWh';
COMMENT ON COLUMN industry.bi_learning_line.price_high_usd_per_kwh IS 'upper bound of the band in which one further price is expected, US$ per kWh';
COMMENT ON COLUMN industry.bi_learning_line.line_low_usd_per_kwh IS 'lower bound of the fitted line itself, US$ per kWh';
COMMENT ON COLUMN industry.bi_learning_line.line_high_usd_per_kwh IS 'upper bound of the fitted line itself, US$ per kWh';
COMMENT ON COLUMN industry.bi_learning_line.lcos_usd_per_kwh_discharged IS 'fitted levelised cost of storage, US$ per kWh discharged, for scope lcos';
COMMENT ON COLUMN industry.bi_learning_line.lcos_low_usd_per_kwh_discharged IS 'lower bound of the band in which one further cost is expected, US$ per kWh discharged';
COMMENT ON COLUMN industry.bi_learning_line.lcos_high_usd_per_kwh_discharged IS 'upper bound of the band in which one further cost is expected, US$ per kWh discharged';
COMMENT ON COLUMN industry.bi_learning_line.confidence_fraction IS 'confidence of the bands, 0.95 for 95 percent, for independent errors';

CREATE OR REPLACE VIEW industry.bi_stated_curve AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.basis AS output_basis, k.scope, k.price_or_cost, k.money_basis, k.base_year, k.geography, k.scenario,
	   f.chemistry::text AS chemistry, k.period_first AS window_first, k.period_last AS window_last, f.doubling_of,
	   industry.plain_number(f.learning_rate_pct / 100) AS learning_rate_stated_fraction,
	   industry.plain_number(industry.lower_bound(f.qualifier, f.learning_rate_pct, f.learning_rate_pct_low) / 100) AS learning_rate_stated_low_fraction,
	   industry.plain_number(industry.upper_bound(f.qualifier, f.learning_rate_pct, f.learning_rate_pct_high) / 100) AS learning_rate_stated_high_fraction,
	   coalesce(f.qualifier = '=', false) AS is_exact, f.qualifier, f.missing_reason, f.statement_number::integer AS statement, f.statement_kind,
	   f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.stated_curve f ON f.set_id = k.set_id
WHERE k.kind = 'stated_curve';
COMMENT ON VIEW industry.bi_stated_curve IS 'latest edition: learning curves as their sources state them, one row a statement. Those per doubling of energy stand beside the fitted rate in bi_learning_curve, where fit_window is published';
COMMENT ON COLUMN industry.bi_stated_curve.output_basis IS 'basis of the output: output, shipped or installed; NULL where it is not told';
COMMENT ON COLUMN industry.bi_stated_curve.window_first IS 'first day of the years fitted';
COMMENT ON COLUMN industry.bi_stated_curve.window_last IS 'last day of the years fitted';
COMMENT ON COLUMN industry.bi_stated_curve.learning_rate_stated_fraction IS 'learning rate as stated, 0.2 for 20 percent; NULL for a range';
COMMENT ON COLUMN industry.bi_stated_curve.learning_rate_stated_low_fraction IS 'least learning rate that the statement allows';
COMMENT ON COLUMN industry.bi_stated_curve.learning_rate_stated_high_fraction IS 'greatest learning rate that the statement allows';

/*
 * Columns that mean the same in these views
 */
DO $$
DECLARE
	c record;
BEGIN
	FOR c IN
		SELECT v.view, m.column_name, m.comment
		FROM unnest('{industry.bi_learning_point, industry.bi_learning_curve, industry.bi_learning_line}'::regclass[]) AS v (view)
		CROSS JOIN (VALUES
			('price_series', 'name of the series of prices'),
			('output_series', 'name of the series of output; NULL where the publisher has none of the same metric and geography'),
			('pair', 'name of the pair of series, where somebody set these prices against this output (pair_series); NULL for output of the same publisher and metric'),
			('publisher', 'publisher of the prices'),
			('output_publisher', 'publisher of the output'),
			('output_basis', 'basis of the output: output, shipped or installed'),
			('fit_window', 'years that are fitted: all years; default (all but the first, until the running sum is ten times the output of the first period; all where too few would remain); published (those of a fit that the source states)')) AS m (column_name, comment)
		JOIN pg_attribute a ON a.attrelid = v.view AND a.attname = m.column_name
	LOOP
		EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', c.view, c.column_name, c.comment);
	END LOOP;
END
$$;
