-- First differences, the random walk with drift, and their forecasts.
--
-- Oracle: R 4.2, test/oracles/forecast.R.  Fits are lm()'s; the variance of a
-- forecast is there the quadratic form of the full covariance matrix of all
-- shocks, past and future.  Series: lithium-ion cells, Ziegler & Trancik,
-- Energy Environ. Sci. 14 (2021) 1635, 1992 to 2016, price per kWh and MWh.
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

-- relative error of a number against the oracle, at most 10^-12?
CREATE FUNCTION pg_temp.agree(is_ double precision, want double precision) RETURNS boolean
  LANGUAGE sql RETURN is_ IS NOT DISTINCT FROM want OR abs(is_ - want) <= 1e-12 * abs(want);

SELECT f.model, f.equation, f.observations, f.differences, f.period_from, f.period_to,
       f.degrees_of_freedom, f.confidence_level, f.note,
       round(f.learning_rate::numeric, 3) AS learning_rate
FROM series, first_difference(s) f;
SELECT q.name, pg_temp.agree(q.is_, q.want) AS agrees
FROM series, first_difference(s) f, LATERAL (VALUES
  (1, 'exponent', f.exponent, -0.1370974361451847),
  (2, 'exponent_stderr', f.exponent_stderr, 0.0439237774281978),
  (3, 'exponent_low', f.exponent_low, -0.2279606926003785),
  (4, 'exponent_high', f.exponent_high, -0.0462341796899909),
  (5, 'learning_rate', f.learning_rate, 0.0906531653662936),
  (6, 'learning_rate_low', f.learning_rate_low, 0.0315390250786466),
  (7, 'learning_rate_high', f.learning_rate_high, 0.1461590223338705),
  (8, 'residual_stderr', f.residual_stderr, 0.1520971346348830),
  (9, 't_statistic', f.t_statistic, -3.12125787380873332),
  (10, 'p_value', f.p_value, 0.00479940810200882),
  (11, 'durbin_watson', f.durbin_watson, 0.845778137745987),
  (12, 'residual_autocorrelation', f.residual_autocorrelation, 0.566930235831885),
  -- R: deviance(fit)
  (14, 'rss', f.rss, 0.532071382375260),
  -- there is no moving average of order one with a correlation above a half
  (13, 'moving_average_estimate', f.moving_average_estimate, NULL)) q(ord, name, is_, want)
ORDER BY ord;

SELECT f.model, f.equation, f.observations, f.differences, f.years_per_step,
       f.degrees_of_freedom, f.note, round(f.yearly_decline::numeric, 4) AS yearly_decline
FROM series, random_walk(s) f;
SELECT q.name, pg_temp.agree(q.is_, q.want) AS agrees
FROM series, random_walk(s) f, LATERAL (VALUES
  (1, 'drift', f.drift, -0.1337523727973332),
  (2, 'drift_stderr', f.drift_stderr, 0.0243796727050542),
  (3, 'drift_low', f.drift_low, -0.1841855682781690),
  (4, 'drift_high', f.drift_high, -0.0833191773164973),
  (5, 'yearly_decline', f.yearly_decline, 0.1251933362886792),
  (6, 'yearly_decline_low', f.yearly_decline_low, 0.0799425611142678),
  (7, 'yearly_decline_high', f.yearly_decline_high, 0.1682185627447792),
  (8, 'halving_time', f.halving_time, 5.18231688951215),
  (9, 'residual_stderr', f.residual_stderr, 0.1194355164468824),
  (10, 't_statistic', f.t_statistic, -5.48622511940470),
  (11, 'p_value', f.p_value, 1.40793367854454e-05),
  (12, 'durbin_watson', f.durbin_watson, 1.54825605483762),
  (13, 'residual_autocorrelation', f.residual_autocorrelation, 0.21127131623108),
  (15, 'rss', f.rss, 0.328091379545471),
  -- by its definition: theta / (1 + theta^2) is the autocorrelation
  (14, 'moving_average_estimate', f.moving_average_estimate / (1 + f.moving_average_estimate ^ 2), 0.21127131623108)) q(ord, name, is_, want)
ORDER BY ord;

-- another confidence: R's confint(level = 0.8), by qt(0.9, 23)
SELECT pg_temp.agree(f.exponent_high, -0.1370974361451847 + 1.31946023981616 * 0.0439237774281978) AS fd,
       pg_temp.agree(w.drift_low, -0.1337523727973332 - 1.31946023981616 * 0.0243796727050542) AS rw,
       f.confidence_level, w.confidence_level AS confidence_level_rw
FROM series, first_difference(s, 0.8) f, random_walk(s, confidence => 0.8) w;

-- forecasts; m - 1 degrees of freedom without a moving average, fewer with one
SELECT w.rho, f.step, f.period, f.cumulative,
       pg_temp.agree(f.median, w.median) AND pg_temp.agree(f.low, w.low) AND
       pg_temp.agree(f.high, w.high) AND pg_temp.agree(f.ln_stderr, w.se) AND
       pg_temp.agree(f.degrees_of_freedom, w.df) AS agrees, f.note
FROM series, (VALUES
    (0, 1, 237.417077453565810, 173.249015441764300, 325.351740227000334, 0.152315423383518, 23.000000000000000),
    (0, 2, 215.894467870385739, 137.375632050000377, 339.291769300630449, 0.218533360822254, 23.000000000000000),
    (0, 5, 162.341738395931543, 76.443897455350438, 344.760548620725160, 0.364074992718072, 23.000000000000000),
    (0.19, 1, 237.417077453565810, 172.735790196314241, 326.318411503090999, 0.152286002473802, 21.627976072424318),
    (0.19, 2, 215.894467870385739, 131.399841059114749, 354.722052031004466, 0.237747480212572, 21.627976072424318),
    (0.19, 5, 162.341738395931543, 68.494277351707623, 384.774335089120029, 0.413185258847406, 21.627976072424318),
    (-0.4, 1, 237.417077453565810, 173.203780080739449, 325.436711833407401, 0.152370731056291, 19.018154434037321),
    (-0.4, 2, 215.894467870385739, 149.725608911334035, 311.305604939227408, 0.176836942914098, 19.018154434037321),
    (-0.4, 5, 162.341738395931543, 97.465351149119712, 270.402145118122860, 0.246521842388637, 19.018154434037321)
  ) w(rho, step, median, low, high, se, df),
  first_difference_forecast(s, ARRAY[500000, 1000000, 2000000, 4000000, 8000000], w.rho) f
WHERE f.step = w.step
ORDER BY w.rho, f.step;
SELECT w.theta, f.step, f.period,
       pg_temp.agree(f.median, w.median) AND pg_temp.agree(f.low, w.low) AND
       pg_temp.agree(f.high, w.high) AND pg_temp.agree(f.ln_stderr, w.se) AND
       pg_temp.agree(f.degrees_of_freedom, w.df) AS agrees, f.note
FROM series, (VALUES
    (0, 1, 213.046303172467333, 181.393641355665665, 250.222262237182832, 0.121898363525271, 22.999999999999982),
    (0, 2, 186.374325694336619, 147.789704061746818, 235.032538284981968, 0.175804320034205, 22.999999999999982),
    (0, 5, 124.773492892526676, 84.702567695573691, 183.801093073769550, 0.293570134677911, 22.999999999999982),
    (0.63, 1, 213.046303172467333, 180.497218288227344, 251.464968412841642, 0.121806702402864, 16.415278695607356),
    (0.63, 2, 186.374325694336619, 139.742285822583881, 248.567490316557041, 0.211558248404098, 16.415278695607356),
    (0.63, 5, 124.773492892526676, 73.935462857521657, 210.567756349923059, 0.384466823226132, 16.415278695607356),
    (0.25, 1, 213.046303172467333, 181.023310632916633, 250.734157588661105, 0.121850550868587, 20.810385523210076),
    (0.25, 2, 186.374325694336619, 143.555488048130854, 241.964899777100044, 0.195276251762582, 20.810385523210076),
    (0.25, 5, 124.773492892526676, 78.779669697187458, 197.619824866531786, 0.344002312805759, 20.810385523210076)
  ) w(theta, step, median, low, high, se, df),
  random_walk_forecast(s, 5, w.theta, 0.8) f
WHERE f.step = w.step
ORDER BY w.theta, f.step;

-- the closed form of Farmer and Lafond (2016), K^2 A* / (1 + theta^2)
SELECT bool_and(pg_temp.agree(f.ln_stderr ^ 2,
         r.residual_stderr ^ 2 / (1 + o.theta ^ 2) *
         (-2 * o.theta + (1 + 2 * 23 * o.theta / 24 + o.theta ^ 2) * (f.step + f.step ^ 2 / 24)))) AS agrees,
       count(*)
FROM series, random_walk(s) r, (VALUES (0.0), (0.25), (0.63), (-0.5), (0.99)) o(theta),
     random_walk_forecast(s, 30, o.theta) f;

-- with quantities: the same numbers, rounded to the types' units
SELECT abs(f.exponent - g.exponent) < 1e-9 AS exponent, abs(f.residual_stderr - g.residual_stderr) < 1e-9 AS residual_stderr,
       abs(ff.median - gf.median) < 1e-6 AS median, ff.cumulative / gf.cumulative AS mwh_per_gwh
FROM series, first_difference(s) f,
     (SELECT cost_series(year, (mwh / 1000)::capacity_gwh, price::cost_per_gwh) AS s FROM volumes) t,
     first_difference(t.s) g,
     first_difference_forecast(series.s, ARRAY[500000]) ff, first_difference_forecast(t.s, ARRAY[500]) gf;

-- the same whatever order the rows come in, with years and dates, typed and plain
SELECT first_difference(cost_series(year, mwh, price ORDER BY price)) = first_difference(cost_series(year, mwh, price ORDER BY year)) AS fd_order,
       (first_difference(cost_series(make_date(year, 1, 1), mwh, price))).exponent
         = (first_difference(cost_series(year, mwh, price))).exponent AS fd_date,
       (first_difference(cost_series(make_date(year, 1, 1), (mwh / 1000)::capacity_gwh, price::cost_per_gwh))).exponent
         = (first_difference(cost_series(year, (mwh / 1000)::capacity_gwh, price::cost_per_gwh))).exponent AS fd_date_typed,
       (random_walk(cost_series(make_date(year, 1, 1), price))).drift = (random_walk(cost_series(year, price))).drift AS rw_date,
       random_walk(cost_series(year, price::cost_per_gwh ORDER BY price)) = random_walk(cost_series(year, price::cost_per_gwh)) AS rw_order
FROM volumes;
SELECT first_difference(cost_series(year, mwh, price)) IS NULL AS fd, random_walk(cost_series(year, price)) IS NULL AS rw FROM volumes WHERE false;
-- a moving window is the same as a fit of its rows
SELECT count(*), bool_and(w.f IS NOT DISTINCT FROM r.f) AS same
FROM (SELECT year, first_difference(cost_series(year, mwh, price) OVER (ORDER BY year ROWS 7 PRECEDING)) AS f FROM volumes) w,
     LATERAL (SELECT first_difference(cost_series(year, mwh, price)) AS f FROM volumes v WHERE v.year BETWEEN w.year - 7 AND w.year) r;

-- months are equal steps, and a twelfth of a year in the mean: the changes of
-- yearly data dated by month give the same drift a step, twelvefold a year
SELECT abs(r.years_per_step - 1.0 / 12) < 1e-3 AS twelfths, r.drift = y.drift AS same_drift,
       pg_temp.agree(ln(1 - r.yearly_decline) * r.years_per_step, ln(1 - y.yearly_decline)) AS same_decline,
       f.period > 2002.0 AND f.period < 2002.2 AS next_month, r.note
FROM (SELECT cost_series(date '2000-01-01' + (year - 1992) * interval '1 month', price) AS s,
             cost_series(year, price) AS y FROM volumes) q,
     random_walk(q.s) r, random_walk(q.y) y, random_walk_forecast(q.s, 1) f;

-- what cannot be fitted is NULL with the reason
CREATE TEMP TABLE odd (name text, s cost_series);
INSERT INTO odd
  SELECT '1 one period', cost_series(year, mwh, price) FROM volumes WHERE year = 2000
  UNION ALL SELECT '2 two periods', cost_series(year, mwh, price) FROM volumes WHERE year IN (2000, 2001)
  UNION ALL SELECT '3 a gap', cost_series(year, mwh, price) FROM volumes WHERE year <> 2003
  UNION ALL SELECT '4 a late report', cost_series(year + CASE year WHEN 2010 THEN 0.25 ELSE 0 END, mwh, price) FROM volumes
  UNION ALL SELECT '5 volume stands still', cost_series(year, least(mwh, 10000), price) FROM volumes
  UNION ALL SELECT '6 no volumes', cost_series(year, price) FROM volumes
  UNION ALL SELECT '7 on a line', cost_series(i::float8, 2 ^ i, 100 * 2.0 ^ (-i / 4.0)) FROM generate_series(1, 9) i
  UNION ALL SELECT '8 level', cost_series(i::float8, i::float8, 5::float8) FROM generate_series(1, 9) i
  UNION ALL SELECT '9 growth below rounding', cost_series(i::float8, 1e5 + 1e-10 * i, exp(sin(i))) FROM generate_series(1, 9) i;
SELECT name, f.differences, round(f.exponent::numeric, 6) AS exponent, f.exponent_stderr AS se, f.residual_stderr AS sigma,
       f.t_statistic AS t, f.p_value AS p, f.durbin_watson AS dw, f.note
FROM odd, first_difference(s) f ORDER BY name;
SELECT name, f.differences, round(f.drift::numeric, 4) AS drift, round(f.residual_stderr::numeric, 4) AS sigma,
       round(f.halving_time::numeric, 3) AS halving, f.note IS NULL AS no_note
FROM odd, random_walk(s) f ORDER BY name;
SELECT name, f.step, f.period, round(f.median::numeric, 3) AS median, round(f.low::numeric, 3) AS low,
       round(f.high::numeric, 3) AS high, f.ln_stderr, f.note
FROM odd, first_difference_forecast(s, ARRAY[1000000]) f ORDER BY name;
SELECT name, count(*), count(median), count(high), max(note) IS NULL AS no_note
FROM odd, random_walk_forecast(s, 3) f GROUP BY name ORDER BY name;
-- an empty series, NULL, and no future
SELECT f.observations, f.differences, f.period_from, f.exponent, f.note FROM first_difference('v1 units=unitless clock=years columns=cost n=0') f;
SELECT f.differences, f.exponent, f.note FROM first_difference(NULL) f;
SELECT count(*) FROM series, first_difference_forecast(s, '{}') f;
SELECT count(*) FROM series, first_difference_forecast(s, NULL) f;
-- a forecast beyond double precision is NULL, not zero and not infinite
SELECT f.step, f.median, f.low, f.high FROM
  (SELECT cost_series(i::float8, i::float8, 1e300 * exp(-30.0 * i + (i % 2))) AS s FROM generate_series(1, 9) i) q,
  random_walk_forecast(s, 50) f WHERE f.step IN (1, 50) ORDER BY 1;

-- errors
SELECT * FROM series, first_difference(s, 1.0);
SELECT * FROM series, random_walk(s, 'NaN');
SELECT * FROM series, first_difference_forecast(s, ARRAY[500000], 1);
SELECT * FROM series, first_difference_forecast(s, ARRAY[500000], 'NaN');
SELECT * FROM series, first_difference_forecast(s, ARRAY[500000], 0, 0);
SELECT * FROM series, first_difference_forecast(s, ARRAY[500]);
SELECT * FROM series, first_difference_forecast(s, ARRAY[500000, 400000]);
SELECT * FROM series, first_difference_forecast(s, ARRAY[500000, 500000]);
SELECT * FROM series, first_difference_forecast(s, '{500000, NaN}');
SELECT * FROM series, first_difference_forecast(s, '{500000, Infinity}');
SELECT * FROM series, first_difference_forecast(s, '{500000, NULL}');
SELECT * FROM series, first_difference_forecast(s, '{{500000, 600000}}');
SELECT * FROM series, first_difference_forecast(s, array(SELECT 1e6 + i FROM generate_series(1, 10001) i));
SELECT * FROM first_difference_forecast((SELECT cost_series(year, (mwh / 1000)::capacity_gwh, price::cost_per_gwh) FROM volumes), ARRAY[400]);
SELECT * FROM series, random_walk_forecast(s, 0);
SELECT * FROM series, random_walk_forecast(s, 10001);
SELECT * FROM series, random_walk_forecast(s, 3, -1);
