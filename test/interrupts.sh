#!/bin/bash
# Every function over a large value answers a cancel: statements over a million
# members, observations or terms, and over long texts, under a timeout of 0.2 s, end
# within half a second of it (BATTERY_PATIENCE ms more, 1000, for a busy machine).
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

patience=${BATTERY_PATIENCE:-1000}
db=battery_test_interrupts
create_database $db
query $db <<'SQL'
CREATE EXTENSION battery;
CREATE TABLE row AS SELECT 'm' || md5(i::text) AS member, i::bigint * 7919 % 1000003 AS amount, i::float8 AS x, (1 + i::bigint * 104729 % 1000)::float8 AS y FROM generate_series(1, 1000000) AS i;
CREATE TABLE market (name text PRIMARY KEY, value market_shares);
ALTER TABLE market ALTER value SET STORAGE EXTERNAL;
INSERT INTO market SELECT 'before', market_shares(member, amount) FROM row;
INSERT INTO market SELECT 'after', market_shares(reverse(member), amount + 1) FROM row WHERE x > 10;
CREATE TABLE pairs (value paired_values, medians quantity_values);
ALTER TABLE pairs ALTER value SET STORAGE EXTERNAL, ALTER medians SET STORAGE EXTERNAL;
INSERT INTO pairs SELECT paired_values(y, x), median_partial(capacity_gwh(y)) FROM row WHERE x <= 200000;
SQL
# Everything that takes a value of these types, as the catalog lists it, and what
# else may take long
query $db <<'SQL' >"$tmp/statements"
SELECT format('SELECT x FROM %I(%s) AS x', p.proname, CASE WHEN p.proretset THEN '' ELSE '' END ||
	(SELECT string_agg(CASE format_type(t, NULL)
						   WHEN 'market_shares' THEN format('(SELECT value FROM market WHERE name = %L)', CASE WHEN n = 1 THEN 'before' ELSE 'after' END)
						   WHEN 'paired_values' THEN '(SELECT value FROM pairs)'
						   WHEN 'quantity_values' THEN '(SELECT medians FROM pairs)' END, ', ' ORDER BY n)
	 FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a (t, n) WHERE n <= p.pronargs - p.pronargdefaults))
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'battery'
WHERE p.prokind = 'f' AND p.pronargs - p.pronargdefaults > 0 AND p.prorettype <> 'cstring'::regtype
  AND p.proargtypes[0] IN ('market_shares'::regtype, 'paired_values'::regtype, 'quantity_values'::regtype)
  AND NOT EXISTS (SELECT FROM unnest((p.proargtypes::oid[])[0 : p.pronargs - p.pronargdefaults - 1]) AS t WHERE t NOT IN ('market_shares'::regtype, 'paired_values'::regtype, 'quantity_values'::regtype))
ORDER BY 1;
SELECT s FROM (VALUES
	('SELECT value::text FROM market'), ('SELECT market_shares_send(value) FROM market'),
	('SELECT market_shares(member, amount) FROM row'), ('SELECT market_shares(member, x) FROM row'),
	('SELECT rollup(value) FROM market'), ('SELECT learning_curve(x, y) FROM row'), ('SELECT regression(y, x) FROM row'),
	('SELECT count(read_figure(repeat(''~12.5 GWh '', 6000000)))'),
	('SELECT repeat(''x'', 64000000)::capacity_gwh'), ('SELECT repeat(''1'', 64000000)::cost_per_gwh'), ('SELECT repeat(''NMC'', 20000000)::chemistry'),
	('SELECT repeat(''v1 units='', 7000000)::learning_curve'), ('SELECT repeat(''{"version": 1, '', 4000000)::market_shares')) AS v (s);
SQL
n=0
slow=0
cancelled=0
while IFS= read -r statement; do
	n=$((n + 1))
	begin=$EPOCHREALTIME
	said=$(psql -X -q -A -t -d $db -c "SET statement_timeout = '200ms'" -c "$statement" 2>&1 >/dev/null | head -c 300 || true)
	span=$(((${EPOCHREALTIME/./} - ${begin/./}) / 1000))
	case $said in *"statement timeout"*) cancelled=$((cancelled + 1)) ;; esac
	if [ "$span" -gt $((700 + patience)) ]; then
		slow=$((slow + 1))
		printf '%s ms: %s\n' "$span" "$statement" | remark
	fi
done <"$tmp/statements"
same "each of $n statements ends when it is cancelled" 0 "$slow"
if [ "$cancelled" -ge 20 ]; then
	ok "$cancelled of them were cancelled on the way"
else
	not_ok "$cancelled of them were cancelled on the way"
fi
finish
