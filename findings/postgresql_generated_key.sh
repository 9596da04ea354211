#!/bin/bash
# PostgreSQL 15.20 (Debian 15.20-0+deb12u1; 17.12 does the same, 18.6 refuses
# as expected): logical replication of a table whose primary key has a stored generated column.
#
# Generated columns are not sent.  A publication takes a table whose key has one, the
# first copy goes well, and so do inserts.  Expected: that the publisher refuses the
# first DELETE or UPDATE, as it does for a table without a key ("cannot delete from table
# ... because it does not have a replica identity and publishes deletes").
#
# Seen: the publisher commits it, and the subscription stops for good: its worker says
# "publisher did not send replica identity column expected by the logical replication
# target relation" and is started again, every few seconds.  A unique index of the
# columns that are sent, as the replica identity, helps.
#
# Exit status 0: still so; 1: it behaves otherwise now; 2: could not be run.
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/server.bash"
start_server -c wal_level=logical -c wal_retrieve_retry_interval=500
table='CREATE TABLE codes (code text, key text PRIMARY KEY GENERATED ALWAYS AS (lower(code)) STORED)'
ask postgres -c 'CREATE DATABASE publisher' -c 'CREATE DATABASE subscriber'
ask publisher -c "$table" -c "INSERT INTO codes VALUES ('A'), ('B')" -c 'CREATE PUBLICATION p FOR TABLE codes'
ask publisher -c "SELECT pg_create_logical_replication_slot('s', 'pgoutput')" >/dev/null
ask subscriber -c "$table" -c "CREATE SUBSCRIPTION s CONNECTION 'host=$dir/run user=postgres dbname=publisher' PUBLICATION p WITH (create_slot = false)"
for _ in $(seq 60); do
	[ "$(ask subscriber -c 'SELECT count(*) FROM codes')" != 2 ] || break
	sleep 0.5
done
echo "copied: $(ask subscriber -c 'SELECT count(*) FROM codes') of 2 rows"
if ! ask publisher -c "DELETE FROM codes WHERE code = 'A'" 2>&1; then
	echo "not as found: the publisher refuses the DELETE"
	exit 1
fi
echo "the publisher has deleted one of them"
for _ in $(seq 40); do
	! grep -q 'did not send replica identity column' "$dir/run/log" || break
	sleep 0.5
done
grep -m 1 'did not send replica identity column' "$dir/run/log" || true
echo "the subscriber has $(ask subscriber -c 'SELECT count(*) FROM codes') rows"
if grep -q 'did not send replica identity column' "$dir/run/log" && [ "$(ask subscriber -c 'SELECT count(*) FROM codes')" = 2 ]; then
	echo "as found: the DELETE is committed here, and stops the subscription there"
else
	echo "not as found any more"
	exit 1
fi
