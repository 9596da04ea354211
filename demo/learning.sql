-- Block 1: the learning rate of lithium-ion cells
\echo
\echo '==== 1. The learning rate of lithium-ion cells, 1992-2016 ===='
\echo
\echo 'Price in US$ of 2018 against cumulative output, both in logarithms; a learning rate is'
\echo 'the fall of the price per doubling. Ziegler and Trancik publish 18.9 % per doubling of'
\echo 'MWh and 20 % per doubling of cells. low and high: 95 % interval.'
\echo

-- Per MWh it is the curve that industry.bi_learning_curve shows for the years of
-- their own fit, 1992 to 2016.  The running sums reach back to the first year of each
-- series (MWh 1991, cells 1992).
CREATE TABLE liion_fit AS
SELECT 'MWh' AS doubling_of, curve
FROM industry.curve_fit
WHERE publisher = 'Ziegler and Trancik' AND metric = 'liion_cells' AND fit_window = 'published'
UNION ALL
SELECT 'cells',
	   learning_curve(cumulative_million_cells::double precision, to_unit(price, 'USD/kWh')::double precision)
FROM liion_cumulative
WHERE year BETWEEN 1992 AND 2016;

SELECT doubling_of, observations,
	   round((100 * learning_rate)::numeric, 2) AS learning_rate_pct,
	   round((100 * learning_rate_low)::numeric, 2) AS low_pct,
	   round((100 * learning_rate_high)::numeric, 2) AS high_pct,
	   round(r_squared::numeric, 4) AS r_squared,
	   round(exponent::numeric, 4) AS exponent,
	   round(exponent_stderr::numeric, 4) AS stderr
FROM liion_fit, LATERAL fit(curve)
ORDER BY doubling_of = 'cells';

\echo 'The price that the MWh fit predicts at the next doublings of the 2016 total, in US$ of'
\echo '2018 per kWh, with the 95 % band of one further observation:'
\echo

SELECT doublings, round(to_unit(at_cumulative, 'GWh'), 1) AS cumulative_gwh,
	   to_unit(cost, 'USD/kWh', 1) AS usd_per_kwh,
	   to_unit(prediction_low, 'USD/kWh', 1) AS low,
	   to_unit(prediction_high, 'USD/kWh', 1) AS high
FROM liion_fit,
	 (SELECT max(cumulative) AS total FROM liion_cumulative WHERE year <= 2016) AS seen,
	 generate_series(1, 4) AS doublings,
	 LATERAL (SELECT total * power(2, doublings) AS at_cumulative) AS ahead,
	 LATERAL predict(curve, at_cumulative)
WHERE doubling_of = 'MWh'
ORDER BY doublings;

\echo 'Where that fit, extended, reaches two prices, and how many times the 2016 total that is:'
\echo

CREATE TABLE liion_target AS
SELECT price, capacity_at(curve, price) AS cumulative,
	   capacity_at(curve, price) / total AS times_2016_total
FROM liion_fit,
	 (SELECT max(cumulative) AS total FROM liion_cumulative WHERE year <= 2016) AS seen,
	 (VALUES (cost_per_gwh '100 USD/kWh'), ('50 USD/kWh')) AS target (price)
WHERE doubling_of = 'MWh';

SELECT to_unit(price, 'USD/kWh') AS usd_per_kwh, to_unit(cumulative, 'GWh', 0) AS cumulative_gwh,
	   round(times_2016_total::numeric) AS times_2016_total
FROM liion_target
ORDER BY price DESC;

-- Durbin and Watson's statistic of the residuals: about 2 when they are
-- independent, near 0 when each resembles the one before.
CREATE TABLE liion_durbin_watson AS
SELECT sum((residual - previous) ^ 2) / sum(residual ^ 2) AS durbin_watson
FROM (SELECT residual, lag(residual) OVER (ORDER BY year) AS previous
	  FROM (SELECT year,
				   ln(price::double precision) - intercept(curve)
					 - exponent(curve) * ln(cumulative::double precision) AS residual
			FROM liion_cumulative, liion_fit
			WHERE year BETWEEN 1992 AND 2016 AND doubling_of = 'MWh') AS r) AS s;

-- Our World in Data's series in US$ of 2024 is, up to 2015, the same history
-- times a constant, which therefore is the deflator it uses.
CREATE TABLE deflator_2018_to_2024 AS
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY o.price / z.price) AS factor,
	   min(o.price / z.price) AS least, max(o.price / z.price) AS most
FROM liion_cell_price AS o
JOIN liion_cells AS z USING (year)
WHERE year <= 2015;

\echo 'How far to trust these:'
\echo
\pset tuples_only on
\pset format unaligned

SELECT '  - ' || note
FROM (
	SELECT 1 AS n, format(E'The fit is extrapolated %s times beyond its data to reach US$100, and its errors are\n'
		'    autocorrelated (Durbin-Watson %s, where 2 is none), so the intervals are too narrow.',
		(SELECT round(times_2016_total::numeric) FROM liion_target WHERE price = 100),
		(SELECT round(durbin_watson::numeric, 2) FROM liion_durbin_watson)) AS note
	UNION ALL
	SELECT 2, format(E'Another series passed US$100 of 2018 between 2020 and 2021: Our World in Data (Way) has US$%s\n'
		'    and US$%s of 2024, which are US$%s and US$%s of 2018 at the factor %s by which the two\n'
		'    series differ in every year up to 2015.',
		to_unit(y2020.price, 'USD/kWh'), to_unit(y2021.price, 'USD/kWh'),
		to_unit(y2020.price / factor, 'USD/kWh', 1), to_unit(y2021.price / factor, 'USD/kWh', 1),
		round(factor::numeric, 3))
	FROM liion_cell_price AS y2020, liion_cell_price AS y2021, deflator_2018_to_2024
	WHERE y2020.year = 2020 AND y2021.year = 2021
	UNION ALL
	SELECT 3, format('The running sum of MWh starts in 1991; from 1992 it would give %s %%.',
		round((100 * learning_rate(learning_curve(cumulative, price)))::numeric, 3))
	FROM (SELECT price, sum(annual_market) OVER (ORDER BY year) AS cumulative
		  FROM liion_cells WHERE year BETWEEN 1992 AND 2016) AS from_1992
	UNION ALL
	SELECT 4, format(E'Annual instead of cumulative volumes would give %s %% without complaint. The right way is\n'
		'    sum(annual_market) OVER (ORDER BY year), as in the view liion_cumulative.',
		round((100 * learning_rate(learning_curve(annual_market, price)))::numeric, 2))
	FROM liion_cells WHERE year BETWEEN 1992 AND 2016
) AS notes
ORDER BY n;

\pset format aligned
\pset tuples_only off
