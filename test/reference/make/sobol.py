"""sobol.json: points 0 to 63 of Sobol's sequence in Gray-code order, with the direction numbers new-joe-kuo-6 of S. Joe and F. Y. Kuo
(SIAM J. Sci. Comput. 30, 2635-2654, 2008), which SciPy brings."""
from scipy.stats import qmc

from common import finish, load

data = load("sobol.json")
sampler = qmc.Sobol(max(data["dimensions"]), scramble=False, bits=32)
points = sampler.random(len(data["points"]))
own = [[float(point[dimension - 1]) for dimension in data["dimensions"]] for point in points]
worst = {"points": max(abs(a - b) for left, right in zip(own, data["points"]) for a, b in zip(left, right))}
data["points"] = own
finish("sobol.json", data, worst, {"points": 0})
