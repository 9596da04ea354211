-- What the types whose values are aggregate states say alike: a version that is
-- not known (stored, as text, in binary), a corrupt value, values that cannot be
-- merged.  "raw" is a type of nothing but bytes, so that a stored value can be
-- damaged.
SET client_min_messages = warning;
CREATE TYPE raw;
CREATE FUNCTION raw_in(cstring) RETURNS raw AS 'byteain' LANGUAGE internal IMMUTABLE STRICT;
CREATE FUNCTION raw_out(raw) RETURNS cstring AS 'byteaout' LANGUAGE internal IMMUTABLE STRICT;
CREATE TYPE raw (INPUT = raw_in, OUTPUT = raw_out, ALIGNMENT = double, STORAGE = extended);

CREATE TABLE state (type regtype PRIMARY KEY, good text, unlike text);
INSERT INTO state SELECT 'learning_curve', learning_curve(1, 2), learning_curve(1, 2, 3);
INSERT INTO state SELECT 'regression', regression(1, 2), regression(1, 2, 3);
INSERT INTO state SELECT 'cost_series', cost_series(2000, 1::float8), cost_series(date '2001-01-01', 1::float8);
INSERT INTO state SELECT 'paired_values', paired_values(1, 2), paired_logarithms(1, 2);
INSERT INTO state SELECT 'quantity_sums', capacity_partial('1 GWh'), cost_partial(1);
INSERT INTO state SELECT 'quantity_values', median_partial('1 GWh'::capacity_gwh), median_partial(1::cost_per_gwh);
INSERT INTO state SELECT 'market_shares', market_shares('a', '1 GWh'::capacity_gwh), market_shares('a', 1::numeric);

SELECT format('CREATE CAST (raw AS %1$s) WITHOUT FUNCTION', type),
	format('CREATE CAST (%1$s AS raw) WITHOUT FUNCTION', type) FROM state \gexec

-- what a statement says
CREATE FUNCTION said(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
	detail text;
	hint text;
BEGIN
	IF statement LIKE 'COPY%' THEN
		EXECUTE statement;
	ELSE
		EXECUTE statement INTO result;
	END IF;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(E'\n', SQLSTATE || ' ' || SQLERRM, nullif(detail, ''), nullif(hint, ''));
END $$;

-- the bytes of a stored value behind its length, and such bytes as text
CREATE FUNCTION stored(type regtype, printed text) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
	bytes text;
BEGIN
	EXECUTE format('SELECT %L::%s::raw::text', printed, type) INTO bytes;
	RETURN bytes;
END $$;
CREATE FUNCTION printed(type regtype, bytes bytea) RETURNS text LANGUAGE sql AS $$
	SELECT said(format('SELECT %L::raw::%s::text', bytes, type))
$$;

-- as they are
SELECT type, printed(type, stored(type, good)) = good AS same, get_byte(stored(type, good), 0) AS version FROM state ORDER BY type::text;

-- an unknown version: stored, whatever follows it; 0; as text; in binary
SELECT type, printed(type, set_byte(stored(type, good), 0, 77)) AS stored FROM state ORDER BY type::text;
SELECT count(*) AS agree FROM state
WHERE printed(type, '\x4d') = printed(type, set_byte(stored(type, good), 0, 77))
	AND printed(type, set_byte(stored(type, good), 0, 0)) = replace(printed(type, '\x4d'), '77', '0')
	AND said(format('SELECT %L::%s::text', regexp_replace(good, '[1-9]', '77'), type)) = printed(type, '\x4d');
SELECT said(format('SELECT %L::%s::text', regexp_replace(good, '[1-9]', repeat('9', 1000)), type)) FROM state ORDER BY type::text LIMIT 2;
CREATE FUNCTION received(type regtype, message bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	-- a binary COPY: its header, one field, the field's length
	stream bytea := '\x5047434f50590aff0d0a0000000000000000000001'::bytea || int4send(length(message)) || message || '\xffff'::bytea;
	octal text;
	result text;
BEGIN
	SELECT string_agg(format('\%s%s%s', b / 64, b / 8 % 8, b % 8), '' ORDER BY i) INTO octal
	FROM generate_series(0, length(stream) - 1) i, get_byte(stream, i) b;
	EXECUTE format('CREATE TEMP TABLE received (v %s)', type);
	result := said(format('COPY received FROM PROGRAM %L (FORMAT binary)', format('printf ''%s''', octal)));
	IF result IS NULL THEN
		SELECT v::text INTO result FROM received;
	END IF;
	DROP TABLE received;
	RETURN result;
END $$;
CREATE FUNCTION sent(type regtype, printed text) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
	message bytea;
BEGIN
	EXECUTE format('SELECT %s_send(%L)', type, printed) INTO message;
	RETURN message;
END $$;
SELECT type, received(type, sent(type, good)) = good AS same,
	received(type, set_byte(sent(type, good), 0, 77)) = printed(type, '\x4d') AS version FROM state ORDER BY type::text;
SELECT received(type, set_byte(sent(type, good), 1, 77)) FROM state ORDER BY type::text;

-- a corrupt value: cut, with a code that is none, nothing but a version, nothing
SELECT type, printed(type, substr(stored(type, good), 1, length(stored(type, good)) - 1)) AS cut FROM state ORDER BY type::text;
SELECT count(*) AS agree FROM state
WHERE printed(type, set_byte(stored(type, good), 1, 77)) = printed(type, '')
	AND printed(type, substr(stored(type, good), 1, 1)) = printed(type, '')
	AND printed(type, substr(stored(type, good), 1, length(stored(type, good)) - 1)) = printed(type, '');

-- no value is taken without a look at its version, whatever a function does
SELECT type, said(format('SELECT rollup(v) FROM (VALUES (%L::%2$s), (%L::raw::%2$s)) t (v)', good, type, set_byte(stored(type, good), 0, 77))) = printed(type, '\x4d') AS second,
	said(format('SELECT rollup(v) FROM (VALUES (%L::raw::%2$s), (%L::%2$s)) t (v)', set_byte(stored(type, good), 0, 77), type, good)) = printed(type, '\x4d') AS first
FROM state ORDER BY type::text;

-- values that cannot be merged: one message, whichever comes first
SELECT type, said(format('SELECT rollup(v) FROM (VALUES (%L::%2$s), (%L)) t (v)', good, type, unlike)) AS merged FROM state ORDER BY type::text;
SELECT count(*) AS agree FROM state
WHERE said(format('SELECT rollup(v) FROM (VALUES (%L::%2$s), (%L)) t (v)', good, type, unlike)) =
	said(format('SELECT rollup(v) FROM (VALUES (%L::%2$s), (%L)) t (v)', unlike, type, good));

-- an aggregate without a final function gives its state as it is: the room for
-- further rows holds nothing that was in memory before
SELECT format('CREATE AGGREGATE unfinished(%1$s) (SFUNC = %2$s, STYPE = %1$s)', type, aggtransfn)
FROM state JOIN pg_aggregate ON aggfnoid = format('rollup(%s)', type)::regprocedure \gexec
SELECT type, said(format('SELECT count(DISTINCT bytes) FROM (SELECT unfinished(%L::%s)::raw::text AS bytes, string_agg(repeat(chr(97 + n / 400), 100), '''') AS noise FROM generate_series(0, 3999) n GROUP BY n / 400) t WHERE noise <> ''''', good, type)) AS different
FROM state ORDER BY type::text;

-- a text of 1 MB makes a short message
SELECT type, length(said(format('SELECT %L::%s', left(good, 20) || repeat('x', 1000000), type))) < 500 AS short FROM state ORDER BY type::text;

SELECT format('DROP AGGREGATE unfinished(%s)', type) FROM state \gexec
DROP FUNCTION said(text), stored(regtype, text), printed(regtype, bytea), received(regtype, bytea), sent(regtype, text);
DROP TABLE state;
DROP TYPE raw CASCADE;
