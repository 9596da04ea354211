#!/bin/bash
# Loads in SQL inside larger transactions: savepoints, blocks that catch errors, and
# transactions that are prepared for two-phase commit, over a crash of the server too.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_transactions
own_cluster max_prepared_transactions=5 || {
	not_ok "a cluster of its own"
	finish
	exit
}
query postgres -c "CREATE DATABASE $db"
"$root/bin/battery-industry" setup -q -d $db
query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('P');
INSERT INTO industry.source (source, publisher, edition, published) SELECT 's' || i, 'P', i::text, date '2020-01-01' + i FROM generate_series(1, 9) AS i;
INSERT INTO industry.maker (maker, name) SELECT 'M' || i, 'Maker ' || i FROM generate_series(1, 100) AS i;
SQL

# a_load SOURCE AMOUNT [MAKER]: the statements of a load of 100 rows
a_load()
{
	cat <<-SQL
		SELECT FROM industry.begin_load('maker_share', '$1', 'maker,amount,period,metric,basis');
		INSERT INTO pg_temp.industry_stage (c1, c2, c3, c4, c5) SELECT '${3:-M}' || i, '$2', '2020', 'm', 'installed' FROM generate_series(1, 100) AS i;
		SELECT FROM industry.load('$2.csv', checksum => '$2');
	SQL
}

# said SOURCE: how many amounts of a source stand, which, and in how many reports
said()
{
	query $db -c "SELECT count(*) || ' of ' || coalesce(string_agg(DISTINCT f.amount::text, ' and '), '-')
		FROM industry.maker_share_observation f JOIN industry.statement_set t USING (set_id) JOIN industry.source o ON o.source_id = t.source_id
		WHERE t.superseded_by IS NULL AND o.source = '$1'"
}

reports()
{
	query $db -c "SELECT count(*) || '|' || coalesce(sum(rows_loaded), 0) FROM industry.load_report"
}

# in_one NAME <STATEMENTS: they succeed
in_one()
{
	if query $db >"$tmp/out" 2>&1; then
		ok "$1"
	else
		not_ok "$1"
		remark <"$tmp/out"
	fi
}

in_one "a load taken back to a savepoint, and another in its place" <<SQL
BEGIN;
SAVEPOINT before;
$(a_load s1 11)
ROLLBACK TO before;
$(a_load s1 12)
COMMIT;
SQL
same "of which only the other is there" "100 of 12|1|100" "$(said s1)|$(reports)"
in_one "two loads in one transaction, each behind a savepoint" <<SQL
BEGIN;
SAVEPOINT one;
$(a_load s2 21)
RELEASE one;
SAVEPOINT two;
$(a_load s3 31)
RELEASE two;
COMMIT;
SQL
same "are both there" "100 of 21|100 of 31|3|300" "$(said s2)|$(said s3)|$(reports)"
in_one "two editions in one transaction" <<SQL
BEGIN;
$(a_load s2 22)
$(a_load s2 23)
COMMIT;
SQL
same "the last of which stands" "100 of 23|5|500" "$(said s2)|$(reports)"
in_one "a load after one that was refused, in the block that caught it" <<SQL
BEGIN;
DO \$\$
BEGIN
	PERFORM FROM industry.begin_load('maker_share', 's4', 'maker,amount,period,metric,basis');
	INSERT INTO pg_temp.industry_stage (c1, c2, c3, c4, c5) VALUES ('M1', '41', '2020', 'm', 'installed'), ('Nobody', '41', '2020', 'm', 'installed');
	PERFORM FROM industry.load('41.csv', max_quarantine => 1);
	RAISE 'it is not refused' USING ERRCODE = 'assert_failure';
EXCEPTION
	WHEN data_exception THEN
		RAISE NOTICE '%', SQLERRM;
END
\$\$;
$(a_load s4 42)
COMMIT;
SQL
same "is all that is there" "100 of 42|6|600" "$(said s4)|$(reports)"
in_one "a load and what it took, all taken back" <<SQL
BEGIN;
$(a_load s5 51)
ROLLBACK;
SQL
same "leave nothing" "0 of -|6|600" "$(said s5)|$(reports)"

# A turn that was taken behind a savepoint is free once that is taken back.
query $db >"$tmp/held" 2>&1 <<SQL &
BEGIN;
SAVEPOINT before;
$(a_load s6 61)
ROLLBACK TO before;
SELECT pg_sleep(120);
COMMIT;
SQL
holder=$!
sleeps="datname = '$db' AND query LIKE '%pg_sleep(120)%' AND wait_event = 'PgSleep'"
until_true $db "SELECT count(*) > 0 FROM pg_stat_activity WHERE $sleeps" || true
{ echo "BEGIN; SET LOCAL statement_timeout = '60s';"; a_load s6 62; echo "COMMIT;"; } | in_one "a load beside a transaction that took its own back"
# which is there, for as long as it is not cancelled
same "does not wait for its end" 1 "$(query $db -c "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE $sleeps")"
wait "$holder" || remark < <(grep -v 'canceling statement' "$tmp/held")
same "and is there" "100 of 62|7|700" "$(said s6)|$(reports)"

#
# Two-phase commit
#
# What was staged is in temporary tables, which no prepared transaction may have
# used: the server refuses, and nothing is left.
got=$({ echo "BEGIN;"; a_load s7 71; echo "PREPARE TRANSACTION 'a load';"; } | query $db -v VERBOSITY=sqlstate 2>&1 || true)
same "a load cannot be prepared (0A000)" "ERROR:  0A000" "$got"
same "and leaves nothing" "0 of -|0|0|7|700" \
	"$(said s7)|$(query $db -c "SELECT (SELECT count(*) FROM pg_prepared_xacts), (SELECT count(*) FROM pg_locks WHERE relation = 'industry.load_turn'::regclass)")|$(reports)"

# Values, and decisions on names, can.
{ echo "BEGIN;"; a_load s8 81 Unheard; echo "COMMIT;"; } | in_one "a load with unknown names"
in_one "values of every type, and a decision, are prepared" <<'SQL'
CREATE TABLE public.value AS SELECT '12.5 GWh'::capacity_gwh AS capacity, '67.3'::cost_per_gwh AS cost, 'NMC811|Si-graphite|liquid'::chemistry AS chemistry,
	market_shares('m' || i % 4, i::numeric) AS market, learning_curve(i::capacity_gwh, (100.0 / i)::cost_per_gwh) AS curve,
	cost_series(2000 + i, i::capacity_gwh, (100.0 / i)::cost_per_gwh) AS series, paired_values(i, i + i % 3) AS pairs, capacity_partial(i::capacity_gwh) AS sums,
	median_partial(i::capacity_gwh) AS quantities FROM generate_series(1, 20) AS i;
CREATE TABLE public.kept (LIKE public.value);
BEGIN;
INSERT INTO public.kept SELECT * FROM public.value;
SELECT industry.accept_name('maker', 'Unheard1', 'new');
PREPARE TRANSACTION 'values';
SQL
# every process of the server at once
postmaster=$(head -n 1 "$cluster/data/postmaster.pid")
kill -STOP "$postmaster"			# so that it makes no more of them
processes="$postmaster $(pgrep -P "$postmaster" | tr '\n' ' ')"
# shellcheck disable=SC2086
kill -9 $processes
# shellcheck disable=SC2086
while kill -0 $processes 2>/dev/null; do sleep 0.05; done
as_server "$bin/pg_ctl" -D "$cluster/data" -l "$cluster/log" -w restart >/dev/null 2>&1
same "after a crash they are prepared still, and not there yet" "values|0|0" \
	"$(query $db -c "SELECT (SELECT string_agg(gid, ' ') FROM pg_prepared_xacts), (SELECT count(*) FROM public.kept), (SELECT count(*) FROM industry.maker WHERE maker = 'Unheard1')")"

# The decision holds the turn of makers.  Whoever waits for it is told what to end.
printf 'maker,name\nN1,New one\n' >"$tmp/new.csv"
"$root/bin/battery-load" -d $db maker "$tmp/new.csv" </dev/null >"$tmp/out" 2>&1 &
waiter=$!
# of what is printed this is the last
for ((i = 0; i < 600; i++)); do
	! grep -q 'ROLLBACK PREPARED' "$tmp/out" || break
	sleep 0.1
done
outputs=("$tmp/out")
says "a load that waits for a prepared transaction says so" 'another load of kind maker has not ended' 'Prepared transaction "values" of role battery' 'ROLLBACK PREPARED'
in_one "committed, it lets go" <<<"COMMIT PREPARED 'values'"
rc=0
wait "$waiter" || rc=$?
same "and the load goes on" 0 "$rc"
same "what was prepared is there, to the bit" "1|1" \
	"$(query $db -c "SELECT (SELECT count(*) FROM public.kept AS k JOIN public.value AS v ON k::text = v::text AND record_send(k) = record_send(v)), (SELECT count(*) FROM industry.maker WHERE maker = 'Unheard1')")"
finish
