#!/bin/bash
# What the loader reads in the strings that real reports print.  The readings
# were written down by people beside the strings, not by the loader.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_amounts
create_database $db
"$root/bin/battery-industry" setup -q -d $db

# By the loader, with the units that most kinds give to bare numbers; and by
# read_figure alone, with those and the bounds that the loader sets.
query $db <<'SQL'
CREATE FUNCTION loaded_as_measure(what text, printed text, options jsonb, OUT value numeric, OUT low numeric, OUT high numeric, OUT qualifier text, OUT missing_reason text, OUT currency text,
	OUT unit text, OUT usd_stated numeric, OUT second_value numeric, OUT is_estimate boolean, OUT sqlstate text, OUT problem text, OUT hint text)
LANGUAGE sql AS $$
	SELECT c.value, c.low, c.high, c.qualifier, c.missing_reason, CASE WHEN num_nonnulls(c.value, c.low, c.high) > 0 THEN c.currency END,
		   CASE WHEN num_nonnulls(c.value, c.low, c.high) > 0 THEN CASE what WHEN 'capacity' THEN 'GWh' WHEN 'power' THEN 'MW' WHEN 'percent' THEN '%' WHEN 'cost' THEN '/kWh' WHEN 'number' THEN c.unit END END,
		   c.usd, c.power, c.is_estimate, c.sqlstate, c.problem, c.hint
	FROM industry.figure_unit(what, what, NULL, NULL, NULL, CASE what WHEN 'capacity' THEN 'GWh' WHEN 'size' THEN 'GWh' WHEN 'power' THEN 'MW' WHEN 'percent' THEN '%' WHEN 'cost' THEN 'USD/kWh' END, '{}', options) AS u
	CROSS JOIN LATERAL industry.read_cell(what, false, printed, options, u.factor, u.scale, u.currency, u.unit, u.origin, u.sqlstate, u.problem, u.hint) AS c
$$;
CREATE FUNCTION figure_as_measure(what text, printed text, options jsonb, OUT value numeric, OUT low numeric, OUT high numeric, OUT qualifier text, OUT missing_reason text, OUT currency text,
	OUT unit text, OUT usd_stated numeric, OUT second_value numeric, OUT is_estimate boolean, OUT sqlstate text, OUT problem text, OUT hint text)
LANGUAGE plpgsql AS $$
DECLARE
	f record;
	mark text := options -> 'missing' ->> printed;
BEGIN
	SELECT * INTO f FROM read_figure(CASE WHEN mark = '0' THEN '0' WHEN mark IS NULL THEN printed ELSE 'lost' END, what, coalesce((options ->> 'decimal_comma')::boolean, false),
		coalesce(options ->> 'dollar', 'USD'), NULL, options ->> 'yen');
	is_estimate := f.is_estimate;
	sqlstate := f.sqlstate;
	problem := f.problem;
	hint := f.hint;
	missing_reason := CASE WHEN f.missing_reason IS NOT NULL THEN coalesce(mark, f.missing_reason) END;
	IF f.problem IS NOT NULL THEN
		RETURN;
	END IF;
	currency := coalesce(f.currency, CASE WHEN what = 'cost' AND f.qualifier IS NOT NULL THEN 'USD' END);
	unit := CASE WHEN f.dimension IS NULL OR what IN ('money', 'size') THEN NULL ELSE CASE what WHEN 'capacity' THEN 'GWh' WHEN 'power' THEN 'MW' WHEN 'percent' THEN '%' WHEN 'cost' THEN '/kWh' ELSE f.unit END END;
	IF (coalesce(f.value, f.high) > CASE WHEN what = 'percent' THEN 100 WHEN f.unit IS NOT NULL THEN NULL WHEN what = 'cost' THEN 20000 WHEN what = 'capacity' THEN 9223372 END) THEN
		sqlstate := '22003';
		problem := 'out of range';
		hint := 'loader';
		unit := NULL;
		currency := NULL;
		RETURN;
	END IF;
	value := f.value;
	low := f.low;
	high := f.high;
	qualifier := f.qualifier;
	usd_stated := f.usd_stated;
	second_value := f.power;
END
$$;
SQL

# reads WHAT OPTIONS <<EXPECTED: lines of "text => value low high qualifier missing
# currency unit usd second estimate" with - for nothing, or "text => ! SQLSTATE"
reads()
{
	cat >"$tmp/lines"
	reads_by loaded_as_measure "$@"
	reads_by figure_as_measure "$@"
}

reads_by()
{
	local wrong n reader=$1

	shift
	n=$(wc -l <"$tmp/lines")
	wrong=$(query $db -v reader="$reader" -v what="$1" -v options="$2" -v lines="$(cat "$tmp/lines")" <<'SQL'
SELECT format('"%s": expected %s, read %s', o.text, o.expected, o.actual)
FROM (SELECT regexp_replace(l.line, ' => .*', '') AS text, regexp_replace(l.line, '.* => ', '') AS expected, l.n,
		CASE WHEN r.problem IS NOT NULL THEN CASE WHEN r.hint IS NULL OR num_nonnulls(r.value, r.low, r.high, r.qualifier, r.missing_reason) > 0 THEN 'a problem with a value, or without a hint' ELSE '! ' || r.sqlstate END
		ELSE concat_ws(' ', coalesce(trim_scale(r.value)::text, '-'), coalesce(trim_scale(r.low)::text, '-'), coalesce(trim_scale(r.high)::text, '-'), coalesce(r.qualifier, '-'),
			coalesce(replace(r.missing_reason, ' ', '_'), '-'), coalesce(r.currency, '-'), coalesce(replace(r.unit, ' ', '_'), '-'), coalesce(trim_scale(r.usd_stated)::text, '-'),
			coalesce(trim_scale(r.second_value)::text, '-'), CASE WHEN r.is_estimate THEN 'estimate' ELSE '-' END) END AS actual
	FROM string_to_table(:'lines', E'\n') WITH ORDINALITY AS l (line, n)
	CROSS JOIN LATERAL :reader(:'what', regexp_replace(l.line, ' => .*', ''), :'options') AS r) AS o
WHERE o.actual IS DISTINCT FROM o.expected ORDER BY o.n;
SQL
	)
	if [ -z "$wrong" ] && [ "$n" -gt 0 ]; then
		ok "$reader, $1: $n strings${3:+, $3}"
	else
		not_ok "$reader, $1: $n strings${3:+, $3}"
		printf '%s\n' "$wrong" | remark
	fi
}

reads money '{}' <<'EOF'
11.4tn yuan ($1.6 trillion) => 11400000000000 - - = - CNY - 1600000000000 - -
US $0.83 billion => 830000000 - - = - USD - - - -
RMB 18.36 billion => 18360000000 - - = - CNY - - - -
€7.34 billion => 7340000000 - - = - EUR - - - -
€7.34 billion ($7.6 billion) => 7340000000 - - = - EUR - 7600000000 - -
up to €4.1 billion (US$4.3bn) => 4100000000 - - ≤ - EUR - 4300000000 - -
>US $15 million => 15000000 - - > - USD - - - -
$4–5 billion => - 4000000000 5000000000 range - USD - - - -
between 800 million and 1.2 billion yuan => - 800000000 1200000000 range - CNY - - - -
183.6亿元 => 18360000000 - - = - CNY - - - -
A$5m => 5000000 - - = - AUD - - - -
11.4e12 => 11400000000000 - - = - - - - - -
26.44 => 26.44 - - = - - - - - -
¥5 billion => ! 22P02
$5 billion (about half) => ! 22P02
XYZ 5 billion => ! 22P02
-$5 million => ! 22003
30 GWh => ! 22P02
EOF
reads money '{"yen": "JPY", "dollar": "AUD"}' "with options" <<'EOF'
¥5 billion => 5000000000 - - = - JPY - - - -
$5 billion => 5000000000 - - = - AUD - - - -
US$5 billion => 5000000000 - - = - USD - - - -
EOF
reads capacity '{}' <<'EOF'
30 GWh => 30 - - = - - GWh - - -
32GWh => 32 - - = - - GWh - - -
1.45 TWh => 1450 - - = - - GWh - - -
586,303 MWh => 586.303 - - = - - GWh - - -
~86–90 => - 86 90 ~ - - GWh - - -
86-90 GWh => - 86 90 range - - GWh - - -
100 to 120 GWh/yr => - 100 120 range - - GWh - - -
up to 50 => 50 - - ≤ - - GWh - - -
>25 => 25 - - > - - GWh - - -
at least 1.5 TWh => 1500 - - ≥ - - GWh - - -
20+ GWh => ! 22P02
20 GWh+ => 20 - - ≥ - - GWh - - -
under 5 GWh => 5 - - < - - GWh - - -
about 100 GWh => 100 - - ~ - - GWh - - -
12.3e => 12.3 - - = - - GWh - - estimate
12.3 GWh (est.) => 12.3 - - = - - GWh - - estimate
8 or 1 — conflicting => - 1 8 - conflict - GWh - - -
W => - - - - withheld - - - - -
— => - - - - not_stated - - - - -
NA => - - - - not_available - - - - -
1.5e-05 => 0.000015 - - = - - GWh - - -
30 GWh37 => ! 22P02
30 GWh, which is over 40.2 million horsepower => ! 22P02
67.5k => ! 22P02
8 → 18 target => ! 22P02
100 planned / 40 initial => ! 22P02
output,41 => ! 22P02
1,5 => ! 22P02
1.500,5 => ! 22P02
90–86 => ! 22P02
up to 80–90 => ! 22P02
500 mWh => ! 22P02
5 GW => ! 22P02
€5 billion => ! 22P02
-5 GWh => ! 22003
99999999999999 GWh => ! 22003
=cmd|' /C calc'!A0 => ! 22P02
banana => ! 22P02
EOF
reads capacity '{"missing": {"—": "0", "?": "lost"}, "decimal_comma": true}' "with options" <<'EOF'
— => 0 - - = - - GWh - - -
? => - - - - lost - - - - -
1.500,5 => 1500.5 - - = - - GWh - - -
~1,5 => 1.5 - - ~ - - GWh - - -
EOF
reads size '{}' <<'EOF'
100 MW / 400 MWh => 0.4 - - = - - - - 100 -
400 MWh / 100 MW => 0.4 - - = - - - - 100 -
1.5 MW/150 MWh => 0.15 - - = - - - - 1.5 -
15 MW/1,500 MWh => 1.5 - - = - - - - 15 -
200 MW/1 GWh => 1 - - = - - - - 200 -
0.2 GW/1,000 MWh => 1 - - = - - - - 200 -
1 GWh => 1 - - = - - - - - -
100 MW / 4 h => ! 22P02
100 MW / 400 MW => ! 22P02
100 / 400 => ! 22P02
EOF
reads percent '{}' <<'EOF'
nearly 90% => 90 - - nearly - - % - - -
almost 95% => 95 - - nearly - - % - - -
approximately 20% => 20 - - ~ - - % - - -
>97 percent => 97 - - > - - % - - -
37.1 => 37.1 - - = - - % - - -
120 => ! 22003
5%,41 => ! 22P02
EOF
reads cost '{}' <<'EOF'
67.3 US $M/GWh => 67.3 - - = - USD /kWh - - -
~67.3 US $M/GWh => 67.3 - - ~ - USD /kWh - - -
US$67.3 million/GWh => 67.3 - - = - USD /kWh - - -
nearly US$67.3 million/GWh => 67.3 - - nearly - USD /kWh - - -
~$115/kWh => 115 - - ~ - USD /kWh - - -
$80–120/kWh => - 80 120 range - USD /kWh - - -
0.45 RMB/Wh => 450 - - = - CNY /kWh - - -
403140.9306 EUR/MWh => 403.1409306 - - = - EUR /kWh - - -
€62/kWh ($70/kWh) => 62 - - = - EUR /kWh 70 - -
US $0.05 per kWh => 0.05 - - = - USD /kWh - - -
67300000 => ! 22003
~67300000 => ! 22003
US$67.3 million/GWh37 => ! 22P02
$115 => ! 22P02
$1,500/kW => ! 22P02
$12/kWh-yr => ! 22P02
EOF
reads number '{}' <<'EOF'
>20000 => 20000 - - > - - - - - -
tens of thousands of cycles => - - - - not_a_number - - - - -
nearly 300 Wh/kg => 300 - - nearly - - Wh/kg - - -
2.58 g/cm3 => 2.58 - - = - - g/cm3 - - -
-40 °C => -40 - - = - - °C - - -
75%20 => ! 22P02
EOF
# What is digits alone goes past both.
none "plain numbers are digits, and nothing else" $db "SELECT 1 WHERE industry.plain_number('30.5') IS DISTINCT FROM 30.5 OR industry.plain_number('0007') IS DISTINCT FROM 7
	OR num_nonnulls(industry.plain_number('-5'), industry.plain_number('W'), industry.plain_number(''), industry.plain_number('1,500'), industry.plain_number('1e3'),
		industry.plain_number('.'), industry.plain_number('１'), industry.plain_number('120¹'), industry.plain_number('1.2.3'), industry.plain_number('NaN')) > 0"

# periods: first and last day, estimate, or SQLSTATE
periods=$(query $db <<'SQL'
SELECT p || ' ' || CASE WHEN r.problem IS NOT NULL THEN r.sqlstate ELSE coalesce(r.first_day || ' ' || r.last_day, coalesce(r.missing_reason, '-')) || CASE WHEN r.is_estimate THEN ' estimate' ELSE '' END END
FROM unnest(ARRAY['2024', '2025e', '2024-11', 'November 2024', '2024-02', '2022-01/2022-11', 'Jan-Nov 2022', 'Q3 2024', '2024-H1', '2019–2023', 'n/s', '20155', '2024-13', '9999', 'last year', '07/08/2025'])
	WITH ORDINALITY AS u (p, n) CROSS JOIN LATERAL industry.read_period(p) AS r ORDER BY n;
SQL
)
same "periods" "2024 2024-01-01 2024-12-31
2025e 2025-01-01 2025-12-31 estimate
2024-11 2024-11-01 2024-11-30
November 2024 2024-11-01 2024-11-30
2024-02 2024-02-01 2024-02-29
2022-01/2022-11 2022-01-01 2022-11-30
Jan-Nov 2022 2022-01-01 2022-11-30
Q3 2024 2024-07-01 2024-09-30
2024-H1 2024-01-01 2024-06-30
2019–2023 2019-01-01 2023-12-31
n/s not stated
20155 22008
2024-13 22008
9999 22008
last year 22007
07/08/2025 22007" "$periods"
same "days by the order that a source uses" "2025-08-07|2025-07-08" "$(query $db -c "SELECT (industry.read_day('07/08/2025', '{\"date_order\": \"dmy\"}')).first_day, (industry.read_day('07/08/2025', '{\"date_order\": \"mdy\"}')).first_day")"
same "aggregates are told from competitors" "stated_total,stated_total,remainder,remainder,subtotal,," "$(query $db -c "SELECT string_agg(coalesce(industry.row_kind_of(n), ''), ',' ORDER BY o)
	FROM unnest(ARRAY['World total (rounded)', 'World', 'Other countries', 'Others', 'Top 10', 'Worldwide Energy', 'Total Energies']) WITH ORDINALITY AS u (n, o)")"
same "a name's case and blanks do not matter, another company's name does" "t|t|f" "$(query $db -c "SELECT industry.name_key('hyundai ') = industry.name_key('Hyundai'), industry.name_key('SK‑On') = industry.name_key('SK On'),
	industry.name_key('NEC Energy Solutions (LG)') = industry.name_key('LG')")"
same "thresholds" '[{"unit": "g/cm3", "value": 2.58, "condition": "at 220 MPa", "parameter": "compaction density", "comparison": "≥"}, {"unit": "%", "value": 97, "parameter": "first efficiency", "comparison": "≥"}]' \
	"$(query $db -c "SELECT industry.read_thresholds('compaction density >= 2.58 g/cm3 at 220 MPa; first efficiency ≥ 97 %')")"

# No text, however odd, makes them fail.
none "random texts are read, or have a problem with a hint" $db "
	SELECT w.what, t.text
	FROM (SELECT string_agg((ARRAY['1', '2', '.', ',', ' ', '-', '–', '~', '>', '\$', '€', '%', 'GWh', 'k', 'billion', '(', ')', '/', 'e', '9', '0', 'W', 'to', E'\\\\', '''', '\"', '⁵', ' ', '宁'])[1 + floor(random() * 29)::int], '') AS text
		  FROM generate_series(1, 400) AS i CROSS JOIN LATERAL generate_series(1, 1 + i % 9) GROUP BY i) AS t
	CROSS JOIN unnest(ARRAY['capacity', 'money', 'cost', 'percent', 'number', 'size', 'power']) AS w (what)
	CROSS JOIN LATERAL loaded_as_measure(w.what, t.text, '{}') AS r
	WHERE (r.problem IS NULL) <> (r.hint IS NULL) OR (r.problem IS NOT NULL AND num_nonnulls(r.value, r.low, r.high, r.qualifier, r.currency) > 0)
	   OR (r.value IS NULL AND r.low IS NULL AND r.second_value IS NULL AND r.qualifier IS NOT NULL) LIMIT 10"
finish
