#!/bin/bash
# The aggregates, spread over several databases: through postgres_fdw, through
# states sent as text and in binary, and in the way Citus does it.
#
# Three databases hold a third of the rows each; a fourth sees them as foreign
# partitions and has a local copy of all rows to compare with, bit for bit.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

db=battery_test_coordinator
shards="1 2 3"

# Where this very server listens, for the foreign servers.
host=${PGHOST:-$(query postgres -c "SELECT split_part(current_setting('unix_socket_directories'), ',', 1)")}
port=$(query postgres -c "SHOW port")

create_database $db
for shard in $shards; do
	create_database battery_test_shard_$shard
done

columns="shard int NOT NULL, i int, maker text, volume capacity_gwh, price cost_per_gwh, x float8, y float8, w float8, usd numeric"
{
	echo "CREATE EXTENSION battery; CREATE EXTENSION postgres_fdw;"
	echo "SELECT setseed(0.5);"
	echo "CREATE TABLE local ($columns);"
	cat <<'SQL'
INSERT INTO local
SELECT 1 + i % 3, i,
       CASE WHEN i % 17 = 0 THEN NULL ELSE 'maker ' || floor(200 * random() ^ 3)::int END,
       CASE WHEN i % 101 = 0 THEN NULL ELSE round((exp(12 * random() - 6))::numeric, 9)::capacity_gwh END,
       CASE WHEN i % 103 = 0 THEN NULL ELSE round((9000 * random() + 0.001)::numeric, 9)::cost_per_gwh END,
       exp(20 * random() - 10), exp(20 * random() - 10), 0.5 + random(), round((1e9 * random())::numeric, 2)
FROM generate_series(1, 20000) i;
ANALYZE local;
SQL
	echo "CREATE TABLE spread ($columns) PARTITION BY LIST (shard);"
	for shard in $shards; do
		echo "CREATE SERVER shard_$shard FOREIGN DATA WRAPPER postgres_fdw
			OPTIONS (host '$host', port '$port', dbname 'battery_test_shard_$shard', extensions 'battery', async_capable 'true');"
		echo "CREATE USER MAPPING FOR CURRENT_USER SERVER shard_$shard;"
		echo "CREATE FOREIGN TABLE spread_$shard PARTITION OF spread FOR VALUES IN ($shard) SERVER shard_$shard OPTIONS (table_name 'part');"
	done
} | query $db >/dev/null
for shard in $shards; do
	query battery_test_shard_$shard -c "CREATE EXTENSION battery" -c "CREATE TABLE part ($columns)"
done
query $db -c "INSERT INTO spread SELECT * FROM local" -c "ANALYZE spread"

# Every aggregate of the extension with the columns to try it on.
cat >"$tmp/aggregates" <<'EOL'
learning_curve(capacity_gwh,cost_per_gwh)|volume, price
learning_curve(double precision,double precision)|x, y
learning_curve(capacity_gwh,cost_per_gwh,double precision)|volume, price, w
learning_curve(capacity_gwh,cost_per_gwh,capacity_gwh)|volume, price, (0.001 * i)::capacity_gwh
learning_curve(double precision,double precision,double precision)|x, y, w
cost_series(double precision,cost_per_gwh)|CASE WHEN i % 20 = 0 THEN i / 10.0 END, price
cost_series(double precision,capacity_gwh,cost_per_gwh)|CASE WHEN i % 20 = 0 THEN i / 10.0 END, (0.001 * i)::capacity_gwh, price
cost_series(double precision,capacity_gwh,capacity_gwh,cost_per_gwh)|CASE WHEN i % 20 = 0 THEN i / 10.0 END, 0.001::capacity_gwh, (0.001 * i)::capacity_gwh, price
two_factor_series(double precision,capacity_gwh,cost_per_gwh,double precision)|CASE WHEN i % 20 = 0 THEN i / 10.0 END, (0.001 * i)::capacity_gwh, price, w
two_factor_series(double precision,capacity_gwh,capacity_gwh,cost_per_gwh,double precision)|CASE WHEN i % 20 = 0 THEN i / 10.0 END, 0.001::capacity_gwh, (0.001 * i)::capacity_gwh, price, w
cost_series(double precision,double precision)|CASE WHEN i % 20 = 0 THEN i / 10.0 END, y
cost_series(double precision,double precision,double precision)|CASE WHEN i % 20 = 0 THEN i / 10.0 END, i, y
cost_series(double precision,double precision,double precision,double precision)|CASE WHEN i % 20 = 0 THEN i / 10.0 END, 1, i, y
two_factor_series(double precision,double precision,double precision,double precision)|CASE WHEN i % 20 = 0 THEN i / 10.0 END, i, y, w
two_factor_series(double precision,double precision,double precision,double precision,double precision)|CASE WHEN i % 20 = 0 THEN i / 10.0 END, 1, i, y, w
cost_series(timestamp without time zone,cost_per_gwh)|CASE WHEN i % 20 = 0 THEN timestamp '2000-01-01' + i * interval '1 hour' END, price
cost_series(timestamp without time zone,capacity_gwh,cost_per_gwh)|CASE WHEN i % 20 = 0 THEN timestamp '2000-01-01' + i * interval '1 hour' END, (0.001 * i)::capacity_gwh, price
cost_series(timestamp without time zone,capacity_gwh,capacity_gwh,cost_per_gwh)|CASE WHEN i % 20 = 0 THEN timestamp '2000-01-01' + i * interval '1 hour' END, 0.001::capacity_gwh, (0.001 * i)::capacity_gwh, price
two_factor_series(timestamp without time zone,capacity_gwh,cost_per_gwh,double precision)|CASE WHEN i % 20 = 0 THEN timestamp '2000-01-01' + i * interval '1 hour' END, (0.001 * i)::capacity_gwh, price, w
two_factor_series(timestamp without time zone,capacity_gwh,capacity_gwh,cost_per_gwh,double precision)|CASE WHEN i % 20 = 0 THEN timestamp '2000-01-01' + i * interval '1 hour' END, 0.001::capacity_gwh, (0.001 * i)::capacity_gwh, price, w
cost_series(timestamp without time zone,double precision)|CASE WHEN i % 20 = 0 THEN timestamp '2000-01-01' + i * interval '1 hour' END, y
cost_series(timestamp without time zone,double precision,double precision)|CASE WHEN i % 20 = 0 THEN timestamp '2000-01-01' + i * interval '1 hour' END, i, y
cost_series(timestamp without time zone,double precision,double precision,double precision)|CASE WHEN i % 20 = 0 THEN timestamp '2000-01-01' + i * interval '1 hour' END, 1, i, y
two_factor_series(timestamp without time zone,double precision,double precision,double precision)|CASE WHEN i % 20 = 0 THEN timestamp '2000-01-01' + i * interval '1 hour' END, i, y, w
two_factor_series(timestamp without time zone,double precision,double precision,double precision,double precision)|CASE WHEN i % 20 = 0 THEN timestamp '2000-01-01' + i * interval '1 hour' END, 1, i, y, w
regression(double precision,double precision)|y, x
regression(double precision,double precision,double precision)|y, x, w
regression(double precision,double precision[])|y, VARIADIC ARRAY[x, w]
regression_through_origin(double precision,double precision[])|y, VARIADIC ARRAY[x, w]
weighted_regression(double precision,double precision,double precision[])|y, w, VARIADIC ARRAY[x]
weighted_regression_through_origin(double precision,double precision,double precision[])|y, w, VARIADIC ARRAY[x]
paired_logarithms(capacity_gwh,cost_per_gwh)|volume, price
paired_logarithms(double precision,double precision)|x, y
paired_values(double precision,double precision)|y, x
market_shares(text,capacity_gwh)|maker, volume
market_shares(text,numeric)|maker, usd
market_shares(text,double precision)|maker, x
market_shares(text,capacity_gwh,capacity_gwh)|maker, volume, '900 TWh'::capacity_gwh
market_shares(text,numeric,numeric)|maker, usd, 1e15
market_shares(text,double precision,double precision)|maker, x, 1e15::float8
market_shares_from_percent(text,numeric)|maker, round(i / 4000000.0, 3 + i % 5)
market_shares_from_percent(text,double precision)|maker, i::float8 / 4000000
market_shares_from_percent(text,numeric,numeric)|maker, round(i / 4000.0, i % 5), 100
market_shares_from_percent(text,double precision,double precision)|maker, i::float8 / 4000, 100
market_shares_usd(text,numeric)|maker, usd
market_shares_usd(text,numeric,numeric)|maker, usd, 1e15
market_shares(text,bigint)|maker, i * 450359962737
market_shares(text,bigint,bigint)|maker, i::bigint, 9223372036854775807
sum(capacity_gwh)|volume
avg(capacity_gwh)|volume
min(chemistry)|('NMC' || (ARRAY['111', '532', '622', '811'])[1 + i % 4])::chemistry
max(chemistry)|('NMC' || (ARRAY['111', '532', '622', '811'])[1 + i % 4])::chemistry
min(capacity_gwh)|volume
max(capacity_gwh)|volume
stddev(capacity_gwh)|volume
stddev_samp(capacity_gwh)|volume
stddev_pop(capacity_gwh)|volume
variance(capacity_gwh)|volume
var_samp(capacity_gwh)|volume
var_pop(capacity_gwh)|volume
stddev(cost_per_gwh)|price
stddev_samp(cost_per_gwh)|price
stddev_pop(cost_per_gwh)|price
variance(cost_per_gwh)|price
var_samp(cost_per_gwh)|price
var_pop(cost_per_gwh)|price
spread_partial(capacity_gwh)|volume
spread_partial(cost_per_gwh)|price
corr(capacity_gwh,capacity_gwh)|volume, volume
corr(capacity_gwh,cost_per_gwh)|volume, price
corr(capacity_gwh,double precision)|volume, x
corr(cost_per_gwh,capacity_gwh)|price, volume
corr(cost_per_gwh,cost_per_gwh)|price, price
corr(cost_per_gwh,double precision)|price, x
corr(double precision,capacity_gwh)|x, volume
corr(double precision,cost_per_gwh)|x, price
regr_r2(capacity_gwh,capacity_gwh)|volume, volume
regr_r2(capacity_gwh,cost_per_gwh)|volume, price
regr_r2(capacity_gwh,double precision)|volume, x
regr_r2(cost_per_gwh,capacity_gwh)|price, volume
regr_r2(cost_per_gwh,cost_per_gwh)|price, price
regr_r2(cost_per_gwh,double precision)|price, x
regr_r2(double precision,capacity_gwh)|x, volume
regr_r2(double precision,cost_per_gwh)|x, price
median(double precision)|x
median_partial(double precision)|x
median(capacity_gwh)|volume
avg(cost_per_gwh)|price
min(cost_per_gwh)|price
max(cost_per_gwh)|price
median(cost_per_gwh)|price
weighted_cost(cost_per_gwh,capacity_gwh)|price, volume
marginal_cost(numeric,capacity_gwh)|usd * 1000, volume
capacity_partial(capacity_gwh)|volume
cost_partial(cost_per_gwh)|price
weighted_cost_partial(cost_per_gwh,capacity_gwh)|price, volume
marginal_cost_partial(numeric,capacity_gwh)|usd * 1000, volume
median_partial(capacity_gwh)|volume
median_partial(cost_per_gwh)|price
EOL

# An ordered-set aggregate is never made in parts: its rows come.
for call in "percentile_cont(0.9) WITHIN GROUP (ORDER BY volume)" "percentile_cont('{0.1,0.5}'::float8[]) WITHIN GROUP (ORDER BY price DESC)"; do
	same "$call: rows from foreign partitions" "$(query $db -c "SELECT $call FROM local")" "$(query $db -c "SELECT $call FROM spread" 2>&1)"
done
none "every aggregate is tried here" $db \
	"SELECT p.oid::regprocedure FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid
	 WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'e' AND p.prokind = 'a' AND p.proname NOT IN ('rollup', 'percentile_cont')
	   AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'battery')
	   AND p.oid::regprocedure::text <> ALL (string_to_array('$(cut -d'|' -f1 "$tmp/aggregates" | paste -sd'|')', '|'))"

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
done <"$tmp/aggregates"

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
