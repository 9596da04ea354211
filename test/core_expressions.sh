#!/bin/bash
# Core SQL means the same with the extension as without it.
#
# Generates every binary operator of pg_catalog between operands of core
# types, prefix operators, the functions that the extension overloads, and
# the constructs that pick a common type; evaluates each in a database
# without and in one with the extension; and compares result type, result
# or SQLSTATE.  A third run adds the operator that the design forbids and
# must find differences, so that the comparison is known to see them.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

plain=battery_test_core_plain
extended=battery_test_core_extended
export PGOPTIONS="$PGOPTIONS -c timezone=UTC -c jit=off"

cat > "$tmp/expressions.sql" <<'SQL'
CREATE SCHEMA probe;
CREATE TABLE probe.operand (i serial, o text, common boolean);
INSERT INTO probe.operand (o, common) VALUES
	('5', true), ('3000000000', true), ('2.5', true), ('-0.1', true),
	('''2''', true), ('''2.5''', true), ('NULL', true),
	('3::smallint', true), ('7::integer', true), ('9::bigint', true),
	('4.25::numeric', true), ('1.5::real', true), ('0.1::float8', true),
	('NULL::numeric', true), ('5::oid', false), ('2::money', false),
	('true', false), ('''7''::text', false), ('''7''::varchar', false),
	('''a''::"char"', false), ('date ''2024-02-29''', false),
	('timestamp ''2024-02-29 12:00''', false), ('time ''12:30''', false),
	('interval ''1 day''', false), ('ARRAY[1, 2]', false),
	('ARRAY[1.5]', false), ('''{"a": 1}''::jsonb', false),
	('int4range(1, 5)', false), ('numrange(1, 5)', false);

CREATE TABLE probe.expression (e text PRIMARY KEY, outcome text);

-- all binary operators, all pairs
INSERT INTO probe.expression (e)
SELECT DISTINCT format('%s %s %s', a.o, p.oprname, b.o)
FROM (SELECT DISTINCT oprname FROM pg_operator
	  WHERE oprkind = 'b' AND oprnamespace = 'pg_catalog'::regnamespace) p,
	 probe.operand a, probe.operand b;

-- prefix operators
INSERT INTO probe.expression (e)
SELECT DISTINCT format('%s (%s)', p.oprname, a.o)
FROM (SELECT DISTINCT oprname FROM pg_operator
	  WHERE oprkind = 'l' AND oprnamespace = 'pg_catalog'::regnamespace) p,
	 probe.operand a
ON CONFLICT DO NOTHING;

-- functions of one and two arguments
INSERT INTO probe.expression (e)
SELECT format('%s(%s)', f, a.o)
FROM unnest('{abs,sign,round,ceil,ceiling,floor,trunc,sqrt,ln,exp,to_json,to_jsonb,
	sum,avg,min,max,count,stddev,stddev_samp,stddev_pop,variance,var_samp,var_pop,array_agg,text,float8,"numeric",int4,
	to_hex,pg_typeof,generate_series,width_bucket,hash_numeric,factorial}'::text[]) f,
	probe.operand a
ON CONFLICT DO NOTHING;
INSERT INTO probe.expression (e)
SELECT format('%s(%s, %s)', f, a.o, b.o)
FROM unnest('{round,trunc,mod,div,power,log,gcd,atan2,coalesce,greatest,least,
	nullif,regr_slope,regr_r2,corr,concat,to_char,repeat,left,substr}'::text[]) f,
	probe.operand a, probe.operand b
WHERE a.common AND b.common
ON CONFLICT DO NOTHING;

-- functions of more arguments, and aggregates of ordered sets
INSERT INTO probe.expression (e)
SELECT format(t, a.o, b.o)
FROM unnest(ARRAY['width_bucket(%s, 0, %s, 4)', 'width_bucket(%s, %s, 10, 4)', 'width_bucket(3, %s, %s, 4)',
	'width_bucket(%s, ARRAY[%s])', 'percentile_cont(%s) WITHIN GROUP (ORDER BY %s)',
	'percentile_cont(ARRAY[%s]) WITHIN GROUP (ORDER BY %s)', 'percentile_disc(%s) WITHIN GROUP (ORDER BY %s)']) t,
	probe.operand a, probe.operand b
WHERE a.common AND b.common
ON CONFLICT DO NOTHING;
INSERT INTO probe.expression (e)
SELECT format(t, o)
FROM unnest(ARRAY['percentile_cont(0.5) WITHIN GROUP (ORDER BY %s)', 'percentile_cont(ARRAY[0.25, 0.5]) WITHIN GROUP (ORDER BY %s)',
	'percentile_cont(''{0.25,0.5}'') WITHIN GROUP (ORDER BY %s)', 'mode() WITHIN GROUP (ORDER BY %s)']) t, probe.operand
ON CONFLICT DO NOTHING;

-- constructs that look for a common type
INSERT INTO probe.expression (e)
SELECT format(t, a.o, b.o)
FROM unnest(ARRAY['CASE WHEN true THEN %s ELSE %s END',
	'ARRAY[%s, %s]', '%s IN (%s, 2)', '%s BETWEEN 1 AND %s',
	'%s = ANY (ARRAY[%s])', '(%s, 1) < (%s, 2)', '%s IS DISTINCT FROM %s',
	'(SELECT x FROM (SELECT %s UNION ALL SELECT %s) u (x) LIMIT 1)',
	'(SELECT count(*) FROM (VALUES (%s), (%s)) v (x))',
	'(SELECT sum(x) OVER (ORDER BY x RANGE BETWEEN %2$s PRECEDING AND CURRENT ROW) FROM (SELECT %1$s) v (x))']) t,
	probe.operand a, probe.operand b
WHERE a.common AND b.common
ON CONFLICT DO NOTHING;

CREATE FUNCTION probe.outcome(e text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	r text;
BEGIN
	EXECUTE format('SELECT pg_typeof(x)::text || '' '' || coalesce(x::text, ''NULL'') FROM (SELECT %s) q (x)', e) INTO r;
	RETURN r;
EXCEPTION WHEN OTHERS THEN
	RETURN 'SQLSTATE ' || SQLSTATE;
END
$$;

-- parameters without a type beside typed operands
CREATE TABLE probe.parameter (e text PRIMARY KEY, outcome text);
INSERT INTO probe.parameter (e)
SELECT format(t, a.o, p)
FROM unnest(ARRAY['%1$s %2$s $1', '$1 %2$s %1$s']) t, probe.operand a,
	unnest('{+,-,*,/,%,^,<,<=,=,<>,>=,>,||}'::text[]) p
WHERE a.common;

CREATE FUNCTION probe.parameter_outcome(e text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
	t text;
	r text;
BEGIN
	EXECUTE format('PREPARE probe_p AS SELECT pg_typeof(x)::text || '' '' || coalesce(x::text, ''NULL'') FROM (SELECT %s) q (x)', e);
	SELECT parameter_types::text INTO t FROM pg_prepared_statements WHERE name = 'probe_p';
	BEGIN
		EXECUTE 'EXECUTE probe_p(2)' INTO r;
	EXCEPTION WHEN OTHERS THEN
		r := 'SQLSTATE ' || SQLSTATE;
	END;
	DEALLOCATE probe_p;
	RETURN t || ' ' || r;
EXCEPTION WHEN OTHERS THEN
	RETURN 'SQLSTATE ' || SQLSTATE;
END
$$;
SQL

cat > "$tmp/evaluate.sql" <<'SQL'
UPDATE probe.expression SET outcome = probe.outcome(e);
UPDATE probe.parameter SET outcome = probe.parameter_outcome(e);
COPY (SELECT *
	  FROM (SELECT e, outcome FROM probe.expression
			UNION ALL SELECT 'PREPARE ' || e, outcome FROM probe.parameter) q
	  ORDER BY e COLLATE "C") TO STDOUT;
SQL

create_database $plain
create_database $extended
query $extended -c 'CREATE EXTENSION battery'

evaluate()
{
	query "$1" -f "$tmp/expressions.sql"
	query "$1" -f "$tmp/evaluate.sql" > "$tmp/$1"
}
evaluate $plain &
evaluate $extended
wait $!

total=$(wc -l < "$tmp/$plain")
errors=$(cut -f 2 "$tmp/$plain" | grep -c '^SQLSTATE')
results=$((total - errors))
if [ "$total" -ge 60000 ] && [ "$results" -ge 5000 ]; then
	ok "core expressions generated: $total, of which $results have a result"
else
	not_ok "core expressions generated: $total, of which $results have a result"
fi

# What does change, and why it may.  Beside our percentile_cont, one of a constant
# without a type, which nobody means, could be of numbers or of either quantity: it
# is an error (42725) in place of that constant.  A value of a type, a column's or a
# cast one's, is not concerned.
constant="percentile_cont\([^']*\) WITHIN GROUP \(ORDER BY ('[^']*'|NULL)\)"

# unchanged NAME WITHOUT WITH: the outcomes without and with the extension, but for
# those
unchanged()
{
	local listed

	diff "$2" "$3" | grep '^>' >"$tmp/changed" || true
	listed=$(grep -cE "^> $constant"$'\tSQLSTATE 42725$' "$tmp/changed") || true
	grep -vE "^> $constant"$'\tSQLSTATE 42725$' "$tmp/changed" >"$tmp/diff" || true
	if [ "$listed" -gt 0 ] && [ ! -s "$tmp/diff" ] && [ "$(wc -l <"$2")" -eq "$(wc -l <"$3")" ]; then
		ok "$1, but for $listed listed"
	else
		not_ok "$1, but for $listed listed"
		remark <"$tmp/diff"
	fi
}

unchanged "core expressions unchanged by the extension" "$tmp/$plain" "$tmp/$extended"

# The same beside packages that overload names of core, where they are installed.
neighbours=$(query postgres -c "SELECT string_agg(name, ' ' ORDER BY name) FROM pg_available_extensions WHERE name IN ('orafce', 'tdigest', 'unit')")
if [ -z "$neighbours" ]; then
	ok "core expressions beside orafce, tdigest and unit # SKIP none of them is installed"
else
	for db in $plain $extended; do
		create_database "${db}_beside"
		for name in $neighbours; do
			query "${db}_beside" -c "CREATE EXTENSION $name"
		done
	done
	query "${extended}_beside" -c 'CREATE EXTENSION battery'
	evaluate "${plain}_beside" &
	evaluate "${extended}_beside"
	wait $!
	unchanged "core expressions unchanged by the extension beside $neighbours" "$tmp/${plain}_beside" "$tmp/${extended}_beside"
fi

# The comparison sees what the design forbids: one operator with numeric.
query $extended <<'SQL'
CREATE FUNCTION probe.forbidden(capacity_gwh, numeric) RETURNS capacity_gwh
	LANGUAGE sql IMMUTABLE RETURN $1;
CREATE OPERATOR / (LEFTARG = capacity_gwh, RIGHTARG = numeric,
	FUNCTION = probe.forbidden);
DELETE FROM probe.expression WHERE e !~ '^[^ ]+ / [^ ]+$';
SQL
query $extended -f "$tmp/evaluate.sql" > "$tmp/forbidden"
# not <(...), which needs /proc: a bare chroot may have none
sort "$tmp/$plain" > "$tmp/plain.sorted"
sort "$tmp/forbidden" > "$tmp/forbidden.sorted"
changed=$(comm -13 "$tmp/plain.sorted" "$tmp/forbidden.sorted" | wc -l)
if [ "$changed" -gt 0 ]; then
	ok "a forbidden operator is noticed: $changed expressions change"
else
	not_ok "a forbidden operator is noticed"
fi
finish
