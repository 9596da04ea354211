#!/bin/bash
# What distributions get: META.json is as PGXN's specification asks, the archive of
# "make dist" builds and installs by PGXN's own client, out of the tree and alone, and
# Debian's files name the versions that the commands support.  (test/deb builds and
# tests Debian's packages.)
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
config=${PG_CONFIG:-pg_config}
version=$(sed -n "s/^default_version = '\(.*\)'/\1/p" "$root/battery.control")

# https://pgxn.org/meta/spec.html: what is required, and what kind of text it is
run 'META.json is as the specification of PGXN asks' 0 /usr/bin/python3 - "$root" "$version" <<'PY'
import json, os, re, sys
root, version = sys.argv[1:]
meta = json.load(open(os.path.join(root, 'META.json'), encoding='utf-8'))
semver = re.compile(r'(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?$')
licences = {'agpl_3', 'apache_1_1', 'apache_2_0', 'artistic_1', 'artistic_2', 'bsd', 'freebsd', 'gpl_1', 'gpl_2', 'gpl_3', 'lgpl_2_1', 'lgpl_3_0',
            'mit', 'mozilla_1_0', 'mozilla_1_1', 'postgresql', 'qpl_1_0', 'ssleay', 'sun', 'zlib', 'open_source', 'restricted', 'unrestricted', 'unknown'}
for key in ('name', 'version', 'abstract', 'maintainer', 'license', 'provides', 'meta-spec'):
    assert meta.get(key), key + ' is missing'
assert re.fullmatch(r'[^\s/\\]{2,}', meta['name'])
assert semver.match(meta['version']) and meta['version'] == version, 'version'
assert meta['license'] in licences
assert meta['meta-spec']['version'] == '1.0.0'
assert all(isinstance(m, str) and m for m in meta['maintainer'])
assert all(isinstance(t, str) and 0 < len(t) < 256 for t in meta['tags'])
assert meta.get('release_status', 'stable') in ('stable', 'testing', 'unstable')
for name, what in meta['provides'].items():
    assert semver.match(what['version']) and what['version'] == version, name
    for key in ('file', 'docfile'):
        assert os.path.exists(os.path.join(root, what[key])), what[key]
for phase in meta['prereqs'].values():
    for packages in phase.values():
        assert all(semver.match(v) for v in packages.values())
PY

# supported versions, and debian/control from control.in as pg_buildext makes it
supported=$(sed -n 's/^BATTERY_OLDEST=\([0-9]*\)$/\1/p; s/^BATTERY_NEWEST=\([0-9]*\)$/\1/p' "$root/bin/lib.sh" | xargs seq)
same "debian/pgversions has the versions that bin/lib.sh supports" "$supported" "$(cat "$root/debian/pgversions")"
awk -v versions="$(xargs <<<"$supported")" '
	BEGIN { RS = ""; n = split(versions, v, " ") }
	/^Package: [^\n]*PGVERSION/ { for (i = 1; i <= n; i++) { p = $0; gsub("PGVERSION", v[i], p); printf "%s%s", sep, p; sep = "\n\n" } next }
	{ gsub("PGVERSION", v[n]); printf "%s%s", sep, $0; sep = "\n\n" }
	END { print "" }' "$root/debian/control.in" >"$tmp/control"
run 'debian/control is made of control.in' 0 diff -u "$root/debian/control" "$tmp/control"
same 'its packages' "$(xargs -n 1 printf 'postgresql-%s-battery ' <<<"$supported")battery-tools" "$(sed -n 's/^Package: //p' "$root/debian/control" | xargs)"
same 'debian/changelog is of this version' "$version" "$(sed -n '1s/^battery (\(.*\)-[0-9]*).*/\1/p' "$root/debian/changelog")"
same 'PostgreSQL of the Containerfile is supported' yes "$(grep -qx "$(sed -n 's/^ARG PG_MAJOR=//p' "$root/Containerfile")" <<<"$supported" && echo yes)"

# The archive is of what is committed.
archive=$tmp/source/dist/battery-$version.zip
if ! command -v git >"$tmp/out"; then
	for name in 'make dist' "PGXN's client" 'VPATH'; do
		ok "$name # SKIP git is not there"
	done
	finish
	exit
fi
if [ -d "$root/.git" ] || [ -f "$root/.git" ]; then
	git clone -q --no-hardlinks "$root" "$tmp/source"
else
	cp -a "$root" "$tmp/source"
	make -C "$tmp/source" PG_CONFIG="$config" with_llvm=no clean >"$tmp/out" 2>&1
	git -C "$tmp/source" init -q
	git -C "$tmp/source" add -A
	git -C "$tmp/source" -c user.name=test -c user.email=test@battery.example commit -q -m 'what is tested'
fi
run 'make dist' 0 make -C "$tmp/source" PG_CONFIG="$config" dist
# with the modes that the archive has
run 'its archive is a zip with one directory' 0 /usr/bin/python3 - "$archive" "$tmp" "battery-$version/" <<'PY'
import os, sys, zipfile
archive, to, directory = sys.argv[1:]
with zipfile.ZipFile(archive) as z:
    assert z.testzip() is None
    for info in z.infolist():
        assert info.filename.startswith(directory), info.filename
        z.extract(info, to)
        if not info.is_dir() and info.external_attr >> 16:
            os.chmod(os.path.join(to, info.filename), info.external_attr >> 16 & 0o777)
PY
tree=$tmp/battery-$version

# Out of the tree, which cannot be written into
mkdir "$tmp/vpath"
find "$tree" -type f | sort >"$tmp/before"
chmod -R a-w "$tree"
build()
{
	make -C "$tmp/vpath" -f "$tree/Makefile" VPATH="$tree" PG_CONFIG="$config" with_llvm=no COPT=-O0 "$@"
}
run 'VPATH: it builds in a directory of its own' 0 build -j 2 all
run 'VPATH: and installs from there' 0 build DESTDIR="$tmp/stage" install
find "$tree" -type f | sort >"$tmp/after"
same 'VPATH: nothing is written beside the sources' "$(sha256sum <"$tmp/before")" "$(sha256sum <"$tmp/after")"
same 'VPATH: it is the same install script' "$(sha256sum <"$root/battery--$version.sql")" "$(sha256sum <"$tmp/stage$("$config" --sharedir)/extension/battery--$version.sql")"
run 'for packages, the extension alone' 0 build DESTDIR="$tmp/alone" BATTERY_TOOLS=no install
run 'and the commands alone' 0 build DESTDIR="$tmp/tools" TOOLS_PREFIX=/usr install-tools
(cd "$tmp/stage" && find . -type f ! -path '*/battery-industry/*' ! -path '*/battery-rollup/*' ! -path '*/bin/*' ! -name industry.sql ! -name rollup.sql | sort) >"$tmp/extension"
(cd "$tmp/alone" && find . -type f | sort) >"$tmp/alone.list"
run 'they have each its own' 0 diff "$tmp/extension" "$tmp/alone.list"
(cd "$tmp/stage$("$config" --bindir)" && ls) >"$tmp/commands"
run 'all commands' 0 diff "$tmp/commands" <(ls "$tmp/tools/usr/bin")
chmod -R u+w "$tree"
db=battery_test_packages
create_database $db
run 'the commands work without the server package, and know the names' 0 env -u PG_CONFIG "$tmp/tools/usr/bin/battery-industry" setup --with-names -d $db
is 'CATL is known' 'Contemporary Amperex Technology Co. Limited' "SELECT name FROM industry.maker WHERE maker = 'CATL'"
query $db -c "UPDATE industry.maker SET name = 'our name for it' WHERE maker = 'CATL'" -c "DELETE FROM industry.maker_alias WHERE alias = 'Ningde era'"
run 'once more' 0 "$tmp/tools/usr/bin/battery-industry" setup --with-names -d $db
is 'brings what is not there, and leaves what is' 'our name for it|1' \
	"SELECT name, (SELECT count(*) FROM industry.maker_alias WHERE alias = 'Ningde era') FROM industry.maker WHERE maker = 'CATL'"
query $db -c "UPDATE industry.schema_version SET version = '0.9.0'" >"$tmp/out" 2>&1 || true
run 'an older schema is upgraded first' 4 "$tmp/tools/usr/bin/battery-industry" setup --with-names -d $db
says 'it says so' 'use upgrade'
run 'battery-rollup too' 0 env -u PG_CONFIG "$tmp/tools/usr/bin/battery-rollup" setup -d $db
run '--with-names goes with setup' 2 "$tmp/tools/usr/bin/battery-industry" status --with-names -d $db

# by the program that users of PGXN have
if command -v pgxn >"$tmp/out"; then
	run "PGXN's client builds and installs it" 0 env HOME="$tmp" DESTDIR="$tmp/pgxn" MAKEFLAGS='-j2 -- with_llvm=no COPT=-O0' \
		pgxn install --sudo env --pg_config "$(command -v "$config")" "$archive"
	run 'all of it' 0 diff <(cd "$tmp/stage" && find . -type f | sort) <(cd "$tmp/pgxn" && find . -type f | sort)
else
	ok "PGXN's client builds and installs it # SKIP pgxnclient is not there"
fi
finish
