// Histograms of all offers over the same classes, for charts of their distributions.
import { select } from '../numerics/estimators/order.ts'

const CLASSES = 60

export interface Densities {
  readonly low: number
  readonly width: number
  readonly offers: readonly {
    readonly offer: string
    readonly median: number
    /** The share of the offer's trials in each class. */
    readonly shares: readonly number[]
  }[]
}

/** The classes cover every offer's costs from the 0.2nd to the 99.8th percentile. */
export function densitiesOf(costs: ReadonlyMap<string, Float64Array>): Densities {
  const ends = [...costs.values()].map(endsOf)
  const least = Math.min(...ends.map(([from]) => from))
  const high = Math.max(...ends.map(([, to]) => to))
  const width = high > least ? (high - least) / (CLASSES - 1) : 1
  const low = least - width
  const offers = [...costs].map(([offer, own], k) => {
    const counts = new Float64Array(CLASSES)
    for (const value of own)
      if (value >= low && value <= high) counts[Math.min(CLASSES - 1, Math.floor((value - low) / width))] += 1
    return { offer, median: ends[k][2], shares: Array.from(counts, (count) => count / own.length) }
  })
  return { low, width, offers }
}

/** The 0.2nd and the 99.8th percentile, and the median. */
function endsOf(values: Float64Array): readonly [low: number, high: number, median: number] {
  let [least, most] = [values[0], values[0]]
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  const [low, median, high] = [0.002, 0.5, 0.998].map((p) => Math.floor(p * (values.length - 1)))
  const { at } = select(
    values,
    1,
    least,
    most,
    [...new Set([low, median, high])].map((rank) => [rank, rank] as const),
    [],
  )
  return [at(low), at(high), at(median)]
}
