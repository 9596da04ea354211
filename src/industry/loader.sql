/*
 * The loader.
 *
 *	begin_load	reads the header and makes the table to COPY into
 *	load		reads all rows, moves the good ones, quarantines the bad ones
 *
 * bin/battery-load calls both in one transaction.  Everything between them is
 * text in temporary tables (pg_temp.industry_*); all steps work on whole tables,
 * so that memory does not grow with the file.
 *
 * PL/pgSQL here builds statements from the layouts.  Only names that
 * layout_column lists reach a statement as names; what comes from a file, a
 * header or an option does so as a quoted literal.
 */

CREATE OR REPLACE FUNCTION industry.csv_fields(record text, delimiter text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	fields text[] := '{}';
	rest text := record;
	field text;
	quoted text;
	at integer;
BEGIN
	IF strpos(record, '"') = 0 THEN
		RETURN string_to_array(record, delimiter, NULL);
	END IF;
	IF length(record) - length(replace(record, delimiter, '')) > 5000 THEN
		RETURN ARRAY[record];
	END IF;
	LOOP
		field := '';
		IF left(rest, 1) = '"' THEN
			quoted := substring(rest FROM '^"(?:[^"]|"")*"');
			IF quoted IS NULL THEN
				RETURN NULL;
			END IF;
			field := replace(substr(quoted, 2, length(quoted) - 2), '""', '"');
			rest := substr(rest, length(quoted) + 1);
			-- What follows a closing quote is forgiven on one line.  Over several
			-- the quote was another one, and the lines between are rows.
			IF strpos(record, E'\n') > 0 AND rest <> '' AND left(rest, length(delimiter)) <> delimiter THEN
				RETURN NULL;
			END IF;
		END IF;
		at := strpos(rest, delimiter);
		IF at = 0 THEN
			RETURN fields || (field || rest);
		END IF;
		fields := fields || (field || left(rest, at - 1));
		rest := substr(rest, at + length(delimiter));
	END LOOP;
END
$$;
COMMENT ON FUNCTION industry.csv_fields(text, text) IS 'fields of a CSV record: quotes around a field are taken off, a quote inside an unquoted field is a character like any other; NULL where a quoted field is not closed';

/*
 * Before the rows: header and staging table
 */

CREATE OR REPLACE FUNCTION industry.begin_load(kind text, source text, head bytea, options jsonb DEFAULT '{}', lines boolean DEFAULT false,
	OUT columns integer, OUT copy_columns text, OUT delimiter text, OUT encoding text, OUT skip_lines integer, OUT newline text)
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning SET datestyle = 'ISO' SET jit = off AS $$
DECLARE
	the_source integer;
	source_options jsonb;
	known_on date;
	effective jsonb;
	first_bytes bytea := substring(head FROM 1 FOR 8);
	what text;
	at integer;
	n integer;
	line bytea;
	rest bytea := head;
	header_text text;
	header text[];
BEGIN
	PERFORM enter_loads();
	IF NOT EXISTS (SELECT FROM layout l WHERE l.kind = begin_load.kind) THEN
		RAISE EXCEPTION 'there is no kind of file "%"', excerpt(coalesce(kind, ''))
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('The kinds are %s.', (SELECT string_agg(l.kind, ', ' ORDER BY l.kind) FROM layout l));
	END IF;
	IF source IS NOT NULL THEN
		SELECT s.source_id, s.options, s.published INTO the_source, source_options, known_on FROM source s WHERE s.source = btrim(begin_load.source);
		IF NOT FOUND THEN
			RAISE EXCEPTION 'there is no source "%"', excerpt(source)
				USING ERRCODE = 'invalid_parameter_value',
					  HINT = format('Sources are named by their handle%s. Add a new one with battery-load --new-source, or a file of kind source.',
									coalesce(': ' || (SELECT string_agg(o.source, ', ') FROM (SELECT s.source FROM source s ORDER BY s.known_from DESC, s.source LIMIT 8) AS o), ''));
		END IF;
	ELSIF (SELECT l.fact_table IS NOT NULL FROM layout l WHERE l.kind = begin_load.kind) THEN
		RAISE EXCEPTION 'a file of kind % needs a source', kind
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Every figure is cited: name the source that the file is from, with --source, or make it with --new-source.';
	END IF;
	effective := load_options(kind, source_options, options);
	delimiter := coalesce(effective ->> 'delimiter', ',');
	encoding := coalesce(effective ->> 'encoding', 'UTF8');
	skip_lines := coalesce((effective ->> 'skip_lines')::integer, 0);

	-- Is it text at all?
	what := CASE
		WHEN head = '' THEN 'it is empty'
		WHEN substring(first_bytes FROM 1 FOR 4) = '\x504b0304' THEN 'it is a zip archive or an Excel workbook'
		WHEN substring(first_bytes FROM 1 FOR 4) = '\xd0cf11e0' THEN 'it is an old Excel workbook'
		WHEN substring(first_bytes FROM 1 FOR 4) = '\x25504446' THEN 'it is a PDF'
		WHEN substring(first_bytes FROM 1 FOR 2) = '\x1f8b' THEN 'it is compressed by gzip'
		WHEN substring(first_bytes FROM 1 FOR 2) IN ('\xfffe', '\xfeff') THEN 'it is in UTF-16'
		WHEN position('\x00'::bytea IN head) > 0 THEN 'it has NUL bytes'
		WHEN lower(encode(head, 'escape')) ~ '^\s*(<!doctype|<html|<\?xml)' THEN 'it is a web page or XML' END;
	IF what IS NOT NULL THEN
		RAISE EXCEPTION 'line 1: the file is no CSV: %', what
			USING ERRCODE = 'bad_copy_file_format',
				  HINT = CASE WHEN what LIKE '%UTF-16' THEN 'Convert it first, such as with iconv -f UTF-16 -t UTF-8.'
					ELSE 'Save it as CSV, one header line and one row a line, and load that.' END;
	END IF;
	IF substring(head FROM 1 FOR 3) = '\xefbbbf' THEN
		rest := substring(head FROM 4);
	END IF;
	newline := CASE WHEN position('\x0a'::bytea IN rest) = 0 AND position('\x0d'::bytea IN rest) > 0 THEN 'cr' ELSE 'lf' END;
	FOR n IN 0 .. skip_lines LOOP
		at := position(CASE newline WHEN 'cr' THEN '\x0d'::bytea ELSE '\x0a'::bytea END IN rest);
		line := CASE WHEN at > 0 THEN substring(rest FROM 1 FOR at - 1) ELSE rest END;
		rest := CASE WHEN at > 0 THEN substring(rest FROM at + 1) ELSE '' END;
	END LOOP;
	BEGIN
		header_text := rtrim(convert_from(line, encoding), E'\r');
	EXCEPTION WHEN character_not_in_repertoire OR untranslatable_character THEN
		RAISE EXCEPTION 'line %: the header is not in encoding %', skip_lines + 1, encoding
			USING ERRCODE = 'character_not_in_repertoire', DETAIL = SQLERRM,
				  HINT = 'Set the option encoding of the source, such as LATIN1, WIN1252 or GB18030.';
	END;
	header := CASE WHEN btrim(header_text) = '' THEN '{}' ELSE csv_fields(header_text, delimiter) END;
	IF header IS NOT NULL AND cardinality(header) < 2 AND header_text ~ '[,;|\t]' THEN
		RAISE EXCEPTION 'line %: the header has no "%"', skip_lines + 1, CASE delimiter WHEN E'\t' THEN 'tab' ELSE delimiter END
			USING ERRCODE = 'bad_copy_file_format', DETAIL = format('The header is: %s', excerpt(header_text)),
				  HINT = 'Set the option delimiter of the source, such as {"delimiter": ";"}.';
	END IF;
	IF cardinality(header) = 0 THEN
		RAISE EXCEPTION 'line %: there is no header', skip_lines + 1
			USING ERRCODE = 'bad_copy_file_format', HINT = 'The first line names the columns; the option skip_lines says how many lines stand before it.';
	END IF;
	IF cardinality(header) > 1000 THEN
		RAISE EXCEPTION 'line %: the header has % columns', skip_lines + 1, cardinality(header)
			USING ERRCODE = 'program_limit_exceeded', HINT = 'A file may have at most 1000. Is it a CSV file?';
	END IF;
	columns := cardinality(header);

	DROP TABLE IF EXISTS pg_temp.industry_line;
	PERFORM work_table('industry_load');
	INSERT INTO pg_temp.industry_load (kind, source_id, published, options, header, delimiter, header_line, is_redrive)
	VALUES (begin_load.kind, the_source, known_on, effective, header, begin_load.delimiter, begin_load.skip_lines + 1, false);
	IF lines OR header IS NULL THEN
		-- as lines, header included: it may itself go over several
		copy_columns := 'line';
		columns := 1;
		PERFORM work_table('industry_header');
		CREATE TEMPORARY TABLE industry_line (id bigint GENERATED ALWAYS AS IDENTITY, line text) ON COMMIT DROP;
	ELSE
		PERFORM map_header(kind, header, effective, skip_lines + 1);
		PERFORM make_stage(columns);
		copy_columns := (SELECT string_agg('c' || c, ', ' ORDER BY c) FROM generate_series(1, columns) AS c);
		skip_lines := skip_lines + 1;
	END IF;
END
$$;
COMMENT ON FUNCTION industry.begin_load(text, text, bytea, jsonb, boolean) IS
'begins a load in this transaction: reads the header from the first bytes of the file (head) and makes the temporary table industry_stage to COPY the rows below it into, or with lines the table industry_line for the lines as they are, header included. Returns how to COPY. What is no text, has no such header, names no such kind or source is an error that says what to do (SQLSTATE 22P04, 22021, 22023, 42703, 42701)';

CREATE OR REPLACE FUNCTION industry.make_stage(columns integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	is_split boolean := (SELECT w.options ? 'split' FROM pg_temp.industry_load w);
	there oid := to_regclass('pg_temp.industry_stage');
BEGIN
	-- a kept one may be wider
	IF keeps_tables() AND NOT is_split AND there IS NOT NULL AND pg_relation_size(there) = 0
		AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = there AND a.attname = 'c' || columns)
		AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = there AND a.attgenerated <> '') THEN
		PERFORM setval(pg_get_serial_sequence('pg_temp.industry_stage', 'id'), 1, false);
		RETURN;
	END IF;
	DROP TABLE IF EXISTS pg_temp.industry_stage;
	EXECUTE (SELECT format('CREATE TEMPORARY TABLE industry_stage (id bigint GENERATED ALWAYS AS IDENTITY, line integer, problem text, %s) ON COMMIT %s',
						   string_agg(format('c%s text', c), ', ' ORDER BY c), CASE WHEN keeps_tables() THEN 'DELETE ROWS' ELSE 'DROP' END)
			 FROM generate_series(1, CASE WHEN keeps_tables() AND NOT is_split THEN greatest(columns, 20) ELSE columns END) AS c);
	EXECUTE (SELECT coalesce('ALTER TABLE pg_temp.industry_stage ' || string_agg(format('ADD COLUMN c%s text GENERATED ALWAYS AS (split_part(c%s, %L, %s)) STORED',
				columns + n.place, s.place, w.options -> 'split' ->> 'delimiter', n.place), ', ' ORDER BY n.place), 'SELECT')
			 FROM pg_temp.industry_load w CROSS JOIN LATERAL split_names(w.header, w.options) AS s CROSS JOIN LATERAL unnest(s.names) WITH ORDINALITY AS n (name, place));
END
$$;
COMMENT ON FUNCTION industry.make_stage(integer) IS 'makes the temporary table industry_stage with so many columns of text, c1, c2, ..., and behind them the parts of the one that the option split names';

/*
 * Lines to records, for files that COPY refuses
 */

CREATE OR REPLACE FUNCTION industry.split_lines() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	-- a quoted field that is open for longer was never meant to be one
	longest CONSTANT integer := 200;
	the_delimiter text := (SELECT l.delimiter FROM pg_temp.industry_load l);
	first_line integer := (SELECT l.header_line FROM pg_temp.industry_load l);
	last_id bigint := (SELECT max(l.id) FROM pg_temp.industry_line l);
	quoted_line record;
	record_text text;
	next_id bigint := 0;
	at bigint;
	names text[];
	columns integer;
	header_last bigint;
BEGIN
	IF (SELECT l.line FROM pg_temp.industry_line l WHERE l.id = 1) LIKE U&'\FEFF%' THEN
		UPDATE pg_temp.industry_line SET line = substr(line, 2) WHERE id = 1;
	END IF;
	-- records of more than one line; all others are their line
	CREATE TEMPORARY TABLE industry_record (first_id bigint, last_id bigint, record text) ON COMMIT DROP;
	CREATE INDEX ON pg_temp.industry_line (id);
	FOR quoted_line IN
		SELECT l.id, l.line FROM pg_temp.industry_line l WHERE strpos(l.line, '"') > 0 ORDER BY l.id
	LOOP
		CONTINUE WHEN quoted_line.id < next_id;
		CONTINUE WHEN csv_fields(rtrim(quoted_line.line, E'\r'), the_delimiter) IS NOT NULL;
		record_text := quoted_line.line;
		FOR at IN quoted_line.id + 1 .. least(quoted_line.id + longest, last_id) LOOP
			record_text := record_text || E'\n' || (SELECT l.line FROM pg_temp.industry_line l WHERE l.id = at);
			IF (SELECT strpos(l.line, '"') > 0 FROM pg_temp.industry_line l WHERE l.id = at)
				AND csv_fields(rtrim(record_text, E'\r'), the_delimiter) IS NOT NULL THEN
				INSERT INTO pg_temp.industry_record (first_id, last_id, record) VALUES (quoted_line.id, at, rtrim(record_text, E'\r'));
				next_id := at + 1;
				EXIT;
			END IF;
		END LOOP;
	END LOOP;

	SELECT csv_fields(coalesce(r.record, rtrim(l.line, E'\r')), the_delimiter), coalesce(r.last_id, 1) INTO names, header_last
	FROM pg_temp.industry_line l LEFT JOIN pg_temp.industry_record r ON r.first_id = 1 WHERE l.id = 1;
	IF names IS NULL THEN
		RAISE EXCEPTION 'line %: a quote in the header is never closed', first_line
			USING ERRCODE = 'bad_copy_file_format', HINT = 'Close it, or double a quote that is part of a name.';
	END IF;
	columns := cardinality(names);
	UPDATE pg_temp.industry_load SET header = names;
	PERFORM make_stage(columns);

	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_stage (line, problem, %1$s)
		SELECT l.id + %2$s - 1,
			   CASE WHEN f.fields IS NULL THEN 'a quote is opened and not closed'
					WHEN cardinality(f.fields) <> %3$s AND (cardinality(f.fields) < %3$s OR array_to_string(f.fields[%3$s + 1 : ], '') <> '')
					THEN 'the row has ' || cardinality(f.fields) || CASE WHEN cardinality(f.fields) = 1 THEN ' field' ELSE ' fields' END || ', the header %3$s' END,
			   %4$s
		FROM pg_temp.industry_line l
		LEFT JOIN pg_temp.industry_record r ON r.first_id = l.id
		CROSS JOIN LATERAL (SELECT csv_fields(coalesce(r.record, rtrim(l.line, E'\r')), %5$L) AS fields OFFSET 0) AS f
		WHERE l.id > %6$s AND btrim(l.line, E' \t\r') <> ''
		  AND NOT EXISTS (SELECT FROM pg_temp.industry_record inside WHERE l.id > inside.first_id AND l.id <= inside.last_id)
		ORDER BY l.id$sql$,
		(SELECT string_agg('c' || c, ', ' ORDER BY c) FROM generate_series(1, columns) AS c), first_line, columns,
		-- a row that cannot be told apart is kept whole, in the first column
		(SELECT string_agg(CASE WHEN c = 1 THEN 'CASE WHEN f.fields IS NULL THEN l.line ELSE f.fields[1] END'
								WHEN c = columns THEN format('CASE WHEN array_to_string(f.fields[%s : ], '''') = '''' THEN f.fields[%s] ELSE array_to_string(f.fields[%s : ], %L) END', c + 1, c, c, the_delimiter)
								ELSE format('f.fields[%s]', c) END, ', ' ORDER BY c)
		 FROM generate_series(1, columns) AS c),
		the_delimiter, header_last);
	DROP TABLE pg_temp.industry_record, pg_temp.industry_line;
END
$$;
COMMENT ON FUNCTION industry.split_lines() IS
'turns the lines in the temporary table industry_line into rows of industry_stage. A row that does not have as many fields as the header, and a quote that is not closed within 200 lines, is a row with a problem, and the rows around it are not touched';

/*
 * Loads of one source, and of one kind of reference table, take turns.  A row
 * lock says whose turn it is: only who may load can take it, so nobody else can
 * hold a load up.  What locks the whole table has all turns: an upgrade, and the
 * dry run of a manifest, which writes in its files' order, not in that of keys.
 *
 * What loads, in whatever way, is there (enter_loads) before it reads a table: an
 * upgrade waits for it, or it for the upgrade, and not each for the other.
 */

CREATE OR REPLACE FUNCTION industry.wait_for_turn(turn text, command text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	patience CONSTANT text := current_setting('lock_timeout');
BEGIN
	BEGIN
		PERFORM set_config('lock_timeout', '3s', true);
		EXECUTE command;
		PERFORM set_config('lock_timeout', patience, true);
		RETURN;
	EXCEPTION WHEN lock_not_available THEN
		RAISE WARNING '% has not ended; this one waits for it', turn
			USING ERRCODE = '01B01',
				  DETAIL = (SELECT string_agg(w.who, ' ' ORDER BY w.since)
							-- a prepared transaction has no process: the locks name it by its number
							FROM (SELECT CASE WHEN p.gid IS NULL THEN format('Process %s of role %s loads since %s.', a.pid, a.usename, a.xact_start::timestamptz(0))
											  ELSE format('Prepared transaction "%s" of role %s waits for its commit since %s.', p.gid, p.owner, p.prepared::timestamptz(0)) END,
										 coalesce(a.xact_start, p.prepared)
								  FROM (SELECT DISTINCT l.pid, l.virtualtransaction FROM pg_locks l JOIN pg_database d ON d.oid = l.database
										WHERE d.datname = current_database() AND l.relation = 'industry.load_turn'::regclass AND l.granted) l
								  LEFT JOIN pg_stat_activity a ON a.pid = l.pid
								  LEFT JOIN pg_prepared_xacts p ON l.pid IS NULL AND l.virtualtransaction = '-1/' || p.transaction
								  WHERE l.pid IS DISTINCT FROM pg_backend_pid()) AS w (who, since)),
				  HINT = 'Let it end, interrupt this load, or have an administrator end the other: SELECT pg_terminate_backend(...), or ROLLBACK PREPARED.';
	END;
	EXECUTE command;
END
$$;
COMMENT ON FUNCTION industry.wait_for_turn(text, text) IS 'runs a command that locks load_turn; a wait of more than 3 seconds is a warning that says for whom (SQLSTATE 01B01)';

CREATE OR REPLACE FUNCTION industry.take_turn(kind text, source_id integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	-- rows of a reference table may come from any source
	the_turn text := coalesce((SELECT 'source ' || s.source FROM source s JOIN layout y ON y.kind = take_turn.kind
							   WHERE s.source_id = take_turn.source_id AND y.fact_table IS NOT NULL), 'kind ' || kind);
BEGIN
	PERFORM wait_for_turn('another load of ' || the_turn,
		format('INSERT INTO industry.load_turn (turn) VALUES (%1$L) ON CONFLICT DO NOTHING; SELECT FROM industry.load_turn t WHERE t.turn = %1$L FOR UPDATE', the_turn));
END
$$;
COMMENT ON FUNCTION industry.take_turn(text, integer) IS
'waits until no other load of the same source, or of the same kind of reference table, runs, and keeps others waiting until the transaction ends; a wait of more than 3 seconds is a warning (SQLSTATE 01B01)';

CREATE OR REPLACE FUNCTION industry.take_all_turns() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	PERFORM wait_for_turn('a load', 'LOCK TABLE industry.load_turn IN EXCLUSIVE MODE');
END
$$;
COMMENT ON FUNCTION industry.take_all_turns() IS
'waits until no load runs, and keeps all others waiting until the transaction ends: for a transaction that loads several files; first of all in it. A wait of more than 3 seconds is a warning (SQLSTATE 01B01)';

CREATE OR REPLACE FUNCTION industry.enter_loads() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	PERFORM wait_for_turn('an upgrade, or the dry run of a manifest,', 'LOCK TABLE industry.load_turn IN ROW SHARE MODE');
END
$$;
COMMENT ON FUNCTION industry.enter_loads() IS
'waits until no upgrade of this schema runs, and keeps one waiting until the transaction ends; whatever loads does so before it reads a table. A wait of more than 3 seconds is a warning (SQLSTATE 01B01)';

/*
 * All of it, in one transaction
 */

CREATE OR REPLACE FUNCTION industry.load(file_name text DEFAULT NULL, checksum text DEFAULT NULL, bytes bigint DEFAULT NULL, lines bigint DEFAULT NULL,
	dry_run boolean DEFAULT false, confirm_outliers boolean DEFAULT false, confirm_total boolean DEFAULT false,
	max_quarantine numeric DEFAULT 100, replaces bigint DEFAULT NULL, again boolean DEFAULT false, redrives bigint DEFAULT NULL,
	part text DEFAULT NULL, whole boolean DEFAULT false, sheet text DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning SET datestyle = 'ISO' SET jit = off SET work_mem = '64MB' SET hash_mem_multiplier = 1 AS $$
DECLARE
	is_begun boolean := to_regclass('pg_temp.industry_load') IS NOT NULL;
	l record;
	n bigint;
	staged bigint;
	the_part text;
	is_whole boolean;
	result jsonb;
BEGIN
	IF is_begun THEN
		SELECT w.kind, w.source_id, w.options, w.header, w.header_line, w.delimiter, y.fact_table, s.source INTO l
		FROM pg_temp.industry_load w JOIN layout y ON y.kind = w.kind LEFT JOIN source s ON s.source_id = w.source_id;
		is_begun := FOUND;
	END IF;
	IF NOT is_begun THEN
		RAISE EXCEPTION 'no load was begun in this transaction'
			USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Call industry.begin_load and COPY the rows first, in the same transaction.';
	END IF;

	PERFORM take_turn(l.kind, l.source_id);
	the_part := CASE WHEN redrives IS NOT NULL THEN part
					 ELSE choose_part(l.kind, l.source_id, l.options, file_name, checksum, sheet, part, whole, replaces) END;
	is_whole := whole OR (the_part IS NULL AND coalesce(l.options ->> 'files', '') = 'whole');

	IF to_regclass('pg_temp.industry_line') IS NOT NULL THEN
		PERFORM split_lines();
	ELSE
		-- COPY numbers the rows without gaps
		staged := CASE WHEN EXISTS (SELECT FROM pg_temp.industry_stage) THEN currval(pg_get_serial_sequence('pg_temp.industry_stage', 'id')) ELSE 0 END;
		IF staged * cardinality(l.header) > 10000 THEN
			-- plans for few rows would take hours for many
			PERFORM set_config('industry.keeps_tables', 'off', true);
		END IF;
		IF lines > staged THEN
			-- Some records go over several lines: count the breaks in their cells.
			EXECUTE (SELECT format('UPDATE pg_temp.industry_stage s SET line = o.line
									FROM (SELECT i.id, (%s + i.id + coalesce(sum(i.breaks) OVER (ORDER BY i.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::integer AS line
										  FROM (SELECT t.id, line_breaks(concat(%s)) AS breaks FROM pg_temp.industry_stage t) AS i) AS o
									WHERE o.id = s.id', l.header_line, string_agg(format('t.%I', a.attname), ', '))
					 FROM pg_attribute a WHERE a.attrelid = to_regclass('pg_temp.industry_stage') AND a.attname ~ '^c[0-9]+$' AND a.attgenerated = '');
		END IF;
	END IF;
	IF lines > staged OR staged IS NULL THEN
		-- A quote that is not closed swallows rows until the next one.
		EXECUTE (SELECT coalesce(min(o.command), 'SELECT') FROM (SELECT format('UPDATE pg_temp.industry_stage s
								SET problem = ''a quoted field goes over several lines, which look like rows of the file''
								WHERE s.problem IS NULL AND (%s)',
							   string_agg(format('(strpos(s.%1$I, E''\n'') > 0 AND length(s.%1$I) - length(replace(s.%1$I, %2$L, '''')) >= %3$s)', a.attname, l.delimiter, a.count - 1), ' OR '))
				 FROM (SELECT t.attname, cardinality(w.header) AS count FROM pg_attribute t, pg_temp.industry_load w
					   WHERE t.attrelid = to_regclass('pg_temp.industry_stage') AND t.attname ~ '^c[0-9]+$' AND t.attgenerated = '') AS a HAVING min(a.count) >= 4) AS o (command));
	END IF;
	n := read_rows();
	IF dry_run THEN
		BEGIN
			IF l.fact_table IS NOT NULL THEN
				result := load_facts(l.kind, file_name, checksum, bytes, true, confirm_outliers, confirm_total, max_quarantine, replaces, again, redrives, n, the_part, is_whole);
			ELSE
				result := load_reference(l.kind, file_name, checksum, bytes, max_quarantine, n);
			END IF;
			RAISE EXCEPTION USING ERRCODE = 'BL000';
		EXCEPTION
			WHEN SQLSTATE 'BL000' THEN
				NULL;		-- what was written is taken back
		END;
	ELSIF l.fact_table IS NOT NULL THEN
		result := load_facts(l.kind, file_name, checksum, bytes, false, confirm_outliers, confirm_total, max_quarantine, replaces, again, redrives, n, the_part, is_whole);
	ELSE
		result := load_reference(l.kind, file_name, checksum, bytes, max_quarantine, n);
	END IF;
	result := jsonb_build_object('kind', l.kind, 'source', l.source, 'file', file_name, 'dry_run', dry_run) || result;
	result := jsonb_set(result, '{warnings}', (SELECT coalesce(jsonb_agg(o.line ORDER BY o.place), '[]') FROM pg_temp.industry_note o) || (result -> 'warnings'));
	IF (result ->> 'changed')::boolean AND NOT dry_run THEN
		PERFORM pg_notify('industry_load', (result - 'problems' - 'warnings' - 'changes' - 'views')::text);
	END IF;
	IF keeps_tables() THEN
		DELETE FROM pg_temp.industry_load;
	ELSE
		DROP TABLE pg_temp.industry_load, pg_temp.industry_stage;
	END IF;
	RETURN result;
END
$$;
COMMENT ON FUNCTION industry.load(text, text, bigint, bigint, boolean, boolean, boolean, numeric, bigint, boolean, bigint, text, boolean, text) IS
'loads what was copied since begin_load, in this transaction: moves every good row, quarantines every bad one, and returns a summary. Unchanged statement sets are left as they are, changed ones are superseded whole; a file that changes nothing leaves no trace. dry_run takes everything back and says what would change. max_quarantine is in percent of the rows read: beyond it the file is refused (SQLSTATE 22000). confirm_outliers accepts figures that are hundreds of times off the last edition, confirm_total figures beyond a stated total. replaces withdraws what an earlier load of the same kind and source said and this file does not. again allows to go back to a file that has been superseded or withdrawn. part names the part of its edition that the file is: it supersedes that part alone; whole says that it is all of the edition. Without either, a file that lacks members which the edition states is refused (SQLSTATE 55000). sheet is the name of the sheet, for the option files. After COMMIT, listeners of the channel industry_load get the summary';

CREATE OR REPLACE FUNCTION industry.line_breaks(cells text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN strpos(cells, E'\n') + strpos(cells, E'\r') = 0 THEN 0
	ELSE length(regexp_replace(replace(cells, E'\r\n', E'\n'), E'[^\r\n]', '', 'g')) END;
COMMENT ON FUNCTION industry.line_breaks(text) IS 'line breaks in a text';

/*
 * For the client
 */

CREATE OR REPLACE FUNCTION industry.option_pair(name text, value text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN jsonb_build_object(name, value::jsonb);
EXCEPTION
	WHEN invalid_text_representation OR untranslatable_character THEN
		RETURN jsonb_build_object(name, value);
END
$$;
COMMENT ON FUNCTION industry.option_pair(text, text) IS 'an option with its value, which is JSON or else text';

CREATE OR REPLACE FUNCTION industry.summary_text(result text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	WITH r AS (SELECT result::jsonb AS r),
	-- what to do is said once for all the lines that it is the same for, below the last
	hints AS (SELECT p.problem ->> 'hint' AS hint, count(*) AS n_lines, max(p.n) AS last
			  FROM r CROSS JOIN LATERAL jsonb_array_elements(r -> 'problems') WITH ORDINALITY AS p (problem, n) WHERE p.problem ->> 'hint' IS NOT NULL GROUP BY 1),
	lines (place, line) AS (
		SELECT 1::numeric, CASE WHEN r ? 'withdraws' THEN
			format('%s%swithdrawal of load %s: %s rows of %s sets go, %s rows of other loads stay, %s rows in quarantine are closed',
				   CASE WHEN (r ->> 'dry_run')::boolean THEN 'dry run, nothing was changed: ' ELSE '' END,
				   CASE WHEN r ->> 'load_id' IS NULL OR (r ->> 'dry_run')::boolean THEN '' ELSE format('load %s: ', r ->> 'load_id') END,
				   r ->> 'withdraws', r ->> 'rows_superseded', r ->> 'sets_superseded', r ->> 'rows_loaded', r ->> 'rows_closed')
			ELSE format('%s%s: %s rows read, %s loaded%s, %s unchanged, %s quarantined, %s superseded',
			CASE WHEN (r ->> 'dry_run')::boolean THEN 'dry run, nothing was changed: ' ELSE '' END,
			CASE WHEN r ->> 'load_id' IS NULL OR (r ->> 'dry_run')::boolean THEN coalesce(r ->> 'file', r ->> 'kind') ELSE format('load %s', r ->> 'load_id') END,
			r ->> 'rows_read', r ->> 'rows_loaded', CASE WHEN r ->> 'part' IS NOT NULL AND r ->> 'rows_joined' <> '0' THEN format(' (%s of other parts)', r ->> 'rows_joined') ELSE '' END,
			r ->> 'rows_unchanged', r ->> 'rows_quarantined', r ->> 'rows_superseded') END FROM r
		UNION ALL
		SELECT 2, format('nothing to change') FROM r WHERE NOT (r ->> 'changed')::boolean
		UNION ALL
		SELECT 3 + w.n, 'note: ' || w.line FROM r CROSS JOIN LATERAL jsonb_array_elements_text(r -> 'warnings') WITH ORDINALITY AS w (line, n)
		UNION ALL
		SELECT 100 + p.n, format('%s%s%s%s: %s%s%s', coalesce(p.problem ->> 'file' || ', ', ''), CASE WHEN p.problem -> 'line_count' = '1' THEN 'line ' ELSE 'lines ' END,
			(SELECT string_agg(x.line, ', ' ORDER BY x.n) FROM jsonb_array_elements_text(p.problem -> 'lines') WITH ORDINALITY AS x (line, n))
			|| CASE WHEN (p.problem ->> 'line_count')::bigint > 5 THEN format(' and %s more', (p.problem ->> 'line_count')::bigint - 5) ELSE '' END,
			coalesce(', ' || (p.problem ->> 'column'), ''), p.problem ->> 'message',
			coalesce('. ' || CASE WHEN h.n_lines = 1 THEN h.hint END, ''),
			CASE WHEN jsonb_array_length(p.problem -> 'nearest') > 0
				 THEN format('%s Nearest known: %s.', CASE WHEN h.n_lines = 1 THEN '' ELSE '.' END,
							 (SELECT string_agg(k.name, ', ' ORDER BY k.n) FROM jsonb_array_elements_text(p.problem -> 'nearest') WITH ORDINALITY AS k (name, n))) ELSE '' END)
		FROM r CROSS JOIN LATERAL jsonb_array_elements(r -> 'problems') WITH ORDINALITY AS p (problem, n) LEFT JOIN hints h ON h.hint = p.problem ->> 'hint'
		UNION ALL
		SELECT 100.5 + h.last, '  ' || h.hint FROM hints h WHERE h.n_lines > 1
		UNION ALL
		SELECT 200, format('... and %s more problems; industry.quarantine has all of them', r ->> 'problems_left')
		FROM r WHERE (r ->> 'problems_left')::bigint > 0
		UNION ALL
		SELECT 300 + c.n, format('would change: %s, %s, %s %s: %s -> %s (%s)', c.change ->> 'series', c.change ->> 'period', c.change ->> 'subject', c.change ->> 'measure',
			coalesce(c.change ->> 'before', 'nothing'), coalesce(c.change ->> 'after', 'nothing'), c.change ->> 'what')
		FROM r CROSS JOIN LATERAL jsonb_array_elements(coalesce(r -> 'changes', '[]')) WITH ORDINALITY AS c (change, n)
		UNION ALL
		SELECT 5000, format('views that read them: %s', (SELECT string_agg(v, ', ') FROM jsonb_array_elements_text(r -> 'views') AS v))
		FROM r WHERE jsonb_array_length(coalesce(r -> 'views', '[]')) > 0)
	SELECT l.line FROM lines l ORDER BY l.place;
END;
COMMENT ON FUNCTION industry.summary_text(text) IS 'the summary of a load, as lines for people';

/*
 * After a correction: the quarantined rows once more
 */

CREATE OR REPLACE FUNCTION industry.redrive(load_id bigint, dry_run boolean DEFAULT false, confirm_outliers boolean DEFAULT false,
	confirm_total boolean DEFAULT false) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning SET datestyle = 'ISO' SET jit = off SET work_mem = '64MB' SET hash_mem_multiplier = 1 AS $$
DECLARE
	r record;
	header text[];
	loads bigint[];
BEGIN
	PERFORM enter_loads();
	SELECT o.kind, o.source_id, o.options, o.file_name, o.edition_part, o.withdraws, s.published INTO r
	FROM load_report o LEFT JOIN source s ON s.source_id = o.source_id WHERE o.load_id = redrive.load_id;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'there is no load %', load_id
			USING ERRCODE = 'invalid_parameter_value', HINT = 'industry.load_report lists the loads.';
	END IF;
	PERFORM take_turn(r.kind, r.source_id);
	-- with what earlier re-drives refused for another reason
	loads := load_chain(load_id);
	SELECT array_agg(k.name ORDER BY k.name) INTO header
	FROM (SELECT DISTINCT x.name FROM quarantine q CROSS JOIN LATERAL jsonb_object_keys(q.row_text) AS x (name)
		  WHERE q.load_id = ANY (loads) AND q.resolved_by IS NULL AND q.dismissed_at IS NULL AND q.stored_fact IS NULL) AS k;
	IF header IS NULL THEN
		RETURN jsonb_build_object('kind', r.kind, 'source', (SELECT s.source FROM source s WHERE s.source_id = r.source_id), 'file', r.file_name, 'dry_run', dry_run,
			'load_id', NULL, 'changed', false, 'rows_read', 0, 'rows_loaded', 0, 'rows_unchanged', 0, 'rows_quarantined', 0, 'rows_superseded', 0,
			'sets_loaded', 0, 'sets_superseded', 0, 'sets_unchanged', 0, 'warnings',
			jsonb_build_array(coalesce((SELECT format('%s row(s) of this load are contradicted by another part of the edition; they come back when a corrected file of either part is loaded', count(*))
										FROM quarantine q WHERE q.load_id = ANY (loads) AND q.resolved_by IS NULL AND q.dismissed_at IS NULL HAVING count(*) > 0),
									   'no row of this load is in quarantine'
									   || (SELECT CASE WHEN count(*) > 0 THEN format(', but for %s dismissed', count(*)) ELSE '' END
										   FROM quarantine q WHERE q.load_id = ANY (loads) AND q.resolved_by IS NULL AND q.dismissed_at IS NOT NULL))), 'problems', '[]'::jsonb);
	END IF;
	DROP TABLE IF EXISTS pg_temp.industry_line;
	PERFORM work_table('industry_load'), work_table('industry_header');
	INSERT INTO pg_temp.industry_load (kind, source_id, published, options, header, delimiter, header_line, is_redrive)
	VALUES (r.kind, r.source_id, r.published, r.options, header, ',', 1, true);
	PERFORM make_stage(cardinality(header));
	EXECUTE (SELECT format('INSERT INTO pg_temp.industry_stage (line, problem, %s)
							SELECT q.line_number, CASE WHEN q.sqlstate = ''22P04'' THEN q.message END, %s
							FROM industry.quarantine q
							WHERE q.load_id = ANY ($1) AND q.resolved_by IS NULL AND q.dismissed_at IS NULL AND q.stored_fact IS NULL ORDER BY q.quarantine_id',
							string_agg('c' || h.place, ', ' ORDER BY h.place), string_agg(format('q.row_text ->> %L', h.name), ', ' ORDER BY h.place))
			 FROM unnest(header) WITH ORDINALITY AS h (name, place))
	USING loads;
	RETURN load(file_name => r.file_name, dry_run => dry_run, confirm_outliers => confirm_outliers, confirm_total => confirm_total, redrives => redrive.load_id, part => r.edition_part);
END
$$;
COMMENT ON FUNCTION industry.redrive(bigint, boolean, boolean, boolean) IS
'loads the quarantined rows of a load again, with its options, after an alias or another reference row was added: rows that are good now join the rows of their statement set, whose earlier form is superseded, and are marked as resolved; the others stay in quarantine, and those that were dismissed stay dismissed';
