-- Moving learning rates: learning_curve and cost_series over windows of years.
--
-- Oracles: core's regr_slope(ln y, ln x) over the same frame, and a refit of
-- the rows that the frame holds, found by a join instead of a window.
CREATE TEMP TABLE history (tech text, year int, day date, annual float8, cumulative float8, cost float8);
INSERT INTO history
  SELECT t, 1990 + i, make_date(1990 + i, 7, 1), 1.3 ^ i, (1.3 ^ (i + 1) - 1) / 0.3,
         1000 * exp(-0.08 * i - 0.004 * i * i + 0.1 * sin(i * k))
  FROM (VALUES ('a', 1), ('b', 2)) v (t, k), generate_series(0, 29) i
  WHERE NOT (t = 'b' AND i IN (7, 8, 20));		-- a gap: rows and years differ
UPDATE history SET cost = NULL WHERE tech = 'a' AND year IN (1990, 1999);

-- ROWS, RANGE in years, RANGE in intervals and GROUPS, with and without EXCLUDE
CREATE TEMP TABLE moving AS
SELECT tech, year, f.*
FROM (SELECT tech, year,
    learning_curve(cumulative, cost) OVER rows_ AS c1, regr_slope(ln(cost), ln(cumulative)) OVER rows_ AS o1,
    learning_curve(cumulative, cost) OVER years AS c2, regr_slope(ln(cost), ln(cumulative)) OVER years AS o2,
    learning_curve(cumulative, cost) OVER dates AS c3, regr_slope(ln(cost), ln(cumulative)) OVER dates AS o3,
    learning_curve(cumulative, cost) OVER ahead AS c4, regr_slope(ln(cost), ln(cumulative)) OVER ahead AS o4,
    learning_curve(cumulative, cost) OVER others AS c5, regr_slope(ln(cost), ln(cumulative)) OVER others AS o5
  FROM history
  WINDOW rows_ AS (PARTITION BY tech ORDER BY year ROWS 9 PRECEDING),
         years AS (PARTITION BY tech ORDER BY year RANGE 9 PRECEDING),
         dates AS (PARTITION BY tech ORDER BY day RANGE BETWEEN interval '9 years' PRECEDING AND CURRENT ROW),
         ahead AS (PARTITION BY tech ORDER BY year GROUPS BETWEEN 2 PRECEDING AND 3 FOLLOWING),
         others AS (PARTITION BY tech ORDER BY year RANGE BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW)) w,
  LATERAL (VALUES ('rows', c1, o1), ('years', c2, o2), ('dates', c3, o3), ('ahead', c4, o4), ('others', c5, o5)) f (frame, curve, slope);
-- as many fits as core has, and the same
SELECT frame, count(*) AS frames, count(slope) AS core, count(exponent(curve)) AS ours,
       max(abs(exponent(curve) - slope)) < 1e-12 AS same_slope,
       max(abs(learning_rate(curve) - (1 - 2 ^ slope))) < 1e-12 AS same_rate
FROM moving GROUP BY frame ORDER BY frame;
-- the value, not only the slope, is that of a refit: bit for bit
SELECT frame, count(*) FILTER (WHERE m.curve = refit.curve OR m.curve IS NULL AND refit.curve IS NULL) AS same, count(*) AS of
FROM moving m, LATERAL (
  SELECT learning_curve(cumulative, cost) AS curve FROM history h
  WHERE h.tech = m.tech AND CASE frame WHEN 'years' THEN h.year BETWEEN m.year - 9 AND m.year
    WHEN 'dates' THEN h.day BETWEEN make_date(m.year, 7, 1) - interval '9 years' AND make_date(m.year, 7, 1)
    WHEN 'others' THEN h.year BETWEEN m.year - 5 AND m.year + 5 AND h.year <> m.year END) refit
WHERE frame IN ('years', 'dates', 'others') GROUP BY frame ORDER BY frame;
-- a gap in the years: nine rows back reach further than nine years back
SELECT year, r.observations AS rows_, y.observations AS years,
       round(r.learning_rate::numeric, 6) <> round(y.learning_rate::numeric, 6) AS differ
FROM moving a JOIN moving b USING (tech, year), LATERAL fit(a.curve) r, LATERAL fit(b.curve) y
WHERE tech = 'b' AND a.frame = 'rows' AND b.frame = 'years' AND year BETWEEN 2000 AND 2008 ORDER BY year;
-- the whole fit moves: intervals of the moving rate
SELECT year, observations, round(learning_rate::numeric, 6) AS rate, round(learning_rate_low::numeric, 6) AS low, round(learning_rate_high::numeric, 6) AS high,
       learning_rate BETWEEN learning_rate_low AND learning_rate_high AS inside
FROM moving, LATERAL fit(curve) WHERE tech = 'a' AND frame = 'years' AND year BETWEEN 1991 AND 1994 ORDER BY year;

-- cost_series moves as well: the series of a frame is the series of its rows
CREATE TEMP TABLE moving_series AS
SELECT tech, year,
  cost_series(year, annual, cumulative, cost) OVER (PARTITION BY tech ORDER BY year ROWS 9 PRECEDING) AS by_row,
  cost_series(day, cumulative, cost) OVER (PARTITION BY tech ORDER BY day RANGE BETWEEN interval '9 years' PRECEDING AND CURRENT ROW) AS by_date,
  cost_series(year, cumulative::capacity_gwh, cost::cost_per_gwh) OVER (PARTITION BY tech ORDER BY year DESC ROWS BETWEEN 3 PRECEDING AND 4 FOLLOWING) AS downwards,
  cost_series(year, cost) OVER (PARTITION BY tech ORDER BY year RANGE BETWEEN 4 PRECEDING AND 4 FOLLOWING EXCLUDE CURRENT ROW) AS around
FROM history;
SELECT count(*) AS frames,
  count(*) FILTER (WHERE by_row IS NOT DISTINCT FROM r.s) AS by_row, count(*) FILTER (WHERE by_date IS NOT DISTINCT FROM d.s) AS by_date,
  count(*) FILTER (WHERE downwards IS NOT DISTINCT FROM w.s) AS downwards, count(*) FILTER (WHERE around IS NOT DISTINCT FROM a.s) AS around
FROM moving_series m
JOIN (SELECT *, row_number() OVER (PARTITION BY tech ORDER BY year) AS n FROM history) i USING (tech, year),
  LATERAL (SELECT cost_series(h.year, h.annual, h.cumulative, h.cost) AS s
    FROM (SELECT *, row_number() OVER (PARTITION BY tech ORDER BY year) AS n FROM history) h WHERE h.tech = m.tech AND h.n BETWEEN i.n - 9 AND i.n) r,
  LATERAL (SELECT cost_series(h.day, h.cumulative, h.cost) AS s FROM history h WHERE h.tech = m.tech AND h.day BETWEEN i.day - interval '9 years' AND i.day) d,
  LATERAL (SELECT cost_series(h.year, h.cumulative::capacity_gwh, h.cost::cost_per_gwh) AS s
    FROM (SELECT *, row_number() OVER (PARTITION BY tech ORDER BY year) AS n FROM history) h WHERE h.tech = m.tech AND h.n BETWEEN i.n - 4 AND i.n + 3) w,
  LATERAL (SELECT cost_series(h.year, h.cost) AS s FROM history h WHERE h.tech = m.tech AND h.year BETWEEN i.year - 4 AND i.year + 4 AND h.year <> i.year) a;
-- so that every family moves: here Moore's yearly decline over ten years,
-- against core's regr_slope over the same frame
SELECT count(f.yearly_decline) AS fits, max(abs(f.yearly_decline - (1 - exp(o.slope)))) < 1e-12 AS same
FROM moving_series m, LATERAL moore(by_row) f, LATERAL (SELECT regr_slope(ln(cost), year) AS slope FROM points(by_row)) o;
-- and Wright with what needs the order of rows
SELECT count(w.learning_rate) AS fits, count(w.durbin_watson) AS durbin_watson,
       max(abs(w.learning_rate - learning_rate(c.curve))) < 1e-13 AS same
FROM moving_series m JOIN moving c USING (tech, year), LATERAL wright(by_row) w
WHERE c.frame = 'rows' AND exponent(c.curve) IS NOT NULL;
-- parts move too
SELECT count(*) AS frames, count(*) FILTER (WHERE moved IS NOT DISTINCT FROM refit) AS same
FROM (SELECT decade, rollup(s) OVER (ORDER BY decade ROWS 1 PRECEDING) AS moved,
             (SELECT cost_series(year, cumulative, cost) FROM history WHERE tech = 'a' AND year / 10 BETWEEN decade - 1 AND decade) AS refit
      FROM (SELECT year / 10 AS decade, cost_series(year, cumulative, cost) AS s FROM history WHERE tech = 'a' GROUP BY 1) p) w;
-- a frame of NULLs alone has no series, and one that leaves it has again
SELECT i, observations(cost_series(i, c) OVER (ORDER BY i ROWS 1 PRECEDING)) FROM (VALUES (1, 5::float8), (2, NULL), (3, NULL), (4, 2)) v (i, c);
-- peers of one period in a frame are refused as in a group
SELECT cost_series(year, cost) OVER (ORDER BY year ROWS 1 PRECEDING) FROM history WHERE year < 1994;
