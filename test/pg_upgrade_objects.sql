-- What a database has of the extension: its version, its objects, and of them what a
-- newer server asks for.  Used by test/pg_upgrade.
SELECT extversion FROM pg_extension WHERE extname = 'battery';
CREATE TEMP VIEW member AS
SELECT classid, objid FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'battery') AND deptype = 'e';
SELECT pg_describe_object(classid, objid, 0) COLLATE "C", obj_description(objid, classid::regclass::text) FROM member
WHERE classid <> 'pg_type'::regclass OR objid NOT IN (SELECT typarray FROM pg_type)
ORDER BY 1;
SELECT aggfnoid::regprocedure, aggtransspace, aggmtransspace FROM pg_aggregate, member
WHERE classid = 'pg_proc'::regclass AND objid = aggfnoid ORDER BY aggfnoid::regprocedure::text COLLATE "C";
SELECT opfname, amproclefttype::regtype, amprocrighttype::regtype, amname, amprocnum, amproc::regprocedure
FROM pg_amproc JOIN pg_opfamily f ON f.oid = amprocfamily JOIN pg_am a ON a.oid = f.opfmethod, member
WHERE classid = 'pg_opfamily'::regclass AND objid = f.oid
ORDER BY amname, opfname, amproclefttype::regtype::text COLLATE "C", amprocrighttype::regtype::text COLLATE "C", amprocnum;
