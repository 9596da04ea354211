-- Where a regression ends: too few rows, redundant regressors, perfect fits,
-- constant y, NULLs and zero weights, and the ends of double precision.
\set VERBOSITY terse
CREATE TEMP TABLE few (i int, y float8, x1 float8, x2 float8);
INSERT INTO few VALUES (1, 2, 1, 5), (2, 3, 2, 3), (3, 7, 4, 4), (4, 5, 3, 1), (5, 9, 6, 2);
-- one row more at a time: no coefficients, coefficients without errors, all
SELECT n, f.observations, r_squared IS NOT NULL AS line, residual_stderr IS NOT NULL AS errors, degrees_of_freedom, note
FROM generate_series(1, 5) n, LATERAL (SELECT regression(y, x1, x2) AS m FROM few WHERE i <= n) s, LATERAL fit(m) f ORDER BY n;
SELECT n, term, round(coefficient::numeric, 12) AS coefficient, stderr IS NOT NULL AS stderr, low IS NOT NULL AS bounds, round(vif::numeric, 9) AS vif
FROM generate_series(2, 4) n, LATERAL (SELECT regression(y, x1, x2) AS m FROM few WHERE i <= n) s, LATERAL coefficients(m) ORDER BY n, term;
-- three points and a plane through them
SELECT i, round((p.y - few.y)::numeric, 12) AS off, p.mean_low, p.leverage > 0.999999 AND p.leverage < 1.000001 AS leverage_1
FROM few, (SELECT regression(y, x1, x2) AS m FROM few WHERE i <= 3) s, LATERAL predict(m, ARRAY[x1, x2]) p WHERE i <= 3 ORDER BY i;
-- nothing at all: NULL; and NULLs skip a row
SELECT regression(y, x1) IS NULL AS none, regression(y, x1) FILTER (WHERE false) IS NULL AS filtered FROM few WHERE i > 9;
SELECT regression(y, x1, x2) = (SELECT regression(y, x1, x2) FROM few) AS same,
       regression(y, VARIADIC ARRAY[x1, x2]) = (SELECT regression(y, x1, x2) FROM few) AS array_same,
       regression(NULL, x1) IS NULL AS all_null, regression(y, VARIADIC NULL) IS NULL AS no_array
FROM (SELECT * FROM few UNION ALL VALUES (6, NULL, 1, 1), (7, 1, NULL, 1), (8, 1, 1, NULL)) g;
-- a weight of 0 or NULL is no observation
SELECT weighted_regression(y, w, x1) = (SELECT weighted_regression(y, 2, x1) FROM few) AS same, observations(weighted_regression(y, w, x1)) AS n
FROM (SELECT y, 2::float8 AS w, x1 FROM few UNION ALL VALUES (100, 0, 3), (100, NULL, 3), (100, '-0', 3)) g;
-- redundant regressors, by what makes them so
SELECT what, deficient, r_squared, note
FROM (SELECT 1 AS i, 'constant' AS what, regression(y, 0.1) AS m FROM few
      UNION ALL SELECT 2, 'constant but for rounding', regression(y, 0.3 + (i % 2) * 5e-17) FROM few
      UNION ALL SELECT 3, 'second constant', regression(y, x1, 1e9) FROM few
      UNION ALL SELECT 4, 'double', regression(y, x1, 2 * x1) FROM few
      UNION ALL SELECT 5, 'sum, in doubles', regression(y, 0.1 * x1, 0.7 * x2, 0.1 * x1 + 0.7 * x2 + 0.3) FROM few
      UNION ALL SELECT 6, 'zero', regression(y, x1, 0) FROM few
      UNION ALL SELECT 7, 'through the origin, zero', regression_through_origin(y, 0) FROM few
      UNION ALL SELECT 8, 'through the origin, double', regression_through_origin(y, x1, x1 / 3) FROM few
      UNION ALL SELECT 9, 'weighted', weighted_regression(y, i, x1, x2, x1 - x2) FROM few
      UNION ALL SELECT 10, 'year and its double', regression(y, 2000 + i, 2 * i) FROM few) s, LATERAL fit(m) ORDER BY i;
-- what is not redundant: a constant through the origin is an intercept
-- (oracle: avg), and a spread of one in 10^15 is a spread
SELECT round((coefficient(regression_through_origin(y, 1), 1) - avg(y))::numeric, 14) AS mean FROM few;
SELECT what, coefficient, round(r_squared::numeric, 12) AS r_squared, note
FROM (SELECT 1 AS i, 'offset 10^15' AS what, regression(i, 1e15 + i) AS m FROM few
      UNION ALL SELECT 2, 'offset 10^12', regression(i, 1e12 + i / 16.0) FROM few) s, LATERAL fit(m), LATERAL (SELECT coefficient(m, 1)) c ORDER BY i;
-- points on a plane, up to the rounding of the decimals: errors are 0
SELECT round(coefficient(m, 1)::numeric, 12) AS b1, round(coefficient(m, 2)::numeric, 12) AS b2, residual_stderr, r_squared, adjusted_r_squared, f_statistic, f_p_value, log_likelihood, aic, bic, note
FROM (SELECT regression(0.1 + 0.2 * x1 - 0.7 * x2, x1, x2) AS m FROM few) s, LATERAL fit(m);
SELECT term, stderr, t_statistic, p_value, low = coefficient AND high = coefficient AS bounds FROM (SELECT regression(0.1 + 0.2 * x1 - 0.7 * x2, x1, x2) AS m FROM few) s, LATERAL coefficients(m) ORDER BY term;
SELECT round(y::numeric, 12) AS y, mean_stderr, mean_low = y AND prediction_high = y AS bounds, note FROM (SELECT regression(0.1 + 0.2 * x1 - 0.7 * x2, x1, x2) AS m FROM few) s, LATERAL predict(m, '{10,10}');
-- constant y: slopes exactly 0, R squared 1 as regr_r2 has it, no test
SELECT term, coefficient, stderr, t_statistic, p_value, note FROM (SELECT regression(0.1, x1, x2) AS m FROM few) s, LATERAL coefficients(m) ORDER BY term;
SELECT r_squared, adjusted_r_squared, f_statistic, residual_stderr, note FROM (SELECT regression(0.1, x1, x2) AS m FROM few) s, LATERAL fit(m);
SELECT r_squared, f_statistic, note FROM (SELECT regression_through_origin(0, x1) AS m FROM few) s, LATERAL fit(m);
-- a slope of exactly 0 with scatter about it
SELECT coefficient, t_statistic, p_value FROM (SELECT regression(y, x) AS m FROM (VALUES (1::float8, 0.1::float8), (3, 0.1), (1, 0.3), (3, 0.3)) v(y, x)) s, LATERAL coefficients(m) WHERE term = 1;
-- regressors of the most unlike sizes, and squares beyond a double's range:
-- scaling x by 2^s scales the coefficient by 2^-s and nothing else
SELECT s, coefficient(m, 1) * 2::float8 ^ s = coefficient(n, 1) AS coefficient, t_statistic(m, 1) = t_statistic(n, 1) AS t, r_squared(m) = r_squared(n) AS r2,
       vif(m, 2) = vif(n, 2) AS vif, residual_stderr(m) = residual_stderr(n) AS sigma, condition_number(m) = condition_number(n) AS condition
FROM (VALUES (-1020), (-1000), (-500), (0), (500), (1010)) v(s),
     LATERAL (SELECT regression(y, x1 * 2::float8 ^ (s / 2) * 2::float8 ^ (s - s / 2), x2) AS m, regression(y, x1, x2) AS n FROM few) q ORDER BY s;
SELECT t_statistic(m, 1) = t_statistic(n, 1) AS t, residual_stderr(m) = residual_stderr(n) * 2::float8 ^ 1000 AS sigma, r_squared(m) = r_squared(n) AS r2
FROM (SELECT regression(y * 2::float8 ^ 1000, x1) AS m, regression(y, x1) AS n FROM few) q;
-- a result beyond a double is an error, not an infinity or a zero
SELECT intercept(regression(y * 1e300, x1 * 1e-200)) FROM few;
SELECT coefficient(regression(y * 1e-300, x1 * 1e200), 1) FROM few;
SELECT y FROM (SELECT regression(y * 1e300, x1) AS m FROM few) s, LATERAL predict(m, '{1e300}');
-- a negative confidence, an unknown term, a wrong number of regressors
SELECT * FROM (SELECT regression(y, x1) AS m FROM few) s, LATERAL coefficients(m, 95);
SELECT * FROM (SELECT regression(y, x1) AS m FROM few) s, LATERAL predict(m, '{1}', 1);
\set VERBOSITY default
SELECT coefficient(regression(y, x1), 2) FROM few;
SELECT vif(regression_through_origin(y, x1), 0) FROM few;
SELECT y FROM (SELECT regression(y, x1) AS m FROM few) s, LATERAL predict(m, '{1,2}');
SELECT y FROM (SELECT regression(y, x1) AS m FROM few) s, LATERAL predict(m, '{}');
SELECT y FROM (SELECT regression(y, x1) AS m FROM few) s, LATERAL predict(m, ARRAY[NULL]::float8[]);
SELECT y FROM (SELECT regression(y, x1) AS m FROM few) s, LATERAL predict(m, '{Infinity}');
-- the most regressors there may be, and one more
SELECT observations, regressors, degrees_of_freedom, r_squared > 0.5 AS fits, deficient, note
FROM (SELECT regression((i * i) % 97, VARIADIC ARRAY(SELECT ((i * i * (j + 3) + i * j * j) % 103)::float8 FROM generate_series(1, 32) j ORDER BY j)) AS m
      FROM generate_series(1, 36) i) s, LATERAL fit(m);
SELECT regression(1, VARIADIC array_fill(1::float8, ARRAY[33]));
