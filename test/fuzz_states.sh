#!/bin/bash
# A mutation fuzzer over the text input of the types that hold an aggregate's
# state: damaged texts are refused as such, or read as a value that prints a
# text that reads back as the same value.
#
# FUZZ_COUNT: texts per type (100000).  FUZZ_SEED: another sequence, 0 to 1.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

count=${FUZZ_COUNT:-100000}
seed=${FUZZ_SEED:-0.125}
db=battery_test_fuzz_states
create_database $db

query $db <<'SQL'
CREATE EXTENSION battery;
CREATE UNLOGGED TABLE alive AS SELECT 1 AS i;
CREATE TABLE seed (type text, v text);
INSERT INTO seed
SELECT 'quantity_sums', capacity_partial(i::capacity_gwh)::text FROM generate_series(1, 20) i
UNION ALL SELECT 'quantity_sums', weighted_cost_partial(i::cost_per_gwh, i::capacity_gwh)::text FROM generate_series(-20, 20) i
UNION ALL SELECT 'quantity_sums', marginal_cost_partial(-1e9 * i, i::capacity_gwh)::text FROM generate_series(1, 20) i
UNION ALL SELECT 'quantity_sums', spread_partial(i::capacity_gwh)::text FROM generate_series(1, 20) i
UNION ALL SELECT 'quantity_values', median_partial(1.0::float8 / i)::text FROM generate_series(-5, -1) i
UNION ALL SELECT 'quantity_values', median_partial(i::capacity_gwh)::text FROM generate_series(1, 20) i
UNION ALL SELECT 'quantity_values', median_partial(i::cost_per_gwh)::text FROM generate_series(-5, 5) i
UNION ALL SELECT 'learning_curve', learning_curve(i::capacity_gwh, (1000.0 / i + i % 3)::cost_per_gwh)::text FROM generate_series(1, 20) i
UNION ALL SELECT 'learning_curve', learning_curve(i::float8, 1000.0 / i)::text FROM generate_series(1, 20) i
UNION ALL SELECT 'learning_curve', learning_curve(i::float8, 1000.0 / i, i::float8)::text FROM generate_series(1, 20) i
UNION ALL SELECT 'learning_curve', learning_curve(1::float8, 1)::text
UNION ALL SELECT 'cost_series', cost_series(2000 + i, i::capacity_gwh, (1000.0 / i)::cost_per_gwh)::text FROM generate_series(1, 5) i
UNION ALL SELECT 'cost_series', two_factor_series(2000 + i, 1::float8, i, 1000.0 / i, exp(i))::text FROM generate_series(1, 20) i
UNION ALL SELECT 'cost_series', two_factor_series(2000 + i, i::capacity_gwh, (1000.0 / i)::cost_per_gwh, exp(i))::text FROM generate_series(1, 5) i
UNION ALL SELECT 'cost_series', cost_series(date '2000-01-01' + i, 1000.0 / i)::text FROM generate_series(1, 5) i
UNION ALL SELECT 'cost_series', cost_series(2000, 1::float8)::text
UNION ALL SELECT 'regression', regression(i + i % 3, i, i * i)::text FROM generate_series(1, 20) i
UNION ALL SELECT 'regression', regression_through_origin(1.0 / i, i, 0.1 * i)::text FROM generate_series(1, 20) i
UNION ALL SELECT 'regression', weighted_regression(1.0 / i, i, exp(i), -i)::text FROM generate_series(1, 20) i
UNION ALL SELECT 'regression', weighted_regression_through_origin(1, 1e-300, 1e300)::text
UNION ALL SELECT 'paired_values', paired_values(1.0 / i, -i)::text FROM generate_series(1, 6) i
UNION ALL SELECT 'paired_values', paired_logarithms(i, 1.0 / i)::text FROM generate_series(1, 6) i
UNION ALL SELECT 'paired_values', paired_logarithms(i::capacity_gwh, (1000.0 / i)::cost_per_gwh)::text FROM generate_series(1, 6) i
UNION ALL SELECT 'market_shares', market_shares('maker ' || i % 3, i::capacity_gwh)::text FROM generate_series(1, 20) i
UNION ALL SELECT 'market_shares', market_shares(CASE WHEN i % 3 > 0 THEN 'm"\,}' || i % 3 END, i::numeric / 7)::text FROM generate_series(1, 20) i
UNION ALL SELECT 'market_shares', market_shares('é' || i, CASE WHEN i % 2 > 0 THEN i END::float8, 400)::text FROM generate_series(1, 5) i
UNION ALL SELECT 'market_shares', market_shares_from_percent(CASE WHEN i % 5 > 0 THEN 'p' || i % 5 END, CASE WHEN i % 7 > 0 THEN round(i / 7.0, i % 3) END)::text FROM generate_series(1, 20) i
UNION ALL SELECT 'market_shares', market_shares(NULL, 5::numeric)::text
UNION ALL SELECT 'market_shares', market_shares('', 0::numeric)::text;

CREATE FUNCTION mutate(v text, other text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	p int := 1 + floor(random() * length(v))::int;
	n int := 1 + floor(random() ^ 2 * 6)::int;
	kind int := floor(random() * 9)::int;
	pieces text[] := string_to_array(E'0|1|-1|-|+|.|,|"|\'|\\|(|)|[|]|{|}|:|;|=| |\t|e|E|x|v2|NULL|NaN|inf|9223372036854775807|-9223372036854775808'
		'|170141183460469231731687303715884105728|1e400|\u00e9|\u200b|\u3000|00000000000000000000000000000000000000000000', '|');
	digits text;
BEGIN
	IF kind = 0 THEN RETURN overlay(v PLACING '' FROM p FOR n);
	ELSIF kind = 1 THEN RETURN overlay(v PLACING substr(v, 1 + floor(random() * length(v))::int, n) FROM p FOR 0);
	ELSIF kind = 2 THEN RETURN overlay(v PLACING pieces[1 + floor(random() * cardinality(pieces))::int] FROM p FOR 0);
	ELSIF kind = 3 THEN RETURN overlay(v PLACING pieces[1 + floor(random() * cardinality(pieces))::int] FROM p FOR n);
	ELSIF kind = 4 THEN RETURN left(v, p) || right(other, floor(random() * length(other))::int);
	ELSIF kind = 5 THEN RETURN left(v, p);
	ELSIF kind = 6 THEN RETURN overlay(v PLACING ',' FROM p FOR 0);
	ELSE
		-- another digit in place of a digit: what most often leaves the form intact
		digits := substr(v, p);
		p := p + coalesce(nullif(regexp_instr(digits, '[0-9]'), 0), 1) - 1;
		RETURN overlay(v PLACING floor(random() * 10)::int::text FROM p FOR 1);
	END IF;
END $$;

CREATE FUNCTION fuzz(wanted text, count int, OUT accepted int, OUT refused int, OUT wrong text[]) LANGUAGE plpgsql AS $$
DECLARE
	seeds text[] := (SELECT array_agg(s.v ORDER BY s.v) FROM seed s WHERE type = wanted);
	v text;
	printed text;
	again text;
BEGIN
	accepted := 0;
	refused := 0;
	wrong := '{}';
	FOR i IN 1 .. count LOOP
		v := seeds[1 + floor(random() * cardinality(seeds))::int];
		FOR j IN 0 .. floor(random() * 1.7)::int LOOP
			v := mutate(v, seeds[1 + floor(random() * cardinality(seeds))::int]);
		END LOOP;
		BEGIN
			EXECUTE format('SELECT $1::%s::text', wanted) INTO printed USING v;
			EXECUTE format('SELECT $1::%s::text', wanted) INTO again USING printed;
			accepted := accepted + 1;
			IF printed <> again THEN
				wrong := wrong || format('%s is read as %s, that as %s', v, printed, again);
			END IF;
		EXCEPTION WHEN OTHERS THEN
			refused := refused + 1;
			-- not a value, out of range, too large, another version
			IF SQLSTATE NOT IN ('22P02', '22003', '54000', '0A000') THEN
				wrong := wrong || format('%s: %s %s', v, SQLSTATE, SQLERRM);
			END IF;
		END;
	END LOOP;
END $$;
SQL

for type in cost_series learning_curve market_shares paired_values quantity_sums quantity_values regression; do
	result=$(query $db -c "SELECT setseed($seed)" -c "SELECT accepted || ' accepted, ' || refused || ' refused|' || array_to_string(wrong[1:5], E'\\n') FROM fuzz('$type', $count)" 2>&1) || true
	summary=${result%%|*}
	summary=${summary#$'\n'}
	if [[ $summary =~ ^[1-9][0-9]*\ accepted,\ [1-9][0-9]*\ refused$ ]] && [ -z "${result#*|}" ]; then
		ok "$type: $count damaged texts ($summary)"
	else
		not_ok "$type: $count damaged texts"
		remark <<<"$result"
	fi
	same "$type: the server lives" 1 "$(query $db -c "SELECT count(*) FROM alive" 2>&1)"
done

finish
