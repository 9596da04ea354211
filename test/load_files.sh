#!/bin/bash
# Files as data teams have them, through bin/battery-load: what each figure is
# stored as, and what is refused with the option that settles it.  Expected
# values are worked out by hand from the printed ones.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_files
create_database $db
"$root/bin/battery-industry" setup -q -d $db
query $db <<'SQL'
-- publishers of their own, so that no edition is compared with another
INSERT INTO industry.publisher (publisher) SELECT 'P' || g FROM generate_series(1, 400) AS g;
INSERT INTO industry.source (source, publisher, edition, published, published_precision)
SELECT 's' || g, 'P' || g, '1', '2024-01-15', 'day' FROM generate_series(1, 400) AS g;
INSERT INTO industry.maker (maker, name, country) VALUES ('Aster', 'Aster Cells Ltd', 'CN'), ('Birch', 'Birch Energy Inc', 'KR'), ('Cedar', 'Cedar Power KK', 'JP');
INSERT INTO industry.plant (plant) VALUES ('One');
INSERT INTO industry.export_control (control, issuer_country, reference, instrument) VALUES ('X1', 'CN', 'X 1', 'licence');
SQL

outputs=("$tmp/out")
n=0
# What is stored of a source: the expressions of its kind, the rows that stand
declare -A shown=(
	[capacity]="capacity, capacity_low, capacity_high, qualifier, missing_reason, f.notes"
	[maker_share]="amount, amount_low, amount_high, trim_scale(share_pct), coalesce(qualifier, share_qualifier), missing_reason, f.statement_kind, f.notes"
	[country_share]="country, trim_scale(amount), unit, trim_scale(share_pct), qualifier, missing_reason, f.statement_kind, f.notes"
	[price]="site, cost, trim_scale(amount_per_kwh), currency"
	[expansion]="phase, capacity, trim_scale(investment), currency, status, f.notes"
	[storage_project]="project, unit_id, phase, status, trim_scale(power_mw), energy, trim_scale(amount), currency, f.notes"
	[capacity_event]="event, happened, share_pct, amount, currency"
	[control_event]="control, item, event, event_date, event_precision"
	[stated_figure]="figure, trim_scale(value), unit, currency"
	[product_specification]="product, trim_scale(value), unit"
)
stored()
{
	query $db -c "SELECT ${shown[$1]} FROM industry.$(query $db -c "SELECT fact_table FROM industry.layout WHERE kind = '$1'") f
		JOIN industry.statement_set t USING (set_id) JOIN industry.source s ON s.source_id = f.source_id
		WHERE s.source = 's$n' AND t.superseded_by IS NULL ORDER BY f.line_number, t.period_first" | sed 's/|*$//' >"$tmp/stored"
	[ -s "$tmp/stored" ] || echo "nothing"
	cat "$tmp/stored"
}

# attempt KIND ARGUMENT...: loads $tmp/file.csv; the exit status in $rc
attempt()
{
	local kind=$1

	shift
	rc=0
	"$root/bin/battery-load" -d $db "$kind" "$tmp/file.csv" --source="s$n" "$@" >"$tmp/out" 2>&1 </dev/null || rc=$?
}

# gives NAME KIND STATUS EXPECTED ARGUMENT... <CSV: a file of a source of its own
gives()
{
	local name=$1 kind=$2 status=$3 expected=$4

	shift 4
	n=$((n + 1))
	cat >"$tmp/file.csv"
	attempt "$kind" "$@"
	if [ "$rc" -ne "$status" ]; then
		not_ok "$name (exit status $rc, expected $status)"
		remark <"$tmp/out"
		return
	fi
	same "$name" "$expected" "$(stored "$kind")"
}

# settles NAME KIND EXPECTED [SED]: the option that the last refusal printed, as
# it is or changed by SED, loads the same file
settles()
{
	local option

	option=$(grep -o -e "--option=[a-z_]*='[^']*'" "$tmp/out" | head -n 1 | sed -e "s/='/=/" -e "s/'\$//" -e "${4:-}")
	if [ -z "$option" ]; then
		not_ok "$1: an option is printed"
		remark <"$tmp/out"
		return
	fi
	attempt "$2" "$option"
	same "$1: $option" "0
$3" "$rc
$(stored "$2")"
}

# refuses NAME KIND TEXT ARGUMENT... <CSV: as a whole, with this text
refuses()
{
	local name=$1 kind=$2 text=$3

	shift 3
	n=$((n + 1))
	cat >"$tmp/file.csv"
	attempt "$kind" "$@"
	if [ "$rc" -ne 4 ] || ! grep -q -F -e "$text" "$tmp/out"; then
		not_ok "$name (exit status $rc)"
		{
			echo "expected: 4, $text"
			cat "$tmp/out"
		} | remark
	elif [ -n "$(query $db -c "SELECT 1 FROM industry.load_report o JOIN industry.source s ON s.source_id = o.source_id WHERE s.source = 's$n'")" ]; then
		not_ok "$name: nothing is stored"
	else
		ok "$name"
	fi
}


#
# The unit of a figure: the cell, a column, the header, an option, the default
#
tail=,2022,m,installed
end=,period,metric,basis
gives "a unit column" maker_share 0 "5.4||||=
3.1||||=
0.9||||=" <<CSV
maker,amount,unit$end
Aster,5400,MWh$tail
Birch,3.1,GWh$tail
Cedar,900000,kWh$tail
CSV
# Published tables have the units in a row of their own below the header.
wide=(--option=unpivot='{"columns": "^20[0-9]{2}$", "name": "period", "value": "amount"}' --option=constants='{"metric": "m", "basis": "installed"}')
refuses "a row of units that nothing else states" maker_share 'line 2 is no row: it states units, "MWh" of column "amount"' "${wide[@]}" <<CSV
Company,2022,2023
,MWh,MWh
Aster,5400,3100
CSV
attempt maker_share "${wide[@]}" --option='units={"amount": "MWh"}'
same "it is left out where an option says the same" "0|5.4||||=
3.1||||=" "$rc|$(stored maker_share)"
says "and noted" 'note: line 2 states the units and is left out'
gives "or the default" maker_share 0 "5400||||=" "${wide[@]}" <<CSV
Company,2022
Unit,[GWh]
Aster,5400
CSV
refuses "but not where it says another" maker_share 'line 2 is no row' "${wide[@]}" --option='units={"amount": "GWh"}' <<CSV
Company,2022
Unit,MWh
Aster,5400
CSV
refuses "several units in one measure" maker_share 'line 2 states several units for one column' "${wide[@]}" <<CSV
Company,2022,2023
,GWh,MWh
Aster,5.4,3100
CSV
refuses "of power and energy" storage_project 'line 2 is no row' <<CSV
project,power,energy,period
,MW,MWh,
A,100,400,2022
CSV
settles "the option that is printed" storage_project "A||||100|0.4"
gives "of a number, where an option says the same" country_share 0 "CL|12|kt||=" --option='units={"amount": "kt"}' <<CSV
country,amount,period,metric,stage,country_basis
,kt,,,,
Chile,12,2022,m,mining,plant_site
CSV
gives "a withheld power is no unit" storage_project 0 "A|||||0.4" <<CSV
project,power,energy_mwh,period
A,W,400,2022
CSV
for name in Units UOM 'Unit of measure' unit_of_measurement UNIT_MEASURE 'Measurement unit' 'amount_unit' 'Amount unit' 'unit of amount' Einheit; do
	gives "the unit in a column $name" maker_share 0 "5.4||||=
3.1||||=" <<CSV
maker,amount,$name$end
Aster,5400,MWh$tail
Birch,3.1,GWh$tail
CSV
done
for header in 'Capacity (MWh)' capacity_mwh '"Capacity, MWh"' 'Capacity [MWh]' 'Capacity in MWh' 'Capacity MWh' 'CAPACITY_MWH' 'Capacity (MWh/yr)' 'Capacity（MWh）' 'Capacity (in MWh)'; do
	gives "the unit in the header: $header" capacity 0 "5.4|||=" <<CSV
maker,$header$end
Aster,5400$tail
CSV
done
gives "GWh and thousand MWh in the header" capacity 0 "5.4|||=" <<CSV
maker,Capacity [GWh]$end
Aster,5.4$tail
CSV
gives "a multiple in the header" capacity 0 "5400|||=" <<CSV
maker,Capacity (thousand MWh)$end
Aster,5400$tail
CSV
for header in 'Capacity (MW)' 'Capacity (EUR)' 'Capacity (vehicles)' 'Capacity (t)'; do
	refuses "a unit of another dimension in the header: $header" capacity 'which is no unit of column "capacity"' <<CSV
maker,$header$end
Aster,5400$tail
CSV
done
gives "units of other dimensions in the unit column" maker_share 3 "3.1||||=" <<CSV
maker,amount,unit$end
Aster,5400,MW$tail
Birch,3.1,GWh$tail
Cedar,5400,EUR/kW,2023,m,installed
Aster,5400,vehicles,2023,m,installed
Birch,5400,%/year,2023,m,installed
CSV
says "names the unit" 'column "unit" says "EUR/kW", which is no unit of column "amount"'
gives "a unit that fits another figure of the row" maker_share 0 "5.4|||37|=
|||2|=" <<CSV
maker,amount,share,unit$end
Aster,5400,37,MWh$tail
Birch,,2,%$tail
CSV
gives "an empty unit cell beside others is not of the default" maker_share 3 "5.4||||=" <<CSV
maker,amount,unit$end
Aster,5400,MWh$tail
Birch,3100,$tail
CSV
settles "the option for the rows without a unit" maker_share "5.4||||=
3.1||||="
gives "cell and column" maker_share 3 "5.4||||=" <<CSV
maker,amount,unit$end
Aster,5400 MWh,MWh$tail
Birch,3.1 GWh,MWh$tail
CSV
says "are both named" '"3.1 GWh" and the unit of its column contradict each other (MWh)'
gives "column and header" maker_share 3 "3.1||||=" <<CSV
maker,amount (GWh),unit$end
Aster,5400,MWh$tail
Birch,3.1,GWh$tail
CSV
says "are both named" 'column "unit" says "MWh", and the header says "GWh"'
gives "cell and header" maker_share 3 "3.1||||=" <<CSV
maker,amount (GWh)$end
Aster,5400 MWh$tail
Birch,3.1$tail
CSV
refuses "header and option" maker_share 'the header says "GWh", and the option units says "MWh"' --option='units={"amount":"MWh"}' <<CSV
maker,amount (GWh)$end
Aster,5400$tail
CSV
gives "column and option" maker_share 3 "5.4||||=" --option='units={"amount":"MWh"}' <<CSV
maker,amount,unit$end
Aster,5400,MWh$tail
Birch,3.1,GWh$tail
CSV
gives "an option is about bare numbers: a cell may say another" maker_share 0 "5.4||||=
3.1||||=" --option='units={"amount":"MWh"}' <<CSV
maker,amount$end
Aster,5.4 GWh$tail
Birch,3100$tail
CSV
for unit in million '€' MW % 'GWh²' furlong; do
	refuses "the option units is held to its column: $unit" maker_share "option units: \"$unit\" is no unit of column \"amount\"; it takes an energy, such as MWh" --option="units={\"amount\":\"$unit\"}" <<CSV
maker,amount$end
Aster,5400$tail
CSV
done
refuses "a column that holds nothing but units is not a note by accident" maker_share 'column "Unit (energy)" holds units, such as "MWh"' <<CSV
maker,amount,Unit (energy)$end
Aster,5400,MWh$tail
Birch,3.1,GWh$tail
CSV
settles "the option that is printed" maker_share "5.4||||=
3.1||||="
gives "or it is kept as one" maker_share 0 '5400||||=|||{"Energieart": "MWh"}' --option='keep_as_note=["Energieart"]' <<CSV
maker,amount,Energieart$end
Aster,5400,MWh$tail
CSV
gives "a column whose name begins like a figure's is another" maker_share 0 '5||||=|||{"amount_note": "rounded", "amount_source": "press"}' <<CSV
maker,amount,amount_note,amount_source$end
Aster,5,rounded,press$tail
CSV
refuses "a column unit that holds none" maker_share 'no value of column "unit" is a unit, such as "unit 1"' <<CSV
maker,amount,unit$end
Aster,5400,unit 1$tail
Birch,3.1,unit 2$tail
CSV
settles "the option that is printed" maker_share '5400||||=|||{"unit": "unit 1"}
3.1||||=|||{"unit": "unit 2"}'
for header in '2022 MWh' '2022 (MWh)' '2022_mwh' '"2022, MWh"'; do
	gives "the unit in a header to unpivot: $header" maker_share 0 "5||||=" --option='unpivot={"columns":"^([0-9]{4})","name":"period","value":"amount"}' <<CSV
maker,$header,metric,basis
Aster,5000,m,installed
CSV
done
for header in '2022 (kt)' '2022 vehicles' '2022 MW'; do
	refuses "another unit there: $header" maker_share 'which is no unit of column "amount"' --option='unpivot={"columns":"^([0-9]{4})","name":"period","value":"amount"}' <<CSV
maker,$header,metric,basis
Aster,5000,m,installed
CSV
done
refuses "two units there" maker_share 'the headers to unpivot state different units' --option='unpivot={"columns":"^([0-9]{4})","name":"period","value":"amount"}' <<CSV
maker,2022 (MWh),2023 (GWh),metric,basis
Aster,5000,6000,m,installed
CSV
for header in MWh 'EV sales MWh' 'Sales (MWh)' sales_mwh; do
	gives "the unit in a header that is mapped: $header" maker_share 0 "5||||=" --option="columns={\"$header\":\"amount\"}" <<CSV
maker,$header$end
Aster,5000$tail
CSV
done

#
# Numbers with any unit
#
where=,2022,m,mining,plant_site
of=,period,metric,stage,country_basis
gives "a unit in the header of a number" country_share 0 "CL|12|kt||=" <<CSV
country,Amount (kt)$of
Chile,12$where
CSV
gives "behind the name of a number" country_share 0 "CL|12|t||=" <<CSV
country,amount_t$of
Chile,12$where
CSV
# A word is no unit of another's numbers: kt are no t, and a letter in a number no unit.
gives "units of a number that contradict each other" country_share 3 "CL|3|kt||=
CL|3|thousand tonnes||=
CL|3|thousand tonnes||=
CL|0.003|thousand tonnes||=
CL|3|thousand tonnes||=
CL|3|t||=
CL|3000|tonnes||=
CL|5000000|vehicles||=" <<CSV
country,amount,unit,period,metric,stage,country_basis
Chile,3 t,kt,2001,m,mining,plant_site
Chile,1O5,kt,2002,m,mining,plant_site
Chile,3 thousand tonnes,kt,2003,m,mining,plant_site
Chile,3 kt,kt,2004,m,mining,plant_site
Chile,3 thousand tonnes,thousand tonnes,2005,m,mining,plant_site
Chile,3 thousand,thousand tonnes,2006,m,mining,plant_site
Chile,3 t,thousand tonnes,2007,m,mining,plant_site
Chile,3,thousand tonnes,2008,m,mining,plant_site
Chile,3 million,thousand tonnes,2009,m,mining,plant_site
Chile,3 metric tons,t,2010,m,mining,plant_site
Chile,3k t,tonnes,2011,m,mining,plant_site
Chile,5 Mt,mt,2012,m,mining,plant_site
Chile,5 million vehicles,vehicles,2013,m,mining,plant_site
CSV
says "are named" 'line 2, amount: "3 t" and the unit of its column contradict each other (kt)' 'line 10, amount: "3 million"'
gives "a multiple in the cell is that of the option" country_share 0 "CL|3|thousand tonnes||=
CL|3|thousand tonnes||=" --option='units={"amount": "thousand tonnes"}' <<CSV
country,amount,period,metric,stage,country_basis
Chile,3 thousand,2001,m,mining,plant_site
Chile,3,2002,m,mining,plant_site
CSV
gives "the unit of a number in cell, column or neither" country_share 3 "CL|12|kt||=
BR|12|kt||=" <<CSV
country,amount,unit$of
Chile,12,kt$where
Peru,12 GWh,kt$where
Brazil,12 kt,kt$where
India,12,$where
CSV
gives "flags of statistical offices, in the cell and beside it" country_share 0 'CL|12400|t||=||estimated
CN|12.5|t||=|||{"mark of amount": "break"}
PE|3200|t||=|||{"mark of amount": "revised"}
BO||t|||confidential
IN|5|t||=|||{"mark of amount": "*"}
BR|0.5|t||<' <<CSV
country,amount,unit$of
Chile,12400 e,t$where
China,12.5 b,t$where
Peru,"3,200r",t$where
Bolivia,: c,t$where
India,5*,t$where
Brazil,Less than ½ unit,t$where
CSV
gives "a flag column, also without a figure" maker_share 0 '5||||=||estimated
6||||=|||{"mark of amount": "provisional"}
|||||confidential' --option=flags=eurostat <<CSV
maker,amount,OBS_FLAG$end
Aster,5,e$tail
Birch,6,p$tail
Cedar,,c$tail
CSV
gives "a flag beside a cell with its own unit, or with a mark" country_share 0 'CL|5|t||=||estimated
CN|6|t||=|||{"mark of amount": "break, provisional"}
PE|||||confidential
BO|||||not stated||{"mark of amount": "revised"}
IN|||||withheld
BR|7|t||=|||{"mark of amount": "revised"}' --option=flags=eurostat --option='missing={"x": "withheld"}' <<CSV
country,amount,flag,period,metric,stage,country_basis
Chile,5 t,e$where
China,6 t,"b, p"$where
Peru,n/a,c$where
Bolivia,–,(r)$where
India,x,c$where
Brazil,7 t,r$where
CSV
long=(--option=variables='{"name": "variable", "value": "value", "unit": "unit", "map": {"Power": "power", "Energy": "energy"}}')
gives "a flag of a long table is of the figure of its row" storage_project 0 "North||||100|0.4
South||||50|0.2
West||||50
East|||||0.007" "${long[@]}" --option=flags=eurostat <<CSV
project,variable,unit,value,flag,year
North,Power,MW,100,e,2021
North,Energy,MWh,400,,2021
South,Power,MW,50,,2021
South,Energy,MWh,200,e,2021
West,Power,MW,50,,2021
West,Energy,MWh,,c,2021
East,Power,MW,,c,2021
East,Energy,MWh,7,,2021
CSV
same "and a flag alone says why there is none" "West|confidential" "$(query $db -c "SELECT project || '|' || missing_reason FROM industry.storage_project JOIN industry.source s USING (source_id) WHERE s.source = 's$n' AND missing_reason IS NOT NULL")"
gives "so is a qualifier" storage_project 0 "North||||100|0.4
South||||50|0.2" "${long[@]}" <<CSV
project,variable,unit,value,qualifier,year
North,Power,MW,100,>,2021
North,Energy,MWh,400,,2021
South,Power,MW,50,,2021
South,Energy,MWh,200,~,2021
CSV
same "each of its own" "North|=
South|~" "$(query $db -c "SELECT project || '|' || qualifier FROM industry.storage_project JOIN industry.source s USING (source_id) WHERE s.source = 's$n' ORDER BY project")"
gives "a qualifier column" maker_share 0 "5||||~
6||||≥
7||||=" <<CSV
maker,amount,qualifier$end
Aster,5,~$tail
Birch,6,at least$tail
Cedar,7,$tail
CSV

#
# Raised digits
#
gives "footnotes are no digits" maker_share 3 nothing <<CSV
maker,amount,share$end
Aster,120¹,$tail
Birch,80² GWh,$tail
Cedar,,12.5³$tail
CSV

#
# Costs
#
at=,2025,m,system,cost,nominal
cost=,period,metric,scope,price_or_cost,money_basis
gives "costs with units beside them" price 3 "a||30|EUR
c||3|CNY
f||139|EUR
g||450|CNY" <<CSV
site,cost,unit$cost
a,30,EUR/kWh$at
b,480,USD/kW$at
c,3000,CNY/MWh$at
d,25,USD/kWh/yr$at
e,139,m\$/GWh$at
f,139,million EUR/GWh$at
g,0.45,元/Wh$at
CSV
gives "costs by the year, of power and in m\$" price 3 "g||30|EUR
h||450|CNY" <<CSV
site,cost$cost
a,25 USD/kWh/yr$at
b,139 m\$/GWh$at
c,25 EUR/kWh per year$at
d,25 RMB/kWh/a$at
e,€25/kWh/year$at
f,30 €/kW$at
g,30 EUR/kWh$at
h,RMB 0.45/Wh$at
CSV
for header in 'Cost (€/kWh)' 'Cost €/kWh' 'Cost [EUR per kWh]' cost_eur_per_kwh; do
	gives "the header of a cost: $header" price 0 "a||30|EUR" <<CSV
site,$header$cost
a,30$at
CSV
done
for header in 'Cost (EUR/kW)' 'Cost (USD/kWh/yr)' 'Cost (US$/kWh per year)' 'Cost (CNY/kWh/a)' 'Cost (USD)'; do
	refuses "the header of another cost: $header" price 'which is no unit of column "cost"' <<CSV
site,$header$cost
a,30$at
CSV
done
gives "a column currency makes it one of that currency per kWh" price 0 "a||30|EUR
b|31" <<CSV
site,cost,currency$cost
a,30,EUR$at
b,31,USD$at
CSV
gives "it must agree with the cell" price 3 nothing <<CSV
site,cost,currency$cost
a,30 USD/kWh,EUR$at
CSV
gives "and with the header" price 3 "a||3|EUR" <<CSV
site,cost (EUR/MWh),currency$cost
a,3000,EUR$at
b,3000,USD$at
CSV
refuses "under another name" price 'column "Cur." holds units, such as "EUR"' <<CSV
site,cost,Cur.$cost
a,30,EUR$at
CSV
settles "the option that is printed" price "a||30|EUR"
gives "the option units of a cost" price 0 "a||30|EUR
b|31" --option='units={"cost":"€/kWh"}' <<CSV
site,cost$cost
a,30$at
b,31 USD/kWh$at
CSV
for unit in EUR '€/kW' '€/kWh/yr' million; do
	refuses "is held to it: $unit" price "option units: \"$unit\" is no unit of column \"cost\"" --option="units={\"cost\":\"$unit\"}" <<CSV
site,cost$cost
a,30$at
CSV
done

#
# Money
#
for unit in 'million USD' 'USD million' mn\ USD 'M$' 'US$ m' 'USD mn'; do
	gives "money in $unit, in a column" expansion 0 "1||500000000|USD" <<CSV
maker,phase,investment,unit,period
Aster,1,500,$unit,2022
CSV
	gives "money in $unit, in the header" expansion 0 "1||500000000|USD" <<CSV
maker,phase,Investment ($unit),period
Aster,1,500,2022
CSV
	gives "money in $unit, by option" expansion 0 "1||500000000|USD" --option="units={\"investment\":\"$unit\"}" <<CSV
maker,phase,investment,period
Aster,1,500,2022
CSV
done
for pair in 'k$|500000|USD' 'bn EUR|500000000000|EUR' '亿元|50000000000|CNY' '万元|5000000|CNY' 'EUR|500|EUR'; do
	gives "money in ${pair%%|*}" expansion 0 "1||${pair#*|}" <<CSV
maker,phase,investment,unit,period
Aster,1,500,${pair%%|*},2022
CSV
done
for unit in million mn bn thousand; do
	gives "a multiple without a currency: $unit" expansion 3 nothing <<CSV
maker,phase,investment,unit,period
Aster,1,500,$unit,2022
CSV
done
settles "the option that is printed" expansion "1||500000|EUR"
gives "the multiple and the currency in two columns" expansion 0 "1||500000000|EUR
2||2000000000|USD" <<CSV
maker,phase,investment,unit,currency,period
Aster,1,500,million,EUR,2022
Aster,2,2,bn,USD,2022
CSV
gives "a figure of money with its multiple apart from its currency" stated_figure 3 "F1|5000000|USD|USD" <<CSV
figure,subject,value,unit,currency,metric,period
F1,x,5,million USD,USD,m,2022
F2,x,5,million,USD,m,2022
CSV
says "is refused" '"million" is no unit' "such as million USD"
gives "the multiple in the header, the currency in the unit column" expansion 0 "1||500000000|EUR" <<CSV
maker,phase,investment (million),unit,period
Aster,1,500,EUR,2022
CSV
gives "amounts that say more than their column" expansion 3 "1||500000000|USD
3||500000000|USD" <<CSV
maker,phase,investment (million USD),period
Aster,1,500 million,2022
Aster,2,2 bn,2022
Aster,3,\$500,2022
Aster,4,€500,2022
Aster,5,2 bn EUR,2022
CSV
gives "an amount of another currency has not the multiple of the option" expansion 3 "1||50000000000|CNY
3||2000000000|EUR" --option='units={"investment":"亿元"}' <<CSV
maker,phase,investment,period
Aster,1,500,2022
Aster,2,\$500,2022
Aster,3,€2 billion,2022
CSV
gives "currencies of header and column that differ" expansion 3 "1||500000000|USD" <<CSV
maker,phase,investment (million USD),currency,period
Aster,1,500,USD,2022
Aster,2,500,EUR,2022
CSV
gives "investment without capacity" expansion 3 "1||500000000|USD" <<CSV
maker,phase,investment,period
Aster,1,\$500 million,2022
Birch,1,,2022
CSV

#
# Decimal commas and grouped digits
#
semicolons=(--option=decimal_comma=true "--option=delimiter=;")
gives "decimal commas with units, qualifiers and ranges" maker_share 3 "1.2345||||=
1.5||||~
|1.5|2.5||range" "${semicolons[@]}" <<CSV
maker;amount;period;metric;basis
Aster;1.234,5 MWh;2022;m;installed
Birch;~1,5;2022;m;installed
Cedar;1,5–2,5;2022;m;installed
Aster;1.5;2023;m;installed
Birch;1,234.5;2023;m;installed
CSV
gives "with a unit in the header" price 0 "a||1030.5|EUR
b||1030|EUR" "${semicolons[@]}" <<CSV
site;Cost (€/kWh)${cost//,/;}
a;1.030,5${at//,/;}
b;1.030${at//,/;}
CSV
gives "with a unit column" maker_share 0 "0.0015||||=" "${semicolons[@]}" <<CSV
maker;amount;unit;period;metric;basis
Aster;1,5;MWh;2022;m;installed
CSV
gives "with money" expansion 0 "1||1500000|EUR" "${semicolons[@]}" <<CSV
maker;phase;Investment (million EUR);period
Aster;1;1,5;2022
CSV
gives "grouping that is refused" maker_share 3 nothing <<CSV
maker,amount$end
Aster,"1,50,000 MWh"$tail
Birch,1'500 MWh$tail
Cedar,1 500 MWh$tail
CSV
says "says which option reads it" "digit_grouping apostrophe"
gives "Indian grouping" maker_share 0 "150||||=" --option=digit_grouping=indian <<CSV
maker,amount$end
Aster,"1,50,000 MWh"$tail
CSV

#
# Shares
#
refuses "shares that may be fractions" maker_share '"0.37" may be 0.37 % or 37.00 %' <<CSV
maker,share$end
Aster,0.37$tail
Birch,0.13$tail
Others,0.5$tail
Total,1$tail
CSV
settles "the option that is printed, for fractions" maker_share "|||37|=
|||13|=
|||50|=
|||100|=" 's/%/fraction/'
refuses "a total of 100 does not settle it" maker_share 'may be percent or fractions' <<CSV
maker,share$end
Aster,0.37$tail
Birch,0.13$tail
Total,100$tail
CSV
refuses "they may be qualified, or ranges" maker_share 'may be percent or fractions' <<CSV
maker,share$end
Aster,~0.37$tail
Birch,0.1-0.2$tail
CSV
refuses "decimal commas" maker_share 'may be percent or fractions' "${semicolons[@]}" <<CSV
maker;share;period;metric;basis
Aster;0,37;2022;m;installed
Birch;0,13;2022;m;installed
CSV
gives "one above 1.05 settles it" maker_share 0 "|||37|=
|||0.13|=" <<CSV
maker,share$end
Aster,37$tail
Birch,0.13$tail
CSV
gives "so does one with a sign" maker_share 0 "|||13|=
|||0.37|=
|||0.3|=" <<CSV
maker,share$end
Aster,13%$tail
Birch,0.37$tail
Cedar,0.3$tail
CSV
for header in 'Share [%]' share_pct 'Share %' share_percent 'Share (percent)'; do
	gives "the header does: $header" maker_share 0 "|||0.37|=
|||0.13|=" <<CSV
maker,$header$end
Aster,0.37$tail
Birch,0.13$tail
CSV
done
gives "fractions in the header" maker_share 0 "|||37|=
|||13|=" <<CSV
maker,share_fraction$end
Aster,0.37$tail
Birch,0.13$tail
CSV
gives "both in a unit column" maker_share 0 "|||37|=
|||13|=" <<CSV
maker,share,unit$end
Aster,0.37,fraction$tail
Birch,13,%$tail
CSV
gives "a single one is taken with a note" maker_share 0 "|||0.37|=" <<CSV
maker,share$end
Aster,0.37$tail
CSV
says "that says so" 'column "share" has one value without a sign, "0.37"; it is read as percent'

#
# Power and energy
#
refuses "a bare energy" storage_project '"400" may be MWh or GWh: at 100 MW, 400 MWh = 4 h, 400 GWh = 4,000 h.' <<CSV
project,power,energy,period
A,100,400,2022
CSV
settles "the option that is printed" storage_project "A||||100|0.4"
gives "units in headers" storage_project 0 "A||||0.1|0.0004" <<CSV
project,Power (kW),energy_kwh,period
A,100,400,2022
CSV
gives "a unit column for each" storage_project 0 "A||||0.1|0.0004
B||||100|0.4" <<CSV
project,power,energy,power_unit,energy_unit,period
A,100,400,kW,kWh,2022
B,100,400,MW,MWh,2022
CSV
refuses "one unit column that fits the power alone" storage_project 'the unit of column "energy" is not stated' <<CSV
project,power,energy,unit,period
A,100,400,MW,2022
CSV
gives "long and short, noted where out of the usual" storage_project 0 'A||||15|1.5
B||||1.5|0.15
C||||1|0.000005|||{"check 1": "the energy lasts less than 0.02 or more than 200 hours at this power"}' <<CSV
project,power,energy,period
A,15 MW,"1,500 MWh",2022
B,1.5 MW,150 MWh,2022
C,1 MW,5 kWh,2022
CSV
gives "size beside energy and power" storage_project 3 "Park A||||100|0.4
Park B||||100|0.4
Park D||||100|0.4
Park F||||100" <<CSV
project,size,energy,power,period
Park A,,400 MWh,100 MW,2024
Park B,100 MW / 400 MWh,,,2024
Park C,200 MWh,300 MWh,50 MW,2024
Park D,100 MW / 400 MWh,0.4 GWh,,2024
Park E,100 MW / 400 MWh,,120 MW,2024
Park F,100 MW,,,2024
CSV
says "names both" 'columns "size" (200 MWh) and "energy" (300 MWh) contradict each other' 'columns "size" (100 MW / 400 MWh) and "power" (120 MW) contradict each other'
gives "a size in digits has the unit of its column" storage_project 0 "A||||100|0.4" <<CSV
project,size (MWh),power,period
A,400,100,2022
CSV

#
# Names that are known, and have no place
#
refuses "a status that varies" maker_share 'has no place for column "status", and its values differ' <<CSV
maker,amount,status$end
Aster,5,actual$tail
Birch,6,forecast$tail
CSV
settles "the option that is printed" maker_share '5||||=|||{"status": "actual"}
6||||=|||{"status": "forecast"}'
gives "one that does not is a note" maker_share 0 '5||||=|||{"status": "actual"}
6||||=|||{"status": "actual"}' <<CSV
maker,amount,status$end
Aster,5,actual$tail
Birch,6,actual$tail
CSV
gives "scenarios are sets of their own" maker_share 0 "5||||=
6||||=" <<CSV
maker,amount,Case$end
Aster,5,high$tail
Aster,6,low$tail
CSV
same "each under its name" "high low" "$(query $db -c "SELECT string_agg(r.scenario, ' ' ORDER BY r.scenario) FROM industry.series r JOIN industry.statement_set t USING (series_id) JOIN industry.source s USING (source_id) WHERE s.source = 's$n'")"

#
# What cannot be read
#
gives "names in columns that may be empty" storage_project 3 nothing <<CSV
project,country,chemistry,power,maker,period
A,Narnia,Unobtainium,10,Nobody,2022
CSV
says "are all named" 'maker "Nobody" is not known' 'country "Narnia" is not known' '"Unobtainium" is not a chemistry'
gives "as notes by option" storage_project 0 'A||||10||||{"maker": "Nobody", "country": "Narnia", "chemistry": "Unobtainium"}' --option='unreadable={"chemistry":"note","country":"note","maker":"note"}' <<CSV
project,country,chemistry,power,maker,period
A,Narnia,Unobtainium,10,Nobody,2022
CSV
gives "capacities and costs that are none" price 3 nothing <<CSV
site,cost,period,metric,price_or_cost,scope,money_basis
One,cheap,2022,x,price,cell,nominal
Two,5 GWh,2022,x,price,cell,nominal
CSV
says "are what the cell is" '"cheap" is not a cost' '"5 GWh" is not a cost'
gives "capacities that are none" capacity 3 nothing <<CSV
plant,capacity,period,metric,basis
One,36 GW,2022,x,installed
One,9e99 GWh,2022,x,installed
CSV
says "likewise" '"36 GW" is not a capacity' '"9e99 GWh" is out of range'
if grep -q ' for type ' "$tmp/out"; then
	not_ok "in words of the file, not of the type"
	remark <"$tmp/out"
else
	ok "in words of the file, not of the type"
fi
gives "words and dates" expansion 3 nothing <<CSV
maker,phase,announced,capacity,status,period
Aster,1,soon,5,operating,2022
Aster,2,2022-03,5,weird,2022
CSV
gives "too, by option" expansion 0 '1|5|||operating|{"announced": "soon"}
2|5||||{"status": "weird"}' --option='unreadable={"announced":"note","status":"note"}' <<CSV
maker,phase,announced,capacity,status,period
Aster,1,soon,5,operating,2022
Aster,2,2022-03,5,weird,2022
CSV
for name in power energy unit period project; do
	refuses "never the $name" storage_project "option unreadable: column \"$name\" cannot be kept as a note" --option="unreadable={\"$name\":\"note\"}" <<CSV
project,power,period
A,10,2022
CSV
done
gives "a status in the words of its source" storage_project 3 "A|||operating|10
C|||under_construction|10" <<CSV
project,status,power,period
A,operating,10,2022
B,xyz,10,2022
C,Under Construction,10,2022
CSV
attempt storage_project --option='codes={"status":{"xyz":"planned"}}'
same "by the option that is printed" "0
A|||operating|10
B|||planned|10
C|||under_construction|10" "$rc
$(stored storage_project)"

#
# Periods
#
for pair in '3Q23 2023-07-01 2023-09-30' '1H22 2022-01-01 2022-06-30' '2022M03 2022-03-01 2022-03-31' '202403 2024-03-01 2024-03-31' '2030F 2030-01-01 2030-12-31' '2022.0 2022-01-01 2022-12-31' '2011-12 2011-12-01 2011-12-31'; do
	read -r printed first last <<<"$pair"
	n=$((n + 1))
	printf 'maker,amount%s\nAster,5,%s,m,installed\n' "$end" "$printed" >"$tmp/file.csv"
	attempt maker_share
	same "the period $printed" "0 $first $last" "$rc $(query $db -F ' ' -c "SELECT period_first, period_last FROM industry.statement_set t JOIN industry.source s USING (source_id) WHERE s.source = 's$n'")"
done
gives "fiscal years" maker_share 3 nothing <<CSV
maker,amount$end
Aster,5,FY2022,m,installed
CSV
refuses "months that may be fiscal years" maker_share '"2010-11" may be November 2010 or the fiscal year 2010/11' <<CSV
maker,amount$end
Aster,5,2010-11,m,installed
Birch,6,2011-12,m,installed
CSV
attempt maker_share --option=fiscal_year=04-01
same "by option" "0
5||||=
6||||=
2010-04-01
2011-04-01" "$rc
$(stored maker_share)
$(query $db -c "SELECT period_first FROM industry.statement_set t JOIN industry.source s USING (source_id) WHERE s.source = 's$n' ORDER BY 1")"
refuses "timestamps at the beginning of years" maker_share 'every date is a 1 January' <<CSV
maker,amount$end
Aster,5,2022-01-01 00:00:00,m,installed
Birch,6,2023-01-01 00:00:00,m,installed
CSV
attempt maker_share --option=period_grain=year
same "by option" "0 2022-12-31 2023-12-31" "$rc $(query $db -c "SELECT string_agg(period_last::text, ' ' ORDER BY 1) FROM (SELECT t.period_last FROM industry.statement_set t JOIN industry.source s USING (source_id) WHERE s.source = 's$n') o")"
gives "year and quarter in columns of their own" maker_share 3 "5||||=
6||||=" <<CSV
maker,amount,year,quarter,metric,basis
Aster,5,2022,3,m,installed
Birch,6,2023,Q1,m,installed
Cedar,7,2023,5,m,installed
CSV
gives "a period and a year that differ" maker_share 3 "6||||=" <<CSV
maker,amount,year$end
Aster,5,2022,2023,m,installed
Birch,6,2022,2022-03,m,installed
CSV
says "are both named" 'columns "period" (2023) and "year" (2022) contradict each other'

#
# Keys
#
units()
{
	cat <<CSV
project,$1,power,energy,period
Mill Lane,unit 13A,10 MW,40 MWh,2025
Mill Lane,unit 13B,10 MW,40 MWh,2025
Weir House,unit 1,4.5 MW,27 MWh,2025
Weir House,unit 2,1 MW,6.5 MWh,2025
CSV
}
four="Mill Lane|unit 13A|||10|0.04
Mill Lane|unit 13B|||10|0.04
Weir House|unit 1|||4.5|0.027
Weir House|unit 2|||1|0.0065"
for name in unit_id generator 'Generator ID' 'Unit ID' 'Unit no.' 'Unit #' 'Unit number'; do
	units "$name" >"$tmp/units.csv"
	gives "units of one plant, numbered in $name" storage_project 0 "$four" <"$tmp/units.csv"
done
units unit >"$tmp/units.csv"
refuses "in a column unit" storage_project 'no value of column "unit" is a unit' <"$tmp/units.csv"
settles "the option that is printed" storage_project "$four"
units locator >"$tmp/units.csv"
gives "a locator is no key" storage_project 3 "Mill Lane||||10|0.04" <"$tmp/units.csv"
says "and the error says what is one" "Two rows are one thing where" "unit_id" "option columns"
gives "by option" storage_project 0 "$four" --option='columns={"locator":"unit_id"}' <"$tmp/units.csv"
gives "control events in one flat table" control_event 0 "X1|graphite|in_force|2023-12-01|day
X1|graphite|announced|2023-10-20|day
X1||suspended|2024-01-01|year" <<CSV
instrument,item,event,date
X1,graphite,in_force,2023-12-01
X1,graphite,announced,2023-10-20
X1,,suspended,2024
CSV

#
# Rows, footers, wide and long tables
#
gives "rows by a column's value" maker_share 0 '5||||=|||{"parameter": "sales"}
7||||=|||{"parameter": "Sales"}' --option='where={"parameter":"sales"}' <<CSV
maker,amount,parameter$end
Aster,5,sales$tail
Birch,6,stock$tail
Cedar,7,Sales$tail
CSV
refuses "no rows at all" maker_share 'the option where chooses none of the 1 rows' --option='where={"parameter":"exports"}' <<CSV
maker,amount,parameter$end
Aster,5,sales$tail
CSV
for footer in 2 '^Source'; do
	gives "a footer: $footer" maker_share 0 "5||||=
6||||=" --option="footer=$footer" <<CSV
maker,amount$end
Aster,5$tail
Birch,6$tail
Source: the authors
Note: 2022 is final
CSV
done
gives "a year out of a header" country_share 0 "CL|11|kt||=
CL|12|kt||=||estimated" --option='unpivot={"columns":"^PROD_(?:EST_ ?)?([0-9]{4})$","name":"period","value":"amount","estimated":"EST"}' --option='ignore=["CAP_2023"]' <<CSV
country,PROD_EST_ 2024,PROD_2023,CAP_2023,unit,metric,stage,country_basis
Chile,12,11,20,kt,m,mining,plant_site
CSV
gives "a header that says itself that it is an estimate" country_share 0 "CL|11|kt||=
CL|12|kt||=||estimated" --option='unpivot={"columns": "^20[0-9]{2}e?$", "name": "period", "value": "amount", "estimated": "e$"}' <<CSV
country,unit,metric,stage,country_basis,2022,2023e
Chile,kt,m,mining,plant_site,11,12
CSV
gives "two measures of a wide table" maker_share 0 "5|||37|=
6|||38|=
7||||=
8|||40|=" --option='unpivot=[{"columns":"^([0-9]{4}) amount$","name":"period","value":"amount"},{"columns":"^([0-9]{4}) share$","name":"period","value":"share"}]' <<CSV
maker,2022 amount,2022 share,2023 amount,2023 share,metric,basis
Aster,5,37,6,38,m,installed
Birch,7,,8,40,m,installed
CSV
gives "a long table" storage_project 0 "A||||0.1|0.4|3000000|EUR|{\"check 1\": \"the energy lasts less than 0.02 or more than 200 hours at this power\"}
B||||5" --option='variables={"name":"variable","value":"value","unit":"unit","map":{"Power":"power","Energy":"energy","Cost":"cost"}}' <<CSV
project,variable,unit,value,period
A,Power,kW,100,2022
A,Energy,MWh,400,2022
A,Cost,million EUR,3,2022
A,Cycles,1,5000,2022
B,Power,MW,5,2022
B,Cycles,1,6000,2022
CSV
says "reports what it leaves" 'not loaded: 2 rows of "Cycles"'

#
# Options that are none
#
while IFS='|' read -r option text; do
	refuses "the option $option" maker_share "$text" --option="$option" <<CSV
maker,amount$end
Aster,5$tail
CSV
done <<'OPTIONS'
unpivot=5|option unpivot must have columns
variables=[]|option variables must have name and value
units=5|option units must be an object
missing=[]|option missing must be an object
where=5|option where must be an object
unreadable=["chemistry"]|option unreadable says "note" of a column
codes=5|option codes must be an object
flags=5|option flags must be eurostat, usgs
ignore=x|option ignore must be a list
footer=(x|parentheses () not balanced
footer=-1|option footer must be a number of lines
kinds={}|option kinds is for the options of a source
units={"nix":"MWh"}|option units names "nix", which is no column of kind maker_share
where={"nix":"x"}|the header has no column "nix", which option where names
period_grain=x|option period_grain must be
OPTIONS

#
# Quarantine and redrive
#
gives "a row whose maker is not known" maker_share 3 '5.4||||=|||{"remark": "x"}' <<CSV
maker,amount,unit,remark$end
Aster,5400,MWh,x$tail
Dogwood,900,MWh,y$tail
CSV
same "is kept as it came" '{"unit": "MWh", "basis": "installed", "maker": "Dogwood", "amount": "900", "metric": "m", "period": "2022", "remark": "y"}' \
	"$(query $db -c "SELECT q.row_text FROM industry.quarantine q JOIN industry.load_report o USING (load_id) JOIN industry.source s USING (source_id) WHERE s.source = 's$n'")"
query $db -c "INSERT INTO industry.maker (maker, name) VALUES ('Dogwood', 'Dogwood')"
"$root/bin/battery-load" -d $db -q --redrive="$(query $db -c "SELECT max(load_id) FROM industry.load_report")"
same "and has its unit when it is driven again" '5.4||||=|||{"remark": "x"}
0.9||||=|||{"remark": "y"}' "$(stored maker_share)"
gives "what was decided of the file" maker_share 3 "|||37|=" <<CSV
maker,share$end
Aster,37$tail
Elder,0.4$tail
CSV
query $db -c "INSERT INTO industry.maker (maker, name) VALUES ('Elder', 'Elder')"
"$root/bin/battery-load" -d $db -q --redrive="$(query $db -c "SELECT max(load_id) FROM industry.load_report")"
same "holds for the row that is driven again" "|||37|=
|||0.4|=" "$(stored maker_share)"

# A later version of the file, in which lines have moved
open()
{
	query $db -c "SELECT q.as_printed FROM industry.quarantine q JOIN industry.load_report o USING (load_id) JOIN industry.source s USING (source_id)
		WHERE s.source = 's$n' AND q.resolved_by IS NULL ORDER BY 1"
}
gives "rows of unknown makers" maker_share 3 "5||||=" <<CSV
maker,amount$end
Aster,5$tail
Fir,3$tail
Gum,2$tail
CSV
printf '%s\n' "maker,amount$end" "Aster,5$tail" "Birch,4$tail" "Fir,3$tail" "Gum,2$tail" >"$tmp/file.csv"
attempt maker_share
same "those that a corrected file refuses again are still there" "3|Fir
Gum" "$rc|$(open)"
sed -i -e '2i Cedar,6'$tail "$tmp/file.csv"
attempt maker_share
same "on whichever line" "3|Fir
Gum" "$rc|$(open)"

finish
