// The quantities of one trial, as a row of numbers by name.
import type { Year } from './biller.ts'
import { sum } from './contract.ts'
import type { Crew } from './people.ts'
import { hasPeople, type Plan } from './plans.ts'
import { LAYERS } from './totals.ts'

/** The months whose figures are judged. In a plan of one month, they are those of the horizon. */
export const judgedMonths = ({ months }: Pick<Plan, 'months'>): readonly number[] => (months === 1 ? [] : [0, months - 1])

/** The quarters whose figures are judged. */
export const judgedQuarters = ({ months, quarters }: Pick<Plan, 'months' | 'quarters'>): readonly number[] =>
  quarters && months > 3 ? [0, Math.ceil(months / 3) - 1] : []

export const measuresOf = (plan: Plan): readonly ('bill' | 'total')[] => (hasPeople(plan) ? ['bill', 'total'] : ['bill'])

/** Each pair of a plan's offers once, the earlier one first. */
export const pairsOf = ({ offers }: Plan): readonly (readonly [a: number, b: number])[] =>
  offers.flatMap((_, a) => offers.slice(a + 1).map((__, k) => [a, a + 1 + k] as const))

const TIE = 1e-11
const tied = (a: number, b: number): boolean => Math.abs(a - b) <= TIE * Math.max(Math.abs(a), Math.abs(b))

export interface Row {
  readonly regime: number
  readonly values: Float64Array
}

/** Takes the quantities of a trial, always in the same order, each with the parts of its name. */
type Put = (value: number, ...name: readonly (string | number)[]) => void

/** The value at the start of one dollar of each month, paid in its middle. */
const discountsOf = ({ months, discountRate }: Plan): readonly number[] =>
  discountRate === undefined ? [] : Array.from({ length: months }, (_, m) => (1 + discountRate) ** (-(m + 0.5) / 12))

/** The rows of a plan's trials. The first trial sets the columns. */
export class Columns {
  readonly #places = new Map<string, number>()
  readonly #offers: readonly string[]
  readonly #measure: Plan['measure']
  readonly #months: readonly number[]
  readonly #quarters: readonly number[]
  readonly #worst: boolean
  readonly #staff: boolean
  readonly #people: boolean
  readonly #pairs: ReturnType<typeof pairsOf>
  readonly #discounts: readonly number[]
  readonly #costs: Float64Array
  readonly #all: Float64Array

  constructor(plan: Plan, first: Year) {
    this.#offers = plan.offers.map(({ name }) => name)
    this.#measure = plan.measure
    this.#months = judgedMonths(plan)
    this.#quarters = judgedQuarters(plan)
    this.#worst = plan.quarters === true
    this.#staff = plan.staff !== undefined
    this.#people = measuresOf(plan).length > 1
    this.#pairs = pairsOf(plan)
    this.#discounts = discountsOf(plan)
    this.#costs = new Float64Array(plan.offers.length)
    this.#all = new Float64Array(plan.months)
    this.#put(first, (_, ...name) => {
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
    this.#put(year, (value) => {
      values[place++] = value
    })
    return { regime: this.regime(year), values }
  }

  /** Writes a trial into columns. */
  write(year: Year, columns: readonly Float64Array[], trial: number): void {
    let place = 0
    this.#put(year, (value) => {
      columns[place++][trial] = value
    })
  }

  /** The regime of the bills and the cheapest offer. */
  regime(year: Year): number {
    this.#setCosts(year)
    return (Math.imul(year.regime, 31) + this.#costs.indexOf(least(this.#costs))) | 0
  }

  /** The horizon's costs by the measure of the plan. */
  #setCosts({ offers }: Year): void {
    for (const [k, { totals, people }] of offers.entries())
      this.#costs[k] = sum(totals.bills) + (this.#measure === 'total' ? sum(people) : 0)
  }

  #put(year: Year, put: Put): void {
    this.#putDrivers(year, put)
    this.#putSegments(year, put)
    for (let k = 0; k < this.#offers.length; k++) this.#putOffer(year, k, put)
    this.#setCosts(year)
    this.#putComparison(put)
  }

  #putSegments({ segments, offers }: Year, put: Put): void {
    for (const [s, { volumes, resolved }] of segments.entries()) {
      put(sum(volumes), 'volume of', s)
      put(sum(resolved), 'resolved of', s)
      for (const m of this.#months) {
        put(volumes[m], 'volume of', s, m)
        put(resolved[m], 'resolved of', s, m)
      }
      for (const [k, { totals, splitPeople }] of offers.entries()) {
        const [name, bill] = [this.#offers[k], sum(totals.split[s])]
        put(bill, 'bill', name, 'of', s)
        put(bill + splitPeople[s], 'total', name, 'of', s)
        for (const m of this.#months) put(totals.split[s][m], 'bill', name, 'of', s, m)
      }
    }
  }

  #putDrivers({ volumes, resolved }: Year, put: Put): void {
    put(sum(volumes), 'volume')
    put(sum(resolved), 'resolved')
    for (const m of this.#months) {
      put(volumes[m], 'volume', m)
      put(resolved[m], 'resolved', m)
    }
  }

  #putOffer({ offers }: Year, k: number, put: Put): void {
    const name = this.#offers[k]
    const { totals: own, people, crew } = offers[k]
    this.#putCost(own.bills, 'bill', name, put)
    if (this.#people) {
      for (let m = 0; m < own.bills.length; m++) this.#all[m] = own.bills[m] + people[m]
      this.#putCost(this.#all, 'total', name, put)
    }
    for (let layer = 0; layer < LAYERS.length; layer++) if (own.has[layer]) put(own.layers[layer], 'layer', name, LAYERS[layer])
    put(sum(people), 'people', name)
    put(own.resolutions, 'resolutions', name)
    put(own.billable, 'billable', name)
    const over = sum(own.over)
    put(over > 0 ? 1 : 0, 'over', name)
    put(over, 'over months', name)
    for (const m of this.#months) put(own.over[m], 'over', name, m)
    put(own.overQuantity, 'over quantity', name)
    put(own.overAmount, 'over amount', name)
    put(own.unused, 'unused', name)
    if (this.#staff) this.#putCrew(crew, name, put)
  }

  #putCrew({ heads, need, hires, releases, shortfall }: Crew, name: string, put: Put): void {
    for (const m of this.#months) {
      put(heads[m], 'heads', name, m)
      put(need[m], 'need', name, m)
    }
    put(hires, 'hires', name)
    put(releases, 'releases', name)
    put(shortfall, 'shortfall', name)
  }

  #putCost(months: Float64Array, measure: Plan['measure'], name: string, put: Put): void {
    put(sum(months), measure, name)
    for (const m of this.#months) put(months[m], measure, name, m)
    if (this.#worst) this.#putPeriods(months, measure, name, put)
    if (this.#discounts.length === 0) return
    let present = 0
    for (let m = 0; m < months.length; m++) present += months[m] * this.#discounts[m]
    put(present, measure, name, 'present')
  }

  #putPeriods(months: Float64Array, measure: Plan['measure'], name: string, put: Put): void {
    let [worstMonth, worstQuarter] = [-Infinity, -Infinity]
    for (let m = 0; m < months.length; m++) if (months[m] > worstMonth) worstMonth = months[m]
    for (let m = 0; m < months.length; m += 3) {
      const amount = sum(months, m, Math.min(months.length, m + 3))
      if (this.#quarters.includes(m / 3)) put(amount, measure, name, 'quarter', m / 3)
      if (amount > worstQuarter) worstQuarter = amount
    }
    put(worstMonth, measure, name, 'worst month')
    put(worstQuarter, measure, name, 'worst quarter')
  }

  #putComparison(put: Put): void {
    const costs = this.#costs
    const low = least(costs)
    let winners = 0
    for (const cost of costs) if (tied(cost, low)) winners++
    for (let k = 0; k < costs.length; k++) {
      const [name, wins] = [this.#offers[k], tied(costs[k], low)]
      put(wins ? 0 : costs[k] - low, 'regret', name)
      put(wins ? 1 : 0, 'none', name)
      put(wins ? 1 / winners : 0, 'cheapest', name)
    }
    for (const [a, b] of this.#pairs) put(costs[a] - costs[b], 'difference', this.#offers[a], this.#offers[b])
  }
}

function least(costs: Float64Array): number {
  let low = Infinity
  for (const cost of costs) if (cost < low) low = cost
  return low
}
