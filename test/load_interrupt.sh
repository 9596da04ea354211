#!/bin/bash
# Loads that are interrupted: the statement ends on the server within two seconds,
# its locks are free, and nothing was changed.  (BATTERY_PATIENCE ms more, 1000, for a
# busy machine.)
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
set -m						# so that SIGINT reaches what runs in the background

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
patience=${BATTERY_PATIENCE:-1000}
db=battery_test_interrupt
# what a killed command leaves is its directory; a name with a blank is a name
export TMPDIR="$tmp/work files"
mkdir "$TMPDIR"
create_database $db
"$root/bin/battery-industry" setup -q -d $db
query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('P');
INSERT INTO industry.source (source, publisher, edition, published) VALUES ('s', 'P', '1', '2024-01-01');
INSERT INTO industry.maker (maker, name) SELECT 'M' || i, 'Maker ' || i FROM generate_series(0, 499) AS i;
SQL
# long enough to be interrupted in the middle, on any machine
query $db -c "COPY (SELECT 'M' || i % 500 AS maker, i % 1000 AS amount, 1900 + i / 500 % 100 AS period, 'm' AS metric, 'installed' AS basis,
		1 + i / 50000 AS statement_number FROM generate_series(0, 999999) AS i) TO STDOUT WITH (FORMAT csv, HEADER)" >"$tmp/big.csv"
ln -s "$tmp/big.csv" "$tmp/a file.csv"
printf 'kind,file,source\nmaker_share,a file.csv,s\n' >"$tmp/list.csv"

activity()
{
	query $db -c "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'battery_interrupt' AND $1"
}

# interrupted NAME STATUS SIGNAL WHOM COMMAND...: WHOM is the command, or psql; at $moment,
# where that is said, else in the middle of the load
moment=
interrupted()
{
	local name=$1 expected=$2 signal=$3 whom=$4 victim i rc=0 begin span

	shift 4
	# by env, as whoever runs this may have it ignored
	PGAPPNAME=battery_interrupt env --default-signal=INT "$@" </dev/null >"$tmp/out" 2>&1 &
	victim=$!
	for ((i = 0; i < 2400; i++)); do
		[ "$(activity "${moment:-query LIKE '%industry.load(%' AND state = 'active' AND query_start < clock_timestamp() - interval '0.5 s'}")" = 0 ] || break
		sleep 0.05
	done
	[ "$i" -lt 2400 ] || not_ok "$name: the moment to interrupt it has come"
	begin=$EPOCHREALTIME
	if [ "$whom" = psql ]; then
		kill "-$signal" "$(pgrep -x psql -g "$(ps -o pgid= -p "$victim" | tr -d ' ')")"
	else
		kill "-$signal" "$victim"
	fi
	for ((i = 0; i < 2400; i++)); do
		[ "$(activity true)" != 0 ] || break
		sleep 0.05
	done
	span=$((${EPOCHREALTIME/./} - ${begin/./}))
	wait "$victim" 2>/dev/null || rc=$?
	same "$name: exit status" "$expected" "$rc"
	if [ "$i" -lt 2400 ] && [ "$span" -lt $((2000000 + patience * 1000)) ]; then
		ok "$name: the server has stopped within two seconds"
	else
		not_ok "$name: the server has stopped within two seconds ($span us)"
	fi
	same "$name: nothing was changed, and no lock is held" "0|0|0" \
		"$(query $db -c "SELECT (SELECT count(*) FROM industry.maker_share_observation), (SELECT count(*) FROM industry.load_report),
			(SELECT count(*) FROM pg_locks l WHERE l.relation = 'industry.load_turn'::regclass)")"
}

interrupted "Ctrl-C" 130 INT command "$root/bin/battery-load" -q -d $db maker_share "$tmp/big.csv" --source s
interrupted "SIGTERM" 143 TERM command "$root/bin/battery-load" -q -d $db maker_share "$tmp/big.csv" --source s
interrupted "a command killed outright" 137 KILL command "$root/bin/battery-load" -q -d $db maker_share "$tmp/big.csv" --source s
interrupted "a client that is gone" 1 KILL psql "$root/bin/battery-load" -q -d $db maker_share "$tmp/big.csv" --source s
interrupted "Ctrl-C in a manifest" 130 INT command "$root/bin/battery-load" -q -d $db --manifest="$tmp/list.csv"
interrupted "SIGTERM in a manifest" 143 TERM command "$root/bin/battery-load" -q -d $db --manifest="$tmp/list.csv"
interrupted "a manifest killed outright" 137 KILL command "$root/bin/battery-load" -q -d $db --manifest="$tmp/list.csv"
interrupted "SIGTERM in a manifest's dry run" 143 TERM command "$root/bin/battery-load" -q -n -d $db --manifest="$tmp/list.csv"

moment="query ILIKE 'COPY %' AND state = 'active'"
interrupted "SIGTERM while the file is sent" 143 TERM command "$root/bin/battery-load" -q -d $db maker_share "$tmp/big.csv" --source s
interrupted "Ctrl-C while a manifest sends a file" 130 INT command "$root/bin/battery-load" -q -d $db --manifest="$tmp/list.csv"

# A file that comes slowly: the session waits for it, idle.
mkfifo "$tmp/pipe"
moment="state LIKE 'idle in transaction%' AND state_change < clock_timestamp() - interval '0.5 s'"
for name in SIGTERM:143:TERM Ctrl-C:130:INT; do
	IFS=: read -r said status signal <<<"$name"
	sleep 600 >"$tmp/pipe" &
	sleeper=$!
	interrupted "$said while a pipe is read" "$status" "$signal" command "$root/bin/battery-load" -q -d $db maker_share "$tmp/pipe" --source s
	kill "$sleeper" 2>/dev/null || true
	wait "$sleeper" 2>/dev/null || true
done
# A workbook, which is read here: nothing goes on in its place.
# Another run of this script may have one, too.
cat >"$tmp/battery-sheet" <<SH
#!/bin/sh
exec sleep 600.$$
SH
chmod +x "$tmp/battery-sheet"
cp "$root/bin/battery-load" "$tmp/battery-load"
printf 'PK\003\004' >"$tmp/book.xlsx"
interrupted "SIGTERM while a workbook is read" 143 TERM command "$tmp/battery-load" -q -d $db maker_share "$tmp/book.xlsx" --source s
for ((i = 0; i < 200; i++)); do
	pgrep -f -x "sleep 600[.]$$" >/dev/null || break
	sleep 0.05
done
if [ "$i" -eq 200 ]; then
	not_ok "and its reader has ended"
else
	ok "and its reader has ended"
fi
finish
