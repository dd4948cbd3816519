// The chart of a history: the months that were, the fit, and the months that may come.
import { trialsWord } from '../../months.ts'
import type { FittedHistory } from '../../questions/backtest/calibration.ts'
import { Chart } from './chart.ts'
import { band, COLORS, CONVERSATIONS_AXIS, endLabels, INK, months, plot, quantity } from './theme.ts'

const MOST_LABELS = 16
const percentOf = (value: number): string => `${Math.round(100 * Math.abs(value))}%`

/** The finding: a step if there is one, and growth if it is two errors from 0. */
function findingOf({ growth: { value, se }, shifts }: FittedHistory): string {
  const last = shifts[shifts.length - 1]
  if (last)
    return `The level ${last.ratio > 1 ? 'rose' : 'fell'} by ${percentOf(last.ratio - 1)} in ${last.month}, beyond the trend`
  if (Math.abs(value) < 2 * se) return 'The history shows no clear growth for the year ahead'
  return `Volumes are expected to ${value > 0 ? 'grow' : 'fall'} by ${percentOf(value)} a year`
}

/** Past months with the fit, its level without seasons, steps and outliers, and the fan of the year ahead. */
export function historyChart(found: FittedHistory): Chart {
  const { past, ahead, outliers, shifts, name } = found
  const outlying = new Set(outliers.map(({ month }) => month))
  const values = [...past.map((one) => ({ ...one, outlier: outlying.has(one.month) })), ...ahead.map((one) => ({ ...one }))]
  const step = Math.ceil(values.length / MOST_LABELS)
  const x = months({ values: values.map(({ month }) => month).filter((_, k) => k % step === 0) })
  const y = (field: string) => quantity(field, { scale: { zero: false }, axis: CONVERSATIONS_AXIS })
  const line = (field: string, color: string, more: object = {}) => ({
    transform: [{ filter: `isValid(datum.${field})` }],
    mark: { type: 'line', color, ...more },
    encoding: { x, y: y(field) },
  })
  const end = ahead[ahead.length - 1]
  const labels = [
    ...(end ? [{ month: end.month, at: end.mean, label: 'mean', color: COLORS[0] }] : []),
    ...past
      .filter(({ month }) => outlying.has(month))
      .map(({ month, actual }) => ({ month, at: actual, label: 'outlier', color: COLORS[1] })),
  ]
  const marks = shifts.map(({ month, ratio }) => ({ month, label: `${ratio > 1 ? '+' : '−'}${percentOf(ratio - 1)}` }))
  const fan = { transform: [{ filter: 'isValid(datum.p5)' }] }
  return new Chart(
    findingOf(found),
    `The chart shows ${name}, ${found.since} to ${found.until}. Points are actual volumes, the solid line is what all other months predict, and the gray line is the same without seasons. Ahead, the dashed line is the mean, and the bands hold 50 and 90 of 100 ${trialsWord(ahead.length)}.${marks.map(({ month, label }) => ` The level changes by ${label} in ${month}.`).join('')}${outliers.map(({ month }) => ` ${month} is an outlier.`).join('')}`,
    plot(values, {
      layer: [
        { ...band(x, y('p5'), 'p95', 0.18), ...fan },
        { ...band(x, y('p25'), 'p75', 0.3), ...fan },
        line('mean', COLORS[0], { strokeDash: [4, 3] }),
        line('level', INK, { strokeWidth: 1.5 }),
        line('fitted', COLORS[0]),
        {
          transform: [{ filter: 'isValid(datum.actual)' }],
          mark: { type: 'point', filled: true, size: 22, opacity: 1 },
          encoding: {
            ...{ x, y: y('actual') },
            color: { condition: { test: 'datum.outlier', value: COLORS[1] }, value: '#444444' },
          },
        },
        ...(marks.length > 0
          ? [
              {
                data: { values: marks },
                mark: { type: 'rule', color: COLORS[1], strokeDash: [2, 3] },
                encoding: { x },
              },
              {
                data: { values: marks },
                mark: { type: 'text', align: 'left', dx: 4, dy: 8, fontSize: 11, color: COLORS[1] },
                encoding: { x, y: { value: 0 }, text: { field: 'label' } },
              },
            ]
          : []),
        endLabels(labels, x, y('at')),
      ],
    }),
  )
}
