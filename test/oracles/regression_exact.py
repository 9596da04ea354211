#!/usr/bin/env python3
"""regression() against rational arithmetic on the same doubles.

    python3 test/oracles/regression_exact.py "psql -X -d somewhere" [rounds] [seed]

Makes random data sets (1 to 10 regressors, with and without intercept and
weights, magnitudes from denormals to 1e300, collinear and constant columns)
and compares with what the database says:

- the text of the state with exact sums of products, to the last bit;
- coefficients, errors, residual error, R squared, VIF, the bands of a
  prediction, log-likelihood and the p-value of F with values from fractions
  (and mpmath where a root, a logarithm or a beta function is needed), which
  must agree to 2 units in the last place of a double (the last three, which
  go through libm, to 1e-12).

With "fixed" for rounds, prints the values that sql/regression_reference.sql
has typed in.  Needs mpmath, and a database that has the extension.  Not part
of the tests.
"""
import math
import random
import shlex
import subprocess
import sys
from fractions import Fraction as F

from mpmath import mp, mpf

mp.dps = 120
psql = shlex.split(sys.argv[1] if len(sys.argv) > 1 else 'psql -X')


def m(f):
    return mpf(f.numerator) / mpf(f.denominator) if isinstance(f, F) else mpf(f)


def fit(rows, intercept, weights=None):
    """rows of (y, x...) as floats; returns a dict of exact things."""
    keep = [i for i in range(len(rows)) if not weights or weights[i] != 0]
    w = [F(weights[i]) if weights else F(1) for i in keep]
    y = [F(rows[i][0]) for i in keep]
    X = [([F(1)] if intercept else []) + [F(v) for v in rows[i][1:]] for i in keep]
    n, k = len(X), len(X[0])
    A = [[sum(c * r[i] * r[j] for c, r in zip(w, X)) for j in range(k)] for i in range(k)]
    b0 = [sum(c * r[i] * v for c, r, v in zip(w, X, y)) for i in range(k)]
    a = [A[i][:] + [F(int(i == j)) for j in range(k)] for i in range(k)]
    for i in range(k):
        if a[i][i] == 0:
            return None
        p = a[i][i]
        a[i] = [v / p for v in a[i]]
        for r in range(k):
            if r != i and a[r][i] != 0:
                q = a[r][i]
                a[r] = [u - q * v for u, v in zip(a[r], a[i])]
    inv = [row[k:] for row in a]
    b = [sum(inv[i][j] * b0[j] for j in range(k)) for i in range(k)]
    rss = sum(c * (v - sum(p * q for p, q in zip(b, r))) ** 2 for c, v, r in zip(w, y, X))
    W = sum(w)
    mean = sum(c * v for c, v in zip(w, y)) / W if intercept else F(0)
    tss = sum(c * (v - mean) ** 2 for c, v in zip(w, y))
    vif = []
    for j in range(k):
        if intercept and j == 0:
            vif.append(None)
            continue
        mj = sum(c * r[j] for c, r in zip(w, X)) / W if intercept else F(0)
        vif.append(inv[j][j] * sum(c * (r[j] - mj) ** 2 for c, r in zip(w, X)))
    return dict(n=n, k=k, b=b, inv=inv, rss=rss, tss=tss, vif=vif, A=A, w=w,
                nx=k - (1 if intercept else 0), intercept=intercept)


def statistics(f):
    """name -> mpf, as SQL names them; terms numbered from 0."""
    r = {}
    first = 0 if f['intercept'] else 1
    for i in range(f['k']):
        r['b%d' % (first + i)] = m(f['b'][i])
        if f['vif'][i] is not None:
            r['vif%d' % (first + i)] = m(f['vif'][i])
    r['r_squared'] = m(1 - f['rss'] / f['tss'])
    df = f['n'] - f['k']
    if df > 0:
        s2 = f['rss'] / df
        r['sigma'] = mp.sqrt(m(s2))
        r['adjusted'] = m(1 - s2 / (f['tss'] / (f['n'] - (1 if f['intercept'] else 0))))
        for i in range(f['k']):
            r['se%d' % (first + i)] = mp.sqrt(m(s2 * f['inv'][i][i]))
        ll = (sum(mp.log(m(c)) for c in f['w']) - f['n'] * (mp.log(2 * mp.pi) + 1 + mp.log(m(f['rss'] / f['n'])))) / 2
        r['loglik'] = ll
        r['aic'] = -2 * ll + 2 * (f['k'] + 1)
        r['bic'] = -2 * ll + mp.log(f['n']) * (f['k'] + 1)
        fs = (f['tss'] - f['rss']) / f['nx'] / s2
        r['f'] = m(fs)
        x = df / (df + f['nx'] * m(fs))
        r['f_p'] = mp.betainc(mpf(df) / 2, mpf(f['nx']) / 2, 0, x, regularized=True)
    # scaled condition number
    k = f['k']
    s = mp.matrix(k)
    for i in range(k):
        for j in range(k):
            s[i, j] = m(f['A'][i][j]) / mp.sqrt(m(f['A'][i][i]) * m(f['A'][j][j]))
    e = mp.eigsy(s, eigvals_only=True)
    r['condition'] = mp.sqrt(max(e) / min(e))
    return r


def state(rows, intercept, weights=None):
    keep = [i for i in range(len(rows)) if not weights or weights[i] != 0]
    nx = len(rows[0]) - 1
    w = [F(weights[i]) if weights else F(1) for i in keep]
    z = [[F(v) for v in rows[i]] for i in keep]

    def show(v):
        if v == 0:
            return '0'
        num, e = abs(v.numerator), -(v.denominator.bit_length() - 1)
        while num % 2 == 0:
            num //= 2
            e += 1
        return '%s%xp%d' % ('-' if v < 0 else '', num, e)
    name = lambda i: 'y' if i == 0 else 'x%d' % i
    parts = ['v1 intercept=%s weights=%s regressors=%d n=%d' % (
        'yes' if intercept else 'no', 'yes' if weights else 'no', nx, len(z))]
    if weights:
        parts.append('ln_w=*')
        parts.append('w=' + show(sum(w)))
    if intercept:
        parts += ['%s=%s' % (name(i), show(sum(c * r[i] for c, r in zip(w, z)))) for i in range(nx + 1)]
    for i in range(nx + 1):
        for j in range(i, nx + 1):
            parts.append('%s%s=%s' % (name(i), name(j), show(sum(c * r[i] * r[j] for c, r in zip(w, z)))))
    return ' '.join(parts)


def lit(v):
    return "'%r'" % float(v)


def sql(rows, intercept, weights, x0):
    agg = ('weighted_' if weights else '') + 'regression' + ('' if intercept else '_through_origin')
    vals = ','.join('(%s,%s,ARRAY[%s]::float8[])' % (lit(r[0]), lit(weights[i]) if weights else '1', ','.join(lit(v) for v in r[1:]))
                    for i, r in enumerate(rows))
    args = 'y::float8, %sVARIADIC x' % ('w::float8, ' if weights else '')
    q = "WITH s AS MATERIALIZED (SELECT %s(%s) AS m FROM (VALUES %s) v(y, w, x))\n" % (agg, args, vals)
    q += """SELECT 'state', m::text FROM s
UNION ALL SELECT k, v FROM s, LATERAL fit(m) f, LATERAL (VALUES ('n', observations::text), ('r_squared', r_squared::text), ('sigma', residual_stderr::text),
 ('adjusted', adjusted_r_squared::text), ('loglik', log_likelihood::text), ('aic', aic::text), ('bic', bic::text),
 ('f', f_statistic::text), ('f_p', f_p_value::text), ('condition', condition_number::text), ('deficient', deficient::text), ('note', note)) t(k, v)
UNION ALL SELECT k || term, v FROM s, LATERAL coefficients(m) c, LATERAL (VALUES ('b', coefficient::text), ('se', stderr::text), ('vif', vif::text)) t(k, v)
UNION ALL SELECT k, v FROM s, LATERAL predict(m, ARRAY[%s]::float8[]) p, LATERAL (VALUES ('predicted', y::text), ('mean_stderr', mean_stderr::text), ('leverage', leverage::text)) t(k, v);
""" % ','.join(lit(v) for v in x0)
    out = subprocess.run(psql + ['-AtF', '\t', '-v', 'ON_ERROR_STOP=1'], input=q, text=True, capture_output=True)
    if out.returncode:
        return {'error': out.stderr}
    return dict(l.split('\t', 1) for l in out.stdout.splitlines())


def ulps(got, want):
    got = float(got)
    if want == 0:
        return 0 if got == 0 else math.inf
    w = float(want)
    if math.isinf(w) or math.isinf(got):
        return 0 if w == got else math.inf
    return float(abs(mpf(got) - want) / mpf(math.ulp(w)))


def rnd(r, kind):
    if kind == 0:
        return float(r.randint(-9, 9))
    if kind == 1:
        return round(r.uniform(-1e3, 1e3), 2)
    if kind == 2:
        return r.gauss(0, 1) * 10.0 ** r.randint(-12, 12)
    if kind == 3:
        return 1e9 + r.uniform(-10, 10)
    if kind == 4:
        return math.ldexp(r.getrandbits(53), r.randint(-1074, -1000))
    if kind == 5:
        return r.uniform(0.5, 1) * 2.0 ** r.randint(400, 450)
    return r.random()


def main():
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    r = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    worst = {}
    deficient = bad = 0
    for t in range(rounds):
        nx = r.choice([1, 1, 2, 2, 3, 4, 7, 10])
        n = nx + r.choice([1, 2, 3, 10, 40])
        kinds = [r.choice([0, 1, 2, 3, 6, 6, 6]) for _ in range(nx + 1)]
        if r.random() < .1:
            kinds = [r.choice([4, 5, 6]) for _ in range(nx + 1)]
        rows = [[rnd(r, k) for k in kinds] for _ in range(n)]
        if r.random() < .2 and nx > 1:
            j = r.randint(2, nx)
            for row in rows:
                row[j] = 3 * row[1] - 0.7
        intercept = r.random() < .6
        weights = [r.choice([0.0, 1.0, r.random(), 10.0 ** r.randint(-30, 30)]) for _ in rows] if r.random() < .4 else None
        x0 = rows[0][1:] if r.random() < .5 else [rnd(r, k) for k in kinds[1:]]
        got = sql(rows, intercept, weights, x0)
        if 'error' in got:
            if 'out of the range' not in got['error']:
                print(t, got['error'])
                bad += 1
            continue
        if got.get('state', '') == '':
            continue
        st = got['state']
        if weights:
            import re
            st = re.sub(r'ln_w=-?\d+', 'ln_w=*', st)
        if st != state(rows, intercept, weights):
            print(t, 'state differs')
            bad += 1
        f = fit(rows, intercept, weights)
        if got.get('deficient') or f is None or f['n'] < f['k']:
            deficient += 1
            continue
        want = statistics(f) if f['tss'] != 0 and f['rss'] != 0 else {}
        if want:
            v = [F(1)] if intercept else []
            v += [F(a) for a in x0]
            want['predicted'] = m(sum(a * b for a, b in zip(v, f['b'])))
            h = sum(v[i] * v[j] * f['inv'][i][j] for i in range(f['k']) for j in range(f['k']))
            want['leverage'] = m(h)
            if f['n'] > f['k']:
                want['mean_stderr'] = mp.sqrt(m(h * f['rss'] / (f['n'] - f['k'])))
        if got.get('sigma') == '0':
            continue
        for name, w in want.items():
            if got.get(name, '') == '':
                print(t, name, 'missing', got.get('note'))
                bad += 1
                continue
            key = name.rstrip('0123456789')
            u = ulps(got[name], w)
            if key in ('loglik', 'aic', 'bic', 'f_p', 'condition'):
                rel = float(abs(mpf(got[name]) - w) / abs(w)) if w and abs(w) > 1e-300 else 0
                worst[key] = max(worst.get(key, 0), rel)
                if rel > 1e-12 and key != 'condition' and not (key != 'f_p' and abs(w) < 1e-2):
                    print(t, name, got[name], mp.nstr(w, 20), rel)
                    bad += 1
            else:
                worst[key] = max(worst.get(key, 0), u)
                if u > .5001:
                    print(t, name, got[name], mp.nstr(w, 20), u, 'nx', nx, 'n', n, kinds, intercept, bool(weights))
                    bad += 1
    print('rounds', rounds, 'deficient', deficient, 'bad', bad)
    print({k: '%.3g' % v for k, v in sorted(worst.items())})


if __name__ == '__main__':
    main()
