// Finds where a figure is 0 or changes its sign. It looks at the figure's values at a list of numbers in order.

/** A range in which the figure changes its sign, or one number or a whole range at which it is 0. */
export interface Crossing {
  readonly low: number
  readonly high: number
  /** Whether the figure is 0 from `low` to `high`. If not, it changes its sign between them. */
  readonly flat: boolean
  /** The signs of the figure below and above. 0 at an end of the numbers. */
  readonly below: number
  readonly above: number
}

/** @param signs 0 where rounding explains the figure */
export function crossingsOf(values: readonly number[], signs: readonly number[]): readonly Crossing[] {
  const found: Crossing[] = []
  for (let k = 0; k < values.length; k++) {
    const before = k === 0 ? 0 : signs[k - 1]
    if (signs[k] !== 0) {
      if (before !== 0 && before !== signs[k])
        found.push({ low: values[k - 1], high: values[k], flat: false, below: before, above: signs[k] })
      continue
    }
    const from = k
    while (k + 1 < values.length && signs[k + 1] === 0) k++
    found.push({ low: values[from], high: values[k], flat: true, below: before, above: signs[k + 1] ?? 0 })
  }
  return found
}
