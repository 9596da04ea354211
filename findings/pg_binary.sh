#!/bin/bash
# pg 8.23.1 with pg-protocol 1.16.1 (npm) and results in binary (binary: true).
#
# Input: a server (made here, twenty lines of the protocol) that answers a query with two
# binary columns: an int4 with the bytes 00 00 00 c8, which is 200, and a float8 with
# 40 50 d3 33 33 33 33 33, which is 67.3.
# Expected: 200 and 67.3, or an error.
# Seen: 239 and 67.74607782363891.  The bytes are decoded as UTF-8 and made bytes again,
# so that each one from 80 on becomes ef bf bd and the number is read from what is left
# (issue 3495 of the project, open).
#
# Exit status 0: still so; 1: it behaves otherwise now; 2: could not be run.
set -euo pipefail

command -v npm >/dev/null || { echo "npm is not installed"; exit 2; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --prefix "$dir" --ignore-scripts --no-save --no-audit --no-fund pg@8.23.1 pg-protocol@1.16.1 >log 2>&1 || { cat log; exit 2; }

cat >run.cjs <<'JS'
const net = require('node:net');
const pg = require('pg');
const int16 = (x) => { const b = Buffer.alloc(2); b.writeInt16BE(x); return b; };
const int32 = (x) => { const b = Buffer.alloc(4); b.writeInt32BE(x); return b; };
const message = (type, ...parts) => { const body = Buffer.concat(parts); return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]); };
const column = (name, oid, size) => Buffer.concat([Buffer.from(name + '\0'), int32(0), int16(0), int32(oid), int16(size), int32(-1), int16(1)]);
const value = (hex) => { const b = Buffer.from(hex, 'hex'); return Buffer.concat([int32(b.length), b]); };
const ready = message('Z', Buffer.from('I'));
const answer = Buffer.concat([message('1'), message('2'), message('T', int16(2), column('i', 23, 4), column('f', 701, 8)),
  message('D', int16(2), value('000000c8'), value('4050d33333333333')), message('C', Buffer.from('SELECT 1\0')), ready]);
const server = net.createServer((socket) => {
  let started = false;
  socket.on('error', () => {});
  socket.on('data', (data) => {
    if (!started) {
      started = true;
      socket.write(Buffer.concat([message('R', int32(0)), ready]));
    } else if (data.includes(Buffer.from('S\0\0\0\x04', 'latin1'))) socket.write(answer);	// Sync
  });
});
server.listen(0, '127.0.0.1', async () => {
  const client = new pg.Client({ host: '127.0.0.1', port: server.address().port, user: 'u', database: 'd', password: '', binary: true });
  await client.connect();
  const { rows } = await client.query('SELECT $1::int4 AS i, 67.3::float8 AS f', [200]);
  console.log(rows[0].i, rows[0].f);
  await client.end();
  server.close();
});
JS
timeout 60 node run.cjs | tee out
if [ "$(cat out)" = '239 67.74607782363891' ]; then
	echo "as found: 200 is read as 239, and 67.3 as 67.74607782363891"
else
	echo "not as found any more"
	exit 1
fi
