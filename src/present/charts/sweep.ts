// A sweep of two fields as a map of one offer's cost.
import type { Table } from 'apache-arrow'
import { shown, UsageError } from '../../errors.ts'
import { Chart } from './chart.ts'
import { moneyAxis, shortMoney } from './theme.ts'

const FIGURES = ['mean', 'p80', 'p95'] as const
export type SweepFigure = (typeof FIGURES)[number]

/**
 * @param table what `sweep` gives, of two fields
 * @param figure `mean`, `p80` or `p95` of the offer's cost
 * @throws UsageError where the sweep has not two fields, or not the offer
 */
export function sweepMap(table: Table, offer: string, currency: string, figure: SweepFigure = 'mean'): Chart {
  if (!FIGURES.includes(figure)) throw new UsageError(`expected ${FIGURES.join(', ')}, got ${shown(figure)}`)
  const names = table.schema.fields.map(({ name }) => name)
  const fields = names.slice(0, names.indexOf('offer'))
  if (fields.length !== 2)
    throw new UsageError(`expected a sweep of two fields, got one of ${fields.length === 0 ? 'none' : fields.join(', ')}`)
  const [x, y] = fields
  const column = (name: string) => [...(table.getChild(name) ?? [])] as (number | string)[]
  const [xs, ys, offers, costs] = [x, y, 'offer', figure].map(column)
  const values = offers.flatMap((own, k) => (own === offer ? [{ x: xs[k], y: ys[k], cost: Number(costs[k]) }] : []))
  if (values.length === 0)
    throw new UsageError(`there is no offer ${shown(offer)} in the sweep: it has ${[...new Set(offers)].join(', ')}`)
  const cells = values.map((cell) => ({ ...cell, label: shortMoney(cell.cost, currency) }))
  const least = cells.reduce((a, b) => (b.cost < a.cost ? b : a))
  const middle = (least.cost + Math.max(...cells.map(({ cost }) => cost))) / 2
  const what = figure === 'mean' ? 'mean cost' : figure.toUpperCase()
  const axis = (title: string) => ({ title, grid: false, labelAngle: 0 })
  const encoding = {
    x: { field: 'x', type: 'ordinal', axis: axis(x) },
    y: { field: 'y', type: 'ordinal', sort: 'descending', axis: axis(y) },
  }
  return new Chart(
    `${offer} costs least, ${least.label}, where ${x} is ${least.x} and ${y} is ${least.y}`,
    `The ${what} of ${offer} by ${x} and ${y}: from ${least.label} to ${shortMoney(Math.max(...cells.map(({ cost }) => cost)), currency)}.`,
    {
      width: { step: 64 },
      height: { step: 28 },
      data: { values: cells },
      encoding,
      layer: [
        {
          mark: 'rect',
          encoding: {
            color: {
              field: 'cost',
              type: 'quantitative',
              scale: { scheme: 'blues' },
              legend: { ...moneyAxis(currency, what), title: what },
            },
          },
        },
        {
          mark: { type: 'text', fontSize: 11 },
          encoding: {
            text: { field: 'label' },
            color: { condition: { test: `datum.cost > ${middle}`, value: '#ffffff' }, value: '#222222' },
          },
        },
      ],
    },
  )
}
