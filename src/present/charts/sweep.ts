// A sweep of two fields as a map of one offer's cost.
import type { Table } from 'apache-arrow'
import { shown, UsageError } from '../../errors.ts'
import { Chart } from './chart.ts'
import { moneyAxis, quantity, shortMoney } from './theme.ts'

const FIGURES = ['mean', 'p80', 'p95'] as const

/**
 * @param table the result of `sweep` over two fields
 * @param figure `mean` (default), `p80` or `p95` of the offer's cost
 * @throws UsageError if the sweep does not have two fields, or not the offer
 */
export function sweepMap(table: Table, offer: string, currency: string, figure: (typeof FIGURES)[number] = 'mean'): Chart {
  if (!FIGURES.includes(figure)) throw new UsageError(`expected ${FIGURES.join(' or ')}, got ${shown(figure)}`)
  const names = table.schema.fields.map(({ name }) => name)
  const fields = names.slice(0, names.indexOf('offer'))
  if (fields.length !== 2)
    throw new UsageError(`expected a sweep of two fields, got one of ${fields.length === 0 ? 'no field' : fields.join(', ')}`)
  const [x, y] = fields
  const column = (name: string) => [...(table.getChild(name) ?? [])] as (number | string)[]
  const [xs, ys, offers, costs] = [x, y, 'offer', figure].map(column)
  const cells = offers.flatMap((own, k) => {
    const cost = Number(costs[k])
    return own === offer ? [{ x: xs[k], y: ys[k], cost, label: shortMoney(cost, currency) }] : []
  })
  if (cells.length === 0)
    throw new UsageError(`there is no offer ${shown(offer)} in the sweep: the offers are ${[...new Set(offers)].join(', ')}`)
  const least = cells.reduce((a, b) => (b.cost < a.cost ? b : a))
  const most = cells.reduce((a, b) => (b.cost > a.cost ? b : a))
  const middle = (least.cost + most.cost) / 2
  const title = figure === 'mean' ? 'mean cost' : figure.toUpperCase()
  const axis = (name: string) => ({ title: name, grid: false, labelAngle: 0 })
  return new Chart(
    `${offer} costs the least, ${least.label}, if ${x} is ${least.x} and ${y} is ${least.y}`,
    `The cells show the ${title} of ${offer} by ${x} and ${y}, from ${least.label} to ${most.label}.`,
    {
      width: { step: 64 },
      height: { step: 28 },
      data: { values: cells },
      encoding: {
        x: { field: 'x', type: 'ordinal', axis: axis(x) },
        y: { field: 'y', type: 'ordinal', sort: 'descending', axis: axis(y) },
      },
      layer: [
        { mark: 'rect', encoding: { color: quantity('cost', { scale: { scheme: 'blues' }, legend: moneyAxis(currency, title) }) } },
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
