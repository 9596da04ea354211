-- cost_series: the value, its aggregates, what is refused.
\set VERBOSITY default
CREATE TEMP TABLE history (tech text, year int, day date, annual float8, cumulative float8, cost float8, factor float8);
INSERT INTO history
  SELECT t, 2000 + i, make_date(2000 + i, 7, 1), 2 ^ i, 2 ^ (i + 1) - 1, 1000 * 0.8 ^ i + 10 * (i * 7 % 5), 50 + i * i
  FROM (VALUES ('a'), ('b')) v (t), generate_series(0, 9) i;
CREATE TEMP VIEW a AS SELECT * FROM history WHERE tech = 'a';
CREATE TEMP VIEW first3 AS SELECT * FROM a WHERE year < 2003;

-- every shape, as text
SELECT cost_series(year, cost) FROM first3;
SELECT cost_series(year, cumulative, cost) FROM first3;
SELECT cost_series(year, annual, cumulative, cost) FROM first3;
SELECT two_factor_series(year, cumulative, cost, factor) FROM first3;
SELECT two_factor_series(year, annual, cumulative, cost, factor) FROM first3;
SELECT cost_series(day, cost) FROM first3;
SELECT cost_series(day + time '06:00', cumulative, cost) FROM first3;
SELECT two_factor_series(day, annual, cumulative, cost, factor) FROM first3;
SELECT cost_series(year + 0.5, cost::cost_per_gwh) FROM first3;
SELECT cost_series(year::numeric, cumulative::capacity_gwh, cost::cost_per_gwh) FROM first3;
SELECT cost_series(year, annual::capacity_gwh, cumulative::capacity_gwh, cost::cost_per_gwh) FROM first3;
SELECT two_factor_series(day, annual::capacity_gwh, cumulative::capacity_gwh, cost::cost_per_gwh, factor) FROM first3;
SELECT two_factor_series(year, cumulative::capacity_gwh, cost::cost_per_gwh, factor) FROM first3;
SELECT two_factor_series(day, cumulative::capacity_gwh, cost::cost_per_gwh, factor) FROM first3;
SELECT two_factor_series(day, cumulative, cost, factor) FROM first3;
SELECT two_factor_series(year + 0.5, annual::capacity_gwh, cumulative::capacity_gwh, cost::cost_per_gwh, factor) FROM first3;

-- the rows again, in order, with NULL for what the series has not
SELECT p.* FROM (SELECT two_factor_series(year, annual, cumulative, cost, factor ORDER BY cost) AS s FROM first3) t, LATERAL points(s) p;
SELECT p.* FROM (SELECT cost_series(day, cumulative::capacity_gwh, cost::cost_per_gwh) AS s FROM first3) t, LATERAL points(s) p;
SELECT p.* FROM (SELECT cost_series(year, cost) AS s FROM first3) t, LATERAL points(s) p;
SELECT observations(s), units(s) FROM (SELECT cost_series(year, cost) AS s FROM first3 UNION ALL SELECT cost_series(year, cost::cost_per_gwh) FROM a) t ORDER BY 1;
SELECT p.* FROM (SELECT two_factor_series(year, cumulative, cost, factor) AS s FROM first3) t, LATERAL points(s) p;
SELECT count(*) FROM points(NULL);

-- points() gives back exactly what went in
SELECT count(*) AS rows_, count(*) FILTER (WHERE p.annual = a.annual AND p.cumulative = a.cumulative AND p.cost = a.cost AND p.factor = a.factor) AS same
FROM (SELECT two_factor_series(year, annual, cumulative, cost, factor) AS s FROM a) t, LATERAL points(s) p JOIN a ON a.year = p.year;

-- any order of rows is the same value; so is any grouping of parts, and text and back
CREATE TEMP TABLE value AS SELECT two_factor_series(day, annual, cumulative, cost, factor) AS s FROM a;
SELECT count(DISTINCT s::text) AS values FROM (
  SELECT s FROM value
  UNION ALL SELECT two_factor_series(day, annual, cumulative, cost, factor ORDER BY day DESC) FROM a
  UNION ALL SELECT two_factor_series(day, annual, cumulative, cost, factor ORDER BY md5(year::text)) FROM a
  UNION ALL SELECT rollup(part) FROM (SELECT two_factor_series(day, annual, cumulative, cost, factor) AS part FROM a GROUP BY year % 3) g
  UNION ALL SELECT rollup(part::text::cost_series ORDER BY part DESC) FROM (SELECT two_factor_series(day, annual, cumulative, cost, factor) AS part FROM a GROUP BY year) g
  UNION ALL SELECT s::text::cost_series FROM value) u;
-- the same of a factor without annual volumes, and over a moving window
SELECT count(DISTINCT s::text) AS values FROM (
  SELECT two_factor_series(year, cumulative::capacity_gwh, cost::cost_per_gwh, factor) AS s FROM a
  UNION ALL SELECT two_factor_series(year, cumulative::capacity_gwh, cost::cost_per_gwh, factor ORDER BY md5(year::text)) FROM a
  UNION ALL SELECT rollup(part::text::cost_series ORDER BY part DESC) FROM (SELECT two_factor_series(year, cumulative::capacity_gwh, cost::cost_per_gwh, factor) AS part FROM a GROUP BY year % 3) g) u;
SELECT count(*), bool_and(plain = (SELECT two_factor_series(b.year, b.cumulative, b.cost, b.factor) FROM a b WHERE b.year BETWEEN w.year - 3 AND w.year)
  AND typed = (SELECT two_factor_series(b.day, b.annual::capacity_gwh, b.cumulative::capacity_gwh, b.cost::cost_per_gwh, b.factor) FROM a b WHERE b.year BETWEEN w.year - 3 AND w.year)) AS same
FROM (SELECT year, two_factor_series(year, cumulative, cost, factor) OVER (ORDER BY year ROWS 3 PRECEDING) AS plain,
             two_factor_series(day, annual::capacity_gwh, cumulative::capacity_gwh, cost::cost_per_gwh, factor) OVER (ORDER BY year ROWS 3 PRECEDING) AS typed FROM a) w;
SELECT count(*) AS distinct_ FROM (SELECT cost_series(year, annual, cumulative, cost) AS s FROM history GROUP BY tech
  UNION SELECT cost_series(year, annual, cumulative, cost) FROM first3) u;
SET extra_float_digits = -10;
SELECT s::text::cost_series = s AS exact FROM value;
RESET extra_float_digits;
-- a stored one, toasted or with a short header, is read as it was
CREATE TEMP TABLE stored AS
  SELECT n, cost_series(i / 10.0, i / 7.0::float8, 100 / (i + 1.0::float8)) AS s FROM (VALUES (1), (2), (5000)) v (n), generate_series(1, n) i GROUP BY n;
SELECT n, observations(s), s = (SELECT cost_series(i / 10.0, i / 7.0::float8, 100 / (i + 1.0::float8)) FROM generate_series(n, 1, -1) i) AS same,
       rollup(s) OVER (PARTITION BY n) = s AS rolled, s::text::cost_series = s AS text_ FROM stored ORDER BY n;
-- binary: see also the client-side round trip in test/fuzz_binary.sh
SELECT cost_series_send(s) FROM (SELECT cost_series(year, cumulative, cost) AS s FROM a WHERE year = 2000) t;
SELECT length(cost_series_send(s)) FROM stored ORDER BY n;

-- comparison
SELECT (a.s = b.s) AS eq, (a.s <> b.s) AS ne, (a.s < b.s) <> (a.s > b.s) AS one, (a.s <= b.s) <> (a.s > b.s) AS le, (a.s >= b.s) <> (a.s < b.s) AS ge
FROM stored a, stored b WHERE a.n = 1 AND b.n = 2;
SELECT n FROM stored ORDER BY s;
SET enable_sort = off;
SELECT count(*) FROM (SELECT s FROM stored UNION SELECT s FROM stored) u;
RESET enable_sort;
SELECT count(*) FROM stored a JOIN stored b USING (s);
-- a hash is part of how tables are distributed: it may never change
SELECT cost_series_hash(s), cost_series_hash_extended(s, 42), cost_series_hash_extended(s, 0) & 4294967295 = cost_series_hash(s) & 4294967295::bigint AS agree
FROM (SELECT cost_series(year, annual::capacity_gwh, cumulative::capacity_gwh, cost::cost_per_gwh) AS s FROM first3) t;

-- NULL in any column leaves the row out; a series of nothing is NULL
SELECT cost_series(y, q, z, c) FROM (VALUES (2000, 1, 1, 9), (2001, 1, 2, NULL), (2002, 1, NULL, 8), (NULL, 1, 3, 7), (2003, NULL, 4, 6), (2004, 2, 6, 5)) v (y, q, z, c);
SELECT cost_series(NULL::float8, 1::float8) IS NULL AS nothing, (SELECT cost_series(year, cost) IS NULL FROM a WHERE false) AS no_rows, rollup(NULL::cost_series) IS NULL AS no_parts;
SELECT two_factor_series(y, z, c, f) FROM (VALUES (2000, 1::float8, 9::float8, 1::float8), (2001, 2, 8, NULL), (2002, NULL, 8, 1)) v (y, z, c, f);
-- a group of its own for each technology
SELECT tech, observations(cost_series(year, cumulative, cost)) FROM history GROUP BY tech ORDER BY tech;

-- refused: two rows of one period
SELECT cost_series(year, cumulative, cost) FROM history;
SELECT cost_series(day, cost) FROM history;
SELECT cost_series(day + time '12:30:00.5', cost) FROM history;
SELECT rollup(s) FROM (SELECT cost_series(year, cost) AS s FROM history GROUP BY tech) t;
-- what has no logarithm
SELECT cost_series(2000, 0::float8);
SELECT cost_series(2000, -5::cost_per_gwh);
SELECT cost_series(2000, 0::float8, 5);
SELECT cost_series(date '2000-07-01', capacity_gwh '-1 MWh', cost_per_gwh '5');
SELECT two_factor_series(2000, 1::float8, 1, 5, 0);
SELECT two_factor_series(2000, 1::float8, 5, 0);
SELECT two_factor_series(2000, capacity_gwh '0', cost_per_gwh '5', 1);
SELECT two_factor_series(2000, 1::float8, 5, 'NaN');
-- a year in which nothing was made is a row; one with less than nothing is none
SELECT cost_series(2000, 0::float8, 1, 5);
SELECT cost_series(2000, '-0'::float8, 1, 5) = cost_series(2000, 0::float8, 1, 5) AS one_zero;
SELECT cost_series(date '2000-07-01', capacity_gwh '0', capacity_gwh '1', cost_per_gwh '5');
SELECT two_factor_series(2000, 0::float8, 1, 5, 2);
SELECT s = s::text::cost_series AS text_, s = rollup(s) OVER () AS rolled, p.annual FROM (SELECT cost_series(2000, 0::float8, 1, 5) AS s) t, LATERAL points(s) p;
SELECT cost_series(2000, -1e-300::float8, 1, 5);
SELECT cost_series(2000, capacity_gwh '-1 MWh', capacity_gwh '1', cost_per_gwh '5');
SELECT two_factor_series(2000, -1::float8, 1, 5, 1);
SELECT cost_series(2000, 'NaN'::float8, 1, 5);
SELECT cost_series(2000, 0::float8, 0, 5);
SELECT cost_series(2000, 1::float8, 'NaN', 5);
SELECT cost_series(2000, 1::float8, 1, 'Infinity');
SELECT cost_series(2000, '-Infinity'::float8);
-- the hint's filter works
SELECT observations(cost_series(i, annual, cumulative, cost) FILTER (WHERE annual >= 0 AND cumulative > 0 AND cost > 0))
FROM (VALUES (1, 0::float8, 0::float8, 9::float8), (2, 1, 1, 0), (3, 1, 2, 7)) v (i, annual, cumulative, cost);
-- swapped volumes
SELECT cost_series(year, cumulative, annual, cost) FROM a WHERE year > 2000;
SELECT two_factor_series(year, cumulative, annual, cost, factor) FROM a WHERE year > 2000;
-- annual volumes where cumulative ones are wanted, when they fall
SELECT cost_series(y, q, c) FROM (VALUES (2000, capacity_gwh '1', cost_per_gwh '9'), (2001, '3', '8'), (2002, '2', '7')) v (y, q, c);
SELECT cost_series(y, q, c) FROM (VALUES (date '2000-07-01', 1::float8, 9::float8), ('2001-07-01', 3, 8), ('2002-07-01', 2.5, 7)) v (y, q, c);
-- cost and volume swapped do not resolve when they are typed
\set VERBOSITY terse
SELECT cost_series(2000, cost_per_gwh '9', capacity_gwh '1');
\set VERBOSITY default
-- periods
SELECT cost_series('NaN'::float8, 1::float8);
SELECT cost_series('Infinity'::float8, 1::float8);
SELECT cost_series(20230701, 1::float8);
SELECT cost_series(date '-infinity', 1::float8);
SELECT cost_series(timestamp '0044-03-15 BC', 1::float8);
SELECT cost_series(date '10000-01-01', 1::float8);
\set VERBOSITY terse
SELECT cost_series(timestamptz '2023-07-01 00:00 UTC', 1::float8);
\set VERBOSITY default
SELECT cost_series(timestamptz '2023-07-01 00:00 UTC' AT TIME ZONE 'UTC', 1::float8);
SELECT cost_series(y, 1::float8) FROM (VALUES (-9999::float8), ('-0'), (9999)) v (y);
-- series of unlike kinds
SELECT rollup(s) FROM (SELECT cost_series(2000, 1::float8) AS s UNION ALL SELECT cost_series(2001, 1::cost_per_gwh)) t;
SELECT rollup(s) FROM (SELECT cost_series(2000, 1::float8) AS s UNION ALL SELECT cost_series(date '2001-01-01', 1::float8)) t;
SELECT rollup(s) FROM (SELECT cost_series(2000, 1::float8) AS s UNION ALL SELECT cost_series(2001, 1::float8, 1)) t;
SELECT rollup(s) FROM (SELECT cost_series(2000, 1::float8, 1, 1) AS s UNION ALL SELECT two_factor_series(2001, 1::float8, 1, 1)) t;
-- the longest
SELECT observations(cost_series(i / 1000.0::float8, 1::float8)) FROM generate_series(1, 1000000) i;
SELECT observations(cost_series(i / 1000.0::float8, 1::float8)) FROM generate_series(1, 1000001) i;

-- text that is no series
SELECT cost_series '';
SELECT cost_series 'NaN';
SELECT cost_series 'v2 units=unitless clock=years columns=cost n=1 (2000 1)';
SELECT cost_series 'v1 units=gwh clock=years columns=cost n=1 (2000 1)';
SELECT cost_series 'v1 units=unitless clock=lunar columns=cost n=1 (2000 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=annual,cost n=1 (2000 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=2 (2000 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1 (2000 1) (2001 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1 (2000)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1 (2000 1 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1 (2000 1) ';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=-1 (2000 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=01 (2000 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1000001 (2000 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1 (2000 0x1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1 (2000 1.0)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1 (2000 inf)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1 (2000 1e400)';
SELECT cost_series 'v1 units=gwh_usd_per_kwh clock=years columns=cost n=1 (2000 1.0000000001)';
SELECT cost_series 'v1 units=gwh_usd_per_kwh clock=years columns=cost n=1 (2000 9223372037)';
SELECT cost_series 'v1 units=unitless clock=calendar columns=cost n=1 (0.5 1)';
-- text of rows that no aggregate would have taken
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=0';
SELECT cost_series 'v1 units=unitless clock=calendar columns=cost n=0';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1 (2000 0)';
SELECT cost_series 'v1 units=gwh_usd_per_kwh clock=years columns=cost n=1 (2000 -1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1 (10000 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1 (-0 1)';
SELECT cost_series 'v1 units=unitless clock=calendar columns=cost n=1 (-9223372036854775808 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=2 (2001 1) (2000 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=2 (2000 1) (2000 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cumulative,cost n=2 (2000 2 1) (2001 1 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=annual,cumulative,cost n=1 (2000 2 1 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=annual,cumulative,cost n=1 (2000 0 1 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=annual,cumulative,cost n=1 (2000 -0 1 1)';
SELECT cost_series 'v1 units=gwh_usd_per_kwh clock=years columns=annual,cumulative,cost n=1 (2000 -0.000000000001 1 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cumulative,cost,factor n=1 (2000 1 2 3)';
SELECT cost_series 'v1 units=unitless clock=years columns=cumulative,cost,factor n=1 (2000 1 2 0)';
-- the empty series merges with any
SELECT rollup(s) FROM (VALUES (cost_series 'v1 units=unitless clock=years columns=cost n=0'),
  ('v1 units=gwh_usd_per_kwh clock=calendar columns=cost n=1 (0 1)'), (NULL)) v (s);
SELECT rollup(s) IS NULL AS nothing FROM (VALUES (cost_series 'v1 units=unitless clock=years columns=cost n=0')) v (s);

-- support functions called by hand do no harm: arguments are not written to
CREATE TEMP TABLE kept AS SELECT cost_series(2000, 1::float8) AS s;
SELECT cost_series_accum_years_float8(s, 2001, 2) = s AS unchanged, s, cost_series_accum_years_float8(s, 2001, 2) AS added FROM kept;
SELECT cost_series_combine(s, cost_series_accum_years_float8(NULL, 1999, 3)) AS merged, s FROM kept;
SELECT observations(cost_series_combine(NULL, NULL)) AS nothing, cost_series_final(cost_series_combine(NULL, NULL)) IS NULL AS null_;
SELECT cost_series_accum_years_float8_inv(s, 2000, 1), s FROM kept;
SELECT cost_series_accum_years_float8_inv(s, 2000, 2) FROM kept;
SELECT cost_series_accum_years_float8_inv(NULL, 2000, 2);
SELECT cost_series_combine_inv(s, s), cost_series_combine_inv(s, NULL) = s AS unchanged FROM kept;
SELECT cost_series_combine_inv(s, cost_series_accum_years_float8(NULL, 1999, 3)) FROM kept;
SELECT cost_series_combine(s, s) FROM kept;
SELECT cost_series_final(s) = s AS same, cost_series_final(NULL) IS NULL AS null_ FROM kept;
-- the codes of the refusals
\set VERBOSITY sqlstate
SELECT cost_series(year, cost) FROM history;
SELECT cost_series(2000, 0::float8);
SELECT cost_series(2000, -1::float8, 1, 1);
SELECT goddard(cost_series(y, y - 2000::float8, 1000, 1)) FROM generate_series(2000, 2005) y;
SELECT cost_series(2000, 'NaN'::float8);
SELECT cost_series(20230701, 1::float8);
SELECT cost_series(date 'infinity', 1::float8);
SELECT cost_series(year, cumulative, annual, cost) FROM a WHERE year > 2000;
SELECT rollup(s) FROM (SELECT cost_series(2000, 1::float8) AS s UNION ALL SELECT cost_series(2001, 1::cost_per_gwh)) t;
SELECT cost_series 'v2 units=unitless clock=years columns=cost n=1 (2000 1)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1 (2000 0)';
SELECT cost_series 'v1 units=unitless clock=years columns=cost n=1000001 (2000 1)';
SELECT wright(cost_series(2000, 1::float8));
SELECT moore(cost_series(2000, 1::float8), 2);
\set VERBOSITY default
