// The chart of a figure that settles as trials are added.
import type { Summary } from '../../summary/summary.ts'
import type { Convergence } from '../../questions/compare/convergence.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { Chart } from './chart.ts'
import { currencySymbol } from '../../notation/currency.ts'
import { formatNumber } from '../../notation/number.ts'
import { haloed } from './labels.ts'
import { aboutRun, around, band, COLORS, HEIGHT, heightIn, INK, plot, quantity } from './theme.ts'

/** Writes a figure in its unit. */
export const figureWriter = (unit: Convergence['unit'], currency: string): ((value: number) => string) =>
  ({
    money: (value: number) => formatMoney(value, currency),
    share: (value: number) => formatShare(value, 2),
    number: (value: number) => String(Number(value.toPrecision(4))),
  })[unit]

/** The figure and two standard errors on each side, against the number of trials. */
export function convergenceChart(
  { offer, title, unit, points, integrated }: Convergence,
  currency: string,
  plan?: Pick<Summary, 'name' | 'months' | 'trials'>,
): Chart {
  const written = figureWriter(unit, currency)
  const last = points[points.length - 1]
  const values = points.map(({ trials, value, se }) => ({ trials, value, se, ...around({ value, se }) }))
  const x = quantity('trials', { scale: { type: 'log', nice: false }, axis: { title: 'trials', format: '~s', tickCount: 5 } })
  const scale = { zero: false }
  // The figures differ by so little that thousands would read alike.
  const exactly = { labelExpr: `'${currencySymbol(currency)}' + format(datum.value, ',')`, tickCount: 5 }
  const axis = unit === 'money' ? { title, ...exactly } : { title, ...(unit === 'share' && { format: '.1%' }) }
  const what = `${title} of ${offer} by number of trials, band of two standard errors`
  const exact = integrated ? ` The summary has the integrated figure, ${written(integrated.value)} (dashed line).` : ''
  return new Chart(
    `${title} of ${offer} settles at ${written(last.value)}`,
    `${title} of ${offer} after more and more trials, with two standard errors on each side: ${points.map(({ trials, value }) => `${written(value)} after ${formatNumber(trials)}`).join(', ')}.${exact}`,
    (room) =>
      plot(values, {
        height: heightIn(room, HEIGHT - 60),
        layer: [
          band(x, quantity('low', { scale, axis }), 'high', 0.25),
          { mark: { type: 'line', point: true, color: COLORS[0] }, encoding: { x, y: quantity('value', { scale, axis }) } },
          ...(integrated
            ? [
                {
                  data: { values: [{ integrated: integrated.value, label: 'integrated' }] },
                  mark: { type: 'rule', color: INK, strokeDash: [4, 3] },
                  encoding: { y: quantity('integrated', { scale, axis }) },
                },
                ...haloed(
                  { align: 'left', dx: 4, dy: -8, color: INK },
                  {
                    data: { values: [{ integrated: integrated.value, label: 'integrated' }] },
                    encoding: { x: { value: 0 }, y: quantity('integrated', { scale, axis }), text: { field: 'label' } },
                  },
                ),
              ]
            : []),
        ],
      }),
    plan ? aboutRun({ ...plan, currency }, what, unit === 'money' ? currency : '') : { subtitle: what },
  )
}
