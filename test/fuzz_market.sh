#!/usr/bin/env bash
# Mutation fuzzer for the text and binary forms of market_shares.
#
#	test/fuzz_market.sh [number of mutations of each form]
#
# The server is the one that PGHOST, PGPORT and PGUSER name; the database
# battery_fuzz_market is made and dropped.  Each mutation must either be
# refused with one of the SQLSTATEs a user is promised, or give a value that
# reads back the same from its text and can be measured.  A crash ends the
# run: the server drops the connection.
set -u -o pipefail

count=${1:-20000}
database=battery_fuzz_market
failures=0
psql=(psql -X -q -A -t -v ON_ERROR_STOP=1)

report()
{
	if [ "$1" -eq 0 ]; then
		echo "ok - $2"
	else
		echo "not ok - $2"
		failures=$((failures + 1))
	fi
}

cleanup()
{
	"${psql[@]}" -d postgres -c "DROP DATABASE IF EXISTS $database" >/dev/null 2>&1
}
trap cleanup EXIT
trap 'exit 130' INT TERM

cleanup
"${psql[@]}" -d postgres -c "CREATE DATABASE $database TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'" || exit 1

"${psql[@]}" -d "$database" <<'SQL' || exit 1
CREATE EXTENSION battery;
CREATE TABLE seed (n serial, s market_shares);
INSERT INTO seed (s) SELECT market_shares('CATL', 259.7::capacity_gwh);
INSERT INTO seed (s) SELECT market_shares(m, x, 705.5) FROM (VALUES ('CATL', 259.7), ('BYD', 111.4), ('LG "ES"\', 95.8), (NULL, 10), ('USA', NULL)) v(m, x);
INSERT INTO seed (s) SELECT market_shares_usd(m, 170141183460469231731.687303715884105727) FROM (VALUES (''), (E'new\nline'), ('宁德时代 🔋')) v(m);
INSERT INTO seed (s) VALUES ('{"market_shares": 1, "unit": null, "members": {}}');
INSERT INTO seed (s) SELECT market_shares('m' || i, i::float8) FROM generate_series(1, 12) i;
INSERT INTO seed (s) SELECT market_shares_from_percent(m, x) FROM (VALUES ('CATL', 36.8), ('BYD', 15.8), ('LG', 14), (NULL, 7.25), ('USA', NULL)) v(m, x);
INSERT INTO seed (s) SELECT market_shares_from_percent('m' || i, i::float8 / 4, 103) FROM generate_series(1, 12) i;

-- What may be said about an accepted value: it reads back, it can be measured.
CREATE FUNCTION is_sound(v market_shares) RETURNS boolean LANGUAGE sql AS $$
SELECT v::text::market_shares = v AND v::text::market_shares::text = v::text
   AND market_shares_send(v::text::market_shares) = market_shares_send(v)
   AND market_shares_combine('{"market_shares": 1, "unit": null, "members": {}}', v) = v
   AND market_shares_final(market_shares_combine_inv(v, v)) IS NULL
   AND (SELECT count(*) FROM shares(v)) >= members(v)
   AND coalesce(hhi(v) >= 0, true) AND coalesce(hhi_high(v, 'anyone') >= hhi_low(v), true)
   AND coalesce(cr_high(v, 3) >= cr_low(v, 3), true)
   AND (SELECT coalesce(gini BETWEEN 0 AND 1, true) AND coalesce(hhi_normalized BETWEEN 0 AND 1, true)
            AND coalesce(rosenbluth > 0 AND rosenbluth <= 1, true) AND coalesce(rosenbluth <= rosenbluth_high, true)
            AND coalesce(entropy_nats >= 0 AND equitability <= 1, true) AND coalesce(entropy_nats >= entropy_nats_low - 1e-12, true)
            AND coalesce(theil_t_nats >= 0, true) AND coalesce(theil_l_nats >= 0 AND theil_l_nats < 'Infinity', true)
            AND coalesce(hhi_points_rounding_low <= hhi_points_rounding_high, true)
            AND coalesce(effective_members_low <= effective_members_high, true)
            AND (note IS NOT NULL OR num_nulls(gini_corrected, theil_l_nats, rosenbluth, equitability, hhi_points_high, leader_gap_fraction) = 0)
        FROM concentration(v))
   AND (SELECT bool_and(coalesce(low <= high AND low >= 0 AND high <= 1 + 1e-12, true)) FROM generate_series(1, 5) n, cr_rounding_interval(v, n))
   AND (SELECT coalesce(low <= high AND low >= 0 AND high <= 10000.000001, true) FROM hhi_rounding_interval(v, 'anyone'))
$$;

CREATE FUNCTION one_of(VARIADIC choice text[]) RETURNS text LANGUAGE sql VOLATILE AS
$$ SELECT choice[1 + floor(random() * cardinality(choice))::int] $$;

CREATE FUNCTION mutate(t text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE p int; q int; o text;
BEGIN
  FOR i IN 1 .. 1 + floor(random() * random() * 6)::int LOOP
    p := 1 + floor(random() * (length(t) + 1))::int;
    q := 1 + floor(random() * 12)::int;
    CASE floor(random() * 6)::int
      WHEN 0 THEN t := left(t, p - 1) || substr(t, p + q);                     -- drop
      WHEN 1 THEN t := left(t, p - 1) || substr(t, p, q) || substr(t, p);      -- repeat
      WHEN 2 THEN t := left(t, p);                                             -- cut
      WHEN 3 THEN t := overlay(t placing one_of('"', '\', '{', '}', '[', ']', ',', ':', '0', '9', '-', '.', 'e', ' ', E'\n', 'u', 'é', '🔋') from p for 1);
      WHEN 4 THEN t := left(t, p - 1) || one_of('null', '0', '1', '-1', '1e3', 'NaN', '9223372036854775807', '9223372036854775808',
                  '0.000000000000000001', '170141183460469231731.687303715884105727', '170141183460469231732', repeat('9', 400), '"others"', '"stated": [5, 1]',
                  ', "x": [1, 1, 0]', '"gwh"', '"usd"', '"percent"', ', 0.1]', '"market_shares": 2', '\u0041', '\u0000', '\', '"', E'\t', repeat('[', 1000)) || substr(t, p);
      ELSE o := (SELECT s::text FROM seed ORDER BY random() LIMIT 1);          -- splice
           t := left(t, p) || substr(o, 1 + floor(random() * length(o))::int);
    END CASE;
  END LOOP;
  RETURN t;
END $$;

CREATE FUNCTION mutate(b bytea) RETURNS bytea LANGUAGE plpgsql VOLATILE AS $$
DECLARE p int; q int;
BEGIN
  FOR i IN 1 .. 1 + floor(random() * random() * 6)::int LOOP
    EXIT WHEN length(b) = 0;
    p := floor(random() * length(b))::int;
    q := 1 + floor(random() * 20)::int;
    CASE floor(random() * 5)::int
      WHEN 0 THEN b := substr(b, 1, p) || substr(b, p + 1 + q);
      WHEN 1 THEN b := substr(b, 1, p) || substr(b, p + 1, q) || substr(b, p + 1);
      WHEN 2 THEN b := substr(b, 1, p);
      WHEN 3 THEN b := set_byte(b, p, floor(random() * 256)::int);
      ELSE b := set_byte(b, p, (ARRAY[0, 1, 2, 127, 128, 255])[1 + floor(random() * 6)::int]);
    END CASE;
  END LOOP;
  RETURN b;
END $$;

-- 22021: not valid in the encoding; 08P01: a message that ends too early.
CREATE FUNCTION refused_properly(state text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT state IN ('22P02', '22P03', '0A000', '54000', '22021', '08P01') $$;
CREATE TABLE finding (kind text, input text, what text);

CREATE PROCEDURE fuzz_text(n int) LANGUAGE plpgsql AS $$
DECLARE t text; v market_shares; accepted int := 0;
BEGIN
  FOR i IN 1 .. n LOOP
    t := (SELECT mutate(s::text) FROM seed WHERE seed.n = 1 + i % 7);
    v := NULL;
    BEGIN
      v := t::market_shares;
    EXCEPTION WHEN OTHERS THEN
      IF NOT refused_properly(SQLSTATE) THEN INSERT INTO finding VALUES ('text', t, SQLSTATE || ' ' || SQLERRM); END IF;
    END;
    IF v IS NOT NULL THEN
      accepted := accepted + 1;
      IF NOT is_sound(v) THEN INSERT INTO finding VALUES ('text', t, 'not sound'); END IF;
    END IF;
  END LOOP;
  INSERT INTO finding VALUES ('text accepted', accepted, n);
END $$;

CREATE TABLE bytes (b bytea);
CREATE TABLE victim (s market_shares);
SQL

"${psql[@]}" -d "$database" -c "SELECT setseed(0.42); CALL fuzz_text($count)" >/dev/null
report $? "$count mutated texts, no crash"

# The bytes of a bytea column go into a market_shares column; a file holds one
# value, so that each is judged alone.
binary=$((count / 20))
{
	echo "\\set ON_ERROR_STOP 0"
	echo "\\set VERBOSITY sqlstate"
	echo "SELECT setseed(0.7);"
	for ((i = 0; i < binary; i++)); do
		echo "TRUNCATE bytes;"
		echo "INSERT INTO bytes SELECT mutate(market_shares_send(s)) FROM seed WHERE n = 1 + $i % 7;"
		echo "\\copy bytes TO PROGRAM 'cat > \"\${TMPDIR:-/tmp}/battery_fuzz_\$PPID\"' (FORMAT binary)"
		echo "\\copy victim FROM PROGRAM 'cat \"\${TMPDIR:-/tmp}/battery_fuzz_\$PPID\"' (FORMAT binary)"
	done
	echo "\\! rm -f \"\${TMPDIR:-/tmp}/battery_fuzz_\$PPID\""
	echo "SELECT 'finished';"
} > "${TMPDIR:-/tmp}/battery_fuzz_$$.sql"
output=$(psql -X -q -A -t -d "$database" -f "${TMPDIR:-/tmp}/battery_fuzz_$$.sql" 2>&1)
rm -f "${TMPDIR:-/tmp}/battery_fuzz_$$.sql"
[ "$(tail -n 1 <<<"$output")" = finished ]
report $? "$binary mutated binaries, no crash"
unexpected=$(grep 'ERROR:' <<<"$output" | grep -v -E 'ERROR:  (22P03|0A000|54000|22021|08P01)')
[ -z "$unexpected" ]
report $? "mutated binaries are refused with the promised SQLSTATEs${unexpected:+: $(head -n 1 <<<"$unexpected")}"
sound=$("${psql[@]}" -d "$database" -c "SELECT count(*) > 0 AND bool_and(is_sound(s)) FROM victim")
[ "$sound" = t ]
report $? "every accepted binary is sound"

found=$("${psql[@]}" -d "$database" -c "SELECT what, left(input, 200) FROM finding WHERE kind = 'text' LIMIT 5")
[ -z "$found" ]
report $? "mutated texts are refused with the promised SQLSTATEs or sound${found:+: $found}"
accepted=$("${psql[@]}" -d "$database" -c "SELECT input FROM finding WHERE kind = 'text accepted'")
[ "${accepted:-0}" -gt 0 ]
report $? "some mutated texts (${accepted:-0}) are accepted: the check is not empty"

[ "$failures" -eq 0 ]
