-- The families of experience curves, fitted to a cost_series.
-- src/learning/curve_families.c
--
-- Every function returns the same columns, so that UNION ALL works and a
-- table of them has one shape.  They are not strict: newey_west_lag is NULL
-- when ordinary errors are wanted.  A series or confidence of NULL gives NULL.

CREATE FUNCTION wright(
	s cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL,
	OUT model text, OUT equation text, OUT observations bigint,
	OUT period_from double precision, OUT period_to double precision,
	OUT terms text[], OUT coefficients double precision[], OUT stderrs double precision[],
	OUT coefficients_low double precision[], OUT coefficients_high double precision[],
	OUT intercept double precision, OUT intercept_stderr double precision,
	OUT intercept_low double precision, OUT intercept_high double precision,
	OUT exponent double precision, OUT exponent_stderr double precision,
	OUT exponent_low double precision, OUT exponent_high double precision,
	OUT learning_rate double precision, OUT learning_rate_low double precision, OUT learning_rate_high double precision,
	OUT yearly_decline double precision, OUT yearly_decline_low double precision, OUT yearly_decline_high double precision,
	OUT halving_time double precision,
	OUT r_squared double precision, OUT adjusted_r_squared double precision,
	OUT rss double precision, OUT residual_stderr double precision, OUT degrees_of_freedom double precision,
	OUT aic double precision, OUT bic double precision,
	OUT durbin_watson double precision, OUT vif_max double precision, OUT condition_number double precision,
	OUT newey_west_lag integer, OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME', 'cost_series_wright' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION wright(cost_series, double precision, integer) IS 'Wright''s law, ln cost = a + b ln cumulative, least squares on levels, bounds from Student t; newey_west_lag => L for errors that mind autocorrelation; note says what to beware of';

CREATE FUNCTION moore(
	s cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL,
	OUT model text, OUT equation text, OUT observations bigint,
	OUT period_from double precision, OUT period_to double precision,
	OUT terms text[], OUT coefficients double precision[], OUT stderrs double precision[],
	OUT coefficients_low double precision[], OUT coefficients_high double precision[],
	OUT intercept double precision, OUT intercept_stderr double precision,
	OUT intercept_low double precision, OUT intercept_high double precision,
	OUT exponent double precision, OUT exponent_stderr double precision,
	OUT exponent_low double precision, OUT exponent_high double precision,
	OUT learning_rate double precision, OUT learning_rate_low double precision, OUT learning_rate_high double precision,
	OUT yearly_decline double precision, OUT yearly_decline_low double precision, OUT yearly_decline_high double precision,
	OUT halving_time double precision,
	OUT r_squared double precision, OUT adjusted_r_squared double precision,
	OUT rss double precision, OUT residual_stderr double precision, OUT degrees_of_freedom double precision,
	OUT aic double precision, OUT bic double precision,
	OUT durbin_watson double precision, OUT vif_max double precision, OUT condition_number double precision,
	OUT newey_west_lag integer, OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME', 'cost_series_moore' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION moore(cost_series, double precision, integer) IS 'Moore''s law, ln cost = a + m year, in calendar years whatever the periods are: yearly_decline 1 - e^m, halving_time in years; columns as of wright()';

CREATE FUNCTION goddard(
	s cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL,
	OUT model text, OUT equation text, OUT observations bigint,
	OUT period_from double precision, OUT period_to double precision,
	OUT terms text[], OUT coefficients double precision[], OUT stderrs double precision[],
	OUT coefficients_low double precision[], OUT coefficients_high double precision[],
	OUT intercept double precision, OUT intercept_stderr double precision,
	OUT intercept_low double precision, OUT intercept_high double precision,
	OUT exponent double precision, OUT exponent_stderr double precision,
	OUT exponent_low double precision, OUT exponent_high double precision,
	OUT learning_rate double precision, OUT learning_rate_low double precision, OUT learning_rate_high double precision,
	OUT yearly_decline double precision, OUT yearly_decline_low double precision, OUT yearly_decline_high double precision,
	OUT halving_time double precision,
	OUT r_squared double precision, OUT adjusted_r_squared double precision,
	OUT rss double precision, OUT residual_stderr double precision, OUT degrees_of_freedom double precision,
	OUT aic double precision, OUT bic double precision,
	OUT durbin_watson double precision, OUT vif_max double precision, OUT condition_number double precision,
	OUT newey_west_lag integer, OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME', 'cost_series_goddard' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION goddard(cost_series, double precision, integer) IS 'Goddard''s law, ln cost = a + s ln annual: scale and no learning, s is coefficients[2]; an annual volume of 0 is an error; columns as of wright()';

CREATE FUNCTION sinclair_klepper_cohen(
	s cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL,
	OUT model text, OUT equation text, OUT observations bigint,
	OUT period_from double precision, OUT period_to double precision,
	OUT terms text[], OUT coefficients double precision[], OUT stderrs double precision[],
	OUT coefficients_low double precision[], OUT coefficients_high double precision[],
	OUT intercept double precision, OUT intercept_stderr double precision,
	OUT intercept_low double precision, OUT intercept_high double precision,
	OUT exponent double precision, OUT exponent_stderr double precision,
	OUT exponent_low double precision, OUT exponent_high double precision,
	OUT learning_rate double precision, OUT learning_rate_low double precision, OUT learning_rate_high double precision,
	OUT yearly_decline double precision, OUT yearly_decline_low double precision, OUT yearly_decline_high double precision,
	OUT halving_time double precision,
	OUT r_squared double precision, OUT adjusted_r_squared double precision,
	OUT rss double precision, OUT residual_stderr double precision, OUT degrees_of_freedom double precision,
	OUT aic double precision, OUT bic double precision,
	OUT durbin_watson double precision, OUT vif_max double precision, OUT condition_number double precision,
	OUT newey_west_lag integer, OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME', 'cost_series_sinclair_klepper_cohen' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION sinclair_klepper_cohen(cost_series, double precision, integer) IS 'ln cost = a + s ln annual + b ln(cumulative - annual): scale and learning; an annual volume of 0 is an error; columns as of wright()';

CREATE FUNCTION nordhaus(
	s cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL,
	OUT model text, OUT equation text, OUT observations bigint,
	OUT period_from double precision, OUT period_to double precision,
	OUT terms text[], OUT coefficients double precision[], OUT stderrs double precision[],
	OUT coefficients_low double precision[], OUT coefficients_high double precision[],
	OUT intercept double precision, OUT intercept_stderr double precision,
	OUT intercept_low double precision, OUT intercept_high double precision,
	OUT exponent double precision, OUT exponent_stderr double precision,
	OUT exponent_low double precision, OUT exponent_high double precision,
	OUT learning_rate double precision, OUT learning_rate_low double precision, OUT learning_rate_high double precision,
	OUT yearly_decline double precision, OUT yearly_decline_low double precision, OUT yearly_decline_high double precision,
	OUT halving_time double precision,
	OUT r_squared double precision, OUT adjusted_r_squared double precision,
	OUT rss double precision, OUT residual_stderr double precision, OUT degrees_of_freedom double precision,
	OUT aic double precision, OUT bic double precision,
	OUT durbin_watson double precision, OUT vif_max double precision, OUT condition_number double precision,
	OUT newey_west_lag integer, OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME', 'cost_series_nordhaus' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION nordhaus(cost_series, double precision, integer) IS 'Nordhaus'' model, ln cost = a + m year + b ln cumulative: progress by time and by learning, hard to tell apart: see vif_max and note; columns as of wright()';

CREATE FUNCTION lagged_wright(
	s cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL,
	OUT model text, OUT equation text, OUT observations bigint,
	OUT period_from double precision, OUT period_to double precision,
	OUT terms text[], OUT coefficients double precision[], OUT stderrs double precision[],
	OUT coefficients_low double precision[], OUT coefficients_high double precision[],
	OUT intercept double precision, OUT intercept_stderr double precision,
	OUT intercept_low double precision, OUT intercept_high double precision,
	OUT exponent double precision, OUT exponent_stderr double precision,
	OUT exponent_low double precision, OUT exponent_high double precision,
	OUT learning_rate double precision, OUT learning_rate_low double precision, OUT learning_rate_high double precision,
	OUT yearly_decline double precision, OUT yearly_decline_low double precision, OUT yearly_decline_high double precision,
	OUT halving_time double precision,
	OUT r_squared double precision, OUT adjusted_r_squared double precision,
	OUT rss double precision, OUT residual_stderr double precision, OUT degrees_of_freedom double precision,
	OUT aic double precision, OUT bic double precision,
	OUT durbin_watson double precision, OUT vif_max double precision, OUT condition_number double precision,
	OUT newey_west_lag integer, OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME', 'cost_series_lagged_wright' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION lagged_wright(cost_series, double precision, integer) IS 'lagged Wright''s law, ln cost = a + b ln(cumulative - annual): learning from what was made before the period; first rows without any are left out; columns as of wright()';

CREATE FUNCTION two_factor(
	s cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL,
	OUT model text, OUT equation text, OUT observations bigint,
	OUT period_from double precision, OUT period_to double precision,
	OUT terms text[], OUT coefficients double precision[], OUT stderrs double precision[],
	OUT coefficients_low double precision[], OUT coefficients_high double precision[],
	OUT intercept double precision, OUT intercept_stderr double precision,
	OUT intercept_low double precision, OUT intercept_high double precision,
	OUT exponent double precision, OUT exponent_stderr double precision,
	OUT exponent_low double precision, OUT exponent_high double precision,
	OUT learning_rate double precision, OUT learning_rate_low double precision, OUT learning_rate_high double precision,
	OUT yearly_decline double precision, OUT yearly_decline_low double precision, OUT yearly_decline_high double precision,
	OUT halving_time double precision,
	OUT r_squared double precision, OUT adjusted_r_squared double precision,
	OUT rss double precision, OUT residual_stderr double precision, OUT degrees_of_freedom double precision,
	OUT aic double precision, OUT bic double precision,
	OUT durbin_watson double precision, OUT vif_max double precision, OUT condition_number double precision,
	OUT newey_west_lag integer, OUT confidence_level double precision, OUT note text)
	AS 'MODULE_PATHNAME', 'cost_series_two_factor' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION two_factor(cost_series, double precision, integer) IS 'ln cost = a + b ln cumulative + g ln factor, of a two_factor_series(); learning_rate is of b alone, g is coefficients[3]; see vif_max and note; columns as of wright()';

CREATE FUNCTION curve_fits(
	s cost_series, confidence double precision DEFAULT 0.95, newey_west_lag integer DEFAULT NULL,
	OUT model text, OUT equation text, OUT observations bigint,
	OUT period_from double precision, OUT period_to double precision,
	OUT terms text[], OUT coefficients double precision[], OUT stderrs double precision[],
	OUT coefficients_low double precision[], OUT coefficients_high double precision[],
	OUT intercept double precision, OUT intercept_stderr double precision,
	OUT intercept_low double precision, OUT intercept_high double precision,
	OUT exponent double precision, OUT exponent_stderr double precision,
	OUT exponent_low double precision, OUT exponent_high double precision,
	OUT learning_rate double precision, OUT learning_rate_low double precision, OUT learning_rate_high double precision,
	OUT yearly_decline double precision, OUT yearly_decline_low double precision, OUT yearly_decline_high double precision,
	OUT halving_time double precision,
	OUT r_squared double precision, OUT adjusted_r_squared double precision,
	OUT rss double precision, OUT residual_stderr double precision, OUT degrees_of_freedom double precision,
	OUT aic double precision, OUT bic double precision,
	OUT durbin_watson double precision, OUT vif_max double precision, OUT condition_number double precision,
	OUT newey_west_lag integer, OUT confidence_level double precision, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'cost_series_curve_fits' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 7;
COMMENT ON FUNCTION curve_fits(cost_series, double precision, integer) IS 'all families, one row each with the columns of wright(), fitted to the same rows so that aic and bic compare; NULLs and a note where the series cannot serve one';

CREATE FUNCTION newey_west_lag(s cost_series) RETURNS integer
	AS 'MODULE_PATHNAME', 'cost_series_newey_west_lag' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION newey_west_lag(cost_series) IS 'a rule of thumb for the lag of Newey-West errors: floor(4 (n/100)^(2/9)) for n rows, which is 2 for 25';
