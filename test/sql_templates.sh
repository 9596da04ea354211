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
--	more = of the template

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
	"before|outer a a, it''s {name} & \\1 = -- @inner|inner a of the template||no extra|after" \
	"$(printf '%s\n' before '-- @outer' $'--\tname = a' $'--\ttext = it'\'''\''s {name} & \1 = -- @inner' after | expand | paste -sd '|')"
same "a value is for one declaration, at the end of a part too" \
	"outer a a, b|inner a of the template||extra c|outer d d, e|inner d of the template||no extra" \
	"$(printf '%s\n' '-- @outer' $'--\tname = a' $'--\ttext = b' $'--\textra = c' '-- @outer' $'--\tname = d' $'--\ttext = e' | expand | paste -sd '|')"
same "a key without a value is an error, which is named" "fails|src/sql/outer.sql.in: no value for {text}" \
	"$(printf '%s\n' '-- @outer' $'--\tname = a' | expand | grep -E '^fails|no value' | sort | paste -sd '|')"
same "a value that nothing asks for is an error" "fails" \
	"$(printf '%s\n' '-- @inner' $'--\tname = a' $'--\tmore = b' $'--\tmroe = c' | expand | tail -n 1)"
same "a template that is not there is an error" "fails" "$(echo '-- @nosuch' | expand | tail -n 1)"
same "other comments are SQL" "-- @ see there|--	x = y|-- @Outer" "$(printf '%s\n' '-- @ see there' $'--\tx = y' '-- @Outer' | expand | paste -sd '|')"

# Each awk of this machine makes the same script.
parts=$(cd "$top" && sed -n '/^SQL_PARTS/,/[^\\]$/p' Makefile | tail -n +2 | tr -d '\\\n')
for program in awk mawk gawk original-awk 'busybox awk'; do
	if command -v "${program%% *}" >/dev/null; then
		# shellcheck disable=SC2086
		(cd "$top" && $program -f src/sql/expand.awk $parts) >"$tmp/script.sql"
		if cmp -s "$tmp/script.sql" "$top"/battery--[0-9]*.sql; then
			ok "$program makes the install script"
		else
			not_ok "$program makes the install script"
		fi
	fi
done
if grep -nE '^-- @|\{[a-z_]+\}' "$tmp/script.sql" | remark; then
	not_ok "nothing in it is left to be filled in"
else
	ok "nothing in it is left to be filled in"
fi

finish
