import asyncio
import unittest
from decimal import Decimal as D

import asyncpg

from battery_postgresql import asyncpg as battery
from common import COLUMNS, SENT, TABLE, array, rows


def connected(test):
    """The test with a registered connection."""
    def run(self):
        async def main():
            connection = await asyncpg.connect()
            try:
                await battery.register(connection)
                await connection.execute(TABLE)
                await test(self, connection)
            finally:
                await connection.close()
        asyncio.run(main())
    return run


class Asyncpg(unittest.TestCase):
    @connected
    async def test_reads(self, connection):
        for name, values in COLUMNS:
            self.assertEqual([r[0] for r in await connection.fetch(rows(name, values))], list(values.values()))
            self.assertEqual(await connection.fetchval(array(name, values)), list(values.values()) + [None])

    @connected
    async def test_sends(self, connection):
        for value, stored in SENT:
            if isinstance(value, str):
                with self.assertRaisesRegex(asyncpg.DataError, '::text::capacity_gwh'):
                    await connection.execute('INSERT INTO plant (capacity) VALUES ($1)', value)
                sql = 'INSERT INTO plant (capacity) VALUES ($1::text::capacity_gwh) RETURNING capacity::text'
            else:
                sql = 'INSERT INTO plant (capacity) VALUES ($1) RETURNING capacity::text'
            self.assertEqual(await connection.fetchval(sql, value), stored)
        for value in ([1, 2.5, None], []):
            self.assertEqual(await connection.fetchval('INSERT INTO plant (years) VALUES ($1) RETURNING years', value), value)
        self.assertEqual(await connection.fetchval('SELECT count(*) FROM plant WHERE capacity = ANY ($1)', [30, 1500]), 2)
        with self.assertRaisesRegex(asyncpg.DataError, 'USD/kWh'):
            await connection.execute('INSERT INTO plant (cost) VALUES ($1)', 67300)

    @connected
    async def test_as_float(self, connection):
        await battery.register(connection, number=float)
        value = await connection.fetchval("SELECT '60.137151005'::capacity_gwh")
        self.assertEqual((type(value), value), (float, 60.137151005))

    @connected
    async def test_copy_is_binary(self, connection):
        for name, values in COLUMNS:
            column = name.partition('_')[0]
            sent = [(v if name == 'capacity_gwh' else t,) for t, v in values.items()] + [(None,)]
            await connection.copy_records_to_table('plant', records=sent, columns=[column])
            self.assertEqual([r[0] for r in await connection.fetch('SELECT %s::text FROM plant ORDER BY n' % column)], list(values) + [None])
            await connection.execute('TRUNCATE plant')
        await connection.copy_records_to_table('plant', records=[([D('1.5'), None],)], columns=['years'])
        self.assertEqual(await connection.fetchval('SELECT years FROM plant'), [D('1.5'), None])

    def test_a_pool(self):
        async def main():
            async with asyncpg.create_pool(init=battery.register, min_size=2, max_size=2) as pool:
                return await asyncio.gather(*[pool.fetchval("SELECT '30'::capacity_gwh") for _ in range(4)])
        self.assertEqual(asyncio.run(main()), [30] * 4)


if __name__ == '__main__':
    unittest.main()
