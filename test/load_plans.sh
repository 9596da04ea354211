#!/bin/bash
# No statement of the loader grows with the square of the file: over 20,000 rows,
# loaded for the first time, again unchanged and with one changed column, no node
# of any plan is executed a thousand times with a thousand rows each, which is what a
# join without a hash, merge or index condition of 1,000 rows with 1,000 takes.  auto_explain says what each
# statement did, those inside of functions too.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_plans
rows=20000
loaded=$rows
create_database $db
if ! query $db -c "LOAD 'auto_explain'" 2>"$tmp/err"; then
	ok "skipped: the server has no auto_explain"
	finish
	exit
fi
"$root/bin/battery-industry" setup -q -d $db
query $db <<'SQL'
CREATE TABLE public.plan (name text, plan jsonb);
INSERT INTO industry.publisher (publisher) VALUES ('P');
INSERT INTO industry.maker (maker, name, kind) SELECT 'G' || g, 'Group number ' || g, 'group' FROM generate_series(1, 20000) AS g;
INSERT INTO industry.maker (maker, name) SELECT 'H' || g, 'House number ' || g FROM generate_series(1, 20000) AS g;
INSERT INTO industry.source (source, publisher, edition, published) VALUES ('s', 'P', '1', '2024-01-15');
-- tables that the planner knows to be empty
VACUUM ANALYZE;
SQL

# explained KIND FILE: loads it in one transaction, as battery-load does; the plans
# of what takes 2 ms and more into $tmp/plans, one a line
explained()
{
	local kind=$1 file=$2 columns

	columns=$(head -n 1 "$file" | tr -cd , | wc -c)
	columns=$(seq -s, -f 'c%.0f' 1 $((columns + 1)))
	PGOPTIONS='-c client_min_messages=warning -c session_preload_libraries=auto_explain' query $db >"$tmp/out" 2>"$tmp/err" <<SQL
SET auto_explain.log_nested_statements = on;
SET auto_explain.log_analyze = on;
SET auto_explain.log_timing = off;
SET auto_explain.log_format = json;
SET auto_explain.log_level = warning;
BEGIN;
SELECT 1 FROM industry.begin_load('$kind', 's', '$(head -n 1 "$file")'::bytea);
\\copy pg_temp.industry_stage ($columns) FROM '$file' (FORMAT csv, HEADER)
SET auto_explain.log_min_duration = '2ms';
SELECT industry.load('file.csv', options.checksum, 1, $rows) ->> 'rows_loaded' FROM (SELECT md5('$file')) AS options (checksum);
SET auto_explain.log_min_duration = -1;
COMMIT;
SQL
	awk '/^{$/ { inside = 1; text = "" } inside { text = text $0 } /^}$/ && inside { print text; inside = 0 }' "$tmp/err" >"$tmp/plans"
}

# linear NAME [KIND]: no node of the plans did so, and none read the table of the kind a
# thousand times, which shows no rows while the same statement writes them
linear()
{
	query $db -c "TRUNCATE public.plan"
	query $db -c "\\copy public.plan (plan) FROM '$tmp/plans' (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')"
	none "$1" $db "
		WITH RECURSIVE node (statement, node) AS (
			SELECT p.plan ->> 'Query Text', p.plan -> 'Plan' FROM public.plan p
			UNION ALL
			SELECT n.statement, c.value FROM node n CROSS JOIN LATERAL jsonb_array_elements(n.node -> 'Plans') AS c (value))
		SELECT n.node ->> 'Node Type', n.node ->> 'Relation Name', w.loops, w.handled, left(regexp_replace(n.statement, '\s+', ' ', 'g'), 300)
		FROM node n
		CROSS JOIN LATERAL (SELECT (n.node ->> 'Actual Loops')::numeric AS loops, (n.node ->> 'Actual Rows')::numeric
				+ coalesce((n.node ->> 'Rows Removed by Filter')::numeric, 0) + coalesce((n.node ->> 'Rows Removed by Join Filter')::numeric, 0)
				+ coalesce((n.node ->> 'Rows Removed by Index Recheck')::numeric, 0) AS handled) AS w
		WHERE w.loops >= 1000 AND (w.handled >= 1000 OR (n.node ->> 'Node Type' = 'Seq Scan' AND n.node ->> 'Relation Name' = '${2:-}'))"
}

# KINDs as arguments: those alone
only=" $* "

# A join of 1,000 rows with 1,000 must be found before silence counts.
PGOPTIONS='-c client_min_messages=warning -c session_preload_libraries=auto_explain' query $db >/dev/null 2>"$tmp/err" <<'SQL'
SET auto_explain.log_nested_statements = on;
SET auto_explain.log_analyze = on;
SET auto_explain.log_format = json;
SET auto_explain.log_level = warning;
SET auto_explain.log_min_duration = '2ms';
DO $$ BEGIN PERFORM count(*) FROM generate_series(1, 1000) AS a JOIN generate_series(1, 1000) AS b ON a IS NOT DISTINCT FROM b; END $$;
SQL
awk '/^{$/ { inside = 1; text = "" } inside { text = text $0 } /^}$/ && inside { print text; inside = 0 }' "$tmp/err" >"$tmp/plans"
planted=$(linear "planted")
if [[ $planted = "not ok"* ]]; then
	ok "a planted join without a condition that can be hashed is found"
else
	not_ok "a planted join without a condition that can be hashed is found"
fi

# thrice KIND HEADER FORMAT CHANGED: files of $rows rows, each printed by awk with
# its number (four times; @ is a day of its own), the third with CHANGED in place of
# FORMAT
thrice()
{
	local kind=$1 header=$2 format=$3 changed=$4 name

	[[ $only = "  " || $only = *" $kind "* ]] || return 0
	for name in first changed; do
		awk -v n=$rows -v header="$header" -v format="$([ $name = first ] && echo "$format" || echo "$changed")" \
			'BEGIN { print header; for (i = 1; i <= n; i++) {
				line = format
				gsub("@", sprintf("%d-%02d-%02d", 1950 + int(i / 336), 1 + int(i / 28) % 12, 1 + i % 28), line)
				printf line "\n", i, i, i, i } }' >"$tmp/$kind.$name.csv"
	done
	for name in first again changed; do
		explained "$kind" "$tmp/$kind.${name/again/first}.csv"
		if [ ! -s "$tmp/plans" ]; then
			not_ok "$kind, $name: plans are seen"
			remark <"$tmp/err"
		fi
		linear "$kind, $name" "$kind"
		if [ $name != again ] && [ "$(tail -n 1 "$tmp/out")" != "$loaded" ]; then
			not_ok "$kind, $name: all rows are loaded"
			remark <"$tmp/out"
			grep -A 2 '^ERROR' "$tmp/err" | remark || true
		fi
	done
}

thrice maker 'maker,name,country,notes' 'M%d,Maker number %d,CN,note %d' 'M%d,Maker number %d,CN,other %d'
thrice maker_alias 'alias,maker,notes' 'A%d,G%d,note %d' 'A%d,G%d,other %d'
thrice maker_parent 'maker,parent,share_pct' 'H%d,G%d,49' 'H%d,G%d,51'
thrice plant 'plant,maker,country,notes' 'Plant %d,G%d,CN,note %d' 'Plant %d,G%d,CN,other %d'
thrice publisher 'publisher,name' 'P%d,Publisher %d' 'P%d,House %d'
thrice source 'source,publisher,edition,published' 's%d,P%d,1,2024-01-15' 's%d,P%d,2,2024-01-16'
thrice code_list 'list,field,code,meaning,note' 'L,status,C%d,planned,note %d' 'L,status,C%d,planned,other %d'
thrice export_control 'control,issuer_country,reference,instrument' 'X%d,CN,No. %d,licence' 'X%d,CN,No %d,ban'
thrice maker_share 'maker,amount,period,metric,basis' 'G%d,%d kWh,2023,ev_batteries,installed' 'G%d,1%d kWh,2023,ev_batteries,installed'
thrice exchange_rate 'currency,units_per_usd,rate_kind,period' 'EUR,0.%d,spot,@' 'EUR,1.%d,spot,@'
thrice product_specification 'product,maker,metric,value,unit' 'Cell %d,G%d,energy,%d,Wh' 'Cell %d,G%d,energy,1%d,Wh'
thrice country_alias 'alias,country' 'Land number %d,DE' 'Land number %d,FR'
thrice joint_venture_member 'venture,member,share_pct' 'H%d,G%d,49' 'H%d,G%d,51'
thrice sector 'sector,name,notes' 'sector %d,Sector number %d,note %d' 'sector %d,Sector number %d,other %d'
# one name, edition or owner in all rows, of which one is good
loaded=1
thrice maker 'maker,name,country' 'S%d,One name,CN' 'T%d,Another name,CN'
thrice maker_parent 'maker,parent' 'G20000,H%d' 'G19999,H%d'
thrice source 'source,publisher,edition,published' 'x%d,P1,7,2024-01-15' 'y%d,P1,8,2024-01-15'
# rows that all go into quarantine
loaded=0
thrice maker_alias 'alias,maker' 'One alias,G%d' 'Another alias,G%d'
thrice expansion 'maker,plant,phase,capacity,period' 'Nobody %d,Nowhere %d,1,5 GWh,2023' 'Nobody %d,Nowhere %d,1,6 GWh,2023'
finish
