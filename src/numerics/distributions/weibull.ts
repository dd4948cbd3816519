import { ParameterError } from '../../errors.ts'
import { exp, expm1, log, log1p, pow } from '../kernel/math.ts'
import { distribution, positive } from './distribution.ts'
import { gammaFunction } from './special/gamma.ts'

/** Minus the logarithm of the upper tail. Each tail starts from its own small number. */
const hazard = (p: number, q: number): number => (p < 0.5 ? -log1p(-p) : -log(q))

/** From this shape on the difference of the two moments would cancel. */
const NARROW = 100
/** ζ(2), ζ(3) and so on. */
const ZETA = [
  1.6449340668482264, 1.2020569031595942, 1.0823232337111381, 1.03692775514337, 1.017343061984449, 1.0083492773819227,
  1.0040773561979444, 1.0020083928260821, 1.0009945751278182,
]

/** √(Γ(1 + 2/k) − Γ(1 + 1/k)²), by the series of ln Γ(1 + x) where it is small (Abramowitz and Stegun 6.1.33). */
function deviation(shape: number, mean: number): number {
  if (shape < NARROW) return Math.sqrt(gammaFunction(1 + 2 / shape) - mean * mean)
  const x = 1 / shape
  // ln(Γ(1 + 2x) / Γ(1 + x)²) / x²
  const ratio = ZETA.reduceRight((sum, zeta, k) => (zeta * ((1 << (k + 2)) - 2)) / (k + 2) - x * sum, 0)
  return mean * x * Math.sqrt(ratio * growth(x * x * ratio))
}

/** (e^y − 1) / y */
const growth = (y: number): number => (y > 1e-300 ? expm1(y) / y : 1)

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
    const g1 = gammaFunction(1 + 1 / shape)
    return {
      name: 'weibull',
      mean: scale * g1,
      sd: scale * deviation(shape, g1),
      support: [0, Infinity],
      kinks: [],
      quantile: (p, q) => scale * pow(hazard(p, q), 1 / shape),
      cdf: (x) => (x > 0 ? -expm1(-pow(x / scale, shape)) : 0),
      survival: (x) => (x > 0 ? exp(-pow(x / scale, shape)) : 1),
      logDensity: (x) => {
        if (x <= 0) return x < 0 || shape > 1 ? -Infinity : shape < 1 ? Infinity : -log(scale)
        const steps = shape * log(x / scale)
        return log(shape) - log(x) + steps - exp(steps)
      },
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
      logDensity: (x) => (x >= 0 ? -log(mean) - x / mean : -Infinity),
    }
  },
})
