#!/bin/bash
# Workbooks through bin/battery-load: what bin/battery-sheet reads of a sheet
# becomes facts as the rows of a CSV file do.  test/workbook.sh tests the reading
# of cells; the values here are those that the workbook was made with.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
python=$(for p in python3 /usr/bin/python3; do ! "$p" -c 'import openpyxl' 2>/dev/null || { echo "$p"; break; }; done)
if [ -z "$python" ]; then
	ok "workbooks through the loader # SKIP python3-openpyxl is not there"
	finish
	exit
fi
db=battery_test_load_workbook
create_database $db
"$root/bin/battery-industry" setup -q -d $db
query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('P');
INSERT INTO industry.source (source, publisher, edition, published, options) VALUES
	('p-1', 'P', '1', '2024-01-15', '{"skip_lines": 3, "delimiter": ";"}'), ('p-2', 'P', '2', '2024-02-15', '{"decimal_comma": true}'),
	('p-3', 'P', '3', '2024-03-15', '{}');
INSERT INTO industry.maker (maker, name) VALUES ('Aster', 'Aster Cells'), ('Birch', 'Birch Energy');
SQL
"$python" - "$tmp" <<'PY'
import sys
import openpyxl
tmp = sys.argv[1]

def book(name, rows, formats={}, title='Data', more=()):
    b = openpyxl.Workbook()
    s = b.active
    s.title = title
    for r in rows:
        s.append(r)
    for cell, form in formats.items():
        s[cell].number_format = form
    for other in more:
        b.create_sheet(other)['A1'] = 'text'
    b.save('%s/%s.xlsx' % (tmp, name))

head = ['maker', 'amount', 'share', 'period', 'metric', 'basis']
book('plain', [head, ['Aster', 92.3, 0.368, 2022, 'ev', 'installed'], ['Birch', '50,500 MWh', 0.2012, 2022, 'ev', 'installed'],
               ['Nobody', 1, 0.01, 2022, 'ev', 'installed']],
     {'B2': '0.0" GWh"', 'C2': '0.0%', 'C3': '0%', 'C4': '0%'}, 'Shares', ['Notes'])
# numbers as a machine stores them beside texts with a decimal comma
book('comma', [head, ['Aster', 24.5, '36,8 %', 2022, 'ev', 'installed'], ['Birch', '1.024,25', 0.125, 2022, 'ev', 'installed']],
     {'B2': '0.000', 'C3': '0.0%'})
book('fractions', [head, ['Aster', 1, 0.368, 2020, 'ev', 'installed'], ['Birch', 1000, 0.25, 2020, 'ev', 'installed']])
book('gap', [['A title'], [], head, [], ['Aster', 7, None, 2021, 'ev', 'installed'], ['Nobody', 8, None, 2021, 'ev', 'installed']])
PY

facts()
{
	query $db -c "SELECT f.line_number, f.subject_as_printed, f.amount, f.as_printed, f.share_pct, f.share_as_printed FROM industry.maker_share_observation f
		JOIN industry.statement_set t USING (set_id) JOIN industry.source s ON s.source_id = f.source_id
		WHERE s.source = '$1' AND t.superseded_by IS NULL ORDER BY f.line_number"
}

load "a workbook of two sheets is loaded when one is named" 3 maker_share "$tmp/plain.xlsx" --sheet=Shares --source=p-1
same "percent cells are percent, units of formats are units, options for CSV files do not disturb" \
	"2|Aster|92.3|92.3 GWh|36.8|36.8 %
3|Birch|50.5|50,500 MWh|20.12|20.12 %" "$(facts p-1)"
says "a refused row is named by its row in the sheet" 'line 4, maker: maker "Nobody" is not known'
query $db -c "INSERT INTO industry.maker (maker, name) VALUES ('Nobody', 'Nobody Inc')"
load "and driven again" 0 --redrive="$(query $db -c "SELECT max(load_id) FROM industry.load_report")"
same "with its row" "4|Nobody|1|1|1|1 %" "$(facts p-1 | tail -n 1)"
load "the same workbook again" 0 maker_share "$tmp/plain.xlsx" --sheet=Shares --source=p-1
says "changes nothing" "nothing to change"
load "without a sheet it is refused" 4 maker_share "$tmp/plain.xlsx" --source=p-1
says "and says which there are" "Shares"
load "a sheet that is not there" 4 maker_share "$tmp/plain.xlsx" --sheet=Share --source=p-1
load "--sheet of a CSV file is wrong usage" 2 maker_share "$0" --sheet=Shares --source=p-1
load "figures and texts with decimal commas in one sheet" 0 maker_share "$tmp/comma.xlsx" --source=p-2
same "are both read" "2|Aster|24.5|24,500|36.8|36,8 %
3|Birch|1024.25|1.024,25|12.5|12,5 %" "$(facts p-2)"
load "bare fractions are refused as they are in CSV" 4 maker_share "$tmp/fractions.xlsx" --source=p-3
says "with the option that settles it" '{"units": {"share": "%"}}'
load "and loaded with it" 0 maker_share "$tmp/fractions.xlsx" --source=p-3 --option='units={"share": "fraction"}'
same "as fractions" "2|Aster|1|1|36.8|0.368
3|Birch|1000|1000|25|0.25" "$(facts p-3)"
load "a title and empty rows" 0 maker_share "$tmp/gap.xlsx" --source=p-3 --part=gap --where=maker=Aster
says "rows that were not chosen are counted" "not chosen"
same "lines are rows of the sheet" "5" "$(query $db -c "SELECT line_number FROM industry.current_maker_share f WHERE f.amount = '7'")"
printf 'kind,file,sheet,source\nmaker_share,plain.xlsx,Shares,p-1\n' >"$tmp/manifest.csv"
load "a manifest" 0 --manifest="$tmp/manifest.csv"
printf 'PK\003\004 and then nothing' >"$tmp/broken.xlsx"
load "a damaged workbook" 4 maker_share "$tmp/broken.xlsx" --source=p-1
says "is called so" "damaged"
printf '\320\317\021\340\241\261\032\341rest' >"$tmp/old.xls"
load "an old workbook" 4 maker_share "$tmp/old.xls" --source=p-1
says "and how to convert it" "convert"
load "--sheets lists them" 0 --sheets "$tmp/plain.xlsx"
says "with their first rows" "A2 Aster"
finish
