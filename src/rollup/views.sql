-- The views of a level: LEVEL has the states, bi_LEVEL numbers.
CREATE OR REPLACE FUNCTION battery_rollup.make_views(of_rollup name)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	l record;
BEGIN
	FOR l IN SELECT v.number, v.level, v.keys, r.source, r.battery_schema FROM battery_rollup.level v JOIN battery_rollup.rollup r ON r.rollup = v.rollup WHERE v.rollup = of_rollup ORDER BY v.number LOOP
		EXECUTE format('CREATE OR REPLACE VIEW battery_rollup.%I AS %s', l.level, battery_rollup.current_query(of_rollup, l.number, 'difference'));
		EXECUTE format('CREATE OR REPLACE VIEW battery_rollup.%I AS SELECT %st.rows, t.left_out%s, (SELECT battery_rollup.is_stale(%L)) AS stale FROM battery_rollup.%I AS t', 'bi_' || l.level,
			(SELECT string_agg(format('t.%I, ', k.key), '' ORDER BY k.n) FROM unnest(l.keys) WITH ORDINALITY AS k (key, n)),
			(SELECT string_agg(format(', %I.%s AS %I', l.battery_schema, format(d.reading, format('t.%I', m.measure)), m.measure || '_' || d.label), '' ORDER BY m.number, d.n)
			 FROM battery_rollup.measure m
			 JOIN (SELECT d.*, row_number() OVER () AS n FROM battery_rollup.readers() AS d) AS d ON d.state = m.state AND coalesce(d.aggregate, m.aggregate) = m.aggregate
			 WHERE m.rollup = of_rollup),
			of_rollup, l.level);
		EXECUTE format('COMMENT ON VIEW battery_rollup.%I IS %L', l.level, format('states of %s by %s, as they are now; rows: of the table, left_out: of these, what a measure refused', l.source, coalesce(nullif(array_to_string(l.keys, ', '), ''), 'nothing')));
		EXECUTE format('COMMENT ON VIEW battery_rollup.%I IS %L', 'bi_' || l.level, format('numbers of %s by %s, as they are now; stale: whether they may not equal the table', l.source, coalesce(nullif(array_to_string(l.keys, ', '), ''), 'nothing')));
	END LOOP;
END
$$;
COMMENT ON FUNCTION battery_rollup.make_views(name) IS 'makes the views of a rollup';
