-- paired_values: pairs kept one by one, for estimators that cannot be read out
-- of sums; and those estimators: Theil-Sen, and a line with one break.
-- src/learning/paired_values.c, theil_sen.c and segmented.c

-- @flat_type
--	type = paired_values
--	argument = pairs
--	comment = pairs (x, y), 16 bytes each, at most 10 million: made by the aggregates paired_values(y, x) and learning_values(cumulative, cost), merged by rollup(), read by theil_sen_... and segmented_...
--	storage = extended

-- Aggregates.  The state is the value itself, so every one of them is parallel
-- and mergeable across servers, and its result does not depend on the order of
-- the rows.  They have no moving mode: taking a pair back from an unsorted
-- list is no cheaper than starting again.

CREATE FUNCTION paired_values_collect(paired_values, double precision, double precision) RETURNS paired_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION paired_values_collect_ln(paired_values, capacity_gwh, cost_per_gwh) RETURNS paired_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION paired_values_collect_ln_float8(paired_values, double precision, double precision) RETURNS paired_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION paired_values_combine(paired_values, paired_values) RETURNS paired_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION paired_values_final(paired_values) RETURNS paired_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE paired_values(y double precision, x double precision) (
	SFUNC = paired_values_collect, STYPE = paired_values, SSPACE = 1024,
	COMBINEFUNC = paired_values_combine, FINALFUNC = paired_values_final,
	PARALLEL = SAFE
);
CREATE AGGREGATE learning_values(cumulative capacity_gwh, cost cost_per_gwh) (
	SFUNC = paired_values_collect_ln, STYPE = paired_values, SSPACE = 1024,
	COMBINEFUNC = paired_values_combine, FINALFUNC = paired_values_final,
	PARALLEL = SAFE
);
CREATE AGGREGATE learning_values(x double precision, y double precision) (
	SFUNC = paired_values_collect_ln_float8, STYPE = paired_values, SSPACE = 1024,
	COMBINEFUNC = paired_values_combine, FINALFUNC = paired_values_final,
	PARALLEL = SAFE
);
CREATE AGGREGATE rollup(paired_values) (
	SFUNC = paired_values_combine, STYPE = paired_values, SSPACE = 1024,
	COMBINEFUNC = paired_values_combine, FINALFUNC = paired_values_final,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE paired_values(double precision, double precision) IS 'the pairs (y, x) as they are, in the order of regr_slope, for theil_sen_regression and segmented_regression; a row with a NULL is skipped, NaN and infinity are errors, as are more than 10 million pairs';
COMMENT ON FUNCTION paired_values_collect(paired_values, double precision, double precision) IS 'transition function of paired_values(double precision, double precision)';
COMMENT ON AGGREGATE learning_values(capacity_gwh, cost_per_gwh) IS 'the logarithms of cumulative capacity (GWh) and cost (US$/kWh), in the order of learning_curve, for theil_sen_learning_curve and segmented_learning_curve; a row with a NULL is skipped, a value that is not above zero is an error';
COMMENT ON FUNCTION paired_values_collect_ln(paired_values, capacity_gwh, cost_per_gwh) IS 'transition function of learning_values(capacity_gwh, cost_per_gwh)';
COMMENT ON AGGREGATE learning_values(double precision, double precision) IS 'the logarithms of cumulative volume (x) and cost (y) without units, in the order of learning_curve; a row with a NULL is skipped, a value that is not above zero is an error';
COMMENT ON FUNCTION paired_values_collect_ln_float8(paired_values, double precision, double precision) IS 'transition function of learning_values(double precision, double precision)';
COMMENT ON AGGREGATE rollup(paired_values) IS 'all pairs of several values as one; values of different kinds (plain, logarithms, logarithms of GWh and US$/kWh) cannot be merged';
COMMENT ON FUNCTION paired_values_combine(paired_values, paired_values) IS 'merge two values; combine function of the aggregates of paired_values';
COMMENT ON FUNCTION paired_values_final(paired_values) IS 'final function of the aggregates of paired_values: sorted and trimmed, NULL without pairs';

CREATE FUNCTION observations(v paired_values) RETURNS bigint
	AS 'MODULE_PATHNAME', 'paired_values_observations' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION observations(paired_values) IS 'how many pairs are in it';

-- Theil-Sen

CREATE FUNCTION theil_sen_regression(
	v paired_values, confidence double precision DEFAULT 0.95,
	OUT estimator text, OUT observations bigint, OUT pairs bigint,
	OUT slope double precision, OUT slope_low double precision, OUT slope_high double precision,
	OUT intercept double precision, OUT kendall_s double precision, OUT kendall_tau_b double precision,
	OUT p_value double precision, OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION theil_sen_regression(paired_values, double precision) IS 'Theil-Sen line of paired_values(y, x): median of all slopes, interval from Kendall''s S (Sen 1968), tau-b and its p-value; up to 29 % of rows may be wild; NULL with a note below two x';

CREATE FUNCTION theil_sen_learning_curve(
	v paired_values, confidence double precision DEFAULT 0.95,
	OUT estimator text, OUT observations bigint, OUT pairs bigint,
	OUT learning_rate double precision, OUT learning_rate_low double precision, OUT learning_rate_high double precision,
	OUT exponent double precision, OUT exponent_low double precision, OUT exponent_high double precision,
	OUT intercept double precision, OUT kendall_s double precision, OUT kendall_tau_b double precision,
	OUT p_value double precision, OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION theil_sen_learning_curve(paired_values, double precision) IS 'Theil-Sen learning curve of learning_values(cumulative, cost): median exponent with interval, intercept = ln cost at 1 GWh or volume 1; see theil_sen_regression';

-- One break

CREATE FUNCTION segmented_regression(
	v paired_values, confidence double precision DEFAULT 0.95,
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
COMMENT ON FUNCTION segmented_regression(paired_values, double precision) IS 'line of paired_values(y, x) with one continuous break at the exact least-squares optimum (Hudson 1966); bic_gain above zero speaks for it; NULL with a note below four distinct x';

CREATE FUNCTION segmented_learning_curve(
	v paired_values, confidence double precision DEFAULT 0.95,
	OUT estimator text, OUT observations bigint,
	OUT break_at double precision, OUT break_low double precision, OUT break_high double precision,
	OUT ln_break double precision, OUT ln_break_stderr double precision,
	OUT observations_before bigint, OUT observations_after bigint,
	OUT learning_rate_before double precision, OUT learning_rate_before_low double precision, OUT learning_rate_before_high double precision,
	OUT exponent_before double precision, OUT exponent_before_stderr double precision, OUT exponent_before_low double precision, OUT exponent_before_high double precision,
	OUT intercept_before double precision, OUT intercept_before_stderr double precision, OUT intercept_before_low double precision, OUT intercept_before_high double precision,
	OUT learning_rate_after double precision, OUT learning_rate_after_low double precision, OUT learning_rate_after_high double precision,
	OUT exponent_after double precision, OUT exponent_after_stderr double precision, OUT exponent_after_low double precision, OUT exponent_after_high double precision,
	OUT intercept_after double precision, OUT intercept_after_stderr double precision, OUT intercept_after_low double precision, OUT intercept_after_high double precision,
	OUT r_squared double precision, OUT rss double precision, OUT rss_straight double precision, OUT residual_stderr double precision, OUT degrees_of_freedom double precision,
	OUT bic double precision, OUT bic_straight double precision, OUT bic_gain double precision,
	OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION segmented_learning_curve(paired_values, double precision) IS 'learning curve of learning_values() with one break: two exponents that meet at the volume break_at, intercepts as ln cost at 1 GWh; see segmented_regression';


-- The same of a cost_series

CREATE FUNCTION theil_sen(
	s cost_series, confidence double precision DEFAULT 0.95,
	OUT estimator text, OUT observations bigint, OUT pairs bigint,
	OUT learning_rate double precision, OUT learning_rate_low double precision, OUT learning_rate_high double precision,
	OUT exponent double precision, OUT exponent_low double precision, OUT exponent_high double precision,
	OUT intercept double precision, OUT kendall_s double precision, OUT kendall_tau_b double precision,
	OUT p_value double precision, OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME', 'theil_sen_series' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION theil_sen(cost_series, double precision) IS 'Theil-Sen learning curve of a series'' cumulative volumes and costs: see theil_sen_learning_curve; NULL with a note when the series has no volumes';

CREATE FUNCTION segmented(
	s cost_series, confidence double precision DEFAULT 0.95,
	OUT estimator text, OUT observations bigint,
	OUT break_at double precision, OUT break_low double precision, OUT break_high double precision,
	OUT ln_break double precision, OUT ln_break_stderr double precision,
	OUT observations_before bigint, OUT observations_after bigint,
	OUT learning_rate_before double precision, OUT learning_rate_before_low double precision, OUT learning_rate_before_high double precision,
	OUT exponent_before double precision, OUT exponent_before_stderr double precision, OUT exponent_before_low double precision, OUT exponent_before_high double precision,
	OUT intercept_before double precision, OUT intercept_before_stderr double precision, OUT intercept_before_low double precision, OUT intercept_before_high double precision,
	OUT learning_rate_after double precision, OUT learning_rate_after_low double precision, OUT learning_rate_after_high double precision,
	OUT exponent_after double precision, OUT exponent_after_stderr double precision, OUT exponent_after_low double precision, OUT exponent_after_high double precision,
	OUT intercept_after double precision, OUT intercept_after_stderr double precision, OUT intercept_after_low double precision, OUT intercept_after_high double precision,
	OUT r_squared double precision, OUT rss double precision, OUT rss_straight double precision, OUT residual_stderr double precision, OUT degrees_of_freedom double precision,
	OUT bic double precision, OUT bic_straight double precision, OUT bic_gain double precision,
	OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME', 'segmented_series' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION segmented(cost_series, double precision) IS 'learning curve with one break of a series'' cumulative volumes and costs: see segmented_learning_curve; NULL with a note when the series has no volumes';
