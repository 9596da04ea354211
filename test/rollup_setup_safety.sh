#!/bin/bash
# Rollups run nobody else's code: an unprivileged role plants functions and operators of
# every name that the scripts use where it may create, before and after rollups are made,
# and others write with paths on which these come first.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
. "$(dirname "${BASH_SOURCE[0]}")/planted.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
rollup=$root/bin/battery-rollup
db=battery_test_rollup_safety
create_database $db
create_role battery_safety_writer LOGIN

as_owner()
{
	PGUSER=battery_safety_owner "$rollup" "$@" -d $db
}

query $db -c "ALTER DATABASE $db OWNER TO battery_safety_owner" -c "CREATE EXTENSION battery"
plant $db < <("$rollup" sql)
says_no "setup refuses a schema in which another role may create" 'battery_safety_mallory' as_owner setup -q
grep -q 'ALTER EXTENSION battery SET SCHEMA battery' "$tmp/out" && ok "and says what to do" || not_ok "and says what to do"
same "nothing was set up" "t" "$(query $db -c "SELECT to_regnamespace('battery_rollup') IS NULL")"
query $db -c "CREATE SCHEMA battery" -c "GRANT USAGE ON SCHEMA battery TO PUBLIC" -c "ALTER EXTENSION battery SET SCHEMA battery" \
	-c "ALTER DATABASE $db SET search_path = public, pg_catalog, battery"
run "setup" 0 as_owner setup -q
innocent "runs and binds nothing that was planted" $db
run "an upgrade again" 0 as_owner upgrade --again -q
innocent "nor does an upgrade" $db

# what the owner writes is read along the owner's path
query $db -c "ALTER ROLE battery_safety_owner IN DATABASE $db SET search_path = data, battery"
PGOPTIONS='-c search_path=pg_catalog,battery' query $db <<'SQL'
CREATE SCHEMA data AUTHORIZATION battery_safety_owner;
SET ROLE battery_safety_owner;
CREATE TABLE data.sales (id bigint PRIMARY KEY, chemistry chemistry, maker text, day date, cumulative capacity_gwh, price cost_per_gwh, amount numeric);
CREATE TABLE data.parted (id bigint, day date, gwh capacity_gwh, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE data.parted_2024 PARTITION OF data.parted FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
GRANT USAGE ON SCHEMA data TO battery_safety_writer;
GRANT ALL ON ALL TABLES IN SCHEMA data TO battery_safety_writer;
INSERT INTO data.sales SELECT i, 'LFP', 'M' || i % 7, date '2020-01-01' + i % 700, (1 + i % 97)::float8::capacity_gwh, (50 + i % 41)::float8::cost_per_gwh, i FROM generate_series(1, 500) AS i;
SQL
run "a rollup is made" 0 as_owner create data.sales --by="chemistry, month=date_trunc('month', day::timestamp)::date, maker" --over=chemistry --over='year=extract(year from month)::int' --over= \
	--measure='learning_curve(cumulative, price)' --measure="market=market_shares(maker, amount)" --measure="lfp=capacity_partial(cumulative) FILTER (WHERE maker <> 'M1')" --fold-after=40
run "and one of a table in parts" 0 as_owner create data.parted --by=day --measure='capacity_partial(gwh)' --over=
innocent "neither runs nor binds anything that was planted" $db
PGUSER=battery_safety_writer PGOPTIONS='-c search_path=public,pg_catalog,battery' query $db <<'SQL'
INSERT INTO data.sales SELECT pg_catalog.int8(i), 'NMC', 'M', pg_catalog.now()::pg_catalog.date, 5::pg_catalog.float8, 50::pg_catalog.float8, i::pg_catalog.numeric FROM pg_catalog.generate_series(1000, 1200) AS i;
UPDATE data.sales SET maker = 'N', amount = NULL WHERE id OPERATOR(pg_catalog.<) 100;
DELETE FROM data.sales WHERE id OPERATOR(pg_catalog.>) 1100;
INSERT INTO data.sales VALUES (1, 'LFP', 'M', '2024-01-01', 1::pg_catalog.float8, 2::pg_catalog.float8, 3) ON CONFLICT (id) DO UPDATE SET price = excluded.price;
INSERT INTO data.parted VALUES (1, '2024-02-01', 5::pg_catalog.float8), (2, '2024-02-01', 6::pg_catalog.float8);
INSERT INTO data.parted_2024 VALUES (3, '2024-02-02', 5::pg_catalog.float8);
UPDATE data.parted SET gwh = 7::pg_catalog.float8 WHERE id OPERATOR(pg_catalog.=) 1;
TRUNCATE data.parted_2024;
SQL
innocent "a writer's path leads the triggers to nothing that was planted" $db
for command in status check "refresh sales" "refresh sales --rebuild" check status "upgrade --again"; do
	# shellcheck disable=SC2086
	run "$command" 0 as_owner $command
done
PGUSER=battery_safety_owner PGOPTIONS='-c search_path=public,pg_catalog,battery' run "check along another path" 0 "$rollup" check -d $db
PGUSER=battery_safety_owner PGOPTIONS='-c search_path=public,pg_catalog,battery' run "refresh along another path" 0 "$rollup" refresh --rebuild -d $db
PGUSER=battery_safety_owner PGOPTIONS='-c search_path=public,pg_catalog,battery' query $db -c 'SELECT * FROM battery_rollup.bi_sales_chemistry' -c 'SELECT * FROM battery_rollup.bi_parted' >/dev/null
run "drop" 0 as_owner drop parted
innocent "nor does reading, comparing, rebuilding and dropping" $db
same "and the sums are the rows'" "t" "$(PGUSER=battery_safety_owner query $db -c "SELECT (SELECT sum(curve_observations) FROM battery_rollup.bi_sales_chemistry) = (SELECT count(*) FROM data.sales)")"
finish
