-- refresh of one partition: the groups whose rows can be in no other, from its rows.

-- partition_groups: which these are, as a condition on the keys of level 0.  The server
-- says for which rows a partition is; so each of its columns must be a key, or give one
-- that never falls as the column rises, and of which the partition has all or nothing: a
-- month of whole months.
CREATE OR REPLACE FUNCTION battery_rollup.partition_groups(of_rollup name, partition regclass)
RETURNS text
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r battery_rollup.rollup = battery_rollup.of_name(of_rollup);
	condition CONSTANT text = pg_get_partition_constraintdef(partition);
	columns CONSTANT name[] = battery_rollup.columns_of(of_rollup);
	reads text[];
	made_of CONSTANT text = pg_get_function_sqlbody((SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'battery_rollup'::regnamespace AND p.proname = (of_rollup || '_reads')::name));
	keys name[];
	expressions text[];
	used record;
	called text;
	key integer;
	stands_for text;
	list text = '';
	bound text;
	is_whole boolean;
	why text;
BEGIN
	IF NOT EXISTS (SELECT FROM battery_rollup.tables_of(of_rollup) AS t (oid) WHERE t.oid = partition::oid AND t.oid <> r.source::oid) THEN
		RAISE EXCEPTION '% is no partition of %', partition, r.source
			USING ERRCODE = 'undefined_object',
				  HINT = coalesce((SELECT 'Its partitions are ' || string_agg(t.oid::regclass::text, ', ' ORDER BY t.oid::regclass::text) || '.' FROM battery_rollup.tables_of(of_rollup) AS t (oid) WHERE t.oid <> r.source::oid),
								  'It has none: refresh the rollup.');
	END IF;
	SELECT l.keys, l.expressions INTO keys, expressions FROM battery_rollup.level l WHERE l.rollup = of_rollup AND l.number = 0;
	-- the expressions have the names that columns had when the rollup was made
	reads := ARRAY(SELECT m[1] FROM regexp_matches(made_of, '\mc\d+ AS ("(?:[^"]|"")+"|\w+)', 'g') AS m);
	IF condition IS NULL THEN
		why := 'nothing tells its rows from those of other tables';
	END IF;
	FOR used IN
		SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, array_position(columns, a.attname) AS number
		FROM unnest(CASE WHEN why IS NULL THEN (battery_rollup.resolve(condition, r.source, 'pg_catalog, pg_temp')).columns END) AS u (name)
		JOIN pg_attribute a ON a.attrelid = r.source AND a.attname = u.name
	LOOP
		called := '(?:(?:"(?:[^"]|"")+"|\w+)\.)?' || regexp_replace(reads[used.number], '(\W)', '\\\1', 'g');
		key := (SELECT min(e.n) FROM unnest(expressions) WITH ORDINALITY AS e (expression, n) WHERE e.expression ~ ('^' || called || '$'));
		stands_for := 'g.%I';
		IF key IS NULL THEN
			-- of those that rise with the column: the least value of it that a group has
			SELECT e.n, CASE WHEN e.expression ~ '^\(*EXTRACT' THEN 'make_date(g.%I::integer, 1, 1)' ELSE stands_for END INTO key, stands_for
			FROM unnest(expressions) WITH ORDINALITY AS e (expression, n)
			WHERE used.type ~ '^(date|timestamp(\(\d\))? without time zone)$'
			  AND e.expression ~ ('^\(*(?:date_trunc\(''\w+''::text, \(*' || called || '\)*(?:::timestamp without time zone)?\)+(?:::date)?|EXTRACT\(year FROM ' || called || '\)+(?:::(?:integer|bigint|smallint))?|' || called || '\)?::date)\)*$')
			ORDER BY e.n LIMIT 1;
			FOR bound IN
				SELECT b.bound FROM pg_partition_ancestors(partition) AS a (relid) JOIN pg_class c ON c.oid = a.relid
				CROSS JOIN LATERAL regexp_matches(pg_get_expr(c.relpartbound, c.oid), '(?:FROM|TO) \(''([^'']+)''\)', 'g') AS m CROSS JOIN LATERAL unnest(m) AS b (bound)
				WHERE key IS NOT NULL AND EXISTS (SELECT FROM pg_inherits i JOIN pg_partitioned_table p ON p.partrelid = i.inhparent AND p.partstrat = 'r' AND p.partnatts = 1
												  JOIN pg_attribute f ON f.attrelid = p.partrelid AND f.attnum = p.partattrs[0] AND f.attname = used.name WHERE i.inhrelid = c.oid)
			LOOP
				EXECUTE format('SELECT (SELECT %s FROM (SELECT s.k%s AS key) AS g) = %L::%s FROM battery_rollup.%I(%s) AS s', format(stands_for, 'key'), key, bound, used.type, of_rollup || '_reads',
							   (SELECT string_agg(CASE WHEN n = used.number THEN format('%L::%s', bound, used.type) ELSE 'NULL' END, ', ' ORDER BY n) FROM generate_series(1, cardinality(columns)) AS n)) INTO is_whole;
				IF is_whole IS DISTINCT FROM true THEN
					why := format('group %s of %s lies on both sides of its bound %s', quote_ident(keys[key]), used.name, bound);
				END IF;
			END LOOP;
			IF key IS NOT NULL AND EXISTS (SELECT FROM pg_partition_ancestors(partition) AS a (relid) JOIN pg_inherits i ON i.inhrelid = a.relid JOIN pg_partitioned_table p ON p.partrelid = i.inhparent
				JOIN pg_attribute f ON f.attrelid = p.partrelid AND f.attname = used.name
				WHERE (f.attnum = ANY (p.partattrs) OR 0 = ANY (p.partattrs)) AND NOT (p.partstrat = 'r' AND p.partnatts = 1 AND p.partattrs[0] = f.attnum)) THEN
				key := NULL;
			END IF;
		END IF;
		IF key IS NULL THEN
			why := coalesce(why, format('the rollup has no key that is column %s, or its year or month', used.name));
		END IF;
		EXIT WHEN why IS NOT NULL;
		list := concat_ws(', ', nullif(list, ''), format('(%s)::%s AS %I', format(stands_for, keys[key]), used.type, used.name));
	END LOOP;
	IF why IS NOT NULL THEN
		RAISE EXCEPTION 'groups of partition % may have rows in others, too: %', partition, why
			USING ERRCODE = 'feature_not_supported', HINT = format('Refresh all of it: battery-rollup refresh %s', of_rollup);
	END IF;
	-- what is unknown counts as true, as the server takes it
	RETURN format('coalesce((SELECT %s FROM (SELECT %s) AS of_partition), true)', condition, list);
END
$$;
COMMENT ON FUNCTION battery_rollup.partition_groups(name, regclass) IS 'a condition on keys: the groups whose rows are all in a partition, now and ever';

-- refresh_partition: these groups from the rows; what else was appended is folded.  No
-- writer waits, as in rebuild.
CREATE OR REPLACE FUNCTION battery_rollup.refresh_partition(of_rollup name, partition regclass)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r battery_rollup.rollup = battery_rollup.of_name(of_rollup);
	condition CONSTANT text = battery_rollup.partition_groups(of_rollup, partition);
	columns CONSTANT text = battery_rollup.column_list(of_rollup, 0);
	made bigint;
	is_impossible boolean;
BEGIN
	PERFORM battery_rollup.lock_for_build(of_rollup);
	EXECUTE format('DELETE FROM battery_rollup.%I AS g WHERE %s', of_rollup || '_state', condition);
	FOR guard IN 0..1 LOOP
		BEGIN
			EXECUTE format('WITH %s, gone_trouble AS (DELETE FROM battery_rollup.trouble AS t WHERE t.rollup = %L AND EXISTS (SELECT FROM pg_partition_tree(%L) AS p WHERE p.relid::oid = t.relation)), fresh AS (%s), sums AS (%s) SELECT (SELECT count(*) FROM fresh), EXISTS (SELECT FROM sums WHERE is_impossible)',
				battery_rollup.delete_appended(of_rollup), of_rollup, partition,
				battery_rollup.part_query(of_rollup, 0, battery_rollup.source_text(of_rollup, partition::text, guard = 1), false, guard = 1),
				battery_rollup.fold_query(of_rollup, 0, format('(SELECT %s FROM fresh UNION ALL SELECT %1$s FROM (%s) AS g WHERE NOT %s)', columns, battery_rollup.appended_query(of_rollup, 0), condition)))
			INTO made, is_impossible;
			IF is_impossible THEN
				RAISE data_exception USING MESSAGE = 'more rows were taken out of a group than it had';
			END IF;
			EXIT;
		EXCEPTION
			WHEN OTHERS THEN
				IF NOT battery_rollup.is_refusal(SQLSTATE) THEN
					RAISE;
				ELSIF guard = 1 OR r.is_strict THEN
					RAISE EXCEPTION 'partition % cannot be refreshed alone: %', partition, SQLERRM
						USING ERRCODE = SQLSTATE, HINT = format('Refresh all of it: battery-rollup refresh %s', of_rollup);
				END IF;
		END;
	END LOOP;
	EXECUTE format('DELETE FROM battery_rollup.%I WHERE rows = 0', of_rollup || '_state');
	PERFORM battery_rollup.build_coarser(of_rollup);
	UPDATE battery_rollup.member AS m SET generated = battery_rollup.generated_by(of_rollup, m.relation::oid)
	WHERE m.rollup = of_rollup AND EXISTS (SELECT FROM pg_partition_tree(partition) AS p WHERE p.relid = m.relation);
	RETURN made;
END
$$;
COMMENT ON FUNCTION battery_rollup.refresh_partition(name, regclass) IS 'makes the groups of one partition from its rows, while writers go on';
