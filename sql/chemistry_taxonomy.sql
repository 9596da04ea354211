-- The taxonomy: its codes on disk, its consistency, and what became of every
-- spelling of the list that it was made from.

-- ON DISK.  A value that a table holds must mean the same for ever, so this
-- list only ever grows at its end.  It was computed from the widths of the
-- format (5, 4, 6, 6, 3; 7, 7, 7; 5, 4; 5, 4 bits) with Python's integers, not
-- by the extension.  Parts stand as the bits that they set in a value.
CREATE TEMP TABLE golden (code text PRIMARY KEY, bits bigint NOT NULL UNIQUE);
INSERT INTO golden VALUES
  ('RECHARGEABLE', 0),
  ('LI', 288230376151711744),
  ('LI-ION', 306244774661193728),
  ('LI-POLY', 306526249637904384),
  ('LCO', 306807724614615040),
  ('LMO', 307089199591325696),
  ('LNO', 307370674568036352),
  ('LNMO', 307652149544747008),
  ('NMX', 307933624521457664),
  ('LRMO', 308215099498168320),
  ('NMC', 308496574474878976),
  ('NMC111', 308496717324746752),
  ('NMC442', 308496747615748096),
  ('NMC532', 308496790229876736),
  ('NMC622', 308496832844005376),
  ('NMC721', 308496875793678336),
  ('NMC811', 308496918407806976),
  ('NMC955', 308496961189707776),
  ('NMCA', 308778049451589632),
  ('NCA', 309059524428300288),
  ('LFP', 309340999405010944),
  ('LMFP', 309622474381721600),
  ('LMP-PHOS', 309903949358432256),
  ('LVP', 310185424335142912),
  ('BLEND', 310466899311853568),
  ('BLEND-NMC-LMO', 310471297358364672),
  ('BLEND-NMC-LMFP', 310475695404875776),
  ('BLEND-NMC-LCO', 310480093451386880),
  ('BLEND-NMC-NCA', 310484491497897984),
  ('BLEND-NCA-LMO', 310488889544409088),
  ('LIC', 324259173170675712),
  ('LI-METAL', 342273571680157696),
  ('LMP', 342555046656868352),
  ('TIS2-LI', 342836521633579008),
  ('LI-S', 343117996610289664),
  ('LI-AIR', 343399471587000320),
  ('SSB', 360287970189639680),
  ('SSB-SULF', 360569445166350336),
  ('SSB-OX', 360850920143060992),
  ('SSB-POLY', 361132395119771648),
  ('SSB-HALIDE', 361413870096482304),
  ('SEMI-SOLID', 361695345073192960),
  ('NA', 576460752303423488),
  ('NA-ION', 594475150812905472),
  ('NA-LAYERED', 594756625789616128),
  ('NFM', 594761023836127232),
  ('NFM111', 594761166685995008),
  ('NA-PBA', 595038100766326784),
  ('NA-POLY', 595319575743037440),
  ('NFPP', 595323973789548544),
  ('NVP', 595328371836059648),
  ('NVPF', 595332769882570752),
  ('NAFEPO4', 595337167929081856),
  ('NFS', 595341565975592960),
  ('NA-S', 612489549322387456),
  ('NA-MCL2', 630503947831869440),
  ('NA-NICL2', 630785422808580096),
  ('NA-FECL2', 631066897785290752),
  ('NA-AIR', 648518346341351424),
  ('K-ION', 864691128455135232),
  ('MG', 1152921504606846976),
  ('AL', 1441151880758558720),
  ('METAL-AIR', 1729382256910270464),
  ('FE-AIR', 1747396655419752448),
  ('ZN-AIR', 1765411053929234432),
  ('AL-AIR', 1783425452438716416),
  ('NICKEL', 2017612633061982208),
  ('NICD', 2035627031571464192),
  ('NIMH', 2053641430080946176),
  ('NIH2', 2071655828590428160),
  ('NIZN', 2089670227099910144),
  ('NIFE', 2107684625609392128),
  ('LEAD', 2305843009213693952),
  ('PB-FLOODED', 2323857407723175936),
  ('PB-EFB', 2341871806232657920),
  ('PB-AGM', 2359886204742139904),
  ('PB-GEL', 2377900603251621888),
  ('PB-C', 2395915001761103872),
  ('FLOW', 2594073385365405696),
  ('FLOW-VV', 2612087783874887680),
  ('FLOW-ZNBR', 2630102182384369664),
  ('FLOW-VBR', 2648116580893851648),
  ('FLOW-SBR', 2666130979403333632),
  ('FLOW-ZNCE', 2684145377912815616),
  ('FLOW-FECR', 2702159776422297600),
  ('FLOW-PBPB', 2720174174931779584),
  ('FLOW-FE', 2738188573441261568),
  ('FLOW-ORG', 2756202971950743552),
  ('FLOW-HBR', 2774217370460225536),
  ('ZN-BR-NF', 2882303761517117440),
  ('ZN-MN', 3170534137668829184),
  ('STRUCTURAL', 3458764513820540928),
  ('RFC', 3746994889972252672),
  ('AN-GR', 8192),
  ('AN-SIGR', 16384),
  ('AN-SI', 24576),
  ('AN-LTO', 32768),
  ('AN-NTO', 40960),
  ('AN-LI', 49152),
  ('AN-HC', 57344),
  ('AN-NA', 65536),
  ('EL-LIQ', 16),
  ('EL-IL', 32),
  ('EL-GEL', 48),
  ('EL-SSE', 64),
  ('EL-SULF', 65),
  ('EL-OX', 66),
  ('EL-HALIDE', 67),
  ('EL-SPE', 68),
  ('EL-AQ', 80);

CREATE FUNCTION pg_temp.bits(chemistry) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN ('x' || encode(chemistry_send($1), 'hex'))::bit(64)::bigint;

CREATE TEMP TABLE node AS
SELECT t.*, chemistry AS value, CASE role WHEN 'negative electrode' THEN ('rechargeable|' || name)::chemistry
	WHEN 'electrolyte' THEN ('rechargeable||' || name)::chemistry ELSE chemistry END AS standing
FROM chemistry_taxonomy() t;

-- a node without a golden code, a code without a node, a code that moved: none
SELECT code, bits AS golden, pg_temp.bits(standing) AS now
FROM golden FULL JOIN node USING (code)
WHERE bits IS DISTINCT FROM pg_temp.bits(standing);
SELECT count(*) AS nodes, count(DISTINCT pg_temp.bits(standing)) AS codes FROM node;
-- text is one thing and bytes another: the binary form comes back
SELECT count(*) AS same_bytes FROM golden JOIN node USING (code) WHERE chemistry_send(standing::text::chemistry) = decode(lpad(to_hex(bits), 16, '0'), 'hex');

-- NAMES.  Every name and every code is read as its node.
SELECT code, name, problem FROM (
	SELECT code, name, standing, CASE role WHEN 'negative electrode' THEN 'rechargeable|'
		WHEN 'electrolyte' THEN 'rechargeable||' ELSE '' END AS place FROM node) n,
	LATERAL (SELECT chemistry_problem(place || name) AS problem) p
WHERE try_chemistry(place || name) IS DISTINCT FROM standing OR standing::text <> place || name
	-- LMP is the code of one node and the letters of two; NA is "not available", too
	OR (try_chemistry(place || code) IS DISTINCT FROM standing AND code NOT IN ('LMP', 'NA'));
-- in any case, with any blank or hyphen between the words
SELECT count(*) AS spellings, count(*) FILTER (WHERE try_chemistry(s) = value) AS read FROM (
	SELECT value, unnest(ARRAY[upper(name), lower(name), ' ' || name || ' ', replace(name, '-', ' '), replace(name, '-', '_'),
		replace(name, '-', U&'\2010'), replace(name, '-', U&'\2011'), replace(name, '-', U&'\2013'), replace(name, '-', U&'\2014'),
		replace(name, '-', U&'\2212'), replace(name, '-', U&'\00A0'), replace(name, '-', U&'\3000'), replace(name, '-', '')]) AS s
	FROM node WHERE value IS NOT NULL) n;

-- THE TREE.  A node is in its parent; siblings, and nodes of different
-- branches, have nothing in common; the subtree is what the order says it is.
SELECT n.code, n.parent FROM node n JOIN node p ON p.code = n.parent WHERE NOT n.standing <@ p.standing OR p.standing <@ n.standing;
WITH RECURSIVE below AS (
	SELECT code AS ancestor, code FROM node
	UNION ALL SELECT b.ancestor, n.code FROM below b JOIN node n ON n.parent = b.code)
SELECT count(*) AS pairs, count(*) FILTER (WHERE a.standing @> n.standing) AS contained,
	(SELECT count(*) FROM below) AS by_parents,
	count(*) FILTER (WHERE (a.standing @> n.standing) <> EXISTS (SELECT FROM below b WHERE b.ancestor = a.code AND b.code = n.code)) AS disagree
FROM node a, node n WHERE a.role = n.role;
-- a node's chemistry_parent() is the one of the table
SELECT code, parent, chemistry_parent(value) FROM node n
WHERE value IS NOT NULL AND chemistry_parent(value) IS DISTINCT FROM (SELECT value FROM node p WHERE p.code = n.parent);
-- every parent is there and stands before its children
SELECT n.code FROM (SELECT *, row_number() OVER () AS row FROM node) n
LEFT JOIN (SELECT *, row_number() OVER () AS row FROM node) p ON p.code = n.parent
WHERE n.parent IS NOT NULL AND (p.code IS NULL OR p.row >= n.row);

-- SPELLINGS.  No spelling is in the table twice for one role; every target is
-- read; every spelling that is a name is read where it stands, and all others
-- are refused when they stand alone.
SELECT spelling, kind, target FROM chemistry_aliases() GROUP BY 1, 2, 3 HAVING count(*) > 1;
SELECT a.spelling, t AS target FROM chemistry_aliases() a, string_to_table(target, ';') t
WHERE t NOT IN (SELECT code FROM node) AND try_chemistry(t) IS NULL;
SELECT spelling, kind, target, chemistry, chemistry_problem(spelling) FROM chemistry_aliases()
WHERE (kind <> 'name' AND try_chemistry(spelling) IS NOT NULL)
	OR (kind = 'name' AND NOT EXISTS (SELECT FROM node n
		WHERE n.code = target AND try_chemistry(CASE n.role WHEN 'negative electrode' THEN 'rechargeable|'
			WHEN 'electrolyte' THEN 'rechargeable||' ELSE '' END || spelling) = n.standing)
		AND try_chemistry(spelling) IS DISTINCT FROM try_chemistry(target));
SELECT kind, count(*) FROM chemistry_aliases() GROUP BY kind ORDER BY kind;

-- THE LIST.  95 nodes and 314 spellings were compiled from reports, standards
-- and the EMMO vocabulary (code, parent, active elements, spellings; remarks in
-- parentheses left out).  Each node is there; each spelling was judged.
CREATE TEMP TABLE listed (code text, parent text, elements text, spellings text);
INSERT INTO listed VALUES
  ('RECHARGEABLE', NULL, '', ''),
  ('LI', 'RECHARGEABLE', 'Li', 'lithium-based'),
  ('LI-ION', 'LI', 'Li', 'Li-ion; Li-Ion; Lithium-Ion; lithium ion; LIB; LiB; lithium-ion battery; 锂离子电池'),
  ('LI-POLY', 'LI-ION', 'Li', 'LiPo; Li-Po; lithium polymer; Lithium Ion Polymer; pouch'),
  ('LCO', 'LI-ION', 'Li Co', 'LiCoO2; lithium cobalt oxide; ICR'),
  ('LMO', 'LI-ION', 'Li Mn', 'LiMn2O4; spinel; lithium manganese oxide; IMR'),
  ('LNO', 'LI-ION', 'Li Ni', 'LiNiO2; lithium nickel oxide'),
  ('LNMO', 'LI-ION', 'Li Ni Mn', 'LiNi0.5Mn1.5O4; LMNO; high-voltage spinel'),
  ('NMX', 'LI-ION', 'Li Ni Mn', 'NMx; cobalt-free NM; NM 75'),
  ('LRMO', 'LI-ION', 'Li Mn Ni', 'LMR; LRM; Li-rich; lithium-rich manganese-based; xLi2MnO3'),
  ('NMC', 'LI-ION', 'Li Ni Mn Co', 'NCM; Li-NMC; Li(NiMnCo)O2; nickel manganese cobalt; Nickle Manganese Cobalt; ternary; 三元; INR'),
  ('NMC111', 'NMC', 'Li Ni Mn Co', 'NCM111; NMC 111; NMC333; NCM333; LiNi1/3Mn1/3Co1/3O2'),
  ('NMC442', 'NMC', 'Li Ni Mn Co', 'NCM424'),
  ('NMC532', 'NMC', 'Li Ni Mn Co', 'NCM523; NMC 532; NMC523'),
  ('NMC622', 'NMC', 'Li Ni Mn Co', 'NCM622; NMC 622'),
  ('NMC721', 'NMC', 'Li Ni Mn Co', 'NCM712; NMC 721'),
  ('NMC811', 'NMC', 'Li Ni Mn Co', 'NCM811; NCM 811; NMC 811; nmc811; LiNi0.8Mn0.1Co0.1O2; high-nickel'),
  ('NMC955', 'NMC', 'Li Ni Mn Co', 'NMC 95; Ni90+; NMC9.5.5; 9-series'),
  ('NMCA', 'LI-ION', 'Li Ni Mn Co Al', 'NCMA; NMCA 89:4:4:3; quaternary'),
  ('NCA', 'LI-ION', 'Li Ni Co Al', 'LiNiCoAlO2; LiNi0.8Co0.15Al0.05O2; Li-NCA'),
  ('LFP', 'LI-ION', 'Li Fe P', 'LiFePO4; lithium iron phosphate; Li-Fe Phosphate; Lithium-Iron Phosphate; LiFe; IFR; lfp; 磷酸铁锂'),
  ('LMFP', 'LI-ION', 'Li Mn Fe P', 'LiMnxFe1-xPO4; lithium manganese iron phosphate; LFMP; M3P'),
  ('LMP-PHOS', 'LI-ION', 'Li Mn P', 'LiMnPO4; lithium manganese phosphate'),
  ('LVP', 'LI-ION', 'Li V P', 'Li3V2(PO4)3'),
  ('BLEND', 'LI-ION', '(union)', 'LMO-NMC; NMC+LMO; LMO/NMC blend'),
  ('LIC', 'LI', 'Li C', 'Li-ion capacitor; lithium-ion capacitor; Li-ion supercapacitor hybrid'),
  ('LI-METAL', 'LI', 'Li', 'Li metal; lithium metal; LMB; anode-free; AFLMB'),
  ('LMP', 'LI-METAL', 'Li Fe P', 'Lithium Metal Polymer; Bollore LMP; Blue LMP'),
  ('TIS2-LI', 'LI-METAL', 'Li Ti S', 'titanium disulfide; TiS2'),
  ('LI-S', 'LI-METAL', 'Li S', 'Li-S; Li-Sulfur; lithium-sulfur; lithium sulphur; LSB'),
  ('LI-AIR', 'LI-METAL', 'Li', 'Li-air; lithium-air; Li-O2'),
  ('SSB', 'LI', 'Li', 'solid-state; all-solid-state; ASSB; solid state battery'),
  ('SSB-SULF', 'SSB', 'Li P S (Ge Cl)', 'sulfide; LPS; LGPS; argyrodite; Li6PS5Cl'),
  ('SSB-OX', 'SSB', 'Li La Zr', 'oxide; LLZO; garnet; LATP; ceramic'),
  ('SSB-POLY', 'SSB', 'Li', 'solid polymer; PEO; SPE'),
  ('SSB-HALIDE', 'SSB', 'Li Y Cl', 'halide; Li3YCl6'),
  ('SEMI-SOLID', 'SSB', 'Li', 'semi-solid; quasi-solid; hybrid solid-liquid; condensed'),
  ('NA', 'RECHARGEABLE', 'Na', 'sodium-based'),
  ('NA-ION', 'NA', 'Na', 'Na-ion; Sodium-Ion; SIB; NIB; sodium ion; 钠离子'),
  ('NA-LAYERED', 'NA-ION', 'Na Ni Fe Mn (Cu)', 'layered oxide; O3; P2; NFM; NaNFM111; NaNi1/3Fe1/3Mn1/3O2'),
  ('NA-PBA', 'NA-ION', 'Na Fe Mn N C', 'Prussian blue analogue; Prussian white; PBA; PW; hexacyanoferrate'),
  ('NA-POLY', 'NA-ION', 'Na Fe V P S', 'polyanion; NFPP; NVP; NVPF; NaFePO4; NFS'),
  ('NA-S', 'NA', 'Na S', 'Na-S; NaS; NAS; sodium sulfur; sodium-sulphur'),
  ('NA-MCL2', 'NA', 'Na Cl', 'Sodium-Metal Chloride; Na-MCl2; molten-salt battery'),
  ('NA-NICL2', 'NA-MCL2', 'Na Ni Cl', 'ZEBRA; Na-NiCl2; sodium nickel chloride'),
  ('NA-FECL2', 'NA-MCL2', 'Na Fe Cl', 'sodium iron chloride'),
  ('NA-AIR', 'NA', 'Na', 'Na-air; sodium-air'),
  ('K-ION', 'RECHARGEABLE', 'K', 'K-ion; KIB; potassium-ion'),
  ('MG', 'RECHARGEABLE', 'Mg', 'Mg-ion; magnesium'),
  ('AL', 'RECHARGEABLE', 'Al', 'Al-ion; aluminium-ion'),
  ('METAL-AIR', 'RECHARGEABLE', '', 'metal-air; metal air'),
  ('FE-AIR', 'METAL-AIR', 'Fe', 'Iron-Air; Fe-air'),
  ('ZN-AIR', 'METAL-AIR', 'Zn', 'Zinc-Air; Zn-air; Zinc-Air'),
  ('AL-AIR', 'METAL-AIR', 'Al', 'aluminium-air'),
  ('NICKEL', 'RECHARGEABLE', 'Ni', 'nickel-based'),
  ('NICD', 'NICKEL', 'Ni Cd', 'NiCd; Ni-Cd; nickel-cadmium; KR'),
  ('NIMH', 'NICKEL', 'Ni (La Ce Nd)', 'NiMH; Ni-MH; nickel metal hydride; HR; HF'),
  ('NIH2', 'NICKEL', 'Ni (Pt)', 'NiH2; Ni-H2; nickel-hydrogen'),
  ('NIZN', 'NICKEL', 'Ni Zn', 'NiZn; Ni-Zn; nickel-zinc'),
  ('NIFE', 'NICKEL', 'Ni Fe', 'NiFe; Edison'),
  ('LEAD', 'RECHARGEABLE', 'Pb S', 'lead-acid; Lead-Acid; PbA; lead acid'),
  ('PB-FLOODED', 'LEAD', 'Pb S', 'flooded; VLA; wet; OPzS'),
  ('PB-EFB', 'LEAD', 'Pb S', 'EFB; enhanced flooded'),
  ('PB-AGM', 'LEAD', 'Pb S', 'AGM; VRLA-AGM; VRLA'),
  ('PB-GEL', 'LEAD', 'Pb S', 'gel; VRLA-GEL; OPzV'),
  ('PB-C', 'LEAD', 'Pb S C', 'lead-carbon; UltraBattery'),
  ('FLOW', 'RECHARGEABLE', '', 'flow battery; RFB; redox flow'),
  ('FLOW-VV', 'FLOW', 'V S', 'V/V; VRB; VRFB; VFB; vanadium redox; vanadium flow'),
  ('FLOW-ZNBR', 'FLOW', 'Zn Br', 'Zn/Br2; Zn-Br; zinc bromine; ZnBr flow'),
  ('FLOW-VBR', 'FLOW', 'V Br', 'V/Br2'),
  ('FLOW-SBR', 'FLOW', 'S Br (Na)', 'S/Br2; polysulfide bromide; PSB'),
  ('FLOW-ZNCE', 'FLOW', 'Ce Zn', 'Ce/Zn; Zn-Ce'),
  ('FLOW-FECR', 'FLOW', 'Fe Cr', 'Fe/Cr; iron-chromium; ICB'),
  ('FLOW-PBPB', 'FLOW', 'Pb', 'Pb/Pb; soluble lead'),
  ('FLOW-FE', 'FLOW', 'Fe', 'all-iron; iron flow; Fe/Fe'),
  ('FLOW-ORG', 'FLOW', '', 'organic redox; quinone; AQDS; TEMPO; ORFB'),
  ('FLOW-HBR', 'FLOW', 'Br (Pt)', 'H2/Br2; hydrogen bromine'),
  ('ZN-BR-NF', 'RECHARGEABLE', 'Zn Br', 'Zn-Br-Nonflow; static zinc-bromine; Znyth'),
  ('ZN-MN', 'RECHARGEABLE', 'Zn Mn', 'rechargeable alkaline; Zn-MnO2; aqueous zinc-ion'),
  ('STRUCTURAL', 'RECHARGEABLE', 'Li C', 'structural battery; carbon-fibre laminate'),
  ('RFC', 'RECHARGEABLE', 'Pt', 'regenerative fuel cell'),
  ('AN-GR', NULL, 'C', 'graphite; Gr; natural graphite; artificial graphite; synthetic; carbon-based'),
  ('AN-SIGR', NULL, 'Si C', 'Si-graphite; Gr-Si; SiOx/Gr; Gr-SiOx; silicon-graphite'),
  ('AN-SI', NULL, 'Si', 'silicon; nano-Si; 100% silicon; high-silicon'),
  ('AN-LTO', NULL, 'Li Ti', 'LTO; Li4Ti5O12; Lithium-Titanate; lithium titanium oxide; SCiB'),
  ('AN-NTO', NULL, 'Nb Ti', 'NTO; TNO; Niobium-Titanate; TiNb2O7; niobium titanium oxide'),
  ('AN-LI', NULL, 'Li', 'lithium metal; Li; anode-free'),
  ('AN-HC', NULL, 'C', 'hard carbon; HC'),
  ('AN-NA', NULL, 'Na', 'sodium metal'),
  ('EL-LIQ', NULL, 'Li P F', 'liquid; LiPF6; carbonate; organic liquid'),
  ('EL-IL', NULL, '', 'ionic liquid'),
  ('EL-GEL', NULL, '', 'gel polymer; GPE'),
  ('EL-SPE', NULL, '', 'solid polymer; PEO'),
  ('EL-SSE', NULL, '', 'solid; sulfide; oxide; ceramic; halide'),
  ('EL-AQ', NULL, '', 'aqueous; KOH; H2SO4; ZnBr2(aq)');
SELECT count(*) AS nodes, count(n.code) AS known, sum(coalesce(array_length(string_to_array(nullif(spellings, ''), '; '), 1), 0)) AS spellings
FROM listed l LEFT JOIN node n USING (code);
-- where the taxonomy differs from the list: polymer is below solid, as
-- SSB-POLY is below SSB in the list; what some members only contain stands in
-- parentheses
SELECT code, l.parent AS listed, n.parent FROM listed l JOIN node n USING (code) WHERE l.parent IS DISTINCT FROM n.parent;
SELECT code, l.elements AS listed, array_to_string(n.elements, ' ') AS certain FROM listed l JOIN node n USING (code)
WHERE string_to_array(regexp_replace(nullif(l.elements, ''), ' ?\(.*\)', ''), ' ') IS DISTINCT FROM nullif(n.elements, '{}');

-- What became of each: where it stands, what it is read as, and why not.
\pset format unaligned
\pset fieldsep ' | '
SELECT code, s AS spelling, coalesce(try_chemistry(place || s)::text, '-') AS reads_as,
	CASE WHEN try_chemistry(place || s) IS NULL THEN split_part(chemistry_problem(place || s), E'\n', 2)
		WHEN try_chemistry(place || s) = standing THEN '' WHEN try_chemistry(place || s) <@ standing THEN 'below'
		ELSE 'ELSEWHERE' END AS remark
FROM (SELECT l.*, n.standing, CASE n.role WHEN 'negative electrode' THEN 'rechargeable|' WHEN 'electrolyte' THEN 'rechargeable||' ELSE '' END AS place,
		row_number() OVER () AS row FROM listed l JOIN node n USING (code)) l, string_to_table(nullif(spellings, ''), '; ') WITH ORDINALITY AS t(s, i)
ORDER BY (SELECT pg_temp.bits(o.standing) FROM node o WHERE o.code = l.code), l.code, i;
-- and the parts when they stand alone
SELECT code, s AS spelling, coalesce(try_chemistry(s)::text, '-') AS reads_as, coalesce(split_part(chemistry_problem(s), E'\n', 2), '') AS problem
FROM listed l JOIN node n USING (code), string_to_table(nullif(spellings, ''), '; ') WITH ORDINALITY AS t(s, i)
WHERE n.value IS NULL ORDER BY (SELECT pg_temp.bits(o.standing) FROM node o WHERE o.code = l.code), l.code, i;
\pset format aligned
