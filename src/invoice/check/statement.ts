// An invoice as a statement about a contract: for each month the parts that it states, their amounts and their quantities.
import type { PlacedContract } from '../contract.ts'
import type { InvoiceRow } from '../audit/totals.ts'
import { METERS } from '../../contract/meters.ts'
import { type ChargePart, chargeNamed, isMeter, partNamed, partsOf, lowered, REST } from './parts.ts'

/** The rows of one part in one month. */
export interface StatedPart {
  readonly part: string
  readonly amount: number
  /** Absent if no row states one. */
  readonly quantity?: number
  /** Whether its rows are lines of charges, each rounded by itself, instead of totals. */
  readonly lines: boolean
}

export interface StatedMonth {
  /** Counted from the contract's first month. */
  readonly month: number
  /** Parts that have rows of their own. */
  readonly parts: ReadonlyMap<string, StatedPart>
  /** All other rows. */
  readonly rest: StatedPart
  /** Quantities by the charge's place. */
  readonly charges: ReadonlyMap<number, number>
  /** Quantities by meter, also of meters that the contract does not count. */
  readonly meters: ReadonlyMap<string, number>
}

export interface Statement {
  readonly parts: readonly ChargePart[]
  readonly months: readonly StatedMonth[]
  /** Whether the file states seats and fees. Otherwise it may leave them to other invoices. */
  readonly complete: boolean
  /** Whether rows make up for the rounding of others, so that the file adds up to its rounded total. */
  readonly rounding: boolean
}

interface Placed extends InvoiceRow {
  readonly place?: number
  readonly part: string
  /** Whether it is a line of the contract's own bill, such as a row that `billcast invoice` wrote. */
  readonly line: boolean
}

const size = (values: readonly number[]): number => values.reduce((sum, value) => sum + Math.abs(value), 0)

/** The sum, exactly 0 if the values cancel up to the rounding of binary numbers. */
function net(values: readonly number[]): number {
  const sum = values.reduce((a, b) => a + b, 0)
  return Math.abs(sum) <= 2 * Number.EPSILON * values.length * size(values) ? 0 : sum
}

const quantities = (rows: readonly Placed[]): number[] => rows.flatMap(({ quantity }) => (quantity === undefined ? [] : [quantity]))

/** Whether rows of one kind cancel. A single row of zeros is a statement: nothing was used. */
function cancels(rows: readonly Placed[]): boolean {
  const [amounts, counts] = [rows.map(({ amount }) => amount), quantities(rows)]
  return net(amounts) === 0 && net(counts) === 0 && size(amounts) + size(counts) > 0
}

function grouped<K>(rows: readonly Placed[], key: (row: Placed) => K | undefined): [K, Placed[]][] {
  const groups = new Map<K, Placed[]>()
  for (const row of rows) {
    const own = key(row)
    if (own === undefined) continue
    const group = groups.get(own)
    if (group) group.push(row)
    else groups.set(own, [row])
  }
  return [...groups]
}

export function statementOf({ scenario, offer: { name, charges } }: PlacedContract, rows: readonly InvoiceRow[]): Statement {
  const parts = partsOf(charges)
  const placed = rows.map((row): Placed => {
    const named = partNamed(row.meter, parts)
    // A meter is a meter, even if a charge has its name.
    const charge = row.charge ?? (named === undefined && !isMeter(row.meter) ? row.meter : undefined)
    const place = charge === undefined ? undefined : chargeNamed(charge, name, parts)
    const part = (place === undefined ? named : parts[place].part) ?? REST
    const line = row.charge !== undefined && (place !== undefined || row.charge === name)
    return { ...row, month: row.month - scenario.start, ...(place !== undefined && { place }), part, line }
  })
  const kept = grouped(placed, ({ month, meter, charge }) => JSON.stringify([month, meter, charge]))
    .filter(([, own]) => !cancels(own))
    .flatMap(([, own]) => own)
  return {
    parts,
    months: grouped(kept, ({ month }) => month)
      .sort(([a], [b]) => a - b)
      .map(([month, own]) => monthOf(month, own, parts)),
    rounding: kept.some(({ rounding }) => rounding),
    complete: kept.some(({ charge, part }) => charge !== undefined || parts.some((known) => known.fixed && known.part === part)),
  }
}

function monthOf(month: number, rows: readonly Placed[], parts: readonly ChargePart[]): StatedMonth {
  const stated = (part: string, own: readonly Placed[]): StatedPart => {
    const counts = quantities(own)
    return {
      part,
      amount: net(own.map(({ amount }) => amount)),
      ...(counts.length > 0 && { quantity: net(counts) }),
      lines: own.length > 0 && own.every(({ line }) => line),
    }
  }
  const rest = rows.filter(({ part }) => part === REST)
  return {
    month,
    parts: new Map(grouped(rows, ({ part }) => (part === REST ? undefined : part)).map(([part, own]) => [part, stated(part, own)])),
    rest: stated(REST, rest),
    ...countsOf(rows, parts),
  }
}

/**
 * A row that names a charge counts for that charge, a row that names a meter for every charge of the meter. Charges of other segments have
 * only parts of such a meter.
 */
function countsOf(rows: readonly Placed[], parts: readonly ChargePart[]): Pick<StatedMonth, 'charges' | 'meters'> {
  const sum = (own: readonly Placed[]): number | undefined => {
    const counts = quantities(own)
    return counts.length === 0 ? undefined : net(counts)
  }
  const charges = new Map<number, number>()
  parts.forEach(({ part, counts, perAgent }, k) => {
    if (!counts && perAgent === undefined) return
    const apart = parts.some((other) => other.counts && other.part === part && other.of !== parts[k].of)
    const shared = counts ? !apart : parts.filter((other) => other.part === part).length === 1
    const named = sum(rows.filter(({ place }) => place === k))
    const own = named ?? (shared ? sum(rows.filter((row) => row.part === part && row.place === undefined)) : undefined)
    if (own !== undefined) charges.set(k, own * (perAgent ?? 1))
  })
  const meters = new Map<string, number>()
  for (const meter of new Set<string>([...METERS, ...parts.filter(({ counts }) => counts).map(({ part }) => part)])) {
    // The quantity of a charge that is for some segments is not that of the meter.
    const k = parts.findIndex(({ part, of }, at) => part === meter && of === undefined && charges.has(at))
    const own = sum(rows.filter((row) => row.place === undefined && lowered(row.meter) === lowered(meter))) ?? charges.get(k)
    if (own !== undefined) meters.set(meter, own)
  }
  return { charges, meters }
}
