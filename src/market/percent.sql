/*-------------------------------------------------------------------------
 * market_shares_from_percent: shares as reports print them
 *-------------------------------------------------------------------------
 */

CREATE FUNCTION market_shares_add_percent(market_shares, text, numeric) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_add_percent_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_add_percent(market_shares, text, numeric) IS
	'aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_subtract_percent(market_shares, text, numeric) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_subtract_percent_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_subtract_percent(market_shares, text, numeric) IS
	'inverse aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_add_percent(market_shares, text, numeric, numeric) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_add_percent_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_add_percent(market_shares, text, numeric, numeric) IS
	'aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_subtract_percent(market_shares, text, numeric, numeric) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_subtract_percent_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_subtract_percent(market_shares, text, numeric, numeric) IS
	'inverse aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_add_percent(market_shares, text, double precision) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_add_percent_float8'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_add_percent(market_shares, text, double precision) IS
	'aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_subtract_percent(market_shares, text, double precision) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_subtract_percent_float8'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_subtract_percent(market_shares, text, double precision) IS
	'inverse aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_add_percent(market_shares, text, double precision, double precision) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_add_percent_float8'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_add_percent(market_shares, text, double precision, double precision) IS
	'aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_subtract_percent(market_shares, text, double precision, double precision) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_subtract_percent_float8'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_subtract_percent(market_shares, text, double precision, double precision) IS
	'inverse aggregate transition function of market_shares_from_percent';

CREATE AGGREGATE market_shares_from_percent(member text, percent numeric) (
	SFUNC = market_shares_add_percent, STYPE = market_shares, SSPACE = 2048,
	FINALFUNC = market_shares_final,
	COMBINEFUNC = market_shares_combine,
	MSFUNC = market_shares_add_percent, MINVFUNC = market_shares_subtract_percent,
	MSTYPE = market_shares, MSSPACE = 2048,
	MFINALFUNC = market_shares_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE market_shares_from_percent(text, numeric) IS
	'shares of a market from printed percentages (0 to 100): what is not listed of the 100 is unattributed, as is a NULL member; a NULL percentage is withheld; each is known to half a unit of its last decimal as written (37.0 has one, 37 none; a column declared numeric(p,s) pads to s: write round(percent, 1)). Error 22023: negative, NaN or above 100, or a sum above 100 beyond that rounding';

CREATE AGGREGATE market_shares_from_percent(member text, percent numeric, stated_total numeric) (
	SFUNC = market_shares_add_percent, STYPE = market_shares, SSPACE = 2048,
	FINALFUNC = market_shares_final,
	COMBINEFUNC = market_shares_combine,
	MSFUNC = market_shares_add_percent, MINVFUNC = market_shares_subtract_percent,
	MSTYPE = market_shares, MSSPACE = 2048,
	MFINALFUNC = market_shares_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE market_shares_from_percent(text, numeric, numeric) IS
	'shares of a market from printed percentages (0 to 100) of a stated total (the same in every row that has one): what is not listed is unattributed, a NULL percentage withheld; each is known to half a unit of its last decimal as written (37.0 has one, 37 none; a column declared numeric(p,s) pads to s: write round(percent, 1)); a sum above the total beyond that rounding is flagged by total_exceeded. Error 22023: negative, NaN or above 100';

CREATE AGGREGATE market_shares_from_percent(member text, percent double precision) (
	SFUNC = market_shares_add_percent, STYPE = market_shares, SSPACE = 2048,
	FINALFUNC = market_shares_final,
	COMBINEFUNC = market_shares_combine,
	MSFUNC = market_shares_add_percent, MINVFUNC = market_shares_subtract_percent,
	MSTYPE = market_shares, MSSPACE = 2048,
	MFINALFUNC = market_shares_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE market_shares_from_percent(text, double precision) IS
	'shares of a market from printed percentages (0 to 100): what is not listed of the 100 is unattributed, as is a NULL member; a NULL percentage is withheld; each is known to half a unit of the last decimal of its shortest form (37.0 reads as 37: write round(percent::numeric, 1) where reports print one decimal). Error 22023: negative, NaN or above 100, or a sum above 100 beyond that rounding';

CREATE AGGREGATE market_shares_from_percent(member text, percent double precision, stated_total double precision) (
	SFUNC = market_shares_add_percent, STYPE = market_shares, SSPACE = 2048,
	FINALFUNC = market_shares_final,
	COMBINEFUNC = market_shares_combine,
	MSFUNC = market_shares_add_percent, MINVFUNC = market_shares_subtract_percent,
	MSTYPE = market_shares, MSSPACE = 2048,
	MFINALFUNC = market_shares_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE market_shares_from_percent(text, double precision, double precision) IS
	'shares of a market from printed percentages (0 to 100) of a stated total (the same in every row that has one): what is not listed is unattributed, a NULL percentage withheld; each is known to half a unit of the last decimal of its shortest form (37.0 reads as 37: write round(percent::numeric, 1) where reports print one decimal); a sum above the total beyond that rounding is flagged by total_exceeded. Error 22023: negative, NaN or above 100';
