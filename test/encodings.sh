#!/bin/bash
# Quantities, chemistries and market shares in databases that are not UTF-8.
#
# The bytes are written as escapes, so that what the server reads is what
# stands here.  Expected values: a no-break space, a middle dot and a pound
# sign mean what they mean in UTF-8; a byte that Unicode has no character for
# (0x81 in Windows-1252) makes a text no value, and nothing else fails of it.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

# A database may be in an encoding that no other can be converted from.
export PGCLIENTENCODING=SQL_ASCII

# in_encoding ENCODING SQL EXPECTED [WHAT]
in_encoding()
{
	local db=battery_test_encoding got

	_databases+=("$db")
	psql -X -q -d postgres -c "DROP DATABASE IF EXISTS $db WITH (FORCE)" \
		-c "CREATE DATABASE $db TEMPLATE template0 ENCODING '$1' LOCALE 'C'"
	query $db -c "CREATE EXTENSION battery"
	got=$(query $db -c "$2" 2>&1 | LC_ALL=C tr '\n\200-\377' ' *') || true
	same "$1${4:+: $4}" "$3" "${got% }"
}

questions()
{
	printf "SELECT coalesce(try_capacity_gwh(E'%s')::text, 'refused'), coalesce(try_capacity_gwh(E'%s')::text, 'refused')," "$1" "$2"
	printf " capacity_gwh_problem(E'5 %s') ~ 'invalid input', cost_per_gwh_problem(E'%s5/kWh') ~ 'US dollar'," "$3" "$4"
	printf " total(market_shares(m, 1.5)) FROM (VALUES (E'%s')) v(m)" "$5"
}

in_encoding WIN1252 "$(questions '1.5\xa0TWh' '2 GW\xb7h' '\x81' '\xa3' '\x81 und S\xf6hne')" "1500|2|t|t|1.5"
in_encoding LATIN1 "$(questions '1.5\xa0TWh' '2 GW\xb7h' '\xe4' '\xa3' 'S\xf6hne')" "1500|2|t|t|1.5"
in_encoding EUC_JP "$(questions '1.5\xa1\xa1TWh' '2 GW\xa1\xa6h' '\xf5\xa1' '\xa1\xf2' '\xc6\xfc\xcb\xdc')" "1500|2|t|t|1.5"
# Nothing converts this one to UTF-8; a later server may not have it.
[ "$(psql -X -A -t -d postgres -c "SELECT pg_char_to_encoding('MULE_INTERNAL') >= 0")" != t ] ||
	in_encoding MULE_INTERNAL "$(questions '1.5 TWh' '2 GW\x81\xb7h' '\x81\xb7' '$' '\x81\xf6')" "1500|refused|t||1.5"
in_encoding SQL_ASCII "$(questions '1.5\xc2\xa0TWh' '2 GW\xb7h' '\xff' '\xc2\xa3' '\xff')" "1500|refused|t|t|1.5"

# Printed figures: a no-break space between digits, a raised one, a pound sign,
# a unit that ASCII does not have, and at least, whose sign only Unicode has.
figures()
{
	printf "SELECT (read_figure(E'1%s500 MWh')).value, (read_figure(E'120%s')).sqlstate, (read_figure(E'%s5 billion')).currency," "$1" "$2" "$3"
	printf " encode(convert_to((read_figure(E'25 %sC')).unit, getdatabaseencoding()), 'hex'), encode(convert_to((read_figure('at least 5')).qualifier, getdatabaseencoding()), 'hex')," "$4"
	printf " (read_figure(E'5 \\\\x%s')).value IS NOT NULL OR (read_figure(E'5 \\\\x%s')).problem IS NOT NULL, (read_unit(E'%s/kWh')).unit" "$5" "$5" "$3"
}

in_encoding WIN1252 "$(figures '\xa0' '\xb9' '\xa3' '\xb0' '\x81')" "1.5|22P02|GBP|b043|3e3d|t|GBP/kWh" figures
in_encoding LATIN1 "$(figures '\xa0' '\xb9' '\xa3' '\xb0' '\xe4')" "1.5|22P02|GBP|b043|3e3d|t|GBP/kWh" figures
in_encoding EUC_JP "$(figures '' '\xad\xa1' '\xa1\xf2' '\xa1\xeb' '\xf5\xa1')" "1.5|22P02|GBP|a1eb43|3e3d|t|GBP/kWh" figures
in_encoding SQL_ASCII "$(figures '\xe2\x80\xaf' '\xc2\xb9' '\xc2\xa3' '\xc2\xb0' '\xff')" "1.5|22P02|GBP|c2b043|e289a5|t|GBP/kWh" figures

# a no-break space, an accented letter, a soft hyphen, and what is no chemistry
chemistries()
{
	printf "SELECT coalesce(try_chemistry(E'LFP%s')::text, 'refused'), coalesce(try_chemistry(E'Bollor%s LMP')::text, 'refused'),"  "$1" "$2"
	printf " coalesce(try_chemistry(E'Li%sion')::text, 'refused'), chemistry_problem(E'LFP %s') ~ 'invalid input'," "$3" "$4"
	printf " count(*) > 0, count(*) FILTER (WHERE kind = 'name' AND chemistry IS NULL AND target NOT LIKE 'AN-%%' AND target NOT LIKE 'EL-%%') FROM chemistry_aliases()"
}

in_encoding WIN1252 "$(chemistries '\xa0' '\xe9' '\xad' '\x81')" "LFP|Li-metal-polymer|Li-ion|t|t|0" chemistries
in_encoding LATIN1 "$(chemistries '\xa0' '\xe9' '\xad' '\xe4')" "LFP|Li-metal-polymer|Li-ion|t|t|0" chemistries
in_encoding EUC_JP "$(chemistries '\xa1\xa1' '\x8f\xab\xb1' '\xa1\xbe' '\xc6\xfc')" "LFP|Li-metal-polymer|Li-ion|t|t|0" chemistries
in_encoding SQL_ASCII "$(chemistries '\xff' '\xff' '-' '\xff')" "refused|refused|Li-ion|t|t|0" chemistries

finish
