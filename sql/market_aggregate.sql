-- The aggregate: rows out as well as in, partial results in any grouping,
-- plans of all kinds. The oracle is the same aggregate over the same rows
-- from scratch, or core's sum(numeric).
CREATE TABLE market_rows (id int, grp int, year int, maker text, gwh capacity_gwh, usd numeric, x double precision, stated capacity_gwh);
INSERT INTO market_rows
SELECT i, i % 7, 2000 + i % 5,
       CASE WHEN i % 11 = 0 THEN NULL ELSE 'maker ' || (i * 31) % 23 END,
       CASE WHEN i % 13 = 0 THEN NULL ELSE (((i::bigint * 7919) % 10007) / 1000.0)::numeric::capacity_gwh END,
       ((i::bigint * 104729) % 1000003) / 7.0,
       ((i::bigint * 7919) % 10007) / 1000.0,
       CASE WHEN i % 3 = 0 THEN (20000 + i % 5)::numeric::capacity_gwh END
FROM generate_series(1, 3000) i;
ANALYZE market_rows;

-- Against two-level SQL.
SELECT bool_and(amount(s, o.maker) = o.amount) AS amounts, count(*)
FROM (SELECT year, market_shares(maker, gwh) AS s FROM market_rows GROUP BY year) a
JOIN (SELECT year, maker, sum(gwh::numeric) AS amount FROM market_rows WHERE maker IS NOT NULL GROUP BY year, maker) o USING (year);
SELECT bool_and(total(s) = o.total AND members(s) = n AND unknown_members(s) = u AND unattributed(s) = rest) AS totals, count(*)
FROM (SELECT year, market_shares(maker, gwh) AS s FROM market_rows GROUP BY year) a
JOIN (SELECT year, sum(gwh::numeric) AS total, count(DISTINCT maker) FILTER (WHERE gwh IS NOT NULL) AS n,
             count(DISTINCT maker) FILTER (WHERE gwh IS NULL) AS u,
             coalesce(sum(gwh::numeric) FILTER (WHERE maker IS NULL), 0) AS rest FROM market_rows GROUP BY year) o USING (year);
-- A double is its shortest decimal: the sums are those of numeric.
SELECT bool_and(amount = o.sum) AS decimal FROM (SELECT market_shares(maker, x) AS s FROM market_rows) t, LATERAL shares(s)
JOIN (SELECT maker, sum(x::numeric) AS sum FROM market_rows GROUP BY maker) o ON o.maker = member;

-- No rows, no value.
SELECT market_shares(maker, gwh) IS NULL AS none, rollup(NULL::market_shares) IS NULL AS nothing,
       market_shares(maker, gwh) FILTER (WHERE false) IS NULL AS filtered FROM market_rows WHERE false;
SELECT market_shares(maker, gwh) FILTER (WHERE year = 1900) IS NULL AS emptied, members(market_shares(maker, gwh)) AS n FROM market_rows;
SELECT year, members(market_shares(maker, gwh) FILTER (WHERE grp = 1 AND year > 2002)) AS n FROM market_rows GROUP BY year ORDER BY year;

-- Order of rows, partitions of rows, text in between: the same bytes.
CREATE TABLE market_whole AS
  SELECT market_shares(maker, gwh) AS g, market_shares_usd(maker, usd) AS u, market_shares(maker, x) AS p,
         market_shares(maker, gwh, '20000'::capacity_gwh) AS t FROM market_rows;
SELECT market_shares_send(market_shares(maker, gwh ORDER BY id DESC)) = (SELECT market_shares_send(g) FROM market_whole) AS reversed,
       market_shares_send(market_shares(maker, gwh ORDER BY md5(id::text))) = (SELECT market_shares_send(g) FROM market_whole) AS shuffled
FROM market_rows;
SELECT k, rollup(r.g ORDER BY b) = (SELECT g FROM market_whole) AND rollup(r.u ORDER BY b) = (SELECT u FROM market_whole)
       AND rollup(r.p ORDER BY b DESC) = (SELECT p FROM market_whole) AND rollup(r.t) = (SELECT t FROM market_whole) AS same,
       rollup(r.g::text::market_shares) = (SELECT g FROM market_whole) AS through_text
FROM (VALUES (1), (2), (5), (100), (3000)) v(k),
LATERAL (SELECT (id * 7) % k AS b, market_shares(maker, gwh) AS g, market_shares_usd(maker, usd) AS u, market_shares(maker, x) AS p,
                market_shares(maker, gwh, '20000'::capacity_gwh) AS t FROM market_rows GROUP BY 1) r
GROUP BY k ORDER BY k;
-- rollups of rollups, of NULLs and of values without rows
SELECT rollup(s) = (SELECT g FROM market_whole) AS twice FROM
  (SELECT a % 3, rollup(s) AS s FROM (SELECT id % 10 AS a, market_shares(maker, gwh) AS s FROM market_rows GROUP BY 1) q GROUP BY 1) r;
SELECT rollup(s) = (SELECT g FROM market_whole) AS with_nulls FROM
  (SELECT market_shares(maker, gwh) FROM market_rows UNION ALL SELECT NULL UNION ALL SELECT '{"market_shares": 1, "unit": null, "members": {}}') r(s);

-- States travel packed: short headers, compressed, out of line.
CREATE TABLE market_parts (id int, s market_shares);
INSERT INTO market_parts SELECT id, market_shares(maker, gwh) FROM market_rows GROUP BY id;
CREATE TABLE market_big (id int, s market_shares);
ALTER TABLE market_big ALTER s SET STORAGE external;
INSERT INTO market_big SELECT year, market_shares(maker || ' of ' || id, gwh) FROM market_rows GROUP BY year;
INSERT INTO market_big SELECT year + 100, market_shares(maker || repeat(' of', 50), gwh) FROM market_rows GROUP BY year;
SELECT rollup(s ORDER BY id) = (SELECT g FROM market_whole) AS short_ones, min(pg_column_size(s)) < 127 AS short FROM market_parts;
SELECT rollup(s) = (SELECT market_shares(m, x) FROM (SELECT maker || ' of ' || id AS m, gwh AS x FROM market_rows
  UNION ALL SELECT maker || repeat(' of', 50), gwh FROM market_rows) u) AS long_ones, sum(members(s)), max(hhi(s)) FROM market_big;

-- The states in between are values like any other.
SELECT market_shares_add(NULL, 'b', 2::capacity_gwh) AS one,
       market_shares_add(market_shares_add(NULL, 'b', 2::capacity_gwh), 'a', NULL::capacity_gwh, 9::capacity_gwh) AS two,
       market_shares_combine(NULL, NULL) AS none, market_shares_final(market_shares_combine(NULL, NULL)) IS NULL AS final_none;
SELECT s = f AS equal, s::text = f::text AS same_text, market_shares_hash(s) = market_shares_hash(f) AS same_hash,
       market_shares_send(s) = market_shares_send(f) AS same_binary, hhi(s) = hhi(f) AS same_hhi, pg_column_size(s) > pg_column_size(f) AS trimmed
FROM (SELECT market_shares_add(market_shares_add(market_shares_add(NULL, 'b', 2.0), 'a', 3.0), NULL, 4.0) AS s,
             (SELECT market_shares(m, x) FROM (VALUES ('a', 3.0), (NULL, 4), ('b', 2)) v(m, x)) AS f) t;
-- what is taken back is gone, and arguments stay as they were
SELECT s, market_shares_subtract(s, 'a', 3.0) AS less, market_shares_combine(s, s) AS doubled, market_shares_combine_inv(market_shares_combine(s, s), s) = s AS back,
       market_shares_combine_inv(s, s) AS nothing, s AS unchanged
FROM (SELECT market_shares(m, x) AS s FROM (VALUES ('a', 3.0), (NULL, 4), ('b', 2)) v(m, x)) t;
SELECT market_shares_subtract(market_shares('a', 3.0), 'b', 3.0);
SELECT market_shares_subtract(market_shares('a', 3.0), 'a', 4.0);
SELECT market_shares_subtract(market_shares('a', 3.0), 'a', 2.0);
SELECT market_shares_subtract(NULL, NULL, 2.0);
SELECT market_shares_subtract(market_shares('a', 3.0, 9.0), 'a', 3.0, 8.0);
-- nor may a stated total stay behind when its rows are gone
SELECT market_shares_subtract(market_shares('a', 3.0, 9.0), 'a', 3.0);
SELECT market_shares_combine_inv(market_shares('a', 3.0, 9.0), market_shares('a', 3.0));
SELECT market_shares_combine_inv(market_shares('a', 3.0), market_shares('a', 3::capacity_gwh));

-- Moving windows: every frame against the same rows from scratch.
CREATE TEMP TABLE frames AS
SELECT id, market_shares(maker, gwh) OVER w AS g, market_shares_usd(maker, usd) OVER w AS u, market_shares(maker, x) OVER w AS p,
       market_shares(maker, usd) OVER w AS n, market_shares(maker, gwh, CASE WHEN stated IS NOT NULL THEN '20000'::capacity_gwh END) OVER w AS t,
       array_agg(id) OVER w AS ids
FROM market_rows WHERE id <= 400
WINDOW w AS (ORDER BY id ROWS BETWEEN 9 PRECEDING AND 3 PRECEDING);
SELECT count(*) AS frames, count(f.g) AS values,
       count(*) FILTER (WHERE f.g IS DISTINCT FROM o.g OR f.u IS DISTINCT FROM o.u OR f.p IS DISTINCT FROM o.p
                           OR f.n IS DISTINCT FROM o.n OR f.t IS DISTINCT FROM o.t) AS wrong,
       count(stated_total(f.t)) AS stated
FROM frames f LEFT JOIN LATERAL (
  SELECT market_shares(maker, gwh) AS g, market_shares_usd(maker, usd) AS u, market_shares(maker, x) AS p, market_shares(maker, usd) AS n,
         market_shares(maker, gwh, CASE WHEN stated IS NOT NULL THEN '20000'::capacity_gwh END) AS t
  FROM market_rows r WHERE r.id = ANY (f.ids)) o ON true;
-- frames that start with NULLs, become empty and fill again; rollup too
SELECT id, market_shares(m, x::numeric) OVER w AS s
FROM (VALUES (1, NULL, NULL), (2, NULL, NULL), (3, 'a', 1), (4, 'b', NULL), (9, 'c', 3)) v(id, m, x)
WINDOW w AS (ORDER BY id RANGE BETWEEN 3 PRECEDING AND 1 PRECEDING) ORDER BY id;
WITH r AS (SELECT id, CASE WHEN id % 5 > 1 THEN market_shares(maker, gwh) END AS s FROM market_rows WHERE id <= 200 GROUP BY id),
     f AS (SELECT id, rollup(s) OVER (ORDER BY id ROWS BETWEEN 4 PRECEDING AND 1 PRECEDING) AS s FROM r)
SELECT count(*) AS frames, count(f.s) AS values, count(*) FILTER (WHERE f.s IS DISTINCT FROM o.s) AS wrong
FROM f LEFT JOIN LATERAL (SELECT rollup(r.s) AS s FROM r WHERE r.id BETWEEN f.id - 4 AND f.id - 1) o ON true;
-- a window may change the unit or the stated total as long as no frame has two
SELECT id, rollup(s) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND CURRENT ROW) = s AS same
FROM (SELECT 1, market_shares('a', 1::capacity_gwh) UNION ALL SELECT 2, market_shares_usd('a', 1) UNION ALL SELECT 3, market_shares('a', 1.0, 5.0)
      UNION ALL SELECT 4, market_shares('a', 1.0, 6.0)) v(id, s) ORDER BY id;
-- (row 3 is taken in, and row 1 out, while the NULL in between stays)
SELECT id, rollup(s) OVER (ORDER BY id ROWS 1 PRECEDING)
FROM (SELECT 1, market_shares('a', 1::capacity_gwh) UNION ALL SELECT 2, NULL UNION ALL SELECT 3, market_shares_usd('a', 1)
      UNION ALL SELECT 4, NULL UNION ALL SELECT 5, market_shares('a', 1.0, 5.0) UNION ALL SELECT 6, NULL UNION ALL SELECT 7, market_shares('a', 1.0, 6.0)) v(id, s) ORDER BY id;
SELECT year, stated_total(market_shares('a', 1.0, year::numeric) OVER (PARTITION BY year)) FROM (VALUES (2022), (2022), (2023)) v(year) ORDER BY 1;
-- members come and go: 20,000 names through a window of two, without growing
WITH f AS (SELECT i, market_shares('m' || i, 1) OVER (ORDER BY i ROWS 1 PRECEDING) AS s FROM generate_series(1, 20000) i)
SELECT count(*), min(members(s)), max(members(s)), max(pg_column_size(s)) < 200 AS small, bool_and(share(s, 'm' || i) = CASE WHEN i = 1 THEN 1 ELSE 0.5 END) AS right FROM f;

-- GROUPING SETS, DISTINCT, HAVING.
SELECT count(*) AS rows, count(DISTINCT s) AS distinct,
       bool_and(s = (SELECT market_shares(maker, gwh) FROM market_rows r WHERE (g.year IS NULL OR r.year = g.year) AND (g.grp IS NULL OR r.grp = g.grp))) AS right
FROM (SELECT year, grp, market_shares(maker, gwh) AS s FROM market_rows GROUP BY CUBE (year, grp) HAVING members(market_shares(maker, gwh)) > 0) g;
SELECT members(market_shares(DISTINCT maker, 1::float8)) AS n, total(market_shares(DISTINCT maker, 1::float8)) AS t FROM market_rows;

-- Parallel plans give the same bytes.
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
ALTER TABLE market_rows SET (parallel_workers = 3);
ALTER TABLE market_parts SET (parallel_workers = 3);
EXPLAIN (COSTS OFF) SELECT market_shares(maker, gwh) FROM market_rows;
SELECT (SELECT market_shares_usd(maker, usd) FROM market_rows) = u AS same_usd, (SELECT market_shares(maker, gwh, '20000'::capacity_gwh) FROM market_rows) = t AS same_stated,
       (SELECT market_shares(maker, gwh) FROM market_rows) = g AS same, (SELECT market_shares(maker, x) FROM market_rows) = p AS same_x,
       (SELECT rollup(s) FROM market_parts) = g AS same_rollup, (SELECT rollup(s) FROM market_parts WHERE id < 0) IS NULL AS none,
       (SELECT market_shares(maker, gwh) FROM market_rows WHERE id < 0) IS NULL AS no_rows FROM market_whole;
SELECT count(*), bool_and(p.s = o.s) AS same FROM (SELECT year, market_shares(maker, gwh) AS s FROM market_rows GROUP BY year) p
JOIN (SELECT year, (SELECT market_shares(maker, gwh ORDER BY id) FROM market_rows r WHERE r.year = y.year) AS s
      FROM generate_series(2000, 2004) y(year)) o USING (year);
-- one worker sees the one stated total, another the other
SELECT market_shares(maker, gwh, (20000 + id % 2)::numeric::capacity_gwh) FROM market_rows;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;

-- 100,000 groups of a few members.
SET work_mem = '256MB';
SELECT count(*), sum(members(s)), sum(total(s)), round(sum(hhi(s))::numeric, 3) AS hhi
FROM (SELECT i % 100000 AS g, market_shares('m' || (i / 100000) * (i % 3), i::float8) AS s FROM generate_series(0, 499999) i GROUP BY 1) t;
SELECT count(*), sum(n), sum(t), round(sum(h), 3) AS hhi
FROM (SELECT g, count(*) AS n, sum(x) AS t, 10000 * sum(x * x) / nullif(sum(x) ^ 2, 0) AS h
      FROM (SELECT i % 100000 AS g, (i / 100000) * (i % 3) AS m, sum(i)::numeric AS x FROM generate_series(0, 499999) i GROUP BY 1, 2) q GROUP BY g) t;
RESET work_mem;
-- Many members, and many values into one.
SELECT members(s), total(s), leader(s), cr(s, 100000), (SELECT count(*) FROM shares(s)) AS rows
FROM (SELECT market_shares('m' || i, i::numeric) AS s FROM generate_series(1, 100000) i) t;
SELECT members(rollup(s)), total(rollup(s)) FROM (SELECT market_shares('m' || i % 5000, i::numeric) AS s FROM generate_series(1, 50000) i GROUP BY i) t;
DROP TABLE market_rows, market_whole, market_parts, market_big, frames;
