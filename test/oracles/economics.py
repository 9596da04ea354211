#!/usr/bin/env python3
"""Volumes and money along learning curves, in 50-digit arithmetic.

For sql/economics_formulas.sql.  Sums of units are added one by one and areas
under curves are integrated numerically, so that nothing here repeats the closed
forms of src/learning/economics.c.  Needs mpmath.
"""
from mpmath import mp, mpf, log, power, quad, expm1, findroot

mp.dps = 50


def show(name, *values):
    print(name, *(mp.nstr(v, 17) for v in values))


def descent(z0, c0, b, target):
    z0, c0, b, target = map(mpf, (z0, c0, b, target))
    cost = lambda z: c0 * power(z / z0, b)
    z = findroot(lambda u: c0 * mp.exp(b * u) - target, log(target / c0) / b)
    z = z0 * mp.exp(z)
    # in ln z, in pieces: the integrand is steep
    area = quad(lambda u: cost(mp.exp(u)) * mp.exp(u), mp.linspace(log(z0), log(z), 40))
    show("descent %s %s %s %s: volume, added, doublings, spend, investment" % (z0, c0, b, target),
         z, z - z0, log(z / z0, 2), area, area - target * (z - z0))


descent(100, 200, '-0.32', 80)
descent(100, 200, -1, 80)
descent(100, 200, '-1.5', 80)
descent(100, 200, '-0.32', '199.999')
descent(100, 200, '-0.0001', '199.99')
descent(10, 150, '-0.25', 75)


def crossover(ze, ce, be, ge, zi, ci, bi, gi):
    ze, ce, be, ge, zi, ci, bi, gi = map(mpf, (ze, ce, be, ge, zi, ci, bi, gi))
    c = lambda c0, b, g, t: c0 * power(power(1 + g, t), b)
    t = findroot(lambda t: log(c(ce, be, ge, t)) - log(c(ci, bi, gi, t)), 5)
    show("crossover: years, cost, volumes", t, c(ce, be, ge, t), ze * power(1 + ge, t), zi * power(1 + gi, t))


crossover(2, 150, '-0.30', '0.9', 3000, 80, '-0.35', '0.25')
crossover(1, 110, '-0.25', '0.5', 100, 100, '-0.05', '0.1')

# stock before year 1: the years before it, one by one
q, g = mpf(10), mpf('0.34')
show("stock at 34 %", sum(q / power(1 + g, k) for k in range(1, 2000)))
g = power(mpf(80) / 10, mpf(1) / 6) - 1
show("stock between 10 and 80 in 6 years, growth", sum(q / power(1 + g, k) for k in range(1, 2000)), g)

show("floor: cost after 3.5 doublings", 40 + (mpf(120) - 40) * power(mpf('0.8'), mpf('3.5')))
show("floor: doublings to 60", findroot(lambda d: 40 + 80 * power(mpf('0.8'), d) - 60, 5))
show("exponent of 20 %, of -5 %", log(mpf('0.8'), 2), log(mpf('1.05'), 2))

for b in ('-0.3219280948873623', '-1', '-2.5', '0', '0.5', '9.5', '-10'):
    b = mpf(b)
    terms = [power(k, b) for k in range(1, 100001)]
    show("crawford b=%s: 1..1, 1..39, 1..40, 1..100000, 17..125, 5000..5001, 99990..100000" % mp.nstr(b, 6),
         terms[0], sum(terms[:39]), sum(terms[:40]), sum(terms), sum(terms[16:125]), sum(terms[4999:5001]), sum(terms[99989:]))
b = log(mpf('0.8'), 2)
w = lambda n: 100 * power(n, 1 + b)
show("wright 80 %: average 125, total 1..125, total 101..125, unit 1, unit 2, unit 10^9",
     100 * power(125, b), w(125), w(125) - w(100), w(1), w(2) - w(1), w(10**9) - w(10**9 - 1))
show("crawford 80 %: unit 125, average 125", 100 * power(125, b), 100 * sum(power(k, b) for k in range(1, 126)) / 125)
