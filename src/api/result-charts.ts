// The charts of a result, by their names.
import { budgetBars } from '../present/charts/bars.ts'
import { isWithinScale } from '../present/charts/beyond.ts'
import type { Chart } from '../present/charts/chart.ts'
import { convergenceChart } from '../present/charts/convergence.ts'
import { budgetCurves } from '../present/charts/curves.ts'
import { expertsChart } from '../present/charts/experts.ts'
import { cashAndAccrual } from '../present/charts/ledger.ts'
import { partMonths } from '../present/charts/parts.ts'
import { type ChartKind, RUN_CHARTS } from '../present/charts/kinds.ts'
import { headsChart } from '../present/charts/people.ts'
import { quarterFan } from '../present/charts/quarters.ts'
import { segmentMonths, segmentRisk } from '../present/charts/segments.ts'
import { breakEvenStrip } from '../present/charts/strip.ts'
import { cheapestChart, costIn, fan, layers, monthly, offerIn, pairwise } from '../present/charts/summary.ts'
import { acceptability, costDistributions, winners } from '../present/charts/trials.ts'
import { curveChart } from '../present/report/charts.ts'
import { type Figures, figuresOf } from '../present/report/figures.ts'
import { recommendedIn, verdictOf } from '../questions/compare/verdict.ts'
import { needBandsOf } from '../questions/need.ts'
import type { Phased } from '../questions/budget/phased.ts'
import type { LedgerRow } from '../questions/ledger/ledger.ts'
import { partsByMonthOf } from '../questions/parts.ts'
import type { Trials } from '../questions/trials.ts'
import { shown, UsageError } from '../errors.ts'
import { meantWords } from '../notation/near.ts'
import type { Densities } from '../summary/densities.ts'
import { type ChartNames, chartNames } from './chart-names.ts'
import type { SimulationResult } from './result.ts'

const amountsOf = ({ months }: Phased): number[] => months.map(({ amount }) => amount)

/** What a result computes for a chart, if the chart is asked for. */
interface Later {
  readonly densities: () => Densities
  readonly ledger: (offer: string) => readonly LedgerRow[]
  readonly titles: Readonly<Record<string, string>>
}

/** @throws UsageError for an unknown kind or wrong names */
export function resultChart(
  result: SimulationResult,
  trials: Trials,
  kind: ChartKind,
  names: readonly string[],
  { densities, ledger, titles }: Later,
): Chart {
  const { summary } = result
  const [first, second] = names
  const staffed = (offer: string) => Object.hasOwn(summary.offers, offer) && summary.offers[offer].people !== undefined
  const named = chartNames(summary, titles)
  // Offers are checked under the names that callers know.
  const offer = () => {
    offerIn(summary, first)
    return named.name(first)
  }
  const draw: Readonly<Record<ChartKind, () => Chart>> = {
    bars: () => budgetBars(summary, verdictOf(summary, { titles }), titles),
    's-curves': () => curvesOf(result, titles),
    'break-even': () => breakEvenStrip(named.acceptability(result.acceptability(first)), named.summary),
    fan: () => fan(named.summary, offer(), amountsOf(result.phased(first, 0.8))),
    's-curve': () => curveOf(figuresOf(summary, trials, { names: [first] }), first, named),
    distributions: () => costDistributions(named.densities(densities()), named.summary),
    cheapest: () => cheapestChart(named.summary),
    pairwise: () => pairwise(named.summary),
    layers: () => layers(named.summary),
    monthly: () => monthly(named.summary),
    quarters: () => quarterFan(named.summary, offer()),
    parts: () => partMonths(named.summary, offer(), partsByMonthOf(trials, first)),
    segments: () => segmentMonths(named.summary, offer()),
    'segment-risk': () => segmentRisk(named.summary, offer()),
    heads: () => headsChart(named.summary, offer(), staffed(first) ? needBandsOf(trials, first) : undefined),
    ledger: () => cashAndAccrual(ledger(first), named.summary, offer()),
    acceptability: () => acceptability(named.acceptability(result.acceptability(first)), named.summary),
    winners: () => winners(named.winners(result.winners(first, second)), named.summary),
    convergence: () => convergenceChart(named.convergence(result.convergence(first, second)), summary.currency, named.summary),
    experts: () => expertsChart(first, trials.opinions(first)),
  }
  const known = Object.keys(draw)
  if (!known.includes(kind)) {
    const meant = typeof kind === 'string' ? meantWords(kind, known) : ''
    throw new UsageError(`chart: expected one of ${known.join(', ')}${meant}, got ${shown(kind)}`)
  }
  const { count, expected } = RUN_CHARTS[kind]
  if (names.length !== count || !names.every((name) => typeof name === 'string'))
    throw new UsageError(`chart ${kind}: expected ${expected}, got ${names.map(shown).join(', ') || 'nothing'}`)
  return draw[kind]()
}

/** The S-curve of one offer. */
const curveOf = ({ curves, best }: Figures, offer: string, { name, summary }: ChartNames): Chart =>
  curveChart({ summary, best: name(best), curves: { [name(offer)]: curves[offer] } }, name(offer))

/** The curves of offers near the recommended one, at the stated budget or at the P80 of the recommended offer. */
function curvesOf(result: SimulationResult, titles: Later['titles']): Chart {
  const { summary } = result
  const { budget, comparison } = summary
  const best = recommendedIn(summary, { titles })
  const p80 = (offer: string) => costIn(summary, offer).percentiles.p80?.value ?? costIn(summary, offer).mean.value
  const own = budget !== undefined && budget.measure === comparison.measure
  const amount = own ? budget.amount : p80(best)
  const near = Object.keys(summary.offers).filter((offer) => isWithinScale(p80(offer), p80(best)))
  const curves = near
    .map((offer) => {
      const { probability } = result.overrun(offer, amount)
      return { offer, points: result.curve(offer), holds: { value: 1 - probability.value, se: probability.se } }
    })
    .sort((a, b) => (a.offer === best ? -1 : b.offer === best ? 1 : b.holds.value - a.holds.value))
  return budgetCurves(summary, curves, amount, titles)
}
