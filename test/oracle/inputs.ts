// The oracle gets the drawn values by the names of the inputs.
import type { Uncertain } from '../../src/numerics/distributions/distribution.ts'
import { isList, type Staged, stageOf } from './stages.ts'

/** One column of trials for each drawn input. Inputs that are plain numbers have none. */
export interface SampledInputs {
  readonly trials: number
  readonly columns: ReadonlyMap<string, Float64Array>
}

/** The inputs of one trial. */
export interface Draws {
  /** A number itself, or the value drawn under the first of `names` that has a column. */
  value(uncertain: Uncertain, ...names: readonly string[]): number
  /** The value that holds in a calendar month: a stage is drawn under the name of its place. */
  staged(stated: Staged<Uncertain>, month: number, ...names: readonly string[]): number
  /** The value drawn for month `month` of a monthly input. */
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
  const value = (uncertain: Uncertain, ...names: readonly string[]) => (typeof uncertain === 'number' ? uncertain : read(names))
  return {
    value,
    staged(stated, month, ...names) {
      if (!isList(stated)) return value(stated, ...names)
      const k = stageOf(stated, month)
      return value(stated[k].value, ...names.map((name) => `${name}[${k}].value`))
    },
    monthly: (name, month) => read([`${name}[${month}]`]),
  }
}
