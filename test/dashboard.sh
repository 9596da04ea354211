#!/bin/bash
# battery-dashboard: what it says where it cannot make a page, and the page itself in
# headless Chromium: nothing goes wrong in it, every chart has its marks, and its numbers
# are those of the views, which psql gives.
#
# One database has data/industry, another a single file of a user's own, with names that
# would be markup.  Without npm and Chromium (packages npm and chromium) the parts that
# need them are skipped.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
full=battery_test_dashboard
own=battery_test_dashboard_own
empty=battery_test_dashboard_empty
reader=battery_test_dashboard_reader
stranger=battery_test_dashboard_stranger
create_database $full
create_database $own
create_database $empty
create_role $reader LOGIN
create_role $stranger LOGIN

# page DATABASE ARGUMENT...: as the reader of dashboards
page()
{
	local db=$1

	shift
	PGUSER=${as:-$reader} "$root/bin/battery-dashboard" -d "$db" "$@"
}

for db in $full $own; do
	if ! "$root/bin/battery-industry" setup -q -d $db >"$tmp/out" 2>&1; then
		remark <"$tmp/out"
		not_ok 'the schema is set up'
		finish
		exit
	fi
done

# what a user types and cannot have

outputs=("$tmp/out")
run 'help' 0 page $full --help
says 'it says what it needs' 'industry.grant_access' 'npm'
run 'an unknown option' 2 page $full --colour=red
says 'points to the help' 'unknown option --colour=red'
run 'a database as an argument' 2 page $full mydb
says 'is told how to write it' 'the database is -d mydb'
run 'an option without a value' 2 page $full --output
run 'an empty value' 2 page $full --publisher=
run 'a day that is none' 2 page $full --as-of=2024
says 'is told how to write it' 'YYYY-MM-DD'
run 'a day of no calendar' 2 page $full --as-of=2024-02-30
run 'a directory as the page' 2 page $full --output="$tmp"
run 'a page in a directory that is not there' 2 page $full --output="$tmp/none/page.html"

printf 'the page of yesterday' >"$tmp/page.html"
run 'a database without the schema' 3 page $empty --output="$tmp/page.html"
says 'is told what makes it' 'battery-industry setup'
as=$stranger run 'a role without rights' 1 page $full --output="$tmp/page.html"
says 'is told what to ask for' "SELECT industry.grant_access(reader => '$stranger')"
query $full -c "SELECT industry.grant_access(reader => '$reader')" >/dev/null
query $own -c "SELECT industry.grant_access(reader => '$reader')" >/dev/null
query $own -c "ALTER VIEW industry.bi_market RENAME COLUMN maker_name TO name_of_maker"
run 'a schema that lacks a column' 4 page $own --output="$tmp/page.html"
says 'is older, and told how to become newer' 'battery-industry upgrade'
query $own -c "ALTER VIEW industry.bi_market RENAME COLUMN name_of_maker TO maker_name"
run 'a server that is not there' 1 page $full --host="$tmp" --output="$tmp/page.html"

# without npm, and with files that are not those that were published
mkdir "$tmp/bin" "$tmp/libraries"
for command in bash env psql awk cut cat chmod date dirname find grep mkdir mktemp mv od paste readlink rm sed sha256sum sort tail tar tr uniq; do
	ln -s "$(command -v $command)" "$tmp/bin/$command"
done
without_npm()
{
	PATH=$tmp/bin page "$@"
}
run 'a machine without npm' 6 without_npm $full --libraries="$tmp/libraries" --output="$tmp/page.html"
says 'is told what to install, or what to copy' 'install Node.js (package npm)' '--libraries' 'battery-dashboard --fetch'
same 'whatever goes wrong, the page that was there stays' 'the page of yesterday' "$(<"$tmp/page.html")"
run 'a publisher that nobody is' 2 page $full --publisher=Nobody
says 'is told who there is' 'there is no publisher "Nobody" here; there are: none'

if ! command -v npm >/dev/null; then
	ok 'the page # SKIP npm is not installed'
	finish
	exit
fi

run 'npm fetches the charting library' 0 page $full --fetch --libraries="$tmp/libraries"
run 'and there is nothing more to fetch' 0 without_npm $full --fetch --libraries="$tmp/libraries"
cp -a "$tmp/libraries" "$tmp/tampered"
printf ' ' >>"$tmp/tampered/d3-7.9.0/dist/d3.min.js"
run 'a file of it that was changed is not used' 6 without_npm $full --libraries="$tmp/tampered" --output="$tmp/page.html"
export XDG_CACHE_HOME=$tmp/cache
mkdir -p "$XDG_CACHE_HOME/battery"
cp -a "$tmp/libraries" "$XDG_CACHE_HOME/battery/dashboard"

# the databases

rc=0
PGDATABASE=$full "$root/bin/battery-load" -q --manifest="$root/data/industry/load.csv" >"$tmp/out" 2>&1 || rc=$?
same 'data/industry is loaded but for what is there to be refused' 3 $rc

# A user's own file: a publisher, an edition, and makers whose names a page must not obey.
mkdir "$tmp/own"
cat >"$tmp/own/publisher.csv" <<'CSV'
publisher,name
"Mine & <b>Yours</b>",a survey of one's own
CSV
cat >"$tmp/own/source.csv" <<'CSV'
source,publisher,title,edition,published,licence,url
mine-1,"Mine & <b>Yours</b>","</title><script>window.taken = 1</script>",first,2025-03-01,own,javascript:window.taken=1
CSV
printf 'maker,name,country\n"<script>window.taken = 1</script>",one,US\n"</script><img src=x onerror=window.taken=1>",two,US\n"\xe2\x80\xa8\xe2\x80\xa9 three",three,US\n"=HYPERLINK(""x"")",four,US\n__proto__,five,US\n' >"$tmp/own/maker.csv"
printf 'period,metric,basis,application,maker,amount,share,locator\n2024,my_market,installed,EV,"<script>window.taken = 1</script>",50,50,"page <1> & ""2"""\n2024,my_market,installed,EV,"</script><img src=x onerror=window.taken=1>",20,20,\n2024,my_market,installed,EV,"\xe2\x80\xa8\xe2\x80\xa9 three",10,10,\n2024,my_market,installed,EV,"=HYPERLINK(""x"")",7.5,7.5,\n2024,my_market,installed,EV,__proto__,2.5,2.5,\n' >"$tmp/own/share.csv"
db=$own
load 'own publisher' 0 publisher "$tmp/own/publisher.csv"
load 'own source' 0 source "$tmp/own/source.csv"
load 'own makers' 0 maker "$tmp/own/maker.csv"
load 'own shares' 0 maker_share "$tmp/own/share.csv" --source=mine-1

run 'a page of data/industry, by a reader' 0 page $full --output="$tmp/full.html"
run 'a page of a file of one'\''s own, without npm' 0 without_npm $own -q --output "$tmp/own.html"
run 'a page on standard output' 0 page $own -o -
same 'it is the same but for its nonce' "$(sed 's/nonce-*=*"*[0-9a-f]*//g' "$tmp/own.html" | sha256sum)" "$(sed 's/nonce-*=*"*[0-9a-f]*//g' "$tmp/out" | sha256sum)"
same 'a page is written as other files are' "$(umask 022 && : >"$tmp/like" && stat -c %a "$tmp/like")" "$(stat -c %a "$tmp/full.html")"
same 'no address is loaded, and no text is markup' '0|0' \
	"$(grep -c -E '(src|href)="?(https?:)?//' "$tmp/own.html")|$(sed -n '/id="data"/,/<\/script>/p' "$tmp/own.html" | grep -v '^<script\|^</script>' | grep -c -E '[<&]')"

# the figures in the page, as JSON

cat >"$tmp/figures.py" <<'PYTHON'
"""figures.py PAGE SECTION COLUMN...: rows of a section of a page, a line each"""
import json, re, sys
page = open(sys.argv[1], encoding='utf-8').read()
section = json.loads(re.search(r'type="application/json">(.*?)</script>', page, re.S).group(1))[sys.argv[2]]
places = [section['columns'].index(name) for name in sys.argv[3:]]
for row in section['rows']:
    print('|'.join('' if row[i] is None else {True: 't', False: 'f'}.get(row[i], str(row[i])) if isinstance(row[i], bool) else repr(row[i]) if isinstance(row[i], float) else str(row[i]) for i in places))
PYTHON
# in_page NAME PAGE SECTION COLUMNS SQL: the same rows, in whatever order
in_page()
{
	local name=$1 file=$2 section=$3 columns=$4

	# shellcheck disable=SC2086
	python3 "$tmp/figures.py" "$file" "$section" $columns >"$tmp/rows" 2>&1 || true
	sed 's/\.0\(|\|$\)/\1/g' "$tmp/rows" | sort >"$tmp/there"
	query "${5}" -c "$6" | sort >"$tmp/expected"
	if [ -s "$tmp/expected" ] && cmp -s "$tmp/expected" "$tmp/there"; then
		ok "$name"
	else
		not_ok "$name"
		diff "$tmp/expected" "$tmp/there" >"$tmp/diff" || true
		head -n 12 "$tmp/diff" | remark
	fi
}
if command -v python3 >/dev/null; then
	in_page 'the page has the learning curves of the view' "$tmp/full.html" learning_curve 'price_series fit_window value low high observations' $full \
		"SELECT price_series, fit_window, learning_rate_fraction, learning_rate_low_fraction, learning_rate_high_fraction, observations FROM industry.bi_learning_curve"
	in_page 'their lines' "$tmp/full.html" learning_line 'fit_window cumulative_gwh fitted low high' $full \
		"SELECT fit_window, cumulative_gwh, price_usd_per_kwh, price_low_usd_per_kwh, price_high_usd_per_kwh FROM industry.bi_learning_line"
	in_page 'concentration' "$tmp/full.html" concentration 'by_parent period_first period_last value low high is_exact' $full \
		"SELECT by_parent, period_first, period_last, hhi_points, hhi_low_points, hhi_high_points, is_exact FROM industry.bi_concentration"
	in_page 'what plants cost' "$tmp/full.html" plant_cost 'publisher origin grain maker country value' $full \
		"SELECT publisher, origin, grain, maker, country, cost_usd_per_kwh FROM industry.bi_plant_cost"
	in_page 'restatements' "$tmp/full.html" restatement 'publisher measure what_changed older_value_in_unit value change_fraction fact_id' $full \
		"SELECT publisher, measure, what_changed, older_value_in_unit, newer_value_in_unit, change_fraction, newer_fact_id FROM industry.bi_restatement WHERE what_changed <> 'unchanged'"
	in_page 'exposure on every day' "$tmp/full.html" control_exposure 'valid_from valid_to stage object status value low high' $full \
		"SELECT valid_from, valid_to, stage, object, status, exposure_fraction, exposure_low_fraction, exposure_high_fraction FROM industry.bi_control_exposure"
	in_page 'controls' "$tmp/full.html" control_status 'control item valid_from valid_to status' $full \
		"SELECT control, item, valid_from, valid_to, status FROM industry.bi_control_status"
	in_page 'prices' "$tmp/full.html" price 'fact_id value low high' $full \
		"SELECT fact_id, coalesce(price_usd_per_kwh, lcos_usd_per_kwh_discharged), coalesce(price_low_usd_per_kwh, lcos_low_usd_per_kwh_discharged),
			coalesce(price_high_usd_per_kwh, lcos_high_usd_per_kwh_discharged) FROM industry.bi_price"
	in_page 'rows in quarantine' "$tmp/full.html" quarantine 'source line_number column_name' $full \
		"SELECT source, line, column_name FROM industry.bi_quarantine WHERE NOT is_resolved AND NOT is_dismissed"
	# core's regression over the same points
	in_page 'least squares among the estimators is what core makes of the points' "$tmp/full.html" estimator 'subject fit_window' $full \
		"SELECT e.name, c.fit_window FROM industry.bi_learning_curve c, unnest('{least squares,weighted by output,lagged Wright,beside time (Nordhaus),first differences,Theil-Sen,before a break,after the break}'::text[]) AS e (name)
		 WHERE c.learning_rate_fraction IS NOT NULL"
	run 'a page of one publisher' 0 page $full -q --publisher=USGS --publisher=TCIP --output="$tmp/some.html"
	same 'has no other' 'TCIP USGS' "$(for section in market price country_share restatement; do python3 "$tmp/figures.py" "$tmp/some.html" $section publisher; done | sort -u | xargs)"
	run 'a page of one metric' 0 page $full -q --metric=mine_production --geography=World --output="$tmp/some.html"
	same 'has no other metric' 'mine_production' "$(for section in market price country_share restatement; do python3 "$tmp/figures.py" "$tmp/some.html" $section metric; done | sort -u | xargs)"

	# as of a day: what the functions with known_on say, which the owner may ask
	run 'a page as of a day' 0 page $full -q --as-of=2024-03-31 --output="$tmp/then.html"
	in_page 'has the concentration that was known then' "$tmp/then.html" concentration 'period_first period_last edition low high' $full \
		"SELECT period_first, period_last, edition, hhi_low_points, hhi_high_points FROM industry.concentration('2024-03-31', false)
		 UNION ALL SELECT period_first, period_last, edition, hhi_low_points, hhi_high_points FROM industry.concentration('2024-03-31', true)"
	in_page 'the prices' "$tmp/then.html" price 'publisher edition period_first' $full \
		"SELECT k.publisher, k.edition, k.period_first FROM industry.as_known_on('2024-03-31') k JOIN industry.price_observation f ON f.set_id = k.set_id
		 WHERE industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) IN ('history', 'estimate')"
	in_page 'the controls' "$tmp/then.html" control_status 'control' $full \
		"SELECT DISTINCT control FROM industry.bi_control_status WHERE false
		 UNION ALL SELECT b.control FROM (SELECT set_config('industry.as_of', '2024-03-31', false)) AS s CROSS JOIN LATERAL (SELECT * FROM industry.bi_control_status OFFSET 0) AS b"
	same 'and no later edition' 't' "$(python3 "$tmp/figures.py" "$tmp/then.html" source known_from | sort | tail -n 1 | awk '{ print ($1 <= "2024-03-31") ? "t" : "f" }')"
	in_page 'its restatements are those of then' "$tmp/then.html" restatement 'edition subject measure' $full \
		"SELECT newer_edition, subject_name, measure FROM industry.bi_restatement WHERE what_changed <> 'unchanged' AND newer_known_from <= '2024-03-31'"
	same 'it says so' '2024-03-31' "$(python3 "$tmp/figures.py" "$tmp/then.html" about as_of)"
	same 'without the setting latest_set is current_set, and with it' '0|0' \
		"$(query $full -c "SELECT count(*) FROM (SELECT set_id FROM industry.latest_set EXCEPT SELECT set_id FROM industry.current_set) AS s" \
			-c "SET industry.as_of = '2024-03-31'" -c "SELECT count(*) FROM (SELECT set_id FROM industry.latest_set EXCEPT SELECT set_id FROM industry.as_known_on('2024-03-31')) AS s" | paste -s -d '|')"
else
	ok 'the figures in the page # SKIP python3 is not installed'
fi

# the page in a browser

if ! command -v chromium >/dev/null || ! command -v python3 >/dev/null; then
	ok 'the page in a browser # SKIP chromium or python3 is not installed'
	finish
	exit
fi
mkdir "$tmp/shots"
cd "$tmp/shots"

# browse PAGE <script: what the browser says, in $tmp/out
browse()
{
	timeout 600 python3 "$root/test/browser.py" chromium "$1" >"$tmp/out" 2>&1 || {
		not_ok "the browser shows ${1##*/}"
		remark <"$tmp/out"
	}
}
count="(id => document.querySelectorAll('#' + id + ' .mark').length)"
browse "$tmp/full.html" <<SCRIPT
eval ['learning-curve', 'estimators', 'shares', 'hhi', 'plant-cost-maker', 'plant-cost-country', 'prices', 'countries', 'exposure', 'controls', 'restatements'].map($count).join(' ')
eval [...document.querySelectorAll('figure .plot')].filter(plot => plot.querySelector('svg .mark') == null).length
eval [...document.querySelectorAll('.mark')].filter(mark => !/\w.*: .*\d|not known|none|to |in force|unknown|not yet|draft|suspended|conflicting|ended/.test(mark.getAttribute('aria-label'))).length
eval document.getElementById('latest-edition').innerText
eval document.getElementById('quarantine-count').innerText
eval document.documentElement.scrollWidth
eval document.querySelectorAll('figure').length + ' ' + document.querySelectorAll('figure table').length + ' ' + document.querySelectorAll('figure .csv').length
eval (async () => { for (const button of document.querySelectorAll('figure .csv')) { button.click(); await new Promise(done => setTimeout(done, 300)); } })()
files document.querySelectorAll('figure .csv').length
shot desk.png
dark
eval getComputedStyle(document.body).backgroundColor
eval getComputedStyle(document.querySelector('#shares svg text')).color
light
size 390 844
eval document.documentElement.scrollWidth
eval [...document.querySelectorAll('figure svg')].every(svg => svg.getBoundingClientRect().right <= 390)
shot phone.png
eval void dispatchEvent(new Event('beforeprint'))
paper 965 720
eval [...document.querySelectorAll('table')].filter(table => table.getBoundingClientRect().right > 965).map(table => table.caption?.innerText ?? table.parentNode.id).join('; ')
print page.pdf
SCRIPT
# counted by SQL: points of the curve that is shown, rows of a market's shares, and so on
marks=$(query $full -F ' ' <<'SQL'
SELECT (SELECT count(*) FROM industry.bi_learning_point WHERE publisher = 'Ziegler and Trancik' AND cumulative_gwh > 0 AND price_usd_per_kwh > 0),
	   8 * 2,
	   (SELECT count(*) FROM industry.bi_market WHERE coalesce(share_stated_fraction, share_computed_fraction) > 0),
	   (SELECT count(*) FROM industry.bi_concentration WHERE NOT by_parent AND hhi_low_points < hhi_high_points),
	   (SELECT count(*) FROM industry.bi_plant_cost WHERE CASE origin WHEN 'as stated' THEN maker IS NOT NULL OR country IS NULL ELSE grain = 'maker' END),
	   (SELECT count(*) FROM industry.bi_plant_cost WHERE CASE origin WHEN 'as stated' THEN country IS NOT NULL ELSE grain = 'country' END)
SQL
)
got=$(sed -n '1s/"//gp' "$tmp/out")
same 'every mark of these charts is there' "$marks" "$(cut -d ' ' -f 1-6 <<<"$got")"
same 'the other charts have marks' 'yes' "$(cut -d ' ' -f 7-11 <<<"$got" | tr ' ' '\n' | awk '$1 < 10 { few = 1 } END { print few ? "no" : "yes" }')"
same 'no chart is without a mark' 0 "$(sed -n 2p "$tmp/out")"
same 'every mark is read aloud with its value' 0 "$(sed -n 3p "$tmp/out")"
says 'the date of the latest edition stands on top' 'Feb 2026\nUSGS, MCS 2026'
says 'so does the count of rows in quarantine' "\\n$(query $full -c "SELECT count(*) FROM industry.bi_quarantine WHERE NOT is_resolved AND NOT is_dismissed") rows"
same 'nothing is wider than the screen' 1440 "$(sed -n 6p "$tmp/out")"
same 'every chart has its table and its CSV' 1 "$(sed -n '7s/"//gp' "$tmp/out" | awk '{ print ($1 == $2 && $2 == $3 && $1 >= 11) }')"
same 'dark on request' '"rgb(15, 19, 25)" "rgb(230, 234, 240)"' "$(sed -n 9,10p "$tmp/out" | xargs -d '\n')"
same 'nor is it on a phone' '390 true' "$(sed -n 11,12p "$tmp/out" | xargs)"
# line 13 is what the event gives; 965 pixels are a page of US Letter on its side
same 'nor on paper, where no column is cut off' '""' "$(sed -n 14p "$tmp/out")"
if grep -q -E '^(console|request): ' "$tmp/out"; then
	not_ok 'the console is silent, and nothing is asked of a network'
	grep -E '^(console|request): ' "$tmp/out" | remark
else
	ok 'the console is silent, and nothing is asked of a network'
fi

# What was downloaded: the columns that every CSV has, and the values of the views.
cat >"$tmp/lines.py" <<'PYTHON'
"""lines.py FILE COLUMN...: the lines of a CSV file, these columns of it"""
import csv, sys
with open(sys.argv[1], encoding='utf-8-sig', newline='') as file:
    for row in csv.DictReader(file):
        print('|'.join(row[name] for name in sys.argv[2:]))
PYTHON
# in_csv NAME FILE COLUMNS DATABASE SQL
in_csv()
{
	# shellcheck disable=SC2086
	python3 "$tmp/lines.py" "$2" $3 >"$tmp/rows" 2>&1 || true
	sort "$tmp/rows" >"$tmp/there"
	query "$4" -c "$5" | sort >"$tmp/expected"
	if [ -s "$tmp/expected" ] && cmp -s "$tmp/expected" "$tmp/there"; then
		ok "$1"
	else
		not_ok "$1"
		diff "$tmp/expected" "$tmp/there" >"$tmp/diff" || true
		head -n 12 "$tmp/diff" | remark
	fi
}
same 'every CSV has unit, source, edition, kind of statement and bounds' \
	'chart,series,subject,period_first,period_last,measure,value,low,high,unit,is_exact,statement_kind,row_kind,publisher,edition,source,locator,as_printed,note,fact_id' \
	"$(for file in *.csv; do head -n 1 "$file" | tr -d '\r' | sed 's/^\xef\xbb\xbf//'; done | sort -u)"
same 'a CSV for each chart' "$(sed -n '7s/"//gp' "$tmp/out" | cut -d ' ' -f 1)" "$(find . -name '*.csv' | wc -l)"
# the printed shares of 2023, as the press report has them
in_csv 'the CSV of shares has the printed ones' shares.csv 'subject value unit publisher edition source' $full \
	"SELECT maker, CASE WHEN c.computed_from = 'amount' THEN m.share_computed_fraction ELSE m.share_stated_fraction END, 'fraction', m.publisher, m.edition,
		(SELECT s.source FROM industry.bi_source s WHERE s.publisher = m.publisher AND s.edition = m.edition)
	 FROM industry.bi_market m JOIN industry.bi_concentration c USING (publisher, metric, period_first, period_last) WHERE NOT c.by_parent"
in_csv 'that of concentration has the bounds' hhi.csv 'period_first period_last value low high unit is_exact' $full \
	"SELECT period_first, period_last, hhi_points, hhi_low_points, hhi_high_points, 'points', CASE WHEN is_exact THEN 'true' ELSE 'false' END FROM industry.bi_concentration WHERE NOT by_parent"
in_csv 'that of exposure is that of today' exposure.csv 'value low high publisher edition' $full \
	"SELECT exposure_fraction, exposure_low_fraction, exposure_high_fraction, share_publisher, share_edition FROM industry.bi_control_exposure WHERE is_today"
in_csv 'that of restatements has old and new' restatements.csv 'value unit edition fact_id' $full \
	"SELECT newer_value_in_unit, unit, newer_edition, newer_fact_id FROM industry.bi_restatement WHERE what_changed <> 'unchanged'"

same 'screenshots at two widths, and pages to print' 'desk.png page.pdf phone.png' "$(find . -name '*.png' -size +50k -printf '%f\n' -o -name '*.pdf' -size +20k -printf '%f\n' | sort | xargs)"

# what a person does: keys, a click, filters, another day

browse "$tmp/full.html" <<'SCRIPT'
eval document.querySelector('#shares .mark').focus()
key ArrowRight
eval document.activeElement.getAttribute('aria-label')
key End
eval document.activeElement.getAttribute('aria-label').startsWith('not attributed')
key Enter
eval document.getElementById('origin').open
key Escape
eval document.getElementById('origin').open
click #shares .mark
eval document.getElementById('origin').innerText
key Escape
click #hhi .mark
eval document.querySelectorAll('#origin .from li').length
key Escape
eval (select => { select.value = 'USGS'; select.dispatchEvent(new Event('change')); })(document.getElementById('filter-publisher'))
eval document.querySelectorAll('#countries .mark').length > 5 && document.querySelector('#market .nothing').innerText
eval (select => { select.value = ''; select.dispatchEvent(new Event('change')); })(document.getElementById('filter-publisher'))
eval (day => { day.value = '2025-08-01'; day.dispatchEvent(new Event('change')); })(document.getElementById('choose-day'))
eval document.querySelector('#exposure h3').innerText
eval [...document.querySelectorAll('#exposure tbody tr')].map(row => [...row.children].map(cell => cell.textContent).join(" ")).find(row => row.includes('70 % 90 %'))
SCRIPT
same 'an arrow leads to the next mark' '"BYD' "$(sed -n '2s/,.*//p' "$tmp/out")"
same 'End to the last, Enter says where it is from, Escape closes that' 'true true false' "$(sed -n 3,5p "$tmp/out" | xargs)"
outputs=("$tmp/out")
says 'a click says file, line, place and words' 'Where it is from' 'maker_share.sne-2023-01-04.csv, line ' 'press report of 2023-01-04' 'SHA-256'
same 'an index names the figures behind it' 6 "$(sed -n 7p "$tmp/out")"
says 'a filter leaves what has the publisher' 'No figure of this choice'
says 'another day' 'Exposure on 1 Aug 2025' '70 % 90 %'
if grep -q '^console: ' "$tmp/out"; then
	not_ok 'and the console is silent'
	remark <"$tmp/out"
else
	ok 'and the console is silent'
fi

mkdir "$tmp/shots/own"
cd "$tmp/shots/own"
browse "$tmp/own.html" <<'SCRIPT'
eval ['shares', 'hhi'].map(id => document.querySelectorAll('#' + id + ' .mark').length).join(' ')
eval [...document.querySelectorAll('main .section > .nothing')].map(p => p.innerText).join(' ')
eval window.taken === undefined && document.querySelectorAll('img, script').length
eval [...document.querySelectorAll('#shares tbody th')].map(th => th.textContent).join('|')
eval (() => { document.querySelector('#shares details').open = true; document.querySelector('#shares tbody button').click(); return document.getElementById('origin').innerText; })()
eval document.querySelectorAll('#origin a').length
eval document.querySelector('#shares .csv').click()
files 1
SCRIPT
# 50, 20, 10, 7.5 and 2.5 of 100, and the rest; the squares are 3062.5 (by hand), and more with the rest
same 'one file makes a page with two charts' '"6 1"' "$(sed -n 1p "$tmp/out")"
says 'every other section says which kind of file fills it' 'price and capacity' 'expansion' 'country_share' 'control_item, control_event and country_share' 'A second edition'
same 'no name of a maker is markup' '4' "$(sed -n 3p "$tmp/out")"
says 'they stand in the page as they are' '<script>window.taken = 1</script>|</script><img src=x onerror=window.taken=1>' '=HYPERLINK(\"x\")|__proto__'
says 'as do titles and places' '</title><script>window.taken = 1</script>' 'page <1> & \"2\"'
same 'an address that is none of the web is no link' 0 "$(sed -n 6p "$tmp/out")"
same 'a spreadsheet takes no name for a formula' "'=HYPERLINK(\"x\")" "$(python3 "$tmp/lines.py" shares.csv subject | grep HYPER)"
if grep -q '^console: ' "$tmp/out"; then
	not_ok 'and the console is silent'
	remark <"$tmp/out"
else
	ok 'and the console is silent'
fi

# what a checker of accessibility finds: by day and night, on a phone, tables and the origin of a figure open
axe=axe-core@4.14.1
axe_sum=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
if ! (cd "$tmp" && npm pack --silent --ignore-scripts $axe </dev/null >npm.log 2>&1 && tar -xzf axe-core-*.tgz package/axe.min.js); then
	ok "accessibility # SKIP npm cannot fetch $axe"
else
	same "$axe is what was published" $axe_sum "$(sha256sum <"$tmp/package/axe.min.js" | cut -d ' ' -f 1)"
	objections="axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r => [r.passes.length > 8, ...r.violations.map(v => v.id + ' ' + v.nodes[0].html)].join(' '))"
	browse "$tmp/full.html" <<-SCRIPT
		run $tmp/package/axe.min.js
		eval $objections
		dark
		wait 300
		eval $objections
		light
		size 390 844
		wait 300
		eval $objections
		eval document.querySelectorAll('details').forEach(part => part.open = true)
		click #shares tbody button
		wait 300
		eval document.getElementById('origin').open && $objections
		key Escape
		eval (document.title = '') || $objections
	SCRIPT
	same 'and finds nothing' 'true|true|true|true' "$(sed -n '1,3p;5p' "$tmp/out" | tr -d '"' | paste -s -d '|')"
	case $(sed -n 6p "$tmp/out") in
		'"true document-title '*) ok 'but for what is planted' ;;
		*) not_ok "but for what is planted, not: $(sed -n 6p "$tmp/out")" ;;
	esac
fi
finish
