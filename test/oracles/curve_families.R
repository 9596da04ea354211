# A second oracle for sql/series_families.sql: the fits of curve_families.py by
# lm(), AIC(), BIC() and NeweyWest() of the package sandwich (r-cran-sandwich).
# Prints the largest relative difference from curve_families.py's table.
# Run by hand in the repository's root:
#   test/oracles/curve_families.py >/tmp/expected && Rscript test/oracles/curve_families.R /tmp/expected
library(sandwich)
d <- read.csv(pipe("test/oracles/liion_cells.py"))
d <- d[!is.na(d$annual_market_mwh), ]
d$q <- log(d$annual_market_mwh)
d$Z <- log(cumsum(d$annual_market_mwh))
d$prior <- log(cumsum(d$annual_market_mwh) - d$annual_market_mwh)
d$f <- log(cumsum(d$patents_filed))
d$y <- log(d$price_usd2018_per_kwh)
d <- d[d$year >= 1992 & d$year <= 2016, ]
formulas <- list(Wright = y ~ Z, Moore = y ~ year, Goddard = y ~ q,
  `Sinclair-Klepper-Cohen` = y ~ q + prior, Nordhaus = y ~ year + Z,
  `lagged Wright` = y ~ prior, `two-factor` = y ~ Z + f)
expected <- readLines(commandArgs(TRUE)[1])
expected <- do.call(rbind, strsplit(gsub("^  \\('|\\),$", "", expected), "', '|', "))
worst <- 0
for (name in names(formulas)) {
  m <- lm(formulas[[name]], d)
  s <- summary(m)
  e <- residuals(m)
  v <- c(setNames(coef(m), paste("coefficient", seq_along(coef(m)) - 1)),
    setNames(s$coefficients[, 2], paste("stderr", seq_along(coef(m)) - 1)),
    setNames(sqrt(diag(NeweyWest(m, lag = 2, prewhite = FALSE, adjust = FALSE))),
             paste("newey-west", seq_along(coef(m)) - 1)),
    "r squared" = s$r.squared, "adjusted r squared" = s$adj.r.squared,
    "residual stderr" = s$sigma, aic = AIC(m), bic = BIC(m),
    "durbin-watson" = sum(diff(e)^2) / sum(e^2))
  if (length(coef(m)) == 3) {
    x <- model.matrix(m)
    v <- c(v, vif = 1 / (1 - cor(x[, 2], x[, 3])^2))
  }
  for (q in names(v)) {
    w <- as.numeric(expected[expected[, 1] == name & expected[, 2] == q, 3])
    if (length(w) != 1) stop(name, ": ", q)
    difference <- abs(v[[q]] / w - 1)
    if (difference > 1e-11) cat(name, q, v[[q]], w, "\n")
    worst <- max(worst, difference)
  }
}
cat("largest relative difference:", worst, "\n")
