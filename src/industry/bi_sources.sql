/*
 * Views for BI tools: who, from where, and how sources differ (see bi.sql for what all of them keep to).
 */

/*
 * Restatements
 */

CREATE OR REPLACE FUNCTION industry.bi_rows_restatement(older_set_id bigint, newer_set_id bigint)
RETURNS TABLE (subject text, row_kind text, measure text, unit text, older_value_in_unit double precision, newer_value_in_unit double precision,
	change_in_unit double precision, change_fraction double precision, older_rank integer, newer_rank integer, rank_change integer, what_changed text,
	older_as_printed text, newer_as_printed text, older_fact_id text, newer_fact_id text, older_statement_kind text, statement_kind text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 20 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp AS $$
	SELECT r.subject, r.row_kind, r.measure, r.unit, industry.plain_number(r.older_value), industry.plain_number(r.newer_value), industry.plain_number(r.change),
		   CASE WHEN r.change IS NOT NULL AND r.older_value <> 0 THEN industry.plain_number(r.change / r.older_value) END,
		   r.older_rank::integer, r.newer_rank::integer, r.rank_change::integer, r.what_changed, r.older_as_printed, r.newer_as_printed,
		   r.older_fact_id::text, r.newer_fact_id::text, r.older_statement_kind, r.newer_statement_kind
	FROM industry.compare_sets(bi_rows_restatement.older_set_id, bi_rows_restatement.newer_set_id) AS r;
$$;
COMMENT ON FUNCTION industry.bi_rows_restatement(bigint, bigint) IS 'rows of bi_restatement of two sets: compare_sets in plain types. Runs with the rights of its owner';
REVOKE EXECUTE ON FUNCTION industry.bi_rows_restatement(bigint, bigint) FROM PUBLIC;

CREATE OR REPLACE VIEW industry.bi_restatement AS
SELECT e.publisher, e.kind, e.metric, e.basis, e.application, e.stage, g.name AS stage_name, e.material, e.geography, e.scenario, e.period_first, e.period_last,
	   industry.period_label(e.period_first, e.period_last) AS period_label, e.older_edition, e.edition AS newer_edition, e.older_known_from,
	   e.known_from AS newer_known_from, r.subject, coalesce(m.name, c.name, r.subject) AS subject_name, r.row_kind, r.measure, r.unit, r.older_value_in_unit,
	   r.newer_value_in_unit, r.change_in_unit, r.change_fraction, CASE WHEN oq.set_id IS NULL THEN r.older_rank END AS older_rank,
	   CASE WHEN nq.set_id IS NULL THEN r.newer_rank END AS newer_rank, CASE WHEN num_nonnulls(oq.set_id, nq.set_id) = 0 THEN r.rank_change END AS rank_change,
	   industry.changed_beside(r.what_changed, oq.open_rows, nq.open_rows) AS what_changed, r.older_as_printed, r.newer_as_printed,
	   r.older_statement_kind, r.statement_kind, r.older_fact_id, r.newer_fact_id
-- as set_succession pairs the sets; a filter on what the window parts by is applied before it
FROM (SELECT t.publisher, s.kind, s.metric, s.basis, s.application, s.stage, s.material, s.geography, s.scenario, t.period_first, t.period_last, o.edition, o.known_from,
			 t.set_id, lag(t.set_id) OVER w AS older_set_id, lag(o.edition) OVER w AS older_edition, lag(o.known_from) OVER w AS older_known_from
	  FROM industry.statement_set t
	  JOIN industry.series s ON s.series_id = t.series_id
	  JOIN industry.source o ON o.source_id = t.source_id
	  WHERE t.superseded_by IS NULL AND o.known_from <= industry.as_of()
	  WINDOW w AS (PARTITION BY t.series_id, t.period_first, t.period_last, CASE WHEN t.period_first IS NULL THEN o.title END,
					   t.publisher, s.kind, s.metric, s.basis, s.stage, s.material, s.geography, s.scenario
				   ORDER BY o.known_from, o.published, o.source COLLATE "C", t.set_id)) AS e
CROSS JOIN LATERAL industry.bi_rows_restatement(e.older_set_id, e.set_id) AS r
LEFT JOIN industry.stage g ON g.stage = e.stage
LEFT JOIN industry.maker m ON m.maker = r.subject
LEFT JOIN industry.country c ON c.country = r.subject
LEFT JOIN industry.bi_rows_in_quarantine() AS oq ON oq.set_id = e.older_set_id
LEFT JOIN industry.bi_rows_in_quarantine() AS nq ON nq.set_id = e.set_id
WHERE e.older_set_id IS NOT NULL;
COMMENT ON VIEW industry.bi_restatement IS 'what each edition changed against the one before it, one row a figure; filter on what_changed <> ''unchanged'' for the changes alone. Values of different units are in one column: filter on unit';
COMMENT ON COLUMN industry.bi_restatement.unit IS 'unit of the values in the row';
COMMENT ON COLUMN industry.bi_restatement.older_value_in_unit IS 'value in the older edition, in unit; NULL where it has none';
COMMENT ON COLUMN industry.bi_restatement.newer_value_in_unit IS 'value in the newer edition, in unit; NULL where it has none';
COMMENT ON COLUMN industry.bi_restatement.change_in_unit IS 'newer less older, in unit';
COMMENT ON COLUMN industry.bi_restatement.change_fraction IS 'change over the older value: 0.1 is 10 percent more';
COMMENT ON COLUMN industry.bi_restatement.older_known_from IS 'day from which the older edition was known';
COMMENT ON COLUMN industry.bi_restatement.newer_known_from IS 'day from which the newer edition was known';
COMMENT ON COLUMN industry.bi_restatement.older_edition IS 'the edition before';
COMMENT ON COLUMN industry.bi_restatement.newer_edition IS 'the edition that restates it';
COMMENT ON COLUMN industry.bi_restatement.subject IS 'who or what the figure is about';
COMMENT ON COLUMN industry.bi_restatement.measure IS 'which figure: amount, share, capacity, cost and so on';
COMMENT ON COLUMN industry.bi_restatement.subject_name IS 'who or what it is about, by full name';
COMMENT ON COLUMN industry.bi_restatement.older_statement_kind IS 'statement_kind of the older figure';
COMMENT ON COLUMN industry.bi_restatement.statement_kind IS 'statement_kind of the newer figure';
COMMENT ON COLUMN industry.bi_restatement.older_rank IS 'rank among the members that have a value, in the older edition; ties share a rank; none while rows of the set are in quarantine';
COMMENT ON COLUMN industry.bi_restatement.newer_rank IS 'rank in the newer edition';
COMMENT ON COLUMN industry.bi_restatement.rank_change IS 'places gained: positive is up';
COMMENT ON COLUMN industry.bi_restatement.what_changed IS 'restated, unchanged, added, dropped, unit changed, or now or no longer withheld and so on; dropped, or in quarantine (added, or was in quarantine) where rows of that set were refused';
COMMENT ON COLUMN industry.bi_restatement.older_as_printed IS 'text in the older edition';
COMMENT ON COLUMN industry.bi_restatement.newer_as_printed IS 'text in the newer edition';
COMMENT ON COLUMN industry.bi_restatement.older_fact_id IS 'fact of the older edition';
COMMENT ON COLUMN industry.bi_restatement.newer_fact_id IS 'fact of the newer edition';

/*
 * Who, and from where
 */

CREATE OR REPLACE VIEW industry.bi_maker AS
SELECT m.maker, m.name, m.country, c.name AS country_name, m.kind, p.maker AS parent, p.name AS parent_name, p.country AS parent_country,
	   d.name AS parent_country_name, industry.plain_number(o.share_pct / 100) AS parent_owns_fraction,
	   lower(o.valid) AS parent_valid_from, upper(o.valid) - 1 AS parent_valid_to, m.notes AS note
FROM industry.maker m
LEFT JOIN industry.maker_parent o ON o.maker_id = m.maker_id
LEFT JOIN industry.maker p ON p.maker_id = o.parent_id
LEFT JOIN industry.country c ON c.country = m.country
LEFT JOIN industry.country d ON d.country = p.country;
COMMENT ON VIEW industry.bi_maker IS 'makers with their parents by date, one row a maker and parent';
COMMENT ON COLUMN industry.bi_maker.parent IS 'the maker or group that controls it';
COMMENT ON COLUMN industry.bi_maker.parent_name IS 'full name of that maker or group';
COMMENT ON COLUMN industry.bi_maker.parent_country_name IS 'usual English name of the country';
COMMENT ON COLUMN industry.bi_maker.parent_country IS 'country of the parent''s headquarters, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.bi_maker.parent_owns_fraction IS 'share that the parent owns, 0 to 1; NULL where not stated';
COMMENT ON COLUMN industry.bi_maker.parent_valid_from IS 'first day on which that holds; NULL where unbounded';
COMMENT ON COLUMN industry.bi_maker.parent_valid_to IS 'last day on which that holds, inclusive; NULL where unbounded';
COMMENT ON COLUMN industry.bi_maker.note IS 'remarks';

CREATE OR REPLACE VIEW industry.bi_source AS
SELECT s.publisher, s.edition, s.source, s.title, s.published, s.published_precision, s.known_from, s.licence, s.url, s.notes AS note,
	   coalesce(c.sets, 0)::integer AS latest_sets
FROM industry.source s
LEFT JOIN (SELECT k.source_id, count(*) AS sets FROM industry.latest_set k GROUP BY k.source_id) AS c ON c.source_id = s.source_id;
COMMENT ON VIEW industry.bi_source IS 'editions of reports, one row an edition';
COMMENT ON COLUMN industry.bi_source.latest_sets IS 'statement sets for which this edition is the latest';
COMMENT ON COLUMN industry.bi_source.note IS 'remarks';

CREATE OR REPLACE VIEW industry.bi_load AS
SELECT l.load_id::text AS load_id, l.kind, s.publisher, s.edition, s.source, l.file_name, l.checksum, l.loaded_at::date AS loaded_on,
	   l.loaded_by::text AS loaded_by, l.rows_read::double precision AS rows_read, l.rows_loaded::double precision AS rows_loaded,
	   l.rows_unchanged::double precision AS rows_unchanged, l.rows_quarantined::double precision AS rows_quarantined,
	   coalesce(q.open_rows, 0)::double precision AS rows_still_quarantined, l.rows_superseded::double precision AS rows_superseded,
	   l.sets_loaded, l.sets_superseded, l.edition_part, l.withdraws::text AS withdrawn_load_id, l.reason
FROM industry.load_report l
LEFT JOIN industry.source s ON s.source_id = l.source_id
LEFT JOIN (SELECT q.load_id, count(*) AS open_rows FROM industry.quarantine q WHERE q.resolved_by IS NULL AND q.dismissed_at IS NULL GROUP BY q.load_id) AS q ON q.load_id = l.load_id;
COMMENT ON VIEW industry.bi_load IS 'loads of files and withdrawals of loads, one row each';
COMMENT ON COLUMN industry.bi_load.loaded_on IS 'day of the load, in the time zone of the session';
COMMENT ON COLUMN industry.bi_load.withdrawn_load_id IS 'load that this one took out of all current views, without a replacement';
COMMENT ON COLUMN industry.bi_load.rows_still_quarantined IS 'rows of this load that are refused to this day and were not dismissed';

CREATE OR REPLACE VIEW industry.bi_quarantine AS
SELECT q.load_id::text AS load_id, l.kind, s.publisher, s.edition, s.source, l.file_name, l.loaded_at::date AS loaded_on, q.line_number AS line, q.column_name,
	   q.as_printed, q.sqlstate, q.message, q.hint, array_to_string(q.nearest, '; ') AS nearest, q.resolved_by IS NOT NULL AS is_resolved,
	   q.dismissed_at IS NOT NULL AS is_dismissed, q.dismissed_reason
FROM industry.quarantine q
JOIN industry.load_report l ON l.load_id = q.load_id
LEFT JOIN industry.source s ON s.source_id = l.source_id;
COMMENT ON VIEW industry.bi_quarantine IS 'rows of files that were refused, one row a reason: what is not in the figures';
COMMENT ON COLUMN industry.bi_quarantine.kind IS 'kind of report: the name of a layout of the loader';
COMMENT ON COLUMN industry.bi_quarantine.loaded_on IS 'day of the load, in the time zone of the session';
COMMENT ON COLUMN industry.bi_quarantine.as_printed IS 'text of the refused column';
COMMENT ON COLUMN industry.bi_quarantine.nearest IS 'nearest known names, parted by semicolons, where a name is unknown';
COMMENT ON COLUMN industry.bi_quarantine.is_resolved IS 'whether a later load took the row in';
COMMENT ON COLUMN industry.bi_quarantine.is_dismissed IS 'whether somebody decided that the row is of no account';
COMMENT ON COLUMN industry.bi_quarantine.dismissed_reason IS 'why it is of no account';
