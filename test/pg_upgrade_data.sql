-- What test/pg_upgrade moves: every type in a column, an array and every kind
-- of index, states of every aggregate, views and functions of a user.
CREATE EXTENSION battery;

CREATE TABLE plants (
	id integer PRIMARY KEY,
	chem chemistry,
	capacity capacity_gwh NOT NULL CHECK (capacity > 0),
	cost cost_per_gwh,
	history capacity_gwh[]
);
INSERT INTO plants
SELECT i, (ARRAY['LFP', 'NMC811|Si-graphite|liquid', 'NMC 83:11:6', 'Na-ion', 'VRFB', 'Li-ion|LTO', NULL])[1 + i % 7]::chemistry,
	((i * 7919 % 10007 + 1) / 1000.0)::capacity_gwh, ((i * 104729 % 9973 + 5000) / 100.0)::cost_per_gwh,
	ARRAY[i::capacity_gwh, NULL, '0.000000000001']
  FROM generate_series(1, 20000) i;
CREATE INDEX plants_chem ON plants (chem);
CREATE INDEX plants_chem_hash ON plants USING hash (chem);
CREATE INDEX plants_capacity ON plants (capacity);
CREATE INDEX plants_cost_hash ON plants USING hash (cost);
CREATE INDEX plants_brin ON plants USING brin (capacity, cost, chem);
CREATE INDEX plants_gist ON plants USING gist (chem, capacity, cost);
CREATE INDEX plants_family ON plants (chemistry_family(chem)) WHERE capacity > 5;

CREATE TABLE prices (
	chem chemistry, cost cost_per_gwh, valid daterange,
	EXCLUDE USING gist (chem WITH =, valid WITH &&)
);
INSERT INTO prices
SELECT chem, min(cost), daterange(date '2024-01-01' + id % 50, date '2024-01-02' + id % 50)
  FROM plants WHERE chem IS NOT NULL GROUP BY chem, id % 50;

CREATE TABLE curves AS
SELECT chemistry_family(chem) AS family, learning_curve(capacity, cost) AS curve,
	learning_curve(capacity, cost, capacity) AS weighted
  FROM plants GROUP BY 1;
CREATE TABLE histories AS
SELECT id % 7 AS tech, cost_series(1900 + id, id::capacity_gwh, cost) AS years,
	two_factor_series(date '2000-01-01' + id, 1::double precision, id, id % 13 + 1, id % 5 + 1) AS days
  FROM plants WHERE id <= 200 GROUP BY 1;
CREATE INDEX histories_years ON histories (years);
CREATE TABLE pairs AS
SELECT chemistry_family(chem) AS family, paired_logarithms(capacity, cost) AS levels,
	paired_values(cost::double precision, id) AS plain
  FROM plants WHERE id <= 200 GROUP BY 1;
CREATE INDEX pairs_levels ON pairs (levels);
CREATE TABLE markets AS
SELECT id % 10 AS year, market_shares('m' || id % 137, capacity) AS shares,
	market_shares_usd('m' || id % 11, (id / 7.0)::numeric) AS usd,
	market_shares_from_percent('m' || id % 11, round(id % 97 / 100.0, id % 3), 100) AS printed
  FROM plants GROUP BY 1;
CREATE INDEX markets_shares ON markets (shares);
CREATE TABLE partials AS
SELECT id % 10 AS year, capacity_partial(capacity) AS capacity, weighted_cost_partial(cost, capacity) AS cost,
	median_partial(capacity) AS median
  FROM plants GROUP BY 1;

CREATE MATERIALIZED VIEW by_family AS
SELECT chemistry_family(chem) AS family, sum(capacity) AS capacity, weighted_cost(cost, capacity) AS cost
  FROM plants GROUP BY 1;
CREATE VIEW nmc AS SELECT id, capacity, cost FROM plants WHERE chem <@ 'NMC';
CREATE FUNCTION plant_cost(p plants) RETURNS numeric
	IMMUTABLE BEGIN ATOMIC SELECT (p).capacity * (p).cost; END;
