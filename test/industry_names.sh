#!/bin/bash
# Names, codes and countries: what a printed text of a column means.
#
# Countries are compared with what we did not write: Debian's iso-codes 4.15.0,
# of which test/industry/iso-codes-4.15.0.csv holds every form (and the package
# itself, of whatever version, where it is installed), and the names that
# statistical publishers print, in test/industry/country_forms.csv, each judged by
# hand.  The codes of form EIA-860 and their meanings are those of its
# instructions.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
db=battery_test_industry_names
create_database $db
"$root/bin/battery-industry" setup -q -d $db

# refused NAME SQLSTATE "PART OF MESSAGE OR HINT" SQL
refused()
{
	local got

	got=$(psql -X -q -A -t -v VERBOSITY=verbose -d $db -c "$4" 2>&1 || true)
	if grep -q "ERROR:  $2:" <<<"$got" && grep -qF -- "$3" <<<"$got"; then
		ok "$1"
	else
		not_ok "$1"
		remark <<<"$got"
	fi
}

query $db <<SQL
CREATE TABLE iso (alpha_2 text, alpha_3 text, number text, name text, common_name text, official_name text);
\copy iso FROM '$root/test/industry/iso-codes-4.15.0.csv' CSV HEADER
CREATE TABLE publisher_form (publisher text, printed text, reading text);
\copy publisher_form FROM '$root/test/industry/country_forms.csv' CSV HEADER
CREATE VIEW iso_form AS
SELECT alpha_2, f.kind, f.form FROM iso, LATERAL (VALUES ('alpha-2', alpha_2), ('alpha-3', alpha_3), ('numeric', number), ('short', name), ('common', common_name), ('official', official_name)) f (kind, form)
WHERE f.form <> '';
-- what one text comes to, in one word
CREATE FUNCTION reading(printed text, lists text[] DEFAULT '{}', alpha2 boolean DEFAULT false) RETURNS text LANGUAGE sql STABLE
RETURN (SELECT CASE WHEN r.missing THEN 'missing' WHEN r.sqlstate = '22P02' THEN 'ambiguous' WHEN r.sqlstate = '23503' THEN 'unknown' ELSE coalesce(r.country, r.row_kind, 'none') END
		FROM industry.read_country(printed, lists, alpha2) AS r);
SQL

# ---- countries ----

same "the list of countries is ISO's, and Kosovo" "XK" \
	"$(query $db -c "SELECT string_agg(country, ' ') FROM industry.country WHERE country NOT IN (SELECT alpha_2 FROM iso)")"
none "every form of iso-codes is the country that it says, but for two that could be another" $db \
	"SELECT alpha_2, kind, form, reading(form, CASE kind WHEN 'numeric' THEN '{iso-3166-numeric}'::text[] ELSE '{}' END) AS reads FROM iso_form
	 WHERE reading(form, CASE kind WHEN 'numeric' THEN '{iso-3166-numeric}'::text[] ELSE '{}' END) <> alpha_2
	   AND NOT (form, kind) IN (('Congo', 'short'), ('NA', 'alpha-2'))"
is "all of them were tried" "249 alpha-2, 249 alpha-3, 11 common, 249 numeric, 173 official, 249 short" \
	"SELECT string_agg(n || ' ' || kind, ', ' ORDER BY kind) FROM (SELECT kind, count(*) AS n FROM iso_form GROUP BY kind) k"
none "in capitals, in lower case, without accents, with blanks around, in other words for and and Saint, too" $db \
	"SELECT form, t, reading(t) FROM iso_form, LATERAL (VALUES (upper(form)), (lower(form)), (translate(form, 'ÅéçôüãíéÉ', 'AecouaieE')), ('  ' || form || ' '), (replace(form, ' and ', ' & ')), (replace(form, 'Saint', 'St.'))) v (t)
	 WHERE kind IN ('short', 'common', 'official') AND form <> 'Congo' AND reading(t) <> alpha_2"
none "alpha-2 codes in a column of them, in small letters, too" $db \
	"SELECT alpha_2 FROM iso WHERE reading(alpha_2, '{}', true) <> alpha_2 OR reading(lower(alpha_2), '{}', true) <> alpha_2"
none "a number alone is none, whatever the zeros" $db \
	"SELECT number FROM iso WHERE reading(number) <> 'unknown' OR reading(ltrim(number, '0'), '{un-comtrade}') IS DISTINCT FROM alpha_2"
none "what publishers print is what they mean by it" $db \
	"SELECT f.*, reading(printed) AS reads FROM publisher_form f WHERE reading(printed) IS DISTINCT FROM reading"
is "ambiguous are, with all their readings" "18" "SELECT count(DISTINCT industry.country_key(printed)) FROM publisher_form WHERE reading = 'ambiguous' AND printed <> 'NA'"
is "both readings are named" "It could be Congo (Dem. Rep.) (CD) or Congo (Rep.) (CG)." "SELECT detail FROM industry.read_country('Congo')"
is "with the option for each" 'Set the option codes of the source to {"codes": {"country": {"Korea": "KP"}}} or {"codes": {"country": {"Korea": "KR"}}}, or add a row to industry.country_alias for every source.' \
	"SELECT hint FROM industry.read_country('Korea')"
is "which settles it" "KR" "SELECT country FROM industry.read_country('Korea', own => industry.own_codes('{\"country\": {\"Korea\": \"KR\"}}', 'country'))"
is "as a list does" "KR CG" "SELECT reading('Korea', '{iea}') || ' ' || reading('Congo', '{un-comtrade}')"
none "no key of two countries is read as one of them" $db \
	"SELECT spelling_key FROM industry.country_spelling WHERE spelling_key <> '' GROUP BY 1
	 HAVING count(DISTINCT coalesce(country, row_kind)) > 1 AND min(reading(spelling)) IS DISTINCT FROM 'ambiguous'"
is "England is a part, and said to be" "GB|part of the United Kingdom (GB-ENG)" "SELECT country, note FROM industry.read_country('England')"
is "Other Asia is Taiwan in practice, and said to be" "TW|t" "SELECT country, note LIKE 'UN Comtrade''s heading%' FROM industry.read_country('Other Asia, nes')"
is "find_country knows one reading only" "KR||GB|" "SELECT industry.find_country('Rep. of Korea'), industry.find_country('Korea'), industry.find_country('Wales'), industry.find_country('World')"
query $db -c "INSERT INTO industry.country_alias (alias, country) VALUES ('Korea', 'KR'), ('the Greek North', 'GR')"
is "a user's alias goes first" "KR GR" "SELECT reading('korea') || ' ' || reading('The Greek North')"
query $db -c "DELETE FROM industry.country_alias"
is "areas that are not specified are the remainder, no missing country" "remainder remainder missing" "SELECT concat_ws(' ', reading('Not specified'), reading('Areas, nes'), reading('n/a'))"
is "a code of a list goes before everything" "FR" "SELECT reading('251', '{un-comtrade}')"

# The package itself, where it is installed: a newer one has newer names, which
# must never be another country's, and old enough ones are all known.
json=/usr/share/iso-codes/json/iso_3166-1.json
if [ -r $json ]; then
	query $db <<SQL
CREATE TABLE package (line text);
\copy package FROM PROGRAM 'tr -d ''\n\t\b'' <$json' (DELIMITER E'\x01', FORMAT csv, QUOTE E'\x02')
SQL
	none "the iso-codes that is installed here says nothing else" $db \
		"SELECT e ->> 'alpha_2', f.form, reading(f.form) FROM package, jsonb_array_elements(line::jsonb -> '3166-1') e,
			LATERAL (VALUES (e ->> 'name'), (e ->> 'common_name'), (e ->> 'official_name'), (e ->> 'alpha_3')) f (form)
		 WHERE f.form IS NOT NULL AND reading(f.form) NOT IN (e ->> 'alpha_2', 'unknown') AND f.form <> 'Congo'"
fi

# ---- missing marks ----

is "marks hold in every column" "t" \
	"SELECT bool_and(industry.is_missing(m, k)) FROM unnest(ARRAY['', ' ', '-', '—', 'n/a', 'N.A.', 'nan', 'NaN', 'None', '<NA>', 'null', '..', ':', 'W', U&'\00A0']) m, unnest(ARRAY['country', 'alpha2', 'chemistry', 'maker', NULL]) k
	 WHERE NOT (k = 'alpha2' AND m = 'na')"
is "as the whole cell" "f" "SELECT bool_or(industry.is_missing(m, 'maker')) FROM unnest(ARRAY['Nanya', 'None Such Ltd', 'nan gang', 'NA Battery', 'Wanxiang', 'x', 'NAN-1']) m"
is "and not where the text is a code of the column" "country:NA alpha2:NA alpha2:na chemistry:NA chemistry:Na chemistry:na status:Unknown" \
	"SELECT string_agg(k || ':' || m, ' ' ORDER BY o) FROM (VALUES (1, 'country', 'NA'), (2, 'alpha2', 'NA'), (3, 'alpha2', 'na'), (4, 'chemistry', 'NA'), (5, 'chemistry', 'Na'), (6, 'chemistry', 'na'), (7, 'status', 'Unknown'),
		(8, 'maker', 'NA'), (9, 'country', 'n/a'), (10, 'status', 'NA'), (11, 'country', 'nan'), (12, 'chemistry', 'not specified')) v (o, k, m) WHERE NOT industry.is_missing(m, k)"
is "NA among alpha-2 codes is Namibia, elsewhere it could be both" "t f f f|NA|ambiguous" \
	"SELECT concat_ws(' ', industry.is_alpha2_column('{NA,US,CN,World,—,EL}'), industry.is_alpha2_column('{NA}'), industry.is_alpha2_column('{NA,China,US}'), industry.is_alpha2_column('{NA,QQ}')), reading('NA', '{}', true), reading('NA')"
is "and each way out is an option" "NA missing" \
	"SELECT (SELECT country FROM industry.read_country('NA', own => '{\"NA\": \"Namibia\"}')) || ' ' || (SELECT CASE WHEN missing THEN 'missing' END FROM industry.read_country('NA', own => '{\"NA\": null}'))"

# ---- chemistries ----

is "the codes of form EIA-860" "ECC:-,FLB:flow,LIB:Li-ion,MAB:metal-air,NAB:sodium,NIB:Ni-alkaline,OTH:-,PBB:lead-acid" \
	"SELECT string_agg(c || ':' || coalesce(r.chemistry::text, '-'), ',' ORDER BY c) FROM unnest(ARRAY['LIB', 'NIB', 'NAB', 'PBB', 'FLB', 'MAB', 'ECC', 'OTH']) c, industry.read_chemistry(c, '{eia-860}') r
	 WHERE r.problem IS NULL AND NOT r.missing"
is "of which two are no chemistry, and not missing" "other" "SELECT note FROM industry.read_chemistry('OTH', '{eia-860}') WHERE chemistry IS NULL AND NOT missing"
is "without the list, NIB is ambiguous, and says so" '22P02|"NIB" could be Na-ion or Ni-alkaline: sodium-ion to most, and nickel-based in the US register of generators (form EIA-860).' \
	"SELECT sqlstate, detail FROM industry.read_chemistry('NIB', '{}')"
is "Na is no missing mark" "f|22P02" "SELECT missing, sqlstate FROM industry.read_chemistry('Na', '{}')"
is "a code of the source's own, in any case; null is missing" "LFP t" \
	"SELECT (SELECT chemistry FROM industry.read_chemistry('b1', '{}', '{\"B1\": \"LiFePO4\"}')) || ' ' || (SELECT left(missing::text, 1) FROM industry.read_chemistry('NA', '{}', '{\"NA\": null}'))"
query $db <<'SQL'
INSERT INTO industry.publisher (publisher) VALUES ('Register Office');
INSERT INTO industry.source (source, publisher, edition, published, options) VALUES ('ro-1', 'Register Office', '1', '2025-01-01', '{"codes": {"chemistry": ["eia-860", {"XYZ": "NMC622"}]}}');
INSERT INTO industry.code_list (list, field, code, meaning) VALUES ('ro-1', 'chemistry', 'NIB', 'Na-ion'), ('Register Office', 'chemistry', 'LIB', 'LFP'), ('Register Office', 'chemistry', 'ZZ', 'VRFB');
SQL
is "a source's lists: its own, the named ones, its publisher's" "{ro-1,eia-860,\"Register Office\"}" \
	"SELECT industry.code_lists(options -> 'codes', 'chemistry', source, publisher) FROM industry.source WHERE source = 'ro-1'"
is "are asked in that order, its option before them" "LIB:Li-ion,NIB:Na-ion,PBB:lead-acid,XYZ:NMC622,ZZ:VRFB" \
	"SELECT string_agg(c || ':' || r.chemistry, ',' ORDER BY c) FROM industry.source s, unnest(ARRAY['LIB', 'NIB', 'PBB', 'ZZ', 'XYZ']) c,
		industry.read_chemistry(c, industry.code_lists(s.options -> 'codes', 'chemistry', s.source, s.publisher), industry.own_codes(s.options -> 'codes', 'chemistry')) r WHERE s.source = 'ro-1'"
refused "a code that is to mean no chemistry is refused where it is put down" 23514 "code_list_chemistry" \
	"INSERT INTO industry.code_list (list, field, code, meaning) VALUES ('x', 'chemistry', 'A', 'nonsense')"
refused "and one that is to mean an ambiguous one" 23514 "code_list_chemistry" \
	"INSERT INTO industry.code_list (list, field, code, meaning) VALUES ('x', 'chemistry', 'A', 'NIB')"
refused "or no status" 23514 "code_list_status" "INSERT INTO industry.code_list (list, field, code, meaning) VALUES ('x', 'status', 'A', 'maybe')"
refused "or no country" 23514 "code_list_country" "INSERT INTO industry.code_list (list, field, code, meaning) VALUES ('x', 'country', 'A', 'Narnia')"
is "the option codes: lists, codes, and arrays of both" "right" \
	"SELECT 'right' FROM industry.check_codes('{\"chemistry\": \"eia-860\", \"status\": [\"eia-860\", {\"Consented\": \"permitted\", \"?\": null}], \"country\": {\"K\": \"Korea, Rep.\", \"EU\": \"subtotal\"}}')"
refused "a list that there is not" 22023 "The lists are" "SELECT industry.check_codes('{\"chemistry\": \"eia-861\"}')"
refused "a list of another column" 22023 'no list "un-comtrade" for status' "SELECT industry.check_codes('{\"status\": \"un-comtrade\"}')"
refused "a column that has no codes" 22023 '"maker" is no column' "SELECT industry.check_codes('{\"maker\": {\"A\": \"CATL\"}}')"
refused "the question mark of a hint, copied as it is" 22023 '"?" is no status' "SELECT industry.check_codes('{\"status\": {\"Active\": \"?\"}}')"
refused "an ambiguous country" 22023 '"Korea" is no country' "SELECT industry.check_codes('{\"country\": {\"K\": \"Korea\"}}')"
refused "a number" 22023 'must be the name of a list' "SELECT industry.check_codes('{\"country\": 7}')"
refused "no object" 22023 'codes must be an object' "SELECT industry.check_codes('\"eia-860\"')"

# ---- status ----

is "the codes of form EIA-860" "CN:cancelled,IP:cancelled,L:planned,OA:standby_or_out_of_service,OP:operating,OS:standby_or_out_of_service,OT:unknown,P:planned,RE:retired,SB:standby_or_out_of_service,T:permitted,TS:under_construction,U:under_construction,V:under_construction" \
	"SELECT string_agg(c || ':' || r.status, ',' ORDER BY c) FROM unnest(ARRAY['OP', 'SB', 'OS', 'OA', 'RE', 'CN', 'IP', 'P', 'L', 'T', 'U', 'V', 'TS', 'OT']) c, industry.read_status(c, '{eia-860}') r"
none "a code without its list is not known" $db "SELECT c FROM unnest(ARRAY['OP', 'SB', 'P', 'U', 'TS', 'CN']) c, industry.read_status(c) r WHERE r.sqlstate IS DISTINCT FROM '22P02' OR r.status IS NOT NULL"
is "as form EIA-860M prints them, with the list and without" "operating operating under_construction planned cancelled" \
	"SELECT string_agg(coalesce(r.status, r.problem), ' ' ORDER BY o) FROM (VALUES (1, '(OP) Operating', '{eia-860}'::text[]), (2, '(OP) Operating', '{}'), (3, '(TS) Construction complete, but not yet in commercial operation', '{eia-860}'),
		(4, '(P) Planned for installation, but regulatory approvals not initiated', '{}'), (5, '(IP) Planned new generator cancelled, indefinitely postponed, or no longer in resource plan', '{eia-860}')) v (o, t, l), industry.read_status(t, l) r"
is "a code and words that differ" '"(OP) Retired" says two things|"OP" is operating, and "Retired" is retired.' "SELECT problem, detail FROM industry.read_status('(OP) Retired', '{eia-860}')"
is "words" "operating operating operating operating under_construction under_construction planned planned announced permitted permitted retired retired cancelled cancelled cancelled cancelled standby_or_out_of_service unknown planned" \
	"SELECT string_agg(coalesce(r.status, r.problem), ' ' ORDER BY o) FROM unnest(ARRAY['Operating', 'operational', 'In Service', 'commissioned', 'Under construction', 'in construction', 'Planned', 'Proposed', 'announced', 'Permitted', 'Awaiting Construction',
		'retired', 'De-Commissioned', 'Cancelled', 'canceled', 'shelved', 'Application Refused', 'Mothballed', 'Unknown', 'PRE-CONSTRUCTION']) WITH ORDINALITY v (t, o), industry.read_status(t) r"
none "the values are read as they are written" $db \
	"SELECT v FROM unnest(ARRAY['announced', 'planned', 'permitted', 'under_construction', 'operating', 'standby_or_out_of_service', 'retired', 'cancelled', 'unknown']) v WHERE (SELECT status::text FROM industry.read_status(v)) IS DISTINCT FROM v"
none "words that say two things are refused, with the option to set" $db \
	"SELECT t, r.* FROM unnest(ARRAY['Active', 'suspended', 'on hold', 'completed', 'approved', 'Phase 2', 'Revised', 'OP']) t, industry.read_status(t) r
	 WHERE r.status IS NOT NULL OR r.sqlstate IS DISTINCT FROM '22P02' OR position(format('{\"codes\": {\"status\": {\"%s\": \"?\"}}}', t) IN r.hint) = 0"
is "missing is missing" "t t f" "SELECT concat_ws(' ', (SELECT missing FROM industry.read_status('n/a')), (SELECT missing FROM industry.read_status('')), (SELECT missing FROM industry.read_status('unknown')))"
is "a bad value of the type is refused" "f" "SELECT industry.is_status('maybe')"
refused "by the type itself" 23514 project_status_is_known "SELECT 'maybe'::industry.project_status"

# ---- names that a load did not know ----

# load KIND: the file on standard input, without its summary
load()
{
	cat >"$tmp/$1.csv"
	PGDATABASE=$db "$root/bin/battery-load" "$@" "$tmp/$1.csv" >"$tmp/out" 2>&1 || true
}
query $db <<'SQL'
INSERT INTO industry.source (source, publisher, edition, published) VALUES ('ro-2', 'Register Office', '2', '2025-02-01');
INSERT INTO industry.maker (maker, name) VALUES ('Acme', 'Acme Battery Ltd'), ('Known', 'Known Ltd');
SQL
printf 'maker,amount,period,metric,basis,country\nAcme Batery Ltd,1,2024,shipments,installed,CN\nBolt One,2,2024,shipments,installed,CN\nBolt Two,3,2024,shipments,installed,CN\n' | load maker_share --source=ro-2
is "names are proposed" "Acme Batery Ltd:alias:Acme,Bolt One:new:Bolt One,Bolt Two:new:Bolt Two" \
	"SELECT string_agg(concat_ws(':', name, proposal, proposed_as), ',' ORDER BY name) FROM industry.propose_names()"
query $db -c "INSERT INTO industry.maker (maker, name) VALUES ('Bolt-One', 'Bolt One Inc')"
is "but not one that has become known" "Acme Batery Ltd,Bolt Two" "SELECT string_agg(name, ',' ORDER BY name) FROM industry.propose_names()"
refused "which there is nothing to decide about" 23505 "re-drive the load" "SELECT industry.accept_name('maker', 'Bolt One', 'new')"
# the maker that one is to be an alias of is no longer there
query $db -c "UPDATE industry.unknown_name SET proposed = 'Nobody' WHERE name = 'Acme Batery Ltd'"
same "the others are accepted" "1" "$(query $db -c "SELECT industry.accept_names()" 2>"$tmp/errors")"
same "and what is left is said" 'WARNING:  maker "Acme Batery Ltd" was left: maker "Nobody" is not known|HINT:  Name a known one, or decide new.|' "$(tr '\n' '|' <"$tmp/errors")"
is "one only was made" "Acme,Bolt Two,Bolt-One,Known" "SELECT string_agg(maker, ',' ORDER BY maker) FROM industry.maker"
is "and one is left" "Acme Batery Ltd" "SELECT string_agg(name, ',') FROM industry.propose_names()"
same "a name that is not there is said" "0" "$(query $db -c "SELECT industry.accept_names(only_names => '{Nothing}')" 2>"$tmp/errors")"
same "with a warning" 'WARNING:  no undecided name is "Nothing"' "$(head -n 1 "$tmp/errors")"

printf 'source,publisher,edition,published\nro-two,Register Office,2,2025-02-01\n' | load source
same "a source on file under another handle is named" 'line 2, source: edition 2 of Register Office is on file as "ro-2". Write "ro-2" for it, here and as --source; or give one of the two another title, where they are two reports. Nearest known: ro-2.' \
	"$(grep '^line 2' "$tmp/out")"
printf 'source,publisher,title,edition,published\nro-two,Register Office,Another report,2,2025-02-01\nro-3,Register Office,,3,2025-03-01\nro-three,Register Office,,3,2025-03-01\n' | load source
same "two reports are two, and two handles of one edition in a file are one" 'line 4, source: line 3 has the same edition of Register Office, as "ro-3". Keep one of the two, or give one of them another title, where they are two reports.' \
	"$(grep '^line' "$tmp/out")"

# ---- what an upgrade does ----

query $db <<'SQL'
DELETE FROM industry.code_list WHERE list = 'eia-860' AND code = 'OP';
UPDATE industry.code_list SET meaning = 'retired' WHERE list = 'eia-860' AND code = 'SB';
DELETE FROM industry.country_spelling WHERE country = 'DE';
INSERT INTO industry.country_alias (alias, country) VALUES ('Korea', 'KR');
SQL
"$root/bin/battery-industry" upgrade -q --again -d $db
is "an upgrade sets the shipped lists back, and leaves the user's rows" "operating standby_or_out_of_service DE KR LFP" \
	"SELECT concat_ws(' ', (SELECT status FROM industry.read_status('OP', '{eia-860}')), (SELECT status FROM industry.read_status('SB', '{eia-860}')), reading('Federal Republic of Germany'), reading('Korea'),
		(SELECT chemistry FROM industry.read_chemistry('LIB', '{\"Register Office\"}')))"

# A schema of before these tables: aliases were shipped once, with facts and
# aliases of its owner's beside them.
query $db <<'SQL'
DROP TABLE industry.country_spelling, industry.code_list CASCADE;
DROP DOMAIN industry.project_status CASCADE;
DELETE FROM industry.country_alias;
DELETE FROM industry.country WHERE country = 'XK';
UPDATE industry.country SET name = 'Micronesia' WHERE country = 'FM';
INSERT INTO industry.country_alias (alias, country) VALUES ('Korea', 'KR'), ('UK', 'GB'), ('Türkiye', 'TR'), ('Cathay', 'CN');
INSERT INTO industry.maker (maker, name, country) VALUES ('M', 'M Ltd', 'KR');
SQL
"$root/bin/battery-industry" upgrade -q --again -d $db
is "an older schema gets them, and its shipped aliases go" "Cathay|ambiguous|GB|CN|XK|FM|KR" \
	"SELECT (SELECT string_agg(alias, ',') FROM industry.country_alias), reading('Korea'), reading('UK'), reading('Cathay'), reading('Kosovo'), reading((SELECT name FROM industry.country WHERE country = 'FM')), (SELECT country FROM industry.maker WHERE maker = 'M')"

finish
