-- GiST: EXCLUDE, and every operator by an index as it is without one.
SET client_min_messages = warning;
\set VERBOSITY terse
CREATE FUNCTION gist_said(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;

-- one range a value at a time
CREATE TABLE gist_price (chemistry chemistry, capacity capacity_gwh, cost cost_per_gwh, valid daterange,
	EXCLUDE USING gist (chemistry WITH =, capacity WITH =, cost WITH =, valid WITH &&));
INSERT INTO gist_price VALUES ('NMC811', 5, 67.3, '[2024-01-01,2024-07-01)'), ('NMC811', 5, 67.3, '[2024-07-01,)'),
	('NMC', 5, 67.3, '[2024-01-01,)'), ('NMC811|graphite', 5, 67.3, '[2024-01-01,)'),
	('NMC811', '5.000000000001', 67.3, '[2024-01-01,)'), ('NMC811', 5, '67.300000001', '[2024-01-01,)'),
	(NULL, 5, 67.3, '[2024-01-01,)'), (NULL, 5, 67.3, '[2024-01-01,)');
INSERT INTO gist_price VALUES ('NMC811', '5000 MWh', 'US$67.3 per kWh', '[2024-12-31,2025-01-01)');
SELECT gist_said('UPDATE gist_price SET capacity = 5 WHERE capacity > 5');
SELECT count(*) FROM gist_price;
-- one value of all; <@ has another operator the other way round, which core refuses here
SELECT left(gist_said('CREATE TABLE gist_tree (chemistry chemistry, EXCLUDE USING gist (chemistry WITH <@))'), 5);
CREATE TABLE gist_only_one (unit text, capacity capacity_gwh, EXCLUDE USING gist (capacity WITH <>));
SELECT gist_said(format('INSERT INTO gist_only_one VALUES (''GWh'', %L)', c)) FROM unnest('{5,5 GWh,6}'::text[]) c;

-- values that take every part of the trees, and the ends of the ranges
CREATE TABLE gist_sample AS
SELECT row_number() OVER (ORDER BY chemistry) - 1 AS n, chemistry FROM (
	SELECT chemistry FROM chemistry_taxonomy() WHERE chemistry IS NOT NULL
	UNION SELECT try_chemistry(t.name || n.part || e.part)
	FROM chemistry_taxonomy() t, (VALUES (''), ('|graphite'), ('|Si-graphite'), ('|silicon'), ('|LTO'), ('|Li')) n(part),
		(VALUES (''), ('|liquid'), ('|solid'), ('|sulfide')) e(part) WHERE t.chemistry IS NOT NULL
	UNION SELECT try_chemistry('NMC ' || i || ':' || j || ':' || 100 - i - j) FROM generate_series(2, 94, 9) i, generate_series(1, 9, 2) j
	UNION SELECT try_chemistry('NMC ' || i || ':5:' || 95 - i || '|graphite') FROM generate_series(2, 90, 9) i) s
WHERE chemistry IS NOT NULL;
SELECT count(*) > 700 AS many FROM gist_sample;
CREATE FUNCTION gist_random(i integer) RETURNS chemistry LANGUAGE sql RETURN (
	SELECT chemistry FROM gist_sample WHERE n = (hashint4(i)::bigint + 2147483648) % (SELECT count(*) FROM gist_sample));
CREATE TABLE gist_fact AS
SELECT i AS id, gist_random(i) AS chemistry,
	CASE WHEN i % 997 = 0 THEN '-9223372.036854775808' WHEN i % 991 = 0 THEN '9223372.036854775807' ELSE hashint4(i) || ' MWh' END::capacity_gwh AS capacity,
	(hashint4(i + 1) % 50 / 2.0)::cost_per_gwh AS cost
FROM generate_series(1, 5000) i;
UPDATE gist_fact SET chemistry = NULL, capacity = NULL, cost = NULL WHERE id % 1009 = 0;

-- operators in order of strategies; a row where index and sequential scan differ
CREATE FUNCTION gist_differences(index_sql text) RETURNS TABLE (operator text, has_rows boolean, different integer, by_index boolean) LANGUAGE plpgsql AS $$
DECLARE
	col text;
	op text;
	query text;
	plan text;
	expected bigint;
	got bigint;
BEGIN
	EXECUTE index_sql;
	ANALYZE gist_fact;
	FOREACH col IN ARRAY '{chemistry,capacity,cost}'::text[] LOOP
		FOREACH op IN ARRAY CASE WHEN col = 'chemistry' THEN '{=,<>,<,<=,>,>=,<@,@>}' ELSE '{=,<>,<,<=,>,>=}' END::text[] LOOP
			operator := col || ' ' || op; has_rows := false; different := 0; by_index := true;
			FOR query IN EXECUTE format('SELECT format(''SELECT coalesce(sum(hashint4(id)::bigint), 0) + count(%1$I) FROM gist_fact WHERE %1$I %2$s %%L::%%s'', %1$I, pg_typeof(%1$I))
					FROM (SELECT DISTINCT %1$I FROM gist_fact WHERE hashint4(id) %% 331 = 0 OR id IN (991, 997)) v WHERE %1$I IS NOT NULL', col, op) LOOP
				SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off;
				EXECUTE query INTO expected;
				SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = on; SET LOCAL enable_indexonlyscan = on;
				SET LOCAL enable_bitmapscan = on;
				EXECUTE query INTO got;
				EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
				has_rows := has_rows OR expected <> 0;
				different := different + (got <> expected)::int;
				by_index := by_index AND plan ~ 'fact_gist';
			END LOOP;
			RETURN NEXT;
		END LOOP;
	END LOOP;
	DROP INDEX IF EXISTS fact_gist_1, fact_gist_2, fact_gist_3;
END $$;
-- sorted; row by row into pages that split; buffering
SELECT * FROM gist_differences('CREATE INDEX fact_gist_1 ON gist_fact USING gist (chemistry) INCLUDE (id); CREATE INDEX fact_gist_2 ON gist_fact USING gist (capacity) INCLUDE (id); CREATE INDEX fact_gist_3 ON gist_fact USING gist (cost) INCLUDE (id)');
SELECT operator, different, by_index FROM gist_differences('CREATE TABLE gist_copy AS TABLE gist_fact; TRUNCATE gist_fact; CREATE INDEX fact_gist_1 ON gist_fact USING gist (chemistry); CREATE INDEX fact_gist_2 ON gist_fact USING gist (capacity); CREATE INDEX fact_gist_3 ON gist_fact USING gist (cost);
	INSERT INTO gist_fact SELECT * FROM gist_copy ORDER BY hashint4(id + 3); DELETE FROM gist_fact WHERE id % 7 = 0; INSERT INTO gist_fact SELECT * FROM gist_copy WHERE id % 7 = 0; DROP TABLE gist_copy') WHERE different > 0 OR NOT by_index;
SELECT operator, different, by_index FROM gist_differences('CREATE INDEX fact_gist_1 ON gist_fact USING gist (chemistry, capacity, cost) WITH (buffering = on); CREATE INDEX fact_gist_2 ON gist_fact USING gist (capacity, chemistry) WITH (buffering = on, fillfactor = 50); CREATE INDEX fact_gist_3 ON gist_fact USING gist (cost, capacity) WITH (buffering = off)') WHERE different > 0 OR NOT by_index;

-- several columns: rows come from the index alone, as they were put in
CREATE INDEX fact_gist_4 ON gist_fact USING gist (chemistry, capacity, cost) INCLUDE (id);
VACUUM ANALYZE gist_fact;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT chemistry, capacity, cost FROM gist_fact WHERE chemistry <@ 'NMC' AND cost >= 10 AND capacity < '1 GWh';
SELECT count(*), count(*) FILTER (WHERE ROW(f.chemistry, f.capacity, f.cost) IS NOT DISTINCT FROM ROW(g.chemistry, g.capacity, g.cost)) AS same
FROM (SELECT chemistry, capacity, cost, id FROM gist_fact WHERE chemistry <@ 'Li-ion' AND cost >= 1 AND capacity > '-9000000') f JOIN LATERAL (SELECT * FROM gist_fact g WHERE f.id = g.id) g ON true;
RESET enable_seqscan;
RESET enable_bitmapscan;

-- nobody makes a key by hand
SELECT '[1,2]'::gist_bounds;

-- every operator class is complete; where temporal keys exist, they know equality
SELECT opcname, amvalidate(c.oid), opckeytype::regtype FROM pg_opclass c JOIN pg_am a ON a.oid = opcmethod
WHERE amname = 'gist' AND opcintype IN ('chemistry'::regtype, 'capacity_gwh'::regtype, 'cost_per_gwh'::regtype) ORDER BY 1;
SELECT count(*) = CASE WHEN current_setting('server_version_num')::int >= 180000 THEN 3 ELSE 0 END AS as_the_server_has_it
FROM pg_amproc p JOIN pg_opfamily f ON f.oid = amprocfamily JOIN pg_am a ON a.oid = opfmethod
WHERE amname = 'gist' AND amprocnum = 12 AND opfname IN ('chemistry_ops', 'capacity_gwh_ops', 'cost_per_gwh_ops');
