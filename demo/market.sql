-- Block 3: the EV-battery market
\echo
\echo '==== 3. EV batteries installed, 2023 (SNE Research, edition of 2024-02-07) ===='
\echo
\echo 'Shares as printed, of a stated total of 100 %; the makers that are not listed hold the rest.'
\echo

CREATE TABLE ev_market AS
SELECT published, left(period_first_month, 4) AS year,
	   market_shares(maker, share_pct, 100) AS market
FROM ev_battery_share
WHERE row_kind = 'member' AND period_first_month LIKE '%-01' AND period_last_month LIKE '%-12'
GROUP BY published, left(period_first_month, 4);

SELECT rank, member AS maker, amount AS share_pct,
	   round((100 * cumulative_share)::numeric, 1) AS cumulative_pct
FROM ev_market, LATERAL shares(market)
WHERE year = '2023'
ORDER BY rank;

\echo 'Concentration. The others are not one maker: unlisted makers no larger than the smallest'
\echo 'listed one put the HHI between these bounds (one maker called Others would give 1,959).'
\echo

SELECT year, round((100 * cr(market, 4))::numeric, 1) AS cr4_pct,
	   round(hhi_low(market)::numeric, 1) AS hhi_low,
	   round(hhi_high(market)::numeric, 1) AS hhi_high
FROM ev_market
WHERE year = '2023';

\echo 'The year 2022, as first published and as restated a year later. Ranks two and three change.'
\echo

SELECT COALESCE(f.maker, r.maker, 'World, GWh') AS maker,
	   COALESCE(f.share_pct, f.installed::numeric) AS published_2023_02,
	   COALESCE(r.share_pct, r.installed::numeric) AS published_2024_02_07
FROM (SELECT * FROM ev_battery_share WHERE published = '2023-02') AS f
FULL JOIN (SELECT * FROM ev_battery_share
		   WHERE published = '2024-02-07' AND period_first_month = '2022-01') AS r
	ON f.as_printed = r.as_printed
ORDER BY r.row_kind = 'stated_total', r.share_pct DESC;

\if :full
\echo 'Concentration in every set that an edition states, none completed from another. Where few'
\echo 'makers are listed the bounds are wide: hidden makers no larger than the smallest listed one,'
\echo 'or (anyone) the rest may belong to a listed maker.'
\echo
\endif

CREATE VIEW ev_market_set AS
SELECT published, period_first_month, period_last_month,
	   market_shares(maker, share_pct, 100) AS market
FROM ev_battery_share
WHERE row_kind = 'member' AND share_pct IS NOT NULL
GROUP BY published, period_first_month, period_last_month;

\if :full
SELECT published AS edition, period_first_month || ' to ' || right(period_last_month, 2) AS period,
	   members(market) AS listed, round(100 * unattributed_share(market)::numeric, 1) AS others_pct,
	   round(hhi_low(market)::numeric) AS hhi_low, round(hhi_high(market)::numeric) AS hhi_high,
	   round(hhi_high(market, 'anyone')::numeric) AS hhi_anyone
FROM ev_market_set
ORDER BY period_first_month, period_last_month, published;

\echo 'What a merger of the second and the third would do (a screen, not a judgement).'
\echo
\endif

CREATE VIEW ev_merger AS
SELECT published, period_first_month, period_last_month, second.member AS a, third.member AS b,
	   guideline, screen.*
FROM (SELECT *, ARRAY(SELECT member FROM shares(market) ORDER BY rank, member) AS ranked
	  FROM ev_market_set) AS s,
	 LATERAL (SELECT ranked[2] AS member) AS second, LATERAL (SELECT ranked[3] AS member) AS third,
	 unnest(ARRAY['DOJ/FTC 2023', 'DOJ/FTC 2010']) AS guideline,
	 LATERAL merger_screen(market, second.member, third.member, guideline) AS screen
WHERE members(market) >= 3;

\if :full
SELECT published AS edition, left(period_first_month, 4) AS year, a, b, guideline,
	   round(hhi_points_after_low::numeric) AS hhi_low, round(hhi_points_after_high::numeric) AS hhi_high,
	   round(delta_points_low::numeric) AS delta, finding
FROM ev_merger
WHERE period_first_month LIKE '%-01' AND period_last_month LIKE '%-12'
ORDER BY year, published, guideline DESC;

\echo 'Where did CATL''s growth of 2023 come from? With the market, or from the others. Across editions'
\echo 'part of a change is a restatement. Where GWh are not printed: share of the world total.'
\echo
\endif

CREATE VIEW ev_installed AS
SELECT s.published, left(s.period_first_month, 4) AS year,
	   market_shares(s.maker, COALESCE(s.installed, s.share_pct / 100 * t.installed), t.installed) AS market
FROM ev_battery_share AS s
JOIN ev_battery_share AS t
	ON t.row_kind = 'stated_total' AND (t.published, t.period_first_month, t.period_last_month)
		= (s.published, s.period_first_month, s.period_last_month)
WHERE s.row_kind = 'member' AND s.period_first_month LIKE '%-01' AND s.period_last_month LIKE '%-12'
GROUP BY s.published, left(s.period_first_month, 4);

\if :full
SELECT b.published AS edition_2022, a.published AS edition_2023, member AS maker,
	   round(amount_change, 1) AS change_gwh, round(market_effect, 1) AS with_market,
	   round(share_effect, 1) AS from_others, rank_move, comparable, kind
FROM ev_installed AS b, ev_installed AS a,
	 LATERAL share_change(b.market, a.market, b.published, a.published)
WHERE b.year = '2022' AND a.year = '2023' AND member IN ('CATL', 'BYD', 'LG Energy Solution', 'Panasonic')
ORDER BY b.published DESC, amount_after DESC;

\echo
\echo '==== 3b. Mine production, 2024, by country (US Geological Survey, two editions) ===='
\echo
\echo 'The denominator makes a difference: the sum of the rows, or the world total, which is rounded;'
\echo 'the rows of an edition may pass it. A withheld country (W) is in neither sum.'
\echo
\endif

CREATE VIEW mine_market AS
SELECT edition, mineral, reference_year, of_rows, of_world
FROM (SELECT edition, mineral, reference_year,
			 market_shares(country, production_t) FILTER (WHERE row_kind <> 'stated_total') AS of_rows,
			 max(production_t) FILTER (WHERE row_kind = 'stated_total') AS world
	  FROM mine_production GROUP BY edition, mineral, reference_year) AS s
LEFT JOIN LATERAL (SELECT market_shares(country, production_t, world) AS of_world
				   FROM mine_production AS m
				   WHERE row_kind <> 'stated_total' AND (m.edition, m.mineral, m.reference_year)
						= (s.edition, s.mineral, s.reference_year)) AS w ON world IS NOT NULL;

\if :full
SELECT mineral, edition, members(of_rows) AS countries, unknown_members(of_rows) AS withheld,
	   leader(of_rows), round(100 * leader_share(of_rows)::numeric, 1) AS leader_pct,
	   total(of_rows) AS rows_t, round(hhi(of_rows)::numeric, 1) AS hhi_of_rows,
	   total(of_world) AS world_t, round(hhi(of_world)::numeric, 1) AS hhi_of_world,
	   total_exceeded(of_world) AS exceeded
FROM mine_market
WHERE reference_year = 2024
ORDER BY mineral, edition;

\echo 'Lithium, tonnes: what the edition of 2026 restates of the year 2024.'
\echo

SELECT member AS country, amount_before AS mcs_2025, amount_after AS mcs_2026,
	   round(share_points::numeric, 1) AS share_points, rank_before, rank_after,
	   kind
FROM mine_market AS b, mine_market AS a,
	 LATERAL share_change(b.of_world, a.of_world, b.edition, a.edition)
WHERE b.mineral = 'lithium' AND a.mineral = 'lithium' AND b.reference_year = 2024 AND a.reference_year = 2024
	AND b.edition = 'MCS 2025' AND a.edition = 'MCS 2026'
ORDER BY amount_after DESC NULLS LAST, amount_before DESC NULLS LAST, member;
\endif
