// The posterior distribution of a counted share, by Jeffreys' rule for a binomial share.
import { distributionOf } from '../../numerics/distributions/index.ts'

export interface CountedShare {
  readonly value: number
  /** The 95% interval. */
  readonly low: number
  readonly high: number
  readonly of: number
  readonly alpha: number
  readonly beta: number
}

/** Beta(k + ½, n − k + ½): Jeffreys, "Theory of Probability", 1961, section 3.9. */
export function countedShare(count: number, of: number): CountedShare {
  const [alpha, beta] = [count + 0.5, of - count + 0.5]
  const posterior = distributionOf({ distribution: 'beta', alpha, beta })
  return {
    value: of === 0 ? posterior.mean : count / of,
    low: count === 0 ? 0 : posterior.quantile(0.025, 0.975),
    high: count === of && of > 0 ? 1 : posterior.quantile(0.975, 0.025),
    of,
    alpha,
    beta,
  }
}
