-- Forecasts from published parameters.
--
-- Oracle: R 4.2, test/oracles/forecast.R ("from published numbers"): quadratic
-- forms of the full covariance matrix of m past shocks of a steady history and
-- of the shocks to come, qt() and qnorm(); for the closed form, equations 19
-- and 20 of Farmer and Lafond, Research Policy 45 (2016) 647.
CREATE FUNCTION pg_temp.agree(is_ double precision, want double precision) RETURNS boolean
  LANGUAGE sql RETURN is_ IS NOT DISTINCT FROM want OR abs(is_ - want) <= 1e-12 * abs(want);

-- a random walk of mu = -0.12, K = 0.15, with and without m = 24
SELECT w.m, w.theta, w.step, count(*) AS rows_,
       bool_and(pg_temp.agree(f.median, w.median) AND pg_temp.agree(f.low, w.low) AND
                pg_temp.agree(f.high, w.high) AND pg_temp.agree(f.ln_stderr, w.se) AND
                pg_temp.agree(f.degrees_of_freedom, w.df)) AS agrees
FROM (VALUES
    (24, 0, 1, 121.508099830250586, 93.466118846751215, 157.963318756883751, 0.153093108923949, 23.0),
    (NULL, 0, 1, 121.5080998302506, 94.9407375596573, 155.5098338590518, 0.15, NULL),
    (24, 0, 5, 75.187194144881659, 39.968097907422219, 141.440660410570246, 0.368697030093816, 23),
    (NULL, 0, 5, 75.187194144881659, 43.305525968836520, 130.540249469506819, 0.335410196624968, NULL),
    (24, 0, 20, 12.428359600649516, 2.620276389723164, 58.949553172662227, 0.908295106229248, 23),
    (NULL, 0, 20, 12.428359600649516, 4.122993878310991, 37.464067840511596, 0.670820393249937, NULL),
    (24, 0.63, 1, 121.50809983025059, 92.58767077117076, 159.46203421455235, 0.15297799100283, 16.41527869560736),
    (24, 0.63, 5, 75.18719414488166, 31.88071520720131, 177.32080747370381, 0.48285489274514, 16.41527869560736),
    (NULL, 0.63, 5, 75.187194144881659, 36.455643346512133, 155.068286949350608, 0.440090621545344, NULL),
    (24, 0.63, 20, 12.42835960064952, 1.39213300393259, 110.95500352819504, 1.23200919658193, 16.41527869560736),
    (NULL, 0.63, 20, 12.428359600649516, 2.763222879487049, 55.899986754499878, 0.914113689355866, NULL),
    (24, -0.3, 5, 75.18719414488166, 46.91473679582261, 120.49762077922372, 0.27678994204694, 20.31374182732736),
    (NULL, -0.3, 20, 12.428359600649516, 5.800031923966118, 26.631598651173100, 0.463334543372895, NULL)
  ) w(m, theta, step, median, low, high, se, df),
  random_walk_forecast_number(137, -0.12, 0.15, 20, w.m, w.theta, 0.9) f
WHERE f.step = w.step
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
-- Wright's law in differences, omega = -0.35 with an error of 0.05, sigma = 0.12
SELECT w.m, w.rho, w.step, count(*) AS rows_,
       bool_and(pg_temp.agree(f.median, w.median) AND pg_temp.agree(f.low, w.low) AND
                pg_temp.agree(f.high, w.high) AND pg_temp.agree(f.ln_stderr, w.se) AND
                pg_temp.agree(f.degrees_of_freedom, w.df)) AS agrees
FROM (VALUES
    (24, 0, 1, 128.530776429993807, 100.204610512680532, 164.864275258137781, 0.120345763843932, 23.0),
    (NULL, 0, 1, 128.530776429993807, 101.523979125755247, 162.721759252894685, 0.120345763843932, NULL),
    (24, 0, 4, 100.843203277295586, 60.879634906757389, 167.040286342078645, 0.243959246135928, 23),
    (NULL, 0, 4, 100.843203277295586, 62.515562867922782, 162.669120786944603, 0.243959246135928, NULL),
    (24, 0.19, 1, 128.530776429993807, 99.969576100155294, 165.251880963726393, 0.120126663105577, 21.629760261550064),
    (NULL, 0.19, 1, 128.530776429993807, 101.498798198383753, 162.762129039278733, 0.120472327456527, NULL),
    (24, 0.19, 4, 100.84320327729559, 56.72494952961054, 179.27475884165463, 0.27502793889441, 21.62976026155006),
    (NULL, 0.19, 4, 100.843203277295586, 58.733986375257260, 173.142541053708925, 0.275795029135436, NULL),
    (24, -0.3, 4, 100.843203277295586, 68.467942624121861, 148.527197655902796, 0.187924770478923, 20.313741827327362),
    (NULL, -0.3, 4, 100.843203277295586, 70.004748518990269, 145.266597800395033, 0.186229846517174, NULL)
  ) w(m, rho, step, median, low, high, se, df),
  first_difference_forecast_number(137, 1000, -0.35, 0.05, 0.12, ARRAY[1200, 1500, 1900, 2400], w.m, w.rho) f
WHERE f.step = w.step
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
-- which is cheaper
SELECT w.theta, w.steps, w.ma, w.mb, pg_temp.agree(p.probability, w.probability) AND
       pg_temp.agree(p.ln_ratio, w.ln_ratio) AND pg_temp.agree(p.ln_ratio_stderr, w.se) AS agrees
FROM (VALUES
    (0, 1, 24, 12, 0.272012591690200, -0.112321556793955, 0.185123832429359),
    (0, 1, NULL, 12, 0.269207856059081, -0.112321556793955, 0.182574185835055),
    (0, 5, 24, 12, 0.643843140666245, 0.167678443206045, 0.454720610191943),
    (0, 10, NULL, NULL, 0.818078867900877, 0.517678443206045, 0.570087712549569),
    (0.63, 1, 24, 12, 0.271724522067357, -0.112321556793955, 0.184859298831887),
    (0.63, 5, 24, 12, 0.611032069077498, 0.167678443206045, 0.594583377218255),
    (0.63, 5, NULL, 12, 0.617608673087639, 0.167678443206045, 0.560410831612410),
    (0.63, 10, 24, 12, 0.707369255153578, 0.517678443206045, 0.948623243032735),
    (0.63, 10, NULL, NULL, 0.750043537469235, 0.517678443206045, 0.767355331192494)
  ) w(theta, steps, ma, mb, probability, ln_ratio, se),
  probability_cheaper_number(300, -0.12, 0.15, 250, -0.05, 0.1, w.steps, w.ma, w.mb, w.theta) p
ORDER BY 1, 2, 3, 4;

-- Farmer and Lafond's closed form, K^2 A* / (1 + theta^2), and their eq. 20 for
-- two of one m
SELECT count(*), bool_and(pg_temp.agree(f.ln_stderr ^ 2, 0.15 ^ 2 * a / (1 + theta ^ 2))) AS variance,
       bool_and(pg_temp.agree(p.ln_ratio_stderr ^ 2, (0.15 ^ 2 + 0.1 ^ 2) * a / (1 + theta ^ 2))) AS difference
FROM (VALUES (2), (5), (33), (1000000)) o(m), (VALUES (0.0), (0.25), (0.63), (-0.5)) q(theta),
     random_walk_forecast_number(137, -0.12, 0.15, 30, m, theta) f,
     LATERAL (SELECT -2 * theta + (1 + 2 * (m - 1) * theta / m + theta ^ 2) * (f.step + f.step ^ 2 / m::float8) AS a) s,
     probability_cheaper_number(300, -0.12, 0.15, 250, -0.05, 0.1, f.step, m, m, theta) p;

-- the parameters of a series are its forecast: a random walk to the bit, first
-- differences to rounding while shocks are uncorrelated or growth was steady
CREATE TEMP TABLE history AS
  SELECT i AS year, 100 * exp(0.3 * i + 0.2 * sin(i)) AS volume, 10 * 1.3 ^ i AS steady, 1000 * exp(-0.1 * i + 0.1 * sin(i * i)) AS cost
  FROM generate_series(1, 20) i;
CREATE TEMP TABLE series AS
  SELECT cost_series(year, volume, cost) AS s, cost_series(year, steady, cost) AS t FROM history;
SELECT count(*), bool_and(f.median = g.median AND f.low = g.low AND f.high = g.high AND f.ln_stderr = g.ln_stderr AND
       f.degrees_of_freedom = g.degrees_of_freedom) AS same
FROM series, history h, random_walk(s) w, (VALUES (0.0), (0.63), (-0.4)) o(theta),
     random_walk_forecast(s, 10, theta, 0.9) f
JOIN LATERAL random_walk_forecast_number(h.cost, w.drift, w.residual_stderr, 10, w.differences, theta, 0.9) g USING (step)
WHERE h.year = 20;
SELECT rho, count(*), bool_and(pg_temp.agree(f.median, g.median) AND pg_temp.agree(f.low, g.low) AND
       pg_temp.agree(f.ln_stderr, g.ln_stderr) AND pg_temp.agree(f.degrees_of_freedom, g.degrees_of_freedom)) AS same
FROM (SELECT 0.0 AS rho, s, volume AS last, cost FROM series, history WHERE year = 20
      UNION ALL SELECT 0.19, t, steady, cost FROM series, history WHERE year = 20) t,
     first_difference(s) d,
     first_difference_forecast(s, ARRAY[1e6, 2e6, 3e6], rho) f
JOIN LATERAL first_difference_forecast_number(cost, last, d.exponent, d.exponent_stderr, d.residual_stderr, ARRAY[1e6, 2e6, 3e6]::float8[], d.differences, rho) g USING (step)
GROUP BY rho ORDER BY rho;
SELECT pg_temp.agree(p.probability, q.probability) AS probability, pg_temp.agree(p.ln_ratio_stderr, q.ln_ratio_stderr) AS stderr
FROM series, history h, random_walk(s) w, probability_cheaper(s, (SELECT cost_series(year, cost * 0.9 * 1.02 ^ year) FROM history), 5, 0.25) p,
     LATERAL (SELECT random_walk(cost_series(year, cost * 0.9 * 1.02 ^ year)) AS b FROM history) r,
     LATERAL probability_cheaper_number(h.cost, w.drift, w.residual_stderr, h.cost * 0.9 * 1.02 ^ 20, (b).drift, (b).residual_stderr, 5, w.differences, (b).differences, 0.25) q
WHERE h.year = 20;

-- typed: the same numbers, rounded to the types' units
SELECT pg_typeof(t.median) AS cost, pg_typeof(t.cumulative_then) AS volume, t.step, t.cumulative_then,
       t.median, abs(t.median::float8 - f.median) <= 1e-9 AS median_, abs(t.low::float8 - f.low) <= 1e-9 AS low,
       abs(t.high::float8 - f.high) <= 1e-9 AS high, t.ln_stderr = f.ln_stderr AS stderr
FROM first_difference_forecast(cost_per_gwh '137 USD/kWh', capacity_gwh '1 TWh', -0.35, 0.05, 0.12, '{1200 GWh, 2.4 TWh}'::capacity_gwh[], 24, 0.19) t
JOIN first_difference_forecast_number(137, 1000, -0.35, 0.05, 0.12, ARRAY[1200, 2400], 24, 0.19) f USING (step);
SELECT t.step, t.median, t.median = round(f.median::numeric, 9)::cost_per_gwh AS same
FROM random_walk_forecast(cost_per_gwh '137 USD/kWh', -0.12, 0.15, 3, 24) t JOIN random_walk_forecast_number(137, -0.12, 0.15, 3, 24) f USING (step);
SELECT (SELECT p FROM probability_cheaper('300'::cost_per_gwh, -0.12, 0.15, '250'::cost_per_gwh, -0.05, 0.1, 5, 24, 12) p) =
       (SELECT p FROM probability_cheaper_number(300, -0.12, 0.15, 250, -0.05, 0.1, 5, 24, 12) p) AS same;
-- by name
SELECT step, round(median::numeric, 6) AS median, round(low::numeric, 6) AS low, degrees_of_freedom AS df, confidence_level
FROM random_walk_forecast_number(cost => 137, drift => -0.12, residual_stderr => 0.15, steps => 2, confidence => 0.8, moving_average => 0.63);

-- a target is a competitor that stands still; at its own cost the odds are even
SELECT p.probability, p.ln_ratio FROM probability_cheaper_number(100, 0, 0.1, 100, 0, 0, 7) p;
-- nothing uncertain
SELECT f.* FROM random_walk_forecast_number(100, 0, 0, 2) f;
SELECT f.median = f.low AS low, f.ln_stderr FROM first_difference_forecast_number(100, 10, -1, 0, 0, ARRAY[20], 24, 0.5) f;
SELECT f.median, f.ln_stderr FROM first_difference_forecast_number(100, 10, -1, 0, 0.1, ARRAY[20, 40]) f;
SELECT p.probability FROM (VALUES (0.0), (0.1), (-0.1)) d(drift), probability_cheaper_number(100, drift, 0, 100, 0, 0, 3) p ORDER BY drift;
-- NULL: no forecast; of differences, certain parameters
SELECT count(*) FROM random_walk_forecast_number(100, NULL, 0.1, 5);
SELECT count(*) FROM random_walk_forecast(NULL::cost_per_gwh, -0.1, 0.1, 5, 24);
SELECT count(*) FROM first_difference_forecast_number(100, 10, -0.3, NULL, 0.1, ARRAY[20]);
SELECT count(*) FROM first_difference_forecast_number(100, 10, -0.3, 0.1, 0.1, '{}'::float8[]);
SELECT probability_cheaper_number(100, 0, 0, 100, NULL, 0, 3) IS NULL AS nothing;
-- beyond the range of a double or of the type: NULL
SELECT f.step, f.median, f.low, f.high IS NULL AS high FROM random_walk_forecast_number(1e300, 10, 1, 10) f WHERE step IN (1, 10) ORDER BY 1;
SELECT f.step, f.median, f.low, f.high FROM random_walk_forecast(20000::cost_per_gwh, 10, 0, 2) f ORDER BY 1;
SELECT f.ln_stderr > 0 AS stderr FROM first_difference_forecast_number(100, 10, -0.3, 1e-300, 1, ARRAY[20], 24, 0.19) f;
SELECT round(f.ln_stderr::numeric, 6) AS stderr, f.degrees_of_freedom FROM random_walk_forecast_number(100, -0.1, 0.1, 1, 2147483647) f;

-- refused
SELECT random_walk_forecast_number(0, -0.1, 0.1, 5);
SELECT random_walk_forecast(cost_per_gwh '-1', -0.1, 0.1, 5);
SELECT random_walk_forecast_number('NaN'::float8, -0.1, 0.1, 5);
SELECT random_walk_forecast_number(100, -12, 15, 5);
SELECT random_walk_forecast_number(100, 'NaN', 0.1, 5);
SELECT random_walk_forecast_number(100, -0.1, 15, 5);
SELECT random_walk_forecast_number(100, -0.1, -0.1, 5);
SELECT random_walk_forecast_number(100, -0.1, 0.1, 0);
SELECT random_walk_forecast_number(100, -0.1, 0.1, 10001);
SELECT random_walk_forecast_number(100, -0.1, 0.1, 5, 1);
SELECT random_walk_forecast_number(100, -0.1, 0.1, 5, 24, 1);
SELECT random_walk_forecast_number(100, -0.1, 0.1, 5, 24, 0, 95);
SELECT first_difference_forecast_number(100, 0, -0.3, 0.1, 0.1, ARRAY[20]);
SELECT first_difference_forecast_number(100, 'Infinity', -0.3, 0.1, 0.1, ARRAY[20]);
SELECT first_difference_forecast_number(100, 10, -30, 0.1, 0.1, ARRAY[20]);
SELECT first_difference_forecast_number(100, 10, -0.3, -0.1, 0.1, ARRAY[20]);
SELECT first_difference_forecast_number(100, 10, -0.3, 0.1, 0, ARRAY[20]);
SELECT first_difference_forecast_number(100, 10, -0.3, 0.1, 0.1, ARRAY[20, 20]);
SELECT first_difference_forecast_number(100, 10, -0.3, 0.1, 0.1, ARRAY[5]);
SELECT first_difference_forecast('100'::cost_per_gwh, '10 GWh'::capacity_gwh, -0.3, 0.1, 0.1, '{5 GWh}'::capacity_gwh[]);
SELECT first_difference_forecast('100'::cost_per_gwh, '10 GWh'::capacity_gwh, -0.3, 0.1, 0.1, '{20 GWh, NULL}'::capacity_gwh[]);
SELECT first_difference_forecast('100'::cost_per_gwh, '10 GWh'::capacity_gwh, -0.3, 0.1, 0.1, '{{20 GWh, 30 GWh}}'::capacity_gwh[]);
SELECT probability_cheaper_number(100, 0, 0.1, -1, 0, 0.1, 3);
SELECT probability_cheaper_number(100, 20, 0.1, 100, 0, 0.1, 3);
SELECT probability_cheaper_number(100, 0, 0.1, 100, 0, 0.1, 0.5);
SELECT probability_cheaper_number(100, 0, 0.1, 100, 0, 0.1, 'Infinity');
SELECT probability_cheaper_number(100, 0, 0.1, 100, 0, 0.1, 3, 24, 1);
SELECT probability_cheaper_number(100, 0, 0.1, 100, 0, 0.1, 3, 24, 12, 'NaN');
\set VERBOSITY sqlstate
SELECT random_walk_forecast_number(0, -0.1, 0.1, 5);
SELECT random_walk_forecast_number('Infinity'::float8, -0.1, 0.1, 5);
SELECT random_walk_forecast_number(100, -12, 0.1, 5);
SELECT random_walk_forecast_number(100, -0.1, 0.1, 5, 0);
