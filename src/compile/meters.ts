// The table of the meters that the contracts of a scenario count, segment by segment.
import { byMonth, type Staged } from '../contract/fields.ts'
import type { Bound, Meter, Value } from '../contract/operation.ts'
import type { CountedShares, Quantity } from '../contract/offer.ts'
import type { MeterProgram, ReturnsProgram } from './program.ts'

interface Calendar {
  readonly start: number
  readonly months: number
}

export class MeterTable {
  readonly meters: MeterProgram[] = []
  readonly #places = new Map<string, number>()

  /** @param segments the number of segments */
  constructor(segments: number) {
    for (let segment = 0; segment < segments; segment++) {
      this.place({ kind: 'tickets', segment })
      this.place({ kind: 'conversations', segment })
    }
  }

  place(wanted: MeterProgram): number {
    const text = JSON.stringify(wanted)
    const known = this.#places.get(text) ?? this.meters.push(wanted) - 1
    this.#places.set(text, known)
    return known
  }
}

interface RateMeters {
  readonly genuine?: number
  readonly billable?: number
  readonly people: number
}

export function metersOfRate(
  table: MeterTable,
  segment: number,
  rate: number | undefined,
  counted: Bound<CountedShares>,
  { start, months }: Calendar,
  returns?: ReturnsProgram,
): RateMeters {
  // Without a rate nothing is resolved, so people handle every ticket.
  if (rate === undefined) return { people: table.place({ kind: 'tickets', segment }) }
  const { resolved, unresolved, reopened } = counted
  const each = (share: unknown) => byMonth(share as Staged<Value>, start, months)
  const seeming = table.place({ kind: 'seeming', segment, rate })
  const returned = returns && { shares: returns.shares, lag: returns.lag }
  const credited = counted.returned === 'credited' && returned !== undefined
  const exact = resolved === 1 && unresolved === 0 && reopened.share === 0 && !credited
  const billable = exact
    ? seeming
    : table.place({
        kind: 'billable',
        segment,
        rate,
        resolved: each(resolved),
        unresolved: each(unresolved),
        reopened: each(reopened.share),
        lag: reopened.lag,
        ...(credited && { returned }),
      })
  return {
    genuine: returned ? table.place({ kind: 'genuine', segment, rate, returned }) : seeming,
    billable,
    people: table.place({ kind: 'people', segment, rate, ...(returned && returns.to === 'people' && { returned }) }),
  }
}

interface Counting extends RateMeters {
  readonly segment: number
  readonly rate?: number
  /** Those of the plan, the segment and the offer, of which the last that states a name holds. */
  readonly quantities: Bound<Readonly<Record<string, Quantity>>>
}

/** The meter of a name in a segment; undefined if the segment has no such quantity. */
export function placeOfMeter(
  table: MeterTable,
  named: Meter,
  { segment, rate, quantities, billable, people }: Counting,
  { start, months }: Calendar,
): number | undefined {
  if (named === 'conversations' || named === 'tickets') return table.place({ kind: named, segment })
  if (named === 'escalations') return rate === undefined ? undefined : table.place({ kind: named, segment, rate })
  if (named === 'people') return people
  if (named === 'resolutions') return billable
  const quantity = quantities[named]
  if (!quantity) return undefined
  const each = byMonth(quantity.each as Staged<Value>, start, months)
  const own = quantity.per === 'conversation' || quantity.per === 'ticket' || rate === undefined ? {} : { rate }
  return table.place({ kind: 'quantity', segment, name: named, each, per: quantity.per, ...own })
}
