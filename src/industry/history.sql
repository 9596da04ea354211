/*
 * Editions: which statement sets stand, and which stood on a day.
 *
 * Of each series and period the latest set is shown, whole.  Sets of different
 * publishers are different series, so sources are never mixed.
 */

CREATE OR REPLACE FUNCTION industry.as_known_on(known_on date, loaded_by timestamptz DEFAULT 'infinity')
RETURNS TABLE (set_id bigint, series_id integer, source_id integer, publisher text, kind text, metric text, basis text,
	scope text, price_or_cost text, money_basis text, base_year integer, country_basis text, application text, stage text,
	material text, geography text, period_first date, period_last date, period_as_printed text, edition text, source text,
	published date, published_precision text, known_from date, editions bigint, load_id bigint)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000
BEGIN ATOMIC
	SELECT l.set_id, l.series_id, l.source_id, l.publisher, l.kind, l.metric, l.basis, l.scope, l.price_or_cost,
		   l.money_basis, l.base_year, l.country_basis, l.application, l.stage, l.material, l.geography,
		   l.period_first, l.period_last, l.period_as_printed, l.edition, l.source, l.published,
		   l.published_precision, l.known_from, l.editions, l.load_id
	FROM (SELECT t.set_id, t.series_id, t.source_id, t.publisher, s.kind, s.metric, s.basis, s.scope, s.price_or_cost,
				 s.money_basis, s.base_year, s.country_basis, s.application, s.stage, s.material, s.geography,
				 t.period_first, t.period_last, t.period_as_printed, o.edition, o.source, o.published,
				 o.published_precision, o.known_from, t.load_id,
				 count(*) OVER (PARTITION BY t.series_id, t.period_first, t.period_last) AS editions,
				 -- the handle only makes the order of two editions of one day certain
				 row_number() OVER (PARTITION BY t.series_id, t.period_first, t.period_last
									ORDER BY o.known_from DESC, o.published DESC, o.source COLLATE "C" DESC, t.set_id DESC) AS place
		  FROM industry.statement_set t
		  JOIN industry.series s ON s.series_id = t.series_id
		  JOIN industry.source o ON o.source_id = t.source_id
		  WHERE o.known_from <= as_known_on.known_on
			AND t.loaded_at <= as_known_on.loaded_by
			AND (t.superseded_at IS NULL OR t.superseded_at > as_known_on.loaded_by)) AS l
	WHERE l.place = 1;
END;
COMMENT ON FUNCTION industry.as_known_on(date, timestamptz) IS
'statement sets that were the latest on a day: of each series and period the whole set of the latest edition known then (an edition whose date is known to the month or year counts from its last day). loaded_by asks for what this database held at that moment, corrections loaded later left out; by default all are in. Join a table of facts on set_id. editions counts the editions known then';

CREATE OR REPLACE VIEW industry.set_size AS
SELECT f.set_id, count(*) FILTER (WHERE f.row_kind = 'member') AS members,
	   count(*) FILTER (WHERE f.row_kind = 'stated_total') AS stated_totals, count(*) AS facts
FROM industry.maker_share_observation f GROUP BY f.set_id
UNION ALL
SELECT f.set_id, count(*) FILTER (WHERE f.row_kind = 'member'), count(*) FILTER (WHERE f.row_kind = 'stated_total'), count(*)
FROM industry.country_share_observation f GROUP BY f.set_id
UNION ALL
SELECT f.set_id, count(*) FILTER (WHERE f.row_kind = 'member'), count(*) FILTER (WHERE f.row_kind = 'stated_total'), count(*)
FROM industry.capacity_observation f GROUP BY f.set_id
UNION ALL
SELECT f.set_id, count(*) FILTER (WHERE f.row_kind = 'member'), count(*) FILTER (WHERE f.row_kind = 'stated_total'), count(*)
FROM industry.price_observation f GROUP BY f.set_id
UNION ALL
SELECT f.set_id, count(*) FILTER (WHERE f.row_kind = 'member'), count(*) FILTER (WHERE f.row_kind = 'stated_total'), count(*)
FROM industry.expansion f GROUP BY f.set_id;
COMMENT ON VIEW industry.set_size IS 'how many members, stated totals and facts a statement set lists (capacities, prices, shares and expansions)';
COMMENT ON COLUMN industry.set_size.set_id IS 'statement set';
COMMENT ON COLUMN industry.set_size.members IS 'rows of kind member';
COMMENT ON COLUMN industry.set_size.stated_totals IS 'rows of kind stated_total';
COMMENT ON COLUMN industry.set_size.facts IS 'all rows';

CREATE OR REPLACE VIEW industry.current_set AS
SELECT k.set_id, k.series_id, k.source_id, k.publisher, k.kind, k.metric, k.basis, k.scope, k.price_or_cost, k.money_basis,
	   k.base_year, k.country_basis, k.application, k.stage, k.material, k.geography, k.period_first, k.period_last,
	   k.period_as_printed, k.edition, k.source, k.published, k.published_precision, k.known_from, k.editions, k.load_id
FROM industry.as_known_on('infinity') AS k;
COMMENT ON VIEW industry.current_set IS 'statement sets of the latest edition: one for each series and period, as_known_on(''infinity'')';
