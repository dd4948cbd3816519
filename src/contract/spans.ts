// Cuts the months in which a charge applies into periods, which are anchored at the scenario's start.
import type { Span } from './compiled.ts'
import type { Period } from './operation.ts'

export const MONTHS: Readonly<Record<Period, number>> = { month: 1, quarter: 3, year: 12 }

export interface Applies {
  readonly start: number
  readonly end: number
}

/** A period that is cut off at either end counts by its months. */
export function spansOf(per: Period, { start, end }: Applies): Span[] {
  const length = MONTHS[per]
  const spans: Span[] = []
  for (let anchor = start - (start % length); anchor < end; anchor += length) {
    const [from, to] = [Math.max(anchor, start), Math.min(anchor + length, end)]
    spans.push({ start: from, end: to, share: (to - from) / length })
  }
  return spans
}
