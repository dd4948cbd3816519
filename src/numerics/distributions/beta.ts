import { ParameterError } from '../../errors.ts'
import { above, finite, positive } from './check.ts'
import type { Distribution } from './distribution.ts'
import { distribution } from './record.ts'
import { betaInverse, betaTails } from './special/beta.ts'

/** Beta law on [min, min + width]; alpha, beta > 0. Johnson, Kotz & Balakrishnan (1995), ch. 25. */
function stretched(name: string, alpha: number, beta: number, min: number, width: number): Distribution {
  const total = alpha + beta
  const max = min + width
  const tails = betaTails(alpha, beta)
  const inverse = betaInverse(alpha, beta)
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
  }
}

/** Below the first, nearly all draws are 0 or 1 to the last digit; below the second only where the other parameter is moderate. */
const LEAST = 0.001
const SMALL = 0.05
const MODERATE = 100

/** Whether the law can be tabulated: its draws are not nearly all the same. */
const tabulable = (alpha: number, beta: number): boolean => {
  const [less, more] = alpha < beta ? [alpha, beta] : [beta, alpha]
  return less >= SMALL || (less >= LEAST && more <= MODERATE)
}

/** Beta law of a share. */
function beta(alpha: number, beta: number): Distribution {
  positive('alpha', alpha)
  positive('beta', beta)
  if (!tabulable(alpha, beta)) {
    const [name, value] = alpha < beta ? ['alpha', alpha] : ['beta', beta]
    throw new ParameterError(name, `at least ${SMALL}, or at least ${LEAST} beside a number up to ${MODERATE}`, value)
  }
  return stretched('beta', alpha, beta, 0, 1)
}

export const betaDistribution = distribution({
  name: 'beta',
  order: 80,
  parameters: { alpha: 'number', beta: 'number' },
  about: 'a share; alpha and beta act like counted successes and failures',
  make: (parameters) => beta(parameters.alpha, parameters.beta),
})

/** Beta law of a share by its mean and standard deviation: sd² < mean (1 − mean). */
function betaMean(mean: number, sd: number): Distribution {
  if (!(mean > 0 && mean < 1)) throw new ParameterError('mean', 'a share between 0 and 1', mean)
  const spread = mean * (1 - mean)
  if (!(sd > 0 && sd * sd < spread)) throw new ParameterError('sd', `a number between 0 and ${Math.sqrt(spread)} at this mean`, sd)
  const size = spread / (sd * sd) - 1
  if (!tabulable(mean * size, (1 - mean) * size))
    throw new ParameterError('sd', 'a smaller spread: with this one nearly all draws are 0 or 1', sd)
  return stretched('betaMean', mean * size, (1 - mean) * size, 0, 1)
}

export const betaMeanDistribution = distribution({
  name: 'betaMean',
  order: 90,
  parameters: { mean: 'value', sd: 'spread' },
  about: 'the same by its mean and standard deviation',
  make: ({ mean, sd }) => betaMean(mean, sd),
})

/** Beta law between min and max that leans to the mode, λ = 4: mean (min + 4 mode + max) / 6 (Malcolm et al. 1959). */
function pert(min: number, mode: number, max: number): Distribution {
  finite('min', min)
  above('max', max, min, 'min')
  if (!(mode >= min && mode <= max)) throw new ParameterError('mode', `a number from min (${min}) to max (${max})`, mode)
  const width = max - min
  return stretched('pert', 1 + (4 * (mode - min)) / width, 1 + (4 * (max - mode)) / width, min, width)
}

export const pertDistribution = distribution({
  name: 'pert',
  order: 70,
  parameters: { min: 'value', mode: 'value', max: 'value' },
  about: 'leans to the mode between min and max, more smoothly than a triangle',
  make: ({ min, mode, max }) => pert(min, mode, max),
})
