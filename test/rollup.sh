#!/bin/bash
# Rollups that keep themselves: after every kind of write they equal the table, group by
# group; what no trigger sees makes them stale; what they cannot do is refused.
#
# Numbers are compared with those of plain SQL: regr_slope, numeric sums.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
rollup=("$root/bin/battery-rollup")
db=battery_test_rollup
create_database $db
create_role battery_rollup_writer
create_role battery_rollup_other

cmd()
{
	local name=$1 expected=$2 sub=$3

	shift 3
	run "$name" "$expected" "${rollup[@]}" "$sub" -d $db "$@"
}

# equal NAME [ROLLUP]: as the rows are, and it says so
equal()
{
	cmd "$1: equals the table" 0 check ${2:-}
	cmd "$1: is not stale" 0 status ${2:-}
}

cmd "before setup" 3 status
cmd "setup" 0 setup
cmd "setup again changes nothing" 0 setup
says "and says so" "is set up already; nothing was changed"

query $db <<'SQL'
CREATE TABLE sales (id bigint PRIMARY KEY, chemistry chemistry, maker text, day date, cumulative capacity_gwh, price cost_per_gwh, amount numeric, parts integer DEFAULT 1);
INSERT INTO sales
SELECT i, (ARRAY['LFP', 'NMC811', 'NCA'])[1 + i % 3]::chemistry, 'M' || i % 7, date '2020-01-01' + i % 700, (1 + i % 97)::float8::capacity_gwh, (50 + i % 41)::float8::cost_per_gwh, 1 + i % 13, 1
FROM generate_series(1, 3000) AS i;
SQL
create=(--by="chemistry, month=date_trunc('month', day::timestamp)::date, maker" --over=chemistry --over='year=extract(year from month)::int' --over=
	--measure='learning_curve(cumulative, price)' --measure="market=market_shares(maker, amount / parts)" --measure="lfp=capacity_partial(cumulative) FILTER (WHERE maker <> 'M1, (x')")
cmd "create" 0 create sales "${create[@]}" --fold-after=40
equal "new"
is "a coarser level has its groups" "3|2|1" "SELECT (SELECT count(*) FROM battery_rollup.bi_sales_chemistry), (SELECT count(*) FROM battery_rollup.bi_sales_year), (SELECT count(*) FROM battery_rollup.bi_sales_total)"

numbers="SELECT count(*) FROM (
		SELECT chemistry::text AS c, 1 - 2 ^ regr_slope(ln(price::float8), ln(cumulative::float8)) AS rate, count(*) AS n FROM sales
		WHERE price::float8 > 0 AND parts <> 0 GROUP BY 1) AS plain
	JOIN battery_rollup.bi_sales_chemistry b ON b.chemistry::text = plain.c AND abs(b.curve_learning_rate - plain.rate) < 1e-9 AND b.curve_observations = plain.n"
hhi="SELECT count(*) FROM (
		SELECT y, sum((a / t * 100) ^ 2) AS hhi FROM (
			SELECT extract(year FROM day)::int AS y, maker, sum(amount / parts) AS a, sum(sum(amount / parts)) OVER (PARTITION BY extract(year FROM day)::int) AS t
			FROM sales WHERE price::float8 > 0 AND nullif(parts, 0) IS NOT NULL GROUP BY 1, 2) AS m GROUP BY y) AS plain
	JOIN battery_rollup.bi_sales_year b ON b.year = plain.y AND abs(b.market_hhi - plain.hhi) < 1e-6"
is "its rates are regr_slope's" 3 "$numbers"
is "its HHI is that of numeric sums" 2 "$hhi"

#
# Every kind of write
#
query $db <<'SQL'
INSERT INTO sales SELECT i, 'LFP', 'N' || i % 90, date '2021-06-01', '5 GWh', 70::float8::cost_per_gwh, 3, 1 FROM generate_series(10001, 10200) AS i;
COPY sales (id, chemistry, maker, day, cumulative, price, amount) FROM STDIN;
20001	LFP	copied	2022-01-01	7 GWh	60 US$/kWh	4
20002	\N	\N	\N	7 GWh	61 US$/kWh	4
20003	\N	\N	\N	8 GWh	61 US$/kWh	4
\.
UPDATE sales SET price = price * 2 WHERE id % 11 = 0;
UPDATE sales SET day = day + 400, maker = 'moved' WHERE id % 17 = 0;
DELETE FROM sales WHERE id % 13 = 0;
DELETE FROM sales WHERE false;
INSERT INTO sales SELECT id, 'NCA'::chemistry, 'conflict', day, cumulative, price, amount, parts FROM sales WHERE id < 60
UNION ALL SELECT 30001, 'NCA'::chemistry, 'conflict', '2020-01-01', '1 GWh'::capacity_gwh, 1::float8::cost_per_gwh, 1, 1
ON CONFLICT (id) DO UPDATE SET maker = excluded.maker, chemistry = excluded.chemistry;
MERGE INTO sales s USING (SELECT generate_series(100, 140) AS id UNION ALL SELECT generate_series(40001, 40040)) AS n ON n.id = s.id
WHEN MATCHED AND n.id % 2 = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET maker = 'merged', amount = 100
WHEN NOT MATCHED THEN INSERT VALUES (n.id, 'LFP', 'merged', '2023-03-03', '9 GWh', 33::float8::cost_per_gwh, 5, 1);
WITH gone AS (DELETE FROM sales WHERE id BETWEEN 200 AND 260 RETURNING *)
INSERT INTO sales SELECT id + 50000, chemistry, maker, day, cumulative, price, amount, parts FROM gone;
BEGIN;
INSERT INTO sales VALUES (60001, 'LFP', 'kept', '2021-01-01', '1 GWh', 2::float8::cost_per_gwh, 1, 1);
SAVEPOINT s;
INSERT INTO sales SELECT 61000 + i, 'LFP', 'undone' || i, '2021-01-01', '1 GWh', 2::float8::cost_per_gwh, 1, 1 FROM generate_series(1, 100) AS i;
ROLLBACK TO s;
UPDATE sales SET maker = 'kept twice' WHERE id = 60001;
COMMIT;
BEGIN ISOLATION LEVEL SERIALIZABLE;
INSERT INTO sales SELECT 70000 + i, 'LFP', 'serial' || i, '2021-01-01', '1 GWh', 2::float8::cost_per_gwh, 1, 1 FROM generate_series(1, 100) AS i;
COMMIT;
SET session_replication_role = replica;
INSERT INTO sales VALUES (60002, 'LFP', 'replica', '2021-01-01', '1 GWh', 2::float8::cost_per_gwh, 1, 1);
SQL
equal "after writes of every kind"
is "NULL is a group" "2" "SELECT rows FROM battery_rollup.bi_sales WHERE chemistry IS NULL AND month IS NULL AND maker IS NULL"
is "the rates are regr_slope's still" 3 "$numbers"
is "HHI is that of numeric sums still" "$(query $db -c "SELECT count(DISTINCT extract(year FROM day)) FROM sales WHERE day IS NOT NULL")" "$hhi"
is "writes fold by themselves" t "SELECT count(*) < 200 FROM battery_rollup.sales_change"
query $db -c "DELETE FROM sales WHERE chemistry IS NULL"
is "an empty group vanishes" 0 "SELECT count(*) FROM battery_rollup.bi_sales WHERE chemistry IS NULL"
query $db -c "UPDATE battery_rollup.rollup SET fold_after = 100000" -c "SELECT battery_rollup.make_code('sales')" >/dev/null
query $db <<'SQL'
INSERT INTO sales SELECT i, 'LFP', 'W' || i, date '2021-06-01' + i % 30, '5 GWh', 70::float8::cost_per_gwh, 3, 1 FROM generate_series(200001, 202000) AS i;
UPDATE sales SET maker = maker || 'x', price = price * 2 WHERE id BETWEEN 200001 AND 201500;
DELETE FROM sales WHERE id BETWEEN 200101 AND 201300;
SQL
is "rows of as many groups are appended as they were read" "2000|1500|1200" "SELECT count(*) FILTER (WHERE NOT is_taken AND k3 !~ 'x'), count(*) FILTER (WHERE NOT is_taken AND k3 ~ 'x'), count(*) FILTER (WHERE is_taken AND k3 ~ 'x') FROM battery_rollup.sales_rows"
equal "after writes of as many groups as rows"
is "the rates are regr_slope's, with these" 3 "$numbers"
query $db <<'SQL'
INSERT INTO sales SELECT i, 'LFP', 'W' || i, date '2021-06-01' + i % 30, '5 GWh', (CASE i WHEN 210050 THEN 0 ELSE 70 END)::float8::cost_per_gwh, 3, 1 FROM generate_series(210001, 212000) AS i;
SQL
equal "one of these is refused"
is "and counted" 1 "SELECT left_out FROM battery_rollup.bi_sales WHERE maker = 'W210050'"
query $db -c "DELETE FROM sales WHERE id > 200000"
equal "all of these taken out again"
# where plans are forced to be parallel
everything="SELECT md5(string_agg(v::text, '' ORDER BY v::text)) FROM battery_rollup.sales AS v"
serial=$(query $db -c "$everything")
same "several processes read the same" "$serial" "$(PGOPTIONS='-c parallel_setup_cost=0 -c parallel_tuple_cost=0 -c min_parallel_table_scan_size=0' query $db -c "$everything")"
query $db -c "UPDATE battery_rollup.rollup SET fold_after = 40" -c "SELECT battery_rollup.make_code('sales')" >/dev/null
cmd "refresh folds" 0 refresh sales
same "nothing is left appended" 0 "$(query $db -c "SELECT sum(appended) FROM battery_rollup.status()")"
is "and empty groups are deleted" 0 "SELECT count(*) FROM battery_rollup.sales_state WHERE rows = 0"
equal "after folding"

#
# Rows that a measure refuses
#
query $db <<'SQL'
INSERT INTO sales VALUES (80001, 'LFP', 'M1', '2020-01-05', '5 GWh', 0::float8::cost_per_gwh, 3, 1), (80002, 'LFP', 'M1', '2020-01-05', '5 GWh', 7::float8::cost_per_gwh, 3, 0),
	(80003, 'LFP', 'M1', '2020-01-05', '5 GWh', 7::float8::cost_per_gwh, 3, 1), (80004, 'LFP', 'M1', '2020-01-05', '5 GWh', NULL, 3, 1);
SQL
is "rows that a measure refuses are counted, the others are in it" 2 "SELECT left_out FROM battery_rollup.bi_sales WHERE chemistry = 'LFP' AND month = '2020-01-01' AND maker = 'M1'"
equal "with rows left out"
query $db -c "UPDATE sales SET price = 9::float8::cost_per_gwh WHERE id = 80001" -c "DELETE FROM sales WHERE id = 80002"
is "corrected, they come in" 0 "SELECT left_out FROM battery_rollup.bi_sales_total"
equal "after their correction"
query $db -c "INSERT INTO sales VALUES (80002, 'LFP', 'M1', '2020-01-05', '5 GWh', 7::float8::cost_per_gwh, 3, 0)"
cmd "built anew with them" 0 refresh sales --rebuild
equal "built anew with rows left out"
query $db -c "DELETE FROM sales WHERE id = 80002"
cmd "strict" 0 create sales --name=hard --by=maker --measure='learning_curve(cumulative, price)' --strict
refused_write=$(psql -X -q -d $db -c "INSERT INTO sales VALUES (80005, 'LFP', 'M1', '2020-01-05', '5 GWh', 0::float8::cost_per_gwh, 3, 1)" 2>&1 || true)
grep -q ERROR <<<"$refused_write" && ok "stops the write" || not_ok "stops the write: $refused_write"
cmd "a dropped rollup" 0 drop hard
cmd "a rollup without coarser levels" 0 create sales --name=flat --by=id --measure='learning_curve(cumulative, price)' --fold-after=100000
query $db -c "UPDATE sales SET price = price * 2 WHERE id < 2500" -c "INSERT INTO sales SELECT i, 'LFP', 'M1', '2020-01-05', '5 GWh', (CASE i WHEN 210050 THEN 0 ELSE 70 END)::float8::cost_per_gwh, 3, 1 FROM generate_series(210001, 212000) AS i"
is "appends rows, too, of which it takes each" t "SELECT count(*) > 4000 FROM battery_rollup.flat_rows"
is "and none where one is refused" 1 "SELECT left_out FROM battery_rollup.bi_flat WHERE id = 210050"
equal "without coarser levels" flat
query $db -c "DELETE FROM sales WHERE id > 200000"
cmd "fold them" 0 refresh flat
equal "folded" flat
cmd "drop it" 0 drop flat

#
# Names and columns
#
query $db <<'SQL'
ALTER TABLE sales RENAME COLUMN cumulative TO volume;
ALTER TABLE sales RENAME COLUMN amount TO cumulative;
ALTER TABLE sales ADD COLUMN note text;
ALTER TABLE sales DROP COLUMN note;
ALTER TABLE sales ADD COLUMN comment text DEFAULT 'x';
CREATE SCHEMA elsewhere;
ALTER TABLE sales SET SCHEMA elsewhere;
ALTER TABLE elsewhere.sales RENAME TO sold;
INSERT INTO elsewhere.sold SELECT 90000 + i, 'LFP', 'renamed', '2021-01-01', '3 GWh', 12::float8::cost_per_gwh, 44, 1 FROM generate_series(1, 50) AS i;
DELETE FROM elsewhere.sold WHERE id % 19 = 0;
SQL
equal "after renames and SET SCHEMA"
cmd "upgrade --again" 0 upgrade --again
query $db -c "UPDATE elsewhere.sold SET volume = volume * 2 WHERE id % 3 = 0"
equal "after it"
refused "a column that it reads cannot be dropped" 2BP01 "" "ALTER TABLE elsewhere.sold DROP COLUMN price"
got=$(query $db -c "ALTER TABLE elsewhere.sold ALTER COLUMN cumulative TYPE float8" 2>&1 || true)
grep -q "cannot alter type of a column used by" <<<"$got" && ok "nor retyped" || not_ok "nor retyped: $got"
query $db -c "ALTER TABLE elsewhere.sold RENAME COLUMN cumulative TO amount" -c "ALTER TABLE elsewhere.sold RENAME COLUMN volume TO cumulative" \
	-c "ALTER TABLE elsewhere.sold RENAME TO sales" -c "ALTER TABLE elsewhere.sales SET SCHEMA public"

#
# Triggers of the table that write to it; a column dropped all the same
#
query $db <<'SQL'
CREATE TABLE restless (id bigint PRIMARY KEY, maker text, x double precision, y double precision);
CREATE FUNCTION double_some() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.id % 7 = 0 AND NEW.id < 10000 THEN
		UPDATE restless SET y = y * 2 WHERE id = NEW.id AND id % 2 = 0;
		INSERT INTO restless VALUES (NEW.id + 10000, 'by trigger', 2, 3) ON CONFLICT DO NOTHING;
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER double_some AFTER INSERT ON restless FOR EACH ROW EXECUTE FUNCTION double_some();
SQL
cmd "a table whose trigger writes to it" 0 create restless --by=maker --over= --measure='learning_curve(x, y)' --fold-after=1
query $db <<'SQL'
INSERT INTO restless SELECT i, 'W' || i, 1 + i % 9, 1 + i % 13 FROM generate_series(1, 2000) AS i;
INSERT INTO restless SELECT i, 'M' || i % 5, 1 + i % 9, 1 + i % 13 FROM generate_series(2001, 2100) AS i;
INSERT INTO restless SELECT i, 'c', 2, 3 FROM generate_series(2050, 2150) AS i ON CONFLICT (id) DO UPDATE SET maker = 'conflict', y = restless.y * 3;
INSERT INTO restless SELECT i, 'c', 2, 3 FROM generate_series(2150, 2190) AS i ON CONFLICT (id) DO UPDATE SET maker = 'conflict', y = restless.y * 3;
DELETE FROM restless WHERE id % 5 = 0;
SQL
equal "its trigger's writes are followed" restless
cmd "and fold" 0 refresh restless
equal "folded" restless
query $db -c "DROP TRIGGER double_some ON restless" -c "ALTER TABLE restless DROP COLUMN maker CASCADE" -c "INSERT INTO restless VALUES (0, 1, 1)"
cmd "a column dropped with CASCADE" 4 status restless
says "is said" "the table or a column that it reads was dropped"
cmd "check, too" 1 check restless
cmd "and refresh" 1 refresh restless
says "with what to do" "battery-rollup drop restless"
cmd "upgrade goes on" 0 upgrade --again
cmd "drop" 0 drop restless

#
# Rights
#
query $db <<'SQL'
GRANT INSERT, UPDATE, DELETE, SELECT ON sales TO battery_rollup_writer;
GRANT USAGE ON SCHEMA battery_rollup TO battery_rollup_other;
GRANT SELECT ON battery_rollup.bi_sales_chemistry TO battery_rollup_other;
SET ROLE battery_rollup_writer;
INSERT INTO sales SELECT 91000 + i, 'LFP', 'w' || i, '2021-01-01', '3 GWh', 12::float8::cost_per_gwh, 44, 1 FROM generate_series(1, 60) AS i;
DELETE FROM sales WHERE id = 91001;
SQL
equal "written by a role without rights on it"
is "a reader sees the view and its flag" f "SET ROLE battery_rollup_other; SELECT bool_or(stale) FROM battery_rollup.bi_sales_chemistry"
refused "a role without rights makes none" 42501 "GRANT postgres TO" "SET ROLE battery_rollup_other; SELECT battery_rollup.create_rollup('public.sales', '{maker}', '{\"learning_curve(cumulative, price)\"}')" | sed 's/postgres/the owner/'

got=$(query $db -c "GRANT CREATE ON SCHEMA public TO battery_rollup_other" -c "SET ROLE battery_rollup_other" -c "CREATE TABLE public.feigned (maker text)" \
	-c "CREATE TRIGGER t AFTER INSERT ON public.feigned REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION battery_rollup.sales_insert()" 2>&1 || true)
grep -q "permission denied for function battery_rollup.sales_insert" <<<"$got" && ok "a reader cannot fire its triggers by another table" || not_ok "a reader cannot fire its triggers by another table: $got"
query $db -c "DROP TABLE public.feigned" -c "REVOKE CREATE ON SCHEMA public FROM battery_rollup_other"

#
# Transactions whose snapshot is older than the rollup, a name or a row
#
query $db -c "CREATE TABLE aged (maker text, x double precision, y double precision)" -c "INSERT INTO aged VALUES ('a', 1, 2), ('b', 2, 3)"
query $db >/dev/null <<SQL
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM sales;
\\! "${rollup[@]}" create aged -q -d $db --by=maker --over= --measure='learning_curve(x, y)'
INSERT INTO aged VALUES ('late', 3, 4), ('refused', 3, 0);
UPDATE aged SET y = 5 WHERE maker = 'a';
COMMIT;
SQL
equal "written by a transaction that is older than it" aged
query $db >/dev/null <<SQL
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM sales;
\\! psql -X -q -d $db -c "ALTER TABLE aged RENAME x TO z" -c "ALTER TABLE aged RENAME y TO x" -c "ALTER TABLE aged RENAME z TO y"
INSERT INTO aged (maker, x, y) VALUES ('renamed', 3, 7);
COMMIT;
SQL
equal "written by a transaction that is older than the names" aged
query $db >/dev/null <<SQL
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM sales;
\\! psql -X -q -d $db -c "INSERT INTO aged VALUES ('unseen', 3, 4)"
TRUNCATE aged;
COMMIT;
SQL
cmd "a TRUNCATE that does not see every row" 4 status aged
says "is said" "a TRUNCATE in a transaction with one snapshot"
cmd "refresh after it" 0 refresh aged
equal "then" aged
cmd "drop the aged" 0 drop aged

#
# A generated column that is computed otherwise; a subscription that was there
#
query $db -c "CREATE TABLE computed (maker text, x double precision, half double precision, y double precision GENERATED ALWAYS AS (half * 2) STORED)" -c "INSERT INTO computed (maker, x, half) VALUES ('a', 1, 2), ('b', 2, 3)"
cmd "create over a generated column" 0 create computed --by=maker --measure='learning_curve(x, y)'
query $db -c "INSERT INTO computed (maker, x, half) VALUES ('a', 3, 4)" -c "UPDATE computed SET half = half + 1"
equal "a generated column" computed
if [ "$(query $db -c "SELECT current_setting('server_version_num')::int >= 170000")" = t ]; then
	query $db -c "ALTER TABLE computed ALTER COLUMN y SET EXPRESSION AS (half * 3)"
	cmd "check finds another expression" 4 check computed
else
	# the same as for the server: another text
	query $db -c "ALTER TABLE computed RENAME half TO part"
fi
cmd "another expression makes it stale" 4 status computed
says "and is named" "table public.computed computes generated columns otherwise than it did"
cmd "refresh builds it" 0 refresh computed
says "from all rows" "built from all rows"
equal "then" computed
query $db -c "INSERT INTO pg_subscription_rel (srsubid, srrelid, srsubstate) VALUES (1, 'computed'::regclass, 'r')"
cmd "fed by a subscription" 4 status computed
cmd "refresh while it is there" 0 refresh computed
query $db -c "DELETE FROM pg_subscription_rel WHERE srsubid = 1"
cmd "and it is stale when that is over" 4 status computed
says "and it says why" "table public.computed was fed by a subscription"
cmd "refresh after it" 0 refresh computed
equal "without it" computed
query $db -c "ALTER TABLE computed ALTER COLUMN y DROP EXPRESSION" -c "UPDATE computed SET y = 1"
equal "an ordinary column since" computed
if [ "$(query $db -c "SELECT current_setting('server_version_num')::int >= 180000")" = t ]; then
	query $db -c "ALTER TABLE computed ADD COLUMN z double precision GENERATED ALWAYS AS (y * 2) VIRTUAL"
	refused "a virtual column" 0A000 "STORED" "SELECT battery_rollup.create_rollup('computed', '{maker}', '{\"learning_curve(x, z)\"}', name => 'virtual')"
fi
cmd "drop it" 0 drop computed

#
# Keys and filters under the collation of their column, and keys that are equal
#
query $db <<'SQL'
CREATE COLLATION caseless (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
CREATE TABLE collated (maker text COLLATE "en-x-icu", brand text COLLATE caseless, n numeric, x double precision, y double precision);
SQL
cmd "create by keys of other collations" 0 create collated --by='maker, brand, n, early=maker < '"'b'" --over=brand --over=n --over='first=maker < '"'b'" --measure='learning_curve(x, y)' --measure="some=learning_curve(x, y) FILTER (WHERE maker < 'b')" --fold-after=10
query $db <<'SQL'
INSERT INTO collated SELECT (ARRAY['Zeta', 'alpha', 'Beta'])[1 + i % 3], (ARRAY['A', 'a'])[1 + i % 2], (ARRAY[1.0, 1.00, 1.000])[1 + i % 3], 1 + i % 9, 1 + i % 7 FROM generate_series(1, 100) AS i;
DELETE FROM collated WHERE x = 3 AND n::text = '1.00';
INSERT INTO collated SELECT 'M' || i, 'a', 1.0 * i, 1 + i % 9, 1 + i % 7 FROM generate_series(1, 1200) AS i;
SQL
equal "these" collated
is "a key is what the table says" "$(query $db -F '|' -c "SELECT maker < 'b', count(*) FROM collated GROUP BY 1 ORDER BY 1")" "SELECT first, rows FROM battery_rollup.bi_collated_first ORDER BY 1"
is "a filter, too" "$(query $db -c "SELECT count(*) FROM collated WHERE maker < 'b'")" "SELECT sum(some_observations) FROM battery_rollup.bi_collated"
is "what is equal is one group" "$(query $db -F '|' -c "SELECT count(DISTINCT brand), count(DISTINCT n) FROM collated")" "SELECT (SELECT count(*) FROM battery_rollup.bi_collated_brand), (SELECT count(*) FROM battery_rollup.bi_collated_n)"
cmd "rebuild them" 0 refresh collated --rebuild
equal "rebuilt" collated
cmd "drop them" 0 drop collated

#
# TRUNCATE, triggers that are off
#
query $db -c "ALTER TABLE sales DISABLE TRIGGER battery_rollup_sales_insert" -c "INSERT INTO sales VALUES (92001, 'LFP', 'unseen', '2020-01-05', '5 GWh', 7::float8::cost_per_gwh, 3, 1)"
cmd "a trigger that is off makes it stale" 4 status
says "and it is named" "lacks a trigger of it, or has it disabled"
is "in the view, too" t "SELECT bool_and(stale) FROM battery_rollup.bi_sales_chemistry"
cmd "check finds the difference" 4 check
cmd "refresh mends it" 0 refresh sales
equal "mended"
query $db -c "TRUNCATE sales" -c "INSERT INTO sales VALUES (1, 'LFP', 'first', '2020-01-05', '5 GWh', 7::float8::cost_per_gwh, 3, 1)"
equal "after TRUNCATE"
is "only what came after is there" 1 "SELECT count(*) FROM battery_rollup.bi_sales"

#
# The extension elsewhere
#
query $db -c "CREATE SCHEMA battery" -c "ALTER EXTENSION battery SET SCHEMA battery" -c "ALTER DATABASE $db SET search_path = public, battery"
query $db -c "INSERT INTO sales VALUES (2, 'LFP', 'second', '2020-01-05', '5 GWh', 7::float8::cost_per_gwh, 3, 1)"
cmd "the extension moved: the write is made, the rollup stale" 4 status
cmd "refresh after the move" 0 refresh
query $db -c "INSERT INTO sales VALUES (3, 'LFP', 'third', '2020-01-05', '5 GWh', 7::float8::cost_per_gwh, 3, 1)"
equal "after the move"

#
# Dump and restore
#
query $db -c "INSERT INTO sales SELECT i, 'LFP', 'd' || i % 9, '2021-01-01', '3 GWh', 12::float8::cost_per_gwh, 44, 1 FROM generate_series(10, 30) AS i"
_databases+=(${db}_restored)
query postgres -c "DROP DATABASE IF EXISTS ${db}_restored" -c "CREATE DATABASE ${db}_restored TEMPLATE template0 ENCODING 'UTF8'"
pg_dump -d $db >"$tmp/dump.sql"
run "a dump restores" 0 psql -X -q -v ON_ERROR_STOP=1 -d ${db}_restored -f "$tmp/dump.sql"
db=${db}_restored
query $db -c "ALTER DATABASE $db SET search_path = public, battery"
equal "restored"
pg_dump -d $db --schema-only >"$tmp/schema.sql"
pg_dump -d $db --data-only >"$tmp/data.sql" 2>/dev/null
whole=$db
db=${db}_apart
_databases+=($db)
query postgres -c "DROP DATABASE IF EXISTS $db" -c "CREATE DATABASE $db TEMPLATE template0 ENCODING 'UTF8'"
query $db -c "ALTER DATABASE $db SET search_path = public, battery"
run "a dump of the schema restores" 0 psql -X -q -v ON_ERROR_STOP=1 -d $db -f "$tmp/schema.sql"
run "and one of the rows" 0 psql -X -q -v ON_ERROR_STOP=1 -d $db -f "$tmp/data.sql"
cmd "rows that triggers saw beside states makes it stale" 4 status
cmd "refresh of it" 0 refresh
equal "restored apart"
db=$whole
# A publication of all tables: what is written to has an identity, and so is folded, built and dropped.
query $db -c "SET client_min_messages = error" -c "ALTER TABLE sales REPLICA IDENTITY FULL" -c "CREATE PUBLICATION everything FOR ALL TABLES"
query $db -c "UPDATE sales SET maker = 'restored' WHERE id < 15" -c "DELETE FROM sales WHERE id = 20" -c "INSERT INTO sales VALUES (99, 'LFP', 'restored', '2020-01-05', '5 GWh', 0::float8::cost_per_gwh, 3, 1)"
equal "written after it was restored"
cmd "refresh of the restored" 0 refresh sales --rebuild
equal "rebuilt after it was restored"

cmd "drop" 0 drop sales
none "nothing of a rollup is left" $db "SELECT relname::text FROM pg_class WHERE relnamespace = 'battery_rollup'::regnamespace AND relname LIKE '%sales%'
	UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = 'battery_rollup'::regnamespace AND proname LIKE 'sales%'
	UNION ALL SELECT tgname::text FROM pg_trigger WHERE tgname LIKE 'battery_rollup%'"
finish
