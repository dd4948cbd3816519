// Which part of an offer each row of an invoice is for: the one that it names, or the contract that was live in its month.
import { liveOf } from '../../contract/modifiers/dates.ts'
import { contractsIn, ownName, type ResolvedOffer } from '../../contract/offer.ts'
import { shown, UsageError } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import type { InvoiceRow } from '../audit/totals.ts'
import { chargeNamed, partNamed, partsOf } from './parts.ts'

interface Parted {
  readonly offer: ResolvedOffer
  readonly start: number
  readonly months: number
}

/** @returns the rows of each part, in the order of the parts. @throws UsageError for a row of which several parts may be meant */
export function rowsByPart(rows: readonly InvoiceRow[], parted: Parted): InvoiceRow[][] {
  const parts = contractsIn(parted.offer)
  const found = parts.map((): InvoiceRow[] => [])
  for (const row of rows) found[placeOf(row, parts, parted)].push(row)
  return found
}

function placeOf(row: InvoiceRow, parts: readonly ResolvedOffer[], { offer, start, months }: Parted): number {
  const names = parts.map(({ name }) => ownName(name))
  const known = names.join(', ')
  if (row.part !== undefined) {
    const place = names.indexOf(row.part)
    if (place >= 0) return place
    throw new UsageError(`invoices: expected a part of ${offer.name} (${known}) in column part, got ${shown(row.part)}`)
  }
  const text = [row.charge, row.meter].flatMap((one) => one ?? [])
  const named = parts.findIndex(({ name }) =>
    text.some((one) => [name, name.slice(offer.name.length + 1)].some((own) => one === own || one.startsWith(`${own}.`))),
  )
  if (named >= 0) return named
  const all = [...parts.keys()]
  const live = all.filter((p) => {
    const dates = liveOf(parts[p], { start, months })
    return row.month - start >= dates.start && row.month - start < dates.end
  })
  const billed = live.length > 0 ? live : all
  if (billed.length === 1) return billed[0]
  const counting = billed.filter((p) => {
    const charges = partsOf(parts[p].charges)
    const charge = row.charge ?? row.meter
    return partNamed(row.meter, charges) !== undefined || chargeNamed(charge, parts[p].name, charges) !== undefined
  })
  if (counting.length === 1) return counting[0]
  const which = billed.map((p) => names[p]).join(' and ')
  throw new UsageError(
    `invoices: expected a column part that says which part (${known}) a row is for, since ${which} may both bill ${shown(row.meter)} in ${formatMonth(row.month)}, got none`,
  )
}
