// Charts of the summary of one run.
import { monthWords, trialsWord } from '../../months.ts'
import { unknownOffer, UsageError } from '../../errors.ts'
import { inSentence, sharesOutOf100 } from '../../questions/compare/verdict-words.ts'
import type { Cost, Estimate, Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import {
  aboutRun,
  around,
  band,
  capitalMeasure,
  category,
  clearlyAbove,
  COLORS,
  endLabels,
  errorBars,
  LAYER_ORDER,
  layerScale,
  LIGHT_ON_COLOR,
  moneyAxis,
  months as monthAxis,
  EXACT_ZERO,
  offerScale,
  PAPER,
  percent,
  plot,
  quantity,
  shareAxis,
  shortMoney,
  TITLE_ON_PALE,
} from './theme.ts'

/** The offer's cost by the measure that offers are compared by. */
export function costIn({ offers, comparison }: Summary, offer: string): Cost {
  if (!Object.keys(offers).includes(offer)) throw unknownOffer(offer, Object.keys(offers))
  return offers[offer][comparison.measure]
}

/**
 * The months of one offer: bands from P5 to P95 and from P25 to P75, the mean, the single-number plan.
 * @param budget amounts by month, drawn as another line
 */
export function fan(summary: Summary, offer: string, budget?: readonly number[]): Chart {
  const { currency, months } = summary
  const values = costIn(summary, offer).monthly.map(({ mean, percentiles, point }, m) => ({
    month: months[m],
    mean: mean.value,
    point,
    ...(budget && { budget: budget[m] }),
    ...Object.fromEntries((['p5', 'p25', 'p50', 'p75', 'p95'] as const).map((p) => [p, percentiles?.[p]?.value ?? null])),
  }))
  const means = costIn(summary, offer)
    .monthly.map(({ mean }, m) => ({ ...mean, month: months[m] }))
    .sort((a, b) => b.value - a.value)
  const [highest, next] = means
  const lowest = means[means.length - 1]
  const [peak, least] = [highest, lowest].map(({ value }) => shortMoney(value, currency))
  const title =
    next === undefined || clearlyAbove(highest, next)
      ? `${offer} costs the most in ${monthWords(highest.month)}: ${peak} on average`
      : clearlyAbove(highest, lowest)
        ? `${offer} costs from ${least} to ${peak} a month on average, and no month clearly the most`
        : `${offer} costs about the same in each month: ${peak} on average`
  const x = monthAxis()
  const bandOf = (low: string, high: string, opacity: number) =>
    band(x, quantity(low, { axis: moneyAxis(currency, null) }), high, opacity)
  const line = (field: string, color: string, strokeDash: readonly number[]) => ({
    mark: { type: 'line', color, strokeDash },
    encoding: { x, y: quantity(field) },
  })
  return new Chart(
    title,
    `The line shows the mean cost of ${inSentence(offer)} in each month. The bands hold 50 and 90 of 100 ${trialsWord(months.length)}. The mean goes from ${least} to ${peak}.`,
    plot(values, {
      layer: [
        bandOf('p5', 'p95', 0.18),
        bandOf('p25', 'p75', 0.3),
        { mark: { type: 'line', color: COLORS[0] }, encoding: { x, y: quantity('mean') } },
        line('point', COLORS[1], [4, 3]),
        ...(budget ? [line('budget', COLORS[2], [1, 0])] : []),
        endLabels(lineEnds(values), x, quantity('amount')),
      ],
    }),
    aboutRun(summary, `${capitalMeasure(summary)} of ${offer} by month, bands of 50 and 90 of 100 ${trialsWord(months.length)}`),
  )
}

/** The name of each line at its end, moved up where two would overlap. */
function lineEnds(
  rows: readonly { readonly month: string; readonly mean: number; readonly point: number; readonly budget?: number }[],
) {
  const { month, mean, point, budget } = rows[rows.length - 1]
  const step = 0.06 * Math.max(...rows.map((row) => row.mean))
  let least = -Infinity
  return [
    { month, amount: mean, label: 'mean', color: COLORS[0] },
    { month, amount: point, label: 'plan', color: COLORS[1] },
    ...(budget === undefined ? [] : [{ month, amount: budget, label: 'budget', color: COLORS[2] }]),
  ]
    .sort((a, b) => a.amount - b.amount)
    .map((label) => {
      const amount = Math.max(label.amount, least)
      least = amount + step
      return { ...label, amount }
    })
}

/** Each offer's single-number plan and mean, month by month. */
export function monthly(summary: Summary): Chart {
  const { currency, months, offers } = summary
  const values = Object.keys(offers).flatMap((offer) =>
    costIn(summary, offer).monthly.flatMap(({ point, mean }, m) => [
      { offer, month: months[m], line: 'single-number plan', amount: point },
      { offer, month: months[m], line: 'mean', amount: mean.value },
    ]),
  )
  return new Chart(
    'Monthly cost: the single-number plan and the mean',
    'The lines show the single-number plan and the mean cost of each offer in each month.',
    plot(values, {
      mark: { type: 'line' },
      encoding: {
        x: monthAxis(),
        y: quantity('amount', { axis: moneyAxis(currency, null) }),
        color: category('offer', { sort: null, scale: offerScale(Object.keys(offers)) }),
        strokeDash: category('line', { sort: ['mean', 'single-number plan'] }),
      },
    }),
    aboutRun(summary, `${capitalMeasure(summary)} by month, mean and single-number plan`),
  )
}

/** Each offer's probability of being the cheapest. */
export function cheapestChart(summary: Summary): Chart {
  const { comparison, months } = summary
  // Labels add up to 100%, as they do in tables.
  const shares = sharesOutOf100(Object.values(comparison.cheapest).map(({ value }) => value))
  const values = Object.entries(comparison.cheapest).map(([offer, odds], k) => ({
    ...{ offer, chance: odds.value },
    ...around(odds, 0, 1),
    label: `${shares[k]}%`,
  }))
  const [best, second] = Object.entries(comparison.cheapest)
    .map(([offer, odds], k) => ({ offer, share: shares[k], ...odds }))
    .sort((a, b) => b.value - a.value)
  const years = trialsWord(months.length)
  const y = { field: 'offer', type: 'nominal', sort: '-x', axis: { title: null } }
  const x = quantity('chance', { scale: { domain: [0, 1] }, axis: shareAxis(`share of ${years}`) })
  return new Chart(
    second === undefined || clearlyAbove(best, second)
      ? `${best.offer} is the cheapest in ${best.share} of 100 ${years}`
      : `${best.offer} and ${second.offer} are the cheapest about equally often`,
    `Probability of being the cheapest: ${values.map(({ offer, label }) => `${offer} ${label}`).join(', ')}.`,
    plot(values, {
      height: { step: 28 },
      layer: [
        { mark: { type: 'bar', color: COLORS[0], height: 16 }, encoding: { y, x } },
        errorBars(y),
        { mark: { type: 'text', align: 'left', dx: 6 }, encoding: { y, x: quantity('high'), text: { field: 'label' } } },
      ],
    }),
    aboutRun(summary, `How many of 100 ${years} each offer is the cheapest in`, ''),
  )
}

/** For each pair, the probability that the offer in the row costs less than the offer in the column. */
export function pairwise(summary: Summary): Chart {
  const { cheaper } = summary.comparison
  if (!cheaper) throw new UsageError('this run did not compare pairs, because it has many offers. Run it with pairs: "all"')
  const values = Object.entries(cheaper).flatMap(([offer, others]) =>
    Object.entries(others).map(([other, { value }]) => ({ offer, other, chance: value, label: percent(value) })),
  )
  const axis = (field: string, more: object) => ({
    field,
    type: 'nominal',
    sort: Object.keys(cheaper),
    axis: { ...more, grid: false },
  })
  const scale = { scheme: 'blueorange', reverse: true, domain: [0, 1] }
  return new Chart(
    'How often each offer costs less than another',
    'Each cell shows the probability that the offer in the row costs less than the offer in the column.',
    {
      width: { step: 72 },
      height: { step: 32 },
      data: { values },
      encoding: { y: axis('offer', { title: 'this offer' }), x: axis('other', { title: 'costs less than', labelAngle: -30 }) },
      layer: [
        { mark: 'rect', encoding: { color: quantity('chance', { title: null, scale, legend: null }) } },
        {
          mark: { type: 'text' },
          encoding: {
            text: { field: 'label' },
            color: { condition: { test: 'abs(datum.chance - 0.5) > 0.3', value: LIGHT_ON_COLOR }, value: TITLE_ON_PALE },
          },
        },
      ],
    },
    aboutRun(summary, 'Row against column', 'share of trials'),
  )
}

/** The layers that a price list shows. Buyers easily overlook the rest. */
const SEEN: ReadonlySet<string> = new Set(['usage', 'commitment', 'overage'])

/** The offer with the most beyond these layers, if that exceeds the next one's by more than their error. */
function hiddenFinding(hidden: readonly (Estimate & { readonly offer: string; readonly text: string })[]): string {
  const [first, second] = [...hidden].sort((a, b) => b.value - a.value)
  if (!(first.value > 0)) return 'Usage, commitment and overage make up every bill'
  if (!clearlyAbove(first, EXACT_ZERO)) return 'Usage, commitment and overage make up nearly every bill'
  return second === undefined || clearlyAbove(first, second)
    ? `${first.offer} costs the most beyond usage, commitment and overage: ${first.text}`
    : `${first.offer} and ${second.offer} cost the most beyond usage, commitment and overage: ${first.text}`
}

/** The layers of each offer's mean cost. */
export function layers(summary: Summary): Chart {
  const { currency, offers, comparison } = summary
  const { measure } = comparison
  const values = Object.entries(offers).flatMap(([offer, own]) =>
    Object.entries({ ...own.layers, ...(measure === 'total' && own.beyondBill) }).map(([layer, estimate]) => ({
      ...{ offer, layer, amount: estimate.value, se: estimate.se, order: LAYER_ORDER.indexOf(layer) },
    })),
  )
  const hidden = Object.keys(offers).map((offer) => {
    const own = values.filter((one) => one.offer === offer && !SEEN.has(one.layer))
    const sum = (key: 'amount' | 'se') => own.reduce((all, one) => all + one[key], 0)
    // Errors of layers may add up, since they come from the same trials.
    return { offer, value: sum('amount'), se: sum('se'), text: shortMoney(sum('amount'), currency) }
  })
  return new Chart(
    hiddenFinding(hidden),
    `The bars show the layers of each offer's mean cost. Beyond usage, commitment and overage, they come to ${hidden.map(({ offer, text }) => `${offer} ${text}`).join(', ')}.`,
    plot(values, {
      height: { step: 32 },
      mark: { type: 'bar', height: 20, stroke: PAPER, strokeWidth: 1 },
      encoding: {
        y: { field: 'offer', type: 'nominal', sort: null, axis: { title: null } },
        x: quantity('amount', { stack: 'zero', axis: moneyAxis(currency, null) }),
        color: category('layer', { scale: layerScale([...new Set(values.map(({ layer }) => layer))]) }),
        order: quantity('order'),
      },
    }),
    aboutRun(summary, `Average ${measure === 'total' ? 'cost' : 'bill'} by layer`),
  )
}
