// Shares that were counted, as what is known of them: Jeffreys' posterior of a binomial share.
import { distributionOf } from '../../numerics/distributions/index.ts'

export interface CountedShare {
  readonly value: number
  /** 95 % interval. */
  readonly low: number
  readonly high: number
  readonly of: number
  readonly alpha: number
  readonly beta: number
}

/** Beta(k + ½, n − k + ½): Jeffreys, "Theory of Probability", 1961, section 3.9. */
export function countedShare(count: number, of: number): CountedShare {
  const [alpha, beta] = [count + 0.5, of - count + 0.5]
  const distribution = distributionOf({ distribution: 'beta', alpha, beta })
  return {
    value: of === 0 ? distribution.mean : count / of,
    low: count === 0 ? 0 : distribution.quantile(0.025, 0.975),
    high: count === of && of > 0 ? 1 : distribution.quantile(0.975, 0.025),
    of,
    alpha,
    beta,
  }
}
