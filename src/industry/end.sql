INSERT INTO industry.schema_version (version) VALUES (:'industry_version');

COMMIT;
