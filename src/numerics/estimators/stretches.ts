// Stretches of probability that a sample may draw too often or not at all, without a trace in the spread of its replicates: the rare values
// of an input that jumps, and the part of a stratum that lies beyond a jump.
import { SEEN } from './jumps.ts'

/** From one probability to another. */
export type ProbabilityRange = readonly [from: number, to: number]

export interface Stretch {
  readonly range: ProbabilityRange
  /** The nearest probabilities that trials draw instead. */
  readonly usual: ProbabilityRange
  /** The number of trials that are expected in the range. The number that it gets has about this variance. */
  readonly expected: number
}

/** How trials divide the probability of an input. A random sample has one stratum. Other methods have several of equal probability. */
export interface Spread {
  readonly trials: number
  readonly strata: number
}

/** More values than this between usual ones are too many for a single one of them to matter. */
const FEW = 16
/** Of more strata than this between the first and the last one, some stand for all. */
const MOST_STRATA = 64

/** @param at the probabilities below the jumps, increasing */
export function stretchesOf(at: readonly number[], { trials, strata }: Spread): Stretch[] {
  const inside = new Map<number, number[]>()
  for (const u of at) {
    const stratum = Math.min(strata - 1, Math.floor(u * strata))
    const known = inside.get(stratum)
    if (known) known.push(u)
    else inside.set(stratum, [u])
  }
  const all = [...inside].map(([stratum, own]) => ({ stratum, own }))
  const isEnd = ({ stratum }: { readonly stratum: number }) => stratum === 0 || stratum === strata - 1
  const between = all.filter((one) => !isEnd(one))
  const stride = Math.max(1, Math.ceil(between.length / MOST_STRATA))
  const found = ({ stratum, own }: (typeof all)[number], times: number) =>
    outlying([stratum / strata, ...own, (stratum + 1) / strata], trials).map((one) => ({ ...one, expected: one.expected * times }))
  return [
    ...all.filter(isEnd).flatMap((one) => found(one, 1)),
    ...between.filter((_, k) => k % stride === 0).flatMap((one) => found(one, between.length / Math.ceil(between.length / stride))),
  ]
}

/**
 * The stretches of one stratum that hardly any trial draws: its first ones and its last ones, as far as few trials are expected in all of
 * them together, and single ones between usual ones.
 * @param edges the ends of the stretches, from the first to the last
 */
function outlying(edges: readonly number[], trials: number): Stretch[] {
  const count = edges.length - 1
  const expected = (from: number, to: number) => (edges[to] - edges[from]) * trials
  let [low, high] = [0, count - 1]
  while (low < high && expected(0, low + 1) < SEEN) low += 1
  while (high > low && expected(high, count) < SEEN) high -= 1
  const below = (k: number, width: number): ProbabilityRange => [
    edges[k + 1] - Math.min(width, edges[k + 1] - edges[k]),
    edges[k + 1],
  ]
  const above = (k: number, width: number): ProbabilityRange => [edges[k], edges[k] + Math.min(width, edges[k + 1] - edges[k])]
  const stretch = (k: number, usual: (width: number) => ProbabilityRange): Stretch[] => {
    const width = edges[k + 1] - edges[k]
    return width > 0 ? [{ range: [edges[k], edges[k + 1]], usual: usual(width), expected: width * trials }] : []
  }
  const rare = Array.from({ length: Math.max(0, high - low - 1) }, (_, k) => low + 1 + k).filter((k) => expected(k, k + 1) < SEEN)
  const single = rare.length <= FEW ? rare : []
  return [
    ...Array.from({ length: low }, (_, k) => k).flatMap((k) => stretch(k, (width) => above(low, width))),
    ...single.flatMap((k) =>
      stretch(k, (width) => (expected(k - 1, k) > expected(k + 1, k + 2) ? below(k - 1, width) : above(k + 1, width))),
    ),
    ...Array.from({ length: count - 1 - high }, (_, k) => high + 1 + k).flatMap((k) => stretch(k, (width) => below(high, width))),
  ]
}
