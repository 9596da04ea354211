#!/bin/bash
# Loads data/industry into the database that the PG* variables name, with the
# loader, and prints the main job's tables, with --full all of them.  Exits with 1
# when a verdict of the check table differs from the expected one, or the loader
# refuses what it should take.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

full=off
[ "${1:-}" != --full ] || full=on

sql()
{
	psql -X -q -v ON_ERROR_STOP=1 -v full=$full -P pager=off -P footer=off "$@" || exit 1
}

demo/industry.sh
sql -f demo/load.sql
for part in learning estimators plants market chemistry check; do
	sql -f "demo/$part.sql"
done

differing=$(sql -A -t -c 'SELECT count(*) FROM figure_check WHERE verdict IS DISTINCT FROM expected')
if [ "$differing" -ne 0 ]; then
	echo
	echo "$differing verdict(s) differ from the expected ones:"
	sql -c 'SELECT id, figure, printed, recomputed, verdict, expected
			FROM figure_check WHERE verdict IS DISTINCT FROM expected ORDER BY id'
	exit 1
fi

[ "$full" = off ] || sql -f demo/industry.sql
sql -f demo/summary.sql
