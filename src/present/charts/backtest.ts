// What was foretold beside what came: fans that follow each other, and where the outcomes fell in them.
import type { Backtest } from '../../questions/backtest/backtest.ts'
import type { Track } from '../../questions/replan/track.ts'
import { Chart } from './chart.ts'
import { COLOURS, HEIGHT, percent, WIDTH } from './theme.ts'

const CONVERSATIONS = { title: 'conversations a month', format: '~s' }
const MOST_LABELS = 24

interface FanMonth {
  readonly month: string
  readonly fan: string
  readonly actual: number | null
  readonly mean: number
  readonly p5: number
  readonly p25: number
  readonly p75: number
  readonly p95: number
}

/** Bands that hold 50 and 90 of 100 futures, one fan a start, and the line of what came. */
function fans(title: string, description: string, values: readonly FanMonth[]): Chart {
  const step = Math.ceil(new Set(values.map(({ month }) => month)).size / MOST_LABELS)
  const labelled = values.map(({ month }) => month).filter((_, k) => k % step === 0)
  const x = { field: 'month', type: 'ordinal', axis: { title: null, labelAngle: -45, values: labelled } }
  const y = (field: string) => ({ field, type: 'quantitative', scale: { zero: false }, axis: CONVERSATIONS })
  const detail = { field: 'fan', type: 'nominal' }
  const band = (low: string, high: string, opacity: number) => ({
    mark: { type: 'area', color: COLOURS[0], opacity },
    encoding: { x, y: y(low), y2: { field: high }, detail },
  })
  return new Chart(title, description, {
    width: WIDTH,
    height: HEIGHT,
    data: { values },
    layer: [
      band('p5', 'p95', 0.18),
      band('p25', 'p75', 0.3),
      { mark: { type: 'line', color: COLOURS[0], strokeDash: [4, 3] }, encoding: { x, y: y('mean'), detail } },
      {
        transform: [{ filter: 'isValid(datum.actual)' }],
        mark: { type: 'line', color: COLOURS[1], point: { size: 18, color: COLOURS[1] } },
        encoding: { x, y: y('actual') },
      },
      {
        data: { values: labelsOf(values) },
        mark: { type: 'text', align: 'left', dx: 6, fontSize: 11 },
        encoding: {
          x,
          y: y('at'),
          text: { field: 'label' },
          color: { field: 'colour', type: 'nominal', scale: null },
        },
      },
    ],
  })
}

/** What the lines are, at their ends. */
function labelsOf(values: readonly FanMonth[]): object[] {
  const last = values[values.length - 1]
  const closed = values.filter(({ actual }) => actual !== null)
  const came = closed[closed.length - 1]
  return [
    { month: last.month, at: last.mean, label: 'foretold', colour: COLOURS[0] },
    ...(came ? [{ month: came.month, at: came.actual, label: 'came', colour: COLOURS[1] }] : []),
  ]
}

/** Fans of starts that are one horizon apart, so that each month stands once, with what came. */
export function backtestFan({ cases, origins, horizon, name, annual }: Backtest): Chart {
  const shown = new Set(origins.filter((_, k) => k % horizon === 0))
  const values = cases
    .filter(({ ahead, origin }) => ahead > 0 && shown.has(origin))
    .map(({ month, origin, actual, mean, percentiles: [p5, , p25, , p75, , p95] }) => ({
      month,
      fan: origin,
      actual,
      mean,
      p5,
      p25,
      p75,
      p95,
    }))
  return fans(
    `80 % intervals covered ${percent(annual.coverage['80'])} of ${origins.length} starts`,
    `What was foretold of ${name} at ${[...shown].join(', ')} (dashed: the mean; bands hold 50 and 90 of 100 futures), and what came (line with points).`,
    values,
  )
}

/** The planned fan of the year and the months that are closed. */
export function trackFan({ months, verdict }: Track): Chart {
  const values = months.map(({ month, actual, mean, percentiles: { p5, p25, p75, p95 } }) => ({
    month,
    fan: 'plan',
    actual: actual ?? null,
    mean,
    p5,
    p25,
    p75,
    p95,
  }))
  return fans(
    verdict.redo ? 'The year leaves the plan' : 'The year is within the plan',
    `Conversations as planned (dashed: the mean; bands hold 50 and 90 of 100 futures), and the months that are closed (line with points). ${verdict.words}`,
    values,
  )
}

/** How many sums fell into each tenth of what was foretold: alike where intervals are as wide as they should be. */
export function backtestPit({ annual, origins, name }: Backtest): Chart {
  const { pit } = annual
  const total = pit.reduce((a, b) => a + b, 0)
  const values = pit.map((count, k) => ({ from: k / pit.length, to: (k + 1) / pit.length, count }))
  const half = pit.slice(0, pit.length / 2).reduce((a, b) => a + b, 0) / Math.max(1, total)
  const finding =
    Math.abs(half - 0.5) < 0.1
      ? 'What came fell as often above the middle as below'
      : `What came fell below the middle in ${percent(half)} of starts: forecasts were ${half > 0.5 ? 'high' : 'low'}`
  return new Chart(
    finding,
    `Share of futures below what came, of ${origins.length} starts of ${name}, in ten classes from 0 to 100 %: ${pit.join(', ')}. All alike would be perfect.`,
    {
      width: WIDTH,
      height: 200,
      layer: [
        {
          data: { values },
          mark: { type: 'bar', color: COLOURS[0], binSpacing: 2 },
          encoding: {
            x: {
              field: 'from',
              type: 'quantitative',
              bin: { binned: true, step: 1 / pit.length },
              scale: { domain: [0, 1] },
              axis: { title: 'share of futures below what came', format: '.0%' },
            },
            x2: { field: 'to' },
            y: { field: 'count', type: 'quantitative', axis: { title: 'starts', tickMinStep: 1 } },
          },
        },
        {
          data: { values: [{ level: total / pit.length }] },
          mark: { type: 'rule', strokeDash: [4, 3], color: '#767676' },
          encoding: { y: { field: 'level', type: 'quantitative' } },
        },
      ],
    },
  )
}
