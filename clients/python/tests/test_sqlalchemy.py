"""With every driver of SQLAlchemy that is installed; pandas where it is."""

import asyncio
import importlib.util
import unittest
import warnings
from decimal import Decimal as D

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import StatementError

from battery_postgresql.sqlalchemy import CapacityGwh, Chemistry, CostPerGwh, REFLECTED, register
from common import COLUMNS, SENT, TABLE, array, rows

VERSION = tuple(int(part) for part in sa.__version__.split('.')[:2])
DRIVERS = [d for d, module, since in (('psycopg2', 'psycopg2', (1, 4)), ('psycopg', 'psycopg', (2, 0)))
           if importlib.util.find_spec(module) and VERSION >= since]


def engine_of(self, driver, registered=False, **options):
    engine = sa.create_engine('postgresql+%s://' % driver, future=True, **options)
    self.addCleanup(engine.dispose)
    if registered:
        register(engine)
    return engine


def with_every_driver(test):
    """The test with a connection and a table, of each driver, registered or not."""
    def run(self):
        self.assertTrue(DRIVERS)
        for driver in DRIVERS:
            for registered in (False, True):
                with self.subTest(driver=driver, registered=registered), warnings.catch_warnings():
                    warnings.simplefilter('error', sa.exc.SAWarning)
                    engine = engine_of(self, driver, registered)
                    with engine.connect() as connection:
                        connection.execute(sa.text(TABLE))
                        test(self, connection, sa.Table('plant', sa.MetaData(), autoload_with=connection), registered)
    return run


class WithEveryDriver(unittest.TestCase):
    def test_every_type_reflects_without_a_warning(self):
        engine = engine_of(self, DRIVERS[0])
        with warnings.catch_warnings(), engine.connect() as connection:
            warnings.simplefilter('error')
            names = [r[0] for r in connection.execute(sa.text(
                "SELECT t.typname FROM pg_extension e JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid"
                " AND d.classid = 'pg_type'::regclass JOIN pg_type t ON t.oid = d.objid WHERE e.extname = 'battery' AND t.typtype = 'b' AND t.typelem = 0"
                " AND t.typname <> 'gist_bounds'"))]      # of keys in indexes, and of no column
            self.assertEqual(sorted(names), sorted(REFLECTED))
            connection.execute(sa.text('CREATE TEMP TABLE every (%s)' % ', '.join('a%d %s, b%d %s[]' % (i, n, i, n) for i, n in enumerate(names))))
            table = sa.Table('every', sa.MetaData(), autoload_with=connection)
            for i, name in enumerate(names):
                self.assertIs(type(table.c['a%d' % i].type), REFLECTED[name])
                self.assertIs(type(table.c['b%d' % i].type.item_type), REFLECTED[name])
            self.assertIn('capacity_gwh', str(sa.schema.CreateTable(table).compile(engine)))
            if connection.execute(sa.text("SELECT to_regnamespace('industry') IS NOT NULL")).scalar():
                warnings.filterwarnings('ignore', 'Skipped unsupported reflection of expression-based index')    # of whatever type
                metadata = sa.MetaData()
                metadata.reflect(connection, schema='industry', views=True)
                self.assertGreater(len(metadata.tables), 50)

    @with_every_driver
    def test_reads(self, connection, table, registered):
        for (name, values), kind in zip(COLUMNS, (CapacityGwh, CostPerGwh)):
            typed = sa.text(rows(name, values)).columns(x=kind)
            self.assertEqual([r[0] for r in connection.execute(typed)], list(values.values()))
            floats = sa.text(rows(name, values)).columns(x=kind(asdecimal=False))
            self.assertEqual([r[0] for r in connection.execute(floats)], [float(v) for v in values.values()])
            if registered:
                self.assertEqual([r[0] for r in connection.execute(sa.text(rows(name, values)))], list(values.values()))
                self.assertEqual(connection.execute(sa.text(array(name, values))).scalar(), list(values.values()) + [None])

    @with_every_driver
    def test_sends_and_computes(self, connection, table, registered):
        for value, stored in SENT:
            inserted = table.insert().values(capacity=value).returning(sa.cast(table.c.capacity, sa.Text))
            self.assertEqual(connection.execute(inserted).scalar(), stored)
        connection.execute(table.update().values(cost='67.3 USD/kWh'))
        self.assertEqual(connection.execute(sa.select(sa.func.count()).where(table.c.capacity > '1 TWh')).scalar(), 1)
        self.assertEqual(connection.execute(sa.select(sa.func.count()).where(table.c.capacity.in_([30, '1.5 TWh']))).scalar(), 2)
        self.assertEqual(connection.execute(sa.select(sa.func.sum(table.c.capacity))).scalar(), D('1530.4'))
        one = sa.select(table.c.capacity * 2, 2 * table.c.capacity, table.c.capacity / 4, table.c.capacity + 1, table.c.capacity - '1 GWh',
                        table.c.capacity / table.c.capacity, table.c.capacity * table.c.cost, -table.c.capacity,
                        600000000 / table.c.capacity, 2019000000 / table.c.cost).where(table.c.capacity == 30)
        self.assertEqual(tuple(connection.execute(one).one()), (60, 60, D('7.5'), 31, 29, 1.0, 2019000000, -30, 20, 30))
        # US$ in a plain column over a capacity are US$/kWh, as in SQL, not US$/GWh
        connection.execute(sa.text('ALTER TABLE plant ADD investment numeric DEFAULT 2019000000'))
        paid = sa.Table('plant', sa.MetaData(), autoload_with=connection)
        division = sa.select(sa.type_coerce(paid.c.investment / paid.c.capacity, CostPerGwh)).where(paid.c.capacity == 30)
        self.assertEqual(connection.execute(division).scalar(), D('67.3'))
        if registered:
            self.assertEqual(connection.execute(sa.select(sa.func.avg(table.c.capacity))).scalar(), D('382.6'))
        self.assertEqual(str(table.c.capacity.__gt__(30).compile(connection, compile_kwargs={'literal_binds': True})),
                         "plant.capacity > CAST(CAST('30' AS TEXT) AS capacity_gwh)")

    @with_every_driver
    def test_arrays(self, connection, table, registered):
        self.assertIsInstance(table.c.years.type, ARRAY)
        for value in ([1, D('2.5'), None], ['1 TWh'], []):
            connection.execute(table.insert().values(years=sa.cast(value, ARRAY(CapacityGwh))))
        if registered:
            self.assertEqual([r[0] for r in connection.execute(sa.select(table.c.years).order_by(table.c.n))], [[1, D('2.5'), None], [1000], []])
        else:       # psycopg2 hands over '{1,2.5,NULL}' where it does not know the type
            self.assertEqual(connection.execute(sa.select(sa.cast(table.c.years, sa.Text)).order_by(table.c.n)).scalar(), '{1,2.5,NULL}')

    @with_every_driver
    def test_what_is_no_number_is_refused(self, connection, table, registered):
        for value in (float('nan'), True, b'30'):
            self.assertRaises(StatementError, connection.execute, table.insert().values(capacity=value))

    @with_every_driver
    def test_chemistry_is_text(self, connection, table, registered):
        connection.execute(sa.text('CREATE TEMP TABLE cell (c chemistry)'))
        cell = sa.Table('cell', sa.MetaData(), autoload_with=connection)
        self.assertIsInstance(cell.c.c.type, Chemistry)
        connection.execute(cell.insert(), [{'c': 'lithium iron phosphate'}, {'c': None}])
        self.assertEqual([r[0] for r in connection.execute(sa.select(cell.c.c))], ['LFP', None])

    def test_other_schemas_reflect_when_registered(self):
        for driver in DRIVERS:
            engine = engine_of(self, driver, True, connect_args={'options': '-c search_path='})
            with warnings.catch_warnings(), engine.connect() as connection:
                warnings.simplefilter('error')
                connection.execute(sa.text('CREATE TEMP TABLE plant (capacity public.capacity_gwh, years public.capacity_gwh[])'))
                table = sa.Table('plant', sa.MetaData(), autoload_with=connection)
                self.assertIsInstance(table.c.capacity.type, CapacityGwh)
                self.assertIsInstance(table.c.years.type.item_type, CapacityGwh)

    def test_other_drivers_are_refused(self):
        class Engine:
            class dialect:
                driver = 'pg8000'
        self.assertRaisesRegex(NotImplementedError, 'pg8000', register, Engine())

    @unittest.skipUnless(importlib.util.find_spec('asyncpg') and importlib.util.find_spec('greenlet'), 'asyncpg or greenlet is not installed')
    def test_asyncpg(self):
        from sqlalchemy.ext.asyncio import create_async_engine

        async def main(registered):
            engine = create_async_engine('postgresql+asyncpg://')
            if registered:
                register(engine)
            async with engine.connect() as connection:
                await connection.execute(sa.text('CREATE TEMP TABLE plant (capacity capacity_gwh)'))
                table = sa.Table('plant', sa.MetaData(), sa.Column('capacity', CapacityGwh))
                await connection.execute(table.insert(), [{'capacity': v} for v, _ in SENT])
                values = [r[0] for r in await connection.execute(sa.select(table.c.capacity))]
                bare = (await connection.execute(sa.text('SELECT avg(capacity) FROM plant'))).scalar()
            await engine.dispose()
            return values, bare
        self.assertEqual(asyncio.run(main(True)), ([30, D('0.1'), D('0.3'), 1500, None], D('382.6')))
        self.assertEqual(asyncio.run(main(False))[0], [30, D('0.1'), D('0.3'), 1500, None])


@unittest.skipUnless(importlib.util.find_spec('pandas'), 'pandas is not installed')
class Pandas(unittest.TestCase):
    def test_columns_are_numbers(self):
        import pandas
        query = sa.text("SELECT maker, capacity::capacity_gwh FROM (VALUES ('A', '30'), ('B', '60.137151005'), ('C', NULL)) AS v (maker, capacity)")
        for driver in DRIVERS:
            engine = engine_of(self, driver, True)
            with engine.connect() as connection:
                frame = pandas.read_sql(query, connection)
                self.assertEqual((str(frame.capacity.dtype), round(frame.capacity.sum(), 9)), ('float64', 90.137151005))
                frame = pandas.read_sql(query, connection, coerce_float=False)
                self.assertEqual(frame.capacity.sum(), D('90.137151005'))
                pandas.DataFrame({'capacity': ['1.5 TWh', 30, None]}).to_sql('battery_pandas', connection, index=False, dtype={'capacity': CapacityGwh})
                table = sa.Table('battery_pandas', sa.MetaData(), autoload_with=connection)
                self.assertIsInstance(table.c.capacity.type, CapacityGwh)
                self.assertEqual([r[0] for r in connection.execute(sa.select(table.c.capacity))], [1500, 30, None])
                table.drop(connection)


if __name__ == '__main__':
    unittest.main()
