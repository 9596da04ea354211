#!/bin/bash
# Rollups of partitioned tables and of tables that inherit: writes by the parent and by a
# partition's own name; partitions that come and go.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
rollup=("$root/bin/battery-rollup")
db=battery_test_rollup_partitions
create_database $db
"${rollup[@]}" setup -q -d $db

cmd()
{
	local name=$1 expected=$2 sub=$3

	shift 3
	run "$name" "$expected" "${rollup[@]}" "$sub" -d $db "$@"
}

equal()
{
	cmd "$1: equals the table" 0 check ${2:-}
	cmd "$1: is not stale" 0 status ${2:-}
}

query $db <<'SQL'
CREATE TABLE output (id bigint, region text, day date NOT NULL, maker text, cumulative capacity_gwh, price cost_per_gwh) PARTITION BY RANGE (day);
CREATE TABLE output_2020 PARTITION OF output FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- its columns are in another order, and it had another one
CREATE TABLE output_2021 (price cost_per_gwh, gone integer, maker text, day date NOT NULL, cumulative capacity_gwh, id bigint, region text);
ALTER TABLE output_2021 DROP COLUMN gone;
ALTER TABLE output ATTACH PARTITION output_2021 FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TABLE output_2022 PARTITION OF output FOR VALUES FROM ('2022-01-01') TO ('2023-01-01') PARTITION BY LIST (region);
CREATE TABLE output_2022_asia PARTITION OF output_2022 FOR VALUES IN ('Asia');
CREATE TABLE output_2022_rest PARTITION OF output_2022 DEFAULT;
INSERT INTO output
SELECT i, (ARRAY['Asia', 'Europe'])[1 + i % 2], date '2020-01-01' + i % 1000, 'M' || i % 9, (1 + i % 97)::float8::capacity_gwh, (50 + i % 41)::float8::cost_per_gwh
FROM generate_series(1, 5000) AS i;
SQL
cmd "create" 0 create output --by='region, maker' --over=region --measure='learning_curve(cumulative, price)' --measure='market_shares(maker, cumulative)' --fold-after=100
equal "new"
is "every partition has triggers" 6 "SELECT count(DISTINCT tgrelid) FROM pg_trigger WHERE tgname LIKE 'battery_rollup_output_%'"

query $db <<'SQL'
INSERT INTO output SELECT 6000 + i, 'Asia', date '2020-06-01' + i, 'new', '3 GWh', 10::float8::cost_per_gwh FROM generate_series(1, 900) AS i;
INSERT INTO output_2020 VALUES (7001, 'Asia', '2020-02-02', 'direct', '3 GWh', 10::float8::cost_per_gwh);
INSERT INTO output_2021 (id, region, day, maker, cumulative, price) SELECT 7100 + i, 'Europe', '2021-02-02', 'direct', '3 GWh', 10::float8::cost_per_gwh FROM generate_series(1, 9) AS i;
COPY output_2022_asia FROM STDIN;
7200	Asia	2022-02-02	copied	4 GWh	20 US$/kWh
\.
INSERT INTO output_2022 VALUES (7300, 'Europe', '2022-02-02', 'middle', '3 GWh', 10::float8::cost_per_gwh);
UPDATE output SET day = day + 365 WHERE day < '2020-03-01';
UPDATE output_2022 SET region = 'Europe' WHERE id % 7 = 0;
UPDATE output_2021 SET price = price * 2 WHERE id % 5 = 0;
UPDATE output_2021 SET price = 0::float8::cost_per_gwh WHERE id = 7101;
DELETE FROM output WHERE id % 11 = 0;
DELETE FROM output_2022_rest WHERE id % 13 = 0;
MERGE INTO output o USING (SELECT 1 + 2 * generate_series(1, 50) AS id) AS n ON n.id = o.id
WHEN MATCHED AND n.id % 3 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET day = '2021-12-31' WHEN NOT MATCHED THEN INSERT (id, day) VALUES (n.id, '2020-01-01');
MERGE INTO output o USING (SELECT 1 + 2 * generate_series(51, 60) AS id) AS n ON n.id = o.id WHEN MATCHED THEN UPDATE SET maker = 'merged';
SQL
equal "after writes by every name"
query $db -c "MERGE INTO output o USING (SELECT 1 + 2 * generate_series(71, 90) AS id) AS n ON n.id = o.id
	WHEN MATCHED AND n.id % 3 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET day = '2022-12-31'"
cmd "a MERGE that may move rows without telling makes it stale" 4 status
cmd "refresh after it" 0 refresh
equal "after a MERGE"
query $db -c "ALTER TABLE output RENAME COLUMN price TO cost" -c "INSERT INTO output_2021 (id, region, day, maker, cumulative, cost) VALUES (7400, 'Asia', '2021-02-02', 'renamed', '3 GWh', 10::float8::cost_per_gwh)" \
	-c "DELETE FROM output WHERE id = 7200"
equal "after a rename"

query $db -c "MERGE INTO output o USING (SELECT 2 * generate_series(71, 90) AS id) AS n ON n.id = o.id WHEN MATCHED THEN UPDATE SET maker = 'not moved', cost = o.cost WHEN NOT MATCHED THEN INSERT (id, day) VALUES (n.id, '2021-01-01')"
equal "after a MERGE that moves nothing"
query $db -c "MERGE INTO output o USING (SELECT 2 * generate_series(71, 90) AS id) AS n ON n.id = o.id WHEN MATCHED THEN UPDATE SET day = '2022-11-30' WHEN NOT MATCHED THEN INSERT (id, day) VALUES (n.id, '2021-01-01')"
cmd "a MERGE without DELETE that moves rows makes it stale" 4 status
cmd "refresh after this, too" 0 refresh
equal "after a MERGE without DELETE"

# that statement, wherever it is written: day by day, so that each moves rows
merge="MERGE INTO output o USING (SELECT 2 * generate_series(71, 90) AS id) AS n ON n.id = o.id WHEN MATCHED THEN /* all */ UPDATE SET day ="
query $db <<SQL
CREATE FUNCTION merge_in_sql() RETURNS void LANGUAGE sql AS \$\$ $merge '2021-01-01' \$\$;
CREATE FUNCTION merge_below() RETURNS void LANGUAGE plpgsql AS \$\$ BEGIN PERFORM merge_in_sql(); END \$\$;
CREATE FUNCTION merge_static() RETURNS void LANGUAGE plpgsql AS \$\$ BEGIN $merge '2022-11-30'; END \$\$;
CREATE PROCEDURE merge_dynamic(day date) LANGUAGE plpgsql AS \$\$ BEGIN EXECUTE format('$merge %L', day); END \$\$;
CREATE FUNCTION update_in_sql() RETURNS void LANGUAGE sql AS \$\$ UPDATE output SET day = '2022-11-30' WHERE id BETWEEN 142 AND 180 \$\$;
SQL
i=0
for write in "SELECT merge_in_sql()" "SELECT merge_static()" "SELECT merge_below()" "CALL merge_dynamic('2022-11-30')" \
	"PREPARE m (date) AS $merge \$1; EXECUTE m ('2021-01-01')" "PREPARE m AS SELECT 1; DO 'BEGIN CALL merge_dynamic(''2022-11-30''); END'" \
	"$merge '2021-01-01'; MERGE INTO output o USING (SELECT -1 AS id) AS n ON n.id = o.id WHEN MATCHED THEN DELETE"; do
	i=$((i + 1))
	query $db -c "$write" >/dev/null
	cmd "MERGE as in $i: ${write%%"$merge"*} makes it stale" 4 status
	query $db -c "SELECT battery_rollup.refresh('output')" >/dev/null
done
query $db -c "SELECT update_in_sql()" >/dev/null
cmd "an UPDATE in a function moves rows as it should" 0 status
equal "after it"

query $db <<'SQL'
ALTER TABLE output DETACH PARTITION output_2021;
INSERT INTO output_2021 (id, region, day, maker, cumulative, cost) VALUES (7401, 'Asia', '2021-02-02', 'alone', '3 GWh', 10::float8::cost_per_gwh);
DELETE FROM output_2021 WHERE id % 19 = 0;
ALTER TABLE output ATTACH PARTITION output_2021 FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
SQL
equal "after a partition was away"

query $db -c "TRUNCATE output_2021"
equal "after TRUNCATE of a partition"
query $db -c "TRUNCATE output_2022"
equal "after TRUNCATE of a partition with partitions"

query $db -c "CREATE TABLE output_2023 PARTITION OF output FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')"
cmd "a new partition makes it stale" 4 status
says "and is named" "partition public.output_2023 is not in it"
query $db -c "INSERT INTO output_2023 VALUES (8001, 'Asia', '2023-02-02', 'unseen', '3 GWh', 10::float8::cost_per_gwh)"
is "the view says so" t "SELECT bool_and(stale) FROM battery_rollup.bi_output"
cmd "check finds what it missed" 4 check
cmd "refresh takes it in" 0 refresh
equal "after a new partition"

query $db <<'SQL'
CREATE TABLE output_2024 (LIKE output);
INSERT INTO output_2024 SELECT 9000 + i, 'Europe', '2024-05-05', 'attached', '3 GWh', 10::float8::cost_per_gwh FROM generate_series(1, 20) AS i;
ALTER TABLE output ATTACH PARTITION output_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- by the parent: more is taken out than ever was in
DELETE FROM output WHERE id = 9001;
SQL
cmd "a partition attached with rows" 4 status
is "what cannot be subtracted is NULL, not an error" t "SELECT bool_and(stale) FROM battery_rollup.bi_output"
cmd "refresh takes its rows in" 0 refresh
equal "after ATTACH"

query $db <<'SQL'
ALTER TABLE output DETACH PARTITION output_2020;
INSERT INTO output_2020 SELECT 9500, 'Asia', '2020-05-05', 'alone', '3 GWh', 10::float8::cost_per_gwh;
SQL
cmd "DETACH makes it stale" 4 status
says "and says of which" "partition public.output_2020 is in it and was detached or dropped"
cmd "refresh takes its rows out" 0 refresh
equal "after DETACH"
is "and its triggers" 0 "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'output_2020'::regclass"
query $db -c "DROP TABLE output_2024"
cmd "a partition dropped" 4 status
cmd "refresh" 0 refresh
equal "after DROP of a partition"
query $db -c "TRUNCATE output"
equal "after TRUNCATE of all"
# a DETACH CONCURRENTLY that was interrupted
query $db -c "INSERT INTO output VALUES (9600, 'Asia', '2021-05-05', 'pending', '3 GWh', 10::float8::cost_per_gwh), (9601, 'Asia', '2022-05-05', 'stays', '3 GWh', 10::float8::cost_per_gwh)"
mkfifo "$tmp/reader"
psql -X -q -d $db <"$tmp/reader" >"$tmp/reader.out" 2>&1 &
reader=$!
exec 9>"$tmp/reader"
echo "BEGIN; SELECT 'reads', count(*) FROM output;" >&9
for ((i = 0; i < 1200; i++)); do
	! grep -q reads "$tmp/reader.out" || break
	sleep 0.05
done
query $db -c "SET statement_timeout = 500" -c "ALTER TABLE output DETACH PARTITION output_2021 CONCURRENTLY" >/dev/null 2>&1 || true
echo "COMMIT;" >&9
exec 9>&-
wait $reader
is "a partition is half detached" 1 "SELECT count(*) FROM pg_inherits WHERE inhparent = 'output'::regclass AND inhdetachpending"
cmd "that makes it stale" 4 status
cmd "refresh takes its rows out, too" 0 refresh
equal "half detached"
query $db -c "ALTER TABLE output DETACH PARTITION output_2021 FINALIZE"
equal "detached at last"

#
# One partition alone
#
query $db <<'SQL'
CREATE TABLE made (id bigint, region text, day date NOT NULL, at timestamp, cumulative capacity_gwh, price cost_per_gwh) PARTITION BY RANGE (day);
CREATE TABLE made_2020 PARTITION OF made FOR VALUES FROM (MINVALUE) TO ('2021-01-01');
CREATE TABLE made_2021 PARTITION OF made FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY LIST (region);
CREATE TABLE made_2021_asia PARTITION OF made_2021 FOR VALUES IN ('Asia', NULL);
CREATE TABLE made_2021_rest PARTITION OF made_2021 DEFAULT;
CREATE TABLE made_spring PARTITION OF made FOR VALUES FROM ('2022-01-01') TO ('2022-05-16');
CREATE TABLE made_later PARTITION OF made FOR VALUES FROM ('2022-05-16') TO ('2023-01-01');
INSERT INTO made
SELECT i, (ARRAY['Asia', 'Europe', NULL])[1 + i % 3], date '2020-01-01' + i % 1000, date '2020-01-01' + i % 1000, (1 + i % 97)::float8::capacity_gwh, (50 + i % 41)::float8::cost_per_gwh
FROM generate_series(1, 6000) AS i;
SQL
cmd "create by month and region" 0 create made --by="month=date_trunc('month', day::timestamp)::date, region" --over=region --over='year=extract(year from month)::int' --over= \
	--measure='learning_curve(cumulative, price)' --measure='market=market_shares(region, cumulative)'
cmd "create by year" 0 create made --name=yearly --by="year=extract(year from day)::int" --measure='learning_curve(cumulative, price)'
cmd "create by region alone" 0 create made --name=regional --by="region" --measure='learning_curve(cumulative, price)'
query $db <<'SQL'
ALTER TABLE made RENAME COLUMN at TO day_;
ALTER TABLE made RENAME COLUMN day TO at;
ALTER TABLE made RENAME COLUMN at TO made_on;
-- unseen: groups vanish, change and come
ALTER TABLE made_2020 DISABLE TRIGGER USER;
ALTER TABLE made_2020 DISABLE TRIGGER battery_rollup_made_delete;
DELETE FROM made_2020 WHERE made_on < '2020-03-01';
INSERT INTO made_2020 VALUES (9001, 'new', '2020-07-07', NULL, '5 GWh', 9::float8::cost_per_gwh), (9002, 'Asia', '2020-07-07', NULL, '5 GWh', 0::float8::cost_per_gwh);
UPDATE made_2020 SET price = price * 3 WHERE made_on BETWEEN '2020-09-09' AND '2020-10-10';
ALTER TABLE made_2020 ENABLE TRIGGER USER;
-- what is appended of other partitions and of this stays
INSERT INTO made SELECT 9100 + i, 'Asia', date '2020-01-01' + 30 * i, NULL, '5 GWh', 7::float8::cost_per_gwh FROM generate_series(1, 30) AS i;
DELETE FROM made WHERE id BETWEEN 500 AND 700;
SQL
cmd "unseen changes of a partition" 4 check made
cmd "are stale" 4 status made
cmd "its groups are built from its rows" 0 refresh made --partition=made_2020
says "how many, and that it got triggers" "public.made_2020 has triggers now; $(query $db -c "SELECT count(*) FROM (SELECT DISTINCT extract(month FROM made_on), region FROM made_2020) AS g") groups built from the rows of public.made_2020"
equal "one partition refreshed" made
cmd "whole years in a partition" 0 refresh yearly --partition=public.made_2020
equal "years" yearly
cmd "no key tells its groups" 1 refresh regional --partition=made_2020
says "and it says so" "the rollup has no key that is column made_on, or its year or month"
cmd "all of it, then" 0 refresh regional
query $db <<'SQL'
ALTER TABLE made_2021_asia DISABLE TRIGGER USER;
DELETE FROM made_2021_asia WHERE made_on > '2021-11-01' OR region IS NULL;
ALTER TABLE made_2021_asia ENABLE TRIGGER USER;
SQL
cmd "a list below a range" 0 refresh made --partition=made_2021_asia
equal "a partition of a partition" made
query $db <<'SQL'
ALTER TABLE made_2021_rest DISABLE TRIGGER USER;
UPDATE made_2021_rest SET region = 'Europa';
ALTER TABLE made_2021_rest ENABLE TRIGGER USER;
SQL
cmd "a default partition" 0 refresh made --partition=made_2021_rest
equal "default" made
cmd "one with partitions" 0 refresh made --partition=made_2021
equal "with partitions" made
query $db -c "ALTER TABLE made_spring DISABLE TRIGGER USER" -c "DELETE FROM made_spring WHERE made_on > '2022-05-01'"
cmd "months on both sides of a bound" 1 refresh made --partition=made_spring
says "and it says which" "group month of made_on lies on both sides of its bound 2022-05-16"
says "and what to do" "battery-rollup refresh made"
cmd "it is stale still" 4 status made
cmd "all of it" 0 refresh made
query $db <<'SQL'
CREATE TABLE made_2023 (LIKE made);
INSERT INTO made_2023 SELECT 9500 + i, 'Asia', date '2023-01-01' + i, NULL, '5 GWh', 7::float8::cost_per_gwh FROM generate_series(1, 300) AS i;
ALTER TABLE made ATTACH PARTITION made_2023 FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
DELETE FROM made WHERE made_on BETWEEN '2023-02-01' AND '2023-02-28';
SQL
cmd "a partition attached with rows" 4 status made
is "in SQL" "public.made_2023 has triggers now; 9 groups built from the rows of public.made_2023" "SET search_path = pg_catalog; SELECT battery_rollup.refresh('made', partition => 'public.made_2023')"
equal "attached" made
refused "what is no partition" 42704 "Its partitions are public.made_2020" "SELECT battery_rollup.refresh('made', partition => 'output')"
refused "one or all" 22023 "Give one of the two" "SELECT battery_rollup.refresh('made', true, 'made_2020')"
run "a partition and all" 2 "${rollup[@]}" refresh made --partition=made_2020 --rebuild -d $db
for name in made yearly regional; do
	cmd "drop $name" 0 drop $name
done

#
# Inheritance without partitions
#
query $db <<'SQL'
CREATE TABLE base (maker text, cumulative capacity_gwh, price cost_per_gwh);
CREATE TABLE child (more integer) INHERITS (base);
INSERT INTO base SELECT 'B' || i % 3, '3 GWh', i::float8::cost_per_gwh FROM generate_series(1, 100) AS i;
INSERT INTO child SELECT 'C' || i % 3, '5 GWh', i::float8::cost_per_gwh, i FROM generate_series(1, 100) AS i;
SQL
cmd "create over a table with a child" 0 create base --by=maker --measure='learning_curve(cumulative, price)'
query $db -c "UPDATE base SET price = price * 2 WHERE maker IN ('B1', 'C2')" -c "DELETE FROM child WHERE more % 7 = 0" -c "INSERT INTO child VALUES ('C9', '1 GWh', 5::float8::cost_per_gwh, 1)" -c "TRUNCATE ONLY base"
equal "after writes to both"
query $db -c "CREATE TABLE stranger (price cost_per_gwh)" -c "ALTER TABLE child INHERIT stranger"
cmd "a second parent of a child makes it stale" 4 status
says "and is named" "table public.child is part of table public.stranger now"
refused "a rollup of a table one of whose children has another parent" 42809 "ALTER TABLE public.child NO INHERIT public.stranger first" \
	"SELECT battery_rollup.create_rollup('base', '{maker}', '{\"learning_curve(cumulative, price)\"}', name => 'again')"
query $db -c "ALTER TABLE child NO INHERIT stranger"
equal "without it"
finish
