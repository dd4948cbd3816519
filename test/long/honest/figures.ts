// The figures of a run by path, as functionals of the quantities of a trial. Every figure with a standard error that the summary or a
// call states is here, or the test names it.
import { type Columns, judgedMonths, judgedQuarters, measuresOf, pairsOf } from './columns.ts'
import type { Plan } from './plans.ts'
import { LAYERS } from './totals.ts'

export type Functional =
  | { readonly of: 'mean'; readonly column: string }
  /** The probability of at most, or of more than, an amount. */
  | { readonly of: 'within' | 'beyond'; readonly column: string; readonly amount: number }
  | { readonly of: 'ratio'; readonly above: string; readonly below: string }
  | { readonly of: 'sd' | 'skewness'; readonly column: string }
  | { readonly of: 'percentile' | 'shortfall'; readonly column: string; readonly p: number }
  /** A part's share of a variance, of the mean of the worst trials, or its part of a percentile, by Euler's rule. */
  | { readonly of: 'varianceShare'; readonly column: string; readonly whole: string }
  | { readonly of: 'tailShare' | 'allocated'; readonly column: string; readonly whole: string; readonly p: number }

type Named = readonly [path: string, functional: Functional]

const PERCENTILES = [1, 5, 10, 25, 50, 75, 80, 90, 95, 99] as const
/** Shares of the budget, in percent. */
const SHARES = [80, 90, 100, 110, 120] as const
const TAILS = [90, 95] as const
const REGRETS = [50, 75, 80, 90, 95, 99] as const

/** The level of the expected shortfall that the test asks for beside those of the summary. */
export const ASKED_LEVEL = 0.975

const costFigures = (path: string, column: string): readonly Named[] => [
  [`${path}.mean`, { of: 'mean', column }],
  [`${path}.sd`, { of: 'sd', column }],
  [`${path}.skewness`, { of: 'skewness', column }],
  ...PERCENTILES.map((p): Named => [`${path}.percentiles.p${p}`, { of: 'percentile', column, p: p / 100 }]),
  ...TAILS.map((p): Named => [`${path}.expectedShortfall.p${p}`, { of: 'shortfall', column, p: p / 100 }]),
]

function offerFigures(plan: Plan, columns: Columns, name: string): readonly Named[] {
  const path = `offers.${name}`
  const layers = LAYERS.filter((layer) => columns.has(`layer ${name} ${layer}`))
  return [
    ...measuresOf(plan).flatMap((measure) => [
      ...costFigures(`${path}.${measure}`, `${measure} ${name}`),
      ...judgedMonths(plan).flatMap((m) => costFigures(`${path}.${measure}.monthly.${m}`, `${measure} ${name} ${m}`)),
      ...judgedQuarters(plan).flatMap((q) => costFigures(`${path}.${measure}.quarterly.${q}`, `${measure} ${name} quarter ${q}`)),
      ...(plan.quarters
        ? [
            ...costFigures(`${path}.${measure}.worstMonth`, `${measure} ${name} worst month`),
            ...costFigures(`${path}.${measure}.worstQuarter`, `${measure} ${name} worst quarter`),
          ]
        : []),
      ...(plan.discountRate === undefined ? [] : costFigures(`${path}.${measure}.presentValue`, `${measure} ${name} present`)),
    ]),
    ...layers.map((layer): Named => [`${path}.layers.${layer}`, { of: 'mean', column: `layer ${name} ${layer}` }]),
    [`${path}.beyondBill.people`, { of: 'mean', column: `people ${name}` }],
    [`${path}.resolutions.mean`, { of: 'mean', column: `resolutions ${name}` }],
    [`${path}.billable.mean`, { of: 'mean', column: `billable ${name}` }],
    [`${path}.costPerConversation.mean`, { of: 'ratio', above: `bill ${name}`, below: 'volume' }],
    [`${path}.costPerResolution.mean`, { of: 'ratio', above: `bill ${name}`, below: `resolutions ${name}` }],
    [`${path}.overage.any`, { of: 'mean', column: `over ${name}` }],
    [`${path}.overage.monthsMean`, { of: 'mean', column: `over months ${name}` }],
    ...judgedMonths(plan).map((m): Named => [`${path}.overage.months.${m}`, { of: 'mean', column: `over ${name} ${m}` }]),
    [`${path}.overage.quantity`, { of: 'mean', column: `over quantity ${name}` }],
    [`${path}.overage.amount`, { of: 'mean', column: `over amount ${name}` }],
    [`${path}.overage.unused`, { of: 'mean', column: `unused ${name}` }],
    ...(plan.staff ? crewFigures(plan, name) : []),
  ]
}

function crewFigures(plan: Plan, name: string): readonly Named[] {
  const path = `offers.${name}.people`
  return [
    ...judgedMonths(plan).flatMap((m) =>
      ['heads', 'need'].map((key): Named => [`${path}.${key}.monthly.${m}.mean`, { of: 'mean', column: `${key} ${name} ${m}` }]),
    ),
    ...['hires', 'releases', 'shortfall'].map((key): Named => [`${path}.${key}.mean`, { of: 'mean', column: `${key} ${name}` }]),
  ]
}

function comparisonFigures(plan: Plan): readonly Named[] {
  const names = plan.offers.map(({ name }) => name)
  const first = `${plan.measure} ${names[0]}`
  return [
    ...names.flatMap((name): Named[] => [
      [`comparison.cheapest.${name}`, { of: 'mean', column: `cheapest ${name}` }],
      [`comparison.regret.${name}`, { of: 'mean', column: `regret ${name}` }],
      [`regret.${name}.none`, { of: 'mean', column: `none ${name}` }],
      ...REGRETS.map(
        (p): Named => [`regret.${name}.percentiles.p${p}`, { of: 'percentile', column: `regret ${name}`, p: p / 100 }],
      ),
      ...TAILS.map(
        (p): Named => [`regret.${name}.expectedShortfall.p${p}`, { of: 'shortfall', column: `regret ${name}`, p: p / 100 }],
      ),
      [`expectedShortfall.${name}`, { of: 'shortfall', column: `${plan.measure} ${name}`, p: ASKED_LEVEL }],
    ]),
    ...pairsOf(plan).flatMap(([k, l]): Named[] => {
      const [a, b] = [names[k], names[l]]
      const column = `difference ${a} ${b}`
      const path = `comparison.difference.${a}.${b}`
      return [
        [`comparison.cheaper.${a}.${b}`, { of: 'within', column, amount: 0 }],
        [`comparison.cheaper.${b}.${a}`, { of: 'beyond', column, amount: 0 }],
        [`${path}.mean`, { of: 'mean', column }],
        [`${path}.sd`, { of: 'sd', column }],
        ...PERCENTILES.map((p): Named => [`${path}.percentiles.p${p}`, { of: 'percentile', column, p: p / 100 }]),
      ]
    }),
    ['budget.holds', { of: 'within', column: first, amount: plan.budget }],
    ['budget.needed', { of: 'percentile', column: first, p: 0.8 }],
    ...SHARES.map(
      (percent): Named => [`budget.within.${percent}%`, { of: 'within', column: first, amount: (percent / 100) * plan.budget }],
    ),
  ]
}

/** The split of bills and totals by segment, and the segments' drivers. */
function segmentFigures(plan: Plan): readonly Named[] {
  const { segments = [], offers } = plan
  const months = judgedMonths(plan)
  return segments.flatMap(({ name }, s): Named[] => {
    const drivers = `drivers.segments.${name}`
    return [
      [`${drivers}.conversations.mean`, { of: 'mean', column: `volume of ${s}` }],
      [`${drivers}.rate.mean`, { of: 'ratio', above: `resolved of ${s}`, below: `volume of ${s}` }],
      ...months.flatMap((m): Named[] => [
        [`${drivers}.conversations.monthly.${m}.mean`, { of: 'mean', column: `volume of ${s} ${m}` }],
        [`${drivers}.rate.monthly.${m}.mean`, { of: 'ratio', above: `resolved of ${s} ${m}`, below: `volume of ${s} ${m}` }],
      ]),
      ...offers.flatMap(({ name: offer }): Named[] => {
        const path = `offers.${offer}.segments.${name}`
        const [column, whole] = [`bill ${offer} of ${s}`, `bill ${offer}`]
        return [
          [`${path}.bill.mean`, { of: 'mean', column }],
          [`${path}.total.mean`, { of: 'mean', column: `total ${offer} of ${s}` }],
          ...months.map((m): Named => [`${path}.bill.monthly.${m}.mean`, { of: 'mean', column: `${column} ${m}` }]),
          [`${path}.budget.p80`, { of: 'allocated', column, whole, p: 0.8 }],
          [`${path}.risk.variance`, { of: 'varianceShare', column, whole }],
          ...TAILS.map((p): Named => [`${path}.risk.expectedShortfall.p${p}`, { of: 'tailShare', column, whole, p: p / 100 }]),
        ]
      }),
    ]
  })
}

export function figuresOf(plan: Plan, columns: Columns): ReadonlyMap<string, Functional> {
  return new Map<string, Functional>([
    ['drivers.conversations.mean', { of: 'mean', column: 'volume' }],
    ['drivers.rate.mean', { of: 'ratio', above: 'resolved', below: 'volume' }],
    ...judgedMonths(plan).flatMap((m): Named[] => [
      [`drivers.conversations.monthly.${m}.mean`, { of: 'mean', column: `volume ${m}` }],
      [`drivers.rate.monthly.${m}.mean`, { of: 'ratio', above: `resolved ${m}`, below: `volume ${m}` }],
    ]),
    ...plan.offers.flatMap(({ name }) => offerFigures(plan, columns, name)),
    ...segmentFigures(plan),
    ...comparisonFigures(plan),
  ])
}
