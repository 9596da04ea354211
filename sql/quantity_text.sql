-- Text of capacity_gwh and cost_per_gwh: every accepted spelling, every
-- refusal, and that what is written reads back.  Expected readings are the
-- definition of the units; powers of ten only.
\set VERBOSITY terse
SET client_encoding = 'UTF8';

-- ---- capacity: spellings ----
SELECT t AS text, t::capacity_gwh AS capacity_gwh
FROM unnest(ARRAY[
	'0', '1.5', '.5', '5.', '+5', '-5', '007', '-0', '1.5e-05', '1.5E+3', '1e5',
	'5 Wh', '5 kWh', '5 MWh', '5 GWh', '5 TWh', '5 PWh',
	'5wh', '5KWH', '5Mwh', '5mwh', '5MWH', '5 gwh', '5 Twh', '5 pwh', '32GWh',
	'5 GW·h', '5 GW⋅h', '5 GW•h', '5 GW∙h', '5 GW-h', '5 GW h', '5 GW*h', '5 GW.h',
	'5 MWhr', '5 MWhrs', '5 MW hours', '5 MW-hr', '5 megawatt-hours',
	'5 megawatt hours', '5 Megawatthours', '5 kilowatt-hour', '5 watt-hours', '5 TERAWATT HOURS',
	'1,500', '1,500 MWh', '586,303 MWh', '12,345,678.5 kWh', '1,000,000',
	'30 GWh/yr', '30GWh/yr.', '30 GWh / year', '30 GWh/y', '30 GWh per year',
	'30 GWh per annum', '30 GWh p.a.', '30 GWh p.a', '30 GWh pa', '30 GWh/a',
	'30 GWh a year', '30/yr', '30 per year',
	U&'1\00a0500', U&'1\202f500 MWh', U&'12\2009345\2009678.5 kWh',
	'５０ ＭＷｈ', '500 ㎿h', '67.5 thousand MWh', '1.2 million kWh', '139 万 kWh',
	'1.45 TWh']) WITH ORDINALITY u(t, i)
ORDER BY i;

-- every Unicode blank around and between, every minus sign
SELECT count(*) AS blanks, count(*) FILTER (WHERE (b || '5' || b || b || 'MWh' || b)::capacity_gwh = 0.005) AS read
FROM (SELECT chr(c) FROM unnest(ARRAY[9, 10, 11, 12, 13, 32, 133, 160, 5760,
		8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8203,
		8232, 8233, 8239, 8287, 8288, 12288, 65279]) c) x(b);
SELECT count(*) AS minus_signs, count(*) FILTER (WHERE (m || '5 MWh')::capacity_gwh = -0.005) AS read
FROM (SELECT chr(c) FROM unnest(ARRAY[45, 8208, 8209, 8210, 8211, 8722, 10134, 65123, 65293]) c) x(m);

-- 1 mWh is the last place; half of it rounds away from zero
SELECT t AS text, t::capacity_gwh AS capacity_gwh
FROM unnest(ARRAY['0.000000000001', '0.0000000000005', '0.00000000000049999',
	'-0.0000000000005', '0.0005 Wh', '0.00049 Wh', '1e-400', '0.0000000000015']) WITH ORDINALITY u(t, i)
ORDER BY i;

-- both ends of the range, and one beyond
SELECT '9223372.036854775807'::capacity_gwh, '-9223372.036854775808'::capacity_gwh,
	'9223372036854.775807 kWh'::capacity_gwh, '9.223372036854775807e6'::capacity_gwh;
SELECT t AS text, capacity_gwh_problem(t)
FROM unnest(ARRAY['9223372.036854775808', '9223372.0368547758075', '-9223372.036854775809',
	'10 PWh', '1e7', '1e400', '123456789012345678901234567890123456789012345678901234567890']) WITH ORDINALITY u(t, i)
ORDER BY i;

-- ---- capacity: refusals ----
\pset format unaligned
SELECT t AS text, substring(capacity_gwh_problem(t) FROM E'DETAIL:  ([^\n]*)') AS detail,
	substring(capacity_gwh_problem(t) FROM E'HINT:  ([^\n]*)') AS hint
FROM unnest(ARRAY[
	'500 mWh', '500 mW·h', '500 mWH', '1,5', '1.500,5', '0,500', '1,50,000', '1,5000', ',5', '1,500,', '1.500.000', '1''500',
	'1 500', U&'1\00a050', U&'1\00a05000', U&'1500\00a0000', U&'1\00a0500,000', '120¹', '10⁶', '- 5', '--5', '+-5', '(5)', '1_000', '0x10', '1e', 'e5', '.', '٣',
	'NaN', 'nan', 'Infinity', '-inf', '∞',
	'$5', '5 USD', '€5 GWh', '5 yuan', 'US$5/GWh',
	'~5', '≈5 GWh', '>5', '≥ 5', '<5', '±5', '5+', '5?', 'about 5 GWh', 'nearly 90', 'up to 50', 'tens of thousands of cycles',
	'86-90', '86–90', '5 — 6', '5 to 6 GWh', '5 GWh to 6 GWh', '5…6', '5..6',
	'90 %', '67.5 thousand', '5 k MWh', 'million 5 MWh', '12400 e', '5*', '5 GW', '5 MW', '5 kWp', '200 MW/1 GWh', '1.5 MW/150 MWh', '5 horsepower',
	'30 GWh/month', '30 GWh per month', '30 GWh/quarter', '30 GWh/day', '30 GWh/h',
	'5 Ah', '67.5k', '5 tn', '5 GJ', '2025e', '100 planned / 40 initial', '1.5 GWh 3', '5 GWh GWh', '5 GWhx', '5/', '5 per', 'GWh',
	'W', 'NA', 'n/a', '-', '—', '..', 'null', '', ' ', E'\t']) WITH ORDINALITY u(t, i)
ORDER BY i;
SELECT count(*) AS refused FROM unnest(ARRAY[repeat('1', 1001), repeat('x', 100000), '5' || repeat(' ', 5000) || 'x']) t
WHERE try_capacity_gwh(t) IS NULL;
SELECT left(capacity_gwh_problem(repeat('12', 600)), 60) || '...', length(capacity_gwh_problem(repeat('é', 2000))) < 600 AS cut;

\pset format aligned
-- the input function says the same, with the SQLSTATE
\set VERBOSITY default
SELECT '5 GW'::capacity_gwh;
SELECT '9223372.036854775808'::capacity_gwh;
\set VERBOSITY sqlstate
SELECT '5 GW'::capacity_gwh;
SELECT '9223372.036854775808'::capacity_gwh;
SELECT '67300000'::cost_per_gwh;
SELECT '€5/kWh'::cost_per_gwh;
\set VERBOSITY terse
-- control characters in a message are shown as blanks
SELECT capacity_gwh_problem(E'5\n\tGW') AS problem;

-- ---- cost: spellings ----
SELECT t AS text, t::cost_per_gwh AS cost_per_gwh
FROM unnest(ARRAY[
	'67.3', '-67.3', '+67.3', '1,500', '1.5e-05', '20000', '-20000', '9210',
	'US$67.3 million/GWh', '67.3 M$/GWh', '67.3 US $M/GWh', '$115/kWh', 'US $0.05 per kWh',
	'$82 m per GWh', '520 million USD/GWh', '$0.115/Wh', '$12/MWh', 'US$128m/GWh',
	'US$128 mn/GWh', '$128mm/GWh', 'US$67.3m per GWh/yr', 'US$67.3m/(GWh/yr)', 'US$67.3m per (GWh p.a.)',
	'67300000 USD/GWh', '115000 USD/MWh', '67,300,000 USD/GWh', '115 USD/kWh', '115 usd / kwh',
	'USD 115/kWh', 'USD115/kWh', 'US$ 115 per kWh', 'U.S. $115/kWh', 'U.S.$115/kWh', '$US115/kWh', '115 US dollars per kWh',
	'115 dollars per kilowatt-hour', '67.3 MUSD/GWh', '67.3 USDm/GWh', 'USDm 67.3/GWh', '67.3 million US$ per GWh', '67.3 USD million/GWh',
	'115 k$/MWh', '115 thousand USD/MWh', '115kUSD/MWh', '1.2 bn$/TWh', 'US$1.2 billion/TWh', '1.2 B$/TWh', 'US$1.2 trillion per PWh', '$1.2tn/PWh',
	'-$5/kWh', '$-5/kWh', 'US$ −5 /kWh', '$115∕kWh', '$115/kW·h', '$1.15e2/kWh',
	'150000 USD/kWh', '-20001 USD/kWh']) WITH ORDINALITY u(t, i)
ORDER BY i;

SELECT '9223372036.854775807 USD/kWh'::cost_per_gwh, '-9223372036.854775808 USD/kWh'::cost_per_gwh,
	'0.0000000005'::cost_per_gwh, '0.00000000049'::cost_per_gwh;
SELECT t AS text, cost_per_gwh_problem(t)
FROM unnest(ARRAY['20000.000000001', '-20000.000000001', '67300000', '115000', '1e300',
	'9223372036.854775808 USD/kWh', '-9223372036.854775809 USD/kWh', 'US$10 billion/kWh']) WITH ORDINALITY u(t, i)
ORDER BY i;

-- ---- cost: refusals ----
\pset format unaligned
SELECT t AS text, substring(cost_per_gwh_problem(t) FROM E'DETAIL:  ([^\n]*)') AS detail,
	substring(cost_per_gwh_problem(t) FROM E'HINT:  ([^\n]*)') AS hint
FROM unnest(ARRAY[
	'$1,500/kW', 'US$ 1500 per kW', '$12/kWp', '$12/kW-yr', '$12/kWh-yr', '$12/kWh/yr', '$12 per kWh per year', '$12/kWh p.a.', '$12 per kWh a year', '$12/kWh/month',
	'$115', '115 USD', '67.3 million', 'US$26.4 bn', 'US$0.83 billion', '115/kWh', '67.3 million/GWh', '67.3 per kWh', '67.3 GWh', '67.3 GWh/yr',
	'A$115/kWh', 'HK$115/kWh', 'C$ 5/kWh', 'R$ 5/kWh', 'NT$5/kWh', 'B$ 5/kWh', '€100/kWh', '£100/kWh', '¥500/kWh', '500元/kWh', 'RMB 500/kWh', '500 yuan/kWh', '403140.9306 EUR/MWh', '11.4tn yuan ($1.6 trillion)', '5 AUD/kWh',
	'5 cents/kWh', '5¢/kWh', '12 m$/kWh', '12 mUSD/kWh', '$115/mWh',
	'$100-120/kWh', '100 to 120 USD/kWh', '<100 USD/kWh', '~$115/kWh', 'up to €4.1 billion (US$4.3bn)', 'about $115/kWh',
	'US$67,3/kWh', '$1.500,5/kWh', '$1 500/kWh', '$ - 5/kWh', '($5)/kWh', '5 %', 'NaN', 'inf', 'W', '', '—',
	'$5 m m/kWh', '$ $5/kWh', '5 5 USD/kWh', 'USD/kWh', '$/kWh', '$5/', '$5 per', '$5/GWh/GWh', '$5/100 kWh', '$5/Ah', '$5/cell', 'US$115/kWh (2024)', '$5/(kWh', '5 GW USD/kWh'
	]) WITH ORDINALITY u(t, i)
ORDER BY i;

\pset format aligned
-- quantities exactly as reports print them
SELECT t AS as_printed, try_capacity_gwh(t) AS capacity, try_cost_per_gwh(t) AS cost
FROM unnest(ARRAY['11.4tn yuan ($1.6 trillion)', 'US $0.83 billion', '67.3 US $M/GWh',
	'US $0.05 per kWh', '1.5 MW/150 MWh', '200 MW/1 GWh', '30 GWh', 'nearly 90%',
	'tens of thousands of cycles', '100 planned / 40 initial', '~86–90', 'up to 50',
	'€7.34 billion ($7.6 billion)', '32GWh', '1.45 TWh', '67.5k', '403140.9306 EUR/MWh',
	'W', 'NA', '2025e', 'Other countries']) WITH ORDINALITY u(t, i)
ORDER BY i;

-- ---- output is exact, shortest, and no setting changes it ----
SET extra_float_digits = -10;
SELECT 0.1::capacity_gwh + 0.2 AS three_tenths, '1e-12'::capacity_gwh, 1e6::capacity_gwh, 1234567.000001::capacity_gwh, 0.000000001::cost_per_gwh;
RESET extra_float_digits;

-- ---- binary form: a byte for its version, then core's int8 ----
SELECT capacity_gwh_send('1.5') = '\x01' || int8send(1500000000000) AS capacity,
	cost_per_gwh_send('67.3') = '\x01' || int8send(67300000000) AS cost;
CREATE TEMP TABLE binary_out (c capacity_gwh, k cost_per_gwh);
INSERT INTO binary_out
SELECT (hashint8extended(i, 1) * 0.000000000001)::capacity_gwh,
	to_cost_per_gwh(hashint8extended(i, 2) * 0.000000001, 'USD/kWh')
FROM generate_series(1, 1000) i;
INSERT INTO binary_out VALUES (NULL, NULL), ('-9223372.036854775808', '-9223372036.854775808 USD/kWh'),
	('9223372.036854775807', '9223372036.854775807 USD/kWh');
CREATE TEMP TABLE binary_in (LIKE binary_out);
COPY binary_out TO PROGRAM 'cat > battery_quantity_test.bin' (FORMAT binary);
COPY binary_in FROM PROGRAM 'cat battery_quantity_test.bin; rm battery_quantity_test.bin' (FORMAT binary);
SELECT count(*) FROM (TABLE binary_out INTERSECT ALL TABLE binary_in) x;
-- numbers of other types are refused, not taken by their bits
CREATE TEMP TABLE binary_number (f double precision, i bigint);
INSERT INTO binary_number VALUES (1.5, 42);
COPY (SELECT f, f FROM binary_number) TO PROGRAM 'cat > battery_quantity_test.bin' (FORMAT binary);
COPY binary_in FROM PROGRAM 'cat battery_quantity_test.bin; rm battery_quantity_test.bin' (FORMAT binary);
COPY (SELECT NULL::capacity_gwh, i FROM binary_number) TO PROGRAM 'cat > battery_quantity_test.bin' (FORMAT binary);
COPY binary_in FROM PROGRAM 'cat battery_quantity_test.bin; rm battery_quantity_test.bin' (FORMAT binary);
-- arrays and rows of them
CREATE TEMP TABLE binary_arrays (c capacity_gwh[], k cost_per_gwh[], r binary_out);
INSERT INTO binary_arrays SELECT array_agg(c ORDER BY c), array_agg(k ORDER BY k), ROW('1.5', NULL)::binary_out FROM binary_out;
CREATE TEMP TABLE binary_arrays_in (LIKE binary_arrays);
COPY binary_arrays TO PROGRAM 'cat > battery_quantity_test.bin' (FORMAT binary);
COPY binary_arrays_in FROM PROGRAM 'cat battery_quantity_test.bin; rm battery_quantity_test.bin' (FORMAT binary);
SELECT count(*) AS same FROM binary_arrays a JOIN binary_arrays_in b ON (a.c, a.k, a.r) IS NOT DISTINCT FROM (b.c, b.k, b.r);
-- text form, through COPY
COPY binary_out TO PROGRAM 'cat > battery_quantity_test.txt';
TRUNCATE binary_in;
COPY binary_in FROM PROGRAM 'cat battery_quantity_test.txt; rm battery_quantity_test.txt';
SELECT count(*) FROM (TABLE binary_out INTERSECT ALL TABLE binary_in) x;
-- a message of another length, or version, is none
COPY binary_in FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\002\0\0\0\003abc\377\377\377\377\377\377''' (FORMAT binary);
COPY binary_in FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\002\0\0\0\011\002abcdefgh\377\377\377\377\377\377''' (FORMAT binary);

-- ---- text against numeric, over generated values of every magnitude ----
WITH v AS (
	SELECT hashint8extended(i, 1) >> (abs(hashint8extended(i, 2) % 63))::int AS n
	FROM generate_series(1, 20000) i)
SELECT count(*) AS values,
	count(*) FILTER (WHERE c::text <> trim_scale(n * 0.000000000001)::text) AS text_differs,
	count(*) FILTER (WHERE c::text::capacity_gwh <> c) AS reads_differently,
	count(*) FILTER (WHERE display(c)::capacity_gwh <> c) AS displays_differently,
	count(*) FILTER (WHERE k::text::cost_per_gwh <> k) AS cost_reads_differently,
	count(*) FILTER (WHERE k::numeric <> n * 0.000000001) AS cost_differs,
	count(*) FILTER (WHERE (k::text ~ 'USD') <> (abs(k::numeric) > 20000)) AS cost_unit_differs,
	count(*) FILTER (WHERE display(k)::cost_per_gwh <> k) AS cost_displays_differently
FROM (SELECT n, (n * 0.000000000001)::capacity_gwh AS c, to_cost_per_gwh(n * 0.000000001, 'USD/kWh') AS k FROM v) x;
