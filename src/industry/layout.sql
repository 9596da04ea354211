/*
 * Layouts: what a file of each kind looks like.  loader_layout.sql fills them.
 *
 * This part runs at set-up and at every upgrade.
 */

-- They were views in 1.0.0, which two of its functions read.
DO $$
BEGIN
	IF EXISTS (SELECT FROM pg_class c WHERE c.relname = 'layout' AND c.relnamespace = 'industry'::regnamespace AND c.relkind = 'v') THEN
		DROP FUNCTION industry.target_columns(text), industry.key_text(text, text, text[]);
		DROP VIEW industry.layout_column, industry.layout;
	END IF;
END
$$;

CREATE TABLE IF NOT EXISTS industry.layout (
	kind text PRIMARY KEY CHECK (kind ~ '^[a-z][a-z0-9_]*$'),
	fact_table text,
	default_metric text CHECK (default_metric ~ '^[a-z][a-z0-9_]*$'),
	series_columns text[] NOT NULL DEFAULT '{metric, application, geography}',
	needs text[] NOT NULL DEFAULT '{}',
	meaning text NOT NULL
);
COMMENT ON TABLE industry.layout IS 'kinds of files that the loader reads. A kind with a fact_table becomes facts of statement sets; the others are reference tables, which a file corrects in place';
COMMENT ON COLUMN industry.layout.kind IS 'kind, the first argument of battery-load';
COMMENT ON COLUMN industry.layout.fact_table IS 'table of facts; NULL for a reference table, which is named like the kind';
COMMENT ON COLUMN industry.layout.default_metric IS 'metric of the series; NULL where the file must say it';
COMMENT ON COLUMN industry.layout.series_columns IS 'columns of layout_common of part series that such a file may have';
COMMENT ON COLUMN industry.layout.needs IS 'columns of layout_common that it must have';
COMMENT ON COLUMN industry.layout.meaning IS 'what such a file holds';

CREATE TABLE IF NOT EXISTS industry.layout_reader (
	reads text PRIMARY KEY,
	source text NOT NULL CHECK (source IN ('word', 'name', 'figure', 'day', 'period', 'none')),
	dimension text CHECK ((dimension IS NOT NULL) = (source = 'figure')),
	is_exact boolean NOT NULL DEFAULT false,
	expression text,
	problem text,
	hint text
);
COMMENT ON TABLE industry.layout_reader IS 'how the text of a column is read. Whoever may write here writes parts of the loader''s statements: it is for the owner of the schema';
COMMENT ON COLUMN industry.layout_reader.reads IS 'name of the reader, as layout_column.reads has it';
COMMENT ON COLUMN industry.layout_reader.source IS 'word: an expression over the text of the cell; name: looked up, each name once; figure: by read_figure; day: a date; period: for the statement set; none: read with the figures of the row';
COMMENT ON COLUMN industry.layout_reader.dimension IS 'dimension of a figure, as read_figure has them';
COMMENT ON COLUMN industry.layout_reader.is_exact IS 'whether a figure must be one exact number, or a date a day';
COMMENT ON COLUMN industry.layout_reader.expression IS 'expression for the value, with names in braces; NULL where layout_fill has them';
COMMENT ON COLUMN industry.layout_reader.problem IS 'condition under which a cell is refused; {value} is the expression';
COMMENT ON COLUMN industry.layout_reader.hint IS 'what to do about it';

CREATE TABLE IF NOT EXISTS industry.layout_fill (
	reads text NOT NULL REFERENCES industry.layout_reader,
	position integer NOT NULL,
	target text NOT NULL,
	expression text NOT NULL,
	PRIMARY KEY (reads, position)
);
COMMENT ON TABLE industry.layout_fill IS 'columns of a table that one column of a file fills, where they are more than its target or need more than its text';
COMMENT ON COLUMN industry.layout_fill.reads IS 'reader';
COMMENT ON COLUMN industry.layout_fill.position IS 'number within the reader';
COMMENT ON COLUMN industry.layout_fill.target IS 'column of the table; {t} is the target of the layout, {p} its prefix';
COMMENT ON COLUMN industry.layout_fill.expression IS 'expression for it, with names in braces';

CREATE TABLE IF NOT EXISTS industry.layout_common (
	position integer PRIMARY KEY,
	column_name text NOT NULL UNIQUE,
	reads text NOT NULL REFERENCES industry.layout_reader,
	part text NOT NULL CHECK (part IN ('set', 'series', 'fact', 'figure')),
	allowed text[],
	also_called text[] NOT NULL DEFAULT '{}',
	meaning text NOT NULL
);
CREATE INDEX IF NOT EXISTS layout_common_reads ON industry.layout_common (reads);
COMMENT ON TABLE industry.layout_common IS 'columns that files of every kind of fact may have';
COMMENT ON COLUMN industry.layout_common.position IS 'order in which the documentation lists them';
COMMENT ON COLUMN industry.layout_common.column_name IS 'name in the header';
COMMENT ON COLUMN industry.layout_common.reads IS 'how its text is read';
COMMENT ON COLUMN industry.layout_common.part IS 'as in layout_column';
COMMENT ON COLUMN industry.layout_common.allowed IS 'words that it takes; NULL where it takes more';
COMMENT ON COLUMN industry.layout_common.also_called IS 'other header names, under their header_key';
COMMENT ON COLUMN industry.layout_common.meaning IS 'meaning and what an empty cell means';

CREATE TABLE IF NOT EXISTS industry.layout_field (
	kind text NOT NULL REFERENCES industry.layout ON DELETE CASCADE,
	position integer NOT NULL,
	column_name text NOT NULL CHECK (column_name ~ '^[a-z][a-z0-9_]*$'),
	reads text NOT NULL REFERENCES industry.layout_reader,
	required text,
	part text NOT NULL DEFAULT 'own' CHECK (part IN ('own', 'reference')),
	target text,
	is_key boolean NOT NULL DEFAULT false,
	allowed text[],
	unit text,
	prefix text,
	default_value text,
	also_called text[] NOT NULL DEFAULT '{}',
	meaning text NOT NULL,
	is_shipped boolean NOT NULL DEFAULT false,
	PRIMARY KEY (kind, column_name)
);
CREATE INDEX IF NOT EXISTS layout_field_reads ON industry.layout_field (reads);
COMMENT ON TABLE industry.layout_field IS 'columns that only files of one kind have. Whoever may write here writes parts of the loader''s statements: it is for the owner of the schema';
COMMENT ON COLUMN industry.layout_field.kind IS 'kind of file';
COMMENT ON COLUMN industry.layout_field.position IS 'order in which the documentation lists them';
COMMENT ON COLUMN industry.layout_field.column_name IS 'name in the header';
COMMENT ON COLUMN industry.layout_field.reads IS 'how its text is read';
COMMENT ON COLUMN industry.layout_field.required IS 'as in layout_column';
COMMENT ON COLUMN industry.layout_field.part IS 'own, or reference for reference tables';
COMMENT ON COLUMN industry.layout_field.target IS 'column of the table that it goes to';
COMMENT ON COLUMN industry.layout_field.is_key IS 'whether it is part of what makes a row one statement';
COMMENT ON COLUMN industry.layout_field.allowed IS 'words that it takes; NULL where it takes more';
COMMENT ON COLUMN industry.layout_field.unit IS 'as in layout_column';
COMMENT ON COLUMN industry.layout_field.prefix IS 'as in layout_column; of a date the column for its precision, where that is not named after the target';
COMMENT ON COLUMN industry.layout_field.default_value IS 'as in layout_column';
COMMENT ON COLUMN industry.layout_field.also_called IS 'as in layout_column';
COMMENT ON COLUMN industry.layout_field.meaning IS 'meaning, unit and what an empty cell means';
COMMENT ON COLUMN industry.layout_field.is_shipped IS 'whether it came with battery: an upgrade replaces those and no others';

CREATE TABLE IF NOT EXISTS industry.layout_rule (
	kind text NOT NULL REFERENCES industry.layout ON DELETE CASCADE,
	position integer NOT NULL,
	condition text NOT NULL,
	column_name text,
	message text NOT NULL,
	hint text,
	is_note boolean NOT NULL DEFAULT false,
	is_shipped boolean NOT NULL DEFAULT false,
	PRIMARY KEY (kind, position)
);
COMMENT ON TABLE industry.layout_rule IS 'what columns of a row must not say together. Whoever may write here writes parts of the loader''s statements: it is for the owner of the schema';
COMMENT ON COLUMN industry.layout_rule.kind IS 'kind of file';
COMMENT ON COLUMN industry.layout_rule.position IS 'number of the rule within the kind';
COMMENT ON COLUMN industry.layout_rule.condition IS 'condition under which the row is refused, or noted, with names in braces as in layout_fill, and those of a column as {value:cost}';
COMMENT ON COLUMN industry.layout_rule.column_name IS 'column to name in the refusal';
COMMENT ON COLUMN industry.layout_rule.message IS 'what is wrong';
COMMENT ON COLUMN industry.layout_rule.hint IS 'what to do about it';
COMMENT ON COLUMN industry.layout_rule.is_note IS 'whether the row loads with the message as a note';
COMMENT ON COLUMN industry.layout_rule.is_shipped IS 'whether it came with battery: an upgrade replaces those and no others';
