// The result of a pilot: the total of its observations (the signal), given the true value of the input.
import { betaTails } from '../../numerics/distributions/special/beta.ts'
import { normalCdf } from '../../numerics/distributions/special/normal.ts'
import { log, log1p } from '../../numerics/kernel/math.ts'

export interface Observation {
  /** What one observation is, in the plural. */
  readonly unit: 'conversations' | 'months' | 'observations'
  /** Whether only inputs above 0 can be observed so. */
  readonly positive?: true
  /** The signal of n observations. */
  readonly signal: (n: number) => Signal
}

export interface Signal {
  /** The signal's typical value for an input. */
  readonly center: (x: number) => number
  /** Its standard deviation for an input. */
  readonly spread: (x: number) => number
  /** Whether it is a count from 0 to this number. */
  readonly count?: number
  /** For an input, the logarithm of its likelihood given a signal, up to a term that depends on the signal alone. */
  readonly logLikelihood: (x: number) => (signal: number) => number
  /** A function that returns P(signal ≤ bound) for an input. */
  readonly below: (bound: number) => (x: number) => number
}

/** Each observation is a conversation that is resolved with the probability x. The signal is their number: binomial(n, x). */
export const countingResolved: Observation = {
  unit: 'conversations',
  signal: (n) => ({
    center: (x) => n * x,
    spread: (x) => Math.sqrt(n * x * (1 - x)),
    count: n,
    logLikelihood: (x) => {
      const [resolved, open] = [log(x), log1p(-x)]
      return (count) => (count > 0 ? count * resolved : 0) + (count < n ? (n - count) * open : 0)
    },
    // P(count ≤ k) is the tail of a beta distribution (Johnson, Kemp and Kotz, Univariate Discrete Distributions, 2005, eq. 3.19).
    below: (bound) => {
      if (bound >= n) return () => 1
      if (bound < 0) return () => 0
      const tails = betaTails(n - bound, bound + 1)
      return (x) => (x <= 0 ? 1 : x >= 1 ? 0 : tails(1 - x, x)[0])
    },
  }),
}

/** Each observation is x plus a normal error. The signal is their mean. */
export const measuring = (sd: number): Observation => ({
  unit: 'observations',
  signal: (n) => gaussian((x) => x, sd / Math.sqrt(n)),
})

/**
 * Each observation is x times a lognormal factor with mean 1. The signal is the mean of the logarithms, apart from a constant.
 * @param autocorrelation of the logarithms, which makes n observations worth 1 + (n − 1)(1 − φ)/(1 + φ) independent ones: the Fisher
 *   information about the mean of a stationary first-order autoregression
 */
export const scaling = (cv: number, unit: Observation['unit'] = 'observations', autocorrelation = 0): Observation => ({
  unit,
  positive: true,
  signal: (n) => {
    const independent = 1 + ((n - 1) * (1 - autocorrelation)) / (1 + autocorrelation)
    return gaussian(log, Math.sqrt(log1p(cv * cv) / independent))
  },
})

const gaussian = (center: (x: number) => number, sd: number): Signal => ({
  center,
  spread: () => sd,
  logLikelihood: (x) => {
    const middle = center(x)
    return (signal) => (-(signal - middle) * (signal - middle)) / (2 * sd * sd)
  },
  below: (bound) => (x) => normalCdf((bound - center(x)) / sd),
})
