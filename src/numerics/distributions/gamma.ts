import { ParameterError } from '../../errors.ts'
import { log } from '../kernel/math.ts'
import { distribution, positive } from './distribution.ts'
import { deviance } from './special/deviance.ts'
import { gammaInverse, gammaTails, stirlingRest } from './special/gamma.ts'

/** With a smaller shape most draws are below the smallest positive double. */
const LEAST = 0.001
/** With a larger shape the draws differ only in their last digits. */
const MOST = 1e15

/** Mean shape · scale, variance shape · scale²: Johnson, Kotz & Balakrishnan (1994), ch. 17. */
export const gammaDistribution = distribution({
  name: 'gamma',
  order: 100,
  parameters: { shape: 'number', scale: 'spread' },
  about: 'amounts above 0; the mean is shape times scale',
  make({ shape, scale }) {
    positive('shape', shape)
    positive('scale', scale)
    if (!(shape >= LEAST && shape <= MOST))
      throw new ParameterError(
        'shape',
        `a number from ${LEAST} to 1e15: with any other, nearly all draws are the same number`,
        shape,
      )
    const tails = gammaTails(shape)
    const inverse = gammaInverse(shape)
    // ln of x times the density at the mean, as Loader (2000) writes it.
    const logPeak = 0.5 * log(shape / (2 * Math.PI)) - stirlingRest(shape)
    const atZero = shape > 1 ? -Infinity : shape < 1 ? Infinity : -log(scale)
    return {
      name: 'gamma',
      mean: shape * scale,
      sd: scale * Math.sqrt(shape),
      support: [0, Infinity],
      kinks: [],
      quantile: (p, q) => (p <= 0 ? 0 : q <= 0 ? Infinity : scale * inverse(p, q)),
      cdf: (x) => tails(x / scale)[0],
      survival: (x) => tails(x / scale)[1],
      logDensity: (x) => (x > 0 ? logPeak - deviance(shape, x / scale) - log(x) : x === 0 ? atZero : -Infinity),
    }
  },
})
