-- The demo's tables.  The facts are those that bin/battery-load has read from
-- data/industry into the schema industry; what stands here is how one looks at
-- them: a name for each question, kept as a materialized view so that no example
-- asks twice.  Beside them there are two lists of the demo's own, what the check
-- must find.  Run in the directory above data/, after demo/industry.sh.
--
-- Reports restate one another, and here each edition counts for itself: unlike in
-- the views industry.current_*, nothing hides an older one.
CREATE VIEW edition_set AS
SELECT t.set_id, s.source, s.publisher, s.edition, t.period_first, t.period_last, r.metric, r.material
FROM industry.statement_set AS t
JOIN industry.source AS s USING (source_id)
JOIN industry.series AS r USING (series_id)
WHERE t.superseded_by IS NULL;

-- price: real US$ of 2018; annual_market: sold in that year, not cumulative
CREATE MATERIALIZED VIEW liion_cells AS
SELECT extract(year FROM p.period_first)::integer AS year, p.cost AS price,
	   c.capacity AS annual_market, n.value AS annual_million_cells,
	   f.value::integer AS patents_filed, p.source, p.locator
FROM industry.current_price AS p
LEFT JOIN industry.current_capacity AS c ON c.source = p.source AND c.period_first = p.period_first
LEFT JOIN industry.current_stated_figure AS n
	ON n.source = p.source AND n.period_first = p.period_first AND n.metric = 'annual_market_cells'
LEFT JOIN industry.current_stated_figure AS f
	ON f.source = p.source AND f.period_first = p.period_first AND f.metric = 'patents_filed'
WHERE p.source = 'zt-2021'
ORDER BY year;

-- Learning curves are about cumulative output: the running sums, each from
-- the first year its series has.
CREATE VIEW liion_cumulative AS
SELECT year, price,
	   sum(annual_market) OVER (ORDER BY year) AS cumulative,
	   sum(annual_million_cells) OVER (ORDER BY year) AS cumulative_million_cells
FROM liion_cells
WHERE annual_million_cells IS NOT NULL OR annual_market IS NOT NULL;

-- real US$ of 2024
CREATE MATERIALIZED VIEW liion_cell_price AS
SELECT extract(year FROM period_first)::integer AS year, cost AS price, source, locator
FROM industry.current_price
WHERE source = 'owid-2024'
ORDER BY year;

-- capacity: nameplate per year; investment: US$ as the report prints it
CREATE MATERIALIZED VIEW capacity_expansion AS
SELECT maker, site, country, capacity, investment AS investment_usd, status,
	   notes ->> 'figure_id' AS figure_id, source, locator
FROM industry.current_expansion
WHERE source = 'tcip-2025' AND row_kind = 'member' AND currency = 'USD';

-- What others state about the investment of a plant in that report
CREATE VIEW other_statement AS
SELECT e.figure_id, o.investment_usd_stated AS usd, p.name AS publisher
FROM (VALUES ('Debrecen', 'finanznachrichten-2022-08-12', 'Debrecen'),
			 ('Vigo', 'zaragoza-releases', 'Zaragoza')) AS pair (site, source, other_site)
JOIN capacity_expansion AS e ON e.site = pair.site
JOIN industry.current_expansion AS o ON o.source = pair.source AND o.site = pair.other_site
JOIN industry.publisher AS p USING (publisher);

-- row_kind 'derived' marks what the report derived from others: not a plant
CREATE MATERIALIZED VIEW stated_marginal_cost AS
SELECT COALESCE(subject_as_printed, maker) AS maker, site, country, cost, row_kind, status, source, locator
FROM industry.current_price
WHERE source = 'tcip-2025' AND scope = 'plant_capex';

-- A report restates an earlier one: published names the edition.  A maker has the
-- name that the latest edition which lists it prints.
CREATE MATERIALIZED VIEW ev_battery_share AS
SELECT e.edition AS published,
	   to_char(e.period_first, 'YYYY-MM') AS period_first_month,
	   to_char(e.period_last, 'YYYY-MM') AS period_last_month,
	   f.row_kind,
	   CASE WHEN f.row_kind = 'member'
			THEN first_value(f.subject_as_printed) OVER (PARTITION BY f.maker_id ORDER BY e.edition DESC) END AS maker,
	   m.country AS maker_country, f.subject_as_printed AS as_printed,
	   f.amount AS installed, f.share_pct, e.source, f.locator
FROM edition_set AS e
JOIN industry.maker_share_observation AS f USING (set_id)
LEFT JOIN industry.maker AS m USING (maker_id)
WHERE e.publisher = 'SNE Research';

-- Tonnes; NULL: withheld.  Countries that are not named are a remainder, and
-- have no country.
CREATE MATERIALIZED VIEW mine_production AS
SELECT e.edition, e.material AS mineral, extract(year FROM e.period_first)::integer AS reference_year, f.row_kind,
	   CASE WHEN f.row_kind = 'member' THEN f.subject_as_printed END AS country,
	   f.as_printed, f.amount AS production_t, f.statement_kind, e.source, f.locator
FROM edition_set AS e
JOIN industry.country_share_observation AS f USING (set_id)
WHERE e.publisher = 'USGS' AND e.metric = 'mine_production';

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
