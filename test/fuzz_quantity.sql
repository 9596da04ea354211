-- Mutation fuzzer over the text input of the quantities and their states.
--
--	psql -X -v ON_ERROR_STOP=1 [-v inputs=1200000] [-v seed=0.42] -f test/fuzz_quantity.sql
--
-- Starts from spellings that are read and from ones that are refused, and
-- changes, drops, doubles, inserts and swaps characters.  For every input
--
--	  a value that is accepted reads back from its text, and from what
--	  display() writes, as the same value;
--	  NULL from try_ and a text from _problem come together;
--	  a problem has a message that is one line, and a hint;
--
-- and for a part of them, input itself (the hard path and, where the server
-- has it, the soft path) agrees with try_.  Ends with a line "fuzz ok" or an
-- error; that the server is still there to say so is half of the test.
\set VERBOSITY terse
SET client_min_messages = warning;
\if :{?inputs}
\else
\set inputs 1200000
\endif
\if :{?seed}
\else
\set seed 0.42
\endif
CREATE EXTENSION IF NOT EXISTS battery;
SELECT setseed(:seed) \g /dev/null

CREATE TEMP TABLE seed AS
SELECT row_number() OVER () - 1 AS i, s
FROM unnest(ARRAY['1.5', '-0.25', '1.5e-05', '9223372.036854775807', '-9223372.036854775808', '0.000000000001', '20000', '586,303 MWh', '12,345,678.5 kWh',
	'500 MWh', '500 mWh', '5 GW·h', '30 GWh/yr', '30 GWh per year', '30 GWh p.a.', '5 megawatt-hours', '−5 TWh', '1.5 MW/150 MWh', '~86–90', 'NaN', '—',
	'67.3', 'US$67.3 million/GWh', '67.3 M$/GWh', '67.3 US $M/GWh', '$115/kWh', 'US $0.05 per kWh', '$82 m per GWh', '520 million USD/GWh', '$0.115/Wh', '$128mm/GWh',
	'US$67.3m per GWh/yr', 'US$67.3m/(GWh/yr)', '67300000 USD/GWh', '150000 USD/kWh', '67.3 MUSD/GWh', 'US$ 1.2 trillion per PWh', '$12/kWh-yr', '€100/kWh', 'A$115/kWh', 'U.S. $5/kWh', '115 US dollars per kWh', '']) s;
CREATE TEMP TABLE alphabet AS
SELECT ARRAY['0', '1', '5', '9', '00', '000', ',', '.', '-', '+', 'e', 'E', 'e5', ' ', '  ', '/', '/yr', 'per', ' per ', 'W', 'h', 'Wh', 'kWh', 'MWh', 'GWh', 'm', 'M', 'k', 'G', 'T', 'P', 'mm', 'bn', 'tn', '$', 'US$', 'USD', '€', 'A$', '(', ')', '%', '~', '<', '>', '=', '?', '''', '"', '\', '_', 'x', 'é', '·', '–', '—', '−', ' ', '…', '∞', '¢', '元', '😀', E'\t', E'\n', E'\x01', E'\x7f', 'nan', 'inf', 'year', 'p.a.', 'a', 'hours', repeat('9', 40), repeat(' ', 300), repeat('1', 990)] AS a;

-- one mutation: place, kind and character from three random numbers
CREATE FUNCTION pg_temp.mutate(s text, place float8, kind float8, pick float8, a text[]) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE floor(kind * 6)::int
	WHEN 0 THEN overlay(s PLACING '' FROM 1 + floor(place * length(s))::int FOR 1)
	WHEN 1 THEN overlay(s PLACING a[1 + floor(pick * array_length(a, 1))::int] FROM 1 + floor(place * length(s))::int FOR 1)
	WHEN 2 THEN overlay(s PLACING a[1 + floor(pick * array_length(a, 1))::int] FROM 1 + floor(place * (length(s) + 1))::int FOR 0)
	WHEN 3 THEN left(s, floor(place * (length(s) + 1))::int) || substr(s, 1 + floor(pick * (length(s) + 1))::int)
	WHEN 4 THEN overlay(s PLACING a[1 + floor(pick * array_length(a, 1))::int] FROM 1 + floor(place * (length(s) + 1))::int FOR 0)
	ELSE left(s, floor(place * (length(s) + 1))::int) || reverse(substr(s, 1 + floor(place * (length(s) + 1))::int))
END;

CREATE TEMP TABLE input AS
SELECT CASE WHEN n % 3 = 0 THEN pg_temp.mutate(pg_temp.mutate(m, random(), random(), random(), a), random(), random(), random(), a)
			WHEN n % 3 = 1 THEN pg_temp.mutate(m, random(), random(), random(), a)
			ELSE m END AS t
FROM (SELECT n, a, pg_temp.mutate(s, random(), random(), random(), a) AS m
	  FROM generate_series(1, :inputs / 2) n JOIN seed ON seed.i = n % (SELECT count(*) FROM seed), alphabet) x;

CREATE TEMP TABLE result AS
SELECT count(*) * 2 AS inputs, count(c) AS capacities, count(k) AS costs,
	count(*) FILTER (WHERE c IS NOT NULL AND (c::text::capacity_gwh <> c OR try_capacity_gwh(display(c)) IS DISTINCT FROM c)) AS capacity_reads_differently,
	count(*) FILTER (WHERE k IS NOT NULL AND (k::text::cost_per_gwh <> k OR try_cost_per_gwh(display(k)) IS DISTINCT FROM k)) AS cost_reads_differently,
	count(*) FILTER (WHERE (c IS NULL) <> (cp IS NOT NULL)) AS capacity_disagrees,
	count(*) FILTER (WHERE (k IS NULL) <> (kp IS NOT NULL)) AS cost_disagrees,
	count(*) FILTER (WHERE cp !~ E'^[^\n]+(\nDETAIL:  [^\n]+)?\nHINT:  [^\n]+$' OR kp !~ E'^[^\n]+(\nDETAIL:  [^\n]+)?\nHINT:  [^\n]+$') AS malformed_problems
FROM (SELECT try_capacity_gwh(t) c, try_cost_per_gwh(t) k, capacity_gwh_problem(t) cp, cost_per_gwh_problem(t) kp FROM input OFFSET 0) x;
\x on
SELECT * FROM result;
\x off

-- input itself: the hard path, and the soft one where there is one
DO $$
DECLARE
	r record;
	hard text;
	soft text;
	n int := 0;
	has_soft boolean := to_regprocedure('pg_input_is_valid(text, text)') IS NOT NULL;
BEGIN
	IF EXISTS (SELECT FROM result WHERE capacity_reads_differently + cost_reads_differently + capacity_disagrees + cost_disagrees + malformed_problems > 0) THEN
		RAISE EXCEPTION 'fuzz failed: %', (SELECT result FROM result);
	END IF;
	IF (SELECT capacities < 1000 OR costs < 1000 FROM result) THEN
		RAISE EXCEPTION 'fuzz is blunt: %', (SELECT result FROM result);
	END IF;
	FOR r IN SELECT t, ty, CASE ty WHEN 'capacity_gwh' THEN try_capacity_gwh(t)::text ELSE try_cost_per_gwh(t)::text END AS v,
			split_part(CASE ty WHEN 'capacity_gwh' THEN capacity_gwh_problem(t) ELSE cost_per_gwh_problem(t) END, E'\n', 1) AS problem
		FROM (SELECT t FROM input LIMIT 25000) x, unnest('{capacity_gwh,cost_per_gwh}'::text[]) ty LOOP
		n := n + 1;
		BEGIN
			hard := NULL;
			EXECUTE format('SELECT $1::%s::text', r.ty) INTO hard USING r.t;
			IF hard IS DISTINCT FROM r.v THEN
				RAISE EXCEPTION 'fuzz failed: % reads % as %, try_ as %', r.ty, quote_literal(r.t), hard, r.v USING ERRCODE = 'ZZ001';
			END IF;
		EXCEPTION
			WHEN SQLSTATE 'ZZ001' THEN RAISE;
			WHEN invalid_text_representation OR numeric_value_out_of_range THEN
				IF r.v IS NOT NULL OR SQLERRM <> r.problem THEN
					RAISE EXCEPTION 'fuzz failed: % refuses % with "%", try_ reads %, _problem says "%"', r.ty, quote_literal(r.t), SQLERRM, r.v, r.problem;
				END IF;
		END;
		IF has_soft THEN
			EXECUTE 'SELECT message FROM pg_input_error_info($1, $2)' INTO soft USING r.t, r.ty;
			IF soft IS DISTINCT FROM NULLIF(r.problem, '') THEN
				RAISE EXCEPTION 'fuzz failed: softly, % refuses % with "%", _problem says "%"', r.ty, quote_literal(r.t), soft, r.problem;
			END IF;
		END IF;
	END LOOP;
	RAISE WARNING '% inputs through the hard path%', n, CASE WHEN has_soft THEN ' and the soft path' ELSE '' END;
END $$;

-- states: text and binary forms.  What is accepted reads back; what is
-- refused is refused with one of the SQLSTATEs that input documents.
CREATE FUNCTION pg_temp.mutate_bytes(b bytea, place float8, kind float8, pick float8) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN CASE
	WHEN length(b) = 0 THEN '\x00'::bytea
	WHEN kind < 0.7 THEN set_byte(b, floor(place * length(b))::int, floor(pick * 256)::int)
	WHEN kind < 0.8 THEN substr(b, 1, floor(place * length(b))::int)
	WHEN kind < 0.9 THEN b || set_byte('\x00', 0, floor(pick * 256)::int)
	ELSE set_byte(set_byte(b, floor(place * length(b))::int, 255), floor(pick * length(b))::int, 128)
END;
DO $$
DECLARE
	types text[] := '{quantity_sums,quantity_values}';
	seeds text[] := ARRAY['1:capacity:4:10500000000000:0', '1:cost:2:-7:0', '1:weighted_cost:3:392000000000000:-26440000000000000000000000', '1:marginal_cost:1:9223372036854775807:170141183460469231731687303715884105728', '1:capacity:0:0:0',
		'1:capacity:4:1000000000000,-2000000000000,3500000000000,0', '1:cost:1:-9223372036854775808', '1:cost:0:'];
	letters text := '0123456789:,-+ abcdefgnosty_w.';
	s text;
	ty text;
	o text;
	o2 text;
	accepted int := 0;
	refused int := 0;
BEGIN
	FOR i IN 1 .. 60000 LOOP
		ty := types[1 + i % 2];
		s := seeds[CASE WHEN ty = 'quantity_sums' THEN 1 + i / 2 % 5 ELSE 6 + i / 2 % 3 END];
		FOR j IN 0 .. i % 3 LOOP
			s := pg_temp.mutate(s, random(), random(), random(), string_to_array(letters, NULL));
		END LOOP;
		BEGIN
			EXECUTE format('SELECT $1::%1$s::text', ty) INTO o USING s;
			accepted := accepted + 1;
			IF o <> s THEN
				RAISE EXCEPTION 'fuzz failed: % reads % as %', ty, quote_literal(s), o USING ERRCODE = 'ZZ001';
			END IF;
		EXCEPTION
			WHEN SQLSTATE 'ZZ001' THEN RAISE;
			WHEN invalid_text_representation OR feature_not_supported THEN refused := refused + 1;
		END;
	END LOOP;
	RAISE WARNING 'text of states: % accepted, % refused', accepted, refused;
	IF accepted < 100 OR refused < 100 THEN
		RAISE EXCEPTION 'fuzz is blunt';
	END IF;
END $$;
DO $$
DECLARE
	types text[] := '{quantity_sums,quantity_values,capacity_gwh,cost_per_gwh}';
	b bytea;
	head constant bytea := '\x5047434f50590aff0d0a0000000000000000000001';
	stream bytea;
	octal text;
	ty text;
	accepted int := 0;
	refused int := 0;
	good boolean;
BEGIN
	CREATE TEMP TABLE received_quantity_sums (x quantity_sums);
	CREATE TEMP TABLE received_quantity_values (x quantity_values);
	CREATE TEMP TABLE received_capacity_gwh (x capacity_gwh);
	CREATE TEMP TABLE received_cost_per_gwh (x cost_per_gwh);
	FOR i IN 1 .. 2000 LOOP
		ty := types[1 + i % 4];
		b := CASE ty WHEN 'quantity_sums' THEN quantity_sums_send((ARRAY['1:capacity:4:10500000000000:0', '1:marginal_cost:3:392000000000000:-26440000000000000000000000'])[1 + i / 4 % 2]::quantity_sums)
			WHEN 'quantity_values' THEN quantity_values_send((ARRAY['1:capacity:2:1000000000000,-2', '1:cost:0:'])[1 + i / 4 % 2]::quantity_values)
			ELSE int8send(hashint8extended(i, 1)) END;
		FOR j IN 0 .. i % 3 LOOP
			b := pg_temp.mutate_bytes(b, random(), random(), random());
		END LOOP;
		stream := head || int4send(length(b)) || b || '\xffff'::bytea;
		SELECT string_agg('\' || lpad((get_byte(stream, n) / 64 * 100 + get_byte(stream, n) / 8 % 8 * 10 + get_byte(stream, n) % 8)::text, 3, '0'), '' ORDER BY n)
			INTO octal FROM generate_series(0, length(stream) - 1) n;
		BEGIN
			EXECUTE format('COPY received_%s FROM PROGRAM %L (FORMAT binary)', ty, 'printf ''' || octal || '''');
			accepted := accepted + 1;
			EXECUTE format('SELECT x::text::%1$s::text = x::text AND %1$s_send(x) = $1 FROM received_%1$s', ty) INTO good USING b;
			IF good IS NOT TRUE THEN
				RAISE EXCEPTION 'fuzz failed: % takes % and does not give it back', ty, b USING ERRCODE = 'ZZ001';
			END IF;
			EXECUTE format('TRUNCATE received_%s', ty);
		EXCEPTION
			WHEN SQLSTATE 'ZZ001' THEN RAISE;
			WHEN invalid_binary_representation OR feature_not_supported OR protocol_violation THEN refused := refused + 1;
		END;
	END LOOP;
	RAISE WARNING 'binary values: % accepted, % refused', accepted, refused;
	IF accepted < 100 OR refused < 100 THEN
		RAISE EXCEPTION 'fuzz is blunt';
	END IF;
END $$;
SELECT 'fuzz ok: ' || inputs || ' texts' AS result FROM result;
