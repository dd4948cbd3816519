// The quantities of one trial, as a row of numbers by name.
import type { Year } from './biller.ts'
import type { Plan } from './plans.ts'

/** The months whose figures are judged. In a plan of one month, they are those of the horizon. */
export const judgedMonths = ({ months }: Pick<Plan, 'months'>): readonly number[] => (months === 1 ? [] : [0, months - 1])

export const measuresOf = ({ human }: Plan): readonly ('bill' | 'total')[] => (human === undefined ? ['bill'] : ['bill', 'total'])

/** Each pair of a plan's offers once, the earlier one first. */
export const pairsOf = ({ offers }: Plan): readonly (readonly [a: number, b: number])[] =>
  offers.flatMap((_, a) => offers.slice(a + 1).map((__, k) => [a, a + 1 + k] as const))

const TIE = 1e-11
const tied = (a: number, b: number): boolean => Math.abs(a - b) <= TIE * Math.max(Math.abs(a), Math.abs(b))

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

export interface Row {
  readonly regime: number
  readonly values: Float64Array
}

/** Takes the quantities of a trial, always in the same order, each with the parts of its name. */
type Put = (value: number, ...name: readonly (string | number)[]) => void

/** The rows of a plan's trials. The first trial sets the columns. */
export class Columns {
  readonly #plan: Plan
  readonly #places = new Map<string, number>()

  constructor(plan: Plan, first: Year) {
    this.#plan = plan
    putAll(plan, first, (_, ...name) => {
      this.#places.set(name.join(' '), this.#places.size)
    })
  }

  get size(): number {
    return this.#places.size
  }

  has(name: string): boolean {
    return this.#places.has(name)
  }

  place(name: string): number {
    const place = this.#places.get(name)
    if (place === undefined) throw new Error(`no column ${name}`)
    return place
  }

  row(year: Year): Row {
    const values = new Float64Array(this.size)
    let place = 0
    putAll(this.#plan, year, (value) => {
      values[place++] = value
    })
    return { regime: this.regime(year), values }
  }

  /** The regime of the bills and the cheapest offer. */
  regime({ regime, offers }: Year): number {
    const costs = costsOf(this.#plan, offers)
    return (Math.imul(regime, 31) + costs.indexOf(Math.min(...costs))) | 0
  }
}

/** The horizon's costs by the measure of the plan. */
const costsOf = ({ measure }: Plan, offers: Year['offers']): readonly number[] =>
  offers.map(({ bills, people }) => sum(bills) + (measure === 'total' ? sum(people) : 0))

function putAll(plan: Plan, year: Year, put: Put): void {
  putDrivers(plan, year, put)
  plan.offers.forEach((_, k) => putOffer(plan, year, k, put))
  putComparison(plan, year, put)
}

function putDrivers(plan: Plan, { volumes, rates }: Year, put: Put): void {
  const genuine = volumes.map((volume, m) => volume * rates[m])
  put(sum(volumes), 'volume')
  put(sum(genuine), 'genuine')
  for (const m of judgedMonths(plan)) {
    put(volumes[m], 'volume', m)
    put(genuine[m], 'genuine', m)
  }
}

function putOffer(plan: Plan, { offers }: Year, k: number, put: Put): void {
  const [{ name }, own, months] = [plan.offers[k], offers[k], judgedMonths(plan)]
  const monthly = { bill: own.bills, total: own.bills.map((bill, m) => bill + own.people[m]) }
  for (const measure of measuresOf(plan)) {
    put(sum(monthly[measure]), measure, name)
    for (const m of months) put(monthly[measure][m], measure, name, m)
  }
  for (const [layer, amount] of own.layers) put(amount, 'layer', name, layer)
  put(sum(own.people), 'people', name)
  put(own.resolutions, 'resolutions', name)
  put(own.billable, 'billable', name)
  put(own.over.includes(true) ? 1 : 0, 'over', name)
  put(own.over.filter((hit) => hit).length, 'over months', name)
  for (const m of months) put(own.over[m] ? 1 : 0, 'over', name, m)
  put(own.overQuantity, 'over quantity', name)
  put(own.overAmount, 'over amount', name)
  put(own.unused, 'unused', name)
}

function putComparison(plan: Plan, { offers }: Year, put: Put): void {
  const costs = costsOf(plan, offers)
  const least = Math.min(...costs)
  const winners = costs.filter((cost) => tied(cost, least)).length
  plan.offers.forEach(({ name }, k) => {
    const wins = tied(costs[k], least)
    put(wins ? 0 : costs[k] - least, 'regret', name)
    put(wins ? 1 : 0, 'none', name)
    put(wins ? 1 / winners : 0, 'cheapest', name)
  })
  for (const [a, b] of pairsOf(plan)) {
    const [own, other] = [plan.offers[a].name, plan.offers[b].name]
    put(costs[a] - costs[b], 'difference', own, other)
  }
}
