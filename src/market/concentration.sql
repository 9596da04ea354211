/*-------------------------------------------------------------------------
 * concentration: measures beyond CR and HHI, and all of them in one row
 *-------------------------------------------------------------------------
 */

CREATE FUNCTION leader_gap(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_leader_gap'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION leader_gap(market_shares) IS
	'share of the largest listed member less that of the second, from 0 to 1; NULL for fewer than two listed members (above zero, if part of the market is unattributed) and for a total of zero';

CREATE FUNCTION leader_ratio(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_leader_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION leader_ratio(market_shares) IS
	'amount of the largest listed member over that of the second, from 1 (equal) up; NULL as leader_gap, and when the second has nothing';

CREATE FUNCTION hhi_normalized(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_hhi_normalized'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION hhi_normalized(market_shares) IS
	'normalised Herfindahl-Hirschman index (H - 1/n) / (1 - 1/n) of n listed members, zeros included: 0 for equal members, 1 when one has all; NULL for one member and unless every member is known';

CREATE FUNCTION entropy(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_entropy'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION entropy(market_shares) IS
	'Shannon''s entropy (1948) -sum(s ln s) of the shares s, in nats: 0 when one member has all, ln n for n equal ones; NULL unless every member is known (see entropy_low)';

CREATE FUNCTION entropy_low(market market_shares, remainder text DEFAULT 'below_last') RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_entropy_low'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION entropy_low(market_shares, text) IS
	'the least the entropy can be, in nats, hidden members being no larger than the smallest listed one (below_last) or anything (anyone); there is no upper bound; NULL when the total is not known';

CREATE FUNCTION equitability(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_equitability'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION equitability(market_shares) IS
	'equitability or evenness (Pielou 1966): entropy / ln n, n the listed members, zeros included, from 0 to 1 for equal members; NULL for one member and unless every member is known';

CREATE FUNCTION gini(market market_shares, corrected boolean DEFAULT false) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_gini'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION gini(market_shares, boolean) IS
	'Gini''s coefficient (1912) of the listed members, zeros included: 0 for equal members, (n - 1)/n when one has all; corrected multiplies by n/(n - 1); NULL unless every member is known';

CREATE FUNCTION theil_t(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_theil_t'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION theil_t(market_shares) IS
	'Theil''s index T (1967) = sum(s ln(n s)), in nats, n the listed members, zeros included: 0 for equal members, ln n when one has all; NULL unless every member is known';

CREATE FUNCTION theil_l(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_theil_l'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION theil_l(market_shares) IS
	'Theil''s index L (1967) = mean of ln(mean / x), the mean logarithmic deviation, in nats, from 0 for equal members; NULL when a member has nothing and unless every member is known';

CREATE FUNCTION rosenbluth(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_rosenbluth'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION rosenbluth(market_shares) IS
	'Rosenbluth index, the same as Hall and Tideman''s (1967), 1 / (n (1 - gini)): 1/n for n equal members, 1 when one has all; NULL unless every member is known (see rosenbluth_high)';

CREATE FUNCTION rosenbluth_high(market market_shares, remainder text DEFAULT 'below_last') RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_rosenbluth_high'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION rosenbluth_high(market_shares, text) IS
	'the most the Rosenbluth index can be, hidden members being no larger than the smallest listed one (below_last) or anything (anyone); the lower bound is 0; NULL when the total is not known';

CREATE FUNCTION hhi_rounding_interval(market market_shares, remainder text DEFAULT 'below_last',
	OUT low double precision, OUT high double precision)
	RETURNS record
	AS 'MODULE_PATHNAME', 'market_shares_hhi_rounding_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION hhi_rounding_interval(market_shares, text) IS
	'the interval of the Herfindahl-Hirschman index, in points, that the rounding of printed percentages and the remainder leave open; NULL for amounts and when no such shares add up to the total';

CREATE FUNCTION cr_rounding_interval(market market_shares, n integer, remainder text DEFAULT 'below_last',
	OUT low double precision, OUT high double precision)
	RETURNS record
	AS 'MODULE_PATHNAME', 'market_shares_cr_rounding_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cr_rounding_interval(market_shares, integer, text) IS
	'the interval of the concentration ratio of the n largest, as fractions, that the rounding of printed percentages and the remainder leave open; NULL as hhi_rounding_interval';

CREATE FUNCTION concentration(market market_shares, remainder text DEFAULT 'below_last',
	OUT unit text,
	OUT members integer,
	OUT unknown_members integer,
	OUT total numeric,
	OUT stated_total numeric,
	OUT total_exceeded boolean,
	OUT unattributed_fraction double precision,
	OUT leader text,
	OUT leader_share_fraction double precision,
	OUT leader_gap_fraction double precision,
	OUT leader_ratio double precision,
	OUT cr3_fraction double precision,
	OUT cr4_fraction double precision,
	OUT cr4_fraction_low double precision,
	OUT cr4_fraction_high double precision,
	OUT cr8_fraction double precision,
	OUT cr8_fraction_low double precision,
	OUT cr8_fraction_high double precision,
	OUT hhi_points double precision,
	OUT hhi_points_low double precision,
	OUT hhi_points_high double precision,
	OUT hhi_points_rounding_low double precision,
	OUT hhi_points_rounding_high double precision,
	OUT hhi_normalized double precision,
	OUT effective_members double precision,
	OUT effective_members_low double precision,
	OUT effective_members_high double precision,
	OUT entropy_nats double precision,
	OUT entropy_nats_low double precision,
	OUT equitability double precision,
	OUT gini double precision,
	OUT gini_corrected double precision,
	OUT theil_t_nats double precision,
	OUT theil_l_nats double precision,
	OUT rosenbluth double precision,
	OUT rosenbluth_high double precision,
	OUT note text)
	RETURNS record
	AS 'MODULE_PATHNAME', 'market_shares_concentration'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION concentration(market_shares, text) IS
	'every measure of a market in one row, each as the function of its name has it; names end in their unit (fraction, points, nats), _low and _high are bounds; note says why one is NULL';
