-- Supply chains: import dependence, concentration by stage, risk-weighted
-- index, exposure to controls.
--
-- Expected values: the formulas in core numeric, by hand; USGS mine
-- production of lithium, 2024 (Mineral Commodity Summaries 2025).
\pset null NULL

-- net import reliance = (imports - exports + stock withdrawal) / consumption
SELECT v.*, d.* FROM (VALUES (1, 100.0, 20.0, -5.0, 300.0), (2, 10, 20, 0, 300), (3, 20, 20, 0, 300), (4, 100, 20, 0, 60),
	(5, NULL, 20, 0, 300), (6, 100, NULL, NULL, NULL), (7, 100, 20, 0, NULL), (8, 10, 20, 0, NULL), (9, 5, 0, 0, 0), (10, 1, 0, 0, 3),
	(11, 0, 0, 5, 1000)) v(n, imports, exports, withdrawal, consumption), LATERAL import_dependence(imports, exports, withdrawal, consumption) d ORDER BY n;
-- apparent consumption of production 220: 220 + 100 - 20 - 5 = 295
SELECT reliance = (75 / 295.0)::float8 AS by_hand FROM import_dependence(100, 20, -5, 220 + 100 - 20 - 5);
-- bounds: production withheld, between 0 and 240: 80 / (80 + 240) on; and so on
SELECT v.*, d.* FROM (VALUES (1, 80.0, 80.0, 80.0, 320.0), (2, 80, 80, 250, 317), (3, 80, 80, 320, NULL), (4, 0, 50, 100, 200), (5, -5, 50, 100, 200),
	(6, NULL, 50, 100, 200), (7, -9, -5, NULL, NULL), (8, 80, 80, 320, 320), (9, 80, NULL, 100, 160), (10, 80, 80, 10, 40), (11, 0, 0, 0, 0), (12, 0, 0, 5, 10))
	v(n, net_low, net_high, consumption_low, consumption_high), LATERAL import_dependence_bounds(net_low, net_high, consumption_low, consumption_high) d ORDER BY n;
-- where both ends meet the bounds are import_dependence's
SELECT bool_and(a.reliance = b.reliance AND a.as_printed = b.as_printed) FROM generate_series(1, 40) i,
	LATERAL import_dependence(i, 0, 0, 40) a, LATERAL import_dependence_bounds(i, i, 40, 40) b WHERE i * 100 % 40 = 0;
SELECT import_dependence(-1, 0, 0, 10);
SELECT import_dependence(1, 0, 'NaN', 10);
SELECT import_dependence(1, 1e30, 0, 10);
SELECT import_dependence_bounds(5, 4, 10, 20);
SELECT import_dependence_bounds(1, 4, 30, 20);
SELECT import_dependence_bounds(1, 4, -30, 20);

-- Concentration by stage: one value a stage, and the most concentrated one.
-- Lithium: 2,303.1 over the sum of rows, 2,215.3 over the rounded world total.
CREATE TEMP TABLE stage_share (stage text, country text, tonnes numeric);
INSERT INTO stage_share SELECT 'mine', * FROM (VALUES ('Argentina', 18000), ('Australia', 88000), ('Brazil', 10000), ('Canada', 4300), ('Chile', 49000),
	('China', 41000), ('Namibia', 2700), ('Portugal', 380), ('Zimbabwe', 22000), ('United States', NULL)) v;
INSERT INTO stage_share VALUES ('refine', 'China', 65), ('refine', 'Chile', 25), ('refine', 'Argentina', 10), ('cell', 'China', 80), ('cell', 'Korea', 8), ('cell', NULL, 12);
SELECT stage, round(hhi(ms)::numeric, 1) AS hhi_points, round(hhi_high(ms)::numeric, 1) AS hhi_points_high, leader(ms), unknown_members(ms) AS withheld,
	rank() OVER (ORDER BY hhi(ms) DESC) AS rank
FROM (SELECT stage, market_shares(country, tonnes) AS ms FROM stage_share GROUP BY stage) s ORDER BY rank;
SELECT round(hhi(market_shares(country, tonnes, 240000))::numeric, 1) AS of_world_total FROM stage_share WHERE stage = 'mine';

-- Risk-weighted: sum of s^2 w in core numeric; weights 1 give the index itself,
-- and rows of one country count as one country.
CREATE TEMP TABLE risk (country text, weight numeric);
INSERT INTO risk VALUES ('China', 5.6), ('Chile', 2.31), ('Argentina', 4.9), ('Korea', 3.075);
SELECT stage, r.*, round(w.want, 9) AS want
FROM (SELECT stage, market_shares(country, tonnes) AS ms FROM stage_share WHERE stage <> 'mine' GROUP BY stage) s,
	LATERAL risk_weighted_hhi(ms, (SELECT jsonb_object_agg(country, weight) FROM risk)) r,
	LATERAL (SELECT 10000 * sum((tonnes / (SELECT sum(tonnes) FROM stage_share x WHERE x.stage = s.stage)) ^ 2 * weight) AS want
		FROM stage_share JOIN risk USING (country) WHERE stage_share.stage = s.stage) w ORDER BY stage;
SELECT weighted_points = hhi_points AS ones, hhi_points = hhi(ms) AS plain, mean_weight
FROM (SELECT market_shares('c' || i % 9, i::numeric / 7) AS ms FROM generate_series(1, 100) i) s,
	LATERAL risk_weighted_hhi(ms, (SELECT jsonb_object_agg('c' || i, 1) FROM generate_series(0, 8) i));
SELECT a = b AS arrays_agree, a = c AS split_rows FROM (SELECT risk_weighted_hhi(market_shares(m, x), '{"a": 2, "b": 0.5}')::text AS a,
	risk_weighted_hhi(market_shares(m, x), '{a,b}', '{2,0.5}')::text AS b FROM (VALUES ('a', 3.0), ('b', 4)) v(m, x)) s,
	(SELECT risk_weighted_hhi(market_shares(m, x), '{"a": 2, "b": 0.5, "c": 9}')::text AS c FROM (VALUES ('a', 1.0), ('a', 2), ('b', 4), ('d', 0)) v(m, x)) t;
SELECT r.* FROM (SELECT market_shares(m, x) AS ms FROM (VALUES ('a', 3.0), ('b', NULL)) v(m, x)) s, LATERAL risk_weighted_hhi(ms, '{"a": 2}') r;
SELECT r.* FROM (SELECT market_shares(m, x, 4) AS ms FROM (VALUES ('a', 3.0), ('b', NULL)) v(m, x)) s, LATERAL risk_weighted_hhi(ms, '{"a": 2}') r;
SELECT r.* FROM (SELECT market_shares(m, x) AS ms FROM (VALUES ('a', 0.0)) v(m, x)) s, LATERAL risk_weighted_hhi(ms, '{}') r;
SELECT risk_weighted_hhi(market_shares('a', 1.0), '{"b": 1}') FROM (VALUES (1)) v;
SELECT risk_weighted_hhi(market_shares('a', 1.0), '{"a": -1.5}') FROM (VALUES (1)) v;
SELECT risk_weighted_hhi(market_shares('a', 1.0), '{"a": "high"}') FROM (VALUES (1)) v;
SELECT risk_weighted_hhi(market_shares('a', 1.0), '{"a": null}') FROM (VALUES (1)) v;
SELECT risk_weighted_hhi(market_shares('a', 1.0), '{a}', '{NaN}') FROM (VALUES (1)) v;
SELECT risk_weighted_hhi(market_shares('a', 1.0), '{a}', '{NULL}') FROM (VALUES (1)) v;
SELECT risk_weighted_hhi(market_shares('a', 1.0), '{a}', '{1e30}') FROM (VALUES (1)) v;
SELECT risk_weighted_hhi(market_shares('a', 1.0), '{a,a}', '{1,2}') FROM (VALUES (1)) v;

-- Exposure to controls: sum of the controlled shares; a control whose state is
-- not known, a withheld amount or an unlisted part make it NULL.
CREATE TEMP TABLE fact (stage text, country text, share double precision, controlled boolean);
INSERT INTO fact VALUES ('mine', 'CN', 0.16, true), ('mine', 'AU', 0.4, false), ('mine', 'CL', 0.44, false),
	('anode', 'CN', 0.97, true), ('anode', 'JP', 0.03, false), ('cell', 'CN', 0.8, NULL), ('cell', 'KR', 0.15, false), ('cell', 'US', 0.05, true),
	('pack', 'CN', 0.6, true), ('pack', 'DE', 0.3, false), ('recycling', 'CN', NULL, true), ('recycling', 'DE', 0.5, false);
CREATE FUNCTION pg_temp.member(boolean) RETURNS text IMMUTABLE LANGUAGE sql
	RETURN CASE $1 WHEN true THEN 'controlled' WHEN false THEN 'not controlled' END;
SELECT stage, control_exposure(ms) AS exposure, control_exposure(of_whole) AS of_whole,
	control_exposure_low(ms) AS low, control_exposure_high(ms) AS high,
	control_exposure(false_low) = control_exposure_low(ms) AS low_by_hand, control_exposure(true_high) = control_exposure_high(ms) AS high_by_hand
FROM (SELECT stage, market_shares(pg_temp.member(controlled), share) AS ms, market_shares(pg_temp.member(controlled), share, 1.0) AS of_whole,
		market_shares(pg_temp.member(COALESCE(controlled, false)), share) AS false_low, market_shares(pg_temp.member(COALESCE(controlled, true)), share) AS true_high
	FROM fact GROUP BY ROLLUP (stage)) s ORDER BY stage;
-- the same from a stored market of the known rows of a whole; and in other types
SELECT stage, control_exposure_low(ms) AS low, control_exposure(ms) AS exposure, control_exposure_high(ms) AS high
FROM (SELECT stage, market_shares(pg_temp.member(controlled), share, 1.0) FILTER (WHERE controlled IS NOT NULL) AS ms FROM fact GROUP BY stage) s ORDER BY stage;
SELECT control_exposure(market_shares(m, x::numeric)) AS numeric, control_exposure(market_shares(m, x)) AS bigint, control_exposure(market_shares(m, x::capacity_gwh)) AS capacity,
	control_exposure(market_shares(m, x, 55::bigint)) AS total_met, control_exposure(market_shares(m, x::numeric, 60.0)) AS total_not_met,
	control_exposure(market_shares(m, x::capacity_gwh, '50 GWh'::capacity_gwh)) AS exceeded, 6 / 55.0::float8 AS by_hand
FROM (SELECT x, pg_temp.member(x < 4) AS m FROM generate_series(1::bigint, 10) x) t;
-- rows beyond the stated total: of all rows, and what is not known stays so
SELECT control_exposure(ms) AS not_known, control_exposure_low(ms) AS low, control_exposure_high(ms) AS high
FROM (SELECT market_shares(pg_temp.member(c), x, 1.0) AS ms FROM (VALUES (0.6, true), (0.3, false), (0.6, NULL)) v(x, c)) s;
SELECT control_exposure(market_shares(pg_temp.member(c), x, 1.0)) AS withheld FROM (VALUES (0.6, true), (0.6, false), (NULL, true)) v(x, c);
SELECT control_exposure(market_shares('controlled', x)) AS zero FROM (VALUES (0.0), (0.0)) v(x);
SELECT control_exposure(market_shares('controlled', x)) AS no_rows FROM (VALUES (0.0)) v(x) WHERE false;
-- a moving window over years has what each frame by itself would have
SELECT bool_and(m IS NOT DISTINCT FROM (SELECT control_exposure(market_shares(pg_temp.member(x % 3 = 0), x::numeric)) FROM generate_series(w.x - 4, w.x) x WHERE x > 0)) AS moving,
	count(m)
FROM (SELECT x, control_exposure(market_shares(pg_temp.member(x % 3 = 0), x::numeric) OVER (ORDER BY x ROWS 4 PRECEDING)) AS m FROM generate_series(1, 30) x) w;
SELECT control_exposure(market_shares('a', 1.0)) FROM (VALUES (1)) v;

-- the chain: the weakest stage, and any of them; unknown stages are named
SELECT c.* FROM (SELECT array_agg(stage ORDER BY stage) AS s, array_agg(e ORDER BY stage) AS e
	FROM (SELECT stage, control_exposure(market_shares(pg_temp.member(controlled), share)) AS e FROM fact WHERE stage IN ('mine', 'anode', 'pack') GROUP BY stage) t) a, LATERAL chain_exposure(s, e) c;
SELECT 1 - (1 - 0.97) * (1 - 0.16) * (1 - 2.0 / 3) AS by_hand;
SELECT c.* FROM (SELECT array_agg(stage ORDER BY stage) AS s, array_agg(e ORDER BY stage) AS e
	FROM (SELECT stage, control_exposure(market_shares(pg_temp.member(controlled), share)) AS e FROM fact GROUP BY stage) t) a, LATERAL chain_exposure(s, e) c;
SELECT * FROM chain_exposure('{a,b,c}', '{0.2,1,NULL}');
SELECT * FROM chain_exposure('{b,a}', '{0.5,0.5}');
SELECT * FROM chain_exposure('{a}', '{0.3}');
SELECT * FROM chain_exposure('{a}', '{NULL}');
SELECT * FROM chain_exposure('{}', '{}');
SELECT (SELECT combined_exposure FROM chain_exposure('{a,b,c}', '{0.1,0.2,0.3}')) = (SELECT combined_exposure FROM chain_exposure('{c,a,b}', '{0.3,0.1,0.2}')) AS order_free;
SELECT chain_exposure('{a,b}', '{0.5}');
SELECT chain_exposure('{a,a}', '{0.5,0.5}');
SELECT chain_exposure('{a}', '{1.5}');
SELECT chain_exposure('{a}', '{NaN}');
SELECT chain_exposure('{NULL}', '{0.5}');
SELECT chain_exposure('{{a,b}}', '{{0.5,0.5}}');
SELECT weakest_exposure, combined_exposure FROM chain_exposure('{a}', '{-0}');

-- more percent than a machine word holds; no imports are 0 of any consumption
SELECT as_printed, round(100 * 1e15 / 3e-18) AS by_hand FROM import_dependence(1e15, 0, 0, 3e-18);
SELECT b.* FROM (VALUES (1, NULL, NULL), (2, 0, NULL), (3, 0, 10)) v(n, low, high), LATERAL import_dependence_bounds(0, 0, low, high) b ORDER BY n;
