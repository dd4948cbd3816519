"""extremes.json: quantiles, means and standard deviations at the ends of the ranges that the distributions accept, with mpmath. SciPy is
of no help there: its beta and gamma quantiles lose all digits when a parameter is large."""
import mpmath as mp

from common import finish, load

mp.mp.dps = 40
M = mp.mpf


def score(p):
    return mp.sqrt(2) * mp.erfinv(2 * p - 1)


def series(terms):
    """1 + r(1) + r(1) r(2) + …, for ratios r(k) that fall below 1."""
    total, term, k = M(1), M(1), 1
    while True:
        ratio = terms(k)
        term *= ratio
        total += term
        if ratio < 0.99 and term < total * M(10) ** -36:
            return total
        k += 1


class Peaked:
    """A distribution of a standardized value, by the logarithm of its density up to a constant. Gauss-Legendre, in short panels."""

    def __init__(self, log_density):
        self.density = lambda u: mp.exp(log_density(u))
        self.mass = self.between(M(-15), M(15), 30)

    def between(self, low, high, panels):
        cuts = [low + (high - low) * k / panels for k in range(panels + 1)]
        return mp.quad(self.density, cuts, method="gauss-legendre", maxdegree=3)

    def quantile(self, p):
        u = score(p)
        for _ in range(12):
            below = self.between(M(-15), u, 20) / self.mass
            step = (below - p) * self.mass / self.density(u)
            u -= step
            if abs(step) < M(10) ** -17:
                return u
        raise ArithmeticError("no convergence")


PEAKED = 9_000


def gamma_quantile(a, p):
    if a < PEAKED:
        small = (p * mp.gamma(a + 1)) ** (1 / a)
        if small < M(10) ** -45:
            return small
        cdf = lambda u: mp.exp(a * u - mp.exp(u)) / mp.gamma(a + 1) * series(lambda k: mp.exp(u) / (a + k))
        density = lambda u: mp.exp(a * u - mp.exp(u)) / mp.gamma(a)
        return mp.exp(bracketed(lambda u: cdf(u) - p, density, -104, mp.log(a + 60 + 12 * mp.sqrt(a))))
    # u is the standardized value: ln of the density is (a - 1) ln(1 + u/sqrt(a)) - u sqrt(a).
    s = mp.sqrt(a)
    return a + s * peaked(("gamma", a), lambda: lambda u: (a - 1) * mp.log1p(u / s) - u * s).quantile(p)


KNOWN = {}


def peaked(key, log_density):
    if key not in KNOWN:
        KNOWN[key] = Peaked(log_density())
    return KNOWN[key]


def bracketed(gap, density, low, high):
    """Newton's steps that a bracket guards."""
    u = (low + high) / M(2)
    for _ in range(400):
        value = gap(u)
        low, high = (u, high) if value < 0 else (low, u)
        step = u - value / density(u)
        after = step if low < step < high else (low + high) / 2
        if abs(after - u) <= M(10) ** -28 * max(1, abs(u)):
            return after
        u = after
    return u


def beta_quantile(a, b, p):
    """The share x with P(X <= x) = p."""
    if a > b:
        return 1 - beta_quantile(b, a, 1 - p)
    if a < PEAKED:
        log_b = mp.log(mp.beta(a, b)) if b < 1e6 else mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)

        def front(u):
            x, y = 1 / (1 + mp.exp(-u)), 1 / (1 + mp.exp(u))
            return x, mp.exp(a * mp.log(x) + b * mp.log(y) - log_b)

        def cdf(u):
            x, weight = front(u)
            if x <= M("0.7"):
                return weight / a * series(lambda k: (a + b + k - 1) / (a + k) * x)
            return 1 - weight / b * series(lambda k: (a + b + k - 1) / (b + k) * (1 - x))

        small = (mp.log(p) + mp.log(a) + log_b) / a
        if small + mp.log(b) < -100:
            return mp.exp(small)
        high = M(104) if b < 100 else mp.log((a + 60 + 12 * mp.sqrt(a)) * 2 / b)
        u = bracketed(lambda u: cdf(u) - p, lambda u: front(u)[1], -104 - mp.log(b), high)
        return 1 / (1 + mp.exp(-u))
    # v is the standardized log-odds.
    s, middle = mp.sqrt(1 / a + 1 / b), mp.log(a) - mp.log(b)
    peak = a * middle - (a + b) * mp.log1p(mp.exp(middle))
    log_density = lambda v: a * (middle + s * v) - (a + b) * mp.log1p(mp.exp(middle + s * v)) - peak
    v = peaked(("beta", a, b), lambda: log_density).quantile(p)
    return 1 / (1 + mp.exp(-(middle + s * v)))


def t_quantile(df, p):
    if p == 0.5:
        return M(0)
    if df > M(10) ** 25:
        return score(p)
    if p < 0.5:
        return -t_quantile(df, 1 - p)
    log_b = mp.loggamma(M(1) / 2) + mp.loggamma(df / 2) - mp.loggamma((df + 1) / 2)

    def inside(t):
        x = t * t / (df + t * t)
        y = df / (df + t * t)
        if x <= M("0.9"):
            weight = mp.exp(mp.log(x) / 2 + mp.log(y) * df / 2 - log_b)
            return weight * 2 * series(lambda k: (df / 2 + M(1) / 2 + k - 1) / (M(1) / 2 + k) * x)
        weight = mp.exp(mp.log(x) / 2 + mp.log(y) * df / 2 - log_b)
        return 1 - weight / (df / 2) * series(lambda k: (df / 2 + M(1) / 2 + k - 1) / (df / 2 + k) * y)

    density = lambda t: mp.exp(-(df + 1) / 2 * mp.log1p(t * t / df) - log_b) / mp.sqrt(df)
    return bracketed(lambda t: (1 + inside(t)) / 2 - p, density, M(10) ** -30, M(60 if df > 100 else 10**7))


def hazard(p):
    return -mp.log1p(-p)


def figures(kind, v, ps):
    """Mean, standard deviation and quantiles."""
    if kind == "normal":
        return v["mean"], v["sd"], [v["mean"] + v["sd"] * score(p) for p in ps]
    if kind == "lognormal":
        variance = mp.log1p((v["sd"] / v["mean"]) ** 2)
        return v["mean"], v["sd"], [mp.exp(mp.log(v["mean"]) - variance / 2 + mp.sqrt(variance) * score(p)) for p in ps]
    if kind == "logitNormal":
        share = lambda z: 1 / (1 + mp.exp(-v["location"] - v["scale"] * z))
        cuts = sorted({M(k) for k in range(-16, 17)} | {c for c in [-v["location"] / v["scale"]] if abs(c) < 16})
        average = lambda f: mp.quad(lambda z: f(share(z)) * mp.npdf(z), cuts)
        mean = average(lambda x: x)
        return mean, mp.sqrt(average(lambda x: (x - mean) ** 2)), [share(score(p)) for p in ps]
    if kind == "weibull":
        mean = mp.gamma(1 + 1 / v["shape"])
        with mp.workdps(120 if v["shape"] < 1e20 else 660):
            sd = mp.sqrt(mp.gamma(1 + 2 / v["shape"]) - mp.gamma(1 + 1 / v["shape"]) ** 2)
        return v["scale"] * mean, v["scale"] * sd, [v["scale"] * hazard(p) ** (1 / v["shape"]) for p in ps]
    if kind == "pareto":
        k = v["shape"]
        return v["min"] * k / (k - 1), v["min"] / (k - 1) * mp.sqrt(k / (k - 2)), [v["min"] * mp.exp(hazard(p) / k) for p in ps]
    if kind == "exponential":
        return v["mean"], v["mean"], [v["mean"] * hazard(p) for p in ps]
    if kind == "logistic":
        return v["location"], v["scale"] * mp.pi / mp.sqrt(3), [v["location"] + v["scale"] * mp.log(p / (1 - p)) for p in ps]
    if kind == "uniform":
        width = v["max"] - v["min"]
        return (v["min"] + v["max"]) / 2, width / mp.sqrt(12), [v["min"] + width * p for p in ps]
    if kind == "triangular":
        low, mode, high = v["min"], v["mode"], v["max"]
        rise, fall, width = mode - low, high - mode, high - low
        at = lambda p: low + mp.sqrt(p * width * rise) if p * width < rise else high - mp.sqrt((1 - p) * width * fall)
        return (low + mode + high) / 3, mp.sqrt((rise**2 + fall**2 + rise * fall) / 18), [at(p) for p in ps]
    if kind == "truncatedNormal":
        a, b = ((v[end] - v["mean"]) / v["sd"] for end in ("min", "max"))
        b = min(b, M(60))
        with mp.workdps(120):
            mass = mp.ncdf(b) - mp.ncdf(a)
            mean = (mp.npdf(a) - mp.npdf(b)) / mass
            sd = mp.sqrt(1 + (a * mp.npdf(a) - b * mp.npdf(b)) / mass - mean**2)
            at = lambda p: score(mp.ncdf(a) + p * mass)
            return v["mean"] + v["sd"] * mean, v["sd"] * sd, [v["mean"] + v["sd"] * at(p) for p in ps]
    if kind == "gamma":
        return v["shape"] * v["scale"], v["scale"] * mp.sqrt(v["shape"]), [v["scale"] * gamma_quantile(v["shape"], p) for p in ps]
    if kind == "studentT":
        sd = v["scale"] * mp.sqrt(v["df"] / (v["df"] - 2))
        return v["location"], sd, [v["location"] + v["scale"] * t_quantile(v["df"], p) for p in ps]
    if kind == "betaMean":
        size = v["mean"] * (1 - v["mean"]) / v["sd"] ** 2 - 1
        v = {"alpha": v["mean"] * size, "beta": (1 - v["mean"]) * size}
    if kind in ("beta", "betaMean"):
        a, b = v["alpha"], v["beta"]
        return a / (a + b), mp.sqrt(a * b / (a + b + 1)) / (a + b), [beta_quantile(a, b, p) for p in ps]
    raise ValueError(kind)


def far(a, b, sd):
    return abs(a - b) / max(abs(a), abs(b), sd) if a != b else 0.0


def number(x):
    x = float(x)
    return int(x) if x == int(x) and abs(x) < 2**53 else x


data = load("extremes.json")
ps = [M(p) for p in data["p"]]
worst = {"quantiles": 0.0, "moments": 0.0}
for entry in data["rows"]:
    mean, sd, quantile = figures(entry["distribution"], {name: M(value) for name, value in entry["parameters"].items()}, ps)
    mean, sd, quantile = number(mean), number(sd), [number(x) for x in quantile]
    for a, b in zip(quantile, entry.get("quantile", quantile)):
        worst["quantiles"] = max(worst["quantiles"], far(a, b, sd))
    worst["moments"] = max(worst["moments"], far(mean, entry.get("mean", mean), sd), far(sd, entry.get("sd", sd), 0))
    entry["mean"], entry["sd"], entry["quantile"] = mean, sd, quantile

finish("extremes.json", data, worst, {"quantiles": 1e-14, "moments": 1e-14})
