#!/bin/bash
# PostgreSQL 15.20 (Debian 15.20-0+deb12u1): the plan of an INSERT into a table that is known
# to be empty.
#
# Input: a table that was analyzed while it had no rows; INSERT of 2,000 and of 4,000 rows
# that it does not have yet, which the same statement asks with NOT EXISTS.
# Expected: twice the rows take about twice the work; EXPLAIN ANALYZE shows where it is.
# Seen: the plan reads the table once for each row, and the table grows by each, so that
# twice the rows read four times the pages; the scan is shown with no rows and none removed,
# since it sees none of what its own statement writes.  Only BUFFERS tells.
#
# Exit status 0: still so; 1: it behaves otherwise now; 2: could not be run.
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/server.bash"
start_server
# pages N: how many pages the scan of the target reads for N rows, and rows that it shows
pages()
{
	ask postgres -v n="$1" <<'SQL'
CREATE TEMP TABLE target (key text, filler text);
CREATE TEMP TABLE given AS SELECT 'key ' || i AS key, repeat('x', 100) AS filler FROM generate_series(1, :n) AS i;
ANALYZE target, given;
CREATE FUNCTION pg_temp.plan() RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	plan jsonb;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, BUFFERS, TIMING off, FORMAT json) INSERT INTO target SELECT g.key, g.filler FROM given g WHERE NOT EXISTS (SELECT FROM target t WHERE coalesce(t.key, '''') = coalesce(g.key, ''''))' INTO plan;
	RETURN plan;
END $$;
SELECT format('%s %s', (n ->> 'Local Hit Blocks')::bigint + (n ->> 'Local Read Blocks')::bigint, n ->> 'Actual Rows')
FROM jsonb_path_query(pg_temp.plan(), '$.** ? (@."Relation Name" == "target" && @."Node Type" == "Seq Scan")') AS n;
SQL
}
read -r one shown_one <<<"$(pages 2000)"
read -r two shown_two <<<"$(pages 4000)"
echo "2,000 rows: ${one:-no scan} pages, $shown_one rows shown; 4,000 rows: ${two:-no scan} pages, $shown_two rows shown"
[ -n "${one:-}" ] && [ -n "${two:-}" ] && [ "${shown_one%.*}" = 0 ] && [ "${shown_two%.*}" = 0 ] && [ "$two" -gt $((3 * one)) ] || exit 1
