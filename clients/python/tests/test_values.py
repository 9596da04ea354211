"""The numbers themselves, without a server; the drivers' tests compare with one."""

import unittest
from decimal import Decimal, getcontext, localcontext

from battery_postgresql import CAPACITY, COST
from common import CAPACITIES, COSTS


class Values(unittest.TestCase):
    def test_every_value_in_text_and_binary_is_the_same_number(self):
        for quantity, values in ((CAPACITY, CAPACITIES), (COST, COSTS)):
            for text, value in values.items():
                self.assertEqual(quantity.from_text(text), value)
                binary = quantity.to_binary(text)
                self.assertEqual(len(binary), 9)
                self.assertEqual(str(quantity.from_binary(binary)), str(quantity.from_text(text)))

    def test_the_callers_decimal_context_does_not_cut_digits(self):
        with localcontext() as context:
            context.prec = 5
            self.assertEqual(str(CAPACITY.from_binary(CAPACITY.to_binary('9223372.036854775807'))), '9223372.036854775807')

    def test_finer_numbers_are_rounded_half_away_from_zero(self):
        for value, stored in (('0.0000000000005', '1E-12'), ('-0.0000000000005', '-1E-12'), ('0.00000000000049999', '0')):
            self.assertEqual(CAPACITY.from_binary(CAPACITY.to_binary(Decimal(value))), Decimal(stored))

    def test_a_float_is_its_shortest_decimal(self):
        self.assertEqual(CAPACITY.from_binary(CAPACITY.to_binary(0.1)), Decimal('0.1'))
        self.assertEqual(CAPACITY.from_text('60.137151005', float), 60.137151005)

    def test_what_is_no_such_number_is_refused(self):
        for value in (True, b'30', [30], 1j):
            self.assertRaises(TypeError, CAPACITY.to_binary, value)
        for value in (float('nan'), float('inf'), Decimal('sNaN'), Decimal('1e999999'), 9223373, -9223373, '1.5 TWh', '30 USD/kWh'):
            self.assertRaises(ValueError, CAPACITY.to_binary, value)
        for text in ('', 'NaN', '30 USD/kWh', '3O', '30\n', '٣٠'):
            self.assertRaises(ValueError, CAPACITY.from_text, text)

    def test_a_large_cost_must_have_its_unit(self):
        self.assertRaisesRegex(ValueError, "'20000.5 USD/kWh'", COST.to_binary, 20000.5)
        self.assertEqual(COST.from_binary(COST.to_binary('20000.5 USD/kWh')), Decimal('20000.5'))

    def test_eight_bytes_or_another_version_are_no_value(self):
        self.assertRaisesRegex(ValueError, '9 bytes', CAPACITY.from_binary, b'\x3f\xf8' + bytes(6))
        self.assertRaisesRegex(ValueError, 'version 2', CAPACITY.from_binary, b'\2' + bytes(8))


if __name__ == '__main__':
    unittest.main()
