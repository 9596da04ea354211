#!/bin/bash
# openpyxl 3.0.9 (Debian 3.0.9-1) and two cells whose value is not their figure.
#
# Input: a valid workbook, its texts and formulas as spreadsheet programs and
# writers leave them.
#   A1  rich text: "120" and a raised "1" (a footnote); shown 120 with a small 1
#   A2  a formula that nobody has computed: no cached value
#   A3  a formula with the cached value 0 in a workbook that asks for its formulas
#       to be computed when it is opened (fullCalcOnLoad), as writers leave it that
#       compute nothing themselves; shown 42 after that
# Expected of a reader of figures: something to tell these from 1201, an empty
# cell and 0.
# Seen with data_only=True: the text "1201", None and 0; nothing in the API of
# this version says that A1 had a raised run (3.1 has rich_text=True, which is off
# unless asked for).
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
import zipfile
main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
package = 'http://schemas.openxmlformats.org/package/2006/'
kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
parts = {
	'[Content_Types].xml': f'''<Types xmlns="{package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{kind}sharedStrings+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}worksheet+xml"/></Types>''',
	'_rels/.rels': f'<Relationships xmlns="{package}relationships"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
	'xl/workbook.xml': f'<workbook {main} xmlns:r="{rel}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets><calcPr calcId="124519" fullCalcOnLoad="1"/></workbook>',
	'xl/_rels/workbook.xml.rels': f'''<Relationships xmlns="{package}relationships"><Relationship Id="rId1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{rel}/sharedStrings" Target="sharedStrings.xml"/></Relationships>''',
	'xl/sharedStrings.xml': f'<sst {main} count="1" uniqueCount="1"><si><r><t>120</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si></sst>',
	'xl/worksheets/sheet1.xml': f'<worksheet {main}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><f>6*7</f></c></row><row r="3"><c r="A3"><f>6*7</f><v>0</v></c></row></sheetData></worksheet>',
}
with zipfile.ZipFile('in.xlsx', 'w', zipfile.ZIP_DEFLATED) as z:
	for name, text in parts.items():
		z.writestr(name, text)
import openpyxl
print('openpyxl', openpyxl.__version__)
for read_only in (False, True):
	sheet = openpyxl.load_workbook('in.xlsx', data_only=True, read_only=read_only)['S']
	print([row[0] for row in sheet.iter_rows(values_only=True)])
PY
printf '%s\n' 'openpyxl 3.0.9' "['1201', None, 0]" "['1201', None, 0]" >seen
if cmp -s seen out; then
	echo "as found: a raised footnote joins the figure, a formula that was never computed is None or 0"
else
	echo "not as found any more"
	exit 1
fi
