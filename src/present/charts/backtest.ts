// Charts that compare past forecasts with the volumes that came.
import { trialsWord } from '../../months.ts'
import type { Backtest } from '../../questions/backtest/backtest.ts'
import { Chart } from './chart.ts'
import { haloed, lineEnds } from './labels.ts'
import { band, COLORS, CONVERSATIONS_AXIS, heightIn, INK, months, percent, plot, quantity } from './theme.ts'

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

/** Bands that hold 50 and 90 of 100 trials, one fan for each start, and a line of actual volumes. */
function fans(title: string, description: string, values: readonly FanMonth[]): Chart {
  const all = [...new Set(values.map(({ month }) => month))]
  const y = (field: string) => quantity(field, { scale: { zero: false }, axis: CONVERSATIONS_AXIS })
  const detail = { field: 'fan', type: 'nominal' }
  const last = values[values.length - 1]
  const closed = values.findLast(({ actual }) => actual !== null)
  const labels = [
    { at: last.mean, label: 'forecast', color: COLORS[0] },
    ...(closed ? [{ at: closed.actual ?? 0, label: 'actual', color: COLORS[1] }] : []),
  ]
  return new Chart(
    title,
    description,
    (room) => {
      const x = months(all, room.narrow)
      const pixels = heightIn(room)
      const known = values.flatMap(({ p5, p95, actual }) => [p5, p95, ...(actual === null ? [] : [actual])])
      return plot(values, {
        height: pixels,
        layer: [
          band(x, y('p5'), 'p95', 0.18, { detail }),
          band(x, y('p25'), 'p75', 0.3, { detail }),
          { mark: { type: 'line', color: COLORS[0], strokeDash: [4, 3] }, encoding: { x, y: y('mean'), detail } },
          {
            transform: [{ filter: 'isValid(datum.actual)' }],
            mark: { type: 'line', color: COLORS[1], point: { size: 18, color: COLORS[1] } },
            encoding: { x, y: y('actual') },
          },
          lineEnds(
            labels,
            { month: last.month },
            x,
            y('at'),
            { low: Math.min(...known), high: Math.max(...known), pixels },
            room.width,
          ),
        ],
      })
    },
    { subtitle: 'Conversations a month: actual and forecast, bands of 50 and 90 of 100 trials' },
  )
}

const lines = (horizon: number): string =>
  `The dashed line is the mean, the bands hold 50 and 90 of 100 ${trialsWord(horizon)}, and the line with points shows actual volumes.`

/** Fans from starts that are one horizon apart, so that each month has one forecast. */
export function backtestFan({ cases, origins, horizon, name, annual }: Backtest): Chart {
  const shown = new Set(origins.filter((_, k) => k % horizon === 0))
  const values = cases
    .filter(({ of, ahead, origin }) => of === 'conversations' && ahead > 0 && shown.has(origin))
    .map(({ month, origin: fan, actual, mean, percentiles: [p5, , p25, , p75, , p95] }) => ({
      ...{ month, fan, actual, mean, p5, p25, p75, p95 },
    }))
  return fans(
    `80% intervals held the actual volume in ${percent(annual.coverage['80'])} of ${origins.length} starts`,
    `The chart shows forecasts of ${name} from ${[...shown].join(', ')}. ${lines(horizon)}`,
    values,
  )
}

/** How many actual sums fell into each tenth of their forecast: equal counts if intervals are as wide as they should be. */
export function backtestPit({ annual, origins, name }: Backtest): Chart {
  const { pit } = annual
  const total = pit.reduce((a, b) => a + b, 0)
  const values = pit.map((count, k) => ({ from: k / pit.length, to: (k + 1) / pit.length, count }))
  const half = pit.slice(0, pit.length / 2).reduce((a, b) => a + b, 0) / Math.max(1, total)
  const finding =
    Math.abs(half - 0.5) < 0.1
      ? 'Actual volumes were above the median forecast as often as below it'
      : `Forecasts were ${half > 0.5 ? 'high' : 'low'}: ${percent(half)} of actual volumes were below the median`
  const x = { scale: { domain: [0, 1] }, axis: { title: 'share of trials below the actual volume', format: '.0%' } }
  return new Chart(
    finding,
    `The bars count ${origins.length} starts of ${name} by the share of trials below the actual volume, in ten classes from 0% to 100%: ${pit.join(', ')}. Equal counts would be perfect.`,
    {
      height: 200,
      layer: [
        {
          data: { values },
          mark: { type: 'bar', color: COLORS[0], binSpacing: 2 },
          encoding: {
            x: quantity('from', { bin: { binned: true, step: 1 / pit.length }, ...x }),
            x2: { field: 'to' },
            y: quantity('count', { axis: { title: 'starts', tickMinStep: 1 } }),
          },
        },
        {
          data: { values: [{ level: total / pit.length }] },
          mark: { type: 'rule', strokeDash: [4, 3], color: INK },
          encoding: { y: quantity('level') },
        },
        ...haloed(
          { align: 'left', dx: 4, dy: -8, color: INK },
          {
            data: { values: [{ level: total / pit.length, label: 'if ranges were right' }] },
            encoding: { x: { value: 0 }, y: quantity('level'), text: { field: 'label' } },
          },
        ),
      ],
    },
    { subtitle: `${name}: past forecasts by the share of trials below the actual volume` },
  )
}
