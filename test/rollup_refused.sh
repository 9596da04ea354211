#!/bin/bash
# What cannot be a rollup is refused, with what to write.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_rollup_refused
create_database $db
create_role battery_rollup_other
"$root/bin/battery-rollup" setup -q -d $db
query $db <<'SQL'
CREATE TABLE sales (chemistry text, maker text, day date, at timestamptz, cumulative capacity_gwh, price cost_per_gwh, x double precision, notes json);
INSERT INTO sales VALUES ('LFP', 'A', '2020-01-01', now(), '1 GWh', 5::float8::cost_per_gwh, 1);
CREATE UNLOGGED TABLE unlogged (LIKE sales);
CREATE TABLE secured (LIKE sales);
ALTER TABLE secured ENABLE ROW LEVEL SECURITY;
CREATE TABLE whole (LIKE sales) PARTITION BY LIST (maker);
CREATE TABLE part PARTITION OF whole DEFAULT;
CREATE TABLE child () INHERITS (sales);
CREATE VIEW seen AS SELECT * FROM sales;
CREATE TABLE others (LIKE sales);
ALTER TABLE others OWNER TO battery_rollup_other;
SQL

# no NAME SQLSTATE "PART OF THE HINT" BY MEASURE [TABLE [OVER]]
no()
{
	refused "$1" "$2" "$3" "SELECT battery_rollup.create_rollup('${6:-sales}', ARRAY[\$\$$4\$\$], ARRAY[\$\$$5\$\$]${7:+, ARRAY[\$\$$7\$\$]})"
}
curve='learning_curve(cumulative, price)'

no "a date_trunc that depends on the time zone" 42P17 "date_trunc('month', day::timestamp)::date" "month=date_trunc('month', day)" "$curve"
no "one of a timestamp with time zone" 42P17 "date_trunc('month', at::timestamp)::date" "month=date_trunc('month', at)" "$curve"
no "a key that changes" 42P17 "Use immutable functions" "k=maker || now()::text" "$curve"
no "an argument that is not immutable" 42P17 "immutable" maker "learning_curve(x * random(), x)"
no "a filter that is not immutable" 42P17 "immutable" maker "$curve FILTER (WHERE day < current_date)"
no "a measure that names no column" 22023 "The columns of public.sales are chemistry, maker" maker "learning_curve(1.0::float8, 2.0::float8)"
no "a column that is not there" 42703 "The columns of public.sales are chemistry, maker" maker "learning_curve(cumulated, price)"
no "no aggregate" 22023 "learning_curve(cumulative, price)" maker "price"
no "an aggregate that does not exist" 42883 "The columns of" maker "learning_curves(cumulative, price)"
no "something computed from one" 22023 "Give the call of learning_curve(...) alone" maker "learning_rate(learning_curve(cumulative, price))"
no "two aggregates" 22023 "learning_curve(cumulative, price)" maker "$curve = learning_curve(x, x)"
no "DISTINCT" 22023 "no DISTINCT" maker "learning_curve(DISTINCT cumulative, price)"
no "ORDER BY" 22023 "no ORDER BY" maker "learning_curve(cumulative, price ORDER BY day)"
no "a subquery" 0A000 "without subquery" maker "learning_curve((SELECT x), x)"
no "a sum of core's aggregates" 0A000 "capacity_partial(...)" maker "sum(cumulative)"
no "a mean" 0A000 "cost_partial(...)" maker "avg(price)"
no "a weighted cost" 0A000 "weighted_cost_partial(...)" maker "weighted_cost(price, cumulative)"
no "min" 0A000 "An index on the columns" maker "min(price)"
no "max" 0A000 "An index on the columns" maker "max(cumulative)"
no "a median" 0A000 "need every row" maker "median(price)"
no "parts of a median" 0A000 "need every row" maker "median_partial(price)"
no "Theil-Sen" 0A000 "need every row" maker "paired_values(x, x)"
no "a series" 0A000 "Compute it from the table" maker "cost_series(day::timestamp, price)"
no "count" 0A000 "in column rows" maker "count(x)"
no "an aggregate of core" 0A000 "A rollup keeps learning_curve" maker "string_agg(maker, maker)"
no "a key without a name" 42601 "Write NAME=upper(maker)" "upper(maker)" "$curve"
no "a key that is an aggregate" 42803 "as --measure" "k=max(x)" "$curve"
no "a key that names no column" 22023 "tells no groups apart" "k=1" "$curve"
no "a key without an order" 42804 "Cast it" notes "$curve"
no "a key of arrays without an order" 42804 "Cast it" "k=ARRAY[notes]" "$curve"
no "a level that may tell equal keys apart" 0A000 "Give it as a key of the rollup, too: --by='..., t=x::text'" x "$curve" sales "t=x::text"
no "a measure with too long a name" 42701 "NAME=" maker "\"üüüüüüüüüüüüüüüüü\"=$curve"
no "a key with a name that is taken" 42939 "Write another name" "rows=maker" "$curve"
no "a measure called like a key" 42701 "NAME=" "curve=maker" "$curve"
no "no key" 22023 "--by=" "" "$curve"
no "a level by what is no key" 42703 "The columns of battery_rollup.sales_state are maker" maker "$curve" sales "day"
no "a table that is not logged" 42809 "SET LOGGED" maker "$curve" unlogged
no "row security" 0A000 "without row security" maker "$curve" secured
no "a view" 42809 "Give the table" maker "$curve" seen
no "a partition" 42809 "Make the rollup of public.whole" maker "$curve" part
no "a table that inherits" 42809 "Make the rollup of public.sales" maker "$curve" child
no "a key twice" 42701 "Give each once" "maker, maker" "$curve"
no "a key twice in a level" 42701 "Give each once" maker "$curve" sales "maker, maker"
no "a level like a table of the rollup" 42710 "--over='my_state=state'" "state=maker" "$curve" sales state
no "a level twice" 42710 "a level is given once" maker "$curve" sales "maker\$\$, \$\$maker"
no "a table of the catalog" 42809 "a table of yours" relname "market_shares(relname::text, relpages::bigint)" pg_catalog.pg_class
refused "a snapshot that is older than the triggers" 55000 "Use READ COMMITTED" "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT battery_rollup.create_rollup('public.sales', '{maker}', ARRAY['$curve'])"
refused "a temporary table of the same name" 42P07 "another session" "CREATE TEMP TABLE sales (i integer); SELECT battery_rollup.create_rollup('public.sales', '{maker}', ARRAY['$curve'])"
query $db -c "INSERT INTO others SELECT 'LFP', string_agg(md5(i::text), ''), '2020-01-01', now(), '1 GWh', 5::float8::cost_per_gwh, 1 FROM generate_series(1, 1000) AS i" -c "ALTER TABLE others OWNER TO CURRENT_USER"
no "a key that is too long" 54000 "left(key, 200)" maker "$curve" others
query $db -c "ALTER TABLE others OWNER TO battery_rollup_other"
query $db -c "SELECT battery_rollup.create_rollup('sales', '{maker}', ARRAY['$curve'])" >/dev/null
no "the same name again" 42710 "--name=" maker "$curve"
no "a rollup of a rollup's table" 42809 "--over=" maker "market_shares(maker, rows)" battery_rollup.sales_state
query $db -c "GRANT USAGE ON SCHEMA battery_rollup TO battery_rollup_other"
refused "a role without rights" 42501 "and then SET ROLE" "SET ROLE battery_rollup_other; SELECT battery_rollup.create_rollup('others', '{maker}', ARRAY['$curve'])"
refused "a role that does not own the schema's tables" 42501 "and then SET ROLE" "SET ROLE battery_rollup_other; SELECT battery_rollup.refresh('sales')"
refused "a rollup that is not there" 42704 "There are sales." "SELECT battery_rollup.refresh('sale')"
none "what was refused left nothing" $db "SELECT rollup FROM battery_rollup.rollup WHERE rollup <> 'sales'
	UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'battery_rollup'::regnamespace AND relname ~ '^(unlogged|secured|seen|others)'"

# Someone else may create where the extension is
query $db -c "GRANT CREATE ON SCHEMA public TO battery_rollup_other"
refused "a schema on the way in which others may create" 42501 "ALTER EXTENSION battery SET SCHEMA" "SELECT battery_rollup.create_rollup('sales', '{maker}', ARRAY['$curve'], name => 'again')"
query $db -c "REVOKE CREATE ON SCHEMA public FROM battery_rollup_other"

# A superuser sets up for the owner of the database, and then does not call that role's code.
create_role battery_rollup_owner LOGIN
create_database ${db}_owned
query postgres -c "ALTER DATABASE ${db}_owned OWNER TO battery_rollup_owner"
query ${db}_owned -c "CREATE EXTENSION battery"
run "setup for another" 0 "$root/bin/battery-rollup" setup -q -d ${db}_owned -U battery_rollup_owner
query ${db}_owned <<'SQL'
SET ROLE battery_rollup_owner;
CREATE TABLE public.ran (by_superuser boolean);
CREATE OR REPLACE FUNCTION battery_rollup.status()
RETURNS TABLE (rollup name, source text, level name, keys text, groups bigint, left_out bigint, appended bigint, built_at timestamptz, stale text) LANGUAGE plpgsql AS
	'BEGIN RESET ROLE; INSERT INTO public.ran SELECT rolsuper FROM pg_roles WHERE rolname = current_user; END';
CREATE OR REPLACE FUNCTION battery_rollup.version() RETURNS text LANGUAGE plpgsql AS
	'BEGIN RESET ROLE; INSERT INTO public.ran SELECT rolsuper FROM pg_roles WHERE rolname = current_user; RETURN ''1.0.0''; END';
SQL
run "status as a superuser" 1 "$root/bin/battery-rollup" status -d ${db}_owned
says "says as whom" "connect as battery_rollup_owner (-U)"
run "upgrade as a superuser" 1 "$root/bin/battery-rollup" upgrade --again -d ${db}_owned
says "says so, too" "belongs to role battery_rollup_owner; connect as that role (-U)"
none "no code of the owner ran as superuser" ${db}_owned "SELECT * FROM public.ran WHERE by_superuser"

refused "a name like a function of the schema" 42710 "--name=" "SELECT battery_rollup.create_rollup('sales', '{maker}', ARRAY['$curve'], name => 'make')"
run "no partition" 2 "$root/bin/battery-rollup" refresh sales -d $db --partition=
run "no --by" 2 "$root/bin/battery-rollup" create sales -d $db --measure="$curve"
run "no --measure" 2 "$root/bin/battery-rollup" create sales -d $db --by=maker
run "an unknown command" 2 "$root/bin/battery-rollup" build -d $db
run "an unknown table" 1 "$root/bin/battery-rollup" create nothing -d $db --by=maker --measure="$curve"
run "quotes and backslashes" 0 "$root/bin/battery-rollup" create sales -d $db --name=quoted --by="k=replace(maker, '\\', '''')" --measure="$curve"
finish
