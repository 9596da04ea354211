#!/bin/bash
# The C files are as pgindent lays them out, with the types of typedefs.list.
#
#	test/indent.sh [--needed | --write]
#
# --needed: pgindent must be there; --write: bring the files into that layout.
#
# pgindent comes with postgresql-server-dev-17 and later; BATTERY_PGINDENT names
# another.  It looks at a copy in which every file ends with a declaration that is
# laid out badly: a file in which that has not been mended was not looked at.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# Types of the server's list that are names of something else here
not_types='GROUP|symbol'

find_pgindent()
{
	local file

	for file in ${BATTERY_PGINDENT:+"$BATTERY_PGINDENT"} "$("${PG_CONFIG:-pg_config}" --bindir)/pgindent" \
		$(ls -rv /usr/lib/postgresql/*/bin/pgindent 2>/dev/null) "$(command -v pgindent)"; do
		if [ -x "$file" ] && [ -x "${file%/*}/pg_bsd_indent" ]; then
			pgindent=$file
			return 0
		fi
	done
	return 1
}

# typedefs FILE...: the names that typedef declares in them
typedefs()
{
	perl -0777 -ne '
		s{/\*.*?\*/|//[^\n]*}{ }gs;
		s/^\s*#(?:[^\n]*\\\n)*[^\n]*//mg;
		while (/\btypedef\b/g)
		{
			my ($depth, $text) = (0, "");
			while (/\G(.)/gcs)
			{
				$depth++ if $1 eq "{";
				$depth-- if $1 eq "}";
				last if $1 eq ";" && $depth == 0;
				$text .= $1 if $depth == 0;
			}
			# a function or a pointer to one, an array, or a plain name
			$text =~ /\(\s*\*\s*(\w+)\s*\)/ or $text =~ /(\w+)\s*\([^()]*\)\s*$/ or
				$text =~ /(\w+)\s*(?:\[[^]]*\]\s*)*$/ or die "$ARGV: which name? $text\n";
			print "$1\n";
		}' "$@" | LC_ALL=C sort -u
}

shopt -s globstar
cd "$root"
files=(src/**/*.[ch])

cat >"$tmp/sample.c" <<'C'
/* typedef int Comment; */
typedef struct Sample
{
	int			a;				/* typedef */
} Sample;
typedef enum {A, B} Choice;
typedef int (*Callback) (int a, void *b);
typedef int Function(int a);
typedef uint64 Words[4];
typedef const char *Name;
C
same "typedefs are found in each form" "Callback
Choice
Function
Name
Sample
Words" "$(typedefs "$tmp/sample.c")"
if diff <(typedefs "${files[@]}") typedefs.list >"$tmp/diff"; then
	ok "typedefs.list has the types of the C files, and no others"
elif [ "${1:-}" = --write ]; then
	typedefs "${files[@]}" >typedefs.list
	ok "typedefs.list has been made from the C files"
else
	not_ok "typedefs.list has the types of the C files (<), and no others (>)"
	remark 200 <"$tmp/diff"
fi

if ! find_pgindent; then
	if [ $# -gt 0 ]; then
		not_ok "pgindent is not installed"
	else
		ok "pgindent # SKIP pgindent is not installed"
	fi
	finish
	exit
fi

cp -R src "$tmp"
grep -vxE "$not_types" "${PGTYPEDEFS:-$("${pgindent%/*}/pg_config" --sharedir)/typedefs.list}" |
	LC_ALL=C sort -u - typedefs.list >"$tmp/typedefs"
cd "$tmp"
for file in "${files[@]}"; do
	printf '\nint   planted ( void );\n' >>"$file"
done
rc=0
"$pgindent" --typedefs="$tmp/typedefs" --indent="${pgindent%/*}/pg_bsd_indent" src >out 2>&1 || rc=$?
unseen=()
changed=()
for file in "${files[@]}"; do
	if [ "$(tail -n 1 "$file")" != $'int\t\t\tplanted(void);' ]; then
		unseen+=("$file")
		continue
	fi
	# 19's puts a blank between a parameter and the dots, 17's and 18's take it away
	head -n -2 "$file" | sed 's/\( \*[a-z]*\), \.\.\.)/\1,...)/' >laid_out
	if ! diff -u --label "$file" --label "$file (pgindent)" "$root/$file" laid_out >>differences; then
		changed+=("$file")
		[ "${1:-}" != --write ] || cat laid_out >"$root/$file"
	fi
done
if [ "$rc" -eq 0 ] && [ ${#unseen[@]} -eq 0 ] && [ ! -s out ]; then
	ok "pgindent mends a bad line that was planted in ${#files[@]} files"
else
	not_ok "pgindent mends a bad line that was planted in ${#files[@]} files (exit status $rc)"
	{
		printf '%s\n' ${unseen[@]+"${unseen[@]}"}
		cat out
	} | remark 50
fi
if [ ${#changed[@]} -eq 0 ]; then
	ok "pgindent changes nothing else"
elif [ "${1:-}" = --write ]; then
	ok "pgindent has changed ${changed[*]}"
else
	not_ok "pgindent changes nothing else"
	cat differences | remark 400
fi

finish
