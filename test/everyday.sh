#!/bin/bash
# Every line of docs/everyday-sql.md: what works gives what is shown, what does not
# is an error, and what is to be written instead gives what is shown.
#
#	test/everyday.sh [--update]	writes what was given into the page
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
page=$root/docs/everyday-sql.md
db=battery_test_everyday
create_database $db
query $db -c "CREATE EXTENSION battery"
awk '/^```sql$/ { on = 1; next } /^```$/ { on = 0 } on' "$page" >"$tmp/table.sql"
query $db <"$tmp/table.sql"

# gives SQL: rows apart by "; ", columns by ", "
gives()
{
	psql -X -q -A -t -F ', ' -v ON_ERROR_STOP=1 -d $db <<<"$1;" 2>&1 | awk '{ printf "%s%s", (NR > 1 ? "; " : ""), $0 } END { print "" }'
}

works=0
instead=0
: >"$tmp/page"
while IFS= read -r line; do
	rest=${line//\\|/$'\001'}
	IFS='|' read -r _ what first second third _ <<<"$rest"
	if [[ $first = ' `'* ]]; then
		[ -n "${third// /}" ] || third=$'\002'
		if [[ $second = ' `'* ]]; then
			instead=$((instead + 1))
			sql=${first# \`}
			sql=${sql%\` }
			said=$(psql -X -q -A -t -v VERBOSITY=verbose -d $db <<<"${sql//$'\001'/|};" 2>&1 >/dev/null | sed -n 's/^ERROR:  \([0-9A-Z]*\):.*/\1/p')
			# undefined function, ambiguous function, what cannot be decided
			case $said in
				42883 | 42725) ok "$what does not do" ;;
				*) not_ok "$what does not do: ${said:-it works}" ;;
			esac
			sql=${second# \`}
			shown=$third
		else
			works=$((works + 1))
			sql=${first# \`}
			shown=$second
		fi
		sql=${sql%\` }
		got=$(gives "${sql//$'\001'/|}")
		got=${got//|/\\|}
		if [ "${1:-}" = --update ]; then
			if [[ $second = ' `'* ]]; then
				line="|$what|$first|$second| $got |"
			else
				line="|$what|$first| $got |"
			fi
			line=${line//$'\001'/\\|}
		else
			shown=${shown# }
			same "$what" "$got" "${shown% }"
		fi
	fi
	printf '%s\n' "$line" >>"$tmp/page"
done <"$page"
if [ "$((works + instead))" -ge 60 ]; then
	ok "$works idioms that work, $instead with what to write instead"
else
	not_ok "$works idioms that work, $instead with what to write instead"
fi
[ "${1:-}" != --update ] || cp "$tmp/page" "$page"
finish
