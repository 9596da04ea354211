# Oracle for sql/regression_reference.sql.
# Run by hand: Rscript test/oracles/regression_lm.R
# R 4.2; longley is R's own copy of the data set.
options(digits = 15)
show <- function(name, m, at = NULL, level = 0.9) {
  s <- summary(m)
  cat("\n==", name, "\n")
  print(cbind(s$coefficients, confint(m, level = level)), digits = 15)
  f <- s$fstatistic
  print(c(r2 = s$r.squared, adj = s$adj.r.squared, s = s$sigma, df = s$df[2], f[1],
          p = unname(pf(f[1], f[2], f[3], lower.tail = FALSE)),
          ll = logLik(m), aic = AIC(m), bic = BIC(m)), digits = 15)
  if (!is.null(at)) {
    p <- predict(m, at, se.fit = TRUE, interval = "confidence", level = level)
    q <- if (is.null(m$weights)) predict(m, at, interval = "prediction", level = level)
         else predict(m, at, interval = "prediction", level = level, weights = 1)
    print(c(p$fit, se = p$se.fit, q[, 2:3], leverage = (p$se.fit / s$sigma)^2), digits = 15)
  }
}
# the scaled condition number, and VIF from their definitions
condition <- function(m) {
  x <- model.matrix(m)
  if (!is.null(m$weights)) x <- x * sqrt(m$weights)
  x <- sweep(x, 2, sqrt(colSums(x^2)), "/")
  print(c(condition = kappa(x, exact = TRUE)), digits = 15)
}
vif <- function(m) {
  x <- model.matrix(m)
  w <- if (is.null(m$weights)) rep(1, nrow(x)) else m$weights
  int <- colnames(x)[1] == "(Intercept)"
  for (j in (1 + int):ncol(x)) {
    r <- lm(x[, j] ~ 0 + x[, -j], weights = w)
    mean <- if (int) weighted.mean(x[, j], w) else 0
    print(sum(w * (x[, j] - mean)^2) / sum(w * residuals(r)^2), digits = 12)
  }
}
d <- data.frame(
  y = c(12.1, 15.3, 14.2, 19.8, 22.5, 20.1, 27.3, 26.9, 30.2, 35.5, 33.1, 38.4),
  x1 = c(1, 2, 2.5, 4, 5, 5.5, 7, 7.5, 9, 11, 10.5, 13),
  x2 = c(3.5, 1.25, 4, 2, 3.75, 0.5, 4.5, 1, 2.25, 3, 0.75, 1.5),
  x3 = c(0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0),
  w = c(0.5, 1, 2, 1.5, 3, 0.25, 4, 2.5, 0, 1, 0.75, 2))
at <- data.frame(x1 = 20, x2 = 2, x3 = 1)
m <- lm(y ~ x1, d); show("one", m, at); condition(m)
m <- lm(y ~ x1 + x2 + x3, d); show("three", m, at); condition(m); vif(m)
m <- lm(y ~ 0 + x1 + x2 + x3, d); show("origin", m, at); condition(m); vif(m)
m <- lm(y ~ x1 + x2 + x3, d, weights = w); show("weighted", m, at)
m <- lm(y ~ x1 + x2 + x3, d, weights = w, subset = w > 0); condition(m); vif(m)
m <- lm(y ~ 0 + x1 + x2, d, weights = w); show("weighted origin", m, at)
m <- lm(y ~ 0 + x1 + x2, d, weights = w, subset = w > 0); condition(m); vif(m)
# ten regressors, of which R says NA for those that are combinations
i <- 1:30
e <- data.frame(y = (i * i * 7) %% 31 + i / 10)
for (j in 1:10) e[[paste0("x", j)]] <- ((i * (2 * j + 1) + j * j) %% 29) / 4
m <- lm(y ~ ., e); show("ten", m); condition(m)
print(coef(lm(y ~ x1 + x2 + I(2 * x1 - x2) + x3, d)))
print(coef(lm(y ~ x1 + I(0 * x1 + 7) + x2, d)))
m <- lm(Employed ~ ., longley); show("longley, as R has it", m); condition(m); vif(m)
