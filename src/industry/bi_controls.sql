/*
 * Trade controls.  control_status answers for a day; a dashboard wants periods.
 * Between two days on which a source says that something happens, nothing does,
 * so one answer holds from one such day to the day before the next.
 */

CREATE OR REPLACE VIEW industry.control_change_day AS
SELECT DISTINCT d.day
FROM (SELECT e.event_date, industry.last_day_of(e.event_date, e.event_precision) AS sure_date, e.event, e.until
	  FROM industry.latest_set k JOIN industry.control_event e ON e.set_id = k.set_id WHERE k.kind = 'control_event') AS e
CROSS JOIN LATERAL (VALUES (e.event_date), (e.sure_date), (CASE WHEN e.event = 'ends' THEN e.event_date + 1 END),
	(CASE WHEN e.event = 'ends' THEN e.sure_date + 1 END), (e.until + 1)) AS d (day)
WHERE d.day IS NOT NULL;
COMMENT ON VIEW industry.control_change_day IS 'latest edition: days on which the status of a trade control may change';
COMMENT ON COLUMN industry.control_change_day.day IS 'first day on which it may be another';

-- Hundreds of expressions over few rows: compiling them (jit) takes longer than the answer.
CREATE OR REPLACE FUNCTION industry.bi_rows_control_status()
RETURNS TABLE (control text, item text, object text, stage text, material text, chemistry text, issuer_country text, target_country text,
	instrument text, reference text, valid_from date, valid_to date, status text, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 500 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp SET jit = off AS $$
	SELECT c.control, c.item, c.object, c.stage, c.material, c.chemistry::text, c.issuer_country, c.target_country, c.instrument, c.reference,
		   c.valid_from, c.valid_to, c.status, c.note
	FROM (SELECT min(d.day) AS day FROM industry.control_change_day d) AS f
	CROSS JOIN LATERAL industry.control_course(f.day, 'infinity', industry.as_of()) AS c
	-- before a control is heard of there is nothing to say
	WHERE c.status <> 'unknown' OR c.note IS NOT NULL OR c.valid_from > f.day;
$$;
COMMENT ON FUNCTION industry.bi_rows_control_status() IS 'rows of bi_control_status: control_course of all days. Runs with the rights of its owner';
REVOKE EXECUTE ON FUNCTION industry.bi_rows_control_status() FROM PUBLIC;

CREATE OR REPLACE VIEW industry.bi_control_status AS
SELECT s.control, s.item, s.object, s.stage, g.name AS stage_name, s.material, s.chemistry, s.issuer_country, i.name AS issuer_country_name,
	   s.target_country, t.name AS target_country_name, s.instrument, s.reference, s.valid_from, s.valid_to, s.status, current_date >= s.valid_from AND current_date <= coalesce(s.valid_to, 'infinity') AS is_today, s.note
FROM industry.bi_rows_control_status() AS s
LEFT JOIN industry.stage g ON g.stage = s.stage
LEFT JOIN industry.country i ON i.country = s.issuer_country
LEFT JOIN industry.country t ON t.country = s.target_country;
COMMENT ON VIEW industry.bi_control_status IS 'latest edition: status of trade controls, one row an item and a period in which its status does not change. For one day, filter on valid_from <= day and (valid_to >= day or valid_to is null)';
COMMENT ON COLUMN industry.bi_control_status.control IS 'handle of the instrument';
COMMENT ON COLUMN industry.bi_control_status.item IS 'the item; NULL where the instrument has none on file';
COMMENT ON COLUMN industry.bi_control_status.valid_from IS 'first day of the period';
COMMENT ON COLUMN industry.bi_control_status.valid_to IS 'last day of the period, inclusive; NULL for the last one, as far as sources tell';
COMMENT ON COLUMN industry.bi_control_status.status IS 'in force; suspended; not yet; ended; draft; conflicting (sources contradict one another); unknown (a suspension that lapsed with no later source, a bill past its date)';
COMMENT ON COLUMN industry.bi_control_status.is_today IS 'whether the period holds the current day';
COMMENT ON COLUMN industry.bi_control_status.note IS 'why the status is unknown or conflicting';

CREATE OR REPLACE FUNCTION industry.bi_rows_control_exposure(of_today boolean)
RETURNS TABLE (valid_from date, valid_to date, stage text, stage_position integer, object text, from_country text, to_country text, status text, controls text,
	items text, covers_part boolean, material text, share_publisher text, share_metric text, share_basis text, share_scenario text, share_edition text,
	share_period_first date, share_period_last date, exposure_fraction double precision, exposure_low_fraction double precision,
	exposure_high_fraction double precision, is_exact boolean, is_weakest_stage boolean, note text, share_statement_kind text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp SET jit = off AS $$
	WITH day AS (
		SELECT d.day FROM industry.control_change_day d
		UNION
		SELECT k.period_first FROM industry.latest_set k WHERE k.kind = 'country_share' AND k.country_basis <> 'market' AND k.period_first IS NOT NULL),
	span AS (SELECT d.day AS first_day, lead(d.day) OVER (ORDER BY d.day) - 1 AS last_day FROM day d)
	SELECT p.first_day, p.last_day, e.stage, e.stage_position, e.object, e.from_country, e.to_country, e.status, array_to_string(e.controls, '; '),
		   array_to_string(e.items, '; '), e.covers_part, e.material, e.share_publisher, e.share_metric, e.share_basis, e.share_scenario, e.share_edition,
		   e.share_period_first, e.share_period_last, e.exposure, e.exposure_low, e.exposure_high, e.is_exact, e.is_weakest_stage, e.note,
		   e.share_statement_kind
	FROM span p CROSS JOIN LATERAL industry.control_exposure(p.first_day, industry.as_of()) AS e
	WHERE (current_date BETWEEN p.first_day AND coalesce(p.last_day, 'infinity')) = bi_rows_control_exposure.of_today;
$$;
COMMENT ON FUNCTION industry.bi_rows_control_exposure(boolean) IS 'rows of bi_control_exposure: control_exposure of every day on which it may change, for the period that holds today or for the others. Runs with the rights of its owner';
REVOKE EXECUTE ON FUNCTION industry.bi_rows_control_exposure(boolean) FROM PUBLIC;

CREATE OR REPLACE VIEW industry.bi_control_exposure AS
SELECT e.valid_from, e.valid_to, e.is_today, e.stage, g.name AS stage_name, e.stage_position,
	   e.object, e.from_country, f.name AS from_country_name, e.to_country, t.name AS to_country_name, e.status, e.controls, e.items, e.covers_part, e.material, e.share_publisher, e.share_metric, e.share_basis,
	   e.share_scenario, e.share_edition, e.share_period_first, e.share_period_last, industry.period_label(e.share_period_first, e.share_period_last) AS share_period_label,
	   e.share_statement_kind AS statement_kind, e.exposure_fraction, e.exposure_low_fraction, e.exposure_high_fraction, e.is_exact,
	   e.is_weakest_stage, e.note
FROM (
	-- two branches: a filter on is_today asks for one day
	SELECT true AS is_today, t.valid_from, t.valid_to, t.stage, t.stage_position, t.object, t.from_country, t.to_country, t.status, t.controls, t.items, t.covers_part,
		   t.material, t.share_publisher, t.share_metric, t.share_basis, t.share_scenario, t.share_edition, t.share_period_first, t.share_period_last,
		   t.exposure_fraction, t.exposure_low_fraction, t.exposure_high_fraction, t.is_exact, t.is_weakest_stage, t.note, t.share_statement_kind
	FROM industry.bi_rows_control_exposure(true) AS t
	UNION ALL
	SELECT false, o.valid_from, o.valid_to, o.stage, o.stage_position, o.object, o.from_country, o.to_country, o.status, o.controls, o.items, o.covers_part,
		   o.material, o.share_publisher, o.share_metric, o.share_basis, o.share_scenario, o.share_edition, o.share_period_first, o.share_period_last,
		   o.exposure_fraction, o.exposure_low_fraction, o.exposure_high_fraction, o.is_exact, o.is_weakest_stage, o.note, o.share_statement_kind
	FROM industry.bi_rows_control_exposure(false) AS o) AS e
LEFT JOIN industry.stage g ON g.stage = e.stage
LEFT JOIN industry.country f ON f.country = e.from_country
LEFT JOIN industry.country t ON t.country = e.to_country;
COMMENT ON VIEW industry.bi_control_exposure IS 'latest edition: for every stage of the supply chain, the share of world supply that comes from a country with a control in force; one row a stage, object, pair of countries, source of shares, and period in which none of that changes. Filter on one day (is_today, or valid_from and valid_to): nothing in it adds up';
COMMENT ON COLUMN industry.bi_control_exposure.valid_from IS 'first day of the period';
COMMENT ON COLUMN industry.bi_control_exposure.valid_to IS 'last day of the period, inclusive; NULL for the last one';
COMMENT ON COLUMN industry.bi_control_exposure.is_today IS 'whether the period holds the current day';
COMMENT ON COLUMN industry.bi_control_exposure.stage_position IS 'order of the stage along the chain';
COMMENT ON COLUMN industry.bi_control_exposure.object IS 'what is controlled: goods, technology, equipment, investment, procurement, tariff; NULL where nothing is';
COMMENT ON COLUMN industry.bi_control_exposure.from_country IS 'country whose supply it is, ISO 3166-1 alpha-2';
COMMENT ON COLUMN industry.bi_control_exposure.to_country IS 'country that it is kept from, or that levies the tariff; NULL means all';
COMMENT ON COLUMN industry.bi_control_exposure.status IS 'in force, conflicting, unknown, or none';
COMMENT ON COLUMN industry.bi_control_exposure.controls IS 'handles of the instruments, parted by semicolons';
COMMENT ON COLUMN industry.bi_control_exposure.items IS 'items that they cover, parted by semicolons';
COMMENT ON COLUMN industry.bi_control_exposure.covers_part IS 'whether the items are a part of the stage only, so that the share of the whole stage is an upper limit';
COMMENT ON COLUMN industry.bi_control_exposure.material IS 'material that the share is of; NULL for the stage as a whole';
COMMENT ON COLUMN industry.bi_control_exposure.share_publisher IS 'publisher of the share';
COMMENT ON COLUMN industry.bi_control_exposure.share_metric IS 'what the share is of';
COMMENT ON COLUMN industry.bi_control_exposure.share_basis IS 'basis of the share';
COMMENT ON COLUMN industry.bi_control_exposure.share_scenario IS 'scenario of the share; NULL for what is no scenario';
COMMENT ON COLUMN industry.bi_control_exposure.share_edition IS 'edition of the share';
COMMENT ON COLUMN industry.bi_control_exposure.share_period_first IS 'first day of the period that the share is of';
COMMENT ON COLUMN industry.bi_control_exposure.share_period_last IS 'last day of that period';
COMMENT ON COLUMN industry.bi_control_exposure.share_period_label IS 'that period in short';
COMMENT ON COLUMN industry.bi_control_exposure.statement_kind IS 'how the source knows the share: measured, estimated and so on';
COMMENT ON COLUMN industry.bi_control_exposure.exposure_fraction IS 'share of world supply under control, 0 to 1; 0 where what is on file for the stage is known not to be in force; NULL where nothing is on file, and where it is unknown or contradicted';
COMMENT ON COLUMN industry.bi_control_exposure.exposure_low_fraction IS 'least exposure that the sources allow, 0 to 1; NULL where they say nothing about that';
COMMENT ON COLUMN industry.bi_control_exposure.exposure_high_fraction IS 'greatest exposure that the sources allow, 0 to 1; NULL where they say nothing about that';
COMMENT ON COLUMN industry.bi_control_exposure.is_exact IS 'whether the share is exact as printed and the control in force for certain';
COMMENT ON COLUMN industry.bi_control_exposure.is_weakest_stage IS 'whether this is the greatest exposure known for that object, buyer and scenario, where a stage without an exposure counts with its lower bound; NULL where it may or may not be';
COMMENT ON COLUMN industry.bi_control_exposure.note IS 'what to know about the row: why something is NULL';
