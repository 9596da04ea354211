/*
 * Reading what reports print: amounts with their qualifiers, ranges, marks for
 * missing values, currencies, multiples and units.
 *
 * None of these functions fails on any text.  A text that cannot be read has a
 * problem, an SQLSTATE and a hint, and no number.  They touch battery only
 * through the functions with BEGIN ATOMIC or RETURN bodies at the top.
 */

CREATE OR REPLACE FUNCTION industry.read_chemistry(as_printed text) RETURNS chemistry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN try_chemistry(as_printed);
COMMENT ON FUNCTION industry.read_chemistry(text) IS 'the chemistry that the text is read as; NULL where it is none';

CREATE OR REPLACE FUNCTION industry.chemistry_trouble(as_printed text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN chemistry_problem(as_printed);
COMMENT ON FUNCTION industry.chemistry_trouble(text) IS 'why the text is no chemistry: message, detail and hint, one a line; NULL where it is one';

-- A function with a CASE is only inlined into a query where it is not STRICT,
-- and these are called for every row of a file.
CREATE OR REPLACE FUNCTION industry.as_capacity(gwh numeric) RETURNS capacity_gwh
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN gwh < 9000000 AND gwh > -9000000 THEN to_capacity_gwh(gwh, 'GWh') ELSE try_capacity_gwh(gwh::text) END;
COMMENT ON FUNCTION industry.as_capacity(numeric) IS 'so many GWh; NULL beyond the range of the type';

CREATE OR REPLACE FUNCTION industry.as_cost(usd_per_kwh numeric) RETURNS cost_per_gwh
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN usd_per_kwh < 9000000 AND usd_per_kwh > -9000000 THEN to_cost_per_gwh(usd_per_kwh, 'USD/kWh')
	ELSE try_cost_per_gwh(usd_per_kwh::text || ' USD/kWh') END;
COMMENT ON FUNCTION industry.as_cost(numeric) IS 'so many US$ per kWh; NULL beyond the range of the type';

CREATE OR REPLACE FUNCTION industry.capacity_number(capacity capacity_gwh) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN to_unit(capacity, 'GWh');
COMMENT ON FUNCTION industry.capacity_number(capacity_gwh) IS 'a capacity as a number of GWh';

CREATE OR REPLACE FUNCTION industry.is_slip(newer numeric, older numeric, factor numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN newer > 0 AND older > 0 AND (newer >= older * factor OR older >= newer * factor);
COMMENT ON FUNCTION industry.is_slip(numeric, numeric, numeric) IS 'whether one of two positive numbers is at least factor times the other';

CREATE OR REPLACE FUNCTION industry.is_slip(newer capacity_gwh, older capacity_gwh, factor numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN industry.is_slip(to_unit(newer, 'GWh'), to_unit(older, 'GWh'), factor);
COMMENT ON FUNCTION industry.is_slip(capacity_gwh, capacity_gwh, numeric) IS 'whether one of two capacities is at least factor times the other';

CREATE OR REPLACE FUNCTION industry.is_slip(newer cost_per_gwh, older cost_per_gwh, factor numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN industry.is_slip(to_unit(newer, 'USD/kWh'), to_unit(older, 'USD/kWh'), factor);
COMMENT ON FUNCTION industry.is_slip(cost_per_gwh, cost_per_gwh, numeric) IS 'whether one of two costs is at least factor times the other';

/*
 * Text
 */

CREATE OR REPLACE FUNCTION industry.printed_text(as_printed text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
	-- plain ASCII has nothing to fold, and is what most cells are
	WHEN octet_length(as_printed) = length(as_printed) AND as_printed !~ '[[:space:]]{2}|[\t\r\n\f\v]' THEN btrim(as_printed)
	ELSE btrim(regexp_replace(
		translate(normalize(as_printed, NFKC), U&'\2010\2011\2212\00AD\200B\200C\200D\2060\FEFF\2018\2019\201C\201D', U&'---'),
		U&'[[:space:]\00A0\2000-\200A\202F\205F\3000]+', ' ', 'g'))
END;
COMMENT ON FUNCTION industry.printed_text(text) IS
'a printed text without what only typesetting put there: compatibility forms folded (NFKC), hyphens and minus signs of every kind made one, soft hyphens, zero-width characters and curly quotes removed, every run of blanks one blank, none at the ends. En and em dashes stay: they mean ranges and missing values';

CREATE OR REPLACE FUNCTION industry.excerpt(printed text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(CASE WHEN length(printed) > 100 THEN left(printed, 97) || '...' ELSE printed END, '[[:cntrl:]]', ' ', 'g');
COMMENT ON FUNCTION industry.excerpt(text) IS 'a text for a message: at most 100 characters, on one line';

CREATE OR REPLACE FUNCTION industry.header_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(lower(industry.printed_text(name)), '[ _-]+', '_', 'g'), '_');
COMMENT ON FUNCTION industry.header_key(text) IS 'key under which a header name is looked up: case, blanks, hyphens and underscores do not matter';

CREATE OR REPLACE FUNCTION industry.cell(c text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN trim_cell(c);
COMMENT ON FUNCTION industry.cell(text) IS 'text of a cell without blanks at its ends; NULL where nothing is left';

CREATE OR REPLACE FUNCTION industry.currency_code(printed text, options jsonb DEFAULT '{}') RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE upper(regexp_replace(printed, '[ .]', '', 'g'))
	WHEN '$' THEN coalesce(options ->> 'dollar', 'USD')
	WHEN 'DOLLAR' THEN coalesce(options ->> 'dollar', 'USD')
	WHEN 'DOLLARS' THEN coalesce(options ->> 'dollar', 'USD')
	WHEN 'US$' THEN 'USD' WHEN 'USDOLLAR' THEN 'USD' WHEN 'USDOLLARS' THEN 'USD'
	WHEN 'A$' THEN 'AUD' WHEN 'AU$' THEN 'AUD' WHEN 'C$' THEN 'CAD' WHEN 'CA$' THEN 'CAD'
	WHEN 'HK$' THEN 'HKD' WHEN 'NT$' THEN 'TWD' WHEN 'S$' THEN 'SGD' WHEN 'R$' THEN 'BRL'
	WHEN '€' THEN 'EUR' WHEN 'EURO' THEN 'EUR' WHEN 'EUROS' THEN 'EUR'
	WHEN '£' THEN 'GBP' WHEN 'POUNDS' THEN 'GBP'
	WHEN 'RMB' THEN 'CNY' WHEN 'YUAN' THEN 'CNY' WHEN 'RENMINBI' THEN 'CNY' WHEN 'CN¥' THEN 'CNY' WHEN '元' THEN 'CNY'
	WHEN '¥' THEN options ->> 'yen'
	WHEN 'YEN' THEN 'JPY' WHEN 'JP¥' THEN 'JPY'
	WHEN '₩' THEN 'KRW' WHEN 'WON' THEN 'KRW'
	WHEN '₹' THEN 'INR' WHEN 'RUPEES' THEN 'INR'
	ELSE CASE WHEN upper(printed) IN ('USD', 'EUR', 'GBP', 'CNY', 'JPY', 'KRW', 'INR', 'AUD', 'CAD', 'HKD', 'TWD', 'SGD', 'SEK', 'NOK',
				'DKK', 'CHF', 'PLN', 'CZK', 'HUF', 'TRY', 'IDR', 'THB', 'MYR', 'VND', 'PHP', 'BRL', 'MXN', 'CLP', 'ARS', 'ZAR', 'MAD',
				'SAR', 'AED', 'ILS', 'NZD', 'RUB', 'UAH', 'RON', 'BGN')
			  THEN upper(printed) END
END;
COMMENT ON FUNCTION industry.currency_code(text, jsonb) IS
'ISO 4217 code of a printed currency. A bare $ is the option "dollar" (USD where it is not set), a bare ¥ the option "yen"; NULL where the currency is not known, or ¥ has no option';

/*
 * Figures.  read_figure and read_unit of battery read them; what the loader adds
 * is what stands around a cell: the unit of its column and the options of its
 * source.
 */

CREATE OR REPLACE FUNCTION industry.unit_of(printed text, options jsonb,
	OUT dimension text, OUT factor numeric, OUT scale numeric, OUT currency text, OUT unit text, OUT sqlstate text, OUT problem text, OUT hint text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT u.dimension, u.factor, u.scale, u.currency, u.unit, u.sqlstate, u.problem, u.hint
	FROM read_unit(printed, coalesce(options ->> 'dollar', 'USD'), options ->> 'yen') AS u;
END;
COMMENT ON FUNCTION industry.unit_of(text, jsonb) IS 'a unit that stands alone, as read_unit reads it, by the options of a source';

CREATE OR REPLACE FUNCTION industry.unit_key(unit text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
	WHEN unit ~* '^ *(metric +)?tonnes? *$|^ *metric +tons? *$' THEN 't'
	WHEN unit ~* '^ *(kgs?|kilogram(me)?s?) *$' THEN 'kg'
	WHEN unit ~* '^ *(h|hrs?|hours?) *$' THEN 'h'
	WHEN unit ~* '^ *(yrs?|years?) *$' THEN 'year'
	-- Mt is a million tonnes, mt one
	WHEN length(industry.printed_text(unit)) <= 3 THEN industry.printed_text(unit)
	ELSE regexp_replace(industry.header_key(unit), 's$', '') END;
COMMENT ON FUNCTION industry.unit_key(text) IS 'key under which units of things that are counted or weighed are compared: tonnes and metric tons are t, hrs are h, a plural is its singular';

CREATE OR REPLACE FUNCTION industry.same_unit(one text, other text, options jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT industry.unit_key(one) = industry.unit_key(other)
		OR coalesce(a.problem IS NULL AND b.problem IS NULL AND a.dimension = b.dimension AND a.currency IS NOT DISTINCT FROM b.currency
					AND a.factor / a.scale = b.factor / b.scale
					-- any word is a unit of a number, with a factor of 1
					AND (a.dimension <> 'number' OR industry.unit_key(a.unit) = industry.unit_key(b.unit)), false)
	FROM industry.unit_of(one, options) AS a, industry.unit_of(other, options) AS b;
END;
COMMENT ON FUNCTION industry.same_unit(text, text, jsonb) IS 'whether two printed units mean the same, apart from a multiple';

CREATE OR REPLACE FUNCTION industry.plain_number(printed text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN :"home".plain_number(printed);
COMMENT ON FUNCTION industry.plain_number(text) IS 'the number, where the text is digits alone, up to 15 of them; such a figure means the same to every reader';

CREATE OR REPLACE FUNCTION industry.plain_integer(printed text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN :"home".plain_integer(printed);
COMMENT ON FUNCTION industry.plain_integer(text) IS 'the whole number, where the text is digits alone, or digits with .0 behind them';

CREATE OR REPLACE FUNCTION industry.figure_unit(column_name text, dimension text, in_column text, in_header text, in_option text, default_unit text,
	dimensions text[], options jsonb,
	OUT factor numeric, OUT scale numeric, OUT currency text, OUT unit text, OUT origin text, OUT sqlstate text, OUT problem text, OUT hint text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	wanted text := CASE dimension WHEN 'size' THEN 'capacity' ELSE dimension END;
	said record;
	u record;
	before text;
BEGIN
	FOR said IN SELECT s.place, s.printed
				FROM (VALUES ('column "unit"', in_column), ('the header', in_header), ('the option units', in_option)) AS s (place, printed)
				WHERE s.printed <> '' LOOP
		u := unit_of(said.printed, options);
		IF wanted = 'number' THEN
			-- whatever it is of, as printed; amounts of money are kept without a multiple
			IF u.problem IS NOT NULL OR u.dimension IS DISTINCT FROM 'money' OR u.scale = 1 THEN
				u.factor := 1;
				u.scale := 1;
				u.unit := said.printed;
			END IF;
		ELSIF u.problem IS NULL AND u.dimension IS DISTINCT FROM wanted 
			AND NOT (wanted = 'money' AND u.dimension = 'number' AND u.unit IS NULL) THEN
			-- the unit of another figure of the row
			CONTINUE WHEN u.dimension = ANY (dimensions) AND said.place = 'column "unit"';
			sqlstate := '22023';
			problem := format('%s says "%s", which is no unit of column "%s"', said.place, excerpt(said.printed), column_name);
			hint := CASE wanted WHEN 'capacity' THEN 'It takes energies, such as MWh or GWh.' WHEN 'power' THEN 'It takes powers, such as MW.'
				WHEN 'percent' THEN 'It takes % or fraction.' WHEN 'money' THEN 'It takes money, such as million USD.'
				ELSE 'It takes money for an energy, such as EUR/kWh.' END
				|| ' A figure of another kind is loaded as kind stated_figure.';
			RETURN;
		END IF;
		IF u.problem IS NOT NULL AND wanted <> 'number' THEN
			sqlstate := coalesce(u.sqlstate, '22023');
			problem := format('%s says "%s", which is no unit', said.place, excerpt(said.printed));
			hint := u.hint;
			RETURN;
		END IF;
		IF before IS NULL THEN
			factor := u.factor;
			scale := coalesce(u.scale, 1);
			currency := u.currency;
			-- a number keeps its unit; of the others it is only named in messages
			unit := CASE wanted WHEN 'number' THEN u.unit ELSE said.printed END;
			origin := CASE said.place WHEN 'the option units' THEN 'option' ELSE 'file' END;
			before := format('%s says "%s"', said.place, excerpt(said.printed));
		ELSIF wanted = 'money' AND (currency IS NULL OR u.currency IS NULL) AND (scale = 1 OR coalesce(u.scale, 1) IN (1, scale)) THEN
			-- a multiple in one place and the currency in another
			scale := CASE WHEN scale = 1 THEN coalesce(u.scale, 1) ELSE scale END;
			factor := scale;
			currency := coalesce(currency, u.currency);
			unit := concat_ws(' ', unit, said.printed);
			before := concat_ws(', ', before, format('%s says "%s"', said.place, excerpt(said.printed)));
		ELSIF u.factor <> factor OR u.currency IS DISTINCT FROM currency
			OR (wanted = 'number' AND unit_key(u.unit) IS DISTINCT FROM unit_key(unit)) THEN
			sqlstate := '22023';
			problem := format('%s, and %s says "%s"', before, said.place, excerpt(said.printed));
			hint := 'Make them agree, or leave one of them out.';
			RETURN;
		END IF;
	END LOOP;
	IF before IS NULL THEN
		u := unit_of(default_unit, options);
		factor := CASE WHEN wanted IN ('money', 'number') THEN 1 ELSE u.factor END;
		scale := 1;
		currency := u.currency;
		unit := u.unit;
	ELSIF wanted = 'money' AND factor IS NULL THEN
		factor := scale;
	END IF;
END
$$;
COMMENT ON FUNCTION industry.figure_unit(text, text, text, text, text, text, text[], jsonb) IS
'what a bare number of a column means, by its unit column, header, option and default: factor into the base unit, its multiple, currency, unit; origin: file, option, or NULL for the default. Two that contradict, and a unit of another dimension, are a problem';

CREATE OR REPLACE FUNCTION industry.read_cell(dimension text, is_exact boolean, printed text, options jsonb, unit_factor numeric, unit_scale numeric,
	unit_currency text, unit_name text, unit_origin text, unit_sqlstate text, unit_problem text, unit_hint text)
RETURNS TABLE (value numeric, low numeric, high numeric, qualifier text, missing_reason text, currency text, unit text, usd numeric, power numeric,
	is_estimate boolean, mark text, sqlstate text, problem text, hint text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT CASE WHEN t.is_good THEN trim_scale(t.value) END, CASE WHEN t.is_good THEN trim_scale(t.low) END, CASE WHEN t.is_good THEN trim_scale(t.high) END,
		   CASE WHEN t.is_good THEN t.qualifier END, CASE WHEN t.problem IS NULL THEN t.missing_reason END,
		   CASE WHEN t.is_good THEN t.currency END, CASE WHEN t.is_good THEN t.unit END, CASE WHEN t.is_good THEN t.usd END, CASE WHEN t.is_good THEN t.power END,
		   t.is_estimate, t.mark, CASE WHEN t.problem IS NOT NULL THEN coalesce(t.sqlstate, '22P02') END, t.problem, CASE WHEN t.problem IS NOT NULL THEN t.hint END
	FROM (SELECT v.value, v.low, v.high, v.qualifier, v.missing_reason, v.currency, v.unit, v.usd, v.power, v.is_estimate, v.mark, p.sqlstate, p.problem, p.hint, p.problem IS NULL AND (v.missing_reason IS NULL OR v.missing_reason = 'conflict') AS is_good
		  FROM (SELECT m.reason AS missing_mark, (m.f).problem AS figure_problem, (m.f).sqlstate AS figure_sqlstate, (m.f).detail AS figure_detail, (m.f).hint AS figure_hint,
					   (m.f).unit IS NULL AND (m.f).missing_reason IS NOT DISTINCT FROM CASE WHEN (m.f).low IS NOT NULL THEN 'conflict' END AS is_bare,
					   b.factor, c.multiple,
					   CASE WHEN m.reason = '0' THEN 0 WHEN m.reason IS NULL THEN (m.f).value * b.factor END AS value,
					   CASE WHEN m.reason IS NULL THEN (m.f).low * b.factor END AS low,
					   CASE WHEN m.reason IS NULL THEN (m.f).high * b.factor END AS high,
					   CASE WHEN m.reason = '0' THEN '=' WHEN m.reason IS NULL THEN (m.f).qualifier END AS qualifier,
					   CASE WHEN m.reason <> '0' THEN m.reason WHEN m.reason IS NULL THEN (m.f).missing_reason END AS missing_reason,
					   coalesce((m.f).currency, CASE WHEN (m.f).unit IS NULL THEN unit_currency END) AS currency,
					   CASE WHEN dimension = 'number' AND unit_origin = 'file' THEN unit_name ELSE coalesce((m.f).unit, unit_name) END AS unit,
					   (m.f).usd_stated AS usd, (m.f).power AS power, coalesce((m.f).is_estimate, false) AS is_estimate, (m.f).mark AS mark,
					   (m.f).unit AS own_unit, (m.f).currency AS own_currency, (m.f).scale AS own_scale, (m.f).unit_as_printed AS own_printed,
					   coalesce((m.f).value, (m.f).low, (m.f).high) AS least
				FROM (SELECT coalesce(options -> 'missing' ->> printed, options -> 'missing' ->> industry.printed_text(printed)) AS reason,
							 -- 67.5k is a number of what the source says that its numbers are of
							 read_figure(printed, CASE WHEN unit_origin IS NOT NULL AND dimension IN ('capacity', 'power', 'cost')
								AND printed ~ '^[^A-Za-z]*[0-9] ?(?:k|K|m|M|mn|mm|million|b|B|bn|billion|thousand|tn|trillion|万|亿)$' THEN 'number'
								-- a size in digits alone is an energy
								WHEN dimension = 'size' AND printed !~ '[[:alpha:]]' THEN 'capacity' ELSE dimension END, coalesce((options ->> 'decimal_comma')::boolean, false), coalesce(options ->> 'dollar', 'USD'),
								CASE jsonb_typeof(options -> 'flags') WHEN 'string' THEN options ->> 'flags' ELSE (options -> 'flags')::text END,
								options ->> 'yen', options ->> 'digit_grouping') AS f OFFSET 0) AS m
				-- a number is kept in the unit of its column with the multiple in it
				CROSS JOIN LATERAL (SELECT CASE WHEN dimension = 'number' THEN coalesce((SELECT u.scale FROM industry.unit_of(unit_name, options) AS u WHERE u.problem IS NULL), 1)
						ELSE 1 END AS multiple) AS c
				CROSS JOIN LATERAL (SELECT CASE
						-- a bare number takes the unit of its column; a multiple of its own stands in place of the column's
						WHEN (m.f).unit IS NULL AND coalesce((m.f).scale, 1) <> 1 THEN unit_factor / unit_scale / c.multiple
						WHEN (m.f).unit IS NULL THEN unit_factor
						-- US$500 in a column of millions
						WHEN dimension = 'money' AND coalesce((m.f).scale, 1) = 1 THEN unit_scale
						-- 3 thousand tonnes in a column of thousand tonnes are 3 of them
						WHEN dimension = 'number' AND unit_origin = 'file' THEN 1 / c.multiple
						ELSE 1 END AS factor) AS b) AS v
		  CROSS JOIN LATERAL (SELECT CASE
				WHEN v.missing_mark IS NOT NULL THEN NULL
				WHEN v.figure_problem IS NOT NULL THEN 1
				WHEN v.missing_reason IS NOT NULL AND v.least IS NULL THEN NULL
				WHEN v.least IS NULL THEN NULL
				WHEN v.is_bare AND unit_problem IS NOT NULL THEN 2
				WHEN v.is_bare AND v.factor IS NULL THEN 3
				-- another currency has not the multiple of the column's
				WHEN NOT v.is_bare AND v.own_currency <> unit_currency AND (unit_origin = 'file' OR (unit_scale <> 1 AND v.own_scale = 1)) THEN 4
				WHEN unit_origin = 'file' AND dimension <> 'number' AND v.own_scale <> 1 AND unit_scale <> 1 AND v.own_scale <> unit_scale THEN 4
				WHEN v.is_bare AND v.own_scale <> 1 AND v.multiple <> 1 AND v.own_scale <> v.multiple THEN 4
				WHEN unit_origin = 'file' AND v.own_unit IS NOT NULL AND dimension NOT IN ('money', 'number', 'size')
					 AND unit_factor <> (SELECT u.factor FROM industry.unit_of(v.own_printed, options) AS u) THEN 4
				WHEN unit_origin = 'file' AND dimension = 'number' AND v.own_unit IS NOT NULL AND NOT industry.same_unit(v.own_unit, unit_name, options) THEN 4
				WHEN dimension <> 'number' AND v.least < 0 THEN 5
				WHEN dimension = 'percent' AND NOT is_exact AND coalesce(v.value, v.high) > 100 THEN 6
				WHEN is_exact AND (v.qualifier IS DISTINCT FROM '=' OR v.missing_reason IS NOT NULL) THEN 7
				WHEN dimension = 'cost' AND v.is_bare AND unit_origin IS DISTINCT FROM 'file' AND options -> 'units' IS NULL AND coalesce(v.value, v.high) > 20000 THEN 8
				WHEN dimension = 'capacity' AND industry.as_capacity(coalesce(v.value, v.high)) IS NULL THEN 9
				WHEN dimension = 'cost' AND v.currency = 'USD' AND industry.as_cost(coalesce(v.value, v.high)) IS NULL THEN 9
				END AS number) AS n
		  CROSS JOIN LATERAL (SELECT
				CASE n.number WHEN 1 THEN v.figure_sqlstate WHEN 2 THEN unit_sqlstate WHEN 3 THEN '22023' WHEN 4 THEN '22023'
					WHEN 5 THEN '22003' WHEN 6 THEN '22003' WHEN 7 THEN '22P02' WHEN 8 THEN '22003' WHEN 9 THEN '22003' END AS sqlstate,
				CASE n.number
					-- what the cell is, not what the type says of it
					WHEN 1 THEN CASE WHEN v.figure_problem LIKE 'invalid input syntax for type %' THEN format('"%s" is not a %s', industry.excerpt(printed), CASE dimension WHEN 'cost' THEN 'cost' ELSE 'capacity' END)
						WHEN v.figure_problem LIKE 'value "%" is out of range for type %' THEN format('"%s" is out of range', industry.excerpt(printed))
						ELSE v.figure_problem END
					WHEN 2 THEN unit_problem
					WHEN 3 THEN format('"%s" has no unit', industry.excerpt(printed))
					WHEN 4 THEN format('"%s" and the unit of its column contradict each other%s', industry.excerpt(printed), coalesce(format(' (%s)', coalesce(unit_name, unit_currency)), ''))
					WHEN 5 THEN format('"%s" is negative', industry.excerpt(printed))
					WHEN 6 THEN format('"%s" is not a percentage', industry.excerpt(printed))
					WHEN 7 THEN format('"%s" is not one exact number', industry.excerpt(printed))
					WHEN 8 THEN format('"%s" is not a cost per unit of capacity', industry.excerpt(printed))
					WHEN 9 THEN format('"%s" is out of range', industry.excerpt(printed)) END AS problem,
				CASE n.number WHEN 1 THEN concat_ws(' ', v.figure_detail, v.figure_hint) WHEN 2 THEN unit_hint
					WHEN 3 THEN 'Write the unit in the cell, in a column "unit" or in the header, or set the option units of the source.'
					WHEN 4 THEN 'Make them agree, or leave one of them out.'
					WHEN 5 THEN 'Amounts are zero or more.'
					WHEN 6 THEN 'A share is from 0 to 100 %.'
					WHEN 7 THEN 'This column has no place for bounds and ranges: load the statement as kind stated_figure.'
					WHEN 8 THEN 'A bare number is US$ per kWh. Is it a cost per MWh, or a whole project''s? Write it with its unit.'
					WHEN 9 THEN 'Write it in the unit that it is in.' END AS hint) AS p) AS t;
END;
COMMENT ON FUNCTION industry.read_cell(text, boolean, text, jsonb, numeric, numeric, text, text, text, text, text, text) IS
'a cell of figures in the base unit of its dimension, by read_figure and what figure_unit says of its column; what cannot be read has sqlstate, problem and hint, and no number';

CREATE OR REPLACE FUNCTION industry.rounding(value numeric, printed text, options jsonb DEFAULT '{}') RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	-- units differ by powers of ten
	SELECT (s.f).significant * CASE WHEN value = 0 OR n.number = 0 THEN 1 ELSE ('1e' || round(log(abs(value) / n.number)))::numeric END
	FROM (SELECT read_figure(printed, NULL, coalesce((options ->> 'decimal_comma')::boolean, false), coalesce(options ->> 'dollar', 'USD'), NULL,
			options ->> 'yen', options ->> 'digit_grouping') AS f OFFSET 0) AS s
	CROSS JOIN LATERAL (SELECT abs(coalesce((s.f).value, (s.f).high)) AS number) AS n;
END;
COMMENT ON FUNCTION industry.rounding(numeric, text, jsonb) IS 'one unit of the last significant digit of a printed figure, in the unit of its value; NULL where the text is no figure';

CREATE OR REPLACE FUNCTION industry.finer(one numeric, one_printed text, other numeric, other_printed text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE WHEN finer.one IS NULL THEN finer.other WHEN finer.other IS NULL THEN finer.one
		WHEN abs(finer.one - finer.other) > greatest(r.of_one, r.of_other) / 2 THEN NULL
		WHEN r.of_one <= r.of_other THEN finer.one ELSE finer.other END
	FROM (SELECT coalesce(industry.rounding(finer.one, one_printed), 0) AS of_one, coalesce(industry.rounding(finer.other, other_printed), 0) AS of_other) AS r;
END;
COMMENT ON FUNCTION industry.finer(numeric, text, numeric, text) IS 'of two statements of one figure the one printed to more digits; NULL where they contradict each other beyond the rounding of the coarser one';

/*
 * Other cells
 */

CREATE OR REPLACE FUNCTION industry.word(c text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN length(c) > 14 OR NOT lower(c) IN ('na', 'n/a', 'n.a.', 'n.a', '#n/a', 'nan', 'none', 'null', '<na>', '-', '--', '–', '—', '..', '...',
	'n/s', 'n.s.', 'not available', 'not stated', 'unknown', 'tbd') THEN c END;
COMMENT ON FUNCTION industry.word(text) IS 'the text of a cell of words; NULL where it is a mark for a missing value: n/a, nan, None, —, n/s';

CREATE OR REPLACE FUNCTION industry.read_boolean(as_printed text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN lower(btrim(as_printed)) IN ('yes', 'y', 'true', 't', '1') THEN true
	WHEN lower(btrim(as_printed)) IN ('no', 'n', 'false', 'f', '0') THEN false END;
COMMENT ON FUNCTION industry.read_boolean(text) IS 'yes, y, true, t, 1 or no, n, false, f, 0 in any case; NULL for anything else';

CREATE OR REPLACE FUNCTION industry.read_countries(as_printed text) RETURNS text[]
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN (SELECT array_agg(industry.find_country(btrim(p.name)) ORDER BY p.place)
		FROM unnest(string_to_array(as_printed, ';')) WITH ORDINALITY AS p (name, place) WHERE btrim(p.name) <> '');
COMMENT ON FUNCTION industry.read_countries(text) IS 'countries separated by semicolons, as ISO codes; a NULL element where one is not known';

CREATE OR REPLACE FUNCTION industry.read_texts(as_printed text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT array_agg(btrim(p.name) ORDER BY p.place)
		FROM unnest(string_to_array(as_printed, ';')) WITH ORDINALITY AS p (name, place) WHERE btrim(p.name) <> '');
COMMENT ON FUNCTION industry.read_texts(text) IS 'texts separated by semicolons';

CREATE OR REPLACE FUNCTION industry.read_thresholds(as_printed text) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE WHEN count(*) > 0 AND bool_and(p.part IS NOT NULL) THEN
			jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
				'parameter', btrim(p.part[1]),
				'comparison', CASE p.part[2] WHEN '>=' THEN '≥' WHEN '<=' THEN '≤' ELSE p.part[2] END,
				'value', replace(p.part[3], ',', '')::numeric,
				'unit', nullif(btrim(p.part[4]), ''),
				'condition', nullif(btrim(p.part[5]), ''))) ORDER BY p.place) END
	FROM (SELECT regexp_match(t.threshold, '^(.*[^<>=≤≥ ]) ?(>=|<=|≥|≤|>|<|=) ?(-?[0-9]+(?:\.[0-9]+)?)(?: ?([^ ]+))?(?: (.+))?$') AS part, t.place
		  FROM unnest(string_to_array(industry.printed_text(as_printed), ';')) WITH ORDINALITY AS u (printed, place)
		  CROSS JOIN LATERAL (SELECT btrim(u.printed) AS threshold, u.place) AS t
		  WHERE t.threshold <> '') AS p;
END;
COMMENT ON FUNCTION industry.read_thresholds(text) IS
'thresholds as control_item keeps them, from PARAMETER COMPARISON VALUE UNIT [CONDITION], separated by semicolons: compaction density ≥ 2.58 g/cm3 at 220 MPa; NULL where one of them is nothing of the kind';

CREATE OR REPLACE FUNCTION industry.read_json_object(as_printed text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	object jsonb;
BEGIN
	object := as_printed::jsonb;
	RETURN CASE WHEN jsonb_typeof(object) = 'object' THEN object END;
EXCEPTION
	WHEN invalid_text_representation OR untranslatable_character THEN
		RETURN NULL;
END
$$;
COMMENT ON FUNCTION industry.read_json_object(text) IS 'a JSON object; NULL where the text is none';

CREATE OR REPLACE FUNCTION industry.row_kind_of(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
	WHEN industry.name_key(name) = '' THEN NULL
	WHEN industry.name_key(name) ~ '^(world|global|grand|overall)?( ?total)?( \((rounded|global|world)\))?$|^(world|global|grand|overall) total \([^()]*\)$|^all (makers|countries|suppliers|companies)$|^worldwide$'
		THEN 'stated_total'
	WHEN industry.name_key(name) ~ '^(all )?others?( (countries|country|makers|companies|suppliers|producers|manufacturers))?$|^(all )?other (countries|makers|companies|suppliers|producers|manufacturers) \([^()]*\)$|^rest of( the)? world$|^row$|^remainder$'
		THEN 'remainder'
	WHEN industry.name_key(name) ~ '^sub ?total$|^top (ten|five|three|[0-9]+)$' THEN 'subtotal'
END;
COMMENT ON FUNCTION industry.row_kind_of(text) IS
'stated_total, remainder or subtotal where the printed name says so: World total (rounded), Other countries, Top 10; NULL where it is somebody''s name';
