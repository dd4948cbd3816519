// Densities of several columns over one range of classes: what a picture of distributions shows.

const CLASSES = 60

export interface Densities {
  readonly low: number
  readonly width: number
  readonly offers: readonly {
    readonly offer: string
    readonly median: number
    /** Of its trials in each class. */
    readonly shares: readonly number[]
  }[]
}

/** Sixty classes from the least to the most that any column holds, but for the two thousandths at its ends. */
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
