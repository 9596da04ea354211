/*-------------------------------------------------------------------------
 * market_shares: who holds how much of a market
 *-------------------------------------------------------------------------
 */

-- @flat_type
--	type = market_shares
--	argument = market
--	comment = the exact total and the row counts of each member of a market, in GWh, US$, percent or plain numbers
--	storage = extended

/* ---- the aggregates ---- */

-- @movable_state
--	type = market_shares
--	argument = market
--	space = 2048
--	rolled_up = the shares of all the rows that the values were made of; values of different units do not merge

-- @market_aggregate
--	aggregate = market_shares
--	arguments = member text, amount capacity_gwh
--	comment = shares of a market: capacity in GWh; a NULL member is unattributed, a NULL amount withheld
--	add = market_shares_add
--	subtract = market_shares_subtract
--	reads = capacity

-- @market_aggregate
--	aggregate = market_shares
--	arguments = member text, amount capacity_gwh, stated_total capacity_gwh
--	comment = shares of a stated total (the same in every row that has one): capacity in GWh; a NULL member is unattributed, a NULL amount withheld
--	add = market_shares_add
--	subtract = market_shares_subtract
--	reads = capacity

-- @market_aggregate
--	aggregate = market_shares
--	arguments = member text, amount numeric
--	comment = shares of a market: plain numbers; a NULL member is unattributed, a NULL amount withheld
--	add = market_shares_add
--	subtract = market_shares_subtract
--	reads = numeric

-- @market_aggregate
--	aggregate = market_shares
--	arguments = member text, amount numeric, stated_total numeric
--	comment = shares of a stated total (the same in every row that has one): plain numbers; a NULL member is unattributed, a NULL amount withheld
--	add = market_shares_add
--	subtract = market_shares_subtract
--	reads = numeric

-- @market_aggregate
--	aggregate = market_shares
--	arguments = member text, amount double precision
--	comment = shares of a market: plain numbers, each read as its shortest decimal; a NULL member is unattributed, a NULL amount withheld
--	add = market_shares_add
--	subtract = market_shares_subtract
--	reads = float8

-- @market_aggregate
--	aggregate = market_shares
--	arguments = member text, amount double precision, stated_total double precision
--	comment = shares of a stated total (the same in every row that has one): plain numbers, each read as its shortest decimal; a NULL member is unattributed, a NULL amount withheld
--	add = market_shares_add
--	subtract = market_shares_subtract
--	reads = float8

-- @market_aggregate
--	aggregate = market_shares
--	arguments = member text, amount bigint
--	comment = shares of a market: whole numbers, exact; a NULL member is unattributed, a NULL amount withheld
--	add = market_shares_add
--	subtract = market_shares_subtract
--	reads = bigint

-- @market_aggregate
--	aggregate = market_shares
--	arguments = member text, amount bigint, stated_total bigint
--	comment = shares of a stated total (the same in every row that has one): whole numbers, exact; a NULL member is unattributed, a NULL amount withheld
--	add = market_shares_add
--	subtract = market_shares_subtract
--	reads = bigint

-- @market_aggregate
--	aggregate = market_shares_usd
--	arguments = member text, amount numeric
--	comment = shares of a market: amounts in US$; a NULL member is unattributed, a NULL amount withheld
--	add = market_shares_add_usd
--	subtract = market_shares_subtract_usd
--	reads = usd

-- @market_aggregate
--	aggregate = market_shares_usd
--	arguments = member text, amount numeric, stated_total numeric
--	comment = shares of a stated total (the same in every row that has one): amounts in US$; a NULL member is unattributed, a NULL amount withheld
--	add = market_shares_add_usd
--	subtract = market_shares_subtract_usd
--	reads = usd

/*
 * ---- the measures ----
 *
 * A member is listed when it has a known amount.  The total is the stated one,
 * or else 100 for percentages and the sum of all known amounts for all others; the remainder is what no listed
 * member holds of it.
 */

CREATE FUNCTION share(market market_shares, member text) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_share'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION share(market_shares, text) IS
	'fraction of the total that a member holds; NULL for a member that is not listed (missing is not zero) and when the total is zero';

CREATE FUNCTION amount(market market_shares, member text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'market_shares_amount'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION amount(market_shares, text) IS
	'what a member holds, exact, in GWh, US$, percent or plain numbers; NULL for a member that is not listed';

CREATE FUNCTION total(market market_shares) RETURNS numeric
	AS 'MODULE_PATHNAME', 'market_shares_total'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION total(market_shares) IS
	'what the shares are shares of, exact: the stated total, or else 100 for percentages and the sum of all known amounts for all others';

CREATE FUNCTION stated_total(market market_shares) RETURNS numeric
	AS 'MODULE_PATHNAME', 'market_shares_stated_total'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION stated_total(market_shares) IS 'the stated total; NULL when none was stated';

CREATE FUNCTION total_exceeded(market market_shares) RETURNS boolean
	AS 'MODULE_PATHNAME', 'market_shares_total_exceeded'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION total_exceeded(market_shares) IS
	'do the rows add up to more than the stated total, percentages by more than their rounding? (shares of a total that is exceeded may add up to more than 1)';

CREATE FUNCTION members(market market_shares) RETURNS integer
	AS 'MODULE_PATHNAME', 'market_shares_members'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION members(market_shares) IS 'number of listed members, that is, with a known amount';

CREATE FUNCTION unknown_members(market market_shares) RETURNS integer
	AS 'MODULE_PATHNAME', 'market_shares_unknown_members'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION unknown_members(market_shares) IS
	'number of members with a withheld (NULL) amount, whether or not another row gives them one';

CREATE FUNCTION unattributed(market market_shares) RETURNS numeric
	AS 'MODULE_PATHNAME', 'market_shares_unattributed'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION unattributed(market_shares) IS
	'the remainder, exact: the part of the total that no listed member holds';

CREATE FUNCTION unattributed_share(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_unattributed_share'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION unattributed_share(market_shares) IS
	'the remainder as a fraction of the total; NULL when that is zero';

CREATE FUNCTION leader(market market_shares) RETURNS text
	AS 'MODULE_PATHNAME', 'market_shares_leader'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION leader(market_shares) IS
	'the largest member; of several the bytewise first; NULL when no amount is above zero';

CREATE FUNCTION leader_share(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_leader_share'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION leader_share(market_shares) IS 'fraction of the total that the largest member holds';

CREATE FUNCTION cr(market market_shares, n integer) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_cr'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cr(market_shares, integer) IS
	'concentration ratio: fraction of the total that the n largest listed members hold; NULL when n exceeds them and part of the market is unattributed or withheld (see cr_low, cr_high)';

CREATE FUNCTION cr_low(market market_shares, n integer) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_cr_low'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cr_low(market_shares, integer) IS
	'the least that the n largest members can hold; NULL when an amount is withheld and no total is stated';

CREATE FUNCTION cr_high(market market_shares, n integer, remainder text DEFAULT 'below_last') RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_cr_high'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cr_high(market_shares, integer, text) IS
	'the most that the n largest members can hold, hidden members being no larger than the smallest listed one (below_last) or anything (anyone); NULL when an amount is withheld and no total is stated';

CREATE FUNCTION hhi(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_hhi'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION hhi(market_shares) IS
	'Herfindahl-Hirschman index of the listed members: 10,000 times the sum of squared shares, in points; the remainder is no member, so that with one it is the lower bound: report hhi_low and hhi_high';

CREATE FUNCTION hhi_low(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_hhi_low'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION hhi_low(market_shares) IS
	'the least the Herfindahl-Hirschman index can be, in points: the remainder in many small hands; NULL when an amount is withheld and no total is stated';

CREATE FUNCTION hhi_high(market market_shares, remainder text DEFAULT 'below_last') RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_hhi_high'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION hhi_high(market_shares, text) IS
	'the most the Herfindahl-Hirschman index can be, in points, hidden members being no larger than the smallest listed one (below_last) or anything (anyone); NULL when the total is not known';

CREATE FUNCTION effective_members(market market_shares) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_effective_members'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION effective_members(market_shares) IS
	'10,000 / hhi, from 1 up: the number of equal members with the same index (Hill''s number of order 2, 1973); an upper bound where hhi is a lower one';

CREATE FUNCTION shares(market market_shares,
	OUT rank integer, OUT member text, OUT amount numeric,
	OUT share double precision, OUT cumulative_share double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'market_shares_shares'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 20;
COMMENT ON FUNCTION shares(market_shares) IS
	'a row for each member, the largest first: rank (equal amounts share it), amount, share and cumulative share as fractions of the total; members with a withheld amount last';

/* ---- the window function ---- */

CREATE FUNCTION market_share(amount capacity_gwh) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_share_capacity'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_share(capacity_gwh) IS
	'each row''s share of its window partition (whatever its order or frame), as a fraction; a NULL amount has none and is not in the total';

CREATE FUNCTION market_share(amount numeric) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_share_numeric'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_share(numeric) IS
	'each row''s share of its window partition (whatever its order or frame), as a fraction; a NULL amount has none and is not in the total';

CREATE FUNCTION market_share(amount double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_share_float8'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_share(double precision) IS
	'each row''s share of its window partition (whatever its order or frame), as a fraction; a NULL amount has none and is not in the total';

CREATE FUNCTION market_share(amount bigint) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_share_bigint'
	LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION market_share(bigint) IS
	'each row''s share of its window partition (whatever its order or frame), as a fraction; a NULL amount has none and is not in the total';
