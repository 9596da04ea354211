#!/bin/bash
# From nothing to a chart: the six steps at the top of docs/loading.md print what the
# page says, here with what "make install" has installed in place of the packages
# (test/deb takes all six on a bare system), and the figures are the report's.
#
#	test/first_chart.sh --steps DIRECTORY	only writes the steps, as N.sh and N.text,
#						and their file
root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}

# steps DIRECTORY
steps()
{
	awk -v to="$1" '
		/^```csv step / { out = to "/" $3; next }
		/^```sh step$/ { n++; out = to "/" n ".sh"; next }
		/^```text step$/ { out = to "/" n ".text"; next }
		/^```/ { if (out != "") close(out); out = ""; next }
		out != "" { print > out }' "$root/docs/loading.md"
}

if [ "${1:-}" = --steps ]; then
	steps "$2"
	exit
fi
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

db=battery_test_chart
_databases+=("$db")
psql -X -q -d postgres -c "DROP DATABASE IF EXISTS $db WITH (FORCE)"
mkdir "$tmp/steps"
steps "$tmp/steps"
same 'the page has six steps' 6 "$(find "$tmp/steps" -name '[0-9].sh' | wc -l)"
run 'the first installs the packages that debian/control has' 0 grep -F './postgresql-*-battery_*.deb ./battery-tools_*.deb' "$tmp/steps/1.sh"

PATH=${PG_CONFIG:+$("$PG_CONFIG" --bindir):}$PATH:$root/bin
cd "$tmp/steps"
# the database of the page, under a name of ours
for n in 2 3 4 5; do
	sed -i -E -e "s/(=| |database )industry\$/\1$db/" -e "s/(--dbname=|database )industry\>/\1$db/" $n.sh
	run "step $n" 0 bash -e $n.sh
	: >>$n.text
	sed "s/$db/industry/g" "$tmp/out" >"$tmp/printed"
	if diff -u $n.text "$tmp/printed" >"$tmp/diff"; then
		ok "step $n prints what the page says"
	else
		not_ok "step $n prints what the page says"
		remark <"$tmp/diff"
	fi
done
# the report: 36.8 % of 705.5 GWh
is 'the figures are those of the report' 'BYD|15.8|111.4
CATL|36.8|259.7
LGES|13.6|95.8' "SELECT maker, share_pct, amount FROM industry.current_maker_share WHERE row_kind = 'member' ORDER BY maker"
is 'and a view for charts has them' '3' "SELECT count(*) FROM industry.bi_maker_share WHERE maker IN ('CATL', 'BYD', 'LGES')"

if ! command -v battery-dashboard >"$tmp/out"; then
	ok 'step 6 # SKIP battery-dashboard is not there'
else
	rc=0
	sed -i "s/=industry\>/=$db/" 6.sh
	bash -e 6.sh >"$tmp/out" 2>&1 || rc=$?
	if [ "$rc" = 6 ]; then
		ok 'step 6 # SKIP its charting library cannot be fetched here'
	else
		same 'step 6' 0 "$rc"
		run 'its page knows the maker' 0 grep -c CATL industry.html
	fi
fi
finish
