/*
 * From 1.0.0 to 1.1.0: scenarios, units and phases of projects, parts of editions.
 *
 * The results of functions have other columns, and so have views: those of 1.0.0
 * go, and the parts of code make them anew.  What others built on them is put by,
 * if it is views, and made again by end_upgrade.sql; anything else is theirs to
 * drop first.
 */
CREATE TEMPORARY TABLE kept_view (
	schema_name name,
	view_name name,
	owner name,
	options text[],
	definition text,
	comment text,
	column_comments jsonb
) ON COMMIT DROP;
CREATE TEMPORARY TABLE kept_right (
	kind text,
	object text,
	privilege text,
	grantee name,
	grantable boolean
) ON COMMIT DROP;

DO $$
DECLARE
	views CONSTANT name[] := '{bi_capacity, bi_concentration, bi_control_exposure, bi_control_status, bi_country_share, bi_exchange_rate, bi_expansion,
		bi_learning_curve, bi_learning_point, bi_lineage, bi_load, bi_maker, bi_maker_share, bi_measure, bi_mineral_demand, bi_output, bi_plant_cost,
		bi_plant_event, bi_price, bi_price_index, bi_product_specification, bi_public_support, bi_quarantine, bi_restatement, bi_sector_answer, bi_source,
		bi_stated_figure, bi_storage_project, bi_technology_event, bi_technology_gap, capacity_mineral_demand, control_change_day, control_threshold,
		current_capacity, current_capacity_event, current_control_event, current_control_item, current_country_share, current_exchange_rate,
		current_expansion, current_expansion_usd, current_maker_share, current_price, current_price_index, current_price_usd,
		current_product_specification, current_public_support, current_sector_chemistry, current_sector_requirement, current_set, current_stated_figure,
		current_storage_project, current_technology_event, figure_lineage, latest_set, maker_name, observation, plant_cost, plant_schedule, restatement,
		sector_answer, set_size, set_succession, set_summary, storage_project_cost, technology_chain, technology_gap}';
	-- but for target_columns and key_text, which layout.sql took along
	functions CONSTANT name[] := '{accept_name, accept_names, as_capacity, as_cost, as_known_on, begin_load, bi_rows_concentration, bi_rows_control_exposure,
		bi_rows_control_status, bi_rows_learning_point, bi_rows_output, bi_rows_plant_cost, bi_rows_restatement, bi_rows_sector_answer,
		bi_rows_technology_event, bi_rows_technology_gap, bi_usd, capacity_number, capacity_trouble, cell, check_rows, chemistry_trouble, compare_sets,
		concentration, control_exposure, control_status, cost_number, cost_trouble, country_concentration, csv_fields, cumulative_output, currency_code,
		deflate, dependent_views, energy_gwh, excerpt, explain_problems, find_country, find_maker, find_nearest, find_plant, find_source, gather_refused,
		grant_access, greatest_stated, header_key, is_slip, last_day_of, learning_fit, learning_points, learning_points_of, least_stated,
		line_breaks, lineage, load, load_facts, load_options, load_reference, lower_bound, make_stage, make_work_tables, map_header, market,
		measure_target, nearest_names, one_price_series, option_pair, parent_on, plain_capacity, plain_cost, plain_learning_curve, plain_market_shares,
		plain_number, plain_view, plant_owner_on, power_mw, price_series, printed_text, problem_list, propose_names, read_amount, read_boolean,
		read_chemistry, read_combinations, read_countries, read_day, read_days, read_json_object, read_measure, read_period, read_rows, read_texts,
		read_thresholds, redrive, refuse_too_many, row_kind_of, rows_query, split_lines, stage_share, stage_text, stated_columns, summary_text,
		trigrams, trouble_line, upper_bound, usd_at, write_quarantine}';
	foreign_objects text;
	doomed record;
BEGIN
	CREATE TEMPORARY TABLE going ON COMMIT DROP AS
	WITH RECURSIVE own AS (
		SELECT 'pg_class'::regclass AS class, c.oid AS object FROM pg_class c
		WHERE c.relnamespace = 'industry'::regnamespace AND c.relkind = 'v' AND c.relname = ANY (views)
		UNION ALL
		SELECT 'pg_proc'::regclass, p.oid FROM pg_proc p WHERE p.pronamespace = 'industry'::regnamespace AND p.proname = ANY (functions)),
	going AS (
		SELECT o.class, o.object FROM own o
		UNION
		-- the rule of a view is the view
		SELECT CASE WHEN r.oid IS NULL THEN d.classid ELSE 'pg_class'::regclass END, coalesce(r.ev_class, d.objid)
		FROM going g
		JOIN pg_depend d ON d.refclassid = g.class AND d.refobjid = g.object AND d.deptype IN ('n', 'a', 'i')
		LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid)
	SELECT g.class, g.object, o.object IS NOT NULL AS is_own, c.oid IS NOT NULL AS is_view
	FROM going g
	LEFT JOIN own o ON o.class = g.class AND o.object = g.object
	LEFT JOIN pg_class c ON g.class = 'pg_class'::regclass AND c.oid = g.object AND c.relkind = 'v'
	-- the types of rows go with their views
	WHERE NOT (g.class = 'pg_type'::regclass AND EXISTS (
		SELECT FROM pg_type t LEFT JOIN pg_type e ON e.oid = t.typelem
		JOIN pg_class v ON v.oid IN (t.typrelid, e.typrelid) AND v.relkind = 'v' WHERE t.oid = g.object));

	SELECT string_agg(pg_describe_object(g.class, g.object, 0), ', ' ORDER BY pg_describe_object(g.class, g.object, 0) COLLATE "C") INTO foreign_objects
	FROM going g
	LEFT JOIN pg_class c ON g.class = 'pg_class'::regclass AND c.oid = g.object
	-- their own types, indexes and TOAST tables need not be named
	WHERE NOT g.is_own AND g.class <> 'pg_type'::regclass AND c.relkind IS DISTINCT FROM 'i' AND c.relkind IS DISTINCT FROM 't'
	  AND (NOT g.is_view OR NOT pg_has_role(session_user, c.relowner, 'MEMBER')
		   OR EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = g.object AND r.rulename <> '_RETURN'));
	IF foreign_objects IS NOT NULL THEN
		RAISE EXCEPTION 'objects that are not this schema''s depend on its views and functions, which the upgrade makes anew'
			USING ERRCODE = 'dependent_objects_still_exist',
				  DETAIL = foreign_objects,
				  HINT = 'Drop them, upgrade, and make them again. Plain views of yours are made again by the upgrade.';
	END IF;

	INSERT INTO pg_temp.kept_view (schema_name, view_name, owner, options, definition, comment, column_comments)
	SELECT n.nspname, c.relname, pg_get_userbyid(c.relowner), c.reloptions, pg_get_viewdef(c.oid), obj_description(c.oid, 'pg_class'),
		   (SELECT jsonb_object_agg(a.attname, col_description(c.oid, a.attnum)) FROM pg_attribute a
			WHERE a.attrelid = c.oid AND a.attnum > 0 AND col_description(c.oid, a.attnum) IS NOT NULL)
	FROM pg_temp.going g JOIN pg_class c ON c.oid = g.object JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE g.is_view AND NOT g.is_own;
	INSERT INTO pg_temp.kept_right (kind, object, privilege, grantee, grantable)
	SELECT 'TABLE', format('%I.%I', n.nspname, c.relname), x.privilege_type, coalesce(pg_get_userbyid(nullif(x.grantee, 0)), ''), x.is_grantable
	FROM pg_temp.going g JOIN pg_class c ON c.oid = g.object JOIN pg_namespace n ON n.oid = c.relnamespace
	CROSS JOIN LATERAL aclexplode(c.relacl) AS x
	WHERE g.is_view AND x.grantee <> c.relowner
	UNION ALL
	SELECT 'FUNCTION', format('%I.%I(%s)', 'industry', p.proname, oidvectortypes(p.proargtypes)), x.privilege_type, coalesce(pg_get_userbyid(nullif(x.grantee, 0)), ''), x.is_grantable
	FROM pg_temp.going g JOIN pg_proc p ON p.oid = g.object
	CROSS JOIN LATERAL aclexplode(p.proacl) AS x
	WHERE g.class = 'pg_proc'::regclass AND x.grantee <> p.proowner;

	FOR doomed IN
		SELECT CASE WHEN g.is_view THEN 'VIEW' ELSE 'ROUTINE' END AS kind, g.class, g.object FROM pg_temp.going g WHERE g.is_own
	LOOP
		-- one before it may have taken it along
		IF doomed.kind = 'VIEW' AND EXISTS (SELECT FROM pg_class c WHERE c.oid = doomed.object) THEN
			EXECUTE format('DROP VIEW %s CASCADE', doomed.object::regclass);
		ELSIF doomed.kind = 'ROUTINE' AND EXISTS (SELECT FROM pg_proc p WHERE p.oid = doomed.object) THEN
			EXECUTE format('DROP ROUTINE %s CASCADE', doomed.object::regprocedure);
		END IF;
	END LOOP;
END
$$;

/*
 * Series: scenarios, and kinds that are rows
 */

INSERT INTO industry.layout (kind, meaning)
SELECT DISTINCT s.kind, 'as 1.0.0 had it' FROM industry.series s
ON CONFLICT (kind) DO NOTHING;
ALTER TABLE industry.series
	ADD COLUMN scenario text CHECK (scenario <> ''),
	DROP CONSTRAINT series_kind_check,
	ADD FOREIGN KEY (kind) REFERENCES industry.layout,
	DROP CONSTRAINT series_country_basis_check,
	ADD CONSTRAINT series_country_basis_check CHECK (country_basis IN ('plant_site', 'headquarters', 'ultimate_owner', 'market')),
	DROP CONSTRAINT series_once,
	ADD CONSTRAINT series_once UNIQUE NULLS NOT DISTINCT (publisher, kind, metric, basis, scope, price_or_cost, money_basis,
		base_year, country_basis, application, stage, material, geography, scenario);
CREATE INDEX series_kind ON industry.series (kind);
COMMENT ON COLUMN industry.series.country_basis IS 'what a country means: plant_site, headquarters, ultimate_owner, or market (where it is sold)';
COMMENT ON COLUMN industry.series.scenario IS 'scenario or case of a forecast, as the source names it; NULL for what is no scenario. Sets of two scenarios are never one market';

/*
 * Facts
 */

DO $$
DECLARE
	fact regclass;
	measure text;
	changes text;
BEGIN
	FOREACH fact IN ARRAY '{industry.capacity_observation, industry.expansion, industry.price_observation, industry.maker_share_observation,
		industry.country_share_observation, industry.storage_project, industry.capacity_event, industry.control_item, industry.control_event,
		industry.sector_requirement, industry.sector_chemistry, industry.technology_event, industry.public_support, industry.product_specification,
		industry.stated_figure, industry.exchange_rate, industry.price_index}'::regclass[]
	LOOP
		changes := 'ADD COLUMN edition_part text, ADD COLUMN load_id bigint';
		FOR measure IN
			SELECT a.attname FROM pg_attribute a
			WHERE a.attrelid = fact AND a.attname IN ('missing_reason', 'share_missing_reason', 'investment_missing_reason')
		LOOP
			changes := changes || format(', DROP CONSTRAINT IF EXISTS %1$I, ADD CONSTRAINT %1$I CHECK (%2$I IN (''withheld'', ''not available'', ''not applicable'', ''not stated'', ''not a number'', ''conflict'', ''lost'', ''confidential''))',
				CASE measure WHEN 'missing_reason' THEN 'missing_reason_known'
					ELSE (SELECT c.relname || '_' || measure || '_check' FROM pg_class c WHERE c.oid = fact) END, measure);
		END LOOP;
		EXECUTE format('ALTER TABLE %s %s', fact, changes);
		EXECUTE format('COMMENT ON COLUMN %s.missing_reason IS %L', fact, 'why there is no value: withheld, not available, not applicable, not stated, not a number (tens of thousands), conflict (several candidates, the least and greatest in low and high), confidential (by the flag of a statistical office), lost (printed, but not in the text at hand); NULL where there is one');
		EXECUTE format('COMMENT ON COLUMN %s.edition_part IS %L', fact, 'part of the edition that states it, where the edition comes in several files or sheets; of one set all rows have one or none has');
		EXECUTE format('COMMENT ON COLUMN %s.load_id IS %L', fact, 'load whose file states it, where that is not its set''s: a row of another part, or of the load that was driven again; 0 where it was entered by hand');
	END LOOP;
END
$$;

ALTER TABLE industry.expansion ADD COLUMN phase text CHECK (phase <> '');
COMMENT ON COLUMN industry.expansion.phase IS 'phase of the site, as printed; phases are rows of their own';

ALTER TABLE industry.storage_project ADD COLUMN unit_id text CHECK (unit_id <> ''),
	ADD COLUMN phase text CHECK (phase <> ''),
	ADD COLUMN status_as_printed text,
	ADD COLUMN power_as_printed text,
	ADD COLUMN power_qualifier text CHECK (power_qualifier IN ('=', '<', '≤', '>', '≥', '~', 'nearly', 'range')),
	ADD COLUMN power_missing_reason text CHECK (power_missing_reason IN ('withheld', 'not available', 'not applicable', 'not stated',
		'not a number', 'conflict', 'lost', 'confidential')),
	ADD COLUMN power_mw_low numeric CHECK (power_mw_low >= 0 AND power_mw_low < 'Infinity'),
	ADD COLUMN power_mw_high numeric;
-- A word that no list has stays as it is printed, and says nothing.
UPDATE industry.storage_project p
SET status_as_printed = p.status, power_qualifier = CASE WHEN p.power_mw IS NOT NULL THEN '=' END,
	status = (SELECT c.meaning FROM industry.code_list c
			  WHERE c.list = 'common' AND c.field = 'status' AND c.code_key = industry.code_key(p.status))
WHERE num_nonnulls(p.status, p.power_mw) > 0;
-- The names that a new table's have, so that later upgrades find them.
DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = 'industry.storage_project'::regclass AND c.conname = 'storage_project_check2') THEN
		ALTER TABLE industry.storage_project RENAME CONSTRAINT storage_project_check2 TO storage_project_check3;
		ALTER TABLE industry.storage_project RENAME CONSTRAINT storage_project_check1 TO storage_project_check2;
		ALTER TABLE industry.storage_project RENAME CONSTRAINT storage_project_check TO storage_project_check1;
	END IF;
END
$$;
ALTER TABLE industry.storage_project
	ADD CONSTRAINT storage_project_check CHECK (power_mw_high >= power_mw_low AND power_mw_high < 'Infinity'),
	ADD CONSTRAINT storage_project_check4 CHECK (industry.is_consistent(power_qualifier, power_missing_reason, power_mw IS NOT NULL, power_mw_low IS NOT NULL, power_mw_high IS NOT NULL)),
	ADD CHECK (status IN ('announced', 'planned', 'permitted', 'under_construction', 'operating',
		'standby_or_out_of_service', 'retired', 'cancelled', 'unknown'));
COMMENT ON COLUMN industry.storage_project.unit_id IS 'generator or unit of the project, as numbered; NULL for the whole';
COMMENT ON COLUMN industry.storage_project.phase IS 'phase of the project, as printed; NULL for the whole';
COMMENT ON COLUMN industry.storage_project.status IS 'announced, planned, permitted, under_construction, operating, standby_or_out_of_service, retired, cancelled, or unknown where the source says so';
COMMENT ON COLUMN industry.storage_project.status_as_printed IS 'status as printed';
COMMENT ON COLUMN industry.storage_project.power_as_printed IS 'the power as printed';
COMMENT ON COLUMN industry.storage_project.power_qualifier IS 'how the power is meant, as qualifier';
COMMENT ON COLUMN industry.storage_project.power_missing_reason IS 'why there is no power, as missing_reason';
COMMENT ON COLUMN industry.storage_project.power_mw_low IS 'lower end of a stated range, MW';
COMMENT ON COLUMN industry.storage_project.power_mw_high IS 'upper end of a stated range, MW';

-- The keys of rows.  A table that its owner put in the place of ours (a partitioned
-- one) has keys of its own.
DO $$
DECLARE
	k record;
BEGIN
	FOR k IN
		SELECT i.indexrelid::regclass AS name, c.definition
		FROM (VALUES
			('capacity_observation', $key$CREATE UNIQUE INDEX capacity_observation_once ON industry.capacity_observation
	(set_id, maker_id, plant_id, statement_number, country, chemistry,
	 (CASE WHEN row_kind = 'member' AND num_nonnulls(maker_id, plant_id, country) > 0 THEN NULL ELSE row_kind || ': ' || coalesce(edition_part || ': ', '') || coalesce(subject_as_printed, '') END)) NULLS NOT DISTINCT$key$),
			('expansion', $key$CREATE UNIQUE INDEX expansion_once ON industry.expansion
	(set_id, maker_id, plant_id, statement_number, site, phase, chemistry,
	 (CASE WHEN row_kind = 'member' THEN NULL ELSE row_kind || ': ' || coalesce(edition_part || ': ', '') || coalesce(subject_as_printed, '') END)) NULLS NOT DISTINCT$key$),
			('price_observation', $key$CREATE UNIQUE INDEX price_observation_once ON industry.price_observation
	(set_id, maker_id, plant_id, statement_number, site, country, chemistry,
	 (CASE WHEN row_kind = 'member' AND num_nonnulls(maker_id, plant_id, site, country) > 0 THEN NULL ELSE row_kind || ': ' || coalesce(edition_part || ': ', '') || coalesce(subject_as_printed, '') END)) NULLS NOT DISTINCT$key$),
			('maker_share_observation', $key$CREATE UNIQUE INDEX maker_share_observation_once ON industry.maker_share_observation
	(set_id, maker_id, statement_number,
	 (CASE WHEN row_kind = 'member' THEN NULL ELSE row_kind || ': ' || coalesce(edition_part || ': ', '') || coalesce(subject_as_printed, '') END)) NULLS NOT DISTINCT$key$),
			('country_share_observation', $key$CREATE UNIQUE INDEX country_share_observation_once ON industry.country_share_observation
	(set_id, country, statement_number, chemistry,
	 (CASE WHEN row_kind = 'member' THEN NULL ELSE row_kind || ': ' || coalesce(edition_part || ': ', '') || coalesce(subject_as_printed, '') END)) NULLS NOT DISTINCT$key$),
			('storage_project', $key$CREATE UNIQUE INDEX storage_project_once ON industry.storage_project (set_id, project, statement_number, unit_id, phase,
	(CASE WHEN row_kind = 'member' THEN NULL ELSE edition_part END)) NULLS NOT DISTINCT$key$)) AS c (table_name, definition)
		JOIN pg_index i ON i.indexrelid = to_regclass(format('industry.%I', c.table_name || '_once')) AND i.indrelid = to_regclass(format('industry.%I', c.table_name))
	LOOP
		EXECUTE format('DROP INDEX %s', k.name);
		EXECUTE k.definition;
	END LOOP;
END
$$;

/*
 * A scenario that a file named was kept in the notes of its rows, as any column
 * without a home: now it is the series'.
 */
DO $$
DECLARE
	fact regclass;
	moved record;
	mixed text;
BEGIN
	CREATE TEMPORARY TABLE said (fact regclass, set_id bigint, scenario text, facts bigint) ON COMMIT DROP;
	FOREACH fact IN ARRAY '{industry.capacity_observation, industry.expansion, industry.price_observation, industry.maker_share_observation,
		industry.country_share_observation, industry.storage_project, industry.sector_requirement, industry.public_support, industry.product_specification,
		industry.stated_figure, industry.exchange_rate, industry.price_index}'::regclass[]
	LOOP
		EXECUTE format('INSERT INTO pg_temp.said (fact, set_id, scenario, facts)
			SELECT %L::regclass, f.set_id, s.scenario, count(*)
			FROM %s f
			LEFT JOIN LATERAL (SELECT nullif(btrim(n.value), '''') AS scenario FROM jsonb_each_text(f.notes) n
							   WHERE industry.name_key(n.key) IN (''scenario'', ''case'')
								 -- the loader takes these for none
								 AND industry.name_key(n.value) <> ALL (''{historical,historic,history,actual,actuals,observed}'')
							   ORDER BY industry.name_key(n.key) DESC, n.key COLLATE "C" LIMIT 1) AS s ON true
			GROUP BY f.set_id, s.scenario', fact, fact);
	END LOOP;

	FOR moved IN
		SELECT s.fact, s.set_id, min(s.scenario) AS scenario FROM pg_temp.said s
		GROUP BY s.fact, s.set_id HAVING count(*) = 1 AND min(s.scenario) IS NOT NULL
	LOOP
		INSERT INTO industry.series (publisher, kind, metric, basis, scope, price_or_cost, money_basis, base_year, country_basis, application, stage,
			material, geography, scenario, description)
		SELECT s.publisher, s.kind, s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.application, s.stage,
			   s.material, s.geography, moved.scenario, s.description
		FROM industry.series s JOIN industry.statement_set t ON t.series_id = s.series_id WHERE t.set_id = moved.set_id
		ON CONFLICT ON CONSTRAINT series_once DO NOTHING;
		UPDATE industry.statement_set t SET series_id = n.series_id
		FROM industry.series s
		JOIN industry.series n ON (n.publisher, n.kind, n.metric, n.basis, n.scope, n.price_or_cost, n.money_basis, n.base_year, n.country_basis, n.application,
								   n.stage, n.material, n.geography)
								  IS NOT DISTINCT FROM
								  (s.publisher, s.kind, s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.application,
								   s.stage, s.material, s.geography)
		WHERE t.set_id = moved.set_id AND s.series_id = t.series_id AND n.scenario = moved.scenario;
		EXECUTE format('UPDATE %s f SET notes = nullif(f.notes - ARRAY(SELECT n.key FROM jsonb_each_text(f.notes) n WHERE industry.name_key(n.key) IN (''scenario'', ''case'') AND btrim(n.value) = $2), ''{}'')
			WHERE f.set_id = $1', moved.fact) USING moved.set_id, moved.scenario;
	END LOOP;

	SELECT string_agg(DISTINCT format('%s %s: %s', o.source, r.kind, r.metric), ', ') INTO mixed
	FROM (SELECT s.set_id FROM pg_temp.said s GROUP BY s.set_id HAVING count(*) > 1 AND count(s.scenario) > 0) AS m
	JOIN industry.statement_set t ON t.set_id = m.set_id AND t.superseded_by IS NULL
	JOIN industry.series r ON r.series_id = t.series_id
	JOIN industry.source o ON o.source_id = t.source_id;
	IF mixed IS NOT NULL THEN
		RAISE WARNING 'sets that hold rows of several scenarios stay as what is no scenario: %', mixed
			USING HINT = 'Load their files again: a scenario is now part of what a set is about.';
	END IF;
END
$$;
-- of the series that this emptied nothing is left to say
DELETE FROM industry.series s
WHERE NOT EXISTS (SELECT FROM industry.statement_set t WHERE t.series_id = s.series_id)
  AND EXISTS (SELECT FROM industry.series n
			  WHERE n.scenario IS NOT NULL AND s.scenario IS NULL
				AND (n.publisher, n.kind, n.metric) = (s.publisher, s.kind, s.metric));

/*
 * The loader's own
 */

ALTER TABLE industry.load_report
	ADD COLUMN withdraws bigint REFERENCES industry.load_report,
	ADD COLUMN reason text,
	ADD COLUMN edition_part text CHECK (edition_part <> ''),
	ADD CONSTRAINT load_report_check CHECK ((withdraws IS NULL) = (reason IS NULL));
CREATE INDEX load_report_withdraws ON industry.load_report (withdraws);
COMMENT ON TABLE industry.load_report IS 'one row for each load that was committed, and for each withdrawal of one';
COMMENT ON COLUMN industry.load_report.withdraws IS 'the load that this one took out of all current views, without a replacement';
COMMENT ON COLUMN industry.load_report.reason IS 'why it was withdrawn';
COMMENT ON COLUMN industry.load_report.edition_part IS 'part of the edition that the file is; NULL where it is the whole';

ALTER TABLE industry.joint_venture_member REPLICA IDENTITY FULL;

CREATE TABLE industry.load_turn (
	turn text PRIMARY KEY
);
COMMENT ON TABLE industry.load_turn IS 'whose turn it is to load: a row for each source, and for each kind of reference table, which a load locks until it ends. See take_turn';
COMMENT ON COLUMN industry.load_turn.turn IS 'the handle of the source as "source X", or the kind as "kind X"';

ALTER TABLE industry.quarantine
	ADD COLUMN about jsonb CHECK (jsonb_typeof(about) = 'object'),
	ADD COLUMN stored_fact bigint,
	ADD COLUMN dispute jsonb,
	ADD COLUMN dismissed_reason text CHECK (btrim(dismissed_reason) <> ''),
	ADD COLUMN dismissed_at timestamptz,
	ADD COLUMN dismissed_by name,
	ADD CONSTRAINT quarantine_check CHECK ((dismissed_at IS NULL) = (dismissed_reason IS NULL)),
	ADD CONSTRAINT quarantine_check1 CHECK ((dismissed_at IS NULL) = (dismissed_by IS NULL));
COMMENT ON COLUMN industry.quarantine.about IS 'what can be read of the row, as about_row has it when it is refused: series, period, row kind, member, figures; NULL for kinds that nothing computes shares of';
COMMENT ON COLUMN industry.quarantine.stored_fact IS 'number of a stored fact that left the current sets, because another part of the edition states another value';
COMMENT ON COLUMN industry.quarantine.dispute IS 'where parts of an edition contradict one another: the part, the set, the key of the row and a hash of what it states';
COMMENT ON COLUMN industry.quarantine.resolved_by IS 'later load that took the row in, refused it for another reason, superseded or withdrew it; NULL while it is refused here';
COMMENT ON COLUMN industry.quarantine.dismissed_reason IS 'why the row is of no account; NULL while it is open. See dismiss';
COMMENT ON COLUMN industry.quarantine.dismissed_at IS 'when that was decided';
COMMENT ON COLUMN industry.quarantine.dismissed_by IS 'role that decided it';

/*
 * Which publisher counts
 */

CREATE TABLE industry.source_preference (
	kind text REFERENCES industry.layout,
	place integer CHECK (place > 0),
	publisher text NOT NULL REFERENCES industry.publisher ON UPDATE CASCADE,
	PRIMARY KEY (kind, place),
	UNIQUE (kind, publisher)
);
CREATE INDEX source_preference_publisher ON industry.source_preference (publisher);
COMMENT ON TABLE industry.source_preference IS 'which publisher counts where several report one thing: of a kind of report the first place of this list, then the latest published, then the first handle';
COMMENT ON COLUMN industry.source_preference.kind IS 'kind of report: maker_share, country_share, capacity, expansion, storage_project, public_support';
COMMENT ON COLUMN industry.source_preference.place IS 'place in the list: 1 counts before 2, and a publisher that is not in it last';
COMMENT ON COLUMN industry.source_preference.publisher IS 'publisher';
CREATE INDEX series_metric ON industry.series (metric, kind);

/*
 * Learning curves: what sources state, and pairs of series
 */

CREATE TABLE industry.curve_pair (
	pair text PRIMARY KEY CHECK (btrim(pair) <> ''),
	price_series integer NOT NULL REFERENCES industry.series,
	output_series integer NOT NULL REFERENCES industry.series,
	output_chemistry text,
	notes text
);
CREATE INDEX curve_pair_prices ON industry.curve_pair (price_series);
CREATE INDEX curve_pair_output ON industry.curve_pair (output_series);
COMMENT ON TABLE industry.curve_pair IS 'prices of one series over the output of another (of another publisher, say), for a learning curve; the users'' own table. pair_series() writes it by name';
COMMENT ON COLUMN industry.curve_pair.pair IS 'name of the pair, the key';
COMMENT ON COLUMN industry.curve_pair.price_series IS 'series of prices';
COMMENT ON COLUMN industry.curve_pair.output_series IS 'series of output';
COMMENT ON COLUMN industry.curve_pair.output_chemistry IS 'chemistry whose output it is; NULL for that of the prices, all for output without a chemistry';
COMMENT ON COLUMN industry.curve_pair.notes IS 'why these two belong together';

-- facts as others are, the names of their constraints, too
CREATE TABLE industry.stated_curve (
	fact_id bigint CONSTRAINT fact_fact_id_not_null NOT NULL DEFAULT nextval('industry.fact_id_seq'),
	set_id bigint CONSTRAINT fact_set_id_not_null NOT NULL,
	source_id integer CONSTRAINT fact_source_id_not_null NOT NULL,
	line_number integer CONSTRAINT line_number_positive CHECK (line_number > 0),
	locator text,
	subject_as_printed text,
	as_printed text CONSTRAINT fact_as_printed_not_null NOT NULL,
	row_kind text CONSTRAINT fact_row_kind_not_null NOT NULL DEFAULT 'member'
		CONSTRAINT row_kind_known CHECK (row_kind IN ('member', 'subtotal', 'remainder', 'stated_total', 'derived')),
	statement_number smallint CONSTRAINT fact_statement_number_not_null NOT NULL DEFAULT 1 CONSTRAINT statement_number_positive CHECK (statement_number > 0),
	qualifier text DEFAULT '='
		CONSTRAINT qualifier_known CHECK (qualifier IN ('=', '<', '≤', '>', '≥', '~', 'nearly', 'range')),
	missing_reason text
		CONSTRAINT missing_reason_known CHECK (missing_reason IN ('withheld', 'not available', 'not applicable', 'not stated',
			'not a number', 'conflict', 'lost', 'confidential')),
	statement_kind text
		CONSTRAINT statement_kind_known CHECK (statement_kind IN ('measured', 'estimated', 'forecast', 'target', 'claimed', 'derived')),
	notes jsonb CONSTRAINT notes_object CHECK (jsonb_typeof(notes) = 'object'),
	edition_part text,
	load_id bigint,
	chemistry chemistry,
	doubling_of text NOT NULL CHECK (doubling_of IN ('energy', 'units')),
	learning_rate_pct numeric CHECK (learning_rate_pct < 100 AND learning_rate_pct > '-Infinity'),
	learning_rate_pct_low numeric,
	learning_rate_pct_high numeric CHECK (learning_rate_pct_high >= learning_rate_pct_low AND learning_rate_pct_high < 100),
	PRIMARY KEY (fact_id),
	FOREIGN KEY (set_id, source_id) REFERENCES industry.statement_set (set_id, source_id),
	CHECK (industry.is_consistent(qualifier, missing_reason, learning_rate_pct IS NOT NULL, learning_rate_pct_low IS NOT NULL, learning_rate_pct_high IS NOT NULL))
);
CREATE UNIQUE INDEX stated_curve_once ON industry.stated_curve (set_id, chemistry, doubling_of, statement_number) NULLS NOT DISTINCT;
COMMENT ON TABLE industry.stated_curve IS 'learning curves as their source states them: the rate, and the years that were fitted as the period of the statement set. The series names prices and output as those of the data do, so that the same years can be fitted here';
COMMENT ON COLUMN industry.stated_curve.chemistry IS 'chemistry, where stated';
COMMENT ON COLUMN industry.stated_curve.doubling_of IS 'what doubles: energy (kWh, GWh) or units (cells, packs)';
COMMENT ON COLUMN industry.stated_curve.learning_rate_pct IS 'fall of the price or cost with each doubling, percent: 20 for a fifth';
COMMENT ON COLUMN industry.stated_curve.learning_rate_pct_low IS 'lower end of a stated range, percent';
COMMENT ON COLUMN industry.stated_curve.learning_rate_pct_high IS 'upper end of a stated range, percent';
DO $$
DECLARE
	c record;
BEGIN
	FOR c IN
		SELECT a.attname, col_description(f.attrelid, f.attnum) AS comment
		FROM pg_attribute a JOIN pg_attribute f ON f.attrelid = 'industry.stated_figure'::regclass AND f.attname = a.attname
		WHERE a.attrelid = 'industry.stated_curve'::regclass AND a.attnum > 0
		  AND col_description(a.attrelid, a.attnum) IS NULL
	LOOP
		EXECUTE format('COMMENT ON COLUMN industry.stated_curve.%I IS %L', c.attname, c.comment);
	END LOOP;
END
$$;
ALTER TABLE industry.series DROP CONSTRAINT series_check2,
	ADD CONSTRAINT series_check2 CHECK (kind IN ('price', 'expansion', 'stated_curve') OR scope IS NULL);

-- what is asked of one series reads that one
CREATE INDEX statement_set_series ON industry.statement_set (series_id);
