/*
 * Views for BI tools: shares of makers and of countries, and concentration (see bi.sql for what all of them keep to).
 */

/*
 * Which set counts, where several are of one market and of periods that overlap
 */

CREATE OR REPLACE VIEW industry.maker_share_set AS
SELECT k.set_id, k.publisher, k.edition, k.known_from, k.metric, k.basis, k.application, k.geography, k.scenario, k.period_first, k.period_last, k.year,
	   k.period_label, k.period_as_printed, k.published, k.published_precision,
	   (
			SELECT ARRAY[r.publisher, coalesce(industry.period_label(o.period_first, o.period_last), 'without a period')]
			FROM industry.series r
			JOIN industry.statement_set o ON o.series_id = r.series_id AND o.superseded_by IS NULL
			JOIN industry.source e ON e.source_id = o.source_id
			LEFT JOIN industry.source_preference theirs ON theirs.kind = r.kind AND theirs.publisher = r.publisher
			WHERE r.kind = k.kind AND r.metric = k.metric
			  AND (r.basis, r.application, r.geography, r.scenario) IS NOT DISTINCT FROM
					(k.basis, k.application, k.geography, k.scenario)
			  -- what has no period may be of any
			AND (k.period_first IS NULL OR o.period_first <= k.period_last AND o.period_last >= k.period_first)
			  AND o.set_id <> k.set_id AND ((o.series_id, o.period_first, o.period_last) IS DISTINCT FROM (k.series_id, k.period_first, k.period_last) OR k.period_first IS NULL)
			  -- the user's list; what is within a year before what is of several; the longer; the latest published; the handle
			  AND (coalesce(theirs.place, 2147483647), coalesce(extract(year FROM o.period_last) - extract(year FROM o.period_first), 9999), coalesce(o.period_first - o.period_last, 0),
				   - extract(epoch FROM e.known_from), e.source COLLATE "C", coalesce(o.period_first, 'infinity'))
				  < (coalesce(mine.place, 2147483647), coalesce(extract(year FROM k.period_last) - extract(year FROM k.period_first), 9999), coalesce(k.period_first - k.period_last, 0),
					 - extract(epoch FROM k.known_from), k.source COLLATE "C", coalesce(k.period_first, 'infinity'))
			  -- of what was known on the day, the latest edition
			  AND e.known_from <= industry.as_of()
			  AND NOT EXISTS (
				  SELECT FROM industry.statement_set n JOIN industry.source p ON p.source_id = n.source_id
				  WHERE n.series_id = o.series_id AND n.superseded_by IS NULL AND p.known_from <= industry.as_of()
					AND (n.period_first, n.period_last) IS NOT DISTINCT FROM (o.period_first, o.period_last)
					AND (o.period_first IS NOT NULL OR p.title IS NOT DISTINCT FROM e.title)
					AND (p.known_from, p.published, p.source COLLATE "C", n.set_id) > (e.known_from, e.published, e.source COLLATE "C", o.set_id))
			  AND EXISTS (
				  SELECT FROM industry.maker_share_observation f
				  WHERE f.set_id = o.set_id AND f.row_kind = 'member' AND f.amount IS NOT NULL AND industry.is_point(f.qualifier)
					AND industry.figure_standing(f.statement_kind, o.period_first, o.period_last, e.published, e.published_precision) NOT IN ('forecast', 'claim'))
			ORDER BY coalesce(theirs.place, 2147483647), coalesce(extract(year FROM o.period_last) - extract(year FROM o.period_first), 9999), coalesce(o.period_first - o.period_last, 0),
					 e.known_from DESC, e.source COLLATE "C", o.period_first
			LIMIT 1) AS counted
FROM industry.latest_set k
LEFT JOIN industry.source_preference mine ON mine.kind = k.kind AND mine.publisher = k.publisher
WHERE k.kind = 'maker_share';
COMMENT ON VIEW industry.maker_share_set IS 'latest edition: sets of shares of makers, each with the one that counts in its place: of one market and of periods that overlap one set does. Take counted in a LATERAL (SELECT ... OFFSET 0), which asks once a row';
COMMENT ON COLUMN industry.maker_share_set.counted IS 'publisher and period of the set that counts in sums; NULL where this one does';

CREATE OR REPLACE VIEW industry.country_share_set AS
SELECT k.set_id, k.publisher, k.edition, k.known_from, k.stage, k.metric, k.material, k.basis, k.country_basis, k.application, k.geography, k.scenario,
	   k.period_first, k.period_last, k.year, k.period_label, k.period_as_printed, k.published, k.published_precision,
	   (
			SELECT ARRAY[r.publisher, coalesce(industry.period_label(o.period_first, o.period_last), 'without a period')]
			FROM industry.series r
			JOIN industry.statement_set o ON o.series_id = r.series_id AND o.superseded_by IS NULL
			JOIN industry.source e ON e.source_id = o.source_id
			LEFT JOIN industry.source_preference theirs ON theirs.kind = r.kind AND theirs.publisher = r.publisher
			WHERE r.kind = k.kind AND r.metric = k.metric
			  AND (r.stage, r.material, r.basis, r.country_basis, r.application, r.geography, r.scenario) IS NOT DISTINCT FROM
					(k.stage, k.material, k.basis, k.country_basis, k.application, k.geography, k.scenario)
			  -- what has no period may be of any
			AND (k.period_first IS NULL OR o.period_first <= k.period_last AND o.period_last >= k.period_first)
			  AND o.set_id <> k.set_id AND ((o.series_id, o.period_first, o.period_last) IS DISTINCT FROM (k.series_id, k.period_first, k.period_last) OR k.period_first IS NULL)
			  -- the user's list; what is within a year before what is of several; the longer; the latest published; the handle
			  AND (coalesce(theirs.place, 2147483647), coalesce(extract(year FROM o.period_last) - extract(year FROM o.period_first), 9999), coalesce(o.period_first - o.period_last, 0),
				   - extract(epoch FROM e.known_from), e.source COLLATE "C", coalesce(o.period_first, 'infinity'))
				  < (coalesce(mine.place, 2147483647), coalesce(extract(year FROM k.period_last) - extract(year FROM k.period_first), 9999), coalesce(k.period_first - k.period_last, 0),
					 - extract(epoch FROM k.known_from), k.source COLLATE "C", coalesce(k.period_first, 'infinity'))
			  -- of what was known on the day, the latest edition
			  AND e.known_from <= industry.as_of()
			  AND NOT EXISTS (
				  SELECT FROM industry.statement_set n JOIN industry.source p ON p.source_id = n.source_id
				  WHERE n.series_id = o.series_id AND n.superseded_by IS NULL AND p.known_from <= industry.as_of()
					AND (n.period_first, n.period_last) IS NOT DISTINCT FROM (o.period_first, o.period_last)
					AND (o.period_first IS NOT NULL OR p.title IS NOT DISTINCT FROM e.title)
					AND (p.known_from, p.published, p.source COLLATE "C", n.set_id) > (e.known_from, e.published, e.source COLLATE "C", o.set_id))
			  AND EXISTS (
				  SELECT FROM industry.country_share_observation f
				  WHERE f.set_id = o.set_id AND f.row_kind = 'member' AND f.amount IS NOT NULL AND industry.is_point(f.qualifier)
					AND industry.figure_standing(f.statement_kind, o.period_first, o.period_last, e.published, e.published_precision) NOT IN ('forecast', 'claim'))
			ORDER BY coalesce(theirs.place, 2147483647), coalesce(extract(year FROM o.period_last) - extract(year FROM o.period_first), 9999), coalesce(o.period_first - o.period_last, 0),
					 e.known_from DESC, e.source COLLATE "C", o.period_first
			LIMIT 1) AS counted
FROM industry.latest_set k
LEFT JOIN industry.source_preference mine ON mine.kind = k.kind AND mine.publisher = k.publisher
WHERE k.kind = 'country_share';
COMMENT ON VIEW industry.country_share_set IS 'latest edition: sets of shares of countries, each with the one that counts in its place: of one market and of periods that overlap one set does. Take counted in a LATERAL (SELECT ... OFFSET 0), which asks once a row';
COMMENT ON COLUMN industry.country_share_set.counted IS 'publisher and period of the set that counts in sums; NULL where this one does';

/*
 * Shares of makers, and what of the market they are not
 */

CREATE OR REPLACE VIEW industry.market_total AS
SELECT f.set_id, min(f.amount)::numeric AS least, max(f.amount)::numeric AS greatest,
	   min(f.amount) = max(f.amount) AND bool_and(f.qualifier = '=') AS is_exact,
	   min(industry.lower_bound(f.qualifier, f.amount::numeric, f.amount_low::numeric)) AS low,
	   max(industry.upper_bound(f.qualifier, f.amount::numeric, f.amount_high::numeric)) AS high,
	   bool_or(f.statement_kind = 'estimated') IS TRUE AS is_estimate
FROM industry.maker_share_observation f
WHERE f.row_kind = 'stated_total' AND coalesce(f.statement_kind, 'measured') NOT IN ('forecast', 'target', 'claimed', 'derived')
GROUP BY f.set_id;
COMMENT ON VIEW industry.market_total IS 'the total that a set of shares of makers states, in GWh: the least and the greatest where it states several';
COMMENT ON COLUMN industry.market_total.least IS 'the total, or the least of several, GWh';
COMMENT ON COLUMN industry.market_total.greatest IS 'the total, or the greatest of several, GWh';
COMMENT ON COLUMN industry.market_total.is_exact IS 'whether it is one number, exact as printed';
COMMENT ON COLUMN industry.market_total.low IS 'least total that the statements allow, GWh';
COMMENT ON COLUMN industry.market_total.high IS 'greatest total that the statements allow, GWh';
COMMENT ON COLUMN industry.market_total.is_estimate IS 'whether the source says that it estimates it';

CREATE OR REPLACE VIEW industry.market_figure AS
SELECT k.set_id, k.publisher, k.edition, k.known_from, k.metric, k.basis, k.application, k.geography, k.scenario, k.period_first, k.period_last, k.year,
	   k.period_label, k.period_as_printed, f.row_kind, m.maker,
	   coalesce(m.name, f.subject_as_printed) AS maker_name, m.country AS maker_country, c.name AS maker_country_name, f.subject_as_printed AS maker_as_printed,
	   CASE WHEN d.set_id IS NULL THEN f.amount::double precision END AS amount_stated_gwh,
	   industry.plain_number(industry.least_stated(f.qualifier, f.amount::numeric, f.amount_low::numeric, d.set_id IS NOT NULL, d.low, d.low_open)) AS amount_low_gwh,
	   industry.plain_number(industry.greatest_stated(f.qualifier, f.amount::numeric, f.amount_high::numeric, d.set_id IS NOT NULL, d.high, d.high_open)) AS amount_high_gwh,
	   CASE WHEN t.least = t.greatest THEN industry.plain_number(t.greatest) END AS stated_total_gwh,
	   CASE WHEN d.set_id IS NULL THEN industry.plain_number(f.share_pct / 100) END AS share_stated_fraction,
	   industry.plain_number(industry.least_stated(f.share_qualifier, f.share_pct, f.share_pct_low, d.set_id IS NOT NULL, d.share_low, d.share_low_open) / 100) AS share_low_fraction,
	   industry.plain_number(industry.greatest_stated(f.share_qualifier, f.share_pct, f.share_pct_high, d.set_id IS NOT NULL, d.share_high, d.share_high_open) / 100) AS share_high_fraction,
	   CASE WHEN d.set_id IS NULL AND t.is_exact AND t.greatest > 0 AND f.qualifier = '=' THEN industry.plain_number(f.amount::numeric / t.greatest) END AS share_computed_fraction,
	   f.rank_stated, coalesce(g.standing = 'history' AND coalesce(f.qualifier, '=') = '=' AND coalesce(f.share_qualifier, '=') = '=' AND d.set_id IS NULL
							   AND q.set_id IS NULL AND num_nonnulls(f.amount, f.share_pct) > 0, false) AS is_exact,
	   f.qualifier, f.share_qualifier, f.missing_reason, f.share_missing_reason, coalesce(d.statements, 1)::integer AS statements,
	   f.statement_kind, g.standing,
	   nullif(concat_ws('; ',
			CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || concat_ws('; ', nullif(concat_ws(', ', nullif(f.as_printed, ''), f.share_as_printed), ''), d.printed)
				 ELSE coalesce(f.missing_reason, f.share_missing_reason) END,
			industry.bound_note(f.qualifier), industry.standing_note(g.standing, f.statement_kind), q.note), '') AS note,
	   f.as_printed, f.share_as_printed, f.locator, f.fact_id::text AS fact_id, k.counted
FROM industry.maker_share_set k
JOIN industry.maker_share_observation f ON f.set_id = k.set_id
CROSS JOIN LATERAL (SELECT industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing) AS g
LEFT JOIN industry.bi_rows_in_quarantine() AS q ON q.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.country c ON c.country = m.country
LEFT JOIN industry.market_total t ON t.set_id = f.set_id
LEFT JOIN (
	SELECT o.set_id, o.maker_id, o.row_kind, CASE WHEN o.row_kind <> 'member' THEN o.subject_as_printed END AS subject, count(*) + 1 AS statements,
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
	WHERE o.statement_number > 1 AND o.row_kind IN ('member', 'remainder')
	GROUP BY 1, 2, 3, 4) AS d
  ON d.set_id = f.set_id AND d.row_kind = f.row_kind AND d.maker_id IS NOT DISTINCT FROM f.maker_id
 AND d.subject IS NOT DISTINCT FROM CASE WHEN f.row_kind <> 'member' THEN f.subject_as_printed END
WHERE f.row_kind IN ('member', 'remainder') AND f.statement_number = 1 AND g.standing NOT IN ('forecast', 'claim');
COMMENT ON VIEW industry.market_figure IS 'latest edition: members of markets and the remainders that sources state (others), one row each, for bi_maker_share and bi_market';

CREATE OR REPLACE VIEW industry.market_row AS
SELECT f.set_id, f.row_kind, f.publisher, f.edition, f.known_from, f.metric, f.basis, f.application, f.geography, f.scenario, f.period_first,
	   f.period_last, f.year, f.period_label, f.period_as_printed, f.maker, f.maker_name, f.maker_country, f.maker_country_name, f.maker_as_printed,
	   f.amount_stated_gwh, f.amount_low_gwh, f.amount_high_gwh, f.stated_total_gwh, f.share_stated_fraction, f.share_low_fraction,
	   f.share_high_fraction, f.share_computed_fraction, f.rank_stated, f.is_exact, f.qualifier, f.share_qualifier, f.missing_reason,
	   f.share_missing_reason, f.statements, f.statement_kind, f.standing, f.as_printed, f.share_as_printed, f.locator, f.fact_id,
	   CASE WHEN x.counted IS NULL AND industry.is_point(f.qualifier) THEN f.amount_stated_gwh END AS amount_gwh,
	   coalesce(x.counted[1], f.publisher) AS counted_publisher, nullif(concat_ws('; ', f.note, industry.counted_note(x.counted)), '') AS note
FROM industry.market_figure f
CROSS JOIN LATERAL (SELECT f.counted OFFSET 0) AS x;
COMMENT ON VIEW industry.market_row IS 'market_figure, with the amounts that count in sums';

CREATE OR REPLACE VIEW industry.bi_maker_share AS
SELECT r.publisher, r.edition, r.known_from, r.metric, r.basis, r.application, r.geography, r.scenario, r.period_first, r.period_last, r.year,
	   r.period_label, r.period_as_printed, r.maker, r.maker_name, r.maker_country, r.maker_country_name, r.maker_as_printed, r.amount_gwh,
	   r.amount_stated_gwh, r.amount_low_gwh, r.amount_high_gwh, r.stated_total_gwh, r.share_stated_fraction, r.share_low_fraction,
	   r.share_high_fraction, r.share_computed_fraction, r.rank_stated, r.is_exact, r.qualifier, r.share_qualifier, r.missing_reason,
	   r.share_missing_reason, r.statements, r.statement_kind, r.standing, r.counted_publisher, r.note, r.as_printed, r.share_as_printed, r.locator,
	   r.fact_id
FROM industry.market_row r
WHERE r.row_kind = 'member';
COMMENT ON VIEW industry.bi_maker_share IS 'latest edition: makers'' amounts and shares, one row a maker, market and period; members only (bi_market has the rest of the market, too), no forecasts. amount_gwh adds up: of periods that overlap, and of several publishers, one counts';

CREATE OR REPLACE VIEW industry.market_balance AS
SELECT b.set_id, b.amounts, b.amounts - b.total AS excess, b.total, b.is_exact_total, b.total_low, b.total_high, b.least, b.most, b.is_closed,
	   b.percents, b.without_share = 0 AS has_shares, b.without_amount, b.without_share, b.is_exact AND b.standing = 'history' AS is_exact, b.standing, b.statement_kind
FROM (SELECT r.set_id, CASE WHEN t.least = t.greatest THEN t.greatest END AS total, t.is_exact AS is_exact_total, t.low AS total_low, t.high AS total_high,
			 coalesce(sum(r.amount_stated_gwh::numeric) FILTER (WHERE industry.is_point(r.qualifier)), 0) AS amounts,
			 sum(r.share_stated_fraction::numeric * 100) FILTER (WHERE industry.is_point(r.share_qualifier)) AS percents,
			 coalesce(sum(r.amount_low_gwh::numeric), 0) AS least, coalesce(sum(r.amount_high_gwh::numeric), 0) AS most,
			 count(*) = count(r.amount_high_gwh) AS is_closed,
			 count(*) FILTER (WHERE r.amount_stated_gwh IS NULL OR NOT industry.is_point(r.qualifier)) AS without_amount,
			 count(*) FILTER (WHERE r.share_stated_fraction IS NULL OR NOT industry.is_point(r.share_qualifier)) AS without_share,
			 bool_and(coalesce(r.qualifier, '=') = '=' AND coalesce(r.share_qualifier, '=') = '=') AND coalesce(t.is_exact, true) AS is_exact,
			 CASE WHEN bool_or(r.standing = 'estimate') OR t.is_estimate THEN 'estimate' ELSE 'history' END AS standing,
			 string_agg(DISTINCT r.statement_kind, ', ') AS statement_kind
	  FROM industry.market_figure r
	  LEFT JOIN industry.market_total t ON t.set_id = r.set_id
	  GROUP BY r.set_id, t.least, t.greatest, t.is_exact, t.low, t.high, t.is_estimate) AS b;
COMMENT ON VIEW industry.market_balance IS 'latest edition: what the members and remainders of a market come to, beside its total and 100 percent, one row a set';
COMMENT ON COLUMN industry.market_balance.amounts IS 'sum of the single amounts, GWh';
COMMENT ON COLUMN industry.market_balance.excess IS 'that sum less the total, GWh: what is left where it is below zero';
COMMENT ON COLUMN industry.market_balance.total IS 'the stated total, GWh; NULL where there is none, or several';
COMMENT ON COLUMN industry.market_balance.is_exact_total IS 'whether the total is one number, exact as printed';
COMMENT ON COLUMN industry.market_balance.total_low IS 'least total that the statements allow, GWh';
COMMENT ON COLUMN industry.market_balance.total_high IS 'greatest total that the statements allow, GWh';
COMMENT ON COLUMN industry.market_balance.least IS 'least that the listed have together, GWh';
COMMENT ON COLUMN industry.market_balance.most IS 'greatest that those of the listed have together that have an upper bound, GWh';
COMMENT ON COLUMN industry.market_balance.is_closed IS 'whether all of the listed have an upper bound';
COMMENT ON COLUMN industry.market_balance.percents IS 'sum of the single printed shares, percent';
COMMENT ON COLUMN industry.market_balance.has_shares IS 'whether all of the listed have a single printed share';
COMMENT ON COLUMN industry.market_balance.without_amount IS 'listed without a single amount';
COMMENT ON COLUMN industry.market_balance.without_share IS 'listed without a single printed share';
COMMENT ON COLUMN industry.market_balance.is_exact IS 'whether every figure is exact as printed, and none an estimate';

CREATE OR REPLACE VIEW industry.bi_market AS
-- once, whatever a plan may think of it
WITH balance AS MATERIALIZED (
	SELECT b.set_id, b.amounts, b.excess, b.total, b.is_exact_total, b.total_low, b.total_high, b.least, b.most, b.is_closed, b.percents, b.has_shares,
		   b.without_amount, b.without_share, b.is_exact, b.standing, b.statement_kind
	FROM industry.market_balance b)
SELECT r.publisher, r.edition, r.known_from, r.metric, r.basis, r.application, r.geography, r.scenario, r.period_first, r.period_last, r.year,
	   r.period_label, r.period_as_printed, r.row_kind, coalesce(r.maker, 'others, as stated') AS maker, r.maker_name, r.maker_country, r.maker_country_name, r.maker_as_printed,
	   r.amount_gwh, r.amount_stated_gwh, r.amount_low_gwh, r.amount_high_gwh, r.stated_total_gwh, r.share_stated_fraction, r.share_low_fraction,
	   r.share_high_fraction, r.share_computed_fraction, r.rank_stated, r.is_exact, r.qualifier, r.share_qualifier, r.missing_reason,
	   r.share_missing_reason, r.statements, r.statement_kind, r.standing, r.counted_publisher,
	   nullif(concat_ws('; ', r.note, CASE WHEN b.excess > 0 THEN 'the members exceed the stated total by ' || industry.excess_text('amount', b.amounts, NULL, b.total, 'GWh') END,
			CASE WHEN b.percents > 100 THEN 'the printed shares exceed 100 % by ' || industry.excess_text('share', NULL, b.percents, NULL, NULL) END), '') AS note,
	   r.as_printed, r.share_as_printed, r.locator, r.fact_id
FROM industry.market_row r
LEFT JOIN balance b ON b.set_id = r.set_id AND (b.excess > 0 OR b.percents > 100)
UNION ALL
-- what is left of the total, and of 100 percent, each for itself
SELECT k.publisher, k.edition, k.known_from, k.metric, k.basis, k.application, k.geography, k.scenario, k.period_first, k.period_last, k.year,
	   k.period_label, k.period_as_printed, 'unattributed', 'not attributed', 'not attributed to a listed maker', NULL, NULL, NULL,
	   CASE WHEN c.counted IS NULL THEN industry.plain_number(x.amount) END, industry.plain_number(x.amount),
	   -- less where a row is aside, or a figure is a bound
	   CASE WHEN x.amount IS NOT NULL THEN industry.plain_number(greatest(0, CASE WHEN b.is_closed AND (q.set_id IS NULL OR NOT q.may_change AND q.amount IS NOT NULL) THEN b.total_low - b.most - coalesce(q.amount, 0) ELSE 0 END)) END,
	   CASE WHEN x.amount IS NOT NULL AND q.may_change IS NOT TRUE THEN industry.plain_number(b.total_high - b.least) END,
	   industry.plain_number(b.total), industry.plain_number(x.percent / 100),
	   CASE WHEN x.percent IS NOT NULL THEN industry.plain_number(greatest(0, CASE WHEN b.has_shares AND (q.set_id IS NULL OR NOT q.may_change AND q.share_pct IS NOT NULL) THEN x.percent - coalesce(q.share_pct, 0) ELSE 0 END) / 100) END,
	   CASE WHEN q.may_change IS NOT TRUE THEN industry.plain_number(x.percent / 100) END,
	   CASE WHEN b.is_exact_total AND b.total > 0 THEN industry.plain_number(x.amount / b.total) END, NULL,
	   b.is_exact AND q.set_id IS NULL AND (x.amount IS NULL OR b.without_amount = 0) AND (x.percent IS NULL OR b.without_share = 0), NULL, NULL, NULL, NULL, 1, b.statement_kind, b.standing, coalesce(c.counted[1], k.publisher),
	   nullif(concat_ws('; ', CASE WHEN x.amount IS NOT NULL AND b.without_amount > 0 THEN 'in it: ' || b.without_amount || ' listed maker(s) without a single amount' END,
			CASE WHEN x.percent IS NOT NULL AND b.without_share > 0 THEN 'in it: ' || b.without_share || ' listed maker(s) without a single share' END,
			CASE WHEN b.excess > 0 THEN 'the members exceed the stated total by ' || industry.excess_text('amount', b.amounts, NULL, b.total, 'GWh') END,
			CASE WHEN b.percents > 100 THEN 'the printed shares exceed 100 % by ' || industry.excess_text('share', NULL, b.percents, NULL, NULL) END,
			CASE WHEN b.standing = 'estimate' THEN 'of estimates' END, industry.counted_note(c.counted), q.note), ''),
	   NULL, NULL, NULL, NULL
FROM industry.maker_share_set k
JOIN balance b ON b.set_id = k.set_id
CROSS JOIN LATERAL (SELECT k.counted OFFSET 0) AS c
LEFT JOIN industry.bi_rows_in_quarantine() AS q ON q.set_id = k.set_id
CROSS JOIN LATERAL (
	SELECT CASE WHEN b.excess < 0 THEN - b.excess END AS amount, CASE WHEN b.percents < 100 THEN 100 - b.percents END AS percent) AS x
WHERE num_nonnulls(x.amount, x.percent) > 0;
COMMENT ON VIEW industry.bi_market IS 'latest edition: whole markets, one row a maker and rows of their own kind for the rest (row_kind remainder: others, as the source states them; unattributed: what is left of the stated total, or of 100 percent); columns as in bi_maker_share. amount_gwh adds up to the stated total where there is one';
COMMENT ON COLUMN industry.bi_market.row_kind IS 'member; remainder (others, as the source states them); unattributed (computed: what is left of the stated total and of 100 percent)';
COMMENT ON COLUMN industry.bi_maker_share.maker_as_printed IS 'the maker''s name as printed';
COMMENT ON COLUMN industry.bi_maker_share.amount_gwh IS 'amount on the basis of the series, GWh; NULL where it is no single figure (a bound, a range, stated twice and differently), and where another set counts (counted_publisher)';
COMMENT ON COLUMN industry.bi_maker_share.amount_low_gwh IS 'least amount that the statement allows, GWh; NULL where it says nothing about that';
COMMENT ON COLUMN industry.bi_maker_share.amount_high_gwh IS 'greatest amount that the statement allows, GWh; NULL where it says nothing about that';
COMMENT ON COLUMN industry.bi_maker_share.stated_total_gwh IS 'total of the market and period as the source states it, GWh, the same in every row of them; NULL where none or several are stated';
COMMENT ON COLUMN industry.bi_maker_share.share_stated_fraction IS 'share as the source states it, 0 to 1';
COMMENT ON COLUMN industry.bi_maker_share.share_low_fraction IS 'least share that the statement allows, 0 to 1';
COMMENT ON COLUMN industry.bi_maker_share.share_high_fraction IS 'greatest share that the statement allows, 0 to 1';
COMMENT ON COLUMN industry.bi_maker_share.share_computed_fraction IS 'amount over the stated total where that is exact, 0 to 1; it may differ from the stated share by more than rounding, which is the source''s affair';
COMMENT ON COLUMN industry.bi_maker_share.amount_stated_gwh IS 'amount as stated, GWh, also a bound, and where another set counts: never add it up';
COMMENT ON COLUMN industry.bi_market.maker_as_printed IS 'name as printed; NULL for what is not attributed';

/*
 * Concentration
 */

CREATE OR REPLACE FUNCTION industry.bi_rows_concentration(by_parent boolean)
RETURNS TABLE (publisher text, edition text, metric text, basis text, application text, geography text, scenario text, period_first date,
	period_last date, year integer, computed_from text, members integer, unknown_members integer, stated_total_gwh double precision,
	unattributed_fraction double precision, leader text, leader_share_fraction double precision, leader_share_low_fraction double precision,
	leader_share_high_fraction double precision, cr4_fraction double precision, cr4_low_fraction double precision, cr4_high_fraction double precision, hhi_points double precision, hhi_low_points double precision,
	hhi_high_points double precision, effective_members double precision, is_exact boolean, rows_in_quarantine integer, note text, set_id bigint, statement_kind text, standing text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp AS $$
	SELECT c.publisher, c.edition, c.metric, c.basis, c.application, c.geography, c.scenario, c.period_first, c.period_last, c.year,
		   c.measure, c.members, c.unknown_members, CASE WHEN c.measure = 'amount' THEN industry.plain_number(c.stated_total) END,
		   c.unattributed_share, c.leader,
		   -- nor a share that a row in quarantine may make smaller or larger
		   CASE WHEN c.rows_in_quarantine = 0 OR c.leader_share_low = c.leader_share_high THEN c.leader_share END,
		   c.leader_share_low, c.leader_share_high,
		   CASE WHEN c.rows_in_quarantine = 0 OR c.cr4_low = c.cr4_high THEN c.cr4 END, c.cr4_low, c.cr4_high,
		   -- a lower bound must not be plotted as the index
		   CASE WHEN c.hhi_low_points = c.hhi_high_points THEN c.hhi_points END, c.hhi_low_points, c.hhi_high_points,
		   CASE WHEN c.hhi_low_points = c.hhi_high_points THEN c.effective_members END,
		   coalesce(c.is_exact AND c.hhi_low_points = c.hhi_high_points, false), c.rows_in_quarantine::integer, c.note, c.set_id, c.statement_kind,
		   CASE WHEN c.is_estimate THEN 'estimate' ELSE 'history' END
	FROM industry.concentration(industry.as_of(), bi_rows_concentration.by_parent) AS c;
$$;
COMMENT ON FUNCTION industry.bi_rows_concentration(boolean) IS 'rows of bi_concentration: concentration() of makers, or of makers rolled up to their parents. Runs with the rights of its owner';
REVOKE EXECUTE ON FUNCTION industry.bi_rows_concentration(boolean) FROM PUBLIC;

CREATE OR REPLACE VIEW industry.bi_concentration AS
SELECT c.by_parent, c.publisher, c.edition, c.metric, c.basis, c.application, c.geography, c.scenario, c.period_first, c.period_last, k.year, k.period_label,
	   c.computed_from, c.members, c.unknown_members, c.stated_total_gwh, c.unattributed_fraction, c.leader, m.name AS leader_name, c.leader_share_fraction, c.leader_share_low_fraction,
	   c.leader_share_high_fraction, c.cr4_fraction, c.cr4_low_fraction, c.cr4_high_fraction, c.hhi_points, c.hhi_low_points, c.hhi_high_points,
	   c.effective_members, c.is_exact, c.rows_in_quarantine, c.statement_kind, c.standing, c.note
FROM (
	-- two branches: a filter on by_parent asks for one of them
	SELECT false AS by_parent, f.publisher, f.edition, f.metric, f.basis, f.application, f.geography, f.scenario, f.period_first, f.period_last, f.computed_from, f.members,
		   f.unknown_members, f.stated_total_gwh, f.unattributed_fraction, f.leader, f.leader_share_fraction, f.leader_share_low_fraction,
		   f.leader_share_high_fraction, f.cr4_fraction, f.cr4_low_fraction, f.cr4_high_fraction, f.hhi_points, f.hhi_low_points, f.hhi_high_points,
		   f.effective_members, f.is_exact, f.rows_in_quarantine, f.note, f.set_id, f.statement_kind, f.standing
	FROM industry.bi_rows_concentration(false) AS f
	UNION ALL
	SELECT true, t.publisher, t.edition, t.metric, t.basis, t.application, t.geography, t.scenario, t.period_first, t.period_last, t.computed_from, t.members,
		   t.unknown_members, t.stated_total_gwh, t.unattributed_fraction, t.leader, t.leader_share_fraction, t.leader_share_low_fraction,
		   t.leader_share_high_fraction, t.cr4_fraction, t.cr4_low_fraction, t.cr4_high_fraction, t.hhi_points, t.hhi_low_points, t.hhi_high_points,
		   t.effective_members, t.is_exact, t.rows_in_quarantine, t.note, t.set_id, t.statement_kind, t.standing
	FROM industry.bi_rows_concentration(true) AS t) AS c
LEFT JOIN industry.latest_set k ON k.set_id = c.set_id AND k.kind = 'maker_share' AND k.metric = c.metric
LEFT JOIN industry.maker m ON m.maker = c.leader;
COMMENT ON VIEW industry.bi_concentration IS 'latest edition: concentration, one row a market, period and choice of by_parent. Nothing in it adds up or averages: ask for another grouping instead';
COMMENT ON COLUMN industry.bi_concentration.by_parent IS 'whether makers are rolled up to their parents, as of the end of the period: filter on one of the two';
COMMENT ON COLUMN industry.bi_concentration.computed_from IS 'amount, or share where shares are stated of more members';
COMMENT ON COLUMN industry.bi_concentration.leader_name IS 'full name of the maker with the greatest share';
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
SELECT k.publisher, k.edition, k.known_from, k.stage, g.name AS stage_name, g.position AS stage_position, k.metric, k.material, k.basis, k.country_basis, k.application, k.geography, k.scenario,
	   k.period_first, k.period_last, k.year, k.period_label, k.period_as_printed, f.country, c.name AS country_name, f.chemistry::text AS chemistry,
	   CASE WHEN v.counts AND f.unit = 't' THEN industry.plain_number(f.amount) END AS amount_tonnes,
	   CASE WHEN v.counts AND f.unit = 'GWh' THEN industry.plain_number(f.amount) END AS amount_gwh,
	   CASE WHEN v.counts THEN industry.plain_number(f.amount) END AS amount_in_unit,
	   CASE WHEN d.set_id IS NULL THEN industry.plain_number(f.amount) END AS amount_stated_in_unit,
	   CASE WHEN t.least = t.greatest AND f.unit = 't' THEN industry.plain_number(t.greatest) END AS stated_total_tonnes,
	   CASE WHEN t.least = t.greatest AND f.unit = 'GWh' THEN industry.plain_number(t.greatest) END AS stated_total_gwh,
	   CASE WHEN t.least = t.greatest THEN industry.plain_number(t.greatest) END AS stated_total_in_unit,
	   CASE WHEN d.set_id IS NULL THEN industry.plain_number(f.share_pct / 100) END AS share_stated_fraction,
	   industry.plain_number(industry.least_stated(f.share_qualifier, f.share_pct, f.share_pct_low, d.set_id IS NOT NULL, d.share_low, d.share_low_open) / 100) AS share_low_fraction,
	   industry.plain_number(industry.greatest_stated(f.share_qualifier, f.share_pct, f.share_pct_high, d.set_id IS NOT NULL, d.share_high, d.share_high_open) / 100) AS share_high_fraction,
	   CASE WHEN d.set_id IS NULL AND t.is_exact AND t.greatest > 0 AND f.qualifier = '=' THEN industry.plain_number(f.amount / t.greatest) END AS share_computed_fraction,
	   coalesce(n.standing = 'history' AND coalesce(f.qualifier, '=') = '=' AND coalesce(f.share_qualifier, '=') = '=' AND d.set_id IS NULL AND q.set_id IS NULL
				AND num_nonnulls(f.amount, f.share_pct) > 0, false) AS is_exact,
	   f.unit, f.qualifier, f.share_qualifier, f.missing_reason, f.share_missing_reason, coalesce(d.statements, 1)::integer AS statements,
	   f.statement_kind, n.standing, coalesce(s.counted[1], k.publisher) AS counted_publisher,
	   nullif(concat_ws('; ',
			CASE WHEN d.set_id IS NOT NULL THEN 'the source states: ' || concat_ws('; ', coalesce(f.share_as_printed, f.as_printed), d.printed)
				 ELSE coalesce(f.missing_reason, f.share_missing_reason) END,
			industry.bound_note(f.qualifier), industry.standing_note(n.standing, f.statement_kind), industry.counted_note(s.counted), CASE WHEN w.set_id IS NOT NULL THEN 'part of the amount without a chemistry' END, q.note), '') AS note,
	   f.as_printed, f.share_as_printed, f.locator, f.fact_id::text AS fact_id
FROM industry.country_share_set k
JOIN industry.country_share_observation f ON f.set_id = k.set_id
CROSS JOIN LATERAL (SELECT k.counted OFFSET 0) AS s
CROSS JOIN LATERAL (SELECT industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing) AS n
LEFT JOIN industry.bi_rows_in_quarantine() AS q ON q.set_id = k.set_id
JOIN industry.stage g ON g.stage = k.stage
LEFT JOIN industry.country c ON c.country = f.country
LEFT JOIN (
	SELECT o.set_id, o.chemistry::text AS chemistry, o.unit, min(o.amount) AS least, max(o.amount) AS greatest,
		   min(o.amount) = max(o.amount) AND bool_and(o.qualifier = '=') AS is_exact
	FROM industry.country_share_observation o
	WHERE o.row_kind = 'stated_total' AND coalesce(o.statement_kind, 'measured') NOT IN ('forecast', 'target', 'claimed', 'derived') GROUP BY o.set_id, o.chemistry::text, o.unit) AS t
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
-- a country's amount of one chemistry beside its amount of all
LEFT JOIN (
	SELECT o.set_id, o.country, o.unit FROM industry.country_share_observation o
	WHERE o.row_kind = 'member' AND o.statement_number = 1 AND o.chemistry IS NULL AND o.amount IS NOT NULL) AS w
  ON w.set_id = f.set_id AND w.country = f.country AND w.unit = f.unit AND f.chemistry IS NOT NULL
CROSS JOIN LATERAL (SELECT s.counted IS NULL AND d.set_id IS NULL AND w.set_id IS NULL AND industry.is_point(f.qualifier) AS counts) AS v
WHERE f.row_kind = 'member' AND f.statement_number = 1 AND n.standing NOT IN ('forecast', 'claim');
COMMENT ON VIEW industry.bi_country_share IS 'latest edition: what countries mine, refine or make at a stage of the supply chain, or buy (country_basis market: filter on one), one row a country, series and period; members only, no forecasts. Amounts add up over the countries and periods of one stage and material: of periods that overlap, and of several publishers, one counts';
COMMENT ON COLUMN industry.bi_country_share.stage_position IS 'order of the stage along the chain';
COMMENT ON COLUMN industry.bi_country_share.stage IS 'stage of the supply chain';
COMMENT ON COLUMN industry.bi_country_share.country IS 'country, ISO 3166-1 alpha-2, on the basis that country_basis names';
COMMENT ON COLUMN industry.bi_country_share.country_name IS 'usual English name of the country';
COMMENT ON COLUMN industry.bi_country_share.amount_tonnes IS 'amount, tonnes, where the source counts in tonnes; NULL where it is no single figure, and where another set counts (counted_publisher)';
COMMENT ON COLUMN industry.bi_country_share.amount_gwh IS 'amount, GWh, where the source counts in GWh; NULL as amount_tonnes';
COMMENT ON COLUMN industry.bi_country_share.amount_in_unit IS 'amount as the source counts, in unit: tonnes, GWh, vehicles and so on; NULL as amount_tonnes';
COMMENT ON COLUMN industry.bi_country_share.amount_stated_in_unit IS 'amount as stated, in unit, also a bound, and where another set counts: never add it up';
COMMENT ON COLUMN industry.bi_country_share.stated_total_in_unit IS 'total of the series and period as stated, in unit, the same in every row of them';
COMMENT ON COLUMN industry.bi_country_share.stated_total_tonnes IS 'total of the series and period as stated, tonnes, the same in every row of them';
COMMENT ON COLUMN industry.bi_country_share.stated_total_gwh IS 'total of the series and period as stated, GWh, the same in every row of them';
COMMENT ON COLUMN industry.bi_country_share.share_stated_fraction IS 'share as the source states it, 0 to 1; NULL where it states two and differently';
COMMENT ON COLUMN industry.bi_country_share.share_low_fraction IS 'least share that the statements allow, 0 to 1';
COMMENT ON COLUMN industry.bi_country_share.share_high_fraction IS 'greatest share that the statements allow, 0 to 1';
COMMENT ON COLUMN industry.bi_country_share.share_computed_fraction IS 'amount over the stated total, 0 to 1';
