-- What demo/industry.sh loaded from data/industry, and the demo's views of it: one
-- row a check, its name and whether it holds.  Expected numbers are the
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

-- Two transcriptions of these figures once stood side by side, data/*.csv and
-- data/industry, and agreed row by row; one is gone.  What the other holds is still
-- what both did: number of rows, and the digest of their figures.
SELECT 'cells: price, sales, number, patents, 1991-2018', count(*)::text || ' ' || md5(string_agg(concat_ws(' ', year, price, annual_market, annual_million_cells, patents_filed), ',' ORDER BY year)) = '28 87d4d62b3026fb6c65c42532c5b43c73' FROM liion_cells;
SELECT 'price of cells in US$ of 2024, 1991-2024', count(*)::text || ' ' || md5(string_agg(concat_ws(' ', year, price), ',' ORDER BY year)) = '34 43599734a13d89172ba88dd9a0eb97a5' FROM liion_cell_price;
SELECT 'six expansions', count(*)::text || ' ' || md5(string_agg(concat_ws(' ', capacity, investment_usd, country, status, locator), ',' ORDER BY capacity)) = '6 6306daec818769bfbf297d722b02a10e' FROM capacity_expansion;
SELECT 'stated costs of plants', count(*)::text || ' ' || md5(string_agg(concat_ws(' ', cost, country, locator), ',' ORDER BY cost)) = '6 803e5806552a21af277d3b1e4e4560e2' FROM stated_marginal_cost;
SELECT 'EV batteries in all editions', count(*)::text || ' ' || md5(string_agg(concat_ws(' ', published, period_first_month, period_last_month, as_printed, maker_country, installed, share_pct), ',' ORDER BY published, period_first_month, as_printed COLLATE "C")) = '37 bd129dedfb6fd38c546a3948f38d2958' FROM ev_battery_share;
SELECT 'mine production in all editions', count(*)::text || ' ' || md5(string_agg(concat_ws(' ', edition, mineral, reference_year, country, as_printed, production_t), ',' ORDER BY edition, mineral, reference_year, production_t, as_printed, country COLLATE "C")) = '144 a5f0cf8c926303246df67f503f8a9439' FROM mine_production;
SELECT 'headline prices of packs', count(*)::text || ' ' || md5(string_agg(concat_ws(' ', extract(year FROM period_first), cost), ',' ORDER BY period_first)) = '9 1ddc347d283cab681b826e37c59dbfa7'
FROM industry.current_price WHERE publisher = 'BloombergNEF';
SELECT 'cost of packs, nominal', count(*)::text || ' ' || md5(string_agg(concat_ws(' ', extract(year FROM period_first), cost), ',' ORDER BY period_first)) = '15 0626f9a8b8071ae46b3bea5e05ab508a'
FROM industry.current_price WHERE publisher = 'US DOE' AND money_basis = 'nominal';
SELECT 'cost of packs, US$ of 2022', count(*)::text || ' ' || md5(string_agg(concat_ws(' ', extract(year FROM period_first), cost), ',' ORDER BY period_first)) = '15 5292423983fc3f0a905709b86c5b2b6e'
FROM industry.current_price WHERE publisher = 'US DOE' AND base_year = 2022;
-- The list of the demo's check has the rest of the figures, by hand.
SELECT 'stated figures agree with the check table', bool_and(f.value = r.value)
FROM report_figure r JOIN industry.stated_figure f ON f.figure = r.id
WHERE r.value IS NOT NULL AND f.currency IS NULL AND r.unit NOT LIKE 'million%';
SELECT 'amounts of money agree with the check table', count(*) > 8 AND bool_and(f.value = r.value * CASE split_part(r.unit, ' ', 1) WHEN 'tn' THEN 1e12 WHEN 'bn' THEN 1e9 WHEN 'M' THEN 1e6 END)
FROM report_figure r JOIN industry.stated_figure f ON f.figure = r.id WHERE f.currency IS NOT NULL;
SELECT 'kg per kWh as the extension has them', count(*) > 100 AND bool_and(mineral_intensity(f.chemistry, split_part(f.figure, ',', 1)) = f.value)
FROM industry.current_stated_figure f
-- CASE: else a plan may ask about any figure
WHERE CASE WHEN f.metric = 'mineral_intensity' THEN mineral_intensity(f.chemistry, split_part(f.figure, ',', 1)) END IS NOT NULL AND f.figure NOT LIKE '%, SS %';

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
