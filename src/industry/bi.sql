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
 *   questions only, its result is what a view shows, nobody may call it until
 *   grant_access allows it to the same roles, and its body is a text: one that is
 *   parsed depends on the tables that its view reads, and Citus refuses to
 *   distribute a table with such a circle.
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
 * A double holds no number beyond 1e308, and one row must not fail a view.
 */

-- not STRICT, as a plan would then call it for each row: NULL gives NULL all the same
CREATE OR REPLACE FUNCTION industry.plain_number(x numeric) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN x = 0 OR abs(x) BETWEEN 1e-300 AND 1e300 THEN x::double precision END;
COMMENT ON FUNCTION industry.plain_number(numeric) IS 'a number as a double precision; NULL where it is beyond 1e300, closer to zero than 1e-300, NaN or infinite';

/*
 * Conversions, with the owner's rights: the rates are tables
 */

CREATE OR REPLACE FUNCTION industry.bi_usd(amount numeric, currency text, first_day date, last_day date)
RETURNS TABLE (usd double precision, units_per_usd double precision, rate_kind text, rate_first date, rate_last date,
	rate_publisher text, rate_edition text, rate_locator text, rate_fact_id text, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp AS $$
	SELECT industry.plain_number(r.usd), industry.plain_number(r.units_per_usd), r.rate_kind, r.rate_first, r.rate_last, r.rate_publisher_used,
		   r.rate_edition, r.rate_locator, r.rate_fact_id::text, r.note
	FROM industry.usd_at(bi_usd.amount, bi_usd.currency, bi_usd.first_day, bi_usd.last_day, industry.as_of()) AS r;
$$;
COMMENT ON FUNCTION industry.bi_usd(numeric, text, date, date) IS
'usd_at in plain types, for the views bi_*: US$ for an amount at a cited rate, or NULL and a note. Runs with the rights of its owner';
REVOKE EXECUTE ON FUNCTION industry.bi_usd(numeric, text, date, date) FROM PUBLIC;

/*
 * Rows in quarantine, with the owner's rights: names are looked up in tables
 */

CREATE OR REPLACE FUNCTION industry.bi_rows_in_quarantine()
RETURNS TABLE (set_id bigint, note text, open_rows integer, may_change boolean, amount numeric, share_pct numeric)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10 SECURITY DEFINER SET search_path = pg_catalog, industry, pg_temp AS $$
	SELECT n.set_id, industry.in_quarantine(sum(n.open_rows)::bigint), sum(n.open_rows)::integer, bool_or(n.may_change),
		   CASE WHEN count(*) = count(n.amount) THEN sum(n.amount) END, CASE WHEN count(*) = count(n.share_pct) THEN sum(n.share_pct) END
	-- a name that stands twice in the file is one member
	FROM (SELECT q.set_id, count(*) AS open_rows, bool_or(q.effect <> 'adds a member') AS may_change,
				 CASE WHEN count(*) = count(q.amount) THEN max(q.amount) END AS amount,
				 CASE WHEN count(*) = count(q.share_pct) THEN max(q.share_pct) END AS share_pct
		  FROM industry.quarantined_members() AS q
		  GROUP BY q.set_id, industry.name_key(q.subject), q.chemistry, q.unit) AS n
	GROUP BY n.set_id;
$$;
COMMENT ON FUNCTION industry.bi_rows_in_quarantine() IS
'statement sets of which rows are in quarantine, with the note that says so and the most that they add (NULL: not read), for the views bi_*. Runs with the rights of its owner';
REVOKE EXECUTE ON FUNCTION industry.bi_rows_in_quarantine() FROM PUBLIC;

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
