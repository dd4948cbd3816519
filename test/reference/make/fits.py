"""Fits of SciPy to three columns of values, and their Anderson-Darling distances: python3 test/reference/make/fits.py [--write]"""
import json
import sys
from pathlib import Path

import numpy as np
from scipy import optimize, stats

FILE = Path(__file__).parent.parent / "fits.json"


def precise(func, x0, args=(), disp=0):
    """SciPy's own optimizer stops early, so it starts again from its end."""
    for _ in range(4):
        x0 = optimize.fmin(func, x0, args=args, disp=0, xtol=1e-10, ftol=1e-13, maxiter=20000, maxfun=20000)
    return x0


def described(dist, parameters, named, values):
    frozen = dist(*parameters)
    n = len(values)
    ranks = np.arange(1, n + 1)
    x = np.sort(values)
    with np.errstate(divide="ignore"):
        lower, upper = frozen.logcdf(x), frozen.logsf(x[::-1])
    distance = -n - np.sum((2 * ranks - 1) / n * (lower + upper))
    own = {"parameters": named, "logLikelihood": float(np.sum(frozen.logpdf(values)))}
    return {**own, "andersonDarling": float(distance)} if np.isfinite(distance) else own


def fits(values, shares):
    found = {}

    def add(name, dist, parameters, named):
        found[name] = described(dist, parameters, {key: float(value) for key, value in named.items()}, values)

    m, s = stats.norm.fit(values)
    add("normal", stats.norm, (m, s), {"mean": m, "sd": s})
    low, width = stats.uniform.fit(values)
    add("uniform", stats.uniform, (low, width), {"min": low, "max": low + width})
    location, scale = stats.logistic.fit(values, optimizer=precise)
    add("logistic", stats.logistic, (location, scale), {"location": location, "scale": scale})
    df, location, scale = stats.t.fit(values, optimizer=precise)
    if 2 < df < 500:
        add("studentT", stats.t, (df, location, scale), {"df": df, "location": location, "scale": scale})
    if min(values) <= 0:
        return found
    shape, _, scale = stats.lognorm.fit(values, floc=0)
    dist = stats.lognorm(shape, 0, scale)
    add("lognormal", stats.lognorm, (shape, 0, scale), {"mean": dist.mean(), "sd": dist.std()})
    shape, _, scale = stats.gamma.fit(values, floc=0, optimizer=precise)
    add("gamma", stats.gamma, (shape, 0, scale), {"shape": shape, "scale": scale})
    _, scale = stats.expon.fit(values, floc=0)
    add("exponential", stats.expon, (0, scale), {"mean": scale})
    shape, _, scale = stats.weibull_min.fit(values, floc=0, optimizer=precise)
    add("weibull", stats.weibull_min, (shape, 0, scale), {"shape": shape, "scale": scale})
    least = float(np.min(values))
    shape = len(values) / np.sum(np.log(values / least))
    if shape > 2:
        add("pareto", stats.pareto, (shape, 0, least), {"shape": shape, "min": least})
    if shares:
        a, b, _, _ = stats.beta.fit(values, floc=0, fscale=1, optimizer=precise)
        add("beta", stats.beta, (a, b), {"alpha": a, "beta": b})
    return found


def main():
    random = np.random.default_rng(20271129)
    columns = {
        "minutes": np.round(random.lognormal(3.9, 0.35, 200), 2),
        "rates": np.round(random.beta(40, 20, 120), 4),
        "changes": np.round(3 * random.standard_t(4, 150) - 1, 3),
        "claims": np.round(random.pareto(3, 80) + 1, 4),
    }
    made = {
        name: {"values": [float(x) for x in values], "fits": fits(values, name == "rates")} for name, values in columns.items()
    }
    if "--write" in sys.argv:
        FILE.write_text(json.dumps(made) + "\n")
        return
    stored = json.loads(FILE.read_text())
    worst = max(
        abs(value / stored[name]["fits"][own]["parameters"][key] - 1)
        for name, column in made.items()
        for own, fit in column["fits"].items()
        for key, value in fit["parameters"].items()
    )
    print(f"largest relative difference of a parameter: {worst:.1e}")


main()
