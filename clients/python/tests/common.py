"""What the tests of the drivers share.  The server is what PGHOST, PGUSER and
PGDATABASE name; it has the extension battery."""

from decimal import Decimal

D = Decimal

# What a column has, as the server prints it, and the number that it is.  The extremes
# are those of an int64 in 10^-12 GWh and 10^-9 US$/kWh.
CAPACITIES = {
    '30': D(30), '60.137151005': D('60.137151005'), '0': D(0), '-0.000000000001': D('-1e-12'), '1000': D(1000),
    '9223372.036854775807': D('9223372.036854775807'), '-9223372.036854775808': D('-9223372.036854775808'),
}
COSTS = {
    '67.3': D('67.3'), '20000': D(20000), '20000.000000001 USD/kWh': D('20000.000000001'), '-25000 USD/kWh': D(-25000),
    '9223372036.854775807 USD/kWh': D('9223372036.854775807'), '-9223372036.854775808 USD/kWh': D('-9223372036.854775808'),
}
COLUMNS = (('capacity_gwh', CAPACITIES), ('cost_per_gwh', COSTS))

TABLE = 'CREATE TEMP TABLE plant (n serial, capacity capacity_gwh, cost cost_per_gwh, years capacity_gwh[], costs cost_per_gwh[])'

# Sent, and what is stored then.
SENT = [(30, '30'), (D('0.1'), '0.1'), (0.1 + 0.2, '0.3'), ('1.5 TWh', '1500'), (None, None)]


def rows(name, values):
    """A query of all of a column's values in their order."""
    return 'SELECT x::%s FROM unnest(ARRAY[%s]) WITH ORDINALITY AS u (x, i) ORDER BY i' % (name, ', '.join("'%s'" % v for v in values))


def array(name, values):
    return 'SELECT ARRAY[%s, NULL]::%s[]' % (', '.join("'%s'" % v for v in values), name)
