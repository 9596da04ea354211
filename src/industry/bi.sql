/*
 * Views for BI tools: industry.bi_*.
 *
 * They have columns of five types only (double precision, integer, date, text,
 * boolean), the unit stands in the column's name, and a row is one thing that a
 * chart plots.  A reader has rights to these and to nothing else, which decides
 * how they are made:
 *
 * - A view reads tables with the rights of its owner, but a function in a view
 *   runs with those of the reader.  So the views read tables and views, and
 *   where an answer needs one of the schema's functions, a function with the
 *   owner's rights stands between, bi_rows_* or bi_usd.  Each has fixed
 *   questions only, its result is what a view shows, and grant_access allows it
 *   to the same roles.
 * - A number that a source states twice and differently is NULL, with the bounds
 *   of all its statements beside it, and one row: nobody adds it up twice.
 * - Rows of totals and subtotals are not rows here; a total that a source states
 *   is a column.
 * - A scenario stands beside what is none, under its name: scenario IS NULL is
 *   what is no scenario, and nothing here is computed across several.
 */

/*
 * The latest statement sets, as current_set has them, without a function
 */

CREATE OR REPLACE VIEW industry.latest_set AS
SELECT l.set_id, l.series_id, l.source_id, l.publisher, l.kind, l.metric, l.basis, l.scope, l.price_or_cost, l.money_basis, l.base_year,
	   l.country_basis, l.application, l.stage, l.material, l.geography, l.scenario, l.period_first, l.period_last, l.period_as_printed,
	   CASE WHEN extract(day FROM l.period_first) = 1 AND extract(month FROM l.period_first) = 1
				 AND l.period_last = (l.period_first + interval '1 year' - interval '1 day')::date
			THEN extract(year FROM l.period_first)::integer END AS year,
	   l.edition, l.source, l.published, l.published_precision, l.known_from, l.load_id
FROM (SELECT t.set_id, t.series_id, t.source_id, t.publisher, s.kind, s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis,
			 s.base_year, s.country_basis, s.application, s.stage, s.material, s.geography, s.scenario, t.period_first, t.period_last,
			 t.period_as_printed, o.edition, o.source, o.published, o.published_precision, o.known_from, t.load_id,
			 row_number() OVER (PARTITION BY t.series_id, t.period_first, t.period_last, CASE WHEN t.period_first IS NULL THEN o.title END
								ORDER BY o.known_from DESC, o.published DESC, o.source COLLATE "C" DESC, t.set_id DESC) AS place
	  FROM industry.statement_set t
	  JOIN industry.series s ON s.series_id = t.series_id
	  JOIN industry.source o ON o.source_id = t.source_id
	  WHERE t.superseded_at IS NULL) AS l
WHERE l.place = 1;
COMMENT ON VIEW industry.latest_set IS 'statement sets of the latest edition, the same as current_set; it calls no function, so that views for readers may stand on it';
COMMENT ON COLUMN industry.latest_set.year IS 'the year, where the period is a calendar year';

/*
 * A double holds no number beyond 1e308, and one row must not fail a view.
 */

CREATE OR REPLACE FUNCTION industry.plain_number(x numeric) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN x = 0 OR abs(x) BETWEEN 1e-300 AND 1e300 THEN x::double precision END;
COMMENT ON FUNCTION industry.plain_number(numeric) IS 'a number as a double precision; NULL where it is beyond 1e300, closer to zero than 1e-300, NaN or infinite';

/*
 * Conversions, with the owner's rights: the rates are tables
 */

CREATE OR REPLACE FUNCTION industry.bi_usd(amount numeric, currency text, first_day date, last_day date)
RETURNS TABLE (usd double precision, units_per_usd double precision, rate_kind text, rate_first date, rate_last date,
	rate_publisher text, rate_edition text, rate_locator text, rate_fact_id text, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT industry.plain_number(r.usd), industry.plain_number(r.units_per_usd), r.rate_kind, r.rate_first, r.rate_last, r.rate_publisher_used,
		   r.rate_edition, r.rate_locator, r.rate_fact_id::text, r.note
	FROM industry.usd_at(bi_usd.amount, bi_usd.currency, bi_usd.first_day, bi_usd.last_day) AS r;
END;
COMMENT ON FUNCTION industry.bi_usd(numeric, text, date, date) IS
'usd_at in plain types, for the views bi_*: US$ for an amount at a cited rate, or NULL and a note. Runs with the rights of its owner';

/*
 * Rows in quarantine, with the owner's rights: names are looked up in tables
 */

CREATE OR REPLACE FUNCTION industry.bi_rows_in_quarantine()
RETURNS TABLE (set_id bigint, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT q.set_id, industry.in_quarantine(count(*)) FROM industry.quarantined_members() AS q GROUP BY q.set_id;
END;
COMMENT ON FUNCTION industry.bi_rows_in_quarantine() IS
'statement sets of which rows are in quarantine, with the note that says so, for the views bi_*. Runs with the rights of its owner';

/*
 * The bounds of a statement, and of several that differ
 */

CREATE OR REPLACE FUNCTION industry.least_stated(qualifier text, value numeric, low numeric, has_others boolean, others_least numeric, others_open numeric)
RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN has_others THEN industry.least_bound(least(industry.lower_bound(qualifier, value, low), others_least),
													  least(industry.open_below(qualifier, value, low), others_open))
			ELSE industry.lower_bound(qualifier, value, low) END;
COMMENT ON FUNCTION industry.least_stated(text, numeric, numeric, boolean, numeric, numeric) IS
'lower bound of a statement, or of all statements where a source makes several: the others'' least lower bound and least open_below are given';

CREATE OR REPLACE FUNCTION industry.greatest_stated(qualifier text, value numeric, high numeric, has_others boolean, others_greatest numeric, others_open numeric)
RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN has_others THEN industry.greatest_bound(greatest(industry.upper_bound(qualifier, value, high), others_greatest),
														 greatest(industry.open_above(qualifier, value, high), others_open))
			ELSE industry.upper_bound(qualifier, value, high) END;
COMMENT ON FUNCTION industry.greatest_stated(text, numeric, numeric, boolean, numeric, numeric) IS
'upper bound of a statement, or of all statements where a source makes several: the others'' greatest upper bound and greatest open_above are given';
