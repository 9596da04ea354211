-- On Citus the schema stays on the coordinator: nothing of it goes to the workers, where
-- every view would be warned of (docs/scale.md).  Where somebody has distributed a table
-- of it, an upgrade goes there, too.
SELECT pg_catalog.count(*) OPERATOR(pg_catalog.>) 0 AS on_citus FROM pg_catalog.pg_extension WHERE extname OPERATOR(pg_catalog.=) 'citus' \gset
\if :on_citus
SELECT 'SET LOCAL citus.enable_ddl_propagation = off'
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_dist_partition p
				  JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) p.logicalrelid
				  JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
				  WHERE n.nspname OPERATOR(pg_catalog.=) 'industry') \gexec
\endif
