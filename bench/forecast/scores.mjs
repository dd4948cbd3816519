// Scores of forecasts of a year's sum, and their means over cases with intervals from drawing whole series again.
import { crpsOf } from '../../.cache/modules/questions/backtest/scores.js'
import { YEAR } from './cases.mjs'
import { uniforms } from './uniforms.mjs'

const RESAMPLES = 200
const sum = (values) => values.reduce((a, b) => a + b, 0)
export const mean = (values) => sum(values) / values.length

/** Each case's score and bias as shares of its last 12 months, and where the actual sum fell. Cases without a forecast have none. */
export const scored = (cases, draws) =>
  cases.map(({ id, group, window, before, year }, k) => {
    const sample = draws[k]
    if (sample === undefined) return undefined
    const actual = sum(year)
    const last = sum(before.slice(-YEAR))
    const below = sample.filter((value) => value < actual).length / sample.length
    return {
      id,
      group,
      window,
      crps: crpsOf(Float64Array.from(sample), actual) / last,
      bias: (mean(sample) - actual) / last,
      below,
    }
  })

/** The share of rows whose interval of this probability held the actual sum. */
export const covered = (rows, share) => mean(rows.map(({ below }) => (Math.abs(below - 0.5) <= share / 2 ? 1 : 0)))

export const percent = (value, digits = 2) => (100 * value).toFixed(digits)

/** The 95% interval of a figure of the rows: series are drawn again, each with all of its rows. */
export function interval(rows, figure) {
  const found = new Map()
  for (const row of rows) found.set(row.id, [...(found.get(row.id) ?? []), row])
  const series = [...found.values()]
  const next = uniforms(1)
  const figures = Array.from({ length: RESAMPLES }, () =>
    figure(series.flatMap(() => series[Math.floor(next() * series.length)])),
  ).sort((a, b) => a - b)
  return [figures[Math.floor(0.025 * RESAMPLES)], figures[Math.ceil(0.975 * RESAMPLES) - 1]]
}
