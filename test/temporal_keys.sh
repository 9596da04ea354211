#!/bin/bash
# One price for a maker and a chemistry at a time: EXCLUDE on every server, and on 18
# and later PRIMARY KEY ... WITHOUT OVERLAPS and FOREIGN KEY ... PERIOD, also where the
# extension came from an older server by pg_upgrade and was updated.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

db=battery_test_temporal
create_database $db
major=$(query $db -c "SELECT current_setting('server_version_num')::integer / 10000")
query $db -c "CREATE EXTENSION battery" -c "CREATE EXTENSION btree_gist"

# stops NAME SQLSTATE STATEMENT
stops()
{
	same "$1" "ERROR:  $2" "$(psql -X -q -A -t -v VERBOSITY=sqlstate -d "$db" -c "$3" 2>&1 || true)"
}

# rows TABLE: those that the key must take and must refuse
rows()
{
	query $db -c "INSERT INTO $1 VALUES ('CATL', 'LFP', 5, 67.3, '[2024-01-01,2024-07-01)'), ('CATL', 'LFP', 5, 60.5, '[2024-07-01,)'),
		('CATL', 'LFP|graphite', 5, 61, '[2024-07-01,)'), ('BYD', 'LFP', 5, 60.5, '[2024-07-01,)'), ('CATL', 'LFP', '5.000000000001', 60.5, '[2024-01-01,)')"
	stops "$1: two prices at a time" 23P01 "INSERT INTO $1 VALUES ('CATL', 'LFP', '5000 MWh', 60.4, '[2025-01-01,2025-02-01)')"
	stops "$1: nor by an update" 23P01 "UPDATE $1 SET capacity = 5 WHERE capacity > 5"
}
query $db -c "CREATE TABLE excluded (maker text, chemistry chemistry, capacity capacity_gwh, cost cost_per_gwh, valid daterange,
	EXCLUDE USING gist (maker WITH =, chemistry WITH =, capacity WITH =, valid WITH &&))"
rows excluded

# Writers at the same time: one of two rows that exclude each other is refused.
writer()
{
	query $db -c "SET deadlock_timeout = '100ms'" -c "DO \$\$ BEGIN FOR i IN 1..300 LOOP BEGIN
		INSERT INTO excluded VALUES ('writer', (ARRAY['LFP', 'NMC811', 'NMC622', 'Na-ion', 'VRFB'])[1 + i % 5]::chemistry, i % 3, $1, daterange(date '2024-01-01' + i % 40, date '2024-01-04' + i % 40));
		EXCEPTION WHEN exclusion_violation OR deadlock_detected THEN NULL; END; END LOOP; END \$\$"
}
for n in 1 2 3 4; do
	writer $n &
done
# once they are at it
for ((i = 0; i < 1200; i++)); do
	[ "$(query $db -c "SELECT count(*) FROM pg_locks WHERE relation = 'excluded'::regclass AND mode = 'RowExclusiveLock'")" = 0 ] || break
	[ -n "$(jobs -r)" ] || break
	sleep 0.02
done
query $db -c "CREATE INDEX CONCURRENTLY by_chemistry ON excluded USING gist (chemistry) INCLUDE (capacity)"
query $db -c "REINDEX INDEX CONCURRENTLY by_chemistry"
query $db -c "VACUUM excluded"
wait
is "four writers leave no two prices at a time" 0 "SELECT count(*) FROM excluded a JOIN excluded b
	ON (a.maker, a.chemistry, a.capacity) = (b.maker, b.chemistry, b.capacity) AND a.valid && b.valid AND a.ctid <> b.ctid"
is "and many of them" t "SELECT count(*) > 100 FROM excluded WHERE maker = 'writer'"

query $db -c "DELETE FROM excluded WHERE chemistry <@ 'NMC' AND capacity > 1" -c "VACUUM (ANALYZE) excluded"
counts="SELECT count(*), sum(capacity) FROM excluded WHERE chemistry <@ 'Li-ion'"
same "an index that was built meanwhile has all of them" "$(query $db -c "SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off; $counts")" \
	"$(query $db -c "SET enable_seqscan = off; SET enable_bitmapscan = off; $counts")"
same "which is asked for that" 1 "$(query $db -c "SET enable_seqscan = off; SET enable_bitmapscan = off; EXPLAIN $counts" | grep -c 'using by_chemistry')"

if [ "$major" -lt 18 ]; then
	ok "temporal keys # SKIP they are of PostgreSQL 18 and later"
	finish
	exit
fi

keys="CREATE TABLE price (maker text, chemistry chemistry, capacity capacity_gwh, cost cost_per_gwh, valid daterange,
	PRIMARY KEY (maker, chemistry, capacity, valid WITHOUT OVERLAPS));
CREATE TABLE contract (id integer, maker text, chemistry chemistry, capacity capacity_gwh, cost cost_per_gwh, valid daterange,
	UNIQUE (cost, valid WITHOUT OVERLAPS),
	FOREIGN KEY (maker, chemistry, capacity, PERIOD valid) REFERENCES price (maker, chemistry, capacity, PERIOD valid))"
query $db -c "$keys"
rows price
query $db -c "INSERT INTO contract VALUES (1, 'CATL', 'LFP', 5, 61, '[2024-03-01,2025-03-01)')"
stops "a contract beyond the prices" 23503 "INSERT INTO contract VALUES (2, 'CATL', 'LFP', 5, 62, '[2023-03-01,2025-03-01)')"
stops "of a chemistry within another" 23503 "INSERT INTO contract VALUES (2, 'CATL', 'LFP|graphite', 5, 62, '[2024-03-01,2025-03-01)')"
stops "of another capacity" 23503 "INSERT INTO contract VALUES (2, 'CATL', 'LFP', 6, 62, '[2024-08-01,2025-03-01)')"
stops "two of a cost" 23P01 "INSERT INTO contract VALUES (2, 'BYD', 'LFP', 5, 'US\$61 per kWh', '[2024-08-01,2025-03-01)')"
stops "a price that a contract needs" 23503 "DELETE FROM price WHERE cost = 67.3"
run "it is dumped" 0 pg_dump -f "$tmp/dump.sql" $db
create_database ${db}_restored
run "and restored" 0 psql -X -q -v ON_ERROR_STOP=1 -d ${db}_restored -f "$tmp/dump.sql"
query $db -c "TABLE price" -c "TABLE contract" >"$tmp/before"
run "with its rows" 0 diff "$tmp/before" <(query ${db}_restored -c "TABLE price" -c "TABLE contract")

# What pg_upgrade leaves: the version of all servers, without support for these keys.
objects="SELECT pg_describe_object(classid, objid, objsubid) FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'battery')
	UNION ALL SELECT concat_ws(' ', opfname, amprocnum, amproc::regprocedure) FROM pg_amproc p JOIN pg_opfamily f ON f.oid = amprocfamily
	WHERE opfname IN ('chemistry_ops', 'capacity_gwh_ops', 'cost_per_gwh_ops') ORDER BY 1"
query $db -c "$objects" >"$tmp/new"
db=${db}_old
create_database $db
version=$(query $db -c "SELECT split_part(default_version, '+', 1) FROM pg_available_extensions WHERE name = 'battery'")
query $db -c "CREATE EXTENSION battery VERSION '$version'" -c "CREATE EXTENSION btree_gist"
query $db -c "CREATE TABLE old (chemistry chemistry, valid daterange, EXCLUDE USING gist (chemistry WITH =, valid WITH &&))" -c "INSERT INTO old VALUES ('LFP', '[2024-01-01,)')"
stops "before the update there are no temporal keys" 42704 "${keys%%;*}"
run "ALTER EXTENSION battery UPDATE" 0 psql -X -q -v ON_ERROR_STOP=1 -d $db -c "ALTER EXTENSION battery UPDATE"
run "it has all that a new one has" 0 diff "$tmp/new" <(query $db -c "$objects")
query $db -c "$keys"
rows price
stops "and what was there still stands" 23P01 "INSERT INTO old VALUES ('LFP', '[2025-01-01,)')"
run "once more does no harm" 0 psql -X -q -v ON_ERROR_STOP=1 -d $db -c "ALTER EXTENSION battery UPDATE"

finish
