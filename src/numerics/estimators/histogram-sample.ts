// A sample read from one histogram per replicate. Values lie evenly in their bin, except for values that many trials share.
import { atomsOf, placeError, settle } from './atoms.ts'
import { BinTable, type Histogram } from './histogram.ts'
import { jumpError } from './jumps.ts'
import type { Sample, Shares } from './sample.ts'

/** The value below which a share p of the values lies. */
function quantile({ size, total, low, high, counts }: BinTable, p: number): number {
  let left = p * total
  for (let k = 0; k < size; k++) {
    if (left <= counts[k]) return low[k] + (high[k] - low[k]) * (left / counts[k])
    left -= counts[k]
  }
  return size > 0 ? high[size - 1] : 0
}

/** Share of values up to a threshold. */
function upTo({ size, total, low, high, counts }: BinTable, threshold: number): number {
  let sum = 0
  for (let k = 0; k < size && low[k] <= threshold; k++) {
    sum += high[k] <= threshold ? counts[k] : (counts[k] * (threshold - low[k])) / (high[k] - low[k])
  }
  return sum / total
}

/** Share of values that equal the threshold: those of a bin that a single value fills. */
function equal({ size, total, low, high, counts }: BinTable, threshold: number): number {
  let sum = 0
  for (let k = 0; k < size && low[k] <= threshold; k++) if (low[k] === threshold && high[k] === threshold) sum += counts[k]
  return sum / total
}

/** Mean of (x − threshold)⁺. */
function meanAbove({ size, total, low, high, counts }: BinTable, threshold: number): number {
  let sum = 0
  for (let k = size - 1; k >= 0 && high[k] > threshold; k--) {
    if (low[k] >= threshold) sum += counts[k] * ((low[k] + high[k]) / 2 - threshold)
    else sum += (counts[k] * (high[k] - threshold) * (high[k] - threshold)) / (2 * (high[k] - low[k]))
  }
  return sum / total
}

/** Mean of ((x − threshold)⁺)², with all values of a bin in its middle. */
function squaresAbove({ size, total, low, high, counts }: BinTable, threshold: number): number {
  let sum = 0
  for (let k = size - 1; k >= 0 && high[k] > threshold; k--) {
    const over = Math.max(0, (low[k] + high[k]) / 2 - threshold)
    sum += counts[k] * over * over
  }
  return sum / total
}

/** The most extreme values, the farthest last. Those of a bin lie evenly in it. */
function extremeOf({ size, total, low, high, counts }: BinTable, count: number, sign: -1 | 1): Float64Array {
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

/** @param extremes the smallest and the largest value, which histograms do not hold */
export function histogramSample(
  parts: readonly Histogram[],
  all: Histogram,
  { min, max }: { readonly min: number; readonly max: number },
  random: boolean,
  jumps: readonly number[],
): Sample {
  const pooled = all.fill(new BinTable())
  const n = pooled.total
  const atoms = atomsOf(pooled, min, max)
  settle(pooled, atoms)
  const jump = random ? 0 : jumpError(jumps, parts.length, n / parts.length)
  const tables = (random ? [] : parts).map((part) => {
    const table = part.fill(new BinTable())
    settle(table, atoms)
    return table
  })
  const valueAt = (p: number) => quantile(pooled, Math.min(1, Math.max(0, p)))
  return {
    size: n,
    min,
    max,
    random,
    replicates: random ? 1 : parts.length,
    jump,
    leastShare: Math.max(1 / n, jump),
    quantile: (p) => quantile(pooled, p),
    shares(value): Shares {
      const found = tables.map((table) => ({ upTo: upTo(table, value), equal: equal(table, value) }))
      const shares = found.map((part) => part.upTo)
      const atom = found.some((part) => part.equal > 0)
      return atom ? { upTo: shares, below: found.map((part) => part.upTo - part.equal) } : { upTo: shares }
    },
    around: (p, share) => ({ share, ranks: 2 * share * n, between: valueAt(p + share) - valueAt(p - share) }),
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
