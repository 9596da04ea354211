-- What a rollup is.  Its states are in tables of its own, NAME_state and NAME_change.

CREATE TABLE battery_rollup.schema_version (
	version text PRIMARY KEY,
	applied_at timestamptz NOT NULL DEFAULT pg_catalog.now()
);
COMMENT ON TABLE battery_rollup.schema_version IS 'versions of this schema, the latest last';

CREATE TABLE battery_rollup.rollup (
	rollup name PRIMARY KEY,
	source regclass NOT NULL,
	is_strict boolean NOT NULL,
	fold_after integer NOT NULL CHECK (fold_after > 0),
	battery_schema name NOT NULL,
	built_at timestamptz
);
COMMENT ON TABLE battery_rollup.rollup IS 'the rollups: of which table, and how they are kept';
COMMENT ON COLUMN battery_rollup.rollup.is_strict IS 'whether a row that a measure refuses stops the write; else it is left out and counted';
COMMENT ON COLUMN battery_rollup.rollup.fold_after IS 'number of states appended to a level after which a write of few folds them into the groups';
COMMENT ON COLUMN battery_rollup.rollup.battery_schema IS 'where the extension was when the triggers were made';
COMMENT ON COLUMN battery_rollup.rollup.built_at IS 'when the groups were last made from all the rows; NULL: not yet';

CREATE TABLE battery_rollup.measure (
	rollup name NOT NULL REFERENCES battery_rollup.rollup ON DELETE CASCADE,
	number integer NOT NULL,
	measure name NOT NULL,
	call text NOT NULL,
	aggregate name NOT NULL,
	arguments integer NOT NULL,
	is_variadic boolean NOT NULL,
	is_filtered boolean NOT NULL,
	state name NOT NULL,
	PRIMARY KEY (rollup, number),
	UNIQUE (rollup, measure)
);
COMMENT ON TABLE battery_rollup.measure IS 'what a rollup keeps of each group: one call of an aggregate each';
COMMENT ON COLUMN battery_rollup.measure.call IS 'the call, as the server prints it';
COMMENT ON COLUMN battery_rollup.measure.state IS 'the type of battery that it gives';

CREATE TABLE battery_rollup.level (
	rollup name NOT NULL REFERENCES battery_rollup.rollup ON DELETE CASCADE,
	number integer NOT NULL,
	level name NOT NULL UNIQUE,
	keys name[] NOT NULL,
	types text[] NOT NULL,
	collations text[] NOT NULL,
	expressions text[] NOT NULL,
	PRIMARY KEY (rollup, number)
);
COMMENT ON TABLE battery_rollup.level IS 'the levels of a rollup: 0 has the groups that were asked for, the others are coarser';
COMMENT ON COLUMN battery_rollup.level.level IS 'the name of its view; its groups are in LEVEL_state, what writes appended since in LEVEL_change';
COMMENT ON COLUMN battery_rollup.level.collations IS 'of each key, as a clause; empty: that of its type';
COMMENT ON COLUMN battery_rollup.level.expressions IS 'its keys over columns of the table, or of level 0';

CREATE TABLE battery_rollup.member (
	rollup name NOT NULL REFERENCES battery_rollup.rollup ON DELETE CASCADE,
	relation regclass NOT NULL,
	generated text,
	PRIMARY KEY (rollup, relation)
);
COMMENT ON TABLE battery_rollup.member IS 'the table of a rollup and its partitions, each of which has the triggers';

CREATE TABLE battery_rollup.fold (
	rollup name NOT NULL,
	number integer NOT NULL,
	appended bigint NOT NULL DEFAULT 0,
	failed_in xid8,
	PRIMARY KEY (rollup, number),
	FOREIGN KEY (rollup, number) REFERENCES battery_rollup.level ON DELETE CASCADE
);
COMMENT ON COLUMN battery_rollup.member.generated IS 'how it computed the generated columns that the rollup reads, when that was built';
COMMENT ON TABLE battery_rollup.fold IS 'who folds a level holds the lock of its row, which is tried by writers and never waited for';
COMMENT ON COLUMN battery_rollup.fold.appended IS 'how many states had been appended at the last fold';
COMMENT ON COLUMN battery_rollup.fold.failed_in IS 'the transaction in which the last fold failed; a second one that fails is trouble';

CREATE TABLE battery_rollup.trouble (
	rollup name NOT NULL, -- no foreign key: a write may have trouble whose snapshot is older than the rollup
	noticed_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
	reason text NOT NULL,
	relation oid
);
ALTER TABLE battery_rollup.trouble REPLICA IDENTITY FULL;
COMMENT ON TABLE battery_rollup.trouble IS 'what a rollup could not follow; while there is a row, it is stale';
COMMENT ON COLUMN battery_rollup.trouble.relation IS 'the table or partition whose rows it is about; NULL: others, too';
