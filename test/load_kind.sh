#!/bin/bash
# A kind of report from rows alone: added, loaded, driven again, upgraded and
# removed.  CONTRIBUTING.md says how.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_kind
create_database $db
"$root/bin/battery-industry" setup -q -d $db
query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('P');
INSERT INTO industry.source (source, publisher, edition, published, published_precision) VALUES ('p-1', 'P', '1', '2024-01-15', 'day');
INSERT INTO industry.maker (maker, name) VALUES ('Aster', 'Aster Cells Ltd');

-- one onto a table that is there
INSERT INTO industry.layout (kind, fact_table, default_metric, series_columns, needs, meaning)
VALUES ('cell_test', 'product_specification', 'cell_tests', '{metric, geography}', '{period}', 'what a laboratory measured of cells');
INSERT INTO industry.layout_field (kind, position, column_name, reads, required, target, is_key, unit, prefix, also_called, meaning) VALUES
	('cell_test', 1, 'cell', 'text', 'yes', 'product', true, NULL, NULL, '{sample}', 'cell that was tested'),
	('cell_test', 2, 'maker', 'maker', NULL, 'maker_id', true, NULL, NULL, '{}', 'its maker'),
	('cell_test', 3, 'chemistry', 'chemistry', NULL, 'chemistry', false, NULL, NULL, '{}', 'its chemistry'),
	('cell_test', 4, 'metric', 'word', 'yes', 'metric', true, NULL, NULL, '{property}', 'property that was measured'),
	('cell_test', 5, 'value', 'number', 'yes', 'value', false, NULL, '', '{result}', 'value'),
	('cell_test', 6, 'unit', 'unit', NULL, 'unit', false, NULL, NULL, '{}', 'its unit');
INSERT INTO industry.layout_rule (kind, position, condition, column_name, message, hint)
VALUES ('cell_test', 1, $${value:value} < 0$$, 'value', 'a measured property is not negative', 'Correct it.');

-- one onto a table of its own, with a figure that has a dimension
CREATE TABLE industry.recycling (LIKE industry.storage_project INCLUDING ALL, FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	FOREIGN KEY (maker_id) REFERENCES industry.maker);
INSERT INTO industry.layout (kind, fact_table, default_metric, series_columns, meaning)
VALUES ('recycling', 'recycling', 'recycling', '{metric, geography}', 'what plants recycle');
INSERT INTO industry.layout_field (kind, position, column_name, reads, required, target, is_key, unit, prefix, meaning) VALUES
	('recycling', 1, 'works', 'text', 'yes', 'project', true, NULL, NULL, 'works'),
	('recycling', 2, 'maker', 'maker', NULL, 'maker_id', false, NULL, NULL, 'who runs it'),
	('recycling', 3, 'recycled', 'capacity', 'yes', 'energy', false, NULL, '', 'energy of the batteries; its unit must be stated');
SQL

outputs=("$tmp/out")

# load NAME STATUS KIND ARGUMENT... <CSV
load()
{
	local name=$1 status=$2 kind=$3 rc=0

	shift 3
	cat >"$tmp/file.csv"
	"$root/bin/battery-load" -d $db "$kind" "$tmp/file.csv" --source=p-1 "$@" >"$tmp/out" 2>&1 || rc=$?
	if [ "$rc" -eq "$status" ]; then
		ok "$name"
	else
		not_ok "$name (exit status $rc, expected $status)"
		remark <"$tmp/out"
	fi
}

tested="SELECT product, m.maker, chemistry, f.metric, trim_scale(value), unit, qualifier FROM industry.product_specification f
	JOIN industry.statement_set t USING (set_id) LEFT JOIN industry.maker m USING (maker_id) WHERE t.superseded_by IS NULL ORDER BY f.line_number"
load "a file of the kind" 3 cell_test <<'CSV'
Sample,maker,chemistry,property,Result,unit,period,remark
A1,Aster,LFP,specific_energy,~165,Wh/kg,2023,x
A2,Aster,NMC 811,specific_energy,-3,Wh/kg,2023,
A3,Birch,LFP,cycle_life,"3,000",cycles,2023,
A4,Aster,LFP,cycle_life,4000,,2023,
A5,Aster,Unobtainium,cycle_life,4000,cycles,2023,
CSV
same "its names, units and qualifiers" "A1|Aster|LFP|specific_energy|165|Wh/kg|~" "$(query $db -c "$tested")"
same "its rows in quarantine, by rule, name, unit and chemistry" "A2|value|a measured property is not negative
A3|maker|maker \"Birch\" is not known on 2024-01-15
A4|unit|column \"unit\" is empty
A5|chemistry|\"Unobtainium\" is not a chemistry" "$(query $db -c "SELECT row_text ->> 'Sample', column_name, message FROM industry.quarantine ORDER BY line_number")"
query $db -c "INSERT INTO industry.maker (maker, name) VALUES ('Birch', 'Birch Energy Inc')"
"$root/bin/battery-load" -d $db -q --redrive=1 >/dev/null || true
same "one of them driven again" "A1|Aster|LFP|specific_energy|165|Wh/kg|~
A3|Birch|LFP|cycle_life|3000|cycles|=" "$(query $db -c "$tested")"
load "a file without what the kind needs" 4 cell_test <<'CSV'
maker,property,result,unit,period
Aster,cycle_life,4000,cycles,2023
CSV
says "names it" 'a file of kind cell_test needs "cell"'

recycled="SELECT project, energy, row_kind FROM industry.recycling f JOIN industry.statement_set t USING (set_id) WHERE t.superseded_by IS NULL ORDER BY f.line_number"
load "a figure of a table of its own, without its unit" 4 recycling <<'CSV'
works,recycled,period
North,300,2023
CSV
says "is refused with the option" "--option=units='{\"recycled\": \"MWh\"}'"
load "with it" 0 recycling --option='units={"recycled": "MWh"}' <<'CSV'
works,recycled,period
North,300,2023
CSV
same "is loaded" "North|0.3|member" "$(query $db -c "$recycled")"
load "a correction" 0 recycling <<'CSV'
works,Recycled (MWh),period
North,310,2023
South,12,2023
CSV
same "supersedes it" "North|0.31|member
South|0.012|member" "$(query $db -c "$recycled")"

layouts="SELECT kind, column_name, reads, target, unit FROM industry.layout_column WHERE kind IN ('cell_test', 'recycling') UNION ALL
	SELECT kind, message, NULL, NULL, NULL FROM industry.layout_rule WHERE kind IN ('cell_test', 'recycling') ORDER BY 1, 2"
before=$(query $db -c "$layouts")
if "$root/bin/battery-industry" upgrade --again -q -d $db >"$tmp/out" 2>&1; then
	ok "an upgrade"
else
	not_ok "an upgrade"
	remark <"$tmp/out"
fi
same "leaves kinds of users alone" "$before" "$(query $db -c "$layouts")"
load "which load as ever" 0 recycling <<'CSV'
works,Recycled (MWh),period
North,310,2023
South,13,2023
CSV
same "with the same meaning" "North|0.31|member
South|0.013|member" "$(query $db -c "$recycled")"

if query $db -c "DELETE FROM industry.layout WHERE kind = 'recycling'" >"$tmp/out" 2>&1; then
	not_ok "a kind that has facts is not removed"
else
	says "a kind that has facts is not removed" "still referenced"
fi
query $db <<'SQL'
BEGIN;
DROP TABLE industry.recycling;
DELETE FROM industry.product_specification f USING industry.statement_set t JOIN industry.series r USING (series_id) WHERE t.set_id = f.set_id AND r.kind = 'cell_test';
DELETE FROM industry.statement_set t USING industry.series r WHERE r.series_id = t.series_id AND r.kind IN ('cell_test', 'recycling');
DELETE FROM industry.series WHERE kind IN ('cell_test', 'recycling');
DELETE FROM industry.layout WHERE kind IN ('cell_test', 'recycling');
COMMIT;
SQL
load "a kind that was removed with them" 4 recycling <<'CSV'
works,Recycled (MWh),period
North,310,2023
CSV
says "is none" 'there is no kind of file "recycling"'
load "and the shipped ones are as before" 0 product_specification <<'CSV'
product,maker,metric,value,unit,period
B1,Aster,cycle_life,5000,cycles,2022
CSV
finish
