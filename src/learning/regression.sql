-- regression: exact sums of products of y and its regressors, and the
-- least-squares fit in them.
-- src/learning/regression.c and src/learning/regression_fit.c

-- @flat_type
--	type = regression
--	argument = model
--	comment = exact sums of products of y and up to 32 regressors: made by regression() and its kin, merged by rollup(), read by fit(), coefficients() and predict()
--	storage = extended

-- Aggregates.  The state is the value itself, so every one of them is
-- parallel, mergeable across servers, and exact in a moving window.

-- @movable_state
--	type = regression
--	argument = model
--	space = 512
--	rolled_up = the regression of all observations of the given regressions together; with and without intercept or weights, or with different numbers of regressors, they cannot be merged, which is an error

-- @value_aggregate
--	aggregate = regression
--	arguments = y double precision, x double precision[]
--	variadic = y double precision, VARIADIC x double precision[]
--	comment = least-squares regression of y on 1 to 32 regressors, with an intercept; a row with a NULL is skipped, NaN and infinity are errors; order of rows and plan do not change a bit
--	state = regression
--	space = 512
--	transition = regression_accum

-- @value_aggregate
--	aggregate = regression
--	arguments = y double precision, x double precision
--	comment = least-squares regression of y on one regressor, with an intercept: the same value as the form with any number of regressors makes, without building an array for every row
--	state = regression
--	space = 512
--	transition = regression_accum_1

-- @value_aggregate
--	aggregate = regression
--	arguments = y double precision, x1 double precision, x2 double precision
--	comment = least-squares regression of y on two regressors, with an intercept: the same value as the form with any number of regressors makes, without building an array for every row
--	state = regression
--	space = 512
--	transition = regression_accum_2

-- @value_aggregate
--	aggregate = regression_through_origin
--	arguments = y double precision, x double precision[]
--	variadic = y double precision, VARIADIC x double precision[]
--	comment = least-squares regression of y on 1 to 32 regressors, without intercept; other rules as of regression()
--	state = regression
--	space = 512
--	transition = regression_accum_origin

-- @value_aggregate
--	aggregate = weighted_regression
--	arguments = y double precision, weight double precision, x double precision[]
--	variadic = y double precision, weight double precision, VARIADIC x double precision[]
--	comment = weighted regression(): the weight is a precision weight (proportional to 1/variance, as in R lm(weights=)), above zero, taken exactly; weight 0 leaves the row out, a negative one is an error
--	state = regression
--	space = 512
--	transition = regression_accum_weighted

-- @value_aggregate
--	aggregate = weighted_regression_through_origin
--	arguments = y double precision, weight double precision, x double precision[]
--	variadic = y double precision, weight double precision, VARIADIC x double precision[]
--	comment = weighted least-squares regression of y on 1 to 32 regressors, without intercept; the weight as of weighted_regression()
--	state = regression
--	space = 512
--	transition = regression_accum_weighted_origin

-- Reading a regression

CREATE FUNCTION observations(model regression) RETURNS bigint
	AS 'MODULE_PATHNAME', 'regression_observations' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION observations(regression) IS
	'number of observations; with weights, of those with a weight above zero';

CREATE FUNCTION regressors(model regression) RETURNS integer
	AS 'MODULE_PATHNAME', 'regression_regressors' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION regressors(regression) IS 'number of regressors, the intercept not counted';

CREATE FUNCTION intercept(model regression) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_intercept' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION intercept(regression) IS
	'fitted y where every regressor is 0; NULL without a fit or through the origin';

CREATE FUNCTION intercept_stderr(model regression) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_intercept_stderr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION intercept_stderr(regression) IS
	'standard error of the intercept; NULL without degrees of freedom or through the origin';

CREATE FUNCTION coefficient(model regression, term integer) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_coefficient' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION coefficient(regression, integer) IS
	'coefficient of a term: 0 is the intercept, 1, 2, ... the regressors in the order of the call; NULL when they are linearly dependent or more than the rows can determine (fit() says which)';

CREATE FUNCTION coefficient_stderr(model regression, term integer) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_coefficient_stderr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION coefficient_stderr(regression, integer) IS
	'standard error of a coefficient, assuming uncorrelated residuals of equal variance (divided by the weight); NULL without degrees of freedom';

CREATE FUNCTION t_statistic(model regression, term integer) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_t_statistic' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION t_statistic(regression, integer) IS
	'coefficient over its standard error; NULL without degrees of freedom or when y is constant';

CREATE FUNCTION p_value(model regression, term integer) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_p_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION p_value(regression, integer) IS
	'two-sided p-value of a coefficient being zero, Student t with n - k degrees of freedom';

CREATE FUNCTION vif(model regression, term integer) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_vif' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION vif(regression, integer) IS
	'variance inflation factor of a regressor, 1/(1 - R squared of its regression on the others), 1 or more; through the origin that R squared is about zero, not about the mean. NULL for the intercept';

CREATE FUNCTION r_squared(model regression) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_r_squared' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION r_squared(regression) IS
	'1 - RSS/TSS: share of the variation of y that the fit explains, 0 to 1; TSS is about the (weighted) mean, through the origin about zero, so the two cannot be compared. 1 when y is constant, as regr_r2';

CREATE FUNCTION adjusted_r_squared(model regression) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_adjusted_r_squared' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION adjusted_r_squared(regression) IS
	'R squared adjusted for the degrees of freedom: 1 - (RSS/(n - k)) / (TSS/(n - 1)), through the origin with n in place of n - 1; NULL without degrees of freedom';

CREATE FUNCTION rss(model regression) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_rss' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION rss(regression) IS
	'residual sum of squares, of w e^2 with weights; 0 when the residuals are nothing but the rounding of the inputs to doubles, Infinity beyond the range of a double; NULL without a fit';

CREATE FUNCTION residual_stderr(model regression) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_residual_stderr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION residual_stderr(regression) IS
	'residual standard error, the root of RSS/(n - k), k counting the intercept, in units of y; with weights, of an observation of weight 1; NULL without degrees of freedom';

CREATE FUNCTION degrees_of_freedom(model regression) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_degrees_of_freedom' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION degrees_of_freedom(regression) IS
	'observations less coefficients, n - k; NULL unless above zero';

CREATE FUNCTION f_statistic(model regression) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_f_statistic' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION f_statistic(regression) IS
	'F statistic of all regressors being zero together, k - 1 (through the origin k) and n - k degrees of freedom; NULL without degrees of freedom or when y is constant';

CREATE FUNCTION log_likelihood(model regression) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_log_likelihood' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION log_likelihood(regression) IS
	'maximum of the log-likelihood under normal errors, constants included, as R logLik(): (sum ln w - n (ln(2 pi) + 1 + ln(RSS/n)))/2; Infinity for a perfect fit';

CREATE FUNCTION aic(model regression) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_aic' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION aic(regression) IS
	'Akaike information criterion, -2 log-likelihood + 2 (k + 1): sigma counts as a parameter, as in R AIC(); compare only fits of the same y on the same rows';

CREATE FUNCTION bic(model regression) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_bic' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION bic(regression) IS
	'Bayesian information criterion, -2 log-likelihood + ln(n) (k + 1): sigma counts as a parameter, as in R BIC(); compare only fits of the same y on the same rows';

CREATE FUNCTION condition_number(model regression) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_condition_number' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION condition_number(regression) IS
	'scaled condition number of Belsley, Kuh and Welsch, of the design with columns of unit length, intercept and weights included: 1 or more, above 30 the regressors are strongly collinear';

CREATE FUNCTION fit(
	model regression,
	OUT estimator text, OUT observations bigint, OUT regressors integer,
	OUT intercept boolean, OUT weights boolean,
	OUT r_squared double precision, OUT adjusted_r_squared double precision,
	OUT rss double precision, OUT residual_stderr double precision, OUT degrees_of_freedom double precision,
	OUT f_statistic double precision, OUT f_p_value double precision,
	OUT log_likelihood double precision, OUT aic double precision, OUT bic double precision,
	OUT condition_number double precision, OUT deficient integer, OUT note text)
	AS 'MODULE_PATHNAME', 'regression_fit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION fit(regression) IS
	'what the fit as a whole says, in one row; deficient is the regressor that is a linear combination of those before it, note says why a column is NULL; use it as FROM ..., LATERAL fit(model)';

CREATE FUNCTION coefficients(
	model regression, confidence double precision DEFAULT 0.95,
	OUT term integer, OUT coefficient double precision, OUT stderr double precision,
	OUT t_statistic double precision, OUT p_value double precision,
	OUT low double precision, OUT high double precision, OUT vif double precision,
	OUT confidence_level double precision, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'regression_coefficients' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 3;
COMMENT ON FUNCTION coefficients(regression, double precision) IS
	'one row for each term, 0 being the intercept, 1, 2, ... the regressors: coefficient, standard error, t, two-sided p, bounds at the given confidence, variance inflation factor';

CREATE FUNCTION predict(
	model regression, x double precision[], confidence double precision DEFAULT 0.95,
	OUT y double precision, OUT mean_stderr double precision,
	OUT mean_low double precision, OUT mean_high double precision,
	OUT prediction_low double precision, OUT prediction_high double precision,
	OUT leverage double precision, OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME', 'regression_predict' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION predict(regression, double precision[], double precision) IS
	'fitted y at one value of every regressor, with the band of the mean and that of one further observation; leverage is x(X''WX)^-1x, k/n on average: far above that is an extrapolation';
