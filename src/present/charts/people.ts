// The chart of people on the payroll: heads beside the heads that the contacts need.
import { monthWords } from '../../months.ts'
import { unknownOffer, UsageError } from '../../errors.ts'
import type { Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { aboutRun, COLORS, endLabels, INK, months as monthAxis, plot, quantity, shortNumber } from './theme.ts'

const DIGITS = 3
/** A gap is a finding if it exceeds this many of its standard errors. */
const ERRORS = 3

export function headsChart(summary: Summary, offer: string): Chart {
  const { offers, months } = summary
  if (!Object.keys(offers).includes(offer)) throw unknownOffer(offer, Object.keys(offers))
  const { people } = offers[offer]
  if (!people) throw new UsageError('chart heads: nobody is on the payroll in this plan. Add `human.staff` to it')
  const values = people.heads.monthly.map(({ mean: heads }, m) => {
    const need = people.need.monthly[m].mean
    const gap = heads.value - need.value
    const sure = Math.abs(gap) > ERRORS * Math.sqrt(heads.se * heads.se + need.se * need.se)
    return { month: months[m], heads: heads.value, need: need.value, gap: sure ? gap : 0 }
  })
  const widest = values.reduce((a, b) => (Math.abs(b.gap) > Math.abs(a.gap) ? b : a))
  const last = values[values.length - 1]
  const number = (value: number) => shortNumber(Math.abs(value), DIGITS)
  const side = widest.gap > 0 ? 'more' : 'fewer'
  const x = monthAxis()
  const y = (field: string) => quantity(field, { axis: { title: null }, scale: { zero: true } })
  const step = 0.06 * Math.max(...values.flatMap(({ heads, need }) => [heads, need]))
  // The name of the higher line stands above that of the lower one.
  const apart = Math.max(0, step - Math.abs(last.heads - last.need)) / 2
  const up = last.heads >= last.need ? apart : -apart
  const labels = [
    { month: last.month, amount: last.heads + up, label: 'heads', color: COLORS[0] },
    { month: last.month, amount: last.need - up, label: 'need', color: INK },
  ]
  return new Chart(
    number(widest.gap) === '0'
      ? `${offer}: heads follow the need for them`
      : `${offer}: ${number(widest.gap)} heads ${side} than needed in ${monthWords(widest.month)}`,
    `The lines show the mean heads on the payroll beside ${offer} in each month, and the heads that the contacts need. Heads go from ${number(values[0].heads)} to ${number(last.heads)}, and the need goes from ${number(values[0].need)} to ${number(last.need)}.`,
    plot(values, {
      layer: [
        { mark: { type: 'area', color: COLORS[0], opacity: 0.15 }, encoding: { x, y: y('heads'), y2: { field: 'need' } } },
        { mark: { type: 'line', color: INK, strokeDash: [4, 3] }, encoding: { x, y: y('need') } },
        { mark: { type: 'line', color: COLORS[0], strokeWidth: 2.5 }, encoding: { x, y: y('heads') } },
        endLabels(labels, x, quantity('amount')),
      ],
    }),
    aboutRun(summary, `Heads beside ${offer} against need, average of each month`, ''),
  )
}
