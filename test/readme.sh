#!/bin/bash
# Runs the examples of README.md on the demo's data: each block of sql must
# print exactly the block of text that follows it (blanks at the ends of lines
# aside).  They share nothing but the data: each runs in a session of its own.
#
# test/readme.sh --update writes what was printed into README.md instead.
set -euo pipefail

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
update=${1:-}
work=$(mktemp -d)
database=battery_test_readme
trap 'rm -rf "$work"; psql -X -q -d postgres -c "DROP DATABASE IF EXISTS $database" >/dev/null 2>&1' EXIT

psql -X -q -d postgres -c "DROP DATABASE IF EXISTS $database" 2>/dev/null
psql -X -q -d postgres -c "CREATE DATABASE $database"
export PGDATABASE=$database
"$root/demo/run.sh" >/dev/null

# example N is in N.sql, its output in N.txt, the heading above it in N.title
awk -v dir="$work" '
	/^#+ / { title = $0; sub(/^#+ /, "", title) }
	/^```sql$/ { n++; file = sprintf("%s/%03d.sql", dir, n); printf "%s", "" >file
		print title >sprintf("%s/%03d.title", dir, n); next }
	/^```text$/ && n { file = sprintf("%s/%03d.txt", dir, n); printf "%s", "" >file; next }
	/^```/ { if (file != "") close(file); file = ""; next }
	file != "" { print >file }' "$root/README.md"

failed=0
count=0
for sql in "$work"/*.sql; do
	[ -e "$sql" ] || break
	base=${sql%.sql}
	[ -e "$base.txt" ] || continue		# an example without output
	count=$((count + 1))
	# from standard input, so that messages name no file
	psql -X -q -P pager=off <"$sql" 2>&1 | sed -e 's/[[:space:]]*$//' -e '${/^$/d;}' >"$base.out"
	sed -e 's/[[:space:]]*$//' -e '${/^$/d;}' "$base.txt" >"$base.expected"
	if diff -u "$base.expected" "$base.out" >"$base.diff"; then
		echo "ok - README example $count: $(cat "$base.title")"
	else
		echo "not ok - README example $count: $(cat "$base.title")"
		cat "$base.diff"
		failed=1
	fi
done
if [ "$count" -lt 10 ]; then
	echo "not ok - README has ten examples with output (found $count)"
	failed=1
fi

if [ "$update" = --update ]; then
	awk -v dir="$work" '
		/^```sql$/ { n++ }
		/^```text$/ && n {
			print; file = sprintf("%s/%03d.out", dir, n)
			while ((getline line <file) > 0) print line
			close(file); skip = 1; next }
		/^```$/ { skip = 0 }
		!skip { print }' "$root/README.md" >"$work/README.md"
	cp "$work/README.md" "$root/README.md"
	echo "README.md updated"
	exit 0
fi
exit $failed
