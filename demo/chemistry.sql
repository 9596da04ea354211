-- Block 4: chemistries, and what they need of minerals
\echo
\echo '==== 4. Chemistries ===='
\echo
\echo 'Shares by chemistry family, as the reports state them. Each is a share of something else, no'
\echo 'report says what the rest is, and nothing here fills it in.'
\echo

SELECT chemistry_family(chemistry) AS family, chemistry,
	   CASE kind WHEN 'outlook' THEN 'could become ' ELSE '' END
	   || CASE f.qualifier WHEN '>' THEN 'more than ' WHEN '≤' THEN 'at most ' ELSE '' END || f.value || ' %' AS stated,
	   "of", f.period, f.id
FROM chemistry_statement AS s
JOIN report_figure AS f ON f.id = s.figure_id
WHERE kind IN ('share', 'outlook')
ORDER BY kind DESC, f.id;

\if :full
\echo 'Capacities that they state for a chemistry, by family.'
\echo

SELECT chemistry_family(chemistry) AS family, chemistry, f.printed || ' ' || f.unit AS stated, "of", f.id
FROM chemistry_statement AS s
JOIN report_figure AS f ON f.id = s.figure_id
WHERE kind = 'capacity'
ORDER BY chemistry, f.id;
\endif

\echo 'What CATL''s six expansions (392 GWh a year) would take up of minerals each year if all of it'
\echo 'were one chemistry. The announcements do not say which: the two columns are assumptions, not'
\echo 'forecasts. Kilograms per kWh of battery pack from BatPaC 5.1; thousand tonnes a year.'
\echo

CREATE TABLE mineral_scenario AS
SELECT assumption, e.maker, e.site, e.capacity, m.mineral,
	   mineral_demand(assumption, e.capacity, m.mineral) AS tonnes_per_year
FROM capacity_expansion AS e,
	 unnest(ARRAY['LFP', 'NMC811']::chemistry[]) AS assumption,
	 LATERAL mineral_intensities(assumption) AS m
WHERE e.maker = 'CATL';

SELECT m.mineral, round(lfp / 1000, 1) AS kt_per_year_if_lfp, round(nmc811 / 1000, 1) AS kt_per_year_if_nmc811
FROM (SELECT mineral, sum(tonnes_per_year) FILTER (WHERE assumption = 'LFP') AS lfp,
			 sum(tonnes_per_year) FILTER (WHERE assumption = 'NMC811') AS nmc811
	  FROM mineral_scenario GROUP BY mineral) AS m
JOIN mineral_intensities('LFP') WITH ORDINALITY AS i ON i.mineral = m.mineral
ORDER BY i.ordinality;

\if :full
\echo 'Plant by plant: nickel, cobalt and lithium if NMC811; lithium if LFP. Thousand tonnes a year.'
\echo

SELECT site, capacity AS gwh_per_year,
	   round(sum(tonnes_per_year) FILTER (WHERE assumption = 'NMC811' AND mineral = 'nickel') / 1000, 2) AS ni_if_nmc811,
	   round(sum(tonnes_per_year) FILTER (WHERE assumption = 'NMC811' AND mineral = 'cobalt') / 1000, 2) AS co_if_nmc811,
	   round(sum(tonnes_per_year) FILTER (WHERE assumption = 'NMC811' AND mineral = 'lithium') / 1000, 2) AS li_if_nmc811,
	   round(sum(tonnes_per_year) FILTER (WHERE assumption = 'LFP' AND mineral = 'lithium') / 1000, 2) AS li_if_lfp
FROM mineral_scenario
GROUP BY site, capacity
ORDER BY capacity DESC;

\echo 'What those figures rest on:'
\echo

SELECT DISTINCT assumption, describes, basis
FROM unnest(ARRAY['LFP', 'NMC811']::chemistry[]) AS assumption, LATERAL mineral_intensities(assumption)
ORDER BY assumption;
\endif
