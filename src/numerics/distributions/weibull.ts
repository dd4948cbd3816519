import { ParameterError } from '../../errors.ts'
import { exp, expm1, log, log1p, pow } from '../kernel/math.ts'
import { distribution, positive } from './distribution.ts'
import { gammaFunction } from './special/gamma.ts'

/** Minus the logarithm of the upper tail. Each tail starts from its own small number. */
const hazard = (p: number, q: number): number => (p < 0.5 ? -log1p(-p) : -log(q))

/** Johnson, Kotz & Balakrishnan (1994), ch. 21. */
export const weibullDistribution = distribution({
  name: 'weibull',
  order: 120,
  parameters: { shape: 'number', scale: 'spread' },
  about: 'waiting times whose hazard grows (shape above 1) or falls',
  make({ shape, scale }) {
    positive('shape', shape)
    positive('scale', scale)
    if (!(shape >= 0.02))
      throw new ParameterError('shape', 'a number of at least 0.02: a smaller shape gives values too large to compute with', shape)
    const [g1, g2] = [gammaFunction(1 + 1 / shape), gammaFunction(1 + 2 / shape)]
    return {
      name: 'weibull',
      mean: scale * g1,
      sd: scale * Math.sqrt(g2 - g1 * g1),
      support: [0, Infinity],
      kinks: [],
      quantile: (p, q) => scale * pow(hazard(p, q), 1 / shape),
      cdf: (x) => (x > 0 ? -expm1(-pow(x / scale, shape)) : 0),
      survival: (x) => (x > 0 ? exp(-pow(x / scale, shape)) : 1),
    }
  },
})

export const exponentialDistribution = distribution({
  name: 'exponential',
  order: 110,
  parameters: { mean: 'value' },
  about: 'waiting times of events that come at a constant rate',
  make({ mean }) {
    positive('mean', mean)
    return {
      name: 'exponential',
      mean,
      sd: mean,
      support: [0, Infinity],
      kinks: [],
      quantile: (p, q) => mean * hazard(p, q),
      cdf: (x) => (x > 0 ? -expm1(-x / mean) : 0),
      survival: (x) => (x > 0 ? exp(-x / mean) : 1),
    }
  },
})
