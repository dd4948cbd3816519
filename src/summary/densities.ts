// Histograms of all offers over the same classes, for charts of their distributions.
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
  const ends = [...costs.values()].map((values) => {
    const sorted = values.slice().sort()
    const at = (p: number) => sorted[Math.floor(p * (sorted.length - 1))]
    return [at(0.002), at(0.998), at(0.5)] as const
  })
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
