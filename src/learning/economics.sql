-- What learning curves mean in volumes, money and years.
-- src/learning/economics.c
--
-- cumulative, cost, exponent and then what is asked: one order everywhere.
-- growth is always a fraction per year (0.34), never its logarithm.

CREATE FUNCTION exponent_of_learning_rate(learning_rate double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_exponent_of_learning_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION exponent_of_learning_rate(double precision) IS
	'log2(1 - learning_rate): 0.20 (cost falls 20 % with each doubling) is -0.3219; a negative learning rate is a cost that rises';

CREATE FUNCTION learning_rate_of_exponent(exponent double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_learning_rate_of_exponent' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION learning_rate_of_exponent(double precision) IS '1 - 2^exponent, from -10 to 10';

CREATE FUNCTION initial_stock(first_annual capacity_gwh, annual_growth double precision) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'economics_initial_stock' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION initial_stock(capacity_gwh, double precision) IS
	'what had been made before the first year of a series had volumes always grown alike: first_annual / annual_growth; annual_growth is a fraction as of cagr(), above 0 and at most 20';

CREATE FUNCTION initial_stock_number(first_annual double precision, annual_growth double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_initial_stock_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION initial_stock_number(double precision, double precision) IS 'the same without units';

CREATE FUNCTION initial_stock(first_annual capacity_gwh, last_annual capacity_gwh, years double precision) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'economics_initial_stock_between' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION initial_stock(capacity_gwh, capacity_gwh, double precision) IS
	'the same with the annual growth between two volumes that are years apart, (last/first)^(1/years) - 1; years is one less than the number of annual figures';

CREATE FUNCTION initial_stock_number(first_annual double precision, last_annual double precision, years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_initial_stock_between_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION initial_stock_number(double precision, double precision, double precision) IS
	'the same without units';

CREATE FUNCTION volume_to_reach(cumulative capacity_gwh, cost cost_per_gwh, exponent double precision, target cost_per_gwh) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'economics_volume_to_reach' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_to_reach(capacity_gwh, cost_per_gwh, double precision, cost_per_gwh) IS
	'cumulative capacity at which a cost that falls with this exponent reaches the target, cumulative (target/cost)^(1/exponent); the present one when it has, NULL when it never does';

CREATE FUNCTION volume_to_reach_number(cumulative double precision, cost double precision, exponent double precision, target double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_volume_to_reach_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION volume_to_reach_number(double precision, double precision, double precision, double precision) IS
	'the same without units';

CREATE FUNCTION spend_to_reach(cumulative capacity_gwh, cost cost_per_gwh, exponent double precision, target cost_per_gwh) RETURNS numeric
	AS 'MODULE_PATHNAME', 'economics_spend_to_reach' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spend_to_reach(capacity_gwh, cost_per_gwh, double precision, cost_per_gwh) IS
	'US$ spent on all capacity made until the target is reached, the integral of cost over cumulative volume, to 15 digits; 0 when it is reached already, NULL when it never is';

CREATE FUNCTION spend_to_reach_number(cumulative double precision, cost double precision, exponent double precision, target double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_spend_to_reach_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spend_to_reach_number(double precision, double precision, double precision, double precision) IS
	'the same without units: cost times volume';

CREATE FUNCTION learning_investment(cumulative capacity_gwh, cost cost_per_gwh, exponent double precision, target cost_per_gwh,
	OUT cumulative_at_target capacity_gwh, OUT added capacity_gwh, OUT doublings double precision, OUT spend_usd numeric, OUT learning_investment_usd numeric, OUT note text)
	AS 'MODULE_PATHNAME', 'economics_learning_investment' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION learning_investment(capacity_gwh, cost_per_gwh, double precision, cost_per_gwh) IS
	'what it takes to bring a cost down to a target along a learning curve: cumulative capacity then, doublings, US$ spent, and the part of them above the target; NULL with a note if it never gets there';

CREATE FUNCTION learning_investment_number(cumulative double precision, cost double precision, exponent double precision, target double precision,
	OUT cumulative_at_target double precision, OUT added double precision, OUT doublings double precision, OUT spend double precision, OUT learning_investment double precision, OUT note text)
	AS 'MODULE_PATHNAME', 'economics_learning_investment_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION learning_investment_number(double precision, double precision, double precision, double precision) IS
	'the same without units: spend and investment in cost times volume';

CREATE FUNCTION learning_investment(curve learning_curve, cumulative capacity_gwh, target cost_per_gwh,
	OUT cumulative_at_target capacity_gwh, OUT added capacity_gwh, OUT doublings double precision, OUT spend_usd numeric, OUT learning_investment_usd numeric, OUT note text)
	AS 'MODULE_PATHNAME', 'economics_learning_investment_curve' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION learning_investment(learning_curve, capacity_gwh, cost_per_gwh) IS
	'the same with the exponent of a curve and its fitted cost at this cumulative capacity, which is not the last price paid';

CREATE FUNCTION crossover(challenger_cumulative capacity_gwh, challenger_cost cost_per_gwh, challenger_exponent double precision, challenger_growth double precision,
	incumbent_cumulative capacity_gwh, incumbent_cost cost_per_gwh, incumbent_exponent double precision, incumbent_growth double precision,
	OUT years double precision, OUT cost cost_per_gwh, OUT challenger_cumulative_then capacity_gwh, OUT incumbent_cumulative_then capacity_gwh, OUT note text)
	AS 'MODULE_PATHNAME', 'economics_crossover' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION crossover(capacity_gwh, cost_per_gwh, double precision, double precision, capacity_gwh, cost_per_gwh, double precision, double precision) IS
	'years until a challenger costs no more than an incumbent, cumulative volumes growing by a constant fraction a year (0.34, from 0 to 20), the cost and both volumes then; NULL with a note if never';

CREATE FUNCTION crossover_number(challenger_cumulative double precision, challenger_cost double precision, challenger_exponent double precision, challenger_growth double precision,
	incumbent_cumulative double precision, incumbent_cost double precision, incumbent_exponent double precision, incumbent_growth double precision,
	OUT years double precision, OUT cost double precision, OUT challenger_cumulative_then double precision, OUT incumbent_cumulative_then double precision, OUT note text)
	AS 'MODULE_PATHNAME', 'economics_crossover_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION crossover_number(double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'the same without units';

CREATE FUNCTION crossover(challenger learning_curve, challenger_cumulative capacity_gwh, challenger_growth double precision,
	incumbent learning_curve, incumbent_cumulative capacity_gwh, incumbent_growth double precision,
	OUT years double precision, OUT cost cost_per_gwh, OUT challenger_cumulative_then capacity_gwh, OUT incumbent_cumulative_then capacity_gwh, OUT note text)
	AS 'MODULE_PATHNAME', 'economics_crossover_curves' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION crossover(learning_curve, capacity_gwh, double precision, learning_curve, capacity_gwh, double precision) IS
	'the same with exponents and present costs of two fitted curves';

CREATE FUNCTION crossover(challenger learning_curve, incumbent learning_curve,
	OUT cumulative double precision, OUT cost double precision, OUT note text)
	AS 'MODULE_PATHNAME', 'economics_crossover_volume' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION crossover(learning_curve, learning_curve) IS
	'the cumulative volume at which two curves cost the same, and that cost, in the curves'' own units (GWh and US$/kWh); NULL with a note when they are parallel';

CREATE FUNCTION cost_with_floor(cost cost_per_gwh, floor cost_per_gwh, learning_rate double precision, doublings double precision) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'economics_cost_with_floor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_with_floor(cost_per_gwh, cost_per_gwh, double precision, double precision) IS
	'cost after some doublings when only the part above a floor is learnt away: floor + (cost - floor)(1 - learning_rate)^doublings; the floor is what no learning takes away, such as materials';

CREATE FUNCTION cost_with_floor_number(cost double precision, floor double precision, learning_rate double precision, doublings double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_cost_with_floor_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_with_floor_number(double precision, double precision, double precision, double precision) IS
	'the same without units';

CREATE FUNCTION doublings_to_with_floor(cost cost_per_gwh, floor cost_per_gwh, learning_rate double precision, target cost_per_gwh) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_doublings_to_with_floor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION doublings_to_with_floor(cost_per_gwh, cost_per_gwh, double precision, cost_per_gwh) IS
	'doublings until a cost with a floor reaches the target, ln((target - floor)/(cost - floor)) / ln(1 - learning_rate); negative when it was there before, NULL when it never gets there';

CREATE FUNCTION doublings_to_with_floor_number(cost double precision, floor double precision, learning_rate double precision, target double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_doublings_to_with_floor_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION doublings_to_with_floor_number(double precision, double precision, double precision, double precision) IS
	'the same without units';

CREATE FUNCTION crawford_unit_cost(first_cost double precision, unit bigint, exponent double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_crawford_unit_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION crawford_unit_cost(double precision, bigint, double precision) IS
	'Crawford''s unit curve: unit n costs first_cost * n^exponent';

CREATE FUNCTION crawford_total_cost(first_cost double precision, from_unit bigint, to_unit bigint, exponent double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_crawford_total_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION crawford_total_cost(double precision, bigint, bigint, double precision) IS
	'Crawford''s unit curve: what units from_unit to to_unit cost together: summed one by one up to unit 39, by the Euler-Maclaurin formula beyond, to a double''s accuracy';

CREATE FUNCTION crawford_average_cost(first_cost double precision, units bigint, exponent double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_crawford_average_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION crawford_average_cost(double precision, bigint, double precision) IS
	'Crawford''s unit curve: the average cost of units 1 to n';

CREATE FUNCTION wright_average_cost(first_cost double precision, units bigint, exponent double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_wright_average_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION wright_average_cost(double precision, bigint, double precision) IS
	'Wright''s cumulative average curve: the AVERAGE cost of units 1 to n is first_cost * n^exponent (exponent from -1)';

CREATE FUNCTION wright_total_cost(first_cost double precision, from_unit bigint, to_unit bigint, exponent double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_wright_total_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION wright_total_cost(double precision, bigint, bigint, double precision) IS
	'Wright''s cumulative average curve: what units m to n cost together: first_cost (n^(1+b) - (m-1)^(1+b))';

CREATE FUNCTION wright_unit_cost(first_cost double precision, unit bigint, exponent double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'economics_wright_unit_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION wright_unit_cost(double precision, bigint, double precision) IS
	'Wright''s cumulative average curve: what unit n adds to the total; below the average';
