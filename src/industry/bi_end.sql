/*
 * Columns that mean the same in every view
 */
DO $$
DECLARE
	c record;
BEGIN
	FOR c IN
		SELECT v.oid::regclass AS view, a.attname, m.comment
		FROM pg_class v
		JOIN pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped
		JOIN (VALUES
			('scenario', 'scenario or case of a forecast, as the source names it; NULL for what is no scenario: filter on one, never add up over several'),
			('maker_country', 'country of the maker''s headquarters, ISO 3166-1 alpha-2'),
			('chemistry_family', 'family of the chemistry, one for each, to group by'),
			('is_exact', 'whether the figure is exact as printed: not a bound, not about, not a range, not stated twice and differently'),
			('statements', 'how many different statements the source makes of this; with more than one the value is NULL, and low and high bound all of them'),
			('note', 'what to know about the row: why a value is NULL')) AS m (attname, comment) ON m.attname = a.attname
		WHERE v.relnamespace = 'industry'::regnamespace AND v.relkind = 'v' AND v.relname LIKE 'bi\_%' AND pg_has_role(v.relowner, 'USAGE')
		  AND col_description(v.oid, a.attnum) IS NULL
	LOOP
		EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', c.view, c.attname, c.comment);
	END LOOP;
END
$$;

-- Nobody calls these without being given the views: grant_access does both.
DO $$
DECLARE
	f regprocedure;
BEGIN
	FOR f IN
		SELECT p.oid FROM pg_proc p
		WHERE p.pronamespace = 'industry'::regnamespace AND p.prosecdef AND p.proname LIKE 'bi\_%' AND pg_has_role(p.proowner, 'USAGE')
	LOOP
		EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
	END LOOP;
END
$$;
