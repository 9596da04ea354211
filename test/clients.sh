#!/bin/bash
# What programs read and send: every line of docs/clients.md with the client that it is
# about, and the tests of clients/python and clients/node.  A client that is not
# installed is skipped; with BATTERY_CLIENTS=all, for which bin/test installs them, it is
# a failure.
#
#	test/clients.sh [--update | --packages]
#
# --update writes what was printed into the page; --packages names the Debian packages.
#
# Expected numbers are those that the server was given as text; that their binary form is
# the server's is the package's own test.
packages=(libdbd-pg-perl libpostgresql-jdbc-java odbc-postgresql php-cli php-pgsql python3-asyncpg python3-pandas
	python3-psycopg python3-psycopg2 python3-pyodbc python3-sqlalchemy r-cran-rpostgresql unixodbc)
command -v javac >/dev/null || packages+=(default-jdk-headless)
command -v npm >/dev/null || packages+=(nodejs npm)
if [ "${1:-}" = --packages ]; then
	printf '%s\n' "${packages[@]}"
	exit
fi
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
page=$root/docs/clients.md
db=battery_test_clients
next='=== next ==='
create_database $db
"$root/bin/battery-industry" setup -q -d $db
awk '/^```sql$/ { on = 1; next } /^```$/ { on = 0 } on' "$page" >"$tmp/table.sql"
export PYTHONPATH=$root/clients/python PYTHONDONTWRITEBYTECODE=1

# missing NAME WHAT [never]: a client that is not there; never: all does not have it
missing()
{
	if [ "${BATTERY_CLIENTS:-}" = all ] && [ -z "${3:-}" ]; then
		not_ok "$1: $2 is not there"
	else
		ok "$1 # SKIP $2 is not there"
	fi
}

# python_with MODULE...: the interpreter that has them
python_with()
{
	local python IFS=,

	for python in python3 /usr/bin/python3; do
		if "$python" -c "import $*" 2>/dev/null; then
			echo "$python"
			return
		fi
	done
	return 1
}

# The modules that clients/node names, or nothing: those beside it where somebody has
# installed them, else with all from the registry.
node_modules()
{
	command -v node >/dev/null || return 0
	mkdir -p "$tmp/node/node_modules"
	if [ -d "$root/clients/node/node_modules/pg" ]; then
		cp -r "$root/clients/node/node_modules" "$tmp/node"
	elif [ "${BATTERY_CLIENTS:-}" = all ] && command -v npm >/dev/null; then
		cp "$root"/clients/node/{package.json,package-lock.json,.npmrc} "$tmp/node"
		(cd "$tmp/node" && npm ci --ignore-scripts --no-audit --no-fund) >"$tmp/npm.log" 2>&1 || remark <"$tmp/npm.log" >&2
	fi
	[ -d "$tmp/node/node_modules/pg" ] || return 0
	cp -r "$root"/clients/node/{index.js,test} "$tmp/node"
	ln -s .. "$tmp/node/node_modules/battery-postgresql"
	echo "$tmp/node"
}

# JDBC speaks TCP only: a port of the loopback that leads to the server's socket.  The
# connection is what the service "battery" says.
bridge()
{
	perl - "$PGHOST/.s.PGSQL.${PGPORT:-5432}" >"$tmp/port" <<'PERL' &
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use IO::Socket::UNIX;
$| = 1;
$SIG{CHLD} = 'IGNORE';
my $listen = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 0, Listen => 5) or die "no port: $!";
print $listen->sockport, "\n";
while (my $client = $listen->accept)
{
	next if fork;
	my $server = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die "no server: $!";
	my $both = IO::Select->new($client, $server);
	for (;;)
	{
		for my $from ($both->can_read)
		{
			my $to = $from == $client ? $server : $client;
			sysread($from, my $buffer, 65536) or exit;
			while (length $buffer)
			{
				my $n = syswrite($to, $buffer) or exit;
				substr($buffer, 0, $n) = '';
			}
		}
	}
}
PERL
	bridge=$!
	trap 'kill "$bridge" 2>/dev/null; _clean_up' EXIT
	for _ in $(seq 600); do
		[ ! -s "$tmp/port" ] || break
		sleep 0.1
	done
	printf '[battery]\nhost=127.0.0.1\nport=%s\ndbname=%s\nuser=%s\n' "$(cat "$tmp/port")" $db "$PGUSER" >"$tmp/service"
}

# The page's sections: NUMBER.title, .language, and for every block of code .N.code and,
# where one follows, .N.expected.
mkdir "$tmp/page"
awk -v dir="$tmp/page" '
	/^## / && !fence { title = substr($0, 4); language = ""; next }
	/^```(python|js|java|perl|php|r)$/ && !fence {
		if (language == "") {
			language = substr($0, 4); section = sprintf("%s/%02d", dir, ++sections); blocks = 0
			print title >(section ".title"); print language >(section ".language")
		}
		file = sprintf("%s.%d.code", section, ++blocks); fence = 1; printf "" >file; next }
	/^```text$/ && !fence && blocks { file = sprintf("%s.%d.expected", section, blocks); fence = 1; printf "" >file; next }
	/^```/ { fence = !fence; file = ""; next }
	fence && file != "" { print >file }' "$page"

# run_section SECTION COMMAND...: all its blocks as one program, what each prints
run_section()
{
	local section=$1 title language block n say='' rc=0

	shift
	title=$(cat "$section.title")
	language=$(cat "$section.language")
	case $language in
		python) say="print('$next')" ;;
		js) say="console.log('$next');" ;;
		java) say="System.out.println(\"$next\");" ;;
		perl) say="print \"$next\\n\";" ;;
		php) say="echo \"$next\\n\";" ;;
		r) say="cat('$next\\n')" ;;
	esac
	query $db -c 'DROP TABLE IF EXISTS plant' -f "$tmp/table.sql"
	case $language in
		java)
			printf 'import java.io.*;\nimport java.math.*;\nimport java.sql.*;\nimport java.util.*;\nimport org.postgresql.*;\npublic class Page {\npublic static void main(String[] none) throws Exception {\n'
			sed -s "\$a $say" "$section".*.code
			printf '}\n}\n'
			;;
		php)
			echo '<?php'
			sed -s "\$a $say" "$section".*.code
			;;
		*) sed -s "\$a $say" "$section".*.code ;;
	esac >"$program"
	PGDATABASE=$db "$@" "$program" >"$tmp/out" 2>"$tmp/err" </dev/null || rc=$?
	sed -i 's/[[:space:]]*$//' "$tmp/out"
	rm -f "$section".*.printed
	: >"$tmp/diff"
	awk -v section="$section" -v next_one="$next" 'BEGIN { n = 1 } { file = section "." n ".printed" }
		$0 == next_one { printf "" >file; close(file); n++; next } { print >file }' "$tmp/out"
	for block in "$section".*.code; do
		n=${block%.code}
		[ -e "$n.expected" ] || : >"$n.expected"
		[ -e "$n.printed" ] || : >"$n.printed"
		if [ "$rc" -eq 0 ] && [ ! -s "$tmp/err" ] && diff -u "$n.expected" "$n.printed" >"$tmp/diff"; then
			ok "docs/clients.md, $title: block ${n##*.}"
		else
			not_ok "docs/clients.md, $title: block ${n##*.} (exit status $rc)"
			cat "$tmp/err" "$tmp/diff" | remark 40
		fi
	done
}

# unit_tests NAME COMMAND...: tests of a package, some of which must have run
unit_tests()
{
	local name=$1 count

	shift
	if PGDATABASE=$db "$@" >"$tmp/out" 2>&1; then
		count=$(sed -n -e 's/^Ran \([0-9]*\) tests.*/\1/p' -e 's/^\(# \|ℹ \)pass \([0-9]*\)$/\2/p' "$tmp/out")
		if [ "${count:-0}" -gt 0 ]; then
			ok "$name ($count tests)"
			return
		fi
	fi
	not_ok "$name"
	remark 60 <"$tmp/out"
}

driver=$(find /usr/lib -name psqlodbcw.so 2>/dev/null | head -n 1)
printf '[battery]\nDriver=%s\nServername=%s\nPort=%s\nDatabase=%s\nUsername=%s\n' "$driver" "$PGHOST" "${PGPORT:-5432}" $db "$PGUSER" >"$tmp/odbc.ini"
export ODBCINI=$tmp/odbc.ini
jdbc=/usr/share/java/postgresql.jar
node=$(node_modules)
modules=$(php -m 2>/dev/null || true)
sections=0
for section in "$tmp"/page/*.title; do
	section=${section%.title}
	sections=$((sections + 1))
	title=$(cat "$section.title")
	program=$tmp/program
	client=()
	needs=$title
	case $title in
		'psycopg 3') python=$(python_with psycopg) && client=("$python") ;;
		'psycopg 2') python=$(python_with psycopg2) && client=("$python") ;;
		asyncpg) python=$(python_with asyncpg) && client=("$python") ;;
		SQLAlchemy) python=$(python_with sqlalchemy psycopg2) && client=("$python") ;;
		pandas) python=$(python_with pandas sqlalchemy psycopg2) && client=("$python") ;;
		ODBC) python=$(python_with pyodbc) && [ -n "$driver" ] && client=("$python") ;;
		'Node.js: pg' | 'Node.js: postgres')
			program=$node/page.mjs
			[ -z "$node" ] || client=(node)
			;;
		JDBC)
			program=$tmp/Page.java
			if command -v javac >/dev/null && [ -e $jdbc ]; then
				bridge
				client=(env PGSERVICEFILE="$tmp/service" java -cp $jdbc)
			fi
			;;
		'Perl: DBD::Pg') ! perl -MDBD::Pg -e 1 2>/dev/null || client=(perl) ;;
		'PHP: PDO') ! grep -qx pdo_pgsql <<<"$modules" || client=(php) ;;
		'PHP: pgsql') ! grep -qx pgsql <<<"$modules" || client=(php) ;;
		'R: RPostgreSQL' | 'R: RPostgres')
			needs=${title#R: }
			[ -z "$(command -v Rscript)" ] || ! Rscript -e "library($needs)" >/dev/null 2>&1 || client=(Rscript)
			;;
		*) not_ok "docs/clients.md, $title: no client is known" ;;
	esac
	if [ ${#client[@]} -gt 0 ]; then
		run_section "$section" "${client[@]}"
	else
		missing "docs/clients.md, $title" "$needs" "$([ "$title" != 'R: RPostgres' ] || echo never)"
	fi
done
same "docs/clients.md: every block of code is one of a client" \
	"$(grep -c -E '^```(python|js|java|perl|php|r)$' "$page")" "$(find "$tmp/page" -name '*.code' | wc -l)"
same "docs/clients.md: and there are all of them" yes "$([ "$sections" -ge 14 ] && echo yes)"

if [ "${1:-}" = --update ]; then
	awk -v dir="$tmp/page" '
		skip { if (/^```$/) { skip = 0; print } next }
		/^## / && !fence { language = "" }
		/^```(python|js|java|perl|php|r)$/ && !fence {
			if (language == "") { language = $0; section = sprintf("%s/%02d", dir, ++sections); blocks = 0 }
			blocks++ }
		/^```text$/ && !fence && blocks {
			print; file = sprintf("%s.%d.printed", section, blocks)
			if ((getline line <file) >= 0) { do print line; while ((getline line <file) > 0); close(file); skip = 1; next }
			fence = 1; next }
		/^```/ { fence = !fence }
		{ print }' "$page" >"$tmp/updated"
	cat "$tmp/updated" >"$page"
fi

# The packages' own tests.

version=$(sed -n "s/^default_version = '\(.*\)'/\1/p" "$root/battery.control")
same "clients: the packages have the extension's version" "$version $version $version" \
	"$(sed -n -e 's/^version = "\(.*\)"/\1/p' "$root/clients/python/pyproject.toml") $(awk -F '"' '$2 == "version" && n++ < 2 { print $4 }' \
		"$root/clients/node/package.json" | head -n 1) $(awk -F '"' '$2 == "version" { print $4; exit }' "$root/clients/node/package-lock.json")"

for module in values psycopg3 psycopg2 asyncpg sqlalchemy; do
	needed=("$module")
	case $module in
		values) needed=(decimal) ;;
		psycopg3) needed=(psycopg) ;;
		sqlalchemy) needed=(sqlalchemy psycopg2) ;;
	esac
	if python=$(python_with "${needed[@]}"); then
		unit_tests "clients/python: $module" env PYTHONPATH="$PYTHONPATH:$root/clients/python/tests" "$python" "$root/clients/python/tests/test_$module.py"
	else
		missing "clients/python: $module" "${needed[*]}"
	fi
done
if [ -n "$node" ]; then
	unit_tests "clients/node" node --test "$node/test/register.test.js"
else
	missing "clients/node" "pg"
fi
finish
