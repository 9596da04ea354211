// The market query of bench/run in DuckDB, for reference: another engine on the
// same machine and rows.  Prints the median time in ms for each way of summing,
// one a line: exact decimals, then double precision.
//
//	node duckdb.mjs FILE.csv THREADS RUNS      (FILE: year, maker, amount)
import { DuckDBInstance } from '@duckdb/node-api';

const [file, threads, runs] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const version = (await connection.runAndReadAll('SELECT version()')).getRows()[0][0];
console.error(`DuckDB ${version}, ${threads} thread(s)`);

for (const type of ['DECIMAL(18, 3)', 'DOUBLE']) {
	await connection.run(`CREATE OR REPLACE TABLE market AS SELECT * FROM
		read_csv('${file}', header = false, columns = {'year': 'INTEGER', 'maker': 'VARCHAR', 'amount': '${type}'})`);
	const times = [];
	for (let run = 0; run <= Number(runs); run++) {
		const start = performance.now();
		const result = await connection.runAndReadAll(`
			WITH by_maker AS (
				SELECT year, maker, sum(amount) AS amount FROM market GROUP BY year, maker),
			ranked AS (
				SELECT year, maker, amount / sum(amount) OVER (PARTITION BY year) AS share,
					row_number() OVER (PARTITION BY year ORDER BY amount DESC) AS rank
				FROM by_maker)
			SELECT year, 10000 * sum(share * share), sum(share) FILTER (WHERE rank <= 4),
				array_agg(maker ORDER BY rank) FILTER (WHERE rank <= 3)
			FROM ranked GROUP BY year ORDER BY year`);
		if (result.getRows().length === 0)
			throw new Error('no rows');
		if (run > 0)
			times.push(performance.now() - start);
	}
	times.sort((a, b) => a - b);
	const half = times.length >> 1;
	console.log(times.length % 2 ? times[half] : (times[half - 1] + times[half]) / 2);
}
