// Percentiles and shortfall of one kept column, with standard errors.
import { orderOf } from './order.ts'

export const PERCENTILES = [1, 5, 10, 25, 50, 75, 80, 90, 95, 99] as const
/** Those, and 100 − 80: what the percentiles of the negated value need. */
export const COMPUTED = [1, 5, 10, 20, 25, 50, 75, 80, 90, 95, 99] as const
export const SHORTFALLS = [90, 95] as const

/** Values, then their standard errors: ten percentiles and two shortfalls. */
export interface Spread {
  /** Of 100 − p, in the order of `percentiles`. */
  readonly mirror: readonly { readonly value: number; readonly se: number }[]
  readonly percentiles: readonly number[]
  readonly percentileErrors: readonly number[]
  readonly shortfalls: readonly number[]
  readonly shortfallErrors: readonly number[]
  /** sd with n − 1, and its error. */
  readonly sd: number
  readonly sdError: number
  readonly mean: number
  readonly min: number
  readonly max: number
}

/** The horizon's moments come from all trials elsewhere, and a difference has no shortfall: what is not asked for costs nothing. */
export interface Wanted {
  readonly moments: boolean
  readonly tails: boolean
}

const P = COMPUTED.map((p) => p / 100)
export const LEVELS = SHORTFALLS.map((p) => p / 100)

/** sd of replicates' values, over √R. */
export function replicateError(values: readonly number[]): number {
  const n = values.length
  if (n < 2) return 0
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (n - 1) / n)
}

const NONE = { mean: 0, min: 0, max: 0, m2: 0, m4: 0 }

function central(values: Float64Array) {
  const n = values.length
  const origin = values[0]
  let sum = 0
  let [min, max] = [Infinity, -Infinity]
  for (let i = 0; i < n; i++) {
    const x = values[i]
    sum += x - origin
    if (x < min) min = x
    if (x > max) max = x
  }
  const mean = origin + sum / n
  let [m2, m4] = [0, 0]
  for (let i = 0; i < n; i++) {
    const d = (values[i] - mean) * (values[i] - mean)
    m2 += d
    m4 += d * d
  }
  return { mean, min, max, m2, m4 }
}

/** Half-width, in standard deviations of a rank, of the window in which the density at a percentile is measured. */
export const WINDOW = 3

/**
 * The error of a percentile q is that of F(q) over the density there. One random sample has F's binomial error; independent
 * replicates have the spread of their own F(q), which for stratified points is the honest one where the spread of the
 * replicates' own percentiles is not. The density comes from order statistics around q. Shortfalls: the spread of the
 * replicates' means above the common boundary, exact to second order.
 */
export function spreadOf(values: Float64Array, replicates: number | undefined, wanted: Wanted): Spread {
  const n = values.length
  const levels = wanted.tails ? LEVELS : []
  const { mean, min, max, m2, m4 } = wanted.moments ? central(values) : NONE
  const windows = P.flatMap((p) => {
    const h = WINDOW * Math.sqrt((p * (1 - p)) / n)
    return [Math.max(0, p - h), p, Math.min(1, p + h)]
  })
  const order = [...windows.keys()].sort((a, b) => windows[a] - windows[b])
  const pooled = orderOf(
    values,
    order.map((k) => windows[k]),
    levels,
  )
  const at = new Array<number>(windows.length)
  order.forEach((k, place) => {
    at[k] = pooled.percentiles[place]
  })
  const quantiles = P.map((_, k) => at[3 * k + 1])
  const boundaries = pooled.shortfalls.map(({ boundary }) => boundary)
  const parts =
    replicates === undefined
      ? []
      : Array.from({ length: replicates }, (_, r) => values.subarray((r * n) / replicates, ((r + 1) * n) / replicates))
  const below = parts.map((part) => sharesBelow(part, quantiles))
  const errors = P.map((p, k) => {
    const slope = (at[3 * k + 2] - at[3 * k]) / (windows[3 * k + 2] - windows[3 * k])
    const inProbability =
      replicates === undefined ? Math.sqrt((p * (1 - p)) / n) : Math.max(replicateError(below.map((row) => row[k])), 1 / n)
    return slope * inProbability
  })
  const above = parts.map((part) => boundaries.map((boundary) => meanAbove(part, boundary)))
  const sd = Math.sqrt(m2 / Math.max(1, n - 1))
  const place = (p: number) => COMPUTED.findIndex((known) => known === p)
  return {
    percentiles: PERCENTILES.map((p) => quantiles[place(p)]),
    percentileErrors: PERCENTILES.map((p) => errors[place(p)]),
    mirror: PERCENTILES.map((p) => ({ value: quantiles[place(100 - p)], se: errors[place(100 - p)] })),
    shortfalls: pooled.shortfalls.map(({ value }) => value),
    shortfallErrors: pooled.shortfalls.map(({ se }, k) =>
      replicates === undefined ? se : replicateError(above.map((row) => row[k])) / (1 - levels[k]),
    ),
    sd,
    sdError: sdError(wanted.moments ? parts : [], sd, m2 / n, m4 / n, n),
    mean,
    min,
    max,
  }
}

function sdError(parts: readonly Float64Array[], sd: number, second: number, fourth: number, n: number): number {
  if (parts.length > 0 && parts[0].length > 1) {
    return replicateError(parts.map((part) => Math.sqrt(central(part).m2 / (part.length - 1))))
  }
  return sd > 0 ? Math.sqrt(Math.max(0, fourth - second * second) / n) / (2 * sd) : 0
}

/** F at increasing thresholds. */
function sharesBelow(values: Float64Array, thresholds: readonly number[]): number[] {
  const sorted = Float64Array.from(thresholds)
  const counts = new Float64Array(sorted.length + 1)
  const last = sorted.length
  for (let i = 0; i < values.length; i++) {
    const x = values[i]
    let [low, high] = [0, last]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sorted[middle] < x) low = middle + 1
      else high = middle
    }
    counts[low]++
  }
  let sum = 0
  return thresholds.map((_, k) => {
    sum += counts[k]
    return sum / values.length
  })
}

function meanAbove(values: Float64Array, boundary: number): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    const over = values[i] - boundary
    if (over > 0) sum += over
  }
  return sum / values.length
}
