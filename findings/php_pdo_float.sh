#!/bin/bash
# PHP 8.2.36 (Debian 8.2.36-1~deb12u1), PDO for PostgreSQL, and a parameter that is a float.
#
# Input: the float 1234.567890123456, bound to a parameter, and a server (made here, of
# as much of the protocol as that takes) that prints what it was sent.
# Expected: a text that reads back as the same double, as var_export and json_encode of
# this PHP write it.
# Seen: 1234.5678901235.  A float goes out with as many digits as the setting "precision"
# says, which is 14 in PHP itself and in php.ini as it is delivered; 9007199254740994.0
# goes out as 9.007199254741E+15.
#
# Exit status 0: still so; 1: it behaves otherwise now; 2: could not be run.
set -euo pipefail

version=8.2.36-1~deb12u1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -q "php8.2-cli=$version" "php8.2-common=$version" "php8.2-pgsql=$version" \
	libargon2-1 libpcre2-8-0 libpq5 libsodium23 libxml2 >log 2>&1 || { cat log; exit 2; }
for deb in *.deb; do
	dpkg -x "$deb" root
done
LD_LIBRARY_PATH=$dir/$(dirname "$(find root -name libpq.so.5)")
export LD_LIBRARY_PATH
php=("$dir/root/usr/bin/php8.2" -n -d extension_dir="$dir/$(dirname "$(find root -name pdo_pgsql.so)")" -d extension=pdo -d extension=pdo_pgsql)
[[ $("${php[@]}" -m 2>&1) = *pdo_pgsql* ]] || { "${php[@]}" -m; exit 2; }

cat >server.pl <<'PERL'
use strict;
use warnings;
use IO::Socket::INET;
$| = 1;
my $listen = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 0, Listen => 1) or die "no port: $!";
open(my $port, '>', 'port.new') or die $!;
print $port $listen->sockport;
close $port;
rename 'port.new', 'port';
my $client = $listen->accept;
sub get { my ($n) = @_; my $all = ''; while (length $all < $n) { sysread($client, $all, $n - length $all, length $all) or exit } $all }
sub put { my ($type, $body) = @_; syswrite($client, $type . pack('N', 4 + length $body) . $body) }
get(unpack('N', get(4)) - 4);
put('R', pack('N', 0));
put('S', "client_encoding\0UTF8\0");
put('Z', 'I');
for (;;)
{
	my ($type, $length) = unpack('aN', get(5));
	my $body = get($length - 4);
	if ($type eq 'P') { put('1', '') }
	elsif ($type eq 'B')
	{
		my @bound = unpack('Z* Z* n/n n/(N/a)', $body);
		print "$bound[-1]\n";
		put('2', '');
	}
	elsif ($type eq 'D') { put('n', '') }
	elsif ($type eq 'E') { put('C', "SELECT 0\0") }
	elsif ($type eq 'Q') { put('C', "DEALLOCATE\0"); put('Z', 'I') }
	elsif ($type eq 'S') { put('Z', 'I') }
	elsif ($type eq 'X') { exit }
}
PERL
perl server.pl >sent &
server=$!
for _ in $(seq 50); do
	[ ! -e port ] || break
	sleep 0.1
done
timeout 60 "${php[@]}" -r '
$db = new PDO("pgsql:host=127.0.0.1;port=" . file_get_contents("port") . ";user=u;dbname=d;sslmode=disable;gssencmode=disable");
$db->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$insert = $db->prepare("INSERT INTO t VALUES (?)");
foreach ([1234.567890123456, 9007199254740994.0] as $x) { $insert->execute([$x]); echo var_export($x, true), "\n"; }
' >written || { cat written; kill "$server" 2>/dev/null; exit 2; }
wait "$server" || true
paste -d ' ' written sent | tee out
printf '%s\n' '1234.567890123456 1234.5678901235' '9007199254740994.0 9.007199254741E+15' >seen
if cmp -s seen out; then
	echo "as found: a float parameter goes out with 14 digits"
else
	echo "not as found any more"
	exit 1
fi
