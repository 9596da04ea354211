"""The types of the extension for SQLAlchemy.  Importing this module lets tables with
such columns reflect; register(engine) has every result as a number, also where
SQLAlchemy does not know the type of an expression.  docs/clients.md shows both."""

import operator
from decimal import Decimal

from sqlalchemy import Float, Numeric, Text, cast, event
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.types import UserDefinedType

from battery_postgresql import CAPACITY, COST, TYPES


class _Quantity(UserDefinedType):
    """A number of quantity.unit: Decimal, or float with asdecimal=False.  Takes texts
    with units, too."""

    quantity = None
    # So 2 * capacity is a capacity to SQLAlchemy, and SQLAlchemy 2 does not divide by
    # CAST(capacity AS NUMERIC), which would be US$/GWh where SQL has US$/kWh.
    _type_affinity = Numeric

    def __init__(self, asdecimal=True):
        self.asdecimal = asdecimal

    @property
    def python_type(self):
        return Decimal if self.asdecimal else float

    def get_col_spec(self, **_):
        return self.quantity.name

    def bind_processor(self, dialect):
        return lambda value: None if value is None else self.quantity.to_text(value)

    def literal_processor(self, dialect):
        return lambda value: "'%s'" % self.quantity.to_text(value).replace("'", "''")

    # Through text every driver sends the same, with or without register().
    def bind_expression(self, bindvalue):
        return cast(cast(bindvalue, Text), self)

    def result_processor(self, dialect, coltype):
        number = self.python_type

        def read(value):
            if value is None or type(value) is number:
                return value
            if isinstance(value, str):
                return self.quantity.from_text(value, number)
            return number(repr(value) if isinstance(value, float) else value)
        return read

    # A quantity is added to and compared with quantities, but multiplied with numbers.
    def coerce_compared_value(self, op, value):
        if op in (operator.mul, operator.truediv) and not isinstance(value, str):
            return Numeric()
        return self

    class Comparator(UserDefinedType.Comparator):
        def _adapt_expression(self, op, other_comparator):
            other = other_comparator.type
            if op is operator.mul and isinstance(other, _Quantity):
                return op, Numeric()
            if op is operator.truediv and type(other) is type(self.type):
                return op, Float()
            return super()._adapt_expression(op, other_comparator)

    comparator_factory = Comparator


class CapacityGwh(_Quantity):
    """capacity_gwh, a number of GWh"""
    cache_ok = True
    quantity = CAPACITY


class CostPerGwh(_Quantity):
    """cost_per_gwh, a number of US$/kWh, which is million US$/GWh"""
    cache_ok = True
    quantity = COST


class _Text(UserDefinedType):
    """Text that the server reads and prints."""

    name = None
    python_type = str

    def get_col_spec(self, **_):
        return self.name

    def bind_expression(self, bindvalue):
        return cast(cast(bindvalue, Text), self)


def _text(class_name, name):
    return type(class_name, (_Text,), {'__doc__': name + ', as text', '__module__': __name__, 'name': name, 'cache_ok': True})


Chemistry = _text('Chemistry', 'chemistry')
LearningCurve = _text('LearningCurve', 'learning_curve')
CostSeries = _text('CostSeries', 'cost_series')
PairedValues = _text('PairedValues', 'paired_values')
Regression = _text('Regression', 'regression')
MarketShares = _text('MarketShares', 'market_shares')
QuantitySums = _text('QuantitySums', 'quantity_sums')
QuantityValues = _text('QuantityValues', 'quantity_values')

REFLECTED = {t.name: t for t in _Text.__subclasses__()}
REFLECTED.update((t.quantity.name, t) for t in _Quantity.__subclasses__())
PGDialect.ischema_names.update(REFLECTED)


def register(engine, number=Decimal):
    """Before the engine's first connection.  Takes an AsyncEngine, too."""
    engine = getattr(engine, 'sync_engine', engine)
    driver = engine.dialect.driver
    if driver not in ('psycopg2', 'psycopg', 'psycopg_async', 'asyncpg'):
        raise NotImplementedError('battery_postgresql knows psycopg2, psycopg and asyncpg, not %s' % driver)

    @event.listens_for(engine, 'connect')
    def connected(connection, _):
        if driver == 'psycopg2':
            from battery_postgresql import psycopg2
            psycopg2.register(connection, number)
        elif driver == 'psycopg':
            from battery_postgresql import psycopg3
            psycopg3.register(connection, number)
        elif driver == 'psycopg_async':
            from battery_postgresql import psycopg3
            connection.run_async(lambda c: psycopg3.register_async(c, number))
        else:
            from battery_postgresql import asyncpg
            connection.run_async(lambda c: asyncpg.register(c, number))

    # Where the extension's schema is not in search_path, reflection names it.
    @event.listens_for(engine, 'first_connect')
    def qualify(connection, _):
        cursor = connection.cursor()
        cursor.execute(TYPES)
        names = {row[4]: REFLECTED[row[0]] for row in cursor.fetchall() if row[0] in REFLECTED}
        cursor.close()
        connection.rollback()
        engine.dialect.ischema_names = dict(engine.dialect.ischema_names, **names)
