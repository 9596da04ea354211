-- merger_delta and merger_screen.
--
-- Expected values: by hand from the published shares (SNE Research, 2023), and
-- markets made to lie exactly on the guidelines' thresholds.
\pset null NULL

CREATE TEMP TABLE sne AS
SELECT market_shares(maker, pct, 100) AS ms FROM (VALUES ('CATL', 36.8), ('BYD', 15.8), ('LG Energy Solution', 13.6), ('Panasonic', 6.4),
	('SK On', 4.9), ('CALB', 4.7), ('Samsung SDI', 4.6), ('Gotion High-tech', 2.4), ('Eve Energy', 2.3), ('Sunwoda', 1.5)) v(maker, pct);

-- the second and third: 2 * 15.8 * 13.6 = 429.76, 1910.36 + 429.76 = 2340.12
SELECT merger_delta(ms, 'BYD', 'LG Energy Solution'), merger_delta(ms, 'LG Energy Solution', 'BYD'),
	merger_delta(ms, 'BYD', 'LG'), merger_delta(ms, 'BYD', NULL) FROM sne;
SELECT s.* FROM sne, (VALUES ('DOJ/FTC 2023'), ('DOJ/FTC 2010')) g(name), LATERAL merger_screen(ms, 'BYD', 'LG Energy Solution', name) s
\gx
-- the index after the merger is the index of the merged market (rekey)
SELECT hhi(merged), hhi_high(merged), hhi_points_after_low, hhi_points_after_high,
	hhi(merged) - hhi(ms) - merger_delta(ms, 'CATL', 'CALB') < 1e-9 AS delta
FROM sne, LATERAL rekey(ms, '{"CATL": "CATL+CALB", "CALB": "CATL+CALB"}', 'keep') AS merged, LATERAL merger_screen(ms, 'CATL', 'CALB');

-- On a threshold is not above it: index after, rise, combined share, finding.
CREATE FUNCTION pg_temp.screen(a numeric, b numeric, rest numeric[], guideline text DEFAULT 'DOJ/FTC 2023', OUT text)
LANGUAGE sql RETURN (SELECT concat_ws(', ', round(hhi_points_after_low::numeric, 2), round(delta_points_low::numeric, 2), round(combined_share_low::numeric, 4), finding)
	FROM (SELECT market_shares(m, x) AS ms FROM (SELECT 'a', a UNION ALL SELECT 'b', b
		UNION ALL SELECT 'r' || i, r FROM unnest(rest) WITH ORDINALITY u(r, i)) v(m, x)) s, LATERAL merger_screen(ms, 'a', 'b', guideline));
-- index 1,800 exactly: (10 + 10)^2 + 30^2 + 5 * 10^2; and a little more
SELECT pg_temp.screen(10, 10, ARRAY[30, 10, 10, 10, 10, 10]::numeric[]) AS hhi_1800_is_not_above;
SELECT pg_temp.screen(10.001, 9.999, ARRAY[30.001, 9.999, 10, 10, 10, 10]::numeric[]) AS hhi_above_1800;
-- rise of exactly 100: 2 * 5 * 10; of 100.1
SELECT pg_temp.screen(5, 10, ARRAY[50, 35]::numeric[]) AS delta_100_is_not_above;
SELECT pg_temp.screen(5.005, 10, ARRAY[50, 34.995]::numeric[]) AS delta_above_100;
-- combined share of exactly 30 %, index below 1,800; just above
SELECT pg_temp.screen(20, 10, array_fill(2::numeric, ARRAY[35])) AS share_30_is_not_above;
SELECT pg_temp.screen(20.002, 10, array_fill(1.9999428571::numeric, ARRAY[35])) AS share_above_30;
SELECT pg_temp.screen(31, 1, array_fill(2::numeric, ARRAY[34])) AS share_without_rise;
-- 2010: 2,500 and 200 exactly; 1,500 and 100 exactly
SELECT pg_temp.screen(10, 10, ARRAY[40, 20, 10, 0, 10]::numeric[], 'DOJ/FTC 2010') AS above_2500_rise_200;
SELECT pg_temp.screen(10.01, 10, ARRAY[40, 20, 9.99, 10]::numeric[], 'DOJ/FTC 2010') AS above_2500_rise_200_2;
SELECT pg_temp.screen(5, 10, ARRAY[50, 35]::numeric[], 'DOJ/FTC 2010') AS above_2500_rise_100;
SELECT pg_temp.screen(4.99, 10, ARRAY[50, 35.01]::numeric[], 'DOJ/FTC 2010') AS above_2500_rise_below_100;
SELECT pg_temp.screen(10, 10, ARRAY[20, 20, 10, 10, 10, 10]::numeric[], 'DOJ/FTC 2010') AS between;
SELECT pg_temp.screen(5, 10, array_fill(17::numeric, ARRAY[5]), 'DOJ/FTC 2010') AS between_rise_100;
SELECT pg_temp.screen(10, 10, array_fill(10::numeric, ARRAY[8]), 'DOJ/FTC 2010') AS below_1500;

-- What is unattributed decides: 35, 8 and 10 of 100.
SELECT a.remainder, s.* FROM (SELECT market_shares(m, x, 100) AS ms FROM (SELECT 'a' AS m, 35.0 AS x UNION ALL SELECT 'b', 8 UNION ALL SELECT 'c', 10) v) m,
	(VALUES ('below_last'), ('anyone')) a(remainder), LATERAL merger_screen(ms, 'b', 'c', 'DOJ/FTC 2023', remainder) s
ORDER BY a.remainder DESC
\gx
-- under 'anyone' the rise is largest when the two share the remainder evenly: 2 * 32.5^2
SELECT delta_points_high, 2 * 32.5 * 32.5 AS by_hand, combined_share_high FROM
	(SELECT market_shares(m, x, 100) AS ms FROM (SELECT 'a' AS m, 35.0 AS x UNION ALL SELECT 'b', 8 UNION ALL SELECT 'c', 10) v) m,
	LATERAL merger_screen(ms, 'b', 'c', 'DOJ/FTC 2023', 'anyone');
-- and all of it goes to the smaller one where they are far apart: 2 * 70 * (10 + 5)
SELECT delta_points_high, 2 * 70 * 15 AS by_hand FROM
	(SELECT market_shares(m, x, 100) AS ms FROM (SELECT 'a' AS m, 70.0 AS x UNION ALL SELECT 'b', 10 UNION ALL SELECT 'c', 15) v) m,
	LATERAL merger_screen(ms, 'a', 'b', 'DOJ/FTC 2023', 'anyone');
-- no finding, and why
SELECT s.finding, s.hhi_points_before_low, s.note FROM (SELECT market_shares(m, x) AS ms FROM (VALUES ('a', 10.0), ('b', NULL), ('c', 5), ('d', 3), ('d', NULL)) v(m, x)) m,
	(VALUES ('a', 'b'), ('a', 'c'), ('a', 'd'), ('a', 'x'), ('y', 'x')) p(a, b), LATERAL merger_screen(ms, p.a, p.b) s ORDER BY p.a, p.b;
SELECT s.finding, s.note FROM (SELECT market_shares(m, x, 100) AS ms FROM (VALUES ('a', 10.0), ('b', NULL), ('c', 5), ('e', 40)) v(m, x)) m, LATERAL merger_screen(ms, 'a', 'c') s;
SELECT finding, note, combined_share_low FROM (SELECT market_shares(m, x, 20) AS ms FROM (VALUES ('a', 10.0), ('b', 9), ('c', 5)) v(m, x)) m, LATERAL merger_screen(ms, 'a', 'b');
SELECT finding, note FROM (SELECT market_shares(m, x) AS ms FROM (VALUES ('a', 0), ('b', 0)) v(m, x)) m, LATERAL merger_screen(ms, 'a', 'b');
SELECT merger_delta(ms, 'a', 'b') FROM (SELECT market_shares(m, x) AS ms FROM (VALUES ('a', 0), ('b', 0)) v(m, x)) m;
-- printed percentages: the same numbers, and a remark on their rounding
SELECT hhi_points_after_low, hhi_points_after_high, finding, note
FROM (SELECT market_shares_from_percent(m, x) AS ms FROM (VALUES ('CATL', 36.8), ('BYD', 15.8), ('LG', 13.6)) v(m, x)) s, LATERAL merger_screen(ms, 'BYD', 'LG');
SELECT 36.8 * 36.8 + 29.4 * 29.4 AS low, 36.8 * 36.8 + 29.4 * 29.4 + 2 * 13.6 * 13.6 + 6.6 * 6.6 AS high;
-- errors
SELECT merger_delta(ms, 'BYD', 'BYD') FROM sne;
SELECT merger_screen(ms, 'BYD', 'BYD') FROM sne;
SELECT merger_screen(ms, 'BYD', 'CATL', 'DOJ 1982') FROM sne;
SELECT merger_screen(ms, 'BYD', 'CATL', 'DOJ/FTC 2010', 'nobody') FROM sne;
