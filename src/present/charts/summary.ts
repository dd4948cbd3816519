// Charts of one run's summary.
import { UsageError } from '../../errors.ts'
import type { Cost, Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { COLOURS, HEIGHT, moneyAxis, percent, shareAxis, shortMoney, WIDTH } from './theme.ts'

/** The offer's cost, of the measure that offers are compared by. */
function costOf({ offers, comparison }: Summary, offer: string): Cost {
  if (!Object.hasOwn(offers, offer))
    throw new UsageError(`there is no offer "${offer}": the offers are ${Object.keys(offers).join(', ')}`)
  return offers[offer][comparison.measure]
}

/**
 * The months of one offer: bands from P5 to P95 and P25 to P75, the mean, the single-number plan.
 * @param budget a budget by the month, drawn as a line of its own
 */
export function fan(summary: Summary, offer: string, budget?: readonly number[]): Chart {
  const { currency, months } = summary
  const values = costOf(summary, offer).monthly.map(({ mean, percentiles, point }, m) => ({
    month: months[m],
    mean: mean.value,
    point,
    ...(budget && { budget: budget[m] }),
    ...Object.fromEntries((['p5', 'p25', 'p50', 'p75', 'p95'] as const).map((p) => [p, percentiles?.[p]?.value ?? null])),
  }))
  const last = values.reduce((a, b) => (b.mean > a.mean ? b : a))
  const x = { field: 'month', type: 'ordinal', axis: { title: null, labelAngle: -45 } }
  const band = (low: string, high: string, opacity: number) => ({
    mark: { type: 'area', color: COLOURS[0], opacity },
    encoding: { x, y: { field: low, type: 'quantitative', axis: moneyAxis(currency, 'cost a month') }, y2: { field: high } },
  })
  const line = (field: string, color: string, strokeDash: readonly number[]) => ({
    mark: { type: 'line', color, strokeDash },
    encoding: { x, y: { field, type: 'quantitative' } },
  })
  return new Chart(
    `${offer} costs most in ${last.month}: ${shortMoney(last.mean, currency)} on average`,
    `Cost of ${offer} by month: the mean, and bands that hold 50 and 90 of 100 futures. The highest mean is ${shortMoney(last.mean, currency)} in ${last.month}.`,
    {
      width: WIDTH,
      height: HEIGHT,
      data: { values },
      layer: [
        band('p5', 'p95', 0.18),
        band('p25', 'p75', 0.3),
        { mark: { type: 'line', color: COLOURS[0] }, encoding: { x, y: { field: 'mean', type: 'quantitative' } } },
        line('point', COLOURS[1], [4, 3]),
        ...(budget ? [line('budget', COLOURS[2], [1, 0])] : []),
        {
          data: { values: lineEnds(values) },
          mark: { type: 'text', align: 'left', dx: 6, fontSize: 11 },
          encoding: {
            x,
            y: { field: 'amount', type: 'quantitative' },
            text: { field: 'label' },
            color: { field: 'colour', type: 'nominal', scale: null },
          },
        },
      ],
    },
  )
}

/** What each line of a fan is, at its end; those that would lie on each other are told apart by their order. */
function lineEnds(
  rows: readonly { readonly month: string; readonly mean: number; readonly point: number; readonly budget?: number }[],
) {
  const { month, mean, point, budget } = rows[rows.length - 1]
  const labels = [
    { month, amount: mean, label: 'mean', colour: COLOURS[0] },
    { month, amount: point, label: 'plan', colour: COLOURS[1] },
    ...(budget === undefined ? [] : [{ month, amount: budget, label: 'budget', colour: COLOURS[2] }]),
  ]
  return apart(labels, 0.06 * Math.max(...rows.map((row) => row.mean)))
}

/** Labels from below upwards, each at least a step above the one before. */
function apart<T extends { readonly amount: number }>(labels: readonly T[], step: number): T[] {
  let least = -Infinity
  return [...labels]
    .sort((a, b) => a.amount - b.amount)
    .map((label) => {
      const amount = Math.max(label.amount, least)
      least = amount + step
      return { ...label, amount }
    })
}

/** The plan's monthly bills as lines against what futures make of them. */
export function monthly(summary: Summary): Chart {
  const { currency, months, offers } = summary
  const values = Object.keys(offers).flatMap((offer) =>
    costOf(summary, offer).monthly.flatMap(({ point, mean }, m) => [
      { offer, month: months[m], what: 'single-number plan', amount: point },
      { offer, month: months[m], what: 'mean of futures', amount: mean.value },
    ]),
  )
  return new Chart(
    'Monthly bills: the plan against the mean of futures',
    'For each offer and month the point estimate and the mean cost.',
    {
      width: WIDTH,
      height: HEIGHT,
      data: { values },
      mark: { type: 'line' },
      encoding: {
        x: { field: 'month', type: 'ordinal', axis: { title: null, labelAngle: -45 } },
        y: { field: 'amount', type: 'quantitative', axis: moneyAxis(currency, 'cost a month') },
        color: { field: 'offer', type: 'nominal', title: null, sort: null },
        strokeDash: { field: 'what', type: 'nominal', title: null, sort: ['mean of futures', 'single-number plan'] },
      },
    },
  )
}

/** Each offer's chance of being the cheapest. */
export function cheapestChart(summary: Summary): Chart {
  const values = Object.entries(summary.comparison.cheapest).map(([offer, { value, se }]) => ({
    offer,
    chance: value,
    low: Math.max(0, value - 2 * se),
    high: Math.min(1, value + 2 * se),
    label: percent(value),
  }))
  const best = values.reduce((a, b) => (b.chance > a.chance ? b : a))
  const y = { field: 'offer', type: 'nominal', sort: '-x', axis: { title: null } }
  return new Chart(
    `${best.offer} is the cheapest in ${percent(best.chance)} of futures`,
    `Probability of being the cheapest: ${values.map(({ offer, chance }) => `${offer} ${percent(chance)}`).join(', ')}.`,
    {
      width: WIDTH,
      height: { step: 28 },
      data: { values },
      layer: [
        {
          mark: { type: 'bar', color: COLOURS[0], height: 16 },
          encoding: { y, x: { field: 'chance', type: 'quantitative', scale: { domain: [0, 1] }, axis: shareAxis('of futures') } },
        },
        {
          mark: { type: 'rule', color: '#767676' },
          encoding: { y, x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
        },
        {
          mark: { type: 'text', align: 'left', dx: 6 },
          encoding: { y, x: { field: 'high', type: 'quantitative' }, text: { field: 'label' } },
        },
      ],
    },
  )
}

/** P(row costs less than column), of all pairs. */
export function pairwise(summary: Summary): Chart {
  const { cheaper } = summary.comparison
  if (!cheaper) throw new UsageError('pairs are not listed for so many offers: run with pairs: all')
  const values = Object.entries(cheaper).flatMap(([offer, others]) =>
    Object.entries(others).map(([other, { value }]) => ({ offer, other, chance: value, label: percent(value) })),
  )
  const names = Object.keys(cheaper)
  const encoding = {
    y: { field: 'offer', type: 'nominal', sort: names, axis: { title: 'this offer', grid: false } },
    x: { field: 'other', type: 'nominal', sort: names, axis: { title: 'costs less than', labelAngle: -30, grid: false } },
  }
  return new Chart(
    'How often each offer costs less than another',
    'Probability that the offer of a row costs less than that of a column.',
    {
      width: { step: 72 },
      height: { step: 32 },
      data: { values },
      encoding,
      layer: [
        {
          mark: 'rect',
          encoding: {
            color: {
              field: 'chance',
              type: 'quantitative',
              title: null,
              scale: { scheme: 'blueorange', reverse: true, domain: [0, 1] },
              legend: null,
            },
          },
        },
        {
          mark: { type: 'text' },
          encoding: {
            text: { field: 'label' },
            color: { condition: { test: 'abs(datum.chance - 0.5) > 0.3', value: '#ffffff' }, value: '#222222' },
          },
        },
      ],
    },
  )
}

/** What a price list shows: the rest is easily overlooked. */
const SEEN: ReadonlySet<string> = new Set(['usage', 'commitment', 'overage'])

/** What each offer's mean cost is made of. */
export function layers(summary: Summary): Chart {
  const { currency, offers } = summary
  const values = Object.entries(offers).flatMap(([offer, own]) =>
    [...Object.entries(own.layers), ...(summary.comparison.measure === 'total' ? Object.entries(own.beyondBill) : [])].map(
      ([layer, estimate]) => ({ offer, layer, amount: estimate.value }),
    ),
  )
  const hidden = (offer: string) =>
    values.filter((one) => one.offer === offer && !SEEN.has(one.layer)).reduce((sum, { amount }) => sum + amount, 0)
  const most = Object.keys(offers).reduce((a, b) => (hidden(b) > hidden(a) ? b : a))
  return new Chart(
    `${most} has most beside what is used: ${shortMoney(hidden(most), currency)}`,
    `Mean cost of each offer by layer. Beside usage, commitment and overage: ${Object.keys(offers)
      .map((offer) => `${offer} ${shortMoney(hidden(offer), currency)}`)
      .join(', ')}.`,
    {
      width: WIDTH,
      height: { step: 32 },
      data: { values },
      mark: { type: 'bar', height: 20 },
      encoding: {
        y: { field: 'offer', type: 'nominal', sort: null, axis: { title: null } },
        x: { field: 'amount', type: 'quantitative', stack: 'zero', axis: moneyAxis(currency, 'mean cost') },
        color: { field: 'layer', type: 'nominal', title: null, sort: null },
      },
    },
  )
}
