#!/bin/bash
# What "make install" leaves on a machine works by itself: the commands set up the
# schema industry and load a report and a workbook when no checkout is there any
# more.  "make uninstall" takes all of it away.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
config=${PG_CONFIG:-pg_config}
stage=$tmp/stage
db=battery_test_install
create_database $db

# Installed from a copy, as a package is made (DESTDIR); then the copy goes.
cp -a "$root" "$tmp/checkout"
mkdir "$tmp/files"
cp "$root"/data/industry/{publisher,source,maker,maker_alias,maker_share.sne-2024-02-07}.csv "$tmp/files"
make_there()
{
	make -C "$tmp/checkout" PG_CONFIG="$config" with_llvm=no DESTDIR="$stage" "$@"
}
run 'make install' 0 make_there install
find "$stage" -type f | sort >"$tmp/installed"
cp -a "$tmp/checkout" "$tmp/kept"
rm -rf "$tmp/checkout"
commands=$stage$("$config" --bindir)
if grep -l -F "$root" "$commands"/*; then
	not_ok 'no installed command names the checkout'
else
	ok 'no installed command names the checkout'
fi

unset BATTERY_ROOT PG_CONFIG
cd "$tmp/files"
PATH=$commands:$PATH
run 'the path has the installed command' 0 test "$(command -v battery-load)" = "$commands/battery-load"
run 'battery-industry setup' 0 battery-industry setup -d $db
says 'it is set up' 'is set up'
run 'a link to battery-industry' 0 ln -s "$commands/battery-industry" "$tmp/linked"
run 'battery-industry status, by a link' 0 "$tmp/linked" status -d $db
run 'battery-industry upgrade --again' 0 battery-industry upgrade --again -d $db
run 'battery-industry sql' 0 battery-industry sql
same 'it is the script that is installed for psql -f' "$(sha256sum <"$stage$("$config" --sharedir)/extension/industry.sql")" "$(sha256sum <"$tmp/out")"

cat >manifest.csv <<'CSV'
kind,file,source
publisher,publisher.csv,
source,source.csv,
maker,maker.csv,
maker_alias,maker_alias.csv,
maker_share,maker_share.sne-2024-02-07.csv,sne-2024-02-07
CSV
run 'battery-rollup setup' 0 battery-rollup setup -d $db
run 'battery-rollup sql' 0 battery-rollup sql
run 'battery-load --manifest' 0 battery-load -d $db --manifest=manifest.csv
# the report: 36.8 % of 705.5 GWh, 2023
is 'what it loaded' '36.8|259.7' \
	"SELECT share_pct, amount FROM industry.current_maker_share WHERE maker = 'CATL' AND period_first = '2023-01-01'"
if /usr/bin/python3 -c 'import openpyxl' 2>/dev/null; then
	/usr/bin/python3 - <<'PY'
import openpyxl
book = openpyxl.Workbook()
book.active.append(['maker', 'name', 'country', 'kind'])
book.active.append(['Saft', 'Saft Groupe', 'FR', 'company'])
book.save('makers.xlsx')
PY
	run 'battery-load of a workbook, by the battery-sheet beside it' 0 battery-load -d $db maker makers.xlsx
	is 'what it loaded from the workbook' 'Saft Groupe|FR' "SELECT name, country FROM industry.maker WHERE maker = 'Saft'"
else
	ok 'battery-load of a workbook # SKIP python3-openpyxl is not there'
fi

# The page needs a library that npm fetches; what it needs of ours is there.
run 'battery-dashboard finds its parts, and says that the library is missing' 6 env PATH="$commands:/usr/bin:/bin" npm_config_offline=true npm_config_cache="$tmp/npm" \
	battery-dashboard -d $db --libraries="$tmp/libraries" --output="$tmp/page.html"
says 'and where' "$tmp/libraries"

# A command that is alone says what it looks for.
mkdir "$tmp/alone"
cp "$commands/battery-industry" "$tmp/alone"
printf '#!/bin/sh\necho /nowhere\n' >"$tmp/alone/pg_config"
chmod 755 "$tmp/alone/pg_config"
run 'without its files battery-industry is refused' 2 env PATH="$tmp/alone:/usr/bin:/bin" "$tmp/alone/battery-industry" status -d $db
says 'and says how to find them' 'let PG_CONFIG name the pg_config'

mkdir -p "$tmp/prefix/bin" "$tmp/prefix/share/extension"
cp "$commands/battery-industry" "$tmp/prefix/bin"
cp -R "$stage$("$config" --sharedir)/extension/battery-industry" "$tmp/prefix/share/extension"
run 'in a prefix of its own it needs no pg_config' 0 env PATH="$tmp/alone:/usr/bin:/bin" "$tmp/prefix/bin/battery-industry" status -d $db

cd /
mv "$tmp/kept" "$tmp/checkout"
run 'make uninstall' 0 make_there uninstall
same 'nothing of it is left' "of $(wc -l <"$tmp/installed") files 0" "of $(wc -l <"$tmp/installed") files $(find "$stage" -type f | wc -l)"
finish
