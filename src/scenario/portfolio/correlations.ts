// The correlations of a portfolio: those that it states between plans, and those of the plans themselves.
import { type Problem, shown } from '../../errors.ts'
import { noisesOf } from '../names.ts'
import { checkPair, isStagedNoise, ofScores } from '../resolve/correlations.ts'
import { fromScoresToValues } from '../resolve/measure.ts'
import type { Correlation } from '../resolved.ts'
import type { ExchangeRates } from './currencies.ts'
import { namesIn, type Placed, placedName } from './names.ts'
import type { PortfolioPlan } from './plans.ts'
import type { RawPortfolio } from './schema.ts'

/** A correlation of normal scores by the names of the portfolio, and the degrees of freedom if a t copula joins it. */
export interface PortfolioCorrelation extends Correlation {
  readonly copula?: { readonly t: number }
}

interface Known {
  readonly plans: readonly PortfolioPlan[]
  readonly shared: ReadonlySet<string>
  readonly rates: ExchangeRates
  readonly currency: string
}

export function correlationsOf(raw: RawPortfolio, known: Known, problems: Problem[]): PortfolioCorrelation[] {
  const own = known.plans.flatMap((plan) => ofPlan(plan, known, problems))
  const between = statedIn(raw, known, problems)
  const all: PortfolioCorrelation[] = []
  for (const one of [...own, ...between]) {
    const earlier = all.find(({ between }) => one.between.every((name) => between.includes(name)))
    if (!earlier) all.push(one)
    else if (earlier.rho !== one.rho || earlier.copula?.t !== one.copula?.t)
      problems.push({
        path: 'correlations',
        message: `expected one correlation of ${one.between.join(' and ')}, which several plans state, got ${stated(earlier)} and ${stated(one)}`,
      })
  }
  checkCopulas(all, between, problems)
  return all
}

const stated = ({ rho, copula }: PortfolioCorrelation): string =>
  copula ? `${rho} with a t copula of ${copula.t} degrees of freedom` : String(rho)

/** The correlations that a plan states. Those of unshared inputs have the plan's name before them. */
function ofPlan(plan: PortfolioPlan, known: Known, problems: Problem[]): PortfolioCorrelation[] {
  const { copula, correlations } = plan.scenario
  return correlations.flatMap(({ between, rho }) => {
    const sides = between.map((name) => sideOf(name, plan, known))
    const [a, b] = sides
    if (!a || !b) {
      problems.push({
        path: `plans.${plan.name}.correlations`,
        message: `expected no correlation with an exchange rate between two currencies that are not the portfolio's, got ${between.join(' and ')}. State it in the portfolio, with the rates of its own \`exchange\``,
      })
      return []
    }
    // A rate that is certain in the portfolio has no correlation.
    if (a.name === undefined || b.name === undefined) return []
    return [{ between: [a.name, b.name] as const, rho: rho * a.sign * b.sign, ...(copula && { copula }) }]
  })
}

type Side = { readonly name: string | undefined; readonly sign: 1 | -1 }

function sideOf(name: string, plan: PortfolioPlan, { shared, rates, currency }: Known): Side | undefined {
  const code = /^exchange\.(.+)$/.exec(name)?.[1]
  if (code === undefined) return { name: shared.has(name) ? name : `${plan.name}.${name}`, sign: 1 }
  const rate = (one: string) => (typeof rates[one] === 'object' ? `exchange.${one}` : undefined)
  if (plan.scenario.currency === currency) return { name: rate(code), sign: 1 }
  // The portfolio's currency in that of the plan falls where the plan's in the portfolio's rises.
  return code === currency ? { name: rate(plan.scenario.currency), sign: -1 } : undefined
}

function statedIn({ correlations }: RawPortfolio, known: Known, problems: Problem[]): PortfolioCorrelation[] {
  const placed = correlations.map(({ between }) => between.map((name) => placedName(name, known.plans, known.shared, known.rates)))
  const names = placed.map((sides) => sides.map((side) => side?.name))
  return correlations.flatMap(({ between, rho, measure }, k) => {
    const [a, b] = placed[k]
    between.forEach((name, side) => {
      if (placed[k][side] === undefined)
        problems.push({ path: `correlations[${k}].between[${side}]`, message: unknown(name, known) })
    })
    if (!a || !b) return []
    const before = problems.length
    checkPair(a.name, b.name, k, names, problems)
    if (problems.length > before) return []
    const pair = {
      between: [a.name, b.name] as const,
      phis: [phiOf(a), phiOf(b)],
      staged: [a, b].find(({ plan, own }) => plan && isStagedNoise(plan.scenario, own))?.name,
      toValues: () => fromScoresToValues([a, b].flatMap(({ plan, own }) => (plan ? [{ scenario: plan.scenario, name: own }] : []))),
    }
    if (measure === 'pearson' && (!a.plan || !b.plan)) {
      problems.push({
        path: `correlations[${k}].measure`,
        message: 'expected `normal` or `spearman` for an exchange rate, got `pearson`',
      })
      return []
    }
    return [{ between: pair.between, rho: ofScores({ rho, measure, k }, pair, false, problems) }]
  })
}

function unknown(name: string, { plans, shared, rates }: Known): string {
  const plan = plans.find((one) => name.startsWith(`${one.name}.`))
  const inPlan = plan ? namesIn(plan.scenario).map((own) => `${plan.name}.${own}`) : []
  const example = plans
    .flatMap((one) =>
      namesIn(one.scenario)
        .slice(0, 1)
        .map((own) => `${one.name}.${own}`),
    )
    .slice(0, 3)
  const exchange = Object.keys(rates).flatMap((code) => (typeof rates[code] === 'object' ? [`exchange.${code}`] : []))
  const known = plan ? inPlan : [...example, ...shared, ...exchange]
  const list = `${known.slice(0, 12).join(', ')}${known.length > 12 || !plan ? ' …' : ''}`
  return `expected the name of an input of a plan, such as ${list}, got ${shown(name)}`
}

const phiOf = ({ plan, own }: Placed): number => (plan ? (noisesOf(plan.scenario).get(own) ?? 0) : 0)

/** A group that a t copula joins has one number of degrees of freedom. */
function checkCopulas(all: readonly PortfolioCorrelation[], stated: readonly PortfolioCorrelation[], problems: Problem[]): void {
  const joined = new Set(all.flatMap(({ between, copula }) => (copula ? between : [])))
  stated.forEach(({ between }, k) => {
    const name = between.find((one) => joined.has(one))
    if (name !== undefined)
      problems.push({
        path: `correlations[${k}].between`,
        message: `expected inputs that no plan's t copula joins, got ${name}. Remove \`copula\` from its plan, or this correlation`,
      })
  })
  const degrees = new Map<string, number>()
  for (const { between, copula } of all)
    for (const name of copula ? between : []) {
      const earlier = degrees.get(name)
      if (copula && earlier !== undefined && earlier !== copula.t)
        problems.push({
          path: 'shared',
          message: `expected the same copula in all plans that share ${name}, got { t: ${earlier} } and { t: ${copula.t} }`,
        })
      if (copula) degrees.set(name, copula.t)
    }
}
