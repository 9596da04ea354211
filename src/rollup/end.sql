-- What rollups have of code is brought up to date with it.
SELECT battery_rollup.make_code(r.rollup) FROM battery_rollup.rollup r ORDER BY r.rollup;

INSERT INTO battery_rollup.schema_version (version) VALUES (:'battery_rollup_version')
ON CONFLICT (version) DO NOTHING;

COMMIT;
