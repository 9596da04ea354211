-- Text and binary form of market_shares, its order, and everything a user can
-- get wrong.
CREATE FUNCTION pg_temp.problem(sql text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE m text; d text; h text;
BEGIN
  EXECUTE sql;
  RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS m = MESSAGE_TEXT, d = PG_EXCEPTION_DETAIL, h = PG_EXCEPTION_HINT;
  IF SQLSTATE = '42883' THEN	-- core's hint differs between versions
    RETURN SQLSTATE || ' ' || m;
  END IF;
  RETURN concat_ws(E'\n  ', SQLSTATE || ' ' || m, nullif(d, ''), nullif(h, ''));
END $$;

-- The three units, nobody's rows, withheld amounts, a stated total.
SELECT market_shares('CATL', 259.7::capacity_gwh);
SELECT market_shares('CATL', '0.000000000001'::capacity_gwh);
SELECT market_shares_usd('CATL', 26440000000.05);
SELECT market_shares('CATL', 0.1::float8), market_shares('CATL', 1e-18), market_shares('CATL', 5);
SELECT market_shares(m, x::capacity_gwh, '705.5'::capacity_gwh)
FROM (VALUES ('CATL', 259.7), ('BYD', 111.4), ('BYD', NULL), (NULL, 10), (NULL, NULL), ('USA', NULL)) v(m, x);
SELECT market_shares_usd(m, x, 10.5) FROM (VALUES ('b', 1), ('a', 2.50)) v(m, x);
-- finer than the unit: half away from zero
SELECT amount(market_shares('a', 0.0000000000000000005), 'a'), amount(market_shares('a', 0.00000000000000000049), 'a');

-- Members that are hard to write.
CREATE TEMP TABLE odd (m text);
INSERT INTO odd VALUES (''), (' '), ('"'), ('\'), ('\"'), (E'new\nline'), (E'tab\t'), (E'\x01\x1f\x7f'), ('a,b'),
  ('{"x": 1}'), ('null'), (''''), ('宁德时代'), ('Ñandú é'), ('🔋'), (repeat('long ', 100)), ('CATL'), ('catl'), ('CATL ');
SELECT market_shares(m, 1) FROM odd WHERE m ~ '^[ -~]{0,9}$' OR m ~ E'[\n\t]';
SELECT s::text::market_shares = s AS text_trip, s::text::market_shares::text = s::text AS same_text,
       members(s), (SELECT count(*) FROM odd WHERE share(s, m) IS NULL) AS lost,
       (SELECT array_agg(member ORDER BY member) = (SELECT array_agg(m ORDER BY m) FROM odd) FROM shares(s)) AS all_there,
       s::text::jsonb ? 'members' AS is_json,
       (SELECT count(*) FROM jsonb_object_keys(s::text::jsonb -> 'members') k JOIN odd ON k = m) AS json_keys
FROM (SELECT market_shares(m, 1.5) AS s FROM odd) t;

-- No setting changes the text.
SET extra_float_digits = -10;
SET bytea_output = escape;
SELECT market_shares('a', 0.1234567890123456::float8);
RESET extra_float_digits;
RESET bytea_output;

-- What reads in: blanks, any order of members, any JSON escape.
SELECT ' { "market_shares" :1,"unit":"gwh", "members":{"b":[2.50,3,0] , "a":[7.00,1,2],"\u0041\n\/":[null,0,1]}, "others":[0,1,0], "stated":[9,4] } '::market_shares;
SELECT '{"market_shares": 1, "unit": null, "members": {}}'::market_shares AS empty,
       total('{"market_shares": 1, "unit": null, "members": {}}'), members('{"market_shares": 1, "unit": null, "members": {}}');
SELECT '{"market_shares": 1, "unit": "usd", "members": {"a": [170141183460469231731.687303715884105727, 9223372036854775807, 9223372036854775807]}}'::market_shares;

-- What does not.
CREATE TEMP TABLE bad (id int, t text);
INSERT INTO bad VALUES
 (1, ''), (2, 'CATL'), (3, '{}'), (4, '{"market_shares": 3, "unit": "gwh", "members": {}}'),
 (5, '{"market_shares": 1, "unit": "mwh", "members": {}}'),
 (6, '{"market_shares": 1, "unit": "gwh", "members": {}}'),
 (7, '{"market_shares": 1, "unit": null, "members": {"a": [1, 1, 0]}}'),
 (8, '{"market_shares": 1, "unit": "gwh", "members": {"a": [-1, 1, 0]}}'),
 (9, '{"market_shares": 1, "unit": "gwh", "members": {"a": [0.0000000000001, 1, 0]}}'),
 (10, '{"market_shares": 1, "unit": "gwh", "members": {"a": [1e3, 1, 0]}}'),
 (11, '{"market_shares": 1, "unit": "gwh", "members": {"a": [NaN, 1, 0]}}'),
 (12, '{"market_shares": 1, "unit": "gwh", "members": {"a": [1, 0, 0]}}'),
 (13, '{"market_shares": 1, "unit": "gwh", "members": {"a": [null, 1, 0]}}'),
 (14, '{"market_shares": 1, "unit": "gwh", "members": {"a": [null, 0, 0]}}'),
 (15, '{"market_shares": 1, "unit": "gwh", "members": {"a": [1, 9223372036854775808, 0]}}'),
 (16, '{"market_shares": 1, "unit": "gwh", "members": {"a": [1, 1, 0], "a": [1, 1, 0]}}'),
 (17, '{"market_shares": 1, "unit": "gwh", "members": {"b": [1, 1, 0], "a": [1, 1, 0], "b": [2, 1, 0]}}'),
 (18, '{"market_shares": 1, "unit": "gwh", "members": {"a": [1, 1, 0]}, "stated": [5, 0]}'),
 (19, '{"market_shares": 1, "unit": "gwh", "members": {"a": [1, 1, 0]}, "others": [null, 0, 0]}'),
 (20, '{"market_shares": 1, "unit": "gwh", "members": {"a": [1, 1, 0]}, "stated": [5, 1], "others": [1, 1, 0]}'),
 (21, '{"market_shares": 1, "unit": "gwh", "members": {"a": [1, 1, 0]}} x'),
 (22, '{"market_shares": 1, "unit": "gwh", "members": {"a": [1, 1, 0]},}'),
 (23, '{"market_shares": 1, "unit": "gwh", "members": {"\u0000": [1, 1, 0]}}'),
 (24, '{"market_shares": 1, "unit": "gwh", "members": {"\u00e9": [1, 1, 0]}}'),
 (25, '{"market_shares": 1, "unit": "gwh", "members": {"\q": [1, 1, 0]}}'),
 (26, '{"market_shares": 1, "unit": "gwh", "members": {"a'),
 (27, '{"market_shares": 1, "unit": "gwh", "members": {"a\u00'),
 (28, E'{"market_shares": 1, "unit": "gwh", "members": {"a\n": [1, 1, 0]}}'),
 (29, '{"market_shares": 1, "unit": "plain", "members": {"a": [170141183460469231731.687303715884105728, 1, 0]}}'),
 (30, '{"market_shares": 1, "unit": null, "members": {}, "stated": [5, 1]}'),
 (31, '{"market_shares": 1, "unit": "gwh", "members": {"' || repeat('宁', 100) || '": [1, 1, 0'),
 (32, '{"market_shares": 99999999999999999999'),
 (33, '{"market_shares": 1, "unit": "gwh", "members": {"a": [007, 1, 0]}}'),
 (34, '{"market_shares": 1, "unit": "gwh", "members": {"a": [1., 1, 0]}}'),
 (35, '{"market_shares": 1, "unit": "gwh", "members": {"a": [1, 01, 0]}}'),
 (36, '{"market_shares": 1, "unit": "gwh", "members": {"a": [1, 1, 0]}, "others": [1, 1, 0], }'),
 (37, '{"market_shares": 1, "unit": "gwh", "members": {"a": [1, 1]}}');
SELECT id, pg_temp.problem(format('SELECT %L::market_shares', t)) FROM bad ORDER BY id;

-- Soft errors, where the server has them (16 and later).
SELECT current_setting('server_version_num')::int >= 160000 AS soft \gset
\if :soft
SELECT count(*) FILTER (WHERE pg_input_is_valid(t, 'market_shares')) AS accepted FROM bad \gset
\else
\set accepted 0
\endif
SELECT :accepted AS accepted;

-- Binary: out and back.
CREATE TEMP TABLE kept (id int, s market_shares);
INSERT INTO kept SELECT 1, market_shares(m, 1.5) FROM odd;
INSERT INTO kept SELECT 2, market_shares(m, x::capacity_gwh, '705.5'::capacity_gwh)
  FROM (VALUES ('CATL', 259.7), ('BYD', NULL), (NULL, 10), (NULL, NULL)) v(m, x);
INSERT INTO kept SELECT 3, market_shares_usd('a', 170141183460469231731.687303715884105727);
INSERT INTO kept VALUES (4, '{"market_shares": 1, "unit": null, "members": {}}'), (5, NULL);
INSERT INTO kept SELECT 6, market_shares('maker ' || i, i) FROM generate_series(1, 2000) i;
CREATE TEMP TABLE back (LIKE kept);
\copy kept TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy back FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
SELECT id, b.s IS NOT DISTINCT FROM k.s AS same, b.s::text IS NOT DISTINCT FROM k.s::text AS same_text,
       market_shares_send(b.s) IS NOT DISTINCT FROM market_shares_send(k.s) AS same_binary
FROM kept k FULL JOIN back b USING (id) ORDER BY id;
SELECT encode(market_shares_send(market_shares(m, x::capacity_gwh, 3::capacity_gwh)), 'hex') FROM (VALUES ('b', 2), ('a', NULL)) v(m, x);

-- Corrupt binary: the bytes of a bytea column go into a market_shares column.
CREATE TEMP TABLE bytes (b bytea);
CREATE TEMP TABLE victim (s market_shares);
-- short
INSERT INTO bytes VALUES ('\x01');
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
-- version 3
TRUNCATE bytes;
INSERT INTO bytes SELECT set_byte(market_shares_send(market_shares('a', 1)), 0, 3);
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
-- unit 4
TRUNCATE bytes;
INSERT INTO bytes SELECT set_byte(market_shares_send(market_shares('a', 1)), 1, 4);
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
-- unit 0 with rows
TRUNCATE bytes;
INSERT INTO bytes SELECT set_byte(market_shares_send(market_shares('a', 1)), 1, 0);
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
-- four billion members
TRUNCATE bytes;
INSERT INTO bytes SELECT overlay(market_shares_send(market_shares('a', 1)) placing '\xffffffff' from 3);
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
-- a name of two billion bytes
TRUNCATE bytes;
INSERT INTO bytes SELECT overlay(market_shares_send(market_shares('a', 1)) placing '\x7fffffff' from 7);
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
-- a negative total
TRUNCATE bytes;
INSERT INTO bytes SELECT set_byte(market_shares_send(market_shares('a', 1)), 11, 255);
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
-- an amount without rows
TRUNCATE bytes;
INSERT INTO bytes SELECT set_byte(market_shares_send(market_shares('a', 1)), 34, 0);
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
-- a negative count
TRUNCATE bytes;
INSERT INTO bytes SELECT set_byte(market_shares_send(market_shares('a', 1)), 35, 128);
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
-- the same member twice
TRUNCATE bytes;
INSERT INTO bytes SELECT overlay(b placing 'a' from 48) FROM (SELECT market_shares_send(market_shares(m, 1)) AS b FROM (VALUES ('a'), ('b')) v(m)) t;
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
-- a stated total that no row states
TRUNCATE bytes;
INSERT INTO bytes SELECT set_byte(b, length(b) - 9, 1) FROM (SELECT market_shares_send(market_shares('a', 1)) AS b) t;
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
-- a byte too many
TRUNCATE bytes;
INSERT INTO bytes SELECT market_shares_send(market_shares('a', 1)) || '\x00';
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
-- not UTF-8, and a zero byte
TRUNCATE bytes;
INSERT INTO bytes SELECT set_byte(market_shares_send(market_shares('a', 1)), 10, 255);
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
TRUNCATE bytes;
INSERT INTO bytes SELECT set_byte(market_shares_send(market_shares('a', 1)), 10, 0);
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
-- members in another order are sorted
TRUNCATE bytes;
INSERT INTO bytes SELECT overlay(overlay(b placing 'z' from 11) placing 'y' from 48) FROM (SELECT market_shares_send(market_shares(m, 1)) AS b FROM (VALUES ('a'), ('b')) v(m)) t;
\copy bytes TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy victim FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
SELECT * FROM victim;
-- A client with another encoding gets and sends the names in it.
CREATE TEMP TABLE latin (s market_shares);
INSERT INTO latin SELECT market_shares(m, 1) FROM (VALUES ('Ñandú'), ('ÿ')) v(m);
SET client_encoding = latin1;
SELECT encode(market_shares_send(s), 'hex') LIKE '%00000005d1616e64fa%00000001ff%' AS latin1 FROM latin;
\copy latin TO PROGRAM 'cat > "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
\copy latin FROM PROGRAM 'cat "${TMPDIR:-/tmp}/battery_market_$PPID"' (FORMAT binary)
RESET client_encoding;
SELECT count(*), count(DISTINCT s) FROM latin;
\! rm -f "${TMPDIR:-/tmp}/battery_market_$PPID"

-- Order and equality.
CREATE TEMP TABLE ordered (id int, s market_shares);
INSERT INTO ordered VALUES (1, '{"market_shares": 1, "unit": null, "members": {}}');
INSERT INTO ordered SELECT 2, market_shares('a', 1::capacity_gwh);
INSERT INTO ordered SELECT 3, market_shares('a', 2::capacity_gwh);
INSERT INTO ordered SELECT 4, market_shares(m, 2::capacity_gwh) FROM (VALUES ('a'), ('b')) v(m);
INSERT INTO ordered SELECT 5, market_shares('aa', 2::capacity_gwh);
INSERT INTO ordered SELECT 6, market_shares('b', 1::capacity_gwh);
INSERT INTO ordered SELECT 7, market_shares_usd('a', 1);
INSERT INTO ordered SELECT 8, market_shares('a', 1::numeric);
INSERT INTO ordered SELECT 9, market_shares('a', 1::numeric, 5::numeric);
INSERT INTO ordered SELECT 10, market_shares('a', x::numeric) FROM (VALUES (1), (NULL)) v(x);
INSERT INTO ordered SELECT 11, market_shares('a', x::numeric) FROM (VALUES (1), (0)) v(x);
SELECT array_agg(id ORDER BY s, id) FROM ordered;
SELECT count(*) AS wrong FROM ordered a, ordered b
WHERE (a.s = b.s) IS DISTINCT FROM (a.id = b.id) OR (a.s <> b.s) IS DISTINCT FROM (a.id <> b.id)
   OR (a.s < b.s) IS DISTINCT FROM (market_shares_cmp(a.s, b.s) < 0) OR (a.s <= b.s) IS DISTINCT FROM (market_shares_cmp(a.s, b.s) <= 0)
   OR (a.s > b.s) IS DISTINCT FROM (market_shares_cmp(a.s, b.s) > 0) OR (a.s >= b.s) IS DISTINCT FROM (market_shares_cmp(a.s, b.s) >= 0)
   OR sign(market_shares_cmp(a.s, b.s)) <> -sign(market_shares_cmp(b.s, a.s));
CREATE INDEX ordered_btree ON ordered (s);
CREATE INDEX ordered_hash ON ordered USING hash (s);
SET enable_seqscan = off;
SELECT count(*) FROM ordered a JOIN ordered b USING (s);
SELECT count(DISTINCT s), count(*) FROM (SELECT s FROM ordered UNION ALL SELECT s::text::market_shares FROM ordered) u;
SELECT id FROM ordered WHERE s = (SELECT market_shares('aa', 2::capacity_gwh));
RESET enable_seqscan;
-- The hash is part of what is stored: it may never change.
SELECT id, market_shares_hash(s), market_shares_hash_extended(s, 42) FROM ordered ORDER BY id;
SELECT count(DISTINCT market_shares_hash(s)) AS hashes FROM (SELECT market_shares('member ' || i, i) AS s FROM generate_series(1, 1000) i GROUP BY i) t;
SELECT market_shares_hash_extended(s, 0) & 4294967295 = market_shares_hash(s)::bigint & 4294967295 AS seed_0 FROM ordered WHERE id = 8;

-- What an amount may not be.
SELECT pg_temp.problem(q) FROM unnest(ARRAY[
 $$SELECT market_shares('CATL', (-1)::capacity_gwh)$$,
 $$SELECT market_shares('CATL', -0.001)$$,
 $$SELECT market_shares('CATL', -0.001::float8)$$,
 $$SELECT market_shares(NULL, -5)$$,
 $$SELECT market_shares_usd('CATL', -5)$$,
 $$SELECT market_shares('CATL', 'NaN'::float8)$$,
 $$SELECT market_shares('CATL', 'NaN'::numeric)$$,
 $$SELECT market_shares('CATL', 'Infinity'::numeric)$$,
 $$SELECT market_shares('CATL', '-Infinity'::float8)$$,
 $$SELECT market_shares('CATL', 170141183460469231731.687303715884105728)$$,
 $$SELECT market_shares('CATL', 1e300::float8)$$,
 $$SELECT market_shares('CATL', x) FROM (VALUES (170141183460469231731.6), (0.1)) v(x)$$,
 $$SELECT market_shares(NULL, x) FROM (VALUES (170141183460469231731.6), (0.1)) v(x)$$,
 $$SELECT market_shares('CATL', 1::float8, -1::float8)$$,
 $$SELECT market_shares('CATL', 1.0, 'NaN'::numeric)$$,
 $$SELECT market_shares('CATL', x::capacity_gwh, t::capacity_gwh) FROM (VALUES (1, 705.5), (1, 509.2)) v(x, t)$$,
 $$SELECT market_shares('CATL', x::capacity_gwh, t::capacity_gwh) FROM (VALUES (1, 509.2), (1, 705.5)) v(x, t)$$,
 $$SELECT market_shares(repeat('x', 200), -1)$$,
 $$SELECT rollup(s) FROM (SELECT market_shares('a', 1::capacity_gwh) UNION ALL SELECT market_shares('a', 1::numeric)) v(s)$$,
 $$SELECT rollup(s) FROM (SELECT market_shares_usd('a', 1) UNION ALL SELECT market_shares('a', 1::capacity_gwh)) v(s)$$,
 $$SELECT rollup(s) FROM (SELECT market_shares('a', 1.0, 5.0) UNION ALL SELECT market_shares('b', 1.0, 6.0)) v(s)$$,
 $$SELECT cr(market_shares('a', 1), 0)$$,
 $$SELECT cr_low(market_shares('a', 1), -1)$$,
 $$SELECT cr_high(market_shares('a', 1), 1, 'nobody')$$,
 $$SELECT hhi_high(market_shares('a', 1), 'ANYONE')$$,
 $$SELECT market_shares('a', '1 GWh')$$,
 $$SELECT market_shares('a', '5'::cost_per_gwh)$$,
 $$SELECT rollup('{"market_shares": 1, "unit": "gwh", "members": {"a": [1, 9223372036854775807, 0]}}'::market_shares) FROM generate_series(1, 2)$$
]) WITH ORDINALITY u(q, i) ORDER BY i;
-- Refused before memory is asked for: 128 MB of members.
SELECT pg_temp.problem($$SELECT market_shares(repeat('x', 30000000) || i, 1) FROM generate_series(1, 5) i$$);
SELECT pg_temp.problem($$SELECT market_shares(repeat('x', 140000000 + i), 1) FROM generate_series(1, 1) i$$);
DROP TABLE odd, bad, latin, kept, back, bytes, victim, ordered;

-- Building a hash index keeps nothing of the values it has hashed: 100,000
-- copies would be more than 10 MB.
SET maintenance_work_mem = '1MB';
CREATE FUNCTION pg_temp.watched(i int, v market_shares) RETURNS market_shares LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  bytes bigint;
BEGIN
  IF i IN (1, 100000) THEN
    SELECT sum(total_bytes) INTO bytes FROM pg_backend_memory_contexts;
    IF i = 1 THEN
      PERFORM set_config('battery_test.bytes', bytes::text, true);
    ELSE
      RAISE NOTICE 'in bounds: %', bytes - current_setting('battery_test.bytes')::bigint < 5000000;
    END IF;
  END IF;
  RETURN v;
END $$;
CREATE TEMP TABLE hashed AS SELECT i, v FROM (SELECT market_shares('a', 1.0) AS v) s, generate_series(1, 100000) i ORDER BY i;
CREATE INDEX ON hashed USING hash (pg_temp.watched(i, v));
DROP TABLE hashed;
DROP FUNCTION pg_temp.watched;
RESET maintenance_work_mem;
