"""t-copula.json: what two values that a t copula joins do together, by quadrature at 30 digits with mpmath. Given one Student t value x, the other
is r x + sqrt((df + x^2) (1 - r^2) / (df + 1)) times a Student t value with df + 1 degrees of freedom."""
from mpmath import betainc, findroot, gamma, inf, mp, mpf, pi, quad, sqrt

from common import finish, load

mp.dps = 30


def density(x, df):
    return gamma((df + 1) / mpf(2)) / (sqrt(df * pi) * gamma(df / mpf(2))) * (1 + x * x / df) ** (-(df + 1) / mpf(2))


def above(x, df):
    """P(T > x)."""
    tail = betainc(df / mpf(2), mpf("0.5"), 0, df / (df + x * x), regularized=True) / 2
    return tail if x >= 0 else 1 - tail


def other_above(q, x, df, r):
    return above((q - r * x) / sqrt((df + x * x) * (1 - r * r) / (df + 1)), mpf(df + 1))


def quantile(p, df):
    return findroot(lambda x: above(x, df) - (1 - p), mpf(3))


def both_above(p, df, r):
    q = quantile(p, df)
    return quad(lambda x: density(x, df) * other_above(q, x, df, r), [q, 2 * q, 8 * q, 64 * q, 1024 * q, inf])


def product_of_means(p, df, r):
    """E P(U2 > p | U1)^2: the chance that two values, each joined to the same first one, both exceed their quantile."""
    q = quantile(p, df)
    ends = [-inf, -1024, -64, -8, -1, 0, 1, 8, 64, 1024, inf]
    return quad(lambda x: density(x, df) * other_above(q, x, df, r) ** 2, ends)


data = load("t-copula.json")
worst = {"both": 0, "shared": 0}
for case in data["cases"]:
    p, df, r = mpf(case["p"]), mpf(case["df"]), mpf(case["r"])
    for key, value in [("both", both_above(p, df, r)), ("shared", product_of_means(p, df, r))]:
        worst[key] = max(worst[key], abs(float(value) / case.get(key, 1) - 1))
        case[key] = float(value)
finish("t-copula.json", data, worst, {"both": 1e-12, "shared": 1e-12})
