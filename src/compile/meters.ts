// The table of the meters that the contracts of a scenario count.
import { byMonth, type Staged } from '../contract/fields.ts'
import type { Bound, Meter, Value } from '../contract/operation.ts'
import type { CountedShares } from '../contract/offer.ts'
import type { MeterProgram } from './program.ts'

export class MeterTable {
  readonly meters: MeterProgram[] = [{ kind: 'tickets' }, { kind: 'conversations' }]

  place(wanted: MeterProgram): number {
    const text = JSON.stringify(wanted)
    const known = this.meters.findIndex((candidate) => JSON.stringify(candidate) === text)
    return known >= 0 ? known : this.meters.push(wanted) - 1
  }
}

type OfferMeters = { readonly genuine?: number; readonly billable?: number; readonly people?: number }

export function metersOfRate(
  table: MeterTable,
  rate: number | undefined,
  counted: Bound<CountedShares>,
  { start, months }: { readonly start: number; readonly months: number },
): OfferMeters {
  if (rate === undefined) return {}
  const { resolved, unresolved, reopened } = counted
  const each = (share: unknown) => byMonth(share as Staged<Value>, start, months)
  const genuine = table.place({ kind: 'genuine', rate })
  const exact = resolved === 1 && unresolved === 0 && reopened.share === 0
  const billable = exact
    ? genuine
    : table.place({
        kind: 'billable',
        rate,
        resolved: each(resolved),
        unresolved: each(unresolved),
        reopened: each(reopened.share),
        lag: reopened.lag,
      })
  return { genuine, billable, people: table.place({ kind: 'people', rate }) }
}

export function placeOfMeter(table: MeterTable, named: Meter, rate: number | undefined, own: OfferMeters): number {
  if (named === 'conversations' || named === 'tickets' || named === 'actions') return table.place({ kind: named })
  if (named === 'escalations') return table.place({ kind: named, rate: rate ?? 0 })
  // Without a rate nothing is resolved, so people handle every ticket (meter 0).
  return (named === 'resolutions' ? own.billable : own.people) ?? 0
}
