/*-------------------------------------------------------------------------
 * How a market changes: between two values, by a merger, under other names
 *-------------------------------------------------------------------------
 */

CREATE TYPE share_change_row AS (
	member text,
	kind text,
	amount_before numeric,
	amount_after numeric,
	amount_change numeric,
	share_before double precision,
	share_after double precision,
	share_points double precision,
	rank_before integer,
	rank_after integer,
	rank_move integer,
	market_effect numeric,
	share_effect numeric,
	comparable boolean,
	note text
);
COMMENT ON TYPE share_change_row IS 'the row that share_change() returns';
COMMENT ON COLUMN share_change_row.member IS 'the member; NULL for the unattributed parts';
COMMENT ON COLUMN share_change_row.kind IS 'stayed, entrant, leaver, withheld (an amount is NULL), unlisted (on one side it may be among the others), unattributed';
COMMENT ON COLUMN share_change_row.amount_before IS 'exact, in the unit of the values';
COMMENT ON COLUMN share_change_row.amount_after IS 'exact, in the unit of the values';
COMMENT ON COLUMN share_change_row.amount_change IS 'exact, in the unit of the values';
COMMENT ON COLUMN share_change_row.share_before IS 'fraction of the total before';
COMMENT ON COLUMN share_change_row.share_after IS 'fraction of the total after';
COMMENT ON COLUMN share_change_row.share_points IS 'their difference in percentage points';
COMMENT ON COLUMN share_change_row.rank_before IS 'among the listed members';
COMMENT ON COLUMN share_change_row.rank_after IS 'among the listed members';
COMMENT ON COLUMN share_change_row.rank_move IS 'places gained';
COMMENT ON COLUMN share_change_row.market_effect IS 'x0 (X1/X0 - 1): the change, had the share stayed';
COMMENT ON COLUMN share_change_row.share_effect IS '(s1 - s0) X1: what the change of share amounts to; with market_effect it is amount_change exactly';
COMMENT ON COLUMN share_change_row.comparable IS 'false where one side is of a stated total and the other of its rows, or editions or bases differ; NULL where nothing is stated';
COMMENT ON COLUMN share_change_row.note IS 'why something is NULL or not comparable';

CREATE FUNCTION share_change(before market_shares, after market_shares)
	RETURNS SETOF share_change_row
	AS 'MODULE_PATHNAME', 'market_shares_change'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION share_change(market_shares, market_shares) IS
	'a row for each member of either market, largest after first, and one (member NULL) for the unattributed parts; what depends on an unknown amount is NULL, and note says why';

/* NULL: that label is not stated */
CREATE FUNCTION share_change(before market_shares, after market_shares,
	before_edition text, after_edition text,
	before_basis text DEFAULT NULL, after_basis text DEFAULT NULL)
	RETURNS SETOF share_change_row
	AS 'MODULE_PATHNAME', 'market_shares_change_editions'
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION share_change(market_shares, market_shares, text, text, text, text) IS
	'share_change with the editions and bases that the two markets are from: where they differ, comparable is false and note names them; a label that is NULL or empty is not stated';

CREATE FUNCTION shift_share(segment_before market_shares, segment_after market_shares,
	market_before market_shares, market_after market_shares,
	OUT member text, OUT amount_before numeric, OUT amount_after numeric,
	OUT amount_change numeric, OUT growth_effect numeric, OUT mix_effect numeric,
	OUT competitive_effect numeric, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'market_shares_shift_share'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION shift_share(market_shares, market_shares, market_shares, market_shares) IS
	'classical shift-share (Dunn 1960) of the members of one segment of a market: x0 g, x0 (g_k - g) and x0 (g_ik - g_k), which add up to amount_change exactly; NULL with a note where unknown';

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
	'the three effects of shift-share for one row of (region, segment, before, after), given the sums of its segment and of all rows; NULL with a note where an amount is NULL or nothing was before';

/* ---- mergers ---- */

CREATE FUNCTION merger_delta(market market_shares, member_a text, member_b text) RETURNS double precision
	AS 'MODULE_PATHNAME', 'market_shares_merger_delta'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION merger_delta(market_shares, text, text) IS
	'by how many points (0 to 5,000) the Herfindahl-Hirschman index rises when members a and b become one: 20,000 s_a s_b; NULL when either is not listed';

CREATE FUNCTION merger_screen(market market_shares, member_a text, member_b text,
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
	'the structural screen of the US merger guidelines (DOJ/FTC 2023 or 2010) for a merger of two members, and the numbers behind it, with bounds; NULL with a note where an amount it needs is not known';

/* ---- groups ---- */

CREATE FUNCTION rekey(market market_shares, mapping jsonb, unmapped text DEFAULT 'error')
	RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_rekey_jsonb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION rekey(market_shares, jsonb, text) IS
	'the market under the names of groups: mapping is an object from member to group (null: nobody); unmapped says what becomes of a member without one: error, keep or unattributed';

CREATE FUNCTION rekey(market market_shares, members text[], groups text[], unmapped text)
	RETURNS market_shares
	AS 'MODULE_PATHNAME', 'market_shares_rekey_arrays'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION rekey(market_shares, text[], text[], text) IS
	'rekey with the mapping as two arrays, such as array_agg(member) and array_agg(group_name) of the parents on one day; a member with two different groups is an error; unmapped must be given';

CREATE FUNCTION shares_by_group(market market_shares, mapping jsonb, unmapped text DEFAULT 'error',
	OUT group_name text, OUT group_amount numeric, OUT group_share double precision,
	OUT member text, OUT amount numeric, OUT share_of_group double precision,
	OUT share double precision, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'market_shares_by_group_jsonb'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION shares_by_group(market_shares, jsonb, text) IS
	'shares of shares: a row for each member with its group, the group''s amount and share, the member''s share of group and total; the largest group first, what has no group last; arguments as in rekey';

CREATE FUNCTION shares_by_group(market market_shares, members text[], groups text[], unmapped text,
	OUT group_name text, OUT group_amount numeric, OUT group_share double precision,
	OUT member text, OUT amount numeric, OUT share_of_group double precision,
	OUT share double precision, OUT note text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'market_shares_by_group_arrays'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;
COMMENT ON FUNCTION shares_by_group(market_shares, text[], text[], text) IS
	'shares of shares: a row for each member with its group, the group''s amount and share, the member''s share of group and total; the largest group first, what has no group last; arguments as in rekey';
