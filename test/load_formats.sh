#!/bin/bash
# docs/formats.md: its options load files of the public formats as they are.  The
# options are taken from the page.  Names and codes in the files are the formats',
# the figures invented; what is expected is what is printed there, row by row, in
# the printed unit.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
page=$root/docs/formats.md
db=battery_test_formats
create_database $db
"$root/bin/battery-industry" setup -q -d $db
query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('office'), ('nobody');
INSERT INTO industry.source (source, publisher, edition, published, published_precision) VALUES ('try', 'nobody', '1', '2025-06-01', 'day');
INSERT INTO industry.maker (maker, name, country) VALUES ('CATL', 'Contemporary Amperex Technology Co. Limited', 'CN'), ('BYD', 'BYD Company', 'CN');
SQL
: >"$tmp/used"

# options NAME: a block of the page
options()
{
	awk -v start="\`\`\`json $1" '$0 == start { on = 1; next } /^```/ { on = 0 } on' "$page"
}

# format BLOCK KIND FILE [ARGUMENT...]: loads a file by the options of the page;
# none of its rows may be refused
format()
{
	if [ -z "$(options "$1")" ]; then
		not_ok "docs/formats.md has options \"$1\""
	fi
	echo "$1" >>"$tmp/used"
	query $db -v name="$1" -v options="$(options "$1")" <<<"INSERT INTO industry.source (source, publisher, edition, published, published_precision, options)
		VALUES (:'name', 'office', :'name', '2025-06-01', 'day', :'options') ON CONFLICT (source) DO NOTHING"
	load "$1: a file of its format is loaded as $2, unedited" 0 "$2" "$tmp/$3" --source "$1" "${@:4}"
}

# without BLOCK PATHS KIND FILE STATUS TEXT...: the same file where the options say
# less: PATHS are taken out of them.  Nothing may be wrong in silence.
without()
{
	local block=$1 paths=$2 kind=$3 file=$4 status=$5

	shift 5
	query $db -v options="$(options "$block")" -v paths="$paths" <<'SQL'
WITH RECURSIVE less (n, options) AS (
	SELECT 0, :'options'::jsonb
	UNION ALL
	SELECT l.n + 1, l.options #- string_to_array(p.path, '.') FROM less l
	JOIN unnest(string_to_array(:'paths', '; ')) WITH ORDINALITY AS p (path, n) ON p.n = l.n + 1)
UPDATE industry.source SET options = (SELECT l.options FROM less l ORDER BY l.n DESC LIMIT 1) WHERE source = 'try';
SQL
	load "$block without $paths is no load in silence" "$status" "$kind" "$tmp/$file" --source try --dry-run
	says "and what is printed says why" "$@"
}

# stored BLOCK QUERY EXPECTED: of the facts of a source, in the order of the file
stored()
{
	same "$1: every figure is what is printed" "$3" "$(query $db -v source="$1" <<<"$2
		WHERE s.source = :'source' ORDER BY f.line_number, t.period_first, f.fact_id")"
}
from="JOIN industry.source s ON s.source_id = f.source_id JOIN industry.statement_set t ON t.set_id = f.set_id JOIN industry.series r ON r.series_id = t.series_id"
countries="SELECT r.material, r.application, r.scenario, r.geography, r.metric, f.subject_as_printed, f.country, f.row_kind, t.period_first, t.period_last, f.statement_kind,
	f.amount, f.unit, f.share_pct, f.qualifier, f.missing_reason FROM industry.country_share_observation f $from"
projects="SELECT f.project, f.unit_id, f.place, f.country, f.status, f.status_as_printed, f.chemistry, f.power_mw, f.power_qualifier, to_unit(f.energy, 'MWh'), f.qualifier, t.period_first, f.row_kind
	FROM industry.storage_project f $from"
figures="SELECT f.figure, f.subject, r.application, r.scenario, r.geography, t.period_first, f.value, f.unit, f.currency, f.price_year, f.qualifier FROM industry.stated_figure f $from"
prices="SELECT f.subject_as_printed, f.chemistry, r.scope, r.money_basis, r.base_year, t.period_first, f.amount_per_kwh, f.currency, f.cost, f.qualifier FROM industry.price_observation f $from"
makers="SELECT f.subject_as_printed, f.row_kind, t.period_first, f.statement_kind, to_unit(f.amount, 'GWh'), f.qualifier, f.missing_reason, f.share_pct, f.share_as_printed, f.rank_stated
	FROM industry.maker_share_observation f $from"

#
# EIA-860
#
cat >"$tmp/eia.csv" <<'CSV'
"2023 Form EIA-860 Data - Schedule 3, 'Energy Storage Data' (Operable Units Only)",,,,,,,,,,,,,,,,,,,
Utility ID,Utility Name,Plant Code,Plant Name,State,County,Generator ID,Status,Technology,Prime Mover,Nameplate Capacity (MW),Summer Capacity (MW),Operating Month,Operating Year,Nameplate Energy Capacity (MWh),Maximum Charge Rate (MW),Storage Technology 1,Storage Technology 2,Storage Technology 3,Storage Technology 4
1001,Test Power Co,70001,Dry Lake Storage,NV,Clark,BA1,OP,Batteries,BA,100,100,6,2021,400,100,LIB, , , 
1001,Test Power Co,70001,Dry Lake Storage,NV,Clark,BA2,SB,Batteries,BA,50.5,50.5,7,2021,202.5,50.5,LIB, , , 
1002,Test Coop,70002,Bear Hill,AK,Fairbanks North Star,1,OP,Batteries,BA,27,25,12,2003,6.8, ,NIB, , , 
1003,Test Utility,70003,Bear Hill,TX,Ector,1,OS,Batteries,BA,2,2,1,2014,0.5,2,NAB,FLB, , 
1004,Test Muni,70004,Capacitor One,PA,Centre,C1,OA,Batteries,BA,1,1,3,2018,0.005, ,ECC, , , 
1005,Test IPP,70005,Old Farm,IL,Lee,B,OP,Batteries,BA,19.8,19.8,5,2015, ,19.8,PBB, , , 
1006,Test Solar,70006,Mirror Field,AZ,Maricopa,S1,OP,Solar Thermal with Energy Storage,CP,250,250,10,2013,1500, ,OTH, , , 
"NOTE: A blank cell means that the respondent left it empty.",,,,,,,,,,,,,,,,,,,
CSV
format eia-860 storage_project eia.csv --part Operable
says "eia-860: what is left out is said" "1 line below the table" "1 row"
stored eia-860 "$projects" "Dry Lake Storage|70001, BA1|NV, Clark|US|operating|OP|Li-ion|100|=|400|=|2023-01-01|member
Dry Lake Storage|70001, BA2|NV, Clark|US|standby_or_out_of_service|SB|Li-ion|50.5|=|202.5|=|2023-01-01|member
Bear Hill|70002, 1|AK, Fairbanks North Star|US|operating|OP|Ni-alkaline|27|=|6.8|=|2023-01-01|member
Bear Hill|70003, 1|TX, Ector|US|standby_or_out_of_service|OS|sodium|2|=|0.5|=|2023-01-01|member
Capacitor One|70004, C1|PA, Centre|US|standby_or_out_of_service|OA||1|=|0.005|=|2023-01-01|member
Old Farm|70005, B|IL, Lee|US|operating|OP|lead-acid|19.8|=|||2023-01-01|member"
same "eia-860: the second technology of a plant stays with it" "FLB" "$(query $db -c "SELECT notes ->> 'Storage Technology 2' FROM industry.storage_project WHERE notes ? 'Storage Technology 2'")"
same "eia-860: two generators of a plant add up" "602.5" "$(query $db -c "SELECT sum(to_unit(energy, 'MWh')) FROM industry.storage_project WHERE project = 'Dry Lake Storage'")"
without eia-860 skip_lines storage_project eia.csv 4 'line 1: ' '{"skip_lines": 1}'
without eia-860 where storage_project eia.csv 0 'column "Technology" is kept as a note, and says "Batteries", "Solar Thermal with Energy Storage"' 'option where'
without eia-860 "codes" storage_project eia.csv 3 '"NIB" could be Na-ion or Ni-alkaline' '{"codes": {"status": {"OP": "?"}}}'
without eia-860 "footer; where; columns" storage_project eia.csv 4 'needs "size, energy or power"'
without eia-860 "where; skip_lines; footer" storage_project eia.csv 4 'line 1: ' '{"skip_lines": 1}'
sed 's/Operable Units Only/Retired and Canceled/; /^100[0-9]/d; /NOTE/d' "$tmp/eia.csv" >"$tmp/eia_retired.csv"
echo '1007,Test Old,70007,Gone Storage,CA,Kern,X,RE,Batteries,BA,5,5,1,2012,10,5,LIB, , , ' >>"$tmp/eia_retired.csv"
load "eia-860: a second sheet does not take the place of the first" 4 storage_project "$tmp/eia_retired.csv" --source eia-860
says "and the part is asked for" "--part"
load "eia-860: as a part it stands beside it" 0 storage_project "$tmp/eia_retired.csv" --source eia-860 --part "Retired and Canceled"
same "with its status" "operating 3
retired 1
standby_or_out_of_service 3" "$(query $db -c "SELECT status || ' ' || count(*) FROM industry.current_storage_project WHERE country = 'US' GROUP BY status ORDER BY 1")"

#
# USGS
#
iconv -f UTF-8 -t WINDOWS-1252 >"$tmp/usgs.csv" <<'CSV'
SOURCE,COMMODITY,COUNTRY,TYPE,UNIT_MEAS,PROD_2023,PROD_EST_ 2024,PROD_NOTES,RESERVES_2024,RESERVES_NOTES
MCS2025,Lithium,United States,"Mine production, contained lithium",metric tons,W,W,,"1,800,000",
MCS2025,Lithium,Argentina ,"Mine production, contained lithium",metric tons,8630,18000,,4000000,
MCS2025,Lithium,Congo (Kinshasa) ,"Mine production, contained lithium",metric tons,—,NA,,NA,
MCS2025,Lithium,Türkiye,"Mine production, contained lithium",metric tons,Less than ½ unit,200,,,
MCS2025,Lithium,Côte d’Ivoire,"Mine production, contained lithium",metric tons,5,>7,,,
MCS2025,Lithium,Other countries (rounded),"Mine production, contained lithium",metric tons,NA,60,,,
MCS2025,Lithium,"World total (rounded, excluding U.S.)","Mine production, contained lithium",metric tons,"8,600",18000,Excludes U.S. production.,30000000,
MCS2025,Manganese,South Africa,"Mine production, manganese content",thousand metric tons,7300,7400,,,
MCS2025,Manganese,World total (rounded),"Mine production, manganese content",thousand metric tons,19800,20000,,,
CSV
format usgs-mcs-2025 country_share usgs.csv
li="lithium|Mine production, contained lithium||World|mine_production"
mn="manganese|Mine production, manganese content||World|mine_production"
y23="2023-01-01|2023-12-31|"
y24="2024-01-01|2024-12-31|estimated"
stored usgs-mcs-2025 "$countries" "$li|United States|US|member|$y23||metric tons|||withheld
$li|United States|US|member|$y24||metric tons|||withheld
$li|Argentina|AR|member|$y23|8630|metric tons||=|
$li|Argentina|AR|member|$y24|18000|metric tons||=|
$li|Congo (Kinshasa)|CD|member|$y23|0|metric tons||=|
$li|Congo (Kinshasa)|CD|member|$y24||metric tons|||not available
$li|Türkiye|TR|member|$y23|0.5|metric tons||<|
$li|Türkiye|TR|member|$y24|200|metric tons||=|
$li|Côte d’Ivoire|CI|member|$y23|5|metric tons||=|
$li|Côte d’Ivoire|CI|member|$y24|7|metric tons||>|
$li|Other countries (rounded)||remainder|$y23||metric tons|||not available
$li|Other countries (rounded)||remainder|$y24|60|metric tons||=|
$li|World total (rounded, excluding U.S.)||stated_total|$y23|8600|metric tons||=|
$li|World total (rounded, excluding U.S.)||stated_total|$y24|18000|metric tons||=|
$mn|South Africa|ZA|member|$y23|7300|thousand metric tons||=|
$mn|South Africa|ZA|member|$y24|7400|thousand metric tons||=|
$mn|World total (rounded)||stated_total|$y23|19800|thousand metric tons||=|
$mn|World total (rounded)||stated_total|$y24|20000|thousand metric tons||=|"
format usgs-mcs-2025-reserves country_share usgs.csv
li="lithium|Mine production, contained lithium||World|reserves"
y24="2024-01-01|2024-12-31|"
stored usgs-mcs-2025-reserves "$countries" "$li|United States|US|member|$y24|1800000|metric tons||=|
$li|Argentina|AR|member|$y24|4000000|metric tons||=|
$li|Congo (Kinshasa)|CD|member|$y24||metric tons|||not available
$li|World total (rounded, excluding U.S.)||stated_total|$y24|30000000|metric tons||=|"
without usgs-mcs-2025 encoding country_share usgs.csv 4 'line 4: ' 'WIN1252'
without usgs-mcs-2025 unpivot country_share usgs.csv 4 'needs "amount or share", "period"'
without usgs-mcs-2025 missing country_share usgs.csv 0 "18 rows read, 18 loaded"
without usgs-mcs-2025 "columns.TYPE; columns.COMMODITY" country_share usgs.csv 0 'column "COMMODITY" is kept as a note, and says "Lithium", "Manganese"' 'column "TYPE" is kept as a note'
load "usgs-mcs-2025: two header names of one year are refused" 4 country_share "$tmp/usgs.csv" --source try --dry-run \
	--option 'unpivot={"columns": "^(PROD)_", "name": "period", "value": "amount"}'
says "and named" "PROD_2023, PROD_EST_ 2024, PROD_NOTES"

iconv -f UTF-8 -t WINDOWS-1252 >"$tmp/mcs26.csv" <<'CSV'
MCS chapter,Section,Commodity,Country,Statistics,Statistics_detail,Unit,Year,Value,Notes,Is critical mineral 2025,Other notes
LITHIUM,World Mine Production and Reserves,Lithium,Australia,Production,Mine production,metric tons,2024,"88,500",,Yes,
LITHIUM,World Mine Production and Reserves,Lithium,Australia,Production,Mine production,metric tons,2025,"92,000 e",,Yes,
LITHIUM,World Mine Production and Reserves,Lithium,United States,Production,Mine production,metric tons,2025,W,,Yes,
LITHIUM,World Mine Production and Reserves,Lithium,Côte d’Ivoire,Production,Mine production,metric tons,2025,—,,Yes,
LITHIUM,World Mine Production and Reserves,Lithium,World total (rounded),Production,Mine production,metric tons,2025,"290,000 e",,Yes,
LITHIUM,World Mine Production and Reserves,Lithium,Australia,Reserves,Reserves,metric tons,2025,"8,400,000",,Yes,
LITHIUM,Import Sources,Lithium,Chile,Imports,Import source,percent,2021–24,50,,Yes,
LITHIUM,Salient Statistics - United States,Lithium,United States,Net import reliance,Net import reliance,percent,2025,>50,,Yes,
CSV
format usgs-mcs-2026 country_share mcs26.csv
says "usgs-mcs-2026: what is left out is said" "3 rows"
li="lithium|Mine production||World|mine_production"
stored usgs-mcs-2026 "$countries" "$li|Australia|AU|member|2024-01-01|2024-12-31||88500|metric tons||=|
$li|Australia|AU|member|2025-01-01|2025-12-31|estimated|92000|metric tons||=|
$li|United States|US|member|2025-01-01|2025-12-31|||metric tons|||withheld
$li|Côte d’Ivoire|CI|member|2025-01-01|2025-12-31||0|metric tons||=|
$li|World total (rounded)||stated_total|2025-01-01|2025-12-31|estimated|290000|metric tons||=|"
without usgs-mcs-2026 where country_share mcs26.csv 4 'no place for column "Statistics"' '"where": {"Statistics": "Imports"}'
without usgs-mcs-2026 where.Statistics country_share mcs26.csv 4 'no place for column "Statistics"' '"Section": "World Mine Production and Reserves"'

#
# Eurostat
#
cat >"$tmp/env.tsv" <<'TSV'
freq,wst_oper,waste,unit,geo\TIME_PERIOD	2021 	2022 	2023 
A,COL,W16_BATPORT,T,AT	2345 	2400 e	2501.5 p
A,COL,W16_BATPORT,T,EL	612 	640 b	:
A,COL,W16_BATPORT,T,EU27_2020	111000 	112000 e	: c
A,COL,W16_BATPORT,T,NO	700.2 	715 be	725 
A,COL,W16_BATPORT,T,UK	: 	: z	: 
A,POM,W16_BATPORT,T,AT	5000 	5100 	5200 
TSV
format eurostat-tsv country_share env.tsv
c="|||World|portable_batteries_collected"
y21="2021-01-01|2021-12-31"
y22="2022-01-01|2022-12-31"
y23="2023-01-01|2023-12-31"
stored eurostat-tsv "$countries" "$c|AT|AT|member|$y21||2345|T||=|
$c|AT|AT|member|$y22|estimated|2400|T||=|
$c|AT|AT|member|$y23||2501.5|T||=|
$c|EL|GR|member|$y21||612|T||=|
$c|EL|GR|member|$y22||640|T||=|
$c|EL|GR|member|$y23|||T|||not available
$c|EU27_2020||subtotal|$y21||111000|T||=|
$c|EU27_2020||subtotal|$y22|estimated|112000|T||=|
$c|EU27_2020||subtotal|$y23|||T|||confidential
$c|NO|NO|member|$y21||700.2|T||=|
$c|NO|NO|member|$y22|estimated|715|T||=|
$c|NO|NO|member|$y23||725|T||=|
$c|UK|GB|member|$y21|||T|||not available
$c|UK|GB|member|$y22|||T|||not applicable
$c|UK|GB|member|$y23|||T|||not available"
same "eurostat-tsv: flags stay with their figures" "2022|EL|break
2022|NO|break
2023|AT|provisional" "$(query $db -c "SELECT t.period_as_printed, f.subject_as_printed, f.notes ->> 'mark of amount' FROM industry.country_share_observation f $from
	WHERE s.source = 'eurostat-tsv' AND f.notes ? 'mark of amount' ORDER BY 1, 2")"
without eurostat-tsv delimiter country_share env.tsv 4 'The header has tabs' '{"delimiter": "\t"}'
without eurostat-tsv split country_share env.tsv 4 'the header has no column "wst_oper"'
without eurostat-tsv "split; where" country_share env.tsv 4 'needs "country"'
without eurostat-tsv where country_share env.tsv 4 'no place for column "wst_oper"' '"where": {"wst_oper": "COL"}'
without eurostat-tsv columns country_share env.tsv 4 'needs "country"'
sed 's/,geo\\/,c_resid,geo\\/' "$tmp/env.tsv" >"$tmp/env_more.tsv"
load "eurostat-tsv: a dataset of other dimensions is refused" 4 country_share "$tmp/env_more.tsv" --source eurostat-tsv --dry-run
says "with the name that the option has" 'which option split names'
sed 's/T,NO/T/; s/T,UK/T,UK,X/' "$tmp/env.tsv" >"$tmp/env_ragged.tsv"
without eurostat-tsv missing country_share env_ragged.tsv 3 'line 5: column "freq,wst_oper,waste,unit,geo\TIME_PERIOD" has 4 parts, its header 5' 'line 6: column' 'has 6 parts' "2 quarantined"
sed 's/,NO/,ZZ/' "$tmp/env.tsv" >"$tmp/env_unknown.tsv"
query $db -c "DELETE FROM industry.source WHERE source = 'eurostat-again'" -c "INSERT INTO industry.source (source, publisher, edition, published, published_precision, options)
	SELECT 'eurostat-again', 'nobody', '2', '2025-06-02', 'day', options FROM industry.source WHERE source = 'eurostat-tsv'"
load "eurostat-tsv: a country that is not known is quarantined" 3 country_share "$tmp/env_unknown.tsv" --source eurostat-again
query $db -c "INSERT INTO industry.country_alias (alias, country) VALUES ('ZZ', 'NO')"
load "and driven again" 0 --redrive "$(query $db -c "SELECT max(load_id) FROM industry.load_report")"
same "with what was packed" "NO|700.2|T
NO|715|T
NO|725|T" "$(query $db -c "SELECT f.country, f.amount, f.unit FROM industry.country_share_observation f $from
	WHERE s.source = 'eurostat-again' AND f.subject_as_printed = 'ZZ' AND t.superseded_by IS NULL ORDER BY t.period_first")"

cat >"$tmp/env.csv" <<'CSV'
DATAFLOW,LAST UPDATE,freq,wst_oper,waste,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS
ESTAT:ENV_WASPB(1.0),24/10/25 23:00:00,A,COL,W16_BATPORT,T,AT,2021,2345,,
ESTAT:ENV_WASPB(1.0),24/10/25 23:00:00,A,COL,W16_BATPORT,T,AT,2022,2400,e,
ESTAT:ENV_WASPB(1.0),24/10/25 23:00:00,A,COL,W16_BATPORT,T,AT,2023,2501.5,p,
ESTAT:ENV_WASPB(1.0),24/10/25 23:00:00,A,COL,W16_BATPORT,T,EL,2022,640,b,
ESTAT:ENV_WASPB(1.0),24/10/25 23:00:00,A,COL,W16_BATPORT,T,EL,2023,,,C
ESTAT:ENV_WASPB(1.0),24/10/25 23:00:00,A,COL,W16_BATPORT,T,EU27_2020,2022,112000,e,
ESTAT:ENV_WASPB(1.0),24/10/25 23:00:00,A,COL,W16_BATPORT,T,UK,2022,,z,
ESTAT:ENV_WASPB(1.0),24/10/25 23:00:00,A,POM,W16_BATPORT,T,AT,2022,5100,,
CSV
format eurostat-csv country_share env.csv
stored eurostat-csv "$countries" "$c|AT|AT|member|$y21||2345|T||=|
$c|AT|AT|member|$y22|estimated|2400|T||=|
$c|AT|AT|member|$y23||2501.5|T||=|
$c|EL|GR|member|$y22||640|T||=|
$c|EL|GR|member|$y23|||T|||confidential
$c|EU27_2020||subtotal|$y22|estimated|112000|T||=|
$c|UK|GB|member|$y22|||T|||not applicable"
without eurostat-csv flags country_share env.csv 4 'which the option flags does not explain' '{"flags": "eurostat"}'
without eurostat-csv columns.CONF_STATUS country_share env.csv 4 'no place for column "CONF_STATUS"' '{"keep_as_note": ["CONF_STATUS"]}'
without eurostat-csv where country_share env.csv 4 'no place for column "wst_oper"' '{"where": {"wst_oper": "COL"}}'
sed 's/,e,$/,q,/' "$tmp/env.csv" >"$tmp/env_flag.csv"
without eurostat-csv missing country_share env_flag.csv 4 'says "q", which the option flags does not explain'

# Codes with labels beside them, whose names differ from the codes' in case alone
cat >"$tmp/labels.csv" <<'CSV'
STRUCTURE,STRUCTURE_ID,REF_AREA,Reference area,MEASURE,Measure,TIME_PERIOD,Time period,OBS_VALUE,UNIT_MEASURE,OBS_STATUS,Observation status
DATAFLOW,X:Y(1.0),CHN,China,A,Alpha,2023,2023,5.5,T,A,Normal value
DATAFLOW,X:Y(1.0),CHN,China,B,Beta,2023,2023,7,T,A,Normal value
DATAFLOW,X:Y(1.0),DEU,Germany,A,Alpha,2023,2023,6,T,E,Estimated value
CSV
query $db -c "INSERT INTO industry.source (source, publisher, edition, published, published_precision, options) VALUES ('labels', 'nobody', 'labels', '2025-06-04', 'day',
	'{\"where\": {\"MEASURE\": \"A\"}, \"columns\": {\"REF_AREA\": \"country\", \"OBS_VALUE\": \"amount\"}, \"ignore\": [\"Time period\"], \"constants\": {\"metric\": \"labels\", \"stage\": \"cell\", \"country_basis\": \"plant_site\"}}')"
load "SDMX-CSV with labels: what varies is asked for at once" 4 country_share "$tmp/labels.csv" --source labels
says "by its name" 'no place for column "Reference area"' '{"keep_as_note": ["Reference area"]}'
load "and so are its flags" 4 country_share "$tmp/labels.csv" --source labels --option 'keep_as_note=["Reference area"]'
says "with what to write" 'says "A", which the option flags does not explain' '{"flags": {"A": "normal value"}}'
load "and then it is loaded" 0 country_share "$tmp/labels.csv" --source labels --option 'keep_as_note=["Reference area"]' --option 'flags={"A": "normal value", "E": "estimated"}'
stored labels "$countries" "|||World|labels|CHN|CN|member|$y23||5.5|T||=|
|||World|labels|DEU|DE|member|$y23|estimated|6|T||=|"

#
# UN Comtrade
#
iconv -f UTF-8 -t ISO-8859-1 >"$tmp/comtrade.csv" <<'CSV'
typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,partnerCode,partnerISO,partnerDesc,classificationCode,cmdCode,cmdDesc,qtyUnitCode,qtyUnitAbbr,qty,isQtyEstimated,netWgt,isNetWgtEstimated,primaryValue,isReported,isAggregate
C,M,20240301,2024,3,202403,276,DEU,Germany,M,Import,0,W00,World,H6,850760,Electric accumulators; lithium-ion,5,u,3200000,false,42000000,false,910000000.55,false,true
C,M,20240301,2024,3,202403,276,DEU,Germany,M,Import,156,CHN,China,H6,850760,Electric accumulators; lithium-ion,5,u,2000000,false,25000000,false,500000000,false,true
C,M,20240301,2024,3,202403,276,DEU,Germany,M,Import,410,KOR,Rep. of Korea,H6,850760,Electric accumulators; lithium-ion,5,u,700000,false,9000000.5,true,210000000,false,true
C,M,20240301,2024,3,202403,276,DEU,Germany,M,Import,490,S19,"Other Asia, nes",H6,850760,Electric accumulators; lithium-ion,5,u,1000,false,12000,false,310000,false,true
C,M,20240301,2024,3,202403,276,DEU,Germany,M,Import,384,CIV,Côte d'Ivoire,H6,850760,Electric accumulators; lithium-ion,5,u,100,false,1200,false,33000,false,true
C,M,20240301,2024,3,202403,276,DEU,Germany,X,Export,156,CHN,China,H6,850760,Electric accumulators; lithium-ion,5,u,300,false,4200,false,99000,false,true
C,M,20240301,2024,3,202403,842,USA,USA,M,Import,156,CHN,China,H6,850760,Electric accumulators; lithium-ion,8,kg,18000000,false,18000000,false,400000000,false,true
C,M,20240301,2024,3,202403,842,USA,USA,M,Import,899,_X,"Areas, nes",H6,850760,Electric accumulators; lithium-ion,8,kg,10,false,10,false,120,false,true
CSV
format un-comtrade country_share comtrade.csv
m="2024-03-01|2024-03-31|"
stored un-comtrade "$countries" "|||DE|li_ion_imports|W00||stated_total|$m|42000000|kg||=|
|||DE|li_ion_imports|CHN|CN|member|$m|25000000|kg||=|
|||DE|li_ion_imports|KOR|KR|member|$m|9000000.5|kg||=|
|||DE|li_ion_imports|S19|TW|member|$m|12000|kg||=|
|||DE|li_ion_imports|CIV|CI|member|$m|1200|kg||=|
|||US|li_ion_imports|CHN|CN|member|$m|18000000|kg||=|
|||US|li_ion_imports|_X||remainder|$m|10|kg||=|"
format un-comtrade-value country_share comtrade.csv
stored un-comtrade-value "$countries" "|||DE|li_ion_import_value|World||stated_total|$m|910000000.55|USD||=|
|||DE|li_ion_import_value|China|CN|member|$m|500000000|USD||=|
|||DE|li_ion_import_value|Rep. of Korea|KR|member|$m|210000000|USD||=|
|||DE|li_ion_import_value|Other Asia, nes|TW|member|$m|310000|USD||=|
|||DE|li_ion_import_value|Côte d'Ivoire|CI|member|$m|33000|USD||=|
|||US|li_ion_import_value|China|CN|member|$m|400000000|USD||=|
|||US|li_ion_import_value|Areas, nes||remainder|$m|120|USD||=|"
without un-comtrade units country_share comtrade.csv 3 'column "unit" is empty' 'set the option units'
without un-comtrade where country_share comtrade.csv 4 'no place for column "flowCode"' '"where": {"flowCode": "M"}'
without un-comtrade codes country_share comtrade.csv 3 '"_X" is not known'
without un-comtrade encoding country_share comtrade.csv 4 'line 6: ' 'LATIN1'

#
# IEA
#
cat >"$tmp/iea.csv" <<'CSV'
region,category,parameter,mode,powertrain,year,unit,value
China,Historical,EV sales,Cars,BEV,2023,Vehicles,5400000
China,Historical,EV sales,Cars,PHEV,2023,Vehicles,2700000
China,Projection-STEPS,EV sales,Cars,BEV,2030,Vehicles,12000000
China,Projection-APS,EV sales,Cars,BEV,2030,Vehicles,12500000
Europe,Historical,EV sales,Cars,BEV,2023,Vehicles,2200000
EU27,Historical,EV sales,Cars,BEV,2023,Vehicles,1500000
Korea,Historical,EV sales,Cars,BEV,2023,Vehicles,120000
Turkiye,Historical,EV sales,Cars,BEV,2023,Vehicles,66000
USA,Historical,EV sales,Cars,BEV,2023,Vehicles,1100000
Rest of the world,Historical,EV sales,Cars,BEV,2023,Vehicles,500000
World,Historical,EV sales,Cars,BEV,2023,Vehicles,9500000
World,Projection-STEPS,EV sales,Cars,BEV,2030,Vehicles,31000000
China,Historical,EV stock,Cars,BEV,2023,Vehicles,16000000
China,Historical,EV sales share,Cars,EV,2023,percent,38
World,Historical,EV sales share,Cars,EV,2023,percent,18
World,Historical,Battery demand,Cars,EV,2023,GWh,750
World,Projection-STEPS,Battery demand,Cars,EV,2030,GWh,3100.5
World,Historical,Oil displacement Mbd,Cars,EV,2023,Milion barrels per day,0.9
World,Historical,"Oil displacement, million lge",Cars,EV,2023,"Oil displacement, million lge",60000
CSV
format iea-geo country_share iea.csv
says "iea-geo: the parameters that are not loaded are named and counted" 'not loaded: 2 rows of "Battery demand"' 'not loaded: 2 rows of "EV sales share"' 'not loaded: 1 rows of "Oil displacement Mbd"'
y30="2030-01-01|2030-12-31"
stored iea-geo "$countries" "|Cars, BEV||World|ev_sales|China|CN|member|$y23||5400000|Vehicles||=|
|Cars, PHEV||World|ev_sales|China|CN|member|$y23||2700000|Vehicles||=|
|Cars, BEV|Projection-STEPS|World|ev_sales|China|CN|member|$y30||12000000|Vehicles||=|
|Cars, BEV|Projection-APS|World|ev_sales|China|CN|member|$y30||12500000|Vehicles||=|
|Cars, BEV||World|ev_sales|Europe||subtotal|$y23||2200000|Vehicles||=|
|Cars, BEV||World|ev_sales|EU27||subtotal|$y23||1500000|Vehicles||=|
|Cars, BEV||World|ev_sales|Korea|KR|member|$y23||120000|Vehicles||=|
|Cars, BEV||World|ev_sales|Turkiye|TR|member|$y23||66000|Vehicles||=|
|Cars, BEV||World|ev_sales|USA|US|member|$y23||1100000|Vehicles||=|
|Cars, BEV||World|ev_sales|Rest of the world||remainder|$y23||500000|Vehicles||=|
|Cars, BEV||World|ev_sales|World||stated_total|$y23||9500000|Vehicles||=|
|Cars, BEV|Projection-STEPS|World|ev_sales|World||stated_total|$y30||31000000|Vehicles||=|
|Cars, BEV||World|ev_stock|China|CN|member|$y23||16000000|Vehicles||=|"
format iea-geo stated_figure iea.csv
stored iea-geo "$figures" "EV sales share|electric vehicles|Cars, EV||CN|2023-01-01|38|percent|||=
EV sales share|electric vehicles|Cars, EV||World|2023-01-01|18|percent|||=
Battery demand|electric vehicles|Cars, EV||World|2023-01-01|750|GWh|||=
Battery demand|electric vehicles|Cars, EV|Projection-STEPS|World|2030-01-01|3100.5|GWh|||="
without iea-geo "codes" country_share iea.csv 3 '"Korea" is ambiguous' '{"codes": {"country": {"Korea": "KR"}}}'
without iea-geo "kinds.stated_figure.where" stated_figure iea.csv 0 "19 rows read, 19 loaded"
query $db -c "UPDATE industry.source SET options = '{\"columns\": {\"region\": \"country\", \"value\": \"amount\"}, \"constants\": {\"metric\": \"ev_sales\", \"stage\": \"system\", \"country_basis\": \"market\"}}' WHERE source = 'try'"
load "iea-geo: a parameter is no note" 4 country_share "$tmp/iea.csv" --source try --dry-run
says "and the rows are to be chosen" 'no place for column "parameter"' '{"where": {"parameter": "Battery demand"}}'

#
# NREL ATB
#
cat >"$tmp/atb.csv" <<'CSV'
atb_year,core_metric_key,core_metric_parameter,core_metric_case,crpyears,technology,technology_alias,techdetail,display_name,scenario,core_metric_variable,units,value
2024,S000001,CAPEX,Market,20,Utility-Scale Battery Storage,Utility-Scale Battery Storage,4Hr Battery Storage,Utility-Scale Battery Storage - 4Hr,Moderate,2030,$/kW,1290.5
2024,S000002,CAPEX,Market,30,Utility-Scale Battery Storage,Utility-Scale Battery Storage,4Hr Battery Storage,Utility-Scale Battery Storage - 4Hr,Moderate,2030,$/kW,1290.5
2024,S000003,CAPEX,R&D,20,Utility-Scale Battery Storage,Utility-Scale Battery Storage,4Hr Battery Storage,Utility-Scale Battery Storage - 4Hr,Moderate,2030,$/kW,1290.5
2024,S000004,CAPEX,Market,20,Utility-Scale Battery Storage,Utility-Scale Battery Storage,8Hr Battery Storage,Utility-Scale Battery Storage - 8Hr,Moderate,2030,$/kW,2280
2024,S000005,CAPEX,Market,20,Utility-Scale Battery Storage,Utility-Scale Battery Storage,4Hr Battery Storage,Utility-Scale Battery Storage - 4Hr,Advanced,2030,$/kW,1012.25
2024,S000006,Fixed O&M,Market,20,Utility-Scale Battery Storage,Utility-Scale Battery Storage,4Hr Battery Storage,Utility-Scale Battery Storage - 4Hr,Moderate,2030,$/kW-yr,32.3
2024,S000007,CAPEX,Market,20,UtilityPV,Solar - Utility PV,Class1,Utility PV - Class 1,Moderate,2030,$/kW,900
CSV
format nrel-atb stated_figure atb.csv
b="Utility-Scale Battery Storage|"
stored nrel-atb "$figures" "CAPEX, 4Hr Battery Storage|$b|Market, Moderate|World|2030-01-01|1290.5|\$/kW|USD|2022|=
CAPEX, 8Hr Battery Storage|$b|Market, Moderate|World|2030-01-01|2280|\$/kW|USD|2022|=
CAPEX, 4Hr Battery Storage|$b|Market, Advanced|World|2030-01-01|1012.25|\$/kW|USD|2022|=
Fixed O&M, 4Hr Battery Storage|$b|Market, Moderate|World|2030-01-01|32.3|\$/kW-yr|USD|2022|="
sed 's/,Market,/,R\&D + TC,/' "$tmp/atb.csv" >"$tmp/atb_2025.csv"
without nrel-atb missing stated_figure atb_2025.csv 4 "the option where chooses none of the 7 rows" "core_metric_case says R&D, R&D + TC" '"core_metric_case": "Market"'
query $db -c "UPDATE industry.source SET options = '{\"columns\": {\"value\": \"cost\", \"techdetail\": \"site\", \"core_metric_variable\": \"period\"}, \"where\": {\"core_metric_parameter\": \"CAPEX\", \"core_metric_case\": \"Market\", \"technology\": \"Utility-Scale Battery Storage\"},
	\"constants\": {\"metric\": \"atb\", \"scope\": \"system\", \"price_or_cost\": \"cost\", \"money_basis\": \"real\", \"base_year\": \"2022\"}}' WHERE source = 'try'"
load "nrel-atb: a price for each kW is no price for each kWh" 3 price "$tmp/atb.csv" --source try --dry-run
says "and none is loaded" "4 rows read, 0 loaded" 'column "unit" says "$/kW", which is no unit of column "cost"' 'loaded as kind stated_figure'

#
# PyPSA
#
cat >"$tmp/pypsa.csv" <<'CSV'
technology,parameter,value,unit,source,further description,currency_year
CCGT,VOM,4.4445,EUR/MWh,"Danish Energy Agency, technology_data_for_el_and_dh.xlsx",Variable O&M,2015.0
Lithium-Ion-LFP-bicharger,investment,87000.5,EUR/MW,"PNNL, sheet a",pcs,2020.0
Lithium-Ion-LFP-store,investment,236482.8109,EUR/MWh,"PNNL, sheet a",racks,2020.0
Vanadium-Redox-Flow-store,investment,233744.5392,EUR/MWh,"PNNL, sheet a",,2020.0
battery inverter,FOM,0.3375,%/year,"Danish Energy Agency, x.xlsx",note,2015.0
battery inverter,efficiency,0.96,per unit,"Danish Energy Agency, x.xlsx",note,2015.0
battery inverter,investment,170.2,EUR/kW,"Danish Energy Agency, x.xlsx",note,2015.0
battery storage,investment,151.3,EUR/kWh,"Danish Energy Agency, x.xlsx",note,2015.0
battery storage,lifetime,25.0,years,"Danish Energy Agency, x.xlsx",note,2015.0
CSV
format pypsa price pypsa.csv
# 236,482.8109 EUR/MWh is 236.4828109 EUR/kWh
stored pypsa "$prices" "Lithium-Ion-LFP-store|LFP|system|real|2020|2030-01-01|236.4828109|EUR||=
Vanadium-Redox-Flow-store|VRFB|system|real|2020|2030-01-01|233.7445392|EUR||=
battery storage|Li-ion|system|real|2015|2030-01-01|151.3|EUR||="
format pypsa stated_figure pypsa.csv
stored pypsa "$figures" "battery inverter, FOM|battery storage|||World|2030-01-01|0.3375|%/year||2015|=
battery inverter, efficiency|battery storage|||World|2030-01-01|0.96|per unit||2015|=
battery inverter, investment|battery storage|||World|2030-01-01|170.2|EUR/kW|EUR|2015|=
battery storage, investment|battery storage|||World|2030-01-01|151.3|EUR/kWh|EUR|2015|=
battery storage, lifetime|battery storage|||World|2030-01-01|25.0|years||2015|="
without pypsa kinds.price.where.parameter price pypsa.csv 4 'no place for column "parameter"' '"parameter": "investment"'
without pypsa kinds.price.where price pypsa.csv 4 'no place for column "parameter"' '{"where": {"parameter": "FOM"}}'
without pypsa kinds.price.where.technology price pypsa.csv 3 'column "unit" says "EUR/kW", which is no unit of column "cost"' 'column "unit" says "EUR/MW"'
without pypsa kinds.price.constants.money_basis price pypsa.csv 4 'needs "money_basis"'

#
# UK planning register
#
iconv -f UTF-8 -t WINDOWS-1252 >"$tmp/repd.csv" <<'CSV'
General Facility Details,,,,,,,,,,,,,,
Old Ref ID,Ref ID,Record Last Updated (dd/mm/yyyy),Operator (or Applicant),Site Name,Technology Type,Storage Type,Storage Co-location REPD Ref ID,Installed Capacity (MWelec),Development Status,Development Status (short),County,Region,Country,Planning Authority
,9001,03/02/2025,Test Storage Ltd,Hill Farm,Battery,Stand-alone,,49.9,Planning Permission Granted,Awaiting Construction,Kent,South East,England,Ashford
,9002,28/01/2025,Test Storage Ltd,Hill Farm,Battery,Stand-alone,,"1,000",Application Submitted,Application Submitted,Fife,Scotland,Scotland,Fife
,9003,15/01/2025,Test Wind,Moel Fawr,Wind Onshore,,,12,Operational,Operational,Powys,Wales,Wales,Powys
,9004,15/01/2025,Test Grid – North,Lough Site,Battery,Co-located Solar PV,9003,50,Operational,Operational,Antrim,Northern Ireland,Northern Ireland,Antrim
,9005,15/01/2025,Test Gone,Old Mill,Battery,Stand-alone,,20,Revised,Revised,Devon,South West,England,Exeter
,9006,15/01/2025,Test Gone,Quarry,Battery,Stand-alone,,5.5,Abandoned,Abandoned,Gwent,Wales,Wales,Newport
CSV
format uk-repd storage_project repd.csv
stored uk-repd "$projects" "Hill Farm|9001|Kent, South East|GB|permitted|Awaiting Construction||49.9|=||||member
Hill Farm|9002|Fife, Scotland|GB|planned|Application Submitted||1000|=||||member
Lough Site|9004|Antrim, Northern Ireland|GB|operating|Operational||50|=||||member
Old Mill|9005|Devon, South West|GB|cancelled|Revised||20|=||||member
Quarry|9006|Gwent, Wales|GB|cancelled|Abandoned||5.5|=||||member"
same "uk-repd: text of Windows-1252 is kept" "Test Grid – North" "$(query $db -c "SELECT notes ->> 'Operator (or Applicant)' FROM industry.storage_project WHERE project = 'Lough Site'")"
without uk-repd encoding storage_project repd.csv 4 'line 6: '
without uk-repd skip_lines storage_project repd.csv 4 'line 1: ' '{"skip_lines": 1}'
without uk-repd where storage_project repd.csv 0 'column "Technology Type" is kept as a note, and says "Battery", "Wind Onshore"' 'option where'
without uk-repd codes storage_project repd.csv 3 'status "Revised" is not known' '{"codes": {"status": {"Revised": "?"}}}'
without uk-repd "columns.Ref ID" storage_project repd.csv 3 'lines 3, 4 state different values for one thing'
load "uk-repd: power is no energy" 4 storage_project "$tmp/repd.csv" --source uk-repd --dry-run --option 'columns={"Site Name": "project", "Installed Capacity (MWelec)": "energy"}'
says "as its header says" 'the header says "MWelec", which is no unit of column "energy"'

#
# Market researchers
#
cat >"$tmp/researcher.csv" <<'CSV'
Global EV battery installations,,,,,
Rank,Company,2023,2024,2025e,Market share 2024
1,CATL,92.3 GWh,"1,050.5 GWh",1300,0.368
2,BYD,24.5,120,~150 GWh,0.172
,Others,50,60,NA,0.46
,Total,166.8,"2,853",3000,1
Source: Test Research,,,,,
CSV
format researcher maker_share researcher.csv
y23="2023-01-01|"
y24="2024-01-01|"
y25="2025-01-01|estimated"
researched="CATL|member|$y23|92.3|=||||
CATL|member|$y24|1050.5|=||36.8|0.368|
CATL|member|$y25|1300|=||||
BYD|member|$y23|24.5|=||||
BYD|member|$y24|120|=||17.2|0.172|
BYD|member|$y25|150|~||||
Others|remainder|$y23|50|=||||
Others|remainder|$y24|60|=||46|0.46|
Others|remainder|$y25|||not available|||
Total|stated_total|$y23|166.8|=||||
Total|stated_total|$y24|2853|=||100|1|
Total|stated_total|$y25|3000|=||||"
stored researcher "$makers" "$researched"
without researcher units maker_share researcher.csv 4 'column "share" may be percent or fractions' '{"units": {"share": "%"}}'
without researcher keep_as_note maker_share researcher.csv 4 'column "Rank" is a rank, and the table has 3 periods' '{"keep_as_note": ["Rank"]}'
without researcher footer maker_share researcher.csv 0 "12 rows read, 12 loaded"
without researcher skip_lines maker_share researcher.csv 4 'line 1: ' '{"skip_lines": 1}'
sed 's/24.5/"24,5"/' "$tmp/researcher.csv" >"$tmp/researcher_comma.csv"
without researcher missing maker_share researcher_comma.csv 3 '"24,5"' 'decimal-comma option' "1 quarantined"

# The same as a workbook, whose percent cells say what they are: less is needed.
python=$(for p in python3 /usr/bin/python3; do ! "$p" -c 'import openpyxl' 2>/dev/null || { echo "$p"; break; }; done)
if [ -n "$python" ]; then
	cat >"$tmp/make.py" <<'PY'
import sys, zipfile
from xml.sax.saxutils import escape
rows = [[('Global EV battery installations',)], ['Rank', 'Company', 2023, 2024, '2025e', 'Market share 2024'],
	[1, 'CATL', '92.3 GWh', (1050.5, 1), 1300, (0.368, 2)], [2, 'BYD', 24.5, 120, '~150 GWh', (0.172, 2)],
	[None, 'Others', 50, 60, 'NA', (0.46, 2)], [None, 'Total', 166.8, (2853, 1), 3000, (1, 2)]]
def cell(v, at):
	style = 0
	if isinstance(v, tuple):
		v, style = v if len(v) == 2 else (v[0], 0)
	if v is None: return ''
	if isinstance(v, str): return '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (at, escape(v))
	return '<c r="%s" s="%d"><v>%r</v></c>' % (at, style, v)
m='http://schemas.openxmlformats.org/spreadsheetml/2006/main'; r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'; p='http://schemas.openxmlformats.org/package/2006/'
t='application/vnd.openxmlformats-officedocument.spreadsheetml.'
with zipfile.ZipFile(sys.argv[1], 'w') as z:
	z.writestr('[Content_Types].xml', '<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="%ssheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="%sstyles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="%sworksheet+xml"/></Types>' % (p, t, t, t))
	z.writestr('_rels/.rels', '<Relationships xmlns="%srelationships"><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % (p, r))
	z.writestr('xl/workbook.xml', '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="Makers" sheetId="1" r:id="rId1"/></sheets></workbook>' % (m, r))
	z.writestr('xl/_rels/workbook.xml.rels', '<Relationships xmlns="%srelationships"><Relationship Id="rId1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="%s/styles" Target="styles.xml"/></Relationships>' % (p, r, r))
	z.writestr('xl/styles.xml', '<styleSheet xmlns="%s"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%%"/></numFmts><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>' % m)
	z.writestr('xl/worksheets/sheet1.xml', '<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (m, ''.join('<row r="%d">%s</row>' % (i, ''.join(cell(v, '%s%d' % (chr(64 + j), i)) for j, v in enumerate(row, 1))) for i, row in enumerate(rows, 1))))
PY
	"$python" "$tmp/make.py" "$tmp/researcher.xlsx"
	query $db -v options="$(options researcher)" <<<"INSERT INTO industry.source (source, publisher, edition, published, published_precision, options)
		VALUES ('researcher-xlsx', 'nobody', 'workbook', '2025-06-03', 'day', :'options'::jsonb - '{skip_lines,units,footer}'::text[])"
	load "researcher: a workbook needs no word about its title and its shares" 0 maker_share "$tmp/researcher.xlsx" --source researcher-xlsx
	stored researcher-xlsx "$makers" "$(sed 's/|36.8|0.368|/|36.8|36.8 %|/; s/|17.2|0.172|/|17.2|17.2 %|/; s/|46|0.46|/|46|46.0 %|/; s/|100|1|/|100|100.0 %|/' <<<"$researched")"
else
	ok "researcher: a workbook # SKIP python3-openpyxl is not there"
fi

# a pattern without a group means the whole name, wherever it matches
query $db -v options="$(options researcher)" <<<"INSERT INTO industry.source (source, publisher, edition, published, published_precision, options)
	VALUES ('researcher-loose', 'nobody', 'loose', '2025-06-05', 'day', jsonb_set(:'options', '{unpivot,0,columns}', '\"^20\"'))"
load "researcher: a pattern without a group" 0 maker_share "$tmp/researcher.csv" --source researcher-loose
stored researcher-loose "$makers" "$researched"

cat >"$tmp/researcher_de.csv" <<'CSV'
Rang;Unternehmen;2023;2024;2025e;Marktanteil 2024
1;CATL;92,3 GWh;"1.050,5 GWh";1.300;36,8 %
2;BYD;24,5;120;~150 GWh;17,2 %
;Sonstige;50;60;;46 %
;Gesamt;166,8;2.853;3.000;100 %
CSV
format researcher-de maker_share researcher_de.csv
stored researcher-de "$makers" "CATL|member|$y23|92.3|=||||
CATL|member|$y24|1050.5|=||36.8|36,8 %|
CATL|member|$y25|1300|=||||
BYD|member|$y23|24.5|=||||
BYD|member|$y24|120|=||17.2|17,2 %|
BYD|member|$y25|150|~||||
Sonstige|remainder|$y23|50|=||||
Sonstige|remainder|$y24|60|=||46|46 %|
Gesamt|stated_total|$y23|166.8|=||||
Gesamt|stated_total|$y24|2853|=||100|100 %|
Gesamt|stated_total|$y25|3000|=||||"
without researcher-de decimal_comma maker_share researcher_de.csv 4 'column "amount" has decimal commas' '{"decimal_comma": true}'
without researcher-de row_kinds maker_share researcher_de.csv 3 'maker "Sonstige" is not known'

same "every block of options of the page was used" "$(sed -n 's/^```json \(.*\)/\1/p' "$page" | sort)" "$(sort -u "$tmp/used")"
finish
