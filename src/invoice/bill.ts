// A contract's bill for one future: the scalar reader of the operations that the simulation reads in blocks.
import type { BoundProgram, ChargeProgram, ContractProgram, IncludedProgram, Operation, Price, Span } from '../contract/compiled.ts'
import type { Layer } from '../contract/operation.ts'
import { exceeds, roundedUp } from '../contract/thresholds.ts'
import type { OfferProgram, Program } from '../compile/program.ts'
import { type Happening, plainValue } from './drivers.ts'
import { Meters } from './meters.ts'

/** One line of one month: `quantity · price`, or an amount alone. */
export interface BillEntry {
  readonly month: number
  /** Place of the charge; absent for terms of the whole offer. */
  readonly charge?: number
  readonly line: string
  /** Its kind, where the line does not name it. */
  readonly role?: string
  readonly layer: Layer
  readonly quantity: number
  readonly price?: number
  readonly amount: number
  readonly currency?: { readonly code: string; readonly rate: number }
  readonly overage: boolean
  /** The operations' own figures, for those who explain the line. */
  readonly size?: number
  readonly from?: number
  readonly bound?: number
}

/** What a charge counted in a month. */
export interface ChargeCount {
  readonly used: number
  readonly included: number
  /** Running quantity of the charge's period, after what is included. */
  readonly running: number
}

export interface ContractBill {
  readonly entries: readonly BillEntry[]
  /** By charge and month; nothing where the charge counts nothing. */
  readonly counted: readonly (readonly (ChargeCount | undefined)[])[]
  /** Share of each month in which the AI works. */
  readonly factors: readonly number[]
  /** Genuine resolutions of each month. */
  readonly resolutions: readonly number[]
  readonly unused: number
}

/** What an operation counts at quantity q of its period. */
function units(operation: Operation, q: number): number {
  const { above, times } = operation
  if (operation.kind === 'hinge') return times * Math.max(0, q - above)
  if (operation.kind === 'step') return exceeds(q, above) ? times : 0
  return times * roundedUp(Math.max(0, q - above) / operation.size)
}

function priceIn({ values, factors, uncertain }: Price, m: number): number {
  if (uncertain.length > 0) throw new Error('a price is drawn where none should be')
  return plainValue(values[m]) * factors[m]
}

const spanAt = <T extends Span>(spans: readonly T[], m: number): T | undefined =>
  spans.find(({ start, end }) => start <= m && m < end)

/** Free quantities that are left, oldest first. */
type Grants = readonly { readonly left: number; readonly lasts: number }[]

function granted(included: IncludedProgram, grants: Grants, m: number, people: number): Grants {
  const k = included.spans.findIndex(({ start }) => start === m)
  if (k < 0) return grants
  const { start, end, quantity, perSeat } = included.spans[k]
  const { seats } = included
  let each = 0
  if (seats && 'months' in seats) for (let i = start; i < end; i++) each += seats.months[i]
  else if (seats) each = roundedUp(people / seats.perAgent)
  return [...grants.filter(({ lasts }) => lasts >= k), { left: quantity + perSeat * each, lasts: k + included.rollover }]
}

function taken(grants: Grants, quantity: number): { readonly rest: number; readonly grants: Grants } {
  let rest = quantity
  const left = grants.map((grant) => {
    const part = Math.min(grant.left, rest)
    rest -= part
    return { ...grant, left: grant.left - part }
  })
  return { rest, grants: left }
}

/** One charge in the course of the horizon. */
class ChargeCourse {
  readonly program: ChargeProgram
  readonly counted: (ChargeCount | undefined)[] = []
  #grants: Grants = []
  #running = 0
  #peak = 0
  #held = 0
  unused = 0

  constructor(program: ChargeProgram) {
    this.program = program
  }

  /** The free quantities of month m arrive, and a period that begins starts from nothing. */
  begin(m: number, people: number): void {
    const { included, periods, ratchet } = this.program
    if (included) this.#grants = granted(included, this.#grants, m, people)
    if (!periods.some(({ start }) => start === m)) return
    this.#peak = Math.max(this.#peak, this.#running)
    this.#held = ratchet ? this.#peak : 0
    this.#running = 0
  }

  applies(m: number): boolean {
    return spanAt(this.program.periods, m) !== undefined
  }

  /** What each operation counts more when `quantity` is used in month m. */
  growth(m: number, quantity: number): { readonly operation: Operation; readonly units: number }[] {
    const period = spanAt(this.program.periods, m)
    if (!period) return []
    const { rest } = taken(this.#grants, quantity)
    const [before, after] = [Math.max(this.#held, this.#running), Math.max(this.#held, this.#running + rest)]
    return period.operations.map((operation) => ({
      operation,
      units: units(operation, after) - (period.start === m ? 0 : units(operation, before)),
    }))
  }

  settle(m: number, quantity: number): void {
    const period = spanAt(this.program.periods, m)
    if (!period) {
      this.counted.push(undefined)
      return
    }
    const { rest, grants } = taken(this.#grants, quantity)
    this.#grants = grants
    this.#running += rest
    this.counted.push({ used: quantity, included: quantity - rest, running: Math.max(this.#held, this.#running) })
    if (period.end - 1 !== m) return
    for (const operation of period.operations)
      if (operation.kind === 'hinge' && operation.committed) this.unused += Math.max(0, operation.above - this.#running)
  }
}

/** The bill of one offer in one future. */
export function billContract(program: Program, offer: OfferProgram, future: Happening): ContractBill {
  const { contract, rate } = offer
  const { prices } = program
  const months = Array.from({ length: program.months }, (_, m) => m)
  const meters = new Meters(program, future)
  const courses = contract.charges.map((charge) => new ChargeCourse(charge))
  const limits = limitsOf(contract, program, courses, meters)
  const entries: BillEntry[] = []
  const factors: number[] = []
  const quantity = (charge: ChargeProgram, m: number, factor: number) =>
    charge.quantity.reduce((sum, { meter, weight }) => sum + weight * meters.count(meter, m, factor), 0)
  const people = (m: number, factor: number) =>
    future.tickets[m] - (rate === undefined ? 0 : future.involved[m] * factor * future.rate[m])
  for (const m of months) {
    // Seats by need follow the limit, and no limit of money looks at what is included for them.
    for (const course of courses) if (perAgent(course.program) === undefined) course.begin(m, 0)
    const factor = limits(m)
    factors.push(factor)
    for (const course of courses) if (perAgent(course.program) !== undefined) course.begin(m, people(m, factor))
    courses.forEach((course, charge) => {
      const { fixed } = course.program
      for (const { price, times, line, role, layer } of fixed) {
        if (times[m] === 0) continue
        entries.push({
          month: m,
          charge,
          line,
          ...(role && { role }),
          layer,
          overage: false,
          ...priced(prices[price], m, times[m]),
        })
      }
      const used = course.applies(m) ? quantity(course.program, m, factor) : 0
      for (const { operation, units } of course.growth(m, used)) {
        const { line, role, layer, overage = false, above, price } = operation
        if (units === 0) continue
        const size = operation.kind === 'package' ? { size: operation.size } : {}
        entries.push({
          month: m,
          charge,
          line,
          ...(role && { role }),
          layer,
          overage,
          from: above,
          ...size,
          ...priced(prices[price], m, units),
        })
      }
      course.settle(m, used)
    })
    meters.settle(m, factor)
  }
  contract.charges.forEach((charge, k) => entries.push(...adjusted(charge, k, entries, prices)))
  entries.push(...committedAcross(contract, entries, prices))
  const handled = months.map((m) => future.involved[m] * factors[m])
  const resolutions = months.map((m) => handled[m] * future.rate[m])
  entries.push(...creditedBack(contract, entries, prices, handled, resolutions))
  return {
    entries: entries.sort((a, b) => a.month - b.month),
    counted: courses.map(({ counted }) => counted),
    factors,
    resolutions,
    unused: courses.reduce((sum, { unused }) => sum + unused, 0),
  }
}

const perAgent = ({ included }: ChargeProgram): number | undefined =>
  included?.seats && 'perAgent' in included.seats ? included.seats.perAgent : undefined

function priced(price: Price, m: number, quantity: number): Pick<BillEntry, 'quantity' | 'price' | 'amount' | 'currency'> {
  const each = priceIn(price, m)
  const currency = price.foreign && { currency: { code: price.foreign.currency, rate: plainValue(price.foreign.rate) } }
  return { quantity, price: each, amount: quantity * each, ...currency }
}

const sumOf = (entries: readonly BillEntry[]): number => entries.reduce((sum, { amount }) => sum + amount, 0)

/** In units of the bound's price, at what holds in the span's last month. */
const boundOf = ({ price, times }: BoundProgram, { end, share }: Span, prices: readonly Price[]): number =>
  times * share * priceIn(prices[price], end - 1)

/** What the cap takes off as it is reached, and what the floor adds at the end. */
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
    const most = boundOf(maximum, span, prices)
    let running = 0
    for (let m = span.start; m < span.end; m++) {
      const [before, month] = [running, at(m)]
      running += month
      add(m, maximum, Math.min(running, most) - Math.min(before, most) - month, most)
    }
  }
  for (const span of minimum?.spans ?? []) {
    if (!minimum) break
    const least = boundOf(minimum, span, prices)
    const billed = [...own, ...added].filter(({ month, line }) => month >= span.start && month < span.end && line !== 'minimum')
    add(span.end - 1, minimum, Math.max(0, least - sumOf(billed)), least)
  }
  return added
}

/** The floor under usage, commitment and overage: trued up at a span's end, or billed first and drawn down. */
function committedAcross({ minimum }: ContractProgram, entries: readonly BillEntry[], prices: readonly Price[]): BillEntry[] {
  if (!minimum) return []
  const committing = entries.filter(({ layer }) => layer === 'usage' || layer === 'commitment' || layer === 'overage')
  const at = (m: number) => sumOf(committing.filter(({ month }) => month === m))
  const placed = { layer: 'commitment', quantity: 0, overage: false } as const
  return minimum.spans.flatMap((span): BillEntry[] => {
    const months = Array.from({ length: span.end - span.start }, (_, k) => span.start + k)
    if (!minimum.upfront) {
      const least = boundOf(minimum, span, prices)
      const amount = Math.max(0, least - months.reduce((sum, m) => sum + at(m), 0))
      return amount === 0 ? [] : [{ ...placed, month: span.end - 1, line: 'offer minimum', amount, bound: least }]
    }
    const prepaid = minimum.times * span.share * priceIn(prices[minimum.price], span.start)
    let running = 0
    return [
      { ...placed, month: span.start, line: 'offer minimum, upfront', amount: prepaid, bound: prepaid },
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
  { refund, guarantee }: ContractProgram,
  entries: readonly BillEntry[],
  prices: readonly Price[],
  handled: readonly number[],
  resolutions: readonly number[],
): BillEntry[] {
  const total = (values: readonly number[], n: number) => values.slice(0, n).reduce((sum, value) => sum + value, 0)
  const rate = (n: number) => total(resolutions, n) / total(handled, n)
  const placed = { layer: 'credits', quantity: 0, overage: false } as const
  const credits: BillEntry[] = []
  if (refund && rate(refund.months) < refund.below - 1e-12) {
    const month = refund.months - 1
    const spent = sumOf(entries.filter((entry) => entry.month <= month && SPENT.has(entry.layer)))
    const most = refund.maximum === undefined ? Infinity : priceIn(prices[refund.maximum], month)
    credits.push({ ...placed, month, line: 'refund', amount: -Math.min(refund.share * spent, most), bound: rate(refund.months) })
  }
  if (guarantee && rate(guarantee.months) <= guarantee.notAbove + 1e-12) {
    const month = guarantee.months - 1
    credits.push({
      ...placed,
      month,
      line: 'guarantee',
      amount: -priceIn(prices[guarantee.payment], month),
      bound: rate(guarantee.months),
    })
  }
  return credits.filter(({ amount }) => amount !== 0)
}

/** The share of each month, asked for in order, in which the AI works. */
function limitsOf(
  { limits }: ContractProgram,
  { prices }: Program,
  courses: readonly ChargeCourse[],
  meters: Meters,
): (m: number) => number {
  const quantity = ({ quantity: parts }: ChargeProgram, m: number, factor: number) =>
    parts.reduce((sum, { meter, weight }) => sum + weight * meters.count(meter, m, factor), 0)
  /** What the usage charges come to in month m, before discount. */
  const usage = (m: number, factor: number) =>
    courses.reduce(
      (sum, course) =>
        sum +
        course
          .growth(m, quantity(course.program, m, factor))
          .filter(({ operation }) => operation.layer === 'usage')
          .reduce((amount, { operation, units }) => amount + units * priceIn(prices[operation.price], m), 0) /
          (course.program.discounted ?? 1),
      0,
    )
  const states = limits.map((limit) => ({ limit, used: 0, stopped: false }))
  return (m) => {
    const own = states.map((state) => {
      const { limit } = state
      const span = spanAt<Span & { readonly quantity?: number }>(limit.spans, m)
      if (!span) return undefined
      if (span.start === m) Object.assign(state, { used: 0, stopped: false })
      const most = limit.kind === 'quantity' ? (span.quantity ?? 0) : boundOf(limit, span, prices)
      const grows = (factor: number) =>
        limit.kind === 'quantity' ? quantity(courses[limit.charge].program, m, factor) : usage(m, factor)
      return { grows, factor: state.stopped ? 0 : largest((factor) => state.used + grows(factor), most) }
    })
    const factor = Math.min(1, ...own.map((limit) => limit?.factor ?? 1))
    states.forEach((state, k) => {
      const limit = own[k]
      if (!limit) return
      state.used += limit.grows(factor)
      if (factor < 1 && limit.factor === factor) state.stopped = true
    })
    return factor
  }
}

/** The largest factor for which `used` does not exceed the limit: a straight line in most contracts, else by bisection. */
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
