/*
 * Facts.  What every table of facts has stands in a template.
 */

CREATE SEQUENCE industry.fact_id_seq AS bigint;
COMMENT ON SEQUENCE industry.fact_id_seq IS 'numbers the facts of all tables, so that a number names one figure';

CREATE TEMPORARY TABLE fact (
	fact_id bigint NOT NULL DEFAULT nextval('industry.fact_id_seq'),
	set_id bigint NOT NULL,
	source_id integer NOT NULL,
	line_number integer CONSTRAINT line_number_positive CHECK (line_number > 0),
	locator text,
	subject_as_printed text,
	as_printed text NOT NULL,
	row_kind text NOT NULL DEFAULT 'member'
		CONSTRAINT row_kind_known CHECK (row_kind IN ('member', 'subtotal', 'remainder', 'stated_total', 'derived')),
	statement_number smallint NOT NULL DEFAULT 1 CONSTRAINT statement_number_positive CHECK (statement_number > 0),
	qualifier text DEFAULT '='
		CONSTRAINT qualifier_known CHECK (qualifier IN ('=', '<', '≤', '>', '≥', '~', 'nearly', 'range')),
	missing_reason text
		CONSTRAINT missing_reason_known CHECK (missing_reason IN ('withheld', 'not available', 'not applicable', 'not stated',
			'not a number', 'conflict', 'lost', 'confidential')),
	statement_kind text
		CONSTRAINT statement_kind_known CHECK (statement_kind IN ('measured', 'estimated', 'forecast', 'target', 'claimed', 'derived')),
	notes jsonb CONSTRAINT notes_object CHECK (jsonb_typeof(notes) = 'object'),
	edition_part text,
	load_id bigint
) ON COMMIT DROP;
COMMENT ON COLUMN fact.fact_id IS 'number of the fact, unique among all tables of facts';
COMMENT ON COLUMN fact.set_id IS 'statement set that it belongs to';
COMMENT ON COLUMN fact.source_id IS 'source that states it, the same as the set''s';
COMMENT ON COLUMN fact.line_number IS 'line of the file that it was loaded from';
COMMENT ON COLUMN fact.locator IS 'page, footnote, table or headline in the source';
COMMENT ON COLUMN fact.subject_as_printed IS 'name of what the figure is about, as printed';
COMMENT ON COLUMN fact.as_printed IS 'the figure, or the statement, as printed';
COMMENT ON COLUMN fact.row_kind IS 'member; subtotal of some members; remainder (others); stated_total, a denominator and never a member; derived: computed in the report from its other figures';
COMMENT ON COLUMN fact.statement_number IS '1, or 2, 3, ... where one source states the same thing more than once and differently; all of them are kept';
COMMENT ON COLUMN fact.qualifier IS 'how the value is meant: = exact as printed; < and ≤ below, up to; > and ≥ above, at least; ~ about; nearly (a little below); range (from low to high). NULL where nothing is stated';
COMMENT ON COLUMN fact.missing_reason IS 'why there is no value: withheld, not available, not applicable, not stated, not a number (tens of thousands), conflict (several candidates, the least and greatest in low and high), confidential (by the flag of a statistical office), lost (printed, but not in the text at hand); NULL where there is one';
COMMENT ON COLUMN fact.statement_kind IS 'measured, estimated, forecast, target, claimed or derived, where the source says or shows it';
COMMENT ON COLUMN fact.notes IS 'further columns of the loaded row, by their header names, and remarks under the key "note"';
COMMENT ON COLUMN fact.edition_part IS 'part of the edition that states it, where the edition comes in several files or sheets; of one set all rows have one or none has';
COMMENT ON COLUMN fact.load_id IS 'load whose file states it, where that is not its set''s: a row of another part, or of the load that was driven again; 0 where it was entered by hand';

CREATE TABLE industry.capacity_observation (
	LIKE pg_temp.fact INCLUDING ALL,
	maker_id integer REFERENCES industry.maker,
	plant_id integer REFERENCES industry.plant,
	country text CHECK (country ~ '^[A-Z]{2}$'),
	chemistry chemistry,
	capacity capacity_gwh CHECK (capacity >= '0'),
	capacity_low capacity_gwh CHECK (capacity_low >= '0'),
	capacity_high capacity_gwh CHECK (capacity_high >= capacity_low),
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK (industry.is_consistent(qualifier, missing_reason, capacity IS NOT NULL, capacity_low IS NOT NULL, capacity_high IS NOT NULL))
);
CREATE UNIQUE INDEX capacity_observation_once ON industry.capacity_observation
	(set_id, maker_id, plant_id, statement_number, country, chemistry,
	 (CASE WHEN row_kind = 'member' AND num_nonnulls(maker_id, plant_id, country) > 0 THEN NULL ELSE row_kind || ': ' || coalesce(edition_part || ': ', '') || coalesce(subject_as_printed, '') END)) NULLS NOT DISTINCT;
CREATE INDEX capacity_observation_maker ON industry.capacity_observation (maker_id);
CREATE INDEX capacity_observation_plant ON industry.capacity_observation (plant_id);
COMMENT ON TABLE industry.capacity_observation IS 'energy capacities as stated: of plants, makers, countries or the world, on the basis that the series names';
COMMENT ON COLUMN industry.capacity_observation.maker_id IS 'maker, where it is a maker''s';
COMMENT ON COLUMN industry.capacity_observation.plant_id IS 'plant, where it is a plant''s';
COMMENT ON COLUMN industry.capacity_observation.country IS 'country, ISO 3166-1 alpha-2, on the country basis of the series';
COMMENT ON COLUMN industry.capacity_observation.chemistry IS 'chemistry, where stated';
COMMENT ON COLUMN industry.capacity_observation.capacity IS 'capacity, GWh (GWh a year where the series'' basis is nameplate_per_year)';
COMMENT ON COLUMN industry.capacity_observation.capacity_low IS 'lower end of a stated range, GWh';
COMMENT ON COLUMN industry.capacity_observation.capacity_high IS 'upper end of a stated range, GWh';

CREATE TABLE industry.expansion (
	LIKE pg_temp.fact INCLUDING ALL,
	maker_id integer REFERENCES industry.maker,
	plant_id integer REFERENCES industry.plant,
	site text,
	phase text CHECK (phase <> ''),
	country text CHECK (country ~ '^[A-Z]{2}$'),
	chemistry chemistry,
	status text CHECK (status IN ('announced', 'funded', 'decided', 'construction', 'commissioning', 'operating', 'paused',
		'cancelled', 'in doubt')),
	announced date,
	announced_precision text CHECK (announced_precision IN ('day', 'month', 'year')),
	capacity capacity_gwh CHECK (capacity >= '0'),
	capacity_low capacity_gwh CHECK (capacity_low >= '0'),
	capacity_high capacity_gwh CHECK (capacity_high >= capacity_low),
	investment_as_printed text,
	investment_qualifier text CHECK (investment_qualifier IN ('=', '<', '≤', '>', '≥', '~', 'nearly', 'range')),
	investment_missing_reason text CHECK (investment_missing_reason IN ('withheld', 'not available', 'not applicable',
		'not stated', 'not a number', 'conflict', 'lost', 'confidential')),
	investment numeric CHECK (investment >= 0 AND investment < 'Infinity'),
	investment_low numeric CHECK (investment_low >= 0 AND investment_low < 'Infinity'),
	investment_high numeric CHECK (investment_high >= investment_low AND investment_high < 'Infinity'),
	currency text CHECK (currency ~ '^[A-Z]{3}$'),
	investment_usd_stated numeric CHECK (investment_usd_stated >= 0 AND investment_usd_stated < 'Infinity'),
	owned_pct numeric CHECK (owned_pct > 0 AND owned_pct <= 100),
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK ((announced IS NULL) = (announced_precision IS NULL)),
	CHECK (industry.is_consistent(qualifier, missing_reason, capacity IS NOT NULL, capacity_low IS NOT NULL, capacity_high IS NOT NULL)),
	CHECK (industry.is_consistent(investment_qualifier, investment_missing_reason, investment IS NOT NULL, investment_low IS NOT NULL, investment_high IS NOT NULL)),
	CHECK ((num_nonnulls(investment, investment_low, investment_high) > 0) = (currency IS NOT NULL))
);
CREATE UNIQUE INDEX expansion_once ON industry.expansion
	(set_id, maker_id, plant_id, statement_number, site, phase, chemistry,
	 (CASE WHEN row_kind = 'member' THEN NULL ELSE row_kind || ': ' || coalesce(edition_part || ': ', '') || coalesce(subject_as_printed, '') END)) NULLS NOT DISTINCT;
CREATE INDEX expansion_maker ON industry.expansion (maker_id);
CREATE INDEX expansion_plant ON industry.expansion (plant_id);
COMMENT ON TABLE industry.expansion IS 'announced additions of plant capacity and what they cost';
COMMENT ON COLUMN industry.expansion.maker_id IS 'maker that builds';
COMMENT ON COLUMN industry.expansion.plant_id IS 'plant, where known';
COMMENT ON COLUMN industry.expansion.site IS 'site, as printed';
COMMENT ON COLUMN industry.expansion.phase IS 'phase of the site, as printed; phases are rows of their own';
COMMENT ON COLUMN industry.expansion.country IS 'country of the site, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.expansion.chemistry IS 'chemistry, where stated';
COMMENT ON COLUMN industry.expansion.status IS 'status as the source has it: announced, funded, decided (final investment decision), construction, commissioning, operating, paused, cancelled, in doubt';
COMMENT ON COLUMN industry.expansion.announced IS 'day of the announcement, which dates the exchange rate; the first day of the month or year where only that is known';
COMMENT ON COLUMN industry.expansion.announced_precision IS 'how well that date is known: day, month or year';
COMMENT ON COLUMN industry.expansion.capacity IS 'added capacity, GWh a year';
COMMENT ON COLUMN industry.expansion.capacity_low IS 'lower end of a stated range, GWh a year';
COMMENT ON COLUMN industry.expansion.capacity_high IS 'upper end of a stated range, GWh a year';
COMMENT ON COLUMN industry.expansion.investment_as_printed IS 'the investment as printed';
COMMENT ON COLUMN industry.expansion.investment_qualifier IS 'how the investment is meant, as qualifier';
COMMENT ON COLUMN industry.expansion.investment_missing_reason IS 'why there is no investment, as missing_reason';
COMMENT ON COLUMN industry.expansion.investment IS 'investment in units of currency (not thousands, not millions)';
COMMENT ON COLUMN industry.expansion.investment_low IS 'lower end of a stated range, in units of currency';
COMMENT ON COLUMN industry.expansion.investment_high IS 'upper end of a stated range, in units of currency';
COMMENT ON COLUMN industry.expansion.currency IS 'currency of the investment, ISO 4217';
COMMENT ON COLUMN industry.expansion.investment_usd_stated IS 'US$ that the source itself states beside another currency';
COMMENT ON COLUMN industry.expansion.owned_pct IS 'share of the plant that the maker owns, percent, where stated';

CREATE TABLE industry.price_observation (
	LIKE pg_temp.fact INCLUDING ALL,
	maker_id integer REFERENCES industry.maker,
	plant_id integer REFERENCES industry.plant,
	site text,
	country text CHECK (country ~ '^[A-Z]{2}$'),
	chemistry chemistry,
	status text,
	cost cost_per_gwh CHECK (cost >= '0'),
	cost_low cost_per_gwh CHECK (cost_low >= '0'),
	cost_high cost_per_gwh CHECK (cost_high >= cost_low),
	amount_per_kwh numeric CHECK (amount_per_kwh >= 0 AND amount_per_kwh < 'Infinity'),
	amount_per_kwh_low numeric CHECK (amount_per_kwh_low >= 0 AND amount_per_kwh_low < 'Infinity'),
	amount_per_kwh_high numeric CHECK (amount_per_kwh_high >= amount_per_kwh_low AND amount_per_kwh_high < 'Infinity'),
	currency text CHECK (currency ~ '^[A-Z]{3}$'),
	cost_usd_stated cost_per_gwh CHECK (cost_usd_stated >= '0'),
	lcos_usd_per_kwh_discharged numeric CHECK (lcos_usd_per_kwh_discharged >= 0 AND lcos_usd_per_kwh_discharged < 'Infinity'),
	lcos_low numeric CHECK (lcos_low >= 0 AND lcos_low < 'Infinity'),
	lcos_high numeric CHECK (lcos_high >= lcos_low AND lcos_high < 'Infinity'),
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK ((num_nonnulls(amount_per_kwh, amount_per_kwh_low, amount_per_kwh_high) > 0) = (currency IS NOT NULL)),
	CHECK (currency <> 'USD'),
	-- one of the three groups, so that a figure is in one place
	CHECK ((num_nonnulls(cost, cost_low, cost_high) > 0)::int + (num_nonnulls(amount_per_kwh, amount_per_kwh_low, amount_per_kwh_high) > 0)::int
		+ (num_nonnulls(lcos_usd_per_kwh_discharged, lcos_low, lcos_high) > 0)::int <= 1),
	CHECK (industry.is_consistent(qualifier, missing_reason, num_nonnulls(cost, amount_per_kwh, lcos_usd_per_kwh_discharged) > 0,
		num_nonnulls(cost_low, amount_per_kwh_low, lcos_low) > 0, num_nonnulls(cost_high, amount_per_kwh_high, lcos_high) > 0))
);
CREATE UNIQUE INDEX price_observation_once ON industry.price_observation
	(set_id, maker_id, plant_id, statement_number, site, country, chemistry,
	 (CASE WHEN row_kind = 'member' AND num_nonnulls(maker_id, plant_id, site, country) > 0 THEN NULL ELSE row_kind || ': ' || coalesce(edition_part || ': ', '') || coalesce(subject_as_printed, '') END)) NULLS NOT DISTINCT;
CREATE INDEX price_observation_maker ON industry.price_observation (maker_id);
CREATE INDEX price_observation_plant ON industry.price_observation (plant_id);
COMMENT ON TABLE industry.price_observation IS 'prices and costs per unit of capacity as stated; what they are of, and in which money, is the series'' scope, price_or_cost, money_basis and base_year';
COMMENT ON COLUMN industry.price_observation.maker_id IS 'maker, where it is a maker''s';
COMMENT ON COLUMN industry.price_observation.plant_id IS 'plant, where it is a plant''s';
COMMENT ON COLUMN industry.price_observation.site IS 'site or project, as printed';
COMMENT ON COLUMN industry.price_observation.country IS 'country, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.price_observation.chemistry IS 'chemistry, where stated';
COMMENT ON COLUMN industry.price_observation.status IS 'status of the plant as the source has it, for plant capex';
COMMENT ON COLUMN industry.price_observation.cost IS 'stated in US$: US$ per kWh, the same number as million US$ per GWh';
COMMENT ON COLUMN industry.price_observation.cost_low IS 'lower end of a range stated in US$, US$ per kWh';
COMMENT ON COLUMN industry.price_observation.cost_high IS 'upper end of a range stated in US$, US$ per kWh';
COMMENT ON COLUMN industry.price_observation.amount_per_kwh IS 'stated in another currency: units of currency per kWh; converted when it is read, by a cited rate';
COMMENT ON COLUMN industry.price_observation.amount_per_kwh_low IS 'lower end of a range stated in another currency, per kWh';
COMMENT ON COLUMN industry.price_observation.amount_per_kwh_high IS 'upper end of a range stated in another currency, per kWh';
COMMENT ON COLUMN industry.price_observation.currency IS 'that other currency, ISO 4217';
COMMENT ON COLUMN industry.price_observation.cost_usd_stated IS 'US$ per kWh that the source itself states beside another currency';
COMMENT ON COLUMN industry.price_observation.lcos_usd_per_kwh_discharged IS 'levelised cost of storage, US$ per kWh discharged: not a cost of capacity';
COMMENT ON COLUMN industry.price_observation.lcos_low IS 'lower end of a stated range, US$ per kWh discharged';
COMMENT ON COLUMN industry.price_observation.lcos_high IS 'upper end of a stated range, US$ per kWh discharged';

CREATE TABLE industry.maker_share_observation (
	LIKE pg_temp.fact INCLUDING ALL,
	maker_id integer REFERENCES industry.maker,
	amount capacity_gwh CHECK (amount >= '0'),
	amount_low capacity_gwh CHECK (amount_low >= '0'),
	amount_high capacity_gwh CHECK (amount_high >= amount_low),
	share_as_printed text,
	share_qualifier text CHECK (share_qualifier IN ('=', '<', '≤', '>', '≥', '~', 'nearly', 'range')),
	share_missing_reason text CHECK (share_missing_reason IN ('withheld', 'not available', 'not applicable', 'not stated',
		'not a number', 'conflict', 'lost', 'confidential')),
	share_pct numeric CHECK (share_pct BETWEEN 0 AND 100),
	share_pct_low numeric CHECK (share_pct_low BETWEEN 0 AND 100),
	share_pct_high numeric CHECK (share_pct_high BETWEEN share_pct_low AND 100),
	rank_stated integer CHECK (rank_stated > 0),
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK (row_kind <> 'member' OR maker_id IS NOT NULL),
	CHECK (row_kind = 'member' OR maker_id IS NULL),
	CHECK (industry.is_consistent(qualifier, missing_reason, amount IS NOT NULL, amount_low IS NOT NULL, amount_high IS NOT NULL)),
	CHECK (industry.is_consistent(share_qualifier, share_missing_reason, share_pct IS NOT NULL, share_pct_low IS NOT NULL, share_pct_high IS NOT NULL))
);
CREATE UNIQUE INDEX maker_share_observation_once ON industry.maker_share_observation
	(set_id, maker_id, statement_number,
	 (CASE WHEN row_kind = 'member' THEN NULL ELSE row_kind || ': ' || coalesce(edition_part || ': ', '') || coalesce(subject_as_printed, '') END)) NULLS NOT DISTINCT;
CREATE INDEX maker_share_observation_maker ON industry.maker_share_observation (maker_id);
COMMENT ON TABLE industry.maker_share_observation IS 'what makers installed, shipped or can make in a period, and their shares, as stated';
COMMENT ON COLUMN industry.maker_share_observation.maker_id IS 'maker; NULL for totals, subtotals and remainders';
COMMENT ON COLUMN industry.maker_share_observation.amount IS 'amount on the basis of the series, GWh';
COMMENT ON COLUMN industry.maker_share_observation.amount_low IS 'lower end of a stated range, GWh';
COMMENT ON COLUMN industry.maker_share_observation.amount_high IS 'upper end of a stated range, GWh';
COMMENT ON COLUMN industry.maker_share_observation.share_as_printed IS 'the share as printed';
COMMENT ON COLUMN industry.maker_share_observation.share_qualifier IS 'how the share is meant, as qualifier';
COMMENT ON COLUMN industry.maker_share_observation.share_missing_reason IS 'why there is no share, as missing_reason';
COMMENT ON COLUMN industry.maker_share_observation.share_pct IS 'share as stated, percent';
COMMENT ON COLUMN industry.maker_share_observation.share_pct_low IS 'lower end of a stated range, percent';
COMMENT ON COLUMN industry.maker_share_observation.share_pct_high IS 'upper end of a stated range, percent';
COMMENT ON COLUMN industry.maker_share_observation.rank_stated IS 'rank as stated';

CREATE TABLE industry.country_share_observation (
	LIKE pg_temp.fact INCLUDING ALL,
	country text CHECK (country ~ '^[A-Z]{2}$'),
	chemistry chemistry,
	amount numeric CHECK (amount >= 0 AND amount < 'Infinity'),
	amount_low numeric CHECK (amount_low >= 0 AND amount_low < 'Infinity'),
	amount_high numeric CHECK (amount_high >= amount_low AND amount_high < 'Infinity'),
	unit text CHECK (unit <> ''),
	share_as_printed text,
	share_qualifier text CHECK (share_qualifier IN ('=', '<', '≤', '>', '≥', '~', 'nearly', 'range')),
	share_missing_reason text CHECK (share_missing_reason IN ('withheld', 'not available', 'not applicable', 'not stated',
		'not a number', 'conflict', 'lost', 'confidential')),
	share_pct numeric CHECK (share_pct BETWEEN 0 AND 100),
	share_pct_low numeric CHECK (share_pct_low BETWEEN 0 AND 100),
	share_pct_high numeric CHECK (share_pct_high BETWEEN share_pct_low AND 100),
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK (row_kind <> 'member' OR country IS NOT NULL),
	CHECK (row_kind = 'member' OR country IS NULL),
	CHECK (num_nonnulls(amount, amount_low, amount_high) = 0 OR unit IS NOT NULL),
	CHECK (industry.is_consistent(qualifier, missing_reason, amount IS NOT NULL, amount_low IS NOT NULL, amount_high IS NOT NULL)),
	CHECK (industry.is_consistent(share_qualifier, share_missing_reason, share_pct IS NOT NULL, share_pct_low IS NOT NULL, share_pct_high IS NOT NULL))
);
CREATE UNIQUE INDEX country_share_observation_once ON industry.country_share_observation
	(set_id, country, statement_number, chemistry,
	 (CASE WHEN row_kind = 'member' THEN NULL ELSE row_kind || ': ' || coalesce(edition_part || ': ', '') || coalesce(subject_as_printed, '') END)) NULLS NOT DISTINCT;
CREATE INDEX country_share_observation_country ON industry.country_share_observation (country);
COMMENT ON TABLE industry.country_share_observation IS 'what countries mine, refine or make at a stage of the supply chain, and their shares, as stated';
COMMENT ON COLUMN industry.country_share_observation.country IS 'country, ISO 3166-1 alpha-2, on the country basis of the series; NULL for totals, subtotals and remainders';
COMMENT ON COLUMN industry.country_share_observation.chemistry IS 'chemistry, where the figure is about one';
COMMENT ON COLUMN industry.country_share_observation.amount IS 'amount in unit';
COMMENT ON COLUMN industry.country_share_observation.amount_low IS 'lower end of a stated range, in unit';
COMMENT ON COLUMN industry.country_share_observation.amount_high IS 'upper end of a stated range, in unit';
COMMENT ON COLUMN industry.country_share_observation.unit IS 'unit of the amount: t (tonnes of contained metal or of mineral, as the source counts), GWh';
COMMENT ON COLUMN industry.country_share_observation.share_as_printed IS 'the share as printed';
COMMENT ON COLUMN industry.country_share_observation.share_qualifier IS 'how the share is meant, as qualifier';
COMMENT ON COLUMN industry.country_share_observation.share_missing_reason IS 'why there is no share, as missing_reason';
COMMENT ON COLUMN industry.country_share_observation.share_pct IS 'share as stated, percent';
COMMENT ON COLUMN industry.country_share_observation.share_pct_low IS 'lower end of a stated range, percent';
COMMENT ON COLUMN industry.country_share_observation.share_pct_high IS 'upper end of a stated range, percent';

CREATE TABLE industry.storage_project (
	LIKE pg_temp.fact INCLUDING ALL,
	project text NOT NULL,
	unit_id text CHECK (unit_id <> ''),
	phase text CHECK (phase <> ''),
	maker_id integer REFERENCES industry.maker,
	country text CHECK (country ~ '^[A-Z]{2}$'),
	place text,
	chemistry chemistry,
	status text CHECK (status IN ('announced', 'planned', 'permitted', 'under_construction', 'operating',
		'standby_or_out_of_service', 'retired', 'cancelled', 'unknown')),
	status_as_printed text,
	power_as_printed text,
	power_qualifier text CHECK (power_qualifier IN ('=', '<', '≤', '>', '≥', '~', 'nearly', 'range')),
	power_missing_reason text CHECK (power_missing_reason IN ('withheld', 'not available', 'not applicable', 'not stated',
		'not a number', 'conflict', 'lost', 'confidential')),
	power_mw numeric CHECK (power_mw >= 0 AND power_mw < 'Infinity'),
	power_mw_low numeric CHECK (power_mw_low >= 0 AND power_mw_low < 'Infinity'),
	power_mw_high numeric CHECK (power_mw_high >= power_mw_low AND power_mw_high < 'Infinity'),
	energy capacity_gwh CHECK (energy >= '0'),
	energy_low capacity_gwh CHECK (energy_low >= '0'),
	energy_high capacity_gwh CHECK (energy_high >= energy_low),
	amount numeric CHECK (amount >= 0 AND amount < 'Infinity'),
	currency text CHECK (currency ~ '^[A-Z]{3}$'),
	amount_usd_stated numeric CHECK (amount_usd_stated >= 0 AND amount_usd_stated < 'Infinity'),
	amount_as_printed text,
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK ((amount IS NULL) = (currency IS NULL)),
	CHECK (industry.is_consistent(qualifier, missing_reason, energy IS NOT NULL, energy_low IS NOT NULL, energy_high IS NOT NULL)),
	CHECK (industry.is_consistent(power_qualifier, power_missing_reason, power_mw IS NOT NULL, power_mw_low IS NOT NULL, power_mw_high IS NOT NULL))
);
CREATE UNIQUE INDEX storage_project_once ON industry.storage_project (set_id, project, statement_number, unit_id, phase,
	(CASE WHEN row_kind = 'member' THEN NULL ELSE edition_part END)) NULLS NOT DISTINCT;
CREATE INDEX storage_project_maker ON industry.storage_project (maker_id);
COMMENT ON TABLE industry.storage_project IS 'storage projects: power, energy and cost as stated. Their cost per energy is a system price, never a plant''s capex';
COMMENT ON COLUMN industry.storage_project.project IS 'name of the project';
COMMENT ON COLUMN industry.storage_project.unit_id IS 'generator or unit of the project, as numbered; NULL for the whole';
COMMENT ON COLUMN industry.storage_project.phase IS 'phase of the project, as printed; NULL for the whole';
COMMENT ON COLUMN industry.storage_project.maker_id IS 'maker of the batteries, where stated';
COMMENT ON COLUMN industry.storage_project.country IS 'country of the site, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.storage_project.place IS 'town or region';
COMMENT ON COLUMN industry.storage_project.chemistry IS 'chemistry, where stated';
COMMENT ON COLUMN industry.storage_project.status IS 'announced, planned, permitted, under_construction, operating, standby_or_out_of_service, retired, cancelled, or unknown where the source says so';
COMMENT ON COLUMN industry.storage_project.status_as_printed IS 'status as printed';
COMMENT ON COLUMN industry.storage_project.power_as_printed IS 'the power as printed';
COMMENT ON COLUMN industry.storage_project.power_qualifier IS 'how the power is meant, as qualifier';
COMMENT ON COLUMN industry.storage_project.power_missing_reason IS 'why there is no power, as missing_reason';
COMMENT ON COLUMN industry.storage_project.power_mw IS 'power, MW';
COMMENT ON COLUMN industry.storage_project.power_mw_low IS 'lower end of a stated range, MW';
COMMENT ON COLUMN industry.storage_project.power_mw_high IS 'upper end of a stated range, MW';
COMMENT ON COLUMN industry.storage_project.energy IS 'energy, GWh';
COMMENT ON COLUMN industry.storage_project.energy_low IS 'lower end of a stated range, GWh';
COMMENT ON COLUMN industry.storage_project.energy_high IS 'upper end of a stated range, GWh';
COMMENT ON COLUMN industry.storage_project.amount IS 'cost of the project in units of currency';
COMMENT ON COLUMN industry.storage_project.currency IS 'currency of the cost, ISO 4217';
COMMENT ON COLUMN industry.storage_project.amount_usd_stated IS 'US$ that the source itself states beside another currency';
COMMENT ON COLUMN industry.storage_project.amount_as_printed IS 'the cost as printed';

CREATE TABLE industry.capacity_event (
	LIKE pg_temp.fact INCLUDING ALL,
	plant_id integer NOT NULL REFERENCES industry.plant,
	phase text NOT NULL DEFAULT '',
	event text NOT NULL CHECK (event IN ('announced', 'funded', 'decided', 'construction', 'commissioning', 'operating',
		'paused', 'cancelled', 'ownership', 'financing')),
	happened date,
	happened_precision text CHECK (happened_precision IN ('day', 'month', 'year')),
	is_scheduled boolean NOT NULL DEFAULT false,
	capacity capacity_gwh CHECK (capacity >= '0'),
	maker_id integer REFERENCES industry.maker,
	share_pct numeric CHECK (share_pct > 0 AND share_pct <= 100),
	amount numeric CHECK (amount >= 0 AND amount < 'Infinity'),
	currency text CHECK (currency ~ '^[A-Z]{3}$'),
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK ((happened IS NULL) = (happened_precision IS NULL)),
	CHECK ((amount IS NULL) = (currency IS NULL))
);
CREATE UNIQUE INDEX capacity_event_once ON industry.capacity_event
	(set_id, plant_id, phase, event, is_scheduled, happened, maker_id, statement_number) NULLS NOT DISTINCT;
CREATE INDEX capacity_event_plant ON industry.capacity_event (plant_id);
CREATE INDEX capacity_event_maker ON industry.capacity_event (maker_id);
COMMENT ON TABLE industry.capacity_event IS 'what happened, or was promised, to a plant or a phase of one; every promise is kept, so that slips show';
COMMENT ON COLUMN industry.capacity_event.plant_id IS 'plant';
COMMENT ON COLUMN industry.capacity_event.phase IS 'phase of the plant; empty for the plant as a whole';
COMMENT ON COLUMN industry.capacity_event.event IS 'announced, funded, decided (final investment decision), construction, commissioning, operating, paused, cancelled; ownership (to maker_id), financing (amount)';
COMMENT ON COLUMN industry.capacity_event.happened IS 'day; the first day of the month or year where only that is known';
COMMENT ON COLUMN industry.capacity_event.happened_precision IS 'how well the date is known: day, month or year';
COMMENT ON COLUMN industry.capacity_event.is_scheduled IS 'whether the source promises it for that date; otherwise it reports it';
COMMENT ON COLUMN industry.capacity_event.capacity IS 'capacity of the phase that the event is about, GWh a year';
COMMENT ON COLUMN industry.capacity_event.maker_id IS 'new owner, for ownership; giver or builder otherwise, where stated';
COMMENT ON COLUMN industry.capacity_event.share_pct IS 'share acquired, percent, for ownership';
COMMENT ON COLUMN industry.capacity_event.amount IS 'amount in units of currency';
COMMENT ON COLUMN industry.capacity_event.currency IS 'currency, ISO 4217';

CREATE TABLE industry.control_item (
	LIKE pg_temp.fact INCLUDING ALL,
	control text NOT NULL REFERENCES industry.export_control ON UPDATE CASCADE,
	item text NOT NULL CHECK (item <> ''),
	object text NOT NULL CHECK (object IN ('goods', 'technology', 'equipment', 'investment', 'procurement', 'tariff')),
	stage text REFERENCES industry.stage,
	material text CHECK (material <> ''),
	chemistry chemistry,
	description text,
	exceptions text,
	rate_from_pct numeric CHECK (rate_from_pct >= 0 AND rate_from_pct < 'Infinity'),
	rate_to_pct numeric CHECK (rate_to_pct >= 0 AND rate_to_pct < 'Infinity'),
	thresholds jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(thresholds) = 'array'),
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id)
);
CREATE UNIQUE INDEX control_item_once ON industry.control_item
	(set_id, control, item, object, stage, statement_number) NULLS NOT DISTINCT;
CREATE INDEX control_item_control ON industry.control_item (control);
CREATE INDEX control_item_stage ON industry.control_item (stage);
COMMENT ON TABLE industry.control_item IS 'what an instrument covers: one row an item, and one a stage where an item belongs to several';
COMMENT ON COLUMN industry.control_item.control IS 'instrument';
COMMENT ON COLUMN industry.control_item.item IS 'the item, in few words; control_event refers to it by this name';
COMMENT ON COLUMN industry.control_item.object IS 'what is controlled: goods, technology, equipment, investment, procurement, tariff';
COMMENT ON COLUMN industry.control_item.stage IS 'stage of the supply chain; NULL where it is none of them';
COMMENT ON COLUMN industry.control_item.material IS 'material, in lower case, where the item is one: graphite';
COMMENT ON COLUMN industry.control_item.chemistry IS 'chemistry, where the item is about one';
COMMENT ON COLUMN industry.control_item.description IS 'the item in full';
COMMENT ON COLUMN industry.control_item.exceptions IS 'exceptions for this item';
COMMENT ON COLUMN industry.control_item.rate_from_pct IS 'tariff before, percent';
COMMENT ON COLUMN industry.control_item.rate_to_pct IS 'tariff after, percent';
COMMENT ON COLUMN industry.control_item.thresholds IS 'thresholds of parameters, each {"parameter": "compaction density", "comparison": "≥", "value": 2.58, "unit": "g/cm3", "condition": "at 220 MPa"}; an item is covered when it meets all. industry.control_threshold shows them as rows';

CREATE TABLE industry.control_event (
	LIKE pg_temp.fact INCLUDING ALL,
	control text NOT NULL REFERENCES industry.export_control ON UPDATE CASCADE,
	item text CHECK (item <> ''),
	event text NOT NULL CHECK (event IN ('announced', 'in_force', 'suspended', 'resumed', 'ends', 'superseded', 'withdrawn')),
	event_date date NOT NULL,
	event_precision text NOT NULL DEFAULT 'day' CHECK (event_precision IN ('day', 'month', 'year')),
	until date,
	by_control text REFERENCES industry.export_control ON UPDATE CASCADE,
	is_disputed boolean NOT NULL DEFAULT false,
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK (until IS NULL OR (event = 'suspended' AND until >= event_date))
);
CREATE UNIQUE INDEX control_event_once ON industry.control_event
	(set_id, control, item, event, event_date, by_control, statement_number) NULLS NOT DISTINCT;
CREATE INDEX control_event_control ON industry.control_event (control);
CREATE INDEX control_event_by_control ON industry.control_event (by_control);
COMMENT ON TABLE industry.control_event IS 'when an instrument was announced, came into force, was suspended, resumed, ended or was superseded, as a source states it';
COMMENT ON COLUMN industry.control_event.control IS 'instrument';
COMMENT ON COLUMN industry.control_event.item IS 'item of the instrument that the event is about; NULL means all of them. An event about an item takes the place of the one about all';
COMMENT ON COLUMN industry.control_event.event IS 'announced; in_force from event_date; suspended from event_date until until; resumed from event_date; ends: event_date is the last day in force; superseded or withdrawn from event_date';
COMMENT ON COLUMN industry.control_event.event_date IS 'day; the first day of the month or year where only that is known';
COMMENT ON COLUMN industry.control_event.event_precision IS 'how well the date is known: day, month or year';
COMMENT ON COLUMN industry.control_event.until IS 'last day of a suspension, inclusive; NULL means until further notice. What follows is unknown until a source says it';
COMMENT ON COLUMN industry.control_event.by_control IS 'instrument that does this: the one that suspends, resumes or supersedes';
COMMENT ON COLUMN industry.control_event.is_disputed IS 'whether sources at hand contradict one another about this event; the status that rests on it is shown as conflicting';

CREATE TABLE industry.sector_requirement (
	LIKE pg_temp.fact INCLUDING ALL,
	sector text NOT NULL REFERENCES industry.sector,
	metric text NOT NULL CHECK (metric ~ '^[a-z][a-z0-9_]*$'),
	wanted text NOT NULL CHECK (wanted IN ('high', 'low', 'required')),
	value numeric,
	value_low numeric,
	value_high numeric,
	unit text,
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK (value_low <= value_high),
	CHECK (num_nonnulls(value, value_low, value_high) = 0 OR unit IS NOT NULL),
	CHECK (industry.is_consistent(qualifier, missing_reason, value IS NOT NULL, value_low IS NOT NULL, value_high IS NOT NULL))
);
CREATE UNIQUE INDEX sector_requirement_once ON industry.sector_requirement (set_id, sector, metric, wanted, statement_number, unit) NULLS NOT DISTINCT;
CREATE INDEX sector_requirement_sector ON industry.sector_requirement (sector);
COMMENT ON TABLE industry.sector_requirement IS 'what a sector demands of a battery, as a source states it, with thresholds where it gives them';
COMMENT ON COLUMN industry.sector_requirement.sector IS 'sector';
COMMENT ON COLUMN industry.sector_requirement.metric IS 'what is demanded, in lower case: specific_energy, energy_density, specific_power, service_life, cost, safety';
COMMENT ON COLUMN industry.sector_requirement.wanted IS 'high, low, or required (there is no more or less of it)';
COMMENT ON COLUMN industry.sector_requirement.value IS 'threshold, in unit';
COMMENT ON COLUMN industry.sector_requirement.value_low IS 'lower end of a range, in unit';
COMMENT ON COLUMN industry.sector_requirement.value_high IS 'upper end of a range, in unit';
COMMENT ON COLUMN industry.sector_requirement.unit IS 'unit of the threshold: Wh/kg, years, cycles/year, °C';

CREATE TABLE industry.sector_chemistry (
	LIKE pg_temp.fact INCLUDING ALL,
	sector text NOT NULL REFERENCES industry.sector,
	chemistry chemistry NOT NULL,
	role text NOT NULL DEFAULT 'named' CHECK (role IN ('named', 'used', 'developed', 'ruled out')),
	metric text CHECK (metric ~ '^[a-z][a-z0-9_]*$'),
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id)
);
CREATE UNIQUE INDEX sector_chemistry_once ON industry.sector_chemistry (set_id, sector, chemistry, role, metric, statement_number) NULLS NOT DISTINCT;
CREATE INDEX sector_chemistry_sector ON industry.sector_chemistry (sector);
COMMENT ON TABLE industry.sector_chemistry IS 'chemistries that a source names for a sector';
COMMENT ON COLUMN industry.sector_chemistry.sector IS 'sector';
COMMENT ON COLUMN industry.sector_chemistry.chemistry IS 'chemistry';
COMMENT ON COLUMN industry.sector_chemistry.role IS 'named; used today; developed for it; ruled out';
COMMENT ON COLUMN industry.sector_chemistry.metric IS 'the demand that it is named for, as in sector_requirement, where the source says';

CREATE TABLE industry.technology_event (
	LIKE pg_temp.fact INCLUDING ALL,
	technology text NOT NULL CHECK (technology <> ''),
	event_code text NOT NULL CHECK (event_code ~ '^[A-Za-z0-9][A-Za-z0-9._:/-]*$'),
	event text NOT NULL CHECK (event IN ('invention', 'patent', 'licence', 'commercial_launch', 'transfer', 'founding',
		'investment', 'grant', 'acquisition', 'settlement', 'bankruptcy', 'closure', 'programme', 'scale_up', 'other')),
	chemistry chemistry,
	happened date,
	happened_precision text CHECK (happened_precision IN ('day', 'month', 'year')),
	from_actor text,
	from_country text CHECK (from_country ~ '^[A-Z]{2}$'),
	to_actor text,
	to_country text CHECK (to_country ~ '^[A-Z]{2}$'),
	parent_event text,
	is_exclusive boolean,
	may_sublicense boolean,
	patented_in text[] NOT NULL DEFAULT '{}',
	not_patented_in text[] NOT NULL DEFAULT '{}',
	approver text,
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK ((happened IS NULL) = (happened_precision IS NULL)),
	CHECK (parent_event <> event_code)
);
CREATE UNIQUE INDEX technology_event_once ON industry.technology_event (set_id, event_code, statement_number);
CREATE INDEX technology_event_parent ON industry.technology_event (parent_event);
COMMENT ON TABLE industry.technology_event IS 'how a technology came to be and changed hands: inventions, patents, licences, launches, transfers, as a source tells it';
COMMENT ON COLUMN industry.technology_event.technology IS 'technology, such as LFP cathode';
COMMENT ON COLUMN industry.technology_event.event_code IS 'name of the event, for parent_event to refer to: lfp-licence-hq';
COMMENT ON COLUMN industry.technology_event.event IS 'invention, patent, licence, commercial_launch, transfer (of know-how, equipment or a plant), founding, investment, grant, acquisition, settlement, bankruptcy, closure, programme, scale_up, other';
COMMENT ON COLUMN industry.technology_event.chemistry IS 'chemistry it is about';
COMMENT ON COLUMN industry.technology_event.happened IS 'day; the first day of the month or year where only that is known';
COMMENT ON COLUMN industry.technology_event.happened_precision IS 'how well the date is known: day, month or year';
COMMENT ON COLUMN industry.technology_event.from_actor IS 'who invents, licenses, sells or gives';
COMMENT ON COLUMN industry.technology_event.from_country IS 'country of that actor, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.technology_event.to_actor IS 'who receives';
COMMENT ON COLUMN industry.technology_event.to_country IS 'country of the receiver, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.technology_event.parent_event IS 'event_code of the event that this one follows from: a licence''s patent, a sublicense''s licence';
COMMENT ON COLUMN industry.technology_event.is_exclusive IS 'whether a licence is exclusive; NULL where not stated';
COMMENT ON COLUMN industry.technology_event.may_sublicense IS 'whether the licensee may sublicense; NULL where not stated';
COMMENT ON COLUMN industry.technology_event.patented_in IS 'countries where it was patented, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.technology_event.not_patented_in IS 'countries where a source says it was not patented';
COMMENT ON COLUMN industry.technology_event.approver IS 'authority that had to approve';

CREATE TABLE industry.public_support (
	LIKE pg_temp.fact INCLUDING ALL,
	giver text NOT NULL,
	giver_country text CHECK (giver_country ~ '^[A-Z]{2}$'),
	receiver text,
	maker_id integer REFERENCES industry.maker,
	programme text,
	instrument text CHECK (instrument IN ('grant', 'loan', 'tax credit', 'subsidy', 'capital injection', 'research programme',
		'procurement', 'other')),
	continuity text CHECK (continuity IN ('one-off', 'sustained')),
	chemistry chemistry,
	amount numeric CHECK (amount >= 0 AND amount < 'Infinity'),
	amount_low numeric CHECK (amount_low >= 0 AND amount_low < 'Infinity'),
	amount_high numeric CHECK (amount_high >= amount_low AND amount_high < 'Infinity'),
	currency text CHECK (currency ~ '^[A-Z]{3}$'),
	amount_usd_stated numeric CHECK (amount_usd_stated >= 0 AND amount_usd_stated < 'Infinity'),
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK ((num_nonnulls(amount, amount_low, amount_high) > 0) = (currency IS NOT NULL)),
	CHECK (industry.is_consistent(qualifier, missing_reason, amount IS NOT NULL, amount_low IS NOT NULL, amount_high IS NOT NULL))
);
CREATE UNIQUE INDEX public_support_once ON industry.public_support (set_id, giver, receiver, programme, statement_number) NULLS NOT DISTINCT;
CREATE INDEX public_support_maker ON industry.public_support (maker_id);
COMMENT ON TABLE industry.public_support IS 'public money for makers and technologies, as stated';
COMMENT ON COLUMN industry.public_support.giver IS 'who gives';
COMMENT ON COLUMN industry.public_support.giver_country IS 'country of the giver, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.public_support.receiver IS 'who receives, as printed';
COMMENT ON COLUMN industry.public_support.maker_id IS 'receiver, where it is a maker';
COMMENT ON COLUMN industry.public_support.programme IS 'programme or act';
COMMENT ON COLUMN industry.public_support.instrument IS 'grant, loan, tax credit, subsidy, capital injection, research programme, procurement, other';
COMMENT ON COLUMN industry.public_support.continuity IS 'one-off or sustained, where the source says or shows it';
COMMENT ON COLUMN industry.public_support.chemistry IS 'chemistry it was for, where stated';
COMMENT ON COLUMN industry.public_support.amount IS 'amount in units of currency, over the period of the statement set';
COMMENT ON COLUMN industry.public_support.amount_low IS 'lower end of a stated range, in units of currency';
COMMENT ON COLUMN industry.public_support.amount_high IS 'upper end of a stated range, in units of currency';
COMMENT ON COLUMN industry.public_support.currency IS 'currency, ISO 4217';
COMMENT ON COLUMN industry.public_support.amount_usd_stated IS 'US$ that the source itself states beside another currency';

CREATE TABLE industry.product_specification (
	LIKE pg_temp.fact INCLUDING ALL,
	product text NOT NULL,
	maker_id integer REFERENCES industry.maker,
	chemistry chemistry,
	metric text NOT NULL CHECK (metric ~ '^[a-z][a-z0-9_]*$'),
	value numeric,
	value_low numeric,
	value_high numeric,
	unit text,
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK (value_low <= value_high),
	CHECK (num_nonnulls(value, value_low, value_high) = 0 OR unit IS NOT NULL),
	CHECK (industry.is_consistent(qualifier, missing_reason, value IS NOT NULL, value_low IS NOT NULL, value_high IS NOT NULL))
);
CREATE UNIQUE INDEX product_specification_once ON industry.product_specification (set_id, product, maker_id, metric, statement_number) NULLS NOT DISTINCT;
CREATE INDEX product_specification_maker ON industry.product_specification (maker_id);
COMMENT ON TABLE industry.product_specification IS 'properties of products as stated: one row a product and property';
COMMENT ON COLUMN industry.product_specification.product IS 'product, such as Naxtra';
COMMENT ON COLUMN industry.product_specification.maker_id IS 'maker';
COMMENT ON COLUMN industry.product_specification.chemistry IS 'chemistry, where stated';
COMMENT ON COLUMN industry.product_specification.metric IS 'property, in lower case: specific_energy, cycle_life';
COMMENT ON COLUMN industry.product_specification.value IS 'value in unit';
COMMENT ON COLUMN industry.product_specification.value_low IS 'lower end of a stated range, in unit';
COMMENT ON COLUMN industry.product_specification.value_high IS 'upper end of a stated range, in unit';
COMMENT ON COLUMN industry.product_specification.unit IS 'unit: Wh/kg, cycles';

CREATE TABLE industry.stated_figure (
	LIKE pg_temp.fact INCLUDING ALL,
	figure text NOT NULL CHECK (figure <> ''),
	subject text NOT NULL,
	maker_id integer REFERENCES industry.maker,
	country text CHECK (country ~ '^[A-Z]{2}$'),
	chemistry chemistry,
	value numeric,
	value_low numeric,
	value_high numeric,
	unit text,
	part numeric,
	whole numeric CHECK (whole > 0 AND whole < 'Infinity'),
	currency text CHECK (currency ~ '^[A-Z]{3}$'),
	price_year integer CHECK (price_year BETWEEN 1900 AND 2200),
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK (value_low <= value_high),
	CHECK ((part IS NULL) = (whole IS NULL)),
	CHECK (part <= whole),
	CHECK (num_nonnulls(value, value_low, value_high) = 0 OR unit IS NOT NULL),
	CHECK (industry.is_consistent(qualifier, missing_reason, value IS NOT NULL, value_low IS NOT NULL, value_high IS NOT NULL))
);
CREATE UNIQUE INDEX stated_figure_once ON industry.stated_figure (set_id, figure, statement_number, unit) NULLS NOT DISTINCT;
CREATE INDEX stated_figure_figure ON industry.stated_figure (figure);
CREATE INDEX stated_figure_maker ON industry.stated_figure (maker_id);
COMMENT ON TABLE industry.stated_figure IS 'every figure of a report that has no table of its own; what is measured is the series'' metric';
COMMENT ON COLUMN industry.stated_figure.figure IS 'name of the figure: TCIP-019';
COMMENT ON COLUMN industry.stated_figure.subject IS 'what the figure is about, in words';
COMMENT ON COLUMN industry.stated_figure.maker_id IS 'maker it is about';
COMMENT ON COLUMN industry.stated_figure.country IS 'country it is about, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.stated_figure.chemistry IS 'chemistry it is about';
COMMENT ON COLUMN industry.stated_figure.value IS 'value in unit; a percentage is 0 to 100 with the unit %';
COMMENT ON COLUMN industry.stated_figure.value_low IS 'lower end of a stated range, in unit';
COMMENT ON COLUMN industry.stated_figure.value_high IS 'upper end of a stated range, in unit';
COMMENT ON COLUMN industry.stated_figure.unit IS 'unit, without a multiple for amounts of money: USD, CNY; %, GWh, year, people';
COMMENT ON COLUMN industry.stated_figure.part IS 'x in "x of y"; the share is then x / y and value is x';
COMMENT ON COLUMN industry.stated_figure.whole IS 'y in "x of y"';
COMMENT ON COLUMN industry.stated_figure.currency IS 'currency of an amount, ISO 4217';
COMMENT ON COLUMN industry.stated_figure.price_year IS 'year whose money a real amount is in; NULL for money of the day';

CREATE TABLE industry.stated_curve (
	LIKE pg_temp.fact INCLUDING ALL,
	chemistry chemistry,
	doubling_of text NOT NULL CHECK (doubling_of IN ('energy', 'units')),
	learning_rate_pct numeric CHECK (learning_rate_pct < 100 AND learning_rate_pct > '-Infinity'),
	learning_rate_pct_low numeric,
	learning_rate_pct_high numeric CHECK (learning_rate_pct_high >= learning_rate_pct_low AND learning_rate_pct_high < 100),
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK (industry.is_consistent(qualifier, missing_reason, learning_rate_pct IS NOT NULL, learning_rate_pct_low IS NOT NULL, learning_rate_pct_high IS NOT NULL))
);
CREATE UNIQUE INDEX stated_curve_once ON industry.stated_curve (set_id, chemistry, doubling_of, statement_number) NULLS NOT DISTINCT;
COMMENT ON TABLE industry.stated_curve IS 'learning curves as their source states them: the rate, and the years that were fitted as the period of the statement set. The series names prices and output as those of the data do, so that the same years can be fitted here';
COMMENT ON COLUMN industry.stated_curve.chemistry IS 'chemistry, where stated';
COMMENT ON COLUMN industry.stated_curve.doubling_of IS 'what doubles: energy (kWh, GWh) or units (cells, packs)';
COMMENT ON COLUMN industry.stated_curve.learning_rate_pct IS 'fall of the price or cost with each doubling, percent: 20 for a fifth';
COMMENT ON COLUMN industry.stated_curve.learning_rate_pct_low IS 'lower end of a stated range, percent';
COMMENT ON COLUMN industry.stated_curve.learning_rate_pct_high IS 'upper end of a stated range, percent';

CREATE TABLE industry.exchange_rate (
	LIKE pg_temp.fact INCLUDING ALL,
	currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$' AND currency <> 'USD'),
	units_per_usd numeric NOT NULL CHECK (units_per_usd > 0 AND units_per_usd < 'Infinity'),
	rate_kind text NOT NULL CHECK (rate_kind IN ('spot', 'average', 'implied')),
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id)
);
CREATE UNIQUE INDEX exchange_rate_once ON industry.exchange_rate (set_id, currency, rate_kind, statement_number);
COMMENT ON TABLE industry.exchange_rate IS 'exchange rates as cited, each for the period of its statement set (a day, a month or a year)';
COMMENT ON COLUMN industry.exchange_rate.currency IS 'currency, ISO 4217';
COMMENT ON COLUMN industry.exchange_rate.units_per_usd IS 'units of the currency that one US$ buys';
COMMENT ON COLUMN industry.exchange_rate.rate_kind IS 'spot (of a day), average (of the period), implied (by two amounts that a source gives for one thing)';

CREATE TABLE industry.price_index (
	LIKE pg_temp.fact INCLUDING ALL,
	index_name text NOT NULL CHECK (index_name <> ''),
	country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
	value numeric NOT NULL CHECK (value > 0 AND value < 'Infinity'),
	base_as_printed text,
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id)
);
CREATE UNIQUE INDEX price_index_once ON industry.price_index (set_id, index_name, statement_number);
COMMENT ON TABLE industry.price_index IS 'price indices (deflators) as cited, each for the period of its statement set; only ratios within one edition mean anything';
COMMENT ON COLUMN industry.price_index.index_name IS 'name of the index: US GDP deflator, US CPI-U';
COMMENT ON COLUMN industry.price_index.country IS 'country whose prices it measures, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.price_index.value IS 'value, on whatever base the edition has';
COMMENT ON COLUMN industry.price_index.base_as_printed IS 'the base as printed: 2017 = 100';
