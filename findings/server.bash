# For findings about a server: PostgreSQL 15.20 (Debian 15.20-0+deb12u1), taken from its
# packages, in a temporary folder and without an address.  Sets dir, version and ask;
# start_server takes settings as -c NAME=VALUE.
version=15.20-0+deb12u1
dir=$(mktemp -d /tmp/finding.XXXXXX)
bin=$dir/root/usr/lib/postgresql/15/bin
server=()
if [ "$EUID" -eq 0 ]; then
	server=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
trap '"${server[@]}" "$bin/pg_ctl" -D "$dir/run/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT

start_server()
{
	cd "$dir"
	apt-get download -q "postgresql-15=$version" "postgresql-client-15=$version" libpq5 libxml2 libldap-2.5-0 libsasl2-2 libicu72 >log 2>&1 || { cat log; exit 2; }
	for deb in *.deb; do
		dpkg -x "$deb" root
	done
	LD_LIBRARY_PATH=$dir/$(dirname "$(find root -name libpq.so.5)")
	export LD_LIBRARY_PATH
	chmod 755 "$dir"
	mkdir -m 777 run
	"${server[@]}" "$bin/initdb" -D "$dir/run/data" -U postgres -A trust -N >log 2>&1 || { cat log; exit 2; }
	"${server[@]}" "$bin/pg_ctl" -D "$dir/run/data" -l "$dir/run/log" -w -o "-c listen_addresses= -c unix_socket_directories=$dir/run -c jit=off $*" start >log 2>&1 || { cat log; exit 2; }
	ask postgres -c 'SELECT version()'
}

# ask DATABASE ARGUMENT...
ask()
{
	"$bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$dir/run" -U postgres -d "$@"
}
