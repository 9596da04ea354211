-- ---------------------------------------------------------------------
-- chemistry: what a cell is made of
-- ---------------------------------------------------------------------

CREATE TYPE chemistry;

CREATE FUNCTION chemistry_in(cstring) RETURNS chemistry
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_in(cstring) IS 'I/O';

CREATE FUNCTION chemistry_out(chemistry) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_out(chemistry) IS 'I/O';

CREATE FUNCTION chemistry_recv(internal) RETURNS chemistry
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_recv(internal) IS 'I/O';

CREATE FUNCTION chemistry_send(chemistry) RETURNS bytea
	AS 'int8send' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_send(chemistry) IS 'I/O';

CREATE TYPE chemistry (
	INPUT = chemistry_in,
	OUTPUT = chemistry_out,
	RECEIVE = chemistry_recv,
	SEND = chemistry_send,
	LIKE = int8
);
COMMENT ON TYPE chemistry IS 'system or positive electrode, negative electrode and electrolyte of a cell, each possibly unknown: LFP, NMC811|Si-graphite, Li-ion|LTO';

CREATE FUNCTION try_chemistry(text) RETURNS chemistry
	AS 'MODULE_PATHNAME', 'chemistry_try' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION try_chemistry(text) IS 'the chemistry that the text is read as, or NULL where input would fail';

CREATE FUNCTION chemistry_problem(text) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_problem(text) IS 'why the text is no chemistry: message, detail and hint, one a line; NULL where it is one';

-- Comparison: core's int8 functions under this type's signature.

CREATE FUNCTION chemistry_lt(chemistry, chemistry) RETURNS boolean
	AS 'int8lt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_lt(chemistry, chemistry) IS 'implementation of < operator';

CREATE FUNCTION chemistry_le(chemistry, chemistry) RETURNS boolean
	AS 'int8le' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_le(chemistry, chemistry) IS 'implementation of <= operator';

CREATE FUNCTION chemistry_eq(chemistry, chemistry) RETURNS boolean
	AS 'int8eq' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_eq(chemistry, chemistry) IS 'implementation of = operator';

CREATE FUNCTION chemistry_ne(chemistry, chemistry) RETURNS boolean
	AS 'int8ne' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_ne(chemistry, chemistry) IS 'implementation of <> operator';

CREATE FUNCTION chemistry_ge(chemistry, chemistry) RETURNS boolean
	AS 'int8ge' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_ge(chemistry, chemistry) IS 'implementation of >= operator';

CREATE FUNCTION chemistry_gt(chemistry, chemistry) RETURNS boolean
	AS 'int8gt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_gt(chemistry, chemistry) IS 'implementation of > operator';

CREATE FUNCTION chemistry_cmp(chemistry, chemistry) RETURNS integer
	AS 'btint8cmp' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_cmp(chemistry, chemistry) IS 'less-equal-greater';

-- Hashes of its own: core's for int8 folds the halves of a value together, in
-- which parts and shares are one another's.

CREATE FUNCTION chemistry_hash(chemistry) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_hash(chemistry) IS 'hash';

CREATE FUNCTION chemistry_hash_extended(chemistry, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_hash_extended(chemistry, bigint) IS 'hash';

CREATE OPERATOR < (
	LEFTARG = chemistry, RIGHTARG = chemistry, FUNCTION = chemistry_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (chemistry, chemistry) IS 'less than';

CREATE OPERATOR <= (
	LEFTARG = chemistry, RIGHTARG = chemistry, FUNCTION = chemistry_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (chemistry, chemistry) IS 'less than or equal';

CREATE OPERATOR = (
	LEFTARG = chemistry, RIGHTARG = chemistry, FUNCTION = chemistry_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (chemistry, chemistry) IS 'equal';

CREATE OPERATOR <> (
	LEFTARG = chemistry, RIGHTARG = chemistry, FUNCTION = chemistry_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (chemistry, chemistry) IS 'not equal';

CREATE OPERATOR >= (
	LEFTARG = chemistry, RIGHTARG = chemistry, FUNCTION = chemistry_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (chemistry, chemistry) IS 'greater than or equal';

CREATE OPERATOR > (
	LEFTARG = chemistry, RIGHTARG = chemistry, FUNCTION = chemistry_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (chemistry, chemistry) IS 'greater than';

CREATE OPERATOR FAMILY chemistry_ops USING btree;
COMMENT ON OPERATOR FAMILY chemistry_ops USING btree IS 'ordering of chemistry';
CREATE OPERATOR CLASS chemistry_ops DEFAULT FOR TYPE chemistry USING btree FAMILY chemistry_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 chemistry_cmp(chemistry, chemistry),
	FUNCTION 2 btint8sortsupport(internal),
	FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS chemistry_ops USING btree IS 'ordering of chemistry';

CREATE OPERATOR FAMILY chemistry_ops USING hash;
COMMENT ON OPERATOR FAMILY chemistry_ops USING hash IS 'hashing of chemistry';
CREATE OPERATOR CLASS chemistry_ops DEFAULT FOR TYPE chemistry USING hash FAMILY chemistry_ops AS
	OPERATOR 1 =,
	FUNCTION 1 chemistry_hash(chemistry),
	FUNCTION 2 chemistry_hash_extended(chemistry, bigint);
COMMENT ON OPERATOR CLASS chemistry_ops USING hash IS 'hashing of chemistry';

CREATE OPERATOR FAMILY chemistry_minmax_ops USING brin;
COMMENT ON OPERATOR FAMILY chemistry_minmax_ops USING brin IS 'block ranges of chemistry: one minimum and maximum';
CREATE OPERATOR CLASS chemistry_minmax_ops DEFAULT FOR TYPE chemistry USING brin FAMILY chemistry_minmax_ops AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 brin_minmax_opcinfo(internal),
	FUNCTION 2 brin_minmax_add_value(internal, internal, internal, internal),
	FUNCTION 3 brin_minmax_consistent(internal, internal, internal),
	FUNCTION 4 brin_minmax_union(internal, internal, internal);
COMMENT ON OPERATOR CLASS chemistry_minmax_ops USING brin IS 'block ranges of chemistry: one minimum and maximum';

CREATE OPERATOR FAMILY chemistry_minmax_multi_ops USING brin;
COMMENT ON OPERATOR FAMILY chemistry_minmax_multi_ops USING brin IS 'block ranges of chemistry: several minima and maxima';
CREATE OPERATOR CLASS chemistry_minmax_multi_ops FOR TYPE chemistry USING brin FAMILY chemistry_minmax_multi_ops AS
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
COMMENT ON OPERATOR CLASS chemistry_minmax_multi_ops USING brin IS 'block ranges of chemistry: several minima and maxima';

CREATE OPERATOR FAMILY chemistry_bloom_ops USING brin;
COMMENT ON OPERATOR FAMILY chemistry_bloom_ops USING brin IS 'block ranges of chemistry: Bloom filters';
CREATE OPERATOR CLASS chemistry_bloom_ops FOR TYPE chemistry USING brin FAMILY chemistry_bloom_ops AS
	OPERATOR 1 =,
	FUNCTION 1 brin_bloom_opcinfo(internal),
	FUNCTION 2 brin_bloom_add_value(internal, internal, internal, internal),
	FUNCTION 3 brin_bloom_consistent(internal, internal, internal, integer),
	FUNCTION 4 brin_bloom_union(internal, internal, internal),
	FUNCTION 5 brin_bloom_options(internal),
	FUNCTION 11 chemistry_hash(chemistry);
COMMENT ON OPERATOR CLASS chemistry_bloom_ops USING brin IS 'block ranges of chemistry: Bloom filters';

-- Containment: part by part, what is not stated contains all.  A value and
-- everything it contains lie between the value and its chemistry_high(), which
-- is how the planner support functions bring btree and BRIN indexes to it.
-- LEAKPROOF: both look at nothing but the bits of their arguments.

CREATE FUNCTION chemistry_high(chemistry) RETURNS chemistry
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_high(chemistry) IS 'the last value, in the order of chemistry, that this one contains; the first is the value itself';

CREATE FUNCTION chemistry_contained_support(internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_contained_support(internal) IS 'planner support of <@ for chemistry';

CREATE FUNCTION chemistry_contains_support(internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_contains_support(internal) IS 'planner support of @> for chemistry';

CREATE FUNCTION chemistry_contained_sel(internal, oid, internal, integer) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_contained_sel(internal, oid, internal, integer) IS 'restriction selectivity of <@ for chemistry';

CREATE FUNCTION chemistry_contains_sel(internal, oid, internal, integer) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_contains_sel(internal, oid, internal, integer) IS 'restriction selectivity of @> for chemistry';

CREATE FUNCTION chemistry_contained_joinsel(internal, oid, internal, smallint, internal) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_contained_joinsel(internal, oid, internal, smallint, internal) IS 'join selectivity of <@ for chemistry';

CREATE FUNCTION chemistry_contains_joinsel(internal, oid, internal, smallint, internal) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_contains_joinsel(internal, oid, internal, smallint, internal) IS 'join selectivity of @> for chemistry';

CREATE FUNCTION chemistry_contained(part chemistry, whole chemistry) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	SUPPORT chemistry_contained_support;
COMMENT ON FUNCTION chemistry_contained(chemistry, chemistry) IS 'implementation of <@ operator';

CREATE FUNCTION chemistry_contains(whole chemistry, part chemistry) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	SUPPORT chemistry_contains_support;
COMMENT ON FUNCTION chemistry_contains(chemistry, chemistry) IS 'implementation of @> operator';

CREATE OPERATOR <@ (
	LEFTARG = chemistry, RIGHTARG = chemistry, FUNCTION = chemistry_contained,
	COMMUTATOR = @>, RESTRICT = chemistry_contained_sel, JOIN = chemistry_contained_joinsel
);
COMMENT ON OPERATOR <@ (chemistry, chemistry) IS 'is contained by';

CREATE OPERATOR @> (
	LEFTARG = chemistry, RIGHTARG = chemistry, FUNCTION = chemistry_contains,
	COMMUTATOR = <@, RESTRICT = chemistry_contains_sel, JOIN = chemistry_contains_joinsel
);
COMMENT ON OPERATOR @> (chemistry, chemistry) IS 'contains';

-- What a value is made of.

CREATE FUNCTION chemistry_family(chemistry) RETURNS chemistry
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_family(chemistry) IS 'the nearest family in the tree: Li-ion of NMC811|graphite, Na-ion of NFM; where there is none, the topmost node below the root';

CREATE FUNCTION parent(chemistry) RETURNS chemistry
	AS 'MODULE_PATHNAME', 'chemistry_parent' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION parent(chemistry) IS 'the next value up: the electrolyte goes first, then the negative electrode, the composition, the node; NULL at the root';

CREATE FUNCTION positive_electrode(chemistry) RETURNS chemistry
	AS 'MODULE_PATHNAME', 'chemistry_positive_electrode' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION positive_electrode(chemistry) IS 'the positive electrode with its composition; NULL where it is not known or the value is a whole system';

CREATE FUNCTION negative_electrode(chemistry) RETURNS text
	AS 'MODULE_PATHNAME', 'chemistry_negative_electrode' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION negative_electrode(chemistry) IS 'the name of the negative electrode; NULL where none is stated';

CREATE FUNCTION electrolyte(chemistry) RETURNS text
	AS 'MODULE_PATHNAME', 'chemistry_electrolyte' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION electrolyte(chemistry) IS 'the name of the electrolyte; NULL where none is stated';

CREATE FUNCTION elements(chemistry) RETURNS text[]
	AS 'MODULE_PATHNAME', 'chemistry_elements' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION elements(chemistry) IS 'the active elements that every cell of this chemistry has, of all stated parts';

CREATE FUNCTION contains_element(chemistry, symbol text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'chemistry_contains_element' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION contains_element(chemistry, text) IS 'whether cells of this chemistry have the active element; NULL where that depends on what is not stated';

CREATE FUNCTION nickel_fraction(chemistry) RETURNS double precision
	AS 'MODULE_PATHNAME', 'chemistry_nickel_fraction' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nickel_fraction(chemistry) IS 'the share of nickel among the metals of the positive electrode, lithium and sodium aside, 0 to 1; NULL where it is not stated';

-- The taxonomy and its spellings as tables.

CREATE FUNCTION chemistry_taxonomy(
		OUT code text, OUT name text, OUT title text, OUT chemistry chemistry,
		OUT parent text, OUT role text, OUT kind text, OUT elements text[],
		OUT elements_as_listed text, OUT composition_order text,
		OUT emmo_class text, OUT path_code integer)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	ROWS 120;
COMMENT ON FUNCTION chemistry_taxonomy() IS 'one row a node of the taxonomy; chemistry is NULL for negative electrodes and electrolytes, which are no values by themselves';

CREATE FUNCTION chemistry_aliases(
		OUT spelling text, OUT kind text, OUT target text,
		OUT chemistry chemistry, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	ROWS 350;
COMMENT ON FUNCTION chemistry_aliases() IS 'one row a spelling beside names and codes; chemistry is what it is read as when it stands alone';

