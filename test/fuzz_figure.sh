#!/bin/bash
# A mutation fuzzer over read_figure and read_unit.
#
# Starts from figures as reports print them and changes, drops, doubles and
# inserts characters; besides, random bytes in a database without an encoding,
# and texts of 64 MB.  For every text and every dimension
#
#	nothing fails;
#	a problem has an SQLSTATE, one line that quotes at most 100 characters, a
#	hint, and no value; a value has a qualifier and no problem;
#	what capacity_gwh or cost_per_gwh accepts is read as the same value, and
#	what is read as one exact value, with nothing said about it, they accept.
#
# FUZZ_COUNT: texts (300000).  FUZZ_SEED: another sequence, 0 to 1.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

count=${FUZZ_COUNT:-300000}
seed=${FUZZ_SEED:-0.42}
db=battery_test_fuzz_figure
create_database $db

query $db -v count="$count" -v seed="$seed" <<'SQL'
CREATE EXTENSION battery;
CREATE UNLOGGED TABLE alive AS SELECT 1 AS i;
SELECT setseed(:seed) \g /dev/null

CREATE TEMP TABLE seed AS
SELECT row_number() OVER () - 1 AS i, s
FROM unnest(ARRAY['1.5', '586,303 MWh', '30 GWh', '~86–90', 'up to 50 GWh', '100 to 120 GWh/yr', '8 or 1 — conflicting', '12.3e', '20 GWh+', '€7.34 billion ($7.6 billion)',
	'between 800 million and 1.2 billion yuan', '183.6亿元', 'A$5m', '>US $15 million', '$4–5 billion', '11.4tn yuan ($1.6 trillion)', 'nearly 90%', '>97 percent', 'US$67.3 million/GWh',
	'67.3 US $M/GWh', '€62/kWh ($70/kWh)', 'US $0.05 per kWh', '$115/kWh', '0.45 CNY/Wh', 'nearly 300 Wh/kg', '2.58 g/cm3', '-40 °C', 'tens of thousands of cycles', 'W', ': c', '—',
	'100 MW / 400 MWh', '12400 e', '3,200r', 'Less than ½ unit', 'about 5 million tonnes', '67.5 thousand MWh', '75%20', '12.3 GWh (est.)', '15 kWh/100 km', U&'1\202f234\202f567', '120¹', '₹500 crore', '', 'million USD', '%/year', '(MWh)']) s;
CREATE TEMP TABLE alphabet AS
SELECT ARRAY['0', '1', '5', '00', '000', ',', '.', '-', '–', '—', '+', 'e', 'E', ' ', '  ', '/', '/yr', 'per', ' per ', 'W', 'h', 'Wh', 'kWh', 'MWh', 'GWh', 'MW', 'm', 'M', 'k', 'K', 'b', 'bn', 'million', 'thousand',
	'tn', '$', 'US$', 'USD', '€', 'EUR', '¥', '元', '美', '亿', '万', 'A$', '(', ')', '[', ']', '%', '‰', '~', '<', '>', '≥', '=', '?', '''', '"', '*', '†', '²', '¹', '½', '①', 'x', 'é', '·', '−', '…', 'r', 'to', 'or', ' or more', 'and', 'about ',
	'up to ', 'over', 'p.a.', 'year', 't', 'tonnes', 'people', 'nan', ':', U&'\00a0', U&'\202f', U&'\2009', U&'\00ad', U&'\200b', '😀', E'\t', E'\n', E'\x01', E'\x7f', '→', '±', '５', 'Ｗ', '㎿', repeat('9', 40), 'e999999999', repeat(' ', 300), repeat('1', 990)] AS a;
CREATE FUNCTION pg_temp.mutate(s text, place float8, kind float8, pick float8, a text[]) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE floor(kind * 6)::int
	WHEN 0 THEN overlay(s PLACING '' FROM 1 + floor(place * length(s))::int FOR 1)
	WHEN 1 THEN overlay(s PLACING a[1 + floor(pick * array_length(a, 1))::int] FROM 1 + floor(place * length(s))::int FOR 1)
	WHEN 2 THEN overlay(s PLACING a[1 + floor(pick * array_length(a, 1))::int] FROM 1 + floor(place * (length(s) + 1))::int FOR 0)
	WHEN 3 THEN left(s, floor(place * (length(s) + 1))::int) || substr(s, 1 + floor(pick * (length(s) + 1))::int)
	WHEN 4 THEN a[1 + floor(pick * array_length(a, 1))::int] || s
	ELSE s || a[1 + floor(pick * array_length(a, 1))::int]
END;
CREATE TABLE input AS
SELECT n, CASE WHEN n % 3 = 0 THEN pg_temp.mutate(pg_temp.mutate(m, random(), random(), random(), a), random(), random(), random(), a)
			WHEN n % 3 = 1 THEN pg_temp.mutate(m, random(), random(), random(), a) ELSE m END AS t
FROM (SELECT n, a, pg_temp.mutate(s, random(), random(), random(), a) AS m
	  FROM generate_series(1, :count) n JOIN seed ON seed.i = n % (SELECT count(*) FROM seed), alphabet) x;
CREATE TABLE result AS
SELECT i.t, d.dimension, o.decimal_comma, r.*
FROM input AS i CROSS JOIN LATERAL (VALUES ((ARRAY['capacity', 'power', 'percent', 'money', 'cost', 'number', 'size', NULL])[1 + n % 8])) AS d (dimension)
CROSS JOIN LATERAL (VALUES (n % 11 = 0, CASE n % 13 WHEN 0 THEN 'eurostat' WHEN 1 THEN '{"*": "note", "x": "estimated"}' END, (ARRAY['indian', 'apostrophe', 'blank', NULL])[1 + n % 4])) AS o (decimal_comma, flags, grouping)
CROSS JOIN LATERAL read_figure(i.t, d.dimension, o.decimal_comma, 'USD', o.flags, CASE WHEN n % 5 = 0 THEN 'JPY' END, o.grouping) AS r (value, low, high, qualifier, unit, dimension_stated, currency, is_estimate, missing_reason, mark, unit_as_printed, significant, usd_stated, power, sqlstate, problem, detail, hint);
SQL
none "a problem has an SQLSTATE, a message of one line, a hint, and no value" $db "SELECT t, dimension, problem FROM result
	WHERE problem IS NOT NULL AND (sqlstate NOT IN ('22P02', '22003') OR hint IS NULL OR problem ~ E'[\n\t]' OR length(substring(problem FROM '\"(.*)\"')) > 100 OR length(problem) > 220
		OR num_nonnulls(value, low, high, qualifier, unit, dimension_stated, currency, missing_reason, mark, unit_as_printed, significant, usd_stated, power) > 0)
	   OR problem IS NULL AND num_nonnulls(sqlstate, detail, hint) > 0 LIMIT 5"
none "a value has a qualifier, a range two ends in order, a missing value none" $db "SELECT t, dimension, value, low, high, qualifier, missing_reason FROM result
	WHERE problem IS NULL AND NOT CASE
		WHEN missing_reason = 'conflict' THEN value IS NULL AND low <= high AND qualifier IS NULL
		WHEN missing_reason IS NOT NULL THEN num_nonnulls(value, low, high, qualifier, unit, currency, significant, power, usd_stated) = 0
		WHEN qualifier IS NULL THEN num_nonnulls(value, low, high, unit, currency, significant, power, usd_stated, dimension_stated) = 0 AND btrim(t, E' \t\n\u00a0\u00ad\u200b\u202f\u2009') = ''
		WHEN low IS NOT NULL THEN value IS NULL AND low <= high AND qualifier IN ('range', '~')
		WHEN dimension = 'size' AND dimension_stated = 'power' THEN value IS NULL AND power >= 0
		ELSE value IS NOT NULL AND high IS NULL AND qualifier IN ('=', '<', '≤', '>', '≥', '~', 'nearly') END LIMIT 5"
none "amounts are never negative, and of the dimension that is expected" $db "SELECT t, dimension, value, low, unit FROM result
	WHERE problem IS NULL AND dimension NOT IN ('number') AND (value < 0 OR low < 0 OR dimension_stated NOT IN (dimension, 'number') AND NOT (dimension = 'size' AND dimension_stated IN ('capacity', 'power'))
		OR unit IS NOT NULL AND CASE dimension WHEN 'capacity' THEN unit <> 'GWh' WHEN 'power' THEN unit <> 'MW' WHEN 'percent' THEN unit <> '%' WHEN 'money' THEN unit <> currency WHEN 'cost' THEN unit <> currency || '/kWh' ELSE false END) LIMIT 5"
none "what capacity_gwh accepts is read as the same value" $db "SELECT t, try_capacity_gwh(t), r.value, r.problem FROM input CROSS JOIN LATERAL read_figure(t, 'capacity') AS r
	WHERE try_capacity_gwh(t) >= 0 AND r.problem !~ 'negative' IS NOT FALSE AND (round(r.value, 12) IS DISTINCT FROM to_unit(try_capacity_gwh(t), 'GWh')) LIMIT 5"
none "what cost_per_gwh accepts is read as the same value" $db "SELECT t, try_cost_per_gwh(t), r.value, r.problem FROM input CROSS JOIN LATERAL read_figure(t, 'cost') AS r
	WHERE try_cost_per_gwh(t) >= 0 AND r.problem !~ 'negative' IS NOT FALSE AND (round(r.value, 9) IS DISTINCT FROM to_unit(try_cost_per_gwh(t), 'USD/kWh')) LIMIT 5"
none "what is read as one exact value, with nothing said about it, the types accept" $db "SELECT t, r.value, r.unit FROM input CROSS JOIN LATERAL read_figure(t, 'capacity') AS r
	WHERE r.qualifier = '=' AND NOT r.is_estimate AND r.mark IS NULL AND r.value <= 9223372 AND try_capacity_gwh(t) IS NULL AND t !~* 'unit|rounded|^[[:space:]]*[\"“]'
	UNION ALL SELECT t, r.value, r.unit FROM input CROSS JOIN LATERAL read_figure(t, 'cost') AS r
	WHERE r.qualifier = '=' AND NOT r.is_estimate AND r.mark IS NULL AND r.value <= 20000 AND coalesce(r.currency, 'USD') = 'USD' AND try_cost_per_gwh(t) IS NULL AND t !~* 'unit|rounded|^[[:space:]]*[\"“]' LIMIT 5"
none "a unit is read, or has a problem with a hint" $db "SELECT t, r.* FROM input CROSS JOIN LATERAL read_unit(t) AS r
	WHERE (r.problem IS NULL) <> (r.hint IS NULL) OR (r.problem IS NOT NULL AND num_nonnulls(r.dimension, r.factor, r.currency, r.unit) > 0)
	   OR r.problem IS NULL AND r.factor IS NULL AND r.dimension <> 'other' OR r.factor <= 0 LIMIT 5"
same "the fuzz is sharp: every outcome is there" "t|t|t|t|t" "$(query $db -c "SELECT count(value) > $count / 30, count(low) > $count / 200, count(missing_reason) > $count / 200, count(problem) > $count / 10, count(mark) > $count / 1000 FROM result")"

# A long text is refused for its length, without being looked at.
begin=$EPOCHREALTIME
same "texts of 64 MB are refused" "t|t|t|t" "$(query $db -c "CREATE TABLE long AS SELECT repeat('9', 64000000) AS t" -c "SELECT problem ~ '^\"9{97}\.\.\.\"', sqlstate = '22P02', (read_unit(t)).problem ~ '9{97}\.\.\.', (SELECT problem ~ '9' FROM read_figure(t || 'é', 'capacity')) FROM long CROSS JOIN LATERAL read_figure(t)" 2>&1)"
[ $(((${EPOCHREALTIME/./} - ${begin/./}) / 1000)) -lt 20000 ] || not_ok "in less than 20 seconds"

# Any bytes, where the server does not know the encoding.
bytes=battery_test_fuzz_bytes
_databases+=("$bytes")
psql -X -q -d postgres -c "DROP DATABASE IF EXISTS $bytes WITH (FORCE)" -c "CREATE DATABASE $bytes TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'"
export PGCLIENTENCODING=SQL_ASCII
same "random bytes" "t" "$(query $bytes -v seed="$seed" <<'SQL'
CREATE EXTENSION battery;
SELECT setseed(:seed) \g /dev/null
CREATE TABLE bytes AS
SELECT convert_from(decode(string_agg(lpad(to_hex(CASE WHEN random() < 0.4 THEN 48 + floor(random() * 10) WHEN random() < 0.5 THEN 32 + floor(random() * 95) ELSE 1 + floor(random() * 255) END::int), 2, '0'), ''), 'hex'), 'SQL_ASCII') AS t
FROM generate_series(1, 50000) AS i CROSS JOIN LATERAL generate_series(1, 1 + i % 20) GROUP BY i;
SELECT count(r.problem) > 10000 AND count(r.value) > 100 AND count(u.problem) > 10000
FROM bytes CROSS JOIN LATERAL read_figure(t) AS r CROSS JOIN LATERAL read_unit(t) AS u;
SQL
)"
same 'the server never crashed' 1 "$(query $db -c 'SELECT i FROM alive' 2>&1)"
finish
