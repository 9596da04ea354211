# Theil-Sen and one-break fits by brute force, and by the package segmented
# (Muggeo's local search, which finds the same optimum inside a gap), for
# sql/robust_*.sql.  Run in the repository's directory:
#
#	Rscript test/oracles/robust.R
#
# Needs r-cran-segmented for the lines that start with "segmented".
options(digits = 17, warn = 1)
show <- function(name, ...) cat(name, format(c(...), digits = 15), "\n")

# The median of all slopes, ranks of the interval, the intercept, Kendall's test
theil_sen <- function(name, x, y, level = 0.95) {
	n <- length(x)
	i <- which(outer(1:n, 1:n, "<"), arr.ind = TRUE)
	dx <- x[i[, 2]] - x[i[, 1]]
	s <- sort(((y[i[, 2]] - y[i[, 1]]) / dx)[dx != 0])
	b <- median(s)
	t <- table(x)
	v <- (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5))) / 18
	m <- floor((length(s) - qnorm((1 + level) / 2) * sqrt(v)) / 2)
	k <- suppressWarnings(cor.test(x, y, method = "kendall", exact = FALSE, continuity = TRUE))
	show(paste(name, "pairs, slope, low, high, intercept, S, tau, p:"), length(s), b,
		if (m >= 1) s[m] else NA, if (m >= 1) s[length(s) - m + 1] else NA,
		median(y - b * x), sum(s > 0) - sum(s < 0), k$estimate, k$p.value)
}

# Every way to break the line: two free lines that meet inside their gap, or
# three columns with the break at an observation.
one_break <- function(name, x, y) {
	o <- order(x)
	x <- x[o]
	y <- y[o]
	n <- length(x)
	u <- sort(unique(x))
	m <- length(u)
	best <- list(rss = Inf)
	try_break <- function(psi) {
		f <- lm(y ~ x + pmax(x - psi, 0))
		r <- sum(residuals(f)^2)
		if (r < best$rss)
			best <<- list(rss = r, psi = psi, b = c(coef(f)[2], sum(coef(f)[2:3])), fit = f)
	}
	for (k in 2:(m - 2)) {
		a <- coef(lm(y ~ x, subset = x <= u[k]))
		b <- coef(lm(y ~ x, subset = x > u[k]))
		psi <- unname((a[1] - b[1]) / (b[2] - a[2]))
		if (is.finite(psi) && psi > u[k] && psi < u[k + 1]) try_break(psi)
	}
	for (psi in u[2:(m - 1)]) try_break(psi)
	f0 <- lm(y ~ x)
	r0 <- sum(residuals(f0)^2)
	# the lines as they are said: intercepts at x = 0, their errors and bounds with
	# n - 4 degrees of freedom; two lines of their own inside a gap, one model
	# with the break given at an observation
	tss <- sum((y - mean(y))^2)
	sigma <- sqrt(best$rss / (n - 4))
	if (best$psi %in% u) {
		k <- rbind(c(1, 0, 0), c(0, 1, 0), c(1, 0, -best$psi), c(0, 1, 1))
		value <- drop(k %*% coef(best$fit))
		error <- sigma * sqrt(diag(k %*% summary(best$fit)$cov.unscaled %*% t(k)))
	} else {
		sides <- list(lm(y ~ x, subset = x < best$psi), lm(y ~ x, subset = x > best$psi))
		value <- unlist(lapply(sides, coef))
		error <- sigma * sqrt(unlist(lapply(sides, function(f) diag(summary(f)$cov.unscaled))))
	}
	reach <- qt(0.975, n - 4) * error
	for (i in 1:4)
		show(paste(name, c("intercept", "slope")[2 - i %% 2], c("before:", "after:")[(i + 1) %/% 2]),
			value[i], error[i], value[i] - reach[i], value[i] + reach[i])
	show(paste(name, "R squared:"), 1 - best$rss / tss)
	bic <- function(r, p) n * log(r / n) + p * log(n)
	show(paste(name, "break, slopes, rss, rss straight, bic, bic straight:"), best$psi,
		unname(best$b), best$rss, r0, bic(best$rss, 4), bic(r0, 2))
	# the profile's interval: its crossings with the limit, by bisection in each
	# piece between a grid's points
	limit <- best$rss * (1 + qt(0.975, n - 4)^2 / (n - 4))
	profile <- function(psi) sum(residuals(lm(y ~ x + pmax(x - psi, 0)))^2)
	grid <- sort(unique(c(seq(u[2], u[m - 1], length.out = 1001), best$psi)))
	p <- sapply(grid, profile)
	cross <- function(a, b) uniroot(function(z) profile(z) - limit, c(a, b), tol = 1e-14)$root
	inside <- which(p <= limit)
	first <- min(inside)
	last <- max(inside)
	show(paste(name, "interval:"),
		if (first == 1) grid[1] else cross(grid[first - 1], grid[first]),
		if (last == length(grid)) grid[last] else cross(grid[last], grid[last + 1]))
	if (requireNamespace("segmented", quietly = TRUE)) {
		s <- segmented::segmented(f0, ~x, psi = best$psi)
		show(paste("segmented:", name, "break, its error, slopes, their errors:"),
			s$psi[2], s$psi[3], segmented::slope(s)$x[, 1], segmented::slope(s)$x[, 2])
	}
}

d <- subset(read.csv(pipe("test/oracles/liion_cells.py")), !is.na(annual_market_mwh))
d$z <- cumsum(d$annual_market_mwh) / 1000
d <- subset(d, year >= 1992 & year <= 2016)
lx <- log(d$z)
ly <- log(d$price_usd2018_per_kwh)
theil_sen("liion", lx, ly)
theil_sen("liion 99 %", lx, ly, 0.99)
one_break("liion", lx, ly)
theil_sen("liion price on year", d$year, d$price_usd2018_per_kwh)
one_break("liion price on year", d$year, d$price_usd2018_per_kwh)

# ties in x and in y
x <- (0:39 * 7) %% 10
y <- (0:39 * 11) %% 13 + x
theil_sen("ties", x, y)
one_break("ties", x, y)
# R's own: 1 of 50 cars' speeds and distances
theil_sen("cars", cars$speed, cars$dist)
one_break("cars", cars$speed, cars$dist)
# a break at an observation
x <- c(1, 2, 3, 4, 5, 6, 7, 8)
y <- c(1, 2, 3.5, 4, 4, 4.25, 4.25, 5)
one_break("small", x, y)
# a break at an observation: the errors are those of lm() with that break,
# with the residual error on n - 4 degrees of freedom
y <- c(9, 7.5, 6, 4, 5, 4.5, 5.2, 4.8)
one_break("joined", x, y)
f <- lm(y ~ x + pmax(x - 4, 0))
s2 <- sum(residuals(f)^2) / (8 - 4)
v <- summary(f)$cov.unscaled
show("joined at 4: slopes, errors, rss", coef(f)[2], sum(coef(f)[2:3]), sqrt(s2 * v[2, 2]),
	sqrt(s2 * (v[2, 2] + v[3, 3] + 2 * v[2, 3])), sum(residuals(f)^2))
