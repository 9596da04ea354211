-- What input functions say of long texts: none quotes its input whole.  Every base
-- type of the extension is asked, as the catalog lists them, with a megabyte, and
-- with texts of its own that are cut anywhere and go on with rubbish.
\set ON_ERROR_STOP on
CREATE FUNCTION pg_temp.said(type_name regtype, input text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
	message text;
	detail text;
	hint text;
BEGIN
	EXECUTE format('SELECT $1::%s', type_name) USING input;
	RETURN 0;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN octet_length(message) + octet_length(detail) + octet_length(hint);
END
$$;

CREATE TEMPORARY TABLE sample AS
	SELECT 'learning_curve'::regtype AS type_name, (SELECT learning_curve(x, 100 / x) FROM generate_series(1.0, 4.0) AS x)::text AS input
	UNION ALL SELECT 'regression', (SELECT regression(100 / x, x) FROM generate_series(1.0, 4.0) AS x)::text
	UNION ALL SELECT 'cost_series', (SELECT cost_series(2000 + x::int, x::float8, 100 / x::float8) FROM generate_series(1.0, 4.0) AS x)::text
	UNION ALL SELECT 'paired_values', (SELECT paired_values(100 / x::float8, x::float8) FROM generate_series(1.0, 4.0) AS x)::text
	UNION ALL SELECT 'quantity_sums', (SELECT capacity_partial(capacity_gwh(x::float8)) FROM generate_series(1.0, 4.0) AS x)::text
	UNION ALL SELECT 'quantity_values', (SELECT median_partial(capacity_gwh(x::float8)) FROM generate_series(1.0, 4.0) AS x)::text
	UNION ALL SELECT 'market_shares', (SELECT market_shares('m' || x, x::bigint) FROM generate_series(1, 4) AS x)::text
	UNION ALL SELECT 'capacity_gwh', '12.5 GWh'
	UNION ALL SELECT 'cost_per_gwh', '139 USD/kWh'
	UNION ALL SELECT 'chemistry', 'NMC811|graphite|liquid electrolyte'
	UNION ALL SELECT t.oid::regtype, s FROM pg_type t CROSS JOIN (VALUES ('v9 '), ('99:'), ('{"version": 99}')) AS v (s)
		WHERE t.typtype = 'b' AND t.typelem = 0 AND EXISTS (SELECT FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
			WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e' AND e.extname = 'battery');

-- a type that is not here, but for the key of GiST indexes, which is never read from text
SELECT t.oid::regtype AS "has no sample"
FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'battery'
WHERE t.typtype = 'b' AND t.typelem = 0 AND t.oid <> 'gist_bounds'::regtype AND NOT EXISTS (SELECT FROM sample s WHERE s.type_name = t.oid AND s.input !~ '^(v9|99:|.*99})');

-- a megabyte of one character
SELECT type_name, max(said) AS bytes
FROM (SELECT DISTINCT type_name, c, pg_temp.said(type_name, repeat(c, 1000000)) AS said
	  FROM (SELECT DISTINCT type_name FROM sample) AS t CROSS JOIN (VALUES ('x'), ('1'), (' '), ('"'), ('é'), ('|'), ('{')) AS v (c)) AS o
GROUP BY 1 HAVING max(said) > 1000 OR min(said) = 0;

-- what it reads, cut anywhere, and then rubbish
SELECT type_name, max(said) AS bytes
FROM (SELECT type_name, pg_temp.said(type_name, left(input, n) || repeat(c, 20000)) AS said
	  FROM sample CROSS JOIN LATERAL generate_series(0, length(input), greatest(1, length(input) / 60)) AS n CROSS JOIN (VALUES ('x'), ('1 '), ('"a')) AS v (c)) AS o
GROUP BY 1 HAVING max(said) > 1000;
SELECT count(DISTINCT type_name) AS types, count(*) > 25 AS all_asked FROM sample;
