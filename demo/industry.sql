-- Block 6: questions to the industry tables
\echo
\echo '==== 6. The industry tables: data/industry through the loader ===='
\echo
SELECT kind, count(*) AS files, sum(rows_read) AS rows_read, sum(rows_loaded) AS loaded, sum(rows_quarantined) AS refused
FROM industry.load_report
GROUP BY kind
ORDER BY kind;

\echo 'Refused, as printed, with the reason: a footnote glued to a number, an unknown maker, a power.'
\echo

SELECT line_number AS line, column_name AS "column", as_printed, sqlstate, message
FROM industry.quarantine
ORDER BY load_id, line_number, column_name;

\echo 'What share of world supply of each stage comes from under a control of technology or goods, the day'
\echo 'before the eight technologies were licensed and on the day itself? Where a source gives two'
\echo 'answers there are two bounds, and where none states a share there is none.'
\echo

SELECT d.day, e.stage, e.object, e.from_country AS "from", coalesce(e.to_country, 'all') AS "to", e.material,
	   round(e.exposure::numeric, 3) AS exposure, round(e.exposure_low::numeric, 3) AS low, round(e.exposure_high::numeric, 3) AS high, e.share_publisher AS source,
	   nullif(regexp_replace(e.note, '(; )?part of the stage only.*', ''), '') AS note
FROM (VALUES ('2025-07-14'::date), ('2025-07-15')) AS d (day)
CROSS JOIN LATERAL industry.control_exposure(d.day) AS e
WHERE e.object IN ('technology', 'goods')
ORDER BY d.day, e.stage_position, e.object, e.to_country;

\echo 'No. 58, announced for 2025-11-08 and suspended the day before; what holds after the suspension'
\echo 'is not known. Graphite has been licensed since 2023-12-01.'
\echo

SELECT d.day, s.control, s.item, s.status, s.note
FROM (VALUES ('2023-11-30'::date), ('2023-12-01'), ('2025-11-06'), ('2025-11-08'), ('2026-11-10'), ('2026-11-11')) AS d (day)
CROSS JOIN LATERAL industry.control_status(d.day) AS s
WHERE (s.control = 'CN-2025-58' AND s.item = 'LFP' AND d.day > '2024-01-01')
   OR (s.control = 'CN-2023-39' AND s.item = 'artificial graphite' AND d.day < '2024-01-01')
ORDER BY d.day;

\echo 'EV batteries of 2022, as the edition of 2024-02-07 restates the one of 2023-02.'
\echo

SELECT subject AS maker, measure, older_value AS published_2023_02, newer_value AS published_2024_02_07, older_rank, newer_rank
FROM industry.restatement
WHERE publisher = 'SNE Research' AND period_first = '2022-01-01' AND period_last = '2022-12-31'
  AND (what_changed <> 'unchanged' AND older_value IS NOT NULL)
ORDER BY measure, newer_rank NULLS FIRST;

\echo 'What a GWh of plant costs, by maker: computed from expansions, and as stated.'
\echo

SELECT publisher, maker, coalesce(country, 'all') AS country, origin, capacity, to_unit(marginal_cost, 'million USD/GWh', 1) AS cost, is_exact
FROM industry.plant_cost
WHERE maker IS NOT NULL AND (grain = 'maker' OR origin = 'as stated')
ORDER BY publisher DESC, origin, cost;

\echo 'Invented where, scaled where, how many years apart. The scale-up is the year of the statement'
\echo 'that shows it; the report''s own table of that is lost.'
\echo

SELECT technology, invented_in, extract(year FROM invented) AS invented, launched_in, extract(year FROM launched) AS launched,
	   scaled_in, extract(year FROM scaled) AS scaled, years_to_scale, note
FROM industry.technology_gap
WHERE technology IN ('Li-ion', 'LFP', 'NMC', 'vanadium redox')
ORDER BY technology;
