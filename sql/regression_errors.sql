-- What a regression refuses, with what hint.
SELECT regression(y, 'NaN') FROM (VALUES (1.0)) v(y);
SELECT regression('Infinity', 1);
SELECT regression(1, 2, '-Infinity', 3);
SELECT weighted_regression(1, -0.5, 2);
SELECT weighted_regression(1, 'NaN', 2);
SELECT weighted_regression_through_origin(1, 'Infinity', 2);
SELECT regression(1, VARIADIC '{}'::float8[]);
SELECT regression(1, VARIADIC '{{1,2},{3,4}}'::float8[]);
SELECT regression(1, VARIADIC x) FROM (VALUES ('{1,2}'::float8[]), ('{1,2,3}')) v(x);
-- merging what cannot be merged: one message, whichever comes first
SELECT rollup(m) FROM (SELECT regression(1, 2) AS m UNION ALL SELECT regression_through_origin(1, 2)) s;
SELECT rollup(m ORDER BY observations(m) DESC) FROM (SELECT regression_through_origin(1, 2) AS m UNION ALL SELECT regression(1, i) FROM generate_series(1, 2) i) s;
SELECT rollup(m) FROM (SELECT regression(1, 2) AS m UNION ALL SELECT weighted_regression(1, 1, 2)) s;
SELECT rollup(m) FROM (SELECT regression(1, 2) AS m UNION ALL SELECT regression(1, 2, 3)) s;
-- an empty value merges with any
SELECT rollup(m) = (SELECT regression(i, i) FROM generate_series(1, 3) i) AS same FROM (SELECT 'v1 intercept=no weights=no regressors=0 n=0'::regression AS m UNION ALL SELECT regression(i, i) FROM generate_series(1, 3) i) s;
SELECT estimator, observations, r_squared, note FROM fit('v1 intercept=no weights=no regressors=0 n=0'::regression);
-- text that is no regression
SELECT ''::regression;
SELECT 'regression'::regression;
SELECT 'v2 intercept=yes'::regression;
SELECT 'v1 intercept=yes weights=no regressors=1 n=1 y=1p0 x1=1p0 yy=1p0 yx1=1p0 x1x1=1p0 '::regression;
SELECT 'v1 intercept=yes weights=no regressors=33 n=1'::regression;
SELECT 'v1 intercept=yes weights=no regressors=1 n=1 y=2p0 x1=1p0 yy=1p0 yx1=1p0 x1x1=1p0'::regression;
SELECT 'v1 intercept=yes weights=no regressors=1 n=1 y=1p0 x1=1p0 yy=1p5000 yx1=1p0 x1x1=1p0'::regression;
SELECT 'v1 intercept=yes weights=no regressors=1 n=1 y=1p0 x1=1p0 yy=1p99999999999999999999 yx1=1p0 x1x1=1p0'::regression;
-- sums of no observations
SELECT 'v1 intercept=yes weights=no regressors=1 n=1 y=1p0 x1=1p0 yy=1p-1 yx1=1p0 x1x1=1p0'::regression;
SELECT 'v1 intercept=yes weights=no regressors=1 n=2 y=0 x1=0 yy=1p0 yx1=1p1 x1x1=1p0'::regression;
SELECT 'v1 intercept=no weights=no regressors=1 n=1 yy=-1p0 yx1=0 x1x1=1p0'::regression;
SELECT 'v1 intercept=no weights=no regressors=1 n=1 yy=1p3073 yx1=0 x1x1=1p0'::regression;
SELECT 'v1 intercept=no weights=no regressors=1 n=-1 yy=1p0 yx1=0 x1x1=1p0'::regression;
SELECT 'v1 intercept=yes weights=no regressors=1 n=0 y=0 x1=0 yy=0 yx1=0 x1x1=0'::regression;
SELECT 'v1 intercept=yes weights=yes regressors=1 n=1 ln_w=0 w=0 y=0 x1=0 yy=0 yx1=0 x1x1=0'::regression;
SELECT 'v1 intercept=yes weights=yes regressors=1 n=1 ln_w=99999999999999999999 w=1p0 y=0 x1=0 yy=0 yx1=0 x1x1=0'::regression;
-- what passes as a value can be used: sums that no observations have, but that
-- agree two by two, find their end in the rank check
SELECT deficient, note FROM fit('v1 intercept=no weights=no regressors=3 n=9 yy=1p0 yx1=0 yx2=0 yx3=0 x1x1=1p0 x1x2=-3p-2 x1x3=-3p-2 x2x2=1p0 x2x3=-3p-2 x3x3=1p0'::regression);
-- too many observations
SELECT rollup(m) FROM (SELECT 'v1 intercept=no weights=no regressors=1 n=9223372036854775807 yy=1p0 yx1=0 x1x1=1p0'::regression AS m FROM generate_series(1, 2)) s;
-- taking back by hand what is not there
SELECT regression_accum_1_inv(regression(1, 2), 1, 3);
SELECT regression_accum_inv(NULL, 1, '{2}');
SELECT regression_combine_inv(regression(1, 2), regression(i, 2)) FROM generate_series(1, 2) i GROUP BY i HAVING i = 2;
SELECT regression_accum_1_inv(regression_accum_1(regression(1, 2), 3, 4), 3, 4) = regression(1, 2) AS taken_back;
SELECT observations(regression_accum_1_inv(regression(1, 2), 1, 2)) AS none;
-- a state by hand grows where it must, and its argument stays as it is
SELECT m = regression(1, 2) AS unchanged, regression_accum_1(m, 1e300, -1e-300) = (SELECT regression(y, x) FROM (VALUES (1::float8, 2::float8), (1e300, -1e-300)) v(y, x)) AS grown
FROM (SELECT regression(1, 2) AS m) s GROUP BY m;
