-- read_figure over what reports print, beside what the types say of the same
-- text.  The readings were written down from the texts; quantity_text holds
-- the types' own spellings and refusals.
\set VERBOSITY terse
SET client_encoding = 'UTF8';

-- a reading on one line: value or low..high, qualifier, unit, and whatever else is there
CREATE FUNCTION pg_temp.reading(t text, dimension text, decimal_comma boolean DEFAULT false, dollar text DEFAULT 'USD', flags text DEFAULT NULL, yen text DEFAULT NULL, digit_grouping text DEFAULT NULL)
RETURNS text LANGUAGE sql IMMUTABLE
RETURN (SELECT CASE WHEN r.problem IS NOT NULL THEN '! ' || r.sqlstate || CASE WHEN r.hint IS NULL OR num_nonnulls(r.value, r.low, r.high, r.qualifier, r.unit, r.dimension, r.currency, r.missing_reason, r.mark, r.significant, r.usd_stated, r.power) > 0 THEN ' with a value, or without a hint' ELSE '' END
		ELSE concat_ws(' ', r.qualifier, r.value, r.low || '..' || r.high, r.unit, '(' || r.dimension || ')', 'power ' || r.power, 'US$ ' || r.usd_stated, 'to ' || r.significant,
			'missing: ' || r.missing_reason, 'mark: ' || r.mark, CASE WHEN r.is_estimate THEN 'estimate' END, 'printed: ' || r.unit_as_printed) END
	FROM read_figure(t, dimension, decimal_comma, dollar, flags, yen, digit_grouping) AS r);
-- what a type says of it: the value, or the SQLSTATE that input raises
CREATE FUNCTION pg_temp.type_says(t text, type text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	v text;
BEGIN
	EXECUTE format('SELECT %L::%s::text', t, type) INTO v;
	RETURN v;
EXCEPTION WHEN invalid_text_representation OR numeric_value_out_of_range THEN
	RETURN SQLSTATE;
END $$;

\pset format unaligned
-- ---- both sides: what a figure carries beside its number, the types refuse as before ----
SELECT t AS text, pg_temp.reading(t, 'capacity') AS capacity, pg_temp.type_says(t, 'capacity_gwh') AS type
FROM unnest(ARRAY[
	'30 GWh', '32GWh', '1.45 TWh', '586,303 MWh', '1.5', '1,500', '0', '1200', '１２.５ ＧＷｈ', '500 ㎿h', '5 MW·h', '100 GWh/yr', '30/yr', '30 per year', '1.5e-05',
	'67.5 thousand MWh', '1.2 million kWh', '139 万 kWh',
	U&'1\00a0500', U&'1\202f234\2009567', U&'586\202f303 MWh', U&'1\202f234\202f567', U&'1\00a0500.5 MWh',
	'~5', '≈5 GWh', '>5', '≥ 5 GWh', '<5', 'about 5 GWh', 'nearly 90', 'up to 50', '20 GWh+', '5+', '20 GWh or more', '86-90 GWh', '86–90', '5 — 6', '5…6', '5~6 GWh', '100 to 120 GWh/yr',
	'500 MWh to 1 GWh', '8 or 1 — conflicting', '12400 e', '12.3e', '12.5 b', '3,200r', '5*', '5 GWh†', '12.3 GWh (est.)', '5 GWh (rounded)', 'est. 5 GWh',
	'W', 'NA', 'n/a', '—', '–', '-', '..', ':', ': c', ':z', 'nan', 'None', '<NA>', '#N/A', '#DIV/0!', 'NULL', 'Less than ½ unit', '<1/2 unit', '',
	-- and what both refuse
	'9 GWh²', '80² GWh', '120¹', '①500', '10⁶', '1½', '½', '30 [1]', '30 GWh37', '30 GWh, 41', '1 500', U&'1\00a050', U&'12\00a03456', U&'0\00a0500', U&'1\00a0500,000', '1''500', '1’500', '1,50,000', '1,5', '1.500,5', '0,500',
	'67.5k', '67.5k MWh', '67.5 thousand', '5 tn', 'million 5 GWh', '5 b GWh', '5 crore kWh', '500 mWh', '5 ㎽h', '5 GW', '5 Ah', '5 vehicles', '30 GWh/month', '5 %', '€5 GWh', '$5', '5 GWh planned', '8 → 18 target', '100 planned / 40 initial',
	'200 MW / 1 GWh', '±5', '=5', '٣', '5?', '30e', '30 e GWh', '5 GWh e', '(5)', '- 5', '90–86', 'up to 80–90', '>5+', 'GWh', 'banana', 'output,41', '=cmd|'' /C calc''!A0',
	-- the type has negative values and a range; the reader of capacities has amounts
	'-5 GWh', '–5', '9223372.036854775807 GWh', '9223372.036854775808 GWh', '99999999999999 GWh', '10 PWh', '1e40', '1e-15 GWh']) WITH ORDINALITY AS u (t, i) ORDER BY i;

SELECT t AS text, pg_temp.reading(t, 'cost') AS cost, pg_temp.type_says(t, 'cost_per_gwh') AS type
FROM unnest(ARRAY[
	'67.3', '67.3 US $M/GWh', 'US$67.3 million/GWh', '115 USD/kWh', 'US $0.05 per kWh', '$115/kWh', '5 lakh USD/kWh', 'US$67.3m per GWh/yr', 'US$67.3m/(GWh/yr)', '115 ＵＳＤ／ｋＷｈ', U&'115\202f000 USD/MWh',
	'~67.3 US $M/GWh', 'up to $115/kWh', '$100–120/kWh', '$100/kWh to $120/kWh', '€62/kWh ($70/kWh)', '0.45 元/Wh', '403140.9306 EUR/MWh', 'RMB 500/kWh', 'A$115/kWh', '500 yuan/kWh', '115 USD/kWh*', '115 USD/kWh (e)', '67.3e', '67.3 r', 'n/a',
	-- what both refuse
	'25 USD/kWh/yr', '25 USD/kWh/year', '25 USD per kWh per year', '25 USD/kWh/a', '25 EUR/kWh/yr', '25 元/kWh/年', '25 RMB/kWh per year', '25 USD/kWh p.a.', '$12/kWh-yr', '139 m$/GWh', '139 mUSD/GWh', '139 m€/GWh', '139 mEUR/GWh',
	'480 USD/kW', '$1,500/kW', 'EUR 1500/kW', '$115', '67.3 million', '115/kWh', '5 cents/kWh', '5 ¢/kWh', '$115/mWh', '¥500/kWh', 'XYZ 5/kWh', '€62/kWh ($70)', '€62/kWh (cheap)', '$62/kWh ($70/kWh)', '$5/100 kWh',
	'$115¹/kWh', '$115/kWh²', 'US$67.3 million/GWh37', '$1 500/kWh', '$67,3/kWh', '5 b', '5 m', '5 %',
	'-$5/kWh', 'US$10 billion/kWh', '67300000']) WITH ORDINALITY AS u (t, i) ORDER BY i;

-- ---- the other dimensions ----
SELECT d AS dimension, t AS text, pg_temp.reading(t, d) AS reading
FROM (VALUES
	('power', ARRAY['100 MW', '100', '0.2 GW', '500 kW', '50 MWelec', '5 mW', '5 MWp', '100 MWh', '100 MVA', '5 m', '100 MW / 400 MWh', '3 thousand', '~100 MW', '100² MW']),
	('percent', ARRAY['37.1 %', '37.1', '0.37', '0.37 fraction', '5 ‰', 'nearly 90%', '>97 percent', '5 per cent', '120 %', '1,200 %', '5 pp', '%/year', '5 %/year', '5%,41', '75%20', '12.5³', '5 GWh', '-5 %', '5 % e', '37.1 e']),
	('money', ARRAY['11.4tn yuan ($1.6 trillion)', 'US $0.83 billion', 'RMB 18.36 billion', '€7.34 billion', '€7.34 billion ($7.6 billion)', 'up to €4.1 billion (US$4.3bn)', '>US $15 million', '$4–5 billion',
		'between 800 million and 1.2 billion yuan', '183.6亿元', '5 亿美元', '₹500 crore', 'INR 5 lakh crore', '500 crore', 'US$5 crore', 'A$5m', '11.4e12', '26.44', '12.5 b', '5 m', 'M$ 5', '5 k$', 'bn 5', 'k7.1', '5 million USD', '5 MUSD', '5 USDm', '5 kEUR', '$120¹ million',
		'¥5 billion', '$5 billion (about half)', 'XYZ 5 billion', '-$5 million', '30 GWh', '139 m$', '12400 e', '3,200r', '5 billion (e)', '$5 billion*', '$5–€6 billion', 'from $4 to $5 million']),
	('number', ARRAY['>20000', 'tens of thousands of cycles', 'several', 'nearly 300 Wh/kg', '2.58 g/cm3', '2.58 g/cm³', '-40 °C', '-40 to -20 °C', '-40 to 60 °C', 'K5 kt', '86–90e', '37.1–', '5 .', '75%20', '75 %', '500 MWh', '$5 million', 'US$115/kWh', '$1,500/kW', 'EUR 5 per tonne',
		'12400 e', '12.5 b', '3,200r', '5*', '5 c', '5 bp', '5 B', '5 m', '5 mm', '300 K', '67.5k', '5M', '1234.0', '2022.0', '15 kWh/100 km', '5 kg to 6 kg', '5 new plants', '5 = x', '5 t²', '5 CO2', '5 GWh37', '1e25', '1e1001', 'a 5', 'lots',
		'1234567890123456789012.5', '0.000000000000000000000000012']),
	('size', ARRAY['100 MW / 400 MWh', '400', '400 kt', '400 MWh / 100 MW', '1.5 MW/150 MWh', '0.2 GW/1,000 MWh', '1 GWh', '1', '100 MW', '~100 MW / 400 MWh', '100 MW / 4 h', '100 MW / 400 MW', '100 / 400', '100² MW / 400¹ MWh', '100 MW', '30 GWh/yr', '—'])
) AS v (d, ts), unnest(ts) WITH ORDINALITY AS u (t, i) ORDER BY d, i;

-- ---- whatever the text says ----
SELECT t AS text, pg_temp.reading(t, NULL) AS reading
FROM unnest(ARRAY['500 MWh', '100 MW', '37 %', '$5 million', '€62/kWh', '$1,500/kW', '300 Wh/kg', '5 tonnes', '2,5', '12.5 b', '$12.5 b', '$4-5m', '25 USD/kWh/yr', '100 MW / 400 MWh', '"92.3 GWh"', '“92.3 GWh”', '5 GWh – 6 GWh', '5% - 10%', '250–300 Wh/kg', '5-6 %/year', NULL]) WITH ORDINALITY AS u (t, i) ORDER BY i;

-- ---- options ----
SELECT t AS text, pg_temp.reading(t, d, c, o, f, y, g) AS reading
FROM (VALUES
	(1, '1.500,5', 'capacity', true, 'USD', NULL, NULL, NULL), (2, '~1,5', 'capacity', true, 'USD', NULL, NULL, NULL), (3, '1.5', 'capacity', true, 'USD', NULL, NULL, NULL), (4, 'approx. 1,5 GWh p.a.', 'capacity', true, 'USD', NULL, NULL, NULL),
	(5, U&'1\202f234,5', 'number', true, 'USD', NULL, NULL, NULL), (6, '24,5', 'percent', true, 'USD', NULL, NULL, NULL), (7, '24,5', 'percent', false, 'USD', NULL, NULL, NULL),
	(8, '¥5 billion', 'money', false, 'USD', NULL, 'JPY', NULL), (9, '$5 billion', 'money', false, 'AUD', NULL, NULL, NULL), (10, 'US$5 billion', 'money', false, 'AUD', NULL, NULL, NULL), (11, '€5 billion ($4 billion)', 'money', false, 'AUD', NULL, NULL, NULL),
	(12, '1''500', 'number', false, 'USD', NULL, NULL, 'apostrophe'), (13, '1’234’567.5', 'number', false, 'USD', NULL, NULL, 'apostrophe'), (14, '1,50,000', 'number', false, 'USD', NULL, NULL, 'indian'), (15, '1,500', 'number', false, 'USD', NULL, NULL, 'indian'),
	(16, '150,000', 'number', false, 'USD', NULL, NULL, 'indian'), (17, '1,50,00', 'number', false, 'USD', NULL, NULL, 'indian'), (18, '12 400 MWh', 'capacity', false, 'USD', NULL, NULL, 'blank'), (19, '12 40', 'number', false, 'USD', NULL, NULL, 'blank'),
	(20, '12.5 b', 'money', false, 'USD', 'eurostat', NULL, NULL), (21, '$12.5 b', 'money', false, 'USD', 'eurostat', NULL, NULL), (22, '12.5 bep', 'number', false, 'USD', 'eurostat', NULL, NULL), (23, '12.5 d', 'number', false, 'USD', 'eurostat', NULL, NULL),
	(24, '12.5 d', 'capacity', false, 'USD', NULL, NULL, NULL), (25, '12.5 b', 'number', false, 'USD', 'usgs', NULL, NULL), (26, '12400 e', 'money', false, 'USD', 'usgs', NULL, NULL),
	(27, '5 x', 'number', false, 'USD', '{"x": "excludes Alaska", "*": "see notes", "q": "estimated"}', NULL, NULL), (28, '5*', 'number', false, 'USD', '{"x": "excludes Alaska", "*": "see notes", "q": "estimated"}', NULL, NULL),
	(29, '5 qx', 'number', false, 'USD', '{"x": "excludes Alaska", "*": "see notes", "q": "estimated"}', NULL, NULL), (30, '5 e', 'capacity', false, 'USD', '{"x": "excludes Alaska"}', NULL, NULL), (31, ': x', 'number', false, 'USD', '{"x": "confidential"}', NULL, NULL),
	-- in parentheses, behind units and marks too
	(32, '5 GWh (e)', 'capacity', false, 'USD', '{"e": "excludes Alaska"}', NULL, NULL), (33, '5 t (bep)', 'number', false, 'USD', 'eurostat', NULL, NULL), (34, '5–6 t (b, e)', 'number', false, 'USD', 'eurostat', NULL, NULL),
	(35, '€1bn (US$1.1bn) (p)', 'money', false, 'USD', 'eurostat', NULL, NULL), (36, '100 MW / 40 MWh (p)', 'size', false, 'USD', 'eurostat', NULL, NULL), (37, '5% (not audited)', 'percent', false, 'USD', '{"not audited": "not audited"}', NULL, NULL),
	(38, '– (c)', 'number', false, 'USD', 'eurostat', NULL, NULL), (39, 'n/a (b)', 'number', false, 'USD', 'eurostat', NULL, NULL), (40, ': (c)', 'number', false, 'USD', 'eurostat', NULL, NULL), (41, ': bc', 'number', false, 'USD', 'eurostat', NULL, NULL),
	(42, '5 (q)', 'number', false, 'USD', 'eurostat', NULL, NULL), (43, '5 ( )', 'number', false, 'USD', 'eurostat', NULL, NULL), (44, '(e)', 'number', false, 'USD', 'eurostat', NULL, NULL)
) AS v (i, t, d, c, o, f, y, g) ORDER BY i;

\pset format aligned
-- a problem is worded as the type words it where the type would refuse for the same reason
SELECT t AS text, r.problem = split_part(capacity_gwh_problem(t), E'\n', 1) AS message, r.detail IS NOT DISTINCT FROM substring(capacity_gwh_problem(t) FROM E'DETAIL:  ([^\n]*)') AS detail,
	r.hint = substring(capacity_gwh_problem(t) FROM E'HINT:  ([^\n]*)') AS hint
FROM unnest(ARRAY['5 GW', '500 mWh', '30 GWh/month', '5 Ah', '5 %', '$5', '67.5 xyz', '9223372.036854775808 GWh', '1,5', 'GWh']) AS t CROSS JOIN LATERAL read_figure(t, 'capacity') AS r;
SELECT t AS text, r.problem = split_part(cost_per_gwh_problem(t), E'\n', 1) AS message, r.detail IS NOT DISTINCT FROM substring(cost_per_gwh_problem(t) FROM E'DETAIL:  ([^\n]*)') AS detail,
	r.hint = substring(cost_per_gwh_problem(t) FROM E'HINT:  ([^\n]*)') AS hint
FROM unnest(ARRAY['480 USD/kW', '25 USD/kWh/yr', '139 m$/GWh', '$115', '115/kWh', '5 cents/kWh', '$115/mWh', 'US$10 billion/kWh', '67.3 GWh']) AS t CROSS JOIN LATERAL read_figure(t, 'cost') AS r;
\pset format unaligned
SELECT t AS text, r.problem, r.detail, r.hint
FROM unnest(ARRAY['9 GWh²', '30 GWh37', '1 500', '1''500', '67.5k', '8 → 18', '90–86', 'up to 80–90', '¥5', 'XYZ 5']) AS t CROSS JOIN LATERAL read_figure(t, 'capacity') AS r;
\pset format aligned

-- a long text is refused for its length, and quoted in part
SELECT length(r.problem) < 200 AS short, r.detail, r.hint FROM read_figure(repeat('9', 1001), 'capacity') AS r;
SELECT length(r.problem) < 200 AS short, r.sqlstate FROM read_figure(repeat('x ', 20000000), 'number') AS r;
SELECT r.value FROM read_figure(repeat(' ', 3000) || '5') AS r;
SELECT (read_figure(NULL)).*;

-- options that are none are errors
SELECT read_figure('5', 'energy');
SELECT read_figure('5', dollar => 'dollars');
SELECT read_figure('5', flags => 'oecd');
SELECT read_figure('5', flags => '{"e": 1}');
SELECT read_figure('5', flags => '{"e"');
SELECT read_figure('5', yen => 'yen');
SELECT read_figure('5', digit_grouping => 'swiss');
