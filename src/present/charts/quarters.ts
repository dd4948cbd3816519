// The quarters of one offer, and the amount that no quarter exceeds.
import { trialsWord } from '../../months.ts'
import { UsageError } from '../../errors.ts'
import type { Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { lineEnds } from './labels.ts'
import { bandRow, costIn } from './summary.ts'
import {
  aboutRun,
  band,
  capitalMeasure,
  COLORS,
  FIRST_LEFT,
  heightIn,
  INK,
  moneyAxis,
  plot,
  quantity,
  rangeBar,
  shortMoney,
} from './theme.ts'

/** Bands from P5 to P95 and from P25 to P75, the median and the single-number plan. A line marks the P95 of the largest quarter. */
export function quarterFan(summary: Summary, offer: string): Chart {
  const { currency, months } = summary
  const { quarterly, worstQuarter } = costIn(summary, offer)
  if (!worstQuarter)
    throw new UsageError(
      'chart quarters: this run has no percentiles of quarters. Run it with monthly: true and 1,024 trials or more',
    )
  const most = Math.max(...quarterly.map((own) => own.months.length))
  const values = quarterly.map(({ quarter, months: own, mean, point, percentiles }) => ({
    // A quarter that the plan cuts costs less for that reason alone.
    quarter: own.length < most ? `${quarter} (${own.length} of ${most} months)` : quarter,
    ...{ mean: mean.value, se: mean.se, point },
    ...bandRow(percentiles),
  }))
  const [first, second] = [...values].sort((a, b) => b.mean - a.mean)
  // Errors of quarters may add up, since they come from the same trials.
  const clear = second === undefined || first.mean - second.mean > 2 * (first.se + second.se)
  const bound = worstQuarter.percentiles.p95
  const years = trialsWord(months.length)
  const top = bound && shortMoney(bound.value, currency)
  const last = values[values.length - 1]
  const ends = [
    { label: 'P50', at: last.p50 ?? last.mean, color: COLORS[0] },
    { label: 'plan', at: last.point, color: COLORS[1] },
    { label: 'P5', at: last.p5 ?? last.mean, color: INK },
    // A single quarter is the largest one too.
    ...(values.length > 1 ? [{ label: 'P95', at: last.p95 ?? last.mean, color: INK }] : []),
  ]
  const high = Math.max(bound?.value ?? 0, ...values.map((row) => row.p95 ?? row.mean))
  const single = values.length === 1
  return new Chart(
    clear
      ? `${offer} costs the most in ${first.quarter}: ${shortMoney(first.mean, currency)} on average`
      : `No quarter of ${offer} clearly costs the most`,
    `The line shows the median cost of ${offer} in each quarter. The bands hold 50 and 90 of 100 ${years}.${top ? ` In 95 of 100 ${years} no quarter costs more than ${top}.` : ''}`,
    (room) => {
      const step = Math.ceil(values.length / (room.narrow ? 3 : 6))
      const named = {
        labelAngle: 0,
        labelAlign: FIRST_LEFT,
        ticks: false,
        values: values.filter((_, k) => k % step === 0).map(({ quarter }) => quarter),
      }
      const x = { field: 'quarter', type: 'ordinal', sort: null, axis: { title: null, ...named } }
      const y = (field: string) => quantity(field, { axis: moneyAxis(currency, null) })
      const between = single ? rangeBar : band
      const pixels = heightIn(room)
      return plot(values, {
        height: pixels,
        layer: [
          between(x, y('p5'), 'p95', 0.18),
          between(x, y('p25'), 'p75', 0.3),
          { mark: { type: 'line', color: COLORS[0], point: true }, encoding: { x, y: y('p50') } },
          {
            mark: { type: 'line', color: COLORS[1], strokeDash: [4, 3], point: single && { color: COLORS[1] } },
            encoding: { x, y: y('point') },
          },
          ...(bound
            ? boundAt(bound.value, room.narrow ? `95 of 100: ${top}` : `no quarter exceeds ${top} in 95 of 100 ${years}`)
            : []),
          lineEnds(ends, { quarter: last.quarter }, x, y('at'), { low: 0, high, pixels }, room.width),
        ],
      })
    },
    aboutRun(summary, `${capitalMeasure(summary)} of ${offer} by quarter, bands of 50 and 90 of 100 ${years}`),
  )
}

const boundAt = (amount: number, label: string): object[] => [
  { data: { values: [{ amount }] }, mark: { type: 'rule', color: INK, strokeDash: [2, 3] }, encoding: { y: quantity('amount') } },
  {
    data: { values: [{ amount, label }] },
    mark: { type: 'text', align: 'left', baseline: 'bottom', dy: -3, fontSize: 12 },
    encoding: { x: { value: 4 }, y: quantity('amount'), text: { field: 'label' } },
  },
]
