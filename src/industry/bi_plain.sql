/*
 * A plain view over a user's own table
 */

CREATE OR REPLACE FUNCTION industry.plain_learning_curve(lc learning_curve)
RETURNS TABLE (observations double precision, learning_rate_fraction double precision, learning_rate_low_fraction double precision,
	learning_rate_high_fraction double precision, exponent double precision, r_squared double precision)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT observations(plain_learning_curve.lc)::double precision, f.learning_rate, f.learning_rate_low, f.learning_rate_high,
		   exponent(plain_learning_curve.lc), f.r_squared
	FROM fit(plain_learning_curve.lc) AS f;
END;
COMMENT ON FUNCTION industry.plain_learning_curve(learning_curve) IS 'what plain_view shows of a learning curve: its number of points, its learning rate (a fraction) with the bounds of the 95 percent interval, exponent and R²';

CREATE OR REPLACE FUNCTION industry.plain_market_shares(shares market_shares)
RETURNS TABLE (members integer, leader text, leader_share_fraction double precision, cr4_fraction double precision, hhi_points double precision,
	hhi_low_points double precision, hhi_high_points double precision, unattributed_fraction double precision)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT members(plain_market_shares.shares), leader(plain_market_shares.shares), leader_share(plain_market_shares.shares),
		   cr(plain_market_shares.shares, 4), hhi(plain_market_shares.shares), hhi_low(plain_market_shares.shares),
		   hhi_high(plain_market_shares.shares), unattributed_share(plain_market_shares.shares);
END;
COMMENT ON FUNCTION industry.plain_market_shares(market_shares) IS 'what plain_view shows of market shares: members, leader and its share, CR4, HHI with its bounds (points), unattributed part (fractions)';

CREATE OR REPLACE FUNCTION industry.plain_columns(base oid, type_name name, is_battery boolean, is_key boolean, place integer, comment text)
RETURNS TABLE (expression text, suffix text, meaning text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
	SELECT v.expression, v.suffix, v.comment
	FROM (VALUES
			(is_battery AND type_name = 'capacity_gwh', 't.%I::double precision', '_gwh', comment || '; GWh'),
			(is_battery AND type_name = 'cost_per_gwh', 't.%I::double precision', '_usd_per_kwh', comment || '; US$ per kWh, the same number as million US$ per GWh'),
			(is_battery AND type_name = 'learning_curve', format('x%s.observations', place), '_observations', comment || ': number of points'),
			(is_battery AND type_name = 'learning_curve', format('x%s.learning_rate_fraction', place), '_learning_rate_fraction', comment || ': learning rate, 0.2 is 20 percent per doubling'),
			(is_battery AND type_name = 'learning_curve', format('x%s.learning_rate_low_fraction', place), '_learning_rate_low_fraction', comment || ': lower 95 percent bound of the learning rate'),
			(is_battery AND type_name = 'learning_curve', format('x%s.learning_rate_high_fraction', place), '_learning_rate_high_fraction', comment || ': upper 95 percent bound of the learning rate'),
			(is_battery AND type_name = 'learning_curve', format('x%s.exponent', place), '_exponent', comment || ': slope of ln(cost) against ln(cumulative)'),
			(is_battery AND type_name = 'learning_curve', format('x%s.r_squared', place), '_r_squared', comment || ': R²'),
			(is_battery AND type_name = 'market_shares', format('x%s.members', place), '_members', comment || ': members'),
			(is_battery AND type_name = 'market_shares', format('x%s.leader', place), '_leader', comment || ': member with the greatest share'),
			(is_battery AND type_name = 'market_shares', format('x%s.leader_share_fraction', place), '_leader_share_fraction', comment || ': its share, 0 to 1'),
			(is_battery AND type_name = 'market_shares', format('x%s.cr4_fraction', place), '_cr4_fraction', comment || ': share of the four greatest, 0 to 1'),
			(is_battery AND type_name = 'market_shares', format('x%s.hhi_points', place), '_hhi_points', comment || ': HHI, points; NULL where part is unattributed'),
			(is_battery AND type_name = 'market_shares', format('x%s.hhi_low_points', place), '_hhi_low_points', comment || ': lower bound of the HHI, points'),
			(is_battery AND type_name = 'market_shares', format('x%s.hhi_high_points', place), '_hhi_high_points', comment || ': upper bound of the HHI, points'),
			(is_battery AND type_name = 'market_shares', format('x%s.unattributed_fraction', place), '_unattributed_fraction', comment || ': part of no listed member, 0 to 1'),
			(is_battery AND type_name NOT IN ('capacity_gwh', 'cost_per_gwh', 'learning_curve', 'market_shares'), 't.%I::text', '', comment),
			(base = 'boolean'::regtype, 't.%I::boolean', '', comment),
			(base IN ('smallint'::regtype, 'integer'::regtype), 't.%I::integer', '', comment),
			(base = 'date'::regtype, 't.%I::date', '', comment),
			-- a double holds integers up to 2^53: right for what is added up, wrong for an identifier
			(base = 'bigint'::regtype AND is_key, 't.%I::text', '', comment),
			(base = 'bigint'::regtype AND NOT is_key, 't.%I::double precision', '', comment),
			(base IN ('real'::regtype, 'double precision'::regtype), 't.%I::double precision', '', comment),
			(base = 'numeric'::regtype, 'industry.plain_number(t.%I::numeric)', '', comment),
			(base = 'timestamp'::regtype, 'CASE WHEN isfinite(t.%1$I) THEN to_char(t.%1$I, ''YYYY-MM-DD"T"HH24:MI:SS.US'') ELSE t.%1$I::text END', '', comment),
			(base = 'timestamp'::regtype, 't.%I::date', '_date', comment || ': the day'),
			(base = 'timestamptz'::regtype, 'CASE WHEN isfinite(t.%1$I) THEN to_char(t.%1$I AT TIME ZONE ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.US"Z"'') ELSE t.%1$I::text END', '_utc', comment || ': UTC'),
			(base = 'timestamptz'::regtype, '(t.%I AT TIME ZONE ''UTC'')::date', '_utc_date', comment || ': the day, UTC'),
			(NOT is_battery AND base NOT IN ('boolean'::regtype, 'smallint'::regtype, 'integer'::regtype, 'bigint'::regtype, 'real'::regtype, 'double precision'::regtype,
				'numeric'::regtype, 'date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype), 't.%I::text', '', comment)
		) AS v (applies, expression, suffix, comment)
		WHERE v.applies;
END;
COMMENT ON FUNCTION industry.plain_columns(oid, name, boolean, boolean, integer, text) IS
'what plain_view makes of a column (number place) of a type: expressions with %I for its name, suffixes of the names and comments';

CREATE OR REPLACE FUNCTION industry.plain_view(of_table regclass, view_name text DEFAULT NULL) RETURNS regclass
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	home name;
	kind "char";
	target text;
	target_name text;
	c record;
	output record;
	expressions text[] := '{}';
	names text[] := '{}';
	comments text[] := '{}';
	laterals text := '';
	name text;
	n integer;
BEGIN
	SELECT s.nspname, t.relkind, coalesce(view_name, left(t.relname, 57) || '_plain')
	INTO home, kind, target_name
	FROM pg_class t JOIN pg_namespace s ON s.oid = t.relnamespace WHERE t.oid = of_table;
	IF kind IS NULL OR kind NOT IN ('r', 'p', 'v', 'm', 'f') THEN
		RAISE EXCEPTION '% is not a table', of_table
			USING ERRCODE = 'wrong_object_type',
				  HINT = 'Name a table, a partitioned or foreign table, or a view.';
	END IF;
	IF target_name = '' OR octet_length(target_name) > 63 THEN
		RAISE EXCEPTION '"%" cannot be the name of a view', target_name
			USING ERRCODE = 'invalid_name',
				  HINT = 'Name the view in 1 to 63 bytes: industry.plain_view(table, ''name'').';
	END IF;
	target := format('%I.%I', home, target_name);

	FOR c IN
		SELECT a.attname, a.attnum, y.base, y.typname, y.is_battery, y.typcategory,
			   coalesce(col_description(of_table, a.attnum), a.attname::text) AS comment,
			   EXISTS (SELECT FROM pg_constraint k
					   WHERE k.conrelid = of_table AND k.contype IN ('p', 'u', 'f') AND a.attnum = ANY (k.conkey)) AS is_key
		FROM pg_attribute a
		CROSS JOIN LATERAL (
			-- what a domain is of, in the end
			WITH RECURSIVE down (oid, depth) AS (
				SELECT a.atttypid, 0
				UNION ALL
				SELECT d.typbasetype, down.depth + 1 FROM down JOIN pg_type d ON d.oid = down.oid WHERE d.typtype = 'd')
			SELECT b.oid AS base, b.typname, b.typcategory,
				   EXISTS (SELECT FROM pg_depend p JOIN pg_extension x ON x.oid = p.refobjid
						   WHERE p.classid = 'pg_type'::regclass AND p.objid = b.oid AND p.refclassid = 'pg_extension'::regclass
							 AND p.deptype = 'e' AND x.extname = 'battery') AS is_battery
			FROM down JOIN pg_type b ON b.oid = down.oid ORDER BY down.depth DESC LIMIT 1) AS y
		WHERE a.attrelid = of_table AND a.attnum > 0 AND NOT a.attisdropped
		ORDER BY a.attnum
	LOOP
		IF c.is_battery AND c.typname IN ('learning_curve', 'market_shares') THEN
			laterals := laterals || format(E'\nLEFT JOIN LATERAL industry.%I(t.%I) AS x%s ON true',
				CASE c.typname WHEN 'learning_curve' THEN 'plain_learning_curve' ELSE 'plain_market_shares' END, c.attname, c.attnum);
		END IF;
		FOR output IN
			SELECT p.expression, p.suffix, p.meaning FROM plain_columns(c.base, c.typname, c.is_battery, c.is_key, c.attnum, c.comment) AS p
		LOOP
			name := c.attname;
			IF output.suffix <> '' AND right(lower(name), length(output.suffix)) <> output.suffix THEN
				name := name || output.suffix;
			END IF;
			-- a name has 63 bytes, and two columns may come to the same one
			n := 1;
			WHILE octet_length(name) > 63 LOOP
				name := left(c.attname, length(name) - length(output.suffix) - 1) || output.suffix;
			END LOOP;
			WHILE name = ANY (names) OR (name <> c.attname
					AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = of_table AND a.attname = name AND NOT a.attisdropped)) LOOP
				n := n + 1;
				name := left(c.attname, 40) || left(output.suffix, 16) || '_' || n;
			END LOOP;
			names := names || name;
			expressions := expressions || (format(output.expression, c.attname) || ' AS ' || quote_ident(name));
			comments := comments || output.meaning;
		END LOOP;
	END LOOP;
	IF cardinality(names) = 0 THEN
		RAISE EXCEPTION '% has no columns', of_table
			USING ERRCODE = 'invalid_table_definition',
				  HINT = 'A view needs at least one column.';
	END IF;

	BEGIN
		EXECUTE format(E'CREATE OR REPLACE VIEW %s AS\nSELECT %s\nFROM %s AS t%s', target, array_to_string(expressions, E',\n\t   '), of_table, laterals);
	EXCEPTION
		WHEN wrong_object_type THEN
			RAISE EXCEPTION '%', SQLERRM
				USING ERRCODE = 'wrong_object_type',
					  HINT = 'Choose another name: industry.plain_view(table, ''name'').';
		WHEN invalid_table_definition THEN
			RAISE EXCEPTION '%', SQLERRM
				USING ERRCODE = 'invalid_table_definition',
					  HINT = format('The table''s columns have changed. DROP VIEW %s and make it anew, and grant rights to it again.', target);
	END;
	EXECUTE format('COMMENT ON VIEW %s IS %L', target, format('%s in plain columns: double precision, integer, date, text, boolean; the unit is in the column''s name', of_table));
	FOR n IN 1 .. cardinality(names) LOOP
		EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', target, names[n], comments[n]);
	END LOOP;
	RETURN target::regclass;
END
$$;
COMMENT ON FUNCTION industry.plain_view(regclass, text) IS
'makes a view with plain columns (double precision, integer, date, text, boolean) over a table, and returns its name: the table''s with _plain behind it, in the same schema, or view_name. A capacity becomes …_gwh, a cost …_usd_per_kwh, a chemistry text, a learning curve and market shares one column for each of their measures; numeric becomes double precision (NULL beyond its range), a bigint too unless it is part of a key (text), a timestamp a text in ISO 8601 and a date (with time zone: in UTC), all else text. A view with the view''s own rights: grant SELECT on it. Run it again after adding a column';
