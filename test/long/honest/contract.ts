// Bills one trial of a contract: charges and terms, straight from their definitions, in the months in which it lives.
import type { Drawn } from './biller.ts'
import type { Bound, Charge, Contract, Tier } from './plans.ts'
import { type Branches, of } from './stream.ts'
import { COMMITMENT, CREDITS, OVERAGE, PLATFORM, SETUP, type Totals, USAGE } from './totals.ts'
import type { Flow } from './work.ts'

/** Rounding that thresholds allow for. */
const above = (q: number, t: number): boolean => q - t > 1e-9 * Math.max(1, t)
const started = (x: number): number => Math.ceil(x - 1e-9 * Math.max(1, x))

/** First month, last month and amount. The ends of a contract's year may lie outside the plan. */
type Period = readonly [first: number, last: number, amount: number]

/** A charge, the quantities that it bills, and its periods. */
interface Metered {
  readonly charge: Charge
  readonly used: Float64Array
  /** The same by segment. */
  readonly by: readonly Float64Array[]
  readonly maximum: readonly Period[]
  readonly minimum: readonly Period[]
  readonly quantity: readonly Period[]
  /** By month: what escalator and renewals make of a price of 1. */
  readonly factors: Float64Array
}

/** Where a contract stands: its conversations, and the sums that it adds to. */
export interface Place {
  readonly months: number
  /** By segment. */
  readonly flows: readonly Flow[]
  /** First month, and the one after the last. */
  readonly live: readonly [from: number, end: number]
  /** The last month that resolves nothing, or -1. */
  readonly shadow: number
  readonly branches: Branches
  readonly totals: Totals
}

export class ContractBiller {
  readonly #contract: Contract
  readonly #place: Place
  readonly #branches: Branches
  readonly #charges: readonly Metered[]
  readonly #billable: Float64Array
  readonly #involved: Float64Array
  readonly #amounts: Float64Array
  /** What a refund is a share of. */
  readonly #spent: Float64Array
  /** Billable resolutions by segment. */
  readonly #each: readonly Float64Array[]
  readonly #none: Float64Array

  constructor(contract: Contract, place: Place) {
    const { months, flows, branches } = place
    const empty = () => new Float64Array(months)
    this.#contract = contract
    this.#place = place
    this.#branches = branches
    this.#billable = empty()
    this.#involved = empty()
    this.#amounts = empty()
    this.#spent = empty()
    this.#each = flows.map(empty)
    this.#none = empty()
    const spans = (bound: Bound | undefined) => (bound ? periods(bound, contract, place) : [])
    this.#charges = contract.charges.map((charge) => ({
      charge,
      ...this.#metered(charge),
      maximum: spans(charge.model === 'unit' ? charge.maximum : undefined),
      minimum: spans(charge.model === 'unit' ? charge.minimum : undefined),
      quantity: spans(charge.model === 'commitment' ? charge.quantity : undefined),
      factors: empty().fill(1),
    }))
  }

  /** The quantities of a charge, and by what its usage is split between segments. */
  #metered(charge: Charge): Pick<Metered, 'used' | 'by'> {
    const conversations = 'meter' in charge && charge.meter === 'conversations'
    const by = conversations ? this.#place.flows.map(({ involved }) => involved) : this.#each
    if ('of' in charge && charge.of !== undefined)
      return { used: by[charge.of], by: by.map((own, s) => (s === charge.of ? own : this.#none)) }
    return { used: conversations ? this.#involved : this.#billable, by }
  }

  /** @param returns the share and lag of what comes back */
  bill(value: Drawn['value'], returns: { readonly share: number; readonly lag: number }): void {
    const { months, flows, totals } = this.#place
    const { resolved = 1, unresolved = 0, reopened = 0, returned } = this.#contract.counted ?? {}
    this.#spent.fill(0)
    for (let m = 0; m < months; m++) {
      this.#billable[m] = 0
      this.#involved[m] = 0
      for (const [s, flow] of flows.entries()) {
        const counted = flow.resolved[m] * resolved + (flow.involved[m] - flow.resolved[m]) * unresolved
        const credited =
          returned === 'credited' && m >= returns.lag
            ? returns.share * flow.resolved[m - returns.lag] * resolved
            : counted * reopened
        this.#each[s][m] = this.#branches.is(counted < credited) ? 0 : counted - credited
        this.#billable[m] += this.#each[s][m]
        this.#involved[m] += flow.involved[m]
        totals.resolutions += flow.genuine[m]
      }
      totals.billable += this.#billable[m]
    }
    for (const metered of this.#charges) {
      this.#raise(metered, value)
      this.#charge(metered, value)
    }
    this.#credit()
  }

  #add(m: number, layer: number, amount: number, by?: readonly Float64Array[]): void {
    this.#place.totals.add(m, layer, amount, by)
    if (layer === USAGE || layer === COMMITMENT || layer === OVERAGE) this.#spent[m] += m > this.#place.shadow ? amount : 0
  }

  /** Renewals hold from their month on, the escalator from each anniversary on. */
  #raise({ charge, factors }: Metered, value: Drawn['value']): void {
    const { renewals = [], term } = this.#contract
    const escalator = 'escalator' in charge ? charge.escalator : undefined
    if (renewals.length === 0 && escalator === undefined) return
    factors.fill(1)
    const own = of(escalator ?? 0, value)
    const anchor = term?.start ?? 0
    for (let year = anchor + 12; year < factors.length; year += 12)
      for (let m = Math.max(0, year); m < factors.length; m++) factors[m] *= 1 + own
    for (const { month, change, cap = Infinity } of renewals) {
      const drawn = of(change, value)
      const rise = 1 + (this.#branches.is(drawn > cap) ? cap : drawn)
      for (let m = month; m < factors.length; m++) factors[m] *= rise
    }
  }

  #charge(metered: Metered, value: Drawn['value']): void {
    const { charge, used, by, factors } = metered
    const [from, end] = this.#place.live
    switch (charge.model) {
      case 'unit': {
        const price = of(charge.price, value)
        let free = charge.included ?? 0
        for (let m = 0; m < used.length; m++) {
          const taken = this.#branches.is(used[m] > free) ? free : used[m]
          free -= taken
          this.#amounts[m] = (used[m] - taken) * price * factors[m]
        }
        this.#bounded(metered, price)
        return
      }
      case 'graduated':
        for (let m = from; m < end; m++) this.#add(m, USAGE, this.#graduated(charge.tiers, used[m]) * factors[m], by)
        return
      case 'volume':
        for (let m = from; m < end; m++)
          this.#add(m, USAGE, used[m] * charge.tiers[this.#reached(charge.tiers, used[m])].price * factors[m], by)
        return
      case 'bundles':
        for (let m = from; m < end; m++)
          this.#add(m, USAGE, charge.tiers[this.#reached(charge.tiers, used[m])].price * factors[m], by)
        return
      case 'package': {
        const price = of(charge.price, value)
        for (let m = from; m < end; m++)
          this.#add(m, USAGE, this.#branches.take(started(used[m] / charge.size)) * price * factors[m], by)
        return
      }
      case 'commitment':
        this.#commitment(charge, metered)
        return
      case 'seats':
        for (let m = from; m < end; m++) {
          let people = 0
          for (const flow of this.#place.flows) people += flow.people[m]
          this.#add(m, PLATFORM, this.#branches.take(started(people / charge.perAgent)) * charge.price * factors[m])
        }
        return
      case 'fee':
        this.#fee(charge, factors, value)
    }
  }

  /** What fell due once before the plan is not billed again. */
  #fee({ amount, per }: Extract<Charge, { model: 'fee' }>, factors: Float64Array, value: Drawn['value']): void {
    const [from, end] = this.#place.live
    const { from: stated, term } = this.#contract
    const due = of(amount, value)
    if (per === 'month') for (let m = from; m < end; m++) this.#add(m, PLATFORM, due * factors[m])
    else if (from < end && (stated ?? term?.start ?? 0) >= 0) this.#add(from, SETUP, due * factors[from])
  }

  /** The first tier whose end the quantity does not exceed. */
  #reached(tiers: readonly Tier[], q: number): number {
    let k = 0
    for (let to = tiers[k].to; to !== undefined && above(q, to); to = tiers[k].to) k++
    return this.#branches.take(k)
  }

  #graduated(tiers: readonly Tier[], q: number): number {
    let [amount, from] = [0, 0]
    for (const { to = Infinity, price } of tiers) {
      amount += price * (Math.min(q, to) - from)
      if (!this.#branches.is(q > to)) break
      from = to
    }
    return amount
  }

  /** A cap holds the running amount of its period. A floor is filled up in the last month of its period. */
  #bounded({ minimum, maximum, by, factors }: Metered, price: number): void {
    const billed = this.#amounts
    const final = billed.length - 1
    const toDate = this.#contract.term?.toDate
    const spent = toDate ? (toDate.spend ?? toDate.quantity * price * factors[0]) : 0
    for (const [first, last, amount] of maximum) {
      const most = amount * factors[Math.min(last, final)]
      let running = first < 0 ? spent : 0
      let before = this.#branches.is(running > most) ? most : running
      for (let m = Math.max(0, first); m <= Math.min(last, final); m++) {
        running += billed[m]
        const capped = this.#branches.is(running > most) ? most : running
        billed[m] = capped - before
        before = capped
      }
    }
    const [from, end] = this.#place.live
    for (let m = from; m < end; m++) this.#add(m, USAGE, billed[m], by)
    for (const [first, last, amount] of minimum) {
      if (last > final) continue
      const least = amount * factors[last]
      const all = sum(billed, Math.max(0, first), last + 1) + (first < 0 ? spent : 0)
      if (this.#branches.is(all < least)) this.#add(last, USAGE, least - all)
    }
  }

  #commitment(charge: Extract<Charge, { model: 'commitment' }>, { used, by, quantity: spans, factors }: Metered): void {
    const { price, overage, quantity: bound } = charge
    const { totals } = this.#place
    const each = bound.amount / (bound.per === 'year' ? 12 : 1)
    for (const [first, last, quantity] of spans) {
      let running = first < 0 ? (this.#contract.term?.toDate?.quantity ?? 0) : 0
      for (let m = Math.max(0, first); m <= Math.min(last, used.length - 1); m++) {
        const before = this.#branches.is(running > quantity) ? running - quantity : 0
        running += used[m]
        this.#add(m, COMMITMENT, each * price * factors[m], by)
        const more = (this.#branches.is(running > quantity) ? running - quantity : 0) - before
        this.#add(m, OVERAGE, more * overage * factors[m], by)
        totals.overQuantity += more
        totals.overAmount += more * overage * factors[m]
        if (above(quantity + more, quantity)) totals.over[m] = 1
      }
      if (last < used.length && this.#branches.is(running < quantity)) totals.unused += quantity - running
    }
  }

  /** Refund and guarantee, by the rate of the conversations of their months. One that begins before the plan is not settled. */
  #credit(): void {
    const { guarantee, refund, from: stated, term } = this.#contract
    const { flows, live, shadow } = this.#place
    const from = stated ?? term?.start ?? 0
    const settles = (n: number) => from >= 0 && from + n <= live[1]
    const rate = (n: number) => {
      let [genuine, involved] = [0, 0]
      for (const flow of flows) {
        genuine += sum(flow.genuine, from, from + n)
        involved += sum(flow.involved, Math.max(from, shadow + 1), from + n)
      }
      return genuine / involved
    }
    if (refund && settles(refund.months)) {
      const due = this.#branches.is(rate(refund.months) < refund.below - 1e-12)
      const spent = sum(this.#spent, from, from + refund.months)
      this.#add(from + refund.months - 1, CREDITS, due ? -refund.share * spent : 0)
    }
    if (guarantee && settles(guarantee.months)) {
      const due = this.#branches.is(rate(guarantee.months) <= guarantee.notAbove + 1e-12)
      this.#add(from + guarantee.months - 1, CREDITS, due ? -guarantee.payment : 0)
    }
  }
}

export function sum(values: ArrayLike<number>, from = 0, to = values.length): number {
  let total = 0
  for (let k = from; k < to; k++) total += values[k]
  return total
}

/** Periods count from the plan's start, and what is cut off counts by its months. A term has years of its own, which go on after the plan. */
function periods({ amount, per }: Bound, { from, until, term }: Contract, { months, live }: Place): readonly Period[] {
  const [begin, beyond] = live
  if (per === 'month') return Array.from({ length: Math.max(0, beyond - begin) }, (_, k) => [begin + k, begin + k, amount] as const)
  const anchor = term?.start ?? 0
  const first = from ?? anchor
  const end = until === undefined ? (term ? Infinity : months) : until + 1
  const found: Period[] = []
  for (let year = anchor; year < Math.min(end, months); year += 12) {
    const [low, high] = [Math.max(year, first), Math.min(year + 12, end)]
    if (high > Math.max(0, low)) found.push([low, high - 1, (amount * (high - low)) / 12])
  }
  return found
}
