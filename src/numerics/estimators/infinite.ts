// Figures without a standard error: the moment that it needs is infinite.
import type { Estimate } from './estimate.ts'

/** The moments that a figure's error needs: a mean's error needs a variance, and so on. */
export const MOMENTS = { mean: 2, sd: 4, skewness: 6 } as const

const ORDINALS = { 2: 'variance', 4: 'fourth moment', 6: 'sixth moment' } as const

/** How heavy a tail is. Moments of order 1 / heaviness and above are infinite. */
interface Tailed {
  readonly heaviness: number
}

/** Why a figure that needs these moments has no standard error, or undefined if it has one. */
export function noErrorOf({ heaviness }: Tailed, needs: 2 | 4 | 6): string | undefined {
  if (!(needs * heaviness >= 1)) return undefined
  return `no standard error: its ${ORDINALS[needs]} is infinite, since an input has a very heavy tail (Pareto shape ${Number((1 / heaviness).toPrecision(3))})`
}

/** An estimate with its error, or with the reason why it has none. */
export function orNoError(estimate: Estimate, tail: Tailed, needs: 2 | 4 | 6): Estimate {
  const noError = noErrorOf(tail, needs)
  return noError === undefined ? estimate : { ...estimate, se: Infinity, noError }
}
