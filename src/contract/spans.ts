// Cuts the months in which a charge applies into periods, which are anchored at the scenario's start.
import type { Span } from './compiled.ts'
import type { Period } from './operation.ts'
import { isStaged, type Staged, stageAt } from './stages.ts'

export const MONTHS: Readonly<Record<Period, number>> = { month: 1, quarter: 3, year: 12 }

export interface Applies {
  readonly start: number
  readonly end: number
  /** Present if periods count from the start of a contract, whatever the horizon. */
  readonly term?: AppliedTerm
}

/** The months of a contract, counted from the horizon's first one. They may be outside of it. */
interface AppliedTerm {
  readonly anchor: number
  /** Of the term, after which ratchets start again. */
  readonly months: number
  readonly first: number
  /** The month after its last one; infinite if it has no end. */
  readonly last: number
}

/** The first month of a period and the one after its last, whether the horizon holds them or not. */
export const wholeOf = ({ start, end, gone = 0, left = 0 }: Span): readonly [first: number, last: number] => [
  start - gone,
  end + left,
]

/** The same months, counted from `by` months earlier. */
export const shifted = ({ start, end, term }: Applies, by: number): Applies => ({
  start: start + by,
  end: end + by,
  ...(term && { term: { ...term, anchor: term.anchor + by, first: term.first + by, last: term.last + by } }),
})

/** The periods of a term. Those that the horizon cuts off are whole; those that the contract's own months cut off count by their months. */
function periodsOf(per: Period, { start, end }: Applies, { anchor, first, last }: AppliedTerm): Span[] {
  const length = MONTHS[per]
  const spans: Span[] = []
  for (let k = anchor + Math.floor((start - anchor) / length) * length; k < end; k += length) {
    const [from, to] = [Math.max(k, first), Math.min(k + length, last)]
    const own = { start: Math.max(from, start), end: Math.min(to, end), share: (to - from) / length }
    spans.push({ ...own, ...(from < own.start && { gone: own.start - from }), ...(to > own.end && { left: to - own.end }) })
  }
  return spans
}

/** A period that is cut off at either end counts by its months, unless a term states its own calendar. */
export function spansOf(per: Period, applies: Applies): Span[] {
  const { start, end, term } = applies
  if (term) return periodsOf(per, applies, term)
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
  span: Span,
  per: Period,
  start: number,
): { readonly value: T; readonly share: number }[] {
  if (!isStaged(stated)) return [{ value: stated, share: span.share }]
  const months = new Map<T, number>()
  const [first, last] = wholeOf(span)
  for (let m = first; m < last; m++) {
    const value = stageAt(stated, start + m)
    months.set(value, (months.get(value) ?? 0) + 1)
  }
  return [...months].map(([value, count]) => ({ value, share: count / MONTHS[per] }))
}

/** The quantity of a span: that of a whole period by its share, or the sum of its months' parts. */
export const quantityIn = (stated: Staged<number>, span: Span, per: Period, start: number): number =>
  stagesOf(stated, span, per, start).reduce((sum, { value, share }) => sum + value * share, 0)

/** The horizon's month that is nearest to a month. */
export const inHorizon = (m: number, months: number): number => Math.min(Math.max(m, 0), months - 1)
