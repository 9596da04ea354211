/*
 * Tables.
 *
 * Three kinds: reference tables, which say who and what exists and may be
 * corrected in place; fact tables, whose rows are what a source printed and are
 * never changed; and the loader's own.
 *
 * A fact belongs to a statement set: the figures that one edition of one
 * publisher gives for one series and one period.  Sets are what editions
 * replace, whole; a fact alone is never the latest.  Nothing refers to a fact
 * by a foreign key, so that the tables of facts may be partitioned by whoever
 * owns them.
 *
 * Enumerations are text with a CHECK: they dump, restore, upgrade and read in a
 * BI tool like any text.
 */

CREATE TABLE industry.schema_version (
	version text PRIMARY KEY,
	applied_at timestamptz NOT NULL DEFAULT now(),
	applied_by name NOT NULL DEFAULT current_user
);
COMMENT ON TABLE industry.schema_version IS 'versions of the schema industry that were applied to this database, one a row';
COMMENT ON COLUMN industry.schema_version.version IS 'version, such as 1.0.0';
COMMENT ON COLUMN industry.schema_version.applied_at IS 'when it was applied';
COMMENT ON COLUMN industry.schema_version.applied_by IS 'role that applied it';

/*
 * Keys and rules that the tables use.
 */

CREATE FUNCTION industry.name_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(
	lower(normalize(name, NFKC)),
	-- blanks, hyphens, dashes, full stops, commas, quotes, soft hyphens
	U&'[[:space:]\00A0\00AD\2000-\2015\2018-\201F\2212\3000._,''"-]+', ' ', 'g'));
COMMENT ON FUNCTION industry.name_key(text) IS
'key under which a printed name is looked up: compatibility forms folded (NFKC), lower case, and every run of blanks, hyphens, dashes, full stops, commas and quotes made one blank; two names with one key are the same name';

CREATE FUNCTION industry.is_consistent(qualifier text, missing_reason text, has_value boolean, has_low boolean, has_high boolean)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
	WHEN missing_reason = 'conflict' THEN NOT has_value AND has_low = has_high
	WHEN missing_reason IS NOT NULL THEN NOT has_value AND NOT has_low AND NOT has_high
	WHEN qualifier = 'range' THEN NOT has_value AND has_low AND has_high
	WHEN qualifier = '~' THEN has_low = has_high AND has_value <> has_low
	WHEN qualifier IS NULL THEN NOT has_value AND NOT has_low AND NOT has_high
	ELSE has_value AND NOT has_low AND NOT has_high
END;
COMMENT ON FUNCTION industry.is_consistent(text, text, boolean, boolean, boolean) IS
'whether a figure''s qualifier, missing reason and filled columns agree: a missing figure has no number (a conflict may keep its least and greatest candidates in low and high), a range has low and high and no value, an approximate figure has either a value or both ends, any other has one value; no qualifier means that nothing was stated. Used by CHECK constraints';
