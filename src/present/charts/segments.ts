// Charts of segments: which of them an offer's bill comes from, and which of them drive its risk.
import { UsageError } from '../../errors.ts'
import type { Estimate, SegmentCostSummary, Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { lineEnds, stackEnds } from './labels.ts'
import { offerIn } from './summary.ts'
import {
  aboutRun,
  around,
  category,
  clearlyAbove,
  COLORS,
  EXACT_ZERO,
  heightIn,
  INK,
  LONGEST_TITLE,
  moneyAxis,
  months as monthAxis,
  PAPER,
  percent,
  plot,
  quantity,
  shareAxis,
  shortMoney,
} from './theme.ts'

/** Segments that a chart names. The others are added up. */
const NAMED = COLORS.length
const HEIGHT_OF_SEGMENT = 56

type Own = readonly [segment: string, costs: SegmentCostSummary]

/** The segments of an offer, those with the largest amount first. */
function segmentsOf(summary: Summary, offer: string, chart: string, amount: (own: SegmentCostSummary) => number): readonly Own[] {
  const { segments } = offerIn(summary, offer)
  if (!segments) throw new UsageError(`chart ${chart}: this plan has no segments. Add \`segments\` to the plan to split its bills`)
  return Object.entries(segments).sort(([, a], [, b]) => amount(b) - amount(a))
}

/** The first segments by themselves, and the others as one. */
function namedOf<T>(segments: readonly Own[], of: (own: SegmentCostSummary) => T, sum: (parts: readonly T[]) => T) {
  const each = segments.map(([segment, own]) => ({ segment, figures: of(own) }))
  if (each.length <= NAMED) return each
  const rest = each.slice(NAMED - 1)
  return [...each.slice(0, NAMED - 1), { segment: `${rest.length} others`, figures: sum(rest.map(({ figures }) => figures)) }]
}

/** The mean bill of an offer in each month, stacked by segment. */
export function segmentMonths(summary: Summary, offer: string): Chart {
  const { currency, months } = summary
  const segments = segmentsOf(summary, offer, 'segments', ({ bill }) => bill.mean.value)
  const bills = namedOf(
    segments,
    ({ bill }) => bill.monthly.map(({ mean }) => mean.value),
    (parts) => months.map((_, m) => parts.reduce((sum, part) => sum + part[m], 0)),
  ).map(({ segment, figures }) => ({ segment, figures, total: figures.reduce((sum, amount) => sum + amount, 0) }))
  const whole = bills.reduce((sum, { total }) => sum + total, 0)
  const words = bills.map(({ segment, total }) => `${segment} ${shortMoney(total, currency)}`).join(', ')
  const order = bills.map(({ segment }) => segment)
  return new Chart(
    whole > 0 ? billFinding(segments, bills, whole, offer) : `The mean bill of ${offer} is ${shortMoney(whole, currency)}`,
    `The bars show the mean bill of ${offer} in each month, by segment. Over all months, the parts are ${words}.`,
    (room) => {
      const x = monthAxis(months, room.narrow)
      const y = (field: string, more: object = {}) => quantity(field, { axis: moneyAxis(currency, null), ...more })
      const ends = stackEnds(
        bills.map(({ segment, figures }, k) => ({ label: segment, color: COLORS[k], amount: figures[figures.length - 1] })),
      )
      const pixels = heightIn(room)
      const high = Math.max(...months.map((_, m) => bills.reduce((sum, { figures }) => sum + figures[m], 0)))
      return plot(
        bills.flatMap(({ segment, figures }, k) => figures.map((amount, m) => ({ month: months[m], segment, amount, order: k }))),
        {
          height: pixels,
          layer: [
            {
              mark: { type: 'bar', stroke: PAPER, strokeWidth: 1 },
              encoding: {
                x,
                y: y('amount', { stack: 'zero' }),
                color: category('segment', { sort: order, scale: { domain: order, range: COLORS }, legend: null }),
                order: quantity('order'),
              },
            },
            lineEnds(
              ends,
              { month: months[months.length - 1] },
              { ...x, bandPosition: 1 },
              y('at'),
              { low: 0, high, pixels },
              room.width,
            ),
          ],
        },
      )
    },
    aboutRun(summary, `Average bill of ${offer} by month and segment`),
  )
}

/** The largest segment, if its bill exceeds that of the next one by more than their error. */
function billFinding(
  [first, second]: readonly Own[],
  bills: readonly { readonly total: number }[],
  whole: number,
  offer: string,
): string {
  const share = percent(bills[0].total / whole)
  return second === undefined || clearlyAbove(first[1].bill.mean, second[1].bill.mean)
    ? `${first[0]} makes up ${share} of the mean bill of ${offer}`
    : `${first[0]} and ${second[0]} each make up about ${share} of the mean bill of ${offer}`
}

/** The segment with the largest share of the risk, if it exceeds that of the next one by more than their error. */
function riskFinding(bars: readonly { readonly segment: string; readonly figures: Shares }[], offer: string): string {
  const [first, second] = bars
  const { mean, variance = EXACT_ZERO } = first.figures
  const next = second?.figures.variance
  const [risk, bill] = [percent(variance.value), percent(mean?.value ?? 0)]
  const whole = `${first.segment} has ${risk} of the variance of ${offer} and ${bill} of its mean bill`
  // The subtitle names the offer too.
  const finding =
    whole.length <= LONGEST_TITLE ? whole : `${first.segment} has ${risk} of the variance and ${bill} of the mean bill`
  return next === undefined || clearlyAbove(variance, next)
    ? finding
    : `${first.segment} and ${second.segment} each have about ${percent(variance.value)} of the variance of ${offer}`
}

/** The shares that the chart of the risk compares. */
const KINDS = {
  mean: 'mean bill',
  variance: 'variance',
  shortfall: 'worst 5% of trials',
} as const

type Shares = Readonly<Partial<Record<keyof typeof KINDS, Estimate>>>

/** Each segment's share of the mean bill of an offer, of its variance, and of its expected shortfall. */
export function segmentRisk(summary: Summary, offer: string): Chart {
  const whole = Object.values(summary.offers[offer]?.segments ?? {}).reduce((sum, { bill }) => sum + bill.mean.value, 0)
  const bars = namedOf(
    segmentsOf(summary, offer, 'segment-risk', ({ bill, risk }) => (risk.variance ?? bill.mean).value),
    ({ bill, risk }): Shares => ({
      mean: { value: whole === 0 ? 0 : bill.mean.value / whole, se: 0 },
      ...(risk.variance && { variance: risk.variance }),
      ...(risk.expectedShortfall?.p95 && { shortfall: risk.expectedShortfall.p95 }),
    }),
    addedUp,
  )
  const [first] = bars
  const { variance } = first.figures
  const kinds = Object.keys(KINDS).filter((kind): kind is keyof typeof KINDS => bars.some(({ figures }) => kind in figures))
  const values = bars.flatMap(({ segment, figures }) =>
    kinds.flatMap((kind) => {
      const share = figures[kind]
      return share ? [{ segment, part: KINDS[kind], share: share.value, ...around(share), label: percent(share.value) }] : []
    }),
  )
  const words = bars.map(({ segment, figures }) => `${segment} ${percent(figures.variance?.value ?? figures.mean?.value ?? 0)}`)
  const order = bars.map(({ segment }) => segment)
  const yOffset = { field: 'part', sort: kinds.map((kind) => KINDS[kind]) }
  return new Chart(
    variance ? riskFinding(bars, offer) : `The bill of ${offer} does not vary`,
    `The bars show each segment's share of the mean bill of ${offer}, of its variance, and of its mean in the worst 5% of trials (expected shortfall). Of ${variance ? 'the variance' : 'the mean bill'}: ${words.join(', ')}.`,
    ({ width, narrow }) => {
      const y = category('segment', { sort: order, axis: { title: null, labelLimit: narrow ? 90 : 200 } })
      const label = { align: 'left', dx: 6, fontSize: 11 }
      return plot(values, {
        height: HEIGHT_OF_SEGMENT * bars.length,
        layer: [
          {
            mark: { type: 'bar' },
            encoding: {
              ...{ y, yOffset },
              x: quantity('share', { axis: { ...shareAxis('share of the bill'), tickCount: narrow ? 4 : 8 } }),
              color: category('part', { sort: yOffset.sort, scale: { domain: yOffset.sort, range: COLORS }, legend: null }),
            },
          },
          { mark: { type: 'rule', color: INK }, encoding: { y, yOffset, x: quantity('low'), x2: { field: 'high' } } },
          {
            // The first segment names the shares, which stand in the same order everywhere.
            transform: [
              {
                calculate: `datum.segment === ${JSON.stringify(order[0])} ? datum.label + ' ' + datum.part : datum.label`,
                as: 'words',
              },
            ],
            mark: { type: 'text', ...label, limit: width / 3 },
            encoding: { y, yOffset, x: quantity('high'), text: { field: 'words' } },
          },
        ],
      })
    },
    aboutRun(summary, `${offer}: shares of cost and risk by segment`, ''),
  )
}

/** Shares of several segments together. Their errors may all point the same way. */
function addedUp(parts: readonly Shares[]): Shares {
  const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[]
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const all = parts.flatMap((part) => part[kind] ?? [])
      if (all.length === 0) return []
      const sum = (read: (share: Estimate) => number) => all.reduce((total, share) => total + read(share), 0)
      return [[kind, { value: sum(({ value }) => value), se: sum(({ se }) => se) }]]
    }),
  )
}
