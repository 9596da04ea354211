import unittest
from decimal import Decimal as D

import psycopg2
import psycopg2.extras

from battery_postgresql import psycopg2 as battery
from common import COLUMNS, SENT, TABLE, array, rows


class Psycopg2(unittest.TestCase):
    def setUp(self):
        self.connection = psycopg2.connect('')
        self.addCleanup(self.connection.close)
        battery.register(self.connection)
        self.query(TABLE + '; SELECT 1')

    def query(self, *args):
        with self.connection.cursor() as cursor:
            cursor.execute(*args)
            return cursor.fetchall()

    def test_reads(self):
        for name, values in COLUMNS:
            self.assertEqual([r[0] for r in self.query(rows(name, values))], list(values.values()))
            self.assertEqual(self.query(array(name, values))[0][0], list(values.values()) + [None])

    def test_sends(self):
        for value, stored in SENT:
            self.assertEqual(self.query('INSERT INTO plant (capacity) VALUES (%s) RETURNING capacity::text', [value]), [(stored,)])
        for value in ([1, 2.5], [D('1.5'), None], ['1 TWh', None], []):
            self.query('INSERT INTO plant (years) VALUES (%s::capacity_gwh[]) RETURNING 1', [value])
        self.assertEqual(self.query('SELECT years FROM plant WHERE years IS NOT NULL ORDER BY n'), [([1, D('2.5')],), ([D('1.5'), None],), ([1000, None],), ([],)])
        self.assertEqual(self.query('SELECT count(*) FROM plant WHERE capacity = ANY (%s)', [[30, 1500]]), [(2,)])

    def test_leaves_the_connection_as_it_was(self):
        for autocommit in (False, True):
            connection = psycopg2.connect('', cursor_factory=psycopg2.extras.RealDictCursor)
            self.addCleanup(connection.close)
            connection.autocommit = autocommit
            battery.register(connection, number=float)
            self.assertEqual(connection.info.transaction_status, psycopg2.extensions.TRANSACTION_STATUS_IDLE)
            with connection.cursor() as cursor:
                cursor.execute("SELECT '0.1'::capacity_gwh AS c")
                self.assertEqual(cursor.fetchone(), {'c': 0.1})
        # an open transaction stays open
        self.query("INSERT INTO plant (capacity) VALUES (1) RETURNING 1")
        battery.register(self.connection)
        self.assertEqual(self.query('SELECT sum(capacity) FROM plant'), [(1,)])

    def test_other_connections_are_not_touched(self):
        connection = psycopg2.connect('')
        self.addCleanup(connection.close)
        with connection.cursor() as cursor:
            cursor.execute("SELECT '30'::capacity_gwh")
            self.assertEqual(cursor.fetchone(), ('30',))


if __name__ == '__main__':
    unittest.main()
