-- ---------------------------------------------------------------------
-- Arithmetic between capacities, costs and US dollars; what each of the two
-- types has alone is in src/sql/quantity.sql.in.
-- ---------------------------------------------------------------------

CREATE FUNCTION usd_per_capacity(usd double precision, capacity capacity_gwh) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'float8_divide_capacity_gwh' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION usd_per_capacity(double precision, capacity_gwh) IS 'implementation of / operator';

CREATE OPERATOR / (
	LEFTARG = double precision, RIGHTARG = capacity_gwh, FUNCTION = usd_per_capacity
);
COMMENT ON OPERATOR / (double precision, capacity_gwh) IS 'US dollars / capacity = cost';

CREATE FUNCTION usd_per_cost(usd double precision, cost cost_per_gwh) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'float8_divide_cost_per_gwh' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION usd_per_cost(double precision, cost_per_gwh) IS 'implementation of / operator';

CREATE OPERATOR / (
	LEFTARG = double precision, RIGHTARG = cost_per_gwh, FUNCTION = usd_per_cost
);
COMMENT ON OPERATOR / (double precision, cost_per_gwh) IS 'US dollars / cost = capacity';

CREATE FUNCTION usd_value(capacity capacity_gwh, cost cost_per_gwh) RETURNS numeric
	AS 'MODULE_PATHNAME', 'quantity_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION usd_value(capacity_gwh, cost_per_gwh) IS 'implementation of * operator';

CREATE OPERATOR * (
	LEFTARG = capacity_gwh, RIGHTARG = cost_per_gwh, FUNCTION = usd_value, COMMUTATOR = *
);
COMMENT ON OPERATOR * (capacity_gwh, cost_per_gwh) IS 'capacity * cost = US dollars, exact';

CREATE FUNCTION usd_value(cost cost_per_gwh, capacity capacity_gwh) RETURNS numeric
	AS 'MODULE_PATHNAME', 'quantity_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION usd_value(cost_per_gwh, capacity_gwh) IS 'implementation of * operator';

CREATE OPERATOR * (
	LEFTARG = cost_per_gwh, RIGHTARG = capacity_gwh, FUNCTION = usd_value, COMMUTATOR = *
);
COMMENT ON OPERATOR * (cost_per_gwh, capacity_gwh) IS 'cost * capacity = US dollars, exact';

CREATE FUNCTION usd(amount numeric, unit text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'numeric_usd' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION usd(numeric, text) IS
	'an amount in plain US dollars: usd(26.44, ''billion''); units thousand, million, billion, trillion';

-- ---------------------------------------------------------------------
-- Duration and growth
-- ---------------------------------------------------------------------

CREATE FUNCTION duration_hours(capacity capacity_gwh, mw double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'capacity_gwh_duration_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_hours(capacity_gwh, double precision) IS 'hours of discharge at a power in MW';

CREATE FUNCTION duration_hours(capacity capacity_gwh, mw numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'capacity_gwh_duration_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_hours(capacity_gwh, numeric) IS 'hours of discharge at a power in MW';

CREATE FUNCTION cagr(first double precision, last double precision, years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'float8_cagr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cagr(double precision, double precision, double precision) IS
	'compound annual growth rate, a fraction: (last / first)^(1 / years) - 1';

CREATE FUNCTION cagr(first capacity_gwh, last capacity_gwh, years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'capacity_gwh_cagr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cagr(capacity_gwh, capacity_gwh, double precision) IS
	'compound annual growth rate, a fraction: (last / first)^(1 / years) - 1';

CREATE FUNCTION cagr(first cost_per_gwh, last cost_per_gwh, years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'cost_per_gwh_cagr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cagr(cost_per_gwh, cost_per_gwh, double precision) IS
	'compound annual growth rate, a fraction: (last / first)^(1 / years) - 1';
