-- The demo's tables, loaded from data/.  Run in the directory above data/.
--
-- The files say the unit in the column's name and hold bare numbers.  A bare
-- number is GWh to capacity_gwh, so a column in MWh goes through a staging
-- table and to_capacity_gwh(…, 'MWh'); a column in GWh loads as it is.
CREATE EXTENSION battery;

CREATE TEMPORARY TABLE liion_cells_csv (
	year integer,
	price_usd2018_per_kwh numeric,
	annual_market_mwh numeric,
	annual_market_million_cells numeric,
	patents_filed integer,
	source text, locator text, url text, licence text
);
\copy liion_cells_csv FROM 'data/liion_cells.csv' WITH (FORMAT csv, HEADER)

-- price: real US$ of 2018; annual_market: sold in that year, not cumulative
CREATE TABLE liion_cells (
	year integer PRIMARY KEY,
	price cost_per_gwh NOT NULL,
	annual_market capacity_gwh,
	annual_million_cells numeric,
	patents_filed integer,
	source text NOT NULL, locator text NOT NULL, url text, licence text NOT NULL
);
INSERT INTO liion_cells
SELECT year, to_cost_per_gwh(price_usd2018_per_kwh, 'USD/kWh'),
	   to_capacity_gwh(annual_market_mwh, 'MWh'), annual_market_million_cells,
	   patents_filed, source, locator, url, licence
FROM liion_cells_csv;

-- Learning curves are about cumulative output: the running sums, each from
-- the first year its series has.
CREATE VIEW liion_cumulative AS
SELECT year, price,
	   sum(annual_market) OVER (ORDER BY year) AS cumulative,
	   sum(annual_million_cells) OVER (ORDER BY year) AS cumulative_million_cells
FROM liion_cells
WHERE annual_million_cells IS NOT NULL OR annual_market IS NOT NULL;

-- real US$ of 2024
CREATE TABLE liion_cell_price (
	year integer PRIMARY KEY,
	price cost_per_gwh NOT NULL,
	source text NOT NULL, locator text NOT NULL, url text, licence text NOT NULL
);
\copy liion_cell_price FROM 'data/liion_cell_price.csv' WITH (FORMAT csv, HEADER)

-- nominal US$
CREATE TABLE liion_pack_price (
	year integer PRIMARY KEY,
	price cost_per_gwh NOT NULL,
	source text NOT NULL, locator text NOT NULL, url text, licence text NOT NULL
);
\copy liion_pack_price FROM 'data/liion_pack_price.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE ev_pack_cost (
	year integer PRIMARY KEY,
	cost_nominal cost_per_gwh NOT NULL,
	cost_usd2022 cost_per_gwh NOT NULL,
	source text NOT NULL, locator text NOT NULL, url text, licence text NOT NULL
);
\copy ev_pack_cost FROM 'data/ev_pack_cost.csv' WITH (FORMAT csv, HEADER)

-- capacity: nameplate per year; investment: US$ as the report prints it
CREATE TABLE capacity_expansion (
	maker text NOT NULL,
	site text NOT NULL,
	country text NOT NULL,
	capacity capacity_gwh NOT NULL,
	investment_usd numeric NOT NULL,
	status text NOT NULL,
	source text NOT NULL, locator text NOT NULL, url text, licence text NOT NULL,
	PRIMARY KEY (maker, site)
);
\copy capacity_expansion FROM 'data/capacity_expansions.csv' WITH (FORMAT csv, HEADER)

-- row_kind 'average' marks what the report derived: not a plant
CREATE TABLE stated_marginal_cost (
	maker text NOT NULL,
	site text NOT NULL,
	country text,
	cost cost_per_gwh NOT NULL,
	row_kind text NOT NULL CHECK (row_kind IN ('member', 'average')),
	status text NOT NULL,
	source text NOT NULL, locator text NOT NULL, url text, licence text NOT NULL,
	PRIMARY KEY (maker, site)
);
\copy stated_marginal_cost FROM 'data/stated_marginal_costs.csv' WITH (FORMAT csv, HEADER)

-- A report restates an earlier one: published names the edition.  Only rows of
-- kind 'member' are makers.
CREATE TABLE ev_battery_share (
	published text NOT NULL,
	period_first_month text NOT NULL,
	period_last_month text NOT NULL,
	row_kind text NOT NULL CHECK (row_kind IN ('member', 'subtotal', 'stated total')),
	maker text,
	maker_country text,
	as_printed text NOT NULL,
	installed capacity_gwh,
	share_pct numeric,
	expected_verdict text,
	source text NOT NULL, locator text NOT NULL, url text, licence text NOT NULL,
	PRIMARY KEY (published, period_first_month, period_last_month, as_printed)
);
\copy ev_battery_share FROM 'data/ev_battery_shares.csv' WITH (FORMAT csv, HEADER)

-- Tonnes; NULL: withheld.  Countries that are not named are a remainder, and
-- have no country.
CREATE TABLE mine_production (
	edition text NOT NULL,
	mineral text NOT NULL,
	reference_year integer NOT NULL,
	row_kind text NOT NULL CHECK (row_kind IN ('member', 'remainder', 'stated total')),
	country text,
	as_printed text NOT NULL,
	production_t numeric,
	status text NOT NULL,
	source text NOT NULL, locator text NOT NULL, url text, licence text NOT NULL,
	CHECK ((row_kind = 'member') = (country IS NOT NULL)),
	CHECK ((status = 'withheld') = (production_t IS NULL)),
	UNIQUE (edition, mineral, reference_year, row_kind, country)
);
\copy mine_production FROM 'data/mine_production.csv' WITH (FORMAT csv, HEADER)

-- Every figure of three reports, with the verdict that is expected of its check
CREATE TABLE report_figure (
	id text PRIMARY KEY,
	report text NOT NULL,
	figure text NOT NULL,
	printed text NOT NULL,
	unit text NOT NULL,
	period text,
	qualifier text,
	value numeric,
	decimals integer,
	expected_verdict text NOT NULL,
	note text,
	source text NOT NULL, locator text NOT NULL, url text, licence text NOT NULL
);
\copy report_figure FROM 'data/report_figures.csv' WITH (FORMAT csv, HEADER)

-- What others state about a figure of a report
CREATE TABLE other_statement (
	figure_id text PRIMARY KEY REFERENCES report_figure,
	statement text NOT NULL,
	value numeric NOT NULL,
	unit text NOT NULL,
	source text NOT NULL, locator text NOT NULL, url text, licence text NOT NULL
);
\copy other_statement FROM 'data/other_statements.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE control_item (
	announced date NOT NULL,
	in_force_from date NOT NULL,
	issuer_country text NOT NULL,
	instrument text NOT NULL,
	figure_id text NOT NULL REFERENCES report_figure,
	item text PRIMARY KEY,
	source text NOT NULL, locator text NOT NULL, url text, licence text NOT NULL
);
\copy control_item FROM 'data/control_items.csv' WITH (FORMAT csv, HEADER)

-- Figures of a report that are about a chemistry.  kind 'share': of the market
-- in the column "of", 'outlook': of what could be, 'capacity': of a plant or a
-- country
CREATE TABLE chemistry_statement (
	figure_id text PRIMARY KEY REFERENCES report_figure,
	kind text NOT NULL CHECK (kind IN ('share', 'outlook', 'capacity')),
	chemistry chemistry NOT NULL,
	"of" text NOT NULL,
	source text NOT NULL, locator text NOT NULL, url text, licence text NOT NULL
);
\copy chemistry_statement FROM 'data/chemistry_statements.csv' WITH (FORMAT csv, HEADER)

ANALYZE;
