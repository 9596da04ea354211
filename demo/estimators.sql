-- Block 1b: what the estimator does to the answer, and a newcomer's question
\echo
\echo '==== 1b. One series, many learning rates ===='
\echo
\echo 'The same years and prices as above. Each line is a fall of the price per doubling of the'
\echo 'volume that it names, as that estimator sees it.'
\echo

CREATE TABLE liion_estimator_input AS
SELECT cost_series(year, annual_market, cumulative, price) AS series,
	   paired_logarithms(cumulative, price) AS levels,
	   learning_curve(cumulative, price, annual_market) AS weighted
FROM liion_cells JOIN liion_cumulative USING (year, price)
WHERE year BETWEEN 1992 AND 2016;

-- One row per estimator: n orders them.
CREATE TABLE liion_estimate AS
SELECT 1 AS n, 'levels, per doubling of MWh' AS estimator, learning_rate, learning_rate_low, learning_rate_high
FROM liion_fit, LATERAL fit(curve) WHERE doubling_of = 'MWh'
UNION ALL
SELECT 2, 'levels, per doubling of cells', learning_rate, learning_rate_low, learning_rate_high
FROM liion_fit, LATERAL fit(curve) WHERE doubling_of = 'cells'
UNION ALL
SELECT 3, 'levels, weighted by annual volume', learning_rate, learning_rate_low, learning_rate_high
FROM liion_estimator_input, LATERAL fit(weighted)
UNION ALL
SELECT 4, 'levels, volume of the year before (lagged Wright)', learning_rate, learning_rate_low, learning_rate_high
FROM liion_estimator_input, LATERAL lagged_wright(series)
UNION ALL
SELECT 5, 'levels, beside a fall in time (Nordhaus)', learning_rate, learning_rate_low, learning_rate_high
FROM liion_estimator_input, LATERAL nordhaus(series)
UNION ALL
SELECT 6, 'first differences', learning_rate, learning_rate_low, learning_rate_high
FROM liion_estimator_input, LATERAL first_difference(series)
UNION ALL
SELECT 7, 'Theil-Sen, the median of all pairs', learning_rate, learning_rate_low, learning_rate_high
FROM liion_estimator_input, LATERAL theil_sen_learning_curve(levels)
UNION ALL
SELECT 8, format('before a break at %s MWh', round(1000 * break_at)), learning_rate_before, learning_rate_before_low, learning_rate_before_high
FROM liion_estimator_input, LATERAL segmented_learning_curve(levels)
UNION ALL
SELECT 9, 'after that break', learning_rate_after, learning_rate_after_low, learning_rate_after_high
FROM liion_estimator_input, LATERAL segmented_learning_curve(levels);

SELECT estimator, round((100 * learning_rate)::numeric, 1) AS rate_pct,
	   round((100 * learning_rate_low)::numeric, 1) AS low_pct,
	   round((100 * learning_rate_high)::numeric, 1) AS high_pct
FROM liion_estimate
ORDER BY n;

\echo 'low and high: 95 % intervals, each if its own model is right.'
\if :full
\echo 'The break is at the best of all places; BIC, lower is better:'
\echo

SELECT round(bic_straight::numeric, 1) AS bic_straight, round(bic::numeric, 1) AS bic_with_break,
	   round(1000 * break_low) AS break_low_mwh, round(1000 * break_high) AS break_high_mwh,
	   observations_before AS years_before, observations_after AS years_after
FROM liion_estimator_input, LATERAL segmented_learning_curve(levels);

\echo 'When does a newcomer undercut the incumbent, and what does it cost to get there? The'
\echo 'incumbent is the series above at its end: price and cumulative volume of 2016, and the'
\echo 'growth of that volume in its last year. The newcomer is ASSUMED: US$350/kWh at 2 GWh,'
\echo '20 % per doubling, its cumulative volume growing by 60 % a year. The answer rests on which'
\echo 'learning rate the incumbent is given:'
\echo
\endif

CREATE TABLE newcomer AS
SELECT capacity_gwh '2 GWh' AS cumulative, cost_per_gwh '350 USD/kWh' AS cost,
	   exponent_of_learning_rate(0.20) AS exponent, 0.60::double precision AS growth;
CREATE TABLE newcomer_answer AS
SELECT e.n, e.estimator, e.learning_rate, c.*, i.doublings, i.spend_usd, i.learning_investment_usd
FROM newcomer,
	 (SELECT year, price, cumulative, cumulative / lag(cumulative) OVER (ORDER BY year) - 1 AS growth
	  FROM liion_cumulative) AS incumbent,
	 liion_estimate AS e,
	 LATERAL crossover(newcomer.cumulative, newcomer.cost, newcomer.exponent, newcomer.growth,
					   incumbent.cumulative, incumbent.price, exponent_of_learning_rate(e.learning_rate), incumbent.growth) AS c,
	 LATERAL learning_investment(newcomer.cumulative, newcomer.cost, newcomer.exponent, c.cost) AS i
WHERE incumbent.year = 2016 AND e.n IN (1, 6, 7, 9);

\if :full
SELECT estimator, round((100 * learning_rate)::numeric, 1) AS rate_pct,
	   floor(2016 + years) AS year, to_unit(cost, 'USD/kWh', 0) AS usd_per_kwh,
	   to_unit(challenger_cumulative_then, 'GWh', 0) AS newcomer_gwh, to_unit(incumbent_cumulative_then, 'GWh', 0) AS incumbent_gwh,
	   round(spend_usd / 1e9, 1) AS spent_bn_usd, round(learning_investment_usd / 1e9, 1) AS learning_bn_usd
FROM newcomer_answer
ORDER BY n;

\echo 'spent: on all of the newcomer''s output until then; learning: the part above the price at'
\echo 'which the two meet. Prices in US$ of 2018.'
\endif
