// The names of inputs in a portfolio: `plan.input`, or the input's own name if all plans share it.
import { type Problem, shown } from '../../errors.ts'
import { writtenUncertain } from '../../notation/written.ts'
import type { DistributionSpec } from '../../numerics/distributions/index.ts'
import { nearest } from '../../notation/near.ts'
import { canonicalName, uncertainInputs } from '../names.ts'
import { noisesOf } from '../names.ts'
import type { ResolvedScenario } from '../resolved.ts'
import type { ExchangeRates } from './currencies.ts'
import type { PortfolioPlan } from './plans.ts'

/** Events that plans can share: one draw a month says whether one starts. */
const EVENTS = ['conversations.spikes', 'resolution.setbacks'] as const

/** What a name stands for in a plan; undefined if the plan has nothing of the name. */
interface DrawnInPlan {
  /** Its name in the plan. */
  readonly name: string
  readonly kind: 'input' | 'noise' | 'events'
  /** What has to be the same for two plans to share one draw. */
  readonly law: unknown
  /** Whether it is an amount of money, which has the currency of its plan. */
  readonly money: boolean
}

function drawnIn(scenario: ResolvedScenario, name: string): DrawnInPlan | undefined {
  const events = EVENTS.find((known) => known === name)
  if (events) {
    const law = events === 'conversations.spikes' ? scenario.conversations.spikes : scenario.resolution?.setbacks
    return law && { name, kind: 'events', law, money: false }
  }
  const canonical = canonicalName(scenario, name)
  if (canonical === undefined) return undefined
  const input = uncertainInputs(scenario).find((known) => known.name === canonical)
  if (input) return { name: canonical, kind: 'input', law: input.spec, money: input.field.kind === 'money' }
  return { name: canonical, kind: 'noise', law: noiseOf(scenario, canonical), money: false }
}

function noiseOf({ conversations, resolution, offers }: ResolvedScenario, name: string): unknown {
  if (name === 'conversations.noise') return conversations.noise
  if (name === 'resolution.noise') return resolution?.noise
  return offers[0].resolution?.noise
}

/** The names that a portfolio shares, as its plans know them. Adds a problem for each that plans cannot share. */
export function sharedNames(plans: readonly PortfolioPlan[], names: readonly string[], problems: Problem[]): ReadonlySet<string> {
  const shared = new Set<string>()
  names.forEach((name, k) => {
    const path = `shared[${k}]`
    const found = plans.flatMap((plan) => {
      const drawn = drawnIn(plan.scenario, name)
      return drawn ? [{ plan, drawn }] : []
    })
    const [first, ...others] = found
    if (first === undefined || others.length === 0) {
      const where = first === undefined ? 'no plan has it' : `only plans.${first.plan.name} has it`
      problems.push({
        path,
        message: `expected an input that two or more plans have, got ${shown(name)}, and ${where}${near(name, plans)}`,
      })
      return
    }
    const differing = others.find(({ drawn, plan }) => !alike(first, { drawn, plan }))
    if (differing) problems.push({ path, message: differenceOf(name, first, differing) })
    for (const { drawn } of found) shared.add(drawn.name)
  })
  return shared
}

interface Found {
  readonly plan: PortfolioPlan
  readonly drawn: DrawnInPlan
}

const alike = (a: Found, b: Found): boolean =>
  a.drawn.name === b.drawn.name &&
  JSON.stringify(a.drawn.law) === JSON.stringify(b.drawn.law) &&
  (!a.drawn.money || a.plan.scenario.currency === b.plan.scenario.currency)

const lawText = ({ kind, law }: DrawnInPlan): string =>
  kind === 'input' ? writtenUncertain(law as DistributionSpec) : JSON.stringify(law)

function differenceOf(name: string, a: Found, b: Found): string {
  const words = ({ plan, drawn }: Found) =>
    `${lawText(drawn)}${drawn.money ? ` in ${plan.scenario.currency}` : ''} in plans.${plan.name}`
  return `expected the same distribution in all plans that share ${name}, got ${words(a)} and ${words(b)}. State the same in both, or take it from \`shared\``
}

function near(name: string, plans: readonly PortfolioPlan[]): string {
  const known = [...new Set(plans.flatMap(({ scenario }) => namesIn(scenario)))]
  const found = nearest(name, known)
  if (found !== undefined) return `. Did you mean ${shown(found)}?`
  return known.length === 0 ? '' : `. The plans have ${known.slice(0, 12).join(', ')}${known.length > 12 ? ' …' : ''}`
}

/** Everything that is drawn in a plan, by name. */
export const namesIn = (scenario: ResolvedScenario): string[] => [
  ...uncertainInputs(scenario).map(({ name }) => name),
  ...noisesOf(scenario).keys(),
  ...EVENTS.filter((name) => drawnIn(scenario, name) !== undefined),
]

/** An input or noise by its name in the portfolio. */
export interface Placed {
  /** Its name in the portfolio. */
  readonly name: string
  /** Absent for an exchange rate, which belongs to no plan. */
  readonly plan?: PortfolioPlan
  /** Its name in the plan. */
  readonly own: string
}

/** Finds an input or a noise by its name in the portfolio. */
export function placedName(
  name: string,
  plans: readonly PortfolioPlan[],
  shared: ReadonlySet<string>,
  rates: ExchangeRates,
): Placed | undefined {
  const code = /^exchange\.(.+)$/.exec(name)?.[1]
  if (code !== undefined) return typeof rates[code] === 'object' ? { name, own: name } : undefined
  const dot = name.indexOf('.')
  const plan = plans.find((one) => one.name === name.slice(0, dot))
  const own = plan ? name.slice(dot + 1) : name
  const holder = plan ?? plans.find(({ scenario }) => shared.has(canonicalName(scenario, own) ?? ''))
  const canonical = holder && canonicalName(holder.scenario, own)
  if (canonical === undefined) return undefined
  return {
    name: shared.has(canonical) ? canonical : `${holder?.name}.${canonical}`,
    ...(holder && { plan: holder }),
    own: canonical,
  }
}
