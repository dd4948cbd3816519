// The horizon cut into periods from its start; the last may be cut off.

export type Period = 'month' | 'quarter' | 'year'

export const lengthOf = { month: 1, quarter: 3, year: 12 } as const

export interface Span {
  readonly first: number
  readonly last: number
  /** 1 for a whole period, less for one that the horizon cuts off. */
  readonly share: number
}

export function spansOf(period: Period, months: number): Span[] {
  const length = lengthOf[period]
  const spans: Span[] = []
  for (let first = 0; first < months; first += length) {
    const last = Math.min(first + length, months) - 1
    spans.push({ first, last, share: (last - first + 1) / length })
  }
  return spans
}

/** Calls `each` for every month of every period. */
export function eachMonth(period: Period, months: number, each: (m: number, span: Span) => void): void {
  for (const span of spansOf(period, months)) for (let m = span.first; m <= span.last; m++) each(m, span)
}

/** Whether `q` is above `t` by more than the rounding of either. */
export const exceeds = (q: number, t: number): boolean => q - t > 1e-9 * Math.max(1, t)

/** ⌈x⌉, where 33.00000000000001 is 33. */
export const roundUp = (x: number): number => Math.ceil(x - 1e-9 * Math.max(1, x))
