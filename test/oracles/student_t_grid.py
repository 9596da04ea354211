"""Worst relative error of student_t_* and normal_* over a large grid, against
numerical integration of the density by mpmath with 40 digits, which shares
no formula with src/stats.

    python3 test/oracles/student_t_grid.py "psql -X -d somewhere"

Needs mpmath, and a database that has the extension.  Not part of the tests;
sql/stats_distributions.sql has a selection of the values.
"""
import functools
import random
import shlex
import subprocess
import sys

from mpmath import mp, mpf

mp.dps = 40
psql = shlex.split(sys.argv[1] if len(sys.argv) > 1 else "psql -X")


@functools.lru_cache(None)
def density_at_0(df):
    if df == mp.inf:
        return 1 / mp.sqrt(2 * mp.pi)
    with mp.workdps(90):
        return mp.exp(mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2)) / mp.sqrt(mp.pi * df)


def density(u, df):
    if df == mp.inf:
        return density_at_0(df) * mp.exp(-u * u / 2)
    with mp.workdps(90):
        return density_at_0(df) * (1 + u * u / df) ** (-(df + 1) / 2)


def tail(t, df):
    """P(T > t) for t > 0, by integrating the density"""
    t = mpf(t)
    if t < 1 and t * t < df:
        return mpf(1) / 2 - t * mp.quad(lambda u: density(t * u, df), [0, 1])
    # beyond t: u = t e^s, where the integrand falls at least like e^(-s/w)
    w = 1 / (df if df < t * t else t * t)
    # (mp.quad stops at an absolute error: give it an integrand near 1)
    scale = density(t, df) * t * w
    return scale * mp.quad(lambda s: density(t * mp.exp(s), df) * t * mp.exp(s) / scale,
                   [w * k / 4 for k in (0, 1, 2, 4, 6, 8, 11, 14, 18, 24, 32, 64, 128, 256, 400)])


def query(values, expr):
    sql = "COPY (SELECT %s FROM (VALUES %s) v(i, a, b) ORDER BY i) TO STDOUT" % (
        expr, ",".join("(%d,'%s'::float8,'%s'::float8)" % (i, a, b) for i, (a, b) in enumerate(values)))
    out = subprocess.run(psql + ["-At", "-f", "-"], input=sql, text=True,
                         stdout=subprocess.PIPE, check=True).stdout
    return [mpf(line) for line in out.split()]


def mpdf(df):
    return mp.inf if df == float("inf") else mpf(df)


def report(name, rows):
    worst = max(rows, key=lambda r: r[0])
    print("%-22s %6d points, worst relative error %s at %s" %
          (name, len(rows), mp.nstr(worst[0], 3), worst[1]))


random.seed(1)
dfs = [0.01, 0.1, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 7, 10, 15.3, 23, 30, 31, 33, 50, 100,
       357.25, 1000, 12345, 1e5, 1e6, 1e7, 1e8, 1e9, 1e12, 1e20, float("inf")]
ts = [10 ** random.uniform(-10, 1.6) for _ in range(25)]
ts += [0.5, 0.99, 1.0, 1.01, 1.5, 1.96, 2, 3, 5, 8, 13, 21, 30, 36, 37]
far = [50, 1e3, 1e6, 1e12, 1e50, 1e140, 1e160, 1e299]

# the oracle itself against closed forms: Cauchy, df = 2, normal
for t in (mpf("0.3"), mpf(1), mpf(4), mpf(30)):
    assert abs(tail(t, mpf(1)) * mp.pi / mp.atan(1 / t) - 1) < 1e-25
    assert abs(tail(t, mpf(2)) * 2 / (1 - t / mp.sqrt(2 + t * t)) - 1) < 1e-25
    assert abs(tail(t, mp.inf) * 2 / mp.erfc(t / mp.sqrt(2)) - 1) < 1e-25

points, want = [], []
for df in dfs:
    for t in ts + (far if df < 1000 else []):
        w = tail(t, mpdf(df))
        if w > mpf(10) ** -307:
            points.append((-t, df))
            want.append(w)
got = query(points, "student_t_cdf(a, b)")
report("student_t_cdf lower", [(abs(g / w - 1), p) for g, w, p in zip(got, want, points)])
got = query(points, "student_t_cdf(-a, b)")
report("student_t_cdf upper", [(abs(g / (1 - w) - 1), p) for g, w, p in zip(got, want, points)])
got = query(points, "student_t_two_sided_p(a, b)")
report("student_t_two_sided_p", [(abs(g / (2 * w) - 1), p) for g, w, p in zip(got, want, points)])
n = [(g, w, p) for g, w, p in zip(query(points, "normal_cdf(a)"), want, points)
     if p[1] == float("inf")]
report("normal_cdf", [(abs(g / w - 1), p) for g, w, p in n])

# quantiles: the relative error in t, from the oracle's tail and density at
# the t that came back (one exact Newton step)
ps = ["1e-300", "1e-200", "1e-100", "1e-50", "1e-20", "1e-10", "1e-6", "0.001", "0.005",
      "0.01", "0.025", "0.05", "0.1", "0.2", "0.2499", "0.25", "0.2501", "0.3", "0.4",
      "0.49", "0.4999", "0.4999999999", "0.49999999999999994", "0.5000000000000001",
      "0.51", "0.6", "0.75", "0.8", "0.9", "0.95", "0.975", "0.995", "0.9999",
      "0.9999999999", "0.9999999999999999"]
points = [(p, df) for df in dfs for p in ps
          if not (df < 1 and min(float(p), 1 - float(p)) < 1e-20 ** min(1, df * 5))
          and not (df == 0.01 and min(float(p), 1 - float(p)) < 0.02)]
points = [(p, df) for p, df in points
          if -mp.log10(min(mpf(float(p)), 1 - mpf(float(p)))) / mpf(df) < 305]
got = query(points, "student_t_quantile(a, b)")
rows = []
for t, (p, df) in zip(got, points):
    p_exact = mpf(float(p))
    q = min(p_exact, 1 - p_exact)
    a = abs(t)
    f = density(a, mpdf(df))
    rel = abs((tail(a, mpdf(df)) - q) / f / a)
    assert (t < 0) == (p_exact < 0.5)
    rows.append((rel, (p, df)))
report("student_t_quantile", rows)
report("  of these df >= 1", [r for r in rows if r[1][1] >= 1])
report("normal_quantile (inf)", [r for r in rows if r[1][1] == float("inf")])
