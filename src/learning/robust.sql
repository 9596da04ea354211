-- paired_values: pairs kept one by one, for estimators that cannot be read out
-- of sums; and those estimators: Theil-Sen, and a line with one break.
-- src/learning/paired_values.c, theil_sen.c and segmented.c

-- @flat_type
--	type = paired_values
--	argument = pairs
--	comment = pairs (x, y), 16 bytes each, at most 10 million: made by the aggregates paired_values(y, x) and paired_logarithms(cumulative, cost), merged by rollup(), read by theil_sen_... and segmented_...
--	storage = extended

-- Aggregates.  The state is the value itself, so every one of them is parallel
-- and mergeable across servers, and its result does not depend on the order of
-- the rows.  They have no moving mode: taking a pair back from an unsorted
-- list is no cheaper than starting again.

CREATE FUNCTION paired_values_collect(state paired_values, y double precision, x double precision) RETURNS paired_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION paired_values_collect(paired_values, double precision, double precision) IS
	'transition function of paired_values(double precision, double precision)';

CREATE FUNCTION paired_values_collect_ln(state paired_values, cumulative capacity_gwh, cost cost_per_gwh) RETURNS paired_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION paired_values_collect_ln(paired_values, capacity_gwh, cost_per_gwh) IS
	'transition function of paired_logarithms(capacity_gwh, cost_per_gwh)';

CREATE FUNCTION paired_values_collect_ln_float8(state paired_values, cumulative double precision, cost double precision) RETURNS paired_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION paired_values_collect_ln_float8(paired_values, double precision, double precision) IS
	'transition function of paired_logarithms(double precision, double precision)';

CREATE FUNCTION paired_values_combine(state paired_values, other paired_values) RETURNS paired_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION paired_values_combine(paired_values, paired_values) IS
	'merge two values; combine function of the aggregates of paired_values';

CREATE FUNCTION paired_values_final(state paired_values) RETURNS paired_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION paired_values_final(paired_values) IS
	'final function of the aggregates of paired_values: sorted and trimmed, NULL without pairs';

CREATE AGGREGATE paired_values(y double precision, x double precision) (
	SFUNC = paired_values_collect, STYPE = paired_values, SSPACE = 1024,
	-- @server 19
	SSPACE = -1024,
	-- @end
	COMBINEFUNC = paired_values_combine, FINALFUNC = paired_values_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE paired_values(double precision, double precision) IS
	'the pairs (y, x) as they are, in the order of regr_slope, for theil_sen_regression and segmented_regression; NULL skips a row, NaN and infinity are errors; at most 10 million pairs';

CREATE AGGREGATE paired_logarithms(cumulative capacity_gwh, cost cost_per_gwh) (
	SFUNC = paired_values_collect_ln, STYPE = paired_values, SSPACE = 1024,
	-- @server 19
	SSPACE = -1024,
	-- @end
	COMBINEFUNC = paired_values_combine, FINALFUNC = paired_values_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE paired_logarithms(capacity_gwh, cost_per_gwh) IS
	'logarithms of cumulative capacity (GWh) and cost (US$/kWh), for theil_sen_learning_curve and segmented_learning_curve; NULL skips a row, a value that is not above zero is an error';

CREATE AGGREGATE paired_logarithms(cumulative double precision, cost double precision) (
	SFUNC = paired_values_collect_ln_float8, STYPE = paired_values, SSPACE = 1024,
	-- @server 19
	SSPACE = -1024,
	-- @end
	COMBINEFUNC = paired_values_combine, FINALFUNC = paired_values_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE paired_logarithms(double precision, double precision) IS
	'logarithms of cumulative volume and cost without units; a row with a NULL is skipped, a value that is not above zero is an error';

CREATE AGGREGATE rollup(pairs paired_values) (
	SFUNC = paired_values_combine, STYPE = paired_values, SSPACE = 1024,
	-- @server 19
	SSPACE = -1024,
	-- @end
	COMBINEFUNC = paired_values_combine, FINALFUNC = paired_values_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(paired_values) IS
	'all pairs of several values as one; values of different kinds (plain, logarithms, logarithms of GWh and US$/kWh) cannot be merged';

CREATE FUNCTION observations(pairs paired_values) RETURNS bigint
	AS 'MODULE_PATHNAME', 'paired_values_observations' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION observations(paired_values) IS 'how many pairs are in it';

-- Theil-Sen

CREATE FUNCTION theil_sen_regression(
	pairs paired_values, confidence double precision DEFAULT 0.95,
	OUT estimator text, OUT observations bigint, OUT pairs bigint,
	OUT slope double precision, OUT slope_low double precision, OUT slope_high double precision,
	OUT intercept double precision, OUT kendall_s double precision, OUT kendall_tau_b double precision,
	OUT p_value double precision, OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION theil_sen_regression(paired_values, double precision) IS
	'Theil-Sen line of paired_values(y, x): median of all slopes, interval from Kendall''s S (Sen 1968), tau-b and its p-value; up to 29 % of rows may be wild; NULL with a note below two x';

CREATE TYPE theil_sen_fit AS (
	estimator text,
	observations bigint,
	pairs bigint,
	learning_rate double precision,
	learning_rate_low double precision,
	learning_rate_high double precision,
	exponent double precision,
	exponent_low double precision,
	exponent_high double precision,
	intercept double precision,
	kendall_s double precision,
	kendall_tau_b double precision,
	p_value double precision,
	confidence_level double precision,
	note text
);
COMMENT ON TYPE theil_sen_fit IS 'the row that theil_sen_learning_curve() returns';
COMMENT ON COLUMN theil_sen_fit.estimator IS 'which estimator this is';
COMMENT ON COLUMN theil_sen_fit.observations IS 'pairs of volume and cost';
COMMENT ON COLUMN theil_sen_fit.pairs IS 'pairs of observations of unequal volume, whose slopes the median is of';
COMMENT ON COLUMN theil_sen_fit.learning_rate IS 'fall of cost per doubling of cumulative volume, 1 - 2^exponent, a fraction';
COMMENT ON COLUMN theil_sen_fit.learning_rate_low IS 'lower bound of the learning rate: that of exponent_high';
COMMENT ON COLUMN theil_sen_fit.learning_rate_high IS 'upper bound of the learning rate: that of exponent_low';
COMMENT ON COLUMN theil_sen_fit.exponent IS 'the median of all slopes of ln cost on ln cumulative volume';
COMMENT ON COLUMN theil_sen_fit.exponent_low IS 'its lower bound, from Kendall''s S (Sen 1968)';
COMMENT ON COLUMN theil_sen_fit.exponent_high IS 'its upper bound, from Kendall''s S (Sen 1968)';
COMMENT ON COLUMN theil_sen_fit.intercept IS 'median of ln cost - exponent * ln volume: ln cost at 1 GWh, or at volume 1 without units';
COMMENT ON COLUMN theil_sen_fit.kendall_s IS 'rising pairs less falling pairs';
COMMENT ON COLUMN theil_sen_fit.kendall_tau_b IS 'Kendall''s rank correlation, corrected for ties';
COMMENT ON COLUMN theil_sen_fit.p_value IS 'two-sided p-value of no trend; rough below ten observations';
COMMENT ON COLUMN theil_sen_fit.confidence_level IS 'confidence of the bounds';
COMMENT ON COLUMN theil_sen_fit.note IS 'why something is NULL; NULL when nothing is to be said';

CREATE FUNCTION theil_sen_learning_curve(pairs paired_values, confidence double precision DEFAULT 0.95)
	RETURNS theil_sen_fit
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION theil_sen_learning_curve(paired_values, double precision) IS
	'Theil-Sen learning curve of paired_logarithms(cumulative, cost): median exponent with interval, intercept = ln cost at 1 GWh or volume 1; see theil_sen_regression';

-- One break

CREATE FUNCTION segmented_regression(
	pairs paired_values, confidence double precision DEFAULT 0.95,
	OUT estimator text, OUT observations bigint,
	OUT break_at double precision, OUT break_low double precision, OUT break_high double precision, OUT break_stderr double precision,
	OUT observations_before bigint, OUT observations_after bigint,
	OUT slope_before double precision, OUT slope_before_stderr double precision, OUT slope_before_low double precision, OUT slope_before_high double precision,
	OUT intercept_before double precision, OUT intercept_before_stderr double precision, OUT intercept_before_low double precision, OUT intercept_before_high double precision,
	OUT slope_after double precision, OUT slope_after_stderr double precision, OUT slope_after_low double precision, OUT slope_after_high double precision,
	OUT intercept_after double precision, OUT intercept_after_stderr double precision, OUT intercept_after_low double precision, OUT intercept_after_high double precision,
	OUT r_squared double precision, OUT rss double precision, OUT rss_straight double precision, OUT residual_stderr double precision, OUT degrees_of_freedom double precision,
	OUT bic double precision, OUT bic_straight double precision, OUT bic_gain double precision,
	OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION segmented_regression(paired_values, double precision) IS
	'line of paired_values(y, x) with one continuous break at the exact least-squares optimum (Hudson 1966); bic_gain above zero speaks for it; NULL with a note below four distinct x';

CREATE TYPE segmented_fit AS (
	estimator text,
	observations bigint,
	break_at double precision,
	break_low double precision,
	break_high double precision,
	ln_break double precision,
	ln_break_stderr double precision,
	observations_before bigint,
	observations_after bigint,
	learning_rate_before double precision,
	learning_rate_before_low double precision,
	learning_rate_before_high double precision,
	exponent_before double precision,
	exponent_before_stderr double precision,
	exponent_before_low double precision,
	exponent_before_high double precision,
	intercept_before double precision,
	intercept_before_stderr double precision,
	intercept_before_low double precision,
	intercept_before_high double precision,
	learning_rate_after double precision,
	learning_rate_after_low double precision,
	learning_rate_after_high double precision,
	exponent_after double precision,
	exponent_after_stderr double precision,
	exponent_after_low double precision,
	exponent_after_high double precision,
	intercept_after double precision,
	intercept_after_stderr double precision,
	intercept_after_low double precision,
	intercept_after_high double precision,
	r_squared double precision,
	rss double precision,
	rss_straight double precision,
	residual_stderr double precision,
	degrees_of_freedom double precision,
	bic double precision,
	bic_straight double precision,
	bic_gain double precision,
	confidence_level double precision,
	note text
);
COMMENT ON TYPE segmented_fit IS 'the row that segmented_learning_curve() returns';
COMMENT ON COLUMN segmented_fit.estimator IS 'which estimator this is';
COMMENT ON COLUMN segmented_fit.observations IS 'pairs of volume and cost';
COMMENT ON COLUMN segmented_fit.break_at IS 'cumulative volume of the break, in the units of the values';
COMMENT ON COLUMN segmented_fit.break_low IS 'lower bound of the break, where the least RSS stays below RSS (1 + t^2/(n - 4)); approximate';
COMMENT ON COLUMN segmented_fit.break_high IS 'upper bound of the break';
COMMENT ON COLUMN segmented_fit.ln_break IS 'ln of break_at';
COMMENT ON COLUMN segmented_fit.ln_break_stderr IS 'its standard error; NULL where the break is at an observation';
COMMENT ON COLUMN segmented_fit.observations_before IS 'observations before the break';
COMMENT ON COLUMN segmented_fit.observations_after IS 'observations after the break';
COMMENT ON COLUMN segmented_fit.learning_rate_before IS 'learning rate before the break, 1 - 2^exponent, a fraction';
COMMENT ON COLUMN segmented_fit.learning_rate_before_low IS 'its lower bound: that of exponent_before_high';
COMMENT ON COLUMN segmented_fit.learning_rate_before_high IS 'its upper bound: that of exponent_before_low';
COMMENT ON COLUMN segmented_fit.exponent_before IS 'exponent before the break';
COMMENT ON COLUMN segmented_fit.exponent_before_stderr IS 'its standard error';
COMMENT ON COLUMN segmented_fit.exponent_before_low IS 'its lower bound';
COMMENT ON COLUMN segmented_fit.exponent_before_high IS 'its upper bound';
COMMENT ON COLUMN segmented_fit.intercept_before IS 'ln cost at 1 GWh, or at volume 1 without units, of the line before the break';
COMMENT ON COLUMN segmented_fit.intercept_before_stderr IS 'its standard error';
COMMENT ON COLUMN segmented_fit.intercept_before_low IS 'its lower bound';
COMMENT ON COLUMN segmented_fit.intercept_before_high IS 'its upper bound';
COMMENT ON COLUMN segmented_fit.learning_rate_after IS 'learning rate after the break, 1 - 2^exponent, a fraction';
COMMENT ON COLUMN segmented_fit.learning_rate_after_low IS 'its lower bound: that of exponent_after_high';
COMMENT ON COLUMN segmented_fit.learning_rate_after_high IS 'its upper bound: that of exponent_after_low';
COMMENT ON COLUMN segmented_fit.exponent_after IS 'exponent after the break';
COMMENT ON COLUMN segmented_fit.exponent_after_stderr IS 'its standard error';
COMMENT ON COLUMN segmented_fit.exponent_after_low IS 'its lower bound';
COMMENT ON COLUMN segmented_fit.exponent_after_high IS 'its upper bound';
COMMENT ON COLUMN segmented_fit.intercept_after IS 'ln cost at 1 GWh, or at volume 1 without units, of the line after the break';
COMMENT ON COLUMN segmented_fit.intercept_after_stderr IS 'its standard error';
COMMENT ON COLUMN segmented_fit.intercept_after_low IS 'its lower bound';
COMMENT ON COLUMN segmented_fit.intercept_after_high IS 'its upper bound';
COMMENT ON COLUMN segmented_fit.r_squared IS 'share of the variance of ln cost that is explained; never below that of one line';
COMMENT ON COLUMN segmented_fit.rss IS 'sum of squared residuals of ln cost';
COMMENT ON COLUMN segmented_fit.rss_straight IS 'the same of one line';
COMMENT ON COLUMN segmented_fit.residual_stderr IS 'residual standard error of ln cost';
COMMENT ON COLUMN segmented_fit.degrees_of_freedom IS 'n - 4';
COMMENT ON COLUMN segmented_fit.bic IS 'n ln(RSS/n) + 4 ln n, the break counted as a parameter';
COMMENT ON COLUMN segmented_fit.bic_straight IS 'n ln(RSS/n) + 2 ln n of one line';
COMMENT ON COLUMN segmented_fit.bic_gain IS 'bic_straight - bic: above zero it speaks for the break, below 2 hardly';
COMMENT ON COLUMN segmented_fit.confidence_level IS 'confidence of the bounds';
COMMENT ON COLUMN segmented_fit.note IS 'why something is NULL, or what to beware of';

CREATE FUNCTION segmented_learning_curve(pairs paired_values, confidence double precision DEFAULT 0.95)
	RETURNS segmented_fit
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION segmented_learning_curve(paired_values, double precision) IS
	'learning curve of paired_logarithms() with one break: two exponents that meet at the volume break_at, intercepts as ln cost at 1 GWh; see segmented_regression';

-- The same of a cost_series

CREATE FUNCTION theil_sen_learning_curve(series cost_series, confidence double precision DEFAULT 0.95)
	RETURNS theil_sen_fit
	AS 'MODULE_PATHNAME', 'theil_sen_series' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION theil_sen_learning_curve(cost_series, double precision) IS
	'Theil-Sen learning curve of a series'' cumulative volumes and costs: see theil_sen_learning_curve; NULL with a note when the series has no volumes';

CREATE FUNCTION segmented_learning_curve(series cost_series, confidence double precision DEFAULT 0.95)
	RETURNS segmented_fit
	AS 'MODULE_PATHNAME', 'segmented_series' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION segmented_learning_curve(cost_series, double precision) IS
	'learning curve with one break of a series'' cumulative volumes and costs: see segmented_learning_curve; NULL with a note when the series has no volumes';
