-- A line with one break, against R (test/oracles/robust.R): every possible
-- break by brute force with lm(), the interval by root finding on the profile,
-- and the errors of the package segmented where the break is inside a gap.
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

-- R: ln break -0.534323882560909 (586 MWh), error 0.4061521639419322, exponents
-- -0.027153224228617 (0.0417985493379736) and -0.451256313237330
-- (0.0170235629954276), rss 0.437290574566282 against 3.256253017872219, bic
-- -88.275326684661366 against -44.519715139146555
SELECT estimator, observations, round(1000 * break_at) AS break_mwh, round(ln_break::numeric, 11) AS ln_break, round(ln_break_stderr::numeric, 9) AS stderr,
	   observations_before AS before, observations_after AS after
FROM (SELECT paired_logarithms(cumulative, cost) AS v FROM cells) AS s, LATERAL segmented_learning_curve(v);
SELECT round(exponent_before::numeric, 11) AS before, round(exponent_before_stderr::numeric, 9) AS stderr,
	   round(exponent_after::numeric, 11) AS after, round(exponent_after_stderr::numeric, 9) AS stderr,
	   round(100 * learning_rate_before::numeric, 1) AS lr_before, round(100 * learning_rate_after::numeric, 1) AS lr_after
FROM (SELECT paired_logarithms(cumulative, cost) AS v FROM cells) AS s, LATERAL segmented_learning_curve(v);
SELECT round(rss::numeric, 11) AS rss, round(rss_straight::numeric, 10) AS rss_straight, round(bic::numeric, 8) AS bic,
	   round(bic_straight::numeric, 8) AS bic_straight, round(bic_gain::numeric, 1) AS bic_gain,
	   round(residual_stderr::numeric, 9) AS residual_stderr, degrees_of_freedom AS df, note
FROM (SELECT paired_logarithms(cumulative, cost) AS v FROM cells) AS s, LATERAL segmented_learning_curve(v);
-- R: intercepts 8.480931072109486 (0.175213007134693) and 8.2543226629842756
-- (0.0667162699991617); bounds 8.116555676695809 8.845306467523164 and
-- 8.1155785842254282 8.3930667417431231; of the exponents -0.1140780661213995
-- 0.0597716176641665 and -0.4866587505292153 -0.4158538759454452; R squared
-- 0.983847752917426
SELECT round(intercept_before::numeric, 11) AS before, round(intercept_before_stderr::numeric, 9) AS stderr,
	   round(intercept_before_low::numeric, 9) AS low, round(intercept_before_high::numeric, 9) AS high,
	   round(intercept_after::numeric, 11) AS after, round(intercept_after_stderr::numeric, 9) AS stderr,
	   round(intercept_after_low::numeric, 9) AS low, round(intercept_after_high::numeric, 9) AS high
FROM (SELECT paired_logarithms(cumulative, cost) AS v FROM cells) AS s, LATERAL segmented_learning_curve(v);
SELECT round(exponent_before_low::numeric, 9) AS before_low, round(exponent_before_high::numeric, 9) AS before_high,
	   round(exponent_after_low::numeric, 9) AS after_low, round(exponent_after_high::numeric, 9) AS after_high,
	   round(r_squared::numeric, 12) AS r_squared,
	   abs(learning_rate_before_low - 1 + 2 ^ exponent_before_high) < 1e-15 AND abs(learning_rate_after_high - 1 + 2 ^ exponent_after_low) < 1e-15 AS rates
FROM (SELECT paired_logarithms(cumulative, cost) AS v FROM cells) AS s, LATERAL segmented_learning_curve(v);
-- R: interval -1.292256917565761 to 0.386384918367442; the learning rates' are
-- those of the exponents, transformed (t = 2.0796138447276626, 21 degrees)
SELECT round(ln(break_low)::numeric, 8) AS low, round(ln(break_high)::numeric, 8) AS high,
	   round((1 - 2 ^ (exponent_after + 2.0796138447276626 * exponent_after_stderr) - learning_rate_after_low)::numeric, 12) AS same,
	   round((1 - 2 ^ (exponent_before - 2.0796138447276626 * exponent_before_stderr) - learning_rate_before_high)::numeric, 12) AS same
FROM (SELECT paired_logarithms(cumulative, cost) AS v FROM cells) AS s, LATERAL segmented_learning_curve(v);
-- the two lines meet at the break
SELECT round((intercept_before + exponent_before * ln_break - intercept_after - exponent_after * ln_break)::numeric, 12) AS apart
FROM (SELECT paired_logarithms(cumulative, cost) AS v FROM cells) AS s, LATERAL segmented_learning_curve(v);
-- R, price on year: break 2002.68515696115 (0.44474162537489), slopes
-- -497.637508427740 (23.90228109164730) and -39.6005133277247
-- (16.62053470427640), rss 1319746.98559732, interval 2001.71878623304 to
-- 2003.78376795595
SELECT round(break_at::numeric, 8) AS break_at, round(break_stderr::numeric, 8) AS stderr, round(slope_before::numeric, 8) AS before, round(slope_before_stderr::numeric, 8) AS stderr,
	   round(slope_after::numeric, 9) AS after, round(slope_after_stderr::numeric, 8) AS stderr, round(rss::numeric, 5) AS rss,
	   round(break_low::numeric, 8) AS low, round(break_high::numeric, 8) AS high
FROM (SELECT paired_values(price, year) AS v FROM cells) AS s, LATERAL segmented_regression(v);
-- R: intercepts at the year 0, 997382.1628841225 (47732.9151854511; 898116.1316152462
-- to 1096648.1941529987) and 80078.2714582766 (33399.0316898907; 10621.1827554814 to
-- 149535.3601610718), slopes to -447.9299937489627 and from -74.16480740551864, R
-- squared 0.985016050461258
SELECT round(intercept_before::numeric, 5) AS before, round(intercept_before_stderr::numeric, 5) AS stderr, round(intercept_before_low::numeric, 4) AS low, round(intercept_before_high::numeric, 4) AS high,
	   round(intercept_after::numeric, 5) AS after, round(intercept_after_stderr::numeric, 5) AS stderr, round(intercept_after_low::numeric, 4) AS low, round(intercept_after_high::numeric, 4) AS high,
	   round(slope_before_high::numeric, 8) AS slope_before_high, round(slope_after_low::numeric, 9) AS slope_after_low, round(r_squared::numeric, 12) AS r_squared
FROM (SELECT paired_values(price, year) AS v FROM cells) AS s, LATERAL segmented_regression(v);
-- R, ties: break 2.30333333333334, slopes -0.125 and 1.66071428571429, rss
-- 514.077380952381, bic 116.895291680863 against 112.004299767488, interval 1 to 8
SELECT round(break_at::numeric, 12) AS break_at, round(slope_before::numeric, 12) AS before, round(slope_after::numeric, 12) AS after,
	   round(rss::numeric, 10) AS rss, round(bic::numeric, 10) AS bic, round(bic_straight::numeric, 10) AS bic_straight,
	   observations_before AS n_before, break_low AS low, break_high AS high, note
FROM (SELECT paired_values((i * 11) % 13 + (i * 7) % 10, (i * 7) % 10) AS v FROM generate_series(0, 39) AS i) AS s,
	 LATERAL segmented_regression(v);
-- R: break 3.203252032520325 (0.3195506063307343), slopes 1.25
-- (0.1621791704669050) and 0.225 (0.0725287299397051), rss 0.210416666666667,
-- interval 2.32538791363 to 4.34322307778
SELECT round(break_at::numeric, 12) AS break_at, round(break_stderr::numeric, 8) AS stderr, round(slope_before::numeric, 12) AS before, round(slope_before_stderr::numeric, 9) AS stderr,
	   round(slope_after::numeric, 12) AS after, round(slope_after_stderr::numeric, 9) AS stderr, round(rss::numeric, 12) AS rss,
	   round(break_low::numeric, 9) AS low, round(break_high::numeric, 9) AS high
FROM (SELECT paired_values(y, x) AS v FROM (VALUES (1, 1), (2, 2), (3.5, 3), (4, 4), (4, 5), (4.25, 6), (4.25, 7), (5, 8)) AS t (y, x)) AS s,
	 LATERAL segmented_regression(v);
-- R, a break at an observation: 4, slopes -1.554545454545453
-- (0.149869088879772) and 0.169090909090909 (0.110421805847448) with that break
-- given, rss 0.564727272727274, interval 3.20469302401 to 4.57846378931
SELECT break_at, break_stderr, observations_before AS n_before, round(slope_before::numeric, 12) AS before, round(slope_before_stderr::numeric, 12) AS stderr,
	   round(slope_after::numeric, 12) AS after, round(slope_after_stderr::numeric, 12) AS stderr, round(rss::numeric, 12) AS rss,
	   round(break_low::numeric, 9) AS low, round(break_high::numeric, 9) AS high, note
FROM (SELECT paired_values(y, x) AS v FROM (VALUES (9, 1), (7.5, 2), (6, 3), (4, 4), (5, 5), (4.5, 6), (5.2, 7), (4.8, 8)) AS t (y, x)) AS s,
	 LATERAL segmented_regression(v);
-- R, the same: intercepts 10.590909090909083 (0.442413086202223) and
-- 3.696363636363633 (0.664947956703356), the second from 1.850172136763326 to
-- 5.542555135963940; slope before from -1.970648752786148; R squared
-- 0.971876131836291
SELECT round(intercept_before::numeric, 12) AS before, round(intercept_before_stderr::numeric, 12) AS stderr, round(intercept_after::numeric, 12) AS after,
	   round(intercept_after_stderr::numeric, 12) AS stderr, round(intercept_after_low::numeric, 12) AS low, round(intercept_after_high::numeric, 12) AS high,
	   round(slope_before_low::numeric, 12) AS slope_before_low, round(r_squared::numeric, 12) AS r_squared
FROM (SELECT paired_values(y, x) AS v FROM (VALUES (9, 1), (7.5, 2), (6, 3), (4, 4), (5, 5), (4.5, 6), (5.2, 7), (4.8, 8)) AS t (y, x)) AS s,
	 LATERAL segmented_regression(v);

-- any order and any grouping of the rows, the same bits
SELECT count(DISTINCT f::text) AS results
FROM (SELECT segmented_learning_curve(paired_logarithms(cumulative, cost ORDER BY year)) AS f FROM cells
	  UNION ALL SELECT segmented_learning_curve(paired_logarithms(cumulative, cost ORDER BY cost)) FROM cells
	  UNION ALL SELECT segmented_learning_curve(paired_logarithms(cumulative, cost ORDER BY md5(year::text))) FROM cells
	  UNION ALL SELECT segmented_learning_curve(rollup(v)) FROM (SELECT paired_logarithms(cumulative, cost) AS v FROM cells GROUP BY year % 4) AS p) AS s;

-- a wide offset costs no digit: 10^9 added to x
SELECT round((b.break_at - 1e9 - a.break_at)::numeric, 6) AS break_at, round((b.slope_after - a.slope_after)::numeric, 12) AS slope_after,
	   round((b.rss - a.rss)::numeric, 12) AS rss
FROM (SELECT paired_values(y, x) AS v, paired_values(y, x + 1e9) AS w
	  FROM (VALUES (1, 1), (2, 2), (3.5, 3), (4, 4), (4, 5), (4.25, 6), (4.25, 7), (5, 8)) AS t (y, x)) AS s,
	 LATERAL segmented_regression(v) AS a, LATERAL segmented_regression(w) AS b;

-- exact lines
SELECT break_at, slope_before, slope_after, rss, bic, bic_gain, break_low, break_high, note
FROM (SELECT paired_values(abs(i - 4.5), i) AS v FROM generate_series(1, 9) AS i) AS s, LATERAL segmented_regression(v);
SELECT break_at, rss, note FROM (SELECT paired_values(2 * i + 1, i) AS v FROM generate_series(1, 9) AS i) AS s, LATERAL segmented_regression(v);
SELECT break_at, rss, note FROM (SELECT paired_values(7, i * 0.1) AS v FROM generate_series(1, 9) AS i) AS s, LATERAL segmented_regression(v);
SELECT break_at, rss, note FROM (SELECT paired_values(i * 0.1::double precision, i) AS v FROM generate_series(1, 9) AS i) AS s, LATERAL segmented_regression(v);

-- few points
SELECT n, observations, break_at, round(slope_before::numeric, 12) AS before, round(slope_after::numeric, 12) AS after,
	   round(residual_stderr::numeric, 12) AS residual_stderr, note
FROM generate_series(1, 5) AS n,
	 LATERAL (SELECT paired_values(i * i % 7, i) AS v FROM generate_series(1, n) AS i) AS s, LATERAL segmented_regression(v)
ORDER BY n;
SELECT observations, break_at, note FROM (SELECT paired_values(i, i % 3) AS v FROM generate_series(1, 30) AS i) AS s, LATERAL segmented_regression(v);
-- volumes that differ in the last digits of their logarithms are one
SELECT observations, note FROM (SELECT paired_logarithms(x, y) AS v
	FROM (VALUES (1, 9), (2, 5), (3, 4), (3.0000000000000004, 4.5)) AS t (x, y)) AS s, LATERAL segmented_learning_curve(v);

-- four observations: lines and R squared, no errors
SELECT round(r_squared::numeric, 12) AS r_squared, rss > 0 AS rss, intercept_before IS NOT NULL AS line, intercept_before_stderr, slope_after_low, note
FROM (SELECT paired_values(y, x) AS v FROM (VALUES (1, 1), (2, 2), (2.5, 3), (2, 4)) AS t (y, x)) AS s, LATERAL segmented_regression(v);
-- of a series: the same fit, to the rounding of its logarithms
SELECT g.observations, round(1000 * break_at) AS break_mwh, round(exponent_before::numeric, 11) AS before, round(exponent_after::numeric, 11) AS after, round(bic_gain::numeric, 8) AS bic_gain, round(r_squared::numeric, 12) AS r_squared, round(intercept_after_low::numeric, 9) AS intercept_after_low, g.note
FROM (SELECT cost_series(year, cumulative, cost) AS s FROM cells) AS c, LATERAL segmented_learning_curve(s) AS g;
SELECT g.observations, exponent_before, g.note FROM (SELECT cost_series(year, cost) AS s FROM cells) AS c, LATERAL segmented_learning_curve(s) AS g;

-- refused
SELECT segmented_learning_curve(paired_values(1, 2));
SELECT segmented_regression(paired_logarithms(1, 2));
SELECT segmented_regression(paired_values(1, 2), 1);
SELECT segmented_regression(paired_values(y * 1e200, x)) FROM (VALUES (1, 1), (2, 2), (3.5, 3), (4, 4), (4, 5)) AS t (y, x);
SELECT segmented_regression(paired_values(y * 1e-200, x)) FROM (VALUES (1, 1), (2, 2), (3.5, 3), (4, 4), (4, 5)) AS t (y, x);
