// Runs the generated models for test/models.sh, with the tools that they are for.
// Prints "ok - name" and "not ok - name" lines.  The connection is in PG*.
//
//	node model.js scaffold		what Cube's own scaffolding makes of the views
//	node model.js cube FILE		every measure by Cube, and by plain SQL
//	node model.js dbt DIRECTORY	sources with their tests, semantic models, metrics
'use strict';

const fs = require('fs');
const path = require('path');
const yaml = require('js-yaml');
const Ajv = require('ajv');
const { Client } = require('pg');
const { PostgresDriver } = require('@cubejs-backend/postgres-driver');
const { prepareCompiler, PostgresQuery, ScaffoldingSchema } = require('@cubejs-backend/schema-compiler');

function same(name, expected, actual) {
	const good = JSON.stringify(expected) === JSON.stringify(actual);
	console.log(`${good ? 'ok' : 'not ok'} - ${name}`);
	if (!good) {
		console.log(`# expected: ${JSON.stringify(expected).slice(0, 3000)}\n# actual:   ${JSON.stringify(actual).slice(0, 3000)}`);
	}
}

// what is wrong, which should be nothing
function none(name, wrong) {
	same(name, [], wrong);
}

// Numbers are compared as such, to the last digits that the order of a sum may change.
function equal(a, b) {
	if (a === null || b === null || a === undefined || b === undefined) {
		return (a ?? null) === (b ?? null);
	}
	return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

const settings = { host: process.env.PGHOST, port: process.env.PGPORT, user: process.env.PGUSER, database: process.env.PGDATABASE };
const client = new Client(settings);
const rows = async (sql) => (await client.query(sql)).rows;
// one after the other: a connection does one thing at a time
async function inTurn(list, ask) {
	const answers = [];
	for (const each of list) {
		answers.push(await ask(each));
	}
	return answers;
}
const quoted = (name) => `"${name.replace(/"/g, '""')}"`;

// The dictionary, and the columns of the views with their types.
let dictionary;
let columns;
async function readDictionary() {
	dictionary = await rows('SELECT * FROM industry.bi_measure WHERE view_name <> \'bi_measure\'');
	columns = await rows(`SELECT table_name AS view_name, column_name, data_type FROM information_schema.columns
		WHERE table_schema = 'industry' AND table_name LIKE 'bi\\_%' AND table_name <> 'bi_measure' ORDER BY table_name, ordinal_position`);
}

// What a measure is, in plain SQL that has nothing of the models: rows are grouped by what
// must be kept apart first, and there is a total where that leaves one group.  Returns a
// map from a value of the column by (or all) to the total.
async function plainTotals(m, by) {
	const apart = m.within === null ? [] : m.within.split(', ');
	const key = by === null ? '\'all\'' : `v.${quoted(by)}`;
	const column = `v.${quoted(m.column_name)}`;
	const group = {
		sum: `sum(${column})`,
		average: `sum(${column})::double precision / count(${column})`,
		max: `max(${column})`,
		quotient: m.aggregation !== 'quotient' ? null
			: `sum(v.${m.numerator}) FILTER (WHERE v.${m.denominator} IS NOT NULL) / nullif(sum(v.${m.denominator}) FILTER (WHERE v.${m.numerator} IS NOT NULL), 0)`,
	}[m.aggregation];
	const result = await rows(`
		SELECT key::text, CASE WHEN count(*) = 1 THEN max(total) END AS total
		FROM (SELECT ${key} AS key, ${group} AS total
			  FROM industry.${quoted(m.view_name)} v WHERE ${column} IS NOT NULL
			  GROUP BY ${[key, ...apart.map((a) => `v.${quoted(a)}`)].filter((k) => k !== '\'all\'').join(', ') || '()'}) AS g
		GROUP BY key`);
	return new Map(result.filter((r) => r.total !== null).map((r) => [String(r.key), Number(r.total)]));
}

// the columns by which measures are asked for: what is kept apart, and who says it
function groupings(m) {
	const has = (name) => columns.some((c) => c.view_name === m.view_name && c.column_name === name);
	const apart = m.within === null ? [] : m.within.split(', ');
	return [null, ...new Set([...apart, 'publisher', 'year', 'country', 'maker'].filter(has))];
}

function differences(name, expected, actual) {
	return [...new Set([...expected.keys(), ...actual.keys()])]
		.filter((key) => !equal(expected.get(key), actual.get(key)))
		.map((key) => `${name} ${key}: ${actual.get(key)} is not ${expected.get(key)}`);
}

// ---------------------------------------------------------------------------

async function scaffold() {
	const driver = new PostgresDriver(settings);
	const tables = await driver.tablesSchema();
	const industry = Object.fromEntries(Object.entries(tables.industry).filter(([name]) => name.startsWith('bi_') && name !== 'bi_measure'));
	const names = Object.keys(industry).map((name) => ['industry', name]);
	const types = { 'double precision': 'number', integer: 'number', date: 'time', boolean: 'boolean', text: 'string' };
	const known = new ScaffoldingSchema(tables, { snakeCase: true });
	none('models: Cube reads the type of each column as what it is', columns
		.filter((c) => known.columnType(industry[c.view_name].find((k) => k.name === c.column_name)) !== types[c.data_type])
		.map((c) => `${c.view_name}.${c.column_name}`));
	// The scaffolding knows a measure by the end of its name (amount, price, cost ...), and
	// ours end in a unit; what it knows becomes a sum, whatever it is.
	const found = known.generateForTables(names).flatMap((t) => t.measures.map((m) => `${t.table}.${m.name}`));
	none('models: Cube\'s scaffolding takes no column for a measure that does not add up', found
		.filter((name) => !dictionary.some((m) => `${m.view_name}.${m.column_name}` === name && m.additivity === 'additive')));
	const all = new ScaffoldingSchema(tables, { snakeCase: true, includeNonDictionaryMeasures: true })
		.generateForTables(names).flatMap((t) => t.measures.map((m) => `${t.table}.${m.name}`));
	none('models: told to take every number, it finds all that the dictionary has', dictionary
		.map((m) => `${m.view_name}.${m.column_name}`).filter((name) => !all.includes(name)));
	await driver.release();
	return { found, numbers: all.length };
}

// ---------------------------------------------------------------------------

async function cube(file) {
	const content = fs.readFileSync(file, 'utf8');
	const model = yaml.load(content);
	none('models: no comment is a template to Cube', content.match(/\{[{%#].*|.*[}%#]\}/g) ?? []);
	const repository = { localPath: () => '.', dataSchemaFiles: () => Promise.resolve([{ fileName: 'battery.yml', content }]) };
	// Cube's native part, a download, renders templates; there are none
	const compilers = prepareCompiler(repository, { adapter: 'postgres', nativeInstance: { newJinjaEngine: () => null } });
	await compilers.compiler.compile();
	same('models: Cube compiles the model, a cube for each view', [...new Set(columns.map((c) => c.view_name))].sort(), compilers.cubeEvaluator.cubeNames().sort());

	const cubeOf = Object.fromEntries(model.cubes.map((c) => [c.name, c]));
	const prefix = { sum: 'sum', average: 'average', max: 'max', quotient: 'overall' };
	const offered = dictionary.filter((m) => m.aggregation !== 'none');
	const measures = model.cubes.flatMap((c) => c.measures.filter((m) => m.name !== 'row_count').map((m) => `${c.name}.${m.name}`));
	same('models: Cube offers what the dictionary says, and nothing else',
		offered.map((m) => `${m.view_name}.${prefix[m.aggregation]}_${m.column_name}`).sort(), [...measures].sort());
	none('models: no measure of Cube adds up or averages what does not add up', model.cubes.flatMap((c) => c.measures
		.filter((m) => m.name !== 'row_count' && (['sum', 'avg'].includes(m.type) || /\b(sum|avg)\(/i.test(m.sql)))
		.filter((m) => !dictionary.some((d) => d.view_name === c.name
			&& ((d.additivity === 'additive' && m.name === `sum_${d.column_name}`) || (d.additivity === 'averageable' && m.name === `average_${d.column_name}`)
				|| (d.numerator !== null && m.name === `overall_${d.column_name}`))))
		.map((m) => `${c.name}.${m.name}`)));
	none('models: nor a share, an index or a price', measures.filter((m) => /\.(sum|average)_.*(_fraction|_points|_per_kwh|_per_usd|_discharged|_squared|exponent)$/.test(m)));
	const type = { 'double precision': 'number', integer: 'number', date: 'time', boolean: 'boolean', text: 'string' };
	none('models: every other column is a dimension of Cube, a figure a number', columns
		.filter((c) => !dictionary.some((m) => m.view_name === c.view_name && m.column_name === c.column_name && m.aggregation === 'sum'))
		.filter((c) => cubeOf[c.view_name].dimensions.find((d) => d.name === c.column_name)?.type !== type[c.data_type])
		.map((c) => `${c.view_name}.${c.column_name}`));
	none('models: every measure and dimension of Cube says what it is', model.cubes.flatMap((c) => [...c.measures, ...c.dimensions]
		.filter((m) => !m.description).map((m) => `${c.name}.${m.name}`)));

	const driver = new PostgresDriver(settings);
	const ask = async (query) => {
		const [sql, values] = new PostgresQuery(compilers, { timezone: 'UTC', order: [], ...query }).buildSqlAndParams();
		return driver.query(sql, values);
	};
	const wrong = [];
	let answers = 0;
	for (const m of offered) {
		const measure = `${m.view_name}.${prefix[m.aggregation]}_${m.column_name}`;
		for (const by of groupings(m)) {
			const dimension = by === null ? [] : [`${m.view_name}.${by}`];
			const result = await ask({ measures: [measure], dimensions: dimension });
			const alias = (name) => name.replace('.', '__');
			const actual = new Map(result.filter((r) => r[alias(measure)] !== null)
				.map((r) => [by === null ? 'all' : String(r[alias(dimension[0])]).replace(/T00:00:00.000$/, ''), Number(r[alias(measure)])]));
			answers += actual.size;
			wrong.push(...differences(`${measure} by ${by}`, await plainTotals(m, by), actual));
		}
	}
	none('models: Cube\'s answer is plain SQL\'s, for every measure, alone and by what must be kept apart', wrong);
	same('models: and there are many answers', true, answers > 100);
	for (const view of Object.keys(cubeOf)) {
		// all of them at once: a type that does not fit, or a name that is taken, fails here
		await ask({ measures: [`${view}.row_count`], dimensions: cubeOf[view].dimensions.map((d) => `${view}.${d.name}`), rowLimit: 5 });
	}
	console.log('ok - models: Cube groups by every dimension');

	// What is meant, worked out by hand from the reports (test/bi_totals.sh says how): 26.44
	// billion US$ for 392 GWh of six plants, with no filter but one maker or mineral.
	const equals = (member, ...values) => ({ member, operator: 'equals', values });
	const only = (result) => result.map((r) => Object.values(r).map((v) => (v === null || Number.isNaN(Number(v)) ? v : Number(Number(v).toFixed(2)))));
	same('models: Cube: plants, their GWh, their cost and what a GWh costs, with no filter', [[392, 26440000000, 67.45]], only(await ask({
		measures: ['bi_expansion.sum_capacity_gwh_per_year', 'bi_expansion.sum_investment_usd', 'bi_expansion.overall_cost_usd_per_kwh'] })));
	same('models: Cube: CATL by year', [['2022-01-01T00:00:00.000', 184.4], ['2023-01-01T00:00:00.000', 259.7], ['2024-01-01T00:00:00.000', 289.3]], only(await ask({
		measures: ['bi_maker_share.sum_amount_gwh'],
		timeDimensions: [{ dimension: 'bi_maker_share.period_first', granularity: 'year' }],
		filters: [equals('bi_maker_share.maker', 'CATL')], order: [{ id: 'bi_maker_share.period_first', desc: false }] })));
	same('models: Cube: tonnes of lithium and of cobalt are no sum', [[null]], only(await ask({
		measures: ['bi_country_share.sum_amount_tonnes'], filters: [equals('bi_country_share.material', 'lithium', 'cobalt')] })));
	await driver.release();
}

// ---------------------------------------------------------------------------

// The templates that dbt would fill in
const relation = (text, models) => text.replace(/\{\{ source\('industry', '(\w+)'\) \}\}/g, 'industry.$1').replace(/\{\{ config\(.*?\) \}\}/g, '');

// dbt's four tests, as its documentation has them: the query returns what fails
function testQuery(table, column, test) {
	const [name, said] = typeof test === 'string' ? [test, {}] : Object.entries(test)[0];
	const target = (to) => to.replace(/^source\('industry', '(\w+)'\)$/, 'industry.$1');
	switch (name) {
		case 'not_null': return `SELECT count(*)::int AS failures FROM ${table} WHERE ${column} IS NULL`;
		case 'unique': return `SELECT count(*)::int AS failures FROM (SELECT ${column} FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 HAVING count(*) > 1) AS u`;
		case 'accepted_values': return `SELECT count(*)::int AS failures FROM ${table} WHERE ${column} NOT IN (${said.values.map((v) => client.escapeLiteral(v)).join(', ')})`;
		case 'relationships': return `SELECT count(*)::int AS failures FROM ${table} c LEFT JOIN ${target(said.to)} p ON p.${said.field} = c.${column} WHERE c.${column} IS NOT NULL AND p.${said.field} IS NULL`;
		default: throw new Error(`no such test: ${name}`);
	}
}

// What the documentation of MetricFlow asks for beyond the schema
function semanticFaults(model) {
	const faults = [];
	const granularities = ['nanosecond', 'microsecond', 'millisecond', 'second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year', 'metric_time'];
	const taken = new Set();
	const kinds = new Map();
	const check = (name, what) => {
		if (!/^[a-z]((?!__)[a-z0-9_])*[a-z0-9]$/.test(name) || granularities.includes(name)) {
			faults.push(`${what} ${name}: not a name`);
		}
	};
	const once = (name, what) => {
		check(name, what);
		if (taken.has(`${what} ${name}`)) {
			faults.push(`${what} ${name}: twice`);
		}
		taken.add(`${what} ${name}`);
	};
	for (const s of model.semantic_models) {
		once(s.name, 'semantic model');
		const own = new Set([s.primary_entity]);
		for (const d of s.dimensions) {
			check(d.name, 'dimension');
			if (own.has(d.name)) {
				faults.push(`${s.name}.${d.name}: twice`);
			}
			own.add(d.name);
			if (kinds.has(d.name) && kinds.get(d.name) !== d.type) {
				faults.push(`${d.name}: of two types`);
			}
			kinds.set(d.name, d.type);
		}
		for (const m of s.measures ?? []) {
			once(m.name, 'measure');
		}
		if (s.measures && s.dimensions.find((d) => d.name === s.defaults?.agg_time_dimension)?.type !== 'time') {
			faults.push(`${s.name}: measures without a day`);
		}
	}
	const metrics = new Map(model.metrics.map((m) => [m.name, m]));
	for (const m of model.metrics) {
		once(m.name, 'metric');
		once(m.label, 'label');
		if (m.name.length > 63) {
			faults.push(`${m.name}: more than 63 bytes`);
		}
		if (m.type === 'simple' && !taken.has(`measure ${m.type_params.measure}`)) {
			faults.push(`${m.name}: no such measure`);
		}
		if (m.type === 'ratio' && !(metrics.has(m.type_params.numerator.name) && metrics.has(m.type_params.denominator.name))) {
			faults.push(`${m.name}: no such metric`);
		}
	}
	// a label is no name
	return faults.filter((f) => !/^label .*: not a name$/.test(f));
}

async function dbt(directory) {
	const read = (name) => fs.readFileSync(path.join(directory, name), 'utf8');
	const model = yaml.load(read('battery.yml'));
	none('models: nothing but the filters is a template to dbt', read('battery.yml').match(/\{\{(?! Dimension\('\w+'\) \}\}).*|\{[%#].*/g) ?? []);
	const validate = new Ajv({ allErrors: true, strictRequired: false, strictTypes: false }).compile(JSON.parse(fs.readFileSync(path.join(__dirname, 'dbt.schema.json'), 'utf8')));
	validate(model);
	none('models: dbt\'s file is as its documentation has it', (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`));
	const spoiled = (change) => {
		const copy = structuredClone(model);
		change(copy);
		return copy;
	};
	same('models: and a fault in it is found', [false, false, false, false, false], [
		(m) => { delete m.semantic_models.find((s) => s.measures).measures[0].agg; },
		(m) => { delete m.semantic_models[0].dimensions.find((d) => d.type === 'time').type_params; },
		(m) => { m.metrics[0].type_params.measures = ['x']; },
		(m) => { m.sources[0].tables[0].columns[0].data_tests = [{ relationships: { to: 'x' } }]; },
		(m) => { m.metrics[0].name = 'two__underscores'; },
	].map((change) => validate(spoiled(change))));
	none('models: dbt: names, days and references are as MetricFlow wants them', semanticFaults(model));
	same('models: and a fault in these is found', [true, true, true], [
		(m) => { m.semantic_models[0].dimensions[0].name = 'year'; },
		(m) => { m.metrics[0].type_params.measure = 'none'; },
		(m) => { m.metrics[1].name = m.metrics[0].name; },
	].map((change) => semanticFaults(spoiled(change)).length > 0));

	same('models: dbt: a source for each view, with its columns and their types', columns.map((c) => [c.view_name, c.column_name, c.data_type]),
		model.sources[0].tables.flatMap((t) => t.columns.map((c) => [t.name, c.name, c.data_type])));
	const failing = [];
	let tests = 0;
	for (const t of model.sources[0].tables) {
		for (const c of t.columns) {
			for (const test of c.data_tests ?? []) {
				tests++;
				const { failures } = (await rows(testQuery(`industry.${t.name}`, c.name, test)))[0];
				if (failures > 0) {
					failing.push(`${t.name}.${c.name} ${JSON.stringify(test)}: ${failures}`);
				}
			}
		}
	}
	none('models: dbt: the tests of the sources hold', failing);
	same('models: dbt: and there are many of them', true, tests > 60);
	same('models: dbt: each of the kinds can fail', [true, true, true, true], await inTurn([
		testQuery('industry.bi_lineage', 'fact_id', 'unique'),
		testQuery('industry.bi_expansion', 'scenario', 'not_null'),
		testQuery('industry.bi_expansion', 'row_kind', { accepted_values: { values: ['derived'] } }),
		testQuery('industry.bi_expansion', 'publisher', { relationships: { to: 'source(\'industry\', \'bi_maker\')', field: 'maker' } }),
	], async (sql) => (await rows(sql))[0].failures > 0));

	// dbt would make these in the user's schema
	await client.query('DROP SCHEMA IF EXISTS dbt_target CASCADE; CREATE SCHEMA dbt_target');
	const files = fs.readdirSync(directory).filter((f) => f.endsWith('.sql'));
	for (const file of files) {
		await client.query(`CREATE VIEW dbt_target.${file.replace(/\.sql$/, '')} AS ${relation(read(file))}`);
	}
	const refs = model.semantic_models.map((s) => s.model.match(/^ref\('(\w+)'\)$/)[1]);
	same('models: dbt: a model for each view, and one of days', [...refs.map((r) => `${r}.sql`), 'battery_day.sql'].sort(), files.sort());
	const days = (await rows('SELECT count(*)::int AS days, count(DISTINCT date_day)::int AS different FROM dbt_target.battery_day'))[0];
	same('models: dbt: of two centuries and a year', { days: 73414, different: 73414 }, days);

	const prefix = { sum: 'sum', average: 'average', quotient: 'overall' };
	const offered = dictionary.filter((m) => m.aggregation in prefix);
	const measures = new Map(model.semantic_models.flatMap((s) => (s.measures ?? []).map((m) => [m.name, { ...m, table: `dbt_target.${s.model.match(/'(\w+)'/)[1]}`, view: s.name }])));
	const days_of = new Set(columns.filter((c) => c.data_type === 'date').map((c) => c.view_name));
	same('models: dbt offers what the dictionary says wherever there is a day, and nothing else',
		offered.filter((m) => days_of.has(m.view_name)).flatMap((m) => {
			const name = `${m.view_name.slice(3)}_${prefix[m.aggregation]}_${m.column_name}`;
			return m.aggregation === 'quotient' ? [`${name}_denominator`, `${name}_numerator`] : [name];
		}).sort(), [...measures.keys()].sort());
	none('models: no measure of dbt adds up or averages what does not add up', [...measures.values()]
		.filter((m) => !offered.some((d) => d.view_name === m.view && (m.name.startsWith(`${d.view_name.slice(3)}_${prefix[d.aggregation]}_${d.column_name}`)
			&& (m.agg === d.aggregation || (d.aggregation === 'quotient' && m.agg === 'sum')))))
		.map((m) => m.name));
	for (const s of model.semantic_models) {
		await client.query(`SELECT ${s.dimensions.map((d) => `${d.expr ?? d.name} AS ${quoted(d.name)}`).join(', ')} FROM dbt_target.${s.model.match(/'(\w+)'/)[1]} LIMIT 1`);
	}
	console.log('ok - models: dbt: every dimension is a column');

	// A metric as MetricFlow computes it: the measure's aggregate over the rows of the filter.
	// The filters of a measure must be, together, all the groups that plain SQL has.
	const aggregate = { sum: 'sum', average: 'avg' };
	const filterOf = (metric) => (metric.filter ?? 'true').replace(/\{\{ Dimension\('\w+?__(\w+)'\) \}\}/g, (_, d) => (d === 'calendar_year' ? 'year' : d));
	const value = async (metric) => {
		if (metric.type === 'ratio') {
			const [above, below] = await inTurn([metric.type_params.numerator.name, metric.type_params.denominator.name],
				(name) => value(model.metrics.find((m) => m.name === name)));
			return below === 0 || below === null ? null : above / below;
		}
		const m = measures.get(metric.type_params.measure);
		const result = (await rows(`SELECT ${aggregate[m.agg]}(${m.expr}) AS x FROM ${m.table} WHERE ${filterOf(metric)}`))[0].x;
		return result === null ? null : Number(result);
	};
	const wrong = [];
	let answers = 0;
	for (const m of offered.filter((d) => days_of.has(d.view_name))) {
		const base = `${m.view_name.slice(3)}_${prefix[m.aggregation]}_${m.column_name}`;
		const parts = m.aggregation === 'quotient'
			? model.metrics.filter((k) => k.type === 'ratio' && model.metrics.find((n) => n.name === k.type_params.numerator.name).type_params.measure === `${base}_numerator`)
			: model.metrics.filter((k) => k.type_params.measure === base);
		const apart = m.within === null ? [] : m.within.split(', ');
		const column = quoted(m.column_name);
		const expected = (await rows({
			sum: `SELECT sum(${column}) AS x`,
			average: `SELECT avg(${column}) AS x`,
			quotient: `SELECT sum(${m.numerator}) FILTER (WHERE ${m.denominator} IS NOT NULL) / nullif(sum(${m.denominator}) FILTER (WHERE ${m.numerator} IS NOT NULL), 0) AS x`,
		}[m.aggregation] + ` FROM industry.${m.view_name}${m.aggregation === 'quotient' ? ` WHERE ${column} IS NOT NULL` : ''} GROUP BY ${apart.map(quoted).join(', ') || '()'} HAVING count(${column}) > 0 ORDER BY 1`)).map((r) => Number(r.x));
		const actual = (await inTurn(parts, value)).sort((a, b) => a - b);
		answers += actual.length;
		if (actual.length !== expected.length || actual.some((x, i) => !(x === expected[i] || equal(x, expected[i])))) {
			wrong.push(`${base}: ${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);
		}
	}
	none('models: dbt: every metric is plain SQL\'s, one for each of what must be kept apart', wrong);
	same('models: dbt: and there are many', true, answers > 20);
	await client.query('DROP SCHEMA dbt_target CASCADE');
}

(async () => {
	await client.connect();
	await readDictionary();
	const [what, where] = process.argv.slice(2);
	await { scaffold, cube, dbt }[what](where);
	await client.end();
})().catch((e) => {
	console.log(`not ok - models: ${process.argv[2]} ran\n# ${String(e.stack ?? e).split('\n').slice(0, 12).join('\n# ')}`);
	process.exitCode = 1;
	client.end();
});
