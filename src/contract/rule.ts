// Charge rules of a program's own: a function that bills what a charge counts, for contracts that no charge model describes.
import { shown, UsageError } from '../errors.ts'
import { formatQuantity } from '../notation/money.ts'
import type { Meter } from './operation.ts'
import { settledCount } from './thresholds.ts'

/** What a rule knows besides its usage. */
export interface RuleMonths {
  /** The months in which the charge applies, such as `2027-01`. */
  readonly months: readonly string[]
}

/** How many units of each meter a charge counts in each month in which it applies. */
export type RuleUsage<Counts extends Meter = Meter> = Readonly<Record<Counts, Float64Array>>

/** One number of 0 or more for each month: money, or units of the charge's price. It must depend on nothing but its arguments. */
export type RuleBill<Counts extends Meter = Meter> = (usage: RuleUsage<Counts>, around: RuleMonths) => ArrayLike<number>

/** The reason for the amount of a month, from the units of each meter in it. */
export type RuleExplanation<Counts extends Meter = Meter> = (units: Readonly<Record<Counts, number>>, month: string) => string

/** A rule, and the place in a plan where it bills. */
export interface PlacedRule {
  /** `offers.fin.charges[0]`, for messages. */
  readonly place: string
  readonly rule: string
  readonly version: string
  readonly label: string
  readonly counts: readonly Meter[]
  readonly bill: RuleBill
  readonly explain?: RuleExplanation | undefined
  /** The months in which the charge applies. */
  readonly months: readonly string[]
}

/** Runs a rule trial by trial. The arrays are the same in every trial. */
export class RuleRun {
  /** The units of each meter in each month, to be filled before each call. */
  readonly usage: readonly Float64Array[]
  /** What the rule billed last. */
  readonly amounts: Float64Array
  readonly #rule: PlacedRule
  readonly #named: RuleUsage

  constructor(rule: PlacedRule) {
    const { counts, months } = rule
    this.#rule = rule
    this.usage = counts.map(() => new Float64Array(months.length))
    this.amounts = new Float64Array(months.length)
    this.#named = Object.fromEntries(counts.map((meter, k) => [meter, this.usage[k]]))
  }

  /** Bills the usage. A count within rounding of a whole number is whole, so that rounding up adds no unit. @throws UsageError for anything but one number of 0 or more for each month */
  bill(): Float64Array {
    const { months } = this.#rule
    for (const units of this.usage) for (let k = 0; k < units.length; k++) units[k] = settledCount(units[k])
    const found = this.#called()
    if (typeof found !== 'object' || found === null || found.length !== months.length)
      throw this.#error(`expected one amount for each of its ${months.length} months, got ${numberOf(found)}`)
    for (let k = 0; k < months.length; k++) {
      const amount: unknown = found[k]
      if (typeof amount !== 'number' || !(amount >= 0 && amount < Infinity))
        throw this.#error(`expected an amount of 0 or more, got ${shown(amount)} in ${months[k]}`)
      this.amounts[k] = amount
    }
    return this.amounts
  }

  /** Bills the usage twice. @throws UsageError if the amounts differ, since the figures of a run must be the same each time */
  billTwice(): Float64Array {
    const usage = this.usage.map((units) => units.slice())
    const first = this.bill().slice()
    this.usage.forEach((units, k) => units.set(usage[k]))
    const second = this.bill()
    const k = second.findIndex((amount, m) => amount !== first[m])
    if (k >= 0)
      throw this.#error(
        `expected the same amount for the same usage, got ${first[k]} and then ${second[k]} in ${this.#rule.months[k]}. A rule must depend on nothing but its arguments`,
      )
    return second
  }

  #called(): ArrayLike<number> {
    const { bill, months } = this.#rule
    try {
      return bill(this.#named, { months })
    } catch (error) {
      throw this.#error(`its function threw: ${error instanceof Error ? error.message : shown(error)}`, { cause: error })
    }
  }

  #error(words: string, options?: ErrorOptions): UsageError {
    const { place, rule, version } = this.#rule
    return new UsageError(`${place} (rule ${rule}, version ${version}): ${words}`, options)
  }
}

const numberOf = (found: unknown): string =>
  typeof found === 'object' && found !== null && 'length' in found ? String(found.length) : shown(found)

/** Why a rule bills an amount, from the units that it counted in the month. */
export function ruleWords({ rule, version, counts, explain }: PlacedRule, units: readonly number[], month: string): string {
  const named = Object.fromEntries(counts.map((meter, k) => [meter, units[k]]))
  const listed = counts.map((meter, k) => `${formatQuantity(units[k])} ${meter}`).join(', ')
  return explain ? String(explain(named, month)) : `${listed}, by the rule ${rule} (version ${version})`
}
