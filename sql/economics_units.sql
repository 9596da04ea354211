-- The same with units, from curves, and what is refused.
-- 100 GWh at US$200/kWh: the figures of sql/economics_formulas.sql, times a
-- million US$ for each GWh at 1 US$/kWh.
SELECT cumulative_at_target, added, round(doublings::numeric, 10) AS doublings, round(spend_usd, 2) AS spend_usd,
	   round(learning_investment_usd, 2) AS learning_investment_usd, note
FROM learning_investment(capacity_gwh '100', cost_per_gwh '200', -1, cost_per_gwh '80');
SELECT to_unit(volume_to_reach('100 GWh'::capacity_gwh, '200 USD/kWh'::cost_per_gwh, -0.32, '80 USD/kWh'::cost_per_gwh), 'GWh', 9) AS gwh,
	   round(spend_to_reach('100 GWh'::capacity_gwh, '200 USD/kWh'::cost_per_gwh, -0.32, '80 USD/kWh'::cost_per_gwh), 0) AS usd;
SELECT initial_stock(capacity_gwh '10', 0.34) AS at_34_percent, initial_stock(capacity_gwh '10', capacity_gwh '80', 6) AS between;
SELECT cost_with_floor(cost_per_gwh '120', cost_per_gwh '40', 0.2, 3.5), round(doublings_to_with_floor(cost_per_gwh '120', cost_per_gwh '40', 0.2, cost_per_gwh '60')::numeric, 10) AS doublings;
SELECT round(years::numeric, 12) AS years, cost, challenger_cumulative_then, incumbent_cumulative_then, note
FROM crossover(capacity_gwh '10', cost_per_gwh '120', -1, 1, capacity_gwh '1000', cost_per_gwh '60', -0.5, 0);

-- a floor of zero is no floor; the far end is the floor itself
SELECT cost_with_floor_number(100, 0, 0.2, 1), cost_with_floor_number(100, 30, 0.2, 1e6), doublings_to_with_floor_number(100, 30, 0.2, 100) AS none,
	   doublings_to_with_floor_number(100, 30, 0.2, 30) AS never, doublings_to_with_floor_number(100, 30, 0.2, 170)::numeric(10, 6) AS before;

-- from a curve of known exponent: cost 128 at 1 GWh, halved with each fourfold
CREATE TEMP TABLE curve AS
SELECT name, learning_curve((4 ^ i)::capacity_gwh, (first / 2 ^ (i * steps))::cost_per_gwh) AS curve
FROM (VALUES ('incumbent', 128, 1), ('challenger', 512, 2)) AS v (name, first, steps), generate_series(0, 3) AS i
GROUP BY name;
SELECT name, round(exponent(curve)::numeric, 9) AS exponent FROM curve ORDER BY name;
SELECT round(to_unit(cumulative_at_target, 'GWh'), 6) AS cumulative_at_target, round(doublings::numeric, 9) AS doublings,
	   round(spend_usd, -3) AS spend_usd, round(learning_investment_usd, -3) AS investment_usd, note
FROM curve, LATERAL learning_investment(curve, capacity_gwh '16', cost_per_gwh '16')
WHERE name = 'incumbent';
-- one axis: 512/Z = 128/sqrt(Z) at Z = 16
SELECT round(cumulative::numeric, 6) AS cumulative, round(cost::numeric, 6) AS cost, note
FROM curve AS a, curve AS b, LATERAL crossover(a.curve, b.curve)
WHERE a.name = 'challenger' AND b.name = 'incumbent';
SELECT c.* FROM curve AS a, LATERAL crossover(a.curve, a.curve) AS c WHERE a.name = 'challenger';
-- calendar: the challenger at 1 GWh costs 512, doubling every year; the
-- incumbent at 64 GWh costs 16 and stands still: five halvings
SELECT round(years::numeric, 9) AS years, round(to_unit(cost, 'USD/kWh'), 6) AS cost,
	   round(to_unit(challenger_cumulative_then, 'GWh'), 6) AS challenger_gwh, incumbent_cumulative_then AS incumbent_gwh, note
FROM curve AS a, curve AS b,
	 LATERAL crossover(a.curve, capacity_gwh '1', 1, b.curve, capacity_gwh '64', 0)
WHERE a.name = 'challenger' AND b.name = 'incumbent';

-- a running sum with the stock before it is core SQL, exact
SELECT year, sum(annual) OVER (ORDER BY year) + initial_stock(first_value(annual) OVER (ORDER BY year), 0.5) AS cumulative
FROM (VALUES (2020, capacity_gwh '10'), (2021, '15'), (2022, '22.5')) AS v (year, annual)
ORDER BY year;

-- no answer, and why
SELECT * FROM learning_investment_number(100, 200, 0.1, 80);
SELECT * FROM learning_investment_number(100, 200, 0, 80);
SELECT * FROM learning_investment_number(100, 80, -0.3, 200);
SELECT cumulative_at_target, added, round(doublings::numeric, 6) AS doublings, spend, learning_investment, note
FROM learning_investment_number(1e300, 200, -0.01, 1e-3);
SELECT cumulative_at_target, round(doublings::numeric, 2) AS doublings, note FROM learning_investment(capacity_gwh '1000', cost_per_gwh '200', -0.05, cost_per_gwh '20');
SELECT volume_to_reach_number(100, 200, 0.1, 80) AS never, spend_to_reach_number(100, 200, 0.1, 80) AS never, volume_to_reach(capacity_gwh '1000', cost_per_gwh '200', -0.05, cost_per_gwh '20') AS beyond,
	   volume_to_reach(capacity_gwh '1000', cost_per_gwh '200', -0.05, cost_per_gwh '200') AS now, spend_to_reach(capacity_gwh '1000', cost_per_gwh '200', -0.05, cost_per_gwh '300') AS nothing;
SELECT * FROM crossover_number(1, 110, -0.2, 0.1, 100, 100, -0.3, 0.1);
SELECT * FROM crossover_number(1, 110, -0.2, 0.1, 100, 100, -0.2, 0.1);
SELECT * FROM crossover_number(1, 100, -0.2, 0.1, 100, 110, -0.3, 0.1);
SELECT round(years::numeric) AS years, challenger_cumulative_then, note
FROM crossover(capacity_gwh '1', cost_per_gwh '200', -0.2, 0.4, capacity_gwh '1000', cost_per_gwh '100', -0.3, 0.2);
SELECT i.note, c.note, y.note
FROM (SELECT learning_curve(capacity_gwh '1', cost_per_gwh '1') AS one) AS s,
	 LATERAL learning_investment(one, capacity_gwh '2', cost_per_gwh '0.5') AS i,
	 LATERAL crossover(one, one) AS c,
	 LATERAL crossover(one, capacity_gwh '1', 0, one, capacity_gwh '2', 0) AS y;
SELECT learning_investment_number(NULL, 1, -0.3, 1) IS NULL AS null_in_null_out;

-- bad input
SELECT volume_to_reach_number(0, 200, -0.32, 80);
SELECT volume_to_reach(capacity_gwh '-5', cost_per_gwh '200', -0.32, cost_per_gwh '80');
SELECT volume_to_reach(capacity_gwh '5', cost_per_gwh '0', -0.32, cost_per_gwh '80');
SELECT spend_to_reach_number(100, 'NaN', -0.32, 80);
SELECT learning_investment_number(100, 200, -0.32, 'Infinity');
SELECT learning_investment_number(100, 200, 20, 80);
-- costs and years that no double holds
SELECT * FROM crossover_number(1, 1e308, -10, 20, 1, 1e-308, -0.1, 0);
SELECT * FROM crossover_number(1, 1e300, -1e-10, 1e-300, 1, 1e-300, 0, 0);
WITH two (line, zigzag) AS (
	SELECT learning_curve(z, c) FILTER (WHERE line), learning_curve(z, c) FILTER (WHERE NOT line)
	FROM (VALUES (true, capacity_gwh '1', cost_per_gwh '100'), (true, '2', '90'),
				 (false, '1', '100'), (false, '1.001', '1'), (false, '1.002', '0.01')) AS v (line, z, c))
SELECT c.years, c.cost, c.note, i.learning_investment_usd, i.note
FROM two, LATERAL crossover(line, capacity_gwh '1', 0.1, zigzag, capacity_gwh '0.001', 0.1) AS c,
	 LATERAL learning_investment(zigzag, capacity_gwh '0.001', cost_per_gwh '1') AS i;
SELECT crossover_number(1, 110, -0.2, 34, 100, 100, -0.3, 0.1);
SELECT crossover_number(1, 110, -0.2, -0.1, 100, 100, -0.3, 0.1);
SELECT initial_stock_number(10, 34);
SELECT initial_stock(capacity_gwh '10', 0);
SELECT initial_stock_number(80, 10, 6);
SELECT initial_stock_number(10, 80, 0);
SELECT initial_stock_number(1e300, 1e-300);
SELECT initial_stock(capacity_gwh '1000', 1e-6);
SELECT cost_with_floor_number(100, 100, 0.2, 1);
SELECT cost_with_floor(cost_per_gwh '100', cost_per_gwh '-1', 0.2, 1);
SELECT cost_with_floor_number(100, 30, 20, 1);
SELECT cost_with_floor_number(100, 30, 0.2, -1);
SELECT exponent_of_learning_rate(20);
SELECT exponent_of_learning_rate('NaN');
SELECT learning_rate_of_exponent('Infinity');
SELECT crawford_unit_cost(100, 0, -0.3);
SELECT crawford_total_cost(100, 10, 9, -0.3);
SELECT crawford_total_cost(1e308, 1, 1000, 1);
SELECT wright_average_cost(100, 10, -1.5);
SELECT learning_investment(learning_curve(1::float8, 1::float8), capacity_gwh '1', cost_per_gwh '1');
SELECT crossover(learning_curve(1::float8, 1::float8), learning_curve(capacity_gwh '1', cost_per_gwh '1'));
