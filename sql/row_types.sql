--
-- What ALTER TYPE does to the functions that return a row type of the extension,
-- between the making of a plan and its run too, and to rows that are stored.
--
-- Since the minor releases of November 2026 (15.20, 17.12) the server itself sees that
-- a stored or half read row is of an older version of its type; no server can see
-- that C code fills a type as it was when the code was written.
--
SET client_min_messages = warning;
SET extra_float_digits = 0;
CREATE TABLE series AS
	SELECT two_factor_series(2000 + q / 4.0, 1 + 2 * q::float8, (1 + q) ^ 2::float8, 1024 * 0.5 ^ (q / 8.0), 1 + q * (q % 3)::float8) AS s
	FROM generate_series(0, 20) q;
CREATE TABLE markets AS
	SELECT market_shares(m, a) FILTER (WHERE NOT late) AS before, market_shares(m, a) FILTER (WHERE late) AS after
	FROM (VALUES ('a', 60, false), ('b', 40, false), ('a', 50, true), ('c', 70, true)) v(m, a, late);

-- A call for each function that returns a row type with a name.
CREATE TABLE callers (row_type regtype, function regprocedure, call text);
INSERT INTO callers
	SELECT p.prorettype, p.oid, format('SELECT count(t::text) FROM %s, LATERAL %s(%s) t',
		CASE WHEN p.proargtypes[0] = 'market_shares'::regtype THEN 'markets' ELSE 'series' END, p.proname,
		CASE WHEN p.proargtypes[0] = 'market_shares'::regtype
			THEN 'before, after' || CASE WHEN p.pronargs > 2 THEN ', ''1'', ''1''' ELSE '' END
			WHEN p.proargtypes[0] = 'paired_values'::regtype
			THEN '(SELECT paired_logarithms(x, 100 / x) FROM generate_series(1, 9) x)'
			ELSE 's' END)
	FROM pg_proc p JOIN pg_type t ON t.oid = p.prorettype
	WHERE t.typtype = 'c' AND p.probin LIKE '%battery';
SELECT row_type, count(*) AS functions FROM callers GROUP BY row_type ORDER BY row_type::text;

-- No function in C reads a row.
SELECT p.oid::regprocedure FROM pg_proc p, pg_type t
WHERE p.probin LIKE '%battery' AND t.oid = ANY (p.proargtypes::oid[]) AND (t.typtype = 'c' OR t.oid = 'record'::regtype);

-- answer: what a call of each function says, in the words of the first column that
-- is not as it should be; each call is planned before the type is altered.
CREATE FUNCTION answers(types text, alteration text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	c record;
	said text;
BEGIN
	FOR c IN SELECT row_number() OVER () AS n, call FROM callers WHERE row_type::text ~ types LOOP
		EXECUTE format('PREPARE p%s AS %s', c.n, c.call);
		EXECUTE format('EXECUTE p%s', c.n);
	END LOOP;
	EXECUTE alteration;
	FOR c IN SELECT row_number() OVER () AS n, * FROM callers WHERE row_type::text ~ types LOOP
		BEGIN
			EXECUTE format('EXECUTE p%s', c.n);
			said := 'a row';
		EXCEPTION WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS said = PG_EXCEPTION_DETAIL;
			said := SQLSTATE || ' ' || SQLERRM || ' | ' || said;
		END;
		EXECUTE format('DEALLOCATE p%s', c.n);
		RETURN NEXT said;
	END LOOP;
END $$;

-- Every column of every type, made a type that is stored otherwise: never a row, never
-- a crash.
CREATE FUNCTION alter_each() RETURNS TABLE (row_type text, columns bigint, said text) LANGUAGE plpgsql AS $$
DECLARE
	a record;
	answer text;
	altered text;
BEGIN
	CREATE TEMPORARY TABLE seen (row_type text, col text, said text);
	FOR a IN SELECT t.oid::regtype AS of_type, attname, atttypid FROM pg_attribute JOIN pg_type t ON t.typrelid = attrelid
			WHERE t.oid IN (SELECT c.row_type FROM callers c) AND attnum > 0 ORDER BY t.oid, attnum LOOP
		FOREACH altered IN ARRAY ARRAY['text', 'bigint', 'boolean'] LOOP
			CONTINUE WHEN a.atttypid = altered::regtype;
			BEGIN
				FOR answer IN SELECT DISTINCT x FROM answers(format('^%s$', a.of_type),
						format('ALTER TYPE %s ALTER ATTRIBUTE %I TYPE %s', a.of_type, a.attname, altered)) x LOOP
					INSERT INTO seen VALUES (a.of_type, a.attname, answer);
				END LOOP;
				RAISE EXCEPTION 'back' USING ERRCODE = 'ZZ000',
					DETAIL = (SELECT json_agg(s) FROM seen s);
			EXCEPTION WHEN SQLSTATE 'ZZ000' THEN
				GET STACKED DIAGNOSTICS answer = PG_EXCEPTION_DETAIL;
				TRUNCATE seen;
				INSERT INTO seen SELECT * FROM json_populate_recordset(NULL::seen, answer::json);
			END;
		END LOOP;
	END LOOP;
	RETURN QUERY SELECT s.row_type, count(DISTINCT s.col),
		regexp_replace(s.said, 'Column "\w+" is of type .*\.', 'Column ... is of type ...') FROM seen s GROUP BY 1, 3 ORDER BY 1, 3;
END $$;
SELECT * FROM alter_each();

-- What it says.
BEGIN;
ALTER TYPE curve_fit ALTER ATTRIBUTE rss TYPE text;
SELECT moore(s) FROM series;
ROLLBACK;

-- Another column, one less, and another name; answers() plans before.
BEGIN;
SELECT DISTINCT * FROM answers('theil_sen_fit', 'ALTER TYPE theil_sen_fit ADD ATTRIBUTE further text');
ROLLBACK;
BEGIN;
SELECT DISTINCT * FROM answers('theil_sen_fit', 'ALTER TYPE theil_sen_fit DROP ATTRIBUTE note');
ROLLBACK;
BEGIN;
SELECT DISTINCT * FROM answers('theil_sen_fit', 'ALTER TYPE theil_sen_fit RENAME ATTRIBUTE note TO remark');
ROLLBACK;

-- Stored rows. A column that is added is NULL in them; a type in use is not changed;
-- one that is dropped leaves the others as they were.
CREATE TABLE stored AS SELECT m AS fit, ARRAY[m] AS fits, t AS change
	FROM series, moore(s) m, markets, share_change(before, after) t;
SELECT count(*), bool_and((fit).observations = 21 AND (fit).r_squared = 1 AND (fits[1]).note IS NOT DISTINCT FROM (fit).note) FROM stored;
\set VERBOSITY sqlstate
ALTER TYPE curve_fit ALTER ATTRIBUTE rss TYPE text;
\set VERBOSITY default
BEGIN;
ALTER TYPE curve_fit ADD ATTRIBUTE further text;
SELECT count(*), count((fit).further), bool_and((fits[1]).observations = 21 AND (fit).r_squared = 1) FROM stored;
SELECT count(*) FROM stored JOIN stored s USING (fit);
ROLLBACK;
BEGIN;
ALTER TYPE curve_fit DROP ATTRIBUTE rss;
SELECT count(*), bool_and((fits[1]).observations = 21 AND (fit).r_squared = 1) FROM stored;
UPDATE stored SET fit.note = 'seen';
SELECT DISTINCT (fit).model, (fit).note, (fits[1]).note FROM stored;
ROLLBACK;

-- A row of the type as it was, held by a cursor and by a PL/pgSQL variable.
BEGIN;
DECLARE held CURSOR FOR SELECT fit FROM stored;
SELECT (fit).observations FROM stored LIMIT 1;
MOVE 1 FROM held;
SAVEPOINT open_cursor;
ALTER TYPE curve_fit ADD ATTRIBUTE further text;
ROLLBACK TO open_cursor;
ROLLBACK;
DO $$
DECLARE
	held curve_fit;
BEGIN
	SELECT m.* INTO held FROM series, moore(s) m;
	ALTER TYPE curve_fit ADD ATTRIBUTE further text;
	RAISE EXCEPTION USING ERRCODE = 'ZZ000', MESSAGE = format('%s observations', held.observations);
EXCEPTION WHEN SQLSTATE 'ZZ000' THEN
	RAISE WARNING '%', SQLERRM;
END $$;

-- The estimators of <@ take what they are given for chemistries: integers of eight
-- bytes and no addresses.  An operator over text, to which only a superuser may attach
-- them since February 2026, gets a poor estimate and nothing worse.
CREATE FUNCTION text_part(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 ^@ $2';
CREATE OPERATOR <<|>> (LEFTARG = text, RIGHTARG = text, FUNCTION = text_part, RESTRICT = chemistry_contained_sel, JOIN = chemistry_contained_joinsel);
CREATE TABLE texts AS SELECT repeat(chr(65 + q % 26), 1 + q % 300) AS t FROM generate_series(1, 3000) q;
ANALYZE texts;
SELECT count(*) FROM texts WHERE t <<|>> 'B';
SELECT count(*) FROM texts a, texts b WHERE a.t <<|>> b.t AND b.t <<|>> 'BBBBBBBB' AND a.t <<|>> 'BBBBBBBB';
DROP OPERATOR <<|>> (text, text);
DROP FUNCTION text_part(text, text);
DROP TABLE texts, stored, series, markets, callers;
DROP FUNCTION answers(text, text), alter_each();
