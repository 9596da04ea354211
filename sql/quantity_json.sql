-- jsonb to quantities: what core's casts do, with our units and our errors.
SET client_min_messages = warning;

CREATE FUNCTION quantity_json_said(expression text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
	state text;
	detail text;
	hint text;
BEGIN
	EXECUTE 'SELECT (' || expression || ')::text' INTO result;
	RETURN coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', state, SQLERRM, nullif(detail, ''), nullif(hint, ''));
END $$;

\pset format unaligned
-- numbers are in the type's unit, to the last decimal; strings have theirs
SELECT v AS json, quantity_json_said(format('%L::jsonb::capacity_gwh', v)) AS capacity, quantity_json_said(format('%L::jsonb::cost_per_gwh', v)) AS cost
FROM unnest(ARRAY['0', '1', '-2.5', '67.3', '0.1', '1e3', '9223372.036854775807', '0.000000000001', '19999.999999999',
	'1.0000000000005', '0.00000000049', '1e-400', '"67.3"', '"1.5 TWh"', '"200 MWh"', '"US$67.3 per kWh"', '"67.3 USD/kWh"',
	'" 5 "', '"5 kg"', '""', '"abc"', '"5 GWh und 3"', '1e400', '-1e20', '9223372.036854775808', '20000.1', 'true', 'false',
	'[]', '[1]', '{}', '{"GWh": 1}']) v;

\pset format aligned
-- null is what it is to core's casts of this server
SELECT quantity_json_said('''null''::jsonb::capacity_gwh') = replace(quantity_json_said('''null''::jsonb::numeric'), 'numeric', 'capacity_gwh') || CASE WHEN current_setting('server_version_num')::int < 180000 THEN ' | Write a number of GWh, or a string with the unit.' ELSE '' END AS capacity,
	quantity_json_said('''null''::jsonb::cost_per_gwh') = replace(quantity_json_said('''null''::jsonb::numeric'), 'numeric', 'cost_per_gwh') || CASE WHEN current_setting('server_version_num')::int < 180000 THEN ' | Write a number of million US$/GWh, or a string with the unit.' ELSE '' END AS cost;
SELECT NULL::jsonb::capacity_gwh, ('{}'::jsonb -> 'x')::cost_per_gwh;

-- there and back, and as numeric does it
SELECT count(*) FILTER (WHERE to_jsonb(c)::capacity_gwh IS DISTINCT FROM c) AS capacities,
	count(*) FILTER (WHERE to_jsonb(k)::cost_per_gwh IS DISTINCT FROM k) AS costs,
	count(*) FILTER (WHERE to_jsonb(n)::capacity_gwh IS DISTINCT FROM n::capacity_gwh) AS numerics,
	count(*) FILTER (WHERE to_jsonb(c::text)::capacity_gwh IS DISTINCT FROM c) AS texts
FROM (SELECT n, n::capacity_gwh AS c, (n / 1000)::cost_per_gwh AS k
	FROM (SELECT (i * 7919 % 10007 - 5000) * power(10::numeric, i % 16 - 12) + i / 7.0 AS n FROM generate_series(1, 2000) i) v) v;

-- a cast is by name only, and makes no other call ambiguous
SELECT castcontext, count(*) FROM pg_cast WHERE castsource = 'jsonb'::regtype AND casttarget IN ('capacity_gwh'::regtype, 'cost_per_gwh'::regtype) GROUP BY 1;
SELECT capacity_gwh('5 GWh'), cost_per_gwh('5'), capacity_gwh(5), capacity_gwh(5.5), capacity_gwh('5'::jsonb), cost_per_gwh('5.5'::jsonb);
SELECT left(quantity_json_said('''5''::jsonb + 5::capacity_gwh'), 5) AS plus, left(quantity_json_said('abs(''5''::jsonb)'), 5) AS abs;
SELECT (j ->> 'capacity')::capacity_gwh AS as_text, (j -> 'capacity')::capacity_gwh AS as_json, (j -> 'cost')::cost_per_gwh * (j -> 'capacity')::capacity_gwh AS usd
FROM (VALUES ('{"capacity": 20, "cost": 67.3}'::jsonb), ('{"capacity": "1.5 TWh", "cost": "US$67.3 per kWh"}')) v(j);
SELECT * FROM jsonb_to_recordset('[{"c": 5, "k": 67.3}, {"c": "5 MWh", "k": null}]') AS r(c capacity_gwh, k cost_per_gwh);

-- servers with JSON_VALUE (17 and later) return quantities as before: strings through input
SELECT current_setting('server_version_num')::int < 170000 OR ROW(quantity_json_said($$JSON_VALUE('{"k": 67.3}', '$.k' RETURNING cost_per_gwh)$$),
	quantity_json_said($$JSON_VALUE('{"k": "1.5 TWh"}', '$.k' RETURNING capacity_gwh)$$), quantity_json_said($$JSON_VALUE('{"k": null}', '$.k' RETURNING capacity_gwh)$$),
	quantity_json_said($$JSON_VALUE('{"k": [1]}', '$.k' RETURNING capacity_gwh)$$), quantity_json_said($$JSON_VALUE('{"k": "5 kg"}', '$.k' RETURNING capacity_gwh DEFAULT 7::capacity_gwh ON ERROR)$$))
	= ROW('67.3', '1500', 'NULL', 'NULL', '7') AS as_core_does;
