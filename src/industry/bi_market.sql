/*
 * Views for BI tools: shares of makers and of countries, and concentration (see bi.sql for what all of them keep to).
 */

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
