#!/bin/bash
# Citus: a coordinator and two workers of the script's own, which meet through their
# sockets; nothing listens on the network.  Every aggregate signature is pushed to the
# shards and gives the same bits as in one place; types distribute; states in columns
# roll up; industry stays on the coordinator.
. "$(dirname "${BASH_SOURCE[0]}")/../lib.bash"
. "$(dirname "${BASH_SOURCE[0]}")/rows.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
if [ "$(query postgres -c "SELECT count(*) FROM pg_available_extensions WHERE name = 'citus'")" = 0 ]; then
	ok 'Citus # SKIP this server has no Citus'
	finish
	exit
fi

db=battery_test_citus
nodes=()
for node in worker_1 worker_2 coordinator; do
	own_cluster shared_preload_libraries=citus max_prepared_transactions=100 max_connections=200 shared_buffers=32MB \
		citus.node_conninfo=sslmode=prefer citus.shard_count=8 citus.enable_statistics_collection=off
	nodes+=("$PGHOST")
	# database and extension on every node: Citus sends neither
	query postgres -c "CREATE DATABASE $db TEMPLATE template0 ENCODING 'UTF8'"
	query $db -c 'CREATE EXTENSION citus'
done
query $db -c "SELECT citus_set_coordinator_host('$PGHOST', $PGPORT)" >/dev/null
for node in "${nodes[@]:0:2}"; do
	query $db -c "SELECT citus_add_node('$node', $PGPORT)" >/dev/null
done
echo "# $(query $db -c "SELECT citus_version()")"

# Citus first, then battery
query $db -c 'CREATE EXTENSION battery'
same 'CREATE EXTENSION on the coordinator is one on every node' "$(query $db -c "SELECT 3 || ' ' || default_version FROM pg_available_extensions WHERE name = 'battery'")" \
	"$(query $db -c "SELECT count(*) || ' ' || min(result) FROM run_command_on_all_nodes('SELECT extversion FROM pg_extension WHERE extname = ''battery''') WHERE success")"

local_rows | query $db >/dev/null
query $db -c "CREATE TABLE spread (LIKE local)" -c "SELECT create_distributed_table('spread', 'i')" \
	-c 'INSERT INTO spread SELECT * FROM local' >/dev/null
is 'the rows lie on both workers' '20000|2' \
	"SELECT (SELECT count(*) FROM spread), count(DISTINCT nodename) FROM citus_shards WHERE table_name = 'spread'::regclass"

# pushed NAME SQL: the shards aggregate and no row comes
pushed()
{
	local plan

	plan=$(query $db -c "EXPLAIN (VERBOSE, COSTS off) $2" 2>&1)
	if grep -q -E 'Query: .*worker_(binary_)?partial_agg' <<<"$plan"; then
		ok "$1"
	else
		not_ok "$1"
		remark <<<"$plan"
	fi
}

# bits NAME SQL: a checksum, the same of the table local as of spread, which @ stands for
bits()
{
	local want got

	want=$(query $db -c "${2//@/local}" 2>&1) || true
	got=$(query $db -c "${2//@/spread}" 2>&1) || true
	[[ $want =~ ^[0-9a-f]{32}$ ]] || want="a checksum, not $want"
	same "$1" "$want" "$got"
}

none 'every aggregate is tried here' $db \
	"SELECT p.oid::regprocedure FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid
	 WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'e' AND p.prokind = 'a' AND p.proname NOT IN ('rollup', 'percentile_cont')
	   AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'battery')
	   AND p.oid::regprocedure::text <> ALL (string_to_array('$(cut -d'|' -f1 "$aggregates" | paste -sd'|')', '|'))"
while IFS='|' read -r signature args; do
	call="${signature%%(*}($args)"
	pushed "$signature: pushed to the shards" "SELECT ($call)::text FROM spread"
	bits "$signature: the same bits" "SELECT md5(($call)::text) FROM @"
	bits "$signature: the same bits by maker, which is not the key" \
		"SELECT md5(string_agg(t, ' ' ORDER BY maker)) FROM (SELECT maker, ($call)::text AS t FROM @ GROUP BY maker) s"
done <"$aggregates"

# what else a query has
pushed 'FILTER and HAVING are pushed' "SELECT maker, learning_curve(volume, price) FILTER (WHERE volume > '1 GWh') FROM spread GROUP BY maker HAVING sum(volume) > '1 GWh'"
run 'EXPLAIN ANALYZE works' 0 psql -X -q -d $db -c 'EXPLAIN ANALYZE SELECT learning_curve(volume, price), sum(volume) FROM spread'
refused_rollup=$(query $db -c 'SELECT maker, sum(volume) FROM spread GROUP BY ROLLUP (maker)' 2>&1 || true)
same 'GROUP BY ROLLUP is refused by Citus' 1 "$(grep -c 'GROUPING SETS, CUBE, or ROLLUP' <<<"$refused_rollup")"
is 'percentile_cont gathers the rows and is right' t \
	"SELECT (SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY volume) FROM spread) = (SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY volume) FROM local)"

# types as the distribution column, and the tree of chemistries
for column in 'chemistry chemistry' 'volume capacity_gwh' 'price cost_per_gwh'; do
	name=${column%% *}
	query $db -c "CREATE TABLE by_$name (chemistry chemistry, volume capacity_gwh, price cost_per_gwh, i int)" \
		-c "SELECT create_distributed_table('by_$name', '$name')" \
		-c "INSERT INTO by_$name SELECT (ARRAY['NMC811', 'NMC622', 'LFP', 'NCA', 'LMO'])[1 + i % 5]::chemistry, volume, price, i FROM local WHERE volume IS NOT NULL AND price IS NOT NULL" >/dev/null
	value=$(query $db -c "SELECT $name FROM by_$name WHERE i = 1000")
	plan=$(query $db -c "EXPLAIN (COSTS off) SELECT count(*) FROM by_$name WHERE $name = '$value'")
	same "${column#* } distributes: an equality asks one shard" 1 "$(grep -c 'Task Count: 1$' <<<"$plan")"
	is "${column#* }: and finds its rows" t \
		"SELECT (SELECT count(*) FROM by_$name WHERE $name = '$value') = (SELECT count(*) FROM (SELECT b.* FROM by_$name b OFFSET 0) s WHERE $name = '$value')"
done
query $db -c 'CREATE INDEX ON by_volume (chemistry)' -c 'SET citus.multi_shard_modify_mode = sequential' -c 'ANALYZE by_volume'
plan=$(query $db -c 'SET citus.explain_all_tasks = off' -c "EXPLAIN (VERBOSE, COSTS off) SELECT count(*) FROM by_volume WHERE chemistry <@ 'NMC'")
same '<@ is evaluated by the shards' yes "$(grep -q 'Query: .*chemistry.* OPERATOR(public.<@)\|Query: .*<@' <<<"$plan" && echo yes)"
is 'and finds what is below' "$(query $db -c "SELECT count(*) FROM local WHERE volume IS NOT NULL AND price IS NOT NULL AND i % 5 IN (0, 1)")" \
	"SELECT count(*) FROM by_volume WHERE chemistry <@ 'NMC'"

# states in columns
query $db -c 'CREATE TABLE state (maker text, curve learning_curve, market market_shares)' -c "SELECT create_distributed_table('state', 'maker')" \
	-c 'INSERT INTO state SELECT maker, learning_curve(volume, price), market_shares(maker, volume) FROM spread WHERE maker IS NOT NULL GROUP BY maker' >/dev/null
pushed 'rollup of stored states is pushed' 'SELECT rollup(curve), rollup(market) FROM state'
same 'and is what the rows give' "$(query $db -c 'SELECT md5(learning_curve(volume, price)::text || market_shares(maker, volume)::text) FROM local WHERE maker IS NOT NULL')" \
	"$(query $db -c 'SELECT md5(rollup(curve)::text || rollup(market)::text) FROM state')"

# reference tables
query $db -c 'CREATE TABLE family (chemistry chemistry PRIMARY KEY, name text)' -c "SELECT create_reference_table('family')" \
	-c "INSERT INTO family VALUES ('NMC', 'nickel'), ('LFP', 'iron')" >/dev/null
is 'a reference table joins by <@' "$(query $db -c "SELECT count(*) || '|' || count(DISTINCT f.name) FROM (SELECT b.* FROM by_volume b OFFSET 0) b JOIN (SELECT f.* FROM family f OFFSET 0) f ON b.chemistry <@ f.chemistry")" \
	'SELECT count(*), count(DISTINCT f.name) FROM by_volume b JOIN family f ON b.chemistry <@ f.chemistry'

# min and max call C, not a function that core looks up by name for every row: within
# three times of sum, of which they were four (the least of five turns of each)
least()
{
	local i sql=

	for i in 1 2 3 4 5; do
		sql+="EXPLAIN (ANALYZE, TIMING off) SELECT $1 FROM spread;"
	done
	query $db -c "$sql" | sed -n 's/^Execution Time: \([0-9.]*\) ms/\1/p' | LC_ALL=C sort -g | head -n 1
}
for aggregate in min max; do
	taken=$(least "$aggregate(volume), $aggregate(price)") reference=$(least 'sum(volume), avg(price)')
	if awk "BEGIN { exit !($taken < 3 * $reference) }"; then
		ok "$aggregate takes no longer than others"
	else
		not_ok "$aggregate takes no longer than others ($taken ms, sum $reference ms)"
	fi
done

# industry
env PGOPTIONS= "$root/bin/battery-industry" setup -d $db >"$tmp/out" 2>&1
same 'industry is set up with one notice' 'NOTICE:  industry stays on the Citus coordinator: nothing of it was sent to the workers
HINT:  Distribute your own large tables; they can be joined with those of industry.
database battery_test_citus: industry '"$(awk '$1 == "version" { print $2 }' "$root/src/industry/parts")"' is set up' "$(sed 's/^psql:[^ ]* //' "$tmp/out")"
is 'nothing of it is on the workers' 0 "SELECT sum(result::int) FROM run_command_on_workers('SELECT count(*) FROM pg_namespace WHERE nspname = ''industry''')"
PGOPTIONS="-c client_min_messages=error" query $db -f "$root/test/industry/fixture.sql" >/dev/null
query $db -f "$root/test/industry/answers.sql" >"$tmp/answers" 2>&1
query $db -c "CREATE TABLE own (maker_id int, gwh capacity_gwh)" -c "SELECT create_distributed_table('own', 'maker_id')" \
	-c "INSERT INTO own SELECT maker_id, '1 GWh' FROM industry.maker" >/dev/null
is 'a distributed table joins with industry' "$(query $db -c 'SELECT count(*) FROM industry.maker')" 'SELECT count(*) FROM own JOIN industry.maker USING (maker_id)'
run 'upgrade --again' 0 env PGOPTIONS= "$root/bin/battery-industry" upgrade --again -d $db

# A table of it is refused as a reference table, and nothing changes.  When this fails, Citus
# has learned it: then see whether reports can be loaded, and tell docs/scale.md.
for table in maker maker_alias; do
	got=$(query $db -c "SELECT create_reference_table('industry.$table')" 2>&1) || true
	same "industry.$table is refused as a reference table" yes "$(grep -q '^ERROR:' <<<"$got" && echo yes)"
done
query $db -f "$root/test/industry/answers.sql" >"$tmp/again" 2>&1
same 'and everything answers as before' "$(cksum <"$tmp/answers")" "$(cksum <"$tmp/again")"
page_examples citus
finish
