// A complete outcome → the summary: every statistic with its standard error.
import type { Outcome } from '../run/run.ts'
import type { MonthFigures } from '../run/order-figures.ts'
import type { PointEstimate } from '../invoice/point.ts'
import { formatMonth } from '../months.ts'
import { eventsOf, type Measure, type Program } from '../compile/program.ts'
import { keptColumn } from '../simulation/block.ts'
import type { Functional } from '../numerics/estimators/functional.ts'
import { type OrderFigures, PERCENTILE_LEVELS, SHORTFALL_LEVELS } from '../numerics/estimators/levels.ts'
import { estimatesOf, type Estimates as Read } from './estimates.ts'
import { type Headline, headlineOf } from './headline.ts'
import { periodsOf, sumsOf } from './periods.ts'
import { sharperChances, sharperOf } from './sharper.ts'
import type {
  Comparison,
  Cost,
  Difference,
  DriverSummary,
  Estimate,
  Estimates,
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
  readonly discountRate?: number
  readonly fiscalYearStart?: number
}

export function summarise(outcome: Outcome, heading: Heading, point: readonly PointEstimate[]): Summary {
  const { program, plan, measured, monthlyTrials, seed } = outcome
  const read = estimatesOf(outcome)
  const headline = headlineOf(
    outcome.lines,
    measured.offers.map((offer) => {
      const { series } = offer[program.measure]
      return { sd: read.sd(series).value, max: read.extremes(series).max }
    }),
    { rarest: rarestEvent(program), jumps: program.jumps },
  )
  const names = program.offers.map(({ name }) => name)
  const { tickets, involved, genuine, means } = measured
  const offers = names.map((name, k) => [name, offerSummary(outcome, heading, read, headline, k, point[k])] as const)
  const rate = genuine && rateSummary(read, genuine, involved, means.sumOf(genuine), means.sumOf(involved))
  return {
    format: 1,
    streams: STREAMS,
    name: heading.name,
    currency: heading.currency,
    trials: plan.trials,
    monthlyTrials,
    seed,
    method: plan.method,
    months: tickets.map((_, m) => formatMonth(heading.start + m)),
    offers: Object.fromEntries(offers),
    drivers: {
      conversations: {
        mean: read.mean(means.sumOf(tickets)),
        monthly: tickets.map((month) => ({ mean: read.mean(month) })),
      },
      ...(rate && { rate }),
    },
    comparison: comparison(outcome, read, headline, names),
  }
}

/** Mean number of starts a trial of the rarest kind of event. */
function rarestEvent(program: Program): number | undefined {
  const events = eventsOf(program).filter(({ probability }) => probability > 0)
  return events.length === 0 ? undefined : program.months * Math.min(...events.map(({ probability }) => probability))
}

/** The genuine resolution rate, weighted by conversations; absent where the AI takes part in none. */
function rateSummary(
  read: Read,
  genuine: readonly Functional[],
  involved: readonly Functional[],
  allGenuine: Functional,
  allInvolved: Functional,
): DriverSummary | undefined {
  const mean = read.ratio(allGenuine, allInvolved)
  if (!mean) return undefined
  return { mean, monthly: genuine.map((month, m) => ({ mean: read.ratio(month, involved[m]) ?? { value: 0, se: 0 } })) }
}

const named = <Key extends string>(keys: readonly number[], values: readonly number[], errors: readonly number[]): Estimates<Key> =>
  Object.fromEntries(keys.map((key, k) => [`p${key}`, { value: values[k], se: errors[k] }])) as Estimates<Key>

interface Tails {
  readonly percentiles: Estimates<Percentile>
  readonly shortfall: Estimates<Shortfall>
}

const tails = (figures: OrderFigures): Tails => ({
  percentiles: named<Percentile>(PERCENTILE_LEVELS, figures.percentiles, figures.percentileErrors),
  shortfall: named<Shortfall>(SHORTFALL_LEVELS, figures.shortfalls, figures.shortfallErrors),
})

/**
 * A percentile whose error in the sample is more than this many standard deviations over √N has next to no density around it: it lies in
 * a gap or beside one, where Newton's step leads nowhere. Of a normal law's P95 it is 2.1.
 */
const GAP = 10

/** What was integrated takes the place of what the sample says. */
function sharpened({ percentiles, shortfall }: Tails, headline: Headline | undefined, offer: number, gap: number): Tails {
  if (!headline) return { percentiles, shortfall }
  const replaced = <Key extends string>(figures: Estimates<Key>, sharper: (key: Key) => Estimate | undefined) =>
    Object.fromEntries(
      (Object.entries(figures) as [Key, Estimate][]).map(([key, figure]) => [key, sharperOf(figure, sharper(key))]),
    ) as Estimates<Key>
  return {
    percentiles: replaced(percentiles, (key) => ((percentiles[key]?.se ?? 0) > gap ? undefined : headline.percentile(offer, key))),
    shortfall: replaced(shortfall, (key) => headline.shortfall(offer, key)),
  }
}

function cost(
  outcome: Outcome,
  heading: Heading,
  read: Read,
  headline: Headline,
  offer: number,
  measure: Measure,
  point: PointEstimate,
): Cost {
  const { measured, program, plan } = outcome
  const { series, monthly: means } = measured.offers[offer][measure]
  const column = keptColumn(program, offer, measure)
  const horizon = outcome.horizon?.[column]
  const monthly = outcome.monthly?.[column]
  const sd = read.sd(series)
  return {
    point: point[measure],
    mean: read.seriesMean(series),
    sd,
    ...read.extremes(series),
    ...(horizon
      ? sharpened(
          tails(horizon),
          measure === program.measure ? headline : undefined,
          offer,
          (GAP * sd.value) / Math.sqrt(plan.trials),
        )
      : { percentiles: {}, shortfall: {} }),
    monthly: means.map((mean, m) => monthlyCost(point.monthly[measure][m], read.mean(mean), monthly?.[m])),
    ...periods(outcome, heading, read, offer, measure, point.monthly[measure]),
  }
}

function monthlyCost(point: number, mean: Estimate, kept: MonthFigures | undefined): MonthlyCost {
  if (!kept) return { point, mean }
  const { sd, sdError, min, max } = kept.moments
  return { point, mean, sd: { value: sd, se: sdError }, min, max, ...tails(kept.figures) }
}

/** What the months add up to otherwise than as a whole, where the scenario asks for it. */
function periods(
  { program, measured, sums }: Outcome,
  heading: Heading,
  read: Read,
  offer: number,
  measure: Measure,
  point: readonly number[],
): Pick<Cost, 'presentValue' | 'fiscalYears'> {
  const { means, offers } = measured
  const column = sums?.[keptColumn(program, offer, measure)]
  const asked = periodsOf(heading, program.months)
  const found = sumsOf(asked).map((weights, k) => {
    const mean = read.mean(means.sumOf(offers[offer][measure].monthly.map((month, m) => means.scaled(weights[m], month))))
    return monthlyCost(
      point.reduce((sum, amount, m) => sum + weights[m] * amount, 0),
      mean,
      column?.[k],
    )
  })
  const { presentValue, fiscalYears } = asked
  const years = found.slice(presentValue ? 1 : 0)
  return {
    ...(presentValue && { presentValue: found[0] }),
    ...(fiscalYears && { fiscalYears: fiscalYears.map(({ year }, k) => ({ year, ...years[k] })) }),
  }
}

function offerSummary(
  outcome: Outcome,
  heading: Heading,
  read: Read,
  headline: Headline,
  k: number,
  point: PointEstimate,
): OfferSummary {
  const { measured, program, plan } = outcome
  const { genuine, billable, overage, layers, people, running, meanBill } = measured.offers[k]
  const bill = cost(outcome, heading, read, headline, k, 'bill', point)
  const total = program.distinctTotal ? cost(outcome, heading, read, headline, k, 'total', point) : bill
  const perConversation = read.ratio(meanBill, measured.means.sumOf(measured.tickets))
  const perResolution = genuine && read.ratio(meanBill, genuine)
  const none: Estimate = { value: 0, se: 0 }
  const overageChance = overage && Math.max(1 / plan.trials, read.mean(overage.any).value)
  return {
    bill,
    total,
    ...(genuine && { resolutions: { mean: read.mean(genuine) } }),
    ...(billable && { billable: { mean: read.mean(billable) } }),
    ...(perConversation && { costPerConversation: { mean: perConversation } }),
    ...(perResolution && { costPerResolution: { mean: perResolution } }),
    overage: overage
      ? {
          any: read.counted(overage.any),
          months: overage.months.map((month) => read.counted(month)),
          monthsMean: read.counted(measured.means.sumOf(overage.months)),
          quantity: read.mean(overage.quantity, overageChance),
          amount: read.mean(overage.amount, overageChance),
          unused: read.mean(overage.unused),
        }
      : {
          any: none,
          months: measured.tickets.map(() => none),
          monthsMean: none,
          quantity: none,
          amount: none,
          unused: none,
        },
    layers: Object.fromEntries(layers.map(({ layer, mean }) => [layer, read.mean(mean)])),
    beyondBill: {
      ...(program.human && { people: read.mean(people) }),
      ...(program.offers[k].running && { running: read.mean(running) }),
    },
  }
}

function comparison(outcome: Outcome, read: Read, headline: Headline, names: readonly string[]): Comparison {
  const { measured, program, plan } = outcome
  const cheaper: Record<string, Record<string, Estimate>> = {}
  const difference: Record<string, Record<string, Difference>> = {}
  for (const name of names) {
    cheaper[name] = {}
    difference[name] = {}
  }
  measured.pairs.forEach(({ a, b, series, counts }, k) => {
    const counted = [read.share(counts), read.share(counts + 1)]
    // Both from one source, so that they never add up to more than 1.
    const [less, more] = sharperChances(counted, [headline.cheaper(a, b), headline.cheaper(b, a)], plan.trials)
    cheaper[names[a]][names[b]] = less
    cheaper[names[b]][names[a]] = more
    const [mean, sd, spread] = [read.seriesMean(series), read.sd(series), outcome.differences?.[k]]
    difference[names[a]][names[b]] = { mean, sd, percentiles: spread ? tails(spread).percentiles : {} }
    difference[names[b]][names[a]] = { mean: negative(mean), sd, percentiles: spread ? mirrored(spread) : {} }
  })
  // All from one source, so that they add up to 1.
  const sampled = measured.offers.map(({ share }) => read.share(share, share + 1))
  const integrated = names.map((_, k) => headline.cheapest(k))
  const chances = sharperChances(sampled, integrated, plan.trials)
  return {
    measure: program.measure,
    cheapest: Object.fromEntries(names.map((name, k) => [name, chances[k]])),
    ...(program.pairs && { cheaper }),
    regret: Object.fromEntries(names.map((name, k) => [name, regretOf(outcome, read, k)])),
    ...(program.pairs && { difference }),
  }
}

/** What an offer costs above the cheapest in the mean: the difference of two means, of which rounding is taken off. */
function regretOf({ measured, program }: Outcome, read: Read, k: number): Estimate {
  const { regret, ...costs } = measured.offers[k]
  const rounding = 1e-13 * Math.abs(read.seriesMean(costs[program.measure].series).value)
  const { value, se } = read.mean(regret)
  return { value: value > rounding ? value : 0, se: se > rounding ? se : 0 }
}

const negative = ({ value, se }: Estimate): Estimate => ({ value: value === 0 ? 0 : -value, se })

/** Percentiles of b − a: those of a − b from the other end, negated. */
function mirrored(figures: OrderFigures): Estimates<Percentile> {
  return Object.fromEntries(PERCENTILE_LEVELS.map((p, k) => [`p${p}`, negative(figures.mirror[k])])) as Estimates<Percentile>
}
