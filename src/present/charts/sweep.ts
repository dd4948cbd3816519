// A sweep of one field as a line for each offer, and of two fields as a map of one offer.
import type { Table } from 'apache-arrow'
import { shown, UsageError } from '../../errors.ts'
import { capital } from '../../questions/compare/verdict-words.ts'
import type { Estimate } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { lineEnds, offerEnds } from './labels.ts'
import {
  around,
  band,
  category,
  clearlyAbove,
  heightIn,
  LIGHT_ON_COLOR,
  moneyAxis,
  offerScale,
  percent,
  plot,
  quantity,
  shareAxis,
  shortMoney,
  shortNumber,
  TITLE_ON_PALE,
} from './theme.ts'

const FIGURES = ['mean', 'p80', 'p95', 'cheapest'] as const
type Figure = (typeof FIGURES)[number]

interface Row extends Estimate {
  readonly offer: string
  /** The numbers of the fields. */
  readonly at: readonly number[]
}

/** How a figure is written and named. */
interface Written {
  readonly title: string
  readonly text: (value: number) => string
  readonly axis: object
}

function writtenIn(figure: Figure, currency: string): Written {
  if (figure === 'cheapest') {
    const title = 'odds of being cheapest'
    return { title, text: percent, axis: shareAxis(title) }
  }
  const title = figure === 'mean' ? 'mean cost' : figure.toUpperCase()
  return { title, text: (value) => shortMoney(value, currency), axis: moneyAxis(currency, title) }
}

/**
 * @param table the result of `sweep` over one field or two
 * @param offer the offer that the title speaks of, and that a map shows
 * @param figure `mean` (default), `p80` or `p95` of the cost, or `cheapest`, the odds of being cheapest
 * @throws UsageError if the sweep has more than two fields, or not the offer
 */
export function sweepChart(table: Table, offer: string, currency: string, figure: Figure = 'mean'): Chart {
  if (!FIGURES.includes(figure)) throw new UsageError(`expected ${FIGURES.join(' or ')}, got ${shown(figure)}`)
  const names = table.schema.fields.map(({ name }) => name)
  const fields = names.slice(0, names.indexOf('offer'))
  if (fields.length !== 1 && fields.length !== 2)
    throw new UsageError(`expected a sweep of one field or two, got one of ${fields.length === 0 ? 'no field' : fields.join(', ')}`)
  const column = (name: string) => [...(table.getChild(name) ?? [])] as (number | string)[]
  const [offers, values, errors] = ['offer', figure, `${figure}_se`].map(column)
  const places = fields.map(column)
  const rows = offers.map(
    (own, k): Row => ({
      ...{ offer: String(own), value: Number(values[k]), se: Number(errors[k]) },
      at: places.map((place) => Number(place[k])),
    }),
  )
  if (!rows.some((row) => row.offer === offer))
    throw new UsageError(`there is no offer ${shown(offer)} in the sweep: the offers are ${[...new Set(offers)].join(', ')}`)
  const written = writtenIn(figure, currency)
  return fields.length === 1
    ? lines(rows, offer, fields[0], figure, written)
    : map(
        rows.filter((row) => row.offer === offer),
        offer,
        [fields[0], fields[1]],
        figure,
        written,
      )
}

/** A line for each offer, with two standard errors on each side. */
function lines(rows: readonly Row[], offer: string, field: string, figure: Figure, { title, text, axis }: Written): Chart {
  const values = rows.map((row) => ({
    ...{ offer: row.offer, x: row.at[0], value: row.value },
    ...(figure === 'cheapest' ? around(row, 0, 1) : around(row)),
  }))
  const own = rows.filter((row) => row.offer === offer).sort((a, b) => a.at[0] - b.at[0])
  const [first, last] = [own[0], own[own.length - 1]]
  const scale = figure === 'cheapest' ? { domain: [0, 1] } : { zero: false }
  const names = [...new Set(rows.map((row) => row.offer))]
  const end = Math.max(...values.map((row) => row.x))
  const ends = offerEnds(
    names.map((name) => [name, values.find((row) => row.offer === name && row.x === end)?.value ?? 0]),
    offer,
  )
  const all = figure === 'cheapest' ? [0, 1] : values.flatMap(({ low, high }) => [low, high])
  return new Chart(
    figure === 'cheapest' ? oddsFinding(rows, own, offer, field) : costFinding(first, last, offer, field, { title, text }),
    `The lines show the ${title} of each offer by ${field}, with two standard errors on each side. That of ${offer} goes from ${text(first.value)} at ${first.at[0]} to ${text(last.value)} at ${last.at[0]}.`,
    (room) => {
      const x = quantity('x', { scale: { zero: false, nice: false }, axis: { title: field, tickCount: room.narrow ? 4 : 8 } })
      const y = (of: string) => quantity(of, { scale, axis })
      const color = category('offer', { sort: null, scale: offerScale(names, offer), legend: null })
      const pixels = heightIn(room)
      return plot(values, {
        height: pixels,
        layer: [
          band(x, y('low'), 'high', 0.2, { color }),
          { mark: { type: 'line', point: true }, encoding: { x, y: y('value'), color } },
          lineEnds(ends, { x: end }, x, y('at'), { low: Math.min(...all), high: Math.max(...all), pixels }, room.width),
        ],
      })
    },
    { subtitle: `${capital(title)} of each offer by ${field}, band of two standard errors` },
  )
}

function costFinding(
  first: Row,
  last: Row,
  offer: string,
  field: string,
  { title, text }: Pick<Written, 'title' | 'text'>,
): string {
  if (!clearlyAbove(first, last) && !clearlyAbove(last, first)) return `The ${title} of ${offer} hardly depends on ${field}`
  return `${capital(title)} of ${offer}: ${text(first.value)} to ${text(last.value)} as ${field} goes from ${first.at[0]} to ${last.at[0]}`
}

/** The values at which the odds of an offer exceed those of every other by more than their error. */
function oddsFinding(rows: readonly Row[], own: readonly Row[], offer: string, field: string): string {
  const wins = own.filter((row) =>
    rows.every((other) => other.offer === offer || other.at[0] !== row.at[0] || clearlyAbove(row, other)),
  )
  if (wins.length === 0) return `${offer} is clearly the most likely to be cheapest at no ${field} of the sweep`
  if (wins.length === own.length) return `${offer} is the most likely to be cheapest at every ${field} of the sweep`
  const list = wins.map(({ at }) => shortNumber(at[0], 4))
  return `${offer} is the most likely to be cheapest if ${field} is ${list.length > 3 ? `one of ${list.length} values from ${list[0]} to ${list[list.length - 1]}` : list.join(' or ')}`
}

/** One offer in a cell for each combination of two fields. */
function map(
  rows: readonly Row[],
  offer: string,
  [x, y]: readonly [string, string],
  figure: Figure,
  { title, text }: Written,
): Chart {
  const ordered = [...rows].sort((a, b) => (figure === 'cheapest' ? b.value - a.value : a.value - b.value))
  const [best, next] = ordered
  const worst = ordered[ordered.length - 1]
  const clear = next === undefined || clearlyAbove(best, next) || clearlyAbove(next, best)
  const middle = (best.value + worst.value) / 2
  const axis = (name: string) => ({ title: name, grid: false, labelAngle: 0 })
  const finding = figure === 'cheapest' ? `is cheapest most often, in ${text(best.value)}` : `costs the least, ${text(best.value)}`
  return new Chart(
    clear
      ? `${offer} ${finding}, if ${x} is ${best.at[0]} and ${y} is ${best.at[1]}`
      : `No ${x} and ${y} are clearly the best for ${offer}`,
    `The cells show the ${title} of ${offer} by ${x} and ${y}, from ${text(best.value)} to ${text(worst.value)}.`,
    (room) => {
      const columns = new Set(rows.map(({ at }) => at[0])).size
      const cell = Math.max(34, Math.min(80, Math.floor((room.width - 90) / columns)))
      return {
        width: { step: cell },
        height: { step: 28 },
        data: { values: rows.map(({ at, value }) => ({ x: at[0], y: at[1], cost: value, label: text(value) })) },
        encoding: {
          x: { field: 'x', type: 'ordinal', axis: axis(x) },
          y: { field: 'y', type: 'ordinal', sort: 'descending', axis: axis(y) },
        },
        layer: [
          { mark: 'rect', encoding: { color: quantity('cost', { scale: { scheme: 'blues' }, legend: null }) } },
          {
            mark: { type: 'text', fontSize: cell < 44 ? 11 : 12 },
            encoding: {
              text: { field: 'label' },
              color: { condition: { test: `datum.cost > ${middle}`, value: LIGHT_ON_COLOR }, value: TITLE_ON_PALE },
            },
          },
        ],
      }
    },
    { subtitle: `${capital(title)} of ${offer} by ${x} and ${y}` },
  )
}
