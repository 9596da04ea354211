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
			('year', 'year, where the period is a calendar year, or a part of one of which the series has no longer part'),
			('period_label', 'the period in short, in an order that sorts: 2024, 2024-Q3, 2024-01/2024-11'),
			('standing', 'history; estimate (the period was still running at publication, or the source says so: hollow in charts); claim (by somebody with an interest, or derived)'),
			('counted_publisher', 'publisher whose figure counts in sums, where several report one thing: the first in source_preference, then the latest published'),
			('maker_name', 'full name of the maker'),
			('maker_country', 'country of the maker''s headquarters, ISO 3166-1 alpha-2'),
			('maker_country_name', 'usual English name of the country of the maker''s headquarters'),
			('country_name', 'usual English name of the country'),
			('giver_country_name', 'usual English name of the country of the giver'),
			('from_country_name', 'usual English name of from_country'),
			('to_country_name', 'usual English name of to_country; NULL means all'),
			('issuer_country_name', 'usual English name of issuer_country'),
			('target_country_name', 'usual English name of target_country'),
			('stage_name', 'name of the stage of the supply chain'),
			('statement_kind', 'how the source knows: measured, estimated, claimed, derived, forecast, target; several, parted by commas, of what is computed; NULL where it does not say'),
			('chemistry_family', 'family of the chemistry, one for each, to group by'),
			('is_exact', 'whether the figure is exact as printed, and no estimate: not a bound, not about, not a range, not stated twice and differently'),
			('statements', 'how many different statements the source makes of this; with more than one the value is NULL, and low and high bound all of them'),
			('statement', '1, or 2, 3, ... where the source states the same thing more than once and differently'),
			('line', 'line of the file'),
			('note', 'what to know about the row: why a value is NULL')) AS m (attname, comment) ON m.attname = a.attname
		WHERE v.relnamespace = 'industry'::regnamespace AND v.relkind = 'v' AND v.relname LIKE 'bi\_%' AND pg_has_role(v.relowner, 'USAGE')
		  AND col_description(v.oid, a.attnum) IS NULL
	LOOP
		EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', c.view, c.attname, c.comment);
	END LOOP;
END
$$;

-- Columns that mean what they mean in another view, and those of the views that these
-- are made of: the first that has a comment gives it
DO $$
DECLARE
	pair record;
	c record;
BEGIN
	FOR pair IN
		SELECT v.view, v.model
		FROM (VALUES
			(1, 'bi_claim', 'bi_forecast'), (1, 'bi_stated_total', 'bi_forecast'), (1, 'bi_market', 'bi_maker_share'),
			(2, 'latest_figure', 'bi_forecast'), (2, 'market_figure', 'bi_market'), (2, 'market_row', 'bi_market'), (2, 'market_balance', 'bi_market'),
			(3, 'latest_figure', 'bi_market'), (3, 'market_figure', 'bi_forecast'), (3, 'market_row', 'bi_forecast'), (3, 'market_balance', 'bi_forecast')) AS v (turn, view, model)
		ORDER BY v.turn
	LOOP
		FOR c IN
			SELECT v.oid::regclass AS view, a.attname, col_description(b.oid, o.attnum) AS comment
			FROM pg_class v
			JOIN pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped
			JOIN pg_class b ON b.relnamespace = v.relnamespace AND b.relname = pair.model
			JOIN pg_attribute o ON o.attrelid = b.oid AND o.attname = a.attname
			WHERE v.relnamespace = 'industry'::regnamespace AND v.relname = pair.view
			  AND col_description(v.oid, a.attnum) IS NULL AND col_description(b.oid, o.attnum) IS NOT NULL AND pg_has_role(v.relowner, 'USAGE')
		LOOP
			EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', c.view, c.attname, c.comment);
		END LOOP;
	END LOOP;
END
$$;
