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
ORDER BY r.row_kind = 'stated total', r.share_pct DESC;
