// Charts of the summary of one run.
import { monthWords, trialsWord } from '../../months.ts'
import { UsageError } from '../../errors.ts'
import { inSentence, sharesOutOf100 } from '../../questions/compare/verdict-words.ts'
import { offerPlace } from '../../questions/offer-place.ts'
import type { Cost, Estimate, OfferSummary, Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { layerLabels, lineEnds, namesWidth, offerEnds } from './labels.ts'
import { textWidth } from './letters.ts'
import {
  aboutRun,
  around,
  band,
  capitalMeasure,
  category,
  clearlyAbove,
  COLORS,
  errorBars,
  heightIn,
  INK,
  LAYER_ORDER,
  layerScale,
  LIGHT_ON_COLOR,
  moneyAcross,
  moneyAxis,
  months as monthAxis,
  EXACT_ZERO,
  offerScale,
  OWN_COLOR,
  PAPER,
  percent,
  plot,
  quantity,
  rangeBar,
  shareAxis,
  shortMoney,
  TITLE_ON_PALE,
} from './theme.ts'

/** The percentiles that bands of months and quarters show. A small run has none of them. */
export function bandRow(percentiles: Readonly<Partial<Record<string, Estimate>>> | undefined) {
  const at = (level: string) => percentiles?.[level]?.value ?? null
  return { p5: at('p5'), p25: at('p25'), p50: at('p50'), p75: at('p75'), p95: at('p95') }
}

/** @throws UsageError for a name that no offer has */
export function offerIn({ offers }: Summary, offer: string): OfferSummary {
  const names = Object.keys(offers)
  return offers[names[offerPlace(names, offer)]]
}

/** The offer's cost by the measure that offers are compared by. */
export const costIn = (summary: Summary, offer: string): Cost => offerIn(summary, offer)[summary.comparison.measure]

/**
 * The months of one offer: bands from P5 to P95 and from P25 to P75, the mean, the single-number plan.
 * @param budget amounts by month, drawn as another line
 */
export function fan(summary: Summary, offer: string, budget?: readonly number[]): Chart {
  const { currency, months } = summary
  const rows = costIn(summary, offer).monthly.map(({ mean, percentiles, point }, m) => ({
    ...{ month: months[m], mean: mean.value, point },
    ...(budget && { budget: budget[m] }),
    ...bandRow(percentiles),
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
  const last = rows[rows.length - 1]
  const ends = [
    { label: 'mean', at: last.mean, color: COLORS[0] },
    { label: 'plan', at: last.point, color: COLORS[1] },
    ...(budget ? [{ label: 'budget', at: budget[budget.length - 1], color: COLORS[2] }] : []),
    ...(['p5', 'p95'] as const).flatMap((p) => {
      const at = last[p]
      return at === null ? [] : [{ label: p.toUpperCase(), at, color: INK }]
    }),
  ]
  const high = Math.max(...rows.flatMap((row) => [row.mean, row.point, row.p95 ?? 0, ...(budget ?? [])]))
  const low = Math.min(0, ...rows.map((row) => row.p5 ?? row.mean))
  return new Chart(
    title,
    `The line shows the mean cost of ${inSentence(offer)} in each month. The bands hold 50 and 90 of 100 ${trialsWord(months.length)}. The mean goes from ${least} to ${peak}.`,
    (room) => {
      const x = monthAxis(months, room.narrow)
      const y = (field: string) => quantity(field, { axis: moneyAxis(currency, null) })
      const line = (field: string, color: string, strokeDash: readonly number[]) => ({
        mark: { type: 'line', color, strokeDash, point: months.length === 1 && { color } },
        encoding: { x, y: y(field) },
      })
      const between = months.length > 1 ? band : rangeBar
      const pixels = heightIn(room)
      return plot(rows, {
        height: pixels,
        layer: [
          between(x, y('p5'), 'p95', 0.18),
          between(x, y('p25'), 'p75', 0.3),
          line('mean', COLORS[0], [1, 0]),
          line('point', COLORS[1], [4, 3]),
          ...(budget ? [line('budget', COLORS[2], [1, 0])] : []),
          lineEnds(ends, { month: months[months.length - 1] }, x, y('at'), { low, high, pixels }, room.width),
        ],
      })
    },
    aboutRun(summary, `${capitalMeasure(summary)} of ${offer} by month, bands of 50 and 90 of 100 ${trialsWord(months.length)}`),
  )
}

/** The offer with the lowest mean, which keeps its color among many. */
export const chosenOf = (summary: Summary): string =>
  Object.keys(summary.offers).reduce((a, b) => (costIn(summary, b).mean.value < costIn(summary, a).mean.value ? b : a))

/** How many months each offer is clearly the cheapest in, on average. */
function monthlyFinding(means: Readonly<Record<string, readonly Estimate[]>>, currency: string): string {
  const names = Object.keys(means)
  const [first] = names
  if (names.length === 1) {
    const amounts = means[first].map(({ value }) => value)
    const [least, most] = [Math.min(...amounts), Math.max(...amounts)].map((value) => shortMoney(value, currency))
    return least === most
      ? `${first} costs ${least} a month on average`
      : `${first} costs from ${least} to ${most} a month on average`
  }
  const count = means[first].length
  const won = names
    .map((offer) => ({
      offer,
      months: means[offer].filter((own, m) => names.every((other) => other === offer || clearlyAbove(means[other][m], own))).length,
    }))
    .sort((a, b) => b.months - a.months)
  const [best, next] = won
  if (best.months === 0) return 'No offer clearly costs least on average in any month'
  if (best.months === count) return `${best.offer} costs least on average in every month`
  return best.months === next.months
    ? `${best.offer} and ${next.offer} each cost least in ${best.months} of ${count} months`
    : `${best.offer} costs least on average in ${best.months} of ${count} months`
}

/** Each offer's single-number plan and mean, month by month. */
export function monthly(summary: Summary): Chart {
  const { currency, months, offers } = summary
  const names = Object.keys(offers)
  const values = names.flatMap((offer) =>
    costIn(summary, offer).monthly.flatMap(({ point, mean }, m) => [
      { offer, month: months[m], line: 'single-number plan', amount: point },
      { offer, month: months[m], line: 'mean', amount: mean.value },
    ]),
  )
  const chosen = chosenOf(summary)
  const ends = offerEnds(
    names.map((offer) => [offer, costIn(summary, offer).monthly[months.length - 1].mean.value]),
    chosen,
  )
  const amounts = values.map(({ amount }) => amount)
  return new Chart(
    monthlyFinding(
      Object.fromEntries(names.map((offer) => [offer, costIn(summary, offer).monthly.map(({ mean }) => mean)])),
      currency,
    ),
    'The lines show the single-number plan and the mean cost of each offer in each month.',
    (room) => {
      const x = monthAxis(months, room.narrow)
      const y = (field: string) => quantity(field, { axis: moneyAxis(currency, null) })
      const pixels = heightIn(room)
      const color = category('offer', { sort: null, scale: offerScale(names, chosen), legend: null })
      const strokeDash = category('line', {
        legend: null,
        scale: {
          domain: ['mean', 'single-number plan'],
          range: [
            [1, 0],
            [4, 3],
          ],
        },
      })
      return plot(values, {
        height: pixels,
        layer: [
          {
            mark: { type: 'line', point: months.length === 1 && { size: 40 } },
            encoding: { x, y: y('amount'), color, strokeDash },
          },
          lineEnds(
            ends,
            { month: months[months.length - 1] },
            x,
            y('at'),
            { low: Math.min(0, ...amounts), high: Math.max(...amounts), pixels },
            room.width,
          ),
        ],
      })
    },
    aboutRun(summary, `${capitalMeasure(summary)} by month. Solid: mean. Dashed: single-number plan`),
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
  const x = quantity('chance', { scale: { domain: [0, 1] }, axis: { ...shareAxis(`share of ${years}`), tickCount: 5 } })
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
  const names = Object.keys(cheaper)
  const scale = { scheme: 'blueorange', reverse: true, domain: [0, 1] }
  return new Chart(
    pairFinding(cheaper, trialsWord(summary.months.length)),
    'Each cell shows the probability that the offer in the row costs less than the offer in the column.',
    ({ width, narrow }) => {
      const beside = namesWidth(names, narrow, 150)
      const cell = Math.max(30, Math.min(96, Math.floor((width - beside - 40) / names.length)))
      const axis = (field: string, more: object) => ({ field, type: 'nominal', sort: names, axis: { ...more, grid: false } })
      return {
        width: { step: cell },
        height: { step: 32 },
        data: { values },
        encoding: {
          y: axis('offer', { title: 'this offer', labelLimit: beside, titleX: -beside - 6, titleY: -24 }),
          x: axis('other', {
            ...{ title: 'costs less than', titleAnchor: 'start', orient: 'top', domain: false, ticks: false },
            ...(names.every((name) => textWidth(name, 12) <= cell) ? { labelAngle: 0 } : { labelAngle: 0, labelLimit: cell - 4 }),
          }),
        },
        layer: [
          { mark: 'rect', encoding: { color: quantity('chance', { title: null, scale, legend: null }) } },
          {
            mark: { type: 'text', fontSize: cell < 40 ? 11 : 12 },
            encoding: {
              text: { field: 'label' },
              color: { condition: { test: 'abs(datum.chance - 0.5) > 0.3', value: LIGHT_ON_COLOR }, value: TITLE_ON_PALE },
            },
          },
        ],
      }
    },
    aboutRun(summary, 'How often the row costs less than the column', 'share of trials'),
  )
}

/** The offer that is clearly cheaper than each other one in most trials. */
function pairFinding(cheaper: NonNullable<Summary['comparison']['cheaper']>, years: string): string {
  const names = Object.keys(cheaper)
  const half = { value: 0.5, se: 0 }
  const best = names.find(
    (name) => names.length > 1 && names.every((other) => other === name || clearlyAbove(cheaper[name][other], half)),
  )
  return best === undefined
    ? `No offer clearly costs less than each other one in most ${years}`
    : `${best} costs less than each other offer in most ${years}`
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
  const total = (offer: string) => values.reduce((sum, row) => sum + (row.offer === offer ? row.amount : 0), 0)
  const names = Object.keys(offers)
  const [low, high] = [Math.min(0, ...values.map(({ amount }) => amount)), Math.max(...names.map(total))]
  return new Chart(
    hiddenFinding(hidden),
    layersWords(hidden),
    ({ width, narrow }) => {
      const beside = namesWidth(names, narrow, 200)
      const pixels = width - beside - 30
      const y = { field: 'offer', type: 'nominal', sort: names, axis: { title: null, labelLimit: beside } }
      const x = (field: string) =>
        quantity(field, {
          stack: null,
          scale: { domain: [low, high] },
          axis: moneyAcross(currency, null, narrow),
        })
      return plot(values, {
        height: { step: 44 },
        layer: [
          {
            mark: { type: 'bar', height: 18, yOffset: 8, stroke: PAPER, strokeWidth: 1 },
            encoding: {
              y,
              x: { ...x('amount'), stack: 'zero' },
              color: category('layer', { legend: null, scale: layerScale([...new Set(values.map(({ layer }) => layer))]) }),
              order: quantity('order'),
            },
          },
          {
            data: { values: layerLabels(values, { low, high, pixels }) },
            mark: { type: 'text', align: 'left', dy: -10, fontSize: 11 },
            encoding: { y, x: x('at'), text: { field: 'label' }, color: OWN_COLOR },
          },
        ],
      })
    },
    aboutRun(summary, `Average ${measure === 'total' ? 'cost' : 'bill'} by layer`),
  )
}

/** Which offers cost how much beyond the layers that a price list shows. */
function layersWords(hidden: readonly { readonly offer: string; readonly value: number; readonly text: string }[]): string {
  const some = hidden.filter(({ value }) => value > 0)
  const bars = "The bars show the layers of each offer's mean cost."
  if (some.length === 0) return `${bars} No offer costs anything beyond usage, commitment and overage.`
  const others = some.length < hidden.length ? ', and the others nothing' : ''
  return `${bars} Beyond usage, commitment and overage, ${some.map(({ offer, text }) => `${offer} costs ${text}`).join(', ')}${others}.`
}
