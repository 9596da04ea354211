/*
 * Editions that come in several files, and loads that were a mistake.
 *
 * A statement set stays one series, source and period.  A load of one part makes
 * the new set out of the rows of the other parts, which it copies, and its own.
 * So a part is superseded by a later file of the same name alone, and no view
 * needs to know of parts.
 *
 * What two parts state differently is in no current set: both rows are in
 * quarantine, each with a dispute, which says of which part, set and key it is.
 * A dispute is open until one of the parts is loaded without the contradiction,
 * whichever of them comes last.
 */

CREATE OR REPLACE FUNCTION industry.part_of_file(file_name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nullif(btrim(regexp_replace(file_name, '\.(csv|tsv|txt|xlsx|xlsm|xlsb|xls|ods)$', '', 'i')), '');
COMMENT ON FUNCTION industry.part_of_file(text) IS 'name of the part of an edition that a file is, where the file''s name says it: the name without .csv and the like';

CREATE OR REPLACE FUNCTION industry.load_chain(load_id bigint) RETURNS bigint[]
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	WITH RECURSIVE chain (load_id) AS (
		SELECT load_chain.load_id
		UNION
		SELECT r.load_id FROM chain c JOIN load_report r ON r.redrives = c.load_id)
	SELECT array_agg(c.load_id ORDER BY c.load_id) FROM chain c;
END;
COMMENT ON FUNCTION industry.load_chain(bigint) IS 'a load and the loads that took up its quarantined rows again: all that came from its file';

CREATE OR REPLACE FUNCTION industry.choose_part(load_kind text, the_source integer, options jsonb, file_name text, checksum text, sheet text, part text,
	whole boolean, replaces bigint) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	the_table text := (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind);
	chosen text := btrim(part);
	earlier record;
	stands_in_parts boolean;
BEGIN
	IF chosen IS NOT NULL AND (whole OR the_table IS NULL OR chosen = '' OR length(chosen) > 200) THEN
		RAISE EXCEPTION '%', CASE WHEN the_table IS NULL THEN format('a file of kind %s is no part of an edition', load_kind)
								  WHEN whole THEN 'a file is a part of its edition or the whole of it, not both'
								  ELSE 'the name of a part has 1 to 200 characters' END
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Give --part=NAME where the edition comes in several files, or --whole where this file is all of it.';
	END IF;
	IF chosen IS NOT NULL OR whole OR the_table IS NULL OR (options ->> 'files') = 'whole' THEN
		RETURN chosen;
	END IF;
	IF options ->> 'files' = 'parts' THEN
		chosen := coalesce(nullif(btrim(sheet), ''), part_of_file(nullif(file_name, 'stdin')));
		IF chosen IS NULL THEN
			RAISE EXCEPTION 'the files of this source are parts of an edition, and this one has no name'
				USING ERRCODE = 'invalid_parameter_value', HINT = 'Give --part=NAME, or load it from a file with a name.';
		END IF;
		RETURN chosen;
	END IF;
	-- What takes the place of a load, and the very same file, are the part that it was.
	SELECT r.load_id, r.edition_part INTO earlier FROM load_report r
	WHERE r.source_id = the_source AND r.kind = load_kind
	  AND CASE WHEN replaces IS NULL THEN r.checksum = choose_part.checksum ELSE r.load_id = replaces END
	ORDER BY r.load_id DESC LIMIT 1;
	chosen := earlier.edition_part;
	-- but not where a whole edition stands by now
	EXECUTE format('SELECT coalesce(bool_or((SELECT f.edition_part FROM industry.%I f WHERE f.set_id = t.set_id LIMIT 1) IS NOT NULL), true)
					FROM industry.statement_set t JOIN industry.series e ON e.series_id = t.series_id AND e.kind = $2
					WHERE t.source_id = $1 AND t.superseded_by IS NULL', the_table)
	INTO stands_in_parts USING the_source, load_kind;
	IF earlier.load_id IS NULL OR NOT stands_in_parts THEN
		RETURN NULL;
	END IF;
	IF chosen IS NULL AND EXISTS (SELECT FROM load_report r WHERE r.source_id = the_source AND r.kind = load_kind AND r.load_id > earlier.load_id AND r.edition_part IS NOT NULL) THEN
		-- it may have been given a name when another part came
		EXECUTE format('SELECT f.edition_part FROM industry.statement_set t JOIN industry.%I f ON f.set_id = t.set_id
						WHERE t.source_id = $1 AND t.load_id > $2 AND f.load_id = $2 AND f.edition_part IS NOT NULL LIMIT 1', the_table)
		INTO chosen USING the_source, earlier.load_id;
	END IF;
	RETURN chosen;
END
$$;
COMMENT ON FUNCTION industry.choose_part(text, integer, jsonb, text, text, text, text, boolean, bigint) IS
'the part of its edition that a file is: as given, by the source''s option files, or what an earlier load of the same bytes was; NULL where the file is no part';

/*
 * The rows of the other parts
 */

CREATE OR REPLACE FUNCTION industry.note_parts(load_kind text, the_source integer) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
BEGIN
	PERFORM work_table('industry_conflict'), work_table('industry_dispute');
	INSERT INTO pg_temp.industry_dispute (quarantine_id, load_id, line_number, as_printed, fact_id, set_number, part, key, content, is_settled)
	SELECT q.quarantine_id, q.load_id, q.line_number, q.as_printed, q.stored_fact AS fact_id, s.set_number, q.dispute ->> 'part' AS part, q.dispute ->> 'key' AS key,
		   q.dispute ->> 'content' AS content, false AS is_settled
	FROM quarantine q
	JOIN load_report r ON r.load_id = q.load_id AND r.source_id = the_source AND r.kind = load_kind
	JOIN pg_temp.industry_set s ON ROW(s.series_id, s.period_first, s.period_last)::text
		= ROW((q.dispute ->> 'series')::integer, (q.dispute ->> 'first')::date, (q.dispute ->> 'last')::date)::text
	WHERE q.resolved_by IS NULL AND q.dismissed_at IS NULL AND q.dispute IS NOT NULL;
	-- of one set all rows have a part or none has
	EXECUTE format('UPDATE pg_temp.industry_set s SET is_in_parts = true
					WHERE s.old_set_id IS NOT NULL AND (SELECT f.edition_part FROM industry.%I f WHERE f.set_id = s.old_set_id LIMIT 1) IS NOT NULL
					   OR EXISTS (SELECT FROM pg_temp.industry_dispute d WHERE d.set_number = s.set_number)',
				   (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind));
	RETURN EXISTS (SELECT FROM pg_temp.industry_set s WHERE s.is_in_parts);
END
$$;
COMMENT ON FUNCTION industry.note_parts(text, integer) IS 'marks the sets of a load that stand in parts and gathers their open disputes; whether there are any';

CREATE OR REPLACE FUNCTION industry.join_parts(load_kind text, the_part text, file_name text, checksum text, redrives bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	the_table text := (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind);
	columns text[] := target_columns(load_kind);
	has text[] := new_columns();
	copied_columns text := (SELECT string_agg(quote_ident(x), ', ' ORDER BY x) FROM unnest(columns) AS x);
	copied text := (SELECT string_agg('f.' || quote_ident(x), ', ' ORDER BY x) FROM unnest(columns) AS x);
	own_part text := coalesce(the_part, (SELECT part_of_file(join_parts.file_name) WHERE redrives IS NOT NULL));
BEGIN
	-- What stands may have columns that this file has not.
	EXECUTE (SELECT format('ALTER TABLE pg_temp.industry_new %s', string_agg(format('ADD COLUMN %I %s%s', x.name, x.type, x.filled), ', '))
			 FROM (SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
						  -- a default fills the rows of the file without writing them again
						  CASE WHEN a.attname = 'qualifier' AND measure_target(load_kind) IS NULL THEN ' DEFAULT ''='''
							   WHEN a.attname = 'edition_part' AND redrives IS NULL AND the_part IS NOT NULL THEN format(' DEFAULT %L', the_part)
							   ELSE '' END AS filled
				   FROM pg_attribute a
				   WHERE a.attrelid = format('industry.%I', the_table)::regclass AND a.attname = ANY (columns || '{edition_part,load_id}') AND a.attname <> ALL (has)) AS x);

	IF redrives IS NOT NULL THEN
		-- a part joins parts, what is no part joins what is none
		UPDATE pg_temp.industry_new n SET edition_part = own_part
		FROM pg_temp.industry_set s
		WHERE s.set_number = n.set_number AND (s.is_in_parts OR (s.old_set_id IS NULL AND the_part IS NOT NULL));
	END IF;

	IF the_part IS NULL AND redrives IS NULL THEN
		-- the whole edition: nothing of it is in dispute any more
		UPDATE pg_temp.industry_dispute SET is_settled = true;
		RETURN;
	END IF;

	-- A set that was loaded as a whole becomes the part that its file is, unless
	-- this file is a later version of it, which is given its name only now.
	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_new (row_id, line_number, set_number, %1$s, edition_part, load_id)
		SELECT -f.fact_id, f.line_number, o.set_number, %2$s,
			   CASE WHEN $3 IS NULL AND NOT o.is_in_parts THEN o.part || CASE WHEN o.part = $4 THEN format(' (load %%s)', o.load_id) ELSE '' END ELSE f.edition_part END,
			   coalesce(f.load_id, o.load_id, 0)
		FROM (SELECT s.set_number, s.old_set_id, s.is_in_parts, t.load_id, p.part,
					 r.checksum = $2 OR (r.file_name = $1 AND k.all_there) OR (p.part = $4 AND k.some_there) AS is_same
			  FROM pg_temp.industry_set s
			  JOIN industry.statement_set t ON t.set_id = s.old_set_id
			  LEFT JOIN industry.load_report r ON r.load_id = t.load_id
			  CROSS JOIN LATERAL (SELECT coalesce(part_of_file(r.file_name), 'load ' || t.load_id, 'entered by hand') AS part) AS p
			  CROSS JOIN LATERAL (
				SELECT bool_and(f.is_there) AS all_there, bool_or(f.is_there) AS some_there
				FROM (SELECT EXISTS (SELECT FROM pg_temp.industry_new n WHERE n.set_number = s.set_number AND %4$s = %5$s) AS is_there
					  FROM industry.%3$I f
					  WHERE f.set_id = s.old_set_id AND f.row_kind = 'member' AND NOT s.is_in_parts AND (r.file_name = $1 OR p.part = $4)) AS f) AS k) AS o
		JOIN industry.%3$I f ON f.set_id = o.old_set_id
		WHERE $3 IS NOT NULL OR CASE WHEN o.is_in_parts THEN f.edition_part <> $4 ELSE o.is_same IS NOT TRUE END$sql$,
		copied_columns, copied, the_table, key_text(load_kind, 'n', columns), key_text(load_kind, 'f', columns))
	USING file_name, checksum, redrives, the_part;

	-- What left the sets because of a dispute is tried once more.
	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_new (row_id, line_number, set_number, %1$s, edition_part, load_id)
		SELECT -f.fact_id, f.line_number, d.set_number, %2$s, d.part, d.load_id
		FROM pg_temp.industry_dispute d JOIN industry.%3$I f ON f.fact_id = d.fact_id
		WHERE $1 IS NOT NULL OR d.part <> $2$sql$, copied_columns, copied, the_table)
	USING redrives, the_part;

	-- A total in a part is no total of the set.
	UPDATE pg_temp.industry_new n SET row_kind = 'subtotal',
		notes = coalesce(n.notes, '{}') || jsonb_build_object('note', concat_ws('; ', n.notes ->> 'note', format('stated as the total of part "%s"', n.edition_part)))
	WHERE n.row_kind = 'stated_total' AND n.edition_part IS NOT NULL;
	-- rows with negative numbers are many now
	PERFORM settle_table('industry_new');
END
$$;
COMMENT ON FUNCTION industry.join_parts(text, text, text, text, bigint) IS
'puts the standing rows of the other parts, or in a re-drive all of them, beside those of the file in industry_new, with negative row_id';

/*
 * One thing stated twice
 */

CREATE OR REPLACE FUNCTION industry.find_repeats(load_kind text, columns text[], the_part text, file_name text, is_joined boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	has text[] := new_columns();
	key_new text := key_text(load_kind, 'n', has);
	stated text[] := (SELECT array_agg(x ORDER BY x) FROM unnest(columns) AS x WHERE x = ANY (has) AND x NOT IN ('notes', 'locator', 'edition_part', 'load_id'));
	-- before any advice to leave something out
	identity text := format('Two rows are one thing where %s are the same: if another column of the file tells these apart, say with the option columns which of them it is. ',
							key_names(load_kind));
	once boolean;
BEGIN
	IF NOT is_joined THEN
		-- Hashes of 64 bits tell the usual file, in which nothing is there twice.
		EXECUTE format('SELECT NOT EXISTS (SELECT FROM (SELECT hash_record_extended(ROW(n.set_number, %s), 0) AS hash FROM pg_temp.industry_new n WHERE n.problems IS NULL) AS k
						GROUP BY k.hash HAVING count(*) > 1)', array_to_string(key_parts(load_kind, 'n', has), ', ')) INTO once;
		IF once THEN
			RETURN;
		END IF;
		EXECUTE format($sql$
			WITH twice AS (
				SELECT n.set_number, %1$s AS key FROM pg_temp.industry_new n WHERE n.problems IS NULL GROUP BY 1, 2 HAVING count(*) > 1),
			told AS (
				SELECT n.row_id, n.line_number, n.set_number, t.key, %2$s AS content, n.as_printed, n.subject_as_printed
				FROM pg_temp.industry_new n JOIN twice t ON t.set_number = n.set_number AND t.key = %1$s
				WHERE n.problems IS NULL),
			ranked AS (
				SELECT d.row_id, d.line_number, d.content, d.as_printed, d.subject_as_printed,
					   min(d.content) OVER w <> max(d.content) OVER w AS differs,
					   first_value(d.row_id) OVER (PARTITION BY d.set_number, d.key ORDER BY d.row_id) AS first_row,
					   first_value(d.line_number) OVER (PARTITION BY d.set_number, d.key ORDER BY d.row_id) AS first_line,
					   string_agg(d.line_number::text, ', ') OVER w AS lines
				FROM told d WINDOW w AS (PARTITION BY d.set_number, d.key))
			INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
			SELECT r.row_id, 800, NULL, coalesce(r.as_printed, r.subject_as_printed), '23505',
				   CASE WHEN r.differs THEN format('lines %%s state different values for one thing', left(r.lines, 200))
						ELSE format('the row repeats line %%s', r.first_line) END,
				   %3$L || CASE WHEN r.differs THEN 'Otherwise correct the file. Where the source itself states both, number them 1, 2 in a column statement_number; both are kept.'
						ELSE 'Otherwise take it out of the file.' END, '{}'
			FROM ranked r
			WHERE r.differs OR r.row_id <> r.first_row$sql$, key_new,
			(SELECT 'ROW(' || string_agg('n.' || quote_ident(x), ', ') || ')::text' FROM unnest(stated) AS x),
			identity);
		RETURN;
	END IF;

	-- A row that is in quarantine because of a dispute, and was never stored, is
	-- one of those that state the thing, though it cannot be put in from here.
	EXECUTE format($sql$
		WITH twice AS (
			SELECT o.set_number, o.key
			FROM (SELECT n.set_number, %1$s AS key FROM pg_temp.industry_new n WHERE n.problems IS NULL
				  UNION ALL
				  SELECT d.set_number, d.key FROM pg_temp.industry_dispute d WHERE d.fact_id IS NULL AND d.part IS DISTINCT FROM $1) AS o
			GROUP BY 1, 2 HAVING count(*) > 1),
		stated AS (
			SELECT n.row_id, n.line_number, n.set_number, t.key, jsonb_strip_nulls(jsonb_build_object('statement', CASE WHEN n.missing_reason IS NOT NULL THEN n.as_printed END, %2$s))::text AS content, n.as_printed,
				   n.subject_as_printed, n.edition_part AS part, n.load_id
			FROM pg_temp.industry_new n JOIN twice t ON t.set_number = n.set_number AND t.key = %1$s WHERE n.problems IS NULL
			UNION ALL
			SELECT NULL, d.line_number, d.set_number, d.key, d.content, d.as_printed, NULL, d.part, d.load_id
			FROM pg_temp.industry_dispute d JOIN twice t ON t.set_number = d.set_number AND t.key = d.key
			WHERE d.fact_id IS NULL AND d.part IS DISTINCT FROM $1),
		ranked AS (
			SELECT o.row_id, o.line_number, o.set_number, o.key, o.content, o.as_printed, o.subject_as_printed, o.part,
				   min(o.content) OVER w <> max(o.content) OVER w AS differs,
				   min(coalesce(o.part, '')) OVER w <> max(coalesce(o.part, '')) OVER w AS is_across,
				   first_value(o.row_id) OVER first AS first_row, first_value(o.line_number) OVER first AS first_line, first_value(o.part) OVER first AS first_part,
				   string_agg(o.line_number::text, ', ') OVER w AS lines,
				   string_agg(format('"%%s" in part "%%s"%%s', excerpt(coalesce(o.as_printed, o.subject_as_printed, '')), excerpt(o.part),
									 coalesce(format(' (%%s, line %%s)', coalesce(r.file_name, $2, 'this file'), o.line_number), '')), ', ')
					OVER (PARTITION BY o.set_number, o.key ORDER BY o.part, o.line_number ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS statements
			FROM stated o
			LEFT JOIN industry.load_report r ON r.load_id = o.load_id
			WINDOW w AS (PARTITION BY o.set_number, o.key), first AS (PARTITION BY o.set_number, o.key ORDER BY o.row_id IS NULL, o.row_id > 0, o.row_id)),
		differing AS (
			SELECT e.set_number, e.key, string_agg(e.name, ', ' ORDER BY e.name) AS names
			FROM (SELECT r.set_number, r.key, x.name
				  FROM ranked r CROSS JOIN LATERAL jsonb_each_text(r.content::jsonb) AS x (name, value)
				  WHERE r.differs AND r.is_across
				  GROUP BY r.set_number, r.key, x.name
				  HAVING count(DISTINCT x.value) > 1
					  OR count(*) < (SELECT count(*) FROM ranked o WHERE o.set_number = r.set_number AND o.key = r.key)) AS e
			GROUP BY e.set_number, e.key),
		conflict AS (
			INSERT INTO pg_temp.industry_conflict (row_id, set_number, key, content, part)
			SELECT r.row_id, r.set_number, r.key, r.content, r.part FROM ranked r WHERE r.differs AND r.is_across AND r.row_id IS NOT NULL)
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT r.row_id, 800, NULL, coalesce(r.as_printed, r.subject_as_printed), '23505',
			   CASE WHEN r.differs AND r.is_across THEN format('parts of the edition state different values for one thing: %%s (columns that differ: %%s)', r.statements, d.names)
					WHEN r.first_row < 0 AND r.is_across THEN format('the row repeats line %%s of part "%%s"', r.first_line, excerpt(r.first_part))
					WHEN r.first_row < 0 THEN CASE WHEN r.differs THEN 'the edition states another value for this already' ELSE 'this row is loaded already' END
					WHEN r.differs THEN format('lines %%s state different values for one thing', left(r.lines, 200))
					ELSE format('the row repeats line %%s', r.first_line) END,
			   CASE WHEN r.differs AND r.is_across THEN 'Correct one of the files and load it as the same part. Where the source itself states both, number them 1, 2 in a column statement_number; both are kept.'
					WHEN r.differs THEN $3 || 'Otherwise correct the file. Where the source itself states both, number them 1, 2 in a column statement_number; both are kept.'
					ELSE $3 || 'Otherwise take it out of the file.' END, '{}'
		FROM ranked r LEFT JOIN differing d ON d.set_number = r.set_number AND d.key = r.key
		WHERE CASE WHEN r.differs AND r.is_across THEN r.row_id IS NOT NULL ELSE r.row_id > 0 AND (r.differs OR r.row_id <> r.first_row) END$sql$,
		-- two parts may print one value in two ways
		key_new, (SELECT string_agg(format('%L, n.%I', x, x), ', ') FROM unnest(stated) AS x WHERE x NOT LIKE '%as\_printed'))
	USING the_part, file_name, identity;
END
$$;
COMMENT ON FUNCTION industry.find_repeats(text, text[], text, text, boolean) IS
'finds what a file states twice, or its parts state differently: identical rows are loaded once, rows that contradict one another not at all, those of other parts among them';

CREATE OR REPLACE FUNCTION industry.settle_disputes(load_kind text, the_part text, redrives bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	-- those of rows that this file takes the place of
	IF redrives IS NULL THEN
		UPDATE pg_temp.industry_dispute d SET is_settled = true
		WHERE d.part = the_part
		  AND NOT EXISTS (SELECT FROM pg_temp.industry_conflict c
						  WHERE c.set_number = d.set_number AND c.key = d.key AND c.content = d.content AND c.part = d.part AND c.row_id > 0);
	END IF;
	-- and those of which one side is left, and is good
	EXECUTE format('UPDATE pg_temp.industry_dispute d SET is_settled = true
					FROM pg_temp.industry_new n
					WHERE n.set_number = d.set_number AND d.key = %s AND n.problems IS NULL
					  AND NOT EXISTS (SELECT FROM pg_temp.industry_conflict c WHERE c.set_number = d.set_number AND c.key = d.key)
					  AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)',
				   key_text(load_kind, 'n', new_columns()));
	RETURN (SELECT count(*) FROM pg_temp.industry_dispute d WHERE d.is_settled);
END
$$;
COMMENT ON FUNCTION industry.settle_disputes(text, text, bigint) IS 'marks the disputes that a load ends, and returns how many';

/*
 * What would disappear
 */

CREATE OR REPLACE FUNCTION industry.refuse_loss(load_kind text, source text, file_name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	the_table text := (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind);
	columns text[] := target_columns(load_kind);
	has text[] := new_columns();
	in_new text;
	lost record;
BEGIN
	IF EXISTS (SELECT FROM pg_temp.industry_set s WHERE s.is_in_parts AND s.new_set_id IS NOT NULL) THEN
		EXECUTE format('SELECT string_agg(DISTINCT format(''"%%s"'', f.edition_part), '', '') AS names
						FROM pg_temp.industry_set s CROSS JOIN LATERAL (SELECT DISTINCT f.edition_part FROM industry.%I f WHERE f.set_id = s.old_set_id) AS f
						WHERE s.is_in_parts AND s.new_set_id IS NOT NULL', the_table)
		INTO lost;
		RAISE EXCEPTION 'this edition of % was loaded in parts, and this file is not said to be one', source
			USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = format('The parts are %s.', coalesce(lost.names, 'in dispute')),
				  HINT = format('Give --part=NAME: the name of a part supersedes that part, a new name (such as --part=%s) adds one. Give --whole where this file is all of the edition. The option files of the source says it once: {"files": "parts"} or {"files": "whole"}.',
								coalesce(part_of_file(file_name), 'NAME'));
	END IF;

	-- The key of the file's rows over all columns of the key, its own or not
	in_new := (SELECT string_agg(CASE WHEN x = ANY (has)
									  THEN 'm.' || quote_ident(x) ELSE format('(NULL::industry.%I).%I', the_table, x) END || ' AS ' || quote_ident(x), ', ' ORDER BY x)
			   FROM unnest(columns) AS x);
	EXECUTE format($sql$
		WITH stated AS MATERIALIZED (
			SELECT n.set_number, %3$s AS key
			FROM (SELECT m.set_number, %2$s FROM pg_temp.industry_new m
				  JOIN pg_temp.industry_set s ON s.set_number = m.set_number AND s.new_set_id IS NOT NULL AND s.old_set_id IS NOT NULL) AS n),
		lost AS MATERIALIZED (
			SELECT s.set_number, f.subject_as_printed, f.as_printed, f.line_number, coalesce(f.load_id, t.load_id) AS load_id, s.metric, t.period_as_printed
			FROM pg_temp.industry_set s
			JOIN industry.statement_set t ON t.set_id = s.old_set_id
			JOIN industry.%1$I f ON f.set_id = s.old_set_id
			WHERE s.new_set_id IS NOT NULL AND f.row_kind = 'member'
			  AND NOT EXISTS (SELECT FROM stated n WHERE n.set_number = s.set_number AND n.key = %4$s)),
		-- a refused row states what its cells say, even where that cannot be read
		refused AS MATERIALIZED (
			SELECT DISTINCT c.cell
			FROM pg_temp.industry_problem p
			JOIN pg_temp.industry_stage g ON g.id = p.row_id / 1024
			CROSS JOIN LATERAL jsonb_each_text(to_jsonb(g) - 'id' - 'line' - 'problem') AS x (name, value)
			CROSS JOIN LATERAL (SELECT industry.name_key(x.value) AS cell) AS c
			WHERE EXISTS (SELECT FROM lost) AND c.cell <> '')
		SELECT count(*) AS n, string_agg(DISTINCT l.load_id::text, ', ') AS loads, string_agg(DISTINCT format('"%%s"', r.file_name), ', ') AS files,
			   string_agg(format('%%s (%%s)', excerpt(coalesce(l.subject_as_printed, l.as_printed)), concat_ws(' ', l.metric, l.period_as_printed)), ', ' ORDER BY l.place) FILTER (WHERE l.place <= 20) AS names
		FROM (SELECT l.load_id, l.subject_as_printed, l.as_printed, l.metric, l.period_as_printed, row_number() OVER (ORDER BY l.set_number, l.line_number) AS place
			  FROM lost l WHERE NOT EXISTS (SELECT FROM refused c WHERE c.cell = industry.name_key(l.subject_as_printed))) AS l
		LEFT JOIN industry.load_report r ON r.load_id = l.load_id$sql$,
		the_table, in_new, key_text(load_kind, 'n', columns), key_text(load_kind, 'f', columns))
	INTO lost;
	IF lost.n > 0 THEN
		RAISE EXCEPTION '% member(s) that this edition states would disappear: % does not have them', lost.n, coalesce(format('"%s"', file_name), 'the file')
			USING ERRCODE = 'object_not_in_prerequisite_state',
				  DETAIL = format('%s%s. Stated by load %s%s.', lost.names, CASE WHEN lost.n > 20 THEN format(' and %s more', lost.n - 20) ELSE '' END,
								  lost.loads, coalesce(format(', file %s', lost.files), '')),
				  HINT = format('If the edition comes in several files, give --part=NAME for each, such as --part=%s. If this file is all of the edition and they are to go, give --whole; --replaces=LOAD does so for all that LOAD said. The option files of the source says it once: {"files": "parts"} or {"files": "whole"}. Nothing was changed.', coalesce(part_of_file(nullif(file_name, 'stdin')), 'NAME'));
	END IF;
END
$$;
COMMENT ON FUNCTION industry.refuse_loss(text, text, text) IS
'refuses a file that is not said to be a part or the whole of its edition and lacks members that the edition states, or whose edition was loaded in parts (SQLSTATE 55000)';

/*
 * Disputes in quarantine
 */

CREATE OR REPLACE FUNCTION industry.gather_disputed() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	UPDATE pg_temp.industry_refused r
	SET dispute = jsonb_build_object('part', c.part, 'series', s.series_id, 'first', s.period_first, 'last', s.period_last, 'key', c.key, 'content', c.content::jsonb),
		-- in quarantine as a stored row, it need not be there as one of the file too
		stands_already = r.stands_already OR EXISTS (
			SELECT FROM pg_temp.industry_dispute d
			WHERE d.set_number = c.set_number AND d.key = c.key AND d.content = c.content AND d.part = c.part)
	FROM pg_temp.industry_conflict c JOIN pg_temp.industry_set s ON s.set_number = c.set_number
	WHERE c.row_id = r.row_id;
	INSERT INTO pg_temp.industry_refused (row_id, line_number, column_name, as_printed, sqlstate, message, hint, nearest, row_text, stands_already,
		load_id, fact_id, dispute)
	SELECT p.row_id, coalesce(n.line_number, 1), NULL, p.as_printed, p.sqlstate, p.message, p.hint, p.nearest,
		   jsonb_strip_nulls(to_jsonb(n) - '{row_id,set_number,problems,load_id}'::text[]),
		   false, nullif(n.load_id, 0), -p.row_id,
		   jsonb_build_object('part', c.part, 'series', s.series_id, 'first', s.period_first, 'last', s.period_last, 'key', c.key, 'content', c.content::jsonb)
	FROM pg_temp.industry_problem p
	JOIN pg_temp.industry_conflict c ON c.row_id = p.row_id
	JOIN pg_temp.industry_new n ON n.row_id = p.row_id
	JOIN pg_temp.industry_set s ON s.set_number = c.set_number
	WHERE p.row_id < 0 AND p.priority = 800 AND NOT EXISTS (SELECT FROM pg_temp.industry_dispute d WHERE d.fact_id = -p.row_id);
	RETURN (SELECT count(*) FROM pg_temp.industry_refused w WHERE NOT w.stands_already);
END
$$;
COMMENT ON FUNCTION industry.gather_disputed() IS 'adds the stored rows that a load contradicts to industry_refused, with what is in dispute, and returns how many rows are not in quarantine yet';

CREATE OR REPLACE FUNCTION industry.left_in_dispute() RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN (SELECT array_agg(format('%s row(s) of load %s, which another part contradicted, may be good now; --redrive=%s loads them', l.n, l.load_id, l.load_id) ORDER BY l.load_id)
			FROM (SELECT d.load_id, count(*) AS n
				  FROM pg_temp.industry_dispute d
				  WHERE NOT d.is_settled AND d.fact_id IS NULL
					AND NOT EXISTS (SELECT FROM pg_temp.industry_conflict c WHERE c.set_number = d.set_number AND c.key = d.key)
					AND NOT EXISTS (SELECT FROM pg_temp.industry_dispute o WHERE NOT o.is_settled AND o.set_number = d.set_number AND o.key = d.key AND o.content <> d.content)
				  GROUP BY d.load_id) AS l);
END
$$;
COMMENT ON FUNCTION industry.left_in_dispute() IS 'of a load, notes about rows in quarantine whose dispute has ended';

/*
 * A load that was a mistake
 */

CREATE OR REPLACE FUNCTION industry.plan_withdrawal(load_kind text, the_source integer, loads bigint[], is_replaced boolean DEFAULT false, kept_sets bigint[] DEFAULT '{}') RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	the_table text := (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind);
	n bigint;
BEGIN
	PERFORM work_table('industry_withdrawn'), work_table('industry_returning');
	-- What left the sets because of what these loads say comes back, where no
	-- other part contradicts it.
	INSERT INTO pg_temp.industry_returning (series_id, period_first, period_last, fact_id, load_id, key)
	WITH dispute AS (
		SELECT q.load_id = ANY (loads) AS ends, q.stored_fact AS fact_id, q.load_id, (q.dispute ->> 'series')::integer AS series_id, (q.dispute ->> 'first')::date AS first,
			   (q.dispute ->> 'last')::date AS last, q.dispute ->> 'key' AS key, q.dispute ->> 'content' AS content
		FROM quarantine q JOIN load_report r ON r.load_id = q.load_id
		WHERE r.source_id = the_source AND r.kind = load_kind AND q.resolved_by IS NULL AND q.dismissed_at IS NULL
		  AND q.dispute IS NOT NULL AND NOT is_replaced)
	SELECT d.series_id, d.first, d.last, min(d.fact_id) FILTER (WHERE NOT d.ends), min(d.load_id) FILTER (WHERE NOT d.ends AND d.fact_id IS NOT NULL), d.key
	FROM dispute d GROUP BY d.series_id, d.first, d.last, d.key
	HAVING bool_or(d.ends) AND min(d.content) FILTER (WHERE NOT d.ends) = max(d.content) FILTER (WHERE NOT d.ends)
	   AND min(d.fact_id) FILTER (WHERE NOT d.ends) IS NOT NULL;
	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_withdrawn (series_id, period_first, period_last, old_set_id, gone, stays)
		SELECT t.series_id, t.period_first, t.period_last, t.set_id, count(*) FILTER (WHERE coalesce(f.load_id, t.load_id) = ANY ($2)),
			   count(*) FILTER (WHERE coalesce(f.load_id, t.load_id, 0) <> ALL ($2))
		FROM industry.statement_set t
		JOIN industry.series e ON e.series_id = t.series_id AND e.kind = $4
		JOIN industry.%I f ON f.set_id = t.set_id
		WHERE t.source_id = $1 AND t.superseded_by IS NULL AND t.load_id >= $2[1] AND t.set_id <> ALL ($3)
		GROUP BY t.set_id
		HAVING bool_or(coalesce(f.load_id, t.load_id) = ANY ($2))
			OR EXISTS (SELECT FROM pg_temp.industry_returning b WHERE b.series_id = t.series_id
					   AND b.period_first IS NOT DISTINCT FROM t.period_first AND b.period_last IS NOT DISTINCT FROM t.period_last)$sql$, the_table)
	USING the_source, loads, kept_sets, load_kind;
	INSERT INTO pg_temp.industry_withdrawn (series_id, period_first, period_last, gone, stays)
	SELECT DISTINCT b.series_id, b.period_first, b.period_last, 0, 0 FROM pg_temp.industry_returning b
	WHERE NOT EXISTS (SELECT FROM pg_temp.industry_withdrawn w WHERE w.series_id = b.series_id
					  AND w.period_first IS NOT DISTINCT FROM b.period_first AND w.period_last IS NOT DISTINCT FROM b.period_last);
	UPDATE pg_temp.industry_withdrawn w SET new_set_id = nextval(pg_get_serial_sequence('industry.statement_set', 'set_id'))
	WHERE w.stays > 0 OR EXISTS (SELECT FROM pg_temp.industry_returning b WHERE b.series_id = w.series_id
								 AND b.period_first IS NOT DISTINCT FROM w.period_first AND b.period_last IS NOT DISTINCT FROM w.period_last);
	SELECT count(*) INTO n FROM pg_temp.industry_withdrawn;
	RETURN n;
END
$$;
COMMENT ON FUNCTION industry.plan_withdrawal(text, integer, bigint[], boolean, bigint[]) IS 'finds the standing sets with rows of some loads, and which rows stay; returns how many sets that are';

CREATE OR REPLACE FUNCTION industry.apply_withdrawal(load_kind text, the_source integer, loads bigint[], the_load bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	the_table text := (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind);
	-- all that a row has, columns of the table's users among them
	columns text;
	copied text;
BEGIN
	SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum), string_agg('f.' || quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO columns, copied
	FROM pg_attribute a
	WHERE a.attrelid = format('industry.%I', the_table)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
	  AND a.attname NOT IN ('fact_id', 'set_id', 'load_id');
	UPDATE statement_set t SET superseded_by = the_load, superseded_at = now()
	WHERE t.set_id IN (SELECT w.old_set_id FROM pg_temp.industry_withdrawn w);
	INSERT INTO statement_set (set_id, series_id, source_id, publisher, period_first, period_last, period_as_printed, load_id)
	SELECT w.new_set_id, w.series_id, the_source, s.publisher, w.period_first, w.period_last,
		   (SELECT t.period_as_printed FROM statement_set t
			WHERE t.series_id = w.series_id AND t.source_id = the_source AND t.period_first IS NOT DISTINCT FROM w.period_first
			  AND t.period_last IS NOT DISTINCT FROM w.period_last ORDER BY t.set_id DESC LIMIT 1), the_load
	FROM pg_temp.industry_withdrawn w JOIN source s ON s.source_id = the_source
	WHERE w.new_set_id IS NOT NULL ORDER BY w.new_set_id;
	EXECUTE format('INSERT INTO industry.%1$I (set_id, load_id, %2$s)
					SELECT w.new_set_id, coalesce(f.load_id, t.load_id, 0), %3$s
					FROM pg_temp.industry_withdrawn w
					JOIN industry.statement_set t ON t.set_id = w.old_set_id
					JOIN industry.%1$I f ON f.set_id = w.old_set_id
					WHERE w.new_set_id IS NOT NULL AND coalesce(f.load_id, t.load_id, 0) <> ALL ($1)
					UNION ALL
					SELECT w.new_set_id, b.load_id, %3$s
					FROM pg_temp.industry_returning b
					JOIN pg_temp.industry_withdrawn w ON w.series_id = b.series_id AND w.period_first IS NOT DISTINCT FROM b.period_first
						AND w.period_last IS NOT DISTINCT FROM b.period_last
					JOIN industry.%1$I f ON f.fact_id = b.fact_id', the_table, columns, copied)
	USING loads;
END
$$;
COMMENT ON FUNCTION industry.apply_withdrawal(text, integer, bigint[], bigint) IS 'supersedes the sets that plan_withdrawal found, with new ones of the rows that stay';

CREATE OR REPLACE FUNCTION industry.withdrawn_before(of_load bigint, loads bigint[]) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	earlier record;
BEGIN
	SELECT w.load_id, w.loaded_at::date AS day, w.reason INTO earlier FROM load_report w WHERE w.withdraws = ANY (loads) ORDER BY w.load_id DESC LIMIT 1;
	IF NOT FOUND THEN
		SELECT t.superseded_by AS load_id INTO earlier FROM statement_set t WHERE t.load_id = ANY (loads) ORDER BY t.superseded_by DESC LIMIT 1;
		RETURN format('nothing that load %s said stands%s', of_load, coalesce(': load ' || earlier.load_id || ' superseded it', ''));
	ELSE
		RETURN format('load %s was withdrawn already, by load %s on %s: %s', of_load, earlier.load_id, earlier.day, earlier.reason);
	END IF;
END
$$;
COMMENT ON FUNCTION industry.withdrawn_before(bigint, bigint[]) IS 'the note that says why nothing of a load is left to withdraw';

CREATE OR REPLACE FUNCTION industry.withdrawal_notes(load_kind text, the_source integer, loads bigint[]) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	names text;
	warnings text[] := '{}';
BEGIN
	-- What it had superseded is not brought back: that would be a load nobody made.
	SELECT string_agg(DISTINCT format('load %s%s', o.load_id, coalesce(format(' (%s)', o.file_name), '')), ', ') INTO names
	FROM statement_set t JOIN load_report o ON o.load_id = t.load_id AND o.load_id <> ALL (loads)
	JOIN pg_temp.industry_withdrawn w ON w.series_id = t.series_id AND w.period_first IS NOT DISTINCT FROM t.period_first
		AND w.period_last IS NOT DISTINCT FROM t.period_last AND w.new_set_id IS NULL
	WHERE t.source_id = the_source AND t.superseded_by = ANY (loads);
	IF names IS NOT NULL THEN
		warnings := warnings || format('what it had superseded is not brought back: %s; load that file once more, with --again, to go back to it', names);
	END IF;
	SELECT string_agg(DISTINCT format('--redrive=%s', q.load_id), ', ') INTO names
	FROM quarantine q JOIN load_report o ON o.load_id = q.load_id AND o.source_id = the_source AND o.kind = load_kind
	WHERE q.resolved_by IS NULL AND q.dismissed_at IS NULL AND q.stored_fact IS NULL AND q.load_id <> ALL (loads)
	  AND (q.dispute - 'part' - 'content') IN (SELECT d.dispute - 'part' - 'content' FROM quarantine d WHERE d.load_id = ANY (loads) AND d.resolved_by IS NULL);
	IF names IS NOT NULL THEN
		warnings := warnings || format('rows that it contradicted are in quarantine and may be good now: %s', names);
	END IF;
	RETURN warnings;
END
$$;
COMMENT ON FUNCTION industry.withdrawal_notes(text, integer, bigint[]) IS 'notes about what a withdrawal does not bring back, and what may come back';

CREATE OR REPLACE FUNCTION industry.changes_of_withdrawal(the_source integer, current_sets jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object('series', d.series, 'period', d.period, 'subject', d.subject, 'measure', d.measure, 'unit', d.unit,
								'before', d.before, 'after', d.after, 'what', d.what)), '[]')
				FROM (SELECT concat_ws(' ', e.metric, e.basis, e.scope, e.application, e.stage, e.material, nullif(e.geography, 'World')) AS series,
							 t.period_as_printed AS period, x.subject, x.measure, x.unit, x.older_as_printed AS before, x.newer_as_printed AS after,
							 x.what_changed AS what
					  FROM pg_temp.industry_withdrawn w
					  JOIN series e ON e.series_id = w.series_id
					  JOIN statement_set t ON t.set_id = coalesce(w.old_set_id, w.new_set_id)
					  LEFT JOIN as_known_on('infinity') k ON k.series_id = w.series_id AND k.period_first IS NOT DISTINCT FROM w.period_first
						AND k.period_last IS NOT DISTINCT FROM w.period_last
						AND (w.period_first IS NOT NULL OR (SELECT o.title FROM source o WHERE o.source_id = k.source_id)
							 IS NOT DISTINCT FROM (SELECT o.title FROM source o WHERE o.source_id = the_source))
					  CROSS JOIN LATERAL compare_sets(w.old_set_id, k.set_id) AS x
					  WHERE x.what_changed <> 'unchanged' AND (w.old_set_id IS NULL OR current_sets ? w.old_set_id::text)
					  ORDER BY w.old_set_id, x.subject, x.measure LIMIT 1000) AS d);
END
$$;
COMMENT ON FUNCTION industry.changes_of_withdrawal(integer, jsonb) IS 'the first thousand figures that a withdrawal changes in what is current, for a dry run; current_sets are the sets that were';

CREATE OR REPLACE FUNCTION industry.withdraw(load_id bigint, reason text, dry_run boolean DEFAULT false) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning SET datestyle = 'ISO' SET jit = off AS $$
DECLARE
	r record;
	loads bigint[];
	n_sets bigint;
	n_gone bigint;
	n_stays bigint;
	n_made bigint;
	n_open bigint;
	the_load bigint;
	current_sets jsonb;
	warnings text[] := '{}';
	changes jsonb;
	result jsonb;
BEGIN
	PERFORM enter_loads();
	SELECT o.load_id, o.kind, o.source_id, o.file_name, o.redrives, o.withdraws, o.edition_part, o.options, s.source, y.fact_table INTO r
	FROM load_report o JOIN layout y ON y.kind = o.kind LEFT JOIN source s ON s.source_id = o.source_id WHERE o.load_id = withdraw.load_id;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'there is no load %', load_id
			USING ERRCODE = 'invalid_parameter_value', HINT = 'industry.load_report lists the loads.';
	END IF;
	IF r.withdraws IS NOT NULL OR r.fact_table IS NULL THEN
		RAISE EXCEPTION '%', CASE WHEN r.withdraws IS NOT NULL THEN format('load %s is the withdrawal of load %s', load_id, r.withdraws)
								  ELSE format('a load of kind %s cannot be withdrawn', r.kind) END
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = CASE WHEN r.withdraws IS NOT NULL THEN 'To take it back, load the file again with --again.'
							  ELSE 'Rows of reference tables are corrected in place: load a corrected file of the kind.' END;
	END IF;
	IF coalesce(btrim(reason), '') = '' THEN
		RAISE EXCEPTION 'a load is withdrawn for a reason'
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Give --reason=TEXT; it is kept in industry.load_report.';
	END IF;
	PERFORM take_turn(r.kind, r.source_id);

	-- with a re-drive that has ended only now
	loads := load_chain(load_id);
	n_sets := plan_withdrawal(r.kind, r.source_id, loads);
	SELECT coalesce(sum(w.gone), 0), coalesce(sum(w.stays), 0), count(w.new_set_id) INTO n_gone, n_stays, n_made FROM pg_temp.industry_withdrawn w;
	n_stays := n_stays + (SELECT count(*) FROM pg_temp.industry_returning);
	n_open := (SELECT count(*) FROM quarantine q WHERE q.load_id = ANY (loads) AND q.resolved_by IS NULL AND q.dismissed_at IS NULL);
	result := jsonb_build_object('kind', r.kind, 'source', r.source, 'file', r.file_name, 'dry_run', dry_run, 'withdraws', load_id, 'reason', btrim(reason),
		'rows_read', 0, 'rows_loaded', n_stays, 'rows_unchanged', 0, 'rows_quarantined', 0, 'rows_superseded', n_gone, 'rows_closed', n_open, 'sets_loaded', n_made,
		'sets_superseded', n_sets, 'sets_unchanged', 0, 'problems', '[]'::jsonb);
	IF n_sets + n_open = 0 THEN
		warnings := warnings || withdrawn_before(load_id, loads);
		RETURN result || jsonb_build_object('load_id', NULL, 'changed', false, 'warnings', to_jsonb(warnings));
	END IF;
	warnings := withdrawal_notes(r.kind, r.source_id, loads);
	current_sets := (SELECT jsonb_object_agg(w.old_set_id, true) FROM pg_temp.industry_withdrawn w JOIN as_known_on('infinity') k ON k.set_id = w.old_set_id);

	BEGIN
		INSERT INTO load_report (kind, source_id, file_name, rows_loaded, rows_superseded, sets_loaded, sets_superseded, withdraws, reason, edition_part, options)
		VALUES (r.kind, r.source_id, r.file_name, n_stays, n_gone, n_made, n_sets, withdraw.load_id, btrim(withdraw.reason), r.edition_part, r.options)
		RETURNING load_report.load_id INTO the_load;
		PERFORM apply_withdrawal(r.kind, r.source_id, loads, the_load);
		-- Rows of these loads that are in quarantine are withdrawn with them, and
		-- those that came back, or that say the same, are in again.
		UPDATE quarantine q SET resolved_by = the_load, resolved_at = now()
		WHERE q.resolved_by IS NULL AND q.dismissed_at IS NULL
		  AND (q.load_id = ANY (loads)
			   OR (q.dispute IS NOT NULL AND EXISTS (
					SELECT FROM pg_temp.industry_returning b JOIN load_report o ON o.load_id = q.load_id AND o.source_id = r.source_id AND o.kind = r.kind
					WHERE b.series_id = (q.dispute ->> 'series')::integer AND b.period_first IS NOT DISTINCT FROM (q.dispute ->> 'first')::date
					  AND b.period_last IS NOT DISTINCT FROM (q.dispute ->> 'last')::date AND b.key = q.dispute ->> 'key')));
		-- A re-drive that is withdrawn leaves its rows where it found them.
		UPDATE quarantine q SET resolved_by = NULL, resolved_at = NULL
		FROM load_report o
		WHERE o.load_id = q.resolved_by AND o.redrives IS NOT NULL AND q.resolved_by = ANY (loads) AND q.load_id <> ALL (loads);
		IF dry_run THEN
			changes := changes_of_withdrawal(r.source_id, current_sets);
		END IF;
		result := result || jsonb_build_object('load_id', the_load, 'changed', true, 'warnings', to_jsonb(warnings));
		UPDATE load_report l SET summary = result WHERE l.load_id = the_load;
		IF dry_run THEN
			RAISE EXCEPTION USING ERRCODE = 'BL000';
		END IF;
	EXCEPTION
		WHEN SQLSTATE 'BL000' THEN
			NULL;		-- what was written is taken back
	END;
	IF dry_run THEN
		result := result || jsonb_build_object('changes', changes, 'views', to_jsonb(dependent_views(r.fact_table)));
	ELSE
		PERFORM pg_notify('industry_load', (result - 'problems' - 'warnings')::text);
	END IF;
	DROP TABLE pg_temp.industry_withdrawn, pg_temp.industry_returning;
	RETURN result;
END
$$;
COMMENT ON FUNCTION industry.withdraw(bigint, text, boolean) IS
'takes what a load said out of all current views, without a replacement: its sets are superseded, history is kept, rows of other parts stay. dry_run takes everything back and says what would change';
