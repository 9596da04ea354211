#!/bin/bash
# The data models that battery-industry model makes of the dictionary bi_measure.
#
# Made with the rights of a reader, over the demo's data, and run by test/models/model.js:
# Cube's by Cube's own compiler and driver (from npm, as test/models/package-lock.json
# pins them), each measure against plain SQL and what is meant by hand; dbt's by a
# schema written from dbt's documentation, its tests and metrics as SQL.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_models
reader=battery_test_models_reader
nobody=battery_test_models_nobody
create_database $db
create_role $reader LOGIN
create_role $nobody LOGIN

model()
{
	"$root/bin/battery-industry" model -d $db "$@"
}

outputs=("$tmp/out")
run "models: where the schema is not set up" 3 model --cube
says "models: the command says what to do" "is not set up; use setup"
if ! PGDATABASE=$db "$root/demo/industry.sh" >"$tmp/out" 2>&1; then
	remark <"$tmp/out"
	not_ok "models: the demo's data is loaded"
	finish
	exit
fi
query $db -c "SELECT industry.grant_access(reader => '$reader')" >/dev/null

run "models: a role without rights" 1 model --cube -U $nobody
says "models: is told how it gets them" "SELECT industry.grant_access(reader => '$nobody')"
run "models: which model must be said" 2 model
says "models: and how" "model needs --cube or --dbt"
run "models: an older schema" 4 env PGOPTIONS="$PGOPTIONS -c search_path=public" bash -c "
	psql -X -q -d postgres -c 'CREATE DATABASE ${db}_old TEMPLATE template0' &&
	psql -X -q -d ${db}_old -c 'CREATE SCHEMA industry; CREATE VIEW industry.bi_measure AS SELECT 1 AS unit' &&
	'$root/bin/battery-industry' model --dbt -d ${db}_old; rc=\$?
	psql -X -q -d postgres -c 'DROP DATABASE ${db}_old'; exit \$rc"
says "models: is to be upgraded" "battery-industry upgrade brings it up to date"

# A comment and a figure's text are data: no template of Cube's or dbt's, no YAML.
query $db -c "COMMENT ON COLUMN industry.bi_price.scope IS E'a {{ ref(1) }} {x} \\u20ac \"quoted\": it''s\nso # \\\\ far'" \
	-c "UPDATE industry.series SET scenario = 'if {{ var(''x'') }} isn''t' WHERE series_id = (SELECT min(series_id) FROM industry.series WHERE kind = 'capacity')"
for kind in cube dbt; do
	run "models: a reader makes the model for $kind" 0 model --$kind -U $reader --directory="$tmp/$kind"
	model --$kind -U $reader >"$tmp/printed"
	same "models: what is printed is what is written, for $kind" "the same" "$(cmp "$tmp/printed" "$tmp/$kind/battery.yml" 2>&1 && echo "the same")"
done
same "models: dbt's files besides are a model for each view, and the days" \
	"$(query $db -c "SELECT count(*) FROM pg_class WHERE relnamespace = 'industry'::regnamespace AND relname LIKE 'bi\\_%' AND relname <> 'bi_measure'")" \
	"$(ls "$tmp"/dbt/battery_*.sql | grep -vc battery_day)"
echo 'SELECT 1' >"$tmp/dbt/battery_mine.sql"
run "models: a file of the user's" 1 model --dbt --directory="$tmp/dbt"
says "models: stays" "battery_mine.sql is not from battery-industry model, and was left as it is"
same "models: as it was" "SELECT 1" "$(cat "$tmp/dbt/battery_mine.sql")"
rm "$tmp/dbt/battery_mine.sql"
sed -i 's/bi_price/bi_gone/' "$tmp/dbt/battery_price.sql" && mv "$tmp/dbt/battery_price.sql" "$tmp/dbt/battery_gone.sql"
run "models: again" 0 model --dbt --directory="$tmp/dbt"
same "models: a model of a view that is no more goes" "battery_price.sql" "$(cd "$tmp/dbt" && ls battery_gone.sql battery_price.sql 2>/dev/null)"
query $db -c "REVOKE SELECT ON industry.bi_price FROM $reader"
model --cube -U $reader >"$tmp/fewer"
same "models: a view that the role may not read is not in its model" "0 1" \
	"$(grep -c 'name: bi_price$' "$tmp/fewer" || true) $(grep -c 'name: bi_expansion$' "$tmp/fewer")"
page_blocks "$root/docs/models.md"
same "models: docs/models.md, its commands" "$(cat "$tmp/blocks/001.text")" \
	"$(cd "$tmp/files" && PGDATABASE=$db PATH=$root/bin:$PATH bash "$tmp/blocks/001.sh" 2>&1)"
none "models: a quotient of bi_measure is what its total_as says" $db \
	"SELECT column_name, total_as, numerator, denominator FROM industry.bi_measure
	 WHERE numerator IS NOT NULL
	   AND total_as NOT LIKE replace(concat('sum(', split_part(numerator, ' ', 1), ')%/ sum(', denominator, ')%'), '_', '\\_')"

skip=
for program in node npm; do
	command -v $program >/dev/null || skip="there is no $program"
done
if [ -z "$skip" ] && [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 18 ]; then
	skip="Node.js is older than 18"
fi
if [ -z "$skip" ]; then
	mkdir "$tmp/node"
	cp "$root"/test/models/* "$tmp/node"
	# without the scripts of the packages, which fetch programs of their own
	(cd "$tmp/node" && timeout 600 npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-timeout=60000 --fetch-retries=1) >"$tmp/npm" 2>&1 </dev/null ||
		skip="npm cannot install the packages: $(grep -m 1 'npm error' "$tmp/npm" || true)"
fi
if [ -n "$skip" ]; then
	ok "models: run by Cube, and by what dbt documents # SKIP $skip"
	finish
	exit
fi
export PGDATABASE=$db
for part in scaffold "cube $tmp/cube/battery.yml" "dbt $tmp/dbt"; do
	# unquoted: an argument or two
	(cd "$tmp/node" && timeout 600 node model.js $part) >"$tmp/out" 2>&1 || not_ok "models: ${part%% *} ends well"
	cat "$tmp/out"
	_failed=$((_failed + $(grep -c '^not ok' "$tmp/out" || true)))
done
finish
