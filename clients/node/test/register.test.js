'use strict';

// Against the server that PGHOST, PGUSER and PGDATABASE name.  Expected numbers are
// those that the server was given.

const assert = require('node:assert/strict');
const { once } = require('node:events');
const { test } = require('node:test');
const { pipeline } = require('node:stream/promises');
const { Readable } = require('node:stream');
const pg = require('pg');
const { from: copyFrom } = require('pg-copy-streams');
const postgres = require('postgres');
const { registerTypes } = require('..');

const COLUMNS = {
  capacity_gwh: { 30: 30, '60.137151005': 60.137151005, '-0.000000000001': -1e-12, 0: 0, 1000: 1000, '9223372.036854775807': 9223372.036854775807, '-9223372.036854775808': -9223372.036854775808 },
  cost_per_gwh: { 67.3: 67.3, '25000 USD/kWh': 25000, '-20000.000000001 USD/kWh': -20000.000000001, '9223372036.854775807 USD/kWh': 9223372036.854775807 },
};
const values = (type) => `SELECT x::${type} AS x FROM string_to_array($1, ';') AS a, unnest(a) WITH ORDINALITY AS u (x, i) ORDER BY i`;
const array = (type) => `SELECT string_to_array($1, ';', 'NULL')::${type}[] AS x`;
const TABLE = 'CREATE TEMP TABLE plant (n serial, capacity capacity_gwh, years capacity_gwh[])';
const SENT = [[30, '30'], [0.1 + 0.2, '0.3'], ['1.5 TWh', '1500'], [null, null]];
const ARRAYS = [[[1, 2.5], [1, 2.5]], [['1 TWh', null, 3], [1000, null, 3]], [[], []], [[[1, 2], [3, null]], [[1, 2], [3, null]]]];

// The same of both drivers: query(text, parameters) gives rows.
async function reads(query) {
  for (const [type, column] of Object.entries(COLUMNS)) {
    const texts = Object.keys(column);
    assert.deepEqual((await query(values(type), [texts.join(';')])).map((r) => r.x), Object.values(column));
    assert.deepEqual((await query(array(type), [[...texts, 'NULL'].join(';')]))[0].x, [...Object.values(column), null]);
  }
  assert.deepEqual((await query("SELECT '[0:1]={\"25000 USD/kWh\",NULL}'::cost_per_gwh[] AS x, '{}'::capacity_gwh[] AS y", []))[0], { x: [25000, null], y: [] });
  assert.equal((await query('SELECT sum(x::capacity_gwh) AS x, 7 AS y FROM unnest(ARRAY[30, 60.1]) AS u (x)', []))[0].x, 90.1);
}

async function sends(query) {
  await query(TABLE, []);
  for (const [value, stored] of SENT) {
    assert.equal((await query('INSERT INTO plant (capacity) VALUES ($1) RETURNING capacity::text AS x', [value]))[0].x, stored);
  }
  for (const [value, stored] of ARRAYS) {
    assert.deepEqual((await query('INSERT INTO plant (years) VALUES ($1) RETURNING years', [value]))[0].years, stored);
  }
  assert.equal((await query('SELECT count(*)::int AS x FROM plant WHERE capacity = ANY ($1)', [[30, '1.5 TWh']]))[0].x, 2);
  assert.equal((await query('SELECT count(*)::int AS x FROM plant WHERE capacity > $1', ['1 TWh']))[0].x, 1);
}

test('pg', async () => {
  const client = new pg.Client();
  await client.connect();
  try {
    await registerTypes(client);
    const query = async (text, parameters) => (await client.query(text, parameters)).rows;
    await reads(query);
    await sends(query);
    await pipeline(Readable.from(['1.5\n2 TWh\n\\N\n']), client.query(copyFrom('COPY plant (capacity) FROM STDIN')));
    assert.equal((await query('SELECT sum(capacity) AS x FROM plant', []))[0].x, 3531.8);
    await assert.rejects(client.query({ text: "SELECT $1::text AS y, '30'::capacity_gwh AS x", values: ['y'], binary: true }), /without it/);
    // finer than a double: the function given sees every digit
    await registerTypes(client, { number: (decimal) => decimal });
    assert.deepEqual(await query("SELECT '9223372.036854775807'::capacity_gwh AS x, $1::text AS y", ['y']), [{ x: '9223372.036854775807', y: 'y' }]);
  } finally {
    await client.end();
  }
});

test('pg with binary: true is refused', async () => {
  const client = new pg.Client({ binary: true });
  await client.connect();
  await assert.rejects(registerTypes(client), /connect without it/);
  await client.end();
  const pool = new pg.Pool({ binary: true });
  await assert.rejects(registerTypes(pool), /connect without it/);
  await pool.end();
});

test('a pool of pg, all of its connections', async () => {
  const pool = new pg.Pool({ max: 3 });
  try {
    await registerTypes(pool);
    const all = await Promise.all(Array.from({ length: 6 }, () => pool.query("SELECT '30'::capacity_gwh AS x, pg_sleep(0.05)")));
    assert.deepEqual(all.map((r) => r.rows[0].x), Array(6).fill(30));
    assert.equal(pool.totalCount, 3);
    await assert.rejects(registerTypes(pool), /before the pool is used/);
  } finally {
    await pool.end();
  }
});

test('other clients of pg are not touched', async () => {
  const client = new pg.Client();
  await client.connect();
  assert.equal((await client.query("SELECT '30'::capacity_gwh AS x")).rows[0].x, '30');
  await client.end();
});

for (const fetch_types of [true, false]) {
  test(`postgres, ${fetch_types ? 'with' : 'without'} its own list of types`, async () => {
    const sql = postgres({ max: 1, fetch_types });
    try {
      await registerTypes(sql);
      const query = async (text, parameters) => (await sql.unsafe(text, parameters)).map((r) => ({ ...r }));
      await reads(query);
      await sends(query);
      await sql`INSERT INTO plant ${sql([{ capacity: 12.5, years: [1, null] }])}`;
      assert.deepEqual((await sql`SELECT capacity, years FROM plant WHERE capacity = ${12.5}`)[0], { capacity: 12.5, years: [1, null] });
      const copy = await sql`COPY plant (capacity) FROM STDIN`.writable();
      copy.end('1.5\n2 TWh\n\\N\n');
      await once(copy, 'finish');
      assert.equal((await sql`SELECT sum(capacity) AS x FROM plant`)[0].x, 3544.3);
    } finally {
      await sql.end();
    }
  });
}

test('a database without the extension says so', async () => {
  const client = new pg.Client({ database: 'postgres' });
  await client.connect();
  await assert.rejects(registerTypes(client), /CREATE EXTENSION battery/);
  await client.end();
  await assert.rejects(registerTypes({}), TypeError);
});
