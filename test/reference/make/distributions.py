"""distributions.json: quantiles, means and standard deviations with SciPy, the normal with mpmath at 40 digits."""
import math

import mpmath
from scipy import stats

from common import finish, load

mpmath.mp.dps = 40


def moments_of_beta(mean, sd):
    total = mean * (1 - mean) / sd**2 - 1
    return mean * total, (1 - mean) * total


def frozen(kind, p):
    if kind == "lognormal":
        variance = math.log1p((p["sd"] / p["mean"]) ** 2)
        return stats.lognorm(math.sqrt(variance), scale=math.exp(math.log(p["mean"]) - variance / 2))
    if kind == "uniform":
        return stats.uniform(p["min"], p["max"] - p["min"])
    if kind == "triangular":
        width = p["max"] - p["min"]
        return stats.triang((p["mode"] - p["min"]) / width, p["min"], width)
    if kind == "pert":
        width = p["max"] - p["min"]
        a = 1 + 4 * (p["mode"] - p["min"]) / width
        b = 1 + 4 * (p["max"] - p["mode"]) / width
        return stats.beta(a, b, p["min"], width)
    if kind == "beta":
        a, b = (p["alpha"], p["beta"]) if "alpha" in p else moments_of_beta(p["mean"], p["sd"])
        return stats.beta(a, b)
    if kind == "gamma":
        return stats.gamma(p["shape"], scale=p["scale"])
    if kind == "exponential":
        return stats.expon(scale=p["mean"])
    if kind == "weibull":
        return stats.weibull_min(p["shape"], scale=p["scale"])
    if kind == "pareto":
        return stats.pareto(p["shape"], scale=p["min"])
    if kind == "studentT":
        return stats.t(p["df"], p["location"], p["scale"])
    if kind == "logistic":
        return stats.logistic(p["location"], p["scale"])
    if kind == "truncatedNormal":
        a, b = ((p[end] - p["mean"]) / p["sd"] for end in ("min", "max"))
        return stats.truncnorm(a, b, p["mean"], p["sd"])
    if kind == "poisson":
        return stats.poisson(p["mean"])
    if kind == "binomial":
        return stats.binom(p["n"], p["p"])
    if kind == "negativeBinomial":
        return stats.nbinom(p["dispersion"], p["dispersion"] / (p["dispersion"] + p["mean"]))
    raise ValueError(kind)


def normal_quantile(p):
    return float(mpmath.sqrt(2) * mpmath.erfinv(2 * mpmath.mpf(p) - 1))


def far(a, b):
    return abs(a - b) / max(abs(a), abs(b), 1e-3)


data = load("distributions.json")
worst = {"continuous": 0.0, "discrete": 0.0, "moments": 0.0}
for part in ("continuous", "discrete"):
    for entry in data[part]:
        kind, parameters = entry["distribution"], entry["parameters"]
        if kind == "normal":
            quantile = [parameters["mean"] + parameters["sd"] * normal_quantile(p) for p in entry["p"]]
            mean, sd = parameters["mean"], parameters["sd"]
        else:
            distribution = frozen(kind, parameters)
            quantile = [float(q) for q in distribution.ppf(entry["p"])]
            mean, sd = float(distribution.mean()), float(distribution.std())
        if part == "discrete":
            quantile = [int(q) for q in quantile]
        worst[part] = max(worst[part], *(far(a, b) for a, b in zip(quantile, entry["quantile"])))
        worst["moments"] = max(worst["moments"], far(mean, entry["mean"]), far(sd, entry["sd"]))
        entry["quantile"], entry["mean"], entry["sd"] = quantile, mean, sd

# Releases of SciPy differ by as much in the tails of beta and t.
finish("distributions.json", data, worst, {"continuous": 5e-9, "discrete": 0, "moments": 1e-12})
