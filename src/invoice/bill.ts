// Bills one contract for the usage of each month, from the same operations that the simulation evaluates in blocks.
import type {
  BoundSpan,
  ChargeProgram,
  ContractProgram,
  LimitProgram,
  Line,
  Price,
  PriceIndex,
  Span,
} from '../contract/compiled.ts'
import type { Layer } from '../contract/operation.ts'
import type { FirstMonths } from '../contract/terms/refund.ts'
import type { OfferProgram, Program } from '../compile/program.ts'
import { type ChargeCount, ChargeCourse, spanAt } from './charge-course.ts'
import { type MonthlyDrivers, plainValue } from './drivers.ts'
import type { Worked } from './meters.ts'
import { priced, priceIn } from './priced.ts'
import { ruledEntries } from './ruled.ts'
import { type ContractUsage, usageOfDrivers } from './usage.ts'

/** One line of one month: `quantity · price`, or only an amount. */
export interface BillEntry {
  readonly month: number
  /** Index of the charge; absent for terms of the whole offer. */
  readonly charge?: number
  readonly line: string
  /** Its kind, if the line does not name it. */
  readonly role?: string
  readonly layer: Layer
  readonly quantity: number
  readonly price?: number
  readonly amount: number
  readonly currency?: { readonly code: string; readonly rate: number }
  readonly overage: boolean
  /** Figures of the operation that explain the line: package size, first quantity billed, and the bound compared with. */
  readonly size?: number
  readonly from?: number
  readonly bound?: number
  /** The reason that a rule of a program's own states. */
  readonly words?: string
  /** The number of months that it pays for in advance, from its own on; absent if it pays for its month. */
  readonly covers?: number
}

export interface ContractBill {
  readonly entries: readonly BillEntry[]
  /** By charge and month; undefined while the charge does not apply. */
  readonly counted: readonly (readonly (ChargeCount | undefined)[])[]
  /** By month and segment: the share of the month in which the AI works, below 1 once a limit stops it. */
  readonly worked: readonly Worked[]
  /** By month and segment: conversations that the AI took part in. */
  readonly handled: readonly (readonly number[])[]
  /** By month and segment: genuine resolutions, whether the contract counts them or not. */
  readonly resolutions: readonly (readonly number[])[]
  /** By month and segment: what seems resolved in the month, but comes back later. */
  readonly returning: readonly (readonly number[])[]
  readonly unused: number
  /** By charge, month and segment: the quantity that it counted. Empty if there is a single segment. */
  readonly used: readonly (readonly (readonly number[])[])[]
  /** By month and segment: all conversations. */
  readonly tickets: readonly (readonly number[])[]
}

/** @param drivers by segment */
export const billContract = (program: Program, offer: OfferProgram, drivers: readonly MonthlyDrivers[]): ContractBill =>
  billUsage(program, offer.contract, usageOfDrivers(program, offer, drivers))

export function billUsage(program: Program, contract: ContractProgram, usage: ContractUsage): ContractBill {
  const course = billCourse(program, contract, usage)
  for (let m = 0; m < program.months; m++) course.step(m)
  return course.complete()
}

/** A contract whose months are billed in order. */
export interface BillCourse {
  /** Returns what seems resolved in month m, but comes back later, by segment. */
  readonly step: (m: number) => readonly number[]
  readonly complete: () => ContractBill
}

export function billCourse(program: Program, contract: ContractProgram, usage: ContractUsage): BillCourse {
  const courses = contract.charges.map((charge) => new ChargeCourse(charge))
  const limits = limitsOf(contract, program, courses, usage)
  const entries: BillEntry[] = []
  const worked: Worked[] = []
  const awake = (counts: readonly number[], m: number) => (contract.shadow?.[m] ? counts.map(() => 0) : counts)
  return {
    step(m) {
      // Seats by need depend on the limit, and no limit on money depends on the units that seats include.
      for (const course of courses) if (!course.byNeed) course.begin(m, 0)
      const month = limits(m)
      worked.push(month)
      for (const course of courses) course.beginByNeed(m, (segments) => usage.people(m, month, segments))
      courses.forEach((course, charge) => {
        entries.push(...chargeEntries(program, course, { charge, m }, usage, month))
      })
      usage.settle(m, month)
      return awake(usage.returning(m, month), m)
    },
    complete: () => completed({ program, contract, usage, courses, worked, awake }, entries),
  }
}

/** One month of one charge. */
function chargeEntries(
  { prices }: Program,
  course: ChargeCourse,
  { charge, m }: { readonly charge: number; readonly m: number },
  usage: ContractUsage,
  worked: Worked,
): BillEntry[] {
  const entries: BillEntry[] = []
  const add = (
    { line, role, layer, price }: Line & { readonly price: PriceIndex },
    units: number,
    more: Pick<BillEntry, 'overage' | 'from' | 'size' | 'covers'>,
  ) =>
    units !== 0 &&
    entries.push({ month: m, charge, line, ...(role && { role }), layer, ...more, ...priced(prices[price], m, units) })
  for (const fixed of course.program.fixed) {
    const covers = fixed.covers && { covers: fixed.covers[m] }
    add(fixed, fixed.times[m] * plainValue(fixed.units ?? 1), { overage: false, ...covers })
  }
  const applies = course.applies(m)
  const used = applies ? usage.count(charge, m, worked) : 0
  const credited = applies ? usage.credited(charge, m, worked) : 0
  const growth = course.growth(m, used)
  const before = credited > 0 ? course.growth(m, used + credited) : growth
  before.forEach(({ operation, units }, k) => {
    const size = operation.kind === 'package' && { size: operation.size }
    const more = { overage: operation.overage ?? false, from: operation.above, ...size }
    add(operation, units, more)
    if (growth[k].units !== units) add({ ...operation, ...RETURNED }, growth[k].units - units, more)
  })
  course.settle(m, used)
  return entries
}

const RETURNED = { line: 'credit for returns', role: 'credit for returns' } as const

interface Completed {
  readonly program: Program
  readonly contract: ContractProgram
  readonly usage: ContractUsage
  readonly courses: readonly ChargeCourse[]
  readonly worked: readonly Worked[]
  /** Counts of a month, which are 0 in the shadow of other contracts. */
  readonly awake: (counts: readonly number[], m: number) => readonly number[]
}

function completed({ program, contract, usage, courses, worked, awake }: Completed, entries: BillEntry[]): ContractBill {
  const { prices } = program
  const months = Array.from({ length: program.months }, (_, m) => m)
  contract.charges.forEach((charge, k) => entries.push(...ruledEntries(charge, k, { prices, usage, worked })))
  contract.charges.forEach((charge, k) => entries.push(...adjusted(charge, k, entries, prices)))
  entries.push(...committedAcross(contract, entries, prices))
  const handled = months.map((m) => usage.handled(m, worked[m]))
  const returning = months.map((m) => awake(usage.returning(m, worked[m]), m))
  const resolutions = months.map((m) => awake(usage.resolved(m, worked[m]), m).map((count, s) => count - returning[m][s]))
  const inAll = (counts: readonly (readonly number[])[]) =>
    counts.map((own) => contract.segments.reduce((sum, s) => sum + own[s], 0))
  entries.push(...creditedBack(contract, entries, prices, inAll(handled.map(awake)), inAll(resolutions)))
  return {
    entries: entries.sort((a, b) => a.month - b.month),
    counted: courses.map(({ counted }) => counted),
    worked,
    handled,
    resolutions,
    returning,
    unused: courses.reduce((sum, { unused }) => sum + unused, 0),
    used:
      program.segments.length > 1
        ? courses.map((_, charge) => months.map((m) => program.segments.map((__, s) => usage.count(charge, m, worked[m], s))))
        : [],
    tickets: months.map((m) => usage.tickets(m)),
  }
}

const sumOf = (entries: readonly BillEntry[]): number => entries.reduce((sum, { amount }) => sum + amount, 0)

/** The bound of a span, at the prices of a month, by default the span's last. */
const boundOf = ({ parts, end }: BoundSpan, prices: readonly Price[], month = end - 1): number =>
  parts.reduce((sum, { price, times }) => sum + times * priceIn(prices[price], month), 0)

/** The money of a span before the horizon, at the prices of its first month. */
const spentIn = ({ spent = [], start }: BoundSpan, prices: readonly Price[]): number =>
  spent.reduce((sum, { price, times }) => sum + times * priceIn(prices[price], start), 0)

/** A maximum takes off what exceeds it, month by month; a minimum adds the difference in the last month. */
function adjusted(
  { maximum, minimum }: ChargeProgram,
  charge: number,
  entries: readonly BillEntry[],
  prices: readonly Price[],
): BillEntry[] {
  const own = entries.filter((entry) => entry.charge === charge)
  const at = (m: number) => sumOf(own.filter(({ month }) => month === m))
  const added: BillEntry[] = []
  const add = (month: number, { line, layer }: { line: string; layer: Layer }, amount: number, bound: number) => {
    if (amount !== 0) added.push({ month, charge, line, layer, quantity: 0, amount, overage: false, bound })
  }
  for (const span of maximum?.spans ?? []) {
    if (!maximum) break
    const most = boundOf(span, prices)
    let running = spentIn(span, prices)
    for (let m = span.start; m < span.end; m++) {
      const [before, month] = [running, at(m)]
      running += month
      add(m, maximum, Math.min(running, most) - Math.min(before, most) - month, most)
    }
  }
  for (const span of minimum?.spans ?? []) {
    if (!minimum || span.left !== undefined) continue
    const least = boundOf(span, prices)
    const billed = [...own, ...added].filter(({ month, line }) => month >= span.start && month < span.end && line !== 'minimum')
    add(span.end - 1, minimum, Math.max(0, least - spentIn(span, prices) - sumOf(billed)), least)
  }
  return added
}

/** The minimum on usage, commitment and overage: trued up at the end of a span, or billed upfront and drawn down. */
function committedAcross({ minimum }: ContractProgram, entries: readonly BillEntry[], prices: readonly Price[]): BillEntry[] {
  if (!minimum) return []
  const committing = entries.filter(({ layer }) => layer === 'usage' || layer === 'commitment' || layer === 'overage')
  const at = (m: number) => sumOf(committing.filter(({ month }) => month === m))
  const placed = { layer: 'commitment', quantity: 0, overage: false } as const
  return minimum.spans.flatMap((span): BillEntry[] => {
    const months = Array.from({ length: span.end - span.start }, (_, k) => span.start + k)
    if (!minimum.upfront) {
      if (span.left !== undefined) return []
      const least = boundOf(span, prices)
      const amount = Math.max(0, least - spentIn(span, prices) - months.reduce((sum, m) => sum + at(m), 0))
      return amount === 0 ? [] : [{ ...placed, month: span.end - 1, line: 'offer minimum', amount, bound: least }]
    }
    const prepaid = boundOf(span, prices, span.start)
    let running = spentIn(span, prices)
    // The amount of a period that began before the plan was billed then.
    const due: BillEntry[] =
      span.gone === undefined
        ? [
            {
              ...{ ...placed, month: span.start, line: 'offer minimum, upfront', amount: prepaid, bound: prepaid },
              covers: span.end + (span.left ?? 0) - span.start,
            },
          ]
        : []
    return [
      ...due,
      ...months.flatMap((month): BillEntry[] => {
        const before = running
        running += at(month)
        const drawn = Math.min(running, prepaid) - Math.min(before, prepaid)
        return drawn === 0 ? [] : [{ ...placed, month, line: 'drawn from the offer minimum', amount: -drawn, bound: prepaid }]
      }),
    ]
  })
}

const SPENT = new Set<Layer>(['usage', 'commitment', 'overage', 'add-on'])

function creditedBack(
  { refund, guarantee, shadow }: ContractProgram,
  entries: readonly BillEntry[],
  prices: readonly Price[],
  handled: readonly number[],
  resolutions: readonly number[],
): BillEntry[] {
  const total = (values: readonly number[], { start, end }: FirstMonths) =>
    values.slice(start, end).reduce((sum, value) => sum + value, 0)
  const rate = (months: FirstMonths) => total(resolutions, months) / total(handled, months)
  const placed = { layer: 'credits', quantity: 0, overage: false } as const
  const credits: BillEntry[] = []
  if (refund && rate(refund) < refund.below - 1e-12) {
    const month = refund.end - 1
    const spent = sumOf(
      entries.filter(
        (entry) => entry.month >= refund.start && entry.month <= month && !shadow?.[entry.month] && SPENT.has(entry.layer),
      ),
    )
    const most = refund.maximum === undefined ? Infinity : priceIn(prices[refund.maximum], month)
    credits.push({ ...placed, month, line: 'refund', amount: -Math.min(refund.share * spent, most), bound: rate(refund) })
  }
  if (guarantee && rate(guarantee) <= guarantee.notAbove + 1e-12) {
    const month = guarantee.end - 1
    const amount = -priceIn(prices[guarantee.payment], month)
    credits.push({ ...placed, month, line: 'guarantee', amount, bound: rate(guarantee) })
  }
  return credits.filter(({ amount }) => amount !== 0)
}

/** By segment, the share of a month in which the AI works. Months must be asked for in order. */
function limitsOf(
  { limits }: ContractProgram,
  { prices }: Program,
  courses: readonly ChargeCourse[],
  usage: ContractUsage,
): (m: number) => Worked {
  const all = usage.tickets(0).map(() => 1)
  /** The AI works in a share of the month in the segments of a limit, and always in all others. */
  const within = ({ segments }: LimitProgram, factor: number): Worked =>
    all.map((full, s) => (segments.includes(s) ? factor : full))
  /** Amount of the usage charges in month m, before discounts. */
  const amountOf = (m: number, worked: Worked) =>
    courses.reduce((sum, course, charge) => {
      const growth = course.growth(m, usage.count(charge, m, worked))
      const billed = growth.filter(({ operation }) => operation.layer === 'usage')
      const amount = billed.reduce((due, { operation, units }) => due + units * priceIn(prices[operation.price], m), 0)
      return sum + amount / (course.program.discounted ?? 1)
    }, 0)
  const states = limits.map((limit) => ({ limit, used: 0, stopped: false }))
  return (m) => {
    const own = states.map((state) => {
      const { limit } = state
      const span = spanAt<Span & { readonly quantity?: number; readonly used?: number } & Partial<BoundSpan>>(limit.spans, m)
      if (!span) return undefined
      const bound = span.parts && { ...span, parts: span.parts }
      const before = bound ? spentIn(bound, prices) : (span.used ?? 0)
      if (span.start === m) Object.assign(state, { used: before, stopped: false })
      const most = bound ? boundOf(bound, prices) : (span.quantity ?? 0)
      const grows = (worked: Worked) => (limit.kind === 'quantity' ? usage.count(limit.charge, m, worked) : amountOf(m, worked))
      const factor = state.stopped ? 0 : largest((tried) => state.used + grows(within(limit, tried)), most)
      return { grows, factor }
    })
    // A segment has the smallest factor of the limits that stop it.
    const month = all.map((_, s) =>
      Math.min(1, ...own.map((limit, k) => (limits[k].segments.includes(s) ? (limit?.factor ?? 1) : 1))),
    )
    states.forEach((state, k) => {
      const limit = own[k]
      if (!limit) return
      state.used += limit.grows(month)
      if (limits[k].segments.some((s) => month[s] < 1 && limit.factor === month[s])) state.stopped = true
    })
    return month
  }
}

/** The largest factor for which `used` does not exceed the limit: exact where usage is linear in it, else by bisection. */
function largest(used: (factor: number) => number, most: number): number {
  const [none, all] = [used(0), used(1)]
  if (all <= most) return 1
  if (none >= most) return 0
  const straight = (most - none) / (all - none)
  if (Math.abs(used(straight) - most) <= 1e-14 * most && Math.abs(used(straight / 2) - none - (most - none) / 2) <= 1e-12 * most)
    return straight
  let [low, high] = [0, 1]
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return low
    if (used(middle) <= most) low = middle
    else high = middle
  }
}
