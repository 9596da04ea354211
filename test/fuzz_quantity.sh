#!/bin/bash
# A mutation fuzzer over the text input of capacity_gwh and cost_per_gwh.
#
# Starts from spellings that are read and from ones that are refused, and
# changes, drops, doubles, inserts and turns round characters.  For every text
#
#	a value that is accepted reads back from its text, and from what display()
#	writes, as the same value;
#	NULL from try_ and a text from _problem come together;
#	a problem has a message of one line, and a hint;
#
# and for a part of them input itself (the hard path and, where the server has
# it, the soft one) says what try_ and _problem say.
#
# FUZZ_COUNT: texts, half for each type (1200000).  FUZZ_SEED: another
# sequence, 0 to 1.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

count=${FUZZ_COUNT:-1200000}
seed=${FUZZ_SEED:-0.42}
db=battery_test_fuzz_quantity
create_database $db

if ! query $db -v count="$count" -v seed="$seed" > "$tmp/out" 2>&1 <<'SQL'
CREATE EXTENSION battery;
CREATE UNLOGGED TABLE alive AS SELECT 1 AS i;
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
	  FROM generate_series(1, :count / 2) n JOIN seed ON seed.i = n % (SELECT count(*) FROM seed), alphabet) x;

CREATE TEMP TABLE result AS
SELECT count(*) * 2 AS inputs, count(c) AS capacities, count(k) AS costs,
	count(*) FILTER (WHERE c IS NOT NULL AND (c::text::capacity_gwh <> c OR try_capacity_gwh(display(c)) IS DISTINCT FROM c)) AS capacity_reads_differently,
	count(*) FILTER (WHERE k IS NOT NULL AND (k::text::cost_per_gwh <> k OR try_cost_per_gwh(display(k)) IS DISTINCT FROM k)) AS cost_reads_differently,
	count(*) FILTER (WHERE (c IS NULL) <> (cp IS NOT NULL)) AS capacity_disagrees,
	count(*) FILTER (WHERE (k IS NULL) <> (kp IS NOT NULL)) AS cost_disagrees,
	count(*) FILTER (WHERE cp !~ E'^[^\n]+(\nDETAIL:  [^\n]+)?\nHINT:  [^\n]+$' OR kp !~ E'^[^\n]+(\nDETAIL:  [^\n]+)?\nHINT:  [^\n]+$') AS malformed_problems
FROM (SELECT try_capacity_gwh(t) c, try_cost_per_gwh(t) k, capacity_gwh_problem(t) cp, cost_per_gwh_problem(t) kp FROM input OFFSET 0) x;
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

SELECT format('%s texts, %s read as a capacity, %s as a cost', inputs, capacities, costs) FROM result;
SQL
then
	not_ok 'texts of quantities are read, or refused, one way'
	remark < "$tmp/out"
else
	ok "texts of quantities are read, or refused, one way: $(tail -n 1 "$tmp/out")"
fi
same 'the server never crashed' 1 "$(query $db -c 'SELECT i FROM alive' 2>&1)"
finish
