/*-------------------------------------------------------------------------
 * How a supply chain depends on few countries
 *-------------------------------------------------------------------------
 */

/* NULL: withheld */
CREATE FUNCTION import_dependence(imports numeric, exports numeric,
	stock_withdrawal numeric, consumption numeric,
	OUT net_imports numeric, OUT reliance double precision,
	OUT reliance_low double precision, OUT reliance_high double precision,
	OUT net_exporter boolean, OUT as_printed text, OUT note text)
	RETURNS record
	AS 'MODULE_PATHNAME', 'import_dependence'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION import_dependence(numeric, numeric, numeric, numeric) IS
	'net import reliance as the US Geological Survey defines it: (imports - exports + stock_withdrawal) / apparent consumption, a fraction; NULL with a note for a net exporter and where an amount is NULL';

/* NULL: no bound known */
CREATE FUNCTION import_dependence_bounds(net_imports_low numeric, net_imports_high numeric,
	consumption_low numeric, consumption_high numeric,
	OUT net_imports numeric, OUT reliance double precision,
	OUT reliance_low double precision, OUT reliance_high double precision,
	OUT net_exporter boolean, OUT as_printed text, OUT note text)
	RETURNS record
	AS 'MODULE_PATHNAME', 'import_dependence_bounds'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION import_dependence_bounds(numeric, numeric, numeric, numeric) IS
	'bounds of net import reliance, fractions, where net imports or consumption are known to lie between two amounts (NULL: no bound); as_printed is whole percent rounded outwards: >=25, <=60, 25-60, E';

CREATE FUNCTION risk_weighted_hhi(market market_shares, weights jsonb,
	OUT weighted_points double precision, OUT hhi_points double precision,
	OUT mean_weight double precision, OUT unattributed_share double precision, OUT note text)
	RETURNS record
	AS 'MODULE_PATHNAME', 'risk_weighted_hhi_jsonb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION risk_weighted_hhi(market_shares, jsonb) IS
	'concentration weighed by country risk: 10,000 times the sum of squared share times weight, beside the plain index; lower bounds when part is unattributed; a member without a weight is an error';

CREATE FUNCTION risk_weighted_hhi(market market_shares, members text[], weights numeric[],
	OUT weighted_points double precision, OUT hhi_points double precision,
	OUT mean_weight double precision, OUT unattributed_share double precision, OUT note text)
	RETURNS record
	AS 'MODULE_PATHNAME', 'risk_weighted_hhi_arrays'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION risk_weighted_hhi(market_shares, text[], numeric[]) IS
	'concentration weighed by country risk: 10,000 times the sum of squared share times weight, beside the plain index; lower bounds when part is unattributed; a member without a weight is an error';

CREATE FUNCTION control_exposure(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'control_exposure'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION control_exposure(market_shares) IS
	'controlled part of a market of the members ''controlled'' and ''not controlled'', a fraction of the stated total or of all rows; NULL when any part is neither, or its size is not known';

CREATE FUNCTION control_exposure_low(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'control_exposure_low'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION control_exposure_low(market_shares) IS
	'the least that the exposure can be: what is not known counts as not controlled';

CREATE FUNCTION control_exposure_high(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'control_exposure_high'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION control_exposure_high(market_shares) IS
	'the most that the exposure can be: what is not known counts as controlled';

CREATE FUNCTION chain_exposure(stages text[], exposures double precision[],
	OUT weakest_stage text, OUT weakest_exposure double precision,
	OUT weakest_exposure_low double precision,
	OUT combined_exposure double precision, OUT combined_exposure_low double precision,
	OUT stages_total integer, OUT unknown_stages text[], OUT note text)
	RETURNS record
	AS 'MODULE_PATHNAME', 'chain_exposure'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION chain_exposure(text[], double precision[]) IS
	'exposure of a chain from those of its stages, fractions: the largest, and 1 - prod(1 - E), as if stages were hit independently; NULL where a stage''s is, unless another is 1; _low: of known stages';
