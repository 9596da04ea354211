/*
 * Names: from what a report prints to who is meant.
 *
 * The functions answer one name at a time.  Loading many rows, join with
 * industry.maker_name instead, which holds all that find_maker looks up.
 */

CREATE OR REPLACE FUNCTION industry.version() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT v.version FROM industry.schema_version v
		ORDER BY string_to_array(v.version, '.')::int[] DESC LIMIT 1);
COMMENT ON FUNCTION industry.version() IS 'version of the schema industry in this database; bin/battery-industry upgrade brings it up to date';

CREATE OR REPLACE VIEW industry.maker_name AS
SELECT m.maker_key AS name_key, m.maker_id, '(,)'::daterange AS valid, 1 AS precedence
FROM industry.maker m
UNION ALL
SELECT a.alias_key, a.maker_id, a.valid, 2
FROM industry.maker_alias a
UNION ALL
SELECT m.name_key, m.maker_id, '(,)'::daterange, 3
FROM industry.maker m;
COMMENT ON VIEW industry.maker_name IS 'every name that means a maker: short names, aliases with the days they are valid, full names. The lowest precedence decides where a name is of several kinds';
COMMENT ON COLUMN industry.maker_name.name_key IS 'key of the name, by name_key';
COMMENT ON COLUMN industry.maker_name.maker_id IS 'maker that is meant';
COMMENT ON COLUMN industry.maker_name.valid IS 'days on which the name means it';
COMMENT ON COLUMN industry.maker_name.precedence IS '1 short name, 2 alias, 3 full name';

CREATE OR REPLACE FUNCTION industry.find_maker(name text, on_date date DEFAULT current_date) RETURNS integer
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN (SELECT n.maker_id FROM industry.maker_name n
		WHERE n.name_key = industry.name_key(find_maker.name) AND n.valid @> find_maker.on_date
		ORDER BY n.precedence LIMIT 1);
COMMENT ON FUNCTION industry.find_maker(text, date) IS
'number of the maker that a name meant on a day (of the report that prints it): by short name, then alias, then full name, each by name_key; NULL where the name is not known. It never takes a similar name';

/*
 * Codes and words of a column.  read_chemistry, read_country and read_status are
 * for the distinct texts of a column: all of them ask the source's own codes
 * first, then its lists, then what everybody means by the text.
 */

CREATE OR REPLACE FUNCTION industry.is_missing(printed text, column_kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
	WHEN printed IS NULL THEN true
	-- a code of the column is no mark
	WHEN column_kind = 'alpha2' AND btrim(printed) ~* '^[a-z]{2}$' THEN false
	WHEN column_kind = 'country' AND btrim(printed) = 'NA' THEN false
	WHEN column_kind = 'chemistry' AND lower(btrim(printed)) = 'na' THEN false
	WHEN column_kind = 'status' AND lower(btrim(printed)) = 'unknown' THEN false
	-- of areas, it is the remainder of a table
	WHEN column_kind IN ('country', 'alpha2') AND lower(btrim(printed)) IN ('not specified', 'unspecified') THEN false
	ELSE lower(btrim(regexp_replace(normalize(printed, NFKC), U&'[[:space:]\00A0\200B\FEFF]+', ' ', 'g'))) IN (
		'', '-', '--', '---', U&'\2013', U&'\2014', U&'\2212', '.', '..', '...', U&'\2026', ':', '?', '*',
		'na', 'n/a', '#n/a', 'n.a.', 'n.a', 'n/s', 'n.s.', 'ns', 'nan', 'none', '<na>', 'null', 'nil', 'w', '(w)', 'xx',
		'not available', 'not applicable', 'not stated', 'not disclosed', 'undisclosed', 'not specified', 'unspecified', 'unknown', 'tbd', 'tba', 'tbc',
		'withheld', 'lost', '[lost]')
END;
COMMENT ON FUNCTION industry.is_missing(text, text) IS
'whether a cell of names says that there is none: empty, NA, n/a, —, nan, None, <NA>; not a code of its column: alpha2 (two letters), country (NA), chemistry (Na), status (unknown)';

CREATE OR REPLACE FUNCTION industry.is_alpha2_column(texts text[]) RETURNS boolean
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN (SELECT coalesce(bool_and(t.printed ~* '^[a-z]{2}$') AND bool_or(upper(t.printed) <> 'NA' AND c.country IS NOT NULL), false)
		FROM (SELECT btrim(u.printed) AS printed FROM unnest(texts) AS u (printed)
			  WHERE NOT industry.is_missing(u.printed, 'alpha2')
				AND NOT EXISTS (SELECT FROM industry.country_spelling s WHERE s.spelling_key = industry.country_key(u.printed) AND s.row_kind IS NOT NULL)) AS t
		LEFT JOIN industry.country c ON c.country = upper(t.printed));
COMMENT ON FUNCTION industry.is_alpha2_column(text[]) IS
'whether the distinct texts of a column are ISO 3166-1 alpha-2 codes, so that NA among them is Namibia: all that are no marks or totals have two letters, and at least one beside NA is a code';

CREATE OR REPLACE FUNCTION industry.check_codes(codes jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	bad text;
BEGIN
	IF codes IS NULL THEN
		RETURN;
	END IF;
	IF jsonb_typeof(codes) <> 'object' THEN
		bad := 'codes must be an object';
	END IF;
	IF bad IS NULL THEN
		SELECT format('codes: "%s" is no column that takes codes', excerpt(f.key)) INTO bad
		FROM jsonb_each(codes) AS f WHERE f.key NOT IN ('chemistry', 'country', 'status') ORDER BY f.key LIMIT 1;
	END IF;
	IF bad IS NULL THEN
		SELECT CASE WHEN jsonb_typeof(e.value) NOT IN ('string', 'object') THEN format('codes: %s must be the name of a list, an object from code to meaning, or an array of these', e.field)
					ELSE format('codes: there is no list "%s" for %s', excerpt(e.value #>> '{}'), e.field) END INTO bad
		FROM (SELECT f.key AS field, u.value FROM jsonb_each(codes) AS f
			  CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(f.value) WHEN 'array' THEN f.value ELSE jsonb_build_array(f.value) END) AS u (value)) AS e
		WHERE jsonb_typeof(e.value) NOT IN ('string', 'object')
		   OR (jsonb_typeof(e.value) = 'string' AND NOT EXISTS (SELECT FROM code_list c WHERE c.list = e.value #>> '{}' AND c.field = e.field))
		ORDER BY e.field LIMIT 1;
	END IF;
	IF bad IS NULL THEN
		SELECT format('codes: "%s" is no %s', excerpt(m.value #>> '{}'), e.field) INTO bad
		FROM (SELECT f.key AS field, u.value FROM jsonb_each(codes) AS f
			  CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(f.value) WHEN 'array' THEN f.value ELSE jsonb_build_array(f.value) END) AS u (value)
			  WHERE jsonb_typeof(u.value) = 'object') AS e
		CROSS JOIN LATERAL jsonb_each(e.value) AS m
		WHERE m.value <> 'null' AND (jsonb_typeof(m.value) <> 'string' OR CASE e.field
			WHEN 'chemistry' THEN NOT is_chemistry(m.value #>> '{}')
			WHEN 'country' THEN NOT (m.value #>> '{}' IN ('stated_total', 'subtotal', 'remainder') OR find_country(m.value #>> '{}') IS NOT NULL)
			ELSE NOT is_status(m.value #>> '{}') END)
		ORDER BY e.field, m.key LIMIT 1;
	END IF;
	IF bad IS NOT NULL THEN
		RAISE EXCEPTION 'option %', bad
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('Write {"codes": {"chemistry": "eia-860", "status": {"Consented": "permitted"}}}. The lists are %s.',
								(SELECT string_agg(DISTINCT c.list, ', ') FROM code_list c WHERE c.list <> 'common'));
	END IF;
END
$$;
COMMENT ON FUNCTION industry.check_codes(jsonb) IS
'checks the option codes: for chemistry, country and status a list of code_list, an object from code to meaning (null: missing), or an array of these. SQLSTATE 22023 where it is something else';

CREATE OR REPLACE FUNCTION industry.code_lists(codes jsonb, column_field text, source_name text DEFAULT NULL, publisher_name text DEFAULT NULL) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT coalesce(array_agg(n.list ORDER BY n.place), '{}')
	FROM (SELECT a.list, min(a.place) AS place
		  FROM (SELECT source_name AS list, 0 AS place
				UNION ALL
				SELECT u.value #>> '{}', u.place
				FROM jsonb_array_elements(CASE jsonb_typeof(codes -> column_field) WHEN 'array' THEN codes -> column_field ELSE jsonb_build_array(codes -> column_field) END)
					 WITH ORDINALITY AS u (value, place)
				WHERE jsonb_typeof(u.value) = 'string'
				UNION ALL SELECT publisher_name, 1000000) AS a
		  WHERE EXISTS (SELECT FROM industry.code_list c WHERE c.list = a.list AND c.field = column_field)
		  GROUP BY a.list) AS n;
END;
COMMENT ON FUNCTION industry.code_lists(jsonb, text, text, text) IS
'lists to read a column''s codes with, the first one first: that of the source, those that its option codes names, that of its publisher, as far as code_list has them for chemistry, country or status';

CREATE OR REPLACE FUNCTION industry.own_codes(codes jsonb, column_field text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT jsonb_object_agg(m.key, m.value)
	FROM jsonb_array_elements(CASE jsonb_typeof(codes -> column_field) WHEN 'array' THEN codes -> column_field ELSE jsonb_build_array(codes -> column_field) END) AS u (value)
	CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(u.value) WHEN 'object' THEN u.value ELSE '{}' END) AS m;
END;
COMMENT ON FUNCTION industry.own_codes(jsonb, text) IS
'the codes that the option codes of a source spells out itself for chemistry, country or status, code to meaning; NULL where it does not';

CREATE OR REPLACE FUNCTION industry.code_meaning(printed text, column_field text, lists text[], own jsonb,
	OUT known boolean, OUT meaning text, OUT note text, OUT is_own boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
#variable_conflict use_column
DECLARE
	-- once, and not for every row that it is compared with
	wanted text := code_key(printed);
	c record;
BEGIN
	is_own := false;
	IF own IS NOT NULL THEN
		SELECT m.value INTO c FROM jsonb_each_text(own) AS m WHERE code_key(m.key) = wanted ORDER BY m.key <> printed, m.key LIMIT 1;
		IF FOUND THEN
			known := true;
			meaning := c.value;
			is_own := true;
			RETURN;
		END IF;
	END IF;
	SELECT m.meaning, m.note INTO c
	FROM code_list m WHERE m.field = column_field AND m.code_key = wanted AND m.list = ANY (lists)
	ORDER BY array_position(lists, m.list) LIMIT 1;
	known := FOUND;
	meaning := c.meaning;
	note := c.note;
END
$$;
COMMENT ON FUNCTION industry.code_meaning(text, text, text[], jsonb) IS
'what a printed code means by a source''s own codes, then by the lists in their order; known is false where none has it, is_own true where the own codes do';

CREATE OR REPLACE FUNCTION industry.codes_option(column_field text, code text, meaning text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN jsonb_build_object('codes', jsonb_build_object(column_field, jsonb_build_object(code, meaning)))::text;
COMMENT ON FUNCTION industry.codes_option(text, text, text) IS 'the option codes that says what one code means, as hints print it';

CREATE OR REPLACE FUNCTION industry.read_chemistry(printed text, lists text[], own jsonb DEFAULT NULL,
	OUT chemistry chemistry, OUT missing boolean, OUT note text, OUT sqlstate text, OUT problem text, OUT detail text, OUT hint text)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	code record;
	trouble text[];
BEGIN
	missing := false;
	code := code_meaning(printed, 'chemistry', lists, own);
	IF code.known THEN
		missing := code.meaning IS NULL AND code.is_own;
		chemistry := read_chemistry(code.meaning);
		note := code.note;
		RETURN;
	END IF;
	IF is_missing(printed, 'chemistry') THEN
		missing := true;
		RETURN;
	END IF;
	chemistry := read_chemistry(printed);
	IF chemistry IS NULL THEN
		-- message, detail, hint, a line each
		trouble := regexp_match(chemistry_trouble(printed), '^([^\n]*)(?:\nDETAIL:  ([^\n]*))?(?:\nHINT:  ([^\n]*))?');
		sqlstate := '22P02';
		problem := format('"%s" is not a chemistry', excerpt(printed));
		detail := trouble[2];
		hint := concat_ws(' ', trouble[3], format('If it is a code of the source, say what it means in its option codes, with the chemistry for the question mark: %s.', codes_option('chemistry', printed, '?')));
	END IF;
END
$$;
COMMENT ON FUNCTION industry.read_chemistry(text, text[], jsonb) IS
'a cell of chemistries: by own codes, lists, the type''s notation. missing: it says there is none. NULL, not missing, no problem: a code of a list that no chemistry has; keep its text and note';

/*
 * Countries
 */
CREATE OR REPLACE FUNCTION industry.read_country(printed text, lists text[] DEFAULT '{}', alpha2 boolean DEFAULT false, own jsonb DEFAULT NULL,
	OUT country text, OUT row_kind text, OUT missing boolean, OUT note text, OUT sqlstate text, OUT problem text, OUT detail text, OUT hint text)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
#variable_conflict use_column
DECLARE
	t text := btrim(regexp_replace(normalize(printed, NFKC), U&'[[:space:]\00A0\200B\FEFF]+', ' ', 'g'));
	-- once, and not for every row that it is compared with
	key text := country_key(t);
	plain_key text;
	code record;
	readings text[];
	first_reading record;
BEGIN
	missing := false;
	code := code_meaning(t, 'country', lists, own);
	IF code.known THEN
		IF code.meaning IS NULL THEN
			missing := code.is_own;
		ELSIF code.meaning IN ('stated_total', 'subtotal', 'remainder') THEN
			row_kind := code.meaning;
		ELSE
			country := coalesce((SELECT c.country FROM country c WHERE c.country = code.meaning), find_country(code.meaning));
			IF country IS NULL THEN
				sqlstate := '23503';
				problem := format('the code "%s" means "%s", which is no country', excerpt(t), excerpt(code.meaning));
				hint := 'Correct the option codes of the source, or the row of industry.code_list.';
			END IF;
		END IF;
		note := code.note;
		RETURN;
	END IF;
	IF is_missing(t, CASE WHEN alpha2 THEN 'alpha2' ELSE 'country' END) THEN
		missing := true;
		RETURN;
	END IF;
	-- the user's names, then codes
	plain_key := name_key(t);
	country := (SELECT a.country FROM country_alias a WHERE a.alias_key = plain_key);
	IF country IS NULL AND t = 'NA' AND alpha2 IS NOT TRUE THEN
		sqlstate := '22P02';
		problem := '"NA" is ambiguous';
		detail := 'It is the code of Namibia, and the column is not one of alpha-2 codes; it is printed for "not available", too.';
		hint := 'Set the option codes of the source to {"codes": {"country": {"NA": "Namibia"}}}, or to {"codes": {"country": {"NA": null}}} where the cell is empty.';
		RETURN;
	END IF;
	country := coalesce(country, (SELECT c.country FROM country c WHERE c.country = CASE WHEN alpha2 THEN upper(t) ELSE t END));
	IF country IS NOT NULL THEN
		RETURN;
	END IF;

	SELECT array_agg(DISTINCT CASE WHEN s.country IS NOT NULL THEN format('%s (%s)', c.name, s.country) ELSE coalesce(s.note, 'the world') END) AS shown,
		   min(s.country) AS country, min(s.row_kind) AS row_kind, min(s.note) AS note, array_agg(DISTINCT coalesce(s.country, s.row_kind)) AS meanings
	INTO first_reading
	FROM country_spelling s LEFT JOIN country c ON c.country = s.country
	-- AND is Andorra, and "and" is no word of a key
	WHERE s.spelling_key = key AND (key <> '' OR s.spelling = t);
	readings := first_reading.shown;
	IF cardinality(first_reading.meanings) = 1 THEN
		country := first_reading.country;
		row_kind := first_reading.row_kind;
		note := first_reading.note;
		RETURN;
	ELSIF cardinality(first_reading.meanings) > 1 THEN
		sqlstate := '22P02';
		problem := format('"%s" is ambiguous', excerpt(t));
		detail := format('It could be %s.', array_to_string(readings[ : cardinality(readings) - 1], ', ') || ' or ' || readings[cardinality(readings)]);
		hint := format('Set the option codes of the source to %s, or add a row to industry.country_alias for every source.',
			(SELECT string_agg(codes_option('country', t, c.meaning), ' or ' ORDER BY c.meaning) FROM unnest(first_reading.meanings) AS c (meaning)));
		RETURN;
	END IF;
	country := (SELECT c.country FROM country c WHERE c.name_key = plain_key);
	row_kind := CASE WHEN country IS NULL THEN row_kind_of(t) END;
	IF country IS NULL AND row_kind IS NULL THEN
		sqlstate := '23503';
		problem := format('country "%s" is not known', excerpt(t));
		IF t ~ '^[0-9]{1,3}$' THEN
			detail := 'The numbers of ISO 3166-1, the IMF and FAO differ.';
			hint := 'Name a list in the option codes of the source: {"codes": {"country": "iso-3166-numeric"}}, or "un-comtrade".';
		ELSE
			hint := format('Write its usual name or ISO code, add a row to industry.country_alias, or set the option codes of the source, with the code for the question mark: %s.', codes_option('country', t, '?'));
		END IF;
	END IF;
END
$$;
COMMENT ON FUNCTION industry.read_country(text, text[], boolean, jsonb) IS
'a cell of countries, by own codes, lists, aliases, codes, names: an alpha-2 code, or what a row is that is none (row_kind). alpha2 is is_alpha2_column''s. Two readings are a problem';

CREATE OR REPLACE FUNCTION industry.find_country(name text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN (SELECT r.country FROM industry.read_country(find_country.name) AS r);
COMMENT ON FUNCTION industry.find_country(text) IS
'ISO 3166-1 alpha-2 code of a country by its code (in capitals), name or alias; NULL where it is not known or could be two. "World" is no country';

/*
 * Status of projects
 */
CREATE OR REPLACE FUNCTION industry.read_status(printed text, lists text[] DEFAULT '{}', own jsonb DEFAULT NULL,
	OUT status industry.project_status, OUT missing boolean, OUT note text, OUT sqlstate text, OUT problem text, OUT detail text, OUT hint text)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	t text := btrim(regexp_replace(normalize(printed, NFKC), U&'[[:space:]\00A0\200B\FEFF]+', ' ', 'g'));
	-- (OP) Operating
	part text[] := regexp_match(t, '^\(([A-Za-z]{1,3})\) ?(.+)$');
	code record;
	word record;
BEGIN
	missing := false;
	code := code_meaning(t, 'status', lists || 'common'::text, own);
	IF NOT code.known AND part IS NOT NULL THEN
		code := code_meaning(part[1], 'status', lists, own);
		word := code_meaning(part[2], 'status', lists || 'common'::text, own);
		IF code.known AND word.known AND code.meaning IS DISTINCT FROM word.meaning THEN
			sqlstate := '22P02';
			problem := format('"%s" says two things', excerpt(t));
			detail := format('"%s" is %s, and "%s" is %s.', part[1], code.meaning, excerpt(part[2]), word.meaning);
			hint := format('Say which in the option codes of the source: %s or %s.', codes_option('status', t, code.meaning), codes_option('status', t, word.meaning));
			RETURN;
		ELSIF NOT code.known THEN
			code := word;
		END IF;
	END IF;
	IF code.known THEN
		missing := code.meaning IS NULL;
		status := code.meaning;
		note := code.note;
	ELSIF is_missing(t, 'status') THEN
		missing := true;
	ELSIF is_status(t) THEN
		status := t;
	ELSE
		sqlstate := '22P02';
		problem := format('status "%s" is not known', excerpt(t));
		detail := 'A status is announced, planned, permitted, under_construction, operating, standby_or_out_of_service, retired, cancelled or unknown.';
		hint := format('Say what it means in the option codes of the source, with the status for the question mark: %s; or name a list of industry.code_list there, such as "eia-860".', codes_option('status', t, '?'));
	END IF;
END
$$;
COMMENT ON FUNCTION industry.read_status(text, text[], jsonb) IS
'a cell of statuses, by own codes, lists, the words of the list common; "(OP) Operating" where code and words agree. missing: the cell says nothing. An unknown word is a problem';

CREATE OR REPLACE FUNCTION industry.find_plant(name text) RETURNS integer
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN coalesce(
	(SELECT p.plant_id FROM industry.plant p WHERE p.plant_key = industry.name_key(find_plant.name)),
	(SELECT CASE WHEN count(*) = 1 THEN min(p.plant_id) END FROM industry.plant p
	 WHERE EXISTS (SELECT FROM unnest(p.also_printed) AS other WHERE industry.name_key(other) = industry.name_key(find_plant.name))));
COMMENT ON FUNCTION industry.find_plant(text) IS
'number of the plant by its name or another printed name; NULL where it is not known, or where another printed name belongs to several';

CREATE OR REPLACE FUNCTION industry.find_source(name text) RETURNS integer
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN (SELECT s.source_id FROM industry.source s WHERE s.source = btrim(find_source.name));
COMMENT ON FUNCTION industry.find_source(text) IS 'number of the source with a handle; NULL where there is none';

/*
 * Unknown names
 */

CREATE OR REPLACE FUNCTION industry.known_as(kind text, name text, load_id bigint DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	s record;
BEGIN
	SELECT o.source, o.publisher, o.published, o.options -> 'codes' AS codes INTO s
	FROM load_report l JOIN source o ON o.source_id = l.source_id WHERE l.load_id = known_as.load_id;
	RETURN CASE known_as.kind
		WHEN 'maker' THEN (SELECT m.maker FROM maker m WHERE m.maker_id = find_maker(known_as.name, coalesce(s.published, current_date)))
		WHEN 'country' THEN (SELECT coalesce(r.country, r.row_kind)
							 FROM read_country(known_as.name, code_lists(s.codes, 'country', s.source, s.publisher), false, own_codes(s.codes, 'country')) AS r)
		WHEN 'plant' THEN (SELECT p.plant FROM plant p WHERE p.plant_id = find_plant(known_as.name)) END;
END
$$;
COMMENT ON FUNCTION industry.known_as(text, text, bigint) IS
'the maker, country or plant that a name means in the source of a load (to anybody, without one): short name, code, name; NULL where it is not known';

CREATE OR REPLACE FUNCTION industry.propose_names(load_id bigint DEFAULT NULL)
RETURNS TABLE (kind text, name text, occurrences bigint, proposal text, proposed_as text, nearest text[])
LANGUAGE sql STABLE SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT u.kind, u.name, u.occurrences, CASE WHEN u.proposed IS NOT NULL THEN 'alias' WHEN u.kind <> 'country' THEN 'new' END,
		   coalesce(u.proposed, CASE WHEN u.kind <> 'country' THEN u.name END), u.nearest
	FROM industry.unknown_name u
	WHERE u.decision IS NULL AND u.kind IN ('maker', 'country', 'plant')
	  AND (propose_names.load_id IS NULL OR propose_names.load_id BETWEEN u.first_load AND u.last_load)
	  AND industry.known_as(u.kind, u.name, u.last_load) IS NULL
	ORDER BY u.kind, u.occurrences DESC, u.name_key;
END;
COMMENT ON FUNCTION industry.propose_names(bigint) IS
'names that a load (by default any) did not know and that are unknown still, with a proposal: alias of what it resembles, or new; none for a country that resembles none. accept_names takes them';

CREATE OR REPLACE FUNCTION industry.accept_name(kind text, name text, decision text, decided_as text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	target text;
	the_source integer;
	id integer;
	known text;
BEGIN
	IF decision NOT IN ('new', 'alias', 'misprint', 'rejected') THEN
		RAISE EXCEPTION '"%" is no decision', excerpt(decision)
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Decide new, alias, misprint or rejected.';
	END IF;
	-- before any row is read or written, as loads do
	PERFORM enter_loads();
	PERFORM take_turn(t.kind, NULL) FROM unnest(CASE accept_name.kind WHEN 'maker' THEN ARRAY['maker', 'maker_alias'] WHEN 'country' THEN ARRAY['country_alias']
																	ELSE ARRAY[accept_name.kind] END) AS t (kind);
	target := coalesce(accept_name.decided_as, (SELECT u.proposed FROM unknown_name u WHERE u.kind = accept_name.kind AND u.name_key = name_key(accept_name.name)), accept_name.name);
	known := known_as(accept_name.kind, accept_name.name, (SELECT u.last_load FROM unknown_name u WHERE u.kind = accept_name.kind AND u.name_key = name_key(accept_name.name)));
	SELECT o.source_id INTO the_source FROM unknown_name u JOIN load_report o ON o.load_id = u.first_load
	WHERE u.kind = accept_name.kind AND u.name_key = name_key(accept_name.name) AND u.decision IS NULL;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'no undecided % is called "%"', kind, excerpt(name)
			USING ERRCODE = 'invalid_parameter_value', HINT = 'industry.propose_names() lists them.';
	END IF;
	IF decision <> 'rejected' AND known IS NOT NULL THEN
		RAISE EXCEPTION '% "%" has become known: it is %', kind, excerpt(name), known
			USING ERRCODE = 'unique_violation', HINT = 'There is nothing to decide: re-drive the load.';
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
	why text;
	what_to_do text;
BEGIN
	-- in the order of loads, which write these rows last: first the turns, then the
	-- names by their key
	PERFORM enter_loads();
	PERFORM take_turn(t.kind, NULL) FROM unnest(ARRAY['country_alias', 'maker', 'maker_alias', 'plant']) AS t (kind);
	PERFORM FROM unknown_name u WHERE u.decision IS NULL ORDER BY u.kind, u.name_key FOR NO KEY UPDATE;
	FOR p IN SELECT o.kind, o.name, o.proposal, o.proposed_as FROM propose_names(load_id) AS o
			 WHERE only_names IS NULL OR o.name = ANY (only_names) LOOP
		IF p.proposal IS NULL THEN
			RAISE WARNING '% "%" was left: it resembles none', p.kind, excerpt(p.name)
				USING HINT = format('Decide with industry.accept_name(%L, %L, ''alias'', ...), or correct the file.', p.kind, excerpt(p.name));
			CONTINUE;
		END IF;
		BEGIN
			PERFORM accept_name(p.kind, p.name, p.proposal, p.proposed_as);
			n := n + 1;
		EXCEPTION
			WHEN integrity_constraint_violation OR invalid_parameter_value THEN
				GET STACKED DIAGNOSTICS why = MESSAGE_TEXT, what_to_do = PG_EXCEPTION_HINT;
				RAISE WARNING '% "%" was left: %', p.kind, excerpt(p.name), why
					USING HINT = coalesce(nullif(what_to_do, ''), format('Decide with industry.accept_name(%L, %L, ...).', p.kind, excerpt(p.name)));
		END;
	END LOOP;
	FOR p IN SELECT o.name FROM unnest(only_names) AS o (name)
			 WHERE NOT EXISTS (SELECT FROM unknown_name u WHERE u.name = o.name AND u.kind IN ('maker', 'country', 'plant')) LOOP
		RAISE WARNING 'no undecided name is "%"', excerpt(p.name) USING HINT = 'industry.propose_names() lists them.';
	END LOOP;
	RETURN n;
END
$$;
COMMENT ON FUNCTION industry.accept_names(bigint, text[]) IS
'accepts what propose_names proposes for a load, all or the names listed; returns how many. A name that has to be left is a warning that says why. Look at the proposals first';
