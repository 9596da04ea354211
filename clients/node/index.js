'use strict';

// Capacities and unit costs of the PostgreSQL extension battery as numbers, in the
// drivers pg and postgres.
//
// A capacity_gwh is a number of GWh, a cost_per_gwh one of US$/kWh.  Drivers do not
// know these types and hand their text over, and '30' + '60' is '3060'.  A Number is
// the nearest double: what has at most 15 significant digits reads back the same.
// For more give registerTypes a function that makes a number of a decimal text.

// The unit that a type prints where it prints one.
const UNITS = { capacity_gwh: 'GWh', cost_per_gwh: 'USD/kWh' };

// The types wherever the extension is, whatever search_path says.
const TYPES = `
  SELECT t.typname::text AS name, t.oid::int8::text AS oid, t.typarray::int8::text AS array_oid
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
       AND d.refobjid = e.oid AND d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.deptype = 'e'
  JOIN pg_catalog.pg_type t ON t.oid = d.objid
  WHERE e.extname = 'battery' AND t.typname IN ('capacity_gwh', 'cost_per_gwh')`;

// What the server prints, which is no other text: 30, 25000 USD/kWh.
function decimalOfText(name, text) {
  const unit = UNITS[name];
  const decimal = text.endsWith(' ' + unit) ? text.slice(0, -unit.length - 1) : text;
  if (!/^-?[0-9]+(\.[0-9]+)?$/.test(decimal)) throw new TypeError(`${name} does not print ${JSON.stringify(text)}`);
  return decimal;
}

// {1,{...},NULL,"25000 USD/kWh"}, behind bounds such as [0:1]= where there are any.
function arrayOfText(text, one) {
  const open = [[]];
  for (const token of text.replace(/^[^{]*=/, '').match(/[{}]|"[^"]*"|[^{},"]+/g)) {
    if (token === '{') open.push([]);
    else if (token === '}') open.at(-2).push(open.pop());
    else open.at(-1).push(token === 'NULL' ? null : one(token.replace(/"/g, '')));
  }
  return open[0][0];
}

const arrayToText = (value) => Array.isArray(value)
  ? `{${value.map((x) => (x == null ? 'NULL' : Array.isArray(x) ? arrayToText(x) : `"${String(x).replace(/["\\]/g, '\\$&')}"`)).join(',')}}`
  : String(value);

function parsersOf(rows, number) {
  if (rows.length === 0) throw new Error('this database has no extension battery: CREATE EXTENSION battery, then connect and register again');
  return rows.map(({ name, oid, array_oid }) => {
    const one = (x) => number(decimalOfText(name, x));
    return { oid: Number(oid), arrayOid: Number(array_oid), one, array: (x) => arrayOfText(x, one) };
  });
}

// pg decodes binary results as UTF-8 before a parser sees them (version 8.23.1), which
// changes their bytes: an integer 200 is 239 then.
function refuseBinary() {
  throw new Error('pg returns wrong numbers with binary: true, of every type: connect without it');
}

function registerClient(client, parsers) {
  if (client.binary) refuseBinary();
  for (const { oid, arrayOid, one, array } of parsers) {
    client.setTypeParser(oid, 'text', one);
    client.setTypeParser(arrayOid, 'text', array);
    client.setTypeParser(oid, 'binary', refuseBinary);
    client.setTypeParser(arrayOid, 'binary', refuseBinary);
  }
}

async function registerPool(pool, number) {
  const client = await pool.connect();
  try {
    const parsers = parsersOf((await client.query(TYPES)).rows, number);
    if (pool.totalCount > 1) throw new Error('register before the pool is used: its other connections would go on returning text');
    registerClient(client, parsers);
    pool.on('connect', (other) => registerClient(other, parsers));
  } finally {
    client.release();
  }
}

// postgres has one set of parsers for all connections of sql, and gives them to a
// statement when it is prepared.  Its own reader of arrays makes 'NULL' of NULL.
async function registerPostgres(sql, number) {
  for (const { oid, arrayOid, one, array } of parsersOf(await sql.unsafe(TYPES), number)) {
    sql.options.parsers[oid] = one;
    sql.options.parsers[arrayOid] = array;
    sql.options.serializers[arrayOid] = arrayToText;
  }
}

/**
 * Has capacities and unit costs, alone and in arrays, come as numbers.
 *
 * client: a connected Client or an unused Pool of pg, or the sql of postgres, before
 * its first query.  Only this client, pool or sql is touched: the numbers that a
 * database gives to these types are its own.
 * number: makes a number of a decimal text; Number unless said otherwise.
 */
exports.registerTypes = async function registerTypes(client, { number = Number } = {}) {
  if (typeof client === 'function' && client.options && client.options.parsers) await registerPostgres(client, number);
  else if (typeof client.setTypeParser === 'function') registerClient(client, parsersOf((await client.query(TYPES)).rows, number));
  else if (typeof client.connect === 'function' && 'totalCount' in client) await registerPool(client, number);
  else throw new TypeError('registerTypes takes a Client or Pool of pg, or the sql of postgres');
};
