#!/bin/bash
# bin/battery-sheet: what a workbook shows, as CSV.  The workbooks are made here
# as XML, so that each has what it should and no program's idea of it; what is
# expected is what ECMA-376 says that a spreadsheet program shows.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
if ! { command -v python3 && { python3 -c 'import openpyxl' || /usr/bin/python3 -c 'import openpyxl'; }; } >/dev/null 2>&1; then
	ok "workbook # SKIP python3-openpyxl is not there and could not be installed"
	exit 0
fi

cat >"$tmp/make.py" <<'PY'
import os, re, sys, zipfile
from xml.sax.saxutils import escape, quoteattr

HERE = sys.argv[1]
MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
styles = []

def n(value, code=None, more=''):
	"""A number, in a number format."""
	return ('%s', 'n', '<v>%s</v>' % value, code, more)

def s(text, code=None):
	return ('%s', 'inlineStr', '<is><t xml:space="preserve">%s</t></is>' % escape(text), code, '')

def c(kind, inner, code=None):
	return ('%s', kind, inner, code, '')

def sheet(rows, before='', after='', row_attributes={}, refs=True):
	"""rows: {row number: {column letter: cell}}"""
	out = ['<worksheet xmlns="%s" xmlns:r="%s">%s<sheetData>' % (MAIN, REL, before)]
	for r in sorted(rows):
		out.append('<row r="%d" %s>' % (r, row_attributes.get(r, '')))
		for letter, (_, kind, inner, code, more) in rows[r].items():
			if code is not None and code not in styles:
				styles.append(code)
			out.append('<c r="%s%d" t="%s" s="%d">%s</c>' % (letter, r, kind, 0 if code is None else styles.index(code) + 1, inner))
		out.append('</row>')
	return ''.join(out) + '</sheetData>%s</worksheet>' % after

def merge(*areas):
	return '<mergeCells>%s</mergeCells>' % ''.join('<mergeCell ref="%s"/>' % a for a in areas)

def book(name, *sheets, strings='', properties='', main=TYPE + 'sheet.main+xml', extra={}, calc='', fonts='<font/>', names='', prolog='', stylesheet=None):
	"""sheets: XML of one, or (name, state, XML)."""
	sheets = [x if isinstance(x, tuple) else ('Sheet%d' % i, 'visible', x) for i, x in enumerate(sheets, 1)]
	parts = {'[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
		'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
		'<Override PartName="/xl/workbook.xml" ContentType="%s"/><Override PartName="/xl/styles.xml" ContentType="%sstyles+xml"/>'
		'<Override PartName="/xl/sharedStrings.xml" ContentType="%ssharedStrings+xml"/>' % (main, TYPE, TYPE) +
		''.join('<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>' % (i, TYPE) for i in range(1, len(sheets) + 1)) + '</Types>',
		'_rels/.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % REL,
		'xl/workbook.xml': prolog + '<workbook xmlns="%s" xmlns:r="%s">%s<sheets>' % (MAIN, REL, properties) +
		''.join('<sheet name=%s sheetId="%d" state="%s" r:id="rId%d"/>' % (quoteattr(x[0]), i, x[1], i) for i, x in enumerate(sheets, 1)) + '</sheets>%s%s</workbook>' % (names, calc),
		'xl/_rels/workbook.xml.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
		''.join('<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>' % (i, REL, i) for i in range(1, len(sheets) + 1)) +
		'<Relationship Id="rId98" Type="%s/styles" Target="styles.xml"/><Relationship Id="rId99" Type="%s/sharedStrings" Target="sharedStrings.xml"/></Relationships>' % (REL, REL),
		'xl/styles.xml': stylesheet or '<styleSheet xmlns="%s"><numFmts>' % MAIN + ''.join('<numFmt numFmtId="%d" formatCode=%s/>' % (200 + i, quoteattr(f)) for i, f in enumerate(styles) if isinstance(f, str)) +
		'</numFmts><fonts>%s</fonts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0" fontId="0"/>' % fonts +
		''.join('<xf numFmtId="%d" fontId="0"/>' % (200 + i if isinstance(f, str) else f) if f != 'struck' else '<xf numFmtId="0" fontId="1"/>' for i, f in enumerate(styles)) + '</cellXfs></styleSheet>',
		'xl/sharedStrings.xml': '<sst xmlns="%s">%s</sst>' % (MAIN, strings)}
	for i, x in enumerate(sheets, 1):
		parts['xl/worksheets/sheet%d.xml' % i] = x[2]
	parts.update(extra)
	with zipfile.ZipFile(os.path.join(HERE, name + '.xlsx'), 'w', zipfile.ZIP_DEFLATED) as z:
		for path, text in parts.items():
			z.writestr(path, text)
	styles.clear()

def column(*cells):
	"""One column of names and one of cells, below a header."""
	rows = {1: {'A': s('name'), 'B': s('value')}}
	for i, cell in enumerate(cells, 2):
		rows[i] = {'A': s('r%d' % i), 'B': cell}
	return rows

# numbers
book('numbers', sheet(column(n('259.7'), n('0.30000000000000004'), n('0.1234567890123'), n('1E-7'), n('1.2E+3'), n('-0.5'), n('586303', '#,##0'), n('1234.5678', '#,##0'),
	n('12', '0.00'), n('1234567890123456'), n('12345.678', '0.0E+00'), n('0.125', '# ?/?'), n('7', '@'), n('586303', '# ##0'), n('-5', '0.0;[Red]0.0'), n('-5', '#,##0_);(#,##0)'),
	n('0', '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-'), n('1.10', 'General'), n('99', '[>=1000]0.0,"k";0'), n('1500', '[>=1000]0.0,"k";0'))))
book('percent', sheet(column(n('0.368', '0.0%'), n('0.36812', '0.0%'), n('0.37', '0.0%'), n('0.07', 9), n('1.25', '0%'), n('0.367', '0%'), n('0.57999999999999996', 9), n('36.8', '0.0"%"'), n('-0.021', '0.0%;-0.0%'),
	n('0.145', '0.0\\ %'), n('0.0004', 10))))
book('units', sheet(column(n('120', '0.0" GWh"'), n('5400', '#,##0 "MWh"'), n('1234.5', '[$€-407] #,##0.00'), n('99', '$#,##0'), n('1500000', '0.0,," million"'), n('586303', '#,##0,"k"'), n('7.25', '0.00\\ [$€-1]'),
	n('139', '"US$"0"/kWh"'), n('-12', '"$"#,##0_);[Red]("$"#,##0)'), n('2025', '0"E"'), n('120', '0.0"¹"'), n('586303', '0.0," GWh"'), n('3', '0 \\k\\W\\h'), s('CATL', '@" Ltd"'), n('8', 'General" GWh"'), n('5', '[$USD] 0'))))
book('scaled', sheet(column(n('586303', '#,##0,'), n('1500000', '$0.0,,'))))
book('digits', sheet(column(n('586', '0",000"'))))
book('hiding', sheet(column(n('5', ';;;'), n('0', '0;-0;"n/a"'), n('4', '0'))))

# dates: day numbers from ECMA-376 18.17.4
dates = column(n('45322', 'yyyy-mm-dd'), n('45322.5', 'd/m/yyyy h:mm'), n('44927', 'yyyy'), n('45000', 'yyyy'), n('44958', 'mmm-yy'), n('44960', 'mmm-yy'), n('1', 14), n('59', 14), n('61', 14), n('0.25', 'h:mm'),
	n('1.5', '[h]:mm'), n('60', 14), n('9999999', 14), n('45322', '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy'), n('45322', 31), c('d', '<v>2024-01-31T00:00:00</v>', 14), n('5', '0 "days"'), n('45322.999999999', 'yyyy-mm-dd'))
book('dates', sheet(dates))
book('dates1904', sheet(column(n('43860', 'yyyy-mm-dd'), n('0', 'yyyy-mm-dd'))), properties='<workbookPr date1904="1"/>')

# texts
rich = ('<si><r><t>120</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si>'
	'<si><r><t>LiFePO</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>4</t></r></si>'
	'<si><r><rPr><strike/></rPr><t>12</t></r><r><t>13</t></r></si>'
	'<si><t>寧德</t><rPh sb="0" eb="2"><t>ねいとく</t></rPh></si>'
	'<si><r><t>bold</t></r><r><rPr><b/></rPr><t> face</t></r></si>'
	'<si><t>1234</t></si><si><t xml:space="preserve">two\nlines, a "quote"</t></si><si><t>cr_x000D_lf _x005F_x</t></si>')
book('texts', sheet(column(*[c('s', '<v>%d</v>' % i) for i in range(8)], c('inlineStr', '<is><r><t>80</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></is>'),
	c('b', '<v>1</v>'), c('b', '<v>0</v>'), c('e', '<v>#N/A</v>'), c('e', '<v>#DIV/0!</v>'), s('  '), c('str', '<f>A1</f><v>made</v>'), n('5', 'struck'))), strings=rich, fonts='<font/><font><strike/></font>')

# formulas
book('formulas', sheet(column(c('n', '<f>1+1</f><v>2</v>'), c('n', '<f t="shared" ref="B3:B4" si="0">A1*2</f><v>4.5</v>'), c('n', '<f t="shared" si="0"/><v>6</v>'), c('str', '<f>""</f><v></v>'), c('e', '<f>1/0</f><v>#DIV/0!</v>'), c('b', '<f>TRUE</f><v>1</v>'))))
book('uncached', sheet(column(n('1'), c('n', '<f>B2*2</f>'), c('n', '<f>B2*3</f><v/>'))))
book('never', sheet(column(n('1'), c('n', '<f>B2*2</f><v>0</v>'))), calc='<calcPr calcId="1" fullCalcOnLoad="1"/>')
book('stale', sheet(column(n('1'), c('n', '<f>B2*2</f><v>2</v>'))), calc='<calcPr calcId="1" fullCalcOnLoad="1"/>')

# headers and merged cells
two = {2: {'B': s('Sales of cells')}, 4: {'B': s('Company'), 'D': n('2023'), 'F': n('2024')}, 5: {'D': s('Capacity (GWh)'), 'E': s('Share'), 'F': s('Capacity (GWh)'), 'G': s('Share')},
	6: {'B': s('CATL'), 'D': n('259.7'), 'E': n('0.368', '0.0%'), 'F': n('339.3'), 'G': n('0.379', '0.0%')}}
merged = merge('B4:C5', 'D4:E4', 'F4:G4', 'B2:G2')
book('twoheaders', sheet(two, after=merged))
other = {1: {'A': s('Company'), 'B': s('Capacity (GWh)')}, 2: {'B': n('2023'), 'C': n('2024')}, 3: {'A': s('CATL'), 'B': n('259.7'), 'C': n('339.3')}}
book('yearsbelow', sheet(other, after=merge('B1:C1', 'A1:A2')))
book('notheader', sheet({1: {'A': s('Company'), 'C': s('GWh')}, 2: {'A': s('CATL'), 'B': s('China'), 'C': n('259.7')}}, after=merge('A1:B1')))
book('names', sheet({1: {'A': s('maker'), 'B': s('alias')}, 2: {'A': s('CATL'), 'B': s('CATL'), 'C': s('Ningde')}, 3: {'A': s('BYD'), 'B': s('BYD'), 'C': s('BYD')}}, after=merge('B1:C1')))
book('title', sheet({1: {'A': s('Sales'), }, 2: {'A': s('in thousand MWh')}, 3: {'A': s('maker'), 'B': s('2023')}, 4: {'A': s('CATL'), 'B': n('1')}}))
book('viewer', sheet(column(n('5', 6), n('139.5', 44), n('-7', 44), n('0', 44), n('8', 4))))
book('seconds', sheet(column(n('45322.5', 'mm:ss.0'), n('1', 'yyyy-mm-dd hh:mm:ss.000'))))
book('unicode', sheet(column(n('1_000'))))
book('row', sheet({1: {x: s('y' * 300) for x in 'ABCDE'}}))
book('unmerged', sheet({1: {'A': s(''), 'B': n('2023'), 'C': n('2024')}, 2: {'A': s('Company'), 'B': s('GWh'), 'C': s('GWh')}, 3: {'A': s('CATL'), 'B': n('1'), 'C': n('2')}}))
countries = {1: {'A': s('country'), 'B': s('year'), 'C': s('maker'), 'D': s('GWh')}, 2: {'A': s('China'), 'B': n('2023'), 'C': s('CATL'), 'D': n('259.7')}, 3: {'C': s('BYD'), 'D': n('111')}, 4: {'A': s('Korea'), 'C': s('LG'), 'D': n('95')}}
book('merged', sheet(countries, after=merge('A2:A3', 'B2:B4')))
joint = {1: {'A': s('maker'), 'B': s('GWh')}, 2: {'A': s('CATL'), 'B': n('120')}, 3: {'A': s('BYD')}}
book('joint', sheet(joint, after=merge('B2:B3')))
wide = {1: {'A': s('maker'), 'B': s('2023'), 'C': s('2024')}, 2: {'A': s('CATL'), 'B': n('120')}, 3: {'A': s('all of Asia, new method'), 'C': s('covered')}, 4: {'A': s('x'), 'B': n('1'), 'C': n('2')}}
book('wide', sheet(wide, after=merge('B2:C2', 'A3:C3')))
book('whole', sheet(column(n('5')), after=merge('D1:XFD1048576')))

# hidden, filtered, comments
comments = {'xl/worksheets/_rels/sheet1.xml.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%s/comments" Target="../comments1.xml"/></Relationships>' % REL,
	'xl/comments1.xml': '<comments xmlns="%s"><commentList><comment ref="B2" authorId="0"><text><t>estimated</t></text></comment></commentList></comments>' % MAIN}
book('hidden', ('Data', 'visible', sheet({1: {'A': s('a'), 'B': s('b'), 'C': s('c')}, 2: {'A': n('1'), 'B': n('2'), 'C': n('3')}, 3: {'A': n('4'), 'B': n('5'), 'C': n('6')}}, before='<cols><col min="2" max="2" hidden="1"/></cols>', after='<autoFilter ref="A1:C3"/>',
	row_attributes={3: 'hidden="1"'})), ('Old', 'hidden', sheet({1: {'A': s('x')}, 2: {'A': n('9')}})), ('Deep', 'veryHidden', sheet({1: {'A': s('y')}})), extra=comments)
book('several', ('Operable', 'visible', sheet(column(n('1')))), ('Retired', 'visible', sheet(column(n('2')))), ('2', 'visible', sheet({})))
book('one', ('Read me', 'visible', sheet({})), ('Data', 'visible', sheet(column(n('1')))))
book('nothing', sheet({}))
book('empties', ('One', 'visible', sheet({})), ('Deep', 'hidden', sheet(column(n('1')))), ('Three', 'visible', sheet({})))
book('range', ('Sheet 1', 'visible', sheet({1: {'A': s('note')}, 4: {'B': s('maker'), 'C': s('GWh'), 'E': s('remark')}, 5: {'B': s('CATL'), 'C': n('1')}, 7: {'B': s('BYD'), 'C': n('2')}, 9: {'B': s('Source: us'), 'C': c('n', '<f>1</f>')}})))
book('noref', '<x:worksheet xmlns:x="%s"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>' % MAIN)

# what is refused, and what is read within bounds
book('macros', sheet(column(n('1'))), main='application/vnd.ms-excel.sheet.macroEnabled.main+xml', extra={'xl/vbaProject.bin': 'not run'})
book('dtd', '<!DOCTYPE worksheet [<!ENTITY a "aaaa">]>' + sheet(column(n('1'))))
book('dtdbook', sheet(column(n('1'))), prolog='<!DOCTYPE workbook [<!ENTITY a "aaaa">]>')
book('links', sheet(column(n('1'))), extra={'xl/externalLinks/externalLink1.xml': '<not even XML'})
book('damaged', '<worksheet xmlns="%s"><sheetData><row r="1">' % MAIN)
book('order', '<worksheet xmlns="%s"><sheetData><row r="2"><c r="A2"><v>1</v></c></row><row r="1"/></sheetData></worksheet>' % MAIN)
book('twice', '<worksheet xmlns="%s"><sheetData><row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row></sheetData></worksheet>' % MAIN)
book('nostring', sheet(column(c('s', '<v>7</v>'))))
book('notnumber', sheet(column(n('12x'))))
book('format', sheet(column(n('5', 67))))
book('formatted', '<worksheet xmlns="%s"><cols><col min="1" max="16384" width="9"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c>%s</row>%s</sheetData></worksheet>' % (MAIN,
	''.join('<c s="0"/>' for i in range(16383)), ''.join('<row r="%d" ht="15" s="0"><c r="A%d" s="0"/></row>' % (i, i) for i in range(2, 30002))))
book('deep', '<worksheet xmlns="%s">%s</worksheet>' % (MAIN, '<a>' * 300 + '</a>' * 300))
book('long', sheet(column(s('x' * 5000))))
book('mergedmuch', sheet(column(n('1')), after=merge(*['D%d:E%d' % (i, i) for i in range(1, 50)])))
book('strict', sheet(column(n('1'))))
def again(name, change, keep=lambda path: True):
	source = zipfile.ZipFile(os.path.join(HERE, 'numbers.xlsx'))
	with zipfile.ZipFile(os.path.join(HERE, name), 'w') as z:
		for path in source.namelist():
			if keep(path):
				z.writestr(path, change(source.read(path)))
again('strict.xlsx', lambda b: b.replace(MAIN.encode(), b'http://purl.oclc.org/ooxml/spreadsheetml/main'))
again('renamed.xlsx', lambda b: b.replace(b'/xl/workbook.xml', b'/xl/book.xml') if b'<Types' in b else b, lambda path: True)
with zipfile.ZipFile(os.path.join(HERE, 'renamed.xlsx'), 'a') as z:
	z.writestr('xl/book.xml', '<!DOCTYPE workbook [<!ENTITY a "aaaa">]><workbook/>')
again('part.xlsx', lambda b: b, lambda path: 'sheet1' not in path)
with zipfile.ZipFile(os.path.join(HERE, 'odd.xlsb'), 'w') as z:
	z.writestr('[Content_Types].xml', '<Types/>')
	z.writestr('xl/workbook.bin', 'x')
with zipfile.ZipFile(os.path.join(HERE, 'odd.ods'), 'w') as z:
	z.writestr('mimetype', 'application/vnd.oasis.opendocument.spreadsheet')
	z.writestr('content.xml', '<x/>')
with zipfile.ZipFile(os.path.join(HERE, 'other.xlsx'), 'w') as z:
	z.writestr('word/document.xml', '<x/>')
ole = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'\0' * 600
for name, content in (('old.xls', ole + 'Workbook'.encode('utf-16-le')), ('secret.xlsx', ole + 'EncryptedPackage'.encode('utf-16-le')), ('csv.xlsx', b'maker,amount\nCATL,5\n'),
	('page.xls', b'<html><body><table><tr><td>1</td></tr></table></body></html>'), ('old.xml', b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'), ('empty.xlsx', b''),
	('cut.xlsx', open(os.path.join(HERE, 'numbers.xlsx'), 'rb').read()[:900]), ('noise.xlsx', b'\0\1\2\3' * 50)):
	open(os.path.join(HERE, name), 'wb').write(content)
PY
python3 "$tmp/make.py" "$tmp"

# reads NAME FILE [ARGUMENT ...]: reads it; what is written is in $tmp/out
reads()
{
	local name=$1 rc=0

	shift
	"$root/bin/battery-sheet" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || rc=$?
	[ "$rc" -eq 0 ] || {
		not_ok "$name (exit status $rc)"
		remark <"$tmp/err"
		return 1
	}
}

# values NAME FILE EXPECTED...: the column "value" of a workbook, line by line
values()
{
	local name=$1 file=$2

	shift 2
	reads "$name" "$tmp/$file.xlsx" || return 0
	same "$name" "$(printf '%s\n' "$@")" "$(sed -e 1d -e 's/^r[0-9]*,//' "$tmp/out")"
}

# csv NAME EXPECTED ARGUMENT...: the whole CSV
csv()
{
	local name=$1 expected=$2

	shift 2
	reads "$name" "$@" || return 0
	same "$name" "$expected" "$(cat "$tmp/out")"
}

outputs=("$tmp/err")

# refused NAME STATUS "TEXT|TEXT..." ARGUMENT...: writes nothing, says that, and what to do
refused()
{
	local name=$1 status=$2 texts rc=0

	IFS='|' read -ra texts <<<"$3"
	shift 3
	"$root/bin/battery-sheet" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || rc=$?
	if [ "$rc" -ne "$status" ] || [ -s "$tmp/out" ]; then
		not_ok "$name (exit status $rc, expected $status and no output)"
		cat "$tmp/out" "$tmp/err" | remark
	else
		says "$name" "${texts[@]}"
	fi
}

cd "$tmp"

values "numbers keep every digit, and no thousands" numbers 259.7 0.3 0.1234567890123 0.0000001 1200 -0.5 586303 1234.5678 12.00 1234567890123456 12345.678 0.125 7 586303 -5.0 -5 0 1.1 99 1.5k
values "a percent cell says so" percent "36.8 %" "36.812 %" "37.0 %" "7 %" "125 %" "36.7 %" "58 %" "36.8 %" "-2.1 %" "14.5 %" "0.04 %"
values "a unit in the number format" units "120.0 GWh" "5400 MWh" "€ 1234.50" '$99' "1.5 million" 586.303k "7.25 €" 'US$139/kWh' '-$12' 2025E "120.0¹" "586.303 GWh" "3 kWh" "CATL Ltd" "8 GWh" "USD 5"
refused "thousands without a word are refused" 4 "Sheet1: |B2 (stored 586303, shown 586.303)|B3 |--scaled=shown" scaled.xlsx
values "a currency that is not in the file" viewer '$5' '$139.50' '-$7.00' 0 8.00
says "is said" 'shown in the currency of whoever looks, and read as $: B2, B3, B4 and 1 more'
values "fractions of seconds" seconds "2024-01-31 12:00:00" 1900-01-01
csv "thousands without a word, as shown" $'name,value\nr2,586.303\nr3,$1.5' --scaled=shown scaled.xlsx
csv "thousands without a word, as stored" $'name,value\nr2,586303\nr3,$1500000.0' --scaled=stored scaled.xlsx
refused "digits in the number format" 4 'B2 (stored 586, with the format 0",000")|--scaled=stored' digits.xlsx
csv "digits in the number format, as stored" $'name,value\nr2,586' --scaled=stored digits.xlsx
values "a number format that hides or says a word" hiding 5 n/a 4
says "is said" '1 cells are hidden by their number format; their values are read: B2 5' '1 cells are shown as words by their number format: B3 "n/a" for 0'

values "dates, times and what is shown of them" dates 2024-01-31 "2024-01-31 12:00:00" 2023 2023-03-15 2023-02 2023-02-03 1900-01-01 1900-02-28 1900-03-01 06:00:00 36:00:00 '########' '########' 2024-01-31 2024-01-31 2024-01-31 "5 days" 2024-02-01
says "a date that is none is said" '2 cells are formatted as dates and are none: B13 60, B14 9999999'
values "the epoch of 1904" dates1904 2024-01-31 1904-01-01

values "texts, raised and struck digits, errors" texts "120¹" "LiFePO₄" $'1\u03362\u033613' 寧德 "bold face" 1234 '"two lines, a ""quote"""' "cr lf _x" "80²" TRUE FALSE "#N/A" "#DIV/0!" "" made 5
says "a struck cell is said" '1 cells are struck out, and read as they stand: B17'
values "formulas have their cached values" formulas 2 4.5 6 "" "#DIV/0!" TRUE
refused "a formula without a value" 4 "Sheet1: formulas without a computed value: B3, B4|libreoffice --headless" uncached.xlsx
refused "a 0 that was never computed" 4 "B3" never.xlsx
values "a value that is out of date" stale 1 2
says "is said" 'out of date: B3'

csv "two header rows, found by merged cells" $'Company,2023 Capacity (GWh),2023 Share,2024 Capacity (GWh),2024 Share\nCATL,259.7,36.8 %,339.3,37.9 %' --positions=pos twoheaders.xlsx
says "a title and the header's rows are said" 'Sheet1!B2: "Sales of cells" stands above' 'the header is 2 rows (4 to 5)'
same "where each line comes from" $'Sheet1\tB\tD\tE\tF\tG\n5\n6' "$(cat pos)"
csv "years below what they are of" $'Company,2023 Capacity (GWh),2024 Capacity (GWh)\nCATL,259.7,339.3' yearsbelow.xlsx
csv "a merged name above figures is one header row" $'Company,Company,GWh\nCATL,China,259.7' notheader.xlsx
csv "a row of names is no header" $'maker,alias,alias\nCATL,CATL,Ningde\nBYD,BYD,BYD' names.xlsx
refused "a title with a unit" 4 'Sheet1!A2: "in thousand MWh" stands above the table|--range=A3:B4' title.xlsx
csv "a title with a unit, left out" $'maker,2023\nCATL,1' --range=A3:B4 title.xlsx
csv "two header rows, as told" $'Company,2023 GWh,2024 GWh\nCATL,1,2' --header-rows=2 unmerged.xlsx
csv "names and years that are merged hold for all their rows" $'country,year,maker,GWh\nChina,2023,CATL,259.7\nChina,2023,BYD,111\nKorea,2023,LG,95' merged.xlsx
says "is said" 'merged cells are given to every row that they reach: A2:A3, B2:B4'
refused "a figure merged over rows" 4 'Sheet1!B2: one merged cell (B2:B3) states "120" for several rows|--merged=first' joint.xlsx
csv "each has it" $'maker,GWh\nCATL,120\nBYD,120' --merged=fill joint.xlsx
csv "the first has it" $'maker,GWh\nCATL,120\nBYD,' --merged=first joint.xlsx
refused "a figure merged over columns" 4 'Sheet1!B2: one merged cell (B2:C2)' wide.xlsx
csv "a text merged over columns stands once" $'maker,2023,2024\nCATL,120,120\n"all of Asia, new method",,\nx,1,2' --merged=fill wide.xlsx
says "what a merged cell covers is said" 'not read: Sheet1!C3'
csv "an empty merged area of a million rows" $'name,value\nr2,5' whole.xlsx

csv "hidden rows and columns are read" $'a,b,c\n1,2,3\n4,5,6' hidden.xlsx
says "and said, with sheets and comments" 'hidden sheets are not read: "Old" (hidden), "Deep" (very hidden)' 'Data: 1 rows are hidden (a filter is set) and are read: 3' 'columns are hidden and are read: B' '1 cells have a comment, which is not read: B2'
csv "a hidden sheet that is asked for" $'x\n9' --sheet=Old hidden.xlsx
says "is said to be hidden" 'Old: the sheet is hidden'
refused "several sheets" 4 '2 sheets hold something: "Operable", "Retired"|--sheet="Operable"' several.xlsx
csv "a sheet by name" $'name,value\nr2,2' --sheet=retired several.xlsx
csv "a sheet by place" $'name,value\nr2,1' --sheet=1 several.xlsx
refused "a name comes before a place" 4 '2 holds nothing' --sheet=2 several.xlsx
refused "no such sheet" 4 'no sheet "Sales"|1 Operable, 2 Retired' --sheet=Sales several.xlsx
csv "the one sheet that holds anything" $'name,value\nr2,1' one.xlsx
refused "nothing at all" 4 'Sheet1 holds nothing' nothing.xlsx
refused "several sheets and nothing" 4 'no visible sheet holds anything|2 Deep (hidden)' empties.xlsx
csv "the list of sheets" $'1\tOperable\tvisible\tA1:B2\t2 rows\n\tA1 name | B1 value\n\tA2 r2 | B2 1\n2\tRetired\tvisible\tA1:B2\t2 rows\n\tA1 name | B1 value\n\tA2 r2 | B2 2\n3\t2\tvisible\tempty' --sheets several.xlsx
csv "the list shows what cannot be read" $'1\tSheet1\tvisible\tA1:B4\t4 rows\n\tA1 name | B1 value\n\tA2 r2 | B2 1\n\tA3 r3 | B3 (not computed)' --sheets uncached.xlsx
csv "a range" $'maker,GWh\nCATL,1\nBYD,2' --range=B4:C8 --positions=pos range.xlsx
same "its rows" $'Sheet 1\tB\tC\n4\n5\n7' "$(cat pos)"
csv "a range with the sheet's name" $'maker,GWh\nCATL,1\nBYD,2' --range="'Sheet 1'!\$B\$4:\$C\$8" range.xlsx
csv "an open range" $'a,b\n1,2' --range=A:B noref.xlsx
refused "an open range meets what is below the table" 4 "C9" --range=B4:C range.xlsx
refused "a range that begins with an empty row" 4 "Sheet 1!B3: the first row of the range is empty" --range=B3:C8 range.xlsx
refused "a range that is empty" 4 "Sheet 1 holds nothing in this range" --range=F1:G9 range.xlsx
for range in B4 4:5 H60:B4 B0:C5 ZZZ1:ZZZ2 B4:C9999999; do
	refused "no range: $range" 2 "--range" --range=$range range.xlsx
done

for file in old.xls odd.xlsb odd.ods page.xls old.xml; do
	refused "how to convert $file" 4 'libreoffice --headless --convert-to xlsx' $file
done
refused "an encrypted workbook" 4 'protected with a password|without a password' secret.xlsx
refused "a CSV file" 4 'a text file, no workbook|.csv' csv.xlsx
refused "Strict Open XML" 4 'Strict Open XML|--convert-to xlsx' strict.xlsx
refused "an empty file" 4 'the file is empty' empty.xlsx
refused "a file that was cut off" 4 'its end is missing' cut.xlsx
refused "noise" 4 'no .xlsx workbook' noise.xlsx
refused "another zip" 4 'no workbook' other.xlsx
refused "no file" 4 'none.xlsx' none.xlsx
refused "a directory" 4 "$tmp" "$tmp"
refused "a part that is missing" 4 'sheet1.xml is missing' part.xlsx
for file in damaged order twice nostring notnumber unicode deep; do
	refused "damaged: $file" 4 'the workbook is damaged' $file.xlsx
done
refused "a number format that the workbook lacks" 4 'number format 67' format.xlsx
refused "a document type" 4 'document type declaration' dtd.xlsx
refused "a document type in what openpyxl reads" 4 'document type declaration' dtdbook.xlsx
refused "also in a list of sheets of another name" 4 'document type declaration' renamed.xlsx
csv "external links are not looked at" $'name,value\nr2,1' links.xlsx
csv "macros are left alone" $'name,value\nr2,1' macros.xlsx
says "and said" 'macros; they are never run'
csv "empty columns and formatted rows cost nothing" 1 formatted.xlsx

# The guards, with low limits instead of hostile files
BATTERY_SHEET_LIMIT=part=100000 refused "a part that is too large" 4 'sheet1.xml has|bytes, of 100000 at most|CSV' formatted.xlsx
BATTERY_SHEET_LIMIT=ratiofrom=100000,ratio=5 refused "a part that unpacks to too much" 4 'more than 5 times its size|Delete the empty rows' formatted.xlsx
BATTERY_SHEET_LIMIT=small=300 refused "a list of sheets that is too large" 4 'of 300 at most' numbers.xlsx
BATTERY_SHEET_LIMIT=parts=200 refused "too many parts" 4 'too many parts' numbers.xlsx
BATTERY_SHEET_LIMIT=cell=1000 refused "a row that is too long" 4 'row 1 holds more than 1000 characters' row.xlsx
BATTERY_SHEET_LIMIT=cell=1000 refused "a text that is too long" 4 'more than 1000 characters' long.xlsx
BATTERY_SHEET_LIMIT=merged=40 refused "too many merged areas" 4 'more than 40 merged areas' mergedmuch.xlsx
refused "an unknown option" 2 '--help' --colour numbers.xlsx
refused "two files" 2 'one workbook' numbers.xlsx units.xlsx
refused "a value that an option does not have" 2 '--merged takes fill or first' --merged=all joint.xlsx

# A million rows within 64 MB of what a small file takes
cat >"$tmp/large.py" <<'PY'
import sys, zipfile
small = zipfile.ZipFile(sys.argv[1])
rows = int(sys.argv[3])
with zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as z:
	for path in small.namelist():
		if 'sheet1' not in path and 'sharedStrings' not in path:
			z.writestr(path, small.read(path))
	with z.open('xl/sharedStrings.xml', 'w') as part:
		part.write(b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">')
		for i in range(rows):
			part.write(b'<si><t>a name that is no other %d</t></si>' % i)
		part.write(b'</sst>')
	with z.open('xl/worksheets/sheet1.xml', 'w') as part:
		part.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
		for i in range(1, rows + 1):
			part.write(b'<row r="%d" ht="15"><c r="A%d" t="s"><v>%d</v></c><c r="B%d"><v>%d.5</v></c></row>' % (i, i, i - 1, i, i * 7))
		part.write(b'</sheetData></worksheet>')
PY
python3 "$tmp/large.py" numbers.xlsx large.xlsx 300000
python3 "$tmp/large.py" numbers.xlsx small.xlsx 10
cat >"$tmp/peak.py" <<'PY'
import resource, subprocess, sys
peak = []
for name in ('small.xlsx', 'large.xlsx'):
	with open(name + '.csv', 'wb') as out:
		subprocess.run([sys.argv[1], name], stdout=out, check=True)
	# the peak of all children so far, in kB: the small file comes first
	peak.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(peak[1] - peak[0] if peak[1] - peak[0] > 65536 else 'within 64 MB')
PY
same "300,000 rows and texts take no memory" "within 64 MB" "$(python3 "$tmp/peak.py" "$root/bin/battery-sheet")"
same "and are all there" "300000 a name that is no other 299999,2100000.5" "$(wc -l <large.xlsx.csv) $(tail -n 1 large.xlsx.csv)"

# A machine without the package: a python3 that does not look for packages
mkdir "$tmp/bare"
printf '#!/bin/sh\nexec /usr/bin/python3 -S "$@"\n' >"$tmp/bare/python3"
chmod 755 "$tmp/bare/python3"
rc=0
"$tmp/bare/python3" "$root/bin/battery-sheet" numbers.xlsx >"$tmp/out" 2>"$tmp/err" </dev/null || rc=$?
same "without openpyxl: exit status 3" 3 "$rc"
says "and the package's name" "python3-openpyxl"
rc=0
PATH=$tmp/none /bin/sh "$root/bin/battery-sheet" numbers.xlsx >"$tmp/out" 2>"$tmp/err" </dev/null || rc=$?
same "without python3: exit status 3" 3 "$rc"
says "and the package's name, again" "python3-openpyxl"

finish
