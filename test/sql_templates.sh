#!/bin/bash
# The program that makes the install script out of its parts and templates.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$tmp/src"
cp -r "$top/src/sql" "$tmp/src"
cat >"$tmp/src/sql/outer.sql.in" <<'TEMPLATE'
# a note
outer {name} {name}, {text}
-- @inner
--	more = of the template's {name}

{if extra}
extra {extra}
{end}
{if !extra}
no extra
{end}
TEMPLATE
echo 'inner {name} {more}' >"$tmp/src/sql/inner.sql.in"

# expand FILE: the file of standard input, expanded, with its messages
expand()
{
	cat >"$tmp/part.sql"
	(cd "$tmp" && awk -f src/sql/expand.awk part.sql 2>&1) || echo "fails"
}

same "a declaration is replaced, and what stands in values is left alone" \
	"before|outer a a, it''s {name} & \\1 = -- @inner|inner a of the template's a||no extra|after" \
	"$(printf '%s\n' before '-- @outer' $'--\tname = a' $'--\ttext = it'\'''\''s {name} & \1 = -- @inner' after | expand | paste -sd '|')"
same "a value is for one declaration, at the end of a part too" \
	"outer a a, b|inner a of the template's a||extra c|outer d d, e|inner d of the template's d||no extra" \
	"$(printf '%s\n' '-- @outer' $'--\tname = a' $'--\ttext = b' $'--\textra = c' '-- @outer' $'--\tname = d' $'--\ttext = e' | expand | paste -sd '|')"
same "a key without a value is an error, which is named" "fails|src/sql/outer.sql.in: no value for {text}" \
	"$(printf '%s\n' '-- @outer' $'--\tname = a' | expand | grep -E '^fails|no value' | sort | paste -sd '|')"
same "a value that nothing asks for is an error" "fails" \
	"$(printf '%s\n' '-- @inner' $'--\tname = a' $'--\tmore = b' $'--\tmroe = c' | expand | tail -n 1)"
same "a template that is not there is an error" "fails" "$(echo '-- @nosuch' | expand | tail -n 1)"
same "other comments are SQL" "-- @ see there|--	x = y|-- @Outer" "$(printf '%s\n' '-- @ see there' $'--\tx = y' '-- @Outer' | expand | paste -sd '|')"

# What newer servers alone have
cat >"$tmp/src/sql/newer.sql.in" <<'TEMPLATE'
all {name}
-- @server 18
of 18 {name}
-- @end
TEMPLATE
printf '%s\n' first '-- @newer' $'--\tname = a' 'CREATE AGGREGATE b (' $'\tSFUNC = f,' $'\t-- @server 19' $'\tSSPACE = -1,' $'\t-- @end' \
	$'\t-- @server 21' $'\tNEW,' $'\t-- @end' $'\tSTYPE = s' ');' 'CREATE AGGREGATE c (' $'\tSTYPE = s' ');' \
	'-- @server 19' 'CREATE AGGREGATE d ();' '-- @inner' $'--\tname = x' $'--\tmore = y' '-- @end' last >"$tmp/newer.sql"
# step N: the part above, for that step
step()
{
	(cd "$tmp" && awk -v step="$1" -f src/sql/expand.awk newer.sql 2>&1 | tr '\t' ' ') || echo "fails"
}
same "the script for all servers is without it" \
	"first|all a|CREATE AGGREGATE b (| SFUNC = f,| STYPE = s|);|CREATE AGGREGATE c (| STYPE = s|);|last" "$(step 0 | paste -sd '|')"
# shellcheck disable=SC2028
same "a step has the statements of its server" '\echo Use "ALTER EXTENSION battery UPDATE" to load this file. \quit|of 18 a' "$(step 18 | paste -sd '|')"
same "and the aggregates that have lines of it, as they are there" \
	"CREATE OR REPLACE AGGREGATE b (| SFUNC = f,| SSPACE = -1,| STYPE = s|);|CREATE AGGREGATE d ();|inner x y" "$(step 19 | tail -n +2 | paste -sd '|')"
same "in the next step, with those of the step before" \
	"CREATE OR REPLACE AGGREGATE b (| SFUNC = f,| SSPACE = -1,| NEW,| STYPE = s|);" "$(step 21 | tail -n +2 | paste -sd '|')"
same "what is begun must end" "fails" "$(printf '%s\n' '-- @server 18' a | expand | tail -n 1)"
same "and the other way round" "fails" "$(printf '%s\n' a '-- @end' | expand | tail -n 1)"
same "once at a time" "fails" "$(printf '%s\n' '-- @server 18' '-- @server 19' '-- @end' | expand | tail -n 1)"

# Each awk of this machine makes the same script.
parts=$(cd "$top" && sed -n '/^SQL_PARTS/,/[^\\]$/p' Makefile | tail -n +2 | tr -d '\\\n')
version=$(sed -n "s/^default_version = '\(.*\)'/\1/p" "$top/battery.control")
for program in awk mawk gawk original-awk 'busybox awk'; do
	if command -v "${program%% *}" >/dev/null; then
		# shellcheck disable=SC2086
		(cd "$top" && $program -f src/sql/expand.awk $parts) >"$tmp/script.sql"
		if cmp -s "$tmp/script.sql" "$top/battery--$version.sql"; then
			ok "$program makes the install script"
		else
			not_ok "$program makes the install script"
		fi
	fi
done
if cat "$top"/battery--"$version"*.sql | grep -nE '^-- @|\{[a-z_]+\}' | remark; then
	not_ok "nothing in it is left to be filled in"
else
	ok "nothing in it is left to be filled in"
fi

# The default version is the one that the last step leads to.
default=$(sed -n "s/^default_version = '\(.*\)'/\1/p" "$top/control/battery.control")
major=$("${PG_CONFIG:-pg_config}" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
last=$(cd "$top/src" && sed -n 's/^[[:blank:]]*-- @server \([0-9]*\)$/\1/p' -- */*.sql sql/*.sql.in | awk -v major="$major" '$1 <= major' | sort -n | tail -n 1)
same "the default version on $major" "$version${last:++pg$last}" "$default"
path=$(query postgres -c "SELECT coalesce(string_agg(path, ''), 'none needed') FROM pg_extension_update_paths('battery') WHERE source = '$version' AND target = '$default' AND source <> target")
same "to which there is a path from the one of all servers" "$([ -z "$last" ] && echo 'none needed' || echo "$default")" "${path##*--}"
same "and it is what CREATE EXTENSION makes" "$default" "$(query postgres -c "SELECT default_version FROM pg_available_extensions WHERE name = 'battery'")"

finish
