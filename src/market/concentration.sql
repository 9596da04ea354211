/*-------------------------------------------------------------------------
 * concentration: measures beyond CR and HHI, and all of them in one row
 *-------------------------------------------------------------------------
 */

CREATE FUNCTION leader_gap(shares market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_leader_gap'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION leader_gap(market_shares) IS
	'share of the largest listed member less that of the second, a fraction from 0 (equal) to 1; NULL for fewer than two listed members (above zero, if part of the market is unattributed or withheld) and for a total of zero';

CREATE FUNCTION leader_ratio(shares market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_leader_ratio'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION leader_ratio(market_shares) IS
	'amount of the largest listed member over that of the second, from 1 (equal) up; NULL as leader_gap, and when the second has nothing';

CREATE FUNCTION hhi_normalized(shares market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_hhi_normalized'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION hhi_normalized(market_shares) IS
	'normalised Herfindahl-Hirschman index (H - 1/n) / (1 - 1/n), H the sum of squared shares as a fraction, n the listed members (those with zero too): 0 for equal members, 1 when one has all, whatever n; NULL for one member; NULL while part of the market is unattributed or withheld or the total is exceeded, because it needs every member';

CREATE FUNCTION entropy(shares market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_entropy'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION entropy(market_shares) IS
	'Shannon''s entropy (1948) -sum(s ln s) of the shares s, in nats (natural logarithm): 0 when one member has all, ln n for n equal ones; exp() of it is the Hill number of order 1; a zero share adds nothing; NULL while part of the market is unattributed or withheld or the total is exceeded, because it needs every member (see entropy_low)';

CREATE FUNCTION entropy_low(shares market_shares, remainder text DEFAULT 'below_last') RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_entropy_low'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION entropy_low(market_shares, text) IS
	'the least the entropy can be, in nats, when no hidden member is larger than the smallest listed one (below_last) or when the remainder may be anyone''s (anyone); there is no upper bound, since the remainder may be in ever so many hands; NULL when an amount is withheld and no total is known, or the total is zero or exceeded';

CREATE FUNCTION equitability(shares market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_equitability'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION equitability(market_shares) IS
	'equitability or evenness (Pielou 1966): entropy / ln n, n the listed members (those with zero too), from 0 to 1 for equal members; NULL for one member; NULL while part of the market is unattributed or withheld or the total is exceeded, because it needs every member';

CREATE FUNCTION gini(shares market_shares, corrected boolean DEFAULT false) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_gini'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION gini(market_shares, boolean) IS
	'Gini''s coefficient (1912) sum((2i - n - 1) x) / (n sum(x)), i the rank from the smallest, n the listed members (those with zero too): 0 for equal members, (n - 1)/n when one has all; corrected multiplies by n/(n - 1), so that the largest value is 1, and is NULL for one member; NULL while part of the market is unattributed or withheld or the total is exceeded, because it needs every member';

CREATE FUNCTION theil_t(shares market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_theil_t'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION theil_t(market_shares) IS
	'Theil''s index T (1967) = sum(s ln(n s)), in nats, n the listed members (those with zero too): 0 for equal members, ln n when one has all; ln n less the entropy; NULL while part of the market is unattributed or withheld or the total is exceeded, because it needs every member';

CREATE FUNCTION theil_l(shares market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_theil_l'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION theil_l(market_shares) IS
	'Theil''s index L (1967) = mean of ln(mean / x), the mean logarithmic deviation, in nats, from 0 for equal members up (some packages call this one theil); NULL when a member has nothing, because ln(mean / 0) is infinite; NULL while part of the market is unattributed or withheld or the total is exceeded, because it needs every member';

CREATE FUNCTION rosenbluth(shares market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_rosenbluth'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION rosenbluth(market_shares) IS
	'Rosenbluth index, the same as Hall and Tideman''s (1967): 1 / (2 sum(r s) - 1), r the rank from the largest, = 1 / (n (1 - gini)): 1/n for n equal members, 1 when one has all; NULL while part of the market is unattributed or withheld or the total is exceeded, because it needs every member (see rosenbluth_high)';

CREATE FUNCTION rosenbluth_high(shares market_shares, remainder text DEFAULT 'below_last') RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_rosenbluth_high'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION rosenbluth_high(market_shares, text) IS
	'the most the Rosenbluth index can be, when no hidden member is larger than the smallest listed one (below_last) or when the remainder may be anyone''s (anyone); the lower bound is 0, since the remainder may be in ever so many hands; NULL when an amount is withheld and no total is known, or the total is zero or exceeded';

CREATE FUNCTION hhi_rounding_interval(shares market_shares, remainder text DEFAULT 'below_last',
	OUT low double precision, OUT high double precision)
	RETURNS record
	AS 'MODULE_PATHNAME', 'market_shares_hhi_rounding_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION hhi_rounding_interval(market_shares, text) IS
	'the interval of the Herfindahl-Hirschman index, in points, that half a unit of the last printed digit of each percentage to both sides and the remainder leave open: low has all listed members at their least and the rest in many small hands, high is the largest sum of squares of shares that round to the printed ones, add up to the total and leave a remainder as hhi_high takes it (an upper bound where members are printed to different decimals); NULL for amounts (market_shares), whose rounding is not known, for a total of zero, and when no such shares add up to the total';

CREATE FUNCTION cr_rounding_interval(shares market_shares, n integer, remainder text DEFAULT 'below_last',
	OUT low double precision, OUT high double precision)
	RETURNS record
	AS 'MODULE_PATHNAME', 'market_shares_cr_rounding_interval'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cr_rounding_interval(market_shares, integer, text) IS
	'the interval of the concentration ratio of the n largest, as fractions, that half a unit of the last printed digit of each percentage to both sides and the remainder leave open, as in hhi_rounding_interval; NULL as there; error 22023 for n below 1';

CREATE FUNCTION concentration(shares market_shares, remainder text DEFAULT 'below_last',
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
	'every measure of a market in one row, each defined in the comment on the function of its name (entropy_nats: entropy, and so on), for SELECT ... FROM t, LATERAL concentration(t.market): names end in their unit (fraction from 0 to 1, points up to 10,000, nats), _low and _high are bounds over what is unattributed or withheld under the assumption about the remainder (below_last or anyone), _rounding_low and _rounding_high those of hhi_rounding_interval; note says why a column is NULL or only a bound';
