# Oracle for sql/market_concentration.sql: the measures of concentration by
# their textbook formulas, in base R.  (Debian packages neither ineq nor REAT
# nor concstats.)  Run by hand: Rscript test/oracles/concentration.R
measures <- function(x) {
  x <- as.numeric(x); n <- length(x); s <- x / sum(x); mu <- mean(x)
  asc <- sort(x); desc <- sort(s, decreasing = TRUE); p <- s[s > 0]
  h <- sum(s^2); g <- sum((2 * seq_len(n) - n - 1) * asc) / (n * sum(x))
  e <- -sum(p * log(p))
  c(hhi = 1e4 * h, hhi_normalized = if (n > 1) (h - 1 / n) / (1 - 1 / n) else NA,
    effective = 1 / h, gap = if (n > 1) desc[1] - desc[2] else NA, entropy = e,
    equitability = if (n > 1) e / log(n) else NA, gini = g,
    gini_corrected = if (n > 1) g * n / (n - 1) else NA,
    theil_t = sum(p * log(n * p)),
    theil_l = if (all(x > 0)) mean(log(mu / x)) else NA,
    rosenbluth = 1 / (2 * sum(seq_len(n) * desc) - 1))
}
cases <- list(
  textbook = c(10, 10, 10, 20, 50),
  zero = c(0, 1, 2, 3, 94),
  equal = rep(7, 4),
  one = 5,
  two = c(1, 3),
  near_equal = c(1000, 1001, 999, 1000.5),
  skewed = c(1e6, 1e3, 1, 1e-3),
  squares = (1:37)^2,
  sne_named = c(36.8, 15.8, 13.6, 6.4, 4.9, 4.7, 4.6, 2.4, 2.3, 1.5))
options(width = 200)
for (name in names(cases)) {
  m <- measures(cases[[name]])
  cat(sprintf("('%s', %s)", name,
              paste(ifelse(is.na(m), "NULL", sprintf("%.15g", m)), collapse = ", ")), sep = ",\n")
  cat("\n")
}
