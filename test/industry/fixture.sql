-- Cited figures, entered by hand, that test/industry_*.sh ask questions about.
-- The loader has tests of its own.
SET client_min_messages = warning;
BEGIN;
SELECT nspname AS battery FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'battery' \gset
SET LOCAL search_path = pg_catalog, industry, :"battery";

INSERT INTO industry.publisher (publisher) VALUES ('SNE Research'), ('TCIP'), ('USGS'), ('Ziegler and Trancik'),
	('Our World in Data'), ('BloombergNEF'), ('DOE'), ('MOFCOM'), ('Reuters'), ('Press'), ('Made up');
INSERT INTO industry.source (source, publisher, edition, published, published_precision) VALUES
	('sne-2023-02', 'SNE Research', '2023-02', '2023-02-01', 'month'),
	('sne-2023-06', 'SNE Research', '2023-06-07', '2023-06-07', 'day'),
	('sne-2024-02', 'SNE Research', '2024-02-07', '2024-02-07', 'day'),
	('sne-2024-06', 'SNE Research', '2024-06', '2024-06-01', 'month'),
	('tcip-2025', 'TCIP', '2025', '2025-01-01', 'year'),
	('usgs-2025', 'USGS', 'MCS 2025', '2025-01-01', 'month'),
	('usgs-2026', 'USGS', 'MCS 2026', '2026-01-01', 'month'),
	('zt-2021', 'Ziegler and Trancik', '2021', '2021-01-01', 'year'),
	('owid', 'Our World in Data', '2025', '2025-01-01', 'year'),
	('bnef-2024', 'BloombergNEF', '2024', '2024-12-10', 'day'),
	('doe-2022', 'DOE', '2022', '2022-01-01', 'year'),
	('mofcom-2025', 'MOFCOM', 'announcements to 2025-11', '2025-11-09', 'day'),
	('reuters-2025', 'Reuters', '2025-11', '2025-11-30', 'day'),
	('press-2022', 'Press', '2022-08-12', '2022-08-12', 'day'),
	('made-up', 'Made up', '1', '2020-01-01', 'day');

INSERT INTO industry.maker (maker, name, country, kind) VALUES
	('CATL', 'Contemporary Amperex Technology Co. Limited', 'CN', 'company'),
	('BYD', 'BYD Company Limited', 'CN', 'company'),
	('FDB', 'FinDreams Battery', 'CN', 'company'),
	('LGES', 'LG Energy Solution', 'KR', 'company'),
	('LG Chem', 'LG Chem Ltd.', 'KR', 'company'),
	('Panasonic', 'Panasonic Energy', 'JP', 'company'),
	('SK On', 'SK On Co., Ltd.', 'KR', 'company'),
	('CALB', 'CALB Group', 'CN', 'company'),
	('Samsung SDI', 'Samsung SDI Co., Ltd.', 'KR', 'company'),
	('Gotion', 'Gotion High-tech', 'CN', 'company'),
	('EVE', 'EVE Energy', 'CN', 'company'),
	('Sunwoda', 'Sunwoda Electronic', 'CN', 'company'),
	('Northvolt', 'Northvolt AB', 'SE', 'company');
INSERT INTO industry.maker_alias (alias, maker_id, valid)
SELECT a.alias, m.maker_id, a.valid::daterange
FROM (VALUES ('LG', 'LGES', '[2020-12-01,)'), ('LG', 'LG Chem', '(,2020-12-01)'), ('LG Energy', 'LGES', '(,)'),
			 ('SK-ON', 'SK On', '(,)'), ('Ningde era', 'CATL', '(,)'), ('弗迪电池', 'FDB', '(,)')) AS a (alias, maker, valid)
JOIN industry.maker m ON m.maker = a.maker;
INSERT INTO industry.maker_alias (alias, maker_id, is_misprint)
SELECT 'Contemporary Amperex Technology Co. (CALB)', maker_id, true FROM industry.maker WHERE maker = 'CALB';
INSERT INTO industry.maker_parent (maker_id, parent_id, valid)
SELECT c.maker_id, p.maker_id, v.valid::daterange
FROM (VALUES ('LGES', 'LG Chem', '[2020-12-01,)'), ('FDB', 'BYD', '[2019-01-01,)')) AS v (child, parent, valid)
JOIN industry.maker c ON c.maker = v.child JOIN industry.maker p ON p.maker = v.parent;

-- one set, with its series where that is new
CREATE FUNCTION pg_temp.new_set(source_name text, kind text, metric text, basis text, period_first date, period_last date,
	scope text DEFAULT NULL, price_or_cost text DEFAULT NULL, money_basis text DEFAULT NULL, base_year int DEFAULT NULL,
	country_basis text DEFAULT NULL, stage text DEFAULT NULL, material text DEFAULT NULL, geography text DEFAULT 'World')
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	found industry.source;
	series bigint;
	result bigint;
BEGIN
	SELECT * INTO STRICT found FROM industry.source s WHERE s.source = source_name;
	INSERT INTO industry.series (publisher, kind, metric, basis, scope, price_or_cost, money_basis, base_year, country_basis, stage, material, geography)
	VALUES (found.publisher, kind, metric, basis, scope, price_or_cost, money_basis, base_year, country_basis, stage, material, geography)
	ON CONFLICT ON CONSTRAINT series_once DO NOTHING;
	SELECT s.series_id INTO STRICT series FROM industry.series s
	WHERE (s.publisher, s.kind, s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.stage, s.material, s.geography)
		IS NOT DISTINCT FROM (found.publisher, new_set.kind, new_set.metric, new_set.basis, new_set.scope, new_set.price_or_cost, new_set.money_basis,
			new_set.base_year, new_set.country_basis, new_set.stage, new_set.material, new_set.geography);
	INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
	VALUES (series, found.source_id, found.publisher, new_set.period_first, new_set.period_last)
	RETURNING set_id INTO result;
	RETURN result;
END
$$;

-- shares of makers: SNE Research, EV batteries installed, in four editions
CREATE TEMPORARY TABLE sne (source text, first date, last date, row_kind text, printed text, gwh numeric, pct numeric);
INSERT INTO sne VALUES
	('sne-2023-02', '2022-01-01', '2022-12-31', 'stated_total', 'World', 517.9, NULL),
	('sne-2023-02', '2022-01-01', '2022-12-31', 'member', 'CATL', NULL, 37.0),
	('sne-2023-02', '2022-01-01', '2022-12-31', 'member', 'BYD', NULL, 13.6),
	('sne-2023-02', '2022-01-01', '2022-12-31', 'member', 'LG Energy Solution', NULL, 13.6),
	('sne-2024-02', '2022-01-01', '2022-12-31', 'stated_total', 'World', 509.2, NULL),
	('sne-2024-02', '2022-01-01', '2022-12-31', 'member', 'CATL', 184.4, 36.2),
	('sne-2024-02', '2022-01-01', '2022-12-31', 'member', 'BYD', 70.5, 13.9),
	('sne-2024-02', '2022-01-01', '2022-12-31', 'member', 'LG Energy Solution', NULL, 14.1),
	('sne-2024-02', '2023-01-01', '2023-12-31', 'stated_total', 'World', 705.5, NULL),
	('sne-2024-02', '2023-01-01', '2023-12-31', 'member', 'CATL', 259.7, 36.8),
	('sne-2024-02', '2023-01-01', '2023-12-31', 'member', 'BYD', 111.4, 15.8),
	('sne-2024-02', '2023-01-01', '2023-12-31', 'member', 'LG Energy Solution', 95.8, 13.6),
	('sne-2024-02', '2023-01-01', '2023-12-31', 'member', 'Panasonic', NULL, 6.4),
	('sne-2024-02', '2023-01-01', '2023-12-31', 'member', 'SK On', NULL, 4.9),
	('sne-2024-02', '2023-01-01', '2023-12-31', 'member', 'CALB', NULL, 4.7),
	('sne-2024-02', '2023-01-01', '2023-12-31', 'member', 'Samsung SDI', NULL, 4.6),
	('sne-2024-02', '2023-01-01', '2023-12-31', 'member', 'Gotion High-tech', NULL, 2.4),
	('sne-2024-02', '2023-01-01', '2023-12-31', 'member', 'Eve Energy', NULL, 2.3),
	('sne-2024-02', '2023-01-01', '2023-12-31', 'member', 'Sunwoda', NULL, 1.5),
	('sne-2023-06', '2023-01-01', '2023-04-30', 'member', 'CATL', 65.6, 35.9),
	('sne-2023-06', '2023-01-01', '2023-04-30', 'member', 'BYD', 29.4, 16.1),
	('sne-2023-06', '2023-01-01', '2023-04-30', 'member', 'LG', 25.7, 14.1),
	('sne-2024-06', '2023-01-01', '2023-04-30', 'stated_total', 'World', 177.6, NULL),
	('sne-2024-06', '2023-01-01', '2023-04-30', 'member', 'CATL', 62.6, NULL);
WITH sets AS MATERIALIZED (
	SELECT d.source, d.first, d.last, pg_temp.new_set(d.source, 'maker_share', 'ev_batteries', 'installed', d.first, d.last) AS set_id
	FROM (SELECT DISTINCT source, first, last FROM sne ORDER BY source, first) AS d)
INSERT INTO industry.maker_share_observation (set_id, source_id, row_kind, maker_id, subject_as_printed, as_printed, qualifier, amount,
	share_as_printed, share_qualifier, share_pct)
SELECT s.set_id, industry.find_source(n.source), n.row_kind,
	   CASE WHEN n.row_kind = 'member' THEN industry.find_maker(coalesce((ARRAY['Sunwoda Electronic'])[(n.printed = 'none')::int], n.printed), o.published) END,
	   n.printed, coalesce(n.gwh::text, ''), CASE WHEN n.gwh IS NOT NULL THEN '=' END, n.gwh,
	   n.pct::text, CASE WHEN n.pct IS NOT NULL THEN '=' END, n.pct
FROM sne n JOIN sets s USING (source, first, last) JOIN industry.source o ON o.source = n.source;

-- CATL's six expansions (TCIP), and Debrecen as announced
INSERT INTO industry.expansion (set_id, source_id, locator, row_kind, maker_id, site, country, status, as_printed, qualifier, capacity,
	investment_as_printed, investment_qualifier, investment, currency)
SELECT s.set_id, industry.find_source('tcip-2025'), 'footnote ' || e.footnote, 'member', industry.find_maker('CATL'), e.site, e.country, 'announced',
	   e.gwh || ' GWh', '=', e.gwh, 'US$' || e.bn || ' billion', '=', (e.bn * 1000000000)::bigint, 'USD'
FROM pg_temp.new_set('tcip-2025', 'expansion', 'cell_plants', NULL, NULL, NULL) AS s (set_id),
	 (VALUES (30, 'Yibin, Sichuan', 'CN', 30, 0.83), (31, 'Jining, Shandong', 'CN', 60, 2.9), (32, 'Fujian, Zhejiang, Guangdong (6 projects)', 'CN', 137, 8.1),
			 (33, 'West Java', 'ID', 15, 1.18), (34, 'Debrecen', 'HU', 100, 8.6), (35, 'Vigo', 'ES', 50, 4.83)) AS e (footnote, site, country, gwh, bn);
INSERT INTO industry.expansion (set_id, source_id, locator, row_kind, maker_id, site, country, status, announced, announced_precision, as_printed, qualifier, capacity,
	investment_as_printed, investment_qualifier, investment, currency, investment_usd_stated)
SELECT s.set_id, industry.find_source('press-2022'), 'headline', 'member', industry.find_maker('CATL'), 'Debrecen', 'HU', 'announced', '2022-08-12', 'day',
	   '100 GWh', '=', 100, '€7.34 billion ($7.6 billion)', '=', 7340000000, 'EUR', 7600000000
FROM pg_temp.new_set('press-2022', 'expansion', 'cell_plants', NULL, NULL, NULL) AS s (set_id);
-- stated costs of plants (TCIP)
INSERT INTO industry.price_observation (set_id, source_id, locator, row_kind, maker_id, site, country, as_printed, qualifier, cost)
SELECT s.set_id, industry.find_source('tcip-2025'), e.locator, e.row_kind, industry.find_maker(e.maker), e.site, e.country, e.cost || ' US $M/GWh', '=', e.cost
FROM pg_temp.new_set('tcip-2025', 'price', 'cell_plants', NULL, NULL, NULL, 'plant_capex', 'cost', 'nominal') AS s (set_id),
	 (VALUES ('footnote 36', 'member', 'LG Energy', 'Queen Creek, Arizona', 'US', 128), ('footnote 37', 'member', 'Northvolt', 'Heide', 'DE', 82),
			 ('footnote 39', 'member', 'Panasonic', 'De Soto, Kansas', 'US', 133), ('footnote 40', 'member', 'SK On', 'Commerce, Georgia', 'US', 118),
			 ('text', 'derived', 'CATL', NULL, NULL, 67.3)) AS e (locator, row_kind, maker, site, country, cost);

-- lithium-ion cells: price and yearly sales (Ziegler and Trancik), 1991-1996
CREATE TEMPORARY TABLE zt (year int, price numeric, mwh numeric);
INSERT INTO zt VALUES (1991, 7523.28412979119, 0.13), (1992, 6034.92585608991, 1.55), (1993, 4804.47378230495, 12.87), (1994, 5484.6302461724, 38.9985692618799);
WITH price AS MATERIALIZED (
	SELECT z.year, z.price, pg_temp.new_set('zt-2021', 'price', 'liion_cells', NULL, make_date(z.year, 1, 1), make_date(z.year, 12, 31), 'cell', 'price', 'real', 2018) AS set_id FROM zt z)
INSERT INTO industry.price_observation (set_id, source_id, row_kind, subject_as_printed, chemistry, as_printed, qualifier, cost)
SELECT p.set_id, industry.find_source('zt-2021'), 'member', 'all types of cells', 'Li-ion', p.price::text, '=', to_cost_per_gwh(p.price, 'USD/kWh') FROM price p;
WITH output AS MATERIALIZED (
	SELECT z.year, z.mwh, pg_temp.new_set('zt-2021', 'capacity', 'liion_cells', 'shipped', make_date(z.year, 1, 1), make_date(z.year, 12, 31)) AS set_id FROM zt z)
INSERT INTO industry.capacity_observation (set_id, source_id, row_kind, subject_as_printed, chemistry, as_printed, qualifier, capacity)
SELECT p.set_id, industry.find_source('zt-2021'), 'stated_total', 'World', 'Li-ion', p.mwh || ' MWh', '=', to_capacity_gwh(p.mwh, 'MWh') FROM output p;

-- a price of packs (BloombergNEF)
INSERT INTO industry.price_observation (set_id, source_id, subject_as_printed, as_printed, chemistry, cost)
SELECT pg_temp.new_set('bnef-2024', 'price', 'liion_packs', NULL, '2017-01-01', '2017-12-31', 'pack', 'price', 'nominal'),
	   industry.find_source('bnef-2024'), 'headline', '$209', 'Li-ion', 209;

-- mine production of lithium (USGS), part of the table, in two editions
CREATE TEMPORARY TABLE usgs (source text, year int, printed text, row_kind text, country text, t numeric, mark text);
INSERT INTO usgs VALUES
	('usgs-2025', 2024, 'World', 'stated_total', NULL, 240000, '240000'), ('usgs-2025', 2024, 'United States', 'member', 'US', NULL, 'W'),
	('usgs-2025', 2024, 'Argentina', 'member', 'AR', 18000, '18000'), ('usgs-2025', 2024, 'Australia', 'member', 'AU', 88000, '88000'),
	('usgs-2025', 2024, 'Brazil', 'member', 'BR', 10000, '10000'), ('usgs-2025', 2024, 'Canada', 'member', 'CA', 4300, '4300'),
	('usgs-2025', 2024, 'Chile', 'member', 'CL', 49000, '49000'), ('usgs-2025', 2024, 'China', 'member', 'CN', 41000, '41000'),
	('usgs-2025', 2024, 'Namibia', 'member', 'NA', 2700, '2700'), ('usgs-2025', 2024, 'Portugal', 'member', 'PT', 380, '380'),
	('usgs-2025', 2024, 'Zimbabwe', 'member', 'ZW', 22000, '22000'),
	('usgs-2026', 2024, 'World', 'stated_total', NULL, 222000, '222000'), ('usgs-2026', 2024, 'Argentina', 'member', 'AR', 13800, '13800'),
	('usgs-2026', 2024, 'Mali', 'member', 'ML', 770, '770');
WITH sets AS MATERIALIZED (
	SELECT d.source, d.year, pg_temp.new_set(d.source, 'country_share', 'mine_production', 'output', make_date(d.year, 1, 1), make_date(d.year, 12, 31),
		country_basis => 'plant_site', stage => 'mining', material => 'lithium') AS set_id
	FROM (SELECT DISTINCT source, year FROM usgs) AS d)
INSERT INTO industry.country_share_observation (set_id, source_id, row_kind, country, subject_as_printed, as_printed, qualifier, missing_reason, amount, unit)
SELECT s.set_id, industry.find_source(u.source), u.row_kind, u.country, u.printed, u.mark,
	   CASE WHEN u.t IS NOT NULL THEN '=' END, CASE WHEN u.t IS NULL THEN 'withheld' END, u.t, CASE WHEN u.t IS NOT NULL THEN 't' END
FROM usgs u JOIN sets s USING (source, year);

-- China's shares of the chain (TCIP); the cathode's is stated twice
INSERT INTO industry.country_share_observation (set_id, source_id, locator, row_kind, country, as_printed, share_as_printed, share_qualifier, share_pct, qualifier, statement_number)
SELECT pg_temp.new_set('tcip-2025', 'country_share', 'capacity_share', 'nameplate_per_year', NULL, NULL, country_basis => 'plant_site', stage => v.stage),
	   industry.find_source('tcip-2025'), v.locator, 'member', 'CN', v.printed, v.printed, v.qualifier, v.pct, NULL, 1
FROM (VALUES ('anode', 'footnote 23', '>97 %', '>', 97), ('cell', 'figure caption', '68.4 %', '=', 68.4)) AS v (stage, locator, printed, qualifier, pct);
INSERT INTO industry.country_share_observation (set_id, source_id, locator, row_kind, country, as_printed, share_as_printed, share_qualifier, share_pct, qualifier, statement_number)
SELECT s.set_id, industry.find_source('tcip-2025'), v.locator, 'member', 'CN', v.printed, v.printed, v.qualifier, v.pct, NULL, v.n
FROM pg_temp.new_set('tcip-2025', 'country_share', 'capacity_share', 'nameplate_per_year', NULL, NULL, country_basis => 'plant_site', stage => 'cathode') AS s (set_id),
	 (VALUES (1, 'footnote 23', 'nearly 90 %', 'nearly', 90), (2, 'footnote 170', '70 %', '=', 70)) AS v (n, locator, printed, qualifier, pct);

-- exchange rates and an index; made up where no source is at hand
CREATE FUNCTION pg_temp.new_rate(source text, currency text, kind text, first date, last date, rate numeric, printed text) RETURNS void LANGUAGE sql AS $$
	INSERT INTO industry.exchange_rate (set_id, source_id, locator, as_printed, currency, units_per_usd, rate_kind)
	SELECT pg_temp.new_set($1, 'exchange_rate', lower($2) || '_per_usd_' || $3, NULL, $4, $5), industry.find_source($1), 'text', $7, $2, $6, $3
$$;
SELECT pg_temp.new_rate('press-2022', 'EUR', 'implied', '2022-08-12', '2022-08-12', 7.34 / 7.6, '€7.34 billion ($7.6 billion)'),
	   pg_temp.new_rate('tcip-2025', 'CNY', 'implied', '2023-01-01', '2023-12-31', 7.344, 'RMB 18.36 billion ($2.5 billion)'),
	   pg_temp.new_rate('made-up', 'CNY', 'average', '2019-01-01', '2019-12-31', 7, '7.00'),
	   pg_temp.new_rate('made-up', 'CNY', 'average', '2019-03-01', '2019-03-31', 6.5, '6.50') \g /dev/null
INSERT INTO industry.price_index (set_id, source_id, as_printed, index_name, country, value)
SELECT pg_temp.new_set('made-up', 'price_index', 'deflator', NULL, make_date(v.year, 1, 1), make_date(v.year, 12, 31), geography => 'US'),
	   industry.find_source('made-up'), v.value::text, 'made-up index', 'US', v.value
FROM (VALUES (2018, 100.0), (2019, 102.0)) AS v (year, value);

-- controls
INSERT INTO industry.export_control (control, issuer_country, reference, instrument, target_country, legal_status) VALUES
	('CN-2023-39', 'CN', 'MOFCOM/GACC, graphite', 'licence', NULL, 'issued'),
	('CN-2024-46-2', 'CN', 'MOFCOM No. 46 of 2024, clause 2', 'end_use_check', 'US', 'issued'),
	('CN-2025-draft', 'CN', 'MOFCOM consultation of 2025-01-02', 'licence', NULL, 'draft'),
	('CN-2025-catalogue', 'CN', 'MOFCOM and MOST, catalogue of 2025-07-15', 'licence', NULL, 'issued'),
	('CN-2025-58', 'CN', 'MOFCOM/GACC No. 58 of 2025', 'licence', NULL, 'issued'),
	('CN-2025-70', 'CN', 'MOFCOM/GACC No. 70 of 2025', 'suspension', NULL, 'issued'),
	('CN-2025-72', 'CN', 'MOFCOM, clause 2 of No. 46 of 2024', 'suspension', 'US', 'issued'),
	('US-301-2024-b', 'US', 'Section 301, natural graphite', 'tariff', 'CN', 'issued'),
	('US-HR1166', 'US', '119 HR 1166', 'procurement_ban', 'CN', 'bill');
INSERT INTO industry.control_item (set_id, source_id, as_printed, control, item, object, stage, material, chemistry, thresholds)
SELECT s.set_id, industry.find_source('mofcom-2025'), v.item, v.control, v.item, v.object, v.stage, v.material, v.chemistry::chemistry, v.thresholds::jsonb
FROM pg_temp.new_set('mofcom-2025', 'control_item', 'controls', NULL, NULL, NULL) AS s (set_id),
	 (VALUES ('CN-2023-39', 'artificial graphite', 'goods', 'anode', 'graphite', NULL, '[{"parameter": "purity", "comparison": ">", "value": 99.9, "unit": "%"}, {"parameter": "strength", "comparison": ">", "value": 30, "unit": "MPa"}, {"parameter": "density", "comparison": ">", "value": 1.73, "unit": "g/cm3"}]'),
			 ('CN-2023-39', 'natural flake graphite', 'goods', 'anode', 'graphite', NULL, '[]'),
			 ('CN-2024-46-2', 'graphite', 'goods', 'anode', 'graphite', NULL, '[]'),
			 ('CN-2025-draft', 'battery cathode preparation', 'technology', 'cathode', NULL, NULL, '[]'),
			 ('CN-2025-catalogue', 'LFP preparation', 'technology', 'cathode', NULL, 'LFP', '[{"parameter": "compaction density", "comparison": "≥", "value": 2.58, "unit": "g/cm3", "condition": "at 220 MPa"}, {"parameter": "capacity", "comparison": "≥", "value": 160, "unit": "mAh/g", "condition": "at 0.1C"}, {"parameter": "first-cycle efficiency", "comparison": "≥", "value": 97, "unit": "%"}]'),
			 ('CN-2025-catalogue', 'LMFP preparation', 'technology', 'cathode', NULL, 'LMFP', '[]'),
			 ('CN-2025-catalogue', 'phosphate cathode precursor preparation', 'technology', 'precursor', NULL, NULL, '[]'),
			 ('CN-2025-catalogue', 'lithium carbonate from spodumene', 'technology', 'refining', 'lithium', NULL, '[]'),
			 ('CN-2025-catalogue', 'lithium hydroxide from spodumene', 'technology', 'refining', 'lithium', NULL, '[]'),
			 ('CN-2025-catalogue', 'metallic lithium and alloys', 'technology', 'refining', 'lithium', NULL, '[]'),
			 ('CN-2025-catalogue', 'lithium from brine', 'technology', 'refining', 'lithium', NULL, '[]'),
			 ('CN-2025-catalogue', 'purified lithium solution', 'technology', 'refining', 'lithium', NULL, '[]'),
			 ('CN-2025-58', 'cells of at least 300 Wh/kg', 'goods', 'cell', NULL, NULL, '[{"parameter": "specific energy", "comparison": "≥", "value": 300, "unit": "Wh/kg"}]'),
			 ('CN-2025-58', 'LFP', 'goods', 'cathode', NULL, 'LFP', '[]'),
			 ('CN-2025-58', 'cell-making machines', 'equipment', 'equipment', NULL, NULL, '[]'),
			 ('US-301-2024-b', 'natural graphite', 'tariff', 'anode', 'graphite', NULL, '[]'),
			 ('US-HR1166', 'batteries bought by DHS', 'procurement', 'cell', NULL, NULL, '[]')) AS v (control, item, object, stage, material, chemistry, thresholds);
INSERT INTO industry.control_event (set_id, source_id, as_printed, control, item, event, event_date, until, by_control, is_disputed)
SELECT s.set_id, industry.find_source('mofcom-2025'), v.event, v.control, v.item, v.event, v.event_date::date, v.until::date, v.by_control, v.is_disputed
FROM pg_temp.new_set('mofcom-2025', 'control_event', 'controls', NULL, NULL, NULL) AS s (set_id),
	 (VALUES ('CN-2023-39', NULL, 'announced', '2023-10-20', NULL, NULL, false), ('CN-2023-39', NULL, 'in_force', '2023-12-01', NULL, NULL, false),
			 ('CN-2024-46-2', NULL, 'announced', '2024-12-03', NULL, NULL, false), ('CN-2024-46-2', NULL, 'in_force', '2024-12-03', NULL, NULL, false),
			 ('CN-2024-46-2', NULL, 'suspended', '2025-11-09', '2026-11-27', 'CN-2025-72', false),
			 ('CN-2024-46-2', 'graphite', 'suspended', '2025-11-09', '2026-11-27', 'CN-2025-72', true),
			 ('CN-2025-draft', NULL, 'announced', '2025-01-02', NULL, NULL, false),
			 ('CN-2025-catalogue', NULL, 'announced', '2025-07-15', NULL, NULL, false), ('CN-2025-catalogue', NULL, 'in_force', '2025-07-15', NULL, NULL, false),
			 ('CN-2025-58', NULL, 'announced', '2025-10-09', NULL, NULL, false), ('CN-2025-58', NULL, 'in_force', '2025-11-08', NULL, NULL, false),
			 ('CN-2025-58', NULL, 'suspended', '2025-11-07', '2026-11-10', 'CN-2025-70', false),
			 ('US-301-2024-b', NULL, 'announced', '2024-05-14', NULL, NULL, false), ('US-301-2024-b', NULL, 'in_force', '2026-01-01', NULL, NULL, false),
			 ('US-HR1166', NULL, 'in_force', '2027-10-01', NULL, NULL, false)) AS v (control, item, event, event_date, until, by_control, is_disputed);
COMMIT;
