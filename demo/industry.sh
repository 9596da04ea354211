#!/bin/bash
# Sets up the schema industry in the database that the PG* variables name, loads
# everything in data/industry through bin/battery-load, as an ETL job would, and
# asks it a few questions.
#
# data/industry/load.csv lists the files in order: kind, file, source.  One of
# them, of quantities as reports print them, is there to be refused; a refused
# row in any other is an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

echo
echo '==== 7. The industry tables: data/industry through the loader ===='
echo
bin/battery-industry -q setup
{
	read -r _
	while IFS=, read -r kind file source; do
		rc=0
		bin/battery-load -q "$kind" "data/industry/$file" ${source:+--source "$source"} || rc=$?
		if [ "$rc" -ne 0 ] && [ "$source" != as-printed ]; then
			echo "data/industry/$file was not loaded as it stands" >&2
			exit "$rc"
		fi
	done
} <data/industry/load.csv
psql -X -q -v ON_ERROR_STOP=1 -P pager=off -P footer=off -f demo/industry.sql
