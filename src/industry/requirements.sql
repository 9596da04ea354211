-- What industry needs beside battery.  btree_gist is trusted, too.
DO $$
BEGIN
	IF getdatabaseencoding() <> 'UTF8' THEN
		RAISE EXCEPTION 'industry needs a database with encoding UTF8, this one has %', getdatabaseencoding()
			USING ERRCODE = 'feature_not_supported',
				  HINT = 'Names of makers and the text that reports print are in many scripts. Create a database with ENCODING ''UTF8'' TEMPLATE template0.';
	END IF;
END
$$;

SELECT pg_catalog.set_config('search_path', :'callers_path', true) AS path \gset
CREATE EXTENSION IF NOT EXISTS btree_gist;
SET LOCAL search_path = pg_catalog, pg_temp;
