#!/bin/bash
# The loader on servers whose messages are not English: its tests again, with
# lc_messages German, Japanese and Chinese.  What it does comes from SQLSTATEs and
# from what it raises itself.
#
#
#	BATTERY_LANGUAGE_TESTS	which of them (load_reports: every refusal, exit status and
#				line; "load_reports load_files load_parts load_totals
#				load_formats load_kind load_workbook" is all)
#
# Needs the server's translations and localedef; says so where they are missing.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tests=(${BATTERY_LANGUAGE_TESTS:-load_reports})

# language NAME CODE: what it finds is in $tmp/NAME
language()
(
	name=$1
	# the languages run beside each other
	tmp=$tmp/$name.files
	mkdir "$tmp"
	# where the server's user can read them
	locales=$(mktemp -d "$(dirname "$(query postgres -c 'SHOW data_directory')")/locales.XXXXXX")
	# what the subshell leaves is its own
	_clean_up()
	{
		rm -rf "$locales"
	}
	trap _clean_up EXIT
	if ! localedef -i "$2" -f UTF-8 "$locales/$2.UTF-8" 2>/dev/null; then
		ok "$name: skipped, localedef cannot make $2.UTF-8"
		exit
	fi
	chmod -R a+rX "$locales"
	export LOCPATH=$locales
	own_cluster lc_messages="$2.UTF-8" || {
		not_ok "$name: a cluster of its own"
		exit
	}
	unset LOCPATH
	if psql -X -q -d postgres -c 'SELECT 1 / 0' 2>&1 | grep -q 'division by zero'; then
		ok "$name: skipped, the server has no translation"
		exit
	fi
	for test in "${tests[@]}"; do
		rc=0
		"$here/$test.sh" >"$tmp/$name.$test" 2>&1 || rc=$?
		if [ "$rc" -eq 0 ] && ! grep -q '^not ok' "$tmp/$name.$test"; then
			ok "$name: $test ($(grep -c '^ok' "$tmp/$name.$test") checks)"
		else
			not_ok "$name: $test"
			grep -A 12 '^not ok' "$tmp/$name.$test" | remark 60
		fi
	done
	# the other command that tells errors apart
	db=battery_test_language
	create_database $db
	create_role battery_language_reader LOGIN
	"$root/bin/battery-industry" setup -q -d $db
	outputs=("$tmp/out")
	run "$name: battery-dashboard without rights" 1 "$root/bin/battery-dashboard" -d $db -U battery_language_reader -o "$tmp/$name.html"
	says "$name: says who gives them" "SELECT industry.grant_access(reader => 'battery_language_reader')"
	query $db -c 'SET client_min_messages = error' -c 'DROP VIEW industry.bi_price CASCADE'
	run "$name: battery-dashboard of an old schema" 4 "$root/bin/battery-dashboard" -d $db -o "$tmp/$name.html"
)

if ! command -v localedef >/dev/null; then
	ok "skipped: localedef is not installed"
else
	pids=()
	for pair in German:de_DE Japanese:ja_JP Chinese:zh_CN; do
		language "${pair%:*}" "${pair#*:}" >"$tmp/${pair%:*}" 2>&1 &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || not_ok "a language comes to its end"
	done
	cat "$tmp/German" "$tmp/Japanese" "$tmp/Chinese"
	! grep -q '^not ok' "$tmp/German" "$tmp/Japanese" "$tmp/Chinese" || _failed=1
fi
finish
