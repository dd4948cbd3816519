// Resolves a portfolio: reads its plans, and checks what they share.
import { type Problem, ScenarioError } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import { formatNumber } from '../../notation/number.ts'
import type { ResolvedScenario } from '../resolved.ts'
import { keysOf, type Reader } from '../resolve/resolve.ts'
import { correlationsOf, type PortfolioCorrelation } from './correlations.ts'
import { checkCurrencies, type ExchangeRates, ratesOf } from './currencies.ts'
import { sharedNames } from './names.ts'
import { type PortfolioPlan, readPlans } from './plans.ts'
import type { WrittenPortfolio } from './read.ts'
import type { RawPortfolio } from './schema.ts'

export interface ResolvedPortfolio {
  readonly name: string
  readonly currency: string
  /** In the order of their names, so that the order of the file changes no draw. */
  readonly plans: readonly PortfolioPlan[]
  /** The names of the plans, in the order of the file. */
  readonly names: readonly string[]
  /** The price of one unit of each other currency in the portfolio's. */
  readonly rates: ExchangeRates
  /** Names of inputs, noises and events that are one draw for all plans that have them. */
  readonly shared: ReadonlySet<string>
  readonly correlations: readonly PortfolioCorrelation[]
  /** The first month of the first plan, and the number of months until the last plan ends. */
  readonly start: number
  readonly months: number
  readonly run: RawPortfolio['run']
  readonly warnings: readonly string[]
}

/** @throws ScenarioError with the problems of the portfolio and of its plans */
export async function resolvePortfolio({ raw, locate }: WrittenPortfolio, reader: Reader): Promise<ResolvedPortfolio> {
  const problems: Problem[] = []
  const plans = (await readPlans(raw, reader, problems)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const stop = () => {
    if (problems.length > 0) throw new ScenarioError(problems.map((problem) => locate({ ...problem, path: keysOf(problem.path) })))
  }
  if (Object.keys(raw.plans).length === 0) problems.push({ path: 'plans', message: 'expected at least one plan, got none' })
  const rates = ratesOf(raw, problems)
  // Names can be checked only if all plans are known.
  stop()
  checkCurrencies(plans, rates, raw.currency, problems)
  const shared = sharedNames(plans, raw.shared, problems)
  stop()
  const correlations = correlationsOf(raw, { plans, shared, rates, currency: raw.currency }, problems)
  const start = Math.min(...plans.map(({ scenario }) => scenario.start))
  const months = Math.max(...plans.map(({ scenario }) => scenario.start + scenario.months)) - start
  if (months > LIMITS.months)
    problems.push({
      path: 'plans',
      message: `expected plans within ${LIMITS.months} months of each other, got ${formatNumber(months)} from the first month to the last`,
    })
  plans.forEach((plan) => checkLast(plan, shared, correlations, problems))
  stop()
  return {
    name: raw.portfolio,
    currency: raw.currency,
    ...{ plans, names: Object.keys(raw.plans), rates, shared, correlations, start, months, run: raw.run },
    warnings: [...plans.flatMap(({ warnings }) => warnings), ...plans.flatMap((plan) => overridden(plan, shared))],
  }
}

/** A noise that several plans share, or that is correlated with another plan's, is one path for all of them. */
function checkLast(
  { name, scenario }: PortfolioPlan,
  shared: ReadonlySet<string>,
  correlations: readonly PortfolioCorrelation[],
  problems: Problem[],
): void {
  const noise = 'conversations.noise'
  const common = shared.has(noise) || correlations.some(({ between }) => between.includes(`${name}.${noise}`))
  if (scenario.conversations.last !== undefined && common)
    problems.push({
      path: `plans.${name}.conversations.last`,
      message:
        'expected no volume of the month before in a plan whose noise others share, since each would continue from another state. Remove `last`, or do not share conversations.noise',
    })
}

/** Shared inputs that the offer of a plan replaces by its own. */
function overridden({ name, offer, scenario }: PortfolioPlan, shared: ReadonlySet<string>): string[] {
  const own: ResolvedScenario['offers'][number]['resolution'] = scenario.offers[0].resolution
  return Object.keys(own ?? {}).flatMap((key) =>
    shared.has(`resolution.${key}`)
      ? [`plans.${name}: offer ${offer} states resolution.${key} itself, so the shared resolution.${key} does not act on it`]
      : [],
  )
}
