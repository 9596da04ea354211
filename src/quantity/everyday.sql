-- ---------------------------------------------------------------------
-- Everyday SQL: what analysts and BI tools call, on quantities
--
-- A name of core is overloaded only where core has a candidate with double
-- precision at each place of a quantity: that one wins for plain numbers, so no
-- expression of core comes to mean another thing (test/core_expressions.sh).
-- ---------------------------------------------------------------------

-- @everyday
--	type = capacity_gwh
--	argument = capacity
--	values = capacities
--	number = GWh
--	whole = GWh
--	square = GWh^2

-- @everyday
--	type = cost_per_gwh
--	argument = cost
--	values = costs
--	number = US$ million/GWh
--	whole = US$/kWh
--	square = (US$/kWh)^2

-- Parts of the spread, for rollup and the readers above.

-- @sums_aggregate
--	aggregate = spread_partial
--	arguments = capacity capacity_gwh
--	comment = state of stddev and variance of capacities, for rollup
--	transition = capacity_gwh_accum_square
--	final = quantity_sums_final

-- @sums_aggregate
--	aggregate = spread_partial
--	arguments = cost cost_per_gwh
--	comment = state of stddev and variance of costs, for rollup
--	transition = cost_per_gwh_accum_square
--	final = quantity_sums_final

-- A median of plain numbers: median(5) could be of either quantity.

CREATE FUNCTION float8_collect(state quantity_values, number double precision) RETURNS quantity_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION float8_collect(quantity_values, double precision) IS 'aggregate transition function';

CREATE FUNCTION median_number(quantities quantity_values) RETURNS double precision
	AS 'MODULE_PATHNAME', 'quantity_values_median_number' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION median_number(quantity_values) IS 'median of the plain numbers';

CREATE AGGREGATE median(number double precision) (
	SFUNC = float8_collect,
	STYPE = quantity_values,
	-- @server 19
	SSPACE = -1,
	-- @end
	FINALFUNC = median_number,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median(double precision) IS
	'median of plain numbers, as percentile_cont(0.5) has it';

CREATE AGGREGATE median_partial(number double precision) (
	SFUNC = float8_collect,
	STYPE = quantity_values,
	-- @server 19
	SSPACE = -1,
	-- @end
	FINALFUNC = quantity_values_final,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median_partial(double precision) IS 'state of the median of plain numbers, for rollup';
