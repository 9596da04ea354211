"""Checks the values of student_t_reference.R by integration with 40 digits and
prints them as sql/stats_distributions.sql has them: R's value where it is
right to 1e-13, the integral's with a remark where it is not.

    Rscript test/oracles/student_t_reference.R | python3 test/oracles/student_t_crosscheck.py
"""
import ast
import os
import sys

from mpmath import mp, mpf

source = open(os.path.join(os.path.dirname(__file__), "student_t_grid.py")).read()
exec(source.split("def query")[0])



def quantile(x, df, t):
    """by Newton's method on the logarithms, from R's value"""
    q = min(x, 1 - x)
    t = abs(t)
    while True:
        area = tail(t, df)
        if q > 0.25:
            step = (area - q) / density(t, df) / t
        else:
            step = mp.log(area / q) * area / density(t, df) / t
        t *= mp.exp(step)
        if abs(step) < 1e-20:
            return t if x > 0.5 else -t


worst = {}
for line in sys.stdin:
    fn, arg, df, value = ast.literal_eval(line.strip().rstrip(","))
    x, v = mpf(float(arg)), mpf(float(value))
    d = mp.inf if df == "Infinity" else mpf(float(df))
    if fn.endswith("quantile"):
        best = quantile(x, d, v)
    elif fn == "two_sided_p":
        best = 2 * tail(x, d)
    else:
        best = tail(-x, d) if x < 0 else 1 - tail(x, d)
    rel = abs(v / best - 1)
    worst[fn] = max(worst.get(fn, 0), rel)
    if rel > 1e-13:
        print("('%s', '%s', '%s', '%s'),\t-- R: %s" % (fn, arg, df, mp.nstr(best, 17), value))
    else:
        print(line.strip())
for fn in sorted(worst):
    print("R's worst", fn, mp.nstr(worst[fn], 3), file=sys.stderr)
