#!/bin/bash
# Loads of every kind in one session: PL/pgSQL keeps its plans, and what one file
# was must not decide what the next may be.  A manifest is one session, its dry run one
# transaction; data/industry has files of every kind.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_session
create_database $db
"$root/bin/battery-industry" setup -q -d $db
# some rows of one file are in quarantine, as that file is printed
load "all cited figures, in one session" 3 --manifest "$root/data/industry/load.csv" --dry-run
if grep -q " $(($(grep -vc '^#' "$root/data/industry/load.csv") - 1)) files: .* 1 with rows in quarantine, 0 refused" "$tmp/out"; then
	ok "no file is refused"
else
	not_ok "no file is refused"
	grep -B 4 'refused$' "$tmp/out" | remark
	remark <"$tmp/err"
fi
same "nothing is left" "0" "$(query $db -c "SELECT count(*) FROM industry.load_report")"

# In one session and in a session each, every table has the same rows under the same
# numbers; what differs are the times.
each=${db}_each
all=${db}_all		# the dry run has used up numbers
create_database $each
create_database $all
create_database ${db}_new
"$root/bin/battery-industry" setup -q -d $each
"$root/bin/battery-industry" setup -q -d $all
"$root/bin/battery-industry" setup -q -d ${db}_new
query $each -c "SELECT string_agg(format('SELECT %L, count(*), md5(string_agg(t::text, ''|'' ORDER BY t::text)) FROM (SELECT %s FROM industry.%I) AS t', relname,
		(SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND atttypid <> 'timestamptz'::regtype), relname), ' UNION ALL ')
	FROM pg_class AS c WHERE relnamespace = 'industry'::regnamespace AND relkind = 'r'" >"$tmp/tables.sql"
tables()
{
	query "$1" -f "$tmp/tables.sql" | sort
}
db=$all load "all cited figures, in a session" 3 --manifest "$root/data/industry/load.csv"
while IFS=, read -r kind file source; do
	"$root/bin/battery-load" -q -d $each "$kind" "$root/data/industry/$file" ${source:+--source "$source"} </dev/null >"$tmp/out" 2>&1 || [ $? -eq 3 ] || {
		not_ok "$file"
		remark <"$tmp/out"
	}
done < <(tail -n +2 "$root/data/industry/load.csv")
tables $all >"$tmp/together"
tables $each >"$tmp/apart"
if diff "$tmp/apart" "$tmp/together" >"$tmp/diff" && [ "$(wc -l <"$tmp/apart")" -gt 20 ]; then
	ok "a session for all leaves what a session for each does, numbers included"
else
	not_ok "a session for all leaves what a session for each does, numbers included"
	remark <"$tmp/diff"
fi

# Among files that are refused, have bad rows, more columns, lines that go on, other
# ends of lines, or many cells: line numbers and counts are each file's own.
db=${db}_new
query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('P');
INSERT INTO industry.source (source, publisher, edition, published) SELECT 's' || i, 'P', i::text, date '2024-01-01' + i FROM generate_series(1, 9) AS i;
INSERT INTO industry.maker (maker, name) SELECT 'M' || i, 'Maker ' || i FROM generate_series(1, 3000) AS i;
SQL
mkdir "$tmp/files"
head='maker,amount,period,metric,basis'
printf '%s\n' "$head" 'M1,1 GWh,2020,m,installed' 'M2,2 GWh,2020,m,installed' >"$tmp/files/a.csv"
printf '%s\n' 'maker,amount' 'M1,1 GWh' >"$tmp/files/refused.csv"
printf '%s,n1,n2,n3,n4,n5,n6,n7,n8,n9,n10,n11,n12,n13,n14,n15,n16,n17,n18\n' "$head" >"$tmp/files/wide.csv"
printf 'M1,3 GWh,2021,m,installed,"one\ntwo"%s\n' ,,,,,,,,,,,,,,,,, >>"$tmp/files/wide.csv"
printf 'M3,x GWh,2021,m,installed,%s\n' ,,,,,,,,,,,,,,,,, >>"$tmp/files/wide.csv"
printf '%s\r' "$head" 'M1,4 GWh,2022,m,installed' 'Nobody,4 GWh,2022,m,installed' >"$tmp/files/cr.csv"
printf '%s\n' "$head" 'M1,5 GWh,2023,m,installed' 'M2,5 GWh,2023,m' 'M3,6 GWh,2023,m,installed' >"$tmp/files/ragged.csv"
{ printf '%s\n' "$head" && seq -f 'M%.0f,7 GWh,2024,m,installed' 1 3000; } >"$tmp/files/many.csv"
{ printf 'Table 1\n\n%s\n' "$head" && printf '%s\n' 'M1,8 GWh,2019,m,installed' 'Nobody,8 GWh,2019,m,installed'; } >"$tmp/files/title.csv"
printf '%s\n' "$head" 'M1,9 GWh,2018,m,installed' >"$tmp/files/größe.csv"
cat >"$tmp/files/list.csv" <<'CSV'
kind,file,source,options
maker_share,a.csv,s1,
maker_share,refused.csv,s2,
maker_share,wide.csv,s3,
maker_share,cr.csv,s4,
maker_share,ragged.csv,s5,
maker_share,many.csv,s6,
maker_share,title.csv,s7,"{""skip_lines"": 2}"
maker_share,größe.csv,s8,
maker_share,a.csv,s1,
CSV
load "files of many forms in a session" 4 --manifest "$tmp/files/list.csv"
same "each is counted for itself" "2 1 at 4: x GWh
2 1 at 3: Nobody
3 2 at 3: -
3000 3000
2 1 at 5: Nobody
1 1" "$(query $db -c "SELECT concat_ws(' ', r.rows_read, r.rows_loaded,
		(SELECT format('at %s: %s', q.line_number, coalesce(q.as_printed, '-')) FROM industry.quarantine q WHERE q.load_id = r.load_id))
	FROM industry.load_report r WHERE r.file_name <> 'a.csv' ORDER BY r.load_id")"

# What fails when the transaction ends is a failure, and the session goes on.
query $db <<'SQL'
CREATE FUNCTION public.not_ten() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ten is not allowed' USING ERRCODE = '23514'; END $$;
CREATE CONSTRAINT TRIGGER not_ten AFTER INSERT ON industry.maker_share_observation DEFERRABLE INITIALLY DEFERRED
	FOR EACH ROW WHEN (NEW.amount = 10::capacity_gwh) EXECUTE FUNCTION public.not_ten();
SQL
printf '%s\n' "$head" 'M1,10 GWh,2017,m,installed' >"$tmp/files/ten.csv"
load "a commit that fails" 4 maker_share "$tmp/files/ten.csv" --source s9
printf 'kind,file,source\nmaker_share,ten.csv,s9\nmaker_share,größe.csv,s9\n' >"$tmp/files/last.csv"
load "a commit that fails, in a manifest" 4 --manifest "$tmp/files/last.csv"
says "is named, and the next file is loaded" 'ten is not allowed' '1 loaded, 0 unchanged' '2 files: 1 loaded or unchanged, 0 with rows in quarantine, 1 refused'
finish
