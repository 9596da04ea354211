#!/bin/bash
# docs/schema.md is what docs/schema.sh makes of the catalog, its examples
# included.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_schema_page
create_database $db
"$root/bin/battery-industry" setup -q -d $db
query $db -f "$root/test/industry/fixture.sql"

if ! PGDATABASE=$db "$root/docs/schema.sh" >"$tmp/page" 2>"$tmp/errors"; then
	not_ok 'docs/schema.md can be written'
	remark <"$tmp/errors"
elif diff -u "$root/docs/schema.md" "$tmp/page" >"$tmp/diff"; then
	ok "docs/schema.md is what the catalog says ($(wc -l <"$tmp/page") lines, $(grep -c '^```sql' "$tmp/page") examples)"
else
	not_ok 'docs/schema.md is what the catalog says: run docs/schema.sh >docs/schema.md'
	remark 60 <"$tmp/diff"
fi
finish
