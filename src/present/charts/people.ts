// The chart of people on the payroll: heads beside the heads that the contacts need, with the spread of that need.
import { monthWords, trialsWord } from '../../months.ts'
import { UsageError } from '../../errors.ts'
import type { NeedBand } from '../../questions/need.ts'
import type { Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { lineEnds } from './labels.ts'
import { offerIn } from './summary.ts'
import { aboutRun, COLORS, GRAY, heightIn, INK, months as monthAxis, plot, quantity, shortNumber } from './theme.ts'

const DIGITS = 3
/** As a share of the need. */
const LEAST_BAND = 0.02
/** A gap is a finding if it exceeds this many of its standard errors. */
const ERRORS = 3

/** @param band the need of each month in 80 of 100 trials */
export function headsChart(summary: Summary, offer: string, band?: readonly NeedBand[]): Chart {
  const { months } = summary
  const { people } = offerIn(summary, offer)
  if (!people) throw new UsageError('chart heads: nobody is on the payroll in this plan. Add `human.staff` to it')
  const values = people.heads.monthly.map(({ mean: heads }, m) => {
    const need = people.need.monthly[m].mean
    const gap = heads.value - need.value
    const sure = Math.abs(gap) > ERRORS * Math.sqrt(heads.se * heads.se + need.se * need.se)
    return { month: months[m], heads: heads.value, need: need.value, gap: sure ? gap : 0, ...band?.[m] }
  })
  const widest = values.reduce((a, b) => (Math.abs(b.gap) > Math.abs(a.gap) ? b : a))
  const last = values[values.length - 1]
  const number = (value: number) => shortNumber(Math.abs(value), DIGITS)
  const side = widest.gap > 0 ? 'more' : 'fewer'
  const busy = band?.[band.length - 1]
  const ends = [
    { label: 'heads', at: last.heads, color: COLORS[0] },
    { label: band ? 'average need' : 'need', at: last.need, color: INK },
    // Bands that are too narrow to see have no names of their own.
    ...(busy && busy.p90 - busy.p10 > LEAST_BAND * last.need
      ? [
          { label: 'busy', at: busy.p90, color: GRAY },
          { label: 'quiet', at: busy.p10, color: GRAY },
        ]
      : []),
  ]
  const high = Math.max(...values.flatMap(({ heads, need, p90 = 0 }) => [heads, need, p90]))
  const years = trialsWord(months.length)
  const words = band
    ? ` In 80 of 100 ${years} the need of ${monthWords(last.month)} is from ${number(busy?.p10 ?? 0)} to ${number(busy?.p90 ?? 0)}.`
    : ''
  return new Chart(
    number(widest.gap) === '0'
      ? `${offer}: heads follow the need for them`
      : `${offer}: ${number(widest.gap)} heads ${side} than needed in ${monthWords(widest.month)}`,
    `The lines show the mean heads on the payroll beside ${offer} in each month, and the heads that the contacts need. Heads go from ${number(values[0].heads)} to ${number(last.heads)}, and the need goes from ${number(values[0].need)} to ${number(last.need)}.${words}`,
    (room) => {
      const x = monthAxis(months, room.narrow)
      const y = (field: string) => quantity(field, { axis: { title: null }, scale: { zero: true } })
      const pixels = heightIn(room)
      const point = months.length === 1
      return plot(values, {
        height: pixels,
        layer: [
          ...(band
            ? [
                {
                  mark: point
                    ? { type: 'bar', width: 60, color: GRAY, opacity: 0.25 }
                    : { type: 'area', color: GRAY, opacity: 0.25 },
                  encoding: { x, y: y('p10'), y2: { field: 'p90' } },
                },
              ]
            : []),
          { mark: { type: 'line', color: INK, strokeDash: [4, 3], point: point && { color: INK } }, encoding: { x, y: y('need') } },
          {
            mark: { type: 'line', color: COLORS[0], strokeWidth: 2.5, point: point && { color: COLORS[0] } },
            encoding: { x, y: y('heads') },
          },
          lineEnds(ends, { month: last.month }, x, y('at'), { low: 0, high, pixels }, room.width),
        ],
      })
    },
    aboutRun(
      summary,
      `Heads beside ${offer} against need by month, average${band ? `. Band: need in 80 of 100 ${years}` : ''}`,
      '',
    ),
  )
}
