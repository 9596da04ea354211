#!/bin/bash
# Runs the examples of every page: each block of sql must print exactly the block
# of text that follows it (blanks at the ends of lines aside), and nothing when no
# text follows.
#
# Every page has a database of its own with the demo's tables in it: those of
# demo/load.sql, views of what bin/battery-load has loaded from data/industry, and
# those that the other blocks of the demo make.  Its examples run in their order,
# each in a session of its own, so that what one creates the next ones see, but no
# setting.
#
#	test/docs_examples.sh [--update] [FILE ...]
#
# FILE: a page, by default every page with such blocks in the root, docs and data,
# but docs/schema.md, which is drawn from a database of its own (docs/schema.sh).
# --update writes what was printed into the pages instead.  test/docs_links.sh sees
# to it that no page shows a result that nothing prints.
set -euo pipefail

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
update=
if [ "${1:-}" = --update ]; then
	update=1
	shift
fi
work=$(mktemp -d)
loaded=battery_test_docs
database=battery_test_docs_page
trap 'rm -rf "$work"; for db in $database $loaded; do psql -X -q -d postgres -c "DROP DATABASE IF EXISTS $db" >/dev/null 2>&1; done' EXIT
export PGOPTIONS='-c client_min_messages=warning'

for db in $database $loaded; do
	psql -X -q -d postgres -c "DROP DATABASE IF EXISTS $db"
done
psql -X -q -d postgres -c "CREATE DATABASE $loaded"
PGDATABASE=$loaded "$root/demo/run.sh" --full >/dev/null
unset PGOPTIONS

pages=("$@")
if [ ${#pages[@]} -eq 0 ]; then
	while IFS= read -r page; do
		pages+=("$page")
	done < <(find "$root"/*.md "$root/docs" "$root/data" -name '*.md' ! -path "$root/docs/schema.md" -exec grep -l '^```sql$' {} + | sort)
fi

failed=0

# run_page FILE: example N is in N.sql, its output in N.txt, the heading above
# it in N.title
run_page()
{
	local page=$1 name=${1#"$root"/} dir sql base count=0

	dir=$work/$(tr / _ <<<"$name")
	mkdir "$dir"
	awk -v dir="$dir" '
		/^#+ / { title = $0; sub(/^#+ /, "", title) }
		/^```sql$/ && file == "" { n++; file = sprintf("%s/%03d.sql", dir, n); printf "%s", "" >file
			print title >sprintf("%s/%03d.title", dir, n); awaited = 1; next }
		/^```text$/ && file == "" && awaited { file = sprintf("%s/%03d.txt", dir, n); printf "%s", "" >file
			awaited = 0; next }
		/^```/ { if (file != "") { close(file); file = "" } else awaited = 0; next }
		file != "" { print >file }' "$page"

	psql -X -q -d postgres -c "DROP DATABASE IF EXISTS $database" 2>/dev/null
	psql -X -q -d postgres -c "CREATE DATABASE $database TEMPLATE $loaded"
	for sql in "$dir"/*.sql; do
		[ -e "$sql" ] || break
		base=${sql%.sql}
		count=$((count + 1))
		[ -e "$base.txt" ] || : >"$base.expected"
		# from standard input, so that messages name no file
		psql -X -q -P pager=off -d "$database" <"$sql" 2>&1 | sed -e 's/[[:space:]]*$//' -e '${/^$/d;}' >"$base.out"
		[ ! -e "$base.txt" ] || sed -e 's/[[:space:]]*$//' -e '${/^$/d;}' "$base.txt" >"$base.expected"
		if diff -u "$base.expected" "$base.out" >"$base.diff"; then
			echo "ok - $name example $count: $(cat "$base.title")"
		else
			echo "not ok - $name example $count: $(cat "$base.title")"
			cat "$base.diff"
			failed=1
		fi
	done
	if [ "$count" -eq 0 ]; then
		echo "not ok - $name has examples"
		failed=1
	fi

	[ -n "$update" ] || return 0
	awk -v dir="$dir" '
		skip { if (/^```$/) { skip = 0; print } next }
		/^```sql$/ && !fence { n++; awaited = 1; fence = 1; print; next }
		/^```text$/ && !fence && awaited {
			print; file = sprintf("%s/%03d.out", dir, n)
			while ((getline line <file) > 0) print line
			close(file); skip = 1; awaited = 0; next }
		/^```/ { if (!fence) awaited = 0; fence = !fence }
		{ print }' "$page" >"$work/page"
	cat "$work/page" >"$page"
	echo "$name updated"
}

for page in "${pages[@]}"; do
	run_page "$page"
done
if [ $# -eq 0 ] && ! grep -q '^```sql$' "$root/README.md"; then
	echo 'not ok - README.md has an example'
	failed=1
fi
[ -z "$update" ] || exit 0
exit $failed
