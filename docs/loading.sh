#!/bin/bash
# Prints the layouts of docs/loading.md, from the views that drive the loader.
#
#	docs/loading.sh DATABASE	the tables
#	docs/loading.sh DATABASE --update	the same, into docs/loading.md
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
database=${1:?a database in which the schema industry is set up}

layouts()
{
	psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$database" <<'SQL'
WITH described AS (
	SELECT *, replace(meaning, '|', '\|') || CASE WHEN allowed IS NOT NULL THEN ': ' || array_to_string(allowed, ', ') ELSE '' END ||
			  CASE WHEN also_called <> '{}' THEN '; also called ' || array_to_string(also_called, ', ') ELSE '' END AS described_as
	FROM industry.layout_column)
SELECT block FROM (
	SELECT 0 AS position, '' AS kind, E'Every kind that becomes facts may also have these columns:\n\n| column | meaning |\n| --- | --- |\n' ||
		string_agg(format('| `%s` | %s |', c.column_name, c.described_as), E'\n' ORDER BY c.position) || E'\n' AS block
	FROM described c WHERE c.kind = 'storage_project' AND c.part IN ('set', 'fact', 'figure')
	UNION ALL
	SELECT CASE WHEN l.fact_table IS NULL THEN 2 ELSE 1 END, l.kind, format(E'### %s\n\n%s%s.\n\n| column | needed | read as | meaning |\n| --- | --- | --- | --- |\n', l.kind,
			upper(left(l.meaning, 1)), substr(l.meaning, 2)) ||
		string_agg(format('| `%s` | %s | %s | %s |', c.column_name, coalesce(c.required, ''), c.reads, c.described_as), E'\n' ORDER BY c.position) || E'\n'
	FROM industry.layout l JOIN described c ON c.kind = l.kind
	WHERE c.part IN ('own', 'series', 'reference') OR (c.part = 'set' AND c.required IS NOT NULL)
	GROUP BY l.kind, l.meaning, l.fact_table) AS b
ORDER BY position, kind;
SQL
}

if [ "${2:-}" = --update ]; then
	page=$(layouts)
	awk -v page="$page" '
		/^<!-- layouts -->$/ { print; print ""; print page; print ""; skip = 1; next }
		/^<!-- end of layouts -->$/ { skip = 0 }
		!skip { print }' "$here/loading.md" >"$here/loading.md.new"
	mv "$here/loading.md.new" "$here/loading.md"
else
	layouts
fi
