CREATE SCHEMA battery_rollup;
COMMENT ON SCHEMA battery_rollup IS 'rollups of users'' tables that keep themselves up to date; battery-rollup makes them';
