// Cuts the months in which a charge applies into periods, which are anchored at the scenario's start.
import type { Span } from './compiled.ts'
import type { Period } from './operation.ts'
import { isStaged, type Staged, stageAt } from './stages.ts'

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

/** The parts of a span that each value of a staged quantity or amount covers, as shares of a whole period. */
export function stagesOf<T>(
  stated: Staged<T>,
  { start: from, end, share }: Span,
  per: Period,
  start: number,
): { readonly value: T; readonly share: number }[] {
  if (!isStaged(stated)) return [{ value: stated, share }]
  const months = new Map<T, number>()
  for (let m = from; m < end; m++) {
    const value = stageAt(stated, start + m)
    months.set(value, (months.get(value) ?? 0) + 1)
  }
  return [...months].map(([value, count]) => ({ value, share: count / MONTHS[per] }))
}

/** The quantity of a span: that of a whole period by its share, or the sum of its months' parts. */
export const quantityIn = (stated: Staged<number>, span: Span, per: Period, start: number): number =>
  stagesOf(stated, span, per, start).reduce((sum, { value, share }) => sum + value * share, 0)
