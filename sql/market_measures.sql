-- Shares and concentration: published figures, exact arithmetic against
-- core's numeric, bounds against brute force.
SET extra_float_digits = 1;

-- The textbook vector: HHI 3,200, effective members 3.125.
SELECT hhi(s), effective_members(s), cr(s, 1) AS cr1, cr(s, 4) AS cr4, cr(s, 5) AS cr5,
       cr(s, 9) AS cr9, leader(s), leader_share(s), members(s), unknown_members(s), total(s),
       unattributed(s), unattributed_share(s), stated_total(s), total_exceeded(s)
FROM (SELECT market_shares(m, x) AS s
      FROM (VALUES ('a', 10), ('b', 10), ('c', 10), ('d', 20), ('e', 50)) v(m, x)) t \gx

-- SNE Research, EV batteries 2023, printed shares in percent: CR4 72.6 %, ten
-- makers 93.0 %, HHI between 1,910.36 and 1,920.36; 1,959 would be counting
-- the others as one maker.
CREATE TEMP TABLE sne (maker text, percent numeric);
INSERT INTO sne VALUES ('CATL', 36.8), ('BYD', 15.8), ('LG Energy Solution', 13.6),
  ('Panasonic', 6.4), ('SK On', 4.9), ('CALB', 4.7), ('Samsung SDI', 4.6),
  ('Gotion High-tech', 2.4), ('Eve Energy', 2.3), ('Sunwoda', 1.5);
SELECT cr(s, 4) AS cr4, cr(s, 10) AS cr10, cr(s, 11) AS cr11, cr_low(s, 11), cr_high(s, 11),
       cr_high(s, 14) AS cr_high14, cr_high(s, 15) AS cr_high15, cr_high(s, 4) AS cr_high4,
       cr_high(s, 4, 'anyone') AS cr_high4_anyone,
       hhi(s), hhi_low(s), hhi_high(s), hhi_high(s, 'below_last') AS hhi_high2,
       hhi_high(s, 'anyone') AS hhi_high_anyone,
       unattributed(s), unattributed_share(s), total(s), members(s)
FROM (SELECT market_shares(maker, percent, 100::numeric) AS s FROM sne) t \gx
-- the same with the others as a row of nobody's instead of a stated total
SELECT hhi(s), hhi_low(s), hhi_high(s), cr(s, 11) AS cr11, cr_high(s, 11), unattributed(s), stated_total(s)
FROM (SELECT market_shares(maker, percent) AS s
      FROM (SELECT * FROM sne UNION ALL SELECT NULL, 7.0) u) t;
SELECT r.* FROM (SELECT market_shares(maker, percent, 100::numeric) AS s FROM sne) t, LATERAL shares(s) r;

-- USGS, lithium mines in 2024 (t of contained Li): 2,303.1 over the sum of
-- the rows, 2,215.3 over the rounded world total; the United States withheld.
CREATE TEMP TABLE lithium (country text, tonnes numeric);
INSERT INTO lithium VALUES ('United States', NULL), ('Argentina', 18000), ('Australia', 88000),
  ('Brazil', 10000), ('Canada', 4300), ('Chile', 49000), ('China', 41000), ('Namibia', 2700),
  ('Portugal', 380), ('Zimbabwe', 22000);
SELECT round(hhi(rows)::numeric, 1) AS hhi_rows, round(hhi(world)::numeric, 1) AS hhi_world,
       members(rows), unknown_members(rows), total(rows) AS total_rows, total(world) AS total_world,
       unattributed(world), hhi_low(rows), hhi_high(rows), cr_low(rows, 3), cr_high(rows, 3),
       cr(rows, 3) AS cr3_rows, cr(rows, 10) AS cr10_rows,
       share(rows, 'United States') AS us_share, amount(rows, 'United States') AS us_amount
FROM (SELECT market_shares(country, tonnes) AS rows,
             market_shares(country, tonnes, 240000::numeric) AS world FROM lithium) t \gx
-- the withheld member may hold all that is left: more than pieces of 380 t could
SELECT hhi_high(world) = 10000 * (sum(tonnes ^ 2) + (240000 - sum(tonnes)) ^ 2)::numeric / 240000 ^ 2 AS withheld_holds_it
FROM (SELECT market_shares(country, tonnes, 240000::numeric) AS world FROM lithium) t, lithium GROUP BY world;
SELECT r.* FROM (SELECT market_shares(country, tonnes) AS s FROM lithium) t, LATERAL shares(s) r;

-- Members that are not there, and those that have nothing.
SELECT share(s, 'x'), amount(s, 'x'), share(s, 'a'), amount(s, 'a'), share(s, ''), amount(s, 'zero'), share(s, 'zero'),
       leader(s), leader_share(s), cr(s, 1), cr(s, 3), members(s), hhi(s)
FROM (SELECT market_shares(m, x) AS s FROM (VALUES ('a', 1.5), ('zero', 0)) v(m, x)) t \gx
-- A total of zero, nobody's rows only, one withheld member only.
SELECT kind, total(s), members(s) AS n, unknown_members(s) AS unknown, unattributed(s) AS rest, unattributed_share(s) AS rest_share,
       hhi(s), hhi_low(s), hhi_high(s), hhi_high(s, 'anyone') AS anyone, effective_members(s) AS eff, cr(s, 1) AS cr1,
       cr_low(s, 1), cr_high(s, 1), leader(s), leader_share(s), share(s, 'a'), (SELECT count(*) FROM shares(s)) AS rows
FROM (SELECT kind, market_shares(m, x::numeric) AS s
      FROM (VALUES ('1 zero', 'a', 0), ('1 zero', 'b', 0), ('2 nobody', NULL, 5), ('3 withheld', 'a', NULL),
                   ('4 nobody withheld', NULL, NULL), ('5 one', 'a', 3), ('6 half known', 'a', 3), ('6 half known', 'a', NULL)) v(kind, m, x)
      GROUP BY kind) t ORDER BY kind \gx
SELECT r.* FROM (SELECT market_shares(m, x) AS s FROM (VALUES ('a', 0), ('b', 0)) v(m, x)) t, LATERAL shares(s) r;

-- Ties: the leader is the bytewise first, ranks are shared.
SELECT leader(s), (SELECT array_agg(member ORDER BY ordinality) FROM shares(s) WITH ORDINALITY) AS ranked,
       (SELECT array_agg(rank ORDER BY ordinality) FROM shares(s) WITH ORDINALITY) AS ranks, cr(s, 2)
FROM (SELECT market_shares(m, x) AS s
      FROM (VALUES ('b', 2), ('a', 2), ('é', 2), ('B', 2), ('c', 1), ('d', 3)) v(m, x) WHERE m <> 'd') t;

-- Rows above the stated total: flagged, not refused; it stays what the shares
-- are shares of.
SELECT total_exceeded(s), total(s), stated_total(s), unattributed(s), share(s, 'a'), share(s, 'b'), hhi(s), hhi_high(s), cr(s, 5)
FROM (SELECT market_shares(m, x, 100::float8) AS s FROM (VALUES ('a', 70), ('b', 50)) v(m, x)) t;
SELECT total_exceeded(s), total(s), unattributed(s), share(s, 'a')
FROM (SELECT market_shares(m, x, 100::float8) AS s FROM (VALUES ('a', 70), (NULL, 50)) v(m, x)) t;

-- Against core's numeric, correctly rounded: 37 members with awkward amounts.
CREATE TEMP TABLE awkward AS
  SELECT 'm' || (i % 37) AS m, ((i::bigint * 7919) % 100003) / 97.0 + i * 1e-9 AS x FROM generate_series(1, 1000) i;
WITH ms AS (SELECT market_shares(m, x::numeric(40, 12)::capacity_gwh) AS g, market_shares(m, x::numeric(40, 12)) AS p,
                   market_shares_usd(m, x::numeric(40, 12)) AS u FROM awkward),
     t AS (SELECT m, sum(x::numeric(40, 12)) AS x FROM awkward GROUP BY m),
     o AS (SELECT (10000 * sum(x * x))::numeric(200, 100) / sum(x) ^ 2 AS hhi,
                  (sum(x) ^ 2)::numeric(200, 100) / sum(x * x) AS effective,
                  (SELECT sum(x) FROM (SELECT x FROM t ORDER BY x DESC LIMIT 4) f)::numeric(200, 100) / sum(x) AS cr4,
                  max(x)::numeric(200, 100) / sum(x) AS top, sum(x) AS total FROM t)
SELECT hhi(g) = o.hhi::float8 AS hhi, effective_members(g) = effective::float8 AS effective,
       cr(g, 4) = cr4::float8 AS cr4, leader_share(g) = top::float8 AS leader_share, total(g) = total AS total,
       hhi(p) = hhi(g) AND hhi(u) = hhi(g) AS same_hhi, total(p) = total AND total(u) = total AS same_total,
       (SELECT bool_and(amount = t.x AND share = (t.x::numeric(200, 100) / o.total)::float8)
        FROM shares(g) s JOIN t ON t.m = s.member) AS shares,
       (SELECT bool_and(s.cumulative_share = c.c) FROM shares(g) s
        JOIN (SELECT m, ((sum(x) OVER (ORDER BY x DESC, m))::numeric(200, 100) / sum(x) OVER ())::float8 AS c FROM t) c ON c.m = s.member) AS cumulative,
       (SELECT count(*) FROM shares(g)) AS rows
FROM ms, o;

-- Totals beyond 128 bits.
SELECT total(s), hhi(s), leader_share(s), cr(s, 2)
FROM (SELECT market_shares(m, 170141183460469231731.687303715884105727) AS s FROM (VALUES ('a'), ('b'), ('c')) v(m)) t;
SELECT total(s), unattributed(s), hhi_high(s)
FROM (SELECT market_shares(m, 170141183460469231731.687303715884105727) AS s FROM (VALUES ('a'), (NULL)) v(m)) t;

-- Bounds by brute force: every way to split an integer remainder into whole
-- pieces, given to hidden members, to withheld ones or to listed ones.
CREATE TEMP TABLE bound_case (id int, listed int[], remainder int, withheld int[]);
INSERT INTO bound_case VALUES (1, '{9,5,2}', 5, '{}'), (2, '{9,5,2}', 6, '{}'), (3, '{7,3}', 7, '{}'),
  (4, '{4,4,4}', 3, '{}'), (5, '{6,1}', 5, '{}'), (6, '{8,3,0}', 4, '{}'), (7, '{}', 4, '{}'),
  (8, '{9,5,2}', 5, '{0}'), (9, '{9,5,2}', 5, '{5}'), (10, '{9,5,2}', 5, '{2}'), (11, '{5,3}', 0, '{}');
-- partitions: all multisets of positive integers with a given sum
CREATE TEMP TABLE parts AS
  WITH RECURSIVE p(total, pieces, least) AS (
    SELECT 0, '{}'::int[], 1
    UNION ALL
    SELECT total + n, pieces || n, n FROM p, generate_series(1, 7) n WHERE n >= least AND total + n <= 7)
  SELECT total, pieces FROM p;
ANALYZE bound_case, parts;
-- scenario: the remainder split in pieces, and at most one of the pieces given
-- to a holder that has something already (giving it more pieces is another
-- split), or new members for all of them
WITH scenario AS (
  -- below_last: hidden members no larger than the smallest listed one above zero
  SELECT c.id, 'below_last' AS assumption, c.listed || p.pieces AS market
  FROM bound_case c JOIN parts p ON p.total = c.remainder
  WHERE NOT EXISTS (SELECT 1 FROM unnest(p.pieces) x WHERE x > (SELECT min(l) FROM unnest(c.listed) l WHERE l > 0))
  UNION ALL
  -- some of it (k) to a withheld member on top of what is known of it
  SELECT c.id, 'below_last', array_remove(c.listed, w) || array_fill(w, ARRAY[greatest(cardinality(array_positions(c.listed, w)) - 1, 0)]) || (w + k) || p.pieces
  FROM bound_case c, unnest(c.withheld) w, generate_series(0, c.remainder) k, parts p
  WHERE p.total = c.remainder - k
    AND NOT EXISTS (SELECT 1 FROM unnest(p.pieces) x WHERE x > (SELECT min(l) FROM unnest(c.listed) l WHERE l > 0))
  UNION ALL
  SELECT c.id, 'anyone', c.listed || p.pieces FROM bound_case c JOIN parts p ON p.total = c.remainder
  UNION ALL
  SELECT c.id, 'anyone', array_remove(c.listed, w) || array_fill(w, ARRAY[cardinality(array_positions(c.listed, w)) - 1]) || (w + k) || p.pieces
  FROM bound_case c, unnest(c.listed) w, generate_series(0, c.remainder) k, parts p
  WHERE p.total = c.remainder - k),
worst AS (
  SELECT id, assumption, max(squares) AS squares, max(top1) AS top1, max(top2) AS top2, max(top4) AS top4
  FROM scenario, LATERAL (SELECT sum(x * x) AS squares, sum(x) FILTER (WHERE r <= 1) AS top1,
         sum(x) FILTER (WHERE r <= 2) AS top2, sum(x) FILTER (WHERE r <= 4) AS top4
         FROM (SELECT x, row_number() OVER (ORDER BY x DESC) AS r FROM unnest(market) x) q) l
  GROUP BY id, assumption),
market AS (
  SELECT c.id, (SELECT sum(x) FROM unnest(listed) x) + 0 AS listed_sum, c.remainder,
         (SELECT market_shares(m, x, coalesce((SELECT sum(l) FROM unnest(c.listed) l), 0) + c.remainder::numeric)
          FROM (SELECT 'l' || i AS m, listed[i]::numeric AS x FROM generate_subscripts(c.listed, 1) i
                UNION ALL
                -- the withheld row belongs to a listed member with that amount, or to another one
                SELECT coalesce('l' || array_position(c.listed, w), 'w'), NULL FROM unnest(c.withheld) w WHERE w > 0
                UNION ALL SELECT 'w', NULL FROM unnest(c.withheld) w WHERE w = 0
                UNION ALL SELECT NULL, 0) r) AS s
  FROM bound_case c)
SELECT id, assumption, round(hhi_high(s, assumption)::numeric, 6) AS hhi_high,
       hhi_high(s, assumption) = (10000 * w.squares::numeric(100, 50) / total(s) ^ 2)::float8 AS hhi_ok,
       cr_high(s, 1, assumption) = (w.top1::numeric(100, 50) / total(s))::float8 AS cr1_ok,
       cr_high(s, 2, assumption) = (w.top2::numeric(100, 50) / total(s))::float8 AS cr2_ok,
       cr_high(s, 4, assumption) = (w.top4::numeric(100, 50) / total(s))::float8 AS cr4_ok
FROM market JOIN worst w USING (id) ORDER BY id, assumption DESC;

-- NULL in, NULL out.
SELECT hhi(NULL::market_shares), cr(s, NULL), share(s, NULL), hhi_high(s, NULL) FROM (SELECT market_shares('a', 1.0) AS s) t;
-- Amounts as numeric, around what the server's own fast division can take:
-- the text of core's numeric without its trailing zeros.
SELECT count(*), bool_and(amount(gwh, 'a')::text = trim_scale(x)::text) AS gwh_ok, bool_and(amount(plain, 'a')::text = trim_scale(y)::text) AS plain_ok
FROM (SELECT x, y, market_shares('a', x::capacity_gwh) AS gwh, market_shares('a', y) AS plain
	FROM (SELECT (v::numeric + d) * 1e-12 AS x, (v::numeric + d) * 1e-18 AS y
		FROM (SELECT unnest(ARRAY[922337203685477, 922337203685477000, 9223372036854775, 92233720368547758, 259700000000000]) AS v
			UNION SELECT (10::numeric ^ i)::bigint FROM generate_series(0, 18) i) w, generate_series(-1, 1) d) n GROUP BY x, y) m;
DROP TABLE sne, lithium, awkward, bound_case, parts;
