/*
 * Views for BI tools: industry.bi_*.
 *
 * They have columns of five types only (double precision, integer, date, text,
 * boolean), the unit stands in the column's name, and a row is one thing that a
 * chart plots.  A reader has rights to these and to nothing else, which decides
 * how they are made:
 *
 * - A view reads tables with the rights of its owner, but a function in a view
 *   runs with those of the reader.  So the views read tables and views, and
 *   where an answer needs one of the schema's functions, a function with the
 *   owner's rights stands between, bi_rows_* or bi_usd.  Each has fixed
 *   questions only, its result is what a view shows, and grant_access allows it
 *   to the same roles.
 * - A number that a source states twice and differently is NULL, with the bounds
 *   of all its statements beside it, and one row: nobody adds it up twice.
 * - Rows of totals and subtotals are not rows here; a total that a source states
 *   is a column.
 * - A scenario stands beside what is none, under its name: scenario IS NULL is
 *   what is no scenario, and nothing here is computed across several.
 */

/*
 * The latest statement sets, as current_set has them, without a function
 */

CREATE OR REPLACE VIEW industry.latest_set AS
SELECT l.set_id, l.series_id, l.source_id, l.publisher, l.kind, l.metric, l.basis, l.scope, l.price_or_cost, l.money_basis, l.base_year,
	   l.country_basis, l.application, l.stage, l.material, l.geography, l.scenario, l.period_first, l.period_last, l.period_as_printed,
	   CASE WHEN extract(day FROM l.period_first) = 1 AND extract(month FROM l.period_first) = 1
				 AND l.period_last = (l.period_first + interval '1 year' - interval '1 day')::date
			THEN extract(year FROM l.period_first)::integer END AS year,
	   l.edition, l.source, l.published, l.published_precision, l.known_from, l.load_id
FROM (SELECT t.set_id, t.series_id, t.source_id, t.publisher, s.kind, s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis,
			 s.base_year, s.country_basis, s.application, s.stage, s.material, s.geography, s.scenario, t.period_first, t.period_last,
			 t.period_as_printed, o.edition, o.source, o.published, o.published_precision, o.known_from, t.load_id,
			 row_number() OVER (PARTITION BY t.series_id, t.period_first, t.period_last, CASE WHEN t.period_first IS NULL THEN o.title END
								ORDER BY o.known_from DESC, o.published DESC, o.source COLLATE "C" DESC, t.set_id DESC) AS place
	  FROM industry.statement_set t
	  JOIN industry.series s ON s.series_id = t.series_id
	  JOIN industry.source o ON o.source_id = t.source_id
	  WHERE t.superseded_at IS NULL) AS l
WHERE l.place = 1;
COMMENT ON VIEW industry.latest_set IS 'statement sets of the latest edition, the same as current_set; it calls no function, so that views for readers may stand on it';
COMMENT ON COLUMN industry.latest_set.year IS 'the year, where the period is a calendar year';

/*
 * A double holds no number beyond 1e308, and one row must not fail a view.
 */

CREATE OR REPLACE FUNCTION industry.plain_number(x numeric) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN x = 0 OR abs(x) BETWEEN 1e-300 AND 1e300 THEN x::double precision END;
COMMENT ON FUNCTION industry.plain_number(numeric) IS 'a number as a double precision; NULL where it is beyond 1e300, closer to zero than 1e-300, NaN or infinite';

/*
 * Conversions, with the owner's rights: the rates are tables
 */

CREATE OR REPLACE FUNCTION industry.bi_usd(amount numeric, currency text, first_day date, last_day date)
RETURNS TABLE (usd double precision, units_per_usd double precision, rate_kind text, rate_first date, rate_last date,
	rate_publisher text, rate_edition text, rate_locator text, rate_fact_id text, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT industry.plain_number(r.usd), industry.plain_number(r.units_per_usd), r.rate_kind, r.rate_first, r.rate_last, r.rate_publisher_used,
		   r.rate_edition, r.rate_locator, r.rate_fact_id::text, r.note
	FROM industry.usd_at(bi_usd.amount, bi_usd.currency, bi_usd.first_day, bi_usd.last_day) AS r;
END;
COMMENT ON FUNCTION industry.bi_usd(numeric, text, date, date) IS
'usd_at in plain types, for the views bi_*: US$ for an amount at a cited rate, or NULL and a note. Runs with the rights of its owner';

/*
 * Rows in quarantine, with the owner's rights: names are looked up in tables
 */

CREATE OR REPLACE FUNCTION industry.bi_rows_in_quarantine()
RETURNS TABLE (set_id bigint, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT q.set_id, industry.in_quarantine(count(*)) FROM industry.quarantined_members() AS q GROUP BY q.set_id;
END;
COMMENT ON FUNCTION industry.bi_rows_in_quarantine() IS
'statement sets of which rows are in quarantine, with the note that says so, for the views bi_*. Runs with the rights of its owner';

/*
 * The bounds of a statement, and of several that differ
 */

CREATE OR REPLACE FUNCTION industry.least_stated(qualifier text, value numeric, low numeric, has_others boolean, others_least numeric, others_open numeric)
RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN has_others THEN industry.least_bound(least(industry.lower_bound(qualifier, value, low), others_least),
													  least(industry.open_below(qualifier, value, low), others_open))
			ELSE industry.lower_bound(qualifier, value, low) END;
COMMENT ON FUNCTION industry.least_stated(text, numeric, numeric, boolean, numeric, numeric) IS
'lower bound of a statement, or of all statements where a source makes several: the others'' least lower bound and least open_below are given';

CREATE OR REPLACE FUNCTION industry.greatest_stated(qualifier text, value numeric, high numeric, has_others boolean, others_greatest numeric, others_open numeric)
RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN has_others THEN industry.greatest_bound(greatest(industry.upper_bound(qualifier, value, high), others_greatest),
														 greatest(industry.open_above(qualifier, value, high), others_open))
			ELSE industry.upper_bound(qualifier, value, high) END;
COMMENT ON FUNCTION industry.greatest_stated(text, numeric, numeric, boolean, numeric, numeric) IS
'upper bound of a statement, or of all statements where a source makes several: the others'' greatest upper bound and greatest open_above are given';

/*
 * Capacities
 */

CREATE OR REPLACE VIEW industry.bi_capacity AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.basis, k.country_basis, k.application, k.geography, k.scenario, k.period_first, k.period_last,
	   k.year, k.period_as_printed, f.row_kind, coalesce(m.maker, p.plant, f.country, f.subject_as_printed) AS subject, m.maker,
	   m.country AS maker_country, p.plant, f.country, f.chemistry::text AS chemistry, chemistry_family(f.chemistry)::text AS chemistry_family,
	   CASE WHEN d.set_id IS NULL THEN f.capacity::double precision END AS capacity_gwh,
	   industry.plain_number(industry.least_stated(f.qualifier, f.capacity::numeric, f.capacity_low::numeric, d.set_id IS NOT NULL, d.low, d.low_open)) AS capacity_low_gwh,
	   industry.plain_number(industry.greatest_stated(f.qualifier, f.capacity::numeric, f.capacity_high::numeric, d.set_id IS NOT NULL, d.high, d.high_open)) AS capacity_high_gwh,
	   coalesce(f.qualifier = '=' AND d.set_id IS NULL, false) AS is_exact, f.qualifier, f.missing_reason,
	   coalesce(d.statements, 1)::integer AS statements, f.statement_kind,
	   CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || f.as_printed || '; ' || d.printed ELSE f.missing_reason END AS note,
	   f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.capacity_observation f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
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
WHERE f.statement_number = 1 AND k.kind = 'capacity';
COMMENT ON VIEW industry.bi_capacity IS 'latest edition: energy capacities as stated, one row a figure. Choose one basis and one row_kind (member, or stated_total) before adding up';
COMMENT ON COLUMN industry.bi_capacity.subject IS 'what the figure is about: the maker, the plant, the country, or as printed';
COMMENT ON COLUMN industry.bi_capacity.capacity_gwh IS 'capacity, GWh (GWh a year where basis is nameplate_per_year); NULL for a range, and where the source states it twice and differently';
COMMENT ON COLUMN industry.bi_capacity.capacity_low_gwh IS 'least capacity that the statement allows, GWh; NULL where it says nothing about that';
COMMENT ON COLUMN industry.bi_capacity.capacity_high_gwh IS 'greatest capacity that the statement allows, GWh; NULL where it says nothing about that';

/*
 * Prices and costs
 */

CREATE OR REPLACE VIEW industry.bi_price AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.scope, k.price_or_cost, k.money_basis, k.base_year, k.application, k.geography, k.scenario,
	   k.period_first, k.period_last, k.year, k.period_as_printed, f.row_kind,
	   coalesce(m.maker, p.plant, f.site, f.country, f.subject_as_printed) AS subject, m.maker, m.country AS maker_country,
	   coalesce(p.plant, f.site) AS site, f.country, f.chemistry::text AS chemistry, chemistry_family(f.chemistry)::text AS chemistry_family,
	   f.status,
	   CASE WHEN d.set_id IS NULL AND k.scope <> 'lcos'
			THEN coalesce(f.cost::double precision, f.cost_usd_stated::double precision, r.usd) END AS price_usd_per_kwh,
	   CASE WHEN k.scope <> 'lcos' AND f.currency IS NULL THEN industry.plain_number(industry.least_stated(f.qualifier, f.cost::numeric, f.cost_low::numeric, d.set_id IS NOT NULL, d.low, d.low_open)) END AS price_low_usd_per_kwh,
	   CASE WHEN k.scope <> 'lcos' AND f.currency IS NULL THEN industry.plain_number(industry.greatest_stated(f.qualifier, f.cost::numeric, f.cost_high::numeric, d.set_id IS NOT NULL, d.high, d.high_open)) END AS price_high_usd_per_kwh,
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
	   coalesce(f.qualifier = '=' AND d.set_id IS NULL, false) AS is_exact, f.qualifier, f.missing_reason,
	   coalesce(d.statements, 1)::integer AS statements, f.statement_kind,
	   CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || f.as_printed || '; ' || d.printed
			WHEN f.missing_reason IS NOT NULL THEN f.missing_reason
			WHEN f.currency IS NOT NULL AND f.cost_usd_stated IS NULL AND k.money_basis = 'real' THEN 'real money of another currency is not converted'
			ELSE r.note END AS note,
	   f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.price_observation f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id
LEFT JOIN (
	SELECT o.set_id, o.maker_id, o.plant_id, o.site, o.country, o.chemistry::text AS chemistry, o.row_kind, count(*) + 1 AS statements,
		   CASE WHEN o.row_kind <> 'member' OR num_nonnulls(o.maker_id, o.plant_id, o.site, o.country) = 0 THEN o.subject_as_printed END AS other_subject,
		   min(industry.lower_bound(o.qualifier, coalesce(o.cost::numeric, o.lcos_usd_per_kwh_discharged), coalesce(o.cost_low::numeric, o.lcos_low))) AS low,
		   min(industry.open_below(o.qualifier, coalesce(o.cost::numeric, o.lcos_usd_per_kwh_discharged), coalesce(o.cost_low::numeric, o.lcos_low))) AS low_open,
		   max(industry.upper_bound(o.qualifier, coalesce(o.cost::numeric, o.lcos_usd_per_kwh_discharged), coalesce(o.cost_high::numeric, o.lcos_high))) AS high,
		   max(industry.open_above(o.qualifier, coalesce(o.cost::numeric, o.lcos_usd_per_kwh_discharged), coalesce(o.cost_high::numeric, o.lcos_high))) AS high_open,
		   string_agg(o.as_printed, '; ' ORDER BY o.statement_number) AS printed
	FROM industry.price_observation o
	WHERE o.statement_number > 1
	GROUP BY 1, 2, 3, 4, 5, 6, 7, 9) AS d
  ON d.set_id = f.set_id
 AND (d.maker_id, d.plant_id, d.site, d.country, d.chemistry, d.row_kind) IS NOT DISTINCT FROM (f.maker_id, f.plant_id, f.site, f.country, f.chemistry::text, f.row_kind)
 AND d.other_subject IS NOT DISTINCT FROM
	 CASE WHEN f.row_kind <> 'member' OR num_nonnulls(f.maker_id, f.plant_id, f.site, f.country) = 0 THEN f.subject_as_printed END
LEFT JOIN LATERAL industry.bi_usd(f.amount_per_kwh, f.currency, k.period_first, k.period_last) AS r
  ON f.amount_per_kwh IS NOT NULL AND k.money_basis = 'nominal' AND f.cost_usd_stated IS NULL
WHERE f.statement_number = 1 AND k.kind = 'price';
COMMENT ON VIEW industry.bi_price IS 'latest edition: prices and costs per kWh as stated, one row a figure. Scope, price_or_cost, money_basis and base_year say what a number is of: choose one of each, never average over several. A levelised cost of storage has columns of its own';
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
 * Shares of makers
 */

CREATE OR REPLACE VIEW industry.bi_maker_share AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.basis, k.application, k.geography, k.scenario, k.period_first, k.period_last, k.year,
	   k.period_as_printed, m.maker, m.country AS maker_country, f.subject_as_printed AS maker_as_printed,
	   CASE WHEN d.set_id IS NULL THEN f.amount::double precision END AS amount_gwh,
	   industry.plain_number(industry.least_stated(f.qualifier, f.amount::numeric, f.amount_low::numeric, d.set_id IS NOT NULL, d.low, d.low_open)) AS amount_low_gwh,
	   industry.plain_number(industry.greatest_stated(f.qualifier, f.amount::numeric, f.amount_high::numeric, d.set_id IS NOT NULL, d.high, d.high_open)) AS amount_high_gwh,
	   CASE WHEN t.least = t.greatest THEN industry.plain_number(t.greatest) END AS stated_total_gwh,
	   CASE WHEN d.set_id IS NULL THEN industry.plain_number(f.share_pct / 100) END AS share_stated_fraction,
	   industry.plain_number(industry.least_stated(f.share_qualifier, f.share_pct, f.share_pct_low, d.set_id IS NOT NULL, d.share_low, d.share_low_open) / 100) AS share_low_fraction,
	   industry.plain_number(industry.greatest_stated(f.share_qualifier, f.share_pct, f.share_pct_high, d.set_id IS NOT NULL, d.share_high, d.share_high_open) / 100) AS share_high_fraction,
	   CASE WHEN d.set_id IS NULL AND t.is_exact AND t.greatest > 0 THEN industry.plain_number(f.amount::numeric / t.greatest) END AS share_computed_fraction,
	   f.rank_stated, coalesce(coalesce(f.qualifier, '=') = '=' AND coalesce(f.share_qualifier, '=') = '=' AND d.set_id IS NULL
							   AND num_nonnulls(f.amount, f.share_pct) > 0, false) AS is_exact,
	   f.qualifier, f.share_qualifier, f.missing_reason, f.share_missing_reason, coalesce(d.statements, 1)::integer AS statements,
	   nullif(concat_ws('; ',
			CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || concat_ws('; ', nullif(concat_ws(', ', nullif(f.as_printed, ''), f.share_as_printed), ''), d.printed)
				 ELSE coalesce(f.missing_reason, f.share_missing_reason) END, q.note), '') AS note,
	   f.as_printed, f.share_as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.maker_share_observation f ON f.set_id = k.set_id
LEFT JOIN industry.bi_rows_in_quarantine() AS q ON q.set_id = k.set_id
JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN (
	SELECT o.set_id, min(o.amount)::numeric AS least, max(o.amount)::numeric AS greatest,
		   min(o.amount) = max(o.amount) AND bool_and(o.qualifier = '=') AS is_exact
	FROM industry.maker_share_observation o WHERE o.row_kind = 'stated_total' GROUP BY o.set_id) AS t ON t.set_id = f.set_id
LEFT JOIN (
	SELECT o.set_id, o.maker_id, count(*) + 1 AS statements,
		   min(industry.lower_bound(o.qualifier, o.amount::numeric, o.amount_low::numeric)) AS low,
		   min(industry.open_below(o.qualifier, o.amount::numeric, o.amount_low::numeric)) AS low_open,
		   max(industry.upper_bound(o.qualifier, o.amount::numeric, o.amount_high::numeric)) AS high,
		   max(industry.open_above(o.qualifier, o.amount::numeric, o.amount_high::numeric)) AS high_open,
		   min(industry.lower_bound(o.share_qualifier, o.share_pct, o.share_pct_low)) AS share_low,
		   min(industry.open_below(o.share_qualifier, o.share_pct, o.share_pct_low)) AS share_low_open,
		   max(industry.upper_bound(o.share_qualifier, o.share_pct, o.share_pct_high)) AS share_high,
		   max(industry.open_above(o.share_qualifier, o.share_pct, o.share_pct_high)) AS share_high_open,
		   string_agg(concat_ws(', ', nullif(o.as_printed, ''), o.share_as_printed), '; ' ORDER BY o.statement_number) AS printed
	FROM industry.maker_share_observation o
	WHERE o.statement_number > 1 AND o.row_kind = 'member'
	GROUP BY o.set_id, o.maker_id) AS d ON d.set_id = f.set_id AND d.maker_id = f.maker_id
WHERE f.row_kind = 'member' AND f.statement_number = 1 AND k.kind = 'maker_share';
COMMENT ON VIEW industry.bi_maker_share IS 'latest edition: makers'' amounts and shares, one row a maker, market and period; members only. Amounts add up over the makers of one market and period; shares of several periods do not';
COMMENT ON COLUMN industry.bi_maker_share.maker_as_printed IS 'the maker''s name as printed';
COMMENT ON COLUMN industry.bi_maker_share.amount_gwh IS 'amount on the basis of the series, GWh; NULL for a range, and where the source states it twice and differently';
COMMENT ON COLUMN industry.bi_maker_share.amount_low_gwh IS 'least amount that the statement allows, GWh; NULL where it says nothing about that';
COMMENT ON COLUMN industry.bi_maker_share.amount_high_gwh IS 'greatest amount that the statement allows, GWh; NULL where it says nothing about that';
COMMENT ON COLUMN industry.bi_maker_share.stated_total_gwh IS 'total of the market and period as the source states it, GWh, the same in every row of them; NULL where none or several are stated';
COMMENT ON COLUMN industry.bi_maker_share.share_stated_fraction IS 'share as the source states it, 0 to 1';
COMMENT ON COLUMN industry.bi_maker_share.share_low_fraction IS 'least share that the statement allows, 0 to 1';
COMMENT ON COLUMN industry.bi_maker_share.share_high_fraction IS 'greatest share that the statement allows, 0 to 1';
COMMENT ON COLUMN industry.bi_maker_share.share_computed_fraction IS 'amount over the stated total where that is exact, 0 to 1; it may differ from the stated share by more than rounding, which is the source''s affair';

CREATE OR REPLACE FUNCTION industry.bi_rows_concentration()
RETURNS TABLE (by_parent boolean, publisher text, edition text, metric text, basis text, application text, geography text, scenario text, period_first date,
	period_last date, year integer, computed_from text, members integer, unknown_members integer, stated_total_gwh double precision,
	unattributed_fraction double precision, leader text, leader_share_fraction double precision, leader_share_low_fraction double precision,
	leader_share_high_fraction double precision, cr4_fraction double precision, cr4_low_fraction double precision, cr4_high_fraction double precision, hhi_points double precision, hhi_low_points double precision,
	hhi_high_points double precision, effective_members double precision, is_exact boolean, rows_in_quarantine integer, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT p.by_parent, c.publisher, c.edition, c.metric, c.basis, c.application, c.geography, c.scenario, c.period_first, c.period_last, c.year,
		   c.measure, c.members, c.unknown_members, CASE WHEN c.measure = 'amount' THEN industry.plain_number(c.stated_total) END,
		   c.unattributed_share, c.leader,
		   -- nor a share that a row in quarantine may make smaller or larger
		   CASE WHEN c.rows_in_quarantine = 0 OR c.leader_share_low = c.leader_share_high THEN c.leader_share END,
		   c.leader_share_low, c.leader_share_high,
		   CASE WHEN c.rows_in_quarantine = 0 OR c.cr4_low = c.cr4_high THEN c.cr4 END, c.cr4_low, c.cr4_high,
		   -- a lower bound must not be plotted as the index
		   CASE WHEN c.hhi_low_points = c.hhi_high_points THEN c.hhi_points END, c.hhi_low_points, c.hhi_high_points,
		   CASE WHEN c.hhi_low_points = c.hhi_high_points THEN c.effective_members END,
		   coalesce(c.is_exact AND c.hhi_low_points = c.hhi_high_points, false), c.rows_in_quarantine::integer, c.note
	FROM (VALUES (false), (true)) AS p (by_parent)
	CROSS JOIN LATERAL industry.concentration('infinity', p.by_parent) AS c;
END;
COMMENT ON FUNCTION industry.bi_rows_concentration() IS 'rows of bi_concentration: concentration() of makers, and of makers rolled up to their parents. Runs with the rights of its owner';

CREATE OR REPLACE VIEW industry.bi_concentration AS
SELECT c.by_parent, c.publisher, c.edition, c.metric, c.basis, c.application, c.geography, c.scenario, c.period_first, c.period_last, c.year, c.computed_from,
	   c.members, c.unknown_members, c.stated_total_gwh, c.unattributed_fraction, c.leader, c.leader_share_fraction, c.leader_share_low_fraction,
	   c.leader_share_high_fraction, c.cr4_fraction, c.cr4_low_fraction, c.cr4_high_fraction, c.hhi_points, c.hhi_low_points, c.hhi_high_points,
	   c.effective_members, c.is_exact, c.rows_in_quarantine, c.note
FROM industry.bi_rows_concentration() AS c;
COMMENT ON VIEW industry.bi_concentration IS 'latest edition: concentration, one row a market, period and choice of by_parent. Nothing in it adds up or averages: ask for another grouping instead';
COMMENT ON COLUMN industry.bi_concentration.by_parent IS 'whether makers are rolled up to their parents, as of the end of the period: filter on one of the two';
COMMENT ON COLUMN industry.bi_concentration.computed_from IS 'amount, or share where shares are stated of more members';
COMMENT ON COLUMN industry.bi_concentration.year IS 'year, where the period is a calendar year';
COMMENT ON COLUMN industry.bi_concentration.members IS 'makers (or parents) that have a value';
COMMENT ON COLUMN industry.bi_concentration.unknown_members IS 'makers listed without a value';
COMMENT ON COLUMN industry.bi_concentration.stated_total_gwh IS 'stated total, GWh, where the computation is from amounts; shares are of 100 percent';
COMMENT ON COLUMN industry.bi_concentration.unattributed_fraction IS 'part of the total that no listed maker has, 0 to 1; NULL where a figure is a bound, or a row in quarantine is missing from the total';
COMMENT ON COLUMN industry.bi_concentration.leader IS 'maker with the greatest share';
COMMENT ON COLUMN industry.bi_concentration.leader_share_fraction IS 'its share, 0 to 1; NULL where rows in quarantine leave it open';
COMMENT ON COLUMN industry.bi_concentration.leader_share_low_fraction IS 'least share that the leader may have, whoever that is, 0 to 1; NULL where a figure is a bound or a row in quarantine leaves it open';
COMMENT ON COLUMN industry.bi_concentration.leader_share_high_fraction IS 'greatest share that the leader may have, whoever that is, 0 to 1; NULL as the least';
COMMENT ON COLUMN industry.bi_concentration.cr4_fraction IS 'share of the four greatest, 0 to 1; NULL where fewer are listed and part is unattributed, or rows in quarantine leave it open';
COMMENT ON COLUMN industry.bi_concentration.cr4_low_fraction IS 'lower bound of it, 0 to 1';
COMMENT ON COLUMN industry.bi_concentration.cr4_high_fraction IS 'upper bound of it, 0 to 1';
COMMENT ON COLUMN industry.bi_concentration.hhi_points IS 'Herfindahl-Hirschman index, points from 0 to 10,000; NULL where part of the market is unattributed or a figure is a bound: see hhi_low_points and hhi_high_points';
COMMENT ON COLUMN industry.bi_concentration.hhi_low_points IS 'lower bound of it, points';
COMMENT ON COLUMN industry.bi_concentration.hhi_high_points IS 'upper bound of it, points: unlisted makers no larger than the smallest listed one';
COMMENT ON COLUMN industry.bi_concentration.effective_members IS 'makers of equal size that would give the same index; NULL where that is';
COMMENT ON COLUMN industry.bi_concentration.is_exact IS 'whether every figure is exact as printed, no part of the market unattributed and no row of the set in quarantine';
COMMENT ON COLUMN industry.bi_concentration.rows_in_quarantine IS 'rows of the set that are in quarantine and would add a member or change a figure';
COMMENT ON COLUMN industry.bi_concentration.note IS 'what to know about the row: why something is NULL';

/*
 * Shares of countries
 */

CREATE OR REPLACE VIEW industry.bi_country_share AS
SELECT k.publisher, k.edition, k.known_from, k.stage, g.position AS stage_position, k.metric, k.material, k.basis, k.country_basis, k.application, k.geography, k.scenario,
	   k.period_first, k.period_last, k.year, k.period_as_printed, f.country, c.name AS country_name, f.chemistry::text AS chemistry,
	   CASE WHEN d.set_id IS NULL AND f.unit = 't' THEN industry.plain_number(f.amount) END AS amount_tonnes,
	   CASE WHEN d.set_id IS NULL AND f.unit = 'GWh' THEN industry.plain_number(f.amount) END AS amount_gwh,
	   CASE WHEN d.set_id IS NULL THEN industry.plain_number(f.amount) END AS amount_in_unit,
	   CASE WHEN t.least = t.greatest AND f.unit = 't' THEN industry.plain_number(t.greatest) END AS stated_total_tonnes,
	   CASE WHEN t.least = t.greatest AND f.unit = 'GWh' THEN industry.plain_number(t.greatest) END AS stated_total_gwh,
	   CASE WHEN t.least = t.greatest THEN industry.plain_number(t.greatest) END AS stated_total_in_unit,
	   CASE WHEN d.set_id IS NULL THEN industry.plain_number(f.share_pct / 100) END AS share_stated_fraction,
	   industry.plain_number(industry.least_stated(f.share_qualifier, f.share_pct, f.share_pct_low, d.set_id IS NOT NULL, d.share_low, d.share_low_open) / 100) AS share_low_fraction,
	   industry.plain_number(industry.greatest_stated(f.share_qualifier, f.share_pct, f.share_pct_high, d.set_id IS NOT NULL, d.share_high, d.share_high_open) / 100) AS share_high_fraction,
	   CASE WHEN d.set_id IS NULL AND t.is_exact AND t.greatest > 0 THEN industry.plain_number(f.amount / t.greatest) END AS share_computed_fraction,
	   coalesce(coalesce(f.qualifier, '=') = '=' AND coalesce(f.share_qualifier, '=') = '=' AND d.set_id IS NULL
				AND num_nonnulls(f.amount, f.share_pct) > 0, false) AS is_exact,
	   f.unit, f.qualifier, f.share_qualifier, f.missing_reason, f.share_missing_reason, coalesce(d.statements, 1)::integer AS statements,
	   f.statement_kind,
	   nullif(concat_ws('; ',
			CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || concat_ws('; ', coalesce(f.share_as_printed, f.as_printed), d.printed)
				 ELSE coalesce(f.missing_reason, f.share_missing_reason) END, q.note), '') AS note,
	   f.as_printed, f.share_as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.country_share_observation f ON f.set_id = k.set_id
LEFT JOIN industry.bi_rows_in_quarantine() AS q ON q.set_id = k.set_id
JOIN industry.stage g ON g.stage = k.stage
LEFT JOIN industry.country c ON c.country = f.country
LEFT JOIN (
	SELECT o.set_id, o.chemistry::text AS chemistry, o.unit, min(o.amount) AS least, max(o.amount) AS greatest,
		   min(o.amount) = max(o.amount) AND bool_and(o.qualifier = '=') AS is_exact
	FROM industry.country_share_observation o WHERE o.row_kind = 'stated_total' GROUP BY o.set_id, o.chemistry::text, o.unit) AS t
  ON t.set_id = f.set_id AND t.chemistry IS NOT DISTINCT FROM f.chemistry::text AND t.unit IS NOT DISTINCT FROM f.unit
LEFT JOIN (
	SELECT o.set_id, o.country, o.chemistry::text AS chemistry, count(*) + 1 AS statements,
		   min(industry.lower_bound(o.share_qualifier, o.share_pct, o.share_pct_low)) AS share_low,
		   min(industry.open_below(o.share_qualifier, o.share_pct, o.share_pct_low)) AS share_low_open,
		   max(industry.upper_bound(o.share_qualifier, o.share_pct, o.share_pct_high)) AS share_high,
		   max(industry.open_above(o.share_qualifier, o.share_pct, o.share_pct_high)) AS share_high_open,
		   string_agg(coalesce(o.share_as_printed, o.as_printed), '; ' ORDER BY o.statement_number) AS printed
	FROM industry.country_share_observation o
	WHERE o.statement_number > 1 AND o.row_kind = 'member'
	GROUP BY o.set_id, o.country, o.chemistry::text) AS d
  ON d.set_id = f.set_id AND d.country = f.country AND d.chemistry IS NOT DISTINCT FROM f.chemistry::text
WHERE f.row_kind = 'member' AND f.statement_number = 1 AND k.kind = 'country_share';
COMMENT ON VIEW industry.bi_country_share IS 'latest edition: what countries mine, refine or make at a stage of the supply chain, or buy (country_basis market: filter on one), one row a country, series and period; members only. Amounts add up over the countries of one series and period; shares of several stages or periods do not';
COMMENT ON COLUMN industry.bi_country_share.stage_position IS 'order of the stage along the chain';
COMMENT ON COLUMN industry.bi_country_share.stage IS 'stage of the supply chain';
COMMENT ON COLUMN industry.bi_country_share.country IS 'country, ISO 3166-1 alpha-2, on the basis that country_basis names';
COMMENT ON COLUMN industry.bi_country_share.country_name IS 'usual English name of the country';
COMMENT ON COLUMN industry.bi_country_share.amount_tonnes IS 'amount, tonnes, where the source counts in tonnes';
COMMENT ON COLUMN industry.bi_country_share.amount_gwh IS 'amount, GWh, where the source counts in GWh';
COMMENT ON COLUMN industry.bi_country_share.amount_in_unit IS 'amount as the source counts, in unit: tonnes, GWh, vehicles and so on';
COMMENT ON COLUMN industry.bi_country_share.stated_total_in_unit IS 'total of the series and period as stated, in unit, the same in every row of them';
COMMENT ON COLUMN industry.bi_country_share.stated_total_tonnes IS 'total of the series and period as stated, tonnes, the same in every row of them';
COMMENT ON COLUMN industry.bi_country_share.stated_total_gwh IS 'total of the series and period as stated, GWh, the same in every row of them';
COMMENT ON COLUMN industry.bi_country_share.share_stated_fraction IS 'share as the source states it, 0 to 1; NULL where it states two and differently';
COMMENT ON COLUMN industry.bi_country_share.share_low_fraction IS 'least share that the statements allow, 0 to 1';
COMMENT ON COLUMN industry.bi_country_share.share_high_fraction IS 'greatest share that the statements allow, 0 to 1';
COMMENT ON COLUMN industry.bi_country_share.share_computed_fraction IS 'amount over the stated total, 0 to 1';

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

CREATE OR REPLACE VIEW industry.bi_mineral_demand AS
SELECT k.publisher, k.edition, k.metric, k.basis, k.geography, k.scenario, k.period_first, k.period_last, k.year, f.row_kind, m.maker, p.plant, f.country,
	   f.chemistry::text AS chemistry, i.mineral, i.symbol, f.capacity::double precision AS capacity_gwh, industry.plain_number(i.kg_per_kwh) AS kg_per_kwh,
	   industry.plain_number(mineral_demand(f.chemistry, f.capacity, i.symbol)) AS demand_tonnes, i.describes::text AS intensity_of,
	   i.basis AS intensity_basis, i.source AS intensity_source, f.qualifier = '=' AS is_exact, f.qualifier, f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.capacity_observation f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id
CROSS JOIN LATERAL mineral_intensities(f.chemistry) AS i
WHERE k.kind = 'capacity' AND f.chemistry IS NOT NULL AND f.capacity IS NOT NULL AND f.statement_number = 1;
COMMENT ON VIEW industry.bi_mineral_demand IS 'latest edition: minerals in stated capacities whose chemistry is stated, one row a capacity and mineral. Chemistries without a published intensity have no row';
COMMENT ON COLUMN industry.bi_mineral_demand.capacity_gwh IS 'capacity, GWh (GWh a year where basis is nameplate_per_year); it repeats in the row of each mineral';
COMMENT ON COLUMN industry.bi_mineral_demand.mineral IS 'mineral';
COMMENT ON COLUMN industry.bi_mineral_demand.symbol IS 'symbol of the element';
COMMENT ON COLUMN industry.bi_mineral_demand.kg_per_kwh IS 'intensity, kg per kWh';
COMMENT ON COLUMN industry.bi_mineral_demand.demand_tonnes IS 'demand, tonnes (tonnes a year where basis is nameplate_per_year)';
COMMENT ON COLUMN industry.bi_mineral_demand.intensity_of IS 'chemistry that the intensity was published for';
COMMENT ON COLUMN industry.bi_mineral_demand.intensity_basis IS 'what the intensity assumes';
COMMENT ON COLUMN industry.bi_mineral_demand.intensity_source IS 'where the intensity is from';
COMMENT ON COLUMN industry.bi_mineral_demand.is_exact IS 'whether the capacity is exact as printed';

/*
 * Restatements
 */

CREATE OR REPLACE FUNCTION industry.bi_rows_restatement()
RETURNS TABLE (publisher text, kind text, metric text, basis text, application text, stage text, material text, geography text, scenario text, period_first date,
	period_last date, older_edition text, newer_edition text, older_known_from date, newer_known_from date, subject text, row_kind text, measure text,
	unit text, older_value_in_unit double precision, newer_value_in_unit double precision, change_in_unit double precision,
	change_fraction double precision, older_rank integer, newer_rank integer, rank_change integer, what_changed text, older_as_printed text,
	newer_as_printed text, older_fact_id text, newer_fact_id text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT r.publisher, r.kind, r.metric, r.basis, r.application, r.stage, r.material, r.geography, r.scenario, r.period_first, r.period_last, r.older_edition,
		   r.newer_edition, r.older_known_from, r.newer_known_from, r.subject, r.row_kind, r.measure, r.unit, industry.plain_number(r.older_value),
		   industry.plain_number(r.newer_value), industry.plain_number(r.change),
		   CASE WHEN r.change IS NOT NULL AND r.older_value <> 0 THEN industry.plain_number(r.change / r.older_value) END,
		   r.older_rank::integer, r.newer_rank::integer, r.rank_change::integer, r.what_changed, r.older_as_printed, r.newer_as_printed,
		   r.older_fact_id::text, r.newer_fact_id::text
	FROM industry.restatement r;
END;
COMMENT ON FUNCTION industry.bi_rows_restatement() IS 'rows of bi_restatement: the view restatement in plain types. Runs with the rights of its owner';

CREATE OR REPLACE VIEW industry.bi_restatement AS
SELECT r.publisher, r.kind, r.metric, r.basis, r.application, r.stage, r.material, r.geography, r.scenario, r.period_first, r.period_last, r.older_edition,
	   r.newer_edition, r.older_known_from, r.newer_known_from, r.subject, r.row_kind, r.measure, r.unit, r.older_value_in_unit, r.newer_value_in_unit,
	   r.change_in_unit, r.change_fraction, r.older_rank, r.newer_rank, r.rank_change, r.what_changed, r.older_as_printed, r.newer_as_printed,
	   r.older_fact_id, r.newer_fact_id
FROM industry.bi_rows_restatement() AS r;
COMMENT ON VIEW industry.bi_restatement IS 'what each edition changed against the one before it, one row a figure; filter on what_changed <> ''unchanged'' for the changes alone. Values of different units are in one column: filter on unit';
COMMENT ON COLUMN industry.bi_restatement.unit IS 'unit of the values in the row';
COMMENT ON COLUMN industry.bi_restatement.older_value_in_unit IS 'value in the older edition, in unit; NULL where it has none';
COMMENT ON COLUMN industry.bi_restatement.newer_value_in_unit IS 'value in the newer edition, in unit; NULL where it has none';
COMMENT ON COLUMN industry.bi_restatement.change_in_unit IS 'newer less older, in unit';
COMMENT ON COLUMN industry.bi_restatement.change_fraction IS 'change over the older value: 0.1 is 10 percent more';
COMMENT ON COLUMN industry.bi_restatement.older_known_from IS 'day from which the older edition was known';
COMMENT ON COLUMN industry.bi_restatement.newer_known_from IS 'day from which the newer edition was known';
COMMENT ON COLUMN industry.bi_restatement.older_edition IS 'the edition before';
COMMENT ON COLUMN industry.bi_restatement.newer_edition IS 'the edition that restates it';
COMMENT ON COLUMN industry.bi_restatement.subject IS 'who or what the figure is about';
COMMENT ON COLUMN industry.bi_restatement.measure IS 'which figure: amount, share, capacity, cost and so on';
COMMENT ON COLUMN industry.bi_restatement.older_rank IS 'rank among the members that have a value, in the older edition; ties share a rank';
COMMENT ON COLUMN industry.bi_restatement.newer_rank IS 'rank in the newer edition';
COMMENT ON COLUMN industry.bi_restatement.rank_change IS 'places gained: positive is up';
COMMENT ON COLUMN industry.bi_restatement.what_changed IS 'restated, unchanged, added, dropped, unit changed, or now or no longer withheld and so on';
COMMENT ON COLUMN industry.bi_restatement.older_as_printed IS 'text in the older edition';
COMMENT ON COLUMN industry.bi_restatement.newer_as_printed IS 'text in the newer edition';
COMMENT ON COLUMN industry.bi_restatement.older_fact_id IS 'fact of the older edition';
COMMENT ON COLUMN industry.bi_restatement.newer_fact_id IS 'fact of the newer edition';

/*
 * Trade controls.  control_status answers for a day; a dashboard wants periods.
 * Between two days on which a source says that something happens, nothing does,
 * so one answer holds from one such day to the day before the next.
 */

CREATE OR REPLACE VIEW industry.control_change_day AS
SELECT DISTINCT d.day
FROM (SELECT e.event_date, industry.last_day_of(e.event_date, e.event_precision) AS sure_date, e.event, e.until
	  FROM industry.latest_set k JOIN industry.control_event e ON e.set_id = k.set_id WHERE k.kind = 'control_event') AS e
CROSS JOIN LATERAL (VALUES (e.event_date), (e.sure_date), (CASE WHEN e.event = 'ends' THEN e.event_date + 1 END),
	(CASE WHEN e.event = 'ends' THEN e.sure_date + 1 END), (e.until + 1)) AS d (day)
WHERE d.day IS NOT NULL;
COMMENT ON VIEW industry.control_change_day IS 'latest edition: days on which the status of a trade control may change';
COMMENT ON COLUMN industry.control_change_day.day IS 'first day on which it may be another';

CREATE OR REPLACE FUNCTION industry.bi_rows_control_status()
RETURNS TABLE (control text, item text, object text, stage text, material text, chemistry text, issuer_country text, target_country text,
	instrument text, reference text, valid_from date, valid_to date, status text, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 500 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	WITH span AS (
		SELECT d.day AS first_day, lead(d.day) OVER (ORDER BY d.day) - 1 AS last_day FROM industry.control_change_day d),
	answer AS (
		SELECT s.control, s.item, s.object, s.stage, s.material, s.chemistry::text AS chemistry, s.issuer_country, s.target_country, s.instrument, s.reference,
			   s.status, s.note, p.first_day, p.last_day
		FROM span p CROSS JOIN LATERAL industry.control_status(p.first_day) AS s),
	-- days of one status in a row are one period
	marked AS (
		SELECT a.control, a.item, a.object, a.stage, a.material, a.chemistry, a.issuer_country, a.target_country, a.instrument, a.reference,
			   a.status, a.note, a.first_day, a.last_day,
			   CASE WHEN (a.status, a.note) IS NOT DISTINCT FROM
						 (lag(a.status) OVER w, lag(a.note) OVER w) AND row_number() OVER w > 1 THEN 0 ELSE 1 END AS starts
		FROM answer a
		WINDOW w AS (PARTITION BY a.control, a.item, a.object, a.stage ORDER BY a.first_day)),
	numbered AS (
		SELECT m.control, m.item, m.object, m.stage, m.material, m.chemistry, m.issuer_country, m.target_country, m.instrument, m.reference,
			   m.status, m.note, m.first_day, m.last_day,
			   sum(m.starts) OVER (PARTITION BY m.control, m.item, m.object, m.stage ORDER BY m.first_day) AS period
		FROM marked m)
	SELECT n.control, n.item, n.object, n.stage, n.material, n.chemistry, n.issuer_country, n.target_country, n.instrument, n.reference,
		   min(n.first_day), CASE WHEN count(*) = count(n.last_day) THEN max(n.last_day) END, n.status, n.note
	FROM numbered n
	GROUP BY n.control, n.item, n.object, n.stage, n.material, n.chemistry, n.issuer_country, n.target_country, n.instrument, n.reference,
			 n.status, n.note, n.period
	-- before a control is heard of there is nothing to say
	HAVING n.status <> 'unknown' OR n.period > 1 OR n.note IS NOT NULL;
END;
COMMENT ON FUNCTION industry.bi_rows_control_status() IS 'rows of bi_control_status: control_status of every day on which it may change, equal answers in a row made one. Runs with the rights of its owner';

CREATE OR REPLACE VIEW industry.bi_control_status AS
SELECT s.control, s.item, s.object, s.stage, s.material, s.chemistry, s.issuer_country, s.target_country, s.instrument, s.reference,
	   s.valid_from, s.valid_to, s.status, current_date >= s.valid_from AND current_date <= coalesce(s.valid_to, 'infinity') AS is_today, s.note
FROM industry.bi_rows_control_status() AS s;
COMMENT ON VIEW industry.bi_control_status IS 'latest edition: status of trade controls, one row an item and a period in which its status does not change. For one day, filter on valid_from <= day and (valid_to >= day or valid_to is null)';
COMMENT ON COLUMN industry.bi_control_status.control IS 'handle of the instrument';
COMMENT ON COLUMN industry.bi_control_status.item IS 'the item; NULL where the instrument has none on file';
COMMENT ON COLUMN industry.bi_control_status.valid_from IS 'first day of the period';
COMMENT ON COLUMN industry.bi_control_status.valid_to IS 'last day of the period, inclusive; NULL for the last one, as far as sources tell';
COMMENT ON COLUMN industry.bi_control_status.status IS 'in force; suspended; not yet; ended; draft; conflicting (sources contradict one another); unknown (a suspension that lapsed with no later source, a bill past its date)';
COMMENT ON COLUMN industry.bi_control_status.is_today IS 'whether the period holds the current day';
COMMENT ON COLUMN industry.bi_control_status.note IS 'why the status is unknown or conflicting';

CREATE OR REPLACE FUNCTION industry.bi_rows_control_exposure()
RETURNS TABLE (valid_from date, valid_to date, stage text, stage_position integer, object text, from_country text, to_country text, status text, controls text,
	items text, covers_part boolean, material text, share_publisher text, share_metric text, share_basis text, share_scenario text, share_edition text,
	share_period_first date, share_period_last date, exposure_fraction double precision, exposure_low_fraction double precision,
	exposure_high_fraction double precision, is_exact boolean, is_weakest_stage boolean, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	WITH day AS (
		SELECT d.day FROM industry.control_change_day d
		UNION
		SELECT k.period_first FROM industry.latest_set k WHERE k.kind = 'country_share' AND k.country_basis <> 'market' AND k.period_first IS NOT NULL),
	span AS (SELECT d.day AS first_day, lead(d.day) OVER (ORDER BY d.day) - 1 AS last_day FROM day d)
	SELECT p.first_day, p.last_day, e.stage, e.stage_position, e.object, e.from_country, e.to_country, e.status, array_to_string(e.controls, '; '),
		   array_to_string(e.items, '; '), e.covers_part, e.material, e.share_publisher, e.share_metric, e.share_basis, e.share_scenario, e.share_edition,
		   e.share_period_first, e.share_period_last, e.exposure, e.exposure_low, e.exposure_high, e.is_exact, e.is_weakest_stage, e.note
	FROM span p CROSS JOIN LATERAL industry.control_exposure(p.first_day) AS e;
END;
COMMENT ON FUNCTION industry.bi_rows_control_exposure() IS 'rows of bi_control_exposure: control_exposure of every day on which it may change. Runs with the rights of its owner';

CREATE OR REPLACE VIEW industry.bi_control_exposure AS
SELECT e.valid_from, e.valid_to, current_date >= e.valid_from AND current_date <= coalesce(e.valid_to, 'infinity') AS is_today, e.stage, e.stage_position,
	   e.object, e.from_country, e.to_country, e.status, e.controls, e.items, e.covers_part, e.material, e.share_publisher, e.share_metric, e.share_basis,
	   e.share_scenario, e.share_edition, e.share_period_first, e.share_period_last, e.exposure_fraction, e.exposure_low_fraction, e.exposure_high_fraction, e.is_exact,
	   e.is_weakest_stage, e.note
FROM industry.bi_rows_control_exposure() AS e;
COMMENT ON VIEW industry.bi_control_exposure IS 'latest edition: for every stage of the supply chain, the share of world supply that comes from a country with a control in force; one row a stage, object, pair of countries, source of shares, and period in which none of that changes. Filter on one day (is_today, or valid_from and valid_to): nothing in it adds up';
COMMENT ON COLUMN industry.bi_control_exposure.valid_from IS 'first day of the period';
COMMENT ON COLUMN industry.bi_control_exposure.valid_to IS 'last day of the period, inclusive; NULL for the last one';
COMMENT ON COLUMN industry.bi_control_exposure.is_today IS 'whether the period holds the current day';
COMMENT ON COLUMN industry.bi_control_exposure.stage_position IS 'order of the stage along the chain';
COMMENT ON COLUMN industry.bi_control_exposure.object IS 'what is controlled: goods, technology, equipment, investment, procurement, tariff; NULL where nothing is';
COMMENT ON COLUMN industry.bi_control_exposure.from_country IS 'country whose supply it is, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.bi_control_exposure.to_country IS 'country that it is kept from, or that levies the tariff; NULL means all';
COMMENT ON COLUMN industry.bi_control_exposure.status IS 'in force, conflicting, unknown, or none';
COMMENT ON COLUMN industry.bi_control_exposure.controls IS 'handles of the instruments, parted by semicolons';
COMMENT ON COLUMN industry.bi_control_exposure.items IS 'items that they cover, parted by semicolons';
COMMENT ON COLUMN industry.bi_control_exposure.covers_part IS 'whether the items are a part of the stage only, so that the share of the whole stage is an upper limit';
COMMENT ON COLUMN industry.bi_control_exposure.material IS 'material that the share is of; NULL for the stage as a whole';
COMMENT ON COLUMN industry.bi_control_exposure.share_publisher IS 'publisher of the share';
COMMENT ON COLUMN industry.bi_control_exposure.share_metric IS 'what the share is of';
COMMENT ON COLUMN industry.bi_control_exposure.share_basis IS 'basis of the share';
COMMENT ON COLUMN industry.bi_control_exposure.share_scenario IS 'scenario of the share; NULL for what is no scenario';
COMMENT ON COLUMN industry.bi_control_exposure.share_edition IS 'edition of the share';
COMMENT ON COLUMN industry.bi_control_exposure.share_period_first IS 'first day of the period that the share is of';
COMMENT ON COLUMN industry.bi_control_exposure.share_period_last IS 'last day of that period';
COMMENT ON COLUMN industry.bi_control_exposure.exposure_fraction IS 'share of world supply under control, 0 to 1; NULL where it is unknown or contradicted';
COMMENT ON COLUMN industry.bi_control_exposure.exposure_low_fraction IS 'least exposure that the sources allow, 0 to 1; NULL where they say nothing about that';
COMMENT ON COLUMN industry.bi_control_exposure.exposure_high_fraction IS 'greatest exposure that the sources allow, 0 to 1; NULL where they say nothing about that';
COMMENT ON COLUMN industry.bi_control_exposure.is_exact IS 'whether the share is exact as printed and the control in force for certain';
COMMENT ON COLUMN industry.bi_control_exposure.is_weakest_stage IS 'whether this is the greatest exposure known for that object, buyer and scenario, where a stage without an exposure counts with its lower bound; NULL where it may or may not be';
COMMENT ON COLUMN industry.bi_control_exposure.note IS 'what to know about the row: why something is NULL';

/*
 * Sectors, technologies, support, products, further figures
 */

CREATE OR REPLACE FUNCTION industry.bi_rows_sector_answer()
RETURNS TABLE (publisher text, edition text, scenario text, sector text, metric text, wanted text, threshold_in_unit double precision, threshold_low_in_unit double precision,
	threshold_high_in_unit double precision, unit text, is_exact boolean, qualifier text, requirement_as_printed text, chemistry text, role text,
	chemistry_as_printed text, requirement_locator text, chemistry_locator text, requirement_fact_id text, chemistry_fact_id text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT a.publisher, a.edition, a.scenario, a.sector, a.metric, a.wanted, industry.plain_number(a.value),
		   industry.plain_number(industry.lower_bound(a.qualifier, a.value, a.value_low)), industry.plain_number(industry.upper_bound(a.qualifier, a.value, a.value_high)),
		   a.unit, coalesce(a.qualifier = '=' AND a.value IS NOT NULL, false), a.qualifier, a.requirement_as_printed, a.chemistry::text, a.role, a.chemistry_as_printed,
		   a.requirement_locator, a.chemistry_locator, a.requirement_fact_id::text, a.chemistry_fact_id::text
	FROM industry.sector_answer a;
END;
COMMENT ON FUNCTION industry.bi_rows_sector_answer() IS 'rows of bi_sector_answer: the view sector_answer in plain types. Runs with the rights of its owner';

CREATE OR REPLACE VIEW industry.bi_sector_answer AS
SELECT a.publisher, a.edition, a.scenario, a.sector, s.name AS sector_name, a.metric, a.wanted, a.threshold_in_unit, a.threshold_low_in_unit, a.threshold_high_in_unit,
	   a.unit, a.is_exact, a.qualifier, a.requirement_as_printed, a.chemistry, a.role, a.chemistry_as_printed, a.requirement_locator,
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

CREATE OR REPLACE FUNCTION industry.bi_rows_technology_event()
RETURNS TABLE (publisher text, technology text, first_event text, steps integer, fact_id text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT c.publisher, c.technology, c.first_event, c.steps, c.fact_id::text FROM industry.technology_chain c;
END;
COMMENT ON FUNCTION industry.bi_rows_technology_event() IS 'place of each event of bi_technology_event in its chain, from the view technology_chain. Runs with the rights of its owner';

CREATE OR REPLACE VIEW industry.bi_technology_event AS
SELECT k.publisher, k.edition, k.known_from, f.technology, f.event_code, f.event, f.chemistry::text AS chemistry, f.happened, f.happened_precision,
	   extract(year FROM f.happened)::integer AS year, f.from_actor, f.from_country, f.to_actor, f.to_country, f.parent_event, c.first_event, c.steps,
	   f.is_exclusive, f.may_sublicense, array_to_string(f.patented_in, ', ') AS patented_in, array_to_string(f.not_patented_in, ', ') AS not_patented_in,
	   f.approver, f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.technology_event f ON f.set_id = k.set_id
LEFT JOIN industry.bi_rows_technology_event() AS c ON c.fact_id = f.fact_id::text
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
LANGUAGE sql STABLE PARALLEL SAFE ROWS 20 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT g.publisher, g.edition, g.technology, g.invented, g.invented_in, g.invented_by, g.launched, g.launched_in, g.launched_by, g.scaled,
		   g.scaled_in, g.scaled_by, g.years_to_launch, g.years_to_scale, g.note
	FROM industry.technology_gap g;
END;
COMMENT ON FUNCTION industry.bi_rows_technology_gap() IS 'rows of bi_technology_gap: the view technology_gap. Runs with the rights of its owner';

CREATE OR REPLACE VIEW industry.bi_technology_gap AS
SELECT g.publisher, g.edition, g.technology, g.invented, g.invented_in, g.invented_by, g.launched, g.launched_in, g.launched_by, g.scaled, g.scaled_in,
	   g.scaled_by, g.years_to_launch, g.years_to_scale, g.note
FROM industry.bi_rows_technology_gap() AS g;
COMMENT ON VIEW industry.bi_technology_gap IS 'latest edition: where and when each technology was invented, launched and scaled up, one row a technology';
COMMENT ON COLUMN industry.bi_technology_gap.invented IS 'day of the earliest invention, or patent; the first day of the month or year where only that is known';
COMMENT ON COLUMN industry.bi_technology_gap.invented_in IS 'country, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.bi_technology_gap.invented_by IS 'actor';
COMMENT ON COLUMN industry.bi_technology_gap.launched IS 'day of the first commercial launch; the first day of the month or year where only that is known';
COMMENT ON COLUMN industry.bi_technology_gap.launched_in IS 'country, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.bi_technology_gap.launched_by IS 'actor';
COMMENT ON COLUMN industry.bi_technology_gap.scaled IS 'day of the first scale-up; the first day of the month or year where only that is known';
COMMENT ON COLUMN industry.bi_technology_gap.scaled_in IS 'country, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.bi_technology_gap.scaled_by IS 'actor';
COMMENT ON COLUMN industry.bi_technology_gap.years_to_launch IS 'years from invention to launch, difference of calendar years';
COMMENT ON COLUMN industry.bi_technology_gap.years_to_scale IS 'years from invention to scale-up, difference of calendar years';
COMMENT ON COLUMN industry.bi_technology_gap.note IS 'what the source does not tell';

CREATE OR REPLACE VIEW industry.bi_public_support AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.scenario, k.period_first, k.period_last, k.period_as_printed, f.row_kind, f.giver, f.giver_country, f.receiver,
	   m.maker, f.programme, f.instrument, f.continuity, f.chemistry::text AS chemistry,
	   CASE WHEN d.set_id IS NULL THEN industry.plain_number(coalesce(CASE WHEN f.currency = 'USD' THEN f.amount END, f.amount_usd_stated)) END AS amount_usd,
	   CASE WHEN f.currency = 'USD' THEN industry.plain_number(industry.least_stated(f.qualifier, f.amount, f.amount_low, d.set_id IS NOT NULL, d.low, d.low_open)) END AS amount_low_usd,
	   CASE WHEN f.currency = 'USD' THEN industry.plain_number(industry.greatest_stated(f.qualifier, f.amount, f.amount_high, d.set_id IS NOT NULL, d.high, d.high_open)) END AS amount_high_usd,
	   industry.plain_number(f.amount) AS amount_in_currency, f.currency,
	   coalesce(f.qualifier = '=' AND d.set_id IS NULL AND f.amount IS NOT NULL, false) AS is_exact, f.qualifier, f.missing_reason,
	   coalesce(d.statements, 1)::integer AS statements, f.statement_kind,
	   CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || f.as_printed || '; ' || d.printed
			WHEN f.missing_reason IS NOT NULL THEN f.missing_reason
			WHEN f.currency <> 'USD' AND f.amount_usd_stated IS NULL THEN 'not stated in US$' END AS note,
	   f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.public_support f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN (
	SELECT o.set_id, o.giver, o.receiver, o.programme, count(*) + 1 AS statements,
		   min(industry.lower_bound(o.qualifier, o.amount, o.amount_low)) FILTER (WHERE o.currency = 'USD') AS low,
		   min(industry.open_below(o.qualifier, o.amount, o.amount_low)) FILTER (WHERE o.currency = 'USD') AS low_open,
		   max(industry.upper_bound(o.qualifier, o.amount, o.amount_high)) FILTER (WHERE o.currency = 'USD') AS high,
		   max(industry.open_above(o.qualifier, o.amount, o.amount_high)) FILTER (WHERE o.currency = 'USD') AS high_open,
		   string_agg(o.as_printed, '; ' ORDER BY o.statement_number) AS printed
	FROM industry.public_support o WHERE o.statement_number > 1 GROUP BY o.set_id, o.giver, o.receiver, o.programme) AS d
  ON d.set_id = f.set_id AND (d.giver, d.receiver, d.programme) IS NOT DISTINCT FROM (f.giver, f.receiver, f.programme)
WHERE f.statement_number = 1 AND k.kind = 'public_support';
COMMENT ON VIEW industry.bi_public_support IS 'latest edition: public money for makers and technologies, one row a giver, receiver and programme; a subtotal is a row of its own: filter on row_kind. Programmes of one giver may contain one another: add up only what the source lists side by side';
COMMENT ON COLUMN industry.bi_public_support.amount_usd IS 'amount, US$, over the period; NULL where it is not stated in US$';
COMMENT ON COLUMN industry.bi_public_support.amount_low_usd IS 'least amount that a statement in US$ allows, US$';
COMMENT ON COLUMN industry.bi_public_support.amount_high_usd IS 'greatest amount that a statement in US$ allows, US$';
COMMENT ON COLUMN industry.bi_public_support.amount_in_currency IS 'amount as stated, in units of currency';

CREATE OR REPLACE VIEW industry.bi_product_specification AS
SELECT k.publisher, k.edition, k.known_from, k.scenario, k.period_first, k.period_last, k.period_as_printed, f.product, m.maker, f.chemistry::text AS chemistry, f.metric,
	   industry.plain_number(f.value) AS value_in_unit, industry.plain_number(industry.lower_bound(f.qualifier, f.value, f.value_low)) AS value_low_in_unit,
	   industry.plain_number(industry.upper_bound(f.qualifier, f.value, f.value_high)) AS value_high_in_unit, f.unit,
	   coalesce(f.qualifier = '=', false) AS is_exact, f.qualifier, f.missing_reason, f.statement_number::integer AS statement_number, f.statement_kind,
	   f.missing_reason AS note, f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.product_specification f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
WHERE k.kind = 'product_specification';
COMMENT ON VIEW industry.bi_product_specification IS 'latest edition: properties of products, one row a product, property and statement. Properties of different units are in one column: filter on metric and unit';
COMMENT ON COLUMN industry.bi_product_specification.value_in_unit IS 'value, in unit';
COMMENT ON COLUMN industry.bi_product_specification.value_low_in_unit IS 'least value that the statement allows, in unit';
COMMENT ON COLUMN industry.bi_product_specification.value_high_in_unit IS 'greatest value that the statement allows, in unit';

CREATE OR REPLACE VIEW industry.bi_stated_figure AS
SELECT k.publisher, k.edition, k.known_from, k.metric, k.basis, k.geography, k.scenario, k.period_first, k.period_last, k.year, k.period_as_printed, f.row_kind, f.figure,
	   f.subject, m.maker, f.country, f.chemistry::text AS chemistry,
	   industry.plain_number(f.value) AS value_in_unit, industry.plain_number(industry.lower_bound(f.qualifier, f.value, f.value_low)) AS value_low_in_unit,
	   industry.plain_number(industry.upper_bound(f.qualifier, f.value, f.value_high)) AS value_high_in_unit, f.unit, industry.plain_number(f.part) AS part_in_unit,
	   industry.plain_number(f.whole) AS whole_in_unit, industry.plain_number(f.part / f.whole) AS part_fraction, f.currency, f.price_year,
	   coalesce(f.qualifier = '=', false) AS is_exact, f.qualifier, f.missing_reason, f.statement_number::integer AS statement_number, f.statement_kind,
	   f.missing_reason AS note, f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.stated_figure f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
WHERE k.kind = 'stated_figure';
COMMENT ON VIEW industry.bi_stated_figure IS 'latest edition: figures that have no view of their own, one row a figure and statement. Figures of different units are in one column: they are to be read, not to be added up';
COMMENT ON COLUMN industry.bi_stated_figure.value_in_unit IS 'value, in unit';
COMMENT ON COLUMN industry.bi_stated_figure.value_low_in_unit IS 'least value that the statement allows, in unit';
COMMENT ON COLUMN industry.bi_stated_figure.value_high_in_unit IS 'greatest value that the statement allows, in unit';
COMMENT ON COLUMN industry.bi_stated_figure.part_in_unit IS 'x in "x of y", in unit';
COMMENT ON COLUMN industry.bi_stated_figure.whole_in_unit IS 'y in "x of y", in unit';
COMMENT ON COLUMN industry.bi_stated_figure.part_fraction IS 'x over y, 0 to 1';

CREATE OR REPLACE VIEW industry.bi_exchange_rate AS
SELECT k.publisher, k.edition, k.known_from, k.scenario, k.period_first, k.period_last, k.year, f.currency, industry.plain_number(f.units_per_usd) AS units_per_usd,
	   f.rate_kind, f.qualifier = '=' AS is_exact, f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.exchange_rate f ON f.set_id = k.set_id
WHERE k.kind = 'exchange_rate';
COMMENT ON VIEW industry.bi_exchange_rate IS 'latest edition: exchange rates as cited, one row a currency, kind and period';
COMMENT ON COLUMN industry.bi_exchange_rate.units_per_usd IS 'units of the currency that one US$ buys';

CREATE OR REPLACE VIEW industry.bi_price_index AS
SELECT k.publisher, k.edition, k.known_from, k.scenario, k.period_first, k.period_last, k.year, f.index_name, f.country, industry.plain_number(f.value) AS index_points,
	   f.base_as_printed, f.qualifier = '=' AS is_exact, f.as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.latest_set k
JOIN industry.price_index f ON f.set_id = k.set_id
WHERE k.kind = 'price_index';
COMMENT ON VIEW industry.bi_price_index IS 'latest edition: price indices as cited, one row an index and period; only ratios within one edition mean anything';
COMMENT ON COLUMN industry.bi_price_index.index_points IS 'value, on whatever base the edition has';

/*
 * Who, and from where
 */

CREATE OR REPLACE VIEW industry.bi_maker AS
SELECT m.maker, m.name, m.country, m.kind, p.maker AS parent, p.country AS parent_country, industry.plain_number(o.share_pct / 100) AS parent_owns_fraction,
	   lower(o.valid) AS parent_valid_from, upper(o.valid) - 1 AS parent_valid_to, m.notes AS note
FROM industry.maker m
LEFT JOIN industry.maker_parent o ON o.maker_id = m.maker_id
LEFT JOIN industry.maker p ON p.maker_id = o.parent_id;
COMMENT ON VIEW industry.bi_maker IS 'makers with their parents by date, one row a maker and parent';
COMMENT ON COLUMN industry.bi_maker.parent IS 'the maker or group that controls it';
COMMENT ON COLUMN industry.bi_maker.parent_country IS 'country of the parent''s headquarters, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.bi_maker.parent_owns_fraction IS 'share that the parent owns, 0 to 1; NULL where not stated';
COMMENT ON COLUMN industry.bi_maker.parent_valid_from IS 'first day on which that holds; NULL where unbounded';
COMMENT ON COLUMN industry.bi_maker.parent_valid_to IS 'last day on which that holds, inclusive; NULL where unbounded';
COMMENT ON COLUMN industry.bi_maker.note IS 'remarks';

CREATE OR REPLACE VIEW industry.bi_source AS
SELECT s.publisher, s.edition, s.source, s.title, s.published, s.published_precision, s.known_from, s.licence, s.url, s.notes AS note,
	   coalesce(c.sets, 0)::integer AS latest_sets
FROM industry.source s
LEFT JOIN (SELECT k.source_id, count(*) AS sets FROM industry.latest_set k GROUP BY k.source_id) AS c ON c.source_id = s.source_id;
COMMENT ON VIEW industry.bi_source IS 'editions of reports, one row an edition';
COMMENT ON COLUMN industry.bi_source.latest_sets IS 'statement sets for which this edition is the latest';
COMMENT ON COLUMN industry.bi_source.note IS 'remarks';

CREATE OR REPLACE VIEW industry.bi_load AS
SELECT l.load_id::text AS load_id, l.kind, s.publisher, s.edition, s.source, l.file_name, l.checksum, l.loaded_at::date AS loaded_on,
	   l.loaded_by::text AS loaded_by, l.rows_read::double precision AS rows_read, l.rows_loaded::double precision AS rows_loaded,
	   l.rows_unchanged::double precision AS rows_unchanged, l.rows_quarantined::double precision AS rows_quarantined,
	   coalesce(q.open_rows, 0)::double precision AS rows_still_quarantined, l.rows_superseded::double precision AS rows_superseded,
	   l.sets_loaded, l.sets_superseded, l.edition_part, l.withdraws::text AS withdrawn_load_id, l.reason
FROM industry.load_report l
LEFT JOIN industry.source s ON s.source_id = l.source_id
LEFT JOIN (SELECT q.load_id, count(*) AS open_rows FROM industry.quarantine q WHERE q.resolved_by IS NULL AND q.dismissed_at IS NULL GROUP BY q.load_id) AS q ON q.load_id = l.load_id;
COMMENT ON VIEW industry.bi_load IS 'loads of files and withdrawals of loads, one row each';
COMMENT ON COLUMN industry.bi_load.loaded_on IS 'day of the load, in the time zone of the session';
COMMENT ON COLUMN industry.bi_load.withdrawn_load_id IS 'load that this one took out of all current views, without a replacement';
COMMENT ON COLUMN industry.bi_load.rows_still_quarantined IS 'rows of this load that are refused to this day and were not dismissed';

CREATE OR REPLACE VIEW industry.bi_quarantine AS
SELECT q.load_id::text AS load_id, l.kind, s.publisher, s.edition, s.source, l.file_name, l.loaded_at::date AS loaded_on, q.line_number, q.column_name,
	   q.as_printed, q.sqlstate, q.message, q.hint, array_to_string(q.nearest, '; ') AS nearest, q.resolved_by IS NOT NULL AS is_resolved,
	   q.dismissed_at IS NOT NULL AS is_dismissed, q.dismissed_reason
FROM industry.quarantine q
JOIN industry.load_report l ON l.load_id = q.load_id
LEFT JOIN industry.source s ON s.source_id = l.source_id;
COMMENT ON VIEW industry.bi_quarantine IS 'rows of files that were refused, one row a reason: what is not in the figures';
COMMENT ON COLUMN industry.bi_quarantine.kind IS 'kind of report: the name of a layout of the loader';
COMMENT ON COLUMN industry.bi_quarantine.loaded_on IS 'day of the load, in the time zone of the session';
COMMENT ON COLUMN industry.bi_quarantine.as_printed IS 'text of the refused column';
COMMENT ON COLUMN industry.bi_quarantine.nearest IS 'nearest known names, parted by semicolons, where a name is unknown';
COMMENT ON COLUMN industry.bi_quarantine.is_resolved IS 'whether a later load took the row in';
COMMENT ON COLUMN industry.bi_quarantine.is_dismissed IS 'whether somebody decided that the row is of no account';
COMMENT ON COLUMN industry.bi_quarantine.dismissed_reason IS 'why it is of no account';

/*
 * Lineage: where a figure is from
 */

CREATE OR REPLACE VIEW industry.figure_lineage AS
SELECT o.fact_id, o.fact_table, o.measure, o.subject, o.row_kind, o.statement_number, o.value, o.low, o.high, o.unit, o.qualifier, o.missing_reason,
	   o.as_printed, o.locator, o.line_number, s.publisher, s.edition, s.source, s.title, s.published, s.published_precision, s.known_from, s.licence, s.url,
	   t.period_first, t.period_last, t.period_as_printed, m.scenario, k.set_id IS NOT NULL AS is_latest, t.superseded_at, l.load_id, l.file_name,
	   l.checksum AS file_checksum, l.loaded_at, l.loaded_by,
	   r.usd AS converted_usd, r.units_per_usd, r.rate_kind, r.rate_publisher, r.rate_edition, r.rate_locator, r.rate_fact_id,
	   CASE WHEN c.currency IS NULL OR c.currency = 'USD' OR o.value IS NULL THEN NULL
			WHEN r.usd IS NOT NULL
				THEN format('%s %s / %s %s per US$ (%s rate of %s to %s, %s %s%s) = %s US$%s', o.value, c.currency, r.units_per_usd, c.currency, r.rate_kind,
							r.rate_first, r.rate_last, r.rate_publisher, r.rate_edition, ', ' || r.rate_locator, r.usd,
							CASE WHEN o.unit LIKE '%/kWh' THEN ' per kWh' END)
			ELSE 'not converted: ' || r.note END AS conversion
FROM (SELECT f.fact_id, f.set_id, f.source_id, f.fact_table, f.row_kind, f.statement_number, f.subject, f.measure, f.value, f.low, f.high, f.unit,
			 f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id
	  FROM industry.observation f
	  -- facts that are no figures
	  UNION ALL
	  SELECT f.fact_id, f.set_id, f.source_id, 'technology_event', f.row_kind, f.statement_number, f.technology, f.event, NULL, NULL, NULL, NULL,
			 f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id
	  FROM industry.technology_event f
	  UNION ALL
	  SELECT f.fact_id, f.set_id, f.source_id, 'capacity_event', f.row_kind, f.statement_number, p.plant, f.event, NULL, NULL, NULL, NULL,
			 f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id
	  FROM industry.capacity_event f JOIN industry.plant p ON p.plant_id = f.plant_id
	  UNION ALL
	  SELECT f.fact_id, f.set_id, f.source_id, 'control_item', f.row_kind, f.statement_number, f.control || ': ' || f.item, 'item', NULL, NULL, NULL, NULL,
			 f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id
	  FROM industry.control_item f
	  UNION ALL
	  SELECT f.fact_id, f.set_id, f.source_id, 'control_event', f.row_kind, f.statement_number, concat_ws(': ', f.control, f.item), f.event, NULL, NULL,
			 NULL, NULL, f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id
	  FROM industry.control_event f
	  UNION ALL
	  SELECT f.fact_id, f.set_id, f.source_id, 'sector_chemistry', f.row_kind, f.statement_number, f.sector || ': ' || f.chemistry::text, f.role, NULL, NULL,
			 NULL, NULL, f.qualifier, f.missing_reason, f.as_printed, f.locator, f.line_number, f.load_id
	  FROM industry.sector_chemistry f) AS o
JOIN industry.statement_set t ON t.set_id = o.set_id
JOIN industry.series m ON m.series_id = t.series_id
JOIN industry.source s ON s.source_id = o.source_id
LEFT JOIN industry.latest_set k ON k.set_id = o.set_id
LEFT JOIN industry.load_report l ON l.load_id = coalesce(o.load_id, t.load_id)
LEFT JOIN industry.expansion e ON o.fact_table = 'expansion' AND o.measure = 'investment' AND e.fact_id = o.fact_id
CROSS JOIN LATERAL (SELECT substring(o.unit FROM '^([A-Z]{3})(/kWh)?$') AS currency) AS c
LEFT JOIN LATERAL industry.bi_usd(o.value, c.currency, coalesce(e.announced, t.period_first),
		coalesce(industry.last_day_of(e.announced, e.announced_precision), t.period_last)) AS r
  ON c.currency <> 'USD' AND o.value IS NOT NULL;
COMMENT ON VIEW industry.figure_lineage IS 'every figure of every edition with its citation: one row a figure (a fact with two figures has two rows), the source and the place in it, the text as printed, the load that brought it, and its conversion into US$';
COMMENT ON COLUMN industry.figure_lineage.load_id IS 'load that brought it; NULL where it was entered by hand';
COMMENT ON COLUMN industry.figure_lineage.is_latest IS 'whether its statement set is of the latest edition';
COMMENT ON COLUMN industry.figure_lineage.file_checksum IS 'SHA-256 of the loaded file''s bytes, in hex';
COMMENT ON COLUMN industry.figure_lineage.converted_usd IS 'the value in US$, by a cited rate; NULL where it is in US$ already, is no money, or has no rate';
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
SELECT f.fact_id::text AS fact_id, f.fact_table, f.measure, f.subject, f.row_kind, industry.plain_number(f.value) AS value_in_unit, industry.plain_number(f.low) AS low_in_unit,
	   industry.plain_number(f.high) AS high_in_unit, f.unit, f.qualifier, f.missing_reason, f.as_printed, f.publisher, f.edition, f.title, f.published,
	   f.published_precision, f.locator, f.licence, f.url, f.source, f.period_first, f.period_last, f.scenario, f.is_latest, f.file_name, f.line_number,
	   f.file_checksum, f.loaded_at::date AS loaded_on, f.converted_usd, f.conversion, f.rate_fact_id
FROM industry.figure_lineage f;
COMMENT ON VIEW industry.bi_lineage IS 'where figures are from, one row a figure of a fact, of every edition: join on fact_id, or drill through to it. A fact with two figures (an amount and a share) has two rows';
COMMENT ON COLUMN industry.bi_lineage.value_in_unit IS 'value as stated, in unit';
COMMENT ON COLUMN industry.bi_lineage.low_in_unit IS 'lower end of a stated range, in unit';
COMMENT ON COLUMN industry.bi_lineage.high_in_unit IS 'upper end of a stated range, in unit';
COMMENT ON COLUMN industry.bi_lineage.loaded_on IS 'day of the load, in the time zone of the session';
COMMENT ON COLUMN industry.bi_lineage.converted_usd IS 'the value in US$, by a cited rate; NULL where it is in US$ already, is no money, or has no rate';
COMMENT ON COLUMN industry.bi_lineage.rate_fact_id IS 'fact of the exchange rate';
COMMENT ON COLUMN industry.bi_lineage.fact_table IS 'table of the fact';
COMMENT ON COLUMN industry.bi_lineage.measure IS 'which figure of the fact: amount, share, capacity, investment, cost and so on';
COMMENT ON COLUMN industry.bi_lineage.subject IS 'who or what the figure is about';
COMMENT ON COLUMN industry.bi_lineage.unit IS 'unit of the value';
COMMENT ON COLUMN industry.bi_lineage.qualifier IS 'how the value is meant: =, <, ≤, >, ≥, ~, nearly, range';
COMMENT ON COLUMN industry.bi_lineage.missing_reason IS 'why there is no value';

/*
 * A plain view over a user's own table
 */

CREATE OR REPLACE FUNCTION industry.plain_learning_curve(lc learning_curve)
RETURNS TABLE (observations double precision, learning_rate_fraction double precision, learning_rate_low_fraction double precision,
	learning_rate_high_fraction double precision, exponent double precision, r_squared double precision)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT observations(plain_learning_curve.lc)::double precision, f.learning_rate, f.learning_rate_low, f.learning_rate_high,
		   exponent(plain_learning_curve.lc), f.r_squared
	FROM fit(plain_learning_curve.lc) AS f;
END;
COMMENT ON FUNCTION industry.plain_learning_curve(learning_curve) IS 'what plain_view shows of a learning curve: its number of points, its learning rate (a fraction) with the bounds of the 95 percent interval, exponent and R²';

CREATE OR REPLACE FUNCTION industry.plain_market_shares(shares market_shares)
RETURNS TABLE (members integer, leader text, leader_share_fraction double precision, cr4_fraction double precision, hhi_points double precision,
	hhi_low_points double precision, hhi_high_points double precision, unattributed_fraction double precision)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT members(plain_market_shares.shares), leader(plain_market_shares.shares), leader_share(plain_market_shares.shares),
		   cr(plain_market_shares.shares, 4), hhi(plain_market_shares.shares), hhi_low(plain_market_shares.shares),
		   hhi_high(plain_market_shares.shares), unattributed_share(plain_market_shares.shares);
END;
COMMENT ON FUNCTION industry.plain_market_shares(market_shares) IS 'what plain_view shows of market shares: members, leader and its share, CR4, HHI with its bounds (points), unattributed part (fractions)';

CREATE OR REPLACE FUNCTION industry.plain_view(of_table regclass, view_name text DEFAULT NULL) RETURNS regclass
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	home name;
	kind "char";
	target text;
	target_name text;
	c record;
	output record;
	expressions text[] := '{}';
	names text[] := '{}';
	comments text[] := '{}';
	laterals text := '';
	name text;
	n integer;
BEGIN
	SELECT s.nspname, t.relkind, coalesce(view_name, left(t.relname, 57) || '_plain')
	INTO home, kind, target_name
	FROM pg_class t JOIN pg_namespace s ON s.oid = t.relnamespace WHERE t.oid = of_table;
	IF kind IS NULL OR kind NOT IN ('r', 'p', 'v', 'm', 'f') THEN
		RAISE EXCEPTION '% is not a table', of_table
			USING ERRCODE = 'wrong_object_type',
				  HINT = 'Name a table, a partitioned or foreign table, or a view.';
	END IF;
	IF target_name = '' OR octet_length(target_name) > 63 THEN
		RAISE EXCEPTION '"%" cannot be the name of a view', target_name
			USING ERRCODE = 'invalid_name',
				  HINT = 'Name the view in 1 to 63 bytes: industry.plain_view(table, ''name'').';
	END IF;
	target := format('%I.%I', home, target_name);

	FOR c IN
		SELECT a.attname, a.attnum, y.base, y.typname, y.is_battery, y.typcategory,
			   coalesce(col_description(of_table, a.attnum), a.attname::text) AS comment,
			   EXISTS (SELECT FROM pg_constraint k
					   WHERE k.conrelid = of_table AND k.contype IN ('p', 'u', 'f') AND a.attnum = ANY (k.conkey)) AS is_key
		FROM pg_attribute a
		CROSS JOIN LATERAL (
			-- what a domain is of, in the end
			WITH RECURSIVE down (oid, depth) AS (
				SELECT a.atttypid, 0
				UNION ALL
				SELECT d.typbasetype, down.depth + 1 FROM down JOIN pg_type d ON d.oid = down.oid WHERE d.typtype = 'd')
			SELECT b.oid AS base, b.typname, b.typcategory,
				   EXISTS (SELECT FROM pg_depend p JOIN pg_extension x ON x.oid = p.refobjid
						   WHERE p.classid = 'pg_type'::regclass AND p.objid = b.oid AND p.refclassid = 'pg_extension'::regclass
							 AND p.deptype = 'e' AND x.extname = 'battery') AS is_battery
			FROM down JOIN pg_type b ON b.oid = down.oid ORDER BY down.depth DESC LIMIT 1) AS y
		WHERE a.attrelid = of_table AND a.attnum > 0 AND NOT a.attisdropped
		ORDER BY a.attnum
	LOOP
		IF c.is_battery AND c.typname IN ('learning_curve', 'market_shares') THEN
			laterals := laterals || format(E'\nLEFT JOIN LATERAL industry.%I(t.%I) AS x%s ON true',
				CASE c.typname WHEN 'learning_curve' THEN 'plain_learning_curve' ELSE 'plain_market_shares' END, c.attname, c.attnum);
		END IF;
		FOR output IN
			SELECT v.expression, v.suffix, v.comment
			FROM (VALUES
				(c.is_battery AND c.typname = 'capacity_gwh', 't.%I::double precision', '_gwh', c.comment || '; GWh'),
				(c.is_battery AND c.typname = 'cost_per_gwh', 't.%I::double precision', '_usd_per_kwh', c.comment || '; US$ per kWh, the same number as million US$ per GWh'),
				(c.is_battery AND c.typname = 'learning_curve', format('x%s.observations', c.attnum), '_observations', c.comment || ': number of points'),
				(c.is_battery AND c.typname = 'learning_curve', format('x%s.learning_rate_fraction', c.attnum), '_learning_rate_fraction', c.comment || ': learning rate, 0.2 is 20 percent per doubling'),
				(c.is_battery AND c.typname = 'learning_curve', format('x%s.learning_rate_low_fraction', c.attnum), '_learning_rate_low_fraction', c.comment || ': lower 95 percent bound of the learning rate'),
				(c.is_battery AND c.typname = 'learning_curve', format('x%s.learning_rate_high_fraction', c.attnum), '_learning_rate_high_fraction', c.comment || ': upper 95 percent bound of the learning rate'),
				(c.is_battery AND c.typname = 'learning_curve', format('x%s.exponent', c.attnum), '_exponent', c.comment || ': slope of ln(cost) against ln(cumulative)'),
				(c.is_battery AND c.typname = 'learning_curve', format('x%s.r_squared', c.attnum), '_r_squared', c.comment || ': R²'),
				(c.is_battery AND c.typname = 'market_shares', format('x%s.members', c.attnum), '_members', c.comment || ': members'),
				(c.is_battery AND c.typname = 'market_shares', format('x%s.leader', c.attnum), '_leader', c.comment || ': member with the greatest share'),
				(c.is_battery AND c.typname = 'market_shares', format('x%s.leader_share_fraction', c.attnum), '_leader_share_fraction', c.comment || ': its share, 0 to 1'),
				(c.is_battery AND c.typname = 'market_shares', format('x%s.cr4_fraction', c.attnum), '_cr4_fraction', c.comment || ': share of the four greatest, 0 to 1'),
				(c.is_battery AND c.typname = 'market_shares', format('x%s.hhi_points', c.attnum), '_hhi_points', c.comment || ': HHI, points; NULL where part is unattributed'),
				(c.is_battery AND c.typname = 'market_shares', format('x%s.hhi_low_points', c.attnum), '_hhi_low_points', c.comment || ': lower bound of the HHI, points'),
				(c.is_battery AND c.typname = 'market_shares', format('x%s.hhi_high_points', c.attnum), '_hhi_high_points', c.comment || ': upper bound of the HHI, points'),
				(c.is_battery AND c.typname = 'market_shares', format('x%s.unattributed_fraction', c.attnum), '_unattributed_fraction', c.comment || ': part of no listed member, 0 to 1'),
				(c.is_battery AND c.typname NOT IN ('capacity_gwh', 'cost_per_gwh', 'learning_curve', 'market_shares'), 't.%I::text', '', c.comment),
				(c.base = 'boolean'::regtype, 't.%I::boolean', '', c.comment),
				(c.base IN ('smallint'::regtype, 'integer'::regtype), 't.%I::integer', '', c.comment),
				(c.base = 'date'::regtype, 't.%I::date', '', c.comment),
				-- a double holds integers up to 2^53: right for what is added up, wrong for an identifier
				(c.base = 'bigint'::regtype AND c.is_key, 't.%I::text', '', c.comment),
				(c.base = 'bigint'::regtype AND NOT c.is_key, 't.%I::double precision', '', c.comment),
				(c.base IN ('real'::regtype, 'double precision'::regtype), 't.%I::double precision', '', c.comment),
				(c.base = 'numeric'::regtype, 'industry.plain_number(t.%I::numeric)', '', c.comment),
				(c.base = 'timestamp'::regtype, 'CASE WHEN isfinite(t.%1$I) THEN to_char(t.%1$I, ''YYYY-MM-DD"T"HH24:MI:SS.US'') ELSE t.%1$I::text END', '', c.comment),
				(c.base = 'timestamp'::regtype, 't.%I::date', '_date', c.comment || ': the day'),
				(c.base = 'timestamptz'::regtype, 'CASE WHEN isfinite(t.%1$I) THEN to_char(t.%1$I AT TIME ZONE ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.US"Z"'') ELSE t.%1$I::text END', '_utc', c.comment || ': UTC'),
				(c.base = 'timestamptz'::regtype, '(t.%I AT TIME ZONE ''UTC'')::date', '_utc_date', c.comment || ': the day, UTC'),
				(NOT c.is_battery AND c.base NOT IN ('boolean'::regtype, 'smallint'::regtype, 'integer'::regtype, 'bigint'::regtype, 'real'::regtype, 'double precision'::regtype,
					'numeric'::regtype, 'date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype), 't.%I::text', '', c.comment)
			) AS v (applies, expression, suffix, comment)
			WHERE v.applies
		LOOP
			name := c.attname;
			IF output.suffix <> '' AND right(lower(name), length(output.suffix)) <> output.suffix THEN
				name := name || output.suffix;
			END IF;
			-- a name has 63 bytes, and two columns may come to the same one
			n := 1;
			WHILE octet_length(name) > 63 LOOP
				name := left(c.attname, length(name) - length(output.suffix) - 1) || output.suffix;
			END LOOP;
			WHILE name = ANY (names) OR (name <> c.attname
					AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = of_table AND a.attname = name AND NOT a.attisdropped)) LOOP
				n := n + 1;
				name := left(c.attname, 40) || left(output.suffix, 16) || '_' || n;
			END LOOP;
			names := names || name;
			expressions := expressions || (format(output.expression, c.attname) || ' AS ' || quote_ident(name));
			comments := comments || output.comment;
		END LOOP;
	END LOOP;
	IF cardinality(names) = 0 THEN
		RAISE EXCEPTION '% has no columns', of_table
			USING ERRCODE = 'invalid_table_definition',
				  HINT = 'A view needs at least one column.';
	END IF;

	BEGIN
		EXECUTE format(E'CREATE OR REPLACE VIEW %s AS\nSELECT %s\nFROM %s AS t%s', target, array_to_string(expressions, E',\n\t   '), of_table, laterals);
	EXCEPTION
		WHEN wrong_object_type THEN
			RAISE EXCEPTION '%', SQLERRM
				USING ERRCODE = 'wrong_object_type',
					  HINT = 'Choose another name: industry.plain_view(table, ''name'').';
		WHEN invalid_table_definition THEN
			RAISE EXCEPTION '%', SQLERRM
				USING ERRCODE = 'invalid_table_definition',
					  HINT = format('The table''s columns have changed. DROP VIEW %s and make it anew, and grant rights to it again.', target);
	END;
	EXECUTE format('COMMENT ON VIEW %s IS %L', target, format('%s in plain columns: double precision, integer, date, text, boolean; the unit is in the column''s name', of_table));
	FOR n IN 1 .. cardinality(names) LOOP
		EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', target, names[n], comments[n]);
	END LOOP;
	RETURN target::regclass;
END
$$;
COMMENT ON FUNCTION industry.plain_view(regclass, text) IS
'makes a view with plain columns (double precision, integer, date, text, boolean) over a table, and returns its name: the table''s with _plain behind it, in the same schema, or view_name. A capacity becomes …_gwh, a cost …_usd_per_kwh, a chemistry text, a learning curve and market shares one column for each of their measures; numeric becomes double precision (NULL beyond its range), a bigint too unless it is part of a key (text), a timestamp a text in ISO 8601 and a date (with time zone: in UTC), all else text. A view with the view''s own rights: grant SELECT on it. Run it again after adding a column';

/*
 * The dictionary of measures
 */

CREATE OR REPLACE VIEW industry.bi_measure AS
WITH grain (view_name, grain) AS (VALUES
	('bi_capacity', 'publisher, metric, basis, scenario, period, subject, chemistry, row_kind'),
	('bi_price', 'publisher, metric, scope, money, scenario, period, subject, chemistry, row_kind'),
	('bi_maker_share', 'publisher, metric, basis, geography, scenario, period, maker'),
	('bi_concentration', 'publisher, metric, basis, geography, scenario, period, by_parent'),
	('bi_country_share', 'publisher, stage, metric, material, country_basis, scenario, period, country, chemistry'),
	('bi_expansion', 'publisher, metric, scenario, maker, site, phase, chemistry, row_kind'),
	('bi_plant_cost', 'publisher, metric, scenario, origin, grain, maker, country'),
	('bi_storage_project', 'publisher, metric, scenario, period, project, phase, unit_id'),
	('bi_plant_event', 'publisher, plant, phase, event, happened'),
	('bi_output', 'publisher, metric, basis, geography, scenario, chemistry, period'),
	('bi_learning_point', 'series of prices, output basis, chemistry, period'),
	('bi_learning_curve', 'series of prices, output basis, chemistry'),
	('bi_mineral_demand', 'capacity, mineral'),
	('bi_restatement', 'series, period, pair of editions, subject, measure'),
	('bi_control_status', 'control, item, stage, period of one status'),
	('bi_control_exposure', 'period without a change, stage, object, pair of countries, source of shares'),
	('bi_sector_answer', 'publisher, sector, demand, chemistry'),
	('bi_technology_event', 'publisher, event'),
	('bi_technology_gap', 'publisher, technology'),
	('bi_public_support', 'publisher, period, giver, receiver, programme, row_kind'),
	('bi_product_specification', 'publisher, product, property, statement'),
	('bi_stated_figure', 'publisher, figure, statement'),
	('bi_exchange_rate', 'publisher, currency, kind of rate, period'),
	('bi_price_index', 'publisher, index, period'),
	('bi_maker', 'maker, parent, period of the parent'),
	('bi_source', 'edition'),
	('bi_load', 'load'),
	('bi_quarantine', 'load, line, reason'),
	('bi_lineage', 'fact, figure'),
	('bi_measure', 'view, measure')),
measure (column_name, unit, additivity, total_as) AS (VALUES
	('capacity_gwh', 'GWh', 'additive', 'sum, within one basis, row_kind, scenario and period'),
	('capacity_low_gwh', 'GWh', 'additive', 'sum where every row has it: a lower bound of the sum'),
	('capacity_high_gwh', 'GWh', 'additive', 'sum where every row has it: an upper bound of the sum'),
	('amount_gwh', 'GWh', 'additive', 'sum, within one market, scenario and period'),
	('amount_low_gwh', 'GWh', 'additive', 'sum where every row has it: a lower bound of the sum'),
	('amount_high_gwh', 'GWh', 'additive', 'sum where every row has it: an upper bound of the sum'),
	('stated_total_gwh', 'GWh', 'repeated', 'max: the same in every row of a market, scenario and period'),
	('stated_total_tonnes', 't', 'repeated', 'max: the same in every row of a series and period'),
	('stated_total_in_unit', 'see column unit', 'repeated', 'max: the same in every row of a series and period'),
	('amount_tonnes', 't', 'additive', 'sum, within one series (country_basis and scenario, too) and period'),
	('amount_in_unit', 'see column unit', 'additive', 'sum, within one unit, series (country_basis and scenario, too) and period'),
	('share_stated_fraction', 'fraction', 'not additive', 'sum only over the members of one market, scenario and period; otherwise divide sums of amounts'),
	('share_low_fraction', 'fraction', 'not additive', 'none'),
	('share_high_fraction', 'fraction', 'not additive', 'none'),
	('share_computed_fraction', 'fraction', 'not additive', 'sum(amount) / max(stated_total), within one market, scenario and period'),
	('price_usd_per_kwh', 'US$/kWh', 'not additive', 'none without amounts to weight by; never over several scopes or money bases'),
	('price_low_usd_per_kwh', 'US$/kWh', 'not additive', 'min'),
	('price_high_usd_per_kwh', 'US$/kWh', 'not additive', 'max'),
	('lcos_usd_per_kwh_discharged', 'US$/kWh discharged', 'not additive', 'none'),
	('lcos_low_usd_per_kwh_discharged', 'US$/kWh discharged', 'not additive', 'min'),
	('lcos_high_usd_per_kwh_discharged', 'US$/kWh discharged', 'not additive', 'max'),
	('amount_in_currency_per_kwh', 'currency/kWh', 'not additive', 'none'),
	('rate_units_per_usd', 'currency/US$', 'not additive', 'none'),
	('units_per_usd', 'currency/US$', 'not additive', 'none'),
	('unattributed_fraction', 'fraction', 'not additive', 'none: recomputed by grouping'),
	('leader_share_fraction', 'fraction', 'not additive', 'none: recomputed by grouping'),
	('leader_share_low_fraction', 'fraction', 'not additive', 'none: recomputed by grouping'),
	('leader_share_high_fraction', 'fraction', 'not additive', 'none: recomputed by grouping'),
	('rows_in_quarantine', 'rows', 'not additive', 'none: a row may be of several sets'),
	('cr4_fraction', 'fraction', 'not additive', 'none: recomputed by grouping'),
	('cr4_low_fraction', 'fraction', 'not additive', 'none: recomputed by grouping'),
	('cr4_high_fraction', 'fraction', 'not additive', 'none: recomputed by grouping'),
	('hhi_points', 'points', 'not additive', 'none: recomputed by grouping'),
	('hhi_low_points', 'points', 'not additive', 'none: recomputed by grouping'),
	('hhi_high_points', 'points', 'not additive', 'none: recomputed by grouping'),
	('effective_members', 'members', 'not additive', 'none: recomputed by grouping'),
	('capacity_gwh_per_year', 'GWh/year', 'additive', 'sum, within one row_kind and scenario, by status (bi_plant_cost: within one grain, scenario and origin)'),
	('capacity_low_gwh_per_year', 'GWh/year', 'additive', 'sum where every row has it: a lower bound of the sum'),
	('capacity_high_gwh_per_year', 'GWh/year', 'additive', 'sum where every row has it: an upper bound of the sum'),
	('investment_usd', 'US$', 'additive', 'sum, within one row_kind and scenario, by status (bi_plant_cost: within one grain, scenario and origin)'),
	('investment_low_usd', 'US$', 'additive', 'sum where every row has it: a lower bound of the sum'),
	('investment_high_usd', 'US$', 'additive', 'sum where every row has it: an upper bound of the sum'),
	('investment_in_currency', 'currency', 'not additive', 'sum only within one currency'),
	('cost_usd_per_kwh', 'US$/kWh per year', 'not additive', 'sum(investment_usd) / sum(capacity_gwh_per_year) / 1e6 over rows that have both'),
	('mean_of_plants_usd_per_kwh', 'US$/kWh per year', 'not additive', 'none: recomputed by grouping'),
	('owned_fraction', 'fraction', 'not additive', 'none'),
	('power_mw', 'MW', 'additive', 'sum, within one status and scenario, where has_parts is false'),
	('power_low_mw', 'MW', 'additive', 'as power_mw, where every row has it: a lower bound of the sum'),
	('power_high_mw', 'MW', 'additive', 'as power_mw, where every row has it: an upper bound of the sum'),
	('energy_gwh', 'GWh', 'additive', 'sum, within one status and scenario, where has_parts is false'),
	('energy_low_gwh', 'GWh', 'additive', 'as energy_gwh, where every row has it: a lower bound of the sum'),
	('energy_high_gwh', 'GWh', 'additive', 'as energy_gwh, where every row has it: an upper bound of the sum'),
	('duration_hours', 'h', 'not additive', 'sum(energy_gwh) * 1000 / sum(power_mw) over rows that have both, within one status and where has_parts is false'),
	('duration_low_hours', 'h', 'not additive', 'min'),
	('duration_high_hours', 'h', 'not additive', 'max'),
	('amount_usd', 'US$', 'additive', 'sum, within one row_kind and scenario; programmes of one giver may contain one another; projects within one status where has_parts is false'),
	('amount_low_usd', 'US$', 'additive', 'sum where every row has it: a lower bound of the sum'),
	('amount_high_usd', 'US$', 'additive', 'sum where every row has it: an upper bound of the sum'),
	('amount_in_currency', 'currency', 'not additive', 'sum only within one currency'),
	('system_price_usd_per_kwh', 'US$/kWh', 'not additive', 'sum(amount_usd) / sum(energy_gwh) / 1e6 over rows that have both'),
	('share_acquired_fraction', 'fraction', 'not additive', 'none'),
	('output_gwh', 'GWh', 'additive', 'sum over periods that do not overlap, within one series (scenario, too) and chemistry'),
	('cumulative_gwh', 'GWh', 'not additive', 'max within one series (scenario, too) and chemistry: a running sum'),
	('learning_rate_fraction', 'fraction', 'not additive', 'none: fit anew'),
	('learning_rate_low_fraction', 'fraction', 'not additive', 'none: fit anew'),
	('learning_rate_high_fraction', 'fraction', 'not additive', 'none: fit anew'),
	('r_squared', '1', 'not additive', 'none: fit anew'),
	('exponent', '1', 'not additive', 'none: fit anew'),
	('kg_per_kwh', 'kg/kWh', 'not additive', 'sum(demand_tonnes) / sum(capacity_gwh) / 1000, within one mineral'),
	('demand_tonnes', 't', 'additive', 'sum, within one mineral, basis, scenario and row_kind'),
	('older_value_in_unit', 'see column unit', 'not additive', 'sum only within one unit and measure'),
	('newer_value_in_unit', 'see column unit', 'not additive', 'sum only within one unit and measure'),
	('change_in_unit', 'see column unit', 'not additive', 'sum only within one unit and measure'),
	('change_fraction', 'fraction', 'not additive', 'sum(change_in_unit) / sum(older_value_in_unit), within one unit and measure'),
	('exposure_fraction', 'fraction', 'not additive', 'max over stages, within one day, object, buyer and scenario'),
	('exposure_low_fraction', 'fraction', 'not additive', 'none'),
	('exposure_high_fraction', 'fraction', 'not additive', 'none'),
	('threshold_in_unit', 'see column unit', 'not additive', 'none'),
	('threshold_low_in_unit', 'see column unit', 'not additive', 'none'),
	('threshold_high_in_unit', 'see column unit', 'not additive', 'none'),
	('value_in_unit', 'see column unit', 'not additive', 'none'),
	('value_low_in_unit', 'see column unit', 'not additive', 'none'),
	('value_high_in_unit', 'see column unit', 'not additive', 'none'),
	('low_in_unit', 'see column unit', 'not additive', 'none'),
	('high_in_unit', 'see column unit', 'not additive', 'none'),
	('part_in_unit', 'see column unit', 'not additive', 'none'),
	('whole_in_unit', 'see column unit', 'not additive', 'none'),
	('part_fraction', 'fraction', 'not additive', 'none'),
	('index_points', 'points', 'not additive', 'none: only ratios within one edition mean anything'),
	('parent_owns_fraction', 'fraction', 'not additive', 'none'),
	('rows_read', 'rows', 'additive', 'sum'),
	('rows_loaded', 'rows', 'additive', 'sum'),
	('rows_unchanged', 'rows', 'additive', 'sum'),
	('rows_quarantined', 'rows', 'additive', 'sum; a row that is refused in two loads counts twice'),
	('rows_still_quarantined', 'rows', 'additive', 'sum; a row that is refused in two loads counts twice'),
	('rows_superseded', 'rows', 'additive', 'sum'),
	('converted_usd', 'US$', 'not additive', 'none: figures of every edition stand in this view'),
	('members', 'members', 'not additive', 'none: recomputed by grouping'),
	('unknown_members', 'members', 'not additive', 'none: recomputed by grouping'),
	('plants', 'plants', 'additive', 'sum, within one grain, scenario and origin'),
	('left_out', 'plants or points', 'additive', 'sum, within one grain, scenario and origin'),
	('points', 'points of a curve', 'not additive', 'none'),
	('years_to_launch', 'years', 'not additive', 'average'),
	('years_to_scale', 'years', 'not additive', 'average'),
	('rank_stated', 'rank', 'not additive', 'none'),
	('older_rank', 'rank', 'not additive', 'none'),
	('newer_rank', 'rank', 'not additive', 'none'),
	('rank_change', 'places', 'not additive', 'none'),
	('latest_sets', 'statement sets', 'additive', 'sum'),
	('sets_loaded', 'statement sets', 'additive', 'sum'),
	('sets_superseded', 'statement sets', 'additive', 'sum'))
SELECT v.relname::text AS view_name, a.attname::text AS column_name, m.unit, m.additivity, m.total_as, g.grain,
	   col_description(v.oid, a.attnum) AS description
FROM pg_class v
JOIN pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN measure m ON m.column_name = a.attname
JOIN grain g ON g.view_name = v.relname
WHERE v.relnamespace = 'industry'::regnamespace AND v.relkind = 'v';
COMMENT ON VIEW industry.bi_measure IS 'dictionary of the measures in the views bi_*, one row a view and measure: unit, whether rows may be added up, what a total is, and what a row is';
COMMENT ON COLUMN industry.bi_measure.view_name IS 'view';
COMMENT ON COLUMN industry.bi_measure.column_name IS 'column with the measure';
COMMENT ON COLUMN industry.bi_measure.unit IS 'unit of the measure; 1 for a pure number, fraction for 0 to 1';
COMMENT ON COLUMN industry.bi_measure.additivity IS 'additive: rows may be added up as total_as says; repeated: one number stands in several rows; not additive: adding it up is wrong';
COMMENT ON COLUMN industry.bi_measure.total_as IS 'how a total over rows comes right; none where it has to be recomputed from the figures by grouping';
COMMENT ON COLUMN industry.bi_measure.grain IS 'what one row of the view is: the columns that tell rows apart';
COMMENT ON COLUMN industry.bi_measure.description IS 'meaning of the measure, the comment on the column';

/*
 * Columns that mean the same in every view
 */
DO $$
DECLARE
	c record;
BEGIN
	FOR c IN
		SELECT v.oid::regclass AS view, a.attname, m.comment
		FROM pg_class v
		JOIN pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped
		JOIN (VALUES
			('scenario', 'scenario or case of a forecast, as the source names it; NULL for what is no scenario: filter on one, never add up over several'),
			('maker_country', 'country of the maker''s headquarters, ISO 3166-1 alpha-2'),
			('chemistry_family', 'family of the chemistry, one for each, to group by'),
			('is_exact', 'whether the figure is exact as printed: not a bound, not about, not a range, not stated twice and differently'),
			('statements', 'how many different statements the source makes of this; with more than one the value is NULL, and low and high bound all of them'),
			('note', 'what to know about the row: why a value is NULL')) AS m (attname, comment) ON m.attname = a.attname
		WHERE v.relnamespace = 'industry'::regnamespace AND v.relkind = 'v' AND v.relname LIKE 'bi\_%' AND pg_has_role(v.relowner, 'USAGE')
		  AND col_description(v.oid, a.attnum) IS NULL
	LOOP
		EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', c.view, c.attname, c.comment);
	END LOOP;
END
$$;

-- Nobody calls these without being given the views: grant_access does both.
DO $$
DECLARE
	f regprocedure;
BEGIN
	FOR f IN
		SELECT p.oid FROM pg_proc p
		WHERE p.pronamespace = 'industry'::regnamespace AND p.prosecdef AND p.proname LIKE 'bi\_%' AND pg_has_role(p.proowner, 'USAGE')
	LOOP
		EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
	END LOOP;
END
$$;
