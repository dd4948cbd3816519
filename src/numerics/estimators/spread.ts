// Percentiles and shortfall of one kept column, with standard errors.
import { jumpError } from './jumps.ts'
import { type Excess, lengthOf, select, type Values } from './order.ts'

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
}

export interface Moments {
  readonly mean: number
  /** With n − 1. */
  readonly sd: number
  readonly sdError: number
  readonly min: number
  readonly max: number
}

const P = COMPUTED.map((p) => p / 100)
export const LEVELS = SHORTFALLS.map((p) => p / 100)

/** Half-width, in standard deviations of a rank, of the window in which the density at a percentile is measured. */
export const WINDOW = 3

/** More than the error by the slope by this share, and by so many standard deviations of what lies between ranks, is told by steps. */
const CLEARLY = 0.25
const NOISE = 4

/** sd of replicates' values, over √R. */
export function replicateError(values: readonly number[]): number {
  const n = values.length
  if (n < 2) return 0
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const error = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (n - 1) / n)
  if (Number.isFinite(error)) return error
  // A ratio may be so large that its square is none.
  const largest = Math.max(...values.map(Math.abs))
  if (!(largest < Infinity)) return error
  return largest * replicateError(values.map((value) => value / largest))
}

/**
 * The moments of values that stand in equal parts, one a replicate; one part is one random sample.
 * @param jumps as in `spreadOf`
 */
export function momentsOf(values: Float64Array, parts: number, jumps: readonly number[] = []): Moments {
  const n = values.length
  const size = n / parts
  const origin = values[0]
  let [min, max] = [origin, origin]
  let [s1, s2, s3, s4] = [0, 0, 0, 0]
  const own: { readonly first: number; readonly second: number }[] = []
  for (let part = 0, i = 0; part < parts; part++) {
    let [t1, t2, t3, t4] = [0, 0, 0, 0]
    for (const end = (part + 1) * size; i < end; i++) {
      const x = values[i]
      const d = x - origin
      t1 += d
      t2 += d * d
      t3 += d * d * d
      t4 += d * d * d * d
      min = x < min ? x : min
      max = x > max ? x : max
    }
    own.push({ first: t1 / size, second: t2 / size })
    s1 += t1
    s2 += t2
    s3 += t3
    s4 += t4
  }
  const m = s1 / n
  const second = Math.max(0, s2 / n - m * m)
  const fourth = Math.max(0, s4 / n - (4 * m * s3) / n + (6 * m * m * s2) / n - 3 * m * m * m * m)
  const sd = Math.sqrt((second * n) / Math.max(1, n - 1))
  const squares = own.map((part) => part.second - 2 * m * part.first + m * m)
  const plain = Math.sqrt(Math.max(0, fourth - second * second) / n)
  const error = parts > 1 ? Math.max(replicateError(squares), (max - min) * (max - min) * jumpError(jumps, parts, size)) : plain
  // And n − 1 where n would be nearer for a net belongs to the error.
  const sdError = sd > 0 ? Math.max(error / (2 * sd), sd / (2 * n)) : 0
  return { mean: origin + m, sd, sdError, min, max }
}

/**
 * The error of a percentile q is that of F(q) over the density there. One random sample has F's binomial error; independent
 * replicates have the spread of their own F(q), which for stratified points is the honest one where the spread of the
 * replicates' own percentiles is not. The density comes from order statistics around q.
 *
 * Percentiles by Hyndman and Fan's type 7 (The American Statistician 50, 1996). Expected shortfall: the mean of exactly the worst
 * (1 − p)·N values, the boundary value with fractional weight; its error is that of the mean of (x − boundary)⁺, which is exact to
 * second order.
 * @param replicates number of equal parts; undefined for one random sample
 * @param jumps probabilities at which an input jumps
 */
export function spreadOf(
  values: Values,
  replicates: number | undefined,
  { min, max }: { readonly min: number; readonly max: number },
  tails: boolean,
  jumps: readonly number[] = [],
): Spread {
  const n = lengthOf(values)
  const parts = replicates ?? 1
  const size = n / parts
  const jump = jumpError(jumps, replicates, size)
  const windows = P.flatMap((p) => {
    const h = WINDOW * Math.sqrt((p * (1 - p)) / n)
    return [Math.max(0, p - h), p, Math.min(1, p + h)]
  })
  const places = windows.map((p) => (n - 1) * p)
  const edges = tails ? LEVELS.map((p) => Math.min(n - 1, Math.floor(n - (1 - p) * n + 1e-9))) : []
  const reaches = P.map((p) => reachesOf(p, n))
  const ends = [...places.flatMap((h) => [Math.floor(h), Math.min(n - 1, Math.floor(h) + 1)]), ...edges]
  const ranks = [...new Set([...ends, ...reaches.flat().flatMap(({ low, high }) => [low, high])])].sort((a, b) => a - b)
  const selection = select(values, parts, min, max, ranks, edges)
  const byRank = new Map(ranks.map((rank, k) => [rank, selection.at[k]]))
  const at = (rank: number) => byRank.get(Math.min(n - 1, rank)) ?? max
  const found = places.map((h) => {
    const whole = Math.floor(h)
    const [below, above] = [at(whole), at(whole + 1)]
    return below === above ? below : below + (h - whole) * (above - below)
  })
  const quantiles = P.map((_, k) => found[3 * k + 1])
  const each = Array.from({ length: parts }, (_, part) => part)
  const shares = P.map((p, k) => {
    if (replicates === undefined) return Math.sqrt((p * (1 - p)) / n)
    return Math.max(replicateError(each.map((part) => selection.countUpTo(part, quantiles[k]) / size)), 1 / n, jump)
  })
  const errors = P.map((_, k) => {
    const slope = (found[3 * k + 2] - found[3 * k]) / (windows[3 * k + 2] - windows[3 * k])
    const steps = reaches[k].map(({ low, high }) => ({
      share: (high - low) / 2 / n,
      ranks: high - low,
      between: at(high) - at(low),
    }))
    return withSteps(slope * shares[k], shares[k], steps)
  })
  const worst = edges.map((edge, k) => tail(selection.above[k], n, at(edge), 1 - LEVELS[k], (max - at(edge)) * jump))
  return spreadFrom(quantiles, errors, worst)
}

/** Ranks as far below a percentile as above, the widest pair first: each is half as far as the one two before, one at a binomial error. */
function reachesOf(p: number, n: number): { readonly low: number; readonly high: number }[] {
  const centre = (n - 1) * p
  const found: { low: number; high: number }[] = []
  for (let far = 4 * Math.sqrt(p * (1 - p) * n); far >= 1; far *= Math.SQRT1_2)
    found.push({ low: Math.max(0, Math.round(centre - far)), high: Math.min(n - 1, Math.round(centre + far)) })
  return found
}

/** What lies between the values at a share below a percentile and as much above it, and how many ranks that is. */
interface Reach {
  readonly share: number
  readonly ranks: number
  readonly between: number
}

/**
 * The error of a percentile where values may lie on steps: half of what lies between the values whose shares are one error of F below
 * and above p, or a quarter of it for two errors (Woodruff, Journal of the American Statistical Association 47, 1952), where that is
 * clearly more than the slope says. On a slope both are the same but for the noise of a few ranks.
 * @param reaches the widest first
 */
export function withSteps(slopeError: number, shareError: number, reaches: readonly Reach[]): number {
  const near = reaches.findLast(({ share }) => share >= 0.99 * shareError) ?? reaches[0]
  const twice = reaches.findLast(({ share }) => share >= 1.98 * shareError)
  const errors = [near, twice].flatMap((reach) => {
    if (reach === undefined) return []
    const error = (reach.between / 2) * Math.min(1, shareError / reach.share)
    return error > (1 + Math.max(CLEARLY, NOISE / Math.sqrt(reach.ranks))) * slopeError ? [error] : []
  })
  return Math.max(slopeError, ...errors)
}

/** Lays figures out; quantiles and errors are those of `COMPUTED`. */
export function spreadFrom(
  quantiles: readonly number[],
  errors: readonly number[],
  tails: readonly { readonly value: number; readonly se: number }[],
): Spread {
  const place = (p: number) => COMPUTED.findIndex((known) => known === p)
  return {
    percentiles: PERCENTILES.map((p) => quantiles[place(p)]),
    percentileErrors: PERCENTILES.map((p) => errors[place(p)]),
    mirror: PERCENTILES.map((p) => ({ value: quantiles[place(100 - p)], se: errors[place(100 - p)] })),
    shortfalls: tails.map(({ value }) => value),
    shortfallErrors: tails.map(({ se }) => se),
  }
}

/** boundary + mean of (x − boundary)⁺ over the worst share. */
function tail(
  found: readonly Excess[],
  n: number,
  boundary: number,
  share: number,
  least: number,
): { readonly value: number; readonly se: number } {
  const parts = found.length
  const mean = found.reduce((all, { sum }) => all + sum, 0) / n
  const squares = found.reduce((all, part) => all + part.squares, 0)
  const plain = Math.sqrt(Math.max(0, squares / n - mean * mean) / n)
  const means = found.map(({ sum }) => (sum * parts) / n)
  return { value: boundary + mean / share, se: (parts > 1 ? Math.max(replicateError(means), least) : plain) / share }
}
