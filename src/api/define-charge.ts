// States a charge by a function, for contracts that no charge model describes.
import { UsageError, shown } from '../errors.ts'
import { NAME } from '../contract/name.ts'
import type { RuleBill, RuleExplanation } from '../contract/rule.ts'
import type { ScenarioRuleCharge } from '../scenario/plan.generated.ts'

/** A charge rule of one's own. Its id and version join the identity of a run, since its function cannot. */
export interface ChargeDefinition<Counts extends string> {
  /** The name of the rule: a letter, then letters, digits, _ or -. It is also the `id` of the charge. */
  readonly id: string
  /** Change it whenever the function gives other amounts. */
  readonly version: string | number
  /** The meters that the rule counts: `resolutions`, `conversations`, …, or quantities that the plan names. */
  readonly counts: Counts | readonly Counts[]
  /**
   * Bills all months of the charge. `usage.resolutions[k]` is the number of resolutions in the month `months[k]`, not rounded.
   * Returns one number of 0 or more for each month: money, or units if the charge has a `price`. It must depend on nothing but its arguments.
   */
  readonly bill: RuleBill<Counts>
  /** The line on an invoice. By default the id. */
  readonly label?: string
  /** The reason for the amount of a month, which the invoice prints. */
  readonly explain?: RuleExplanation<Counts>
}

/** @throws UsageError for a definition without an id, a version, meters or a function */
export function defineCharge<const Counts extends string>(definition: ChargeDefinition<Counts>): ScenarioRuleCharge {
  const { id, version, counts, bill, label = id, explain, ...rest } = Object(definition) as ChargeDefinition<Counts>
  const meters: readonly string[] = typeof counts === 'string' ? [counts] : counts
  const must = (holds: boolean, key: string, expected: string, got: unknown) => {
    if (!holds) throw new UsageError(`defineCharge: ${key}: expected ${expected}, got ${shown(got)}`)
  }
  const isText = (value: unknown, most: number) => typeof value === 'string' && value.trim() !== '' && value.length <= most
  must(typeof id === 'string' && NAME.test(id), 'id', 'a letter and up to 63 letters, digits, _ or -, such as blocks', id)
  must(
    isText(version, 64) || (typeof version === 'number' && Number.isFinite(version)),
    'version',
    "a text or a number, such as '1'",
    version,
  )
  must(
    Array.isArray(meters) && meters.length > 0 && meters.every((one) => isText(one, 64)),
    'counts',
    "one meter or several, such as 'resolutions' or ['resolutions', 'minutes']",
    counts,
  )
  must(typeof bill === 'function', 'bill', 'a function that returns one amount for each month', bill)
  must(isText(label, 200), 'label', 'a text of up to 200 characters', label)
  must(explain === undefined || typeof explain === 'function', 'explain', 'a function that returns a text', explain)
  const [stray] = Object.keys(rest)
  if (stray !== undefined)
    throw new UsageError(
      `defineCharge: unknown key ${shown(stray)}. Write the keys of a charge beside it, such as { ...rule, from: '2027-03' }`,
    )
  return Object.freeze({
    ...{ rule: id, id, version: String(version), label, counts: Object.freeze([...meters]) },
    bill: bill as RuleBill,
    ...(explain && { explain: explain as RuleExplanation }),
  })
}
