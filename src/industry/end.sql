INSERT INTO industry.schema_version (version) VALUES (:'industry_version')
ON CONFLICT (version) DO NOTHING;

COMMIT;
