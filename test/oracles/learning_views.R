# Learning curves of test/learning_views.sh by R's lm() and predict(): all years, the
# default window (from 2018 on), the published one (2016 to 2022).  Prints rate with 95 %
# bounds, exponent, intercept, residual error, R squared, and at twice the last output the
# line, its band and that of one further observation.
#
#	Rscript test/oracles/learning_views.R
year <- 2015:2024
output <- 2 ^ (0:9)
price <- c(900, 640, 470, 360, 300, 230, 190, 160, 139, 115)
cumulative <- cumsum(output)
for (w in list(c("all years", 2015, 2024), c("default", 2018, 2024), c("published", 2016, 2022)))
{
	d <- data.frame(x = log(cumulative), y = log(price))[year >= as.integer(w[2]) & year <= as.integer(w[3]), ]
	m <- lm(y ~ x, d)
	b <- confint(m)["x", ]
	at <- data.frame(x = max(d$x) + log(2))
	line <- exp(predict(m, at, interval = "confidence"))
	band <- exp(predict(m, at, interval = "prediction"))
	cat(w[1], nrow(d), sprintf("%.10f", c(1 - 2 ^ coef(m)["x"], 1 - 2 ^ b[2], 1 - 2 ^ b[1], coef(m)["x"], coef(m)[1], summary(m)$sigma, summary(m)$r.squared)),
		sprintf("%.6f", c(line[1], line[2], line[3], band[2], band[3])), sep = "|")
	cat("\n")
}
