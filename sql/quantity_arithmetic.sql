-- Operators, casts and functions of quantities.  Oracles: core's numeric,
-- whose arithmetic we did not write, and for growth rates bc with 40 digits.
\set VERBOSITY terse

-- ---- one of each, by hand ----
SELECT c + d AS "c + d", c - d AS "c - d", -c AS "- c", c * 2 AS "c * 2", 2 * c AS "2 * c",
	c * 2.5 AS "c * 2.5", c / 4 AS "c / 4", c / 0.1 AS "c / 0.1", c / d AS "c / d",
	abs(-c) AS abs, sign(-c) AS sign, round(c) AS round
FROM (VALUES (30::capacity_gwh, '7500 MWh'::capacity_gwh)) v(c, d);
SELECT k + l AS "k + l", k - l AS "k - l", -k AS "- k", k * 2 AS "k * 2", 2 * k AS "2 * k",
	k * 2.5 AS "k * 2.5", k / 4 AS "k / 4", k / 0.1 AS "k / 0.1", k / l AS "k / l",
	abs(-k) AS abs, sign(-k) AS sign, round(k) AS round
FROM (VALUES (67.3::cost_per_gwh, '$115/kWh'::cost_per_gwh)) v(k, l);
SELECT c * k AS "c * k", k * c AS "k * c", 26.4e9 / c AS "26.4e9 / c", 26.4e9 / k AS "26.4e9 / k",
	usd(26.44, 'billion') / '392 GWh'::capacity_gwh AS catl
FROM (VALUES (392::capacity_gwh, 67.3::cost_per_gwh)) v(c, k);
SELECT 0.1::capacity_gwh + 0.2 = 0.3 AS exact, 0.1::capacity_gwh * 3 = 0.3 AS exact_product,
	sign(0::capacity_gwh), sign(5::cost_per_gwh), round('2.5'::capacity_gwh), round('-2.5'::capacity_gwh),
	round('2.499999999999'::capacity_gwh), round('0.5'::cost_per_gwh), round('-0.5'::cost_per_gwh);
SELECT pg_typeof(c * 2), pg_typeof(c / 2), pg_typeof(c / c), pg_typeof(1000000 / c), pg_typeof(c * k),
	pg_typeof(1000000 / k), pg_typeof(c * 2.5), pg_typeof(1e9::float8 / c), pg_typeof(2::bigint * c), pg_typeof(c * 2::real)
FROM (VALUES (1::capacity_gwh, 1::cost_per_gwh)) v(c, k);

-- ---- what does not exist ----
SELECT 1::capacity_gwh + 1::cost_per_gwh;
SELECT 1::capacity_gwh * 1::capacity_gwh;
SELECT 1::cost_per_gwh * 1::cost_per_gwh;
SELECT 1::cost_per_gwh / 1::capacity_gwh;
SELECT 1::capacity_gwh / 1::cost_per_gwh;
SELECT 1::capacity_gwh = 1::cost_per_gwh;
SELECT 1::capacity_gwh::cost_per_gwh;
SELECT 1::cost_per_gwh::capacity_gwh;
SELECT sum(1::cost_per_gwh);
SELECT round(1::capacity_gwh, 1);
SELECT sqrt(1::capacity_gwh);

-- ---- numbers beside quantities ----
CREATE TEMP TABLE plant (name text, capacity capacity_gwh, cost cost_per_gwh);
INSERT INTO plant VALUES ('a', 30, 67.3), ('b', 2.5, 115), ('c', NULL, NULL), ('d', '500 MWh', '$82 m per GWh');
SELECT name, capacity > 2 AS int, capacity > 2.5 AS numeric, capacity > 2.5::float8 AS float8,
	capacity > 2.5::real AS real, capacity >= '2500 MWh' AS text, capacity IN (30, 2.5) AS "in",
	capacity BETWEEN 1 AND 29.9 AS "between", capacity = ANY (ARRAY[2.5, 30]::capacity_gwh[]) AS "any"
FROM plant ORDER BY name;
SELECT name, COALESCE(capacity, 0) AS "coalesce", CASE WHEN capacity > 5 THEN capacity ELSE 0 END AS "case",
	GREATEST(capacity, 1) AS "greatest", LEAST(capacity, 1.5) AS "least", NULLIF(capacity, 30) AS "nullif",
	COALESCE(cost, 0.5) AS cost
FROM plant ORDER BY name;
SELECT sum(capacity) FILTER (WHERE cost < 100) AS below_100, max(COALESCE(capacity, 0)) FROM plant;
-- the other way round a double would have to become a quantity's number: not silently
SELECT COALESCE(1.5::float8, capacity) FROM plant;
-- a real beside an operator is widened by core before we see it; cast it first
SELECT 1::capacity_gwh * 0.1::real AS widened, 1::capacity_gwh * 0.1 AS tenth;
-- assignment to a number keeps the decimals; integers must be asked for
CREATE TEMP TABLE number (n numeric, f float8, i integer);
INSERT INTO number (n, f) SELECT capacity, capacity FROM plant WHERE name = 'd';
INSERT INTO number (i) SELECT capacity FROM plant;
SELECT n, f FROM number;

-- ---- parameters as drivers send them ----
PREPARE p_int2 (smallint) AS SELECT count(*) FROM plant WHERE capacity > $1;
PREPARE p_real (real) AS SELECT count(*) FROM plant WHERE cost > $1;
PREPARE p_float8 (float8) AS SELECT count(*) FROM plant WHERE capacity > $1;
PREPARE p_numeric (numeric) AS SELECT count(*) FROM plant WHERE capacity = $1;
PREPARE p_untyped AS SELECT count(*) FROM plant WHERE capacity > $1;
PREPARE p_array (numeric[]) AS SELECT count(*) FROM plant WHERE capacity = ANY ($1::capacity_gwh[]);
PREPARE p_multiply AS SELECT sum(capacity * $1) FROM plant;
PREPARE p_divide AS SELECT name, capacity / $1 AS quotient, pg_typeof(capacity / $1) FROM plant WHERE name = 'a';
EXECUTE p_int2(2);
EXECUTE p_real(67.3);
EXECUTE p_float8(2.5);
EXECUTE p_numeric(2.5);
EXECUTE p_untyped(2.4);
EXECUTE p_untyped('2400 MWh');
EXECUTE p_array('{2.5,30}');
EXECUTE p_multiply(2);
EXECUTE p_divide(2);
SELECT name, parameter_types FROM pg_prepared_statements WHERE name LIKE 'p\_%' ORDER BY name;
DEALLOCATE ALL;

-- ---- casts, both ways ----
SELECT 5::smallint::capacity_gwh, 5::capacity_gwh, 5::bigint::capacity_gwh, 5.25::capacity_gwh,
	0.1::real::capacity_gwh AS real, 0.1::float8::capacity_gwh AS float8, 1e-12::float8::capacity_gwh, 123456.789::real::capacity_gwh;
SELECT 5::smallint::cost_per_gwh, 5::cost_per_gwh, 5::bigint::cost_per_gwh, 5.25::cost_per_gwh,
	0.1::real::cost_per_gwh AS real, 0.1::float8::cost_per_gwh AS float8, 20000::cost_per_gwh, (-20000)::cost_per_gwh;
SELECT c::smallint, c::integer, c::bigint, c::numeric, c::real, c::float8, c::json, c::jsonb, jsonb_typeof(c::jsonb)
FROM unnest(ARRAY[2.5, -2.5, 0.000000000001, 0]::capacity_gwh[]) WITH ORDINALITY u(c, i) ORDER BY i;
SELECT k::smallint, k::integer, k::bigint, k::numeric, k::real, k::float8, k::json, k::jsonb
FROM unnest(ARRAY['67.3', '-0.5', '30000 USD/kWh']::cost_per_gwh[]) WITH ORDINALITY u(k, i) ORDER BY i;
SELECT to_json(c), to_jsonb(k), row_to_json(v), jsonb_build_object('c', c), json_agg(c) OVER ()
FROM (VALUES (1.50::capacity_gwh, '30000 USD/kWh'::cost_per_gwh)) v(c, k);
SELECT 9223372::capacity_gwh, (-9223372)::capacity_gwh;
SELECT 9223373::capacity_gwh;
SELECT (-9223373)::bigint::capacity_gwh;
SELECT 9223372.0368547758075::capacity_gwh;
SELECT '-9223372.0368547758085'::numeric::capacity_gwh;
SELECT 1e300::float8::capacity_gwh;
SELECT 1e30::real::capacity_gwh;
SELECT 'NaN'::float8::capacity_gwh;
SELECT 'Infinity'::real::capacity_gwh;
SELECT '-Infinity'::numeric::capacity_gwh;
SELECT 'NaN'::numeric::cost_per_gwh;
SELECT 40000::capacity_gwh::smallint;
SELECT '9223372036 USD/kWh'::cost_per_gwh::integer;
-- a bare cost above 20,000 in any number
SELECT 67300000::cost_per_gwh;
SELECT 20001::smallint::cost_per_gwh;
SELECT 20000.000000001::cost_per_gwh;
SELECT 115000::bigint::cost_per_gwh;
SELECT (-20001)::real::cost_per_gwh;
SELECT 20001::float8::cost_per_gwh;
\set VERBOSITY default
SELECT 67300000::cost_per_gwh;
SELECT 9223373::capacity_gwh;
\set VERBOSITY terse

-- ---- overflow at both ends, zero divisors, non-finite numbers ----
\set hi '''9223372.036854775807''::capacity_gwh'
\set lo '''-9223372.036854775808''::capacity_gwh'
SELECT :hi + '0'::capacity_gwh, :lo - '0'::capacity_gwh, :lo + :hi, -(:hi), abs(:hi);
SELECT :hi + '0.000000000001';
SELECT :lo - '0.000000000001'::capacity_gwh;
SELECT :lo + '-0.000000000001';
SELECT -(:lo);
SELECT abs(:lo);
SELECT round(:hi), round('-9223371.5'::capacity_gwh);
SELECT round('9223372.036854775807'::capacity_gwh - '9e-12'), :hi * 1, :lo * 1, :lo / 1;
SELECT :lo * -1;
SELECT :lo / -1;
SELECT :hi * 1.0000000000000002;
SELECT :hi * 1e300;
SELECT :hi / 1e-300;
SELECT :hi * 1e-300, :hi / 1e300, :hi * 5e-324, 0::capacity_gwh * 1.7976931348623157e308, 0::capacity_gwh / 5e-324;
SELECT :hi / 0;
SELECT :hi / 0::capacity_gwh;
SELECT :hi * 'NaN'::float8;
SELECT :hi / 'Infinity'::float8;
SELECT 'Infinity'::float8 / :hi;
SELECT '9223372036.854775807 USD/kWh'::cost_per_gwh + 0.000000001;
SELECT '-9223372036.854775808 USD/kWh'::cost_per_gwh - 1::cost_per_gwh;
SELECT -('-9223372036.854775808 USD/kWh'::cost_per_gwh);
SELECT 1::cost_per_gwh / 0;
SELECT 1::cost_per_gwh / 0::cost_per_gwh;
SELECT 1::cost_per_gwh * 'NaN'::float8;
SELECT 1e9 / 0::capacity_gwh;
SELECT 1e9 / 0::cost_per_gwh;
SELECT 1e9::float8 / '1e-12'::capacity_gwh;
SELECT 1e30 / '0.001'::cost_per_gwh;
SELECT :hi * '9223372036.854775807 USD/kWh'::cost_per_gwh AS highest_value, :lo * '9223372036.854775807 USD/kWh'::cost_per_gwh AS lowest_value,
	:lo * '-9223372036.854775808 USD/kWh'::cost_per_gwh AS both_lowest;
\set VERBOSITY default
SELECT :hi + 1;
SELECT 1::capacity_gwh / 0;
SELECT 1::capacity_gwh * 'NaN'::float8;
\set VERBOSITY terse

-- ---- US$ in millions are no US$ ----
SELECT 1000 / 1::capacity_gwh AS least, -1000 / 1::capacity_gwh AS negative, 0 / 1::capacity_gwh AS zero, 999.9999995 / 1::capacity_gwh AS rounds_up;
SELECT 999.9994 / 1::capacity_gwh;
SELECT -999 / 1::capacity_gwh;
\set VERBOSITY default
SELECT 26440 / 392::capacity_gwh;
\set VERBOSITY terse

-- ---- against numeric, over generated values of every magnitude ----
CREATE TEMP TABLE generated AS
SELECT i, n * 0.000000000001 AS c, (n * 0.000000000001)::capacity_gwh AS capacity,
	m * 0.000000001 AS k, to_cost_per_gwh(m * 0.000000001, 'USD/kWh') AS cost,
	(CASE i % 4 WHEN 0 THEN h WHEN 1 THEN h / 1e15 WHEN 2 THEN h / 3e20 ELSE (h % 1000) / 8.0 END)::float8 AS f
FROM (SELECT i, hashint8extended(i, 1) >> (abs(hashint8extended(i, 2) % 63))::int AS n,
		hashint8extended(i, 3) >> (abs(hashint8extended(i, 4) % 63))::int AS m,
		hashint8extended(i, 5) >> (abs(hashint8extended(i, 6) % 63))::int AS h
	FROM generate_series(1, 20000) i) g;
SELECT count(*) AS values, count(DISTINCT capacity) > 15000 AS varied,
	count(*) FILTER (WHERE capacity::numeric <> c) AS numeric,
	count(*) FILTER (WHERE capacity::float8 <> c::text::float8) AS float8,
	count(*) FILTER (WHERE capacity::real <> c::text::real) AS real,
	count(*) FILTER (WHERE capacity::bigint <> round(c)) AS bigint,
	count(*) FILTER (WHERE round(capacity)::numeric <> round(c)) AS round,
	count(*) FILTER (WHERE abs(capacity)::numeric <> abs(c)) AS abs,
	count(*) FILTER (WHERE sign(capacity) <> sign(c)) AS sign,
	count(*) FILTER (WHERE (-capacity)::numeric <> -c) AS negate,
	count(*) FILTER (WHERE capacity::jsonb <> to_jsonb(c)) AS jsonb,
	count(*) FILTER (WHERE cost::numeric <> k) AS cost_numeric,
	count(*) FILTER (WHERE cost::float8 <> k::text::float8) AS cost_float8,
	count(*) FILTER (WHERE cost::bigint <> round(k)) AS cost_bigint,
	count(*) FILTER (WHERE (capacity * cost) <> c * k * 1000000) AS value,
	count(*) FILTER (WHERE (cost * capacity) <> c * k * 1000000) AS value_commuted
FROM generated;
-- neighbours: sums and differences, comparisons, ratios to the nearest double
WITH pair AS (
	SELECT a.c, a.capacity, b.c AS d, b.capacity AS capacity2
	FROM generated a JOIN generated b ON b.i = a.i % 20000 + 1)
SELECT count(*) FILTER (WHERE abs(c + d) < 9223372) > 15000 AS enough,
	count(*) FILTER (WHERE CASE WHEN abs(c + d) < 9223372 THEN (capacity + capacity2)::numeric <> c + d END) AS add,
	count(*) FILTER (WHERE CASE WHEN abs(c - d) < 9223372 THEN (capacity - capacity2)::numeric <> c - d END) AS subtract,
	count(*) FILTER (WHERE CASE WHEN d <> 0 THEN capacity / capacity2 <> (c * 1e60 / d * 1e-60)::text::float8 END) AS ratio,
	count(*) FILTER (WHERE (capacity < capacity2) <> (c < d) OR (capacity <= capacity2) <> (c <= d)
		OR (capacity = capacity2) <> (c = d) OR (capacity <> capacity2) <> (c <> d)
		OR (capacity >= capacity2) <> (c >= d) OR (capacity > capacity2) <> (c > d)) AS compare,
	count(*) FILTER (WHERE GREATEST(capacity, capacity2)::numeric <> GREATEST(c, d)) AS greatest
FROM pair;
-- times and by a double, which is its shortest decimal; a quotient is
-- checked by multiplying back: off by at most half a unit, ties away from 0
WITH t AS (SELECT *, f::text::numeric AS d FROM generated WHERE f <> 0)
SELECT count(*) FILTER (WHERE abs(c * d) < 9223372) > 10000 AS enough_products,
	count(*) FILTER (WHERE CASE WHEN abs(c * d) < 9223372 THEN (capacity * f)::numeric <> round(c * d, 12) END) AS multiply,
	count(*) FILTER (WHERE CASE WHEN abs(c * d) < 9223372 THEN (f * capacity)::numeric <> round(c * d, 12) END) AS commuted,
	count(*) FILTER (WHERE CASE WHEN abs(k * d) < 9223372036 THEN (cost * f)::numeric <> round(k * d, 9) END) AS cost_multiply,
	count(*) FILTER (WHERE abs(c) < abs(d) * 9223371) > 10000 AS enough_quotients,
	count(*) FILTER (WHERE CASE WHEN abs(c) < abs(d) * 9223371 THEN
		NOT (abs((capacity / f)::numeric * d - c) * 2 < abs(d) * 1e-12
			OR abs((capacity / f)::numeric * d - c) * 2 = abs(d) * 1e-12 AND abs((capacity / f)::numeric * d) >= abs(c)) END) AS divide,
	count(*) FILTER (WHERE CASE WHEN abs(k) < abs(d) * 9223372035 THEN
		NOT (abs((cost / f)::numeric * d - k) * 2 < abs(d) * 1e-9
			OR abs((cost / f)::numeric * d - k) * 2 = abs(d) * 1e-9 AND abs((cost / f)::numeric * d) >= abs(k)) END) AS cost_divide
FROM t;
WITH t AS (SELECT *, f::text::numeric AS d FROM generated WHERE c <> 0 AND k <> 0)
SELECT count(*) FILTER (WHERE abs(d) BETWEEN abs(c) * 1000 AND abs(c) * 9223372035e6) > 1000 AS enough_costs,
	count(*) FILTER (WHERE CASE WHEN abs(d) BETWEEN abs(c) * 1000 AND abs(c) * 9223372035e6 THEN
		NOT (abs((f / capacity)::numeric * c * 1e6 - d) * 2 <= abs(c) * 1e-3) END) AS cost,
	count(*) FILTER (WHERE abs(d) < abs(k) * 9223371e6) > 5000 AS enough_capacities,
	count(*) FILTER (WHERE CASE WHEN abs(d) < abs(k) * 9223371e6 THEN
		NOT (abs((f / cost)::numeric * k * 1e6 - d) * 2 <= abs(k) * 1e-6) END) AS capacity
FROM t;
-- numbers to quantities: rounded half away from zero, doubles by their shortest decimal
SELECT count(*) FILTER (WHERE CASE WHEN abs(f) < 9223372 THEN f::capacity_gwh::numeric <> round(f::text::numeric, 12) END) AS float8,
	count(*) FILTER (WHERE CASE WHEN abs(f) < 9223372 THEN f::real::capacity_gwh::numeric <> round(f::real::text::numeric, 12) END) AS real,
	count(*) FILTER (WHERE CASE WHEN abs(f) < 9223372 THEN f::text::numeric::capacity_gwh::numeric <> round(f::text::numeric, 12) END) AS numeric,
	count(*) FILTER (WHERE CASE WHEN abs(f) < 9223372 THEN f::text::capacity_gwh <> f::capacity_gwh END) AS text,
	count(*) FILTER (WHERE CASE WHEN abs(f) <= 20000 THEN f::cost_per_gwh::numeric <> round(f::text::numeric, 9) END) AS cost,
	count(*) FILTER (WHERE CASE WHEN abs(f) < 9223372 THEN round(f)::bigint::capacity_gwh::numeric <> round(f) END) AS bigint
FROM generated;

-- ---- units ----
SELECT to_unit(c, 'Wh'), to_unit(c, 'kWh'), to_unit(c, 'MWh'), to_unit(c, 'GWh'), to_unit(c, 'TWh'), to_unit(c, 'PWh'),
	to_unit(c, 'MWh', 2), to_unit(c, 'TWh', 3), to_unit(c, 'kWh', -3), to_unit(c, 'GWh/yr')
FROM (VALUES ('1234.567890123456'::capacity_gwh)) v(c);
SELECT to_unit(k, 'USD/Wh'), to_unit(k, 'USD/kWh'), to_unit(k, 'US$/MWh'), to_unit(k, 'USD/GWh'), to_unit(k, 'million USD/GWh'),
	to_unit(k, 'bn USD per TWh'), to_unit(k, 'USD/PWh'), to_unit(k, 'M$/GWh', 1), to_unit(k, '$/kWh', 0)
FROM (VALUES ('67.345678912'::cost_per_gwh)) v(k);
SELECT to_capacity_gwh(1500, 'MWh'), to_capacity_gwh(0.0005, 'Wh'), to_capacity_gwh(1.5, 'TWh'), to_capacity_gwh(-9.223372036854775808, 'PWh'),
	to_cost_per_gwh(67300000, 'USD/GWh'), to_cost_per_gwh(115000, 'USD/MWh'), to_cost_per_gwh(0.115, '$/Wh'), to_cost_per_gwh(67.3, 'million US$ per GWh/yr'),
	to_cost_per_gwh(150000, 'USD/kWh'), to_cost_per_gwh(500, 'USD/PWh'), to_cost_per_gwh(499, 'USD/PWh');
SELECT count(*) FILTER (WHERE to_unit(capacity, u.name) <> c * u.factor) AS to_unit,
	count(*) FILTER (WHERE to_unit(capacity, u.name, 2)::text <> round(c * u.factor, 2)::text) AS digits,
	count(*) FILTER (WHERE to_capacity_gwh(to_unit(capacity, u.name), u.name) <> capacity) AS back
FROM generated, (VALUES ('Wh', 1e9), ('kWh', 1e6), ('MWh', 1e3), ('GWh', 1), ('TWh', 1e-3), ('PWh', 1e-6)) u(name, factor)
WHERE i <= 2000;
SELECT count(*) FILTER (WHERE to_unit(cost, u.name) <> k * u.factor) AS to_unit,
	count(*) FILTER (WHERE to_cost_per_gwh(to_unit(cost, u.name), u.name) <> cost) AS back
FROM generated, (VALUES ('USD/Wh', 1e-3), ('USD/kWh', 1), ('USD/MWh', 1e3), ('USD/GWh', 1e6), ('USD/TWh', 1e9), ('million USD/GWh', 1)) u(name, factor)
WHERE i <= 2000;
SELECT to_unit(1::capacity_gwh, 'GW');
SELECT to_unit(1::capacity_gwh, 'mWh');
SELECT to_unit(1::capacity_gwh, '');
SELECT to_unit(1::cost_per_gwh, 'kWh');
SELECT to_unit(1::cost_per_gwh, 'EUR/kWh');
SELECT to_unit(1::cost_per_gwh, '5 USD/kWh');
SELECT to_capacity_gwh(10, 'PWh');
SELECT to_capacity_gwh('NaN', 'GWh');
SELECT to_cost_per_gwh(1, 'USD');
SELECT to_cost_per_gwh(1e300, 'USD/kWh');
\set VERBOSITY default
SELECT to_unit(1::cost_per_gwh, 'EUR/kWh');
SELECT to_capacity_gwh(10, 'PWh');
\set VERBOSITY terse

SELECT display(c) FROM unnest(ARRAY['0', '1500', '-1500', '999.999999999999', '1', '0.5', '0.0000015', '1e-9', '1e-12', '3e6']::capacity_gwh[]) WITH ORDINALITY u(c, i) ORDER BY i;
SELECT display(k) FROM unnest(ARRAY['67.3', '-67.3', '0', '0.05', '30000 USD/kWh']::cost_per_gwh[]) WITH ORDINALITY u(k, i) ORDER BY i;

SELECT usd(26.44, 'billion'), usd(26.44, 'bn'), usd(520, 'million'), usd(520, 'm'), usd(520, 'US$ mn'), usd(5, 'thousand'), usd(5, 'k'),
	usd(1.6, 'trillion'), usd(5, 'USD'), usd(5, '$'), usd(0.83, 'B');
SELECT usd(1, 'lakh');
SELECT usd(1, 'EUR million');
SELECT usd(1, '');
SELECT usd('NaN', 'million');
\set VERBOSITY default
SELECT usd(1, 'lakh');
\set VERBOSITY terse

-- ---- duration and growth ----
SELECT duration_hours('1 GWh', 200), duration_hours('150 MWh', 1.5), duration_hours('84 GWh', 36000::float8), duration_hours(0, 5), duration_hours('1 GWh', 300.0);
SELECT duration_hours('1 GWh', 0);
SELECT duration_hours('1 GWh', -1.5);
SELECT duration_hours('1 GWh', 'NaN'::float8);
-- the storage market from 25.02 to 114.05 in eight years: bc says
-- 0.20879038824695606814; a doubling twice 1; slow growth 3.3333332222222228e-8
SELECT round(cagr(25.02, 114.05, 8)::numeric, 14), round(cagr(25.02::capacity_gwh, 114.05, 8)::numeric, 14), round(cagr(25.02::cost_per_gwh, 114.05, 8)::numeric, 14),
	round(cagr(1, 4, 2)::numeric, 14), round(cagr(4::capacity_gwh, 1, 2)::numeric, 14), cagr(5, 0, 3), cagr(5::cost_per_gwh, 0, 3),
	round(cagr(1, 1.0000001, 3)::numeric, 15) AS slow, round(cagr(1::capacity_gwh, 1.0000001, 3)::numeric, 22) AS slow_capacity,
	round(cagr(1, 1e-20, 8)::numeric, 14) AS shrinking, round(cagr(1e-300, 1e300, 1000)::numeric, 12) AS extreme;
SELECT cagr(0, 5, 3);
SELECT cagr(-1, 5, 3);
SELECT cagr(5, -1, 3);
SELECT cagr('NaN', 5, 3);
SELECT cagr(5, 'Infinity', 3);
SELECT cagr(5, 6, 0);
SELECT cagr(5, 6, -1);
SELECT cagr(5, 6, 'NaN');
SELECT cagr(0::capacity_gwh, 5, 3);
SELECT cagr(5::capacity_gwh, -5, 3);
SELECT cagr(5::capacity_gwh, 5, 0);
SELECT cagr(0::cost_per_gwh, 5, 3);
SELECT cagr(1e-300, 1e300, 1);
SELECT cagr(1::capacity_gwh, 2, 1e-9);
SELECT duration_hours('-400 MWh', 1e-310::float8);

-- ---- NULL in, NULL out ----
SELECT num_nulls(NULL::capacity_gwh + 1, NULL::capacity_gwh * 2, 2 / NULL::capacity_gwh, -NULL::cost_per_gwh, to_unit(NULL::capacity_gwh, 'MWh'),
	try_capacity_gwh(NULL), capacity_gwh_problem(NULL), try_cost_per_gwh(NULL), cost_per_gwh_problem(NULL), usd(NULL, 'million'), cagr(NULL, 1, 1)) AS nulls;
-- fine input has no problem
SELECT capacity_gwh_problem('5 GWh') IS NULL AS capacity, cost_per_gwh_problem('$5/kWh') IS NULL AS cost, try_capacity_gwh('5 GW') IS NULL AS try_capacity, try_cost_per_gwh('5 EUR/kWh') IS NULL AS try_cost;
