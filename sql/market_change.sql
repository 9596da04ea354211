-- How a market changes: share_change and shift_share.
--
-- Expected values: published figures (SNE Research) with their products by
-- hand; the formulas written in core PostgreSQL numeric.
\pset null NULL

-- CATL 2022 to 2023 within one edition: 75.3 = 71.1 + 4.2 GWh, of world totals
-- of 509.2 and 705.5; and across two editions (37.0 % of 517.9): -1.3.
CREATE TEMP TABLE ev (edition text, year int, maker text, gwh capacity_gwh, world capacity_gwh);
INSERT INTO ev VALUES
	('2023-02', 2022, 'CATL', 0.370 * 517.9, 517.9), ('2023-02', 2022, 'BYD', 0.136 * 517.9, 517.9),
	('2023-02', 2022, 'LG Energy Solution', 0.136 * 517.9, 517.9),
	('2024-02-07', 2022, 'CATL', 184.4, 509.2), ('2024-02-07', 2022, 'BYD', 70.5, 509.2),
	('2024-02-07', 2022, 'LG Energy Solution', 0.141 * 509.2, 509.2),
	('2024-02-07', 2023, 'CATL', 259.7, 705.5), ('2024-02-07', 2023, 'BYD', 111.4, 705.5),
	('2024-02-07', 2023, 'LG Energy Solution', 95.8, 705.5), ('2024-02-07', 2023, 'Panasonic', 0.064 * 705.5, 705.5);
CREATE TEMP TABLE market AS
SELECT edition, year, market_shares(maker, gwh, world) AS ms FROM ev GROUP BY edition, year;

SELECT b.edition, c.member, c.kind, amount_change, round(market_effect, 1) AS market_effect,
	round(share_effect, 1) AS share_effect, round(share_points::numeric, 2) AS share_points,
	rank_before, rank_after, rank_move, comparable, note
FROM market b, market a, LATERAL share_change(b.ms, a.ms, b.edition, a.edition) c
WHERE b.year = 2022 AND a.year = 2023
ORDER BY b.edition, amount_after DESC NULLS LAST, member;

-- The 2022 editions restate each other: BYD and LG change places.
SELECT member, rank_before, rank_after, rank_move, round(share_points::numeric, 2) AS share_points, comparable, note
FROM market b, market a, LATERAL share_change(b.ms, a.ms, b.edition, a.edition, 'installed', 'installed') c
WHERE b.edition = '2023-02' AND a.edition = '2024-02-07' AND a.year = 2022
ORDER BY member;

-- labels: equal, different, missing on one side or both, and another basis
SELECT e, f, g, h, comparable, note
FROM (VALUES ('a', 'a', NULL, NULL), ('a', 'b', NULL, NULL), ('a', NULL, NULL, NULL), (NULL, NULL, NULL, NULL),
	('', '', NULL, NULL), ('a', 'a', 'installed', 'installed'), ('a', 'a', 'installed', 'shipped'), ('a', 'b', NULL, 'shipped')) v(e, f, g, h),
	(SELECT market_shares('A', 1::numeric) AS ms) s, LATERAL share_change(ms, ms, e, f, g, h)
ORDER BY e, f, g, h;
-- one denominator is stated, the other the sum of the rows
SELECT member, kind, comparable, note FROM share_change(
	(SELECT market_shares('A', 1::numeric, 2::numeric)), (SELECT market_shares('A', 1::numeric)))
ORDER BY member;

-- Missing is not zero: every kind of member.
CREATE TEMP TABLE kinds (maker text, before numeric, after numeric, b bool, a bool);
INSERT INTO kinds VALUES ('stays', 40, 60, true, true), ('zero to zero', 0, 0, true, true), ('from zero', 0, 5, true, true),
	('to zero', 6, 0, true, true), ('new', NULL, 15, false, true), ('gone', 4, NULL, true, false);
SELECT c.* FROM (SELECT market_shares(maker, before) FILTER (WHERE b) AS ms0, market_shares(maker, after) FILTER (WHERE a) AS ms1 FROM kinds) s,
	LATERAL share_change(ms0, ms1) c ORDER BY amount_after DESC, amount_before DESC, member;
-- with others on one side, who is new there may have been among them
SELECT member, kind, amount_before, amount_after, market_effect, share_effect, note
FROM (SELECT market_shares(CASE WHEN maker <> 'zero to zero' THEN maker END, before + 1) FILTER (WHERE b) AS ms0,
		market_shares(maker, after) FILTER (WHERE a) AS ms1 FROM kinds) s,
	LATERAL share_change(ms0, ms1) c ORDER BY amount_after DESC NULLS LAST, amount_before DESC, member;
-- withheld before, after, both, in part; the same on both sides, or not
CREATE TEMP TABLE withheld (maker text, before numeric, after numeric);
INSERT INTO withheld VALUES ('known', 30, 60), ('both', NULL, NULL);
SELECT member, kind, amount_before, amount_after, market_effect, share_effect, share_points, note
FROM (SELECT market_shares(maker, before) AS ms0, market_shares(maker, after) AS ms1 FROM withheld) s,
	LATERAL share_change(ms0, ms1) c ORDER BY amount_after DESC NULLS LAST, member;
INSERT INTO withheld VALUES ('before', NULL, 20), ('after', 20, NULL), ('part', 5, 7), ('part', NULL, 3);
SELECT member, kind, amount_before, amount_after, round(share_after::numeric, 4) AS share_after, rank_before, rank_after, market_effect, share_points, note
FROM (SELECT market_shares(maker, before) AS ms0, market_shares(maker, after) AS ms1 FROM withheld) s,
	LATERAL share_change(ms0, ms1) c ORDER BY amount_after DESC NULLS LAST, member;
-- a stated total covers what is withheld
SELECT member, kind, amount_before, amount_after, market_effect, share_effect, note
FROM (SELECT market_shares(maker, before, 100) AS ms0, market_shares(maker, after, 200) AS ms1 FROM withheld) s,
	LATERAL share_change(ms0, ms1) c ORDER BY amount_after DESC NULLS LAST, member;
-- a total of zero, an exceeded one, empty and NULL markets
SELECT member, kind, market_effect, share_effect, share_before, share_points, note
FROM share_change((SELECT market_shares('A', 0::numeric)), (SELECT market_shares('A', 5::numeric)));
SELECT member, market_effect, share_effect, share_after, share_points, note
FROM share_change((SELECT market_shares('A', 5::numeric)), (SELECT market_shares('A', 0::numeric)));
SELECT member, kind, market_effect, share_effect, note
FROM share_change((SELECT market_shares('A', 5::numeric, 4::numeric)), (SELECT market_shares('A', 6::numeric, 6::numeric)));
-- others beyond the stated total: who is new may still have been among them
SELECT member, kind FROM share_change((SELECT market_shares(m, x, 5) FROM (VALUES ('A', 5.0), (NULL, 2)) v(m, x)), (SELECT market_shares(m, x) FROM (VALUES ('A', 5.0), ('B', 2)) v(m, x))) ORDER BY member;
SELECT count(*) FROM share_change('{"market_shares": 1, "unit": null, "members": {}}', '{"market_shares": 1, "unit": null, "members": {}}');
SELECT member, kind, note FROM share_change('{"market_shares": 1, "unit": null, "members": {}}', (SELECT market_shares('A', '5 GWh'::capacity_gwh)));
SELECT count(*) FROM share_change(NULL, (SELECT market_shares('A', 1::numeric)));
SELECT count(*) FROM share_change((SELECT market_shares('A', 1::numeric)), NULL, 'a', 'b');
-- printed percentages: the whole does not grow, so all change is of shares
SELECT member, kind, amount_change, market_effect, share_effect, round(share_points::numeric, 6) AS share_points, rank_move, comparable, note
FROM (SELECT market_shares_from_percent(m, x) AS b, market_shares_from_percent(m, y, 100) AS a FROM (VALUES ('CATL', 36.2, 36.8), ('LG', 14.1, 13.6), ('BYD', 13.9, 15.8)) v(m, x, y)) s,
	LATERAL share_change(b, a) c;
-- units do not mix
SELECT * FROM share_change((SELECT market_shares('A', '5 GWh'::capacity_gwh)), (SELECT market_shares('A', 5::numeric)));

-- Against the formulas in core numeric: 200 makers, totals far beyond 64 bits,
-- on a full outer join of the tables themselves.
CREATE TEMP TABLE random_market AS
SELECT 'maker ' || i AS maker, CASE WHEN i % 11 <> 0 THEN (i * 7919 % 1009)::numeric * 1e9 + i / 7.0 END AS x0,
	CASE WHEN i % 13 <> 0 THEN (i * 104729 % 1013)::numeric * 1e9 + i / 3.0 END AS x1
FROM generate_series(1, 200) i;
WITH want AS (
	SELECT maker, round(coalesce(x0, 0), 18) AS x0, round(coalesce(x1, 0), 18) AS x1,
		sum(round(x0, 18)) OVER () AS t0, sum(round(x1, 18)) OVER () AS t1
	FROM random_market WHERE x0 IS NOT NULL OR x1 IS NOT NULL),
got AS (SELECT c.* FROM (SELECT market_shares(maker, x0) FILTER (WHERE x0 IS NOT NULL) AS ms0,
		market_shares(maker, x1) FILTER (WHERE x1 IS NOT NULL) AS ms1 FROM random_market) s,
	LATERAL share_change(ms0, ms1) c)
SELECT count(*) AS members,
	bool_and(amount_before = x0 AND amount_after = x1 AND amount_change = x1 - x0) AS amounts,
	bool_and(market_effect = round(x0 * t1 / t0, 18) - x0) AS market_effect,
	bool_and(market_effect + share_effect = x1 - x0) AS adds_up,
	max(abs(share_effect - (x1 / t1 - x0 / t0) * t1)) < 1e-6 AS share_effect,
	bool_and(abs(share_points::numeric - 100 * (x1 / t1 - x0 / t0)) < 1e-14) AS share_points,
	abs(sum(share_effect)) < 1e-15 AS shares_cancel
FROM want FULL JOIN got ON member = maker;
-- the order of the rows does not matter, and ranks are those of rank()
SELECT bool_and(rank_before IS NOT DISTINCT FROM r0 AND rank_after IS NOT DISTINCT FROM r1) AS ranks
FROM (SELECT maker, CASE WHEN x0 IS NOT NULL THEN rank() OVER (ORDER BY x0 DESC NULLS LAST) END AS r0,
		CASE WHEN x1 IS NOT NULL THEN rank() OVER (ORDER BY x1 DESC NULLS LAST) END AS r1 FROM random_market) w
JOIN (SELECT c.* FROM (SELECT market_shares(maker, x0) FILTER (WHERE x0 IS NOT NULL) AS ms0,
		market_shares(maker, x1) FILTER (WHERE x1 IS NOT NULL) AS ms1 FROM random_market) s,
	LATERAL share_change(ms0, ms1) c) g ON member = maker;

-- Shift-share.  Region and segment with growth by hand: whole 1000 -> 1200
-- (20 %), segment cells 400 -> 500 (25 %), A 100 -> 150 (50 %): of the change
-- of 50, 20 are the whole's, 5 the segment's, 25 A's own.
CREATE TEMP TABLE regions (region text, segment text, before numeric, after numeric);
INSERT INTO regions VALUES ('A', 'cells', 100, 150), ('B', 'cells', 300, 350),
	('A', 'packs', 200, 180), ('B', 'packs', 400, 490), ('C', 'packs', 0, 30);
SELECT segment, s.* FROM (
	SELECT segment, b, a, rollup(b) OVER () AS all_b, rollup(a) OVER () AS all_a
	FROM (SELECT segment, market_shares(region, before) AS b, market_shares(region, after) AS a FROM regions GROUP BY segment) m) k,
	LATERAL shift_share(b, a, all_b, all_a) s
ORDER BY segment, member;
-- the same from rows, with sums by core
SELECT region, segment, s.* FROM (
	SELECT *, sum(before) OVER k AS k0, sum(after) OVER k AS k1, sum(before) OVER () AS t0, sum(after) OVER () AS t1
	FROM regions WINDOW k AS (PARTITION BY segment)) r, LATERAL shift_share(before, after, k0, k1, t0, t1) s
ORDER BY segment, region;
-- withheld, unlisted and unattributed parts
SELECT s.* FROM (SELECT
	(SELECT market_shares(m, x) FROM (VALUES ('A', 10.0), ('B', 20), (NULL, 5)) v(m, x)) AS b,
	(SELECT market_shares(m, x) FROM (VALUES ('A', 11.0), ('B', NULL), ('C', 7), (NULL, 6)) v(m, x)) AS a) v,
	LATERAL shift_share(b, a, b, a) s;
SELECT s.* FROM (SELECT
	(SELECT market_shares(m, x) FROM (VALUES ('A', 10.0), (NULL, 5)) v(m, x)) AS b,
	(SELECT market_shares(m, x) FROM (VALUES ('A', 11.0), (NULL, 7)) v(m, x)) AS a) v,
	LATERAL shift_share(b, a, b, a) s;
SELECT * FROM shift_share(NULL, 150, 400, NULL, 1000, 1200);
SELECT * FROM shift_share(0, 150, 400, 500, 1000, 1200);
-- effects add up exactly, whatever the quotients are (core numeric,
-- with places enough that it does not round twice)
SELECT count(*), bool_and(growth_effect + mix_effect + competitive_effect = x1 - x0) AS adds_up,
	bool_and(growth_effect = round(x0 * 1200.7::numeric(60, 40) / 1000.3, 18) - x0) AS growth,
	bool_and(competitive_effect = x1 - round(x0 * 777.7::numeric(60, 40) / 333.3, 18)) AS competitive
FROM (SELECT round(i / 7.0, 18) AS x0, round(i / 3.0, 18) AS x1 FROM generate_series(1, 200) i) r,
	LATERAL shift_share(x0, x1, 333.3, 777.7, 1000.3, 1200.7);
-- errors
SELECT * FROM shift_share(500, 150, 400, 500, 1000, 1200);
SELECT * FROM shift_share(100, 150, 400, 1500, 1000, 1200);
SELECT * FROM shift_share(-1, 150, 400, 500, 1000, 1200);
SELECT * FROM shift_share('NaN', 150, 400, 500, 1000, 1200);
SELECT s.* FROM (SELECT market_shares('A', 5::numeric) AS a, market_shares('A', 5::numeric) AS b,
	market_shares('A', 4::numeric) AS c, market_shares('A', 5::numeric) AS d) v, LATERAL shift_share(a, b, c, d) s;
SELECT s.* FROM (SELECT market_shares('A', 5::numeric) AS a, market_shares('A', '5 GWh'::capacity_gwh) AS b) v, LATERAL shift_share(a, a, a, b) s;
-- a stated total that contradicts the rows: no growth from zero, and a note
CREATE TEMP TABLE stated AS SELECT n, market_shares('A', x, t) AS ms FROM (VALUES ('zero', 5::numeric, 0::numeric), ('four', 5, 4), ('none', 5, NULL)) v(n, x, t) GROUP BY n;
SELECT b.n AS before, a.n AS after, all_b.n AS all_before, s.*
FROM stated b, stated a, stated all_b, stated all_a, LATERAL shift_share(b.ms, a.ms, all_b.ms, all_a.ms) s
WHERE all_a.n = 'none' AND (b.n <= all_b.n OR all_b.n = 'none') AND (all_b.n = 'none' OR b.n = 'zero' AND a.n = 'none') AND b.n || a.n <> 'zerozero' ORDER BY b.n, a.n, all_b.n;
-- percentages of different wholes are of different bases, of the same are not
CREATE TEMP TABLE wholes AS SELECT whole, market_shares_from_percent(m, x, whole) AS ms FROM (VALUES (50.0), (100), (NULL)) w(whole), (VALUES ('A', 20.0)) v(m, x) GROUP BY whole;
SELECT b.whole AS before, a.whole AS after, market_effect, share_effect, comparable, note
FROM wholes b, wholes a, LATERAL share_change(b.ms, a.ms) WHERE member = 'A' ORDER BY b.whole, a.whole;
