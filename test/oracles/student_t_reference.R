# The reference values of sql/stats_distributions.sql, as rows for VALUES.
#
#     Rscript test/oracles/student_t_reference.R
#
# student_t_crosscheck.py compares them with 40-digit integration.
f <- function(x) sprintf("%.17g", x)
row <- function(fn, arg, df, value)
	cat(sprintf("('%s', '%s', '%s', '%s'),\n", fn, arg, df, f(value)))

dfs <- c("1", "1.5", "2", "3", "4.25", "5", "7", "10", "23", "30", "31.7", "100", "1000", "1e5", "1e9")
for (df in dfs) for (p in c("1e-300", "1e-100", "1e-15", "0.001", "0.025", "0.2", "0.4", "0.499999", "0.6", "0.975", "0.9999999"))
	row("quantile", p, df, qt(as.numeric(p), as.numeric(df)))
for (df in dfs) for (t in c("-1e10", "-37", "-12", "-3.5", "-1", "-0.3", "1e-9", "0.7", "2.5"))
	if (pt(as.numeric(t), as.numeric(df)) > 1e-307)
		row("cdf", t, df, pt(as.numeric(t), as.numeric(df)))
for (df in c("1", "3", "23", "1000")) for (t in c("0.01", "1.1", "2.0686576", "17"))
	row("two_sided_p", t, df, 2 * pt(-as.numeric(t), as.numeric(df)))
for (p in c("1e-300", "1e-100", "1e-15", "0.001", "0.025", "0.2", "0.4", "0.499999", "0.6", "0.975", "0.9999999"))
	row("normal_quantile", p, "Infinity", qnorm(as.numeric(p)))
for (x in c("-37", "-12", "-3.5", "-1", "-0.3", "1e-9", "0.7", "2.5", "8"))
	row("normal_cdf", x, "Infinity", pnorm(as.numeric(x)))
