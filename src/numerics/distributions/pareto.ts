import { exp, expm1, log, log1p } from '../kernel/math.ts'
import { above, distribution, positive } from './distribution.ts'

/** P(X > x) = (min / x)^shape from min on. */
export const paretoDistribution = distribution({
  name: 'pareto',
  order: 130,
  parameters: { shape: 'number', min: 'value' },
  about: 'rare very large values above min; shape above 2',
  make({ shape, min }) {
    above('shape', shape, 2, '2, so that the variance is finite')
    positive('min', min)
    return {
      name: 'pareto',
      mean: (shape * min) / (shape - 1),
      sd: (min / (shape - 1)) * Math.sqrt(shape / (shape - 2)),
      support: [min, Infinity],
      moments: shape,
      kinks: [],
      quantile: (p, q) => min * exp(-(p < 0.5 ? log1p(-p) : log(q)) / shape),
      cdf: (x) => (x > min ? -expm1(-shape * log(x / min)) : 0),
      survival: (x) => (x > min ? exp(-shape * log(x / min)) : 1),
      logDensity: (x) => (x >= min ? log(shape) - log(x) - shape * log(x / min) : -Infinity),
    }
  },
})
