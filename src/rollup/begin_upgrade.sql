-- Brings the schema battery_rollup up to date, in one transaction.
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL client_min_messages = warning;
SET LOCAL client_encoding = 'UTF8';
SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('battery_rollup', 0)) AS locked \gset
-- New objects belong to whom the old ones belong to, and its code runs with its rights.
SELECT pg_catalog.format('SET LOCAL ROLE %I', pg_catalog.pg_get_userbyid(nspowner))
FROM pg_catalog.pg_namespace WHERE nspname OPERATOR(pg_catalog.=) 'battery_rollup' \gexec
