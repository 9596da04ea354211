#!/bin/bash
# Every aggregate, what makes text of large values, and the loader, on a server whose
# processes may have so much address space and no more (ulimit -v): what does not fit is
# an error, 53200 of the server's or 54000 of ours, and the session goes on.
# docs/memory.md has the bounds.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_limit
small=$((256 * 1024))			# kB: for values
large=$((640 * 1024))			# for loads, whose steps have a work_mem of 64 MB each
ulimit -S -v $small
# The compiler of JIT would take most of that.
own_cluster shared_buffers=16MB jit=off max_parallel_workers_per_gather=0 || {
	not_ok "a cluster of its own"
	finish
	exit
}
query postgres -c "CREATE DATABASE $db"
query $db -c "CREATE EXTENSION battery"
limited=$(as_server cat "/proc/$(head -n 1 "$cluster/data/postmaster.pid")/limits" | awk '/^Max address space/ { print $4 / 1024 }')
same "the server has the limit" $small "$limited"
started=$(query $db -c "SELECT pg_postmaster_start_time()")

# outcome STATEMENT: ok or the SQLSTATE, the MB that the process held at its peak, and
# whether the session goes on
outcome()
{
	psql -X -q -A -t -v VERBOSITY=sqlstate -d $db 2>&1 <<-SQL | tr '\n' ' ' | sed -E 's/ERROR:  //'
		SELECT pg_backend_pid() AS pid \gset
		\setenv PID :pid
		\o /dev/null
		$1;
		\o
		\if :ERROR
		\else
		\echo ok
		\endif
		\! awk '/^VmHWM/ { print int(\$2 / 1024 + 1) }' /proc/\$PID/status
		SELECT CASE WHEN pg_backend_pid() = :pid THEN 'on' END;
	SQL
}

#
# Aggregates: an argument of each type that makes a state grow by each row.  A state
# that grows gets rows until it has passed what is there; rows of the others are many.
#
query $db <<'SQL' >"$tmp/aggregates"
CREATE TABLE argument (type regtype, of_row text);
INSERT INTO argument VALUES ('text', 'repeat(''x'', 500) || i'), ('capacity_gwh', 'round(i / 1e6, 6)::capacity_gwh'), ('cost_per_gwh', '(1 + i % 999)::cost_per_gwh'), ('chemistry', '(''NMC'' || (ARRAY[''111'', ''532'', ''622'', ''811''])[1 + i % 4])::chemistry'),
	('double precision', '(1 + i / 1000.0)::float8'), ('numeric', '(1 + i % 999)::numeric'), ('bigint', 'i::bigint'), ('timestamp', 'timestamp ''2000-01-01'' + i * interval ''1 hour'''),
	('double precision[]', 'VARIADIC ARRAY[i % 7]::float8[]');
CREATE TABLE growth (type regtype, n integer);
INSERT INTO growth VALUES ('market_shares', 400000), ('quantity_values', 9000000), ('paired_values', 5000000), ('cost_series', 1100000);
CREATE VIEW aggregate AS
SELECT a.*, p.oid, p.proname, p.proargtypes::oid[] AS types, coalesce(g.n, 200000) AS n, g.n IS NOT NULL AS grows
FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'battery' LEFT JOIN growth g ON g.type = a.aggtranstype;
-- states of a fortieth each, to be put together; what is larger than 1 MB lies outside of the row
CREATE TABLE part (k integer, market market_shares, medians quantity_values, pairs paired_values, series cost_series, sums quantity_sums, curve learning_curve, model regression);
INSERT INTO part SELECT k, (SELECT market_shares(repeat('x', 500) || k || ' ' || i, 1::bigint) FROM generate_series(1, 10000) AS i),
	(SELECT median_partial((k * i)::capacity_gwh) FROM generate_series(1, 225000) AS i), (SELECT paired_values(k, i) FROM generate_series(1, 125000) AS i),
	(SELECT cost_series(timestamp '2000-01-01' + (k * 30000 + i) * interval '1 hour', i, i) FROM (SELECT i::float8 FROM generate_series(1, 30000) AS i) AS s),
	capacity_partial(k::capacity_gwh), learning_curve(k::float8, k::float8), regression(k, k::float8) FROM generate_series(1, 40) AS k GROUP BY k;
SELECT format('%s|%s|%s|SELECT %s IS NULL FROM %s', oid::regprocedure, format_type(aggtranstype, NULL), grows,
	CASE WHEN proname = 'rollup'
		 THEN format('rollup(%s)', (SELECT attname FROM pg_attribute WHERE attrelid = 'part'::regclass AND atttypid = types[0]))
		 WHEN aggkind = 'o'
		 THEN format('%I(%s) WITHIN GROUP (ORDER BY %s)', proname, CASE types[0] WHEN 'double precision'::regtype THEN '0.5' ELSE 'ARRAY[0.1, 0.5]' END,
			 (SELECT of_row FROM argument WHERE type = types[1]))
		 ELSE format('%I(%s)', proname, (SELECT string_agg(CASE
			 -- shares of a hundred, totals, and years
			 WHEN proname LIKE '%percent' AND n > 1 THEN CASE WHEN n = 2 THEN '0.0001' ELSE '100' END || '::' || format_type(type, NULL)
			 WHEN proname LIKE 'market_shares%' AND n = 3 THEN format('%s::%s', CASE WHEN type = 'capacity_gwh'::regtype THEN 9e6 ELSE 9e15 END, format_type(type, NULL))
			 WHEN proname IN ('cost_series', 'two_factor_series') AND type = 'double precision'::regtype AND n = 1 THEN '(i / 200.0)::float8'
			 ELSE of_row END, ', ' ORDER BY n)
			 FROM unnest(types) WITH ORDINALITY AS u (type, n) JOIN argument USING (type))) END,
	CASE WHEN proname = 'rollup' THEN 'part, generate_series(1, 2)' ELSE format('(SELECT generate_series(1, %s) AS i) AS s', n) END)
FROM aggregate ORDER BY oid::regprocedure::text;
SQL
held=0
wrong=0
: >"$tmp/outcomes"
while IFS='|' read -r name state grows statement; do
	got=$(outcome "$statement")
	read -r how peak on <<<"$got"
	printf '%s|%s|%s|%s\n' "$name" "$state" "$how" "$peak" >>"$tmp/outcomes"
	case $how,$on,$grows in
		ok,on,* | 53200,on,t | 54000,on,t) held=$((held + 1)) ;;
		*)
			wrong=$((wrong + 1))
			printf '%s: %s\n' "$name" "$got" | remark
			;;
	esac
done <"$tmp/aggregates"
same "each of $((held + wrong)) aggregates gives its result, or says 53200 or 54000, and the session goes on" 0 "$wrong"
none "every aggregate is among them" $db "SELECT oid::regprocedure FROM aggregate WHERE oid::regprocedure::text <> ALL (string_to_array('$(cut -d'|' -f1 "$tmp/outcomes" | paste -sd'|')', '|'))"
same "a state of each growing type was refused" "cost_series market_shares paired_values quantity_values" \
	"$(awk -F'|' '$3 ~ /^5/ { print $2 }' "$tmp/outcomes" | sort -u | paste -sd' ')"
most=$(awk -F'|' '$2 !~ /market_shares|quantity_values|paired_values|cost_series/ && $4 > most { most = $4 } END { print most + 0 }' "$tmp/outcomes")
if [ "$most" -gt 0 ] && [ "$most" -le 48 ]; then
	ok "and the other states stay as they are: no process held more than 48 MB"
else
	not_ok "and the other states stay as they are: no process held more than 48 MB ($most)"
fi
awk -F'|' '{ print $2 ": " $3 ", " $4 " MB" }' "$tmp/outcomes" | sort | uniq -c | remark 60

# Large values as text and in binary, and large texts as values
wrong=0
n=0
while IFS= read -r statement; do
	n=$((n + 1))
	got=$(outcome "$statement")
	read -r how peak on <<<"$got"
	case $how,$on in
		ok,on | 53200,on | 54000,on | 22P02,on | 22003,on) ;;
		*)
			wrong=$((wrong + 1))
			printf '%s: %s\n' "$statement" "$got" | remark
			;;
	esac
done <<'SQL'
SELECT market::text FROM part
SELECT (SELECT rollup(market) FROM part WHERE k <= 9)::text
SELECT market_shares_send(rollup(market)) FROM part WHERE k <= 9
SELECT count(*) FROM (SELECT rollup(market) AS m FROM part WHERE k <= 9) AS s, shares(m)
SELECT concentration(rollup(market)) FROM part WHERE k <= 9
SELECT medians::text FROM part WHERE k = 1
SELECT rollup(medians)::text FROM part WHERE k <= 20
SELECT rollup(pairs)::text FROM part WHERE k <= 20
SELECT theil_sen_regression(rollup(pairs)) FROM part WHERE k <= 2
SELECT repeat('x', 64000000)::capacity_gwh
SELECT repeat('1', 64000000)::cost_per_gwh
SELECT repeat('NMC', 20000000)::chemistry
SELECT (read_figure(repeat('~12.5 GWh ', 6000000))).problem
SELECT repeat('{"version": 1, ', 4000000)::market_shares
SELECT repeat('v1 units=', 7000000)::learning_curve
SQL
same "so does each of $n values that are read or written" 0 "$wrong"

#
# Loads
#
ulimit -S -v $large
as_server "$bin/pg_ctl" -D "$cluster/data" -l "$cluster/log" -w restart >/dev/null
started=$(query $db -c "SELECT pg_postmaster_start_time()")
"$root/bin/battery-industry" setup -q -d $db
query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('P');
INSERT INTO industry.source (source, publisher, edition, published) SELECT 's' || i, 'P', i::text, date '2020-01-01' + i FROM generate_series(1, 9) AS i;
INSERT INTO industry.maker (maker, name) SELECT 'M' || i, 'Maker ' || i FROM generate_series(0, 499) AS i;
SQL

# loaded NAME "STATUS..." ARGUMENT...: one of these is the exit status; an error is one
# of memory
loaded()
{
	local name=$1 expected=" $2 " rc=0

	shift 2
	"$root/bin/battery-load" -q -d $db "$@" </dev/null >"$tmp/out" 2>&1 || rc=$?
	if [[ $expected != *" $rc "* ]] || { [ "$rc" -eq 1 ] && ! grep -q -E '53200|54000|out of memory|out of range|too long|enlarge string buffer' "$tmp/out"; }; then
		not_ok "$name (exit status $rc)"
		cut -c1-300 "$tmp/out" | remark
	elif [ "$(query $db -c "SELECT pg_postmaster_start_time() = '$started'")" != t ]; then
		not_ok "$name: the server was restarted"
	else
		ok "$name (exit status $rc)"
	fi
}

awk 'BEGIN { print "maker,amount,period,metric,basis"; for (i = 0; i < 200000; i++) printf "M%d,%d,%d,m%d,installed\n", i % 500, i % 1000, 1900 + int(i / 500) % 100, int(i / 50000) }' >"$tmp/facts.csv"
awk 'BEGIN { print "maker,amount,period,metric,basis"; for (i = 0; i < 50000; i++) printf "Unheard %d,%d,%d,m,installed\n", i % 2000, i % 1000, 1900 + i % 100 }' >"$tmp/unknown.csv"
awk 'BEGIN { print "maker,name"; for (i = 0; i < 100000; i++) printf "N%d,New maker %d\n", i, i }' >"$tmp/makers.csv"
{ echo "maker,amount,period,metric,basis"; printf 'M1,"'; head -c 150000000 /dev/zero | tr '\0' 1; printf '",2020,m,installed\n'; } >"$tmp/cell.csv"
{ printf 'maker,amount,period,metric,basis\nM1,1,2020,m,installed\nM2,"2,2020,m,installed\n'; awk 'BEGIN { for (i = 0; i < 20000; i++) print "M3,3,2020,m,installed" }'; } >"$tmp/quote.csv"
{ printf 'maker,amount,period,metric,basis'; seq -f ',c%.0f' 1 5000 | tr -d '\n'; printf '\nM1,1,2020,m,installed\n'; } >"$tmp/columns.csv"
loaded "200,000 facts" 0 maker_share "$tmp/facts.csv" --source s1
loaded "and again, with nothing to change" 0 maker_share "$tmp/facts.csv" --source s1
loaded "50,000 rows of unknown names" 3 maker_share "$tmp/unknown.csv" --source s2
loaded "100,000 makers" 0 maker "$tmp/makers.csv" --source s3
loaded "a cell of 150 MB" "1 3 4" maker_share "$tmp/cell.csv" --source s4
loaded "a quote that is never closed" "1 3 4" maker_share "$tmp/quote.csv" --source s5
loaded "5,000 columns" "1 4" maker_share "$tmp/columns.csv" --source s6

if grep -E 'PANIC|TRAP:|terminated by signal' "$cluster/log" >"$tmp/crashes"; then
	not_ok "no process was killed or crashed"
	remark <"$tmp/crashes"
else
	ok "no process was killed or crashed"
fi
finish
