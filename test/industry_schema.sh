#!/bin/bash
# The schema industry as something that lives in a user's database: set-up,
# rights, dump and restore, a moved or updated extension, what users add to the
# tables, and upgrades.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

root=${BATTERY_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
kit=$root/bin/battery-industry
db=battery_test_industry
owner=battery_test_owner
create_role $owner LOGIN
create_role battery_test_other LOGIN
create_role battery_test_reader LOGIN
create_role battery_test_loader LOGIN
create_role battery_test_curator LOGIN
# Owners of databases are dropped after them.
create_database $db
query postgres -c "ALTER DATABASE $db OWNER TO $owner"

schema_of()
{
	# The token of \restrict is new in every dump.
	pg_dump -s -n industry "$1" | grep -v '^\\\(un\)\?restrict'
}

# Everything that the reading side answers, as text, without what differs from
# one database to another.
answers()
{
	query "$1" -f "$root/test/industry/answers.sql"
}

# set-up

run "status says that nothing is set up" 3 "$kit" status -d $db
PGUSER=$owner run "a database's owner sets it up without being a superuser" 0 "$kit" setup -d $db
run "status says that it is up to date" 0 "$kit" status -d $db
same "the version is the kit's" "$(awk '$1 == "version" { print $2 }' "$root/src/industry/parts")" "$(query $db -c 'SELECT industry.version()')"
none "every object belongs to that owner" $db \
	"SELECT relname FROM pg_class WHERE relnamespace = 'industry'::regnamespace AND relowner <> '$owner'::regrole
	 UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'industry'::regnamespace AND proowner <> '$owner'::regrole"
schema_of $db >"$tmp/before"
PGUSER=$owner run "setting it up again succeeds" 0 "$kit" setup -d $db
"$kit" sql >"$tmp/industry.sql"
PGUSER=$owner run "so does the single script" 0 psql -X -d $db -f "$tmp/industry.sql"
schema_of $db >"$tmp/after"
same "and changes nothing" "$(cksum <"$tmp/before")" "$(cksum <"$tmp/after")"
PGUSER=$owner run "upgrading what is up to date succeeds" 0 "$kit" upgrade -d $db
run "a wrong command is a usage error" 2 "$kit" set-up -d $db
run "an unreachable server is an error" 1 "$kit" status -h "$tmp" -d $db

create_database ${db}_two
"$kit" setup -q -d ${db}_two >"$tmp/one" 2>&1 &
first=$!
run "of two set-ups at a time one waits" 0 "$kit" setup -q -d ${db}_two
rc=0
wait $first || rc=$?
same "and both succeed" 0 "$rc"
same "the single script makes the same schema" "$(grep -v -i 'owner' "$tmp/before" | cksum)" \
	"$(query ${db}_two -c 'DROP SCHEMA industry CASCADE' >/dev/null 2>&1; psql -X -q -d ${db}_two -f "$tmp/industry.sql" >/dev/null; schema_of ${db}_two | grep -v -i 'owner' | cksum)"

create_database ${db}_latin
query postgres -c "DROP DATABASE ${db}_latin" -c "CREATE DATABASE ${db}_latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"
run "a database that is not UTF8 is refused" 1 "$kit" setup -d ${db}_latin
same "with a hint" 1 "$(grep -c "HINT:.*ENCODING 'UTF8'" "$tmp/out")"
create_database ${db}_taken
query ${db}_taken -c 'CREATE SCHEMA industry'
run "another schema of that name is refused" 1 "$kit" setup -d ${db}_taken
same "with a hint" 1 "$(grep -c 'HINT:.*RENAME' "$tmp/out")"

# what the catalogs say

none "every table, view, sequence and column has a comment" $db \
	"SELECT relname FROM pg_class WHERE relnamespace = 'industry'::regnamespace AND relkind IN ('r', 'v')
		AND coalesce(obj_description(oid, 'pg_class'), '') = ''
	 UNION ALL
	 SELECT relname || '.' || attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
	 WHERE relnamespace = 'industry'::regnamespace AND relkind IN ('r', 'v') AND attnum > 0 AND NOT attisdropped
		AND coalesce(col_description(c.oid, attnum), '') = ''"
none "every function has a comment" $db \
	"SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'industry'::regnamespace
		AND coalesce(obj_description(oid, 'pg_proc'), '') = ''"
none "SQL functions have parsed bodies, others, and those that stand between a view and tables, a pinned search_path" $db \
	"SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
	 WHERE pronamespace = 'industry'::regnamespace
	   AND NOT CASE lanname WHEN 'sql' THEN prosqlbody IS NOT NULL OR 'search_path=pg_catalog, industry, pg_temp' = ANY (proconfig)
							WHEN 'plpgsql' THEN 'search_path=pg_catalog, industry, pg_temp' = ANY (proconfig) ELSE false END"
# The same of both kits
"$root/bin/battery-rollup" setup -q -d $db -U battery_test_owner
none "every table has a key, or is its own, without which a publication would let nobody change it" $db \
	"SELECT c.oid::regclass FROM pg_class c WHERE relnamespace IN ('industry'::regnamespace, 'battery_rollup'::regnamespace) AND relkind = 'r' AND relreplident NOT IN ('f', 'i')
	   AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)"
none "no function promises more than one that it calls" $db \
	"SELECT p.oid::regprocedure || ' calls ' || q.oid::regprocedure
	 FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_proc'::regclass JOIN pg_proc q ON q.oid = d.refobjid
	 WHERE p.pronamespace IN ('industry'::regnamespace, 'battery_rollup'::regnamespace)
	   AND (strpos('vsi', p.provolatile::text) > strpos('vsi', q.provolatile::text) OR strpos('urs', p.proparallel::text) > strpos('urs', q.proparallel::text))"
none "no function is leakproof" $db \
	"SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace IN ('industry'::regnamespace, 'battery_rollup'::regnamespace) AND p.proleakproof"
none "sets have an estimate of rows, arguments have names" $db \
	"SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace IN ('industry'::regnamespace, 'battery_rollup'::regnamespace)
	   AND (p.proretset <> (p.prorows > 0) OR (p.pronargs > 0 AND (p.proargnames IS NULL OR '' = ANY (p.proargnames[1:p.pronargs]))) OR p.prosupport <> 0)"
# A server before 17 starts no subtransaction while workers run, not even for the leader.
none "no function with an exception block is PARALLEL SAFE, nor one that calls another that is not" $db \
	"SELECT p.oid::regprocedure::text FROM pg_proc p
	 WHERE p.pronamespace IN ('industry'::regnamespace, 'battery_rollup'::regnamespace) AND p.proparallel = 's'
	   AND (p.prosrc ~ '\mEXCEPTION\s+WHEN\M'
			OR EXISTS (SELECT FROM pg_depend d JOIN pg_proc q ON q.oid = d.refobjid AND d.refclassid = 'pg_proc'::regclass
					   WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND q.proparallel <> 's'))"
# Citus distributes no table of which a view depends on a function that depends on it.
none "no view depends on a function that depends on a table, directly or through others" $db \
	"WITH RECURSIVE reader AS (
		SELECT d.objid FROM pg_depend d JOIN pg_class c ON c.oid = d.refobjid AND c.relnamespace = 'industry'::regnamespace
		WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_class'::regclass
		UNION
		SELECT d.objid FROM pg_depend d JOIN reader r ON r.objid = d.refobjid
		WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_proc'::regclass)
	 SELECT DISTINCT w.ev_class::regclass || ' ' || r.objid::regprocedure
	 FROM reader r JOIN pg_depend d ON d.refclassid = 'pg_proc'::regclass AND d.refobjid = r.objid AND d.classid = 'pg_rewrite'::regclass
	 JOIN pg_rewrite w ON w.oid = d.objid"
none "only functions that read no table, or write, are not STABLE as they should be" $db \
	"SELECT p.oid::regprocedure::text FROM pg_proc p
	 WHERE pronamespace = 'industry'::regnamespace AND provolatile = 'i'
	   AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass)"
none "no foreign key refers to a table of facts" $db \
	"SELECT conname FROM pg_constraint c WHERE contype = 'f'
		AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.confrelid AND a.attname = 'fact_id')"
none "every foreign key of a table that is not one of facts has an index, where rows referred to may go" $db \
	"SELECT conrelid::regclass || ' ' || conname FROM pg_constraint c
	 WHERE contype = 'f' AND connamespace = 'industry'::regnamespace
	   AND conrelid::regclass::text NOT IN ('industry.source', 'industry.series', 'industry.statement_set', 'industry.plant', 'industry.control_item')
	   AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])
	   -- joint ventures: an exclusion constraint leads with the column
	   AND conrelid <> 'industry.joint_venture_member'::regclass AND conrelid <> 'industry.maker_parent'::regclass"
# A function's result has the columns that the function says.
found=$(grep -nE 'SELECT[[:space:]]+\*|(SELECT|,)[[:space:]]+[a-z_]+\.\*|INSERT INTO [a-z_.]+[[:space:]]+(VALUES|SELECT)' "$root"/src/industry/*.sql |
	grep -vE -- "--|HINT =|SELECT \* INTO [a-z_]+ FROM [a-z_.]+\(" || true)
if [ -z "$found" ]; then
	ok "the SQL names its columns: users may add some"
else
	not_ok "the SQL names its columns: users may add some"
	remark <<<"$found"
fi

# rules of the tables

query $db -f "$root/test/industry/fixture.sql"
# refused NAME SQLSTATE SQL
refused()
{
	local got

	got=$(psql -X -q -A -t -v VERBOSITY=sqlstate -d $db -c "$3" 2>&1 || true)
	same "$1" "ERROR:  $2" "$got"
}
refused "a parent that is owned by its child is refused" 23514 \
	"INSERT INTO industry.maker_parent (maker_id, parent_id) VALUES (industry.find_maker('LG Chem'), industry.find_maker('LGES'))"
refused "a second parent on one day is refused" 23P01 \
	"INSERT INTO industry.maker_parent (maker_id, parent_id) VALUES (industry.find_maker('LGES'), industry.find_maker('BYD'))"
refused "one name for two makers on one day is refused" 23P01 \
	"INSERT INTO industry.maker_alias (alias, maker_id, valid) VALUES ('lg.', industry.find_maker('BYD'), '[2022-01-01,2023-01-01)')"
refused "a set of another publisher's series is refused" 23503 \
	"INSERT INTO industry.statement_set (series_id, source_id, publisher) SELECT s.series_id, o.source_id, s.publisher
	 FROM industry.series s, industry.source o WHERE s.publisher = 'TCIP' AND o.source = 'usgs-2025' LIMIT 1"
refused "a second set of one series, source and period is refused" 23505 \
	"INSERT INTO industry.statement_set (series_id, source_id, publisher, period_first, period_last)
	 SELECT series_id, source_id, publisher, period_first, period_last FROM industry.statement_set LIMIT 1"
refused "a member twice in a set is refused" 23505 \
	"INSERT INTO industry.maker_share_observation (set_id, source_id, maker_id, as_printed, amount)
	 SELECT set_id, source_id, maker_id, '1', 1 FROM industry.maker_share_observation WHERE row_kind = 'member' LIMIT 1"
refused "a total that names a maker is refused" 23514 \
	"INSERT INTO industry.maker_share_observation (set_id, source_id, row_kind, maker_id, as_printed, amount)
	 SELECT set_id, source_id, 'stated_total', maker_id, '1', 1 FROM industry.maker_share_observation WHERE row_kind = 'member' LIMIT 1"
refused "a value that is withheld and given is refused" 23514 \
	"INSERT INTO industry.maker_share_observation (set_id, source_id, row_kind, as_printed, qualifier, missing_reason, amount)
	 SELECT set_id, source_id, 'subtotal', '1', NULL, 'withheld', 1 FROM industry.maker_share_observation LIMIT 1"
refused "US$ of another currency's column are refused" 23514 \
	"INSERT INTO industry.price_observation (set_id, source_id, as_printed, amount_per_kwh, currency)
	 SELECT set_id, source_id, '1', 1, 'USD' FROM industry.price_observation LIMIT 1"
refused "a real series without a base year is refused" 23514 \
	"INSERT INTO industry.series (publisher, kind, metric, scope, price_or_cost, money_basis) VALUES ('TCIP', 'price', 'x', 'cell', 'price', 'real')"

answers $db >"$tmp/answers"
same "the fixture is read (lines of answers)" yes "$([ "$(wc -l <"$tmp/answers")" -gt 250 ] && echo yes || wc -l <"$tmp/answers")"

# rights

query $db -c "SELECT industry.grant_access('battery_test_reader', 'battery_test_loader', 'battery_test_curator')" >/dev/null
none "a reader may read bi views and nothing else" $db \
	"SELECT relname FROM pg_class WHERE relnamespace = 'industry'::regnamespace AND relkind IN ('r', 'v', 'S')
		AND has_any_column_privilege('battery_test_reader', oid, 'SELECT') <> (relkind = 'v' AND relname LIKE 'bi\_%') AND relkind <> 'S'
	 UNION ALL
	 SELECT relname FROM pg_class WHERE relnamespace = 'industry'::regnamespace AND relkind IN ('r', 'v')
		AND (has_any_column_privilege('battery_test_reader', oid, 'INSERT, UPDATE') OR has_table_privilege('battery_test_reader', oid, 'DELETE, TRUNCATE'))"
none "whatever runs with its owner's rights is for those only to whom it was granted, and says where it looks" $db \
	"SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'industry'::regnamespace AND prosecdef
		AND (has_function_privilege('battery_test_other', oid, 'EXECUTE') OR (NOT has_function_privilege('battery_test_reader', oid, 'EXECUTE') AND prorettype <> 'trigger'::regtype)
			 OR NOT coalesce('search_path=pg_catalog, industry, pg_temp' = ANY (proconfig), false))"
none "a reader can read every bi view" $db \
	"SET ROLE battery_test_reader; $(query $db -c "SELECT string_agg(format('SELECT NULL FROM (SELECT count(*) AS n FROM industry.%I) AS v WHERE n < 0', relname), ' UNION ALL ')
		FROM pg_class WHERE relnamespace = 'industry'::regnamespace AND relkind = 'v' AND relname LIKE 'bi\_%'")"
none "loader and curator may add facts, and nobody changes or removes one" $db \
	"SELECT r || ' ' || relname FROM pg_class c, unnest('{battery_test_loader,battery_test_curator}'::text[]) AS r
	 WHERE relnamespace = 'industry'::regnamespace AND relkind IN ('r', 'p')
	   AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'fact_id')
	   AND NOT (has_table_privilege(r, c.oid, 'SELECT') AND has_table_privilege(r, c.oid, 'INSERT')
				AND NOT has_any_column_privilege(r, c.oid, 'UPDATE') AND NOT has_table_privilege(r, c.oid, 'DELETE, TRUNCATE'))"
none "a loader may not change makers, aliases or sources" $db \
	"SELECT relname FROM pg_class WHERE oid IN ('industry.maker'::regclass, 'industry.maker_alias'::regclass, 'industry.source'::regclass)
		AND has_any_column_privilege('battery_test_loader', oid, 'UPDATE')"
same "others may not even look" f "$(query $db -c "SELECT has_schema_privilege('battery_test_other', 'industry', 'USAGE')")"
refused "only the owner hands out rights" 42501 "SET ROLE battery_test_loader; SELECT industry.grant_access('battery_test_other')"
refused "a role that does not exist is refused" 42704 "SELECT industry.grant_access('battery_test_nobody')"
refused "a role's name is no SQL" 42704 "SELECT industry.grant_access('x; DROP SCHEMA industry CASCADE')"

# dump and restore, into another user's database, by that user

pg_dump -Fc -f "$tmp/dump" $db
create_database ${db}_copy
query postgres -c "ALTER DATABASE ${db}_copy OWNER TO battery_test_other"
PGUSER=battery_test_other run "a dump is restored into a database of another user, by that user" 0 \
	pg_restore --exit-on-error --no-owner --no-privileges -d ${db}_copy "$tmp/dump"
answers ${db}_copy >"$tmp/copied"
same "and answers the same" "$(cksum <"$tmp/answers")" "$(cksum <"$tmp/copied")"
same "with all comments" "$(query $db -c "SELECT count(*) FROM pg_description WHERE objoid IN (SELECT oid FROM pg_class WHERE relnamespace = 'industry'::regnamespace)")" \
	"$(query ${db}_copy -c "SELECT count(*) FROM pg_description WHERE objoid IN (SELECT oid FROM pg_class WHERE relnamespace = 'industry'::regnamespace)")"
PGUSER=battery_test_other run "the kit knows the copy" 0 "$kit" status -d ${db}_copy
create_database ${db}_own
run "a dump is restored with its owners and rights" 0 pg_restore --exit-on-error -d ${db}_own "$tmp/dump"
answers ${db}_own >"$tmp/copied"
same "and answers the same" "$(cksum <"$tmp/answers")" "$(cksum <"$tmp/copied")"
same "new facts get numbers of their own" t \
	"$(query ${db}_copy -c "SELECT nextval('industry.fact_id_seq') > (SELECT max(fact_id) FROM industry.observation)")"

# the extension moves, and is updated

query $db -c "CREATE SCHEMA elsewhere AUTHORIZATION $owner" -c 'ALTER EXTENSION battery SET SCHEMA elsewhere'
answers $db >"$tmp/moved"
same "the extension moves to another schema, and the answers stay" "$(cksum <"$tmp/answers")" "$(cksum <"$tmp/moved")"
pg_dump -Fc -f "$tmp/dump" $db
create_database ${db}_moved
run "such a database is dumped and restored" 0 pg_restore --exit-on-error --no-owner -d ${db}_moved "$tmp/dump"
answers ${db}_moved >"$tmp/moved"
same "and answers the same" "$(cksum <"$tmp/answers")" "$(cksum <"$tmp/moved")"
share=$("${PG_CONFIG:-pg_config}" --sharedir)/extension
if [ -w "$share" ]; then
	version=$(query $db -c "SELECT extversion FROM pg_extension WHERE extname = 'battery'")
	update=$share/battery--$version--$version.test.sql
	grep -h -A 4 '^CREATE FUNCTION usd(' "$share/battery--${version%+*}.sql" | sed 's/^CREATE /CREATE OR REPLACE /' >"$update"
	run "the extension is updated" 0 psql -X -q -v ON_ERROR_STOP=1 -d $db -c "ALTER EXTENSION battery UPDATE TO '$version.test'"
	rm -f "$update"
	answers $db >"$tmp/moved"
	same "and the answers stay" "$(cksum <"$tmp/answers")" "$(cksum <"$tmp/moved")"
fi

# what users add, and an upgrade on top of it

query $db <<SQL
SET ROLE $owner;
ALTER TABLE industry.maker ADD COLUMN our_rating integer DEFAULT 3;
ALTER TABLE industry.maker_share_observation ADD COLUMN checked_by text;
ALTER TABLE industry.statement_set ADD COLUMN ours boolean DEFAULT true;
CREATE INDEX ours ON industry.maker_share_observation (share_pct);
ALTER TABLE industry.price_observation ENABLE ROW LEVEL SECURITY;
CREATE POLICY ours ON industry.price_observation FOR SELECT USING (row_kind <> 'derived');
CREATE VIEW public.ours AS SELECT * FROM industry.current_maker_share;
-- a table of facts in partitions, one of them for each publisher's sources
ALTER TABLE industry.maker_share_observation RENAME TO maker_share_observation_unpartitioned;
CREATE TABLE industry.maker_share_observation (LIKE industry.maker_share_observation_unpartitioned INCLUDING ALL EXCLUDING INDEXES,
	PRIMARY KEY (fact_id, source_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	FOREIGN KEY (maker_id) REFERENCES industry.maker) PARTITION BY HASH (source_id);
CREATE TABLE industry.maker_share_0 PARTITION OF industry.maker_share_observation FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE industry.maker_share_1 PARTITION OF industry.maker_share_observation FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO industry.maker_share_observation SELECT * FROM industry.maker_share_observation_unpartitioned;
SQL
# Views read the table that they were made with, whatever its name now is.
PGUSER=$owner run "views and functions are applied again to a table that took another's place" 0 "$kit" upgrade --again -d $db
none "and read it" $db \
	"SELECT DISTINCT ev_class::regclass FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
	 WHERE refobjid = 'industry.maker_share_observation_unpartitioned'::regclass AND ev_class::regclass::text LIKE 'industry.%'"
mkdir -p "$tmp/kit/upgrade"
cp "$root"/src/industry/*.sql "$tmp/kit/"
sed 's/^version.*/version	1.1.0.1/' "$root/src/industry/parts" >"$tmp/kit/parts"
export BATTERY_INDUSTRY_PARTS=$tmp/kit/parts
run "an older schema is recognised" 4 "$kit" status -d $db
PGUSER=$owner run "a version without a way to it is refused" 5 "$kit" upgrade -d $db
installed=$(query $db -c 'SELECT industry.version()')
cat >"$tmp/kit/upgrade/$installed--1.1.0.1.sql" <<'SQL'
CREATE TABLE industry.newcomer (newcomer text PRIMARY KEY, capacity capacity_gwh);
COMMENT ON TABLE industry.newcomer IS 'a table that an upgrade brings';
SELECT 1 / 0;
SQL
PGUSER=$owner run "an upgrade that fails" 1 "$kit" upgrade -d $db
same "changes nothing" "$installed " "$(query $db -c "SELECT industry.version() || ' ' || coalesce(to_regclass('industry.newcomer')::text, '')")"
sed -i '/1 \/ 0/d' "$tmp/kit/upgrade/$installed--1.1.0.1.sql"
PGUSER=$owner run "an upgrade over users' columns, indexes, policies and partitions" 0 "$kit" upgrade -d $db
run "is then up to date" 0 "$kit" status -d $db
same "and belongs to whom the schema belongs" $owner "$(query $db -c "SELECT tableowner FROM pg_tables WHERE tablename = 'newcomer'")"
same "what users added is still there" "3|t|1" \
	"$(query $db -c "SELECT (SELECT our_rating FROM industry.maker LIMIT 1), (SELECT ours FROM industry.statement_set LIMIT 1), (SELECT count(*) FROM pg_policy WHERE polname = 'ours')")"
query $db -c "DROP VIEW public.ours" -c "DROP TABLE industry.maker_share_observation_unpartitioned"
answers $db | sed 's/^--.*//' >"$tmp/upgraded"
same "and the answers are the same, from the partitions" "$(cksum <"$tmp/answers")" "$(cksum <"$tmp/upgraded")"
unset BATTERY_INDUSTRY_PARTS
run "a schema newer than the kit is recognised" 5 "$kit" status -d $db
PGUSER=$owner run "and not touched" 5 "$kit" upgrade -d $db

finish
