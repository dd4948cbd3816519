// Percentiles and shortfall of one kept column, with standard errors.
import { orderOf } from './order.ts'

export const PERCENTILES = [1, 5, 10, 25, 50, 75, 80, 90, 95, 99] as const
/** Those, and 100 − 80: what the percentiles of the negated value need. */
const COMPUTED = [1, 5, 10, 20, 25, 50, 75, 80, 90, 95, 99] as const
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
const LEVELS = SHORTFALLS.map((p) => p / 100)

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

/**
 * Independent replicates: each one's own value, and their spread. One random sample: the distance between the order
 * statistics one standard deviation of the rank to either side; the asymptotic formula for the shortfall.
 */
export function spreadOf(values: Float64Array, replicates: number | undefined, wanted: Wanted): Spread {
  const all = spreadOfAll(values, replicates, wanted)
  const place = (p: number) => COMPUTED.findIndex((known) => known === p)
  const pick = (list: readonly number[]) => PERCENTILES.map((p) => list[place(p)])
  return {
    ...all,
    percentiles: pick(all.percentiles),
    percentileErrors: pick(all.percentileErrors),
    mirror: PERCENTILES.map((p) => ({ value: all.percentiles[place(100 - p)], se: all.percentileErrors[place(100 - p)] })),
  }
}

function spreadOfAll(values: Float64Array, replicates: number | undefined, wanted: Wanted): Omit<Spread, 'mirror'> {
  const levels = wanted.tails ? LEVELS : []
  const n = values.length
  const { mean, min, max, m2, m4 } = wanted.moments ? central(values) : NONE
  const sd = Math.sqrt(m2 / Math.max(1, n - 1))
  const pooled = orderOf(values, P, levels)
  const base = { percentiles: pooled.percentiles, shortfalls: pooled.shortfalls.map(({ value }) => value), sd, mean, min, max }
  if (replicates === undefined) {
    const around = P.flatMap((p) => {
      const h = Math.sqrt((p * (1 - p)) / n)
      return [Math.max(0, p - h), Math.min(1, p + h)]
    })
    const order = [...around.keys()].sort((a, b) => around[a] - around[b])
    const { percentiles: sorted } = orderOf(
      values,
      order.map((k) => around[k]),
      [],
    )
    const at = new Array<number>(around.length)
    order.forEach((k, place) => {
      at[k] = sorted[place]
    })
    return {
      ...base,
      percentileErrors: P.map((_, k) => (at[2 * k + 1] - at[2 * k]) / 2),
      shortfallErrors: pooled.shortfalls.map(({ se }) => se),
      sdError: sd > 0 ? Math.sqrt(Math.max(0, m4 / n - (m2 / n) * (m2 / n)) / n) / (2 * sd) : 0,
    }
  }
  const size = n / replicates
  const parts = Array.from({ length: replicates }, (_, r) => values.subarray(r * size, (r + 1) * size))
  const each = parts.map((part) => orderOf(part, P, levels))
  return {
    ...base,
    percentileErrors: P.map((_, k) => replicateError(each.map(({ percentiles }) => percentiles[k]))),
    shortfallErrors: levels.map((_, k) => replicateError(each.map(({ shortfalls }) => shortfalls[k].value))),
    sdError: !wanted.moments
      ? 0
      : replicateError(
          parts.map((part) => {
            const { m2: own } = central(part)
            return Math.sqrt(own / Math.max(1, part.length - 1))
          }),
        ),
  }
}
