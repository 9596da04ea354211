# What the benchmarks share.  Sourced, after bin/lib.sh.

sql()
{
	psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"
}

median()
{
	sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# A median of writes would leave out those of which only some do more.
mean()
{
	awk '{ sum += $1 } END { print sum / NR }'
}
average=median

# times SETTINGS QUERY...: the average time in ms of RUNS runs of each query, turn about,
# after one that is not counted; one a line.  A "query" may be any psql input of a single
# timed command.
times()
{
	local settings=$1 i n query

	shift
	{
		echo "SET jit = off; $settings"
		echo '\timing on'
		for ((i = 0; i <= RUNS; i++)); do
			n=0
			for query in "$@"; do
				n=$((n + 1))
				printf '\\echo run %d %d\n%s\n' "$i" "$n" "$query"
			done
		done
	} >"$WORK/bench.sql"
	run psql -X -q -v ON_ERROR_STOP=1 -f "$WORK/bench.sql" >"$WORK/bench.out" 2>&1 || {
		tail -n 20 "$WORK/bench.out" >&2
		die 1 "a benchmark query failed"
	}
	n=0
	for query in "$@"; do
		n=$((n + 1))
		awk -v n="$n" '$1 == "run" { current = ($2 > 0 && $3 == n) }
			/^Time: / { if (current) print $2; current = 0 }' "$WORK/bench.out" | "$average"
	done
}
