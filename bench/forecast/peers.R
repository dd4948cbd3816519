# Sums of the next 12 months by R's forecast package: Rscript peers.R METHOD < cases > draws
# A line of the input is one history. A line of the output has 200 draws of the sum, or nothing where the method failed.
suppressWarnings(suppressMessages(library(forecast)))
method <- commandArgs(trailingOnly = TRUE)[1]
set.seed(1)
DRAWS <- 1000

# thetaf states intervals of each month only. A walk has about this correlation of its months.
theta <- function(y) {
  found <- thetaf(y, h = 12, level = 68.268949)
  sd <- as.numeric(found$upper - found$mean)
  covariance <- outer(1:12, 1:12, function(i, j) sd[pmin(i, j)]^2)
  root <- t(chol(covariance + diag(1e-12, 12)))
  replicate(DRAWS, sum(exp(as.numeric(found$mean) + root %*% rnorm(12))))
}

simulated <- function(fit) replicate(DRAWS, sum(simulate(fit, nsim = 12)))

for (line in readLines("stdin")) {
  y <- ts(as.numeric(strsplit(line, " ")[[1]]), frequency = 12)
  draws <- tryCatch(
    suppressWarnings(switch(method,
      ets = simulated(ets(y, lambda = 0)),
      arima = simulated(auto.arima(y, lambda = 0)),
      theta = theta(log(y))
    )),
    error = function(e) numeric(0)
  )
  draws <- sort(draws[is.finite(draws)])
  cat(if (length(draws) < DRAWS / 2) "" else signif(quantile(draws, (1:200 - 0.5) / 200), 8), "\n", sep = " ")
}
