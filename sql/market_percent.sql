-- Market shares from printed percentages: what is listed, what is not, and
-- what their rounding leaves open.
SET extra_float_digits = 1;
CREATE FUNCTION pg_temp.problem(sql text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE m text; d text; h text;
BEGIN
  EXECUTE sql;
  RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS m = MESSAGE_TEXT, d = PG_EXCEPTION_DETAIL, h = PG_EXCEPTION_HINT;
  RETURN concat_ws(E'\n  ', SQLSTATE || ' ' || m, nullif(d, ''), nullif(h, ''));
END $$;

-- SNE Research, EV batteries 2023, ten makers as printed (7 February 2024).
-- Known answers: 93.0 % listed, CR4 72.6 %, HHI 1,910.4 to 1,920.4 with the
-- remainder, 1,901.1 to 1,929.4 with the rounding too.  By hand, low: sum of
-- (p - 0.05)^2; high: sum of (p + 0.05)^2, and 6.5 left in pieces of 1.55.
CREATE TEMP TABLE sne (maker text, percent numeric);
INSERT INTO sne VALUES ('CATL', 36.8), ('BYD', 15.8), ('LG Energy Solution', 13.6),
  ('Panasonic', 6.4), ('SK On', 4.9), ('CALB', 4.7), ('Samsung SDI', 4.6),
  ('Gotion High-tech', 2.4), ('Eve Energy', 2.3), ('Sunwoda', 1.5);
CREATE TEMP TABLE sne_market AS SELECT market_shares_from_percent(maker, percent) AS s FROM sne;
SELECT s FROM sne_market;
SELECT total(s), stated_total(s), total_exceeded(s), members(s), unattributed(s), share(s, 'CATL'), amount(s, 'CATL'),
       cr(s, 4) AS cr4, cr(s, 10) AS cr10, cr(s, 11) AS cr11, hhi_low(s), hhi_high(s), hhi_high(s, 'anyone') AS anyone
FROM sne_market;
SELECT low, high, round(low::numeric, 1) AS published_low, round(high::numeric, 1) AS published_high,
       low = (SELECT sum((percent - 0.05) ^ 2) FROM sne)::float8 AS low_ok,
       high = (SELECT sum((percent + 0.05) ^ 2) + 4 * 1.55 ^ 2 + 0.3 ^ 2 FROM sne)::float8 AS high_ok
FROM sne_market, LATERAL hhi_rounding_interval(s);
-- anyone: all at their least, CATL has what is left (43.75 - 36.75 + 7.5)
SELECT low, high, high = (SELECT sum((percent - 0.05) ^ 2) FILTER (WHERE maker <> 'CATL')
                               + (100 - sum(percent - 0.05) FILTER (WHERE maker <> 'CATL')) ^ 2 FROM sne)::float8 AS high_ok
FROM sne_market, LATERAL hhi_rounding_interval(s, 'anyone');
SELECT n, low, high FROM sne_market, generate_series(1, 16, 3) n, LATERAL cr_rounding_interval(s, n) ORDER BY n;
SELECT unit, members, total, unattributed_fraction, hhi_points, hhi_points_low, hhi_points_high,
       hhi_points_rounding_low, hhi_points_rounding_high, note
FROM sne_market, LATERAL concentration(s) \gx
-- a row of nobody's for the others, 7.0: the same but for the row
SELECT hhi_low(o) = hhi_low(s), hhi_high(o) = hhi_high(s), unattributed(o), (SELECT i FROM hhi_rounding_interval(o) i) = (SELECT i FROM hhi_rounding_interval(s) i) AS interval, o <> s AS other_value
FROM sne_market, (SELECT market_shares_from_percent(maker, percent) AS o FROM (SELECT * FROM sne UNION ALL SELECT NULL, 7.0) u) t;

-- Two makers only, 38.1 and 17.4, the rest unknown: 1,754 to 2,454 (by hand
-- 38.1^2 + 17.4^2, and 44.5 left in two pieces of 17.4 and one of 9.7).
SELECT hhi_low(s), hhi_high(s), hhi_low(s) = (38.1 ^ 2 + 17.4 ^ 2)::float8 AS low_ok,
       hhi_high(s) = (38.1 ^ 2 + 3 * 17.4 ^ 2 + 9.7 ^ 2)::float8 AS high_ok
FROM (SELECT market_shares_from_percent(m, x) AS s FROM (VALUES ('CATL', 38.1), ('FDB', 17.4)) v(m, x)) t;

-- How finely a percentage was printed: the fourth number of a member.
SELECT market_shares_from_percent(m, x) FROM (VALUES ('none', 37), ('one', 1.0), ('two', 1.25), ('zero', 0.00)) v(m, x);
SELECT market_shares_from_percent('typed', 1.5::numeric(5, 2)) AS padded, market_shares_from_percent('typed', round(1.5::numeric(5, 2), 1)) AS rounded;
SELECT market_shares_from_percent(m, x) FROM (VALUES ('a', 37.0::float8), ('b', 1.25), ('c', 0.1), ('d', 1.5e-7), ('e', 1e-5), ('f', '-0')) v(m, x);
-- no end of digits: the eighteenth is the last
SELECT market_shares_from_percent(m, x) FROM (VALUES ('a', 1e-18), ('b', 4.4e-19), ('c', 5e-19), ('d', 0.1234567890123456789012345)) v(m, x);
SELECT market_shares_from_percent('a', 5), market_shares_from_percent('a', 1::float8 / 3);
-- the digits are part of the value
SELECT market_shares_from_percent('a', 37.1) = market_shares_from_percent('a', 37.10) AS same,
       market_shares_from_percent('a', 37.1) < market_shares_from_percent('a', 37.10) AS less,
       market_shares_from_percent('a', 37.1) = market_shares_from_percent('a', 37.1::float8) AS same_from_double;

-- More than 100.  Ten parts to one decimal may add up to 100.5 (then every
-- one is at its least, and the interval is a point); without a stated total
-- more is an error, with one it is flagged.
SELECT total(s), total_exceeded(s), (SELECT note FROM concentration(s)) AS note, round(entropy(s)::numeric, 9) AS entropy, round(ln(10.0), 9) AS ln_10,
       (SELECT i FROM hhi_rounding_interval(s) i) AS interval
FROM (SELECT market_shares_from_percent('m' || i, CASE WHEN i <= 5 THEN 10.1 ELSE 10.0 END) AS s FROM generate_series(1, 10) i) t;
SELECT pg_temp.problem($$SELECT market_shares_from_percent('m' || i, CASE WHEN i <= 6 THEN 10.1 ELSE 10.0 END) FROM generate_series(1, 10) i$$);
-- a double knows no trailing zero: four times 10 instead of 10.0 allows more
SELECT pg_temp.problem($$SELECT market_shares_from_percent('m' || i, CASE WHEN i <= 6 THEN 10.10 ELSE 10.00 END::float8) FROM generate_series(1, 10) i$$);
SELECT pg_temp.problem($$SELECT market_shares_from_percent(m, x) FROM (VALUES ('a', 60), (NULL, 42)) v(m, x)$$);
SELECT total(s), stated_total(s), total_exceeded(s), unattributed(s), share(s, 'm1'), hhi(s), gini(s), (SELECT i FROM hhi_rounding_interval(s) i) AS interval,
       (SELECT note FROM concentration(s)) AS note
FROM (SELECT market_shares_from_percent('m' || i, CASE WHEN i <= 6 THEN 10.1 ELSE 10.0 END, 100) AS s FROM generate_series(1, 10) i) t;
-- a stated total below 100: shares of what is stated
SELECT total(s), total_exceeded(s), share(s, 'CATL'), unattributed(s) FROM (SELECT market_shares_from_percent(maker, percent, 93.0) AS s FROM sne) t;
SELECT pg_temp.problem($$SELECT market_shares_from_percent(m, x, t) FROM (VALUES ('a', 60, 100), ('b', 20, 90)) v(m, x, t)$$);

-- What a user can get wrong.
SELECT t, pg_temp.problem(format($$SELECT market_shares_from_percent('CATL', %s)$$, t))
FROM unnest('{100.1,368,-0.1,1e30,-1e30,''NaN''::numeric,''Infinity''::numeric,''-Infinity''::numeric,''NaN''::float8,''Infinity''::float8,1e300::float8,-5::float8,100.0,0}'::text[])
  WITH ORDINALITY u(t, i) ORDER BY i;
SELECT pg_temp.problem($$SELECT market_shares_from_percent(NULL, 101)$$);
SELECT pg_temp.problem($$SELECT market_shares_from_percent(repeat('x', 9000), 101)$$);
SELECT pg_temp.problem($$SELECT market_shares_from_percent(NULL::text, -1)$$);
SELECT pg_temp.problem($$SELECT market_shares_from_percent('a', 1, -1)$$);
SELECT pg_temp.problem($$SELECT rollup(s) FROM (SELECT market_shares_from_percent('a', 1) AS s UNION ALL SELECT market_shares('a', 1::numeric)) t$$);
SELECT pg_temp.problem($$SELECT rollup(s) FROM (SELECT market_shares_from_percent('a', 60) AS s UNION ALL SELECT market_shares_from_percent('b', 60)) t$$);
SELECT pg_temp.problem($$SELECT cr_rounding_interval(s, 0) FROM sne_market$$);
SELECT pg_temp.problem($$SELECT hhi_rounding_interval(s, 'nobody') FROM sne_market$$);
-- rows that were never added, called directly: another amount, other digits,
-- coarser ones while a row is left
SELECT pg_temp.problem($$SELECT market_shares_subtract_percent(market_shares_from_percent('a', 1.0), 'a', 2.0)$$);
SELECT pg_temp.problem($$SELECT market_shares_subtract_percent(market_shares_from_percent('a', 1.0), 'a', 1.00)$$);
SELECT pg_temp.problem($$SELECT market_shares_subtract_percent(market_shares_from_percent(m, x), NULL, 2) FROM (VALUES (NULL::text, 1.5), (NULL, 2.5)) v(m, x)$$);
SELECT market_shares_subtract_percent(market_shares_from_percent(m, x), NULL, 2.5) FROM (VALUES (NULL::text, 1.5), (NULL, 2.5)) v(m, x);
-- members longer than a page, unknown members, nothing but zeros
SELECT length(leader(s)), share(s, repeat('y', 20000)), share(s, 'y'), amount(s, ''), s::text::market_shares = s AS trip
FROM (SELECT market_shares_from_percent(repeat(m, 20000), x) AS s FROM (VALUES ('y', 30.5), ('z', 20.5)) v(m, x)) t;
SELECT hhi(s), unattributed(s), leader(s), gini(s), (SELECT i FROM hhi_rounding_interval(s) i) AS interval
FROM (SELECT market_shares_from_percent(m, 0.0) AS s FROM (VALUES ('a'), ('b')) v(m)) t;
SELECT hhi(s), total(s), gini(s), (SELECT i FROM hhi_rounding_interval(s) i) AS interval, (SELECT note FROM concentration(s)) AS note
FROM (SELECT market_shares_from_percent(m, 0.0, 0) AS s FROM (VALUES ('a'), ('b')) v(m)) t;
SELECT market_shares_from_percent(m, x) IS NULL AS none FROM (VALUES ('a', 1)) v(m, x) WHERE false;
SELECT s, hhi(s), hhi_high(s), (SELECT i FROM hhi_rounding_interval(s) i) AS interval, (SELECT note FROM concentration(s)) AS note
FROM (SELECT market_shares_from_percent('a', NULL::numeric) AS s) t;
-- amounts have no known rounding
SELECT low, high FROM hhi_rounding_interval((SELECT market_shares('a', 36.8)));

-- As an aggregate: parts, grouping sets, FILTER, moving windows, plans.
CREATE TEMP TABLE printed AS
  SELECT i, 'm' || i % 7 AS m, round((i * 37 % 101) / 100.0, i % 4) / 10 AS x, i % 5 AS part FROM generate_series(1, 60) i;
INSERT INTO printed VALUES (61, NULL, 3.25, 1), (62, 'm1', NULL, 2), (63, NULL, NULL, 3);
SELECT rollup(p) = (SELECT market_shares_from_percent(m, x) FROM printed) AS same,
       rollup(p)::text = (SELECT market_shares_from_percent(m, x ORDER BY i DESC)::text FROM printed) AS same_text,
       rollup(p::text::market_shares) = rollup(p) AS same_through_text
FROM (SELECT part, market_shares_from_percent(m, x) AS p FROM printed GROUP BY part
      UNION ALL SELECT 9, NULL UNION ALL SELECT 10, '{"market_shares": 1, "unit": null, "members": {}}') t;
SELECT count(*) FILTER (WHERE moving IS DISTINCT FROM again) AS wrong, count(moving) AS frames
FROM (SELECT i, market_shares_from_percent(m, x) OVER (ORDER BY i ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING) AS moving,
             (SELECT market_shares_from_percent(m, x) FROM printed q WHERE q.i BETWEEN p.i - 3 AND p.i - 2) AS again FROM printed p) t;
SELECT count(*) FILTER (WHERE moving IS DISTINCT FROM again) AS wrong, count(moving) AS frames
FROM (SELECT i, market_shares_from_percent(m, x::float8, 100) FILTER (WHERE i % 3 > 0) OVER (ORDER BY i ROWS 4 PRECEDING) AS moving,
             (SELECT market_shares_from_percent(m, x::float8, 100) FROM printed q WHERE q.i BETWEEN p.i - 4 AND p.i AND i % 3 > 0) AS again FROM printed p) t;
-- a moving rollup that passes from one unit through nothing to another
CREATE TEMP TABLE stored (i int, s market_shares);
INSERT INTO stored SELECT 1, market_shares('a', 0.5);
INSERT INTO stored VALUES (2, NULL), (3, NULL), (5, NULL), (6, NULL);
INSERT INTO stored SELECT 4, market_shares_from_percent(m, 0.5) FROM (VALUES ('a'), ('b'), ('long name of a member'), (NULL)) v(m);
INSERT INTO stored SELECT 7, market_shares(m, 0.5::capacity_gwh) FROM (VALUES ('a'), ('c')) v(m);
SELECT i, rollup(s) OVER (ORDER BY i ROWS 1 PRECEDING) FROM stored ORDER BY i;
CREATE TEMP TABLE many AS SELECT i, 'm' || i % 100 AS m, (i % 10)::numeric / 10000 AS x FROM generate_series(1, 20000) i;
ANALYZE many;
SELECT md5(market_shares_from_percent(m, x)::text) AS serial FROM many \gset
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 3;
SELECT md5(market_shares_from_percent(m, x)::text) = :'serial' AS parallel, members(market_shares_from_percent(m, x)) FROM many;
RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size; RESET max_parallel_workers_per_gather;
SELECT maker IS NULL AS all_makers, count(*) AS n, round(sum(unattributed(s))) AS unattributed
FROM (SELECT maker, market_shares_from_percent(maker, percent) AS s FROM sne GROUP BY ROLLUP (maker)) t GROUP BY 1 ORDER BY 1;

-- Text and binary: version 2; values of amounts stay version 1.
CREATE TEMP TABLE bad (id int, t text);
INSERT INTO bad VALUES
 (1, '{"market_shares": 1, "unit": "percent", "members": {"a": [1, 1, 0, 1]}}'),
 (2, '{"market_shares": 2, "unit": "gwh", "members": {"a": [1, 1, 0]}}'),
 (3, '{"market_shares": 2, "unit": null, "members": {}}'),
 (4, '{"market_shares": 2, "unit": "percent", "members": {}}'),
 (5, '{"market_shares": 2, "unit": "percent", "members": {"a": [1, 1, 0]}}'),
 (6, '{"market_shares": 2, "unit": "percent", "members": {"a": [1, 1, 0, null]}}'),
 (7, '{"market_shares": 2, "unit": "percent", "members": {"a": [null, 0, 1, 0.1]}}'),
 (8, '{"market_shares": 2, "unit": "percent", "members": {"a": [1, 1, 0, 0]}}'),
 (9, '{"market_shares": 2, "unit": "percent", "members": {"a": [1, 1, 0, 1.1]}}'),
 (10, '{"market_shares": 2, "unit": "percent", "members": {"a": [100.5, 1, 0, 0.1]}}'),
 (11, '{"market_shares": 2, "unit": "percent", "members": {"a": [1, 9223372036854775807, 0, 0.1]}}'),
 (12, '{"market_shares": 2, "unit": "percent", "members": {"a": [1, 1, 0, -0.1]}}'),
 (13, '{"market_shares": 2, "unit": "percent", "members": {"a": [1, 1, 0, 0.1, 0]}}'),
 (14, '{"market_shares": 2, "unit": "percent", "members": {"a": [1, 1, 0, 0.1]}, "others": [1, 1, 0]}'),
 (15, '{"market_shares": 1, "unit": "plain", "members": {"a": [1, 1, 0, 0.1]}}');
SELECT id, pg_temp.problem(format('SELECT %L::market_shares', t)) FROM bad ORDER BY id;
SELECT ' {"market_shares":2,"unit":"percent","members":{"b":[null,0,2,null],"a":[100.50,2,1,0.20]},"others":[0.3,1,0,0.1],"stated":[99,3]} '::market_shares;
-- more than 100 in a partial value is not an error yet: a total may be stated
-- in another; it is flagged
SELECT total_exceeded(s), (SELECT note FROM concentration(s)) FROM (SELECT '{"market_shares": 2, "unit": "percent", "members": {"a": [150, 2, 0, 0.2]}}'::market_shares AS s) t;
SELECT stated_total(market_shares_combine(s, '{"market_shares": 2, "unit": "percent", "members": {"b": [1, 1, 0, 1]}, "stated": [200, 1]}'))
FROM (SELECT '{"market_shares": 2, "unit": "percent", "members": {"a": [150, 2, 0, 0.2]}}'::market_shares AS s) t;
SELECT encode(market_shares_send(market_shares_from_percent(m, x)), 'hex') FROM (VALUES ('b', 0.2), ('a', NULL), (NULL, 3)) v(m, x);
CREATE TEMP TABLE kept (id int, s market_shares);
INSERT INTO kept SELECT 1, s FROM sne_market;
INSERT INTO kept SELECT 2, market_shares_from_percent(m, x, 99.9) FROM printed;
INSERT INTO kept SELECT 3, market_shares_from_percent(NULL, NULL::numeric);
INSERT INTO kept SELECT 4, market_shares('a', 1);
CREATE TEMP TABLE back (LIKE kept);
\copy kept TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_percent_$PPID"' (FORMAT binary)
\copy back FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_percent_$PPID"' (FORMAT binary)
SELECT id, b.s = k.s AS same, b.s::text = k.s::text AS same_text, b.s::text::market_shares = k.s AS through_text,
       market_shares_hash(b.s) = market_shares_hash(k.s) AS same_hash
FROM kept k FULL JOIN back b USING (id) ORDER BY id;
-- the hash is the same on every platform
SELECT market_shares_hash(s), market_shares_hash_extended(s, 42) FROM sne_market;
-- version 1 with unit 4, version 2 with unit 3, no digits, more than 100
CREATE TEMP TABLE bytes (n int, b bytea);
INSERT INTO bytes SELECT 1, set_byte(market_shares_send(s), 0, 1) FROM sne_market;
INSERT INTO bytes SELECT 2, set_byte(market_shares_send(s), 1, 3) FROM sne_market;
INSERT INTO bytes SELECT 3, overlay(b placing '\x00000000000000000000000000000000' from 44 for 16) FROM (SELECT market_shares_send(market_shares_from_percent('a', 5)) AS b) t;
INSERT INTO bytes SELECT 4, set_byte(b, 14, 9) FROM (SELECT market_shares_send(market_shares_from_percent('a', 5)) AS b) t;
CREATE TEMP TABLE victim (s market_shares);
\copy (SELECT b FROM bytes WHERE n = 1) TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_percent_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_percent_$PPID"' (FORMAT binary)
\copy (SELECT b FROM bytes WHERE n = 2) TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_percent_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_percent_$PPID"' (FORMAT binary)
\copy (SELECT b FROM bytes WHERE n = 3) TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_percent_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_percent_$PPID"' (FORMAT binary)
\copy (SELECT b FROM bytes WHERE n = 4) TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_percent_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_percent_$PPID"' (FORMAT binary)
SELECT count(*) FROM victim;
\! rm -f "${TMPDIR:-/tmp}/battery_percent_$PPID"

-- The rounding intervals by brute force, in halves of a percent: each listed
-- member has any value that rounds to the printed one, the rest of the total
-- is split in every way.  A member of r rows has r times the room.  "exact"
-- are the cases whose members have equal room; in the others the high end may
-- lie above, by no more than the square of half the largest room.  Case 19
-- has no shares that add up.
CREATE TEMP TABLE rounding_case (id int, listed int[], rows int[], total int, withheld int[]);
INSERT INTO rounding_case VALUES (1, '{5,3,2}', '{1,1,1}', 12, '{}'), (2, '{5,3,2}', '{1,1,1}', 10, '{}'),
  (3, '{5,3,2}', '{1,1,1}', 11, '{}'), (4, '{4,4}', '{1,1}', 9, '{}'), (5, '{6,1}', '{1,1}', 10, '{}'),
  (6, '{5,5}', '{1,1}', 9, '{}'), (7, '{5,0}', '{1,1}', 7, '{}'), (8, '{0,0}', '{1,1}', 2, '{}'),
  (9, '{}', '{}', 3, '{}'), (10, '{5,3}', '{1,1}', 10, '{0}'), (11, '{2,2}', '{1,1}', 7, '{0}'),
  (12, '{4,2}', '{1,1}', 8, '{2}'), (13, '{4,2}', '{1,1}', 8, '{1}'), (14, '{4,2}', '{1,1}', 6, '{2}'),
  (15, '{6,3,2}', '{2,1,1}', 13, '{}'), (16, '{6,3,2}', '{1,2,1}', 11, '{}'), (17, '{4,3}', '{3,1}', 7, '{}'),
  (18, '{3,3,3}', '{1,1,1}', 9, '{}'), (19, '{4,4}', '{1,1}', 6, '{}'), (20, '{1,1,1}', '{1,1,1}', 5, '{}');
CREATE TEMP TABLE parts AS
  WITH RECURSIVE p(total, pieces, least) AS (
    SELECT 0, '{}'::int[], 1
    UNION ALL
    SELECT total + n, pieces || n, n FROM p, generate_series(1, 16) n WHERE n >= least AND total + n <= 16)
  SELECT total, pieces FROM p;
CREATE INDEX ON parts (total);
ANALYZE rounding_case, parts;
CREATE TEMP TABLE brute AS
WITH RECURSIVE v(id, k, p) AS (
    SELECT id, 0, '{}'::int[] FROM rounding_case
    UNION ALL
    SELECT id, k + 1, p || x FROM v JOIN rounding_case c USING (id),
      generate_series(greatest(2 * listed[k + 1] - rows[k + 1], 0), 2 * listed[k + 1] + rows[k + 1]) x
    WHERE k < cardinality(listed)),
  inside AS (
    SELECT c.*, p, 2 * total - (SELECT coalesce(sum(x), 0) FROM unnest(p) x)::int AS rest,
           (SELECT min(p[i]) FROM generate_subscripts(listed, 1) i WHERE listed[i] > 0) AS least
    FROM v JOIN rounding_case c USING (id) WHERE k = cardinality(listed) AND (SELECT coalesce(sum(x), 0) FROM unnest(p) x) <= 2 * total),
  scenario AS (
    SELECT id, 'below_last' AS assumption, p, p || pieces AS market FROM inside JOIN parts ON parts.total = rest
    WHERE least IS NULL OR NOT EXISTS (SELECT 1 FROM unnest(pieces) x WHERE x > least)
    UNION ALL
    -- withheld: k on top of member w, or of nothing
    SELECT id, 'below_last', p, (p || 0)[1:w - 1] || ((p || 0)[w] + k) || (p || 0)[w + 1:] || pieces
    FROM (SELECT *, CASE u WHEN 0 THEN cardinality(listed) + 1 ELSE u END AS w FROM inside, unnest(withheld) u) i,
         generate_series(0, rest) k JOIN parts ON parts.total <= 16
    WHERE parts.total = rest - k AND (least IS NULL OR NOT EXISTS (SELECT 1 FROM unnest(pieces) x WHERE x > least))
    UNION ALL
    SELECT id, 'anyone', p, p || pieces FROM inside JOIN parts ON parts.total = rest
    UNION ALL
    SELECT id, 'anyone', p, p[1:w - 1] || (p[w] + k) || p[w + 1:] || pieces
    FROM inside, generate_subscripts(p, 1) w, generate_series(0, rest) k JOIN parts ON parts.total <= 16 WHERE parts.total = rest - k)
SELECT id, assumption, max(squares) AS squares, max(top1) AS top1, max(top2) AS top2, max(top4) AS top4,
       min(low_squares) AS low_squares, min(low1) AS low1, min(low2) AS low2
FROM scenario,
  LATERAL (SELECT sum(x * x) AS squares, sum(x) FILTER (WHERE r <= 1) AS top1, sum(x) FILTER (WHERE r <= 2) AS top2,
                  sum(x) FILTER (WHERE r <= 4) AS top4 FROM (SELECT x, row_number() OVER (ORDER BY x DESC) AS r FROM unnest(market) x) q) a,
  LATERAL (SELECT coalesce(sum(x * x), 0) AS low_squares, coalesce(sum(x) FILTER (WHERE r <= 1), 0) AS low1, coalesce(sum(x) FILTER (WHERE r <= 2), 0) AS low2
           FROM (SELECT x, row_number() OVER (ORDER BY x DESC) AS r FROM unnest(p) x) q) b
GROUP BY id, assumption;
CREATE TEMP TABLE rounding_market AS
SELECT id, (SELECT market_shares_from_percent(m, x, t)
    FROM (SELECT 'l' || i AS m, CASE WHEN j > 1 THEN 1 ELSE listed[i] - rows[i] + 1 END::numeric AS x, total::numeric AS t
          FROM generate_subscripts(listed, 1) i, generate_series(1, rows[i]) j
          UNION ALL SELECT CASE w WHEN 0 THEN 'w' ELSE 'l' || w END, NULL, NULL FROM unnest(withheld) w
          UNION ALL SELECT NULL, 0, total) r) AS s FROM rounding_case;
SELECT id, assumption, h.low, h.high, round(10000 * squares / (4.0 * total(s) ^ 2), 4) AS brute_high,
       h.low = (10000 * low_squares / (4 * total(s) ^ 2))::float8 AS low_ok,
       CASE WHEN h.low IS NULL AND h.high IS NULL AND squares IS NULL THEN 'none'
            WHEN h.high = (10000 * squares / (4 * total(s) ^ 2))::float8 THEN 'exact'
            WHEN h.high > 10000 * squares / (4 * total(s) ^ 2) AND (SELECT max(r) > min(r) FROM unnest(rows) r)
                 AND h.high <= 10000 * (squares + (SELECT max(r) ^ 2 FROM unnest(rows) r)) / (4 * total(s) ^ 2) THEN 'above' ELSE 'wrong' END AS high_ok,
       c1.low = (low1 / (2 * total(s)))::float8 AND c2.low = (low2 / (2 * total(s)))::float8 AS cr_low_ok,
       c1.high = (top1 / (2 * total(s)))::float8 AS cr1_ok, c2.high = (top2 / (2 * total(s)))::float8 AS cr2_ok,
       c4.high = (top4 / (2 * total(s)))::float8 AS cr4_ok
FROM rounding_market JOIN rounding_case c USING (id) LEFT JOIN brute b USING (id),
  LATERAL hhi_rounding_interval(s, coalesce(assumption, 'anyone')) h, LATERAL cr_rounding_interval(s, 1, coalesce(assumption, 'anyone')) c1,
  LATERAL cr_rounding_interval(s, 2, coalesce(assumption, 'anyone')) c2, LATERAL cr_rounding_interval(s, 4, coalesce(assumption, 'anyone')) c4
ORDER BY id, assumption DESC;
-- Members that reach 100 by their rounding leave no remainder, but a row of
-- nobody's is there all the same: not every member is listed.
SELECT id, unattributed(s), total_exceeded(s), cr(s, 2) AS cr2, cr(s, 3) AS cr3, cr_low(s, 3), hhi(s), gini(s), entropy(s), rosenbluth(s), leader_gap(s), note
FROM (SELECT id, market_shares_from_percent(m, x) AS s
	FROM (VALUES (1, 'a', 60), (1, 'b', 40), (1, NULL, 0.4), (2, 'a', 60), (2, 'b', 40), (2, NULL, 0), (3, 'a', 100), (3, NULL, 0.2)) v(id, m, x) GROUP BY id) t,
	LATERAL concentration(s) ORDER BY id;
DROP TABLE sne, sne_market, printed, stored, many, bad, kept, back, bytes, victim, rounding_case, parts, brute, rounding_market;
