// Bills one trial of a plan: months, charges and terms, straight from their definitions. It counts which branch each comparison takes,
// so that places where a cost jumps or bends can be found. It shares nothing with the engine. Truths need millions of trials, so a year is
// written into the same arrays each time.
import { noiseSigma, noisyRate, rateNoise, meanOf, type Law, type Value } from './laws.ts'
import type { Bound, Charge, Offer, Plan, Tier } from './plans.ts'

/** One trial's values. */
export interface Drawn {
  readonly value: (law: Law) => number
  /** Scores of the noises of each month, for plans that have them. */
  readonly volumeScores: ArrayLike<number>
  readonly rateScores: ArrayLike<number>
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
}

export interface Year {
  readonly volumes: Float64Array
  readonly genuine: Float64Array
  readonly offers: readonly OfferYear[]
  /** Two trials with the same regime lie on one smooth piece of every cost. */
  readonly regime: number
}

/** The layers of a bill. */
export const LAYERS = ['usage', 'commitment', 'overage', 'platform', 'set-up', 'credits'] as const
const [USAGE, COMMITMENT, OVERAGE, PLATFORM, SETUP, CREDITS] = LAYERS.keys()

/** Rounding that thresholds allow for. */
const above = (q: number, t: number): boolean => q - t > 1e-9 * Math.max(1, t)
const started = (x: number): number => Math.ceil(x - 1e-9 * Math.max(1, x))

/** The branches that a trial takes, as one number. */
class Branches {
  regime = 0

  take(k: number): number {
    this.regime = (Math.imul(this.regime, 1_000_003) + k + 1) | 0
    return k
  }

  is(holds: boolean): boolean {
    this.take(holds ? 1 : 0)
    return holds
  }
}

/** Quantities of each month that offers bill. */
interface Quantities {
  readonly volumes: Float64Array
  readonly genuine: Float64Array
  /** Conversations that people handle. */
  readonly handled: Float64Array
}

export class Biller {
  readonly #plan: Plan
  readonly #noise
  readonly #sigma: number
  readonly #branches = new Branches()
  readonly #quantities: Quantities
  readonly #rates: Float64Array
  readonly #levels: Float64Array
  readonly #growths: readonly number[]
  readonly #offers: readonly OfferBiller[]

  constructor(plan: Plan) {
    const { months, offers } = plan
    const empty = () => new Float64Array(months)
    this.#plan = plan
    this.#noise = plan.rateNoise && rateNoise(Math.min(meanOf(plan.rate), plan.ceiling), plan.rateNoise.sd)
    this.#sigma = noiseSigma(plan.volumeNoise?.cv ?? 0)
    this.#quantities = { volumes: empty(), genuine: empty(), handled: empty() }
    this.#rates = empty()
    this.#levels = empty()
    this.#growths = Array.from({ length: months }, (_, m) => (1 + plan.growth) ** m)
    this.#offers = offers.map((offer) => new OfferBiller(offer, months, this.#quantities, this.#branches))
  }

  /** The arrays of the year are those of every year. */
  year(drawn: Drawn): Year {
    const { volumes, genuine } = this.#quantities
    this.#branches.regime = 0
    this.#setVolumes(drawn)
    this.#setRates(drawn)
    this.#count(drawn)
    const { human } = this.#plan
    const cost = human === undefined ? 0 : of(human, drawn.value)
    for (const offer of this.#offers) offer.bill(cost, drawn.value)
    return { volumes, genuine, offers: this.#offers, regime: this.#branches.regime }
  }

  #setVolumes({ value, volumeScores, spikes }: Drawn): void {
    const { months, base, volumeNoise, spikes: program } = this.#plan
    const { volumes } = this.#quantities
    const start = of(base, value)
    for (let m = 0; m < months; m++) volumes[m] = start * this.#growths[m]
    if (volumeNoise) {
      const sigma = this.#sigma
      this.#autoregress(volumeScores, volumeNoise.autocorrelation)
      for (let m = 0; m < months; m++) volumes[m] *= Math.exp(sigma * this.#levels[m] - (sigma * sigma) / 2)
    }
    if (!spikes || !program) return
    for (let s = 0; s < months; s++) for (let m = s; m < Math.min(months, s + program.months); m++) volumes[m] *= spikes[s]
  }

  #setRates({ value, rateScores, setbacks }: Drawn): void {
    const { months, rate, improvement, ceiling, rateNoise: noise, setbacks: program } = this.#plan
    const rates = this.#rates
    const start = of(rate, value)
    for (let m = 0; m < months; m++) {
      const own = (this.#branches.is(start > ceiling) ? ceiling : start) + improvement * m
      rates[m] = this.#branches.is(own > ceiling) ? ceiling : own
    }
    if (setbacks && program) {
      for (let s = 0; s < months; s++)
        for (let m = s; m < Math.min(months, s + program.months); m++) rates[m] -= setbacks[s] * (1 - (m - s) / program.months)
      for (let m = 0; m < months; m++) rates[m] = Math.min(1, Math.max(0, rates[m]))
    }
    if (!noise || !this.#noise) return
    this.#autoregress(rateScores, noise.autocorrelation)
    for (let m = 0; m < months; m++) rates[m] = noisyRate(rates[m], this.#noise, this.#levels[m])
  }

  /** The resolved part of a Poisson number has a Poisson distribution, and so has the rest, independently. */
  #count({ whole }: Drawn): void {
    const { volumes, genuine, handled } = this.#quantities
    for (let m = 0; m < volumes.length; m++) {
      const [volume, rate] = [volumes[m], this.#rates[m]]
      if (whole) {
        genuine[m] = whole(volume * rate)
        handled[m] = whole(volume * (1 - rate))
        volumes[m] = genuine[m] + handled[m]
      } else {
        genuine[m] = volume * rate
        handled[m] = volume - genuine[m]
      }
    }
  }

  /** A stationary series of variance 1. */
  #autoregress(scores: ArrayLike<number>, phi: number): void {
    const levels = this.#levels
    const step = Math.sqrt(1 - phi * phi)
    for (let m = 0; m < levels.length; m++) levels[m] = m === 0 ? scores[0] : phi * levels[m - 1] + step * scores[m]
  }
}

/** First month, last month and amount. */
type Period = readonly [first: number, last: number, amount: number]

/** A charge, the quantities that it bills, and its periods. */
interface Metered {
  readonly charge: Charge
  readonly used: Float64Array
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

  constructor(offer: Offer, months: number, quantities: Quantities, branches: Branches) {
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
    const spans = (bound: Bound | undefined) => (bound ? periods(bound, months) : [])
    this.#charges = offer.charges.map((charge) => ({
      charge,
      used: 'meter' in charge && charge.meter === 'conversations' ? quantities.volumes : this.#billable,
      maximum: spans(charge.model === 'unit' ? charge.maximum : undefined),
      minimum: spans(charge.model === 'unit' ? charge.minimum : undefined),
      quantity: spans(charge.model === 'commitment' ? charge.quantity : undefined),
    }))
  }

  bill(humanCost: number, value: Drawn['value']): void {
    const { genuine, handled } = this.#quantities
    const { resolved, unresolved, reopened } = this.#offer.counted ?? { resolved: 1, unresolved: 0, reopened: 0 }
    this.#clear()
    for (let m = 0; m < this.#months; m++) {
      this.#billable[m] = (genuine[m] * resolved + handled[m] * unresolved) * (1 - reopened)
      this.people[m] = handled[m] * humanCost
    }
    this.resolutions = sum(genuine, 0, this.#months)
    this.billable = sum(this.#billable, 0, this.#months)
    for (const metered of this.#charges) this.#charge(metered, value)
    this.#credit()
  }

  #clear(): void {
    for (const all of [this.bills, this.layers, this.over, this.#spent]) all.fill(0)
    this.overQuantity = 0
    this.overAmount = 0
    this.unused = 0
  }

  #add(m: number, layer: number, amount: number): void {
    this.bills[m] += amount
    this.layers[layer] += amount
    this.has[layer] = true
    if (layer === USAGE || layer === COMMITMENT || layer === OVERAGE) this.#spent[m] += amount
  }

  #charge(metered: Metered, value: Drawn['value']): void {
    const { charge, used } = metered
    switch (charge.model) {
      case 'unit': {
        const price = of(charge.price, value)
        for (let m = 0; m < used.length; m++) this.#amounts[m] = used[m] * price
        this.#bounded(metered)
        return
      }
      case 'graduated':
        for (let m = 0; m < used.length; m++) this.#add(m, USAGE, this.#graduated(charge.tiers, used[m]))
        return
      case 'volume':
        for (let m = 0; m < used.length; m++)
          this.#add(m, USAGE, used[m] * charge.tiers[this.#reached(charge.tiers, used[m])].price)
        return
      case 'bundles':
        for (let m = 0; m < used.length; m++) this.#add(m, USAGE, charge.tiers[this.#reached(charge.tiers, used[m])].price)
        return
      case 'package': {
        const price = of(charge.price, value)
        for (let m = 0; m < used.length; m++) this.#add(m, USAGE, this.#branches.take(started(used[m] / charge.size)) * price)
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
  #bounded({ minimum, maximum }: Metered): void {
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
    for (const [first, last, least] of minimum) {
      const spent = sum(billed, first, last + 1)
      if (this.#branches.is(spent < least)) billed[last] += least - spent
    }
    for (let m = 0; m < billed.length; m++) this.#add(m, USAGE, billed[m])
  }

  #commitment({ price, overage }: Extract<Charge, { model: 'commitment' }>, { used, quantity: spans }: Metered): void {
    for (const [first, last, quantity] of spans) {
      let running = 0
      for (let m = first; m <= last; m++) {
        const before = Math.max(0, running - quantity)
        running += used[m]
        this.#add(m, COMMITMENT, (quantity / (last - first + 1)) * price)
        const more = (this.#branches.is(running > quantity) ? running - quantity : 0) - before
        this.#add(m, OVERAGE, more * overage)
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

const of = (value: Value, drawn: Drawn['value']): number => (typeof value === 'number' ? value : drawn(value))

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
