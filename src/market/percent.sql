/*-------------------------------------------------------------------------
 * market_shares_from_percent: shares as reports print them
 *-------------------------------------------------------------------------
 */

CREATE FUNCTION market_shares_add_percent(state market_shares, member text, percent numeric) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_add_percent_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_add_percent(market_shares, text, numeric) IS
	'aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_subtract_percent(state market_shares, member text, percent numeric) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_subtract_percent_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_subtract_percent(market_shares, text, numeric) IS
	'inverse aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_add_percent(state market_shares, member text, percent numeric, stated_total numeric) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_add_percent_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_add_percent(market_shares, text, numeric, numeric) IS
	'aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_subtract_percent(state market_shares, member text, percent numeric, stated_total numeric) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_subtract_percent_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_subtract_percent(market_shares, text, numeric, numeric) IS
	'inverse aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_add_percent(state market_shares, member text, percent double precision) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_add_percent_float8'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_add_percent(market_shares, text, double precision) IS
	'aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_subtract_percent(state market_shares, member text, percent double precision) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_subtract_percent_float8'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_subtract_percent(market_shares, text, double precision) IS
	'inverse aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_add_percent(state market_shares, member text, percent double precision, stated_total double precision) RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_add_percent_float8'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_shares_add_percent(market_shares, text, double precision, double precision) IS
	'aggregate transition function of market_shares_from_percent';

CREATE FUNCTION market_shares_subtract_percent(state market_shares, member text, percent double precision, stated_total double precision) RETURNS market_shares
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
	'market of printed percentages: what is not listed of the 100 is unattributed, NULL is withheld; each is known to half a unit of its last decimal as written (37.0 has one, 37 none)';

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
	'the same of a stated total (the same in every row that has one); a sum above it beyond rounding is flagged by total_exceeded';

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
	'the same, each known to half a unit of the last decimal of its shortest form (37.0 reads as 37: write round(percent::numeric, 1) where reports print one decimal)';

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
	'the same of a stated total (the same in every row that has one); a sum above it beyond rounding is flagged by total_exceeded';
