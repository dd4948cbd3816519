"""The reference scenario in idiomatic NumPy: vectors of a chunk of trials, month by month.

Prints JSON: nanoseconds per trial-month from draws to annual costs and the cheapest offer, the time of percentiles, and the means, P90 and
odds with their standard errors.
"""
import json
import sys
import time

# The name of this file would hide the library.
sys.path.pop(0)
import numpy as np  # noqa: E402

MONTHS = 12
CHUNK = 16_384
OFFERS = 6


def chunk(rng, n, costs, wins):
    volume_noise = np.zeros(n)
    rate_noise = np.zeros(n)
    for cost in costs:
        cost[:n] = 0
    price = rng.uniform(1.0, 3.5, n)
    for m in range(MONTHS):
        first = m == 0
        z = rng.standard_normal(n)
        volume_noise = 0.10 * z if first else 0.5 * volume_noise + 0.10 * np.sqrt(0.75) * z
        z = rng.standard_normal(n)
        rate_noise = 0.08 * z if first else 0.7 * rate_noise + 0.08 * np.sqrt(0.51) * z
        level = 50_000 * 1.01**m * np.exp(0.1 * np.sin(m * 0.5236))
        volume = level * np.exp(volume_noise - 0.005)
        trend = min(0.85, 0.65 + 0.01 * m)
        resolved = volume / (1 + (1 - trend) / trend * np.exp(-rate_noise))
        costs[0][:n] += 0.99 * resolved
        costs[1][:n] += 0.80 * volume
        costs[2][:n] += 45_000 + 2.00 * np.maximum(0, resolved - 30_000)
        costs[3][:n] += 2.00 * volume
        costs[4][:n] += 4_600 + 0.60 * resolved
        costs[5][:n] += price * volume
    costs[5][:n] = np.maximum(costs[5][:n], 30_000)
    wins += np.bincount(np.argmin([cost[:n] for cost in costs], axis=0), minlength=OFFERS)


def run(trials, seed=2027):
    rng = np.random.Generator(np.random.SFC64(seed))
    all_costs = np.empty((OFFERS, trials))
    wins = np.zeros(OFFERS, dtype=np.int64)
    for start in range(0, trials, CHUNK):
        n = min(CHUNK, trials - start)
        chunk(rng, n, [all_costs[k, start : start + n] for k in range(OFFERS)], wins)
    return all_costs, wins


def errors(costs, odds):
    """Standard errors of the means, of P90 (by the density between its neighbors) and of the odds."""
    trials = costs.shape[1]
    low, high = np.percentile(costs, [89.5, 90.5], axis=1)
    return {
        "means": (costs.std(axis=1) / np.sqrt(trials)).tolist(),
        "p90": (np.sqrt(0.9 * 0.1 / trials) * (high - low) / 0.01).tolist(),
        "cheapest": np.sqrt(odds * (1 - odds) / trials).tolist(),
    }


if __name__ == "__main__":
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    run(CHUNK)
    began, cpu_began = time.perf_counter(), time.process_time()
    costs, wins = run(trials)
    simulated, cpu = time.perf_counter() - began, time.process_time() - cpu_began
    began = time.perf_counter()
    percentiles = np.percentile(costs, [50, 80, 90, 95], axis=1)
    sorted_seconds = time.perf_counter() - began
    odds = wins / trials
    print(
        json.dumps(
            {
                "trials": trials,
                "nanoseconds": simulated * 1e9 / trials / MONTHS,
                "cpuNanoseconds": cpu * 1e9 / trials / MONTHS,
                "percentileSeconds": sorted_seconds,
                "means": costs.mean(axis=1).tolist(),
                "p90": percentiles[2].tolist(),
                "cheapest": odds.tolist(),
                **({"errors": errors(costs, odds)} if "--errors" in sys.argv else {}),
                "numpy": np.__version__,
            }
        )
    )
