// The two questions of bench/rollup in DuckDB, as scans of the same rows: the learning
// rate by chemistry, HHI by year.  Prints for each the better of the median times in ms
// with one thread and with two.
//
//	node duckdb_rollup.mjs FILE.csv RUNS
import { DuckDBInstance } from '@duckdb/node-api';

const [file, runs] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
console.error(`DuckDB ${(await connection.runAndReadAll('SELECT version()')).getRows()[0][0]}`);
await connection.run(`CREATE TABLE facts AS SELECT * FROM read_csv('${file}', header = false, columns = {
	'chemistry': 'VARCHAR', 'maker': 'VARCHAR', 'year': 'INTEGER', 'cumulative': 'DOUBLE', 'price': 'DOUBLE', 'amount': 'DOUBLE'})`);
const questions = [
	'SELECT chemistry, 1 - pow(2, regr_slope(ln(price), ln(cumulative))) FROM facts GROUP BY chemistry',
	`SELECT year, sum(pow(100 * amount / total, 2)) FROM (
		SELECT year, amount, sum(amount) OVER (PARTITION BY year) AS total FROM (SELECT year, maker, sum(amount) AS amount FROM facts GROUP BY year, maker))
	GROUP BY year`,
];
for (const question of questions) {
	const medians = [];
	for (const threads of [1, 2]) {
		await connection.run(`SET threads = ${threads}`);
		const times = [];
		for (let run = 0; run <= Number(runs); run++) {
			const start = performance.now();
			const result = await connection.runAndReadAll(question);
			if (result.getRows().length === 0)
				throw new Error('no rows');
			if (run > 0)
				times.push(performance.now() - start);
		}
		times.sort((a, b) => a - b);
		medians.push(times[times.length >> 1]);
	}
	console.log(Math.min(...medians));
}
