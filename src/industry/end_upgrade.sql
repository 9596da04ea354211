-- Views of others, and rights, that a step had to take away are given back.
DO $$
DECLARE
	owner CONSTANT name := current_user;
	pending integer := -1;
	left_over integer;
	v record;
	trouble text;
BEGIN
	IF to_regclass('pg_temp.kept_view') IS NULL THEN
		RETURN;
	END IF;
	-- one may stand on another
	LOOP
		SELECT count(*) INTO left_over FROM pg_temp.kept_view k WHERE k.definition IS NOT NULL;
		EXIT WHEN left_over = 0;
		IF left_over = pending THEN
			RAISE EXCEPTION 'view %.% cannot be made again: %', v.schema_name, v.view_name, trouble
				USING ERRCODE = 'dependent_objects_still_exist',
					  HINT = 'Drop it, upgrade, and make it again from the columns that there are now.';
		END IF;
		pending := left_over;
		FOR v IN
			SELECT k.schema_name, k.view_name, k.owner, k.options, k.definition, k.comment, k.column_comments FROM pg_temp.kept_view k
			WHERE k.definition IS NOT NULL ORDER BY k.schema_name, k.view_name
		LOOP
			BEGIN
				EXECUTE format('SET LOCAL ROLE %I', v.owner);
				EXECUTE format('CREATE VIEW %I.%I%s AS %s', v.schema_name, v.view_name, ' WITH (' || array_to_string(v.options, ', ') || ')', v.definition);
				IF v.comment IS NOT NULL THEN
					EXECUTE format('COMMENT ON VIEW %I.%I IS %L', v.schema_name, v.view_name, v.comment);
				END IF;
				EXECUTE (SELECT coalesce(string_agg(format('COMMENT ON COLUMN %I.%I.%I IS %L', v.schema_name, v.view_name, c.key, c.value), '; '), 'SELECT 1')
						 FROM jsonb_each_text(v.column_comments) AS c);
				EXECUTE format('SET LOCAL ROLE %I', owner);
				UPDATE pg_temp.kept_view k SET definition = NULL WHERE k.schema_name = v.schema_name AND k.view_name = v.view_name;
			EXCEPTION WHEN syntax_error_or_access_rule_violation OR invalid_schema_name THEN
				trouble := SQLERRM;
			END;
		END LOOP;
	END LOOP;

	-- who had lost the right that everybody has by default is to have none now
	FOR v IN
		SELECT k.object FROM pg_temp.kept_right k WHERE CASE k.kind WHEN 'FUNCTION' THEN to_regprocedure(k.object) IS NOT NULL END
		GROUP BY k.object HAVING bool_and(k.grantee <> '')
	LOOP
		EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', v.object);
	END LOOP;
	FOR v IN
		SELECT k.kind, k.object, k.privilege, k.grantee, k.grantable, w.owner AS view_owner
		FROM pg_temp.kept_right k
		LEFT JOIN pg_temp.kept_view w ON k.kind = 'TABLE' AND k.object = format('%I.%I', w.schema_name, w.view_name)
		WHERE CASE k.kind WHEN 'TABLE' THEN to_regclass(k.object) IS NOT NULL ELSE to_regprocedure(k.object) IS NOT NULL END
	LOOP
		EXECUTE format('SET LOCAL ROLE %I', coalesce(v.view_owner, owner));
		EXECUTE format('GRANT %s ON %s %s TO %s%s', v.privilege, v.kind, v.object, CASE v.grantee WHEN '' THEN 'PUBLIC' ELSE quote_ident(v.grantee) END,
					   CASE WHEN v.grantable THEN ' WITH GRANT OPTION' ELSE '' END);
	END LOOP;
	EXECUTE format('SET LOCAL ROLE %I', owner);
END
$$;
