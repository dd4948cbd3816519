// The invoice of one offer: its bill line by line, with the reason for each amount.
import { lineKind } from '../contract/line-kinds.ts'
import { contractsIn, partPrefix } from '../contract/offer.ts'
import type { Layer } from '../contract/operation.ts'
import { unknownOffer, UsageError } from '../errors.ts'
import { formatMonth, parseMonth } from '../months.ts'
import { formatAmount, formatPrice, formatQuantity, formatShare } from '../notation/money.ts'
import { billing, type InvoiceUsage } from '../options/billing.ts'
import { checkOptions } from '../options/check.ts'
import { compile } from '../compile/compile.ts'
import { hasSegments, type OfferProgram, type Program } from '../compile/program.ts'
import { readScenario } from '../scenario/read.ts'
import { type Reader, resolve } from '../scenario/resolve/resolve.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import type { BillEntry, ContractBill } from './bill.ts'
import { certain } from './certain.ts'
import { type ChargePart, partsOf, REST } from './check/parts.ts'
import { type BilledContract, billOffer } from './contracts.ts'
import { sharesOf } from './split.ts'
import { statedUsage } from './stated.ts'

export interface InvoiceLine {
  readonly month: string
  /** The charge's name in the scenario; absent for terms of the whole offer, and `parts.X` for those of a part. */
  readonly charge?: string
  /** The meter that the charge counts, "credits", "seats" or "fees"; "other" for terms of the whole offer. */
  readonly part: string
  readonly line: string
  readonly layer: Layer
  /** Units that the line bills, and the price of one; absent if the line is only an amount. */
  readonly quantity?: number
  readonly price?: number
  /** The price before the charge's discount; absent without one. */
  readonly list?: number
  /** The number of months that it pays for in advance, from its own on; absent if it pays for its month. */
  readonly covers?: number
  /** Units that the charge counted in the month, and how many of them were included. */
  readonly used?: number
  readonly included?: number
  /** In the scenario's currency, not rounded. */
  readonly amount: number
  /** Running total of the invoice, not rounded. */
  readonly total: number
  readonly why: string
  /** Price and amount in the contract's currency, if it is another one. */
  readonly foreign?: { readonly currency: string; readonly price?: number; readonly amount: number }
  /** The parts of its segments, if the plan has segments. */
  readonly segments?: readonly { readonly segment: string; readonly quantity?: number; readonly amount: number }[]
}

/** A quantity that a charge counted in a month, whether it was billed or not. */
export interface CountedUse {
  readonly month: string
  readonly charge: string
  readonly part: string
  readonly used: number
}

export interface ReturnedUse {
  readonly month: string
  readonly to: 'people' | 'ai'
  readonly conversations: number
}

export interface Invoice {
  readonly offer: string
  readonly title: string
  readonly currency: string
  readonly lines: readonly InvoiceLine[]
  readonly counted: readonly CountedUse[]
  readonly total: number
  /** The first and the last month that it bills, as numbers. */
  readonly months: { readonly first: number; readonly last: number }
  /** Lines of these and of earlier months that pay for several months; absent if there are none. */
  readonly prepaid?: readonly InvoiceLine[]
  /** Conversations that come back in a month, although they seemed resolved before. Absent if none do. */
  readonly returned?: readonly ReturnedUse[]
  /** How stated usage was split between segments, and what comes back. */
  readonly notes?: readonly string[]
}

/**
 * @param scenario a plan as an object, or as YAML or JSON text
 * @throws UsageError for usage that `invoiceOf` refuses, ScenarioError for the plan
 */
export async function runInvoice(scenario: string | object, offer: string, usage: InvoiceUsage, reader: Reader): Promise<Invoice> {
  checkOptions(usage, billing)
  return invoiceOf((await resolve(readScenario(scenario), reader)).scenario, offer, usage)
}

/** @throws UsageError for an unknown offer, a month outside the plan, or a usage out of range */
export function invoiceOf(scenario: ResolvedScenario, name: string, usage: InvoiceUsage): Invoice {
  const program = compile(certain(scenario), { measure: 'bill', pairs: 'auto' })
  const offer = program.offers.find((candidate) => candidate.name === name)
  if (!offer)
    throw unknownOffer(
      name,
      program.offers.map((known) => known.name),
    )
  const only = usage.month === undefined ? undefined : (parseMonth(usage.month) ?? Number.NaN) - scenario.start
  if (only !== undefined && !(only >= 0 && only < scenario.months)) {
    const [first, last] = [scenario.start, scenario.start + scenario.months - 1].map(formatMonth)
    throw new UsageError(`month: expected a month from ${first} to ${last}, got "${usage.month}"`)
  }
  const { drivers: stated, notes } = statedUsage(program, usage)
  const resolved = scenario.offers.filter((own) => own.name === name).flatMap(contractsIn)
  const contracts = billOffer(program, offer, stated).map((own, k) => ({ ...own, parts: partsOf(resolved[k].charges) }))
  const inMonth = ({ month }: { readonly month: number }) => only === undefined || month === only
  const merge = contracts.flatMap((own) => merged(own.bill.entries).map((entry) => ({ entry, ...own })))
  const written = ({ entry, bill, parts, offer: contract }: (typeof merge)[number], sum: number): InvoiceLine => {
    const part = entry.charge === undefined ? REST : parts[entry.charge].part
    return { ...lineOf(entry, part, sum, bill, contract, scenario), ...partsIn(entry, bill, contract, program) }
  }
  let total = 0
  const lines = merge
    .filter(({ entry }) => inMonth(entry))
    .sort((a, b) => a.entry.month - b.entry.month)
    .map((one): InvoiceLine => {
      total += one.entry.amount
      return written(one, total)
    })
  const prepaid = merge
    .filter(({ entry }) => (entry.covers ?? 1) > 1 && entry.month <= (only ?? scenario.months))
    .map((one) => written(one, 0))
  const returned = returnedIn(contracts, scenario).filter(
    ({ month }) => only === undefined || month === formatMonth(scenario.start + only),
  )
  const all = [...notes, ...returnedNotes(returned)]
  return {
    offer: name,
    title: offer.title,
    currency: scenario.currency,
    lines,
    counted: contracts.flatMap(({ bill, parts, offer: own }) => countedIn(bill, parts, partPrefix(own.name), scenario, inMonth)),
    total,
    months: {
      first: scenario.start + (only ?? 0),
      last: scenario.start + (only ?? scenario.months - 1),
    },
    ...(prepaid.length > 0 && { prepaid }),
    ...(returned.length > 0 && { returned }),
    ...(all.length > 0 && { notes: all }),
  }
}

/** What comes back in each month to people and to the AI, of all contracts. */
function returnedIn(contracts: readonly BilledContract[], { start, months }: ResolvedScenario): ReturnedUse[] {
  const back = { people: new Array<number>(months).fill(0), ai: new Array<number>(months).fill(0) }
  for (const { offer, bill } of contracts)
    offer.segments.forEach(({ returns }, s) => {
      if (!returns) return
      for (let m = returns.lag; m < months; m++) back[returns.to][m] += bill.returning[m - returns.lag][s]
    })
  return Array.from({ length: months }, (_, m) => m).flatMap((m) =>
    (['people', 'ai'] as const).flatMap((to) =>
      back[to][m] > 0 ? [{ month: formatMonth(start + m), to, conversations: back[to][m] }] : [],
    ),
  )
}

const returnedNotes = (returned: readonly ReturnedUse[]): string[] =>
  (
    [
      ['people', 'people'],
      ['ai', 'the AI'],
    ] as const
  ).flatMap(([to, who]) => {
    const own = returned.filter((use) => use.to === to)
    const list = own.map(({ month, conversations }) => `${formatQuantity(Math.round(conversations))} in ${month}`).join(', ')
    return own.length > 0 ? [`customers who come back to ${who}: ${list}`] : []
  })

function countedIn(
  { counted }: ContractBill,
  parts: readonly ChargePart[],
  prefix: string,
  { start, months }: ResolvedScenario,
  inMonth: (at: { readonly month: number }) => boolean,
): CountedUse[] {
  return Array.from({ length: months }, (_, month) => month)
    .filter((month) => inMonth({ month }))
    .flatMap((month) =>
      parts.flatMap(({ charge, part, counts }, k): CountedUse[] => {
        const use = counts ? counted[k][month] : undefined
        return use ? [{ month: formatMonth(start + month), charge: `${prefix}${charge}`, part, used: use.used }] : []
      }),
    )
}

/** Merges entries of one line and month, since one operation enters a tier and another leaves it. Drops amounts of 0. */
export function merged(entries: readonly BillEntry[]): BillEntry[] {
  const groups = new Map<string, BillEntry>()
  for (const entry of entries) {
    const { month, charge, line, layer, price } = entry
    const key = JSON.stringify([month, charge, line, layer, price])
    const known = groups.get(key)
    const sum = known && { ...known, quantity: known.quantity + entry.quantity, amount: known.amount + entry.amount }
    groups.set(key, sum ?? entry)
  }
  const size = entries.reduce((most, { amount }) => Math.max(most, Math.abs(amount)), 0)
  return [...groups.values()].filter(
    ({ amount, price, quantity }) => Math.abs(amount) > 1e-12 * size || (price === 0 && quantity > 0),
  )
}

function lineOf(
  entry: BillEntry,
  part: string,
  total: number,
  bill: ContractBill,
  offer: OfferProgram,
  scenario: ResolvedScenario,
): InvoiceLine {
  const { month, charge, line, layer, amount, price, currency } = entry
  const counted = charge === undefined ? undefined : bill.counted[charge][month]
  const { discounted } = charge === undefined ? {} : offer.contract.charges[charge]
  return {
    month: formatMonth(scenario.start + month),
    ...nameOf(charge, offer),
    part,
    line,
    layer,
    ...(price !== undefined && { quantity: entry.quantity, price }),
    ...(price !== undefined && discounted !== undefined && { list: price / discounted }),
    ...((entry.covers ?? 1) > 1 && { covers: entry.covers }),
    ...(counted && entry.from !== undefined && { used: counted.used, included: counted.included }),
    amount,
    total,
    why: whyOf(entry, bill, offer, scenario.currency),
    ...(currency && {
      foreign: {
        currency: currency.code,
        amount: amount / currency.rate,
        ...(price !== undefined && { price: price / currency.rate }),
      },
    }),
  }
}

/** The charge of a line. A term of a part as a whole has the part's name. */
function nameOf(charge: number | undefined, { name, contract }: OfferProgram): Pick<InvoiceLine, 'charge'> {
  if (charge !== undefined) return { charge: contract.charges[charge].name }
  const prefix = partPrefix(name)
  return prefix === '' ? {} : { charge: prefix.slice(0, -1) }
}

/** The parts of segments in an entry. */
function partsIn(
  entry: BillEntry,
  bill: ContractBill,
  { contract }: OfferProgram,
  program: Program,
): Pick<InvoiceLine, 'segments'> {
  if (!hasSegments(program)) return {}
  const only = program.segments.length === 1
  // A part of a fee or of a seat is only an amount.
  const counts = entry.charge !== undefined && contract.charges[entry.charge].metered
  const shares = only ? [{ segment: 0, share: 1 }] : sharesOf(entry, bill, contract)
  return {
    segments: shares
      .filter(({ share }) => share > 0)
      .map(({ segment, share }) => ({
        segment: program.segments[segment].name,
        ...(counts && entry.price !== undefined && { quantity: share * entry.quantity }),
        amount: share * entry.amount,
      })),
  }
}

function whyOf(entry: BillEntry, bill: ContractBill, { contract }: OfferProgram, currency: string): string {
  const { line, role = line, month, charge, quantity, price = 0, from = 0, size = 1, bound = 0 } = entry
  const { discounted } = (charge === undefined ? undefined : contract.charges[charge]) ?? {}
  const counted = charge === undefined ? undefined : bill.counted[charge][month]
  const shares = charge === undefined ? [] : contract.charges[charge].segments.map((s) => bill.worked[month][s])
  const worked = Math.min(1, ...shares)
  return lineKind(role).explain({
    words: entry.words ?? '',
    contract,
    quantity,
    from,
    size,
    bound,
    running: counted?.running ?? 0,
    at: entry.currency
      ? `${formatPrice(price / entry.currency.rate, entry.currency.code)} (${formatPrice(price, currency)})`
      : formatPrice(price, currency),
    free:
      counted && counted.included > 0 ? `${formatQuantity(counted.included)} of ${formatQuantity(counted.used)} included; ` : '',
    off: discounted === undefined ? '' : `, ${formatShare(1 - discounted, 0)} off`,
    stopped: worked < 1 && counted ? `; the AI stopped at its limit after ${formatShare(worked)} of the month` : '',
    money: (amount) => formatAmount(amount, currency),
  })
}
