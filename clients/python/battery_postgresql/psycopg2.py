"""register(connection): capacities and unit costs, alone and in arrays, as numbers in
psycopg 2.  docs/clients.md shows it."""

from decimal import Decimal

from psycopg2.extensions import STATUS_READY, cursor as plain_cursor, new_array_type, new_type, register_type

from battery_postgresql import TYPES, found


def register(connection, number=Decimal):
    idle = connection.status == STATUS_READY
    with connection.cursor(cursor_factory=plain_cursor) as cursor:
        cursor.execute(TYPES)
        rows = cursor.fetchall()
    if idle and not connection.autocommit:
        connection.rollback()
    for quantity, (name, oid, array_oid, _, _) in found(rows):
        one = new_type((oid,), name, _reader(quantity, number))
        register_type(one, connection)
        register_type(new_array_type((array_oid,), name + '[]', one), connection)


def _reader(quantity, number):
    def read(text, cursor):
        return None if text is None else quantity.from_text(text, number)
    return read
