-- The families of experience curves on the published series of lithium-ion
-- cells (Ziegler & Trancik, Energy Environ. Sci. 14 (2021) 1635; the figures are
-- those of data/industry/*.zt-2021.csv).
--
-- Oracle of the table below: test/oracles/curve_families.py, 60-digit decimal
-- arithmetic on the same doubles.  test/oracles/curve_families.R computes the
-- same with R's lm(), AIC(), BIC() and sandwich::NeweyWest(lag = 2, prewhite =
-- FALSE, adjust = FALSE): the largest difference is 6e-11, where R subtracts
-- nearly equal sums of squared years.
CREATE TEMP TABLE liion (year int, price float8, annual float8, patents float8);
INSERT INTO liion VALUES
  (1991, 7523.28412979119, 0.13, 70),
  (1992, 6034.92585608991, 1.55, 87),
  (1993, 4804.47378230495, 12.87, 63),
  (1994, 5484.6302461724, 38.9985692618799, 107),
  (1995, 5147.6297421533, 123.1272, 109),
  (1996, 4335.65075270078, 497.5308, 283),
  (1997, 3712.77642836804, 716.504227704753, 354),
  (1998, 2987.07186539987, 1009.20381759353, 565),
  (1999, 2262.54237353621, 1511.310465, 605),
  (2000, 2197.81157841541, 2029.42594594595, 780),
  (2001, 1534.04923165932, 2452.27729391431, 813),
  (2002, 1099.08223675726, 3440.59274936976, 735),
  (2003, 849.814007056019, 5081.22745245245, 741),
  (2004, 760.399496896471, 6916.25332832833, 862),
  (2005, 655.544189945677, 8626.93920420417, 908),
  (2006, 561.410685791046, 11343.2155705705, 827),
  (2007, 535.713024548232, 13706.7106590386, 834),
  (2008, 561.705623981875, 16813.0784084084, 697),
  (2009, 500.376704222982, 19093.4244244244, 757),
  (2010, 449.850591038168, 24264.0731898102, 1753),
  (2011, 428.512554853886, 29680.3337170967, 1862),
  (2012, 440.842348182448, 34840.9474474474, 2100),
  (2013, 400.98139972905, 42495.6261261261, 2224),
  (2014, 354.728969594783, 49649.2347347347, 2493),
  (2015, 271.144071199456, 62905.6621621622, 4334),
  (2016, 243.535299866864, 78058.0858526119, 6536);
CREATE TEMP TABLE history AS
  SELECT year, price, annual, sum(annual) OVER (ORDER BY year) AS cumulative,
         sum(patents) OVER (ORDER BY year) AS patents
  FROM liion;
CREATE TEMP TABLE series AS
  SELECT two_factor_series(year, annual, cumulative, price, patents) AS s
  FROM history WHERE year BETWEEN 1992 AND 2016;

CREATE TEMP TABLE reference (model text, quantity text, value numeric);
INSERT INTO reference VALUES
  ('Wright', 'coefficient 0', 9.7730948589451685870),
  ('Wright', 'stderr 0', 0.22684242867124905867),
  ('Wright', 'coefficient 1', -0.30173194410818005252),
  ('Wright', 'stderr 1', 0.023263485136708894570),
  ('Wright', 'newey-west 0', 0.46673915296870910564),
  ('Wright', 'low 0', 9.3038355425084491222),
  ('Wright', 'high 0', 10.242354175381888052),
  ('Wright', 'newey-west low 0', 8.8075713580759082019),
  ('Wright', 'newey-west high 0', 10.738618359814428972),
  ('Wright', 'newey-west 1', 0.043045989610324498859),
  ('Wright', 'low 1', -0.34985612968110331920),
  ('Wright', 'high 1', -0.25360775853525678584),
  ('Wright', 'newey-west low 1', -0.39077935811359710612),
  ('Wright', 'newey-west high 1', -0.21268453010276299892),
  ('Wright', 'learning rate', 0.18872212122269661744),
  ('Wright', 'learning rate low', 0.16120379375168328173),
  ('Wright', 'learning rate high', 0.21533765688187175213),
  ('Wright', 'newey-west rate low', 0.13706998170790295807),
  ('Wright', 'newey-west rate high', 0.23728253434032996337),
  ('Wright', 'r squared', 0.87972344622287569320),
  ('Wright', 'adjusted r squared', 0.87449403084126159290),
  ('Wright', 'rss', 3.2562530178722217809),
  ('Wright', 'residual stderr', 0.37626615336535050709),
  ('Wright', 'aic', 25.989459871350694539),
  ('Wright', 'bic', 29.646087345955296787),
  ('Wright', 'durbin-watson', 0.26320810623559792303),
  ('Wright', 'vif', 1.0000000000000000000),
  ('Moore', 'coefficient 0', 289.12721919306183704),
  ('Moore', 'stderr 0', 13.250289777274271944),
  ('Moore', 'coefficient 1', -0.14078328283482382052),
  ('Moore', 'stderr 1', 0.0066118782408685250195),
  ('Moore', 'newey-west 0', 16.188293054950283170),
  ('Moore', 'low 0', 261.71690640504569924),
  ('Moore', 'high 0', 316.53753198107797483),
  ('Moore', 'newey-west low 0', 255.63918356524511052),
  ('Moore', 'newey-west high 0', 322.61525482087856355),
  ('Moore', 'newey-west 1', 0.0080821831333457977251),
  ('Moore', 'low 1', -0.15446099507696060349),
  ('Moore', 'high 1', -0.12710557059268703755),
  ('Moore', 'newey-west low 1', -0.15750255248242007404),
  ('Moore', 'newey-west high 1', -0.12406401318722756700),
  ('Moore', 'r squared', 0.95171817074491271094),
  ('Moore', 'adjusted r squared', 0.94961896077730022011),
  ('Moore', 'rss', 1.3071363227749127626),
  ('Moore', 'residual stderr', 0.23839466024576108203),
  ('Moore', 'aic', 3.1709993197688597381),
  ('Moore', 'bic', 6.8276267943734619857),
  ('Moore', 'durbin-watson', 0.25190776395026264447),
  ('Moore', 'vif', 1.0000000000000000000),
  ('Moore', 'yearly decline', 0.13132245136436412429),
  ('Moore', 'yearly decline low', 0.11935930207087681667),
  ('Moore', 'yearly decline high', 0.14312308609163298038),
  ('Moore', 'halving time', 4.9235048835534758465),
  ('Goddard', 'coefficient 0', 9.8500387263443140701),
  ('Goddard', 'stderr 0', 0.25302701607052988442),
  ('Goddard', 'coefficient 1', -0.35377016126136964119),
  ('Goddard', 'stderr 1', 0.029724889633534445880),
  ('Goddard', 'newey-west 0', 0.52015846915014398424),
  ('Goddard', 'low 0', 9.3266124639083896124),
  ('Goddard', 'high 0', 10.373464988780238528),
  ('Goddard', 'newey-west low 0', 8.7740089505129470143),
  ('Goddard', 'newey-west high 0', 10.926068502175681126),
  ('Goddard', 'newey-west 1', 0.055204154330595433169),
  ('Goddard', 'low 1', -0.41526078042064694536),
  ('Goddard', 'high 1', -0.29227954210209233703),
  ('Goddard', 'newey-west low 1', -0.46796865524410354136),
  ('Goddard', 'newey-west high 1', -0.23957166727863574103),
  ('Goddard', 'r squared', 0.86030568532289084608),
  ('Goddard', 'adjusted r squared', 0.85423201946736436113),
  ('Goddard', 'rss', 3.7819510075906684162),
  ('Goddard', 'residual stderr', 0.40550296238614842585),
  ('Goddard', 'aic', 29.731031439816934361),
  ('Goddard', 'bic', 33.387658914421536609),
  ('Goddard', 'durbin-watson', 0.27078596524101414650),
  ('Goddard', 'vif', 1.0000000000000000000),
  ('Sinclair-Klepper-Cohen', 'coefficient 0', 10.270167099042476422),
  ('Sinclair-Klepper-Cohen', 'stderr 0', 0.89201049287223040147),
  ('Sinclair-Klepper-Cohen', 'coefficient 1', -0.57392174996835601221),
  ('Sinclair-Klepper-Cohen', 'stderr 1', 0.44857409294598570782),
  ('Sinclair-Klepper-Cohen', 'coefficient 2', 0.15756277487292058645),
  ('Sinclair-Klepper-Cohen', 'stderr 2', 0.32031533394021547836),
  ('Sinclair-Klepper-Cohen', 'newey-west 0', 1.2107201929252382624),
  ('Sinclair-Klepper-Cohen', 'low 0', 8.4202505615869618205),
  ('Sinclair-Klepper-Cohen', 'high 0', 12.120083636497991023),
  ('Sinclair-Klepper-Cohen', 'newey-west low 0', 7.7592870981672585539),
  ('Sinclair-Klepper-Cohen', 'newey-west high 0', 12.781047099917694290),
  ('Sinclair-Klepper-Cohen', 'newey-west 1', 0.66525769160642639638),
  ('Sinclair-Klepper-Cohen', 'low 1', -1.5042074802885130107),
  ('Sinclair-Klepper-Cohen', 'high 1', 0.35636398035180098624),
  ('Sinclair-Klepper-Cohen', 'newey-west low 1', -1.9535817598069257966),
  ('Sinclair-Klepper-Cohen', 'newey-west high 1', 0.80573825987021377223),
  ('Sinclair-Klepper-Cohen', 'newey-west 2', 0.48708621214045478619),
  ('Sinclair-Klepper-Cohen', 'low 2', -0.50673056942237660831),
  ('Sinclair-Klepper-Cohen', 'high 2', 0.82185611916821778121),
  ('Sinclair-Klepper-Cohen', 'newey-west low 2', -0.85259220223255551837),
  ('Sinclair-Klepper-Cohen', 'newey-west high 2', 1.1677177519783966913),
  ('Sinclair-Klepper-Cohen', 'learning rate', -0.11540123607698209543),
  ('Sinclair-Klepper-Cohen', 'learning rate low', -0.76767876168527899357),
  ('Sinclair-Klepper-Cohen', 'learning rate high', 0.29618438349288426651),
  ('Sinclair-Klepper-Cohen', 'newey-west rate low', -1.2465602473225192367),
  ('Sinclair-Klepper-Cohen', 'newey-west rate high', 0.44621119379067691581),
  ('Sinclair-Klepper-Cohen', 'r squared', 0.86182538359334429261),
  ('Sinclair-Klepper-Cohen', 'adjusted r squared', 0.84926405482910286467),
  ('Sinclair-Klepper-Cohen', 'rss', 3.7408081420527267836),
  ('Sinclair-Klepper-Cohen', 'residual stderr', 0.41235510634605872339),
  ('Sinclair-Klepper-Cohen', 'aic', 31.457572759706522774),
  ('Sinclair-Klepper-Cohen', 'bic', 36.333076059179325771),
  ('Sinclair-Klepper-Cohen', 'durbin-watson', 0.30792160004297155060),
  ('Sinclair-Klepper-Cohen', 'vif', 220.22832836662710046),
  ('Nordhaus', 'coefficient 0', 234.03342851042551046),
  ('Nordhaus', 'stderr 0', 35.617165561390920964),
  ('Nordhaus', 'coefficient 1', -0.11298710022731327110),
  ('Nordhaus', 'stderr 1', 0.017944545687138512642),
  ('Nordhaus', 'coefficient 2', -0.066286763336075965696),
  ('Nordhaus', 'stderr 2', 0.040002189941149327516),
  ('Nordhaus', 'newey-west 0', 46.563084031575315564),
  ('Nordhaus', 'low 0', 160.16794809757810782),
  ('Nordhaus', 'high 0', 307.89890892327291310),
  ('Nordhaus', 'newey-west low 0', 137.46750257878945664),
  ('Nordhaus', 'newey-west high 0', 330.59935444206156428),
  ('Nordhaus', 'newey-west 1', 0.023438546648826626702),
  ('Nordhaus', 'low 1', -0.15020181024364317304),
  ('Nordhaus', 'high 1', -0.075772390210983369166),
  ('Nordhaus', 'newey-west low 1', -0.16159567087312697026),
  ('Nordhaus', 'newey-west high 1', -0.064378529581499571948),
  ('Nordhaus', 'newey-west 2', 0.050237280540553232083),
  ('Nordhaus', 'low 2', -0.14924622771220688282),
  ('Nordhaus', 'high 2', 0.016672701040054951428),
  ('Nordhaus', 'newey-west low 2', -0.17047250645386831272),
  ('Nordhaus', 'newey-west high 2', 0.037898979781716381332),
  ('Nordhaus', 'learning rate', 0.044906925570605285361),
  ('Nordhaus', 'learning rate low', -0.011623671620408570903),
  ('Nordhaus', 'learning rate high', 0.098278533397863141080),
  ('Nordhaus', 'newey-west rate low', -0.026617657505265616438),
  ('Nordhaus', 'newey-west rate high', 0.11144838182532961147),
  ('Nordhaus', 'r squared', 0.95707572282941690267),
  ('Nordhaus', 'adjusted r squared', 0.95317351581390934837),
  ('Nordhaus', 'rss', 1.1620910533876517021),
  ('Nordhaus', 'residual stderr', 0.22983106971976095909),
  ('Nordhaus', 'aic', 2.2305564024644379712),
  ('Nordhaus', 'bic', 7.1060597019372409680),
  ('Nordhaus', 'durbin-watson', 0.30909839616991673972),
  ('Nordhaus', 'vif', 7.9248456158426683970),
  ('Nordhaus', 'yearly decline', 0.10683781836918168181),
  ('Nordhaus', 'yearly decline low', 0.072972816990143721765),
  ('Nordhaus', 'yearly decline high', 0.13946570573536113262),
  ('lagged Wright', 'coefficient 0', 9.1588783898869734482),
  ('lagged Wright', 'stderr 0', 0.20591012144856189458),
  ('lagged Wright', 'coefficient 1', -0.25132861950681263290),
  ('lagged Wright', 'stderr 1', 0.021881293584639494676),
  ('lagged Wright', 'newey-west 0', 0.41923338848361777325),
  ('lagged Wright', 'low 0', 8.7329208500900953956),
  ('lagged Wright', 'high 0', 9.5848359296838515007),
  ('lagged Wright', 'newey-west low 0', 8.2916280502585721844),
  ('lagged Wright', 'newey-west high 0', 10.026128729515374712),
  ('lagged Wright', 'newey-west 1', 0.040212262222199287402),
  ('lagged Wright', 'low 1', -0.29659352400649061936),
  ('lagged Wright', 'high 1', -0.20606371500713464644),
  ('lagged Wright', 'newey-west low 1', -0.33451402178493157583),
  ('lagged Wright', 'newey-west high 1', -0.16814321722869368998),
  ('lagged Wright', 'learning rate', 0.15987763405084205797),
  ('lagged Wright', 'learning rate low', 0.13310072296427009925),
  ('lagged Wright', 'learning rate high', 0.18582745600914770200),
  ('lagged Wright', 'newey-west rate low', 0.11001262073030678703),
  ('lagged Wright', 'newey-west rate high', 0.20694876555757278837),
  ('lagged Wright', 'r squared', 0.85154421268593888827),
  ('lagged Wright', 'adjusted r squared', 0.84508961323750144863),
  ('lagged Wright', 'rss', 4.0191507844311802442),
  ('lagged Wright', 'residual stderr', 0.41802593972098972169),
  ('lagged Wright', 'aic', 31.251796855055266764),
  ('lagged Wright', 'bic', 34.908424329659869012),
  ('lagged Wright', 'durbin-watson', 0.25526762062322523813),
  ('lagged Wright', 'vif', 1.0000000000000000000),
  ('two-factor', 'coefficient 0', 14.997394386418936445),
  ('two-factor', 'stderr 0', 0.71080503982758808022),
  ('two-factor', 'coefficient 1', 0.28824356955266035547),
  ('two-factor', 'stderr 1', 0.080058173439358298177),
  ('two-factor', 'coefficient 2', -1.2857200709352075841),
  ('two-factor', 'stderr 2', 0.17227473421818946020),
  ('two-factor', 'newey-west 0', 0.48795163979265659645),
  ('two-factor', 'low 0', 13.523274957790053107),
  ('two-factor', 'high 0', 16.471513815047819783),
  ('two-factor', 'newey-west low 0', 13.985444622213339593),
  ('two-factor', 'newey-west high 0', 16.009344150624533296),
  ('two-factor', 'newey-west 1', 0.043760031924770440729),
  ('two-factor', 'low 1', 0.12221307979118576883),
  ('two-factor', 'high 1', 0.45427405931413494212),
  ('two-factor', 'newey-west low 1', 0.19749081789325857042),
  ('two-factor', 'newey-west high 1', 0.37899632121206214053),
  ('two-factor', 'newey-west 2', 0.099917568488908675954),
  ('two-factor', 'low 2', -1.6429960025106348115),
  ('two-factor', 'high 2', -0.92844413935978035662),
  ('two-factor', 'newey-west low 2', -1.4929364252348112351),
  ('two-factor', 'newey-west high 2', -1.0785037166356039330),
  ('two-factor', 'learning rate', -0.22115266191940389327),
  ('two-factor', 'learning rate low', -0.37009322286943290725),
  ('two-factor', 'learning rate high', -0.088403182222700172195),
  ('two-factor', 'newey-west rate low', -0.30043683050642713741),
  ('two-factor', 'newey-west rate high', -0.14670223784120664414),
  ('two-factor', 'r squared', 0.96594455192538650661),
  ('two-factor', 'adjusted r squared', 0.96284860210042164357),
  ('two-factor', 'rss', 0.92198480988604758457),
  ('two-factor', 'residual stderr', 0.20471541331654976120),
  ('two-factor', 'aic', -3.5556322299484574771),
  ('two-factor', 'bic', 1.3198710695243455197),
  ('two-factor', 'durbin-watson', 0.57780774705901624551),
  ('two-factor', 'vif', 40.008385064023010897);

CREATE TEMP TABLE found AS
  SELECT f.* FROM series, LATERAL curve_fits(s) f;
CREATE TEMP TABLE found_newey_west AS
  SELECT f.* FROM series, LATERAL curve_fits(s, newey_west_lag => 2) f;
CREATE TEMP TABLE quantities (model text, quantity text, value float8);
INSERT INTO quantities
  SELECT f.model, q.* FROM found f, LATERAL (VALUES
    ('learning rate', learning_rate), ('learning rate low', learning_rate_low),
    ('learning rate high', learning_rate_high),
    ('r squared', r_squared), ('adjusted r squared', adjusted_r_squared),
    ('rss', rss), ('residual stderr', residual_stderr), ('aic', aic), ('bic', bic),
    ('durbin-watson', durbin_watson), ('vif', vif_max),
    ('yearly decline', yearly_decline), ('yearly decline low', yearly_decline_low),
    ('yearly decline high', yearly_decline_high), ('halving time', halving_time)) q;
INSERT INTO quantities
  SELECT model, 'coefficient ' || i - 1, c FROM found, unnest(coefficients) WITH ORDINALITY u (c, i)
  UNION ALL
  SELECT model, 'stderr ' || i - 1, c FROM found, unnest(stderrs) WITH ORDINALITY u (c, i)
  UNION ALL
  SELECT model, 'low ' || i - 1, c FROM found, unnest(coefficients_low) WITH ORDINALITY u (c, i)
  UNION ALL
  SELECT model, 'high ' || i - 1, c FROM found, unnest(coefficients_high) WITH ORDINALITY u (c, i)
  UNION ALL
  SELECT model, 'newey-west ' || i - 1, c FROM found_newey_west, unnest(stderrs) WITH ORDINALITY u (c, i)
  UNION ALL
  SELECT model, 'newey-west low ' || i - 1, c FROM found_newey_west, unnest(coefficients_low) WITH ORDINALITY u (c, i)
  UNION ALL
  SELECT model, 'newey-west high ' || i - 1, c FROM found_newey_west, unnest(coefficients_high) WITH ORDINALITY u (c, i)
  UNION ALL
  SELECT model, 'newey-west rate low', learning_rate_low FROM found_newey_west
  UNION ALL
  SELECT model, 'newey-west rate high', learning_rate_high FROM found_newey_west;

-- every expected value is found, to 12 digits
SELECT count(*) AS expected,
       count(*) FILTER (WHERE abs(q.value::numeric / r.value - 1) < 1e-12) AS correct
FROM reference r LEFT JOIN quantities q USING (model, quantity);
SELECT model, quantity, q.value, r.value AS expected
FROM reference r LEFT JOIN quantities q USING (model, quantity)
WHERE abs(q.value::numeric / r.value - 1) < 1e-12 IS NOT TRUE
ORDER BY 1, 2;
-- and what was found is either expected or NULL
SELECT model, quantity, value FROM quantities q
WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM reference r WHERE r.model = q.model AND r.quantity = q.quantity)
ORDER BY 1, 2;

-- the intercept and the exponent are the arrays' members
SELECT model, intercept = coefficients[1] AND intercept_stderr = stderrs[1] AND
       intercept_low = coefficients_low[1] AND intercept_high = coefficients_high[1] AS intercept,
       exponent_low = coefficients_low[e] AND exponent_high = coefficients_high[e] AS exponent
FROM (SELECT *, array_position(coefficients, exponent) AS e FROM found UNION ALL
      SELECT *, array_position(coefficients, exponent) FROM found_newey_west) f
ORDER BY 1;

-- what is known of the series: Durbin-Watson 0.26, and the interval of the
-- learning rate widens from 16.1-21.5 % to 13.7-23.7 %
SELECT round((100 * learning_rate)::numeric, 1) AS rate, round((100 * learning_rate_low)::numeric, 1) AS low,
       round((100 * learning_rate_high)::numeric, 1) AS high, round(durbin_watson::numeric, 2) AS dw, newey_west_lag
FROM series, LATERAL (SELECT * FROM wright(s) UNION ALL SELECT * FROM wright(s, newey_west_lag => newey_west_lag(s))) f
ORDER BY newey_west_lag NULLS FIRST;

-- the shape of a result
\x
SELECT model, equation, observations, period_from, period_to, terms, newey_west_lag, confidence_level, degrees_of_freedom, note
FROM found ORDER BY bic;
\x
-- each function returns its row of curve_fits()
SELECT f.model, f = c AS same
FROM series, LATERAL (SELECT * FROM wright(s) UNION ALL SELECT * FROM moore(s) UNION ALL SELECT * FROM goddard(s)
    UNION ALL SELECT * FROM sinclair_klepper_cohen(s) UNION ALL SELECT * FROM nordhaus(s)
    UNION ALL SELECT * FROM lagged_wright(s) UNION ALL SELECT * FROM two_factor(s)) f
JOIN found c USING (model) ORDER BY 1;

-- wright() is the fit of the learning curve of the same rows, to rounding
SELECT max(abs(a / b - 1)) < 1e-13 AS same
FROM series, LATERAL wright(s, 0.9) w,
     LATERAL (SELECT f.* FROM (SELECT learning_curve(cumulative, price) AS lc FROM history WHERE year BETWEEN 1992 AND 2016) l, LATERAL fit(lc, 0.9) f) c,
     LATERAL (VALUES (w.exponent, c.exponent), (w.exponent_stderr, c.exponent_stderr), (w.exponent_low, c.exponent_low),
       (w.exponent_high, c.exponent_high), (w.learning_rate, c.learning_rate), (w.learning_rate_low, c.learning_rate_low),
       (w.learning_rate_high, c.learning_rate_high), (w.intercept, c.intercept), (w.intercept_stderr, c.intercept_stderr),
       (w.intercept_low, c.intercept_low), (w.intercept_high, c.intercept_high), (w.rss, c.rss),
       (w.r_squared, c.r_squared), (w.adjusted_r_squared, c.adjusted_r_squared), (w.residual_stderr, c.residual_stderr),
       (w.degrees_of_freedom, c.degrees_of_freedom)) v (a, b);
-- typed columns: the same but for their rounding, volumes in GWh
SELECT t.units, max(abs(a / b - 1)) < 1e-11 AS same
FROM series, LATERAL wright(s) w,
     LATERAL (SELECT units(typed) AS units, f.* FROM (
         SELECT cost_series(year, to_capacity_gwh(cumulative::numeric, 'MWh'), price::cost_per_gwh) AS typed
         FROM history WHERE year BETWEEN 1992 AND 2016) l, LATERAL wright(typed) f) t,
     LATERAL (VALUES (w.exponent, t.exponent), (w.residual_stderr, t.residual_stderr), (w.durbin_watson, t.durbin_watson),
       (w.coefficients[1] + w.exponent * ln(1000::float8), t.coefficients[1])) v (a, b)
GROUP BY t.units;

-- Moore is per year whatever the periods are: the middle of each year as a
-- date, and years as numbers, differ by the length of leap years only
SELECT round(y.yearly_decline::numeric, 4) AS by_number, round(d.yearly_decline::numeric, 4) AS by_date, d.period_from, d.period_to
FROM series, LATERAL moore(s) y,
     LATERAL (SELECT f.* FROM (SELECT cost_series(make_date(year, 7, 2), price) AS s FROM history WHERE year BETWEEN 1992 AND 2016) l,
              LATERAL moore(s) f) d;
-- exact: cost halves every two years, seen every quarter; oracle: arithmetic
SELECT round(yearly_decline::numeric, 14) AS yearly_decline, round(halving_time::numeric, 12) AS halving_time, note
FROM (SELECT cost_series(2000 + q / 4.0, 1024 * 0.5 ^ (q / 8.0)) AS s FROM generate_series(0, 20) q) t, LATERAL moore(s);
-- calendar years: the year and the part of it that has passed
SELECT year, moment FROM (SELECT cost_series(m, 1::float8) AS s FROM (VALUES (timestamp '2023-01-01'), ('2023-07-02 12:00'), ('2024-07-01'),
  ('2024-12-31 23:59:59.999999'), ('1999-12-31'), ('1991-01-01 00:00:00.000001')) v (m)) t, LATERAL points(s) ORDER BY year;
SELECT abs(year - 2024 - 182 / 366.0::float8) < 1e-12 AS leap FROM (SELECT cost_series(date '2024-07-01', 1::float8) AS s) t, LATERAL points(s);

-- the row before which nothing had been made: left out where ln(cumulative -
-- annual) is needed, and from all models where they are compared
SELECT f.model, f.observations, f.period_from, c.observations AS in_curve_fits
FROM (SELECT two_factor_series(year, annual, cumulative, price, patents) AS s FROM history) t,
     LATERAL (SELECT * FROM wright(s) UNION ALL SELECT * FROM lagged_wright(s) UNION ALL SELECT * FROM sinclair_klepper_cohen(s)) f,
     LATERAL curve_fits(s) c
WHERE c.model = f.model ORDER BY 1;
SELECT f.note FROM (SELECT cost_series(year, annual, cumulative, price) AS s FROM history) t, LATERAL lagged_wright(s, 0.95, 2) f;

-- a series of three columns and a factor is the same fit without annual volumes
SELECT f.model, f = c AS same
FROM (SELECT two_factor_series(year, cumulative, price, patents) AS s FROM history WHERE year BETWEEN 1992 AND 2016) t,
     LATERAL two_factor(s) f JOIN found c USING (model);
SELECT model, observations, learning_rate = c.rate AS same, note
FROM (SELECT two_factor_series(year, cumulative, price, patents) AS s FROM history WHERE year BETWEEN 1992 AND 2016) t,
     LATERAL curve_fits(s) f LEFT JOIN (SELECT model AS of, learning_rate AS rate FROM found) c ON c.of = f.model ORDER BY 1;

-- a year in which nothing was made: an error where its logarithm is taken, and
-- nowhere else.  Oracle: the fits that know no annual volume do not change, and
-- lagged Wright is a line in ln(cumulative - annual) by regr_slope.
CREATE TEMP TABLE idle AS
  SELECT year, CASE WHEN year = 2003 THEN 0 ELSE annual END AS annual, price, patents,
         sum(CASE WHEN year = 2003 THEN 0 ELSE annual END) OVER (ORDER BY year) AS cumulative
  FROM liion;
CREATE TEMP TABLE idle_series AS
  SELECT cost_series(year, annual, cumulative, price) AS s, cost_series(year, cumulative, price) AS without,
         two_factor_series(year, annual, cumulative, price, patents) AS f FROM idle WHERE year BETWEEN 1992 AND 2016;
SELECT annual, cumulative FROM idle_series, LATERAL points(s) WHERE year = 2003;
SELECT a.model, a.coefficients = b.coefficients AS same, a.note = b.note AS same_note
FROM idle_series, LATERAL (SELECT * FROM wright(s) UNION ALL SELECT * FROM moore(s) UNION ALL SELECT * FROM nordhaus(s)) a
JOIN LATERAL (SELECT * FROM wright(without) UNION ALL SELECT * FROM moore(without) UNION ALL SELECT * FROM nordhaus(without)) b USING (model) ORDER BY 1;
SELECT f.observations, abs(f.exponent - (SELECT regr_slope(ln(price), ln(cumulative - annual)) FROM idle WHERE year BETWEEN 1992 AND 2016)) < 1e-12 AS same
FROM idle_series, LATERAL lagged_wright(s) f;
SELECT f.observations, d.differences, g.observations AS segmented, t.observations AS theil_sen
FROM idle_series, LATERAL two_factor(f) AS f, LATERAL random_walk(s) AS d, LATERAL segmented_learning_curve(s) g, LATERAL theil_sen_learning_curve(s) t;
SELECT f.* FROM idle_series, LATERAL goddard(s) f;
SELECT f.* FROM idle_series, LATERAL sinclair_klepper_cohen(s) f;
SELECT model, observations, exponent IS NOT NULL OR yearly_decline IS NOT NULL AS fitted, split_part(note, ':', 1) AS note
FROM idle_series, LATERAL curve_fits(s) ORDER BY 1;

-- a gap in the years is allowed, and said
SELECT f.observations, f.note FROM (SELECT cost_series(year, cumulative, price) AS s FROM history WHERE year NOT BETWEEN 2004 AND 2006) t, LATERAL wright(s, newey_west_lag => 2) f;
-- months are no gaps
SELECT f.observations, f.note FROM (
  SELECT cost_series(date '2020-01-01' + make_interval(months => m), 100 * 0.99 ^ m * (1 + 0.01 * (m * 7 % 5 - m * 3 % 5))) AS s FROM generate_series(0, 23) m) t, LATERAL moore(s) f;
-- annual and cumulative volumes that cannot be of one thing
SELECT f.note FROM (SELECT cost_series(year, annual, cumulative / 1000 + annual, price) AS s FROM history WHERE year BETWEEN 2010 AND 2016) t, LATERAL wright(s, 0.95, 1) f;
-- a curve that rises
SELECT f.learning_rate < 0 AS negative, f.note FROM (SELECT cost_series(i, i::float8, i + 0.0::float8) AS s FROM generate_series(1, 4) i) t, LATERAL wright(s) f;

-- what the series cannot answer
SELECT model, observations, learning_rate, round(aic::numeric, 10) AS aic, note FROM (SELECT cost_series(year, price) AS s FROM history) t, LATERAL curve_fits(s) ORDER BY 1;
SELECT f.* FROM (SELECT cost_series(year, price) AS s FROM history) t, LATERAL wright(s) f;
SELECT f.* FROM (SELECT cost_series(year, cumulative, price) AS s FROM history) t, LATERAL goddard(s) f;
SELECT f.* FROM (SELECT cost_series(year, annual, cumulative, price) AS s FROM history) t, LATERAL two_factor(s) f;
-- too few rows, constant regressors and collinear ones: NULL and the reason
SELECT n, f.coefficients IS NULL AS no_line, f.stderrs IS NULL AS no_errors, f.aic, f.durbin_watson, f.note
FROM generate_series(1, 3) n, LATERAL (SELECT cost_series(year, cumulative, price) AS s FROM history WHERE year < 1992 + n AND year >= 1992) t, LATERAL nordhaus(s) f ORDER BY n;
SELECT f.exponent, f.note FROM (SELECT cost_series(i, 5::float8, 10 - i + 0::float8) AS s FROM generate_series(1, 6) i) t, LATERAL wright(s) f;
SELECT f.exponent, f.yearly_decline, f.note FROM (SELECT cost_series(i, 5::float8, 10 - i + 0::float8) AS s FROM generate_series(1, 6) i) t, LATERAL nordhaus(s) f;
SELECT f.exponent, f.coefficients, f.note FROM (SELECT two_factor_series(year, annual, cumulative, price, cumulative * 3) AS s FROM history) t, LATERAL two_factor(s) f;
SELECT f.exponent, f.r_squared, f.exponent_stderr, f.durbin_watson, f.note FROM (SELECT cost_series(i, i + 0::float8, 7::float8) AS s FROM generate_series(1, 6) i) t, LATERAL wright(s) f;
-- Newey-West: lag 0 is White's estimator, a lag as long as the series is no estimate
SELECT round(f.exponent_stderr::numeric, 15) AS white FROM series, LATERAL wright(s, newey_west_lag => 0) f;
SELECT f.exponent IS NOT NULL AS line, f.exponent_stderr, f.learning_rate_low, f.newey_west_lag, f.note FROM series, LATERAL wright(s, newey_west_lag => 25) f;
SELECT f.exponent_stderr > 0 AS longest FROM series, LATERAL wright(s, newey_west_lag => 24) f;
SELECT wright(s, newey_west_lag => -1) FROM series;
SELECT wright(s, 1.5) FROM series;
SELECT moore(s, 'NaN') FROM series;
SELECT wright(NULL) IS NULL AS null_series, (SELECT wright(s, NULL) IS NULL FROM series) AS null_confidence, (SELECT count(*) FROM curve_fits(NULL)) AS fits;
-- the rule for the lag: floor(4 (n/100)^(2/9)); 100 is where it becomes 4
SELECT n, newey_west_lag(cost_series(i / 100.0, 1::float8)) FROM (VALUES (1), (4), (5), (25), (99), (100), (273), (274)) v (n), generate_series(1, n) i GROUP BY n ORDER BY n;
