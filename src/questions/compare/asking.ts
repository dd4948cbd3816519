// The prices to ask for: the highest at which a contract has the lowest budget, and the highest at which the verdict is clear for it.
import { compile } from '../../compile/compile.ts'
import { contractsIn, type ResolvedOffer } from '../../contract/offer.ts'
import { smallestUnits } from '../../notation/currency.ts'
import { recorded } from '../../simulation/recorded.ts'
import { modelOf } from '../../simulation/model.ts'
import type { Summary } from '../../summary/summary.ts'
import type { Trials } from '../trials.ts'
import { verdictOf } from './verdict.ts'

export interface PricesToAsk {
  readonly offer: string
  /** The price that changes. Absent where all amounts of a contract change by one factor. */
  readonly price?: AskedUnit
  /** The price in the plan, or 1 for the factor. */
  readonly stated: number
  /** The highest price at which its P80 is at most the lowest of the others: `stated` if it is now. Absent if no price reaches it. */
  readonly level?: number
  /** The highest price at which the verdict is clear for it. */
  readonly clear?: number
}

interface AskedUnit {
  readonly currency: string
  /** What the price is for. */
  readonly meter: string
  /** Whether it is the price of a commitment. */
  readonly committed: boolean
}

/** A number that a vendor may lower, and the costs in the recorded trials at any lower one. */
interface Lever extends Pick<PricesToAsk, 'price' | 'stated'> {
  readonly step: number
  readonly costs: (at: number) => Float64Array
}

/** A cut of all prices is searched in these steps. */
const CUT_STEP = 0.001
/** A price of at least this many of the currency's smallest unit is searched in these units. */
const MOST_DIGITS = 10
/** Budgets this close, as a share, are the same. */
const ROUNDING = 1e-9
/** The lowest price, as a share of the stated one, at which a straight line is checked. */
const LOWEST = 1 / 128

/** One contract changes, the others stay. Empty for a single offer and for a run that states no P80. */
export const askingOf = (trials: Trials, summary: Summary, clearAt?: number): PricesToAsk[] =>
  trials.names.flatMap((name) => priceToAsk(trials, summary, name, clearAt) ?? [])

/** The trials are those of the run, so that the figures at the stated price are those of its summary. */
export function priceToAsk(trials: Trials, summary: Summary, offer: string, clearAt?: number): PricesToAsk | undefined {
  const { names } = trials
  const own = trials.offer(offer)
  const budgets = names.map((name) => summary.offers[name][summary.comparison.measure].percentiles.p80?.value)
  const others = budgets.filter((_, k) => k !== own).filter((p80) => p80 !== undefined)
  if (others.length === 0 || others.length < names.length - 1) return undefined
  const lever = leverOf(trials, own)
  if (!lever) return undefined
  const lowest = Math.min(...others)
  const at = figuresByPrice(summary, offer, trials.recordedCosts(), lever)
  const { price, stated } = lever
  const level = highest(lever, (number) => at(number).p80 <= lowest + ROUNDING * Math.abs(lowest))
  const clear = highest(lever, (number) => {
    const verdict = verdictOf(number === stated ? summary : at(number).summary, { clearAt })
    return verdict?.grade === 'clear' && verdict.offer === offer
  })
  return { offer, stated, ...(price && { price }), ...(level !== undefined && { level }), ...(clear !== undefined && { clear }) }
}

/** The stated number, or the highest step below it at which something holds that holds at all lower ones. */
function highest({ stated, step }: Lever, holds: (number: number) => boolean): number | undefined {
  if (holds(stated)) return stated
  const numberAt = (steps: number) => Number((steps * step).toPrecision(12))
  let [below, above] = [1, Math.ceil(stated / step - 1e-9)]
  if (above <= below || !holds(numberAt(below))) return undefined
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    if (holds(numberAt(middle))) below = middle
    else above = middle
  }
  return numberAt(below)
}

/** Figures of an offer at another price: those of the summary, moved by as much as those of the recorded trials move. Errors stay. */
function figuresByPrice(summary: Summary, offer: string, all: readonly Float64Array[], { stated, costs }: Lever) {
  const { comparison, offers } = summary
  const own = offers[offer]
  const cost = own[comparison.measure]
  const place = Object.keys(offers).indexOf(offer)
  const least = all[place].map((_, i) => all.reduce((low, other, k) => (k === place ? low : Math.min(low, other[i])), Infinity))
  const [mean, p80, odds] = [cost.mean, cost.percentiles.p80 ?? cost.mean, comparison.cheapest[offer]]
  const base = sampleOf(costs(stated), least)
  const known = new Map<number, { readonly p80: number; readonly summary: Summary }>()
  return (number: number) => {
    const found = known.get(number)
    if (found) return found
    const sample = sampleOf(costs(number), least)
    const moved = { mean: mean.value + sample.mean - base.mean, p80: p80.value + sample.p80 - base.p80 }
    const percentiles = { ...cost.percentiles, p80: { ...p80, value: moved.p80 } }
    const changed = { ...cost, mean: { ...mean, value: moved.mean }, percentiles }
    const value = Math.min(1, Math.max(0, odds.value + sample.odds - base.odds))
    const next = {
      p80: moved.p80,
      summary: {
        ...summary,
        offers: { ...offers, [offer]: { ...own, [comparison.measure]: changed } },
        comparison: { ...comparison, cheapest: { ...comparison.cheapest, [offer]: { ...odds, value } } },
      },
    }
    known.set(number, next)
    return next
  }
}

/** @param least the lowest cost of the other offers */
function sampleOf(costs: Float64Array, least: Float64Array) {
  let [sum, wins] = [0, 0]
  for (let i = 0; i < costs.length; i++) {
    sum += costs[i]
    if (costs[i] < least[i]) wins += 1
    else if (costs[i] === least[i]) wins += 0.5
  }
  const sorted = Float64Array.from(costs).sort()
  return { mean: sum / costs.length, p80: sorted[Math.ceil(0.8 * costs.length) - 1], odds: wins / costs.length }
}

/** The first price by use, or a factor on all amounts of a contract that states none. */
function leverOf(trials: Trials, own: number): Lever | undefined {
  const { scenario, measure } = trials
  const offer = scenario.offers[own]
  const quoted = offer.parts ? undefined : quotedPrice(offer)
  const cost = trials.recordedCosts()[own]
  if (quoted) {
    const currency = offer.currency ?? scenario.currency
    const { stated, meter, committed, place } = quoted
    const at = (price: number) => costsAt(trials, own, withPrice(offer, place, price))
    return { price: { currency, meter, committed }, stated, step: stepOf(stated, currency), costs: costsBeside(cost, at, stated) }
  }
  if (!isProportional(offer)) return undefined
  const bill = measure === 'bill' ? cost : trials.recordedCosts('bill')[own]
  // A contract that bills nothing has no price to lower, as that of people alone.
  if (!bill.some((amount) => amount > 0)) return undefined
  return { stated: 1, step: CUT_STEP, costs: (factor) => cost.map((value, i) => value - (1 - factor) * bill[i]) }
}

/** Cents, or two digits of a price below ten cents. */
function stepOf(price: number, currency: string): number {
  const unit = 1 / smallestUnits(currency)
  return price >= MOST_DIGITS * unit ? unit : Number(`1e${price.toExponential().split('e')[1]}`) / 10
}

function quotedPrice({ charges }: ResolvedOffer) {
  for (const [place, charge] of charges.entries()) {
    if (charge.model !== 'unit' && charge.model !== 'commitment') continue
    const { price, meter } = charge
    if (typeof price !== 'number' || !(price > 0) || meter === undefined) continue
    return { place, stated: price, meter, committed: charge.model === 'commitment' }
  }
  return undefined
}

function withPrice(offer: ResolvedOffer, place: number, price: number): ResolvedOffer {
  return { ...offer, charges: offer.charges.map((charge, k) => (k === place ? ({ ...charge, price } as typeof charge) : charge)) }
}

/** The cost of an offer in the recorded trials if its contract were another one. */
function costsAt({ scenario, measure, outcome }: Trials, own: number, offer: ResolvedOffer): Float64Array {
  const offers = scenario.offers.map((known, k) => (k === own ? offer : known))
  const model = modelOf(compile({ ...scenario, offers }, { measure, pairs: 'none' }))
  const [costs] = recorded(model, outcome.plan, outcome.seed, [model.offers[own][measure]])
  return costs
}

/** The stated price, which is often the answer, needs no further trials. */
function costsBeside(cost: Float64Array, at: (price: number) => Float64Array, stated: number): Lever['costs'] {
  let others: Lever['costs'] | undefined
  return (price) => {
    if (price === stated) return cost
    others ??= straightOr(cost, at, stated)
    return others(price)
  }
}

/** A cost that is straight in the price between three prices needs no trials at others. Minimums and caps bend it. */
function straightOr(cost: Float64Array, at: (price: number) => Float64Array, stated: number): Lever['costs'] {
  const [low, middle] = [LOWEST * stated, (1 + LOWEST) * (stated / 2)]
  const [ending, between] = [at(low), at(middle)]
  const isStraight = between.every((value, i) => Math.abs(2 * value - ending[i] - cost[i]) <= 1e-9 * Math.abs(cost[i]))
  if (!isStraight) return at
  return (price) => cost.map((value, i) => value - ((stated - price) / (stated - low)) * (value - ending[i]))
}

/** Not where a limit in money or spend before the plan stands beside the prices. */
const isProportional = (offer: ResolvedOffer): boolean =>
  contractsIn(offer).every(
    ({ charges, term }) =>
      term?.toDate === undefined && charges.every((charge) => !('limit' in charge) && charge.term?.toDate === undefined),
  )
