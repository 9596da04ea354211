#!/bin/sh
# Theil T and L of amounts that hardly differ, with 50 digits: an oracle for
# sql/market_concentration.sql where double precision formulas cancel.
# Run by hand: test/oracles/theil_near_equal.sh
BC_LINE_LENGTH=0 bc -l <<'BC'
scale = 50
define f(a, b, c, d) {
  auto m, t, u
  m = (a + b + c + d) / 4
  t = ((a / m) * l(a / m) + (b / m) * l(b / m) + (c / m) * l(c / m) + (d / m) * l(d / m)) / 4
  u = (l(m / a) + l(m / b) + l(m / c) + l(m / d)) / 4
  print t, " ", u, "\n"
  return 0
}
x = f(1000, 1001, 999, 1000.5)
x = f(1, 1.000000001, 0.999999999, 1)
BC
