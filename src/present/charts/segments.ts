// Charts of segments: which of them an offer's bill comes from, and which of them drive its risk.
import { unknownOffer, UsageError } from '../../errors.ts'
import type { Estimate, SegmentCostSummary, Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import {
  aboutRun,
  around,
  category,
  COLORS,
  INK,
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
const HEIGHT_OF_SEGMENT = 48

type Own = readonly [segment: string, costs: SegmentCostSummary]

/** The segments of an offer, those with the largest amount first. */
function segmentsOf(
  { offers }: Summary,
  offer: string,
  chart: string,
  amount: (own: SegmentCostSummary) => number,
): readonly Own[] {
  if (!Object.keys(offers).includes(offer)) throw unknownOffer(offer, Object.keys(offers))
  const { segments } = offers[offer]
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
  const [first] = bills
  const words = bills.map(({ segment, total }) => `${segment} ${shortMoney(total, currency)}`).join(', ')
  const order = bills.map(({ segment }) => segment)
  return new Chart(
    whole > 0
      ? `${first.segment} makes up ${percent(first.total / whole)} of the mean bill of ${offer}`
      : `The mean bill of ${offer} is ${shortMoney(whole, currency)}`,
    `The bars show the mean bill of ${offer} in each month, by segment. Over all months, the parts are ${words}.`,
    plot(
      bills.flatMap(({ segment, figures }, k) => figures.map((amount, m) => ({ month: months[m], segment, amount, order: k }))),
      {
        mark: { type: 'bar', stroke: PAPER, strokeWidth: 1 },
        encoding: {
          x: monthAxis(),
          y: quantity('amount', { stack: 'zero', axis: moneyAxis(currency, null) }),
          color: category('segment', { sort: order, scale: { domain: order, range: COLORS } }),
          order: quantity('order'),
        },
      },
    ),
    aboutRun(summary, `Average bill of ${offer} by month and segment`),
  )
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
  const { mean, variance } = first.figures
  const kinds = Object.keys(KINDS).filter((kind): kind is keyof typeof KINDS => bars.some(({ figures }) => kind in figures))
  const values = bars.flatMap(({ segment, figures }) =>
    kinds.flatMap((kind) => {
      const share = figures[kind]
      return share ? [{ segment, part: KINDS[kind], share: share.value, ...around(share) }] : []
    }),
  )
  const words = bars.map(({ segment, figures }) => `${segment} ${percent(figures.variance?.value ?? figures.mean?.value ?? 0)}`)
  const y = category('segment', { sort: bars.map(({ segment }) => segment), axis: { title: null } })
  const yOffset = { field: 'part', sort: kinds.map((kind) => KINDS[kind]) }
  return new Chart(
    variance
      ? `${first.segment} has ${percent(variance.value)} of the variance of ${offer} and ${percent(mean?.value ?? 0)} of its mean bill`
      : `The bill of ${offer} does not vary`,
    `The bars show each segment's share of the mean bill of ${offer}, of its variance, and of its mean in the worst 5% of trials (expected shortfall). Of ${variance ? 'the variance' : 'the mean bill'}: ${words.join(', ')}.`,
    plot(values, {
      height: HEIGHT_OF_SEGMENT * bars.length,
      layer: [
        {
          mark: { type: 'bar' },
          encoding: {
            ...{ y, yOffset },
            x: quantity('share', { axis: shareAxis('share of the bill') }),
            color: category('part', {
              sort: yOffset.sort,
              scale: { domain: yOffset.sort, range: COLORS },
              legend: { orient: 'top' },
            }),
          },
        },
        {
          mark: { type: 'rule', color: INK },
          encoding: { y, yOffset, x: quantity('low'), x2: { field: 'high' } },
        },
      ],
    }),
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
