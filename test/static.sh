#!/bin/bash
# cppcheck and clang-tidy find nothing in the C files.
#
#	test/static.sh [--needed]	with --needed a tool that is not there is a failure
#
# Both look at a copy in which every file ends with a bug of each kind.  These
# must be found: a checker that skips a file, as cppcheck does in silence when
# an #error tells it that a macro of the server is missing, would find nothing
# else either.  .clang-tidy and .cppcheck say what is looked for; what is right
# all the same has a comment "cppcheck-suppress" or "NOLINT" with its reason.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
config=${PG_CONFIG:-pg_config}
server=$("$config" --includedir-server)
jobs=$(nproc)
export server tmp

cp -R "$root/src" "$root/.clang-tidy" "$root/.cppcheck" "$tmp"
cd "$tmp"
shopt -s globstar
files=(src/**/*.[ch])
sources=(src/**/*.c)

# the macros that the compiler defines are what the server's headers ask for
$("$config" --cc) -dM -E -x c /dev/null >predefined.h

# plant FILE: lines 7, 8 and 10 of the bug are wrong
plant()
{
	local name=${1//[^a-z_]/_}

	wc -l "$1" >>lengths
	cat >>"$1" <<BUG
#ifndef planted_in_$name
#define planted_in_$name planted_in_$name
static inline int
planted_in_$name(int i, int *p)
{
	int			a[2] = {0, 0};
	a[2] = i;
	if (i > 1);
		i++;
	return i + a[0] + (p == 0 ? *p : 0);
}
#endif
BUG
	case $1 in
		*.c) printf 'int call_%s(int i, int *p);\nint call_%s(int i, int *p) { return planted_in_%s(i, p); }\n' "$name" "$name" "$name" >>"$1" ;;
	esac
}

for file in "${files[@]}"; do
	plant "$file"
done

# check_found TOOL PLACE...: findings are in the file found, one a line, as
# file:line: text [id], and what else went wrong in failures; a PLACE is a line
# of the bug and what must be said of it
check_found()
{
	local tool=$1 length file place

	shift
	sort -u found >sorted
	: >missing
	: >expected
	while read -r length file; do
		for place in "$@"; do
			# the analyzer goes into a header from a C file only
			[[ $place != *core.* || $file = *.c ]] || continue
			if ! grep -q "^$file:$((length + ${place%%:*})):.*${place#*:}]\$" sorted; then
				echo "$file: ${place#*:}" >>missing
			fi
		done
		for place in {1..14}; do
			echo "$file:$((length + place)):" >>expected
		done
	done <lengths
	if [ -s missing ]; then
		not_ok "$tool finds the bugs that were planted in ${#files[@]} files"
		remark <missing
	else
		ok "$tool finds the bugs that were planted in ${#files[@]} files"
	fi
	if grep -vF -f expected sorted >real || [ -s failures ]; then
		not_ok "$tool finds nothing else"
		cat failures real | remark 100
	else
		ok "$tool finds nothing else"
	fi
}

# there TOOL
there()
{
	if command -v "$1" >/dev/null; then
		return 0
	elif [ "${needed:-}" = yes ]; then
		not_ok "$1 is not installed"
	else
		ok "$1 # SKIP $1 is not installed"
	fi
	return 1
}

[ "${1:-}" != --needed ] || needed=yes

# Each process writes into a file of its own: two that share one write into the
# middle of each other's lines.
if there cppcheck; then
	printf '%s\0' "${sources[@]}" | xargs -0 -P "$jobs" -n 4 sh -c '
		cppcheck -q --inline-suppr --max-configs=1 \
			--enable=warning,performance,portability,style --std=c11 --suppressions-list=.cppcheck \
			--suppress="*:$server/*" --template="{file}:{line}: {severity}: {message} [{id}]" \
			--include=predefined.h -D_GNU_SOURCE -DUSE_ASSERT_CHECKING=1 -Isrc -I"$server" "$@" >"cppcheck.$$" 2>&1' sh || true
	cat cppcheck.* >out
	grep -E '^src/.*\]$' out >found || true
	grep -E '\[(syntaxError|internal[A-Za-z]*|cppcheckError|preprocessorErrorDirective)\]$' out >failures || true
	grep -vE '\]$' out >>failures || true
	check_found cppcheck 7:arrayIndexOutOfBounds
fi

if there clang-tidy; then
	# the long ones first, so that no processor waits at the end
	printf '%s\0' "$(ls -S "${sources[@]}")" | tr '\n' '\0' | xargs -0 -P "$jobs" -n 1 sh -c '
		clang-tidy --quiet --config-file=.clang-tidy "$1" -- -std=gnu11 -D_GNU_SOURCE -DUSE_ASSERT_CHECKING=1 \
			-DBATTERY_VERSION="\"0\"" -Isrc -isystem "$server" >"clang-tidy.$$" 2>&1' sh || true
	cat clang-tidy.* >out
	sed -n "s|^$tmp/||; /^src\/.*: \(warning\|error\): .*\]\$/p" out | sed 's/:[0-9]*: \(warning\|error\)/: \1/' >found
	grep -E '\[clang-diagnostic-error\]$|^[A-Za-z].*([Ee]rror|[Cc]annot|[Tt]erminat|core dumped)' out >failures || true
	check_found clang-tidy 8:bugprone-suspicious-semicolon 10:core.NullDereference
fi

finish
