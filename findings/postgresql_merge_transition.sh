#!/bin/bash
# PostgreSQL 15.20 (Debian 15.20-0+deb12u1): MERGE and transition tables.
#
# Input: a partitioned table with statement triggers that have transition tables; a MERGE
# with the actions DELETE and UPDATE, of which the UPDATE moves rows to another partition.
# Expected: the trigger for UPDATE sees moved rows in its old and its new table, as it does
# for UPDATE, and for a MERGE without DELETE.
# Seen: the trigger for DELETE has the moved rows among the deleted, the trigger for UPDATE
# none, and what they became is in no transition table.
#
# Exit status 0: still so; 1: it behaves otherwise now; 2: could not be run.
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/server.bash"
start_server
seen=$(ask postgres <<'SQL'
BEGIN;
CREATE TEMP TABLE parted (a integer, b integer) PARTITION BY LIST (a);
CREATE TEMP TABLE one PARTITION OF parted FOR VALUES IN (1);
CREATE TEMP TABLE two PARTITION OF parted FOR VALUES IN (2);
CREATE TEMP TABLE seen (what text);
CREATE FUNCTION pg_temp.see() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' THEN
		INSERT INTO seen SELECT 'deleted ' || b FROM old_rows;
	ELSE
		INSERT INTO seen SELECT 'updated ' || b FROM new_rows;
	END IF;
	RETURN NULL;
END $$;
INSERT INTO parted VALUES (1, 1), (1, 2);
CREATE TRIGGER d AFTER DELETE ON parted REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.see();
CREATE TRIGGER u AFTER UPDATE ON parted REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.see();
MERGE INTO parted p USING (VALUES (1), (2)) AS v (b) ON v.b = p.b WHEN MATCHED AND v.b = 2 THEN DELETE WHEN MATCHED THEN UPDATE SET a = 2;
SELECT string_agg(what, ', ' ORDER BY what) FROM seen;
ROLLBACK;
SQL
)
echo "$seen"
case $seen in
	'deleted 1, deleted 2') exit 0 ;;
	*) exit 1 ;;
esac
