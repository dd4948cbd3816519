// The percentiles and expected shortfalls that every run computes.
import type { Estimate } from './estimate.ts'
import { type HeavyTail, heavyTailsOf } from './heavy-tail.ts'
import { unmetShortfall } from './regret.ts'
import { percentileOf, shortfallOf, withMissed } from './percentile.ts'
import type { Sample } from './sample.ts'
import type { Levels } from './selected.ts'
import { unseenExcess, type UnseenValues } from './unseen.ts'

export const PERCENTILE_LEVELS = [1, 5, 10, 25, 50, 75, 80, 90, 95, 99] as const
export const SHORTFALL_LEVELS = [90, 95] as const

/** The percentiles, and 20 = 100 − 80, which the percentiles of the negated value need. */
const COMPUTED = [1, 5, 10, 20, 25, 50, 75, 80, 90, 95, 99] as const

/** The places of the percentiles, and of their mirrors, among those that are computed. */
const OWN = PERCENTILE_LEVELS.map((percent) => placeOf(percent))
const MIRROR = PERCENTILE_LEVELS.map((percent) => placeOf(100 - percent))
function placeOf(percent: number): number {
  return COMPUTED.findIndex((known) => known === percent)
}

const SHARES = COMPUTED.map((percent) => percent / 100)
const SHORTFALLS = SHORTFALL_LEVELS.map((percent) => percent / 100)

/** Plain numbers, since they travel between threads and machines. */
export interface OrderFigures {
  /** The percentiles 100 − p, in the order of `percentiles`. */
  readonly mirror: readonly Estimate[]
  readonly percentiles: readonly number[]
  readonly percentileErrors: readonly number[]
  readonly shortfalls: readonly number[]
  readonly shortfallErrors: readonly number[]
  /** The lower and the upper tail, as far as they are heavy. */
  readonly heavy: readonly HeavyTail[]
}

const ALL: Levels = { percentiles: SHARES, shortfalls: SHORTFALLS }
const PERCENTILES: Levels = { percentiles: SHARES, shortfalls: [] }

/** The levels to select, with or without expected shortfall. */
export const levelsOf = (tails: boolean): Levels => (tails ? ALL : PERCENTILES)

export function orderFiguresOf(sample: Sample, tails: boolean): OrderFigures {
  const found = SHARES.map((p) => percentileOf(sample, p))
  const sampled = tails ? SHORTFALLS.map((p) => shortfallOf(sample, p)) : []
  const heavy = heavyTailsOf(sample)
  const worst = sampled.map((found, k) => withMissed(found, heavy, sample, SHORTFALLS[k]))
  return {
    percentiles: OWN.map((k) => found[k].value),
    percentileErrors: OWN.map((k) => found[k].se),
    mirror: MIRROR.map((k) => ({ value: found[k].value, se: found[k].se })),
    shortfalls: worst.map(({ value }) => value),
    shortfallErrors: worst.map(({ se }) => se),
    heavy,
  }
}

/** What the trials of order figures may not show. */
export interface Unmet {
  readonly unseen: UnseenValues | undefined
  readonly trials: number
  /** The most that a trial could be. */
  readonly highest: () => number
}

/** Order figures whose expected shortfalls have at least the error of rare values, or of what no trial met above equal ones. */
export function withUnseen(figures: OrderFigures, { unseen, trials, highest }: Unmet): OrderFigures {
  const shortfallErrors = figures.shortfallErrors.map((se, k) => {
    const boundary = figures.percentiles[PERCENTILE_LEVELS.indexOf(SHORTFALL_LEVELS[k])]
    const known = Math.max(se, unseenExcess(unseen, boundary) / (1 - SHORTFALLS[k]))
    return known > 0 ? known : unmetShortfall(figures.shortfalls[k], highest(), trials, SHORTFALLS[k])
  })
  return { ...figures, shortfallErrors }
}
