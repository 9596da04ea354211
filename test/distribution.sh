#!/bin/bash
# The aggregates, spread over several databases: through postgres_fdw, through
# states sent as text and in binary, and in the way Citus does it.
#
# Three databases hold a third of the rows each; a fourth sees them as foreign
# partitions and has a local copy of all rows to compare with, bit for bit.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
. "$(dirname "${BASH_SOURCE[0]}")/engines/rows.bash"

db=battery_test_coordinator
shards="1 2 3"

# Where this very server listens, for the foreign servers.
host=${PGHOST:-$(query postgres -c "SELECT split_part(current_setting('unix_socket_directories'), ',', 1)")}
port=$(query postgres -c "SHOW port")
user=$(query postgres -c "SELECT current_user")

create_database $db
for shard in $shards; do
	create_database battery_test_shard_$shard
done

{
	echo "CREATE EXTENSION battery; CREATE EXTENSION postgres_fdw;"
	local_rows
	echo "CREATE TABLE spread ($columns) PARTITION BY LIST (shard);"
	for shard in $shards; do
		echo "CREATE SERVER shard_$shard FOREIGN DATA WRAPPER postgres_fdw
			OPTIONS (host '$host', port '$port', dbname 'battery_test_shard_$shard', extensions 'battery', async_capable 'true');"
		echo "CREATE USER MAPPING FOR CURRENT_USER SERVER shard_$shard OPTIONS (user '$user');"
		echo "CREATE FOREIGN TABLE spread_$shard PARTITION OF spread FOR VALUES IN ($shard) SERVER shard_$shard OPTIONS (table_name 'part');"
	done
} | query $db >/dev/null
for shard in $shards; do
	query battery_test_shard_$shard -c "CREATE EXTENSION battery" -c "CREATE TABLE part ($columns)"
done
query $db -c "INSERT INTO spread SELECT * FROM local" -c "ANALYZE spread"

# An ordered-set aggregate is never made in parts: its rows come.
for call in "percentile_cont(0.9) WITHIN GROUP (ORDER BY volume)" "percentile_cont('{0.1,0.5}'::float8[]) WITHIN GROUP (ORDER BY price DESC)"; do
	same "$call: rows from foreign partitions" "$(query $db -c "SELECT $call FROM local")" "$(query $db -c "SELECT $call FROM spread" 2>&1)"
done
none "every aggregate is tried here" $db \
	"SELECT p.oid::regprocedure FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid
	 WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'e' AND p.prokind = 'a' AND p.proname NOT IN ('rollup', 'percentile_cont')
	   AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'battery')
	   AND p.oid::regprocedure::text <> ALL (string_to_array('$(cut -d'|' -f1 "$aggregates" | paste -sd'|')', '|'))"

fdw="SET enable_partitionwise_aggregate = on"

while IFS='|' read -r signature args; do
	name=${signature%%(*}
	types=${signature#*(}
	types=${types%)}
	# an array at the end is what VARIADIC is declared as
	types=${types/double precision\[\]/VARIADIC double precision[]}
	if [ "$(query $db -c "SELECT to_regprocedure('$signature') IS NULL")" = t ]; then
		not_ok "$signature: exists"
		continue
	fi
	call="$name($args)"
	want=$(query $db -c "SELECT md5(($call)::text) FROM local" 2>&1)
	none=$(query $db -c "SELECT $call IS NULL FROM local WHERE false" 2>&1)	# a row may say that there is nothing
	same "$signature: rows from foreign partitions" "$want" "$(query $db -c "SELECT md5(($call)::text) FROM spread" 2>&1)"

	# The route of distribution by foreign tables: partial results made by the
	# remote server, put together by rollup.
	if [ "$(query $db -c "SELECT to_regprocedure('rollup(' || (SELECT prorettype::regtype FROM pg_proc WHERE oid = '$signature'::regprocedure) || ')') IS NOT NULL")" = t ]; then
		sql="SELECT md5(rollup(p)::text) FROM (SELECT shard, $call AS p FROM spread GROUP BY shard) s"
		same "$signature: rollup of remote partial results" "$want" "$(query $db -c "$fdw" -c "$sql" 2>&1)"
		plan=$(query $db -c "$fdw" -c "EXPLAIN (VERBOSE, COSTS off) $sql")
		if [ "$(grep -c "Remote SQL: SELECT .*$name(.*GROUP BY" <<<"$plan")" -eq 3 ]; then
			ok "$signature: all three servers aggregate their own rows"
		else
			not_ok "$signature: all three servers aggregate their own rows"
			remark <<<"$plan"
		fi
		sql="SELECT md5(rollup(p)::text) FROM (SELECT shard, maker, $call AS p FROM spread GROUP BY shard, maker) s"
		same "$signature: rollup of remote partial results by maker" "$want" "$(query $db -c "$fdw" -c "$sql" 2>&1)"
		# a value that a table keeps, short or toasted, between rows that
		# misalign it; and one that is only looked at does not change
		query $db -c "CREATE TEMP TABLE kept AS SELECT i % 50 = 0 AS flag, maker, shard, $call AS p FROM local GROUP BY 1, 2, 3
				UNION ALL SELECT NULL, 'x', shard, $call FROM local GROUP BY shard HAVING false" \
			-c "SELECT md5(rollup(p)::text) || (SELECT bool_and(t = p::text) FROM
				(SELECT p, p::text AS t, rollup(p) OVER (ORDER BY maker, shard, flag) FROM kept) s) FROM kept" >"$tmp/kept" 2>&1 || true
		same "$signature: rollup of values in a table" "${want}true" "$(cat "$tmp/kept")"
	fi

	# What Citus does: transition functions on the workers, their states as
	# text (or in binary) to the coordinator, combine and final function there.
	stype=$(query $db -c "SELECT aggtranstype::regtype FROM pg_aggregate WHERE aggfnoid = '$signature'::regprocedure")
	parts=$(query $db -c "SELECT format('SFUNC = %s, STYPE = %s', aggtransfn, aggtranstype::regtype) FROM pg_aggregate WHERE aggfnoid = '$signature'::regprocedure")
	merge=$(query $db -c "SELECT format('SFUNC = %s, STYPE = %s', aggcombinefn, aggtranstype::regtype) || CASE WHEN aggfinalfn <> 0 THEN format(', FINALFUNC = %s', aggfinalfn) ELSE '' END FROM pg_aggregate WHERE aggfnoid = '$signature'::regprocedure")
	: >"$tmp/states"
	rc=0
	for shard in $shards; do
		query battery_test_shard_$shard -c "SET extra_float_digits = -10" -c "CREATE AGGREGATE partial($types) ($parts)" \
			-c "\\copy (SELECT partial($args) FROM part) TO '$tmp/text_$shard'" \
			-c "\\copy (SELECT partial($args) FROM part) TO '$tmp/binary_$shard' (FORMAT binary)" \
			-c "\\copy (SELECT partial($args) FROM part WHERE false) TO '$tmp/empty_$shard'" \
			-c "DROP AGGREGATE partial($types)" >>"$tmp/states" 2>&1 || rc=$?
	done
	if [ "$rc" -ne 0 ]; then
		not_ok "$signature: states leave the workers"
		remark <"$tmp/states"
		continue
	fi
	for form in text binary; do
		option="(FORMAT $form)"
		got=$(query $db -c "SET extra_float_digits = -10" -c "CREATE TEMP TABLE state (odd bool DEFAULT true, s $stype)" \
			-c "CREATE AGGREGATE merge($stype) ($merge)" \
			-c "\\copy state (s) FROM '$tmp/empty_1'" \
			-c "\\copy state (s) FROM '$tmp/${form}_1' $option" \
			-c "\\copy state (s) FROM '$tmp/${form}_2' $option" \
			-c "\\copy state (s) FROM '$tmp/empty_2'" \
			-c "\\copy state (s) FROM '$tmp/${form}_3' $option" \
			-c "RESET extra_float_digits" -c "SELECT md5(merge(s)::text) FROM state" -c "SELECT merge(s) IS NULL FROM state WHERE s IS NULL" \
			-c "DROP AGGREGATE merge($stype)" 2>&1) || true
		same "$signature: states combined after transport as $form" "$want
$none" "$got"
	done
done <"$aggregates"

# What is derived from a market: the same from values that three servers made
# as from the rows in one place.
derived="hhi(ms)::text || cr(ms, 4) || merger_delta(ms, 'maker 0', 'maker 1') || merger_screen(ms, 'maker 0', 'maker 1')
	|| rekey(ms, '{\"maker 0\": \"maker 1\"}', 'keep')::text || (SELECT string_agg(s::text, '' ORDER BY member) FROM shares_by_group(ms, '{\"maker 0\": \"maker 1\"}', 'keep') s)
	|| (SELECT string_agg(c::text, '' ORDER BY member) FROM share_change(before, ms) c)"
parts="market_shares(maker, usd) AS ms, market_shares(maker, usd) FILTER (WHERE i <= 10000) AS before"
want=$(query $db -c "SELECT md5($derived) FROM (SELECT $parts FROM local) s")
same "measures, mergers, groups and change of a market: from foreign partitions" "$want" \
	"$(query $db -c "SELECT md5($derived) FROM (SELECT $parts FROM spread) s" 2>&1)"
same "measures, mergers, groups and change of a market: from remote partial values" "$want" \
	"$(query $db -c "$fdw" -c "SELECT md5($derived) FROM (SELECT rollup(ms) AS ms, rollup(before) AS before FROM (SELECT shard, $parts FROM spread GROUP BY shard) p) s" 2>&1)"
# an exposure travels as a market of two members
exposure="market_shares(CASE WHEN i % 3 = 0 THEN 'controlled' WHEN i % 3 > 0 THEN 'not controlled' END, usd)"
same "exposure to controls, from remote partial values" "$(query $db -c "SELECT control_exposure($exposure) FROM local")" \
	"$(query $db -c "$fdw" -c "SELECT control_exposure(rollup(p)) FROM (SELECT shard, $exposure AS p FROM spread GROUP BY shard) s" 2>&1)"

# Settings that change how other types print must not change a state.
settings=("extra_float_digits = -10" "DateStyle = German" "lc_numeric = 'C'" "bytea_output = escape")
# from 19 on there is only "on"
[ "$(query $db -c 'SHOW server_version_num')" -ge 190000 ] || settings+=("standard_conforming_strings = off")
for setting in "${settings[@]}"; do
	want=$(query $db -c "SELECT md5(string_agg(p::text, ' ' ORDER BY shard)) FROM (SELECT shard, learning_curve(volume, price) AS p FROM local GROUP BY shard
		UNION ALL SELECT 10, learning_curve(x, y) FROM local) s")
	same "learning_curve's text is the same with $setting" "$want" \
		"$(query $db -c "SET $setting" -c "SELECT md5(string_agg(p::text, ' ' ORDER BY shard)) FROM (SELECT shard, learning_curve(volume, price) AS p FROM local GROUP BY shard
		UNION ALL SELECT 10, learning_curve(x, y) FROM local) s")"
	want=$(query $db -c "SELECT md5(string_agg(p::text, ' ' ORDER BY shard)) FROM (SELECT shard, cost_series(i / 10.0, x) AS p FROM local GROUP BY shard
		UNION ALL SELECT 10, cost_series(date '2000-01-01' + i, i::capacity_gwh, price) FROM local) s")
	same "cost_series' text is the same with $setting" "$want" \
		"$(query $db -c "SET $setting" -c "SELECT md5(string_agg(p::text, ' ' ORDER BY shard)) FROM (SELECT shard, cost_series(i / 10.0, x) AS p FROM local GROUP BY shard
		UNION ALL SELECT 10, cost_series(date '2000-01-01' + i, i::capacity_gwh, price) FROM local) s")"
	want=$(query $db -c "SELECT md5(string_agg(p::text, ' ' ORDER BY shard)) FROM (SELECT shard, market_shares(maker, volume) AS p FROM local GROUP BY shard
		UNION ALL SELECT 10, market_shares(maker, x) FROM local) s")
	same "market_shares' text is the same with $setting" "$want" \
		"$(query $db -c "SET $setting" -c "SELECT md5(string_agg(p::text, ' ' ORDER BY shard)) FROM (SELECT shard, market_shares(maker, volume) AS p FROM local GROUP BY shard
		UNION ALL SELECT 10, market_shares(maker, x) FROM local) s")"
done

# Types as distribution and join columns.
plan=$(query $db -c "EXPLAIN (VERBOSE, COSTS off) SELECT count(*) FROM spread WHERE volume > '1 GWh' AND price / volume::float8 < 5::cost_per_gwh")
if [ "$(grep -c "Remote SQL: .*WHERE.*volume OPERATOR.*price OPERATOR" <<<"$plan")" -eq 3 ]; then
	ok "conditions on quantities are evaluated by the remote servers"
else
	not_ok "conditions on quantities are evaluated by the remote servers"
	remark <<<"$plan"
fi
same "and select the same rows" "$(query $db -c "SELECT count(*) FROM local WHERE volume > '1 GWh' AND price / volume::float8 < 5::cost_per_gwh")" \
	"$(query $db -c "SELECT count(*) FROM spread WHERE volume > '1 GWh' AND price / volume::float8 < 5::cost_per_gwh")"
query $db -c "CREATE TABLE hashed (LIKE local) PARTITION BY HASH (volume)" \
	-c "CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0)" \
	-c "CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1)" \
	-c "INSERT INTO hashed SELECT * FROM local"
same "rows spread by the hash of a quantity are found again" "0|$(query $db -c "SELECT count(*) FROM local l WHERE volume IS NOT NULL")" \
	"$(query $db -c "SET enable_partitionwise_join = on" \
		-c "SELECT (SELECT count(*) FROM local l WHERE l.i <= 200 AND volume IS NOT NULL AND NOT EXISTS (SELECT FROM hashed h WHERE h.volume = l.volume AND h.i = l.i)),
		           (SELECT count(*) FROM local JOIN hashed USING (i, volume))")"

finish
