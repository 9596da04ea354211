/*
 * Days and periods as reports print them.
 *
 *	read_day	a day, month or year
 *	read_period	the time that a figure is about: also quarters, halves, weeks,
 *			fiscal years and ranges, with what the print says of its kind
 *	period_of_parts	a period whose year, quarter, month and day stand apart
 *	judge_periods	a column of periods, where one of them alone says too little
 *
 * None of them fails on any text, and none depends on a setting of the session.
 * What could be two times is refused with both, and with the option of the
 * source that says which: fiscal_year and period_grain.
 */

CREATE OR REPLACE FUNCTION industry.period_option_problem(options jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE
		WHEN jsonb_typeof(options) <> 'object' THEN 'options must be an object'
		WHEN options ? 'fiscal_year' AND NOT coalesce(f.begins ~ '^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$', false)
			THEN 'fiscal_year must be the month and day on which the year begins, from 01-01 to 12-28, such as "04-01" or {"begins": "04-01", "named_by": "end"}'
		WHEN f.named_by IS NOT NULL AND f.named_by NOT IN ('"begin"', '"end"')
			THEN 'fiscal_year: named_by must be "begin" or "end", the calendar year that FY2022 is named by'
		WHEN f.other IS NOT NULL THEN format('fiscal_year has begins and named_by, and no "%s"', industry.excerpt(f.other))
		WHEN options ? 'period_grain' AND NOT coalesce(options -> 'period_grain' IN ('"year"', '"half"', '"quarter"', '"month"', '"day"'), false)
			THEN 'period_grain must be year, half, quarter, month or day'
	END
	FROM (SELECT CASE jsonb_typeof(options -> 'fiscal_year') WHEN 'string' THEN options ->> 'fiscal_year'
					WHEN 'object' THEN options -> 'fiscal_year' ->> 'begins' END AS begins,
				 options -> 'fiscal_year' -> 'named_by' AS named_by,
				 (SELECT min(k.key) FROM jsonb_each(CASE WHEN jsonb_typeof(options -> 'fiscal_year') = 'object' THEN options -> 'fiscal_year' ELSE '{}' END) AS k (key, value)
				  WHERE k.key NOT IN ('begins', 'named_by')) AS other) AS f;
END;
COMMENT ON FUNCTION industry.period_option_problem(jsonb) IS
'what is wrong with the options fiscal_year and period_grain; NULL where nothing is, or they are not set';

CREATE OR REPLACE FUNCTION industry.month_number(name text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT m.month::integer
	FROM (SELECT translate(lower(name), 'äéèûçÄÉÈÛÇ', 'aeeucaeeuc') AS name) AS n,
		 unnest(ARRAY['january januar janvier enero janeiro', 'february februar fevrier febrero fevereiro', 'march marz mars marzo marco',
					  'april avril abril', 'may mai mayo maio', 'june juni juin junio junho', 'july juli juillet julio julho',
					  'august aout agosto', 'september septembre septiembre setiembre setembro sept', 'october oktober octobre octubre outubro',
					  'november novembre noviembre novembro', 'december dezember decembre diciembre dezembro']) WITH ORDINALITY AS m (names, month)
	-- English may be cut short; the other languages' short forms are not read
	WHERE length(n.name) >= 3 AND (n.name = ANY (string_to_array(m.names, ' ')) OR starts_with(m.names, n.name));
END;
COMMENT ON FUNCTION industry.month_number(text) IS
'1 to 12 for the name of a month: English, also cut to three letters or more, German, French, Spanish or Portuguese in full; NULL for anything else';

CREATE OR REPLACE FUNCTION industry.full_year(printed text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN length(printed) = 2 THEN printed::integer + CASE WHEN printed < '70' THEN 2000 ELSE 1900 END ELSE printed::integer END;
COMMENT ON FUNCTION industry.full_year(text) IS 'a year of two or four digits: 00 to 69 are 2000 to 2069, 70 to 99 are 1970 to 1999';

CREATE OR REPLACE FUNCTION industry.raised_mark(as_printed text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN octet_length(as_printed) <> length(as_printed) THEN substring(as_printed FROM '[\u00AA\u00B2\u00B3\u00B9\u00BA\u00BC-\u00BE\u02B0-\u02B8\u1D2C-\u1D6A\u1D78\u1D9B-\u1DBF\u2070-\u209C\u2150-\u2189\u2460-\u24FF\u2776-\u2793\u3220-\u325F\u3280-\u32BF\U0001F100-\U0001F12B]') END;
COMMENT ON FUNCTION industry.raised_mark(text) IS
'the first raised, lowered, enclosed or fractional character, which folding would make a plain digit or letter: 2024¹² is not December 2024; NULL where there is none';

CREATE OR REPLACE FUNCTION industry.read_day(as_printed text, options jsonb DEFAULT '{}',
	OUT first_day date, OUT last_day date, OUT day_precision text, OUT sqlstate text, OUT problem text, OUT hint text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	midnight CONSTANT text := '(?:T|,? )(?:00?:00(?::00(?:\.0+)?)?|12:00(?::00)? ?AM)(?: ?(?:Z|UTC|GMT|[-+][0-9]{2}(?::?[0-9]{2})?))?$';
	name CONSTANT text := '([^0-9 .,/()-]{3,10})';
	t text := printed_text(as_printed);
	part text[];
	is_timestamp boolean := false;
	y integer;
	m integer;
	d integer;
BEGIN
	IF t IS NULL OR t = '' THEN
		RETURN;
	END IF;
	IF raised_mark(as_printed) IS NOT NULL THEN
		sqlstate := '22008';
		problem := format('"%s" has a raised or enclosed character', excerpt(as_printed));
		hint := format('Is %s the mark of a footnote? Write the date without it.', raised_mark(as_printed));
		RETURN;
	END IF;
	IF strpos(t, ':') > 0 AND t ~* midnight THEN
		is_timestamp := true;
		t := regexp_replace(t, midnight, '', 'i');
	ELSIF strpos(t, ':') > 0 AND t ~ '[0-9](?:T|,? )[0-9]{1,2}:[0-9]{2}' THEN
		sqlstate := '22008';
		problem := format('"%s" has a time of day', excerpt(as_printed));
		hint := 'Write the day, such as 2024-01-31; a timestamp is read where it is midnight.';
		RETURN;
	END IF;

	-- year first; data frames make numbers of years, months and days: 2022.0, 202403, 20240131
	part := coalesce(regexp_match(t, '^([0-9]{4})(?:\.0+)?$'),
					 regexp_match(t, '^([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?$'),
					 regexp_match(t, '^((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-9]{2})?(?:\.0+)?$'),
					 (SELECT ARRAY[p[2], p[1]] FROM regexp_match(t, '^(0[1-9]|1[0-2])[-/.]([0-9]{4})$') AS p WHERE p IS NOT NULL),
					 CASE WHEN t ~ '[年년]' THEN regexp_match(t, '^([0-9]{4}) ?[年년](?: ?([0-9]{1,2}) ?[月월]份?(?: ?([0-9]{1,2}) ?[日号일])?)?$') END);
	IF t ~ '^[0-9]{4}\.1$' THEN
		sqlstate := '22007';
		problem := format('"%s" may be January or October', excerpt(as_printed));
		hint := format('A number loses its last zero: write %1$s-01 or %1$s-10.', left(t, 4));
		RETURN;
	ELSIF part IS NOT NULL THEN
		y := part[1]::integer;
		m := part[2]::integer;
		d := part[3]::integer;
	ELSIF t ~ '^[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}$' THEN
		part := regexp_match(t, '^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})$');
		y := part[3]::integer;
		IF options ->> 'date_order' = 'dmy' OR part[1]::integer > 12 OR part[1]::integer = part[2]::integer THEN
			d := part[1]::integer;
			m := part[2]::integer;
		ELSIF options ->> 'date_order' = 'mdy' OR part[2]::integer > 12 THEN
			m := part[1]::integer;
			d := part[2]::integer;
		ELSE
			sqlstate := '22007';
			problem := format('"%s" may be two different days', excerpt(as_printed));
			hint := 'Write 2025-07-15, or set the option date_order of the source to dmy or mdy.';
			RETURN;
		END IF;
	ELSE
		-- 15 July 2025, July 15, 2025, 15. Juli 2025, 15 de julio de 2025, 15-Jul-2025, 2025 July
		part := coalesce(
			(SELECT ARRAY[p[4], p[2], coalesce(p[1], p[3])]
			 FROM regexp_match(t, '^(?:([0-9]{1,2})(?:st|nd|rd|th|er|\.)?[ -](?:de )?)?' || name || '\.?(?: ([0-9]{1,2})(?:st|nd|rd|th)?,)?(?: de)?[ -]([0-9]{4})$') AS p
			 WHERE p IS NOT NULL AND (p[1] IS NULL OR p[3] IS NULL)),
			regexp_match(t, '^([0-9]{4})[ -]' || name || '\.?(?:[ -]([0-9]{1,2}))?$'),
			(SELECT ARRAY[p[1], array_position(ARRAY['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'], p[2])::text]
			 FROM regexp_match(t, '^([0-9]{4}) ?年 ?([一二三四五六七八九十]{1,2})月份?$') AS p WHERE p IS NOT NULL));
		m := CASE WHEN part[2] ~ '^[0-9]+$' THEN part[2]::integer ELSE month_number(part[2]) END;
		IF m IS NOT NULL THEN
			y := part[1]::integer;
			d := part[3]::integer;
		END IF;
	END IF;
	IF y IS NULL OR (is_timestamp AND d IS NULL) THEN
		sqlstate := CASE WHEN t ~ '^[0-9]{5,6}$' THEN '22008' ELSE '22007' END;
		problem := format('"%s" is not a date', excerpt(as_printed));
		hint := CASE WHEN t ~ '^(19|20)[0-9]{3,4}$' THEN format('Is the footnote number %s glued to the year %s?', substr(t, 5), left(t, 4))
			WHEN t ~ '^[345][0-9]{4}(?:\.0+)?$' THEN format('Is it a spreadsheet''s number of a day? Write the date, %s if the sheet counts from 1900.', to_char(date '1899-12-30' + left(t, 5)::integer, 'YYYY-MM-DD'))
			ELSE 'Write 2025-07-15, 2025-07, 2025 or July 2025.' END;
	ELSIF y NOT BETWEEN 1800 AND 2200 OR m NOT BETWEEN 1 AND 12 OR d < 1
		OR d > extract(day FROM make_date(y, coalesce(m, 1), 1)::timestamp + interval '1 month' - interval '1 day') THEN
		sqlstate := '22008';
		problem := format('the date "%s" is out of range', excerpt(as_printed));
		hint := 'Years run from 1800 to 2200, months from 1 to 12, and days to the end of the month.';
	ELSE
		day_precision := CASE WHEN m IS NULL THEN 'year' WHEN d IS NULL THEN 'month' ELSE 'day' END;
		first_day := make_date(y, coalesce(m, 1), coalesce(d, 1));
		last_day := CASE day_precision WHEN 'day' THEN first_day
			WHEN 'month' THEN (first_day::timestamp + interval '1 month' - interval '1 day')::date
			ELSE make_date(y, 12, 31) END;
	END IF;
END
$$;
COMMENT ON FUNCTION industry.read_day(text, jsonb) IS
'a day, month or year as printed (docs/periods.md). first_day and last_day bound what it may mean, day_precision says which; 07/08/2025 by the option date_order (dmy, mdy); years 1800 to 2200';

CREATE OR REPLACE FUNCTION industry.read_fiscal_year(as_printed text, options jsonb DEFAULT '{}',
	OUT first_day date, OUT last_day date, OUT grain text, OUT sqlstate text, OUT problem text, OUT hint text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	fiscal CONSTANT text := '(?:FY|F\.Y\.|fiscal(?: year)?|financial year) ?''?([0-9]{4}|[0-9]{2})(?: ?[-–—/] ?([0-9]{4}|[0-9]{2}))?';
	t text := printed_text(as_printed);
	begins text := CASE jsonb_typeof(options -> 'fiscal_year') WHEN 'object' THEN options -> 'fiscal_year' ->> 'begins' ELSE options ->> 'fiscal_year' END;
	named_by text := options -> 'fiscal_year' ->> 'named_by';
	part text[];		-- first year, second year, Q or H, its number
	y integer;
	span integer;
BEGIN
	-- The server keeps 32 compiled expressions: a look at what a text has
	-- at all spares the many forms that it cannot be.
	part := CASE WHEN t ~* 'FY|F\.Y\.|fiscal|financial|年度' THEN coalesce(
		(SELECT ARRAY[p[1], p[2], coalesce(p[3], p[6]), coalesce(p[4], p[5])]
		 FROM regexp_match(t, '^' || fiscal || '(?:[ -]?([QH])([1-4])|[ -]?([1-4])([QH]))?$', 'i') AS p WHERE p IS NOT NULL),
		(SELECT ARRAY[p[3], p[4], p[1], p[2]] FROM regexp_match(t, '^([QH])([1-4])[ -]?' || fiscal || '$', 'i') AS p WHERE p IS NOT NULL),
		(SELECT ARRAY[p[3], p[4], p[2], p[1]] FROM regexp_match(t, '^([1-4])([QH])[ -]?' || fiscal || '$', 'i') AS p WHERE p IS NOT NULL),
		regexp_match(t, '^([0-9]{4}) ?年度$')) END;
	IF part IS NULL THEN
		-- without the letters: two years, the second the first and one
		part := coalesce(
			(SELECT p FROM regexp_match(t, '^([0-9]{4}) ?[-–—/] ?([0-9]{2})$') AS p
			 WHERE p[2]::integer = (p[1]::integer + 1) % 100
			   -- 2011-12 is a month until the source has fiscal years
			   AND NOT (t ~ '^[0-9]{4}[-/](0[1-9]|1[0-2])$' AND (begins IS NULL OR coalesce(options ->> 'period_grain' = 'month', false)))),
			(SELECT p FROM regexp_match(t, '^([0-9]{4}) ?[-–—/] ?([0-9]{4})$') AS p
			 WHERE p[2]::integer = p[1]::integer + 1 AND begins <> '01-01'));
		IF part IS NULL THEN
			RETURN;
		END IF;
	END IF;

	y := full_year(part[1]);
	span := CASE upper(part[3]) WHEN 'Q' THEN 3 WHEN 'H' THEN 6 ELSE 12 END;
	IF y NOT BETWEEN 1801 AND 2199 OR part[4]::integer * span > 12
		OR NOT coalesce(part[2]::integer = CASE length(part[2]) WHEN 2 THEN (y + 1) % 100 ELSE y + 1 END, true) THEN
		sqlstate := '22008';
		problem := format('the fiscal year "%s" is out of range', excerpt(as_printed));
		hint := 'The second year is the first and one, quarters run from 1 to 4, halves from 1 to 2; ranges are written FY2022 to FY2025.';
	ELSIF begins IS NULL THEN
		sqlstate := '22023';
		problem := format('"%s" is a fiscal year', excerpt(as_printed));
		hint := CASE WHEN part[2] IS NULL THEN
				'Set the option of the source that says when the year begins and which calendar year names it, such as {"fiscal_year": {"begins": "04-01", "named_by": "end"}}; write CY2022 or 2022 for a calendar year.'
			ELSE 'Set the option of the source that says when the year begins, such as {"fiscal_year": "04-01"}; two calendar years are written 2022-01/2023-12.' END;
	ELSIF part[2] IS NOT NULL AND begins = '01-01' THEN
		sqlstate := '22008';
		problem := format('"%s" is a year of two years', excerpt(as_printed));
		hint := 'The option fiscal_year says that years begin on 1 January, so that each lies in one: correct the option, or write the year.';
	ELSIF part[2] IS NULL AND named_by IS NULL AND begins <> '01-01' THEN
		sqlstate := '22023';
		problem := format('"%s" may be the fiscal year that begins in %s or the one that ends in it', excerpt(as_printed), y);
		hint := format('Set the option {"fiscal_year": {"begins": "%1$s", "named_by": "begin"}} of the source for the year from %2$s-%1$s, or "named_by": "end" for the one from %3$s-%1$s; or write %2$s-%4$s.',
			begins, y, y - 1, lpad(((y + 1) % 100)::text, 2, '0'));
	ELSE
		IF part[2] IS NULL AND named_by = 'end' AND begins <> '01-01' THEN
			y := y - 1;
		END IF;
		grain := CASE span WHEN 3 THEN 'quarter' WHEN 6 THEN 'half' ELSE 'year' END;
		first_day := make_date(y, left(begins, 2)::integer, right(begins, 2)::integer) + make_interval(months => (coalesce(part[4]::integer, 1) - 1) * span);
		last_day := (first_day + make_interval(months => span))::date - 1;
	END IF;
END
$$;
COMMENT ON FUNCTION industry.read_fiscal_year(text, jsonb) IS
'a fiscal year, or its quarter or half, by the option fiscal_year; a problem where the option does not say which days it has; all NULL where the text is no fiscal year';

CREATE OR REPLACE FUNCTION industry.read_single_period(as_printed text, options jsonb DEFAULT '{}',
	OUT first_day date, OUT last_day date, OUT grain text, OUT sqlstate text, OUT problem text, OUT hint text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	t text := printed_text(as_printed);
	part text[];		-- year, Q or H, number
	y integer;
	m integer;
	span integer;
BEGIN
	IF t ~ '^[0-9]{4}(?:-[0-9]{2}){0,2}$' THEN
		NULL;		-- what most files have needs no look at the other forms
	ELSIF t ~ '[年년]' THEN
		part := coalesce(
			(SELECT ARRAY[p[1], 'Q', translate(p[2], '一二三四', '1234')] FROM regexp_match(t, '^([0-9]{4}) ?[年년] ?(?:第|Q)? ?([1-4一二三四]) ?(?:季度|季|분기)$') AS p WHERE p IS NOT NULL),
			regexp_match(t, '^([0-9]{4}) ?[年년] ?([QH])([1-4])$', 'i'),
			(SELECT ARRAY[p[1], 'H', CASE WHEN p[2] IN ('上', '상') THEN '1' ELSE '2' END] FROM regexp_match(t, '^([0-9]{4}) ?[年년] ?([上下상하])(?:半年|반기)$') AS p WHERE p IS NOT NULL));
	ELSIF t ~* '[QHS]' THEN
		part := coalesce(
			regexp_match(t, '^([0-9]{4})[ /-]?([QHS])([1-4])$', 'i'),
			(SELECT ARRAY[p[3], p[1], p[2]] FROM regexp_match(t, '^([QHS])([1-4])(?: of)?[ /-]?''?([0-9]{4}|[0-9]{2})$', 'i') AS p WHERE p IS NOT NULL),
			(SELECT ARRAY[p[3], p[2], p[1]] FROM regexp_match(t, '^([1-4])([QH])[ /-]?''?([0-9]{4}|[0-9]{2})$', 'i') AS p WHERE p IS NOT NULL),
			regexp_match(t, '^([0-9]{2})([QH])([1-4])$', 'i'),
			(SELECT ARRAY[p[1], p[3], p[2]] FROM regexp_match(t, '^([0-9]{4})[ /-]([1-4])([QH])$', 'i') AS p WHERE p IS NOT NULL),
			(SELECT ARRAY[p[3], upper(left(p[2], 1)), ceil(array_position(ARRAY['first', '1st', 'second', '2nd', 'third', '3rd', 'fourth', '4th'], lower(p[1])) / 2.0)::text]
			 FROM regexp_match(t, '^(first|second|third|fourth|1st|2nd|3rd|4th)[ -](quarter|half),?(?: of)? ([0-9]{4})$', 'i') AS p WHERE p IS NOT NULL));
	END IF;
	IF part IS NOT NULL THEN
		y := full_year(part[1]);
		span := CASE upper(part[2]) WHEN 'Q' THEN 3 ELSE 6 END;
		m := (part[3]::integer - 1) * span + 1;
		grain := CASE span WHEN 3 THEN 'quarter' ELSE 'half' END;
	ELSIF t ~ '[A-Za-z]' THEN
		part := coalesce(
			regexp_match(t, '^([0-9]{4})-?M([0-9]{1,2})$', 'i'),
			(SELECT ARRAY[p[2], p[1]] FROM regexp_match(t, '^M([0-9]{1,2})[ /-]([0-9]{4})$', 'i') AS p WHERE p IS NOT NULL),
			(SELECT ARRAY[p[2], month_number(p[1])::text] FROM regexp_match(t, '^([A-Za-z]{3,9})\.?(?:-''?|'' ?| '')?([0-9]{2})$') AS p WHERE month_number(p[1]) IS NOT NULL));
		IF part IS NOT NULL THEN
			y := full_year(part[1]);
			span := 1;
			m := part[2]::integer;
			grain := 'month';
		ELSE
			part := coalesce(regexp_match(t, '^([0-9]{4})-?A1$'), regexp_match(t, '^(?:CY|calendar year) ?''?([0-9]{4}|[0-9]{2})$', 'i'));
			IF part IS NOT NULL THEN
				y := full_year(part[1]);
				span := 12;
				m := 1;
				grain := 'year';
			END IF;
		END IF;
	END IF;
	IF y IS NOT NULL THEN
		IF y NOT BETWEEN 1800 AND 2200 OR m NOT BETWEEN 1 AND 13 - span THEN
			grain := NULL;
			sqlstate := '22008';
			problem := format('the period "%s" is out of range', excerpt(as_printed));
			hint := 'Years run from 1800 to 2200, quarters from 1 to 4, halves from 1 to 2, months from 1 to 12.';
			RETURN;
		END IF;
		first_day := make_date(y, m, 1);
		last_day := (first_day + make_interval(months => span))::date - 1;
		RETURN;
	END IF;

	-- weeks of ISO 8601: the first one holds 4 January
	part := CASE WHEN strpos(t, 'W') > 0 THEN regexp_match(t, '^([0-9]{4})-?W([0-9]{2})$') END;
	IF part IS NOT NULL THEN
		y := part[1]::integer;
		IF y BETWEEN 1800 AND 2200 THEN
			first_day := make_date(y, 1, 4) - extract(isodow FROM make_date(y, 1, 4))::integer + 1 + 7 * (part[2]::integer - 1);
		END IF;
		IF extract(isoyear FROM first_day) = y THEN
			last_day := first_day + 6;
			grain := 'week';
		ELSE
			first_day := NULL;
			sqlstate := '22008';
			problem := format('the week "%s" is out of range', excerpt(as_printed));
			hint := 'Weeks are those of ISO 8601: 01 to 52, in some years 53.';
		END IF;
		RETURN;
	END IF;

	SELECT r.first_day, r.last_day, r.grain, r.sqlstate, r.problem, r.hint INTO first_day, last_day, grain, sqlstate, problem, hint FROM read_fiscal_year(t, options) AS r;
	IF grain IS NULL AND problem IS NULL THEN
		SELECT r.first_day, r.last_day, r.day_precision, r.sqlstate, r.problem, r.hint INTO first_day, last_day, grain, sqlstate, problem, hint FROM read_day(t, options) AS r;
	END IF;
END
$$;
COMMENT ON FUNCTION industry.read_single_period(text, jsonb) IS
'a year, half, quarter, month, week or day as printed, without marks and ranges: what read_period is made of';

CREATE OR REPLACE FUNCTION industry.read_period_range(t text, options jsonb, OUT first_day date, OUT last_day date, OUT sqlstate text, OUT problem text, OUT hint text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	within_range jsonb;
	part text[];
	one record;
	other record;
BEGIN
	-- Ranges.  Their ends say themselves what they are: the options that decide
	-- what a day or 2011-12 stands for are not for them.
	within_range := coalesce(options, '{}') - 'period_grain';
	IF t !~* 'FY|fiscal|年度' THEN
		within_range := within_range - 'fiscal_year';
	END IF;
	part := coalesce(
		regexp_match(t, '^([0-9]{4}(?:-[0-9]{2}){0,2}) ?(?:/|to|through) ?([0-9]{4}(?:-[0-9]{2}){0,2})$'),
		regexp_match(t, '^([0-9]{4}) ?[-–—~至] ?([0-9]{4}) ?年?$'),
		(SELECT ARRAY[p[1] || '-M' || p[2], p[1] || '-M' || p[3]] FROM regexp_match(t, '^([0-9]{4}) ?年 ?([0-9]{1,2}) ?月? ?[-–—~至] ?([0-9]{1,2}) ?月$') AS p WHERE p IS NOT NULL),
		(SELECT ARRAY[p[1] || '-Q1', p[1] || '-Q' || translate(p[2], '二三', '23')] FROM regexp_match(t, '^([0-9]{4}) ?年 ?前([二三23])个?季度$') AS p WHERE p IS NOT NULL),
		regexp_match(t, '^(.{4,20}?) ?(?:–|—|~|至|/| to | through | - ) ?(.{4,20})$'),
		(SELECT ARRAY[p[1] || ' ' || p[3], p[2] || ' ' || p[3]]
		 FROM regexp_match(t, '^([A-Za-z]{3,9})\.? ?[-–] ?([A-Za-z]{3,9})\.? ([0-9]{4})$') AS p WHERE p IS NOT NULL),
		(SELECT ARRAY[p[1] || ' ' || p[3], p[2] || ' ' || p[3]] FROM regexp_match(t, '^(Q[1-4]) ?[-–] ?(Q[1-4]) ([0-9]{4})$', 'i') AS p WHERE p IS NOT NULL),
		regexp_match(t, '^([^-]{4,20})-([^-]{4,20})$'));
	IF part IS NOT NULL THEN
		SELECT r.first_day, r.last_day INTO one FROM read_single_period(part[1], within_range) AS r;
		SELECT r.first_day, r.last_day, r.sqlstate, r.problem, r.hint INTO other FROM read_single_period(part[2], within_range) AS r;
		IF one.first_day <= other.last_day THEN
			first_day := one.first_day;
			last_day := other.last_day;
		ELSIF other.sqlstate = '22023' THEN
			sqlstate := other.sqlstate;
			problem := other.problem;
			hint := other.hint;
		END IF;
	END IF;
END
$$;
COMMENT ON FUNCTION industry.read_period_range(text, jsonb) IS 'a range of periods, such as 2022-01/2022-11 or Q1-Q3 2024, as printed_text prints it: first and last day, NULL where it is none; or a problem of its end';

CREATE OR REPLACE FUNCTION industry.explain_period(as_printed text, t text, options jsonb, OUT sqlstate text, OUT problem text, OUT hint text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	one record;
BEGIN
	SELECT r.sqlstate, r.problem, r.hint INTO one FROM read_single_period(t, options) AS r;
	sqlstate := coalesce(one.sqlstate, '22007');
	problem := CASE WHEN one.sqlstate = '22008' OR one.problem LIKE '% may be %' THEN one.problem ELSE format('"%s" is not a period', excerpt(as_printed)) END;
	hint := CASE WHEN one.sqlstate = '22008' OR one.hint ~ 'spreadsheet' OR one.problem LIKE '% may be %' THEN one.hint
		WHEN t ~* '^T[1-4][ -]?''?[0-9]{2,4}$|^[0-9]{4}[ -]?T[1-4]$' THEN 'T may be a quarter or a third of the year: write 2024-Q1 or 2024-01/2024-04.'
		ELSE 'Write 2024, 2024-11, 2024-Q3, 2024-H1, 2022-01/2022-11 or 2025e; put words such as "by 2022" beside columns period_first and period_last; n/s where the source does not say.' END;
END
$$;
COMMENT ON FUNCTION industry.explain_period(text, text, jsonb) IS 'why a text (t: as printed_text prints it) is no period, and what to write';

CREATE OR REPLACE FUNCTION industry.read_period(as_printed text, options jsonb DEFAULT '{}',
	OUT first_day date, OUT last_day date, OUT grain text, OUT is_estimate boolean, OUT statement_kind text, OUT missing_reason text,
	OUT sqlstate text, OUT problem text, OUT hint text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	words CONSTANT text := 'est\.?|estimated?|forecast|projected|projection|target|planned|actual|预测|目标';
	t text := printed_text(as_printed);
	mark text;
	has_letter boolean := false;
	part text[];
	one record;
	span integer;
	wanted text := options ->> 'period_grain';
BEGIN
	is_estimate := false;
	IF t IS NULL OR t = '' THEN
		RETURN;
	END IF;
	missing_reason := nullif(coalesce(options -> 'missing' ->> as_printed, options -> 'missing' ->> t,
		CASE WHEN lower(t) IN ('n/s', 'n.s.', 'ns', 'not stated', '—', '–', '-', '--') THEN 'not stated'
			WHEN lower(t) IN ('n/a', 'n.a.', 'na', 'not available', '..', '...', 'nan', 'nat', 'none', '<na>', 'null') THEN 'not available' END), '0');
	IF missing_reason IS NOT NULL THEN
		RETURN;
	END IF;
	sqlstate := '22008';
	IF length(t) > 100 THEN
		problem := format('"%s" is not a period', excerpt(as_printed));
		hint := 'Write 2024, 2024-11, 2024-Q3 or 2024-H1.';
		RETURN;
	END IF;
	problem := 'option ' || period_option_problem(options);
	IF problem IS NOT NULL THEN
		sqlstate := '22023';
		hint := 'Correct the option of the source.';
		RETURN;
	END IF;
	IF raised_mark(as_printed) IS NOT NULL THEN
		problem := format('"%s" has a raised or enclosed character', excerpt(as_printed));
		hint := format('Is %s the mark of a footnote? Write the period without it.', raised_mark(as_printed));
		RETURN;
	END IF;
	IF t ~ '^year .*, (?:quarter|month|day) ' THEN
		problem := format('"%s" do not make one period', excerpt(as_printed));
		hint := 'Write a year, a quarter from 1 to 4, a month from 1 to 12 that lies in the quarter, and a day of that month; leave empty what does not apply.';
		RETURN;
	END IF;
	sqlstate := NULL;

	-- what the print says of the figure: 2025e, 2030F, 2030 (forecast), 2025E-2030E
	part := CASE WHEN t ~ '[^-0-9 ./:年月日]$' THEN coalesce(regexp_match(t, '^(.*[^ ]) ?\((' || words || '|[eEfFaApP])\)$', 'i'),
					 regexp_match(t, '^(.*[0-9年]) ?(' || words || ')$', 'i'),
					 (SELECT ARRAY[p[1] || p[3] || p[4], p[5]] FROM regexp_match(t, '^(.*[0-9])([a-zA-Z])( ?(?:-|–|—|/|~|to) ?)(.*[0-9])([a-zA-Z])$') AS p
					  WHERE lower(p[2]) = lower(p[5]) AND p[5] ~ '[eEfFaApP]')) END;
	IF part IS NULL AND t ~ '[eEfFaApP]$' THEN
		part := regexp_match(t, '^(.*[0-9年]) ?([eEfFaApP])$');
		has_letter := part IS NOT NULL;
	END IF;
	IF part IS NOT NULL THEN
		t := part[1];
		mark := part[2];
		statement_kind := CASE
			WHEN lower(mark) IN ('e', 'est', 'est.', 'estimate', 'estimated') THEN 'estimated'
			WHEN lower(mark) IN ('f', 'forecast', 'projected', 'projection', '预测') OR mark = 'P' THEN 'forecast'
			WHEN lower(mark) IN ('target', 'planned', '目标') THEN 'target'
			WHEN lower(mark) IN ('a', 'actual') THEN 'measured' END;
		is_estimate := statement_kind IS NOT DISTINCT FROM 'estimated';
	END IF;

	SELECT * INTO one FROM read_single_period(t, options);
	IF mark IS NOT NULL AND statement_kind IS NULL AND one.first_day IS NOT NULL THEN
		sqlstate := '22008';
		problem := format('"%s" may be projected or provisional', excerpt(as_printed));
		hint := format('Write %1$s (projected) or %1$s; that a figure is provisional goes into a column of its own.', t);
	ELSIF one.first_day IS NOT NULL AND NOT (has_letter AND one.grain IN ('day', 'week')) THEN
		IF one.grain = 'day' AND wanted <> 'day' THEN
			span := CASE wanted WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'half' THEN 6 ELSE 12 END;
			IF extract(day FROM one.first_day) <> 1 OR (extract(month FROM one.first_day)::integer - 1) % span <> 0 THEN
				sqlstate := '22008';
				problem := format('"%s" is not the first day of a %s', excerpt(as_printed), wanted);
				hint := format('The option period_grain of the source says that its days stand for a %s each: correct the option or the file.', wanted);
			ELSE
				one.grain := wanted;
				one.last_day := (one.first_day + make_interval(months => span))::date - 1;
			END IF;
		END IF;
		IF problem IS NULL THEN
			first_day := one.first_day;
			last_day := one.last_day;
			grain := one.grain;
			RETURN;
		END IF;
	ELSIF one.sqlstate = '22023' THEN
		sqlstate := one.sqlstate;
		problem := one.problem;
		hint := one.hint;
	END IF;

	IF problem IS NULL AND NOT has_letter THEN
		SELECT r.first_day, r.last_day, r.sqlstate, r.problem, r.hint INTO one FROM read_period_range(t, options) AS r;
		IF one.first_day IS NOT NULL THEN
			first_day := one.first_day;
			last_day := one.last_day;
			grain := 'range';
			RETURN;
		ELSIF one.problem IS NOT NULL THEN
			sqlstate := one.sqlstate;
			problem := one.problem;
			hint := one.hint;
		END IF;
	END IF;

	statement_kind := NULL;
	is_estimate := false;
	IF problem IS NULL THEN
		SELECT r.sqlstate, r.problem, r.hint INTO sqlstate, problem, hint FROM explain_period(as_printed, t, options) AS r;
	END IF;
END
$$;
COMMENT ON FUNCTION industry.read_period(text, jsonb) IS
'a period as printed (docs/periods.md): first and last day, both inclusive; grain; statement_kind where the print says it (2025e, 2030F); or a missing_reason; or a problem with SQLSTATE and hint';

CREATE OR REPLACE FUNCTION industry.period_of_parts(year text, quarter text DEFAULT NULL, month text DEFAULT NULL, day text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	-- what a data frame puts into an empty cell; another mark beside a year is no year's figure
	empty CONSTANT text := '^(?:nan|nat|none|<na>|null)?$';
	years CONSTANT text := nullif(regexp_replace(printed_text(year), empty, '', 'i'), '');
	q text := nullif(regexp_replace(printed_text(quarter), empty, '', 'i'), '');
	m text := nullif(regexp_replace(printed_text(month), empty, '', 'i'), '');
	d text := nullif(regexp_replace(printed_text(day), empty, '', 'i'), '');
	part text[];
	refused text;
	whole record;
	letter text;
	quarter_number integer;
	month_of integer;
	y text;
BEGIN
	IF num_nonnulls(q, m, d) = 0 THEN
		RETURN CASE WHEN years IS NULL THEN NULL ELSE year END;
	END IF;
	refused := 'year ' || concat_ws(', ', coalesce(years, '?'), 'quarter ' || quarter, 'month ' || month, 'day ' || day);
	part := regexp_match(years, '^([0-9]{4})(?:\.0+)? ?年?([eEfFaAP]| ?\([a-z.]+\))?$');
	SELECT * INTO whole FROM read_fiscal_year(years, '{"fiscal_year": "04-01"}');
	IF num_nonnulls(raised_mark(year), raised_mark(quarter), raised_mark(month), raised_mark(day)) > 0 THEN
		RETURN refused;
	ELSIF part IS NOT NULL THEN
		y := part[1];
	ELSIF num_nonnulls(whole.grain, whole.problem) > 0 AND num_nonnulls(m, d) = 0 THEN
		-- FY2022 or 2022-23 with its quarter
		y := regexp_replace(regexp_replace(years, ' ?年度$', ''), '^(?=[0-9])', 'FY');
	ELSE
		RETURN refused;
	END IF;

	IF q IS NOT NULL THEN
		letter := 'Q';
		quarter_number := (coalesce(regexp_match(q, '^(?:Q|Qtr\.? ?|quarter ?)?([1-4])(?:\.0+)?$', 'i'), regexp_match(q, '^([1-4])Q$', 'i')))[1];
		IF quarter_number IS NULL THEN
			part := coalesce(regexp_match(q, '^H([12])$', 'i'), regexp_match(q, '^([12])H$', 'i'));
			SELECT * INTO whole FROM read_period(q);
			IF part IS NOT NULL THEN
				letter := 'H';
				quarter_number := part[1];
			ELSIF whole.grain = 'quarter' AND extract(year FROM whole.first_day)::text = left(y, 4) THEN
				quarter_number := extract(quarter FROM whole.first_day);
			ELSE
				RETURN refused;
			END IF;
		END IF;
	END IF;
	IF m IS NOT NULL THEN
		month_of := coalesce((regexp_match(m, '^M?(0?[1-9]|1[0-2])(?:\.0+)?月?$', 'i'))[1]::integer, month_number(rtrim(m, '.')));
		IF month_of IS NULL THEN
			SELECT * INTO whole FROM read_period(m);
			IF whole.grain = 'month' AND extract(year FROM whole.first_day)::text = y THEN
				month_of := extract(month FROM whole.first_day);
			ELSE
				RETURN refused;
			END IF;
		END IF;
		IF quarter_number IS NOT NULL AND quarter_number <> (CASE letter WHEN 'Q' THEN (month_of + 2) / 3 ELSE (month_of + 5) / 6 END) THEN
			RETURN refused;
		END IF;
	END IF;
	IF d IS NOT NULL THEN
		d := (regexp_match(d, '^([0-9]{1,2})(?:\.0+)?日?$'))[1];
		IF d IS NULL OR month_of IS NULL OR (read_day(y || '-' || month_of || '-' || d)).first_day IS NULL THEN
			RETURN refused;
		END IF;
	END IF;

	part := regexp_match(years, '^[0-9]{4}(?:\.0+)? ?年?([eEfFaAP]| ?\([a-z.]+\))$');
	RETURN CASE
		WHEN d IS NOT NULL THEN format('%s-%s-%s', y, lpad(month_of::text, 2, '0'), lpad(d, 2, '0'))
		-- 2011-12 could be taken for a fiscal year
		WHEN month_of IS NOT NULL THEN y || CASE WHEN month_of = (y::integer + 1) % 100 THEN '-M' ELSE '-' END || lpad(month_of::text, 2, '0')
		WHEN y ~ '^[0-9]{4}$' THEN format('%s-%s%s', y, letter, quarter_number)
		ELSE format('%s %s%s', y, letter, quarter_number)
	END || coalesce(CASE lower(part[1]) WHEN 'e' THEN ' (estimated)' WHEN 'f' THEN ' (forecast)' WHEN 'p' THEN ' (projected)' WHEN 'a' THEN ' (actual)' ELSE ' ' || btrim(part[1]) END, '');
END
$$;
COMMENT ON FUNCTION industry.period_of_parts(text, text, text, text) IS
'one text that read_period reads, from a year with quarter, month or day in columns of their own: 2022 and 3 make 2022-03. Parts that contradict each other make a text that read_period refuses';

CREATE OR REPLACE FUNCTION industry.judge_periods(printed text[], options jsonb DEFAULT '{}', row_count bigint DEFAULT NULL,
	OUT sqlstate text, OUT problem text, OUT detail text, OUT hint text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	settled CONSTANT boolean := coalesce(options ? 'period_grain', false);
	fiscal CONSTANT boolean := coalesce(options ? 'fiscal_year', false);
	months CONSTANT boolean := coalesce(options ->> 'period_grain' = 'month', false);
	c record;
BEGIN
	problem := 'option ' || period_option_problem(options);
	IF problem IS NOT NULL THEN
		sqlstate := '22023';
		hint := 'Correct the option of the source.';
		RETURN;
	END IF;
	SELECT count(*) AS texts, greatest(coalesce(row_count, 0), coalesce(sum(v.times), 0)) AS rows,
		   count(*) FILTER (WHERE v.is_two_years) AS two_years,
		   min(v.t) FILTER (WHERE v.is_two_years AND v.is_month) AS either, min(v.t) FILTER (WHERE v.is_fiscal) AS fiscal_only,
		   min(v.t) FILTER (WHERE v.is_month AND NOT v.is_two_years) AS month_only, min(v.t) FILTER (WHERE v.is_two_years) AS first_of_two,
		   count(*) FILTER (WHERE v.is_day) AS days, sum(v.times) FILTER (WHERE v.is_day) AS day_rows, bool_or(v.is_day AND v.t ~ ':') AS has_timestamp,
		   bool_and(extract(day FROM v.first_day) = 1) FILTER (WHERE v.is_day) AS on_months,
		   bool_and(extract(month FROM v.first_day) IN (1, 4, 7, 10)) FILTER (WHERE v.is_day) AS on_quarters,
		   bool_and(extract(month FROM v.first_day) = 1) FILTER (WHERE v.is_day) AS on_years,
		   (array_agg(v.t ORDER BY v.first_day) FILTER (WHERE v.is_day))[1] AS a_day, min(v.first_day) FILTER (WHERE v.is_day) AS the_day,
		   count(*) FILTER (WHERE v.is_span) AS spans, min(v.t) FILTER (WHERE v.is_span) AS a_span, max(v.t) FILTER (WHERE v.is_span) AS last_span,
		   array_agg(left(v.t, 4)) FILTER (WHERE v.is_span) && array_agg(right(v.t, 4)) FILTER (WHERE v.is_span) AS overlap,
		   min(v.t) FILTER (WHERE v.t ~ '^[0-9]{6}$' AND v.first_day IS NOT NULL) AS six_digits, min(v.t) FILTER (WHERE v.t ~ '^(19|20)[0-9]{3,4}$' AND v.first_day IS NULL) AS footnote
	INTO c
	FROM (SELECT k.t, k.times, r.first_day, s.is_two_years, s.is_month,
				 coalesce(s.is_two_years AND NOT s.is_month OR k.t ~* '^(?:FY|F\.Y\.|fiscal|financial)', false) AS is_fiscal,
				 -- in digits: who writes 1 January 2022 means the day
				 r.grain = 'day' AND k.t ~* '^[0-9]+[-/.]?[0-9]+[-/.]?[0-9]+(?:(?:T|,? )[0-9]{1,2}:.*)?$' AS is_day,
				 CASE WHEN k.t ~ '^[0-9]{4} ?[-–—/] ?[0-9]{4}$' THEN right(k.t, 4)::integer = left(k.t, 4)::integer + 1 ELSE false END AS is_span
		  FROM (SELECT printed_text(p.as_printed) AS t, min(p.as_printed) AS as_printed, count(*) AS times
				FROM unnest(printed) AS p (as_printed) WHERE p.as_printed IS NOT NULL GROUP BY 1) AS k
		  CROSS JOIN LATERAL read_period(k.as_printed, options - 'period_grain') AS r
		  CROSS JOIN LATERAL (SELECT CASE WHEN k.t ~ '^[0-9]{4} ?[-–—/] ?[0-9]{2}$' THEN right(k.t, 2)::integer = (left(k.t, 4)::integer + 1) % 100 ELSE false END AS is_two_years,
									 k.t ~ '^[0-9]{4}[-/](?:0?[1-9]|1[0-2])$' AS is_month) AS s
		  WHERE k.t <> '' AND r.missing_reason IS NULL) AS v;

	IF NOT fiscal AND NOT months AND c.two_years > 0 AND (c.two_years = c.texts AND c.rows >= 2 OR c.either IS NOT NULL AND c.fiscal_only IS NOT NULL) THEN
		problem := CASE WHEN c.two_years = c.texts THEN 'every period is a year and the one after it' ELSE 'some periods are fiscal years, and some may be months' END;
		detail := CASE WHEN c.either IS NULL THEN format('"%s" is a fiscal year, and the day on which it begins is not known.', c.first_of_two)
			ELSE format('"%s" may be %s or the fiscal year %s/%s.', c.either, to_char(make_date(2000, right(c.either, 2)::integer, 1), 'FMMonth') || ' ' || left(c.either, 4), left(c.either, 4), right(c.either, 2))
				|| CASE WHEN c.fiscal_only IS NULL THEN '' ELSE format(' "%s" is no month.', c.fiscal_only) END END;
		hint := 'Set the option of the source that says which: {"fiscal_year": "04-01"} with the day on which the fiscal year begins'
			|| CASE WHEN c.either IS NULL THEN '.' ELSE ', or {"period_grain": "month"} for months.' END;
	ELSIF fiscal AND NOT settled AND c.either IS NOT NULL AND c.month_only IS NOT NULL THEN
		problem := 'some periods are months, and some may be fiscal years';
		detail := format('"%s" may be a month, as "%s" is, or the fiscal year that the option fiscal_year makes of it.', c.either, c.month_only);
		hint := 'Set the option {"period_grain": "month"} of the source if it is a month, {"period_grain": "year"} if it is a fiscal year.';
	ELSIF NOT fiscal AND c.spans >= 2 AND c.spans = c.texts AND c.overlap THEN
		problem := 'every period is two years, and they overlap';
		detail := format('"%s" may be two calendar years or one fiscal year, and so may "%s".', c.a_span, c.last_span);
		hint := 'Set the option {"fiscal_year": "04-01"} of the source with the day on which the fiscal year begins; write 2022-01/2023-12 for two calendar years.';
	ELSIF NOT settled AND c.on_months AND (c.has_timestamp OR c.days >= 2 OR c.day_rows >= 2 OR c.days = c.texts AND c.rows >= 2) THEN
		problem := CASE WHEN c.on_years THEN 'every date is a 1 January' WHEN c.on_quarters THEN 'every date is the first day of a quarter' ELSE 'every date is the first day of a month' END;
		detail := format('"%s" may be %s%s%s or the day.', c.a_day,
			CASE WHEN c.on_years THEN format('the year %s, ', to_char(c.the_day, 'YYYY')) END,
			CASE WHEN c.on_quarters THEN format('the quarter %s, ', to_char(c.the_day, 'YYYY-"Q"Q')) END,
			format('the month %s', to_char(c.the_day, 'YYYY-MM')));
		hint := format('Set the option {"period_grain": "%s"} of the source, or %s, for what a date stands for.',
			CASE WHEN c.on_years THEN 'year' WHEN c.on_quarters THEN 'quarter' ELSE 'month' END,
			CASE WHEN c.on_years THEN '"half", "quarter", "month" or "day"' WHEN c.on_quarters THEN '"half", "month" or "day"' ELSE '"day"' END);
	ELSIF NOT months AND c.six_digits IS NOT NULL AND c.footnote IS NOT NULL THEN
		problem := 'periods of six digits may be months or years with a footnote';
		detail := format('"%s" is a month or a year with the footnote %s; "%s" is no month.', c.six_digits, substr(c.six_digits, 5), c.footnote);
		hint := 'Write the years without the footnotes; or set the option {"period_grain": "month"} of the source if they are months.';
	END IF;
	IF problem IS NOT NULL THEN
		sqlstate := '22007';
	END IF;
END
$$;
COMMENT ON FUNCTION industry.judge_periods(text[], jsonb, bigint) IS
'why a column of periods cannot be read without an option, with both readings and the option to set; all NULL where it can. printed: its texts; row_count: its rows, where each text is given once';

CREATE OR REPLACE FUNCTION industry.read_days(as_printed text) RETURNS daterange
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	part text[] := regexp_match(printed_text(as_printed), '^([0-9-]*) ?/ ?([0-9-]*)$');
	first date;
	last date;
BEGIN
	IF part IS NULL OR part[1] || part[2] = '' THEN
		RETURN NULL;
	END IF;
	first := (SELECT r.first_day FROM read_day(nullif(part[1], '')) AS r);
	last := (SELECT r.last_day FROM read_day(nullif(part[2], '')) AS r);
	IF (part[1] <> '' AND first IS NULL) OR (part[2] <> '' AND last IS NULL) OR first > last THEN
		RETURN NULL;
	END IF;
	RETURN daterange(first, last, '[]');
END
$$;
COMMENT ON FUNCTION industry.read_days(text) IS 'days as FIRST/LAST, both inclusive, either empty for an open end: 2020-12/ or /2019; NULL where it is nothing of the kind';
