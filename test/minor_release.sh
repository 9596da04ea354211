#!/bin/bash
# A minor release of the server that changes what C code must do with rows (15.20 and
# its siblings): rows that this library makes carry the version of their type, and a
# library that was built with the headers of the minor release before, as a package
# that nobody rebuilt is, passes the regression suites on this one.
#
# The older headers come from the system's own package sources, where these still have
# them; that part is skipped where they do not.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
config=${PG_CONFIG:-pg_config}
unset REGRESS
own_cluster

# versions LIBRARY: the server refuses a row that it kept while its type was altered
versions()
{
	refused "$1: a cursor's row is refused after its type was altered" 22P07 'server log' "
		BEGIN;
		DECLARE kept CURSOR WITH HOLD FOR SELECT moore(s) FROM series;
		COMMIT;
		ALTER TYPE curve_fit ALTER ATTRIBUTE rss TYPE text;
		FETCH kept;"
	refused "$1: so is a PL/pgSQL variable" 22P07 'server log' "
		DO \$\$
		DECLARE
			kept record;
		BEGIN
			SELECT share_change(before, after) INTO kept FROM markets;
			ALTER TYPE share_change_row ALTER ATTRIBUTE member TYPE bigint;
			RAISE WARNING '%', kept;
		END \$\$;"
}

# prepare NAME: a database with the extension, and what versions() reads
prepare()
{
	db=$1
	create_database "$db"
	query "$db" <<'SQL'
CREATE EXTENSION battery;
CREATE TABLE series AS SELECT cost_series(2000 + q, 1024 * 0.5 ^ (q / 8.0)) AS s FROM generate_series(0, 20) q;
CREATE TABLE markets AS SELECT market_shares('a', 60) AS before, market_shares('b', 40) AS after;
SQL
}

# The setting came with the versions.
versioned=$(query postgres -c "SELECT count(*) FROM pg_settings WHERE name = 'composite_type_mismatch'")
version=$(query postgres -c 'SHOW server_version')
prepare battery_test_minor
if [ "$versioned" = 1 ]; then
	is 'rows of an altered type are refused' error 'SHOW composite_type_mismatch'
	versions "built for $version"
else
	ok "versions of row types # SKIP $version has none"
fi

# The newest older version of the headers
package=postgresql-server-dev-${version%%.*}
older=
if command -v apt-cache >/dev/null && installed=$(dpkg-query -W -f '${Version}' "$package" 2>/dev/null); then
	older=$(apt-cache madison "$package" | awk -F ' *\\| *' -v installed="$installed" '$2 != installed { print $2 }' |
		while read -r v; do ! dpkg --compare-versions "$v" lt "$installed" || echo "$v"; done | sort -rV | head -n 1)
fi
mkdir "$tmp/old"
if [ -z "$older" ]; then
	ok "built on the minor release before # SKIP the package sources have no older $package"
	finish
	exit
elif ! (cd "$tmp/old" && apt-get download -q "$package=$older" && dpkg-deb -x "$package"_*.deb .) >"$tmp/out" 2>&1; then
	ok "built on the minor release before # SKIP $package $older cannot be downloaded"
	remark <"$tmp/out"
	finish
	exit
fi

headers=$tmp/old$("$config" --includedir-server | sed 's|.*\(/usr/include/\)|\1|')
cat >"$tmp/old/pg_config" <<EOF
#!/bin/sh
case \$* in
	--includedir-server) echo '$headers' ;;
	*) exec '$(command -v "$config")' "\$@" ;;
esac
EOF
chmod +x "$tmp/old/pg_config"
cp -a "$root" "$tmp/checkout"
run "the library is built with the headers of $package $older" 0 make -C "$tmp/checkout" PG_CONFIG="$tmp/old/pg_config" with_llvm=no clean battery.so
same 'they are those of another minor release' yes \
	"$(grep -q "PG_VERSION \"${version%% *}[\" ]" "$headers/pg_config.h" && echo no || echo yes)"
same 'it needs the same functions of the server' "$(nm -D -u "$("$bin/pg_config" --pkglibdir)/battery.so" | sort)" "$(nm -D -u "$tmp/checkout/battery.so" | sort)"
cp "$tmp/checkout/battery.so" "$cluster/battery.so"
chmod 755 "$cluster/battery.so"

# use_older DATABASE: the extension's functions there are those of the older build
use_older()
{
	query "$1" -c "UPDATE pg_proc SET probin = '$cluster/battery' WHERE probin = '\$libdir/battery'"
}
prepare battery_test_minor_versions
use_older "$db"
if [ "$versioned" = 1 ]; then
	versions "built for $older"
fi
prepare battery_test_minor_suites
query "$db" -c 'DROP TABLE series, markets'
use_older "$db"
suites=$(cd "$root/sql" && printf '%s ' *.sql | sed 's/\.sql//g')
run "the regression suites, on $version" 0 env -u PGOPTIONS make -C "$root" PG_CONFIG="$bin/pg_config" with_llvm=no installcheck REGRESS="$suites" \
	REGRESS_OPTS="--use-existing --dbname=$db --inputdir=. --outputdir=$tmp"
[ ! -s "$tmp/regression.diffs" ] || remark 60 <"$tmp/regression.diffs"
same 'all of them ran' 1 "$(grep -c "All $(wc -w <<<"$suites") tests passed" "$tmp/out")"
same 'with the older library' 0 "$(query "$db" -c "SELECT count(*) FROM pg_proc WHERE probin = '\$libdir/battery'")"
finish
