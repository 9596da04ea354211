#!/bin/bash
# The views for BI tools: their types, comments and dictionary, what a reader may
# do, what they answer, plain_view over users' tables, and a client that is not
# psql where one is installed.
#
# Expected numbers are the reports' own, computed by hand from them, or core's
# aggregates over the same rows; each says which.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_bi
reader=battery_test_bi_reader
create_database $db
create_role $reader LOGIN
if ! "$root/bin/battery-industry" setup -q -d $db >"$tmp/out" 2>&1; then
	remark <"$tmp/out"
	not_ok "bi: the schema is set up"
	finish
	exit
fi
query $db -f "$root/test/industry/fixture.sql"
query $db -c "SELECT industry.grant_access(reader => '$reader')" >/dev/null

views="SELECT c.oid, c.relname FROM pg_class c
	WHERE c.relnamespace = 'industry'::regnamespace AND c.relkind = 'v' AND c.relname LIKE 'bi\\_%'"
same "bi: there are as many views as the dictionary has" 't' \
	"$(query $db -c "SELECT count(*) >= 29 FROM ($views) AS v")"
none "bi: every column is double precision, integer, date, text or boolean" $db \
	"SELECT v.relname, a.attname, format_type(a.atttypid, a.atttypmod)
	 FROM ($views) AS v JOIN pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0
	 WHERE a.atttypid NOT IN ('double precision'::regtype, 'integer'::regtype, 'date'::regtype, 'text'::regtype, 'boolean'::regtype)"
none "bi: every view and column has a comment" $db \
	"SELECT v.relname, NULL FROM ($views) AS v WHERE obj_description(v.oid, 'pg_class') IS NULL
	 UNION ALL
	 SELECT v.relname, a.attname FROM ($views) AS v JOIN pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0
	 WHERE coalesce(col_description(v.oid, a.attnum), '') = ''"
none "bi: every double precision column is in the dictionary of measures" $db \
	"SELECT v.relname, a.attname FROM ($views) AS v JOIN pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0
	 WHERE a.atttypid = 'double precision'::regtype
	   AND NOT EXISTS (SELECT FROM industry.bi_measure m WHERE m.view_name = v.relname AND m.column_name = a.attname)"
none "bi: the name of a measure ends in its unit" $db \
	"SELECT m.view_name, m.column_name, m.unit FROM industry.bi_measure m
	 WHERE m.column_name !~ (CASE m.unit
		WHEN 'GWh' THEN '_gwh\$' WHEN 'GWh/year' THEN '_gwh_per_year\$' WHEN 'US\$' THEN '_usd\$' WHEN 'US\$/kWh' THEN '_usd_per_kwh\$'
		WHEN 'US\$/kWh per year' THEN '_usd_per_kwh\$' WHEN 'US\$/kWh discharged' THEN '_usd_per_kwh_discharged\$' WHEN 'fraction' THEN '_fraction\$'
		WHEN 'points' THEN '_points\$' WHEN 't' THEN '_tonnes\$' WHEN 'MW' THEN '_mw\$' WHEN 'h' THEN '_hours\$' WHEN 'kg/kWh' THEN '^kg_per_kwh\$'
		WHEN 'currency/US\$' THEN 'units_per_usd\$' WHEN 'currency' THEN '_in_currency\$' WHEN 'currency/kWh' THEN '_in_currency_per_kwh\$'
		WHEN 'see column unit' THEN '_in_unit\$' ELSE '.' END)"
none "bi: figures come with low, high and is_exact where they may be bounds" $db \
	"SELECT v.relname, want.column_name
	 FROM (VALUES ('bi_market', 'amount_low_gwh'), ('bi_market', 'is_exact'), ('bi_capacity', 'capacity_low_gwh'), ('bi_capacity', 'capacity_high_gwh'), ('bi_capacity', 'is_exact'),
		('bi_price', 'price_low_usd_per_kwh'), ('bi_price', 'price_high_usd_per_kwh'), ('bi_price', 'is_exact'),
		('bi_maker_share', 'amount_low_gwh'), ('bi_maker_share', 'amount_high_gwh'), ('bi_maker_share', 'share_low_fraction'),
		('bi_maker_share', 'share_high_fraction'), ('bi_maker_share', 'is_exact'), ('bi_country_share', 'share_low_fraction'),
		('bi_country_share', 'share_high_fraction'), ('bi_country_share', 'is_exact'), ('bi_expansion', 'capacity_low_gwh_per_year'),
		('bi_expansion', 'capacity_high_gwh_per_year'), ('bi_expansion', 'is_exact'), ('bi_storage_project', 'energy_low_gwh'),
		('bi_storage_project', 'energy_high_gwh'), ('bi_storage_project', 'is_exact'), ('bi_public_support', 'amount_low_usd'),
		('bi_public_support', 'amount_high_usd'), ('bi_public_support', 'is_exact'), ('bi_control_exposure', 'exposure_low_fraction'),
		('bi_control_exposure', 'exposure_high_fraction'), ('bi_control_exposure', 'is_exact')) AS want (relname, column_name)
	 LEFT JOIN ($views) AS v ON v.relname = want.relname
	 WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = v.oid AND a.attname = want.column_name)"
none "bi: latest_set is current_set" $db \
	"(SELECT set_id FROM industry.latest_set EXCEPT SELECT set_id FROM industry.current_set)
	 UNION ALL (SELECT set_id FROM industry.current_set EXCEPT SELECT set_id FROM industry.latest_set)"

# what a reader may do

as_reader()
{
	PGUSER=$reader query $db "$@"
}

query $db -c "SELECT v.relname FROM ($views) AS v ORDER BY 1" >"$tmp/views"	# a file: not everywhere is there a /dev/fd
refused=
while read -r view; do
	if ! as_reader -c "SELECT count(*) FROM (SELECT * FROM industry.$view OFFSET 0) AS v" >"$tmp/out" 2>&1; then
		refused="$refused $view: $(head -n 1 "$tmp/out")"
	fi
done <"$tmp/views"
same "bi: a reader reads every view" "none refused" "none refused$refused"
none "bi: and has no right to anything else in the schema" $db \
	"SELECT c.relname FROM pg_class c
	 WHERE c.relnamespace = 'industry'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
	   AND NOT (c.relkind = 'v' AND c.relname LIKE 'bi\\_%')
	   AND (has_table_privilege('$reader', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
			OR has_any_column_privilege('$reader', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))
	 UNION ALL
	 SELECT c.relname FROM pg_class c
	 WHERE c.relnamespace = 'industry'::regnamespace AND c.relkind = 'v' AND c.relname LIKE 'bi\\_%'
	   AND has_table_privilege('$reader', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
	 UNION ALL
	 SELECT c.relname FROM pg_class c
	 WHERE c.relnamespace = 'industry'::regnamespace
	   AND CASE WHEN c.relkind = 'S' THEN has_sequence_privilege('$reader', c.oid, 'USAGE, SELECT, UPDATE') END
	 UNION ALL
	 SELECT 'schema' WHERE has_schema_privilege('$reader', 'industry', 'CREATE')"
for call in "industry.lineage(1)" "industry.concentration()" "industry.control_exposure('2026-01-01')" "industry.as_known_on('infinity')" \
	"industry.find_maker('CATL')" "industry.grant_access(reader => '$reader')"; do
	if as_reader -c "SELECT * FROM $call" >"$tmp/out" 2>&1; then
		not_ok "bi: a reader gets nothing out of $call"
	else
		same "bi: a reader gets nothing out of $call" 1 "$(grep -c 'permission denied' "$tmp/out")"
	fi
done
none "bi: functions with the owner's rights pin search_path and are not for everybody" $db \
	"SELECT p.oid::regprocedure FROM pg_proc p
	 WHERE p.pronamespace = 'industry'::regnamespace AND p.prosecdef
	   AND (p.proconfig IS NULL OR NOT 'search_path=pg_catalog, industry, pg_temp' = ANY (p.proconfig)
			OR EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x WHERE x.grantee = 0))"
# An object in front of the reader's path must not be taken for the owner's.
same "bi: a reader's own objects do not stand in for the schema's" 3 \
	"$(as_reader -c "CREATE TEMP TABLE maker (maker text); CREATE TEMP TABLE exchange_rate (x int); SET search_path = pg_temp, industry" \
		-c "SELECT count(*) FROM industry.bi_expansion WHERE investment_usd_origin IS NOT NULL AND capacity_stated_gwh_per_year >= 100" 2>&1 | tail -n 1)"

# what the views say

same "bi: makers' shares of 2023 as SNE Research prints them" \
	"CATL|259.7|0.368|705.5|t
BYD|111.4|0.158|705.5|t
LGES|95.8|0.136|705.5|t" \
	"$(as_reader -c "SELECT maker, amount_gwh, share_stated_fraction, stated_total_gwh, is_exact FROM industry.bi_maker_share
		WHERE metric = 'ev_batteries' AND year = 2023 ORDER BY share_stated_fraction DESC LIMIT 3")"
# by hand: 36.8, 15.8, 13.6, 6.4 sum to 72.6; the squares of the ten to 1910.36, with the rest in pieces of 1.5 to 1920.36
# and no index, because 7 % is nobody's.
same "bi: concentration of 2023" "0.726000||1910.36|1920.36||f|10" \
	"$(as_reader -c "SELECT round(cr4_fraction::numeric, 6), hhi_points, round(hhi_low_points::numeric, 2), round(hhi_high_points::numeric, 2),
		effective_members, is_exact, members
		FROM industry.bi_concentration WHERE year = 2023 AND metric = 'ev_batteries' AND NOT by_parent")"
same "bi: the edition of 2024 changes the ranks of 2022" "BYD|2|3
LGES|2|2" \
	"$(as_reader -c "SELECT subject, older_rank, newer_rank FROM industry.bi_restatement
		WHERE measure = 'share' AND period_first = '2022-01-01' AND subject IN ('BYD', 'LGES') ORDER BY 1")"
same "bi: a share that the source states twice is no number but two bounds" "|0.7|0.9|f|2|the source states: nearly 90 %; 70 %" \
	"$(as_reader -c "SELECT share_stated_fraction, share_low_fraction, share_high_fraction, is_exact, statements, note
		FROM industry.bi_country_share WHERE stage = 'cathode' AND country = 'CN' AND publisher = 'TCIP'")"
same "bi: more than 97 % has a lower bound and no upper one" "0.97|0.97||f" \
	"$(as_reader -c "SELECT share_stated_fraction, share_low_fraction, share_high_fraction, is_exact FROM industry.bi_country_share
		WHERE stage = 'anode' AND country = 'CN' AND publisher = 'TCIP'")"
same "bi: a withheld figure is NULL, with the reason" "|withheld|W" \
	"$(as_reader -c "SELECT value_in_unit, missing_reason, as_printed FROM industry.bi_lineage WHERE subject = 'US' AND measure = 'amount' AND edition = 'MCS 2025'")"
# 26.44 billion US$ over 392 GWh is 67.4490 (by hand)
same "bi: what a GWh costs CATL over its six plants, and the same from the rows" "67.4490|67.4490" \
	"$(as_reader -c "SELECT round(c.cost_usd_per_kwh::numeric, 4),
			(SELECT round((sum(investment_usd) / sum(capacity_gwh_per_year) / 1e6)::numeric, 4) FROM industry.bi_expansion
			 WHERE publisher = 'TCIP' AND row_kind = 'member' AND cost_usd_per_kwh IS NOT NULL)
		FROM industry.bi_plant_cost c WHERE c.publisher = 'TCIP' AND c.origin = 'computed from expansions' AND c.grain = 'all'")"
same "bi: an investment in euros, in the US\$ that its source states" "7600000000|stated in US\$ beside another currency|7340000000|EUR|76" \
	"$(as_reader -c "SELECT investment_stated_usd, investment_usd_origin, investment_in_currency, currency, cost_usd_per_kwh
		FROM industry.bi_expansion WHERE publisher = 'Press'")"
# NULL or one row for each day: the case of the issue
same "bi: No. 58 is announced, suspended before it starts, and unknown after that" \
	"2025-11-06|not yet
2026-11-10|suspended
|unknown" \
	"$(as_reader -c "SELECT valid_to, status FROM industry.bi_control_status WHERE control = 'CN-2025-58' AND item = 'LFP' ORDER BY valid_from")"
none "bi: the periods of a control's status say on each day what control_status says" $db \
	"SELECT d.day::date, s.control, s.item, s.status, b.status
	 FROM (SELECT '2023-07-01'::date + 17 * n AS day FROM generate_series(0, 100) AS n
		   UNION SELECT unnest('{2023-12-01,2023-11-30,2025-07-14,2025-07-15,2025-11-06,2025-11-07,2025-11-08,2026-11-10,2026-11-11,2026-11-27,2026-11-28}'::date[])) AS d
	 CROSS JOIN LATERAL industry.control_status(d.day::date) AS s
	 LEFT JOIN industry.bi_control_status b ON b.control = s.control AND b.item IS NOT DISTINCT FROM s.item AND b.object IS NOT DISTINCT FROM s.object
		AND b.stage IS NOT DISTINCT FROM s.stage AND b.valid_from <= d.day AND (b.valid_to IS NULL OR b.valid_to >= d.day)
	 WHERE b.status IS DISTINCT FROM s.status
	   -- before the first day that a source names, the view has no row
	   AND NOT (b.status IS NULL AND d.day < (SELECT min(event_date) FROM industry.control_event))"
none "bi: the periods of exposure say on each day what control_exposure says" $db \
	"SELECT d.day, e.stage, e.object, e.exposure, b.exposure_fraction
	 FROM unnest('{2024-01-15,2025-07-15,2025-11-08,2026-01-01,2026-11-11}'::date[]) AS d (day)
	 CROSS JOIN LATERAL industry.control_exposure(d.day) AS e
	 LEFT JOIN industry.bi_control_exposure b ON b.stage = e.stage AND b.object IS NOT DISTINCT FROM e.object
		AND b.from_country IS NOT DISTINCT FROM e.from_country AND b.to_country IS NOT DISTINCT FROM e.to_country
		AND b.material IS NOT DISTINCT FROM e.material AND b.share_publisher IS NOT DISTINCT FROM e.share_publisher
		AND b.share_metric IS NOT DISTINCT FROM e.share_metric AND b.share_period_first IS NOT DISTINCT FROM e.share_period_first
		AND b.valid_from <= d.day AND (b.valid_to IS NULL OR b.valid_to >= d.day)
	 WHERE (b.exposure_fraction, b.exposure_low_fraction, b.exposure_high_fraction, b.status, b.note)
		   IS DISTINCT FROM (e.exposure, e.exposure_low, e.exposure_high, e.status, e.note)"
none "bi: no two periods of one control's item overlap" $db \
	"SELECT a.control, a.item, a.valid_from FROM industry.bi_control_status a JOIN industry.bi_control_status b
		ON a.control = b.control AND a.item IS NOT DISTINCT FROM b.item AND a.stage IS NOT DISTINCT FROM b.stage AND a.object IS NOT DISTINCT FROM b.object
		AND a.valid_from < b.valid_from AND coalesce(a.valid_to, 'infinity') >= b.valid_from"
# lineage

same "bi: lineage of an investment in euros, with the rate and where it is cited" \
	"Press|2022-08-12|headline|€7.34 billion (\$7.6 billion)|7600000000|EUR" \
	"$(query $db -c "SELECT l.publisher, l.edition, l.locator, l.as_printed, round(l.converted_usd::numeric), l.unit
		FROM industry.expansion e CROSS JOIN LATERAL industry.lineage(e.fact_id) AS l
		WHERE e.currency = 'EUR' AND l.measure = 'investment'")"
same "bi: and the conversion in words" 1 \
	"$(query $db -c "SELECT l.conversion FROM industry.expansion e CROSS JOIN LATERAL industry.lineage(e.fact_id) AS l
		WHERE e.currency = 'EUR' AND l.measure = 'investment'" | grep -c '^7340000000 EUR / 0\.96578947.* EUR per US\$ (implied rate of 2022-08-12 to 2022-08-12, Press 2022-08-12.*= 7600000000 US\$$')"
same "bi: a fact of an older edition says that it is not the latest" "f
t" \
	"$(query $db -c "SELECT l.is_latest FROM industry.maker_share_observation f JOIN industry.source s ON s.source_id = f.source_id
		JOIN industry.statement_set t ON t.set_id = f.set_id CROSS JOIN LATERAL industry.lineage(f.fact_id) AS l
		WHERE f.subject_as_printed = 'CATL' AND t.period_first = '2022-01-01' AND l.measure = 'share' ORDER BY s.source")"
none "bi: every fact has a lineage" $db \
	"SELECT 'maker_share_observation', f.fact_id FROM industry.maker_share_observation f WHERE NOT EXISTS (SELECT FROM industry.lineage(f.fact_id))
	 UNION ALL SELECT 'control_item', f.fact_id FROM industry.control_item f WHERE NOT EXISTS (SELECT FROM industry.lineage(f.fact_id))
	 UNION ALL SELECT 'price_observation', f.fact_id FROM industry.price_observation f WHERE NOT EXISTS (SELECT FROM industry.lineage(f.fact_id))
	 UNION ALL SELECT 'control_event', f.fact_id FROM industry.control_event f WHERE NOT EXISTS (SELECT FROM industry.lineage(f.fact_id))"
none "bi: every fact that a view shows is in bi_lineage" $db \
	"SELECT fact_id FROM industry.bi_price UNION ALL SELECT fact_id FROM industry.bi_expansion UNION ALL SELECT fact_id FROM industry.bi_maker_share
	 UNION ALL SELECT fact_id FROM industry.bi_country_share UNION ALL SELECT fact_id FROM industry.bi_capacity
	 EXCEPT SELECT fact_id FROM industry.bi_lineage"

# plain_view

query $db >"$tmp/out" 2>&1 <<'SQL'
CREATE SCHEMA "my ""schema";
CREATE DOMAIN public.energy AS capacity_gwh;
CREATE TABLE "my ""schema"."T;drop" (id bigint PRIMARY KEY, ref bigint, "Capacity" capacity_gwh, capacity_gwh double precision,
	"a""b; --" cost_per_gwh, chem chemistry, n numeric(10, 2), s smallint, ts timestamp, tz timestamptz, j jsonb, arr text[],
	d public.energy, v varchar(5), lc learning_curve, ms market_shares, e date, ok boolean, chems chemistry[]);
COMMENT ON COLUMN "my ""schema"."T;drop"."Capacity" IS 'it''s the capacity';
INSERT INTO "my ""schema"."T;drop"
SELECT 9007199254740993, 5, '1.5', 2, '115', 'NMC811', 1.25, 3, 'infinity', '2024-01-01 23:30-05', '{"a": 1}', '{x,y}', '2 TWh', 'abc',
	   (SELECT learning_curve((x || ' GWh')::capacity_gwh, (100.0 / x)::cost_per_gwh) FROM generate_series(1, 5) AS x),
	   (SELECT market_shares(m, a) FROM (VALUES ('A', '1'::capacity_gwh), ('B', '3')) AS s (m, a)), '2024-02-03', true, '{LFP,NMC811}';
SQL
same "plain_view: makes a view beside the table, whatever the names are" '"my ""schema"."T;drop_plain"' \
	"$(query $db -c "SELECT industry.plain_view('\"my \"\"schema\".\"T;drop\"')")"
none "plain_view: plain types only, a comment on each" $db \
	"SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
	 WHERE a.attrelid = '\"my \"\"schema\".\"T;drop_plain\"'::regclass AND a.attnum > 0
	   AND (a.atttypid NOT IN ('double precision'::regtype, 'integer'::regtype, 'date'::regtype, 'text'::regtype, 'boolean'::regtype)
			OR col_description(a.attrelid, a.attnum) IS NULL)"
# 100 / x against x: the exponent is -1, and the shares are 1/4 and 3/4 (by hand)
same "plain_view: the values" \
	'9007199254740993|5|1.5|2|115|NMC811|1.25|3|infinity|2024-01-02T04:30:00.000000Z|2024-01-02|2000|5|-1.000|B|0.75|6250|2024-02-03|t|{LFP,NMC811}' \
	"$(query $db -c 'SELECT id, ref, "Capacity_gwh", capacity_gwh, "a""b; --_usd_per_kwh", chem, n, s, ts, tz_utc, tz_utc_date, d_gwh,
			lc_observations, round(lc_exponent::numeric, 3), ms_leader, ms_leader_share_fraction, ms_hhi_points, e, ok, chems
		FROM "my ""schema"."T;drop_plain"')"
query $db -c "ALTER TABLE \"my \"\"schema\".\"T;drop\" ADD more capacity_gwh; UPDATE \"my \"\"schema\".\"T;drop\" SET more = '7'" >/dev/null
same "plain_view: again after a column was added" 7 \
	"$(query $db -c "SELECT industry.plain_view('\"my \"\"schema\".\"T;drop\"')" >/dev/null && query $db -c 'SELECT more_gwh FROM "my ""schema"."T;drop_plain"')"
# refusal SQLSTATE SQL
refusal()
{
	same "plain_view: refuses $3 with a hint" "1 1" \
		"$(psql -X -q -d $db -v VERBOSITY=verbose -c "$2" 2>&1 | grep -c "ERROR:  $1") $(psql -X -q -d $db -c "$2" 2>&1 | grep -c '^HINT: ')"
}
refusal 42809 "SELECT industry.plain_view('pg_class_oid_index')" "an index"
refusal 42602 "SELECT industry.plain_view('industry.maker', '')" "an empty name"
refusal 42809 "SELECT industry.plain_view('industry.maker', 'maker')" "the name of a table"
refusal 42P16 "CREATE TABLE public.none (); SELECT industry.plain_view('public.none')" "a table without columns"
same "plain_view: over a table of the schema itself, which readers do not get" f \
	"$(query $db -c "SELECT has_table_privilege('$reader', industry.plain_view('industry.maker_share_observation'), 'SELECT')")"

# A number that no double holds must not fail a view.
query $db -c "UPDATE industry.expansion SET investment = 9 * 10::numeric ^ 400 WHERE currency = 'USD' AND site = 'West Java'"
same "bi: a number beyond the range of double precision is NULL, and the other rows stand" "|15
830000000|30" \
	"$(as_reader -c "SELECT investment_usd, capacity_gwh_per_year FROM industry.bi_expansion WHERE site IN ('West Java', 'Yibin, Sichuan') ORDER BY site")"
same "bi: so is its lineage" "t" \
	"$(as_reader -c "SELECT count(*) > 100 FROM (SELECT * FROM industry.bi_lineage OFFSET 0) AS v")"
query $db -c "UPDATE industry.expansion SET investment = 1180000000 WHERE currency = 'USD' AND site = 'West Java'"

# The extension moves, and everything goes on.
query $db -c "CREATE SCHEMA elsewhere; ALTER EXTENSION battery SET SCHEMA elsewhere" >/dev/null
refused=
while read -r view; do
	if ! as_reader -c "SELECT count(*) FROM (SELECT * FROM industry.$view OFFSET 0) AS v" >"$tmp/out" 2>&1; then
		refused="$refused $view: $(head -n 1 "$tmp/out")"
	fi
done <"$tmp/views"
same "bi: the views survive ALTER EXTENSION battery SET SCHEMA" "none refused" "none refused$refused"
same "plain_view: so do a user's view, and making another" "7" \
	"$(query $db -c "SELECT industry.plain_view('\"my \"\"schema\".\"T;drop\"', 'another')" >/dev/null && query $db -c 'SELECT more_gwh FROM "my ""schema".another')"

# Clients other than psql, where they are installed.

cat >"$tmp/client.py" <<'PYTHON'
import datetime, sys
import psycopg2
connection = psycopg2.connect(dbname=sys.argv[1], user=sys.argv[2])
cursor = connection.cursor()
cursor.execute("SELECT table_name FROM information_schema.views WHERE table_schema = 'industry' ORDER BY 1")
names = [row[0] for row in cursor.fetchall()]
plain = (float, int, str, bool, datetime.date, type(None))
for name in names:
    cursor.execute('SELECT * FROM industry."%s"' % name)
    for row in cursor:
        for column, value in zip(cursor.description, row):
            if not isinstance(value, plain):
                sys.exit("%s.%s is a %s" % (name, column[0], type(value)))
cursor.execute("SELECT sum(amount_gwh) FROM industry.bi_maker_share WHERE year = %s", (2023,))
print(len(names) > 25, round(cursor.fetchone()[0], 1))
PYTHON
if python3 -c 'import psycopg2' 2>/dev/null; then
	same "bi: psycopg2 reads every view as Python's own types" "True 466.9" "$(python3 "$tmp/client.py" $db $reader 2>&1)"
else
	ok "bi: psycopg2 reads every view # SKIP python3-psycopg2 is not installed"
fi
cat >"$tmp/client.pl" <<'PERL'
use strict; use warnings; use DBI;
my ($db, $user) = @ARGV;
my $dbh = DBI->connect("dbi:Pg:dbname=$db", $user, '', { RaiseError => 1, PrintError => 0 });
my $names = $dbh->selectcol_arrayref("SELECT table_name FROM information_schema.views WHERE table_schema = 'industry' ORDER BY 1");
for my $name (@$names) {
	my $sth = $dbh->prepare("SELECT * FROM industry.\"$name\"");
	$sth->execute;
	for my $type (@{$sth->{pg_type}}) {
		die "$name: $type\n" unless $type =~ /^(?:float8|int4|date|text|bool)$/;
	}
	$sth->fetchall_arrayref;
}
my ($sum) = $dbh->selectrow_array('SELECT sum(amount_gwh) FROM industry.bi_maker_share WHERE year = ?', undef, 2023);
printf "%s %.1f\n", (@$names > 25 ? 'True' : 'False'), $sum;
PERL
if perl -MDBD::Pg -e 1 2>/dev/null; then
	same "bi: Perl's DBD::Pg reads every view with plain types" "True 466.9" "$(perl "$tmp/client.pl" $db $reader 2>&1)"
else
	ok "bi: Perl's DBD::Pg reads every view # SKIP libdbd-pg-perl is not installed"
fi

finish
