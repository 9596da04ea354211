-- The type paired_values: text, binary, comparison, merging, bad input.
SELECT paired_values(y, x)::text FROM (VALUES (2.5, 3.0), (-0.0::double precision, 1e-300), (1e308, -3)) AS t (y, x);
SELECT paired_logarithms(c, p)::text FROM (VALUES (capacity_gwh '1', cost_per_gwh '1'), ('2', '100')) AS t (c, p);
-- the logarithms are those of learning_curve
SELECT (learning_curve(c, p)::text LIKE '% x=' || split_part(split_part(split_part(paired_logarithms(c, p)::text, ':', 4), ' ', 1), ' ', 1) || ' %') AS same
FROM (VALUES (capacity_gwh '586 MWh', cost_per_gwh '67.3')) AS t (c, p);
-- in any order, read as one value; equality, order, hash
SELECT '1:plain:2:1 2,3 4'::paired_values = '1:plain:2:3 4,1 2' AS equal, '1:plain:2:1 2,3 4'::paired_values < '1:plain:2:1 2,3 5' AS less,
	   '1:plain:1:-2 0'::paired_values < '1:plain:1:1 0' AS sign, '1:plain:1:-2 0'::paired_values < '1:plain:1:-1 0' AS negatives,
	   '1:plain:1:9 9'::paired_values < '1:ln:1:0 0' AS kind, '1:plain:1:9 9'::paired_values < '1:plain:2:0 0,0 0' AS shorter,
	   '1:plain:1:1 1'::paired_values <> '1:plain:1:1 2' AS different, '1:plain:1:1 1'::paired_values >= '1:plain:1:1 1' AS ge, '1:plain:1:1 1'::paired_values > '1:plain:1:1 1' AS gt;
SELECT count(*), count(DISTINCT v) FROM (SELECT paired_values(i % 3, i) AS v FROM generate_series(1, 6) AS i
	UNION ALL SELECT paired_values(i % 3, i ORDER BY -i) FROM generate_series(1, 6) AS i UNION ALL SELECT paired_values(1, i) FROM generate_series(1, 6) AS i) AS s;
SELECT count(*) FROM (SELECT '1:plain:2:1 2,3 4'::paired_values INTERSECT SELECT '1:plain:2:3 4,1 2') AS s;
SELECT paired_values_hash('1:plain:2:1 2,3 4') AS golden, paired_values_hash('1:plain:2:1 2,3 4') = (paired_values_hash_extended('1:plain:2:1 2,3 4', 0) & 4294967295)::bit(32)::int AS agrees,
	   paired_values_hash_extended('1:ln_gwh_usd_per_kwh:1:5 7', 42) AS golden_extended;
-- nothing but the version stands in the way of another build's value
SELECT '2:plain:0:'::paired_values;
SELECT '1:plain:0:'::paired_values AS empty, observations('1:plain:0:'::paired_values) AS none;
-- a setting of the session does not change the text
SET extra_float_digits = -10;
SELECT paired_values(0.1::double precision + 0.2::double precision, 1)::text;
RESET extra_float_digits;
-- binary
SELECT paired_values_send(paired_values(2.5, -1)), paired_values_send('1:ln:1:3 -4');
-- merging, with NULL and nothing
SELECT rollup(v) = (SELECT paired_values(i * i, i) FROM generate_series(1, 30) AS i) AS same, observations(rollup(v))
FROM (SELECT i % 4 AS g, paired_values(i * i, i) AS v FROM generate_series(1, 30) AS i GROUP BY i % 4 UNION ALL SELECT 9, NULL) AS s;
SELECT rollup(v) IS NULL AS nothing FROM (SELECT NULL::paired_values AS v) AS s;
SELECT rollup(v) FROM (VALUES ('1:plain:0:'::paired_values)) AS t (v);
SELECT paired_values(NULL, 1) IS NULL AS skipped, paired_values(y, x)::text FROM (VALUES (NULL, 1), (2, NULL), (3, 4)) AS t (y, x);
-- over a window
SELECT i, observations(paired_values(i, i) OVER (ORDER BY i ROWS 2 PRECEDING)) FROM generate_series(1, 5) AS i ORDER BY i;
-- stored
CREATE TEMP TABLE stored AS SELECT g, paired_values(i * 0.1::double precision, i) AS v FROM generate_series(1, 3) AS g, generate_series(1, 1000) AS i GROUP BY g;
SELECT count(*), min(observations(v)), count(DISTINCT v::text::paired_values), bool_and(v::text::paired_values = v) AS same FROM stored;
SELECT observations(rollup(v)) FROM stored;

-- refused
SELECT rollup(v) FROM (VALUES ('1:plain:1:1 2'::paired_values), ('1:ln:1:1 2')) AS t (v);
SELECT rollup(v) FROM (VALUES ('1:ln:1:1 2'::paired_values), ('1:plain:1:1 2')) AS t (v);
SELECT paired_values('NaN', 1);
SELECT paired_values(1, 'Infinity');
SELECT paired_logarithms(capacity_gwh '0', cost_per_gwh '1');
SELECT paired_logarithms(capacity_gwh '1', cost_per_gwh '-1');
SELECT paired_logarithms(0, 1);
SELECT paired_logarithms(1, 'NaN');
\set VERBOSITY terse
SELECT paired_logarithms(cost_per_gwh '1', capacity_gwh '1');
\set VERBOSITY default
DO $$
DECLARE
	given text;
BEGIN
	FOREACH given IN ARRAY '{"", 1, 1:plain, 1:plain:1, 1:plain:1:, 1:plain:1:1, "1:plain:1:1 2 ", "1:plain:1:1 2,", "1:plain:2:1 2", "1:plain:1:1 2,3 4",
		"1:plain:-1:", "1:plain:01:1 2", "1:plain:1:1.0 2", "1:plain:1:0x1 2", "1:plain:1:nan 2", "1:plain:1:1e400 2", "1:plain:1:-0 2", "1:plain:1: 1 2", "1:ln:1:0.5 1",
		"1:ln:1:9223372036854775807 1", "1:nothing:1:1 2", "1:plain:99999999999:1 2", "3:plain:1:1 2", "+1:plain:0:", "1:plain:9223372036854775808:"}'::text[]
	LOOP
		BEGIN
			PERFORM given::paired_values;
			RAISE NOTICE '"%" is read', given;
		EXCEPTION WHEN OTHERS THEN
			RAISE NOTICE '% %', SQLSTATE, SQLERRM;
		END;
	END LOOP;
END $$;
