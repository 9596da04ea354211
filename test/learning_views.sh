#!/bin/bash
# Learning curves in the views for BI tools and by name: which points, which years,
# which numbers, and why there is none.
#
# The numbers are R's (test/oracles/learning_views.R, lm and predict), and core's
# regr_* over the rows of the views; what a window holds is reckoned by hand.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_learning
reader=battery_test_learning_reader
curator=battery_test_learning_curator
create_database $db
create_role $reader LOGIN
create_role $curator LOGIN
"$root/bin/battery-industry" setup -q -d $db
query $db <<SQL
SELECT industry.grant_access(reader => '$reader', curator => '$curator') \g /dev/null
INSERT INTO industry.publisher (publisher) VALUES ('Survey'), ('Bureau'), ('Agency');
INSERT INTO industry.maker (maker, name, country) VALUES ('CATL', 'Contemporary Amperex', 'CN'), ('BYD', 'BYD', 'CN');
INSERT INTO industry.source (source, publisher, edition, published, published_precision) VALUES
	('survey-2024-02', 'Survey', '2024-02', '2024-02-15', 'day'), ('survey-2024-12', 'Survey', '2024-12', '2024-12-10', 'day'),
	('bureau-2024', 'Bureau', '2024', '2024-01-01', 'year'), ('agency-2025', 'Agency', '2025', '2025-06-30', 'day');
SQL
loaded()
{
	local name=$1 source=$2 kind=$3 rc=0

	cat >"$tmp/$name.csv"
	"$root/bin/battery-load" -q -d $db "$kind" "$tmp/$name.csv" --source="$source" >"$tmp/out" 2>&1 </dev/null || rc=$?
	[ "$rc" -eq 0 ] || { not_ok "$name is loaded"; remark <"$tmp/out"; }
}
is()
{
	same "learning: $1" "$2" "$(query $db -c "$3" 2>&1)"
}
as_reader()
{
	same "learning: $1" "$2" "$(PGUSER=$reader query $db -c "$3" 2>&1)"
}
# refused NAME SQLSTATE HINT SQL
refused()
{
	psql -X -q -d $db -v VERBOSITY=verbose -c "$4" >"$tmp/out" 2>&1 || true
	same "learning: $1 is refused with what to write" "1 1" "$(grep -c "ERROR:  $2" "$tmp/out") $(grep -c "^HINT: .*$3" "$tmp/out")"
}

# A survey of February 2024: output and prices to 2023, its estimate of the year that runs,
# and what it calls an estimate of a year to come.
{
	echo 'period,metric,basis,chemistry,row_kind,subject_as_printed,capacity'
	for n in 0 1 2 3 4 5 6 7 8 9 10; do
		year=$((2015 + n))
		[ $year -lt 2024 ] || year=${year}e
		echo "$year,packs,shipped,LFP,stated_total,World,$((2 ** n))"
	done
} | loaded output survey-2024-02 capacity
{
	echo 'period,metric,scope,price_or_cost,money_basis,chemistry,subject_as_printed,cost'
	year=2015
	for cost in 900 640 470 360 300 230 190 160 139 133 90; do
		period=$year
		[ $year -lt 2025 ] || period=${year}e
		echo "$period,packs,pack,price,nominal,LFP,pack,$cost"
		year=$((year + 1))
	done
	for year in 2021 2022 2023; do
		echo "$year,packs,pack,price,nominal,LTO,pack,$((2600 - year))"
	done
} | loaded prices survey-2024-02 price
loaded december survey-2024-12 price <<'CSV'
period,metric,scope,price_or_cost,money_basis,chemistry,subject_as_printed,cost
2024,packs,pack,price,nominal,LFP,pack,115
CSV
loaded stated survey-2024-12 stated_curve <<'CSV'
period,metric,basis,scope,price_or_cost,money_basis,chemistry,doubling_of,learning_rate,locator
2016-2022,packs,shipped,pack,price,nominal,LFP,,19.5%,page 3
2016-2022,packs,,pack,price,nominal,LFP,units,~21,page 4
CSV

# which points

is "a price of a year to come is no point, whatever it is called; that of the year that ran is one, and hollow" \
	"2023|t|t
2024|t|f" \
	"SELECT year, is_used, is_exact FROM industry.bi_learning_point WHERE chemistry = 'LFP' AND year >= 2023 ORDER BY year"
is "it is the December edition's price, beside the output that February expected" "115|1023|2024-12|2024-02|the price is an estimate; the output is an estimate" \
	"SELECT price_usd_per_kwh, cumulative_gwh, edition, output_edition, note FROM industry.bi_learning_point WHERE year = 2024"
is "the output has the year that runs and no forecast" "10|1023|2024-12-31|f" \
	"SELECT count(*), max(cumulative_gwh), max(period_last), bool_and(is_exact) FROM industry.bi_output WHERE publisher = 'Survey'"
is "and none of the forecasts is exact or counted" "2023" "SELECT max(year) FROM industry.bi_output WHERE is_exact"
is "the functions have the same points" "10|1|t" \
	"SELECT count(*), count(*) FILTER (WHERE p.note LIKE '%the price is an estimate%'), max(p.period_first) = '2024-01-01'
	 FROM industry.learning_points('Survey', 'packs', scope => 'pack') p WHERE p.chemistry = 'LFP'"
is "a forecast in the output ends no sum: it is not in it" "10|1023" \
	"SELECT count(*), max(cumulative::numeric)::integer FROM industry.cumulative_output('Survey', 'packs', 'shipped', 'LFP')"

# which years, and R's numbers

fits="SELECT fit_window, observations, round(learning_rate_fraction::numeric, 10), round(learning_rate_low_fraction::numeric, 10),
	round(learning_rate_high_fraction::numeric, 10), round(exponent::numeric, 10), round(intercept::numeric, 10), round(residual_stderr::numeric, 10),
	round(r_squared::numeric, 10)"
as_reader "a curve for each window, as R fits it" \
	"all years|10|0.1871656898|0.1767792628|0.1974210731|-0.2989667945|6.7472661569|0.0540822594|0.9943838945
default|7|0.1711537336|0.1568178819|0.1852458460|-0.2708235581|6.5990797747|0.0357771568|0.9937253331
published|7|0.1948531384|0.1824645443|0.2070540009|-0.3126761350|6.7685035024|0.0333150081|0.9962580971" \
	"$fits FROM industry.bi_learning_curve WHERE publisher = 'Survey' AND chemistry = 'LFP' ORDER BY 1"
as_reader "with the periods, the estimates and forecasts, and what the source itself states of the years that it fitted" \
	"all years|2015-01-01|2024-12-31|1|1||
default|2018-01-01|2024-12-31|1|1||
published|2016-01-01|2022-12-31|0|0|0.195|page 3" \
	"SELECT fit_window, first_period, last_period, points_estimated, points_forecast, learning_rate_stated_fraction, stated_locator
	 FROM industry.bi_learning_curve WHERE publisher = 'Survey' AND chemistry = 'LFP' ORDER BY 1"
is "the default leaves out the sums that are less than ten times the first output, and says so" "t" \
	"SELECT note LIKE '%without the first points, until the running sum is ten times%' FROM industry.bi_learning_curve WHERE chemistry = 'LFP' AND fit_window = 'default'"
none "learning: core's regression over the points of the view has the same slope, intercept and R squared" $db \
	"SELECT c.fit_window, c.exponent, r.slope FROM industry.bi_learning_curve c
	 JOIN LATERAL (SELECT regr_slope(y, x) AS slope, regr_intercept(y, x) AS intercept, regr_r2(y, x) AS r2, count(*) AS n,
						  sqrt((regr_syy(y, x) - regr_sxy(y, x) ^ 2 / regr_sxx(y, x)) / (count(*) - 2)) AS s
				   FROM (SELECT ln(p.price_usd_per_kwh) AS y, ln(p.cumulative_gwh) AS x FROM industry.bi_learning_point p
						 WHERE p.price_series = c.price_series AND p.output_series = c.output_series AND p.chemistry = c.chemistry AND p.is_used
						   AND p.period_first >= c.first_period AND p.period_last <= c.last_period) AS d) AS r ON true
	 WHERE c.reason IS NULL
	   AND (abs(c.exponent - r.slope) < 1e-12 AND abs(c.intercept - r.intercept) < 1e-12 AND abs(c.r_squared - r.r2) < 1e-12 AND c.observations = r.n
			AND abs(c.residual_stderr - r.s) < 1e-12) IS NOT TRUE"
is "the functions take the same window, or the years that are named" \
	"7|0.1711537336
10|0.1871656898
7|0.1948531384
7|0.1711537336" \
	"SELECT c.observations, round(c.learning_rate::numeric, 10)
	 FROM (SELECT 1 AS n, observations, learning_rate, chemistry FROM industry.learning_curve_of(prices => 'Survey', output => 'Survey, packs')
		   UNION ALL SELECT 2, observations, learning_rate, chemistry FROM industry.learning_curve_of('Survey', 'Survey', all_years => true)
		   UNION ALL SELECT 3, observations, learning_rate, chemistry FROM industry.learning_curve_of('Survey', 'Survey', 2016, 2022)
		   UNION ALL SELECT 4, points, learning_rate, chemistry::text FROM industry.learning_fit('Survey', 'packs', scope => 'pack')) AS c
	 WHERE c.chemistry = 'LFP' ORDER BY n"
is "with an initial stock there is nothing to leave out" "10" \
	"SELECT observations FROM industry.learning_curve_of('Survey', 'Survey', initial_stock => '3 GWh') WHERE chemistry = 'LFP'"
is "what was known in March had February's price of the year" "133.00" \
	"SELECT to_unit(cost, 'USD/kWh', 2) FROM industry.learning_points('Survey', 'packs', scope => 'pack', known_on => '2024-03-01') WHERE period_first = '2024-01-01'"
as_reader "both statements of the source stand in a view of their own" "energy|0.195|t
units|0.21|f" "SELECT doubling_of, learning_rate_stated_fraction, is_exact FROM industry.bi_stated_curve ORDER BY 1"

# the line

as_reader "R's prediction at twice the last output: line, its band, that of one further price" \
	"all years|87.186575|80.308725|94.653462|75.090876|101.230659|f
default|93.169269|86.240650|100.654537|82.623489|105.061077|f
published|123.860019|115.420678|132.916429|110.850653|138.396157|f" \
	"SELECT fit_window, round(price_usd_per_kwh::numeric, 6), round(line_low_usd_per_kwh::numeric, 6), round(line_high_usd_per_kwh::numeric, 6),
		round(price_low_usd_per_kwh::numeric, 6), round(price_high_usd_per_kwh::numeric, 6), is_in_sample
	 FROM industry.bi_learning_line WHERE chemistry = 'LFP' AND step = 44 ORDER BY 1"
is "a curve has 53 steps, 41 of them in the sample, from the first output to the last and three doublings on" "53|41|1|1023|8184" \
	"SELECT count(*), count(*) FILTER (WHERE is_in_sample), min(cumulative_gwh), max(cumulative_gwh) FILTER (WHERE is_in_sample), max(cumulative_gwh)
	 FROM industry.bi_learning_line WHERE chemistry = 'LFP' AND fit_window = 'all years'"
none "learning: the steps are equal in logarithms, within the sample and beyond" $db \
	"SELECT fit_window, is_in_sample, min(d), max(d)
	 FROM (SELECT fit_window, is_in_sample, ln(cumulative_gwh) - lag(ln(cumulative_gwh)) OVER (PARTITION BY price_series, fit_window, chemistry, is_in_sample ORDER BY step) AS d
		   FROM industry.bi_learning_line) AS s
	 GROUP BY fit_window, is_in_sample HAVING max(d) - min(d) > 1e-9"
none "learning: the line is that of the curve, and within its bands" $db \
	"SELECT l.step FROM industry.bi_learning_line l JOIN industry.bi_learning_curve c USING (price_series, output_series, chemistry, fit_window)
	 WHERE (abs(l.price_usd_per_kwh / (exp(c.intercept) * l.cumulative_gwh ^ c.exponent) - 1) < 1e-9
			AND l.price_low_usd_per_kwh < l.line_low_usd_per_kwh AND l.line_low_usd_per_kwh < l.price_usd_per_kwh
			AND l.price_usd_per_kwh < l.line_high_usd_per_kwh AND l.line_high_usd_per_kwh < l.price_high_usd_per_kwh) IS NOT TRUE"

# why there is none

loaded bureau bureau-2024 price <<'CSV'
period,metric,scope,price_or_cost,money_basis,base_year,subject_as_printed,cost
2018,packs,pack,cost,real,2020,pack,400
2019,packs,pack,cost,real,2020,pack,330
2020,packs,pack,cost,real,2020,pack,250
2021,packs,pack,cost,real,2020,pack,210
CSV
loaded others agency-2025 price <<'CSV'
period,metric,scope,price_or_cost,money_basis,chemistry,subject_as_printed,cost,statement_kind
n/s,plants,plant_capex,cost,nominal,,plant,90,
2026,goals,pack,cost,nominal,,pack,80,target
2030,goals,pack,cost,nominal,,pack,60,
2023,cells,cell,price,nominal,Na-ion,cell,80,
2024,cells,cell,price,nominal,Na-ion,cell,70,
2022,flows,system,price,nominal,,system,300,
2023,flows,system,price,nominal,,system,290,
2024,flows,system,price,nominal,,system,280,
CSV
loaded made agency-2025 capacity <<'CSV'
period,metric,basis,chemistry,row_kind,subject_as_printed,capacity
2023,cells,output,Na-ion,stated_total,World,1
2024,cells,output,Na-ion,stated_total,World,3
2022,flows,installed,,stated_total,World,5
2023,flows,installed,,stated_total,World,0
2024,flows,installed,,stated_total,World,0
CSV
as_reader "every series of prices is listed, with the reason where there is no curve" \
	"Agency|cells|Na-ion|2|2 points are too few for a curve
Agency|flows||3|the cumulative output is the same at every point
Agency|goals||0|all prices are forecasts, targets or claims
Agency|plants||0|no period is stated
Bureau|packs||0|Bureau states no output of packs for World; pair_series() sets the prices against that of another
Survey|packs|LFP|7|
Survey|packs|Li-ion|LTO|0|the output is of other periods or of another chemistry" \
	"SELECT publisher, metric, chemistry, observations, reason FROM industry.bi_learning_curve WHERE fit_window = 'default' ORDER BY 1, 2, 3"
none "learning: a row has a rate or a reason, and not both" $db \
	"SELECT * FROM industry.bi_learning_curve WHERE (learning_rate_fraction IS NULL) <> (reason IS NOT NULL) OR (learning_rate_low_fraction IS NULL) <> (reason IS NOT NULL)"
none "learning: a line for each curve and for no other" $db \
	"SELECT c.price_series, c.fit_window FROM industry.bi_learning_curve c
	 LEFT JOIN (SELECT price_series, output_series, chemistry, fit_window, count(*) AS steps FROM industry.bi_learning_line GROUP BY 1, 2, 3, 4) AS l
		ON (l.price_series, l.output_series, l.chemistry, l.fit_window) IS NOT DISTINCT FROM (c.price_series, c.output_series, c.chemistry, c.fit_window)
	 WHERE coalesce(l.steps, 0) <> CASE WHEN c.reason IS NULL THEN 53 ELSE 0 END"

# too few points beyond the first sums: all of them, and the note says so
loaded steady agency-2025 capacity <<'CSV'
period,metric,basis,row_kind,subject_as_printed,capacity
2020,steady,output,stated_total,World,10
2021,steady,output,stated_total,World,20
2022,steady,output,stated_total,World,30
2023,steady,output,stated_total,World,50
CSV
loaded steady_prices agency-2025 price <<'CSV'
period,metric,scope,price_or_cost,money_basis,subject_as_printed,cost
2020,steady,cell,price,nominal,cell,200
2021,steady,cell,price,nominal,cell,170
2022,steady,cell,price,nominal,cell,150
2023,steady,cell,price,nominal,cell,135
CSV
is "a short series keeps all its points" "4|t|f
4|f|t" "SELECT observations, note LIKE '%too few would remain%', note LIKE '%without the first points%' IS NULL FROM industry.bi_learning_curve WHERE metric = 'steady' AND fit_window = 'default'
	UNION ALL SELECT observations, note LIKE '%too few would remain%', reason IS NULL FROM industry.bi_learning_curve WHERE metric = 'steady' AND fit_window = 'all years'"

# prices of one publisher over the output of another

# R: lm(log(c(400, 330, 250, 210)) ~ log(c(15, 31, 63, 127)))
is "by name: the bureau's costs over the survey's output" "Bureau, packs, pack, cost, real 2020|Survey, packs, shipped|4|0.1936885780" \
	"SELECT price_series, output_series, observations, round(learning_rate::numeric, 10) FROM industry.learning_curve_of('Bureau', 'Survey')"
refused "a name that no series has" 22023 "named_series" "SELECT * FROM industry.learning_curve_of('Bureau', 'Burea')"
refused "a name that several have" 22023 "'Agency, cells, cell, price, nominal'" "SELECT * FROM industry.learning_curve_of('Agency', 'Survey')"
refused "output of another chemistry" 22023 "LFP" "SELECT * FROM industry.learning_curve_of('Bureau', 'Survey', output_chemistry => 'NMC')"
refused "no name" 22023 "named_series" "SELECT * FROM industry.learning_curve_of(NULL, 'Survey')"
refused "a pair without a name" 22023 "Name it" "SELECT industry.pair_series(' ', 'Bureau', 'Survey')"
PGUSER=$curator query $db -c "SELECT industry.pair_series('costs of the bureau', 'Bureau', 'Survey', notes => 'packs in both')" >/dev/null
as_reader "kept under a name it stands in the views" "costs of the bureau|Survey|4|0.1936885780|4|53" \
	"SELECT pair, output_publisher, observations, round(learning_rate_fraction::numeric, 10),
		(SELECT count(*) FROM industry.bi_learning_point p WHERE p.pair = c.pair AND p.is_used), (SELECT count(*) FROM industry.bi_learning_line l WHERE l.pair = c.pair AND l.fit_window = 'all years')
	 FROM industry.bi_learning_curve c WHERE pair IS NOT NULL AND fit_window = 'all years'"
PGUSER=$curator query $db -c "SELECT industry.pair_series('costs of the bureau', 'Agency, steady', 'Survey, packs', 'LFP')" >/dev/null
is "under the same name again it is replaced" "1|Agency, steady, cell, price, nominal" \
	"SELECT count(*), min(price_series) FROM industry.bi_learning_curve WHERE pair = 'costs of the bureau' AND fit_window = 'default'"

# output: what a tool adds up

loaded parts agency-2025 capacity <<'CSV'
period,metric,basis,row_kind,subject_as_printed,capacity
2022,grid,installed,stated_total,World,40
2023,grid,installed,stated_total,World,60
2023-01/2023-04,grid,installed,stated_total,World,15
2024-Q1,grid,installed,stated_total,World,20
CSV
loaded grid bureau-2024 capacity <<'CSV'
period,metric,basis,row_kind,subject_as_printed,capacity
2021,grid,installed,stated_total,World,30
2022,grid,installed,stated_total,World,45
CSV
as_reader "a part of a year ends no running sum" "40|100||120" \
	"SELECT max(cumulative_gwh) FILTER (WHERE year = 2022), max(cumulative_gwh) FILTER (WHERE year = 2023),
		max(cumulative_gwh) FILTER (WHERE period_last = '2023-04-30'), max(cumulative_gwh) FILTER (WHERE period_last = '2024-03-31')
	 FROM industry.bi_output WHERE metric = 'grid' AND publisher = 'Agency'"
none "learning: cumulative_output has the sums of the view" $db \
	"SELECT o.publisher, o.metric, o.period_first, o.cumulative_gwh, c.cumulative FROM industry.bi_output o
	 CROSS JOIN LATERAL industry.cumulative_output(o.publisher, o.metric, o.basis, o.chemistry::chemistry, o.geography) AS c
	 WHERE c.period_first = o.period_first AND c.period_last = o.period_last
	   AND (o.cumulative_gwh IS DISTINCT FROM c.cumulative::double precision OR o.output_stated_gwh IS DISTINCT FROM c.amount::double precision
			OR substring(o.note FROM 1 FOR length(c.note)) IS DISTINCT FROM c.note)"
loaded bounds agency-2025 capacity <<'CSV'
period,metric,basis,row_kind,subject_as_printed,capacity
2022,bounds,installed,stated_total,World,~40
2023,bounds,installed,stated_total,World,>60
CSV
as_reader "a bound is in no sum" "40|100|2" "SELECT sum(output_gwh), sum(output_stated_gwh), count(*) FILTER (WHERE NOT is_exact) FROM industry.bi_output WHERE metric = 'bounds'"
loaded bounded_prices agency-2025 price <<'CSV'
period,metric,scope,price_or_cost,money_basis,subject_as_printed,cost
2022,bounds,cell,price,nominal,cell,~200
2023,bounds,cell,price,nominal,cell,<170
CSV
as_reader "a price that is about is a point, a bound is none" "t|f|the price is approximate
f|f|the price is a bound, and no point" \
	"SELECT is_used, is_exact, substring(note FROM '^[^;]*') FROM industry.bi_learning_point WHERE metric = 'bounds' ORDER BY year"
printf 'period,metric,learning_rate\n2016-2022,packs,0.19\n' >"$tmp/fraction.csv"
"$root/bin/battery-load" -d $db stated_curve "$tmp/fraction.csv" --source=agency-2025 >"$tmp/out" 2>&1 </dev/null || true
same "learning: a rate that is surely a fraction is refused" 1 "$(grep -c 'below 1 % is surely a fraction. Write percent' "$tmp/out")"
as_reader "periods that overlap and a second publisher count once" "150|210" \
	"SELECT sum(output_gwh), sum(output_stated_gwh) FROM industry.bi_output WHERE metric = 'grid'"
query $db -c "INSERT INTO industry.source_preference (kind, place, publisher) VALUES ('capacity', 1, 'Bureau')"
as_reader "a publisher that is preferred counts first" "155" "SELECT sum(output_gwh) FROM industry.bi_output WHERE metric = 'grid'"
query $db -c "DELETE FROM industry.source_preference"
as_reader "and the row that does not count says where it does" "in sums counts Agency, 2023" \
	"SELECT substring(note FROM 'in sums.*') FROM industry.bi_output WHERE metric = 'grid' AND period_last = '2023-04-30'"

# a sum of many years beside the years, and two publishers' years that do not begin together
loaded decade agency-2025 capacity <<'CSV'
period,metric,basis,row_kind,subject_as_printed,capacity
2015,decades,output,stated_total,World,10
2016,decades,output,stated_total,World,20
2017,decades,output,stated_total,World,30
2018-04/2019-03,decades,output,stated_total,World,40
CSV
loaded decade_sum bureau-2024 capacity <<'CSV'
period,metric,basis,row_kind,subject_as_printed,capacity
2015-2019,decades,output,stated_total,World,150
2018,decades,output,stated_total,World,38
2019,decades,output,stated_total,World,55
CSV
as_reader "of periods that overlap each gives way to a better one that it shares days with, not to all" "2015|10|Agency
2015-2019||Agency
2016|20|Agency
2017|30|Agency
2018|38|Bureau
2018-04/2019-03||Bureau
2019|55|Bureau" "SELECT period_label, output_gwh, counted_publisher FROM industry.bi_output WHERE metric = 'decades' ORDER BY 1"
as_reader "and says to which" "in sums counts Agency, 2016
in sums counts Bureau, 2018" "SELECT substring(note FROM 'in sums.*') FROM industry.bi_output WHERE metric = 'decades' AND output_gwh IS NULL ORDER BY 1"

# one output, once by maker and once by country
loaded grains agency-2025 capacity <<'CSV'
period,metric,basis,maker,country,row_kind,subject_as_printed,capacity
2021,grains,output,CATL,,member,CATL,10
2021,grains,output,BYD,,member,BYD,20
2022,grains,output,CATL,,member,CATL,11
2022,grains,output,BYD,,member,BYD,22
2022,grains,output,,CN,member,China,30
2022,grains,output,,KR,member,Korea,3
2023,grains,output,CATL,,member,CATL,12
2023,grains,output,,CN,member,China,40
2023,grains,output,,,stated_total,World,44
CSV
as_reader "makers and countries are not added up" "2021|30|f
2022||t
2023|44|f" "SELECT year, output_gwh, note LIKE '%plants, makers and countries are not added up%' FROM industry.bi_output WHERE metric = 'grains' ORDER BY 1"
is "nor by cumulative_output" "||plants, makers and countries are not added up, and no total is stated" \
	"SELECT amount, cumulative, note FROM industry.cumulative_output('Agency', 'grains', 'output') WHERE period_first = '2022-01-01'"

# a member that is aside
cat >"$tmp/aside.csv" <<'CSV'
period,metric,basis,maker,row_kind,subject_as_printed,capacity
2021,aside,output,CATL,member,CATL,10
2021,aside,output,BYD,member,BYD,20
2022,aside,output,CATL,member,CATL,11
2022,aside,output,BYD,member,BYD,22
2022,aside,output,Nobody we know,member,Nobody we know,5
2023,aside,output,CATL,member,CATL,12
2023,aside,output,CATL,member,CATL,12
2024,aside,output,Nobody we know,member,Nobody we know,5
2024,aside,output,,stated_total,World,44
CSV
same "learning: rows of an unknown maker are put aside" 3 "$("$root/bin/battery-load" -q -d $db capacity "$tmp/aside.csv" --source=agency-2025 >"$tmp/out" 2>&1 </dev/null && echo 0 || echo $?)"
as_reader "an output that a row in quarantine is part of is not exact; a repeat and a stated total leave it so" "2021|30|t|f
2022|33|f|t
2023|12|t|f
2024|44|t|" "SELECT year, output_gwh, is_exact, note LIKE '%1 row of this set is in quarantine%' FROM industry.bi_output WHERE metric = 'aside' ORDER BY 1"
same "learning: a curator sees it too" "f" "$(PGUSER=$curator query $db -c "SELECT is_exact FROM industry.output_history WHERE metric = 'aside' AND year = 2022" 2>&1)"
query $db -c "SELECT industry.dismiss(load_id, line_number, 'no maker') FROM industry.quarantine WHERE resolved_by IS NULL AND dismissed_at IS NULL AND line_number = 6" >/dev/null
as_reader "until it is dismissed" "t|" "SELECT is_exact, substring(note FROM '[0-9]+ row') FROM industry.bi_output WHERE metric = 'aside' AND year = 2022"

# prices of countries beside their average, and of two makers alone
{
	echo 'period,metric,basis,row_kind,subject_as_printed,capacity'
	for n in 0 1 2 3 4; do
		echo "$((2018 + n)),regional,output,stated_total,World,$((2 ** n))"
		echo "$((2018 + n)),branded,output,stated_total,World,$((2 ** n))"
	done
} | loaded subjects_output agency-2025 capacity
{
	echo 'period,metric,scope,price_or_cost,money_basis,maker,country,subject_as_printed,cost'
	for n in 0 1 2 3 4; do
		echo "$((2018 + n)),regional,pack,price,nominal,,,average,$((200 - 20 * n))"
		echo "$((2018 + n)),regional,pack,price,nominal,,CN,China,$((150 - 20 * n))"
		echo "$((2018 + n)),regional,pack,price,nominal,,US,United States,$((250 - 20 * n))"
		echo "$((2018 + n)),branded,pack,price,nominal,CATL,,CATL,$((150 - 20 * n))"
		echo "$((2018 + n)),branded,pack,price,nominal,BYD,,BYD,$((250 - 20 * n))"
	done
} | loaded subjects agency-2025 price
as_reader "prices of one maker or country are no points beside others" "branded|0|10
regional|5|10" "SELECT metric, count(*) FILTER (WHERE is_used), count(*) FILTER (WHERE note LIKE '%of one maker, plant or country beside others%')
	FROM industry.bi_learning_point WHERE metric IN ('regional', 'branded') GROUP BY 1 ORDER BY 1"
as_reader "so that a curve is of the averages" "branded|0|t
regional|5|t" "SELECT metric, observations, note LIKE '%of one maker, plant or country beside others%' FROM industry.bi_learning_curve WHERE metric IN ('regional', 'branded') AND fit_window = 'all years' ORDER BY 1"
is "by name, too" "5|10" "SELECT count(cost), count(*) FILTER (WHERE note LIKE '%of one maker%') FROM industry.learning_points('Agency', 'regional', 'output', price_metric => 'regional')"

# rights

for relation in curve_fit curve_point curve_pair output_history named_series stated_curve; do
	same "learning: a reader does not read $relation" 1 "$(PGUSER=$reader query $db -c "SELECT * FROM industry.$relation" 2>&1 | grep -c 'permission denied')"
done

finish
