/*
 * Names: from what a report prints to who is meant.
 *
 * The functions answer one name at a time.  Loading many rows, join with
 * industry.maker_name instead, which holds all that find_maker looks up.
 */

CREATE OR REPLACE FUNCTION industry.version() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT v.version FROM industry.schema_version v
		ORDER BY string_to_array(v.version, '.')::int[] DESC LIMIT 1);
COMMENT ON FUNCTION industry.version() IS 'version of the schema industry in this database; bin/battery-industry upgrade brings it up to date';

CREATE OR REPLACE VIEW industry.maker_name AS
SELECT m.maker_key AS name_key, m.maker_id, '(,)'::daterange AS valid, 1 AS precedence
FROM industry.maker m
UNION ALL
SELECT a.alias_key, a.maker_id, a.valid, 2
FROM industry.maker_alias a
UNION ALL
SELECT m.name_key, m.maker_id, '(,)'::daterange, 3
FROM industry.maker m;
COMMENT ON VIEW industry.maker_name IS 'every name that means a maker: short names, aliases with the days they are valid, full names. The lowest precedence decides where a name is of several kinds';
COMMENT ON COLUMN industry.maker_name.name_key IS 'key of the name, by name_key';
COMMENT ON COLUMN industry.maker_name.maker_id IS 'maker that is meant';
COMMENT ON COLUMN industry.maker_name.valid IS 'days on which the name means it';
COMMENT ON COLUMN industry.maker_name.precedence IS '1 short name, 2 alias, 3 full name';

CREATE OR REPLACE FUNCTION industry.find_maker(name text, on_date date DEFAULT current_date) RETURNS integer
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN (SELECT n.maker_id FROM industry.maker_name n
		WHERE n.name_key = industry.name_key(find_maker.name) AND n.valid @> find_maker.on_date
		ORDER BY n.precedence LIMIT 1);
COMMENT ON FUNCTION industry.find_maker(text, date) IS
'number of the maker that a name meant on a day (of the report that prints it): by short name, then alias, then full name, each by name_key; NULL where the name is not known. It never takes a similar name';

CREATE OR REPLACE FUNCTION industry.find_country(name text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN coalesce(
	(SELECT c.country FROM industry.country c WHERE c.country = btrim(find_country.name)),
	(SELECT c.country FROM industry.country c WHERE c.name_key = industry.name_key(find_country.name)),
	(SELECT a.country FROM industry.country_alias a WHERE a.alias_key = industry.name_key(find_country.name)));
COMMENT ON FUNCTION industry.find_country(text) IS
'ISO 3166-1 alpha-2 code of a country by its code (in capitals), name or alias; NULL where it is not known. "World" is no country';

CREATE OR REPLACE FUNCTION industry.find_plant(name text) RETURNS integer
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN coalesce(
	(SELECT p.plant_id FROM industry.plant p WHERE p.plant_key = industry.name_key(find_plant.name)),
	(SELECT CASE WHEN count(*) = 1 THEN min(p.plant_id) END FROM industry.plant p
	 WHERE EXISTS (SELECT FROM unnest(p.also_printed) AS other WHERE industry.name_key(other) = industry.name_key(find_plant.name))));
COMMENT ON FUNCTION industry.find_plant(text) IS
'number of the plant by its name or another printed name; NULL where it is not known, or where another printed name belongs to several';

CREATE OR REPLACE FUNCTION industry.find_source(name text) RETURNS integer
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN (SELECT s.source_id FROM industry.source s WHERE s.source = btrim(find_source.name));
COMMENT ON FUNCTION industry.find_source(text) IS 'number of the source with a handle; NULL where there is none';
