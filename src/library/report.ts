// A finished run as a report.
import { rankCorrelation } from '../analysis/ranks.ts'
import { chartTable, type Origin, reportPage } from '../report/page.ts'
import { SimulationResult } from './result.ts'
import type { Finished } from './run.ts'

export async function reportOf(finished: Finished, origin: Origin): Promise<string> {
  const { summary, scenario, futures, warnings } = finished
  const result = new SimulationResult(finished)
  const { currency, comparison } = summary
  const [[best]] = Object.entries(comparison.cheapest).sort(([, a], [, b]) => b.value - a.value)
  const sharp = summary.monthlyTrials > 0
  const charts = [
    ...(sharp ? [result.chart('s-curve', best), result.chart('fan', best)] : []),
    ...(sharp && Object.keys(summary.offers).length > 1 ? [result.chart('distributions')] : []),
    result.chart('cheapest'),
    result.chart('layers'),
  ]
  const [cost] = [futures.recordedCosts()[futures.offer(best)]]
  const drivers = futures.drivers().flatMap((input) => {
    const values = futures.driver(input)
    const still = values.every((value) => value === values[0])
    return still ? [] : [{ input, rank: rankCorrelation(values, cost, futures.starts) }]
  })
  return reportPage({
    summary,
    sources: scenario.sources ?? [],
    notes: warnings,
    best,
    pointSuffices: result.contingency(best, 0.8).pointSuffices,
    months: result.phased(best, 0.8).months.map(({ month, amount }) => ({ month, amount })),
    charts: charts.map((chart) => ({ chart, table: chartTable(chart, currency) })),
    drivers: drivers.sort((a, b) => Math.abs(b.rank.value) - Math.abs(a.rank.value)),
    origin,
  })
}
