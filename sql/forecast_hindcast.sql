-- Hindcasts, which is cheaper, and whether the bands keep their promise.
--
-- Oracle: R 4.2, test/oracles/forecast.R: every origin refitted with lm(), the
-- variance of each forecast from the full covariance matrix of the shocks,
-- the levels' bands from predict(lm, interval = "prediction").  Series as in
-- forecast_fits.
CREATE TEMP TABLE cells (year int, price float8, mwh float8);
INSERT INTO cells VALUES
  (1991, 7523.28412979119, 0.13),
  (1992, 6034.92585608991, 1.55),
  (1993, 4804.47378230495, 12.87),
  (1994, 5484.6302461724, 38.9985692618799),
  (1995, 5147.6297421533, 123.1272),
  (1996, 4335.65075270078, 497.5308),
  (1997, 3712.77642836804, 716.504227704753),
  (1998, 2987.07186539987, 1009.20381759353),
  (1999, 2262.54237353621, 1511.310465),
  (2000, 2197.81157841541, 2029.42594594595),
  (2001, 1534.04923165932, 2452.27729391431),
  (2002, 1099.08223675726, 3440.59274936976),
  (2003, 849.814007056019, 5081.22745245245),
  (2004, 760.399496896471, 6916.25332832833),
  (2005, 655.544189945677, 8626.93920420417),
  (2006, 561.410685791046, 11343.2155705705),
  (2007, 535.713024548232, 13706.7106590386),
  (2008, 561.705623981875, 16813.0784084084),
  (2009, 500.376704222982, 19093.4244244244),
  (2010, 449.850591038168, 24264.0731898102),
  (2011, 428.512554853886, 29680.3337170967),
  (2012, 440.842348182448, 34840.9474474474),
  (2013, 400.98139972905, 42495.6261261261),
  (2014, 354.728969594783, 49649.2347347347),
  (2015, 271.144071199456, 62905.6621621622),
  (2016, 243.535299866864, 78058.0858526119);
CREATE TEMP TABLE volumes AS
  SELECT year, price, sum(mwh) OVER (ORDER BY year) AS mwh FROM cells;
DELETE FROM volumes WHERE year = 1991;
CREATE TEMP TABLE series AS
  SELECT cost_series(year, mwh, price) AS s FROM volumes;


-- relative error of a number against the oracle, at most 10^-11?
CREATE FUNCTION pg_temp.agree(is_ double precision, want double precision) RETURNS boolean
  LANGUAGE sql RETURN is_ IS NOT DISTINCT FROM want OR abs(is_ - want) <= 1e-11 * abs(want);

-- sums over all 190 forecasts of each method, from at least 5 differences
SELECT w.method, w.rho, count(*), count(*) FILTER (WHERE inside_band) AS inside, w.inside AS inside_r,
       pg_temp.agree(sum(abs(h.ln_error)), w.e) AS errors, pg_temp.agree(sum(h.ln_stderr), w.se) AS stderrs,
       pg_temp.agree(sum(abs(h.normalized_error)), w.z) AS normalized_errors
FROM series, (VALUES
    ('first_difference', 0, 134.140310691193, 81.790715254178, 292.057441215254, 139),
    ('first_difference', 0.3, 134.140310691193, 97.894320934795, 245.382953668964, 182),
    ('random_walk', 0, 79.9636715879682, 92.8229332027096, 176.4350950467366, 190),
    ('random_walk', 0.3, 79.9636715879682, 110.6499699155754, 150.5398234824739, 190),
    ('wright', 0, 184.1012348312240, 65.4261201679711, 689.7332322532624, 94),
    ('moore', 0, 101.1527109519700, 49.1337493008835, 404.2661884204794, 109)) w(method, rho, e, se, z, inside),
  hindcast(s, w.method, w.rho) h
GROUP BY w.method, w.rho, w.e, w.se, w.z, w.inside ORDER BY w.method, w.rho;

-- the columns of a row agree with each other and with the series
SELECT count(*), bool_and(h.horizon = h.period - h.origin) AS horizon, bool_and(h.differences = h.origin - 1992) AS differences,
       bool_and(a.price = h.actual AND a.mwh = h.cumulative) AS actual,
       bool_and(pg_temp.agree(h.ln_error, ln(h.actual / h.forecast)) OR abs(h.ln_error) < 1e-3) AS ln_error,
       bool_and(pg_temp.agree(h.normalized_error, h.ln_error / h.ln_stderr)) AS normalized_error,
       bool_and(h.inside_band = (h.actual BETWEEN h.low AND h.high)) AS inside_band,
       bool_and(pg_temp.agree(ln(h.high / h.forecast), ln(h.forecast / h.low))) AS symmetric,
       min(h.origin), max(h.origin), min(h.horizon), max(h.horizon)
FROM series, hindcast(s) h JOIN volumes a ON a.year = h.period;

-- a forecast of the past is the forecast that the shorter series makes
SELECT h.origin, h.horizon, h.forecast = f.median AS median, h.low = f.low AS low, h.high = f.high AS high, h.ln_stderr = f.ln_stderr AS se
FROM series, hindcast(s, moving_average => 0.2, maximum_horizon => 3) h,
     (SELECT cost_series(year, mwh, price) AS s FROM volumes WHERE year <= 2005) t,
     first_difference_forecast(t.s, (SELECT array_agg(mwh ORDER BY year) FROM volumes WHERE year BETWEEN 2006 AND 2008), 0.2) f
WHERE h.origin = 2005 AND h.horizon = f.step ORDER BY f.step;
SELECT h.horizon, h.forecast = f.median AS median, h.low = f.low AS low, h.high = f.high AS high
FROM series, hindcast(s, 'random_walk', 0.63, 0.5) h,
     (SELECT cost_series(year, price) AS s FROM volumes WHERE year <= 2005) t, random_walk_forecast(t.s, 11, 0.63, 0.5) f
WHERE h.origin = 2005 AND h.horizon = f.step AND f.step IN (1, 11) ORDER BY f.step;
-- and of Wright's law on levels, the one that predict(learning_curve) makes
SELECT h.origin, h.horizon, pg_temp.agree(h.forecast, p.cost) AS median, pg_temp.agree(h.low, p.prediction_low) AS low,
       pg_temp.agree(h.high, p.prediction_high) AS high
FROM series, hindcast(s, 'wright', confidence => 0.9) h,
     (SELECT learning_curve(mwh, price) AS lc FROM volumes WHERE year <= 2005) t,
     LATERAL predict_number(t.lc, h.cumulative, 0.9) p
WHERE h.origin = 2005 AND h.horizon IN (1, 5, 11) ORDER BY h.horizon;

-- no look ahead: what comes later changes no forecast from 2010 or before
SELECT m.method, count(*), bool_and((h.forecast, h.low, h.high, h.ln_stderr) = (g.forecast, g.low, g.high, g.ln_stderr)) AS same_forecast,
       bool_or(h.actual <> g.actual) AS other_actual
FROM series, (SELECT cost_series(year, mwh, price * CASE WHEN year > 2010 THEN 10 ELSE 1 END) AS s FROM volumes) t,
     (VALUES ('first_difference'), ('random_walk'), ('wright'), ('moore')) m(method),
     hindcast(series.s, m.method) h, hindcast(t.s, m.method) g
WHERE h.origin <= 2010 AND g.origin = h.origin AND g.horizon = h.horizon
GROUP BY m.method ORDER BY m.method;

-- the summary: against R
SELECT w.method, w.horizon, b.forecasts, b.independent_forecasts, round(b.coverage::numeric, 3) AS coverage, b.calibration,
       pg_temp.agree(b.coverage, w.coverage) AND pg_temp.agree(b.rms_normalized_error, w.rms) AND
       pg_temp.agree(b.expected_rms, w.expected) AND pg_temp.agree(b.rms_ln_error, w.rms_ln) AND
       abs(b.mean_normalized_error - w.mean) < 1e-12 AND abs(b.mean_ln_error - w.mean_ln) < 1e-12 AS agrees
FROM series, (VALUES
    ('first_difference', 0, 1, 1.000000000000000, -0.675868926022429, 0.972677881185927, 1.128470770423113, -0.110040857275565, 0.156331440383968),
    ('first_difference', 0, 3, 0.941176470588235, -1.102306086855638, 1.420499420547781, 1.137339934604701, -0.314029962906971, 0.396100349515570),
    ('first_difference', 0, 10, 0.700000000000000, -1.734280989282090, 2.002417508995550, 1.184894707970066, -0.920705694451917, 1.013442743252562),
    ('first_difference', 0.3, 1, 1.000000000000000, -0.676816118044302, 0.974137453755542, 1.177045960218959, -0.110040857275565, 0.156331440383968),
    ('first_difference', 0.3, 10, 1.000000000000000, -1.425994382500833, 1.647994739925207, 1.254177426176636, -0.920705694451917, 1.013442743252562),
    ('random_walk', 0, 1, 1.00000000000000000, 0.03910264086950458, 0.86300742822022392, 1.12847077042311339, 0.00177135719716474, 0.11987611693338779),
    ('random_walk', 0, 10, 1.000000000000000, 0.524360825498708, 1.178942370345614, 1.184894707970066, 0.282232278789066, 0.734365401228976),
    ('random_walk', 0.3, 3, 1.0000000000000000, 0.1430168737810244, 0.9321302541768279, 1.1957934829682970, 0.0297693794898179, 0.2823290052706476),
    ('wright', 0, 1, 0.947368421052632, -1.299522746016190, 1.481045696332918, 1.128470770423113, -0.417664522267415, 0.453380923560714),
    ('wright', 0, 3, 0.647058823529412, -1.982198897963885, 2.425147555330443, 1.137339934604701, -0.586861566287580, 0.642684172974362),
    ('wright', 0, 10, 0.40000000000000, -4.38249635669759, 5.28850080371814, 1.18489470797007, -1.19425859302265, 1.24607915189397),
    ('moore', 0, 3, 0.4705882352941176, 0.2971749195619293, 2.2346369543461413, 1.1373399346047008, 0.0903164834375167, 0.4475509434042585),
    ('moore', 0, 10, 0.500000000000000, 0.572739524539040, 2.674363800744495, 1.184894707970066, 0.130924524646867, 0.754953713118586)
  ) w(method, rho, horizon, coverage, mean, rms, expected, mean_ln, rms_ln),
  hindcast_summary(s, w.method, w.rho) b
WHERE b.horizon = w.horizon ORDER BY w.method, w.rho, w.horizon;
-- which is what hindcast() adds up to
SELECT count(*), bool_and(b.forecasts = h.n AND pg_temp.agree(b.coverage, h.coverage)
         AND pg_temp.agree(b.rms_normalized_error, h.rms)) AS same
FROM series, hindcast_summary(s, 'moore', confidence => 0.8, minimum_history => 3, maximum_horizon => 7) b
JOIN (SELECT h.horizon, count(*) AS n, avg(inside_band::int) AS coverage, sqrt(avg(normalized_error ^ 2)) AS rms
      FROM series, hindcast(s, 'moore', confidence => 0.8, minimum_history => 3, maximum_horizon => 7) h GROUP BY 1) h USING (horizon);

-- do the bands keep their promise?  2,000 random walks of 11 periods and 5 to
-- come, each forecast once; 99.7 percent of honest bands pass these bounds.
-- The uniforms are those of the minimal standard generator (Park & Miller
-- 1988, multiplier 48271), the normals by Box and Muller.
CREATE TEMP TABLE shocks AS
WITH RECURSIVE u(i, x) AS (
  SELECT 1, 20161204::bigint
  UNION ALL
  SELECT i + 1, x * 48271 % 2147483647 FROM u WHERE i < 68000)
SELECT a.i, (a.i - 1) / 17 AS path, (a.i - 1) % 17 AS t,
       sqrt(-2 * ln(a.x / 2147483647.0::float8)) * cos(2 * pi() * b.x / 2147483647.0::float8) AS v
FROM u a JOIN u b ON b.i = a.i + 34000;
-- normal they are: mean and standard deviation of 34,000
SELECT abs(avg(v)) < 3 / sqrt(34000.0) AS mean, abs(stddev(v) - 1) < 3 / sqrt(2 * 34000.0) AS sd FROM shocks;
CREATE TEMP TABLE walks AS
SELECT rho, path, cost_series(t::float8, volume, exp(-0.15 * t + 0.2 * walk)) AS by_time,
       cost_series(t::float8, volume, exp(-0.4 * ln(volume) + 0.2 * walk)) AS by_volume
FROM (SELECT rho, path, t, exp(0.3 * t + 0.2 * sin(t)) AS volume,
             sum(v + rho * before) OVER (PARTITION BY rho, path ORDER BY t) AS walk
      FROM (SELECT rho, path, t, v, lag(v) OVER (PARTITION BY rho, path ORDER BY t) AS before
            FROM shocks, (VALUES (0.0::float8), (0.63)) r(rho)) w
      WHERE t > 0) w
GROUP BY rho, path;
SELECT w.rho, a.moving_average, c.confidence, count(*),
       abs(avg(fd.inside_band::int) - c.confidence) < 3 * sqrt(c.confidence * (1 - c.confidence) / 2000) AS first_difference,
       abs(avg(rw.inside_band::int) - c.confidence) < 3 * sqrt(c.confidence * (1 - c.confidence) / 2000) AS random_walk,
       round(avg(fd.inside_band::int), 2) AS coverage_fd, round(avg(rw.inside_band::int), 2) AS coverage_rw
FROM walks w, (VALUES (0.0), (0.63)) a(moving_average), (VALUES (0.5), (0.95)) c(confidence),
     hindcast(by_volume, 'first_difference', a.moving_average, c.confidence, 10) fd,
     hindcast(by_time, 'random_walk', a.moving_average, c.confidence, 10) rw
WHERE a.moving_average <= w.rho AND fd.differences = 10 AND fd.horizon = 5 AND rw.differences = 10 AND rw.horizon = 5
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
-- the fits to the levels promise too much
SELECT m.method, c.confidence, round(avg(h.inside_band::int), 2) AS coverage
FROM walks w, (VALUES ('wright'), ('moore')) m(method), (VALUES (0.5), (0.95)) c(confidence),
     hindcast(CASE m.method WHEN 'wright' THEN by_volume ELSE by_time END, m.method, 0, c.confidence, 10) h
WHERE w.rho = 0 AND h.differences = 10 AND h.horizon = 5
GROUP BY 1, 2 ORDER BY 1, 2;

-- the verdict, where it is certain what it should be
-- (shocks that grow by half from each to the next; shocks that stop)
SELECT b.horizon, b.forecasts, b.independent_forecasts, round(b.coverage::numeric, 2) AS coverage, b.calibration
FROM (SELECT cost_series(i::float8, exp(sin(i * i) * 1.5 ^ (i - 20))) AS s FROM generate_series(1, 30) i) q,
     hindcast_summary(s, 'random_walk', confidence => 0.8, maximum_horizon => 2) b ORDER BY 1;
SELECT b.horizon, b.forecasts, round(b.coverage::numeric, 2) AS coverage, b.calibration
FROM (SELECT cost_series(i::float8, exp(CASE WHEN i < 12 THEN sin(i * i) ELSE 0 END)) AS s FROM generate_series(1, 40) i) q,
     hindcast_summary(s, 'random_walk', maximum_horizon => 1, minimum_history => 12, confidence => 0.5) b ORDER BY 1;

-- which is cheaper: cells against an invented challenger, two years later
CREATE TEMP TABLE challenger AS
  SELECT cost_series(2011 + i, price) AS s FROM unnest(ARRAY[610, 480, 420, 300, 270, 190, 175]::float8[]) WITH ORDINALITY p(price, i);
SELECT w.theta, w.years, p.period, p.steps_a, p.steps_b, round(p.probability::numeric, 4) AS probability,
       pg_temp.agree(p.probability, w.p) AND pg_temp.agree(p.ln_ratio, w.mean) AND pg_temp.agree(p.ln_ratio_stderr, w.se) AS agrees,
       pg_temp.agree(p.probability + back.probability, 1) AS complement, p.note
FROM series, challenger, (VALUES
    (0, 1, 0.294299448716893, -0.137330972226583, 0.253908704725363),
    (0, 5, 0.195668177877789, -0.434770136533146, 0.507200147175311),
    (0, 10, 0.154757649378818, -0.806569091916350, 0.793680038251414),
    (0.63, 1, 0.326122714726705, -0.137330972226583, 0.304743140849209),
    (0.63, 5, 0.256013480278112, -0.434770136533146, 0.663077970658647),
    (0.63, 10, 0.221648282930176, -0.806569091916350, 1.052085496406279)) w(theta, years, p, mean, se),
  probability_cheaper(series.s, challenger.s, w.years, w.theta) p,
  probability_cheaper(challenger.s, series.s, w.years, w.theta) back
ORDER BY w.theta, w.years;
-- against itself: a toss; without spread: certain
SELECT p.probability FROM series, probability_cheaper(s, s, 3) p;
SELECT p.probability, q.probability AS after_the_crossing, r.probability AS of_equals
FROM (SELECT cost_series(i::float8, 100 * 2.0 ^ -i) AS a, cost_series(i::float8, 2.0 ^ (-i / 4.0)) AS b FROM generate_series(1, 5) i) t,
     probability_cheaper(a, b, 1) p, probability_cheaper(a, b, 30) q, probability_cheaper(a, a, 1) r;
SELECT p.probability, p.period, p.note FROM series, challenger, probability_cheaper(series.s, challenger.s, 0.5) p;
SELECT p.probability, p.note FROM series, (SELECT cost_series(2 * i + (i / 4), 1.0 / i::float8) AS s FROM generate_series(1, 5) i) t,
  probability_cheaper(t.s, series.s, 1) p;
SELECT p.probability, p.note FROM series, (SELECT cost_series(2014 + i, 1.0 / i::float8) AS s FROM generate_series(1, 2) i) t,
  probability_cheaper(series.s, t.s, 1) p;

SELECT p.probability, p.period, p.note FROM series, probability_cheaper(s, 'v1 units=unitless clock=years columns=cost n=0', 1) p;

-- what cannot be hindcast
SELECT m.method, h.horizon, h.inside_band, h.note FROM (SELECT cost_series(year, price) AS s FROM volumes WHERE year <= 1997) t,
  (VALUES ('first_difference'), ('random_walk'), ('wright'), ('moore')) m(method), hindcast(s, m.method) h ORDER BY m.method;
SELECT b.forecast_method, b.horizon, b.calibration, b.note FROM (SELECT cost_series(year, price) AS s FROM volumes WHERE year <> 2000) t, hindcast_summary(s, 'moore') b;
SELECT h.forecast, h.ln_stderr, h.normalized_error, h.inside_band FROM (SELECT cost_series(i::float8, 5::float8) AS s FROM generate_series(1, 7) i) t, hindcast(s, 'random_walk') h;
SELECT b.coverage, b.rms_normalized_error, b.calibration, b.note FROM (SELECT cost_series(i::float8, 5::float8) AS s FROM generate_series(1, 7) i) t, hindcast_summary(s, 'moore') b;
SELECT count(*) FROM hindcast(NULL) h;
SELECT count(*) FROM series, hindcast(s, NULL) h;
SELECT count(*) FROM series, hindcast(s, maximum_horizon => NULL) h;
SELECT count(*) FROM series, hindcast_summary(s, minimum_history => NULL) h;
-- no limit is no limit, however it is written
SELECT count(*) FROM series, hindcast(s, maximum_horizon => 2147483647) h;
SELECT count(*) = (SELECT count(*) FROM series, hindcast_summary(s)) AS as_many FROM series, hindcast_summary(s, maximum_horizon => 2147483647) h;
-- three periods are the least
SELECT h.origin, h.differences, h.horizon, h.degrees_of_freedom FROM (SELECT cost_series(i::float8, exp(sin(i))) AS s FROM generate_series(1, 4) i) t,
  hindcast(s, 'moore', minimum_history => 2) h;
SELECT b.horizon, b.forecasts, b.expected_rms, b.calibration FROM (SELECT cost_series(i::float8, exp(sin(i))) AS s FROM generate_series(1, 5) i) t,
  hindcast_summary(s, 'random_walk', minimum_history => 2) b;

-- errors
SELECT * FROM series, hindcast(s, 'Wright');
SELECT * FROM series, hindcast(s, 'first_difference', 1.5);
SELECT * FROM series, hindcast(s, 'wright', 0.19);
SELECT * FROM series, hindcast(s, confidence => 95);
SELECT * FROM series, hindcast(s, minimum_history => 1);
SELECT * FROM series, hindcast_summary(s, maximum_horizon => 0);
CREATE TEMP TABLE long AS SELECT cost_series(2000 + i / 12.0, 1::float8) AS s FROM generate_series(1, 10001) i;
SELECT * FROM long, hindcast(s, 'random_walk');
SELECT * FROM series, probability_cheaper(s, s, 0);
SELECT * FROM series, probability_cheaper(s, s, 'Infinity');
SELECT * FROM series, probability_cheaper(s, s, 1e160);
SELECT * FROM series, probability_cheaper(s, (SELECT cost_series(year, price::cost_per_gwh) FROM volumes), 1);
