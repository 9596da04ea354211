-- The families of experience curves, fitted to a cost_series.
-- src/learning/curve_families.c
--
-- Every function returns the same columns, so that UNION ALL works and a
-- table of them has one shape.  They are not strict: newey_west_lag is NULL
-- when ordinary errors are wanted.  A series or confidence of NULL gives NULL.

CREATE TYPE curve_fit AS (
	model text,
	equation text,
	observations bigint,
	period_from double precision,
	period_to double precision,
	terms text[],
	coefficients double precision[],
	stderrs double precision[],
	coefficients_low double precision[],
	coefficients_high double precision[],
	intercept double precision,
	intercept_stderr double precision,
	intercept_low double precision,
	intercept_high double precision,
	exponent double precision,
	exponent_stderr double precision,
	exponent_low double precision,
	exponent_high double precision,
	learning_rate double precision,
	learning_rate_low double precision,
	learning_rate_high double precision,
	yearly_decline double precision,
	yearly_decline_low double precision,
	yearly_decline_high double precision,
	halving_time double precision,
	r_squared double precision,
	adjusted_r_squared double precision,
	rss double precision,
	residual_stderr double precision,
	degrees_of_freedom double precision,
	aic double precision,
	bic double precision,
	durbin_watson double precision,
	vif_max double precision,
	condition_number double precision,
	newey_west_lag integer,
	confidence_level double precision,
	note text
);
COMMENT ON TYPE curve_fit IS 'the row that wright(), moore() and the other families return';
COMMENT ON COLUMN curve_fit.model IS 'which family this is';
COMMENT ON COLUMN curve_fit.equation IS 'what it fits';
COMMENT ON COLUMN curve_fit.observations IS 'rows that were used';
COMMENT ON COLUMN curve_fit.period_from IS 'first period, in calendar years';
COMMENT ON COLUMN curve_fit.period_to IS 'last period, in calendar years';
COMMENT ON COLUMN curve_fit.terms IS 'the terms of the equation, the intercept first';
COMMENT ON COLUMN curve_fit.coefficients IS 'their coefficients, in the order of terms';
COMMENT ON COLUMN curve_fit.stderrs IS 'their standard errors, in the order of terms';
COMMENT ON COLUMN curve_fit.coefficients_low IS 'lower bounds, in the order of terms';
COMMENT ON COLUMN curve_fit.coefficients_high IS 'upper bounds, in the order of terms';
COMMENT ON COLUMN curve_fit.intercept IS 'the first of the coefficients: ln cost where every other term is 0';
COMMENT ON COLUMN curve_fit.intercept_stderr IS 'its standard error';
COMMENT ON COLUMN curve_fit.intercept_low IS 'its lower bound';
COMMENT ON COLUMN curve_fit.intercept_high IS 'its upper bound';
COMMENT ON COLUMN curve_fit.exponent IS 'b of cumulative volume, no unit, negative when cost falls; NULL without such a term';
COMMENT ON COLUMN curve_fit.exponent_stderr IS 'its standard error';
COMMENT ON COLUMN curve_fit.exponent_low IS 'its lower bound';
COMMENT ON COLUMN curve_fit.exponent_high IS 'its upper bound';
COMMENT ON COLUMN curve_fit.learning_rate IS 'fall of cost per doubling of cumulative volume, 1 - 2^exponent, a fraction';
COMMENT ON COLUMN curve_fit.learning_rate_low IS 'lower bound of the learning rate: that of exponent_high';
COMMENT ON COLUMN curve_fit.learning_rate_high IS 'upper bound of the learning rate: that of exponent_low';
COMMENT ON COLUMN curve_fit.yearly_decline IS 'fall of cost in a year, 1 - e^m of the term in time, a fraction; NULL without one';
COMMENT ON COLUMN curve_fit.yearly_decline_low IS 'its lower bound';
COMMENT ON COLUMN curve_fit.yearly_decline_high IS 'its upper bound';
COMMENT ON COLUMN curve_fit.halving_time IS 'years in which cost halves, ln 2 / -m, of moore() alone; NULL when cost does not fall';
COMMENT ON COLUMN curve_fit.r_squared IS 'share of the variance of ln cost that is explained';
COMMENT ON COLUMN curve_fit.adjusted_r_squared IS 'the same adjusted for the degrees of freedom';
COMMENT ON COLUMN curve_fit.rss IS 'sum of squared residuals of ln cost';
COMMENT ON COLUMN curve_fit.residual_stderr IS 'residual standard error of ln cost';
COMMENT ON COLUMN curve_fit.degrees_of_freedom IS 'rows less coefficients';
COMMENT ON COLUMN curve_fit.aic IS 'Akaike''s criterion, constants and sigma included, as R''s AIC()';
COMMENT ON COLUMN curve_fit.bic IS 'the Bayesian criterion, constants and sigma included, as R''s BIC()';
COMMENT ON COLUMN curve_fit.durbin_watson IS 'about 2 for independent residuals, near 0 when each resembles the one before';
COMMENT ON COLUMN curve_fit.vif_max IS 'the largest variance inflation factor; above 10 the terms are hard to tell apart';
COMMENT ON COLUMN curve_fit.condition_number IS 'scaled condition number of the regression';
COMMENT ON COLUMN curve_fit.newey_west_lag IS 'the lag of the errors shown; NULL for ordinary errors';
COMMENT ON COLUMN curve_fit.confidence_level IS 'confidence of the bounds';
COMMENT ON COLUMN curve_fit.note IS 'what is missing and why, and what to beware of';

CREATE FUNCTION wright(series cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL)
	RETURNS curve_fit
	AS 'MODULE_PATHNAME', 'cost_series_wright' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION wright(cost_series, double precision, integer) IS
	'Wright''s law, ln cost = a + b ln cumulative, least squares on levels, bounds from Student t; newey_west_lag => L for errors that mind autocorrelation; note says what to beware of';

CREATE FUNCTION moore(series cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL)
	RETURNS curve_fit
	AS 'MODULE_PATHNAME', 'cost_series_moore' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION moore(cost_series, double precision, integer) IS
	'Moore''s law, ln cost = a + m year, in calendar years whatever the periods are: yearly_decline 1 - e^m, halving_time in years; columns as of wright()';

CREATE FUNCTION goddard(series cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL)
	RETURNS curve_fit
	AS 'MODULE_PATHNAME', 'cost_series_goddard' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION goddard(cost_series, double precision, integer) IS
	'Goddard''s law, ln cost = a + s ln annual: scale and no learning, s is coefficients[2]; an annual volume of 0 is an error; columns as of wright()';

CREATE FUNCTION sinclair_klepper_cohen(series cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL)
	RETURNS curve_fit
	AS 'MODULE_PATHNAME', 'cost_series_sinclair_klepper_cohen' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION sinclair_klepper_cohen(cost_series, double precision, integer) IS
	'ln cost = a + s ln annual + b ln(cumulative - annual): scale and learning; an annual volume of 0 is an error; columns as of wright()';

CREATE FUNCTION nordhaus(series cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL)
	RETURNS curve_fit
	AS 'MODULE_PATHNAME', 'cost_series_nordhaus' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION nordhaus(cost_series, double precision, integer) IS
	'Nordhaus'' model, ln cost = a + m year + b ln cumulative: progress by time and by learning, hard to tell apart: see vif_max and note; columns as of wright()';

CREATE FUNCTION lagged_wright(series cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL)
	RETURNS curve_fit
	AS 'MODULE_PATHNAME', 'cost_series_lagged_wright' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION lagged_wright(cost_series, double precision, integer) IS
	'lagged Wright''s law, ln cost = a + b ln(cumulative - annual): learning from what was made before the period; first rows without any are left out; columns as of wright()';

CREATE FUNCTION two_factor(series cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL)
	RETURNS curve_fit
	AS 'MODULE_PATHNAME', 'cost_series_two_factor' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION two_factor(cost_series, double precision, integer) IS
	'ln cost = a + b ln cumulative + g ln factor, of a two_factor_series(); learning_rate is of b alone, g is coefficients[3]; see vif_max and note; columns as of wright()';

CREATE FUNCTION curve_fits(series cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL)
	RETURNS SETOF curve_fit
	AS 'MODULE_PATHNAME', 'cost_series_curve_fits' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 7;
COMMENT ON FUNCTION curve_fits(cost_series, double precision, integer) IS
	'all families, one row each with the columns of wright(), fitted to the same rows so that aic and bic compare; NULLs and a note where the series cannot serve one';

CREATE FUNCTION newey_west_lag(series cost_series) RETURNS integer
	AS 'MODULE_PATHNAME', 'cost_series_newey_west_lag' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION newey_west_lag(cost_series) IS
	'a rule of thumb for the lag of Newey-West errors: floor(4 (n/100)^(2/9)) for n rows, which is 2 for 25';
