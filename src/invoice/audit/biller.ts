// Bills a contract for the counts of an audit, and finds the highest price of a unit.
import { compile } from '../../compile/compile.ts'
import type { Program } from '../../compile/program.ts'
import { isForeign } from '../../contract/money.ts'
import { metersOf } from '../../contract/checks.ts'
import type { ResolvedOffer } from '../../contract/offer.ts'
import type { Staged } from '../../contract/stages.ts'
import { termOf } from '../../contract/modifiers/term.ts'
import { escalation } from '../../contract/prices.ts'
import { isFields } from '../../notation/fields.ts'
import { rateOf } from '../../scenario/exchange.ts'
import type { ResolvedScenario } from '../../scenario/resolved.ts'
import { billContract, type BillEntry } from '../bill.ts'
import { type Contract, type PlacedContract, type PlannedContract, placed, plannedIn } from '../contract.ts'
import type { MonthlyDrivers } from '../drivers.ts'
import { inCurrency } from '../in-currency.ts'

/** The units of each meter in one month. */
export interface MonthUse {
  readonly conversations: number
  readonly resolutions: number
}

export class Biller {
  readonly #scenario: ResolvedScenario
  readonly #program: Program
  readonly #offer: ResolvedOffer
  readonly #planned: PlannedContract
  readonly #first: number
  readonly #prices = new Map<number, number | undefined>()

  readonly #unitIn: (currency: string | undefined) => number
  readonly #amountOf: (entry: BillEntry) => number
  /** The currency in which the vendor bills. */
  readonly currency: string

  private constructor({ scenario, offer, currency }: PlacedContract, first: number) {
    this.#scenario = scenario
    this.#offer = offer
    this.currency = currency
    const convert = inCurrency(currency, scenario)
    const rate = (code: string) => rateOf(code, scenario)?.rate ?? 1
    this.#unitIn = (code = scenario.currency) => (code === currency ? 1 : rate(code) / rate(currency))
    this.#amountOf = (entry) => convert(entry).amount
    this.#program = compile(scenario, { measure: 'bill', pairs: 'none' })
    this.#planned = plannedIn(this.#program, offer)
    this.#first = first
  }

  /**
   * @param first the first month of the audit
   * @throws ScenarioError for an offer that is not valid
   */
  static async of(contract: Contract, first: number, months: number): Promise<Biller> {
    // The audit counts by itself. The shares that a forecast uses instead would count twice.
    const own = await placed(
      contract,
      [first, first + months - 1],
      ({ counted: _counted, resolution, offset: _offset, segments: _segments, ...terms }) =>
        statesRate(contract) ? terms : { ...terms, resolution },
    )
    return new Biller(own, first)
  }

  /** The names of the plan's segments. Empty for a plan without them. */
  get segments(): readonly string[] {
    return this.#scenario.segments?.map(({ name }) => name) ?? []
  }

  /**
   * The bill of the audit's months. Months before them and after them have the usage that the plan expects.
   * @param use by segment of the plan
   */
  total(use: readonly (readonly MonthUse[])[]): number {
    const before = this.#first - this.#scenario.start
    const drivers = this.#planned.drivers.map((planned, s) => audited(planned, use[s], before))
    return billContract(this.#program, this.#planned.offer, drivers).entries.reduce(
      (sum, entry) => (entry.month >= before && entry.month < before + use[0].length ? sum + this.#amountOf(entry) : sum),
      0,
    )
  }

  /** The highest price of a unit in a month; undefined if no charge has a unit price. */
  priceIn(month: number): number | undefined {
    if (!this.#prices.has(month)) this.#prices.set(month, this.#highestIn(month))
    return this.#prices.get(month)
  }

  #highestIn(month: number): number | undefined {
    const offer = this.#offer
    const { start } = this.#scenario
    const prices = offer.charges.flatMap((charge) => {
      const meters = metersOf(charge)
      if (!meters.includes('resolutions') && !meters.includes('conversations')) return []
      // Every input is at its mean here.
      const years = termOf(offer, charge)?.start ?? start
      const factor = escalation((charge.escalator ?? 0) as Staged<number>, start, month - start, years - start)
      // The price of a package is not a unit price, and a rule may have none.
      return 'package' in charge || charge.model === 'rule' ? [] : pricesIn(charge, this.#unitIn).map((price) => price * factor)
    })
    return prices.length > 0 ? Math.max(...prices) : undefined
  }
}

/** Whether months beyond the export have a rate without that of the offer. */
const statesRate = ({ plan }: Contract): boolean => isFields(plan.data) && plan.data.resolution !== undefined

/** Drivers with the audit's usage in its months. @param before the months of the plan before them */
function audited(planned: MonthlyDrivers, use: readonly MonthUse[], before: number): MonthlyDrivers {
  const each = (values: readonly number[], of: (month: MonthUse) => number) =>
    values.map((value, m) => (use[m - before] === undefined ? value : of(use[m - before])))
  const involved = each(planned.involved, ({ conversations }) => Math.max(conversations, 1e-9))
  return {
    tickets: each(planned.tickets, ({ conversations }) => conversations),
    involved,
    rate: planned.rate.map((rate, m) => {
      const month = use[m - before]
      return month === undefined ? rate : month.resolutions / involved[m]
    }),
  }
}

/**
 * Every price in a charge, its tiers and its stages.
 * @param unitIn what one unit of a currency costs in the currency of the result; undefined is the plan's
 */
function pricesIn(node: unknown, unitIn: (currency: string | undefined) => number, key = ''): number[] {
  if (typeof node === 'number') return key === 'price' || key === 'overage' ? [node * unitIn(undefined)] : []
  if (Array.isArray(node)) return node.flatMap((item) => pricesIn(item, unitIn, key))
  if (typeof node !== 'object' || node === null) return []
  if (isForeign(node)) return pricesIn(node.value, () => unitIn(node.currency), key)
  return Object.entries(node).flatMap(([name, item]) => pricesIn(item, unitIn, name === 'value' ? key : name))
}
