// Values that repeat, such as counts of seats or a few prices: each with its share.
import { type Family, Unfit } from './family.ts'
import type { FitSample } from './sample.ts'

/** More values than this are no list that anyone would read. */
const MOST = 30
/** On average each value occurs this often. */
const REPEATED = 2

/** The different values, rising, with how often each occurs; undefined if there are more than 30, or if they hardly repeat. */
function countsOf({ values, count }: FitSample): ReadonlyMap<number, number> | undefined {
  const counts = new Map<number, number>()
  for (const x of values) {
    counts.set(x, (counts.get(x) ?? 0) + 1)
    if (counts.size > MOST) return undefined
  }
  return counts.size * REPEATED > count ? undefined : counts
}

/**
 * The width of the cells that values stand for which repeat as counts do: their smallest gap. Undefined for other values. Probabilities
 * and densities do not compare, so in such a sample every distribution is judged by the probabilities of these cells.
 */
export function cellWidth(sample: FitSample): number | undefined {
  const counts = countsOf(sample)
  if (!counts) return undefined
  const found = [...counts.keys()]
  return Math.min(...found.slice(1).map((x, k) => x - found[k]))
}

export const discreteFit: Family = {
  holds: 'any',
  free: ({ values }) => (values as readonly number[]).length - 1,
  fit(sample) {
    const counts = countsOf(sample)
    if (!counts) return new Unfit(`it needs at most ${MOST} different values, which repeat`)
    return { distribution: 'discrete', values: [...counts.keys()], weights: [...counts.values()] }
  },
}
