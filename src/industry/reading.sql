/*
 * Reading: roll-up to parents, concentration, money, plants, projects.
 *
 * What cannot be said is NULL with a reason in the column note; a request that
 * makes no sense is an error with a hint.
 */

/*
 * Bounds of a figure that one source states several times and differently
 */

CREATE OR REPLACE FUNCTION industry.open_below(qualifier text, value numeric, low numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN industry.lower_bound(qualifier, value, low) IS NULL AND value IS NOT NULL
			THEN CASE WHEN qualifier IN ('~', 'nearly') THEN value ELSE '-Infinity' END END;
COMMENT ON FUNCTION industry.open_below(text, numeric, numeric) IS
'where a statement has a figure and no lower bound: from where on it is open downwards, the value itself (about, nearly) or minus infinity (up to); NULL where it has a bound or no figure';

CREATE OR REPLACE FUNCTION industry.open_above(qualifier text, value numeric, high numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN industry.upper_bound(qualifier, value, high) IS NULL AND value IS NOT NULL
			THEN CASE WHEN qualifier = '~' THEN value ELSE 'Infinity' END END;
COMMENT ON FUNCTION industry.open_above(text, numeric, numeric) IS
'where a statement has a figure and no upper bound: from where on it is open upwards, the value itself (about) or infinity (more than); NULL where it has a bound or no figure';

CREATE OR REPLACE FUNCTION industry.least_bound(bound numeric, open_from numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN bound < open_from OR open_from IS NULL THEN bound END;
COMMENT ON FUNCTION industry.least_bound(numeric, numeric) IS
'lower bound of several statements, from the least of their lower bounds and the least of their open_below: 70 % beside nearly 90 % is at least 70 %, 70 % beside up to 90 % has none (NULL)';

CREATE OR REPLACE FUNCTION industry.greatest_bound(bound numeric, open_from numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN bound > open_from OR open_from IS NULL THEN bound END;
COMMENT ON FUNCTION industry.greatest_bound(numeric, numeric) IS
'upper bound of several statements, from the greatest of their upper bounds and the greatest of their open_above: 70 % beside more than 97 % has none (NULL)';

/*
 * What is in quarantine.  A set of which we put a row aside is incomplete by our
 * own making, and whatever is computed from it says so.
 */

CREATE OR REPLACE FUNCTION industry.quarantined_members()
RETURNS TABLE (set_id bigint, load_id bigint, line_number integer, effect text, subject text, chemistry text, amount numeric, unit text, share_pct numeric)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
	WITH open_row AS MATERIALIZED (
		SELECT q.load_id, q.line_number, q.about, l.source_id, l.kind, l.file_name, o.published
		FROM industry.quarantine q
		JOIN industry.load_report l ON l.load_id = q.load_id
		JOIN industry.source o ON o.source_id = l.source_id
		WHERE q.resolved_by IS NULL AND q.dismissed_at IS NULL AND q.about IS NOT NULL
		  -- totals and remainders are no members
		  AND q.about ->> 'row_kind' = 'member'),
	placed AS (
		SELECT t.set_id, r.load_id, r.line_number, r.about, (r.about ->> 'is_unread')::boolean AS is_unread,
			   (r.about ->> 'amount')::numeric AS amount, (r.about ->> 'amount_low')::numeric AS amount_low, (r.about ->> 'amount_high')::numeric AS amount_high,
			   (r.about ->> 'share_pct')::numeric AS share_pct, (r.about ->> 'share_pct_low')::numeric AS share_pct_low,
			   (r.about ->> 'share_pct_high')::numeric AS share_pct_high,
			   CASE WHEN r.kind = 'maker_share' THEN industry.find_maker(r.about ->> 'subject', r.published) END AS maker_id,
			   CASE WHEN r.kind = 'country_share' THEN industry.find_country(r.about ->> 'subject') END AS country
		FROM open_row r
		JOIN industry.statement_set t ON t.source_id = r.source_id AND t.superseded_by IS NULL
		JOIN industry.series s ON s.series_id = t.series_id AND s.kind = r.kind
		LEFT JOIN industry.load_report b ON b.load_id = t.load_id
		WHERE CASE WHEN (r.about ->> 'is_unread')::boolean
				   -- every set of its file, also as loaded again
				   THEN b.load_id = r.load_id OR b.file_name = r.file_name
				   ELSE (s.metric, s.basis, s.stage, s.material, s.country_basis, s.application, s.geography, s.scenario,
						 t.period_first, t.period_last)
						IS NOT DISTINCT FROM
						(r.about ->> 'metric', r.about ->> 'basis', r.about ->> 'stage', r.about ->> 'material', r.about ->> 'country_basis',
						 r.about ->> 'application', r.about ->> 'geography', r.about ->> 'scenario', (r.about ->> 'period_first')::date, (r.about ->> 'period_last')::date) END),
	-- what the set states of the same member already
	beside AS (
		SELECT p.set_id, p.load_id, p.line_number, p.about, p.is_unread, count(m.is_same) AS stated, bool_or(m.is_same) IS TRUE AS is_repeat
		FROM placed p
		LEFT JOIN LATERAL (
			SELECT (to_unit(f.amount, 'GWh'), to_unit(f.amount_low, 'GWh'), to_unit(f.amount_high, 'GWh'), f.share_pct, f.share_pct_low, f.share_pct_high)
				   IS NOT DISTINCT FROM (p.amount, p.amount_low, p.amount_high, p.share_pct, p.share_pct_low, p.share_pct_high) AS is_same
			FROM industry.maker_share_observation f
			WHERE f.set_id = p.set_id AND f.row_kind = 'member' AND f.maker_id = p.maker_id
			UNION ALL
			SELECT (f.amount, f.amount_low, f.amount_high, f.share_pct, f.share_pct_low, f.share_pct_high)
				   IS NOT DISTINCT FROM (p.amount, p.amount_low, p.amount_high, p.share_pct, p.share_pct_low, p.share_pct_high)
			FROM industry.country_share_observation f
			WHERE f.set_id = p.set_id AND f.row_kind = 'member' AND f.country = p.country
			  AND f.chemistry::text IS NOT DISTINCT FROM p.about ->> 'chemistry'
			UNION ALL
			SELECT (to_unit(f.capacity, 'GWh'), to_unit(f.capacity_low, 'GWh'), to_unit(f.capacity_high, 'GWh')) IS NOT DISTINCT FROM (p.amount, p.amount_low, p.amount_high)
			FROM industry.capacity_observation f
			WHERE f.set_id = p.set_id AND f.row_kind = 'member' AND industry.name_key(f.subject_as_printed) = industry.name_key(p.about ->> 'subject')
			  AND f.chemistry::text IS NOT DISTINCT FROM p.about ->> 'chemistry') AS m ON NOT p.is_unread
		GROUP BY p.set_id, p.load_id, p.line_number, p.about, p.is_unread)
	SELECT b.set_id, b.load_id, b.line_number,
		   CASE WHEN b.is_unread THEN 'not known' WHEN b.stated > 0 THEN 'changes a figure' ELSE 'adds a member' END,
		   b.about ->> 'subject', b.about ->> 'chemistry',
		   CASE WHEN NOT b.is_unread THEN (b.about ->> 'amount_most')::numeric END, b.about ->> 'unit',
		   CASE WHEN NOT b.is_unread THEN (b.about ->> 'share_pct_most')::numeric END
	FROM beside b
	WHERE NOT b.is_repeat;
END;
COMMENT ON FUNCTION industry.quarantined_members() IS
'open rows in quarantine that add a member to a set of shares or of output or change one, with the greatest figures that they allow (NULL: not read); not known: the set cannot be told, so every set of its file';

CREATE OR REPLACE FUNCTION industry.in_quarantine(open_rows bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN open_rows = 1 THEN '1 row of this set is in quarantine' WHEN open_rows > 1 THEN open_rows::text || ' rows of this set are in quarantine' END;
COMMENT ON FUNCTION industry.in_quarantine(bigint) IS 'the note that so many rows of a set are in quarantine; NULL for none';

CREATE OR REPLACE FUNCTION industry.dismiss(load bigint, line integer, reason text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	closed bigint;
BEGIN
	IF coalesce(btrim(reason), '') = '' THEN
		RAISE EXCEPTION 'a row is dismissed for a reason'
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = 'Say why it is of no account, such as industry.dismiss(7, 12, ''a heading'').';
	END IF;
	-- a re-drive may be taking the row up
	PERFORM enter_loads();
	PERFORM take_turn(o.kind, o.source_id) FROM load_report o WHERE o.load_id = dismiss.load;
	UPDATE quarantine q SET dismissed_reason = btrim(dismiss.reason), dismissed_at = now(), dismissed_by = session_user
	WHERE q.load_id = dismiss.load AND q.line_number = dismiss.line AND q.resolved_by IS NULL AND q.dismissed_at IS NULL;
	GET DIAGNOSTICS closed = ROW_COUNT;
	IF closed = 0 THEN
		RAISE EXCEPTION 'no row of line % of load % is open in quarantine', line, load
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = 'SELECT load_id, line_number, message FROM industry.quarantine WHERE resolved_by IS NULL AND dismissed_at IS NULL lists those that are.';
	END IF;
	RETURN closed;
END
$$;
COMMENT ON FUNCTION industry.dismiss(bigint, integer, text) IS
'closes the open rows of a line of a load in quarantine that are of no account, and returns how many: they stay on record and no longer make a set inexact. Error 22023 for no such row, or no reason';

CREATE OR REPLACE FUNCTION industry.allowing(shares market_shares, missing numeric[], may_merge boolean)
RETURNS TABLE (leader_share_low double precision, leader_share_high double precision, cr4_low double precision, cr4_high double precision,
	hhi_low double precision, hhi_high double precision)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	WITH given AS MATERIALIZED (
		SELECT allowing.shares AS shares, coalesce(cardinality(allowing.missing), 0) = 0 AS is_whole,
			   array_position(allowing.missing, NULL) IS NULL AS is_read, stated_total(allowing.shares) AS stated, leader(allowing.shares) AS leader,
			   m.least, m.listed, m.squares
		FROM (SELECT min(s.amount) AS least, sum(s.amount) AS listed, sum(s.amount * s.amount) AS squares FROM shares(allowing.shares) AS s) AS m),
	-- the missing, the largest first, each a member of its own or all of them the leader's
	added AS MATERIALIZED (
		SELECT x.member, x.amount, row_number() OVER w AS n,
			   (x.squares + sum(x.amount * x.amount) OVER w) / nullif(coalesce(x.stated, x.listed + sum(x.amount) OVER w), 0) ^ 2 AS hhi
		FROM (SELECT 'quarantined ' || m.n AS member, m.amount, g.squares, g.stated, g.listed
			  FROM given g CROSS JOIN LATERAL unnest(allowing.missing) WITH ORDINALITY AS m (amount, n)
			  WHERE g.is_read AND NOT allowing.may_merge
				-- of a stated total, what is smaller than the smallest is less than the remainder allows anyway
				AND (g.stated IS NULL OR m.amount >= g.least)
			  UNION ALL
			  SELECT g.leader, (SELECT sum(m.amount) FROM unnest(allowing.missing) AS m (amount)), g.squares, g.stated, g.listed
			  FROM given g WHERE g.is_read AND NOT g.is_whole AND allowing.may_merge) AS x
		WINDOW w AS (ORDER BY x.amount DESC, x.member ROWS UNBOUNDED PRECEDING)),
	-- the market with none of them, with the largest and so on up to four for the
	-- ratios, and with as many as make the index greatest
	world AS (
		SELECT (SELECT rollup(p.part) FROM (SELECT g.shares AS part
											UNION ALL
											SELECT market_shares(a.member, a.amount) FROM added a WHERE a.n <= c.n) AS p) AS shares
		FROM given g
		CROSS JOIN LATERAL (SELECT 0 AS n
							UNION SELECT a.n FROM added a WHERE a.n <= 4
							UNION (SELECT a.n FROM added a ORDER BY a.hhi DESC, a.n DESC LIMIT 1)) AS c),
	most AS (
		SELECT max(leader_share(w.shares)) AS leader_share, max(cr_high(w.shares, 4)) AS cr4, max(hhi_high(w.shares)) AS hhi,
			   count(*) = count(hhi_high(w.shares)) AS is_bound
		FROM world w),
	-- and at the least: without a stated total all of the missing is in the total, in ever so many hands
	least AS (
		SELECT CASE WHEN g.is_whole OR g.stated IS NOT NULL THEN g.shares
					WHEN g.is_read THEN (SELECT rollup(p.part) FROM (SELECT g.shares AS part
																	 UNION ALL
																	 SELECT market_shares(NULL::text, m.amount) FROM unnest(allowing.missing) AS m (amount)) AS p) END AS shares
		FROM given g)
	SELECT leader_share(l.shares), CASE WHEN g.is_read AND m.is_bound THEN m.leader_share END,
		   cr_low(l.shares, 4), CASE WHEN g.is_read AND m.is_bound THEN m.cr4 END,
		   hhi_low(l.shares), CASE WHEN g.is_read AND m.is_bound THEN m.hhi END
	FROM given g, most m, least l;
END;
COMMENT ON FUNCTION industry.allowing(market_shares, numeric[], boolean) IS
'bounds of a market''s concentration where all, some or none of the missing amounts may be in it (NULL: not known, no upper bound); may_merge: they may be the leader''s, as where makers are rolled up';

/*
 * Parents
 */

CREATE OR REPLACE FUNCTION industry.parent_on(maker_id integer, on_date date) RETURNS integer
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	WITH RECURSIVE above (maker_id, steps) AS (
		SELECT parent_on.maker_id, 0
		UNION ALL
		SELECT p.parent_id, a.steps + 1
		FROM above a
		JOIN industry.maker_parent p ON p.maker_id = a.maker_id AND p.valid @> parent_on.on_date
		WHERE a.steps < 100)
	SELECT a.maker_id FROM above a ORDER BY a.steps DESC LIMIT 1;
END;
COMMENT ON FUNCTION industry.parent_on(integer, date) IS
'maker at the top of the chain of parents of a maker on a day; the maker itself where it has none. Joint ventures are not split among their members';

CREATE OR REPLACE FUNCTION industry.market(known_on date DEFAULT 'infinity', by_parent boolean DEFAULT false, parents_on date DEFAULT NULL)
RETURNS TABLE (set_id bigint, publisher text, metric text, basis text, application text, geography text, scenario text, period_first date,
	period_last date, edition text, member text, makers bigint, amount capacity_gwh, share_pct numeric, is_exact boolean,
	statements bigint, statement_kinds text[], is_estimate boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000
BEGIN ATOMIC
	WITH known_set AS MATERIALIZED (
		SELECT k.set_id, k.publisher, k.metric, k.basis, k.application, k.geography, k.scenario, k.period_first, k.period_last, k.edition,
			   k.published, k.published_precision, coalesce(market.parents_on, k.period_last, k.known_from) AS day
		FROM industry.as_known_on(market.known_on) k
		WHERE k.kind = 'maker_share'),
	-- each maker and day once, and only makers that ever had a parent
	top AS MATERIALIZED (
		SELECT d.maker_id, d.day, industry.parent_on(d.maker_id, d.day) AS top_id
		FROM (SELECT DISTINCT f.maker_id, k.day
			  FROM known_set k
			  JOIN industry.maker_share_observation f ON f.set_id = k.set_id
			  WHERE market.by_parent AND f.row_kind = 'member'
				AND f.maker_id IN (SELECT p.maker_id FROM industry.maker_parent p)) AS d)
	SELECT k.set_id, k.publisher, k.metric, k.basis, k.application, k.geography, k.scenario, k.period_first, k.period_last, k.edition,
		   m.maker, count(DISTINCT f.maker_id),
		   -- in numeric, which no sum is beyond; one slip of a unit must not fail a view
		   CASE WHEN count(*) = count(f.amount) AND max(f.statement_number) = 1 AND sum(to_unit(f.amount, 'GWh')) <= 9000000
				THEN to_capacity_gwh(sum(to_unit(f.amount, 'GWh')), 'GWh') END,
		   CASE WHEN count(*) = count(f.share_pct) AND max(f.statement_number) = 1 THEN sum(f.share_pct) END,
		   bool_and(coalesce(f.qualifier, '=') = '=' AND coalesce(f.share_qualifier, '=') = '='),
		   max(f.statement_number)::bigint, array_agg(DISTINCT f.statement_kind) FILTER (WHERE f.statement_kind IS NOT NULL),
		   bool_or(industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) = 'estimate')
	FROM known_set k
	JOIN industry.maker_share_observation f ON f.set_id = k.set_id
	LEFT JOIN top t ON t.maker_id = f.maker_id AND t.day = k.day
	JOIN industry.maker m ON m.maker_id = coalesce(t.top_id, f.maker_id)
	WHERE f.row_kind = 'member'
	  AND industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) NOT IN ('forecast', 'claim')
	GROUP BY k.set_id, k.publisher, k.metric, k.basis, k.application, k.geography, k.scenario, k.period_first, k.period_last, k.edition, m.maker;
END;
COMMENT ON FUNCTION industry.market(date, boolean, date) IS
'members of each market in the latest set known on a day, forecasts and claims apart: makers, or with by_parent the makers at the top of their chains of parents, as of parents_on or of the end of the period. The amount (GWh) or share (percent) of a group is NULL where one of its makers has none, where the source states one more than once and differently (statements over 1), and an amount also where it is beyond 9000000 GWh';

CREATE OR REPLACE FUNCTION industry.excess_text(measure text, amounts numeric, percents numeric, total numeric, unit text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN measure = 'share' THEN format('%s percentage points', trim_scale(percents - 100))
	ELSE format('%s%s (%s %%)', trim_scale(amounts - total), coalesce(' ' || unit, ''), round(100 * (amounts / nullif(total, 0) - 1), 2)) END;
COMMENT ON FUNCTION industry.excess_text(text, numeric, numeric, numeric, text) IS 'by how much members exceed the total they are shares of, for a note: 970 t (0.44 %), or 4.2 percentage points';

CREATE OR REPLACE FUNCTION industry.concentration(known_on date DEFAULT 'infinity', by_parent boolean DEFAULT false, parents_on date DEFAULT NULL)
RETURNS TABLE (publisher text, metric text, basis text, application text, geography text, scenario text, period_first date, period_last date,
	year integer, edition text, measure text, members integer, unknown_members integer, stated_total numeric,
	unattributed_share double precision, leader text, leader_share double precision, leader_share_low double precision,
	leader_share_high double precision, cr4 double precision, cr4_low double precision, cr4_high double precision,
	hhi_points double precision, hhi_low_points double precision, hhi_high_points double precision, effective_members double precision,
	is_exact boolean, rows_in_quarantine bigint, note text, set_id bigint, statement_kind text, is_estimate boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
	WITH member AS MATERIALIZED (
		SELECT m.set_id, m.publisher, m.metric, m.basis, m.application, m.geography, m.scenario, m.period_first, m.period_last, m.edition,
			   m.member, m.amount, m.share_pct, m.is_exact, m.statements, m.statement_kinds, m.is_estimate
		FROM industry.market(concentration.known_on, concentration.by_parent, concentration.parents_on) m),
	total AS (
		SELECT f.set_id, to_unit(min(f.amount), 'GWh') AS least, to_unit(max(f.amount), 'GWh') AS greatest,
			   bool_and(f.qualifier = '=') IS TRUE AS is_exact, bool_or(f.statement_kind = 'estimated') IS TRUE AS is_estimate
		FROM industry.maker_share_observation f
		WHERE f.row_kind = 'stated_total' AND f.set_id IN (SELECT m.set_id FROM member m)
		  -- nor is a total that is foretold one of what there is
		  AND industry.figure_standing(f.statement_kind, NULL, NULL, NULL, NULL) NOT IN ('forecast', 'claim')
		GROUP BY f.set_id),
	kinds AS (
		SELECT m.set_id, string_agg(DISTINCT u.kind, ', ' ORDER BY u.kind) AS statement_kind
		FROM member m CROSS JOIN LATERAL unnest(m.statement_kinds) AS u (kind)
		GROUP BY m.set_id),
	refused AS (
		SELECT q.set_id, sum(q.open_rows)::bigint AS open_rows, bool_or(q.may_change) AS may_change,
			   array_agg(q.amount) AS amounts, array_agg(q.share_pct) AS shares_pct
		-- a name that stands twice in the file is one member
		FROM (SELECT m.set_id, count(*) AS open_rows, bool_or(m.effect = 'changes a figure') AS may_change,
					 CASE WHEN count(*) = count(m.amount) AND max(m.amount) <= 9000000 THEN max(m.amount) END AS amount,
					 CASE WHEN count(*) = count(m.share_pct) THEN max(m.share_pct) END AS share_pct
			  FROM industry.quarantined_members() m GROUP BY m.set_id, industry.name_key(m.subject)) AS q
		GROUP BY q.set_id),
	market AS (
		SELECT m.set_id, m.publisher, m.metric, m.basis, m.application, m.geography, m.scenario, m.period_first, m.period_last, m.edition,
			   t.greatest AS total, t.set_id IS NOT NULL AND t.greatest IS NULL AS has_rough_total, coalesce(t.is_exact, true) AS has_exact_total, coalesce(t.is_estimate, false) AS has_estimated_total,
			   -- the amounts, unless the shares know more members
			   CASE WHEN count(m.amount) = 0 AND count(m.share_pct) = 0 THEN 'none'
					WHEN count(m.amount) > count(m.share_pct) THEN 'amount'
					WHEN count(m.amount) = count(m.share_pct) AND t.greatest IS NOT NULL THEN 'amount'
					ELSE 'share' END AS measure,
			   bool_and(m.is_exact) AS is_exact, max(m.statements) AS statements, bool_or(m.is_estimate) AS is_estimate,
			   t.least <> t.greatest AS two_totals, sum(to_unit(m.amount, 'GWh')) AS amounts, sum(m.share_pct) AS percents,
			   market_shares(m.member, to_unit(m.amount, 'GWh'), t.greatest) AS by_amount,
			   market_shares(m.member, to_unit(m.amount, 'GWh')) AS by_amount_alone,
			   market_shares(m.member, m.share_pct, 100::numeric) AS by_share
		FROM member m
		LEFT JOIN total t ON t.set_id = m.set_id
		GROUP BY m.set_id, m.publisher, m.metric, m.basis, m.application, m.geography, m.scenario, m.period_first, m.period_last, m.edition,
				 t.set_id, t.least, t.greatest, t.is_exact, t.is_estimate),
	chosen AS (
		SELECT c.set_id, c.publisher, c.metric, c.basis, c.application, c.geography, c.scenario, c.period_first, c.period_last, c.edition,
			   c.measure, c.total, c.amounts, c.percents, c.has_rough_total,
			   c.is_estimate OR c.measure = 'amount' AND c.has_estimated_total AS is_estimate,
			   -- a total that is itself a bound makes every share of it one
			   c.is_exact AND (c.measure = 'share' OR c.has_exact_total) AS is_exact,
			   CASE WHEN c.statements > 1 THEN 'a member is stated more than once and differently'
					WHEN c.measure = 'amount' AND c.two_totals THEN 'the total is stated more than once and differently'
					WHEN c.measure = 'none' THEN 'no member has a value' END AS trouble,
			   CASE c.measure WHEN 'share' THEN c.by_share
							  WHEN 'amount' THEN CASE WHEN c.total IS NULL THEN c.by_amount_alone ELSE c.by_amount END END AS shares
		FROM market c)
	SELECT c.publisher, c.metric, c.basis, c.application, c.geography, c.scenario, c.period_first, c.period_last,
		   CASE WHEN extract(day FROM c.period_first) = 1 AND extract(month FROM c.period_first) = 1
					 AND c.period_last = (c.period_first + interval '1 year' - interval '1 day')::date
				THEN extract(year FROM c.period_first)::integer END,
		   c.edition, c.measure, members(u.shares), unknown_members(u.shares),
		   CASE c.measure WHEN 'share' THEN 100 ELSE c.total END,
		   -- what is left is not known where a figure is a bound, or a member is missing from a sum
		   CASE WHEN c.is_exact AND (r.set_id IS NULL OR c.measure = 'share' OR c.total IS NOT NULL) THEN unattributed_share(u.shares) END,
		   leader(u.shares), leader_share(u.shares), b.leader_share_low, b.leader_share_high,
		   cr(u.shares, 4), b.cr4_low, b.cr4_high, hhi(u.shares), b.hhi_low, b.hhi_high,
		   effective_members(u.shares),
		   c.is_exact AND NOT c.is_estimate AND r.set_id IS NULL AND total_exceeded(u.shares) IS NOT TRUE, coalesce(r.open_rows, 0),
		   nullif(concat_ws('; ', c.trouble, industry.in_quarantine(r.open_rows), CASE WHEN c.is_estimate THEN 'estimates' END,
				CASE WHEN total_exceeded(u.shares) THEN 'the members exceed the stated total by ' || industry.excess_text(c.measure, c.amounts, c.percents, c.total, 'GWh') END,
				CASE WHEN unknown_members(u.shares) > 0 THEN unknown_members(u.shares) || ' member(s) without a value' END,
				CASE WHEN c.measure = 'amount' AND c.has_rough_total THEN 'the stated total is no single figure: shares are of the members listed'
					 WHEN c.measure = 'amount' AND c.total IS NULL THEN 'no total is stated: shares are of the members listed' END,
				CASE WHEN NOT c.is_exact THEN 'some figures are bounds or approximate' END), ''),
		   c.set_id, y.statement_kind, c.is_estimate
	FROM chosen c
	LEFT JOIN kinds y ON y.set_id = c.set_id
	LEFT JOIN refused r ON r.set_id = c.set_id
	CROSS JOIN LATERAL (SELECT CASE WHEN c.trouble IS NULL THEN c.shares END AS shares) AS u
	LEFT JOIN LATERAL industry.allowing(u.shares, CASE c.measure WHEN 'share' THEN r.shares_pct ELSE r.amounts END, concentration.by_parent) AS b
		   ON c.is_exact AND r.may_change IS NOT TRUE;
END;
COMMENT ON FUNCTION industry.concentration(date, boolean, date) IS
'concentration of each market and period, in the latest set known on a day: members only, no forecast and no claim (what is an estimate is not exact: is_estimate), the stated total (or 100 percent) as denominator. It takes the amounts, or the shares where those know more members (measure; stated_total is in GWh or percent). Shares and CR4 are fractions, HHI is in points; hhi_points and cr4 are over the listed members, low and high bound what the unattributed part may add, and are NULL where a figure is itself a bound or approximate. It is inexact where the members exceed the total (note says by how much). Rows of the set that are in quarantine make it inexact, too, and the bounds allow them; high is NULL where such a row''s figure cannot be read. by_parent rolls makers up to their parents. NULL with a note where the source contradicts itself. year is set where the period is a calendar year';

CREATE OR REPLACE FUNCTION industry.country_concentration(known_on date DEFAULT 'infinity')
RETURNS TABLE (publisher text, metric text, basis text, stage text, material text, country_basis text, application text,
	geography text, scenario text, chemistry chemistry, period_first date, period_last date, year integer, edition text, measure text,
	unit text, members integer, unknown_members integer, stated_total numeric, unattributed_share double precision, leader text,
	leader_share double precision, leader_share_low double precision, leader_share_high double precision, hhi_points double precision,
	hhi_low_points double precision, hhi_high_points double precision, is_exact boolean, rows_in_quarantine bigint, note text, set_id bigint,
	statement_kind text, is_estimate boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
	WITH total AS (
		SELECT f.set_id, f.chemistry::text AS chemistry, min(f.amount) AS least, max(f.amount) AS greatest, bool_and(f.qualifier = '=') IS TRUE AS is_exact
		FROM industry.as_known_on(country_concentration.known_on) k
		JOIN industry.country_share_observation f ON f.set_id = k.set_id
		WHERE k.kind = 'country_share' AND f.row_kind = 'stated_total'
		  AND industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) NOT IN ('forecast', 'claim')
		GROUP BY f.set_id, f.chemistry::text),
	market AS (
		SELECT k.set_id, k.publisher, k.metric, k.basis, k.stage, k.material, k.country_basis, k.application, k.geography, k.scenario,
			   k.period_first, k.period_last, k.edition, f.chemistry::text AS chemistry, t.greatest AS total,
			   t.set_id IS NOT NULL AND t.greatest IS NULL AS has_rough_total, coalesce(t.is_exact, true) AS has_exact_total,
			   CASE WHEN count(f.amount) = 0 AND count(f.share_pct) = 0 THEN 'none'
					WHEN count(f.amount) > count(f.share_pct) THEN 'amount'
					WHEN count(f.amount) = count(f.share_pct) AND t.greatest IS NOT NULL THEN 'amount'
					ELSE 'share' END AS measure,
			   bool_and(coalesce(f.qualifier, '=') = '=' AND coalesce(f.share_qualifier, '=') = '=') AS is_exact,
			   string_agg(DISTINCT f.statement_kind, ', ') AS statement_kind,
			   bool_or(industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) = 'estimate') AS is_estimate,
			   max(f.statement_number) AS statements, min(f.unit) AS unit, min(f.unit) <> max(f.unit) AS two_units,
			   t.least <> t.greatest AS two_totals, sum(f.amount) AS amounts, sum(f.share_pct) AS percents,
			   market_shares(f.country, CASE WHEN f.amount < 1e18 THEN f.amount END, CASE WHEN t.greatest < 1e18 THEN t.greatest END) AS by_amount,
			   bool_or(f.amount >= 1e18) IS TRUE OR t.greatest >= 1e18 AS is_beyond,
			   market_shares(f.country, CASE WHEN f.amount < 1e18 THEN f.amount END) AS by_amount_alone,
			   market_shares(f.country, f.share_pct, 100::numeric) AS by_share
		FROM industry.as_known_on(country_concentration.known_on) k
		JOIN industry.country_share_observation f ON f.set_id = k.set_id
		LEFT JOIN total t ON t.set_id = f.set_id AND t.chemistry IS NOT DISTINCT FROM f.chemistry::text
		WHERE k.kind = 'country_share' AND f.row_kind = 'member'
		  AND industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) NOT IN ('forecast', 'claim')
		GROUP BY k.set_id, k.publisher, k.metric, k.basis, k.stage, k.material, k.country_basis, k.application, k.geography, k.scenario,
				 k.period_first, k.period_last, k.edition, f.chemistry::text, t.set_id, t.least, t.greatest, t.is_exact),
	refused AS MATERIALIZED (
		SELECT m.set_id, m.effect, m.chemistry, industry.name_key(m.subject) AS subject, m.amount, m.unit, m.share_pct
		FROM industry.quarantined_members() m),
	chosen AS (
		SELECT c.set_id, c.publisher, c.metric, c.basis, c.stage, c.material, c.country_basis, c.application, c.geography, c.scenario,
			   c.period_first, c.period_last, c.edition, c.chemistry, c.measure, c.total, c.unit, c.amounts, c.percents, c.has_rough_total,
			   c.statement_kind, c.is_estimate,
			   c.is_exact AND (c.measure = 'share' OR c.has_exact_total) AS is_exact,
			   CASE WHEN c.statements > 1 THEN 'a country is stated more than once and differently'
					WHEN c.measure = 'amount' AND c.is_beyond THEN 'an amount is beyond 1e18: surely in another unit'
					WHEN c.measure = 'amount' AND c.two_units THEN 'amounts in different units'
					WHEN c.measure = 'amount' AND c.two_totals THEN 'the total is stated more than once and differently'
					WHEN c.measure = 'none' THEN 'no country has a value' END AS trouble,
			   CASE c.measure WHEN 'share' THEN c.by_share
							  WHEN 'amount' THEN CASE WHEN c.total IS NULL THEN c.by_amount_alone ELSE c.by_amount END END AS shares
		FROM market c)
	SELECT c.publisher, c.metric, c.basis, c.stage, c.material, c.country_basis, c.application, c.geography, c.scenario, c.chemistry::chemistry,
		   c.period_first, c.period_last,
		   CASE WHEN extract(day FROM c.period_first) = 1 AND extract(month FROM c.period_first) = 1
					 AND c.period_last = (c.period_first + interval '1 year' - interval '1 day')::date
				THEN extract(year FROM c.period_first)::integer END,
		   c.edition, c.measure, CASE c.measure WHEN 'share' THEN '%' ELSE c.unit END,
		   members(u.shares), unknown_members(u.shares),
		   CASE c.measure WHEN 'share' THEN 100 ELSE c.total END,
		   CASE WHEN c.is_exact AND (r.open_rows IS NULL OR c.measure = 'share' OR c.total IS NOT NULL) THEN unattributed_share(u.shares) END,
		   leader(u.shares), leader_share(u.shares), b.leader_share_low, b.leader_share_high,
		   hhi(u.shares), b.hhi_low, b.hhi_high, c.is_exact AND NOT c.is_estimate AND r.open_rows IS NULL AND total_exceeded(u.shares) IS NOT TRUE, coalesce(r.open_rows, 0),
		   nullif(concat_ws('; ', c.trouble, industry.in_quarantine(r.open_rows), CASE WHEN c.is_estimate THEN 'estimates' END,
				CASE WHEN total_exceeded(u.shares) THEN 'the countries exceed the stated total by ' || industry.excess_text(c.measure, c.amounts, c.percents, c.total, c.unit) END,
				CASE WHEN unknown_members(u.shares) > 0 THEN unknown_members(u.shares) || ' country(ies) without a value' END,
				CASE WHEN c.measure = 'amount' AND c.has_rough_total THEN 'the stated total is no single figure: shares are of the countries listed'
					 WHEN c.measure = 'amount' AND c.total IS NULL THEN 'no total is stated: shares are of the countries listed' END,
				CASE WHEN NOT c.is_exact THEN 'some figures are bounds or approximate' END), ''),
		   c.set_id, c.statement_kind, c.is_estimate
	FROM chosen c
	CROSS JOIN LATERAL (SELECT CASE WHEN c.trouble IS NULL THEN c.shares END AS shares) AS u
	LEFT JOIN LATERAL (
		SELECT sum(q.open_rows)::bigint AS open_rows, bool_or(q.may_change) AS may_change, array_agg(q.amount) AS amounts
		FROM (SELECT count(*) AS open_rows, bool_or(m.effect = 'changes a figure') AS may_change,
					 CASE c.measure WHEN 'share' THEN CASE WHEN count(*) = count(m.share_pct) THEN max(m.share_pct) END
						  ELSE CASE WHEN count(*) = count(m.amount) FILTER (WHERE m.unit = c.unit AND m.amount < 1e18) THEN max(m.amount) END END AS amount
			  FROM refused m
			  WHERE m.set_id = c.set_id AND (m.chemistry IS NOT DISTINCT FROM c.chemistry OR m.effect = 'not known')
			  GROUP BY m.subject) AS q
		HAVING count(*) > 0) AS r ON true
	LEFT JOIN LATERAL industry.allowing(u.shares, r.amounts, false) AS b ON c.is_exact AND r.may_change IS NOT TRUE;
END;
COMMENT ON FUNCTION industry.country_concentration(date) IS
'concentration of each stage and material by country, in the latest set known on a day, as concentration does it for makers: members only, forecasts and claims apart, the stated total (or 100 percent) as denominator, HHI in points with bounds where part is withheld, unattributed or in quarantine. Sets of country_basis market are where things are sold, no supply, and like scenarios markets of their own: filter on country_basis';

/*
 * Money: exchange rates and price indices, both cited
 */

CREATE OR REPLACE FUNCTION industry.usd_at(amount numeric, currency text, first_day date, last_day date,
	known_on date DEFAULT 'infinity', rate_publisher text DEFAULT NULL)
RETURNS TABLE (usd numeric, units_per_usd numeric, rate_kind text, rate_first date, rate_last date, rate_publisher_used text,
	rate_edition text, rate_locator text, rate_fact_id bigint, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	WITH rate AS (
		SELECT r.units_per_usd, r.rate_kind, k.period_first, k.period_last, k.publisher, k.edition, r.locator, r.fact_id,
			   -- published rates before implied ones, then the closest period, of which that of one day is no average
			   rank() OVER (ORDER BY (r.rate_kind = 'implied'), k.period_last - k.period_first, (r.rate_kind = 'spot')) AS place
		FROM industry.as_known_on(usd_at.known_on) k
		JOIN industry.exchange_rate r ON r.set_id = k.set_id
		WHERE k.kind = 'exchange_rate' AND k.scenario IS NULL AND r.currency = usd_at.currency
		  AND industry.figure_standing(r.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) <> 'forecast'
		  AND k.period_first <= usd_at.first_day AND k.period_last >= usd_at.last_day
		  AND (usd_at.rate_publisher IS NULL OR k.publisher = usd_at.rate_publisher)),
	best AS (
		SELECT count(DISTINCT r.units_per_usd) AS different, min(r.fact_id) AS fact_id
		FROM rate r WHERE r.place = 1)
	SELECT CASE WHEN usd_at.currency = 'USD' THEN usd_at.amount
				WHEN b.different = 1 THEN usd_at.amount / r.units_per_usd END,
		   CASE WHEN usd_at.currency = 'USD' THEN 1 WHEN b.different = 1 THEN r.units_per_usd END,
		   CASE WHEN b.different = 1 THEN r.rate_kind END, CASE WHEN b.different = 1 THEN r.period_first END,
		   CASE WHEN b.different = 1 THEN r.period_last END, CASE WHEN b.different = 1 THEN r.publisher END,
		   CASE WHEN b.different = 1 THEN r.edition END, CASE WHEN b.different = 1 THEN r.locator END,
		   CASE WHEN b.different = 1 THEN r.fact_id END,
		   CASE WHEN usd_at.amount IS NULL THEN 'no amount'
				WHEN usd_at.currency IS NULL THEN 'no currency'
				WHEN usd_at.currency = 'USD' THEN NULL
				WHEN usd_at.first_day IS NULL OR usd_at.last_day IS NULL THEN 'the amount has no date'
				WHEN b.different = 0 THEN format('no cited rate of %s covers %s to %s', usd_at.currency, usd_at.first_day, usd_at.last_day)
				WHEN b.different > 1 THEN format('%s cited rates of %s cover %s to %s and differ; name a publisher',
					b.different, usd_at.currency, usd_at.first_day, usd_at.last_day) END
	FROM best b
	LEFT JOIN rate r ON r.fact_id = b.fact_id AND usd_at.currency <> 'USD';
END;
COMMENT ON FUNCTION industry.usd_at(numeric, text, date, date, date, text) IS
'US$ for an amount in another currency, at the cited rate whose period covers the days from first_day to last_day: a published rate before one implied by two amounts, and of these the one of the shortest period, an average before a spot rate of as long a one. The rate and where it is cited stand beside the result. NULL with a note where there is no such rate, or where several differ and no publisher is named: never the nearest rate, never a forecast or one of a scenario, never a guess';

CREATE OR REPLACE FUNCTION industry.usd_of(amount numeric, currency text, first_day date, last_day date)
RETURNS TABLE (usd numeric, units_per_usd numeric, rate_kind text, rate_first date, rate_last date, rate_publisher_used text, rate_fact_id bigint, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 SET search_path = pg_catalog, industry, pg_temp AS $$
	SELECT u.usd, u.units_per_usd, u.rate_kind, u.rate_first, u.rate_last, u.rate_publisher_used, u.rate_fact_id, u.note
	FROM industry.usd_at(usd_of.amount, usd_of.currency, usd_of.first_day, usd_of.last_day, industry.as_of()) AS u
$$;
COMMENT ON FUNCTION industry.usd_of(numeric, text, date, date) IS 'usd_at, by rates known on the day of industry.as_of, for the views *_usd and storage_project_cost, which so do not depend on a function that depends on tables';

CREATE OR REPLACE FUNCTION industry.deflate(amount numeric, from_year integer, to_year integer, index_name text,
	known_on date DEFAULT 'infinity', index_publisher text DEFAULT NULL)
RETURNS TABLE (real_amount numeric, from_index numeric, to_index numeric, index_publisher_used text, index_edition text,
	from_fact_id bigint, to_fact_id bigint, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	WITH value AS (
		SELECT s.publisher, t.series_id, t.source_id, o.edition, o.known_from, o.source, i.country, i.base_as_printed,
			   extract(year FROM t.period_first)::integer AS year, i.value, i.fact_id,
			   EXISTS (SELECT FROM industry.price_index other
					   WHERE other.set_id = i.set_id AND other.index_name = i.index_name AND other.statement_number <> i.statement_number) AS is_contradicted
		FROM industry.price_index i
		JOIN industry.statement_set t ON t.set_id = i.set_id AND t.superseded_by IS NULL
		JOIN industry.series s ON s.series_id = t.series_id
		JOIN industry.source o ON o.source_id = t.source_id
		WHERE s.scenario IS NULL AND i.index_name = deflate.index_name AND o.known_from <= deflate.known_on AND i.statement_number = 1
		  AND industry.figure_standing(i.statement_kind, t.period_first, t.period_last, o.published, o.published_precision) <> 'forecast'
		  AND (deflate.index_publisher IS NULL OR s.publisher = deflate.index_publisher)
		  AND extract(month FROM t.period_first) = 1 AND extract(day FROM t.period_first) = 1
		  AND t.period_last = (t.period_first + interval '1 year' - interval '1 day')::date),
	pair AS (
		-- both years from one edition, one series and one base: only ratios within it mean anything
		SELECT a.publisher, a.series_id, a.country, a.edition, a.value AS from_value, b.value AS to_value, a.fact_id AS from_fact, b.fact_id AS to_fact,
			   a.is_contradicted OR b.is_contradicted AS is_contradicted,
			   row_number() OVER (PARTITION BY a.series_id, a.country ORDER BY a.known_from DESC, a.source COLLATE "C" DESC, a.fact_id) AS place
		FROM value a JOIN value b ON b.source_id = a.source_id AND b.series_id = a.series_id AND b.country = a.country
			AND b.base_as_printed IS NOT DISTINCT FROM a.base_as_printed
		WHERE a.year = deflate.from_year AND b.year = deflate.to_year),
	only_one AS (
		SELECT count(DISTINCT p.publisher) AS publishers, count(*) AS indices, bool_or(p.is_contradicted) AS is_contradicted,
			   min(p.from_fact) AS from_fact
		FROM pair p WHERE p.place = 1),
	latest AS (
		SELECT o.publishers, o.indices, o.is_contradicted, o.from_fact,
			   CASE WHEN o.indices = 1 AND NOT o.is_contradicted THEN 1 ELSE 0 END AS usable
		FROM only_one o)
	SELECT CASE WHEN l.usable = 1 THEN deflate.amount * p.to_value / p.from_value END,
		   CASE WHEN l.usable = 1 THEN p.from_value END, CASE WHEN l.usable = 1 THEN p.to_value END,
		   CASE WHEN l.usable = 1 THEN p.publisher END, CASE WHEN l.usable = 1 THEN p.edition END,
		   CASE WHEN l.usable = 1 THEN p.from_fact END, CASE WHEN l.usable = 1 THEN p.to_fact END,
		   CASE WHEN deflate.amount IS NULL THEN 'no amount'
				WHEN deflate.from_year IS NULL OR deflate.to_year IS NULL THEN 'the amount has no year'
				WHEN l.publishers = 0 THEN format('no edition of the index "%s" has both %s and %s, forecasts apart', deflate.index_name, deflate.from_year, deflate.to_year)
				WHEN l.publishers > 1 THEN format('%s publishers have the index "%s"; name one', l.publishers, deflate.index_name)
				WHEN l.indices > 1 THEN format('the publisher has %s different indices "%s"', l.indices, deflate.index_name)
				WHEN l.is_contradicted THEN format('the source states the index "%s" more than once and differently', deflate.index_name) END
	FROM latest l
	LEFT JOIN pair p ON p.place = 1 AND p.from_fact = l.from_fact;
END;
COMMENT ON FUNCTION industry.deflate(numeric, integer, integer, text, date, text) IS
'an amount in money of from_year in money of to_year, by a cited yearly price index, both values from its latest edition that has both years, forecasts apart. NULL with a note where there is none, where several publishers have an index of that name and none is named, where one publisher has several (of different countries or geographies), and where the source states it twice and differently';

/*
 * Prices in US$
 */

CREATE OR REPLACE VIEW industry.current_price_usd AS
SELECT p.publisher, p.edition, p.source, p.known_from, p.metric, p.scope, p.price_or_cost, p.money_basis, p.base_year,
	   p.application, p.geography, p.scenario, p.period_first, p.period_last, p.row_kind, p.statement_number, p.maker_id, p.maker, p.plant,
	   p.site, p.country, p.chemistry,
	   coalesce(p.cost, p.cost_usd_stated,
				CASE WHEN p.scope <> 'lcos' AND r.usd <= 1000000 THEN to_cost_per_gwh(r.usd, 'USD/kWh') END) AS cost_usd,
	   CASE WHEN p.cost IS NOT NULL THEN 'stated in US$'
			WHEN p.cost_usd_stated IS NOT NULL THEN 'stated in US$ beside another currency'
			WHEN p.scope <> 'lcos' AND r.usd <= 1000000 THEN 'converted' END AS cost_usd_origin,
	   p.lcos_usd_per_kwh_discharged, p.amount_per_kwh, p.currency, r.units_per_usd, r.rate_kind, r.rate_first, r.rate_last,
	   r.rate_publisher_used AS rate_publisher, r.rate_fact_id,
	   CASE WHEN p.cost IS NOT NULL OR p.cost_usd_stated IS NOT NULL OR p.lcos_usd_per_kwh_discharged IS NOT NULL THEN NULL
			WHEN p.missing_reason IS NOT NULL THEN p.missing_reason
			WHEN p.amount_per_kwh IS NULL THEN 'a range'
			WHEN p.money_basis = 'real' THEN 'real money of another currency is not converted'
			WHEN p.scope = 'lcos' THEN 'a levelised cost in another currency is not converted'
			WHEN r.usd > 1000000 THEN 'more than a million US$ per kWh: the amount is surely in another unit'
			ELSE r.note END AS note,
	   p.qualifier, p.missing_reason, p.statement_kind, p.as_printed, p.locator, p.fact_id, p.set_id
FROM industry.current_price p
LEFT JOIN LATERAL (
	SELECT u.usd, u.units_per_usd, u.rate_kind, u.rate_first, u.rate_last, u.rate_publisher_used, u.rate_fact_id, u.note
	FROM industry.usd_of(p.amount_per_kwh, p.currency, p.period_first, p.period_last) AS u
	WHERE p.amount_per_kwh IS NOT NULL AND p.money_basis = 'nominal' AND p.cost_usd_stated IS NULL OFFSET 0) AS r ON true;
COMMENT ON VIEW industry.current_price_usd IS 'latest edition: prices and costs in US$ per kWh, as stated or converted by a cited rate of the period; NULL with a note where neither is to be had. Levelised costs of storage stay in their own column';
COMMENT ON COLUMN industry.current_price_usd.cost_usd IS 'US$ per kWh, the same number as million US$ per GWh';
COMMENT ON COLUMN industry.current_price_usd.cost_usd_origin IS 'stated in US$; stated in US$ beside another currency; converted';
COMMENT ON COLUMN industry.current_price_usd.currency IS 'currency, ISO 4217';
COMMENT ON COLUMN industry.current_price_usd.units_per_usd IS 'the rate: units of currency that one US$ bought';
COMMENT ON COLUMN industry.current_price_usd.rate_first IS 'first day of the rate''s period';
COMMENT ON COLUMN industry.current_price_usd.rate_last IS 'last day of the rate''s period';
COMMENT ON COLUMN industry.current_price_usd.rate_publisher IS 'publisher of the rate';
COMMENT ON COLUMN industry.current_price_usd.rate_fact_id IS 'fact of the rate, in exchange_rate';
COMMENT ON COLUMN industry.current_price_usd.note IS 'why there is no US$ figure';

/*
 * What a GWh of plant costs
 */

CREATE OR REPLACE VIEW industry.current_expansion_usd AS
SELECT e.publisher, e.edition, e.source, e.known_from, e.metric, e.scenario, e.row_kind, e.statement_number, e.maker_id, e.maker, e.plant,
	   e.site, e.phase, e.country, e.chemistry, e.status, e.announced, e.announced_precision, e.capacity, e.investment, e.currency,
	   e.investment_usd_stated,
	   coalesce(CASE WHEN e.currency = 'USD' THEN e.investment END, e.investment_usd_stated, r.usd) AS investment_usd,
	   CASE WHEN e.currency = 'USD' AND e.investment IS NOT NULL THEN 'stated in US$'
			WHEN e.investment_usd_stated IS NOT NULL THEN 'stated in US$ beside another currency'
			WHEN r.usd IS NOT NULL THEN 'converted' END AS investment_usd_origin,
	   r.units_per_usd, r.rate_kind, r.rate_first, r.rate_last, r.rate_publisher_used AS rate_publisher, r.rate_fact_id,
	   e.qualifier, e.investment_qualifier, e.owned_pct, e.statement_kind,
	   CASE WHEN max(e.statement_number) OVER (PARTITION BY e.set_id, e.maker_id, e.plant_id, e.site, e.phase, e.chemistry::text, e.row_kind) > 1
				THEN 'stated more than once and differently'
			WHEN e.capacity IS NULL THEN coalesce('capacity: ' || e.missing_reason, 'no single capacity is stated')
			WHEN e.investment IS NULL AND e.investment_usd_stated IS NULL
				THEN coalesce('investment: ' || e.investment_missing_reason, 'no single investment is stated')
			WHEN e.currency <> 'USD' AND e.investment_usd_stated IS NULL AND r.usd IS NULL THEN r.note
			WHEN e.capacity = '0' THEN 'the capacity is zero'
			-- no sum of such capacities, and no quotient of such amounts, must fail a view
			WHEN to_unit(e.capacity, 'GWh') > 100000
				THEN 'more than 100000 GWh a year: the capacity is surely in another unit'
			WHEN coalesce(CASE WHEN e.currency = 'USD' THEN e.investment END, e.investment_usd_stated, r.usd) < 1000 * to_unit(e.capacity, 'GWh')
				THEN 'less than 0.001 US$ per kWh: the investment is surely in thousands or millions'
			WHEN coalesce(CASE WHEN e.currency = 'USD' THEN e.investment END, e.investment_usd_stated, r.usd) > 1000000000000 * to_unit(e.capacity, 'GWh')
				THEN 'more than a million US$ per kWh: the investment or the capacity is surely in another unit' END AS note,
	   e.as_printed, e.investment_as_printed, e.locator, e.fact_id, e.set_id
FROM industry.current_expansion e
LEFT JOIN LATERAL (
	SELECT u.usd, u.units_per_usd, u.rate_kind, u.rate_first, u.rate_last, u.rate_publisher_used, u.rate_fact_id, u.note
	FROM industry.usd_of(e.investment, e.currency, e.announced, industry.last_day_of(e.announced, e.announced_precision)) AS u
	WHERE e.currency <> 'USD' AND e.investment_usd_stated IS NULL OFFSET 0) AS r ON true;
COMMENT ON VIEW industry.current_expansion_usd IS 'latest edition: announced additions of plant capacity with their investment in US$: as printed, as the source itself states it beside another currency, or converted by a cited rate of the day of announcement; NULL with a note where none is to be had';
COMMENT ON COLUMN industry.current_expansion_usd.investment_usd IS 'investment, US$';
COMMENT ON COLUMN industry.current_expansion_usd.investment_usd_origin IS 'stated in US$; stated in US$ beside another currency; converted';
COMMENT ON COLUMN industry.current_expansion_usd.units_per_usd IS 'the rate: units of currency that one US$ bought';
COMMENT ON COLUMN industry.current_expansion_usd.rate_first IS 'first day of the rate''s period';
COMMENT ON COLUMN industry.current_expansion_usd.rate_last IS 'last day of the rate''s period';
COMMENT ON COLUMN industry.current_expansion_usd.rate_publisher IS 'publisher of the rate';
COMMENT ON COLUMN industry.current_expansion_usd.rate_fact_id IS 'fact of the rate, in exchange_rate';
COMMENT ON COLUMN industry.current_expansion_usd.note IS 'why the row cannot be part of a cost per GWh';

CREATE OR REPLACE FUNCTION industry.plant_owner_on(plant_id integer, on_date date) RETURNS integer
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN coalesce(
	(SELECT e.maker_id FROM industry.capacity_event e
	 JOIN industry.current_set k ON k.set_id = e.set_id
	 WHERE e.plant_id = plant_owner_on.plant_id AND e.event = 'ownership' AND NOT e.is_scheduled AND e.maker_id IS NOT NULL
	   AND e.happened <= plant_owner_on.on_date
	   -- who buys into a plant does not own it
	   AND coalesce(e.share_pct, 100) > 50
	 ORDER BY e.happened DESC, e.share_pct DESC NULLS LAST, e.fact_id LIMIT 1),
	(SELECT p.maker_id FROM industry.plant p WHERE p.plant_id = plant_owner_on.plant_id));
COMMENT ON FUNCTION industry.plant_owner_on(integer, date) IS
'maker that owned a plant on a day: the one to which more than half of it (or no share is stated) was last reported to have gone, or the one that founded it. A date known to the month or year counts from its first day';

CREATE OR REPLACE VIEW industry.plant_schedule AS
SELECT p.plant, e.phase, e.event, s.publisher,
	   count(*) FILTER (WHERE e.is_scheduled) AS promises,
	   (array_agg(e.happened ORDER BY o.known_from, e.fact_id) FILTER (WHERE e.is_scheduled))[1] AS first_promised,
	   (array_agg(o.edition ORDER BY o.known_from, e.fact_id) FILTER (WHERE e.is_scheduled))[1] AS first_promised_edition,
	   (array_agg(e.happened ORDER BY o.known_from DESC, e.fact_id DESC) FILTER (WHERE e.is_scheduled))[1] AS last_promised,
	   (array_agg(o.edition ORDER BY o.known_from DESC, e.fact_id DESC) FILTER (WHERE e.is_scheduled))[1] AS last_promised_edition,
	   (array_agg(e.happened ORDER BY o.known_from DESC, e.fact_id DESC) FILTER (WHERE NOT e.is_scheduled))[1] AS reported,
	   coalesce((array_agg(e.happened ORDER BY o.known_from DESC, e.fact_id DESC) FILTER (WHERE NOT e.is_scheduled))[1],
				(array_agg(e.happened ORDER BY o.known_from DESC, e.fact_id DESC) FILTER (WHERE e.is_scheduled))[1])
	   - (array_agg(e.happened ORDER BY o.known_from, e.fact_id) FILTER (WHERE e.is_scheduled))[1] AS slip_days,
	   bool_and(e.happened_precision = 'day') AS is_exact
FROM industry.capacity_event e
JOIN industry.statement_set t ON t.set_id = e.set_id AND t.superseded_by IS NULL
JOIN industry.series s ON s.series_id = t.series_id
JOIN industry.source o ON o.source_id = t.source_id
JOIN industry.plant p ON p.plant_id = e.plant_id
WHERE e.event NOT IN ('ownership', 'financing')
GROUP BY p.plant, e.phase, e.event, s.publisher;
COMMENT ON VIEW industry.plant_schedule IS 'all editions: what was promised for each plant, phase and event, first and last, what was then reported, and by how many days it slipped';
COMMENT ON COLUMN industry.plant_schedule.plant IS 'name of the plant';
COMMENT ON COLUMN industry.plant_schedule.promises IS 'promises, over all editions of the publisher';
COMMENT ON COLUMN industry.plant_schedule.first_promised IS 'day first promised';
COMMENT ON COLUMN industry.plant_schedule.first_promised_edition IS 'edition that first promised it';
COMMENT ON COLUMN industry.plant_schedule.last_promised IS 'day last promised';
COMMENT ON COLUMN industry.plant_schedule.last_promised_edition IS 'edition that last promised it';
COMMENT ON COLUMN industry.plant_schedule.reported IS 'day on which it happened, as the latest edition that reports it has it; NULL where none does';
COMMENT ON COLUMN industry.plant_schedule.slip_days IS 'days from the first promise to what was reported, or to the last promise where nothing is';
COMMENT ON COLUMN industry.plant_schedule.is_exact IS 'whether all dates are known to the day; otherwise they are the first days of months or years';

/*
 * Storage projects and minerals
 */

CREATE OR REPLACE VIEW industry.storage_project_cost AS
SELECT s.publisher, s.edition, s.source, s.scenario, s.project, s.unit_id, s.phase,
	   s.unit_id IS NULL AND EXISTS (
			SELECT FROM industry.storage_project p
			WHERE p.set_id = s.set_id AND p.project = s.project AND p.row_kind = 'member'
			  AND (s.phase IS NULL AND num_nonnulls(p.unit_id, p.phase) > 0 OR p.phase = s.phase AND p.unit_id IS NOT NULL)) AS has_parts,
	   s.maker, s.country, s.place, s.chemistry, s.status, s.status_as_printed, s.power_mw, s.power_mw_low, s.power_mw_high, s.power_qualifier,
	   s.power_missing_reason, s.energy,
	   -- a bound has no quotient
	   CASE WHEN s.power_mw > 0 AND s.power_mw < 'Infinity' AND s.power_qualifier IN ('=', '~') AND s.qualifier IN ('=', '~')
			THEN duration_hours(s.energy, s.power_mw) END AS duration_hours,
	   1000 * industry.lower_bound(s.qualifier, to_unit(s.energy, 'GWh'), to_unit(s.energy_low, 'GWh'))
	   / nullif(industry.upper_bound(s.power_qualifier, s.power_mw, s.power_mw_high), 0) AS duration_low_hours,
	   1000 * industry.upper_bound(s.qualifier, to_unit(s.energy, 'GWh'), to_unit(s.energy_high, 'GWh'))
	   / nullif(industry.lower_bound(s.power_qualifier, s.power_mw, s.power_mw_low), 0) AS duration_high_hours,
	   v.usd AS amount_usd, v.origin AS amount_usd_origin,
	   CASE WHEN v.usd BETWEEN 1000 * to_unit(s.energy, 'GWh') AND 1000000000000 * to_unit(s.energy, 'GWh') AND s.energy > '0'
			THEN to_cost_per_gwh(v.usd / to_unit(s.energy, 'kWh'), 'USD/kWh') END AS system_price,
	   CASE WHEN s.energy IS NULL THEN coalesce('energy: ' || s.missing_reason, 'no single energy is stated')
			WHEN s.amount IS NULL AND s.amount_usd_stated IS NULL THEN 'no cost is stated'
			WHEN v.usd IS NULL THEN r.note
			WHEN s.energy = '0' THEN 'the energy is zero'
			WHEN v.usd < 1000 * to_unit(s.energy, 'GWh') THEN 'less than 0.001 US$ per kWh: the cost is surely in thousands or millions'
			WHEN v.usd > 1000000000000 * to_unit(s.energy, 'GWh') THEN 'more than a million US$ per kWh: the cost or the energy is surely in another unit' END AS note,
	   s.qualifier, s.as_printed, s.locator, s.fact_id, s.set_id
FROM industry.current_storage_project s
LEFT JOIN LATERAL (
	SELECT u.usd, u.note
	FROM industry.usd_of(s.amount, s.currency, s.period_first, s.period_last) AS u
	WHERE s.currency <> 'USD' AND s.amount_usd_stated IS NULL OFFSET 0) AS r ON true
CROSS JOIN LATERAL (
	SELECT coalesce(CASE WHEN s.currency = 'USD' THEN s.amount END, s.amount_usd_stated, r.usd) AS usd,
		   CASE WHEN s.currency = 'USD' THEN 'stated in US$'
				WHEN s.amount_usd_stated IS NOT NULL THEN 'stated in US$ beside another currency'
				WHEN r.usd IS NOT NULL THEN 'converted' END AS origin) AS v
WHERE s.row_kind = 'member';
COMMENT ON VIEW industry.storage_project_cost IS 'latest edition: storage projects with duration and price per energy, one row a unit or phase where the source lists these. Rows of one project add up within one status, where has_parts is false. The price is of a whole system: not of cells, and not a plant''s capex';
COMMENT ON COLUMN industry.storage_project_cost.duration_hours IS 'energy over power, hours; NULL where one of them is a bound or a range';
COMMENT ON COLUMN industry.storage_project_cost.has_parts IS 'whether units or phases of this are rows of their own, which a sum would count twice';
COMMENT ON COLUMN industry.storage_project_cost.duration_low_hours IS 'least duration that the statements allow, hours: least energy over greatest power';
COMMENT ON COLUMN industry.storage_project_cost.duration_high_hours IS 'greatest duration that the statements allow, hours: greatest energy over least power';
COMMENT ON COLUMN industry.storage_project_cost.amount_usd IS 'cost of the project, US$';
COMMENT ON COLUMN industry.storage_project_cost.amount_usd_origin IS 'stated in US$; stated in US$ beside another currency; converted by a cited rate of the period';
COMMENT ON COLUMN industry.storage_project_cost.system_price IS 'US$ per kWh of energy, the same number as million US$ per GWh';
COMMENT ON COLUMN industry.storage_project_cost.note IS 'why there is no price';

CREATE OR REPLACE VIEW industry.capacity_mineral_demand AS
SELECT c.publisher, c.edition, c.metric, c.basis, c.geography, c.scenario, c.period_first, c.period_last, c.row_kind, c.maker, c.plant, c.country,
	   c.chemistry, c.capacity, i.mineral, i.symbol, i.kg_per_kwh,
	   mineral_demand(c.chemistry, c.capacity, i.symbol) AS tonnes,
	   i.describes AS intensity_of, i.basis AS intensity_basis, i.source AS intensity_source,
	   c.qualifier, c.locator, c.fact_id, c.set_id
FROM industry.current_capacity c
CROSS JOIN LATERAL mineral_intensities(c.chemistry) AS i
WHERE c.chemistry IS NOT NULL AND c.capacity IS NOT NULL;
COMMENT ON VIEW industry.capacity_mineral_demand IS 'latest edition: minerals in stated capacities whose chemistry is stated, one row a mineral; a capacity a year needs tonnes a year. Chemistries without a published intensity have no row';
COMMENT ON COLUMN industry.capacity_mineral_demand.mineral IS 'mineral';
COMMENT ON COLUMN industry.capacity_mineral_demand.symbol IS 'symbol of the element';
COMMENT ON COLUMN industry.capacity_mineral_demand.kg_per_kwh IS 'intensity, kg per kWh';
COMMENT ON COLUMN industry.capacity_mineral_demand.tonnes IS 'demand, tonnes (tonnes a year where the capacity is a year''s)';
COMMENT ON COLUMN industry.capacity_mineral_demand.intensity_of IS 'chemistry that the intensity was published for';
COMMENT ON COLUMN industry.capacity_mineral_demand.intensity_basis IS 'what the intensity assumes';
COMMENT ON COLUMN industry.capacity_mineral_demand.intensity_source IS 'where the intensity is from';
