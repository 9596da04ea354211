-- The types of battery that are states: those whose rows can be taken out again.

-- Which aggregates give one, what a measure of it is called, and what bi_ views show of it.
CREATE OR REPLACE FUNCTION battery_rollup.readers()
RETURNS TABLE (state name, aggregate name, measure name, label text, reading text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT * FROM (VALUES
		('learning_curve'::name, NULL::name, 'curve'::name, 'observations'::text, 'observations(%s)'::text),
		('learning_curve', NULL, 'curve', 'learning_rate', 'learning_rate(%s)'),
		('learning_curve', NULL, 'curve', 'exponent', 'exponent(%s)'),
		('learning_curve', NULL, 'curve', 'r_squared', 'r_squared(%s)'),
		('market_shares', NULL, 'market', 'total', 'total(%s)'),
		('market_shares', NULL, 'market', 'members', 'members(%s)'),
		('market_shares', NULL, 'market', 'hhi', 'hhi(%s)'),
		('market_shares', NULL, 'market', 'cr4', 'cr(%s, 4)'),
		('market_shares', NULL, 'market', 'leader', 'leader(%s)'),
		('market_shares', NULL, 'market', 'leader_share', 'leader_share(%s)'),
		('quantity_sums', 'capacity_partial', 'capacity', 'observations', 'observations(%s)'),
		('quantity_sums', 'capacity_partial', 'capacity', 'total_gwh', 'total_gwh(%s)'),
		('quantity_sums', 'cost_partial', 'cost', 'observations', 'observations(%s)'),
		('quantity_sums', 'cost_partial', 'cost', 'average_usd_per_kwh', 'average_cost(%s)::double precision'),
		('quantity_sums', 'weighted_cost_partial', 'cost', 'weighted_usd_per_kwh', 'weighted_cost(%s)::double precision'),
		('quantity_sums', 'weighted_cost_partial', 'cost', 'total_usd', 'total_usd(%s)'),
		('quantity_sums', 'marginal_cost_partial', 'cost', 'marginal_usd_per_kwh', 'marginal_cost(%s)::double precision'),
		('quantity_sums', 'marginal_cost_partial', 'cost', 'total_usd', 'total_usd(%s)'),
		('quantity_sums', 'spread_partial', 'spread', 'observations', 'observations(%s)'),
		('regression', NULL, 'model', 'observations', 'observations(%s)'),
		('regression', NULL, 'model', 'r_squared', 'r_squared(%s)')
	) AS r (state, aggregate, measure, label, reading);
END;
COMMENT ON FUNCTION battery_rollup.readers() IS 'the states that a rollup can keep, and the numbers that bi_ views show of them';

-- The difference as views take it: where a rollup is stale, more may have been taken out
-- than was ever in, and then there is no number, and "stale" says why.
DO $$
DECLARE
	state name;
	home name = (SELECT n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace
				 WHERE e.extname OPERATOR(pg_catalog.=) 'battery');
BEGIN
	FOREACH state IN ARRAY ARRAY['learning_curve', 'market_shares', 'quantity_sums', 'regression'] LOOP
		EXECUTE pg_catalog.format('CREATE OR REPLACE FUNCTION battery_rollup.exact_difference(a %1$I.%2$I, b %1$I.%2$I) RETURNS %1$I.%2$I '
			'LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN %1$I.subtract(a, b)', home, state);
		EXECUTE pg_catalog.format('COMMENT ON FUNCTION battery_rollup.exact_difference(%I.%I, %1$I.%2$I) IS ''a without b, or an error''', home, state);
		EXECUTE pg_catalog.format('CREATE OR REPLACE FUNCTION battery_rollup.difference(a %1$I.%2$I, b %1$I.%2$I) RETURNS %1$I.%2$I '
			'LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS '
			'$f$ BEGIN RETURN battery_rollup.exact_difference(a, b); EXCEPTION WHEN OTHERS THEN IF NOT battery_rollup.is_refusal(SQLSTATE) THEN RAISE; END IF; RETURN NULL; END $f$', home, state);
		EXECUTE pg_catalog.format('COMMENT ON FUNCTION battery_rollup.difference(%I.%I, %1$I.%2$I) IS ''a without b; NULL where b cannot be in a''', home, state);
	END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION battery_rollup.version()
RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT v.version FROM battery_rollup.schema_version v ORDER BY v.applied_at DESC, v.version DESC LIMIT 1;
END;
COMMENT ON FUNCTION battery_rollup.version() IS 'version of this schema';
