-- Everything of the schema industry, one line each, to compare an upgraded
-- database with one that was set up anew.
SET search_path = pg_catalog;
SELECT 'relation', c.relkind, c.relname, obj_description(c.oid, 'pg_class') FROM pg_class c
WHERE c.relnamespace = 'industry'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'S') ORDER BY 3;
SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated, col_description(c.oid, a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = 'industry'::regnamespace AND c.relkind IN ('r', 'p', 'v') ORDER BY c.relname, a.attname;
SELECT 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint WHERE connamespace = 'industry'::regnamespace AND conrelid <> 0 ORDER BY conrelid::regclass::text COLLATE "C", conname;
SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'industry' ORDER BY 2, 1;
SELECT 'trigger', tgrelid::regclass, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = 'industry'::regnamespace AND NOT tgisinternal ORDER BY 3;
SELECT 'function', p.oid::regprocedure::text COLLATE "C", pg_get_function_result(p.oid), p.provolatile, p.proisstrict, p.prosecdef, p.proparallel, obj_description(p.oid, 'pg_proc'), md5(pg_get_functiondef(p.oid))
FROM pg_proc p WHERE p.pronamespace = 'industry'::regnamespace ORDER BY 2, 1;
SELECT 'view', viewname, md5(definition) FROM pg_views WHERE schemaname = 'industry' ORDER BY 2, 1;
SELECT 'type', t.typname, obj_description(t.oid, 'pg_type') FROM pg_type t WHERE t.typnamespace = 'industry'::regnamespace AND t.typtype = 'd' ORDER BY 2, 1;
