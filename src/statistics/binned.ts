// Percentiles and shortfall from histograms, one a replicate: values lie evenly in their bin.
import type { Bin, Histogram } from './histogram.ts'
import { COMPUTED, LEVELS, replicateError, type Spread, spreadFrom, WINDOW } from './spread.ts'

const total = (bins: readonly Bin[]): number => bins.reduce((sum, { count }) => sum + count, 0)

/** The value below which a share p of the values lies. */
function quantile(bins: readonly Bin[], n: number, p: number): number {
  let left = p * n
  for (const { low, high, count } of bins) {
    if (left <= count) return low + (high - low) * (left / count)
    left -= count
  }
  return bins[bins.length - 1]?.high ?? 0
}

/** Share of values below a threshold. */
function below(bins: readonly Bin[], n: number, threshold: number): number {
  let sum = 0
  for (const { low, high, count } of bins) {
    if (low >= threshold) break
    sum += high <= threshold ? count : (count * (threshold - low)) / (high - low)
  }
  return sum / n
}

/** Mean of (x − threshold)⁺. */
function meanAbove(bins: readonly Bin[], n: number, threshold: number): number {
  let sum = 0
  for (const { low, high, count } of bins) {
    if (high <= threshold) continue
    if (low >= threshold) sum += count * ((low + high) / 2 - threshold)
    else sum += (count * (high - threshold) * (high - threshold)) / (2 * (high - low))
  }
  return sum / n
}

/** What `spreadOf` makes of values, made of histograms; the moments stand elsewhere. */
export function spreadOfBins(parts: readonly Histogram[], pooledHistogram: Histogram, random: boolean): Spread {
  const pooled = pooledHistogram.bins()
  const n = total(pooled)
  const replicates = random ? [] : parts.map((part) => part.bins())
  const sizes = replicates.map(total)
  const shares = COMPUTED.map((percent) => percent / 100)
  const quantiles = shares.map((p) => quantile(pooled, n, p))
  const errors = shares.map((p, k) => {
    const h = WINDOW * Math.sqrt((p * (1 - p)) / n)
    const [low, high] = [Math.max(0, p - h), Math.min(1, p + h)]
    const slope = (quantile(pooled, n, high) - quantile(pooled, n, low)) / (high - low)
    const spread = replicates.map((bins, r) => below(bins, sizes[r], quantiles[k]))
    return slope * (random ? Math.sqrt((p * (1 - p)) / n) : Math.max(replicateError(spread), 1 / n))
  })
  const tails = LEVELS.map((p) => {
    const boundary = quantile(pooled, n, p)
    const mean = meanAbove(pooled, n, boundary)
    const spread = replicates.map((bins, r) => meanAbove(bins, sizes[r], boundary))
    const squares = pooled.reduce((sum, { low, high, count }) => {
      const over = (low + high) / 2 - boundary
      return over > 0 ? sum + count * over * over : sum
    }, 0)
    const plain = Math.sqrt(Math.max(0, squares / n - mean * mean) / n)
    return { value: boundary + mean / (1 - p), se: (random ? plain : replicateError(spread)) / (1 - p) }
  })
  return spreadFrom(quantiles, errors, tails)
}
