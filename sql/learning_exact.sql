-- The state of a learning curve is exact: the same bits for any order, any
-- partition, any transport, and a row can be taken back.
CREATE TEMP TABLE points AS
  SELECT i, exp(8 * random() - 3) AS x, exp(4 * random()) AS y,
         1 + floor(random() * 1000)::int / 7.0::float8 AS w
  FROM generate_series(1, 5000) i;

-- The logarithms themselves.  Oracle: core's numeric ln with 40 places.  A
-- curve of one observation prints its logarithms in units of 2^-53, which
-- must be within 0.5002 of the truth.  Arguments are k / 2^j, exact in both.
CREATE FUNCTION pg_temp.ln_error(x float8, exact numeric) RETURNS numeric LANGUAGE sql AS $$
  SELECT abs((regexp_match(learning_curve(x, 1)::text, ' x=(-?\d+) '))[1]::numeric
             - ln(exact) * 9007199254740992)
$$;
SELECT count(*) AS logarithms, max(pg_temp.ln_error(k::float8 / 2::float8 ^ j, (k::numeric(60,40) / 2::numeric ^ j))) <= 0.5002 AS within
FROM (SELECT (random() * 9007199254740991)::bigint + 1 AS k, (random() * 60)::int AS j FROM generate_series(1, 3000)) s;
-- around 1, around the table's borders, and at the ends of the range
SELECT count(*) AS logarithms, max(pg_temp.ln_error(1 + k::float8 / 2::float8 ^ 52, 1 + k::numeric(60,30) / 2::numeric ^ 52)) <= 0.5002 AS within
FROM generate_series(0, 40) j, LATERAL (SELECT (2::numeric ^ j)::bigint AS k) p;
SELECT count(*) AS logarithms, max(pg_temp.ln_error((512 + i) / 512.0::float8 + d / 2::float8 ^ 52, (512 + i) / 512::numeric(60,40) + d / (2::numeric(60,40) ^ 52))) <= 0.5002 AS within
FROM generate_series(0, 511) i, (VALUES (0), (1)) b (d);
SELECT learning_curve(1, 1), learning_curve(float8 '1.7976931348623157e308', float8 '4.9406564584124654e-324');
-- ln of the largest double and of the smallest, in units of 2^-53 (bc -l, 60 digits)
SELECT round(709.78271289338399673222338991065714 * 9007199254740992) AS largest,
       round(-744.440071921381262314107298447658 * 9007199254740992) AS smallest;
-- typed arguments: the logarithm of the exact integer, less ln of the unit
SELECT count(*) > 900 AS logarithms,
  max(abs((regexp_match(lc, ' x=(-?\d+) '))[1]::numeric - ln(k::numeric(60,40) * 0.000000000001) * 9007199254740992)) <= 0.5002 AS capacity,
  max(abs((regexp_match(lc, ' y=(-?\d+) '))[1]::numeric - ln(k::numeric(60,40) * 0.000000001) * 9007199254740992)) <= 0.5002 AS cost
FROM (SELECT k, learning_curve((k * 0.000000000001)::capacity_gwh, to_cost_per_gwh(k * 0.000000001, 'USD/kWh'))::text AS lc
      FROM (SELECT round((2::numeric ^ (random() * 62)::numeric))::bigint::numeric AS k FROM generate_series(1, 1000)
            UNION SELECT 1 UNION SELECT 9223372036854775807) s
      GROUP BY k) t;

-- sums against numeric: the state is the sum of the states of its rows
SELECT (regexp_match(whole, ' xy=(-?\d+) '))[1]::numeric = sum(((regexp_match(one, ' x=(-?\d+) '))[1])::numeric * ((regexp_match(one, ' y=(-?\d+) '))[1])::numeric) AS xy,
       (regexp_match(whole, ' xx=(-?\d+) '))[1]::numeric = sum(((regexp_match(one, ' x=(-?\d+) '))[1])::numeric ^ 2) AS xx,
       (regexp_match(whole, ' yy=(-?\d+)'))[1]::numeric = sum(((regexp_match(one, ' y=(-?\d+) '))[1])::numeric ^ 2) AS yy,
       (regexp_match(whole, ' x=(-?\d+) '))[1]::numeric = sum(((regexp_match(one, ' x=(-?\d+) '))[1])::numeric) AS x
FROM (SELECT i, learning_curve(x, y)::text AS one FROM points GROUP BY i) o,
     (SELECT learning_curve(x, y)::text AS whole FROM points) w
GROUP BY whole;

-- any order, any partition into rollups, any nesting of them, text and back
SELECT count(DISTINCT lc) AS one
FROM (SELECT learning_curve(x, y) AS lc FROM points
      UNION ALL SELECT learning_curve(x, y ORDER BY random()) FROM points
      UNION ALL SELECT learning_curve(x, y ORDER BY y DESC) FROM points
      UNION ALL SELECT rollup(lc) FROM (SELECT learning_curve(x, y) AS lc FROM points GROUP BY i % 7) p
      UNION ALL SELECT rollup(lc) FROM (SELECT learning_curve(x, y) AS lc FROM points GROUP BY i) p
      UNION ALL SELECT rollup(lc::text::learning_curve ORDER BY random()) FROM (SELECT learning_curve(x, y) AS lc FROM points GROUP BY i % 100) p
      UNION ALL SELECT rollup(lc) FROM (SELECT rollup(lc) AS lc FROM (SELECT i, learning_curve(x, y) AS lc FROM points GROUP BY i) p GROUP BY i % 13) q
      UNION ALL SELECT learning_curve(x, y) FILTER (WHERE i > 0) FROM points) s;
SELECT count(DISTINCT lc) AS one
FROM (SELECT learning_curve(x, y, w) AS lc FROM points
      UNION ALL SELECT learning_curve(x, y, w ORDER BY random()) FROM points
      UNION ALL SELECT rollup(lc::text::learning_curve) FROM (SELECT learning_curve(x, y, w) AS lc FROM points GROUP BY i % 7) p) s;

-- moving windows against recomputation, frames that start with NULLs too
CREATE TEMP TABLE gaps AS
  SELECT i, CASE WHEN i > 5 AND i % 11 <> 0 THEN x END AS x, CASE WHEN i % 7 <> 0 THEN y END AS y,
         CASE WHEN i % 5 <> 0 THEN w ELSE 0 END AS w
  FROM points WHERE i <= 300;
SELECT count(*) AS frames, count(moving) AS not_null,
       count(*) FILTER (WHERE moving IS DISTINCT FROM again) AS differ
FROM (SELECT i, learning_curve(x, y) OVER w AS moving FROM gaps
      WINDOW w AS (ORDER BY i ROWS BETWEEN 9 PRECEDING AND 2 FOLLOWING)) m,
  LATERAL (SELECT learning_curve(x, y) AS again FROM gaps g WHERE g.i BETWEEN m.i - 9 AND m.i + 2) r;
SELECT count(*) AS frames, count(moving) AS not_null,
       count(*) FILTER (WHERE moving IS DISTINCT FROM again) AS differ
FROM (SELECT i, learning_curve(x, y, w) OVER w AS moving FROM gaps
      WINDOW w AS (ORDER BY i ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)) m,
  LATERAL (SELECT learning_curve(x, y, w) AS again FROM gaps g WHERE g.i BETWEEN m.i - 3 AND m.i) r;
SELECT count(*) AS frames, count(moving) AS not_null,
       count(*) FILTER (WHERE moving IS DISTINCT FROM again) AS differ
FROM (SELECT i, learning_curve(x::capacity_gwh, y::cost_per_gwh, w::capacity_gwh) OVER w AS moving FROM gaps
      WINDOW w AS (ORDER BY i ROWS BETWEEN 4 FOLLOWING AND 8 FOLLOWING)) m,
  LATERAL (SELECT learning_curve(x::capacity_gwh, y::cost_per_gwh, w::capacity_gwh) AS again FROM gaps g WHERE g.i BETWEEN m.i + 4 AND m.i + 8) r;
SELECT count(*) AS frames, count(*) FILTER (WHERE moving IS DISTINCT FROM again) AS differ
FROM (SELECT i, rollup(lc) OVER w AS moving
      FROM (SELECT i, learning_curve(x, y) AS lc FROM gaps GROUP BY i) g
      WINDOW w AS (ORDER BY i ROWS BETWEEN 9 PRECEDING AND 2 PRECEDING)) m,
  LATERAL (SELECT learning_curve(x, y) AS again FROM gaps g WHERE g.i BETWEEN m.i - 9 AND m.i - 2) r;

-- storage: text, binary, TOAST-short headers in a table, a row of many
CREATE TEMP TABLE stored (id int, lc learning_curve, filler text);
INSERT INTO stored SELECT i % 50, learning_curve(x, y), 'f' FROM points GROUP BY i % 50;
INSERT INTO stored SELECT 50 + i % 50, learning_curve(x, y, w), 'g' FROM points GROUP BY i % 50;
SELECT count(*) AS values, bool_and(lc = lc::text::learning_curve) AS text,
       max(pg_column_size(lc)) FILTER (WHERE id < 50) < 200 AS small FROM stored;
SELECT rollup(lc) = (SELECT learning_curve(x, y) FROM points) AS merged FROM stored WHERE id < 50;
SELECT rollup(lc) = (SELECT learning_curve(x, y, w) FROM points) AS merged FROM stored WHERE id >= 50;

-- comparison, hash, DISTINCT, UNION, joins of every kind
SELECT count(DISTINCT lc), count(*) FROM (SELECT lc FROM stored UNION ALL SELECT lc::text::learning_curve FROM stored) s;
SELECT count(*) FROM (SELECT lc FROM stored UNION SELECT lc FROM stored) s;
SET enable_hashjoin = off; SET enable_nestloop = off;
SELECT count(*) FROM stored a JOIN stored b USING (lc);
RESET enable_hashjoin; SET enable_mergejoin = off;
SELECT count(*) FROM stored a JOIN stored b USING (lc);
RESET enable_nestloop; RESET enable_mergejoin;
SELECT bool_and((a.lc < b.lc) = (b.lc > a.lc)) AS commute, bool_and((a.lc < b.lc) = NOT (a.lc >= b.lc)) AS negate,
  bool_and((a.lc <= b.lc) = (a.lc < b.lc OR a.lc = b.lc)) AS weak, bool_and((a.lc <> b.lc) = (a.id <> b.id)) AS distinct_,
  bool_and((learning_curve_cmp(a.lc, b.lc) < 0) = (a.lc < b.lc)) AS cmp
FROM stored a, stored b;
SELECT count(DISTINCT learning_curve_hash(lc)) AS hashes, count(DISTINCT learning_curve_hash_extended(lc, 42)) AS seeded,
  bool_and((learning_curve_hash(lc)::bit(32)) = (learning_curve_hash_extended(lc, 0)::bit(32))) AS agree
FROM stored;

-- groups: NULLs, groups emptied by FILTER, many groups
SELECT g, observations(learning_curve(x, y)), learning_curve(x, y) FILTER (WHERE x > 1e9) IS NULL AS emptied
FROM (SELECT i % 3 AS g, CASE WHEN i % 3 > 0 THEN x END AS x, y FROM points) s GROUP BY g ORDER BY g;
SELECT learning_curve(x, y) IS NULL AS no_rows, learning_curve(x, y, w) IS NULL AS weighted FROM points WHERE false;
SELECT count(*) AS groups, sum(observations(lc)) AS rows
FROM (SELECT learning_curve(1 + k % 97, 2 + k % 89) AS lc FROM generate_series(1, 200000) k GROUP BY k % 100000) s;
SELECT count(*) FROM (SELECT learning_curve(x, y) FROM points GROUP BY CUBE (i % 3, i % 5)) s;
