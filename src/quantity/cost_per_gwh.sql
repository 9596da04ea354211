-- ---------------------------------------------------------------------
-- cost_per_gwh: cost per unit of capacity
-- ---------------------------------------------------------------------

CREATE TYPE cost_per_gwh;

CREATE FUNCTION cost_per_gwh_in(cstring) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_in(cstring) IS 'I/O';

CREATE FUNCTION cost_per_gwh_out(cost_per_gwh) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_out(cost_per_gwh) IS 'I/O';

-- Every int64 is a valid value, so core's functions check all there is to check.
CREATE FUNCTION cost_per_gwh_recv(internal) RETURNS cost_per_gwh
	AS 'int8recv' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_recv(internal) IS 'I/O';

CREATE FUNCTION cost_per_gwh_send(cost_per_gwh) RETURNS bytea
	AS 'int8send' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_send(cost_per_gwh) IS 'I/O';

CREATE TYPE cost_per_gwh (
	INPUT = cost_per_gwh_in,
	OUTPUT = cost_per_gwh_out,
	RECEIVE = cost_per_gwh_recv,
	SEND = cost_per_gwh_send,
	LIKE = int8,
	CATEGORY = 'N',
	PREFERRED = false
);
COMMENT ON TYPE cost_per_gwh IS 'cost per unit of capacity: exact decimal US$ million/GWh (the same number as US$/kWh), stored in 10^-9 US$/kWh';

-- Comparison: core's int8 functions under this type's signature.

CREATE FUNCTION cost_per_gwh_lt(cost_per_gwh, cost_per_gwh) RETURNS boolean
	AS 'int8lt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_lt(cost_per_gwh, cost_per_gwh) IS 'implementation of < operator';

CREATE FUNCTION cost_per_gwh_le(cost_per_gwh, cost_per_gwh) RETURNS boolean
	AS 'int8le' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_le(cost_per_gwh, cost_per_gwh) IS 'implementation of <= operator';

CREATE FUNCTION cost_per_gwh_eq(cost_per_gwh, cost_per_gwh) RETURNS boolean
	AS 'int8eq' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_eq(cost_per_gwh, cost_per_gwh) IS 'implementation of = operator';

CREATE FUNCTION cost_per_gwh_ne(cost_per_gwh, cost_per_gwh) RETURNS boolean
	AS 'int8ne' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_ne(cost_per_gwh, cost_per_gwh) IS 'implementation of <> operator';

CREATE FUNCTION cost_per_gwh_ge(cost_per_gwh, cost_per_gwh) RETURNS boolean
	AS 'int8ge' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_ge(cost_per_gwh, cost_per_gwh) IS 'implementation of >= operator';

CREATE FUNCTION cost_per_gwh_gt(cost_per_gwh, cost_per_gwh) RETURNS boolean
	AS 'int8gt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_gt(cost_per_gwh, cost_per_gwh) IS 'implementation of > operator';

CREATE FUNCTION cost_per_gwh_cmp(cost_per_gwh, cost_per_gwh) RETURNS integer
	AS 'btint8cmp' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_cmp(cost_per_gwh, cost_per_gwh) IS 'less-equal-greater';

CREATE FUNCTION cost_per_gwh_hash(cost_per_gwh) RETURNS integer
	AS 'hashint8' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_hash(cost_per_gwh) IS 'hash';

CREATE FUNCTION cost_per_gwh_hash_extended(cost_per_gwh, bigint) RETURNS bigint
	AS 'hashint8extended' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_hash_extended(cost_per_gwh, bigint) IS 'hash';

CREATE FUNCTION cost_per_gwh_in_range(value cost_per_gwh, base cost_per_gwh, distance cost_per_gwh, sub boolean, less boolean)
	RETURNS boolean
	AS 'in_range_int8_int8' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_in_range(cost_per_gwh, cost_per_gwh, cost_per_gwh, boolean, boolean)
	IS 'window RANGE support';

CREATE OPERATOR < (
	LEFTARG = cost_per_gwh, RIGHTARG = cost_per_gwh, FUNCTION = cost_per_gwh_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (cost_per_gwh, cost_per_gwh) IS 'less than';

CREATE OPERATOR <= (
	LEFTARG = cost_per_gwh, RIGHTARG = cost_per_gwh, FUNCTION = cost_per_gwh_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (cost_per_gwh, cost_per_gwh) IS 'less than or equal';

CREATE OPERATOR = (
	LEFTARG = cost_per_gwh, RIGHTARG = cost_per_gwh, FUNCTION = cost_per_gwh_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (cost_per_gwh, cost_per_gwh) IS 'equal';

CREATE OPERATOR <> (
	LEFTARG = cost_per_gwh, RIGHTARG = cost_per_gwh, FUNCTION = cost_per_gwh_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (cost_per_gwh, cost_per_gwh) IS 'not equal';

CREATE OPERATOR >= (
	LEFTARG = cost_per_gwh, RIGHTARG = cost_per_gwh, FUNCTION = cost_per_gwh_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (cost_per_gwh, cost_per_gwh) IS 'greater than or equal';

CREATE OPERATOR > (
	LEFTARG = cost_per_gwh, RIGHTARG = cost_per_gwh, FUNCTION = cost_per_gwh_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (cost_per_gwh, cost_per_gwh) IS 'greater than';

CREATE OPERATOR FAMILY cost_per_gwh_ops USING btree;
COMMENT ON OPERATOR FAMILY cost_per_gwh_ops USING btree IS 'ordering of cost_per_gwh';
CREATE OPERATOR CLASS cost_per_gwh_ops DEFAULT FOR TYPE cost_per_gwh USING btree FAMILY cost_per_gwh_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 cost_per_gwh_cmp(cost_per_gwh, cost_per_gwh),
	FUNCTION 2 btint8sortsupport(internal),
	FUNCTION 3 cost_per_gwh_in_range(cost_per_gwh, cost_per_gwh, cost_per_gwh, boolean, boolean),
	FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS cost_per_gwh_ops USING btree IS 'ordering of cost_per_gwh';

CREATE OPERATOR FAMILY cost_per_gwh_ops USING hash;
COMMENT ON OPERATOR FAMILY cost_per_gwh_ops USING hash IS 'hashing of cost_per_gwh';
CREATE OPERATOR CLASS cost_per_gwh_ops DEFAULT FOR TYPE cost_per_gwh USING hash FAMILY cost_per_gwh_ops AS
	OPERATOR 1 =,
	FUNCTION 1 cost_per_gwh_hash(cost_per_gwh),
	FUNCTION 2 cost_per_gwh_hash_extended(cost_per_gwh, bigint);
COMMENT ON OPERATOR CLASS cost_per_gwh_ops USING hash IS 'hashing of cost_per_gwh';

CREATE OPERATOR FAMILY cost_per_gwh_minmax_ops USING brin;
COMMENT ON OPERATOR FAMILY cost_per_gwh_minmax_ops USING brin IS 'block ranges of cost_per_gwh: one minimum and maximum';
CREATE OPERATOR CLASS cost_per_gwh_minmax_ops DEFAULT FOR TYPE cost_per_gwh USING brin FAMILY cost_per_gwh_minmax_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 brin_minmax_opcinfo(internal),
	FUNCTION 2 brin_minmax_add_value(internal, internal, internal, internal),
	FUNCTION 3 brin_minmax_consistent(internal, internal, internal),
	FUNCTION 4 brin_minmax_union(internal, internal, internal);
COMMENT ON OPERATOR CLASS cost_per_gwh_minmax_ops USING brin IS 'block ranges of cost_per_gwh: one minimum and maximum';

CREATE OPERATOR FAMILY cost_per_gwh_minmax_multi_ops USING brin;
COMMENT ON OPERATOR FAMILY cost_per_gwh_minmax_multi_ops USING brin IS 'block ranges of cost_per_gwh: several minima and maxima';
CREATE OPERATOR CLASS cost_per_gwh_minmax_multi_ops FOR TYPE cost_per_gwh USING brin FAMILY cost_per_gwh_minmax_multi_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 brin_minmax_multi_opcinfo(internal),
	FUNCTION 2 brin_minmax_multi_add_value(internal, internal, internal, internal),
	FUNCTION 3 brin_minmax_multi_consistent(internal, internal, internal, integer),
	FUNCTION 4 brin_minmax_multi_union(internal, internal, internal),
	FUNCTION 5 brin_minmax_multi_options(internal),
	FUNCTION 11 brin_minmax_multi_distance_int8(internal, internal);
COMMENT ON OPERATOR CLASS cost_per_gwh_minmax_multi_ops USING brin IS 'block ranges of cost_per_gwh: several minima and maxima';

CREATE OPERATOR FAMILY cost_per_gwh_bloom_ops USING brin;
COMMENT ON OPERATOR FAMILY cost_per_gwh_bloom_ops USING brin IS 'block ranges of cost_per_gwh: Bloom filters';
CREATE OPERATOR CLASS cost_per_gwh_bloom_ops FOR TYPE cost_per_gwh USING brin FAMILY cost_per_gwh_bloom_ops AS
	OPERATOR 1 =,
	FUNCTION 1 brin_bloom_opcinfo(internal),
	FUNCTION 2 brin_bloom_add_value(internal, internal, internal, internal),
	FUNCTION 3 brin_bloom_consistent(internal, internal, internal, integer),
	FUNCTION 4 brin_bloom_union(internal, internal, internal),
	FUNCTION 5 brin_bloom_options(internal),
	FUNCTION 11 cost_per_gwh_hash(cost_per_gwh);
COMMENT ON OPERATOR CLASS cost_per_gwh_bloom_ops USING brin IS 'block ranges of cost_per_gwh: Bloom filters';

-- Casts.  Numbers become a cost_per_gwh wherever one is wanted (implicit); the other
-- way is never silent, except on assignment to a column that keeps the
-- decimals.  One cast each way is what keeps numbers beside quantities
-- unambiguous; test/core_expressions.sh shows that core SQL is unharmed.

CREATE FUNCTION cost_per_gwh(smallint) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'cost_per_gwh_from_int2' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh(smallint) IS 'a number of US$ million/GWh as cost_per_gwh';
CREATE CAST (smallint AS cost_per_gwh) WITH FUNCTION cost_per_gwh(smallint) AS IMPLICIT;
COMMENT ON CAST (smallint AS cost_per_gwh) IS 'a number of US$ million/GWh as cost_per_gwh';

CREATE FUNCTION cost_per_gwh(integer) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'cost_per_gwh_from_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh(integer) IS 'a number of US$ million/GWh as cost_per_gwh';
CREATE CAST (integer AS cost_per_gwh) WITH FUNCTION cost_per_gwh(integer) AS IMPLICIT;
COMMENT ON CAST (integer AS cost_per_gwh) IS 'a number of US$ million/GWh as cost_per_gwh';

CREATE FUNCTION cost_per_gwh(bigint) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'cost_per_gwh_from_int8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh(bigint) IS 'a number of US$ million/GWh as cost_per_gwh';
CREATE CAST (bigint AS cost_per_gwh) WITH FUNCTION cost_per_gwh(bigint) AS IMPLICIT;
COMMENT ON CAST (bigint AS cost_per_gwh) IS 'a number of US$ million/GWh as cost_per_gwh';

CREATE FUNCTION cost_per_gwh(numeric) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'cost_per_gwh_from_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh(numeric) IS 'a number of US$ million/GWh as cost_per_gwh';
CREATE CAST (numeric AS cost_per_gwh) WITH FUNCTION cost_per_gwh(numeric) AS IMPLICIT;
COMMENT ON CAST (numeric AS cost_per_gwh) IS 'a number of US$ million/GWh as cost_per_gwh';

CREATE FUNCTION cost_per_gwh(real) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'cost_per_gwh_from_float4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh(real) IS 'a number of US$ million/GWh, read as its shortest decimal as cost_per_gwh';
CREATE CAST (real AS cost_per_gwh) WITH FUNCTION cost_per_gwh(real) AS IMPLICIT;
COMMENT ON CAST (real AS cost_per_gwh) IS 'a number of US$ million/GWh, read as its shortest decimal as cost_per_gwh';

CREATE FUNCTION cost_per_gwh(double precision) RETURNS cost_per_gwh
	AS 'MODULE_PATHNAME', 'cost_per_gwh_from_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh(double precision) IS 'a number of US$ million/GWh, read as its shortest decimal as cost_per_gwh';
CREATE CAST (double precision AS cost_per_gwh) WITH FUNCTION cost_per_gwh(double precision) AS IMPLICIT;
COMMENT ON CAST (double precision AS cost_per_gwh) IS 'a number of US$ million/GWh, read as its shortest decimal as cost_per_gwh';

CREATE FUNCTION cost_per_gwh_to_int2(cost_per_gwh) RETURNS smallint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_to_int2(cost_per_gwh) IS 'number of US$ million/GWh, rounded half away from zero';
CREATE CAST (cost_per_gwh AS smallint) WITH FUNCTION cost_per_gwh_to_int2(cost_per_gwh);
COMMENT ON CAST (cost_per_gwh AS smallint) IS 'number of US$ million/GWh, rounded half away from zero';

CREATE FUNCTION cost_per_gwh_to_int4(cost_per_gwh) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_to_int4(cost_per_gwh) IS 'number of US$ million/GWh, rounded half away from zero';
CREATE CAST (cost_per_gwh AS integer) WITH FUNCTION cost_per_gwh_to_int4(cost_per_gwh);
COMMENT ON CAST (cost_per_gwh AS integer) IS 'number of US$ million/GWh, rounded half away from zero';

CREATE FUNCTION cost_per_gwh_to_int8(cost_per_gwh) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_to_int8(cost_per_gwh) IS 'number of US$ million/GWh, rounded half away from zero';
CREATE CAST (cost_per_gwh AS bigint) WITH FUNCTION cost_per_gwh_to_int8(cost_per_gwh);
COMMENT ON CAST (cost_per_gwh AS bigint) IS 'number of US$ million/GWh, rounded half away from zero';

CREATE FUNCTION cost_per_gwh_to_numeric(cost_per_gwh) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_to_numeric(cost_per_gwh) IS 'number of US$ million/GWh, exact';
CREATE CAST (cost_per_gwh AS numeric) WITH FUNCTION cost_per_gwh_to_numeric(cost_per_gwh) AS ASSIGNMENT;
COMMENT ON CAST (cost_per_gwh AS numeric) IS 'number of US$ million/GWh, exact';

CREATE FUNCTION cost_per_gwh_to_float4(cost_per_gwh) RETURNS real
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_to_float4(cost_per_gwh) IS 'number of US$ million/GWh, the nearest';
CREATE CAST (cost_per_gwh AS real) WITH FUNCTION cost_per_gwh_to_float4(cost_per_gwh);
COMMENT ON CAST (cost_per_gwh AS real) IS 'number of US$ million/GWh, the nearest';

CREATE FUNCTION cost_per_gwh_to_float8(cost_per_gwh) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_to_float8(cost_per_gwh) IS 'number of US$ million/GWh, the nearest';
CREATE CAST (cost_per_gwh AS double precision) WITH FUNCTION cost_per_gwh_to_float8(cost_per_gwh) AS ASSIGNMENT;
COMMENT ON CAST (cost_per_gwh AS double precision) IS 'number of US$ million/GWh, the nearest';

CREATE FUNCTION cost_per_gwh_to_json(cost_per_gwh) RETURNS json
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_to_json(cost_per_gwh) IS 'number of US$ million/GWh, a JSON number';
CREATE CAST (cost_per_gwh AS json) WITH FUNCTION cost_per_gwh_to_json(cost_per_gwh);
COMMENT ON CAST (cost_per_gwh AS json) IS 'number of US$ million/GWh, a JSON number';

CREATE FUNCTION cost_per_gwh_to_jsonb(cost_per_gwh) RETURNS jsonb
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cost_per_gwh_to_jsonb(cost_per_gwh) IS 'number of US$ million/GWh, a JSON number';
CREATE CAST (cost_per_gwh AS jsonb) WITH FUNCTION cost_per_gwh_to_jsonb(cost_per_gwh);
COMMENT ON CAST (cost_per_gwh AS jsonb) IS 'number of US$ million/GWh, a JSON number';

