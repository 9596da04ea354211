/*
 * Trade controls: what holds on a day, and what share of supply it touches.
 */

CREATE OR REPLACE VIEW industry.control_threshold AS
SELECT i.control, i.item, i.object, i.stage, t.n AS threshold, t.value ->> 'parameter' AS parameter,
	   t.value ->> 'comparison' AS comparison,
	   -- a condition on value may be tried before the one below
	   CASE WHEN jsonb_typeof(t.value -> 'value') = 'number' THEN (t.value ->> 'value')::numeric END AS value, t.value ->> 'unit' AS unit,
	   t.value ->> 'condition' AS condition, i.source, i.locator, i.fact_id
FROM industry.current_control_item i
CROSS JOIN LATERAL jsonb_array_elements(i.thresholds) WITH ORDINALITY AS t (value, n)
-- a value that is no number stays text in control_item, and is not shown here as one
WHERE jsonb_typeof(t.value -> 'value') = 'number';
COMMENT ON VIEW industry.control_threshold IS 'latest edition: thresholds of controlled items, one row a parameter; an item is covered when it meets all of its thresholds';
COMMENT ON COLUMN industry.control_threshold.threshold IS 'number of the threshold within the item';
COMMENT ON COLUMN industry.control_threshold.parameter IS 'parameter, such as compaction density';
COMMENT ON COLUMN industry.control_threshold.comparison IS 'how it is compared: ≥, >, ≤, <, =';
COMMENT ON COLUMN industry.control_threshold.value IS 'value in unit';
COMMENT ON COLUMN industry.control_threshold.unit IS 'unit of the value';
COMMENT ON COLUMN industry.control_threshold.condition IS 'condition of the measurement: at 220 MPa';

/*
 * One query of 140 lines, on purpose: each step reads the one before, all of them ask
 * for the same days, and its WITH list names the steps.  Functions in their place
 * would compute the known sets once a control.
 *
 *	known_set	the sets of the editions that were known
 *	event	what happened when: the day from which each change is so
 *	subject	what is asked
 *	story	what is told of it: items of a control of which no event speaks alone have one
 *	version	a story in the words of each source that speaks of the control
 *	day	the days of each control from which on its status may be another
 *	voice, told	the events that count for a version
 *	dated, digest, judged	the last of them up to the day, and the status that follows
 *	verdict	what all versions of a story come to
 *	period	days of one verdict in a row
 */
CREATE OR REPLACE FUNCTION industry.control_course(first_day date, last_day date, known_on date DEFAULT 'infinity')
RETURNS TABLE (valid_from date, valid_to date, control text, item text, object text, stage text, material text, chemistry chemistry,
	issuer_country text, target_country text, instrument text, reference text, status text, announced date, in_force_from date,
	suspended_from date, suspended_until date, by_control text, note text, has_thresholds boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 500
BEGIN ATOMIC
	WITH known_set AS MATERIALIZED (
		-- a plan takes a boolean for one row in two, and kind = for one in two hundred
		SELECT k.set_id, k.publisher, k.kind = 'control_event' AS is_event
		FROM industry.as_known_on(control_course.known_on) k
		WHERE k.kind IN ('control_item', 'control_event')),
	item AS (
		SELECT i.control, i.item, i.object, i.stage, i.material, i.chemistry::text AS chemistry, bool_or(i.thresholds <> '[]') AS has_thresholds
		FROM known_set k JOIN industry.control_item i ON i.set_id = k.set_id
		WHERE NOT k.is_event
		GROUP BY i.control, i.item, i.object, i.stage, i.material, i.chemistry::text),
	event AS MATERIALIZED (
		-- what ends has its last day in force, and the change is on the next
		SELECT k.publisher, e.control, e.item, e.event, e.event_date + (e.event = 'ends')::integer AS event_date, e.until, e.by_control,
			   e.is_disputed OR e.statement_number > 1 AS is_disputed,
			   industry.last_day_of(e.event_date, e.event_precision) + (e.event = 'ends')::integer AS sure_date,
			   -- what one source says about one act is one story
			   coalesce(e.by_control, e.event) AS act
		FROM known_set k JOIN industry.control_event e ON e.set_id = k.set_id
		WHERE k.is_event),
	subject AS MATERIALIZED (
		SELECT c.control, i.item, i.object, i.stage, i.material, i.chemistry, i.has_thresholds, c.issuer_country, c.target_country, c.instrument, c.reference,
			   c.legal_status, o.item AS own_item
		FROM industry.export_control c
		LEFT JOIN item i ON i.control = c.control
		LEFT JOIN (SELECT DISTINCT e.control, e.item FROM event e WHERE e.item IS NOT NULL) AS o ON o.control = i.control AND o.item = i.item
		WHERE c.instrument <> 'suspension'
		  AND (i.control IS NOT NULL OR EXISTS (SELECT FROM event e WHERE e.control = c.control))),
	story AS MATERIALIZED (
		SELECT row_number() OVER () AS story, d.control, d.own_item, d.legal_status
		FROM (SELECT DISTINCT s.control, s.own_item, s.legal_status FROM subject s) AS d),
	-- each source that speaks of the control, and its version: its own words
	-- about every act, others' where it is silent
	version AS MATERIALIZED (
		SELECT row_number() OVER () AS version, s.story, s.control, s.own_item, s.legal_status, p.publisher
		FROM story s
		LEFT JOIN (SELECT DISTINCT e.control, e.publisher FROM event e) AS p ON p.control = s.control),
	day AS MATERIALIZED (
		SELECT v.control, control_course.first_day AS day FROM version v
		UNION
		SELECT e.control, x.day
		FROM event e CROSS JOIN LATERAL (VALUES (e.event_date), (e.sure_date), (e.until + 1)) AS x (day)
		-- of one day nothing is read
		WHERE control_course.first_day < control_course.last_day AND x.day > control_course.first_day AND x.day <= control_course.last_day),
	voice AS (
		SELECT v.version, v.control, e.event, e.event_date, e.sure_date, e.until, e.by_control, e.is_disputed, e.act,
			   e.item IS NOT NULL AS is_special, e.publisher = v.publisher AS is_own,
			   bool_or(e.publisher = v.publisher) OVER (PARTITION BY v.version, e.act) AS has_own
		FROM version v
		JOIN event e ON e.control = v.control AND (e.item IS NULL OR e.item = v.own_item)),
	told AS (
		SELECT v.version, v.control, v.event, v.event_date, v.sure_date, v.until, v.by_control, v.is_disputed, v.is_special,
			   bool_or(v.is_special) OVER (PARTITION BY v.version, v.act) AS has_special
		FROM voice v
		WHERE v.is_own OR NOT v.has_own),
	-- beside each event the last days that decide which of them count
	dated AS (
		SELECT a.version, y.day, a.event, a.event_date, a.sure_date, a.until, a.by_control, a.is_disputed,
			   max(a.event_date) FILTER (WHERE a.event IN ('in_force', 'resumed') AND a.sure_date <= y.day) OVER w AS last_start,
			   max(a.event_date) FILTER (WHERE a.event = 'resumed' AND a.sure_date <= y.day) OVER w AS last_resumed,
			   max(a.sure_date) FILTER (WHERE a.event IN ('ends', 'superseded', 'withdrawn') AND a.sure_date <= y.day) OVER w AS last_end
		FROM told a
		JOIN day y ON y.control = a.control
		WHERE a.is_special = a.has_special
		WINDOW w AS (PARTITION BY a.version, y.day)),
	digest AS (
		SELECT a.version, a.day, a.last_start, a.last_resumed, a.last_end,
			   min(a.event_date) FILTER (WHERE a.event = 'announced') AS announced,
			   min(a.event_date) FILTER (WHERE a.event = 'in_force') AS first_in_force,
			   max(a.event_date) FILTER (WHERE a.event IN ('ends', 'superseded', 'withdrawn') AND a.sure_date <= a.day) AS first_end,
			   max(a.event_date) FILTER (WHERE a.event = 'suspended' AND a.sure_date <= a.day) AS last_suspended,
			   -- the same events by the last day that they may mean
			   max(a.sure_date) FILTER (WHERE a.event = 'suspended' AND a.sure_date <= a.day) AS sure_suspended,
			   max(a.sure_date) FILTER (WHERE a.event = 'resumed' AND a.sure_date <= a.day) AS sure_resumed,
			   -- a date known to the month or year only, and the day within it
			   bool_or(a.event <> 'announced' AND a.event_date <= a.day AND a.sure_date > a.day) AS is_unsure,
			   -- suspensions that no resumption has ended: the longest counts
			   max(coalesce(a.until, 'infinity')) FILTER (WHERE a.event = 'suspended' AND a.sure_date <= a.day
														   AND a.event_date > coalesce(a.last_resumed, '-infinity')) AS until,
			   min(a.by_control) FILTER (WHERE a.event = 'suspended' AND a.sure_date <= a.day
										   AND a.event_date > coalesce(a.last_resumed, '-infinity')) AS by_control,
			   bool_or(a.is_disputed) FILTER (WHERE a.event = 'suspended' AND a.sure_date <= a.day
												AND a.event_date > coalesce(a.last_resumed, '-infinity')
												AND a.day <= coalesce(a.until, 'infinity')) AS is_suspension_disputed,
			   bool_or(a.is_disputed) FILTER (WHERE a.event IN ('in_force', 'resumed') AND a.event_date = a.last_start) AS is_start_disputed,
			   bool_or(a.is_disputed) FILTER (WHERE a.event IN ('ends', 'superseded', 'withdrawn') AND a.sure_date = a.last_end) AS is_end_disputed
		FROM dated a
		GROUP BY a.version, a.day, a.last_start, a.last_resumed, a.last_end),
	judged AS (
		SELECT v.story, v.publisher, y.day, d.announced, d.first_in_force, d.last_suspended, d.until, d.by_control,
			   CASE WHEN v.legal_status = 'draft' THEN 'draft'
					WHEN d.is_unsure OR o.is_open THEN 'unknown'
					WHEN d.last_end IS NOT NULL AND d.last_end > coalesce(d.last_start, '-infinity')
						THEN CASE WHEN d.is_end_disputed THEN 'conflicting' ELSE 'ended' END
					WHEN d.last_suspended IS NOT NULL AND d.last_suspended > coalesce(d.last_resumed, '-infinity') THEN
						CASE WHEN y.day <= coalesce(d.until, 'infinity') THEN CASE WHEN d.is_suspension_disputed THEN 'conflicting' ELSE 'suspended' END
							 WHEN d.last_start > d.until THEN CASE WHEN d.is_start_disputed THEN 'conflicting' ELSE 'in force' END
							 ELSE 'unknown' END
					WHEN d.last_start IS NOT NULL THEN
						CASE WHEN v.legal_status = 'bill' THEN 'unknown' WHEN d.is_start_disputed THEN 'conflicting' ELSE 'in force' END
					WHEN d.first_in_force > y.day OR d.announced > y.day THEN 'not yet'
					ELSE 'unknown' END AS status,
			   CASE WHEN v.legal_status = 'draft' THEN 'a draft, never itself in force'
					WHEN d.is_unsure THEN 'a date is known to the month or year only'
					WHEN o.is_open THEN 'a date is known to the month or year only, and which of two events came last is not known'
					WHEN d.version IS NULL THEN 'no source says when'
					WHEN d.last_suspended IS NOT NULL AND d.last_suspended > coalesce(d.last_resumed, '-infinity')
						 AND y.day > d.until AND d.last_start IS NOT NULL AND NOT d.last_start > d.until
						THEN format('the suspension lapsed on %s and no later source is on file', d.until)
					WHEN d.last_suspended IS NOT NULL AND y.day > d.until AND d.last_start IS NULL
						THEN format('the suspension lapsed on %s and no later source is on file', d.until)
					WHEN d.last_suspended > coalesce(d.last_resumed, '-infinity') AND d.until = 'infinity' THEN 'no source says until when it is suspended'
					WHEN v.legal_status = 'bill' AND d.last_start IS NOT NULL THEN 'a bill: no source says that it was enacted'
					WHEN d.last_start IS NULL AND d.first_in_force IS NULL THEN 'no source says from when' END AS note
		FROM version v
		JOIN day y ON y.control = v.control
		LEFT JOIN digest d ON d.version = v.version AND d.day = y.day
		-- two events whose rough dates leave open which came last: a suspension and a
		-- resumption, an end and a new start
		CROSS JOIN LATERAL (
			SELECT coalesce(d.last_suspended <= d.sure_resumed AND d.sure_suspended > d.last_resumed, false)
				OR coalesce(d.first_end <= d.last_start AND d.last_end > d.last_start, false) AS is_open) AS o),
	verdict AS (
		SELECT j.story, j.day, CASE WHEN min(j.status) = max(j.status) THEN min(j.status) ELSE 'conflicting' END AS status,
			   min(j.announced) AS announced, min(j.first_in_force) AS in_force_from, max(j.last_suspended) AS suspended_from,
			   max(nullif(j.until, 'infinity')) AS suspended_until, min(j.by_control) AS by_control,
			   CASE WHEN min(j.status) <> max(j.status)
					-- put in order for the few that differ: an aggregate with an order begins a sort for each group
					THEN 'sources differ: ' || (SELECT string_agg(d.publisher || ': ' || d.status, ', ' ORDER BY d.publisher COLLATE "C")
												FROM unnest(array_agg(j.publisher), array_agg(j.status)) AS d (publisher, status))
					WHEN min(j.status) = 'conflicting' THEN 'sources at hand contradict one another'
					ELSE min(j.note) END AS note
		FROM judged j
		GROUP BY j.story, j.day),
	period AS (
		SELECT t.story, t.day, lead(t.day) OVER w - 1 AS last_day, t.status, t.announced, t.in_force_from, t.suspended_from, t.suspended_until, t.by_control, t.note
		FROM (SELECT v.story, v.day, v.status, v.announced, v.in_force_from, v.suspended_from, v.suspended_until, v.by_control, v.note,
					 row_number() OVER w > 1 AND (v.status, v.note) IS NOT DISTINCT FROM (lag(v.status) OVER w, lag(v.note) OVER w) AS goes_on
			  FROM verdict v
			  WINDOW w AS (PARTITION BY v.story ORDER BY v.day)) AS t
		WHERE NOT t.goes_on
		WINDOW w AS (PARTITION BY t.story ORDER BY t.day))
	SELECT t.day, t.last_day, s.control, s.item, s.object, s.stage, s.material, s.chemistry::chemistry, s.issuer_country, s.target_country, s.instrument,
		   s.reference, t.status, t.announced, t.in_force_from, t.suspended_from, t.suspended_until, t.by_control, t.note, s.has_thresholds
	FROM subject s
	JOIN story y ON y.control = s.control AND y.own_item IS NOT DISTINCT FROM s.own_item
	JOIN period t ON t.story = y.story;
END;
COMMENT ON FUNCTION industry.control_course(date, date, date) IS
'control_status from first_day to last_day, a row an item and a period in which status and note stay as they are: valid_from, and valid_to, its last day (NULL for the last period); the other days are those as on valid_from. has_thresholds: whether the item has any';

CREATE OR REPLACE FUNCTION industry.control_status(on_date date, known_on date DEFAULT 'infinity')
RETURNS TABLE (control text, item text, object text, stage text, material text, chemistry chemistry, issuer_country text,
	target_country text, instrument text, reference text, status text, announced date, in_force_from date, suspended_from date,
	suspended_until date, by_control text, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
BEGIN ATOMIC
	SELECT c.control, c.item, c.object, c.stage, c.material, c.chemistry, c.issuer_country, c.target_country, c.instrument, c.reference, c.status, c.announced,
		   c.in_force_from, c.suspended_from, c.suspended_until, c.by_control, c.note
	FROM industry.control_course(control_status.on_date, control_status.on_date, control_status.known_on) c
	ORDER BY c.control, c.item, c.object, c.stage;
END;
COMMENT ON FUNCTION industry.control_status(date, date) IS
'every controlled item with its status on a day, as the sources known on known_on have it: in force; suspended (bounds inclusive); not yet; ended; draft; conflicting (sources contradict one another: note says which says what); unknown (a suspension that lapsed with no later source, a bill past its date, a date known too roughly, no date). A suspension that begins before a control was to come into force keeps it from doing so. Instruments that only suspend others are not listed';

CREATE OR REPLACE FUNCTION industry.stage_share_of(on_date date, known_on date, countries text[])
RETURNS TABLE (stage text, material text, country text, chemistry chemistry, share double precision, share_low double precision,
	share_high double precision, is_exact boolean, publisher text, metric text, basis text, country_basis text, geography text, scenario text,
	period_first date, period_last date, edition text, note text, set_id bigint, statement_kind text, is_stated boolean, open_rows bigint)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
	WITH latest AS (
		SELECT k.set_id, k.stage, k.material, k.publisher, k.metric, k.basis, k.country_basis, k.geography, k.scenario, k.period_first, k.period_last, k.edition,
			   k.published, k.published_precision,
			   -- of each series the latest period that had begun
			   row_number() OVER (PARTITION BY k.series_id ORDER BY k.period_last DESC NULLS LAST, k.period_first DESC,
								  k.known_from DESC, k.source COLLATE "C" DESC, k.set_id DESC) AS place
		FROM industry.as_known_on(stage_share_of.known_on) k
		WHERE k.kind = 'country_share'
		  -- where things are sold is no supply
		  AND k.country_basis <> 'market' AND (k.period_first IS NULL OR k.period_first <= stage_share_of.on_date)
		  -- nor is a set of forecasts, whose day may have come since
		  AND EXISTS (SELECT FROM industry.country_share_observation f
					  WHERE f.set_id = k.set_id AND f.row_kind = 'member'
						AND industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) NOT IN ('forecast', 'claim'))),
	refused AS MATERIALIZED (
		SELECT q.set_id, q.effect, q.chemistry, q.unit, q.amount
		FROM industry.quarantined_members() q),
	total AS (
		SELECT f.set_id, f.chemistry, f.unit, count(*) FILTER (WHERE f.row_kind = 'member') AS members,
			   count(*) FILTER (WHERE f.is_total) > 0 AS is_stated,
			   CASE WHEN count(*) FILTER (WHERE f.is_total) > 0
					THEN CASE WHEN min(f.amount) FILTER (WHERE f.is_total) = max(f.amount) FILTER (WHERE f.is_total) THEN max(f.amount) FILTER (WHERE f.is_total) END
					-- nor of a member that is stated twice
					WHEN count(*) FILTER (WHERE f.is_part AND (f.amount IS NULL OR f.statement_number > 1)) = 0
					THEN sum(f.amount) FILTER (WHERE f.is_part) END AS amount,
			   -- a total that is itself a bound, or a sum of bounds
			   bool_and(f.qualifier = '=') FILTER (WHERE f.is_total) AS is_exact,
			   industry.least_bound(min(f.low) FILTER (WHERE f.is_total),
				   min(industry.open_below(f.qualifier, f.amount, f.amount_low)) FILTER (WHERE f.is_total)) AS stated_low,
			   industry.greatest_bound(max(f.high) FILTER (WHERE f.is_total),
				   max(industry.open_above(f.qualifier, f.amount, f.amount_high)) FILTER (WHERE f.is_total)) AS stated_high,
			   -- the parts of a sum, and how many of them have no such bound
			   sum(f.low) FILTER (WHERE f.is_part) AS sum_low, sum(f.high) FILTER (WHERE f.is_part) AS sum_high,
			   count(*) FILTER (WHERE f.is_part AND (f.low IS NULL OR f.statement_number > 1)) AS no_low,
			   count(*) FILTER (WHERE f.is_part AND (f.high IS NULL OR f.statement_number > 1)) AS no_high
		FROM (
			SELECT f.set_id, f.chemistry::text AS chemistry, f.unit, f.row_kind, f.statement_number, f.qualifier, f.amount, f.amount_low, f.amount_high,
				   f.row_kind = 'stated_total' AS is_total, f.row_kind IN ('member', 'remainder') AS is_part,
				   industry.lower_bound(f.qualifier, f.amount, f.amount_low) AS low, industry.upper_bound(f.qualifier, f.amount, f.amount_high) AS high
			FROM latest l JOIN industry.country_share_observation f ON f.set_id = l.set_id
			WHERE l.place <= 1
			  AND industry.figure_standing(f.statement_kind, l.period_first, l.period_last, l.published, l.published_precision) NOT IN ('forecast', 'claim')
			-- once a row
			OFFSET 0) AS f
		GROUP BY f.set_id, f.chemistry, f.unit),
	-- what of the set is in quarantine, which a sum lacks
	lacking AS MATERIALIZED (
		SELECT t.set_id, t.chemistry, t.unit, count(*) AS open_rows, bool_or(r.effect <> 'adds a member') AS may_change,
			   CASE WHEN count(*) = count(r.amount) FILTER (WHERE r.unit = t.unit) THEN sum(r.amount) END AS amount
		FROM total t
		JOIN refused r ON r.set_id = t.set_id AND (r.chemistry IS NOT DISTINCT FROM t.chemistry OR r.effect = 'not known')
		GROUP BY t.set_id, t.chemistry, t.unit),
	member AS (
		SELECT l.set_id, f.country, f.chemistry::text AS chemistry, q.open_rows,
			   coalesce(f.share_pct, CASE WHEN t.is_stated OR q.open_rows IS NULL THEN 100 * f.amount / nullif(t.amount, 0) END) AS pct,
			   CASE WHEN f.share_qualifier IS NOT NULL THEN industry.lower_bound(f.share_qualifier, f.share_pct, f.share_pct_low)
					ELSE 100 * x.low / nullif(CASE WHEN t.is_stated THEN t.stated_high
												   WHEN q.may_change IS NOT TRUE AND t.no_high = (x.high IS NULL)::integer
												   THEN coalesce(t.sum_high, 0) - coalesce(x.high, 0) + x.low + CASE WHEN q.open_rows IS NULL THEN 0 ELSE q.amount END END, 0) END AS pct_low,
			   CASE WHEN f.share_qualifier IS NOT NULL THEN industry.upper_bound(f.share_qualifier, f.share_pct, f.share_pct_high)
					ELSE 100 * x.high / nullif(CASE WHEN t.is_stated THEN t.stated_low
													WHEN q.may_change IS NOT TRUE AND t.no_low = (x.low IS NULL)::integer
													THEN coalesce(t.sum_low, 0) - coalesce(x.low, 0) + x.high END, 0) END AS pct_high,
			   CASE WHEN f.share_qualifier IS NOT NULL THEN industry.open_below(f.share_qualifier, f.share_pct, f.share_pct_low)
					ELSE 100 * industry.open_below(f.qualifier, f.amount, f.amount_low) / nullif(t.amount, 0) END AS open_low,
			   CASE WHEN f.share_qualifier IS NOT NULL THEN industry.open_above(f.share_qualifier, f.share_pct, f.share_pct_high)
					ELSE 100 * industry.open_above(f.qualifier, f.amount, f.amount_high) / nullif(t.amount, 0) END AS open_high,
			   CASE WHEN f.share_qualifier IS NOT NULL THEN f.share_qualifier = '='
					ELSE f.qualifier = '=' AND CASE WHEN t.is_stated THEN t.is_exact AND t.amount IS NOT NULL ELSE t.no_low + t.no_high = 0 AND t.sum_low = t.sum_high END END
			   AND q.open_rows IS NULL AND g.standing = 'history' AS is_exact,
			   g.standing, f.statement_kind, coalesce(f.share_qualifier, f.qualifier) AS qualifier,
			   coalesce(f.share_missing_reason, f.missing_reason) AS missing_reason,
			   coalesce(f.share_as_printed, f.as_printed) AS printed, f.statement_number
		FROM latest l
		JOIN industry.country_share_observation f ON f.set_id = l.set_id
		CROSS JOIN LATERAL (
			SELECT industry.lower_bound(f.qualifier, f.amount, f.amount_low) AS low, industry.upper_bound(f.qualifier, f.amount, f.amount_high) AS high) AS x
		CROSS JOIN LATERAL (
			SELECT industry.figure_standing(f.statement_kind, l.period_first, l.period_last, l.published, l.published_precision) AS standing) AS g
		LEFT JOIN total t ON t.set_id = f.set_id AND t.chemistry IS NOT DISTINCT FROM f.chemistry::text AND t.unit IS NOT DISTINCT FROM f.unit
		LEFT JOIN lacking q ON q.set_id = f.set_id AND q.chemistry IS NOT DISTINCT FROM f.chemistry::text AND q.unit IS NOT DISTINCT FROM f.unit
		WHERE l.place <= 1 AND f.row_kind = 'member' AND g.standing NOT IN ('forecast', 'claim')
		  AND (stage_share_of.countries IS NULL OR f.chemistry IS NULL AND f.country = ANY (stage_share_of.countries)))
	SELECT l.stage, l.material, h.country, h.chemistry::chemistry, h.share, h.share_low, h.share_high, h.is_exact, l.publisher, l.metric, l.basis, l.country_basis,
		   l.geography, l.scenario, l.period_first, l.period_last, l.edition, h.note, l.set_id, h.statement_kind, h.set_id IS NOT NULL, r.open_rows
	FROM latest l
	LEFT JOIN (SELECT q.set_id, count(*) AS open_rows FROM refused q GROUP BY q.set_id) AS r ON r.set_id = l.set_id
	LEFT JOIN (
		SELECT m.set_id, m.country, m.chemistry,
			   CASE WHEN count(*) = 1 THEN (min(m.pct) / 100)::double precision END AS share,
			   -- the least lower bound of all statements; none where one has none below it
			   (industry.least_bound(min(m.pct_low), CASE WHEN count(*) > 1 THEN min(m.open_low) END) / 100)::double precision AS share_low,
			   (industry.greatest_bound(max(m.pct_high), CASE WHEN count(*) > 1 THEN max(m.open_high) END) / 100)::double precision AS share_high,
			   count(*) = 1 AND bool_and(m.is_exact) IS TRUE AS is_exact,
			   nullif(concat_ws('; ',
					CASE WHEN count(*) > 1 THEN 'the source states: ' || string_agg(m.printed, '; ' ORDER BY m.statement_number)
						 WHEN min(m.pct) IS NULL THEN coalesce(min(m.missing_reason), CASE WHEN min(m.open_rows) IS NULL THEN 'no single value, or no total to divide by' END)
						 WHEN bool_and(m.qualifier = '=') IS NOT TRUE THEN 'as printed: ' || min(m.printed)
						 WHEN bool_and(m.is_exact) IS NOT TRUE AND bool_and(m.standing = 'history') AND min(m.open_rows) IS NULL
						 THEN 'of a total that is a bound or approximate' END,
					CASE WHEN bool_or(m.standing = 'estimate') THEN 'an estimate' END, industry.in_quarantine(max(m.open_rows))), '') AS note,
			   string_agg(DISTINCT m.statement_kind, ', ') AS statement_kind
		FROM member m
		GROUP BY m.set_id, m.country, m.chemistry) AS h ON h.set_id = l.set_id
	WHERE l.place <= 1
	  AND (h.set_id IS NOT NULL OR EXISTS (SELECT FROM total t WHERE t.set_id = l.set_id AND t.chemistry IS NULL AND t.members > 0));
END;
COMMENT ON FUNCTION industry.stage_share_of(date, date, text[]) IS
'stage_share (all countries NULL), or its rows without a chemistry for the countries that are named; then a set that states shares without a chemistry but of none of these has a row, too, with is_stated false and no country. open_rows: rows of the set in quarantine';

CREATE OR REPLACE FUNCTION industry.stage_share(on_date date, known_on date DEFAULT 'infinity')
RETURNS TABLE (stage text, material text, country text, chemistry chemistry, share double precision, share_low double precision,
	share_high double precision, is_exact boolean, publisher text, metric text, basis text, country_basis text, geography text, scenario text,
	period_first date, period_last date, edition text, note text, set_id bigint, statement_kind text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
	SELECT h.stage, h.material, h.country, h.chemistry, h.share, h.share_low, h.share_high, h.is_exact, h.publisher, h.metric, h.basis, h.country_basis,
		   h.geography, h.scenario, h.period_first, h.period_last, h.edition, h.note, h.set_id, h.statement_kind
	FROM industry.stage_share_of(stage_share.on_date, stage_share.known_on, NULL) h
	WHERE h.is_stated
	ORDER BY h.stage, h.material, h.publisher, h.metric, h.set_id, h.country, h.chemistry::text COLLATE "C";
END;
COMMENT ON FUNCTION industry.stage_share(date, date) IS
'each country''s share of supply at each stage, as a fraction, by the latest set that had begun on a day, forecasts and claims apart, of each publisher''s series, scenarios under their names: as stated, or the amount over the stated total (over the sum of the countries where none is stated and all are known). Where a source states it more than once and differently, share is NULL, low and high are the least and the greatest statement and note quotes them; low or high is NULL where a statement has no such bound (more than 97 % has no upper one, also beside 70 %), or a row in quarantine leaves none. Sets of country_basis market (where things are sold) are no supply and not in it';

CREATE OR REPLACE FUNCTION industry.control_exposure(on_date date, known_on date DEFAULT 'infinity')
RETURNS TABLE (stage text, stage_position integer, object text, from_country text, to_country text, status text, controls text[], items text[],
	covers_part boolean, material text, share_publisher text, share_metric text, share_basis text, share_scenario text, share_edition text,
	share_period_first date, share_period_last date, exposure double precision, exposure_low double precision,
	exposure_high double precision, is_exact boolean, is_weakest_stage boolean, note text, share_statement_kind text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
BEGIN ATOMIC
	WITH told AS MATERIALIZED (
		SELECT s.control, s.item, s.object, s.stage, s.material, s.status, s.chemistry::text AS chemistry, s.issuer_country, s.target_country, s.has_thresholds
		FROM industry.control_course(control_exposure.on_date, control_exposure.on_date, control_exposure.known_on) s
		WHERE s.stage IS NOT NULL OR s.has_thresholds),
	narrowed AS MATERIALIZED (
		SELECT DISTINCT s.control, s.item FROM told s WHERE s.has_thresholds),
	status AS MATERIALIZED (
		SELECT s.control, s.item, s.object, s.stage, s.material, s.status,
			   -- a tariff or a ban to buy is the buyer's: the supply is the target's
			   CASE WHEN s.object IN ('tariff', 'procurement', 'investment') THEN s.target_country ELSE s.issuer_country END AS from_country,
			   CASE WHEN s.object IN ('tariff', 'procurement', 'investment') THEN s.issuer_country ELSE s.target_country END AS to_country,
			   s.chemistry IS NOT NULL OR EXISTS (SELECT FROM narrowed t WHERE t.control = s.control AND t.item = s.item) AS is_part
		FROM told s
		WHERE s.stage IS NOT NULL AND s.status IN ('in force', 'conflicting', 'unknown')),
	-- stages of which it is known that what there is on file is not in force; a draft tells nothing of what is
	absent AS (
		SELECT DISTINCT s.stage FROM told s WHERE s.stage IS NOT NULL AND s.status IN ('not yet', 'suspended', 'ended')),
	share AS MATERIALIZED (
		SELECT h.set_id, h.stage, h.material, h.country, h.share, h.share_low, h.share_high, h.is_exact, h.publisher, h.metric, h.basis, h.scenario, h.period_first,
			   h.period_last, h.edition, h.note, h.statement_kind, h.open_rows
		-- asked of the countries alone that a control is about
		FROM (SELECT coalesce(array_agg(DISTINCT s.from_country), '{}') AS countries FROM status s) AS c
		CROSS JOIN LATERAL industry.stage_share_of(control_exposure.on_date, control_exposure.known_on, c.countries) h
		WHERE h.geography = 'World'),
	series AS (
		SELECT DISTINCT h.set_id, h.stage, h.material, h.publisher, h.metric, h.basis, h.scenario, h.period_first, h.period_last, h.edition, h.open_rows FROM share h),
	-- what a share is of decides which items it is beside: asked once for all of its series
	reach AS MATERIALIZED (
		SELECT r.stage, r.material, count(*) AS sets, count(r.scenario) AS scenarios FROM series r GROUP BY r.stage, r.material),
	pairing AS (
		SELECT s.stage, s.object, s.from_country, s.to_country, s.control, s.item, s.status,
			   -- a material is part of the stage, but all of a share of that material
			   s.is_part OR (s.material IS NOT NULL AND r.material IS NULL) AS is_part, r.stage IS NOT NULL AS has_share, r.material
		FROM status s
		LEFT JOIN reach r ON r.stage = s.stage AND (r.material IS NULL OR s.material IS NULL OR r.material = s.material)
		UNION ALL
		-- shares of scenarios alone leave what is so unknown
		SELECT s.stage, s.object, s.from_country, s.to_country, s.control, s.item, s.status, s.is_part OR s.material IS NOT NULL, false, NULL
		FROM status s
		JOIN (SELECT s.stage, s.material
			  FROM (SELECT DISTINCT s.stage, s.material FROM status s) AS s
			  JOIN reach r ON r.stage = s.stage AND (r.material IS NULL OR s.material IS NULL OR r.material = s.material)
			  GROUP BY s.stage, s.material
			  HAVING sum(r.sets) = sum(r.scenarios)) AS o ON o.stage = s.stage AND coalesce(o.material, '') = coalesce(s.material, '')),
	-- numbered, so that its long lists are not carried through all that follows
	covered AS MATERIALIZED (
		SELECT row_number() OVER () AS covered, p.stage, p.object, p.from_country, p.to_country, p.has_share, p.material, min(p.row_status) AS status,
			   -- those that the status is of, and never others
			   array_agg(DISTINCT p.control) FILTER (WHERE p.status = p.row_status) AS controls,
			   array_agg(DISTINCT p.item) FILTER (WHERE p.status = p.row_status) AS items,
			   bool_and(p.is_part) FILTER (WHERE p.status = p.row_status) AS covers_part,
			   string_agg(DISTINCT CASE WHEN p.status <> p.row_status THEN format('%s: %s', p.control, p.status) END, ', ') AS others
		FROM (SELECT p.stage, p.object, p.from_country, p.to_country, p.control, p.item, p.status, p.is_part, p.has_share, p.material,
					 -- in force, conflicting, unknown: the first of them that any item has
					 CASE min(CASE p.status WHEN 'in force' THEN 1 WHEN 'conflicting' THEN 2 ELSE 3 END)
							  OVER (PARTITION BY p.stage, p.object, p.from_country, p.to_country, p.has_share, p.material)
						  WHEN 1 THEN 'in force' WHEN 2 THEN 'conflicting' ELSE 'unknown' END AS row_status
			  FROM pairing p) AS p
		GROUP BY p.stage, p.object, p.from_country, p.to_country, p.has_share, p.material),
	exposed AS (
		SELECT c.stage, c.object, c.from_country, c.to_country, r.set_id, r.material, r.publisher, r.metric, r.basis, r.scenario, r.period_first, r.period_last, r.edition, r.open_rows,
			   c.covered, c.status, c.covers_part, c.others
		FROM covered c
		LEFT JOIN series r ON c.has_share AND r.stage = c.stage AND coalesce(r.material, '') = coalesce(c.material, '')),
	measured AS (
		SELECT e.stage, e.object, e.from_country, e.to_country, e.covered, e.status, e.covers_part, e.material, e.publisher, e.metric, e.basis, e.scenario,
			   e.edition, e.period_first, e.period_last,
			   CASE WHEN e.status = 'in force' AND e.object <> 'investment' THEN h.share END AS exposure,
			   CASE WHEN e.object = 'investment' THEN NULL WHEN e.status <> 'in force' THEN 0 ELSE h.share_low END AS exposure_low,
			   CASE WHEN e.object <> 'investment' THEN h.share_high END AS exposure_high,
			   e.status = 'in force' AND h.is_exact AS is_exact, h.statement_kind,
			   nullif(concat_ws('; ',
					CASE WHEN e.object = 'investment' THEN 'a control of investment is no share of supply'
						 WHEN e.publisher IS NULL THEN 'no source states shares of this stage' || CASE WHEN EXISTS (SELECT FROM series r WHERE r.stage = e.stage AND r.scenario IS NOT NULL) THEN ', scenarios apart' ELSE '' END
						 WHEN e.from_country IS NULL THEN 'the supplier is not named'
						 WHEN h.country IS NULL
						 THEN concat_ws('; ', format('the source states no share of %s', e.from_country), industry.in_quarantine(e.open_rows))
						 ELSE h.note END,
					CASE WHEN e.status <> 'in force' THEN 'whether it is in force is ' || e.status END,
					'not sure to be in force: ' || e.others,
					CASE WHEN e.covers_part THEN 'part of the stage only: the share is of the whole stage' END), '') AS note
		FROM exposed e
		LEFT JOIN share h ON h.set_id = e.set_id AND h.country = e.from_country),
	-- what is known of a row: what it is at least, or about; what is only an upper limit may be less
	known AS (
		SELECT m.stage, m.object, m.from_country, m.to_country, m.covered, m.status, m.covers_part, m.material, m.publisher, m.metric, m.basis, m.scenario,
			   m.edition, m.period_first, m.period_last, m.exposure, m.exposure_low, m.exposure_high, m.is_exact, m.note, m.statement_kind, k.at_least,
			   max(k.at_least) OVER w AS greatest, max(k.at_most) OVER w AS limit_of_others
		FROM measured m
		CROSS JOIN LATERAL (
			SELECT CASE WHEN m.exposure_low > 0 THEN m.exposure_low WHEN m.exposure_high IS NULL THEN m.exposure END AS at_least,
				   CASE WHEN m.exposure_low IS NULL AND m.exposure IS NOT NULL THEN m.exposure_high END AS at_most) AS k
		WINDOW w AS (PARTITION BY m.object, m.to_country, m.scenario))
	SELECT g.stage, g.position, m.object, m.from_country, m.to_country, coalesce(m.status, 'none'), coalesce(c.controls, '{}'), coalesce(c.items, '{}'),
		   m.covers_part, m.material, m.publisher, m.metric, m.basis, m.scenario, m.edition, m.period_first, m.period_last,
		   CASE WHEN a.stage IS NOT NULL THEN 0 ELSE m.exposure END,
		   CASE WHEN m.stage IS NULL THEN 0 ELSE m.exposure_low END,
		   CASE WHEN a.stage IS NOT NULL THEN 0 ELSE m.exposure_high END,
		   m.is_exact,
		   CASE WHEN m.at_least = m.greatest THEN CASE WHEN m.limit_of_others > m.greatest THEN NULL ELSE true END
				WHEN m.exposure_high < m.greatest THEN false END,
		   CASE WHEN a.stage IS NOT NULL THEN 'no instrument on file is in force'
				WHEN m.stage IS NULL THEN 'no instrument is on file' ELSE m.note END, m.statement_kind
	FROM industry.stage g
	LEFT JOIN known m ON m.stage = g.stage
	LEFT JOIN covered c ON c.covered = m.covered
	LEFT JOIN absent a ON a.stage = g.stage AND m.stage IS NULL
	ORDER BY g.position, m.object, m.from_country, m.to_country, m.material, m.publisher, m.metric, m.basis, m.scenario, m.period_first;
END;
COMMENT ON FUNCTION industry.control_exposure(date, date) IS
'for every stage and object of control, the share of world supply, as a fraction, that comes from a country with an instrument in force on a day: from whom, to whom (NULL means all), by each source of shares and scenario separately. A tariff or a ban to buy counts the target''s supply to the issuer. exposure is 0 where what is on file for a stage is known not to be in force; NULL where nothing is on file, where the share is unknown or contradicted, or where it is conflicting or unknown whether the instrument is in force; low and high then say what can be said. controls and items are those of the row''s status; note names others that are not sure to be in force. covers_part: each of the items has a chemistry, a threshold or a material of its own that the share is not of, so the share is an upper limit, and so are low and high. is_weakest_stage: the greatest exposure known for that object, buyer and scenario, where what is no exact figure counts with its lower bound; NULL where a stage may or may not be, for its upper bound is not below that';
