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
 * - Forecasts, targets and claims stand in bi_forecast and bi_claim, and totals and
 *   subtotals of shares in bi_stated_total: a tool applies no filter that we recommend.
 * - What is added up is right.  Where a row does not add up (a total among its
 *   members, a period within a longer one, another publisher on the same thing, a
 *   bound), its additive column is NULL and the figure stands in the one with _stated_
 *   in its name.
 * - A scenario stands beside what is none, under its name: scenario IS NULL is
 *   what is no scenario, and nothing here is computed across several.
 */

/*
 * How a period is written, so that text sorts as time does and read_period reads it
 */

CREATE OR REPLACE FUNCTION industry.period_label(period_first date, period_last date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
	WHEN extract(day FROM period_first) <> 1 OR extract(day FROM period_last + 1) <> 1
	THEN to_char(period_first::timestamp, 'YYYY-MM-DD') || CASE WHEN period_last > period_first THEN to_char(period_last::timestamp, '/YYYY-MM-DD') ELSE '' END
	WHEN extract(month FROM period_first) = 1 AND extract(month FROM period_last) = 12
	THEN to_char(period_first::timestamp, 'YYYY') || CASE WHEN period_last > period_first + 366 THEN to_char(period_last::timestamp, '-YYYY') ELSE '' END
	WHEN extract(year FROM period_first) = extract(year FROM period_last) AND extract(month FROM period_first) % 3 = 1
		 AND extract(month FROM period_last) = extract(month FROM period_first) + 2 THEN to_char(period_first::timestamp, 'YYYY-"Q"Q')
	WHEN extract(year FROM period_first) = extract(year FROM period_last) AND extract(month FROM period_first) % 6 = 1
		 AND extract(month FROM period_last) = extract(month FROM period_first) + 5
	THEN to_char(period_first::timestamp, 'YYYY-"H"') || CASE WHEN extract(month FROM period_first) = 1 THEN '1' ELSE '2' END
	ELSE to_char(period_first::timestamp, 'YYYY-MM') || CASE WHEN period_last > period_first + 31 THEN to_char(period_last::timestamp, '/YYYY-MM') ELSE '' END END;
COMMENT ON FUNCTION industry.period_label(date, date) IS
'a period as read_period reads it: 2024, 2022-2024, 2024-Q3, 2024-H1, 2024-11, 2024-01/2024-11, 2022-08-12; NULL for none';

/*
 * Words for notes: what an estimate is one of, and whose figure counts
 */

CREATE OR REPLACE FUNCTION industry.standing_note(standing text, statement_kind text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN standing <> 'estimate' THEN NULL WHEN statement_kind = 'estimated' THEN 'estimated by the source'
	ELSE 'the period was still running at publication' END;
COMMENT ON FUNCTION industry.standing_note(text, text) IS 'why a figure that is no forecast is an estimate; NULL where it is none';

CREATE OR REPLACE FUNCTION industry.is_point(qualifier text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(qualifier IN ('=', '~'), false);
COMMENT ON FUNCTION industry.is_point(text) IS 'whether a figure is one number, exact or about, that may be added to others: a bound is none';

CREATE OR REPLACE FUNCTION industry.counted_note(counted text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'in sums counts ' || counted[1] || ', ' || counted[2];
COMMENT ON FUNCTION industry.counted_note(text[]) IS 'whose figure counts in sums, of a publisher and a period; NULL for none';

CREATE OR REPLACE FUNCTION industry.bound_note(qualifier text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN qualifier NOT IN ('=', '~') THEN 'a bound or range, not in sums' END;
COMMENT ON FUNCTION industry.bound_note(text) IS 'that a figure is a bound or range, which adds to nothing; NULL where it is none';

/*
 * The latest statement sets, as current_set has them, without a function.  A filter on
 * what the window parts by is applied before it.
 */

CREATE OR REPLACE VIEW industry.latest_set AS
SELECT l.set_id, l.series_id, l.source_id, l.publisher, l.kind, l.metric, l.basis, l.scope, l.price_or_cost, l.money_basis, l.base_year,
	   l.country_basis, l.application, l.stage, l.material, l.geography, l.scenario, l.period_first, l.period_last, l.period_as_printed,
	   CASE WHEN extract(year FROM l.period_first) = extract(year FROM l.period_last)
				 AND (l.period_last - l.period_first >= 364
					  OR NOT EXISTS (
						  SELECT FROM industry.statement_set o JOIN industry.source e ON e.source_id = o.source_id
						  WHERE o.series_id = l.series_id AND o.superseded_by IS NULL
							AND o.period_first <= l.period_last AND o.period_last >= l.period_first
							AND extract(year FROM o.period_first) = extract(year FROM o.period_last)
							AND o.period_last - o.period_first > l.period_last - l.period_first
							-- an outlook for the year gives way to what a later edition knows of a part of it
							AND e.known_from <= industry.as_of()
							AND (e.known_from >= l.known_from OR o.period_last <= e.known_from)))
			THEN extract(year FROM l.period_first)::integer END AS year,
	   l.edition, l.source, l.published, l.published_precision, l.known_from, l.load_id,
	   industry.period_label(l.period_first, l.period_last) AS period_label
FROM (SELECT t.set_id, t.series_id, t.source_id, t.publisher, s.kind, s.metric, s.basis, s.scope, s.price_or_cost, s.money_basis,
			 s.base_year, s.country_basis, s.application, s.stage, s.material, s.geography, s.scenario, t.period_first, t.period_last,
			 t.period_as_printed, o.edition, o.source, o.published, o.published_precision, o.known_from, t.load_id,
			 row_number() OVER (PARTITION BY t.series_id, t.period_first, t.period_last, CASE WHEN t.period_first IS NULL THEN o.title END,
									t.publisher, s.kind, s.metric, s.basis, s.scope, s.stage, s.material, s.geography, s.scenario
								ORDER BY o.known_from DESC, o.published DESC, o.source COLLATE "C" DESC, t.set_id DESC) AS place
	  FROM industry.statement_set t
	  JOIN industry.series s ON s.series_id = t.series_id
	  JOIN industry.source o ON o.source_id = t.source_id
	  WHERE t.superseded_by IS NULL AND o.known_from <= industry.as_of()) AS l
-- one in three for a plan, which takes = 1 for one in two hundred, and joins what it takes for a few rows row by row
WHERE l.place <= 1;
COMMENT ON VIEW industry.latest_set IS 'statement sets of the latest edition, the same as current_set; it calls no function that reads tables, so that views for readers may stand on it';
COMMENT ON COLUMN industry.latest_set.year IS 'year, where the period is a calendar year, or a part of one of which the series has no longer part';
COMMENT ON COLUMN industry.latest_set.period_label IS 'the period in short: 2024, 2024-Q3, 2024-01/2024-11';

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
	FROM industry.usd_at(bi_usd.amount, bi_usd.currency, bi_usd.first_day, bi_usd.last_day, industry.as_of()) AS r;
END;
COMMENT ON FUNCTION industry.bi_usd(numeric, text, date, date) IS
'usd_at in plain types, for the views bi_*: US$ for an amount at a cited rate, or NULL and a note. Runs with the rights of its owner';

/*
 * Rows in quarantine, with the owner's rights: names are looked up in tables
 */

CREATE OR REPLACE FUNCTION industry.bi_rows_in_quarantine()
RETURNS TABLE (set_id bigint, note text, open_rows integer, may_change boolean, amount numeric, share_pct numeric)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp
BEGIN ATOMIC
	SELECT n.set_id, industry.in_quarantine(sum(n.open_rows)::bigint), sum(n.open_rows)::integer, bool_or(n.may_change),
		   CASE WHEN count(*) = count(n.amount) THEN sum(n.amount) END, CASE WHEN count(*) = count(n.share_pct) THEN sum(n.share_pct) END
	-- a name that stands twice in the file is one member
	FROM (SELECT q.set_id, count(*) AS open_rows, bool_or(q.effect <> 'adds a member') AS may_change,
				 CASE WHEN count(*) = count(q.amount) THEN max(q.amount) END AS amount,
				 CASE WHEN count(*) = count(q.share_pct) THEN max(q.share_pct) END AS share_pct
		  FROM industry.quarantined_members() AS q
		  GROUP BY q.set_id, industry.name_key(q.subject), q.chemistry, q.unit) AS n
	GROUP BY n.set_id;
END;
COMMENT ON FUNCTION industry.bi_rows_in_quarantine() IS
'statement sets of which rows are in quarantine, with the note that says so and the most that they add (NULL: not read), for the views bi_*. Runs with the rights of its owner';

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
