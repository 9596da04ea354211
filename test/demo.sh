#!/bin/bash
# The demo: its verdicts and its numbers.  The fits are held against values
# computed with 80-digit arithmetic, the others against hand calculations.
set -euo pipefail

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
work=$(mktemp -d)
database=battery_test_demo
trap 'rm -rf "$work"; psql -X -q -d postgres -c "DROP DATABASE IF EXISTS $database" >/dev/null 2>&1' EXIT
failed=0

check()
{
	if [ "$2" = "$3" ]; then
		echo "ok - $1"
	else
		echo "not ok - $1: expected $3, got $2"
		failed=1
	fi
}

new_database()
{
	psql -X -q -d postgres -c "DROP DATABASE IF EXISTS $database" 2>/dev/null
	psql -X -q -d postgres -c "CREATE DATABASE $database"
}

# value NAME QUERY EXPECTED
value()
{
	check "demo: $1" "$(psql -X -A -t -F ' ' -v ON_ERROR_STOP=1 -c "$2" 2>&1)" "$3"
}

# A run prints the same whatever the caller's settings are.
export PGDATABASE=$database
new_database
rc=0
"$root/demo/run.sh" >"$work/out" 2>&1 || rc=$?
check 'demo: every verdict is as expected' "$rc" 0
[ "$rc" -eq 0 ] || cat "$work/out"
check 'demo: at most 200 lines of 110 columns' "$(($(wc -l <"$work/out") <= 200)) $(($(wc -L <"$work/out") <= 110))" '1 1'
check 'demo: in short, the numbers of the tables above' "$(sed -n '/^==== In short/,$p' "$work/out" | tr -cs '0-9.,\n' ' ' | grep -oE '18\.87|27,441|67\.4|36\.8|1,910\.4|1,920\.4|144' | tr '\n' ' ')" \
	'18.87 27,441 67.4 36.8 1,910.4 1,920.4 144 '

# published and 80-digit values: 0.18872212122269661632, 0.20386545192753369142
# and their 95 % bounds
value 'learning rate per doubling of MWh and of cells, to 10 digits' \
	"SELECT round(f.learning_rate::numeric, 10), f.learning_rate BETWEEN f.learning_rate_low AND f.learning_rate_high,
			round(r_squared::numeric, 9)
	FROM liion_fit, LATERAL fit(curve) AS f ORDER BY doubling_of = 'cells'" \
	'0.1887221212 t 0.879723446
0.2038654519 t 0.880299607'
# what the demo prints, what README prints, and what a dashboard reads
printed=$(awk '/doubling_of/ { found = 1 } found && $1 == "MWh" { print $5; exit }' "$work/out")
shown=$(sed -n 's/^ \(default\|published\) *| *25 | *\(0\.[0-9]*\) .*/\2/p' "$root/README.md" | paste -sd ' ')
value 'README, the demo and the view give one learning rate, that of 80 digits' \
	"SELECT string_agg(fit_window, ' ' ORDER BY fit_window), bool_and(abs(learning_rate_fraction - 0.18872212122269661632) < 1e-12),
			string_agg(round(100 * learning_rate_fraction::numeric, 2)::text, ' ') = '$printed $printed',
			string_agg(round(learning_rate_fraction::numeric, 4)::text, ' ') = '$shown', max(learning_rate_stated_fraction)
	FROM industry.bi_learning_curve WHERE publisher = 'Ziegler and Trancik' AND fit_window <> 'all years'" \
	'default published t t t 0.189'
value 'and the curve of the demo is that of the view, bit by bit' \
	"SELECT bool_and(c.learning_rate_fraction = f.learning_rate AND c.exponent = f.exponent AND c.intercept = f.intercept) FROM liion_fit d, LATERAL fit(d.curve) AS f,
			industry.bi_learning_curve c WHERE d.doubling_of = 'MWh' AND c.publisher = 'Ziegler and Trancik' AND c.fit_window <> 'all years'" t
value 'the rows of liion_cumulative give the same' \
	"SELECT abs(learning_rate(learning_curve(cumulative, price)) - 0.18872212122269661632) < 1e-12 FROM liion_cumulative WHERE year BETWEEN 1992 AND 2016" t
value '95 % bounds of the exponents, 80-digit values' \
	"SELECT round(exponent_low::numeric, 10), round(exponent_high::numeric, 10)
	FROM liion_fit, LATERAL fit(curve) ORDER BY doubling_of = 'cells'" \
	'-0.3498561297 -0.2536077585
-0.3812327256 -0.2765989257'
value 'capacity at US$100 and US$50 per kWh' \
	'SELECT to_unit(cumulative, '"'GWh'"', 0) FROM liion_target ORDER BY price DESC' \
	'27441
272940'
# published, and by brute force in R: test/oracles/robust.R
value 'one series, many learning rates' \
	"SELECT string_agg(round(100 * learning_rate::numeric, 1)::text, ' ' ORDER BY n) FROM liion_estimate" \
	'18.9 20.4 25.0 16.0 4.5 9.1 23.0 1.9 26.9'
value 'break at 586 MWh, BIC lower by 43.8' \
	'SELECT round(1000 * break_at), round(bic_gain::numeric, 1) FROM liion_estimator_input, LATERAL segmented_learning_curve(levels)' \
	'586 43.8'
# 40-digit arithmetic, the spend by numerical integration
value 'the newcomer against the levels fit: years, cost, GWh, bn US$ spent and of learning' \
	"SELECT round(years::numeric, 8), to_unit(cost, 'USD/kWh', 6), to_unit(challenger_cumulative_then, 'GWh', 8),
			round(spend_usd / 1e9, 8), round(learning_investment_usd / 1e9, 8) FROM newcomer_answer WHERE n = 1" \
	'4.09853633 188.254428 13.72850228 2.77913203 0.57118953'
value 'Durbin-Watson of the residuals' \
	'SELECT round(durbin_watson::numeric, 2) FROM liion_durbin_watson' 0.26
value 'running sum from 1992, annual volumes' \
	"SELECT round(100 * learning_rate(learning_curve(since_1992, price))::numeric, 3),
			round(100 * learning_rate(learning_curve(annual_market, price))::numeric, 2)
	FROM (SELECT *, sum(annual_market) OVER (ORDER BY year) AS since_1992
		  FROM liion_cells WHERE year BETWEEN 1992 AND 2016) AS s" \
	'18.805 21.75'
value 'the other series passes US$100 of 2018 between 2020 and 2021' \
	"SELECT bool_and((price / factor > 100) = (year = 2020)) FROM liion_cell_price, deflator_2018_to_2024
	WHERE year IN (2020, 2021)" t
value 'plants: 26.44/392, 26.4/392, 11.83/227, 14.61/165, mean of 128, 82, 133, 118' \
	"SELECT string_agg(to_unit(cost, 'million USD/GWh', 2)::text, ' ' ORDER BY n) FROM plant_cost" \
	'67.45 67.35 52.11 88.55 115.25 126.33'
value 'EV batteries 2023: CR4, HHI bounds' \
	"SELECT round(cr(market, 4)::numeric, 4), round(hhi_low(market)::numeric, 2), round(hhi_high(market)::numeric, 2)
	FROM ev_market WHERE year = '2023'" \
	'0.7260 1910.36 1920.36'
value 'EV batteries by edition: 37^2 + 2 13.6^2, that + 2 13.6^2 + 8.6^2; merger of 2 and 3: + 2 13.6^2' \
	"SELECT round(hhi_low(market)::numeric, 2), round(hhi_high(market)::numeric, 2), round(hhi_points_after_low::numeric, 2)
	FROM ev_market_set JOIN ev_merger USING (published, period_first_month, period_last_month)
	WHERE published = '2023-02' AND guideline_applied = 'DOJ/FTC 2023'" \
	'1738.92 2182.80 2108.84'
value 'merger findings of 2023: 1910.36 + 2 15.8 13.6' \
	"SELECT round(hhi_points_after_low::numeric, 2), finding FROM ev_merger
	WHERE published = '2024-02-07' AND period_first_month = '2023-01' ORDER BY guideline_applied DESC" \
	'2340.12 presumed to substantially lessen competition
2340.12 warrants scrutiny'
value 'growth of CATL: 75.3 = 71.1 + 4.2, across editions -1.3' \
	"SELECT round(amount_change, 1), round(market_effect, 1), round(share_effect, 1), comparable
	FROM ev_installed AS b, ev_installed AS a, LATERAL share_change(b.market, a.market, b.published, a.published)
	WHERE b.year = '2022' AND a.year = '2023' AND member = 'CATL' ORDER BY b.published DESC" \
	'75.3 71.1 4.2 t
68.1 69.4 -1.3 f'
value 'mine production 2024, computed in fractions: countries, rows, world total, both indices' \
	"SELECT mineral, edition, members(of_rows), total(of_rows), total(of_world), round(hhi(of_rows)::numeric, 1), round(hhi(of_world)::numeric, 1)
	FROM mine_market WHERE reference_year = 2024 ORDER BY mineral, edition" \
	'cobalt MCS 2025 12 288200 290000 5940.8 5867.3
cobalt MCS 2026 12 301590 302000 5766.1 5750.4
lithium MCS 2025 9 235380 240000 2303.1 2215.3
lithium MCS 2026 9 222970 222000 2345.9 2366.5
natural graphite MCS 2025 19 1630670 1600000 6143.1 6380.9
natural graphite MCS 2026 19 1550686 1550000 6764.9 6770.9'
value 'mine production: withheld is withheld, zero is zero, and others are no country' \
	"SELECT count(*) FILTER (WHERE as_printed = 'W' AND production_t IS NULL), count(*) FILTER (WHERE as_printed = '—' AND production_t = 0),
			count(*) FILTER (WHERE row_kind = 'remainder'), count(*) FROM mine_production" \
	'3 2 4 144'
value 'minerals of 392 GWh, t a year, hand calculation: Ni 658.375, Co 82.605, Li 99.802 and 91.485 t/GWh' \
	"SELECT string_agg(assumption || ' ' || mineral || ' ' || tonnes, ', ' ORDER BY assumption::text, mineral)
	FROM (SELECT assumption, mineral, sum(tonnes_per_year) AS tonnes FROM mineral_scenario GROUP BY assumption, mineral) AS s
	WHERE mineral IN ('nickel', 'cobalt', 'lithium')" \
	'LFP cobalt 0, LFP lithium 35862.120, LFP nickel 0, NMC811 cobalt 32381.160, NMC811 lithium 39122.384, NMC811 nickel 258083.000'
value 'stated shares by chemistry, none completed' \
	"SELECT string_agg(chemistry || ' ' || printed, ', ' ORDER BY id)
	FROM chemistry_statement JOIN report_figure ON id = figure_id WHERE kind = 'share'" \
	'LFP 80, LFP 74.6, LFP >50'
value 'every figure of the three reports is in the check table' \
	"SELECT count(*) FILTER (WHERE id LIKE 'TCIP-%'), count(*) FILTER (WHERE id LIKE 'ECA-%'),
			count(*) FILTER (WHERE id LIKE 'CLN-%') FROM figure_check" \
	'125 2 4'
value 'a citation on every row: a place in a source whose licence is known' \
	"SELECT count(*) FILTER (WHERE coalesce(f.locator, '') = '' OR coalesce(s.licence, '') = ''), count(*) FROM (
		SELECT source, locator FROM liion_cells
		UNION ALL SELECT source, locator FROM liion_cell_price
		UNION ALL SELECT source, locator FROM capacity_expansion
		UNION ALL SELECT source, locator FROM stated_marginal_cost
		UNION ALL SELECT source, locator FROM ev_battery_share
		UNION ALL SELECT source, locator FROM mine_production) AS f LEFT JOIN industry.source AS s USING (source)" '0 255'
value 'a citation on every row of the lists of the check' \
	"SELECT count(*) FROM (SELECT source, locator, licence FROM report_figure
		UNION ALL SELECT source, locator, licence FROM chemistry_statement) AS s
	WHERE source = '' OR locator = '' OR licence = ''" 0

# The tables of the schema industry, loaded from data/industry
psql -X -q -v ON_ERROR_STOP=1 -f "$root/test/industry/data.sql" >"$work/held" 2>&1 || true
while IFS=$'\t' read -r name holds; do
	check "demo: industry: $name" "$holds" t
done <"$work/held"
check 'demo: industry: all of them were asked' "$(wc -l <"$work/held")" "$(grep -c "^SELECT '" "$root/test/industry/data.sql")"

# The check must notice: a figure that is altered, a datum that is altered
mkdir -p "$work/copy/src"
cp -R "$root/demo" "$root/data" "$root/bin" "$work/copy"
cp -R "$root/src/industry" "$work/copy/src"
sed -i 's|^\(TCIP-050,.*\),~20,%/yr,\(.*\),~,20,0,|\1,~30,%/yr,\2,~,30,0,|' "$work/copy/data/report_figures.csv"
sed -i 's/,CATL,West Java,ID,\(.*\),15 GWh,/,CATL,West Java,ID,\1,25 GWh,/' "$work/copy/data/industry/expansion.tcip-2025.csv"
new_database
rc=0
"$work/copy/demo/run.sh" >"$work/out" 2>&1 || rc=$?
check 'demo: an altered figure and an altered datum make it fail' \
	"$rc $(sed -n '/verdict(s) differ/,$p' "$work/out" | sed -n 's/^ \(TCIP-[0-9]*\) .*/\1/p' | tr '\n' ' ')" '1 TCIP-026 TCIP-028 TCIP-050 '

exit $failed
