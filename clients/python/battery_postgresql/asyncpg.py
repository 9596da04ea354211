"""register(connection): capacities and unit costs as numbers in asyncpg, in arrays and
copy_records_to_table too.  A pool takes it as init=register.  docs/clients.md shows it."""

from decimal import Decimal
from functools import partial

from battery_postgresql import TYPES, found


async def register(connection, number=Decimal):
    for quantity, (name, _, _, schema, _) in found(await connection.fetch(TYPES)):
        await connection.set_type_codec(name, schema=schema, format='binary', encoder=quantity.to_binary,
                                        decoder=partial(quantity.from_binary, number=number))
