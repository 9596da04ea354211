-- What the schema industry answers on test/industry/fixture.sql, to be compared
-- before and after whatever must not change it.
SET search_path = pg_catalog;
SELECT s FROM industry.concentration() s ORDER BY s.publisher, s.period_first, s.period_last;
SELECT s FROM industry.country_concentration() s ORDER BY s.set_id;
SELECT s FROM industry.market('infinity', true) s ORDER BY s.set_id, s.member COLLATE "C";
SELECT s FROM industry.restatement s ORDER BY s.newer_set_id, s.subject COLLATE "C", s.measure;
SELECT s FROM industry.set_summary s ORDER BY s.set_id;
SELECT s FROM industry.plant_cost s ORDER BY s.publisher, s.origin, s.grain, s.maker, s.country;
SELECT s FROM industry.current_price_usd s ORDER BY s.fact_id;
SELECT s FROM industry.current_expansion_usd s ORDER BY s.fact_id;
SELECT s FROM industry.cumulative_output('Ziegler and Trancik', 'liion_cells', 'shipped', 'Li-ion') s;
SELECT s FROM industry.learning_fit('Ziegler and Trancik', 'liion_cells', scope => 'cell') s;
SELECT s FROM industry.usd_at(7, 'CNY', '2019-03-05', '2019-03-05') s;
SELECT s FROM industry.deflate(100, 2018, 2019, 'made-up index') s;
SELECT d, s FROM unnest('{2025-07-15,2025-11-08,2026-11-11}'::date[]) AS d, industry.control_status(d) s ORDER BY d, s.control, s.item, s.stage;
SELECT s FROM industry.control_exposure('2025-12-01') s;
SELECT s FROM industry.control_threshold s ORDER BY s.control, s.item, s.threshold;
SELECT s FROM industry.capacity_mineral_demand s ORDER BY s.fact_id, s.symbol;
SELECT s FROM industry.storage_project_cost s ORDER BY s.fact_id;
SELECT s FROM industry.technology_chain s ORDER BY s.fact_id;
SELECT s FROM industry.technology_gap s ORDER BY s.technology;
SELECT s FROM industry.sector_answer s ORDER BY s.requirement_fact_id, s.chemistry_fact_id;
SELECT s FROM industry.observation s ORDER BY s.fact_id, s.measure;
SELECT industry.find_maker('LG', '2010-01-01'), industry.find_maker('lg', '2024-01-01'), industry.find_country('DR Congo');
