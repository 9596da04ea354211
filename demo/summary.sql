-- What the tables above come to, a line each
\echo
\echo '==== In short ===='
\echo
\pset tuples_only on
\pset format unaligned

SELECT format(E'Li-ion cells, 1992-2016: %s %% cheaper per doubling of MWh (95 %%: %s to %s).\n'
	'  Other estimators of the same series: %s to %s %%. US$100 per kWh (of 2018) would take %s GWh.',
	   round((100 * learning_rate)::numeric, 2), round((100 * learning_rate_low)::numeric, 2), round((100 * learning_rate_high)::numeric, 2),
	   least, most, to_char(to_unit(cumulative, 'GWh', 0), 'FM999,999,999'))
FROM liion_fit, LATERAL fit(curve), liion_target,
	 (SELECT round((100 * min(learning_rate))::numeric, 1) AS least, round((100 * max(learning_rate))::numeric, 1) AS most FROM liion_estimate) AS e
WHERE doubling_of = 'MWh' AND price = 100;
SELECT format('A GWh a year of CATL''s new plants: US$%s million over all (%s GWh), %s in China, %s abroad.',
	   max(cost) FILTER (WHERE n = 1), max(gwh) FILTER (WHERE n = 1), max(cost) FILTER (WHERE n = 3), max(cost) FILTER (WHERE n = 4))
FROM (SELECT n, to_unit(cost, 'million USD/GWh', 1) AS cost, gwh FROM plant_cost) AS p;
SELECT format('EV batteries %s: %s %s %%, four makers %s %%, HHI %s to %s points.',
	   year, leader(market), round(100 * leader_share(market)::numeric, 1), round((100 * cr(market, 4))::numeric, 1),
	   to_char(round(hhi_low(market)::numeric, 1), 'FM99,999.0'), to_char(round(hhi_high(market)::numeric, 1), 'FM99,999.0'))
FROM ev_market WHERE year = '2023';
SELECT format(E'Of %s figures that reports print, %s can be computed from others: %s come out, %s loosely or from\n'
	'  rounded inputs, %s are contradicted. %s verdicts are not the expected ones.', count(*),
	   count(*) FILTER (WHERE verdict <> 'not recomputable'), count(*) FILTER (WHERE verdict = 'reproduces'),
	   count(*) FILTER (WHERE verdict IN ('loosely', 'only from rounded inputs')), count(*) FILTER (WHERE verdict = 'contradicted'),
	   count(*) FILTER (WHERE verdict IS DISTINCT FROM expected))
FROM figure_check;
SELECT format('Loaded by bin/battery-load: %s files of %s kinds, %s rows; %s are in industry.bi_quarantine, as they should.',
	   count(*), count(DISTINCT kind), sum(rows_loaded), sum(rows_quarantined))
FROM industry.load_report;

\pset format aligned
\pset tuples_only off
