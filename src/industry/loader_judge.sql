/*
 * Judging: whether the figures of a file can be true together, before they are
 * stored.  A row that cannot be is refused with what it contradicts.
 */

/*
 * A thousandfold jump is a slip of the unit.
 */

CREATE OR REPLACE FUNCTION industry.judge_outliers(load_kind text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	-- there is no upper limit: a millionfold is two slips, or tonnes for grams
	factor numeric := coalesce((SELECT (w.options ->> 'outlier_factor')::numeric FROM pg_temp.industry_load w), 300);
	has text[] := (SELECT array_agg(a.attname::text) FROM pg_attribute a
				   WHERE a.attrelid = to_regclass('pg_temp.industry_new') AND a.attnum > 0 AND NOT a.attisdropped);
	columns text[] := target_columns(load_kind);
	key_new text := key_text(load_kind, 'n', has);
	c text;
BEGIN
	IF factor = 0 OR NOT EXISTS (SELECT FROM pg_temp.industry_set s WHERE num_nonnulls(s.old_set_id, s.previous_set_id) > 0) THEN
		RETURN;
	END IF;
	FOREACH c IN ARRAY ARRAY['capacity', 'cost', 'amount_per_kwh', 'amount', 'energy', 'power_mw', 'investment', 'value', 'units_per_usd'] LOOP
		CONTINUE WHEN c <> ALL (has) OR c <> ALL (columns);
		EXECUTE format($sql$
			WITH known AS (
				SELECT s.set_number, f.set_id = s.old_set_id AS is_own, %1$s AS key, f.%2$I AS value, f.as_printed, o.edition, t.period_as_printed
				FROM pg_temp.industry_set s
				JOIN industry.%3$I f ON f.set_id IN (s.old_set_id, s.previous_set_id)
				JOIN industry.statement_set t ON t.set_id = f.set_id
				JOIN industry.source o ON o.source_id = f.source_id
				WHERE f.%2$I IS NOT NULL AND f.statement_number = 1)
			INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
			SELECT n.row_id, 900, %4$L, n.as_printed, '22003',
				   format('"%%s" is more than %6$s times off "%%s", which edition %%s states for %%s', excerpt(n.as_printed), excerpt(k.as_printed), k.edition,
						  coalesce(k.period_as_printed, 'the same')),
				   'Has a unit slipped (GWh for MWh, thousands for units)? Correct the file or set the option units; if the figure is right, load with --confirm-outliers.', '{}'
			FROM pg_temp.industry_new n
			JOIN known k ON k.set_number = n.set_number AND k.key = %5$s
			WHERE n.problems IS NULL AND n.row_id > 0 AND industry.is_slip(n.%2$I, k.value, %6$s)
			  AND (k.is_own OR NOT EXISTS (SELECT FROM known own WHERE own.is_own AND own.set_number = n.set_number AND own.key = k.key))
			  AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id AND p.priority = 900)$sql$,
			key_text(load_kind, 'f', has) || CASE WHEN 'unit' = ANY (has) THEN ' || coalesce('' '' || f.unit, '''')' ELSE '' END
				|| CASE WHEN 'currency' = ANY (has) THEN ' || coalesce('' '' || f.currency, '''')' ELSE '' END,
			c, (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind), c,
			key_new || CASE WHEN 'unit' = ANY (has) THEN ' || coalesce('' '' || n.unit, '''')' ELSE '' END
				|| CASE WHEN 'currency' = ANY (has) THEN ' || coalesce('' '' || n.currency, '''')' ELSE '' END,
			factor);
	END LOOP;
END
$$;
COMMENT ON FUNCTION industry.judge_outliers(text) IS 'refuses the rows of a load whose figure is hundreds of times (option outlier_factor) off the same subject''s in the same or the nearest other set';
