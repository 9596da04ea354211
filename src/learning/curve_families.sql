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
COMMENT ON FUNCTION wright(cost_series, double precision, integer) IS 'Wrights law: ln cost = a + b ln cumulative, least squares on levels; the same fit as fit(learning_curve), with what needs the order of time. exponent is b, learning_rate 1 - 2^b. observations, period_from and period_to (calendar years) say which rows were used; coefficients, stderrs and the arrays of bounds are in the order of terms, the intercept first; bounds are Student t intervals at the given confidence; aic and bic as R computes them; durbin_watson is about 2 for independent residuals. With newey_west_lag => L all errors and bounds are Newey-Wests (Bartlett weights up to lag L, no small-sample factor, t with n - k degrees of freedom). note says what is missing and what to beware of';

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
COMMENT ON FUNCTION moore(cost_series, double precision, integer) IS 'Moores law: ln cost = a + m year, least squares on levels, year being calendar years with fractions, so a slope is per year whatever the periods are. yearly_decline is 1 - e^m, halving_time ln 2 / -m in years (NULL when cost does not fall); there is no learning rate. observations, period_from and period_to (calendar years) say which rows were used; coefficients, stderrs and the arrays of bounds are in the order of terms, the intercept first; bounds are Student t intervals at the given confidence; aic and bic as R computes them; durbin_watson is about 2 for independent residuals. With newey_west_lag => L all errors and bounds are Newey-Wests (Bartlett weights up to lag L, no small-sample factor, t with n - k degrees of freedom). note says what is missing and what to beware of';

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
COMMENT ON FUNCTION goddard(cost_series, double precision, integer) IS 'Goddards law: ln cost = a + s ln annual: economies of scale and no learning, so learning_rate is NULL; s is coefficients[2]. Needs annual volumes, above zero. observations, period_from and period_to (calendar years) say which rows were used; coefficients, stderrs and the arrays of bounds are in the order of terms, the intercept first; bounds are Student t intervals at the given confidence; aic and bic as R computes them; durbin_watson is about 2 for independent residuals. With newey_west_lag => L all errors and bounds are Newey-Wests (Bartlett weights up to lag L, no small-sample factor, t with n - k degrees of freedom). note says what is missing and what to beware of';

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
COMMENT ON FUNCTION sinclair_klepper_cohen(cost_series, double precision, integer) IS 'Sinclair, Klepper and Cohens model: ln cost = a + s ln annual + b ln(cumulative - annual): scale and learning; exponent is b, s is coefficients[2]. Rows before which nothing had been made are left out and noted. Needs annual volumes. observations, period_from and period_to (calendar years) say which rows were used; coefficients, stderrs and the arrays of bounds are in the order of terms, the intercept first; bounds are Student t intervals at the given confidence; aic and bic as R computes them; durbin_watson is about 2 for independent residuals. With newey_west_lag => L all errors and bounds are Newey-Wests (Bartlett weights up to lag L, no small-sample factor, t with n - k degrees of freedom). note says what is missing and what to beware of';

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
COMMENT ON FUNCTION nordhaus(cost_series, double precision, integer) IS 'Nordhaus model: ln cost = a + m year + b ln cumulative: progress by time and by learning; yearly_decline is of m alone, learning_rate of b alone. With steadily growing volume the two cannot be told apart: see vif_max and note. observations, period_from and period_to (calendar years) say which rows were used; coefficients, stderrs and the arrays of bounds are in the order of terms, the intercept first; bounds are Student t intervals at the given confidence; aic and bic as R computes them; durbin_watson is about 2 for independent residuals. With newey_west_lag => L all errors and bounds are Newey-Wests (Bartlett weights up to lag L, no small-sample factor, t with n - k degrees of freedom). note says what is missing and what to beware of';

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
COMMENT ON FUNCTION lagged_wright(cost_series, double precision, integer) IS 'lagged Wrights law: ln cost = a + b ln(cumulative - annual): learning from what was made before the period; exponent is b. Rows before which nothing had been made are left out and noted. Needs annual volumes. observations, period_from and period_to (calendar years) say which rows were used; coefficients, stderrs and the arrays of bounds are in the order of terms, the intercept first; bounds are Student t intervals at the given confidence; aic and bic as R computes them; durbin_watson is about 2 for independent residuals. With newey_west_lag => L all errors and bounds are Newey-Wests (Bartlett weights up to lag L, no small-sample factor, t with n - k degrees of freedom). note says what is missing and what to beware of';

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
COMMENT ON FUNCTION two_factor(cost_series, double precision, integer) IS 'two-factor learning curve: ln cost = a + b ln cumulative + g ln factor, the factor of the series being patents, R&D stock or a material price; exponent is b, g is coefficients[3]; learning_rate is of b alone. See vif_max: above 10 the note warns that the two cannot be told apart. observations, period_from and period_to (calendar years) say which rows were used; coefficients, stderrs and the arrays of bounds are in the order of terms, the intercept first; bounds are Student t intervals at the given confidence; aic and bic as R computes them; durbin_watson is about 2 for independent residuals. With newey_west_lag => L all errors and bounds are Newey-Wests (Bartlett weights up to lag L, no small-sample factor, t with n - k degrees of freedom). note says what is missing and what to beware of';

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
COMMENT ON FUNCTION curve_fits(cost_series, double precision, integer) IS 'all families of curves, one row each with the columns of wright(), all fitted to the same rows so that aic and bic can be compared: where annual volumes are known, the rows before which nothing had been made are left out of every fit. A family that the series has not the columns for, or that would take the logarithm of an annual volume of 0, has NULLs and says so in its note';

CREATE FUNCTION newey_west_lag(s cost_series) RETURNS integer
  AS 'MODULE_PATHNAME', 'cost_series_newey_west_lag' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION newey_west_lag(cost_series) IS 'a rule of thumb for the lag of Newey-West errors: floor(4 (n/100)^(2/9)) for n rows, which is 2 for 25';
