#!/bin/bash
# xlsx2csv 0.7.8 (Debian 1:0.7.8-1) and number formats that carry a unit.
#
# Input: a valid workbook with four numbers, each in a number format.
#   A1  0.36812   0.0%          a spreadsheet program shows 36.8%
#   A2  12.5      0.0" GWh"     12.5 GWh
#   A3  5400      #,##0 "MWh"   5,400 MWh
#   A4  1500000   0.0,," million"   1.5 million
# Expected of a converter: the stored number, or the text that is shown.
# Seen: 0.368 (neither: two stored digits are gone, and the sign is not there);
# for the other three the format itself is written, with the h and M of the
# quoted unit taken for hour and month, and the number is lost.
#
# Exit status 0: still so; 1: it behaves otherwise now; 2: could not be run.
set -euo pipefail

version=1:0.7.8-1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -q "xlsx2csv=$version" >log 2>&1 || { cat log; exit 2; }
dpkg -x xlsx2csv_*.deb root
export PYTHONPATH=$dir/root/usr/lib/python3/dist-packages:$dir/root/usr/share/xlsx2csv

/usr/bin/python3 - <<'PY'
import zipfile
from xml.sax.saxutils import quoteattr
cells = [('0.36812', '0.0%'), ('12.5', '0.0" GWh"'), ('5400', '#,##0 "MWh"'), ('1500000', '0.0,," million"')]
main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
package = 'http://schemas.openxmlformats.org/package/2006/'
kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
parts = {
	'[Content_Types].xml': f'''<Types xmlns="{package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{kind}styles+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}worksheet+xml"/></Types>''',
	'_rels/.rels': f'<Relationships xmlns="{package}relationships"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
	'xl/workbook.xml': f'<workbook {main} xmlns:r="{rel}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
	'xl/_rels/workbook.xml.rels': f'''<Relationships xmlns="{package}relationships"><Relationship Id="rId1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{rel}/styles" Target="styles.xml"/></Relationships>''',
	'xl/styles.xml': f'<styleSheet {main}><numFmts count="4">' + ''.join(f'<numFmt numFmtId="{164 + i}" formatCode={quoteattr(c[1])}/>' for i, c in enumerate(cells)) +
		'</numFmts><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
		'<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" applyNumberFormat="0"/>' +
		''.join(f'<xf numFmtId="{164 + i}" applyNumberFormat="1"/>' for i in range(4)) + '</cellXfs></styleSheet>',
	'xl/worksheets/sheet1.xml': f'<worksheet {main}><sheetData>' + ''.join(f'<row r="{i}"><c r="A{i}" s="{i}"><v>{c[0]}</v></c></row>' for i, c in enumerate(cells, 1)) + '</sheetData></worksheet>',
}
with zipfile.ZipFile('in.xlsx', 'w', zipfile.ZIP_DEFLATED) as z:
	for name, text in parts.items():
		z.writestr(name, text)
PY

script=$(find root/usr -name 'xlsx2csv.py' | head -n 1)
[ -n "$script" ] || script=root/usr/bin/xlsx2csv
echo "xlsx2csv $version ($(/usr/bin/python3 "$script" --version 2>&1))"
/usr/bin/python3 "$script" in.xlsx | tee out
printf '%s\n' 0.368 '"0.0"" gw12"""' '"#,##0 ""10w12"""' '"0.0,,"" 11illion"""' >seen
if cmp -s seen out; then
	echo "as found: digits of a percent cell are gone, figures with a unit in their format are lost"
else
	echo "not as found any more"
	exit 1
fi
