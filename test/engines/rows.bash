# What test/distribution.sh and the scripts beside this file have alike: the rows, and
# every aggregate of the extension with the columns to try it on (the file aggregates).
# Sourced after lib.bash, never run.

aggregates=$(dirname "${BASH_SOURCE[0]}")/aggregates
columns="shard int NOT NULL, i int, maker text, volume capacity_gwh, price cost_per_gwh, x float8, y float8, w float8, usd numeric"

# local_rows [COUNT]: the table local, the same in every run
local_rows()
{
	cat <<SQL
SELECT setseed(0.5);
CREATE TABLE local ($columns);
INSERT INTO local
SELECT 1 + i % 3, i,
       CASE WHEN i % 17 = 0 THEN NULL ELSE 'maker ' || floor(200 * random() ^ 3)::int END,
       CASE WHEN i % 101 = 0 THEN NULL ELSE round((exp(12 * random() - 6))::numeric, 9)::capacity_gwh END,
       CASE WHEN i % 103 = 0 THEN NULL ELSE round((9000 * random() + 0.001)::numeric, 9)::cost_per_gwh END,
       exp(20 * random() - 10), exp(20 * random() - 10), 0.5 + random(), round((1e9 * random())::numeric, 2)
FROM generate_series(1, ${1:-20000}) i;
ANALYZE local;
SQL
}

# page_examples ENGINE: the examples of docs/scale.md for an engine, run in $db
page_examples()
{
	awk -v tag="\`\`\`sql $1" '$0 == tag { inside = 1; next } /^```/ { inside = 0 } inside' "$(dirname "${BASH_SOURCE[0]}")/../../docs/scale.md" >"$tmp/page.sql"
	same "docs/scale.md has examples for $1" yes "$([ "$(grep -c . "$tmp/page.sql")" -gt 2 ] && echo yes)"
	run "and they run" 0 psql -X -q -v ON_ERROR_STOP=1 -d "$db" -f "$tmp/page.sql"
}
