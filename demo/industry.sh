#!/bin/bash
# Sets up the schema industry in the database that the PG* variables name, loads
# everything in data/industry through bin/battery-load, as an ETL job would, and
# asks it a few questions.
#
# data/industry/load.csv lists the files: kind, file, source.  The reference
# tables, which have no source, come first and in order; the reports after them
# are independent of one another and go in side by side.  One file, of quantities
# as reports print them, is there to be refused; a refused row in any other is an
# error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

load()
{
	local kind=$1 file=$2 source=${3:-} rc=0 expected=0

	[ "$source" != as-printed ] || expected=3	# loaded, and rows were refused
	bin/battery-load -q "$kind" "data/industry/$file" ${source:+--source="$source"} || rc=$?
	if [ "$rc" -ne "$expected" ]; then
		echo "data/industry/$file: bin/battery-load exits with $rc, not with $expected" >&2
		return 1
	fi
}
export -f load

echo
echo '==== 6. The industry tables: data/industry through the loader ===='
echo
bin/battery-industry -q setup
{
	read -r _
	while IFS=, read -r kind file source; do
		[ -n "$source" ] || load "$kind" "$file"
	done
} <data/industry/load.csv
tail -n +2 data/industry/load.csv | grep -v ',$' | tr ',\n' '\0\0' |
	xargs -0 -n 3 -P 4 bash -euc 'load "$@" || exit 255' load
psql -X -q -v ON_ERROR_STOP=1 -c 'ANALYZE'
psql -X -q -v ON_ERROR_STOP=1 -P pager=off -P footer=off -f demo/industry.sql
