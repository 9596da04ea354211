/*
 * Rights.  Roles belong to the administrator: nothing is granted until
 * grant_access says to whom.
 */

CREATE OR REPLACE FUNCTION industry.grant_access(reader name DEFAULT NULL, loader name DEFAULT NULL, curator name DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, industry, pg_temp AS $$
DECLARE
	given name;
	relation record;
BEGIN
	FOREACH given IN ARRAY ARRAY[reader, loader, curator] LOOP
		IF given IS NOT NULL AND NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = given) THEN
			RAISE EXCEPTION 'role "%" does not exist', given
				USING ERRCODE = 'undefined_object',
					  HINT = 'Roles are the administrator''s: create it first (CREATE ROLE), or pass NULL.';
		END IF;
	END LOOP;
	IF num_nonnulls(reader, loader, curator) = 0 THEN
		RAISE EXCEPTION 'no role was named'
			USING ERRCODE = 'invalid_parameter_value',
				  HINT = 'Name at least one, such as industry.grant_access(reader => ''dashboards'').';
	END IF;

	FOREACH given IN ARRAY ARRAY[reader, loader, curator] LOOP
		IF given IS NOT NULL THEN
			EXECUTE format('GRANT USAGE ON SCHEMA industry TO %I', given);
		END IF;
	END LOOP;

	-- Readers meet plain types only.
	FOR relation IN
		SELECT c.oid::regclass::text AS name
		FROM pg_class c
		WHERE c.relnamespace = 'industry'::regnamespace AND c.relkind = 'v' AND c.relname LIKE 'bi\_%'
		  AND pg_has_role(c.relowner, 'USAGE')
		ORDER BY c.relname
	LOOP
		FOREACH given IN ARRAY ARRAY[reader, loader, curator] LOOP
			IF given IS NOT NULL THEN
				EXECUTE format('GRANT SELECT ON %s TO %I', relation.name, given);
			END IF;
		END LOOP;
	END LOOP;

	-- What stands between a view for readers and the tables, where a view alone
	-- will not do, runs with its owner's rights and answers that view only.
	FOR relation IN
		SELECT p.oid::regprocedure::text AS name
		FROM pg_proc p
		WHERE p.pronamespace = 'industry'::regnamespace AND p.proname LIKE 'bi\_%' AND p.prosecdef
		  AND pg_has_role(p.proowner, 'USAGE')
		ORDER BY 1
	LOOP
		FOREACH given IN ARRAY ARRAY[reader, loader, curator] LOOP
			IF given IS NOT NULL THEN
				EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', relation.name, given);
			END IF;
		END LOOP;
	END LOOP;

	-- Loaders and curators read everything.  Facts are added, and a statement
	-- set is marked as superseded; nobody but the owner changes or removes one.
	FOR relation IN
		SELECT c.oid::regclass::text AS name, c.relkind,
			   EXISTS (SELECT FROM pg_attribute a
					   WHERE a.attrelid = c.oid AND a.attname = 'fact_id' AND NOT a.attisdropped) AS is_fact,
			   c.relname
		FROM pg_class c
		WHERE c.relnamespace = 'industry'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND pg_has_role(c.relowner, 'USAGE')
		ORDER BY c.relname
	LOOP
		FOREACH given IN ARRAY ARRAY[loader, curator] LOOP
			CONTINUE WHEN given IS NULL;
			EXECUTE format('GRANT SELECT ON %s TO %I', relation.name, given);
			IF relation.relkind <> 'v' AND relation.is_fact THEN
				EXECUTE format('GRANT INSERT ON %s TO %I', relation.name, given);
			END IF;
		END LOOP;
		IF loader IS NOT NULL AND relation.relname IN ('publisher', 'source', 'series', 'statement_set', 'load_report',
				'quarantine', 'unknown_name', 'maker', 'maker_alias', 'maker_parent', 'joint_venture_member', 'plant', 'sector', 'export_control') THEN
			EXECUTE format('GRANT INSERT ON %s TO %I', relation.name, loader);
		END IF;
		IF curator IS NOT NULL AND relation.relname IN ('publisher', 'source', 'series', 'statement_set', 'load_report',
				'quarantine', 'unknown_name', 'maker', 'maker_alias', 'maker_parent', 'joint_venture_member', 'plant', 'sector', 'export_control',
				'country_alias', 'code_list', 'stage', 'source_preference', 'curve_pair') THEN
			EXECUTE format('GRANT INSERT, UPDATE ON %s TO %I', relation.name, curator);
		END IF;
	END LOOP;
	FOREACH given IN ARRAY ARRAY[loader, curator] LOOP
		CONTINUE WHEN given IS NULL;
		EXECUTE format('GRANT UPDATE (superseded_by, superseded_at) ON industry.statement_set TO %I', given);
		EXECUTE format('GRANT UPDATE (resolved_by, resolved_at) ON industry.quarantine TO %I', given);
		EXECUTE format('GRANT UPDATE (rows_read, rows_loaded, rows_unchanged, rows_quarantined, rows_superseded, sets_loaded, sets_superseded, bytes, summary) ON industry.load_report TO %I', given);
		EXECUTE format('GRANT SELECT, INSERT, UPDATE ON industry.load_turn TO %I', given);
		EXECUTE format('GRANT UPDATE (last_load, occurrences, nearest, proposed) ON industry.unknown_name TO %I', given);
		EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA industry TO %I', given);
	END LOOP;
	IF curator IS NOT NULL THEN
		EXECUTE format('GRANT DELETE ON industry.maker_alias, industry.maker_parent, industry.joint_venture_member, industry.country_alias, industry.code_list, industry.source_preference, industry.curve_pair TO %I', curator);
	END IF;
END
$$;
COMMENT ON FUNCTION industry.grant_access(name, name, name) IS
'grants existing roles the least they need. reader: the views bi_* and nothing else. loader: reads all, adds facts and reference rows, marks statement sets as superseded. curator: also corrects reference rows, takes back aliases and parents, and decides on unknown names. Only the owner changes or removes facts. Run it again after an upgrade, which may bring new views. An unknown role is an error (SQLSTATE 42704)';

REVOKE EXECUTE ON FUNCTION industry.grant_access(name, name, name) FROM PUBLIC;
