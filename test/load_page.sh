#!/bin/bash
# docs/loading.md: its layouts are those of the loader, and its commands print
# what it says.
#
#	test/load_page.sh [--update]
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
page=$root/docs/loading.md
db=battery_test_page
create_database $db
"$root/bin/battery-industry" setup -q -d $db
[ "${1:-}" != --update ] || "$root/docs/loading.sh" $db --update

"$root/docs/loading.sh" $db | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >"$tmp/layouts"
sed -n '/^<!-- layouts -->$/,/^<!-- end of layouts -->$/p' "$page" | sed -e '1,2d' -e '$d' | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >"$tmp/printed"
if diff -u "$tmp/printed" "$tmp/layouts" >"$tmp/diff" && [ -s "$tmp/layouts" ]; then
	ok "the layouts of docs/loading.md are the loader's"
else
	not_ok "the layouts of docs/loading.md are the loader's (docs/loading.sh DATABASE --update)"
	remark 40 <"$tmp/diff"
fi

# the blocks of the six steps are test/first_chart.sh's
page_blocks "$page"
export PGDATABASE=$db
n=0
for script in "$tmp"/blocks/*.sh; do
	n=$((n + 1))
	if grep -q openpyxl "$script" && ! /usr/bin/python3 -c 'import openpyxl' 2>/dev/null; then
		ok "docs/loading.md, example $n # SKIP python3-openpyxl is not there"
		continue
	fi
	(cd "$tmp/files" && PATH=$root/bin:$PATH bash "$script") >"$tmp/actual" 2>&1 </dev/null || true
	if diff -u "${script%.sh}.text" "$tmp/actual" >"$tmp/diff"; then
		ok "docs/loading.md, example $n"
	else
		not_ok "docs/loading.md, example $n"
		remark 40 <"$tmp/diff"
	fi
done
if [ "$n" -lt 4 ]; then
	not_ok "docs/loading.md has examples (found $n)"
fi
finish
