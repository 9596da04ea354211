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
--	comment = exact sums of capacities, costs or investments; made by capacity_partial, cost_partial, weighted_cost_partial and marginal_cost_partial
--	storage = main

-- @flat_type
--	type = quantity_values
--	argument = quantities
--	comment = capacities or costs themselves, for a median; made by median_partial
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

CREATE FUNCTION quantity_sums_combine(state quantity_sums, other quantity_sums) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_combine(quantity_sums, quantity_sums) IS 'aggregate combine function';

CREATE FUNCTION quantity_sums_combine_inv(state quantity_sums, other quantity_sums) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_combine_inv(quantity_sums, quantity_sums) IS
	'aggregate inverse transition function';

CREATE FUNCTION quantity_sums_final(state quantity_sums) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_final(quantity_sums) IS 'aggregate final function';

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
COMMENT ON FUNCTION total_capacity(quantity_sums) IS 'sum of the capacities';

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

CREATE AGGREGATE sum(capacity capacity_gwh) (
	SFUNC = capacity_gwh_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = total_capacity,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = capacity_gwh_accum,
	MINVFUNC = capacity_gwh_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = total_capacity,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sum(capacity_gwh) IS 'sum of capacities, exact';

CREATE AGGREGATE avg(capacity capacity_gwh) (
	SFUNC = capacity_gwh_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = average_capacity,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = capacity_gwh_accum,
	MINVFUNC = capacity_gwh_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = average_capacity,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE avg(capacity_gwh) IS
	'mean of capacities, exact, rounded half away from zero to 10^-12 GWh';

CREATE AGGREGATE avg(cost cost_per_gwh) (
	SFUNC = cost_per_gwh_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = average_cost,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = cost_per_gwh_accum,
	MINVFUNC = cost_per_gwh_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = average_cost,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE avg(cost_per_gwh) IS
	'unweighted mean of costs, exact, rounded half away from zero to 10^-9 US$/kWh; weighted_cost weights by capacity';

CREATE AGGREGATE weighted_cost(cost cost_per_gwh, capacity capacity_gwh) (
	SFUNC = weighted_cost_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = weighted_cost,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = weighted_cost_accum,
	MINVFUNC = weighted_cost_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = weighted_cost,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_cost(cost_per_gwh, capacity_gwh) IS
	'cost weighted by capacity: sum of cost * capacity by sum of capacity';

CREATE AGGREGATE marginal_cost(investment numeric, capacity capacity_gwh) (
	SFUNC = marginal_cost_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = marginal_cost,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = marginal_cost_accum,
	MINVFUNC = marginal_cost_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = marginal_cost,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE marginal_cost(numeric, capacity_gwh) IS
	'US dollars by capacity: sum of investment by sum of capacity';

CREATE AGGREGATE capacity_partial(capacity capacity_gwh) (
	SFUNC = capacity_gwh_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = quantity_sums_final,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = capacity_gwh_accum,
	MINVFUNC = capacity_gwh_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = quantity_sums_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE capacity_partial(capacity_gwh) IS 'state of sum and avg of capacities, for rollup';

CREATE AGGREGATE cost_partial(cost cost_per_gwh) (
	SFUNC = cost_per_gwh_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = quantity_sums_final,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = cost_per_gwh_accum,
	MINVFUNC = cost_per_gwh_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = quantity_sums_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE cost_partial(cost_per_gwh) IS 'state of avg of costs, for rollup';

CREATE AGGREGATE weighted_cost_partial(cost cost_per_gwh, capacity capacity_gwh) (
	SFUNC = weighted_cost_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = quantity_sums_final,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = weighted_cost_accum,
	MINVFUNC = weighted_cost_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = quantity_sums_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_cost_partial(cost_per_gwh, capacity_gwh) IS
	'state of weighted_cost, for rollup';

CREATE AGGREGATE marginal_cost_partial(investment numeric, capacity capacity_gwh) (
	SFUNC = marginal_cost_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = quantity_sums_final,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = marginal_cost_accum,
	MINVFUNC = marginal_cost_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = quantity_sums_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE marginal_cost_partial(numeric, capacity_gwh) IS 'state of marginal_cost, for rollup';

CREATE AGGREGATE rollup(sums quantity_sums) (
	SFUNC = quantity_sums_combine,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = quantity_sums_final,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = quantity_sums_combine,
	MINVFUNC = quantity_sums_combine_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = quantity_sums_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(quantity_sums) IS 'merge of partial sums';

CREATE AGGREGATE median(capacity capacity_gwh) (
	SFUNC = capacity_gwh_collect,
	STYPE = quantity_values,
	FINALFUNC = median_capacity,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median(capacity_gwh) IS
	'median of capacities; of an even number the mean of the middle two, rounded half away from zero';

CREATE AGGREGATE median(cost cost_per_gwh) (
	SFUNC = cost_per_gwh_collect,
	STYPE = quantity_values,
	FINALFUNC = median_cost,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median(cost_per_gwh) IS
	'median of costs; of an even number the mean of the middle two, rounded half away from zero';

CREATE AGGREGATE median_partial(capacity capacity_gwh) (
	SFUNC = capacity_gwh_collect,
	STYPE = quantity_values,
	FINALFUNC = quantity_values_final,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median_partial(capacity_gwh) IS 'state of the median of capacities, for rollup';

CREATE AGGREGATE median_partial(cost cost_per_gwh) (
	SFUNC = cost_per_gwh_collect,
	STYPE = quantity_values,
	FINALFUNC = quantity_values_final,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median_partial(cost_per_gwh) IS 'state of the median of costs, for rollup';

CREATE AGGREGATE rollup(quantities quantity_values) (
	SFUNC = quantity_values_combine,
	STYPE = quantity_values,
	FINALFUNC = quantity_values_final,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(quantity_values) IS 'merge of partial medians';
