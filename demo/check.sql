-- Block 5: every figure of the reports, recomputed where that can be done
\echo
\echo '==== 5. The reports'' figures, recomputed ===='
\echo
\if :full
\echo 'Verdicts are computed, and compared with the expected ones at the end:'
\echo '  reproduces                the figures behind it, unrounded, give the printed number at its'
\echo '                            printed precision (a printed bound: satisfy it)'
\echo '  only from rounded inputs  they do not, but inputs rounded as the report prints them do'
\echo '  loosely                   neither, but the printed number is within what the rounding of the'
\echo '                            inputs allows, or it is printed as approximate and within 5 %'
\echo '  contradicted              none of these: the figures behind it, or another statement, differ'
\echo '  not recomputable          nothing in the data gives it'
\echo
\endif

-- One row per figure that something else gives: recomputed from unrounded
-- inputs; from_rounded, from inputs as printed; least and most, as far as the
-- rounding of the inputs reaches.
CREATE VIEW recomputation AS
SELECT 'TCIP-002' AS id, y.value * bu.value / by.value AS recomputed, NULL::numeric AS from_rounded,
	   NULL::numeric AS least, NULL::numeric AS most,
	   'TCIP-001 at the rate of TCIP-008 to 009' AS how
FROM report_figure AS y, report_figure AS by, report_figure AS bu
WHERE y.id = 'TCIP-001' AND by.id = 'TCIP-008' AND bu.id = 'TCIP-009'
UNION ALL
SELECT 'TCIP-009', y.value * bu.value / by.value, NULL,
	   (y.value - 0.005) * (bu.value - 0.05) / (by.value + 0.05),
	   (y.value + 0.005) * (bu.value + 0.05) / (by.value - 0.05),
	   'TCIP-008 at the rate of TCIP-001 to 002'
FROM report_figure AS y, report_figure AS by, report_figure AS bu
WHERE y.id = 'TCIP-008' AND by.id = 'TCIP-001' AND bu.id = 'TCIP-002'
UNION ALL
SELECT this.id, other.value, NULL, NULL, NULL, other.id || ' of the same report'
FROM report_figure AS this
JOIN (VALUES ('TCIP-014', 'TCIP-101'), ('TCIP-101', 'TCIP-014'),
			 ('TCIP-015', 'TCIP-102'), ('TCIP-102', 'TCIP-015')) AS pair (this_id, other_id)
	ON this.id = pair.this_id
JOIN report_figure AS other ON other.id = pair.other_id
UNION ALL
SELECT figure_id, usd / 1e9, NULL, NULL, NULL, publisher
FROM other_statement
UNION ALL
SELECT 'TCIP-017', count(*), NULL, NULL, NULL, 'Chinese makers among the ten of SNE, 2023'
FROM ev_battery_share
WHERE published = '2024-02-07' AND period_first_month = '2023-01' AND row_kind = 'member'
	AND maker_country = 'CN'
UNION ALL
SELECT 'TCIP-026', sum(capacity)::numeric, NULL, NULL, NULL, 'sum of six expansions'
FROM capacity_expansion WHERE maker = 'CATL'
UNION ALL
SELECT 'TCIP-027', sum(investment_usd) / 1e9, NULL, NULL, NULL, 'sum of six expansions'
FROM capacity_expansion WHERE maker = 'CATL'
UNION ALL
SELECT 'TCIP-028', to_unit(a.cost, 'million USD/GWh'), to_unit(r.cost, 'million USD/GWh'), NULL, NULL,
	   'sum of US$ / sum of GWh'
FROM plant_cost AS a, plant_cost AS r WHERE a.n = 1 AND r.n = 2
UNION ALL
SELECT 'TCIP-033', to_unit(cost, 'million USD/GWh'), NULL, NULL, NULL, 'unweighted mean of four plants'
FROM plant_cost WHERE n = 5
UNION ALL
SELECT unnest(CASE doubling_of WHEN 'cells' THEN ARRAY['TCIP-034', 'ZT-002'] ELSE ARRAY['ZT-001'] END),
	   (100 * learning_rate(curve))::numeric, NULL, NULL, NULL,
	   'fit to the Ziegler-Trancik series, ' || doubling_of
FROM liion_fit
UNION ALL
SELECT 'TCIP-050', (100 * cagr(a.value::double precision, b.value::double precision, 8))::numeric, NULL, NULL, NULL,
	   'TCIP-048 to TCIP-049 in eight years'
FROM report_figure AS a, report_figure AS b WHERE a.id = 'TCIP-048' AND b.id = 'TCIP-049'
UNION ALL
SELECT figure_id, count(DISTINCT i.as_printed), NULL, NULL, NULL, 'items counted in ' || c.reference
FROM (VALUES ('CLN-001', 'CN-2025-catalogue'), ('CLN-002', 'CN-2025-18')) AS notice (figure_id, control)
JOIN industry.export_control AS c USING (control)
JOIN industry.current_control_item AS i USING (control)
GROUP BY figure_id, c.reference
UNION ALL
SELECT 'CLN-004', rank, NULL, NULL, NULL, 'SNE Research, 2023'
FROM ev_market, LATERAL shares(market)
WHERE year = '2023' AND member = 'CATL';

-- The same for the shares that SNE Research prints beside GWh and a total.  Those
-- that are not expected to reproduce are named.
CREATE VIEW share_recomputation AS
SELECT 'SNE ' || m.published AS id,
	   m.as_printed || ', share of ' || m.period_first_month || ' to ' || m.period_last_month AS figure,
	   m.share_pct, COALESCE(x.verdict, 'reproduces') AS expected_verdict,
	   (100 * (m.installed / w.installed))::numeric AS recomputed,
	   (100 * ((m.installed - 0.05) / (w.installed + 0.05)))::numeric AS least,
	   (100 * ((m.installed + 0.05) / (w.installed - 0.05)))::numeric AS most,
	   m.installed || ' of ' || w.installed || ' GWh' AS how
FROM ev_battery_share AS m
JOIN ev_battery_share AS w
	ON w.row_kind = 'stated_total' AND w.published = m.published
	AND w.period_first_month = m.period_first_month AND w.period_last_month = m.period_last_month
LEFT JOIN (VALUES ('2023-01-04', '2022-11', 'CATL', 'loosely'), ('2024-02-07', '2022-12', 'BYD', 'loosely'),
				  ('2024-06', '2024-04', 'CATL', 'contradicted')) AS x (published, last_month, printed, verdict)
	ON (x.published, x.last_month, x.printed) = (m.published, m.period_last_month, m.as_printed)
WHERE m.row_kind <> 'stated_total' AND m.installed IS NOT NULL AND m.share_pct IS NOT NULL;

CREATE TABLE figure_check AS
SELECT id, figure, printed, unit, period, recomputed, how, note, expected,
	   CASE
		   WHEN recomputed IS NULL THEN 'not recomputable'
		   WHEN CASE
					WHEN qualifier = '>' THEN recomputed > value
					WHEN qualifier = '<' THEN recomputed < value
					WHEN qualifier = '≥' THEN recomputed >= value
					WHEN qualifier = '≤' THEN recomputed <= value
					ELSE round(recomputed, decimals) = value
				END THEN 'reproduces'
		   WHEN round(from_rounded, decimals) = value THEN 'only from rounded inputs'
		   WHEN value BETWEEN round(least, decimals) AND round(most, decimals) THEN 'loosely'
		   WHEN qualifier = '~' AND abs(recomputed - value) <= 0.05 * value THEN 'loosely'
		   ELSE 'contradicted'
	   END AS verdict
FROM (
	SELECT f.id, f.figure, f.printed, f.unit, f.period, f.qualifier, f.value, f.decimals, f.note,
		   r.recomputed, r.from_rounded, r.least, r.most, r.how, f.expected_verdict AS expected
	FROM report_figure AS f
	LEFT JOIN recomputation AS r USING (id)
	UNION ALL
	SELECT id, figure, share_pct::text, '%', NULL, NULL, share_pct, 1, NULL,
		   recomputed, NULL, least, most, how, expected_verdict
	FROM share_recomputation
) AS figures;

\if :full
\echo 'The figures that something else gives:'
\echo

SELECT id, figure, printed, unit, trim_scale(round(recomputed, 2)) AS recomputed, verdict, how
FROM figure_check
WHERE verdict <> 'not recomputable'
ORDER BY array_position(ARRAY['TCIP', 'CLN', 'ZT'], split_part(id, '-', 1)), id, figure;

\echo 'Remarks on them:'
\echo
\pset tuples_only on
\pset format unaligned

SELECT '  ' || id || ': ' || note FROM figure_check
WHERE verdict <> 'not recomputable' AND note IS NOT NULL
ORDER BY array_position(ARRAY['TCIP', 'CLN', 'ZT'], split_part(id, '-', 1)), id;

\pset format aligned
\pset tuples_only off
\echo
\echo 'What follows from figures that nothing else gives:'
\echo
\endif

CREATE VIEW derived AS
SELECT id, figure, printed || ' ' || unit AS printed,
	   round(duration_hours(to_capacity_gwh(energy, split_part(unit, ' / ', 2)),
							power * CASE unit WHEN 'GW / GWh' THEN 1000 ELSE 1 END)::numeric, 2) || ' hours' AS follows
FROM report_figure,
	 LATERAL (SELECT split_part(printed, ' / ', 1)::numeric AS power,
					 split_part(printed, ' / ', 2)::numeric AS energy) AS pair
WHERE unit IN ('MW / MWh', 'GW / GWh', 'MW / GWh')
UNION ALL
SELECT id, figure, printed || ' ' || unit, display(value * 1e6 / capacity_gwh '1 GWh') || ' (1 GWh)'
FROM report_figure WHERE id = 'TCIP-111'
UNION ALL
SELECT id, figure, printed,
	   round(100 * split_part(printed, ' of ', 1)::numeric / split_part(printed, ' of ', 2)::numeric, 1) || ' %'
FROM report_figure WHERE id IN ('TCIP-012', 'TCIP-013')
UNION ALL
SELECT 'TCIP-006', b.figure, a.printed || ' to ' || b.printed || ' %',
	   '+' || b.value - a.value || ' points, +' || round(100 * (b.value / a.value - 1), 1) || ' %'
FROM report_figure AS a, report_figure AS b WHERE a.id = 'TCIP-005' AND b.id = 'TCIP-006'
UNION ALL
SELECT a.id, a.figure, a.printed || ' ' || a.unit || ' = ' || b.printed || ' ' || b.unit,
	   round(a.value / b.value, 3) || ' CNY/USD'
FROM report_figure AS a
JOIN report_figure AS b ON (a.id, b.id) IN (('TCIP-001', 'TCIP-002'), ('TCIP-008', 'TCIP-009'))
UNION ALL
SELECT 'TCIP-046', 'its part of both rows'' GWh', a.printed || ', ' || b.printed || ' ' || b.unit,
	   round(100 * split_part(a.printed, ' / ', 2)::numeric
			   / (split_part(a.printed, ' / ', 2)::numeric + split_part(b.printed, ' / ', 2)::numeric), 1) || ' %'
FROM report_figure AS a, report_figure AS b WHERE a.id = 'TCIP-046' AND b.id = 'TCIP-047';

\if :full
SELECT * FROM derived ORDER BY id, follows;

\echo 'Not recomputable: single statements, and nothing in the data to hold against them.'
\echo

SELECT id, figure, printed, unit, period
FROM figure_check
WHERE verdict = 'not recomputable'
ORDER BY array_position(ARRAY['TCIP', 'ECA', 'CLN'], split_part(id, '-', 1)), id;

\pset tuples_only on
\pset format unaligned

SELECT '  ' || id || ': ' || note FROM figure_check
WHERE verdict = 'not recomputable' AND note IS NOT NULL
ORDER BY array_position(ARRAY['TCIP', 'ECA', 'CLN'], split_part(id, '-', 1)), id;

\pset format aligned
\pset tuples_only off
\echo
\echo 'Summary:'
\else
\echo 'Contradicted, by the figures behind them or by another statement:'
\echo

SELECT id, figure, printed, trim_scale(round(recomputed, 2)) AS recomputed
FROM figure_check
WHERE verdict = 'contradicted'
ORDER BY id, figure;

\echo 'All of them:'
\endif
\echo

SELECT verdict, count(*) AS figures,
	   count(*) FILTER (WHERE verdict IS DISTINCT FROM expected) AS not_as_expected
FROM figure_check
GROUP BY verdict
ORDER BY array_position(ARRAY['reproduces', 'only from rounded inputs', 'loosely',
							  'contradicted', 'not recomputable'], verdict);
