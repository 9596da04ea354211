#!/bin/bash
# bin/battery-industry upgrade of a schema of 1.0.0 with data in it, users' objects
# among them.  test/industry/1.0.0.sql.gz is what bin/battery-industry sql wrote
# then (main at 0bfa5fe).
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
kit=$root/bin/battery-industry
db=battery_test_step
fresh=${db}_fresh
owner=battery_test_step_owner
reader=battery_test_step_reader
create_role $owner LOGIN
create_role $reader
for name in $db $fresh; do
	create_database $name
	query postgres -c "ALTER DATABASE $name OWNER TO $owner"
	query $name -c "GRANT ALL ON SCHEMA public TO $owner"
done
gzip -dc "$root/test/industry/1.0.0.sql.gz" >"$tmp/old.sql"
PGUSER=$owner query $db -f "$tmp/old.sql" >/dev/null
PGUSER=$owner "$kit" setup -q -d $fresh

# What both hold: the fixture, and projects and prices of scenarios, as each
# version keeps them.
for name in $db $fresh; do
	PGUSER=$owner query $name -f "$root/test/industry/fixture.sql"
	PGUSER=$owner query $name <<'SQL'
INSERT INTO industry.series (series_id, publisher, kind, metric, basis, country_basis, stage) OVERRIDING SYSTEM VALUE VALUES
	(901, 'Made up', 'storage_project', 'storage_projects', NULL, NULL, NULL), (902, 'Made up', 'country_share', 'cells', 'output', 'plant_site', 'cell'),
	(903, 'Made up', 'country_share', 'packs', 'output', 'plant_site', 'pack');
INSERT INTO industry.statement_set (set_id, series_id, source_id, publisher, period_first, period_last) OVERRIDING SYSTEM VALUE
SELECT v.set_id, v.series_id, o.source_id, 'Made up', v.period_first, v.period_last
FROM industry.source o, (VALUES (9001, 901, NULL::date, NULL::date), (9002, 902, '2030-01-01', '2030-12-31'), (9003, 903, '2030-01-01', '2030-12-31'), (9004, 902, '2020-01-01', '2020-12-31'))
	AS v (set_id, series_id, period_first, period_last) WHERE o.source = 'made-up';
INSERT INTO industry.country_share_observation (set_id, source_id, as_printed, country, amount, unit, notes)
SELECT v.set_id, o.source_id, v.amount::text, v.country, v.amount, 'GWh', v.notes::jsonb
FROM industry.source o, (VALUES (9002, 'CN', 60, '{"Scenario": "STEPS", "page": "3"}'), (9002, 'KR', 30, '{"Scenario": "STEPS"}'),
	(9003, 'CN', 60, '{"Scenario": "STEPS"}'), (9003, 'KR', 30, '{"Scenario": "NZE"}'), (9004, 'CN', 50, NULL))
	AS v (set_id, country, amount, notes) WHERE o.source = 'made-up';
INSERT INTO industry.load_report (kind, source_id, rows_read) SELECT 'country_share', source_id, 3 FROM industry.source WHERE source = 'made-up';
INSERT INTO industry.quarantine (load_id, line_number, sqlstate, message, row_text) SELECT max(load_id), 7, '22P02', 'no', '{"a": "b"}' FROM industry.load_report;
SQL
done
PGUSER=$owner query $db <<'SQL'
INSERT INTO industry.storage_project (set_id, source_id, as_printed, project, status, power_mw, energy)
SELECT 9001, o.source_id, v.energy::text, v.project, v.status, v.power, v.energy
FROM industry.source o, (VALUES ('Ash', 'In Operation', 100, 0.4), ('Birch', 'Under Construction', 50, 0.1), ('Cedar', 'as the board decides', NULL, 0.2), ('Dogwood', NULL, 10, 0.02))
	AS v (project, status, power, energy) WHERE o.source = 'made-up';
SQL
# by hand: what each of these is in the new columns
PGUSER=$owner query $fresh <<'SQL'
INSERT INTO industry.storage_project (set_id, source_id, as_printed, project, status, status_as_printed, power_qualifier, power_mw, energy)
SELECT 9001, o.source_id, v.energy::text, v.project, v.status, v.printed, CASE WHEN v.power IS NOT NULL THEN '=' END, v.power, v.energy
FROM industry.source o, (VALUES ('Ash', 'operating', 'In Operation', 100, 0.4), ('Birch', 'under_construction', 'Under Construction', 50, 0.1),
	('Cedar', NULL, 'as the board decides', NULL, 0.2), ('Dogwood', NULL, NULL, 10, 0.02)) AS v (project, status, printed, power, energy) WHERE o.source = 'made-up';
INSERT INTO industry.series (publisher, kind, metric, basis, country_basis, stage, scenario) VALUES ('Made up', 'country_share', 'cells', 'output', 'plant_site', 'cell', 'STEPS');
UPDATE industry.statement_set SET series_id = (SELECT series_id FROM industry.series WHERE scenario = 'STEPS') WHERE set_id = 9002;
UPDATE industry.country_share_observation SET notes = nullif(notes - 'Scenario', '{}') WHERE set_id = 9002;
SQL

# what users made

PGUSER=$owner query $db <<SQL
SELECT industry.grant_access(reader => '$reader');
ALTER TABLE industry.storage_project ADD COLUMN checked_by text DEFAULT 'us';
CREATE INDEX ours ON industry.storage_project (checked_by);
CREATE VIEW public.first AS SELECT maker, amount FROM industry.current_maker_share WHERE row_kind = 'member';
CREATE VIEW public.another WITH (security_barrier=true) AS SELECT maker, max(amount) AS most FROM public.first GROUP BY maker;
COMMENT ON COLUMN public.another.most IS 'ours';
GRANT SELECT ON public.another TO $reader;
GRANT SELECT ON industry.current_price TO $reader;
GRANT EXECUTE ON FUNCTION industry.grant_access(name, name, name) TO $reader;
CREATE MATERIALIZED VIEW public.kept AS SELECT leader FROM industry.bi_concentration;
SQL

PGUSER=$owner run "a materialized view that reads a view of ours keeps 1.0.0" 1 "$kit" upgrade -d $db
same "and is named, with what to do" "1 1" "$(grep -c 'DETAIL:  materialized view kept$' "$tmp/out") $(grep -c 'HINT:  Drop them, upgrade' "$tmp/out")"
same "nothing was changed" "1.0.0 0" "$(query $db -c "SELECT industry.version() || ' ' || count(*) FROM pg_attribute WHERE attrelid = 'industry.series'::regclass AND attname = 'scenario'")"
query $db -c 'DROP MATERIALIZED VIEW public.kept'
query $db -c "SELECT max(most)::text FROM public.another" >"$tmp/most"
PGUSER=$owner run "a schema of 1.0.0 is upgraded by its owner" 0 "$kit" upgrade -d $db
same "with a word about sets that hold several scenarios" 1 "$(grep -c 'WARNING:.*several scenarios.*made-up country_share: packs$' "$tmp/out")"

# the same as a new one

catalog()
{
	query "$1" -f "$root/test/industry/catalog.sql" | grep -v '|storage_project|checked_by|\|INDEX ours '
}
catalog $db >"$tmp/upgraded"
catalog $fresh >"$tmp/new"
if cmp -s "$tmp/upgraded" "$tmp/new"; then
	ok "tables, keys, views, functions and comments are those of a new one ($(wc -l <"$tmp/new") lines)"
else
	not_ok "tables, keys, views, functions and comments are those of a new one: add what schema.sql has got to the step"
	diff "$tmp/new" "$tmp/upgraded" | cut -c 1-200 | remark 40
fi
for table in layout layout_reader layout_fill layout_common layout_field layout_rule code_list country_spelling stage; do
	query $db -c "SELECT t::text FROM industry.$table t ORDER BY 1" >"$tmp/upgraded"
	query $fresh -c "SELECT t::text FROM industry.$table t ORDER BY 1" >"$tmp/new"
	same "rows of $table" "$(cksum <"$tmp/new")" "$(cksum <"$tmp/upgraded")"
done
same "answers are those of a new one" "$(query $fresh -f "$root/test/industry/answers.sql" | cksum)" "$(query $db -f "$root/test/industry/answers.sql" | cksum)"

# facts, column by column: a dump of the columns that both have

facts()
{
	local table

	while read -r table; do
		query "$1" -c "SELECT '$table', to_jsonb(f) - '{fact_id,checked_by}'::text[] FROM industry.$table f
			JOIN industry.statement_set t USING (set_id) ORDER BY f.set_id, (to_jsonb(f) - '{fact_id,checked_by}'::text[])::text COLLATE \"C\""
	done < <(query "$1" -c "SELECT relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE a.attname = 'fact_id' AND c.relkind = 'r' AND c.relnamespace = 'industry'::regnamespace ORDER BY 1")
	query "$1" -c "SELECT s.publisher, s.kind, s.metric, s.scenario, t.set_id, t.period_first FROM industry.statement_set t JOIN industry.series s USING (series_id) ORDER BY t.set_id"
}
facts $db >"$tmp/upgraded"
facts $fresh >"$tmp/new"
if cmp -s "$tmp/upgraded" "$tmp/new"; then
	ok "every fact and set is as if it had been entered in a new one ($(wc -l <"$tmp/new") lines)"
else
	not_ok "every fact and set is as if it had been entered in a new one"
	diff "$tmp/new" "$tmp/upgraded" | cut -c 1-300 | remark
fi
same "what is in quarantine stays" "7|no" "$(query $db -c 'SELECT line_number, message FROM industry.quarantine')"

# what users made is there

same "a user's column and index stay" "us 1" "$(query $db -c "SELECT min(checked_by) || ' ' || (SELECT count(*) FROM pg_indexes WHERE indexname = 'ours') FROM industry.storage_project")"
same "their views are made again, one upon the other" "$(cat "$tmp/most")" "$(query $db -c "SELECT max(most)::text FROM public.another")"
same "with options, comments, owner and rights" "security_barrier=true|ours|$owner|t" \
	"$(query $db -c "SELECT array_to_string(c.reloptions, ','), col_description(c.oid, 2), pg_get_userbyid(c.relowner), has_table_privilege('$reader', c.oid, 'SELECT')
		FROM pg_class c WHERE c.oid = 'public.another'::regclass")"
same "rights to ours are given back, and no others" "t|t|t|f" \
	"$(query $db -c "SELECT has_table_privilege('$reader', 'industry.bi_price', 'SELECT'), has_table_privilege('$reader', 'industry.current_price', 'SELECT'),
		has_function_privilege('$reader', 'industry.bi_usd(numeric, text, date, date)', 'EXECUTE'), has_table_privilege('$reader', 'industry.current_capacity', 'SELECT')")"
none "everything belongs to the owner" $db \
	"SELECT relname FROM pg_class WHERE relnamespace = 'industry'::regnamespace AND relkind IN ('r', 'v', 'S') AND pg_get_userbyid(relowner) <> '$owner'"

# and a new load is what it is in a new one

cat >"$tmp/cells.csv" <<'CSV'
period,metric,stage,basis,country_basis,country,scenario,amount,unit
2030,cells,cell,output,plant_site,China,STEPS,70,GWh
2030,cells,cell,output,plant_site,South Korea,STEPS,30,GWh
2030,cells,cell,output,plant_site,China,NZE,170,GWh
2030,cells,cell,output,plant_site,World,NZE,300,GWh
CSV
cat >"$tmp/projects.csv" <<'CSV'
project,unit_id,status,power,energy
Ash,1,operating,50 MW,200 MWh
Ash,2,planned,> 50 MW,200 MWh
CSV
for name in $db $fresh; do
	query $name -c "INSERT INTO industry.source (source, publisher, edition, published) VALUES ('made-up-2', 'Made up', '2', '2021-01-01')"
	PGUSER=$owner run "a file of two scenarios loads into $name" 0 "$root/bin/battery-load" -d $name country_share "$tmp/cells.csv" --source made-up-2
	PGUSER=$owner run "a file of units loads into $name" 0 "$root/bin/battery-load" -d $name storage_project "$tmp/projects.csv" --source made-up-2
	query $name -c "SELECT publisher, edition, metric, scenario, country, row_kind, amount FROM industry.current_country_share WHERE publisher = 'Made up' ORDER BY 3, 4, 5, 6
		" -c "SELECT edition, project, unit_id, status, power_mw, power_qualifier, energy FROM industry.current_storage_project WHERE publisher = 'Made up' ORDER BY 1, 2, 3" >"$tmp/$name"
done
same "and stands beside the upgraded figures as it does there" "$(cat "$tmp/$fresh")" "$(cat "$tmp/$db")"
same "edition 2 replaces the set of its scenario, which 1.0.0 had in the notes" "NZE|2|170
STEPS|2|70" "$(query $db -c "SELECT scenario, edition, amount FROM industry.current_country_share WHERE metric = 'cells' AND country = 'CN' AND period_first = '2030-01-01' ORDER BY 1")"
PGUSER=$owner run "it is up to date" 0 "$kit" status -d $db

finish
