-- ---------------------------------------------------------------------
-- Arithmetic that means something, and nothing else.
--
-- Operators between a quantity and a number exist with double precision
-- only.  One with numeric or integer would make plain 3.5/2 ambiguous,
-- because both sides could then be cast to a quantity; with double precision
-- alone core's own choices stand, and an integer or numeric beside a
-- quantity is cast to it.  The double is read as its shortest decimal and
-- the result is exact, so c * 0.1 is a tenth of c.  What the detour costs: a
-- numeric of more than 15 significant digits may lose those beyond, as in
-- usd(...) / capacity; use marginal_cost(usd, capacity) where they matter.
-- ---------------------------------------------------------------------

CREATE FUNCTION capacity_gwh_add(capacity_gwh, capacity_gwh) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_add(capacity_gwh, capacity_gwh) IS 'implementation of + operator';

CREATE OPERATOR + (
	LEFTARG = capacity_gwh, RIGHTARG = capacity_gwh, FUNCTION = capacity_gwh_add, COMMUTATOR = +
);
COMMENT ON OPERATOR + (capacity_gwh, capacity_gwh) IS 'add';

CREATE FUNCTION capacity_gwh_subtract(capacity_gwh, capacity_gwh) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_subtract(capacity_gwh, capacity_gwh) IS 'implementation of - operator';

CREATE OPERATOR - (
	LEFTARG = capacity_gwh, RIGHTARG = capacity_gwh, FUNCTION = capacity_gwh_subtract
);
COMMENT ON OPERATOR - (capacity_gwh, capacity_gwh) IS 'subtract';

CREATE FUNCTION capacity_gwh_negate(capacity_gwh) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_negate(capacity_gwh) IS 'implementation of - operator';

CREATE OPERATOR - (
	RIGHTARG = capacity_gwh, FUNCTION = capacity_gwh_negate
);
COMMENT ON OPERATOR - (NONE, capacity_gwh) IS 'negate';

CREATE FUNCTION capacity_gwh_multiply(capacity_gwh, double precision) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'capacity_gwh_multiply_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_multiply(capacity_gwh, double precision) IS 'implementation of * operator';

CREATE OPERATOR * (
	LEFTARG = capacity_gwh, RIGHTARG = double precision, FUNCTION = capacity_gwh_multiply, COMMUTATOR = *
);
COMMENT ON OPERATOR * (capacity_gwh, double precision) IS 'multiply by a number';

CREATE FUNCTION capacity_gwh_multiply(double precision, capacity_gwh) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'float8_multiply_capacity_gwh' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_multiply(double precision, capacity_gwh) IS 'implementation of * operator';

CREATE OPERATOR * (
	LEFTARG = double precision, RIGHTARG = capacity_gwh, FUNCTION = capacity_gwh_multiply, COMMUTATOR = *
);
COMMENT ON OPERATOR * (double precision, capacity_gwh) IS 'multiply by a number';

CREATE FUNCTION capacity_gwh_divide(capacity_gwh, double precision) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'capacity_gwh_divide_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_divide(capacity_gwh, double precision) IS 'implementation of / operator';

CREATE OPERATOR / (
	LEFTARG = capacity_gwh, RIGHTARG = double precision, FUNCTION = capacity_gwh_divide
);
COMMENT ON OPERATOR / (capacity_gwh, double precision) IS 'divide by a number';

CREATE FUNCTION capacity_gwh_ratio(capacity_gwh, capacity_gwh) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_ratio(capacity_gwh, capacity_gwh) IS 'implementation of / operator';

CREATE OPERATOR / (
	LEFTARG = capacity_gwh, RIGHTARG = capacity_gwh, FUNCTION = capacity_gwh_ratio
);
COMMENT ON OPERATOR / (capacity_gwh, capacity_gwh) IS 'ratio of two capacity values';

CREATE FUNCTION usd_per_capacity(double precision, capacity_gwh) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'float8_divide_capacity_gwh' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION usd_per_capacity(double precision, capacity_gwh) IS 'implementation of / operator';

CREATE OPERATOR / (
	LEFTARG = double precision, RIGHTARG = capacity_gwh, FUNCTION = usd_per_capacity
);
COMMENT ON OPERATOR / (double precision, capacity_gwh) IS 'US dollars / capacity = cost';

CREATE FUNCTION cost_per_gwh_add(cost_per_gwh, cost_per_gwh) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_add(cost_per_gwh, cost_per_gwh) IS 'implementation of + operator';

CREATE OPERATOR + (
	LEFTARG = cost_per_gwh, RIGHTARG = cost_per_gwh, FUNCTION = cost_per_gwh_add, COMMUTATOR = +
);
COMMENT ON OPERATOR + (cost_per_gwh, cost_per_gwh) IS 'add';

CREATE FUNCTION cost_per_gwh_subtract(cost_per_gwh, cost_per_gwh) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_subtract(cost_per_gwh, cost_per_gwh) IS 'implementation of - operator';

CREATE OPERATOR - (
	LEFTARG = cost_per_gwh, RIGHTARG = cost_per_gwh, FUNCTION = cost_per_gwh_subtract
);
COMMENT ON OPERATOR - (cost_per_gwh, cost_per_gwh) IS 'subtract';

CREATE FUNCTION cost_per_gwh_negate(cost_per_gwh) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_negate(cost_per_gwh) IS 'implementation of - operator';

CREATE OPERATOR - (
	RIGHTARG = cost_per_gwh, FUNCTION = cost_per_gwh_negate
);
COMMENT ON OPERATOR - (NONE, cost_per_gwh) IS 'negate';

CREATE FUNCTION cost_per_gwh_multiply(cost_per_gwh, double precision) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'cost_per_gwh_multiply_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_multiply(cost_per_gwh, double precision) IS 'implementation of * operator';

CREATE OPERATOR * (
	LEFTARG = cost_per_gwh, RIGHTARG = double precision, FUNCTION = cost_per_gwh_multiply, COMMUTATOR = *
);
COMMENT ON OPERATOR * (cost_per_gwh, double precision) IS 'multiply by a number';

CREATE FUNCTION cost_per_gwh_multiply(double precision, cost_per_gwh) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'float8_multiply_cost_per_gwh' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_multiply(double precision, cost_per_gwh) IS 'implementation of * operator';

CREATE OPERATOR * (
	LEFTARG = double precision, RIGHTARG = cost_per_gwh, FUNCTION = cost_per_gwh_multiply, COMMUTATOR = *
);
COMMENT ON OPERATOR * (double precision, cost_per_gwh) IS 'multiply by a number';

CREATE FUNCTION cost_per_gwh_divide(cost_per_gwh, double precision) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'cost_per_gwh_divide_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_divide(cost_per_gwh, double precision) IS 'implementation of / operator';

CREATE OPERATOR / (
	LEFTARG = cost_per_gwh, RIGHTARG = double precision, FUNCTION = cost_per_gwh_divide
);
COMMENT ON OPERATOR / (cost_per_gwh, double precision) IS 'divide by a number';

CREATE FUNCTION cost_per_gwh_ratio(cost_per_gwh, cost_per_gwh) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_ratio(cost_per_gwh, cost_per_gwh) IS 'implementation of / operator';

CREATE OPERATOR / (
	LEFTARG = cost_per_gwh, RIGHTARG = cost_per_gwh, FUNCTION = cost_per_gwh_ratio
);
COMMENT ON OPERATOR / (cost_per_gwh, cost_per_gwh) IS 'ratio of two cost values';

CREATE FUNCTION usd_per_cost(double precision, cost_per_gwh) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'float8_divide_cost_per_gwh' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION usd_per_cost(double precision, cost_per_gwh) IS 'implementation of / operator';

CREATE OPERATOR / (
	LEFTARG = double precision, RIGHTARG = cost_per_gwh, FUNCTION = usd_per_cost
);
COMMENT ON OPERATOR / (double precision, cost_per_gwh) IS 'US dollars / cost = capacity';

CREATE FUNCTION usd_value(capacity_gwh, cost_per_gwh) RETURNS numeric
	AS 'MODULE_PATHNAME', 'quantity_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION usd_value(capacity_gwh, cost_per_gwh) IS 'implementation of * operator';

CREATE OPERATOR * (
	LEFTARG = capacity_gwh, RIGHTARG = cost_per_gwh, FUNCTION = usd_value, COMMUTATOR = *
);
COMMENT ON OPERATOR * (capacity_gwh, cost_per_gwh) IS 'capacity * cost = US dollars, exact';

CREATE FUNCTION usd_value(cost_per_gwh, capacity_gwh) RETURNS numeric
	AS 'MODULE_PATHNAME', 'quantity_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION usd_value(cost_per_gwh, capacity_gwh) IS 'implementation of * operator';

CREATE OPERATOR * (
	LEFTARG = cost_per_gwh, RIGHTARG = capacity_gwh, FUNCTION = usd_value, COMMUTATOR = *
);
COMMENT ON OPERATOR * (cost_per_gwh, capacity_gwh) IS 'cost * capacity = US dollars, exact';

CREATE FUNCTION abs(capacity_gwh) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'capacity_gwh_abs' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION abs(capacity_gwh) IS 'absolute value';

CREATE FUNCTION sign(capacity_gwh) RETURNS integer
	AS 'MODULE_PATHNAME', 'quantity_sign' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sign(capacity_gwh) IS '-1, 0 or 1';

CREATE FUNCTION round(capacity_gwh) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'capacity_gwh_round' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION round(capacity_gwh) IS 'to whole GWh, half away from zero; for decimals see to_unit';

CREATE FUNCTION abs(cost_per_gwh) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'cost_per_gwh_abs' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION abs(cost_per_gwh) IS 'absolute value';

CREATE FUNCTION sign(cost_per_gwh) RETURNS integer
	AS 'MODULE_PATHNAME', 'quantity_sign' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sign(cost_per_gwh) IS '-1, 0 or 1';

CREATE FUNCTION round(cost_per_gwh) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'cost_per_gwh_round' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION round(cost_per_gwh) IS 'to whole US$/kWh, half away from zero; for decimals see to_unit';

-- ---------------------------------------------------------------------
-- Units
--
-- No function of core gets an overload with a quantity and more arguments:
-- a round(capacity_gwh, integer) would capture round(5, 1).  Hence to_unit.
-- ---------------------------------------------------------------------

CREATE FUNCTION to_unit(capacity_gwh, unit text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'capacity_gwh_to_unit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION to_unit(capacity_gwh, unit text) IS 'exact number in a unit such as ''MWh''';

CREATE FUNCTION to_unit(capacity_gwh, unit text, digits integer) RETURNS numeric
	AS 'MODULE_PATHNAME', 'capacity_gwh_to_unit_digits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION to_unit(capacity_gwh, unit text, digits integer) IS 'number in a unit such as ''MWh'', rounded half away from zero';

CREATE FUNCTION to_unit(cost_per_gwh, unit text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'cost_per_gwh_to_unit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION to_unit(cost_per_gwh, unit text) IS 'exact number in a unit such as ''USD/kWh''';

CREATE FUNCTION to_unit(cost_per_gwh, unit text, digits integer) RETURNS numeric
	AS 'MODULE_PATHNAME', 'cost_per_gwh_to_unit_digits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION to_unit(cost_per_gwh, unit text, digits integer) IS 'number in a unit such as ''USD/kWh'', rounded half away from zero';

CREATE FUNCTION to_capacity_gwh(amount numeric, unit text) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'capacity_gwh_from_unit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION to_capacity_gwh(amount numeric, unit text) IS 'a number of Wh, kWh, MWh, GWh, TWh or PWh';

CREATE FUNCTION to_cost_per_gwh(amount numeric, unit text) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'cost_per_gwh_from_unit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION to_cost_per_gwh(amount numeric, unit text) IS 'a number of a unit such as ''USD/kWh'' or ''million USD/GWh''';

CREATE FUNCTION display(capacity_gwh) RETURNS text
	AS 'MODULE_PATHNAME', 'capacity_gwh_display' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION display(capacity_gwh) IS 'for people: 1.5 TWh; exact, and reads back';

CREATE FUNCTION display(cost_per_gwh) RETURNS text
	AS 'MODULE_PATHNAME', 'cost_per_gwh_display' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION display(cost_per_gwh) IS 'for people: US$67.3 million/GWh; exact, and reads back';

CREATE FUNCTION usd(amount numeric, unit text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'numeric_usd' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION usd(amount numeric, unit text) IS 'an amount in plain US dollars: usd(26.44, ''billion''); units thousand, million, billion, trillion';

-- ---------------------------------------------------------------------
-- Input that answers instead of failing
-- ---------------------------------------------------------------------

CREATE FUNCTION try_capacity_gwh(text) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'capacity_gwh_try' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION try_capacity_gwh(text) IS 'the capacity_gwh that the text is read as, or NULL where input would fail';

CREATE FUNCTION capacity_gwh_problem(text) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_problem(text) IS 'why the text is no capacity_gwh: message, detail and hint, one a line; NULL where it is one';

CREATE FUNCTION try_cost_per_gwh(text) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'cost_per_gwh_try' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION try_cost_per_gwh(text) IS 'the cost_per_gwh that the text is read as, or NULL where input would fail';

CREATE FUNCTION cost_per_gwh_problem(text) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_problem(text) IS 'why the text is no cost_per_gwh: message, detail and hint, one a line; NULL where it is one';

-- ---------------------------------------------------------------------
-- Duration and growth
-- ---------------------------------------------------------------------

CREATE FUNCTION duration_hours(capacity_gwh, mw double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'capacity_gwh_duration_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_hours(capacity_gwh, mw double precision) IS 'hours of discharge at a power in MW';

CREATE FUNCTION duration_hours(capacity_gwh, mw numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'capacity_gwh_duration_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_hours(capacity_gwh, mw numeric) IS 'hours of discharge at a power in MW';

CREATE FUNCTION cagr(first double precision, last double precision, years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'float8_cagr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cagr(first double precision, last double precision, years double precision) IS 'compound annual growth rate, a fraction: (last / first)^(1 / years) - 1';

CREATE FUNCTION cagr(first capacity_gwh, last capacity_gwh, years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'capacity_gwh_cagr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cagr(first capacity_gwh, last capacity_gwh, years double precision) IS 'compound annual growth rate, a fraction: (last / first)^(1 / years) - 1';

CREATE FUNCTION cagr(first cost_per_gwh, last cost_per_gwh, years double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'cost_per_gwh_cagr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cagr(first cost_per_gwh, last cost_per_gwh, years double precision) IS 'compound annual growth rate, a fraction: (last / first)^(1 / years) - 1';

