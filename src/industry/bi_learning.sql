/*
 * Views for BI tools: output and learning curves (see bi.sql for what all of them keep to).
 */

/*
 * Output and learning
 */

CREATE OR REPLACE FUNCTION industry.bi_rows_output()
RETURNS TABLE (publisher text, edition text, metric text, basis text, geography text, scenario text, chemistry text, period_first date, period_last date, year integer,
	output_gwh double precision, cumulative_gwh double precision, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT s.publisher, o.edition, s.metric, s.basis, s.geography, s.scenario, s.chemistry::text, o.period_first, o.period_last,
		   CASE WHEN extract(day FROM o.period_first) = 1 AND extract(month FROM o.period_first) = 1
					 AND o.period_last = (o.period_first + interval '1 year' - interval '1 day')::date
				THEN extract(year FROM o.period_first)::integer END,
		   o.amount::double precision, o.cumulative::double precision, o.note
	FROM (SELECT DISTINCT k.publisher, k.metric, k.basis, k.geography, k.scenario, f.chemistry::text AS chemistry
		  FROM industry.latest_set k JOIN industry.capacity_observation f ON f.set_id = k.set_id
		  WHERE k.kind = 'capacity' AND k.basis IN ('output', 'shipped', 'installed') AND k.period_first IS NOT NULL) AS s
	CROSS JOIN LATERAL industry.cumulative_output(s.publisher, s.metric, s.basis, s.chemistry::chemistry, s.geography, scenario => s.scenario) AS o;
END;
COMMENT ON FUNCTION industry.bi_rows_output() IS 'rows of bi_output: cumulative_output of every series of output, without an initial stock. Runs with the rights of its owner';

CREATE OR REPLACE VIEW industry.bi_output AS
SELECT o.publisher, o.edition, o.metric, o.basis, o.geography, o.scenario, o.chemistry, o.period_first, o.period_last, o.year, o.output_gwh, o.cumulative_gwh, o.note
FROM industry.bi_rows_output() AS o;
COMMENT ON VIEW industry.bi_output IS 'latest edition: output of each period and its running sum, one row a series, chemistry and period. Output adds up over periods that do not overlap; the running sum does not';
COMMENT ON COLUMN industry.bi_output.chemistry IS 'chemistry; NULL for all';
COMMENT ON COLUMN industry.bi_output.period_first IS 'first day of the period';
COMMENT ON COLUMN industry.bi_output.period_last IS 'last day of the period, inclusive';
COMMENT ON COLUMN industry.bi_output.year IS 'year, where the period is a calendar year';
COMMENT ON COLUMN industry.bi_output.edition IS 'edition that states the output';
COMMENT ON COLUMN industry.bi_output.output_gwh IS 'output of the period, GWh: the stated total, or the sum of members and remainder; NULL where that is not known';
COMMENT ON COLUMN industry.bi_output.cumulative_gwh IS 'output of all periods to the end of this one, GWh, from zero before the first; NULL after a gap';
COMMENT ON COLUMN industry.bi_output.note IS 'what to know about the row: why something is NULL';

CREATE OR REPLACE FUNCTION industry.bi_rows_learning_point()
RETURNS TABLE (publisher text, edition text, output_edition text, metric text, geography text, scenario text, scope text, price_or_cost text, money_basis text, base_year integer,
	output_basis text, chemistry text, period_first date, period_last date, year integer, cumulative_gwh double precision,
	price_usd_per_kwh double precision, lcos_usd_per_kwh_discharged double precision, is_used boolean, note text, fact_id text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT s.publisher, p.price_edition, p.output_edition, s.metric, s.geography, s.scenario, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.basis, p.chemistry::text,
		   p.period_first, p.period_last,
		   CASE WHEN extract(day FROM p.period_first) = 1 AND extract(month FROM p.period_first) = 1
					 AND p.period_last = (p.period_first + interval '1 year' - interval '1 day')::date
				THEN extract(year FROM p.period_first)::integer END,
		   p.cumulative::double precision, p.cost::double precision, industry.plain_number(p.lcos),
		   coalesce(p.cumulative > '0' AND coalesce(p.cost > '0', p.lcos > 0), false), p.note, p.price_fact_id::text
	FROM (SELECT DISTINCT a.series_id, a.publisher, a.metric, a.geography, a.scenario, a.scope, a.price_or_cost, a.money_basis, a.base_year, b.basis
		  FROM industry.latest_set a
		  JOIN industry.latest_set b ON b.publisher = a.publisher AND b.metric = a.metric AND b.geography = a.geography AND b.scenario IS NOT DISTINCT FROM a.scenario
		  WHERE a.kind = 'price' AND a.period_first IS NOT NULL
			AND b.kind = 'capacity' AND b.basis IN ('output', 'shipped', 'installed')) AS s
	CROSS JOIN LATERAL industry.learning_points_of(s.series_id, s.publisher, s.metric, s.basis, NULL, NULL, s.geography, 'infinity', s.scenario) AS p;
END;
COMMENT ON FUNCTION industry.bi_rows_learning_point() IS
'rows of bi_learning_point: each series of prices beside the cumulative output of the same publisher, metric, geography and chemistry. Runs with the rights of its owner';

CREATE OR REPLACE VIEW industry.bi_learning_point AS
SELECT p.publisher, p.edition, p.output_edition, p.metric, p.geography, p.scenario, p.scope, p.price_or_cost, p.money_basis, p.base_year, p.output_basis, p.chemistry,
	   p.period_first, p.period_last, p.year, p.cumulative_gwh, p.price_usd_per_kwh, p.lcos_usd_per_kwh_discharged, p.is_used, p.note, p.fact_id
FROM industry.bi_rows_learning_point() AS p;
COMMENT ON VIEW industry.bi_learning_point IS 'latest edition: points of learning curves, one row a series of prices and period: the price, and the cumulative output that the same publisher gives under the same metric. Plot both axes logarithmic';
COMMENT ON COLUMN industry.bi_learning_point.edition IS 'edition of the price';
COMMENT ON COLUMN industry.bi_learning_point.output_edition IS 'edition of the output';
COMMENT ON COLUMN industry.bi_learning_point.output_basis IS 'basis of the output: output, shipped or installed';
COMMENT ON COLUMN industry.bi_learning_point.chemistry IS 'chemistry';
COMMENT ON COLUMN industry.bi_learning_point.period_first IS 'first day of the period';
COMMENT ON COLUMN industry.bi_learning_point.period_last IS 'last day of the period, inclusive';
COMMENT ON COLUMN industry.bi_learning_point.year IS 'year, where the period is a calendar year';
COMMENT ON COLUMN industry.bi_learning_point.cumulative_gwh IS 'cumulative output at the end of the period, GWh';
COMMENT ON COLUMN industry.bi_learning_point.price_usd_per_kwh IS 'price or cost, US$ per kWh, in the money of the series';
COMMENT ON COLUMN industry.bi_learning_point.lcos_usd_per_kwh_discharged IS 'levelised cost of storage, US$ per kWh discharged, for scope lcos';
COMMENT ON COLUMN industry.bi_learning_point.is_used IS 'whether the row is a point of the curve: it has a price and a cumulative output above zero';
COMMENT ON COLUMN industry.bi_learning_point.note IS 'what to know about the row';
COMMENT ON COLUMN industry.bi_learning_point.fact_id IS 'fact of the price';

CREATE OR REPLACE VIEW industry.bi_learning_curve AS
SELECT g.publisher, g.metric, g.geography, g.scenario, g.scope, g.price_or_cost, g.money_basis, g.base_year, g.output_basis, g.chemistry, g.first_period, g.last_period,
	   g.points, g.left_out, f.learning_rate AS learning_rate_fraction, f.learning_rate_low AS learning_rate_low_fraction,
	   f.learning_rate_high AS learning_rate_high_fraction, f.r_squared, exponent(g.curve) AS exponent,
	   nullif(concat_ws('; ', CASE WHEN g.left_out > 0 THEN g.left_out || ' point(s) left out' END,
			CASE WHEN g.points < 3 THEN 'fewer than three points' END, g.notes), '') AS note
FROM (SELECT p.publisher, p.metric, p.geography, p.scenario, p.scope, p.price_or_cost, p.money_basis, p.base_year, p.output_basis, p.chemistry,
			 min(p.period_first) FILTER (WHERE p.is_used) AS first_period, max(p.period_last) FILTER (WHERE p.is_used) AS last_period,
			 (count(*) FILTER (WHERE p.is_used))::integer AS points, (count(*) FILTER (WHERE NOT p.is_used))::integer AS left_out,
			 string_agg(DISTINCT p.note, '; ') AS notes,
			 learning_curve(p.cumulative_gwh, coalesce(p.price_usd_per_kwh, p.lcos_usd_per_kwh_discharged)) FILTER (WHERE p.is_used) AS curve
	  FROM industry.bi_rows_learning_point() AS p
	  GROUP BY p.publisher, p.metric, p.geography, p.scenario, p.scope, p.price_or_cost, p.money_basis, p.base_year, p.output_basis, p.chemistry) AS g
LEFT JOIN LATERAL fit(g.curve) AS f ON true;
COMMENT ON VIEW industry.bi_learning_curve IS 'latest edition: least-squares learning curve of each series of prices, over all its points in bi_learning_point; one row a series and chemistry. For other years, an initial stock or another estimator, ask learning_fit in SQL';
COMMENT ON COLUMN industry.bi_learning_curve.output_basis IS 'basis of the output: output, shipped or installed';
COMMENT ON COLUMN industry.bi_learning_curve.chemistry IS 'chemistry';
COMMENT ON COLUMN industry.bi_learning_curve.first_period IS 'first day of the first point';
COMMENT ON COLUMN industry.bi_learning_curve.last_period IS 'last day of the last point';
COMMENT ON COLUMN industry.bi_learning_curve.points IS 'points in the curve';
COMMENT ON COLUMN industry.bi_learning_curve.left_out IS 'points that lack a price or a cumulative output';
COMMENT ON COLUMN industry.bi_learning_curve.learning_rate_fraction IS 'learning rate: part by which the price falls with each doubling of cumulative output, 0.2 for 20 percent';
COMMENT ON COLUMN industry.bi_learning_curve.learning_rate_low_fraction IS 'lower bound of its 95 percent confidence interval; NULL with fewer than three points';
COMMENT ON COLUMN industry.bi_learning_curve.learning_rate_high_fraction IS 'upper bound of its 95 percent confidence interval';
COMMENT ON COLUMN industry.bi_learning_curve.r_squared IS 'R² of the fit, 0 to 1';
COMMENT ON COLUMN industry.bi_learning_curve.exponent IS 'slope of ln(price) against ln(cumulative output)';
COMMENT ON COLUMN industry.bi_learning_curve.note IS 'what to know about the row';
