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
	'net import reliance as the US Geological Survey defines it: (imports - exports + stock_withdrawal) / apparent consumption, a fraction, all amounts in one unit. stock_withdrawal is opening less closing stock: below zero when stocks grew. Apparent consumption is production (mines and old scrap) + imports - exports + stock_withdrawal. NULL for a net exporter (printed E) and when an amount is NULL (withheld), with a note; as_printed is whole percent';

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
	'bounds of net import reliance where net imports or consumption are only known to lie between two amounts (NULL: no bound), as when production is withheld: fractions up to 1; as_printed is in whole percent rounded outwards: >=25, <=60, 25-60, or E for a net exporter; NULL with a note where the sign of the net imports is open';

CREATE FUNCTION risk_weighted_hhi(shares market_shares, weights jsonb,
	OUT weighted_points double precision, OUT hhi_points double precision,
	OUT mean_weight double precision, OUT unattributed_share double precision, OUT note text)
	RETURNS record
	AS 'MODULE_PATHNAME', 'risk_weighted_hhi_jsonb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION risk_weighted_hhi(market_shares, jsonb) IS
	'concentration weighed by country risk: 10,000 times the sum of squared share times weight, in points times the scale of the weights, which are the caller''s (all 1: the plain index, which stands beside it; divide by 10,000 for the index of fractions that the EU''s criticality studies use with rescaled governance indicators). mean_weight: of the listed amounts, by amount. Lower bounds when part is unattributed; NULL with a note when the size of the market is not known. A member without a weight or a negative weight is an error';

CREATE FUNCTION risk_weighted_hhi(shares market_shares, members text[], weights numeric[],
	OUT weighted_points double precision, OUT hhi_points double precision,
	OUT mean_weight double precision, OUT unattributed_share double precision, OUT note text)
	RETURNS record
	AS 'MODULE_PATHNAME', 'risk_weighted_hhi_arrays'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION risk_weighted_hhi(market_shares, text[], numeric[]) IS
	'concentration weighed by country risk: 10,000 times the sum of squared share times weight, in points times the scale of the weights, which are the caller''s (all 1: the plain index, which stands beside it; divide by 10,000 for the index of fractions that the EU''s criticality studies use with rescaled governance indicators). mean_weight: of the listed amounts, by amount. Lower bounds when part is unattributed; NULL with a note when the size of the market is not known. A member without a weight or a negative weight is an error';

CREATE FUNCTION control_exposure_add(market_shares, capacity_gwh, boolean) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_add_capacity'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_add(market_shares, capacity_gwh, boolean) IS
	'aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_subtract(market_shares, capacity_gwh, boolean) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_subtract_capacity'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_subtract(market_shares, capacity_gwh, boolean) IS
	'inverse aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_add(market_shares, numeric, boolean) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_add_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_add(market_shares, numeric, boolean) IS
	'aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_subtract(market_shares, numeric, boolean) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_subtract_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_subtract(market_shares, numeric, boolean) IS
	'inverse aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_add(market_shares, double precision, boolean) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_add_float8'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_add(market_shares, double precision, boolean) IS
	'aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_subtract(market_shares, double precision, boolean) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_subtract_float8'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_subtract(market_shares, double precision, boolean) IS
	'inverse aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_add(market_shares, bigint, boolean) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_add_bigint'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_add(market_shares, bigint, boolean) IS
	'aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_subtract(market_shares, bigint, boolean) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_subtract_bigint'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_subtract(market_shares, bigint, boolean) IS
	'inverse aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_add(market_shares, capacity_gwh, boolean, capacity_gwh) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_add_capacity'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_add(market_shares, capacity_gwh, boolean, capacity_gwh) IS
	'aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_subtract(market_shares, capacity_gwh, boolean, capacity_gwh) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_subtract_capacity'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_subtract(market_shares, capacity_gwh, boolean, capacity_gwh) IS
	'inverse aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_add(market_shares, numeric, boolean, numeric) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_add_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_add(market_shares, numeric, boolean, numeric) IS
	'aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_subtract(market_shares, numeric, boolean, numeric) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_subtract_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_subtract(market_shares, numeric, boolean, numeric) IS
	'inverse aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_add(market_shares, double precision, boolean, double precision) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_add_float8'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_add(market_shares, double precision, boolean, double precision) IS
	'aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_subtract(market_shares, double precision, boolean, double precision) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_subtract_float8'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_subtract(market_shares, double precision, boolean, double precision) IS
	'inverse aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_add(market_shares, bigint, boolean, bigint) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_add_bigint'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_add(market_shares, bigint, boolean, bigint) IS
	'aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure_subtract(market_shares, bigint, boolean, bigint) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'control_exposure_subtract_bigint'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_exposure_subtract(market_shares, bigint, boolean, bigint) IS
	'inverse aggregate transition function of control_exposure';

CREATE FUNCTION control_exposure(shares market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'control_exposure'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION control_exposure(market_shares) IS
	'the controlled part of a market that was rekeyed to the members "controlled" and "not controlled", a fraction of the stated total or of all rows (also where they exceed it); NULL when any part is neither, or its size is not known';

CREATE FUNCTION control_exposure_low(shares market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'control_exposure_low'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION control_exposure_low(market_shares) IS
	'the least that the exposure can be: what is not known counts as not controlled';

CREATE FUNCTION control_exposure_high(shares market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'control_exposure_high'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION control_exposure_high(market_shares) IS
	'the most that the exposure can be: what is not known counts as controlled';

CREATE AGGREGATE control_exposure(amount capacity_gwh, controlled boolean) (
	SFUNC = control_exposure_add, STYPE = market_shares, SSPACE = 272,
	FINALFUNC = control_exposure,
	COMBINEFUNC = market_shares_combine,
	MSFUNC = control_exposure_add, MINVFUNC = control_exposure_subtract,
	MSTYPE = market_shares, MSSPACE = 272,
	MFINALFUNC = control_exposure,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE control_exposure(capacity_gwh, boolean) IS
	'exposure of a stage to controls: the part of all rows that is controlled, a fraction; capacity in GWh. NULL when it is not known of some part (controlled NULL, amount NULL): for bounds, COALESCE(controlled, false) and COALESCE(controlled, true). One row for each country and stage: a country that two controls cover must not be counted twice';

CREATE AGGREGATE control_exposure(amount numeric, controlled boolean) (
	SFUNC = control_exposure_add, STYPE = market_shares, SSPACE = 272,
	FINALFUNC = control_exposure,
	COMBINEFUNC = market_shares_combine,
	MSFUNC = control_exposure_add, MINVFUNC = control_exposure_subtract,
	MSTYPE = market_shares, MSSPACE = 272,
	MFINALFUNC = control_exposure,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE control_exposure(numeric, boolean) IS
	'exposure of a stage to controls: the part of all rows that is controlled, a fraction; plain numbers. NULL when it is not known of some part (controlled NULL, amount NULL): for bounds, COALESCE(controlled, false) and COALESCE(controlled, true). One row for each country and stage: a country that two controls cover must not be counted twice';

CREATE AGGREGATE control_exposure(amount double precision, controlled boolean) (
	SFUNC = control_exposure_add, STYPE = market_shares, SSPACE = 272,
	FINALFUNC = control_exposure,
	COMBINEFUNC = market_shares_combine,
	MSFUNC = control_exposure_add, MINVFUNC = control_exposure_subtract,
	MSTYPE = market_shares, MSSPACE = 272,
	MFINALFUNC = control_exposure,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE control_exposure(double precision, boolean) IS
	'exposure of a stage to controls: the part of all rows that is controlled, a fraction; plain numbers, each read as its shortest decimal. NULL when it is not known of some part (controlled NULL, amount NULL): for bounds, COALESCE(controlled, false) and COALESCE(controlled, true). One row for each country and stage: a country that two controls cover must not be counted twice';

CREATE AGGREGATE control_exposure(amount bigint, controlled boolean) (
	SFUNC = control_exposure_add, STYPE = market_shares, SSPACE = 272,
	FINALFUNC = control_exposure,
	COMBINEFUNC = market_shares_combine,
	MSFUNC = control_exposure_add, MINVFUNC = control_exposure_subtract,
	MSTYPE = market_shares, MSSPACE = 272,
	MFINALFUNC = control_exposure,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE control_exposure(bigint, boolean) IS
	'exposure of a stage to controls: the part of all rows that is controlled, a fraction; whole numbers. NULL when it is not known of some part (controlled NULL, amount NULL): for bounds, COALESCE(controlled, false) and COALESCE(controlled, true). One row for each country and stage: a country that two controls cover must not be counted twice';

CREATE AGGREGATE control_exposure(amount capacity_gwh, controlled boolean, stated_total capacity_gwh) (
	SFUNC = control_exposure_add, STYPE = market_shares, SSPACE = 272,
	FINALFUNC = control_exposure,
	COMBINEFUNC = market_shares_combine,
	MSFUNC = control_exposure_add, MINVFUNC = control_exposure_subtract,
	MSTYPE = market_shares, MSSPACE = 272,
	MFINALFUNC = control_exposure,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE control_exposure(capacity_gwh, boolean, capacity_gwh) IS
	'exposure of a stage to controls: the part of a stated total (the same in every row that has one; the rest is not known) that is controlled, a fraction; capacity in GWh. NULL when it is not known of some part (controlled NULL, amount NULL): for bounds, COALESCE(controlled, false) and COALESCE(controlled, true). One row for each country and stage: a country that two controls cover must not be counted twice';

CREATE AGGREGATE control_exposure(amount numeric, controlled boolean, stated_total numeric) (
	SFUNC = control_exposure_add, STYPE = market_shares, SSPACE = 272,
	FINALFUNC = control_exposure,
	COMBINEFUNC = market_shares_combine,
	MSFUNC = control_exposure_add, MINVFUNC = control_exposure_subtract,
	MSTYPE = market_shares, MSSPACE = 272,
	MFINALFUNC = control_exposure,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE control_exposure(numeric, boolean, numeric) IS
	'exposure of a stage to controls: the part of a stated total (the same in every row that has one; the rest is not known) that is controlled, a fraction; plain numbers. NULL when it is not known of some part (controlled NULL, amount NULL): for bounds, COALESCE(controlled, false) and COALESCE(controlled, true). One row for each country and stage: a country that two controls cover must not be counted twice';

CREATE AGGREGATE control_exposure(amount double precision, controlled boolean, stated_total double precision) (
	SFUNC = control_exposure_add, STYPE = market_shares, SSPACE = 272,
	FINALFUNC = control_exposure,
	COMBINEFUNC = market_shares_combine,
	MSFUNC = control_exposure_add, MINVFUNC = control_exposure_subtract,
	MSTYPE = market_shares, MSSPACE = 272,
	MFINALFUNC = control_exposure,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE control_exposure(double precision, boolean, double precision) IS
	'exposure of a stage to controls: the part of a stated total (the same in every row that has one; the rest is not known) that is controlled, a fraction; plain numbers, each read as its shortest decimal. NULL when it is not known of some part (controlled NULL, amount NULL): for bounds, COALESCE(controlled, false) and COALESCE(controlled, true). One row for each country and stage: a country that two controls cover must not be counted twice';

CREATE AGGREGATE control_exposure(amount bigint, controlled boolean, stated_total bigint) (
	SFUNC = control_exposure_add, STYPE = market_shares, SSPACE = 272,
	FINALFUNC = control_exposure,
	COMBINEFUNC = market_shares_combine,
	MSFUNC = control_exposure_add, MINVFUNC = control_exposure_subtract,
	MSTYPE = market_shares, MSSPACE = 272,
	MFINALFUNC = control_exposure,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE control_exposure(bigint, boolean, bigint) IS
	'exposure of a stage to controls: the part of a stated total (the same in every row that has one; the rest is not known) that is controlled, a fraction; whole numbers. NULL when it is not known of some part (controlled NULL, amount NULL): for bounds, COALESCE(controlled, false) and COALESCE(controlled, true). One row for each country and stage: a country that two controls cover must not be counted twice';

CREATE FUNCTION chain_exposure(stages text[], exposures double precision[],
	OUT weakest_stage text, OUT weakest_exposure double precision,
	OUT weakest_exposure_low double precision,
	OUT combined_exposure double precision, OUT combined_exposure_low double precision,
	OUT stages_total integer, OUT unknown_stages text[], OUT note text)
	RETURNS record
	AS 'MODULE_PATHNAME', 'chain_exposure'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION chain_exposure(text[], double precision[]) IS
	'exposure of a supply chain, from the fractions of its stages: weakest_exposure is the largest (of equal ones the bytewise first stage), combined_exposure is 1 - prod(1 - E), as if stages were hit independently. NULL when the exposure of a stage is NULL, unless another is 1; the columns _low are over the known stages. A stage twice or an exposure outside 0 to 1 is an error';
