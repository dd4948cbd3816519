// Draws the charts of a report from its data.
import type { Chart } from '../charts/chart.ts'
import { convergenceChart } from '../charts/convergence.ts'
import { compiledSpec } from '../charts/draw.ts'
import { costDistributions, sCurve } from '../charts/trials.ts'
import { named, withSignals } from '../charts/live.ts'
import { headsChart } from '../charts/people.ts'
import { segmentMonths, segmentRisk } from '../charts/segments.ts'
import { cheapestChart, fan, layers } from '../charts/summary.ts'
import { COLORS } from '../charts/theme.ts'
import type { Figures, FullFigures } from './figures.ts'
import type { PageData } from './data.ts'
import type { ChartGroup } from './pieces.ts'

export function curveChart({ summary, curves }: Figures, offer: string): Chart {
  const { budget, offers, comparison, currency } = summary
  const { points, pointSuffices, p80 } = curves[offer]
  const { point } = offers[offer][comparison.measure]
  const marks = { point, pointSuffices, p80, ...(budget?.offer === offer && budget.measure === comparison.measure && { budget }) }
  return sCurve(offer, points, marks, currency, summary.months.length)
}

/** More of them would fill a page. */
const MOST_DISTRIBUTIONS = 8

/** The charts that are also printed. A small run has no percentiles of months, and too few trials to draw a distribution. */
export function chartsOf(figures: FullFigures, of: ChartGroup): Chart[] {
  const { summary, best, densities, months, convergence } = figures
  const isDetailed = summary.monthlyTrials > 0
  const count = Object.keys(summary.offers).length
  const isComparing = count > 1
  const amounts = months.map(({ amount }) => amount)
  return {
    months: () => (isDetailed && months.length > 1 ? [fan(summary, best, amounts)] : []),
    people: () => (summary.offers[best].people ? [headsChart(summary, best)] : []),
    offers: () => [
      ...(isDetailed ? [curveChart(figures, best)] : []),
      ...(isDetailed && isComparing && count <= MOST_DISTRIBUTIONS ? [costDistributions(densities, summary)] : []),
      ...(isComparing ? [cheapestChart(summary)] : []),
      layers(summary),
    ],
    segments: () => (summary.offers[best].segments ? [segmentMonths(summary, best), segmentRisk(summary, best)] : []),
    trials: () => (convergence ? [convergenceChart(convergence, summary.currency)] : []),
  }[of]()
}

async function live(chart: Chart): Promise<Readonly<Record<string, unknown>>> {
  return withSignals(await compiledSpec(named(chart).spec as object), chart)
}

/** The charts that follow the sliders, compiled for the page. The S-curve has a line at the amount that the reader enters. */
export async function liveCharts(figures: Figures): Promise<PageData['charts']> {
  const { summary, best } = figures
  const [curve, odds, months] = await Promise.all([
    live(curveChart(figures, best)),
    live(cheapestChart(summary)),
    live(fan(summary, best)),
  ])
  const { marks, signals } = curve as { readonly marks: readonly unknown[]; readonly signals: readonly unknown[] }
  const line = {
    type: 'rule',
    aria: false,
    encode: {
      update: {
        x: { signal: "probe === null ? 0 : clamp(scale('x', probe), 0, width)" },
        ...{ y: { value: 0 }, y2: { signal: 'height' } },
        ...{ stroke: { value: COLORS[1] }, strokeWidth: { value: 2 } },
        opacity: { signal: 'probe === null ? 0 : 1' },
      },
    },
  }
  return {
    curve: { ...curve, marks: [...marks, line], signals: [...signals, { name: 'probe', value: null }] },
    cheapest: odds,
    fan: months,
  }
}
