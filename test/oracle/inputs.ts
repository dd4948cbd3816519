// What the oracle is given: the values that were drawn, by the names of the inputs.
import type { Uncertain } from '../../src/numerics/distributions/distribution.ts'

/** One column of trials for each input that was drawn; inputs that are plain numbers have none. */
export interface SampledInputs {
  readonly trials: number
  readonly columns: ReadonlyMap<string, Float64Array>
}

/** The inputs of one trial. */
export interface Draws {
  /** A number as it stands; otherwise what was drawn under the name: the first of `names` that has a column. */
  value(uncertain: Uncertain, ...names: readonly string[]): number
  /** What was drawn for month `month` of a monthly input. */
  monthly(name: string, month: number): number
}

export function drawsOf({ columns }: SampledInputs, trial: number): Draws {
  const read = (names: readonly string[]): number => {
    for (const name of names) {
      const column = columns.get(name)
      if (column) return column[trial]
    }
    throw new Error(`no sampled input ${names.join(' or ')}; there are ${[...columns.keys()].join(', ')}`)
  }
  return {
    value: (uncertain, ...names) => (typeof uncertain === 'number' ? uncertain : read(names)),
    monthly: (name, month) => read([`${name}[${month}]`]),
  }
}
