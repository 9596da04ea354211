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
-- and these are called for every cell of a file; 48 to 57 are the digits.
CREATE OR REPLACE FUNCTION industry.plain_capacity(as_printed text) RETURNS capacity_gwh
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN ascii(as_printed) BETWEEN 48 AND 57 THEN try_capacity_gwh(as_printed) END;
COMMENT ON FUNCTION industry.plain_capacity(text) IS 'the capacity that the text states exactly, a bare number being GWh; NULL where read_capacity has to look closer. Never negative';

CREATE OR REPLACE FUNCTION industry.plain_cost(as_printed text) RETURNS cost_per_gwh
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN ascii(as_printed) BETWEEN 48 AND 57 THEN try_cost_per_gwh(as_printed) END;
COMMENT ON FUNCTION industry.plain_cost(text) IS 'the cost in US$ that the text states exactly, a bare number being US$/kWh; NULL where read_cost has to look closer. Never negative';

CREATE OR REPLACE FUNCTION industry.as_capacity(gwh numeric) RETURNS capacity_gwh
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN try_capacity_gwh(gwh::text);
COMMENT ON FUNCTION industry.as_capacity(numeric) IS 'so many GWh; NULL beyond the range of the type';

CREATE OR REPLACE FUNCTION industry.as_cost(usd_per_kwh numeric) RETURNS cost_per_gwh
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN try_cost_per_gwh(usd_per_kwh::text || ' USD/kWh');
COMMENT ON FUNCTION industry.as_cost(numeric) IS 'so many US$ per kWh; NULL beyond the range of the type';

CREATE OR REPLACE FUNCTION industry.energy_gwh(amount numeric, unit text) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN to_unit(try_capacity_gwh(amount::text || ' ' || unit), 'GWh');
COMMENT ON FUNCTION industry.energy_gwh(numeric, text) IS 'an amount in a unit of energy, in GWh; NULL where it is no such unit, or beyond the range of capacity_gwh';

CREATE OR REPLACE FUNCTION industry.capacity_number(capacity capacity_gwh) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN to_unit(capacity, 'GWh');
COMMENT ON FUNCTION industry.capacity_number(capacity_gwh) IS 'a capacity as a number of GWh';

CREATE OR REPLACE FUNCTION industry.cost_number(cost cost_per_gwh) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN to_unit(cost, 'USD/kWh');
COMMENT ON FUNCTION industry.cost_number(cost_per_gwh) IS 'a cost as a number of US$ per kWh';

CREATE OR REPLACE FUNCTION industry.capacity_trouble(as_printed text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN capacity_gwh_problem(as_printed);
COMMENT ON FUNCTION industry.capacity_trouble(text) IS 'why the text is no capacity: message, detail and hint, one a line; NULL where it is one';

CREATE OR REPLACE FUNCTION industry.cost_trouble(as_printed text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN cost_per_gwh_problem(as_printed);
COMMENT ON FUNCTION industry.cost_trouble(text) IS 'why the text is no cost: message, detail and hint, one a line; NULL where it is one';

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
 * Amounts
 */

CREATE OR REPLACE FUNCTION industry.read_amount(as_printed text, options jsonb DEFAULT '{}',
	OUT value numeric, OUT low numeric, OUT high numeric, OUT qualifier text, OUT currency text, OUT unit text,
	OUT multiple numeric, OUT usd_as_printed text, OUT is_estimate boolean, OUT missing_reason text, OUT sqlstate text,
	OUT problem text, OUT hint text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	number CONSTANT text := '(?:(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2}(?![0-9A-Za-z]))?';
	words CONSTANT text := '(?:US dollars?|U\.S\. dollars?|dollars?|yuan|renminbi|RMB|euros?|pounds|yen|won|rupees|元|US ?\$|€|£|₩|\$|[A-Z]{3})(?![A-Za-z0-9])';
	big CONSTANT text := '(?:(?:trillion|tn|billion|bn|million|mn|thousand)(?![A-Za-z0-9])|[mMbBkK](?![A-Za-z0-9])|mm(?![A-Za-z0-9])|万|亿)';
	prefix CONSTANT text := '(?:US ?\$|U\.S\. ?\$|A\$|AU\$|C\$|CA\$|HK\$|NT\$|S\$|R\$|\$|€|£|CN¥|JP¥|¥|₩|₹|(?:[A-Z]{3})(?= ?[0-9.]))';
	-- signs and words that come before an amount
	forms CONSTANT text[] := ARRAY[
		'~', '[~≈≃]|(?:about|approximately|approx\.?|around|roughly|circa|ca\.?|c\.|some) ',
		'nearly', '(?:nearly|almost|just under|close to) ',
		'≥', '≥|>=|(?:at least|no less than|not less than|minimum|min\.|a minimum of) ',
		'≤', '≤|<=|(?:up to|at most|no more than|not more than|as much as|maximum|max\.|a maximum of) ',
		'>', '>|(?:more than|over|above|exceeding|in excess of|greater than) ',
		'<', '<|(?:less than|under|below|fewer than) '];
	form integer;
	t text := printed_text(as_printed);
	reason text;
	part text[];
	first_printed text;
	second_printed text;
	first_multiple numeric;
	second_multiple numeric;
	rest text;
	found_currency text;
	sign numeric := 1;
BEGIN
	is_estimate := false;
	IF t IS NULL OR t = '' THEN
		RETURN;
	END IF;
	IF length(t) > 1000 THEN
		sqlstate := '22P02';
		problem := format('"%s" is not an amount', excerpt(as_printed));
		hint := 'Write a number with its unit.';
		RETURN;
	END IF;

	-- Missing values: what the source says of its marks goes first.
	reason := coalesce(options -> 'missing' ->> as_printed, options -> 'missing' ->> t);
	IF reason IS NULL THEN
		reason := CASE
			WHEN t IN ('W', 'w', 'withheld', '(W)') THEN 'withheld'
			WHEN lower(t) IN ('na', 'n/a', 'n.a.', 'n.a', '..', '...', 'not available') THEN 'not available'
			WHEN t IN ('XX', 'xx', 'not applicable') THEN 'not applicable'
			WHEN t IN ('—', '–', '-', '--') OR lower(t) IN ('n/s', 'n.s.', 'ns', 'not stated') THEN 'not stated'
			WHEN lower(t) IN ('lost', '[lost]') THEN 'lost'
			WHEN t ~* ('^(?:(?:some|several|many|few|a few|dozens|tens|hundreds|thousands|millions|billions|half|most|majority|the majority|much)'
					   ' (?:of|more|times|hundred|thousand|million|billion)(?![a-z])|several$|many$|most$|few$)')
				 AND t !~ '[0-9]' THEN 'not a number'
		END;
	END IF;
	IF reason = '0' THEN
		value := 0;
		qualifier := '=';
		RETURN;
	ELSIF reason IS NOT NULL THEN
		missing_reason := reason;
		RETURN;
	END IF;

	IF options ->> 'decimal_comma' = 'true' THEN
		t := translate(t, ',.', '.,');
	END IF;

	-- Estimates and roundings, as reports mark them
	IF t ~* '\((?:e|est\.?|estimated?)\)$' OR t ~ '[0-9]e$' THEN
		is_estimate := true;
		t := btrim(regexp_replace(regexp_replace(t, '\((?:e|est\.?|estimated?)\)$', '', 'i'), '([0-9])e$', '\1'));
	END IF;
	t := btrim(regexp_replace(t, '\(rounded\)$', '', 'i'));

	IF t ~ '→|->|=>' THEN
		sqlstate := '22P02';
		problem := format('"%s" states two amounts', excerpt(as_printed));
		hint := 'Give each a row of its own: what is, and what is planned (statement_kind target).';
		RETURN;
	END IF;
	IF t ~* ('^' || number || ' [a-z]+ ?/ ?' || number || ' [a-z]+$') AND t !~ 'W' THEN
		sqlstate := '22P02';
		problem := format('"%s" states two amounts', excerpt(as_printed));
		hint := 'Give each a row of its own, such as one for the plan and one for the first phase.';
		RETURN;
	END IF;

	-- Qualifiers
	part := NULL;
	FOR form IN 1 .. cardinality(forms) BY 2 LOOP
		part := regexp_match(t, '^(?:' || forms[form + 1] || ')(.*)$', 'i');
		IF part IS NOT NULL THEN
			qualifier := forms[form];
			EXIT;
		END IF;
	END LOOP;
	IF part IS NOT NULL THEN
		t := btrim(part[1]);
	END IF;
	part := regexp_match(t, '^(?:between|from)\s+(.*?)\s+(?:and|to)\s+(.*)$', 'i');
	IF part IS NOT NULL THEN
		t := part[1] || ' – ' || part[2];
	END IF;

	-- Beside the amount, in parentheses: the same in US$
	part := regexp_match(t, '^(.*[^ ]) ?\((?:about |approximately |approx\. |~)?((?:US ?\$|USD|U\.S\. ?\$|\$)[^()]+)\)$');
	IF part IS NOT NULL THEN
		t := part[1];
		usd_as_printed := part[2];
	END IF;

	IF t ~ '^-' AND qualifier IS NULL THEN
		sign := -1;
		t := btrim(substr(t, 2));
	END IF;

	-- Two candidates
	part := regexp_match(t, '^(' || number || ') or (' || number || ') ?(?:[-–—] ?)?(?:conflict|conflicting|\(conflict(?:ing)?\))?$', 'i');
	IF part IS NOT NULL AND qualifier IS NULL THEN
		missing_reason := 'conflict';
		low := sign * replace(part[1], ',', '')::numeric;
		high := replace(part[2], ',', '')::numeric;
		IF low > high THEN
			SELECT high, low INTO low, high;
		END IF;
		unit := '';
		multiple := 1;
		RETURN;
	END IF;

	part := regexp_match(t, '^(' || prefix || ')? ?(' || number || ') ?(' || big || ')?(?: ?(?:-|–|—|to) ?(' || prefix || ')? ?(' || number
						 || ') ?(' || big || '))?(?![0-9.])(.*)$');
	IF part IS NULL OR part[5] IS NULL THEN
		-- a range whose second number has no multiple
		part := coalesce(
			regexp_match(t, '^(' || prefix || ')? ?(' || number || ') ?(' || big || ')? ?(?:-|–|—|to) ?(' || prefix || ')? ?(' || number
						 || ') ?(' || big || ')?(?![0-9.])(.*)$'), part);
	END IF;
	IF part IS NULL THEN
		qualifier := NULL;
		usd_as_printed := NULL;
		sqlstate := '22P02';
		problem := format('"%s" is not an amount', excerpt(as_printed));
		hint := CASE
			WHEN t ~ '^[0-9]+,[0-9]{1,2}(?![0-9])|^[0-9]{1,3}(\.[0-9]{3})+,[0-9]' THEN
				'A comma is read as a separator of thousands. Where it is the decimal comma, set the option decimal_comma of the source.'
			WHEN t ~ '[0-9]' THEN 'Write a number with its unit; put what else the report says into a column of its own.'
			ELSE 'Write a number, or tell the loader what this mark means: option missing of the source, such as {"missing": {"?": "not available"}}.' END;
		RETURN;
	END IF;
	first_printed := part[2];
	second_printed := part[5];
	rest := btrim(part[7]);
	-- m, b and mm are millions and billions of money; of other things they are units
	IF part[1] IS NULL AND part[4] IS NULL AND coalesce(part[6], part[3]) IN ('m', 'b', 'B', 'mm') AND rest !~ ('^' || words) THEN
		IF part[6] IS NOT NULL THEN
			rest := btrim(part[6] || ' ' || rest);
			part[6] := NULL;
		ELSE
			rest := btrim(part[3] || ' ' || rest);
			part[3] := NULL;
		END IF;
	END IF;
	second_multiple := CASE
		WHEN part[6] IS NULL THEN NULL
		WHEN part[6] IN ('trillion', 'tn') THEN 1e12 WHEN part[6] IN ('billion', 'bn', 'b', 'B') THEN 1e9
		WHEN part[6] IN ('million', 'mn', 'mm', 'm', 'M') THEN 1e6 WHEN part[6] IN ('thousand', 'k', 'K') THEN 1e3
		WHEN part[6] = '万' THEN 1e4 WHEN part[6] = '亿' THEN 1e8 END;
	first_multiple := CASE
		WHEN part[3] IS NULL THEN coalesce(second_multiple, 1)
		WHEN part[3] IN ('trillion', 'tn') THEN 1e12 WHEN part[3] IN ('billion', 'bn', 'b', 'B') THEN 1e9
		WHEN part[3] IN ('million', 'mn', 'mm', 'm', 'M') THEN 1e6 WHEN part[3] IN ('thousand', 'k', 'K') THEN 1e3
		WHEN part[3] = '万' THEN 1e4 WHEN part[3] = '亿' THEN 1e8 END;

	-- Currency before or after
	found_currency := coalesce(part[1], part[4]);
	IF found_currency IS NULL THEN
		part := regexp_match(rest, '^(' || words || ')(.*)$');
		IF part IS NOT NULL AND (currency_code(part[1], options) IS NOT NULL) THEN
			found_currency := part[1];
			rest := btrim(part[2]);
		END IF;
	END IF;
	IF found_currency IS NOT NULL THEN
		currency := currency_code(found_currency, options);
		IF currency IS NULL THEN
			sqlstate := '22P02';
			problem := format('"%s" is in a currency that is not known: "%s"', excerpt(as_printed), found_currency);
			hint := CASE WHEN found_currency = '¥'
				THEN 'The sign ¥ is used for yuan and for yen: set the option yen of the source, such as {"yen": "CNY"}.'
				ELSE 'Write the ISO 4217 code, such as CNY.' END;
			qualifier := NULL;
			usd_as_printed := NULL;
			RETURN;
		END IF;
	END IF;

	IF rest ~ '\+$' AND qualifier IS NULL AND second_printed IS NULL THEN
		qualifier := '≥';
		rest := btrim(rtrim(rest, '+'));
	ELSIF rest ~* '(^| )or more$' AND qualifier IS NULL AND second_printed IS NULL THEN
		qualifier := '≥';
		rest := btrim(regexp_replace(rest, '(^| )or more$', '', 'i'));
	ELSIF rest ~* '(^| )or less$' AND qualifier IS NULL AND second_printed IS NULL THEN
		qualifier := '≤';
		rest := btrim(regexp_replace(rest, '(^| )or less$', '', 'i'));
	END IF;

	-- What remains must look like a unit.
	IF rest ~ '^[0-9.]|[,;:()"]' OR length(rest) > 60 THEN
		sqlstate := '22P02';
		problem := format('"%s" has something behind the number', excerpt(as_printed));
		hint := CASE
			WHEN rest ~ '^,[0-9]{1,2}(?![0-9])' THEN
				'A comma is read as a separator of thousands. Where it is the decimal comma, set the option decimal_comma of the source.'
			ELSE 'Write the number with its unit alone; put what else the report says into a column of its own.' END;
		currency := NULL;
		qualifier := NULL;
		usd_as_printed := NULL;
		RETURN;
	END IF;
	unit := rest;
	multiple := first_multiple;
	IF second_printed IS NULL THEN
		value := trim_scale(sign * replace(first_printed, ',', '')::numeric * first_multiple);
		qualifier := coalesce(qualifier, '=');
	ELSE
		low := trim_scale(sign * replace(first_printed, ',', '')::numeric * first_multiple);
		high := trim_scale(replace(second_printed, ',', '')::numeric * coalesce(second_multiple, 1));
		IF qualifier NOT IN ('~') OR low > high THEN
			sqlstate := '22P02';
			problem := CASE WHEN low > high THEN format('"%s" is a range that runs downwards', excerpt(as_printed))
				ELSE format('"%s" has both a bound and a range', excerpt(as_printed)) END;
			hint := 'Write the lower end first, and either a bound (up to 90) or a range (86-90).';
			low := NULL;
			high := NULL;
			currency := NULL;
			unit := NULL;
			qualifier := NULL;
			RETURN;
		END IF;
		qualifier := coalesce(qualifier, 'range');
	END IF;
END
$$;
COMMENT ON FUNCTION industry.read_amount(text, jsonb) IS
'an amount as reports print it, taken apart: value, or low and high; qualifier (=, <, ≤, >, ≥, ~, nearly, range); currency, ISO 4217; unit, as printed behind the number; multiple, the thousand, million and so on that the numbers already contain; usd_as_printed, the US$ in parentheses beside it; is_estimate (2025e); missing_reason, for a mark such as W or —; sqlstate, problem and hint where the text cannot be read. Options: missing (mark to reason, or to 0), decimal_comma, dollar and yen (the currency of a bare sign). Nothing is converted. "8 or 1" is a conflict with both in low and high';

CREATE OR REPLACE FUNCTION industry.trouble_line(trouble text, what text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE what
	WHEN 'message' THEN split_part(trouble, E'\n', 1)
	ELSE substring(trouble FROM '(?n)^HINT:  (.*)$') END;
COMMENT ON FUNCTION industry.trouble_line(text, text) IS 'message or hint of what a _problem function of battery returns';

CREATE OR REPLACE FUNCTION industry.power_mw(amount numeric, unit text) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN amount * CASE unit WHEN 'W' THEN 0.000001 WHEN 'kW' THEN 0.001 WHEN 'MW' THEN 1 WHEN 'GW' THEN 1000 WHEN 'TW' THEN 1000000 END;
COMMENT ON FUNCTION industry.power_mw(numeric, text) IS 'an amount in W, kW, MW, GW or TW, in MW; NULL for another unit';

/*
 * One measure of a row, in the unit of its column
 */

CREATE OR REPLACE FUNCTION industry.read_measure(reads text, as_printed text, options jsonb DEFAULT '{}', default_unit text DEFAULT NULL,
	OUT value numeric, OUT low numeric, OUT high numeric, OUT qualifier text, OUT missing_reason text, OUT currency text, OUT unit text,
	OUT usd_stated numeric, OUT second_value numeric, OUT is_estimate boolean, OUT first_day date, OUT last_day date,
	OUT day_precision text, OUT sqlstate text, OUT problem text, OUT hint text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	a record;
	b record;
	kind text := replace(reads, '_exact', '');
	the_unit text;
	factor numeric;
	trouble text;
	part text[];
BEGIN
	is_estimate := false;
	IF as_printed IS NULL THEN
		RETURN;
	END IF;
	IF kind IN ('date', 'day') THEN
		SELECT * INTO a FROM read_day(as_printed, options);
		first_day := a.first_day;
		last_day := a.last_day;
		day_precision := a.day_precision;
		sqlstate := a.sqlstate;
		problem := a.problem;
		hint := a.hint;
		IF kind = 'day' AND a.day_precision <> 'day' THEN
			sqlstate := '22007';
			problem := format('"%s" is not a day', excerpt(as_printed));
			hint := 'Write the day, such as 2026-11-10.';
			first_day := NULL;
		END IF;
		RETURN;
	ELSIF kind = 'period' THEN
		SELECT * INTO a FROM read_period(as_printed, options);
		first_day := a.first_day;
		last_day := a.last_day;
		is_estimate := a.is_estimate;
		missing_reason := a.missing_reason;
		sqlstate := a.sqlstate;
		problem := a.problem;
		hint := a.hint;
		RETURN;
	ELSIF kind = 'size' THEN
		part := regexp_match(printed_text(as_printed), '^([^/]*[^/ ]) ?/ ?([^/]+)$');
		IF part IS NULL THEN
			SELECT * INTO a FROM read_measure('capacity', as_printed, options, default_unit);
			value := a.value;
			low := a.low;
			high := a.high;
			qualifier := a.qualifier;
			missing_reason := a.missing_reason;
			is_estimate := a.is_estimate;
			sqlstate := a.sqlstate;
			problem := a.problem;
			hint := a.hint;
			RETURN;
		END IF;
		SELECT * INTO a FROM read_amount(part[1], options);
		SELECT * INTO b FROM read_amount(part[2], options);
		IF a.qualifier = '=' AND b.qualifier = '=' AND a.currency IS NULL AND b.currency IS NULL AND a.unit <> '' AND b.unit <> '' THEN
			value := coalesce(CASE WHEN power_mw(1, a.unit) IS NOT NULL THEN energy_gwh(b.value, b.unit) END,
							  CASE WHEN power_mw(1, b.unit) IS NOT NULL THEN energy_gwh(a.value, a.unit) END);
			second_value := coalesce(power_mw(a.value, a.unit), power_mw(b.value, b.unit));
		END IF;
		IF value IS NULL OR second_value IS NULL OR value < 0 OR second_value < 0 THEN
			value := NULL;
			second_value := NULL;
			sqlstate := '22P02';
			problem := format('"%s" is not a power and an energy', excerpt(as_printed));
			hint := 'Write one of each with its unit, such as 100 MW / 400 MWh; hours alone state no energy.';
		ELSE
			qualifier := '=';
		END IF;
		RETURN;
	END IF;

	SELECT * INTO a FROM read_amount(as_printed, options);
	is_estimate := a.is_estimate;
	sqlstate := a.sqlstate;
	problem := a.problem;
	hint := a.hint;
	missing_reason := a.missing_reason;
	IF a.problem IS NOT NULL OR (a.missing_reason IS NOT NULL AND a.low IS NULL) OR (a.qualifier IS NULL AND a.missing_reason IS NULL) THEN
		RETURN;
	END IF;

	IF kind <> 'number' AND (a.value < 0 OR a.low < 0) THEN
		sqlstate := '22003';
		problem := format('"%s" is negative', excerpt(as_printed));
		hint := 'Amounts are zero or more.';
		missing_reason := NULL;
		RETURN;
	END IF;

	IF kind = 'capacity' THEN
		the_unit := CASE WHEN a.unit = '' THEN default_unit ELSE a.unit END;
		IF a.currency IS NOT NULL OR (the_unit IS NULL AND a.multiple <> 1) THEN
			sqlstate := '22P02';
			problem := format('"%s" is not a capacity', excerpt(as_printed));
			hint := CASE WHEN a.currency IS NOT NULL THEN 'Write an energy, such as 30 GWh.'
				ELSE 'A multiple needs a unit: write 67.5 thousand MWh, or set the option units of the source, such as {"units": {"capacity": "MWh"}}.' END;
			missing_reason := NULL;
			RETURN;
		END IF;
		the_unit := coalesce(the_unit, 'GWh');
		factor := energy_gwh(1, the_unit);
		IF factor IS NULL OR energy_gwh(coalesce(a.value, a.high), the_unit) IS NULL THEN
			trouble := capacity_trouble(coalesce(a.value, a.high)::text || ' ' || the_unit);
			sqlstate := CASE WHEN trouble LIKE '%out of range%' OR trouble LIKE '%too large%' THEN '22003' ELSE '22P02' END;
			problem := format('"%s" is not a capacity', excerpt(as_printed));
			hint := CASE
				WHEN the_unit ~ '^[A-Za-z/ ]+[0-9]+$' AND energy_gwh(1, regexp_replace(the_unit, '[0-9]+$', '')) IS NOT NULL
				THEN format('Is %s the number of a footnote? Write the capacity without it.', substring(the_unit FROM '[0-9]+$'))
				ELSE coalesce(trouble_line(trouble, 'hint'), 'Write an energy, such as 30 GWh.') END;
			missing_reason := NULL;
			RETURN;
		END IF;
		value := energy_gwh(a.value, the_unit);
		low := energy_gwh(a.low, the_unit);
		high := energy_gwh(a.high, the_unit);
		unit := 'GWh';
	ELSIF kind = 'power' THEN
		the_unit := coalesce(nullif(a.unit, ''), default_unit, 'MW');
		IF a.currency IS NOT NULL OR power_mw(1, the_unit) IS NULL THEN
			sqlstate := '22P02';
			problem := format('"%s" is not a power', excerpt(as_printed));
			hint := 'Write W, kW, MW, GW or TW, such as 100 MW.';
			missing_reason := NULL;
			RETURN;
		END IF;
		value := power_mw(a.value, the_unit);
		low := power_mw(a.low, the_unit);
		high := power_mw(a.high, the_unit);
		unit := 'MW';
	ELSIF kind = 'percent' THEN
		the_unit := lower(coalesce(nullif(a.unit, ''), default_unit, '%'));
		factor := CASE WHEN the_unit IN ('%', 'percent', 'per cent', 'pct') THEN 1 WHEN the_unit IN ('fraction', '1') THEN 100 END;
		IF a.currency IS NOT NULL OR factor IS NULL OR coalesce(a.value, a.high) * factor > 100 AND reads = 'percent' THEN
			sqlstate := CASE WHEN factor IS NULL THEN '22P02' ELSE '22003' END;
			problem := format('"%s" is not a percentage', excerpt(as_printed));
			hint := 'Write a number from 0 to 100; fractions need the option units of the source, such as {"units": {"share": "fraction"}}.';
			missing_reason := NULL;
			RETURN;
		END IF;
		value := a.value * factor;
		low := a.low * factor;
		high := a.high * factor;
		unit := '%';
	ELSIF kind = 'money' THEN
		currency := coalesce(a.currency, CASE WHEN a.unit = '' THEN currency_code(default_unit, options) END);
		IF a.unit <> '' THEN
			sqlstate := '22P02';
			problem := format('"%s" is not an amount of money', excerpt(as_printed));
			hint := 'Write it with its currency, such as €7.34 billion or CNY 18.36 billion.';
			currency := NULL;
			missing_reason := NULL;
			RETURN;
		END IF;
		value := a.value;
		low := a.low;
		high := a.high;
	ELSIF kind = 'cost' THEN
		the_unit := a.unit;
		currency := a.currency;
		IF the_unit = '' AND currency IS NULL THEN
			part := regexp_match(coalesce(default_unit, 'USD/kWh'), '^([A-Z]{3}) ?(?:million)?( ?/.*| per .*)$');
			currency := part[1];
			the_unit := part[2];
			IF default_unit ~ 'million' THEN
				a.value := a.value * 1e6;
				a.low := a.low * 1e6;
				a.high := a.high * 1e6;
			END IF;
		END IF;
		part := regexp_match(the_unit, '^(?:/ ?|per )(k|M|G|T)?W[h·]{1,2}(?:h|-hr)?(?:(?: ?/ ?| per )(?:yr|year|a)| of annual capacity)?$');
		factor := CASE WHEN part IS NULL THEN
				-- the type reads more ways to write US$ per unit: 67.3 US $M/GWh
				CASE WHEN currency IS NULL AND a.unit <> '' THEN cost_number(plain_cost('1 ' || a.unit)) END
			ELSE CASE coalesce(part[1], '') WHEN '' THEN 1000 WHEN 'k' THEN 1 WHEN 'M' THEN 0.001 WHEN 'G' THEN 0.000001 ELSE 0.000000001 END END;
		IF part IS NULL AND factor IS NOT NULL THEN
			currency := 'USD';
		END IF;
		IF currency IS NULL OR factor IS NULL
			OR (a.unit = '' AND a.currency IS NULL AND default_unit IS NULL AND coalesce(a.value, a.high) > 20000)
			OR (currency = 'USD' AND as_cost(coalesce(a.value, a.high) * factor) IS NULL) THEN
			trouble := cost_trouble(as_printed);
			sqlstate := CASE WHEN factor IS NOT NULL AND currency IS NOT NULL OR trouble LIKE '%too large%' THEN '22003' ELSE '22P02' END;
			problem := format('"%s" is not a cost per unit of capacity', excerpt(as_printed));
			hint := CASE WHEN the_unit ~ 'Wh[0-9]+$' THEN format('Is %s the number of a footnote? Write the cost without it.', substring(the_unit FROM '[0-9]+$'))
				WHEN coalesce(currency, 'USD') = 'USD' THEN coalesce(trouble_line(trouble, 'hint'), 'Write US$ per kWh, such as 67.3 or US$67.3 million/GWh.')
				ELSE 'Write an amount of money per energy, such as 0.45 CNY/Wh.' END;
			currency := NULL;
			missing_reason := NULL;
			RETURN;
		END IF;
		value := trim_scale(a.value * factor);
		low := trim_scale(a.low * factor);
		high := trim_scale(a.high * factor);
		unit := '/kWh';
	ELSE
		-- a number with whatever unit the cell or its neighbour states
		IF a.unit ~ '[A-Za-z%][0-9]{2,}$|%[0-9]+$|(Wh|W)[0-9]+$' THEN
			sqlstate := '22P02';
			problem := format('"%s" has a number behind the unit', excerpt(as_printed));
			hint := format('Is %s the number of a footnote? Write the figure without it.', substring(a.unit FROM '[0-9]+$'));
			missing_reason := NULL;
			RETURN;
		END IF;
		value := a.value;
		low := a.low;
		high := a.high;
		currency := a.currency;
		unit := CASE WHEN a.currency IS NOT NULL THEN a.currency || CASE WHEN a.unit <> '' THEN regexp_replace(a.unit, '^per ', '/') ELSE '' END
			WHEN a.unit <> '' THEN a.unit ELSE default_unit END;
	END IF;
	qualifier := a.qualifier;

	IF a.usd_as_printed IS NOT NULL THEN
		IF kind = 'money' THEN
			SELECT * INTO b FROM read_measure('money', a.usd_as_printed, options);
		ELSIF kind = 'cost' THEN
			SELECT * INTO b FROM read_measure('cost', a.usd_as_printed, options);
		ELSE
			SELECT * INTO b FROM read_measure('number', a.usd_as_printed, options);
		END IF;
		usd_stated := coalesce(b.value, b.high);
		IF usd_stated IS NULL OR b.currency <> 'USD' OR currency IS NULL OR currency = 'USD' THEN
			value := NULL;
			low := NULL;
			high := NULL;
			qualifier := NULL;
			currency := NULL;
			usd_stated := NULL;
			sqlstate := '22P02';
			problem := format('"%s" has something in parentheses that is not its amount in US$', excerpt(as_printed));
			hint := 'Write the amount, and in parentheses the US$ that the source states: €7.34 billion ($7.6 billion).';
			RETURN;
		END IF;
	END IF;

	IF reads LIKE '%\_exact' AND (qualifier IS DISTINCT FROM '=' OR missing_reason IS NOT NULL) AND (qualifier IS NOT NULL OR low IS NOT NULL) THEN
		value := NULL;
		low := NULL;
		high := NULL;
		currency := NULL;
		usd_stated := NULL;
		qualifier := NULL;
		missing_reason := NULL;
		sqlstate := '22P02';
		problem := format('"%s" is not one exact number', excerpt(as_printed));
		hint := 'This column has no place for bounds and ranges: load the statement as kind stated_figure.';
	END IF;
END
$$;
COMMENT ON FUNCTION industry.read_measure(text, text, jsonb, text) IS
'a cell as a column reads it (reads as in layout_column): capacity in GWh; power in MW; percent; money in units of currency; cost in units of currency per kWh; number in unit; size, with the energy in value (GWh) and the power in second_value (MW); date, day and period in first_day and last_day. default_unit is that of a bare number. A text that cannot be read has sqlstate, problem and hint, and no number. No exchange rate is applied';

/*
 * Other cells
 */

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
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
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
	WHEN industry.name_key(name) ~ '^(world|global|grand|overall)?( ?total)?( \((rounded|global|world)\))?$|^all (makers|countries|suppliers|companies)$|^worldwide$'
		THEN 'stated_total'
	WHEN industry.name_key(name) ~ '^(all )?others?( (countries|country|makers|companies|suppliers|producers|manufacturers))?$|^rest of( the)? world$|^row$|^remainder$'
		THEN 'remainder'
	WHEN industry.name_key(name) ~ '^sub ?total$|^top (ten|five|three|[0-9]+)$' THEN 'subtotal'
END;
COMMENT ON FUNCTION industry.row_kind_of(text) IS
'stated_total, remainder or subtotal where the printed name says so: World total (rounded), Other countries, Top 10; NULL where it is somebody''s name';
