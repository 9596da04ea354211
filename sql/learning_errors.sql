-- What cannot be a learning curve is refused, with a SQLSTATE and a hint.
-- swapped arguments do not even parse (core's hint differs between versions)
\set VERBOSITY terse
SELECT learning_curve(cost_per_gwh '100', capacity_gwh '10');
SELECT learning_curve(capacity_gwh '10', capacity_gwh '10');
SELECT learning_curve(cost_per_gwh '100', cost_per_gwh '10');
\set VERBOSITY default
-- logarithms
SELECT learning_curve(capacity_gwh '0', cost_per_gwh '10');
SELECT learning_curve(capacity_gwh '-1.5', cost_per_gwh '10');
SELECT learning_curve(capacity_gwh '1', cost_per_gwh '0');
SELECT learning_curve(capacity_gwh '1', cost_per_gwh '-0.25');
SELECT learning_curve(0, 1);
SELECT learning_curve(1, -2.5);
SELECT learning_curve(float8 'NaN', 1);
SELECT learning_curve(1, float8 'Infinity');
SELECT learning_curve(float8 '-Infinity', 1);
-- the hint's filter works
SELECT observations(learning_curve(cumulative, cost) FILTER (WHERE cumulative > 0 AND cost > 0))
FROM (VALUES (capacity_gwh '0', cost_per_gwh '1'), ('1', '0'), ('2', '3'), (NULL, '4')) v (cumulative, cost);
SELECT observations(learning_curve(x, y) FILTER (WHERE x > 0 AND x < 'Infinity' AND y > 0 AND y < 'Infinity'))
FROM (VALUES (float8 'NaN', 1::float8), (0, 1), (1, 'Infinity'), (2, 3)) v (x, y);
-- weights
SELECT learning_curve(1, 2, -1);
SELECT learning_curve(1, 2, float8 'NaN');
SELECT learning_curve(1, 2, float8 'Infinity');
SELECT learning_curve(1, 2, 1e-7);
SELECT learning_curve(1, 2, 4194305);
SELECT learning_curve(1, 2, 4194304) IS NOT NULL AS largest, learning_curve(1, 2, 9.5367431640625e-07) IS NOT NULL AS smallest;
SELECT learning_curve(capacity_gwh '1', cost_per_gwh '2', capacity_gwh '-1 kWh');
-- merging what does not belong together
SELECT rollup(lc) FROM (SELECT learning_curve(1, 2) AS lc UNION ALL SELECT learning_curve(capacity_gwh '1', cost_per_gwh '2')) s;
SELECT rollup(lc) FROM (SELECT learning_curve(1, 2) AS lc UNION ALL SELECT learning_curve(1, 2, 3)) s;
SELECT rollup(lc) FROM (SELECT learning_curve(capacity_gwh '1', cost_per_gwh '2', 3) AS lc
                        UNION ALL SELECT learning_curve(capacity_gwh '1', cost_per_gwh '2', capacity_gwh '3')) s;
-- a curve without units has no cost in US$
SELECT cost_at(learning_curve(1, 2), 1);
SELECT capacity_at(learning_curve(1, 2), 1);
SELECT predict(learning_curve(1, 2), capacity_gwh '1');
SELECT doublings_to(learning_curve(1, 2), capacity_gwh '1', cost_per_gwh '1');
SELECT extrapolation(learning_curve(1, 2), capacity_gwh '1');
-- arguments of the readers
SELECT fit(learning_curve(1, 2), 0);
SELECT fit(learning_curve(1, 2), 95);
SELECT fit(learning_curve(1, 2), 'NaN');
SELECT predict_number(learning_curve(1, 2), 3, 1);
SELECT predict_number(learning_curve(1, 2), 0);
SELECT predict_number(learning_curve(1, 2), 'Infinity');
SELECT cost_at(learning_curve(capacity_gwh '1', cost_per_gwh '2'), 0);
SELECT capacity_at(learning_curve(capacity_gwh '1', cost_per_gwh '2'), -1);
SELECT fit(NULL::learning_curve) IS NULL AS null_, cost_at(NULL, 1) IS NULL AS null2, fit(learning_curve(1, 2), NULL) IS NULL AS null3;
-- text that is no curve
SELECT learning_curve '';
SELECT learning_curve 'NaN';
SELECT learning_curve 'v2 units=unitless weights=none n=1 x=0 y=0 xx=0 xy=0 yy=0';
SELECT learning_curve 'v1 units=unitless weights=none n=1 x=0 y=0 xx=0 xy=0';
SELECT learning_curve 'v1 units=unitless weights=none n=1 x=0 y=0 xx=0 xy=0 yy=0 ';
SELECT learning_curve 'v1 units=unitless weights=none n=01 x=0 y=0 xx=0 xy=0 yy=0';
SELECT learning_curve 'v1 units=usd weights=none n=1 x=0 y=0 xx=0 xy=0 yy=0';
SELECT learning_curve 'v1 units=unitless weights=none n=99999999999999999999 x=0 y=0 xx=0 xy=0 yy=0';
-- text of sums that no observations have
SELECT learning_curve 'v1 units=unitless weights=none n=-1 x=0 y=0 xx=0 xy=0 yy=0';
SELECT learning_curve 'v1 units=unitless weights=none n=0 x=0 y=1 xx=0 xy=0 yy=1';
SELECT learning_curve 'v1 units=gwh_usd_per_kwh weights=none n=0 x=0 y=0 xx=0 xy=0 yy=0';
SELECT learning_curve 'v1 units=unitless weights=none n=1 x=6710363472899013633 y=0 xx=0 xy=0 yy=0';
SELECT learning_curve 'v1 units=unitless weights=none n=2 x=10 y=0 xx=40 xy=0 yy=0';
SELECT learning_curve 'v1 units=unitless weights=none n=2 x=0 y=0 xx=10 xy=11 yy=10';
SELECT learning_curve 'v1 units=unitless weights=number n=2 w=1 x=0 y=0 xx=0 xy=0 yy=0';
SELECT learning_curve 'v1 units=unitless weights=none n=0 x=0 y=0 xx=0 xy=0 yy=0' AS empty;
-- the empty state merges with any
SELECT rollup(lc) AS merged FROM (SELECT learning_curve(capacity_gwh '1', '1') AS lc
  UNION ALL VALUES (learning_curve 'v1 units=unitless weights=none n=0 x=0 y=0 xx=0 xy=0 yy=0'), (NULL)) s;
SELECT rollup(lc) IS NULL AS nothing FROM (VALUES (learning_curve 'v1 units=unitless weights=none n=0 x=0 y=0 xx=0 xy=0 yy=0')) v (lc);
-- more observations than fit
SELECT rollup(lc) FROM (SELECT learning_curve 'v1 units=unitless weights=none n=9223372036854775807 x=0 y=0 xx=0 xy=0 yy=0' AS lc FROM generate_series(1, 2)) s;
SELECT exponent(learning_curve 'v1 units=unitless weights=none n=9223372036854775807 x=0 y=0 xx=0 xy=0 yy=0') AS constant;
-- support functions called by hand do no harm: arguments are not written to
CREATE TEMP TABLE kept AS SELECT learning_curve(1, 2) AS lc;
SELECT learning_curve_accum_float8(lc, 3, 4) = lc AS changed, lc FROM kept;
SELECT learning_curve_combine(lc, lc) = lc AS changed, lc FROM kept;
SELECT learning_curve_accum_float8_inv(lc, 1, 2), lc FROM kept;
SELECT learning_curve_accum_float8_inv(lc, 3, 4) FROM kept;
SELECT learning_curve_accum_float8_inv(NULL, 3, 4);
SELECT learning_curve_combine_inv(lc, (SELECT learning_curve(3, 4))) FROM kept;
SELECT learning_curve_combine_inv((SELECT learning_curve(x, x) FROM generate_series(1, 3) x), (SELECT learning_curve(9, 9)));
SELECT learning_curve_combine_inv(NULL, lc) FROM kept;
SELECT learning_curve_accum(lc, capacity_gwh '1', cost_per_gwh '1') FROM kept;
SELECT learning_curve_final(lc) = lc AS same, learning_curve_final(NULL) IS NULL AS null_ FROM kept;

-- the SQLSTATEs
CREATE FUNCTION pg_temp.state(query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE query;
  RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
  RETURN SQLSTATE;
END $$;
SELECT q, pg_temp.state('SELECT ' || q) FROM unnest(ARRAY[
  $$learning_curve(cost_per_gwh '100', capacity_gwh '10')$$,
  $$learning_curve(capacity_gwh '0', cost_per_gwh '10')$$,
  $$learning_curve(1, 0)$$,
  $$learning_curve(1, float8 'NaN')$$,
  $$learning_curve(1, 1, -1)$$,
  $$learning_curve(1, 1, 1e9)$$,
  $$cost_at(learning_curve(1, 2), 1)$$,
  $$fit(learning_curve(1, 2), 2)$$,
  $$predict_number(learning_curve(1, 2), -1)$$,
  $$learning_curve ''$$,
  $$learning_curve 'v9 '$$,
  $$learning_curve 'v1 units=unitless weights=none n=2 x=10 y=0 xx=40 xy=0 yy=0'$$,
  $$rollup(lc) FROM (SELECT learning_curve(1, 2) AS lc UNION ALL SELECT learning_curve(1, 2, 3)) s$$,
  $$rollup(lc) FROM (SELECT learning_curve 'v1 units=unitless weights=none n=9223372036854775807 x=0 y=0 xx=0 xy=0 yy=0' AS lc FROM generate_series(1, 2)) s$$,
  $$learning_curve_accum_float8_inv(NULL, 3, 4)$$]) WITH ORDINALITY u (q, i) ORDER BY i;
