// Summarizes a finished run: every statistic with its standard error.
import type { Outcome } from '../run/run.ts'
import type { PointEstimate } from '../invoice/point.ts'
import type { SegmentPoint } from '../invoice/segments.ts'
import type { Functional } from '../numerics/estimators/layout.ts'
import { formatMonth } from '../months.ts'
import { drawsBesideLines } from '../preintegration/sampling.ts'
import { comparisonOf } from './comparison.ts'
import type { Heading, Read } from './cost.ts'
import { RunEstimates } from './estimates.ts'
import { headlineOf } from './headline.ts'
import { offerSummary } from './offer.ts'
import type { Measured } from '../simulation/measured.ts'
import type { DriversSummary, DriverSummary, SegmentDrivers, Summary } from './summary.ts'

/** The version of the random numbers. Raise it when any draw changes. */
export const STREAMS = 2

/** @param streams the drivers of each segment in the plan with single numbers */
export function summarize(
  outcome: Outcome,
  heading: Heading,
  point: readonly PointEstimate[],
  streams: readonly SegmentPoint[],
): Summary {
  const { program, plan, measured, monthlyTrials, seed } = outcome
  const read = readingOf(outcome, heading)
  const names = program.offers.map(({ name }) => name)
  const { segments } = measured
  return {
    format: 2,
    streams: STREAMS,
    name: heading.name,
    currency: heading.currency,
    trials: plan.trials,
    monthlyTrials,
    seed,
    method: plan.method,
    months: measured.tickets.map((_, m) => formatMonth(heading.start + m)),
    offers: Object.fromEntries(names.map((name, k) => [name, offerSummary(read, k, point[k])] as const)),
    drivers: {
      ...driversSummary(read, measured),
      ...(segments.length > 0 && {
        segments: Object.fromEntries(
          segments.map((own, s) => [program.segments[s].name, withPoint(driversSummary(read, own), streams[s])]),
        ),
      }),
    },
    comparison: comparisonOf(read, names),
  }
}

/** The sample and the integrated figures of a run. */
export function readingOf(outcome: Outcome, heading: Heading): Read {
  const { program, measured, lines } = outcome
  const estimates = new RunEstimates(outcome)
  const costs = measured.offers.map((offer) => {
    const { series } = offer[program.measure]
    return { sd: estimates.sd(series).value, max: estimates.extremes(series).max }
  })
  return { outcome, heading, estimates, headline: headlineOf(lines, costs, drawsBesideLines(program)) }
}

/** The drivers of the plan or of one segment. */
function driversSummary(read: Read, counted: Counted): DriversSummary {
  const rate = rateSummary(read, counted)
  return { conversations: conversationsSummary(read, counted), ...(rate && { rate }) }
}

function withPoint({ conversations, rate }: DriversSummary, point: SegmentPoint): SegmentDrivers {
  const pointed = ({ mean, monthly }: DriverSummary, what: 'conversations' | 'rate') => ({
    point: point[what] ?? 0,
    mean,
    monthly: monthly.map((month, m) => ({ point: point.monthly[m][what] ?? 0, ...month })),
  })
  return { conversations: pointed(conversations, 'conversations'), ...(rate && { rate: pointed(rate, 'rate') }) }
}

type Counted = Pick<Measured, 'tickets' | 'involved' | 'genuine'>

function conversationsSummary({ outcome: { measured }, estimates, heading }: Read, { tickets }: Counted): DriverSummary {
  const { means } = measured
  const { heaviest } = estimates
  const mean = (functional: Functional) => estimates.mean(functional, heaviest)
  return {
    mean: mean(means.sumOf(tickets)),
    monthly: heading.wholeOnly === true ? [] : tickets.map((month) => ({ mean: mean(month) })),
  }
}

/** The genuine resolution rate, weighted by conversations. It is absent if the AI takes part in none. */
function rateSummary(
  { outcome: { measured }, estimates, heading }: Read,
  { genuine, involved }: Counted,
): DriverSummary | undefined {
  const { means } = measured
  const mean = genuine && estimates.ratio(means.sumOf(genuine), means.sumOf(involved))
  if (!genuine || !mean) return undefined
  if (heading.wholeOnly === true) return { mean, monthly: [] }
  return { mean, monthly: genuine.map((month, m) => ({ mean: estimates.ratio(month, involved[m]) ?? { value: 0, se: 0 } })) }
}
