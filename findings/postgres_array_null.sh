#!/bin/bash
# postgres 3.4.9 (npm) and NULL in an array.
#
# Input: a server (made here, twenty lines of the protocol) that answers a query with the
# arrays {1,NULL} of int4, {t,NULL} of bool and {a,NULL,"NULL"} of text, as PostgreSQL
# writes them: NULL without quotes is null, with quotes it is the text.
# Expected: null where the element is NULL.
# Seen: NaN, false, and the string 'NULL', which the text "NULL" gives too.  A figure that
# nobody knows is false, or no number at all (issues 1049 and 1124 of the project, open).
#
# Exit status 0: still so; 1: it behaves otherwise now; 2: could not be run.
set -euo pipefail

command -v npm >/dev/null || { echo "npm is not installed"; exit 2; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --prefix "$dir" --ignore-scripts --no-save --no-audit --no-fund postgres@3.4.9 >log 2>&1 || { cat log; exit 2; }

cat >run.cjs <<'JS'
const net = require('node:net');
const postgres = require('postgres');
const int16 = (x) => { const b = Buffer.alloc(2); b.writeInt16BE(x); return b; };
const int32 = (x) => { const b = Buffer.alloc(4); b.writeInt32BE(x); return b; };
const message = (type, ...parts) => { const body = Buffer.concat(parts); return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]); };
const columns = (list) => message('T', int16(list.length), ...list.map(([name, oid]) =>
  Buffer.concat([Buffer.from(name + '\0'), int32(0), int16(0), int32(oid), int16(-1), int32(-1), int16(0)])));
const row = (list) => message('D', int16(list.length), ...list.map((text) => Buffer.concat([int32(text.length), Buffer.from(text)])));
const done = Buffer.concat([message('C', Buffer.from('SELECT 1\0')), message('Z', Buffer.from('I'))]);
// the first query is the driver's own: which type is the array of which
const types = [[23, 1007], [16, 1000], [25, 1009]].map(([oid, array]) => row([String(oid), String(array)]));
const server = net.createServer((socket) => {
  let started = false;
  socket.on('error', () => {});
  socket.on('data', (data) => {
    if (!started) {
      started = true;
      socket.write(Buffer.concat([message('R', int32(0)), message('Z', Buffer.from('I'))]));
    } else if (data.includes('pg_type')) {
      socket.write(Buffer.concat([message('1'), message('t', int16(0)), columns([['oid', 26], ['typarray', 26]]), message('2'), ...types, done]));
    } else if (data.includes('arrays')) {
      socket.write(Buffer.concat([columns([['i', 1007], ['b', 1000], ['t', 1009]]), row(['{1,NULL}', '{t,NULL}', '{a,NULL,"NULL"}']), done]));
    }
  });
});
server.listen(0, '127.0.0.1', async () => {
  const sql = postgres({ host: '127.0.0.1', port: server.address().port, user: 'u', database: 'd', max: 1 });
  const [{ i, b, t }] = await sql.unsafe('SELECT i, b, t FROM arrays');
  console.log(i, b, t);
  await sql.end({ timeout: 1 });
  server.close();
});
JS
timeout 60 node run.cjs | tee out
if [ "$(cat out)" = "[ 1, NaN ] [ true, false ] [ 'a', 'NULL', 'NULL' ]" ]; then
	echo "as found: NULL in an array is NaN, false or the string 'NULL'"
else
	echo "not as found any more"
	exit 1
fi
