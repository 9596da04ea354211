#!/bin/bash
# openpyxl 3.0.9 (Debian 3.0.9-1) and built-in number format 44 (accounting).
#
# Input: a workbook with one cell, 139.5, of the built-in number format 44, which
# a file names by its number alone.  The format has four sections (positive,
# negative, zero, text), as 41, 42 and 43 beside it have.
# Expected: a number_format of four sections, parted by semicolons.
# Seen: the text has no semicolon, so that it is a single section that ends in the
# text placeholder @.  A program that goes by it takes the amount for text, or
# loses its currency.
#
# Exit status 0: still so; 1: it behaves otherwise now; 2: could not be run.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -q python3-openpyxl=3.0.9-1 python3-et-xmlfile=1.0.1-2.1 >log 2>&1 || { cat log; exit 2; }
for deb in *.deb; do
	dpkg -x "$deb" root
done
export PYTHONPATH=$dir/root/usr/lib/python3/dist-packages

/usr/bin/python3 - <<'PY' | tee out
import re, zipfile
import openpyxl
print('openpyxl', openpyxl.__version__)
for number in (42, 43, 44):
	book = openpyxl.Workbook()
	book.active['A1'] = 139.5
	book.active['A1'].number_format = '0.0000'
	book.save('made.xlsx')
	# the cell's style names the built-in format by number, and no other
	with zipfile.ZipFile('made.xlsx') as made, zipfile.ZipFile('in.xlsx', 'w') as z:
		for name in made.namelist():
			text = made.read(name)
			if name == 'xl/styles.xml':
				text = re.sub(rb'<numFmts.*?</numFmts>', b'', text).replace(b'numFmtId="164"', b'numFmtId="%d"' % number)
			z.writestr(name, text)
	cell = openpyxl.load_workbook('in.xlsx').active['A1']
	print(number, cell.number_format.count(';') + 1, 'sections')
PY
printf '%s\n' 'openpyxl 3.0.9' '42 4 sections' '43 4 sections' '44 1 sections' >seen
if cmp -s seen out; then
	echo "as found: format 44 has lost the semicolons between its sections"
else
	echo "not as found any more"
	exit 1
fi
