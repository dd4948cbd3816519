import { ParameterError } from '../../errors.ts'
import { type Distribution, distribution, positive, range } from './distribution.ts'
import { log } from '../kernel/math.ts'
import { betaInverse, betaTails, logBeta } from './special/beta.ts'

/** (a − 1) ln x, which is 0 for a = 1 even at x = 0. */
const power = (a: number, x: number): number => (a === 1 ? 0 : (a - 1) * log(x))

/** Beta distribution on [min, min + width]: Johnson, Kotz & Balakrishnan (1995), ch. 25. */
function stretched(name: string, alpha: number, beta: number, min: number, width: number): Distribution {
  const total = alpha + beta
  const max = min + width
  const tails = betaTails(alpha, beta)
  const inverse = betaInverse(alpha, beta)
  const front = logBeta(alpha, beta) + log(width)
  const at = (value: number) => tails((value - min) / width, (max - value) / width)
  return {
    name,
    mean: min + (width * alpha) / total,
    sd: (width * Math.sqrt((alpha * beta) / (total + 1))) / total,
    support: [min, max],
    kinks: [],
    quantile: (p, q) => {
      if (p <= 0) return min
      if (q <= 0) return max
      const [x, y] = inverse(p, q)
      return x < 0.5 ? min + width * x : max - width * y
    },
    cdf: (value) => at(value)[0],
    survival: (value) => at(value)[1],
    logDensity: (value) =>
      value < min || value > max ? -Infinity : power(alpha, (value - min) / width) + power(beta, (max - value) / width) - front,
  }
}

// Below LEAST nearly all draws are 0 or 1 to the last digit. Below SMALL they are too, unless the other parameter is moderate.
const LEAST = 0.001
const SMALL = 0.05
const MODERATE = 100
/** Above MOST draws differ only in their last digits. */
const MOST = 1e15

/** Whether draws differ enough for a table of the quantile function. */
const varies = (alpha: number, beta: number): boolean => {
  const [less, more] = alpha < beta ? [alpha, beta] : [beta, alpha]
  return less >= SMALL || (less >= LEAST && more <= MODERATE)
}

export const betaDistribution = distribution({
  name: 'beta',
  order: 80,
  parameters: { alpha: 'number', beta: 'number' },
  about: 'a share; alpha and beta act like counted successes and failures',
  make({ alpha, beta }) {
    positive('alpha', alpha)
    positive('beta', beta)
    for (const [name, value] of [
      ['alpha', alpha],
      ['beta', beta],
    ] as const)
      if (value > MOST) throw new ParameterError(name, 'a number of at most 1e15', value)
    if (!varies(alpha, beta)) {
      const [name, value] = alpha < beta ? ['alpha', alpha] : ['beta', beta]
      throw new ParameterError(name, `at least ${SMALL}, or at least ${LEAST} if the other number is at most ${MODERATE}`, value)
    }
    return stretched('beta', alpha, beta, 0, 1)
  },
})

export const betaMeanDistribution = distribution({
  name: 'betaMean',
  order: 90,
  parameters: { mean: 'value', sd: 'spread' },
  about: 'the same by its mean and standard deviation',
  make({ mean, sd }) {
    if (!(mean > 0 && mean < 1)) throw new ParameterError('mean', 'a share between 0 and 1', mean)
    const most = mean * (1 - mean)
    if (!(sd > 0 && sd * sd < most))
      throw new ParameterError('sd', `a number above 0 and below ${Number(Math.sqrt(most).toPrecision(3))} for this mean`, sd)
    const size = most / (sd * sd) - 1
    if (!(size <= MOST))
      throw new ParameterError(
        'sd',
        `a standard deviation of at least ${Math.sqrt(most / MOST).toPrecision(2)} for this mean, or the mean alone`,
        sd,
      )
    if (!varies(mean * size, (1 - mean) * size))
      throw new ParameterError('sd', 'a smaller standard deviation: with this one nearly all draws are 0 or 1', sd)
    return stretched('betaMean', mean * size, (1 - mean) * size, 0, 1)
  },
})

/** λ = 4: the mean is (min + 4 mode + max) / 6 (Malcolm et al. 1959). */
export const pertDistribution = distribution({
  name: 'pert',
  order: 70,
  parameters: { min: 'value', mode: 'value', max: 'value' },
  about: 'leans to the mode between min and max, more smoothly than a triangle',
  make({ min, mode, max }) {
    range(min, max, mode)
    const width = max - min
    return stretched('pert', 1 + (4 * (mode - min)) / width, 1 + (4 * (max - mode)) / width, min, width)
  },
})
