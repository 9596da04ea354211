/*
 * Editions: which statement sets stand, and which stood on a day.
 *
 * Of each series and period the latest set is shown, whole.  Sets of different
 * publishers are different series, so sources are never mixed, and so are sets of
 * different scenarios: an edition of one never replaces that of another.  Sets without a
 * period replace one another only within one report, that is, editions of one
 * title: a second press release does not take back the first.
 */

/*
 * History, estimate, forecast.  The one place that says which of these a figure is;
 * what stands for the present or the past takes no forecast and no claim.
 */

-- not STRICT, as a plan would then call it for each row: NULL gives NULL all the same
CREATE OR REPLACE FUNCTION industry.last_day_of(day date, day_precision text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE day_precision
	WHEN 'day' THEN day
	WHEN 'month' THEN (date_trunc('month', day::timestamp) + interval '1 month' - interval '1 day')::date
	WHEN 'year' THEN (date_trunc('year', day::timestamp) + interval '1 year' - interval '1 day')::date
END;
COMMENT ON FUNCTION industry.last_day_of(date, text) IS 'last day that a date known to the day, month or year may mean';

CREATE OR REPLACE FUNCTION industry.figure_standing(statement_kind text, period_first date, period_last date, published date, published_precision text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
	WHEN statement_kind IN ('forecast', 'target') THEN 'forecast'
	-- not begun on the last day that may have been that of publication
	WHEN period_first > published AND period_first > industry.last_day_of(published, published_precision) THEN 'forecast'
	WHEN statement_kind IN ('claimed', 'derived') THEN 'claim'
	-- not over on the first one
	WHEN statement_kind = 'estimated' OR period_last > published THEN 'estimate'
	ELSE 'history' END;
COMMENT ON FUNCTION industry.figure_standing(text, date, date, date, text) IS
'history; estimate (the period was still running at publication, or the source says so); forecast (a target, too, and any period that begins after publication); claim (claimed or derived)';

/*
 * The day as of which the current views answer.  A setting, so that a role that may
 * read nothing but the views can ask them, too.
 */

CREATE OR REPLACE FUNCTION industry.as_of() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('industry.as_of', true), '')::date, 'infinity');
COMMENT ON FUNCTION industry.as_of() IS
'day of the setting industry.as_of (SET industry.as_of = ''2024-01-31''): the views current_* and bi_* show what was known then. infinity, so that all editions count, where it is not set. Loading asks for all editions anyhow';

CREATE OR REPLACE FUNCTION industry.as_known_on(known_on date, held_on timestamptz DEFAULT 'infinity')
RETURNS TABLE (set_id bigint, series_id integer, source_id integer, publisher text, kind text, metric text, basis text,
	scope text, price_or_cost text, money_basis text, base_year integer, country_basis text, application text, stage text,
	material text, geography text, scenario text, period_first date, period_last date, period_as_printed text, edition text, source text,
	published date, published_precision text, known_from date, editions bigint, load_id bigint)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000
BEGIN ATOMIC
	SELECT l.set_id, l.series_id, l.source_id, l.publisher, l.kind, l.metric, l.basis, l.scope, l.price_or_cost,
		   l.money_basis, l.base_year, l.country_basis, l.application, l.stage, l.material, l.geography, l.scenario,
		   l.period_first, l.period_last, l.period_as_printed, l.edition, l.source, l.published,
		   l.published_precision, l.known_from, l.editions, l.load_id
	FROM (SELECT t.set_id, t.series_id, t.source_id, t.publisher, s.kind, s.metric, s.basis, s.scope, s.price_or_cost,
				 s.money_basis, s.base_year, s.country_basis, s.application, s.stage, s.material, s.geography, s.scenario,
				 t.period_first, t.period_last, t.period_as_printed, o.edition, o.source, o.published,
				 o.published_precision, o.known_from, t.load_id,
				 count(*) OVER w AS editions,
				 -- the handle only makes the order of two editions of one day certain
				 row_number() OVER (w ORDER BY o.known_from DESC, o.published DESC, o.source COLLATE "C" DESC, t.set_id DESC) AS place
		  FROM industry.statement_set t
		  JOIN industry.series s ON s.series_id = t.series_id
		  JOIN industry.source o ON o.source_id = t.source_id
		  WHERE o.known_from <= as_known_on.known_on
			AND t.loaded_at <= as_known_on.held_on
			AND (t.superseded_at IS NULL OR t.superseded_at > as_known_on.held_on)
		  WINDOW w AS (PARTITION BY t.series_id, t.period_first, t.period_last, CASE WHEN t.period_first IS NULL THEN o.title END,
						-- all of the series: so that a filter on one of these is applied first
						t.publisher, s.kind, s.metric, s.basis, s.scope, s.stage, s.material, s.geography, s.scenario)) AS l
	-- one in three for a plan, which takes = 1 for one in two hundred
	WHERE l.place <= 1;
END;
COMMENT ON FUNCTION industry.as_known_on(date, timestamptz) IS
'statement sets that were the latest on a day: of each series and period the whole set of the latest edition known then (an edition whose date is known to the month or year counts from its last day). Sets without a period replace one another only among sources of one title. held_on asks for what this database held at that moment, corrections loaded later left out; by default all are in. Join a table of facts on set_id. editions counts the editions known then';

CREATE OR REPLACE VIEW industry.set_size AS
SELECT f.set_id, count(*) FILTER (WHERE f.row_kind = 'member') AS members,
	   count(*) FILTER (WHERE f.row_kind = 'stated_total') AS stated_totals, count(*) AS facts
FROM industry.maker_share_observation f GROUP BY f.set_id
UNION ALL
SELECT f.set_id, count(*) FILTER (WHERE f.row_kind = 'member'), count(*) FILTER (WHERE f.row_kind = 'stated_total'), count(*)
FROM industry.country_share_observation f GROUP BY f.set_id
UNION ALL
SELECT f.set_id, count(*) FILTER (WHERE f.row_kind = 'member'), count(*) FILTER (WHERE f.row_kind = 'stated_total'), count(*)
FROM industry.capacity_observation f GROUP BY f.set_id
UNION ALL
SELECT f.set_id, count(*) FILTER (WHERE f.row_kind = 'member'), count(*) FILTER (WHERE f.row_kind = 'stated_total'), count(*)
FROM industry.price_observation f GROUP BY f.set_id
UNION ALL
SELECT f.set_id, count(*) FILTER (WHERE f.row_kind = 'member'), count(*) FILTER (WHERE f.row_kind = 'stated_total'), count(*)
FROM industry.expansion f GROUP BY f.set_id;
COMMENT ON VIEW industry.set_size IS 'how many members, stated totals and facts a statement set lists (capacities, prices, shares and expansions)';
COMMENT ON COLUMN industry.set_size.set_id IS 'statement set';
COMMENT ON COLUMN industry.set_size.members IS 'rows of kind member';
COMMENT ON COLUMN industry.set_size.stated_totals IS 'rows of kind stated_total';
COMMENT ON COLUMN industry.set_size.facts IS 'all rows';

/*
 * How a period is written, so that text sorts as time does and read_period reads it
 */

CREATE OR REPLACE FUNCTION industry.period_label(period_first date, period_last date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
	WHEN extract(day FROM period_first) <> 1 OR extract(day FROM period_last + 1) <> 1
	THEN to_char(period_first::timestamp, 'YYYY-MM-DD') || CASE WHEN period_last > period_first THEN to_char(period_last::timestamp, '/YYYY-MM-DD') ELSE '' END
	WHEN extract(month FROM period_first) = 1 AND extract(month FROM period_last) = 12
	THEN to_char(period_first::timestamp, 'YYYY') || CASE WHEN period_last > period_first + 366 THEN to_char(period_last::timestamp, '-YYYY') ELSE '' END
	WHEN extract(year FROM period_first) = extract(year FROM period_last) AND extract(month FROM period_first) % 3 = 1
		 AND extract(month FROM period_last) = extract(month FROM period_first) + 2 THEN to_char(period_first::timestamp, 'YYYY-"Q"Q')
	WHEN extract(year FROM period_first) = extract(year FROM period_last) AND extract(month FROM period_first) % 6 = 1
		 AND extract(month FROM period_last) = extract(month FROM period_first) + 5
	THEN to_char(period_first::timestamp, 'YYYY-"H"') || CASE WHEN extract(month FROM period_first) = 1 THEN '1' ELSE '2' END
	ELSE to_char(period_first::timestamp, 'YYYY-MM') || CASE WHEN period_last > period_first + 31 THEN to_char(period_last::timestamp, '/YYYY-MM') ELSE '' END END;
COMMENT ON FUNCTION industry.period_label(date, date) IS
'a period as read_period reads it: 2024, 2022-2024, 2024-Q3, 2024-H1, 2024-11, 2024-01/2024-11, 2022-08-12; NULL for none';

/*
 * What is current: as_known_on(as_of()), without a function that reads tables, so that
 * views for readers may stand on it.  A filter on what the window parts by is applied
 * before it.
 */

CREATE OR REPLACE VIEW industry.latest_set AS
SELECT l.set_id, l.series_id, l.source_id, l.publisher, l.kind, l.metric, l.basis, l.scope, l.price_or_cost, l.money_basis, l.base_year,
	   l.country_basis, l.application, l.stage, l.material, l.geography, l.scenario, l.period_first, l.period_last, l.period_as_printed,
	   CASE WHEN extract(year FROM l.period_first) = extract(year FROM l.period_last)
				 AND (l.period_last - l.period_first >= 364
					  OR NOT EXISTS (
						  SELECT FROM industry.statement_set o JOIN industry.source e ON e.source_id = o.source_id
						  WHERE o.series_id = l.series_id AND o.superseded_by IS NULL
							AND o.period_first <= l.period_last AND o.period_last >= l.period_first
							AND extract(year FROM o.period_first) = extract(year FROM o.period_last)
							AND o.period_last - o.period_first > l.period_last - l.period_first
							-- an outlook for the year gives way to what a later edition knows of a part of it
							AND e.known_from <= industry.as_of()
							AND (e.known_from >= l.known_from OR o.period_last <= e.known_from)
							-- and a forecast to any part
							AND (o.period_last <= e.known_from OR l.kind NOT IN ('maker_share', 'country_share', 'capacity', 'price')
								 OR EXISTS (SELECT FROM industry.maker_share_observation f WHERE f.set_id = o.set_id AND f.statement_kind IS DISTINCT FROM 'forecast' AND f.statement_kind IS DISTINCT FROM 'target')
								 OR EXISTS (SELECT FROM industry.country_share_observation f WHERE f.set_id = o.set_id AND f.statement_kind IS DISTINCT FROM 'forecast' AND f.statement_kind IS DISTINCT FROM 'target')
								 OR EXISTS (SELECT FROM industry.capacity_observation f WHERE f.set_id = o.set_id AND f.statement_kind IS DISTINCT FROM 'forecast' AND f.statement_kind IS DISTINCT FROM 'target')
								 OR EXISTS (SELECT FROM industry.price_observation f WHERE f.set_id = o.set_id AND f.statement_kind IS DISTINCT FROM 'forecast' AND f.statement_kind IS DISTINCT FROM 'target'))))
			THEN extract(year FROM l.period_first)::integer END AS year,
	   l.edition, l.source, l.published, l.published_precision, l.known_from, l.load_id,
	   industry.period_label(l.period_first, l.period_last) AS period_label, l.editions
FROM (SELECT t.set_id, t.series_id, t.source_id, t.publisher, s.kind, s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis,
			 s.base_year, s.country_basis, s.application, s.stage, s.material, s.geography, s.scenario, t.period_first, t.period_last,
			 t.period_as_printed, o.edition, o.source, o.published, o.published_precision, o.known_from, t.load_id,
			 count(*) OVER w AS editions,
			 row_number() OVER (w ORDER BY o.known_from DESC, o.published DESC, o.source COLLATE "C" DESC, t.set_id DESC) AS place
	  FROM industry.statement_set t
	  JOIN industry.series s ON s.series_id = t.series_id
	  JOIN industry.source o ON o.source_id = t.source_id
	  WHERE t.superseded_by IS NULL AND o.known_from <= industry.as_of()
	  WINDOW w AS (PARTITION BY t.series_id, t.period_first, t.period_last, CASE WHEN t.period_first IS NULL THEN o.title END,
					t.publisher, s.kind, s.metric, s.basis, s.scope, s.stage, s.material, s.geography, s.scenario)) AS l
-- one in three for a plan, which takes = 1 for one in two hundred, and joins what it takes for a few rows row by row
WHERE l.place <= 1;
COMMENT ON VIEW industry.latest_set IS 'statement sets of the latest edition, the same as current_set; it calls no function that reads tables, so that views for readers may stand on it';
COMMENT ON COLUMN industry.latest_set.year IS 'year, where the period is a calendar year, or a part of one of which the series has no longer part';
COMMENT ON COLUMN industry.latest_set.period_label IS 'the period in short: 2024, 2024-Q3, 2024-01/2024-11';
COMMENT ON COLUMN industry.latest_set.editions IS 'editions that have a set for this series and period';

CREATE OR REPLACE VIEW industry.current_set AS
SELECT k.set_id, k.series_id, k.source_id, k.publisher, k.kind, k.metric, k.basis, k.scope, k.price_or_cost, k.money_basis,
	   k.base_year, k.country_basis, k.application, k.stage, k.material, k.geography, k.scenario, k.period_first, k.period_last,
	   k.period_as_printed, k.edition, k.source, k.published, k.published_precision, k.known_from, k.editions, k.load_id
FROM industry.latest_set AS k;
COMMENT ON VIEW industry.current_set IS 'statement sets of the latest edition: one for each series and period, as_known_on(as_of())';
COMMENT ON COLUMN industry.current_set.editions IS 'editions that have a set for this series and period';

/*
 * What a qualifier says about bounds
 */

CREATE OR REPLACE FUNCTION industry.lower_bound(qualifier text, value numeric, low numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN qualifier IN ('=', '>', '≥') THEN value ELSE low END;
COMMENT ON FUNCTION industry.lower_bound(text, numeric, numeric) IS
'least value that a statement allows: the value itself where it is exact or a lower bound, the lower end of a range; NULL where the statement has none (up to, nearly, about)';

CREATE OR REPLACE FUNCTION industry.upper_bound(qualifier text, value numeric, high numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN qualifier IN ('=', '<', '≤', 'nearly') THEN value ELSE high END;
COMMENT ON FUNCTION industry.upper_bound(text, numeric, numeric) IS
'greatest value that a statement allows: the value itself where it is exact or an upper bound, the upper end of a range; NULL where the statement has none (more than, about)';

/*
 * All figures in one narrow shape
 */

CREATE OR REPLACE VIEW industry.observation AS
SELECT f.fact_id, f.set_id, f.source_id, 'maker_share_observation' AS fact_table, f.row_kind, f.statement_number,
	   coalesce(m.maker, f.subject_as_printed, '') AS subject, 'amount' AS measure,
	   to_unit(f.amount, 'GWh') AS value, to_unit(f.amount_low, 'GWh') AS low, to_unit(f.amount_high, 'GWh') AS high,
	   'GWh' AS unit, f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind,
	   f.maker_id, NULL AS country, NULL AS chemistry
FROM industry.maker_share_observation f LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'maker_share_observation', f.row_kind, f.statement_number,
	   coalesce(m.maker, f.subject_as_printed, ''), 'share', f.share_pct, f.share_pct_low, f.share_pct_high,
	   '%', f.share_qualifier, f.share_missing_reason, coalesce(f.share_as_printed, f.as_printed), f.locator, f.line_number, f.load_id, f.statement_kind,
	   f.maker_id, NULL, NULL
FROM industry.maker_share_observation f LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'country_share_observation', f.row_kind, f.statement_number,
	   concat_ws(' ', coalesce(f.country, f.subject_as_printed, ''), f.chemistry::text), 'amount',
	   f.amount, f.amount_low, f.amount_high, f.unit, f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind,
	   NULL::integer, f.country, f.chemistry::text
FROM industry.country_share_observation f
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'country_share_observation', f.row_kind, f.statement_number,
	   concat_ws(' ', coalesce(f.country, f.subject_as_printed, ''), f.chemistry::text), 'share',
	   f.share_pct, f.share_pct_low, f.share_pct_high, '%', f.share_qualifier, f.share_missing_reason,
	   coalesce(f.share_as_printed, f.as_printed), f.locator, f.line_number, f.load_id, f.statement_kind,
	   NULL::integer, f.country, f.chemistry::text
FROM industry.country_share_observation f
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'capacity_observation', f.row_kind, f.statement_number,
	   coalesce(nullif(concat_ws(' ', m.maker, p.plant, f.country, f.chemistry::text), ''), f.subject_as_printed, ''), 'capacity',
	   to_unit(f.capacity, 'GWh'), to_unit(f.capacity_low, 'GWh'), to_unit(f.capacity_high, 'GWh'),
	   'GWh', f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind,
	   f.maker_id, f.country, f.chemistry::text
FROM industry.capacity_observation f
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'price_observation', f.row_kind, f.statement_number,
	   coalesce(nullif(concat_ws(' ', m.maker, coalesce(p.plant, f.site), f.country, f.chemistry::text), ''), f.subject_as_printed, ''),
	   CASE WHEN num_nonnulls(f.lcos_usd_per_kwh_discharged, f.lcos_low, f.lcos_high) > 0 THEN 'lcos' ELSE 'cost' END,
	   coalesce(to_unit(f.cost, 'USD/kWh'), f.amount_per_kwh, f.lcos_usd_per_kwh_discharged),
	   coalesce(to_unit(f.cost_low, 'USD/kWh'), f.amount_per_kwh_low, f.lcos_low),
	   coalesce(to_unit(f.cost_high, 'USD/kWh'), f.amount_per_kwh_high, f.lcos_high),
	   CASE WHEN num_nonnulls(f.lcos_usd_per_kwh_discharged, f.lcos_low, f.lcos_high) > 0 THEN 'USD/kWh discharged'
			ELSE coalesce(f.currency, 'USD') || '/kWh' END,
	   f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind,
	   f.maker_id, f.country, f.chemistry::text
FROM industry.price_observation f
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'expansion', f.row_kind, f.statement_number,
	   coalesce(nullif(concat_ws(' ', m.maker, coalesce(p.plant, f.site), f.phase), ''), f.subject_as_printed, ''), 'capacity',
	   to_unit(f.capacity, 'GWh'), to_unit(f.capacity_low, 'GWh'), to_unit(f.capacity_high, 'GWh'),
	   'GWh/year', f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind,
	   f.maker_id, f.country, f.chemistry::text
FROM industry.expansion f
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'expansion', f.row_kind, f.statement_number,
	   coalesce(nullif(concat_ws(' ', m.maker, coalesce(p.plant, f.site), f.phase), ''), f.subject_as_printed, ''), 'investment',
	   f.investment, f.investment_low, f.investment_high, f.currency, f.investment_qualifier, f.investment_missing_reason,
	   coalesce(f.investment_as_printed, f.as_printed), f.locator, f.line_number, f.load_id, f.statement_kind,
	   f.maker_id, f.country, f.chemistry::text
FROM industry.expansion f
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'storage_project', f.row_kind, f.statement_number, concat_ws(' / ', f.project, f.phase, f.unit_id), 'energy',
	   to_unit(f.energy, 'GWh'), to_unit(f.energy_low, 'GWh'), to_unit(f.energy_high, 'GWh'), 'GWh',
	   f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind,
	   f.maker_id, f.country, f.chemistry::text
FROM industry.storage_project f
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'storage_project', f.row_kind, f.statement_number, concat_ws(' / ', f.project, f.phase, f.unit_id), 'power',
	   f.power_mw, f.power_mw_low, f.power_mw_high, 'MW', f.power_qualifier, f.power_missing_reason, coalesce(f.power_as_printed, f.as_printed),
	   f.locator, f.line_number, f.load_id, f.statement_kind,
	   f.maker_id, f.country, f.chemistry::text
FROM industry.storage_project f
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'storage_project', f.row_kind, f.statement_number, concat_ws(' / ', f.project, f.phase, f.unit_id), 'cost',
	   f.amount, NULL, NULL, f.currency, CASE WHEN f.amount IS NOT NULL THEN '=' END, NULL,
	   coalesce(f.amount_as_printed, f.as_printed), f.locator, f.line_number, f.load_id, f.statement_kind,
	   f.maker_id, f.country, f.chemistry::text
FROM industry.storage_project f
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'public_support', f.row_kind, f.statement_number,
	   concat_ws(' / ', f.giver, f.receiver, f.programme), 'amount', f.amount, f.amount_low, f.amount_high, f.currency,
	   f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind,
	   f.maker_id, f.giver_country, f.chemistry::text
FROM industry.public_support f
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'product_specification', f.row_kind, f.statement_number,
	   f.product, f.metric, f.value, f.value_low, f.value_high, f.unit,
	   f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind,
	   f.maker_id, NULL, f.chemistry::text
FROM industry.product_specification f
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'sector_requirement', f.row_kind, f.statement_number,
	   f.sector, f.metric, f.value, f.value_low, f.value_high, f.unit,
	   f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind,
	   NULL::integer, NULL, NULL
FROM industry.sector_requirement f
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'stated_figure', f.row_kind, f.statement_number,
	   concat_ws(' ', f.figure, f.subject), 'value', f.value, f.value_low, f.value_high, f.unit,
	   f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind,
	   f.maker_id, f.country, f.chemistry::text
FROM industry.stated_figure f
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'stated_curve', f.row_kind, f.statement_number,
	   concat_ws(' ', f.chemistry::text, 'doubling of ' || f.doubling_of), 'learning rate', f.learning_rate_pct, f.learning_rate_pct_low,
	   f.learning_rate_pct_high, '%', f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind,
	   NULL::integer, NULL, f.chemistry::text
FROM industry.stated_curve f
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'exchange_rate', f.row_kind, f.statement_number,
	   f.currency, f.rate_kind, f.units_per_usd, NULL, NULL, f.currency || '/USD',
	   f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind,
	   NULL::integer, NULL, NULL
FROM industry.exchange_rate f
UNION ALL
SELECT f.fact_id, f.set_id, f.source_id, 'price_index', f.row_kind, f.statement_number,
	   f.index_name, 'index', f.value, NULL, NULL, coalesce(f.base_as_printed, 'index'),
	   f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id, f.statement_kind,
	   NULL::integer, f.country, NULL
FROM industry.price_index f;
COMMENT ON VIEW industry.observation IS 'every figure of every table of facts in one shape, all editions, one row a figure: to trace, to compare editions, to look for slips. Join statement_set and series for what it is about';
COMMENT ON COLUMN industry.observation.fact_id IS 'number of the fact';
COMMENT ON COLUMN industry.observation.set_id IS 'statement set that it belongs to';
COMMENT ON COLUMN industry.observation.source_id IS 'source that states it';
COMMENT ON COLUMN industry.observation.fact_table IS 'table of the fact';
COMMENT ON COLUMN industry.observation.row_kind IS 'member, subtotal, remainder, stated_total or derived';
COMMENT ON COLUMN industry.observation.statement_number IS '1, or more where one source states the same thing more than once and differently';
COMMENT ON COLUMN industry.observation.subject IS 'who or what it is about, by the names that this database uses; as printed where there is none';
COMMENT ON COLUMN industry.observation.measure IS 'which figure of the row: amount, share, capacity, cost, lcos, investment, energy, power, or a metric';
COMMENT ON COLUMN industry.observation.value IS 'value in unit';
COMMENT ON COLUMN industry.observation.low IS 'lower end of a stated range, in unit';
COMMENT ON COLUMN industry.observation.high IS 'upper end of a stated range, in unit';
COMMENT ON COLUMN industry.observation.unit IS 'unit';
COMMENT ON COLUMN industry.observation.qualifier IS 'how the value is meant; NULL where nothing is stated';
COMMENT ON COLUMN industry.observation.missing_reason IS 'why there is no value';
COMMENT ON COLUMN industry.observation.as_printed IS 'text as printed';
COMMENT ON COLUMN industry.observation.locator IS 'page, footnote or table in the source';
COMMENT ON COLUMN industry.observation.line_number IS 'line of the file that it was loaded from';
COMMENT ON COLUMN industry.observation.maker_id IS 'maker that it is about, where it is one';
COMMENT ON COLUMN industry.observation.country IS 'country that it is about, ISO 3166-1 alpha-2; of public support the giver''s';
COMMENT ON COLUMN industry.observation.chemistry IS 'chemistry that it is about';
COMMENT ON COLUMN industry.observation.load_id IS 'load of that file, where it is not its set''s; 0 where it was entered by hand';

/*
 * Size and completeness of the latest sets
 */

CREATE OR REPLACE VIEW industry.set_summary AS
SELECT k.set_id, k.publisher, k.kind, k.metric, k.basis, k.application, k.stage, k.material, k.geography, k.scenario,
	   k.period_first, k.period_last, k.edition, k.known_from, k.editions,
	   z.members, z.stated_totals, z.facts,
	   older.edition AS fuller_edition, older.members AS fuller_edition_members
FROM industry.current_set k
JOIN industry.set_size z ON z.set_id = k.set_id
LEFT JOIN LATERAL (
	SELECT o.edition, oz.members
	FROM industry.statement_set t
	JOIN industry.source o ON o.source_id = t.source_id
	JOIN industry.set_size oz ON oz.set_id = t.set_id
	WHERE t.series_id = k.series_id
	  AND (t.period_first IS NOT NULL
		   OR o.title IS NOT DISTINCT FROM (SELECT c.title FROM industry.source c WHERE c.source_id = k.source_id))
	  AND t.period_first IS NOT DISTINCT FROM k.period_first AND t.period_last IS NOT DISTINCT FROM k.period_last
	  AND t.superseded_by IS NULL AND o.known_from <= industry.as_of() AND t.set_id <> k.set_id AND oz.members > z.members
	ORDER BY oz.members DESC, o.known_from DESC, t.set_id DESC
	LIMIT 1) AS older ON true;
COMMENT ON VIEW industry.set_summary IS 'of each latest statement set: how many members it lists, whether it states a total, and whether an older edition of the same series and period lists more';
COMMENT ON COLUMN industry.set_summary.editions IS 'editions that have a set for this series and period';
COMMENT ON COLUMN industry.set_summary.members IS 'members listed';
COMMENT ON COLUMN industry.set_summary.stated_totals IS 'stated totals listed';
COMMENT ON COLUMN industry.set_summary.facts IS 'rows in all';
COMMENT ON COLUMN industry.set_summary.fuller_edition IS 'older edition that lists more members; NULL where the latest is the fullest. The latest is never completed from it';
COMMENT ON COLUMN industry.set_summary.fuller_edition_members IS 'members that it lists';

/*
 * Restatements
 */

CREATE OR REPLACE VIEW industry.set_succession AS
SELECT e.series_id, e.period_first, e.period_last, e.set_id AS newer_set_id, e.older_set_id
FROM (SELECT t.series_id, t.period_first, t.period_last, t.set_id,
			 lag(t.set_id) OVER (PARTITION BY t.series_id, t.period_first, t.period_last, CASE WHEN t.period_first IS NULL THEN o.title END
								 ORDER BY o.known_from, o.published, o.source COLLATE "C", t.set_id) AS older_set_id
	  FROM industry.statement_set t
	  JOIN industry.source o ON o.source_id = t.source_id
	  WHERE t.superseded_by IS NULL) AS e
WHERE e.older_set_id IS NOT NULL;
COMMENT ON VIEW industry.set_succession IS 'each statement set beside the one of the edition before it, for the same series and period';
COMMENT ON COLUMN industry.set_succession.newer_set_id IS 'set of the later edition';
COMMENT ON COLUMN industry.set_succession.older_set_id IS 'set of the edition before';

CREATE OR REPLACE FUNCTION industry.compare_sets(older_set_id bigint, newer_set_id bigint)
RETURNS TABLE (subject text, row_kind text, measure text, unit text, older_value numeric, newer_value numeric, change numeric,
	change_pct numeric, older_rank bigint, newer_rank bigint, rank_change bigint, what_changed text,
	older_as_printed text, newer_as_printed text, older_fact_id bigint, newer_fact_id bigint, older_statement_kind text, newer_statement_kind text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
BEGIN ATOMIC
	WITH ranked AS (
		SELECT o.set_id, o.subject, o.row_kind, o.measure, o.statement_number, o.unit, o.value, o.qualifier, o.missing_reason,
			   o.low, o.high, o.as_printed, o.fact_id, o.statement_kind,
			   -- a member that is stated twice takes one place, and has none itself
			   CASE WHEN o.row_kind = 'member' AND o.value IS NOT NULL
						 -- nor is there one among members of several units
						 AND min(o.unit) OVER same_measure IS NOT DISTINCT FROM max(o.unit) OVER same_measure
						 AND max(o.statement_number) OVER (PARTITION BY o.set_id, o.measure, o.unit, o.row_kind, o.subject) = 1
					THEN rank() OVER (PARTITION BY o.set_id, o.measure, o.unit, o.row_kind, o.statement_number ORDER BY o.value DESC NULLS LAST) END AS place,
			   -- rows of one name: a figure in two currencies, an expansion in two chemistries
			   min(o.unit) OVER same_name <> max(o.unit) OVER same_name AS has_units,
			   count(*) OVER (PARTITION BY o.set_id, o.subject, o.row_kind, o.measure, o.statement_number, o.unit) AS rows_of_name,
			   row_number() OVER (PARTITION BY o.set_id, o.subject, o.row_kind, o.measure, o.statement_number, o.unit
								  ORDER BY o.value, o.low, o.as_printed COLLATE "C", o.fact_id) AS n
		FROM industry.observation o
		WHERE o.set_id IN (compare_sets.older_set_id, compare_sets.newer_set_id)
		  AND (o.qualifier IS NOT NULL OR o.missing_reason IS NOT NULL)
		WINDOW same_name AS (PARTITION BY o.set_id, o.subject, o.row_kind, o.measure, o.statement_number),
			   same_measure AS (PARTITION BY o.set_id, o.measure, o.row_kind)),
	named AS (
		SELECT r.set_id, r.subject, r.row_kind, r.measure, r.statement_number, r.unit, r.value, r.qualifier, r.missing_reason,
			   r.low, r.high, r.as_printed, r.fact_id, r.statement_kind, r.place, r.n,
			   max(r.rows_of_name) OVER same_name AS rows_of_name,
			   CASE WHEN bool_or(r.has_units) OVER same_name THEN r.unit END AS own_unit
		FROM ranked r
		WINDOW same_name AS (PARTITION BY r.subject, r.row_kind, r.measure, r.statement_number)),
	both_sides AS (
		SELECT coalesce(a.subject, b.subject) AS subject, coalesce(a.row_kind, b.row_kind) AS row_kind,
			   coalesce(a.measure, b.measure) AS measure, coalesce(b.unit, a.unit) AS unit,
			   a.value AS older_value, b.value AS newer_value, a.place AS older_rank, b.place AS newer_rank,
			   a.as_printed AS older_as_printed, b.as_printed AS newer_as_printed,
			   a.fact_id AS older_fact_id, b.fact_id AS newer_fact_id,
			   a.statement_kind AS older_statement_kind, b.statement_kind AS newer_statement_kind,
			   CASE WHEN greatest(a.rows_of_name, b.rows_of_name) > 1 THEN 'several rows of this name'
					WHEN a.fact_id IS NULL THEN 'added'
					WHEN b.fact_id IS NULL THEN 'dropped'
					WHEN a.unit <> b.unit THEN 'unit changed'
					WHEN (a.value, a.low, a.high, a.qualifier, a.missing_reason)
						 IS NOT DISTINCT FROM (b.value, b.low, b.high, b.qualifier, b.missing_reason) THEN 'unchanged'
					WHEN a.value IS NOT NULL AND b.missing_reason IS NOT NULL THEN 'now ' || b.missing_reason
					WHEN a.missing_reason IS NOT NULL AND b.value IS NOT NULL THEN 'no longer ' || a.missing_reason
					ELSE 'restated' END AS what_changed,
			   coalesce(a.unit = b.unit, false) AND greatest(a.rows_of_name, b.rows_of_name) = 1 AS comparable
		FROM (SELECT r.set_id, r.subject, r.row_kind, r.measure, r.statement_number, r.unit, r.value, r.qualifier,
					 r.missing_reason, r.low, r.high, r.as_printed, r.fact_id, r.statement_kind, r.place, r.n, r.rows_of_name, r.own_unit
			  FROM named r WHERE r.set_id = compare_sets.older_set_id) AS a
		FULL JOIN (SELECT r.set_id, r.subject, r.row_kind, r.measure, r.statement_number, r.unit, r.value, r.qualifier,
					 r.missing_reason, r.low, r.high, r.as_printed, r.fact_id, r.statement_kind, r.place, r.n, r.rows_of_name, r.own_unit
			  FROM named r WHERE r.set_id = compare_sets.newer_set_id) AS b
		  ON a.subject = b.subject AND a.row_kind = b.row_kind AND a.measure = b.measure AND a.statement_number = b.statement_number
		 AND coalesce(a.own_unit, '') = coalesce(b.own_unit, '') AND a.n = b.n)
	SELECT c.subject, c.row_kind, c.measure, c.unit, c.older_value, c.newer_value,
		   CASE WHEN c.comparable THEN c.newer_value - c.older_value END,
		   CASE WHEN c.comparable AND c.older_value <> 0
				THEN round(100 * (c.newer_value - c.older_value) / c.older_value, 2) END,
		   c.older_rank, c.newer_rank, c.older_rank - c.newer_rank, c.what_changed,
		   c.older_as_printed, c.newer_as_printed, c.older_fact_id, c.newer_fact_id, c.older_statement_kind, c.newer_statement_kind
	FROM both_sides c;
END;
COMMENT ON FUNCTION industry.compare_sets(bigint, bigint) IS
'what differs between two statement sets, figure by figure: values, change (newer less older, in unit; percent of the older), ranks among the members that have a value (ties share a rank), rank_change (positive: moved up), what_changed (restated, unchanged, added, dropped, unit changed, now withheld, no longer withheld, ...; several rows of this name, where which row became which cannot be told: no change is computed). A member that a set states more than once has no rank, and none has one where members are in several units';

CREATE OR REPLACE FUNCTION industry.restated(older_set_id bigint, newer_set_id bigint)
RETURNS TABLE (subject text, row_kind text, measure text, unit text, older_value numeric, newer_value numeric, change numeric,
	change_pct numeric, older_rank bigint, newer_rank bigint, rank_change bigint, what_changed text,
	older_as_printed text, newer_as_printed text, older_fact_id bigint, newer_fact_id bigint, older_statement_kind text, newer_statement_kind text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 50 SET search_path = pg_catalog, industry, pg_temp AS $$
	SELECT c.subject, c.row_kind, c.measure, c.unit, c.older_value, c.newer_value, c.change, c.change_pct, c.older_rank, c.newer_rank, c.rank_change,
		   c.what_changed, c.older_as_printed, c.newer_as_printed, c.older_fact_id, c.newer_fact_id, c.older_statement_kind, c.newer_statement_kind
	FROM industry.compare_sets(restated.older_set_id, restated.newer_set_id) AS c
$$;
COMMENT ON FUNCTION industry.restated(bigint, bigint) IS 'compare_sets for the view restatement, which so does not depend on a function that depends on tables';

CREATE OR REPLACE FUNCTION industry.sets_in_quarantine() RETURNS TABLE (set_id bigint, open_rows bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, industry, pg_temp AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY SELECT q.set_id, count(*) FROM quarantined_members() AS q GROUP BY q.set_id;
END
$$;
COMMENT ON FUNCTION industry.sets_in_quarantine() IS 'sets of which members are in quarantine, for the view restatement, which so does not depend on a function that depends on tables';

CREATE OR REPLACE FUNCTION industry.changed_beside(what_changed text, older_open bigint, newer_open bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN what_changed = 'dropped' AND newer_open > 0 THEN 'dropped, or in quarantine'
			WHEN what_changed = 'added' AND older_open > 0 THEN 'added, or was in quarantine' ELSE what_changed END;
COMMENT ON FUNCTION industry.changed_beside(text, bigint, bigint) IS 'what changed between two sets of which so many rows are in quarantine (NULL: none)';

CREATE OR REPLACE VIEW industry.restatement AS
SELECT s.publisher, s.kind, s.metric, s.basis, s.application, s.stage, s.material, s.geography, s.scenario,
	   c.period_first, c.period_last, older.edition AS older_edition, newer.edition AS newer_edition,
	   older.known_from AS older_known_from, newer.known_from AS newer_known_from,
	   d.subject, d.row_kind, d.measure, d.unit, d.older_value, d.newer_value, d.change, d.change_pct,
	   CASE WHEN oq.set_id IS NULL THEN d.older_rank END AS older_rank, CASE WHEN nq.set_id IS NULL THEN d.newer_rank END AS newer_rank,
	   CASE WHEN num_nonnulls(oq.set_id, nq.set_id) = 0 THEN d.rank_change END AS rank_change,
	   industry.changed_beside(d.what_changed, oq.open_rows, nq.open_rows) AS what_changed, d.older_as_printed, d.newer_as_printed,
	   d.older_fact_id, d.newer_fact_id, d.older_statement_kind, d.newer_statement_kind, s.series_id, c.older_set_id, c.newer_set_id
FROM industry.set_succession c
JOIN industry.series s ON s.series_id = c.series_id
JOIN industry.statement_set ot ON ot.set_id = c.older_set_id
JOIN industry.source older ON older.source_id = ot.source_id
JOIN industry.statement_set nt ON nt.set_id = c.newer_set_id
JOIN industry.source newer ON newer.source_id = nt.source_id
CROSS JOIN LATERAL industry.restated(c.older_set_id, c.newer_set_id) AS d
LEFT JOIN industry.sets_in_quarantine() AS oq ON oq.set_id = c.older_set_id
LEFT JOIN industry.sets_in_quarantine() AS nq ON nq.set_id = c.newer_set_id;
COMMENT ON VIEW industry.restatement IS 'what each edition changed against the one before it, figure by figure, with ranks. Filter on what_changed <> ''unchanged'' for the changes alone';
COMMENT ON COLUMN industry.restatement.older_edition IS 'the edition before';
COMMENT ON COLUMN industry.restatement.newer_edition IS 'the edition that restates it';
COMMENT ON COLUMN industry.restatement.older_known_from IS 'day from which the older one was known';
COMMENT ON COLUMN industry.restatement.newer_known_from IS 'day from which the newer one was known';
COMMENT ON COLUMN industry.restatement.subject IS 'who or what the figure is about';
COMMENT ON COLUMN industry.restatement.row_kind IS 'member, subtotal, remainder, stated_total or derived';
COMMENT ON COLUMN industry.restatement.measure IS 'which figure: amount, share, capacity, cost and so on';
COMMENT ON COLUMN industry.restatement.unit IS 'unit of the values';
COMMENT ON COLUMN industry.restatement.older_value IS 'value in the older edition; NULL where it has none';
COMMENT ON COLUMN industry.restatement.newer_value IS 'value in the newer edition; NULL where it has none';
COMMENT ON COLUMN industry.restatement.change IS 'newer less older, in unit';
COMMENT ON COLUMN industry.restatement.change_pct IS 'change in percent of the older value';
COMMENT ON COLUMN industry.restatement.older_rank IS 'rank among the members that have a value, in the older edition; ties share a rank; none while rows of the set are in quarantine';
COMMENT ON COLUMN industry.restatement.newer_rank IS 'rank in the newer edition';
COMMENT ON COLUMN industry.restatement.rank_change IS 'places gained: positive is up';
COMMENT ON COLUMN industry.restatement.what_changed IS 'restated, unchanged, added, dropped, unit changed, or now or no longer withheld and so on; dropped, or in quarantine (added, or was in quarantine) where rows of that set were refused';
COMMENT ON COLUMN industry.restatement.older_as_printed IS 'text in the older edition';
COMMENT ON COLUMN industry.restatement.newer_as_printed IS 'text in the newer edition';
COMMENT ON COLUMN industry.restatement.older_fact_id IS 'fact of the older edition';
COMMENT ON COLUMN industry.restatement.newer_fact_id IS 'fact of the newer edition';
COMMENT ON COLUMN industry.restatement.older_statement_kind IS 'statement_kind of the older figure';
COMMENT ON COLUMN industry.restatement.newer_statement_kind IS 'statement_kind of the newer figure';
COMMENT ON COLUMN industry.restatement.older_set_id IS 'statement set of the older edition';
COMMENT ON COLUMN industry.restatement.newer_set_id IS 'statement set of the newer edition';
