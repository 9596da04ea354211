#!/bin/bash
# What a market_shares value costs in memory: what hash aggregation holds
# against what is declared to the planner, and the limit, which is a refusal
# and never a kill.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

db=battery_test_memory
create_database $db
query $db -c "CREATE EXTENSION battery" -c "CREATE TABLE rows AS SELECT g, m, 'Maker ' || m AS maker, 1.5::capacity_gwh AS amount
	FROM generate_series(1, 1000) AS g, generate_series(1, 100) AS m" -c "ANALYZE rows"

settings=(-c "SET max_parallel_workers_per_gather = 0" -c "SET enable_sort = off" -c "SET jit = off")

# peak SQL: the kB that the hash aggregation of a query held
peak()
{
	query $db "${settings[@]}" -c "SET work_mem = '512MB'" -c "EXPLAIN (ANALYZE, FORMAT JSON) $1" |
		awk -F': ' '/"Peak Memory Usage"/ { print $2 + 0; exit }'
}

# between NAME LEAST VALUE MOST
between()
{
	if [ -n "$3" ] && [ "$3" -ge "$2" ] && [ "$3" -le "$4" ]; then
		ok "$1"
	else
		not_ok "$1"
		echo "$3 is not from $2 to $4" | remark
	fi
}

base=$(peak "SELECT g, count(*) FROM rows GROUP BY g")
declared=$(query $db -c "SELECT aggtransspace FROM pg_aggregate WHERE aggfnoid = 'market_shares(text,capacity_gwh)'::regprocedure")
ten=$(peak "SELECT g, market_shares(maker, amount) FROM rows WHERE m <= 10 GROUP BY g")
between "a group of ten members takes what is declared to the planner" $((declared * 7 / 10)) $(((ten - base) * 1024 / 1000)) $((declared * 13 / 10))
none "every aggregate over markets declares the same space in both modes" $db \
	"SELECT oid::regprocedure FROM pg_aggregate JOIN pg_proc ON oid = aggfnoid WHERE aggtranstype = 'market_shares'::regtype
	   AND (aggtransspace <> aggmtransspace OR aggtransspace <> 2048)"
hundred=$(peak "SELECT g, market_shares(maker, amount) FROM rows GROUP BY g")
between "a member of many takes from 50 to 400 bytes" 50 $(((hundred - base) * 1024 / 100000)) 400

# Groups that do not fit in memory are spilled as rows; the states that are
# there stay.  100,000 groups of three members would take 37 MB.
query $db -c "CREATE TABLE many AS SELECT (i::bigint * 7919) % 100000 AS g, 'm' || i % 3 AS maker, 1::bigint AS x FROM generate_series(1, 300000) i" -c "ANALYZE many"
plan=$(query $db "${settings[@]}" -c "SET work_mem = '4MB'" -c "SET hash_mem_multiplier = 2" \
	-c "EXPLAIN (ANALYZE, FORMAT JSON) SELECT g, market_shares(maker, x) FROM many GROUP BY g")
between "100,000 groups are spilled" 2 "$(awk -F': ' '/"HashAgg Batches"/ { print $2 + 0; exit }' <<<"$plan")" 100000
between "and hold no more than twice hash_mem (8 MB)" 1 "$(awk -F': ' '/"Peak Memory Usage"/ { print $2 + 0; exit }' <<<"$plan")" 16384

# The limit, in several ways to reach it.  refused NAME SQL
refused()
{
	local got

	got=$(query $db -c '\set VERBOSITY verbose' "${settings[@]}" -c "$2" 2>&1 || true)
	if grep -q 'ERROR:  54000: market_shares value would pass 128 MB' <<<"$got" && grep -q '^HINT:' <<<"$got"; then
		ok "$1"
	else
		not_ok "$1"
		remark <<<"$got"
	fi
}

long="repeat('x', 990) || i"
same "120,000 members of a thousand bytes are held" "120000" "$(query $db -c "SELECT members(market_shares($long, 1::bigint)) FROM generate_series(1, 120000) i")"
refused "140,000 members of a thousand bytes are refused (54000)" "SELECT market_shares($long, 1::bigint) FROM generate_series(1, 140000) i"
refused "one group with 5 million members is refused (54000)" "SELECT market_shares('member ' || i, 1::bigint) FROM generate_series(1, 5000000) i"
# What the process held at its peak, as the system counts it (Linux).
if [ -r /proc/self/status ]; then
	held=$(query $db <<'SQL' 2>/dev/null || true
SELECT pg_backend_pid() AS pid \gset
\setenv PID :pid
\set ON_ERROR_STOP off
SELECT market_shares('member ' || i, 1::bigint) FROM generate_series(1, 5000000) i;
\! awk '/^VmHWM/ { print $2 }' "/proc/$PID/status"
SQL
)
	between "and took no more than 600 MB until then" 100000 "${held##*$'\n'}" 614400
fi
same "one group with 1.5 million members is held" "1500000" "$(query $db -c "SELECT members(market_shares('member ' || i, 1::bigint)) FROM generate_series(1, 1500000) i")"
query $db -c "CREATE TABLE half AS SELECT k, market_shares($long, 1::bigint) AS ms FROM generate_series(1, 140000) i, LATERAL (SELECT i % 2 AS k) s GROUP BY k"
refused "two values that do not fit in one are refused by rollup (54000)" "SELECT rollup(ms) FROM half"
refused "and by a moving rollup" "SELECT rollup(ms) OVER (ORDER BY k ROWS 1 PRECEDING) FROM half"
query $db -c "CREATE TABLE mapping AS SELECT jsonb_object_agg($long, repeat('y', 2500) || i) AS m FROM generate_series(1, 60000) i"
refused "and names that grow too long in a rekey" "SELECT rekey(market_shares($long, 1::bigint), (SELECT m FROM mapping)) FROM generate_series(1, 60000) i"
same "the server is up" "1" "$(query $db -c "SELECT 1")"

finish
