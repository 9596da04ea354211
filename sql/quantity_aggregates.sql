-- Aggregates of quantities.  Oracles: core's aggregates over the same values
-- as numeric, and recomputation of every window frame from its rows.
\set VERBOSITY terse
\set SHOW_CONTEXT never
CREATE TABLE quantity_rows AS
SELECT i, i % 7 AS g, n * 0.000000000001 AS n, (n * 0.000000000001)::capacity_gwh AS c,
	m * 0.000000001 AS m, to_cost_per_gwh(m * 0.000000001, 'USD/kWh') AS k,
	CASE WHEN i % 11 > 0 THEN u * 0.001 END AS usd
FROM (SELECT i, CASE WHEN i % 5 > 0 AND i > 3 THEN abs(hashint8extended(i, 1) >> 12) END AS n,
		CASE WHEN i % 3 > 0 THEN hashint8extended(i, 2) >> (abs(hashint8extended(i, 4) % 40))::int END AS m,
		hashint8extended(i, 3) AS u
	FROM generate_series(1, 5000) i) r;

-- ---- by hand ----
SELECT sum(c), avg(c), min(c), max(c), median(c) FROM unnest('{1,2,3.5,4}'::capacity_gwh[]) c;
SELECT avg(k), min(k), max(k), median(k) FROM unnest('{1,2,3.5,4,-10}'::cost_per_gwh[]) k;
-- CATL's six expansions (TCIP Center report, footnotes 30 to 35): 26.44 billion
-- for 392 GWh are 67.449 (the report prints 67.3, from the rounded 26.4); the
-- unweighted mean of the six is 66.1; China 52.1, abroad 88.5
SELECT marginal_cost(usd(b, 'billion'), c), display(round(marginal_cost(usd(b, 'billion'), c) * 10) / 10),
	weighted_cost(usd(b, 'billion') / c, c), avg(usd(b, 'billion') / c), sum(c),
	marginal_cost(usd(b, 'billion'), c) FILTER (WHERE cn) AS china, marginal_cost(usd(b, 'billion'), c) FILTER (WHERE NOT cn) AS abroad
FROM (VALUES (0.83, 30::capacity_gwh, true), (2.9, 60, true), (8.1, 137, true), (1.18, 15, false), (8.6, 100, false), (4.83, 50, false)) v(b, c, cn);
SELECT marginal_cost(usd(26.44, 'billion'), 392);
-- halves round away from zero
SELECT avg(c), median(c) FROM unnest('{0,1e-12}'::capacity_gwh[]) c;
SELECT avg(c), median(c) FROM unnest('{0,-1e-12}'::capacity_gwh[]) c;
SELECT avg(c), median(c), sum(c) FROM unnest('{-9223372.036854775808,9223372.036854775807}'::capacity_gwh[]) c;
SELECT avg(c), median(c) FROM unnest('{-9223372.036854775808,-9223372.036854775808}'::capacity_gwh[]) c;

-- ---- nothing to aggregate ----
SELECT sum(c), avg(c), min(c), max(c), median(c), avg(k), median(k), weighted_cost(k, c), marginal_cost(usd, c),
	capacity_partial(c), cost_partial(k), weighted_cost_partial(k, c), marginal_cost_partial(usd, c), median_partial(c)
FROM quantity_rows WHERE false;
SELECT sum(c), avg(c), median(c), weighted_cost(k, c), capacity_partial(c), median_partial(c)
FROM (SELECT NULL::capacity_gwh c, NULL::cost_per_gwh k FROM generate_series(1, 3)) n;
SELECT g, sum(c) FILTER (WHERE g = 1) AS sum, avg(k) FILTER (WHERE g = 1) IS NULL AS avg, median(c) FILTER (WHERE g = 1) IS NULL AS median,
	weighted_cost(k, c) FILTER (WHERE g = 9) AS weighted
FROM quantity_rows WHERE i < 50 GROUP BY g ORDER BY g;
-- rows with a NULL on either side count for nothing
SELECT weighted_cost(k, c), marginal_cost(usd, c), observations(weighted_cost_partial(k, c))
FROM (VALUES (100::cost_per_gwh, 1::capacity_gwh, 1e9), (NULL, 5, 1e9), (200, NULL, NULL), (300, 1, NULL)) v(k, c, usd);
-- no capacity to divide by
SELECT weighted_cost(k, c), marginal_cost(usd, c) FROM (VALUES (100::cost_per_gwh, 0::capacity_gwh, 1e9), (100, 0, 1e9)) v(k, c, usd);

-- ---- against core, in groups, any order of rows, any plan ----
CREATE FUNCTION quantity_core(OUT g int, OUT s numeric, OUT a numeric, OUT lo numeric, OUT hi numeric, OUT med numeric, OUT ak numeric, OUT medk numeric, OUT w numeric, OUT mc numeric)
RETURNS SETOF record LANGUAGE sql STABLE AS $$
	SELECT r.g, sum(n), round(sum(n) / count(n), 12), min(n), max(n),
		(SELECT CASE WHEN count(*) % 2 = 1 THEN max(n) ELSE round((max(n) + min(n)) / 2, 12) END
			FROM (SELECT n, row_number() OVER (ORDER BY n) p, count(*) OVER () t FROM quantity_rows x WHERE x.g = r.g AND n IS NOT NULL) o
			WHERE 2 * p BETWEEN t AND t + 2),
		round(sum(m) / count(m), 9),
		(SELECT CASE WHEN count(*) % 2 = 1 THEN max(m) ELSE round((max(m) + min(m)) / 2, 9) END
			FROM (SELECT m, row_number() OVER (ORDER BY m) p, count(*) OVER () t FROM quantity_rows x WHERE x.g = r.g AND m IS NOT NULL) o
			WHERE 2 * p BETWEEN t AND t + 2),
		round(sum(m * n) / sum(n) FILTER (WHERE m IS NOT NULL), 9),
		round(sum(usd) FILTER (WHERE n IS NOT NULL) / (sum(n) FILTER (WHERE usd IS NOT NULL) * 1000000), 9)
	FROM quantity_rows r GROUP BY r.g $$;
CREATE FUNCTION quantity_ours(OUT g int, OUT s numeric, OUT a numeric, OUT lo numeric, OUT hi numeric, OUT med numeric, OUT ak numeric, OUT medk numeric, OUT w numeric, OUT mc numeric)
RETURNS SETOF record LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT g, sum(c)::numeric, avg(c)::numeric, min(c)::numeric, max(c)::numeric, median(c)::numeric, avg(k)::numeric, median(k)::numeric,
		weighted_cost(k, c)::numeric, marginal_cost(usd, c)::numeric
	FROM quantity_rows GROUP BY g $$;
CREATE TEMP TABLE core AS SELECT * FROM quantity_core();
SELECT count(*) AS groups, count(*) FILTER (WHERE num_nulls(s, a, lo, hi, med, ak, medk, w, mc) = 0) AS complete FROM core;
SELECT count(*) AS equal FROM (SELECT * FROM quantity_ours() INTERSECT SELECT * FROM core) x;
SET max_parallel_workers_per_gather = 4; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
SET parallel_leader_participation = off;
CREATE FUNCTION quantity_is_partial(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	line text;
	workers boolean := false;
	partial boolean := false;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		workers := workers OR line LIKE '%Workers Planned%';
		partial := partial OR line LIKE '%Partial % Aggregate%' OR line LIKE '%Partial Aggregate%' OR line LIKE '%Partial HashAggregate%' OR line LIKE '%Partial GroupAggregate%';
	END LOOP;
	RETURN workers AND partial;
END $$;
SELECT quantity_is_partial('SELECT * FROM quantity_ours()') AS workers_make_partial_states;
SELECT count(*) AS equal_parallel FROM (SELECT * FROM quantity_ours() INTERSECT SELECT * FROM core) x;
SET enable_hashagg = off;
SELECT count(*) AS equal_sorted FROM (SELECT * FROM quantity_ours() INTERSECT SELECT * FROM core) x;
RESET enable_hashagg; RESET parallel_leader_participation;
-- the states themselves: the same for any order of rows and number of workers
SELECT count(DISTINCT s) AS different_states
FROM (SELECT (capacity_partial(c), cost_partial(k), weighted_cost_partial(k, c), marginal_cost_partial(usd, c), median_partial(c), median_partial(k))::text s FROM quantity_rows
	UNION ALL SELECT (capacity_partial(c ORDER BY i DESC), cost_partial(k ORDER BY i DESC), weighted_cost_partial(k, c ORDER BY i DESC), marginal_cost_partial(usd, c ORDER BY usd), median_partial(c ORDER BY c), median_partial(k ORDER BY k DESC))::text FROM quantity_rows) x;
RESET max_parallel_workers_per_gather; RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size;

-- ---- rollups of partial states: stored, as text, as binary, in any grouping ----
CREATE TEMP TABLE partial AS
SELECT g, i % 13 AS part, capacity_partial(c) AS c, cost_partial(k) AS k, weighted_cost_partial(k, c) AS w, marginal_cost_partial(usd, c) AS mc,
	median_partial(c) AS med, median_partial(k) AS medk
FROM quantity_rows GROUP BY g, part;
SELECT count(*) AS equal FROM (
	SELECT g, total_capacity(rollup(c))::numeric, average_capacity(rollup(c))::numeric, median_capacity(rollup(med))::numeric, average_cost(rollup(k))::numeric,
		median_cost(rollup(medk))::numeric, weighted_cost(rollup(w))::numeric, marginal_cost(rollup(mc))::numeric
	FROM partial GROUP BY g INTERSECT SELECT g, s, a, med, ak, medk, w, mc FROM core) x;
SET extra_float_digits = -10;
SELECT rollup(c)::text = rollup(c::text::quantity_sums)::text AS sums, rollup(w)::text = rollup(w::text::quantity_sums)::text AS weighted,
	rollup(mc)::text = rollup(mc::text::quantity_sums)::text AS marginal, rollup(med)::text = rollup(med::text::quantity_values)::text AS medians
FROM partial;
RESET extra_float_digits;
SELECT rollup(s)::text = (SELECT capacity_partial(c)::text FROM quantity_rows) AS rollup_of_rollups
FROM (SELECT rollup(c) s FROM partial GROUP BY part) x;
SELECT observations(rollup(c)), observations(rollup(med)), observations(rollup(w)), (SELECT count(c) FROM quantity_rows) AS expected FROM partial;
-- the empty state, and states beside NULL
SELECT rollup(s), observations(rollup(s)) FROM (VALUES ('1:capacity:0:0:0'::quantity_sums), (NULL), ('1:capacity:0:0:0')) v(s);
SELECT rollup(s), total_capacity(rollup(s)) FROM (VALUES (NULL), ('1:capacity:0:0:0'::quantity_sums), ('1:capacity:2:5000000000000:0')) v(s);
SELECT rollup(s), median_capacity(rollup(s)) FROM (VALUES ('1:capacity:0:'::quantity_values), (NULL), ('1:capacity:2:3,-1')) v(s);
SELECT total_capacity('1:capacity:0:0:0'), average_capacity('1:capacity:0:0:0'), average_cost('1:cost:0:0:0'), weighted_cost('1:weighted_cost:0:0:0'),
	marginal_cost('1:marginal_cost:0:0:0'), median_capacity('1:capacity:0:'), median_cost('1:cost:0:'), observations('1:cost:0:'::quantity_values);
-- support functions accept any NULL, and do not change what they are given
SELECT quantity_sums_combine(NULL, NULL), quantity_sums_combine('1:cost:1:5:0', NULL), quantity_sums_combine(NULL, '1:cost:1:5:0'),
	quantity_values_combine(NULL, NULL) IS NULL AS none, quantity_values_combine('1:cost:1:5', NULL), quantity_values_combine(NULL, '1:cost:1:5');
SELECT s, quantity_sums_combine(s, s), capacity_gwh_accum(s, 1), capacity_gwh_accum_inv(s, '5e-12'), s AS unchanged FROM (VALUES ('1:capacity:1:5:0'::quantity_sums)) v(s);
SELECT s, quantity_values_combine(s, s), capacity_gwh_collect(s, '1e-12'), s AS unchanged FROM (VALUES ('1:capacity:2:9,5'::quantity_values)) v(s);
SELECT capacity_gwh_accum(NULL, NULL), weighted_cost_accum(NULL, 5, NULL), capacity_gwh_collect(NULL, NULL) IS NULL AS nothing;

SELECT quantity_sums_combine('1:none:0:0:0', '1:cost:1:5:0'), quantity_sums_combine('1:cost:1:5:0', '1:none:0:0:0'), quantity_sums_combine_inv('1:cost:3:5:0', '1:cost:1:7:0'), num_nulls(total_capacity('1:none:0:0:0'), average_capacity('1:none:0:0:0'), average_cost('1:none:0:0:0'), weighted_cost('1:none:0:0:0'), marginal_cost('1:none:0:0:0')) AS nulls;
SELECT quantity_sums_combine_inv('1:cost:1:5:0', '1:cost:2:7:0');
-- no rows cannot have sums
SELECT quantity_sums_combine_inv('1:cost:2:7:0', '1:cost:2:6:0');
SELECT capacity_gwh_accum_inv('1:capacity:1:5:0', '1e-12');
-- a window goes on, past a NULL that stays in it, to another kind of state
SELECT i, rollup(s) OVER (ORDER BY i ROWS 1 PRECEDING)
FROM (VALUES (1, '1:capacity:1:5:0'::quantity_sums), (2, NULL), (3, '1:cost:1:6:0'), (4, NULL), (5, NULL), (6, '1:weighted_cost:1:2:3')) v(i, s) ORDER BY i;
-- a moving rollup against recomputation, frames that start with NULLs too
WITH part AS (SELECT i / 10 AS p, CASE WHEN i / 10 > 2 THEN weighted_cost_partial(k, c) END AS s FROM quantity_rows WHERE i < 500 GROUP BY p),
	frames AS (SELECT p, rollup(s) OVER w AS s, weighted_cost(rollup(s) OVER w) AS k, array_agg(p) OVER w AS members FROM part WINDOW w AS (ORDER BY p ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)),
	again AS (SELECT f.p, rollup(part.s) AS s, weighted_cost(rollup(part.s)) AS k FROM frames f JOIN part ON part.p = ANY (members) GROUP BY f.p)
SELECT count(*) AS frames, count(f.s) AS not_empty, count(*) FILTER (WHERE f.s IS DISTINCT FROM a.s OR f.k IS DISTINCT FROM a.k) AS differ FROM frames f JOIN again a USING (p);

-- ---- comparison of states ----
SELECT DISTINCT s FROM unnest('{1:cost:1:5:0,1:capacity:2:-5:0,1:cost:1:5:0,1:capacity:1:9:0,1:weighted_cost:1:5:-7,1:weighted_cost:1:5:7,1:capacity:2:5:0,1:weighted_cost:1:5:7,1:none:0:0:0}'::quantity_sums[]) s ORDER BY s;
SELECT count(*), string_agg(v::text, ' = ' ORDER BY v::text COLLATE "C") AS equal FROM unnest('{"1:cost:1:5","1:capacity:3:1,3,2","1:capacity:3:3,2,1","1:capacity:2:9,9","1:capacity:3:1,2,2","1:capacity:0:","1:cost:1:-5"}'::quantity_values[]) v GROUP BY v ORDER BY v;
SET enable_hashagg = off;
SELECT count(DISTINCT (c, w, med)) AS sorted, (SELECT count(*) FROM (SELECT c, w, med FROM partial UNION SELECT c, w, med FROM partial) u) AS united, count(*) FROM partial;
RESET enable_hashagg; SET enable_sort = off;
SELECT (SELECT count(*) FROM (SELECT c, w, med FROM partial UNION SELECT c, w, med FROM partial) u) AS hashed;
RESET enable_sort;
SELECT bool_and((a.c < b.c) = (b.c > a.c) AND (a.c <= b.c) = NOT (a.c > b.c) AND (a.c >= b.c) = NOT (a.c < b.c) AND (a.c = b.c) = NOT (a.c <> b.c)
		AND (a.c = b.c) = (a.c::text = b.c::text) AND (a.c = b.c) <= (quantity_sums_hash(a.c) = quantity_sums_hash(b.c)) AND sign(quantity_sums_cmp(a.c, b.c)) = -sign(quantity_sums_cmp(b.c, a.c))) AS sums,
	bool_and((a.med < b.med) = (b.med > a.med) AND (a.med <= b.med) = NOT (a.med > b.med) AND (a.med >= b.med) = NOT (a.med < b.med) AND (a.med = b.med) = NOT (a.med <> b.med)
		AND (a.med = b.med) = (a.med::text = b.med::text) AND sign(quantity_values_cmp(a.med, b.med)) = -sign(quantity_values_cmp(b.med, a.med))) AS values
FROM partial a, partial b;
-- the hash is on disk, in hash partitions and hash indexes: it may not change
SELECT quantity_sums_hash('1:cost:2:-7:0'), quantity_sums_hash_extended('1:cost:2:-7:0', 42), quantity_values_hash('1:cost:2:7,-1'), quantity_values_hash_extended('1:cost:2:-1,7', 42),
	(quantity_sums_hash_extended('1:cost:2:-7:0', 0) & 4294967295) = (quantity_sums_hash('1:cost:2:-7:0')::bigint & 4294967295) AS low_half;

-- ---- moving windows against recomputation; frames that start with NULLs ----
CREATE FUNCTION quantity_frames(frame text) RETURNS TABLE (rows bigint, sum bigint, avg bigint, avg_cost bigint, weighted bigint, marginal bigint, median bigint, partial bigint)
LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format($q$
		WITH frames AS (
			SELECT i, sum(c) OVER w AS s, avg(c) OVER w AS a, avg(k) OVER w AS ak, weighted_cost(k, c) OVER w AS wc,
				marginal_cost(usd, c) OVER w AS mc, median(c) OVER w AS med, capacity_partial(c) OVER w AS p,
				array_agg(i) OVER w AS members
			FROM (SELECT * FROM quantity_rows WHERE i <= 300) r WINDOW w AS (ORDER BY i %s)),
		again AS (
			SELECT f.i, sum(c) AS s, avg(c) AS a, avg(k) AS ak, weighted_cost(k, c) AS wc, marginal_cost(usd, c) AS mc, median(c) AS med, capacity_partial(c) AS p
			FROM frames f LEFT JOIN quantity_rows r ON r.i = ANY (f.members) GROUP BY f.i)
		SELECT count(*), count(*) FILTER (WHERE f.s IS DISTINCT FROM a.s), count(*) FILTER (WHERE f.a IS DISTINCT FROM a.a), count(*) FILTER (WHERE f.ak IS DISTINCT FROM a.ak),
			count(*) FILTER (WHERE f.wc IS DISTINCT FROM a.wc), count(*) FILTER (WHERE f.mc IS DISTINCT FROM a.mc), count(*) FILTER (WHERE f.med IS DISTINCT FROM a.med),
			count(*) FILTER (WHERE f.p::text IS DISTINCT FROM a.p::text)
		FROM frames f JOIN again a USING (i) $q$, frame);
END $$;
SELECT frame, q.* FROM (VALUES (1, 'ROWS BETWEEN 2 PRECEDING AND CURRENT ROW'), (2, 'ROWS BETWEEN 10 PRECEDING AND 5 FOLLOWING'),
	(3, 'ROWS BETWEEN CURRENT ROW AND 3 FOLLOWING'), (4, 'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW'), (5, 'ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING'),
	(6, 'ROWS BETWEEN 5 PRECEDING AND 3 PRECEDING'), (7, 'RANGE BETWEEN 4 PRECEDING AND 1 FOLLOWING'), (8, 'ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW')) v(o, frame),
	LATERAL quantity_frames(frame) q ORDER BY o;
SELECT i, c IS NULL AS "null", sum(c) OVER w, count(c) OVER w FROM quantity_rows WHERE i <= 6 WINDOW w AS (ORDER BY i ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) ORDER BY i;
-- the inverse is there to be used, and a median has none
SELECT aggfnoid::regprocedure, aggmtransfn <> 0 AS moving, aggcombinefn <> 0 AS combine, aggtranstype::regtype, agginitval IS NULL AS no_initcond, proparallel
FROM pg_aggregate JOIN pg_proc p ON p.oid = aggfnoid
WHERE aggtranstype IN ('capacity_gwh'::regtype, 'cost_per_gwh'::regtype, 'quantity_sums'::regtype, 'quantity_values'::regtype)
ORDER BY aggfnoid::regprocedure::text COLLATE "C";

-- ---- sums beyond the type: the state holds them, the result says so ----
SELECT sum('9223372'::capacity_gwh) FROM generate_series(1, 2);
SELECT avg('9223372'::capacity_gwh), capacity_partial('9223372'), observations(capacity_partial('9223372')) FROM generate_series(1, 1000);
SELECT sum(c) OVER (ORDER BY i ROWS 1 PRECEDING) FROM (VALUES (1, '9223372'::capacity_gwh), (2, '-9223372'), (3, '9223372')) v(i, c);
SELECT weighted_cost('9223372036 USD/kWh'::cost_per_gwh, '9223372'::capacity_gwh) FROM generate_series(1, 1000);
SELECT weighted_cost(k, c) FROM (VALUES ('9223372036 USD/kWh'::cost_per_gwh, '5'::capacity_gwh), (1, -4)) v(k, c);
SELECT marginal_cost(26.44, 392);
SELECT marginal_cost(0, 392);
SELECT marginal_cost(x, 1) FROM unnest('{1e9,NaN}'::numeric[]) x;
SELECT marginal_cost(1e24, 1);
SELECT marginal_cost(1.7e23, 1);
SELECT marginal_cost(0.0000000000000014, '1e-12'::capacity_gwh);
\set VERBOSITY default
SELECT sum('9223372'::capacity_gwh) FROM generate_series(1, 2);
SELECT marginal_cost(26.44, 392);
\set VERBOSITY terse

-- ---- text of states: what is refused ----
CREATE FUNCTION quantity_try(type_name text, value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	r text;
BEGIN
	EXECUTE format('SELECT %L::%s', value, type_name) INTO r;
	RETURN r;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT left(t, 50) AS text, quantity_try('quantity_sums', t) AS outcome
FROM unnest(ARRAY['1:capacity:1:5:0', '1:cost:9223372036854775807:0:0', '1:weighted_cost:1:9223372036854775807:-85070591730234615856620279821087277056', '1:marginal_cost:1:-9223372036854775808:170141183460469231731687303715884105728',
	'2:capacity:1:5:0', '0:capacity:1:5:0', '99999999999999999999:capacity:1:5:0', '01:capacity:1:5:0', '-1:capacity:1:5:0', '', '1', '1:', '1:power:1:5:0', '1:capacity', '1:capacity:-1:5:0', '1:capacity:0:5:0',
	'1:capacity:1:5:1', '1:cost:1:5:-1', '1:capacity:1:9223372036854775809:0', '1:capacity:9223372036854775808:5:0', '1:weighted_cost:1:0:170141183460469231731687303715884105729', '1:weighted_cost:0:0:1', '1:none:0:0:0', '1:none:1:0:0', '1:none:0:1:0',
	'1:capacity:1:5', '1:capacity:1:5:0:', '1:capacity:1:5:0 ', ' 1:capacity:1:5:0', '1:capacity:1:+5:0', '1:capacity:1:-0:0', '1:capacity:1:05:0', '1:capacity:1:5.0:0', '1:capacity:1:' || repeat('9', 400) || ':0', '1:Capacity:1:5:0']) WITH ORDINALITY u(t, i) ORDER BY i;
SELECT left(t, 50) AS text, quantity_try('quantity_values', t) AS outcome
FROM unnest(ARRAY['1:capacity:2:5,-9223372036854775808', '1:cost:0:', '1:cost:1:9223372036854775807',
	'2:capacity:1:5', '0:capacity:1:5', '-1:capacity:1:5', '01:capacity:1:5', '', '1', '1:power:1:5', '1:capacity:2:5', '1:capacity:1:5,6', '1:capacity:1:', '1:capacity:0:5', '1:capacity:-1:5', '1:capacity:2:5;6', '1:capacity:2:5,', '1:capacity:2:,5',
	'1:capacity:1:9223372036854775808', '1:capacity:1:-9223372036854775809', '1:capacity:1:-0', '1:capacity:1:05', '1:capacity:1:+5', '1:capacity:1:5 ', '1:capacity:9223372036854775807:5', '1:capacity:100000001:5', '1:capacity:1:' || repeat('9', 400)]) WITH ORDINALITY u(t, i) ORDER BY i;
\set VERBOSITY default
SELECT '2:capacity:1:5:0'::quantity_sums;
SELECT '1:capacity:1:5'::quantity_sums;
SELECT '1:capacity:2:5'::quantity_values;
\set VERBOSITY terse
-- kinds do not mix, and have their own readers
SELECT rollup(s) FROM (VALUES ('1:capacity:1:5:0'::quantity_sums), ('1:cost:1:5:0')) v(s);
SELECT rollup(s) FROM (VALUES ('1:capacity:1:5'::quantity_values), ('1:cost:1:5')) v(s);
SELECT capacity_gwh_accum('1:cost:1:5:0', 5);
SELECT capacity_gwh_collect('1:cost:1:5', 5);
SELECT total_capacity('1:cost:1:5:0');
SELECT average_capacity('1:cost:1:5:0');
SELECT average_cost('1:capacity:1:5:0');
SELECT weighted_cost('1:marginal_cost:1:5:0'::quantity_sums);
SELECT marginal_cost('1:weighted_cost:1:5:0'::quantity_sums);
SELECT median_capacity('1:cost:1:5');
SELECT median_cost('1:capacity:1:5');
SELECT capacity_gwh_accum_inv(NULL, 5);
SELECT quantity_sums_combine('1:cost:9223372036854775807:0:0', '1:cost:1:0:0');
SELECT cost_per_gwh_accum('1:cost:9223372036854775807:0:0', 1);
SELECT total_capacity(s), average_capacity(s) FROM (VALUES ('1:weighted_cost:2:5000000000000:0'::quantity_sums)) v(s);

-- ---- binary states: round trip, and corrupt ones ----
CREATE TEMP TABLE states (s quantity_sums, v quantity_values);
INSERT INTO states SELECT c, med FROM partial UNION ALL SELECT mc, medk FROM partial;
INSERT INTO states VALUES (NULL, NULL), ('1:capacity:0:0:0', '1:capacity:0:'), ('1:marginal_cost:9223372036854775807:-85070591730234615856620279821087277056:1569275433846670190788806172341447372293901557400124522496', '1:cost:1:-9223372036854775808');
CREATE TEMP TABLE states_back (LIKE states);
COPY states TO PROGRAM 'cat > battery_states_test.bin' (FORMAT binary);
COPY states_back FROM PROGRAM 'cat battery_states_test.bin; rm battery_states_test.bin' (FORMAT binary);
SELECT (SELECT count(*) FROM states) AS sent, count(*) AS back FROM (SELECT s::text, v::text FROM states INTERSECT ALL SELECT s::text, v::text FROM states_back) x;
SELECT quantity_sums_send('1:cost:2:7:0'), quantity_values_send('1:cost:2:7,-1');
-- the bytes of one value each, as a binary COPY: header, one field, its length
CREATE FUNCTION quantity_recv(type_name text, value bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	stream bytea := '\x5047434f50590aff0d0a000000000000000000'::bytea || '\x0001'::bytea || int4send(length(value)) || value || '\xffff'::bytea;
	octal text := '';
	r text;
BEGIN
	FOR i IN 0 .. length(stream) - 1 LOOP
		octal := octal || '\' || lpad(to_char(get_byte(stream, i) / 64 * 100 + get_byte(stream, i) / 8 % 8 * 10 + get_byte(stream, i) % 8, 'FM000'), 3, '0');
	END LOOP;
	EXECUTE format('CREATE TEMP TABLE received (x %s)', type_name);
	EXECUTE format('COPY received FROM PROGRAM %L (FORMAT binary)', 'printf ''' || octal || '''');
	SELECT x::text INTO r FROM received;
	DROP TABLE received;
	RETURN r;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT b AS bytes, quantity_recv('quantity_sums', b) AS outcome
FROM unnest(ARRAY[quantity_sums_send('1:cost:2:7:0'), quantity_sums_send('1:marginal_cost:2:7:-9'),
	'\x', '\x01', '\x02' || substr(quantity_sums_send('1:cost:2:7:0'), 2), '\x00' || substr(quantity_sums_send('1:cost:2:7:0'), 2),
	'\x0105' || substr(quantity_sums_send('1:cost:2:7:0'), 3), '\x0100' || substr(quantity_sums_send('1:cost:2:7:0'), 3),
	overlay(quantity_sums_send('1:cost:2:7:0') PLACING '\xff' FROM 3), overlay(quantity_sums_send('1:cost:0:0:0') PLACING '\x01' FROM 18),
	overlay(quantity_sums_send('1:cost:2:7:0') PLACING '\x01' FROM 30), substr(quantity_sums_send('1:cost:2:7:0'), 1, 49), quantity_sums_send('1:cost:2:7:0') || '\x00'::bytea]) WITH ORDINALITY u(b, i) ORDER BY i;
SELECT b AS bytes, quantity_recv('quantity_values', b) AS outcome
FROM unnest(ARRAY[quantity_values_send('1:cost:2:7,-1'), quantity_values_send('1:capacity:0:'),
	'\x', '\x01', '\x02' || substr(quantity_values_send('1:cost:1:7'), 2), '\x0104' || substr(quantity_values_send('1:cost:1:7'), 3),
	overlay(quantity_values_send('1:cost:1:7') PLACING '\xff' FROM 3), overlay(quantity_values_send('1:cost:1:7') PLACING '\x7fffffffffffffff' FROM 3),
	overlay(quantity_values_send('1:cost:1:7') PLACING '\x2000000000000001' FROM 3),
	quantity_values_send('1:cost:1:7') || '\x00'::bytea, substr(quantity_values_send('1:cost:1:7'), 1, 17)]) WITH ORDINALITY u(b, i) ORDER BY i;

-- ---- many groups, and values that a bad selection would sort slowly ----
SELECT count(*) AS groups, sum(s::numeric) AS sum, max(med) AS median
FROM (SELECT sum(c) s, median(c) med, avg(k) a FROM (SELECT i % 100000 AS g, (i % 1000)::capacity_gwh AS c, (i % 1000)::cost_per_gwh AS k FROM generate_series(1, 200000) i) r GROUP BY g) x;
SELECT median(c) AS sorted, median(c ORDER BY i DESC) AS reversed, median(('0'::capacity_gwh)) AS equal, median(organ) AS organ_pipe, median((i % 3)::capacity_gwh) AS few
FROM (SELECT i, i::capacity_gwh AS c, least(i, 100001 - i)::capacity_gwh AS organ FROM generate_series(1, 100000) i) x;
DROP TABLE quantity_rows;
DROP FUNCTION quantity_core(), quantity_ours(), quantity_frames(text), quantity_try(text, text), quantity_is_partial(text), quantity_recv(text, bytea);
