"""cases.json: closed forms of the figures that a run must give, at 40 digits with mpmath. The file states the scenarios; the figures
follow from their numbers and from the model in docs/model.md, without a run."""
from mpmath import exp, findroot, inf, log, mp, mpf, ncdf, npdf, quad, sqrt
from scipy import stats

from common import finish, load

mp.dps = 40


class Lognormal:
    """By its mean and its coefficient of variation."""

    def __init__(self, mean, cv):
        self.mean, self.sigma = mpf(mean), sqrt(log(1 + mpf(cv) ** 2))
        self.mu = log(self.mean) - self.sigma**2 / 2

    def above(self, bound):
        return ncdf((self.mu - log(bound)) / self.sigma)

    def excess(self, bound):
        """E max(0, X - bound): the formula of Black and Scholes (1973)."""
        d = (self.mu - log(bound)) / self.sigma
        return self.mean * ncdf(d + self.sigma) - bound * ncdf(d)

    def squared_excess(self, bound):
        """E max(0, X - bound)^2."""
        d = (self.mu - log(bound)) / self.sigma
        square = exp(2 * self.mu + 2 * self.sigma**2)
        return square * ncdf(d + 2 * self.sigma) - 2 * bound * self.mean * ncdf(d + self.sigma) + bound**2 * ncdf(d)

    def quantile(self, p):
        return exp(self.mu + self.sigma * sqrt(2) * mp.erfinv(2 * mpf(p) - 1))


def seed_65():
    bill = 50_000 * mpf("0.65") * mpf("0.99")
    return {
        "offers.res.bill.mean.value": bill,
        "offers.conv.bill.mean.value": 50_000 * mpf("0.80"),
        "offers.res.bill.point": bill,
        "comparison.cheapest.res.value": 1,
        "offers.res.costPerConversation.mean.value": bill / 50_000,
    }


def lognormal_iid():
    month = Lognormal(50_000 * mpf("0.8"), "0.2")
    sd = month.mean * mpf("0.2")
    return {
        "offers.conv.bill.mean.value": (12 * month.mean, sqrt(12) * sd),
        "offers.conv.bill.sd.value": sqrt(12) * sd,
        "offers.conv.bill.monthly[5].mean.value": (month.mean, sd),
        "offers.conv.bill.monthly[7].percentiles.p90.value": month.quantile("0.9"),
    }


def commitment():
    committed, used = 30_000, Lognormal(50_000 * mpf("0.65"), "0.2")
    over, chance = used.excess(committed), used.above(committed)
    variance = used.squared_excess(committed) - over**2
    fixed = 12 * committed * mpf("1.5")
    return {
        "offers.z.bill.mean.value": (fixed + 12 * 2 * over, sqrt(12 * 4 * variance)),
        "offers.z.overage.months[3].value": (chance, sqrt(chance * (1 - chance))),
        "offers.z.overage.monthsMean.value": (12 * chance, sqrt(12 * chance * (1 - chance))),
        "offers.z.overage.any.value": 1 - (1 - chance) ** 12,
        "offers.z.overage.quantity.value": 12 * over,
        "offers.z.overage.amount.value": 12 * 2 * over,
        "offers.z.overage.unused.value": 12 * (over + committed - used.mean),
        "offers.z.layers.overage.value": 12 * 2 * over,
        "offers.z.layers.commitment.value": fixed,
    }


def quote():
    low, mode, high, rival = mpf(1), mpf("1.5"), mpf("3.5"), mpf(2)
    width = high - low
    a, b = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
    return {
        # The bound on the error is that of a fair coin.
        "comparison.cheaper.ada.af.value": ((rival - low) / width, mpf("0.5")),
        "comparison.cheaper.tri.af.value": 1 - (high - rival) ** 2 / (width * (high - mode)),
        "comparison.cheaper.pert.af.value": mpf(float(stats.beta(float(a), float(b)).cdf(float((rival - low) / width)))),
        "offers.pert.bill.mean.value": 50_000 * (low + 4 * mode + high) / 6,
    }


def annual_minimum():
    minimum, year = 30_000, Lognormal(12 * 2_000, mpf(1_000) / 2_000)
    return {
        "offers.ada.bill.mean.value": minimum + year.excess(minimum),
        "offers.ada.bill.percentiles.p10.value": max(minimum, year.quantile("0.1")),
        "offers.ada.bill.percentiles.p90.value": max(minimum, year.quantile("0.9")),
    }


def drift_linear():
    seasons = ["0.9"] * 2 + ["1"] * 8 + ["1.2", "1.4"]
    average = sum(mpf(season) for season in seasons) / 12
    resolved = [
        50_000 * mpf("1.02") ** month * mpf(season) / average * min(mpf("0.7"), mpf("0.65") + month * mpf("0.01"))
        for month, season in enumerate(seasons)
    ]
    return {"offers.res.bill.mean.value": mpf("0.99") * sum(resolved)}


def regret():
    fee, use = 52_000, Lognormal(50_000, "0.2")
    over = use.excess(fee)
    return {
        "comparison.regret.use.value": over,
        "comparison.regret.fix.value": over + fee - use.mean,
        "comparison.cheapest.fix.value": use.above(fee),
        "comparison.difference.use.fix.mean.value": use.mean - fee,
    }


def graduated_point():
    n = 253
    return {
        "offers.redo.bill.mean.value": 50 * mpf("0.95") + 50 * mpf("0.9") + (n - 100) * mpf("0.85"),
        "offers.vol.bill.mean.value": n * mpf("0.8"),
        "offers.pack.bill.mean.value": -(-n // 100) * 49,
        "offers.inc.bill.mean.value": 49 + (n - 50) * mpf("0.99"),
    }


def logit_normal(mean, sd):
    """Location and scale of the log-odds of a share with this mean and standard deviation."""

    def moments(location, scale):
        power = lambda k: quad(lambda z: npdf(z) / (1 + exp(-(location + scale * z))) ** k, [-inf, -4, 0, 4, inf])
        return power(1) - mean, power(2) - mean**2 - sd**2

    return findroot(moments, (log(mean / (1 - mean)), sd / (mean * (1 - mean))), tol=1e-60)


def correlated():
    """A lognormal weight only shifts the normal score that it is correlated with (Girsanov), which leaves one integral."""
    volume, rho = Lognormal(50_000, "0.2"), mpf("-0.5")
    centre, scale = logit_normal(mpf("0.65"), mpf("0.03"))

    def mean_of_power(k):
        shift = k * rho * volume.sigma
        return quad(lambda z: npdf(z) / (1 + exp(-(centre + scale * (z + shift)))) ** k, [-inf, -4, 0, 4, inf])

    mean = volume.mean * mean_of_power(1)
    square = volume.mean**2 * exp(volume.sigma**2) * mean_of_power(2)
    sd = sqrt(square - mean**2)
    return {"offers.res.bill.mean.value": (mean, sd), "offers.res.bill.sd.value": sd}


FORMS = [seed_65, lognormal_iid, commitment, quote, annual_minimum, drift_linear, regret, graduated_point, correlated]

data = load("cases.json")
own = {form.__name__.replace("_", "-"): form() for form in FORMS}
worst = {"exact": 0, "sd": 0}
for case in data["cases"]:
    figures = own[case["name"]]
    assert sorted(figures) == sorted(known["path"] for known in case["expect"]), case["name"]
    for known in case["expect"]:
        figure = figures[known["path"]]
        exact, sd = figure if isinstance(figure, tuple) else (figure, None)
        assert ("sd" in known) == (sd is not None), known["path"]
        for part, value in [("exact", exact)] + ([("sd", sd)] if sd is not None else []):
            worst[part] = max(worst[part], abs(float(value) / known[part] - 1))
            known[part] = float(value)
finish("cases.json", data, worst, {"exact": 1e-12, "sd": 1e-12})
