-- ---------------------------------------------------------------------
-- Aggregates
--
-- Every state is a flat varlena type of our own with text and binary form,
-- so that partial results are combined by parallel workers, shipped between
-- servers, and stored: x_partial(...) gives the state as a value, rollup()
-- merges such values, and functions read results from them.
-- ---------------------------------------------------------------------

CREATE TYPE quantity_sums;

CREATE FUNCTION quantity_sums_in(cstring) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_in(cstring) IS 'I/O';

CREATE FUNCTION quantity_sums_out(quantity_sums) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_out(quantity_sums) IS 'I/O';

CREATE FUNCTION quantity_sums_recv(internal) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_recv(internal) IS 'I/O';

CREATE FUNCTION quantity_sums_send(quantity_sums) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_send(quantity_sums) IS 'I/O';

CREATE TYPE quantity_sums (
	INPUT = quantity_sums_in,
	OUTPUT = quantity_sums_out,
	RECEIVE = quantity_sums_recv,
	SEND = quantity_sums_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = main
);
COMMENT ON TYPE quantity_sums IS 'exact sums of capacities, costs or investments; made by capacity_partial, cost_partial, weighted_cost_partial and marginal_cost_partial';

CREATE TYPE quantity_values;

CREATE FUNCTION quantity_values_in(cstring) RETURNS quantity_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_in(cstring) IS 'I/O';

CREATE FUNCTION quantity_values_out(quantity_values) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_out(quantity_values) IS 'I/O';

CREATE FUNCTION quantity_values_recv(internal) RETURNS quantity_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_recv(internal) IS 'I/O';

CREATE FUNCTION quantity_values_send(quantity_values) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_send(quantity_values) IS 'I/O';

CREATE TYPE quantity_values (
	INPUT = quantity_values_in,
	OUTPUT = quantity_values_out,
	RECEIVE = quantity_values_recv,
	SEND = quantity_values_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE quantity_values IS 'capacities or costs themselves, for a median; made by median_partial';

-- Partial results can be compared, so that DISTINCT, UNION and GROUP BY work.

CREATE FUNCTION quantity_sums_lt(quantity_sums, quantity_sums) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_lt(quantity_sums, quantity_sums) IS 'implementation of < operator';

CREATE FUNCTION quantity_sums_le(quantity_sums, quantity_sums) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_le(quantity_sums, quantity_sums) IS 'implementation of <= operator';

CREATE FUNCTION quantity_sums_eq(quantity_sums, quantity_sums) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_eq(quantity_sums, quantity_sums) IS 'implementation of = operator';

CREATE FUNCTION quantity_sums_ne(quantity_sums, quantity_sums) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_ne(quantity_sums, quantity_sums) IS 'implementation of <> operator';

CREATE FUNCTION quantity_sums_ge(quantity_sums, quantity_sums) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_ge(quantity_sums, quantity_sums) IS 'implementation of >= operator';

CREATE FUNCTION quantity_sums_gt(quantity_sums, quantity_sums) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_gt(quantity_sums, quantity_sums) IS 'implementation of > operator';

CREATE FUNCTION quantity_sums_cmp(quantity_sums, quantity_sums) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_cmp(quantity_sums, quantity_sums) IS 'less-equal-greater';

CREATE FUNCTION quantity_sums_hash(quantity_sums) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_hash(quantity_sums) IS 'hash';

CREATE FUNCTION quantity_sums_hash_extended(quantity_sums, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_hash_extended(quantity_sums, bigint) IS 'hash';

CREATE OPERATOR < (
	LEFTARG = quantity_sums, RIGHTARG = quantity_sums, FUNCTION = quantity_sums_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (quantity_sums, quantity_sums) IS 'less than';

CREATE OPERATOR <= (
	LEFTARG = quantity_sums, RIGHTARG = quantity_sums, FUNCTION = quantity_sums_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (quantity_sums, quantity_sums) IS 'less than or equal';

CREATE OPERATOR = (
	LEFTARG = quantity_sums, RIGHTARG = quantity_sums, FUNCTION = quantity_sums_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (quantity_sums, quantity_sums) IS 'equal';

CREATE OPERATOR <> (
	LEFTARG = quantity_sums, RIGHTARG = quantity_sums, FUNCTION = quantity_sums_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (quantity_sums, quantity_sums) IS 'not equal';

CREATE OPERATOR >= (
	LEFTARG = quantity_sums, RIGHTARG = quantity_sums, FUNCTION = quantity_sums_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (quantity_sums, quantity_sums) IS 'greater than or equal';

CREATE OPERATOR > (
	LEFTARG = quantity_sums, RIGHTARG = quantity_sums, FUNCTION = quantity_sums_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (quantity_sums, quantity_sums) IS 'greater than';

CREATE OPERATOR FAMILY quantity_sums_ops USING btree;
COMMENT ON OPERATOR FAMILY quantity_sums_ops USING btree IS 'ordering by kind, rows and sums';
CREATE OPERATOR CLASS quantity_sums_ops DEFAULT FOR TYPE quantity_sums USING btree FAMILY quantity_sums_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 quantity_sums_cmp(quantity_sums, quantity_sums);
COMMENT ON OPERATOR CLASS quantity_sums_ops USING btree IS 'ordering by kind, rows and sums';

CREATE OPERATOR FAMILY quantity_sums_ops USING hash;
COMMENT ON OPERATOR FAMILY quantity_sums_ops USING hash IS 'hashing of kind, rows and sums';
CREATE OPERATOR CLASS quantity_sums_ops DEFAULT FOR TYPE quantity_sums USING hash FAMILY quantity_sums_ops AS
	OPERATOR 1 =,
	FUNCTION 1 quantity_sums_hash(quantity_sums),
	FUNCTION 2 quantity_sums_hash_extended(quantity_sums, bigint);
COMMENT ON OPERATOR CLASS quantity_sums_ops USING hash IS 'hashing of kind, rows and sums';

CREATE FUNCTION quantity_values_lt(quantity_values, quantity_values) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_lt(quantity_values, quantity_values) IS 'implementation of < operator';

CREATE FUNCTION quantity_values_le(quantity_values, quantity_values) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_le(quantity_values, quantity_values) IS 'implementation of <= operator';

CREATE FUNCTION quantity_values_eq(quantity_values, quantity_values) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_eq(quantity_values, quantity_values) IS 'implementation of = operator';

CREATE FUNCTION quantity_values_ne(quantity_values, quantity_values) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_ne(quantity_values, quantity_values) IS 'implementation of <> operator';

CREATE FUNCTION quantity_values_ge(quantity_values, quantity_values) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_ge(quantity_values, quantity_values) IS 'implementation of >= operator';

CREATE FUNCTION quantity_values_gt(quantity_values, quantity_values) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_gt(quantity_values, quantity_values) IS 'implementation of > operator';

CREATE FUNCTION quantity_values_cmp(quantity_values, quantity_values) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_cmp(quantity_values, quantity_values) IS 'less-equal-greater';

CREATE FUNCTION quantity_values_hash(quantity_values) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_hash(quantity_values) IS 'hash';

CREATE FUNCTION quantity_values_hash_extended(quantity_values, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_hash_extended(quantity_values, bigint) IS 'hash';

CREATE OPERATOR < (
	LEFTARG = quantity_values, RIGHTARG = quantity_values, FUNCTION = quantity_values_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (quantity_values, quantity_values) IS 'less than';

CREATE OPERATOR <= (
	LEFTARG = quantity_values, RIGHTARG = quantity_values, FUNCTION = quantity_values_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (quantity_values, quantity_values) IS 'less than or equal';

CREATE OPERATOR = (
	LEFTARG = quantity_values, RIGHTARG = quantity_values, FUNCTION = quantity_values_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (quantity_values, quantity_values) IS 'equal';

CREATE OPERATOR <> (
	LEFTARG = quantity_values, RIGHTARG = quantity_values, FUNCTION = quantity_values_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (quantity_values, quantity_values) IS 'not equal';

CREATE OPERATOR >= (
	LEFTARG = quantity_values, RIGHTARG = quantity_values, FUNCTION = quantity_values_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (quantity_values, quantity_values) IS 'greater than or equal';

CREATE OPERATOR > (
	LEFTARG = quantity_values, RIGHTARG = quantity_values, FUNCTION = quantity_values_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (quantity_values, quantity_values) IS 'greater than';

CREATE OPERATOR FAMILY quantity_values_ops USING btree;
COMMENT ON OPERATOR FAMILY quantity_values_ops USING btree IS 'ordering by kind, number of values and values';
CREATE OPERATOR CLASS quantity_values_ops DEFAULT FOR TYPE quantity_values USING btree FAMILY quantity_values_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 quantity_values_cmp(quantity_values, quantity_values);
COMMENT ON OPERATOR CLASS quantity_values_ops USING btree IS 'ordering by kind, number of values and values';

CREATE OPERATOR FAMILY quantity_values_ops USING hash;
COMMENT ON OPERATOR FAMILY quantity_values_ops USING hash IS 'hashing of kind, number of values and values';
CREATE OPERATOR CLASS quantity_values_ops DEFAULT FOR TYPE quantity_values USING hash FAMILY quantity_values_ops AS
	OPERATOR 1 =,
	FUNCTION 1 quantity_values_hash(quantity_values),
	FUNCTION 2 quantity_values_hash_extended(quantity_values, bigint);
COMMENT ON OPERATOR CLASS quantity_values_ops USING hash IS 'hashing of kind, number of values and values';

CREATE FUNCTION capacity_gwh_accum(quantity_sums, capacity_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_accum(quantity_sums, capacity_gwh) IS 'aggregate transition function';

CREATE FUNCTION capacity_gwh_accum_inv(quantity_sums, capacity_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_accum_inv(quantity_sums, capacity_gwh) IS 'aggregate inverse transition function';

CREATE FUNCTION cost_per_gwh_accum(quantity_sums, cost_per_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_accum(quantity_sums, cost_per_gwh) IS 'aggregate transition function';

CREATE FUNCTION cost_per_gwh_accum_inv(quantity_sums, cost_per_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_accum_inv(quantity_sums, cost_per_gwh) IS 'aggregate inverse transition function';

CREATE FUNCTION weighted_cost_accum(quantity_sums, cost_per_gwh, capacity_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_cost_accum(quantity_sums, cost_per_gwh, capacity_gwh) IS 'aggregate transition function';

CREATE FUNCTION weighted_cost_accum_inv(quantity_sums, cost_per_gwh, capacity_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_cost_accum_inv(quantity_sums, cost_per_gwh, capacity_gwh) IS 'aggregate inverse transition function';

CREATE FUNCTION marginal_cost_accum(quantity_sums, numeric, capacity_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION marginal_cost_accum(quantity_sums, numeric, capacity_gwh) IS 'aggregate transition function';

CREATE FUNCTION marginal_cost_accum_inv(quantity_sums, numeric, capacity_gwh) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION marginal_cost_accum_inv(quantity_sums, numeric, capacity_gwh) IS 'aggregate inverse transition function';

CREATE FUNCTION quantity_sums_combine(quantity_sums, quantity_sums) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_combine(quantity_sums, quantity_sums) IS 'aggregate combine function';

CREATE FUNCTION quantity_sums_combine_inv(quantity_sums, quantity_sums) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_combine_inv(quantity_sums, quantity_sums) IS 'aggregate inverse transition function';

CREATE FUNCTION quantity_sums_final(quantity_sums) RETURNS quantity_sums
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_sums_final(quantity_sums) IS 'aggregate final function';

CREATE FUNCTION capacity_gwh_collect(quantity_values, capacity_gwh) RETURNS quantity_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_collect(quantity_values, capacity_gwh) IS 'aggregate transition function';

CREATE FUNCTION cost_per_gwh_collect(quantity_values, cost_per_gwh) RETURNS quantity_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_collect(quantity_values, cost_per_gwh) IS 'aggregate transition function';

CREATE FUNCTION quantity_values_combine(quantity_values, quantity_values) RETURNS quantity_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_combine(quantity_values, quantity_values) IS 'aggregate combine function';

CREATE FUNCTION quantity_values_final(quantity_values) RETURNS quantity_values
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantity_values_final(quantity_values) IS 'aggregate final function';

CREATE FUNCTION observations(quantity_sums) RETURNS bigint
	AS 'MODULE_PATHNAME', 'quantity_sums_observations' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION observations(quantity_sums) IS 'number of rows summed';

CREATE FUNCTION total_capacity(quantity_sums) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'quantity_sums_total_capacity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION total_capacity(quantity_sums) IS 'sum of the capacities';

CREATE FUNCTION average_capacity(quantity_sums) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'quantity_sums_average_capacity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION average_capacity(quantity_sums) IS 'mean of the capacities';

CREATE FUNCTION average_cost(quantity_sums) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'quantity_sums_average_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION average_cost(quantity_sums) IS 'unweighted mean of the costs';

CREATE FUNCTION weighted_cost(quantity_sums) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'quantity_sums_weighted_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_cost(quantity_sums) IS 'sum of cost * capacity by sum of capacity';

CREATE FUNCTION marginal_cost(quantity_sums) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'quantity_sums_marginal_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION marginal_cost(quantity_sums) IS 'sum of US dollars by sum of capacity';

CREATE FUNCTION observations(quantity_values) RETURNS bigint
	AS 'MODULE_PATHNAME', 'quantity_values_observations' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION observations(quantity_values) IS 'number of values';

CREATE FUNCTION median_capacity(quantity_values) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'quantity_values_median_capacity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION median_capacity(quantity_values) IS 'median of the capacities';

CREATE FUNCTION median_cost(quantity_values) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'quantity_values_median_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION median_cost(quantity_values) IS 'median of the costs';

CREATE FUNCTION capacity_gwh_larger(capacity_gwh, capacity_gwh) RETURNS capacity_gwh
	AS 'int8larger' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_larger(capacity_gwh, capacity_gwh) IS 'larger of two';

CREATE FUNCTION capacity_gwh_smaller(capacity_gwh, capacity_gwh) RETURNS capacity_gwh
	AS 'int8smaller' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_smaller(capacity_gwh, capacity_gwh) IS 'smaller of two';

CREATE FUNCTION cost_per_gwh_larger(cost_per_gwh, cost_per_gwh) RETURNS cost_per_gwh
	AS 'int8larger' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_larger(cost_per_gwh, cost_per_gwh) IS 'larger of two';

CREATE FUNCTION cost_per_gwh_smaller(cost_per_gwh, cost_per_gwh) RETURNS cost_per_gwh
	AS 'int8smaller' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_smaller(cost_per_gwh, cost_per_gwh) IS 'smaller of two';

CREATE AGGREGATE sum(capacity_gwh) (
	SFUNC = capacity_gwh_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = total_capacity,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = capacity_gwh_accum,
	MINVFUNC = capacity_gwh_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = total_capacity,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sum(capacity_gwh) IS 'sum of capacities, exact';

CREATE AGGREGATE avg(capacity_gwh) (
	SFUNC = capacity_gwh_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = average_capacity,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = capacity_gwh_accum,
	MINVFUNC = capacity_gwh_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = average_capacity,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE avg(capacity_gwh) IS 'mean of capacities, exact, rounded half away from zero to 10^-12 GWh';

CREATE AGGREGATE avg(cost_per_gwh) (
	SFUNC = cost_per_gwh_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = average_cost,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = cost_per_gwh_accum,
	MINVFUNC = cost_per_gwh_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = average_cost,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE avg(cost_per_gwh) IS 'unweighted mean of costs, exact, rounded half away from zero to 10^-9 US$/kWh; weighted_cost weights by capacity';

CREATE AGGREGATE weighted_cost(cost cost_per_gwh, capacity capacity_gwh) (
	SFUNC = weighted_cost_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = weighted_cost,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = weighted_cost_accum,
	MINVFUNC = weighted_cost_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = weighted_cost,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_cost(cost cost_per_gwh, capacity capacity_gwh) IS 'cost weighted by capacity: sum of cost * capacity by sum of capacity';

CREATE AGGREGATE marginal_cost(investment numeric, capacity capacity_gwh) (
	SFUNC = marginal_cost_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = marginal_cost,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = marginal_cost_accum,
	MINVFUNC = marginal_cost_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = marginal_cost,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE marginal_cost(investment numeric, capacity capacity_gwh) IS 'US dollars by capacity: sum of investment by sum of capacity';

CREATE AGGREGATE capacity_partial(capacity_gwh) (
	SFUNC = capacity_gwh_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = quantity_sums_final,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = capacity_gwh_accum,
	MINVFUNC = capacity_gwh_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = quantity_sums_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE capacity_partial(capacity_gwh) IS 'state of sum and avg of capacities, for rollup';

CREATE AGGREGATE cost_partial(cost_per_gwh) (
	SFUNC = cost_per_gwh_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = quantity_sums_final,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = cost_per_gwh_accum,
	MINVFUNC = cost_per_gwh_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = quantity_sums_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE cost_partial(cost_per_gwh) IS 'state of avg of costs, for rollup';

CREATE AGGREGATE weighted_cost_partial(cost cost_per_gwh, capacity capacity_gwh) (
	SFUNC = weighted_cost_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = quantity_sums_final,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = weighted_cost_accum,
	MINVFUNC = weighted_cost_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = quantity_sums_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_cost_partial(cost cost_per_gwh, capacity capacity_gwh) IS 'state of weighted_cost, for rollup';

CREATE AGGREGATE marginal_cost_partial(investment numeric, capacity capacity_gwh) (
	SFUNC = marginal_cost_accum,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = quantity_sums_final,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = marginal_cost_accum,
	MINVFUNC = marginal_cost_accum_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = quantity_sums_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE marginal_cost_partial(investment numeric, capacity capacity_gwh) IS 'state of marginal_cost, for rollup';

CREATE AGGREGATE rollup(quantity_sums) (
	SFUNC = quantity_sums_combine,
	STYPE = quantity_sums,
	SSPACE = 56,
	FINALFUNC = quantity_sums_final,
	COMBINEFUNC = quantity_sums_combine,
	MSFUNC = quantity_sums_combine,
	MINVFUNC = quantity_sums_combine_inv,
	MSTYPE = quantity_sums,
	MSSPACE = 56,
	MFINALFUNC = quantity_sums_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(quantity_sums) IS 'merge of partial sums';

CREATE AGGREGATE median(capacity_gwh) (
	SFUNC = capacity_gwh_collect,
	STYPE = quantity_values,
	FINALFUNC = median_capacity,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median(capacity_gwh) IS 'median of capacities; of an even number the mean of the middle two, rounded half away from zero';

CREATE AGGREGATE median(cost_per_gwh) (
	SFUNC = cost_per_gwh_collect,
	STYPE = quantity_values,
	FINALFUNC = median_cost,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median(cost_per_gwh) IS 'median of costs; of an even number the mean of the middle two, rounded half away from zero';

CREATE AGGREGATE median_partial(capacity_gwh) (
	SFUNC = capacity_gwh_collect,
	STYPE = quantity_values,
	FINALFUNC = quantity_values_final,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median_partial(capacity_gwh) IS 'state of the median of capacities, for rollup';

CREATE AGGREGATE median_partial(cost_per_gwh) (
	SFUNC = cost_per_gwh_collect,
	STYPE = quantity_values,
	FINALFUNC = quantity_values_final,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE median_partial(cost_per_gwh) IS 'state of the median of costs, for rollup';

CREATE AGGREGATE rollup(quantity_values) (
	SFUNC = quantity_values_combine,
	STYPE = quantity_values,
	FINALFUNC = quantity_values_final,
	COMBINEFUNC = quantity_values_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(quantity_values) IS 'merge of partial medians';

CREATE AGGREGATE max(capacity_gwh) (
	SFUNC = capacity_gwh_larger,
	STYPE = capacity_gwh,
	COMBINEFUNC = capacity_gwh_larger,
	SORTOP = >,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(capacity_gwh) IS 'largest capacity';

CREATE AGGREGATE min(capacity_gwh) (
	SFUNC = capacity_gwh_smaller,
	STYPE = capacity_gwh,
	COMBINEFUNC = capacity_gwh_smaller,
	SORTOP = <,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(capacity_gwh) IS 'smallest capacity';

CREATE AGGREGATE max(cost_per_gwh) (
	SFUNC = cost_per_gwh_larger,
	STYPE = cost_per_gwh,
	COMBINEFUNC = cost_per_gwh_larger,
	SORTOP = >,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(cost_per_gwh) IS 'largest cost';

CREATE AGGREGATE min(cost_per_gwh) (
	SFUNC = cost_per_gwh_smaller,
	STYPE = cost_per_gwh,
	COMBINEFUNC = cost_per_gwh_smaller,
	SORTOP = <,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(cost_per_gwh) IS 'smallest cost';

