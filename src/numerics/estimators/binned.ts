// Percentiles and shortfall from histograms, one a replicate: values lie evenly in their bin, but for those that many trials share.
import { atomsOf, placeError, settle } from './atoms.ts'
import { BinTable, type Histogram } from './histogram.ts'
import { jumpError } from './jumps.ts'
import { COMPUTED, LEVELS, replicateError, type Spread, spreadFrom, WINDOW, withSteps } from './spread.ts'

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
function below({ size, total, low, high, counts }: BinTable, threshold: number): number {
  let sum = 0
  for (let k = 0; k < size && low[k] <= threshold; k++) {
    sum += high[k] <= threshold ? counts[k] : (counts[k] * (threshold - low[k])) / (high[k] - low[k])
  }
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

/** Mean of ((x − threshold)⁺)², each bin in its middle. */
function squaresAbove({ size, total, low, high, counts }: BinTable, threshold: number): number {
  let sum = 0
  for (let k = size - 1; k >= 0 && high[k] > threshold; k--) {
    const over = Math.max(0, (low[k] + high[k]) / 2 - threshold)
    sum += counts[k] * over * over
  }
  return sum / total
}

const pooled = new BinTable()
const own = new BinTable()

/** What `spreadOf` makes of values, made of histograms; the moments stand elsewhere. */
export function spreadOfBins(
  parts: readonly Histogram[],
  all: Histogram,
  { min, max }: { readonly min: number; readonly max: number },
  random: boolean,
  jumps: readonly number[],
): Spread {
  const n = all.fill(pooled).total
  const atoms = atomsOf(pooled, min, max)
  settle(pooled, atoms)
  const jump = random ? 0 : jumpError(jumps, parts.length, n / parts.length)
  const shares = COMPUTED.map((percent) => percent / 100)
  const quantiles = shares.map((p) => quantile(pooled, p))
  const boundaries = LEVELS.map((p) => quantile(pooled, p))
  const replicates = (random ? [] : parts).map((part) => {
    part.fill(own)
    settle(own, atoms)
    return { below: quantiles.map((at) => below(own, at)), above: boundaries.map((at) => meanAbove(own, at)) }
  })
  const errors = shares.map((p, k) => {
    const h = WINDOW * Math.sqrt((p * (1 - p)) / n)
    const [low, high] = [Math.max(0, p - h), Math.min(1, p + h)]
    const slope = (quantile(pooled, high) - quantile(pooled, low)) / (high - low)
    const spread = replicates.map((part) => part.below[k])
    const share = random ? Math.sqrt((p * (1 - p)) / n) : Math.max(replicateError(spread), 1 / n, jump)
    const valueAt = (level: number) => quantile(pooled, Math.min(1, Math.max(0, level)))
    const reaches = [2 * share, share].map((far) => ({
      share: far,
      ranks: 2 * far * n,
      between: valueAt(p + far) - valueAt(p - far),
    }))
    return Math.max(placeError(atoms, quantiles[k]), withSteps(slope * share, share, reaches))
  })
  const tails = LEVELS.map((p, k) => {
    const mean = meanAbove(pooled, boundaries[k])
    const plain = Math.sqrt(Math.max(0, squaresAbove(pooled, boundaries[k]) - mean * mean) / n)
    const spread = replicates.map((part) => part.above[k])
    const sampled = (random ? plain : Math.max(replicateError(spread), (max - boundaries[k]) * jump)) / (1 - p)
    return { value: boundaries[k] + mean / (1 - p), se: Math.max(placeError(atoms, boundaries[k]), sampled) }
  })
  return spreadFrom(quantiles, errors, tails)
}
