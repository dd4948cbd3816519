// Bills one trial of a plan: months, charges and terms, straight from their definitions. It counts which branch each comparison takes,
// so that places where a cost jumps or bends can be found. It shares nothing with the engine.
import { noiseSigma, noisyRate, rateNoise, meanOf, type Law, type Value } from './laws.ts'
import type { Bound, Charge, Offer, Plan, Tier } from './plans.ts'

/** One trial's values. */
export interface Drawn {
  readonly value: (law: Law) => number
  /** Scores of the noises of each month, for plans that have them. */
  readonly volumeScores: readonly number[]
  readonly rateScores: readonly number[]
}

export interface OfferYear {
  readonly bills: readonly number[]
  readonly people: readonly number[]
  readonly layers: ReadonlyMap<string, number>
  readonly resolutions: number
  readonly billable: number
  readonly over: readonly boolean[]
  readonly overQuantity: number
  readonly overAmount: number
  readonly unused: number
}

export interface Year {
  readonly volumes: readonly number[]
  readonly rates: readonly number[]
  readonly offers: readonly OfferYear[]
  /** Two trials with the same regime lie on one smooth piece of every cost. */
  readonly regime: number
}

/** The layers of a bill. */
export const LAYERS = ['usage', 'commitment', 'overage', 'platform', 'set-up', 'credits'] as const
type Layer = (typeof LAYERS)[number]

/** Rounding that thresholds allow for. */
const above = (q: number, t: number): boolean => q - t > 1e-9 * Math.max(1, t)
const started = (x: number): number => Math.ceil(x - 1e-9 * Math.max(1, x))

export class Biller {
  readonly #plan: Plan
  readonly #noise
  #regime = 0

  constructor(plan: Plan) {
    this.#plan = plan
    this.#noise = plan.rateNoise && rateNoise(Math.min(meanOf(plan.rate), plan.ceiling), plan.rateNoise.sd)
  }

  year(drawn: Drawn): Year {
    this.#regime = 0
    const volumes = this.#volumes(drawn)
    const rates = this.#rates(drawn)
    const offers = this.#plan.offers.map((offer) => this.#offer(offer, volumes, rates, drawn))
    return { volumes, rates, offers, regime: this.#regime }
  }

  #branch(k: number): number {
    this.#regime = (Math.imul(this.#regime, 1_000_003) + k + 1) | 0
    return k
  }

  #is(holds: boolean): boolean {
    this.#branch(holds ? 1 : 0)
    return holds
  }

  #volumes({ value, volumeScores }: Drawn): number[] {
    const { months, base, growth, volumeNoise } = this.#plan
    const start = of(base, value)
    const volumes = Array.from({ length: months }, (_, m) => start * (1 + growth) ** m)
    if (!volumeNoise) return volumes
    const { cv, autocorrelation: phi } = volumeNoise
    const sigma = noiseSigma(cv)
    const levels = autoregression(volumeScores, phi)
    return volumes.map((volume, m) => volume * Math.exp(sigma * levels[m] - (sigma * sigma) / 2))
  }

  #rates({ value, rateScores }: Drawn): number[] {
    const { months, rate, improvement, ceiling } = this.#plan
    const noise = this.#noise
    const start = of(rate, value)
    const trend = Array.from({ length: months }, (_, m) => {
      const own = (this.#is(start > ceiling) ? ceiling : start) + improvement * m
      return this.#is(own > ceiling) ? ceiling : own
    })
    if (!noise) return trend
    const levels = autoregression(rateScores, this.#plan.rateNoise?.autocorrelation ?? 0)
    return trend.map((mu, m) => noisyRate(mu, noise, levels[m]))
  }

  #offer(offer: Offer, volumes: readonly number[], rates: readonly number[], { value }: Drawn): OfferYear {
    const { months, human } = this.#plan
    const { resolved, unresolved, reopened } = offer.counted ?? { resolved: 1, unresolved: 0, reopened: 0 }
    const genuine = volumes.map((volume, m) => volume * rates[m])
    const billable = volumes.map((volume, m) => volume * (rates[m] * resolved + (1 - rates[m]) * unresolved) * (1 - reopened))
    const handled = volumes.map((volume, m) => volume - genuine[m])
    const sheet = new Sheet(months)
    for (const charge of offer.charges) {
      const used = 'meter' in charge && charge.meter === 'conversations' ? volumes : billable
      this.#charge(charge, used, handled, value, sheet)
    }
    this.#credit(offer, volumes, genuine, sheet)
    const cost = human === undefined ? 0 : of(human, value)
    return {
      bills: sheet.months,
      people: handled.map((count) => count * cost),
      layers: sheet.layers,
      resolutions: sum(genuine),
      billable: sum(billable),
      over: sheet.over,
      overQuantity: sheet.overQuantity,
      overAmount: sheet.overAmount,
      unused: sheet.unused,
    }
  }

  #charge(charge: Charge, used: readonly number[], handled: readonly number[], value: Drawn['value'], sheet: Sheet): void {
    switch (charge.model) {
      case 'unit': {
        const price = of(charge.price, value)
        this.#bounded(
          charge,
          used.map((q) => q * price),
          sheet,
        )
        return
      }
      case 'graduated':
        used.forEach((q, m) => sheet.add(m, 'usage', this.#graduated(charge.tiers, q)))
        return
      case 'volume':
        used.forEach((q, m) => sheet.add(m, 'usage', q * charge.tiers[this.#reached(charge.tiers, q)].price))
        return
      case 'bundles':
        used.forEach((q, m) => sheet.add(m, 'usage', charge.tiers[this.#reached(charge.tiers, q)].price))
        return
      case 'package': {
        const price = of(charge.price, value)
        used.forEach((q, m) => sheet.add(m, 'usage', this.#branch(started(q / charge.size)) * price))
        return
      }
      case 'commitment':
        this.#commitment(charge, used, sheet)
        return
      case 'seats':
        handled.forEach((q, m) => sheet.add(m, 'platform', this.#branch(started(q / charge.perAgent)) * charge.price))
        return
      case 'fee': {
        const amount = of(charge.amount, value)
        if (charge.per === 'once') sheet.add(0, 'set-up', amount)
        else for (let m = 0; m < used.length; m++) sheet.add(m, 'platform', amount)
      }
    }
  }

  /** The first tier whose end the quantity does not exceed. */
  #reached(tiers: readonly Tier[], q: number): number {
    const found = tiers.findIndex(({ to }) => to === undefined || !above(q, to))
    return this.#branch(found)
  }

  #graduated(tiers: readonly Tier[], q: number): number {
    let [amount, from] = [0, 0]
    for (const { to = Infinity, price } of tiers) {
      amount += price * (Math.min(q, to) - from)
      if (!this.#is(q > to)) break
      from = to
    }
    return amount
  }

  /** A cap holds the running amount of its period. A floor is filled up in the last month of its period. */
  #bounded({ minimum, maximum }: Extract<Charge, { model: 'unit' }>, amounts: number[], sheet: Sheet): void {
    const { months } = this.#plan
    const billed = [...amounts]
    for (const [first, last, most] of maximum ? periods(maximum, months) : []) {
      let [running, before] = [0, 0]
      for (let m = first; m <= last; m++) {
        running += amounts[m]
        const capped = this.#is(running > most) ? most : running
        billed[m] = capped - before
        before = capped
      }
    }
    for (const [first, last, least] of minimum ? periods(minimum, months) : []) {
      const spent = sum(billed.slice(first, last + 1))
      if (this.#is(spent < least)) billed[last] += least - spent
    }
    billed.forEach((amount, m) => sheet.add(m, 'usage', amount))
  }

  #commitment(charge: Extract<Charge, { model: 'commitment' }>, used: readonly number[], sheet: Sheet): void {
    for (const [first, last, quantity] of periods(charge.quantity, used.length)) {
      let running = 0
      for (let m = first; m <= last; m++) {
        const before = Math.max(0, running - quantity)
        running += used[m]
        sheet.add(m, 'commitment', (quantity / (last - first + 1)) * charge.price)
        const more = (this.#is(running > quantity) ? running - quantity : 0) - before
        sheet.add(m, 'overage', more * charge.overage)
        sheet.overQuantity += more
        sheet.overAmount += more * charge.overage
        if (above(quantity + more, quantity)) sheet.over[m] = true
      }
      if (this.#is(running < quantity)) sheet.unused += quantity - running
    }
  }

  /** Refund and guarantee, by the rate of the conversations of their months. */
  #credit({ guarantee, refund }: Offer, volumes: readonly number[], genuine: readonly number[], sheet: Sheet): void {
    const { months } = this.#plan
    const rate = (n: number) => sum(genuine.slice(0, n)) / sum(volumes.slice(0, n))
    if (refund && refund.months <= months) {
      const due = this.#is(rate(refund.months) < refund.below - 1e-12)
      sheet.add(refund.months - 1, 'credits', due ? -refund.share * sheet.spentBefore(refund.months) : 0)
    }
    if (guarantee && guarantee.months <= months) {
      const due = this.#is(rate(guarantee.months) <= guarantee.notAbove + 1e-12)
      sheet.add(guarantee.months - 1, 'credits', due ? -guarantee.payment : 0)
    }
  }
}

/** What one offer bills. */
class Sheet {
  readonly months: number[]
  readonly over: boolean[]
  readonly layers = new Map<Layer, number>()
  readonly #spent: number[]
  overQuantity = 0
  overAmount = 0
  unused = 0

  constructor(months: number) {
    this.months = Array<number>(months).fill(0)
    this.over = Array<boolean>(months).fill(false)
    this.#spent = Array<number>(months).fill(0)
  }

  add(m: number, layer: Layer, amount: number): void {
    this.months[m] += amount
    this.layers.set(layer, (this.layers.get(layer) ?? 0) + amount)
    if (layer === 'usage' || layer === 'commitment' || layer === 'overage') this.#spent[m] += amount
  }

  spentBefore(month: number): number {
    return sum(this.#spent.slice(0, month))
  }
}

const of = (value: Value, drawn: Drawn['value']): number => (typeof value === 'number' ? value : drawn(value))

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** First month, last month and amount of each period. A plan has at most a year. */
function periods({ amount, per }: Bound, months: number): readonly (readonly [first: number, last: number, amount: number])[] {
  if (per === 'year') return [[0, months - 1, (amount * months) / 12]]
  return Array.from({ length: months }, (_, m) => [m, m, amount] as const)
}

/** A stationary series of variance 1. */
function autoregression(scores: readonly number[], phi: number): number[] {
  const levels: number[] = []
  for (const [m, score] of scores.entries()) levels.push(m === 0 ? score : phi * levels[m - 1] + Math.sqrt(1 - phi * phi) * score)
  return levels
}
