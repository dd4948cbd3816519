// Bills one trial of a plan: months, charges and terms, straight from their definitions. It counts which branch each comparison takes,
// so that places where a cost jumps or bends can be found. It shares nothing with the engine. Truths need millions of trials, so a year is
// written into the same arrays each time.
import type { Law } from './laws.ts'
import type { Bound, Charge, Offer, Plan, Tier } from './plans.ts'
import { Branches, of, Stream } from './stream.ts'

/** One trial's values. */
export interface Drawn {
  readonly value: (law: Law) => number
  /** Scores of the noises of each month, for plans that have them. */
  readonly volumeScores: ArrayLike<number>
  readonly rateScores: ArrayLike<number>
  /** Scores of the segments' own noises, by segment. */
  readonly ownScores?: readonly ArrayLike<number>[]
  /** The factor of the spike and the points of the setback that start in each month. Without one, 1 and 0. */
  readonly spikes?: ArrayLike<number>
  readonly setbacks?: ArrayLike<number>
  /** Draws a whole number with a Poisson distribution, for plans with sampled counts. */
  readonly whole?: (mean: number) => number
}

/** What an offer bills, valid until the next trial. */
export interface OfferYear {
  readonly bills: Float64Array
  readonly people: Float64Array
  /** By place in LAYERS. */
  readonly layers: Float64Array
  /** Whether the offer has a layer. */
  readonly has: readonly boolean[]
  readonly resolutions: number
  readonly billable: number
  /** 1 in months with overage. */
  readonly over: Uint8Array
  readonly overQuantity: number
  readonly overAmount: number
  readonly unused: number
  /** The bill by segment and month, and the people of the year by segment. */
  readonly split: readonly Float64Array[]
  readonly splitPeople: Float64Array
}

export interface Year {
  readonly volumes: Float64Array
  readonly genuine: Float64Array
  readonly offers: readonly OfferYear[]
  /** Empty for a plan without segments. */
  readonly segments: readonly Pick<Stream, 'volumes' | 'genuine'>[]
  /** Two trials with the same regime lie on one smooth piece of every cost. */
  readonly regime: number
}

/** The layers of a bill. */
export const LAYERS = ['usage', 'commitment', 'overage', 'platform', 'set-up', 'credits'] as const
const [USAGE, COMMITMENT, OVERAGE, PLATFORM, SETUP, CREDITS] = LAYERS.keys()

/** Rounding that thresholds allow for. */
const above = (q: number, t: number): boolean => q - t > 1e-9 * Math.max(1, t)
const started = (x: number): number => Math.ceil(x - 1e-9 * Math.max(1, x))

/** Quantities of each month that offers bill. */
interface Quantities {
  readonly volumes: Float64Array
  readonly genuine: Float64Array
  /** Conversations that people handle. */
  readonly handled: Float64Array
}

export class Biller {
  readonly #plan: Plan
  readonly #branches = new Branches()
  readonly #streams: readonly Stream[]
  readonly #quantities: Quantities
  readonly #offers: readonly OfferBiller[]
  /** The cost of a contact, by stream. */
  readonly #costs: number[]

  constructor(plan: Plan) {
    const { months, offers, segments } = plan
    const empty = () => new Float64Array(months)
    this.#plan = plan
    this.#streams = (segments ?? [undefined]).map((segment) => new Stream(plan, segment, this.#branches))
    // A plan without segments has the quantities of its only stream.
    this.#quantities = segments ? { volumes: empty(), genuine: empty(), handled: empty() } : this.#streams[0]
    this.#costs = this.#streams.map(() => 0)
    this.#offers = offers.map((offer) => new OfferBiller(offer, months, this.#quantities, this.#streams, this.#branches))
  }

  /** The arrays of the year are those of every year. */
  year(drawn: Drawn): Year {
    const { human, segments } = this.#plan
    const { volumes, genuine } = this.#quantities
    this.#branches.regime = 0
    this.#streams.forEach((stream, s) => stream.set(drawn, drawn.ownScores?.[s]))
    if (segments) this.#add()
    const shared = human === undefined ? 0 : of(human, drawn.value)
    this.#streams.forEach((_, s) => {
      this.#costs[s] = segments?.[s].human ?? shared
    })
    for (const offer of this.#offers) offer.bill(this.#costs, drawn.value)
    return { volumes, genuine, offers: this.#offers, segments: segments ? this.#streams : [], regime: this.#branches.regime }
  }

  #add(): void {
    for (const key of ['volumes', 'genuine', 'handled'] as const) {
      const all = this.#quantities[key]
      all.fill(0)
      for (const stream of this.#streams) for (let m = 0; m < all.length; m++) all[m] += stream[key][m]
    }
  }
}

/** First month, last month and amount. */
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
}

class OfferBiller implements OfferYear {
  readonly bills: Float64Array
  readonly people: Float64Array
  readonly layers = new Float64Array(LAYERS.length)
  readonly has = LAYERS.map(() => false)
  readonly over: Uint8Array
  resolutions = 0
  billable = 0
  overQuantity = 0
  overAmount = 0
  unused = 0
  readonly #offer: Offer
  readonly #months: number
  readonly #quantities: Quantities
  readonly #branches: Branches
  readonly #charges: readonly Metered[]
  readonly #billable: Float64Array
  readonly #amounts: Float64Array
  readonly #spent: Float64Array
  readonly #streams: readonly Stream[]
  readonly split: readonly Float64Array[]
  readonly splitPeople: Float64Array
  /** Billable resolutions by segment. */
  readonly #each: readonly Float64Array[]
  readonly #volumes: readonly Float64Array[]
  readonly #none: Float64Array

  constructor(offer: Offer, months: number, quantities: Quantities, streams: readonly Stream[], branches: Branches) {
    const empty = () => new Float64Array(months)
    this.#offer = offer
    this.#months = months
    this.#quantities = quantities
    this.#branches = branches
    this.bills = empty()
    this.people = empty()
    this.over = new Uint8Array(months)
    this.#billable = empty()
    this.#amounts = empty()
    this.#spent = empty()
    this.#streams = streams
    this.split = streams.map(empty)
    this.splitPeople = new Float64Array(streams.length)
    this.#each = streams.map(empty)
    this.#volumes = streams.map(({ volumes }) => volumes)
    this.#none = empty()
    const spans = (bound: Bound | undefined) => (bound ? periods(bound, months) : [])
    this.#charges = offer.charges.map((charge) => ({
      charge,
      ...this.#metered(charge),
      maximum: spans(charge.model === 'unit' ? charge.maximum : undefined),
      minimum: spans(charge.model === 'unit' ? charge.minimum : undefined),
      quantity: spans(charge.model === 'commitment' ? charge.quantity : undefined),
    }))
  }

  /** The quantities of a charge, and by what its usage is split between segments. */
  #metered(charge: Charge): Pick<Metered, 'used' | 'by'> {
    const conversations = 'meter' in charge && charge.meter === 'conversations'
    const by = conversations ? this.#volumes : this.#each
    if ('of' in charge && charge.of !== undefined)
      return { used: by[charge.of], by: by.map((own, s) => (s === charge.of ? own : this.#none)) }
    return { used: conversations ? this.#quantities.volumes : this.#billable, by }
  }

  bill(costs: readonly number[], value: Drawn['value']): void {
    const { genuine, handled } = this.#quantities
    const { resolved, unresolved, reopened } = this.#offer.counted ?? { resolved: 1, unresolved: 0, reopened: 0 }
    this.#clear()
    for (let m = 0; m < this.#months; m++) {
      this.#billable[m] = (genuine[m] * resolved + handled[m] * unresolved) * (1 - reopened)
      this.people[m] = 0
      for (const [s, own] of this.#streams.entries()) {
        this.#each[s][m] = (own.genuine[m] * resolved + own.handled[m] * unresolved) * (1 - reopened)
        this.people[m] += own.handled[m] * costs[s]
        this.splitPeople[s] += own.handled[m] * costs[s]
      }
    }
    this.resolutions = sum(genuine, 0, this.#months)
    this.billable = sum(this.#billable, 0, this.#months)
    for (const metered of this.#charges) this.#charge(metered, value)
    this.#credit()
  }

  #clear(): void {
    for (const all of [this.bills, this.layers, this.over, this.#spent, this.splitPeople, ...this.split]) all.fill(0)
    this.overQuantity = 0
    this.overAmount = 0
    this.unused = 0
  }

  /** @param by the quantities by which segments share the amount: equally, if all are 0 */
  #add(m: number, layer: number, amount: number, by = this.#volumes): void {
    this.#split(m, amount, by)
    this.bills[m] += amount
    this.layers[layer] += amount
    this.has[layer] = true
    if (layer === USAGE || layer === COMMITMENT || layer === OVERAGE) this.#spent[m] += amount
  }

  #split(m: number, amount: number, by: readonly Float64Array[]): void {
    let whole = 0
    for (const own of by) whole += own[m]
    for (let s = 0; s < by.length; s++) this.split[s][m] += whole > 0 ? (amount * by[s][m]) / whole : amount / by.length
  }

  #charge(metered: Metered, value: Drawn['value']): void {
    const { charge, used, by } = metered
    switch (charge.model) {
      case 'unit': {
        const price = of(charge.price, value)
        for (let m = 0; m < used.length; m++) this.#amounts[m] = used[m] * price
        this.#bounded(metered)
        return
      }
      case 'graduated':
        for (let m = 0; m < used.length; m++) this.#add(m, USAGE, this.#graduated(charge.tiers, used[m]), by)
        return
      case 'volume':
        for (let m = 0; m < used.length; m++)
          this.#add(m, USAGE, used[m] * charge.tiers[this.#reached(charge.tiers, used[m])].price, by)
        return
      case 'bundles':
        for (let m = 0; m < used.length; m++) this.#add(m, USAGE, charge.tiers[this.#reached(charge.tiers, used[m])].price, by)
        return
      case 'package': {
        const price = of(charge.price, value)
        for (let m = 0; m < used.length; m++) this.#add(m, USAGE, this.#branches.take(started(used[m] / charge.size)) * price, by)
        return
      }
      case 'commitment':
        this.#commitment(charge, metered)
        return
      case 'seats': {
        const { handled } = this.#quantities
        for (let m = 0; m < used.length; m++)
          this.#add(m, PLATFORM, this.#branches.take(started(handled[m] / charge.perAgent)) * charge.price)
        return
      }
      case 'fee': {
        const amount = of(charge.amount, value)
        if (charge.per === 'once') this.#add(0, SETUP, amount)
        else for (let m = 0; m < used.length; m++) this.#add(m, PLATFORM, amount)
      }
    }
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
  #bounded({ minimum, maximum, by }: Metered): void {
    const billed = this.#amounts
    for (const [first, last, most] of maximum) {
      let [running, before] = [0, 0]
      for (let m = first; m <= last; m++) {
        running += billed[m]
        const capped = this.#branches.is(running > most) ? most : running
        billed[m] = capped - before
        before = capped
      }
    }
    for (let m = 0; m < billed.length; m++) this.#add(m, USAGE, billed[m], by)
    for (const [first, last, least] of minimum) {
      const spent = sum(billed, first, last + 1)
      if (this.#branches.is(spent < least)) this.#add(last, USAGE, least - spent)
    }
  }

  #commitment({ price, overage }: Extract<Charge, { model: 'commitment' }>, { used, by, quantity: spans }: Metered): void {
    for (const [first, last, quantity] of spans) {
      let running = 0
      for (let m = first; m <= last; m++) {
        const before = Math.max(0, running - quantity)
        running += used[m]
        this.#add(m, COMMITMENT, (quantity / (last - first + 1)) * price, by)
        const more = (this.#branches.is(running > quantity) ? running - quantity : 0) - before
        this.#add(m, OVERAGE, more * overage, by)
        this.overQuantity += more
        this.overAmount += more * overage
        if (above(quantity + more, quantity)) this.over[m] = 1
      }
      if (this.#branches.is(running < quantity)) this.unused += quantity - running
    }
  }

  /** Refund and guarantee, by the rate of the conversations of their months. */
  #credit(): void {
    const { guarantee, refund } = this.#offer
    const { volumes, genuine } = this.#quantities
    const rate = (n: number) => sum(genuine, 0, n) / sum(volumes, 0, n)
    if (refund && refund.months <= this.#months) {
      const due = this.#branches.is(rate(refund.months) < refund.below - 1e-12)
      this.#add(refund.months - 1, CREDITS, due ? -refund.share * sum(this.#spent, 0, refund.months) : 0)
    }
    if (guarantee && guarantee.months <= this.#months) {
      const due = this.#branches.is(rate(guarantee.months) <= guarantee.notAbove + 1e-12)
      this.#add(guarantee.months - 1, CREDITS, due ? -guarantee.payment : 0)
    }
  }
}

export function sum(values: ArrayLike<number>, from = 0, to = values.length): number {
  let total = 0
  for (let k = from; k < to; k++) total += values[k]
  return total
}

/** The periods of a plan of at most a year. */
function periods({ amount, per }: Bound, months: number): readonly Period[] {
  if (per === 'year') return [[0, months - 1, (amount * months) / 12]]
  return Array.from({ length: months }, (_, m) => [m, m, amount] as const)
}
