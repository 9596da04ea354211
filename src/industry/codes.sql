/*
 * What a source's codes mean, for the columns that take a chemistry, a country
 * or a status.
 *
 * A list has a name.  A list that is named like a source or a publisher is asked
 * for its files by itself, any other where the source's option "codes" names it.
 * This part runs at set-up and at every upgrade, and writes the lists of the kit
 * anew; rows in lists of other names stay.
 */
DO $$
BEGIN
	IF to_regtype('industry.project_status') IS NULL THEN
		CREATE DOMAIN industry.project_status AS text
			CONSTRAINT project_status_is_known CHECK (VALUE IN ('announced', 'planned', 'permitted', 'under_construction', 'operating',
				'standby_or_out_of_service', 'retired', 'cancelled', 'unknown'));
	END IF;
END
$$;
COMMENT ON DOMAIN industry.project_status IS
'how far a project is: announced, planned, permitted, under_construction, operating, standby_or_out_of_service, retired, cancelled; unknown where the source says that it is not known';

CREATE OR REPLACE FUNCTION industry.code_key(code text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(industry.name_key(code), '^0+(?=[0-9]+$)', '');
COMMENT ON FUNCTION industry.code_key(text) IS
'key under which a printed code is looked up: name_key, and the leading zeros of a number left out, which spreadsheets drop';

CREATE OR REPLACE FUNCTION industry.is_chemistry(as_printed text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN try_chemistry(as_printed) IS NOT NULL;
COMMENT ON FUNCTION industry.is_chemistry(text) IS 'whether the text is read as a chemistry';

CREATE OR REPLACE FUNCTION industry.is_status(as_printed text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN as_printed IN ('announced', 'planned', 'permitted', 'under_construction', 'operating', 'standby_or_out_of_service', 'retired', 'cancelled', 'unknown');
COMMENT ON FUNCTION industry.is_status(text) IS 'whether the text is a value of project_status';

CREATE TABLE IF NOT EXISTS industry.code_list (
	list text NOT NULL CHECK (list <> '' AND list = btrim(list)),
	field text NOT NULL CHECK (field IN ('chemistry', 'country', 'status')),
	code text NOT NULL CHECK (btrim(code) <> ''),
	code_key text NOT NULL GENERATED ALWAYS AS (industry.code_key(code)) STORED,
	meaning text,
	note text,
	PRIMARY KEY (list, field, code_key),
	CONSTRAINT code_list_country CHECK (field <> 'country' OR meaning ~ '^[A-Z]{2}$' OR meaning IN ('stated_total', 'subtotal', 'remainder')),
	CONSTRAINT code_list_status CHECK (field <> 'status' OR meaning IS NOT NULL AND industry.is_status(meaning)),
	CONSTRAINT code_list_chemistry CHECK (field <> 'chemistry' OR meaning IS NULL OR industry.is_chemistry(meaning))
);
-- A subscription cannot find rows by a key that it computes itself.
CREATE UNIQUE INDEX IF NOT EXISTS code_list_code ON industry.code_list (list, field, code);
ALTER TABLE industry.code_list REPLICA IDENTITY USING INDEX code_list_code;
COMMENT ON TABLE industry.code_list IS 'what the codes and words of a source mean, by list. The list common is asked for every source, after its own; eia-860, iea, iso-3166, iso-3166-numeric, un-comtrade and uk-repd come with the schema for sources to name';
COMMENT ON COLUMN industry.code_list.list IS 'name of the list: that of a source or publisher, whose files it is for, or one that the option codes of a source names';
COMMENT ON COLUMN industry.code_list.field IS 'what the code is of: chemistry, country, status';
COMMENT ON COLUMN industry.code_list.code IS 'code or word as printed';
COMMENT ON COLUMN industry.code_list.code_key IS 'key of the code, by code_key';
COMMENT ON COLUMN industry.code_list.meaning IS 'the chemistry, as text; the ISO 3166-1 alpha-2 code, or stated_total, subtotal or remainder; the status. NULL for a code of no chemistry or country that is known here: the row loads without one, the text is kept';
COMMENT ON COLUMN industry.code_list.note IS 'the meaning in the words of whoever made the list';

DELETE FROM industry.code_list WHERE list IN ('common', 'eia-860', 'iea', 'iso-3166', 'iso-3166-numeric', 'un-comtrade', 'uk-repd');

-- Form EIA-860 of the US Energy Information Administration: storage technology
-- (schedule 3, energy storage) and status of generators, proposed ones included;
-- EIA-860M prints the status as "(OP) Operating".
INSERT INTO industry.code_list (list, field, code, meaning, note) VALUES
	('eia-860', 'chemistry', 'LIB', 'Li-ion', 'lithium-ion batteries'),
	('eia-860', 'chemistry', 'NIB', 'Ni-alkaline', 'nickel-based batteries'),
	('eia-860', 'chemistry', 'NAB', 'sodium', 'sodium-based batteries'),
	('eia-860', 'chemistry', 'PBB', 'lead-acid', 'lead-acid batteries'),
	('eia-860', 'chemistry', 'FLB', 'flow', 'flow batteries'),
	('eia-860', 'chemistry', 'MAB', 'metal-air', 'metal-air batteries'),
	('eia-860', 'chemistry', 'ECC', NULL, 'electrochemical capacitors, which are no batteries'),
	('eia-860', 'chemistry', 'OTH', NULL, 'other'),
	('eia-860', 'status', 'OP', 'operating', 'Operating'),
	('eia-860', 'status', 'SB', 'standby_or_out_of_service', 'Standby/Backup: available for service but not normally used'),
	('eia-860', 'status', 'OA', 'standby_or_out_of_service', 'Out of service but expected to return to service in next calendar year'),
	('eia-860', 'status', 'OS', 'standby_or_out_of_service', 'Out of service and NOT expected to return to service in next calendar year'),
	('eia-860', 'status', 'RE', 'retired', 'Retired'),
	('eia-860', 'status', 'CN', 'cancelled', 'Cancelled, previously reported as planned'),
	('eia-860', 'status', 'IP', 'cancelled', 'Planned new generator cancelled, indefinitely postponed, or no longer in resource plan'),
	('eia-860', 'status', 'P', 'planned', 'Planned for installation, but regulatory approvals not initiated'),
	('eia-860', 'status', 'L', 'planned', 'Regulatory approvals pending. Not under construction'),
	('eia-860', 'status', 'T', 'permitted', 'Regulatory approvals received. Not under construction'),
	('eia-860', 'status', 'U', 'under_construction', 'Under construction, less than or equal to 50 percent complete'),
	('eia-860', 'status', 'V', 'under_construction', 'Under construction, more than 50 percent complete'),
	('eia-860', 'status', 'TS', 'under_construction', 'Construction complete, but not yet in commercial operation'),
	('eia-860', 'status', 'OT', 'unknown', 'Other');
-- The same in words, as EIA-860M has them, is read for every source.
INSERT INTO industry.code_list (list, field, code, meaning)
SELECT 'common', c.field, c.note, c.meaning
FROM industry.code_list c
WHERE c.list = 'eia-860' AND c.field = 'status' AND c.code <> 'OT';

-- Words of registers and reports.  Not here, because they say two things: active
-- (a plant, or a request in a queue), suspended, on hold, completed, approved
-- (a budget, too).
INSERT INTO industry.code_list (list, field, code, meaning)
SELECT 'common', 'status', w.word, s.status
FROM (VALUES
	('announced', ARRAY['announced', 'announcement', 'rumoured', 'rumored', 'intended', 'memorandum of understanding', 'MoU']),
	('planned', ARRAY['planned', 'planning', 'in planning', 'proposed', 'proposal', 'in development', 'under development', 'development', 'early development',
		'advanced development', 'pre-construction', 'preconstruction', 'contracted', 'pre-permit', 'permit pending', 'permitting', 'in permitting',
		'regulatory approvals pending', 'application submitted', 'application lodged', 'appeal lodged', 'feasibility', 'feasibility study', 'concept', 'conceptual', 'prospective']),
	('permitted', ARRAY['permitted', 'permit granted', 'consented', 'consent granted', 'planning permission granted', 'application granted', 'appeal granted',
		'awaiting construction', 'ready to build', 'regulatory approvals received', 'fully permitted', 'licensed']),
	('under_construction', ARRAY['under construction', 'in construction', 'construction', 'being built', 'construction started', 'construction begun', 'commissioning',
		'in commissioning', 'under commissioning', 'testing', 'partly under construction', 'not yet in commercial operation', 'expansion under construction']),
	('operating', ARRAY['operating', 'operational', 'operation', 'in operation', 'in service', 'in-service', 'commissioned', 'in commercial operation', 'commercial operation',
		'online', 'on-line', 'running', 'energised', 'energized', 'existing', 'in production', 'producing', 'fully operational']),
	('standby_or_out_of_service', ARRAY['standby', 'stand-by', 'backup', 'standby/backup', 'out of service', 'temporarily out of service', 'mothballed', 'idle', 'idled', 'offline', 'off-line',
		'under repair', 'off-line/under repair', 'reserve']),
	('retired', ARRAY['retired', 'decommissioned', 'de-commissioned', 'dismantled', 'demolished', 'shut down', 'shutdown', 'closed', 'permanently closed']),
	('cancelled', ARRAY['cancelled', 'canceled', 'shelved', 'abandoned', 'withdrawn', 'rejected', 'refused', 'application refused', 'application withdrawn', 'appeal refused',
		'appeal withdrawn', 'indefinitely postponed', 'planning permission expired', 'shelved - inferred', 'cancelled - inferred', 'scrapped']),
	('unknown', ARRAY['unknown', 'not known', 'status unknown'])) AS s (status, words)
CROSS JOIN LATERAL unnest(s.words) AS w (word)
ON CONFLICT (list, field, code_key) DO NOTHING;

-- The UK's Renewable Energy Planning Database has more words, in its own sense.
INSERT INTO industry.code_list (list, field, code, meaning, note) VALUES
	('uk-repd', 'status', 'No Application Required', 'planned', 'small schemes that need no permission'),
	('uk-repd', 'status', 'No Application Made', 'planned', NULL),
	('uk-repd', 'status', 'Revised', 'planned', 'an application that another took the place of: look for both');

-- Numbers of ISO 3166-1 (UN M49).  The IMF and FAO print other numbers of three
-- digits (the IMF's 156 is Canada), so that a number alone is refused.
INSERT INTO industry.code_list (list, field, code, meaning)
SELECT 'iso-3166-numeric', 'country', n.code, n.country
FROM (VALUES
	('004', 'AF'), ('008', 'AL'), ('010', 'AQ'), ('012', 'DZ'), ('016', 'AS'), ('020', 'AD'), ('024', 'AO'), ('028', 'AG'),
	('031', 'AZ'), ('032', 'AR'), ('036', 'AU'), ('040', 'AT'), ('044', 'BS'), ('048', 'BH'), ('050', 'BD'), ('051', 'AM'),
	('052', 'BB'), ('056', 'BE'), ('060', 'BM'), ('064', 'BT'), ('068', 'BO'), ('070', 'BA'), ('072', 'BW'), ('074', 'BV'),
	('076', 'BR'), ('084', 'BZ'), ('086', 'IO'), ('090', 'SB'), ('092', 'VG'), ('096', 'BN'), ('100', 'BG'), ('104', 'MM'),
	('108', 'BI'), ('112', 'BY'), ('116', 'KH'), ('120', 'CM'), ('124', 'CA'), ('132', 'CV'), ('136', 'KY'), ('140', 'CF'),
	('144', 'LK'), ('148', 'TD'), ('152', 'CL'), ('156', 'CN'), ('158', 'TW'), ('162', 'CX'), ('166', 'CC'), ('170', 'CO'),
	('174', 'KM'), ('175', 'YT'), ('178', 'CG'), ('180', 'CD'), ('184', 'CK'), ('188', 'CR'), ('191', 'HR'), ('192', 'CU'),
	('196', 'CY'), ('203', 'CZ'), ('204', 'BJ'), ('208', 'DK'), ('212', 'DM'), ('214', 'DO'), ('218', 'EC'), ('222', 'SV'),
	('226', 'GQ'), ('231', 'ET'), ('232', 'ER'), ('233', 'EE'), ('234', 'FO'), ('238', 'FK'), ('239', 'GS'), ('242', 'FJ'),
	('246', 'FI'), ('248', 'AX'), ('250', 'FR'), ('254', 'GF'), ('258', 'PF'), ('260', 'TF'), ('262', 'DJ'), ('266', 'GA'),
	('268', 'GE'), ('270', 'GM'), ('275', 'PS'), ('276', 'DE'), ('288', 'GH'), ('292', 'GI'), ('296', 'KI'), ('300', 'GR'),
	('304', 'GL'), ('308', 'GD'), ('312', 'GP'), ('316', 'GU'), ('320', 'GT'), ('324', 'GN'), ('328', 'GY'), ('332', 'HT'),
	('334', 'HM'), ('336', 'VA'), ('340', 'HN'), ('344', 'HK'), ('348', 'HU'), ('352', 'IS'), ('356', 'IN'), ('360', 'ID'),
	('364', 'IR'), ('368', 'IQ'), ('372', 'IE'), ('376', 'IL'), ('380', 'IT'), ('384', 'CI'), ('388', 'JM'), ('392', 'JP'),
	('398', 'KZ'), ('400', 'JO'), ('404', 'KE'), ('408', 'KP'), ('410', 'KR'), ('414', 'KW'), ('417', 'KG'), ('418', 'LA'),
	('422', 'LB'), ('426', 'LS'), ('428', 'LV'), ('430', 'LR'), ('434', 'LY'), ('438', 'LI'), ('440', 'LT'), ('442', 'LU'),
	('446', 'MO'), ('450', 'MG'), ('454', 'MW'), ('458', 'MY'), ('462', 'MV'), ('466', 'ML'), ('470', 'MT'), ('474', 'MQ'),
	('478', 'MR'), ('480', 'MU'), ('484', 'MX'), ('492', 'MC'), ('496', 'MN'), ('498', 'MD'), ('499', 'ME'), ('500', 'MS'),
	('504', 'MA'), ('508', 'MZ'), ('512', 'OM'), ('516', 'NA'), ('520', 'NR'), ('524', 'NP'), ('528', 'NL'), ('531', 'CW'),
	('533', 'AW'), ('534', 'SX'), ('535', 'BQ'), ('540', 'NC'), ('548', 'VU'), ('554', 'NZ'), ('558', 'NI'), ('562', 'NE'),
	('566', 'NG'), ('570', 'NU'), ('574', 'NF'), ('578', 'NO'), ('580', 'MP'), ('581', 'UM'), ('583', 'FM'), ('584', 'MH'),
	('585', 'PW'), ('586', 'PK'), ('591', 'PA'), ('598', 'PG'), ('600', 'PY'), ('604', 'PE'), ('608', 'PH'), ('612', 'PN'),
	('616', 'PL'), ('620', 'PT'), ('624', 'GW'), ('626', 'TL'), ('630', 'PR'), ('634', 'QA'), ('638', 'RE'), ('642', 'RO'),
	('643', 'RU'), ('646', 'RW'), ('652', 'BL'), ('654', 'SH'), ('659', 'KN'), ('660', 'AI'), ('662', 'LC'), ('663', 'MF'),
	('666', 'PM'), ('670', 'VC'), ('674', 'SM'), ('678', 'ST'), ('682', 'SA'), ('686', 'SN'), ('688', 'RS'), ('690', 'SC'),
	('694', 'SL'), ('702', 'SG'), ('703', 'SK'), ('704', 'VN'), ('705', 'SI'), ('706', 'SO'), ('710', 'ZA'), ('716', 'ZW'),
	('724', 'ES'), ('728', 'SS'), ('729', 'SD'), ('732', 'EH'), ('740', 'SR'), ('744', 'SJ'), ('748', 'SZ'), ('752', 'SE'),
	('756', 'CH'), ('760', 'SY'), ('762', 'TJ'), ('764', 'TH'), ('768', 'TG'), ('772', 'TK'), ('776', 'TO'), ('780', 'TT'),
	('784', 'AE'), ('788', 'TN'), ('792', 'TR'), ('795', 'TM'), ('796', 'TC'), ('798', 'TV'), ('800', 'UG'), ('804', 'UA'),
	('807', 'MK'), ('818', 'EG'), ('826', 'GB'), ('831', 'GG'), ('832', 'JE'), ('833', 'IM'), ('834', 'TZ'), ('840', 'US'),
	('850', 'VI'), ('854', 'BF'), ('858', 'UY'), ('860', 'UZ'), ('862', 'VE'), ('876', 'WF'), ('882', 'WS'), ('887', 'YE'),
	('894', 'ZM')) AS n (code, country);

-- UN Comtrade's numbers are those, with these differences; its codes of three
-- letters are ISO's.
INSERT INTO industry.code_list (list, field, code, meaning, note) VALUES
	('un-comtrade', 'country', '0', 'stated_total', 'World'),
	('un-comtrade', 'country', '97', 'subtotal', 'European Union'),
	('un-comtrade', 'country', '251', 'FR', 'France with Monaco and its departments overseas'),
	('un-comtrade', 'country', '381', 'IT', 'Italy with San Marino'),
	('un-comtrade', 'country', '490', 'TW', 'Other Asia, nes: in practice Taiwan; as a partner it may hold a little else'),
	('un-comtrade', 'country', '579', 'NO', 'Norway with Svalbard and Jan Mayen'),
	('un-comtrade', 'country', '699', 'IN', 'India'),
	('un-comtrade', 'country', '757', 'CH', 'Switzerland with Liechtenstein'),
	('un-comtrade', 'country', '837', 'remainder', 'Bunkers'),
	('un-comtrade', 'country', '838', 'remainder', 'Free Zones'),
	('un-comtrade', 'country', '839', 'remainder', 'Special Categories'),
	('un-comtrade', 'country', '842', 'US', 'USA with Puerto Rico and the US Virgin Islands'),
	('un-comtrade', 'country', '899', 'remainder', 'Areas, nes'),
	('un-comtrade', 'country', 'Congo', 'CG', 'Comtrade prints the other as Dem. Rep. of the Congo'),
	('un-comtrade', 'country', '_X', 'remainder', 'Areas, nes');
INSERT INTO industry.code_list (list, field, code, meaning, note)
SELECT 'un-comtrade', c.field, c.code, c.meaning, c.note
FROM industry.code_list c WHERE c.list = 'iso-3166-numeric'
ON CONFLICT (list, field, code_key) DO NOTHING;

-- Names that one publisher uses for one country only
INSERT INTO industry.code_list (list, field, code, meaning, note) VALUES
	('iea', 'country', 'Korea', 'KR', NULL),
	('iea', 'country', 'Congo', 'CG', 'the IEA prints the other as Democratic Republic of the Congo'),
	('iso-3166', 'country', 'Congo', 'CG', 'the short name of ISO 3166-1');
