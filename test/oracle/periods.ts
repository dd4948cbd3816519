// The horizon divided into periods from its start. Those at the ends may be cut off.

export interface Dates {
  readonly from?: number | undefined
  readonly until?: number | undefined
  readonly term?: { readonly start?: number | undefined } | undefined
}

/** First month in which all of these apply, and the one after their last. */
export function monthsOfAll(
  dates: readonly Dates[],
  { start, months }: { readonly start: number; readonly months: number },
): readonly [number, number] {
  const from = Math.max(0, ...dates.map((one) => (one.from ?? one.term?.start ?? start) - start))
  const end = Math.min(months, ...dates.map((one) => (one.until ?? start + months) - start + 1))
  return [from, Math.max(from, end)]
}

export type Period = 'month' | 'quarter' | 'year'

export const lengthOf = { month: 1, quarter: 3, year: 12 } as const

export interface Span {
  readonly first: number
  readonly last: number
  /** 1 for a whole period, less for one that the horizon cuts off. */
  readonly share: number
}

/** Periods of the months `from` to `end` − 1, which count from `anchor`. */
export function spansOf(period: Period, end: number, from = 0, anchor = 0): Span[] {
  const length = lengthOf[period]
  const spans: Span[] = []
  for (let m = from; m < end; m++) {
    const known = spans[spans.length - 1]
    if (known && Math.floor((known.first - anchor) / length) === Math.floor((m - anchor) / length))
      spans[spans.length - 1] = { ...known, last: m }
    else spans.push({ first: m, last: m, share: 0 })
  }
  return spans.map(({ first, last }) => ({ first, last, share: (last - first + 1) / length }))
}

/** Whether `q` is above `t` by more than the rounding of either. */
export const exceeds = (q: number, t: number): boolean => q - t > 1e-9 * Math.max(1, t)

/** ⌈x⌉, where 33.00000000000001 is 33. */
export const roundUp = (x: number): number => Math.ceil(x - 1e-9 * Math.max(1, x))
