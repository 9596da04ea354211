-- First differences, the random walk with drift, their forecasts, and
-- hindcasts.  src/learning/forecast.c and src/learning/hindcast.c

CREATE TYPE first_difference_fit AS (
	model text,
	equation text,
	observations bigint,
	differences integer,
	period_from double precision,
	period_to double precision,
	exponent double precision,
	exponent_stderr double precision,
	exponent_low double precision,
	exponent_high double precision,
	learning_rate double precision,
	learning_rate_low double precision,
	learning_rate_high double precision,
	rss double precision,
	residual_stderr double precision,
	degrees_of_freedom double precision,
	t_statistic double precision,
	p_value double precision,
	durbin_watson double precision,
	residual_autocorrelation double precision,
	moving_average_estimate double precision,
	confidence_level double precision,
	note text
);
COMMENT ON TYPE first_difference_fit IS 'the row that first_difference() returns';
COMMENT ON COLUMN first_difference_fit.model IS 'which estimator this is';
COMMENT ON COLUMN first_difference_fit.equation IS
	'what it fits, d being the change from one period to the next';
COMMENT ON COLUMN first_difference_fit.observations IS 'periods of the series';
COMMENT ON COLUMN first_difference_fit.differences IS
	'm, the changes from period to period that were fitted: one less than the periods, 0 when they cannot be taken (see note)';
COMMENT ON COLUMN first_difference_fit.period_from IS 'first period, in calendar years';
COMMENT ON COLUMN first_difference_fit.period_to IS
	'last period, in calendar years, from which forecasts start';
COMMENT ON COLUMN first_difference_fit.exponent IS
	'omega: change of ln cost for a change of 1 in ln cumulative volume, fitted through the origin; negative when cost falls';
COMMENT ON COLUMN first_difference_fit.exponent_stderr IS
	'sigma / sqrt(sum of squares of the changes of ln cumulative volume); takes the shocks for uncorrelated';
COMMENT ON COLUMN first_difference_fit.exponent_low IS
	'exponent - t * exponent_stderr, t of m - 1 degrees of freedom';
COMMENT ON COLUMN first_difference_fit.exponent_high IS
	'exponent + t * exponent_stderr, t of m - 1 degrees of freedom';
COMMENT ON COLUMN first_difference_fit.learning_rate IS
	'fall of cost per doubling of cumulative volume, 1 - 2^exponent, a fraction';
COMMENT ON COLUMN first_difference_fit.learning_rate_low IS
	'lower bound of the learning rate: that of exponent_high';
COMMENT ON COLUMN first_difference_fit.learning_rate_high IS
	'upper bound of the learning rate: that of exponent_low';
COMMENT ON COLUMN first_difference_fit.rss IS 'residual sum of squares of ln cost; 0 below rounding';
COMMENT ON COLUMN first_difference_fit.residual_stderr IS
	'sigma: standard deviation of one step''s shock to ln cost, divisor m - 1';
COMMENT ON COLUMN first_difference_fit.degrees_of_freedom IS 'm - 1';
COMMENT ON COLUMN first_difference_fit.t_statistic IS 'exponent over its standard error';
COMMENT ON COLUMN first_difference_fit.p_value IS
	'two-sided p-value of the exponent being zero, Student t with m - 1 degrees of freedom';
COMMENT ON COLUMN first_difference_fit.durbin_watson IS
	'Durbin-Watson statistic of the shocks, 0 to 4, near 2 when they are uncorrelated';
COMMENT ON COLUMN first_difference_fit.residual_autocorrelation IS
	'correlation of the shocks one step apart, without subtracting their mean; of a short series it is very uncertain';
COMMENT ON COLUMN first_difference_fit.moving_average_estimate IS
	'the moving_average that has this autocorrelation r, (1 - sqrt(1 - 4 r^2)) / (2 r); NULL beyond r = 0.5 either way; very uncertain for a short series';
COMMENT ON COLUMN first_difference_fit.confidence_level IS 'confidence of the bounds';
COMMENT ON COLUMN first_difference_fit.note IS
	'why something is NULL, or that the shocks are correlated (autocorrelation above 1.96 / sqrt(m)); NULL when nothing is to be said';

CREATE FUNCTION first_difference(series cost_series, confidence double precision DEFAULT 0.95)
	RETURNS first_difference_fit
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION first_difference(cost_series, double precision) IS
	'Wright''s law in changes, d ln c = omega d ln Z + shock (Lafond et al. 2018, by recollection); NULL with a note unless volumes grow and steps are equal within a fifth';

CREATE TYPE random_walk_fit AS (
	model text,
	equation text,
	observations bigint,
	differences integer,
	period_from double precision,
	period_to double precision,
	years_per_step double precision,
	drift double precision,
	drift_stderr double precision,
	drift_low double precision,
	drift_high double precision,
	yearly_decline double precision,
	yearly_decline_low double precision,
	yearly_decline_high double precision,
	halving_time double precision,
	rss double precision,
	residual_stderr double precision,
	degrees_of_freedom double precision,
	t_statistic double precision,
	p_value double precision,
	durbin_watson double precision,
	residual_autocorrelation double precision,
	moving_average_estimate double precision,
	confidence_level double precision,
	note text
);
COMMENT ON TYPE random_walk_fit IS 'the row that random_walk() returns';
COMMENT ON COLUMN random_walk_fit.model IS 'which estimator this is';
COMMENT ON COLUMN random_walk_fit.equation IS 'what it fits, d being the change from one period to the next';
COMMENT ON COLUMN random_walk_fit.observations IS 'periods of the series';
COMMENT ON COLUMN random_walk_fit.differences IS
	'm, the changes from period to period that were fitted: one less than the periods, 0 when they cannot be taken (see note)';
COMMENT ON COLUMN random_walk_fit.period_from IS 'first period, in calendar years';
COMMENT ON COLUMN random_walk_fit.period_to IS 'last period, in calendar years, from which forecasts start';
COMMENT ON COLUMN random_walk_fit.years_per_step IS
	'mean length of a step in years: 1 for years, 1/12 for months';
COMMENT ON COLUMN random_walk_fit.drift IS 'mu: mean change of ln cost in one step';
COMMENT ON COLUMN random_walk_fit.drift_stderr IS 'K / sqrt(m); takes the shocks for uncorrelated';
COMMENT ON COLUMN random_walk_fit.drift_low IS 'drift - t * drift_stderr, t of m - 1 degrees of freedom';
COMMENT ON COLUMN random_walk_fit.drift_high IS 'drift + t * drift_stderr, t of m - 1 degrees of freedom';
COMMENT ON COLUMN random_walk_fit.yearly_decline IS
	'fall of cost in a year, 1 - e^(drift / years_per_step), a fraction; negative when cost rises';
COMMENT ON COLUMN random_walk_fit.yearly_decline_low IS
	'lower bound of the yearly decline: that of drift_high';
COMMENT ON COLUMN random_walk_fit.yearly_decline_high IS
	'upper bound of the yearly decline: that of drift_low';
COMMENT ON COLUMN random_walk_fit.halving_time IS 'years in which cost halves; NULL when it does not fall';
COMMENT ON COLUMN random_walk_fit.rss IS 'residual sum of squares of ln cost; 0 below rounding';
COMMENT ON COLUMN random_walk_fit.residual_stderr IS
	'K: standard deviation of the changes of ln cost in one step, divisor m - 1';
COMMENT ON COLUMN random_walk_fit.degrees_of_freedom IS 'm - 1';
COMMENT ON COLUMN random_walk_fit.t_statistic IS 'drift over its standard error';
COMMENT ON COLUMN random_walk_fit.p_value IS
	'two-sided p-value of the drift being zero, Student t with m - 1 degrees of freedom';
COMMENT ON COLUMN random_walk_fit.durbin_watson IS
	'Durbin-Watson statistic of the shocks, 0 to 4, near 2 when they are uncorrelated';
COMMENT ON COLUMN random_walk_fit.residual_autocorrelation IS
	'correlation of the shocks one step apart; of a short series it is very uncertain';
COMMENT ON COLUMN random_walk_fit.moving_average_estimate IS
	'the moving_average (theta) that has this autocorrelation r, (1 - sqrt(1 - 4 r^2)) / (2 r); NULL beyond r = 0.5 either way; very uncertain for a short series';
COMMENT ON COLUMN random_walk_fit.confidence_level IS 'confidence of the bounds';
COMMENT ON COLUMN random_walk_fit.note IS
	'why something is NULL, or that the shocks are correlated (autocorrelation above 1.96 / sqrt(m)); NULL when nothing is to be said';

CREATE FUNCTION random_walk(series cost_series, confidence double precision DEFAULT 0.95)
	RETURNS random_walk_fit
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION random_walk(cost_series, double precision) IS
	'Moore''s law as a random walk with drift, d ln c = mu + shock (Farmer and Lafond 2016); NULL with a note unless steps are equal within a fifth';

-- Forecasts

CREATE FUNCTION first_difference_forecast(
	series cost_series, future_cumulative double precision[],
	moving_average double precision DEFAULT 0, confidence double precision DEFAULT 0.95,
	OUT step integer, OUT period double precision, OUT cumulative double precision,
	OUT median double precision, OUT low double precision, OUT high double precision,
	OUT ln_stderr double precision, OUT degrees_of_freedom double precision,
	OUT confidence_level double precision, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION first_difference_forecast(cost_series, double precision[], double precision, double precision) IS
	'median cost and Student t band at future cumulative volumes, one a step after the last period, in the units of the series; moving_average is rho (0.19 in Way et al. 2022)';

CREATE FUNCTION random_walk_forecast(
	series cost_series, steps integer,
	moving_average double precision DEFAULT 0, confidence double precision DEFAULT 0.95,
	OUT step integer, OUT period double precision,
	OUT median double precision, OUT low double precision, OUT high double precision,
	OUT ln_stderr double precision, OUT degrees_of_freedom double precision,
	OUT confidence_level double precision, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION random_walk_forecast(cost_series, integer, double precision, double precision) IS
	'median cost and Student t band in each of the next steps, in the units of the series; moving_average is theta (0.63 or 0.25 in Farmer and Lafond 2016)';

CREATE FUNCTION probability_cheaper(
	series_a cost_series, series_b cost_series, years double precision, moving_average double precision DEFAULT 0,
	OUT probability double precision, OUT period double precision,
	OUT ln_ratio double precision, OUT ln_ratio_stderr double precision,
	OUT steps_a double precision, OUT steps_b double precision, OUT note text)
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION probability_cheaper(cost_series, cost_series, double precision, double precision) IS
	'probability that a costs less than b so many years after the later last period: independent random walks, Phi(ln_ratio / ln_ratio_stderr) (Farmer and Lafond 2016, eq. 20)';

-- The same from parameters that somebody published: mu, K, m and rho or theta.
-- src/learning/forecast_parameters.c.  They are not strict: differences is NULL
-- where the parameters are taken as certain.

CREATE FUNCTION random_walk_forecast(
	cost cost_per_gwh, drift double precision, residual_stderr double precision, steps integer,
	differences integer DEFAULT NULL,
	moving_average double precision DEFAULT 0, confidence double precision DEFAULT 0.95,
	OUT step integer, OUT median cost_per_gwh, OUT low cost_per_gwh, OUT high cost_per_gwh,
	OUT ln_stderr double precision, OUT degrees_of_freedom double precision,
	OUT confidence_level double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'random_walk_forecast_parameters' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION random_walk_forecast(cost_per_gwh, double precision, double precision, integer, integer, double precision, double precision) IS
	'the forecast from a last cost and published numbers: drift (mu) and residual_stderr (K) of ln cost per step, and differences (m) they came from; NULL: certain, normal band';

CREATE FUNCTION first_difference_forecast(
	cost cost_per_gwh, cumulative capacity_gwh, exponent double precision, exponent_stderr double precision,
	residual_stderr double precision, future_cumulative capacity_gwh[],
	differences integer DEFAULT NULL,
	moving_average double precision DEFAULT 0, confidence double precision DEFAULT 0.95,
	OUT step integer, OUT cumulative_then capacity_gwh, OUT median cost_per_gwh, OUT low cost_per_gwh, OUT high cost_per_gwh,
	OUT ln_stderr double precision, OUT degrees_of_freedom double precision,
	OUT confidence_level double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'first_difference_forecast_parameters' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION first_difference_forecast(cost_per_gwh, capacity_gwh, double precision, double precision, double precision, capacity_gwh[], integer, double precision, double precision) IS
	'the forecast from a last cost, its volume and published numbers: exponent (omega), its error, residual_stderr (sigma), differences (m; NULL: sigma is known); with rho, past growth counts as steady';

CREATE FUNCTION probability_cheaper(
	cost_a cost_per_gwh, drift_a double precision, residual_stderr_a double precision,
	cost_b cost_per_gwh, drift_b double precision, residual_stderr_b double precision,
	steps double precision, differences_a integer DEFAULT NULL, differences_b integer DEFAULT NULL,
	moving_average double precision DEFAULT 0,
	OUT probability double precision, OUT ln_ratio double precision, OUT ln_ratio_stderr double precision)
	AS 'MODULE_PATHNAME', 'probability_cheaper_parameters' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION probability_cheaper(cost_per_gwh, double precision, double precision, cost_per_gwh, double precision, double precision, double precision, integer, integer, double precision) IS
	'probability from published numbers that a costs less than b so many steps after both costs, each with its drift (mu), residual_stderr (K) and differences (m; NULL: certain)';

CREATE FUNCTION random_walk_forecast_number(
	cost double precision, drift double precision, residual_stderr double precision, steps integer,
	differences integer DEFAULT NULL,
	moving_average double precision DEFAULT 0, confidence double precision DEFAULT 0.95,
	OUT step integer, OUT median double precision, OUT low double precision, OUT high double precision,
	OUT ln_stderr double precision, OUT degrees_of_freedom double precision,
	OUT confidence_level double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'random_walk_forecast_parameters_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION random_walk_forecast_number(double precision, double precision, double precision, integer, integer, double precision, double precision) IS
	'the same without units';

CREATE FUNCTION first_difference_forecast_number(
	cost double precision, cumulative double precision, exponent double precision, exponent_stderr double precision,
	residual_stderr double precision, future_cumulative double precision[],
	differences integer DEFAULT NULL,
	moving_average double precision DEFAULT 0, confidence double precision DEFAULT 0.95,
	OUT step integer, OUT cumulative_then double precision, OUT median double precision, OUT low double precision, OUT high double precision,
	OUT ln_stderr double precision, OUT degrees_of_freedom double precision,
	OUT confidence_level double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'first_difference_forecast_parameters_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION first_difference_forecast_number(double precision, double precision, double precision, double precision, double precision, double precision[], integer, double precision, double precision) IS
	'the same without units';

CREATE FUNCTION probability_cheaper_number(
	cost_a double precision, drift_a double precision, residual_stderr_a double precision,
	cost_b double precision, drift_b double precision, residual_stderr_b double precision,
	steps double precision, differences_a integer DEFAULT NULL, differences_b integer DEFAULT NULL,
	moving_average double precision DEFAULT 0,
	OUT probability double precision, OUT ln_ratio double precision, OUT ln_ratio_stderr double precision)
	AS 'MODULE_PATHNAME', 'probability_cheaper_parameters_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION probability_cheaper_number(double precision, double precision, double precision, double precision, double precision, double precision, double precision, integer, integer, double precision) IS
	'the same without units';

-- Hindcasts

CREATE FUNCTION hindcast(
	series cost_series, method text DEFAULT 'first_difference',
	moving_average double precision DEFAULT 0, confidence double precision DEFAULT 0.95,
	minimum_history integer DEFAULT 5, maximum_horizon integer DEFAULT NULL,
	OUT forecast_method text, OUT origin double precision, OUT differences integer,
	OUT horizon integer, OUT period double precision, OUT cumulative double precision,
	OUT forecast double precision, OUT low double precision, OUT high double precision,
	OUT actual double precision, OUT ln_error double precision, OUT ln_stderr double precision,
	OUT normalized_error double precision, OUT inside_band boolean,
	OUT degrees_of_freedom double precision, OUT confidence_level double precision, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 200;
COMMENT ON FUNCTION hindcast(cost_series, text, double precision, double precision, integer, integer) IS
	'what a method (first_difference, random_walk, wright, moore) would have forecast from every past period with minimum_history differences, against what came; future volumes are the true ones';

CREATE FUNCTION hindcast_summary(
	series cost_series, method text DEFAULT 'first_difference',
	moving_average double precision DEFAULT 0, confidence double precision DEFAULT 0.95,
	minimum_history integer DEFAULT 5, maximum_horizon integer DEFAULT NULL,
	OUT forecast_method text, OUT horizon integer, OUT forecasts integer, OUT independent_forecasts integer,
	OUT coverage double precision, OUT confidence_level double precision,
	OUT mean_normalized_error double precision, OUT rms_normalized_error double precision,
	OUT expected_rms double precision,
	OUT mean_ln_error double precision, OUT rms_ln_error double precision,
	OUT calibration text, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 20;
COMMENT ON FUNCTION hindcast_summary(cost_series, text, double precision, double precision, integer, integer) IS
	'hindcast() by horizon: coverage against confidence_level, mean and RMS of normalized errors against expected_rms, and a verdict that counts only forecasts that do not overlap';
