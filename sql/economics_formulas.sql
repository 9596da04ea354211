-- Closed forms against 50-digit arithmetic that sums unit by unit, integrates
-- the areas numerically and finds the roots by search: test/oracles/economics.py.
CREATE TEMP TABLE expected (what text, got double precision, want double precision);

INSERT INTO expected
SELECT what || ': ' || part, got, want
FROM (VALUES
	('80 from 200', learning_investment_number(100, 200, -0.32, 80),
	 1752.1146749533416, 1652.1146749533416, 4.1310252965230073, 176719.37352392255, 44550.199527655215),
	('exponent -1', learning_investment_number(100, 200, -1, 80),
	 250, 150, 1.3219280948873623, 18325.814637483101, 6325.8146374831013),
	('exponent -1.5', learning_investment_number(100, 200, -1.5, 80),
	 184.20157493201933, 84.20157493201933, 0.8812853965915749, 10527.748010876907, 3791.6220163153607),
	('a hair', learning_investment_number(100, 200, -0.32, 199.999),
	 100.00156251611342, 0.0015625161134188853, 2.254216636935294e-5, 0.31250244142303478, 7.8125537112815878e-7),
	('hardly any learning', learning_investment_number(100, 200, -0.0001, 199.99),
	 164.87418805318203, 64.874188053182033, 0.72136555473363829, 12974.486317387614, 0.29744863173876136),
	('powers of two', learning_investment_number(10, 150, -0.25, 75), 160, 150, 4, 14000, 2750)
) AS v (what, i, volume, added, doublings, spend, investment),
LATERAL (VALUES ('volume', (i).cumulative_at_target, volume), ('added', (i).added, added), ('doublings', (i).doublings, doublings),
				('spend', (i).spend, spend), ('investment', (i).learning_investment, investment)) AS p (part, got, want);

INSERT INTO expected VALUES
	('volume_to_reach', volume_to_reach_number(100, 200, -0.32, 80), 1752.1146749533416),
	('spend_to_reach', spend_to_reach_number(100, 200, -1, 80), 18325.814637483101),
	('initial stock, 34 % a year', initial_stock_number(10, 0.34), 29.411764705882353),
	('initial stock, 10 to 80 in 6 years', initial_stock_number(10, 80, 6), 24.14213562373095),
	('the same through cagr', initial_stock_number(10, cagr(10, 80, 6)), 24.14213562373095),
	('cost with a floor', cost_with_floor_number(120, 40, 0.2, 3.5), 76.635737743356554),
	('doublings with a floor', doublings_to_with_floor_number(120, 40, 0.2, 60), 6.2125674390107798),
	('exponent of 20 %', exponent_of_learning_rate(0.20), -0.32192809488736235),
	('exponent of -5 %', exponent_of_learning_rate(-0.05), 0.070389327891397941),
	('and back', learning_rate_of_exponent(exponent_of_learning_rate(0.20)), 0.20);

INSERT INTO expected
SELECT 'crossover ' || what || ': ' || part, got, want
FROM (VALUES
	('of a newcomer', crossover_number(2, 150, -0.30, 0.9, 3000, 80, -0.35, 0.25),
	 5.492146177676854, 52.096026748466495, 67.918098682663899, 10217.983857443458),
	('soon', crossover_number(1, 110, -0.25, 0.5, 100, 100, -0.05, 0.1),
	 0.98663997959096959, 99.530919466096672, 1.4918964352315806, 109.8600210854942)
) AS v (what, c, years, cost, challenger, incumbent),
LATERAL (VALUES ('years', (c).years, years), ('cost', (c).cost, cost),
				('challenger', (c).challenger_cumulative_then, challenger),
				('incumbent', (c).incumbent_cumulative_then, incumbent)) AS p (part, got, want);

-- sums of units: the direct part, the seam, and far beyond it
INSERT INTO expected
SELECT format('crawford %s: %s to %s', round(b::numeric, 2), m, n), crawford_total_cost(1, m, n, b), want
FROM (VALUES
	(-0.3219280948873623, '{1,16.888489457521692,17.193455777451436,3622.1920717107662,29.192958555353866,0.12888834572713474,0.27024595459400525}'::double precision[]),
	(-1, '{1,4.253543038936376,4.278543038936376,12.090146129863428,2.0287950756756397,0.00039996000799840032,0.00011000550038503025}'),
	(-2.5, '{1,1.3388021006697709,1.3389009218466511,1.3414872361692242,0.0094669128702028228,1.1310881061512605e-9,3.4789402926343831e-12}'),
	(0, '{1,39,40,100000,109,2,11}'),
	(0.5, '{1,165.29123268416385,171.61578800450061,21082008.973917741,892.61180452052301,141.42842695160333,3478.4184620276567}'),
	(9.5, '{1,5519797604636132.1,7177741834530491.4,3.011851126070649e+51,1.0338444877177755e+21,2.7647621246210458e+35,3.4768536275675348e+48}'),
	(-10, '{1,1.0009945751278176,1.0009945751278177,1.0009945751278181,1.2091012723961806e-12,2.0459542509989308e-37,1.1005502118165681e-49}')
) AS v (b, wants),
LATERAL unnest('{1,1,1,1,17,5000,99990}'::bigint[], '{1,39,40,100000,125,5001,100000}'::bigint[], wants) AS u (m, n, want);
INSERT INTO expected
SELECT what, got, want
FROM exponent_of_learning_rate(0.2) AS b,
LATERAL (VALUES
	('crawford unit 125', crawford_unit_cost(100, 125, b), 21.132250705571943),
	('crawford average 125', crawford_average_cost(100, 125, b), 30.490476325823453),
	('wright average 125', wright_average_cost(100, 125, b), 21.132250705571943),
	('wright total 125', wright_total_cost(100, 1, 125, b), 2641.5313381964929),
	('wright block', wright_total_cost(100, 101, 125, b), 370.91472951751922),
	('wright unit 1', wright_unit_cost(100, 1, b), 100),
	('wright unit 2', wright_unit_cost(100, 2, b), 60),
	('wright unit 10^9', wright_unit_cost(100, 1000000000, b), 0.085886102803369078)) AS v (what, got, want);

-- at b = -2 every other term of the series is 0; blocks that begin near unit 1
-- and end far out, with an exponent near -1; quotients beyond a double's range
INSERT INTO expected
SELECT what, got, want
FROM (VALUES
	('investment b = -2', (learning_investment_number(1, 100, -2, 50)).learning_investment, 8.5786437626904951),
	('investment b = -2, near', (learning_investment_number(1, 100, -2, 99)).learning_investment, 0.0025125786760090531),
	('wright far block', wright_total_cost(1, 2, 1000000000000000000, -0.99), 0.51356124843620872),
	('wright far block 2', wright_total_cost(1, 2, 1000000000000, -0.9), 14.848931924611125),
	('wright far block 3', wright_total_cost(1, 7, 9223372036854775807, -0.5), 3037000497.5265599),
	('wright far block, b = -1', wright_total_cost(1, 2, 1000000000000000000, -1), 0),
	('wright unit, b = -1', wright_unit_cost(1, 3, -1), 0),
	('doublings, 10^616', (learning_investment_number(1::double precision, 1e308, -3, 1e-308)).doublings, 682.10256881687174)
	) AS v (what, got, want);

-- what the manual of the R package learningCurve 1.1.2 prints: unit_curve,
-- unit_cum_exact, ca_unit and ca_block
SELECT round(crawford_unit_cost(100, 125, exponent_of_learning_rate(0.15))::numeric, 5) AS "32.23647",
	   round(crawford_total_cost(100, 1, 125, exponent_of_learning_rate(0.15))::numeric, 3) AS "5201.085",
	   round(wright_unit_cost(110, 2200, exponent_of_learning_rate(0.115))::numeric, 5) AS "23.34001",
	   round(wright_total_cost(75, 201, 250, exponent_of_learning_rate(0.15))::numeric, 3) AS "806.772";

-- all to 13 digits; the investment of hardly any learning is a difference that
-- takes two of them
SELECT count(*), count(*) FILTER (WHERE abs(got - want) <= 1e-13 * abs(want)) AS equal,
	   bool_and(got IS NOT NULL) AS complete
FROM expected;
SELECT what, got, want FROM expected
WHERE (abs(got - want) <= 1e-13 * abs(want)) IS NOT TRUE
ORDER BY what;

-- the integral itself, by the midpoint rule in core SQL: spend to a learning
-- investment's target, 200,000 steps
SELECT round((spend_to_reach_number(100, 200, -0.32, 80) / sum(width * cost) - 1)::numeric, 9) AS difference
FROM (SELECT width, 200 * power((100 + (i - 0.5) * width) / 100, (-0.32)::double precision) AS cost
	  FROM generate_series(1, 200000) AS i, CAST((1752.1146749533416 - 100) / 200000 AS double precision) AS width) AS s;
