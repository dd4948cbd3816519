// A column of trials with the design that drew them. It is sorted at most once.
import { firstIndex } from '../distributions/special/search.ts'
import { type HeavyTail, FEWEST_VALUES, heavyTailsOf, SUSPECTED } from './heavy-tail.ts'
import { orderedSample } from './ordered.ts'
import { type Excess, excessOf } from './excess.ts'
import type { Jumps } from './jumps.ts'
import type { Sample, Shares } from './sample.ts'
import { type Levels, selectedSample } from './selected.ts'
import type { UnseenValues } from './unseen.ts'

/** How trials were drawn, which decides their standard errors. */
export interface Design {
  /** The first trial of each replicate, then the end of the last. One random sample has batches instead. */
  readonly starts: readonly number[]
  readonly random: boolean
  /** The jumps of each input. */
  readonly jumps: readonly Jumps[]
  /** Nothing is uncertain. */
  readonly certain: boolean
}

/** What a plan says of a column that its trials need not show. */
export interface Beyond {
  /** Moments of order 1 / heaviness and above are infinite. 0 if all are finite. */
  readonly heaviness: number
  /** Whether a cap may make its tail light. Its trials then show it. */
  readonly capped?: boolean
  /** Whether no trial could have another value. */
  readonly constant: boolean
  /** The farthest that a trial could be from a value. */
  readonly distance?: (value: number) => number
  /** The most that a trial could be. */
  readonly highest?: (() => number) | undefined
  /** Its values in trials with the rare values of the plan, if it has any. */
  readonly unseen?: UnseenValues | undefined
}

const NOTHING_BEYOND: Beyond = { heaviness: 0, constant: false }

export const replicatesOf = ({ starts }: Design): number => starts.length - 1

/** The quantile of Hyndman and Fan's type 7. */
export function quantileOf(sorted: Float64Array, p: number): number {
  const h = (sorted.length - 1) * p
  const below = Math.floor(h)
  const above = Math.min(sorted.length - 1, below + 1)
  return sorted[below] + (h - below) * (sorted[above] - sorted[below])
}

export const sortedOf = (values: Float64Array): Float64Array => values.slice().sort()

/** The number of sorted values below a value, and up to it. */
const countsAround = (sorted: Float64Array, value: number): readonly [below: number, upTo: number] => [
  firstIndex(sorted.length, (k) => !(sorted[k] < value)),
  firstIndex(sorted.length, (k) => !(sorted[k] <= value)),
]

/** The share of a sample below a value. Ties count by half. */
export function shareBelow(sorted: Float64Array, value: number): number {
  const [below, upTo] = countsAround(sorted, value)
  return (below + upTo) / 2 / sorted.length
}

export class SampledColumn {
  readonly values: Float64Array
  readonly design: Design
  readonly beyond: Beyond
  #sorted: Float64Array | undefined
  #sample: Sample | undefined
  #extremes: Extremes | undefined
  #heavy: readonly HeavyTail[] | undefined

  constructor(values: Float64Array, design: Design, beyond = NOTHING_BEYOND) {
    this.values = values
    this.design = design
    this.beyond = beyond
  }

  /** @param sorted the values in order */
  set sorted(sorted: Float64Array) {
    this.#sorted = sorted
  }

  get sorted(): Float64Array {
    this.#sorted ??= sortedOf(this.values)
    return this.#sorted
  }

  get extremes(): Extremes {
    this.#extremes ??= extremesOf(this.values)
    return this.#extremes
  }

  /** The sample for some percentiles only, without sorting. It is valid until the next selection from any column. */
  select(percentiles: readonly number[]): Sample {
    return this.#selected({ percentiles, shortfalls: [] })
  }

  /** The sample for the expected shortfall at one level. */
  selectTail(level: number): Sample {
    return this.#selected({ percentiles: [], shortfalls: [level] })
  }

  #selected(levels: Levels): Sample {
    const { values, design, extremes } = this
    return selectedSample(values, design.random ? undefined : replicatesOf(design), extremes, levels, design.jumps)
  }

  /** The tails that are heavy. It ends the selection of any column. */
  get heavy(): readonly HeavyTail[] {
    this.#heavy ??= this.#heavyTails()
    return this.#heavy
  }

  #heavyTails(): readonly HeavyTail[] {
    const { values } = this
    if (this.#sample) return heavyTailsOf(this.#sample)
    if (values.length < FEWEST_VALUES) return []
    return heavyTailsOf(selectedSample(values, undefined, this.extremes, { percentiles: SUSPECTED, shortfalls: [] }))
  }

  /** Moments of order 1 / heaviness and above are infinite. */
  get heaviness(): number {
    const { heaviness, capped } = this.beyond
    return heaviness > 0 && capped && this.heavy.length === 0 ? 0 : heaviness
  }

  get sample(): Sample {
    this.#sample ??= this.#read()
    return this.#sample
  }

  #read(): Sample {
    const { values, design, sorted } = this
    const n = values.length
    const max = sorted[n - 1]
    return orderedSample({
      size: n,
      min: sorted[0],
      max,
      replicates: design.random ? undefined : replicatesOf(design),
      jumps: design.jumps,
      at: (rank) => sorted[rank],
      shares: (value) => this.#shares(value),
      excess: (rank) => this.#excess(sorted[rank]),
      extreme: (count, sign) => (sign > 0 ? sorted.slice(Math.max(0, n - count)) : sorted.slice(0, count).reverse()),
    })
  }

  #shares(value: number): Shares {
    const { values, design, sorted } = this
    const { starts } = design
    const [below, upTo] = countsAround(sorted, value)
    const isAtom = upTo - below > 1
    const parts = replicatesOf(design)
    const [under, over] = [new Float64Array(parts), new Float64Array(parts)]
    for (let r = 0; r < parts; r++) {
      for (let i = starts[r]; i < starts[r + 1]; i++) {
        if (values[i] < value) under[r] += 1
        if (values[i] <= value) over[r] += 1
      }
    }
    const shares = sharesOf(over, design)
    return isAtom ? { upTo: shares, below: sharesOf(under, design) } : { upTo: shares }
  }

  #excess(boundary: number): Excess[] {
    const { values, design } = this
    return Array.from({ length: replicatesOf(design) }, (_, r) =>
      excessOf(values, boundary, design.starts[r], design.starts[r + 1]),
    )
  }
}

type Extremes = { readonly min: number; readonly max: number }

function extremesOf(values: Float64Array): Extremes {
  let [min, max] = [values[0], values[0]]
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return { min, max }
}

/** Shares from each replicate's count. An unequal part has the share of all, moved by its own influence. */
function sharesOf(counts: Float64Array, { starts }: Design): number[] {
  const parts = counts.length
  const n = starts[parts]
  const sizes = Array.from(counts, (_, r) => starts[r + 1] - starts[r])
  if (sizes.every((size) => size === sizes[0])) return Array.from(counts, (count) => count / sizes[0])
  const mean = counts.reduce((a, b) => a + b, 0) / n
  return Array.from(counts, (count, r) => mean + (parts / n) * (count - mean * sizes[r]))
}
