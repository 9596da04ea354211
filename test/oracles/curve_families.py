#!/usr/bin/env python3
"""Expected values of sql/series_families.sql.

Fits the families of experience curves to the series of liion_cells.py, 1992-2016,
with 60-digit decimal arithmetic on the doubles that the test feeds in, by the
normal equations as a textbook has them.  Shares nothing with the C code; the
Newey-West errors are formed by the sandwich, which the C code avoids.

Student's t quantiles are R's qt(0.975, df).  Run in the repository's root:
    test/oracles/curve_families.py
prints the rows of the test's table of expected values.
curve_families.R computes the same with lm() and the package sandwich.
"""
import sys
from decimal import Decimal as D, getcontext

import liion_cells

getcontext().prec = 60
PI = D('3.14159265358979323846264338327950288419716939937510582097494')
QT = {22: D('2.0738730679040258'), 23: D('2.0686576104190482')}

rows = []
total = patents = 0.0
for r in liion_cells.rows():
    if r['annual_market_mwh'] == '':
        continue
    total += float(r['annual_market_mwh'])
    patents += float(r['patents_filed'])
    rows.append((float(r['year']), float(r['annual_market_mwh']), total,
                 float(r['price_usd2018_per_kwh']), patents))
rows = [r for r in rows if 1992 <= r[0] <= 2016]

ln = lambda v: D(v).ln()
year = [D(r[0]) for r in rows]
annual = [ln(r[1]) for r in rows]
cumulative = [ln(r[2]) for r in rows]
prior = [ln(r[2] - r[1]) for r in rows]
factor = [ln(r[4]) for r in rows]
y = [ln(r[3]) for r in rows]
n = len(rows)


def inverse(a):
    k = len(a)
    m = [list(a[i]) + [D(i == j) for j in range(k)] for i in range(k)]
    for i in range(k):
        p = max(range(i, k), key=lambda r: abs(m[r][i]))
        m[i], m[p] = m[p], m[i]
        m[i] = [v / m[i][i] for v in m[i]]
        for r in range(k):
            if r != i:
                m[r] = [v - m[r][i] * w for v, w in zip(m[r], m[i])]
    return [row[k:] for row in m]


def mul(a, b):
    return [[sum(x * z for x, z in zip(row, col)) for col in zip(*b)] for row in a]


def fit(name, xs, learning, lag):
    X = [[D(1)] + [x[i] for x in xs] for i in range(n)]
    k = len(X[0])
    M = inverse(mul(list(zip(*X)), X))
    b = [v[0] for v in mul(M, mul(list(zip(*X)), [[v] for v in y]))]
    e = [y[i] - sum(c * v for c, v in zip(b, X[i])) for i in range(n)]
    rss = sum(v * v for v in e)
    mean = sum(y) / n
    tss = sum((v - mean) ** 2 for v in y)
    df = n - k
    s2 = rss / df
    out = {}
    for j in range(k):
        out['coefficient %d' % j] = b[j]
        out['stderr %d' % j] = (s2 * M[j][j]).sqrt()
    # S = sum_l w_l (G_l + G_l'), u_i = x_i e_i
    S = [[D(0)] * k for _ in range(k)]
    for l in range(lag + 1):
        w = 1 - D(l) / (lag + 1)
        for i in range(l, n):
            for p in range(k):
                for q in range(k):
                    g = X[i][p] * e[i] * X[i - l][q] * e[i - l]
                    S[p][q] += w * g
                    if l > 0:
                        S[q][p] += w * g
    V = mul(mul(M, S), M)
    for j in range(k):
        out['newey-west %d' % j] = V[j][j].sqrt()
        out['low %d' % j] = b[j] - QT[df] * out['stderr %d' % j]
        out['high %d' % j] = b[j] + QT[df] * out['stderr %d' % j]
        out['newey-west low %d' % j] = b[j] - QT[df] * out['newey-west %d' % j]
        out['newey-west high %d' % j] = b[j] + QT[df] * out['newey-west %d' % j]
    if learning:
        B, se, nw = b[learning], out['stderr %d' % learning], out['newey-west %d' % learning]
        lr = lambda x: 1 - (x * D(2).ln()).exp()
        out['learning rate'] = lr(B)
        out['learning rate low'] = lr(B + QT[df] * se)
        out['learning rate high'] = lr(B - QT[df] * se)
        out['newey-west rate low'] = lr(B + QT[df] * nw)
        out['newey-west rate high'] = lr(B - QT[df] * nw)
    out['r squared'] = 1 - rss / tss
    out['adjusted r squared'] = 1 - rss / tss * (n - 1) / df
    out['rss'] = rss
    out['residual stderr'] = s2.sqrt()
    logl = -D(n) / 2 * ((2 * PI).ln() + (rss / n).ln() + 1)
    out['aic'] = -2 * logl + 2 * (k + 1)
    out['bic'] = -2 * logl + D(n).ln() * (k + 1)
    out['durbin-watson'] = sum((e[i] - e[i - 1]) ** 2 for i in range(1, n)) / rss
    for j in range(1, k):
        m = sum(r[j] for r in X) / n
        out.setdefault('vif', M[j][j] * sum((r[j] - m) ** 2 for r in X))
    if name in ('Moore', 'Nordhaus'):
        m = b[1]
        out['yearly decline'] = 1 - m.exp()
        out['yearly decline low'] = 1 - (m + QT[df] * out['stderr 1']).exp()
        out['yearly decline high'] = 1 - (m - QT[df] * out['stderr 1']).exp()
    if name == 'Moore':
        out['halving time'] = D(2).ln() / -b[1]
    for q, v in out.items():
        print("  ('%s', '%s', %s)," % (name, q, format(v, '.20g')))


lag = int(sys.argv[1]) if len(sys.argv) > 1 else 2
fit('Wright', [cumulative], 1, lag)
fit('Moore', [year], 0, lag)
fit('Goddard', [annual], 0, lag)
fit('Sinclair-Klepper-Cohen', [annual, prior], 2, lag)
fit('Nordhaus', [year, cumulative], 2, lag)
fit('lagged Wright', [prior], 1, lag)
fit('two-factor', [cumulative, factor], 1, lag)
