#!/bin/bash
# Every function answers a cancel: calls over a million members, observations, terms or
# elements, and over 64 MB of text, under a timeout of 0.2 s end within half a second of
# it (BATTERY_PATIENCE ms more, 1000, for a busy machine), once in three attempts: what
# answers no cancel does so in none.
#
#	BATTERY_INTERRUPTS=all	transition functions and more arguments too, and each call
#				again under longer timeouts until it ends by itself
#
# The calls are made of the catalog: a function with an argument for which there is no
# sample is a failure.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

patience=${BATTERY_PATIENCE:-1000}
timeouts=(200)
[ "${BATTERY_INTERRUPTS:-}" != all ] || timeouts=(200 600 1500 4000)
db=battery_test_interrupts
create_database $db
query $db -v all="${BATTERY_INTERRUPTS:-}" -f - <<'SQL'
CREATE EXTENSION battery;
CREATE TABLE row AS SELECT 'm' || md5(i::text) AS member, i::bigint * 7919 % 1000003 AS amount, i::float8 AS x, (1 + i::bigint * 104729 % 1000)::float8 AS y FROM generate_series(1, 1000000) AS i;
CREATE TABLE market (name text PRIMARY KEY, value market_shares);
ALTER TABLE market ALTER value SET STORAGE EXTERNAL;
INSERT INTO market SELECT 'before', market_shares(member, amount) FROM row;
INSERT INTO market SELECT 'after', market_shares(reverse(member), amount + 1) FROM row WHERE x > 10;
CREATE TABLE value (pairs paired_values, medians quantity_values, years cost_series, names text[], groups text[], numbers float8[], amounts numeric[], capacities capacity_gwh[],
	mapping jsonb, weights jsonb, curve learning_curve, model regression, sums quantity_sums);
DO $$ BEGIN EXECUTE (SELECT 'ALTER TABLE value ' || string_agg(format('ALTER %I SET STORAGE EXTERNAL', attname), ', ') FROM pg_attribute
	WHERE attrelid = 'value'::regclass AND attnum > 0 AND attlen = -1 AND attstorage <> 'p'); END $$;
INSERT INTO value SELECT paired_values(y, x) FILTER (WHERE x <= 200000), median_partial(capacity_gwh(y)), cost_series(x / 101, 1000 * x, 1000 * x, y / (1000 + x)),
	array_agg(member), array_agg('g' || amount % 500000), array_agg(x), array_agg(y::numeric / 1000), array_agg(capacity_gwh(x)),
	jsonb_object_agg(member, 'g' || amount % 500000), jsonb_object_agg(member, y / 1000), learning_curve(x, y), regression(y, x), capacity_partial(capacity_gwh(y)) FROM row;
CREATE TABLE sample (type text, nth integer, value text, is_large boolean);
INSERT INTO sample VALUES
	('market_shares', 1, $$(SELECT value FROM market WHERE name = 'before')$$, true), ('market_shares', 2, $$(SELECT value FROM market WHERE name = 'after')$$, true),
	('paired_values', 1, '(SELECT pairs FROM value)', true), ('quantity_values', 1, '(SELECT medians FROM value)', true), ('cost_series', 1, '(SELECT years FROM value)', true),
	('text[]', 1, '(SELECT names FROM value)', true), ('text[]', 2, '(SELECT groups FROM value)', true), ('numeric[]', 1, '(SELECT amounts FROM value)', true),
	('double precision[]', 1, '(SELECT numbers FROM value)', true), ('capacity_gwh[]', 1, '(SELECT capacities FROM value)', true),
	('text', 1, $$repeat('m', 64000000)$$, true), ('jsonb', 1, '(SELECT mapping FROM value)', true),
	-- numbers may say how often something is done
	('integer', 1, '1000000', true), ('bigint', 1, '1::bigint', true), ('bigint', 2, '4000000000000000000::bigint', true), ('smallint', 1, '5::smallint', false),
	('numeric', 1, '1e1000::numeric', false), ('numeric', 2, '3e1000::numeric', false), ('double precision', 1, '0.2::float8', false),
	('double precision', 2, '0.3::float8', false), ('real', 1, '0.5::real', false), ('boolean', 1, 'true', false), ('timestamp without time zone', 1, $$timestamp '2020-01-01'$$, false),
	('capacity_gwh', 1, $$capacity_gwh '20 GWh'$$, false), ('capacity_gwh', 2, $$capacity_gwh '2000 GWh'$$, false), ('cost_per_gwh', 1, $$cost_per_gwh '100 USD/kWh'$$, false),
	('cost_per_gwh', 2, $$cost_per_gwh '50 USD/kWh'$$, false), ('chemistry', 1, $$chemistry 'NMC811'$$, false), ('learning_curve', 1, '(SELECT curve FROM value)', false),
	('regression', 1, '(SELECT model FROM value)', false), ('quantity_sums', 1, '(SELECT sums FROM value)', false);
-- each function with all its arguments, with those that it needs, and with short names
CREATE TABLE call AS
SELECT f.oid, v.variant, f.proname, bool_or(s.is_large) AS is_large, string_agg(format_type(a.t, NULL), ', ') FILTER (WHERE s.value IS NULL) AS unknown,
	   string_agg(CASE WHEN v.variant = 'short' AND s.type = 'text' THEN format('%L', 'm' || a.nth) ELSE s.value END, ', ' ORDER BY a.n) AS arguments
FROM (SELECT p.oid, p.proname, p.pronargs, p.pronargs - p.pronargdefaults AS needed, p.proargtypes::oid[] AS types,
			 EXISTS (SELECT FROM pg_aggregate a WHERE p.oid IN (a.aggtransfn, a.aggmtransfn, a.aggminvtransfn)) AS is_transition
	  FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	  JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'battery'
	  -- what reads and writes a type is called by a cast, below; planner support is the server's to call
	  WHERE p.prokind = 'f' AND p.pronargs > 0 AND p.prorettype <> 'cstring'::regtype
		AND NOT p.proargtypes::oid[] && ARRAY['internal', 'cstring', 'oid']::regtype[]::oid[]) AS f
CROSS JOIN (VALUES ('all'), ('needed'), ('short')) AS v (variant)
CROSS JOIN LATERAL (SELECT u.t, u.n, row_number() OVER (PARTITION BY u.t ORDER BY u.n) AS nth FROM unnest(f.types) WITH ORDINALITY AS u (t, n)) AS a
LEFT JOIN LATERAL (SELECT s.type, s.value, s.is_large FROM sample s WHERE s.type = format_type(a.t, NULL) AND s.nth <= a.nth ORDER BY s.nth DESC LIMIT 1) AS s ON true
WHERE (v.variant = 'all' OR v.variant = 'needed' AND f.needed < f.pronargs AND a.n <= f.needed
	   OR v.variant = 'short' AND 'text'::regtype = ANY (f.types) AND cardinality(f.types) > 1)
  AND (:'all' = 'all' OR NOT f.is_transition
	   AND v.variant = CASE WHEN 'text'::regtype = ANY (f.types) AND cardinality(f.types) > 1 THEN 'short' ELSE 'all' END)
GROUP BY f.oid, f.proname, v.variant;
SQL
none "there is a sample of every type of argument" $db "SELECT DISTINCT proname, unknown FROM call WHERE unknown IS NOT NULL"
# what a type reads from a text, and writes
query $db <<'SQL' >"$tmp/statements"
SELECT DISTINCT format('SELECT count(x) FROM %I(%s) AS x', proname, arguments) FROM call WHERE is_large ORDER BY 1;
SELECT format('SELECT count(x) FROM (SELECT %s::%s AS x) AS t', CASE WHEN t.name IN ('capacity_gwh', 'cost_per_gwh', 'chemistry') THEN v.plain ELSE v.keyed END, t.name)
FROM (SELECT format_type(t.oid, NULL) AS name FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
	  JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'battery' WHERE t.typtype = 'b' AND t.typelem = 0) AS t
CROSS JOIN (VALUES ($$repeat('1', 64000000)$$, $$repeat('{"version": 1, ', 4000000)$$), ($$repeat('NMC+', 16000000)$$, $$repeat('v1 units=', 7000000)$$),
	($$repeat('~12.5 GWh ', 6000000)$$, $$'{' || repeat('"m": 1, ', 8000000)$$)) AS v (plain, keyed) ORDER BY 1;
SELECT format('SELECT count(x) FROM (SELECT %s::text AS x) AS t', value) FROM sample WHERE is_large AND type NOT IN ('integer', 'bigint', 'text');
SELECT format('SELECT count(%s(%s)) FROM generate_series(1, 1)', f, t) FROM unnest(ARRAY['read_figure', 'read_unit', 'chemistry_problem', 'capacity_gwh_problem', 'cost_per_gwh_problem', 'plain_number', 'trim_cell']) AS f,
	unnest(ARRAY[$$repeat('~12.5 GWh ', 6000000)$$, $$repeat(' ', 64000000)$$, $$repeat('1,', 32000000)$$, $$repeat('(', 64000000)$$, $$repeat('é', 32000000)$$, $$repeat('USD/', 16000000)$$]) AS t;
SELECT s FROM (VALUES
	('SELECT market_shares(member, amount) FROM row'), ('SELECT market_shares(member, x) FROM row'),
	('SELECT rollup(value) FROM market'), ('SELECT learning_curve(x, y) FROM row'), ('SELECT regression(y, x) FROM row'),
	('SELECT count(cost_series(x / 101, y)) FROM row'), ('SELECT count(rollup(years)) FROM value'), ('SELECT count(theil_sen_learning_curve(paired_logarithms(x, y))) FROM row WHERE x < 200000'),
	('SELECT percentile_cont((SELECT array_agg(x / 1000001) FROM row)) WITHIN GROUP (ORDER BY capacity_gwh(x)) FROM row'),
	('SELECT count(risk_weighted_hhi(value, (SELECT weights FROM value))) FROM market'),
	('SELECT count(regression(y, VARIADIC (SELECT numbers FROM value))) FROM row')) AS v (s);
SQL
n=0
slow=0
cancelled=0
while IFS= read -r statement; do
	n=$((n + 1))
	for timeout in "${timeouts[@]}"; do
		for attempt in 1 2 3; do
			begin=$EPOCHREALTIME
			said=$(psql -X -q -A -t -d $db -c "SET statement_timeout = $timeout" -c "$statement" 2>&1 >/dev/null | head -c 300 || true)
			span=$(((${EPOCHREALTIME/./} - ${begin/./}) / 1000))
			[ "$span" -gt $((timeout + 500 + patience)) ] || break
		done
		if [ "$span" -gt $((timeout + 500 + patience)) ]; then
			slow=$((slow + 1))
			printf '%s ms under a timeout of %s: %s\n' "$span" "$timeout" "$statement" | remark
		fi
		case $said in
			*"statement timeout"*) [ "$timeout" != 200 ] || cancelled=$((cancelled + 1)) ;;
			*) break ;;
		esac
	done
done <"$tmp/statements"
same "each of $n statements ends when it is cancelled" 0 "$slow"
# how many outlast the timeout is for the machine's speed to say; none would be no test
if [ "$cancelled" -ge 1 ]; then
	ok "some were cancelled on the way"
	echo "$cancelled cancelled on the way" | remark
else
	not_ok "some were cancelled on the way"
fi
finish
