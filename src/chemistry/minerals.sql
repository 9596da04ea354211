-- ---------------------------------------------------------------------
-- What a chemistry is made of, by weight.
-- ---------------------------------------------------------------------

CREATE FUNCTION mineral_intensity(chemistry chemistry, mineral text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'chemistry_mineral_intensity'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION mineral_intensity(chemistry, text) IS
	'kg of the mineral per kWh of battery pack, by symbol or name; NULL where no published row describes the chemistry (mineral_intensities says what the figure assumes)';

CREATE FUNCTION mineral_demand(chemistry chemistry, capacity capacity_gwh, mineral text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'chemistry_mineral_demand'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION mineral_demand(chemistry, capacity_gwh, text) IS
	'tonnes of the mineral in that capacity of battery packs, exactly; tonnes per year where the capacity is per year; NULL where the intensity is not known';

CREATE FUNCTION mineral_intensities(chemistry chemistry,
	OUT mineral text, OUT symbol text, OUT kg_per_kwh numeric,
	OUT describes chemistry, OUT basis text, OUT source text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'chemistry_mineral_intensities'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 10;
COMMENT ON FUNCTION mineral_intensities(chemistry) IS
	'the intensity of every mineral, the chemistry that the source''s row describes with all its parts, and what was assumed to reach it; no rows where none is known';
