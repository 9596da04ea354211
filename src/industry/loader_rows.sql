/*
 * Rows: from the staging table, text as it came, to typed rows in
 * pg_temp.industry_new, and what is wrong with them in pg_temp.industry_problem.
 */

CREATE OR REPLACE FUNCTION industry.rows_query(kind text, options jsonb, header_line integer) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN (
	WITH mapped AS (
		SELECT h.place, h.header_name, h.label, h.column_name, h.is_unpivoted FROM pg_temp.industry_header h),
	unpivoted AS (
		SELECT count(*) AS columns,
			   string_agg(format('(%s, %L, industry.cell(s.c%s))', m.place, btrim(m.header_name), m.place), ', ' ORDER BY m.place) AS list
		FROM mapped m WHERE m.is_unpivoted)
	SELECT format('SELECT %s AS row_id, coalesce(s.line, (s.id + %s)::integer) AS line_number, s.problem AS ragged, %s AS extra%s FROM pg_temp.industry_stage s%s WHERE %s',
		CASE WHEN u.columns > 0 THEN 's.id * 1024 + u.n' ELSE 's.id * 1024' END,
		header_line,
		coalesce((SELECT format('nullif(jsonb_strip_nulls(jsonb_object(%L::text[], ARRAY[%s])), ''{}'')',
								array_agg(m.label ORDER BY m.place),
								string_agg(format('industry.cell(s.c%s)', m.place), ', ' ORDER BY m.place))
				  FROM mapped m
				  WHERE m.column_name IS NULL AND NOT m.is_unpivoted
					AND NOT EXISTS (SELECT FROM jsonb_array_elements_text(coalesce(options -> 'ignore', '[]')) AS i
									WHERE header_key(i) = header_key(m.header_name))
				  HAVING count(*) > 0), 'NULL::jsonb'),
		(SELECT string_agg(', ' || CASE
					WHEN u.columns > 0 AND c.column_name = options -> 'unpivot' ->> 'name' THEN 'u.k'
					WHEN u.columns > 0 AND c.column_name = options -> 'unpivot' ->> 'value' THEN 'u.v'
					WHEN m.column_name IS NOT NULL AND options -> 'constants' ? c.column_name
						THEN format('coalesce(industry.cell(s.c%s), %L)', m.place, options -> 'constants' ->> c.column_name)
					WHEN m.column_name IS NOT NULL THEN format('industry.cell(s.c%s)', m.place)
					ELSE format('%L::text', options -> 'constants' ->> c.column_name) END || format(' AS %I', c.column_name), '' ORDER BY c.position)
		 FROM layout_column c LEFT JOIN mapped m ON m.column_name = c.column_name
		 WHERE c.kind = rows_query.kind),
		CASE WHEN u.columns > 0 THEN ' CROSS JOIN LATERAL (VALUES ' || u.list || ') AS u (n, k, v)' ELSE '' END,
		-- a row without any text is no row, nor is an empty cell of an unpivoted column
		CASE WHEN u.columns > 0 THEN '(u.v IS NOT NULL OR (s.problem IS NOT NULL AND u.n = (SELECT min(h.place) FROM pg_temp.industry_header h WHERE h.is_unpivoted)))'
			 ELSE (SELECT format('(s.problem IS NOT NULL OR coalesce(%s) IS NOT NULL)', string_agg(format('industry.cell(s.c%s)', m.place), ', ' ORDER BY m.place))
				   FROM mapped m) END)
	FROM unpivoted u);
END
$$;
COMMENT ON FUNCTION industry.rows_query(text, jsonb, integer) IS 'query that gives the rows of industry_stage under the names of the layout, as text';

CREATE OR REPLACE FUNCTION industry.measure_target(kind text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE kind
	WHEN 'capacity' THEN 'capacity' WHEN 'expansion' THEN 'capacity' WHEN 'price' THEN 'cost' WHEN 'maker_share' THEN 'amount'
	WHEN 'country_share' THEN 'amount' WHEN 'storage_project' THEN 'energy' WHEN 'sector_requirement' THEN 'value'
	WHEN 'public_support' THEN 'amount' WHEN 'product_specification' THEN 'value' WHEN 'stated_figure' THEN 'value' END;
COMMENT ON FUNCTION industry.measure_target(text) IS 'the figure of a kind that qualifier and missing_reason are about; NULL for kinds that have none';

-- What is wrong with rows
CREATE OR REPLACE FUNCTION industry.make_work_tables() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
BEGIN
	DROP TABLE IF EXISTS pg_temp.industry_row, pg_temp.industry_new, pg_temp.industry_problem, pg_temp.industry_name, pg_temp.industry_reading,
		pg_temp.industry_combination, pg_temp.industry_set;
	CREATE TEMPORARY TABLE industry_name (reads text, printed text, id integer, code text, row_kind text) ON COMMIT DROP;
	CREATE TEMPORARY TABLE industry_reading (column_name text, printed text, value numeric, low numeric, high numeric, qualifier text,
		missing_reason text, currency text, unit text, usd_stated numeric, second_value numeric, is_estimate boolean, first_day date,
		last_day date, day_precision text, sqlstate text, problem text, hint text) ON COMMIT DROP;
	CREATE TEMPORARY TABLE industry_problem (row_id bigint, priority integer, column_name text, as_printed text, sqlstate text,
		message text, hint text, nearest text[]) ON COMMIT DROP;
	CREATE TEMPORARY TABLE industry_combination (combination bigint GENERATED ALWAYS AS IDENTITY, key text, metric text, basis text, scope text,
		price_or_cost text, money_basis text, base_year text, country_basis text, application text, stage text, material text,
		geography text, period text, period_first text, period_last text, first_day date, last_day date, is_estimate boolean,
		set_number integer, column_name text, as_printed text, sqlstate text, problem text, hint text) ON COMMIT DROP;
	CREATE TEMPORARY TABLE industry_set (set_number integer GENERATED ALWAYS AS IDENTITY, metric text, basis text, scope text, price_or_cost text,
		money_basis text, base_year integer, country_basis text, application text, stage text, material text, geography text,
		period_first date, period_last date, period_as_printed text, series_id integer, old_set_id bigint, previous_set_id bigint,
		current_set_id bigint, new_set_id bigint, good_rows bigint) ON COMMIT DROP;
END
$$;
COMMENT ON FUNCTION industry.make_work_tables() IS 'makes the loader''s temporary tables for one load';

CREATE OR REPLACE FUNCTION industry.read_rows() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	c record;
	fact_table text;
	rows_text text;
	has_sets boolean;
	measure text;
	key_text text;
	targets text[] := '{}';
	expressions text[] := '{}';
	joins text := '';
	problems text[] := '{}';
	estimates text[] := '{}';
	printed text[] := '{}';
	subjects text[] := '{}';
	inferred text[] := '{}';
	measure_columns text[] := '{}';
	plain_columns text[] := '{}';
	plain_text text := '';
	is_plain text;
	plain text;
	value_of text;
	q text;
	r text;
	t text;
	present boolean;
	n bigint;
BEGIN
	SELECT w.kind, w.source_id, w.published, w.options, w.header, w.header_line INTO l FROM pg_temp.industry_load w;
	SELECT y.fact_table INTO fact_table FROM layout y WHERE y.kind = l.kind;
	has_sets := fact_table IS NOT NULL;
	measure := measure_target(l.kind);
	PERFORM map_header(l.kind, l.header, l.options, l.header_line);
	PERFORM make_work_tables();

	/*
	 * The rows under the names of the layout.  What a plain cell says needs no
	 * closer look, and most cells are plain.
	 */
	FOR c IN
		SELECT y.column_name, y.reads, l.options -> 'units' ->> y.column_name AS unit
		FROM layout_column y
		WHERE y.kind = l.kind
		  AND y.reads IN ('capacity', 'capacity_exact', 'cost', 'percent', 'percent_exact', 'number', 'number_exact')
		  AND (EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.column_name = y.column_name) OR coalesce(l.options -> 'constants' ? y.column_name, false)
			   OR coalesce(y.column_name IN (l.options -> 'unpivot' ->> 'name', l.options -> 'unpivot' ->> 'value'), false))
		ORDER BY y.position
	LOOP
		CONTINUE WHEN c.unit IS NOT NULL OR coalesce((l.options ->> 'decimal_comma')::boolean, false)
			OR EXISTS (SELECT FROM jsonb_object_keys(coalesce(l.options -> 'missing', '{}')) AS m WHERE m ~ '^[0-9.]');
		plain_columns := plain_columns || c.column_name::text;
		r := format('r.%I', c.column_name);
		plain_text := plain_text || ', ' || CASE
			WHEN c.reads IN ('capacity', 'capacity_exact') THEN format('industry.plain_capacity(%s)', r)
			WHEN c.reads = 'cost' THEN format('industry.plain_cost(%s)', r)
			WHEN c.reads IN ('percent', 'percent_exact') THEN format('CASE WHEN length(%1$s) <= 15 AND %1$s ~ ''^[0-9]+\.?[0-9]*$'' AND %1$s::numeric <= 100 THEN %1$s::numeric END', r)
			ELSE format('CASE WHEN length(%1$s) <= 30 AND %1$s ~ ''^[0-9]+\.?[0-9]*$'' THEN %1$s::numeric END', r) END || format(' AS %I', 'p_' || c.column_name);
	END LOOP;
	EXECUTE format('CREATE TEMPORARY TABLE industry_row ON COMMIT DROP AS SELECT r.row_id, r.line_number, r.ragged, r.extra%s%s FROM (%s OFFSET 0) AS r',
		(SELECT string_agg(format(', r.%I', y.column_name), '' ORDER BY y.position) FROM layout_column y WHERE y.kind = l.kind),
		plain_text, rows_query(l.kind, l.options, l.header_line));
	rows_text := 'pg_temp.industry_row';

	/*
	 * Names, each once
	 */
	FOR c IN
		SELECT y.column_name, y.reads FROM layout_column y
		WHERE y.kind = l.kind AND y.reads IN ('maker', 'country', 'plant', 'control', 'sector', 'stage', 'publisher')
		  AND (EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.column_name = y.column_name) OR coalesce(l.options -> 'constants' ? y.column_name, false)
			   OR coalesce(y.column_name IN (l.options -> 'unpivot' ->> 'name', l.options -> 'unpivot' ->> 'value'), false))
		ORDER BY y.position
	LOOP
		EXECUTE format('INSERT INTO pg_temp.industry_name (reads, printed)
						SELECT %1$L, d.name FROM (SELECT DISTINCT r.%2$I AS name FROM %3$s AS r WHERE r.%2$I IS NOT NULL) AS d
						WHERE NOT EXISTS (SELECT FROM pg_temp.industry_name n WHERE n.reads = %1$L AND n.printed = d.name)',
					   c.reads, c.column_name, rows_text);
	END LOOP;
	UPDATE pg_temp.industry_name n SET id = find_maker(n.printed, coalesce(l.published, current_date)) WHERE n.reads = 'maker';
	UPDATE pg_temp.industry_name n SET id = find_plant(n.printed) WHERE n.reads = 'plant';
	UPDATE pg_temp.industry_name n SET code = CASE n.reads
		WHEN 'country' THEN find_country(n.printed)
		WHEN 'control' THEN (SELECT x.control FROM export_control x WHERE x.control = n.printed)
		WHEN 'sector' THEN (SELECT x.sector FROM sector x WHERE x.sector = lower(n.printed) OR name_key(x.name) = name_key(n.printed) ORDER BY x.sector LIMIT 1)
		WHEN 'stage' THEN (SELECT x.stage FROM stage x WHERE x.stage = lower(n.printed) OR name_key(x.name) = name_key(n.printed) ORDER BY x.stage LIMIT 1)
		WHEN 'publisher' THEN (SELECT x.publisher FROM publisher x WHERE name_key(x.publisher) = name_key(n.printed) ORDER BY x.publisher LIMIT 1) END
	WHERE n.reads IN ('country', 'control', 'sector', 'stage', 'publisher');
	UPDATE pg_temp.industry_name n
	SET row_kind = coalesce((SELECT m.value FROM jsonb_each_text(coalesce(l.options -> 'row_kinds', '{}')) AS m
							 WHERE name_key(m.key) = name_key(n.printed) ORDER BY m.key LIMIT 1),
							CASE WHEN n.id IS NULL AND n.code IS NULL THEN row_kind_of(n.printed) END)
	WHERE n.reads IN ('maker', 'country');
	ANALYZE pg_temp.industry_name;

	/*
	 * What a set is about, each combination once
	 */
	IF has_sets THEN
		SELECT string_agg(format('coalesce(r.%I, '''')', y.column_name), ' || E''\x1f'' || ' ORDER BY y.position) INTO key_text
		FROM layout_column y WHERE y.kind = l.kind AND y.part IN ('series', 'set')
		  AND (EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.column_name = y.column_name)
			   OR coalesce(y.column_name IN (l.options -> 'unpivot' ->> 'name', l.options -> 'unpivot' ->> 'value'), false));
		key_text := coalesce(key_text, '''''::text');
		EXECUTE format('INSERT INTO pg_temp.industry_combination (key%s) SELECT %s%s FROM %s AS r WHERE r.ragged IS NULL GROUP BY %s',
			(SELECT string_agg(', ' || quote_ident(y.column_name), '' ORDER BY y.position) FROM layout_column y WHERE y.kind = l.kind AND y.part IN ('series', 'set')),
			key_text,
			(SELECT string_agg(', r.' || quote_ident(y.column_name), '' ORDER BY y.position) FROM layout_column y WHERE y.kind = l.kind AND y.part IN ('series', 'set')),
			rows_text,
			(SELECT string_agg('r.' || quote_ident(y.column_name), ', ' ORDER BY y.position) FROM layout_column y WHERE y.kind = l.kind AND y.part IN ('series', 'set')));
		PERFORM read_combinations();
		joins := joins || format(' LEFT JOIN pg_temp.industry_combination k ON k.key = %s AND r.ragged IS NULL', key_text);
		problems := problems || 'CASE WHEN k.problem IS NOT NULL THEN ''(set)'' END'::text;
		targets := targets || 'set_number'::text;
		expressions := expressions || 'k.set_number'::text;
		estimates := estimates || 'k.is_estimate'::text;
	END IF;

	/*
	 * Column by column
	 */
	FOR c IN
		SELECT y.column_name, y.reads, y.required, y.target, y.allowed, y.part, y.is_key,
			   EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.column_name = y.column_name) OR coalesce(l.options -> 'constants' ? y.column_name, false)
			   OR coalesce(y.column_name IN (l.options -> 'unpivot' ->> 'name', l.options -> 'unpivot' ->> 'value'), false) AS present,
			   l.options -> 'units' ->> y.column_name AS unit
		FROM layout_column y
		WHERE y.kind = l.kind AND y.part IN ('own', 'fact', 'reference')
		ORDER BY y.position
	LOOP
		present := c.present;
		t := c.target;
		r := format('r.%I', c.column_name);
		-- what a column of the table holds when the file says nothing
		value_of := CASE
			WHEN l.kind = 'capacity_event' AND t = 'phase' THEN 'coalesce(%s, '''')'
			WHEN t IN ('is_scheduled', 'is_disputed', 'is_misprint') THEN 'coalesce(%s, false)'
			WHEN l.kind = 'sector_chemistry' AND t = 'role' THEN 'coalesce(%s, ''named'')'
			WHEN t = 'thresholds' THEN 'coalesce(%s, ''[]''::jsonb)'
			WHEN l.kind = 'maker' AND t = 'kind' THEN 'coalesce(%s, ''company'')'
			WHEN l.kind = 'export_control' AND t = 'legal_status' THEN 'coalesce(%s, ''issued'')'
			WHEN l.kind = 'plant' AND t = 'stage' THEN 'coalesce(%s, ''cell'')'
			WHEN t IN ('also_printed', 'patented_in', 'not_patented_in') THEN 'coalesce(%s, ''{}''::text[])'
			WHEN l.kind = 'source' AND t = 'options' THEN 'coalesce(%s, ''{}''::jsonb)'
			WHEN t = 'valid' THEN 'coalesce(%s, ''(,)''::daterange)'
			ELSE '%s' END;
		IF c.required = 'yes' AND present THEN
			problems := problems || format('CASE WHEN %s IS NULL THEN %L END', r, c.column_name);
		ELSIF c.required IS NOT NULL AND c.required <> 'yes' AND format('(%s)', c.required) <> ALL (measure_columns) THEN
			-- one of several
			measure_columns := measure_columns || format('(%s)', c.required);
			problems := problems || format('CASE WHEN coalesce(%s) IS NULL THEN %L END',
				(SELECT string_agg(format('r.%I', y.column_name), ', ' ORDER BY y.position) FROM layout_column y
				 WHERE y.kind = l.kind AND y.required = c.required), c.column_name);
		END IF;

		IF c.reads IN ('maker', 'plant', 'country', 'control', 'sector', 'stage', 'publisher') THEN
			IF NOT present THEN
				CONTINUE WHEN value_of = '%s';
				targets := targets || t;
				expressions := expressions || format(value_of, 'NULL');
				CONTINUE;
			END IF;
			q := format('n_%s', c.column_name);
			joins := joins || format(' LEFT JOIN pg_temp.industry_name %1$I ON %1$I.reads = %2$L AND %1$I.printed = %3$s', q, c.reads, r);
			targets := targets || t;
			r := format('%I.%s', q, CASE WHEN c.reads IN ('maker', 'plant') THEN 'id' ELSE 'code' END);
			IF l.kind IN ('maker_share', 'country_share') AND t IN ('maker_id', 'country') THEN
				r := format('CASE WHEN %s THEN %s END', 'is_member', r);
			END IF;
			expressions := expressions || format(value_of, r);
			IF has_sets AND c.reads IN ('maker', 'country') THEN
				problems := problems || format('CASE WHEN r.%1$I IS NOT NULL AND %2$I.%3$s IS NULL AND %4$s THEN %1$L END', c.column_name, q,
					CASE WHEN c.reads = 'maker' THEN 'id' ELSE 'code' END,
					CASE WHEN c.is_key AND c.column_name IN ('maker', 'country') THEN 'is_member' ELSE 'true' END);
				IF c.is_key AND c.column_name IN ('maker', 'country') THEN
					inferred := inferred || format('%I.row_kind', q);
				END IF;
			ELSE
				problems := problems || format('CASE WHEN r.%1$I IS NOT NULL AND %2$I.%3$s IS NULL THEN %1$L END', c.column_name, q,
					CASE WHEN c.reads IN ('maker', 'plant') THEN 'id' ELSE 'code' END);
			END IF;
			IF c.is_key THEN
				subjects := subjects || format('r.%I', c.column_name);
			END IF;

		ELSIF c.reads IN ('capacity', 'capacity_exact', 'percent', 'percent_exact', 'money', 'money_exact', 'cost', 'number', 'number_exact',
						  'power', 'size', 'date', 'day') THEN
			CONTINUE WHEN NOT present;
			is_plain := CASE WHEN c.column_name = ANY (plain_columns) THEN format('r.%I IS NOT NULL', 'p_' || c.column_name) ELSE 'false' END;
			plain := CASE WHEN c.column_name = ANY (plain_columns) THEN format('r.%I', 'p_' || c.column_name) END;
			EXECUTE format('INSERT INTO pg_temp.industry_reading (column_name, printed, value, low, high, qualifier, missing_reason, currency, unit,
								usd_stated, second_value, is_estimate, first_day, last_day, day_precision, sqlstate, problem, hint)
							SELECT %1$L, d.cell, m.value, m.low, m.high, m.qualifier, m.missing_reason, m.currency, m.unit, m.usd_stated,
								   m.second_value, m.is_estimate, m.first_day, m.last_day, m.day_precision, m.sqlstate, m.problem, m.hint
							FROM (SELECT DISTINCT %2$s AS cell FROM %3$s AS r WHERE r.ragged IS NULL AND %2$s IS NOT NULL AND (%4$s) IS NOT TRUE) AS d
							CROSS JOIN LATERAL read_measure(%5$L, d.cell, %6$L, %7$L) AS m',
						   c.column_name, r, rows_text, is_plain, c.reads, l.options - 'unpivot' - 'columns', c.unit);
			GET DIAGNOSTICS n = ROW_COUNT;
			ANALYZE pg_temp.industry_reading;
			q := format('d_%s', c.column_name);
			joins := joins || CASE WHEN n > 0
				THEN format(' LEFT JOIN pg_temp.industry_reading %1$I ON %1$I.column_name = %2$L AND %1$I.printed = %3$s', q, c.column_name, r)
				ELSE format(' LEFT JOIN pg_temp.industry_reading %1$I ON false', q) END;
			problems := problems || format('CASE WHEN %I.problem IS NOT NULL THEN %L END', q, c.column_name);
			estimates := estimates || format('%I.is_estimate', q);

			IF c.reads IN ('date', 'day') THEN
				targets := targets || t;
				expressions := expressions || format('%I.first_day', q);
				IF c.reads = 'date' THEN
					targets := targets || CASE t WHEN 'event_date' THEN 'event_precision' ELSE t || '_precision' END;
					expressions := expressions || format('%I.day_precision', q);
				END IF;
				CONTINUE;
			END IF;
			printed := printed || r;
			-- qualifier and missing reason: the fact's own for its measure, beside the others
			IF t = measure THEN
				CONTINUE WHEN c.column_name = 'energy' AND 'qualifier' = ANY (targets);
				targets := targets || ARRAY['qualifier', 'missing_reason'];
				expressions := expressions || ARRAY[
					CASE WHEN plain IS NULL THEN format('%I.qualifier', q) ELSE format('CASE WHEN %s THEN ''='' ELSE %I.qualifier END', is_plain, q) END,
					format('%I.missing_reason', q)];
			ELSIF c.reads = 'percent' OR t = 'investment' THEN
				targets := targets || ARRAY[replace(t, '_pct', '') || '_qualifier', replace(t, '_pct', '') || '_missing_reason', replace(t, '_pct', '') || '_as_printed'];
				expressions := expressions || ARRAY[
					CASE WHEN plain IS NULL THEN format('%I.qualifier', q) ELSE format('CASE WHEN %s THEN ''='' ELSE %I.qualifier END', is_plain, q) END,
					format('%I.missing_reason', q), r];
			END IF;
			CASE
			WHEN c.reads IN ('capacity', 'size') THEN
				targets := targets || ARRAY[t, t || '_low', t || '_high'];
				expressions := expressions || ARRAY[
					CASE WHEN plain IS NULL THEN format('industry.as_capacity(%I.value)', q) ELSE format('coalesce(%s, industry.as_capacity(%I.value))', plain, q) END,
					format('industry.as_capacity(%I.low)', q), format('industry.as_capacity(%I.high)', q)];
				IF c.reads = 'size' THEN
					targets := targets || 'power_mw'::text;
					expressions := expressions || format('%I.second_value', q);
				END IF;
			WHEN c.reads = 'capacity_exact' THEN
				targets := targets || t;
				expressions := expressions || CASE WHEN plain IS NULL THEN format('industry.as_capacity(%I.value)', q)
					ELSE format('coalesce(%s, industry.as_capacity(%I.value))', plain, q) END;
			WHEN c.reads = 'power' THEN
				CONTINUE WHEN t = ANY (targets);
				targets := targets || t;
				expressions := expressions || format('%I.value', q);
			WHEN c.reads IN ('money', 'money_exact') THEN
				targets := targets || t;
				expressions := expressions || format('%I.value', q);
				IF c.reads = 'money' THEN
					targets := targets || ARRAY[t || '_low', t || '_high'];
					expressions := expressions || ARRAY[format('%I.low', q), format('%I.high', q)];
				END IF;
				targets := targets || 'currency'::text;
				expressions := expressions || format('CASE WHEN num_nonnulls(%1$I.value, %1$I.low, %1$I.high) > 0 THEN coalesce(%1$I.currency, industry.currency_code(r.currency, %2$L)) END', q, l.options);
				problems := problems || format('CASE WHEN %1$I.problem IS NULL AND num_nonnulls(%1$I.value, %1$I.low, %1$I.high) > 0 AND coalesce(%1$I.currency, industry.currency_code(r.currency, %2$L)) IS NULL THEN ''currency'' END',
					q, l.options);
				IF l.kind <> 'capacity_event' THEN
					targets := targets || (t || '_usd_stated');
					expressions := expressions || format('%I.usd_stated', q);
				END IF;
				IF l.kind = 'storage_project' THEN
					targets := targets || 'amount_as_printed'::text;
					expressions := expressions || r;
				END IF;
			WHEN c.reads = 'cost' THEN
				targets := targets || ARRAY['cost', 'cost_low', 'cost_high', 'amount_per_kwh', 'amount_per_kwh_low', 'amount_per_kwh_high', 'currency',
					'cost_usd_stated', 'lcos_usd_per_kwh_discharged', 'lcos_low', 'lcos_high'];
				expressions := expressions || ARRAY[
					format('CASE WHEN k.scope <> ''lcos'' AND coalesce(%1$I.currency, ''USD'') = ''USD'' THEN %2$s END', q,
						   CASE WHEN plain IS NULL THEN format('industry.as_cost(%I.value)', q) ELSE format('coalesce(%s, industry.as_cost(%I.value))', plain, q) END),
					format('CASE WHEN k.scope <> ''lcos'' AND coalesce(%1$I.currency, ''USD'') = ''USD'' THEN industry.as_cost(%1$I.low) END', q),
					format('CASE WHEN k.scope <> ''lcos'' AND coalesce(%1$I.currency, ''USD'') = ''USD'' THEN industry.as_cost(%1$I.high) END', q),
					format('CASE WHEN k.scope <> ''lcos'' AND %1$I.currency <> ''USD'' THEN %1$I.value END', q),
					format('CASE WHEN k.scope <> ''lcos'' AND %1$I.currency <> ''USD'' THEN %1$I.low END', q),
					format('CASE WHEN k.scope <> ''lcos'' AND %1$I.currency <> ''USD'' THEN %1$I.high END', q),
					format('CASE WHEN k.scope <> ''lcos'' AND num_nonnulls(%1$I.value, %1$I.low, %1$I.high) > 0 THEN nullif(%1$I.currency, ''USD'') END', q),
					format('CASE WHEN k.scope <> ''lcos'' THEN industry.as_cost(%1$I.usd_stated) END', q),
					format('CASE WHEN k.scope = ''lcos'' THEN %s END',
						   CASE WHEN plain IS NULL THEN format('%I.value', q) ELSE format('coalesce(industry.cost_number(%s), %I.value)', plain, q) END),
					format('CASE WHEN k.scope = ''lcos'' THEN %I.low END', q),
					format('CASE WHEN k.scope = ''lcos'' THEN %I.high END', q)];
				problems := problems || format('CASE WHEN k.scope = ''lcos'' AND %I.currency <> ''USD'' THEN ''(lcos)'' END', q);
			WHEN c.reads IN ('percent', 'percent_exact') THEN
				targets := targets || t;
				expressions := expressions || CASE WHEN plain IS NULL THEN format('%I.value', q) ELSE format('coalesce(%s, %I.value)', plain, q) END;
				IF c.reads = 'percent' THEN
					targets := targets || ARRAY[t || '_low', t || '_high'];
					expressions := expressions || ARRAY[format('%I.low', q), format('%I.high', q)];
				END IF;
			ELSE
				targets := targets || t;
				expressions := expressions || CASE WHEN plain IS NULL THEN format('%I.value', q) ELSE format('coalesce(%s, %I.value)', plain, q) END;
				IF c.reads = 'number' THEN
					targets := targets || ARRAY[t || '_low', t || '_high', 'unit'];
					expressions := expressions || ARRAY[format('%I.low', q), format('%I.high', q),
						format('coalesce(r.unit, %I.unit%s)', q, CASE WHEN c.unit IS NOT NULL THEN format(', %L', c.unit) ELSE '' END)];
					-- a number needs a unit, and one only
					problems := problems || format('CASE WHEN %1$I.problem IS NULL AND (%2$s OR num_nonnulls(%1$I.value, %1$I.low, %1$I.high) > 0) AND coalesce(r.unit, %1$I.unit, %3$L) IS NULL THEN ''unit'' WHEN %1$I.unit <> r.unit THEN ''(unit)'' END',
						q, is_plain, c.unit);
					IF l.kind = 'stated_figure' THEN
						targets := targets || 'currency'::text;
						expressions := expressions || format('CASE WHEN r.value IS NOT NULL THEN coalesce(%I.currency, industry.currency_code(r.currency, %L), CASE WHEN r.unit ~ ''^[A-Z]{3}($|/)'' THEN industry.currency_code(left(r.unit, 3)) END) END', q, l.options);
					END IF;
				END IF;
			END CASE;

		ELSE
			CONTINUE WHEN c.target IS NULL OR (c.part = 'fact' AND c.column_name <> 'statement_number');
			CONTINUE WHEN t = ANY (targets);
			IF c.column_name = 'statement_number' THEN
				targets := targets || t;
				expressions := expressions || format('coalesce(CASE WHEN length(%1$s) <= 4 AND %1$s ~ ''^[1-9][0-9]*$'' THEN %1$s::smallint END, 1::smallint)', r);
				problems := problems || format('CASE WHEN length(%1$s) > 4 OR %1$s !~ ''^[1-9][0-9]*$'' THEN %2$L END', r, c.column_name);
				CONTINUE;
			END IF;
			IF NOT present THEN
				CONTINUE WHEN value_of = '%s';
				targets := targets || t;
				expressions := expressions || format(value_of, 'NULL');
				CONTINUE;
			END IF;
			targets := targets || t;
			q := CASE c.reads
				WHEN 'chemistry' THEN 'industry.read_chemistry(%s)'
				WHEN 'enum' THEN 'lower(%s)'
				WHEN 'integer' THEN 'CASE WHEN %1$s ~ ''^[0-9]{1,6}$'' THEN %1$s::integer END'
				WHEN 'boolean' THEN 'industry.read_boolean(%s)'
				WHEN 'word' THEN 'industry.header_key(%s)'
				WHEN 'countries' THEN 'industry.read_countries(%s)'
				WHEN 'texts' THEN 'industry.read_texts(%s)'
				WHEN 'days' THEN 'industry.read_days(%s)'
				WHEN 'thresholds' THEN 'industry.read_thresholds(%s)'
				WHEN 'options' THEN 'industry.read_json_object(%s)'
				WHEN 'currency' THEN 'industry.currency_code(%s)'
				ELSE '%s' END;
			q := format(q, r);
			expressions := expressions || format(value_of, q);
			problems := problems || CASE c.reads
				WHEN 'enum' THEN format('CASE WHEN lower(%s) <> ALL (%L) THEN %L END', r, c.allowed, c.column_name)
				WHEN 'word' THEN format('CASE WHEN %s !~ ''^[a-z][a-z0-9_]*$'' THEN %L END', q, c.column_name)
				WHEN 'code' THEN format('CASE WHEN %s !~ ''^[A-Za-z0-9][A-Za-z0-9._:/-]*$'' THEN %L END', r, c.column_name)
				WHEN 'countries' THEN format('CASE WHEN %1$s IS NOT NULL AND (%2$s IS NULL OR array_position(%2$s, NULL) IS NOT NULL) THEN %3$L END', r, q, c.column_name)
				WHEN 'text' THEN NULL
				ELSE format('CASE WHEN %s IS NOT NULL AND %s IS NULL THEN %L END', r, q, c.column_name) END;
			IF c.is_key AND c.column_name <> 'unit' THEN
				subjects := subjects || r;
			END IF;
		END IF;
	END LOOP;

	IF l.kind = 'exchange_rate' THEN
		problems := problems || 'CASE WHEN industry.currency_code(r.currency) = ''USD'' THEN ''(usd)'' END'::text;
	ELSIF l.kind = 'stated_figure' THEN
		problems := problems || 'CASE WHEN (r.part IS NULL) <> (r.whole IS NULL) THEN ''(part)'' END'::text;
	END IF;

	IF has_sets THEN
		targets := targets || ARRAY['locator', 'subject_as_printed', 'as_printed', 'row_kind', 'statement_kind', 'notes'];
		expressions := expressions || ARRAY['r.locator',
			format('coalesce(%s)', array_to_string(ARRAY['r.subject_as_printed'] || CASE WHEN l.kind = 'stated_figure' THEN ARRAY['r.subject'] ELSE subjects END, ', ')),
			format('coalesce(%s)', array_to_string(ARRAY['r.as_printed'] || printed || format('industry.stage_text(r.row_id / 1024)'), ', ')),
			'row_kind',
			format('coalesce(lower(r.statement_kind), CASE WHEN %s THEN ''estimated'' END)',
				   (SELECT string_agg(format('coalesce(%s, false)', e), ' OR ') FROM unnest(estimates) AS e)),
			'CASE WHEN r.note IS NULL AND (r.period IS NULL OR k.first_day IS NOT NULL) THEN r.extra
			  ELSE coalesce(r.extra, ''{}'') || jsonb_strip_nulls(jsonb_build_object(''note'', r.note, ''period'', CASE WHEN k.first_day IS NULL THEN r.period END)) END'];
		problems := problems || ARRAY[
			'CASE WHEN lower(r.row_kind) NOT IN (''member'', ''subtotal'', ''remainder'', ''stated_total'', ''derived'') THEN ''row_kind'' END',
			'CASE WHEN lower(r.statement_kind) NOT IN (''measured'', ''estimated'', ''forecast'', ''target'', ''claimed'', ''derived'') THEN ''statement_kind'' END'];
	END IF;

	-- Names that the layouts do not list would have come this far only by a
	-- mistake of the layouts.
	IF has_sets THEN
		EXECUTE format('CREATE TEMPORARY TABLE industry_new ON COMMIT DROP AS
			SELECT r.row_id, r.line_number, CASE WHEN r.ragged IS NOT NULL THEN ''(row)'' ELSE nullif(concat_ws('','', %s), '''') END AS problems, %s
			FROM %s AS r%s
			CROSS JOIN LATERAL (SELECT coalesce(lower(r.row_kind), %s ''member'') AS row_kind) AS rk
			CROSS JOIN LATERAL (SELECT rk.row_kind = ''member'' AS is_member) AS im',
			array_to_string(problems, ', '),
			(SELECT string_agg(CASE WHEN x.target = 'row_kind' THEN 'rk.row_kind' ELSE x.expression END || ' AS ' || quote_ident(x.target), ', ' ORDER BY x.place)
			 FROM unnest(targets, expressions) WITH ORDINALITY AS x (target, expression, place)),
			rows_text, joins,
			(SELECT string_agg(i || ', ', '') FROM unnest(inferred) AS i));
	ELSE
		EXECUTE format('CREATE TEMPORARY TABLE industry_new ON COMMIT DROP AS
			SELECT r.row_id, r.line_number, CASE WHEN r.ragged IS NOT NULL THEN ''(row)'' ELSE nullif(concat_ws('','', %s), '''') END AS problems, %s
			FROM %s AS r%s',
			array_to_string(problems, ', '),
			(SELECT string_agg(x.expression || ' AS ' || quote_ident(x.target), ', ' ORDER BY x.place)
			 FROM unnest(targets, expressions) WITH ORDINALITY AS x (target, expression, place)),
			rows_text, joins);
	END IF;
	GET DIAGNOSTICS n = ROW_COUNT;
	ANALYZE pg_temp.industry_new;
	PERFORM explain_problems();
	RETURN n;
END
$$;
COMMENT ON FUNCTION industry.read_rows() IS 'reads industry_stage by its layout into the temporary table industry_new, typed, and what is wrong with its rows into industry_problem; returns the number of rows';

CREATE OR REPLACE FUNCTION industry.stage_text(stage_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	printed text;
BEGIN
	EXECUTE format('SELECT concat_ws('', '', %s) FROM pg_temp.industry_stage s WHERE s.id = $1',
				   (SELECT string_agg(format('industry.cell(s.c%s)', h.place), ', ' ORDER BY h.place) FROM pg_temp.industry_header h))
	INTO printed USING stage_id;
	RETURN coalesce(nullif(printed, ''), '-');
END
$$;
COMMENT ON FUNCTION industry.stage_text(bigint) IS 'a row of industry_stage as one text';

CREATE OR REPLACE FUNCTION industry.read_combinations() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	fallback text;
	needs_period boolean;
	c record;
BEGIN
	SELECT w.kind, w.options INTO l FROM pg_temp.industry_load w;
	needs_period := EXISTS (SELECT FROM layout_column y WHERE y.kind = l.kind AND y.column_name = 'period' AND y.required = 'yes');
	SELECT y.default_metric INTO fallback FROM layout y WHERE y.kind = l.kind;

	-- required cells first, then each column's own rules
	FOR c IN
		SELECT y.column_name, y.reads, y.required, y.allowed FROM layout_column y
		WHERE y.kind = l.kind AND y.part IN ('series', 'set') AND y.column_name NOT IN ('period', 'period_first', 'period_last')
		ORDER BY y.position
	LOOP
		EXECUTE format($sql$
			UPDATE pg_temp.industry_combination k
			SET column_name = %1$L, as_printed = k.%1$I,
				sqlstate = CASE WHEN k.%1$I IS NULL THEN '23502' ELSE '22023' END,
				problem = CASE WHEN k.%1$I IS NULL THEN 'column "%1$s" is empty' ELSE format('"%%s" is no %1$s', excerpt(k.%1$I)) END,
				hint = %2$L
			WHERE k.problem IS NULL AND (%3$s)$sql$,
			c.column_name,
			CASE WHEN c.allowed IS NOT NULL THEN format('Write one of %s.', array_to_string(c.allowed, ', '))
				 WHEN c.reads = 'stage' THEN format('Stages are %s.', (SELECT string_agg(s.stage, ', ' ORDER BY s.position) FROM stage s))
				 WHEN c.reads = 'word' THEN 'Write letters, digits and underscores, such as ev_batteries.'
				 WHEN c.reads = 'integer' THEN 'Write a year.'
				 ELSE 'Fill it in.' END,
			CASE WHEN c.required = 'yes' THEN format('k.%I IS NULL', c.column_name) ELSE 'false' END ||
			CASE WHEN c.allowed IS NOT NULL THEN format(' OR lower(k.%I) <> ALL (%L)', c.column_name, c.allowed)
				 WHEN c.reads = 'word' THEN format(' OR header_key(k.%I) !~ ''^[a-z][a-z0-9_]*$''', c.column_name)
				 WHEN c.reads = 'integer' THEN format(' OR k.%1$I !~ ''^(19|20|21)[0-9]{2}$''', c.column_name)
				 WHEN c.reads = 'stage' THEN format(' OR (k.%1$I IS NOT NULL AND NOT EXISTS (SELECT FROM industry.stage s WHERE s.stage = lower(k.%1$I) OR name_key(s.name) = name_key(k.%1$I)))', c.column_name)
				 ELSE '' END);
	END LOOP;
	UPDATE pg_temp.industry_combination k SET
		metric = coalesce(header_key(k.metric), fallback),
		basis = lower(k.basis), scope = lower(k.scope), price_or_cost = lower(k.price_or_cost), money_basis = lower(k.money_basis),
		country_basis = lower(k.country_basis), material = lower(k.material),
		stage = (SELECT s.stage FROM stage s WHERE s.stage = lower(k.stage) OR name_key(s.name) = name_key(k.stage) ORDER BY s.stage LIMIT 1),
		geography = CASE WHEN k.geography IS NULL OR row_kind_of(k.geography) = 'stated_total' THEN 'World' ELSE coalesce(find_country(k.geography), k.geography) END
	WHERE k.problem IS NULL;
	UPDATE pg_temp.industry_combination k SET
		column_name = 'base_year', as_printed = k.base_year, sqlstate = '22023',
		problem = CASE WHEN k.base_year IS NULL THEN 'real figures without a base year' ELSE 'a base year with nominal figures' END,
		hint = 'Real money needs base_year, the year whose money it is; nominal money has none.'
	WHERE k.problem IS NULL AND l.kind = 'price' AND (k.money_basis = 'real') <> (k.base_year IS NOT NULL);

	UPDATE pg_temp.industry_combination k SET
		first_day = p.first_day, last_day = p.last_day, is_estimate = p.is_estimate,
		column_name = CASE WHEN p.is_wrong THEN 'period' END, as_printed = k.period, sqlstate = p.sqlstate,
		problem = CASE WHEN p.is_wrong THEN p.problem END, hint = p.hint
	FROM (SELECT o.combination, r.first_day, r.last_day, r.is_estimate, r.sqlstate, r.problem, r.hint,
				 -- where a kind can do without a period, words in its place are kept as words
				 r.problem IS NOT NULL AND (needs_period OR r.sqlstate <> '22007' OR o.period !~ '[A-Za-z]') AS is_wrong
		  FROM pg_temp.industry_combination o CROSS JOIN LATERAL read_period(o.period, l.options) AS r
		  WHERE o.period_first IS NULL AND o.period_last IS NULL) AS p
	WHERE p.combination = k.combination AND k.problem IS NULL;
	UPDATE pg_temp.industry_combination k SET
		first_day = p.first_day, last_day = p.last_day, is_estimate = false,
		column_name = CASE WHEN p.first_day IS NULL OR p.last_day IS NULL OR p.first_day > p.last_day THEN 'period_first' END,
		as_printed = concat_ws('/', k.period_first, k.period_last), sqlstate = '22007',
		problem = CASE WHEN p.first_day IS NULL OR p.last_day IS NULL OR p.first_day > p.last_day
			THEN format('"%s" is not a period', excerpt(concat_ws(' to ', k.period_first, k.period_last))) END,
		hint = 'Write both days, the first no later than the last, such as 2022-01-01 and 2022-12-31.'
	FROM (SELECT o.combination, a.first_day, coalesce(b.first_day, NULL) AS last_day
		  FROM pg_temp.industry_combination o CROSS JOIN LATERAL read_measure('day', o.period_first, l.options) AS a
		  CROSS JOIN LATERAL read_measure('day', o.period_last, l.options) AS b
		  WHERE o.period_first IS NOT NULL OR o.period_last IS NOT NULL) AS p
	WHERE p.combination = k.combination AND k.problem IS NULL;
	-- an empty period where the kind needs one
	UPDATE pg_temp.industry_combination k SET
		column_name = 'period', sqlstate = '23502', problem = 'column "period" is empty', hint = 'Write the period, or n/s where the source does not say.'
	WHERE k.problem IS NULL AND k.first_day IS NULL AND k.period IS NULL AND needs_period;

	INSERT INTO pg_temp.industry_set (metric, basis, scope, price_or_cost, money_basis, base_year, country_basis, application, stage, material,
		geography, period_first, period_last, period_as_printed)
	SELECT k.metric, k.basis, k.scope, k.price_or_cost, k.money_basis, k.base_year::integer, k.country_basis, k.application, k.stage, k.material,
		   k.geography, k.first_day, k.last_day, CASE WHEN k.first_day IS NOT NULL OR min(k.period) = max(k.period) THEN min(k.period) END
	FROM pg_temp.industry_combination k
	WHERE k.problem IS NULL
	GROUP BY k.metric, k.basis, k.scope, k.price_or_cost, k.money_basis, k.base_year, k.country_basis, k.application, k.stage, k.material,
		   k.geography, k.first_day, k.last_day
	ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13;
	UPDATE pg_temp.industry_combination k SET set_number = s.set_number
	FROM pg_temp.industry_set s
	WHERE k.problem IS NULL
	  AND (k.metric, k.basis, k.scope, k.price_or_cost, k.money_basis, k.base_year::integer, k.country_basis, k.application, k.stage, k.material, k.geography, k.first_day, k.last_day)
		  IS NOT DISTINCT FROM
		  (s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.application, s.stage, s.material, s.geography, s.period_first, s.period_last);
	ANALYZE pg_temp.industry_combination;
END
$$;
COMMENT ON FUNCTION industry.read_combinations() IS 'reads what the rows'' sets are about, each combination once, and numbers the sets';

CREATE OR REPLACE FUNCTION industry.explain_problems() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
BEGIN
	SELECT w.kind, w.options, w.published, w.source_id INTO l FROM pg_temp.industry_load w;
	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT w.row_id, w.priority,
			   CASE WHEN w.token = '(set)' THEN w.set_column WHEN w.token = '(row)' THEN NULL WHEN w.token = '(lcos)' THEN 'cost'
					WHEN w.token = '(unit)' THEN 'unit' WHEN w.token = '(usd)' THEN 'currency' WHEN w.token = '(part)' THEN 'part' ELSE w.token END,
			   CASE WHEN w.token = '(set)' THEN w.set_printed WHEN w.token = '(lcos)' THEN w.cells ->> 'cost' WHEN w.token = '(unit)' THEN w.cells ->> 'unit'
					WHEN w.token = '(usd)' THEN w.cells ->> 'currency' WHEN w.token = '(part)' THEN w.cells ->> 'part' ELSE w.printed END,
			   CASE WHEN w.token = '(row)' THEN '22P04' WHEN w.token = '(set)' THEN w.set_sqlstate
					WHEN w.token IN ('(lcos)', '(unit)', '(usd)', '(part)') THEN '22023'
					WHEN w.printed IS NULL THEN '23502'
					WHEN w.reading_problem IS NOT NULL THEN w.reading_sqlstate
					WHEN w.reads IN ('maker', 'plant', 'country', 'control', 'sector', 'stage', 'publisher') THEN '23503'
					WHEN w.reads = 'enum' THEN '22023'
					ELSE '22P02' END,
			   CASE WHEN w.token = '(row)' THEN w.ragged WHEN w.token = '(set)' THEN w.set_problem
					WHEN w.token = '(lcos)' THEN 'a levelised cost in another currency than US$ has no column'
					WHEN w.token = '(unit)' THEN format('the figure and column "unit" (%%s) state different units', excerpt(w.cells ->> 'unit'))
					WHEN w.token = '(usd)' THEN 'an exchange rate of the US$ to itself'
					WHEN w.token = '(part)' THEN 'one of part and whole is empty'
					WHEN w.printed IS NULL THEN CASE WHEN w.required IS NOT NULL AND w.required <> 'yes' THEN format('none of %%s is filled in', w.required)
						ELSE format('column "%%s" is empty', w.token) END
					WHEN w.reading_problem IS NOT NULL THEN w.reading_problem
					WHEN w.reads = 'chemistry' THEN trouble_line(chemistry_trouble(w.printed), 'message')
					WHEN w.reads = 'maker' THEN format('maker "%%s" is not known%%s', excerpt(w.printed), %2$L)
					WHEN w.reads IN ('plant', 'country', 'control', 'sector', 'stage', 'publisher') THEN format('%%s "%%s" is not known', w.reads, excerpt(w.printed))
					ELSE format('"%%s" is no %%s', excerpt(w.printed), w.token) END,
			   CASE WHEN w.token = '(row)' THEN 'Quote a field that contains the delimiter, and double a quote inside a quoted field.'
					WHEN w.token = '(set)' THEN w.set_hint
					WHEN w.token = '(lcos)' THEN 'Load it as kind stated_figure.'
					WHEN w.token = '(unit)' THEN 'Leave one of them out, or make them agree.'
					WHEN w.token = '(usd)' THEN 'Leave the row out.'
					WHEN w.token = '(part)' THEN 'Write both, or neither.'
					WHEN w.token = 'currency' AND w.printed IS NULL THEN 'Write the amount with its currency, fill in column "currency", or set it for the column with the option units, such as {"units": {"investment": "EUR"}}.'
					WHEN w.printed IS NULL THEN 'Fill it in, or write why it is missing: W, NA, n/s.'
					WHEN w.reading_problem IS NOT NULL THEN w.reading_hint
					WHEN w.reads = 'chemistry' THEN trouble_line(chemistry_trouble(w.printed), 'hint')
					WHEN w.reads = 'maker' THEN 'If it is another name of a known maker, add an alias; if it is a new one, add the maker; industry.propose_names() lists all of them at once. Then load the row with battery-load --redrive.'
					WHEN w.reads IN ('plant', 'country', 'control', 'sector', 'publisher') THEN format('Correct the name, or add it (a file of kind %%s). Then load the row with battery-load --redrive.',
						CASE w.reads WHEN 'country' THEN 'country_alias' WHEN 'control' THEN 'export_control' ELSE w.reads END)
					WHEN w.allowed IS NOT NULL THEN format('Write one of %%s.', array_to_string(w.allowed, ', '))
					WHEN w.reads = 'boolean' THEN 'Write yes or no.'
					WHEN w.reads = 'days' THEN 'Write FIRST/LAST, such as 2020-12-01/ or 2015/2019.'
					WHEN w.reads = 'thresholds' THEN 'Write parameter, comparison, value, unit, condition; several are separated by semicolons: tap density > 1.2 g/cm3; first efficiency ≥ 97 %%.'
					WHEN w.reads IN ('integer') THEN 'Write a whole number.'
					WHEN w.reads = 'countries' THEN 'Write countries separated by semicolons.'
					WHEN w.reads = 'word' THEN 'Write lower-case letters, digits and underscores.'
					WHEN w.reads = 'code' THEN 'Write letters, digits and . _ : / -.'
					WHEN w.reads = 'options' THEN 'Write a JSON object.'
					WHEN w.reads = 'currency' THEN 'Write the ISO 4217 code, such as CNY.' END,
			   '{}'
		FROM (SELECT b.row_id, b.ragged, b.cells, p.token, p.priority, b.cells ->> p.token AS printed, y.reads, y.required, y.allowed,
					 d.sqlstate AS reading_sqlstate, d.problem AS reading_problem, d.hint AS reading_hint,
					 k.column_name AS set_column, k.as_printed AS set_printed, k.sqlstate AS set_sqlstate, k.problem AS set_problem, k.hint AS set_hint
			  FROM (SELECT n.row_id, n.problems, r.ragged, jsonb_strip_nulls(to_jsonb(r)) AS cells
					FROM pg_temp.industry_new n JOIN pg_temp.industry_row r ON r.row_id = n.row_id
					WHERE n.problems IS NOT NULL) AS b
			  CROSS JOIN LATERAL unnest(string_to_array(b.problems, ',')) WITH ORDINALITY AS p (token, priority)
			  LEFT JOIN layout_column y ON y.kind = %3$L AND y.column_name = p.token
			  LEFT JOIN pg_temp.industry_reading d ON d.column_name = p.token AND d.printed = b.cells ->> p.token
			  LEFT JOIN pg_temp.industry_combination k ON p.token = '(set)' AND k.key = %4$s) AS w$sql$,
		NULL, coalesce(format(' on %s', l.published), ''), l.kind,
		coalesce((SELECT string_agg(format('coalesce(b.cells ->> %L, '''')', y.column_name), ' || E''\x1f'' || ' ORDER BY y.position)
				  FROM layout_column y WHERE y.kind = l.kind AND y.part IN ('series', 'set')
					AND (EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.column_name = y.column_name)
						 OR coalesce(y.column_name IN (l.options -> 'unpivot' ->> 'name', l.options -> 'unpivot' ->> 'value'), false))), ''''''));
END
$$;
COMMENT ON FUNCTION industry.explain_problems() IS 'writes into industry_problem what is wrong with the rows of industry_new that have problems, and what to do about it';

