INSERT INTO industry.schema_version (version) VALUES ('1.0.0');

COMMIT;
