#!/bin/bash
# Loads of every kind in one session: PL/pgSQL keeps its plans, and what one file
# was must not decide what the next may be.  A dry run of a manifest is one session;
# data/industry has files of every kind.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_session
create_database $db
"$root/bin/battery-industry" setup -q -d $db
# some rows of one file are in quarantine, as that file is printed
load "all cited figures, in one session" 3 --manifest "$root/data/industry/load.csv" --dry-run
if grep -q " $(($(grep -vc '^#' "$root/data/industry/load.csv") - 1)) files: .* 1 with rows in quarantine, 0 refused" "$tmp/out"; then
	ok "no file is refused"
else
	not_ok "no file is refused"
	grep -B 4 'refused$' "$tmp/out" | remark
	remark <"$tmp/err"
fi
same "nothing is left" "0" "$(query $db -c "SELECT count(*) FROM industry.load_report")"
finish
