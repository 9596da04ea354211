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

CREATE OR REPLACE FUNCTION industry.load_options(kind text, source_options jsonb, given jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	known CONSTANT text[] := ARRAY['delimiter', 'encoding', 'skip_lines', 'decimal_comma', 'columns', 'constants', 'unpivot', 'ignore',
		'units', 'missing', 'row_kinds', 'dollar', 'yen', 'date_order', 'outlier_factor', 'kinds'];
	options jsonb := (coalesce(source_options, '{}') - 'kinds') || coalesce(source_options -> 'kinds' -> kind, '{}') || coalesce(given, '{}');
	key text;
	bad text;
BEGIN
	FOR key IN SELECT k FROM jsonb_object_keys(options) AS k ORDER BY k LOOP
		IF key <> ALL (known) THEN
			RAISE EXCEPTION 'option "%" is not known', excerpt(key)
				USING ERRCODE = 'invalid_parameter_value', HINT = format('The options are %s.', array_to_string(known, ', '));
		END IF;
	END LOOP;
	bad := CASE
		WHEN options ? 'delimiter' AND NOT (options ->> 'delimiter' ~ '^[\t ,;|:!]$') THEN 'delimiter must be one of , ; | : ! blank or tab'
		WHEN options ? 'encoding' AND pg_char_to_encoding(options ->> 'encoding') < 0 THEN
			format('encoding "%s" is not known to the server', excerpt(options ->> 'encoding'))
		WHEN options ? 'skip_lines' AND NOT (options ->> 'skip_lines' ~ '^[0-9]{1,4}$') THEN 'skip_lines must be a number of lines'
		WHEN options ? 'decimal_comma' AND options ->> 'decimal_comma' NOT IN ('true', 'false') THEN 'decimal_comma must be true or false'
		WHEN options ? 'date_order' AND options ->> 'date_order' NOT IN ('dmy', 'mdy') THEN 'date_order must be dmy or mdy'
		WHEN options ? 'dollar' AND NOT (options ->> 'dollar' ~ '^[A-Z]{3}$') THEN 'dollar must be an ISO 4217 code'
		WHEN options ? 'yen' AND NOT (options ->> 'yen' IN ('CNY', 'JPY')) THEN 'yen must be CNY or JPY'
		WHEN options ? 'outlier_factor' AND NOT (options ->> 'outlier_factor' ~ '^[0-9]{1,6}$') THEN 'outlier_factor must be a whole number; 0 switches the check off'
		WHEN options ? 'ignore' AND jsonb_typeof(options -> 'ignore') <> 'array' THEN 'ignore must be a list of header names'
		WHEN options ? 'unpivot' AND (jsonb_typeof(options -> 'unpivot') <> 'object' OR NOT (options -> 'unpivot' ?& ARRAY['columns', 'name', 'value'])) THEN
			'unpivot must have columns (a list of header names, or a regular expression), name and value'
		ELSE (SELECT format('%s must be an object', o.name) FROM unnest(ARRAY['columns', 'constants', 'units', 'missing', 'row_kinds']) AS o (name)
			  WHERE options ? o.name AND jsonb_typeof(options -> o.name) <> 'object' LIMIT 1) END;
	IF bad IS NULL THEN
		SELECT format('missing: "%s" is no reason', excerpt(m.value)) INTO bad
		FROM jsonb_each_text(coalesce(options -> 'missing', '{}')) AS m
		WHERE m.value NOT IN ('0', 'withheld', 'not available', 'not applicable', 'not stated', 'not a number', 'lost') LIMIT 1;
	END IF;
	IF bad IS NULL THEN
		SELECT format('row_kinds: "%s" is no row kind', excerpt(m.value)) INTO bad
		FROM jsonb_each_text(coalesce(options -> 'row_kinds', '{}')) AS m
		WHERE m.value NOT IN ('member', 'subtotal', 'remainder', 'stated_total', 'derived') LIMIT 1;
	END IF;
	IF bad IS NOT NULL THEN
		RAISE EXCEPTION 'option %', bad
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Options are those of the source (industry.source.options), with those given for this load.';
	END IF;
	RETURN options;
END
$$;
COMMENT ON FUNCTION industry.load_options(text, jsonb, jsonb) IS
'the options in effect for a load: those of the source, those under its "kinds" for this kind, and those given, later ones first; an unknown or ill-formed option is an error (SQLSTATE 22023)';

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

CREATE OR REPLACE FUNCTION industry.header_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(lower(industry.printed_text(name)), '[ _-]+', '_', 'g'), '_');
COMMENT ON FUNCTION industry.header_key(text) IS 'key under which a header name is looked up: case, blanks, hyphens and underscores do not matter';

CREATE OR REPLACE FUNCTION industry.cell(c text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN nullif(btrim(c, E' \t\r\n '), '');
COMMENT ON FUNCTION industry.cell(text) IS 'text of a cell without blanks at its ends; NULL where nothing is left';

/*
 * Which column of the file is which column of the layout
 */

CREATE OR REPLACE FUNCTION industry.map_header(kind text, header text[], options jsonb, first_line integer DEFAULT 1)
RETURNS TABLE (place integer, header_name text, column_name text, is_unpivoted boolean)
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
#variable_conflict use_column
DECLARE
	bad record;
	missing text;
	names text;
	pattern text := CASE WHEN jsonb_typeof(options -> 'unpivot' -> 'columns') = 'string' THEN options -> 'unpivot' ->> 'columns' END;
	listed text[] := CASE WHEN jsonb_typeof(options -> 'unpivot' -> 'columns') = 'array'
		THEN (SELECT array_agg(header_key(e)) FROM jsonb_array_elements_text(options -> 'unpivot' -> 'columns') AS e) END;
BEGIN
	SELECT string_agg(c.column_name, ', ' ORDER BY c.position) INTO names FROM layout_column c WHERE c.kind = map_header.kind;

	-- What the options name must exist.
	SELECT o.what, o.name INTO bad
	FROM (SELECT 'columns' AS what, m.value AS name FROM jsonb_each_text(coalesce(options -> 'columns', '{}')) AS m
		  UNION ALL SELECT 'constants', k FROM jsonb_object_keys(coalesce(options -> 'constants', '{}')) AS k
		  UNION ALL SELECT 'units', k FROM jsonb_object_keys(coalesce(options -> 'units', '{}')) AS k
		  UNION ALL SELECT 'unpivot', options -> 'unpivot' ->> 'name' WHERE options ? 'unpivot'
		  UNION ALL SELECT 'unpivot', options -> 'unpivot' ->> 'value' WHERE options ? 'unpivot') AS o
	WHERE NOT EXISTS (SELECT FROM layout_column c WHERE c.kind = map_header.kind AND c.column_name = o.name)
	ORDER BY 1, 2 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'option % names "%", which is no column of kind %', bad.what, excerpt(bad.name), kind
			USING ERRCODE = 'invalid_parameter_value', HINT = format('The columns are %s.', names);
	END IF;

	CREATE TEMPORARY TABLE IF NOT EXISTS industry_header (place integer, header_name text, label text, column_name text, is_unpivoted boolean) ON COMMIT DROP;
	DELETE FROM pg_temp.industry_header;
	INSERT INTO pg_temp.industry_header (place, header_name, label, column_name, is_unpivoted)
	SELECT h.place, h.name,
		   -- names that are empty or there twice still keep their cells apart
		   CASE WHEN cell(h.name) IS NULL THEN 'column ' || h.place
				WHEN count(*) OVER (PARTITION BY cell(h.name) ORDER BY h.place) > 1 THEN cell(h.name) || ' (column ' || h.place || ')'
				ELSE cell(h.name) END,
		   CASE WHEN u.is_unpivoted OR EXISTS (SELECT FROM jsonb_array_elements_text(coalesce(options -> 'ignore', '[]')) AS i
											   WHERE header_key(i) = header_key(h.name)) THEN NULL
				ELSE coalesce((SELECT m.value FROM jsonb_each_text(coalesce(options -> 'columns', '{}')) AS m
							   WHERE header_key(m.key) = header_key(h.name) ORDER BY m.key LIMIT 1),
							  (SELECT c.column_name FROM layout_column c
							   WHERE c.kind = map_header.kind AND c.column_name = header_key(h.name))) END,
		   u.is_unpivoted
	FROM unnest(header) WITH ORDINALITY AS h (name, place)
	CROSS JOIN LATERAL (SELECT coalesce(h.name ~ pattern, header_key(h.name) = ANY (listed), false) AS is_unpivoted) AS u;

	SELECT array_agg(h.header_name ORDER BY h.place) AS printed, h.column_name INTO bad
	FROM pg_temp.industry_header h WHERE h.column_name IS NOT NULL
	GROUP BY h.column_name HAVING count(*) > 1 ORDER BY 2 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'line %: the header names column "%" more than once', first_line, bad.column_name
			USING ERRCODE = 'duplicate_column', DETAIL = format('Header names: %s.', excerpt(array_to_string(bad.printed, ', '))),
				  HINT = 'Correct the header, or say with the option ignore which of them to leave out.';
	END IF;
	IF options ? 'unpivot' AND NOT EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.is_unpivoted) THEN
		RAISE EXCEPTION 'line %: the header has none of the columns to unpivot', first_line
			USING ERRCODE = 'undefined_column', DETAIL = format('The header is: %s.', excerpt(array_to_string(header, ', '))),
				  HINT = format('The option unpivot names %s.', options -> 'unpivot' -> 'columns');
	END IF;

	SELECT string_agg(DISTINCT format('"%s"', n.name), ', ') INTO missing
	FROM (SELECT CASE WHEN c.required = 'yes' THEN c.column_name ELSE c.required END AS name,
				 bool_or(EXISTS (SELECT FROM pg_temp.industry_header h WHERE h.column_name = c.column_name)
						 OR coalesce(options -> 'constants' ? c.column_name, false)
						 OR coalesce(c.column_name IN (options -> 'unpivot' ->> 'name', options -> 'unpivot' ->> 'value'), false)
						 OR (c.column_name = 'period' AND coalesce(options -> 'constants' ?& ARRAY['period_first', 'period_last'], false))
						 OR (c.column_name = 'period' AND 2 = (SELECT count(*) FROM pg_temp.industry_header h WHERE h.column_name IN ('period_first', 'period_last')))) AS is_there
		  FROM layout_column c
		  WHERE c.kind = map_header.kind AND c.required IS NOT NULL
		  GROUP BY 1) AS n
	WHERE NOT n.is_there;
	IF missing IS NOT NULL THEN
		RAISE EXCEPTION 'line %: a file of kind % needs %, which the header does not have', first_line, kind, missing
			USING ERRCODE = 'undefined_column',
				  DETAIL = format('The header is: %s.', excerpt(array_to_string(header, ', '))),
				  HINT = format('Columns may be %s. Where the file calls one by another name, set the option columns of the source, such as {"columns": {"GWh": "amount"}}; where it holds for the whole file, the option constants.', names);
	END IF;
	RETURN QUERY SELECT h.place, h.header_name, h.column_name, h.is_unpivoted FROM pg_temp.industry_header h ORDER BY h.place;
END
$$;
COMMENT ON FUNCTION industry.map_header(text, text[], jsonb, integer) IS
'columns of a file and the columns of the layout that they are (NULL: kept as a note); an error where a required one is missing (SQLSTATE 42703) or named twice (42701)';

/*
 * Before the rows: header and staging table
 */

CREATE OR REPLACE FUNCTION industry.begin_load(kind text, source text, head bytea, options jsonb DEFAULT '{}', lines boolean DEFAULT false,
	OUT columns integer, OUT copy_columns text, OUT delimiter text, OUT encoding text, OUT skip_lines integer, OUT newline text)
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
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
					  HINT = format('Sources are named by their handle%s. Add a new one with a file of kind source, or INSERT INTO industry.source (source, publisher, edition, published).',
									coalesce(': ' || (SELECT string_agg(o.source, ', ') FROM (SELECT s.source FROM source s ORDER BY s.known_from DESC, s.source LIMIT 8) AS o), ''));
		END IF;
	ELSIF (SELECT l.fact_table IS NOT NULL FROM layout l WHERE l.kind = begin_load.kind) THEN
		RAISE EXCEPTION 'a file of kind % needs a source', kind
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Every figure is cited: name the source that the file is from.';
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

	DROP TABLE IF EXISTS pg_temp.industry_load, pg_temp.industry_stage, pg_temp.industry_line;
	CREATE TEMPORARY TABLE industry_load (kind text, source_id integer, published date, options jsonb, header text[], delimiter text,
		header_line integer, is_redrive boolean) ON COMMIT DROP;
	INSERT INTO pg_temp.industry_load (kind, source_id, published, options, header, delimiter, header_line, is_redrive)
	VALUES (begin_load.kind, the_source, known_on, effective, header, begin_load.delimiter, begin_load.skip_lines + 1, false);
	IF lines OR header IS NULL THEN
		-- as lines, header included: it may itself go over several
		copy_columns := 'line';
		columns := 1;
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
BEGIN
	DROP TABLE IF EXISTS pg_temp.industry_stage;
	EXECUTE (SELECT format('CREATE TEMPORARY TABLE industry_stage (id bigint GENERATED ALWAYS AS IDENTITY, line integer, problem text, %s) ON COMMIT DROP',
						   string_agg(format('c%s text', c), ', ' ORDER BY c))
			 FROM generate_series(1, columns) AS c);
END
$$;
COMMENT ON FUNCTION industry.make_stage(integer) IS 'makes the temporary table industry_stage with so many columns of text, c1, c2, ...';

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
 * From the staging table to typed rows
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

/*
 * Facts
 */

CREATE OR REPLACE FUNCTION industry.target_columns(kind text) RETURNS text[]
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, industry, pg_temp
RETURN (
	SELECT array_agg(DISTINCT n.name ORDER BY n.name)
	FROM (SELECT unnest(CASE
			WHEN c.reads IN ('capacity', 'size') THEN ARRAY[c.target, c.target || '_low', c.target || '_high']
			WHEN c.reads = 'percent' THEN ARRAY[c.target, c.target || '_low', c.target || '_high', 'share_qualifier', 'share_missing_reason', 'share_as_printed']
			WHEN c.reads = 'money' AND c.target = 'investment' THEN ARRAY['investment', 'investment_low', 'investment_high', 'currency', 'investment_usd_stated',
				'investment_qualifier', 'investment_missing_reason', 'investment_as_printed']
			WHEN c.reads = 'money' THEN ARRAY[c.target, c.target || '_low', c.target || '_high', 'currency', c.target || '_usd_stated']
			WHEN c.reads = 'money_exact' AND c.kind = 'storage_project' THEN ARRAY['amount', 'currency', 'amount_usd_stated', 'amount_as_printed']
			WHEN c.reads = 'money_exact' THEN ARRAY[c.target, 'currency']
			WHEN c.reads = 'cost' THEN ARRAY['cost', 'cost_low', 'cost_high', 'amount_per_kwh', 'amount_per_kwh_low', 'amount_per_kwh_high', 'currency',
				'cost_usd_stated', 'lcos_usd_per_kwh_discharged', 'lcos_low', 'lcos_high']
			WHEN c.reads = 'number' THEN ARRAY[c.target, c.target || '_low', c.target || '_high', 'unit']
			WHEN c.reads = 'date' THEN ARRAY[c.target, CASE c.target WHEN 'event_date' THEN 'event_precision' ELSE c.target || '_precision' END]
			ELSE ARRAY[c.target] END) AS name
		  FROM layout_column c
		  WHERE c.kind = target_columns.kind AND c.target IS NOT NULL AND c.part IN ('own', 'fact', 'reference')
		  UNION ALL
		  SELECT unnest(ARRAY['qualifier', 'missing_reason', 'row_kind', 'notes']) FROM layout l WHERE l.kind = target_columns.kind AND l.fact_table IS NOT NULL) AS n);
COMMENT ON FUNCTION industry.target_columns(text) IS 'columns of its table that a file of a kind fills, or leaves NULL';

CREATE OR REPLACE FUNCTION industry.key_text(kind text, alias text, has text[]) RETURNS text
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, industry, pg_temp
RETURN (
	SELECT format('concat_ws(E''\x1f'', %s%s%s.statement_number)', string_agg(format('coalesce(%s.%I::text, ''''), ', key_text.alias, k.target), '' ORDER BY k.position),
				  -- what has no name of ours is told apart by the printed one
				  CASE WHEN key_text.kind IN ('capacity', 'expansion', 'price', 'maker_share', 'country_share')
					   THEN format('%1$s.row_kind, CASE WHEN %1$s.row_kind = ''member''%2$s THEN '''' ELSE coalesce(%1$s.subject_as_printed, '''') END, ', key_text.alias,
								   CASE WHEN key_text.kind IN ('capacity', 'price')
										THEN format(' AND num_nonnulls(NULL%s) > 0', string_agg(format(', %s.%I', key_text.alias, k.target), '')
													FILTER (WHERE k.target <> 'chemistry')) ELSE '' END)
					   ELSE '' END, key_text.alias)
	FROM (SELECT c.target, min(c.position) AS position
		  FROM layout_column c
		  WHERE c.kind = key_text.kind AND c.is_key AND c.target = ANY (key_text.has)
		  GROUP BY c.target) AS k);
COMMENT ON FUNCTION industry.key_text(text, text, text[]) IS 'expression for what makes a row one statement of its set, of the columns that the file has';

CREATE OR REPLACE FUNCTION industry.refuse_too_many(bad_rows bigint, rows_read bigint, max_quarantine numeric) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	IF bad_rows > 0 AND 100.0 * bad_rows / greatest(rows_read, 1) > max_quarantine THEN
		RAISE EXCEPTION '% of % rows would be quarantined, more than % %%', bad_rows, rows_read, max_quarantine
			USING ERRCODE = 'data_exception',
				  DETAIL = (SELECT string_agg(format('line %s: %s%s', o.line_number, coalesce(o.column_name || ': ', ''), o.message), E'\n')
							FROM (SELECT n.line_number, p.column_name, p.message FROM pg_temp.industry_problem p JOIN pg_temp.industry_new n ON n.row_id = p.row_id
								  ORDER BY n.line_number, p.priority LIMIT 5) AS o),
				  HINT = 'Correct the file or the options of the source, or allow more with --max-quarantine. Nothing was changed.';
	END IF;
END
$$;
COMMENT ON FUNCTION industry.refuse_too_many(bigint, bigint, numeric) IS 'refuses a file of which more than so many percent of the rows are bad (SQLSTATE 22000); NULL allows any number';

CREATE OR REPLACE FUNCTION industry.trigrams(key text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 20
BEGIN ATOMIC
	SELECT DISTINCT substr('  ' || key || ' ', g, 3) FROM generate_series(1, length(key) + 1) AS g;
END;
COMMENT ON FUNCTION industry.trigrams(text) IS 'the different runs of three characters in a name';

CREATE OR REPLACE FUNCTION industry.nearest_names(names text[], name_kind text) RETURNS TABLE (name text, nearest text[], best double precision)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
	WITH known AS (
		SELECT DISTINCT ON (o.key) o.key, o.shown
		FROM (SELECT m.maker_key AS key, m.maker AS shown, 1 AS place FROM maker m WHERE name_kind = 'maker'
			  UNION ALL SELECT m.name_key, m.maker, 2 FROM maker m WHERE name_kind = 'maker'
			  UNION ALL SELECT a.alias_key, m.maker, 3 FROM maker_alias a JOIN maker m ON m.maker_id = a.maker_id WHERE name_kind = 'maker'
			  UNION ALL SELECT c.name_key, c.name, 1 FROM country c WHERE name_kind = 'country'
			  UNION ALL SELECT a.alias_key, c.name, 2 FROM country_alias a JOIN country c ON c.country = a.country WHERE name_kind = 'country'
			  UNION ALL SELECT p.plant_key, p.plant, 1 FROM plant p WHERE name_kind = 'plant'
			  UNION ALL SELECT name_key(s.sector), s.sector, 1 FROM sector s WHERE name_kind = 'sector'
			  UNION ALL SELECT name_key(s.name), s.sector, 2 FROM sector s WHERE name_kind = 'sector'
			  UNION ALL SELECT name_key(x.control), x.control, 1 FROM export_control x WHERE name_kind = 'control') AS o (key, shown, place)
		ORDER BY o.key, o.place),
	known_part AS (SELECT k.key, k.shown, t.part, count(*) OVER (PARTITION BY k.key) AS parts FROM known k CROSS JOIN LATERAL trigrams(k.key) AS t (part)),
	asked AS (SELECT DISTINCT u.name FROM unnest(names) AS u (name)),
	asked_part AS (SELECT a.name, t.part, count(*) OVER (PARTITION BY a.name) AS parts FROM asked a CROSS JOIN LATERAL trigrams(name_key(a.name)) AS t (part)),
	scored AS (
		SELECT a.name, k.shown, max(s.score) AS score
		FROM (SELECT a.name, k.key, count(*)::double precision / (min(a.parts) + min(k.parts) - count(*)) AS score
			  FROM asked_part a JOIN known_part k ON k.part = a.part GROUP BY a.name, k.key) AS s
		JOIN known k ON k.key = s.key JOIN asked a ON a.name = s.name
		WHERE s.score >= 0.3
		GROUP BY a.name, k.shown),
	placed AS (SELECT s.name, s.shown, s.score, row_number() OVER (PARTITION BY s.name ORDER BY s.score DESC, s.shown) AS place FROM scored s)
	SELECT p.name, array_agg(p.shown ORDER BY p.place), max(p.score) FROM placed p WHERE p.place <= 3 GROUP BY p.name;
END
$$;
COMMENT ON FUNCTION industry.nearest_names(text[], text) IS 'up to three known makers, countries, plants, sectors or controls whose names share most with each name, and how much the best shares (1 is all)';

CREATE OR REPLACE FUNCTION industry.find_nearest() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	l record;
	r record;
BEGIN
	SELECT w.kind INTO l FROM pg_temp.industry_load w;
	DROP TABLE IF EXISTS pg_temp.industry_unknown;
	CREATE TEMPORARY TABLE industry_unknown ON COMMIT DROP AS
	SELECT c.reads AS kind, p.as_printed AS name, count(*) AS occurrences, '{}'::text[] AS nearest, NULL::double precision AS best
	FROM pg_temp.industry_problem p JOIN layout_column c ON c.kind = l.kind AND c.column_name = p.column_name
	WHERE p.sqlstate = '23503' AND c.reads IN ('maker', 'country', 'plant', 'sector', 'control') AND p.as_printed IS NOT NULL AND name_key(p.as_printed) <> ''
	GROUP BY 1, 2;
	FOR r IN SELECT u.kind, array_agg(u.name ORDER BY u.occurrences DESC, u.name) AS names FROM pg_temp.industry_unknown u GROUP BY u.kind LOOP
		UPDATE pg_temp.industry_unknown u SET nearest = n.nearest, best = n.best
		-- a file of nothing but strange names is told so, not compared for hours
		FROM nearest_names(r.names[ : 2000], r.kind) AS n
		WHERE u.kind = r.kind AND u.name = n.name;
	END LOOP;
	UPDATE pg_temp.industry_problem p SET nearest = u.nearest
	FROM pg_temp.industry_unknown u, layout_column c
	WHERE p.sqlstate = '23503' AND c.kind = l.kind AND c.column_name = p.column_name AND u.kind = c.reads AND u.name = p.as_printed AND u.nearest <> '{}';
END
$$;
COMMENT ON FUNCTION industry.find_nearest() IS 'collects the unknown names of a load in industry_unknown and puts the nearest known ones beside its problems';

CREATE OR REPLACE FUNCTION industry.problem_list() RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object('line', o.line_number, 'column', o.column_name, 'text', excerpt(o.as_printed), 'sqlstate', o.sqlstate,
										'message', o.message, 'hint', o.hint, 'nearest', to_jsonb(o.nearest)) ORDER BY o.line_number, o.place), '[]')
			FROM (SELECT r.line_number, row_number() OVER (ORDER BY r.line_number, r.row_id) AS place, r.column_name, r.as_printed, r.sqlstate, r.message, r.hint, r.nearest
				  FROM pg_temp.industry_refused r ORDER BY r.line_number, r.row_id LIMIT 20) AS o);
END
$$;
COMMENT ON FUNCTION industry.problem_list() IS 'the first twenty problems of a load, for its summary';

CREATE OR REPLACE FUNCTION industry.gather_refused(source_id integer, load_kind text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
BEGIN
	DROP TABLE IF EXISTS pg_temp.industry_refused;
	EXECUTE format($sql$
		CREATE TEMPORARY TABLE industry_refused ON COMMIT DROP AS
		SELECT w.row_id, w.line_number, w.column_name, w.as_printed, w.sqlstate, w.message || coalesce(w.further, '') AS message, w.hint, w.nearest, w.row_text,
			   EXISTS (SELECT FROM industry.quarantine q JOIN industry.load_report lr ON lr.load_id = q.load_id
					   WHERE lr.source_id IS NOT DISTINCT FROM %1$L AND lr.kind = %2$L AND q.resolved_by IS NULL AND q.row_text = w.row_text
						 AND q.message = w.message || coalesce(w.further, '')) AS stands_already
		FROM (SELECT DISTINCT ON (p.row_id) p.row_id, n.line_number, p.column_name, p.as_printed, p.sqlstate, p.message, p.hint, p.nearest,
					 (SELECT string_agg(format('; also %%s%%s', coalesce(f.column_name || ': ', ''), f.message), '' ORDER BY f.priority)
					  FROM pg_temp.industry_problem f WHERE f.row_id = p.row_id AND f.priority > p.priority AND p.priority < 100) AS further,
					 jsonb_strip_nulls(jsonb_object(%3$L::text[], ARRAY[%4$s])) AS row_text
			  FROM pg_temp.industry_problem p
			  JOIN pg_temp.industry_new n ON n.row_id = p.row_id
			  JOIN pg_temp.industry_stage s ON s.id = p.row_id / 1024
			  ORDER BY p.row_id, p.priority, p.column_name) AS w$sql$,
		source_id, load_kind,
		(SELECT array_agg(h.label ORDER BY h.place) FROM pg_temp.industry_header h),
		(SELECT string_agg(CASE WHEN h.is_unpivoted THEN format('CASE WHEN p.row_id %% 1024 = %1$s OR s.problem IS NOT NULL THEN industry.cell(s.c%1$s) END', h.place)
								ELSE format('industry.cell(s.c%s)', h.place) END, ', ' ORDER BY h.place)
		 FROM pg_temp.industry_header h));
	RETURN (SELECT count(*) FROM pg_temp.industry_refused w WHERE NOT w.stands_already);
END
$$;
COMMENT ON FUNCTION industry.gather_refused(integer, text) IS 'puts the refused rows of a load, each with its first problem, into industry_refused, and returns how many of them are not in quarantine yet';

CREATE OR REPLACE FUNCTION industry.write_quarantine(the_load bigint, source_id integer, load_kind text, file_name text, redrives bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
BEGIN
	-- Rows that an earlier load refused, and this one took in
	EXECUTE format($sql$
		UPDATE industry.quarantine q SET resolved_by = $1, resolved_at = now()
		FROM industry.load_report lr, pg_temp.industry_new n, pg_temp.industry_stage s
		WHERE lr.load_id = q.load_id AND lr.source_id IS NOT DISTINCT FROM $2 AND lr.kind = $3 AND q.resolved_by IS NULL AND q.load_id <> $1
		  AND n.row_id > 0 AND n.line_number = q.line_number AND s.id = n.row_id / 1024
		  AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)
		  AND (q.row_text = jsonb_strip_nulls(jsonb_object(%L::text[], ARRAY[%s]))
			   -- a later version of the same file, in which the whole line is good
			   OR ($5 IS NULL AND lr.file_name = $4 AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p JOIN pg_temp.industry_new b ON b.row_id = p.row_id
																	WHERE b.line_number = q.line_number)))$sql$,
		(SELECT array_agg(h.label ORDER BY h.place) FROM pg_temp.industry_header h),
		(SELECT string_agg(CASE WHEN h.is_unpivoted THEN format('CASE WHEN n.row_id %% 1024 = %1$s THEN industry.cell(s.c%1$s) END', h.place)
								ELSE format('industry.cell(s.c%s)', h.place) END, ', ' ORDER BY h.place)
		 FROM pg_temp.industry_header h))
	USING the_load, source_id, load_kind, file_name, redrives;
	INSERT INTO quarantine (load_id, line_number, column_name, as_printed, sqlstate, message, hint, nearest, row_text)
	SELECT the_load, r.line_number, r.column_name, r.as_printed, r.sqlstate, r.message, r.hint, r.nearest, r.row_text
	FROM pg_temp.industry_refused r WHERE NOT r.stands_already
	ORDER BY r.line_number;
	INSERT INTO unknown_name AS u (kind, name_key, name, first_load, last_load, occurrences, nearest, proposed)
	SELECT k.kind, name_key(k.name), min(k.name), the_load, the_load, sum(k.occurrences), min(k.nearest),
		   max(CASE WHEN k.best >= 0.55 THEN k.nearest[1] END)
	FROM (SELECT o.kind, o.name, o.occurrences, o.best, o.nearest FROM pg_temp.industry_unknown o) AS k
	GROUP BY 1, 2 ORDER BY 1, 2
	ON CONFLICT (kind, name_key) DO UPDATE SET last_load = excluded.last_load, occurrences = u.occurrences + excluded.occurrences,
		nearest = excluded.nearest, proposed = excluded.proposed;
END
$$;
COMMENT ON FUNCTION industry.write_quarantine(bigint, integer, text, text, bigint) IS 'writes the refused rows of a load into quarantine, marks earlier ones that it took in, and keeps the unknown names';

CREATE OR REPLACE FUNCTION industry.dependent_views(table_name text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	WITH RECURSIVE reads (reader_class, reader, class, object) AS (
		SELECT 'pg_class'::regclass, r.ev_class, d.refclassid::regclass, d.refobjid
		FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refobjid <> r.ev_class
		WHERE d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)
		UNION
		SELECT 'pg_proc'::regclass, d.objid, d.refclassid::regclass, d.refobjid
		FROM pg_depend d
		WHERE d.classid = 'pg_proc'::regclass AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)),
	above (class, object) AS (
		SELECT 'pg_class'::regclass, c.oid FROM pg_class c
		WHERE c.relname = table_name AND c.relnamespace = 'industry'::regnamespace
		UNION
		SELECT r.reader_class, r.reader FROM above a JOIN reads r ON r.class = a.class AND r.object = a.object)
	SELECT coalesce(array_agg(v.oid::regclass::text ORDER BY v.oid::regclass::text), '{}')
	FROM above a JOIN pg_class v ON a.class = 'pg_class'::regclass AND v.oid = a.object AND v.relkind IN ('v', 'm');
END;
COMMENT ON FUNCTION industry.dependent_views(text) IS 'views that read a table of industry, directly or through other views and functions';

CREATE OR REPLACE FUNCTION industry.check_rows(table_name text, columns text[], expressions text[], key text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	rules record;
BEGIN
	-- Rules of the table, its users' own among them, over the columns that the
	-- file fills
	SELECT string_agg(format('WHEN NOT (%s) THEN %L', pg_get_expr(c.conbin, c.conrelid), c.conname), ' ' ORDER BY c.conname) AS cases INTO rules
	FROM pg_constraint c
	WHERE c.conrelid = format('industry.%I', table_name)::regclass AND c.contype = 'c'
	  AND NOT EXISTS (SELECT FROM unnest(c.conkey) AS k (attnum) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
					  WHERE a.attname <> ALL (columns))
	  -- Those about quantities were kept when the cells were read; to name an
	  -- operator of battery takes rights on its schema, which a loader may lack.
	  AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_depend e ON e.classid = d.refclassid AND e.objid = d.refobjid AND e.deptype = 'e'
					  WHERE d.classid = 'pg_constraint'::regclass AND d.objid = c.oid);
	IF rules.cases IS NULL THEN
		RETURN;
	END IF;
	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT b.row_id, 600, NULL, NULL, CASE WHEN b.rule = '' THEN '54000' ELSE '23514' END,
			   CASE WHEN b.rule = '' THEN 'the names in the row are longer than 2000 bytes' ELSE format('the row breaks the rule %%I of table %%I', b.rule, %1$L) END,
			   CASE WHEN b.rule = '' THEN 'Shorten them, and keep the rest in a column of notes.'
					ELSE 'The rule is ' || (SELECT pg_get_constraintdef(c.oid, true) FROM pg_constraint c WHERE c.conrelid = %2$L::regclass AND c.conname = b.rule) || '.' END, '{}'
		FROM (SELECT r.row_id, CASE %3$s %4$s END AS rule
			  FROM (SELECT n.row_id, %5$s AS long_key, %6$s FROM pg_temp.industry_new n WHERE n.problems IS NULL AND n.row_id > 0) AS r) AS b
		WHERE b.rule IS NOT NULL$sql$,
		table_name, format('industry.%I', table_name), CASE WHEN key IS NOT NULL THEN 'WHEN r.long_key THEN ''''' ELSE '' END, rules.cases,
		CASE WHEN key IS NOT NULL THEN format('octet_length(%s) > 2000', key) ELSE 'false' END,
		(SELECT string_agg(format('%s AS %I', e.expression, e.name), ', ' ORDER BY e.place) FROM unnest(expressions, columns) WITH ORDINALITY AS e (expression, name, place)));
	UPDATE pg_temp.industry_new n SET problems = '(rule)' FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id AND p.priority = 600;
END
$$;
COMMENT ON FUNCTION industry.check_rows(text, text[], text[], text) IS 'finds the rows that a CHECK constraint of their table would refuse, so that they are quarantined and the others are not refused with them';

CREATE OR REPLACE FUNCTION industry.load_facts(load_kind text, file_name text, checksum text, bytes bigint, dry_run boolean, confirm_outliers boolean,
	max_quarantine numeric, replaces bigint, again boolean, redrives bigint, rows_read bigint) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	l record;
	source_row record;
	the_table text := (SELECT y.fact_table FROM layout y WHERE y.kind = load_kind);
	has text[] := (SELECT array_agg(a.attname::text) FROM pg_attribute a
				   WHERE a.attrelid = to_regclass('pg_temp.industry_new') AND a.attnum > 0 AND NOT a.attisdropped);
	columns text[] := target_columns(load_kind);
	column_list text;
	new_list text;
	fact_list text;
	key_new text;
	good text := 'NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)';
	c text;
	factor numeric;
	bad_rows bigint;
	the_load bigint;
	batch CONSTANT bigint := 250000 * 1024;
	first_row bigint;
	last_row bigint;
	result jsonb;
	older jsonb;
	warnings text[] := '{}';
	n_loaded bigint := 0;
	n_unchanged bigint := 0;
	n_superseded bigint := 0;
	n_sets_made bigint := 0;
	n_sets_superseded bigint := 0;
	n_sets_unchanged bigint := 0;
	n_sets_withdrawn bigint := 0;
	n_sets_history bigint := 0;
	new_quarantine bigint := 0;
	changes jsonb;
	other record;
BEGIN
	SELECT w.source_id, w.options, w.header_line, w.is_redrive INTO l FROM pg_temp.industry_load w;
	SELECT s.source, s.publisher, s.edition, s.title, s.known_from INTO source_row FROM source s WHERE s.source_id = l.source_id;
	SELECT string_agg(quote_ident(x), ', ' ORDER BY o),
		   string_agg(CASE WHEN x = ANY (has) THEN 'n.' || quote_ident(x)
						   WHEN x = 'qualifier' AND measure_target(load_kind) IS NULL THEN '''='''
						   ELSE 'NULL' END, ', ' ORDER BY o),
		   string_agg('f.' || quote_ident(x), ', ' ORDER BY o)
	INTO column_list, new_list, fact_list
	FROM unnest(columns) WITH ORDINALITY AS u (x, o);

	/*
	 * Which series and sets are there already
	 */
	UPDATE pg_temp.industry_set s SET series_id = e.series_id
	FROM series e
	WHERE e.publisher = source_row.publisher AND e.kind = load_kind
	  AND (e.metric, e.basis, e.scope, e.price_or_cost, e.money_basis, e.base_year, e.country_basis, e.application, e.stage, e.material, e.geography)
		  IS NOT DISTINCT FROM
		  (s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.application, s.stage, s.material, s.geography);
	UPDATE pg_temp.industry_set s SET
		old_set_id = (SELECT t.set_id FROM statement_set t
					  WHERE t.series_id = s.series_id AND t.source_id = l.source_id AND t.superseded_by IS NULL
						AND t.period_first IS NOT DISTINCT FROM s.period_first AND t.period_last IS NOT DISTINCT FROM s.period_last),
		previous_set_id = (SELECT t.set_id FROM statement_set t JOIN source o ON o.source_id = t.source_id
						   WHERE t.series_id = s.series_id AND t.superseded_by IS NULL
							 AND NOT (t.source_id = l.source_id AND t.period_first IS NOT DISTINCT FROM s.period_first AND t.period_last IS NOT DISTINCT FROM s.period_last)
						   ORDER BY t.period_first IS NOT DISTINCT FROM s.period_first AND t.period_last IS NOT DISTINCT FROM s.period_last DESC,
									abs(t.period_first - s.period_first), abs(t.period_last - s.period_last), o.known_from DESC, t.set_id DESC LIMIT 1),
		current_set_id = (SELECT t.set_id FROM statement_set t JOIN source o ON o.source_id = t.source_id
						  WHERE t.series_id = s.series_id AND t.superseded_by IS NULL
							AND t.period_first IS NOT DISTINCT FROM s.period_first AND t.period_last IS NOT DISTINCT FROM s.period_last
							-- sets without a period succeed one another within one report only
							AND (s.period_first IS NOT NULL OR o.title IS NOT DISTINCT FROM source_row.title)
						  ORDER BY o.known_from DESC, o.published DESC, o.source COLLATE "C" DESC, t.set_id DESC LIMIT 1)
	WHERE s.series_id IS NOT NULL;
	ANALYZE pg_temp.industry_set;

	-- Rows of a re-drive join those that were good at once.
	IF l.is_redrive THEN
		EXECUTE format('INSERT INTO pg_temp.industry_new (row_id, line_number, set_number, %1$s)
						SELECT -f.fact_id, f.line_number, s.set_number, %2$s
						FROM pg_temp.industry_set s JOIN industry.%3$I f ON f.set_id = s.old_set_id',
			(SELECT string_agg(quote_ident(x), ', ' ORDER BY o) FROM unnest(columns) WITH ORDINALITY AS u (x, o) WHERE x = ANY (has)),
			(SELECT string_agg('f.' || quote_ident(x), ', ' ORDER BY o) FROM unnest(columns) WITH ORDINALITY AS u (x, o) WHERE x = ANY (has)),
			the_table);
	END IF;

	key_new := key_text(load_kind, 'n', has);
	PERFORM check_rows(the_table, columns,
					   (SELECT array_agg(CASE WHEN x = ANY (has) THEN 'n.' || quote_ident(x)
											  WHEN x = 'qualifier' AND measure_target(load_kind) IS NULL THEN '''='''
											  ELSE format('(NULL::industry.%I).%I', the_table, x) END ORDER BY o)
						FROM unnest(columns) WITH ORDINALITY AS u (x, o)), key_new);

	/*
	 * One thing stated twice
	 */
	EXECUTE format($sql$
		WITH twice AS (
			SELECT n.set_number, %1$s AS key FROM pg_temp.industry_new n WHERE n.problems IS NULL GROUP BY 1, 2 HAVING count(*) > 1),
		told AS (
			SELECT n.row_id, n.line_number, n.set_number, t.key, ROW(%2$s)::text AS content, n.as_printed, n.subject_as_printed
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
			   CASE WHEN r.first_row < 0 THEN CASE WHEN r.differs THEN 'the edition states another value for this already' ELSE 'this row is loaded already' END
					WHEN r.differs THEN format('lines %%s state different values for one thing', left(r.lines, 200))
					ELSE format('the row repeats line %%s', r.first_line) END,
			   CASE WHEN r.differs THEN 'Correct the file. Where the source itself states both, number them 1, 2 in a column statement_number; both are kept.'
					ELSE 'Take it out of the file.' END, '{}'
		FROM ranked r
		WHERE r.row_id > 0 AND (r.differs OR r.row_id <> r.first_row)$sql$, key_new,
		(SELECT string_agg('n.' || quote_ident(x), ', ' ORDER BY o) FROM unnest(columns) WITH ORDINALITY AS u (x, o)
		 WHERE x = ANY (has) AND x NOT IN ('notes', 'locator')));

	/*
	 * A thousandfold jump is a slip of the unit.
	 */
	factor := coalesce((l.options ->> 'outlier_factor')::numeric, 300);
	IF factor > 0 AND NOT confirm_outliers AND EXISTS (SELECT FROM pg_temp.industry_set s WHERE num_nonnulls(s.old_set_id, s.previous_set_id) > 0) THEN
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
				c, the_table, c,
				key_new || CASE WHEN 'unit' = ANY (has) THEN ' || coalesce('' '' || n.unit, '''')' ELSE '' END
					|| CASE WHEN 'currency' = ANY (has) THEN ' || coalesce('' '' || n.currency, '''')' ELSE '' END,
				factor);
		END LOOP;
	END IF;
	ANALYZE pg_temp.industry_problem;

	/*
	 * Enough good rows?
	 */
	PERFORM find_nearest();
	bad_rows := (SELECT count(DISTINCT p.row_id) FROM pg_temp.industry_problem p);
	IF bad_rows = 0 THEN
		good := 'n.row_id IS NOT NULL';
	END IF;
	PERFORM refuse_too_many(bad_rows, rows_read, max_quarantine);

	/*
	 * What is new
	 */
	EXECUTE format('UPDATE pg_temp.industry_set s SET good_rows = g.n
					FROM (SELECT n.set_number, count(*) AS n FROM pg_temp.industry_new n WHERE %s GROUP BY n.set_number) AS g WHERE g.set_number = s.set_number', good);
	UPDATE pg_temp.industry_set s SET new_set_id = nextval(pg_get_serial_sequence('industry.statement_set', 'set_id'))
	WHERE s.good_rows > 0 AND s.old_set_id IS NULL;
	IF EXISTS (SELECT FROM pg_temp.industry_set s WHERE s.good_rows > 0 AND s.old_set_id IS NOT NULL) THEN
		-- Sums do not depend on the order of rows: two of 64 bits and the count
		-- are equal only where the rows are.
		EXECUTE format($sql$
			WITH file AS MATERIALIZED (
				SELECT n.set_number, count(*) AS n, sum(hashtextextended(ROW(%1$s)::text, 0)) AS a, sum(hashtextextended(ROW(%1$s)::text, 1)) AS b
				FROM pg_temp.industry_new n JOIN pg_temp.industry_set o ON o.set_number = n.set_number AND o.old_set_id IS NOT NULL
				WHERE %4$s GROUP BY n.set_number),
			stored AS MATERIALIZED (
				SELECT o.set_number, count(*) AS n, sum(hashtextextended(ROW(%2$s)::text, 0)) AS a, sum(hashtextextended(ROW(%2$s)::text, 1)) AS b
				FROM pg_temp.industry_set o JOIN industry.%3$I f ON f.set_id = o.old_set_id
				GROUP BY o.set_number)
			UPDATE pg_temp.industry_set s SET new_set_id = nextval(pg_get_serial_sequence('industry.statement_set', 'set_id'))
			FROM file LEFT JOIN stored ON stored.set_number = file.set_number
			WHERE s.set_number = file.set_number AND s.good_rows > 0 AND (file.n, file.a, file.b) IS DISTINCT FROM (stored.n, stored.a, stored.b)$sql$,
			new_list, fact_list, the_table, good);
	END IF;
	SELECT count(*) FILTER (WHERE s.new_set_id IS NOT NULL), count(*) FILTER (WHERE s.new_set_id IS NOT NULL AND s.old_set_id IS NOT NULL),
		   count(*) FILTER (WHERE s.good_rows > 0 AND s.new_set_id IS NULL),
		   coalesce(sum(s.good_rows) FILTER (WHERE s.new_set_id IS NOT NULL), 0), coalesce(sum(s.good_rows) FILTER (WHERE s.new_set_id IS NULL), 0)
	INTO n_sets_made, n_sets_superseded, n_sets_unchanged, n_loaded, n_unchanged
	FROM pg_temp.industry_set s;

	IF NOT again AND NOT l.is_redrive AND checksum IS NOT NULL AND n_sets_superseded > 0 THEN
		SELECT r.load_id, r.loaded_at::date AS loaded, t.superseded_by INTO other
		FROM load_report r JOIN statement_set t ON t.load_id = r.load_id AND t.superseded_by IS NOT NULL
		JOIN pg_temp.industry_set s ON s.series_id = t.series_id AND s.new_set_id IS NOT NULL AND s.old_set_id IS NOT NULL
			AND s.period_first IS NOT DISTINCT FROM t.period_first AND s.period_last IS NOT DISTINCT FROM t.period_last
		WHERE r.source_id = l.source_id AND r.kind = load_kind AND r.checksum = load_facts.checksum
		ORDER BY r.load_id DESC, t.superseded_by DESC LIMIT 1;
		IF FOUND THEN
			RAISE EXCEPTION 'this file was loaded before, as load %, and load % has superseded it', other.load_id, other.superseded_by
				USING ERRCODE = 'object_not_in_prerequisite_state',
					  HINT = 'Load the newer file instead; to go back to this one after all, give the option --again.';
		END IF;
	END IF;

	IF replaces IS NOT NULL AND NOT EXISTS (SELECT FROM load_report r WHERE r.load_id = load_facts.replaces AND r.source_id = l.source_id AND r.kind = load_kind) THEN
		RAISE EXCEPTION 'load % is none of kind % from source %', replaces, load_kind, source_row.source
			USING ERRCODE = 'invalid_parameter_value', HINT = 'A load is replaced by one of the same kind and source; industry.load_report lists them.';
	END IF;
	IF replaces IS NOT NULL THEN
		n_sets_withdrawn := (SELECT count(*) FROM statement_set t WHERE t.load_id = load_facts.replaces AND t.superseded_by IS NULL
						   AND NOT EXISTS (SELECT FROM pg_temp.industry_set s WHERE s.old_set_id = t.set_id));
	ELSIF NOT l.is_redrive AND n_sets_made > 0 THEN
		-- What an earlier version of this very file said and this one does not
		SELECT count(DISTINCT t.set_id) AS n, max(r.load_id) AS load_id INTO other
		FROM load_report r JOIN statement_set t ON t.load_id = r.load_id AND t.superseded_by IS NULL
		WHERE r.source_id = l.source_id AND r.kind = load_kind AND r.file_name = load_facts.file_name
		  AND NOT EXISTS (SELECT FROM pg_temp.industry_set s WHERE s.old_set_id = t.set_id);
		IF other.n > 0 THEN
			warnings := warnings || format('%s statement set(s) of load %s, of a file of the same name, are not in this file and still stand; --replaces %s withdraws them', other.n, other.load_id, other.load_id);
		END IF;
	END IF;

	older := (SELECT jsonb_build_object('sets', count(*), 'edition', max(o.edition))
			  FROM pg_temp.industry_set s JOIN statement_set t ON t.set_id = s.current_set_id JOIN source o ON o.source_id = t.source_id
			  WHERE s.new_set_id IS NOT NULL AND o.known_from > source_row.known_from);
	n_sets_history := (older ->> 'sets')::bigint;
	IF n_sets_history > 0 THEN
		warnings := warnings || format('edition %s is older than edition %s, which is loaded: %s of %s statement sets are kept as history and are not current',
									   source_row.edition, older ->> 'edition', n_sets_history, n_sets_made);
	END IF;

	new_quarantine := gather_refused(l.source_id, load_kind);
	IF n_sets_made + n_sets_withdrawn + new_quarantine = 0 THEN
		RETURN jsonb_build_object('load_id', NULL, 'changed', false, 'rows_read', rows_read, 'rows_loaded', 0, 'rows_unchanged', n_unchanged,
			'rows_quarantined', bad_rows, 'rows_superseded', 0, 'sets_loaded', 0, 'sets_superseded', 0, 'sets_unchanged', n_sets_unchanged,
			'warnings', to_jsonb(warnings), 'problems', problem_list());
	END IF;

	/*
	 * Write
	 */
	INSERT INTO load_report (kind, source_id, file_name, checksum, bytes, rows_read, rows_loaded, rows_unchanged, rows_quarantined, redrives, options)
	VALUES (load_kind, l.source_id, load_facts.file_name, load_facts.checksum, load_facts.bytes, load_facts.rows_read, n_loaded, n_unchanged, bad_rows,
			load_facts.redrives, l.options)
	RETURNING load_id INTO the_load;

	INSERT INTO series (publisher, kind, metric, basis, scope, price_or_cost, money_basis, base_year, country_basis, application, stage, material, geography)
	SELECT DISTINCT source_row.publisher, load_kind, s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.application,
		   s.stage, s.material, s.geography
	FROM pg_temp.industry_set s
	WHERE s.new_set_id IS NOT NULL AND s.series_id IS NULL
	ORDER BY 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
	ON CONFLICT ON CONSTRAINT series_once DO NOTHING;
	UPDATE pg_temp.industry_set s SET series_id = e.series_id
	FROM series e
	WHERE s.new_set_id IS NOT NULL AND s.series_id IS NULL AND e.publisher = source_row.publisher AND e.kind = load_kind
	  AND (e.metric, e.basis, e.scope, e.price_or_cost, e.money_basis, e.base_year, e.country_basis, e.application, e.stage, e.material, e.geography)
		  IS NOT DISTINCT FROM
		  (s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.country_basis, s.application, s.stage, s.material, s.geography);

	EXECUTE format('SELECT count(*) FROM industry.%I f WHERE f.set_id IN (
						SELECT s.old_set_id FROM pg_temp.industry_set s WHERE s.new_set_id IS NOT NULL
						UNION ALL SELECT t.set_id FROM industry.statement_set t WHERE t.load_id = $1 AND t.superseded_by IS NULL
							AND NOT EXISTS (SELECT FROM pg_temp.industry_set s WHERE s.old_set_id = t.set_id))', the_table)
	INTO n_superseded USING replaces;
	UPDATE statement_set t SET superseded_by = the_load, superseded_at = now()
	WHERE t.set_id IN (SELECT s.old_set_id FROM pg_temp.industry_set s WHERE s.new_set_id IS NOT NULL)
	   OR (t.load_id = load_facts.replaces AND t.superseded_by IS NULL
		   AND NOT EXISTS (SELECT FROM pg_temp.industry_set s WHERE s.old_set_id = t.set_id));
	INSERT INTO statement_set (set_id, series_id, source_id, publisher, period_first, period_last, period_as_printed, load_id)
	SELECT s.new_set_id, s.series_id, l.source_id, source_row.publisher, s.period_first, s.period_last, s.period_as_printed, the_load
	FROM pg_temp.industry_set s WHERE s.new_set_id IS NOT NULL
	ORDER BY s.new_set_id;

	-- The checks of foreign keys wait in memory for the end of a statement, so no
	-- statement is longer than a quarter of a million lines.
	SELECT min(n.row_id), max(n.row_id) INTO first_row, last_row FROM pg_temp.industry_new n;
	WHILE first_row <= last_row LOOP
		EXECUTE format('INSERT INTO industry.%I (set_id, source_id, line_number, %s)
						SELECT s.new_set_id, %s, n.line_number, %s
						FROM pg_temp.industry_new n JOIN pg_temp.industry_set s ON s.set_number = n.set_number AND s.new_set_id IS NOT NULL
						WHERE n.row_id >= $1 AND n.row_id < $2 AND %s', the_table, column_list, l.source_id, new_list, good)
		USING first_row, CASE WHEN first_row < 0 THEN 0 ELSE first_row + batch END;
		first_row := CASE WHEN first_row < 0 THEN 0 ELSE first_row + batch END;
	END LOOP;

	PERFORM write_quarantine(the_load, l.source_id, load_kind, file_name, redrives);

	IF dry_run THEN
		changes := (SELECT jsonb_agg(jsonb_build_object('series', d.series, 'period', d.period, 'subject', d.subject, 'measure', d.measure, 'unit', d.unit,
									'before', d.before, 'after', d.after, 'what', d.what))
					FROM (SELECT concat_ws(' ', s.metric, s.basis, s.scope, s.application, s.stage, s.material, nullif(s.geography, 'World')) AS series,
								 s.period_as_printed AS period, x.subject, x.measure, x.unit, x.older_as_printed AS before, x.newer_as_printed AS after,
								 x.what_changed AS what
						  FROM pg_temp.industry_set s
						  JOIN current_set k ON k.set_id = s.new_set_id
						  CROSS JOIN LATERAL compare_sets(s.current_set_id, s.new_set_id) AS x
						  WHERE x.what_changed <> 'unchanged'
						  ORDER BY s.set_number, x.subject, x.measure LIMIT 1000) AS d);
	END IF;
	result := jsonb_build_object('load_id', the_load, 'changed', true, 'rows_read', rows_read, 'rows_loaded', n_loaded, 'rows_unchanged', n_unchanged,
		'rows_quarantined', bad_rows, 'rows_superseded', n_superseded, 'sets_loaded', n_sets_made, 'sets_superseded', n_sets_superseded + n_sets_withdrawn,
		'sets_unchanged', n_sets_unchanged, 'sets_history', n_sets_history, 'warnings', to_jsonb(warnings), 'problems', problem_list());
	UPDATE load_report r SET rows_superseded = n_superseded, sets_loaded = n_sets_made, sets_superseded = n_sets_superseded + n_sets_withdrawn, summary = result
	WHERE r.load_id = the_load;
	IF changes IS NOT NULL OR dry_run THEN
		result := result || jsonb_build_object('changes', coalesce(changes, '[]'), 'views', to_jsonb(dependent_views(the_table)));
	END IF;
	RETURN result;
END
$$;
COMMENT ON FUNCTION industry.load_facts(text, text, text, bigint, boolean, boolean, numeric, bigint, boolean, bigint, bigint) IS 'the part of load for kinds with statement sets';

CREATE OR REPLACE FUNCTION industry.load(file_name text DEFAULT NULL, checksum text DEFAULT NULL, bytes bigint DEFAULT NULL, lines bigint DEFAULT NULL,
	dry_run boolean DEFAULT false, confirm_outliers boolean DEFAULT false, max_quarantine numeric DEFAULT 100, replaces bigint DEFAULT NULL,
	again boolean DEFAULT false, redrives bigint DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning SET jit = off SET work_mem = '64MB' AS $$
DECLARE
	l record;
	n bigint;
	staged bigint;
	result jsonb;
BEGIN
	IF to_regclass('pg_temp.industry_load') IS NULL THEN
		RAISE EXCEPTION 'no load was begun in this transaction'
			USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Call industry.begin_load and COPY the rows first, in the same transaction.';
	END IF;
	SELECT w.kind, w.source_id, w.header_line, w.delimiter, y.fact_table, s.source INTO l
	FROM pg_temp.industry_load w JOIN layout y ON y.kind = w.kind LEFT JOIN source s ON s.source_id = w.source_id;

	-- One load of a source at a time; of different sources, as many as like.
	PERFORM pg_advisory_xact_lock(hashtextextended('industry.load ' || coalesce(l.source_id::text, l.kind), 0));

	IF to_regclass('pg_temp.industry_line') IS NOT NULL THEN
		PERFORM split_lines();
	ELSE
		-- COPY numbers the rows without gaps
		staged := CASE WHEN EXISTS (SELECT FROM pg_temp.industry_stage) THEN currval(pg_get_serial_sequence('pg_temp.industry_stage', 'id')) ELSE 0 END;
		IF lines > staged THEN
			-- Some records go over several lines: count the breaks in their cells.
			EXECUTE (SELECT format('UPDATE pg_temp.industry_stage s SET line = o.line
									FROM (SELECT i.id, (%s + i.id + coalesce(sum(i.breaks) OVER (ORDER BY i.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::integer AS line
										  FROM (SELECT t.id, line_breaks(concat(%s)) AS breaks FROM pg_temp.industry_stage t) AS i) AS o
									WHERE o.id = s.id', l.header_line, string_agg(format('t.%I', a.attname), ', '))
					 FROM pg_attribute a WHERE a.attrelid = to_regclass('pg_temp.industry_stage') AND a.attname ~ '^c[0-9]+$');
		END IF;
	END IF;
	IF lines > staged OR staged IS NULL THEN
		-- A quote that is not closed swallows rows until the next one.
		EXECUTE (SELECT coalesce(min(o.command), 'SELECT') FROM (SELECT format('UPDATE pg_temp.industry_stage s
								SET problem = ''a quoted field goes over several lines, which look like rows of the file''
								WHERE s.problem IS NULL AND (%s)',
							   string_agg(format('(strpos(s.%1$I, E''\n'') > 0 AND length(s.%1$I) - length(replace(s.%1$I, %2$L, '''')) >= %3$s)', a.attname, l.delimiter, a.count - 1), ' OR '))
				 FROM (SELECT t.attname, count(*) OVER () AS count FROM pg_attribute t
					   WHERE t.attrelid = to_regclass('pg_temp.industry_stage') AND t.attname ~ '^c[0-9]+$') AS a HAVING min(a.count) >= 4) AS o (command));
	END IF;
	n := read_rows();
	IF dry_run THEN
		BEGIN
			IF l.fact_table IS NOT NULL THEN
				result := load_facts(l.kind, file_name, checksum, bytes, true, confirm_outliers, max_quarantine, replaces, again, redrives, n);
			ELSE
				result := load_reference(l.kind, file_name, checksum, bytes, max_quarantine, n);
			END IF;
			RAISE EXCEPTION USING ERRCODE = 'BL000';
		EXCEPTION
			WHEN SQLSTATE 'BL000' THEN
				NULL;		-- what was written is taken back
		END;
	ELSIF l.fact_table IS NOT NULL THEN
		result := load_facts(l.kind, file_name, checksum, bytes, false, confirm_outliers, max_quarantine, replaces, again, redrives, n);
	ELSE
		result := load_reference(l.kind, file_name, checksum, bytes, max_quarantine, n);
	END IF;
	result := jsonb_build_object('kind', l.kind, 'source', l.source, 'file', file_name, 'dry_run', dry_run) || result;
	IF (result ->> 'changed')::boolean AND NOT dry_run THEN
		PERFORM pg_notify('industry_load', (result - 'problems' - 'warnings' - 'changes' - 'views')::text);
	END IF;
	DROP TABLE pg_temp.industry_load, pg_temp.industry_stage;
	RETURN result;
END
$$;
COMMENT ON FUNCTION industry.load(text, text, bigint, bigint, boolean, boolean, numeric, bigint, boolean, bigint) IS
'loads what was copied since begin_load, in this transaction: moves every good row, quarantines every bad one, and returns a summary. Unchanged statement sets are left as they are, changed ones are superseded whole; a file that changes nothing leaves no trace. dry_run takes everything back and says what would change. max_quarantine is in percent of the rows read: beyond it the file is refused (SQLSTATE 22000). confirm_outliers accepts figures that are hundreds of times off the last edition. replaces withdraws what an earlier load of the same kind and source said and this file does not. again allows to go back to a file that has been superseded. After COMMIT, listeners of the channel industry_load get the summary';

CREATE OR REPLACE FUNCTION industry.line_breaks(cells text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN strpos(cells, E'\n') + strpos(cells, E'\r') = 0 THEN 0
	ELSE length(regexp_replace(replace(cells, E'\r\n', E'\n'), E'[^\r\n]', '', 'g')) END;
COMMENT ON FUNCTION industry.line_breaks(text) IS 'line breaks in a text';

/*
 * Reference tables
 */

CREATE OR REPLACE FUNCTION industry.load_reference(load_kind text, file_name text, checksum text, bytes bigint, max_quarantine numeric, rows_read bigint)
RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning AS $$
DECLARE
	l record;
	has text[] := (SELECT array_agg(a.attname::text) FROM pg_attribute a
				   WHERE a.attrelid = to_regclass('pg_temp.industry_new') AND a.attnum > 0 AND NOT a.attisdropped);
	columns text[] := (SELECT array_agg(x ORDER BY x) FROM unnest(target_columns(load_kind)) AS x WHERE x = ANY (has));
	keys text[] := (SELECT array_agg(DISTINCT c.target) FROM layout_column c WHERE c.kind = load_kind AND c.is_key AND c.target = ANY (has));
	given text[];
	matches text;
	same_thing text;
	differs text;
	bad_rows bigint;
	n_new bigint;
	n_changed bigint := 0;
	n_unchanged bigint;
	new_quarantine bigint;
	the_load bigint;
	result jsonb;
	cites boolean := EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass('industry.' || load_kind) AND a.attname = 'source_id' AND NOT a.attisdropped)
					 AND load_kind <> 'source';
BEGIN
	SELECT w.source_id, w.options INTO l FROM pg_temp.industry_load w;

	PERFORM check_rows(load_kind, columns, (SELECT array_agg('n.' || quote_ident(x) ORDER BY o) FROM unnest(columns) WITH ORDINALITY AS u (x, o)));

	-- One thing is one thing by its key, or by the key of its name.
	same_thing := (SELECT string_agg(CASE WHEN (load_kind, k) IN (('maker', 'maker'), ('maker_alias', 'alias'), ('country_alias', 'alias'), ('plant', 'plant'))
										  THEN format('industry.name_key(%%1$s.%I)', k) ELSE format('%%1$s.%I::text', k) END, ' || '' / '' || ' ORDER BY k)
				   FROM unnest(keys) AS k);
	matches := format('%s IS NOT DISTINCT FROM %s', format(same_thing, 't'), format(same_thing, 'n'));

	-- twice in the file
	EXECUTE format($sql$
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT d.row_id, 800, %3$L, NULL, '23505', format('the row names what line %%s names', d.first_line), 'Keep one of the two.', '{}'
		FROM (SELECT n.row_id, first_value(n.row_id) OVER w AS first_row, first_value(n.line_number) OVER w AS first_line
			  FROM pg_temp.industry_new n WHERE n.problems IS NULL
			  WINDOW w AS (PARTITION BY %1$s ORDER BY n.row_id)) AS d
		WHERE d.row_id <> d.first_row%2$s$sql$, format(same_thing, 'n'), '', keys[1]);
	-- what only one row may say
	IF load_kind = 'maker_alias' THEN
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT DISTINCT ON (n.row_id) n.row_id, 700, 'alias', n.alias, '23P01',
			   format('"%s" means %s %s', excerpt(n.alias), m.maker, CASE WHEN lower_inf(a.valid) AND upper_inf(a.valid) THEN 'already' ELSE format('on days of %s', a.valid) END),
			   'On one day a name means one maker: give both the days on which they hold (column valid, FIRST/LAST), or end the other first.', ARRAY[m.maker]
		FROM pg_temp.industry_new n
		JOIN maker_alias a ON a.alias_key = name_key(n.alias) AND a.valid && n.valid AND (a.maker_id <> n.maker_id OR a.valid <> n.valid)
		JOIN maker m ON m.maker_id = a.maker_id
		WHERE n.problems IS NULL ORDER BY n.row_id, m.maker;
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT n.row_id, 710, 'alias', n.alias, '23P01', format('"%s" means another maker in line %s', excerpt(n.alias), min(o.line_number)),
			   'On one day a name means one maker: give both the days on which they hold (column valid, FIRST/LAST).', '{}'
		FROM pg_temp.industry_new n JOIN pg_temp.industry_new o ON name_key(o.alias) = name_key(n.alias) AND o.valid && n.valid AND o.row_id <> n.row_id AND o.maker_id <> n.maker_id
		WHERE n.problems IS NULL AND o.problems IS NULL
		  AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)
		GROUP BY n.row_id, n.alias;
	ELSIF load_kind = 'maker' THEN
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT n.row_id, 700, 'name', n.name, '23505', format('"%s" is the full name of %s', excerpt(n.name), m.maker), 'One maker has one short and one full name; further ones are aliases.', ARRAY[m.maker]
		FROM pg_temp.industry_new n JOIN maker m ON m.name_key = name_key(n.name) AND m.maker_key <> name_key(n.maker)
		WHERE n.problems IS NULL;
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT n.row_id, 710, 'name', n.name, '23505', format('line %s has the same full name', min(o.line_number)), 'One maker has one short and one full name; further ones are aliases.', '{}'
		FROM pg_temp.industry_new n JOIN pg_temp.industry_new o ON name_key(o.name) = name_key(n.name) AND o.row_id < n.row_id AND name_key(o.maker) <> name_key(n.maker)
		WHERE n.problems IS NULL AND o.problems IS NULL AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)
		GROUP BY n.row_id, n.name;
	ELSIF load_kind IN ('maker_parent', 'joint_venture_member') THEN
		EXECUTE format($sql$
			INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
			SELECT DISTINCT ON (n.row_id) n.row_id, 700, 'valid', t.valid::text, '23P01', format('days overlap with %%s', t.valid),
				   'Give the days on which each holds (column valid, FIRST/LAST), and end the earlier one first.', '{}'
			FROM pg_temp.industry_new n
			JOIN (SELECT o.%2$I, o.%3$I, o.valid, 0::bigint AS row_id FROM industry.%1$I o
				  UNION ALL SELECT o.%2$I, o.%3$I, o.valid, o.row_id FROM pg_temp.industry_new o WHERE o.problems IS NULL) AS t
			  ON t.%2$I = n.%2$I AND t.valid && n.valid AND t.row_id < n.row_id AND %4$s
			WHERE n.problems IS NULL ORDER BY n.row_id$sql$, load_kind,
			CASE load_kind WHEN 'maker_parent' THEN 'maker_id' ELSE 'venture_id' END,
			CASE load_kind WHEN 'maker_parent' THEN 'parent_id' ELSE 'member_id' END,
			CASE load_kind WHEN 'maker_parent' THEN '(t.parent_id <> n.parent_id OR t.valid <> n.valid)' ELSE '(t.member_id = n.member_id AND t.valid <> n.valid)' END);
	ELSIF load_kind = 'export_control' THEN
		EXECUTE (SELECT string_agg(format($sql$
			INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
			SELECT n.row_id, 700, %1$L, n.%1$I, '23503', format('control "%%s" is not known', excerpt(n.%1$I)), 'Write the handle of an instrument that is loaded or in this file.', '{}'
			FROM pg_temp.industry_new n
			WHERE n.problems IS NULL AND n.%1$I IS NOT NULL AND NOT EXISTS (SELECT FROM industry.export_control x WHERE x.control = n.%1$I)
			  AND NOT EXISTS (SELECT FROM pg_temp.industry_new o WHERE o.control = n.%1$I AND o.problems IS NULL);$sql$, k), '')
				 FROM unnest(ARRAY['amends', 'superseded_by']) AS k WHERE k = ANY (has));
	ELSIF load_kind = 'country_alias' THEN
		INSERT INTO pg_temp.industry_problem (row_id, priority, column_name, as_printed, sqlstate, message, hint, nearest)
		SELECT n.row_id, 700, 'alias', n.alias, '23505', format('"%s" is the name of %s', excerpt(n.alias), c.country), 'A country''s own name needs no alias.', ARRAY[c.country]
		FROM pg_temp.industry_new n JOIN country c ON c.name_key = name_key(n.alias)
		WHERE n.problems IS NULL AND n.country <> c.country;
	END IF;

	PERFORM find_nearest();
	bad_rows := (SELECT count(DISTINCT p.row_id) FROM pg_temp.industry_problem p);
	PERFORM refuse_too_many(bad_rows, rows_read, max_quarantine);

	-- An empty cell says nothing: it does not take back what is there.
	given := (SELECT array_agg(x) FROM unnest(columns) AS x
			  WHERE x <> ALL (keys) AND (x = ANY (has)));
	differs := coalesce((SELECT string_agg(format('(n.%1$I IS NOT NULL AND n.%1$I::text IS DISTINCT FROM t.%1$I::text)', x), ' OR ') FROM unnest(stated_columns(load_kind, given)) AS x), 'false');
	EXECUTE format('SELECT count(*) FILTER (WHERE t.ctid IS NULL), count(*) FILTER (WHERE t.ctid IS NOT NULL AND (%3$s)), count(*) FILTER (WHERE t.ctid IS NOT NULL AND (%3$s) IS NOT TRUE)
					FROM pg_temp.industry_new n LEFT JOIN industry.%1$I t ON %2$s
					WHERE NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)', load_kind, matches, differs)
	INTO n_new, n_changed, n_unchanged;
	new_quarantine := gather_refused(l.source_id, load_kind);
	IF n_new + n_changed + new_quarantine = 0 THEN
		RETURN jsonb_build_object('load_id', NULL, 'changed', false, 'rows_read', rows_read, 'rows_loaded', 0, 'rows_unchanged', n_unchanged,
			'rows_quarantined', bad_rows, 'rows_superseded', 0, 'sets_loaded', 0, 'sets_superseded', 0, 'sets_unchanged', 0, 'warnings', '[]'::jsonb, 'problems', problem_list());
	END IF;
	INSERT INTO load_report (kind, source_id, file_name, checksum, bytes, rows_read, rows_loaded, rows_unchanged, rows_quarantined, rows_superseded, options)
	VALUES (load_kind, l.source_id, load_reference.file_name, load_reference.checksum, load_reference.bytes, load_reference.rows_read, n_new + n_changed, n_unchanged,
			bad_rows, n_changed, l.options)
	RETURNING load_id INTO the_load;
	IF n_changed > 0 THEN
		EXECUTE format('UPDATE industry.%1$I t SET %2$s FROM pg_temp.industry_new n
						WHERE %3$s AND (%4$s) AND NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)', load_kind,
			(SELECT string_agg(format('%1$I = coalesce(n.%1$I, t.%1$I)', x), ', ') FROM unnest(stated_columns(load_kind, given)) AS x), matches, differs);
	END IF;
	EXECUTE format('INSERT INTO industry.%1$I (%2$s%3$s) SELECT %4$s%5$s FROM pg_temp.industry_new n
					WHERE NOT EXISTS (SELECT FROM pg_temp.industry_problem p WHERE p.row_id = n.row_id)
					  AND NOT EXISTS (SELECT FROM industry.%1$I t WHERE %6$s) ORDER BY n.row_id', load_kind,
		(SELECT string_agg(quote_ident(x), ', ' ORDER BY o) FROM unnest(columns) WITH ORDINALITY AS u (x, o)), CASE WHEN cites AND l.source_id IS NOT NULL THEN ', source_id' ELSE '' END,
		(SELECT string_agg('n.' || quote_ident(x), ', ' ORDER BY o) FROM unnest(columns) WITH ORDINALITY AS u (x, o)), CASE WHEN cites AND l.source_id IS NOT NULL THEN ', ' || l.source_id ELSE '' END,
		matches);
	PERFORM write_quarantine(the_load, l.source_id, load_kind, file_name, NULL);
	result := jsonb_build_object('load_id', the_load, 'changed', true, 'rows_read', rows_read, 'rows_loaded', n_new + n_changed, 'rows_unchanged', n_unchanged,
		'rows_quarantined', bad_rows, 'rows_superseded', n_changed, 'sets_loaded', 0, 'sets_superseded', 0, 'sets_unchanged', 0, 'warnings', '[]'::jsonb, 'problems', problem_list());
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
 * For the client
 */

CREATE OR REPLACE FUNCTION industry.option_pair(name text, value text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
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
	lines (place, line) AS (
		SELECT 1::numeric, format('%s%s: %s rows read, %s loaded, %s unchanged, %s quarantined, %s superseded',
			CASE WHEN (r ->> 'dry_run')::boolean THEN 'dry run, nothing was changed: ' ELSE '' END,
			CASE WHEN r ->> 'load_id' IS NULL OR (r ->> 'dry_run')::boolean THEN coalesce(r ->> 'file', r ->> 'kind') ELSE format('load %s', r ->> 'load_id') END,
			r ->> 'rows_read', r ->> 'rows_loaded', r ->> 'rows_unchanged', r ->> 'rows_quarantined', r ->> 'rows_superseded') FROM r
		UNION ALL
		SELECT 2, format('nothing to change') FROM r WHERE NOT (r ->> 'changed')::boolean
		UNION ALL
		SELECT 3 + w.n, 'note: ' || w.line FROM r CROSS JOIN LATERAL jsonb_array_elements_text(r -> 'warnings') WITH ORDINALITY AS w (line, n)
		UNION ALL
		SELECT 100 + p.n, format('line %s%s: %s%s%s', p.problem ->> 'line', coalesce(', ' || (p.problem ->> 'column'), ''), p.problem ->> 'message',
			coalesce('. ' || (p.problem ->> 'hint'), ''),
			CASE WHEN jsonb_array_length(p.problem -> 'nearest') > 0
				 THEN format(' Nearest known: %s.', (SELECT string_agg(k.name, ', ' ORDER BY k.n) FROM jsonb_array_elements_text(p.problem -> 'nearest') WITH ORDINALITY AS k (name, n))) ELSE '' END)
		FROM r CROSS JOIN LATERAL jsonb_array_elements(r -> 'problems') WITH ORDINALITY AS p (problem, n)
		UNION ALL
		SELECT 200, format('... and %s more; industry.quarantine has all of them', (r ->> 'rows_quarantined')::bigint - jsonb_array_length(r -> 'problems'))
		FROM r WHERE (r ->> 'rows_quarantined')::bigint > jsonb_array_length(r -> 'problems')
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

CREATE OR REPLACE FUNCTION industry.redrive(load_id bigint, dry_run boolean DEFAULT false, confirm_outliers boolean DEFAULT false) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp SET client_min_messages = warning SET jit = off SET work_mem = '64MB' AS $$
DECLARE
	r record;
	header text[];
BEGIN
	SELECT o.kind, o.source_id, o.options, o.file_name, s.published INTO r
	FROM load_report o LEFT JOIN source s ON s.source_id = o.source_id WHERE o.load_id = redrive.load_id;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'there is no load %', load_id
			USING ERRCODE = 'invalid_parameter_value', HINT = 'industry.load_report lists the loads.';
	END IF;
	PERFORM pg_advisory_xact_lock(hashtextextended('industry.load ' || coalesce(r.source_id::text, r.kind), 0));
	SELECT array_agg(k.name ORDER BY k.name) INTO header
	FROM (SELECT DISTINCT x.name FROM quarantine q CROSS JOIN LATERAL jsonb_object_keys(q.row_text) AS x (name)
		  WHERE q.load_id = redrive.load_id AND q.resolved_by IS NULL) AS k;
	IF header IS NULL THEN
		RETURN jsonb_build_object('kind', r.kind, 'source', (SELECT s.source FROM source s WHERE s.source_id = r.source_id), 'file', r.file_name, 'dry_run', dry_run,
			'load_id', NULL, 'changed', false, 'rows_read', 0, 'rows_loaded', 0, 'rows_unchanged', 0, 'rows_quarantined', 0, 'rows_superseded', 0,
			'sets_loaded', 0, 'sets_superseded', 0, 'sets_unchanged', 0, 'warnings', jsonb_build_array('no row of this load is in quarantine'), 'problems', '[]'::jsonb);
	END IF;
	DROP TABLE IF EXISTS pg_temp.industry_load, pg_temp.industry_stage, pg_temp.industry_line;
	CREATE TEMPORARY TABLE industry_load (kind text, source_id integer, published date, options jsonb, header text[], delimiter text,
		header_line integer, is_redrive boolean) ON COMMIT DROP;
	INSERT INTO pg_temp.industry_load (kind, source_id, published, options, header, delimiter, header_line, is_redrive)
	VALUES (r.kind, r.source_id, r.published, r.options, header, ',', 1, true);
	PERFORM make_stage(cardinality(header));
	EXECUTE (SELECT format('INSERT INTO pg_temp.industry_stage (line, problem, %s)
							SELECT q.line_number, CASE WHEN q.sqlstate = ''22P04'' THEN q.message END, %s
							FROM industry.quarantine q WHERE q.load_id = $1 AND q.resolved_by IS NULL ORDER BY q.quarantine_id',
							string_agg('c' || h.place, ', ' ORDER BY h.place), string_agg(format('q.row_text ->> %L', h.name), ', ' ORDER BY h.place))
			 FROM unnest(header) WITH ORDINALITY AS h (name, place))
	USING redrive.load_id;
	RETURN load(file_name => r.file_name, dry_run => dry_run, confirm_outliers => confirm_outliers, redrives => redrive.load_id);
END
$$;
COMMENT ON FUNCTION industry.redrive(bigint, boolean, boolean) IS
'loads the quarantined rows of a load again, with its options, after an alias or another reference row was added: rows that are good now join the rows of their statement set, whose earlier form is superseded, and are marked as resolved; the others stay in quarantine';

/*
 * Unknown names
 */

CREATE OR REPLACE FUNCTION industry.propose_names(load_id bigint DEFAULT NULL)
RETURNS TABLE (kind text, name text, occurrences bigint, proposal text, proposed_as text, nearest text[])
LANGUAGE sql STABLE SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT u.kind, u.name, u.occurrences, CASE WHEN u.proposed IS NOT NULL THEN 'alias' WHEN u.kind <> 'country' THEN 'new' END,
		   coalesce(u.proposed, CASE WHEN u.kind <> 'country' THEN u.name END), u.nearest
	FROM industry.unknown_name u
	WHERE u.decision IS NULL AND u.kind IN ('maker', 'country', 'plant')
	  AND (propose_names.load_id IS NULL OR propose_names.load_id BETWEEN u.first_load AND u.last_load)
	ORDER BY u.kind, u.occurrences DESC, u.name_key;
END;
COMMENT ON FUNCTION industry.propose_names(bigint) IS
'the names of makers, countries and plants that a load did not know (of all loads, by default), with what is proposed for each: alias of the known name that it resembles, or new; NULL for a country that resembles none. Nothing happens until accept_names or accept_name is called';

CREATE OR REPLACE FUNCTION industry.accept_name(kind text, name text, decision text, decided_as text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	target text := coalesce(accept_name.decided_as, (SELECT u.proposed FROM unknown_name u WHERE u.kind = accept_name.kind AND u.name_key = name_key(accept_name.name)), accept_name.name);
	the_source integer;
	id integer;
BEGIN
	IF decision NOT IN ('new', 'alias', 'misprint', 'rejected') THEN
		RAISE EXCEPTION '"%" is no decision', excerpt(decision)
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Decide new, alias, misprint or rejected.';
	END IF;
	SELECT o.source_id INTO the_source FROM unknown_name u JOIN load_report o ON o.load_id = u.first_load
	WHERE u.kind = accept_name.kind AND u.name_key = name_key(accept_name.name) AND u.decision IS NULL;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'no undecided % is called "%"', kind, excerpt(name)
			USING ERRCODE = 'invalid_parameter_value', HINT = 'industry.propose_names() lists them.';
	END IF;
	IF decision = 'new' THEN
		target := coalesce(accept_name.decided_as, btrim(accept_name.name));
		IF kind = 'maker' THEN
			INSERT INTO maker (maker, name, source_id) VALUES (target, target, the_source) RETURNING maker_id INTO id;
			IF name_key(target) <> name_key(accept_name.name) THEN
				INSERT INTO maker_alias (alias, maker_id, source_id) VALUES (accept_name.name, id, the_source);
			END IF;
		ELSIF kind = 'plant' THEN
			INSERT INTO plant (plant, also_printed, source_id)
			VALUES (target, CASE WHEN name_key(target) <> name_key(accept_name.name) THEN ARRAY[accept_name.name] ELSE '{}' END, the_source);
		ELSE
			RAISE EXCEPTION 'a % cannot be made from its name alone', kind
				USING ERRCODE = 'invalid_parameter_value', HINT = format('Add it (a file of kind %s), or decide alias.', CASE kind WHEN 'control' THEN 'export_control' ELSE kind END);
		END IF;
	ELSIF decision IN ('alias', 'misprint') THEN
		IF kind = 'maker' THEN
			id := find_maker(target);
			IF id IS NOT NULL THEN
				INSERT INTO maker_alias (alias, maker_id, is_misprint, source_id) VALUES (accept_name.name, id, decision = 'misprint', the_source);
			END IF;
		ELSIF kind = 'country' THEN
			IF find_country(target) IS NOT NULL THEN
				INSERT INTO country_alias (alias, country) VALUES (accept_name.name, find_country(target));
				id := 0;
			END IF;
		ELSIF kind = 'plant' THEN
			id := find_plant(target);
			UPDATE plant p SET also_printed = p.also_printed || accept_name.name WHERE p.plant_id = id;
		ELSE
			RAISE EXCEPTION 'a % has no aliases', kind USING ERRCODE = 'invalid_parameter_value', HINT = 'Correct the name in the file.';
		END IF;
		IF id IS NULL THEN
			RAISE EXCEPTION '% "%" is not known', kind, excerpt(target)
				USING ERRCODE = 'invalid_parameter_value', HINT = 'Name a known one, or decide new.';
		END IF;
	END IF;
	UPDATE unknown_name u SET decision = accept_name.decision, decided_as = CASE WHEN accept_name.decision = 'rejected' THEN NULL ELSE target END,
		decided_at = now(), decided_by = session_user
	WHERE u.kind = accept_name.kind AND u.name_key = name_key(accept_name.name);
END
$$;
COMMENT ON FUNCTION industry.accept_name(text, text, text, text) IS
'decides on one unknown name: new (a maker or plant of that name, or of the name decided_as), alias or misprint (of decided_as, or of what was proposed), rejected. Re-drive the load afterwards';

CREATE OR REPLACE FUNCTION industry.accept_names(load_id bigint DEFAULT NULL, only_names text[] DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	p record;
	n bigint := 0;
BEGIN
	FOR p IN SELECT o.kind, o.name, o.proposal, o.proposed_as FROM propose_names(load_id) AS o
			 WHERE (only_names IS NULL OR o.name = ANY (only_names)) AND o.proposal IS NOT NULL LOOP
		PERFORM accept_name(p.kind, p.name, p.proposal, p.proposed_as);
		n := n + 1;
	END LOOP;
	RETURN n;
END
$$;
COMMENT ON FUNCTION industry.accept_names(bigint, text[]) IS
'accepts what propose_names proposes for a load, all of it or the names listed, and returns how many names that were; look at the proposals first. Countries are never made new';
