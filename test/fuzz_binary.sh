#!/bin/bash
# A mutation fuzzer over binary input: thousands of damaged binary values of
# every type of the extension go in through COPY ... (FORMAT binary).
#
# Whatever comes, the server lives; a refusal has an SQLSTATE that says so; and
# a value that is accepted is sent back as it came, survives text and back, and
# can be given to every function that takes it.
#
# FUZZ_COUNT: values per type (4000).  FUZZ_SEED: another sequence.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

count=${FUZZ_COUNT:-4000}
seed=${FUZZ_SEED:-20260101}
db=battery_test_fuzz
create_database $db

# An unlogged table is emptied by the recovery after a crash.
query $db <<'SQL'
CREATE EXTENSION battery;
CREATE UNLOGGED TABLE alive AS SELECT 1 AS i;
CREATE TABLE seed_capacity_gwh AS SELECT v::capacity_gwh FROM unnest('{0,1,-1,1.5,67.3,9223372,-9223372}'::text[]) v;
CREATE TABLE seed_cost_per_gwh AS SELECT v::cost_per_gwh FROM unnest('{0,1,-1,67.3,20000,US$9000000 per kWh}'::text[]) v;
CREATE TABLE seed_chemistry AS SELECT v::chemistry
FROM unnest('{rechargeable,LFP,NMC811,NMC111,NMC 83:11:6|Si-graphite|liquid,NMCA 89:4:4:3,NMC622+LMO|graphite,Li-ion|LTO,Li-S||solid,NFM111,VRFB,solid-state|Li}'::text[]) v;
CREATE TABLE seed_learning_curve AS
SELECT learning_curve(i::capacity_gwh, (1000.0 / i + i % 3)::cost_per_gwh) AS v FROM generate_series(1, 20) i
UNION ALL SELECT learning_curve(i::float8, exp(i)) FROM generate_series(1, 700) i
UNION ALL SELECT learning_curve(i::capacity_gwh, (1000.0 / i)::cost_per_gwh, i::float8) FROM generate_series(1, 20) i
UNION ALL SELECT learning_curve(i::float8, 1000.0 / i, i::float8) FROM generate_series(1, 20) i
UNION ALL SELECT learning_curve(1::float8, 1);
CREATE TABLE seed_cost_series AS
SELECT cost_series(2000 + i, i::capacity_gwh, (1000.0 / i)::cost_per_gwh) AS v FROM generate_series(1, 20) i
UNION ALL SELECT two_factor_series(2000 + i, i::capacity_gwh, (1000.0 / i)::cost_per_gwh, exp(i)) FROM generate_series(1, 20) i
UNION ALL SELECT two_factor_series(2000 + i, 1::float8, i, 1000.0 / i, exp(i)) FROM generate_series(1, 20) i
UNION ALL SELECT cost_series(date '2000-01-01' + i, 1::capacity_gwh, i::capacity_gwh, (1000.0 / i)::cost_per_gwh) FROM generate_series(1, 3) i
UNION ALL SELECT cost_series(2000, 1::float8);
CREATE TABLE seed_regression AS
SELECT regression(i + i % 3, i, i * i) AS v FROM generate_series(1, 20) i
UNION ALL SELECT regression_through_origin(1.0 / i, i, 0.1 * i) FROM generate_series(1, 20) i
UNION ALL SELECT weighted_regression(1.0 / i, i, exp(i), -i) FROM generate_series(1, 20) i
UNION ALL SELECT weighted_regression_through_origin(1, 1e-300, 1e300)
UNION ALL SELECT regression(i, VARIADIC ARRAY[0.1 * i, i % 7, i % 5, sqrt(i)]) FROM generate_series(1, 50) i;
CREATE TABLE seed_quantity_sums AS
SELECT capacity_partial(i::capacity_gwh) AS v FROM generate_series(1, 20) i
UNION ALL SELECT cost_partial(i::cost_per_gwh) FROM generate_series(1, 20) i
UNION ALL SELECT spread_partial(i::cost_per_gwh) FROM generate_series(-3, 20) i
UNION ALL SELECT weighted_cost_partial(i::cost_per_gwh, i::capacity_gwh) FROM generate_series(-20, 20) i
UNION ALL SELECT marginal_cost_partial(-1e9 * i, i::capacity_gwh) FROM generate_series(1, 20) i;
CREATE TABLE seed_quantity_values AS
SELECT median_partial(i::capacity_gwh) AS v FROM generate_series(1, 20) i
UNION ALL SELECT median_partial(i::cost_per_gwh) FROM generate_series(-5, 5) i
UNION ALL SELECT median_partial(1.0::float8 / i) FROM generate_series(1, 9) i
UNION ALL SELECT median_partial(1::capacity_gwh);
CREATE TABLE seed_paired_values AS
SELECT paired_values(1.0 / i, -i) AS v FROM generate_series(1, 20) i
UNION ALL SELECT paired_logarithms(i, 1.0 / i) FROM generate_series(1, 20) i
UNION ALL SELECT paired_logarithms(i::capacity_gwh, (1000.0 / i)::cost_per_gwh) FROM generate_series(1, 20) i
UNION ALL SELECT paired_values(1, 1);
CREATE TABLE seed_market_shares AS
SELECT market_shares('maker ' || i % 5, i::capacity_gwh) AS v FROM generate_series(1, 20) i
UNION ALL SELECT market_shares(CASE WHEN i % 3 > 0 THEN 'm' || i % 3 END, i::numeric / 7) FROM generate_series(1, 20) i
UNION ALL SELECT market_shares('é' || i, CASE WHEN i % 2 > 0 THEN i END::float8, 400) FROM generate_series(1, 20) i
UNION ALL SELECT market_shares_from_percent(CASE WHEN i % 5 > 0 THEN 'p' || i % 5 END, CASE WHEN i % 7 > 0 THEN round(i / 7.0, i % 3) END) FROM generate_series(1, 20) i
UNION ALL SELECT market_shares_from_percent('p', 99.5, 90)
UNION ALL SELECT market_shares(NULL, 5::numeric)
UNION ALL SELECT market_shares('', 0::numeric)
UNION ALL SELECT market_shares('withheld', NULL::numeric);

-- A value's bytes, to compare what is sent with what came.  market_shares takes
-- its members in any order and sends them sorted: for it only the bytes count,
-- not their order.
CREATE FUNCTION bytes(type regtype, hex text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN type <> 'market_shares'::regtype THEN hex
	       ELSE (SELECT string_agg(b[1], '' ORDER BY b[1]) FROM regexp_matches(hex, '..', 'g') b) END
$$;

-- Calls every function that takes a "type" first, with fixed other arguments,
-- on every accepted value, and rolls neighbours up; lists unexpected errors.
CREATE FUNCTION use_all(type regtype) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	f record;
	r record;
BEGIN
	FOR f IN
		SELECT p.oid::regprocedure AS name, format('SELECT %s FROM (SELECT %s) s', CASE WHEN p.proretset THEN 'count(*)' ELSE 's::text' END,
		       format('%I($1', p.proname) || coalesce((SELECT string_agg(', ' || (CASE a
		           WHEN 'capacity_gwh'::regtype THEN '''40''::capacity_gwh' WHEN 'cost_per_gwh'::regtype THEN '''12.5''::cost_per_gwh'
		           WHEN 'float8'::regtype THEN '0.9::float8' WHEN 'float8[]'::regtype THEN '''{1,2}''::float8[]' WHEN 'int4'::regtype THEN '2' WHEN 'text'::regtype THEN '''GWh'''
		           WHEN 'int8'::regtype THEN '5::bigint' WHEN 'bool'::regtype THEN 'true' WHEN 'numeric'::regtype THEN '3.5::numeric'
		           WHEN type THEN '$2' ELSE 'NULL' END), '' ORDER BY o)
		         FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY a(a, o) WHERE o > 1), '') || ')') AS call
		FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid
		WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
		  AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'battery')
		  AND p.prokind = 'f' AND p.proargtypes[0] = type AND p.prorettype <> 'cstring'::regtype
		ORDER BY 1
	LOOP
		FOR r IN SELECT id, v::text AS v, lag(v::text, 1, v::text) OVER (ORDER BY id) AS other FROM fuzz LOOP
			BEGIN
				EXECUTE replace(replace(f.call, '$1', quote_literal(r.v) || '::' || type), '$2', quote_literal(r.other) || '::' || type);
			EXCEPTION WHEN OTHERS THEN
				IF SQLSTATE !~ '^(22|2201E|42804|54|0A)' THEN
					RETURN NEXT format('%s value %s: %s %s', f.name, r.id, SQLSTATE, SQLERRM);
				END IF;
			END;
		END LOOP;
	END LOOP;
END $$;
SQL

# Binary COPY data on standard input, one column; $count files of one damaged
# value each into $ARGV[0], and what each has into values.txt.
cat >"$tmp/mutate.pl" <<'PERL'
use strict;
use warnings;

my ($dir, $count, $seed) = @ARGV;
srand($seed);
binmode STDIN;
local $/;
my $data = <STDIN>;
my $header = "PGCOPY\n\377\r\n\0" . pack("NN", 0, 0);
die "not COPY data\n" if substr($data, 0, length $header) ne $header;
my $at = length $header;
my @seeds;
while (1) {
	my $columns = unpack("n", substr($data, $at, 2));
	last if $columns == 0xffff;
	my $len = unpack("N", substr($data, $at + 2, 4));
	push @seeds, substr($data, $at + 6, $len);
	$at += 6 + $len;
}

my @bytes = (0, 1, 2, 127, 128, 255);
my @words = (0, 1, 2, 255, 65535, 0x7fffffff, 0x80000000, 0xffffffff, 0x3fffffff, 0x40000000, 1000000);

# a place in $v, at the start or the end more often than chance has it
sub place {
	my ($v, $room) = @_;
	my $n = length($v) - $room;
	return 0 if $n <= 0;
	my $r = rand;
	return int(rand(1 + ($n < 16 ? $n : 16))) if $r < 0.4;
	return $n - int(rand(1 + ($n < 8 ? $n : 8))) if $r < 0.5;
	return int(rand($n + 1));
}

sub mutate {
	my ($v) = @_;
	my $kind = int(rand(13));
	my $n = length $v;
	if ($n == 0 || $kind == 0) {
		return join '', map { chr int rand 256 } 1 .. int rand 24;
	} elsif ($kind <= 2) {
		my $p = place($v, 1);
		substr($v, $p, 1) = chr(ord(substr($v, $p, 1)) ^ (1 << int rand 8)) if $n;
	} elsif ($kind == 3) {
		substr($v, place($v, 1), 1) = chr $bytes[rand @bytes];
	} elsif ($kind == 4 && $n >= 4) {
		substr($v, place($v, 4), 4) = pack("N", $words[rand @words]);
	} elsif ($kind == 5 && $n >= 8) {
		substr($v, place($v, 8), 8) = pack("NN", $words[rand @words], $words[rand @words]);
	} elsif ($kind == 6 && $n >= 8) {
		substr($v, 8 * int(rand(int($n / 8))), 8) = (chr $bytes[rand @bytes]) x 8;
	} elsif ($kind == 7) {
		$v = substr($v, 0, int rand $n);
	} elsif ($kind == 8) {
		$v .= join '', map { chr $bytes[rand @bytes] } 1 .. 1 + int rand 9;
	} elsif ($kind == 9) {
		my $o = $seeds[rand @seeds];
		my $p = int rand $n;
		$v = substr($v, 0, $p) . (length($o) > $p ? substr($o, $p) : '');
	} elsif ($kind == 10) {
		my ($p, $q, $l) = (place($v, 1), place($v, 1), 1 + int rand 24);
		substr($v, $p, 0) = substr($v, $q, $l);
	} elsif ($kind == 11 && $n >= 16) {
		my ($p, $q) = map { 8 * int rand int($n / 8) } 1, 2;
		my $w = substr($v, $p, 8);
		substr($v, $p, 8) = substr($v, $q, 8);
		substr($v, $q, 8) = $w;
	} else {
		substr($v, place($v, 1), 1 + int rand 8) = '';
	}
	return $v;
}

open(my $values, '>', "$dir/values.txt") or die;
for my $i (1 .. $count) {
	my $v = $seeds[rand @seeds];
	# the first ones whole, to show that the way in works at all
	if ($i > @seeds) {
		$v = mutate($v) for 0 .. int(rand(1.5) * rand(2));
	} else {
		$v = $seeds[$i - 1];
	}
	open(my $file, '>', "$dir/$i") or die;
	binmode $file;
	print $file $header, pack("n", 2), pack("NN", 4, $i), pack("N", length $v), $v, pack("n", 0xffff);
	close $file or die;
	print $values "$i\t", unpack("H*", $v), "\n";
}
close $values or die;
PERL

types=$(query $db -c "SELECT t.typname FROM pg_depend d JOIN pg_type t ON t.oid = d.objid WHERE d.classid = 'pg_type'::regclass AND d.deptype = 'e' AND t.typreceive <> 0
	AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'battery') AND t.typtype = 'b' AND t.typcategory <> 'A' ORDER BY 1")

for type in $types; do
	dir=$tmp/$type
	mkdir "$dir"
	if ! psql -X -q -d $db -c "COPY seed_$type TO STDOUT (FORMAT binary)" >"$dir/seeds" 2>"$dir/errors"; then
		not_ok "$type: the fuzzer has values to start from"
		remark <"$dir/errors"
		continue
	fi
	perl "$tmp/mutate.pl" "$dir" "$count" "$seed" <"$dir/seeds"
	query $db -c "DROP TABLE IF EXISTS fuzz, given" -c "CREATE TABLE fuzz (id int, v $type)" -c "CREATE TABLE given (id int, v text)" \
		-c "\\copy given FROM '$dir/values.txt'"
	{
		echo "\\set VERBOSITY sqlstate"
		for ((i = 1; i <= count; i++)); do
			echo "\\copy fuzz FROM '$dir/$i' (FORMAT binary)"
		done
	} >"$dir/script"
	rc=0
	psql -X -q -d $db -f "$dir/script" >"$dir/out" 2>"$dir/errors" || rc=$?
	accepted=$(query $db -c "SELECT count(*) FROM fuzz" 2>&1) || true
	alive=$(query $db -c "SELECT count(*) FROM alive" 2>&1) || true
	if [ "$rc" -eq 0 ] && [ "$alive" = 1 ] && ! grep -qiE 'connection|server closed' "$dir/errors"; then
		ok "$type: the server lives through $count damaged binary values"
	else
		not_ok "$type: the server lives through $count damaged binary values"
		tail -n 3 "$dir/errors" | remark
		query $db -c "TRUNCATE alive; INSERT INTO alive VALUES (1)" || true
		continue
	fi

	# 22P03 and 08P01: not such a value, or too short for one.  22021: not
	# text.  22003, 54000: out of range, too large.  0A000: another version.
	if grep -oE 'ERROR: +[0-9A-Z]{5}' "$dir/errors" | grep -vE '(22P03|08P01|22021|22003|54000|0A000)$' | sort | uniq -c | remark | grep .; then
		not_ok "$type: refusals have the SQLSTATE of bad data"
	else
		ok "$type: refusals have the SQLSTATE of bad data ($(grep -c ERROR "$dir/errors" || true) refused, $accepted accepted)"
	fi
	whole=$(query $db -c "SELECT count(*) = (SELECT count(*) FROM seed_$type) FROM fuzz WHERE id <= (SELECT count(*) FROM seed_$type)")
	same "$type: undamaged values are accepted" t "$whole"
	send=$(query $db -c "SELECT typsend::oid::regproc FROM pg_type WHERE typname = '$type'")
	none "$type: accepted values are sent back as they came" $db \
		"SELECT f.id, g.v, encode($send(f.v), 'hex') FROM fuzz f JOIN given g USING (id)
		 WHERE bytes('$type', encode($send(f.v), 'hex')) <> bytes('$type', g.v) LIMIT 5"
	query $db -c "TRUNCATE given" -c "CREATE TABLE again (LIKE fuzz)" -c "\\copy fuzz TO '$dir/first' (FORMAT binary)" \
		-c "\\copy again FROM '$dir/first' (FORMAT binary)" -c "\\copy again TO '$dir/second' (FORMAT binary)" -c "DROP TABLE again"
	if [ "$accepted" -gt 0 ] && cmp -s "$dir/first" "$dir/second"; then
		ok "$type: what is sent is accepted, and sent again with the same bytes"
	else
		not_ok "$type: what is sent is accepted, and sent again with the same bytes"
	fi
	none "$type: accepted values survive text and back" $db \
		"SELECT f.id, f.v FROM fuzz f WHERE $send(f.v::text::$type) <> $send(f.v) LIMIT 5"
	none "$type: no function fails in an unexpected way on an accepted value" $db \
		"SELECT * FROM use_all('$type') LIMIT 5"
	alive=$(query $db -c "SELECT count(*) FROM alive" 2>&1) || true
	same "$type: the server lives through the use of accepted values" 1 "$alive"
done

finish
