-- The window function market_share(amount) OVER (...). The oracle is core's
-- numeric division, correctly rounded to double precision.
CREATE TEMP TABLE rows (id int, grp text, x numeric);
INSERT INTO rows SELECT i, chr(97 + i % 5), CASE WHEN i % 7 > 0 THEN ((i * 7919) % 1009) / 13.0 END FROM generate_series(1, 500) i;
SELECT id, grp, x, market_share(x) OVER (PARTITION BY grp) FROM rows WHERE id <= 12 ORDER BY grp, id;
SELECT count(*), count(s),
       count(*) FILTER (WHERE s IS DISTINCT FROM (x::numeric(100, 18)::numeric(200, 100) / total)::float8) AS wrong,
       count(*) FILTER (WHERE s IS DISTINCT FROM ordered OR s IS DISTINCT FROM framed) AS frame_matters,
       count(*) FILTER (WHERE g IS DISTINCT FROM (g_amount::numeric(200, 100) / g_total)::float8) AS wrong_capacity,
       count(*) FILTER (WHERE f IS DISTINCT FROM (f_amount::numeric(200, 100) / f_total)::float8) AS wrong_double
FROM (SELECT x, x::numeric(100, 12) AS g_amount, x::float8::numeric AS f_amount,
             market_share(x) OVER (PARTITION BY grp) AS s, sum(x::numeric(100, 18)) OVER (PARTITION BY grp) AS total,
             market_share(x) OVER (PARTITION BY grp ORDER BY id) AS ordered,
             market_share(x) OVER (PARTITION BY grp ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS framed,
             market_share(x::capacity_gwh) OVER (PARTITION BY grp) AS g, sum(x::numeric(100, 12)) OVER (PARTITION BY grp) AS g_total,
             market_share((x::float8::numeric)::float8) OVER (PARTITION BY grp) AS f, sum(x::float8::numeric) OVER (PARTITION BY grp) AS f_total
      FROM rows) t;
-- No rows, only NULLs, a total of zero, one row, no partition.
SELECT market_share(x) OVER () FROM rows WHERE false;
SELECT id, market_share(x::numeric) OVER (PARTITION BY g) AS s FROM
  (VALUES (1, 'nulls', NULL), (2, 'nulls', NULL), (3, 'zeros', 0), (4, 'zeros', NULL), (5, 'zeros', 0), (6, 'one', 7), (7, 'thirds', 1), (8, 'thirds', 2), (9, 'thirds', NULL)) v(id, g, x)
ORDER BY id;
SELECT m, market_share(a) OVER () FROM (VALUES ('a', 10), ('b', 10), ('c', 10), ('d', 20), ('e', 50)) v(m, a) ORDER BY m;
-- A total beyond 128 bits.
SELECT market_share(170141183460469231731.687303715884105727) OVER () FROM generate_series(1, 4);
-- A big partition, on disk: linear.
SET work_mem = '64kB';
SELECT count(*), sum(s)::numeric(10, 6), min(s) = max(s) AS equal FROM (SELECT market_share(1.0) OVER (PARTITION BY i % 2) AS s FROM generate_series(1, 100000) i) t;
RESET work_mem;
-- What evaluating the argument allocates does not add up over the partition:
-- the last row's amount is zero if the session has less than 60 MB by then, and
-- 100,000 texts of 1,000 bytes would be more.
SELECT count(*), count(*) FILTER (WHERE s = 0) AS in_bounds
FROM (SELECT market_share(CASE WHEN i < 100000 THEN left(repeat('1', 1000 + i % 2), 9)::numeric
                               ELSE (SELECT (sum(total_bytes) > 60000000)::int::numeric FROM pg_backend_memory_contexts) END) OVER () AS s
      FROM generate_series(1, 100000) i) t;
SELECT market_share(x) OVER () FROM (VALUES (1.0), (-1.5)) v(x);
SELECT market_share(x::capacity_gwh) OVER () FROM (VALUES (1.0), (-1.5)) v(x);
SELECT market_share(x) OVER () FROM (VALUES (1::float8), ('NaN')) v(x);
SELECT market_share(1e300::float8) OVER ();
SELECT market_share(1.0);
DROP TABLE rows;

-- Whole numbers beyond 2^53 keep every digit (core's numeric is the oracle).
WITH t(m, x) AS (VALUES ('a', 9007199254740993), ('b', 9223372036854775807), ('c', 1), ('d', NULL::bigint))
SELECT total(market_shares(m, x)) = sum(x) AS total, amount(market_shares(m, x), 'a') AS a,
       total(market_shares_usd(m, x)) = sum(x) AS usd,
       total(market_shares(m, x, 9223372036854775807)) AS stated
  FROM t;
SELECT m, market_share(x) OVER () = (x::numeric(100, 40) / sum(x) OVER ())::double precision AS share
  FROM (VALUES ('a', 9007199254740993), ('b', 9007199254740992)) t(m, x) ORDER BY m;
SELECT total(market_shares('a'::text, x) OVER (ORDER BY x ROWS 1 PRECEDING))
  FROM (VALUES (9007199254740993), (9007199254740995), (9007199254740997)) t(x);
SELECT market_shares('a'::text, (-9223372036854775808)::bigint);
SELECT market_share((-1)::bigint) OVER ();
