-- Operators of chemistry: order, containment, indexes and what the planner
-- makes of them.  Every answer of an index is compared with that of a
-- sequential scan, and containment with a definition in SQL over the texts of
-- the values, not with the C code that the operators share.

-- 30,000 rows, skewed as markets are: seven in ten are LFP; NMC comes in its
-- named and in 300 other compositions; one percent is sodium.  ANALYZE looks at
-- so many rows of a table, which keeps its statistics the same in every run.
CREATE TABLE chem_cells (id int, c chemistry);
INSERT INTO chem_cells
SELECT i, (CASE
	WHEN i % 100 < 70 THEN 'LFP' || CASE i % 7 WHEN 0 THEN '|graphite' WHEN 1 THEN '|graphite|liquid' WHEN 2 THEN '||solid' ELSE '' END
	WHEN i % 100 < 78 THEN (ARRAY['NMC811', 'NMC622', 'NMC532', 'NMC111'])[1 + i / 100 % 4] || CASE i % 3 WHEN 0 THEN '|Si-graphite' WHEN 1 THEN '||sulfide' ELSE '' END
	WHEN i % 100 < 88 THEN format('NMC %s:%s:%s', 50 + i % 30, 10 + i / 100 % 10, 100 - (50 + i % 30) - (10 + i / 100 % 10))
	WHEN i % 100 < 94 THEN 'NCA'
	WHEN i % 100 < 96 THEN 'Li-ion' || CASE i % 2 WHEN 0 THEN '|LTO' ELSE '' END
	WHEN i % 100 < 98 THEN 'Pb-AGM'
	WHEN i % 100 < 99 THEN (ARRAY['Na-ion', 'NFM', 'NFM111', 'Na-S'])[1 + i / 100 % 4]
	WHEN i % 1000 = 99 THEN NULL
	ELSE 'VRFB' END)::chemistry
FROM generate_series(0, 29999) i;
CREATE TABLE chem_families (family chemistry PRIMARY KEY);
INSERT INTO chem_families SELECT unnest('{Li-ion,NMC,NMC811,LFP,LFP|graphite,Na-ion,sodium,flow,rechargeable||solid,NMC||solid,lead-acid,NCA}'::chemistry[]);
ANALYZE chem_cells, chem_families;

-- The definition, by text: the path of a node up the tree, and the parts.
CREATE TEMP TABLE chem_above AS
WITH RECURSIVE up AS (
	SELECT code AS below, code FROM chemistry_taxonomy()
	UNION ALL SELECT up.below, t.parent FROM up JOIN chemistry_taxonomy() t ON t.code = up.code WHERE t.parent IS NOT NULL)
SELECT b.name AS below, a.name AS above, b.role FROM up
JOIN chemistry_taxonomy() b ON b.code = up.below JOIN chemistry_taxonomy() a ON a.code = up.code;
CREATE FUNCTION pg_temp.part(c chemistry, n int) RETURNS text LANGUAGE sql IMMUTABLE
RETURN nullif(split_part(c::text, '|', n), '');
-- the first part without its composition, where that has no name of its own
CREATE FUNCTION pg_temp.electrode(c chemistry) RETURNS text LANGUAGE sql IMMUTABLE
RETURN regexp_replace(regexp_replace(pg_temp.part(c, 1), ' [0-9:]+', ''), '^NMC[0-9]+\+', 'NMC+');
CREATE FUNCTION pg_temp.is_in(part chemistry, whole chemistry) RETURNS boolean LANGUAGE sql AS $$
	SELECT (pg_temp.part(part, 1) = pg_temp.part(whole, 1)
			OR EXISTS (SELECT FROM chem_above WHERE below = pg_temp.part(part, 1) AND above = pg_temp.part(whole, 1))
			-- a composition without a name stands below its electrode
			OR (pg_temp.part(part, 1) <> pg_temp.electrode(part)
				AND EXISTS (SELECT FROM chem_above WHERE below = pg_temp.electrode(part) AND above = pg_temp.part(whole, 1))))
		AND (pg_temp.part(whole, 2) IS NULL OR EXISTS (SELECT FROM chem_above WHERE role LIKE 'negative%' AND below = pg_temp.part(part, 2) AND above = pg_temp.part(whole, 2)))
		AND (pg_temp.part(whole, 3) IS NULL OR EXISTS (SELECT FROM chem_above WHERE role = 'electrolyte' AND below = pg_temp.part(part, 3) AND above = pg_temp.part(whole, 3)))
$$;
CREATE TEMP TABLE chem_values AS
SELECT DISTINCT v.c FROM (
	SELECT c FROM (SELECT DISTINCT c FROM chem_cells WHERE c IS NOT NULL ORDER BY c) d WHERE hashint8(('x' || encode(chemistry_send(c), 'hex'))::bit(64)::bigint) % 4 = 0
	UNION SELECT family FROM chem_families
	UNION SELECT chemistry FROM chemistry_taxonomy() WHERE chemistry IS NOT NULL
	UNION SELECT unnest('{solid-state|Li,Li-S||solid,Li-S||sulfide,NMC622+LMO,NMC+LMO,blend,LFP|LTO|gel,LFP||polymer,NMC||oxide,rechargeable|graphite}'::chemistry[])) v;

SELECT count(*) AS pairs, count(*) FILTER (WHERE a.c <@ b.c) AS contained,
	count(*) FILTER (WHERE (a.c <@ b.c) <> pg_temp.is_in(a.c, b.c)) AS wrong,
	count(*) FILTER (WHERE (a.c <@ b.c) <> (b.c @> a.c)) AS not_commuted,
	-- everything contained lies between the value and its chemistry_high()
	count(*) FILTER (WHERE a.c <@ b.c AND NOT (a.c >= b.c AND a.c <= chemistry_high(b.c))) AS outside,
	-- and without parts nothing else does
	count(*) FILTER (WHERE b.c::text NOT LIKE '%|%' AND NOT a.c <@ b.c AND a.c >= b.c AND a.c <= chemistry_high(b.c)) AS stranger
FROM chem_values a, chem_values b;
-- the upper bound is itself contained, and is a value like any other
SELECT count(*) AS values, count(*) FILTER (WHERE chemistry_high(c) <@ c) AS contained, count(*) FILTER (WHERE chemistry_high(c)::text::chemistry = chemistry_high(c)) AS read_back FROM chem_values;
SELECT c, chemistry_high(c) FROM unnest('{NMC,NMC811,LFP,Li-ion,NMC||solid,VRFB,rechargeable,NMC811|graphite}'::chemistry[]) c ORDER BY c;

SELECT a, b, a::chemistry <@ b::chemistry AS contained, a::chemistry @> b::chemistry AS contains
FROM (VALUES ('NMC811', 'NMC'), ('NMC811|graphite', 'NMC811'), ('NMC811', 'NMC811|graphite'), ('NMC 83:11:6', 'NMC'), ('NMC 83:11:6', 'NMC811'),
	('NMC811', 'NMC811'), ('NMC811||sulfide', 'NMC811||solid'), ('NMC811||sulfide', 'solid-state'), ('NMC811||solid', 'Li-ion||sulfide'), ('Li-S', 'Li-ion'), ('Li-S', 'lithium'),
	('NMC622+LMO', 'NMC+LMO'), ('NMC622+LMO', 'NMC622'), ('NMC+LMO', 'Li-ion'), ('LTO', 'Li-ion'), ('NMC|LTO', 'LTO'), ('Na-S', 'Na-ion'), ('VRFB', 'flow')) v(a, b);

-- order is core's for int8
SELECT 'LFP'::chemistry = 'LiFePO4' AS eq, 'LFP'::chemistry <> 'NMC' AS ne, 'NMC'::chemistry < 'NMC811' AS lt, 'NMC811'::chemistry <= 'NMC811|graphite' AS le,
	'NMC811'::chemistry > 'NMC' AS gt, 'NMC'::chemistry >= 'NMC' AS ge, chemistry_cmp('LFP', 'NMC');
-- the hash is MurmurHash3's finalizer of 64 bits, here in numeric; its bits and
-- those with a seed, on which hash indexes and partitions rely
CREATE FUNCTION pg_temp.shift_xor(v numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
	SELECT div(v, 4294967296) * 4294967296 + ((v % 4294967296)::bigint # div(v, 8589934592)::bigint)::numeric
$$;
CREATE FUNCTION pg_temp.mix(v numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
	SELECT pg_temp.shift_xor(pg_temp.shift_xor(pg_temp.shift_xor(v) * 18397679294719823053 % 18446744073709551616) * 14181476777654086739 % 18446744073709551616)
$$;
CREATE FUNCTION pg_temp.bits(v bigint) RETURNS numeric LANGUAGE sql IMMUTABLE RETURN CASE WHEN v < 0 THEN v + 18446744073709551616 ELSE v END;
SELECT count(*) AS values,
	count(*) FILTER (WHERE chemistry_hash(c) & 4294967295 = (pg_temp.mix(b) % 4294967296)::bigint) AS hash,
	count(*) FILTER (WHERE pg_temp.bits(chemistry_hash_extended(c, 0)) = pg_temp.mix(b)) AS extended,
	count(*) FILTER (WHERE pg_temp.bits(chemistry_hash_extended(c, 42)) = pg_temp.mix(pg_temp.bits(chemistry_hash_extended(c, 0) # (-9148929187392628276)))) AS seeded,
	count(DISTINCT chemistry_hash(c)) AS hashes
FROM (SELECT c, ('x' || encode(chemistry_send(c), 'hex'))::bit(64)::bigint::numeric AS b FROM chem_values) v;
SELECT chemistry_hash('LFP'), chemistry_hash('NMC811|graphite|liquid'), chemistry_hash_extended('LFP', 0), chemistry_hash_extended('LFP', -7);
SELECT array_agg(c::text ORDER BY c) FROM unnest('{VRFB,NMC811|graphite,NMC811,Li-ion,NMC,rechargeable,NMC 83:11:6,Na-ion,LFP,NMC811||liquid}'::chemistry[]) c;
SELECT chemistry_family(c), count(*) FROM chem_cells GROUP BY 1 ORDER BY 1;

-- PLANS.  The range stands in the index condition, with the value as it is
-- written; where the value says more than the range can, the rows are checked.
CREATE INDEX chem_cells_c ON chem_cells (c);
VACUUM (ANALYZE) chem_cells;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET max_parallel_workers_per_gather = 0;
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_cells WHERE c <@ 'NMC';
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_cells WHERE c <@ 'NMC811';
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_cells WHERE c <@ 'LFP|graphite';
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_cells WHERE c <@ 'NMC811||sulfide';
-- commuted, and as a function
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_cells WHERE 'NMC' @> c;
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_cells WHERE chemistry_contained(c, 'NMC') AND chemistry_contains('NMC811', c);
-- a known part in unknown wholes is no range
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_cells WHERE c @> 'NMC811|graphite';
-- a prepared plan that does not know the value
SET plan_cache_mode = force_generic_plan;
PREPARE cells_in(chemistry) AS SELECT count(*) FROM chem_cells WHERE c <@ $1;
EXPLAIN (COSTS OFF) EXECUTE cells_in('Na-ion');
EXECUTE cells_in('Na-ion');
EXECUTE cells_in('LFP|graphite');
EXECUTE cells_in('rechargeable||solid');
EXECUTE cells_in(NULL);
-- a join to a table of families
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
SET enable_memoize = off;
EXPLAIN (COSTS OFF) SELECT family, count(*) FROM chem_families JOIN chem_cells ON c <@ family GROUP BY family ORDER BY family;
EXPLAIN (COSTS OFF) SELECT family, count(*) FROM chem_families JOIN chem_cells ON family @> c GROUP BY family ORDER BY family;
CREATE TEMP TABLE by_index AS SELECT family, count(*) FROM chem_families JOIN chem_cells ON c <@ family GROUP BY family;
RESET enable_material;
RESET enable_memoize;
RESET enable_hashjoin;
RESET enable_mergejoin;
-- the volatile is not pushed into the index
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_cells WHERE c <@ (CASE WHEN random() < 2 THEN 'NMC' ELSE 'LFP' END)::chemistry;

-- the same answers as without an index
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
SET enable_seqscan = on;
CREATE TEMP TABLE by_scan AS SELECT family, count(*) FILTER (WHERE c <@ family) FROM chem_families, chem_cells GROUP BY family;
SELECT s.*, i.count AS by_index FROM by_scan s FULL JOIN by_index i USING (family) ORDER BY family;
RESET enable_indexscan;
RESET enable_indexonlyscan;
RESET plan_cache_mode;

-- every value as a question, by index and by definition
SET enable_seqscan = off;
CREATE FUNCTION pg_temp.cells_in(chemistry) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM chem_cells WHERE c <@ %L', $1) INTO n;
	RETURN n;
END $$;
CREATE TEMP TABLE chem_counts AS SELECT c, count(*) FROM chem_cells WHERE c IS NOT NULL GROUP BY c;
SELECT count(*) AS questions, count(*) FILTER (WHERE by_index = by_definition) AS agree, sum(by_index) > 30000 AS found
FROM (SELECT v.c, pg_temp.cells_in(v.c) AS by_index, (SELECT coalesce(sum(n.count), 0) FROM chem_counts n WHERE v.c @> n.c) AS by_definition FROM chem_values v) q;

-- BRIN, in all its classes that have an order; hash has none
DROP INDEX chem_cells_c;
SET enable_bitmapscan = on;
CREATE TABLE chem_sorted AS SELECT * FROM chem_cells ORDER BY c;
CREATE INDEX chem_sorted_brin ON chem_sorted USING brin (c) WITH (pages_per_range = 2);
VACUUM (ANALYZE) chem_sorted;
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_sorted WHERE c <@ 'LFP|graphite';
SELECT count(*) FROM chem_sorted WHERE c <@ 'LFP|graphite';
SELECT count(*) FROM chem_sorted WHERE 'Na-ion' @> c;
DROP INDEX chem_sorted_brin;
CREATE INDEX chem_sorted_multi ON chem_sorted USING brin (c chemistry_minmax_multi_ops) WITH (pages_per_range = 2);
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_sorted WHERE c <@ 'NMC';
SELECT count(*) FROM chem_sorted WHERE c <@ 'NMC';
DROP INDEX chem_sorted_multi;
CREATE INDEX chem_sorted_bloom ON chem_sorted USING brin (c chemistry_bloom_ops) WITH (pages_per_range = 2);
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_sorted WHERE c = 'NCA';
SELECT count(*) FROM chem_sorted WHERE c = 'NCA';
DROP INDEX chem_sorted_bloom;
CREATE INDEX chem_sorted_hash ON chem_sorted USING hash (c);
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_sorted WHERE c = 'NCA';
SELECT count(*) FROM chem_sorted WHERE c = 'NCA';
SET enable_seqscan = on;
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_sorted WHERE c <@ 'NCA';
-- two columns, and an expression
CREATE INDEX chem_sorted_two ON chem_sorted (c, id);
CREATE INDEX chem_sorted_family ON chem_sorted (chemistry_family(c));
ANALYZE chem_sorted;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM chem_sorted WHERE c <@ 'NFM111' ORDER BY c, id LIMIT 3;
SELECT id FROM chem_sorted WHERE c <@ 'NFM111' ORDER BY c, id LIMIT 3;
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_sorted WHERE chemistry_family(c) <@ 'sodium';
SELECT count(*) FROM chem_sorted WHERE chemistry_family(c) <@ 'sodium';
-- an order of somebody else's, where strategy 4 is another operator: no range
CREATE FUNCTION chem_reverse(chemistry, chemistry) RETURNS integer LANGUAGE sql IMMUTABLE STRICT RETURN chemistry_cmp($2, $1);
CREATE OPERATOR CLASS chem_reverse_ops FOR TYPE chemistry USING btree AS
	OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 chem_reverse(chemistry, chemistry);
CREATE TABLE chem_reversed AS SELECT c FROM chem_cells;
CREATE INDEX chem_reversed_c ON chem_reversed (c chem_reverse_ops);
VACUUM (ANALYZE) chem_reversed;
EXPLAIN (COSTS OFF) SELECT count(*) FROM chem_reversed WHERE c <@ 'NMC';
SELECT (SELECT count(*) FROM chem_reversed WHERE c <@ 'NMC') = (SELECT count(*) FROM chem_cells WHERE c <@ 'NMC') AS same;
DROP TABLE chem_reversed;
DROP OPERATOR FAMILY chem_reverse_ops USING btree;
DROP FUNCTION chem_reverse;
-- who may read a view may do so without a right on the extension's schema
CREATE SCHEMA chem_hidden;
CREATE ROLE regress_chem_reader;
CREATE VIEW chem_sodium AS SELECT * FROM chem_sorted WHERE c <@ 'sodium';
GRANT SELECT ON chem_sodium TO regress_chem_reader;
ALTER EXTENSION battery SET SCHEMA chem_hidden;
SET ROLE regress_chem_reader;
SELECT count(*) FROM chem_sodium;
RESET ROLE;
ALTER EXTENSION battery SET SCHEMA public;
DROP VIEW chem_sodium;
DROP ROLE regress_chem_reader;
DROP SCHEMA chem_hidden;
RESET enable_seqscan;
RESET enable_bitmapscan;
RESET max_parallel_workers_per_gather;

-- SELECTIVITY.  The planner's rows against the true ones, by a factor; 30 rows
-- more or less are a tenth of a percent of the table and count for nothing.
CREATE FUNCTION pg_temp.factor(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	plan json;
	n bigint;
	guess float8;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
	guess := plan->0->'Plan'->>'Plan Rows';
	EXECUTE 'SELECT count(*) FROM (' || query || ') q' INTO n;
	RETURN greatest(guess + 30, n + 30) / least(guess + 30, n + 30);
END $$;
SET max_parallel_workers_per_gather = 0;
CREATE TABLE chem_three (family chemistry);
INSERT INTO chem_three VALUES ('LFP'), ('NCA'), ('sodium');
ANALYZE chem_three;
SELECT count(*) AS questions, count(*) FILTER (WHERE factor < 2) AS within_two
FROM (SELECT c, pg_temp.factor(format('SELECT 1 FROM chem_cells WHERE c <@ %L', c)) AS factor FROM chem_values) q;
SELECT c, factor FROM (SELECT c, round(pg_temp.factor(format('SELECT 1 FROM chem_cells WHERE c <@ %L', c))::numeric, 1) AS factor FROM chem_values) q WHERE factor >= 2;
SELECT count(*) AS questions, count(*) FILTER (WHERE factor < 2) AS within_two
FROM (SELECT c, pg_temp.factor(format('SELECT 1 FROM chem_cells WHERE c @> %L', c)) AS factor FROM chem_values) q;
SELECT pg_temp.factor('SELECT 1 FROM chem_families JOIN chem_cells ON c <@ family') < 2 AS join_within_two,
	pg_temp.factor('SELECT 1 FROM chem_families JOIN chem_cells ON family @> c') < 2 AS commuted_join_within_two;
SELECT pg_temp.factor('SELECT 1 FROM chem_cells WHERE EXISTS (SELECT FROM chem_three WHERE c <@ family)') < 2 AS semijoin_within_two,
	pg_temp.factor('SELECT 1 FROM chem_cells WHERE NOT EXISTS (SELECT FROM chem_three WHERE family @> c)') < 2 AS antijoin_within_two,
	pg_temp.factor('SELECT 1 FROM chem_cells a WHERE EXISTS (SELECT FROM chem_three WHERE family <@ a.c)') < 2 AS containing_semijoin_within_two;
DROP TABLE chem_three;
-- with few statistics most values are in the histogram, not in the list
CREATE TABLE chem_few AS SELECT * FROM chem_cells WHERE id / 100 % 6 = 0;
ALTER TABLE chem_few ALTER c SET STATISTICS 20;
ANALYZE chem_few;
SELECT c, round(pg_temp.factor(format('SELECT 1 FROM chem_few WHERE c <@ %L', c))::numeric, 2) < 2 AS within_two
FROM unnest('{rechargeable,lithium,Li-ion,LFP,LFP|graphite,NMC,NMC811,NMC811|Si-graphite,NCA,lead-acid,Na-ion,flow}'::chemistry[]) c ORDER BY c;
RESET max_parallel_workers_per_gather;

-- PLACES in the tree
SELECT c, chemistry_family(c), chemistry_parent(c), chemistry_positive_electrode(c), chemistry_negative_electrode(c), chemistry_electrolyte(c)
FROM unnest('{NMC811|Si-graphite|sulfide,NMC811|Si-graphite,NMC811,NMC,Li-ion|LTO,Li-S||solid,solid-state,Na-S,NFM111,NMC622+LMO,VRFB,RFC,rechargeable}'::chemistry[]) WITH ORDINALITY AS v(c, i) ORDER BY i;
-- every step up contains what it comes from, and ends at the root
WITH RECURSIVE up AS (SELECT c AS start, c, 0 AS step FROM chem_values UNION ALL SELECT start, chemistry_parent(c), step + 1 FROM up WHERE c IS NOT NULL AND step < 12)
SELECT count(DISTINCT start) AS starts, bool_and(start <@ c) AS contained, count(*) FILTER (WHERE c IS NULL) AS ends, max(step) AS longest FROM up;

-- ELEMENTS, yes, no and "depends on what is not stated"
SELECT c, chemistry_elements(c) FROM unnest('{LFP,NMC811|Si-graphite,NMC811|Si-graphite|liquid,Li-ion|LTO,NCA,VRFB,rechargeable,Na-ion,NiMH}'::chemistry[]) WITH ORDINALITY AS v(c, i) ORDER BY i;
SELECT c, e, chemistry_contains_element(c, e) FROM (VALUES ('LFP', 'Co'), ('LFP', 'Fe'), ('LFP', 'C'), ('LFP|graphite', 'C'), ('LFP|graphite', 'Si'), ('NMC', 'Co'), ('NMC', 'co'), ('Li-ion', 'Co'), ('Li-ion', 'Pb'),
	('Li-ion', 'Li'), ('NiMH', 'La'), ('NiMH', 'Co'), ('VRFB', 'V'), ('VRFB', 'Li'), ('lead-acid', 'Pb'), ('NMC||solid', 'La')) v(s, e), LATERAL (SELECT s::chemistry AS c) q;
SELECT chemistry_contains_element('LFP', 'Xx');
SELECT chemistry_contains_element('LFP', 'lithium');
SELECT chemistry_contains_element('LFP', '');
SELECT c, chemistry_nickel_fraction(c) FROM unnest('{NMC,NCA,Li-ion,LFP,LNO,LNMO,LRMO,NMC622+LMO,VRFB,NiCd,NFM111,NFM 40:20:40,Na-PBA,solid-state}'::chemistry[]) WITH ORDINALITY AS v(c, i) ORDER BY i;

DROP TABLE chem_cells, chem_families, chem_sorted, chem_few;
