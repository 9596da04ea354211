# Oracle for the weighted fits of sql/learning_edges.sql.
# Run by hand: Rscript test/oracles/weighted_fit.R
options(digits = 16)
x <- c(1, 2, 3.5, 8, 20, 45, 110, 300)
y <- c(900, 760, 700, 520, 410, 330, 240, 190)
w <- c(0.5, 1, 2, 1.5, 3, 0.25, 4, 2.5)
for (weights in list(NULL, w)) {
  m <- if (is.null(weights)) lm(log(y) ~ log(x)) else lm(log(y) ~ log(x), weights = weights)
  s <- summary(m)
  print(c(coef(m), se = s$coefficients[, 2], s = s$sigma, r2 = s$r.squared,
          adj = s$adj.r.squared, rss = deviance(m), intercept = confint(m, 1, level = 0.9), t = s$coefficients[2, 3], p = s$coefficients[2, 4]), digits = 16)
  print(predict(m, data.frame(x = 1000), interval = "confidence", level = 0.9), digits = 16)
  if (is.null(weights)) print(predict(m, data.frame(x = 1000), interval = "prediction", level = 0.9), digits = 16)
  else print(predict(m, data.frame(x = 1000), interval = "prediction", level = 0.9, weights = 1), digits = 16)
}
