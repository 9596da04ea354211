/*
 * Sets: what the rows say of their series and period, each combination once.
 */

CREATE OR REPLACE FUNCTION industry.set_key(alias text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN coalesce((SELECT string_agg(format('coalesce(%s.%I, '''')', alias, c.column_name), ' || E''\x1f'' || ' ORDER BY c.position)
					 FROM pg_temp.industry_column c WHERE c.part IN ('series', 'set') AND c.varies), '''''::text');
END
$$;
COMMENT ON FUNCTION industry.set_key(text) IS 'expression for what a row says of its set, of the columns in which rows differ';

CREATE OR REPLACE FUNCTION industry.gather_combinations(rows_text text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	names text := (SELECT string_agg(quote_ident(c.column_name), ', ' ORDER BY c.position) FROM pg_temp.industry_column c WHERE c.part IN ('series', 'set'));
BEGIN
	-- the key tells all columns in which rows differ; the others are the same in all
	EXECUTE format('INSERT INTO pg_temp.industry_combination (key, %s) SELECT %s, %s FROM (%s) AS r WHERE r.ragged IS NULL GROUP BY 1',
		names, set_key('r'), (SELECT string_agg(CASE WHEN o.varies THEN format('min(r.%I)', o.column_name) ELSE coalesce(o.cell, 'NULL') END, ', ' ORDER BY o.position)
		FROM pg_temp.industry_column o WHERE o.part IN ('series', 'set')),
		rows_text);
	PERFORM settle_table('industry_combination');
	-- marks for missing values are no words
	UPDATE pg_temp.industry_combination k SET application = word(k.application), material = word(k.material), geography = word(k.geography),
		scenario = CASE WHEN header_key(k.scenario) <> ALL ('{historical,historic,history,actual,actuals,observed}') THEN word(k.scenario) END, stage = word(k.stage), basis = word(k.basis), base_year = split_part(word(k.base_year), '.0', 1),
		country_basis = word(k.country_basis),
		period = coalesce(k.period, CASE WHEN num_nonnulls(k.year, k.quarter, k.month) > 0 THEN period_of_parts(k.year, k.quarter, k.month) END);
END
$$;
COMMENT ON FUNCTION industry.gather_combinations(text) IS 'puts what the rows say of their sets into industry_combination, each combination once';

CREATE OR REPLACE FUNCTION industry.refuse_periods() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	the_options jsonb := (SELECT w.options FROM pg_temp.industry_load w);
	bad record;
BEGIN
	SELECT j.problem, j.detail, j.hint INTO bad
	FROM judge_periods((SELECT array_agg(DISTINCT k.period) FROM pg_temp.industry_combination k WHERE k.period_first IS NULL AND k.period_last IS NULL),
					   the_options, (SELECT count(*) FROM pg_temp.industry_stage s WHERE s.problem IS NULL)) AS j;
	IF bad.problem IS NOT NULL THEN
		PERFORM refuse_file(format('column "period": %s', bad.problem), bad.detail, bad.hint);
	END IF;
END
$$;
COMMENT ON FUNCTION industry.refuse_periods() IS 'refuses a file whose periods, as a column, cannot be read without an option';

CREATE OR REPLACE FUNCTION industry.read_set_words() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	fallback text := (SELECT y.default_metric FROM pg_temp.industry_load w JOIN layout y ON y.kind = w.kind);
	c record;
BEGIN
	-- required cells first, then each column's own rules
	FOR c IN
		SELECT y.column_name, y.reads, y.required, y.allowed FROM pg_temp.industry_column y
		WHERE y.part IN ('series', 'set') AND y.source <> 'period' AND y.column_name NOT IN ('period_first', 'period_last')
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
	WHERE k.problem IS NULL AND k.money_basis IS NOT NULL AND (k.money_basis = 'real') <> (k.base_year IS NOT NULL);
END
$$;
COMMENT ON FUNCTION industry.read_set_words() IS 'reads the words of industry_combination: metric, basis, stage, geography and so on, and what is wrong with them';

CREATE OR REPLACE FUNCTION industry.read_set_periods() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	the_options jsonb := (SELECT w.options FROM pg_temp.industry_load w);
	needs_period boolean := EXISTS (SELECT FROM pg_temp.industry_column c WHERE c.column_name = 'period' AND c.required = 'yes');
BEGIN
	UPDATE pg_temp.industry_combination k SET
		first_day = p.first_day, last_day = p.last_day, statement_kind = coalesce(p.statement_kind, CASE WHEN p.is_estimate THEN 'estimated' END),
		column_name = CASE WHEN p.problem IS NOT NULL THEN 'period' END, as_printed = k.period, sqlstate = p.sqlstate,
		problem = p.problem, hint = p.hint
	FROM (SELECT o.period, r.first_day, r.last_day, r.is_estimate, r.statement_kind,
				 CASE WHEN m.is_empty THEN '23502' ELSE r.sqlstate END AS sqlstate,
				 CASE WHEN m.is_empty THEN format('"%s" is no period, and column "period" is needed', excerpt(o.period)) ELSE r.problem END AS problem,
				 CASE WHEN m.is_empty THEN 'Write the period, or n/s where the source does not say.' ELSE r.hint END AS hint
		  FROM (SELECT DISTINCT i.period FROM pg_temp.industry_combination i WHERE i.period_first IS NULL AND i.period_last IS NULL AND i.period IS NOT NULL) AS o
		  CROSS JOIN LATERAL read_period(o.period, the_options) AS r
		  -- a mark for a missing value is a statement only where it says "not stated"
		  CROSS JOIN LATERAL (SELECT needs_period AND r.missing_reason <> 'not stated' AS is_empty) AS m) AS p
	WHERE k.period = p.period AND k.period_first IS NULL AND k.period_last IS NULL AND k.problem IS NULL;
	UPDATE pg_temp.industry_combination k SET
		first_day = p.first_day, last_day = p.last_day,
		column_name = CASE WHEN p.first_day IS NULL OR p.last_day IS NULL OR p.first_day > p.last_day THEN 'period_first' END,
		as_printed = concat_ws('/', k.period_first, k.period_last), sqlstate = '22007',
		problem = CASE WHEN p.first_day IS NULL OR p.last_day IS NULL OR p.first_day > p.last_day
			THEN format('"%s" is not a period', excerpt(concat_ws(' to ', k.period_first, k.period_last))) END,
		hint = 'Write both days, the first no later than the last, such as 2022-01-01 and 2022-12-31.'
	FROM (SELECT o.combination, CASE WHEN a.day_precision = 'day' THEN a.first_day END AS first_day, CASE WHEN b.day_precision = 'day' THEN b.first_day END AS last_day
		  FROM pg_temp.industry_combination o CROSS JOIN LATERAL read_day(o.period_first, the_options) AS a
		  CROSS JOIN LATERAL read_day(o.period_last, the_options) AS b
		  WHERE o.period_first IS NOT NULL OR o.period_last IS NOT NULL) AS p
	WHERE p.combination = k.combination AND k.problem IS NULL;
	-- Of several columns for the period none is taken in silence.
	UPDATE pg_temp.industry_combination k SET
		column_name = 'period', as_printed = k.period, sqlstate = '22023',
		problem = format('columns "period" (%s) and %s contradict each other', excerpt(k.period), p.other),
		hint = 'Correct the one that is wrong, or leave it out with the option ignore.'
	FROM (SELECT o.combination, x.other
		  FROM pg_temp.industry_combination o
		  CROSS JOIN LATERAL (SELECT format('"year" (%s)', excerpt(y.parts)) AS other FROM (SELECT period_of_parts(o.year, o.quarter, o.month) AS parts) AS y
							  CROSS JOIN LATERAL read_period(y.parts, the_options) AS r
							  WHERE num_nonnulls(o.year, o.quarter, o.month) > 0 AND y.parts IS DISTINCT FROM o.period AND (r.first_day > o.last_day OR r.last_day < o.first_day)
							  UNION ALL
							  SELECT format('"period_first" (%s)', concat_ws(' to ', o.period_first, o.period_last)) FROM read_period(o.period, the_options) AS r
							  WHERE o.period_first IS NOT NULL AND (r.first_day > o.last_day OR r.last_day < o.first_day)) AS x
		  WHERE o.problem IS NULL AND o.first_day IS NOT NULL AND o.period IS NOT NULL AND num_nonnulls(o.year, o.quarter, o.month, o.period_first) > 0) AS p
	WHERE p.combination = k.combination AND k.problem IS NULL;
	-- Words that name no period keep their place where the kind can do without one.
	UPDATE pg_temp.industry_combination k SET column_name = NULL, sqlstate = NULL, problem = NULL, hint = NULL
	WHERE k.column_name = 'period' AND NOT needs_period
	  AND k.period ~* '^((since|by|before|until|till|after|from|as of|early|mid|late|end of|beginning of|the end of) [^0-9]*(19|20|21)[0-9]{2}|today|now|current(ly)?|(the )?future|th(is|e) (coming |next )?decade|(the )?(past|last|next|coming) (few )?(years|decade))$';
	-- an empty period where the kind needs one
	UPDATE pg_temp.industry_combination k SET
		column_name = 'period', sqlstate = '23502', problem = 'column "period" is empty', hint = 'Write the period, or n/s where the source does not say.'
	WHERE k.problem IS NULL AND k.first_day IS NULL AND k.period IS NULL AND needs_period;
END
$$;
COMMENT ON FUNCTION industry.read_set_periods() IS 'reads the periods of industry_combination, and what is wrong with them';

CREATE OR REPLACE FUNCTION industry.number_sets() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	INSERT INTO pg_temp.industry_set (metric, basis, scope, price_or_cost, money_basis, base_year, country_basis, application, stage, material,
		geography, scenario, period_first, period_last, period_as_printed)
	SELECT k.metric, k.basis, k.scope, k.price_or_cost, k.money_basis, k.base_year::integer, k.country_basis, k.application, k.stage, k.material,
		   k.geography, k.scenario, k.first_day, k.last_day, CASE WHEN k.first_day IS NOT NULL OR min(k.period) = max(k.period) THEN min(k.period) END
	FROM pg_temp.industry_combination k
	WHERE k.problem IS NULL
	GROUP BY k.metric, k.basis, k.scope, k.price_or_cost, k.money_basis, k.base_year, k.country_basis, k.application, k.stage, k.material,
		   k.geography, k.scenario, k.first_day, k.last_day
	ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14;
	-- joined by one text, which can be hashed; rows of texts and NULLs cannot
	UPDATE pg_temp.industry_combination k SET set_number = s.set_number
	FROM pg_temp.industry_set s
	WHERE k.problem IS NULL
	  AND ROW(k.metric, k.basis, k.scope, k.price_or_cost, k.money_basis, k.base_year::integer, k.country_basis, k.application, k.stage, k.material, k.geography,
			  k.scenario, k.first_day, k.last_day)::text
		  = ROW(s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.application, s.stage, s.material, s.geography,
				s.scenario, s.period_first, s.period_last)::text;
	PERFORM settle_table('industry_combination');
END
$$;
COMMENT ON FUNCTION industry.number_sets() IS 'makes the sets of industry_combination and numbers them';

CREATE OR REPLACE FUNCTION industry.read_combinations(rows_text text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	PERFORM gather_combinations(rows_text);
	IF NOT (SELECT w.is_redrive FROM pg_temp.industry_load w) THEN
		PERFORM refuse_periods();
	END IF;
	PERFORM read_set_words();
	PERFORM read_set_periods();
	PERFORM number_sets();
END
$$;
COMMENT ON FUNCTION industry.read_combinations(text) IS 'reads what the rows'' sets are about, each combination once, and numbers the sets';
