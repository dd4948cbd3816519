// Draws the charts of a report from its data.
import type { Chart } from '../charts/chart.ts'
import { convergenceChart } from '../charts/convergence.ts'
import { costDistributions, sCurve } from '../charts/trials.ts'
import { headsChart } from '../charts/people.ts'
import { segmentMonths, segmentRisk } from '../charts/segments.ts'
import { cheapestChart, fan, layers } from '../charts/summary.ts'
import type { Figures, FullFigures } from './figures.ts'
import type { ChartGroup } from './pieces.ts'

export function curveChart({ summary, curves }: Figures, offer: string): Chart {
  const { budget, offers, comparison } = summary
  const { points, pointSuffices, p80 } = curves[offer]
  const { point } = offers[offer][comparison.measure]
  const marks = { point, pointSuffices, p80, ...(budget?.offer === offer && budget.measure === comparison.measure && { budget }) }
  return sCurve(offer, points, marks, summary)
}

/** A row for each of more offers would fill a page. Their odds stand in a table. */
const MOST_DRAWN = 8

/** The charts that are also printed. A small run has no percentiles of months, and too few trials to draw a distribution. */
export function chartsOf(figures: FullFigures, of: ChartGroup): Chart[] {
  const { summary, best, densities, months, convergence } = figures
  const isDetailed = summary.monthlyTrials > 0
  const count = Object.keys(summary.offers).length
  const isComparing = count > 1
  const amounts = months.map(({ amount }) => amount)
  return {
    months: () => (isDetailed && months.length > 1 ? [fan(summary, best, amounts)] : []),
    people: () => (summary.offers[best].people ? [headsChart(summary, best, figures.need)] : []),
    offers: () => [
      ...(isDetailed && summary.offers[best][summary.comparison.measure].sd.value > 0 ? [curveChart(figures, best)] : []),
      ...(isDetailed && isComparing && count <= MOST_DRAWN ? [costDistributions(densities, summary)] : []),
      ...(isComparing && count <= MOST_DRAWN ? [cheapestChart(summary)] : []),
      layers(summary),
    ],
    segments: () => (summary.offers[best].segments ? [segmentMonths(summary, best), segmentRisk(summary, best)] : []),
    trials: () => (convergence ? [convergenceChart(convergence, summary.currency, summary)] : []),
  }[of]()
}
