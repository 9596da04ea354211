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
	has text[] := new_columns();
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
				CROSS JOIN LATERAL unnest(ARRAY[s.old_set_id, s.previous_set_id]) AS x (set_id)
				JOIN industry.%3$I f ON f.set_id = x.set_id
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

/*
 * Members and the total that their source states
 */

CREATE OR REPLACE FUNCTION industry.printed_rounding(value numeric, printed text, decimal_comma boolean DEFAULT false) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- Digits do not change with the unit; where the text is no figure, the value's own count.
-- Most are plain with decimals.
RETURN CASE WHEN NOT decimal_comma AND industry.plain_number(printed) = value AND strpos(printed, '.') > 0 THEN ('1e-' || scale(industry.plain_number(printed)))::numeric ELSE
	coalesce(industry.rounding(value, printed, jsonb_build_object('decimal_comma', decimal_comma)), industry.rounding(value, trim_scale(value)::text)) END;
COMMENT ON FUNCTION industry.printed_rounding(numeric, text, boolean) IS
'one unit of the last significant digit of a figure, in the unit of its value: 0.1 for 259.7, 100 for 1,200 (trailing zeros are rounded), 0.01 for 705.50; NULL for 0';

CREATE OR REPLACE FUNCTION industry.judge_totals(load_kind text, confirm_total boolean) RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	has text[] := new_columns();
	decimal_comma boolean := (SELECT coalesce((w.options ->> 'decimal_comma')::boolean, false) FROM pg_temp.industry_load w);
	-- whose figure it is: a total holds for the rows that have what it has
	dimensions text[] := (SELECT coalesce(array_agg(DISTINCT c.target), '{}') FROM layout_column c
						  WHERE c.kind = load_kind AND c.is_key AND c.target = ANY (has) AND c.target <> 'unit');
	m record;
	warnings text[] := '{}';
BEGIN
	PERFORM work_table('industry_part');
	FOR m IN
		-- figures that add up, and what must be the same for it
		SELECT w.measure, w.alike, CASE WHEN w.qualifier = ANY (has) THEN 'n.' || w.qualifier ELSE '''=''' END AS qualifier,
			   CASE WHEN w.printed = ANY (has) THEN 'n.' || w.printed ELSE 'n.as_printed' END AS printed
		FROM (VALUES ('capacity', 'capacity', NULL, 'qualifier', 'as_printed'),
					 ('expansion', 'capacity', NULL, 'qualifier', 'as_printed'),
					 ('expansion', 'investment', 'currency', 'investment_qualifier', 'investment_as_printed'),
					 ('maker_share', 'amount', NULL, 'qualifier', 'as_printed'),
					 ('maker_share', 'share_pct', NULL, 'share_qualifier', 'share_as_printed'),
					 ('country_share', 'amount', 'unit', 'qualifier', 'as_printed'),
					 ('country_share', 'share_pct', NULL, 'share_qualifier', 'share_as_printed'),
					 ('storage_project', 'energy', NULL, 'qualifier', 'as_printed'),
					 ('storage_project', 'power_mw', NULL, 'power_qualifier', 'as_printed'),
					 ('storage_project', 'amount', 'currency', 'amount_qualifier', 'amount_as_printed'),
					 ('public_support', 'amount', 'currency', 'qualifier', 'as_printed')) AS w (kind, measure, alike, qualifier, printed)
		WHERE w.kind = load_kind AND w.measure = ANY (has)
	LOOP
		EXECUTE format($sql$
			INSERT INTO pg_temp.industry_part (row_id, line_number, set_number, measure, row_kind, alike, scope, level, least_value, is_exact, printed, subject, notes)
			SELECT n.row_id, n.line_number, n.set_number, %1$L, n.row_kind, coalesce(%2$s, ''), jsonb_strip_nulls(jsonb_build_object(%3$s)), concat_ws(',', %8$s),
				   coalesce(lower_bound(%4$s, n.%1$I::numeric, %5$s), CASE WHEN %4$s IN ('~', 'nearly') THEN n.%1$I::numeric END), %4$s = '=', %6$s,
				   n.subject_as_printed, CASE WHEN n.row_kind = 'stated_total' THEN n.notes::text END
			FROM pg_temp.industry_new n
			JOIN (SELECT s.set_number FROM pg_temp.industry_new s WHERE %7$s) AS judged ON judged.set_number = n.set_number
			WHERE n.problems IS NULL AND n.statement_number = 1 AND n.row_kind <> 'derived' AND num_nonnulls(n.%1$I, %5$s) > 0
			  AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)$sql$,
			m.measure, CASE WHEN m.alike = ANY (has) THEN 'n.' || m.alike ELSE 'NULL' END,
			(SELECT string_agg(format('%L, CASE WHEN n.row_kind <> ''stated_total'' OR %L <> ALL (''{project,receiver,site}'') THEN n.%I::text END', d, d, d), ', ') FROM unnest(dimensions) AS d),
			m.qualifier, CASE WHEN m.measure || '_low' = ANY (has) THEN format('n.%I::numeric', m.measure || '_low') ELSE 'NULL' END, m.printed,
			CASE m.measure
				WHEN 'share_pct' THEN 's.problems IS NULL AND s.statement_number = 1 GROUP BY s.set_number HAVING bool_or(s.row_kind = ''stated_total'' AND s.share_pct IS NOT NULL)
					OR sum(s.share_pct) FILTER (WHERE s.row_kind = ''member'') > 100'
				ELSE format('s.row_kind = ''stated_total'' AND s.problems IS NULL AND s.%I IS NOT NULL GROUP BY s.set_number', m.measure) END,
			-- makers do not add up with countries, nor chemistries with their family
			coalesce((SELECT string_agg(format('CASE WHEN n.%I IS NOT NULL THEN %L END', d, d), ', ') FROM unnest(dimensions) AS d), 'NULL'));
	END LOOP;
	IF NOT EXISTS (SELECT FROM pg_temp.industry_part) THEN
		RETURN warnings;
	END IF;
	PERFORM settle_table('industry_part');

	/*
	 * Of several totals of the same things one alone is the whole, that which is
	 * called World or Total.  What leaves something out, or is about so much, is
	 * no measure of its parts.
	 */
	PERFORM work_table('industry_whole'), work_table('industry_covered'), work_table('industry_misfit');
	INSERT INTO pg_temp.industry_whole (row_id, line_number, set_number, measure, alike, scope, total, printed, subject, lacks)
	SELECT t.row_id, t.line_number, t.set_number, t.measure, t.alike, t.scope, t.least_value AS total, t.printed, t.subject,
		   ARRAY(SELECT d FROM unnest(dimensions) AS d WHERE NOT t.scope ? d ORDER BY d) AS lacks
	FROM (SELECT p.row_id, p.line_number, p.set_number, p.measure, p.alike, p.scope, p.least_value, p.is_exact, p.printed, p.subject, p.notes,
				 o.is_named, count(*) OVER w AS totals, count(*) FILTER (WHERE o.is_named) OVER w AS named_totals
		  FROM pg_temp.industry_part p
		  CROSS JOIN LATERAL (SELECT coalesce(row_kind_of(p.subject) = 'stated_total', false) AS is_named) AS o
		  WHERE p.row_kind = 'stated_total'
		  WINDOW w AS (PARTITION BY p.set_number, p.measure, p.alike, p.scope)) AS t
	WHERE t.is_exact AND t.least_value > 0 AND (t.totals = 1 OR (t.is_named AND t.named_totals = 1))
	  AND concat_ws(' ', t.subject, t.printed, t.notes) !~* '\mexcl(\.|\M|ud)|\mexclusive of|\mexcept|\mwithout\M|\mnot incl|\momit|\mex[- ][a-z]|不含|不包括|除く';

	PERFORM settle_table('industry_whole');
	INSERT INTO pg_temp.industry_covered (whole_id, measure, row_id, row_kind, least_value, is_exact, printed, subject, total, level, adds_up)
	SELECT w.row_id AS whole_id, w.measure, p.row_id, p.row_kind, p.least_value, p.is_exact, p.printed, p.subject, w.total, p.level,
		   p.row_kind = 'member' AND (p.scope ? 'chemistry') = (w.scope ? 'chemistry') AS adds_up
	FROM (SELECT DISTINCT o.set_number, o.measure, o.alike, o.lacks FROM pg_temp.industry_whole o) AS d
	JOIN pg_temp.industry_part p ON p.set_number = d.set_number AND p.measure = d.measure AND p.alike = d.alike
	JOIN pg_temp.industry_whole w ON w.set_number = d.set_number AND w.measure = d.measure AND w.alike = d.alike AND w.lacks = d.lacks
		AND w.scope = p.scope - d.lacks
	WHERE p.row_id <> w.row_id AND p.least_value IS NOT NULL;

	PERFORM settle_table('industry_covered');
	-- How figures are rounded matters only where they do not fit.
	INSERT INTO pg_temp.industry_misfit (whole_id, measure, row_id, row_kind, least_value, printed, subject, total, level, adds_up, rounding, whole_rounding, is_above)
	SELECT c.whole_id, c.measure, c.row_id, c.row_kind, c.least_value, c.printed, c.subject, c.total, c.level, c.adds_up, c.rounding,
		   s.whole_rounding, c.least_value - c.rounding > c.total + s.whole_rounding AS is_above
	FROM (SELECT DISTINCT o.whole_id, o.measure FROM pg_temp.industry_covered o GROUP BY o.whole_id, o.measure, o.level, o.total
		  HAVING max(o.least_value) > o.total OR sum(o.least_value) FILTER (WHERE o.adds_up) > o.total) AS g
	JOIN (SELECT w.row_id, w.measure,
				 -- a hundred percent is nothing rounded
				 CASE WHEN w.measure = 'share_pct' AND w.total = 100 THEN 0 ELSE coalesce(printed_rounding(w.total, w.printed, decimal_comma), 0) / 2 END AS whole_rounding
		  FROM pg_temp.industry_whole w) AS s ON s.row_id = g.whole_id AND s.measure = g.measure
	JOIN (SELECT o.whole_id, o.measure, o.row_id, o.row_kind, o.least_value, o.printed, o.subject, o.total, o.level, o.adds_up,
				 coalesce(printed_rounding(o.least_value, o.printed, decimal_comma), 0) / CASE WHEN o.is_exact THEN 2 ELSE 1 END AS rounding
		  FROM pg_temp.industry_covered o) AS c ON c.whole_id = g.whole_id AND c.measure = g.measure;

	PERFORM settle_table('industry_misfit');
	IF NOT confirm_total AND EXISTS (SELECT FROM pg_temp.industry_misfit) THEN
		PERFORM refuse_misfits(load_kind);
	END IF;
	warnings := misfit_notes(decimal_comma);
	RETURN warnings;
END
$$;
COMMENT ON FUNCTION industry.judge_totals(text, boolean) IS 'sets the rows of a load against the totals that their sets state: refuses what must be a slip of the unit, unless confirm_total, and returns notes about other excess';

CREATE OR REPLACE FUNCTION industry.refuse_misfits(load_kind text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	/*
	 * Is it the total that has slipped?  Where most members are above it, one
	 * slip explains what several would have to.  But a total whose unit is printed
	 * stands against figures that say none.  What is stored already cannot be
	 * refused, so that its counterpart is.
	 */
	WITH whole AS (
		SELECT f.whole_id, f.measure, f.total, count(*) FILTER (WHERE f.row_kind = 'member') AS members,
			   count(*) FILTER (WHERE f.row_kind = 'member' AND f.is_above) AS above,
			   (array_agg(f.printed ORDER BY f.least_value DESC))[1] AS greatest_printed,
			   (array_agg(f.subject ORDER BY f.least_value DESC))[1] AS greatest_subject,
			   sum(f.least_value - f.rounding) FILTER (WHERE f.adds_up) AS least_sum, max(f.whole_rounding) AS whole_rounding,
			   bool_or(f.is_above AND f.row_id < 0) AS is_above_stored, bool_or(f.is_above AND f.printed ~ '[[:alpha:]]{2}') AS has_units
		FROM pg_temp.industry_misfit f
		WHERE f.whole_id > 0
		GROUP BY f.whole_id, f.measure, f.total),
	slipped AS (
		SELECT h.whole_id, h.measure, h.members, h.above, h.greatest_printed, h.greatest_subject, w.printed, w.subject
		FROM whole h
		JOIN pg_temp.industry_whole w ON w.row_id = h.whole_id AND w.measure = h.measure
		WHERE h.is_above_stored
		   OR (h.above >= 2 AND 2 * h.above > h.members AND 1000000 * (h.total + h.whole_rounding) >= h.least_sum
			   AND (h.has_units OR w.printed !~ '[[:alpha:]]{2}'))
		   OR (h.above = 0 AND h.measure <> 'share_pct' AND h.least_sum >= 300 * (h.total + h.whole_rounding)))
	INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
	SELECT s.whole_id, 850, misfit_column(load_kind, s.measure), s.printed, '22003',
		   CASE WHEN s.above > 0 THEN format('the total "%s"%s is less than %s of its %s members, such as "%s"%s', excerpt(s.printed), coalesce(' (' || excerpt(s.subject) || ')', ''),
											 s.above, s.members, excerpt(s.greatest_printed), coalesce(' (' || excerpt(s.greatest_subject) || ')', ''))
				ELSE format('the members add up to hundreds of times the total "%s"%s', excerpt(s.printed), coalesce(' (' || excerpt(s.subject) || ')', '')) END,
		   'Has its unit slipped (TWh for GWh)? Correct the file or set the option units; if the figures are right, load with --confirm-total.', '{}'
	FROM slipped s;

	-- One row above the whole
	INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
	SELECT DISTINCT ON (f.row_id, f.measure) f.row_id, 850, misfit_column(load_kind, f.measure), f.printed, '22003',
		   format('"%s"%s is more than the stated total "%s" (%sline %s)', excerpt(f.printed), coalesce(' (' || excerpt(f.subject) || ')', ''), excerpt(w.printed),
				  coalesce(excerpt(w.subject) || ', ', ''), w.line_number),
		   'Has a unit slipped (MWh for GWh, thousands for units), or is the row no part of that total? Correct the file or set the option units; if both figures are right, load with --confirm-total.', '{}'
	FROM pg_temp.industry_misfit f JOIN pg_temp.industry_whole w ON w.row_id = f.whole_id AND w.measure = f.measure
	WHERE f.is_above AND f.row_id > 0 AND NOT EXISTS (SELECT FROM pg_temp.industry_problem o WHERE o.row_id = f.whole_id)
	ORDER BY f.row_id, f.measure, w.total DESC;

	/*
	 * A sum that one row alone brings within the whole.  Where one alone makes the
	 * sum agree with the whole, it is this row (if it is not itself about as small
	 * as the rounding), and of several the closest, if none but it stays below.  A list that is not complete agrees with nothing: there it
	 * is the only row that can be it, unless that is simply the greatest of a market
	 * and the excess is what real tables have.
	 */
	WITH standing AS MATERIALIZED (
		SELECT f.whole_id, f.measure, f.row_id, f.least_value, f.printed, f.subject, f.total, f.level, f.rounding, f.whole_rounding
		FROM pg_temp.industry_misfit f
		WHERE f.adds_up AND f.measure <> 'share_pct'
		  AND NOT EXISTS (SELECT FROM pg_temp.industry_problem o WHERE o.row_id = f.row_id)
		  AND NOT EXISTS (SELECT FROM pg_temp.industry_problem o WHERE o.row_id = f.whole_id)),
	summed AS (
		SELECT f.whole_id, f.measure, f.level, sum(f.least_value) AS sum, sum(f.rounding) + max(f.whole_rounding) AS rounding
		FROM standing f
		GROUP BY f.whole_id, f.measure, f.level, f.total
		HAVING sum(f.least_value) - f.total > sum(f.rounding) + max(f.whole_rounding)),
	candidate AS (
		SELECT f.whole_id, f.measure, f.row_id, f.printed, f.subject, f.total, s.sum, f.least_value >= 2 * x.tolerance AS is_clear, e.thousandth_agrees OR e.millionth_agrees AS agrees,
			   f.least_value <= f.total / 2 OR s.sum - f.total > f.total / 5 AS is_striking,
			   CASE WHEN e.millionth_agrees AND NOT e.thousandth_agrees THEN 'millionth' ELSE 'thousandth' END AS fraction,
			   x.by_millionth <= 0 AS is_within, rank() OVER (w ORDER BY least(abs(x.by_thousandth), abs(x.by_millionth))) = 1 AS is_closest,
			   count(*) FILTER (WHERE x.by_millionth <= 0) OVER w AS within,
			   count(*) FILTER (WHERE e.thousandth_agrees OR e.millionth_agrees) OVER w AS agreeing
		FROM summed s
		JOIN standing f ON f.whole_id = s.whole_id AND f.measure = s.measure AND f.level = s.level
		CROSS JOIN LATERAL (SELECT s.sum - f.least_value * 0.999 - f.total AS by_thousandth, s.sum - f.least_value * 0.999999 - f.total AS by_millionth,
								   s.rounding - 0.999 * f.rounding AS tolerance) AS x
		CROSS JOIN LATERAL (SELECT abs(x.by_thousandth) <= x.tolerance AS thousandth_agrees, abs(x.by_millionth) <= x.tolerance AS millionth_agrees) AS e
		WHERE x.by_millionth <= x.tolerance
		WINDOW w AS (PARTITION BY f.whole_id, f.measure, f.level)),
	refused AS (
		SELECT c.whole_id, c.measure, c.row_id, c.printed, c.subject, c.sum, c.fraction
		FROM candidate c
		WHERE c.row_id > 0
		  AND (c.agreeing = 1 AND c.agrees AND c.is_clear OR c.within = 1 AND c.is_within AND (c.agrees AND c.is_closest OR c.agreeing = 0 AND c.is_striking)))
	INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
	SELECT DISTINCT ON (r.row_id, r.measure) r.row_id, 850, misfit_column(load_kind, r.measure), r.printed, '22003',
		   format('the members add up to %s, more than the stated total "%s" (%sline %s), and do not with a %s of "%s"%s', trim_scale(r.sum), excerpt(w.printed),
				  coalesce(excerpt(w.subject) || ', ', ''), w.line_number, r.fraction, excerpt(r.printed), coalesce(' (' || excerpt(r.subject) || ')', '')),
		   'Has a unit slipped (MWh for GWh, thousands for units), or is the row a subtotal (row_kind)? Correct the file or set the option units; if the figures are right, load with --confirm-total.', '{}'
	FROM refused r JOIN pg_temp.industry_whole w ON w.row_id = r.whole_id AND w.measure = r.measure
	ORDER BY r.row_id, r.measure, w.total DESC;
END
$$;
COMMENT ON FUNCTION industry.refuse_misfits(text) IS 'refuses the rows of industry_misfit that cannot be parts of their stated total: one above it, one that alone makes the sum too large, or the total itself';

CREATE OR REPLACE FUNCTION industry.misfit_column(load_kind text, measure text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN (SELECT c.column_name FROM layout_column c LEFT JOIN pg_temp.industry_header h ON h.column_name = c.column_name
			WHERE c.kind = load_kind AND c.target = measure ORDER BY h.column_name IS NULL, c.position LIMIT 1);
END
$$;
COMMENT ON FUNCTION industry.misfit_column(text, text) IS 'column of the layout that a measure is read from, one that the file has where there are several';

CREATE OR REPLACE FUNCTION industry.misfit_notes(decimal_comma boolean) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	notes text[] := '{}';
BEGIN
	notes := notes || ARRAY(
		SELECT format('members add up to more than the stated total: %s%s', string_agg(CASE WHEN o.place <= 3 THEN misfit_set(o.set_number) || ': ' || o.line END, '; ' ORDER BY o.place),
					  CASE WHEN count(*) > 3 THEN format('; and %s more', count(*) - 3) END)
		FROM (SELECT format('%s for "%s" (%s or %s %% more%s)', trim_scale(g.sum), excerpt(w.printed), trim_scale(g.sum - w.total),
							round(100 * (g.sum / w.total - 1), 2), CASE WHEN g.sum - w.total <= g.rounding THEN ', within rounding' END) AS line, w.set_number,
					 row_number() OVER (ORDER BY g.sum - w.total <= g.rounding, g.sum / w.total DESC, w.row_id) AS place
			  FROM (SELECT f.whole_id, f.measure, sum(f.least_value) AS sum, sum(f.rounding) + max(f.whole_rounding) AS rounding
					FROM pg_temp.industry_misfit f
					WHERE f.adds_up AND NOT EXISTS (SELECT FROM pg_temp.industry_problem o WHERE o.row_id = f.row_id)
					  AND NOT EXISTS (SELECT FROM pg_temp.industry_problem o WHERE o.row_id = f.whole_id)
					GROUP BY f.whole_id, f.measure, f.level, f.total HAVING sum(f.least_value) > f.total) AS g
			  JOIN pg_temp.industry_whole w ON w.row_id = g.whole_id AND w.measure = g.measure) AS o
		HAVING count(*) > 0);
	-- where no total of shares is stated, it is a hundred percent
	notes := notes || ARRAY(
		SELECT format('shares add up to more than 100 %% and their rounding: %s%s', string_agg(CASE WHEN o.place <= 3 THEN misfit_set(o.set_number) || ': ' || o.line END, '; ' ORDER BY o.place),
					  CASE WHEN count(*) > 3 THEN format('; and %s more', count(*) - 3) END)
		FROM (SELECT format('%s %%', trim_scale(g.sum)) AS line, g.set_number, row_number() OVER (ORDER BY g.sum DESC, g.set_number) AS place
			  FROM (SELECT p.set_number, sum(p.least_value) AS sum
					FROM pg_temp.industry_part p
					WHERE p.measure = 'share_pct' AND p.row_kind = 'member' AND p.least_value IS NOT NULL
					  AND NOT EXISTS (SELECT FROM pg_temp.industry_whole w WHERE w.set_number = p.set_number AND w.measure = p.measure)
					GROUP BY p.set_number, p.scope ->> 'chemistry'
					HAVING sum(p.least_value) > 100
					   AND sum(p.least_value) > 100 + sum(coalesce(printed_rounding(p.least_value, p.printed, decimal_comma), 0) / CASE WHEN p.is_exact THEN 2 ELSE 1 END)) AS g) AS o
		HAVING count(*) > 0);
	RETURN notes;
END
$$;
COMMENT ON FUNCTION industry.misfit_notes(boolean) IS 'notes for the summary of a load about members that add up to more than their total, and about shares beyond a hundred percent';

CREATE OR REPLACE FUNCTION industry.misfit_set(the_set integer) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN (SELECT concat_ws(' ', s.metric, s.basis, s.application, s.stage, s.material, nullif(s.geography, 'World'), s.period_as_printed)
			FROM pg_temp.industry_set s WHERE s.set_number = the_set);
END
$$;
COMMENT ON FUNCTION industry.misfit_set(integer) IS 'a statement set of a load in words: metric, basis, stage, material, period';
