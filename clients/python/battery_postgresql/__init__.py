"""Capacities and unit costs of the PostgreSQL extension battery as numbers.

A capacity_gwh is a number of GWh, a cost_per_gwh one of US$/kWh.  Drivers do not know
these types and hand their text over, so that a sum() may join strings; the modules
beside this one (psycopg3, psycopg2, asyncpg, sqlalchemy) register them.

Every reader takes a function number that makes a number of a decimal text.  It is
decimal.Decimal unless said otherwise, as for the server's numeric: capacities have up
to 19 digits, of which a float keeps 15, sums of Decimal are exact, and Decimal + float
is a TypeError, not a number that lost digits in silence.  Say number=float where
digits beyond the fifteenth do not matter.
"""

import numbers
import re
import struct
from decimal import Context, Decimal, ROUND_HALF_UP

BINARY_VERSION = 1
_BINARY = struct.Struct('>Bq')
_EXACT = Context(prec=64)

# The types wherever the extension is, whatever search_path says: name, oid, oid of the
# array, schema, and the name as format_type() writes it outside of search_path.
TYPES = """
SELECT t.typname::text, t.oid, t.typarray, n.nspname::text,
       pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.typname)
FROM pg_catalog.pg_extension e
JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
     AND d.refobjid = e.oid AND d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.deptype = 'e'
JOIN pg_catalog.pg_type t ON t.oid = d.objid
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE e.extname = 'battery' AND t.typarray <> 0"""


class Quantity:
    """One of the two types: places are the decimals it keeps, unit is that of a bare
    number, and a number beyond bare_limit must come with its unit, as in SQL."""

    def __init__(self, name, places, unit, bare_limit=None):
        self.name, self.places, self.unit, self.bare_limit = name, places, unit, bare_limit
        self._printed = re.compile(r'(-?[0-9]+(?:\.[0-9]+)?)( %s)?' % re.escape(unit))

    def from_text(self, text, number=Decimal):
        """What the server prints, which is no other text: '30', '25000 USD/kWh'."""
        printed = self._printed.fullmatch(text)
        if not printed:
            raise ValueError('%s does not print %r' % (self.name, text))
        return number(printed.group(1))

    def from_binary(self, data, number=Decimal):
        """What the server sends in binary: a byte for the version, an int64."""
        if len(data) != _BINARY.size:
            raise ValueError('%s has %d bytes in binary, not %d' % (self.name, _BINARY.size, len(data)))
        version, units = _BINARY.unpack(data)
        if version != BINARY_VERSION:
            raise ValueError('the binary form of %s has version %d, which this package does not know' % (self.name, version))
        whole, part = divmod(abs(units), 10 ** self.places)
        text = '%s%d.%0*d' % ('-' if units < 0 else '', whole, self.places, part)
        return number(text.rstrip('0').rstrip('.'))

    def to_text(self, value):
        """A number or a text with a unit, as text that the server reads."""
        if isinstance(value, str):
            return value
        return str(self._decimal(value))

    def to_binary(self, value):
        """A number, or a text as the server prints it; other texts only the server can
        read.  Finer ones are rounded half away from zero, as the server does."""
        if isinstance(value, str):
            printed = self._printed.fullmatch(value)
            if not printed:
                raise ValueError('%r is for the server to read, which cannot be done in binary: send a number of %s, or write %%s::text::%s'
                                 % (value, self.unit, self.name))
            value = Decimal(printed.group(1))
            bare = not printed.group(2)
        else:
            value, bare = self._decimal(value), True
        if bare and self.bare_limit and abs(value) > self.bare_limit:
            raise ValueError("a %s beyond %d must come with its unit: '%s %s'" % (self.name, self.bare_limit, value, self.unit))
        if value.adjusted() <= 10:
            rounded = value.quantize(Decimal((0, (1,), -self.places)), ROUND_HALF_UP, _EXACT)
            units = int(_EXACT.scaleb(rounded, self.places))
            if -2 ** 63 <= units < 2 ** 63:
                return _BINARY.pack(BINARY_VERSION, units)
        raise ValueError('%s is out of range for %s' % (value, self.name))

    def _decimal(self, value):
        if isinstance(value, float):        # the shortest decimal, as the server reads a double
            value = Decimal(repr(float(value)))
        elif isinstance(value, numbers.Integral) and not isinstance(value, bool):
            value = Decimal(int(value))
        elif not isinstance(value, Decimal):
            raise TypeError('%s takes int, float, Decimal or str, not %s' % (self.name, type(value).__name__))
        if not value.is_finite():
            raise ValueError('%s is not finite, and %s is' % (value, self.name))
        return value


CAPACITY = Quantity('capacity_gwh', 12, 'GWh')
COST = Quantity('cost_per_gwh', 9, 'USD/kWh', 20000)
QUANTITIES = {q.name: q for q in (CAPACITY, COST)}


def found(rows):
    """The quantities among rows of TYPES, each with its row."""
    quantities = [(QUANTITIES[row[0]], row) for row in rows if row[0] in QUANTITIES]
    if not quantities:
        raise LookupError('this database has no extension battery: CREATE EXTENSION battery, then connect and register again')
    return quantities
