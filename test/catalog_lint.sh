#!/bin/bash
# What the catalogs must say about every object of the extension.
#
# Most checks are queries for objects that break a rule; a rule's exceptions
# are listed here, each with its reason, and nowhere else.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

db=battery_test_lint
create_database $db
query $db <<'SQL'
CREATE SCHEMA lint;
CREATE SCHEMA ext;
CREATE EXTENSION battery SCHEMA ext;

CREATE VIEW lint.member AS
SELECT classid, objid, classid::regclass AS class,
       pg_describe_object(classid, objid, 0) AS name
FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
  AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'battery')
  -- from 17 on the array types, which the server makes, count as members too
  AND NOT (classid = 'pg_type'::regclass AND EXISTS (SELECT FROM pg_type t WHERE t.typarray = objid));
CREATE VIEW lint.function AS
SELECT p.*, m.name, l.lanname
FROM lint.member m JOIN pg_proc p ON p.oid = m.objid JOIN pg_language l ON l.oid = p.prolang
WHERE m.class = 'pg_proc'::regclass;
CREATE VIEW lint.type AS
SELECT t.*, m.name
FROM lint.member m JOIN pg_type t ON t.oid = m.objid
WHERE m.class = 'pg_type'::regclass
  AND t.typtype <> 'c'		-- the rows that aggregates return are no values of their own
  AND t.typname <> 'gist_bounds';	-- nor are the keys of indexes
CREATE VIEW lint.operator AS
SELECT o.*, m.name
FROM lint.member m JOIN pg_operator o ON o.oid = m.objid
WHERE m.class = 'pg_operator'::regclass;
CREATE VIEW lint.aggregate AS
SELECT a.*, f.oid, f.name, f.proname, f.pronargs, f.proargtypes
FROM lint.function f JOIN pg_aggregate a ON a.aggfnoid = f.oid;
-- the functions that an aggregate calls
CREATE VIEW lint.aggregate_part AS
SELECT a.oid AS aggregate, a.name, a.proname, p.part, p.fn::oid
FROM lint.aggregate a,
     LATERAL (VALUES ('transition', a.aggtransfn), ('combine', a.aggcombinefn), ('final', a.aggfinalfn),
                     ('moving transition', a.aggmtransfn), ('inverse', a.aggminvtransfn),
                     ('moving final', a.aggmfinalfn)) p(part, fn)
WHERE p.fn <> 0;

/*
 * The exceptions.
 *
 * min, max: the state is the value itself, by value; the transition function
 * is strict, so that the executor takes the first value as it is, which is how
 * core's min and max work.  No moving mode: a minimum cannot be taken back.
 *
 * median and the values it is made of, percentile_cont, and paired values: no
 * moving mode, because taking a value back from an unsorted list is no cheaper than
 * starting again.
 */
CREATE TABLE lint.exception (rule text, aggregate text);
INSERT INTO lint.exception
SELECT rule, 'function ' || aggregate
FROM (VALUES ('min(capacity_gwh)'), ('max(capacity_gwh)'), ('min(cost_per_gwh)'), ('max(cost_per_gwh)'), ('min(chemistry)'), ('max(chemistry)')) a(aggregate),
     (VALUES ('strict transition'), ('no moving mode'), ('by-value state')) r(rule)
UNION ALL
SELECT 'no moving mode', 'function ' || aggregate
FROM (VALUES ('median(capacity_gwh)'), ('median(cost_per_gwh)'), ('median(double precision)'),
             ('percentile_cont(double precision,capacity_gwh)'), ('percentile_cont(double precision[],capacity_gwh)'),
             ('percentile_cont(double precision,cost_per_gwh)'), ('percentile_cont(double precision[],cost_per_gwh)'),
             ('median_partial(capacity_gwh)'), ('median_partial(cost_per_gwh)'), ('median_partial(double precision)'), ('rollup(quantity_values)'),
             ('paired_values(double precision,double precision)'), ('paired_logarithms(double precision,double precision)'),
             ('paired_logarithms(capacity_gwh,cost_per_gwh)'), ('rollup(paired_values)')) a(aggregate);

CREATE FUNCTION lint.excepted(wanted text, name text) RETURNS boolean LANGUAGE sql
RETURN EXISTS (SELECT FROM lint.exception WHERE rule = wanted AND aggregate = replace(name, 'ext.', ''));
SQL

found=$(query $db -c "SELECT string_agg(DISTINCT class::text, ' ' ORDER BY class::text) FROM lint.member")
same "the extension has types, functions, operators, casts and operator classes, and nothing else" \
	"pg_cast pg_opclass pg_operator pg_opfamily pg_proc pg_type" "$found"

none "every object has a comment" $db \
	"SELECT name FROM lint.member WHERE coalesce(obj_description(objid, class::text), '') = ''
	 UNION ALL SELECT 'the extension' WHERE NOT EXISTS (SELECT FROM pg_extension e WHERE extname = 'battery' AND obj_description(e.oid, 'pg_extension') <> '')"

# ---- comments and names ----

none "no comment is longer than 200 characters" $db \
	"SELECT pg_describe_object(d.classoid, d.objoid, d.objsubid), length(description)
	 FROM lint.member m JOIN pg_description d ON (d.classoid, d.objoid) = (m.classid, m.objid) WHERE length(description) > 200
	 UNION ALL
	 SELECT pg_describe_object(d.classoid, d.objoid, d.objsubid), length(description)
	 FROM lint.member m JOIN pg_type t ON t.oid = m.objid AND m.class = 'pg_type'::regclass
	 JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = t.typrelid WHERE length(description) > 200"

none "every column of a row type has a comment" $db \
	"SELECT m.name, a.attname FROM lint.member m JOIN pg_type t ON t.oid = m.objid AND m.class = 'pg_type'::regclass
	 JOIN pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0 WHERE coalesce(col_description(a.attrelid, a.attnum), '') = ''"

# Moores law, Newey-Wests, anyones: a possessive that lost its apostrophe.
none "no comment has lost an apostrophe" $db \
	"SELECT m.name, description FROM lint.member m JOIN pg_description d ON (d.classoid, d.objoid) = (m.classid, m.objid)
	 WHERE description ~ '\m(Moore|Wright|Goddard|Kendall|Theil|Sen|Gini|Shannon|Hill|Crawford|Akaike|Student|Tideman|West|anyone|caller)s\M'"

none "every argument has a name" $db \
	"SELECT name FROM lint.function WHERE pronargs > 0 AND (proargnames IS NULL OR '' = ANY (proargnames[1:pronargs]))"

# The name of a value is contract, since it may be written as curve => c.  Where a
# function takes two values of a type, each has the name of its part.
query $db <<'SQL'
CREATE TABLE lint.argument_name (type regtype, name text);
SET search_path = ext, pg_catalog;
INSERT INTO lint.argument_name VALUES ('chemistry', 'chemistry'), ('learning_curve', 'curve'), ('cost_series', 'series'),
	('regression', 'model'), ('paired_values', 'pairs'), ('market_shares', 'market'), ('quantity_sums', 'sums'),
	('quantity_values', 'quantities');
CREATE VIEW lint.argument AS
SELECT f.oid, f.name, proargnames[i] AS argument, t::regtype AS type, count(*) OVER (PARTITION BY f.oid, t) AS of_type, pronargs
FROM lint.function f, LATERAL unnest(proargtypes::oid[]) WITH ORDINALITY u (t, i);
SQL
none "the only value of a type has the one name of that type" $db \
	"SELECT a.name, argument FROM lint.argument a JOIN lint.argument_name n USING (type)
	 WHERE of_type = 1 AND argument <> n.name AND NOT (argument = 'state' AND a.oid IN (SELECT fn FROM lint.aggregate_part))
	 UNION ALL SELECT type::text, 'has no name in the list' FROM (SELECT oid::regtype AS type FROM lint.type WHERE typcategory <> 'N') t
	 WHERE type NOT IN (SELECT type FROM lint.argument_name)"

none "a quantity that is the only argument is named for what it is" $db \
	"SELECT name, argument FROM lint.argument WHERE pronargs = 1 AND name NOT LIKE '%market_share(%'
	   AND argument <> CASE type::text WHEN 'ext.capacity_gwh' THEN 'capacity' WHEN 'ext.cost_per_gwh' THEN 'cost' ELSE argument END"

none "no aggregate has the name of a function of other arguments, but for the sums of quantities and their readers" $db \
	"SELECT DISTINCT a.name FROM lint.aggregate a JOIN lint.function f ON f.proname = a.proname AND f.prokind = 'f'
	 WHERE a.proname NOT IN ('weighted_cost', 'marginal_cost')"

# ---- functions ----

# An operator's estimators read statistics, a picture of digits lc_numeric: stable, as
# core's are.
none "every function is immutable, estimators and to_char aside" $db \
	"SELECT name FROM lint.function f WHERE provolatile <> 'i' AND NOT (provolatile = 's' AND proname = 'to_char')
	   AND NOT (provolatile = 's' AND EXISTS (SELECT FROM pg_operator o WHERE f.oid IN (o.oprrest, o.oprjoin)))"

none "every function and aggregate is parallel safe" $db \
	"SELECT name FROM lint.function WHERE proparallel <> 's'"

# An argument whose default is NULL says that NULL has a meaning.  To the four
# named, a NULL is an amount that is withheld, a bound or a label that is not
# known; their result says so in its note.  To the arithmetic of states it is the
# value of no rows.
none "functions are strict, unless they are parts of aggregates, window functions, or know what NULL means" $db \
	"SELECT name FROM lint.function f WHERE NOT proisstrict AND prokind = 'f'
	   AND coalesce(pg_get_expr(proargdefaults, 0), '') NOT LIKE '%NULL::%'
	   AND NOT EXISTS (SELECT FROM lint.aggregate_part p WHERE p.fn = f.oid)
	   AND proname NOT IN ('merge', 'subtract')
	   AND replace(name, 'ext.', '') NOT IN (
	       'function share_change(market_shares,market_shares,text,text,text,text)',
	       'function shift_share(numeric,numeric,numeric,numeric,numeric,numeric)',
	       'function import_dependence(numeric,numeric,numeric,numeric)',
	       'function import_dependence_bounds(numeric,numeric,numeric,numeric)')"

none "functions are C, internal, or SQL parsed at creation" $db \
	"SELECT name, lanname FROM lint.function
	 WHERE NOT (lanname IN ('c', 'internal') OR lanname = 'sql' AND prosqlbody IS NOT NULL)"

none "no function sets a parameter, such as search_path, or runs as its owner" $db \
	"SELECT name FROM lint.function WHERE proconfig IS NOT NULL OR prosecdef"

none "every C function lies in the extension's library" $db \
	"SELECT name, probin FROM lint.function WHERE lanname = 'c' AND probin <> '\$libdir/battery'"

none "EXECUTE belongs to PUBLIC" $db \
	"SELECT name FROM lint.function WHERE NOT has_function_privilege('public', oid, 'EXECUTE')
	 UNION ALL SELECT name FROM lint.type WHERE NOT has_type_privilege('public', oid, 'USAGE')"

# Containment of chemistries looks at bits and has no errors.
none "leakproof functions are core's int8 functions, and the bits of chemistry" $db \
	"SELECT name FROM lint.function WHERE proleakproof AND lanname <> 'internal' AND proname NOT IN ('chemistry_contained', 'chemistry_contains')"

none "what is core's function under another signature claims what core's does, and has its arguments' sizes" $db \
	"SELECT f.name FROM lint.function f JOIN pg_proc c ON c.oid < 16384 AND c.prosrc = f.prosrc AND c.pronargs = f.pronargs AND c.prolang = f.prolang
	 WHERE f.lanname = 'internal' AND f.prokind <> 'a'
	   AND ((f.proleakproof, f.proisstrict, f.provolatile, f.proparallel, f.proretset) <> (c.proleakproof, c.proisstrict, c.provolatile, c.proparallel, c.proretset)
	        OR EXISTS (SELECT FROM generate_series(0, f.pronargs - 1) i JOIN pg_type a ON a.oid = f.proargtypes[i] JOIN pg_type b ON b.oid = c.proargtypes[i]
	                   WHERE (a.typlen, a.typbyval) <> (b.typlen, b.typbyval)))"

none "one C function has one set of properties, whatever its signatures" $db \
	"SELECT prosrc FROM lint.function WHERE lanname = 'c' GROUP BY prosrc
	 HAVING count(DISTINCT (proleakproof, provolatile, proparallel, proretset)) > 1"

none "internal functions have the name of a core function with as many arguments" $db \
	"SELECT name FROM lint.function f WHERE lanname = 'internal' AND prokind <> 'a'
	   AND NOT EXISTS (SELECT FROM pg_proc c WHERE c.oid < 16384 AND c.prosrc = f.prosrc AND c.pronargs = f.pronargs AND c.prolang = f.prolang)"

# A call such as round(5, 1) must stay core's: the arguments 5 and 1 would also fit
# round(quantity, integer).  Where core has double precision, the type that is
# preferred, at each place of a quantity, that one wins.
none "a function of core with a quantity has its twin with double precision in core" $db \
	"SELECT name FROM lint.function f
	 WHERE EXISTS (SELECT FROM unnest(proargtypes::oid[]) a JOIN lint.type t ON t.oid = a WHERE t.typcategory = 'N')
	   AND EXISTS (SELECT FROM pg_proc c WHERE c.pronamespace = 'pg_catalog'::regnamespace AND c.proname = f.proname AND c.oid < 16384)
	   AND NOT EXISTS (SELECT FROM pg_proc c WHERE c.pronamespace = 'pg_catalog'::regnamespace AND c.proname = f.proname AND c.oid < 16384
	         AND c.proargtypes::text = (SELECT string_agg((CASE WHEN t.typcategory = 'N' THEN 'float8'::regtype::oid ELSE a END)::text, ' ' ORDER BY i)
	             FROM unnest(f.proargtypes::oid[]) WITH ORDINALITY u (a, i) LEFT JOIN lint.type t ON t.oid = a))"

# ---- types ----

none "types are base types with text and binary input and output" $db \
	"SELECT name FROM lint.type WHERE typtype <> 'b' OR NOT typisdefined
	   OR 0 IN (typinput::oid, typoutput::oid, typreceive::oid, typsend::oid)"

none "the functions of a type's input and output are immutable and strict" $db \
	"SELECT t.name, p.proname FROM lint.type t
	 JOIN pg_proc p ON p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend)
	 WHERE p.provolatile <> 'i' OR NOT p.proisstrict"

none "a type is by value with 8 bytes, or a varlena aligned to 8" $db \
	"SELECT name FROM lint.type WHERE typalign <> 'd'
	   OR NOT (typlen = 8 AND typbyval OR typlen = -1 AND NOT typbyval AND typstorage IN ('x', 'm', 'e'))"

none "only quantities are numbers to the parser, and none is preferred" $db \
	"SELECT name FROM lint.type WHERE typispreferred OR (typcategory = 'N') <> (oid IN ('ext.capacity_gwh'::regtype, 'ext.cost_per_gwh'::regtype))"

none "every type has default btree and hash operator classes" $db \
	"SELECT name, amname FROM lint.type t, (VALUES ('btree'), ('hash')) w(am) JOIN pg_am a ON a.amname = w.am
	 WHERE NOT EXISTS (SELECT FROM pg_opclass c WHERE c.opcmethod = a.oid AND c.opcintype = t.oid AND c.opcdefault AND c.opckeytype = 0)"

none "every hash operator class has the function for seeds (hash partitions of any kind need it)" $db \
	"SELECT m.name FROM lint.member m JOIN pg_opclass c ON c.oid = m.objid AND m.class = 'pg_opclass'::regclass
	 JOIN pg_am a ON a.oid = c.opcmethod AND a.amname = 'hash'
	 WHERE NOT EXISTS (SELECT FROM pg_amproc p WHERE p.amprocfamily = c.opcfamily AND p.amprocnum = 2)"

none "amvalidate approves of every operator class" $db \
	"SELECT m.name FROM lint.member m WHERE CASE WHEN m.class = 'pg_opclass'::regclass THEN NOT amvalidate(m.objid) END"

none "every operator family has a class" $db \
	"SELECT m.name FROM lint.member m WHERE m.class = 'pg_opfamily'::regclass
	   AND NOT EXISTS (SELECT FROM pg_opclass c WHERE c.opcfamily = m.objid)"

# ---- operators ----

none "comparisons have commutator, negator and selectivity estimators" $db \
	"SELECT name FROM lint.operator WHERE oprname IN ('=', '<>', '<', '<=', '>', '>=')
	   AND (0 IN (oprcom, oprnegate, oprrest::oid, oprjoin::oid) OR oprresult <> 'bool'::regtype)"

none "comparisons have the estimators of their kind" $db \
	"SELECT o.name FROM lint.operator o JOIN (VALUES ('=', 'eq'), ('<>', 'neq'), ('<', 'scalarlt'), ('<=', 'scalarle'),
	   ('>', 'scalargt'), ('>=', 'scalarge')) w(op, est) ON w.op = o.oprname
	 WHERE o.oprrest::text <> est || 'sel' OR o.oprjoin::text <> est || 'joinsel'"

none "the commutator and negator of a comparison are what arithmetic says" $db \
	"SELECT o.name FROM lint.operator o
	 JOIN (VALUES ('=', '=', '<>'), ('<>', '<>', '='), ('<', '>', '>='), ('<=', '>=', '>'), ('>', '<', '<='), ('>=', '<=', '<'))
	   w(op, com, neg) ON w.op = o.oprname
	 JOIN pg_operator c ON c.oid = o.oprcom JOIN pg_operator n ON n.oid = o.oprnegate
	 WHERE (c.oprname, c.oprleft, c.oprright, n.oprname, n.oprleft, n.oprright)
	    <> (com, o.oprright, o.oprleft, neg, o.oprleft, o.oprright)"

none "equality hashes and merges, nothing else does" $db \
	"SELECT name FROM lint.operator WHERE (oprname = '=') <> oprcanhash OR (oprname = '=') <> oprcanmerge"

none "sums and products say that they commute" $db \
	"SELECT o.name FROM lint.operator o
	 JOIN lint.operator c ON c.oprname = o.oprname AND c.oprleft = o.oprright AND c.oprright = o.oprleft
	 WHERE o.oprname IN ('+', '*') AND o.oprleft <> 0 AND o.oprcom <> c.oid"

none "commutators and negators point at each other" $db \
	"SELECT o.name FROM lint.operator o JOIN pg_operator c ON c.oid = o.oprcom
	 WHERE c.oprcom <> o.oid OR c.oprleft <> o.oprright OR c.oprright <> o.oprleft
	 UNION ALL
	 SELECT o.name FROM lint.operator o JOIN pg_operator n ON n.oid = o.oprnegate WHERE n.oprnegate <> o.oid"

none "beside a quantity, an operator takes double precision or another quantity" $db \
	"SELECT o.name FROM lint.operator o, LATERAL (VALUES (o.oprleft), (o.oprright)) s(side)
	 WHERE s.side <> 0 AND s.side <> 'float8'::regtype
	   AND (SELECT count(*) FROM lint.type t WHERE t.typcategory = 'N' AND t.oid IN (o.oprleft, o.oprright)) > 0
	   AND NOT EXISTS (SELECT FROM lint.type t WHERE t.oid = s.side)"

none "operators call functions of this extension" $db \
	"SELECT o.name FROM lint.operator o WHERE NOT EXISTS (SELECT FROM lint.function f WHERE f.oid = o.oprcode)"

# ---- casts ----

none "numbers become quantities implicitly; quantities become numbers by assignment or explicitly" $db \
	"SELECT m.name FROM lint.member m JOIN pg_cast c ON c.oid = m.objid AND m.class = 'pg_cast'::regclass
	 WHERE c.castcontext = 'i'
	   AND NOT (c.castsource IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype, 'float4'::regtype, 'float8'::regtype)
	            AND EXISTS (SELECT FROM lint.type t WHERE t.oid = c.casttarget AND t.typcategory = 'N'))"

# ---- what core's opr_sanity and type_sanity ask of core's own objects ----

none "an operator's function takes and gives what the operator says" $db \
	"SELECT o.name FROM lint.operator o JOIN pg_proc p ON p.oid = o.oprcode
	 WHERE p.prorettype <> o.oprresult OR p.proretset OR p.provariadic <> 0
	   OR (p.proargtypes::oid[])[0:] <> CASE WHEN o.oprleft = 0 THEN ARRAY[o.oprright] ELSE ARRAY[o.oprleft, o.oprright] END"

none "an operator, its commutator and its negator are as strict, stable and leakproof as one another" $db \
	"SELECT o.name FROM lint.operator o JOIN pg_proc p ON p.oid = o.oprcode JOIN pg_operator c ON c.oid IN (o.oprcom, o.oprnegate) JOIN pg_proc q ON q.oid = c.oprcode
	 WHERE (p.proisstrict, p.provolatile, p.proleakproof, p.proparallel) <> (q.proisstrict, q.provolatile, q.proleakproof, q.proparallel)"

none "no two operators have one name and the same sides" $db \
	"SELECT oprname FROM pg_operator WHERE oid IN (SELECT oid FROM lint.operator) GROUP BY oprname, oprleft, oprright HAVING count(*) > 1"

none "estimators have an estimator's signature" $db \
	"SELECT o.name FROM lint.operator o JOIN pg_proc p ON p.oid = o.oprrest
	 WHERE (p.proargtypes::oid[])[0:] <> ARRAY['internal', 'oid', 'internal', 'integer']::regtype[]::oid[] OR p.prorettype <> 'float8'::regtype
	 UNION ALL SELECT o.name FROM lint.operator o JOIN pg_proc p ON p.oid = o.oprjoin
	 WHERE (p.proargtypes::oid[])[0:] <> ARRAY['internal', 'oid', 'internal', 'smallint', 'internal']::regtype[]::oid[] OR p.prorettype <> 'float8'::regtype"

none "what merges is equality of a btree family, what hashes of a hash family" $db \
	"SELECT o.name, am FROM lint.operator o, (VALUES ('btree', 3), ('hash', 1)) w (am, strategy)
	 WHERE CASE am WHEN 'btree' THEN oprcanmerge ELSE oprcanhash END
	   AND NOT EXISTS (SELECT FROM pg_amop a JOIN pg_am m ON m.oid = a.amopmethod WHERE m.amname = am AND a.amopopr = o.oid AND a.amopstrategy = strategy)"

none "an operator of a family stands there with its own sides, once for a strategy" $db \
	"SELECT o.name FROM lint.operator o JOIN pg_amop a ON a.amopopr = o.oid WHERE (a.amoplefttype, a.amoprighttype) <> (o.oprleft, o.oprright)
	 UNION ALL SELECT o.name FROM lint.operator o JOIN pg_amop a ON a.amopopr = o.oid GROUP BY o.name, a.amopfamily HAVING count(*) > 1"

none "operators of indexes are strict, immutable and leakproof, which security barriers need; those of flat values compare bytes by C of their own" $db \
	"SELECT o.name FROM lint.operator o JOIN pg_proc p ON p.oid = o.oprcode JOIN pg_type t ON t.oid = o.oprleft
	 WHERE EXISTS (SELECT FROM pg_amop a WHERE a.amopopr = o.oid) AND NOT (p.proisstrict AND p.provolatile = 'i' AND (p.proleakproof OR t.typlen = -1))"

none "a cast's function takes its source and gives its target; one without a function is between types of one form" $db \
	"SELECT m.name FROM lint.member m JOIN pg_cast c ON c.oid = m.objid AND m.class = 'pg_cast'::regclass LEFT JOIN pg_proc p ON p.oid = c.castfunc
	 JOIN pg_type s ON s.oid = c.castsource JOIN pg_type t ON t.oid = c.casttarget
	 WHERE CASE WHEN c.castfunc = 0 THEN c.castmethod <> 'b' OR (s.typlen, s.typbyval, s.typalign) <> (t.typlen, t.typbyval, t.typalign)
	            ELSE c.castmethod <> 'f' OR p.pronargs <> 1 OR p.proargtypes[0] <> c.castsource OR p.prorettype <> c.casttarget OR NOT p.proisstrict END"

none "no cast is implicit in both directions" $db \
	"SELECT m.name FROM lint.member m JOIN pg_cast c ON c.oid = m.objid AND m.class = 'pg_cast'::regclass
	 JOIN pg_cast d ON (d.castsource, d.casttarget) = (c.casttarget, c.castsource) WHERE c.castcontext = 'i' AND d.castcontext = 'i'"

none "the functions of a type have the signatures of such functions" $db \
	"SELECT t.name, p.proname FROM lint.type t JOIN pg_proc p ON p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend)
	 WHERE p.proretset OR ((p.proargtypes::oid[])[0:], p.prorettype) <> CASE p.oid
	     WHEN t.typinput THEN (ARRAY['cstring'::regtype::oid], t.oid) WHEN t.typoutput THEN (ARRAY[t.oid], 'cstring'::regtype::oid)
	     WHEN t.typreceive THEN (ARRAY['internal'::regtype::oid], t.oid) ELSE (ARRAY[t.oid], 'bytea'::regtype::oid) END"

none "a type has its array type, of the same alignment, and no modifier, delimiter or default of its own" $db \
	"SELECT t.name FROM lint.type t LEFT JOIN pg_type a ON a.oid = t.typarray
	 WHERE a.typelem IS DISTINCT FROM t.oid OR a.typalign <> t.typalign OR a.typlen <> -1 OR a.typsubscript <> 'array_subscript_handler'::regproc
	    OR t.typsubscript <> 0 OR t.typmodin <> 0 OR t.typmodout <> 0 OR t.typdelim <> ',' OR t.typdefault IS NOT NULL OR t.typelem <> 0 OR t.typcollation <> 0"

# What asks for an internal argument cannot be called from SQL; what gave one without could
# be given to any of these.
none "internal and cstring are for functions that the server calls: with an internal argument, input and output" $db \
	"SELECT name FROM lint.function WHERE prorettype = 'internal'::regtype AND NOT 'internal'::regtype = ANY (proargtypes::oid[])
	 UNION ALL
	 SELECT name FROM lint.function f WHERE 'cstring'::regtype = ANY (proargtypes::oid[] || prorettype)
	   AND NOT EXISTS (SELECT FROM lint.member m JOIN pg_type t ON t.oid = m.objid AND m.class = 'pg_type'::regclass WHERE f.oid IN (t.typinput, t.typoutput))"

none "arguments and results have types of their own, none that stands for others" $db \
	"SELECT name FROM lint.function f WHERE EXISTS (SELECT FROM unnest(proargtypes::oid[] || prorettype) a JOIN pg_type t ON t.oid = a
	     WHERE t.typtype = 'p' AND t.typname NOT IN ('cstring', 'internal', 'record', 'void'))"

none "a support function takes and gives internal" $db \
	"SELECT f.name FROM lint.function f JOIN pg_proc p ON p.oid = f.prosupport WHERE (p.proargtypes::oid[])[0:] <> ARRAY['internal'::regtype::oid] OR p.prorettype <> 'internal'::regtype"

none "sets have an estimate of rows, others none; a name for each argument, a body, a cost" $db \
	"SELECT name FROM lint.function WHERE proretset <> (prorows > 0) OR procost <= 0 OR (prosrc = '') <> (prosqlbody IS NOT NULL)
	   OR cardinality(proargnames) <> coalesce(cardinality(proallargtypes), pronargs) OR cardinality(proargmodes) <> cardinality(proallargtypes)
	   OR (pronargdefaults > 0) <> (proargdefaults IS NOT NULL)"

none "one C function under two signatures reads values of the same size and form at each place" $db \
	"SELECT f.name, g.name FROM lint.function f JOIN lint.function g ON g.prosrc = f.prosrc AND f.oid < g.oid
	 WHERE f.lanname = 'c' AND g.lanname = 'c'
	   AND EXISTS (SELECT FROM generate_series(0, least(f.pronargs, g.pronargs) - 1) i JOIN pg_type a ON a.oid = f.proargtypes[i] JOIN pg_type b ON b.oid = g.proargtypes[i]
	               WHERE (a.typlen, a.typbyval) <> (b.typlen, b.typbyval))"

none "no cast is from a type to itself; one without a function has its way back" $db \
	"SELECT m.name FROM lint.member m JOIN pg_cast c ON c.oid = m.objid AND m.class = 'pg_cast'::regclass
	 WHERE c.castsource = c.casttarget
	    OR (c.castmethod = 'b' AND NOT EXISTS (SELECT FROM pg_cast d WHERE d.castmethod = 'b' AND (d.castsource, d.casttarget) = (c.casttarget, c.castsource)))"

none "what has an estimator is a condition on two sides" $db \
	"SELECT name FROM lint.operator WHERE (oprrest <> 0 OR oprjoin <> 0) AND (oprresult <> 'bool'::regtype OR oprkind <> 'b')"

none "an aggregate without a final function gives its state; all return one value" $db \
	"SELECT a.name FROM lint.aggregate a JOIN pg_proc p ON p.oid = a.oid
	 WHERE (a.aggfinalfn = 0 AND a.aggtranstype <> p.prorettype) OR (a.aggmtransfn <> 0 AND a.aggmfinalfn = 0 AND a.aggmtranstype <> p.prorettype)
	    OR p.proretset OR p.prokind <> 'a' OR (a.aggmtransfn = 0 AND (a.aggmtranstype <> 0 OR a.aggminvtransfn <> 0 OR a.aggmfinalfn <> 0))"

none "what takes a value in and what takes it out again are strict alike" $db \
	"SELECT a.name FROM lint.aggregate a JOIN pg_proc m ON m.oid = a.aggmtransfn JOIN pg_proc i ON i.oid = a.aggminvtransfn WHERE m.proisstrict <> i.proisstrict"

same "aggregates that take any number of arguments" "regression regression_through_origin weighted_regression weighted_regression_through_origin" \
	"$(query $db -c "SELECT string_agg(DISTINCT a.proname, ' ' ORDER BY a.proname) FROM lint.aggregate a JOIN pg_proc p ON p.oid = a.oid WHERE p.provariadic <> 0")"

none "a class is of its family's method, in a family of ours; only GiST keeps another type than the column's" $db \
	"SELECT m.name FROM lint.member m JOIN pg_opclass c ON c.oid = m.objid AND m.class = 'pg_opclass'::regclass
	 JOIN pg_opfamily f ON f.oid = c.opcfamily JOIN pg_am a ON a.oid = c.opcmethod
	 WHERE c.opcmethod <> f.opfmethod OR (c.opckeytype <> 0) <> (a.amname = 'gist')
	    OR NOT EXISTS (SELECT FROM lint.member n WHERE n.class = 'pg_opfamily'::regclass AND n.objid = f.oid)
	 UNION ALL
	 SELECT c.opcintype::regtype || ' ' || a.amname FROM pg_opclass c JOIN pg_am a ON a.oid = c.opcmethod JOIN lint.type t ON t.oid = c.opcintype
	 WHERE c.opcdefault GROUP BY c.opcintype, a.amname HAVING count(*) > 1"

none "operators of families are ours, search, have both estimators, and a class for their left side" $db \
	"SELECT a.amopopr::regoperator FROM pg_amop a JOIN lint.member m ON m.class = 'pg_opfamily'::regclass AND m.objid = a.amopfamily
	 LEFT JOIN lint.operator o ON o.oid = a.amopopr
	 WHERE o.oid IS NULL OR a.amoppurpose <> 's' OR a.amopsortfamily <> 0 OR 0 IN (o.oprrest::oid, o.oprjoin::oid)
	    OR NOT EXISTS (SELECT FROM pg_opclass c WHERE c.opcfamily = a.amopfamily AND c.opcintype = a.amoplefttype)"

# Two operators that change places in a family give wrong rows, and no error.
same "each operator of a family is at the place of its name" \
	"brin 1<= 2<= 3= 4>= 5>|btree 1< 2<= 3= 4>= 5>|gist 7@> 8<@ 18= 19<> 20< 21<= 22> 23>=|hash 1=" \
	"$(query $db -R '|' -c "SELECT amname || ' ' || string_agg(amopstrategy || names, ' ' ORDER BY amopstrategy)
		FROM (SELECT m.amname, a.amopstrategy, string_agg(DISTINCT o.oprname, '' ORDER BY o.oprname) AS names
		      FROM pg_amop a JOIN pg_am m ON m.oid = a.amopmethod JOIN lint.operator o ON o.oid = a.amopopr GROUP BY 1, 2) s GROUP BY amname ORDER BY amname")"

# The server gives options to such functions, and none to others.
none "what indexes call is immutable, parallel safe, and strict but for options" $db \
	"SELECT p.amproc::regprocedure FROM pg_amproc p JOIN lint.member n ON n.class = 'pg_opfamily'::regclass AND n.objid = p.amprocfamily
	 JOIN pg_opfamily o ON o.oid = p.amprocfamily JOIN pg_am m ON m.oid = o.opfmethod JOIN pg_proc f ON f.oid = p.amproc
	 WHERE f.provolatile <> 'i' OR f.proparallel <> 's' OR f.proretset OR (NOT f.proisstrict AND NOT (m.amname = 'brin' AND p.amprocnum = 5))"

none "types of eight bytes stand in btree pages once for many rows, and are sorted and skipped as int8 are" $db \
	"SELECT t.name, n FROM lint.type t, generate_series(1, CASE WHEN current_setting('server_version_num')::int >= 180000 THEN 6 ELSE 4 END) n WHERE t.typlen = 8 AND n NOT IN (3, 5)
	   AND NOT EXISTS (SELECT FROM pg_opclass c JOIN pg_am a ON a.oid = c.opcmethod AND a.amname = 'btree' JOIN pg_amproc p ON p.amprocfamily = c.opcfamily
	                   WHERE c.opcintype = t.oid AND c.opcdefault AND p.amprocnum = n AND p.amproclefttype = t.oid)"

none "a value of eight bytes is stored plainly, and no type has a base, dimensions or an ANALYZE of its own" $db \
	"SELECT name FROM lint.type WHERE (typbyval AND typstorage <> 'p') OR typanalyze <> 0 OR typnotnull OR typbasetype <> 0 OR typndims <> 0"

same "the key of GiST indexes: of two values of eight bytes, that no client reads or writes" "16|f|d|p|U|t|t" \
	"$(query $db -c "SELECT typlen, typbyval, typalign, typstorage, typcategory, typreceive = 0, typsend = 0 FROM pg_type WHERE oid = 'ext.gist_bounds'::regtype")"

none "the columns of row types have the form of their types" $db \
	"SELECT m.name, a.attname FROM lint.member m JOIN pg_type t ON t.oid = m.objid AND m.class = 'pg_type'::regclass
	 JOIN pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0 JOIN pg_type c ON c.oid = a.atttypid
	 WHERE (a.attlen, a.attbyval, a.attalign) <> (c.typlen, c.typbyval, c.typalign) OR a.attisdropped OR a.attnotnull OR a.atthasdef"

none "what stands in the extension's schema belongs to it, and to it alone" $db \
	"SELECT pg_describe_object('pg_proc'::regclass, oid, 0) FROM pg_proc WHERE pronamespace = 'ext'::regnamespace AND oid NOT IN (SELECT objid FROM lint.member WHERE class = 'pg_proc'::regclass)
	 UNION ALL SELECT oid::regtype::text FROM pg_type t WHERE typnamespace = 'ext'::regnamespace AND oid NOT IN (SELECT objid FROM lint.member WHERE class = 'pg_type'::regclass)
	   AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
	 UNION ALL SELECT oid::regoperator::text FROM pg_operator WHERE oprnamespace = 'ext'::regnamespace AND oid NOT IN (SELECT objid FROM lint.member WHERE class = 'pg_operator'::regclass)
	 UNION ALL SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'ext'::regnamespace AND relkind <> 'c'
	 UNION ALL SELECT m.name FROM lint.member m JOIN pg_depend d ON (d.classid, d.objid) = (m.classid, m.objid) AND d.refclassid = 'pg_extension'::regclass
	   GROUP BY m.name, m.classid, m.objid HAVING count(*) > 1"

none "defaults are for arguments that are there" $db "SELECT name FROM lint.function WHERE pronargdefaults > pronargs OR provariadic <> 0 AND pronargdefaults > 0"

none "an aggregate's functions take and give its state" $db \
	"SELECT a.name, p.part FROM lint.aggregate a JOIN lint.aggregate_part p ON p.aggregate = a.oid JOIN pg_proc f ON f.oid = p.fn
	 WHERE f.proretset OR f.proargtypes[0] <> a.aggtranstype
	    OR CASE p.part WHEN 'final' THEN f.pronargs <> 1 + a.aggnumdirectargs OR f.prorettype <> (SELECT prorettype FROM pg_proc WHERE oid = a.oid)
	                   WHEN 'moving final' THEN f.pronargs <> 1 OR f.prorettype <> (SELECT prorettype FROM pg_proc WHERE oid = a.oid)
	                   WHEN 'combine' THEN f.pronargs <> 2 OR f.proargtypes[1] <> a.aggtranstype OR f.prorettype <> a.aggtranstype
	                   ELSE f.prorettype <> a.aggtranstype OR (f.proargtypes::oid[])[1:f.pronargs - 1] <> (a.proargtypes::oid[])[a.aggnumdirectargs:a.pronargs - 1] END"

none "a strict transition begins with its only argument, which is the state" $db \
	"SELECT a.name FROM lint.aggregate a JOIN pg_proc f ON f.oid = a.aggtransfn WHERE f.proisstrict AND (a.pronargs <> 1 OR a.proargtypes[0] <> a.aggtranstype)"

none "a sort operator is < for min and > for max, of the default btree family of the argument" $db \
	"SELECT a.name FROM lint.aggregate a WHERE a.aggsortop <> 0 AND NOT EXISTS
	     (SELECT FROM pg_amop o JOIN pg_opclass c ON c.opcfamily = o.amopfamily AND c.opcdefault JOIN pg_am m ON m.oid = o.amopmethod AND m.amname = 'btree'
	      WHERE o.amopopr = a.aggsortop AND c.opcintype = a.proargtypes[0] AND o.amopstrategy = CASE a.proname WHEN 'min' THEN 1 ELSE 5 END)"

# Core avoids a trap with this: an aggregate(x ORDER BY y) whose comma slipped would find
# another aggregate.  The pairs here are of one family, where one more argument is one
# more measure; a comma that slips gives a text or a number too many for any of them.
same "aggregates of one name and different numbers of arguments" \
	"cost_series learning_curve market_shares market_shares_from_percent market_shares_usd regression two_factor_series" \
	"$(query $db -c "SELECT string_agg(DISTINCT a.proname, ' ' ORDER BY a.proname) FROM lint.aggregate a JOIN lint.aggregate b USING (proname) WHERE a.pronargs < b.pronargs AND a.proname <> 'rollup'")"

# ---- aggregates ----

none "aggregates have at least one argument, all of concrete types, and are not ordered-set, but for core's percentile_cont" $db \
	"SELECT name FROM lint.aggregate a WHERE pronargs = 0 OR (aggkind <> 'n' AND (aggkind <> 'o' OR proname <> 'percentile_cont'))
	   OR EXISTS (SELECT FROM unnest(proargtypes::oid[]) t(oid) JOIN pg_type USING (oid) WHERE typtype = 'p')"

none "every aggregate has a combine function" $db \
	"SELECT name FROM lint.aggregate WHERE aggcombinefn = 0"

none "states are base types of the extension: flat, with text and binary input and output" $db \
	"SELECT a.name, format_type(a.aggtranstype, NULL) FROM lint.aggregate a
	 WHERE NOT EXISTS (SELECT FROM lint.type t WHERE t.oid = a.aggtranstype AND t.typtype = 'b'
	     AND (t.typlen = -1 OR lint.excepted('by-value state', a.name)))
	   OR aggserialfn <> 0 OR aggdeserialfn <> 0"

none "no initial value: the state is built on the first call" $db \
	"SELECT name FROM lint.aggregate WHERE agginitval IS NOT NULL OR aggminitval IS NOT NULL"

none "transition, inverse and combine functions take NULL" $db \
	"SELECT p.name, p.part FROM lint.aggregate_part p JOIN pg_proc f ON f.oid = p.fn
	 WHERE p.part IN ('transition', 'combine', 'moving transition', 'inverse') AND f.proisstrict
	   AND NOT lint.excepted('strict transition', p.name)"

none "moving aggregates exist, with the same state and an inverse" $db \
	"SELECT a.name FROM lint.aggregate a
	 WHERE (aggmtransfn = 0 AND NOT lint.excepted('no moving mode', a.name))
	    OR (aggmtransfn <> 0 AND (aggminvtransfn = 0 OR aggmtranstype <> aggtranstype OR aggmfinalfn <> aggfinalfn))"

none "final functions only read the state, and want no further arguments" $db \
	"SELECT name FROM lint.aggregate WHERE aggfinalmodify <> 'r' OR (aggmtransfn <> 0 AND aggmfinalmodify <> 'r') OR aggfinalextra OR aggmfinalextra"

none "the functions of an aggregate are immutable and parallel safe" $db \
	"SELECT p.name, p.part FROM lint.aggregate_part p JOIN pg_proc f ON f.oid = p.fn
	 WHERE f.provolatile <> 'i' OR f.proparallel <> 's'"

none "min and max have a sort operator" $db \
	"SELECT name FROM lint.aggregate WHERE proname IN ('min', 'max') AND aggsortop = 0"

none "every state that is a value of its own can be rolled up" $db \
	"SELECT t.name FROM lint.type t WHERE typlen = -1
	   AND NOT EXISTS (SELECT FROM lint.aggregate r WHERE r.proname = 'rollup' AND r.proargtypes[0] = t.oid AND r.pronargs = 1)"

none "every exception is still needed" $db \
	"SELECT e.* FROM lint.exception e WHERE aggregate NOT IN (SELECT replace(name, 'ext.', '') FROM lint.aggregate)"

# From 19 on the planner asks: states that keep every row have a negative size, and it
# then aggregates nothing before a join.  A market keeps its members, which repeat.
none "states that keep every row say so, on 19 and later" $db "
	SELECT a.name || ': ' || a.aggtransspace FROM lint.aggregate a
	WHERE (a.aggtransspace < 0) IS DISTINCT FROM (current_setting('server_version_num')::int >= 190000
		AND a.aggtranstype::regtype::text IN ('ext.quantity_values', 'ext.paired_values', 'ext.cost_series'))
	   OR a.aggmtransspace < 0"

if [ "$(query $db -c 'SHOW server_version_num')" -ge 190000 ]; then
	query $db -c 'CREATE TABLE lint.fact AS SELECT i % 20 AS k, i::float8 AS v FROM generate_series(1, 20000) i' \
		-c 'CREATE TABLE lint.key AS SELECT k, k % 5 AS g FROM generate_series(0, 19) k' -c 'ANALYZE lint.fact, lint.key'
	# before_join AGGREGATE: how often the plan aggregates in part
	before_join()
	{
		query $db -c 'SET search_path = lint, ext' -c 'SET max_parallel_workers_per_gather = 0' \
			-c "EXPLAIN (COSTS OFF) SELECT g, $1 FROM fact JOIN key USING (k) GROUP BY g" | grep -c Partial || true
	}
	same 'curves are aggregated before a join, medians are not' '1|0' "$(before_join 'learning_curve(v, v)')|$(before_join 'median(v)')"
fi

# ---- the extension as a whole ----

found=$(query $db -c "SELECT relocatable, trusted, superuser, requires IS NULL FROM pg_available_extension_versions v
	JOIN pg_extension e ON e.extname = v.name AND e.extversion = v.version AND e.extrelocatable WHERE name = 'battery'")
same "the extension is relocatable and trusted, and requires no other" "t|t|t|t" "$found"

# Uses of the extension that reach all of its rooms.  Their results must stay
# the same whatever schema the extension is in and whatever lies in front of
# it on the search path.
cat >"$tmp/uses.sql" <<'SQL'
SELECT 'text'::text AS what, '1.5 TWh'::capacity_gwh::text || ' ' || 'US$67.3 million/GWh'::cost_per_gwh::text AS result
UNION ALL SELECT 'number', ((2.5::capacity_gwh * 2 + 1) / '250 MWh'::capacity_gwh)::text
UNION ALL SELECT 'money', (10::capacity_gwh * 67.3::cost_per_gwh)::text
UNION ALL SELECT 'order', (SELECT string_agg(c::text, ' ' ORDER BY c) FROM (SELECT DISTINCT ((i * 7) % 5)::capacity_gwh AS c FROM generate_series(1, 20) i) s)
UNION ALL SELECT 'sum', (SELECT sum(i::capacity_gwh)::text || ' ' || avg((i * 2)::capacity_gwh)::text || ' ' || max(i::capacity_gwh)::text FROM generate_series(1, 20) i)
UNION ALL SELECT 'moving', (SELECT string_agg(s::text, ' ' ORDER BY i) FROM (SELECT i, sum(i::capacity_gwh) OVER (ORDER BY i ROWS 2 PRECEDING) AS s FROM generate_series(1, 9) i) w)
UNION ALL SELECT 'range', (SELECT string_agg(s::text, ' ' ORDER BY i) FROM (SELECT i, count(*) OVER (ORDER BY i::capacity_gwh RANGE BETWEEN 2::capacity_gwh PRECEDING AND CURRENT ROW) AS s FROM generate_series(1, 9) i) w)
UNION ALL SELECT 'spread', (SELECT stddev(i::capacity_gwh)::text || ' ' || var_pop(i::cost_per_gwh)::text || ' ' || median(i::float8) FROM generate_series(1, 9) i)
UNION ALL SELECT 'percentile', (SELECT (percentile_cont(0.3) WITHIN GROUP (ORDER BY i::capacity_gwh))::text || (percentile_cont('{0.3,1}'::float8[]) WITHIN GROUP (ORDER BY i::cost_per_gwh))::text FROM generate_series(1, 9) i)
UNION ALL SELECT 'correlation', (SELECT corr(i::capacity_gwh, i * i)::text || regr_r2(i::cost_per_gwh, i::capacity_gwh)::text FROM generate_series(1, 9) i)
UNION ALL SELECT 'everyday', width_bucket(7::capacity_gwh, 0::capacity_gwh, 10::capacity_gwh, 5)::text || to_char(7.25::cost_per_gwh, 'FM9.0') || ceil(7.25::cost_per_gwh)::text
UNION ALL SELECT 'unit', to_unit(1.5::capacity_gwh, 'MWh')::text || ' ' || to_unit(67.3::cost_per_gwh, 'USD/MWh')::text || ' ' || display(1500::capacity_gwh)
UNION ALL SELECT 'learning', (SELECT learning_curve(i::capacity_gwh, (1000.0 / i)::cost_per_gwh)::text FROM generate_series(1, 20) i)
UNION ALL SELECT 'fit', (SELECT fit(learning_curve(i::capacity_gwh, (1000.0 / i + i % 3)::cost_per_gwh))::text FROM generate_series(1, 20) i)
UNION ALL SELECT 'predict', (SELECT predict(learning_curve(i::capacity_gwh, (1000.0 / i + i % 3)::cost_per_gwh), 40::capacity_gwh)::text FROM generate_series(1, 20) i)
UNION ALL SELECT 'series', (SELECT two_factor_series(2000 + i, 1::capacity_gwh, i::capacity_gwh, (1000.0 / i)::cost_per_gwh, i)::text FROM generate_series(1, 20) i)
UNION ALL SELECT 'families', (SELECT string_agg(f::text, ' ') FROM (SELECT two_factor_series(2000 + i, 1::capacity_gwh, i::capacity_gwh, (1000.0 / i + i % 3)::cost_per_gwh, i % 5 + 1) AS s FROM generate_series(1, 20) i) t, LATERAL curve_fits(s, newey_west_lag => newey_west_lag(s)) f)
UNION ALL SELECT 'target', (SELECT capacity_at(learning_curve(i::capacity_gwh, (1000.0 / i)::cost_per_gwh), 10::cost_per_gwh)::text FROM generate_series(1, 20) i)
UNION ALL SELECT 'differences', (SELECT first_difference(s)::text || random_walk(s)::text || probability_cheaper(s, s, 2)::text FROM (SELECT cost_series(2000 + i, i::capacity_gwh, (1000.0 / i + i % 3)::cost_per_gwh) AS s FROM generate_series(1, 20) i) t)
UNION ALL SELECT 'forecast', (SELECT string_agg(f::text || w::text, ' ' ORDER BY f.step) FROM (SELECT cost_series(2000 + i, i::capacity_gwh, (1000.0 / i + i % 3)::cost_per_gwh) AS s FROM generate_series(1, 20) i) t, LATERAL first_difference_forecast(s, ARRAY[30, 40], 0.19) f, LATERAL random_walk_forecast(s, 2) w WHERE w.step = f.step)
UNION ALL SELECT 'hindcast', (SELECT string_agg(h::text, ' ' ORDER BY h.forecast_method, h.horizon) FROM (SELECT cost_series(2000 + i, i::capacity_gwh, (1000.0 / i + i % 3)::cost_per_gwh) AS s FROM generate_series(1, 20) i) t, (VALUES ('first_difference'), ('wright')) m(method), LATERAL hindcast_summary(s, m.method) h)
UNION ALL SELECT 'regression', (SELECT regression(i * i, i, 1.0 / i)::text || fit(regression(i * i, i, 1.0 / i))::text || predict(regression(i * i, i, 1.0 / i), '{3,4}')::text FROM generate_series(1, 20) i)
UNION ALL SELECT 'coefficients', (SELECT string_agg(c::text, ' ' ORDER BY c.term) FROM (SELECT weighted_regression(i * i, i, i, 1.0 / i) AS m FROM generate_series(1, 20) i) s, LATERAL coefficients(m) c)
UNION ALL SELECT 'theil_sen', (SELECT theil_sen_learning_curve(paired_logarithms(i::capacity_gwh, (1000.0 / i + i % 3)::cost_per_gwh))::text FROM generate_series(1, 20) i)
UNION ALL SELECT 'segmented', (SELECT segmented_regression(paired_values((i - 7) * (i - 7), i))::text FROM generate_series(1, 20) i)
UNION ALL SELECT 'investment', learning_investment(10::capacity_gwh, 100::cost_per_gwh, -0.3, 50::cost_per_gwh)::text
UNION ALL SELECT 'market', (SELECT market_shares('m' || i % 4, i::capacity_gwh)::text FROM generate_series(1, 20) i)
UNION ALL SELECT 'hhi', (SELECT hhi(market_shares('m' || i % 4, i::numeric))::text || ' ' || leader(market_shares('m' || i % 4, i::numeric)) FROM generate_series(1, 20) i)
UNION ALL SELECT 'percent', (SELECT market_shares_from_percent('m' || i % 4, i / 10.0)::text FROM generate_series(1, 20) i)
UNION ALL SELECT 'concentration', (SELECT concentration(market_shares_from_percent('m' || i % 4, i / 10.0))::text || gini(market_shares('m' || i % 4, i::numeric)) FROM generate_series(1, 20) i)
UNION ALL SELECT 'shares', (SELECT string_agg(s::text, ' ') FROM (SELECT shares(market_shares('m' || i % 4, i::numeric)) FROM generate_series(1, 20) i) AS s)
UNION ALL SELECT 'share', (SELECT string_agg(round(s::numeric, 6)::text, ' ' ORDER BY i) FROM (SELECT i, market_share(i::capacity_gwh) OVER () AS s FROM generate_series(1, 5) i) w)
UNION ALL SELECT 'rollup', (SELECT rollup(m)::text FROM (SELECT market_shares('m' || i % 4, i::capacity_gwh) AS m FROM generate_series(1, 20) i GROUP BY i % 3) s)
UNION ALL SELECT 'change', (SELECT string_agg(c::text, ' ') FROM (SELECT share_change(market_shares('m' || i % 4, i::numeric), market_shares('m' || i % 3, i::numeric)) FROM generate_series(1, 20) i) AS c)
UNION ALL SELECT 'merger', (SELECT merger_screen(market_shares('m' || i % 4, i::numeric), 'm1', 'm2')::text FROM generate_series(1, 20) i)
UNION ALL SELECT 'rekey', (SELECT rekey(market_shares('m' || i % 4, i::numeric), '{"m1": "m2"}', 'keep')::text FROM generate_series(1, 20) i)
UNION ALL SELECT 'supply', import_dependence(10, 2, 1, 30)::text || (SELECT control_exposure(market_shares(CASE WHEN i > 3 THEN 'controlled' ELSE 'not controlled' END, i))::text FROM generate_series(1::bigint, 20) i) || chain_exposure('{a,b}', '{0.1,0.2}')::text
UNION ALL SELECT 't', student_t_quantile(0.975, 23)::text
SQL

uses()
{
	query $db -c "SET search_path = $1" -c "SELECT * FROM lint.uses"
}

{
	echo "SET search_path = ext, pg_catalog;"
	echo "CREATE VIEW lint.uses AS"
	cat "$tmp/uses.sql"
	echo ";"
	echo "CREATE TABLE lint.stored AS SELECT i::capacity_gwh AS c, i::cost_per_gwh AS p FROM generate_series(1, 1000) i;"
	echo "CREATE INDEX ON lint.stored (c); CREATE INDEX ON lint.stored USING hash (p);"
} | query $db
want=$(uses "ext, pg_catalog")
none "the uses below have results" $db "SELECT what FROM lint.uses WHERE result IS NULL"

# A schema in front of everything, with a hostile twin of every function of
# the extension and of the core operators and functions that a body might use.
query $db <<'SQL'
CREATE SCHEMA hostile;
DO $$
DECLARE
	f record;
BEGIN
	FOR f IN
		SELECT proname, pg_get_function_identity_arguments(oid) AS args, format_type(prorettype, NULL) AS result, proretset, proargmodes
		FROM lint.function
		WHERE prokind = 'f' AND proargmodes IS NULL AND NOT proretset
		  AND NOT 'internal'::regtype = ANY (proargtypes) AND NOT 'cstring'::regtype = ANY (proargtypes)
		  AND prorettype NOT IN ('cstring'::regtype, 'internal'::regtype)
	LOOP
		EXECUTE format('CREATE FUNCTION hostile.%I(%s) RETURNS %s LANGUAGE plpgsql AS %L',
			f.proname, f.args, f.result, format('BEGIN RAISE EXCEPTION %L; END', 'hostile.' || f.proname));
	END LOOP;
	FOR f IN
		SELECT DISTINCT oprname, format_type(oprleft, NULL) AS l, format_type(oprright, NULL) AS r, format_type(oprresult, NULL) AS result
		FROM pg_operator
		WHERE oprleft <> 0
		  AND (oprleft IN (SELECT oid FROM lint.type) OR oprright IN (SELECT oid FROM lint.type)
		       OR oprnamespace = 'pg_catalog'::regnamespace AND oprleft = oprright
		          AND oprleft IN ('int4'::regtype, 'int8'::regtype, 'float8'::regtype, 'numeric'::regtype, 'text'::regtype, 'bool'::regtype))
		  AND oprresult <> 0 AND oprcode <> 0
	LOOP
		EXECUTE format('CREATE OR REPLACE FUNCTION hostile.operator_function(%s, %s) RETURNS %s LANGUAGE plpgsql AS %L',
			f.l, f.r, f.result, 'BEGIN RAISE EXCEPTION ''hostile operator''; END');
		EXECUTE format('ALTER FUNCTION hostile.operator_function(%s, %s) RENAME TO %I', f.l, f.r,
			'operator_function_' || md5(f.oprname || f.l || f.r));
		EXECUTE format('CREATE OPERATOR hostile.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = hostile.%I)',
			f.oprname, f.l, f.r, 'operator_function_' || md5(f.oprname || f.l || f.r));
	END LOOP;
	FOR f IN
		SELECT DISTINCT proname, pg_get_function_identity_arguments(oid) AS args, format_type(prorettype, NULL) AS result
		FROM pg_proc
		WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f' AND NOT proretset AND proargmodes IS NULL
		  AND proname IN ('ln', 'exp', 'power', 'pow', 'sqrt', 'round', 'abs', 'sign', 'coalesce', 'lower', 'upper', 'replace',
		                  'format', 'btrim', 'int8', 'numeric', 'float8', 'text', 'int4', 'nullif')
	LOOP
		EXECUTE format('CREATE FUNCTION hostile.%I(%s) RETURNS %s LANGUAGE plpgsql AS %L', f.proname, f.args, f.result,
			format('BEGIN RAISE EXCEPTION %L; END', 'hostile.' || f.proname));
	END LOOP;
END $$;
SQL
if found=$(query $db -c "SET search_path = hostile, pg_catalog, ext" -c "SELECT 1 + 1" 2>&1); then
	not_ok "the hostile schema does get in front of core"
else
	ok "the hostile schema does get in front of core"
fi
same "hostile objects in front of the search path change no result" "$want" "$(uses "hostile, pg_catalog, ext" 2>&1)"
same "an empty search path changes no result" "$want" "$(uses "''" 2>&1)"

query $db -c "CREATE SCHEMA elsewhere" -c "ALTER EXTENSION battery SET SCHEMA elsewhere"
none "after SET SCHEMA nothing is left behind" $db \
	"SELECT m.name FROM lint.member m JOIN pg_proc p ON p.oid = m.objid WHERE m.class = 'pg_proc'::regclass AND p.pronamespace <> 'elsewhere'::regnamespace
	 UNION ALL SELECT oid::regtype::text FROM pg_type WHERE typnamespace = 'ext'::regnamespace
	 UNION ALL SELECT oid::regoperator::text FROM pg_operator WHERE oprnamespace = 'ext'::regnamespace
	 UNION ALL SELECT opcname::text FROM pg_opclass WHERE opcnamespace = 'ext'::regnamespace
	 UNION ALL SELECT opfname::text FROM pg_opfamily WHERE opfnamespace = 'ext'::regnamespace"
same "a view made before SET SCHEMA has the same results after it" "$want" "$(uses "pg_catalog" 2>&1)"
same "all uses parse and have the same results in the new schema" "$want" \
	"$(query $db -c "SET search_path = elsewhere, pg_catalog" -f "$tmp/uses.sql" 2>&1)"
same "indexes made before SET SCHEMA still serve" "500|1" \
	"$(query $db -c "SET search_path = elsewhere, pg_catalog" -c "SET enable_seqscan = off" \
		-c "SELECT (SELECT count(*) FROM lint.stored WHERE c <= 500), (SELECT count(*) FROM lint.stored WHERE p = 7)")"
if found=$(query $db -c "DROP EXTENSION battery" 2>&1); then
	not_ok "DROP EXTENSION refuses while a table uses a type"
else
	ok "DROP EXTENSION refuses while a table uses a type"
fi
query $db -c "DROP SCHEMA hostile CASCADE" -c "DROP TABLE lint.stored" -c "DROP EXTENSION battery CASCADE"
none "DROP EXTENSION leaves nothing" $db \
	"SELECT proname::text FROM pg_proc WHERE probin LIKE '%/battery'
	 UNION ALL SELECT typname::text FROM pg_type WHERE typnamespace = 'elsewhere'::regnamespace"

# What users make of the extension's row types outlives a dump: their columns are
# known by name, whatever the row type gets in a later version.
row_db=battery_test_lint_rows
create_database $row_db
create_database ${row_db}_copy
query $row_db <<'SQL'
CREATE SCHEMA ext;
CREATE EXTENSION battery SCHEMA ext;
SET search_path = public, ext;
CREATE VIEW history AS SELECT two_factor_series(2000 + i, 1::capacity_gwh, i::capacity_gwh, (1000.0 / i + i % 3)::cost_per_gwh, i % 5 + 1) AS series FROM generate_series(1, 20) i;
CREATE VIEW fits AS SELECT f.* FROM history, curve_fits(series) AS f;
CREATE VIEW row_values AS SELECT wright(series) AS w, theil_sen_learning_curve(series) AS t, segmented_learning_curve(series) AS s,
	first_difference(series) AS d, random_walk(series) AS r FROM history;
CREATE VIEW columns AS SELECT (w).exponent AS w, (t).exponent AS t, (s).break_at AS s, (d).exponent AS d, (r).drift AS r FROM row_values;
CREATE VIEW change AS SELECT c.* FROM (SELECT market_shares('m' || i % 4, i::numeric) AS a, market_shares('m' || i % 3, i::numeric) AS b FROM generate_series(1, 20) i) s, share_change(a, b) AS c;
CREATE TABLE stored AS SELECT * FROM row_values;
SQL
rows="SELECT fits::text FROM fits UNION ALL SELECT row_values::text FROM row_values UNION ALL SELECT columns::text FROM columns
	UNION ALL SELECT change::text FROM change UNION ALL SELECT stored::text FROM stored"
pg_dump -d $row_db -f "$tmp/rows.sql"
query ${row_db}_copy -f "$tmp/rows.sql" >"$tmp/restored" 2>&1 || remark <"$tmp/restored"
same "views and tables over the row types are dumped and restored" "$(query $row_db -c "SET search_path = public, ext" -c "$rows")" \
	"$(query ${row_db}_copy -c "SET search_path = public, ext" -c "$rows" 2>&1)"
none "every row type is among them" $row_db \
	"SELECT t.oid::regtype FROM pg_depend d JOIN pg_type t ON t.oid = d.objid AND d.classid = 'pg_type'::regclass AND d.deptype = 'e'
	 WHERE t.typtype = 'c' AND t.typname || '' NOT IN
	       (SELECT u.typname FROM pg_attribute a JOIN pg_type u ON u.oid = a.atttypid WHERE a.attrelid = 'row_values'::regclass)
	   AND t.typname <> 'share_change_row'"

# A role without superuser, with CREATE on the database alone.
user_db=battery_test_lint_user
create_database $user_db
create_role battery_test_installer LOGIN
query $user_db -c "GRANT CREATE ON DATABASE $user_db TO battery_test_installer"
as_installer="SET ROLE battery_test_installer; CREATE SCHEMA mine; SET search_path = mine, pg_catalog; CREATE EXTENSION battery;"
same "a role that is no superuser installs it and uses all of it" "$want" \
	"$({ echo "$as_installer"; cat "$tmp/uses.sql"; } | query $user_db 2>&1)"
create_role battery_test_reader LOGIN
query $user_db -c "GRANT USAGE ON SCHEMA mine TO battery_test_reader"
same "and any other role uses it with USAGE on the schema alone" "$want" \
	"$({ echo "SET ROLE battery_test_reader; SET search_path = mine, pg_catalog;"; cat "$tmp/uses.sql"; } | query $user_db 2>&1)"
query $user_db -c "SET ROLE battery_test_installer" -c "DROP EXTENSION battery" -c "DROP SCHEMA mine"
finish
