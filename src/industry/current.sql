/*
 * The tables of facts, latest edition: one view a table, with the names that
 * stand behind the numbers.  Columns that a table has keep its comments (see
 * comments.sql).
 */

CREATE OR REPLACE VIEW industry.current_capacity AS
SELECT k.publisher, k.edition, k.source, k.known_from, k.metric, k.basis, k.country_basis, k.application, k.geography, k.scenario,
	   k.period_first, k.period_last, k.period_as_printed, f.row_kind, f.statement_number, f.subject_as_printed,
	   f.maker_id, m.maker, m.country AS maker_country, f.plant_id, p.plant, f.country, f.chemistry, f.capacity,
	   f.capacity_low, f.capacity_high, f.as_printed, f.qualifier, f.missing_reason, f.statement_kind, f.locator,
	   f.line_number, f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.capacity_observation f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id;
COMMENT ON VIEW industry.current_capacity IS 'latest edition: capacities, all rows of the latest statement set of each series and period; filter on row_kind before adding up';
COMMENT ON COLUMN industry.current_capacity.maker IS 'short name of the maker';
COMMENT ON COLUMN industry.current_capacity.maker_country IS 'country of its headquarters, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.current_capacity.plant IS 'name of the plant';

CREATE OR REPLACE VIEW industry.current_expansion AS
SELECT k.publisher, k.edition, k.source, k.known_from, k.metric, k.country_basis, k.geography, k.scenario, k.period_first,
	   k.period_last, k.period_as_printed, f.row_kind, f.statement_number, f.subject_as_printed, f.maker_id, m.maker,
	   m.country AS maker_country, f.plant_id, p.plant, f.site, f.phase, f.country, f.chemistry, f.status, f.announced,
	   f.announced_precision, f.capacity, f.capacity_low, f.capacity_high, f.investment_as_printed,
	   f.investment_qualifier, f.investment_missing_reason, f.investment, f.investment_low, f.investment_high,
	   f.currency, f.investment_usd_stated, f.owned_pct, f.as_printed, f.qualifier, f.missing_reason,
	   f.statement_kind, f.locator, f.line_number, f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.expansion f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id;
COMMENT ON VIEW industry.current_expansion IS 'latest edition: announced additions of plant capacity, all rows of the latest statement set of each series and period; filter on row_kind before adding up';
COMMENT ON COLUMN industry.current_expansion.maker IS 'short name of the maker';
COMMENT ON COLUMN industry.current_expansion.maker_country IS 'country of its headquarters, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.current_expansion.plant IS 'name of the plant';

CREATE OR REPLACE VIEW industry.current_price AS
SELECT k.publisher, k.edition, k.source, k.known_from, k.metric, k.scope, k.price_or_cost, k.money_basis, k.base_year,
	   k.application, k.geography, k.scenario, k.period_first, k.period_last, k.period_as_printed, f.row_kind, f.statement_number,
	   f.subject_as_printed, f.maker_id, m.maker, m.country AS maker_country, f.plant_id, p.plant, f.site, f.country,
	   f.chemistry, f.status, f.cost, f.cost_low, f.cost_high, f.amount_per_kwh, f.amount_per_kwh_low,
	   f.amount_per_kwh_high, f.currency, f.cost_usd_stated, f.lcos_usd_per_kwh_discharged, f.lcos_low, f.lcos_high,
	   f.as_printed, f.qualifier, f.missing_reason, f.statement_kind, f.locator, f.line_number, f.notes, f.fact_id,
	   f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.price_observation f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id;
COMMENT ON VIEW industry.current_price IS 'latest edition: prices and costs, all rows of the latest statement set of each series and period; filter on row_kind before adding up';
COMMENT ON COLUMN industry.current_price.maker IS 'short name of the maker';
COMMENT ON COLUMN industry.current_price.maker_country IS 'country of its headquarters, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.current_price.plant IS 'name of the plant';

CREATE OR REPLACE VIEW industry.current_maker_share AS
SELECT k.publisher, k.edition, k.source, k.known_from, k.metric, k.basis, k.application, k.geography, k.scenario, k.period_first,
	   k.period_last, k.period_as_printed, f.row_kind, f.statement_number, f.subject_as_printed, f.maker_id, m.maker,
	   m.country AS maker_country, f.amount, f.amount_low, f.amount_high, f.share_as_printed, f.share_qualifier,
	   f.share_missing_reason, f.share_pct, f.share_pct_low, f.share_pct_high, f.rank_stated, f.as_printed,
	   f.qualifier, f.missing_reason, f.statement_kind, f.locator, f.line_number, f.notes, f.fact_id, f.set_id,
	   f.source_id
FROM industry.current_set k
JOIN industry.maker_share_observation f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id;
COMMENT ON VIEW industry.current_maker_share IS 'latest edition: amounts and shares of makers, all rows of the latest statement set of each series and period; filter on row_kind before adding up';
COMMENT ON COLUMN industry.current_maker_share.maker IS 'short name of the maker';
COMMENT ON COLUMN industry.current_maker_share.maker_country IS 'country of its headquarters, ISO 3166-1 alpha-2';

CREATE OR REPLACE VIEW industry.current_country_share AS
SELECT k.publisher, k.edition, k.source, k.known_from, k.metric, k.basis, k.stage, k.material, k.country_basis,
	   k.application, k.geography, k.scenario, k.period_first, k.period_last, k.period_as_printed, f.row_kind, f.statement_number,
	   f.subject_as_printed, f.country, f.chemistry, f.amount, f.amount_low, f.amount_high, f.unit,
	   f.share_as_printed, f.share_qualifier, f.share_missing_reason, f.share_pct, f.share_pct_low, f.share_pct_high,
	   f.as_printed, f.qualifier, f.missing_reason, f.statement_kind, f.locator, f.line_number, f.notes, f.fact_id,
	   f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.country_share_observation f ON f.set_id = k.set_id;
COMMENT ON VIEW industry.current_country_share IS 'latest edition: amounts and shares of countries by stage, all rows of the latest statement set of each series and period; filter on row_kind before adding up';

CREATE OR REPLACE VIEW industry.current_storage_project AS
SELECT k.publisher, k.edition, k.source, k.known_from, k.metric, k.geography, k.scenario, k.period_first, k.period_last,
	   k.period_as_printed, f.row_kind, f.statement_number, f.subject_as_printed, f.project, f.unit_id, f.phase, f.maker_id, m.maker,
	   m.country AS maker_country, f.country, f.place, f.chemistry, f.status, f.status_as_printed,
	   f.power_mw, f.power_mw_low, f.power_mw_high, f.power_as_printed, f.power_qualifier, f.power_missing_reason, f.energy, f.energy_low,
	   f.energy_high, f.amount, f.currency, f.amount_usd_stated, f.amount_as_printed, f.as_printed, f.qualifier,
	   f.missing_reason, f.statement_kind, f.locator, f.line_number, f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.storage_project f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id;
COMMENT ON VIEW industry.current_storage_project IS 'latest edition: storage projects, a row each unit or phase, all rows of the latest statement set of each series and period; filter on row_kind and group by status before adding up';
COMMENT ON COLUMN industry.current_storage_project.maker IS 'short name of the maker';
COMMENT ON COLUMN industry.current_storage_project.maker_country IS 'country of its headquarters, ISO 3166-1 alpha-2';

CREATE OR REPLACE VIEW industry.current_capacity_event AS
SELECT k.publisher, k.edition, k.source, k.known_from, f.row_kind, f.statement_number, f.subject_as_printed,
	   f.plant_id, p.plant, f.phase, f.event, f.happened, f.happened_precision, f.is_scheduled, f.capacity,
	   f.maker_id, m.maker, m.country AS maker_country, f.share_pct, f.amount, f.currency, f.as_printed, f.qualifier,
	   f.missing_reason, f.statement_kind, f.locator, f.line_number, f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.capacity_event f ON f.set_id = k.set_id
LEFT JOIN industry.plant p ON p.plant_id = f.plant_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id;
COMMENT ON VIEW industry.current_capacity_event IS 'latest edition: events of plants, all rows of the latest statement set of each series and period; filter on row_kind before adding up';
COMMENT ON COLUMN industry.current_capacity_event.maker IS 'short name of the maker';
COMMENT ON COLUMN industry.current_capacity_event.maker_country IS 'country of its headquarters, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.current_capacity_event.plant IS 'name of the plant';

CREATE OR REPLACE VIEW industry.current_control_item AS
SELECT k.publisher, k.edition, k.source, k.known_from, f.row_kind, f.statement_number, f.subject_as_printed,
	   f.control, f.item, f.object, f.stage, f.material, f.chemistry, f.description, f.exceptions, f.rate_from_pct,
	   f.rate_to_pct, f.thresholds, f.as_printed, f.qualifier, f.missing_reason, f.statement_kind, f.locator,
	   f.line_number, f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.control_item f ON f.set_id = k.set_id;
COMMENT ON VIEW industry.current_control_item IS 'latest edition: items of trade controls, all rows of the latest statement set of each series and period; filter on row_kind before adding up';

CREATE OR REPLACE VIEW industry.current_control_event AS
SELECT k.publisher, k.edition, k.source, k.known_from, f.row_kind, f.statement_number, f.subject_as_printed,
	   f.control, f.item, f.event, f.event_date, f.event_precision, f.until, f.by_control, f.is_disputed,
	   f.as_printed, f.qualifier, f.missing_reason, f.statement_kind, f.locator, f.line_number, f.notes, f.fact_id,
	   f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.control_event f ON f.set_id = k.set_id;
COMMENT ON VIEW industry.current_control_event IS 'latest edition: events of trade controls, all rows of the latest statement set of each series and period; filter on row_kind before adding up';

CREATE OR REPLACE VIEW industry.current_sector_requirement AS
SELECT k.publisher, k.edition, k.source, k.known_from, k.scenario, f.row_kind, f.statement_number, f.subject_as_printed, f.sector,
	   f.metric, f.wanted, f.value, f.value_low, f.value_high, f.unit, f.as_printed, f.qualifier, f.missing_reason,
	   f.statement_kind, f.locator, f.line_number, f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.sector_requirement f ON f.set_id = k.set_id;
COMMENT ON VIEW industry.current_sector_requirement IS 'latest edition: demands of sectors, all rows of the latest statement set of each series and period; filter on row_kind before adding up';

CREATE OR REPLACE VIEW industry.current_sector_chemistry AS
SELECT k.publisher, k.edition, k.source, k.known_from, f.row_kind, f.statement_number, f.subject_as_printed, f.sector,
	   f.chemistry, f.role, f.metric, f.as_printed, f.qualifier, f.missing_reason, f.statement_kind, f.locator,
	   f.line_number, f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.sector_chemistry f ON f.set_id = k.set_id;
COMMENT ON VIEW industry.current_sector_chemistry IS 'latest edition: chemistries named for sectors, all rows of the latest statement set of each series and period; filter on row_kind before adding up';

CREATE OR REPLACE VIEW industry.current_technology_event AS
SELECT k.publisher, k.edition, k.source, k.known_from, f.row_kind, f.statement_number, f.subject_as_printed,
	   f.technology, f.event_code, f.event, f.chemistry, f.happened, f.happened_precision, f.from_actor,
	   f.from_country, f.to_actor, f.to_country, f.parent_event, f.is_exclusive, f.may_sublicense, f.patented_in,
	   f.not_patented_in, f.approver, f.as_printed, f.qualifier, f.missing_reason, f.statement_kind, f.locator,
	   f.line_number, f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.technology_event f ON f.set_id = k.set_id;
COMMENT ON VIEW industry.current_technology_event IS 'latest edition: events in the history of technologies, all rows of the latest statement set of each series and period; filter on row_kind before adding up';

CREATE OR REPLACE VIEW industry.current_public_support AS
SELECT k.publisher, k.edition, k.source, k.known_from, k.metric, k.scenario, k.period_first, k.period_last, k.period_as_printed,
	   f.row_kind, f.statement_number, f.subject_as_printed, f.giver, f.giver_country, f.receiver, f.maker_id,
	   m.maker, m.country AS maker_country, f.programme, f.instrument, f.continuity, f.chemistry, f.amount,
	   f.amount_low, f.amount_high, f.currency, f.amount_usd_stated, f.as_printed, f.qualifier, f.missing_reason,
	   f.statement_kind, f.locator, f.line_number, f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.public_support f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id;
COMMENT ON VIEW industry.current_public_support IS 'latest edition: public support, all rows of the latest statement set of each series and period; filter on row_kind before adding up';
COMMENT ON COLUMN industry.current_public_support.maker IS 'short name of the maker';
COMMENT ON COLUMN industry.current_public_support.maker_country IS 'country of its headquarters, ISO 3166-1 alpha-2';

CREATE OR REPLACE VIEW industry.current_product_specification AS
SELECT k.publisher, k.edition, k.source, k.known_from, k.scenario, k.period_first, k.period_last, k.period_as_printed, f.row_kind,
	   f.statement_number, f.subject_as_printed, f.product, f.maker_id, m.maker, m.country AS maker_country,
	   f.chemistry, f.metric, f.value, f.value_low, f.value_high, f.unit, f.as_printed, f.qualifier, f.missing_reason,
	   f.statement_kind, f.locator, f.line_number, f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.product_specification f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id;
COMMENT ON VIEW industry.current_product_specification IS 'latest edition: properties of products, all rows of the latest statement set of each series and period; filter on row_kind before adding up';
COMMENT ON COLUMN industry.current_product_specification.maker IS 'short name of the maker';
COMMENT ON COLUMN industry.current_product_specification.maker_country IS 'country of its headquarters, ISO 3166-1 alpha-2';

CREATE OR REPLACE VIEW industry.current_stated_figure AS
SELECT k.publisher, k.edition, k.source, k.known_from, k.metric, k.basis, k.geography, k.scenario, k.period_first, k.period_last,
	   k.period_as_printed, f.row_kind, f.statement_number, f.subject_as_printed, f.figure, f.subject, f.maker_id,
	   m.maker, m.country AS maker_country, f.country, f.chemistry, f.value, f.value_low, f.value_high, f.unit,
	   f.part, f.whole, f.currency, f.price_year, f.as_printed, f.qualifier, f.missing_reason, f.statement_kind,
	   f.locator, f.line_number, f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.stated_figure f ON f.set_id = k.set_id
LEFT JOIN industry.maker m ON m.maker_id = f.maker_id;
COMMENT ON VIEW industry.current_stated_figure IS 'latest edition: further figures, all rows of the latest statement set of each series and period; filter on row_kind before adding up';
COMMENT ON COLUMN industry.current_stated_figure.maker IS 'short name of the maker';
COMMENT ON COLUMN industry.current_stated_figure.maker_country IS 'country of its headquarters, ISO 3166-1 alpha-2';

CREATE OR REPLACE VIEW industry.current_stated_curve AS
SELECT k.publisher, k.edition, k.source, k.known_from, k.metric, k.basis, k.scope, k.price_or_cost, k.money_basis, k.base_year, k.geography, k.scenario,
	   k.period_first, k.period_last, k.period_as_printed, f.row_kind, f.statement_number, f.subject_as_printed, f.chemistry, f.doubling_of,
	   f.learning_rate_pct, f.learning_rate_pct_low, f.learning_rate_pct_high, f.as_printed, f.qualifier, f.missing_reason, f.statement_kind,
	   f.locator, f.line_number, f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.stated_curve f ON f.set_id = k.set_id;
COMMENT ON VIEW industry.current_stated_curve IS 'latest edition: learning curves as sources state them, all rows of the latest statement set of each series and period; the period is the years fitted';

CREATE OR REPLACE VIEW industry.current_exchange_rate AS
SELECT k.publisher, k.edition, k.source, k.known_from, k.scenario, k.period_first, k.period_last, k.period_as_printed, f.row_kind,
	   f.statement_number, f.subject_as_printed, f.currency, f.units_per_usd, f.rate_kind, f.as_printed, f.qualifier,
	   f.missing_reason, f.statement_kind, f.locator, f.line_number, f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.exchange_rate f ON f.set_id = k.set_id;
COMMENT ON VIEW industry.current_exchange_rate IS 'latest edition: exchange rates, all rows of the latest statement set of each series and period; filter on row_kind before adding up';

CREATE OR REPLACE VIEW industry.current_price_index AS
SELECT k.publisher, k.edition, k.source, k.known_from, k.geography, k.scenario, k.period_first, k.period_last,
	   k.period_as_printed, f.row_kind, f.statement_number, f.subject_as_printed, f.index_name, f.country, f.value,
	   f.base_as_printed, f.as_printed, f.qualifier, f.missing_reason, f.statement_kind, f.locator, f.line_number,
	   f.notes, f.fact_id, f.set_id, f.source_id
FROM industry.current_set k
JOIN industry.price_index f ON f.set_id = k.set_id;
COMMENT ON VIEW industry.current_price_index IS 'latest edition: price indices, all rows of the latest statement set of each series and period; filter on row_kind before adding up';
