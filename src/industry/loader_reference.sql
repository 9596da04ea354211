/*
 * Storing rows of reference tables, which are corrected in place.
 *
 *	thing_key	what makes two rows one thing
 *	judge_reference	which rows contradict one another, or what is stored
 *	load_reference	new things are added, those that say something else corrected
 */

CREATE OR REPLACE FUNCTION industry.thing_key(load_kind text, keys text[], alias text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- One thing is one thing by its key, or by the key of its name.  NULL parts of a
-- key match, and one text can be hashed.
RETURN (SELECT string_agg(CASE WHEN (load_kind, k.name) IN (('maker', 'maker'), ('maker_alias', 'alias'), ('country_alias', 'alias'), ('plant', 'plant'))
							   THEN format('coalesce(industry.name_key(%s.%I), '''')', alias, k.name)
							   WHEN (load_kind, k.name) = ('code_list', 'code') THEN format('coalesce(industry.code_key(%s.%I), '''')', alias, k.name)
							   ELSE format('coalesce(%s.%I::text, '''')', alias, k.name) END, ' || E''\x1f'' || ' ORDER BY k.name)
		FROM unnest(keys) AS k (name));
COMMENT ON FUNCTION industry.thing_key(text, text[], text) IS 'expression for what makes rows of a reference table one thing, as one text';

CREATE OR REPLACE FUNCTION industry.judge_maker_aliases() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
	SELECT DISTINCT ON (n.row_id) n.row_id, 700, 'alias', n.alias, '23P01',
		   format('"%s" means %s %s', excerpt(n.alias), m.maker, CASE WHEN lower_inf(a.valid) AND upper_inf(a.valid) THEN 'already' ELSE format('on days of %s', a.valid) END),
		   'On one day a name means one maker: give both the days on which they hold (column valid, FIRST/LAST), or end the other first.', ARRAY[m.maker]
	FROM pg_temp.industry_new n
	JOIN maker_alias a ON a.alias_key = name_key(n.alias) AND a.valid && n.valid AND (a.maker_id <> n.maker_id OR a.valid <> n.valid)
	JOIN maker m ON m.maker_id = a.maker_id
	WHERE n.problems IS NULL ORDER BY n.row_id, m.maker;
	-- Rows of one name and the same days count once, and days are compared among those
	-- that hang together, so that many rows of one name are no square of them.
	INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
	WITH named AS MATERIALIZED (
		SELECT n.row_id, n.line_number, n.alias, name_key(n.alias) AS key, n.valid, n.maker_id,
			   first_value(n.maker_id) OVER (PARTITION BY name_key(n.alias), n.valid ORDER BY n.row_id) AS first_maker
		FROM pg_temp.industry_new n WHERE n.problems IS NULL),
	days AS (
		SELECT n.key, n.valid, n.first_maker, min(n.line_number) AS first_line, min(n.line_number) FILTER (WHERE n.maker_id <> n.first_maker) AS other_line
		FROM named n GROUP BY n.key, n.valid, n.first_maker),
	ends AS (
		SELECT d.key, d.valid, d.first_maker, d.first_line, d.other_line,
			   max(coalesce(upper(d.valid), 'infinity')) OVER (PARTITION BY d.key ORDER BY d.valid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS last_end
		FROM days d),
	islands AS MATERIALIZED (
		SELECT e.key, e.valid, e.first_maker, e.first_line, e.other_line,
			   count(*) FILTER (WHERE e.last_end <= coalesce(lower(e.valid), '-infinity')) OVER (PARTITION BY e.key ORDER BY e.valid) AS island
		FROM ends e)
	SELECT n.row_id, 710, 'alias', n.alias, '23P01', format('"%s" means another maker in line %s', excerpt(n.alias), min(n.other_line)),
		   'On one day a name means one maker: give both the days on which they hold (column valid, FIRST/LAST).', '{}'
	FROM (SELECT o.row_id, o.alias, CASE WHEN d.first_maker <> o.maker_id THEN d.first_line ELSE d.other_line END AS other_line
		  FROM named o
		  JOIN islands m ON m.key = o.key AND m.valid = o.valid
		  JOIN islands d ON d.key = m.key AND d.island = m.island AND d.valid && m.valid) AS n
	WHERE n.other_line IS NOT NULL AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)
	GROUP BY n.row_id, n.alias;
END
$$;
COMMENT ON FUNCTION industry.judge_maker_aliases() IS 'refuses names of makers that mean two of them on one day';

CREATE OR REPLACE FUNCTION industry.judge_makers() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
	SELECT n.row_id, 700, 'name', n.name, '23505', format('"%s" is the full name of %s', excerpt(n.name), m.maker),
		   'One maker has one short and one full name; further ones are aliases.', ARRAY[m.maker]
	FROM pg_temp.industry_new n JOIN maker m ON m.name_key = name_key(n.name) AND m.maker_key <> name_key(n.maker)
	WHERE n.problems IS NULL;
	INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
	SELECT n.row_id, 710, 'name', n.name, '23505', format('line %s has the same full name', n.first_line),
		   'One maker has one short and one full name; further ones are aliases.', '{}'
	FROM (SELECT o.row_id, o.name, name_key(o.maker) AS maker_key, first_value(o.line_number) OVER w AS first_line, first_value(name_key(o.maker)) OVER w AS first_maker
		  FROM pg_temp.industry_new o WHERE o.problems IS NULL AND o.name IS NOT NULL
		  WINDOW w AS (PARTITION BY name_key(o.name) ORDER BY o.row_id)) AS n
	WHERE n.maker_key <> n.first_maker AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id);
END
$$;
COMMENT ON FUNCTION industry.judge_makers() IS 'refuses makers with the full name of another';

CREATE OR REPLACE FUNCTION industry.judge_owned_days(load_kind text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	-- what is stored comes first; of rows of the same days the first of one owner and the
	-- first of another are enough
	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		WITH owned AS MATERIALIZED (
			SELECT o.key, o.other, o.valid, o.row_id, first_value(o.other) OVER (PARTITION BY o.key, o.valid ORDER BY o.row_id) AS first_other
			FROM (SELECT %2$s AS key, %3$s AS other, o.valid, 0::bigint AS row_id FROM industry.%1$I o
				  UNION ALL SELECT %2$s, %3$s, o.valid, o.row_id FROM pg_temp.industry_new o WHERE o.problems IS NULL) AS o),
		days AS MATERIALIZED (
			SELECT o.key, o.valid, o.first_other, min(o.row_id) AS first_row, min(o.row_id) FILTER (WHERE o.other <> o.first_other) AS other_row
			FROM owned o GROUP BY o.key, o.valid, o.first_other)
		SELECT DISTINCT ON (n.row_id) n.row_id, 700, 'valid', d.valid::text, '23P01', format('days overlap with %%s', d.valid),
			   'Give the days on which each holds (column valid, FIRST/LAST), and end the earlier one first.', '{}'
		FROM owned n
		JOIN days d ON d.key = n.key AND d.valid && n.valid
		 AND CASE WHEN d.valid <> n.valid OR d.first_other <> n.other THEN d.first_row ELSE d.other_row END < n.row_id
		ORDER BY n.row_id, d.first_row$sql$, load_kind,
		CASE load_kind WHEN 'maker_parent' THEN 'o.maker_id' ELSE 'ROW(o.venture_id, o.member_id)' END,
		CASE load_kind WHEN 'maker_parent' THEN 'o.parent_id' ELSE '0' END);
END
$$;
COMMENT ON FUNCTION industry.judge_owned_days(text) IS 'refuses parents of makers, or members of joint ventures, whose days overlap';

CREATE OR REPLACE FUNCTION industry.judge_controls(has text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	c text;
BEGIN
	FOREACH c IN ARRAY ARRAY['amends', 'superseded_by'] LOOP
		CONTINUE WHEN c <> ALL (has);
		EXECUTE format($sql$
			INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
			SELECT n.row_id, 700, %1$L, n.%1$I, '23503', format('control "%%s" is not known', excerpt(n.%1$I)), 'Write the handle of an instrument that is loaded or in this file.', '{}'
			FROM pg_temp.industry_new n
			WHERE n.problems IS NULL AND n.%1$I IS NOT NULL AND NOT EXISTS (SELECT FROM industry.export_control x WHERE x.control = n.%1$I)
			  AND NOT EXISTS (SELECT FROM pg_temp.industry_new o WHERE o.control = n.%1$I AND o.problems IS NULL)$sql$, c);
	END LOOP;
END
$$;
COMMENT ON FUNCTION industry.judge_controls(text[]) IS 'refuses export controls that name others which are not known';

CREATE OR REPLACE FUNCTION industry.judge_sources(has text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	-- one edition has one handle; a file without the column leaves the title open
	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT n.row_id, 700, 'source', n.source, '23505', format('edition %%s of %%s is on file as "%%s"', industry.excerpt(n.edition), n.publisher, o.source),
			   format('Write "%%s" for it, here and as --source; or give one of the two another title, where they are two reports.', o.source), ARRAY[o.source]
		FROM pg_temp.industry_new n
		JOIN industry.source o ON o.publisher = n.publisher AND o.edition = n.edition AND coalesce(o.title, '') = coalesce(%1$s, '') AND o.source <> n.source
		WHERE n.problems IS NULL;
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT n.row_id, 710, 'source', n.source, '23505', format('line %%s has the same edition of %%s, as "%%s"', n.first_line, n.publisher, n.first_source),
			   'Keep one of the two, or give one of them another title, where they are two reports.', '{}'
		FROM (SELECT n.row_id, n.source, n.publisher, first_value(n.line_number) OVER w AS first_line, first_value(n.source) OVER w AS first_source
			  FROM pg_temp.industry_new n WHERE n.problems IS NULL AND n.publisher IS NOT NULL AND n.edition IS NOT NULL
			  WINDOW w AS (PARTITION BY n.publisher, n.edition, %1$s ORDER BY n.row_id)) AS n
		WHERE n.source <> n.first_source AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)$sql$,
		CASE WHEN 'title' = ANY (has) THEN 'n.title' ELSE 'NULL::text' END);
END
$$;
COMMENT ON FUNCTION industry.judge_sources(text[]) IS 'refuses a second handle for an edition';

CREATE OR REPLACE FUNCTION industry.judge_country_aliases() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
	SELECT n.row_id, 700, 'alias', n.alias, '23505', format('"%s" is the name of %s', excerpt(n.alias), c.country), 'A country''s own name needs no alias.', ARRAY[c.country]
	FROM pg_temp.industry_new n JOIN country c ON c.name_key = name_key(n.alias)
	WHERE n.problems IS NULL AND n.country <> c.country;
END
$$;
COMMENT ON FUNCTION industry.judge_country_aliases() IS 'refuses aliases that are the name of another country';

CREATE OR REPLACE FUNCTION industry.judge_reference(load_kind text, keys text[], has text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	-- twice in the file
	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT d.row_id, 800, %2$L, NULL, '23505', format('the row names what line %%s names', d.first_line), 'Keep one of the two.', '{}'
		FROM (SELECT n.row_id, first_value(n.row_id) OVER w AS first_row, first_value(n.line_number) OVER w AS first_line
			  FROM pg_temp.industry_new n WHERE n.problems IS NULL
			  WINDOW w AS (PARTITION BY %1$s ORDER BY n.row_id)) AS d
		WHERE d.row_id <> d.first_row$sql$, thing_key(load_kind, keys, 'n'), keys[1]);
	-- what only one row may say
	CASE load_kind
		WHEN 'maker' THEN PERFORM judge_makers();
		WHEN 'maker_alias' THEN PERFORM judge_maker_aliases();
		WHEN 'maker_parent', 'joint_venture_member' THEN PERFORM judge_owned_days(load_kind);
		WHEN 'export_control' THEN PERFORM judge_controls(has);
		WHEN 'source' THEN PERFORM judge_sources(has);
		WHEN 'country_alias' THEN PERFORM judge_country_aliases();
		ELSE NULL;
	END CASE;
END
$$;
COMMENT ON FUNCTION industry.judge_reference(text, text[], text[]) IS 'refuses the rows of a reference table that contradict one another, or what is stored';

CREATE OR REPLACE FUNCTION industry.load_reference(load_kind text, file_name text, checksum text, bytes bigint, max_quarantine numeric, rows_read bigint)
RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	l record;
	has text[] := new_columns();
	columns text[] := (SELECT array_agg(x ORDER BY x) FROM unnest(target_columns(load_kind)) AS x WHERE x = ANY (has));
	keys text[] := (SELECT array_agg(DISTINCT c.target) FROM layout_column c WHERE c.kind = load_kind AND c.is_key AND c.target = ANY (has));
	-- An empty cell says nothing: it does not take back what is there.
	given text[] := stated_columns(load_kind, (SELECT array_agg(x) FROM unnest(columns) AS x WHERE x <> ALL (keys)));
	good CONSTANT text := 'NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)';
	matches text := format('%s = %s', thing_key(load_kind, keys, 't'), thing_key(load_kind, keys, 'n'));
	differs text := coalesce((SELECT string_agg(format('(n.%1$I IS NOT NULL AND n.%1$I::text IS DISTINCT FROM t.%1$I::text)', x), ' OR ') FROM unnest(given) AS x), 'false');
	column_list text := (SELECT string_agg(quote_ident(x), ', ' ORDER BY o) FROM unnest(columns) WITH ORDINALITY AS u (x, o));
	new_list text[] := (SELECT array_agg('n.' || quote_ident(x) ORDER BY o) FROM unnest(columns) WITH ORDINALITY AS u (x, o));
	nested_loops CONSTANT text := current_setting('enable_nestloop');
	cites boolean := EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass('industry.' || load_kind) AND a.attname = 'source_id' AND NOT a.attisdropped)
					 AND load_kind <> 'source';
	bad_rows bigint;
	n_new bigint;
	n_changed bigint;
	n_unchanged bigint;
	n_kept bigint := 0;
	new_quarantine bigint;
	the_load bigint;
	result jsonb;
BEGIN
	SELECT w.source_id, w.options INTO l FROM pg_temp.industry_load w;
	IF (l.options ->> 'keep_known')::boolean THEN
		-- rows from elsewhere say nothing of what is known
		EXECUTE format('DELETE FROM pg_temp.industry_new n USING industry.%I t WHERE %s AND n.problems IS NULL', load_kind,
					   CASE load_kind WHEN 'maker_alias' THEN 't.alias_key = industry.name_key(n.alias) AND t.valid && n.valid' ELSE matches END);
		GET DIAGNOSTICS n_kept = ROW_COUNT;
	END IF;
	PERFORM check_rows(load_kind, columns, new_list);
	PERFORM judge_reference(load_kind, keys, has);
	PERFORM settle_table('industry_problem');
	PERFORM find_nearest();
	bad_rows := (SELECT count(DISTINCT p.row_id) FROM pg_temp.industry_problem p);
	PERFORM refuse_too_many(bad_rows, rows_read, max_quarantine);

	EXECUTE format('SELECT count(*) FILTER (WHERE t.ctid IS NULL), count(*) FILTER (WHERE t.ctid IS NOT NULL AND (%3$s)), count(*) FILTER (WHERE t.ctid IS NOT NULL AND (%3$s) IS NOT TRUE)
					FROM pg_temp.industry_new n LEFT JOIN industry.%1$I t ON %2$s
					WHERE %4$s', load_kind, matches, differs, good)
	INTO n_new, n_changed, n_unchanged;
	n_unchanged := n_unchanged + n_kept;
	new_quarantine := gather_refused(l.source_id, load_kind, NULL);
	result := jsonb_build_object('load_id', NULL, 'changed', false, 'rows_read', rows_read, 'rows_loaded', 0, 'rows_unchanged', n_unchanged,
		'rows_quarantined', bad_rows, 'rows_superseded', 0, 'sets_loaded', 0, 'sets_superseded', 0, 'sets_unchanged', 0, 'warnings', '[]'::jsonb) || problem_list();
	IF n_new + n_changed + new_quarantine = 0 THEN
		RETURN result;
	END IF;

	INSERT INTO load_report (kind, source_id, file_name, checksum, bytes, rows_read, rows_loaded, rows_unchanged, rows_quarantined, rows_superseded, options)
	VALUES (load_kind, l.source_id, load_reference.file_name, load_reference.checksum, load_reference.bytes, load_reference.rows_read, n_new + n_changed, n_unchanged,
			bad_rows, n_changed, l.options)
	RETURNING load_id INTO the_load;
	IF n_changed > 0 THEN
		EXECUTE format('UPDATE industry.%1$I t SET %2$s FROM pg_temp.industry_new n WHERE %3$s AND (%4$s) AND %5$s', load_kind,
			(SELECT string_agg(format('%1$I = coalesce(n.%1$I, t.%1$I)', x), ', ') FROM unnest(given) AS x), matches, differs, good);
	END IF;
	-- the table grows while its rows are compared: no plan may read it again for each
	PERFORM set_config('enable_nestloop', 'off', true);
	EXECUTE format('INSERT INTO industry.%1$I (%2$s%3$s) SELECT %4$s%5$s FROM pg_temp.industry_new n
					WHERE %7$s AND NOT EXISTS (SELECT FROM industry.%1$I t WHERE %6$s) ORDER BY n.row_id', load_kind,
		column_list, CASE WHEN cites AND l.source_id IS NOT NULL THEN ', source_id' ELSE '' END,
		array_to_string(new_list, ', '), CASE WHEN cites AND l.source_id IS NOT NULL THEN ', ' || l.source_id ELSE '' END, matches, good);
	PERFORM set_config('enable_nestloop', nested_loops, true);
	PERFORM write_quarantine(the_load, l.source_id, load_kind, file_name, NULL, NULL);
	result := result || jsonb_build_object('load_id', the_load, 'changed', true, 'rows_loaded', n_new + n_changed, 'rows_superseded', n_changed);
	UPDATE load_report r SET summary = result WHERE r.load_id = the_load;
	RETURN result;
END
$$;
COMMENT ON FUNCTION industry.load_reference(text, text, text, bigint, numeric, bigint) IS 'the part of load for reference tables: new rows are added, rows that say something else are corrected in place, empty cells change nothing';

CREATE OR REPLACE FUNCTION industry.stated_columns(kind text, among text[]) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	-- of the columns that the loader fills with a default, those that the file has
	RETURN (SELECT coalesce(array_agg(x ORDER BY x), '{}') FROM unnest(among) AS x
			WHERE EXISTS (SELECT FROM layout_column c JOIN pg_temp.industry_header h ON h.column_name = c.column_name
						  WHERE c.kind = stated_columns.kind AND (c.target = x OR c.target || '_precision' = x)));
END
$$;
COMMENT ON FUNCTION industry.stated_columns(text, text[]) IS 'of some columns of a reference table those that the file has';

/*
 * One source without a file
 */

CREATE OR REPLACE FUNCTION industry.new_source(source text, publisher text, edition text DEFAULT NULL, published text DEFAULT NULL, title text DEFAULT NULL,
	licence text DEFAULT NULL, url text DEFAULT NULL) RETURNS SETOF text
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
#variable_conflict use_column
DECLARE
	the_source CONSTANT text := btrim(new_source.source);
	given_publisher CONSTANT text := nullif(btrim(new_source.publisher), '');
	the_publisher text;
	the_edition text := nullif(btrim(new_source.edition), '');
	the_day record;
	known record;
	resembles text[];
	missing text[];
	differ text[];
BEGIN
	IF the_source IS NULL OR the_source !~ '^[A-Za-z0-9][A-Za-z0-9._:/-]*$' THEN
		RAISE EXCEPTION '"%" is no handle of a source', excerpt(coalesce(the_source, ''))
			USING ERRCODE = 'invalid_parameter_value', HINT = 'A handle has letters, digits and . _ : / -, such as sne-2024-02.';
	END IF;
	-- in the order of loads of their files
	PERFORM enter_loads(), take_turn('publisher', NULL), take_turn('source', NULL);
	the_publisher := (SELECT p.publisher FROM publisher p WHERE name_key(p.publisher) = name_key(given_publisher));
	SELECT d.first_day, d.day_precision, d.sqlstate, d.problem, d.hint INTO the_day FROM read_day(new_source.published) AS d;
	IF the_day.problem IS NOT NULL THEN
		RAISE EXCEPTION 'published: %', the_day.problem USING ERRCODE = the_day.sqlstate, HINT = the_day.hint;
	END IF;
	SELECT s.publisher, s.edition, s.published, s.published_precision, s.title, s.licence, s.url INTO known FROM source s WHERE s.source = the_source;
	IF FOUND THEN
		-- what is said again must be what is known
		differ := array_remove(ARRAY[
			CASE WHEN name_key(given_publisher) <> name_key(known.publisher) THEN format('publisher %s', known.publisher) END,
			CASE WHEN the_edition <> known.edition THEN format('edition %s', known.edition) END,
			CASE WHEN (the_day.first_day, the_day.day_precision) <> (known.published, known.published_precision) THEN format('published %s', printed_day(known.published, known.published_precision)) END,
			CASE WHEN nullif(new_source.title, '') IS DISTINCT FROM known.title AND nullif(new_source.title, '') IS NOT NULL THEN format('title %s', coalesce(known.title, 'none')) END,
			CASE WHEN nullif(new_source.licence, '') IS DISTINCT FROM known.licence AND nullif(new_source.licence, '') IS NOT NULL THEN format('licence %s', coalesce(known.licence, 'none')) END,
			CASE WHEN nullif(new_source.url, '') IS DISTINCT FROM known.url AND nullif(new_source.url, '') IS NOT NULL THEN format('url %s', coalesce(known.url, 'none')) END], NULL);
		IF differ <> '{}' THEN
			RAISE EXCEPTION 'source "%" is on file already, and as something else', the_source
				USING ERRCODE = 'unique_violation', DETAIL = format('It has %s.', array_to_string(differ, ', ')),
					  HINT = 'Another edition needs a handle of its own. To correct this one, load a file of kind source, or UPDATE industry.source.';
		END IF;
		RETURN NEXT format('source %s is known already: %s, edition %s, published %s', the_source, known.publisher, known.edition, printed_day(known.published, known.published_precision));
		RETURN;
	END IF;
	missing := array_remove(ARRAY[CASE WHEN given_publisher IS NULL THEN '--publisher=NAME (known or new)' END,
								  CASE WHEN the_day.first_day IS NULL THEN '--published=DATE (2024-02-07, 2024-02 or 2024)' END], NULL);
	IF missing <> '{}' THEN
		RAISE EXCEPTION 'a new source has a publisher and a date; % missing', CASE WHEN cardinality(missing) = 2 THEN 'both are' WHEN given_publisher IS NULL THEN 'the publisher is' ELSE 'the date is' END
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('Give %s. --edition, as the publisher calls it, is the date where it is not given.',
								array_to_string(missing, ' and '));
	END IF;
	the_edition := coalesce(the_edition, btrim(new_source.published));
	SELECT s.source INTO known FROM source s
	WHERE s.publisher = the_publisher AND s.edition = the_edition AND s.title IS NOT DISTINCT FROM nullif(new_source.title, '');
	IF FOUND THEN
		RAISE EXCEPTION 'edition % of % is on file as "%"', excerpt(the_edition), the_publisher, known.source
			USING ERRCODE = 'unique_violation', HINT = format('Load with --source=%s; or give the new one a --title, where they are two reports.', known.source);
	END IF;
	IF the_publisher IS NULL THEN
		resembles := (SELECT n.nearest FROM nearest_names(ARRAY[given_publisher], 'publisher') AS n);
		INSERT INTO publisher (publisher) VALUES (given_publisher);
	END IF;
	INSERT INTO source (source, publisher, edition, published, published_precision, title, licence, url)
	VALUES (the_source, coalesce(the_publisher, given_publisher), the_edition, the_day.first_day, the_day.day_precision, nullif(new_source.title, ''),
			nullif(new_source.licence, ''), nullif(new_source.url, ''));
	RETURN NEXT format('source %s: %s, edition %s, published %s', the_source, coalesce(the_publisher, given_publisher), the_edition,
					   printed_day(the_day.first_day, the_day.day_precision));
	-- Editions of one publisher succeed one another; a misspelt one would be another's.
	IF the_publisher IS NULL THEN
		RETURN NEXT format('note: the publisher "%s" is new%s', given_publisher, coalesce('; nearest known: ' || array_to_string(resembles, ', '), ''));
	END IF;
END
$$;
COMMENT ON FUNCTION industry.new_source(text, text, text, text, text, text, text) IS
'makes a source, and its publisher where that is new, and says so. edition: the date where it is NULL; published: a day, month or year. An error where it is known as something else (SQLSTATE 23505) or lacks a publisher or date (22023)';
