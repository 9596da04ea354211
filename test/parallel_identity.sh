#!/bin/bash
# An aggregate's state is the same bits whatever the order of the rows, the
# plan, the number of workers and the grouping of partial results.
#
# The rows are those of table "sample"; what is compared is the text of an
# aggregate's result, which for the types with a state of their own is the
# whole state.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

db=battery_test_parallel
create_database $db

# Prices that fall with volume, 40,000 rows, 300 makers of unequal size, NULLs
# and "others" among them; then the same rows in two other orders, one of them
# so that equal makers lie together.
query $db <<'SQL'
CREATE EXTENSION battery;
SELECT setseed(0.25);
CREATE TABLE sample AS
SELECT i, i % 13 AS part, floor(random() * 7)::int AS other_part,
       CASE WHEN i % 17 = 0 THEN NULL ELSE 'maker ' || floor(300 * random() ^ 3)::int END AS maker,
       CASE WHEN i % 101 = 0 THEN NULL ELSE round((exp(12 * random() - 6))::numeric, 9)::capacity_gwh END AS volume,
       CASE WHEN i % 103 = 0 THEN NULL ELSE round((9000 * random() + 0.001)::numeric, 9)::cost_per_gwh END AS price,
       exp(600 * random() - 300) AS x,
       exp(20 * random() - 10) AS y,
       (0.5 + random()) AS w,
       round((1e6 * random())::numeric, (6 * random())::int) AS amount,
       random() * 1e3 AS number
FROM generate_series(1, 40000) i;
CREATE TABLE shuffled AS SELECT * FROM sample ORDER BY md5(i::text);
CREATE TABLE clustered AS SELECT * FROM sample ORDER BY maker DESC, volume, i;
ANALYZE sample, shuffled, clustered;
SQL

serial="SET max_parallel_workers_per_gather = 0"
parallel()
{
	printf '%s;' "SET max_parallel_workers_per_gather = $1" "SET min_parallel_table_scan_size = 0" \
		"SET parallel_setup_cost = 0" "SET parallel_tuple_cost = 0" "SET max_parallel_workers = 8" \
		"SET enable_indexscan = off"
}

# identical NAME EXPRESSION [PARTIAL TOTAL]
#
# The text of EXPRESSION over the rows of the table; with TOTAL, an expression
# over the values "p" of the expression PARTIAL in groups.
identical()
{
	local name=$1 expr=$2 partial=${3:-} total=${4:-} want got table workers plan bad=

	if ! want=$(query $db -c "$serial" -c "SELECT md5(($expr)::text) FROM sample" 2>&1) || [ ${#want} -ne 32 ]; then
		not_ok "$name: has a value"
		printf '%s\n' "$want" | remark
		return
	fi

	for table in shuffled clustered; do
		got=$(query $db -c "$serial" -c "SELECT md5(($expr)::text) FROM $table" 2>&1) || true
		[ "$got" = "$want" ] || bad+=" $table"
	done
	if [ -z "$bad" ]; then ok "$name: any order of the rows"; else not_ok "$name: any order of the rows:$bad"; fi

	bad=
	for workers in 1 2 3 4; do
		for table in sample shuffled; do
			query $db -c "ALTER TABLE $table SET (parallel_workers = $workers)"
			plan=$(query $db -c "$(parallel $workers)" -c "EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off) SELECT md5(($expr)::text) FROM $table" 2>&1) || true
			if ! grep -q "Workers Planned: $workers" <<<"$plan" || ! grep -q "Partial Aggregate" <<<"$plan"; then
				bad+=" no-parallel-plan-$workers"
				printf '%s\n' "$plan" | remark
			elif ! grep -q "Workers Launched: [1-9]" <<<"$plan"; then
				bad+=" no-worker-launched-$workers"
			fi
			got=$(query $db -c "$(parallel $workers)" -c "SELECT md5(($expr)::text) FROM $table" 2>&1) || true
			[ "$got" = "$want" ] || bad+=" $table-$workers"
		done
		got=$(query $db -c "$(parallel $workers)" -c "SET parallel_leader_participation = off" \
			-c "SELECT md5(($expr)::text) FROM sample" 2>&1) || true
		[ "$got" = "$want" ] || bad+=" without-leader-$workers"
	done
	if [ -z "$bad" ]; then ok "$name: 1 to 4 workers"; else not_ok "$name: 1 to 4 workers:$bad"; fi

	# groups, serial and parallel, by hashing and by sorting
	want=$(query $db -c "$serial" -c "SET enable_hashagg = off" \
		-c "SELECT md5(string_agg(part || ' ' || coalesce(e::text, 'NULL'), ' ' ORDER BY part)) FROM (SELECT part, ($expr) AS e FROM sample GROUP BY part) s" 2>&1) || true
	bad=
	got=$(query $db -c "$serial" -c "SET enable_sort = off" \
		-c "SELECT md5(string_agg(part || ' ' || coalesce(e::text, 'NULL'), ' ' ORDER BY part)) FROM (SELECT part, ($expr) AS e FROM shuffled GROUP BY part) s" 2>&1) || true
	[ "$got" = "$want" ] || bad+=" hash"
	got=$(query $db -c "$(parallel 4)" \
		-c "SELECT md5(string_agg(part || ' ' || coalesce(e::text, 'NULL'), ' ' ORDER BY part)) FROM (SELECT part, ($expr) AS e FROM shuffled GROUP BY part) s" 2>&1) || true
	[ "$got" = "$want" ] || bad+=" parallel"
	if [ -z "$bad" ] && [ ${#want} -eq 32 ]; then ok "$name: groups by any plan"; else
		not_ok "$name: groups by any plan:$bad"
		printf '%s\n' "$want" "$got" | remark
	fi

	[ -n "$total" ] || return 0
	want=$(query $db -c "$serial" -c "SELECT md5(($expr)::text) FROM sample")
	bad=
	for groups in "part" "other_part" "part, other_part" "i" "maker" "i / 1000"; do
		for setting in "$serial" "$(parallel 3)"; do
			got=$(query $db -c "$setting" -c "SELECT md5(($total)::text) FROM (SELECT $partial AS p FROM shuffled GROUP BY $groups) s" 2>&1) || true
			[ "$got" = "$want" ] || bad+=" ($groups)"
		done
	done
	# partial results of partial results, some of them empty
	got=$(query $db -c "SELECT md5(($total)::text) FROM (SELECT $total AS p FROM (SELECT $partial AS p, part FROM sample GROUP BY part, other_part
		UNION ALL SELECT NULL, part FROM sample WHERE i <= 20
		UNION ALL (SELECT $partial, -1 FROM sample WHERE false)) s GROUP BY part) t" 2>&1) || true
	[ "$got" = "$want" ] || bad+=" nested"
	if [ -z "$bad" ]; then ok "$name: any partition into partial results"; else not_ok "$name: any partition into partial results:$bad"; fi
}

identical "learning_curve(capacity, cost)" "learning_curve(volume, price)" \
	"learning_curve(volume, price)" "rollup(p)"
identical "learning_curve(x, y)" "learning_curve(x, y)" "learning_curve(x, y)" "rollup(p)"
identical "learning_curve(capacity, cost, weight)" "learning_curve(volume, price, w)" \
	"learning_curve(volume, price, w)" "rollup(p)"
identical "learning_curve(x, y, weight)" "learning_curve(x, y, w)" "learning_curve(x, y, w)" "rollup(p)"
identical "learning_curve FILTER" "learning_curve(volume, price) FILTER (WHERE i % 3 = 0)" \
	"learning_curve(volume, price) FILTER (WHERE i % 3 = 0)" "rollup(p)"
identical "two_factor_series(year, cumulative, cost, factor)" \
	"two_factor_series(CASE WHEN i % 10 = 0 THEN i / 10.0 END, i::capacity_gwh, price, w)" \
	"two_factor_series(CASE WHEN i % 10 = 0 THEN i / 10.0 END, i::capacity_gwh, price, w)" "rollup(p)"
identical "two_factor_series(year, annual, cumulative, cost, factor)" \
	"two_factor_series(CASE WHEN i % 10 = 0 THEN i / 10.0 END, 1, i, y, w)" \
	"two_factor_series(CASE WHEN i % 10 = 0 THEN i / 10.0 END, 1, i, y, w)" "rollup(p)"
identical "cost_series(timestamp, capacity, cost)" \
	"cost_series(CASE WHEN i % 10 = 0 THEN timestamp '2000-01-01' + i * interval '1 hour' END, i::capacity_gwh, price)" \
	"cost_series(CASE WHEN i % 10 = 0 THEN timestamp '2000-01-01' + i * interval '1 hour' END, i::capacity_gwh, price)" "rollup(p)"
identical "regression(y, x)" "regression(y, x)" "regression(y, x)" "rollup(p)"
identical "regression(y, x1, x2)" "regression(number, x, y)" "regression(number, x, y)" "rollup(p)"
identical "regression(y, x1, x2, x3)" "regression(number, x, y, w)" "regression(number, x, y, w)" "rollup(p)"
identical "regression_through_origin" "regression_through_origin(number, x, y)" "regression_through_origin(number, x, y)" "rollup(p)"
identical "weighted_regression" "weighted_regression(number, w, x, y)" "weighted_regression(number, w, x, y)" "rollup(p)"
identical "weighted_regression_through_origin" "weighted_regression_through_origin(number, w, x, y)" \
	"weighted_regression_through_origin(number, w, x, y)" "rollup(p)"
identical "paired_logarithms(capacity, cost)" "paired_logarithms(volume, price)" "paired_logarithms(volume, price)" "rollup(p)"
identical "paired_values(y, x)" "paired_values(y, x)" "paired_values(y, x)" "rollup(p)"
identical "theil_sen_learning_curve" "theil_sen_learning_curve(paired_logarithms(volume, price) FILTER (WHERE i % 4 = 0))"
identical "segmented_regression" "segmented_regression(paired_values(ln(y), ln(x)) FILTER (WHERE i % 4 = 0))"
identical "market_shares(maker, capacity)" "market_shares(maker, volume)" "market_shares(maker, volume)" "rollup(p)"
identical "market_shares(maker, numeric)" "market_shares(maker, amount)" "market_shares(maker, amount)" "rollup(p)"
identical "market_shares(maker, double precision)" "market_shares(maker, number)" "market_shares(maker, number)" "rollup(p)"
identical "market_shares(maker, capacity, stated total)" "market_shares(maker, volume, 900000::capacity_gwh)" \
	"market_shares(maker, volume, 900000::capacity_gwh)" "rollup(p)"
identical "market_shares_from_percent(maker, numeric)" "market_shares_from_percent(maker, round(i / 1e8, 5 + i % 4), 100)" \
	"market_shares_from_percent(maker, round(i / 1e8, 5 + i % 4), 100)" "rollup(p)"
identical "market_shares_from_percent(maker, double precision)" "market_shares_from_percent(maker, i::float8 / 1e8, 100)" \
	"market_shares_from_percent(maker, i::float8 / 1e8, 100)" "rollup(p)"
identical "sum(capacity)" "sum(volume)" "sum(volume)" "sum(p)"
identical "avg(capacity)" "avg(volume)"
identical "min and max of capacity" "min(volume)::text || ' ' || max(volume)::text"
chemistry="('NMC' || (ARRAY['111', '532', '622', '811', '955'])[1 + i % 5])::chemistry"
identical "min and max of chemistry" "min($chemistry)::text || ' ' || max($chemistry)::text"
identical "min and max of cost" "min(price)::text || ' ' || max(price)::text"
identical "avg(cost)" "avg(price)"
identical "stddev and variance" "ARRAY[stddev(volume)::text, stddev_pop(price)::text, variance(price)::text, var_pop(volume)::text]"
identical "corr and regr_r2" "ARRAY[corr(price, volume), corr(volume, x), regr_r2(y, price)]"
identical "weighted_cost" "weighted_cost(price, volume)"
identical "marginal_cost" "marginal_cost(amount * 1000000, volume)"
identical "median(capacity)" "median(volume)"
identical "median(cost)" "median(price)"
identical "median(double precision)" "median(number)"
identical "spread_partial(capacity)" "spread_partial(volume)" "spread_partial(volume)" "rollup(p)"
identical "spread_partial(cost)" "spread_partial(price)" "spread_partial(price)" "rollup(p)"
identical "capacity_partial" "capacity_partial(volume)" "capacity_partial(volume)" "rollup(p)"
identical "cost_partial" "cost_partial(price)" "cost_partial(price)" "rollup(p)"
identical "weighted_cost_partial" "weighted_cost_partial(price, volume)" "weighted_cost_partial(price, volume)" "rollup(p)"
identical "marginal_cost_partial" "marginal_cost_partial(amount * 1000000, volume)" \
	"marginal_cost_partial(amount * 1000000, volume)" "rollup(p)"
identical "median_partial" "median_partial(volume)" "median_partial(volume)" "rollup(p)"

finish
