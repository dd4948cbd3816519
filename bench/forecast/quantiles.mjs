// Evenly spaced quantiles of the standard normal distribution.
import { standardNormalQuantile } from '../../.cache/modules/numerics/kernel/math.js'

export const normalQuantiles = (count) => Array.from({ length: count }, (_, k) => standardNormalQuantile((k + 0.5) / count))
