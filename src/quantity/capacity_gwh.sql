-- ---------------------------------------------------------------------
-- capacity_gwh: energy capacity
-- ---------------------------------------------------------------------

CREATE TYPE capacity_gwh;

CREATE FUNCTION capacity_gwh_in(cstring) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_in(cstring) IS 'I/O';

CREATE FUNCTION capacity_gwh_out(capacity_gwh) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_out(capacity_gwh) IS 'I/O';

-- Every int64 is a valid value, so core's functions check all there is to check.
CREATE FUNCTION capacity_gwh_recv(internal) RETURNS capacity_gwh
	AS 'int8recv' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_recv(internal) IS 'I/O';

CREATE FUNCTION capacity_gwh_send(capacity_gwh) RETURNS bytea
	AS 'int8send' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_send(capacity_gwh) IS 'I/O';

CREATE TYPE capacity_gwh (
	INPUT = capacity_gwh_in,
	OUTPUT = capacity_gwh_out,
	RECEIVE = capacity_gwh_recv,
	SEND = capacity_gwh_send,
	LIKE = int8,
	CATEGORY = 'N',
	PREFERRED = false
);
COMMENT ON TYPE capacity_gwh IS 'energy capacity: exact decimal GWh, stored in milliwatt-hours; text may name Wh, kWh, MWh, GWh, TWh or PWh';

-- Comparison: core's int8 functions under this type's signature.

CREATE FUNCTION capacity_gwh_lt(capacity_gwh, capacity_gwh) RETURNS boolean
	AS 'int8lt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_lt(capacity_gwh, capacity_gwh) IS 'implementation of < operator';

CREATE FUNCTION capacity_gwh_le(capacity_gwh, capacity_gwh) RETURNS boolean
	AS 'int8le' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_le(capacity_gwh, capacity_gwh) IS 'implementation of <= operator';

CREATE FUNCTION capacity_gwh_eq(capacity_gwh, capacity_gwh) RETURNS boolean
	AS 'int8eq' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_eq(capacity_gwh, capacity_gwh) IS 'implementation of = operator';

CREATE FUNCTION capacity_gwh_ne(capacity_gwh, capacity_gwh) RETURNS boolean
	AS 'int8ne' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_ne(capacity_gwh, capacity_gwh) IS 'implementation of <> operator';

CREATE FUNCTION capacity_gwh_ge(capacity_gwh, capacity_gwh) RETURNS boolean
	AS 'int8ge' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_ge(capacity_gwh, capacity_gwh) IS 'implementation of >= operator';

CREATE FUNCTION capacity_gwh_gt(capacity_gwh, capacity_gwh) RETURNS boolean
	AS 'int8gt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_gt(capacity_gwh, capacity_gwh) IS 'implementation of > operator';

CREATE FUNCTION capacity_gwh_cmp(capacity_gwh, capacity_gwh) RETURNS integer
	AS 'btint8cmp' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_cmp(capacity_gwh, capacity_gwh) IS 'less-equal-greater';

CREATE FUNCTION capacity_gwh_hash(capacity_gwh) RETURNS integer
	AS 'hashint8' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_hash(capacity_gwh) IS 'hash';

CREATE FUNCTION capacity_gwh_hash_extended(capacity_gwh, bigint) RETURNS bigint
	AS 'hashint8extended' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_hash_extended(capacity_gwh, bigint) IS 'hash';

CREATE FUNCTION capacity_gwh_in_range(value capacity_gwh, base capacity_gwh, distance capacity_gwh, sub boolean, less boolean)
	RETURNS boolean
	AS 'in_range_int8_int8' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_in_range(capacity_gwh, capacity_gwh, capacity_gwh, boolean, boolean)
	IS 'window RANGE support';

CREATE OPERATOR < (
	LEFTARG = capacity_gwh, RIGHTARG = capacity_gwh, FUNCTION = capacity_gwh_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (capacity_gwh, capacity_gwh) IS 'less than';

CREATE OPERATOR <= (
	LEFTARG = capacity_gwh, RIGHTARG = capacity_gwh, FUNCTION = capacity_gwh_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (capacity_gwh, capacity_gwh) IS 'less than or equal';

CREATE OPERATOR = (
	LEFTARG = capacity_gwh, RIGHTARG = capacity_gwh, FUNCTION = capacity_gwh_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (capacity_gwh, capacity_gwh) IS 'equal';

CREATE OPERATOR <> (
	LEFTARG = capacity_gwh, RIGHTARG = capacity_gwh, FUNCTION = capacity_gwh_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (capacity_gwh, capacity_gwh) IS 'not equal';

CREATE OPERATOR >= (
	LEFTARG = capacity_gwh, RIGHTARG = capacity_gwh, FUNCTION = capacity_gwh_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (capacity_gwh, capacity_gwh) IS 'greater than or equal';

CREATE OPERATOR > (
	LEFTARG = capacity_gwh, RIGHTARG = capacity_gwh, FUNCTION = capacity_gwh_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (capacity_gwh, capacity_gwh) IS 'greater than';

CREATE OPERATOR FAMILY capacity_gwh_ops USING btree;
COMMENT ON OPERATOR FAMILY capacity_gwh_ops USING btree IS 'ordering of capacity_gwh';
CREATE OPERATOR CLASS capacity_gwh_ops DEFAULT FOR TYPE capacity_gwh USING btree FAMILY capacity_gwh_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 capacity_gwh_cmp(capacity_gwh, capacity_gwh),
	FUNCTION 2 btint8sortsupport(internal),
	FUNCTION 3 capacity_gwh_in_range(capacity_gwh, capacity_gwh, capacity_gwh, boolean, boolean),
	FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS capacity_gwh_ops USING btree IS 'ordering of capacity_gwh';

CREATE OPERATOR FAMILY capacity_gwh_ops USING hash;
COMMENT ON OPERATOR FAMILY capacity_gwh_ops USING hash IS 'hashing of capacity_gwh';
CREATE OPERATOR CLASS capacity_gwh_ops DEFAULT FOR TYPE capacity_gwh USING hash FAMILY capacity_gwh_ops AS
	OPERATOR 1 =,
	FUNCTION 1 capacity_gwh_hash(capacity_gwh),
	FUNCTION 2 capacity_gwh_hash_extended(capacity_gwh, bigint);
COMMENT ON OPERATOR CLASS capacity_gwh_ops USING hash IS 'hashing of capacity_gwh';

CREATE OPERATOR FAMILY capacity_gwh_minmax_ops USING brin;
COMMENT ON OPERATOR FAMILY capacity_gwh_minmax_ops USING brin IS 'block ranges of capacity_gwh: one minimum and maximum';
CREATE OPERATOR CLASS capacity_gwh_minmax_ops DEFAULT FOR TYPE capacity_gwh USING brin FAMILY capacity_gwh_minmax_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 brin_minmax_opcinfo(internal),
	FUNCTION 2 brin_minmax_add_value(internal, internal, internal, internal),
	FUNCTION 3 brin_minmax_consistent(internal, internal, internal),
	FUNCTION 4 brin_minmax_union(internal, internal, internal);
COMMENT ON OPERATOR CLASS capacity_gwh_minmax_ops USING brin IS 'block ranges of capacity_gwh: one minimum and maximum';

CREATE OPERATOR FAMILY capacity_gwh_minmax_multi_ops USING brin;
COMMENT ON OPERATOR FAMILY capacity_gwh_minmax_multi_ops USING brin IS 'block ranges of capacity_gwh: several minima and maxima';
CREATE OPERATOR CLASS capacity_gwh_minmax_multi_ops FOR TYPE capacity_gwh USING brin FAMILY capacity_gwh_minmax_multi_ops AS
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
COMMENT ON OPERATOR CLASS capacity_gwh_minmax_multi_ops USING brin IS 'block ranges of capacity_gwh: several minima and maxima';

CREATE OPERATOR FAMILY capacity_gwh_bloom_ops USING brin;
COMMENT ON OPERATOR FAMILY capacity_gwh_bloom_ops USING brin IS 'block ranges of capacity_gwh: Bloom filters';
CREATE OPERATOR CLASS capacity_gwh_bloom_ops FOR TYPE capacity_gwh USING brin FAMILY capacity_gwh_bloom_ops AS
	OPERATOR 1 =,
	FUNCTION 1 brin_bloom_opcinfo(internal),
	FUNCTION 2 brin_bloom_add_value(internal, internal, internal, internal),
	FUNCTION 3 brin_bloom_consistent(internal, internal, internal, integer),
	FUNCTION 4 brin_bloom_union(internal, internal, internal),
	FUNCTION 5 brin_bloom_options(internal),
	FUNCTION 11 capacity_gwh_hash(capacity_gwh);
COMMENT ON OPERATOR CLASS capacity_gwh_bloom_ops USING brin IS 'block ranges of capacity_gwh: Bloom filters';

-- Casts.  Numbers become a capacity_gwh wherever one is wanted (implicit); the other
-- way is never silent, except on assignment to a column that keeps the
-- decimals.  One cast each way is what keeps numbers beside quantities
-- unambiguous; test/core_expressions.sh shows that core SQL is unharmed.

CREATE FUNCTION capacity_gwh(smallint) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'capacity_gwh_from_int2' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh(smallint) IS 'a number of GWh as capacity_gwh';
CREATE CAST (smallint AS capacity_gwh) WITH FUNCTION capacity_gwh(smallint) AS IMPLICIT;
COMMENT ON CAST (smallint AS capacity_gwh) IS 'a number of GWh as capacity_gwh';

CREATE FUNCTION capacity_gwh(integer) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'capacity_gwh_from_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh(integer) IS 'a number of GWh as capacity_gwh';
CREATE CAST (integer AS capacity_gwh) WITH FUNCTION capacity_gwh(integer) AS IMPLICIT;
COMMENT ON CAST (integer AS capacity_gwh) IS 'a number of GWh as capacity_gwh';

CREATE FUNCTION capacity_gwh(bigint) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'capacity_gwh_from_int8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh(bigint) IS 'a number of GWh as capacity_gwh';
CREATE CAST (bigint AS capacity_gwh) WITH FUNCTION capacity_gwh(bigint) AS IMPLICIT;
COMMENT ON CAST (bigint AS capacity_gwh) IS 'a number of GWh as capacity_gwh';

CREATE FUNCTION capacity_gwh(numeric) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'capacity_gwh_from_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh(numeric) IS 'a number of GWh as capacity_gwh';
CREATE CAST (numeric AS capacity_gwh) WITH FUNCTION capacity_gwh(numeric) AS IMPLICIT;
COMMENT ON CAST (numeric AS capacity_gwh) IS 'a number of GWh as capacity_gwh';

CREATE FUNCTION capacity_gwh(real) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'capacity_gwh_from_float4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh(real) IS 'a number of GWh, read as its shortest decimal as capacity_gwh';
CREATE CAST (real AS capacity_gwh) WITH FUNCTION capacity_gwh(real) AS IMPLICIT;
COMMENT ON CAST (real AS capacity_gwh) IS 'a number of GWh, read as its shortest decimal as capacity_gwh';

CREATE FUNCTION capacity_gwh(double precision) RETURNS capacity_gwh
	AS 'MODULE_PATHNAME', 'capacity_gwh_from_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh(double precision) IS 'a number of GWh, read as its shortest decimal as capacity_gwh';
CREATE CAST (double precision AS capacity_gwh) WITH FUNCTION capacity_gwh(double precision) AS IMPLICIT;
COMMENT ON CAST (double precision AS capacity_gwh) IS 'a number of GWh, read as its shortest decimal as capacity_gwh';

CREATE FUNCTION capacity_gwh_to_int2(capacity_gwh) RETURNS smallint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_to_int2(capacity_gwh) IS 'number of GWh, rounded half away from zero';
CREATE CAST (capacity_gwh AS smallint) WITH FUNCTION capacity_gwh_to_int2(capacity_gwh);
COMMENT ON CAST (capacity_gwh AS smallint) IS 'number of GWh, rounded half away from zero';

CREATE FUNCTION capacity_gwh_to_int4(capacity_gwh) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_to_int4(capacity_gwh) IS 'number of GWh, rounded half away from zero';
CREATE CAST (capacity_gwh AS integer) WITH FUNCTION capacity_gwh_to_int4(capacity_gwh);
COMMENT ON CAST (capacity_gwh AS integer) IS 'number of GWh, rounded half away from zero';

CREATE FUNCTION capacity_gwh_to_int8(capacity_gwh) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_to_int8(capacity_gwh) IS 'number of GWh, rounded half away from zero';
CREATE CAST (capacity_gwh AS bigint) WITH FUNCTION capacity_gwh_to_int8(capacity_gwh);
COMMENT ON CAST (capacity_gwh AS bigint) IS 'number of GWh, rounded half away from zero';

CREATE FUNCTION capacity_gwh_to_numeric(capacity_gwh) RETURNS numeric
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_to_numeric(capacity_gwh) IS 'number of GWh, exact';
CREATE CAST (capacity_gwh AS numeric) WITH FUNCTION capacity_gwh_to_numeric(capacity_gwh) AS ASSIGNMENT;
COMMENT ON CAST (capacity_gwh AS numeric) IS 'number of GWh, exact';

CREATE FUNCTION capacity_gwh_to_float4(capacity_gwh) RETURNS real
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_to_float4(capacity_gwh) IS 'number of GWh, the nearest';
CREATE CAST (capacity_gwh AS real) WITH FUNCTION capacity_gwh_to_float4(capacity_gwh);
COMMENT ON CAST (capacity_gwh AS real) IS 'number of GWh, the nearest';

CREATE FUNCTION capacity_gwh_to_float8(capacity_gwh) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_to_float8(capacity_gwh) IS 'number of GWh, the nearest';
CREATE CAST (capacity_gwh AS double precision) WITH FUNCTION capacity_gwh_to_float8(capacity_gwh) AS ASSIGNMENT;
COMMENT ON CAST (capacity_gwh AS double precision) IS 'number of GWh, the nearest';

CREATE FUNCTION capacity_gwh_to_json(capacity_gwh) RETURNS json
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_to_json(capacity_gwh) IS 'number of GWh, a JSON number';
CREATE CAST (capacity_gwh AS json) WITH FUNCTION capacity_gwh_to_json(capacity_gwh);
COMMENT ON CAST (capacity_gwh AS json) IS 'number of GWh, a JSON number';

CREATE FUNCTION capacity_gwh_to_jsonb(capacity_gwh) RETURNS jsonb
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gwh_to_jsonb(capacity_gwh) IS 'number of GWh, a JSON number';
CREATE CAST (capacity_gwh AS jsonb) WITH FUNCTION capacity_gwh_to_jsonb(capacity_gwh);
COMMENT ON CAST (capacity_gwh AS jsonb) IS 'number of GWh, a JSON number';

