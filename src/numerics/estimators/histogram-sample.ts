// A sample read from one histogram per replicate. Values lie evenly in their bin, except for values that many trials share.
import { atomsOf, placeError, settle } from './atoms.ts'
import { firstIndex } from '../distributions/special/search.ts'
import type { BinTable, Histogram } from './histogram.ts'
import { jumpError, type Jumps } from './jumps.ts'
import type { Sample, Shares } from './sample.ts'

/** The value below which a share p of the values lies. */
function quantile({ total, low, high, counts, before }: BinTable, p: number): number {
  const size = counts.length
  const wanted = p * total
  const k = firstIndex(size, (bin) => wanted - before[bin] <= counts[bin])
  if (k < size) return low[k] + (high[k] - low[k]) * ((wanted - before[k]) / counts[k])
  return size > 0 ? high[size - 1] : 0
}

/** The share of values up to a threshold, and of those that equal it: a bin that a single value fills. */
function sharesAt(
  { total, low, high, counts, before }: BinTable,
  threshold: number,
): { readonly upTo: number; readonly equal: number } {
  const end = firstIndex(low.length, (bin) => !(low[bin] <= threshold))
  let first = end
  // The bin around the origin may overlap those beside it.
  while (first > 0 && (high[first - 1] > threshold || low[first - 1] === threshold)) first -= 1
  let [upTo, equal] = [first < end ? before[first] : end < low.length ? before[end] : total, 0]
  for (let k = first; k < end; k++) {
    upTo += high[k] <= threshold ? counts[k] : (counts[k] * (threshold - low[k])) / (high[k] - low[k])
    if (low[k] === threshold && high[k] === threshold) equal += counts[k]
  }
  return { upTo: upTo / total, equal: equal / total }
}

/** Mean of (x − threshold)⁺. */
function meanAbove({ total, low, high, counts }: BinTable, threshold: number): number {
  let sum = 0
  for (let k = counts.length - 1; k >= 0 && high[k] > threshold; k--) {
    if (low[k] >= threshold) sum += counts[k] * ((low[k] + high[k]) / 2 - threshold)
    else sum += (counts[k] * (high[k] - threshold) * (high[k] - threshold)) / (2 * (high[k] - low[k]))
  }
  return sum / total
}

/** Mean of ((x − threshold)⁺)², with all values of a bin in its middle. */
function squaresAbove({ total, low, high, counts }: BinTable, threshold: number): number {
  let sum = 0
  for (let k = counts.length - 1; k >= 0 && high[k] > threshold; k--) {
    const over = Math.max(0, (low[k] + high[k]) / 2 - threshold)
    sum += counts[k] * over * over
  }
  return sum / total
}

/** The most extreme values, the farthest last. Those of a bin lie evenly in it. */
function extremeOf({ total, low, high, counts }: BinTable, count: number, sign: -1 | 1): Float64Array {
  const size = counts.length
  const found = new Float64Array(Math.min(count, total))
  let left = found.length
  for (let step = 0; step < size && left > 0; step++) {
    const k = sign > 0 ? size - 1 - step : step
    for (let j = 0; j < counts[k] && left > 0; j++) {
      const inside = ((j + 0.5) / counts[k]) * (high[k] - low[k])
      found[--left] = sign > 0 ? high[k] - inside : low[k] + inside
    }
  }
  return found
}

/** Memory for the counts of all parts. New memory would cost more than the counts. */
let counting = new Float64Array(0)
function roomFor(numbers: number): Float64Array {
  if (numbers > counting.length) counting = new Float64Array(numbers)
  return counting
}

/**
 * A sample that is valid until the next one, which uses the same memory.
 * @param extremes the smallest and the largest value, which histograms do not hold
 */
export function histogramSample(
  parts: readonly Histogram[],
  all: Histogram,
  { min, max }: { readonly min: number; readonly max: number },
  random: boolean,
  jumps: readonly Jumps[],
): Sample {
  const pooled = all.table()
  const n = pooled.total
  const atoms = atomsOf(pooled, min, max)
  settle(pooled, atoms)
  const jump = random ? 0 : jumpError(jumps, parts.length, n / parts.length)
  const size = 2 * pooled.keys.length
  const room = roomFor(parts.length * size)
  const tables = (random ? [] : parts).map((part, k) => part.tableLike(pooled, room.subarray(k * size, (k + 1) * size)))
  const valueAt = (p: number) => quantile(pooled, Math.min(1, Math.max(0, p)))
  return {
    size: n,
    min,
    max,
    random,
    replicates: random ? 1 : parts.length,
    leastShare: Math.max(1 / n, jump),
    quantile: (p) => quantile(pooled, p),
    shares(value): Shares {
      const found = tables.map((table) => sharesAt(table, value))
      const shares = found.map((part) => part.upTo)
      const atom = found.some((part) => part.equal > 0)
      return atom ? { upTo: shares, below: found.map((part) => part.upTo - part.equal) } : { upTo: shares }
    },
    around: (p, share) => ({ share, ranks: 2 * share * n, low: valueAt(p - share), high: valueAt(p + share) }),
    placeError: (value) => placeError(atoms, value),
    extreme: (count, sign) => extremeOf(pooled, count, sign),
    tail(p) {
      const boundary = quantile(pooled, p)
      return {
        boundary,
        mean: meanAbove(pooled, boundary),
        square: squaresAbove(pooled, boundary),
        means: tables.map((table) => meanAbove(table, boundary)),
      }
    },
  }
}
