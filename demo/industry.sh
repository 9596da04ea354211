#!/bin/bash
# Sets up the schema industry in the database that the PG* variables name and
# loads everything in data/industry through bin/battery-load, as an ETL job would.
#
# data/industry/load.csv lists the files.  One of them, of quantities as reports
# print them, is there to be refused; a refused row in any other is an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

echo 'Loading data/industry with bin/battery-load ...' >&2
bin/battery-industry -q setup
rc=0
bin/battery-load -q --manifest=data/industry/load.csv || rc=$?
refused=$(psql -X -q -A -t -v ON_ERROR_STOP=1 -c "SELECT string_agg(DISTINCT source, ', ') FROM industry.bi_quarantine")
if [ "$rc" -ne 3 ] || [ "$refused" != as-printed ]; then
	echo "data/industry: bin/battery-load exits with $rc, not with 3; rows were refused of: $refused" >&2
	exit 1
fi
psql -X -q -v ON_ERROR_STOP=1 -c 'ANALYZE'
