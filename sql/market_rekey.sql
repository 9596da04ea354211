-- Markets of groups: rekey and shares_by_group.
--
-- Expected values: the aggregate over the joined table (core's join in place
-- of the mapping), and products by hand.
\pset null NULL

CREATE TEMP TABLE capacity (maker text, gwh capacity_gwh);
INSERT INTO capacity VALUES ('CATL', 137), ('CATL', 60), ('BYD', 100.5), ('FinDreams', 20.25), ('LG Energy Solution', 95), ('SK On', NULL),
	('Panasonic', 40), ('Panasonic', NULL), (NULL, 12.5), (NULL, NULL);
CREATE TEMP TABLE parent (maker text, parent text, country text, valid daterange);
INSERT INTO parent VALUES ('CATL', 'CATL', 'CN', '(,)'), ('BYD', 'BYD', 'CN', '(,)'),
	('FinDreams', 'BYD', 'CN', '[2020-01-01,)'), ('LG Energy Solution', 'LG Chem', 'KR', '[2020-12-01,)'),
	('SK On', 'SK Innovation', 'KR', '[2021-10-01,)'), ('Panasonic', 'Panasonic', 'JP', '[2008-10-01,)'),
	('Panasonic', 'Matsushita', 'JP', '(,2008-10-01)');
CREATE TEMP TABLE market AS SELECT market_shares(maker, gwh) AS ms FROM capacity;

-- by country, by parent on a day; exactly what grouping the rows themselves gives
WITH map AS (SELECT jsonb_object_agg(maker, country) AS country, jsonb_object_agg(maker, parent) AS parent,
		array_agg(maker) AS makers, array_agg(parent) AS parents
	FROM parent WHERE valid @> date '2023-12-31')
SELECT rekey(ms, country) = (SELECT market_shares(p.country, gwh) FROM capacity c LEFT JOIN parent p ON p.maker = c.maker AND valid @> date '2023-12-31') AS by_country,
	rekey(ms, parent) = (SELECT market_shares(p.parent, gwh) FROM capacity c LEFT JOIN parent p ON p.maker = c.maker AND valid @> date '2023-12-31') AS by_parent,
	rekey(ms, makers, parents, 'error') = rekey(ms, parent) AS arrays,
	total(rekey(ms, parent)) = total(ms) AS same_total, unattributed(rekey(ms, parent)) AS others, unknown_members(rekey(ms, parent)) AS withheld
FROM market, map;
SELECT rekey(ms, (SELECT jsonb_object_agg(maker, country) FROM parent WHERE valid @> date '2023-12-31')) FROM market;
-- what has no group: kept, or nobody's
SELECT rekey(ms, '{"FinDreams": "BYD"}', 'keep'), rekey(ms, '{"FinDreams": "BYD"}', 'unattributed') FROM market;
SELECT rekey(ms, '{"CATL": null}', 'keep'), rekey(ms, '{CATL}', '{NULL}', 'keep') = rekey(ms, '{"CATL": null}', 'keep') AS same FROM market;
-- applied once: no chains, swaps are swaps
SELECT rekey(market_shares(m, x), '{"a": "b", "b": "a"}') FROM (VALUES ('a', 1.0), ('b', 2)) v(m, x);
-- merging all, stated totals, units, the empty market, NULL
SELECT rekey(market_shares(m, x, 10.0), '{"a": "c", "b": "c"}'), rekey(market_shares_usd(m, x), '{}', 'keep') FROM (VALUES ('a', 1.0), ('b', 2)) v(m, x);
SELECT rekey('{"market_shares": 1, "unit": null, "members": {}}', '{}'), rekey(NULL, '{}'), rekey(market_shares('a', 1.0), NULL::jsonb) FROM (VALUES (1)) v;
-- printed percentages: a group carries the rounding of its parts
SELECT rekey(ms, '{"BYD": "CN", "CATL": "CN"}', 'keep'), rekey(ms, '{"BYD": null, "CATL": "CN"}', 'keep')
FROM (SELECT market_shares_from_percent(m, x) AS ms FROM (VALUES ('CATL', 36.8), ('BYD', 15.80), ('LG', 13.6), ('SK On', NULL)) v(m, x)) s;
-- an identity is an identity; two steps are one
SELECT rekey(ms, '{}', 'keep') = ms AS identity, rekey(rekey(ms, m1), m2) = rekey(ms, m3) AS composed
FROM (SELECT market_shares('m' || i % 50, i::numeric / 7) AS ms FROM generate_series(1, 500) i) s,
	(SELECT jsonb_object_agg('m' || i, 'g' || i % 7) AS m1, jsonb_object_agg('g' || i % 7, 'h' || i % 7 % 2) AS m2,
		jsonb_object_agg('m' || i, 'h' || i % 7 % 2) AS m3 FROM generate_series(0, 49) i) m;
-- rolled up after rekeying or rekeyed after rolling up
WITH parts AS (SELECT market_shares('m' || i % 5, i::numeric / 7) AS p FROM generate_series(1, 100) i GROUP BY i % 3)
SELECT (SELECT rollup(rekey(p, '{"m0": "a", "m1": "a"}', 'keep')) FROM parts) = (SELECT rekey(rollup(p), '{"m0": "a", "m1": "a"}', 'keep') FROM parts) AS commutes;
-- merging members never lowers the index
SELECT bool_and(hhi(rekey(ms, jsonb_build_object('m' || i, 'm' || (i + 1) % 10), 'keep')) >= hhi(ms)) AS never_lower
FROM (SELECT market_shares('m' || i % 10, (i * i)::numeric) AS ms FROM generate_series(1, 50) i) s, generate_series(0, 9) i;

-- shares of shares, and some of them by hand
SELECT group_name, group_amount, round(group_share::numeric, 6) AS group_share, member, amount,
	round(share_of_group::numeric, 6) AS share_of_group, round(share::numeric, 6) AS share, s.note
FROM market, LATERAL shares_by_group(ms, (SELECT jsonb_object_agg(maker, country) FROM parent WHERE valid @> date '2023-12-31')) s;
SELECT round(317.75 / 465.25, 6) AS cn, round(197 / 317.75, 6) AS catl_of_cn, round(197 / 465.25, 6) AS catl;
-- nothing is counted twice: the products add up to 1, and are the shares
WITH s AS (SELECT s.* FROM (SELECT market_shares(nullif('m' || i % 50, 'm7'), i::numeric / 7, 30000) AS ms FROM generate_series(1, 500) i) m,
	LATERAL shares_by_group(ms, (SELECT array_agg('m' || i) FROM generate_series(0, 48) i), (SELECT array_agg('g' || i % 7) FROM generate_series(0, 48) i), 'unattributed') s)
SELECT count(*), count(DISTINCT group_name) AS groups, abs(sum(share) - 1) < 1e-14 AS whole,
	max(abs(share - share_of_group * group_share)) < 1e-16 AS products, sum(amount) AS total FROM s;
SELECT s.* FROM (SELECT market_shares(m, x) AS ms FROM (VALUES ('a', 0), ('b', 0)) v(m, x)) m, LATERAL shares_by_group(ms, '{"a": "g", "b": "g"}') s;
SELECT s.* FROM (SELECT market_shares(m, x) AS ms FROM (VALUES ('a', NULL::numeric), ('b', 3)) v(m, x)) m, LATERAL shares_by_group(ms, '{"a": "g"}', 'keep') s;

-- errors
SELECT rekey(ms, '{"CATL": "CN"}') FROM market;
SELECT shares_by_group(ms, '{"CATL": "CN"}') FROM market;
SELECT rekey(ms, '{"CATL": "CN"}', 'drop') FROM market;
SELECT rekey(ms, '["CATL", "CN"]', 'keep') FROM market;
SELECT rekey(ms, '"CATL"', 'keep') FROM market;
SELECT rekey(ms, '{"CATL": 7}', 'keep') FROM market;
SELECT rekey(ms, '{"CATL": {"a": "b"}}', 'keep') FROM market;
-- a join to two parents is noticed
SELECT rekey(ms, (SELECT array_agg(maker) FROM parent), (SELECT array_agg(parent) FROM parent), 'keep') FROM market;
SELECT rekey(ms, '{CATL,CATL}', '{CN,CN}', 'keep') = rekey(ms, '{CATL}', '{CN}', 'keep') AS twice_the_same FROM market;
SELECT rekey(ms, '{CATL,CATL}', '{CN,NULL}', 'keep') FROM market;
SELECT rekey(ms, '{CATL,BYD}', '{CN}', 'keep') FROM market;
SELECT rekey(ms, '{NULL}', '{CN}', 'keep') FROM market;
SELECT rekey(ms, '{{CATL,BYD}}', '{{CN,CN}}', 'keep') FROM market;
-- a total that a group cannot hold
SELECT rekey(market_shares(m, x), '{"a": "c", "b": "c"}') FROM (VALUES ('a', 1e20), ('b', 1e20)) v(m, x);

-- nobody's withheld amounts are not passed over, unless a stated total has them
SELECT n, s.* FROM (VALUES (1, 2.0, NULL::numeric), (2, NULL, NULL), (3, 2.0, 10.0)) v(n, others, stated),
	LATERAL (SELECT market_shares(m, x, stated) AS ms FROM (VALUES ('a', 5.0), (NULL, others), (NULL, NULL)) r(m, x)) t,
	LATERAL shares_by_group(ms, '{"a": "g"}') s ORDER BY n, member;
