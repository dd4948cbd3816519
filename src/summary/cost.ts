// Reads the statistics of a cost: for the horizon, its months, and weighted sums of months.
import type { Outcome } from '../run/run.ts'
import type { MonthFigures } from '../run/derived.ts'
import type { PointEstimate } from '../invoice/point.ts'
import type { Measure } from '../compile/program.ts'
import { formatMonth } from '../months.ts'
import type { Estimate } from '../numerics/estimators/estimate.ts'
import { keptColumn } from '../simulation/block.ts'
import { farthest } from '../simulation/reach.ts'
import type { Functional } from '../numerics/estimators/layout.ts'
import type { Moments } from '../numerics/estimators/moments.ts'
import type { ThreeMoments } from '../numerics/estimators/skewness.ts'
import { unseenFrom, unseenSd, unseenSkewness, type UnseenValues } from '../numerics/estimators/unseen.ts'
import type { KeptMonths, RunEstimates } from './estimates.ts'
import type { IntegratedFigures } from './headline.ts'
import { largestOf, periodsOf, sumsOf } from './periods.ts'
import { COST_STATISTICS } from './list.ts'
import type { CostReading, CostSource } from './statistic.ts'
import { type CostTail, costTail, settledSd, settledSkewness } from './tails.ts'
import type { Cost, CostStatistics, MonthlyCost } from './summary.ts'

/** A finished run, as the functions of this folder read it. */
export interface Read {
  readonly outcome: Outcome
  readonly heading: Heading
  readonly estimates: RunEstimates
  readonly headline: IntegratedFigures
}

export interface Heading {
  readonly name: string
  readonly currency: string
  readonly start: number
  readonly discountRate?: number
  readonly fiscalYearStart?: number
  /** Leaves out months and other periods, for an answer that only shows the whole horizon. */
  readonly wholeOnly?: boolean
}

/** Every statistic of a cost that its source has. */
export function statisticsOf(source: CostSource, has: (needs: CostReading['needs']) => boolean): object {
  const found = COST_STATISTICS.filter(({ cost }) => has(cost.needs)).map(({ key, cost }) => [key, cost.read(source)] as const)
  return Object.fromEntries(found.filter(([, figure]) => figure !== undefined))
}

/** The names of its periods. */
const LARGEST = ['worstMonth', 'worstQuarter'] as const

/**
 * If the sampled error of a percentile exceeds this many times sd/√N, hardly any trial lies near it, and its density is too small for
 * Newton's step. The P95 of a normal distribution has 2.1.
 */
const GAP = 10

/** The statistics of an offer's cost over the horizon. */
export function statedOf({ outcome, estimates, headline }: Read, offer: number, measure: Measure): CostStatistics {
  const { measured, program, plan } = outcome
  const { series } = measured.offers[offer][measure]
  const sd = estimates.sd(series)
  const tail = costTail(outcome, offer, measure)
  const source: CostSource = {
    mean: estimates.seriesMean(series),
    moments: { sd, skewness: estimates.skewness(series), ...estimates.extremes(series) },
    order: estimates.ordered(series, outcome.horizon[keptColumn(program, offer, measure)]),
    heaviness: tail.heaviness,
    ...(measure === program.measure && {
      integrated: {
        percentile: (key) => headline.percentile(offer, key),
        expectedShortfall: (key) => headline.expectedShortfall(offer, key, tail.heavy),
        gap: (GAP * sd.value) / Math.sqrt(plan.trials),
      },
    }),
  }
  return statisticsOf(source, () => true) as CostStatistics
}

export function costOf(read: Read, offer: number, measure: Measure, point: PointEstimate): Cost {
  const { outcome } = read
  if (read.heading.wholeOnly === true)
    return { point: point[measure], ...statedOf(read, offer, measure), monthly: [], quarterly: [] }
  const { series, monthly: means } = outcome.measured.offers[offer][measure]
  const monthly = outcome.monthly?.[keptColumn(outcome.program, offer, measure)]
  const cost = { series, heaviness: costTail(outcome, offer, measure).heaviness }
  const unseen = read.estimates.unseen.months(offer, measure)
  return {
    point: point[measure],
    ...statedOf(read, offer, measure),
    monthly: means.map((mean, m) => {
      const unmet = {
        unseen: unseen?.[m],
        highest: () => read.estimates.unseen.highestSum(offer, measure, (k) => (k === m ? 1 : 0)),
      }
      return monthlyCost(read, cost, point.monthly[measure][m], mean, monthly?.[m], unmet)
    }),
    ...periodsIn(read, offer, measure, cost, point.monthly[measure], unseen),
    ...worstIn(read, offer, measure, cost, point.monthly[measure], unseen),
  }
}

/** The cost of the horizon that months are parts of. */
interface Whole extends Pick<CostTail, 'heaviness'> {
  readonly series: number
}

/**
 * @param kept statistics of the month's values, which few trials do not give
 * @param unmet what the kept trials may not show
 */
function monthlyCost(
  read: Read,
  cost: Whole,
  point: number,
  functional: Functional,
  kept: MonthFigures | undefined,
  unmet: KeptMonths,
): MonthlyCost {
  const source = keptSource(read, cost, read.estimates.mean(functional, cost.series), kept ?? NOTHING, unmet)
  return { point, ...(statisticsOf(source, (needs) => kept !== undefined || needs === 'mean') as Omit<MonthlyCost, 'point'>) }
}

/** A cost whose values the monthly trials keep. */
function keptSource(
  { outcome: { monthlyTrials }, estimates }: Read,
  { heaviness }: Whole,
  settled: Estimate,
  { moments, figures }: MonthFigures,
  unmet: KeptMonths,
): CostSource {
  const { unseen } = unmet
  const tail: CostTail = { heavy: figures.heavy, heaviness }
  const drawn = estimates.drawn(monthlyTrials)
  const { mean, min, max, skewness } = moments
  const sdError = Math.max(moments.sdError, unseenSd(unseen, mean, moments.sd))
  const spread = skewness && { ...skewness, se: Math.max(skewness.se, unseenSkewness(unseen, threeMoments(moments), mean)) }
  return {
    mean: settled,
    moments: {
      sd: settledSd({ value: moments.sd, se: sdError }, mean, tail, drawn),
      skewness: spread && settledSkewness(spread, mean, moments.sd, tail, drawn),
      min,
      max,
    },
    order: estimates.orderedMonths(figures, unmet),
    heaviness,
  }
}

/** The largest month and the largest quarter of a trial. */
function worstIn(
  read: Read,
  offer: number,
  measure: Measure,
  cost: Whole,
  point: readonly number[],
  unseen: readonly UnseenValues[] | undefined,
): Pick<Cost, (typeof LARGEST)[number]> {
  const { outcome, heading, estimates } = read
  const { program, largest, monthlyTrials } = outcome
  const column = largest?.[keptColumn(program, offer, measure)]
  if (!column) return {}
  const found = largestOf(periodsOf(heading, program.months), program.months).map((periods, k) => {
    const of = (amountIn: (month: number) => number) =>
      Math.max(...periods.map((months) => months.reduce((sum, m) => sum + amountIn(m), 0)))
    const { moments, figures } = column[k]
    const rare = unseenFrom(unseen ?? [], (months, i) => of((m) => months[m][i]))
    const reach = () => estimates.unseen.largestReach(offer, measure, periods)
    const tail = { heavy: figures.heavy, heaviness: cost.heaviness }
    const mean = estimates.keptMean({ value: moments.mean, se: moments.meanError }, rare, tail, monthlyTrials, () =>
      farthest(reach(), moments.mean),
    )
    const source = keptSource(read, cost, mean, column[k], { unseen: rare, highest: () => reach()[1] })
    return { point: of((m) => point[m]), ...(statisticsOf(source, () => true) as CostStatistics) }
  })
  return Object.fromEntries(LARGEST.map((key, k) => [key, found[k]]))
}

function threeMoments({ sd, skewness }: Moments): ThreeMoments {
  const second = sd * sd
  return { first: 0, second, third: (skewness?.value ?? 0) * second * sd }
}

const NOTHING: MonthFigures = {
  moments: { mean: 0, meanError: 0, sd: 0, sdError: 0, min: 0, max: 0 },
  figures: { mirror: [], percentiles: [], percentileErrors: [], shortfalls: [], shortfallErrors: [], heavy: [] },
}

/** Quarters, and present values and fiscal years if the scenario asks for them. */
function periodsIn(
  read: Read,
  offer: number,
  measure: Measure,
  cost: Whole,
  point: readonly number[],
  unseen: readonly UnseenValues[] | undefined,
): Pick<Cost, 'presentValue' | 'fiscalYears' | 'quarterly'> {
  const { outcome, heading } = read
  const { program, measured, sums } = outcome
  const { means, offers } = measured
  const column = sums?.[keptColumn(program, offer, measure)]
  const asked = periodsOf(heading, program.months)
  const found = sumsOf(asked, program.months).map((weights, k) => {
    const monthly = offers[offer][measure].monthly.map((month, m) => means.scaled(weights[m], month))
    const planned = point.reduce((sum, amount, m) => sum + weights[m] * amount, 0)
    const rare = unseenFrom(unseen ?? [], (months, i) => months.reduce((sum, month, m) => sum + weights[m] * month[i], 0))
    const highest = () => read.estimates.unseen.highestSum(offer, measure, (m) => weights[m])
    return monthlyCost(read, cost, planned, means.sumOf(monthly), column?.[k], { unseen: rare, highest })
  })
  const { presentValue, fiscalYears, quarters } = asked
  const years = found.slice(presentValue ? 1 : 0)
  const own = years.slice(fiscalYears?.length ?? 0)
  return {
    quarterly: quarters.map(({ name, months }, k) => ({
      ...{ quarter: name, months: months.map((m) => formatMonth(heading.start + m)) },
      ...own[k],
    })),
    ...(presentValue && { presentValue: found[0] }),
    ...(fiscalYears && { fiscalYears: fiscalYears.map(({ year }, k) => ({ year, ...years[k] })) }),
  }
}
