-- Measures of concentration and inequality, their bounds, and all of them in
-- one row.
SET extra_float_digits = 1;

-- Markets by hand and by R.  The expected values are those that
-- test/oracles/concentration.R prints; of "textbook" HHI .32, Gini .36,
-- Rosenbluth .3125, Theil T .25020 and L .23263 are published.  The Theil
-- indices of near_equal come from test/oracles/theil_near_equal.bc (50
-- digits) and its leader gap is written as a quotient, because those of R lose
-- digits to cancellation there.
CREATE TEMP TABLE sample (name text, amounts numeric[]);
INSERT INTO sample VALUES ('textbook', '{10,10,10,20,50}'), ('zero', '{0,1,2,3,94}'), ('equal', '{7,7,7,7}'),
  ('one', '{5}'), ('two', '{1,3}'), ('near_equal', '{1000,1001,999,1000.5}'), ('skewed', '{1e6,1e3,1,1e-3}'),
  ('squares', (SELECT array_agg(i * i) FROM generate_series(1, 37) i)),
  ('sne_named', '{36.8,15.8,13.6,6.4,4.9,4.7,4.6,2.4,2.3,1.5}');
CREATE TEMP TABLE expected (name text, hhi_points float8, hhi_normalized float8, effective_members float8,
  leader_gap_fraction float8, entropy_nats float8, equitability float8, gini float8, gini_corrected float8,
  theil_t_nats float8, theil_l_nats float8, rosenbluth float8);
INSERT INTO expected VALUES
  ('textbook', 3200, 0.15, 3.125, 0.3, 1.35923670066501, 0.844541246458714, 0.36, 0.45, 0.250201211769094, 0.232630161961136, 0.3125),
  ('zero', 8850, 0.85625, 1.12994350282486, 0.91, 0.287651778383046, 0.178728098897586, 0.76, 0.95, 1.32178613405105, NULL, 0.833333333333333),
  ('equal', 2500, 0, 4, 0, 1.38629436111989, 1, 0, 0, 0, 0, 0.25),
  ('one', 10000, NULL, 1, NULL, 0, NULL, 0, NULL, 0, 0, 1),
  ('two', 6250, 0.25, 1.6, 0.5, 0.562335144618808, 0.811278124459133, 0.25, 0.5, 0.130812035941137, 0.14384103622589, 0.666666666666667),
  ('near_equal', 2500.00136684577, 1.8224610228342e-07, 3.99999781304797, 0.5 / 4000.5, 1.38629408772141, 0.99999980278468, 0.000406199225096863, 0.000541598966795817, 2.7339848532486704e-07, 2.7342786321874243e-07, 0.250101591072489),
  ('skewed', 9980.01998003994, 0.997335997338659, 1.002002002, 0.998001000000998, 0.0079151702538836, 0.00570958843653486, 0.749499499501499, 0.999332666001999, 1.37837919086601, 8.9763390576859, 0.998001998009966),
  ('squares', 479.886201991465, 0.0215438596491228, 20.8382736542566, 0.00415362731152205, 3.19251039402406, 0.884127103206906, 0.492972972972973, 0.506666666666667, 0.418407518620159, 0.794092509181267, 0.0533049040511727),
  ('sne_named', 2208.76401896173, 0.13430711321797, 4.52741891580644, 0.225806451612903, 1.84041236432247, 0.799280934251765, 0.509462365591398, 0.566069295101553, 0.462172728671578, 0.469157144755185, 0.203857957036388);
CREATE TEMP TABLE market AS
  SELECT name, market_shares('m' || i, amounts[i]) AS s FROM sample, generate_subscripts(amounts, 1) i GROUP BY name;
-- every column of concentration() that R has, within 2e-14 of it (R prints 15
-- digits, and its own differences cancel in hhi_normalized and gini of nearly
-- equal amounts: 1e-9 there)
CREATE FUNCTION pg_temp.close(a float8, b float8, relative float8) RETURNS boolean LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN a IS NULL OR b IS NULL THEN a IS NULL AND b IS NULL ELSE abs(a - b) <= relative * abs(b) END;
SELECT name, count(*) AS compared, count(*) FILTER (WHERE NOT pg_temp.close(c.value::float8, e.value::float8,
         CASE WHEN name = 'near_equal' AND e.key IN ('hhi_normalized', 'gini', 'gini_corrected') THEN 1e-9 ELSE 2e-14 END)) AS differ,
       string_agg(c.key || ' ' || coalesce(c.value, 'NULL') || ' is not ' || coalesce(e.value, 'NULL'), ', ')
         FILTER (WHERE NOT pg_temp.close(c.value::float8, e.value::float8,
         CASE WHEN name = 'near_equal' AND e.key IN ('hhi_normalized', 'gini', 'gini_corrected') THEN 1e-9 ELSE 2e-14 END)) AS which
FROM expected x JOIN market USING (name), LATERAL concentration(s) k,
     LATERAL jsonb_each_text(to_jsonb(k)) c, LATERAL jsonb_each_text(to_jsonb(x)) e
WHERE c.key = e.key GROUP BY name ORDER BY name;
-- the functions give the columns of the same name, bit for bit
SELECT count(*) FILTER (WHERE leader_gap(s) IS DISTINCT FROM k.leader_gap_fraction) AS gap,
       count(*) FILTER (WHERE leader_ratio(s) IS DISTINCT FROM k.leader_ratio) AS ratio,
       count(*) FILTER (WHERE hhi_normalized(s) IS DISTINCT FROM k.hhi_normalized) AS normalized,
       count(*) FILTER (WHERE entropy(s) IS DISTINCT FROM k.entropy_nats) AS entropy,
       count(*) FILTER (WHERE entropy_low(s) IS DISTINCT FROM k.entropy_nats_low) AS entropy_low,
       count(*) FILTER (WHERE equitability(s) IS DISTINCT FROM k.equitability) AS equitability,
       count(*) FILTER (WHERE gini(s) IS DISTINCT FROM k.gini) AS gini,
       count(*) FILTER (WHERE gini(s, corrected => true) IS DISTINCT FROM k.gini_corrected) AS corrected,
       count(*) FILTER (WHERE theil_t(s) IS DISTINCT FROM k.theil_t_nats) AS theil_t,
       count(*) FILTER (WHERE theil_l(s) IS DISTINCT FROM k.theil_l_nats) AS theil_l,
       count(*) FILTER (WHERE rosenbluth(s) IS DISTINCT FROM k.rosenbluth) AS rosenbluth,
       count(*) FILTER (WHERE rosenbluth_high(s) IS DISTINCT FROM k.rosenbluth_high) AS rosenbluth_high,
       count(*) FILTER (WHERE hhi(s) IS DISTINCT FROM k.hhi_points) AS hhi,
       count(*) FILTER (WHERE hhi_low(s) IS DISTINCT FROM k.hhi_points_low) AS hhi_low,
       count(*) FILTER (WHERE hhi_high(s) IS DISTINCT FROM k.hhi_points_high) AS hhi_high,
       count(*) FILTER (WHERE effective_members(s) IS DISTINCT FROM k.effective_members) AS effective,
       count(*) FILTER (WHERE (cr(s, 3), cr(s, 4), cr(s, 8)) IS DISTINCT FROM (k.cr3_fraction, k.cr4_fraction, k.cr8_fraction)) AS cr,
       count(*) FILTER (WHERE (cr_low(s, 4), cr_high(s, 4), cr_low(s, 8), cr_high(s, 8)) IS DISTINCT FROM
                              (k.cr4_fraction_low, k.cr4_fraction_high, k.cr8_fraction_low, k.cr8_fraction_high)) AS cr_bounds,
       count(*) FILTER (WHERE (leader(s), leader_share(s), members(s), unknown_members(s), total(s), stated_total(s), total_exceeded(s), unattributed_share(s)) IS DISTINCT FROM
                              (k.leader, k.leader_share_fraction, k.members, k.unknown_members, k.total, k.stated_total, k.total_exceeded, k.unattributed_fraction)) AS others,
       count(*) AS markets
FROM (SELECT s FROM market
      UNION ALL SELECT market_shares(m, x, 100::numeric) FROM (VALUES ('a', 30), ('b', 20)) v(m, x)
      UNION ALL SELECT market_shares(m, x) FROM (VALUES ('a', 30), ('b', NULL)) v(m, x)
      UNION ALL SELECT market_shares_from_percent(m, x) FROM (VALUES ('a', 30.5), ('b', 20.25)) v(m, x)) u, LATERAL concentration(s) k;

-- Exact where it says exact: gini, Rosenbluth and the normalised index of
-- awkward amounts against core's numeric, correctly rounded.
CREATE TEMP TABLE awkward AS
  SELECT 'm' || i AS m, (((i::bigint * 7919) % 100003) / 97.0 + i * 1e-9)::numeric(40, 12) AS x FROM generate_series(1, 83) i;
WITH o AS (SELECT count(*)::numeric AS n, sum(x) AS total, sum(x * x) AS squares,
                  sum((2 * r - n - 1) * x) AS weighted, sum((n - r + 1) * x) AS ranks
           FROM (SELECT x, row_number() OVER (ORDER BY x) AS r, count(*) OVER () AS n FROM awkward) q GROUP BY n),
     s AS (SELECT market_shares(m, x::capacity_gwh) AS s FROM awkward)
SELECT gini(s) = (weighted::numeric(200, 100) / (n * total))::float8 AS gini,
       gini(s, true) = (weighted::numeric(200, 100) / ((n - 1) * total))::float8 AS gini_corrected,
       rosenbluth(s) = (total::numeric(200, 100) / (2 * ranks - total))::float8 AS rosenbluth,
       hhi_normalized(s) = ((n * squares - total ^ 2)::numeric(200, 100) / ((n - 1) * total ^ 2))::float8 AS normalized
FROM o, s;

-- Properties.  The exact measures are equal to the bit, the logarithmic ones
-- within 1e-14.
CREATE TEMP TABLE property AS
  SELECT market_shares(m, x) AS s, market_shares(m, x * 4096) AS scaled, market_shares_usd(m, x) AS other_unit,
         market_shares(m, x ORDER BY x) AS up, market_shares(m, x ORDER BY m DESC) AS down
  FROM awkward;
-- scale, unit, permutation
SELECT (gini(scaled), rosenbluth(scaled), hhi_normalized(scaled), hhi(scaled), leader_gap(scaled), leader_ratio(scaled)) =
       (gini(s), rosenbluth(s), hhi_normalized(s), hhi(s), leader_gap(s), leader_ratio(s)) AS scale,
       pg_temp.close(entropy(scaled), entropy(s), 1e-14) AND pg_temp.close(theil_t(scaled), theil_t(s), 1e-14)
         AND pg_temp.close(theil_l(scaled), theil_l(s), 1e-14) AS scale_log,
       (gini(other_unit), entropy(other_unit), theil_t(other_unit), theil_l(other_unit)) = (gini(s), entropy(s), theil_t(s), theil_l(s)) AS unit,
       up = s AND down = s AND up::text = down::text AS permutation,
       concentration(up) = concentration(down) AS permutation_row
FROM property;
-- rows split in parts: other row counts, the same measures
SELECT s <> split AS other_rows, to_jsonb(concentration(s)) = to_jsonb(concentration(split)) AS same_measures
FROM property, (SELECT market_shares(m, p) AS split FROM awkward, LATERAL (VALUES (x / 4), (x - trunc(x / 4, 12) * 4), (trunc(x / 4, 12) * 2), (trunc(x / 4, 12) * 2 - x / 4)) v(p)) t;
-- two members merged: HHI rises by 2 s_a s_b, everything else moves towards
-- concentration
SELECT pg_temp.close(hhi(merged), hhi(s) + 2e4 * share(s, 'm1') * share(s, 'm2'), 1e-14) AS hhi,
       entropy(merged) < entropy(s) AS entropy, rosenbluth(merged) > rosenbluth(s) AS rosenbluth,
       members(merged) = members(s) - 1 AS members
FROM property, (SELECT market_shares(CASE m WHEN 'm2' THEN 'm1' ELSE m END, x) AS merged FROM awkward) t;
-- replication: k copies of a market
SELECT k, pg_temp.close(hhi(r), hhi(s) / k, 1e-15) AS hhi, pg_temp.close(rosenbluth(r), rosenbluth(s) / k, 1e-15) AS rosenbluth,
       pg_temp.close(entropy(r), entropy(s) + ln(k::float8), 1e-14) AS entropy, gini(r) = gini(s) AS gini,
       pg_temp.close(theil_t(r), theil_t(s), 1e-13) AS theil_t, pg_temp.close(theil_l(r), theil_l(s), 1e-13) AS theil_l,
       pg_temp.close(effective_members(r), k * effective_members(s), 1e-15) AS effective
FROM property, LATERAL (SELECT k, market_shares(m || '/' || j, x) AS r FROM awkward, generate_series(1, 5) k, generate_series(1, k) j GROUP BY k) t ORDER BY k;
-- transfer from a larger to a smaller member: every index falls, entropy rises
SELECT hhi(t) < hhi(s) AS hhi, gini(t) < gini(s) AS gini, theil_t(t) < theil_t(s) AS theil_t, theil_l(t) < theil_l(s) AS theil_l,
       rosenbluth(t) < rosenbluth(s) AS rosenbluth, entropy(t) > entropy(s) AS entropy
FROM property, (SELECT market_shares(m, x + CASE m WHEN (SELECT leader(s) FROM property) THEN -1 WHEN 'm1' THEN 1 ELSE 0 END) AS t FROM awkward) u;
-- identities between measures
SELECT pg_temp.close(rosenbluth(s), 1 / (members(s) * (1 - gini(s))), 1e-14) AS rosenbluth_and_gini,
       pg_temp.close(theil_t(s), ln(members(s)::float8) - entropy(s), 1e-13) AS theil_and_entropy,
       pg_temp.close(equitability(s), entropy(s) / ln(members(s)::float8), 1e-15) AS equitability,
       pg_temp.close(gini(s, true), gini(s) * members(s) / (members(s) - 1), 1e-15) AS corrected
FROM property;
-- equal members: zero to the bit, one to the bit, whatever n
SELECT count(*) FILTER (WHERE gini(s) <> 0 OR theil_t(s) <> 0 OR theil_l(s) <> 0 OR hhi_normalized(s) <> 0 OR leader_gap(s) <> 0
                          OR equitability(s) > 1 OR equitability(s) < 1 - 1e-15 OR entropy(s) > ln(n::float8) OR rosenbluth(s) <> 1 / n::float8) AS wrong, count(*)
FROM (SELECT n, market_shares('m' || i, 0.1) AS s FROM generate_series(2, 60) n, generate_series(1, n) i GROUP BY n) t;

-- What is hidden.  Nobody's rows, a stated total, a withheld amount, an
-- exceeded total: measures that need every member are NULL, and the note says
-- why.
CREATE TEMP TABLE hidden AS
  SELECT kind, market_shares(m, x::numeric, t) AS s
  FROM (VALUES ('1 nobody''s row', 'a', 30, NULL), ('1 nobody''s row', NULL, 20, NULL), ('1 nobody''s row', 'b', 20, NULL),
               ('2 stated total', 'a', 30, 100), ('2 stated total', 'b', 20, 100),
               ('3 withheld', 'a', 30, NULL), ('3 withheld', 'b', 10, NULL), ('3 withheld', 'c', NULL, NULL),
               ('4 withheld, stated', 'a', 30, 50), ('4 withheld, stated', 'b', 10, 50), ('4 withheld, stated', 'c', NULL, NULL),
               ('5 nobody withheld', 'a', 30, NULL), ('5 nobody withheld', NULL, NULL, NULL),
               ('6 exceeded', 'a', 30, 50), ('6 exceeded', 'b', 30, NULL),
               ('7 total zero', 'a', 0, NULL), ('7 total zero', 'b', 0, NULL),
               ('8 one member', 'a', 3, NULL),
               ('9 a zero', 'a', 3, NULL), ('9 a zero', 'b', 1, NULL), ('9 a zero', 'c', 0, NULL),
               ('A one of many', 'a', 3, 9), ('A one of many', 'b', 0, NULL),
               ('B nobody listed', NULL, 5, NULL),
               ('C all is there', 'a', 30, 50), ('C all is there', 'b', 20, NULL),
               ('D withheld part', 'a', 30, 60), ('D withheld part', 'b', 10, NULL), ('D withheld part', 'b', NULL, NULL)) v(kind, m, x, t)
  GROUP BY kind;
SELECT kind, entropy(s) IS NULL AS no_entropy, hhi_normalized(s) IS NULL AS no_normalized, equitability(s) IS NULL AS no_equit,
       gini(s) IS NULL AS no_gini, gini(s, true) IS NULL AS no_corrected, theil_t(s) IS NULL AS no_t, theil_l(s) IS NULL AS no_l,
       rosenbluth(s) IS NULL AS no_rosenbluth, leader_gap(s) AS gap, leader_ratio(s) AS ratio
FROM hidden ORDER BY kind;
SELECT kind, round(entropy_low(s)::numeric, 6) AS entropy_low, round(entropy_low(s, 'anyone')::numeric, 6) AS anyone,
       round(rosenbluth_high(s)::numeric, 6) AS rosenbluth_high, round(rosenbluth_high(s, 'anyone')::numeric, 6) AS anyone_
FROM hidden ORDER BY kind;
SELECT kind, unit, members AS n, unknown_members AS unknown, round(unattributed_fraction::numeric, 4) AS unattributed,
       round(hhi_points::numeric, 2) AS hhi, round(hhi_points_low::numeric, 2) AS low, round(hhi_points_high::numeric, 2) AS high,
       round(effective_members_low::numeric, 4) AS eff_low, round(effective_members_high::numeric, 4) AS eff_high,
       hhi_points_rounding_low IS NULL AND hhi_points_rounding_high IS NULL AS no_rounding
FROM hidden, LATERAL concentration(s) ORDER BY kind;
SELECT kind, note FROM hidden, LATERAL concentration(s) ORDER BY kind;
-- the other assumption reaches every bound
SELECT count(*) FILTER (WHERE (hhi_high(s, 'anyone'), cr_high(s, 4, 'anyone'), cr_high(s, 8, 'anyone'), entropy_low(s, 'anyone'), rosenbluth_high(s, 'anyone'))
         IS DISTINCT FROM (hhi_points_high, cr4_fraction_high, cr8_fraction_high, entropy_nats_low, rosenbluth_high)) AS differ,
       count(*) FILTER (WHERE hhi_points_high > hhi_high(s)) AS wider, count(*)
FROM hidden, LATERAL concentration(s, 'anyone');
-- a NULL exactly where the note speaks
SELECT kind FROM hidden, LATERAL concentration(s) WHERE (note IS NULL) <> (kind IN ('C all is there')) ORDER BY kind;
SELECT note IS NULL FROM market, LATERAL concentration(s) WHERE name = 'textbook';

-- The bounds by brute force: every way to split an integer remainder, the
-- least entropy by core's ln, the largest Rosenbluth index.
CREATE TEMP TABLE bound_case (id int, listed int[], remainder int, withheld int[]);
INSERT INTO bound_case VALUES (1, '{9,5,2}', 5, '{}'), (2, '{9,5,2}', 6, '{}'), (3, '{7,3}', 7, '{}'),
  (4, '{4,4,4}', 3, '{}'), (5, '{6,1}', 5, '{}'), (6, '{8,3,0}', 4, '{}'), (7, '{}', 4, '{}'),
  (8, '{9,5,2}', 5, '{0}'), (9, '{9,5,2}', 5, '{5}'), (10, '{9,5,2}', 5, '{2}'), (11, '{5,3}', 0, '{}');
CREATE TEMP TABLE parts AS
  WITH RECURSIVE p(total, pieces, least) AS (
    SELECT 0, '{}'::int[], 1
    UNION ALL
    SELECT total + n, pieces || n, n FROM p, generate_series(1, 12) n WHERE n >= least AND total + n <= 12)
  SELECT total, pieces FROM p;
ANALYZE bound_case, parts;
WITH scenario AS (
  SELECT c.id, 'below_last' AS assumption, c.listed || p.pieces AS market
  FROM bound_case c JOIN parts p ON p.total = c.remainder
  WHERE NOT EXISTS (SELECT 1 FROM unnest(p.pieces) x WHERE x > (SELECT min(l) FROM unnest(c.listed) l WHERE l > 0))
  UNION ALL
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
  SELECT id, assumption, min(entropy) AS entropy, max(rosenbluth) AS rosenbluth
  FROM scenario, LATERAL (SELECT coalesce(-sum(s * ln(s)) FILTER (WHERE s > 0), 0) AS entropy, 1 / (2 * sum(r * s) - 1) AS rosenbluth
         FROM (SELECT x::float8 / sum(x) OVER () AS s, row_number() OVER (ORDER BY x DESC) AS r FROM unnest(market) x) q) l
  GROUP BY id, assumption),
market AS (
  SELECT c.id, (SELECT market_shares(m, x, coalesce((SELECT sum(l) FROM unnest(c.listed) l), 0) + c.remainder::numeric)
          FROM (SELECT 'l' || i AS m, listed[i]::numeric AS x FROM generate_subscripts(c.listed, 1) i
                UNION ALL
                SELECT coalesce('l' || array_position(c.listed, w), 'w'), NULL FROM unnest(c.withheld) w WHERE w > 0
                UNION ALL SELECT 'w', NULL FROM unnest(c.withheld) w WHERE w = 0
                UNION ALL SELECT NULL, 0) r) AS s
  FROM bound_case c)
SELECT id, assumption, round(entropy_low(s, assumption)::numeric, 9) AS entropy_low,
       abs(entropy_low(s, assumption) - w.entropy) < 1e-14 AS entropy_ok,
       round(rosenbluth_high(s, assumption)::numeric, 9) AS rosenbluth_high,
       abs(rosenbluth_high(s, assumption) - w.rosenbluth) < 1e-14 AS rosenbluth_ok
FROM market JOIN worst w USING (id) ORDER BY id, assumption DESC;

-- Grouping sets, FILTER, windows: the row is recomputed, never summed.
SELECT region, c.members, c.hhi_points, round(c.gini::numeric, 4) AS gini, c.note
FROM (SELECT region, market_shares(m, x) AS s
      FROM (VALUES ('north', 'a', 1), ('north', 'b', 3), ('south', 'a', 2), ('south', 'c', 2)) v(region, m, x)
      GROUP BY ROLLUP (region)) t, LATERAL concentration(s) c ORDER BY region;
SELECT year, round(gini(market_shares(m, x) OVER (ORDER BY year ROWS 2 PRECEDING))::numeric, 4) AS gini
FROM (VALUES (1, 'a', 1.0), (2, 'b', 3), (3, 'c', 5), (4, 'a', 4), (5, NULL, 1)) v(year, m, x) ORDER BY year;

-- Amounts at the end of the range, totals beyond 128 bits, tiny beside huge.
SELECT gini(s), rosenbluth(s), round(entropy(s)::numeric, 12) AS entropy, round(theil_t(s)::numeric, 12) AS theil_t,
       -- by hand: mean of ln(mu / x) with mu = 2^128 / 3 and x = 2^127, 2^127, 1
       pg_temp.close(theil_l(s), ln(2 / 3.0::float8) + 127 * ln(2::float8) / 3, 1e-15) AS theil_l, hhi_normalized(s), leader_ratio(s)
FROM (SELECT market_shares(m, x) AS s
      FROM (VALUES ('a', 170141183460469231731.687303715884105727), ('b', 170141183460469231731.687303715884105727),
                   ('c', 1e-18)) v(m, x)) t;
SELECT round(entropy_low(s)::numeric, 9) AS entropy_low, pg_temp.close(entropy_low(s, 'anyone'), (1 + 128 * ln(2::float8)) / 2 ^ 128, 1e-14) AS anyone,
       rosenbluth_high(s), rosenbluth_high(s, 'anyone')
FROM (SELECT market_shares(m, x) AS s
      FROM (VALUES ('a', 170141183460469231731.687303715884105727), ('b', 1e-18), (NULL, 170141183460469231731.687303715884105727)) v(m, x)) t;

-- What a user can get wrong.
\set VERBOSITY terse
SELECT entropy_low(s, 'nobody') FROM market WHERE name = 'one';
SELECT rosenbluth_high(s, '') FROM market WHERE name = 'one';
SELECT concentration(s, 'below') FROM market WHERE name = 'one';
SELECT gini(s, NULL), entropy_low(s, NULL), theil_t(NULL) FROM market WHERE name = 'one';
SELECT count(*), count(c.members), count(c.note) FROM (SELECT NULL::market_shares AS s) t, LATERAL concentration(s) c;
SELECT members, total, hhi_points, gini, note FROM concentration('{"market_shares": 1, "unit": null, "members": {}}');
DROP TABLE sample, expected, market, awkward, property, hidden, bound_case, parts;
