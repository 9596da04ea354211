import asyncio
import unittest
from decimal import Decimal as D

import psycopg
from psycopg.rows import dict_row

from battery_postgresql import COST, CAPACITY, psycopg3
from common import CAPACITIES, COLUMNS, SENT, TABLE, array, rows


class Psycopg3(unittest.TestCase):
    def setUp(self):
        self.connection = psycopg.connect('', autocommit=True)
        self.addCleanup(self.connection.close)
        psycopg3.register(self.connection)
        self.connection.execute(TABLE)

    def query(self, *args, **options):
        return self.connection.execute(*args, **options).fetchall()

    def test_reads_text_and_binary(self):
        for name, values in COLUMNS:
            for binary in (False, True):
                self.assertEqual([r[0] for r in self.query(rows(name, values), binary=binary)], list(values.values()))
                self.assertEqual(self.query(array(name, values), binary=binary)[0][0], list(values.values()) + [None])

    def test_the_binary_form_is_the_servers(self):
        for quantity, (name, values) in zip((CAPACITY, COST), COLUMNS):
            for text in values:
                sent = self.query('SELECT %s_send(%%s::text::%s)' % (name, name), [text])[0][0]
                self.assertEqual(quantity.to_binary(text), bytes(sent))

    def test_sends(self):
        for value, stored in SENT:
            self.assertEqual(self.query('INSERT INTO plant (capacity) VALUES (%s) RETURNING capacity::text', [value]), [(stored,)])
        for value in ([1, 2], [D('1.5'), None], ['1 TWh', None], []):
            self.query('INSERT INTO plant (years) VALUES (%s) RETURNING 1', [value])
        self.assertEqual(self.query('SELECT years FROM plant WHERE years IS NOT NULL ORDER BY n'), [([1, 2],), ([D('1.5'), None],), ([1000, None],), ([],)])
        self.assertEqual(self.query('SELECT count(*) FROM plant WHERE capacity = ANY (%s)', [[30, 1500]]), [(2,)])
        self.assertEqual(self.query('SELECT count(*) FROM plant WHERE capacity > %s', ['1 TWh']), [(1,)])

    def test_copy(self):
        cursor = self.connection.cursor()
        for form, values in (('text', [30, D('0.1'), 0.5, '1.5 TWh', None]), ('binary', [30, D('0.1'), 0.5, '1500', None])):
            self.connection.execute('TRUNCATE plant')
            with cursor.copy('COPY plant (capacity, years) FROM STDIN (FORMAT %s)' % form) as copy:
                copy.set_types(['capacity_gwh', 'capacity_gwh[]'])
                for value in values:
                    copy.write_row([value, [value, None]])
            self.assertEqual(self.query('SELECT array_agg(capacity ORDER BY n), array_agg(years ORDER BY n) FROM plant'),
                             [([30, D('0.1'), D('0.5'), 1500, None], [[30, None], [D('0.1'), None], [D('0.5'), None], [1500, None], [None, None]])])
            with cursor.copy('COPY plant (capacity, years) TO STDOUT (FORMAT %s)' % form) as copy:
                copy.set_types(['capacity_gwh', 'capacity_gwh[]'])
                self.assertEqual(list(copy.rows())[0], (30, [30, None]))

    def test_the_bits_of_a_double_are_refused(self):
        with self.assertRaises(psycopg.errors.InvalidBinaryRepresentation):
            with self.connection.cursor().copy('COPY plant (capacity) FROM STDIN (FORMAT binary)') as copy:
                copy.write_row([1.5])

    def test_other_numbers_stay_what_they_are(self):
        self.assertEqual(self.query('SELECT pg_typeof(%s), pg_typeof(%s), pg_typeof(%s)', [D(1), 1.5, 1]), [('numeric', 'double precision', 'smallint')])

    def test_as_float_and_with_other_rows_and_open_transactions(self):
        with psycopg.connect('', row_factory=dict_row) as connection:
            psycopg3.register(connection, number=float)
            self.assertEqual(connection.info.transaction_status, psycopg.pq.TransactionStatus.IDLE)
            value = connection.execute("SELECT '60.137151005'::capacity_gwh AS c").fetchone()['c']
            self.assertEqual((type(value), value), (float, 60.137151005))

    def test_wherever_the_extension_is(self):
        self.connection.execute("SET search_path = ''")
        with psycopg.connect('', options='-c search_path=') as connection:
            psycopg3.register(connection)
            self.assertEqual(connection.execute("SELECT '30'::public.capacity_gwh").fetchone(), (30,))

    def test_other_connections_are_not_touched(self):
        with psycopg.connect('') as connection:
            for binary, given in ((False, '30'), (True, b'\1\0\0\x1b\x48\xeb\x57\xe0\0')):
                self.assertEqual(connection.execute("SELECT '30'::capacity_gwh", binary=binary).fetchone(), (given,))

    def test_a_database_without_the_extension_says_so(self):
        with psycopg.connect('dbname=postgres') as connection:
            self.assertRaisesRegex(LookupError, 'CREATE EXTENSION battery', psycopg3.register, connection)

    def test_async(self):
        async def main():
            async with await psycopg.AsyncConnection.connect('') as connection:
                await psycopg3.register_async(connection)
                cursor = await connection.execute(array('capacity_gwh', CAPACITIES))
                return (await cursor.fetchone())[0]
        self.assertEqual(asyncio.run(main()), list(CAPACITIES.values()) + [None])


if __name__ == '__main__':
    unittest.main()
