-- ---------------------------------------------------------------------
-- Keys of GiST indexes, for types that compare as the int8 they are.
--
-- src/sql/gist.sql.in makes operator classes of it.
-- ---------------------------------------------------------------------

CREATE TYPE gist_bounds;

CREATE FUNCTION gist_bounds_in(printed cstring) RETURNS gist_bounds
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gist_bounds_in(cstring) IS 'I/O';

CREATE FUNCTION gist_bounds_out(bounds gist_bounds) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gist_bounds_out(gist_bounds) IS 'I/O';

CREATE TYPE gist_bounds (
	INPUT = gist_bounds_in,
	OUTPUT = gist_bounds_out,
	INTERNALLENGTH = 16,
	ALIGNMENT = double
);
COMMENT ON TYPE gist_bounds IS
	'key of GiST indexes on chemistry, capacity_gwh and cost_per_gwh: the least and the greatest value below; for no column';

CREATE FUNCTION gist_bounds_compress(entry internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gist_bounds_compress(internal) IS 'GiST support';

CREATE FUNCTION gist_bounds_fetch(entry internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gist_bounds_fetch(internal) IS 'GiST support';

CREATE FUNCTION gist_bounds_union(entries internal, size internal) RETURNS gist_bounds
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gist_bounds_union(internal, internal) IS 'GiST support';

CREATE FUNCTION gist_bounds_same(a gist_bounds, b gist_bounds, result internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gist_bounds_same(gist_bounds, gist_bounds, internal) IS 'GiST support';

CREATE FUNCTION gist_bounds_penalty(old_entry internal, new_entry internal, penalty internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gist_bounds_penalty(internal, internal, internal) IS 'GiST support';

CREATE FUNCTION gist_bounds_picksplit(entries internal, split internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gist_bounds_picksplit(internal, internal) IS 'GiST support';

CREATE FUNCTION gist_bounds_sortsupport(sort_support internal) RETURNS void
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gist_bounds_sortsupport(internal) IS 'GiST support';
