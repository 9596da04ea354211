-- The state of a regression is exact: sums of products to the last bit, the
-- same bits for any order, partition and transport, and a row can be taken
-- back.
CREATE TEMP TABLE points AS
  SELECT i, 1e3 * random() - 300 AS y, exp(20 * random() - 10) AS x1, random() AS x2, 1e9 + random() AS x3, exp(60 * random() - 30) AS w
  FROM generate_series(1, 2000) i;

-- A sum in the text, as numeric: an integer in hexadecimal times 2^exponent.
CREATE FUNCTION pg_temp.sum_of(m text, name text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
  part text[] := regexp_match(m, ' ' || name || '=(-?)([0-9a-f]+)(?:p(-?\d+))?( |$)');
  v numeric := 0;
  e int := coalesce(part[3]::int, 0);
BEGIN
  FOR i IN 1 .. length(part[2]) LOOP
    v := v * 16 + strpos('0123456789abcdef', substr(part[2], i, 1)) - 1;
  END LOOP;
  -- 2^-e = 5^e / 10^e is a finite decimal
  IF e < 0 THEN v := v * (5::numeric ^ -e) * ('1e' || e)::numeric; ELSE v := v * 2::numeric ^ e; END IF;
  RETURN CASE WHEN part[1] = '-' THEN -v ELSE v END;
END $$;
-- Oracle: core's numeric, which adds and multiplies exactly.  Every number is
-- an integer k divided by 2^16, so that it is the same in both.
CREATE TEMP TABLE grid AS
  SELECT k1 / 65536.0::float8 AS y, k2 / 65536.0::float8 AS x1, k3 / 65536.0::float8 AS x2, k4 / 65536.0::float8 AS w,
         k1 / 65536.0::numeric(40,20) AS ny, k2 / 65536.0::numeric(40,20) AS nx1, k3 / 65536.0::numeric(40,20) AS nx2, k4 / 65536.0::numeric(40,20) AS nw
  FROM (SELECT (9e15 * random() - 4.5e15)::bigint AS k1, (1e6 * random() - 9e5)::bigint AS k2, (2 * random() - 1)::bigint AS k3, (1 + 1e9 * random())::bigint AS k4
        FROM generate_series(1, 3000)) s;
SELECT pg_temp.sum_of(m, 'y') = sum(ny) AS y, pg_temp.sum_of(m, 'x1') = sum(nx1) AS x1, pg_temp.sum_of(m, 'yy') = sum(ny * ny) AS yy,
       pg_temp.sum_of(m, 'yx1') = sum(ny * nx1) AS yx1, pg_temp.sum_of(m, 'yx2') = sum(ny * nx2) AS yx2, pg_temp.sum_of(m, 'x1x1') = sum(nx1 * nx1) AS x1x1,
       pg_temp.sum_of(m, 'x1x2') = sum(nx1 * nx2) AS x1x2, pg_temp.sum_of(m, 'x2x2') = sum(nx2 * nx2) AS x2x2
FROM grid, (SELECT regression(y, x1, x2)::text AS m FROM grid) r GROUP BY m;
SELECT pg_temp.sum_of(m, 'w') = sum(nw) AS w, pg_temp.sum_of(m, 'y') = sum(nw * ny) AS y, pg_temp.sum_of(m, 'yy') = sum(nw * ny * ny) AS yy,
       pg_temp.sum_of(m, 'yx1') = sum(nw * ny * nx1) AS yx1, pg_temp.sum_of(m, 'x1x2') = sum(nw * nx1 * nx2) AS x1x2, pg_temp.sum_of(m, 'x2x2') = sum(nw * nx2 * nx2) AS x2x2
FROM grid, (SELECT weighted_regression(y, w, x1, x2)::text AS m FROM grid) r GROUP BY m;
SELECT pg_temp.sum_of(m, 'yy') = sum(nw * ny * ny) AS yy, pg_temp.sum_of(m, 'yx1') = sum(nw * ny * nx1) AS yx1, m !~ ' y=| x1=' AS no_plain_sums
FROM grid, (SELECT weighted_regression_through_origin(y, w, x1)::text AS m FROM grid) r GROUP BY m;
-- numbers whose bits just touch, or cross, the words of 64 bits: one power of
-- two after another, exact in numeric as 2^n
SELECT count(*) AS powers, bool_and(pg_temp.sum_of(m, 'yy') = 2::numeric ^ (2 * n) * 9 + 1 AND pg_temp.sum_of(m, 'yx1') = -3 * 2::numeric ^ n + 1 AND pg_temp.sum_of(m, 'y') = 3 * 2::numeric ^ n - 1) AS exact
FROM generate_series(0, 300) n, LATERAL (SELECT regression(y, x)::text AS m FROM (VALUES (3 * 2::float8 ^ n, -1::float8), (-1, -1)) v(y, x)) s;
-- the largest and the smallest double beside each other, and their products
-- with each other as weights
SELECT pg_temp.sum_of(m, 'w') = big + small AS w, pg_temp.sum_of(m, 'yy') = big * big * big + small * small * small AS yy, pg_temp.sum_of(m, 'yx1') = big * big - small * small AS yx1, pg_temp.sum_of(m, 'x1x1') = big + small AS x1x1
FROM (SELECT (2::numeric ^ 1024 - 2::numeric ^ 971) AS big, 5::numeric ^ 1074 * 1e-1074 AS small) n,
     (SELECT weighted_regression_through_origin(y, y, x)::text AS m FROM (VALUES (1.7976931348623157e308::float8, 1), (4.9406564584124654e-324, -1)) v(y, x)) s;
-- sums that come back to zero leave nothing
SELECT regression(y, x)::text ~ ' y=0 x1=0 yy=[0-9a-f]+p-2097 yx1=0 x1x1=1p2$' AS zeros FROM (VALUES (1e300::float8, 1::float8), (-1e300, 1), (1e-300, -1), (-1e-300, -1)) v(y, x);
SELECT weighted_regression(y, 1, x) FROM (VALUES (1::float8, 1::float8), (-1, -1), (1, -1), (-1, 1)) v(y, x);

-- any order, any partition into rollups, any nesting of them, text and back
SELECT count(DISTINCT m) AS one, count(DISTINCT m::text) AS one_text, count(DISTINCT md5(regression_send(m)::text)) AS one_binary
FROM (SELECT regression(y, x1, x2, x3) AS m FROM points
      UNION ALL SELECT regression(y, x1, x2, x3 ORDER BY random()) FROM points
      UNION ALL SELECT regression(y, x1, x2, x3 ORDER BY y DESC) FROM points
      UNION ALL SELECT rollup(m) FROM (SELECT regression(y, x1, x2, x3) AS m FROM points GROUP BY i % 7) p
      UNION ALL SELECT rollup(m) FROM (SELECT regression(y, x1, x2, x3) AS m FROM points GROUP BY i) p
      UNION ALL SELECT rollup(m::text::regression ORDER BY random()) FROM (SELECT regression(y, x1, x2, x3) AS m FROM points GROUP BY i % 100) p
      UNION ALL SELECT rollup(m) FROM (SELECT rollup(m) AS m FROM (SELECT i, regression(y, x1, x2, x3) AS m FROM points GROUP BY i) p GROUP BY i % 13) q
      UNION ALL SELECT regression(y, x1, x2, x3) FILTER (WHERE i > 0) FROM points) s;
SELECT count(DISTINCT m) AS one, count(DISTINCT pg_column_size(m)) AS one_size
FROM (SELECT weighted_regression(y, w, x1, x2) AS m FROM points
      UNION ALL SELECT weighted_regression(y, w, x1, x2 ORDER BY w) FROM points
      UNION ALL SELECT rollup(m::text::regression) FROM (SELECT weighted_regression(y, w, x1, x2) AS m FROM points GROUP BY i % 7) p) s;
-- so are all results, to the last digit that prints
SELECT count(DISTINCT f) AS one, count(DISTINCT c) AS one_too
FROM (SELECT fit(m)::text AS f, (SELECT string_agg(c::text, ' ' ORDER BY term) FROM coefficients(m) c) AS c
      FROM (SELECT regression(y, x1, x2 ORDER BY random()) AS m FROM points
            UNION ALL SELECT regression(y, x1, x2 ORDER BY x1) FROM points
            UNION ALL SELECT rollup(m) FROM (SELECT regression(y, x1, x2) AS m FROM points GROUP BY i % 31) p) s) t;
-- equality, order, hash
SELECT count(*) AS rows, count(DISTINCT m) AS distinct_values, count(DISTINCT regression_hash(m)) > 95 AS hashes,
       bool_and(m = m AND m <= m AND m >= m AND NOT m <> m AND NOT m < m AND NOT m > m) AS reflexive,
       bool_and(regression_hash(m) = (regression_hash_extended(m, 0) & 4294967295)::bit(32)::int) AS hash_extended
FROM (SELECT regression(y, x1) AS m FROM points GROUP BY i % 100 UNION ALL SELECT regression(y, x1) AS m FROM points GROUP BY i % 100) s;
SELECT bool_and((a.m < b.m) = (b.m > a.m) AND (a.m < b.m) <> (a.m >= b.m)) AS total
FROM (SELECT regression(y, x1) AS m FROM points GROUP BY i % 10) a, (SELECT regression_through_origin(y, x1) AS m FROM points GROUP BY i % 10) b;
-- hashes must never change: a hash-distributed table depends on them
SELECT regression_hash(regression(y, x)) AS hash, regression_hash_extended(regression(y, x), 42) AS extended,
       regression_hash(weighted_regression(y, 0.1, x)) AS weighted FROM (VALUES (1.5::float8, -2::float8), (0.1, 1e9)) v(y, x);

-- moving windows against recomputation, with frames of NULLs and of weight 0
CREATE TEMP TABLE gaps AS
  SELECT i, CASE WHEN i % 11 < 3 THEN NULL ELSE y END AS y, x1, x2, CASE WHEN i % 5 = 0 THEN 0 ELSE w END AS w FROM points WHERE i <= 300;
SELECT count(*) AS frames, count(moving) AS not_null, bool_and(moving IS NOT DISTINCT FROM again AND moving::text IS NOT DISTINCT FROM again::text) AS same
FROM (SELECT i, regression(y, x1, x2) OVER w AS moving FROM gaps WINDOW w AS (ORDER BY i ROWS BETWEEN 4 PRECEDING AND 3 FOLLOWING)) m
JOIN (SELECT a.i, regression(b.y, b.x1, b.x2) AS again FROM gaps a JOIN gaps b ON b.i BETWEEN a.i - 4 AND a.i + 3 GROUP BY a.i) r USING (i);
SELECT count(*) AS frames, count(moving) AS not_null, bool_and(moving IS NOT DISTINCT FROM again) AS same
FROM (SELECT i, weighted_regression(y, w, x1, x2) OVER w AS moving FROM gaps WINDOW w AS (ORDER BY i ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)) m
JOIN (SELECT a.i, weighted_regression(b.y, b.w, b.x1, b.x2) AS again FROM gaps a JOIN gaps b ON b.i BETWEEN a.i - 1 AND a.i GROUP BY a.i) r USING (i);
SELECT count(*) AS frames, bool_and(moving IS NOT DISTINCT FROM again) AS same
FROM (SELECT i, regression_through_origin(y, x1) OVER w AS moving FROM gaps WINDOW w AS (ORDER BY i ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING)) m
JOIN (SELECT a.i, regression_through_origin(b.y, b.x1) AS again FROM gaps a JOIN gaps b ON b.i BETWEEN a.i AND a.i + 2 GROUP BY a.i) r USING (i);
SELECT count(*) AS frames, bool_and(moving IS NOT DISTINCT FROM again) AS same
FROM (SELECT i, weighted_regression_through_origin(y, w, x1) OVER w AS moving, regression(y, x1) OVER w AS one FROM gaps WINDOW w AS (ORDER BY i ROWS BETWEEN 6 PRECEDING AND CURRENT ROW)) m
JOIN (SELECT a.i, weighted_regression_through_origin(b.y, b.w, b.x1) AS again FROM gaps a JOIN gaps b ON b.i BETWEEN a.i - 6 AND a.i GROUP BY a.i) r USING (i);
SELECT count(*) AS frames, bool_and(moving IS NOT DISTINCT FROM again) AS same
FROM (SELECT i, regression(y, x1) OVER w AS moving FROM gaps WINDOW w AS (ORDER BY i ROWS BETWEEN 6 PRECEDING AND CURRENT ROW)) m
JOIN (SELECT a.i, regression(b.y, b.x1) AS again FROM gaps a JOIN gaps b ON b.i BETWEEN a.i - 6 AND a.i GROUP BY a.i) r USING (i);
SELECT count(*) AS frames, bool_and(moving IS NOT DISTINCT FROM again) AS same
FROM (SELECT i, regression(y, x1, x2, i) OVER w AS moving FROM gaps WINDOW w AS (ORDER BY i ROWS BETWEEN 6 PRECEDING AND CURRENT ROW)) m
JOIN (SELECT a.i, regression(b.y, b.x1, b.x2, b.i) AS again FROM gaps a JOIN gaps b ON b.i BETWEEN a.i - 6 AND a.i GROUP BY a.i) r USING (i);
-- rollup in a moving window, over frames that lose all and change kind
CREATE TEMP TABLE parts AS
  SELECT i / 10 AS i, CASE WHEN i / 10 < 15 THEN regression(y, x1) ELSE regression_through_origin(y, x1) END AS m FROM gaps GROUP BY i / 10
  UNION ALL SELECT 14.5, NULL;
SELECT count(*) AS frames, bool_and(moving IS NOT DISTINCT FROM again) AS same
FROM (SELECT i, rollup(m) OVER (ORDER BY i ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS moving FROM parts WHERE i < 15) m
JOIN (SELECT a.i, rollup(b.m) AS again FROM (SELECT i, row_number() OVER (ORDER BY i) AS n FROM parts WHERE i < 15) a
      JOIN (SELECT m, row_number() OVER (ORDER BY i) AS n FROM parts WHERE i < 15) b ON b.n BETWEEN a.n - 2 AND a.n GROUP BY a.i) r USING (i);
SELECT i, observations(rollup(m) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND CURRENT ROW)) AS n FROM parts WHERE i BETWEEN 14 AND 15 ORDER BY i;

-- a table keeps what it is given, short, long and compressed alike
CREATE TEMP TABLE kept AS SELECT i % 3 AS flag, regression(y, x1, x2) AS m, regression(y, VARIADIC array_fill(0.5, ARRAY[25]) || x1) AS big FROM points GROUP BY i % 3;
SELECT rollup(m) = (SELECT regression(y, x1, x2) FROM points) AS m, rollup(big) = (SELECT regression(y, VARIADIC array_fill(0.5, ARRAY[25]) || x1) FROM points) AS big,
       observations(rollup(big)) AS n FROM kept;
-- grouping sets and hashing of groups
SELECT count(*) AS groups, sum(observations(m)) AS rows FROM (SELECT regression(y, x1, x2) AS m FROM points GROUP BY GROUPING SETS ((), (i % 7), (i % 500))) s;
SELECT count(*) AS values FROM (SELECT regression(y, x1) FROM points GROUP BY i % 9 UNION SELECT regression(y, x1) FROM points GROUP BY i % 9) s;

-- R squared alone is first tried in 128 bits, fit() has it from 512: the same double,
-- for designs from well conditioned to redundant, perfect fits and nothing explained.
SELECT setseed(0.5) \g /dev/null
WITH design AS (
	SELECT g, g % 4 AS shape, 10 ^ (g % 40 - 20)::float8 AS scale, 10 ^ -(g % 17)::float8 AS apart, CASE g % 5 WHEN 0 THEN 0 WHEN 1 THEN 1e-8 ELSE 1 END::float8 AS noise, (g % 3) * 1000.0::float8 AS level
	FROM generate_series(0, 3999) AS g),
observed AS (
	SELECT g, shape, x1, x1 + apart * random() AS x2, level + random() AS x3, round((10 * random())::numeric, 1)::float8 AS w,
		   scale * (level + (g % 7 > 0)::int * x1 + noise * (random() - 0.5)) AS y
	FROM (SELECT *, scale * (level + random()) AS x1 FROM design, generate_series(1, 2 + g % 9)) AS s),
model AS (
	SELECT regression(y, x1, x2) AS m FROM observed WHERE shape = 0 GROUP BY g
	UNION ALL SELECT regression_through_origin(y, x1, x2) FROM observed WHERE shape = 1 GROUP BY g
	UNION ALL SELECT weighted_regression(y, w, x1, x2, x3) FROM observed WHERE shape = 2 GROUP BY g
	UNION ALL SELECT regression(y, x3) FROM observed WHERE shape = 3 GROUP BY g
	UNION ALL SELECT weighted_regression_through_origin(y, w, x3, x1) FROM observed WHERE shape = 3 GROUP BY g)
SELECT count(*) AS models, count(r) > 3000 AS most_fit, count(*) FILTER (WHERE r IS NULL) > 100 AS some_do_not, count(*) FILTER (WHERE r = 1) > 100 AS some_perfect, count(*) FILTER (WHERE r IS DISTINCT FROM f) AS differ
FROM (SELECT r_squared(m) AS r, (fit(m)).r_squared AS f FROM model) AS s;
