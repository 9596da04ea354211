#!/bin/bash
# gcc 12.2.0 (Debian 12.2.0-14+deb12u1) and UBSAN_OPTIONS=log_path in a program with
# AddressSanitizer.
#
# Input: a program that shifts by too many bits, built with -fsanitize=undefined and
# with -fsanitize=address,undefined, both run with log_path in UBSAN_OPTIONS and
# ASAN_OPTIONS.
# Expected: the report in a file PATH.PID either way, as the documentation of log_path
# says, and as the report of AddressSanitizer itself and that of clang's build are.
# Seen: with both, the report of UBSan goes to the standard error and no file is made.
# A run that counts files takes undefined behaviour for a clean run.  (The program
# links two libraries, libasan and libubsan, each with options of its own.)
#
# Exit status 0: still so; 1: it behaves otherwise now; 2: could not be run.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
[ "$(gcc -dumpfullversion 2>/dev/null)" = 12.2.0 ] || { echo "gcc 12.2.0 is not installed"; exit 2; }
cat >shift.c <<'C'
int main(int argc, char **argv) { volatile int bits = argc * 100; return (1 << bits) == (long) argv; }
C
export ASAN_OPTIONS=log_path=$dir/report UBSAN_OPTIONS=log_path=$dir/report

# where SANITIZERS: where the report is
where()
{
	rm -f report.*
	gcc -g "-fsanitize=$1" -fno-sanitize-recover=all shift.c -o shift || exit 2
	./shift 2>err || true
	cat report.* 2>/dev/null | grep -q 'runtime error' && echo "$1: in a file" || true
	! grep -q 'runtime error' err || echo "$1: on the standard error"
}
{ where undefined; where address,undefined; } | tee out
printf '%s\n' 'undefined: in a file' 'address,undefined: on the standard error' >seen
if cmp -s seen out; then
	echo "as found: beside AddressSanitizer, UBSan does not write where log_path says"
else
	echo "not as found any more"
	exit 1
fi
