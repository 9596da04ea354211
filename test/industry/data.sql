-- What demo/industry.sh loaded from data/industry, beside the demo's own tables:
-- one row a check, its name and whether it holds.  Expected numbers are the
-- reports', hand calculations and 80-digit arithmetic; each says which.
\pset tuples_only on
\pset format unaligned
\pset fieldsep '\t'

SELECT 'only strings that are there to be refused are refused', bool_and(s.source = 'as-printed') AND count(*) = 6
FROM industry.quarantine q JOIN industry.load_report l USING (load_id) JOIN industry.source s USING (source_id);

SELECT 'every fact says where it is printed, and what', count(*) = 0 FROM industry.figure_lineage
WHERE coalesce(locator, '') = '' OR coalesce(as_printed, '') = '' OR coalesce(file_name, '') = '';

SELECT 'every row names the publisher and edition of its source', count(*) = 0
FROM (SELECT notes, source_id FROM industry.maker_share_observation UNION ALL SELECT notes, source_id FROM industry.country_share_observation
	  UNION ALL SELECT notes, source_id FROM industry.capacity_observation UNION ALL SELECT notes, source_id FROM industry.price_observation
	  UNION ALL SELECT notes, source_id FROM industry.expansion UNION ALL SELECT notes, source_id FROM industry.storage_project
	  UNION ALL SELECT notes, source_id FROM industry.capacity_event UNION ALL SELECT notes, source_id FROM industry.control_item
	  UNION ALL SELECT notes, source_id FROM industry.control_event UNION ALL SELECT notes, source_id FROM industry.sector_requirement
	  UNION ALL SELECT notes, source_id FROM industry.sector_chemistry UNION ALL SELECT notes, source_id FROM industry.technology_event
	  UNION ALL SELECT notes, source_id FROM industry.public_support UNION ALL SELECT notes, source_id FROM industry.product_specification
	  UNION ALL SELECT notes, source_id FROM industry.stated_figure UNION ALL SELECT notes, source_id FROM industry.exchange_rate) AS f
JOIN industry.source s USING (source_id)
WHERE f.notes ->> 'publisher' IS DISTINCT FROM s.publisher OR f.notes ->> 'edition' IS DISTINCT FROM s.edition;

-- ECA prints no other figure than its date, and TCIP-125 names a source
SELECT 'every figure of the three reports is in a table', count(*) = 0 FROM report_figure r
WHERE r.id ~ '^(TCIP|ECA|CLN)-' AND r.id NOT IN ('ECA-001', 'ECA-002', 'TCIP-125')
  AND NOT EXISTS (
	SELECT FROM (SELECT notes ->> 'figure_id' FROM industry.maker_share_observation UNION ALL SELECT notes ->> 'figure_id' FROM industry.country_share_observation
		UNION ALL SELECT notes ->> 'figure_id' FROM industry.capacity_observation UNION ALL SELECT notes ->> 'figure_id' FROM industry.price_observation
		UNION ALL SELECT notes ->> 'figure_id' FROM industry.expansion UNION ALL SELECT notes ->> 'figure_id' FROM industry.storage_project
		UNION ALL SELECT notes ->> 'figure_id' FROM industry.capacity_event UNION ALL SELECT notes ->> 'figure_id' FROM industry.sector_requirement
		UNION ALL SELECT notes ->> 'figure_id' FROM industry.sector_chemistry UNION ALL SELECT notes ->> 'figure_id' FROM industry.technology_event
		UNION ALL SELECT notes ->> 'figure_id' FROM industry.public_support UNION ALL SELECT notes ->> 'figure_id' FROM industry.product_specification
		UNION ALL SELECT figure FROM industry.stated_figure) AS f (ids)
	WHERE r.id = ANY (string_to_array(f.ids, ', ')));

-- The demo's own tables hold the same figures.
SELECT 'price of cells, real US$ of 2018', count(*) = 28 AND bool_and(p.cost = c.price)
FROM liion_cells c LEFT JOIN industry.current_price p
  ON p.publisher = 'Ziegler and Trancik' AND p.base_year = 2018 AND p.period_first = make_date(c.year, 1, 1);
SELECT 'sales of cells', count(*) = 28 AND bool_and(p.capacity = c.annual_market)
FROM liion_cells c LEFT JOIN industry.current_capacity p
  ON p.publisher = 'Ziegler and Trancik' AND p.basis = 'shipped' AND p.period_first = make_date(c.year, 1, 1);
SELECT 'price of cells, real US$ of 2024', count(*) = 34 AND bool_and(p.cost = c.price)
FROM liion_cell_price c LEFT JOIN industry.current_price p ON p.publisher = 'Our World in Data' AND p.period_first = make_date(c.year, 1, 1);
SELECT 'headline prices of packs', count(*) = 9 AND bool_and(p.cost = c.price)
FROM liion_pack_price c LEFT JOIN industry.current_price p ON p.publisher = 'BloombergNEF' AND p.period_first = make_date(c.year, 1, 1);
SELECT 'cost of packs, nominal and real', count(*) = 15 AND bool_and(n.cost = c.cost_nominal) AND bool_and(r.cost = c.cost_usd2022)
FROM ev_pack_cost c
LEFT JOIN industry.current_price n ON n.publisher = 'US DOE' AND n.money_basis = 'nominal' AND n.period_first = make_date(c.year, 1, 1)
LEFT JOIN industry.current_price r ON r.publisher = 'US DOE' AND r.base_year = 2022 AND r.period_first = make_date(c.year, 1, 1);
SELECT 'six expansions', count(*) = 6 AND bool_and(e.capacity = c.capacity AND e.investment = c.investment_usd AND e.currency = 'USD')
FROM capacity_expansion c LEFT JOIN industry.current_expansion e
  ON e.publisher = 'TCIP' AND e.row_kind = 'member' AND c.site LIKE e.site || '%';
SELECT 'stated costs of plants', count(*) = 6 AND bool_and(p.cost = c.cost)
FROM stated_marginal_cost c LEFT JOIN industry.current_price p
  ON p.publisher = 'TCIP' AND (p.site = c.site OR (c.row_kind = 'average' AND p.row_kind = 'derived' AND p.subject_as_printed LIKE c.maker || '%'));
SELECT 'EV batteries in all editions', count(*) = 37 AND bool_and(f.amount IS NOT DISTINCT FROM c.installed AND f.share_pct IS NOT DISTINCT FROM c.share_pct)
FROM ev_battery_share c
LEFT JOIN industry.source s ON s.publisher = 'SNE Research' AND s.edition = c.published
LEFT JOIN industry.statement_set t ON t.source_id = s.source_id AND t.period_first = (c.period_first_month || '-01')::date
	AND t.period_last = ((c.period_last_month || '-01')::date + interval '1 month' - interval '1 day')::date
LEFT JOIN industry.maker_share_observation f ON f.set_id = t.set_id AND f.subject_as_printed = c.as_printed;
SELECT 'stated figures agree with the check table', bool_and(f.value = r.value)
FROM report_figure r JOIN industry.stated_figure f ON f.figure = r.id
WHERE r.value IS NOT NULL AND f.currency IS NULL AND r.unit NOT LIKE 'million%';
SELECT 'amounts of money agree with the check table', count(*) > 8 AND bool_and(f.value = r.value * CASE split_part(r.unit, ' ', 1) WHEN 'tn' THEN 1e12 WHEN 'bn' THEN 1e9 WHEN 'M' THEN 1e6 END)
FROM report_figure r JOIN industry.stated_figure f ON f.figure = r.id WHERE f.currency IS NOT NULL;
SELECT 'kg per kWh as the extension has them', count(*) > 100 AND bool_and(mineral_intensity(f.chemistry, split_part(f.figure, ',', 1)) = f.value)
FROM industry.current_stated_figure f
WHERE f.metric = 'mineral_intensity' AND mineral_intensity(f.chemistry, split_part(f.figure, ',', 1)) IS NOT NULL AND f.figure NOT LIKE '%, SS %';

-- Known disagreements are there to be seen.
SELECT '67.3 stated, 67.4 computed', bool_or(origin = 'as stated' AND to_unit(marginal_cost, 'USD/kWh') = 67.3)
	AND bool_or(origin <> 'as stated' AND to_unit(marginal_cost, 'USD/kWh', 1) = 67.4)
FROM industry.plant_cost WHERE publisher = 'TCIP' AND maker = 'CATL' AND grain IN ('maker', 'derived in the report');
SELECT 'two answers about China''s cathodes and anodes', count(*) = 4 AND count(DISTINCT stage) = 2 AND min(share_pct) = 70 AND max(share_pct) = 97
FROM industry.current_country_share WHERE publisher = 'TCIP' AND country = 'CN' AND stage IN ('cathode', 'anode');
SELECT 'Vigo and Zaragoza, 8.6 and 7.6 billion', count(*) = 4 AND count(DISTINCT publisher) = 3
FROM industry.current_expansion WHERE maker = 'CATL' AND coalesce(plant, site) IN ('Vigo', 'CATL Zaragoza', 'CATL Debrecen', 'Debrecen');
SELECT 'CALB under CATL''s name is CALB', industry.find_maker('Contemporary Amperex Technology Co. (CALB)') = industry.find_maker('CALB')
	AND industry.find_maker('CALB') <> industry.find_maker('CATL');
SELECT 'two exchange rates in one report give no US$', usd IS NULL AND note LIKE '2 cited rates of CNY%'
FROM industry.usd_at(100, 'CNY', '2023-01-01', '2023-12-31');
SELECT 'lost cells have no rows', count(*) = 0 FROM industry.sector_requirement WHERE locator ILIKE '%table 1%';

-- 80-digit arithmetic: 0.18872212122269661632 per doubling of MWh, 1992-2016
SELECT 'the learning rate of cells', count(*) = 1 AND bool_and(abs(learning_rate - 0.18872212122269661632) < 1e-12 AND points = 25)
FROM industry.learning_fit('Ziegler and Trancik', 'liion_cells', price_publisher => 'Ziegler and Trancik', first_year => 1992, last_year => 2016);
-- domain arithmetic: squares of the rows over their sum, and over the rounded world total
SELECT 'lithium mines of 2024, edition of 2025: HHI over the rows and over the stated total', round(hhi(m.listed)::numeric, 1) = 2303.1
	AND round(hhi_low(m.stated)::numeric, 1) = 2215.3 AND unknown_members(m.listed) = 1
FROM (SELECT market_shares(f.country, f.amount) AS listed, market_shares(f.country, f.amount, 240000::numeric) AS stated
	  FROM industry.country_share_observation f JOIN industry.statement_set t USING (set_id) JOIN industry.series s USING (series_id)
	  JOIN industry.source o ON o.source_id = f.source_id
	  WHERE o.source = 'usgs-mcs-2025' AND s.material = 'lithium' AND t.period_first = '2024-01-01' AND f.row_kind = 'member') AS m;
SELECT 'USGS drops Namibia and adds Mali', count(*) = 2 FROM industry.restatement
WHERE publisher = 'USGS' AND material = 'lithium' AND measure = 'amount' AND newer_edition = 'MCS 2026'
  AND (subject, what_changed) IN (('NA', 'dropped'), ('ML', 'added'));
SELECT 'a dash is zero at USGS', count(*) = 1 AND bool_and(amount = 0 AND as_printed = '—') FROM industry.country_share_observation f
JOIN industry.source s USING (source_id) WHERE s.source = 'usgs-mcs-2026' AND f.country = 'US' AND f.as_printed = '—';

-- the publishers' own dates: USGS, BloombergNEF and NEA releases, the paper's first page, the engrossed bill
SELECT 'editions count as known from the end of their month', bool_and(s.known_from = v.day) AND count(*) = 6
FROM (VALUES ('usgs-mcs-2024', '2024-01-31'::date), ('usgs-mcs-2026', '2026-02-28'), ('zt-2021', '2021-03-31'), ('bnef-2021', '2021-11-30'),
			 ('nea-2024', '2025-01-31'), ('us-hr1166', '2025-03-31')) AS v (source, day) JOIN industry.source s USING (source);
SELECT 'and from the end of their year only where no document at hand says the month',
	   string_agg(source, ',' ORDER BY source COLLATE "C") = 'as-printed,batpac-5.1,bnef-2018,cln-2025,owid-2024,tcip-2025,zaragoza-releases'
FROM industry.source WHERE published_precision = 'year';

-- Controls, as the issue lists them
SELECT 'eight technologies from 2025-07-15', count(DISTINCT a.item) = 8 AND bool_and(a.status = 'in force') AND bool_and(b.status = 'not yet')
FROM industry.control_status('2025-07-15') a JOIN industry.control_status('2025-07-14') b
  ON b.control = a.control AND b.item = a.item AND b.stage IS NOT DISTINCT FROM a.stage
WHERE a.control = 'CN-2025-catalogue';
SELECT 'No. 58 does not enter into force, and lapses into the unknown',
	   (SELECT bool_and(status = 'not yet') FROM industry.control_status('2025-11-06') WHERE control = 'CN-2025-58')
   AND (SELECT bool_and(status = 'suspended') FROM industry.control_status('2025-11-08') WHERE control = 'CN-2025-58')
   AND (SELECT bool_and(status = 'suspended') FROM industry.control_status('2026-11-10') WHERE control = 'CN-2025-58')
   AND (SELECT bool_and(status = 'unknown') FROM industry.control_status('2026-11-11') WHERE control = 'CN-2025-58');
SELECT 'graphite is licensed since 2023-12-01, and the check of 2024 is disputed',
	   (SELECT bool_and(status = 'not yet') FROM industry.control_status('2023-11-30') WHERE control = 'CN-2023-39')
   AND (SELECT bool_and(status = 'in force') FROM industry.control_status('2023-12-01') WHERE control = 'CN-2023-39')
   AND (SELECT bool_and(status = 'conflicting') FROM industry.control_status('2026-01-15') WHERE control = 'CN-2024-46-2-graphite')
   AND (SELECT bool_and(status = 'suspended') FROM industry.control_status('2026-01-15') WHERE control = 'CN-2024-46-2');
SELECT 'the draft is never in force', bool_and(status = 'draft') FROM industry.control_status('2026-01-15') WHERE control = 'CN-2025-consultation';
SELECT 'what was known before No. 70 was announced', bool_and(status = 'in force') FROM industry.control_status('2025-11-08', '2025-11-06') WHERE control = 'CN-2025-58';

-- Technologies and sectors
SELECT 'invented in the US, scaled in China', count(*) = 2 FROM industry.technology_gap WHERE technology IN ('LFP', 'NMC') AND invented_in = 'US' AND scaled_in = 'CN';
SELECT 'vanadium redox from Australia over a transfer to Rongke',
	   (SELECT invented_in = 'AU' AND scaled_in = 'CN' AND years_to_scale = 34 FROM industry.technology_gap WHERE technology = 'vanadium redox')
   AND (SELECT path = '{vrb-pnnl,vrb-uet,vrb-rongke}' FROM industry.technology_chain WHERE event_code = 'vrb-rongke');
SELECT 'UT Austin''s LFP patent was not filed in China', not_patented_in = '{CN}' FROM industry.technology_event WHERE event_code = 'lfp-patent';
SELECT 'chemistries for grid storage', string_agg(DISTINCT chemistry::text, ', ' ORDER BY chemistry::text) = 'Fe-air, LFP, Na-ion, VRFB'
FROM industry.sector_answer WHERE sector = 'grid';
