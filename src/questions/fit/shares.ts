// Whether values are shares, and what a distribution of shares may not do: reach below 0% or above 100%.
import { formatShare } from '../../notation/money.ts'
import type { Distribution } from '../../numerics/distributions/distribution.ts'
import type { FitOptions } from '../../options/fit.ts'
import { STRAY } from '../../contract/field.ts'
import type { ReadValues } from './values.ts'

/** How the values are known to be shares: they are stated so, or it is a guess. */
export type SharesBy = 'stated' | 'column' | 'range'

/** Words in the names of columns that hold shares. */
const SHARE_NAME = /(^|[^a-z])(rates?|shares?|percent(age)?s?|pct|ratios?|fractions?)([^a-z]|$)|%/i

/** Undefined if the values are plain numbers. */
export function sharesBy({ values, percent, column }: ReadValues, { as }: FitOptions): SharesBy | undefined {
  if (as !== undefined) return as === 'share' ? 'stated' : undefined
  if (percent) return 'stated'
  if (!values.every((x) => x >= 0 && x <= 1)) return undefined
  return column !== undefined && SHARE_NAME.test(column) ? 'column' : 'range'
}

/** The guess, for people to check. */
export function guessOf(by: SharesBy | undefined, column: string | undefined): string[] {
  if (by === undefined || by === 'stated') return []
  const reason = by === 'column' ? `its name is ${column} and all values lie between 0 and 1` : 'all values lie between 0 and 1'
  const way = column === undefined ? "`as: 'number'` (--as number)" : '--as number'
  return [`taken as shares, since ${reason}; ${way} takes them as numbers`]
}

/** The probabilities of draws below 0% and above 100%, as far as a plan refuses them for a share. */
export interface Stray {
  readonly below: number
  readonly above: number
}

/** Undefined if a plan accepts the distribution for a share. */
export function strayOf({ cdf, survival, quantile }: Distribution): Stray | undefined {
  const below = quantile(STRAY, 1 - STRAY) < 0 ? cdf(0) : 0
  const above = quantile(1 - STRAY, STRAY) > 1 ? survival(1) : 0
  return below + above > 0 ? { below, above } : undefined
}

/** Such as "0.4% of draws above 100%". */
export function strayWords({ below, above }: Stray): string {
  const short = (share: number) => (share < 0.001 ? `${Number((100 * share).toPrecision(1))}%` : formatShare(share))
  const parts = [
    ...(below > 0 ? [`${short(below)} of draws below 0%`] : []),
    ...(above > 0 ? [`${short(above)} of draws above 100%`] : []),
  ]
  return parts.join(' and ')
}
