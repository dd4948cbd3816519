// How far each month was from what the months before it predict, and how two histories go together.
import { exp, log1p } from '../../numerics/kernel/math.ts'
import { forwardSolve } from './dense.ts'
import { type Explanation, factorOf } from './outliers.ts'
import type { KnownMonths } from './project.ts'
import type { Prior } from './prior.ts'

export interface Innovation {
  /** Counted as in months.ts. */
  readonly month: number
  /** The error of the prediction from all months before, in its own standard deviations. */
  readonly value: number
  /** The share of its variance that is the month's own: the rest is chance of counting, and what so few months could not show. */
  readonly share: number
}

export function innovationsOf(known: KnownMonths, explanation: Explanation, { scale }: Prior): readonly Innovation[] {
  const { at, z, first } = known
  const m = at.length
  const factor = factorOf(known, explanation)
  const errors = Float64Array.from(z)
  forwardSolve(factor, m, errors)
  const squares = errors.reduce((sum, error) => sum + error * error, 0)
  const unit = Math.sqrt(scale.posterior(m, squares).variance)
  const { variance, phi, walk, drift } = explanation.process
  const own = variance * (1 - phi * phi + walk + drift)
  return Array.from(errors, (error, i) => {
    const predicted = factor[i * m + i] * factor[i * m + i]
    return { month: first + at[i], value: error / unit, share: Math.min(1, own / predicted) }
  })
}

export interface CorrelationEstimate {
  readonly value: number
  readonly se: number
}

const STEP = 0.02
const GRID = Array.from({ length: Math.round(1.96 / STEP) + 1 }, (_, k) => -0.98 + STEP * k)
/** Before the months are seen, a correlation is within ±0.38 in two of three cases: the density is the square of 1 − ρ². */
const TOWARD_ZERO = 2
/** Fewer common months show nothing. */
const FEWEST = 12

/** Mean and standard deviation of the correlation of the months' own parts, given both histories. */
export function estimatedCorrelation(a: readonly Innovation[], b: readonly Innovation[]): CorrelationEstimate | undefined {
  const other = new Map(b.map((one) => [one.month, one]))
  const pairs = a.flatMap((one) => {
    const two = other.get(one.month)
    return two ? [{ x: one.value, y: two.value, share: Math.sqrt(one.share * two.share) }] : []
  })
  if (pairs.length < FEWEST) return undefined
  const logs = GRID.map((rho) => {
    let sum = TOWARD_ZERO * log1p(-rho * rho)
    for (const { x, y, share } of pairs) {
      const own = rho * share
      const rest = 1 - own * own
      sum -= 0.5 * log1p(-own * own) + (x * x - 2 * own * x * y + y * y) / (2 * rest) - (x * x + y * y) / 2
    }
    return sum
  })
  const top = Math.max(...logs)
  const weights = logs.map((value) => exp(value - top))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const over = (value: (rho: number) => number) => GRID.reduce((sum, rho, k) => sum + (weights[k] / total) * value(rho), 0)
  const value = over((rho) => rho)
  return { value, se: Math.sqrt(over((rho) => (rho - value) * (rho - value))) }
}
