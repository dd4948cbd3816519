// A mean over trials as a linear function of sums: what is linear in a trial is not computed a trial, but once, from the sums of
// what it is made of.
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
