#!/bin/bash
# Setup and loads in databases whose settings change what a text means, which plan is
# taken or what a transaction sees: the cited figures, and what is said of bad rows, are
# the same in all.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
parallel=debug_parallel_query
server=$(query postgres -c 'SHOW server_version_num')
[ "$server" -ge 160000 ] || parallel=force_parallel_mode

# a file of every kind, and the one with rows that nobody can read
awk -F, '!/^#/ && (!seen[$1]++ || /as-printed/)' "$root/data/industry/load.csv" >"$tmp/list.csv"
ln -s "$root/data/industry/"*.csv "$tmp/"

# loaded NAME SETTING...: sets up in a database with these settings, loads, and leaves what
# all tables then hold in $tmp/NAME: numbers and times, which differ, aside
loaded()
{
	local name=$1 db=battery_test_settings_$1 rc=0 setting

	shift
	create_database "$db"
	for setting in "$@"; do
		query postgres -c "ALTER DATABASE $db SET $setting"
	done
	"$root/bin/battery-industry" setup -q -d "$db" >"$tmp/out" 2>&1 &&
		"$root/bin/battery-load" -d "$db" --manifest "$tmp/list.csv" </dev/null >>"$tmp/out" 2>&1 || rc=$?
	# a row of the cited figures is in quarantine, as it is printed
	[ "$rc" -eq 3 ] || {
		not_ok "$name: set up and loaded (exit status $rc)"
		grep -A 2 -E 'ERROR|WARNING' "$tmp/out" | remark
	}
	sed -n 's/^  //p' "$tmp/out" >"$tmp/$name"
	PGOPTIONS='-c datestyle=ISO -c standard_conforming_strings=on -c bytea_output=hex -c extra_float_digits=1 -c client_min_messages=warning -c default_transaction_isolation=read\ committed' \
		query "$db" >>"$tmp/$name" <<-'SQL'
		SET search_path = pg_catalog, public;
		SET plpgsql.extra_errors = 'none';
		SELECT format($$SELECT %L || (to_jsonb(t) - ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = %L::regclass
				AND (attidentity <> '' OR atttypid = 'timestamptz'::regtype OR attname ~ '_(id|by|load)$')))::text FROM industry.%I AS t ORDER BY 1$$,
			relname, oid::regclass, relname)
		FROM pg_class WHERE relnamespace = 'industry'::regnamespace AND relkind = 'r' AND relname <> 'schema_version' ORDER BY relname
		\gexec
	SQL
}

loaded plain
if [ "$(wc -l <"$tmp/plain")" -gt 1000 ]; then
	ok "the tables have rows"
else
	not_ok "the tables have rows"
	remark <"$tmp/plain"
fi
texts=("datestyle = 'German, DMY'" 'intervalstyle = iso_8601' 'bytea_output = escape' 'extra_float_digits = -15' 'quote_all_identifiers = on'
	'array_nulls = off' 'transform_null_equals = on' "timezone = 'Pacific/Kiritimati'")
# from 19 on it cannot be off
[ "$server" -ge 190000 ] || texts+=('standard_conforming_strings = off' 'backslash_quote = on')
loaded texts "${texts[@]}"
loaded plans "$parallel = regress" 'parallel_setup_cost = 0' 'parallel_tuple_cost = 0' 'min_parallel_table_scan_size = 0' 'enable_hashjoin = off' \
	'plan_cache_mode = force_generic_plan' 'join_collapse_limit = 1'
loaded sessions 'default_transaction_isolation = serializable' 'default_transaction_deferrable = on' "plpgsql.variable_conflict = use_column" \
	"plpgsql.extra_errors = 'all'" 'client_min_messages = error' 'search_path = nowhere, public' 'row_security = off' 'lock_timeout = 5000'
for name in texts plans sessions; do
	if diff "$tmp/plain" "$tmp/$name" >"$tmp/diff"; then
		ok "settings for $name change nothing of what is loaded and said"
	else
		not_ok "settings for $name change nothing of what is loaded and said"
		remark <"$tmp/diff"
	fi
done

# A database that is to be left alone is left alone, and the load says so.
db=battery_test_settings_plain
query postgres -c "ALTER DATABASE $db SET default_transaction_read_only = on"
printf 'publisher\nP\n' >"$tmp/file.csv"
load "nothing is loaded where transactions only read" 1 publisher "$tmp/file.csv"
says "and why is said" 'transactions of this role and database only read' 'default_transaction_read_only=off'
finish
