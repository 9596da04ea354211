-- The demo's facts :copies times: each series again under other metrics, with its sets
-- and facts.  Codes that lead from one fact to another (controls, events, technologies,
-- sectors) get copies of their own, else the copies would be one thing.
CREATE TEMP TABLE new_series AS
SELECT s.series_id AS old, n, nextval(pg_get_serial_sequence('industry.series', 'series_id'))::integer AS new
FROM industry.series s, generate_series(2, :copies) AS n;
INSERT INTO industry.series OVERRIDING SYSTEM VALUE
SELECT (jsonb_populate_record(s, jsonb_build_object('series_id', m.new, 'metric', s.metric || '_' || m.n))).*
FROM industry.series s JOIN new_series m ON m.old = s.series_id;
CREATE TEMP TABLE new_set AS
SELECT t.set_id AS old, m.n, m.new AS series_id, nextval(pg_get_serial_sequence('industry.statement_set', 'set_id')) AS new
FROM industry.statement_set t JOIN new_series m ON m.old = t.series_id;
INSERT INTO industry.statement_set OVERRIDING SYSTEM VALUE
SELECT (jsonb_populate_record(t, jsonb_build_object('set_id', m.new, 'series_id', m.series_id))).*
FROM industry.statement_set t JOIN new_set m ON m.old = t.set_id;
INSERT INTO industry.export_control
SELECT (jsonb_populate_record(c, jsonb_build_object('control', c.control || '-' || n, 'amends', c.amends || '-' || n, 'superseded_by', c.superseded_by || '-' || n))).*
FROM industry.export_control c, generate_series(2, :copies) AS n;
INSERT INTO industry.sector
SELECT (jsonb_populate_record(c, jsonb_build_object('sector', c.sector || '_' || n, 'name', c.name || ' ' || n))).*
FROM industry.sector c, generate_series(2, :copies) AS n;
ANALYZE new_set;
SELECT format('INSERT INTO industry.%1$I (%2$s) SELECT %3$s FROM industry.%1$I f JOIN new_set m ON m.old = f.set_id',
	l.fact_table, string_agg(quote_ident(attname), ', ' ORDER BY attnum),
	string_agg(CASE WHEN attname = 'set_id' THEN 'm.new'
					WHEN attname IN ('control', 'by_control') THEN 'f.' || attname || ' || ''-'' || m.n'
					WHEN attname IN ('event_code', 'parent_event', 'technology', 'sector') THEN 'f.' || attname || ' || ''_'' || m.n'
					ELSE 'f.' || quote_ident(attname) END, ', ' ORDER BY attnum))
FROM (SELECT DISTINCT fact_table FROM industry.layout WHERE fact_table IS NOT NULL) AS l
JOIN pg_attribute ON attrelid = format('industry.%I', l.fact_table)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attname <> 'fact_id'
GROUP BY l.fact_table \gexec
VACUUM ANALYZE;
