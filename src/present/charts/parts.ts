// The months of an offer that consists of several contracts, with the months in which they go live.
import { monthWords } from '../../months.ts'
import type { PartsByMonth } from '../../questions/parts.ts'
import type { Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { haloed, lineEnds, stackEnds } from './labels.ts'
import {
  aboutRun,
  category,
  COLORS,
  heightIn,
  INK,
  LONGEST_TITLE,
  moneyAxis,
  months as monthAxis,
  PAPER,
  plot,
  quantity,
  shortMoney,
} from './theme.ts'

/** The mean bill of an offer in each month, stacked by part. A line marks the month in which a part goes live. */
export function partMonths(
  summary: Pick<Summary, 'name' | 'trials' | 'currency' | 'months'>,
  offer: string,
  byMonth: PartsByMonth,
): Chart {
  const { currency, months } = summary
  const { parts } = byMonth
  const order = parts.map(({ part }) => part)
  const values = parts.flatMap(({ part, months: own }, k) =>
    own.map(({ value }, m) => ({ month: months[m], part, amount: value, order: k })),
  )
  const sums = months.map((_, m) => parts.reduce((sum, own) => sum + own.months[m].value, 0))
  const totals = parts.map(
    ({ part, months: own }) =>
      `${part} ${shortMoney(
        own.reduce((sum, { value }) => sum + value, 0),
        currency,
      )}`,
  )
  const marks = parts.flatMap(({ part, live }) => (live === undefined ? [] : [{ month: months[live], label: `${part} goes live` }]))
  const scale = { domainMax: 1.15 * Math.max(...sums) }
  const ends = stackEnds(
    parts.map(({ part, months: own }, k) => ({ label: part, color: COLORS[k % COLORS.length], amount: own[own.length - 1].value })),
  )
  return new Chart(
    titleOf(offer, byMonth, months, currency),
    `The bars show the mean bill of ${offer} in each month, by part.${marks.map(({ month, label }) => ` ${label} in ${month}.`).join('')} Over all months, the parts are ${totals.join(', ')}.`,
    (room) => {
      const x = monthAxis(months, room.narrow)
      const edge = { ...x, bandPosition: 0 }
      const pixels = heightIn(room)
      const y = (field: string, more: object = {}) => quantity(field, { scale, axis: moneyAxis(currency, null), ...more })
      return plot(values, {
        height: pixels,
        layer: [
          {
            mark: { type: 'bar', stroke: PAPER, strokeWidth: 1 },
            encoding: {
              x,
              y: y('amount', { stack: 'zero' }),
              color: category('part', { sort: order, scale: { domain: order, range: COLORS }, legend: null }),
              order: quantity('order'),
            },
          },
          ...(marks.length > 0
            ? [
                { data: { values: marks }, mark: { type: 'rule', color: INK, strokeDash: [4, 3] }, encoding: { x: edge } },
                ...haloed(
                  { align: 'left', baseline: 'top', dx: 4 },
                  { data: { values: marks }, encoding: { x: edge, y: { value: 2 }, text: { field: 'label' } } },
                ),
              ]
            : []),
          lineEnds(
            ends,
            { month: months[months.length - 1] },
            { ...x, bandPosition: 1 },
            y('at'),
            { low: 0, high: scale.domainMax, pixels },
            room.width,
          ),
        ],
      })
    },
    aboutRun(summary, `Average bill of ${offer} by month and part`),
  )
}

/** States a change only if it exceeds the error of the simulation. */
function titleOf(offer: string, { parts, change }: PartsByMonth, months: readonly string[], currency: string): string {
  if (!change) return `The mean bill of ${offer} in each month, by its ${parts.length} parts`
  const { part, month, before, after, difference } = change
  const [from, to] = [before, after].map(({ value }) => shortMoney(value, currency))
  if (Math.abs(difference.value) <= 2 * difference.se || from === to)
    return `The bill of ${offer} stays near ${to} a month after ${part} goes live in ${monthWords(months[month])}`
  const finding = `bills ${from} a month before ${monthWords(months[month])}, then ${to} on average`
  // The subtitle names the offer too.
  return `${offer} ${finding}`.length <= LONGEST_TITLE ? `${offer} ${finding}` : `It ${finding}`
}
