/*
 * What the loader says: refusals with what to write, and notes.
 */

CREATE OR REPLACE FUNCTION industry.refuse_file(message text, detail text, hint text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	IF detail IS NULL THEN
		RAISE EXCEPTION '%', message USING ERRCODE = 'invalid_parameter_value', HINT = hint;
	END IF;
	RAISE EXCEPTION '%', message USING ERRCODE = 'invalid_parameter_value', DETAIL = detail, HINT = hint;
END
$$;
COMMENT ON FUNCTION industry.refuse_file(text, text, text) IS 'refuses a file as a whole (SQLSTATE 22023), with what to write';

CREATE OR REPLACE FUNCTION industry.options_with(options jsonb, further jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT jsonb_object_agg(o.key, CASE jsonb_typeof(o.value) WHEN 'object' THEN coalesce(options -> o.key, '{}') || o.value
											WHEN 'array' THEN coalesce(options -> o.key, '[]') || o.value ELSE o.value END)
		FROM jsonb_each(further) AS o);
COMMENT ON FUNCTION industry.options_with(jsonb, jsonb) IS 'further options, each with what it would otherwise replace';

CREATE OR REPLACE FUNCTION industry.option_json(source_id integer, options jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	whole jsonb := (SELECT options_with(w.options, option_json.options) FROM pg_temp.industry_load w);
BEGIN
	RETURN format('Store once with the source what its files mean: UPDATE industry.source SET options = options || %L WHERE source = %L; or give it for this load: %s.',
		whole, coalesce((SELECT s.source FROM source s WHERE s.source_id = option_json.source_id), '...'),
		(SELECT string_agg(format('--option=%s=''%s''', o.key, replace(CASE WHEN jsonb_typeof(o.value) = 'string' THEN o.value #>> '{}' ELSE o.value::text END, '''', '''\''''')), ' ')
		 FROM jsonb_each(whole) AS o));
END
$$;
COMMENT ON FUNCTION industry.option_json(integer, jsonb) IS 'how to give options that settle a refusal: at the source, or for one load';

CREATE OR REPLACE FUNCTION industry.note_load(line text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	INSERT INTO pg_temp.industry_note (line) VALUES (line);
END
$$;
COMMENT ON FUNCTION industry.note_load(text) IS 'a line for the summary of the load';

CREATE OR REPLACE FUNCTION industry.printed_day(day date, day_precision text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(day, CASE day_precision WHEN 'day' THEN 'YYYY-MM-DD' WHEN 'month' THEN 'YYYY-MM' ELSE 'YYYY' END);
COMMENT ON FUNCTION industry.printed_day(date, text) IS 'a day as far as it is known: 2024-02-07, 2024-02 or 2024';
