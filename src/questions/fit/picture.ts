// The values as a chart shows them: some of them by rank, and counts in classes of equal width.
import { pow } from '../../numerics/kernel/math.ts'
import type { FitSample } from '../../numerics/fitting/sample.ts'

export interface RankedValue {
  /** (rank − ½) / count (Hazen 1914). */
  readonly probability: number
  readonly value: number
}

export interface HistogramBin {
  readonly from: number
  readonly to: number
  readonly count: number
}

const MOST_POINTS = 200
const MOST_BINS = 60

/** All values, or 200 of them at evenly spaced ranks with the smallest and the largest. */
export function plottedRanks({ values, count }: FitSample): RankedValue[] {
  const points = Math.min(MOST_POINTS, count)
  return Array.from({ length: points }, (_, k) => {
    const i = Math.round((k * (count - 1)) / (points - 1))
    return { probability: (i + 0.5) / count, value: values[i] }
  })
}

/** Classes by the rule of Freedman and Diaconis (1981): twice the interquartile range divided by the cube root of the count. */
export function histogramOf({ values, count, min, max }: FitSample): HistogramBin[] {
  const spread = values[Math.floor(0.75 * count)] - values[Math.floor(0.25 * count)]
  const wanted = spread > 0 ? ((max - min) * pow(count, 1 / 3)) / (2 * spread) : Math.sqrt(count)
  const bins = Math.max(5, Math.min(MOST_BINS, Math.ceil(wanted)))
  const edge = (k: number) => (k === bins ? max : min + ((max - min) * k) / bins)
  const counts = new Uint32Array(bins)
  for (const x of values) counts[Math.min(bins - 1, Math.floor(((x - min) / (max - min)) * bins))]++
  return Array.from(counts, (own, k) => ({ from: edge(k), to: edge(k + 1), count: own }))
}
