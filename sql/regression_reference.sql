-- regression() against R's lm(), confint(), predict(), logLik(), AIC() and
-- BIC(): every number of test/oracles/regression_lm.R, which made the expected
-- values, to 12 digits (VIF, which R computes with fewer, to 10).
\set VERBOSITY terse
CREATE TEMP TABLE d (y float8, x1 float8, x2 float8, x3 float8, w float8);
INSERT INTO d VALUES
(12.1, 1, 3.5, 0, 0.5), (15.3, 2, 1.25, 1, 1), (14.2, 2.5, 4, 0, 2), (19.8, 4, 2, 1, 1.5),
(22.5, 5, 3.75, 1, 3), (20.1, 5.5, 0.5, 0, 0.25), (27.3, 7, 4.5, 0, 4), (26.9, 7.5, 1, 1, 2.5),
(30.2, 9, 2.25, 1, 0), (35.5, 11, 3, 0, 1), (33.1, 10.5, 0.75, 1, 0.75), (38.4, 13, 1.5, 0, 2);
CREATE TEMP TABLE e AS
SELECT ((i * i * 7) % 31 + i / 10.0)::float8 AS y,
       ARRAY(SELECT (((i * (2 * j + 1) + j * j) % 29) / 4.0)::float8 FROM generate_series(1, 10) j ORDER BY j) AS x
FROM generate_series(1, 30) i;
CREATE TEMP TABLE l (employed float8, deflator float8, gnp float8, unemployed float8, forces float8, population float8, year float8);
INSERT INTO l VALUES
(60.323, 83.0, 234.289, 235.6, 159.0, 107.608, 1947), (61.122, 88.5, 259.426, 232.5, 145.6, 108.632, 1948),
(60.171, 88.2, 258.054, 368.2, 161.6, 109.773, 1949), (61.187, 89.5, 284.599, 335.1, 165.0, 110.929, 1950),
(63.221, 96.2, 328.975, 209.9, 309.9, 112.075, 1951), (63.639, 98.1, 346.999, 193.2, 359.4, 113.27, 1952),
(64.989, 99.0, 365.385, 187.0, 354.7, 115.094, 1953), (63.761, 100.0, 363.112, 357.8, 335.0, 116.219, 1954),
(66.019, 101.2, 397.469, 290.4, 304.8, 117.388, 1955), (67.857, 104.6, 419.18, 282.2, 285.7, 118.734, 1956),
(68.169, 108.4, 442.769, 293.6, 279.8, 120.445, 1957), (66.513, 110.8, 444.546, 468.1, 263.7, 121.95, 1958),
(68.655, 112.6, 482.704, 381.3, 255.2, 123.366, 1959), (69.564, 114.2, 502.601, 393.1, 251.4, 125.368, 1960),
(69.331, 115.7, 518.173, 480.6, 257.2, 127.852, 1961), (70.551, 116.9, 554.894, 400.7, 282.7, 130.081, 1962);
CREATE TEMP TABLE fitted (name text, m regression, at float8[]);
INSERT INTO fitted SELECT 'one', (SELECT regression(y, x1) FROM d), '{20}';
INSERT INTO fitted SELECT 'three', (SELECT regression(y, x1, x2, x3) FROM d), '{20,2,1}';
INSERT INTO fitted SELECT 'origin', (SELECT regression_through_origin(y, x1, x2, x3) FROM d), '{20,2,1}';
INSERT INTO fitted SELECT 'weighted', (SELECT weighted_regression(y, w, x1, x2, x3) FROM d), '{20,2,1}';
INSERT INTO fitted SELECT 'weighted origin', (SELECT weighted_regression_through_origin(y, w, x1, x2) FROM d), '{20,2}';
INSERT INTO fitted SELECT 'ten', (SELECT regression(y, VARIADIC x) FROM e), NULL;
INSERT INTO fitted SELECT 'longley', (SELECT regression(employed, deflator, gnp, unemployed, forces, population, year) FROM l), NULL;
-- term, coefficient, standard error, t, p, bounds at 90 %
CREATE TEMP TABLE r_coefficients (name text, term int, coefficient float8, stderr float8, t float8, p float8, low float8, high float8);
INSERT INTO r_coefficients VALUES
('one', 0, 10.08194444444445, 0.6942452955186624, 14.5221645858073, 4.77030185716487e-08, 8.82365183662197, 11.34023705226693),
('one', 1, 2.23611111111111, 0.0929802071950862, 24.0493238138244, 3.5151718710527e-10, 2.06758810037904, 2.40463412184318),
('three', 0, 7.462047927758717, 0.9760057614219027, 7.64549577749169, 6.04239683108887e-05, 5.647118329487768, 9.27697752602966),
('three', 1, 2.309007322352611, 0.0730433435112158, 31.61146808672666, 1.09142292925668e-09, 2.173179716271635, 2.44483492843359),
('three', 2, 0.615730561137838, 0.2194129616140887, 2.80626338849027, 0.0229749685017795, 0.207721618959517, 1.02373950331616),
('three', 3, 1.418733001922043, 0.5550520146605626, 2.55603612715406, 0.0338551437259896, 0.386587117332422, 2.45087888651166),
('origin', 1, 2.70577550389633, 0.139674875510729, 19.37195572219063, 1.20280906349466e-08, 2.44973568323046, 2.9618153245622),
('origin', 2, 1.9622120558471, 0.355601233519556, 5.51801251201001, 0.000371435684134784, 1.31035483581389, 2.61406927588031),
('origin', 3, 3.89936637293688, 1.223723326767377, 3.18647711263097, 0.0110690145029919, 1.65614331664648, 6.14258942922727),
('weighted', 0, 6.678668174921498, 1.451765066928296, 4.6003780687825, 0.00248306988377981, 3.928185139502086, 9.42915121034091),
('weighted', 1, 2.383323950930654, 0.0977528540921521, 24.3811188232303, 4.97256094653783e-08, 2.198123484981177, 2.56852441688013),
('weighted', 2, 0.724917382180803, 0.2537358729660349, 2.85697632623606, 0.0244431247980048, 0.244194825915517, 1.20563993844609),
('weighted', 3, 1.64661982831681, 0.6992489337127354, 2.35484067108105, 0.0507248756952901, 0.321837758872661, 2.97140189776096),
('weighted origin', 1, 2.91027643921386, 0.182835604397656, 15.91744916862139, 6.72944424793735e-08, 2.5751181282425, 3.24543475018522),
('weighted origin', 2, 1.88128399711127, 0.425069812441039, 4.42582357544439, 0.00165714690524252, 1.10208302664384, 2.6604849675787),
('ten', 0, 7.2727904298797, 6.933852182308772, 1.048881666158922, 0.3073921622478546, -4.716760888789453, 19.26234174854885),
('ten', 1, -0.943604031601142, 0.505368387060138, -1.867160779664784, 0.0773865365396279, -1.8174530915724576, -0.0697549716298258),
('ten', 2, 0.934262801713635, 0.509537187613738, 1.833551749360965, 0.08243509778265247, 0.0532053319204009, 1.8153202715068688),
('ten', 3, 1.238264603544148, 0.573746001956207, 2.158210426429539, 0.04391749798110665, 0.2461815660824673, 2.230347641005829),
('ten', 4, -0.190499672981567, 0.6318169068394, -0.301510882218271, 0.7663000876085856, -1.282995017471513, 0.9019956715083797),
('ten', 5, 1.784810206811375, 0.606093226179465, 2.944778343856445, 0.00831712025803519, 0.736794522583619, 2.832825891039131),
('ten', 6, -0.340469405724596, 0.553590742187032, -0.615020049611972, 0.5458376914138858, -1.29770132219466, 0.6167625107454671),
('ten', 7, 1.025726723477494, 0.504979536245126, 2.031224336543387, 0.05646042062913193, 0.1525500382092015, 1.898903408745786),
('ten', 8, -0.924176962984964, 0.522855895279842, -1.76755578607434, 0.09319233756139661, -1.8282642472107205, -0.0200896787592081),
('ten', 9, 0.576051923381761, 0.56794912696487, 1.014266764455105, 0.3231982486229713, -0.4060075473281131, 1.5581113940916338),
('ten', 10, -1.215568035047168, 0.548060137841176, -2.217946446233661, 0.038943971400612, -2.16323680207527, -0.2678992680190654),
('longley', 0, -3482.25863459581, 890.420383607376, -3.910802918154321, 0.003560403663726324, -5114.49975528722, -1850.01751390441),
('longley', 1, 0.0150618722713728, 0.0849149257747674, 0.177376028229992, 0.8631408328092198, -0.140596776341898, 0.170720520884643),
('longley', 2, -0.035819179292591, 0.0334910077722434, -1.06951631722104, 0.3126810610927144, -0.097211978767581, 0.0255736201823989),
('longley', 3, -0.0202022980381682, 0.00488399681651703, -4.136427355940682, 0.002535091734111395, -0.0291552157655775, -0.011249380310759),
('longley', 4, -0.0103322686717359, 0.00214274163161676, -4.821985310445437, 0.000944366764161825, -0.0142601560679935, -0.00640438127547829),
('longley', 5, -0.0511041056535792, 0.226073200069373, -0.226051144664195, 0.8262117957636538, -0.465521812427727, 0.363313601120568),
('longley', 6, 1.82915146461355, 0.455478499142213, 4.015889812709769, 0.003036803341630362, 0.994207937289106, 2.66409499193799);
CREATE TEMP TABLE r_fit (name text, r2 float8, adjusted float8, s float8, df float8, f float8, p float8, loglik float8, aic float8, bic float8, condition float8);
INSERT INTO r_fit VALUES
('one', 0.983003891412599, 0.981304280553859, 1.18344483042796, 10.0, 578.36997590218, 3.5151718710527e-10, -17.954487457021, 41.9089749140419, 43.3636948634059, 3.80122494291806),
('three', 0.992549867578589, 0.98975606792056, 0.876012434755129, 8.0, 355.268805594588, 7.55889614793277e-09, -13.0059718311605, 36.011943662321, 38.4364769112611, 8.24495422334902),
('origin', 0.993700888131737, 0.991601184175649, 2.3803909544229, 9.0, 473.257615794204, 3.22414379694442e-10, -25.7083468528336, 59.4166937056672, 61.3563203048192, 2.74754269229522),
('weighted', 0.991091923061943, 0.987274175802775, 1.1416267664067, 7.0, 259.60124015074, 1.54794678666017e-07, -13.1664856326131, 36.3329712652261, 38.322447629218, 11.7141398749675),
('weighted origin', 0.989049445539718, 0.986615988992989, 3.93709186427871, 9.0, 406.438095995213, 1.50474355649871e-09, -28.1665842197215, 62.3331684394429, 63.526854257838, 2.54724789547482),
('ten', 0.7152439474346861, 0.565372340821363, 5.449741425383934, 19.0, 4.772377927995756, 0.00170545476584665, -86.58382483868226, 197.16764967736452, 213.9820182573104, 22.0410786960465),
('longley', 0.995479004577296, 0.992465007628826, 0.304854073561966, 9.0, 330.285339234586, 4.98403052872492e-10, 0.906649655233584, 14.1867006895328, 20.3674104674511, 43275.0435871798);
CREATE TEMP TABLE r_predict (name text, y float8, mean_low float8, mean_high float8, mean_stderr float8, prediction_low float8, prediction_high float8, leverage float8);
INSERT INTO r_predict VALUES
('one', 54.80416666666666, 52.44634966626803, 57.16198366706529, 1.30089245541496, 51.61667520141482, 57.9916581319185, 1.20833333333333),
('three', 56.29238849900866, 54.29823943765947, 58.28653756035785, 1.07238373040205, 53.71746524008328, 58.86731175793404, 1.49857985837658),
('origin', 61.93930056255772, 58.06654000946532, 65.81206111565012, 2.11266882912699, 56.10503723320915, 67.77356389190629, 0.78770983299653),
('weighted', 57.44160178621298, 54.71859724027522, 60.16460633215075, 1.43726131954731, 53.96411745264624, 60.91908611977973, 1.58497782397794),
('weighted origin', 61.968096778499756, 56.30695754041123, 67.62923601658828, 3.088265396658, 52.79555510013501, 71.1406384568645, 0.615287559175867);
CREATE TEMP TABLE r_vif (name text, vif float8[]);
INSERT INTO r_vif VALUES
('weighted origin', '{2.16064783387,2.16064783387}'),
('three', '{1.1263043509,1.31218930191,1.20439260314}'),
('origin', '{2.30338280871,1.92481519663,1.58570043469}'),
('weighted', '{1.49506795284,1.81428590701,1.73004054229}'),
('longley', '{135.53243828,1788.51348272,33.6188905961,3.58893019345,399.151022313,758.980597407}');
CREATE FUNCTION pg_temp.agree(got float8, want float8, digits int DEFAULT 12) RETURNS boolean LANGUAGE sql AS
'SELECT CASE WHEN want IS NULL OR got IS NULL THEN false ELSE abs(got - want) <= abs(want) * 10.0 ^ -digits END';
-- R's own errors grow with the condition of the design, by QR in double
-- precision: for Longley 9 digits are asked for, for the rest 12.
SELECT name, count(*) AS terms, bool_and(pg_temp.agree(c.coefficient, r.coefficient, d)) AS coefficient, bool_and(pg_temp.agree(c.stderr, r.stderr, d)) AS stderr,
       bool_and(pg_temp.agree(c.t_statistic, r.t, d)) AS t, bool_and(pg_temp.agree(c.p_value, r.p, d - 1)) AS p,
       bool_and(pg_temp.agree(c.low, r.low, d)) AS low, bool_and(pg_temp.agree(c.high, r.high, d)) AS high
FROM fitted JOIN r_coefficients r USING (name), LATERAL coefficients(m, 0.9) c, LATERAL (SELECT CASE name WHEN 'longley' THEN 9 ELSE 12 END AS d) d
WHERE c.term = r.term GROUP BY name ORDER BY name;
SELECT name, pg_temp.agree(r_squared, r2) AS r2, pg_temp.agree(adjusted_r_squared, adjusted) AS adjusted, pg_temp.agree(residual_stderr, s) AS s,
       degrees_of_freedom = df AS df, pg_temp.agree(f_statistic, f, 11) AS f, pg_temp.agree(f_p_value, p, 11) AS p, pg_temp.agree(log_likelihood, loglik, 11) AS loglik,
       pg_temp.agree(l.aic, r.aic) AS aic, pg_temp.agree(l.bic, r.bic) AS bic, pg_temp.agree(condition_number, condition, 10) AS condition
FROM fitted JOIN r_fit r USING (name), LATERAL fit(m) l ORDER BY name;
SELECT name, pg_temp.agree(p.y, r.y) AS y, pg_temp.agree(p.mean_low, r.mean_low) AS mean_low, pg_temp.agree(p.mean_high, r.mean_high) AS mean_high,
       pg_temp.agree(p.mean_stderr, r.mean_stderr) AS mean_stderr, pg_temp.agree(p.prediction_low, r.prediction_low) AS prediction_low,
       pg_temp.agree(p.prediction_high, r.prediction_high) AS prediction_high, pg_temp.agree(p.leverage, r.leverage, 11) AS leverage
FROM fitted JOIN r_predict r USING (name), LATERAL predict(m, at, 0.9) p ORDER BY name;
SELECT name, count(*) AS regressors, bool_and(pg_temp.agree(c.vif, r.vif[term], 10)) AS vif
FROM fitted JOIN r_vif r USING (name), LATERAL coefficients(m) c WHERE term > 0 GROUP BY name ORDER BY name;
-- what one row of each looks like
SELECT estimator, observations, regressors, intercept, weights, round(r_squared::numeric, 12) AS r_squared, note FROM fitted, LATERAL fit(m) ORDER BY name;
-- every accessor says what fit() and coefficients() say
SELECT name, observations(m) = f.observations AND regressors(m) = f.regressors AND r_squared(m) = f.r_squared AND adjusted_r_squared(m) = f.adjusted_r_squared
       AND rss(m) = f.rss AND residual_stderr(m) = f.residual_stderr AND degrees_of_freedom(m) = f.degrees_of_freedom AND f_statistic(m) = f.f_statistic
       AND log_likelihood(m) = f.log_likelihood AND aic(m) = f.aic AND bic(m) = f.bic AND condition_number(m) = f.condition_number AS fit,
       (SELECT bool_and(coefficient(m, term) = c.coefficient AND coefficient_stderr(m, term) = c.stderr AND t_statistic(m, term) = c.t_statistic
                        AND p_value(m, term) = c.p_value AND vif(m, term) IS NOT DISTINCT FROM c.vif) FROM coefficients(m) c) AS coefficients,
       intercept(m) IS NOT DISTINCT FROM CASE WHEN f.intercept THEN coefficient(m, 0) END
       AND intercept_stderr(m) IS NOT DISTINCT FROM CASE WHEN f.intercept THEN coefficient_stderr(m, 0) END AS intercept
FROM fitted, LATERAL fit(m) f ORDER BY name;
-- one regressor is what core computes, and t squared is F then
SELECT pg_temp.agree(coefficient(m, 1), s) AS slope, pg_temp.agree(intercept(m), i) AS intercept, pg_temp.agree(r_squared(m), r2) AS r2,
       pg_temp.agree(t_statistic(m, 1) ^ 2, f_statistic(m)) AS t_and_f, pg_temp.agree(p_value(m, 1), f_p_value) AS p_of_both
FROM (SELECT regression(y, x1) AS m, regr_slope(y, x1) AS s, regr_intercept(y, x1) AS i, regr_r2(y, x1) AS r2 FROM d) s, LATERAL fit(m);
-- the forms with one and two regressors and the form with an array make the same value
SELECT regression(y, x1) = regression(y, VARIADIC ARRAY[x1]) AS one, regression(y, x1, x2) = regression(y, VARIADIC ARRAY[x1, x2]) AS two FROM d;
-- the same weight on every row changes no coefficient and no t; R says so too
SELECT bool_and(pg_temp.agree(a.coefficient, b.coefficient, 15) AND pg_temp.agree(a.stderr, b.stderr, 15) AND a.vif IS NOT DISTINCT FROM b.vif) AS same
FROM (SELECT regression(y, x1, x2, x3) AS u, weighted_regression(y, 8, x1, x2, x3) AS w FROM d) s,
     LATERAL coefficients(u) a, LATERAL coefficients(w) b WHERE a.term = b.term;
-- what R calls NA: 2 x1 - x2 beside x1 and x2, and a constant beside the
-- intercept; there are no coefficients, and the regressor is named
SELECT deficient, r_squared, residual_stderr, condition_number, note FROM (SELECT regression(y, x1, x2, 2 * x1 - x2, x3) AS m FROM d) s, LATERAL fit(m);
SELECT term, coefficient, stderr, p_value, vif, note FROM (SELECT regression(y, x1, 7, x2) AS m FROM d) s, LATERAL coefficients(m) ORDER BY term;
