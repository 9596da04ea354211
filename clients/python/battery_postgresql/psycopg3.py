"""register(connection): capacities and unit costs as numbers in psycopg 3, as text and
in binary, in arrays and COPY (with copy.set_types).  docs/clients.md shows it."""

from decimal import Decimal

from psycopg.adapt import Dumper, Loader
from psycopg.pq import Format
from psycopg.rows import tuple_row
from psycopg.types import TypeInfo

from battery_postgresql import TYPES, found


def register(connection, number=Decimal):
    """For one connection; see register_async for an AsyncConnection."""
    with connection.transaction(), connection.cursor(row_factory=tuple_row) as cursor:
        _register(connection, cursor.execute(TYPES).fetchall(), number)


async def register_async(connection, number=Decimal):
    async with connection.transaction(), connection.cursor(row_factory=tuple_row) as cursor:
        await cursor.execute(TYPES)
        _register(connection, await cursor.fetchall(), number)


def _register(connection, rows, number):
    for quantity, (name, oid, array_oid, schema, _) in found(rows):
        TypeInfo(name, oid, array_oid).register(connection)
        for adapter in _adapters(quantity, oid, number):
            if issubclass(adapter, Loader):
                connection.adapters.register_loader(oid, adapter)
            else:       # where the type of the column is said, not for all of Python's numbers
                connection.adapters.register_dumper(None, adapter)


def _adapters(quantity, type_oid, number):
    class TextLoader(Loader):
        def load(self, data):
            return quantity.from_text(bytes(data).decode(), number)

    class BinaryLoader(Loader):
        format = Format.BINARY

        def load(self, data):
            return quantity.from_binary(data, number)

    class TextDumper(Dumper):
        oid = type_oid

        def dump(self, obj):
            return quantity.to_text(obj).encode()

    class BinaryDumper(Dumper):
        format = Format.BINARY
        oid = type_oid

        def dump(self, obj):
            return quantity.to_binary(obj)

    return TextLoader, BinaryLoader, TextDumper, BinaryDumper
