#!/bin/bash
# Days and periods: the tables of docs/periods.md row by row, and the calendar of
# 1990 to 2050 against the server's own dates, in every form that is printed.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
page=$root/docs/periods.md
db=battery_test_periods
create_database $db
"$root/bin/battery-industry" setup -q -d $db

# The rows of the page's tables, without the backquotes.
rows()
{
	awk -F ' *[|] *' -v columns="$1" '/^[|] `/ && NF == columns + 2 { line = $2; for (i = 3; i < NF; i++) line = line "\t" $i; gsub("`", "", line); print line }' "$page"
}
rows 6 >"$tmp/read"
rows 4 >"$tmp/refused"
rows 2 >"$tmp/missing"
for file in read:90 refused:25 missing:7; do
	[ "$(wc -l <"$tmp/${file%:*}")" -ge "${file#*:}" ] || not_ok "docs/periods.md has ${file#*:} rows of what is ${file%:*} (found $(wc -l <"$tmp/${file%:*}"))"
done
query $db <<SQL
CREATE TABLE read (printed text, options text, first_day date, last_day date, grain text, says text);
CREATE TABLE refused (printed text, options text, sqlstate text, because text);
CREATE TABLE missing (printed text, reason text);
\copy read FROM '$tmp/read'
\copy refused FROM '$tmp/refused'
\copy missing FROM '$tmp/missing'
SQL
none "what docs/periods.md says is read ($(wc -l <"$tmp/read") rows)" $db "SELECT p.*, r.* FROM read p CROSS JOIN LATERAL industry.read_period(p.printed, coalesce(nullif(p.options, ''), '{}')::jsonb) r
	WHERE (p.first_day, p.last_day, p.grain, nullif(p.says, ''), p.says = 'estimated') IS DISTINCT FROM (r.first_day, r.last_day, r.grain, r.statement_kind, r.is_estimate)
	   OR num_nonnulls(r.problem, r.sqlstate, r.hint, r.missing_reason) > 0"
none "what docs/periods.md says is refused ($(wc -l <"$tmp/refused") rows)" $db "SELECT p.*, r.* FROM refused p CROSS JOIN LATERAL industry.read_period(p.printed, coalesce(nullif(p.options, ''), '{}')::jsonb) r
	WHERE p.sqlstate IS DISTINCT FROM r.sqlstate OR r.hint IS NULL OR coalesce(strpos(r.problem, p.because), 0) = 0 OR num_nonnulls(r.first_day, r.last_day, r.grain, r.statement_kind, r.missing_reason) > 0"
none "the option that a hint prints settles it" $db "SELECT p.printed, r.hint, s.* FROM refused p CROSS JOIN LATERAL (SELECT coalesce(nullif(p.options, ''), '{}')::jsonb AS options) o
	CROSS JOIN LATERAL industry.read_period(p.printed, o.options) r CROSS JOIN LATERAL (SELECT substring(r.hint FROM '[{]\"(?:[^{}]|[{][^{}]*[}])*[}]')::jsonb AS settled) h
	CROSS JOIN LATERAL industry.read_period(p.printed, o.options || settled) s
	WHERE r.sqlstate = '22023' AND r.problem !~ '^option' AND s.first_day IS NULL
	UNION ALL SELECT 'hints with an option', count(*)::text, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM refused p CROSS JOIN LATERAL industry.read_period(p.printed, coalesce(nullif(p.options, ''), '{}')::jsonb) r WHERE r.hint ~ '[{]\"fiscal_year' HAVING count(*) < 3"
none "what docs/periods.md says is missing" $db "SELECT p.*, r.* FROM missing p CROSS JOIN LATERAL industry.read_period(p.printed) r
	WHERE p.reason IS DISTINCT FROM r.missing_reason OR num_nonnulls(r.first_day, r.problem) > 0"
same "the source's own marks go first" "lost|" "$(query $db -c "SELECT (industry.read_period('?', '{\"missing\": {\"?\": \"lost\"}}')).missing_reason, (industry.read_period('?', '{\"missing\": {\"?\": \"lost\"}}')).problem")"

# The calendar.  What is expected comes from the server's arithmetic of dates and
# its to_char, which the readers do not use.
calendar()	# NAME START END STEP GRAIN FORMS, an array of to_char's patterns
{
	none "every $1 of 1990 to 2050 in every form" $db "SELECT t.printed, r.*
		FROM generate_series('$2'::timestamp, '$3', '$4') AS g (d) CROSS JOIN unnest($6) AS f (form)
		CROSS JOIN LATERAL (SELECT to_char(d, form) AS printed) AS t CROSS JOIN LATERAL industry.read_period(t.printed, '{\"date_order\": \"dmy\"}') AS r
		WHERE (d::date, (d + '$4'::interval - interval '1 day')::date, '$5', false) IS DISTINCT FROM (r.first_day, r.last_day, r.grain, r.is_estimate) OR r.problem IS NOT NULL LIMIT 10"
}
calendar year 1990-01-01 2050-01-01 '1 year' year "ARRAY['YYYY', 'YYYY\".0\"', 'YYYY\".00\"', '\"CY\"YYYY', '\"CY\"YY', 'YYYY\"年\"', 'YYYY\"-A1\"']"
calendar month 1990-01-01 2050-12-01 '1 month' month "ARRAY['YYYY-MM', 'YYYY/FMMM', 'MM/YYYY', 'YYYYMM', 'YYYYMM\".0\"', 'YYYY\"M\"MM', 'YYYY\"-M\"MM', 'YYYY\"M\"FMMM', '\"M\"MM YYYY',
	'FMMonth YYYY', 'FMMONTH YYYY', 'Mon YYYY', 'Mon-YY', 'FMMonth-YY', 'Mon''YY', 'MonYY', 'YYYY Mon', 'YYYY\"年\"FMMM\"月\"', 'YYYY\"년 \"FMMM\"월\"']"
calendar quarter 1990-01-01 2050-10-01 '3 months' quarter "ARRAY['YYYY\"Q\"Q', 'YYYY\"-Q\"Q', 'YYYY \"Q\"Q', '\"Q\"Q YYYY', '\"Q\"Q-YY', '\"Q\"Q''YY', '\"Q\"Q''YYYY', 'Q\"Q\"YY', 'Q\"Q \"YYYY', 'YY\"Q\"Q', 'YYYY\"q\"Q', '\"Q\"Q/YYYY',
	'YYYY\"年第\"Q\"季度\"', 'YYYY\"年Q\"Q', 'YYYY\"년 \"Q\"분기\"', 'Qth \"quarter\" YYYY']"
calendar week 1990-01-01 2050-12-26 '7 days' week "ARRAY['IYYY\"-W\"IW', 'IYYY\"W\"IW']"
calendar day 1990-01-01 2050-12-31 '1 day' day "ARRAY['YYYY-MM-DD']"
none "every fifth day of 1990 to 2050 in every other form" $db "SELECT t.printed, r.*
	FROM generate_series('1990-01-01'::timestamp, '2050-12-31', '5 days') AS g (d)
	CROSS JOIN unnest(ARRAY['YYYYMMDD', 'DD/MM/YYYY', 'YYYY-MM-DD HH24:MI:SS', 'YYYY/FMMM/FMDD', 'FMDD FMMonth YYYY', 'FMMonth FMDDth, YYYY', 'DD-Mon-YYYY', 'YYYY\"年\"FMMM\"月\"FMDD\"日\"', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"']) AS f (form)
	CROSS JOIN LATERAL (SELECT to_char(d, form) AS printed) AS t CROSS JOIN LATERAL industry.read_period(t.printed, '{\"date_order\": \"dmy\"}') AS r
	WHERE (d::date, d::date, 'day') IS DISTINCT FROM (r.first_day, r.last_day, r.grain) LIMIT 10"
none "every half of 1990 to 2050 in every form" $db "SELECT t.printed, r.*
	FROM generate_series('1990-01-01'::timestamp, '2050-07-01', '6 months') AS g (d)
	CROSS JOIN unnest(ARRAY['YYYY\"-H%s\"', 'YYYY\"H%s\"', '\"H%s\" YYYY', '\"H%s\"''YY', '\"%sH\"YY', '\"%sH \"YYYY', 'YYYY\"-S%s\"', 'YYYY\"年%s半年\"']) AS f (form)
	CROSS JOIN LATERAL (SELECT format(to_char(d, form), CASE WHEN form ~ '半' THEN CASE WHEN extract(month FROM d) = 1 THEN '上' ELSE '下' END ELSE CASE WHEN extract(month FROM d) = 1 THEN '1' ELSE '2' END END) AS printed) AS t
	CROSS JOIN LATERAL industry.read_period(t.printed) AS r
	WHERE (d::date, (d + interval '6 months' - interval '1 day')::date, 'half') IS DISTINCT FROM (r.first_day, r.last_day, r.grain) LIMIT 10"
none "weeks that a year does not have are refused" $db "SELECT w, r.* FROM generate_series(1990, 2050) AS y CROSS JOIN unnest(ARRAY['00', '53', '54']) AS n (n) CROSS JOIN LATERAL (SELECT y || '-W' || n AS w) AS t
	CROSS JOIN LATERAL industry.read_period(w) AS r
	WHERE (r.problem IS NULL) <> EXISTS (SELECT FROM generate_series(make_date(y, 12, 20)::timestamp, make_date(y + 1, 1, 10), '1 day') AS d WHERE to_char(d, 'IYYY\"-W\"IW') = w)"
none "every fiscal year of 1990 to 2050 and its quarters, by five beginnings" $db "SELECT o.options, t.printed, r.*
	FROM generate_series(1990, 2050) AS y CROSS JOIN unnest(ARRAY['04-01', '07-01', '10-01', '04-06', '02-28']) AS b (b) CROSS JOIN unnest(ARRAY['begin', 'end']) AS n (named_by)
	CROSS JOIN LATERAL (SELECT jsonb_build_object('fiscal_year', jsonb_build_object('begins', b, 'named_by', named_by)) AS options, (y || '-' || b)::date::timestamp AS d,
		to_char(make_date(CASE named_by WHEN 'begin' THEN y ELSE y + 1 END, 1, 1), 'YYYY') AS name, lpad(((y + 1) % 100)::text, 2, '0') AS yy) AS o
	CROSS JOIN LATERAL (SELECT f.form AS printed, 0 AS quarter FROM unnest(ARRAY[y || '-' || yy, y || '/' || yy, y || '–' || yy, 'FY' || y || '-' || yy, 'FY ' || y || '/' || yy, y || '/' || y + 1, 'FY' || right(y::text, 2) || '-' || yy,
							'FY' || name, 'FY' || right(name, 2), 'fiscal year ' || name, 'fiscal ' || name, name || '年度']) AS f (form)
						UNION ALL SELECT replace(f.form, '#', q::text), q FROM generate_series(1, 4) AS q CROSS JOIN unnest(ARRAY['Q# FY' || name, '#QFY' || right(name, 2), 'FY' || name || ' Q#', 'FY' || y || '-' || yy || ' Q#']) AS f (form)) AS t
	CROSS JOIN LATERAL industry.read_period(t.printed, o.options) AS r
	WHERE (CASE quarter WHEN 0 THEN d ELSE d + (quarter - 1) * interval '3 months' END::date, (CASE quarter WHEN 0 THEN d + interval '1 year' ELSE d + quarter * interval '3 months' END - interval '1 day')::date,
		   CASE quarter WHEN 0 THEN 'year' ELSE 'quarter' END) IS DISTINCT FROM (r.first_day, r.last_day, r.grain) LIMIT 10"
none "without the option they are months or refused, never years" $db "SELECT t.printed, r.* FROM generate_series(1990, 2050) AS y CROSS JOIN LATERAL (SELECT to_char(make_date(y + 1, 1, 1), 'YY') AS yy) AS z
	CROSS JOIN unnest(ARRAY[y || '-' || yy, 'FY' || y, 'FY' || y || '-' || yy]) AS t (printed) CROSS JOIN LATERAL industry.read_period(t.printed) AS r
	WHERE (r.grain IS DISTINCT FROM 'month' OR yy::integer NOT BETWEEN 1 AND 12 OR printed ~ 'FY') AND (r.sqlstate IS DISTINCT FROM '22023' OR r.first_day IS NOT NULL OR r.hint !~ 'fiscal_year')"
none "period_grain gives a day what begins on it, and refuses the others" $db "SELECT d, g, r.* FROM generate_series('2023-01-01'::timestamp, '2024-12-31', '1 day') AS s (d)
	CROSS JOIN (VALUES ('year', interval '1 year', ARRAY[1]), ('half', interval '6 months', ARRAY[1, 7]), ('quarter', interval '3 months', ARRAY[1, 4, 7, 10]), ('month', interval '1 month', NULL), ('day', interval '1 day', NULL)) AS v (g, span, months)
	CROSS JOIN LATERAL industry.read_period(to_char(d, 'YYYY-MM-DD'), jsonb_build_object('period_grain', g)) AS r
	WHERE CASE WHEN g = 'day' OR extract(day FROM d) = 1 AND (months IS NULL OR extract(month FROM d) = ANY (months))
		THEN (d::date, (d + span - interval '1 day')::date, g) IS DISTINCT FROM (r.first_day, r.last_day, r.grain) ELSE r.first_day IS NOT NULL OR r.sqlstate IS DISTINCT FROM '22008' END"
none "what states its grain keeps it, and days of events are not touched" $db "SELECT t.*, r.*, e.* FROM (VALUES ('2022', 'year'), ('2022-03', 'month'), ('2022-Q2', 'quarter'), ('2022-W05', 'week'), ('2022-02-03/2022-02-09', 'range')) AS t (printed, grain)
	CROSS JOIN LATERAL industry.read_period(t.printed, '{\"period_grain\": \"year\"}') AS r CROSS JOIN industry.read_day('2022-01-01', '{\"period_grain\": \"year\"}') AS e
	CROSS JOIN industry.read_day('2011-12', '{\"fiscal_year\": \"04-01\"}') AS f
	WHERE t.grain IS DISTINCT FROM r.grain OR e.day_precision <> 'day' OR e.last_day <> '2022-01-01' OR f.day_precision <> 'month'"

# Columns: OPTIONS, ROWS and TEXTS, and the start of the problem, - for none.
while IFS=$'\t' read -r options rows texts expected; do
	same "judged: $texts $options${rows:+ in $rows rows}" "$expected" "$(query $db -v options="$options" -v rows="$rows" -v texts="$texts" -v expected="$expected" <<'SQL'
SELECT CASE WHEN j.problem IS NULL AND num_nonnulls(j.sqlstate, j.detail, j.hint) = 0 THEN '-'
	WHEN j.detail IS NULL OR j.sqlstate <> '22007' OR j.hint !~ '\{"|footnote' THEN 'no detail or hint: ' || j.problem
	WHEN (industry.judge_periods(string_to_array(:'texts', '; '), :'options'::jsonb || substring(j.hint FROM '\{"[^}]*\}')::jsonb, nullif(:'rows', '-')::bigint)).problem IS NOT NULL THEN 'the option that the hint prints settles nothing'
	WHEN starts_with(j.problem, :'expected') THEN :'expected' ELSE j.problem END
FROM industry.judge_periods(string_to_array(:'texts', '; '), :'options', nullif(:'rows', '-')::bigint) AS j
SQL
)"
done <<'EOF'
{}	-	2022-23; 2023-24	every period is a year and the one after it
{}	-	2010-11; 2011-12	every period is a year and the one after it
{}	-	2010-11; 2011-12; 2012-13; n/s	every period is a year and the one after it
{}	-	2011-12	-
{}	30	2011-12	every period is a year and the one after it
{}	-	2011-11; 2011-12; 2012-01	-
{}	-	2011; 2011-12; 2012-13	some periods are fiscal years
{"fiscal_year": "04-01"}	-	2022-23; 2023-24	-
{"period_grain": "month"}	-	2010-11; 2011-12	-
{"period_grain": "year"}	-	2010-11; 2011-12	every period is a year and the one after it
{"fiscal_year": "04-01"}	-	2011-11; 2011-12	some periods are months
{"fiscal_year": "04-01", "period_grain": "month"}	-	2011-11; 2011-12	-
{}	-	2021/2022; 2022/2023	every period is two years
{}	-	2019-2020; 2021-2022	-
{}	-	2019-2023; 2023-2027	-
{"fiscal_year": "04-01"}	-	2021/2022; 2022/2023	-
{}	-	2022-01-01T00:00:00; 2023-01-01T00:00:00	every date is a 1 January
{}	-	2022-01-01 00:00:00	every date is a 1 January
{}	-	2022-01-01; 2023-01-01	every date is a 1 January
{}	-	2022-01-01; 2022-01-01	every date is a 1 January
{}	-	2022-01-01	-
{}	12	2022-01-01	every date is a 1 January
{}	-	01/01/2022; 01/01/2023	every date is a 1 January
{}	-	20220101; 20230101	every date is a 1 January
{}	-	2022-01-01; 2022-04-01; 	every date is the first day of a quarter
{}	-	2022-01-01; 2022-02-01; n/s	every date is the first day of a month
{}	-	2022; 2022-01-01; 2023-01-01	every date is a 1 January
{}	-	2024-01-01; 2024-02-15	-
{}	-	2024-01-01T00:00:00; 2024-02-15T00:00:00	-
{}	-	2022-12-31; 2023-12-31	-
{}	-	1 January 2022; 1 January 2023	-
{}	-	2022-01-01/2022-12-31; 2023-01-01/2023-12-31	-
{}	-	2022; 2024-01-01; 2023	-
{"period_grain": "day"}	-	2022-01-01; 2023-01-01	-
{"period_grain": "year"}	-	2022-01-01T00:00:00; 2023-01-01T00:00:00	-
{}	-	202201; 202202; 202203	-
{}	-	202211; 202213	periods of six digits
{}	-	202211; 20224	periods of six digits
{"period_grain": "month"}	-	202211; 202213	-
{}	-	2022; 2023; 2024e	-
{}	-	banana; 2022; by 2024	-
EOF
none "an empty column is not judged" $db "SELECT * FROM industry.judge_periods(NULL) AS j WHERE j.problem IS NOT NULL UNION ALL SELECT * FROM industry.judge_periods('{NULL,\"\"}') AS j WHERE j.problem IS NOT NULL"

# Parts: YEAR, QUARTER, MONTH, DAY and the text; ! before it: refused by read_period.
while IFS=$'\t' read -r year quarter month day expected; do
	same "of parts: $year, $quarter, $month, $day" "$expected" "$(query $db -v y="$year" -v q="$quarter" -v m="$month" -v d="$day" <<'SQL'
SELECT coalesce(CASE WHEN r.problem IS NOT NULL AND r.hint IS NOT NULL THEN '!' END || t, t, 'NULL')
FROM industry.period_of_parts(nullif(:'y', '-'), nullif(:'q', '-'), nullif(:'m', '-'), nullif(:'d', '-')) AS t
CROSS JOIN LATERAL industry.read_period(t, '{"fiscal_year": "04-01"}') AS r
SQL
)"
done <<'EOF'
2022	-	-	-	2022
2022.0	-	-	-	2022.0
-	-	-	-	NULL
nan	nan	-	-	NULL
2022	-	3	-	2022-03
2022	-	03	-	2022-03
2022.0	-	3.0	-	2022-03
2022	-	March	-	2022-03
2022	-	Mar.	-	2022-03
2022	-	M03	-	2022-03
2022	-	März	-	2022-03
2022年	-	3月	-	2022-03
2022	-	2022-03	-	2022-03
2022	Q1	-	-	2022-Q1
2022	1	-	-	2022-Q1
2022	1Q	-	-	2022-Q1
2022	1.0	-	-	2022-Q1
2022	2022Q1	-	-	2022-Q1
2022	H2	-	-	2022-H2
2022	Q1	3	-	2022-03
2022	-	3	5	2022-03-05
2011	-	12	-	2011-M12
2025e	3	-	-	2025-Q3 (estimated)
2030F	-	12	-	2030-12 (forecast)
2022-23	Q4	-	-	FY2022-23 Q4
FY2022-23	4	-	-	FY2022-23 Q4
2011-12	1	-	-	FY2011-12 Q1
2022	nan	-	-	2022
2022	-	None	-	2022
2022	Q1	4	-	!year 2022, quarter Q1, month 4
2022	5	-	-	!year 2022, quarter 5
2022	2023Q1	-	-	!year 2022, quarter 2023Q1
2022	-	13	-	!year 2022, month 13
2022	-	n/a	-	!year 2022, month n/a
2022	-	1²	-	!year 2022, month 1²
2022	-	-	5	!year 2022, day 5
2023	-	2	29	!year 2023, month 2, day 29
-	3	-	-	!year ?, quarter 3
banana	-	3	-	!year banana, month 3
202203	-	3	-	!year 202203, month 3
EOF
none "every day of 2010 to 2014 comes back from its parts, with a fiscal year set too" $db "SELECT d, r.*, m.* FROM generate_series('2010-01-01'::timestamp, '2014-12-31', '1 day') AS s (d)
	CROSS JOIN LATERAL industry.read_period(industry.period_of_parts(to_char(d, 'YYYY'), to_char(d, 'Q'), to_char(d, 'FMMM'), to_char(d, 'FMDD')), '{\"fiscal_year\": \"04-01\"}') AS r
	CROSS JOIN LATERAL industry.read_period(industry.period_of_parts(to_char(d, 'YYYY'), month => to_char(d, 'FMMonth')), '{\"fiscal_year\": \"04-01\"}') AS m
	WHERE (d::date, d::date, date_trunc('month', d)::date, 'month') IS DISTINCT FROM (r.first_day, r.last_day, m.first_day, m.grain)"

none "options are checked" $db "SELECT o, is_fine, industry.period_option_problem(o) FROM (VALUES ('{}'::jsonb, true), (NULL, true), ('{\"units\": {}}', true), ('{\"fiscal_year\": \"04-01\"}', true), ('{\"fiscal_year\": \"01-01\"}', true),
		('{\"fiscal_year\": {\"begins\": \"07-01\"}}', true), ('{\"fiscal_year\": {\"begins\": \"07-01\", \"named_by\": \"begin\"}}', true), ('{\"period_grain\": \"half\"}', true),
		('{\"fiscal_year\": \"4-1\"}', false), ('{\"fiscal_year\": \"13-01\"}', false), ('{\"fiscal_year\": \"12-31\"}', false), ('{\"fiscal_year\": 4}', false), ('{\"fiscal_year\": null}', false), ('{\"fiscal_year\": {}}', false), ('{\"fiscal_year\": []}', false),
		('{\"fiscal_year\": {\"begins\": \"07-01\", \"named_by\": \"start\"}}', false), ('{\"fiscal_year\": {\"begins\": \"07-01\", \"named_by\": null}}', false), ('{\"fiscal_year\": {\"begins\": \"07-01\", \"ends\": \"06-30\"}}', false),
		('{\"period_grain\": \"week\"}', false), ('{\"period_grain\": null}', false), ('{\"period_grain\": [\"year\"]}', false), ('[]', false), ('\"fiscal_year\"', false)) AS v (o, is_fine)
	CROSS JOIN LATERAL industry.read_period('2022', o) AS r CROSS JOIN LATERAL industry.judge_periods('{2022}', o) AS j
	WHERE is_fine <> (industry.period_option_problem(o) IS NULL) OR is_fine <> (r.problem IS NULL) OR is_fine <> (j.problem IS NULL)"

# No setting of the session matters.
results="SELECT md5(string_agg(r::text || s::text, '|' ORDER BY p.printed, p.options)) FROM read p CROSS JOIN LATERAL (SELECT to_char(q.first_day, 'YYYYMMDD') || to_char(q.last_day, 'YYYYMMDD') || q.grain FROM industry.read_period(p.printed, coalesce(nullif(p.options, ''), '{}')::jsonb) q) AS r (r)
	CROSS JOIN LATERAL (SELECT j.detail || '' FROM industry.judge_periods('{2022-01-01, 2022-04-01}') AS j) AS s (s)"
same "DateStyle, time zone and search_path do not matter" "$(query $db -c "$results")" \
	"$(query $db -c "SET DateStyle = 'SQL, DMY'" -c "SET TimeZone = 'Asia/Tokyo'" -c "SET IntervalStyle = 'iso_8601'" -c "SET search_path = public" -c "$results")"
none "all are immutable and parallel safe" $db "SELECT proname FROM pg_proc WHERE pronamespace = 'industry'::regnamespace AND (provolatile <> 'i' OR proparallel <> 's')
	AND proname IN ('read_day', 'read_period', 'read_single_period', 'read_fiscal_year', 'read_days', 'period_of_parts', 'judge_periods', 'period_option_problem', 'month_number', 'full_year', 'raised_mark')"

# No text, however odd, makes them fail, and none is half read.
none "random texts are read, missing, or have a problem with a hint" $db "
	SELECT o.options, t.text, r::text
	FROM (SELECT string_agg((ARRAY['1', '2', '20', '22', '2022', '2011', '12', '0', '3', '.', ',', ' ', '-', '–', '/', 'Q', 'H', 'M', 'W', 'FY', 'e', 'E', 'P', '(', ')', 'to', '年', '月', '上半年', 'Jan', 'März', ':', '00:00', 'T', E'\\\\', '''', '\"', '²', '①', '%', 'year ', ', month ', 'nan'])[1 + floor(random() * 43)::int], '') AS text
		  FROM generate_series(1, 2500) AS i CROSS JOIN LATERAL generate_series(1, 1 + i % 7) GROUP BY i) AS t
	CROSS JOIN unnest(ARRAY['{}', '{\"fiscal_year\": \"04-01\"}', '{\"fiscal_year\": {\"begins\": \"07-01\", \"named_by\": \"end\"}, \"period_grain\": \"month\"}']::jsonb[]) AS o (options)
	CROSS JOIN LATERAL industry.read_period(t.text, o.options) AS r
	CROSS JOIN LATERAL industry.read_day(t.text, o.options) AS d
	CROSS JOIN LATERAL industry.judge_periods(ARRAY[t.text, '2011-12'], o.options) AS j
	CROSS JOIN LATERAL industry.period_of_parts(t.text, t.text, t.text, t.text) AS p
	WHERE (num_nonnulls(r.first_day, r.last_day, r.grain) NOT IN (0, 3)) OR r.first_day > r.last_day OR num_nonnulls(r.problem, r.sqlstate, r.hint) NOT IN (0, 3)
	   OR (btrim(t.text) <> '' AND num_nonnulls(r.first_day, r.missing_reason, r.problem) <> 1) OR (r.statement_kind IS NOT NULL AND r.first_day IS NULL)
	   OR num_nonnulls(d.problem, d.sqlstate, d.hint) NOT IN (0, 3) OR (btrim(t.text) <> '' AND num_nonnulls(d.first_day, d.problem) <> 1)
	   OR num_nonnulls(j.problem, j.sqlstate, j.detail, j.hint) NOT IN (0, 4) LIMIT 10"
finish
