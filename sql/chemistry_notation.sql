-- Notation: what industry and science write, what is refused and how, and one
-- spelling out for each value.  The readings on the right of the lists are from
-- chemistry (the letters' order, atoms over atoms), not from the parser.

CREATE FUNCTION pg_temp.problem(text) RETURNS text LANGUAGE sql
RETURN replace(chemistry_problem($1), E'\n', ' / ');

-- DIGITS follow the letters: each row is one composition in both orders
SELECT s, s::chemistry, s::chemistry = expected::chemistry AS as_expected
FROM (VALUES ('NMC111', 'NMC111'), ('NCM111', 'NMC111'), ('NMC333', 'NMC111'), ('NCM333', 'NMC111'), ('NMC 442', 'NMC 40:40:20'), ('NCM424', 'NMC 40:40:20'),
	('NMC532', 'NMC 50:30:20'), ('NCM523', 'NMC 50:30:20'), ('NMC622', 'NMC 60:20:20'), ('NCM622', 'NMC 60:20:20'), ('NMC721', 'NMC 70:20:10'),
	('NCM712', 'NMC 70:20:10'), ('NMC811', 'NMC 80:10:10'), ('NCM811', 'NMC 80:10:10'), ('NMC955', 'NMC 90:5:5'), ('NCM955', 'NMC 90:5:5'),
	('NMC9.5.5', 'NMC 90:5:5'), ('NMC-811', 'NMC811'), ('NMC_811', 'NMC811'), ('NMC (811)', 'NMC811'), ('nmc‑811', 'NMC811'), ('NFM111', 'NFM111'), ('NFM 33:33:34', 'NFM 33:33:34'),
	('NCA 80:15:5', 'NCA 80:15:5'), ('NCMA 89:4:4:3', 'NMCA 89:4:4:3'), ('NMCA 89:4:4:3', 'NMCA 89:4:4:3'), ('LMFP 60:40', 'LMFP 60:40'), ('LFMP 40:60', 'LMFP 60:40'),
	('NM 75', 'NMX 75:25'), ('NMX 75:25', 'NMX 75:25')) v(s, expected);

-- RATIOS in whole percent, in the letters' order; thirds and what is nearly a
-- third are not the same value, and nickel says so
SELECT s, s::chemistry, chemistry_nickel_fraction(s::chemistry) AS ni, chemistry_nickel_fraction(s::chemistry) = expected AS as_expected
FROM (VALUES ('NMC 83:11:6', 0.83), ('NCM 83:6:11', 0.83), ('NMC 83/11/6', 0.83), ('NMC 8:1:1', 0.8), ('NMC 0.8:0.1:0.1', 0.8), ('NMC 1:1:1', 1::float8 / 3),
	('NMC 33:33:34', 0.33), ('NMC 34:33:33', 0.34), ('NMC111', 1::float8 / 3), ('NMC 98:1:1', 0.98), ('NMC 1:1:98', 0.01), ('NCA 80:15:5', 0.8),
	('NMCA 89:4:4:3', 0.89), ('LNMO', 0.25), ('LNO', 1), ('LFP', 0), ('LCO', 0)) v(s, expected);

-- FORMULAS: atoms in any order, as decimals, fractions or with parentheses
SELECT s, s::chemistry, s::chemistry = expected::chemistry AS as_expected
FROM (VALUES ('LiFePO4', 'LFP'), ('LiCoO2', 'LCO'), ('LiMn2O4', 'LMO'), ('LiNiO2', 'LNO'), ('LiNi0.5Mn1.5O4', 'LNMO'), ('LiMnPO4', 'LMP-PHOS'),
	('LiNi0.8Mn0.1Co0.1O2', 'NMC811'), ('LiNi0.8Co0.1Mn0.1O2', 'NMC811'), ('Li(Ni0.8Mn0.1Co0.1)O2', 'NMC811'), ('Li[Ni0.8Mn0.1Co0.1]O2', 'NMC811'),
	('LiNi0.6Mn0.2Co0.2O2', 'NMC622'), ('LiNi0.5Mn0.3Co0.2O2', 'NMC532'), ('LiNi0.83Mn0.11Co0.06O2', 'NMC 83:11:6'), ('LiNi0.90Mn0.05Co0.05O2', 'NMC955'),
	('LiNi1/3Mn1/3Co1/3O2', 'NMC111'), ('LiNi1/3Co1/3Mn1/3O2', 'NMC111'), ('Li(Ni1/3Mn1/3Co1/3)O2', 'NMC111'), ('LiNi4/5Mn1/10Co1/10O2', 'NMC811'),
	('LiNi0.8Co0.15Al0.05O2', 'NCA 80:15:5'), ('LiNi0.89Mn0.04Co0.04Al0.03O2', 'NMCA 89:4:4:3'), ('LiMn0.6Fe0.4PO4', 'LMFP 60:40'), ('LiFe0.4Mn0.6PO4', 'LMFP 60:40'),
	('LiMnxFe1-xPO4', 'LMFP'), ('Li(NiMnCo)O2', 'NMC'), ('LiNiCoAlO2', 'NCA'), ('Li3V2(PO4)3', 'LVP'), ('NaNi1/3Fe1/3Mn1/3O2', 'NFM111'),
	('NaFePO4', 'NAFEPO4'), ('LiPF6', NULL)) v(s, expected) WHERE expected IS NOT NULL;
SELECT s, pg_temp.problem(s) FROM unnest(ARRAY['LiNi0.8Mn0.1Co0.2O2', 'LiNi0.8Mn0.1O2', 'LiNi0.333Mn0.333Co0.333O2', 'LiNi0.825Mn0.115Co0.06O2', 'LiNi-0.8Mn0.1Co0.1O2',
	'LiNi0.8Mn0.1Co0.1O', 'LiNi1/0Mn1/3Co1/3O2', 'LiNi0.8Mn0.1Co0.1O2(', 'LiXx0.5O2', 'LiFePO5', 'NaCl', 'LiFe(PO4']) WITH ORDINALITY AS v(s, i) ORDER BY i;

-- BLENDS: members in either order; the composition is the first member's
SELECT s, s::chemistry, s::chemistry <@ 'BLEND' AS blend, chemistry_nickel_fraction(s::chemistry) AS ni, chemistry_elements(s::chemistry)
FROM unnest(ARRAY['NMC+LMO', 'LMO+NMC', 'LMO-NMC', 'LMO/NMC blend', 'NMC622+LMO', 'LMO+NMC622', 'NCM523 + LMO', 'NMC 83:11:6+LMO|graphite', 'NCA+LMO', 'NMC+LMFP']) WITH ORDINALITY AS v(s, i) ORDER BY i;
SELECT s, pg_temp.problem(s) FROM unnest(ARRAY['NMC+NMC', 'LFP+LCO', 'NMC+graphite', 'NMC+', '+LMO', 'NMC+LMO+LFP', 'VRFB+LFP']) WITH ORDINALITY AS v(s, i) ORDER BY i;

-- PARTS: positive or system, negative, electrolyte
SELECT s, s::chemistry, chemistry_positive_electrode(s::chemistry) AS positive, chemistry_negative_electrode(s::chemistry) AS negative, chemistry_electrolyte(s::chemistry)
FROM unnest(ARRAY['NMC811|Si-graphite|liquid', 'nmc811 | gr-si | lipf6', 'NMC811|Si-graphite', 'NMC811||graphite', 'NMC811||liquid', 'NMC/graphite', 'NMC811 / graphite', 'LFP/LTO', 'LFP|LTO',
	'LMO|LTO|liquid', 'Li-S||solid', 'Na-ion|hard carbon', 'LFP||', 'LFP|', 'NMC811|SiOx/Gr|LiPF6', 'NMC811|lithium metal|sulfide', 'NMC811|anode-free|PEO', 'NMC811||ceramic',
	'NMC622||halide', 'LFP|Li|solid polymer', 'solid-state|Li', 'Li-ion|LTO', 'LTO', 'lithium titanate', 'LiNi0.8Mn0.1Co0.1O2|graphite']) WITH ORDINALITY AS v(s, i) ORDER BY i;

-- FLOW: the couples' slash has no order of roles
SELECT s, s::chemistry, s::chemistry <@ 'flow' AS flow, chemistry_elements(s::chemistry), chemistry_negative_electrode(s::chemistry)
FROM unnest(ARRAY['V/V', 'VRFB', 'Zn/Br2', 'V/Br2', 'S/Br2', 'Ce/Zn', 'Zn/Ce', 'Fe/Cr', 'Pb/Pb', 'Fe/Fe', 'H2/Br2', 'zn / br2']) WITH ORDINALITY AS v(s, i) ORDER BY i;

-- WRONG PLACES and wrong company
SELECT s, pg_temp.problem(s) FROM unnest(ARRAY['graphite', 'graphite|NMC811', 'NMC811|NMC811', 'NMC811|liquid|graphite', 'NMC811||NMC', 'LTO|LFP', 'LTO/LFP', 'Zn/Br2|graphite', 'VRFB|graphite', 'lead-acid||liquid',
	'Na-S||solid', 'solid-state||sulfide', 'NMC811|graphite|liquid|x', '|graphite', '||liquid', '|', 'NMC/', '/graphite', 'NMC/graphite/liquid', 'liquid', 'NTO', 'LFP 60:40', 'Li-ion 80:10:10', 'VRFB811']) WITH ORDINALITY AS v(s, i) ORDER BY i;

-- a place settles nothing between candidates of one role; NA in capitals is
-- "not available" in any place
SELECT s, pg_temp.problem(s) FROM unnest(ARRAY['NMC523|graphite', 'NMC523+LMO', 'NMC 95|graphite', 'LMB|Li', 'Li-ion polymer|graphite', 'NA|graphite', 'Li-ion|NA|liquid']) WITH ORDINALITY AS v(s, i) ORDER BY i;
SELECT s, s::chemistry FROM unnest(ARRAY['Na|Na', 'Na-ion|na', 'sulfide|Li', 'LFP||sulfide']) WITH ORDINALITY AS v(s, i) ORDER BY i;

-- COMPOSITIONS that cannot be
SELECT s, pg_temp.problem(s) FROM unnest(ARRAY['NMC 80:10', 'NMC 80:10:5', 'NMC 80:10:20', 'NMC 80:10:5:5', 'NMC 100:0:0', 'NMC 80:20:0', 'NMC -80:10:170', 'NMC 83.5:10.5:6', 'NMC 1e2:1:1', 'NMC8111', 'NMC81', 'NMC 0:0:0',
	'NMC888', 'NMC000', 'NMC 99999999999999999999:1:1', 'NMC523', 'NMC 95', 'NCA 80:15', 'LMFP 60:60', 'LMFP64', 'NMC 1/3:1/3:1/3', 'NMC 80:10:10%', 'NMC 80%:10%:10%',
	'NMC090505', 'NMC 33.1:33.1:33.1', 'NMC 33.4:33.4:33.4', 'LiNi0.331Mn0.331Co0.331O2', 'NMC 33.3:33.3:33.3']) WITH ORDINALITY AS v(s, i) ORDER BY i;

-- UNKNOWN: the nearest spellings; AMBIGUOUS: what it could be; FORMATS and
-- BRANDS: what they are and what to write
SELECT s, pg_temp.problem(s) FROM unnest(ARRAY['LPF', 'NMC812', 'NCMM', 'lithium ion phosphate', 'lithium iron phospate', 'grafite', 'NMC811|grafite', 'vanadium redux', 'sodium-iron', 'xyzzy', '42', '', '   ', '-', 'NULL', 'n/a', 'unknown', 'other',
	'LMP', 'ternary', '三元', 'Li-ion polymer', 'lithium metal', 'anode-free', 'sulfide', 'PBA', 'PbA', 'high-nickel', 'VRLA', 'INR', 'nickel-based', 'spinel', 'Zn-Br', 'LMP|graphite', 'PBA||liquid', 'ternary|graphite',
	'pouch', 'prismatic', '4680', 'SCiB', 'Naxtra', 'M3P', 'condensed', 'Megapack', 'NMC|SCiB']) WITH ORDINALITY AS v(s, i) ORDER BY i;

-- HYPHENS between shares are no signs; one before the first is
SELECT s, s::chemistry, s::chemistry = expected::chemistry AS as_expected
FROM (VALUES ('NMC 80-10-10', 'NMC811'), ('NCM 80-10-10', 'NMC811'), ('NMC-80-10-10', 'NMC811'), ('NMC (80-10-10)', 'NMC811'), ('NCM 50-20-30', 'NMC532'), ('NMC 5-3-2', 'NMC532'),
	('NMC 1-1-1', 'NMC111'), ('NCA 80-15-5', 'NCA 80:15:5'), ('LMFP 60-40', 'LMFP 60:40'), ('NMC 60–20–20', 'NMC622')) v(s, expected);
SELECT s, pg_temp.problem(s) FROM unnest(ARRAY['NMC -80-10-10', 'NMC 80-10:10', 'NMC 80:10-10', 'NMC811-622', 'NMC 80-10', 'NMC 80-10-10-5', 'NMC 80--10-10', 'NMC 80-10-']) WITH ORDINALITY AS v(s, i) ORDER BY i;

-- THE WORD BATTERY says nothing: with it every name and spelling is what it is
-- without, and what is refused stays so.  "lithium metal", a family and an
-- electrode, is the one that the word itself settles.
SELECT s, w, try_chemistry(s) AS without, try_chemistry(s || w) AS with
FROM (SELECT spelling AS s FROM chemistry_aliases() UNION SELECT name FROM chemistry_taxonomy() UNION SELECT code FROM chemistry_taxonomy()) n, unnest(ARRAY[' battery', ' Batteries', '-BATTERY', ' cells', '-Batterie']) w
WHERE s !~* 'batter|cell' AND try_chemistry(s)::text IS DISTINCT FROM try_chemistry(s || w)::text ORDER BY s COLLATE "C", w;
SELECT s, s::chemistry, s::chemistry = expected::chemistry AS as_expected
FROM (VALUES ('Nickel-cadmium battery', 'NiCd'), ('Lead-acid battery', 'lead-acid'), ('Batteries: LFP', 'LFP'), ('Battery, lithium-ion', 'Li-ion'), ('Li-ion (battery)', 'Li-ion'), ('lithium metal batteries', 'Li-metal'),
	('Redox-Flow-Batterie', 'flow'), ('NMC811 cells', 'NMC811'), ('NMC+LMO battery', 'NMC+LMO'), ('LiFePO4 battery', 'LFP'), ('NMC 80-10-10 battery', 'NMC811'), ('Li-ion battery|graphite', 'Li-ion|graphite'),
	('Sodium-nickel-chloride battery', 'Na-NiCl2'), ('LTO battery', 'Li-ion|LTO'), ('regenerative fuel cell', 'RFC')) v(s, expected);

-- A GLOSS: the narrower of two names of one thing, or a word that the other
-- settles
SELECT s, s::chemistry, s::chemistry = expected::chemistry AS as_expected
FROM (VALUES ('LFP (LiFePO4)', 'LFP'), ('Lithium Iron Phosphate (LFP)', 'LFP'), ('Lithium-Ion-LFP', 'LFP'), ('Vanadium-Redox-Flow', 'VRFB'), ('Li-ion (NMC)', 'NMC'), ('NMC (lithium-ion)', 'NMC'),
	('Lithium-ion battery - NCA', 'NCA'), ('Li–ion – LFP', 'LFP'), ('Sodium-Sulfur', 'Na-S'), ('Li-ion NMC 811', 'NMC811'), ('NMC (NMC622)', 'NMC622'), ('Lithium-ion battery (lithium iron phosphate, LFP)', 'LFP'),
	('Battery, lithium-ion, LFP', 'LFP'), ('Lithium NMC', 'NMC'), ('lead-acid gel', 'Pb-gel'), ('VRLA (AGM)', 'Pb-AGM'), ('Li(NiMnCo)O2 (NMC)', 'NMC'), ('NMC (Li(Ni0.8Mn0.1Co0.1)O2)', 'NMC811'), ('(LFP)', 'LFP'),
	('Li-ion (LTO)', 'Li-ion|LTO'), ('LFP (LiFePO4)|graphite', 'LFP|graphite'),
	('NIB (sodium-ion)', 'Na-ion'), ('Na-ion (NIB)', 'Na-ion'), ('INR (NMC)', 'NMC'), ('PBA (lead-acid)', 'lead-acid'), ('LMP (lithium metal polymer)', 'Li-metal-polymer'), ('ternary (NMC)', 'NMC'), ('三元 NMC', 'NMC'),
	('high-nickel NMC', 'NMC'), ('Blade (LFP)', 'LFP'), ('LFP (prismatic)', 'LFP'), ('NMC pouch cell', 'NMC'), ('sodium (Na)', 'sodium')) v(s, expected);
SELECT s, pg_temp.problem(s) FROM unnest(ARRAY['NIB', 'NIB battery', 'LFP (NMC)', 'LFP-NMC', 'LFP, NMC', 'Li-ion-NMC-LFP', 'solid-state LFP', 'NMC LTO', 'lithium nickel', 'NMC811 (NMC622)', 'Lithium-metal battery (NMC)',
	'lead-acid (VRLA)', 'NIB (lead-acid)', 'rechargeable NIB', 'ternary LFP', 'Blade (NMC)', 'Li-ion (LiPo)', 'Lithium-ion polymer battery', 'Valve Regulated Lead-acid Battery', 'NMC (graphite)', 'NA LFP', 'not LFP', 'LFP-free Li-ion',
	'Battery', 'UltraBattery', 'fuel cell', 'LFP (', 'LFP)', 'Li(FooMn)2 O2', 'LFP; NMC', 'LFP and NMC', 'Li-ion or LFP', 'Na']) WITH ORDINALITY AS v(s, i) ORDER BY i;

-- EMMO: every class is read where the name is, as it is written there
SELECT role, count(*), count(*) FILTER (WHERE read = direct) AS read,
	count(*) FILTER (WHERE try_chemistry(lower(emmo_class)) IS NOT NULL AND try_chemistry(lower(emmo_class)) <> direct) AS wrong_in_lower_case
FROM (SELECT role, emmo_class, try_chemistry(before || name) AS direct, try_chemistry(before || emmo_class) AS read
	FROM chemistry_taxonomy(), LATERAL (SELECT CASE role WHEN 'negative electrode' THEN 'Li-ion|' WHEN 'electrolyte' THEN 'Li-ion||' ELSE '' END) b(before)
	WHERE emmo_class IS NOT NULL) e GROUP BY role ORDER BY role;
SELECT emmo_class, pg_temp.problem(emmo_class) FROM chemistry_taxonomy() WHERE try_chemistry(emmo_class) IS NULL AND emmo_class IS NOT NULL;
SELECT pg_temp.problem('LFP|LithiumIonBattery'), pg_temp.problem('ValveRegulatedLeadAcidBattery');

-- the error itself
SELECT 'LPF'::chemistry;
SELECT 'LMP'::chemistry;
SELECT 'pouch'::chemistry;
SELECT 'NMC523'::chemistry;
SELECT 'graphite'::chemistry;
SELECT 'NMC 80:10:20'::chemistry;
SELECT try_chemistry('LPF'), try_chemistry(NULL), chemistry_problem('LFP'), chemistry_problem(NULL);

-- LENGTH, bytes and characters: 255 bytes are read or refused for what they
-- are, 256 for their length; nothing is cut in the middle of a character
SELECT try_chemistry('LFP' || repeat(' ', 252)) AS longest, left(pg_temp.problem('LFP' || repeat(' ', 253)), 200) AS longer;
SELECT n, length(chemistry_problem(repeat(s, n))) < 2000 AS short_message FROM unnest('{1,60,200,100000}'::int[]) n, unnest('{x,(,é,元,😀,NMC+,1:,|,Ni0.1}'::text[]) s
GROUP BY n, s HAVING NOT length(chemistry_problem(repeat(s, n))) < 2000 ORDER BY n;
SELECT try_chemistry(U&'LFP\200B') AS zero_width, try_chemistry(U&'\FEFFLFP') AS byte_order_mark, try_chemistry(E'LFP\t') AS tab, try_chemistry(E'\nLFP\n') AS lines,
	try_chemistry(U&'NMC\2009811') AS thin_space, try_chemistry(U&'Li\2011ion') AS hyphen, try_chemistry(U&'Li\00ADion') AS soft_hyphen, try_chemistry(U&'LiFePO\2084') AS subscript;

-- ONE SPELLING OUT: equal values have one text, different values have two, and
-- every text reads back
WITH v AS (SELECT DISTINCT try_chemistry(s) AS c FROM (
	SELECT spelling AS s FROM chemistry_aliases() UNION SELECT name FROM chemistry_taxonomy() UNION SELECT code FROM chemistry_taxonomy()
	UNION SELECT p.name || '|' || n.name FROM chemistry_taxonomy() p, chemistry_taxonomy() n WHERE p.chemistry IS NOT NULL AND n.role = 'negative electrode'
	UNION SELECT p.name || '||' || e.name FROM chemistry_taxonomy() p, chemistry_taxonomy() e WHERE p.chemistry IS NOT NULL AND e.role = 'electrolyte'
	UNION SELECT format('NMC %s:%s:%s', a, b, 100 - a - b) FROM generate_series(1, 98) a, generate_series(1, 98) b WHERE a + b < 100
	UNION SELECT format('LMFP %s:%s|graphite', a, 100 - a) FROM generate_series(1, 99) a
	UNION SELECT format('NMCA %s:4:4:%s|%s|%s', a, 92 - a, n.name, e.name) FROM generate_series(1, 91) a, chemistry_taxonomy() n, chemistry_taxonomy() e
		WHERE n.role = 'negative electrode' AND e.role = 'electrolyte') s)
SELECT count(*) AS values, count(DISTINCT c::text) AS texts, count(*) FILTER (WHERE c::text::chemistry = c) AS read_back
FROM v WHERE c IS NOT NULL;

-- BINARY: what is no value is refused as strictly as text
CREATE TEMP TABLE chem (c chemistry);
\copy chem FROM PROGRAM 'printf "PGCOPY\\n\\377\\r\\n\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\1\\0\\0\\0\\10\\377\\377\\377\\377\\377\\377\\377\\377\\377\\377"' (FORMAT binary)
\copy chem FROM PROGRAM 'printf "PGCOPY\\n\\377\\r\\n\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\1\\0\\0\\0\\10\\0\\0\\0\\0\\0\\0\\0\\11\\377\\377"' (FORMAT binary)
\copy chem FROM PROGRAM 'printf "PGCOPY\\n\\377\\r\\n\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\1\\0\\0\\0\\7\\0\\0\\0\\0\\0\\0\\0\\377\\377"' (FORMAT binary)
\copy chem FROM PROGRAM 'printf "PGCOPY\\n\\377\\r\\n\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\1\\0\\0\\0\\10\\0\\0\\0\\0\\0\\0\\40\\20\\377\\377"' (FORMAT binary)
SELECT c, encode(chemistry_send(c), 'hex') FROM chem;
