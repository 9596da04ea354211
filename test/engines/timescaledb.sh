#!/bin/bash
# TimescaleDB: continuous aggregates keep the states of every aggregate that has a rollup,
# and one upon another; after a refresh they give the bits of the rows, also of what was
# compressed.  A build without the community licence has no continuous aggregates.
. "$(dirname "${BASH_SOURCE[0]}")/../lib.bash"
. "$(dirname "${BASH_SOURCE[0]}")/rows.bash"

if [ "$(query postgres -c "SELECT count(*) FROM pg_available_extensions WHERE name = 'timescaledb'")" = 0 ]; then
	ok 'TimescaleDB # SKIP this server has no TimescaleDB'
	finish
	exit
fi

db=battery_test_timescaledb
own_cluster shared_preload_libraries=timescaledb timescaledb.telemetry_level=off max_worker_processes=16 shared_buffers=64MB
query postgres -c "CREATE DATABASE $db TEMPLATE template0 ENCODING 'UTF8'"
query $db -c 'CREATE EXTENSION timescaledb' >/dev/null 2>&1
if [ "$(query $db -c 'SHOW timescaledb.license')" != timescale ]; then
	ok 'TimescaleDB # SKIP this build has no continuous aggregates (its licence is Apache)'
	finish
	exit
fi
echo "# TimescaleDB $(query $db -c "SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'")"
query $db -c 'CREATE EXTENSION battery'

# an hour a row, 20,000 hours
local_rows | query $db >/dev/null
query $db -c "CREATE TABLE hyper (LIKE local)" -c "ALTER TABLE hyper ADD at timestamp NOT NULL, ADD chemistry chemistry" \
	-c "SELECT create_hypertable('hyper', by_range('at', interval '100 days'))" \
	-c "INSERT INTO hyper SELECT l.*, timestamp '2020-01-01' + i * interval '1 hour', (ARRAY['NMC811', 'NMC622', 'LFP'])[1 + i % 3]::chemistry FROM local l" >/dev/null
is 'the rows are in chunks' '20000|t' "SELECT (SELECT count(*) FROM hyper), (SELECT count(*) > 5 FROM show_chunks('hyper'))"

# with_rollup: signatures of which the result, or the state of _partial, rolls up
while IFS='|' read -r signature args; do
	name=${signature%%(*}
	call="$name($args)"
	want=$(query $db -c "SELECT md5(($call)::text) FROM local" 2>&1)
	same "$signature: rows of a hypertable" "$want" "$(query $db -c "SELECT md5(($call)::text) FROM hyper" 2>&1)"
	[ "$(query $db -c "SELECT to_regprocedure('rollup(' || (SELECT prorettype::regtype FROM pg_proc WHERE oid = '$signature'::regprocedure) || ')') IS NOT NULL")" = t ] || continue
	# nothing that takes a series of fewer rows than it has may stand in a bucket
	if ! query $db -c "CREATE MATERIALIZED VIEW kept WITH (timescaledb.continuous, timescaledb.materialized_only = true) AS
			SELECT time_bucket(interval '10 days', at) AS bucket, shard, $call AS state FROM hyper GROUP BY 1, 2 WITH DATA" \
		-c "CREATE MATERIALIZED VIEW coarse WITH (timescaledb.continuous, timescaledb.materialized_only = true) AS
			SELECT time_bucket(interval '100 days', bucket) AS bucket, rollup(state) AS state FROM kept GROUP BY 1 WITH DATA" >"$tmp/out" 2>&1; then
		not_ok "$signature: continuous aggregates"
		remark <"$tmp/out"
		query $db -c 'DROP MATERIALIZED VIEW IF EXISTS coarse' -c 'DROP MATERIALIZED VIEW IF EXISTS kept' >/dev/null 2>&1 || true
		continue
	fi
	same "$signature: rollup of a continuous aggregate" "$want" "$(query $db -c 'SELECT md5(rollup(state)::text) FROM kept' 2>&1)"
	same "$signature: rollup of one upon it" "$want" "$(query $db -c 'SELECT md5(rollup(state)::text) FROM coarse' 2>&1)"
	query $db -c 'DROP MATERIALIZED VIEW coarse' -c 'DROP MATERIALIZED VIEW kept' >/dev/null 2>&1
done <"$aggregates"

# rows come and go
query $db -c "CREATE MATERIALIZED VIEW curve WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
	SELECT time_bucket(interval '10 days', at) AS bucket, chemistry, learning_curve(volume, price) AS curve, market_shares(maker, volume) AS market
	FROM hyper GROUP BY 1, 2 WITH DATA" >/dev/null 2>&1
# agrees NAME: every group against its rows
agrees()
{
	none "$1" $db "SELECT k.bucket FROM curve k FULL JOIN (
			SELECT time_bucket(interval '10 days', at) AS bucket, chemistry, learning_curve(volume, price) AS curve, market_shares(maker, volume) AS market
			FROM hyper GROUP BY 1, 2) r ON r.bucket = k.bucket AND r.chemistry = k.chemistry
		WHERE k.curve::text IS DISTINCT FROM r.curve::text OR k.market::text IS DISTINCT FROM r.market::text"
}
agrees 'a continuous aggregate has the bits of the rows'
query $db -c "INSERT INTO hyper SELECT shard, i, maker, volume, price, x, y, w, usd, at + interval '1 minute', chemistry FROM hyper WHERE i % 7 = 0" \
	-c "INSERT INTO hyper (shard, volume, price, at, chemistry) VALUES (1, '1 GWh', '100 USD/kWh', '2025-01-01', 'LFP')"
query $db -c "CALL refresh_continuous_aggregate('curve', NULL, NULL)" >/dev/null 2>&1
agrees 'refreshed after rows were added'
query $db -c 'DELETE FROM hyper WHERE i % 5 = 0' -c "UPDATE hyper SET price = price * 1.5 WHERE i % 11 = 0"
query $db -c "CALL refresh_continuous_aggregate('curve', NULL, NULL)" >/dev/null 2>&1
agrees 'refreshed after rows were deleted and corrected'
query $db -c "INSERT INTO hyper (shard, volume, price, at, chemistry) VALUES (1, '2 GWh', '90 USD/kWh', '2026-01-01', 'LFP')"
agrees 'rows that came after the last refresh are read as they are'

# compression
below=$(query $db -c "SELECT count(*) || ' ' || md5(learning_curve(volume, price)::text) FROM hyper WHERE chemistry <@ 'NMC'")
query $db -c "ALTER TABLE hyper SET (timescaledb.compress, timescaledb.compress_segmentby = 'chemistry', timescaledb.compress_orderby = 'at')" \
	-c "SELECT count(compress_chunk(c)) FROM show_chunks('hyper') c" >/dev/null 2>&1
is 'chunks are compressed' t "SELECT bool_and(is_compressed) FROM timescaledb_information.chunks WHERE hypertable_name = 'hyper'"
agrees 'compressed rows give the same bits'
same '<@ finds them' "$below" "$(query $db -c "SELECT count(*) || ' ' || md5(learning_curve(volume, price)::text) FROM hyper WHERE chemistry <@ 'NMC'")"
query $db -c "ALTER MATERIALIZED VIEW curve SET (timescaledb.compress)" -c "SELECT count(compress_chunk(c)) FROM show_chunks('curve') c" >/dev/null 2>&1
agrees 'compressed states, too'
page_examples timescaledb
finish
