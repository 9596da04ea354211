-- ---------------------------------------------------------------------
-- chemistry: what a cell is made of
-- ---------------------------------------------------------------------

-- Not every int64 is a value, hence the function that receives one.  Hashes of
-- its own: core's for int8 folds the halves of a value together, in which parts
-- and shares are one another's.

-- @fixed_type
--	type = chemistry
--	argument = chemistry
--	comment = system or positive electrode, negative electrode and electrolyte of a cell, each possibly unknown: LFP, NMC811|Si-graphite, Li-ion|LTO
--	receive = 'MODULE_PATHNAME' LANGUAGE C
--	send = 'int8send' LANGUAGE internal
--	hash = 'MODULE_PATHNAME' LANGUAGE C
--	hash_extended = 'MODULE_PATHNAME' LANGUAGE C

-- Containment: part by part, what is not stated contains all.  A value and
-- everything it contains lie between the value and its chemistry_high(), which
-- is how the planner support functions bring btree and BRIN indexes to it.
-- LEAKPROOF: both look at nothing but the bits of their arguments.

CREATE FUNCTION chemistry_high(chemistry chemistry) RETURNS chemistry
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_high(chemistry) IS
	'the last value, in the order of chemistry, that this one contains; the first is the value itself';

CREATE FUNCTION chemistry_contained_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_contained_support(internal) IS 'planner support of <@ for chemistry';

CREATE FUNCTION chemistry_contains_support(request internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_contains_support(internal) IS 'planner support of @> for chemistry';

CREATE FUNCTION chemistry_contained_sel(root internal, operator oid, arguments internal, relation integer) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_contained_sel(internal, oid, internal, integer) IS
	'restriction selectivity of <@ for chemistry';

CREATE FUNCTION chemistry_contains_sel(root internal, operator oid, arguments internal, relation integer) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_contains_sel(internal, oid, internal, integer) IS
	'restriction selectivity of @> for chemistry';

CREATE FUNCTION chemistry_contained_joinsel(root internal, operator oid, arguments internal, join_type smallint, join_info internal) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_contained_joinsel(internal, oid, internal, smallint, internal) IS
	'join selectivity of <@ for chemistry';

CREATE FUNCTION chemistry_contains_joinsel(root internal, operator oid, arguments internal, join_type smallint, join_info internal) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_contains_joinsel(internal, oid, internal, smallint, internal) IS
	'join selectivity of @> for chemistry';

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

-- @gist
--	type = chemistry
--	argument = chemistry
--	consistent = chemistry_gist_consistent
--	containment = yes

-- What a value is made of.

CREATE FUNCTION chemistry_family(chemistry chemistry) RETURNS chemistry
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_family(chemistry) IS
	'the nearest family in the tree: Li-ion of NMC811|graphite, Na-ion of NFM; where there is none, the topmost node below the root';

CREATE FUNCTION chemistry_parent(chemistry chemistry) RETURNS chemistry
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_parent(chemistry) IS
	'the next value up: the electrolyte goes first, then the negative electrode, the composition, the node; NULL at the root';

CREATE FUNCTION chemistry_positive_electrode(chemistry chemistry) RETURNS chemistry
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_positive_electrode(chemistry) IS
	'the positive electrode with its composition; NULL where it is not known or the value is a whole system';

CREATE FUNCTION chemistry_negative_electrode(chemistry chemistry) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_negative_electrode(chemistry) IS
	'the name of the negative electrode; NULL where none is stated';

CREATE FUNCTION chemistry_electrolyte(chemistry chemistry) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_electrolyte(chemistry) IS
	'the name of the electrolyte; NULL where none is stated';

CREATE FUNCTION chemistry_elements(chemistry chemistry) RETURNS text[]
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_elements(chemistry) IS
	'the active elements that every cell of this chemistry has, of all stated parts';

CREATE FUNCTION chemistry_contains_element(chemistry chemistry, symbol text) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_contains_element(chemistry, text) IS
	'whether cells of this chemistry have the active element; NULL where that depends on what is not stated';

CREATE FUNCTION chemistry_nickel_fraction(chemistry chemistry) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION chemistry_nickel_fraction(chemistry) IS
	'the share of nickel among the metals of the positive electrode, lithium and sodium aside, 0 to 1; NULL where it is not stated';

-- @extremes
--	type = chemistry
--	argument = chemistry
--	order = the order of the tree

-- The taxonomy and its spellings as tables.

CREATE FUNCTION chemistry_taxonomy(
		OUT code text, OUT name text, OUT title text, OUT chemistry chemistry,
		OUT parent text, OUT role text, OUT kind text, OUT elements text[],
		OUT elements_as_listed text, OUT composition_order text,
		OUT emmo_class text, OUT path_code integer)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	ROWS 120;
COMMENT ON FUNCTION chemistry_taxonomy() IS
	'one row a node of the taxonomy; chemistry is NULL for negative electrodes and electrolytes, which are no values by themselves';

CREATE FUNCTION chemistry_aliases(
		OUT spelling text, OUT kind text, OUT target text,
		OUT chemistry chemistry, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	ROWS 350;
COMMENT ON FUNCTION chemistry_aliases() IS
	'one row a spelling beside names and codes; chemistry is what it is read as when it stands alone';
