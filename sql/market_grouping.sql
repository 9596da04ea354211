-- Market measures in every kind of grouping: each result must be that of the
-- same aggregate over the rows of its group alone.  Sums are exact, so results
-- are compared for equality, bit for bit.
\pset null NULL
CREATE TEMP TABLE installed AS
SELECT 2015 + i % 10 AS year, (ARRAY['CN', 'KR', 'JP', 'EU'])[1 + i % 4] AS country, 'maker ' || i * i % 41 AS maker,
	CASE WHEN i % 97 = 0 THEN NULL ELSE round(((i * 7919) % 10007) / 9.0, 6)::capacity_gwh END AS gwh, i
FROM generate_series(1, 4000) i;
ANALYZE installed;

-- GROUPING SETS, ROLLUP, CUBE against plain grouping; HHI, merger and groups of
-- makers from one value
WITH cube AS (
	SELECT year, country, grouping(year, country) AS g, market_shares(maker, gwh) AS ms FROM installed GROUP BY CUBE (year, country)),
plain AS (
	SELECT year, country, 0 AS g, market_shares(maker, gwh) AS ms FROM installed GROUP BY year, country
	UNION ALL SELECT year, NULL, 1, market_shares(maker, gwh) FROM installed GROUP BY year
	UNION ALL SELECT NULL, country, 2, market_shares(maker, gwh) FROM installed GROUP BY country
	UNION ALL SELECT NULL, NULL, 3, market_shares(maker, gwh) FROM installed)
SELECT count(*), bool_and(c.ms = p.ms) AS values, bool_and(hhi(c.ms) = hhi(p.ms)) AS hhi,
	bool_and(merger_delta(c.ms, 'maker 0', 'maker 1') IS NOT DISTINCT FROM merger_delta(p.ms, 'maker 0', 'maker 1')) AS delta,
	count(merger_delta(c.ms, 'maker 0', 'maker 1')) > 0 AS some_delta,
	bool_and(rekey(c.ms, '{"maker 0": "maker 1"}', 'keep') = rekey(p.ms, '{"maker 0": "maker 1"}', 'keep')) AS rekeyed
FROM cube c JOIN plain p ON (c.year, c.country, c.g) IS NOT DISTINCT FROM (p.year, p.country, p.g);
-- by hash and by sort
SET enable_hashagg = off;
SELECT md5(string_agg(ms::text, '' ORDER BY year, country)) AS sorted FROM (SELECT year, country, market_shares(maker, gwh) AS ms FROM installed GROUP BY GROUPING SETS ((year, country), (year), ())) s \gset
RESET enable_hashagg;
SET enable_sort = off;
SELECT md5(string_agg(ms::text, '' ORDER BY year, country)) = :'sorted' AS hashed FROM (SELECT year, country, market_shares(maker, gwh) AS ms FROM installed GROUP BY GROUPING SETS ((year, country), (year), ())) s;
RESET enable_sort;
-- the totals of a cube add up exactly, which is what a grand total must do
SELECT total(market_shares(maker, gwh)) = sum(gwh)::numeric AS total FROM installed;
WITH s AS (SELECT year, grouping(year) AS g, total(market_shares(maker, gwh)) AS t FROM installed GROUP BY ROLLUP (year))
SELECT sum(t) FILTER (WHERE g = 0) = max(t) FILTER (WHERE g = 1) AS adds_up FROM s;

-- FILTER against WHERE
SELECT bool_and(f = w) AS filtered FROM (SELECT country, market_shares(maker, gwh) FILTER (WHERE year >= 2020) AS f FROM installed GROUP BY country) a
JOIN (SELECT country, market_shares(maker, gwh) AS w FROM installed WHERE year >= 2020 GROUP BY country) b USING (country);
-- change between filtered parts is change between the years
SELECT (SELECT md5(string_agg(c::text, '' ORDER BY member)) FROM (SELECT market_shares(maker, gwh) FILTER (WHERE year = 2020) AS b, market_shares(maker, gwh) FILTER (WHERE year = 2021) AS a FROM installed) s, LATERAL share_change(b, a) c)
	= (SELECT md5(string_agg(c::text, '' ORDER BY member)) FROM (SELECT lag(ms) OVER (ORDER BY year) AS b, ms AS a, year FROM (SELECT year, market_shares(maker, gwh) AS ms FROM installed GROUP BY year) y) s, LATERAL share_change(b, a) c WHERE year = 2021) AS same_change;

-- A moving window over years: three years at a time, with an exact inverse,
-- and RANGE and GROUPS frames, against each frame by itself
WITH yearly AS (SELECT year, market_shares(maker, gwh) AS ms FROM installed GROUP BY year),
moving AS (SELECT year, rollup(ms) OVER w AS three, rollup(ms) OVER (ORDER BY year RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS centred FROM yearly WINDOW w AS (ORDER BY year ROWS 2 PRECEDING))
SELECT count(*), bool_and(three = (SELECT market_shares(maker, gwh) FROM installed i WHERE i.year BETWEEN m.year - 2 AND m.year)) AS three_years,
	bool_and(centred = (SELECT market_shares(maker, gwh) FROM installed i WHERE i.year BETWEEN m.year - 1 AND m.year + 1)) AS centred,
	bool_and(hhi(three) = (SELECT hhi(market_shares(maker, gwh)) FROM installed i WHERE i.year BETWEEN m.year - 2 AND m.year)) AS hhi
FROM moving m;
WITH m AS (SELECT i, year, market_shares(maker, gwh) OVER (ORDER BY year, i ROWS 50 PRECEDING) AS rows, market_shares(maker, gwh) OVER (ORDER BY year GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) AS groups
	FROM installed WHERE i <= 400)
SELECT count(*), bool_and(rows = (SELECT market_shares(maker, gwh) FROM (SELECT * FROM installed x WHERE i <= 400 AND (x.year, x.i) <= (m.year, m.i) ORDER BY year DESC, i DESC LIMIT 51) f)) AS rows,
	bool_and(groups = (SELECT market_shares(maker, gwh) FROM installed x WHERE i <= 400 AND x.year BETWEEN m.year - 1 AND m.year AND x.i <> m.i)) AS groups
FROM m WHERE i % 7 = 0;

-- Stored partial values, rolled up in two steps, toasted ones among them
CREATE TEMP TABLE stored AS SELECT year, country, market_shares(maker, gwh) AS ms FROM installed GROUP BY year, country;
SELECT rollup(ms) = (SELECT market_shares(maker, gwh) FROM installed) AS one_step, (SELECT rollup(y) FROM (SELECT rollup(ms) AS y FROM stored GROUP BY year) s) = rollup(ms) AS two_steps FROM stored;
WITH r AS (SELECT year, grouping(year) AS g, rollup(ms) AS ms FROM stored GROUP BY ROLLUP (year))
SELECT bool_and(ms = (SELECT market_shares(maker, gwh) FROM installed i WHERE i.year = r.year OR r.g = 1)) AS rollup_of_rollup FROM r;
SELECT bool_and(s.ms = s.ms::text::market_shares) AS text FROM stored s;

-- Parallel: partial results of workers, put together.  (Workers read no
-- temporary tables.)
CREATE TABLE market_grouping_rows AS SELECT * FROM installed;
SELECT count(*) AS groups, md5(string_agg(concat(ms, control), '' ORDER BY year)) AS serial
FROM (SELECT year, market_shares(maker, gwh) AS ms, control_exposure(market_shares(CASE country WHEN 'CN' THEN 'controlled' ELSE 'not controlled' END, gwh) FILTER (WHERE gwh IS NOT NULL)) AS control FROM market_grouping_rows GROUP BY year) s \gset
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
ALTER TABLE market_grouping_rows SET (parallel_workers = 2);
EXPLAIN (COSTS OFF) SELECT market_shares(maker, gwh), control_exposure(market_shares(CASE country WHEN 'CN' THEN 'controlled' ELSE 'not controlled' END, gwh)) FROM market_grouping_rows;
SELECT :groups AS groups, md5(string_agg(concat(ms, control), '' ORDER BY year)) = :'serial' AS parallel
FROM (SELECT year, market_shares(maker, gwh) AS ms, control_exposure(market_shares(CASE country WHEN 'CN' THEN 'controlled' ELSE 'not controlled' END, gwh) FILTER (WHERE gwh IS NOT NULL)) AS control FROM market_grouping_rows GROUP BY year) s;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;
DROP TABLE market_grouping_rows;

-- Properties: scale and the order of rows do not matter; splitting a row does
-- not either; the measures of a market replicated k times.
SELECT hhi(market_shares(maker, x * 1000)) = hhi(market_shares(maker, x)) AS scale,
	(SELECT md5(string_agg(c::text, '' ORDER BY member)) FROM share_change(market_shares(maker, x ORDER BY x), market_shares(maker, x + 1 ORDER BY x DESC)) c)
	= (SELECT md5(string_agg(c::text, '' ORDER BY member)) FROM share_change(market_shares(maker, x ORDER BY md5(x::text)), market_shares(maker, x + 1 ORDER BY maker)) c) AS permutation
FROM (SELECT maker, coalesce(gwh::numeric, 1) AS x FROM installed) s;
SELECT (SELECT md5(string_agg(s::text, '' ORDER BY member)) FROM shares(market_shares(maker, x)) s)
	= (SELECT md5(string_agg(s::text, '' ORDER BY member)) FROM (SELECT market_shares(maker, x * part) AS ms FROM (SELECT maker, coalesce(gwh::numeric, 1) AS x FROM installed) w, (VALUES (0.25), (0.7), (0.05)) p(part)) t, LATERAL shares(ms) s) AS split
FROM (SELECT maker, coalesce(gwh::numeric, 1) AS x FROM installed) s;
SELECT abs(hhi(copies) * 5 - hhi(one)) < 1e-9 AS replicated, abs(merger_delta(copies, '0 maker 0', '1 maker 0') * 25 - 2e4 * share(one, 'maker 0') ^ 2) < 1e-9 AS delta
FROM (SELECT market_shares(k || ' ' || maker, gwh) AS copies FROM installed, generate_series(0, 4) k) c,
	(SELECT market_shares(maker, gwh) AS one FROM installed) o;
