/*
 * Learning: cumulative output, and what prices do over it.
 *
 * What cannot be said is NULL with a reason in the column note; a request that
 * makes no sense is an error with a hint.  What has not happened is no observation:
 * forecasts, targets and claims enter nothing here, unless a scenario is asked for
 * by its name.
 */

/*
 * Cumulative output
 */

CREATE OR REPLACE FUNCTION industry.output_amount(series bigint, contradicted bigint, totals bigint, least_total numeric, total numeric, grains bigint, unknown bigint, listed numeric)
RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN series > 1 OR contradicted > 0 OR least_total <> total THEN NULL
			WHEN totals > 0 THEN total
			WHEN grains > 1 THEN NULL
			-- beyond that no type of ours holds it
			WHEN unknown = 0 AND listed <= 9000000 THEN listed END;
COMMENT ON FUNCTION industry.output_amount(bigint, bigint, bigint, numeric, numeric, bigint, bigint, numeric) IS
'output of a period, GWh: the total where it is stated once, or else the sum of members and remainder; NULL where that is not known (output_trouble says why)';

CREATE OR REPLACE FUNCTION industry.output_trouble(series bigint, contradicted bigint, totals bigint, least_total numeric, total numeric, grains bigint, unknown bigint,
	listed numeric, members bigint, rough_totals bigint, rough_members bigint, estimates bigint) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN totals = 0 AND grains > 1 THEN 'plants, makers and countries are not added up, and no total is stated'
			WHEN series > 1 THEN series || ' series (of different applications, stages or materials) are not added up'
			WHEN contradicted > 0 THEN 'stated more than once and differently'
			WHEN least_total <> total THEN 'several totals are stated, and differ'
			WHEN totals > 0 AND total IS NULL THEN 'the total has no single value'
			WHEN totals > 0 AND rough_totals > 0 THEN 'the total is a bound or approximate'
			WHEN totals = 0 AND unknown > 0 THEN 'a member has no value and no total is stated'
			WHEN totals = 0 AND listed > 9000000 THEN 'the sum is beyond 9000000 GWh: a member is surely in another unit'
			WHEN totals = 0 THEN concat_ws(', ', 'sum of the ' || members || ' members listed',
					CASE WHEN rough_members > 0 THEN 'some of them bounds or approximate' END, CASE WHEN estimates > 0 THEN 'with estimates' END)
			WHEN estimates > 0 THEN 'the output is an estimate' END;
COMMENT ON FUNCTION industry.output_trouble(bigint, bigint, bigint, numeric, numeric, bigint, bigint, numeric, bigint, bigint, bigint, bigint) IS
'what to know about the output of a period: why there is none, or what it is made of; NULL for an exact total';

-- a plant is its maker's, and a maker is in a country
CREATE OR REPLACE FUNCTION industry.grain_of(maker_id integer, plant_id integer, country text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN plant_id IS NOT NULL THEN 'plants' WHEN maker_id IS NOT NULL THEN 'makers' WHEN country IS NOT NULL THEN 'countries' END;
COMMENT ON FUNCTION industry.grain_of(integer, integer, text) IS 'what a member of an output is: plants, makers or countries, of which one adds up; NULL for any other';

CREATE OR REPLACE FUNCTION industry.period_gap(before date, period_first date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN before + 1 < period_first THEN format('nothing is known of %s to %s', before + 1, period_first - 1)
			WHEN before + 1 > period_first THEN 'periods overlap' END;
COMMENT ON FUNCTION industry.period_gap(date, date) IS
'why a running sum ends between a period and the one before, which ends on a day; NULL where one follows upon the other, and for the first';

CREATE OR REPLACE FUNCTION industry.sum_trouble(trouble text, gap text, is_broken boolean, so_far numeric, is_first boolean, is_part boolean) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(concat_ws('; ', trouble,
	CASE WHEN is_part THEN 'part of a longer period, in whose amount it is' ELSE gap END,
	CASE WHEN is_part THEN NULL
		 WHEN is_broken AND gap IS NULL THEN 'an earlier period is missing'
		 WHEN so_far > 9000000 THEN 'the sum is beyond 9000000 GWh: an amount is surely in another unit' END,
	CASE WHEN is_first AND NOT is_part THEN 'starts here at zero: no initial stock was given' END), '');
COMMENT ON FUNCTION industry.sum_trouble(text, text, boolean, numeric, boolean, boolean) IS
'what to know about a running sum of output: the period''s own trouble, whether it is part of a longer one, the gap before it, whether an earlier period is missing, and whether it starts here without an initial stock';

CREATE OR REPLACE FUNCTION industry.cumulative_output(publisher text, metric text, basis text, chemistry chemistry DEFAULT NULL,
	geography text DEFAULT 'World', initial_stock capacity_gwh DEFAULT NULL, known_on date DEFAULT 'infinity', scenario text DEFAULT NULL)
RETURNS TABLE (period_first date, period_last date, amount capacity_gwh, cumulative capacity_gwh, edition text, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 30
BEGIN ATOMIC
	WITH period AS (
		SELECT k.period_first, k.period_last, string_agg(DISTINCT k.edition, ', ') AS edition, count(DISTINCT k.series_id) AS series,
			   count(*) FILTER (WHERE f.row_kind = 'stated_total') AS totals,
			   count(*) FILTER (WHERE f.row_kind = 'member') AS members,
			   count(DISTINCT industry.grain_of(f.maker_id, f.plant_id, f.country)) FILTER (WHERE f.row_kind = 'member') AS grains,
			   count(*) FILTER (WHERE f.row_kind IN ('member', 'remainder') AND f.capacity IS NULL) AS unknown,
			   count(*) FILTER (WHERE f.statement_number > 1) AS contradicted,
			   count(*) FILTER (WHERE f.row_kind = 'stated_total' AND f.qualifier <> '=') AS rough_totals,
			   count(*) FILTER (WHERE f.row_kind IN ('member', 'remainder') AND f.qualifier <> '=') AS rough_members,
			   count(*) FILTER (WHERE industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) = 'estimate') AS estimates,
			   to_unit(min(f.capacity) FILTER (WHERE f.row_kind = 'stated_total'), 'GWh') AS least_total,
			   to_unit(max(f.capacity) FILTER (WHERE f.row_kind = 'stated_total'), 'GWh') AS total,
			   sum(to_unit(f.capacity, 'GWh')) FILTER (WHERE f.row_kind IN ('member', 'remainder')) AS listed
		FROM industry.series s
		-- each series by its number, so that no other is read
		CROSS JOIN LATERAL (SELECT a.set_id, a.series_id, a.period_first, a.period_last, a.edition, a.published, a.published_precision
							FROM industry.as_known_on(cumulative_output.known_on) a WHERE a.series_id = s.series_id OFFSET 0) AS k
		JOIN industry.capacity_observation f ON f.set_id = k.set_id
		WHERE s.kind = 'capacity' AND s.publisher = cumulative_output.publisher AND s.metric = cumulative_output.metric
		  AND s.basis = cumulative_output.basis AND s.geography = cumulative_output.geography
		  AND s.scenario IS NOT DISTINCT FROM cumulative_output.scenario
		  AND k.period_first IS NOT NULL
		  AND f.chemistry::text IS NOT DISTINCT FROM cumulative_output.chemistry::text
		  AND (s.scenario IS NOT NULL
			   OR industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) IN ('history', 'estimate'))
		GROUP BY k.period_first, k.period_last),
	value AS (
		SELECT p.period_first, p.period_last, p.edition, p.is_part,
			   industry.output_amount(p.series, p.contradicted, p.totals, p.least_total, p.total, p.grains, p.unknown, p.listed) AS amount,
			   industry.output_trouble(p.series, p.contradicted, p.totals, p.least_total, p.total, p.grains, p.unknown, p.listed, p.members, p.rough_totals,
					p.rough_members, p.estimates) AS note,
			   lag(p.period_last) OVER w AS before, row_number() OVER w AS n
		-- what lies within a longer period is in its amount
		FROM (SELECT q.period_first, q.period_last, q.edition, q.series, q.totals, q.members, q.grains, q.unknown, q.contradicted, q.rough_totals, q.rough_members,
					 q.estimates, q.least_total, q.total, q.listed,
					 coalesce(q.period_last <= max(q.period_last) OVER (ORDER BY q.period_first, q.period_last DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS is_part
			  FROM period q) AS p
		WINDOW w AS (PARTITION BY p.is_part ORDER BY p.period_first, p.period_last)),
	checked AS (
		SELECT v.period_first, v.period_last, v.edition, v.amount, v.note, v.n, v.is_part,
			   CASE WHEN NOT v.is_part THEN industry.period_gap(v.before, v.period_first) END AS gap
		FROM value v),
	running AS (
		SELECT c.period_first, c.period_last, c.edition, c.amount, c.note, c.n, c.gap, c.is_part,
			   count(*) FILTER (WHERE c.gap IS NOT NULL OR c.amount IS NULL
								   OR cumulative_output.basis NOT IN ('output', 'shipped', 'installed')) OVER w AS breaks,
			   sum(c.amount) OVER w + coalesce(to_unit(cumulative_output.initial_stock, 'GWh'), 0) AS so_far
		FROM checked c
		WINDOW w AS (PARTITION BY c.is_part ORDER BY c.n))
	SELECT r.period_first, r.period_last, to_capacity_gwh(r.amount, 'GWh'),
		   -- a capacity a year is no output of that year
		   CASE WHEN r.breaks = 0 AND r.so_far <= 9000000 AND NOT r.is_part THEN to_capacity_gwh(r.so_far, 'GWh') END,
		   r.edition,
		   CASE WHEN cumulative_output.basis IN ('output', 'shipped', 'installed')
				THEN industry.sum_trouble(r.note, r.gap, r.breaks > 0 AND r.amount IS NOT NULL, r.so_far,
						r.n = 1 AND cumulative_output.initial_stock IS NULL, r.is_part)
				ELSE concat_ws('; ', r.note, r.gap, format('amounts on the basis %s do not add up over periods', cumulative_output.basis)) END
	FROM running r
	ORDER BY r.period_first, r.period_last;
END;
COMMENT ON FUNCTION industry.cumulative_output(text, text, text, chemistry, text, capacity_gwh, date, text) IS
'output of each period of a series and its running sum, GWh, on top of the initial stock (what was made before the first period; zero where none is given, and the note says so). Of each period the stated total counts, or else the sum of members and remainder; several totals that differ, and several series (of different applications, say), are not added up. What lies within a longer period is in its amount, and adds nothing. After a gap, an overlap or a period without a value, cumulative is NULL and note says why. Amounts add up over periods on the bases output, shipped and installed only; on another cumulative is NULL. It is of what is no scenario, without forecasts, targets and claims, or of the one that is named, never of both: history before a scenario is given as its initial stock';

/*
 * Learning curves
 */

CREATE OR REPLACE FUNCTION industry.price_series(scope text DEFAULT NULL, price_or_cost text DEFAULT NULL, money_basis text DEFAULT NULL,
	base_year integer DEFAULT NULL, publisher text DEFAULT NULL, metric text DEFAULT NULL, geography text DEFAULT 'World', known_on date DEFAULT 'infinity')
RETURNS TABLE (series_id integer, publisher_found text, metric_found text, scope_found text, price_or_cost_found text,
	money_basis_found text, base_year_found integer, scenario_found text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
BEGIN ATOMIC
	SELECT DISTINCT k.series_id, k.publisher, k.metric, k.scope, k.price_or_cost, k.money_basis, k.base_year, k.scenario
	FROM industry.as_known_on(price_series.known_on) k
	WHERE k.kind = 'price' AND k.period_first IS NOT NULL
	  AND (price_series.scope IS NULL OR k.scope = price_series.scope)
	  AND (price_series.price_or_cost IS NULL OR k.price_or_cost = price_series.price_or_cost)
	  AND (price_series.money_basis IS NULL OR k.money_basis = price_series.money_basis)
	  AND (price_series.base_year IS NULL OR k.base_year = price_series.base_year)
	  AND (price_series.publisher IS NULL OR k.publisher = price_series.publisher)
	  AND (price_series.metric IS NULL OR k.metric = price_series.metric)
	  AND (price_series.geography IS NULL OR k.geography = price_series.geography);
END;
COMMENT ON FUNCTION industry.price_series(text, text, text, integer, text, text, text, date) IS
'series of prices, known on a day, that a request matches, those of scenarios among them (scenario_found); an argument that is NULL matches all';

CREATE OR REPLACE FUNCTION industry.one_price_series(scope text, price_or_cost text, money_basis text, base_year integer,
	publisher text, metric text, geography text, known_on date, scenario text)
RETURNS integer
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	matching record;
	named text;
BEGIN
	SELECT count(*) AS series, min(p.series_id) AS series_id,
		   array_agg(DISTINCT p.scope_found) AS scopes,
		   array_agg(DISTINCT p.price_or_cost_found) AS kinds,
		   array_agg(DISTINCT p.money_basis_found) AS money,
		   array_agg(DISTINCT p.base_year_found) FILTER (WHERE p.base_year_found IS NOT NULL) AS years,
		   array_agg(DISTINCT p.publisher_found) AS publishers,
		   array_agg(DISTINCT p.metric_found) AS metrics
	INTO matching
	FROM industry.price_series(scope, price_or_cost, money_basis, base_year, publisher, metric, geography, known_on) AS p
	WHERE p.scenario_found IS NOT DISTINCT FROM one_price_series.scenario;

	IF matching.series = 0 AND scenario IS NULL THEN
		SELECT min(p.scenario_found COLLATE "C") INTO named
		FROM industry.price_series(scope, price_or_cost, money_basis, base_year, publisher, metric, geography, known_on) AS p;
	END IF;
	IF named IS NOT NULL THEN
		RAISE EXCEPTION 'only prices of scenarios match the request'
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('Name one, such as scenario => %L; SELECT * FROM industry.price_series() lists them.', named);
	ELSIF matching.series = 0 THEN
		RAISE EXCEPTION 'no series of prices matches the request'
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = 'SELECT * FROM industry.price_series() lists the series there are.';
	ELSIF cardinality(matching.scopes) > 1 THEN
		RAISE EXCEPTION 'prices of different things cannot be mixed: %', array_to_string(matching.scopes, ', ')
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('Name one, such as scope => %L.', matching.scopes[1]);
	ELSIF cardinality(matching.money) > 1 THEN
		RAISE EXCEPTION 'nominal and real prices cannot be mixed'
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('Name one: money_basis => ''nominal'', or money_basis => ''real'', base_year => %s.', matching.years[1]);
	ELSIF cardinality(matching.years) > 1 THEN
		RAISE EXCEPTION 'real prices of different base years cannot be mixed: %', array_to_string(matching.years, ', ')
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('Name one, such as base_year => %s.', matching.years[1]);
	ELSIF cardinality(matching.kinds) > 1 THEN
		RAISE EXCEPTION 'prices and costs cannot be mixed'
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = 'Name one: price_or_cost => ''price'' or price_or_cost => ''cost''.';
	ELSIF cardinality(matching.publishers) > 1 THEN
		RAISE EXCEPTION 'prices of different publishers cannot be mixed: %', array_to_string(matching.publishers, ', ')
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('Name one, such as price_publisher => %L.', matching.publishers[1]);
	ELSIF matching.series > 1 THEN
		RAISE EXCEPTION 'different series of prices cannot be mixed: %', array_to_string(matching.metrics, ', ')
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('Name one, such as price_metric => %L; SELECT * FROM industry.price_series() lists them.', matching.metrics[1]);
	END IF;
	RETURN matching.series_id;
END
$$;
COMMENT ON FUNCTION industry.one_price_series(text, text, text, integer, text, text, text, date, text) IS
'number of the one series of prices that a request matches, of those of the scenario (NULL: of none). Where it matches prices of several scopes, nominal and real ones, several base years, prices and costs, or several publishers, that is an error (SQLSTATE 22023) whose hint says what to add';

/*
 * A running sum that starts at zero lacks what was made before.  Where that is as much
 * as the first period's output, the sum is too small by half at the end of that period and
 * by a tenth when it is ten times as large; in logarithms the first points pull the line
 * most.  So these are no points of the default window, unless too few would remain.
 */
CREATE OR REPLACE FUNCTION industry.is_settled(cumulative numeric, first_amount numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN cumulative >= 10 * first_amount;
COMMENT ON FUNCTION industry.is_settled(numeric, numeric) IS
'whether a running sum of output is at least ten times the output of its first period, so that what was made before it matters little';

CREATE OR REPLACE FUNCTION industry.may_settle(settled bigint, used bigint) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN settled >= 3 AND 2 * settled >= used;
COMMENT ON FUNCTION industry.may_settle(bigint, bigint) IS
'whether the points over a settled sum are enough for the default window of a learning curve: three, and half of all';

CREATE OR REPLACE FUNCTION industry.shortened() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'without the first points, until the running sum is ten times the output of the first period';
COMMENT ON FUNCTION industry.shortened() IS 'the note that the default window left out first points';

CREATE OR REPLACE FUNCTION industry.is_price(qualifier text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(qualifier IN ('=', '~', 'nearly'), false);
COMMENT ON FUNCTION industry.is_price(text) IS 'whether a price so qualified is an observation: exact, about or nearly; a bound is none';

CREATE OR REPLACE FUNCTION industry.price_subject(maker_id integer, plant_id integer, site text, country text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN num_nonnulls(maker_id, plant_id, site, country) = 0 THEN '' ELSE concat(maker_id, '/', plant_id, '/', site, '/', country) END;
COMMENT ON FUNCTION industry.price_subject(integer, integer, text, text) IS
'of which maker, plant or country a price is, as a text to compare; empty: of all. Prices of different ones are no points of one curve';

CREATE OR REPLACE FUNCTION industry.learning_points_of(price_series integer, output_publisher text, output_metric text, output_basis text,
	output_chemistry text, initial_stock capacity_gwh, geography text, known_on date, scenario text)
RETURNS TABLE (chemistry chemistry, period_first date, period_last date, cumulative capacity_gwh, cost cost_per_gwh,
	lcos numeric, scope text, price_or_cost text, money_basis text, base_year integer, price_publisher text, scenario_used text, price_edition text,
	output_edition text, note text, price_fact_id bigint, is_settled boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 30
BEGIN ATOMIC
	WITH price AS MATERIALIZED (
		SELECT f.chemistry, f.chemistry::text AS chemistry_text, k.period_first, k.period_last, f.cost, f.cost_usd_stated, f.lcos_usd_per_kwh_discharged,
			   k.scope, k.price_or_cost, k.money_basis, k.base_year, k.publisher, k.scenario, k.edition, f.missing_reason, f.qualifier, f.fact_id,
			   max(f.statement_number) OVER (PARTITION BY f.set_id, f.chemistry::text, f.maker_id, f.plant_id, f.site, f.country) AS statements,
			   u.subject <> '' AND min(u.subject) OVER of_chemistry <> max(u.subject) OVER of_chemistry AS is_of_one,
			   industry.figure_standing(f.statement_kind, k.period_first, k.period_last, k.published, k.published_precision) AS standing
		FROM industry.as_known_on(learning_points_of.known_on) k
		JOIN industry.price_observation f ON f.set_id = k.set_id
		CROSS JOIN LATERAL (SELECT industry.price_subject(f.maker_id, f.plant_id, f.site, f.country) AS subject) AS u
		WHERE k.series_id = learning_points_of.price_series AND f.row_kind = 'member'
		WINDOW of_chemistry AS (PARTITION BY f.chemistry::text))
	SELECT p.chemistry, p.period_first, p.period_last, o.cumulative, CASE WHEN p.statements = 1 AND NOT p.is_of_one AND industry.is_price(p.qualifier) THEN coalesce(p.cost, p.cost_usd_stated) END,
		   CASE WHEN p.statements = 1 AND NOT p.is_of_one AND industry.is_price(p.qualifier) THEN p.lcos_usd_per_kwh_discharged END,
		   p.scope, p.price_or_cost, p.money_basis, p.base_year, p.publisher, p.scenario, p.edition, o.edition,
		   nullif(concat_ws('; ',
				CASE WHEN p.statements > 1 THEN 'stated more than once and differently'
					 WHEN p.is_of_one THEN 'of one maker, plant or country beside others'
					 WHEN p.missing_reason IS NOT NULL THEN p.missing_reason
					 WHEN p.cost IS NULL AND p.cost_usd_stated IS NULL AND p.lcos_usd_per_kwh_discharged IS NULL THEN 'no single price in US$'
					 WHEN NOT industry.is_price(p.qualifier) THEN 'the price is a bound, and no point'
					 WHEN p.qualifier <> '=' THEN 'the price is approximate' END,
				CASE WHEN p.standing = 'estimate' THEN 'the price is an estimate' END,
				CASE WHEN o.period_first IS NULL THEN 'no output is stated for this period' ELSE o.note END), ''),
		   p.fact_id, coalesce(o.is_settled, false)
	FROM price p
	LEFT JOIN (
		SELECT c.chemistry, r.period_first, r.period_last, r.cumulative, r.edition, r.note,
			   learning_points_of.initial_stock IS NOT NULL
			   OR industry.is_settled(to_unit(r.cumulative, 'GWh'),
					to_unit(first_value(r.amount) OVER (PARTITION BY c.chemistry ORDER BY r.period_first, r.period_last), 'GWh')) AS is_settled
		FROM (SELECT DISTINCT q.chemistry_text AS chemistry FROM price q) AS c
		CROSS JOIN LATERAL industry.cumulative_output(learning_points_of.output_publisher, learning_points_of.output_metric,
			learning_points_of.output_basis, nullif(coalesce(learning_points_of.output_chemistry, c.chemistry), 'all')::chemistry,
			learning_points_of.geography, learning_points_of.initial_stock, learning_points_of.known_on, learning_points_of.scenario) AS r) AS o
		   ON coalesce(o.chemistry, '') = coalesce(p.chemistry_text, '') AND o.period_first = p.period_first AND o.period_last = p.period_last
	-- a scenario is asked for by its name
	WHERE p.scenario IS NOT NULL OR p.standing IN ('history', 'estimate');
END;
COMMENT ON FUNCTION industry.learning_points_of(integer, text, text, text, text, capacity_gwh, text, date, text) IS
'prices of one series beside the cumulative output of the same periods, that of a scenario or (NULL) of none, and of a chemistry (NULL: that of the prices; all: output without one); what learning_points is made of';

CREATE OR REPLACE FUNCTION industry.learning_points(output_publisher text, output_metric text, output_basis text DEFAULT 'shipped',
	scope text DEFAULT NULL, money_basis text DEFAULT NULL, base_year integer DEFAULT NULL, price_or_cost text DEFAULT NULL,
	price_publisher text DEFAULT NULL, price_metric text DEFAULT NULL, output_chemistry chemistry DEFAULT NULL,
	initial_stock capacity_gwh DEFAULT NULL, geography text DEFAULT 'World', known_on date DEFAULT 'infinity', scenario text DEFAULT NULL)
RETURNS TABLE (chemistry chemistry, period_first date, period_last date, cumulative capacity_gwh, cost cost_per_gwh,
	lcos numeric, scope_used text, price_or_cost_used text, money_basis_used text, base_year_used integer,
	price_publisher_used text, scenario_used text, price_edition text, output_edition text, note text, price_fact_id bigint)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 30
BEGIN ATOMIC
	SELECT p.chemistry, p.period_first, p.period_last, p.cumulative, p.cost, p.lcos, p.scope, p.price_or_cost, p.money_basis,
		   p.base_year, p.price_publisher, p.scenario_used, p.price_edition, p.output_edition, p.note, p.price_fact_id
	FROM industry.learning_points_of(
			industry.one_price_series(learning_points.scope, learning_points.price_or_cost, learning_points.money_basis,
				learning_points.base_year, learning_points.price_publisher, learning_points.price_metric,
				learning_points.geography, learning_points.known_on, learning_points.scenario),
			learning_points.output_publisher, learning_points.output_metric, learning_points.output_basis,
			learning_points.output_chemistry::text, learning_points.initial_stock, learning_points.geography,
			learning_points.known_on, learning_points.scenario) AS p
	ORDER BY p.chemistry::text COLLATE "C", p.period_first;
END;
COMMENT ON FUNCTION industry.learning_points(text, text, text, text, text, integer, text, text, text, chemistry, capacity_gwh, text, date, text) IS
'points of learning curves: prices of one scope, one money and one publisher, in the latest edition known on a day, beside the cumulative output (GWh) of the same periods, by chemistry. A request that would mix scopes (cell, pack, system, plant_capex, lcos), nominal with real, base years, prices with costs, or publishers is an error (22023). The output is that of the price''s chemistry, or of output_chemistry. Prices and output are of no scenario, or both of the one that is named';

CREATE OR REPLACE FUNCTION industry.learning_fit_of(price_series integer, output_publisher text, output_metric text, output_basis text,
	output_chemistry text, initial_stock capacity_gwh, geography text, known_on date, scenario text, first_year integer, last_year integer, all_years boolean)
RETURNS TABLE (chemistry text, scope text, price_or_cost text, money_basis text, base_year integer, price_publisher text, scenario_used text,
	points bigint, left_out bigint, first_period date, last_period date, curve learning_curve, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
BEGIN ATOMIC
	WITH point AS MATERIALIZED (
		SELECT p.chemistry::text AS chemistry, p.period_first, p.period_last, p.cumulative, p.cost, p.lcos, p.scope, p.price_or_cost,
			   p.money_basis, p.base_year, p.price_publisher, p.scenario_used, p.note, p.is_settled,
			   p.cumulative > '0' AND coalesce(p.cost > '0', p.lcos > 0) AS is_used
		FROM industry.learning_points_of(learning_fit_of.price_series, learning_fit_of.output_publisher, learning_fit_of.output_metric,
				learning_fit_of.output_basis, learning_fit_of.output_chemistry, learning_fit_of.initial_stock, learning_fit_of.geography,
				learning_fit_of.known_on, learning_fit_of.scenario) AS p
		WHERE (learning_fit_of.first_year IS NULL OR p.period_first >= make_date(learning_fit_of.first_year, 1, 1))
		  AND (learning_fit_of.last_year IS NULL OR p.period_last <= make_date(learning_fit_of.last_year, 12, 31))),
	-- by default without the first points, unless somebody says which years
	chosen AS (
		SELECT c.chemistry, c.period_first, c.period_last, c.cumulative, c.cost, c.lcos, c.scope, c.price_or_cost, c.money_basis, c.base_year,
			   c.price_publisher, c.scenario_used, c.note, c.is_used AND NOT c.is_early AS counts, c.is_used AND c.is_early AS is_early
		FROM (SELECT q.chemistry, q.period_first, q.period_last, q.cumulative, q.cost, q.lcos, q.scope, q.price_or_cost, q.money_basis, q.base_year,
					 q.price_publisher, q.scenario_used, q.note, q.is_used,
					 NOT q.is_settled AND learning_fit_of.all_years IS NOT TRUE AND num_nulls(learning_fit_of.first_year, learning_fit_of.last_year) = 2
					 AND industry.may_settle(count(*) FILTER (WHERE q.is_used AND q.is_settled) OVER w, count(*) FILTER (WHERE q.is_used) OVER w) AS is_early
			  FROM point q WINDOW w AS (PARTITION BY q.chemistry)) AS c),
	curves AS (
		SELECT p.chemistry, p.scope, p.price_or_cost, p.money_basis, p.base_year, p.price_publisher, p.scenario_used,
			   bool_or(p.is_early) AS is_shortened,
			   count(*) FILTER (WHERE p.counts) AS points, count(*) FILTER (WHERE (p.counts OR p.is_early) IS NOT TRUE) AS left_out,
			   min(p.period_first) FILTER (WHERE p.counts) AS first_period, max(p.period_last) FILTER (WHERE p.counts) AS last_period,
			   string_agg(DISTINCT p.note, '; ') FILTER (WHERE (p.counts OR p.is_early) IS NOT TRUE) AS notes,
			   string_agg(DISTINCT p.note, '; ') FILTER (WHERE p.counts) AS remarks,
			   CASE WHEN p.scope = 'lcos'
					THEN learning_curve(to_unit(p.cumulative, 'GWh')::double precision, p.lcos::double precision) FILTER (WHERE p.counts)
					ELSE learning_curve(p.cumulative, p.cost) FILTER (WHERE p.counts) END AS curve
		FROM chosen p
		GROUP BY p.chemistry, p.scope, p.price_or_cost, p.money_basis, p.base_year, p.price_publisher, p.scenario_used)
	SELECT c.chemistry, c.scope, c.price_or_cost, c.money_basis, c.base_year, c.price_publisher, c.scenario_used, c.points, c.left_out,
		   c.first_period, c.last_period, c.curve,
		   nullif(concat_ws('; ', CASE WHEN c.left_out > 0 THEN c.left_out || ' left out: ' || coalesce(c.notes, 'no value') END,
				CASE WHEN c.is_shortened THEN industry.shortened() END, c.remarks, CASE WHEN c.points < 3 THEN 'fewer than three points' END), '')
	FROM curves c;
END;
COMMENT ON FUNCTION industry.learning_fit_of(integer, text, text, text, text, capacity_gwh, text, date, text, integer, integer, boolean) IS
'learning curves by chemistry from the points of learning_points_of: of the years from first_year to last_year, of all years, or of the default window; what learning_fit and learning_curve_of are made of';

CREATE OR REPLACE FUNCTION industry.learning_fit(output_publisher text, output_metric text, output_basis text DEFAULT 'shipped',
	scope text DEFAULT NULL, money_basis text DEFAULT NULL, base_year integer DEFAULT NULL, price_or_cost text DEFAULT NULL,
	price_publisher text DEFAULT NULL, price_metric text DEFAULT NULL, output_chemistry chemistry DEFAULT NULL,
	initial_stock capacity_gwh DEFAULT NULL, geography text DEFAULT 'World', known_on date DEFAULT 'infinity',
	first_year integer DEFAULT NULL, last_year integer DEFAULT NULL, confidence double precision DEFAULT 0.95, scenario text DEFAULT NULL, all_years boolean DEFAULT false)
RETURNS TABLE (chemistry chemistry, scope_used text, price_or_cost_used text, money_basis_used text, base_year_used integer,
	price_publisher_used text, scenario_used text, points bigint, left_out bigint, first_period date, last_period date, curve learning_curve,
	learning_rate double precision, learning_rate_low double precision, learning_rate_high double precision,
	r_squared double precision, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
BEGIN ATOMIC
	SELECT c.chemistry::chemistry, c.scope, c.price_or_cost, c.money_basis, c.base_year, c.price_publisher,
		   c.scenario_used, c.points, c.left_out, c.first_period, c.last_period, c.curve, f.learning_rate, f.learning_rate_low, f.learning_rate_high,
		   f.r_squared, c.note
	FROM industry.learning_fit_of(
			industry.one_price_series(learning_fit.scope, learning_fit.price_or_cost, learning_fit.money_basis,
				learning_fit.base_year, learning_fit.price_publisher, learning_fit.price_metric,
				learning_fit.geography, learning_fit.known_on, learning_fit.scenario),
			learning_fit.output_publisher, learning_fit.output_metric, learning_fit.output_basis,
			learning_fit.output_chemistry::text, learning_fit.initial_stock, learning_fit.geography,
			learning_fit.known_on, learning_fit.scenario, learning_fit.first_year, learning_fit.last_year, learning_fit.all_years) AS c
	LEFT JOIN LATERAL fit(c.curve, learning_fit.confidence) AS f ON true
	ORDER BY c.chemistry COLLATE "C";
END;
COMMENT ON FUNCTION industry.learning_fit(text, text, text, text, text, integer, text, text, text, chemistry, capacity_gwh, text, date, integer, integer, double precision, text, boolean) IS
'learning curves by chemistry from the points of learning_points, of the years from first_year to last_year, or of all_years; where none of these is said and no initial stock is given, without the first points, until the running sum is ten times the first period''s output (all points where fewer than three, or than half, would remain): the curve itself, the learning rate (a fraction) with the bounds of its confidence interval, and R². A levelised cost of storage gives a curve without units. points counts what is in the curve, left_out what is not, and note says why';

/*
 * Series by name, and prices of one publisher over the output of another
 */

-- of operators alone, so that the planner looks through it
CREATE OR REPLACE FUNCTION industry.series_name(publisher text, metric text, scope text, price_or_cost text, money_basis text, base_year integer, basis text,
	country_basis text, application text, stage text, material text, geography text, scenario text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN publisher || ', ' || metric || coalesce(', ' || scope, '') || coalesce(', ' || price_or_cost, '') || coalesce(', ' || money_basis, '')
	|| coalesce(' ' || base_year::text, '') || coalesce(', ' || basis, '') || coalesce(', ' || country_basis, '') || coalesce(', ' || application, '')
	|| coalesce(', ' || stage, '') || coalesce(', ' || material, '') || CASE WHEN geography <> 'World' THEN ', ' || geography ELSE '' END
	|| coalesce(', scenario ' || scenario, '');
COMMENT ON FUNCTION industry.series_name(text, text, text, text, text, integer, text, text, text, text, text, text, text) IS
'name of a series, made of what tells it from others of its kind: Ziegler and Trancik, liion_cells, cell, price, real 2018. The geography stands in it where it is not World';

CREATE OR REPLACE VIEW industry.named_series AS
SELECT s.series_id, s.kind,
	   industry.series_name(s.publisher, s.metric, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.basis, s.country_basis, s.application, s.stage,
			s.material, s.geography, s.scenario) AS name,
	   s.publisher, s.metric, s.scope, s.price_or_cost, s.money_basis, s.base_year, s.basis, s.country_basis, s.application, s.stage, s.material,
	   s.geography, s.scenario
FROM industry.series s;
COMMENT ON VIEW industry.named_series IS 'series with their names';
COMMENT ON COLUMN industry.named_series.name IS 'name, unique among series of one kind: publisher, metric, scope, money and so on; learning_curve_of() takes it, or its beginning';

CREATE OR REPLACE FUNCTION industry.find_series(kind text, name text) RETURNS integer
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	what CONSTANT text := CASE kind WHEN 'price' THEN 'prices' WHEN 'capacity' THEN 'output' ELSE kind END;
	matching record;
BEGIN
	SELECT count(*) AS series, min(s.series_id) AS series_id, string_agg(quote_literal(s.name), ', ' ORDER BY s.name COLLATE "C") AS names INTO matching
	FROM (SELECT n.series_id, n.name, rank() OVER (ORDER BY n.name = btrim(find_series.name) DESC) AS place
		  FROM named_series n
		  WHERE n.kind = find_series.kind AND (n.kind <> 'capacity' OR n.basis IN ('output', 'shipped', 'installed'))
			-- whole parts of it
			AND starts_with(n.name || ', ', btrim(find_series.name) || ', ')) AS s
	WHERE s.place = 1;
	IF matching.series = 0 THEN
		RAISE EXCEPTION 'no series of % is called "%"', what, name
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('SELECT name FROM industry.named_series WHERE kind = %L lists them; the beginning of a name will do.', kind);
	ELSIF matching.series > 1 THEN
		RAISE EXCEPTION '% series of % are called "%"', matching.series, what, name
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('Write one of %s.', matching.names);
	END IF;
	RETURN matching.series_id;
END
$$;
COMMENT ON FUNCTION industry.find_series(text, text) IS
'number of the series of a kind (price; capacity: those that are output) with this name, or with the only name that begins with it, by whole parts: Our World in Data. None or several is an error (SQLSTATE 22023) whose hint lists them. NULL name: error';

CREATE OR REPLACE FUNCTION industry.output_chemistry(price_series integer, output_series integer, output_chemistry text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	priced text[];
	made text[];
BEGIN
	priced := ARRAY(SELECT DISTINCT coalesce(f.chemistry::text, 'all') FROM statement_set t JOIN price_observation f ON f.set_id = t.set_id
					WHERE t.series_id = output_chemistry.price_series AND t.superseded_by IS NULL ORDER BY 1);
	made := ARRAY(SELECT DISTINCT coalesce(f.chemistry::text, 'all') FROM statement_set t JOIN capacity_observation f ON f.set_id = t.set_id
				  WHERE t.series_id = output_chemistry.output_series AND t.superseded_by IS NULL ORDER BY 1);
	IF output_chemistry IS NULL AND NOT priced && made THEN
		IF cardinality(made) <> 1 THEN
			RAISE EXCEPTION 'the output is of other chemistries than the prices'
				USING ERRCODE = 'invalid_parameter_value',
					  DETAIL = format('Prices: %s. Output: %s.', array_to_string(priced, ', '), array_to_string(made, ', ')),
					  HINT = format('Name one, such as output_chemistry => %L (all: output without a chemistry).', coalesce(made[1], 'Li-ion'));
		END IF;
		RETURN made[1];
	ELSIF output_chemistry IS NOT NULL AND NOT output_chemistry = ANY (made) THEN
		RAISE EXCEPTION 'the series has no output of "%"', output_chemistry
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = format('It has %s.', array_to_string(made, ', '));
	END IF;
	RETURN output_chemistry;
END
$$;
COMMENT ON FUNCTION industry.output_chemistry(integer, integer, text) IS
'chemistry whose output goes with the prices of a series: the one that is named, or NULL where the output has that of the prices, or the only one that the output has (all: none stated). Error 22023 where that is not clear';

CREATE OR REPLACE FUNCTION industry.learning_curve_of(prices text, output text, first_year integer DEFAULT NULL, last_year integer DEFAULT NULL,
	all_years boolean DEFAULT false, output_chemistry text DEFAULT NULL, initial_stock capacity_gwh DEFAULT NULL, known_on date DEFAULT 'infinity', confidence double precision DEFAULT 0.95)
RETURNS TABLE (price_series text, output_series text, chemistry text, observations bigint, left_out bigint, first_period date, last_period date,
	learning_rate double precision, learning_rate_low double precision, learning_rate_high double precision, exponent double precision,
	exponent_low double precision, exponent_high double precision, intercept double precision, residual_stderr double precision,
	r_squared double precision, curve learning_curve, note text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
BEGIN ATOMIC
	SELECT p.name, o.name, c.chemistry, c.points, c.left_out, c.first_period, c.last_period, f.learning_rate, f.learning_rate_low, f.learning_rate_high,
		   f.exponent, f.exponent_low, f.exponent_high, f.intercept, f.residual_stderr, f.r_squared, c.curve, c.note
	FROM (SELECT industry.find_series('price', coalesce(learning_curve_of.prices, '')) AS price_series,
				 industry.find_series('capacity', coalesce(learning_curve_of.output, '')) AS output_series OFFSET 0) AS s
	JOIN industry.named_series p ON p.series_id = s.price_series
	JOIN industry.named_series o ON o.series_id = s.output_series
	CROSS JOIN LATERAL industry.learning_fit_of(s.price_series, o.publisher, o.metric, o.basis,
		industry.output_chemistry(s.price_series, s.output_series, learning_curve_of.output_chemistry), learning_curve_of.initial_stock,
		o.geography, learning_curve_of.known_on, o.scenario, learning_curve_of.first_year, learning_curve_of.last_year, learning_curve_of.all_years) AS c
	LEFT JOIN LATERAL fit(c.curve, learning_curve_of.confidence) AS f ON c.points >= 3
	ORDER BY c.chemistry COLLATE "C";
END;
COMMENT ON FUNCTION industry.learning_curve_of(text, text, integer, integer, boolean, text, capacity_gwh, date, double precision) IS
'learning curve of the prices of one series over the output of another, each by its name or the beginning of it (publisher, metric, ...; see find_series), by chemistry: of the years from first_year to last_year, of all_years, or by default of those that bi_learning_curve calls default; with the bounds at the given confidence. Rates are fractions, intercept and residual error are of the logarithm of US$/kWh at GWh. With fewer than three points there is no rate, and the note says so';

CREATE OR REPLACE FUNCTION industry.pair_series(pair text, prices text, output text, output_chemistry text DEFAULT NULL, notes text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	price_id CONSTANT integer := find_series('price', coalesce(prices, ''));
	output_id CONSTANT integer := find_series('capacity', coalesce(output, ''));
BEGIN
	IF coalesce(btrim(pair), '') = '' THEN
		RAISE EXCEPTION 'the pair has no name'
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = 'Name it, such as industry.pair_series(''prices of A over output of B'', prices => ..., output => ...).';
	END IF;
	INSERT INTO curve_pair AS c (pair, price_series, output_series, output_chemistry, notes)
	VALUES (btrim(pair), price_id, output_id, output_chemistry(price_id, output_id, output_chemistry), notes)
	ON CONFLICT ON CONSTRAINT curve_pair_pkey DO UPDATE SET price_series = excluded.price_series, output_series = excluded.output_series,
		output_chemistry = excluded.output_chemistry, notes = excluded.notes;
END
$$;
COMMENT ON FUNCTION industry.pair_series(text, text, text, text, text) IS
'keeps under a name that the prices of one series go with the output of another, so that the views bi_learning_* show their curve; series are named as for learning_curve_of. A pair of that name is replaced';
