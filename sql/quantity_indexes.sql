-- Ordering, indexes, joins, RANGE frames and plans of quantities.  The
-- oracle is the same query over the same values as numeric.
\set VERBOSITY terse
CREATE TABLE quantity_indexed AS
SELECT i, n * 0.000000001 AS n, (n * 0.000000001)::capacity_gwh AS c, (n * 0.000000001)::cost_per_gwh AS k
FROM (SELECT i, hashint8extended(i, 7) % 10000000000 AS n FROM generate_series(1, 20000) i) g;
INSERT INTO quantity_indexed VALUES (20001, NULL, NULL, NULL), (20002, 2.5, 2.5, 2.5), (20003, 2.5, 2.5, 2.5);
CREATE INDEX quantity_c_btree ON quantity_indexed (c);
CREATE INDEX quantity_k_btree ON quantity_indexed (k DESC NULLS LAST);
CREATE INDEX quantity_c_hash ON quantity_indexed USING hash (c);
CREATE INDEX quantity_k_hash ON quantity_indexed USING hash (k);
CREATE INDEX quantity_c_brin ON quantity_indexed USING brin (c) WITH (pages_per_range = 1);
CREATE INDEX quantity_k_brin ON quantity_indexed USING brin (k) WITH (pages_per_range = 1);
CREATE INDEX quantity_c_multi ON quantity_indexed USING brin (c capacity_gwh_minmax_multi_ops) WITH (pages_per_range = 1);
CREATE INDEX quantity_k_multi ON quantity_indexed USING brin (k cost_per_gwh_minmax_multi_ops) WITH (pages_per_range = 1);
CREATE INDEX quantity_c_bloom ON quantity_indexed USING brin (c capacity_gwh_bloom_ops);
CREATE INDEX quantity_k_bloom ON quantity_indexed USING brin (k cost_per_gwh_bloom_ops);
ANALYZE quantity_indexed;

-- core's validators on our operator classes
SELECT am.amname, opc.opcname, opc.opcintype::regtype, opc.opcdefault, amvalidate(opc.oid)
FROM pg_opclass opc JOIN pg_am am ON am.oid = opc.opcmethod
WHERE opc.opcintype IN ('capacity_gwh'::regtype, 'cost_per_gwh'::regtype)
ORDER BY 1, 2;

-- which index a query uses, and what it finds there
CREATE FUNCTION quantity_uses(query text, index_name text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		IF line LIKE '% ' || index_name || '%' THEN RETURN true; END IF;
	END LOOP;
	RETURN false;
END $$;
CREATE FUNCTION quantity_only(kept text) RETURNS void LANGUAGE sql AS $$
	UPDATE pg_index SET indisvalid = (indexrelid = kept::regclass) WHERE indrelid = 'quantity_indexed'::regclass $$;
CREATE TEMP TABLE used (index_name text, condition text, uses boolean, found bigint, expected bigint);
DO $$
DECLARE
	ix text;
	cond text;
	col text;
	f bigint;
	e bigint;
BEGIN
	FOREACH ix IN ARRAY '{quantity_c_btree,quantity_k_btree,quantity_c_hash,quantity_k_hash,quantity_c_brin,quantity_k_brin,quantity_c_multi,quantity_k_multi,quantity_c_bloom,quantity_k_bloom}'::text[] LOOP
		col := substring(ix FROM 'quantity_(.)');
		FOREACH cond IN ARRAY CASE WHEN ix ~ 'hash|bloom' THEN ARRAY['= 2.5', '= ''2.5'''] ELSE
			ARRAY['> 9.5', '>= 2.5::float8', '< -9', '<= -9.25::real', '= 2.5', 'BETWEEN 2 AND 2.5', '> 9', 'IN (2.5, 3)'] END LOOP
			PERFORM quantity_only(ix);
			SET LOCAL enable_seqscan = off;
			EXECUTE format('SELECT count(*) FROM quantity_indexed WHERE %s %s', col, cond) INTO f;
			INSERT INTO used VALUES (ix, cond, quantity_uses(format('SELECT count(*) FROM quantity_indexed WHERE %s %s', col, cond), ix), f, NULL);
			SET LOCAL enable_seqscan = on;
			EXECUTE format('SELECT count(*) FROM quantity_indexed WHERE n %s', replace(cond, '::float8', '')) INTO e;
			UPDATE used SET expected = e WHERE index_name = ix AND condition = cond;
		END LOOP;
	END LOOP;
	UPDATE pg_index SET indisvalid = true WHERE indrelid = 'quantity_indexed'::regclass;
END $$;
SELECT index_name, count(*) AS conditions, bool_and(uses) AS all_use_it, bool_and(found = expected) AS all_found, min(found) > 0 AS not_empty
FROM used GROUP BY index_name ORDER BY index_name;

-- what stays odd: beside a quantity a numeric column is cast, so its own
-- index cannot serve; ask with a numeric
CREATE INDEX quantity_n_btree ON quantity_indexed (n);
SET enable_seqscan = off;
SELECT quantity_uses('SELECT * FROM quantity_indexed WHERE n = 2.5::capacity_gwh', 'quantity_n_btree') AS by_quantity,
	quantity_uses('SELECT * FROM quantity_indexed WHERE n = 2.5::capacity_gwh::numeric', 'quantity_n_btree') AS by_numeric,
	(SELECT count(*) FROM quantity_indexed WHERE n = 2.5::capacity_gwh) AS found;
RESET enable_seqscan;
DROP INDEX quantity_n_btree;

-- order, both ways, through the index and by sorting
SELECT bool_and(c::numeric = n) AS by_c FROM (
	SELECT c, row_number() OVER (ORDER BY c) r FROM quantity_indexed) a JOIN (
	SELECT n, row_number() OVER (ORDER BY n) r FROM quantity_indexed) b USING (r) WHERE r <= 20002;
SELECT bool_and(k::numeric = n) AS by_k FROM (
	SELECT k, row_number() OVER (ORDER BY k DESC NULLS LAST) r FROM quantity_indexed) a JOIN (
	SELECT n, row_number() OVER (ORDER BY n DESC NULLS LAST) r FROM quantity_indexed) b USING (r) WHERE r <= 20002;
SELECT quantity_uses('SELECT max(c) FROM quantity_indexed', 'quantity_c_btree') AS max_by_index,
	(SELECT max(c) FROM quantity_indexed)::numeric = (SELECT max(n) FROM quantity_indexed) AS max,
	(SELECT min(c) FROM quantity_indexed)::numeric = (SELECT min(n) FROM quantity_indexed) AS min,
	(SELECT max(k) FROM quantity_indexed)::numeric = (SELECT max(n) FROM quantity_indexed) AS max_k,
	(SELECT min(k) FROM quantity_indexed)::numeric = (SELECT min(n) FROM quantity_indexed) AS min_k;
-- GROUP BY, DISTINCT, joins by hash and by merge
SELECT (SELECT count(DISTINCT c) FROM quantity_indexed) = (SELECT count(DISTINCT n) FROM quantity_indexed) AS distinct_c,
	(SELECT count(*) FROM (SELECT k FROM quantity_indexed GROUP BY k) g) = (SELECT count(*) FROM (SELECT n FROM quantity_indexed GROUP BY n) g) AS grouped_k;
SET enable_mergejoin = off; SET enable_nestloop = off;
SELECT count(*) AS hash_join, count(*) FILTER (WHERE a.n = b.n) AS right_ones FROM quantity_indexed a JOIN quantity_indexed b ON a.c = b.c;
SELECT count(*) AS hash_join, count(*) FILTER (WHERE a.n = b.n) AS right_ones FROM quantity_indexed a JOIN quantity_indexed b ON a.k = b.k;
RESET enable_mergejoin; SET enable_hashjoin = off;
SELECT count(*) AS merge_join, count(*) FILTER (WHERE a.n = b.n) AS right_ones FROM quantity_indexed a JOIN quantity_indexed b ON a.c = b.c;
SELECT count(*) AS merge_join, count(*) FILTER (WHERE a.n = b.n) AS right_ones FROM quantity_indexed a JOIN quantity_indexed b ON a.k = b.k;
RESET enable_hashjoin; RESET enable_nestloop;
-- the hash is core's int8 hash of the stored integer, which never changes
SELECT bool_and(capacity_gwh_hash(c) = hashint8((n * 1000000000000)::bigint)) AS hash,
	bool_and(capacity_gwh_hash_extended(c, 42) = hashint8extended((n * 1000000000000)::bigint, 42)) AS extended,
	bool_and(cost_per_gwh_hash(k) = hashint8((n * 1000000000)::bigint)) AS cost_hash,
	bool_and(cost_per_gwh_hash_extended(k, 42) = hashint8extended((n * 1000000000)::bigint, 42)) AS cost_extended
FROM quantity_indexed WHERE n IS NOT NULL;
SELECT capacity_gwh_cmp(1, 2), capacity_gwh_cmp(2, 2), capacity_gwh_cmp(3, 2), cost_per_gwh_cmp(1, 2), cost_per_gwh_cmp(2, 2), cost_per_gwh_cmp(3, 2);

-- the planner's statistics: estimates within a factor of two
CREATE FUNCTION quantity_estimate(query text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	j json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO j;
	RETURN (j -> 0 -> 'Plan' ->> 'Plan Rows')::numeric;
END $$;
SELECT count(*) AS estimates, count(*) FILTER (WHERE quantity_estimate('SELECT * FROM quantity_indexed WHERE ' || q) NOT BETWEEN actual / 2.0 AND actual * 2.0) AS far_off
FROM (VALUES ('c > 9', (SELECT count(*) FROM quantity_indexed WHERE n > 9)), ('c < 0', (SELECT count(*) FROM quantity_indexed WHERE n < 0)),
	('k BETWEEN -5 AND 5', (SELECT count(*) FROM quantity_indexed WHERE n BETWEEN -5 AND 5)),
	('k <> 2.5', (SELECT count(*) FROM quantity_indexed WHERE n <> 2.5))) v(q, actual);

-- LEAKPROOF, as int8's: a condition goes below a security barrier
SELECT count(*) FILTER (WHERE proleakproof) AS leakproof, count(*) AS of
FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode
WHERE oprleft = oprright AND oprleft IN ('capacity_gwh'::regtype, 'cost_per_gwh'::regtype) AND oprname IN ('<', '<=', '=', '<>', '>=', '>');
CREATE VIEW quantity_barrier WITH (security_barrier) AS SELECT * FROM quantity_indexed WHERE i > 0;
SET enable_seqscan = off; SET enable_bitmapscan = off;
SELECT quantity_uses('SELECT count(*) FROM quantity_barrier WHERE c = 2.5', 'quantity_c_') AS below_the_barrier;
RESET enable_seqscan; RESET enable_bitmapscan;

-- Conditions on what stands behind the leading column; 18 and later skip from one of its
-- values to the next, NULLs and the ends of the type among them
CREATE TABLE quantity_skipped AS
SELECT x.c, CASE WHEN i % 9 > 0 THEN (i % 50)::float8::cost_per_gwh END AS k, (ARRAY['LFP', 'NMC811', NULL])[1 + i % 3]::chemistry AS h
FROM generate_series(1, 3000) AS i, LATERAL (SELECT (ARRAY['-9223372.036854775808', '0', '12.5 GWh', '9223372.036854775807', NULL])[1 + i % 5]::capacity_gwh AS c) AS x;
CREATE INDEX ON quantity_skipped (c, k);
CREATE INDEX ON quantity_skipped (k DESC, c DESC);
CREATE INDEX ON quantity_skipped (h, k);
ANALYZE quantity_skipped;
SET enable_bitmapscan = off;
CREATE TEMP TABLE skipped (scan text, is_seq boolean, n bigint, low text, high text);
DO $$
DECLARE
	q text;
	seq boolean;
BEGIN
	FOREACH q IN ARRAY '{"k = 7.0","k BETWEEN 3.0 AND 5.0","k IS NULL","c = 0.0","c > 12.0","c <= -1.0","h IS NULL AND k > 45.0"}'::text[] LOOP
		FOREACH seq IN ARRAY '{true,false}'::boolean[] LOOP
			PERFORM set_config('enable_seqscan', seq::text, true), set_config('enable_indexscan', (NOT seq)::text, true), set_config('enable_indexonlyscan', (NOT seq)::text, true);
			EXECUTE format('INSERT INTO skipped SELECT %L, %L, count(*), min((c, k, h)::text), max((c, k, h)::text) FROM quantity_skipped WHERE %1$s', q, seq);
		END LOOP;
	END LOOP;
END$$;
SELECT scan, n, (n, low, high) = lag((n, low, high)) OVER (PARTITION BY scan ORDER BY is_seq DESC) AS same FROM skipped ORDER BY scan, is_seq DESC;
RESET enable_bitmapscan;
DROP TABLE quantity_skipped;

-- RANGE frames
SELECT count(*) AS rows, count(*) FILTER (WHERE a IS DISTINCT FROM b) AS capacity_differs, count(*) FILTER (WHERE d IS DISTINCT FROM b) AS cost_differs
FROM (SELECT count(*) OVER (ORDER BY c RANGE BETWEEN 0.5 PRECEDING AND '250 MWh' FOLLOWING) a,
		count(*) OVER (ORDER BY n RANGE BETWEEN 0.5 PRECEDING AND 0.25 FOLLOWING) b,
		count(*) OVER (ORDER BY k RANGE BETWEEN 0.5 PRECEDING AND 0.25 FOLLOWING) d
	FROM quantity_indexed) w;
SELECT count(*) FILTER (WHERE a IS DISTINCT FROM b) AS descending_differs
FROM (SELECT sum(c) OVER (ORDER BY c DESC RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING)::numeric a,
		sum(n) OVER (ORDER BY n DESC RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) b
	FROM quantity_indexed) w;
SELECT c, count(*) OVER (ORDER BY c RANGE BETWEEN '9223372.036854775807' PRECEDING AND '9223372.036854775807' FOLLOWING)
FROM (VALUES ('-9223372.036854775808'::capacity_gwh), (0), ('9223372.036854775807')) v(c) ORDER BY c;
SELECT count(*) OVER (ORDER BY c RANGE BETWEEN -1 PRECEDING AND CURRENT ROW) FROM quantity_indexed LIMIT 1;

-- partitions, arrays, unique constraints
CREATE TABLE quantity_partitioned (c capacity_gwh, k cost_per_gwh) PARTITION BY RANGE (c);
CREATE TABLE quantity_low PARTITION OF quantity_partitioned FOR VALUES FROM (MINVALUE) TO ('500 MWh');
CREATE TABLE quantity_high PARTITION OF quantity_partitioned FOR VALUES FROM (0.5) TO (MAXVALUE) PARTITION BY HASH (k);
CREATE TABLE quantity_high0 PARTITION OF quantity_high FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE quantity_high1 PARTITION OF quantity_high FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO quantity_partitioned SELECT c, k FROM quantity_indexed WHERE c IS NOT NULL;
SELECT (SELECT count(*) FROM quantity_low) = (SELECT count(*) FROM quantity_indexed WHERE n < 0.5) AS low,
	(SELECT count(*) FROM quantity_high) = (SELECT count(*) FROM quantity_indexed WHERE n >= 0.5) AS high,
	quantity_uses('SELECT * FROM quantity_partitioned WHERE c > 3', 'quantity_low') AS scans_low,
	quantity_uses('SELECT * FROM quantity_partitioned WHERE c > 3 AND k = 2.5', 'quantity_high0')
		<> quantity_uses('SELECT * FROM quantity_partitioned WHERE c > 3 AND k = 2.5', 'quantity_high1') AS prunes_hash;
CREATE TEMP TABLE keyed (c capacity_gwh PRIMARY KEY, k cost_per_gwh UNIQUE);
INSERT INTO keyed VALUES (1, 1), (2, 2);
INSERT INTO keyed VALUES ('1000 MWh', 5);
INSERT INTO keyed VALUES (5, '$2/kWh');
INSERT INTO keyed VALUES (1, 1) ON CONFLICT (c) DO UPDATE SET k = excluded.k * 3 RETURNING *;
SELECT ARRAY[1, 2.5]::capacity_gwh[] @> ARRAY['2500 MWh']::capacity_gwh[] AS contains, array_agg(c ORDER BY c DESC) FROM unnest('{3,1,2}'::capacity_gwh[]) c;
DROP VIEW quantity_barrier;
DROP TABLE quantity_indexed, quantity_partitioned;
DROP FUNCTION quantity_uses(text, text), quantity_only(text), quantity_estimate(text);
