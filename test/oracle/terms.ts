// A charge with a term of its own is billed on a timeline that is longer than the plan: a year before it, with the same usage in each month,
// and a year after it. Only the months of the plan are kept.
import { type StatedCharge, statedCharges } from './stated-charge.ts'
import type { ChargeBill, Line, Meters, Usage } from './charges.ts'
import { converted, type Purse } from './money.ts'
import { monthsOfAll, type Period, type Span, spansOf } from './periods.ts'

/** Months of the timeline before the plan, and after it. */
export const YEAR = 12

interface Term {
  readonly start: number
  readonly months?: number
  readonly toDate?: Readonly<Record<string, unknown>>
}

export function termOf(charge: StatedCharge | undefined, { offer }: Pick<Purse, 'offer'>): Term | undefined {
  const both = { ...offer.term, ...charge?.term }
  return both.start === undefined ? undefined : (both as Term)
}

const periods = (charge: StatedCharge, { offer }: Purse): Period[] => {
  const own = charge as unknown as Readonly<Record<string, { per?: Period; value?: { per?: Period } } & { per?: Period }[]>>
  const base = (charge as { period?: Period }).period ?? 'month'
  const bounds = ['included', 'minimum', 'maximum', 'limit'].flatMap((key) => (own[key] ? [own[key].per ?? base] : []))
  const committed = (charge as { commitment?: unknown }).commitment
  const first = (Array.isArray(committed) ? committed[0].value : committed) as { per?: Period } | undefined
  const paid = charge.model === 'fee' || charge.model === 'seats'
  const steps = charge.model === 'unit' || paid ? [] : [first?.per ?? base]
  const upfront = 'paid' in charge && charge.paid === 'upfront'
  const feePer = charge.model === 'fee' ? (charge.fee.per ?? charge.per) : charge.model === 'seats' ? charge.price.per : undefined
  return [
    ...steps,
    ...bounds,
    ...(upfront && feePer && feePer !== 'once' ? [feePer] : []),
    ...(offer.minimum ? [offer.minimum.per] : []),
  ]
}

/** Months gone, when the plan starts, of the period that runs then. */
export function goneOf(per: Period, charge: StatedCharge | undefined, usage: Pick<Purse, 'scenario' | 'offer'>): number {
  const { scenario, offer } = usage
  const term = termOf(charge, usage)
  if (!term) return 0
  const longer = { start: scenario.start - YEAR, months: YEAR + 1 }
  const dated = [offer, ...(charge ? [charge] : []), { from: term.start }]
  const [from, end] = monthsOfAll(dated, longer)
  const running = spansOf(per, end, from, term.start - longer.start).find(({ first, last }) => first <= YEAR && YEAR <= last)
  return running ? YEAR - running.first : 0
}

/** The mean usage of a month before the plan, and the months gone of the longest period. */
export function useBefore(charge: StatedCharge, usage: Purse): { readonly use: (name: string) => number; readonly gone: number } {
  const term = termOf(charge, usage)
  const gone = Math.max(0, ...periods(charge, usage).map((per) => goneOf(per, charge, usage)))
  const typical = usage.typical?.(charge) ?? {}
  const use = (name: string) => {
    const stated = gone > 0 ? term?.toDate?.[name] : undefined
    return typeof stated === 'number' ? stated / gone : (typical[name] ?? 0)
  }
  return { use, gone }
}

export function billInTerm(
  charge: StatedCharge,
  usage: Usage,
  billed: (charge: StatedCharge, usage: Usage) => ChargeBill,
): ChargeBill {
  const { scenario, offer, months } = usage
  const term = termOf(charge, usage)
  if (!term) throw new Error('no term')
  const { use, gone } = useBefore(charge, usage)
  const [live] = monthsOfAll([offer, charge, { from: term.start }], {
    start: scenario.start - YEAR,
    months: YEAR,
  })
  const around = (values: readonly number[], name: string) => [
    ...Array.from({ length: YEAR }, (_, m) => (m < live ? 0 : use(name))),
    ...values,
    ...new Array<number>(YEAR).fill(0),
  ]
  const own = charge.term?.toDate?.spend ?? (statedCharges(offer).length === 1 ? offer.term?.toDate?.spend : undefined)
  const spend = (span: Span) =>
    own === undefined || gone === 0
      ? undefined
      : (converted(own as number, `${usage.path}.spend`, usage) * (YEAR - span.first)) / gone
  const bill = billed(charge, {
    ...usage,
    scenario: { ...scenario, start: scenario.start - YEAR, months: YEAR + months + YEAR },
    months: YEAR + months + YEAR,
    meters: Object.fromEntries(Object.entries(usage.meters).map(([name, values]) => [name, around(values, name)])) as Meters,
    agents: usage.agents.length === 0 ? [] : around(usage.agents, 'people'),
    before: YEAR,
    anchor: term.start - scenario.start + YEAR,
    plan: { before: YEAR, months, spend },
  })
  const kept = <T>(all: readonly T[]): T[] => all.slice(YEAR, YEAR + months)
  const line = (one: Line): Line => ({ ...one, months: kept(one.months) })
  return {
    lines: bill.lines.map(line),
    adjustments: bill.adjustments.map(line),
    ...(bill.overage && {
      overage: { quantity: kept(bill.overage.quantity), amount: kept(bill.overage.amount), flag: kept(bill.overage.flag) },
    }),
    ...(bill.unused && { unused: kept(bill.unused) }),
    past: bill.past?.map((one) => ({ ...one, months: one.months.slice(0, YEAR) })) ?? [],
  }
}
