/*
 * Layouts: what a file of each kind looks like, as rows.  They drive the loader,
 * and the tables of docs/loading.md are printed from them.
 *
 *	layout		kinds of files, and the table that each fills
 *	layout_field	columns that only some kinds have
 *	layout_common	columns that every kind of fact may have
 *	layout_reader	how the text of a column is read
 *	layout_fill	which columns of the table that fills
 *
 * A kind is added by rows of layout and layout_field alone.  The rows below are
 * battery's; an upgrade brings them up to date and leaves those of users.
 *
 *	layout_rule	what columns of a row must not say together
 *
 * Expressions name what they need in braces.  Of every column: {cell}, its text,
 * and {t}, its target.  Of names: {id}, {code}.  Of figures, in the base unit of
 * their dimension: {value}, {low}, {high}, {currency}, {unit}, {usd}; {scope} is
 * that of the row's set.  Of dates: {day}, {precision}.  A rule names the column,
 * too: {value:cost}.
 */

INSERT INTO industry.layout_reader (reads, source, dimension, is_exact, expression, problem, hint) VALUES
	('text', 'word', NULL, false, 'industry.word({cell})', NULL, NULL),
	('verbatim', 'word', NULL, false, '{cell}', NULL, NULL),
	('enum', 'word', NULL, false, 'lower(industry.word({cell}))', '{value} <> ALL ({allowed})', NULL),
	('word', 'word', NULL, false, 'industry.header_key(industry.word({cell}))', '{value} !~ ''^[a-z][a-z0-9_]*$''', 'Write lower-case letters, digits and underscores.'),
	('code', 'word', NULL, false, 'industry.word({cell})', '{value} !~ ''^[A-Za-z0-9][A-Za-z0-9._:/-]*$''', 'Write letters, digits and . _ : / -.'),
	('integer', 'word', NULL, false, 'industry.plain_integer({cell})', 'industry.word({cell}) IS NOT NULL AND {value} IS NULL', 'Write a whole number.'),
	('boolean', 'word', NULL, false, 'industry.read_boolean({cell})', 'industry.word({cell}) IS NOT NULL AND {value} IS NULL', 'Write yes or no.'),
	('countries', 'word', NULL, false, 'industry.read_countries(industry.word({cell}))', 'industry.word({cell}) IS NOT NULL AND ({value} IS NULL OR array_position({value}, NULL) IS NOT NULL)', 'Write countries separated by semicolons.'),
	('texts', 'word', NULL, false, 'industry.read_texts(industry.word({cell}))', NULL, NULL),
	('days', 'word', NULL, false, 'industry.read_days(industry.word({cell}))', 'industry.word({cell}) IS NOT NULL AND {value} IS NULL', 'Write FIRST/LAST, such as 2020-12-01/ or 2015/2019.'),
	('thresholds', 'word', NULL, false, 'industry.read_thresholds(industry.word({cell}))', 'industry.word({cell}) IS NOT NULL AND {value} IS NULL', 'Write parameter, comparison, value, unit, condition; several are separated by semicolons: tap density > 1.2 g/cm3; first efficiency ≥ 97 %.'),
	('options', 'word', NULL, false, 'industry.read_json_object({cell})', '{cell} IS NOT NULL AND {value} IS NULL', 'Write a JSON object.'),
	('currency', 'word', NULL, false, 'industry.currency_code(industry.word({cell}))', 'industry.word({cell}) IS NOT NULL AND {value} IS NULL', 'Write the ISO 4217 code, such as CNY.'),
	('statement_number', 'word', NULL, false, 'industry.plain_integer({cell})', '{cell} IS NOT NULL AND ({value} BETWEEN 1 AND 9999) IS NOT TRUE', 'Write a whole number from 1 to 9999.'),
	('maker', 'name', NULL, false, '{id}', NULL, NULL),
	('plant', 'name', NULL, false, '{id}', NULL, NULL),
	('country', 'name', NULL, false, '{code}', NULL, NULL),
	('control', 'name', NULL, false, '{code}', NULL, NULL),
	('sector', 'name', NULL, false, '{code}', NULL, NULL),
	('stage', 'name', NULL, false, '{code}', NULL, NULL),
	('publisher', 'name', NULL, false, '{code}', NULL, NULL),
	('chemistry', 'name', NULL, false, 'industry.read_chemistry({code})', NULL, NULL),
	('status', 'name', NULL, false, '{code}', NULL, NULL),
	('capacity', 'figure', 'capacity', false, NULL, NULL, NULL),
	('capacity_exact', 'figure', 'capacity', true, NULL, NULL, NULL),
	('size', 'figure', 'size', false, NULL, NULL, NULL),
	('power', 'figure', 'power', false, NULL, NULL, NULL),
	('percent', 'figure', 'percent', false, NULL, NULL, NULL),
	('percent_exact', 'figure', 'percent', true, NULL, NULL, NULL),
	('money', 'figure', 'money', false, NULL, NULL, NULL),
	('money_exact', 'figure', 'money', true, NULL, NULL, NULL),
	('money_stated', 'figure', 'money', true, NULL, NULL, NULL),
	('cost', 'figure', 'cost', false, NULL, NULL, NULL),
	('number', 'figure', 'number', false, NULL, NULL, NULL),
	('number_exact', 'figure', 'number', true, NULL, NULL, NULL),
	('statement', 'figure', 'number', false, NULL, NULL, NULL),
	('date', 'day', NULL, false, NULL, NULL, NULL),
	('day', 'day', NULL, true, NULL, NULL, NULL),
	('period', 'period', NULL, false, NULL, NULL, NULL),
	('period_part', 'period', NULL, false, NULL, NULL, NULL),
	('unit', 'none', NULL, false, NULL, NULL, 'Write what it is of, such as million USD.'),
	('qualifier', 'none', NULL, false, NULL, NULL, NULL),
	('flag', 'none', NULL, false, NULL, NULL, NULL)
ON CONFLICT (reads) DO UPDATE SET source = excluded.source, dimension = excluded.dimension, is_exact = excluded.is_exact,
	expression = excluded.expression, problem = excluded.problem, hint = excluded.hint;

INSERT INTO industry.layout_fill (reads, position, target, expression) VALUES
	('status', 2, '{t}_as_printed', '{cell}'),
	('capacity', 1, '{t}', 'industry.as_capacity({value})'),
	('capacity', 2, '{t}_low', 'industry.as_capacity({low})'),
	('capacity', 3, '{t}_high', 'industry.as_capacity({high})'),
	('capacity_exact', 1, '{t}', 'industry.as_capacity({value})'),
	('size', 1, '{t}', 'industry.as_capacity({value})'),
	('size', 2, '{t}_low', 'industry.as_capacity({low})'),
	('size', 3, '{t}_high', 'industry.as_capacity({high})'),
	('power', 1, '{t}', '{value}'),
	('power', 2, '{t}_low', '{low}'),
	('power', 3, '{t}_high', '{high}'),
	('percent', 1, '{t}', '{value}'),
	('percent', 2, '{t}_low', '{low}'),
	('percent', 3, '{t}_high', '{high}'),
	('percent_exact', 1, '{t}', '{value}'),
	('money', 1, '{t}', '{value}'),
	('money', 2, '{t}_low', '{low}'),
	('money', 3, '{t}_high', '{high}'),
	('money', 4, 'currency', '{currency}'),
	('money', 5, '{t}_usd_stated', '{usd}'),
	('money_exact', 1, '{t}', '{value}'),
	('money_exact', 2, 'currency', '{currency}'),
	('money_stated', 1, '{t}', '{value}'),
	('money_stated', 2, 'currency', '{currency}'),
	('money_stated', 3, '{t}_usd_stated', '{usd}'),
	('money_stated', 4, '{t}_as_printed', '{cell}'),
	('cost', 1, 'cost', 'CASE WHEN {scope} <> ''lcos'' AND {currency} = ''USD'' THEN industry.as_cost({value}) END'),
	('cost', 2, 'cost_low', 'CASE WHEN {scope} <> ''lcos'' AND {currency} = ''USD'' THEN industry.as_cost({low}) END'),
	('cost', 3, 'cost_high', 'CASE WHEN {scope} <> ''lcos'' AND {currency} = ''USD'' THEN industry.as_cost({high}) END'),
	('cost', 4, 'amount_per_kwh', 'CASE WHEN {scope} <> ''lcos'' AND {currency} <> ''USD'' THEN {value} END'),
	('cost', 5, 'amount_per_kwh_low', 'CASE WHEN {scope} <> ''lcos'' AND {currency} <> ''USD'' THEN {low} END'),
	('cost', 6, 'amount_per_kwh_high', 'CASE WHEN {scope} <> ''lcos'' AND {currency} <> ''USD'' THEN {high} END'),
	('cost', 7, 'currency', 'CASE WHEN {scope} <> ''lcos'' AND num_nonnulls({value}, {low}, {high}) > 0 THEN nullif({currency}, ''USD'') END'),
	('cost', 8, 'cost_usd_stated', 'CASE WHEN {scope} <> ''lcos'' THEN industry.as_cost({usd}) END'),
	('cost', 9, 'lcos_usd_per_kwh_discharged', 'CASE WHEN {scope} = ''lcos'' THEN {value} END'),
	('cost', 10, 'lcos_low', 'CASE WHEN {scope} = ''lcos'' THEN {low} END'),
	('cost', 11, 'lcos_high', 'CASE WHEN {scope} = ''lcos'' THEN {high} END'),
	('number', 1, '{t}', '{value}'),
	('number', 2, '{t}_low', '{low}'),
	('number', 3, '{t}_high', '{high}'),
	('number', 4, 'unit', '{unit}'),
	('number_exact', 1, '{t}', '{value}'),
	('statement', 1, '{t}', '{value}'),
	('statement', 2, '{t}_low', '{low}'),
	('statement', 3, '{t}_high', '{high}'),
	('statement', 4, 'unit', '{unit}'),
	('statement', 5, 'currency', '{currency}'),
	('date', 1, '{t}', '{day}'),
	('date', 2, '{p}', '{precision}'),
	('day', 1, '{t}', '{day}')
ON CONFLICT (reads, position) DO UPDATE SET target = excluded.target, expression = excluded.expression;

INSERT INTO industry.layout (kind, fact_table, default_metric, series_columns, needs, meaning) VALUES
	('capacity', 'capacity_observation', NULL, '{basis, country_basis, stage, material, scenario, metric, application, geography}', '{period, metric, basis}', 'energy capacities of plants, makers, countries or the world'),
	('expansion', 'expansion', 'plant_expansion', '{country_basis, stage, material, scenario, metric, application, geography}', '{}', 'announced additions of plant capacity and what they cost'),
	('price', 'price_observation', NULL, '{scope, price_or_cost, money_basis, base_year, country_basis, stage, material, scenario, metric, application, geography}', '{period, metric, scope, price_or_cost, money_basis}', 'prices and costs per unit of capacity'),
	('maker_share', 'maker_share_observation', NULL, '{basis, scenario, metric, application, geography}', '{period, metric, basis}', 'what makers installed, shipped or can make, and their shares'),
	('country_share', 'country_share_observation', NULL, '{basis, country_basis, stage, material, scenario, metric, application, geography}', '{period, metric, stage, country_basis}', 'what countries mine, refine or make at a stage of the supply chain, and their shares'),
	('storage_project', 'storage_project', 'storage_projects', '{country_basis, scenario, metric, application, geography}', '{}', 'storage projects: power, energy, cost'),
	('capacity_event', 'capacity_event', 'plant_history', '{metric, application, geography}', '{}', 'what happened, or was promised, to plants and their phases'),
	('control_item', 'control_item', 'trade_controls', '{metric, application, geography}', '{}', 'what instruments of trade control cover, with thresholds'),
	('control_event', 'control_event', 'trade_controls', '{metric, application, geography}', '{}', 'when instruments were announced, came into force, were suspended and so on'),
	('sector_requirement', 'sector_requirement', 'sector_requirements', '{scenario, metric, application, geography}', '{}', 'what sectors demand of a battery'),
	('sector_chemistry', 'sector_chemistry', 'sector_chemistries', '{metric, application, geography}', '{}', 'chemistries that a source names for a sector'),
	('technology_event', 'technology_event', 'technology_history', '{metric, application, geography}', '{}', 'inventions, patents, licences, launches, transfers'),
	('public_support', 'public_support', 'public_support', '{scenario, metric, application, geography}', '{}', 'public money for makers and technologies'),
	('product_specification', 'product_specification', 'product_specifications', '{scenario, metric, application, geography}', '{}', 'properties of products'),
	('stated_figure', 'stated_figure', NULL, '{basis, country_basis, stage, material, scenario, metric, application, geography}', '{metric}', 'every figure that has no table of its own'),
	('stated_curve', 'stated_curve', NULL, '{basis, scope, price_or_cost, money_basis, base_year, scenario, metric, geography}', '{period, metric}', 'learning curves as a source states them: the rate, and the years that it fitted as the period'),
	('exchange_rate', 'exchange_rate', 'exchange_rates', '{scenario, metric, application, geography}', '{period}', 'exchange rates, each for the period it holds'),
	('price_index', 'price_index', 'price_indices', '{scenario, metric, application, geography}', '{period}', 'price indices (deflators)'),
	('publisher', NULL, NULL, '{}', '{}', 'who publishes the reports'),
	('source', NULL, NULL, '{}', '{}', 'editions of reports'),
	('country_alias', NULL, NULL, '{}', '{}', 'other names of countries'),
	('maker', NULL, NULL, '{}', '{}', 'makers: legal entities'),
	('maker_alias', NULL, NULL, '{}', '{}', 'other names of makers, by date'),
	('maker_parent', NULL, NULL, '{}', '{}', 'who controls a maker, by date'),
	('joint_venture_member', NULL, NULL, '{}', '{}', 'members of joint ventures, by date'),
	('plant', NULL, NULL, '{}', '{}', 'plants'),
	('sector', NULL, NULL, '{}', '{}', 'sectors that use batteries'),
	('code_list', NULL, NULL, '{}', '{}', 'what the codes and words of a source mean, by list'),
	('export_control', NULL, NULL, '{}', '{}', 'instruments of trade control')
ON CONFLICT (kind) DO UPDATE SET fact_table = excluded.fact_table, default_metric = excluded.default_metric,
	series_columns = excluded.series_columns, needs = excluded.needs, meaning = excluded.meaning;

DELETE FROM industry.layout_rule WHERE is_shipped;
INSERT INTO industry.layout_rule (kind, position, condition, column_name, message, hint, is_note, is_shipped) VALUES
	('price', 1, $${scope} = 'lcos' AND {currency:cost} <> 'USD'$$, 'cost', 'a levelised cost in another currency than US$ has no column', 'Load it as kind stated_figure.', false, true),
	('price', 2, $${scope} = 'lcos' AND {usd:cost} IS NOT NULL$$, 'cost', 'a levelised cost in two currencies has no column', 'Load it as kind stated_figure.', false, true),
	('exchange_rate', 1, $$industry.currency_code({cell:currency}) = 'USD'$$, 'currency', 'an exchange rate of the US$ to itself', 'Leave the row out.', false, true),
	('stated_figure', 1, $$({cell:part} IS NULL) <> ({cell:whole} IS NULL)$$, 'part', 'one of part and whole is empty', 'Write both, or neither.', false, true),
	('stated_curve', 1, $${value:learning_rate} > 0 AND {value:learning_rate} < 1 AND {cell:learning_rate} !~ '%'$$, 'learning_rate', 'a learning rate below 1 % is surely a fraction', 'Write percent, such as 19 %.', false, true),
	('storage_project', 1, $${value:energy} * 1000 NOT BETWEEN {value:power} * 0.02 AND {value:power} * 200$$, NULL,
	 'the energy lasts less than 0.02 or more than 200 hours at this power', NULL, true, true);

DELETE FROM industry.layout_common;
INSERT INTO industry.layout_common (position, column_name, reads, part, allowed, meaning) VALUES
	(101, 'period', 'period', 'set', NULL, 'period that the figure is about: 2024, 2024-11, 2024-Q3, 2024-H1, 2022-01/2022-11; 2025e is an estimate; n/s where the source does not say'),
	(102, 'period_first', 'day', 'set', NULL, 'first day of the period, where "period" is words: by 2022'),
	(103, 'period_last', 'day', 'set', NULL, 'last day of the period, inclusive'),
	(104, 'year', 'period_part', 'set', NULL, 'year, where year and quarter or month have columns of their own'),
	(105, 'quarter', 'period_part', 'set', NULL, 'quarter of the year'),
	(106, 'month', 'period_part', 'set', NULL, 'month of the year'),
	(111, 'metric', 'word', 'series', NULL, 'what is measured, in lower case: ev_batteries'),
	(112, 'basis', 'enum', 'series', ARRAY['nameplate_per_year', 'output', 'installed', 'shipped', 'cumulative', 'project_energy'], 'basis of the capacity'),
	(113, 'scope', 'enum', 'series', ARRAY['plant_capex', 'cell', 'pack', 'system', 'lcos'], 'what the price is of'),
	(114, 'price_or_cost', 'enum', 'series', ARRAY['price', 'cost'], 'price or cost'),
	(115, 'money_basis', 'enum', 'series', ARRAY['nominal', 'real'], 'nominal or real'),
	(116, 'base_year', 'integer', 'series', NULL, 'year whose money real figures are in'),
	(117, 'country_basis', 'enum', 'series', ARRAY['plant_site', 'headquarters', 'ultimate_owner', 'market'], 'what a country means'),
	(118, 'application', 'text', 'series', NULL, 'what the batteries are for'),
	(119, 'stage', 'stage', 'series', NULL, 'stage of the supply chain'),
	(120, 'material', 'text', 'series', NULL, 'material, in lower case'),
	(121, 'geography', 'text', 'series', NULL, 'World where it is empty'),
	(122, 'scenario', 'text', 'series', NULL, 'scenario or case of a forecast, as the source names it; empty for what is no scenario'),
	(201, 'locator', 'text', 'fact', NULL, 'page, footnote or table in the source'),
	(202, 'as_printed', 'text', 'fact', NULL, 'the figure or statement as printed, where the file has it apart; otherwise the text of the measure'),
	(203, 'row_kind', 'enum', 'fact', ARRAY['member', 'subtotal', 'remainder', 'stated_total', 'derived'], 'member where it is empty and the name is no total or remainder'),
	(204, 'statement_number', 'statement_number', 'fact', NULL, '2, 3, ... for further and different statements of the same thing'),
	(205, 'statement_kind', 'enum', 'fact', ARRAY['measured', 'estimated', 'forecast', 'target', 'claimed', 'derived'], 'how the source knows'),
	(206, 'subject_as_printed', 'text', 'fact', NULL, 'who or what, as printed, where the named columns do not say it'),
	(207, 'note', 'text', 'fact', NULL, 'a remark'),
	(208, 'unit', 'unit', 'figure', NULL, 'unit of the figures of the row that it fits: MWh, %, million USD, EUR/kWh'),
	(209, 'qualifier', 'qualifier', 'figure', NULL, 'how the figure is meant, where it stands apart: ~, >, at least'),
	(210, 'flag', 'flag', 'figure', NULL, 'flag of the figure, where it stands apart; the option flags says what flags mean');
UPDATE industry.layout_common c SET also_called = a.names
FROM (VALUES
	('unit', '{units, uom, unit_of_measure, unit_of_measurement, units_of_measure, measurement_unit, unit_meas, unit_measure, unit_label, einheit}'::text[]),
	('flag', '{flags, obs_flag, obs_status}'),
	('scenario', '{case}'),
	('period', '{time_period}')) AS a (column_name, names)
WHERE c.column_name = a.column_name;

DELETE FROM industry.layout_field WHERE is_shipped;
INSERT INTO industry.layout_field (kind, position, column_name, reads, required, part, target, is_key, allowed, meaning, is_shipped)
SELECT o.kind, o.position, o.column_name, o.reads, o.required, CASE WHEN l.fact_table IS NULL THEN 'reference' ELSE 'own' END,
	   o.target, o.is_key, o.allowed, o.meaning, true
FROM (VALUES
	('capacity', 1, 'maker', 'maker', NULL, 'maker_id', true, NULL, 'maker, by any known name'),
	('capacity', 2, 'plant', 'plant', NULL, 'plant_id', true, NULL, 'plant, by any known name'),
	('capacity', 3, 'country', 'country', NULL, 'country', true, NULL, 'country, by name or ISO 3166-1 code'),
	('capacity', 4, 'chemistry', 'chemistry', NULL, 'chemistry', true, NULL, 'chemistry'),
	('capacity', 5, 'capacity', 'capacity', 'yes', 'capacity', false, NULL, 'capacity; a bare number is GWh'),

	('expansion', 1, 'maker', 'maker', 'maker or site', 'maker_id', true, NULL, 'maker that builds'),
	('expansion', 2, 'plant', 'plant', NULL, 'plant_id', true, NULL, 'plant, where it is a known one'),
	('expansion', 3, 'site', 'text', 'maker or site', 'site', true, NULL, 'site as printed'),
	('expansion', 12, 'phase', 'text', NULL, 'phase', true, NULL, 'phase of the site; phases are rows of their own and add up'),
	('expansion', 4, 'country', 'country', NULL, 'country', false, NULL, 'country of the site'),
	('expansion', 5, 'chemistry', 'chemistry', NULL, 'chemistry', true, NULL, 'chemistry'),
	('expansion', 6, 'status', 'enum', NULL, 'status', false, ARRAY['announced', 'funded', 'decided', 'construction', 'commissioning', 'operating', 'paused', 'cancelled', 'in doubt'], 'status'),
	('expansion', 7, 'announced', 'date', NULL, 'announced', false, NULL, 'day, month or year of the announcement; it dates the exchange rate'),
	('expansion', 8, 'capacity', 'capacity', 'capacity or investment', 'capacity', false, NULL, 'added capacity a year; a bare number is GWh'),
	('expansion', 9, 'investment', 'money', 'capacity or investment', 'investment', false, NULL, 'investment, with its currency: €7.34 billion ($7.6 billion)'),
	('expansion', 10, 'currency', 'currency', NULL, NULL, false, NULL, 'currency of an investment printed without one'),
	('expansion', 11, 'owned_pct', 'percent_exact', NULL, 'owned_pct', false, NULL, 'share of the plant that the maker owns, percent'),

	('price', 1, 'maker', 'maker', NULL, 'maker_id', true, NULL, 'maker'),
	('price', 2, 'plant', 'plant', NULL, 'plant_id', true, NULL, 'plant'),
	('price', 3, 'site', 'text', NULL, 'site', true, NULL, 'site or project as printed'),
	('price', 4, 'country', 'country', NULL, 'country', true, NULL, 'country'),
	('price', 5, 'chemistry', 'chemistry', NULL, 'chemistry', true, NULL, 'chemistry'),
	('price', 6, 'status', 'text', NULL, 'status', false, NULL, 'status of the plant, as printed'),
	('price', 7, 'cost', 'cost', 'yes', 'cost', false, NULL, 'price or cost; a bare number is US$ per kWh, the same number as million US$ per GWh. Other currencies are kept as they are: 0.45 RMB/Wh. With scope lcos, US$ per kWh discharged'),
	('price', 8, 'currency', 'currency', NULL, NULL, false, NULL, 'currency of a cost printed without one; with no unit besides, per kWh'),

	('maker_share', 1, 'maker', 'maker', 'yes', 'maker_id', true, NULL, 'maker; World, Total and Others are recognised as totals and remainders'),
	('maker_share', 2, 'amount', 'capacity', 'amount or share', 'amount', false, NULL, 'amount on the basis of the series; a bare number is GWh'),
	('maker_share', 3, 'share', 'percent', 'amount or share', 'share_pct', false, NULL, 'share, percent'),
	('maker_share', 4, 'rank', 'integer', NULL, 'rank_stated', false, NULL, 'rank as printed'),

	('country_share', 1, 'country', 'country', 'yes', 'country', true, NULL, 'country; World and Other countries are recognised as totals and remainders'),
	('country_share', 2, 'chemistry', 'chemistry', NULL, 'chemistry', true, NULL, 'chemistry'),
	('country_share', 3, 'amount', 'number', 'amount or share', 'amount', false, NULL, 'amount'),
	('country_share', 4, 'unit', 'unit', NULL, 'unit', false, NULL, 'unit of the amount: t, GWh'),
	('country_share', 5, 'share', 'percent', 'amount or share', 'share_pct', false, NULL, 'share, percent'),

	('storage_project', 1, 'project', 'text', 'yes', 'project', true, NULL, 'name of the project'),
	('storage_project', 2, 'unit_id', 'text', NULL, 'unit_id', true, NULL, 'generator or unit of the project, as numbered; units are rows of their own and add up'),
	('storage_project', 3, 'phase', 'text', NULL, 'phase', true, NULL, 'phase of the project; phases are rows of their own and add up'),
	('storage_project', 4, 'maker', 'maker', NULL, 'maker_id', false, NULL, 'maker of the batteries'),
	('storage_project', 5, 'country', 'country', NULL, 'country', false, NULL, 'country of the site'),
	('storage_project', 6, 'place', 'text', NULL, 'place', false, NULL, 'town or region'),
	('storage_project', 7, 'chemistry', 'chemistry', NULL, 'chemistry', false, NULL, 'chemistry'),
	('storage_project', 8, 'status', 'status', NULL, 'status', false, NULL, 'status: announced, planned, permitted, under construction, operating, standby, retired, cancelled, in the words or codes of the source'),
	('storage_project', 9, 'size', 'size', 'size, energy or power', 'energy', false, NULL, 'power and energy together, in either order: 100 MW / 400 MWh'),
	('storage_project', 10, 'energy', 'capacity', 'size, energy or power', 'energy', false, NULL, 'energy; its unit must be stated, in the cell, the header, a column or an option'),
	('storage_project', 11, 'power', 'power', 'size, energy or power', 'power_mw', false, NULL, 'power; a bare number is MW'),
	('storage_project', 12, 'cost', 'money_stated', NULL, 'amount', false, NULL, 'cost of the project, with its currency'),
	('storage_project', 13, 'currency', 'currency', NULL, NULL, false, NULL, 'currency of a cost printed without one'),

	('capacity_event', 1, 'plant', 'plant', 'yes', 'plant_id', true, NULL, 'plant'),
	('capacity_event', 2, 'phase', 'text', NULL, 'phase', true, NULL, 'phase of the plant; empty for the whole'),
	('capacity_event', 3, 'event', 'enum', 'yes', 'event', true, ARRAY['announced', 'funded', 'decided', 'construction', 'commissioning', 'operating', 'paused', 'cancelled', 'ownership', 'financing'], 'what happened'),
	('capacity_event', 4, 'happened', 'date', NULL, 'happened', true, NULL, 'day, month or year'),
	('capacity_event', 5, 'is_scheduled', 'boolean', NULL, 'is_scheduled', true, NULL, 'yes where the source promises it for that date'),
	('capacity_event', 6, 'capacity', 'capacity_exact', NULL, 'capacity', false, NULL, 'capacity of the phase a year; a bare number is GWh'),
	('capacity_event', 7, 'maker', 'maker', NULL, 'maker_id', true, NULL, 'new owner, for ownership'),
	('capacity_event', 8, 'share_pct', 'percent_exact', NULL, 'share_pct', false, NULL, 'share acquired, percent'),
	('capacity_event', 9, 'amount', 'money_exact', NULL, 'amount', false, NULL, 'amount, with its currency'),
	('capacity_event', 10, 'currency', 'currency', NULL, NULL, false, NULL, 'currency of an amount printed without one'),

	('control_item', 1, 'control', 'control', 'yes', 'control', true, NULL, 'instrument, by its handle'),
	('control_item', 2, 'item', 'text', 'yes', 'item', true, NULL, 'the item, in few words'),
	('control_item', 3, 'object', 'enum', 'yes', 'object', true, ARRAY['goods', 'technology', 'equipment', 'investment', 'procurement', 'tariff'], 'what is controlled'),
	('control_item', 4, 'stage', 'stage', NULL, 'stage', true, NULL, 'stage of the supply chain'),
	('control_item', 5, 'material', 'text', NULL, 'material', false, NULL, 'material, in lower case'),
	('control_item', 6, 'chemistry', 'chemistry', NULL, 'chemistry', false, NULL, 'chemistry'),
	('control_item', 7, 'description', 'text', NULL, 'description', false, NULL, 'the item in full'),
	('control_item', 8, 'exceptions', 'text', NULL, 'exceptions', false, NULL, 'exceptions for this item'),
	('control_item', 9, 'rate_from_pct', 'percent_exact', NULL, 'rate_from_pct', false, NULL, 'tariff before, percent'),
	('control_item', 10, 'rate_to_pct', 'percent_exact', NULL, 'rate_to_pct', false, NULL, 'tariff after, percent'),
	('control_item', 11, 'thresholds', 'thresholds', NULL, 'thresholds', false, NULL, 'thresholds, separated by semicolons: compaction density ≥ 2.58 g/cm3 at 220 MPa; first efficiency ≥ 97 %'),

	('control_event', 1, 'control', 'control', 'yes', 'control', true, NULL, 'instrument, by its handle'),
	('control_event', 2, 'item', 'text', NULL, 'item', true, NULL, 'item of control_item; empty for all'),
	('control_event', 3, 'event', 'enum', 'yes', 'event', true, ARRAY['announced', 'in_force', 'suspended', 'resumed', 'ends', 'superseded', 'withdrawn'], 'what happened'),
	('control_event', 4, 'event_date', 'date', 'yes', 'event_date', true, NULL, 'day, month or year'),
	('control_event', 5, 'until', 'day', NULL, 'until', false, NULL, 'last day of a suspension, inclusive'),
	('control_event', 6, 'by_control', 'control', NULL, 'by_control', true, NULL, 'instrument that does this'),
	('control_event', 7, 'is_disputed', 'boolean', NULL, 'is_disputed', false, NULL, 'yes where sources contradict one another'),

	('sector_requirement', 1, 'sector', 'sector', 'yes', 'sector', true, NULL, 'sector'),
	('sector_requirement', 2, 'metric', 'word', 'yes', 'metric', true, NULL, 'what is demanded: specific_energy'),
	('sector_requirement', 3, 'wanted', 'enum', 'yes', 'wanted', true, ARRAY['high', 'low', 'required'], 'high, low or required'),
	('sector_requirement', 4, 'value', 'number', NULL, 'value', false, NULL, 'threshold'),
	('sector_requirement', 5, 'unit', 'unit', NULL, 'unit', true, NULL, 'its unit'),

	('sector_chemistry', 1, 'sector', 'sector', 'yes', 'sector', true, NULL, 'sector'),
	('sector_chemistry', 2, 'chemistry', 'chemistry', 'yes', 'chemistry', true, NULL, 'chemistry'),
	('sector_chemistry', 3, 'role', 'enum', NULL, 'role', true, ARRAY['named', 'used', 'developed', 'ruled out'], 'named where it is empty'),
	('sector_chemistry', 4, 'metric', 'word', NULL, 'metric', true, NULL, 'the demand that it is named for'),

	('technology_event', 1, 'technology', 'text', 'yes', 'technology', false, NULL, 'technology'),
	('technology_event', 2, 'event_code', 'code', 'yes', 'event_code', true, NULL, 'name of the event, for parent_event to refer to'),
	('technology_event', 3, 'event', 'enum', 'yes', 'event', false, ARRAY['invention', 'patent', 'licence', 'commercial_launch', 'transfer', 'founding', 'investment', 'grant', 'acquisition', 'settlement', 'bankruptcy', 'closure', 'programme', 'scale_up', 'other'], 'what happened'),
	('technology_event', 4, 'chemistry', 'chemistry', NULL, 'chemistry', false, NULL, 'chemistry'),
	('technology_event', 5, 'happened', 'date', NULL, 'happened', false, NULL, 'day, month or year'),
	('technology_event', 6, 'from_actor', 'text', NULL, 'from_actor', false, NULL, 'who invents, licenses, sells or gives'),
	('technology_event', 7, 'from_country', 'country', NULL, 'from_country', false, NULL, 'country of that actor'),
	('technology_event', 8, 'to_actor', 'text', NULL, 'to_actor', false, NULL, 'who receives'),
	('technology_event', 9, 'to_country', 'country', NULL, 'to_country', false, NULL, 'country of the receiver'),
	('technology_event', 10, 'parent_event', 'code', NULL, 'parent_event', false, NULL, 'event_code of the event that this one follows from'),
	('technology_event', 11, 'is_exclusive', 'boolean', NULL, 'is_exclusive', false, NULL, 'whether a licence is exclusive'),
	('technology_event', 12, 'may_sublicense', 'boolean', NULL, 'may_sublicense', false, NULL, 'whether the licensee may sublicense'),
	('technology_event', 13, 'patented_in', 'countries', NULL, 'patented_in', false, NULL, 'countries where it was patented, separated by semicolons'),
	('technology_event', 14, 'not_patented_in', 'countries', NULL, 'not_patented_in', false, NULL, 'countries where a source says it was not'),
	('technology_event', 15, 'approver', 'text', NULL, 'approver', false, NULL, 'authority that had to approve'),

	('public_support', 1, 'giver', 'text', 'yes', 'giver', true, NULL, 'who gives'),
	('public_support', 2, 'giver_country', 'country', NULL, 'giver_country', false, NULL, 'country of the giver'),
	('public_support', 3, 'receiver', 'text', NULL, 'receiver', true, NULL, 'who receives, as printed'),
	('public_support', 4, 'maker', 'maker', NULL, 'maker_id', false, NULL, 'receiver, where it is a maker'),
	('public_support', 5, 'programme', 'text', NULL, 'programme', true, NULL, 'programme or act'),
	('public_support', 6, 'instrument', 'enum', NULL, 'instrument', false, ARRAY['grant', 'loan', 'tax credit', 'subsidy', 'capital injection', 'research programme', 'procurement', 'other'], 'instrument'),
	('public_support', 7, 'continuity', 'enum', NULL, 'continuity', false, ARRAY['one-off', 'sustained'], 'one-off or sustained'),
	('public_support', 8, 'chemistry', 'chemistry', NULL, 'chemistry', false, NULL, 'chemistry that it was for'),
	('public_support', 9, 'amount', 'money', 'yes', 'amount', false, NULL, 'amount, with its currency'),
	('public_support', 10, 'currency', 'currency', NULL, NULL, false, NULL, 'currency of an amount printed without one'),

	('product_specification', 1, 'product', 'text', 'yes', 'product', true, NULL, 'product'),
	('product_specification', 2, 'maker', 'maker', NULL, 'maker_id', true, NULL, 'maker'),
	('product_specification', 3, 'chemistry', 'chemistry', NULL, 'chemistry', false, NULL, 'chemistry'),
	('product_specification', 4, 'metric', 'word', 'yes', 'metric', true, NULL, 'property: specific_energy'),
	('product_specification', 5, 'value', 'number', 'yes', 'value', false, NULL, 'value'),
	('product_specification', 6, 'unit', 'unit', NULL, 'unit', false, NULL, 'its unit'),

	('stated_figure', 1, 'figure', 'text', 'yes', 'figure', true, NULL, 'name of the figure: TCIP-019'),
	('stated_figure', 2, 'subject', 'text', 'yes', 'subject', false, NULL, 'what it is about, in words'),
	('stated_figure', 3, 'maker', 'maker', NULL, 'maker_id', false, NULL, 'maker it is about'),
	('stated_figure', 4, 'country', 'country', NULL, 'country', false, NULL, 'country it is about'),
	('stated_figure', 5, 'chemistry', 'chemistry', NULL, 'chemistry', false, NULL, 'chemistry it is about'),
	('stated_figure', 6, 'value', 'statement', 'yes', 'value', false, NULL, 'value; money with its currency'),
	('stated_figure', 7, 'unit', 'unit', NULL, 'unit', true, NULL, 'unit: %, GWh, USD, people'),
	('stated_figure', 8, 'part', 'number_exact', NULL, 'part', false, NULL, 'x in "x of y"'),
	('stated_figure', 9, 'whole', 'number_exact', NULL, 'whole', false, NULL, 'y in "x of y"'),
	('stated_figure', 10, 'currency', 'currency', NULL, NULL, false, NULL, 'currency of an amount'),
	('stated_figure', 11, 'price_year', 'integer', NULL, 'price_year', false, NULL, 'year whose money a real amount is in'),

	('stated_curve', 1, 'chemistry', 'chemistry', NULL, 'chemistry', true, NULL, 'chemistry'),
	('stated_curve', 2, 'doubling_of', 'enum', NULL, 'doubling_of', true, ARRAY['energy', 'units'], 'what doubles: energy (kWh, GWh), also where it is empty, or units (cells, packs)'),
	('stated_curve', 3, 'learning_rate', 'percent', 'yes', 'learning_rate_pct', false, NULL, 'fall of the price with each doubling, percent'),

	('exchange_rate', 1, 'currency', 'currency', 'yes', 'currency', true, NULL, 'currency, ISO 4217'),
	('exchange_rate', 2, 'units_per_usd', 'number_exact', 'yes', 'units_per_usd', false, NULL, 'units of it that one US$ buys'),
	('exchange_rate', 3, 'rate_kind', 'enum', 'yes', 'rate_kind', true, ARRAY['spot', 'average', 'implied'], 'spot, average or implied'),

	('price_index', 1, 'index_name', 'text', 'yes', 'index_name', true, NULL, 'name of the index'),
	('price_index', 2, 'country', 'country', 'yes', 'country', false, NULL, 'country whose prices it measures'),
	('price_index', 3, 'value', 'number_exact', 'yes', 'value', false, NULL, 'value'),
	('price_index', 4, 'base_as_printed', 'text', NULL, 'base_as_printed', false, NULL, 'base as printed: 2017 = 100'),

	('publisher', 1, 'publisher', 'text', 'yes', 'publisher', true, NULL, 'short name'),
	('publisher', 2, 'name', 'text', NULL, 'name', false, NULL, 'full name'),
	('publisher', 3, 'country', 'country', NULL, 'country', false, NULL, 'country'),
	('publisher', 4, 'url', 'text', NULL, 'url', false, NULL, 'home page'),
	('publisher', 5, 'notes', 'text', NULL, 'notes', false, NULL, 'remarks'),

	('source', 1, 'source', 'code', 'yes', 'source', true, NULL, 'handle: sne-2024-02'),
	('source', 2, 'publisher', 'publisher', 'yes', 'publisher', false, NULL, 'publisher, a known one'),
	('source', 3, 'title', 'text', NULL, 'title', false, NULL, 'title of the report'),
	('source', 4, 'edition', 'text', 'yes', 'edition', false, NULL, 'edition as the publisher names it'),
	('source', 5, 'published', 'date', 'yes', 'published', false, NULL, 'day, month or year of publication'),
	('source', 6, 'licence', 'text', NULL, 'licence', false, NULL, 'licence'),
	('source', 7, 'url', 'text', NULL, 'url', false, NULL, 'where it was read'),
	('source', 8, 'checksum', 'text', NULL, 'checksum', false, NULL, 'SHA-256 of the document'),
	('source', 9, 'options', 'options', NULL, 'options', false, NULL, 'options of the loader for its files, a JSON object'),
	('source', 10, 'notes', 'text', NULL, 'notes', false, NULL, 'remarks'),

	('country_alias', 1, 'alias', 'text', 'yes', 'alias', true, NULL, 'name as printed'),
	('country_alias', 2, 'country', 'country', 'yes', 'country', false, NULL, 'country'),

	('maker', 1, 'maker', 'text', 'yes', 'maker', true, NULL, 'short name'),
	('maker', 2, 'name', 'text', 'yes', 'name', false, NULL, 'full name'),
	('maker', 3, 'country', 'country', NULL, 'country', false, NULL, 'country of the headquarters'),
	('maker', 4, 'kind', 'enum', NULL, 'kind', false, ARRAY['company', 'joint_venture', 'group', 'institution'], 'company where it is empty'),
	('maker', 5, 'notes', 'text', NULL, 'notes', false, NULL, 'remarks'),

	('maker_alias', 1, 'alias', 'text', 'yes', 'alias', true, NULL, 'name as printed'),
	('maker_alias', 2, 'maker', 'maker', 'yes', 'maker_id', true, NULL, 'maker that is meant'),
	('maker_alias', 3, 'valid', 'days', NULL, 'valid', true, NULL, 'days on which it is meant, FIRST/LAST, either may be empty; always where it is empty'),
	('maker_alias', 4, 'language', 'text', NULL, 'language', false, NULL, 'language, ISO 639'),
	('maker_alias', 5, 'is_misprint', 'boolean', NULL, 'is_misprint', false, NULL, 'yes where the report is mistaken'),
	('maker_alias', 6, 'notes', 'text', NULL, 'notes', false, NULL, 'remarks'),

	('maker_parent', 1, 'maker', 'maker', 'yes', 'maker_id', true, NULL, 'the maker that is controlled'),
	('maker_parent', 2, 'parent', 'maker', 'yes', 'parent_id', true, NULL, 'the maker or group that controls it'),
	('maker_parent', 3, 'share_pct', 'percent_exact', NULL, 'share_pct', false, NULL, 'share owned, percent'),
	('maker_parent', 4, 'valid', 'days', NULL, 'valid', true, NULL, 'days on which this holds, FIRST/LAST'),
	('maker_parent', 5, 'locator', 'text', NULL, 'locator', false, NULL, 'page, footnote or table'),
	('maker_parent', 6, 'notes', 'text', NULL, 'notes', false, NULL, 'remarks'),

	('joint_venture_member', 1, 'venture', 'maker', 'yes', 'venture_id', true, NULL, 'the joint venture'),
	('joint_venture_member', 2, 'member', 'maker', 'yes', 'member_id', true, NULL, 'the member'),
	('joint_venture_member', 3, 'share_pct', 'percent_exact', NULL, 'share_pct', false, NULL, 'share owned, percent'),
	('joint_venture_member', 4, 'valid', 'days', NULL, 'valid', true, NULL, 'days on which this holds, FIRST/LAST'),
	('joint_venture_member', 5, 'locator', 'text', NULL, 'locator', false, NULL, 'page, footnote or table'),
	('joint_venture_member', 6, 'notes', 'text', NULL, 'notes', false, NULL, 'remarks'),

	('plant', 1, 'plant', 'text', 'yes', 'plant', true, NULL, 'name of the plant'),
	('plant', 2, 'maker', 'maker', NULL, 'maker_id', false, NULL, 'maker that founded it'),
	('plant', 3, 'country', 'country', NULL, 'country', false, NULL, 'country of the site'),
	('plant', 4, 'place', 'text', NULL, 'place', false, NULL, 'town or region'),
	('plant', 5, 'stage', 'stage', NULL, 'stage', false, NULL, 'stage of the supply chain; cell where it is empty'),
	('plant', 6, 'chemistry', 'chemistry', NULL, 'chemistry', false, NULL, 'chemistry it makes'),
	('plant', 7, 'also_printed', 'texts', NULL, 'also_printed', false, NULL, 'other names, separated by semicolons'),
	('plant', 8, 'notes', 'text', NULL, 'notes', false, NULL, 'remarks'),

	('sector', 1, 'sector', 'word', 'yes', 'sector', true, NULL, 'sector, in lower case: grid'),
	('sector', 2, 'name', 'text', 'yes', 'name', false, NULL, 'name for people'),
	('sector', 3, 'notes', 'text', NULL, 'notes', false, NULL, 'remarks'),

	('code_list', 1, 'list', 'text', 'yes', 'list', true, NULL, 'name of the list: that of a source or publisher, or one that the option codes of a source names'),
	('code_list', 2, 'field', 'enum', 'yes', 'field', true, ARRAY['chemistry', 'country', 'status'], 'what the code is of'),
	('code_list', 3, 'code', 'verbatim', 'yes', 'code', true, NULL, 'code or word as printed'),
	('code_list', 4, 'meaning', 'verbatim', NULL, 'meaning', false, NULL, 'chemistry, country code or row kind, or status; empty for a code of no chemistry or country that is known here'),
	('code_list', 5, 'note', 'text', NULL, 'note', false, NULL, 'the meaning in the words of whoever made the list'),

	('export_control', 1, 'control', 'code', 'yes', 'control', true, NULL, 'handle of the instrument'),
	('export_control', 2, 'issuer_country', 'country', 'yes', 'issuer_country', false, NULL, 'country that issues it'),
	('export_control', 3, 'issuer', 'text', NULL, 'issuer', false, NULL, 'authority'),
	('export_control', 4, 'reference', 'text', 'yes', 'reference', false, NULL, 'number or title of the announcement'),
	('export_control', 5, 'instrument', 'enum', 'yes', 'instrument', false, ARRAY['licence', 'ban', 'tariff', 'procurement_ban', 'end_use_check', 'investment_review', 'suspension', 'other'], 'instrument'),
	('export_control', 6, 'target_country', 'country', NULL, 'target_country', false, NULL, 'country it is aimed at; empty means all'),
	('export_control', 7, 'legal_status', 'enum', NULL, 'legal_status', false, ARRAY['issued', 'draft', 'bill'], 'issued where it is empty'),
	('export_control', 8, 'amends', 'code', NULL, 'amends', false, NULL, 'instrument that it amends'),
	('export_control', 9, 'superseded_by', 'code', NULL, 'superseded_by', false, NULL, 'instrument that replaced it'),
	('export_control', 10, 'exceptions', 'text', NULL, 'exceptions', false, NULL, 'exceptions of the whole'),
	('export_control', 11, 'locator', 'text', NULL, 'locator', false, NULL, 'page, footnote or table'),
	('export_control', 12, 'notes', 'text', NULL, 'notes', false, NULL, 'remarks')) AS o (kind, position, column_name, reads, required, target, is_key, allowed, meaning)
JOIN industry.layout l ON l.kind = o.kind;

-- units of bare numbers; NULL where a unit must be stated
UPDATE industry.layout_field f SET unit = u.unit
FROM (VALUES
	('capacity', 'capacity', 'GWh'), ('expansion', 'capacity', 'GWh'), ('capacity_event', 'capacity', 'GWh'), ('maker_share', 'amount', 'GWh'),
	('storage_project', 'power', 'MW'), ('price', 'cost', 'USD/kWh'), ('expansion', 'owned_pct', '%'), ('capacity_event', 'share_pct', '%'),
	('stated_curve', 'learning_rate', '%'),
	('control_item', 'rate_from_pct', '%'), ('control_item', 'rate_to_pct', '%'), ('maker_parent', 'share_pct', '%'),
	('joint_venture_member', 'share_pct', '%')) AS u (kind, column_name, unit)
WHERE f.kind = u.kind AND f.column_name = u.column_name AND f.is_shipped;

-- where qualifier and missing reason of a figure go: the fact's own columns for
-- its measure, prefixed ones for a second measure
UPDATE industry.layout_field f SET prefix = p.prefix
FROM (VALUES
	('capacity', 'capacity', ''), ('expansion', 'capacity', ''), ('price', 'cost', ''), ('maker_share', 'amount', ''),
	('country_share', 'amount', ''), ('storage_project', 'size', ''), ('storage_project', 'energy', ''), ('sector_requirement', 'value', ''),
	('public_support', 'amount', ''), ('product_specification', 'value', ''), ('stated_figure', 'value', ''),
	('stated_curve', 'learning_rate', ''), ('maker_share', 'share', 'share_'), ('country_share', 'share', 'share_'), ('expansion', 'investment', 'investment_'),
	('storage_project', 'power', 'power_'), ('control_event', 'event_date', 'event_precision')) AS p (kind, column_name, prefix)
WHERE f.kind = p.kind AND f.column_name = p.column_name AND f.is_shipped;

-- what a column of the table holds where the file says nothing
UPDATE industry.layout_field f SET default_value = d.expression
FROM (VALUES
	('capacity_event', 'phase', $$''$$), ('capacity_event', 'is_scheduled', 'false'), ('control_event', 'is_disputed', 'false'),
	('maker_alias', 'is_misprint', 'false'), ('sector_chemistry', 'role', $$'named'$$), ('control_item', 'thresholds', $$'[]'::jsonb$$),
	('maker', 'kind', $$'company'$$), ('stated_curve', 'doubling_of', $$'energy'$$), ('export_control', 'legal_status', $$'issued'$$), ('plant', 'stage', $$'cell'$$),
	('plant', 'also_printed', $$'{}'::text[]$$), ('technology_event', 'patented_in', $$'{}'::text[]$$),
	('technology_event', 'not_patented_in', $$'{}'::text[]$$), ('source', 'options', $$'{}'::jsonb$$),
	('maker_alias', 'valid', $$'(,)'::daterange$$), ('maker_parent', 'valid', $$'(,)'::daterange$$),
	('joint_venture_member', 'valid', $$'(,)'::daterange$$)) AS d (kind, column_name, expression)
WHERE f.kind = d.kind AND f.column_name = d.column_name AND f.is_shipped;

-- other header names, under their header_key
UPDATE industry.layout_field f SET also_called = a.names
FROM (VALUES
	('storage_project', 'project', '{project_name, plant_name}'::text[]),
	('storage_project', 'unit_id', '{generator, generator_id, unit_no, unit_no., unit_nr, unit_nr., unit_number, "unit_#"}'),
	('control_event', 'control', '{instrument}'), ('control_event', 'event_date', '{date}'), ('control_item', 'control', '{instrument}'),
	('maker_share', 'maker', '{company, manufacturer}'), ('expansion', 'maker', '{company, manufacturer}'),
	-- a kind that keeps the unit knows it by the names that all kinds know it by
	('country_share', 'unit', (SELECT c.also_called FROM industry.layout_common c WHERE c.column_name = 'unit')),
	('sector_requirement', 'unit', (SELECT c.also_called FROM industry.layout_common c WHERE c.column_name = 'unit')),
	('product_specification', 'unit', (SELECT c.also_called FROM industry.layout_common c WHERE c.column_name = 'unit')),
	('stated_figure', 'unit', (SELECT c.also_called FROM industry.layout_common c WHERE c.column_name = 'unit'))) AS a (kind, column_name, names)
WHERE f.kind = a.kind AND f.column_name = a.column_name AND f.is_shipped;

CREATE OR REPLACE VIEW industry.layout_column AS
SELECT f.kind, f.position, f.column_name, f.reads, f.required, f.part, f.target, f.is_key, f.allowed, f.meaning,
	   f.unit, f.prefix, f.default_value, f.also_called
FROM industry.layout_field f
UNION ALL
SELECT l.kind, c.position, c.column_name, c.reads, CASE WHEN c.column_name = ANY (l.needs) THEN 'yes' END, c.part,
	   CASE WHEN c.column_name = 'note' THEN 'notes' ELSE c.column_name END, false, c.allowed, c.meaning, NULL, NULL, NULL, c.also_called
FROM industry.layout l
CROSS JOIN industry.layout_common c
WHERE l.fact_table IS NOT NULL
  AND (c.part <> 'series' OR c.column_name = ANY (l.series_columns))
  AND (c.part <> 'figure' OR EXISTS (SELECT FROM industry.layout_field f JOIN industry.layout_reader r ON r.reads = f.reads
									 WHERE f.kind = l.kind AND r.source = 'figure'))
  AND NOT EXISTS (SELECT FROM industry.layout_field f WHERE f.kind = l.kind AND f.column_name = c.column_name);
COMMENT ON VIEW industry.layout_column IS 'columns that a file of a kind may have, in any order; the loader reads files by it. Columns that are not listed are kept as notes';
COMMENT ON COLUMN industry.layout_column.kind IS 'kind of file';
COMMENT ON COLUMN industry.layout_column.position IS 'order in which the documentation lists them';
COMMENT ON COLUMN industry.layout_column.column_name IS 'name in the header; case, blanks and underscores do not matter';
COMMENT ON COLUMN industry.layout_column.reads IS 'how its text is read, a row of layout_reader: capacity, percent, money, cost, number, period, date and so on';
COMMENT ON COLUMN industry.layout_column.required IS 'yes, or the columns of which at least one must be there; NULL where it may be missing';
COMMENT ON COLUMN industry.layout_column.part IS 'own: of the fact; series, set: of its series and statement set; fact: what every fact has; figure: about the figures of the row; reference: of a reference table';
COMMENT ON COLUMN industry.layout_column.target IS 'column of the table that it goes to; layout_fill says which others its reader fills';
COMMENT ON COLUMN industry.layout_column.is_key IS 'whether it is part of what makes a row one statement';
COMMENT ON COLUMN industry.layout_column.allowed IS 'words that it takes; NULL where it takes more';
COMMENT ON COLUMN industry.layout_column.meaning IS 'meaning, unit and what an empty cell means';
COMMENT ON COLUMN industry.layout_column.unit IS 'unit of a bare number of a figure; NULL where a unit must be stated, or it is no figure';
COMMENT ON COLUMN industry.layout_column.prefix IS 'prefix of the columns that take qualifier and missing reason of a figure: empty for the fact''s own, NULL where there are none';
COMMENT ON COLUMN industry.layout_column.default_value IS 'expression for what the column holds where the file says nothing; NULL means NULL';
COMMENT ON COLUMN industry.layout_column.also_called IS 'other header names that are read as this column, where the file has no column of its own name';
