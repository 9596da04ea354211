# Expected values of sql/forecast_*.sql.  Nothing of the extension is used:
# fits are lm()'s, and the variance of a forecast is formed from the full
# covariance matrix of all shocks, past and future, not from a closed form.
#
#	Rscript test/oracles/forecast.R	(from the root of the repository; base R)

options(digits = 15)
show <- function(name, ...) cat(sprintf("%-44s", name), format(c(...), digits = 15), "\n")

cells <- read.csv(pipe("test/oracles/liion_cells.py"))
cells <- cells[!is.na(cells$annual_market_mwh), ]
cells$cumulative <- cumsum(cells$annual_market_mwh)
cells <- cells[cells$year >= 1992, ]

# The error of the forecast is w'(all shocks): -s x / S(xx) on the past ones,
# 1 on those to come.  R is their correlation, a moving average of order one.
correlation <- function(n, rho) {
	R <- diag(n)
	r <- rho / (1 + rho^2)
	for (i in seq_len(n - 1)) R[i, i + 1] <- R[i + 1, i] <- r
	R
}
variance <- function(x, sigma, s, tau, rho) {
	w <- c(-s * x / sum(x^2), rep(1, tau))
	sigma^2 * drop(t(w) %*% correlation(length(w), rho) %*% w)
}
# width of the band in standard errors: Satterthwaite from dense matrices
band <- function(x, rho, confidence) {
	m <- length(x)
	M <- diag(m) - x %*% t(x) / sum(x^2)
	MR <- M %*% correlation(m, rho)
	df <- sum(diag(MR))^2 / sum(diag(MR %*% MR))
	c(df, sqrt((m - 1) / sum(diag(MR))) * qt((1 + confidence) / 2, df))
}

report_fit <- function(name, y, x) {
	fit <- lm(y ~ 0 + x)
	e <- residuals(fit)
	m <- length(e)
	show(paste(name, "slope, se, sigma"), coef(fit), coef(summary(fit))[2], summary(fit)$sigma)
	show(paste(name, "t, p"), coef(summary(fit))[3:4])
	show(paste(name, "bounds"), confint(fit))
	show(paste(name, "rss"), deviance(fit))
	show(paste(name, "DW, autocorrelation"), sum(diff(e)^2) / sum(e^2), sum(e[-1] * e[-m]) / sum(e^2))
	fit
}

cat("== cells, 1992 to 2016 ==\n")
z <- log(cells$cumulative)
lc <- log(cells$price_usd2018_per_kwh)
n <- length(lc)
Y <- diff(lc)
X <- diff(z)
first <- report_fit("first difference", Y, X)
show("learning rate, low, high", 1 - 2^c(coef(first), rev(confint(first))))
walk <- report_fit("random walk", Y, rep(1, n - 1))
show("yearly decline, low, high", 1 - exp(c(coef(walk), rev(confint(walk)))))
show("halving time", log(2) / -coef(walk))

future <- c(5e5, 1e6, 2e6, 4e6, 8e6)
forecast <- function(name, fit, x, s, tau, rho, confidence) {
	median <- lc[n] + coef(fit) * s
	se <- sqrt(variance(x, summary(fit)$sigma, s, tau, rho))
	b <- band(x, rho, confidence)
	show(paste(name, rho, confidence, tau), exp(median), exp(median - b[2] * se),
		exp(median + b[2] * se), se, b[1])
}
for (rho in c(0, 0.19, -0.4)) for (tau in c(1, 2, 5))
	forecast("first difference", first, X, log(future[tau]) - z[n], tau, rho, 0.95)
for (rho in c(0, 0.63, 0.25)) for (tau in c(1, 2, 5))
	forecast("random walk", walk, rep(1, n - 1), tau, tau, rho, 0.8)

cat("== hindcasts ==\n")
# method(i, j): forecast of period j from the first i periods, standard error, df
methods <- list(
	first_difference = function(i, j, rho) {
		fit <- lm(Y[1:(i - 1)] ~ 0 + X[1:(i - 1)])
		s <- z[j] - z[i]
		c(lc[i] + coef(fit) * s, sqrt(variance(X[1:(i - 1)], summary(fit)$sigma, s, j - i, rho)),
			band(X[1:(i - 1)], rho, 0.95))
	},
	random_walk = function(i, j, rho) {
		x <- rep(1, i - 1)
		fit <- lm(Y[1:(i - 1)] ~ 0 + x)
		c(lc[i] + coef(fit) * (j - i), sqrt(variance(x, summary(fit)$sigma, j - i, j - i, rho)),
			band(x, rho, 0.95))
	},
	wright = function(i, j, rho) {
		x <- z[1:i]
		y <- lc[1:i]
		p <- predict(lm(y ~ x), data.frame(x = z[j]), interval = "prediction")
		t <- qt(0.975, i - 2)
		c(p[1], (p[3] - p[1]) / t, i - 2, t)
	},
	moore = function(i, j, rho) {
		x <- cells$year[1:i]
		y <- lc[1:i]
		p <- predict(lm(y ~ x), data.frame(x = cells$year[j]), interval = "prediction")
		t <- qt(0.975, i - 2)
		c(p[1], (p[3] - p[1]) / t, i - 2, t)
	})
for (name in names(methods)) for (rho in c(0, 0.3)) {
	if (rho != 0 && name %in% c("wright", "moore")) next
	all <- NULL
	for (i in 6:(n - 1)) for (j in (i + 1):n) {
		f <- methods[[name]](i, j, rho)
		e <- lc[j] - f[1]
		all <- rbind(all, c(i = i, h = j - i, e = e, se = f[2], z = e / f[2],
			inside = abs(e) <= f[4] * f[2], df = f[3], inflation = f[4] / qt(0.975, f[3])))
	}
	all <- as.data.frame(all)
	names(all) <- c("i", "h", "e", "se", "z", "inside", "df", "inflation")
	show(paste(name, rho, "forecasts, sums of |e|, se, |z|, inside"), nrow(all),
		sum(abs(all$e)), sum(all$se), sum(abs(all$z)), sum(all$inside))
	for (h in c(1, 3, 10)) {
		a <- all[all$h == h, ]
		show(paste(name, rho, "horizon", h), nrow(a), mean(a$inside), mean(a$z), sqrt(mean(a$z^2)),
			sqrt(mean(a$inflation^2 * a$df / (a$df - 2))), mean(a$e), sqrt(mean(a$e^2)))
	}
}

cat("== which is cheaper ==\n")
# pack prices of a challenger: an invented series of seven years
b <- log(c(610, 480, 420, 300, 270, 190, 175))
fit_b <- lm(diff(b) ~ 1)
for (theta in c(0, 0.63)) for (years in c(1, 5, 10)) {
	tau_a <- years + 2			# the cells end in 2016, the challenger in 2018
	x_a <- rep(1, n - 1)
	x_b <- rep(1, 6)
	mean <- b[7] + coef(fit_b) * years - lc[n] - coef(walk) * tau_a
	var <- variance(x_a, summary(walk)$sigma, tau_a, tau_a, theta) +
		variance(x_b, summary(fit_b)$sigma, years, years, theta)
	show(paste("theta", theta, "years", years), pnorm(mean / sqrt(var)), mean, sqrt(var))
}

cat("== from published numbers ==\n")
# mu or omega, K or sigma, m, and for omega its standard error, which says S(xx);
# m steps of one growth.  m = Inf: the spread is known and the band normal, and
# past shocks matter through the error of omega alone.
published <- function(name, cost, slope, sigma, se, m, s, tau, rho, confidence) {
	r <- rho / (1 + rho^2)
	if (is.finite(m)) {
		x <- rep(sigma / se / sqrt(m), m)
		b <- band(x, rho, confidence)
		v <- variance(x, sigma, s, tau, rho)
	} else {
		b <- c(NA, qnorm((1 + confidence) / 2))
		v <- sigma^2 * sum(correlation(tau, rho)) + (se * s)^2 * (1 + 2 * r)
	}
	median <- log(cost) + slope * s
	show(paste(name, "m", m, "rho", rho, "tau", tau), exp(median), exp(median - b[2] * sqrt(v)),
		exp(median + b[2] * sqrt(v)), sqrt(v), b[1])
}
for (rho in c(0, 0.63, -0.3)) for (tau in c(1, 5, 20)) {
	published("walk", 137, -0.12, 0.15, 0.15 / sqrt(24), 24, tau, tau, rho, 0.9)
	published("walk", 137, -0.12, 0.15, 0, Inf, tau, tau, rho, 0.9)
}
volumes <- c(1200, 1500, 1900, 2400)
for (rho in c(0, 0.19, -0.3)) for (tau in c(1, 4)) {
	s <- log(volumes[tau] / 1000)
	published("first", 137, -0.35, 0.12, 0.05, 24, s, tau, rho, 0.95)
	published("first", 137, -0.35, 0.12, 0.05, Inf, s, tau, rho, 0.95)
}
# the band narrows to the normal one as m grows
published("walk", 137, -0.12, 0.15, 0.15 / sqrt(1500), 1500, 5, 5, 0.63, 0.9)
for (theta in c(0, 0.63)) for (steps in c(1, 5, 10)) {
	v <- function(k, m) if (is.finite(m)) variance(rep(1, m), k, steps, steps, theta) else
		k^2 * sum(correlation(steps, theta))
	mean <- log(250 / 300) + steps * (-0.05 + 0.12)
	for (m in list(c(24, 12), c(Inf, 12), c(Inf, Inf))) {
		se <- sqrt(v(0.15, m[1]) + v(0.1, m[2]))
		show(paste("cheaper, theta", theta, "steps", steps, "m", m[1], m[2]), pnorm(mean / se), mean, se)
	}
}

cat("== simulation: 200,000 paths ==\n")
set.seed(20161204)
paths <- 200000
simulate <- function(x, s, tau, rho) {
	m <- length(x)
	v <- matrix(rnorm(paths * (m + tau + 1)), paths)
	eta <- (v[, -1] + rho * v[, -(m + tau + 1)]) / sqrt(1 + rho^2)
	slope <- eta[, 1:m] %*% x / sum(x^2)	# the true slope is 0
	rss <- rowSums((eta[, 1:m] - slope %*% t(x))^2)
	error <- rowSums(eta[, (m + 1):(m + tau), drop = FALSE]) - slope * s
	b <- band(x, rho, 0.95)
	se <- sqrt(rss / (m - 1) * variance(x, 1, s, tau, rho))
	show(sprintf("m %d, tau %d, rho %g: sd, formula", m, tau, rho), sd(error), sqrt(variance(x, 1, s, tau, rho)))
	show("   coverage of 95: ours, t(m-1), normal", mean(abs(error) <= b[2] * se),
		mean(abs(error) <= qt(0.975, m - 1) * se), mean(abs(error) <= qnorm(0.975) * se))
}
for (rho in c(0, 0.19, 0.63, -0.4)) {
	simulate(X[1:6], 2.5, 5, rho)
	simulate(rep(1, 10), 5, 5, rho)
	simulate(rep(1, 24), 10, 10, rho)
}
