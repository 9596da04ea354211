-- create, drop and status, as functions of SQL.

-- make_code: all functions and views of a rollup but its readers, which are bound to the
-- columns of the table and stay.
CREATE OR REPLACE FUNCTION battery_rollup.make_code(of_rollup name)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	-- one that has lost a column waits for its drop
	IF battery_rollup.columns_of(of_rollup) IS NULL THEN
		RETURN;
	END IF;
	PERFORM battery_rollup.make_fold(of_rollup);
	PERFORM battery_rollup.make_fit(of_rollup, ARRAY(
		SELECT format_type(t.type, NULL) FROM pg_proc p CROSS JOIN unnest(p.proargtypes) WITH ORDINALITY AS t (type, n)
		WHERE p.pronamespace = 'battery_rollup'::regnamespace AND p.proname = (of_rollup || '_reads')::name ORDER BY t.n));
	PERFORM battery_rollup.make_writers(of_rollup);
	PERFORM battery_rollup.make_views(of_rollup);
END
$$;
COMMENT ON FUNCTION battery_rollup.make_code(name) IS 'makes the functions and views of a rollup';

-- read_keys: "maker, month = expression" as keys
CREATE OR REPLACE FUNCTION battery_rollup.read_keys(lists text[], relation regclass, path text)
RETURNS TABLE (key name, expression text, type text, collated text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	item text;
	parts text[];
	meant record;
	seen name[] = '{}';
BEGIN
	FOR item IN SELECT e FROM unnest(lists) WITH ORDINALITY AS l (list, n) CROSS JOIN LATERAL battery_rollup.elements(l.list) WITH ORDINALITY AS e (e, i) ORDER BY l.n, e.i LOOP
		CONTINUE WHEN item = '';
		parts := regexp_match(item, '^("(?:[^"]|"")+"|[A-Za-z_][\w$]*)\s*=(?!=)(.*)$');
		meant := battery_rollup.resolve(coalesce(parts[2], item), relation, path);
		key := CASE WHEN parts IS NOT NULL THEN (parse_ident(parts[1]))[1]
					WHEN cardinality(meant.columns) = 1 AND item ~ '^("(?:[^"]|"")+"|[A-Za-z_][\w$]*)$' THEN meant.columns[1] END;
		IF key IS NULL THEN
			RAISE EXCEPTION 'the key "%" has no name', item USING ERRCODE = 'syntax_error', HINT = format('Write NAME=%s', item);
		ELSIF cardinality(meant.aggregates) > 0 THEN
			RAISE EXCEPTION 'the key "%" is an aggregate', item USING ERRCODE = 'grouping_error', HINT = 'Give it as --measure.';
		ELSIF cardinality(meant.columns) = 0 THEN
			RAISE EXCEPTION 'the key "%" names no column', item USING ERRCODE = 'invalid_parameter_value', HINT = 'A key that is the same for all rows tells no groups apart.';
		ELSIF key IN ('rows', 'left_out', 'stale') OR key LIKE 'taken\_%' THEN
			RAISE EXCEPTION 'a key cannot be called "%"', key USING ERRCODE = 'reserved_name', HINT = format('That is a column of every rollup. Write another name: my_%s=%s', key, coalesce(parts[2], item));
		END IF;
		IF key = ANY (seen) THEN
			RAISE EXCEPTION 'two keys are called "%"', key USING ERRCODE = 'duplicate_column', HINT = format('Give each once, or another name: my_%s=%s', key, coalesce(parts[2], item));
		END IF;
		seen := seen || key;
		BEGIN
			IF NOT EXISTS (SELECT FROM pg_opclass o JOIN pg_am a ON a.oid = o.opcmethod
						   WHERE a.amname = 'btree' AND o.opcdefault AND o.opcintype = meant.type::regtype)
				AND NOT EXISTS (SELECT FROM pg_type t WHERE t.oid = meant.type::regtype AND (t.typtype IN ('e', 'd', 'r') OR t.typcategory = 'A' OR t.typname = 'varchar')) THEN
				RAISE undefined_function;
			END IF;
			-- arrays and domains have the order of what they are made of, if that has one
			EXECUTE format('SELECT FROM (SELECT NULL::%s AS k WHERE false) AS s ORDER BY s.k', meant.type);
		EXCEPTION WHEN undefined_function THEN
			RAISE EXCEPTION 'the key "%" has type %, which has no order', key, meant.type USING ERRCODE = 'datatype_mismatch', HINT = 'Cast it, for example to text.';
		END;
		PERFORM battery_rollup.require_immutable(meant.printed, meant.type, relation);
		expression := meant.printed;
		type := meant.type;
		collated := meant.collated;
		RETURN NEXT;
	END LOOP;
END
$$;
COMMENT ON FUNCTION battery_rollup.read_keys(text[], regclass, text) IS 'keys as they are written, resolved';

-- read_measure: one call of one aggregate of battery, taken apart
CREATE OR REPLACE FUNCTION battery_rollup.read_measure(item text, relation regclass, path text,
	OUT measure name, OUT call text, OUT aggregate name, OUT arguments text[], OUT types text[], OUT is_variadic boolean, OUT filter text, OUT state name)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	parts text[] = regexp_match(item, '^\s*("(?:[^"]|"")+"|[A-Za-z_][\w$]*)\s*=(?!=)(.*)$');
	meant record;
	resolved record;
	agg record;
	argument text;
	opening bigint;
	closing bigint;
	rest text;
BEGIN
	meant := battery_rollup.resolve(coalesce(parts[2], item), relation, path);
	SELECT p.oid::regprocedure AS signature, p.proname, format_type(p.prorettype, NULL) AS result, t.typname, EXISTS (SELECT FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid
					WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e' AND e.extname = 'battery') AS is_ours
	INTO agg FROM pg_proc p JOIN pg_type t ON t.oid = p.prorettype WHERE p.oid = ANY (meant.aggregates);
	-- the server records no dependency on those of core
	IF cardinality(meant.aggregates) = 0 THEN
		SELECT p.oid::regprocedure AS signature, p.proname, ''::text AS result, ''::name AS typname, false AS is_ours INTO agg
		FROM pg_proc p WHERE p.prokind = 'a' AND p.pronamespace = 'pg_catalog'::regnamespace AND p.proname = substring(meant.printed FROM '^(\w+)\(')
		ORDER BY p.oid LIMIT 1;
	END IF;
	IF agg IS NULL OR cardinality(meant.aggregates) > 1 THEN
		RAISE EXCEPTION 'the measure "%" is not one call of an aggregate', item
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Write for example --measure=''learning_curve(cumulative, price)''; what is computed from states stands in a query over the rollup.';
	ELSIF NOT agg.is_ours OR NOT EXISTS (SELECT FROM battery_rollup.readers() d WHERE d.state = agg.typname AND coalesce(d.aggregate, agg.proname) = agg.proname) THEN
		RAISE EXCEPTION 'a rollup cannot keep %', CASE WHEN agg.is_ours THEN agg.signature::text ELSE meant.printed END
			USING ERRCODE = 'feature_not_supported',
				  DETAIL = 'A row that is corrected or deleted must be taken out of the state again, exactly.',
				  HINT = CASE
					WHEN agg.proname IN ('sum', 'avg') AND agg.result LIKE '%capacity_gwh' THEN 'Write capacity_partial(...), of which total_gwh() and average_capacity() read the sum and the mean.'
					WHEN agg.proname IN ('avg', 'average') AND agg.result LIKE '%cost_per_gwh' THEN 'Write cost_partial(...), of which average_cost() reads the mean.'
					WHEN agg.proname IN ('weighted_cost', 'marginal_cost') THEN format('Write %s_partial(...), of which %1$s() reads the cost.', agg.proname)
					WHEN agg.proname LIKE 'stddev%' OR agg.proname LIKE 'var%' THEN 'Write spread_partial(...), of which stddev_samp() and its kin read.'
					WHEN agg.proname IN ('min', 'max') THEN 'The least and the greatest cannot be taken out: nothing says what comes next. An index on the columns answers min and max at once.'
					WHEN agg.typname IN ('paired_values', 'quantity_values') OR agg.proname LIKE 'median%' OR agg.proname LIKE 'theil_sen%' THEN 'A median and Theil-Sen need every row, so there is no state that is smaller than the rows. Compute them from the table.'
					WHEN agg.typname = 'cost_series' OR agg.proname LIKE '%series' THEN 'A series takes one row a period, which it is smaller than nothing of. Compute it from the table.'
					WHEN agg.proname = 'count' THEN 'The number of rows of each group is kept anyhow, in column rows.'
					ELSE 'A rollup keeps learning_curve, market_shares, regression, and capacity_partial, cost_partial, weighted_cost_partial, marginal_cost_partial, spread_partial.' END;
	ELSIF cardinality(meant.columns) = 0 THEN
		RAISE EXCEPTION 'the measure "%" names no column', item
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('The columns of %s are %s.', relation,
								(SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped));
	END IF;
	aggregate := agg.proname;
	state := agg.typname;
	call := meant.printed;
	-- name, bracket, arguments, bracket, filter
	SELECT min(t.number) FILTER (WHERE t.token = '('), min(t.number) FILTER (WHERE t.token = ')' AND t.depth = 0) INTO opening, closing
	FROM battery_rollup.tokens(call) AS t;
	IF (SELECT string_agg(t.token, '' ORDER BY t.number) FROM battery_rollup.tokens(call) AS t WHERE t.number < opening) !~ ('^((\w+|"[^"]+")\.)?' || aggregate || '$') THEN
		RAISE EXCEPTION 'the measure "%" is more than the call of an aggregate', item
			USING ERRCODE = 'invalid_parameter_value', HINT = format('Give the call of %s(...) alone.', aggregate);
	END IF;
	rest := (SELECT string_agg(t.token, '' ORDER BY t.number) FROM battery_rollup.tokens(call) AS t WHERE t.number > closing);
	argument := (SELECT string_agg(t.token, '' ORDER BY t.number) FROM battery_rollup.tokens(call) AS t WHERE t.number > opening AND t.number < closing);
	filter := substring(rest FROM '^\s*FILTER \(WHERE (.*)\)$');
	IF coalesce(rest, '') <> '' AND filter IS NULL OR argument ~ '^DISTINCT ' OR EXISTS (SELECT FROM battery_rollup.tokens(argument) AS t WHERE t.depth = 0 AND t.token ~ '\mORDER BY\M' AND t.token !~ '^[''"]') THEN
		RAISE EXCEPTION 'the measure "%" is more than the call of an aggregate', item
			USING ERRCODE = 'invalid_parameter_value', HINT = format('Give %s(...) or %1$s(...) FILTER (WHERE ...): no DISTINCT, no ORDER BY, nothing computed from it.', aggregate);
	END IF;
	arguments := ARRAY(SELECT e FROM battery_rollup.elements(argument) AS e);
	is_variadic := arguments[cardinality(arguments)] LIKE 'VARIADIC %';
	arguments[cardinality(arguments)] := regexp_replace(arguments[cardinality(arguments)], '^VARIADIC ', '');
	FOR i IN 1..cardinality(arguments) LOOP
		resolved := battery_rollup.resolve(arguments[i], relation, 'pg_catalog, pg_temp');
		types[i] := resolved.type;
		PERFORM battery_rollup.require_immutable(arguments[i], resolved.type, relation);
	END LOOP;
	IF filter IS NOT NULL THEN
		PERFORM battery_rollup.require_immutable(filter, 'boolean', relation);
	END IF;
	measure := coalesce((parse_ident(parts[1]))[1], (SELECT min(d.measure) FROM battery_rollup.readers() d WHERE d.state = agg.typname AND coalesce(d.aggregate, agg.proname) = agg.proname));
END
$$;
COMMENT ON FUNCTION battery_rollup.read_measure(text, regclass, text) IS 'a measure as it is written, resolved and taken apart';

-- Equal keys are one group, whichever of them a write has: 1.0 and 1.00.  A coarser level
-- must not tell them apart.
CREATE OR REPLACE FUNCTION battery_rollup.require_identity(item text, expression text, states regclass)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	key record;
BEGIN
	FOR key IN
		SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) || battery_rollup.collation_of(a.atttypid, a.attcollation) AS type
		FROM unnest((battery_rollup.resolve(expression, states, 'pg_catalog, pg_temp')).columns) AS u (name)
		JOIN pg_attribute a ON a.attrelid = states AND a.attname = u.name
		JOIN pg_type t ON t.oid = a.atttypid
		WHERE expression NOT IN (format('%I', a.attname), format('%I.%I', (SELECT c.relname FROM pg_class c WHERE c.oid = states), a.attname))
		  AND (EXISTS (SELECT FROM pg_collation c WHERE c.oid = a.attcollation AND NOT c.collisdeterministic)
			   OR NOT EXISTS (SELECT FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid
							  WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e' AND e.extname = 'battery')
			   -- what the server takes for identical, too: where its indexes keep one for all
			   AND NOT EXISTS (SELECT FROM pg_opclass o JOIN pg_am m ON m.oid = o.opcmethod AND m.amname = 'btree'
							   JOIN pg_amproc p ON p.amprocfamily = o.opcfamily AND p.amproclefttype = o.opcintype AND p.amprocrighttype = o.opcintype AND p.amprocnum = 4
							   WHERE o.opcdefault AND o.opcintype = CASE WHEN t.typtype = 'e' THEN 'anyenum'::regtype WHEN t.oid = 'varchar'::regtype THEN 'text'::regtype
																		 WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END))
	LOOP
		RAISE EXCEPTION 'a level by "%" may tell apart what is one group by key "%"', item, key.name
			USING ERRCODE = 'feature_not_supported',
				  DETAIL = format('Of type %s, values can be equal and not identical, as 1.0 and 1.00 of numeric.', key.type),
				  HINT = format('Give it as a key of the rollup, too: --by=''..., %s''.', item);
	END LOOP;
END
$$;
COMMENT ON FUNCTION battery_rollup.require_identity(text, text, regclass) IS 'refuses an expression of a coarser level that may differ where keys are equal';

-- What belongs to a level is called like it, with an ending.
CREATE OR REPLACE FUNCTION battery_rollup.require_free_name(level text)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF level ~ '_(state|change|appended|rows|keys|columns|build|reads|fit|fold|insert|update|delete|truncate)$'
		OR to_regclass(format('battery_rollup.%I', level)) IS NOT NULL
		OR EXISTS (SELECT FROM battery_rollup.level l WHERE l.level = require_free_name.level)
		OR EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = 'battery_rollup'::regnamespace AND p.proname = ANY (SELECT level || e FROM unnest('{_reads,_fit,_fold,_insert,_update,_delete,_truncate}'::text[]) AS e)) THEN
		RAISE EXCEPTION 'a level cannot be called "%": there is something of that name', level
			USING ERRCODE = 'duplicate_object', HINT = 'Give the rollup another name (--name=...), or the key, as in --over=''my_state=state''; a level is given once.';
	END IF;
END
$$;
COMMENT ON FUNCTION battery_rollup.require_free_name(text) IS 'refuses a level whose name, or one made of it, is taken';

CREATE OR REPLACE FUNCTION battery_rollup.make_rollup(path text, source regclass, by text[], measures text[], over_levels text[], name name, is_strict boolean, fold_after integer)
RETURNS name
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
<<this>>
DECLARE
	made name = coalesce(name, (SELECT c.relname FROM pg_class c WHERE c.oid = source));
	home name = (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'battery');
	keys name[];
	types text[];
	collations text[];
	expressions text[];
	measure record;
	item text;
	level text;
	l record;
	readings text = '';
	outputs text = '';
	states text = '';
	used name[];
	-- tables that are filled and emptied over and over
	emptied CONSTANT text = '(autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 1000)';
BEGIN
	PERFORM battery_rollup.require_owner();
	PERFORM battery_rollup.require_source(source);
	PERFORM battery_rollup.require_whole(source);
	IF made !~ '^[a-z_][a-z0-9_]*$' OR length(made) > 32 OR made LIKE 'bi\_%' THEN
		RAISE EXCEPTION 'a rollup cannot be called "%"', made
			USING ERRCODE = 'invalid_name', HINT = 'Give it a name of at most 32 small letters, digits and underscores that does not begin with bi_: --name=...';
	ELSIF EXISTS (SELECT FROM battery_rollup.rollup r WHERE r.rollup = made) THEN
		RAISE EXCEPTION 'there is a rollup "%" already', made
			USING ERRCODE = 'duplicate_object', HINT = 'Give this one another name (--name=...), or drop that one first.';
	ELSIF coalesce(fold_after, 0) < 1 THEN
		RAISE EXCEPTION 'fold_after must be above 0' USING ERRCODE = 'invalid_parameter_value', HINT = 'Give the number of appended states after which they are folded, such as 200.';
	END IF;

	SELECT array_agg(k.key ORDER BY k.n), array_agg(k.expression ORDER BY k.n), array_agg(k.type ORDER BY k.n), array_agg(k.collated ORDER BY k.n) INTO keys, expressions, types, collations
	FROM battery_rollup.read_keys(by, source, path) WITH ORDINALITY AS k (key, expression, type, collated, n);
	IF keys IS NULL THEN
		RAISE EXCEPTION 'a rollup needs a key' USING ERRCODE = 'invalid_parameter_value', HINT = 'Say by what its groups are: --by=''chemistry, maker''';
	ELSIF coalesce(cardinality(measures), 0) = 0 THEN
		RAISE EXCEPTION 'a rollup needs a measure' USING ERRCODE = 'invalid_parameter_value', HINT = 'Say what is kept of each group: --measure=''learning_curve(cumulative, price)''';
	END IF;
	INSERT INTO battery_rollup.rollup (rollup, source, is_strict, fold_after, battery_schema) VALUES (made, source, is_strict, fold_after, home);
	PERFORM battery_rollup.require_free_name(made);
	INSERT INTO battery_rollup.level (rollup, number, level, keys, types, collations, expressions) VALUES (made, 0, made, keys, types, collations, expressions);

	FOR i IN 1..cardinality(keys) LOOP
		readings := concat_ws(', ', nullif(readings, ''), expressions[i]);
		outputs := concat_ws(', ', nullif(outputs, ''), format('k%s %s', i, types[i]));
	END LOOP;
	FOR n IN 1..cardinality(measures) LOOP
		measure := battery_rollup.read_measure(measures[n], source, path);
		IF measure.measure = ANY (keys) OR measure.measure IN ('rows', 'left_out', 'stale') OR measure.measure LIKE 'taken\_%' OR octet_length(measure.measure::text) > 32
			OR EXISTS (SELECT FROM battery_rollup.measure m WHERE m.rollup = made AND m.measure = measure.measure) THEN
			RAISE EXCEPTION 'a measure cannot be called "%" here', measure.measure
				USING ERRCODE = 'duplicate_column', HINT = format('Give it another name: --measure=''NAME=%s''', measure.call);
		END IF;
		INSERT INTO battery_rollup.measure (rollup, number, measure, call, aggregate, arguments, is_variadic, is_filtered, state)
		VALUES (made, n, measure.measure, measure.call, measure.aggregate, cardinality(measure.arguments), measure.is_variadic, measure.filter IS NOT NULL, measure.state);
		FOR i IN 1..cardinality(measure.arguments) LOOP
			readings := readings || ', ' || measure.arguments[i];
			outputs := outputs || format(', m%s_%s %s', n, i, measure.types[i]);
		END LOOP;
		IF measure.filter IS NOT NULL THEN
			readings := readings || ', ' || measure.filter;
			outputs := outputs || format(', m%s_filter boolean', n);
		END IF;
		states := states || format(', %1$I %3$I.%4$I, %2$I %3$I.%4$I', measure.measure, 'taken_' || measure.measure, home, measure.state);
	END LOOP;

	-- the view holds on to the columns, the reader has them as arguments
	used := (battery_rollup.resolve(format('ROW(%s) IS NULL', readings), source, 'pg_catalog, pg_temp')).columns;
	FOR item IN SELECT a.attname FROM pg_attribute a WHERE a.attrelid = source AND a.attname = ANY (used) AND a.attgenerated = 'v' LOOP
		RAISE EXCEPTION 'column "%" is virtual: what a trigger sees of a write has no value of it', item
			USING ERRCODE = 'feature_not_supported', HINT = 'Make it GENERATED ALWAYS AS (...) STORED, or give its expression.';
	END LOOP;
	EXECUTE format('CREATE VIEW battery_rollup.%I AS SELECT %s FROM ONLY %s', made || '_columns', (SELECT string_agg(quote_ident(u), ', ') FROM unnest(used) AS u), source);
	EXECUTE format('COMMENT ON VIEW battery_rollup.%I IS %L', made || '_columns', format('columns of %s that rollup %s reads, so that they stay', source, made));
	EXECUTE format('CREATE FUNCTION battery_rollup.%I(%s) RETURNS TABLE (%s) LANGUAGE sql IMMUTABLE PARALLEL SAFE BEGIN ATOMIC SELECT %s FROM (SELECT %s) AS %I; END',
		made || '_reads',
		-- a dump cannot print arguments without names
		(SELECT string_agg(format('c%s %s', u.n, format_type(a.atttypid, NULL)), ', ' ORDER BY u.n)
		 FROM unnest(used) WITH ORDINALITY AS u (name, n) JOIN pg_attribute a ON a.attrelid = source AND a.attname = u.name),
		outputs, readings,
		(SELECT string_agg(format('c%s%s AS %I', u.n, battery_rollup.collation_of(a.atttypid, a.attcollation), u.name), ', ' ORDER BY u.n)
		 FROM unnest(used) WITH ORDINALITY AS u (name, n) JOIN pg_attribute a ON a.attrelid = source AND a.attname = u.name), (SELECT c.relname FROM pg_class c WHERE c.oid = source));

	EXECUTE format('CREATE TABLE battery_rollup.%I (%s, is_taken boolean) WITH %s', made || '_rows', outputs, emptied);
	EXECUTE format('COMMENT ON TABLE battery_rollup.%I IS %L', made || '_rows', format('rows of %s as they were read, by writes of nearly as many groups as rows, that are not folded into these yet', source));
	-- levels are made of the keys that this has
	EXECUTE format('CREATE TABLE battery_rollup.%I (%s, rows bigint, left_out bigint%s) WITH (fillfactor = 85)', made || '_state',
		(SELECT string_agg(format('%I %s%s', k.key, t.type, t.collated), ', ' ORDER BY k.n) FROM unnest(keys) WITH ORDINALITY AS k (key, n) JOIN unnest(types, collations) WITH ORDINALITY AS t (type, collated, n) ON t.n = k.n), states);

	FOR item IN SELECT o FROM unnest(over_levels) AS o LOOP
		SELECT coalesce(array_agg(k.key ORDER BY k.n), '{}'), coalesce(array_agg(k.expression ORDER BY k.n), '{}'), coalesce(array_agg(k.type ORDER BY k.n), '{}'), coalesce(array_agg(k.collated ORDER BY k.n), '{}')
		INTO keys, expressions, types, collations
		FROM battery_rollup.read_keys(ARRAY[item], format('battery_rollup.%I', made || '_state')::regclass, path) WITH ORDINALITY AS k (key, expression, type, collated, n);
		PERFORM battery_rollup.require_identity(item, e, format('battery_rollup.%I', made || '_state')::regclass) FROM unnest(expressions) AS e;
		level := concat_ws('_', made, coalesce(nullif(array_to_string(keys, '_'), ''), 'total'));
		IF octet_length(level) > 54 THEN
			RAISE EXCEPTION 'the name of level "%" is too long', item USING ERRCODE = 'name_too_long', HINT = 'Give the rollup a shorter name: --name=...';
		END IF;
		PERFORM battery_rollup.require_free_name(level);
		INSERT INTO battery_rollup.level (rollup, number, level, keys, types, collations, expressions)
		SELECT made, max(v.number) + 1, this.level, this.keys, this.types, this.collations, this.expressions FROM battery_rollup.level v WHERE v.rollup = made;
	END LOOP;
	FOR l IN SELECT v.* FROM battery_rollup.level v WHERE v.rollup = made ORDER BY v.number LOOP
		IF l.number > 0 THEN
			EXECUTE format('CREATE TABLE battery_rollup.%I (%srows bigint, left_out bigint%s) WITH (fillfactor = 85)', l.level || '_state',
				(SELECT string_agg(format('%I %s%s, ', k.key, t.type, t.collated), '' ORDER BY k.n) FROM unnest(l.keys) WITH ORDINALITY AS k (key, n) JOIN unnest(l.types, l.collations) WITH ORDINALITY AS t (type, collated, n) ON t.n = k.n), states);
		END IF;
		INSERT INTO battery_rollup.fold (rollup, number) VALUES (made, l.number);
		EXECUTE format('CREATE TABLE battery_rollup.%I (LIKE battery_rollup.%I) WITH %s', l.level || '_change', l.level || '_state', emptied);
		EXECUTE format('COMMENT ON TABLE battery_rollup.%I IS %L', l.level || '_change', format('states of writes to %s that are not folded into the groups of %s yet', source, l.level));
		-- how many were appended; that a session takes ten numbers at once makes no difference
		EXECUTE format('CREATE SEQUENCE battery_rollup.%I CACHE 10 OWNED BY battery_rollup.%I.rows', l.level || '_appended', l.level || '_change');
		EXECUTE format('CREATE UNIQUE INDEX %I ON battery_rollup.%I (%s) NULLS NOT DISTINCT', l.level || '_keys', l.level || '_state',
			coalesce((SELECT string_agg(quote_ident(k.key), ', ' ORDER BY k.n) FROM unnest(l.keys) WITH ORDINALITY AS k (key, n)), '(true)'));
		EXECUTE format('COMMENT ON TABLE battery_rollup.%I IS %L', l.level || '_state', format('states of the groups of %s; view %s adds what was written since', source, l.level));
	END LOOP;

	-- a publication of all tables would let nobody change one that has no identity
	FOR item IN SELECT format('ALTER TABLE %s REPLICA IDENTITY FULL', c.oid::regclass) FROM pg_class c
				WHERE c.relnamespace = 'battery_rollup'::regnamespace AND c.relkind = 'r' AND c.relreplident = 'd' AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary) LOOP
		EXECUTE item;
	END LOOP;
	INSERT INTO battery_rollup.member (rollup, relation) VALUES (made, source);
	PERFORM battery_rollup.make_code(made);
	-- from here on no write gets past: the lock waits for those that run
	PERFORM battery_rollup.make_triggers(made, source);
	PERFORM battery_rollup.mend(made);
	RETURN made;
END
$$;
COMMENT ON FUNCTION battery_rollup.make_rollup(text, regclass, text[], text[], text[], name, boolean, integer) IS 'makes a rollup with nothing in it yet';

CREATE OR REPLACE FUNCTION battery_rollup.create_rollup(source regclass, by text[], measures text[], over_levels text[] DEFAULT '{}', name name DEFAULT NULL,
	strict boolean DEFAULT false, fold_after integer DEFAULT 200, build boolean DEFAULT true)
RETURNS name
LANGUAGE plpgsql
AS $$
DECLARE
	made pg_catalog.name;
BEGIN
	-- what is built would miss the rows of writes that the lock waited for
	IF pg_catalog.current_setting('transaction_isolation') OPERATOR(pg_catalog.<>) 'read committed' THEN
		RAISE EXCEPTION 'a transaction with one snapshot cannot make a rollup'
			USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Use READ COMMITTED, or battery-rollup create.';
	END IF;
	made := battery_rollup.make_rollup(pg_catalog.current_setting('search_path'), source, by, measures, over_levels, name, strict, fold_after);
	IF build THEN
		PERFORM battery_rollup.rebuild(made);
	END IF;
	RETURN made;
END
$$;
COMMENT ON FUNCTION battery_rollup.create_rollup(regclass, text[], text[], text[], name, boolean, integer, boolean) IS
	'makes a rollup of a table, and builds it; the table is locked against writes until the transaction ends';

CREATE OR REPLACE FUNCTION battery_rollup.drop_rollup(name name)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	item text;
BEGIN
	PERFORM battery_rollup.require_owner();
	PERFORM battery_rollup.of_name(name);
	-- first, as a write by its name locks it before its partitions
	IF EXISTS (SELECT FROM battery_rollup.rollup r JOIN pg_class c ON c.oid = r.source::oid WHERE r.rollup = drop_rollup.name) THEN
		EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', (battery_rollup.of_name(name)).source);
	END IF;
	FOR item IN
		SELECT format('DROP TRIGGER %I ON %s', g.tgname, g.tgrelid::regclass) FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid
		WHERE p.pronamespace = 'battery_rollup'::regnamespace AND NOT g.tgisinternal
		  AND g.tgname = ANY (battery_rollup.trigger_names(drop_rollup.name))
		UNION ALL
		SELECT format('DROP VIEW battery_rollup.%I, battery_rollup.%I', 'bi_' || l.level, l.level) FROM battery_rollup.level l WHERE l.rollup = drop_rollup.name
		UNION ALL
		SELECT format('DROP FUNCTION %s', p.oid::regprocedure) FROM pg_proc p
		WHERE p.pronamespace = 'battery_rollup'::regnamespace
		  AND p.proname ~ ('^' || drop_rollup.name || '_(reads|fit|insert|update|delete|truncate)$')
		UNION ALL
		SELECT format('DROP FUNCTION battery_rollup.%I', l.level || '_fold') FROM battery_rollup.level l WHERE l.rollup = drop_rollup.name
		UNION ALL
		SELECT format('DROP VIEW IF EXISTS battery_rollup.%I', drop_rollup.name || '_columns')
	LOOP
		EXECUTE item;
	END LOOP;
	FOR item IN SELECT format('DROP TABLE battery_rollup.%I, battery_rollup.%I', l.level || '_state', l.level || '_change') FROM battery_rollup.level l WHERE l.rollup = drop_rollup.name LOOP
		EXECUTE item;
	END LOOP;
	EXECUTE format('DROP TABLE battery_rollup.%I', name || '_rows');
	DELETE FROM battery_rollup.trouble AS t WHERE t.rollup = drop_rollup.name;
	DELETE FROM battery_rollup.rollup AS r WHERE r.rollup = drop_rollup.name;
END
$$;
COMMENT ON FUNCTION battery_rollup.drop_rollup(name) IS 'drops a rollup with its triggers; the table stays as it is';

CREATE OR REPLACE FUNCTION battery_rollup.status()
RETURNS TABLE (rollup name, source text, level name, keys text, groups bigint, left_out bigint, appended bigint, built_at timestamptz, stale text)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	l record;
BEGIN
	FOR l IN SELECT r.rollup, r.source, v.number, v.level, v.keys, r.built_at FROM battery_rollup.rollup r JOIN battery_rollup.level v ON v.rollup = r.rollup ORDER BY r.rollup, v.number LOOP
		rollup := l.rollup;
		source := l.source;
		level := l.level;
		keys := coalesce(nullif(array_to_string(l.keys, ', '), ''), '-');
		built_at := l.built_at;
		EXECUTE format('SELECT count(*), coalesce(sum(v.left_out), 0), (SELECT count(*) FROM battery_rollup.%I)%s FROM battery_rollup.%I AS v', l.level || '_change',
			CASE WHEN l.number = 0 THEN format(' + (SELECT count(*) FROM battery_rollup.%I)', l.rollup || '_rows') ELSE '' END, l.level) INTO groups, left_out, appended;
		stale := (SELECT string_agg(s, '; ' ORDER BY s) FROM battery_rollup.stale_reasons(l.rollup) AS s);
		RETURN NEXT;
	END LOOP;
END
$$;
COMMENT ON FUNCTION battery_rollup.status() IS 'the rollups and their levels; stale says why one may not equal its table, NULL is well';
