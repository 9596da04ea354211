--
-- a + b and a - b on the values of aggregates, merge and subtract by name: against the
-- same aggregate of the rows themselves, bit for bit (*= compares the bytes of rows); totals
-- against core's sum of numeric; min and max of chemistries against ORDER BY.
--
\set VERBOSITY default
CREATE TABLE measured AS
SELECT i, i * 5 % 7 AS part, CASE WHEN i % 11 > 0 THEN i * 1.25 END::float8 AS x, (3000.0 / i + i % 3)::float8 AS y, (i % 4)::float8 / 3 AS w,
	   2000 + i AS year, date '2000-01-01' + 31 * i AS day,
	   CASE WHEN i % 13 > 0 THEN round(i * i / 7.0, 6) END::capacity_gwh AS capacity, round(900.0 / i, 3)::cost_per_gwh AS cost,
	   round(i * 1e6 / 3, 2) AS usd, CASE WHEN i % 5 > 0 THEN 'maker ' || i % 5 END AS maker, CASE WHEN i % 9 > 0 THEN round(i % 10 / 7.0, i % 3) END AS pct
FROM generate_series(1, 60) AS i;

CREATE FUNCTION same_bytes(a anyelement, b anyelement) RETURNS boolean LANGUAGE sql AS 'SELECT ROW(a)::record *= ROW(b)::record';

-- One line for an aggregate: what of the algebra is not what the rows say.  The parts
-- are of unequal size and interleaved; the third has no rows.
CREATE FUNCTION wrong(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format($q$
		SELECT concat_ws(', ',
			CASE WHEN NOT (same_bytes(a + b, whole) AND same_bytes(b + a, whole)) THEN 'a + b' END,
			CASE WHEN NOT (same_bytes(whole - b, a) AND same_bytes(whole - a, b)) THEN 'whole - b' END,
			CASE WHEN NOT (same_bytes(a + b - a, b)) THEN 'a + b - a' END,
			CASE WHEN NOT (same_bytes(merge(a, b), whole) AND same_bytes(subtract(whole, b), a)) THEN 'by name' END,
			CASE WHEN NOT (whole - whole IS NULL AND whole - a - b IS NULL) THEN 'no rows left' END,
			CASE WHEN NOT (none IS NULL AND same_bytes(whole + none, whole) AND same_bytes(none + whole, whole) AND same_bytes(whole - none, whole)) THEN 'no rows' END,
			CASE WHEN NOT (none + none IS NULL AND none - none IS NULL) THEN 'NULL and NULL' END,
			CASE WHEN NOT (same_bytes(rolled, whole)) THEN 'rollup' END)
		FROM (SELECT %1$s AS whole, %1$s FILTER (WHERE part < 3) AS a, %1$s FILTER (WHERE part >= 3) AS b, %1$s FILTER (WHERE part > 7) AS none FROM measured) AS s,
			 (SELECT rollup(p) AS rolled FROM (SELECT %1$s AS p FROM measured GROUP BY part) AS t) AS u $q$, call) INTO result;
	RETURN result;
END $$;
SELECT count(*) AS aggregates, string_agg(call || ': ' || wrong, E'\n') AS wrong FROM (SELECT call, nullif(wrong(call), '') AS wrong FROM (VALUES
	('learning_curve(x, y)'), ('learning_curve(capacity, cost)'), ('learning_curve(x, y, w)'), ('learning_curve(capacity, cost, capacity)'),
	('market_shares(maker, capacity)'), ('market_shares(maker, usd)'), ('market_shares(maker, x, 100000)'), ('market_shares_usd(maker, usd, 1e12)'),
	('market_shares(day::text, i::bigint)'), ('market_shares_from_percent(maker, pct)'), ('market_shares_from_percent(maker, pct, 100)'),
	('capacity_partial(capacity)'), ('cost_partial(cost)'), ('weighted_cost_partial(cost, capacity)'), ('marginal_cost_partial(usd, capacity)'),
	('spread_partial(capacity)'), ('spread_partial(cost)'),
	('regression(y, x)'), ('regression(y, x, w)'), ('regression_through_origin(y, x, w)'), ('weighted_regression(y, w, x)'), ('regression(y, VARIADIC ARRAY[x, 1 / x, 1e200 * x])'),
	('cost_series(year, cost)'), ('cost_series(day, cost)'), ('cost_series(year, x, y)'), ('two_factor_series(year, i::float8, y, x)')) AS v (call)
) AS w;

-- The operators commute by declaration, and say what they do.
SELECT o.oprname, o.oprleft::regtype, c.oprname AS commutator, o.oprcode, p.provolatile, p.proparallel, p.proisstrict
FROM pg_operator o LEFT JOIN pg_operator c ON c.oid = o.oprcom JOIN pg_proc p ON p.oid = o.oprcode
WHERE p.proname IN ('merge', 'subtract') ORDER BY o.oprleft::regtype::text, o.oprname;

-- A running value is kept by one statement, whether there are rows or not.
CREATE TABLE kept AS SELECT learning_curve(x, y) AS curve, market_shares(maker, usd) AS market FROM measured;
UPDATE kept SET curve = curve + (SELECT learning_curve(x, y) FROM measured WHERE false), market = market - (SELECT market_shares(maker, usd) FROM measured WHERE false);
UPDATE kept SET curve = curve - (SELECT learning_curve(x, y) FROM measured WHERE part = 1), market = market - (SELECT market_shares(maker, usd) FROM measured WHERE part = 1);
SELECT curve = (SELECT learning_curve(x, y) FROM measured WHERE part <> 1), market = (SELECT market_shares(maker, usd) FROM measured WHERE part <> 1) FROM kept;
-- An aggregate of the user's own over the functions; a literal beside a column.
CREATE AGGREGATE all_of(market_shares) (SFUNC = merge, STYPE = market_shares, COMBINEFUNC = merge, PARALLEL = SAFE);
SELECT all_of(p) = (SELECT market_shares(maker, usd) FROM measured) FROM (SELECT market_shares(maker, usd) AS p FROM measured GROUP BY part) AS s;
SELECT count(*), count(DISTINCT p + '{"market_shares": 1, "unit": "plain", "members": {"maker 1": [2.5, 1, 0]}}') FROM (SELECT market_shares(maker, usd) AS p FROM measured GROUP BY part) AS s;

-- What was never in.
SELECT learning_curve(2::float8, 3) - learning_curve(3::float8, 2);
SELECT NULL::learning_curve - learning_curve(3::float8, 2);
SELECT learning_curve(i, 3 + i % 2) - learning_curve(i, 20::float8) FROM generate_series(1, 3) AS i;
SELECT market_shares(m, 5::numeric) - market_shares(m, 7::numeric) FROM (VALUES ('CATL'), ('BYD'), (NULL)) AS v (m);
SELECT market_shares('CATL', 5::numeric) - market_shares('BYD', 5::numeric);
SELECT market_shares('CATL', 5::numeric, 9) - market_shares('CATL', 5::numeric);
SELECT market_shares(NULL, 5::numeric) - market_shares(NULL, 6::numeric);
SELECT NULL::market_shares - market_shares('CATL', 5::numeric);
SELECT market_shares_from_percent('CATL', pct, 200) - market_shares_from_percent('CATL', 1.0, 200) FROM (VALUES (100.0), (50.0)) AS v (pct);
SELECT capacity_partial(i::capacity_gwh) - capacity_partial(0::capacity_gwh) FILTER (WHERE i = 1) AS two_left FROM generate_series(1, 3) AS i;
SELECT capacity_partial(5::capacity_gwh) - capacity_partial(3::capacity_gwh);
SELECT capacity_partial(5::capacity_gwh) - capacity_partial(i::capacity_gwh) FROM generate_series(1, 2) AS i;
SELECT capacity_partial(9223372::capacity_gwh) - capacity_partial(-9223372::capacity_gwh) FILTER (WHERE i = 1) FROM generate_series(1, 2) AS i;
SELECT spread_partial(i::capacity_gwh) - spread_partial(9::capacity_gwh) FILTER (WHERE i = 1) FROM generate_series(1, 3) AS i;
SELECT NULL::quantity_sums - capacity_partial(5::capacity_gwh);
SELECT regression(1, 2) - regression(2, 1);
SELECT NULL::regression - regression(2, 1);
SELECT regression(i, i * i) - regression(9, 100) FILTER (WHERE i = 1) FROM generate_series(1, 3) AS i;
SELECT cost_series(2000, 3::cost_per_gwh) - cost_series(2001, 3::cost_per_gwh);
SELECT NULL::cost_series - cost_series(2001, 3::cost_per_gwh);

-- What does not belong together, in one order of words whichever stands first.
SELECT learning_curve(1::capacity_gwh, 2::cost_per_gwh) + learning_curve(1::float8, 2);
SELECT learning_curve(1::float8, 2) + learning_curve(1::capacity_gwh, 2::cost_per_gwh);
SELECT market_shares('a', 1::numeric) - market_shares('a', 1::capacity_gwh);
SELECT capacity_partial(5::capacity_gwh) + cost_partial(5::cost_per_gwh);
SELECT regression(1, 2) - regression_through_origin(1, 2);
SELECT cost_series(2000, 3::cost_per_gwh) + cost_series(2000, 3::cost_per_gwh);
SELECT cost_series(2000, 3::cost_per_gwh) + cost_series(2001, 3::float8);
SELECT market_shares_from_percent('CATL', 60.0) + market_shares_from_percent('BYD', 60.0);
-- no values of rows that can be told apart: no subtraction
\set VERBOSITY sqlstate
SELECT median_partial(5::capacity_gwh) - median_partial(5::capacity_gwh);
\set VERBOSITY default

-- Totals beyond the range of a type, against core's numeric; of one row, of none, of
-- other kinds.
SELECT total_gwh(capacity_partial(c)) = sum(c::numeric) AS gwh, total_usd(weighted_cost_partial(u, c)) = sum(u::numeric * c::numeric * 1000000) AS usd,
	   total_usd(marginal_cost_partial(i * 1e18, c)) = sum(i * 1e18) AS invested, total_gwh(weighted_cost_partial(u, c)) = sum(c::numeric) AS weighing, total_gwh(spread_partial(c)) = sum(c::numeric) AS spread
FROM (SELECT i, (9223372.036854775807 - i / 7.0)::capacity_gwh AS c, (19999.999999999 - i / 3.0)::cost_per_gwh AS u FROM generate_series(1, 1000) AS i) AS s;
SELECT total_gwh(capacity_partial(-0.000000000001)), total_gwh(capacity_partial(NULL::capacity_gwh)), total_usd(weighted_cost_partial(100, 0.5)), total_usd('1:none:0:0:0'), total_gwh('1:weighted_cost:0:0:0');
SELECT total_usd(capacity_partial(1));
SELECT total_gwh(cost_partial(1));
SELECT sum(c) FROM (VALUES (9e6::capacity_gwh), (9e6)) AS v (c);
SELECT total_capacity(capacity_partial(c)) FROM (VALUES (9e6::capacity_gwh), (9e6)) AS v (c);

-- Extremes of chemistries: the order of the type, by an index where there is one.
CREATE TABLE rung AS SELECT i, t.chemistry FROM generate_series(1, 50) AS i, chemistry_taxonomy() AS t;
INSERT INTO rung VALUES (0, NULL);
CREATE INDEX rung_chemistry ON rung (chemistry);
ANALYZE rung;
SELECT min(chemistry) = (SELECT chemistry FROM rung ORDER BY chemistry LIMIT 1) AS min, max(chemistry) = (SELECT chemistry FROM rung WHERE chemistry IS NOT NULL ORDER BY chemistry DESC LIMIT 1) AS max FROM rung;
SELECT min(chemistry), max(chemistry) FROM rung WHERE chemistry <@ 'NMC';
SELECT min(chemistry) IS NULL AS none FROM rung WHERE false;
SELECT i % 3 AS g, min(chemistry) FROM rung WHERE chemistry IN ('LFP', 'LCO') AND i > 0 GROUP BY g ORDER BY g;
SET max_parallel_workers_per_gather = 0;
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT bool_or(line ~ 'Index Only Scan Backward using rung_chemistry') AS by_index FROM pg_temp.plan('SELECT max(chemistry) FROM rung') AS line;
DROP AGGREGATE all_of(market_shares);
DROP TABLE measured, kept, rung;
DROP FUNCTION wrong, same_bytes;
