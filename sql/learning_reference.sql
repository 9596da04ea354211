-- The published learning curves of lithium-ion cells.
--
-- Oracle: fits of the same doubles with 80-digit arithmetic, given here to 20
-- digits; the published rates are in Ziegler & Trancik, Energy Environ. Sci.
-- 14 (2021) 1635: 20 % per doubling of cells (abstract) and 18.9 % per
-- doubling of MWh (Table 1).
CREATE TEMP TABLE series (year int, price float8, mwh float8, cells float8);
INSERT INTO series VALUES
  (1991, 7523.28412979119, 0.13, NULL),
  (1992, 6034.92585608991, 1.55, 1),
  (1993, 4804.47378230495, 12.87, 4),
  (1994, 5484.6302461724, 38.9985692618799, 12),
  (1995, 5147.6297421533, 123.1272, 32.026),
  (1996, 4335.65075270078, 497.5308, 125.388),
  (1997, 3712.77642836804, 716.504227704753, 202.5894897182),
  (1998, 2987.07186539987, 1009.20381759353, 278.18),
  (1999, 2262.54237353621, 1511.310465, 412.43),
  (2000, 2197.81157841541, 2029.42594594595, 546.1),
  (2001, 1534.04923165932, 2452.27729391431, 629.09367859863),
  (2002, 1099.08223675726, 3440.59274936976, 876.9),
  (2003, 849.814007056019, 5081.22745245245, 1315.7),
  (2004, 760.399496896471, 6916.25332832833, 1640.2),
  (2005, 655.544189945677, 8626.93920420417, 1836.8),
  (2006, 561.410685791046, 11343.2155705705, 2311.7),
  (2007, 535.713024548232, 13706.7106590386, 2516.37471439452),
  (2008, 561.705623981875, 16813.0784084084, 3142),
  (2009, 500.376704222982, 19093.4244244244, 3079),
  (2010, 449.850591038168, 24264.0731898102, 3972.129),
  (2011, 428.512554853886, 29680.3337170967, 4498),
  (2012, 440.842348182448, 34840.9474474474, 5122.218),
  (2013, 400.98139972905, 42495.6261261261, 5601.1193),
  (2014, 354.728969594783, 49649.2347347347, 6227.1369),
  (2015, 271.144071199456, 62905.6621621622, 6597.531),
  (2016, 243.535299866864, 78058.0858526119, 9103.821);
CREATE TEMP TABLE cumulative AS
  SELECT year, price, sum(mwh) OVER (ORDER BY year) AS mwh,
         sum(cells) OVER (ORDER BY year) AS cells
  FROM series;
CREATE TEMP TABLE curves AS
  SELECT 'A1' AS kase, learning_curve(cells, price) AS lc, max(cells) AS largest
  FROM cumulative WHERE year BETWEEN 1992 AND 2016
  UNION ALL
  SELECT 'A3', learning_curve(mwh, price), max(mwh)
  FROM cumulative WHERE year BETWEEN 1992 AND 2016;

-- relative error, tolerance 10^-13 for what is formed from exact integers and
-- 10^-12 for what went through exp
CREATE TEMP TABLE reference (kase text, quantity text, value numeric);
INSERT INTO reference VALUES
  ('A1', 'intercept', 9.5508409055382188852),
  ('A1', 'se_intercept', 0.21018832729246454587),
  ('A1', 'slope', -0.32891582563430329910),
  ('A1', 'se_slope', 0.025290265389462846142),
  ('A1', 'slope_lo95', -0.38123272560173308119),
  ('A1', 'slope_hi95', -0.27659892566687351701),
  ('A1', 'r2', 0.88029960664648748288),
  ('A1', 'adj_r2', 0.87509524171807389518),
  ('A1', 'residual_se', 0.37536385817595476750),
  ('A1', 'learning_rate', 0.20386545192753369142),
  ('A1', 'progress_ratio', 0.79613454807246630858),
  ('A1', 'learning_rate_lo95', 0.17446512176433267360),
  ('A1', 'learning_rate_hi95', 0.23221872831203479680),
  ('A1', 'x2_price', 299.95486004918944542),
  ('A1', 'x2_ci_lo95', 231.78441122170239247),
  ('A1', 'x2_ci_hi95', 388.17501829779870821),
  ('A1', 'x2_pi_lo95', 132.34978576901199524),
  ('A1', 'x2_pi_hi95', 679.81158824206295893),
  ('A1', 'x10_price', 176.66625665539885490),
  ('A1', 'x10_ci_lo95', 127.14052227536920224),
  ('A1', 'x10_ci_hi95', 245.48401785728488698),
  ('A1', 'x10_pi_lo95', 76.016636290449585913),
  ('A1', 'x10_pi_hi95', 410.58073289875990224),
  ('A3', 'intercept', 9.7730948589451685786),
  ('A3', 'se_intercept', 0.22684242867124905933),
  ('A3', 'slope', -0.30173194410818005053),
  ('A3', 'se_slope', 0.023263485136708894548),
  ('A3', 'slope_lo95', -0.34985612968110332766),
  ('A3', 'slope_hi95', -0.25360775853525677339),
  ('A3', 'r2', 0.87972344622287569200),
  ('A3', 'adj_r2', 0.87449403084126159165),
  ('A3', 'residual_se', 0.37626615336535050897),
  ('A3', 'learning_rate', 0.18872212122269661632),
  ('A3', 'progress_ratio', 0.81127787877730338368),
  ('A3', 'learning_rate_lo95', 0.16120379375168327449),
  ('A3', 'learning_rate_hi95', 0.21533765688187175673),
  ('A3', 'x2_price', 287.29555383917079216),
  ('A3', 'x2_ci_lo95', 220.63076576559450661),
  ('A3', 'x2_ci_hi95', 374.10347087970402081),
  ('A3', 'x2_pi_lo95', 126.29073317359764568),
  ('A3', 'x2_pi_hi95', 653.56129607941368896),
  ('A3', 'x10_price', 176.77763793792355204),
  ('A3', 'x10_ci_lo95', 127.12071534290462576),
  ('A3', 'x10_ci_hi95', 245.83194950260211855),
  ('A3', 'x10_pi_lo95', 75.910664072068266009),
  ('A3', 'x10_pi_hi95', 411.67250552890783140);

CREATE TEMP TABLE got AS
  SELECT kase, q.*
  FROM curves, fit(lc) f,
    LATERAL (VALUES ('intercept', f.intercept), ('se_intercept', f.intercept_stderr),
      ('slope', f.exponent), ('se_slope', f.exponent_stderr),
      ('slope_lo95', f.exponent_low), ('slope_hi95', f.exponent_high),
      ('r2', f.r_squared), ('adj_r2', f.adjusted_r_squared),
      ('residual_se', f.residual_stderr),
      ('learning_rate', f.learning_rate), ('progress_ratio', f.progress_ratio),
      ('learning_rate_lo95', f.learning_rate_low), ('learning_rate_hi95', f.learning_rate_high)) q (quantity, value)
  UNION ALL
  SELECT kase, format('x%s_%s', k, q.name), q.value
  FROM curves, (VALUES (2), (10)) m (k), predict_number(lc, k * largest) p,
    LATERAL (VALUES ('price', p.cost), ('ci_lo95', p.mean_low), ('ci_hi95', p.mean_high),
      ('pi_lo95', p.prediction_low), ('pi_hi95', p.prediction_high)) q (name, value);

SELECT kase, r.quantity, round(g.value::numeric, 10) AS value,
       abs(g.value - r.value::float8) <= abs(r.value::float8) *
         CASE WHEN r.quantity ~ '^x' THEN 1e-12 ELSE 1e-13 END AS agrees
FROM reference r FULL JOIN got g USING (kase, quantity)
ORDER BY kase COLLATE "C", r.quantity COLLATE "C";

-- the accessors are the columns of fit
SELECT kase, observations(lc) = f.observations AS n, exponent(lc) = f.exponent AS b,
  learning_rate(lc) = f.learning_rate AS lr, progress_ratio(lc) = f.progress_ratio AS pr,
  intercept(lc) = f.intercept AS a, intercept_stderr(lc) = f.intercept_stderr AS se_a,
  r_squared(lc) = f.r_squared AS r2, adjusted_r_squared(lc) = f.adjusted_r_squared AS adj,
  residual_stderr(lc) = f.residual_stderr AS s, exponent_stderr(lc) = f.exponent_stderr AS se_b,
  t_statistic(lc) = f.t_statistic AS t, p_value(lc) = f.p_value AS p
FROM curves, fit(lc) f ORDER BY kase;

-- core's regr_* on the same logarithms, to the digits they have
SELECT kase, abs(r_squared(lc) / r2 - 1) < 1e-12 AS r2, abs(exponent(lc) / b - 1) < 1e-12 AS b,
       abs(intercept(lc) / a - 1) < 1e-12 AS a
FROM curves JOIN (
  SELECT 'A1' AS kase, regr_r2(ln(price), ln(cells)) AS r2, regr_slope(ln(price), ln(cells)) AS b,
         regr_intercept(ln(price), ln(cells)) AS a
  FROM cumulative WHERE year BETWEEN 1992 AND 2016
  UNION ALL
  SELECT 'A3', regr_r2(ln(price), ln(mwh)), regr_slope(ln(price), ln(mwh)), regr_intercept(ln(price), ln(mwh))
  FROM cumulative WHERE year BETWEEN 1992 AND 2016) core USING (kase)
ORDER BY kase;

-- the same through the typed columns: rounding to 1 mWh and 10^-9 US$/kWh
-- moves the rate in its 14th digit; the intercept is now that of GWh (the
-- reference is 9.7730948589451685786 + slope * ln 1000 = 7.68880442919434);
-- p: R, 2 * pt(-0.30173194410818005053/0.023263485136708894548, 23)
CREATE TEMP TABLE typed AS
  SELECT learning_curve(cumulative, price) AS lc, max(cumulative) AS largest
  FROM (SELECT year, price::cost_per_gwh AS price,
          sum(to_capacity_gwh(mwh::text::numeric, 'MWh')) OVER (ORDER BY year) AS cumulative
        FROM series) s
  WHERE year BETWEEN 1992 AND 2016;
SELECT units(lc), abs(learning_rate(lc) / 0.18872212122269661632 - 1) < 1e-12 AS rate,
  abs(intercept(lc) / 7.68880442919434 - 1) < 1e-12 AS intercept,
  round(learning_rate(lc)::numeric, 12) AS learning_rate, observations(lc),
  abs(t_statistic(lc) / (-0.30173194410818005053 / 0.023263485136708894548) - 1) < 1e-12 AS t,
  abs(p_value(lc) / 4.612315640408e-12 - 1) < 1e-11 AS p
FROM typed;
-- where the line reaches a cost; the same from the reference's numbers:
-- exp((ln 100 - a) / b) MWh
SELECT round(to_unit(capacity_at(lc, 100), 'GWh')) AS gwh_at_100,
  round(to_unit(capacity_at(lc, 50), 'GWh')) AS gwh_at_50,
  abs(to_unit(capacity_at(lc, 100), 'MWh')::float8 / exp((ln(100::float8) - 9.7730948589451685786) / -0.30173194410818005053) - 1) < 1e-11 AS agrees,
  abs(doublings_to(lc, largest, 100::cost_per_gwh) - log(2, (capacity_at(lc, 100) / largest)::numeric)::float8) < 1e-9 AS doublings
FROM typed;
SELECT k, to_unit(p.cost, 'USD/kWh', 6) AS cost, to_unit(p.mean_low, 'USD/kWh', 6) AS mean_low,
  to_unit(p.mean_high, 'USD/kWh', 6) AS mean_high, to_unit(p.prediction_low, 'USD/kWh', 6) AS prediction_low,
  to_unit(p.prediction_high, 'USD/kWh', 6) AS prediction_high, round(p.extrapolation::numeric, 6) AS extrapolation,
  p.cost = cost_at(lc, k * largest) AS same, p.extrapolation = extrapolation(lc, k * largest) AS same2
FROM typed, (VALUES (1.0::float8), (2), (10)) m (k), predict(lc, k * largest) p ORDER BY k;
-- going there and back
SELECT abs((capacity_at(lc, cost_at(lc, 1000)) / capacity_gwh '1000') - 1) < 1e-10 AS inverse FROM typed;
-- another confidence level: the half-widths are as the t quantiles; R,
-- qt(.95,23)/qt(.975,23) = 0.828494536319071
SELECT round(((a.exponent_high - a.exponent) / (b.exponent_high - b.exponent))::numeric, 12) AS ratio
FROM typed, fit(lc, 0.9) a, fit(lc) b;
