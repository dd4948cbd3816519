// The chart of a figure that settles as trials are added.
import type { Convergence } from '../../questions/compare/convergence.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { Chart } from './chart.ts'
import { formatNumber } from '../../notation/number.ts'
import { around, COLORS, moneyAxis, quantity, WIDTH } from './theme.ts'

/** The figure and two standard errors on each side, against the number of trials. */
export function convergenceChart({ offer, title, unit, points }: Convergence, currency: string): Chart {
  const words = {
    money: (value: number) => formatMoney(value, currency),
    share: (value: number) => formatShare(value),
    number: (value: number) => String(Number(value.toPrecision(4))),
  }[unit]
  const last = points[points.length - 1]
  const values = points.map(({ trials, value, se }) => ({ trials, value, ...around({ value, se }) }))
  const x = quantity('trials', { scale: { type: 'log' }, axis: { title: 'trials', format: '~s' } })
  const axis = unit === 'money' ? moneyAxis(currency, title) : { title }
  return new Chart(
    `${title} of ${offer} settles at ${words(last.value)}`,
    `${title} of ${offer} after more and more trials, with two standard errors on each side: ${points.map(({ trials, value }) => `${words(value)} after ${formatNumber(trials)}`).join(', ')}.`,
    {
      width: WIDTH,
      height: 240,
      data: { values },
      layer: [
        {
          mark: { type: 'area', opacity: 0.25, color: COLORS[0] },
          encoding: { x, y: quantity('low', { scale: { zero: false }, axis }), y2: { field: 'high' } },
        },
        {
          mark: { type: 'line', point: true, color: COLORS[0] },
          encoding: { x, y: quantity('value', { scale: { zero: false }, axis }) },
        },
      ],
    },
  )
}
