-- read_figure over 120,000 printed figures.  The texts are made here, from a
-- number, a way of grouping its digits, a scale word, a unit or currency, a
-- qualifier, a mark and perhaps a second number; so what they state is known
-- by arithmetic in numeric and never by reading them.  Nothing is random.
\set VERBOSITY terse
SET client_encoding = 'UTF8';
SET extra_float_digits = 0;

-- one of n choices for row i, by the k-th of the independent dice
CREATE FUNCTION pg_temp.pick(i bigint, k bigint, n int) RETURNS int LANGUAGE sql IMMUTABLE
RETURN ((((i + 1) * 2654435761 + k * 40503 * (i % 7919 + 1)) % 4294967296) / 4096 % n)::int;

CREATE TEMP TABLE unit (family text, n int, before text, behind text, factor numeric, base text, code text, stated text);
INSERT INTO unit
SELECT family, row_number() OVER (PARTITION BY family ORDER BY behind COLLATE "C", before COLLATE "C") - 1, before, behind, factor, base, code, stated
FROM (VALUES
	('capacity', '', '', 1, NULL, NULL, 'number'),
	('capacity', '', ' Wh', 0.000000001, 'GWh', NULL, 'capacity'), ('capacity', '', ' kWh', 0.000001, 'GWh', NULL, 'capacity'),
	('capacity', '', ' MWh', 0.001, 'GWh', NULL, 'capacity'), ('capacity', '', 'GWh', 1, 'GWh', NULL, 'capacity'),
	('capacity', '', ' TWh', 1000, 'GWh', NULL, 'capacity'), ('capacity', '', ' GWh/yr', 1, 'GWh', NULL, 'capacity'),
	('capacity', '', ' MWh per year', 0.001, 'GWh', NULL, 'capacity'), ('capacity', '', ' megawatt-hours', 0.001, 'GWh', NULL, 'capacity'),
	('capacity', '', ' ㎿h', 0.001, 'GWh', NULL, 'capacity'), ('capacity', '', ' GW·h', 1, 'GWh', NULL, 'capacity'),
	('capacity', '', ' ＭＷｈ', 0.001, 'GWh', NULL, 'capacity'), ('capacity', '', ' thousand MWh', 1, 'GWh', NULL, 'capacity'),
	('capacity', '', ' million kWh', 1, 'GWh', NULL, 'capacity'), ('capacity', '', ' 万 kWh', 0.01, 'GWh', NULL, 'capacity'),
	('capacity', '', ' bn kWh', 1000, 'GWh', NULL, 'capacity'),
	('power', '', '', 1, NULL, NULL, 'number'), ('power', '', ' W', 0.000001, 'MW', NULL, 'power'), ('power', '', ' kW', 0.001, 'MW', NULL, 'power'),
	('power', '', 'MW', 1, 'MW', NULL, 'power'), ('power', '', ' GW', 1000, 'MW', NULL, 'power'), ('power', '', ' ㎾', 0.001, 'MW', NULL, 'power'),
	('power', '', ' megawatts', 1, 'MW', NULL, 'power'), ('power', '', ' MWelec', 1, 'MW', NULL, 'power'), ('power', '', ' million kW', 1000, 'MW', NULL, 'power'),
	('percent', '', '', 1, NULL, NULL, 'number'), ('percent', '', '%', 1, '%', NULL, 'percent'), ('percent', '', ' %', 1, '%', NULL, 'percent'),
	('percent', '', ' percent', 1, '%', NULL, 'percent'), ('percent', '', ' per cent', 1, '%', NULL, 'percent'), ('percent', '', '％', 1, '%', NULL, 'percent'),
	('percent', '', ' pct', 1, '%', NULL, 'percent'), ('percent', '', ' ‰', 0.1, '%', NULL, 'percent'), ('percent', '', ' fraction', 100, '%', NULL, 'percent'),
	('number', '', '', 1, NULL, NULL, 'number'), ('number', '', ' t', 1, 't', NULL, 'number'), ('number', '', ' tonnes', 1, 'tonnes', NULL, 'number'),
	('number', '', ' Wh/kg', 1, 'Wh/kg', NULL, 'other'), ('number', '', ' °C', 1, '°C', NULL, 'number'), ('number', '', ' g/cm3', 1, 'g/cm3', NULL, 'other'),
	('number', '', ' mA/cm²', 1, 'mA/cm²', NULL, 'other'), ('number', '', ' people', 1, 'people', NULL, 'number'), ('number', '', ' thousand tonnes', 1000, 'tonnes', NULL, 'number'),
	('number', '', ' million vehicles', 1000000, 'vehicles', NULL, 'number'), ('number', '', ' kWh/100 km', 1, 'kWh/100 km', NULL, 'other'),
	('number', '', ' MWh', 1, 'MWh', NULL, 'capacity'), ('number', '', '%', 1, '%', NULL, 'percent'), ('number', '$', '/kW', 1, 'USD/kW', 'USD', 'other'),
	('number', '', ' EUR per tonne', 1, 'EUR/tonne', 'EUR', 'other'), ('number', '', '万 t', 10000, 't', NULL, 'number')
) AS u (family, before, behind, factor, base, code, stated);
-- money: currencies before and behind, each with scale words; and the same for each unit of energy
WITH currency (before, behind, code) AS (VALUES
	('$', '', 'USD'), ('US$', '', 'USD'), ('US $', '', 'USD'), ('U.S. $', '', 'USD'), ('USD ', '', 'USD'), ('€', '', 'EUR'), ('£', '', 'GBP'), ('CNY ', '', 'CNY'),
	('RMB ', '', 'CNY'), ('A$', '', 'AUD'), ('HK$', '', 'HKD'), ('NT$', '', 'TWD'), ('₩', '', 'KRW'), ('₹', '', 'INR'), ('CN¥', '', 'CNY'), ('＄', '', 'USD'),
	('', ' USD', 'USD'), ('', ' US dollars', 'USD'), ('', ' EUR', 'EUR'), ('', ' €', 'EUR'), ('', ' euros', 'EUR'), ('', ' yuan', 'CNY'), ('', '元', 'CNY'),
	('', '美元', 'USD'), ('', ' yen', 'JPY'), ('', ' RMB', 'CNY'), ('', '', NULL)),
scale (word, factor) AS (VALUES ('', 1), (' million', 1e6), (' mn', 1e6), ('m', 1e6), (' M', 1e6), (' bn', 1e9), ('b', 1e9), (' billion', 1e9), ('tn', 1e12), (' trillion', 1e12),
	('k', 1e3), (' thousand', 1e3), ('万', 1e4), ('亿', 1e8), ('万亿', 1e12), (' crore', 1e7), (' lakh', 1e5)),
per (text, factor) AS (VALUES ('/kWh', 1), (' per kWh', 1), ('/Wh', 1e3), ('/MWh', 1e-3), (' per GWh', 1e-6), ('/(GWh/yr)', 1e-6), (' per GWh/yr', 1e-6), ('/TWh', 1e-9))
INSERT INTO unit
SELECT 'money', row_number() OVER () - 1, c.before, s.word || c.behind, s.factor, c.code, c.code, CASE WHEN c.code IS NULL THEN 'number' ELSE 'money' END
FROM currency AS c, scale AS s WHERE s.word NOT IN (' crore', ' lakh') OR coalesce(c.code, 'INR') = 'INR'
UNION ALL
SELECT 'cost', row_number() OVER () - 1, c.before, s.word || c.behind || p.text, s.factor * p.factor, c.code || '/kWh', c.code, 'cost'
FROM currency AS c, scale AS s, per AS p WHERE c.code IS NOT NULL AND (s.word NOT IN (' crore', ' lakh') OR c.code = 'INR')
UNION ALL
SELECT 'cost', (26 * 15 + 2) * 8, '', '', 1, NULL, NULL, 'number';

CREATE TEMP TABLE family AS SELECT family, count(*) AS units FROM unit GROUP BY family;
ANALYZE unit;
CREATE TEMP TABLE qualifier AS
SELECT row_number() OVER () - 1 AS n, before, behind, meaning
FROM (VALUES ('', '', '='), ('', '', '='), ('', '', '='), ('', '', '='), ('~', '', '~'), ('≈ ', '', '~'), ('about ', '', '~'), ('Approx. ', '', '~'), ('ca. ', '', '~'),
	('up to ', '', '≤'), ('≤', '', '≤'), ('<= ', '', '≤'), ('at most ', '', '≤'), ('at least ', '', '≥'), ('≥ ', '', '≥'), ('>=', '', '≥'), ('>', '', '>'), ('More than ', '', '>'),
	('over ', '', '>'), ('<', '', '<'), ('under ', '', '<'), ('less than ', '', '<'), ('nearly ', '', 'nearly'), ('almost ', '', 'nearly'),
	('', '+', '≥'), ('', ' or more', '≥'), ('', ' or less', '≤')) AS q (before, behind, meaning);
CREATE TEMP TABLE mark AS
SELECT row_number() OVER () - 1 AS n, text, meaning, estimate, bare
FROM (VALUES ('', NULL, false, false), ('', NULL, false, false), ('', NULL, false, false), ('', NULL, false, false), ('*', '*', false, false), ('†', '†', false, false), ('**', '*', false, false),
	(' (e)', NULL, true, false), (' (est.)', NULL, true, false), (' (rounded)', NULL, false, false), (' (r)', 'revised', false, false),
	(' e', NULL, true, true), ('e', NULL, true, true), ('r', 'revised', false, true), (' b', 'break', false, true), (' p', 'provisional', false, true), ('c', 'confidential', false, true)) AS m (text, meaning, estimate, bare);

-- the numbers: whole part, decimals, and a second one that is not smaller
CREATE TEMP TABLE printed_number AS
SELECT i, pg_temp.pick(i, 1, 12) AS style, e.k AS exponent, w.whole, d.decimals,
	CASE WHEN d.places = 0 THEN '' ELSE lpad(d.decimals::text, d.places, '0') END AS fraction, d.places,
	w.whole + 1 + pg_temp.pick(i, 2, 3) * power(10::numeric, pg_temp.pick(i, 3, 4))::bigint AS second
FROM generate_series(0, 119999) AS i
CROSS JOIN LATERAL (SELECT (pg_temp.pick(i, 4, 9) + 1)::bigint * (10 ^ pg_temp.pick(i, 5, 8))::bigint
	+ CASE WHEN pg_temp.pick(i, 6, 3) > 0 THEN pg_temp.pick(i, 7, 1000000) % (10 ^ pg_temp.pick(i, 5, 8))::bigint ELSE 0 END - CASE WHEN i % 50 = 0 THEN (pg_temp.pick(i, 4, 9) + 1) ELSE 0 END AS whole) AS v
CROSS JOIN LATERAL (SELECT greatest(v.whole, 0) AS whole) AS w
CROSS JOIN LATERAL (SELECT greatest(pg_temp.pick(i, 8, 6) - 2, 0) AS places) AS p
CROSS JOIN LATERAL (SELECT p.places, CASE WHEN p.places = 0 THEN 0 ELSE pg_temp.pick(i, 9, 1000) % (10 ^ p.places)::int END AS decimals) AS d
CROSS JOIN LATERAL (SELECT CASE WHEN pg_temp.pick(i, 1, 12) = 10 THEN (ARRAY[0, 3, -2, 6])[1 + pg_temp.pick(i, 10, 4)] ELSE 0 END AS k) AS e;

CREATE FUNCTION pg_temp.grouped(whole bigint, separator text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN regexp_replace(whole::text, '(\d)(?=(\d{3})+$)', '\1' || separator, 'g');
CREATE FUNCTION pg_temp.print(whole bigint, fraction text, style int, exponent int) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE style
	WHEN 1 THEN pg_temp.grouped(whole, ',') || CASE WHEN fraction <> '' THEN '.' || fraction ELSE '' END
	WHEN 2 THEN pg_temp.grouped(whole, U&'\00a0') || CASE WHEN fraction <> '' THEN '.' || fraction ELSE '' END
	WHEN 3 THEN pg_temp.grouped(whole, U&'\202f') || CASE WHEN fraction <> '' THEN '.' || fraction ELSE '' END
	WHEN 4 THEN pg_temp.grouped(whole, U&'\2009') || CASE WHEN fraction <> '' THEN '.' || fraction ELSE '' END
	WHEN 5 THEN pg_temp.grouped(whole, '.') || CASE WHEN fraction <> '' THEN ',' || fraction ELSE '' END
	WHEN 6 THEN pg_temp.grouped(whole, U&'\202f') || CASE WHEN fraction <> '' THEN ',' || fraction ELSE '' END
	WHEN 7 THEN pg_temp.grouped(whole, '''') || CASE WHEN fraction <> '' THEN '.' || fraction ELSE '' END
	WHEN 8 THEN CASE WHEN whole > 999 THEN regexp_replace((whole / 1000)::text, '(\d)(?=(\d\d)+$)', '\1,', 'g') || ',' || lpad((whole % 1000)::text, 3, '0') ELSE whole::text END
		|| CASE WHEN fraction <> '' THEN '.' || fraction ELSE '' END
	WHEN 9 THEN translate(whole::text || CASE WHEN fraction <> '' THEN '.' || fraction ELSE '' END, '0123456789.', '０１２３４５６７８９．')
	WHEN 10 THEN whole::text || CASE WHEN fraction <> '' THEN '.' || fraction ELSE '' END || 'e' || exponent
	WHEN 11 THEN pg_temp.grouped(whole, ' ') || CASE WHEN fraction <> '' THEN '.' || fraction ELSE '' END
	ELSE whole::text || CASE WHEN fraction <> '' THEN '.' || fraction ELSE '' END END;
-- the power of ten of the last digit that was not rounded
CREATE FUNCTION pg_temp.last_digit(whole bigint, places int) RETURNS numeric LANGUAGE sql IMMUTABLE
RETURN CASE WHEN places > 0 THEN power(10::numeric, -places) WHEN whole = 0 THEN 1 ELSE power(10::numeric, length(substring(whole::text FROM '0*$'))) END;

CREATE TEMP TABLE corpus AS
SELECT n.i, n.style, u.family,
	n.style IN (5, 6) AS decimal_comma, CASE n.style WHEN 7 THEN 'apostrophe' WHEN 8 THEN 'indian' WHEN 11 THEN 'blank' END AS grouping,
	CASE WHEN r.is_range THEN
		CASE WHEN r.sign = 5 THEN 'between ' WHEN r.about THEN '~' ELSE '' END || u.before || pg_temp.print(n.whole, n.fraction, n.style, n.exponent)
			|| CASE WHEN r.sign = 6 AND u.stated IN ('capacity', 'power', 'percent') AND u.behind !~ ' (thousand|million|bn|万)' THEN u.behind ELSE '' END
			|| (ARRAY['–', '-', ' to ', ' — ', '~', ' and ', ' – '])[1 + r.sign]
			|| pg_temp.print(n.second, n.fraction, n.style, n.exponent) || u.behind
		ELSE q.before || u.before || pg_temp.print(n.whole, n.fraction, n.style, n.exponent) || u.behind || CASE WHEN m.bare THEN '' ELSE q.behind END END || m.text AS printed,
	CASE WHEN NOT r.is_range THEN s.first END AS value, CASE WHEN r.is_range THEN s.first END AS low, CASE WHEN r.is_range THEN s.second END AS high,
	CASE WHEN r.is_range THEN CASE WHEN r.about AND r.sign <> 5 THEN '~' ELSE 'range' END WHEN m.bare AND q.behind <> '' THEN '=' ELSE q.meaning END AS qualifier,
	u.base AS unit, u.stated AS dimension, u.code AS currency, m.estimate AS is_estimate, m.meaning AS mark,
	CASE WHEN r.is_range THEN greatest(pg_temp.last_digit(n.whole, n.places), pg_temp.last_digit(n.second, n.places)) ELSE pg_temp.last_digit(n.whole, n.places) END
		* power(10::numeric, n.exponent) * u.factor AS significant
FROM printed_number AS n
CROSS JOIN LATERAL (SELECT (ARRAY['capacity', 'power', 'percent', 'number', 'money', 'cost', 'capacity', 'cost'])[1 + pg_temp.pick(n.i, 11, 8)] AS family) AS f
JOIN family AS k ON k.family = f.family
JOIN unit AS u ON u.family = f.family AND u.n = pg_temp.pick(n.i, 12, 1000000) % k.units
JOIN mark AS m0 ON m0.n = pg_temp.pick(n.i, 13, 17)
CROSS JOIN LATERAL (SELECT pg_temp.pick(n.i, 14, 5) = 0 AS is_range, pg_temp.pick(n.i, 15, 4) = 0 AS about, pg_temp.pick(n.i, 16, 7) AS sign) AS r
-- letters stand behind bare numbers, and not in money
JOIN mark AS m ON m.n = CASE WHEN m0.bare AND (u.base IS NOT NULL OR f.family = 'money' OR r.is_range) THEN 0 ELSE m0.n END
JOIN qualifier AS q ON q.n = pg_temp.pick(n.i, 17, 27)
CROSS JOIN LATERAL (SELECT (n.whole || CASE WHEN n.fraction <> '' THEN '.' || n.fraction ELSE '' END)::numeric * power(10::numeric, n.exponent) * u.factor AS first,
	(n.second || CASE WHEN n.fraction <> '' THEN '.' || n.fraction ELSE '' END)::numeric * power(10::numeric, n.exponent) * u.factor AS second) AS s
-- an energy beyond what capacity_gwh holds is refused
WHERE NOT (u.stated = 'capacity' AND u.family <> 'number' AND greatest(s.first, s.second) > 9223372)
	AND NOT (u.stated = 'cost' AND u.code = 'USD' AND greatest(s.first, s.second) > 9223372036)
	-- what nobody prints, or what could mean two things
	AND NOT (u.behind ~ '^m( |[€元美/])' AND u.before = '' AND u.behind ~ '^m([€元美])');
ANALYZE corpus;

SELECT count(*) >= 100000 AS enough, count(DISTINCT printed) > 90000 AS many, count(DISTINCT style) AS styles FROM corpus;
CREATE TEMP TABLE wrong AS
SELECT c.*, r.value AS r_value, r.low AS r_low, r.high AS r_high, r.qualifier AS r_qualifier, r.unit AS r_unit, r.dimension AS r_dimension, r.significant AS r_significant, r.mark AS r_mark, r.problem, r.hint
FROM corpus AS c CROSS JOIN LATERAL read_figure(c.printed, c.family, c.decimal_comma, digit_grouping => c.grouping) AS r
WHERE (r.value, r.low, r.high, r.qualifier, r.unit, r.dimension, r.currency, r.is_estimate, r.mark, r.significant, r.missing_reason, r.problem)
	IS DISTINCT FROM (c.value, c.low, c.high, c.qualifier, c.unit, c.dimension, c.currency, c.is_estimate, c.mark, c.significant, NULL, NULL);
SELECT family, style, printed, value, low, high, qualifier, unit, r_value, r_low, r_high, r_qualifier, r_unit, problem FROM wrong ORDER BY i LIMIT 20;
-- and every way to print is in it, by kind
SELECT family, count(*) > 5000 AS enough, count(DISTINCT unit) AS units, count(DISTINCT currency) AS currencies, count(DISTINCT qualifier) AS qualifiers, count(DISTINCT mark) AS marks,
	count(*) FILTER (WHERE low IS NOT NULL) > 1000 AS ranges
FROM corpus GROUP BY family ORDER BY family;

-- the same by what the text says alone: a unit that is stated needs no column
SELECT count(*) AS wrong
FROM corpus AS c CROSS JOIN LATERAL read_figure(c.printed, NULL, c.decimal_comma, digit_grouping => c.grouping) AS r
WHERE c.unit IS NOT NULL AND c.family <> 'number'
	AND (r.value, r.low, r.high, r.qualifier, r.unit, r.dimension, r.currency) IS DISTINCT FROM (c.value, c.low, c.high, c.qualifier, c.unit, c.dimension, c.currency);

-- what the types read of it, read_figure reads alike
SELECT count(capacity) > 1000 AS capacities, count(*) FILTER (WHERE round(to_unit(capacity, 'GWh'), 12) IS DISTINCT FROM round(value, 12)) AS differ
FROM (SELECT value, try_capacity_gwh(printed) AS capacity FROM corpus WHERE family = 'capacity' AND grouping IS NULL AND NOT decimal_comma) AS t WHERE capacity IS NOT NULL;
SELECT count(cost) > 200 AS costs, count(*) FILTER (WHERE round(to_unit(cost, 'USD/kWh'), 9) IS DISTINCT FROM round(value, 9)) AS differ
FROM (SELECT value, try_cost_per_gwh(printed) AS cost FROM corpus WHERE family = 'cost' AND grouping IS NULL AND NOT decimal_comma) AS t WHERE cost IS NOT NULL;
-- and what they refuse of it carries a qualifier, a range, a mark, another currency, or the source's own separators
SELECT count(*) AS refused_by_the_type_alone
FROM corpus WHERE grouping IS NULL AND NOT decimal_comma AND qualifier = '=' AND mark IS NULL AND NOT is_estimate AND printed !~ '\(rounded\)'
	AND CASE family WHEN 'capacity' THEN value <= 9223372 AND try_capacity_gwh(printed) IS NULL
		WHEN 'cost' THEN currency = 'USD' AND try_cost_per_gwh(printed) IS NULL ELSE false END;
