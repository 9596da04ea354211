#!/bin/bash
# A mutation fuzzer over the text input of chemistry, and a round trip of random
# values.
#
# The first half starts from spellings that are read and from ones that are
# refused, and changes, drops, doubles, inserts and turns round characters.  For
# every text
#
#	a value that is accepted is written as a text that reads back as it, and
#	that is its only spelling: what is written of two equal values is equal;
#	NULL from try_ and a text from _problem come together;
#	a problem has a message of one line, and a hint;
#
# and for a part of them input itself (the hard path and, where the server has
# it, the soft one) says what try_ and _problem say.
#
# The second half builds values from every node that has one, any composition
# that it takes in whole percents or thirds, and any parts; each reads back from
# its own text, and contains and is contained as its parts say.
#
# FUZZ_COUNT: texts (1000000), and as many values.  FUZZ_SEED: another sequence,
# 0 to 1.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

count=${FUZZ_COUNT:-1000000}
seed=${FUZZ_SEED:-0.42}
db=battery_test_fuzz_chemistry
create_database $db

if ! query $db -v count="$count" -v seed="$seed" > "$tmp/out" 2>&1 <<'SQL'
CREATE EXTENSION battery;
CREATE UNLOGGED TABLE alive AS SELECT 1 AS i;
SELECT setseed(:seed) \g /dev/null

CREATE TEMP TABLE seed AS
SELECT row_number() OVER () - 1 AS i, s
FROM (SELECT spelling AS s FROM chemistry_aliases()
	UNION ALL SELECT name FROM chemistry_taxonomy()
	UNION ALL SELECT unnest(ARRAY['NMC811|Si-graphite|liquid', 'NMC811||graphite', 'NMC/graphite', 'LFP/LTO', 'LFP|LTO',
		'NMC622+LMO', 'NCM 523', 'NMC 83:11:6', 'NMC 33:33:34', 'NMCA 89:4:4:3', 'NMC 83/11/6', 'NCA 80:15:5|Si-graphite',
		'LiNi0.8Mn0.1Co0.1O2', 'LiNi0.8Co0.15Al0.05O2', 'LiMn0.6Fe0.4PO4', 'Li(Ni0.8Mn0.1Co0.1)O2', 'LiNi1/3Mn1/3Co1/3O2',
		'NaNi1/3Fe1/3Mn1/3O2', 'Li3V2(PO4)3', 'LiFePO4', 'Li-S||solid', 'Na-ion|hard carbon|liquid', 'Li-ion|LTO',
		'LFP (LiFePO4)', 'Lithium-Ion-LFP', 'NMC 80-10-10', 'NIB (sodium-ion)', 'Li-ion battery - NCA', 'Battery, lithium-ion, LFP', 'LithiumIonBattery',
		'lithium–iron–phosphate', 'SiOx/Gr', 'NMC|SiOx/Gr|liquid', 'NMC+LMO|graphite', ''])) x;
CREATE TEMP TABLE alphabet AS
SELECT ARRAY['0', '1', '3', '5', '8', '9', '10', '.', ':', ',', '-', '+', ' ', '  ', '/', '1/3', '0.1', '|', '||', '(', ')', '((', '))', '[', ']', '{', '}',
	'Li', 'Na', 'Ni', 'Mn', 'Co', 'Al', 'Fe', 'P', 'O', 'O2', 'PO4', 'x', 'NMC', 'NCM', 'LMO', 'graphite', 'liquid', 'solid', '%', '~', '<', '=', '?', '''', '"', '\', '_',
	'é', '·', '–', '—', '−', '‐', ' ', ' ', '₀', '₄', '…', '∞', '元', '三元', '😀', E'\t', E'\n', E'\x01', E'\x7f', 'e5', 'nan', 'inf', repeat('9', 40), repeat('(', 60), repeat('Ni', 90), repeat(' ', 200), repeat('1', 250), repeat('x', 240)] AS a;

-- one mutation: place, kind and character from three random numbers
CREATE FUNCTION pg_temp.mutate(s text, place float8, kind float8, pick float8, a text[]) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE floor(kind * 6)::int
	WHEN 0 THEN overlay(s PLACING '' FROM 1 + floor(place * length(s))::int FOR 1)
	WHEN 1 THEN overlay(s PLACING a[1 + floor(pick * array_length(a, 1))::int] FROM 1 + floor(place * length(s))::int FOR 1)
	WHEN 2 THEN overlay(s PLACING a[1 + floor(pick * array_length(a, 1))::int] FROM 1 + floor(place * (length(s) + 1))::int FOR 0)
	WHEN 3 THEN left(s, floor(place * (length(s) + 1))::int) || substr(s, 1 + floor(pick * (length(s) + 1))::int)
	WHEN 4 THEN CASE WHEN pick < 0.5 THEN upper(s) ELSE lower(s) END
	ELSE left(s, floor(place * (length(s) + 1))::int) || reverse(substr(s, 1 + floor(place * (length(s) + 1))::int))
END;

CREATE TEMP TABLE input AS
SELECT CASE WHEN n % 3 = 0 THEN pg_temp.mutate(pg_temp.mutate(m, random(), random(), random(), a), random(), random(), random(), a)
			WHEN n % 3 = 1 THEN pg_temp.mutate(m, random(), random(), random(), a)
			ELSE m END AS t
FROM (SELECT n, a, pg_temp.mutate(s, random(), random(), random(), a) AS m
	  FROM generate_series(1, :count) n JOIN seed ON seed.i = n % (SELECT count(*) FROM seed), alphabet) x;

CREATE TEMP TABLE result AS
SELECT count(*) AS inputs, count(c) AS read, count(DISTINCT c) AS values,
	count(*) FILTER (WHERE c IS NOT NULL AND try_chemistry(c::text) IS DISTINCT FROM c) AS reads_differently,
	count(DISTINCT c::text) - count(DISTINCT c) AS spellings_left,
	count(*) FILTER (WHERE (c IS NULL) <> (p IS NOT NULL)) AS disagrees,
	count(*) FILTER (WHERE p !~ E'^[^\n]+(\nDETAIL:  [^\n]+)?\nHINT:  [^\n]+$') AS malformed_problems
FROM (SELECT try_chemistry(t) c, chemistry_problem(t) p FROM input OFFSET 0) x;
-- input itself: the hard path, and the soft one where there is one
DO $$
DECLARE
	r record;
	hard text;
	soft text;
	n int := 0;
	has_soft boolean := to_regprocedure('pg_input_is_valid(text, text)') IS NOT NULL;
BEGIN
	IF EXISTS (SELECT FROM result WHERE reads_differently + abs(spellings_left) + disagrees + malformed_problems > 0) THEN
		RAISE EXCEPTION 'fuzz failed: %', (SELECT result FROM result);
	END IF;
	IF (SELECT read < inputs / 50 OR read > inputs / 2 OR values < 100 FROM result) THEN
		RAISE EXCEPTION 'fuzz is blunt: %', (SELECT result FROM result);
	END IF;
	FOR r IN SELECT t, try_chemistry(t)::text AS v, split_part(chemistry_problem(t), E'\n', 1) AS problem FROM input LIMIT 25000 LOOP
		n := n + 1;
		BEGIN
			hard := r.t::chemistry::text;
			IF hard IS DISTINCT FROM r.v THEN
				RAISE EXCEPTION 'fuzz failed: chemistry reads % as %, try_ as %', quote_literal(r.t), hard, r.v USING ERRCODE = 'ZZ001';
			END IF;
		EXCEPTION
			WHEN SQLSTATE 'ZZ001' THEN RAISE;
			WHEN invalid_text_representation THEN
				IF r.v IS NOT NULL OR SQLERRM <> r.problem THEN
					RAISE EXCEPTION 'fuzz failed: chemistry refuses % with "%", try_ reads %, _problem says "%"', quote_literal(r.t), SQLERRM, r.v, r.problem;
				END IF;
		END;
		IF has_soft THEN
			EXECUTE 'SELECT message FROM pg_input_error_info($1, $2)' INTO soft USING r.t, 'chemistry';
			IF soft IS DISTINCT FROM NULLIF(r.problem, '') THEN
				RAISE EXCEPTION 'fuzz failed: softly, chemistry refuses % with "%", _problem says "%"', quote_literal(r.t), soft, r.problem;
			END IF;
		END IF;
	END LOOP;
	RAISE WARNING '% inputs through the hard path%', n, CASE WHEN has_soft THEN ' and the soft path' ELSE '' END;
END $$;

SELECT format('%s texts, %s read as one of %s values', inputs, read, values) FROM result;
SQL
then
	not_ok 'texts of chemistries are read, or refused, one way'
	remark < "$tmp/out"
else
	ok "texts of chemistries are read, or refused, one way: $(tail -n 1 "$tmp/out")"
fi

# A composition that leaves each metal at least one percent; the parts are drawn
# from all, and what a node does not take it refuses.
if ! query $db -v count="$count" -v seed="$seed" > "$tmp/out" 2>&1 <<'SQL'
SELECT setseed(:seed) \g /dev/null
-- nodes with a composition stand in it forty times: they have most values
CREATE TEMP TABLE node AS
SELECT row_number() OVER () - 1 AS i, n.*
FROM (SELECT name, array_length(string_to_array(composition_order, ' '), 1) AS metals,
		try_chemistry(name || CASE array_length(string_to_array(composition_order, ' '), 1) WHEN 2 THEN ' 60:40' WHEN 3 THEN ' 60:20:20' WHEN 4 THEN ' 60:20:10:10' END) IS NOT NULL AS mixes,
		try_chemistry(name || '|graphite') IS NOT NULL AS negative,
		try_chemistry(name || '||liquid') IS NOT NULL AS electrolyte
	FROM chemistry_taxonomy() WHERE chemistry IS NOT NULL) n, generate_series(1, CASE WHEN mixes THEN 40 ELSE 1 END);
CREATE TEMP TABLE negative AS
SELECT row_number() OVER () - 1 AS i, name FROM chemistry_taxonomy() WHERE role = 'negative electrode';
CREATE TEMP TABLE electrolyte AS
SELECT row_number() OVER () - 1 AS i, name FROM chemistry_taxonomy() WHERE role = 'electrolyte';

CREATE TEMP TABLE value AS
SELECT node.name AS node, n.name AS negative, e.name AS electrolyte,
	node.name || CASE WHEN NOT mixes OR mix < 0.1 THEN ''
		WHEN metals = 2 THEN format(' %s:%s', a, 100 - a)
		WHEN metals = 3 THEN format(' %s:%s:%s', a, b, 100 - a - b)
		ELSE format(' %s:%s:%s:%s', a, b, c, 100 - a - b - c) END
	|| COALESCE('|' || n.name, CASE WHEN e.name IS NOT NULL THEN '|' ELSE '' END) || COALESCE('|' || e.name, '') AS t
FROM (SELECT floor(random() * (SELECT count(*) FROM node))::int AS node_i,
			 floor(random() * 1.4 * (SELECT count(*) FROM negative))::int AS negative_i,
			 floor(random() * 1.4 * (SELECT count(*) FROM electrolyte))::int AS electrolyte_i,
			 mix, a, b, 1 + floor(x3 * (99 - a - b))::int AS c
	  FROM (SELECT mix, a, 1 + floor(x2 * (98 - a))::int AS b, x3
			FROM (SELECT random() AS mix, 1 + floor(random() * 97)::int AS a, random() AS x2, random() AS x3
				  FROM generate_series(1, :count) OFFSET 0) s1) s2 OFFSET 0) s
JOIN node ON node.i = node_i
LEFT JOIN negative n ON n.i = negative_i AND node.negative
LEFT JOIN electrolyte e ON e.i = electrolyte_i AND node.electrolyte;

CREATE TEMP TABLE result AS
SELECT count(*) AS texts, count(c) AS read, count(DISTINCT c) AS values,
	count(*) FILTER (WHERE c IS NULL) AS refused, min(t) FILTER (WHERE c IS NULL) AS first_refused,
	count(*) FILTER (WHERE c::text::chemistry <> c) AS reads_differently,
	count(*) FILTER (WHERE negative IS DISTINCT FROM chemistry_negative_electrode(c)::text) AS negatives_lost,
	count(*) FILTER (WHERE electrolyte IS DISTINCT FROM chemistry_electrolyte(c)::text) AS electrolytes_lost,
	count(*) FILTER (WHERE NOT (c <@ c AND c <@ node::chemistry AND c <@ 'rechargeable' AND c <@ chemistry_family(c)
								AND c <@ chemistry_positive_electrode(c) AND (chemistry_parent(c) IS NULL OR c <@ chemistry_parent(c)))) AS not_contained
FROM (SELECT *, try_chemistry(t) AS c FROM value OFFSET 0) x;
SELECT format('%s texts, %s values', read, values) FROM result
WHERE refused + reads_differently + negatives_lost + electrolytes_lost + not_contained = 0 AND values > read / 4;
TABLE result;
SQL
then
	not_ok 'random values read back from their text'
	remark < "$tmp/out"
elif [[ $(head -n 1 "$tmp/out") != *values ]]; then
	not_ok 'random values read back from their text'
	remark < "$tmp/out"
else
	ok "random values read back from their text: $(head -n 1 "$tmp/out")"
fi
same 'the server never crashed' 1 "$(query $db -c 'SELECT i FROM alive' 2>&1)"
finish
