-- Theil and Sen's line against brute force: in R (test/oracles/robust.R) for
-- the published series, and in core SQL, slope by slope.
-- Ziegler and Trancik 2021, all cells: MWh sold and US$ of 2018 per kWh.
CREATE TEMP TABLE cells AS
SELECT year, price, to_capacity_gwh(mwh, 'MWh') AS annual,
	   sum(to_capacity_gwh(mwh, 'MWh')) OVER (ORDER BY year) AS cumulative, to_cost_per_gwh(price, 'USD/kWh') AS cost
FROM (VALUES
	(1991, 0.13, 7523.28412979119),
	(1992, 1.55, 6034.92585608991),
	(1993, 12.87, 4804.47378230495),
	(1994, 38.9985692618799, 5484.6302461724),
	(1995, 123.1272, 5147.6297421533),
	(1996, 497.5308, 4335.65075270078),
	(1997, 716.504227704753, 3712.77642836804),
	(1998, 1009.20381759353, 2987.07186539987),
	(1999, 1511.310465, 2262.54237353621),
	(2000, 2029.42594594595, 2197.81157841541),
	(2001, 2452.27729391431, 1534.04923165932),
	(2002, 3440.59274936976, 1099.08223675726),
	(2003, 5081.22745245245, 849.814007056019),
	(2004, 6916.25332832833, 760.399496896471),
	(2005, 8626.93920420417, 655.544189945677),
	(2006, 11343.2155705705, 561.410685791046),
	(2007, 13706.7106590386, 535.713024548232),
	(2008, 16813.0784084084, 561.705623981875),
	(2009, 19093.4244244244, 500.376704222982),
	(2010, 24264.0731898102, 449.850591038168),
	(2011, 29680.3337170967, 428.512554853886),
	(2012, 34840.9474474474, 440.842348182448),
	(2013, 42495.6261261261, 400.98139972905),
	(2014, 49649.2347347347, 354.728969594783),
	(2015, 62905.6621621622, 271.144071199456),
	(2016, 78058.0858526119, 243.535299866864)
) AS v (year, mwh, price);
DELETE FROM cells WHERE year < 1992;

-- R: pairs 300, slope -0.377093649973610, low -0.444346698272329, high
-- -0.313566262071143, intercept 7.92625215362661, S -290, tau -0.966666666666667,
-- p 1.48267763891318e-11; at 99 %: -0.469215085176926 to -0.286006913950892
SELECT estimator, observations, pairs, round(learning_rate::numeric, 10) AS learning_rate,
	   round(exponent::numeric, 12) AS exponent, round(exponent_low::numeric, 12) AS low, round(exponent_high::numeric, 12) AS high
FROM (SELECT paired_logarithms(cumulative, cost) AS v FROM cells) AS s, LATERAL theil_sen_learning_curve(v);
SELECT round(intercept::numeric, 11) AS intercept, kendall_s, round(kendall_tau_b::numeric, 12) AS tau_b, p_value::numeric(30, 22) AS p_value, note,
	   learning_rate_low < learning_rate AND learning_rate < learning_rate_high AS ordered,
	   round((1 - 2 ^ exponent_high - learning_rate_low)::numeric, 14) AS same
FROM (SELECT paired_logarithms(cumulative, cost) AS v FROM cells) AS s, LATERAL theil_sen_learning_curve(v);
SELECT round(exponent_low::numeric, 12) AS low, round(exponent_high::numeric, 12) AS high, confidence_level
FROM (SELECT paired_logarithms(cumulative, cost) AS v FROM cells) AS s, LATERAL theil_sen_learning_curve(v, 0.99);
-- the same without units, and as logarithms of one's own
SELECT round(l.exponent::numeric, 12) AS without_units, round(p.slope::numeric, 12) AS own_logarithms
FROM (SELECT paired_logarithms(cumulative::double precision, cost::double precision) AS v,
			 paired_values(ln(cost::double precision), ln(cumulative::double precision)) AS w FROM cells) AS s,
	 LATERAL theil_sen_learning_curve(v) AS l, LATERAL theil_sen_regression(w) AS p;
-- R: price on year, slope -209.211147743373, -277.557154404472 to
-- -104.855306950794, intercept 420990.945056659
SELECT round(slope::numeric, 10) AS slope, round(slope_low::numeric, 10) AS low, round(slope_high::numeric, 10) AS high,
	   round(intercept::numeric, 7) AS intercept
FROM (SELECT paired_values(price, year) AS v FROM cells) AS s, LATERAL theil_sen_regression(v);
-- R, ties in x and y: 720 pairs, slope 1.5, 1 to 1.66666666666667, intercept
-- 5.25, S 422, tau 0.573505097559485, p 7.56081904849396e-07
SELECT pairs, slope, slope_low, round(slope_high::numeric, 12) AS slope_high, intercept, kendall_s, round(kendall_tau_b::numeric, 12) AS tau_b, p_value::numeric(24, 18) AS p_value
FROM (SELECT paired_values((i * 11) % 13 + (i * 7) % 10, (i * 7) % 10) AS v FROM generate_series(0, 39) AS i) AS s,
	 LATERAL theil_sen_regression(v);

-- Slope by slope in core SQL: 80,000 slopes of each kind of points, which are too
-- many to form and are chosen among; many ties, outliers, few distinct slopes.
CREATE FUNCTION pg_temp.noise(i integer, seed integer) RETURNS double precision
RETURN (hashint8(i::bigint * 7919 + seed)::double precision / 2 ^ 32) + 0.5;
CREATE TEMP TABLE points AS
SELECT kind, x, CASE kind
		WHEN 'line with noise' THEN 0.5 * x + pg_temp.noise(i, 2)
		WHEN 'ties' THEN floor(3 * pg_temp.noise(i, 3))
		WHEN 'steps' THEN floor(x / 10)
		WHEN 'outliers' THEN pg_temp.noise(i, 4) - CASE WHEN i % 5 = 0 THEN 1e5 ELSE x END
		ELSE exp(5 * pg_temp.noise(i, 5)) END AS y
FROM (SELECT kind, i, CASE WHEN kind IN ('ties', 'steps') THEN floor(50 * pg_temp.noise(i, 1)) ELSE 100 * pg_temp.noise(i, 1) END AS x
	  FROM unnest('{line with noise,ties,steps,outliers,no line}'::text[]) AS kind, generate_series(1, 400) AS i) AS s;
WITH found AS (
	SELECT kind, t.* FROM (SELECT kind, paired_values(y, x) AS v FROM points GROUP BY kind) AS s, LATERAL theil_sen_regression(v, 0.9) AS t
), slope AS (
	SELECT a.kind, (b.y - a.y) / (b.x - a.x) AS slope FROM points AS a JOIN points AS b ON a.kind = b.kind AND a.x < b.x
), core AS (
	SELECT kind, count(*) AS pairs, percentile_cont(0.5) WITHIN GROUP (ORDER BY slope) AS median,
		   array_agg(slope ORDER BY slope) AS slopes, sum(sign(slope)) AS s
	FROM slope GROUP BY kind
), ties AS (
	SELECT kind, sum(t * (t - 1) * (2 * t + 5)) AS t FROM (SELECT kind, x, count(*) AS t FROM points GROUP BY kind, x) AS g GROUP BY kind
), rank AS (
	-- 1.6448536269514722 is the normal quantile of 0.95
	SELECT kind, floor((pairs - 1.6448536269514722 * sqrt((400.0 * 399 * 805 - t) / 18)) / 2)::int AS m FROM core JOIN ties USING (kind)
), residual AS (
	SELECT kind, percentile_cont(0.5) WITHIN GROUP (ORDER BY y - f.slope * x) AS intercept FROM points JOIN found AS f USING (kind) GROUP BY kind
)
SELECT kind, f.pairs = c.pairs AS pairs, abs(f.slope - median) <= 1e-12 * abs(median) AS slope,
	   abs(slope_low - slopes[m]) <= 1e-12 * abs(slopes[m]) AS low, abs(slope_high - slopes[c.pairs - m + 1]) <= 1e-12 * abs(slopes[c.pairs - m + 1]) AS high,
	   abs(f.intercept - r.intercept) <= 1e-10 AS intercept, kendall_s = s AS kendall_s
FROM found AS f JOIN core AS c USING (kind) JOIN rank USING (kind) JOIN residual AS r USING (kind)
ORDER BY kind;

-- 40,000 points, 800 million slopes of an exact line but for a fifth of the
-- points: the median is the line's
SELECT slope, intercept, pairs
FROM (SELECT paired_values(CASE WHEN i % 5 = 0 THEN pg_temp.noise(i, 6) * 1e6 ELSE 3 * i + 7 END, i) AS v FROM generate_series(1, 40000) AS i) AS s,
	 LATERAL theil_sen_regression(v);

-- few points: what cannot be said is NULL, with the reason
SELECT n, observations, pairs, slope, slope_low, kendall_s, round(kendall_tau_b::numeric, 4) AS tau_b, round(p_value::numeric, 6) AS p_value, note
FROM generate_series(1, 6) AS n,
	 LATERAL (SELECT paired_values(i * i, i) AS v FROM generate_series(1, n) AS i) AS s, LATERAL theil_sen_regression(v)
ORDER BY n;
SELECT observations, pairs, slope, note FROM (SELECT paired_values(i, 3) AS v FROM generate_series(1, 4) AS i) AS s, LATERAL theil_sen_regression(v);
SELECT slope, kendall_s, p_value, note FROM (SELECT paired_values(5, i) AS v FROM generate_series(1, 9) AS i) AS s, LATERAL theil_sen_regression(v);
-- magnitudes that no common unit holds
SELECT slope, note FROM (SELECT paired_values(2 * 10.0 ^ i, 10.0 ^ i) AS v FROM generate_series(-12, 12) AS i) AS s, LATERAL theil_sen_regression(v);
-- one value that is none: the median stands it, until nothing of the others is left
SELECT wrong, round(slope::numeric, 9) AS slope, round(slope_low::numeric, 9) AS low, note
FROM (VALUES (1e9), (9.96e36)) AS w (wrong),
	 LATERAL (SELECT paired_values(CASE WHEN i = 7 THEN wrong ELSE i * 0.5 + i % 3 * 0.1 END, i) AS v FROM generate_series(1, 30) AS i) AS s,
	 LATERAL theil_sen_regression(v);
SELECT slope, note FROM (SELECT paired_values(i * 0.5, CASE WHEN i = 7 THEN -9.96e36 ELSE i END) AS v FROM generate_series(1, 30) AS i) AS s, LATERAL theil_sen_regression(v);
-- far from the origin no digit is lost
SELECT slope, slope_low FROM (SELECT paired_values(i * 0.5 + 1e9, i + 1e9) AS v FROM generate_series(1, 9) AS i) AS s, LATERAL theil_sen_regression(v);
-- the ends of double precision
SELECT slope FROM (SELECT paired_values(y, x) AS v FROM (VALUES (1.7e308, -1.7e308), (-1.7e308, 1.7e308)) AS t (y, x)) AS s, LATERAL theil_sen_regression(v);
SELECT slope FROM (SELECT paired_values(y, x) AS v FROM (VALUES (1e308, 1e-308), (-1e308, -1e-308)) AS t (y, x)) AS s, LATERAL theil_sen_regression(v);
SELECT exponent FROM (SELECT paired_logarithms(x, 1.0) AS v FROM (VALUES (5e-324), (1.7e308)) AS t (x)) AS s, LATERAL theil_sen_learning_curve(v);

-- of a series: the same fit, to the rounding of its logarithms
SELECT t.observations, t.pairs, round(t.exponent::numeric, 12) AS exponent, round(t.exponent_low::numeric, 12) AS low, round(t.intercept::numeric, 11) AS intercept, t.kendall_s, t.note
FROM (SELECT cost_series(year, cumulative, cost) AS s FROM cells) AS c, LATERAL theil_sen_learning_curve(s) AS t;
SELECT t.observations, t.exponent, t.note FROM (SELECT cost_series(year, cost) AS s FROM cells) AS c, LATERAL theil_sen_learning_curve(s) AS t;

-- refused
SELECT theil_sen_learning_curve(paired_values(1, 2));
SELECT theil_sen_regression(paired_logarithms(capacity_gwh '1', cost_per_gwh '2'));
SELECT theil_sen_regression(paired_values(1, 2), 95);
SELECT theil_sen_regression(paired_values(1, 2), 'NaN');
