// Random plans: steps, caps, guarantees, discrete prices, bundles, seats by need and rare events. A plan depends on its number alone.
import seedrandom from 'seedrandom'
import { Biller } from './biller.ts'
import { type Atom, coordinateOf, type Law, meanOf, SCORE, type Value } from './laws.ts'
import type { Bound, Charge, Meter, Offer, Plan } from './plans.ts'

export const COUNT = 300
/** Plans of which 64 seeds run. Of the others, 8 do. */
const THOROUGH = 40
const TRIALS = [8_192, 16_384, 32_768, 65_536, 131_072] as const
/** Plans with many inputs run fewer trials, so that replicates can be three times as precise. */
const FEWER_TRIALS = [8_192, 8_192, 16_384, 16_384, 32_768] as const

export interface Case {
  readonly number: number
  readonly plan: Plan
  readonly trials: number
  readonly seeds: number
}

/** Of each twenty plans, the first thirteen have one or two continuous inputs. */
const hasFewInputs = (number: number): boolean => number % 20 < 13

export function caseOf(number: number): Case {
  const few = hasFewInputs(number)
  const dice = new Dice(`plan ${number}`)
  const plan = few ? fewInputs(dice) : manyInputs(dice)
  const thorough = Math.floor(((number + 1) * THOROUGH) / COUNT) > Math.floor((number * THOROUGH) / COUNT)
  return { number, plan, trials: dice.pick(few ? TRIALS : FEWER_TRIALS), seeds: thorough ? 64 : 8 }
}

export class Dice {
  readonly #next: () => number

  constructor(seed: string) {
    const generator = seedrandom(seed)
    this.#next = () => generator()
  }

  chance(p: number): boolean {
    return this.#next() < p
  }

  /** Rounded to four digits, so that a plan's text is exact. */
  between(low: number, high: number): number {
    return rounded(low + (high - low) * this.#next())
  }

  whole(low: number, high: number): number {
    return low + Math.floor(this.#next() * (high - low + 1))
  }

  pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.#next() * all.length)]
  }

  /** Some of them, in their own order. */
  some<T>(all: readonly T[], count: number): readonly T[] {
    const left = all.map((one, k) => ({ one, k, at: this.#next() })).sort((a, b) => a.at - b.at)
    return left
      .slice(0, count)
      .sort((a, b) => a.k - b.k)
      .map(({ one }) => one)
  }
}

export const rounded = (x: number): number => Number(x.toPrecision(4))

const RARE = [0.3, 0.1, 0.03, 0.01, 0.003, 0.0008] as const

export function discrete(dice: Dice, usual: number): Law {
  const p = dice.pick(RARE)
  const other = rounded(usual * (dice.chance(0.5) ? dice.between(1.2, 3) : dice.between(0.4, 0.85)))
  const last = rounded(usual * dice.between(1.05, 1.6))
  const atoms: readonly Atom[] = [
    [usual, rounded(1 - p)],
    [other, p],
  ]
  if (!dice.chance(0.15) || last === other) return { kind: 'discrete', atoms }
  return {
    kind: 'discrete',
    atoms: [
      [usual, 0.5],
      [last, rounded(0.5 - p / 2)],
      [other, p / 2],
    ].map(([x, weight]) => [x, weight] as const),
  }
}

export function volumeLaw(dice: Dice, size: number): Law {
  const spread = dice.between(0.05, 0.4)
  const [low, high] = [rounded(size * (1 - spread)), rounded(size * (1 + spread))]
  switch (dice.pick(['lognormal', 'lognormal', 'lognormal', 'uniform', 'normal', 'triangular', 'pareto'] as const)) {
    case 'lognormal':
      return { kind: 'lognormal', low, high }
    case 'uniform':
      return { kind: 'uniform', low, high }
    case 'normal':
      return { kind: 'normal', mean: size, sd: rounded(size * dice.between(0.03, 0.15)) }
    case 'triangular':
      return { kind: 'triangular', low, mode: rounded(size * (1 + spread * dice.between(-0.6, 0.6))), high }
    case 'pareto':
      return { kind: 'pareto', shape: dice.pick([3, 5, 10]), low }
  }
}

export function rateLaw(dice: Dice): Law {
  const middle = dice.between(0.5, 0.8)
  const half = dice.between(0.03, 0.1)
  const [low, high] = [rounded(middle - half), rounded(middle + half)]
  switch (dice.pick(['logitNormal', 'logitNormal', 'uniform', 'triangular'] as const)) {
    case 'logitNormal':
      return { kind: 'logitNormal', low, high }
    case 'uniform':
      return { kind: 'uniform', low, high }
    case 'triangular':
      return { kind: 'triangular', low, mode: rounded(middle + half * dice.between(-0.6, 0.6)), high }
  }
}

export function priceLaw(dice: Dice, price: number): Law {
  const spread = dice.between(0.05, 0.3)
  return dice.chance(0.5)
    ? { kind: 'uniform', low: rounded(price * (1 - spread)), high: rounded(price * (1 + spread)) }
    : { kind: 'normal', mean: price, sd: rounded(price * dice.between(0.02, 0.1)) }
}

/** The monthly quantities that contracts are sized by. */
interface Size {
  readonly months: number
  readonly volume: number
  readonly rate: number
}

const bound = (dice: Dice, amount: number): Bound =>
  dice.chance(0.5) ? { amount: rounded(amount), per: 'month' } : { amount: rounded(amount * 12), per: 'year' }

/** The charges of an offer that costs about a dollar a resolution. */
function chargesOf(dice: Dice, { volume, rate }: Size): readonly Charge[] {
  const meter: Meter = dice.chance(0.7) ? 'resolutions' : 'conversations'
  const quantity = meter === 'resolutions' ? volume * rate : volume
  const price = rounded((volume * rate) / quantity)
  const ends = [rounded(quantity * dice.between(0.8, 0.97)), rounded(quantity * dice.between(1.02, 1.2))]
  const prices = [1.1, 0.9, 0.75].map((factor) => rounded(price * factor))
  const steps = [{ to: ends[0] }, { to: ends[1] }, {}]
  switch (
    dice.pick([
      'unit',
      'unit',
      'capped',
      'floored',
      'graduated',
      'volume',
      'package',
      'commitment',
      'commitment',
      'bundles',
      'seats',
      'fee',
    ] as const)
  ) {
    case 'unit':
      return [{ model: 'unit', meter, price }]
    case 'capped':
      return [{ model: 'unit', meter, price, maximum: bound(dice, quantity * price * dice.between(0.98, 1.12)) }]
    case 'floored':
      return [{ model: 'unit', meter, price, minimum: bound(dice, quantity * price * dice.between(0.9, 1.02)) }]
    case 'graduated':
    case 'volume':
      return [
        {
          model: dice.pick(['graduated', 'volume'] as const),
          meter,
          tiers: steps.map((step, k) => ({ ...step, price: prices[k] })),
        },
      ]
    case 'package': {
      const size = rounded(quantity / dice.pick([2, 3, 5, 12]))
      return [{ model: 'package', meter, size, price: rounded(size * price * 0.9) }]
    }
    case 'commitment':
      return [
        {
          model: 'commitment',
          meter,
          quantity: bound(dice, quantity * dice.between(0.85, 1.1)),
          price: rounded(price * 0.9),
          overage: rounded(price * dice.between(1.2, 2)),
        },
      ]
    case 'bundles':
      return [
        {
          model: 'bundles',
          meter,
          tiers: steps.map((step, k) => ({ ...step, price: rounded(quantity * price * [0.85, 1, 1.25][k]) })),
        },
      ]
    case 'seats':
      return [
        { model: 'unit', meter, price: rounded(price * 0.7) },
        // A few seats, so that each step weighs much.
        { model: 'seats', perAgent: rounded((volume * (1 - rate)) / dice.between(2.5, 8)), price: rounded(volume * rate * 0.06) },
      ]
    case 'fee':
      return [
        { model: 'unit', meter, price: rounded(price * 0.8) },
        { model: 'fee', amount: rounded(volume * rate * 0.2), per: 'month' },
      ]
  }
}

function termsOf(dice: Dice, { months, volume, rate }: Size): Pick<Offer, 'counted' | 'guarantee' | 'refund'> {
  const settled = Math.min(months, dice.pick([1, 3, 12]))
  const threshold = rounded(rate * dice.between(0.9, 1.02))
  const spend = volume * rate * settled
  const counted = { resolved: dice.between(0.9, 1), unresolved: dice.pick([0, 0.05]), reopened: dice.pick([0, 0.04]) }
  return {
    ...(dice.chance(0.2) && { counted }),
    ...(dice.chance(0.15) && {
      guarantee: { months: settled, notAbove: threshold, payment: rounded(spend * dice.between(0.05, 0.3)) },
    }),
    ...(dice.chance(0.1) && { refund: { months: settled, below: threshold, share: dice.pick([0.5, 1]) } }),
  }
}

/** The same offer at another level of prices. */
export function scaled(offer: Offer, factor: number): Offer {
  const amount = (x: number) => rounded(x * factor)
  const value = (x: Value) => (typeof x === 'number' ? amount(x) : x)
  const money = (charge: Charge): Charge => {
    switch (charge.model) {
      case 'unit': {
        const { minimum, maximum } = charge
        return {
          ...charge,
          price: value(charge.price),
          ...(minimum && { minimum: { ...minimum, amount: amount(minimum.amount) } }),
          ...(maximum && { maximum: { ...maximum, amount: amount(maximum.amount) } }),
        }
      }
      case 'graduated':
      case 'volume':
      case 'bundles':
        return { ...charge, tiers: charge.tiers.map((tier) => ({ ...tier, price: amount(tier.price) })) }
      case 'package':
        return { ...charge, price: value(charge.price) }
      case 'commitment':
        return { ...charge, price: amount(charge.price), overage: amount(charge.overage) }
      case 'seats':
        return { ...charge, price: amount(charge.price) }
      case 'fee':
        return { ...charge, amount: value(charge.amount) }
    }
  }
  const { guarantee, term } = offer
  return {
    ...offer,
    charges: offer.charges.map(money),
    ...(term?.toDate?.spend !== undefined && { term: { ...term, toDate: { ...term.toDate, spend: amount(term.toDate.spend) } } }),
    ...(guarantee && { guarantee: { ...guarantee, payment: amount(guarantee.payment) } }),
  }
}

/** The bill of each offer with every input at its mean, before credits. */
function typicalBills({ rateNoise: _, ...plan }: Plan): readonly number[] {
  const offers = plan.offers.map(({ guarantee: _guarantee, refund: _refund, ...offer }) => offer)
  const scores = Array<number>(plan.months).fill(0)
  const year = new Biller({ ...plan, offers }).year({ value: meanOf, volumeScores: scores, rateScores: scores })
  return year.offers.map(({ totals }) => totals.bills.reduce((a, b) => a + b, 0))
}

export type Drivers = Omit<Plan, 'offers' | 'budget' | 'measure'>

/** Adds offers of about the same cost, so that the cheapest is in doubt. */
export function withOffers(dice: Dice, drivers: Drivers, count: number): Plan {
  const size: Size = { months: drivers.months, volume: meanOf(drivers.base), rate: meanOf(drivers.rate) }
  const names = ['ada', 'bot', 'cue', 'dot'].slice(0, count)
  const offers = names.map((name): Offer => ({ name, charges: chargesOf(dice, size), ...termsOf(dice, size) }))
  const plan: Plan = { ...drivers, offers, budget: 1, measure: drivers.human !== undefined && dice.chance(0.3) ? 'total' : 'bill' }
  const target = size.months * size.volume * size.rate * dice.between(0.6, 1.2)
  const level = typicalBills(plan).map((bill) => (target / bill) * dice.between(0.93, 1.07))
  const fair = { ...plan, offers: offers.map((offer, k) => scaled(offer, level[k])) }
  const people = plan.measure === 'total' ? meanOf(plan.human ?? 0) * size.volume * (1 - size.rate) * size.months : 0
  return { ...fair, budget: rounded((target + people) * dice.between(0.95, 1.15)) }
}

/** Replaces a price or a fee of one offer by a law, or adds a fee that is rarely due. */
export function withQuote(dice: Dice, plan: Plan, law: (usual: number) => Law): Plan {
  const k = dice.whole(0, plan.offers.length - 1)
  const typical = typicalBills(plan)[k]
  const offers = plan.offers.map((offer, place) => {
    if (place !== k) return offer
    const at = offer.charges.findIndex(
      (charge) => (charge.model === 'unit' || charge.model === 'package') && typeof charge.price === 'number',
    )
    const charge = offer.charges[at]
    if (charge && (charge.model === 'unit' || charge.model === 'package') && typeof charge.price === 'number') {
      const priced = { ...charge, price: law(charge.price) }
      return { ...offer, charges: offer.charges.map((own, other) => (other === at ? priced : own)) }
    }
    const fee: Charge = { model: 'fee', amount: law(rounded(typical * dice.between(0.01, 0.1))), per: 'once' }
    return { ...offer, charges: [...offer.charges, fee] }
  })
  return { ...plan, offers }
}

export function certainDrivers(dice: Dice, months: number): Drivers {
  return {
    months,
    base: rounded(dice.pick([2_000, 10_000, 50_000]) * dice.between(0.7, 1.4)),
    growth: months > 1 && dice.chance(0.3) ? dice.pick([0.005, 0.01, 0.02]) : 0,
    rate: dice.between(0.5, 0.8),
    improvement: months > 1 && dice.chance(0.3) ? dice.pick([0.005, 0.01]) : 0,
    ceiling: dice.chance(0.3) ? 0.9 : 1,
    ...(dice.chance(0.4) && { human: dice.between(2, 6) }),
  }
}

/** One or two continuous inputs, and up to two with atoms. */
function fewInputs(dice: Dice): Plan {
  const count = dice.pick([1, 1, 2])
  const months = dice.pick(count === 1 ? [1, 3, 12] : [1, 1, 3])
  const drivers = certainDrivers(dice, months)
  const usual = { base: meanOf(drivers.base), human: drivers.human }
  const noises = months === 1 ? ['volumeNoise', 'rateNoise'] : []
  const chosen = dice.some(['base', 'rate', ...noises, 'price', ...(usual.human === undefined ? [] : ['human'])], count)
  const atoms = dice.some(
    ['base', 'rate', 'quote', 'quote'].filter((name) => name === 'quote' || !chosen.includes(name)),
    dice.pick([0, 0, 1, 1, 1, 2]),
  )
  const uncertain: Drivers = {
    ...drivers,
    ...(chosen.includes('base') && { base: volumeLaw(dice, usual.base) }),
    ...(chosen.includes('rate') && { rate: rateLaw(dice) }),
    ...(chosen.includes('volumeNoise') && { volumeNoise: { cv: dice.between(0.05, 0.25), autocorrelation: 0 } }),
    ...(chosen.includes('rateNoise') && { rateNoise: { sd: dice.pick([0.01, 0.02, 0.04]), autocorrelation: 0 } }),
    ...(chosen.includes('human') && { human: priceLaw(dice, meanOf(usual.human ?? 0)) }),
    ...(atoms.includes('base') && { base: discrete(dice, usual.base) }),
    ...(atoms.includes('rate') && {
      rate: {
        kind: 'discrete',
        atoms: [
          [0.7, 0.97],
          [0.5, 0.03],
        ],
      },
    }),
  }
  let plan = withOffers(dice, uncertain, dice.whole(2, 4))
  if (chosen.includes('price')) plan = withQuote(dice, plan, (usual) => priceLaw(dice, usual))
  for (const name of atoms) if (name === 'quote') plan = withQuote(dice, plan, (usual) => discrete(dice, usual))
  return plan
}

/** Monthly noise and many inputs, with spikes, setbacks, sampled counts or correlations. */
export function manyInputs(dice: Dice): Plan {
  const months = dice.pick([3, 6, 12, 12])
  const drivers = certainDrivers(dice, months)
  const base = meanOf(drivers.base)
  const sampled = dice.chance(0.1)
  const spiky = dice.chance(0.25)
  const size = {
    kind: 'discrete',
    atoms: [
      [1.5, 0.8],
      [3, 0.2],
    ],
  } as const
  const uncertain: Drivers = {
    ...drivers,
    base: dice.chance(0.8) ? volumeLaw(dice, base) : base,
    rate: dice.chance(0.8) ? rateLaw(dice) : drivers.rate,
    volumeNoise: { cv: dice.between(0.05, 0.2), autocorrelation: dice.pick([0, 0.5, 0.8]) },
    ...(dice.chance(0.5) && { rateNoise: { sd: dice.pick([0.01, 0.03]), autocorrelation: dice.pick([0, 0.7]) } }),
    ...(spiky && { spikes: { probability: dice.pick([0.002, 0.01, 0.04]), size, months: dice.whole(1, 2) } }),
    ...(dice.chance(0.15) && {
      setbacks: { probability: dice.pick([0.005, 0.02]), size: { kind: 'uniform', low: 0.05, high: 0.15 }, months: 3 },
    }),
    ...(sampled && { sampled }),
    ...(dice.chance(0.15) && { discountRate: 0.08 }),
  }
  const joined = [uncertain.base, uncertain.rate].every((value) => typeof value === 'object' && coordinateOf(value) === SCORE)
  const plan = withOffers(
    dice,
    joined && dice.chance(0.3) ? { ...uncertain, correlation: dice.pick([-0.5, 0.4]) } : uncertain,
    dice.whole(2, 4),
  )
  const priced = dice.chance(0.4) ? withQuote(dice, plan, (usual) => priceLaw(dice, usual)) : plan
  return dice.chance(0.4) ? withQuote(dice, priced, (usual) => discrete(dice, usual)) : priced
}
