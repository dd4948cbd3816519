"""Members of the forecast ensemble by dense matrices: python3 test/reference/make/ensemble.py [--write]"""
import numpy as np
from common import finish, load

LEVEL, FLOOR = 1e4, 4e-4
PROCESSES = (
    [(0, q, 0) for q in (0, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 4)]
    + [(phi, 0, 0) for phi in (0.4, 0.7, 0.9)]
    + [(0, q, r) for r in (0.001, 0.01, 0.1) for q in (0, 0.1)]
)
DAMPING = 0.8
SLOPES, SEASONS = (0, 0.015, 0.05, 0.15, 0.5, 1.5), (0, 0.25, 0.7, 2, 6)


def kernel(first, last, process, slope, season, t, u):
    phi, walk, drift = process
    T, U = np.meshgrid(t, u, indexing="ij")
    own = np.where(T == U, 1.0, 0.0) if phi == 0 else float(phi) ** np.abs(T - U)
    # Sums of slopes that start in the second month and keep a share of themselves from month to month.
    reach = int(max(max(t), max(u)))
    slopes = DAMPING ** np.abs(np.subtract.outer(np.arange(reach), np.arange(reach)))
    sums = np.tri(reach + 1, reach, -1)
    integrated = (sums @ slopes @ sums.T)[np.ix_(t, u)]
    same = ((first + T) % 12 == (first + U) % 12).astype(float)
    return (
        own + walk * np.minimum(T, U) + drift * integrated
        + slope**2 * (T - last) * (U - last) + season**2 * (same - 1 / 12) + LEVEL
    )


def ensemble(first, volumes, months):
    at = np.array([k for k, v in enumerate(volumes) if v > 0])
    ahead = np.arange(len(volumes), len(volumes) + months)
    last = len(volumes) - 1
    y = np.log(np.array([volumes[k] for k in at]))
    z = y - y.mean()
    m = len(at)
    found = []
    for p, process in enumerate(PROCESSES):
        for g, slope in enumerate(SLOPES):
            for s, season in enumerate(SEASONS):
                K = kernel(first, last, process, slope, season, at, at)
                F = kernel(first, last, process, slope, season, ahead, at)
                A = kernel(first, last, process, slope, season, ahead, ahead)
                Q = z @ np.linalg.solve(K, z)
                log_weight = -np.linalg.slogdet(K)[1] / 2 - m / 2 * np.log((FLOOR + Q) / 2)
                mean = y.mean() + F @ np.linalg.solve(K, z)
                covariance = (FLOOR + Q) / m * (A - F @ np.linalg.solve(K, F.T))
                found.append((log_weight, p, g, s, mean, covariance))
    top = max(one[0] for one in found)
    total = sum(np.exp(one[0] - top) for one in found)
    found.sort(key=lambda one: -one[0])
    picked = found[:12] + found[12:120:12]
    return [
        {"weight": float(np.exp(w - top) / total), "process": p, "slope": g, "season": s,
         "mean": mean.tolist(), "covariance": covariance.tolist()}
        for w, p, g, s, mean, covariance in picked
    ]


def main():
    random = np.random.default_rng(33)
    shape = 1 + 0.2 * np.sin(2 * np.pi * np.arange(48) / 12)

    def volumes(months, walk, noise, gaps=()):
        logs = np.log(1000 * shape[:months]) + np.cumsum(walk * random.standard_normal(months)) + noise * random.standard_normal(months)
        return [0 if k in gaps else float(np.round(np.exp(value))) for k, value in enumerate(logs)]

    cases = [
        {"first": 24240, "months": 3, "volumes": volumes(9, 0.02, 0.05)},
        {"first": 24247, "months": 4, "volumes": volumes(26, 0.03, 0.04, (3, 4, 20))},
        {"first": 24243, "months": 4, "volumes": volumes(44, 0.01, 0.08, (11,))},
    ]
    made = [{**case, "members": ensemble(case["first"], case["volumes"], case["months"])} for case in cases]
    worst = {"members": 0.0}
    try:
        stored = load("ensemble.json")
    except FileNotFoundError:
        stored = made
    for a, b in zip(made, stored):
        for one, other in zip(a["members"], b["members"]):
            for key in ("weight", "mean", "covariance"):
                worst["members"] = max(worst["members"], float(np.max(np.abs(np.subtract(one[key], other[key])))))
    finish("ensemble.json", made, worst, {"members": 1e-6})


main()
