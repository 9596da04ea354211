-- learning_curve: the exact moments of (ln x, ln y), and the curve in them.
-- src/learning/learning_curve.c and src/learning/wright.c

-- @flat_type
--	type = learning_curve
--	argument = curve
--	comment = exact moments of (ln cumulative volume, ln cost): made by the aggregate learning_curve(), merged by rollup(), read by fit(), predict() and the accessors
--	storage = extended

-- Aggregates.  The state is the value itself, so every one of them is
-- parallel, mergeable across servers, and exact in a moving window.

-- @movable_state
--	type = learning_curve
--	argument = curve
--	space = 184
--	rolled_up = the learning curve of all observations of the given curves together; curves of unequal units or weights are an error

-- @value_aggregate
--	aggregate = learning_curve
--	arguments = cumulative capacity_gwh, cost cost_per_gwh
--	comment = least-squares curve of ln cost (US$/kWh) on ln cumulative capacity (GWh); a row with a NULL is skipped, a value that is not above zero is an error
--	state = learning_curve
--	space = 128
--	transition = learning_curve_accum

-- @value_aggregate
--	aggregate = learning_curve
--	arguments = cumulative double precision, cost double precision
--	comment = least-squares curve of ln cost on ln cumulative volume, for numbers without units; a row with a NULL is skipped, a value that is not above zero is an error
--	state = learning_curve
--	space = 128
--	transition = learning_curve_accum_float8

-- @value_aggregate
--	aggregate = learning_curve
--	arguments = cumulative capacity_gwh, cost cost_per_gwh, weight capacity_gwh
--	comment = weighted least-squares curve; the weight is a precision weight (proportional to 1/variance) given as a capacity; weight 0 leaves the row out
--	state = learning_curve
--	space = 184
--	transition = learning_curve_accum_weight_gwh

-- @value_aggregate
--	aggregate = learning_curve
--	arguments = cumulative capacity_gwh, cost cost_per_gwh, weight double precision
--	comment = weighted least-squares curve; the weight is a precision weight (proportional to 1/variance), between 2^-20 and 2^22, kept in units of 2^-40; weight 0 leaves the row out
--	state = learning_curve
--	space = 184
--	transition = learning_curve_accum_weight

-- @value_aggregate
--	aggregate = learning_curve
--	arguments = cumulative double precision, cost double precision, weight double precision
--	comment = weighted least-squares curve without units; the weight is a precision weight (proportional to 1/variance), between 2^-20 and 2^22, kept in units of 2^-40; weight 0 leaves the row out
--	state = learning_curve
--	space = 184
--	transition = learning_curve_accum_float8_weight

-- Reading a curve

CREATE FUNCTION observations(curve learning_curve) RETURNS bigint
	AS 'MODULE_PATHNAME', 'learning_curve_observations' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION observations(learning_curve) IS
	'number of observations; with weights, of those with a weight above zero';

CREATE FUNCTION units(curve learning_curve) RETURNS text
	AS 'MODULE_PATHNAME', 'learning_curve_units' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION units(learning_curve) IS
	'what the curve counts: GWh, US$/kWh, or none when it was built from double precision values';

CREATE FUNCTION exponent(curve learning_curve) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_exponent' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION exponent(learning_curve) IS
	'b of cost = e^a * cumulative^b; negative when cost falls; NULL with fewer than two distinct volumes';

CREATE FUNCTION learning_rate(curve learning_curve) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_learning_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION learning_rate(learning_curve) IS
	'fall of cost per doubling of cumulative volume, 1 - 2^exponent, as a fraction; NULL with fewer than two distinct volumes';

CREATE FUNCTION progress_ratio(curve learning_curve) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_progress_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION progress_ratio(learning_curve) IS
	'cost after a doubling of cumulative volume over cost before it, 2^exponent';

CREATE FUNCTION intercept(curve learning_curve) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_intercept' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION intercept(learning_curve) IS
	'a of cost = e^a * cumulative^b: ln of the cost (US$/kWh) at 1 GWh, or at x = 1 without units';

CREATE FUNCTION intercept_stderr(curve learning_curve) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_intercept_stderr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION intercept_stderr(learning_curve) IS
	'standard error of the intercept; NULL with fewer than three observations';

CREATE FUNCTION r_squared(curve learning_curve) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_r_squared' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION r_squared(learning_curve) IS
	'share of the variance of ln cost that the curve explains; 1 when cost is constant, as regr_r2';

CREATE FUNCTION adjusted_r_squared(curve learning_curve) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_adjusted_r_squared' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION adjusted_r_squared(learning_curve) IS
	'R squared adjusted for the degrees of freedom; NULL with fewer than three observations';

CREATE FUNCTION residual_stderr(curve learning_curve) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_residual_stderr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION residual_stderr(learning_curve) IS
	'residual standard error of ln cost, n - 2 degrees of freedom; with weights, of an observation of weight 1 (or 1 GWh); NULL with fewer than three observations';

CREATE FUNCTION exponent_stderr(curve learning_curve) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_exponent_stderr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION exponent_stderr(learning_curve) IS
	'standard error of the exponent; assumes uncorrelated residuals; NULL with fewer than three observations';

CREATE FUNCTION t_statistic(curve learning_curve) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_t_statistic' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION t_statistic(learning_curve) IS
	'exponent over its standard error; NULL with fewer than three observations or constant cost';

CREATE FUNCTION p_value(curve learning_curve) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_p_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION p_value(learning_curve) IS
	'two-sided p-value of the exponent being zero, Student t with n - 2 degrees of freedom';

CREATE FUNCTION fit(
	curve learning_curve, confidence double precision DEFAULT 0.95,
	OUT estimator text, OUT observations bigint,
	OUT learning_rate double precision, OUT learning_rate_low double precision, OUT learning_rate_high double precision,
	OUT progress_ratio double precision,
	OUT exponent double precision, OUT exponent_low double precision, OUT exponent_high double precision,
	OUT exponent_stderr double precision,
	OUT intercept double precision, OUT intercept_stderr double precision,
	OUT intercept_low double precision, OUT intercept_high double precision,
	OUT r_squared double precision, OUT adjusted_r_squared double precision,
	OUT rss double precision, OUT residual_stderr double precision, OUT t_statistic double precision, OUT p_value double precision,
	OUT degrees_of_freedom double precision, OUT confidence_level double precision)
	AS 'MODULE_PATHNAME', 'learning_curve_fit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION fit(learning_curve, double precision) IS
	'everything the fit says in one row, with bounds of intercept, exponent and learning rate at the given confidence; use it as FROM ..., LATERAL fit(curve)';

CREATE FUNCTION predict(
	curve learning_curve, cumulative capacity_gwh, confidence double precision DEFAULT 0.95,
	OUT cost cost_per_gwh, OUT mean_low cost_per_gwh, OUT mean_high cost_per_gwh,
	OUT prediction_low cost_per_gwh, OUT prediction_high cost_per_gwh,
	OUT extrapolation double precision, OUT confidence_level double precision)
	AS 'MODULE_PATHNAME', 'learning_curve_predict' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION predict(learning_curve, capacity_gwh, double precision) IS
	'fitted (median) cost at a cumulative capacity, with the band of the fitted line, that of one further observation, and how far outside the data that is; a cost beyond the type is NULL';

CREATE FUNCTION predict_number(
	curve learning_curve, cumulative double precision, confidence double precision DEFAULT 0.95,
	OUT cost double precision, OUT mean_low double precision, OUT mean_high double precision,
	OUT prediction_low double precision, OUT prediction_high double precision,
	OUT extrapolation double precision, OUT confidence_level double precision)
	AS 'MODULE_PATHNAME', 'learning_curve_predict_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION predict_number(learning_curve, double precision, double precision) IS
	'the same as plain numbers in the curve''s own units: GWh and US$/kWh, or those of the double precision values it was built from';

CREATE FUNCTION cost_at(curve learning_curve, cumulative capacity_gwh) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'learning_curve_cost_at' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_at(learning_curve, capacity_gwh) IS
	'fitted (median) cost at a cumulative capacity; NULL without a fit or beyond the range of cost_per_gwh';

CREATE FUNCTION capacity_at(curve learning_curve, cost cost_per_gwh) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'learning_curve_capacity_at' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_at(learning_curve, cost_per_gwh) IS
	'cumulative capacity at which the fitted cost is reached; NULL for a level curve or beyond the range of capacity_gwh (doublings_to still answers)';

CREATE FUNCTION doublings_to(curve learning_curve, from_cumulative capacity_gwh, cost cost_per_gwh) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_doublings_to' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION doublings_to(learning_curve, capacity_gwh, cost_per_gwh) IS
	'doublings of cumulative capacity from the given one until the fitted cost is reached; negative when it was reached before; NULL for a level curve';

CREATE FUNCTION doublings_to_number(curve learning_curve, from_cumulative double precision, cost double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_doublings_to_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION doublings_to_number(learning_curve, double precision, double precision) IS
	'the same with plain numbers in the curve''s own units';

CREATE FUNCTION extrapolation(curve learning_curve, cumulative capacity_gwh) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_extrapolation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION extrapolation(learning_curve, capacity_gwh) IS
	'how far outside the data a cumulative capacity lies: 1 within one standard deviation of the mean of ln cumulative, else the factor beyond that';

CREATE FUNCTION extrapolation_number(curve learning_curve, cumulative double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'learning_curve_extrapolation_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION extrapolation_number(learning_curve, double precision) IS
	'the same with a plain number in the curve''s own units';
