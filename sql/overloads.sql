-- What a driver's parameter, a text and plain numbers pick where a function takes
-- a quantity: "typed" is the function asked for, "numbers" one of the same name for
-- plain numbers, "core" one of core; else the error.  Only an aggregate may give a text
-- to numbers (it is given columns, which have types), and cagr, whose answer is one.
SET client_min_messages = warning;
CREATE FUNCTION picks(function regprocedure, call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	picked text;
BEGIN
	EXECUTE 'CREATE VIEW asked AS SELECT 1 AS one FROM (SELECT ' || call || ') t';
	SELECT CASE WHEN refobjid = function THEN 'typed' WHEN pg_get_function_identity_arguments(refobjid) ~ '(capacity|cost_per)_gwh' THEN 'another typed' ELSE 'numbers' END INTO picked
	FROM pg_depend JOIN pg_proc p ON p.oid = refobjid
	WHERE objid = (SELECT oid FROM pg_rewrite WHERE ev_class = 'asked'::regclass) AND refclassid = 'pg_proc'::regclass
		AND proname = (SELECT proname FROM pg_proc WHERE oid = function);
	DROP VIEW asked;
	RETURN coalesce(picked, 'core');
EXCEPTION WHEN undefined_function THEN RETURN 'none';
	WHEN ambiguous_function THEN RETURN 'not unique';
	WHEN invalid_text_representation THEN RETURN 'not read';
END $$;
CREATE FUNCTION picks_parameter(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	types text;
BEGIN
	EXECUTE 'PREPARE asked AS SELECT ' || call;
	SELECT CASE WHEN '{capacity_gwh,cost_per_gwh,capacity_gwh[],cost_per_gwh[]}' @> parameter_types::text[] THEN 'typed'
			WHEN '{double precision}' @> parameter_types::text[] THEN 'numbers' ELSE parameter_types::text END INTO types FROM pg_prepared_statements WHERE name = 'asked';
	DEALLOCATE asked;
	RETURN types;
EXCEPTION WHEN undefined_function THEN RETURN 'none';
	WHEN ambiguous_function THEN RETURN 'not unique';
END $$;

-- the arguments of a call: a quantity as one, an array of quantities as array_of,
-- and where the parser has no choice NULL of the type that is declared
CREATE FUNCTION arguments(types text[], one text, array_of text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(CASE WHEN type ~ '^(capacity_gwh|cost_per_gwh)$' THEN one
						   WHEN type ~ '^(capacity_gwh|cost_per_gwh)\[]$' THEN array_of
						   ELSE 'NULL::' || type END, ', ' ORDER BY n)
	FROM unnest(types) WITH ORDINALITY AS u (type, n)
$$;
CREATE FUNCTION parameters(types text[]) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(CASE WHEN place IS NOT NULL THEN '$' || place ELSE 'NULL::' || type END, ', ' ORDER BY n)
	FROM unnest(types) WITH ORDINALITY AS u (type, n)
	LEFT JOIN (SELECT n, row_number() OVER (ORDER BY n) AS place FROM unnest(types) WITH ORDINALITY AS v (type, n)
			   WHERE type ~ '^(capacity_gwh|cost_per_gwh)') AS w USING (n)
$$;
CREATE FUNCTION call(p pg_proc, arguments text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN EXISTS (SELECT FROM pg_aggregate WHERE aggfnoid = p.oid AND aggkind = 'o')
		THEN regexp_replace(c, ', ([^,]*)\)$', ') WITHIN GROUP (ORDER BY \1)')
		WHEN p.prokind = 'w' THEN c || ' OVER ()' ELSE c END
	FROM (VALUES (format('%s(%s)', p.proname, arguments))) AS v (c)
$$;

-- every function, aggregate and window function that takes a quantity, but for those
-- that stand behind a type, an operator, a cast, an operator class or an aggregate
\pset format unaligned
SELECT function, parameter, text, integer, decimal
FROM (
	SELECT p.oid::regprocedure AS function,
		   picks_parameter(call(p, parameters(a.types))) AS parameter,
		   picks(p.oid, call(p, arguments(a.types, '''500''', '''{500}'''))) AS text,
		   picks(p.oid, call(p, arguments(a.types, '500', 'ARRAY[500]'))) AS integer,
		   picks(p.oid, call(p, arguments(a.types, '500.5', 'ARRAY[500.5]'))) AS decimal
	FROM pg_proc p
	JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'battery',
		LATERAL (SELECT ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY AS u (t, n) ORDER BY n)) AS a (types)
	WHERE a.types && '{capacity_gwh,cost_per_gwh}'
		AND NOT EXISTS (SELECT FROM pg_aggregate g WHERE p.oid IN (aggtransfn, aggfinalfn, aggcombinefn, aggmtransfn, aggminvtransfn, aggmfinalfn))
		AND NOT EXISTS (SELECT FROM pg_type t WHERE p.oid IN (typinput, typoutput, typreceive, typsend, typmodin, typmodout))
		AND NOT EXISTS (SELECT FROM pg_operator o WHERE p.oid = oprcode)
		AND NOT EXISTS (SELECT FROM pg_cast c WHERE p.oid = castfunc)
		AND NOT EXISTS (SELECT FROM pg_amproc m WHERE p.oid = amproc)
	) AS f
ORDER BY function::text COLLATE "C";
\pset format aligned

-- a reader of a curve, as drivers call it
CREATE TEMPORARY TABLE curves AS
SELECT learning_curve(cumulative::capacity_gwh, cost::cost_per_gwh) AS typed, learning_curve(cumulative, cost) AS plain
FROM (VALUES (100.0::double precision, 400.0::double precision), (200, 300), (400, 250)) AS v (cumulative, cost);
PREPARE at AS SELECT cost FROM curves, predict(typed, $1);
EXECUTE at ('500 GWh');
EXECUTE at ('0.5 TWh');
SELECT cost FROM curves, predict(typed, '500 GWh');
SELECT predict(typed, 500) FROM curves;
SELECT cost FROM curves, predict_number(typed, 500);
SELECT cost FROM curves, predict_number(plain, 500);
SELECT predict(plain, '500 GWh') FROM curves;
SELECT doublings_to(typed, '500 GWh', '100 USD/kWh') = doublings_to_number(typed, 500, 100) AS same FROM curves;
SELECT learning_investment(plain, '500 GWh', '100 USD/kWh') FROM curves;
SELECT volume_to_reach('100 GWh', '400 USD/kWh', -0.3, '0.2 USD/Wh') = volume_to_reach_number(100, 400, -0.3, 200)::capacity_gwh AS same;

DEALLOCATE at;
DROP TABLE curves;
DROP FUNCTION picks(regprocedure, text), picks_parameter(text), arguments(text[], text, text), parameters(text[]), call(pg_proc, text);
