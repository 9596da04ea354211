#!/bin/bash
# PostgreSQL 15.20 (Debian 15.20-0+deb12u1): where COPY says which line it stopped at.
#
# The only place in which the server says at which line of its input a COPY failed is
# the message's context, "COPY readings, line 3"; there is no field of the protocol for
# it.  The sentence is translated by the server's lc_messages, which a client without
# superuser's rights cannot set.  Expected: that the words change and their order stays,
# so that a line number stands behind "COPY TABLE,".
#
# Seen: in Japanese and Korean the table stands first and COPY behind it ("readingsの
# COPY、行 3", "readings 복사, 3번째 줄"), and in Korean the word is not COPY at all; in
# Chinese and Korean the word for line follows the number.  What all translations of
# this version have in common is the order of table and number.
#
# Exit status 0: still so; 1: it behaves otherwise now; 2: could not be run.
set -euo pipefail

version=15.20-0+deb12u1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -q "postgresql-15=$version" >log 2>&1 || { cat log; exit 2; }
dpkg -x postgresql-15_*.deb root
command -v python3 >/dev/null || { echo "python3 is not installed"; exit 2; }

echo "postgresql-15 $version"
PYTHONIOENCODING=utf-8 python3 - <<'PY' | tee out
import gettext, glob
for path in sorted(glob.glob('root/usr/share/locale/*/LC_MESSAGES/postgres-15.mo')):
	with open(path, 'rb') as f:
		said = gettext.GNUTranslations(f).gettext('COPY %s, line %llu')
	if said != 'COPY %s, line %llu':
		said = said.replace('%s', 'readings').replace('%llu', '3')
		print('%s: %s (%s, %s)' % (path.split('/')[4], said, 'COPY first' if said.startswith('COPY readings') else 'the table first',
			'table before number' if said.index('readings') < said.index('3') else 'number before table'))
PY
if grep -q '^ja: .*the table first' out && grep -q '^ko: .*the table first' out && grep -q '^de: .*COPY first' out && ! grep -q 'number before table' out; then
	echo "as found: the table stands first in Japanese and Korean, and before the number everywhere"
else
	echo "not as found any more"
	exit 1
fi
