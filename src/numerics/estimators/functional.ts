// A mean over trials as a linear function of sums. A linear combination is computed once, from its sums, not in every trial.
import { type Layout, sumAt } from './layout.ts'

export interface Functional {
  readonly constant: number
  readonly terms: readonly { readonly coefficient: number; readonly sum: number }[]
}

/** The mean over a state's trials. */
export function functionalMean(layout: Layout, { constant, terms }: Functional, state: Float64Array): number {
  let sum = 0
  for (const { coefficient, sum: place } of terms) sum += coefficient * state[sumAt(layout, place)]
  return constant + sum / state[0]
}
