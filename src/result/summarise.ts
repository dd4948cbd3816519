// A complete outcome → the summary: every statistic with its standard error.
import type { Outcome } from '../engine/run.ts'
import { formatMonth } from '../months.ts'
import type { PointEstimate } from '../invoice/point.ts'
import { SERIES, seriesAt, sumAt } from '../statistics/layout.ts'
import { PERCENTILES, replicateError, SHORTFALLS, type Spread } from '../statistics/spread.ts'
import type {
  Comparison,
  Cost,
  Difference,
  DriverSummary,
  Estimate,
  Estimates,
  Measure,
  MonthlyCost,
  OfferSummary,
  Percentile,
  Shortfall,
  Summary,
} from './summary.ts'

/** Number of the random streams: raised when any draw changes. */
export const STREAMS = 1

export interface Heading {
  readonly name: string
  readonly currency: string
  readonly start: number
}

export function summarise(outcome: Outcome, heading: Heading, point: readonly PointEstimate[]): Summary {
  const { program, plan, layout, monthlyTrials, seed } = outcome
  const read = reader(outcome)
  const months = Array.from({ length: program.months }, (_, m) => m)
  const names = program.offers.map(({ name }) => name)
  const offers = program.offers.map((_, k) => [names[k], offerSummary(outcome, read, k, point[k])] as const)
  const genuine = layout.offers.length > 0 && program.rates.length > 0
  const rate: DriverSummary | undefined =
    genuine && program.meters[2]?.kind === 'genuine' && program.meters[2].rate === 0
      ? driver(
          read.ratio(
            (s) =>
              sumOver(
                s,
                months.map((m) => sumAt(layout, layout.months.genuine + m)),
              ),
            (s) =>
              sumOver(
                s,
                months.map((m) => sumAt(layout, layout.months.involved + m)),
              ),
          ),
          months.map((m) =>
            read.ratio(
              (s) => s[sumAt(layout, layout.months.genuine + m)],
              (s) => s[sumAt(layout, layout.months.involved + m)],
            ),
          ),
        )
      : undefined
  return {
    format: 1,
    streams: STREAMS,
    name: heading.name,
    currency: heading.currency,
    trials: plan.trials,
    monthlyTrials,
    seed,
    method: plan.method,
    months: months.map((m) => formatMonth(heading.start + m)),
    offers: Object.fromEntries(offers),
    drivers: {
      conversations: {
        mean: read.mean(layout.tickets),
        monthly: months.map((m) => ({ mean: read.monthMean(layout.months.tickets + m) })),
      },
      ...(rate && { rate }),
    },
    comparison: comparison(outcome, read, names),
  }
}

const sumOver = (state: Float64Array, places: readonly number[]): number => places.reduce((sum, at) => sum + state[at], 0)

function driver(mean: Estimate | undefined, monthly: readonly (Estimate | undefined)[]): DriverSummary | undefined {
  if (!mean) return undefined
  return { mean, monthly: monthly.map((value) => ({ mean: value ?? { value: 0, se: 0 } })) }
}

type Reader = ReturnType<typeof reader>

/** Estimates from the states: nets by the spread of replicates, one random sample by its own variance. */
function reader({ program, plan, layout, replicates, pooled }: Outcome) {
  const random = plan.method === 'random'
  const n = pooled[0]
  // Stratified replicates may all count alike, and a rare event may not show at all: both leave an error of about one trial.
  const certain = program.dimensions.length === 0
  // Replicates that each count one point more or less have at most a spread of a half.
  const floor = certain ? 0 : (random ? 1 : Math.sqrt(replicates.length) / 2) / n
  // A jump that no replicate happens to straddle leaves the same error in a mean.
  const jumps = program.volume.spikes !== undefined || program.setbacks.length > 0
  /** The spread of batches of unequal size: their weighted squares about the pooled value. */
  const batches = (f: (state: Float64Array) => number, value: number): number => {
    const r = replicates.length
    if (r < 2) return 0
    const squares = replicates.reduce((sum, state) => {
      const gap = f(state) - value
      return sum + ((state[0] * state[0]) / (n * n)) * gap * gap
    }, 0)
    return Math.sqrt((squares * r) / (r - 1))
  }
  const spread = (f: (state: Float64Array) => number, value: number): number =>
    certain ? 0 : random ? batches(f, value) : replicateError(replicates.map(f))
  return {
    mean(series: number): Estimate {
      const at = seriesAt(series)
      const value = pooled[at]
      const least = jumps ? (pooled[at + SERIES - 1] - pooled[at + SERIES - 2]) * floor : 0
      if (random) return { value, se: Math.sqrt(pooled[at + 1] / Math.max(1, n - 1) / n) }
      return {
        value,
        se: Math.max(
          least,
          spread((s) => s[at], value),
        ),
      }
    },
    sd(series: number): Estimate {
      const at = seriesAt(series)
      const value = Math.sqrt(pooled[at + 1] / Math.max(1, n - 1))
      if (value === 0) return { value, se: 0 }
      // n − 1 where n would be nearer for a net: that difference belongs to the error.
      const own = (s: Float64Array) => Math.sqrt(s[at + 1] / Math.max(1, s[0] - 1))
      if (!random) return { value, se: Math.max(replicateError(replicates.map(own)), value / (2 * n)) }
      const second = pooled[at + 1] / n
      return { value, se: Math.sqrt(Math.max(0, pooled[at + 3] / n - second * second) / n) / (2 * value) }
    },
    /** A mean of counts: never surer than one trial more or less would make it. */
    counted(series: number): Estimate {
      const { value, se } = this.mean(series)
      return { value, se: Math.max(se, floor) }
    },
    extremes: (series: number) => ({ min: pooled[seriesAt(series) + SERIES - 2], max: pooled[seriesAt(series) + SERIES - 1] }),
    monthMean(sum: number): Estimate {
      const at = sumAt(layout, sum)
      const value = pooled[at] / n
      return {
        value,
        se: Math.max(
          jumps ? Math.abs(value) / n : 0,
          spread((s) => s[at] / s[0], value),
        ),
      }
    },
    share(sum: number): Estimate {
      const at = sumAt(layout, sum)
      const value = pooled[at] / n
      return {
        value,
        se: Math.max(floor, random ? Math.sqrt(Math.max(0, value * (1 - value)) / n) : spread((s) => s[at] / s[0], value)),
      }
    },
    ratio(above: (s: Float64Array) => number, below: (s: Float64Array) => number): Estimate | undefined {
      const divisor = below(pooled)
      if (!(divisor > 0)) return undefined
      const value = above(pooled) / divisor
      return { value, se: spread((s) => (below(s) > 0 ? above(s) / below(s) : value), value) }
    },
  }
}

const named = <Key extends string>(keys: readonly number[], values: readonly number[], errors: readonly number[]): Estimates<Key> =>
  Object.fromEntries(keys.map((key, k) => [`p${key}`, { value: values[k], se: errors[k] }])) as Estimates<Key>

const tails = (spread: Spread) => ({
  percentiles: named<Percentile>(PERCENTILES, spread.percentiles, spread.percentileErrors),
  shortfall: named<Shortfall>(SHORTFALLS, spread.shortfalls, spread.shortfallErrors),
})

function cost(outcome: Outcome, read: Reader, offer: number, measure: Measure, point: PointEstimate): Cost {
  const { layout, program, columns } = outcome
  const at = layout.offers[offer]
  const series = measure === 'bill' ? at.bill : at.total
  const column = columns.findIndex((c) => c.offer === offer && (c.measure === measure || !program.distinctTotal))
  const horizon = outcome.horizon?.[column]
  const monthly = outcome.monthly?.[column]
  return {
    point: point[measure],
    mean: read.mean(series),
    sd: read.sd(series),
    ...read.extremes(series),
    ...(horizon ? tails(horizon) : { percentiles: {}, shortfall: {} }),
    monthly: Array.from({ length: program.months }, (_, m): MonthlyCost => {
      const mean = read.monthMean(at.monthly[measure] + m)
      const spread = monthly?.[m]
      const stated = { point: point.monthly[measure][m], mean }
      return spread
        ? { ...stated, sd: { value: spread.sd, se: spread.sdError }, min: spread.min, max: spread.max, ...tails(spread) }
        : stated
    }),
  }
}

function offerSummary(outcome: Outcome, read: Reader, k: number, point: PointEstimate): OfferSummary {
  const { layout, program } = outcome
  const at = layout.offers[k]
  const offer = program.offers[k]
  const bill = cost(outcome, read, k, 'bill', point)
  const total = program.distinctTotal ? cost(outcome, read, k, 'total', point) : bill
  const meanOf = (series: number) => (state: Float64Array) => state[seriesAt(series)]
  const perConversation = read.ratio(meanOf(at.bill), meanOf(layout.tickets))
  const perResolution = at.genuine === undefined ? undefined : read.ratio(meanOf(at.bill), meanOf(at.genuine))
  const none: Estimate = { value: 0, se: 0 }
  const { overage } = at
  return {
    bill,
    total,
    ...(at.genuine !== undefined && { resolutions: { mean: read.mean(at.genuine) } }),
    ...(at.billable !== undefined && { billable: { mean: read.mean(at.billable) } }),
    ...(perConversation && { costPerConversation: { mean: perConversation } }),
    ...(perResolution && { costPerResolution: { mean: perResolution } }),
    overage: overage
      ? {
          any: read.counted(overage.any),
          months: Array.from({ length: program.months }, (_, m) => read.share(at.overMonths + m)),
          monthsMean: read.counted(overage.months),
          quantity: read.mean(overage.quantity),
          amount: read.mean(overage.amount),
          unused: read.mean(overage.unused),
        }
      : {
          any: none,
          months: Array.from({ length: program.months }, () => none),
          monthsMean: none,
          quantity: none,
          amount: none,
          unused: none,
        },
    layers: Object.fromEntries(at.layers.map(({ layer, series }) => [layer, read.mean(series)])),
    beyondBill: {
      ...(program.human && { people: read.mean(at.people) }),
      ...(offer.running && { running: read.mean(at.running) }),
    },
  }
}

function comparison(outcome: Outcome, read: Reader, names: readonly string[]): Comparison {
  const { layout, program } = outcome
  const cheaper: Record<string, Record<string, Estimate>> = {}
  const difference: Record<string, Record<string, Difference>> = {}
  for (const name of names) {
    cheaper[name] = {}
    difference[name] = {}
  }
  layout.pairs.forEach(({ a, b, difference: series, counts }, k) => {
    cheaper[names[a]][names[b]] = read.share(counts)
    cheaper[names[b]][names[a]] = read.share(counts + 1)
    const [mean, sd, spread] = [read.mean(series), read.sd(series), outcome.differences?.[k]]
    difference[names[a]][names[b]] = { mean, sd, percentiles: spread ? tails(spread).percentiles : {} }
    difference[names[b]][names[a]] = { mean: negative(mean), sd, percentiles: spread ? mirrored(spread) : {} }
  })
  const each = (series: (k: number) => number) => Object.fromEntries(names.map((name, k) => [name, read.mean(series(k))]))
  return {
    measure: program.measure,
    cheapest: Object.fromEntries(names.map((name, k) => [name, read.counted(layout.offers[k].share)])),
    ...(program.pairs && { cheaper }),
    regret: each((k) => layout.offers[k].regret),
    ...(program.pairs && { difference }),
  }
}

const negative = ({ value, se }: Estimate): Estimate => ({ value: value === 0 ? 0 : -value, se })

/** Percentiles of b − a: those of a − b from the other end, negated. */
function mirrored(spread: Spread): Estimates<Percentile> {
  return Object.fromEntries(PERCENTILES.map((p, k) => [`p${p}`, negative(spread.mirror[k])])) as Estimates<Percentile>
}
