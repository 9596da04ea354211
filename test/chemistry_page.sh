#!/bin/bash
# docs/chemistry.md is what docs/chemistry.sh makes of the taxonomy.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
create_database battery_test_chemistry_page
query battery_test_chemistry_page -c 'CREATE EXTENSION battery'

if ! PGDATABASE=battery_test_chemistry_page "$root/docs/chemistry.sh" >"$tmp/page" 2>"$tmp/errors"; then
	not_ok 'docs/chemistry.md can be written'
	remark <"$tmp/errors"
elif diff -u "$root/docs/chemistry.md" "$tmp/page" >"$tmp/diff"; then
	ok "docs/chemistry.md is what the taxonomy says ($(wc -l <"$tmp/page") lines)"
else
	not_ok 'docs/chemistry.md is what the taxonomy says: run docs/chemistry.sh >docs/chemistry.md'
	remark 40 <"$tmp/diff"
fi
finish
