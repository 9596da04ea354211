#!/bin/bash
# PostgreSQL 15.20 (Debian 15.20-0+deb12u1; 17.12 does the same) and 18.6 (18.6-3 of
# forky): pg_dump of the newer major release, over a server of the newer minor release.
#
# The releases of November 2026 note the version of its row type with each column of each
# table, as a column option, pg_attver, that no command has set.  Their own pg_dump leaves
# it out.  Expected: that a table of two plain columns goes through pg_dump of 18.6, the
# newest 18 of forky and sid at the end of that month, into a server of 18.6.
#
# Seen: pg_dump 18.6 writes ALTER TABLE ... ALTER COLUMN ... SET (pg_attver=...), and its
# server says: unrecognized parameter "pg_attver".  pg_upgrade, which runs the new
# pg_dump, ends there.  The dump that pg_dump 15.20 makes goes in.
#
# Needs root and debootstrap (the system's package).
# Exit status 0: still so; 1: it behaves otherwise now; 2: could not be run.
set -euo pipefail

[ "$EUID" -eq 0 ] && command -v debootstrap >/dev/null || { echo "needs root and debootstrap"; exit 2; }
. "$(dirname "${BASH_SOURCE[0]}")/server.bash"
start_server
mirror=$(apt-get indextargets --format '$(SITE)|$(ORIGIN)|$(COMPONENT)' 'Created-By: Packages' |
	awk -F'|' '$2 == "Debian" && $3 == "main" && $1 !~ /security/ { print $1; exit }')
script=/usr/share/debootstrap/scripts/forky
[ -e "$script" ] || script=${script%/*}/sid
debootstrap --variant=minbase forky "$dir/forky" "$mirror" "$script" >log 2>&1 || { tail log; exit 2; }
inside()
{
	chroot "$dir/forky" env -i PATH=/usr/lib/postgresql/18/bin:/usr/sbin:/usr/bin LC_ALL=C "$@"
}
# unpacked is enough: nothing of it has to be set up
inside apt-get install -q -y --no-install-recommends --download-only postgresql-18=18.6-3 >log 2>&1 || { tail log; exit 2; }
inside sh -c 'for deb in /var/cache/apt/archives/*.deb; do dpkg -x "$deb" /; done && ldconfig'

ask postgres -c 'CREATE DATABASE plain'
ask plain -c 'CREATE TABLE plant (name text, capacity numeric)'
ask plain -c "SELECT attname || ' has ' || attoptions[1] FROM pg_attribute WHERE attrelid = 'plant'::regclass AND attnum > 0" |
	sed 's/[0-9][0-9]*/N/'

# both dumps, each into a database of an 18.6 without an address
"$bin/pg_dump" -h "$dir/run" -U postgres -f "$dir/forky/tmp/own.sql" plain
as_nobody()
{
	inside setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
}
mkdir "$dir/forky/tmp/run"
mount --bind "$dir/run" "$dir/forky/tmp/run"
trap 'as_nobody pg_ctl -D /tmp/data -m immediate stop >/dev/null 2>&1 || true
	umount "$dir/forky/tmp/run" || true
	"${server[@]}" "$bin/pg_ctl" -D "$dir/run/data" -m immediate stop >/dev/null 2>&1 || true
	rm -rf --one-file-system "$dir"' EXIT
inside pg_dump --version
inside pg_dump -h /tmp/run -U postgres -f /tmp/new.sql plain
grep pg_attver "$dir/forky/tmp/new.sql" | sed 's/=[0-9]*/=N/' || true
as_nobody initdb -D /tmp/data -U postgres -A trust -N >log 2>&1 || { cat log; exit 2; }
as_nobody pg_ctl -D /tmp/data -l /tmp/data/log -w -o "-c listen_addresses= -c unix_socket_directories=/tmp" start >log 2>&1 || { cat log; exit 2; }
for dump in own new; do
	as_nobody psql -X -q -h /tmp -U postgres -d postgres -c "CREATE DATABASE $dump"
	if as_nobody psql -X -q -h /tmp -U postgres -d "$dump" -v ON_ERROR_STOP=1 -f "/tmp/$dump.sql" >"$dump.out" 2>&1; then
		echo "$dump: restored"
	else
		echo "$dump: refused, $(sed -n 's/.*ERROR/ERROR/p' "$dump.out")"
	fi
done
if grep -q 'unrecognized parameter "pg_attver"' new.out && ! grep -q ERROR own.out; then
	echo "as found: 18.6 cannot restore what its own pg_dump wrote of a plain table of 15.20"
else
	echo "not as found any more"
	exit 1
fi
