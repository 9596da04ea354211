-- Minerals: intensities against the published table, what they assume, and
-- demands against core's numeric.

-- BatPaC 5.1 and SolidPac (Argonne National Laboratory) as published by
-- P. Busch et al. (MIT licence), kg/kWh, all rows.
CREATE TEMP TABLE published (label text PRIMARY KEY, kg numeric[]);
INSERT INTO published VALUES
  ('NMC 111', '{0.123509,0.340094,0.341368,0.318255,0.909587,0.594976,0.413138,0.972567,0.358444,0.0}'),
  ('SS NMC 111', '{0.212854,0.340094,0.341368,0.318255,0.0,0.594976,0.413138,0.972567,0.358444,0.078302}'),
  ('NMC 532', '{0.112544,0.464853,0.186638,0.261002,0.906694,0.574983,0.391855,0.956531,0.350351,0.0}'),
  ('SS NMC 532', '{0.212854,0.464853,0.186638,0.261002,0.0,0.574983,0.391855,0.956531,0.350351,0.078302}'),
  ('NMC 622', '{0.110247,0.546261,0.182769,0.170394,0.909601,0.57189,0.388382,0.954337,0.349225,0.0}'),
  ('SS NMC 622', '{0.189444,0.546261,0.182769,0.170394,0.0,0.57189,0.388382,0.954337,0.349225,0.077075}'),
  ('NMC 721', '{0.10018,0.578319,0.082927,0.154624,0.924109,0.555013,0.369511,0.942241,0.342998,0.0}'),
  ('SS NMC 721', '{0.189444,0.578319,0.082927,0.154624,0.0,0.555013,0.369511,0.942241,0.342998,0.077075}'),
  ('NMC 811', '{0.099802,0.658375,0.082605,0.077012,0.924109,0.555013,0.369511,0.942241,0.342998,0.0}'),
  ('SS NMC 811', '{0.189444,0.658375,0.082605,0.077012,0.0,0.555013,0.369511,0.942241,0.342998,0.077075}'),
  ('NMCA 89:4:4:3', '{0.100546,0.738047,0.033295,0.031041,0.924109,0.578679,0.369511,0.942241,0.342998,0.0}'),
  ('SS NMCA 89:4:4:3', '{0.189444,0.738047,0.033295,0.031041,0.0,0.578679,0.369511,0.942241,0.342998,0.077075}'),
  ('NMC 95', '{0.094506,0.73954,0.019535,0.018212,0.944112,0.548094,0.360941,0.938598,0.34101,0.0}'),
  ('SS NMC 95', '{0.189444,0.73954,0.019535,0.018212,0.0,0.548094,0.360941,0.938598,0.34101,0.077075}'),
  ('NCA', '{0.107486,0.709995,0.133623,0.0,0.930431,0.562931,0.377606,0.949106,0.346456,0.0}'),
  ('SS NCA', '{0.165066,0.663824,0.124997,0.0,0.0,0.562931,0.377606,0.949106,0.346456,0.078752}'),
  ('LFP', '{0.091485,0.0,0.0,0.0,0.984627,0.724603,0.551068,1.077387,0.410718,0.391581}'),
  ('SIB', '{0.0,0.0,0.0,0.322003,0.0,0.724603,0.533944,1.077387,0.410718,0.12324}'),
  ('LMO', '{0.101495,0.0,0.0,1.34129,0.846242,0.689768,0.519081,1.040681,0.39277,0.0}'),
  ('LMO-LTO', '{0.321881,0.0,0.0,2.107818,0.0,1.235594,0.180408,1.304531,0.522024,0.0}'),
  ('LMNO', '{0.100507,0.354724,0.0,0.995836,0.846242,0.689768,0.519081,1.040681,0.39277,0.0}');
CREATE TEMP TABLE mineral (i int, symbol text, name text);
INSERT INTO mineral VALUES (1, 'Li', 'lithium'), (2, 'Ni', 'nickel'), (3, 'Co', 'cobalt'), (4, 'Mn', 'manganese'),
  (5, NULL, 'graphite'), (6, 'Al', 'aluminium'), (7, 'Cu', 'copper'), (8, NULL, 'steel'), (9, NULL, 'stainless steel'), (10, 'P', 'phosphorus');
-- which value each row answers for, as people write it
CREATE TEMP TABLE answers (value chemistry PRIMARY KEY, label text);
INSERT INTO answers VALUES ('NMC111', 'NMC 111'), ('NMC532', 'NMC 532'), ('NMC622', 'NMC 622'), ('NMC721', 'NMC 721'), ('NMC811', 'NMC 811'),
  ('NMCA 89:4:4:3', 'NMCA 89:4:4:3'), ('NCA', 'NCA'), ('NCA 80:15:5', 'NCA'), ('LFP', 'LFP'), ('LMO', 'LMO'), ('LNMO', 'LMNO'), ('LMO|LTO', 'LMO-LTO'),
  ('NMC111||solid', 'SS NMC 111'), ('NMC532||solid', 'SS NMC 532'), ('NMC622||solid', 'SS NMC 622'), ('NMC721||solid', 'SS NMC 721'),
  ('NMC811||solid', 'SS NMC 811'), ('NMCA 89:4:4:3||solid', 'SS NMCA 89:4:4:3'), ('NCA||solid', 'SS NCA'), ('NCA 80:15:5|Li|solid', 'SS NCA'),
  ('NMC811|graphite', 'NMC 811'), ('NMC811||liquid', 'NMC 811'), ('NMC811|graphite|liquid', 'NMC 811'), ('LMO|LTO|liquid', 'LMO-LTO');

-- every figure by symbol and by name, as printed: no row
SELECT a.value, m.name, p.kg[i] AS published, mineral_intensity(a.value, m.name), mineral_intensity(a.value, m.symbol)
FROM answers a JOIN published p USING (label), mineral m
WHERE mineral_intensity(a.value, m.name) IS DISTINCT FROM p.kg[i]
   OR (m.symbol IS NOT NULL AND mineral_intensity(a.value, m.symbol) IS DISTINCT FROM p.kg[i]);
-- and as a set: no row
SELECT a.value, r.* FROM answers a JOIN published p USING (label), LATERAL mineral_intensities(a.value) WITH ORDINALITY r
LEFT JOIN mineral m ON m.i = r.ordinality
WHERE (r.mineral, r.kg_per_kwh) IS DISTINCT FROM (m.name, p.kg[m.i]) OR r.symbol IS DISTINCT FROM m.symbol;
SELECT count(*) AS values, count(DISTINCT label) AS rows, (SELECT count(*) FROM published) AS published,
	(SELECT string_agg(label, ', ' ORDER BY label) FROM published WHERE label NOT IN (SELECT label FROM answers)) AS unused
FROM answers;

-- The rows' masses say what they describe: moles of nickel over moles of
-- nickel, manganese and cobalt (standard atomic weights, IUPAC 2021) against
-- the composition of the value; NCA and NMCA have aluminium among the metals,
-- which the collector foil hides, so theirs are taken without it.
SELECT DISTINCT p.label, round(ni / (ni + mn + co), 4) AS by_mass,
	round(ni_fraction / CASE WHEN d.describes <@ 'NCA' THEN 0.95 WHEN d.describes <@ 'NMCA' THEN 0.97 ELSE 1 END, 4) AS by_composition
FROM answers a JOIN published p USING (label), LATERAL (SELECT DISTINCT describes FROM mineral_intensities(a.value)) d,
	LATERAL (SELECT kg[2] / 58.6934 AS ni, kg[4] / 54.938043 AS mn, kg[3] / 58.933194 AS co, chemistry_nickel_fraction(d.describes)::numeric AS ni_fraction) m
WHERE ni > 0 ORDER BY p.label;
-- the two rows that no value answers to: 95 percent nickel is not NMC955, and
-- the sodium-ion row does not say which electrode has its manganese
SELECT label, round(kg[2] / 58.6934 / (kg[2] / 58.6934 + kg[4] / 54.938043 + kg[3] / 58.933194), 3) AS nickel,
	round(kg[4] / 54.938043 / (kg[2] / 58.6934 + kg[4] / 54.938043 + kg[3] / 58.933194), 3) AS manganese
FROM published WHERE label IN ('NMC 95', 'SIB') ORDER BY label;

-- What is assumed is said.
SELECT DISTINCT a.value, a.label, describes, basis FROM answers a, LATERAL mineral_intensities(a.value) ORDER BY a.value;
SELECT DISTINCT source FROM mineral_intensities('LFP');
SELECT mineral, symbol, kg_per_kwh FROM mineral_intensities('nmc 811');
-- the row describes the value it answers for
SELECT a.value, describes FROM answers a, LATERAL mineral_intensities(a.value)
WHERE NOT describes <@ a.value OR describes = a.value AND a.value IN ('NMC811', 'LFP');

-- NULL where no row says it: families, compositions between the rows, other
-- electrodes, electrolytes that the rows do not name.
SELECT value, mineral_intensity(value::chemistry, 'Ni') AS ni, mineral_intensity(value::chemistry, 'graphite') AS graphite,
	mineral_demand(value::chemistry, '10 GWh', 'Li') AS li_demand, (SELECT count(*) FROM mineral_intensities(value::chemistry)) AS rows
FROM unnest('{rechargeable,Li-ion,Na-ion,NFM111,NMC,NMC955,NMC442,NMC 83:11:6,NMC 33:33:34,NMCA,NMCA 88:4:4:4,NCA 88:9:3,LCO,LNO,LMFP,LVP,NMC+LMO,NMC622+LMO,
	NMC811|Si-graphite,NMC811|Li,NMC811|Li|liquid,NMC811|graphite|solid,NMC811||sulfide,NMC811||oxide,NMC811||polymer,NMC811||gel,NMC811||aqueous,
	LFP|LTO,LFP||solid,LMO||solid,LMO|LTO|solid,LMO|NTO,Li-ion|LTO,solid-state,Li-S,VRFB,NiCd,lead-acid}'::text[]) WITH ORDINALITY AS v(value, i) ORDER BY i;
SELECT mineral_intensity(NULL, 'Ni') IS NULL AS a, mineral_intensity('LFP', NULL) IS NULL AS b, mineral_demand('LFP', NULL, 'Ni') IS NULL AS c,
	(SELECT count(*) FROM mineral_intensities(NULL)) AS d;

-- Names: symbol or English, either spelling of aluminium, any case; others are
-- refused, and so is what would be a guess.
SELECT m, mineral_intensity('NMC811', m) FROM unnest('{ni,NICKEL,Al,aluminum,Aluminium,P,Graphite,Stainless Steel}'::text[]) WITH ORDINALITY AS v(m, i) ORDER BY i;
SELECT mineral_intensity('NMC811', 'unobtainium');
SELECT mineral_intensity('NMC811', '');
SELECT mineral_intensity('NMC811', 'C');
SELECT mineral_intensity('NMC811', 'Fe');
SELECT mineral_demand('NMC955', '1 GWh', repeat('nickel ', 1000));

-- DEMAND: GWh x kg/kWh x 1000 are tonnes, exactly; against core's numeric.
SELECT c, a.value, mineral_demand(a.value, c, m.name) FROM answers a JOIN published p USING (label), mineral m,
	unnest('{1 GWh,30 GWh/yr,392,0,-15 GWh,0.001 Wh,0.000000000001,9223372.036854775807,-9223372.036854775808,586303 MWh}'::capacity_gwh[]) c
WHERE mineral_demand(a.value, c, m.name) IS DISTINCT FROM c::numeric * p.kg[i] * 1000
   OR scale(mineral_demand(a.value, c, m.name)) <> min_scale(c::numeric * p.kg[i] * 1000);
SELECT mineral_demand('NMC811', '1 GWh', 'Ni') AS t, mineral_demand('NMC811', '30 GWh/yr', 'nickel') AS t_per_year,
	mineral_demand('LFP', '392 GWh', 'Li') AS lfp_li, mineral_demand('LFP', '392 GWh', 'Co') AS lfp_co;
-- no rounding on the way: parts sum to the whole
SELECT sum(mineral_demand('NMC811', c, 'Ni')) = mineral_demand('NMC811', sum(c), 'Ni') AS adds_up
FROM (SELECT (i * 0.000000007)::capacity_gwh AS c FROM generate_series(1, 10000) i) s;
