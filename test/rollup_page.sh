#!/bin/bash
# docs/rollups.md: its commands print what it says.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_rollup_page
create_database $db
page_blocks "$root/docs/rollups.md"
export PGDATABASE=$db
n=0
for script in "$tmp"/blocks/*.sh; do
	n=$((n + 1))
	(cd "$tmp/files" && PATH=$root/bin:$PATH bash "$script") >"$tmp/actual" 2>&1 </dev/null || true
	if diff -u "${script%.sh}.text" "$tmp/actual" >"$tmp/diff"; then
		ok "docs/rollups.md, example $n"
	else
		not_ok "docs/rollups.md, example $n"
		remark 40 <"$tmp/diff"
	fi
done
same "all examples were run" 4 "$n"
finish
