-- ---------------------------------------------------------------------
-- Everyday SQL on two columns of which at least one is a quantity: core's corr and
-- regr_r2, read from exact regressions.  Only what has no dimension: a slope of cost
-- by capacity would be a number whose product with a capacity is a capacity.
-- src/learning/correlation.c
-- ---------------------------------------------------------------------

CREATE FUNCTION correlation(model regression) RETURNS double precision
	AS 'MODULE_PATHNAME', 'regression_correlation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION correlation(regression) IS
	'correlation of y and the only regressor; NULL when one of them is constant, with more regressors, or through the origin';

-- @correlation
--	first = capacity
--	first_type = capacity_gwh
--	second = capacity
--	second_type = capacity_gwh

-- @correlation
--	first = capacity
--	first_type = capacity_gwh
--	second = cost
--	second_type = cost_per_gwh

-- @correlation
--	first = capacity
--	first_type = capacity_gwh
--	second = number
--	second_type = double precision

-- @correlation
--	first = cost
--	first_type = cost_per_gwh
--	second = capacity
--	second_type = capacity_gwh

-- @correlation
--	first = cost
--	first_type = cost_per_gwh
--	second = cost
--	second_type = cost_per_gwh

-- @correlation
--	first = cost
--	first_type = cost_per_gwh
--	second = number
--	second_type = double precision

-- @correlation
--	first = number
--	first_type = double precision
--	second = capacity
--	second_type = capacity_gwh

-- @correlation
--	first = number
--	first_type = double precision
--	second = cost
--	second_type = cost_per_gwh
