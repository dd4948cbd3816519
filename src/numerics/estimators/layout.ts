// The state of a set of trials as Float64 slots: the number of trials, then series (central moments of a column), then sums over trials.
export interface Layout {
  readonly series: number
  readonly sums: number
}

/** A series holds mean, Σ(x − mean)² to ⁴, minimum and maximum. */
export const SERIES = 6
export const HEAD = 1

export const slotsOf = ({ series, sums }: Layout): number => HEAD + SERIES * series + sums
export const seriesAt = (series: number): number => HEAD + SERIES * series
/** The smallest and the largest value of a series. */
export const extremesAt = (state: Float64Array, series: number): { readonly min: number; readonly max: number } => ({
  min: state[seriesAt(series) + SERIES - 2],
  max: state[seriesAt(series) + SERIES - 1],
})
export const sumAt = (layout: Layout, sum: number): number => HEAD + SERIES * layout.series + sum

/** A mean over trials as a linear function of sums. A linear combination is computed once, from its sums, not in every trial. */
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
