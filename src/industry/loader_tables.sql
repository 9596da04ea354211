/*
 * The loader's temporary tables, pg_temp.industry_*.
 *
 * A load makes those that it needs and they go with its transaction, so that nothing
 * is left in a session that is somebody else's next.  Half of the time of a small file
 * goes into that, and into planning all statements anew for the new tables.  Where many
 * files are loaded in a session of their own, one transaction each, the setting
 * industry.keeps_tables lets the tables stay, emptied at each commit, and the plans
 * with them; end_loads drops them.
 */

CREATE OR REPLACE FUNCTION industry.keeps_tables() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(current_setting('industry.keeps_tables', true) = 'on', false);
COMMENT ON FUNCTION industry.keeps_tables() IS 'whether the temporary tables of this load stay, empty, for the next one of the session';

CREATE OR REPLACE FUNCTION industry.work_columns(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE name
	WHEN 'industry_load' THEN 'kind text, source_id integer, published date, options jsonb, header text[], delimiter text, header_line integer, is_redrive boolean'
	WHEN 'industry_header' THEN 'place integer, header_name text, label text, column_name text, unit text, unit_for text, is_unpivoted boolean, unpivot_number integer,
		unpivot_name text, unpivot_value text, is_known boolean, is_measure boolean, is_split boolean, used_as text'
	WHEN 'industry_note' THEN 'place integer GENERATED ALWAYS AS IDENTITY, line text'
	WHEN 'industry_column' THEN 'position integer, column_name text, reads text, source text, dimension text, is_exact boolean, expression text, problem text, hint text,
		required text, part text, target text, is_key boolean, allowed text[], default_value text, prefix text, default_unit text, option_unit text,
		header_unit text, cell text, unit_cell text, varies boolean'
	WHEN 'industry_name' THEN 'reads text, printed text, id integer, code text, row_kind text, is_missing boolean NOT NULL DEFAULT false,
		sqlstate text, problem text, hint text'
	WHEN 'industry_unit' THEN 'column_name text, printed text, factor numeric, scale numeric, currency text, unit text, origin text,
		sqlstate text, problem text, hint text'
	WHEN 'industry_reading' THEN 'column_name text, printed text, unit_printed text, value numeric, low numeric, high numeric, qualifier text,
		missing_reason text, currency text, unit text, usd numeric, power numeric, is_estimate boolean, mark text, first_day date,
		day_precision text, sqlstate text, problem text, hint text'
	WHEN 'industry_combination' THEN 'combination bigint GENERATED ALWAYS AS IDENTITY, key text, metric text, basis text, scope text,
		price_or_cost text, money_basis text, base_year text, country_basis text, application text, stage text, material text,
		geography text, scenario text, period text, year text, quarter text, month text, period_first text, period_last text, first_day date, last_day date,
		statement_kind text, set_number integer, column_name text, as_printed text, sqlstate text, problem text, hint text'
	WHEN 'industry_set' THEN 'set_number integer GENERATED ALWAYS AS IDENTITY, metric text, basis text, scope text, price_or_cost text,
		money_basis text, base_year integer, country_basis text, application text, stage text, material text, geography text, scenario text,
		period_first date, period_last date, period_as_printed text, series_id integer, old_set_id bigint, previous_set_id bigint,
		current_set_id bigint, new_set_id bigint, good_rows bigint, is_in_parts boolean NOT NULL DEFAULT false, is_emptied boolean NOT NULL DEFAULT false'
	WHEN 'industry_figure' THEN 'target text, position integer, reads text, dimension text, prefix text, column_names text[], cell text, value text, low text, high text,
		qualifier text, missing text, currency text, unit text, usd text, differs text'
	WHEN 'industry_target' THEN 'position integer, place integer, target text, expression text'
	WHEN 'industry_problem' THEN 'row_id bigint, priority integer, column_name text, as_printed text, sqlstate text, message text, hint text, nearest text[]'
	WHEN 'industry_unknown' THEN 'kind text, name text, occurrences bigint, nearest text[], best double precision'
	WHEN 'industry_refused' THEN 'row_id bigint, line_number integer, column_name text, as_printed text, sqlstate text, message text, hint text, nearest text[],
		row_text jsonb, about jsonb, first_message text, further jsonb, stands_already boolean, load_id bigint, fact_id bigint, dispute jsonb'
	WHEN 'industry_standing' THEN 'set_id bigint, series_id integer, source_id integer, period_first date, period_last date, key text, title text, known_from date,
		published date, source text'
	WHEN 'industry_conflict' THEN 'row_id bigint, set_number integer, key text, content text, part text'
	WHEN 'industry_dispute' THEN 'quarantine_id bigint, load_id bigint, line_number integer, as_printed text, fact_id bigint, set_number integer, part text, key text,
		content text, is_settled boolean'
	WHEN 'industry_part' THEN 'row_id bigint, line_number integer, set_number integer, measure text, row_kind text, alike text, scope jsonb, level text,
		least_value numeric, is_exact boolean, printed text, subject text, notes text'
	WHEN 'industry_whole' THEN 'row_id bigint, line_number integer, set_number integer, measure text, alike text, scope jsonb, total numeric, printed text, subject text,
		lacks text[]'
	WHEN 'industry_covered' THEN 'whole_id bigint, measure text, row_id bigint, row_kind text, least_value numeric, is_exact boolean, printed text, subject text,
		total numeric, level text, adds_up boolean'
	WHEN 'industry_misfit' THEN 'whole_id bigint, measure text, row_id bigint, row_kind text, least_value numeric, printed text, subject text, total numeric, level text,
		adds_up boolean, rounding numeric, whole_rounding numeric, is_above boolean'
	WHEN 'industry_withdrawn' THEN 'series_id integer, period_first date, period_last date, old_set_id bigint, gone bigint, stays bigint, new_set_id bigint'
	WHEN 'industry_returning' THEN 'series_id integer, period_first date, period_last date, fact_id bigint, load_id bigint, key text'
END;
COMMENT ON FUNCTION industry.work_columns(text) IS 'columns of a temporary table of the loader, as CREATE TABLE takes them; NULL where they depend on the file';

CREATE OR REPLACE FUNCTION industry.work_table(name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	there oid := to_regclass('pg_temp.' || name);
BEGIN
	-- A commit leaves kept tables without a page, and rows are then found in the order
	-- in which they came; a load that was taken back does not.
	IF there IS NOT NULL AND keeps_tables() AND pg_relation_size(there) = 0 THEN
		RETURN;
	END IF;
	IF there IS NOT NULL THEN
		EXECUTE format('DROP TABLE pg_temp.%I', name);
	END IF;
	EXECUTE format('CREATE TEMPORARY TABLE %I (%s) ON COMMIT %s', name, work_columns(name), CASE WHEN keeps_tables() THEN 'DELETE ROWS' ELSE 'DROP' END);
END
$$;
COMMENT ON FUNCTION industry.work_table(text) IS 'makes a temporary table of the loader for a load, or takes the empty one that the session has kept';

CREATE OR REPLACE FUNCTION industry.settle_table(name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
BEGIN
	-- new statistics of a small table change no plan, but throw all of them away
	IF NOT keeps_tables() THEN
		EXECUTE format('ANALYZE pg_temp.%I', name);
	END IF;
END
$$;
COMMENT ON FUNCTION industry.settle_table(text) IS 'tells the planner what is in a temporary table of the loader, unless it is a kept one';

CREATE OR REPLACE FUNCTION industry.end_loads() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	names text := (SELECT string_agg(format('pg_temp.%I', c.relname), ', ') FROM pg_class c
				   WHERE c.relnamespace = pg_my_temp_schema() AND c.relkind = 'r' AND (work_columns(c.relname) IS NOT NULL OR c.relname = 'industry_stage'));
BEGIN
	IF names IS NOT NULL THEN
		EXECUTE 'DROP TABLE ' || names;
	END IF;
END
$$;
COMMENT ON FUNCTION industry.end_loads() IS 'drops the temporary tables that loads of this session have kept (setting industry.keeps_tables)';
