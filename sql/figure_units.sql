-- read_unit: units as columns of units, headers and options have them.  The
-- factors are the definitions of the units.
\set VERBOSITY terse
SET client_encoding = 'UTF8';

SELECT t AS unit, r.dimension, r.factor, r.currency, r.unit AS base, r.sqlstate
FROM unnest(ARRAY['Wh', 'kWh', 'MWh', 'GWh', 'TWh', 'PWh', 'mwh', '(MWh)', '[GWh]', 'in GWh', 'GWh/yr', 'MWh per year', 'GW·h', '㎿h', 'megawatt-hours', 'million kWh', '万 kWh', 'thousand MWh', '1,000 MWh',
	'W', 'kW', 'MW', 'GW', 'MWelec', 'MWac', 'megawatts',
	'%', '[%]', 'percent', 'per cent', 'pct', '‰', 'fraction', '1', 'per unit', 'p.u.',
	'USD', '$', 'US$', '€', 'EUR', 'million USD', 'US$ million', 'USD million', 'M$', 'k$', '$m', '€bn', 'bn €', 'EURm', 'MUSD', '亿元', '亿美元', 'RMB mn', 'A$', '₹ crore', '100 million RMB',
	'USD/kWh', '$/kWh', 'EUR/kWh', 'EUR/MWh', 'million USD/GWh', 'US$ million per GWh', 'k€/MWh', '元/Wh', '美元/kWh', 'USD/(GWh/yr)',
	'thousand', 'million', 'bn', '万', '1000',
	't', 'tonnes', 'thousand tonnes', '1000 t', '万 t', 'kt', 'Mt', 'metric tons', 'kg', 'u', 'vehicles', 'Vehicles', 'people', 'm', 'K', 'M', '°C', 'Milion barrels',
	'EUR/kW', 'USD/kW', '%/year', 'EUR/tonne', 'Wh/kg', 'g/cm3', 'g/cm³', 'kWh/100 km', 'GWh/month', 'USD/kWh/yr', 'cents/kWh', 't CO2/MWh', 'Milion barrels per day', 'MW/yr',
	'', NULL]) WITH ORDINALITY AS u (t, i) CROSS JOIN LATERAL read_unit(t) AS r ORDER BY i;

-- never taken for an energy, a power, a percentage, an amount of money or a cost
SELECT count(*) AS taken
FROM unnest(ARRAY['vehicles', 'EUR/kW', '%/year', 'Wh/kg', 'GWh/month', 'GWh planned', 'Ah', 'MVA', 'GJ', 'kWh/kWh', 'USD/kWh/yr', '% of world', 'points', 'pp', 'mm', 'm', 'b', 'k', 'K', 'years', 'h', 'cents', 'share', 'unit', 'USD per unit', 'GWh3', 'GWh²', '5 GWh', 'MW / MWh']) AS t
CROSS JOIN LATERAL read_unit(t) AS r WHERE r.dimension IN ('capacity', 'power', 'percent', 'money', 'cost');

-- refused, with the way out
\pset format unaligned
SELECT t AS unit, r.sqlstate, r.problem, r.detail, r.hint
FROM unnest(ARRAY['mWh', 'm$', 'mEUR', 'm€/MWh', '¥', '¥/kWh', 'GWh²', 'GWh37', 'MWh [1]', '5 GWh', 'US$67', 'MW / 400 MWh', 'GWh (AC)', '½ unit', '-', repeat('x', 2000)]) WITH ORDINALITY AS u (t, i) CROSS JOIN LATERAL read_unit(t) AS r ORDER BY i;
\pset format aligned
SELECT (read_unit('$/kWh', 'AUD')).unit, (read_unit('¥/kWh', yen => 'JPY')).unit;
SELECT read_unit('$', 'dollars');

-- a unit beside a bare number is the same figure as the unit in the cell
SELECT t AS unit, r.value = n.value * u.factor AS same
FROM unnest(ARRAY['MWh', 'kWh', 'GWh/yr', 'million kWh', 'kW', 'GW', '%', '‰', 'million USD', 'k$', '亿元', 'EUR/MWh', 'million USD/GWh', '元/Wh', 'thousand tonnes']) AS t
CROSS JOIN LATERAL read_unit(t) AS u CROSS JOIN LATERAL read_figure('1,234.5') AS n CROSS JOIN LATERAL read_figure('1,234.5 ' || t) AS r;
