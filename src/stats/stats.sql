/* Student's t and the normal distribution */

CREATE FUNCTION student_t_cdf(t double precision, degrees_of_freedom double precision)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'student_t_cdf_sql'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION student_t_cdf(double precision, double precision) IS
	'probability that Student''s t with so many degrees of freedom is at most t';

CREATE FUNCTION student_t_quantile(p double precision, degrees_of_freedom double precision)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'student_t_quantile_sql'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION student_t_quantile(double precision, double precision) IS
	'value below which Student''s t with so many degrees of freedom lies with probability p';

CREATE FUNCTION student_t_two_sided_p(t double precision, degrees_of_freedom double precision)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'student_t_two_sided_p_sql'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION student_t_two_sided_p(double precision, double precision) IS
	'two-sided p-value of a t statistic with so many degrees of freedom';

CREATE FUNCTION normal_cdf(x double precision)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'normal_cdf_sql'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION normal_cdf(double precision) IS
	'probability that a standard normal variable is at most x';

CREATE FUNCTION normal_quantile(p double precision)
	RETURNS double precision
	AS 'MODULE_PATHNAME', 'normal_quantile_sql'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION normal_quantile(double precision) IS
	'value below which a standard normal variable lies with probability p';
