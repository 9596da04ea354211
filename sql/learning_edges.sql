-- Weighted fits, degenerate data, and values that are not to be had.

-- Oracle: R, test/oracles/weighted_fit.R (lm, with and without weights)
CREATE TEMP TABLE d (x float8, y float8, w float8);
INSERT INTO d VALUES (1, 900, 0.5), (2, 760, 1), (3.5, 700, 2), (8, 520, 1.5),
  (20, 410, 3), (45, 330, 0.25), (110, 240, 4), (300, 190, 2.5);
CREATE TEMP TABLE r (quantity text, plain float8, weighted float8);
INSERT INTO r VALUES
  ('intercept', 6.841254014222787e+00, 6.866108620389946e+00),
  ('exponent', -2.800722662850159e-01, -2.883186697999345e-01),
  ('se intercept', 2.256692844719553e-02, 2.675888177377611e-02),
  ('se exponent', 6.945039439659168e-03, 7.085656841078101e-03),
  ('s', 3.682633552126343e-02, 4.777559898344370e-02),
  ('rss', 8.137073927548012e-03, 1.369504714936096e-02),
  ('intercept low, 90', 6.797402403872397e+00, 6.814111288998504e+00),
  ('intercept high, 90', 6.885105624573177e+00, 6.918105951781389e+00),
  ('r2', 9.963241217638507e-01, 9.963892701823128e-01),
  ('adjusted r2', 9.957114753911591e-01, 9.957874818793649e-01),
  ('t', -4.032695115965542e+01, -4.069046473270445e+01),
  ('p', 1.554293164901247e-08, 1.473071820472912e-08),
  ('ln fit at 1000', 4.906583338295977e+00, 4.874473807050341e+00),
  ('ln mean low', 4.843848970617677e+00, 4.819769549133512e+00),
  ('ln mean high', 4.969317705974277e+00, 4.929178064967171e+00),
  ('ln prediction low', 4.811417880284773e+00, 4.766718572957531e+00),
  ('ln prediction high', 5.001748796307182e+00, 4.982229041143151e+00);
CREATE FUNCTION pg_temp.readings(lc learning_curve) RETURNS TABLE (quantity text, value float8) LANGUAGE sql AS $$
  SELECT q.* FROM fit(lc) f, fit(lc, 0.9) g, predict_number(lc, 1000, 0.9) p, LATERAL (VALUES
    ('rss', f.rss), ('intercept low, 90', g.intercept_low), ('intercept high, 90', g.intercept_high),
    ('intercept', f.intercept), ('exponent', f.exponent), ('se intercept', f.intercept_stderr),
    ('se exponent', f.exponent_stderr), ('s', f.residual_stderr), ('r2', f.r_squared),
    ('adjusted r2', f.adjusted_r_squared), ('t', f.t_statistic), ('p', f.p_value),
    ('ln fit at 1000', ln(p.cost)), ('ln mean low', ln(p.mean_low)), ('ln mean high', ln(p.mean_high)),
    ('ln prediction low', ln(p.prediction_low)), ('ln prediction high', ln(p.prediction_high))) q
$$;
SELECT quantity, abs(a.value / plain - 1) < 1e-11 AS plain, abs(b.value / weighted - 1) < 1e-11 AS weighted,
  abs(c.value / weighted - 1) < 1e-11 AS by_gwh
FROM r
JOIN (SELECT v.* FROM (SELECT learning_curve(x, y) AS lc FROM d) l, pg_temp.readings(lc) v) a USING (quantity)
JOIN (SELECT v.* FROM (SELECT learning_curve(x, y, w) AS lc FROM d) l, pg_temp.readings(lc) v) b USING (quantity)
JOIN (SELECT v.* FROM (SELECT learning_curve(x::capacity_gwh, y::cost_per_gwh, w::capacity_gwh) AS lc FROM d) l, pg_temp.readings(lc) v) c USING (quantity)
ORDER BY quantity COLLATE "C";
-- one factor on all weights: the line stays, the residual error scales by its root
SELECT abs(exponent(learning_curve(x, y, w * 1024)) / exponent(learning_curve(x, y, w)) - 1) < 1e-15 AS line,
  abs(residual_stderr(learning_curve(x, y, w * 1024)) / residual_stderr(learning_curve(x, y, w)) / 32 - 1) < 1e-15 AS error,
  abs(exponent_stderr(learning_curve(x, y, w * 1024)) / exponent_stderr(learning_curve(x, y, w)) - 1) < 1e-15 AS stderr
FROM d;
-- equal weights are no weights; a weight of 0 is no observation, nor is a NULL
SELECT abs(exponent(learning_curve(x, y, 1)) / exponent(learning_curve(x, y)) - 1) < 1e-15 AS line,
  abs(p_value(learning_curve(x, y, 1)) / p_value(learning_curve(x, y)) - 1) < 1e-13 AS p,
  observations(learning_curve(x, y, CASE WHEN x > 10 THEN w ELSE 0 END)) AS zero,
  observations(learning_curve(x, y, CASE WHEN x > 10 THEN w END)) AS null_,
  observations(learning_curve(x, CASE WHEN x > 10 THEN y END, w)) AS null_y,
  learning_curve(x, y, CASE WHEN x > 10 THEN w ELSE 0 END) = learning_curve(x, y, w) FILTER (WHERE x > 10) AS same
FROM d;

-- one row; two; two equal x; constant y; points on a line
\x on
SELECT f.* FROM (SELECT learning_curve(10, 100) AS lc) l, fit(lc) f;
SELECT f.observations, round(f.exponent::numeric, 14) AS exponent, round(f.learning_rate::numeric, 14) AS learning_rate,
  round(f.progress_ratio::numeric, 14) AS progress_ratio, round(exp(f.intercept)::numeric, 12) AS cost_at_1, f.r_squared,
  f.adjusted_r_squared, f.residual_stderr, f.exponent_stderr, f.exponent_low, f.learning_rate_high, f.intercept_stderr,
  f.t_statistic, f.p_value, f.degrees_of_freedom
FROM (SELECT learning_curve(x, y) AS lc FROM (VALUES (1::float8, 16::float8), (4, 4)) v (x, y)) l, fit(lc) f;
SELECT f.* FROM (SELECT learning_curve(x, y) AS lc FROM (VALUES (7::float8, 16::float8), (7, 4), (7, 5)) v (x, y)) l, fit(lc) f;
SELECT f.observations, f.exponent, f.learning_rate, f.learning_rate_low, f.learning_rate_high, f.progress_ratio,
  f.exponent_stderr, round(exp(f.intercept)::numeric, 12) AS cost_at_1, f.intercept_stderr, f.r_squared, f.adjusted_r_squared,
  f.residual_stderr, f.t_statistic, f.p_value
FROM (SELECT learning_curve(x, y) AS lc FROM (VALUES (1::float8, 5::float8), (2, 5), (3, 5)) v (x, y)) l, fit(lc) f;
SELECT f.estimator, f.observations, f.exponent, round(f.learning_rate::numeric, 14) AS learning_rate, f.exponent_stderr, f.residual_stderr, f.t_statistic, f.p_value, f.r_squared
FROM (SELECT learning_curve(x, y) AS lc FROM (VALUES (1::float8, 16::float8), (4, 8), (16, 4), (64, 2)) v (x, y)) l, fit(lc) f;
SELECT f.exponent, round(f.learning_rate::numeric, 14) AS learning_rate, f.t_statistic, f.p_value
FROM (SELECT learning_curve(x, y) AS lc FROM (VALUES (1::float8, 2::float8), (4, 4), (16, 8), (64, 16)) v (x, y)) l, fit(lc) f;
\x off
-- x that differs by the last bit only is constant
SELECT exponent(learning_curve(x, y)) IS NULL AS constant
FROM (VALUES (3::float8, 5::float8), (3.0000000000000004, 6), (2.9999999999999996, 4)) v (x, y);
-- and the smallest difference that is not
SELECT exponent(learning_curve(1 + i * 4e-15::float8, 2 + i)) IS NOT NULL AS line FROM generate_series(0, 2) i;
-- a stress case: small scatter far from the origin, where naive sums lose the
-- residual; oracle: core's numeric, two passes
CREATE TEMP TABLE stress AS
  SELECT (1e9::float8 + i)::float8 AS x, (1e9::float8 + 3 * i + (i * 7919 % 101))::float8 AS y FROM generate_series(1, 2000) i;
WITH logs AS (SELECT ln(x::numeric(60,40)) AS u, ln(y::numeric(60,40)) AS v FROM stress),
  means AS (SELECT avg(u) AS mu, avg(v) AS mv FROM logs),
  sums AS (SELECT sum((u - mu) ^ 2) AS suu, sum((u - mu) * (v - mv)) AS suv, sum((v - mv) ^ 2) AS svv FROM logs, means),
  truth AS (SELECT suv / suu AS b, sqrt((svv - suv * suv / suu) / 1998) AS s FROM sums)
SELECT abs(exponent(lc)::numeric / b - 1) < 1e-8 AS exponent, abs(residual_stderr(lc)::numeric / s - 1) < 1e-7 AS residual
FROM truth, (SELECT learning_curve(x, y) AS lc FROM stress) l;

-- reading off a curve that has no line, no slope, or a result out of range
CREATE TEMP TABLE odd AS
  SELECT 'one point' AS name, learning_curve(capacity_gwh '10', cost_per_gwh '100') AS lc
  UNION ALL
  SELECT 'level', learning_curve(x, 100) FROM (VALUES (capacity_gwh '1'), ('2'), ('4')) v (x)
  UNION ALL
  SELECT 'two points', learning_curve(x, y) FROM (VALUES (capacity_gwh '1', cost_per_gwh '16'), ('4', '4')) v (x, y)
  UNION ALL
  SELECT 'rising', learning_curve(x, y) FROM (VALUES (capacity_gwh '1', cost_per_gwh '4'), ('4', '15'), ('8', '32')) v (x, y)
  UNION ALL
  SELECT 'slow', learning_curve(x, y) FROM (VALUES (capacity_gwh '1', cost_per_gwh '100'), ('4', '99'), ('8', '98')) v (x, y);
SELECT name, round(to_unit(cost_at(lc, 16), 'USD/kWh'), 6) AS cost_at, round(to_unit(capacity_at(lc, 1), 'GWh'), 9) AS capacity_at, round(doublings_to(lc, capacity_gwh '8', cost_per_gwh '1')::numeric, 6) AS doublings,
  round(extrapolation(lc, capacity_gwh '64')::numeric, 6) AS extrapolation
FROM odd ORDER BY name;
SELECT name, round(p.cost) AS cost, round(p.mean_low) AS mean_low, round(p.mean_high) AS mean_high, round(p.prediction_low) AS prediction_low, round(p.prediction_high) AS prediction_high, round(p.extrapolation::numeric, 12) AS extrapolation, p.confidence_level FROM odd, predict(lc, capacity_gwh '4') p WHERE name IN ('one point', 'level', 'two points') ORDER BY name;
SELECT name, round(to_unit(cost_at(lc, '9000000'), 'USD/kWh'), 5) AS far, capacity_at(lc, '0.000000001 USD/kWh') AS tiny, round(p.prediction_high) AS prediction_high
FROM odd, predict(lc, capacity_gwh '9000000') p WHERE name IN ('rising', 'slow') ORDER BY name;
-- within a standard deviation nothing is extrapolated; two points are exact
SELECT round(extrapolation(lc, capacity_gwh '1')::numeric, 12) AS low_end, extrapolation(lc, capacity_gwh '2') AS inside,
  round(extrapolation(lc, capacity_gwh '8')::numeric, 12) AS beyond, round(extrapolation(lc, capacity_gwh '0.25')::numeric, 12) AS below
FROM odd WHERE name = 'two points';
-- plain numbers are the curve's own units
SELECT round(p.cost::numeric, 9) AS y, round(cost_at(lc, 2)) AS cost_at FROM odd, predict_number(lc, 2) p WHERE name = 'two points';
SELECT round(doublings_to_number(lc, 1, 4)::numeric, 12) AS plain, round(doublings_to(lc, capacity_gwh '1', cost_per_gwh '4')::numeric, 12) AS typed
FROM odd WHERE name = 'two points';
-- a two-sided band of 50 % at three points is that of t with one degree of
-- freedom, whose quantile is tan(pi/4) = 1
SELECT round(((exponent_high - exponent) / exponent_stderr)::numeric, 12) AS quantile
FROM (SELECT learning_curve(x, y) AS lc FROM d WHERE x < 5) l, fit(lc, 0.5) f;
-- the largest confidence below 1: the quantile is 1/tan(pi/2 2^-53), which is
-- 2^54/pi, and a line without errors has itself for its bounds
SELECT round(((exponent_high - exponent) / exponent_stderr / (2 ^ 54 / pi()))::numeric, 12) AS quantile
FROM (SELECT learning_curve(x, y) AS lc FROM d WHERE x < 5) l, fit(lc, 0.9999999999999999) f;
SELECT exponent_low, exponent_high FROM (SELECT learning_curve(x, 1 / x) AS lc FROM d) l, fit(lc, 0.9999999999999999) f;
-- argument types: what a driver sends, and what it means
SELECT exponent(learning_curve(x::numeric, y::numeric)) = exponent(learning_curve(x, y)) AS numeric_,
  units(learning_curve(x::numeric, y::cost_per_gwh)) AS number_and_cost,
  units(learning_curve(x::capacity_gwh, y)) AS capacity_and_number,
  units(learning_curve(x::int, y::int)) AS integers
FROM d;

-- Building a hash index keeps nothing of the values it has hashed: 100,000
-- copies would be more than 10 MB.
SET maintenance_work_mem = '1MB';
CREATE FUNCTION pg_temp.watched(i int, v learning_curve) RETURNS learning_curve LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  bytes bigint;
BEGIN
  IF i IN (1, 100000) THEN
    SELECT sum(total_bytes) INTO bytes FROM pg_backend_memory_contexts;
    IF i = 1 THEN
      PERFORM set_config('battery_test.bytes', bytes::text, true);
    ELSE
      RAISE NOTICE 'in bounds: %', bytes - current_setting('battery_test.bytes')::bigint < 5000000;
    END IF;
  END IF;
  RETURN v;
END $$;
CREATE TEMP TABLE hashed AS SELECT i, v FROM (SELECT learning_curve(1::float8, 1) AS v) s, generate_series(1, 100000) i ORDER BY i;
CREATE INDEX ON hashed USING hash (pg_temp.watched(i, v));
DROP TABLE hashed;
DROP FUNCTION pg_temp.watched;
RESET maintenance_work_mem;
