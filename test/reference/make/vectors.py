"""vectors.json: correctly rounded functions and normal quantiles with mpmath; xoshiro256++, splitmix64 and MT19937 from their definitions.

The vectors of random123 are those that Salmon et al. publish with Random123 (kat_vectors). Those of sfc32 are the output of the author's
program in PractRand (Chris Doty-Humphrey)."""
import re
import struct

import mpmath
import numpy

from common import finish, load

mpmath.mp.dps = 60
MASK = (1 << 64) - 1


def double(bits):
    return struct.unpack(">d", bytes.fromhex(bits))[0]


def bits(value):
    return struct.pack(">d", value).hex()


def exact(name, x):
    x = mpmath.mpf(x)
    if name == "logistic":
        return 1 / (1 + mpmath.exp(-x))
    return {"exp": mpmath.exp, "log": mpmath.log, "expm1": mpmath.expm1, "log1p": mpmath.log1p}[name](x)


def rounded(value):
    """To the nearest double, ties to even, subnormal ones included."""
    if value == 0:
        return 0.0
    exponent = max(mpmath.frexp(value)[1] - 53, -1074)
    scaled = mpmath.ldexp(value, -exponent)
    return float(mpmath.ldexp(mpmath.nint(scaled), exponent)) if exponent > -1074 else int(mpmath.nint(scaled)) * 5e-324


def splitmix64(state, count):
    out = []
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        out.append(str(z ^ (z >> 31)))
    return out


def xoshiro256pp(state, count):
    def rotl(x, k):
        return ((x << k) | (x >> (64 - k))) & MASK

    s, out = list(state), []
    for _ in range(count):
        out.append(str((rotl((s[0] + s[3]) & MASK, 23) + s[0]) & MASK))
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
    return out


def ordered(value):
    """Neighboring doubles are neighboring integers."""
    raw = int(bits(value), 16)
    return raw if raw < 1 << 63 else (1 << 63) - raw


data = load("vectors.json")
worst = {"correctly rounded, in units of the last place": 0, "normal quantiles": 0.0, "generators": 0}
first, second, third = worst

for name, entries in data["correctlyRounded"].items():
    for entry in entries:
        value = rounded(exact(name, double(entry["x"])))
        # A zero keeps the sign of a zero, as IEEE 754 has it for odd functions.
        if value == 0 and double(entry["result"]) == 0:
            continue
        worst[first] = max(worst[first], abs(ordered(value) - ordered(double(entry["result"]))))
        entry["result"] = bits(value)



def readings(text):
    """A probability as it is written, and as the double that it names."""
    text = text.split(" (")[0]
    power = re.fullmatch(r"(1 ?- ?)?2\^-(\d+)", text)
    if power:
        small = mpmath.mpf(2) ** -int(power[2])
        return [1 - small if power[1] else small]
    return [mpmath.mpf(text), mpmath.mpf(float(text))]


def quantile(p, near):
    """The root of the logarithm of the distribution function, on the side where that function is small."""
    side, small = (1, p) if p < 0.5 else (-1, 1 - p)
    return side * mpmath.findroot(lambda x: mpmath.log(mpmath.ncdf(x)) - mpmath.log(small), side * near)


for entry in data["normalQuantile"]:
    written = mpmath.mpf(entry["z"])
    found = [mpmath.mpf(0) if p == 0.5 else quantile(p, written) for p in readings(entry["p"])]
    worst[second] = max(worst[second], min(float(abs(z - written) / max(1, abs(written))) for z in found))

faults = [
    *(splitmix64(int(seed), len(outputs)) != outputs for seed, outputs in data["splitmix64"].items()),
    xoshiro256pp([int(word) for word in data["xoshiro256++"]["state"]], len(data["xoshiro256++"]["outputs"]))
    != data["xoshiro256++"]["outputs"],
    int(numpy.random.RandomState(data["mt19937"]["seed"]).randint(0, 1 << 32, 10_000, dtype=numpy.uint32)[-1])
    != data["mt19937"]["10000th"],
]
small = load("random.json")
faults += [
    splitmix64(int(small["splitmix64"]["seed"]), 5) != small["splitmix64"]["outputs"],
    xoshiro256pp([int(word) for word in small["xoshiro256++"]["state"]], 10) != small["xoshiro256++"]["outputs"],
]
worst[third] = sum(faults)
finish("vectors.json", data, worst, {first: 0, second: 1e-23, third: 0})
