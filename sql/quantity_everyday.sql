-- What core has for numbers, on quantities, under the same names.  Oracles: core's
-- functions over the same values as numeric, which is exact, and as double precision.
\set VERBOSITY terse
\set SHOW_CONTEXT never
CREATE TABLE everyday AS
SELECT i, i % 7 AS g, n::capacity_gwh AS c, n, to_cost_per_gwh(m, 'USD/kWh') AS k, m, x
FROM (SELECT i, CASE WHEN i % 5 > 0 AND i > 3 THEN (hashint8extended(i, 1) >> 12) * 0.000000000001 END AS n,
		CASE WHEN i % 3 > 0 THEN (hashint8extended(i, 2) >> (8 + abs(hashint8extended(i, 4) % 40))::int) * 0.000000001 END AS m,
		CASE WHEN i % 4 > 0 THEN hashint8extended(i, 3) / 1e15::float8 END AS x
	FROM generate_series(1, 2000) i) r;

-- ---- to whole units ----
SELECT c, floor(c), ceil(c), ceiling(c), trunc(c) FROM unnest('{45.5,-45.5,45,-45,0,0.000000000001,-0.000000000001}'::capacity_gwh[]) c;
SELECT count(*) AS rows, bool_and(floor(c)::numeric = floor(n)) AS floor, bool_and(ceil(c)::numeric = ceil(n)) AS ceil, bool_and(trunc(c)::numeric = trunc(n)) AS trunc,
	bool_and(floor(k)::numeric = floor(m)) AS floor, bool_and(ceiling(k)::numeric = ceiling(m)) AS ceiling, bool_and(trunc(k)::numeric = trunc(m)) AS trunc
FROM everyday WHERE c IS NOT NULL AND k IS NOT NULL;
-- the last unit has nowhere to go
SELECT floor('-9223372.036'::capacity_gwh);
SELECT ceil('9223372.036'::capacity_gwh);
SELECT trunc('-9223372.036'::capacity_gwh), trunc('9223372.036'::capacity_gwh), floor('9223372.036'::capacity_gwh);

-- ---- histograms and pictures ----
SELECT bool_and(width_bucket(c, -900, 900, 9) = width_bucket(n, -900, 900, 9)) AND bool_and(width_bucket(k, 100, '-50 USD/kWh', 11) = width_bucket(m, 100, -50, 11)) AS as_core FROM everyday;
SELECT width_bucket('7 GWh'::capacity_gwh, '0', '10000 MWh', 5), width_bucket(9::capacity_gwh, ARRAY[0, 5, 8]::capacity_gwh[]);
SELECT width_bucket(7::capacity_gwh, 3, 3, 5);
SELECT width_bucket(7::capacity_gwh, 3, 4, 0);
SELECT to_char('1234.567 GWh'::capacity_gwh, 'FM9,990.0'), to_char(-67.25::cost_per_gwh, '999.99'), to_char(c, NULL) FROM (VALUES (1::capacity_gwh)) v(c);
SELECT to_char('1234.567 GWh'::capacity_gwh, repeat('9', 10001));

-- ---- percentiles ----
-- of the exact position fraction * (n - 1), rounded once
CREATE FUNCTION percentile_core(v numeric[], fraction numeric, digits int) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
	SELECT round(o[1 + floor(at)::int] + (at - floor(at)) * (o[least(2 + floor(at)::int, cardinality(o))] - o[1 + floor(at)::int]), digits)
	FROM (SELECT array_agg(x ORDER BY x) AS o, fraction * (count(*) - 1) AS at FROM unnest(v) x WHERE x IS NOT NULL) s $$;
SELECT f, bool_and(pc::numeric = percentile_core(ns, f::text::numeric, 12)) AS capacity, bool_and(pk::numeric = percentile_core(ms, f::text::numeric, 9)) AS cost,
	bool_and(down::numeric = percentile_core(ns, 1 - f::text::numeric, 12)) AS down, bool_and(abs(pc::numeric / core::numeric - 1) < 1e-12) AS near_core
FROM unnest('{0,0.1,0.25,0.29,0.3333333333333333,0.5,0.7,0.9,0.999,1}'::float8[]) f,
	LATERAL (SELECT g, percentile_cont(f) WITHIN GROUP (ORDER BY c) AS pc, percentile_cont(f) WITHIN GROUP (ORDER BY k) AS pk,
		percentile_cont(f) WITHIN GROUP (ORDER BY c DESC) AS down, percentile_cont(f) WITHIN GROUP (ORDER BY n::float8) AS core,
		array_agg(n) AS ns, array_agg(m) AS ms FROM everyday GROUP BY g) s
GROUP BY f ORDER BY f;
SELECT g, percentile_cont(ARRAY[0.25, NULL, 1]) WITHIN GROUP (ORDER BY c) = ARRAY[percentile_cont(0.25) WITHIN GROUP (ORDER BY c), NULL, max(c)] AS three,
	percentile_cont('{{0,0.5},{0.75,1}}'::float8[]) WITHIN GROUP (ORDER BY k DESC)
	= ARRAY[[max(k), median(k)], [percentile_cont(0.25) WITHIN GROUP (ORDER BY k), min(k)]] AS four
FROM everyday GROUP BY g ORDER BY g;
SELECT pg_typeof(percentile_cont(0.9) WITHIN GROUP (ORDER BY c)), percentile_cont(0.9) WITHIN GROUP (ORDER BY c) FILTER (WHERE i < 0) AS none,
	percentile_cont(NULL::float8) WITHIN GROUP (ORDER BY c) AS unknown, percentile_cont('{}'::float8[]) WITHIN GROUP (ORDER BY c) AS empty FROM everyday;
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY c USING >), percentile_cont(0.25) WITHIN GROUP (ORDER BY c DESC NULLS LAST), percentile_cont(1e-300) WITHIN GROUP (ORDER BY c)
FROM unnest('{1,2,NULL,4,8}'::capacity_gwh[]) c;
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY c), percentile_cont('{0,0.5,1}'::float8[]) WITHIN GROUP (ORDER BY c) FROM unnest('{-9223372.036854775808,9223372.036854775807}'::capacity_gwh[]) c;
SELECT percentile_cont(90) WITHIN GROUP (ORDER BY c) FROM everyday;
SELECT percentile_cont('NaN'::float8) WITHIN GROUP (ORDER BY c) FROM everyday;
SELECT percentile_cont('{0.5,-0.1}'::float8[]) WITHIN GROUP (ORDER BY k) FROM everyday;
-- of a part that was kept
SELECT percentile_capacity(rollup(part), 0.9) = (SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY c) FROM everyday) AS whole,
	percentile_capacity(rollup(part), '{0.1}'::float8[]) = (SELECT percentile_cont('{0.1}'::float8[]) WITHIN GROUP (ORDER BY c) FROM everyday) AS wholes
FROM (SELECT median_partial(c) AS part FROM everyday GROUP BY g) p;
SELECT percentile_cost(median_partial(c), 0.9) FROM everyday;
SELECT percentile_cost(median_partial(5), 0.9);

-- ---- spread ----
-- core's variance of numeric is exact up to its last digits: rounded the same way
SELECT g, stddev(c)::numeric = round(stddev(n), 12) AS stddev, stddev_samp(c) = stddev(c) AS samp, stddev_pop(c)::numeric = round(stddev_pop(n), 12) AS pop,
	abs(variance(c) / variance(n)::float8 - 1) < 1e-15 AS variance, var_samp(c) = variance(c) AS samp, abs(var_pop(c) / var_pop(n)::float8 - 1) < 1e-15 AS pop,
	abs(stddev(k)::numeric - stddev(m)) < 1e-9 AS stddev, abs(stddev_pop(k)::numeric - stddev_pop(m)) < 1e-9 AS pop,
	abs(variance(k) / variance(m)::float8 - 1) < 1e-15 AS variance, abs(var_pop(k) / var_pop(m)::float8 - 1) < 1e-15 AS pop
FROM everyday GROUP BY g ORDER BY g;
SELECT stddev(c), stddev_pop(c), variance(c), var_pop(c) FROM unnest('{2,4,4,4,5,5,7,9}'::capacity_gwh[]) c;
SELECT n, stddev(c), stddev_pop(c), variance(c), var_pop(c) FROM (VALUES (0, NULL::capacity_gwh), (1, 7), (2, 7), (2, 7)) v(n, c) GROUP BY n ORDER BY n;
-- 2 kWh between 9 million GWh, where doubles have three digits left
SELECT stddev_pop(c), var_pop(c), var_pop(c::float8) FROM unnest('{9000000.000000,9000000.000002}'::capacity_gwh[]) c;
SELECT stddev(c) FROM unnest('{-9223372.036854775808,9223372.036854775807}'::capacity_gwh[]) c;
-- a spread is a quantity, so that by the mean it is a ratio, and to a cost it does not add
SELECT pg_typeof(stddev(c)), pg_typeof(variance(c)), pg_typeof(stddev(k)), stddev(c) / avg(c) AS variation FROM unnest('{1,3}'::capacity_gwh[]) c, unnest('{1,3}'::cost_per_gwh[]) k;
SELECT stddev(c) + avg(k) FROM everyday;
-- taken back in windows, merged in any order
SELECT count(*) AS frames, bool_and(moving IS NOT DISTINCT FROM again) AS same FROM (
	SELECT stddev(c) OVER w AS moving, (SELECT stddev(e.c) FROM everyday e WHERE e.i BETWEEN f.i - 3 AND f.i + 1) AS again
	FROM everyday f WINDOW w AS (ORDER BY i ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING)) s;
SELECT sample_deviation_capacity(rollup(c)) = (SELECT stddev(c) FROM everyday) AS stddev, population_variance_cost(rollup(k)) = (SELECT var_pop(k) FROM everyday) AS var_pop,
	sample_variance_capacity(rollup(c::text::quantity_sums)) = (SELECT variance(c) FROM everyday) AS variance, average_capacity(rollup(c)) = (SELECT avg(c) FROM everyday) AS mean,
	observations(rollup(k)) = (SELECT count(k) FROM everyday) AS rows
FROM (SELECT spread_partial(c) AS c, spread_partial(k) AS k FROM everyday GROUP BY g) p;
SELECT sample_deviation_capacity(capacity_partial(c)) FROM everyday;
SELECT total_capacity(spread_partial(k)) FROM everyday;
SELECT '1:capacity_squares:2:6:17'::quantity_sums;
SELECT sample_deviation_cost('1:cost_squares:2:6:18');

-- ---- correlation ----
SELECT abs(corr(k, c) - corr(m::float8, n::float8)) < 1e-15 AS corr, abs(corr(c, k) - corr(n::float8, m::float8)) < 1e-15 AS corr,
	abs(corr(c, x) - corr(n::float8, x)) < 1e-15 AS x, abs(corr(x, k) - corr(x, m::float8)) < 1e-15 AS x, abs(corr(k, i) - corr(m::float8, i)) < 1e-15 AS i,
	abs(corr(c, c + 1) - 1) < 1e-15 AS same, abs(corr(k, k * -2) + 1) < 1e-15 AS opposite, abs(corr(i, c) - corr(i, n::float8)) < 1e-15 AS i,
	abs(corr(x, c) - corr(x, n::float8)) < 1e-15 AS x, abs(corr(k, x) - corr(m::float8, x)) < 1e-15 AS x,
	abs(regr_r2(k, c) - corr(m::float8, n::float8) ^ 2) < 1e-15 AS r2, abs(regr_r2(c, i) - regr_r2(n::float8, i)) < 1e-15 AS r2
FROM everyday;
SELECT corr(c, k) FILTER (WHERE i < 0) AS none, corr(c, c) FILTER (WHERE i = 4) AS one FROM everyday;
-- by core's covariance
SELECT corr(k, c), round((covar_samp(k::float8, c::float8) / sqrt(variance(k) * variance(c)))::numeric, 15), regr_r2(c, k)
FROM (VALUES (60::cost_per_gwh, 40::capacity_gwh), (52, 45.5), (75, 20), (81.25, 30), (90, 35)) v(k, c);
-- a product that sums to nothing, constants, what is beyond doubles' sums of squares
SELECT corr(c, x), corr(x, c), corr(c, 7), corr(7::float8, c), regr_r2(c, 7), regr_r2(7::cost_per_gwh, c) FROM (VALUES (1::capacity_gwh, 1.0::float8), (2, -0.5), (0, 2)) v(c, x);
SELECT corr(c, x) FROM (VALUES (9000000::capacity_gwh, 1e308::float8), (9000000.000001, 1.1e308), (9000000.000002, 1.2e308)) v(c, x);
SELECT corr(c, x) FROM (VALUES (1::capacity_gwh, 'NaN'::float8)) v(c, x);
SELECT correlation(regression(x, x * x)), correlation(regression(x, x, x * x)), correlation(regression_through_origin(x, x * x)) FROM generate_series(1, 9) x;
SELECT count(*) AS frames, bool_and(moving IS NOT DISTINCT FROM again) AS same FROM (
	SELECT corr(k, x) OVER w AS moving, (SELECT corr(e.k, e.x) FROM everyday e WHERE e.i BETWEEN f.i - 5 AND f.i) AS again
	FROM everyday f WINDOW w AS (ORDER BY i ROWS 5 PRECEDING)) s;
-- several groupings of one row's arguments
SELECT count(*) AS groups, bool_and(coalesce(abs(r - core) < 1e-13, r IS NULL AND core IS NULL)) AS same
FROM (SELECT corr(k, c) AS r, corr(m::float8, n::float8) AS core FROM everyday GROUP BY GROUPING SETS ((g), (i % 3), (g, i % 3), ())) s;

-- ---- a median of plain numbers ----
SELECT median(5), median(2.5), median(x), pg_typeof(median(5)) FROM generate_series(1, 4) x;
SELECT g, median(x) = percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS core, median_number(median_partial(x)) = median(x) AS part FROM everyday GROUP BY g ORDER BY g;
SELECT median(x) FROM unnest('{-1.5,-0.0,0.0,-2,1e300}'::float8[]) x;
SELECT median(x) AS nan_last, median(x) FILTER (WHERE x <> 'NaN') AS two, median(x) FILTER (WHERE x < 'NaN' AND x > 1) AS infinite FROM unnest('{NaN,1,2,Infinity,-NaN}'::float8[]) x;
SELECT median(x) FROM unnest('{-1.7e308,1.7e308}'::float8[]) x;
SELECT median(x) FROM unnest('{1.6e308,1.7e308}'::float8[]) x;
SELECT median_capacity(median_partial(5));
DROP TABLE everyday;
DROP FUNCTION percentile_core;
