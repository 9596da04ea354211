-- ---------------------------------------------------------------------
-- Aggregates
--
-- Every state is a flat varlena type of our own with text and binary form,
-- so that partial results are combined by parallel workers, shipped between
-- servers, and stored: x_partial(...) gives the state as a value, rollup()
-- merges such values, and functions read results from them.
-- ---------------------------------------------------------------------

-- @flat_type
--	type = quantity_sums
--	argument = sums
--	comment = exact sums of capacities, costs or investments; made by capacity_partial, cost_partial, weighted_cost_partial, marginal_cost_partial, spread_partial
--	storage = main

-- @flat_type
--	type = quantity_values
--	argument = quantities
--	comment = capacities, costs or plain numbers themselves, for a median; made by median_partial
--	storage = extended

CREATE FUNCTION capacity_gwh_accum(state quantity_sums, capacity capacity_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_accum(quantity_sums, capacity_gwh) IS 'aggregate transition function';

CREATE FUNCTION capacity_gwh_accum_inv(state quantity_sums, capacity capacity_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_accum_inv(quantity_sums, capacity_gwh) IS
	'aggregate inverse transition function';

CREATE FUNCTION cost_per_gwh_accum(state quantity_sums, cost cost_per_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_accum(quantity_sums, cost_per_gwh) IS 'aggregate transition function';

CREATE FUNCTION cost_per_gwh_accum_inv(state quantity_sums, cost cost_per_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_accum_inv(quantity_sums, cost_per_gwh) IS
	'aggregate inverse transition function';

CREATE FUNCTION weighted_cost_accum(state quantity_sums, cost cost_per_gwh, capacity capacity_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_cost_accum(quantity_sums, cost_per_gwh, capacity_gwh) IS
	'aggregate transition function';

CREATE FUNCTION weighted_cost_accum_inv(state quantity_sums, cost cost_per_gwh, capacity capacity_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_cost_accum_inv(quantity_sums, cost_per_gwh, capacity_gwh) IS
	'aggregate inverse transition function';

CREATE FUNCTION marginal_cost_accum(state quantity_sums, investment numeric, capacity capacity_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION marginal_cost_accum(quantity_sums, numeric, capacity_gwh) IS
	'aggregate transition function';

CREATE FUNCTION marginal_cost_accum_inv(state quantity_sums, investment numeric, capacity capacity_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION marginal_cost_accum_inv(quantity_sums, numeric, capacity_gwh) IS
	'aggregate inverse transition function';

-- @movable_state
--	type = quantity_sums
--	argument = sums
--	space = 56
--	rolled_up = merge of partial sums

CREATE FUNCTION capacity_gwh_collect(state quantity_values, capacity capacity_gwh) RETURNS quantity_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_collect(quantity_values, capacity_gwh) IS 'aggregate transition function';

CREATE FUNCTION cost_per_gwh_collect(state quantity_values, cost cost_per_gwh) RETURNS quantity_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_collect(quantity_values, cost_per_gwh) IS 'aggregate transition function';

CREATE FUNCTION quantity_values_combine(state quantity_values, other quantity_values) RETURNS quantity_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_combine(quantity_values, quantity_values) IS 'aggregate combine function';

CREATE FUNCTION quantity_values_final(state quantity_values) RETURNS quantity_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_final(quantity_values) IS 'aggregate final function';

CREATE FUNCTION observations(sums quantity_sums) RETURNS bigint
	AS 'MODULE_PATHNAME', 'quantity_sums_observations' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION observations(quantity_sums) IS 'number of rows summed';

CREATE FUNCTION total_capacity(sums quantity_sums) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'quantity_sums_total_capacity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION total_capacity(quantity_sums) IS 'sum of the capacities; beyond the range of capacity_gwh an error, see total_gwh';

CREATE FUNCTION total_gwh(sums quantity_sums) RETURNS numeric
	AS 'MODULE_PATHNAME', 'quantity_sums_total_gwh' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION total_gwh(quantity_sums) IS 'sum of the capacities as a number of GWh, exact, however large';

CREATE FUNCTION total_usd(sums quantity_sums) RETURNS numeric
	AS 'MODULE_PATHNAME', 'quantity_sums_total_usd' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION total_usd(quantity_sums) IS
	'sum of cost * capacity (weighted_cost_partial), or of the investments (marginal_cost_partial), in US dollars, exact';

CREATE FUNCTION average_capacity(sums quantity_sums) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'quantity_sums_average_capacity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION average_capacity(quantity_sums) IS 'mean of the capacities';

CREATE FUNCTION average_cost(sums quantity_sums) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'quantity_sums_average_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION average_cost(quantity_sums) IS 'unweighted mean of the costs';

CREATE FUNCTION weighted_cost(sums quantity_sums) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'quantity_sums_weighted_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_cost(quantity_sums) IS 'sum of cost * capacity by sum of capacity';

CREATE FUNCTION marginal_cost(sums quantity_sums) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'quantity_sums_marginal_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION marginal_cost(quantity_sums) IS 'sum of US dollars by sum of capacity';

CREATE FUNCTION observations(quantities quantity_values) RETURNS bigint
	AS 'MODULE_PATHNAME', 'quantity_values_observations' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION observations(quantity_values) IS 'number of values';

CREATE FUNCTION median_capacity(quantities quantity_values) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'quantity_values_median_capacity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION median_capacity(quantity_values) IS 'median of the capacities';

CREATE FUNCTION median_cost(quantities quantity_values) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'quantity_values_median_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION median_cost(quantity_values) IS 'median of the costs';

-- @sums_aggregate
--	aggregate = sum
--	arguments = capacity capacity_gwh
--	comment = sum of capacities, exact
--	transition = capacity_gwh_accum
--	final = total_capacity

-- @sums_aggregate
--	aggregate = avg
--	arguments = capacity capacity_gwh
--	comment = mean of capacities, exact, rounded half away from zero to 10^-12 GWh
--	transition = capacity_gwh_accum
--	final = average_capacity

-- @sums_aggregate
--	aggregate = avg
--	arguments = cost cost_per_gwh
--	comment = unweighted mean of costs, exact, rounded half away from zero to 10^-9 US$/kWh; weighted_cost weights by capacity
--	transition = cost_per_gwh_accum
--	final = average_cost

-- @sums_aggregate
--	aggregate = weighted_cost
--	arguments = cost cost_per_gwh, capacity capacity_gwh
--	comment = cost weighted by capacity: sum of cost * capacity by sum of capacity
--	transition = weighted_cost_accum
--	final = weighted_cost

-- @sums_aggregate
--	aggregate = marginal_cost
--	arguments = investment numeric, capacity capacity_gwh
--	comment = US dollars by capacity: sum of investment by sum of capacity
--	transition = marginal_cost_accum
--	final = marginal_cost

-- @sums_aggregate
--	aggregate = capacity_partial
--	arguments = capacity capacity_gwh
--	comment = state of sum and avg of capacities, for rollup
--	transition = capacity_gwh_accum
--	final = quantity_sums_final

-- @sums_aggregate
--	aggregate = cost_partial
--	arguments = cost cost_per_gwh
--	comment = state of avg of costs, for rollup
--	transition = cost_per_gwh_accum
--	final = quantity_sums_final

-- @sums_aggregate
--	aggregate = weighted_cost_partial
--	arguments = cost cost_per_gwh, capacity capacity_gwh
--	comment = state of weighted_cost, for rollup
--	transition = weighted_cost_accum
--	final = quantity_sums_final

-- @sums_aggregate
--	aggregate = marginal_cost_partial
--	arguments = investment numeric, capacity capacity_gwh
--	comment = state of marginal_cost, for rollup
--	transition = marginal_cost_accum
--	final = quantity_sums_final

CREATE AGGREGATE median(capacity capacity_gwh) (
	SFUNC = capacity_gwh_collect,
	STYPE = quantity_values,
	-- @server 19
	SSPACE = -1,
	-- @end
	FINALFUNC = median_capacity,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median(capacity_gwh) IS
	'median of capacities; of an even number the mean of the middle two, rounded half away from zero';

CREATE AGGREGATE median(cost cost_per_gwh) (
	SFUNC = cost_per_gwh_collect,
	STYPE = quantity_values,
	-- @server 19
	SSPACE = -1,
	-- @end
	FINALFUNC = median_cost,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median(cost_per_gwh) IS
	'median of costs; of an even number the mean of the middle two, rounded half away from zero';

CREATE AGGREGATE median_partial(capacity capacity_gwh) (
	SFUNC = capacity_gwh_collect,
	STYPE = quantity_values,
	-- @server 19
	SSPACE = -1,
	-- @end
	FINALFUNC = quantity_values_final,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median_partial(capacity_gwh) IS 'state of the median of capacities, for rollup';

CREATE AGGREGATE median_partial(cost cost_per_gwh) (
	SFUNC = cost_per_gwh_collect,
	STYPE = quantity_values,
	-- @server 19
	SSPACE = -1,
	-- @end
	FINALFUNC = quantity_values_final,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median_partial(cost_per_gwh) IS 'state of the median of costs, for rollup';

CREATE AGGREGATE rollup(quantities quantity_values) (
	SFUNC = quantity_values_combine,
	STYPE = quantity_values,
	-- @server 19
	SSPACE = -1,
	-- @end
	FINALFUNC = quantity_values_final,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(quantity_values) IS 'merge of partial medians';
