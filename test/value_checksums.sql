-- How many rows every table and materialized view of a database has, and a checksum of
-- what is in them, as text: the same before and after a dump or an upgrade.
SELECT format('SELECT %L, count(*), md5(string_agg(t::text, ''|'' ORDER BY t::text COLLATE "C")) FROM %I.%I AS t', n.nspname || '.' || relname, n.nspname, relname)
  FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
 WHERE relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
 ORDER BY n.nspname, relname COLLATE "C"
\gexec
