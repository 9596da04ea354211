/*-------------------------------------------------------------------------
 * How a market changes: between two values, by a merger, under other names
 *-------------------------------------------------------------------------
 */

CREATE FUNCTION share_change(before market_shares, after market_shares,
	OUT member text, OUT kind text,
	OUT amount_before numeric, OUT amount_after numeric, OUT amount_change numeric,
	OUT share_before double precision, OUT share_after double precision,
	OUT share_points double precision,
	OUT rank_before integer, OUT rank_after integer, OUT rank_move integer,
	OUT market_effect numeric, OUT share_effect numeric,
	OUT comparable boolean, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'market_shares_change'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION share_change(market_shares, market_shares) IS
	'a row for each member of either market, the largest after first, and one (member NULL) for the unattributed parts: amounts, shares as fractions, share_points in percentage points, ranks among the listed (rank_move: places gained); market_effect = x0 (X1/X0 - 1), share_effect = (s1 - s0) X1, which add up to amount_change exactly. kind: stayed, entrant, leaver, withheld (an amount is NULL), unlisted (may be among the others on one side), unattributed; what depends on an unknown amount is NULL and note says why. comparable is false when one side is a part of a stated total and the other of the sum of its rows; for editions and bases see the form with labels. Values of different units are an error';

/* NULL: that label is not stated */
CREATE FUNCTION share_change(before market_shares, after market_shares,
	before_edition text, after_edition text,
	before_basis text DEFAULT NULL, after_basis text DEFAULT NULL,
	OUT member text, OUT kind text,
	OUT amount_before numeric, OUT amount_after numeric, OUT amount_change numeric,
	OUT share_before double precision, OUT share_after double precision,
	OUT share_points double precision,
	OUT rank_before integer, OUT rank_after integer, OUT rank_move integer,
	OUT market_effect numeric, OUT share_effect numeric,
	OUT comparable boolean, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'market_shares_change_editions'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION share_change(market_shares, market_shares, text, text, text, text) IS
	'share_change with the editions and bases that the two markets are from: comparable is false, and note names them, where they differ: a change between editions is partly a restatement; a label that is NULL or empty is not stated';

CREATE FUNCTION shift_share(segment_before market_shares, segment_after market_shares,
	market_before market_shares, market_after market_shares,
	OUT member text, OUT amount_before numeric, OUT amount_after numeric,
	OUT amount_change numeric, OUT growth_effect numeric, OUT mix_effect numeric,
	OUT competitive_effect numeric, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'market_shares_shift_share'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION shift_share(market_shares, market_shares, market_shares, market_shares) IS
	'classical shift-share (Dunn 1960) of the members (regions) of one segment of a market: growth_effect = x0 g with the growth g of the whole market, mix_effect = x0 (g_k - g) with that of the segment, competitive_effect = x0 (g_ik - g_k) with the member''s own; they add up to amount_change exactly. NULL with a note where there was nothing before, an amount is not known, or a stated total before is zero. The market is that of all segments, such as rollup(segment) OVER (). A segment larger than the market is an error';

/* NULL: withheld */
CREATE FUNCTION shift_share(amount_before numeric, amount_after numeric,
	segment_before numeric, segment_after numeric,
	total_before numeric, total_after numeric,
	OUT growth_effect numeric, OUT mix_effect numeric,
	OUT competitive_effect numeric, OUT note text)
	RETURNS record
	AS 'MODULE_PATHNAME', 'shift_share_numeric'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION shift_share(numeric, numeric, numeric, numeric, numeric, numeric) IS
	'the three effects of shift-share for one row of (region, segment, before, after), given the sums of its segment and of all rows, such as sum(before) OVER (PARTITION BY segment) and sum(before) OVER (); NULL with a note where an amount is NULL or there was nothing before. A part larger than its whole is an error';

/* ---- mergers ---- */

CREATE FUNCTION merger_delta(shares market_shares, a text, b text) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_merger_delta'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION merger_delta(market_shares, text, text) IS
	'by how many points (0 to 5,000) the Herfindahl-Hirschman index rises when members a and b become one: 20,000 s_a s_b; NULL when either is not listed';

CREATE FUNCTION merger_screen(shares market_shares, a text, b text,
	guideline text DEFAULT 'DOJ/FTC 2023', remainder text DEFAULT 'below_last',
	OUT finding text, OUT guideline_applied text,
	OUT hhi_points_before_low double precision, OUT hhi_points_before_high double precision,
	OUT hhi_points_after_low double precision, OUT hhi_points_after_high double precision,
	OUT delta_points_low double precision, OUT delta_points_high double precision,
	OUT combined_share_low double precision, OUT combined_share_high double precision,
	OUT hhi_points_threshold double precision, OUT delta_points_threshold double precision,
	OUT share_threshold double precision, OUT note text)
	RETURNS record
	AS 'MODULE_PATHNAME', 'market_shares_merger_screen'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION merger_screen(market_shares, text, text, text, text) IS
	'the structural screen of the US merger guidelines for a merger of members a and b, and the numbers behind it. DOJ/FTC 2023 (guideline 1): index after above 1,800 and rise above 100, or combined share above 30 % and rise above 100: presumed to substantially lessen competition. DOJ/FTC 2010 (section 5.3): after above 2,500 and rise above 200: presumed likely to enhance market power; after above 2,500 and rise of 100 to 200, or after 1,500 to 2,500 and rise above 100: warrants scrutiny. Index in points, shares as fractions, with bounds where part of the market is unattributed (remainder: below_last or anyone, as hhi_high has it); finding is "depends on the unattributed part" where the bounds give different ones, NULL with a note where an amount it needs is not known. A screen is no judgement of the merger';

/* ---- groups ---- */

CREATE FUNCTION rekey(shares market_shares, mapping jsonb, unmapped text DEFAULT 'error')
	RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_rekey_jsonb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION rekey(market_shares, jsonb, text) IS
	'the market under the names of groups, such as countries or parent companies: mapping is an object from member to group (null: to nobody). Totals, row counts, withheld rows and the stated total are kept. unmapped says what becomes of a member without a group: error, keep (under its own name) or unattributed. What nobody holds may belong to members of any group, so of upper bounds only those under the assumption anyone hold. jsonb_object_agg keeps one of several values of a key silently: the form with arrays refuses them';

CREATE FUNCTION rekey(shares market_shares, members text[], groups text[], unmapped text)
	RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_rekey_arrays'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION rekey(market_shares, text[], text[], text) IS
	'rekey with the mapping as two arrays, such as array_agg(member) and array_agg(group_name) of the parents on one day; a member with two different groups is an error; unmapped must be given';

CREATE FUNCTION shares_by_group(shares market_shares, mapping jsonb, unmapped text DEFAULT 'error',
	OUT group_name text, OUT group_amount numeric, OUT group_share double precision,
	OUT member text, OUT amount numeric, OUT share_of_group double precision,
	OUT share double precision, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'market_shares_by_group_jsonb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION shares_by_group(market_shares, jsonb, text) IS
	'shares of shares: a row for each member with its group, the group''s amount and share of the total, the member''s share of its group and of the total (the product of both); fractions; the largest group first, what has no group last (member NULL: the remainder); group columns repeat on each row of a group. Arguments as in rekey';

CREATE FUNCTION shares_by_group(shares market_shares, members text[], groups text[], unmapped text,
	OUT group_name text, OUT group_amount numeric, OUT group_share double precision,
	OUT member text, OUT amount numeric, OUT share_of_group double precision,
	OUT share double precision, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'market_shares_by_group_arrays'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION shares_by_group(market_shares, text[], text[], text) IS
	'shares of shares: a row for each member with its group, the group''s amount and share of the total, the member''s share of its group and of the total (the product of both); fractions; the largest group first, what has no group last (member NULL: the remainder); group columns repeat on each row of a group. Arguments as in rekey';
