/*
 * Sectors and the history of technologies
 */

CREATE OR REPLACE VIEW industry.sector_answer AS
SELECT r.sector, r.metric, r.wanted, r.value, r.value_low, r.value_high, r.unit, r.qualifier, r.as_printed AS requirement_as_printed,
	   c.chemistry, c.role, c.as_printed AS chemistry_as_printed, r.publisher, r.edition, r.scenario, r.locator AS requirement_locator,
	   c.locator AS chemistry_locator, r.fact_id AS requirement_fact_id, c.fact_id AS chemistry_fact_id, r.statement_kind
FROM industry.current_sector_requirement r
LEFT JOIN industry.current_sector_chemistry c
	   ON c.sector = r.sector AND c.publisher = r.publisher AND (c.metric IS NULL OR c.metric = r.metric);
COMMENT ON VIEW industry.sector_answer IS 'latest edition: what each sector demands, and the chemistries that the same publisher names for the sector (for that demand, where it says so). A demand without a named chemistry has one row with chemistry NULL';
COMMENT ON COLUMN industry.sector_answer.requirement_as_printed IS 'the demand as printed';
COMMENT ON COLUMN industry.sector_answer.chemistry IS 'chemistry named; NULL where none is';
COMMENT ON COLUMN industry.sector_answer.chemistry_as_printed IS 'the statement about the chemistry as printed';
COMMENT ON COLUMN industry.sector_answer.requirement_locator IS 'where the demand is stated';
COMMENT ON COLUMN industry.sector_answer.chemistry_locator IS 'where the chemistry is named';
COMMENT ON COLUMN industry.sector_answer.requirement_fact_id IS 'fact in sector_requirement';
COMMENT ON COLUMN industry.sector_answer.chemistry_fact_id IS 'fact in sector_chemistry';

-- The events are read once: a recursion that names the view would read it once a step.
CREATE OR REPLACE VIEW industry.technology_chain AS
WITH RECURSIVE told AS MATERIALIZED (
	SELECT e.set_id, e.statement_number, e.publisher, e.technology, e.event_code, e.event, e.happened, e.happened_precision, e.from_actor, e.from_country,
		   e.to_actor, e.to_country, e.parent_event, e.is_exclusive, e.may_sublicense, e.fact_id
	FROM industry.current_technology_event e),
-- each with one event before it: a code is a report's, and another of the publisher's may have it, too
led AS MATERIALIZED (
	SELECT DISTINCT ON (e.fact_id) e.publisher, e.technology, e.event_code, e.event, e.happened, e.happened_precision, e.from_actor, e.from_country, e.to_actor,
		   e.to_country, e.is_exclusive, e.may_sublicense, e.fact_id, p.fact_id AS parent_fact_id
	FROM told e
	LEFT JOIN told p ON p.event_code = e.parent_event AND p.publisher = e.publisher
	ORDER BY e.fact_id, (p.set_id = e.set_id) DESC, (p.technology = e.technology) DESC, p.statement_number, p.fact_id),
chain (publisher, technology, first_event, event_code, event, happened, happened_precision, from_actor, from_country,
		to_actor, to_country, is_exclusive, may_sublicense, steps, path, fact_id) AS (
	SELECT e.publisher, e.technology, e.event_code, e.event_code, e.event, e.happened, e.happened_precision, e.from_actor,
		   e.from_country, e.to_actor, e.to_country, e.is_exclusive, e.may_sublicense, 0, ARRAY[e.event_code], e.fact_id
	FROM led e
	WHERE e.parent_fact_id IS NULL
	UNION ALL
	SELECT e.publisher, e.technology, c.first_event, e.event_code, e.event, e.happened, e.happened_precision, e.from_actor,
		   e.from_country, e.to_actor, e.to_country, e.is_exclusive, e.may_sublicense, c.steps + 1, c.path || e.event_code, e.fact_id
	FROM chain c
	JOIN led e ON e.parent_fact_id = c.fact_id)
SELECT c.publisher, c.technology, c.first_event, c.event_code, c.event, c.happened, c.happened_precision, c.from_actor, c.from_country,
	   c.to_actor, c.to_country, c.is_exclusive, c.may_sublicense, c.steps, c.path, c.fact_id
FROM chain c;
COMMENT ON VIEW industry.technology_chain IS 'latest edition: chains of events, each with the one it follows from: an invention, its patents, their licences, sublicences and transfers';
COMMENT ON COLUMN industry.technology_chain.first_event IS 'event that the chain starts with';
COMMENT ON COLUMN industry.technology_chain.steps IS 'steps from the first event';
COMMENT ON COLUMN industry.technology_chain.path IS 'events from the first one to this';

CREATE OR REPLACE VIEW industry.technology_gap AS
WITH told AS MATERIALIZED (
	-- a patent stands for an invention, where none is told
	SELECT e.publisher, e.edition, e.technology, e.event_code, e.event, e.happened, e.happened_precision, e.from_actor, e.from_country, e.to_actor, e.to_country,
		   CASE WHEN e.event IN ('invention', 'patent') THEN 'invention' WHEN e.event IN ('commercial_launch', 'scale_up') THEN e.event END AS step
	FROM industry.current_technology_event e),
first_step AS MATERIALIZED (
	SELECT DISTINCT ON (e.publisher, e.technology, e.step) e.publisher, e.technology, e.step, e.event_code, e.happened, e.happened_precision,
		   CASE e.step WHEN 'invention' THEN coalesce(e.from_country, e.to_country) ELSE coalesce(e.to_country, e.from_country) END AS country,
		   CASE e.step WHEN 'invention' THEN coalesce(e.from_actor, e.to_actor) ELSE coalesce(e.to_actor, e.from_actor) END AS actor
	FROM told e
	WHERE e.step IS NOT NULL
	ORDER BY e.publisher, e.technology, e.step, e.event COLLATE "C", e.happened NULLS LAST, e.event_code COLLATE "C")
SELECT t.publisher, t.edition, t.technology,
	   i.happened AS invented, i.happened_precision AS invented_precision, i.country AS invented_in, i.actor AS invented_by,
	   l.happened AS launched, l.happened_precision AS launched_precision, l.country AS launched_in, l.actor AS launched_by,
	   s.happened AS scaled, s.happened_precision AS scaled_precision, s.country AS scaled_in, s.actor AS scaled_by,
	   (extract(year FROM l.happened) - extract(year FROM i.happened))::integer AS years_to_launch,
	   (extract(year FROM s.happened) - extract(year FROM i.happened))::integer AS years_to_scale,
	   nullif(concat_ws('; ', CASE WHEN i.event_code IS NULL THEN 'no invention is told' WHEN i.happened IS NULL THEN 'the invention has no date' END,
			CASE WHEN l.event_code IS NULL THEN 'no commercial launch is told' WHEN l.happened IS NULL THEN 'the launch has no date' END,
			CASE WHEN s.event_code IS NULL THEN 'no scale-up is told' WHEN s.happened IS NULL THEN 'the scale-up has no date' END), '') AS note
FROM (SELECT e.publisher, string_agg(DISTINCT e.edition, ', ') AS edition, e.technology FROM told e GROUP BY e.publisher, e.technology) AS t
LEFT JOIN first_step i ON i.publisher = t.publisher AND i.technology = t.technology AND i.step = 'invention'
LEFT JOIN first_step l ON l.publisher = t.publisher AND l.technology = t.technology AND l.step = 'commercial_launch'
LEFT JOIN first_step s ON s.publisher = t.publisher AND s.technology = t.technology AND s.step = 'scale_up';
COMMENT ON VIEW industry.technology_gap IS 'latest edition: where and when each technology was invented (or first patented, where no invention is told), launched and scaled up, and how many years lay between; NULL with a note where the source does not say';
COMMENT ON COLUMN industry.technology_gap.invented IS 'day of the earliest invention, or patent; the first day of the month or year where only that is known';
COMMENT ON COLUMN industry.technology_gap.invented_precision IS 'how well that date is known';
COMMENT ON COLUMN industry.technology_gap.invented_in IS 'country, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.technology_gap.invented_by IS 'actor';
COMMENT ON COLUMN industry.technology_gap.launched IS 'day of the first commercial launch';
COMMENT ON COLUMN industry.technology_gap.launched_precision IS 'how well that date is known';
COMMENT ON COLUMN industry.technology_gap.launched_in IS 'country, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.technology_gap.launched_by IS 'actor';
COMMENT ON COLUMN industry.technology_gap.scaled IS 'day of the first scale-up';
COMMENT ON COLUMN industry.technology_gap.scaled_precision IS 'how well that date is known';
COMMENT ON COLUMN industry.technology_gap.scaled_in IS 'country, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.technology_gap.scaled_by IS 'actor';
COMMENT ON COLUMN industry.technology_gap.years_to_launch IS 'years from invention to launch, difference of calendar years';
COMMENT ON COLUMN industry.technology_gap.years_to_scale IS 'years from invention to scale-up, difference of calendar years';
COMMENT ON COLUMN industry.technology_gap.note IS 'what the source does not tell';
